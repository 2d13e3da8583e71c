"""One obligation: the refuters, then the engines in turn, and what the kernel makes of their finds.

What a search hands over is replayed by the kernel.  A search that fails is an entry of the trace
and decides nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sympy import Basic, Derivative, Expr

from proofcheck import kernel, presenting, verdict
from proofcheck.certificates import Certificate
from proofcheck.engines import kinks, limits, real_arithmetic, simplest, special_points
from proofcheck.engines.base import (
    SEARCH_FAILURES,
    Budget,
    Engine,
    Fails,
    OutOfTime,
    Point,
    Refuter,
    Word,
)
from proofcheck.engines.catalogue import ENGINES, REFUTERS, SPECIAL_POINTS
from proofcheck.engines.normal_form import NormalForm
from proofcheck.errors import InternalFault
from proofcheck.kernel import Counterexample, Theorem
from proofcheck.limiting import values_at
from proofcheck.obligations import Context, Obligation, sides
from proofcheck.points import Unsubstitutable, instantiate_condition
from proofcheck.record import TraceRecord
from proofcheck.relations import Condition, Defined, Relation
from proofcheck.steps import Rejected

SECONDS_FOR_ASSUMPTIONS = 2.0
SHORTEST = 0.3
SECONDS_FOR_LIMITS = 10.0
SECONDS_FOR_SIMPLER = 3.0


@dataclass
class Trace:
    """What was tried, for how long, with what outcome."""

    entries: list[TraceRecord] = field(default_factory=list)
    goals: dict[Obligation, str] = field(default_factory=dict)

    def note(self, engine: str, obligation: Obligation, outcome: str, since: float) -> None:
        """Add one attempt that began at ``since``, a reading of ``time.process_time``."""
        seconds = round(time.process_time() - since, 4)
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
    hurried: tuple[Engine, ...] = ()
    """The engines that did not come to an end in their time."""


def settle(
    obligation: Obligation,
    budget: Budget,
    trace: Trace,
    engines: Sequence[Engine] = ENGINES,
    parts: int = 3,
) -> Settled:
    """Return the obligation with its theorem, if an engine finds a certificate for it.

    A word without certificate (basis cas) is kept until no engine finds one.
    """
    otherwise: Settled | None = None
    hurried: list[Engine] = []
    for position, engine in enumerate(engines):
        if budget.expired():
            left = (*hurried, *engines[position:])
            return otherwise or Settled(obligation, None, reason="out of time", hurried=left)
        started = time.process_time()
        try:
            share = budget.share(parts)
            with share.enforced():
                theorem = _theorem(engine, obligation, share)
        except Rejected as problem:
            trace.note(engine.name, obligation, f"the kernel rejects it: {problem}", started)
            continue
        except Fails as problem:
            trace.note(engine.name, obligation, str(problem), started)
            return otherwise or Settled(obligation, None)
        except SEARCH_FAILURES as problem:
            trace.note(engine.name, obligation, failed(problem), started)
            if isinstance(problem, OutOfTime):
                hurried.append(engine)
            continue
        if theorem is None:
            trace.note(engine.name, obligation, "nothing found", started)
            if share.expired():
                hurried.append(engine)
            continue
        trace.note(engine.name, obligation, f"proved ({theorem.basis})", started)
        if theorem.basis == "certificate":
            return Settled(obligation, theorem, engine.name)
        otherwise = otherwise or Settled(obligation, theorem, engine.name)
    return otherwise or Settled(obligation, None, hurried=tuple(hurried))


def settle_at_leisure(
    open_ones: Sequence[Settled], budget: Budget, trace: Trace
) -> Iterator[Settled]:
    """Give those engines more time that had too little, the last ones first: they had least."""
    for position, one in enumerate(open_ones):
        share, found = budget.share(len(open_ones) - position), one
        for number, engine in enumerate(reversed(one.hurried)):
            part = share.share(1 if number == len(one.hurried) - 1 else 2)
            if found.theorem is None and part.left > SHORTEST:
                again = settle(one.obligation, part, trace, (engine,), 1)
                found = found if again.theorem is None else again
        yield found


def _theorem(engine: Engine, obligation: Obligation, budget: Budget) -> Theorem | None:
    certificate = engine.prove(obligation, budget)
    if certificate is None:
        return None
    if isinstance(certificate, Word):
        return kernel.admit(obligation, certificate.reason)
    return kernel.prove(obligation, certificate)


def without(obligation: Obligation, cited: Set[Condition]) -> Obligation:
    """Return an obligation for a search for points, which need not look at what is cited.

    It holds wherever the claim does, and may be dear to find out: an equation between integrals.
    """
    context = obligation.context
    if not cited:
        return obligation
    assumed = tuple(a for a in context.assumptions if a not in cited)
    return replace(obligation, context=replace(context, assumptions=assumed))


def refuted(
    owed: Sequence[Obligation],
    refuters: Sequence[Refuter],
    budget: Budget,
    trace: Trace,
    cited: Set[Condition] = frozenset(),
) -> verdict.Refuted | None:
    """Return a refutation of one of ``owed`` if a refuter finds a point that the kernel takes.

    What is ``cited`` is left to the kernel.
    """
    for refuter in refuters:
        for position, obligation in enumerate(owed):
            started = time.process_time()
            try:
                share = budget.share(len(owed) - position)
                with share.enforced():
                    point = refuter.refute(without(obligation, cited), share)
                found = None if point is None else simple(obligation, point, share)
            except SEARCH_FAILURES as problem:
                trace.note(refuter.name, obligation, failed(problem), started)
                continue
            trace.note(refuter.name, obligation, _word(point, found), started)
            if found is not None:
                return verdict.Refuted(found)
    return None


def contradicted(
    settled: Sequence[Settled],
    budget: Budget,
    trace: Trace,
    cited: Set[Condition] = frozenset(),
    everywhere: bool = True,
) -> verdict.Refuted | verdict.Undefined | None:
    """Look for a counterexample to what has no certificate, and for where a term is undefined.

    Not ``everywhere``: the statement says nothing where a term is undefined.
    """
    left_open = [s.obligation for s in settled if s.theorem is None]
    words = [s.obligation for s in settled if s.theorem is not None and s.theorem.basis == "cas"]
    conclusions = [o for o in left_open + words if o.kind == "conclusion"]
    failure = refuted(conclusions, REFUTERS, budget.share(2), trace, cited)
    if failure is not None or not everywhere:
        return failure
    owed = [o for o in left_open if o.kind == "defined"]
    # Whether a sum or an integral has a value is dear to find out.
    for obligation in sorted(owed, key=lambda o: isinstance(o.goal, Defined)):
        found = _undefined(obligation, budget.share(4), trace)
        if found is not None:
            return verdict.Undefined(found)
    return None


def undefined_early(
    owed: Sequence[Obligation], budget: Budget, trace: Trace
) -> verdict.Undefined | None:
    """Return where a term is undefined if that is quickly seen: then nothing can be proved."""
    for obligation in owed:
        if not isinstance(obligation.goal, Defined):
            found = _undefined(obligation, budget.share(4), trace)
            if found is not None:
                return verdict.Undefined(found)
    return None


def _undefined(obligation: Obligation, budget: Budget, trace: Trace) -> Counterexample | None:
    """Return an admissible point at which the term of ``obligation`` is undefined, or None."""
    started = time.process_time()
    if isinstance(obligation.term, Derivative) and not isinstance(obligation.goal, Defined):
        return _kinked(obligation, budget, trace)  # its rules may fail where it exists
    try:
        with budget.enforced():
            point = SPECIAL_POINTS.refute(obligation, budget)
    except SEARCH_FAILURES as problem:
        trace.note(SPECIAL_POINTS.name, obligation, failed(problem), started)
        return None
    if point is None:
        return None

    def attempt(proofs: Mapping[int, Certificate]) -> Counterexample:
        return kernel.undefined(obligation.term, obligation.goal, obligation.context, point, proofs)

    found: Counterexample | None = accepted(attempt, obligation.context, point)
    trace.note(SPECIAL_POINTS.name, obligation, _word(point, found), started)
    return found


def _kinked(obligation: Obligation, budget: Budget, trace: Trace) -> Counterexample | None:
    """Return an admissible point at which the derivative of ``obligation`` is missing, or None."""
    started = time.process_time()
    try:
        with budget.enforced():
            for point, kink in kinks.candidates(obligation, budget):
                attempt = partial(
                    kernel.undefined, obligation.term, obligation.goal, obligation.context, point,
                    kink=kink,
                )  # fmt: skip
                found: Counterexample | None = accepted(attempt, obligation.context, point)
                if found is not None:
                    trace.note("kinks", obligation, "refuted", started)
                    return found
    except SEARCH_FAILURES as problem:
        trace.note("kinks", obligation, failed(problem), started)
        return None
    trace.note("kinks", obligation, "nothing found", started)
    return None


def failed(problem: Exception) -> str:
    """Return what the trace says of a search that raised ``problem``."""
    return f"the search failed: {type(problem).__name__}: {problem}"


def _word(point: Any, found: Any) -> str:
    if found is not None:
        return "refuted"
    return "nothing found" if point is None else "the kernel rejects the point"


def simple(obligation: Obligation, point: Point, budget: Budget) -> Counterexample | None:
    """Return the kernel's counterexample at the simplest point found around ``point``, or None.

    A counterexample is worth more than a simple one: the search for that has its own limit.
    """
    simpler = point
    with suppress(*SEARCH_FAILURES), budget.within(SECONDS_FOR_SIMPLER).enforced():
        simpler = simplest.simplest(obligation, point)
    for candidate in (simpler, point):
        found = certified(obligation, candidate)
        if found is not None:
            return found
    return None


def certified(obligation: Obligation, point: Point) -> Counterexample | None:
    """Return the kernel's counterexample at ``point``, or None."""
    goal, context = obligation.goal, obligation.context
    steps = limits.steps_at(goal, point, Budget.lasting(SECONDS_FOR_LIMITS))

    def attempt(proofs: Mapping[int, Certificate]) -> Counterexample:
        return kernel.refute(goal, context, point, proofs, limits=steps)

    found: Counterexample | None = accepted(attempt, context, point)
    return found


