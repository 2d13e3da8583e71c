"""Inequalities by subdivision: balls on boxes, and a ladder of derivatives where both sides meet.

Decides ``a < b``, ``a <= b``, ``a != b`` and finiteness for expressions that balls can enclose,
over boxes of intervals.  A box on which balls see the sign is a leaf; a difference that vanishes
at an end of an interval is handled from there by its derivative (value at the end, then the sign
of the derivative, repeated); what is left is halved.  Contact in the interior is beyond it unless
a factor can be split off.  The certificate is the tree of these steps (Split, Balls, Monotone).

Moore, Interval Analysis (1966), for the subdivision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sympy import Expr, Interval, Rational, S, Symbol

from proofcheck import kernel
from proofcheck.certificates import (
    Balls,
    Certificate,
    Identity,
    Monotone,
    Ranges,
    Split,
    Stronger,
)
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Condition, Defined, Relation

HALVINGS = 26
RUNGS = 4
BOXES = 3000
FAR = 4
LARGEST_SLOPE = 300


class Subdivision:
    """Searches for a tree of boxes and ladders."""

    name = "subdivision"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the tree, or None if the budget or the number of boxes runs out."""
        goal, context = opened(obligation.goal, obligation.context)
        if isinstance(goal, Relation):
            if goal.operator == "eq" or isinstance(goal.lhs - goal.rhs, bool):
                return None
            symbols = (goal.lhs - goal.rhs).free_symbols
        elif isinstance(goal, Defined):
            symbols = goal.term.free_symbols
        else:
            return None
        if not symbols or not all(isinstance(context.sets.get(s), Interval) for s in symbols):
            return None
        search = _Search(budget)
        if isinstance(goal, Relation) and goal.operator == "ne":
            for operator in ("gt", "lt"):
                found = search.prove(Relation(goal.lhs, operator, goal.rhs), context, HALVINGS, 0)
                if found is not None:
                    return Stronger(operator, found)
            return None
        return search.prove(goal, context, HALVINGS, 0)


@dataclass
class _Search:
    budget: Budget
    boxes: int = 0

    def prove(
        self, goal: Condition, context: Context, halvings: int, rungs: int
    ) -> Certificate | None:
        """Return a tree for ``goal``: a leaf, a ladder, or a split into two."""
        self.boxes += 1
        if self.boxes > BOXES or self.budget.expired() or self._hopeless(goal, context):
            return None
        for leaf in (Ranges(), Balls(64)):
            if accepted(goal, context, leaf):
                return leaf
        if isinstance(goal, Relation):
            ladder = self._ladder(goal, context, halvings, rungs)
            if ladder is not None:
                return ladder
        if halvings == 0:
            return None
        condition = halving(goal, context)
        if condition is None:
            return None
        lower = self.prove(goal, context.narrowed(condition), halvings - 1, rungs)
        if lower is None:
            return None
        above = Relation(condition.lhs, "gt", condition.rhs)
        upper = self.prove(goal, context.narrowed(above), halvings - 1, rungs)
        return None if upper is None else Split(condition, lower, upper)

    def _hopeless(self, goal: Condition, context: Context) -> bool:
        """Tell whether the goal certainly fails in the middle of the box."""
        if not isinstance(goal, Relation) or self.boxes % 8 != 1:
            return False
        middle = {s: middle_of(v) for s, v in context.sets.items() if isinstance(v, Interval)}
        try:
            kernel.refute(goal, Context(context.variables), middle)
        except kernel.Rejected:
            return False
        return True

    def _ladder(
        self, goal: Relation, context: Context, halvings: int, rungs: int
    ) -> Certificate | None:
        if rungs >= RUNGS:
            return None
        for symbol in sorted((goal.lhs - goal.rhs).free_symbols, key=str):
            values = context.sets.get(symbol)
            if not isinstance(values, Interval):
                continue
            ends: tuple[tuple[Literal["left", "right"], Expr], ...] = (
                ("left", values.inf),
                ("right", values.sup),
            )
            for end, place in ends:
                if not place.is_finite:
                    continue
                found = self._from_end(goal, context, symbol, end, halvings, rungs)
                if found is not None:
                    return found
        return None

    def _from_end(
        self,
        goal: Relation,
        context: Context,
        symbol: Symbol,
        end: Literal["left", "right"],
        halvings: int,
        rungs: int,
    ) -> Certificate | None:
        """Return a Monotone step from one end, its two sub-goals proved in turn."""
        for strict in (False, True) if goal.operator in ("gt", "lt") else (False,):
            step = Monotone(symbol, end, Ranges(), Ranges(), strict)
            try:
                *sides, slope, start = kernel.expand(goal, context, step)
            except kernel.NO_ANSWER + (kernel.Rejected,):
                continue
            if sides:
                continue
            at_end = self._start(*start[:2], halvings, rungs)
            if at_end is None:
                continue
            if slope[0].lhs.count_ops() > LARGEST_SLOPE:
                continue
            deeper = halvings if not bounded(context, symbol) else 0
            derivative = self.prove(slope[0], slope[1], min(deeper, 6), rungs + 1)
            if derivative is not None:
                return Monotone(symbol, end, at_end, derivative, strict)
        return None

    def _start(
        self, goal: Condition, context: Context, halvings: int, rungs: int
    ) -> Certificate | None:
        attempts: tuple[Certificate, ...] = (
            Ranges(),
            Balls(128),
            Stronger("eq", Identity()),
        )
        for attempt in attempts:
            if accepted(goal, context, attempt):
                return attempt
        if isinstance(goal, Relation) and (goal.lhs - goal.rhs).free_symbols:
            return self.prove(goal, context, halvings, rungs)
        return None


def accepted(goal: Condition, context: Context, certificate: Certificate) -> bool:
    """Tell whether the kernel takes ``certificate`` for ``goal``."""
    try:
        kernel.check(goal, context, certificate)
    except (kernel.Rejected, *kernel.NO_ANSWER):
        return False
    return True


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


def halving(goal: Condition, context: Context) -> Relation | None:
    """Return the condition that halves the widest side of the box, or None if nothing does."""
    expressions = (goal.lhs, goal.rhs) if isinstance(goal, Relation) else (goal.term,)
    symbols = set().union(*(e.free_symbols for e in expressions))
    best: tuple[float, Symbol] | None = None
    for symbol in sorted(symbols, key=str):
        values = context.sets[symbol]
        width = float(values.sup - values.inf) if bounded(context, symbol) else float("inf")
        if best is None or width > best[0]:
            best = (width, symbol)
    if best is None or best[0] == 0:
        return None
    return Relation(best[1], "le", middle_of(context.sets[best[1]]))
