"""Covers of a bounded box: balls where they see the sign, ladders of derivatives where not.

Untrusted.  Everything is tried in balls first, outside of the kernel; the tree that results
(Split, Balls, Monotone) is replayed by the kernel later.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from flint import arb
from sympy import Expr, Integer, Interval, Rational, S, Symbol

from proofcheck import balls, kernel
from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.certificates import (
    Balls,
    Certificate,
    Monotone,
    Split,
    Stronger,
)
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.points import instantiate
from proofcheck.relations import Relation
from proofcheck.steps import UPWARDS, Rejected, expand

RUNGS = 5
BOXES = 600
HALVINGS = 40
LARGEST_SLOPE = 400
End = Literal["left", "right"]
ENDS: tuple[End, End] = ("left", "right")


class Hopeless(Exception):  # an answer, not an error
    """The goal fails at a point of the box."""


@dataclass(frozen=True)
class Side:
    """One side of a box; lighter than a SymPy interval."""

    low: Expr
    high: Expr
    left_open: bool
    right_open: bool
    ball: Any

    @classmethod
    def of(cls, low: Expr, high: Expr, left_open: bool, right_open: bool) -> Side:
        """Return the side with its enclosure."""
        return cls(low, high, left_open, right_open, end_ball(low).union(end_ball(high)))

    @property
    def interval(self) -> Interval:
        """The side as a SymPy interval."""
        return Interval(self.low, self.high, self.left_open, self.right_open)


Box = dict[Symbol, Side]


@dataclass(frozen=True)
class Start:
    """A certificate for the end of a ladder, and whether both sides meet there."""

    proof: Certificate
    contact: bool


@dataclass
class Cover:
    """A search for the cover of one box; ``limit`` bounds its size."""

    budget: Budget
    limit: int = BOXES
    boxes: int = 0
    slopes: dict[tuple[Expr, Symbol], Expr | None] = field(default_factory=dict)
    steps: dict[tuple[Expr, Symbol], bool] = field(default_factory=dict)
    failures: dict[tuple[Expr, Symbol], int] = field(default_factory=dict)

    def prove(
        self, goal: Relation, context: Context, halvings: int = HALVINGS
    ) -> Certificate | None:
        """Return a cover for an order relation over bounded intervals, or None.

        Raises:
            Hopeless: the goal certainly fails somewhere.
        """
        if goal.operator not in UPWARDS:
            return None
        difference = UPWARDS[goal.operator] * (goal.lhs - goal.rhs)
        box: Box = {}
        for symbol in sorted(difference.free_symbols, key=str):
            values = context.sets.get(symbol)
            if not isinstance(values, Interval):
                return None
            if not (values.inf.is_finite and values.sup.is_finite):
                return None
            box[symbol] = Side.of(
                values.inf, values.sup, bool(values.left_open), bool(values.right_open)
            )
        if not box:
            return None
        return self._tree(difference, goal.operator in ("gt", "lt"), box, context, halvings)

    def _tree(
        self, f: Expr, strict: bool, box: Box, context: Context, halvings: int
    ) -> Certificate | None:
        self.boxes += 1
        if self.boxes > self.limit or self.budget.expired():
            return None
        known = enclosure(f, balls_of(box), 64)
        if positive(known, strict):
            return Balls(64)
        middle = {symbol: side_middle(side) for symbol, side in box.items()}
        value = enclosure(f, middle, 128)
        if value is not None and (value < 0 or (strict and value <= 0)):
            if not context.assumptions or inside(middle, context):
                raise Hopeless
            return None
        for symbol in box:
            found = self._ladder(f, strict, box, context, symbol, RUNGS)
            if found is not None:
                return found
        if halvings == 0:
            return None
        symbol = max(box, key=lambda s: float(box[s].ball.rad()))
        side, cut = box[symbol], middle[symbol]
        if not side.low < cut < side.high:
            return None
        parts = []
        for half in (
            Side.of(side.low, cut, side.left_open, False),
            Side.of(cut, side.high, True, side.right_open),
        ):
            part = self._tree(f, strict, {**box, symbol: half}, context, halvings - 1)
            if part is None:
                return None
            parts.append(part)
        return Split(Relation(symbol, "le", cut), parts[0], parts[1])

    def slope(self, f: Expr, symbol: Symbol) -> Expr | None:
        """Return the derivative that the kernel would take, None if it is unknown or too long."""
        key = (f, symbol)
        if key not in self.slopes:
            try:
                found = derivative(f, symbol)[0]
                self.slopes[key] = None if found.count_ops() > LARGEST_SLOPE else found
            except NotDifferentiable:
                self.slopes[key] = None
        return self.slopes[key]

    def _ladder(
        self, f: Expr, strict: bool, box: Box, context: Context, symbol: Symbol, rungs: int
    ) -> Certificate | None:
        """Return a Monotone step whose derivative has a sign that balls see, maybe by a ladder."""
        if rungs == 0 or self.budget.expired() or self.failures.get((f, symbol), 0) > 3:
            return None
        slope = self.slope(f, symbol)
        if slope is None:
            return None
        side = box[symbol]
        known = enclosure(slope, balls_of(box), 64)
        for end in ENDS:
            inwards = slope if end == "left" else -slope
            direction = known if end == "left" or known is None else -known
            if direction is not None and direction < 0:
                continue
            place = side.low if end == "left" else side.high
            is_open = side.left_open if end == "left" else side.right_open
            there = instantiate(f, {symbol: place})
            for tight in (False, True) if strict else (False,):
                if tight and not is_open:
                    continue
                seen = positive(direction, tight)
                start = self._start(there, strict and not tight, box, context, symbol, seen)
                if start is None:
                    continue
                if not (seen or start.contact or flat(slope, {**balls_of(box), symbol: place})):
                    continue
                rest: Certificate | None = Balls(64)
                if not seen:
                    inner = Side(side.low, side.high, True, True, side.ball)
                    smaller = {**box, symbol: inner}
                    rest = self._ladder(inwards, tight, smaller, context, symbol, rungs - 1)
                if rest is None:
                    continue
                step = Monotone(symbol, end, start.proof, rest, tight)
                if self._applies(f, strict, box, context, step):
                    return step
        return None

    def _start(
        self, there: Expr, strict: bool, box: Box, context: Context, symbol: Symbol, seen: bool
    ) -> Start | None:
        """Return a proof at the end; where the derivative's sign is not ``seen``, a cheap one."""
        rest = {s: side for s, side in box.items() if s != symbol and s in there.free_symbols}
        if len(rest) < len(there.free_symbols):
            return None
        known = enclosure(there, balls_of(rest), 64 if rest else 128)
        if known is not None and known > 0:
            return Start(Balls(64 if rest else 128), False)
        if known is not None and known < 0:
            return None
        outside = context.without(symbol)
        if not strict and (not rest or seen or self.boxes < 3):
            found = vanishing(there, outside, self.budget)
            if found is not None:
                return Start(found, True)
        if not rest:
            return None
        try:
            tree = self._tree(there, strict, rest, outside, 4)
        except Hopeless:
            return None
        return None if tree is None else Start(tree, True)

    def _applies(self, f: Expr, strict: bool, box: Box, context: Context, step: Monotone) -> bool:
        """Tell whether the kernel takes the step on this box: its side conditions are the risk."""
        key = (f, step.variable)
        if self.steps.get(key):
            return True
        goal = Relation(f, "gt" if strict else "ge", S.Zero)
        for symbol, side in box.items():
            context = context.restricted(symbol, side.interval)
        try:
            for subgoal in expand(goal, context, step):
                if subgoal[2] is not step.at_end and subgoal[2] is not step.derivative:
                    kernel.check(*subgoal)
        except (Rejected, *kernel.NO_ANSWER):
            self.failures[key] = self.failures.get(key, 0) + 1
            return False
        self.steps[key] = True
        return True