def values_of_limits(goal: Condition, point: Point) -> Mapping[Basic, Expr]:
    """Return the values of the limits in ``goal`` at ``point``, if the kernel accepts all."""
    steps = limits.steps_at(goal, point, Budget.lasting(SECONDS_FOR_LIMITS))
    try:
        values, owed = values_at(sides((goal,)), point, steps)
        for subgoal in owed:
            kernel.check(*subgoal)
    except (Rejected, *kernel.NO_ANSWER):
        return {}
    return values


def admissible_point(
    context: Context, budget: Budget, goals: Sequence[Condition] = ()
) -> Point | None:
    """Return an admissible point that the kernel accepts, or None if none was found.

    It is sought among those at which ``goals`` will be looked at.

    Raises:
        one of SEARCH_FAILURES: none was found, and not all was looked at.
    """
    if not context.variables:
        return {} if satisfied(context, {}) else None
    half, point, trouble = budget.share(2), None, None
    try:
        with half.enforced():
            point = special_points.witness(context, half, goals)
    except SEARCH_FAILURES as problem:
        trouble = problem
    if point is None:
        point = real_arithmetic.model(context, budget)
    if point is not None and satisfied(context, point):
        return point
    if trouble is not None:
        raise trouble
    return None


def satisfied(context: Context, point: Point) -> bool:
    """Tell whether the kernel accepts ``point`` as an admissible one."""
    return accepted(lambda proofs: kernel.satisfy(context, point, proofs), context, point) is True


