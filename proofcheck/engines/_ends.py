"""Intervals without an end, or with a singular one: tails cut off, the rest covered.  Untrusted.

Towards an end at which nothing can be enclosed, interval arithmetic mostly sees the sign, or that
of the derivative; how far out is found by trying.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Interval, Rational, S, Symbol

from proofcheck import kernel
from proofcheck.certificates import Certificate, Monotone, Ranges, Split
from proofcheck.engines._boxes import Cover, enclosure, end_ball
from proofcheck.engines._clearing import fits, instead
from proofcheck.engines._closing import Closing, accepted
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.relations import Relation
from proofcheck.steps import UPWARDS, Rejected, expand

DISTANCES = (4, 32, 1000, 1)
MARGINS = (Rational(1, 16), Rational(1, 2**10), Rational(1, 2**30))
NEAR = Rational(1, 2**20)


@dataclass
class Ends:
    """A search along the interval of one variable."""

    budget: Budget
    boxes: int

    def prove(self, goal: Relation, context: Context) -> Certificate | None:
        """Return tails and a cover between them, or None.

        Raises:
            Hopeless: the goal certainly fails somewhere.
        """
        symbols = (goal.lhs - goal.rhs).free_symbols
        if len(symbols) != 1 or goal.operator not in UPWARDS:
            return None
        (symbol,) = symbols
        values = context.sets.get(symbol)
        if not isinstance(values, Interval):
            return None
        cuts: list[tuple[Relation, Relation, Certificate]] = []
        for left in (True, False):
            if self._plain(goal, symbol, values, left):
                continue
            found = self._tail(goal, context, symbol, values, left)
            if found is None:
                return None
            cuts.append(found)
            context = context.narrowed(found[1])
        if not cuts:
            return None
        middle = Cover(self.budget, self.boxes).prove(goal, context)
        if middle is None:
            return None
        for outside, _, proof in reversed(cuts):
            middle = Split(outside, proof, middle)
        return middle

    def _plain(self, goal: Relation, symbol: Symbol, values: Interval, left: bool) -> bool:
        """Tell whether both sides have values at an end, and on a ball that touches it."""
        end = values.inf if left else values.sup
        if not end.is_finite:
            return False
        near = end + (NEAR if left else -NEAR)
        ball = end_ball(end).union(end_ball(near))
        return all(
            enclosure(goal.lhs - goal.rhs, {symbol: place}, 64) is not None for place in (end, ball)
        )

    def _tail(
        self, goal: Relation, context: Context, symbol: Symbol, values: Interval, left: bool
    ) -> tuple[Relation, Relation, Certificate] | None:
        """Return what cuts a tail off, the negation of it, and a proof on the tail."""
        for cut in cuts_towards(values, left):
            outside = Relation(symbol, "lt" if left else "gt", cut)
            inside = Relation(symbol, "ge" if left else "le", cut)
            if self.budget.expired():
                return None
            known = enclosure(goal.lhs - goal.rhs, {symbol: cut}, 64)
            if known is None or UPWARDS[goal.operator] * known < 0:
                continue
            beyond = context.narrowed(outside)
            proof = self._far(goal, beyond, symbol, left)
            if proof is not None:
                return outside, inside, proof
        return None

    def _far(
        self, goal: Relation, context: Context, symbol: Symbol, left: bool
    ) -> Certificate | None:
        """Prove the goal on a tail, or with both sides over an exponential."""
        found = self._plainly(goal, context, symbol, left)
        if found is not None:
            return found
        for growth in growths(goal.lhs - goal.rhs, symbol, left):
            expression = sp.expand((goal.lhs - goal.rhs) / growth)
            step = instead(goal, context, expression, 1 / growth, self.budget)
            if step is None:
                continue
            other = Relation(expression, goal.operator, S.Zero)
            then = self._plainly(other, context, symbol, left)
            complete = None if then is None else fits(goal, context, step, then)
            if complete is not None:
                return complete
        return None

    def _plainly(
        self, goal: Relation, context: Context, symbol: Symbol, left: bool
    ) -> Certificate | None:
        """Prove the goal by its bounds, or from the cut by the sign of the derivative."""
        if accepted(goal, context, Ranges()):
            return Ranges()
        step = Monotone(symbol, "right" if left else "left", Ranges(), Ranges())
        try:
            *sides, slope, start = expand(goal, context, step)
        except (Rejected, *kernel.NO_ANSWER):
            return None
        if sides:
            return None
        closing = Closing(self.budget.within(min(0.5, self.budget.left / 4)), boxes=20)
        rest = closing.close(*slope[:2], 2)
        at_end = None if rest is None else closing.close(*start[:2], 1)
        if rest is None or at_end is None:
            return None
        return Monotone(symbol, step.end, at_end, rest)


def growths(f: Expr, symbol: Symbol, left: bool) -> list[Expr]:
    """Return the exponential of ``f`` that grows fastest towards an infinite end, if any does."""
    found = {}
    for part in f.atoms(sp.exp):
        rate = sp.expand(part.exp).coeff(symbol)
        if rate.is_Rational and rate != 0 and (rate < 0) == left and part.exp == rate * symbol:
            found[abs(rate)] = part
    return [found[max(found)]] if found else []


def cuts_towards(values: Interval, left: bool) -> Iterator[Expr]:
    """Yield rational points towards an end of an interval, the likely ones first."""
    end, other = (values.inf, values.sup) if left else (values.sup, values.inf)
    direction = -1 if left else 1
    if not end.is_finite:
        base = Rational(round(float(other))) if other.is_finite else Rational(0)
        yield from (base + direction * distance for distance in DISTANCES)
        return
    width = min(abs(values.sup - values.inf), 1) if other.is_finite else Rational(1)
    for margin in MARGINS:
        place = end - direction * margin * width
        if place.is_Rational:
            yield place
        else:
            scale = 2**40
            yield Rational(round(float(place) * scale), scale)
