"""One inequality by covers: cut at places of contact, other forms of the difference.  Untrusted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Interval, Rational, S, Symbol, oo

from proofcheck import kernel
from proofcheck.certificates import Balls, Certificate, Ranges, Split, Stronger, Substitute
from proofcheck.engines._boxes import Cover, enclosure
from proofcheck.engines._clearing import (
    fits,
    forms,
    instead,
    meeting_places,
    removable,
    vanishes_far_out,
)
from proofcheck.engines._closing import accepted
from proofcheck.engines._ends import Ends
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, apart, kind_of, mentioned
from proofcheck.relations import Operator, Relation, negate
from proofcheck.steps import Rejected, expand

BOXES = 1500
FAR = 4


@dataclass
class Covering:
    """A search for covers of the parts of a domain, and of other forms of a difference."""

    budget: Budget

    def prove(self, goal: Relation, context: Context, depth: int = 3) -> Certificate | None:
        """Return a cover of the whole domain, cut where both sides meet, or None.

        Raises:
            Hopeless: the goal certainly fails somewhere.
        """
        f = goal.lhs - goal.rhs
        symbols = f.free_symbols
        if not symbols or depth < 0 or self.budget.expired():
            return None
        values = context.sets.get(next(iter(symbols))) if len(symbols) == 1 else None
        if isinstance(values, Interval):
            (symbol,) = symbols
            places = {*excluded(symbol, values, context), *meeting_places(f, symbol, values)}
            if places:
                return self._cut(goal, context, symbol, sorted(places), depth)
            if goal.operator == "ne":
                return self._unequal(goal, context, depth)
            if vanishes_far_out(f, symbol, values):
                return self._inverted(goal, context, symbol, values, depth)
            first = removable(f, symbol, values)
        else:
            if goal.operator == "ne":
                return self._unequal(goal, context, depth)
            first = f.has(sp.sin, sp.cos)  # in several variables a sum is easier than a product
        if first:
            found = self._otherwise(goal, context, depth)
            if found is not None:
                return found
        found = Cover(self._share(), BOXES).prove(goal, context)
        if found is None:
            found = Ends(self._share(), BOXES).prove(goal, context)
        if found is None and not first:
            return self._otherwise(goal, context, depth)
        return found

    def _unequal(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Prove the order in which the two sides seem to stand."""
        operator = likely(goal, context)
        if operator is None:
            return None
        found = self.prove(Relation(goal.lhs, operator, goal.rhs), context, depth)
        return None if found is None else Stronger(operator, found)

    def _share(self) -> Budget:
        return self.budget.share(2)

    def _cut(
        self, goal: Relation, context: Context, symbol: Symbol, places: list[Expr], depth: int
    ) -> Certificate | None:
        """Prove the goal between places where both sides meet, one part after the other."""
        if not places:
            return self.prove(goal, context, depth)
        condition = Relation(symbol, "le", places[0])
        first = self.prove(goal, context.narrowed(condition), depth)
        if first is None:
            return None
        above = context.narrowed(Relation(symbol, "gt", places[0]))
        rest = self._cut(goal, above, symbol, places[1:], depth)
        return None if rest is None else Split(condition, first, rest)

    def _inverted(
        self, goal: Relation, context: Context, symbol: Symbol, values: Interval, depth: int
    ) -> Certificate | None:
        """Put ``1/t`` in the place of a variable that runs to infinity."""
        side = 1 if values.sup is oo else -1
        nearest = (values.inf if side == 1 else values.sup) * side
        if (nearest < Rational(1, 100)) == True or not nearest.is_Rational:
            condition = Relation(symbol, "le" if side == 1 else "ge", S(side))
            first = self.prove(goal, context.narrowed(condition), depth - 1)
            if first is None:
                return None
            beyond = context.narrowed(negate(condition))
            far = beyond.sets[symbol]
            if far == values or not isinstance(far, Interval):
                return None
            rest = self._inverted(goal, beyond, symbol, far, depth)
            return None if rest is None else Split(condition, first, rest)
        is_open = values.left_open if side == 1 else values.right_open
        end = side / nearest
        inverted = Interval(*sorted((S.Zero, end)), *((True, is_open)[::side]))
        used = set().union(mentioned(goal), *map(mentioned, context.assumptions))
        new = apart(Symbol("t", **kind_of(inverted)), inverted, context, used, used)
        step = Substitute(symbol, new, inverted, 1 / new, 1 / symbol, Ranges())
        try:
            *sides, last = expand(goal, context, step)
        except (Rejected, *kernel.NO_ANSWER):
            return None
        there, inside, _ = last
        if sides or not isinstance(there, Relation):
            return None
        found = self.prove(there, inside, depth - 1)
        return None if found is None else replace(step, proof=found)

    def _otherwise(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Prove another form of the difference."""
        if depth == 0:
            return None
        for expression, multiplier in forms(goal.lhs - goal.rhs, context):
            step = instead(goal, context, expression, multiplier, self.budget)
            if step is None:
                continue
            other = Relation(expression, goal.operator, S.Zero)
            then = self._form(other, context, depth)
            found = None if then is None else fits(goal, context, step, then)
            if found is not None:
                return found
        return None

    def _form(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        if goal.lhs.free_symbols:
            return self.prove(goal, context, depth - 1)
        leaves = (leaf for leaf in (Ranges(), Balls(128)) if accepted(goal, context, leaf))
        return next(leaves, None)


def excluded(symbol: Symbol, values: Interval, context: Context) -> list[Expr]:
    """Return the rational points inside an interval that a variable is assumed not to take."""
    return [
        fact.rhs
        for fact in context.assumptions
        if isinstance(fact, Relation) and fact.operator == "ne" and fact.lhs == symbol
        if fact.rhs.is_Rational and values.inf < fact.rhs < values.sup
    ]


def likely(goal: Relation, context: Context) -> Operator | None:
    """Return the strict order in which the two sides stand in the middle of the box."""
    difference = goal.lhs - goal.rhs
    middle = {}
    for symbol in difference.free_symbols:
        values = context.sets.get(symbol)
        if not isinstance(values, Interval):
            return None
        middle[symbol] = middle_of(values)
    value = enclosure(difference, middle, 128)
    if value is None or value.contains(0):
        return None
    return "gt" if value > 0 else "lt"


def bounded(context: Context, symbol: Symbol) -> bool:
    """Tell whether ``symbol`` ranges over a bounded interval."""
    values = context.sets[symbol]
    return bool(values.inf.is_finite and values.sup.is_finite)


def middle_of(values: Interval) -> Expr:
    """Return a rational number well inside ``values``."""
    low, high = values.inf, values.sup
    if low.is_finite and high.is_finite:
        middle = (low + high) / 2
        return middle if middle.is_Rational else Rational(round(float(middle) * 1024), 1024)
    if low.is_finite:
        return outward(low, 1)
    return outward(high, -1) if high.is_finite else S.Zero


def outward(end: Expr, direction: int) -> Expr:
    """Return a rational number some way out from a finite end."""
    base = Rational(round(float(end)))
    return base + direction * max(FAR, FAR * abs(base))
