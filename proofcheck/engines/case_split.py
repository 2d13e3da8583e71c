"""Goals with Abs, Max, Min, sign, Piecewise, floor, and goals under assumed alternatives."""

from __future__ import annotations

from proofcheck.certificates import Certificate
from proofcheck.engines._cases import DEEPEST, SPLITTING, Cases
from proofcheck.engines.base import Budget
from proofcheck.obligations import Obligation, opened
from proofcheck.relations import AnyOf, Relation


class CaseSplit:
    """Searches for a tree of splits on signs and tests."""

    name = "case split"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the tree, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        search = Cases(budget)
        if isinstance(goal, Relation):
            pieces = goal.lhs.has(*SPLITTING) or goal.rhs.has(*SPLITTING)
            if pieces or any(isinstance(a, AnyOf) for a in context.assumptions):
                return search.prove(goal, context, DEEPEST)
        if isinstance(goal, AnyOf):
            return search.either(goal, context, goal.conditions)
        return None
