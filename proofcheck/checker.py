"""check(claim): cases -> obligations -> engines -> kernel -> verdict -> record.

Trusted to ask the kernel for every obligation before it says proved.
"""

from __future__ import annotations

import contextlib
import os
import time
import traceback
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from sympy import Abs, Integer, Interval, Reals, Symbol, cos, exp, simplify, sin, sqrt
from sympy.matrices.exceptions import ShapeError

from proofcheck import presenting, verdict
from proofcheck.citations import duties, hypotheses
from proofcheck.claims import Case, Claim
from proofcheck.domains import Variable, introduce
from proofcheck.engines import sampling
from proofcheck.engines._truth import NO_VALUE, truth
from proofcheck.engines.base import SEARCH_FAILURES, Budget, Point
from proofcheck.engines.catalogue import ENGINES, FIRST_ENGINE, FIRST_REFUTER, REFUTERS
from proofcheck.engines.formal_sums import residual
from proofcheck.errors import ClaimError, IllTyped, InternalFault, UsageError
from proofcheck.isolated import without_rules
from proofcheck.obligations import Context, Obligation, obligations
from proofcheck.record import Record
from proofcheck.relations import Condition, Member, Relation
from proofcheck.settling import (
    Settled,
    Trace,
    admissible_point,
    certified,
    contradicted,
    contradiction,
    failed,
    refuted,
    settle,
    settle_at_leisure,
    simple,
    undefined_early,
    values_of_limits,
    without,
)
from proofcheck.verdict import GRAVITY, Evidence, Verdict

CROSS_CHECKS = 12
FEWEST_CROSS_CHECKS = 10
SECONDS_AT_FIRST = 0.4
SECONDS_TO_CROSS_CHECK = 0.15
SECONDS_AT_LEISURE = 10.0
SECONDS_FOR_A_POINT = 5.0
SECONDS_TO_EXPLAIN = 1.0
SAMPLES = 200
SECONDS_TO_WARM = 0.5
PART_FOR_PROOFS = 0.75


@dataclass(frozen=True)
class CheckOptions:
    """``timeout`` in seconds for the whole claim; ``strict`` counts basis cas as supported."""

    timeout: float = 60.0
    seed: int = 0
    strict: bool = False


@dataclass(frozen=True)
class Outcome:
    """The verdict of one case, and how its obligations fared."""

    case: Case
    verdict: Verdict
    settled: tuple[Settled, ...] = ()
    evidence: Evidence | None = None
    left: str = ""
    """What an equation with sums leaves when both sides are brought to one form."""


def check(claim: Claim, options: CheckOptions, blank: Record | None = None) -> Record:
    """Check every case of ``claim`` and return its record.

    Raises:
        InternalFault: something was both proved and refuted.
    """
    started = time.monotonic()
    blank = presenting.blank(claim) if blank is None else blank
    budget = Budget.lasting(options.timeout, options.seed, started + options.timeout)
    trace = Trace()
    outcomes: list[Outcome] = []
    try:
        cases = list(claim.cases())
    except Exception as problem:  # whatever a body raises is the claim's own error
        found = broken(problem, claim)
        return presenting.finished(blank, claim, found, outcomes, trace.entries, started)
    for position, case in enumerate(cases):
        share = budget.within(max(budget.left / (len(cases) - position), 0.1))
        try:
            outcome = check_case(claim, case, share, trace, options)
            outcomes.append(replace(outcome, left=left_over(outcome)))
        except (ClaimError, IllTyped) as problem:
            outcomes.append(Outcome(case, broken(problem, claim)))
    found = gravest([outcome.verdict for outcome in outcomes])
    if limitation := claim.limitation:
        found = limited(found, limitation, outcomes)
    return presenting.finished(blank, claim, found, outcomes, trace.entries, started)


