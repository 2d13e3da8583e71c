"""One inequality by covers: cut at places of contact, other forms of the difference.  Untrusted."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Interval, S, Symbol

from proofcheck.certificates import Balls, Certificate, Ranges, Split
from proofcheck.engines._boxes import Cover
from proofcheck.engines._clearing import fits, forms, instead, meeting_places, removable
from proofcheck.engines._closing import accepted
from proofcheck.engines._ends import Ends
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.relations import Relation

BOXES = 1500


@dataclass
class Covering:
    """A search for covers of the parts of a domain, and of other forms of a difference."""

    budget: Budget

    def prove(self, goal: Relation, context: Context, depth: int = 2) -> Certificate | None:
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
            places = meeting_places(f, symbol, values)
            if places:
                return self._cut(goal, context, symbol, places, depth)
            first = removable(f, symbol, values)
        else:
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
