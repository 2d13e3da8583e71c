"""Counterexamples at nice points: 0, 1, 1/2, pi/3, ends of the domain, smallest integers.

The cheap search that comes first.  Untrusted: the kernel checks the point that it finds.  Points
are tried nicest first, so the one that is found can usually be checked by hand.  Beside the fixed
list it tries where the statement's own expressions change their form (conditions of a Piecewise,
branch points, jumps of a floor), and, for a condition that a term be defined, where it fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from sympy import Integer, Integral, Limit, Product, Sum

from proofcheck import balls
from proofcheck.engines._corners import corners
from proofcheck.engines._hints import breakpoints, equations, sides
from proofcheck.engines._points import Generator, generator_of
from proofcheck.engines._rational import rational
from proofcheck.engines._truth import NO_VALUE, admissible, truth
from proofcheck.engines.base import Budget, OutOfTime, Point
from proofcheck.obligations import Context, Kind, Obligation, opened
from proofcheck.relations import Condition, Relation

POINTS = 120
ON_EDGES = 60
IN_CORNERS = 80
FAR = 10**9
PRECISIONS = (64, 256)
CONSTANT_PRECISIONS = (64, 512, 8192)
SLOW_PRECISIONS = (64, 128)
HOPELESS = 40


@dataclass(frozen=True)
class SpecialPoints:
    """The refuter that comes first, with the nicest ``points`` only, and again with all of them."""

    points: int = POINTS
    edges: bool = True
    name: str = "special points"

    def refute(self, obligation: Obligation, budget: Budget) -> Point | None:
        """Return a nice admissible point at which the goal provably fails, or None."""
        return refute(obligation, budget, self.points, self.edges)


def refute(
    obligation: Obligation, budget: Budget, points: int = POINTS, edges: bool = True
) -> Point | None:
    """Return a nice admissible point at which the goal of ``obligation`` provably fails.

    For a goal that a term be defined, a point at which it is not.
    """
    if obligation.kind == "satisfiable":
        return None
    goal, context = opened(obligation.goal, obligation.context)
    found = _refute(obligation.kind, goal, context, budget, points, edges)
    if found is None:
        return None
    return {key: value for key, value in found.items() if key in _keys(obligation.context)}


def _keys(context: Context) -> set[object]:
    return {*context.sets, *context.families}


def _refute(
    kind: Kind, goal: Condition, context: Context, budget: Budget, points: int, edges: bool
) -> Point | None:
    if not context.variables:
        return {} if _constant_failure(goal, budget) else None
    generator = generator_of(context, tuple(sides(goal)))
    sources = [generator.points(points)]
    if edges:
        sources += [corners(generator, IN_CORNERS), _edges(goal, generator)]
    if kind == "defined":
        sources.reverse()
    dull: list[Point] = []
    for source in sources:
        unevaluable = 0
        for point in source:
            if budget.expired():
                return None
            found = failure(goal, point, PRECISIONS[1 if _far_out(point) else 0])
            if found:
                return point
            if found is None:
                unevaluable += 1
                if unevaluable == HOPELESS and not dull:
                    break
            else:
                dull.append(point)
    return _closer(goal, dull, budget) if edges else None


def _constant_failure(goal: Condition, budget: Budget) -> bool:
    """Return whether a goal without variables fails; near-identities take many digits."""
    slow = any(side.has(Sum, Product, Integral, Limit) for side in sides(goal))
    return any(
        failure(goal, {}, precision)
        for precision in (SLOW_PRECISIONS if slow else CONSTANT_PRECISIONS)
        if not budget.expired()
    )


def _far_out(point: Point) -> bool:
    """Tell whether a square of a value has too many digits for a low precision."""
    return any(isinstance(value, Integer) and abs(value) > FAR for value in point.values())


def _closer(goal: Condition, points: list[Point], budget: Budget) -> Point | None:
    """Look again at some points with more precision: a near-identity is false far out."""
    for point in points[:: max(1, len(points) // 10)]:
        if budget.expired():
            return None
        if failure(goal, point, PRECISIONS[1]):
            return point
    return None


def failure(goal: Condition, point: Point, precision: int) -> bool | None:
    """Return whether ``goal`` provably fails at ``point``; None where a term has no value."""
    try:
        if isinstance(goal, Relation) and goal.operator == "eq":
            exactly = rational(goal.lhs, point), rational(goal.rhs, point)
            if None not in exactly:
                return bool(exactly[0] != exactly[1])
            # Whether the sides are exactly equal does not matter here, and is dear to find out.
            found = balls.separated(goal.lhs, goal.rhs, point, max_precision=precision)
            return found is not None
        return truth(goal, point, precision) is False
    except NO_VALUE:
        return None


def _edges(goal: Condition, generator: Generator) -> Iterator[Point]:
    """Yield points where an expression of the goal vanishes or changes its form."""
    equality = isinstance(goal, Relation) and goal.operator == "eq"
    edges = [] if equality else list(equations(goal))
    edges += [edge for side in sides(goal) for edge in breakpoints(side)]
    for edge in list(dict.fromkeys(edges))[:20]:
        yield from islice(generator.zeros(edge, ON_EDGES), ON_EDGES)


def witness(context: Context, budget: Budget, goals: Sequence[Condition] = ()) -> Point | None:
    """Return an admissible point of ``context``, as nice a one as possible, or None.

    None says that none was found, not that there is none.

    Raises:
        OutOfTime: the budget is used up before the first points have been looked at.
    """
    if not context.variables:
        return {} if admissible({}, context, CONSTANT_PRECISIONS[1]) else None
    generator = generator_of(context, tuple(side for goal in goals[:1] for side in sides(goal)))
    zeros = (
        generator.zeros(edge, ON_EDGES) for fact in context.assumptions for edge in equations(fact)
    )
    looked = False
    try:
        for search in chain((generator.points(1, attempts) for attempts in (30, 3000)), zeros):
            for point in search:
                return point
            looked = True
            if budget.expired():
                break
    except OutOfTime:
        if not looked:
            raise
    return None
