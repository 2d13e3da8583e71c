"""Limits: that they exist, and what they are, by the rules of ``identities.limits``."""

from __future__ import annotations

from sympy import Expr, Limit

from proofcheck.certificates import Certificate
from proofcheck.engines._limits import Limits
from proofcheck.engines._rewriting import presumed
from proofcheck.engines.base import Budget
from proofcheck.obligations import Obligation, opened
from proofcheck.relations import Defined, Relation


class LimitValues:
    """Replaces the limits of an equality by their values, and shows that limits exist."""

    name = "limits"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a certificate, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        match goal:
            case Defined(term=Limit()):
                return Limits(context, budget).existing(goal.term)
            case Relation(operator="eq") if isinstance(goal.lhs, Expr):
                difference = goal.lhs - goal.rhs
                if difference.has(Limit):
                    return Limits(presumed(goal, context), budget).vanishing(difference)
        return None
