"""check(claim): cases -> obligations -> engines -> kernel -> verdict -> record."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sympy.matrices.exceptions import ShapeError

from proofcheck import kernel, presenting, verdict
from proofcheck.certificates import Certificate
from proofcheck.citations import duties
from proofcheck.claims import Case, Claim
from proofcheck.engines import sampling, simplest, special_points
from proofcheck.engines.base import Budget, Point, Word
from proofcheck.engines.catalogue import ENGINES, FIRST_REFUTER, REFUTERS, SPECIAL_POINTS
from proofcheck.engines.normal_form import NormalForm
from proofcheck.errors import ClaimError, IllTyped, InternalFault
from proofcheck.kernel import Counterexample, Rejected, Theorem
from proofcheck.obligations import Context, Obligation, obligations
from proofcheck.points import instantiate_condition
from proofcheck.record import Record, TraceRecord
from proofcheck.relations import Relation
from proofcheck.verdict import GRAVITY, Evidence, Verdict


SEARCH_FAILURES = (
    ArithmeticError, AttributeError, LookupError, RecursionError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""What SymPy raises when an engine asks it too much.  A search that fails decides nothing."""


@dataclass(frozen=True)
class CheckOptions:
    """``timeout`` in seconds for the whole claim; ``strict`` counts basis cas as supported."""

    timeout: float = 60.0
    seed: int = 0
    strict: bool = False


@dataclass
class Trace:
    """What was tried, for how long, with what outcome."""

    entries: list[TraceRecord] = field(default_factory=list)
    goals: dict[Obligation, str] = field(default_factory=dict)

    def note(self, engine: str, obligation: Obligation, outcome: str, since: float) -> None:
        """Add one attempt."""
        seconds = round(time.monotonic() - since, 4)
        goal = self.goals.setdefault(obligation, "") or str(obligation.goal)
        self.goals[obligation] = goal
        self.entries.append(
            TraceRecord(engine=engine, obligation=goal, outcome=outcome, seconds=seconds)
        )


@dataclass(frozen=True)
class Settled:
    """One obligation and what came of it."""

    obligation: Obligation
    theorem: Theorem | None
    engine: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """The verdict of one case, and how its obligations fared."""

    case: Case
    verdict: Verdict
    settled: tuple[Settled, ...] = ()
    evidence: Evidence | None = None


def check(claim: Claim, options: CheckOptions, blank: Record | None = None) -> Record:
    """Check every case of ``claim`` and return its record.

    Raises:
        InternalFault: something was both proved and refuted.
    """
    started = time.monotonic()
    blank = presenting.blank(claim) if blank is None else blank
    budget = Budget(started + options.timeout, options.seed)
    trace = Trace()
    outcomes: list[Outcome] = []
    try:
        cases = list(claim.cases())
    except Exception as problem:  # whatever a body raises is the claim's own error
        found = broken(problem, claim)
        return presenting.finished(blank, claim, found, outcomes, trace.entries, started)
    for position, case in enumerate(cases):
        left = budget.deadline - time.monotonic()
        share = budget.within(max(left / (len(cases) - position), 0.1))
        try:
            outcomes.append(check_case(claim, case, share, trace, options))
        except ClaimError as problem:
            outcomes.append(Outcome(case, broken(problem, claim)))
    found = gravest([outcome.verdict for outcome in outcomes])
    if limitation := claim.limitation:
        found = limited(found, limitation, outcomes)
    return presenting.finished(blank, claim, found, outcomes, trace.entries, started)