def warm() -> None:
    """Check a few small statements, so that what forked processes need is imported and cached."""
    x = Symbol("x")
    context = Context((Variable(x, Reals),))
    introduce("x", Interval(0, 1))  # SymPy imports what compares sets when it first does
    simplify(sin(x) / x)  # and here its physical units, for a second
    statements = (
        Relation((x + 1) ** 2, "eq", x**2 + 2 * x + 1),
        Relation(sin(x) ** 2 + cos(x) ** 2, "eq", Integer(1)),
        Relation(exp(x), "gt", x),
        Relation(sqrt(x**2), "eq", Abs(x)),
    )
    for statement in statements:
        with contextlib.suppress(Exception):  # the claims will say what is the matter
            for obligation in obligations(statement, context):
                budget = Budget.lasting(SECONDS_TO_WARM)
                refuted([obligation], (FIRST_REFUTER,), budget, Trace())
                settle(obligation, budget, Trace())


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
    context = Context(case.variables, case.known)
    # What a cited claim concludes holds wherever the claim does: only the rest can be vacuous.
    assumed = Context(case.variables, case.facts + hypotheses(case))
    everywhere = case.presumed is None  # or meant where its sides are defined: then it says nothing
    owed = [o for link in case.links for o in obligations(link, context)]
    owed = list(dict.fromkeys(owed)) + list(duties(claim, case, context))
    conclusions = [o for o in owed if o.kind == "conclusion"]
    share = budget.share(4)
    try:
        with share.enforced():
            point = admissible_point(assumed, share, [o.goal for o in conclusions])
    except SEARCH_FAILURES as problem:
        why = f"no admissible point was found; {failed(problem)}"
        return Outcome(case, verdict.Undecided(why))
    if point is None:
        why = "no admissible point was found: the assumptions may exclude each other"
        return Outcome(case, verdict.Vacuous(why))
    cited = frozenset(context.assumptions) - frozenset(assumed.assumptions)
    quickly = budget.share(4).within(SECONDS_AT_FIRST)
    failure = refuted(conclusions, (FIRST_REFUTER,), quickly, trace, cited)
    if failure is not None:
        return Outcome(case, failure)
    terms = [o for o in owed if o.kind == "defined"]
    found_defined = {
        o: done
        for o in terms
        if (done := settle(o, budget.share(8), trace, (FIRST_ENGINE,))).theorem is not None
    }
    doubtful = [o for o in terms if o not in found_defined]
    seen = undefined_early(doubtful, budget.share(8), trace) if everywhere else None
    if seen is not None:  # nothing can be proved, but a counterexample is graver
        failure = refuted(conclusions, REFUTERS, budget.share(2), trace, cited)
        return Outcome(case, seen if failure is None else failure)
    needed = tuple(o.goal for o in terms)
    instead = without_rules(case, doubtful, budget.share(8), trace, (FIRST_ENGINE,))
    kept = owed if instead is None else [o for o in owed if o not in doubtful]
    # However busy the machine is, some of the clock is left for samples.
    search = budget.stopping(budget.left * PART_FOR_PROOFS)
    settled = [
        found_defined.get(o)
        or replace(settle(presuming(o, needed), search.share(2), trace), obligation=o)
        for o in kept
    ]
    if instead is None:
        doubtful = [s.obligation for s in settled if s.theorem is None]
        instead = without_rules(case, doubtful, search.share(4), trace, ENGINES)
        settled = settled if instead is None else [s for s in settled if s.theorem is not None]
    settled += instead or []
    unfit = contradicted(settled, budget.stopping(budget.left / 2), trace, cited, everywhere)
    if unfit is not None:
        if isinstance(unfit, verdict.Refuted):
            contradiction(unfit, settled)
        return Outcome(case, unfit, tuple(settled))
    open_ones = [s for s in settled if s.theorem is None and s.obligation.kind == "conclusion"]
    if open_ones and all(s.theorem is not None or s in open_ones for s in settled):
        usable = [replace(s, obligation=presuming(s.obligation, needed)) for s in open_ones]
        leisure = budget.stopping(budget.left / 2).within(SECONDS_AT_LEISURE)
        at_last = settle_at_leisure(usable, leisure, trace)
        settled = [
            replace(next(at_last), obligation=s.obligation) if s.theorem is None else s
            for s in settled
        ]
    evidence = evidence_for(conclusions, settled, budget, cited)
    if isinstance(evidence, verdict.Refuted):
        contradiction(evidence, settled)
        return Outcome(case, evidence, tuple(settled))
    found: Verdict
    theorems = tuple(s.theorem for s in settled if s.theorem is not None)
    if len(theorems) < len(settled):
        found = unproved(settled, evidence, budget)
    else:
        found = verdict.Proved(theorems)
        checked = evidence is not None and evidence.points >= FEWEST_CROSS_CHECKS
        if found.basis == "cas" and (options.strict or (case.variables and not checked)):
            found = verdict.Supported(evidence, f"{found.reason}, but no certificate (basis cas)")
    return Outcome(case, found, tuple(settled), evidence)