def accepted(
    attempt: Callable[[Mapping[int, Certificate]], Any], context: Context, point: Point
) -> Any:
    """Return what ``attempt`` returns (True for nothing), or None if the kernel rejects it.

    Without proofs of the assumptions first, then with those that engines find at the point.
    """
    try:
        found = attempt({})
    except Rejected:
        proofs = proofs_at(context, point)
        if not proofs:
            return None
        try:
            found = attempt(proofs)
        except Rejected:
            return None
    return True if found is None else found


def proofs_at(context: Context, point: Point) -> Mapping[int, Certificate]:
    """Return certificates for the assumed equations at ``point``, where engines find them."""
    found: dict[int, Certificate] = {}
    budget = Budget.lasting(SECONDS_FOR_ASSUMPTIONS)
    for index, assumption in enumerate(context.assumptions):
        if isinstance(assumption, Relation) and assumption.operator in ("eq", "le", "ge"):
            try:
                there = instantiate_condition(assumption, point)
            except Unsubstitutable:
                continue
            obligation = Obligation("conclusion", there, Context())
            certificate = NormalForm().prove(obligation, budget)
            if certificate is not None:
                found[index] = certificate
    return found


def contradiction(found: verdict.Refuted, settled: Sequence[Settled]) -> None:
    """Raise InternalFault if the refuted goal was proved."""
    goal = found.counterexample.goal
    for one in settled:
        if one.theorem is not None and one.obligation.goal == goal:
            raise InternalFault(
                f"{goal} is both proved ({one.engine}, {one.theorem.basis}) and refuted at "
                f"{presenting.point(found.counterexample.point)}"
            )
