"""Covers of a bounded box: Taylor's formula where it sees the sign, ladders where it does not.

Untrusted.  Everything is tried in balls first; the tree (Boxes, Split, Monotone) is replayed by the
kernel later.  A box on which an assumption fails needs no proof.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from flint import arb
from sympy import Expr, Integer, Interval, Rational, S, Symbol

from proofcheck import balls, kernel
from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.certificates import (
    Balls,
    Boxes,
    Certificate,
    Monotone,
    Split,
    Stronger,
)
from proofcheck.covers import enclosed, extent, stands
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.points import instantiate
from proofcheck.relations import Operator, Relation, negate
from proofcheck.steps import UPWARDS, Rejected, expand

RUNGS = 8
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
    ends: tuple[arb, arb]

    @classmethod
    def of(cls, low: Expr, high: Expr, left_open: bool, right_open: bool) -> Side:
        """Return the side with its enclosure."""
        return cls(low, high, left_open, right_open, (end_ball(low), end_ball(high)))

    @property
    def ball(self) -> arb:
        """A ball around the side."""
        return self.ends[0].union(self.ends[1])

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
    failing: list[tuple[int, Expr, Operator]] = field(default_factory=list)
    zeros: dict[Expr, Certificate | None] = field(default_factory=dict)
    values: dict[tuple[Expr, Symbol, Expr], Expr] = field(default_factory=dict)
    leaf: Boxes = field(default_factory=Boxes)
    outset: Context = field(default_factory=Context)

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
            side = side_of(symbol, context)
            if side is None:
                return None
            box[symbol] = side
        if not box:
            return None
        self.leaf = Boxes(None, 10, 128) if len(box) == 1 else Boxes(None, 4, 64)
        self.outset = context
        self.failing = [
            (index, fails.lhs - fails.rhs, fails.operator)
            for index, assumption in enumerate(context.assumptions)
            if isinstance(assumption, Relation)
            if len(assumption.lhs.free_symbols | assumption.rhs.free_symbols) > 1
            for fails in (negate(assumption),)
            if isinstance(fails, Relation)
        ]
        return self._tree(difference, goal.operator in ("gt", "lt"), box, context, halvings)

    def _enclosed(self, f: Expr, box: Box) -> arb | None:
        """Return a ball with the values of ``f`` on a box, or None."""
        return enclosed(f, {symbol: side.ends for symbol, side in box.items()}, self.leaf)

    def _vacuous(self, box: Box) -> Boxes | None:
        """Return a leaf that names an assumption which fails on all of the box."""
        for index, margin, operator in self.failing:
            if margin.free_symbols <= set(box):
                known = self._enclosed(margin, box)
                if known is not None and stands(known, operator):
                    return replace(self.leaf, tree=index)
        return None

    def _tree(
        self, f: Expr, strict: bool, box: Box, context: Context, halvings: int
    ) -> Certificate | None:
        self.boxes += 1
        if self.boxes > self.limit or self.budget.expired():
            return None
        if positive(self._enclosed(f, box), strict):
            return self.leaf
        empty = self._vacuous(box) if context is self.outset else None
        if empty is not None:
            return empty
        middle = {symbol: side_middle(side) for symbol, side in box.items()}
        value = enclosure(f, middle, 128)
        if value is not None and (value < 0 or (strict and value <= 0)):
            if not context.assumptions or inside(middle, context):
                raise Hopeless
            if not self.failing:
                return None
        for symbol in box:
            if bounded(symbol, context) and self._meets(f, box, symbol):
                found = self._ladder(f, strict, box, context, symbol, RUNGS)
                if found is not None:
                    return found
        if halvings == 0:
            return None
        symbol = self._widest(f, box)
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
        lower, upper = parts
        if isinstance(lower, Boxes) and isinstance(upper, Boxes):
            return replace(self.leaf, tree=(symbol, cut, lower.tree, upper.tree))
        return Split(Relation(symbol, "le", cut), lower, upper)

    def _meets(self, f: Expr, box: Box, symbol: Symbol) -> bool:
        """Tell whether ``f`` seems to come to zero at an end of a side."""
        faces = ({**balls_of(box), symbol: end} for end in box[symbol].ends)
        return any(meeting(enclosure(f, face, 128)) for face in faces)

    def _widest(self, f: Expr, box: Box) -> Symbol:
        """Return the symbol whose side, if it were a point, would leave the narrowest ball."""
        if len(box) == 1:
            return next(iter(box))

        def spread(symbol: Symbol) -> tuple[float, float]:
            side = box[symbol]
            middle = arb(side.ball.mid())
            known = self._enclosed(f, {**box, symbol: replace(side, ends=(middle, middle))})
            width = -float(side.ball.rad())
            return (math.inf, width) if known is None else (float(known.rad()), width)

        return min(box, key=spread)

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
        known = self._enclosed(slope, box)
        for end in ENDS:
            inwards = slope if end == "left" else -slope
            direction = known if end == "left" or known is None else -known
            if direction is not None and direction < 0:
                continue
            place = side.low if end == "left" else side.high
            is_open = side.left_open if end == "left" else side.right_open
            face = {**balls_of(box), symbol: side.ends[0 if end == "left" else 1]}
            level = enclosure(f, face, 128)
            if level is not None and level < 0:
                continue
            if not (meeting(level) or positive(direction, False) or flat(slope, face)):
                continue
            there = self._there(f, symbol, place)
            for tight in (False, True) if strict else (False,):
                if tight and not is_open:
                    continue
                seen = positive(direction, tight)
                start = self._start(there, strict and not tight, box, context, symbol, seen)
                if start is None:
                    continue
                if not (seen or start.contact or flat(slope, {**balls_of(box), symbol: place})):
                    continue
                rest: Certificate | None = self.leaf
                if not seen:
                    inner = replace(side, left_open=True, right_open=True)
                    smaller = {**box, symbol: inner}
                    rest = self._ladder(inwards, tight, smaller, context, symbol, rungs - 1)
                if rest is None:
                    continue
                step = Monotone(symbol, end, start.proof, rest, tight)
                if self._applies(f, strict, box, context, step):
                    return step
        return None

    def _there(self, f: Expr, symbol: Symbol, place: Expr) -> Expr:
        """Return ``f`` at an end."""
        if (f, symbol, place) not in self.values:
            self.values[f, symbol, place] = instantiate(f, {symbol: place})
        return self.values[f, symbol, place]

    def _start(
        self, there: Expr, strict: bool, box: Box, context: Context, symbol: Symbol, seen: bool
    ) -> Start | None:
        """Return a proof at the end; where the derivative's sign is not ``seen``, a cheap one."""
        rest = {s: side for s, side in box.items() if s != symbol and s in there.free_symbols}
        if len(rest) < len(there.free_symbols):
            return None
        known = self._enclosed(there, rest) if rest else enclosure(there, {}, 128)
        if known is not None and known > 0:
            return Start(self.leaf if rest else Balls(128), False)
        if known is not None and known < 0:
            return None
        outside = context.without(symbol)
        if not strict and (not rest or seen or self.boxes < 3):
            if there not in self.zeros:
                self.zeros[there] = vanishing(there, outside, self.budget)
            found = self.zeros[there]
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


def bounded(symbol: Symbol, context: Context) -> bool:
    """Tell whether the set of ``symbol`` is a bounded interval."""
    values = context.sets.get(symbol)
    return isinstance(values, Interval) and bool(values.inf.is_finite and values.sup.is_finite)


def side_of(symbol: Symbol, context: Context) -> Side | None:
    """Return the bounded side over which ``symbol`` ranges, by its set or by what is assumed."""
    values = context.sets.get(symbol)
    if values is None:
        return None
    ends = extent(symbol, context)
    if ends is None or any(end.free_symbols for end in ends):
        return None
    if bounded(symbol, context):
        return Side.of(*ends, bool(values.left_open), bool(values.right_open))
    return Side.of(*ends, False, False)


def inside(point: dict[Symbol, Expr], context: Context) -> bool:
    """Tell whether the kernel takes a point as admissible."""
    try:
        kernel.satisfy(context, dict(point))
    except (Rejected, *kernel.NO_ANSWER):
        return False
    return True


def meeting(known: Any) -> bool:
    """Tell whether a ball, if there is one, contains zero."""
    return known is None or bool(known.contains(0))


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