def left_over(outcome: Outcome) -> str:
    """Return what keeps the equation of an unproved case from holding, where sums can tell."""
    if isinstance(outcome.verdict, verdict.Proved) or len(outcome.case.links) > 1:
        return ""
    case = outcome.case
    goal = Obligation("conclusion", case.links[0], Context(case.variables, case.facts))
    try:
        with Budget.lasting(SECONDS_TO_EXPLAIN).enforced():
            return residual(goal)
    except SEARCH_FAILURES:
        return ""


def presuming(obligation: Obligation, needed: tuple[Condition, ...]) -> Obligation:
    """Return a conclusion that may use that its terms are defined, which is shown by itself."""
    if obligation.kind != "conclusion":
        return obligation
    known = obligation.context.assumptions
    further = (condition for condition in needed if condition not in known)
    return replace(obligation, context=obligation.context.assuming(*further))


def unproved(settled: Sequence[Settled], evidence: Evidence | None, budget: Budget) -> Verdict:
    """Return supported if the samples say so, else undecided, and what is missing."""
    missing = [s for s in settled if s.theorem is None]
    kinds = {"conclusion": "no proof of", "defined": "not shown to be defined:"}
    reason = "; ".join(
        f"{kinds.get(s.obligation.kind, 'not shown:')} "
        f"{presenting.goal(s.obligation)}" + (f" ({s.reason})" if s.reason else "")
        for s in missing[:3]
    )
    if evidence is not None and evidence.points > 0:
        return verdict.Supported(evidence, reason)
    if budget.expired():
        return verdict.Undecided(f"out of time; {reason}")
    return verdict.Undecided(f"could not be evaluated at any point; {reason}")


def evidence_for(
    conclusions: Sequence[Obligation],
    settled: Sequence[Settled],
    budget: Budget,
    cited: Set[Condition],
) -> Evidence | verdict.Refuted | None:
    """Sample the conclusions: thoroughly what is not certified, lightly what is."""
    sure = {
        s.obligation for s in settled if s.theorem is not None and s.theorem.basis == "certificate"
    }
    weakest: Evidence | None = None
    for obligation in conclusions:
        wanted = CROSS_CHECKS if obligation in sure else SAMPLES
        share, patience = budget.share(2), SECONDS_FOR_A_POINT
        if obligation in sure:
            share, patience = share.within(SECONDS_TO_CROSS_CHECK), SECONDS_TO_CROSS_CHECK
        try:
            # It ends by itself, with what it has; the timer is for a point that takes forever.
            with budget.within(share.left + patience).enforced():
                evidence, point = sampling.sample(
                    without(obligation, cited), share, budget.seed,
                    wanted=wanted, thorough=obligation not in sure,
                )  # fmt: skip
            found = None if point is None else simple(obligation, point, budget)
        except SEARCH_FAILURES:
            continue
        if found is not None:
            return verdict.Refuted(found)
        if point is not None:  # it fails somewhere, if what is cited holds there
            evidence = replace(evidence, points=0)
        if weakest is None or evidence.points < weakest.points:
            weakest = evidence
    return weakest


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
    context = Context(case.variables, case.known)
    refuse_outside(context, dict(point), case.presumed or ())
    found: Verdict = verdict.Supported(None, "both sides agree at this point")
    for link in case.links:
        for obligation in obligations(link, context):
            if obligation.kind == "conclusion":
                counterexample = certified(obligation, dict(point))
                if counterexample is not None:
                    found = verdict.Refuted(counterexample)
    outcome = Outcome(case, found)
    record = presenting.finished(blank, claim, found, [outcome], [], started)
    if isinstance(found, verdict.Refuted):
        return record
    limits = values_of_limits(case.links[0], dict(point))
    return replace(record, counterexample=presenting.sides_at(case, context, point, limits))


def refuse_outside(context: Context, point: Point, presumed: Sequence[Condition] = ()) -> None:
    """Refuse a point that certainly is not an admissible one.

    Raises:
        UsageError: a value is not in its set, or an assumption fails.
    """
    for variable in context.variables:
        if isinstance(variable, Variable):
            value, values = point[variable.symbol], variable.set
            if truth_at(Member(value, values), point) is False:
                raise UsageError(f"{variable.symbol} = {value} is not in {values}")
    for assumption in context.assumptions:
        if truth_at(assumption, point) is False:
            what = "a side is undefined:" if assumption in presumed else "the assumption"
            raise UsageError(f"{presenting.point(point)}: {what} {assumption} fails there")


def truth_at(condition: Condition, point: Point) -> bool | None:
    """Return whether ``condition`` holds at ``point``, or None where that could not be told."""
    try:
        return truth(condition, point)
    except NO_VALUE:
        return None