def gravest(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the gravest verdict; several proofs are one."""
    if not verdicts:
        return verdict.Vacuous("the domain is empty: there is no case")
    if all(isinstance(one, verdict.Proved) for one in verdicts):
        return verdict.Proved(
            tuple(t for one in verdicts if isinstance(one, verdict.Proved) for t in one.theorems)
        )
    return max(verdicts, key=lambda one: GRAVITY.index(one.word))


def limited(found: Verdict, limitation: str, outcomes: Sequence[Outcome]) -> Verdict:
    """Return ``found``, at most supported: finite instances do not prove a general statement."""
    if not isinstance(found, verdict.Proved | verdict.Supported):
        return found
    evidence = next((o.evidence for o in outcomes if o.evidence is not None), None)
    known = "proved for" if isinstance(found, verdict.Proved) else "checked for"
    return verdict.Supported(evidence, f"{known} {limitation}")


def broken(problem: Exception, claim: Claim) -> Verdict:
    """Return the verdict on a body that did not come to a statement."""
    if isinstance(problem, InternalFault | MemoryError):
        raise problem
    if isinstance(problem, IllTyped):
        return verdict.IllTyped(str(problem))
    shapes = _shapes_at_fault(problem)
    if shapes is not None:
        return verdict.IllTyped(f"{shapes}: {problem}")
    frames = traceback.extract_tb(problem.__traceback__)
    own = [frame for frame in frames if frame.filename == claim.file]
    place = f"{os.path.relpath(claim.file)}, line {own[-1].lineno if own else claim.line}: "
    kind = "" if isinstance(problem, ClaimError) else f"{type(problem).__name__}: "
    return verdict.Error(f"{place}{kind}{problem}")


def _shapes_at_fault(problem: Exception) -> str | None:
    """Return the shapes of the operands, if SymPy refused to combine them."""
    if not isinstance(problem, ShapeError | TypeError):
        return None
    step = problem.__traceback__
    found = None
    while step is not None:
        local = step.tb_frame.f_locals
        if {"self", "other"} <= set(local) and hasattr(local["self"], "shape"):
            found = (local["self"], local["other"])
        step = step.tb_next
    if found is None:
        return None
    return " and ".join(presenting.shape(one) for one in found)


def check_case(
    claim: Claim, case: Case, budget: Budget, trace: Trace, options: CheckOptions
) -> Outcome:
    """Settle one case: an admissible point, counterexamples, proofs, samples, in this order."""
    context = Context(case.variables, case.facts + case.assumptions)
    point, why = admissible_point(context, budget)
    if point is None:
        return Outcome(case, verdict.Vacuous(why))
    owed = [o for link in case.links for o in obligations(link, context)]
    owed = list(dict.fromkeys(owed)) + list(duties(claim, case, context))
    conclusions = [o for o in owed if o.kind == "conclusion"]
    failure = refuted(conclusions, (FIRST_REFUTER,), budget.within(_share(budget, 4)), trace)
    if failure is not None:
        return Outcome(case, failure)
    settled = [settle(o, budget, trace, options) for o in owed]
    failure = contradicted(settled, budget, trace)
    if failure is not None:
        return Outcome(case, failure, tuple(settled))
    evidence = evidence_for(conclusions, settled, budget)
    if isinstance(evidence, verdict.Refuted):
        contradiction(evidence, settled)
        return Outcome(case, evidence, tuple(settled))
    theorems = tuple(s.theorem for s in settled if s.theorem is not None)
    if len(theorems) == len(settled):
        proved = verdict.Proved(theorems)
        if options.strict and proved.basis == "cas":
            return Outcome(
                case, verdict.Supported(evidence, "only SymPy vouches for it (basis cas)"),
                tuple(settled), evidence,
            )  # fmt: skip
        return Outcome(case, proved, tuple(settled), evidence)
    return Outcome(case, unproved(settled, evidence, budget), tuple(settled), evidence)


def _share(budget: Budget, parts: int) -> float:
    return max(budget.deadline - time.monotonic(), 0.0) / parts


def unproved(settled: Sequence[Settled], evidence: Evidence | None, budget: Budget) -> Verdict:
    """Return supported if the samples say so, else undecided, and what is missing."""
    missing = [s for s in settled if s.theorem is None]
    kinds = {"conclusion": "no proof of", "defined": "not shown to be defined:"}
    reason = "; ".join(
        f"{kinds.get(s.obligation.kind, 'not shown:')} "
        f"{presenting.goal(s.obligation)}" + (f" ({s.reason})" if s.reason else "")
        for s in missing[:3]
    )
    open_conclusion = any(s.obligation.kind == "conclusion" for s in missing)
    if evidence is not None and evidence.points > 0:
        return verdict.Supported(evidence, reason)
    if not open_conclusion:
        return verdict.Supported(evidence, reason)
    if budget.expired():
        return verdict.Undecided(f"out of time; {reason}")
    return verdict.Undecided(f"could not be evaluated at any point; {reason}")


def admissible_point(context: Context, budget: Budget) -> tuple[Point | None, str]:
    """Return an admissible point that the kernel accepts, or None and why there is none."""
    if not context.variables and not context.assumptions:
        return {}, ""
    point = special_points.witness(context, budget.within(_share(budget, 4)))
    if point is not None and accepted(
        lambda proofs: kernel.satisfy(context, point, proofs), context, point
    ):
        return point, ""
    return None, "no admissible point was found: the assumptions may exclude each other"


def proofs_at(context: Context, point: Point) -> Mapping[int, Certificate]:
    """Return certificates for the assumed equations at ``point``, where engines find them."""
    found: dict[int, Certificate] = {}
    budget = Budget(time.monotonic() + 2.0)
    for index, assumption in enumerate(context.assumptions):
        if isinstance(assumption, Relation) and assumption.operator in ("eq", "le", "ge"):
            there = instantiate_condition(assumption, point)
            certificate = NormalForm().prove(
                Obligation("conclusion", there, Context()), budget
            )
            if certificate is not None and not isinstance(certificate, Word):
                found[index] = certificate
    return found


def accepted(
    attempt: Callable[[Mapping[int, Certificate]], Any], context: Context, point: Point
) -> Any:
    """Return what ``attempt`` returns (True for nothing), or None if the kernel rejects it.

    Without proofs of the assumptions first, then with those that engines find at the point.
    """
    for proofs in ({}, None):
        try:
            found = attempt(proofs_at(context, point) if proofs is None else proofs)
        except Rejected:
            continue
        return True if found is None else found
    return None


def refuted(
    owed: Sequence[Obligation], refuters: Sequence[Any], budget: Budget, trace: Trace
) -> verdict.Refuted | None:
    """Return a refutation of one of ``owed`` if a refuter finds a point that the kernel takes."""
    for refuter in refuters:
        for position, obligation in enumerate(owed):
            started = time.monotonic()
            share = budget.within(_share(budget, len(owed) - position))
            try:
                point = refuter.refute(obligation, share)
                found = None if point is None else simple(obligation, point)
                trace.note(refuter.name, obligation, _word(point, found), started)
            except SEARCH_FAILURES as problem:
                trace.note(refuter.name, obligation, _failed(problem), started)
                continue
            if found is not None:
                return verdict.Refuted(found)
    return None


def _failed(problem: Exception) -> str:
    return f"the search failed: {type(problem).__name__}: {problem}"


def _word(point: Any, found: Any) -> str:
    if found is not None:
        return "refuted"
    return "nothing found" if point is None else "the kernel rejects the point"


def simple(obligation: Obligation, point: Point) -> Counterexample | None:
    """Return the kernel's counterexample at the simplest point found around ``point``, or None."""
    for candidate in (simplest.simplest(obligation, point), point):
        found = certified(obligation, candidate)
        if found is not None:
            return found
    return None


def certified(obligation: Obligation, point: Point) -> Counterexample | None:
    """Return the kernel's counterexample at ``point``, or None."""
    context = obligation.context

    def attempt(proofs: Mapping[int, Certificate]) -> Counterexample:
        return kernel.refute(obligation.goal, context, point, proofs)

    found: Counterexample | None = accepted(attempt, context, point)
    return found


def settle(
    obligation: Obligation, budget: Budget, trace: Trace, options: CheckOptions
) -> Settled:
    """Return the obligation with its theorem, if an engine finds a certificate for it."""
    reason = ""
    for engine in ENGINES:
        if budget.expired():
            return Settled(obligation, None, reason="out of time")
        started = time.monotonic()
        share = budget.within(_share(budget, 3))
        try:
            certificate = engine.prove(obligation, share)
            if certificate is None:
                trace.note(engine.name, obligation, "nothing found", started)
                continue
            if isinstance(certificate, Word):
                theorem = kernel.admit(obligation, certificate.reason)
            else:
                theorem = kernel.prove(obligation, certificate)
        except Rejected as problem:
            trace.note(engine.name, obligation, f"the kernel rejects it: {problem}", started)
            continue
        except SEARCH_FAILURES as problem:
            trace.note(engine.name, obligation, _failed(problem), started)
            continue
        trace.note(engine.name, obligation, f"proved ({theorem.basis})", started)
        return Settled(obligation, theorem, engine.name)
    return Settled(obligation, None, reason=reason)


def contradicted(
    settled: Sequence[Settled], budget: Budget, trace: Trace
) -> verdict.Refuted | verdict.Undefined | None:
    """Look for a counterexample to what was not proved, and for points where a term is undefined."""
    open_ = [s.obligation for s in settled if s.theorem is None]
    conclusions = [o for o in open_ if o.kind == "conclusion"]
    failure = refuted(conclusions, REFUTERS, budget.within(_share(budget, 2)), trace)
    if failure is not None:
        return failure
    for obligation in (o for o in open_ if o.kind == "defined"):
        started = time.monotonic()
        try:
            point = SPECIAL_POINTS.refute(obligation, budget.within(_share(budget, 4)))
        except SEARCH_FAILURES as problem:
            trace.note(SPECIAL_POINTS.name, obligation, _failed(problem), started)
            continue
        if point is None:
            continue

        def attempt(
            proofs: Mapping[int, Certificate], owed: Obligation = obligation, at: Point = point
        ) -> Counterexample:
            return kernel.undefined(owed.term, owed.goal, owed.context, at, proofs)

        found = accepted(attempt, obligation.context, point)
        trace.note(SPECIAL_POINTS.name, obligation, _word(point, found), started)
        if found is not None:
            return verdict.Undefined(found)
    return None


def evidence_for(
    conclusions: Sequence[Obligation], settled: Sequence[Settled], budget: Budget
) -> Evidence | verdict.Refuted | None:
    """Sample the conclusions: thoroughly what is not certified, lightly what is."""
    certified_goals = {
        s.obligation for s in settled if s.theorem is not None and s.theorem.basis == "certificate"
    }
    weakest: Evidence | None = None
    for obligation in conclusions:
        points = 20 if obligation in certified_goals else 200
        share = budget.within(_share(budget, 2))
        try:
            evidence, point = sampling.sample(obligation, share, budget.seed, wanted=points)
        except SEARCH_FAILURES:
            continue
        if point is not None:
            found = simple(obligation, point)
            if found is not None:
                return verdict.Refuted(found)
        if weakest is None or evidence.points < weakest.points:
            weakest = evidence
    return weakest


def contradiction(found: verdict.Refuted, settled: Sequence[Settled]) -> None:
    """Raise InternalFault if the refuted goal was proved."""
    goal = found.counterexample.goal
    for one in settled:
        if one.theorem is not None and one.obligation.goal == goal:
            raise InternalFault(
                f"{goal} is both proved ({one.engine}, {one.theorem.basis}) and refuted at "
                f"{presenting.point(found.counterexample.point)}"
            )


def replay(
    claim: Claim, at: Mapping[str, str], options: CheckOptions, blank: Record | None = None
) -> Record:
    """Evaluate both sides of ``claim`` at the exact point that ``at`` spells out.

    Raises:
        UsageError: a variable is missing or unknown, or a value is no exact number.
    """
    started = time.monotonic()
    blank = presenting.blank(claim) if blank is None else blank
    try:
        case, point = presenting.located(claim, at)
    except (IllTyped, ClaimError) as problem:
        return presenting.finished(blank, claim, broken(problem, claim), [], [], started)
    context = Context(case.variables, case.facts + case.assumptions)
    found: Verdict = verdict.Supported(None, "both sides agree at this point")
    for link in case.links:
        for obligation in obligations(link, context):
            if obligation.kind == "conclusion":
                counterexample = certified(obligation, point)
                if counterexample is not None:
                    found = verdict.Refuted(counterexample)
    outcome = Outcome(case, found)
    record = presenting.finished(blank, claim, found, [outcome], [], started)
    if isinstance(found, verdict.Refuted):
        return record
    return replace(record, counterexample=presenting.sides_at(case, context, point))
