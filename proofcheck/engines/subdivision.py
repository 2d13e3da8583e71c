"""Inequalities by subdivision: Taylor's formula on boxes, ladders where both sides meet.

Decides ``a < b``, ``a <= b``, ``a != b`` and finiteness for expressions that balls can enclose,
over intervals in one variable and bounded boxes in several.  A box on which Taylor's formula sees
the sign is a leaf; where both sides meet at an end, the sign of a derivative there decides, by
repetition; what is left is halved.  A box in which the goal certainly fails ends the search at
once.  Simple places where both sides meet inside are cut at first; tails towards infinity or a
singularity are left to interval arithmetic; denominators are cleared where a singularity is
removable.  Contact at any other place inside is beyond it.  The certificate is the tree of these
steps (Split, Boxes, Monotone, Instead, Ranges).

R. Moore, "Interval Analysis" (1966), for the subdivision and the monotonicity test.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Interval, Symbol

from proofcheck.certificates import Balls, Certificate, Ranges, Split
from proofcheck.engines._boxes import Hopeless
from proofcheck.engines._closing import accepted
from proofcheck.engines._covering import Covering, bounded, middle_of
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Defined, Relation

HALVINGS = 26


class Subdivision:
    """Searches for a tree of boxes and ladders."""

    name = "subdivision"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the tree, or None if the budget or the number of boxes runs out."""
        goal, context = opened(obligation.goal, obligation.context)
        if isinstance(goal, Defined):
            return _Finite(budget).prove(goal, context, HALVINGS)
        if not isinstance(goal, Relation) or goal.operator == "eq":
            return None
        try:
            return Covering(budget).prove(goal, context)
        except Hopeless:
            return None


@dataclass
class _Finite:
    """Shows that a term has finite enclosures on boxes that cover the domain."""

    budget: Budget
    boxes: int = 0

    def prove(self, goal: Defined, context: Context, halvings: int) -> Certificate | None:
        """Return a tree with Balls at its leaves."""
        symbols = goal.term.free_symbols
        if not symbols or not all(isinstance(context.sets.get(s), Interval) for s in symbols):
            return None
        self.boxes += 1
        if self.boxes > 300 or self.budget.expired():
            return None
        for leaf in (Balls(64), Ranges()):
            if accepted(goal, context, leaf):
                return leaf
        condition = halving(goal, context)
        if halvings == 0 or condition is None:
            return None
        lower = self.prove(goal, context.narrowed(condition), halvings - 1)
        if lower is None:
            return None
        above = Relation(condition.lhs, "gt", condition.rhs)
        upper = self.prove(goal, context.narrowed(above), halvings - 1)
        return None if upper is None else Split(condition, lower, upper)


def halving(goal: Defined, context: Context) -> Relation | None:
    """Return the condition that halves the widest side of the box, or None if nothing does."""
    symbols = goal.term.free_symbols
    best: tuple[float, Symbol] | None = None
    for symbol in sorted(symbols, key=str):
        values = context.sets[symbol]
        width = float(values.sup - values.inf) if bounded(context, symbol) else float("inf")
        if best is None or width > best[0]:
            best = (width, symbol)
    if best is None or best[0] == 0:
        return None
    return Relation(best[1], "le", middle_of(context.sets[best[1]]))