def inside(point: dict[Symbol, Expr], context: Context) -> bool:
    """Tell whether the kernel takes a point as admissible."""
    try:
        kernel.satisfy(context, dict(point))
    except (Rejected, *kernel.NO_ANSWER):
        return False
    return True


def flat(slope: Expr, place: Mapping[Symbol, Any]) -> bool:
    """Tell whether a derivative seems to vanish at the end of a ladder."""
    known = enclosure(slope, place, 64)
    return known is not None and bool(abs(known) < 1e-9)


def balls_of(box: Box) -> dict[Symbol, Any]:
    """Return the balls of a box."""
    return {symbol: side.ball for symbol, side in box.items()}


def positive(known: Any, strict: bool) -> bool:
    """Tell whether a ball, if there is one, is positive (or not negative)."""
    return known is not None and bool(known > 0 if strict else known >= 0)


def enclosure(f: Expr, given: Mapping[Symbol, Any], precision: int) -> Any:
    """Return a real ball that contains the values of ``f`` on a box of balls, or None."""
    try:
        value = balls.enclose(f, given, precision)
    except (balls.Undefined, balls.Unevaluable, ValueError, TypeError):
        return None
    return value.real if value.imag == 0 and value.real.is_finite() else None


def end_ball(end: Expr) -> arb:
    """Return a ball around an end of an interval."""
    if isinstance(end, Integer):
        return arb(int(end))
    return balls.enclose(end, {}, 128).real


def vanishing(there: Expr, context: Context, budget: Budget) -> Certificate | None:
    """Return a certificate that a term is zero, weakened to an order relation."""
    found = Rewriter(context, budget).identity(there)
    if found is None:
        return None
    try:
        kernel.check(Relation(there, "eq", S.Zero), context, found)
    except (Rejected, *kernel.NO_ANSWER):
        return None
    return Stronger("eq", found)


def side_middle(side: Side) -> Rational:
    """Return a simple rational number in the middle of a side."""
    middle = (side.low + side.high) / 2
    if isinstance(middle, Rational):
        return middle
    low, high = float(side.low), float(side.high)
    scale = 2 ** max(0, 6 - int(math.log2(max(high - low, 1e-300))))
    return Rational(round((low + high) / 2 * scale), scale)


def touching(f: Expr, symbol: Symbol, candidates: list[Expr]) -> Iterator[Expr]:
    """Yield those candidates at which ``f`` seems to vanish."""
    for value in candidates:
        known = enclosure(f, {symbol: value}, 128)
        if known is not None and known.contains(0) and float(known.rad()) < 1e-20:
            yield value
