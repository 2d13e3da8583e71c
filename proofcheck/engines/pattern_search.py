"""Counterexamples to inequalities by pattern search on the exact margin.  Untrusted.

The margin of ``a <= b`` is ``b - a``; the search walks downhill on it over dyadic coordinates, one
at a time, halving the step when no neighbour is lower (Hooke and Jeeves 1961).  Unbounded ranges
are mapped from (-1, 1) by ``t/(1 - t**2)``.  It finds violations 1e-8 wide in two variables in a
few hundred evaluations, which no random sample does.  The point is then certified by balls.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from sympy import (
    Expr,
    I,
    Integer,
    Interval,
    Range,
    Rational,
    Set,
    ceiling,
    floor,
    oo,
    sympify,
)
from sympy.sets.fancysets import Rationals, Reals

from proofcheck import balls
from proofcheck.domains import Family, Variable
from proofcheck.engines._bounds import discrete
from proofcheck.engines._points import Generator, generator_of
from proofcheck.engines._truth import NO_VALUE, admissible, fails
from proofcheck.engines.base import Budget, Point
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Obligation
from proofcheck.relations import AllOf, AnyOf, Condition, Relation

STARTS = 8
SCREENED = 160
EVALUATIONS = 260
TOUCHING = 1e-10
APART = 0.04
FINEST = 44
FINEST_SOLVED = 18
"""Bits of the finest step; fewer where an equation is solved at each point (roots of long
fractions make SymPy factor integers)."""


class PatternSearch:
    """The refuter of inequalities with thin violations."""

    name = "pattern search"

    def refute(self, obligation: Obligation, budget: Budget) -> Point | None:
        """Return an admissible point at which the goal provably fails, or None."""
        return refute(obligation, budget)


def refute(obligation: Obligation, budget: Budget) -> Point | None:
    """Return an admissible point at which an inequality provably fails, or None."""
    if obligation.kind == "satisfiable" or not obligation.context.variables:
        return None
    relations = list(_inequalities(obligation.goal))
    if not relations:
        return None
    search = _Search(obligation, relations, budget)
    return search.run()


def _inequalities(goal: Condition) -> list[Relation]:
    match goal:
        case Relation() if goal.operator not in ("eq", "ne"):
            return [goal]
        case AllOf() | AnyOf():
            return [r for part in goal.conditions for r in _inequalities(part)]
    return []


def margin(relation: Relation, point: Point) -> float | None:
    """Return about how far ``relation`` is from failing at ``point``: negative where it fails."""
    small, large = relation.lhs, relation.rhs
    if relation.operator in ("gt", "ge"):
        small, large = large, small
    for precision in (64, 128, 320):
        try:
            left, right = (balls.enclose(side, point, precision) for side in (small, large))
        except NO_VALUE:
            return None
        if not (left.imag.contains(0) and right.imag.contains(0)):
            return None
        with balls.working_precision(precision):
            difference = right.real - left.real
        if not difference.is_finite():
            continue
        if difference.rel_accuracy_bits() > 20 or difference.is_exact():
            break
    else:
        return 0.0 if difference.is_finite() else None
    return float(difference.mid())


def apart(points: list[Point], wanted: int) -> list[Point]:
    """Return ``wanted`` points, the first ones that are not close to an earlier one, in order."""
    chosen: list[tuple[tuple[float, ...], Point]] = []
    for point in points:
        place = tuple(_shrunk(value) for value in point.values())
        if all(
            max((abs(a - b) for a, b in zip(place, other, strict=False)), default=0) > APART
            for other, _ in chosen
        ):
            chosen.append((place, point))
            if len(chosen) == wanted:
                break
    return [point for _, point in chosen]


def _shrunk(value: Any) -> float:
    """Return a number between -1 and 1 that tells values apart."""
    if isinstance(value, tuple):
        value = sum((i + 1) * part for i, part in enumerate(value))
    number = complex(value)
    size = number.real + 2 * number.imag
    return size / (1 + abs(size))


class _Search:
    def __init__(self, obligation: Obligation, relations: list[Relation], budget: Budget) -> None:
        self.obligation = obligation
        self.relations = relations
        self.budget = budget
        self.generator = generator_of(obligation.context)
        self.found: Point | None = None
        self.finest = FINEST_SOLVED if self.generator.solved else FINEST

    def height(self, point: Point) -> float | None:
        """Return the margin of the goal; remember the point if the goal provably fails there."""
        margins = [margin(relation, point) for relation in self.relations]
        known = [m for m in margins if m is not None]
        if not known or len(known) < len(margins):
            return None
        least = max(known) if isinstance(self.obligation.goal, AnyOf) else min(known)
        if least <= 0 and self.found is None and fails(self.obligation.goal, point, 512):
            self.found = point
        return least

    def run(self) -> Point | None:
        starts: list[tuple[float, int, Point]] = []
        for number, point in enumerate(self.generator.points(SCREENED)):
            if self.budget.expired():
                return self.found
            height = self.height(point)
            if self.found:
                return self.found
            if height is not None:
                starts.append((height, number, point))
        starts.sort(key=lambda start: start[:2])
        touching = 0
        for point in apart([point for _, _, point in starts], STARTS):
            lowest = self.descend(point)
            if self.found or self.budget.expired():
                return self.found
            # Zero is reached and not passed: most likely an inequality that is sharp there.
            touching += lowest is not None and abs(lowest) < TOUCHING
            if touching == 2:
                break
        return None

    def descend(self, start: Point) -> float | None:
        """Walk downhill from ``start`` until the steps are too small to matter.

        Return the lowest margin met.
        """
        axes = [
            axis
            for variable in self.generator.free
            for axis in _axes(variable, self.generator, start, self.finest)
        ]
        if not axes:
            return None
        position = [axis.coordinate(start) for axis in axes]
        here = self._height_at(start, axes, position)
        steps = [axis.first_step(t) for axis, t in zip(axes, position, strict=True)]
        used = 0
        while used < EVALUATIONS and not self.found and not self.budget.expired():
            moved = False
            rises = [math.inf] * len(axes)
            for i, axis in enumerate(axes):
                heights: list[float | None] = []
                for direction in (1, -1):
                    moved_to = axis.clip(position[i] + direction * steps[i])
                    if moved_to == position[i]:
                        continue
                    trial = [*position[:i], moved_to, *position[i + 1 :]]
                    height = self._height_at(start, axes, trial)
                    used += 1
                    if self.found:
                        return height
                    heights.append(height)
                    if height is not None and (here is None or height < here):
                        position, here, moved = trial, height, True
                        steps[i] = min(steps[i] * 2, axis.largest_step)
                        break
                else:
                    if here is not None and heights and None not in heights:
                        rises[i] = max(h for h in heights if h is not None) - here
                    steps[i] = axis.smaller(steps[i])
            # A margin that is convex about here falls by less than it rises to the worse side.
            if not moved and here is not None and 2 * sum(rises) < here:
                break
            if not moved and all(step < 2.0**-self.finest for step in steps):
                break
        return here

    def _height_at(
        self, start: Point, axes: Sequence[_Axis], position: Sequence[Rational]
    ) -> float | None:
        partial: Point = {
            key: start[key]
            for key in (
                v.symbol if isinstance(v, Variable) else v.base for v in self.generator.free
            )
        }
        for axis, coordinate in zip(axes, position, strict=True):
            axis.put(partial, coordinate)
        best: float | None = None
        for point in self.generator.complete(partial):
            if admissible(point, self.obligation.context) is not True:
                continue
            height = self.height(point)
            if height is not None and (best is None or height < best):
                best = height
        return best


class _Axis:
    """One real coordinate of a point: how it reads, moves and is put back."""

    def __init__(
        self,
        read: Callable[[Point], Expr],
        put: Callable[[Point, Expr], None],
        low: Expr,
        high: Expr,
        whole: bool,
        finest: int,
    ) -> None:
        self.finest = finest
        self.read, self.write = read, put
        self.low, self.high, self.whole = low, high, whole
        self.bounded = low != -oo and high != oo and not whole
        self.largest_step = Rational(1, 4) if not whole else Integer(2) ** 40

    def coordinate(self, point: Point) -> Rational:
        """Return the coordinate at ``point``: itself if whole, a dyadic of [0, 1] or (-1, 1)."""
        value = self.read(point)
        if self.whole:
            return value
        if self.bounded:
            part = (value - self.low) / (self.high - self.low)
        elif self.low != -oo or self.high != oo:
            offset = value - self.low if self.low != -oo else self.high - value
            part = offset / (1 + offset)
        else:
            x = float(value)
            part = 0.0 if x == 0 else (-1 + (1 + 4 * x * x) ** 0.5) / (2 * x)
        return self.clip(Rational(round(float(part) * 2**self.finest), 2**self.finest))

    def first_step(self, coordinate: Rational) -> Rational:
        """Return the step to begin with."""
        return Integer(1) if self.whole else Rational(1, 16)

    def smaller(self, step: Rational) -> Rational:
        """Return the next smaller step; zero below 1 on the integers."""
        halved = step / 2
        return Integer(floor(halved)) if self.whole else halved

    def clip(self, coordinate: Rational) -> Rational:
        """Return ``coordinate`` moved into its range."""
        if self.whole:
            return min(max(coordinate, self.low), self.high)
        if self.bounded:
            return min(max(coordinate, Integer(0)), Integer(1))
        edge = 1 - Rational(1, 2**40)
        low = Integer(0) if self.low != -oo or self.high != oo else -edge
        return min(max(coordinate, low), edge)

    def put(self, point: Point, coordinate: Rational) -> None:
        """Write the value that belongs to ``coordinate`` into ``point``."""
        t = coordinate
        value: Expr
        if self.whole:
            value = t
        elif self.bounded:
            value = self.low + (self.high - self.low) * t
        elif self.low != -oo:
            value = self.low + t / (1 - t)
        elif self.high != oo:
            value = self.high - t / (1 - t)
        else:
            value = t / (1 - t * t)
        self.write(point, value)


def _axes(
    variable: Variable | Family, generator: Generator, start: Point, finest: int
) -> list[_Axis]:
    if isinstance(variable, Family):
        return []
    symbol = variable.symbol
    domain = generator.narrowed(variable, start)
    if domain is None:
        return []
    if not isinstance(domain, Interval | Reals | Rationals) and not discrete(domain):
        return _complex_axes(symbol, finest)
    whole = discrete(domain)
    low, high = _ends(domain)
    return [
        _Axis(
            lambda point: point[symbol],
            lambda point, value: point.__setitem__(symbol, value),
            ceiling(low) if whole and low != -oo else low,
            floor(high) if whole and high != oo else high,
            whole,
            finest,
        )
    ]


def _ends(domain: Set) -> tuple[Expr, Expr]:
    if isinstance(domain, Interval | Range):
        return domain.inf, domain.sup
    try:
        return domain.inf, domain.sup
    except LIBRARY_ERRORS:
        return -oo, oo


def _complex_axes(symbol: Any, finest: int) -> list[_Axis]:
    def read_part(place: int) -> Callable[[Point], Expr]:
        return lambda point: sympify(point[symbol]).as_real_imag()[place]

    def put_part(place: int) -> Callable[[Point, Expr], None]:
        def put(point: Point, value: Expr) -> None:
            parts = list(sympify(point[symbol]).as_real_imag())
            parts[place] = value
            point[symbol] = parts[0] + parts[1] * I

        return put

    return [_Axis(read_part(place), put_part(place), -oo, oo, False, finest) for place in (0, 1)]
