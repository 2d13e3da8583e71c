"""Exact values of definite integrals, their convergence, and their sign.

What an integral is worth is looked for in ``_integration``; convergence is proved by comparison
(``finiteness.convergence``); an integral has the sign of its integrand.
"""

from __future__ import annotations

from sympy import Expr, Integral, Interval, Mul, S

from proofcheck.certificates import Certificate, Instead, Positivity
from proofcheck.continuity import NotContinuous, bound
from proofcheck.engines._closing import Closing, accepted
from proofcheck.engines._conditions import Unproved, convergence
from proofcheck.engines._integration import Search
from proofcheck.engines._rewriting import Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Defined, Operator, Relation
from proofcheck.steps import UPWARDS


class Integrals:
    """Gives integrals in closed form, shows that they converge, or of which sign they are."""

    name = "integrals"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a certificate, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        match goal:
            case Defined(term=Integral()):
                try:
                    return convergence(goal, context, budget)
                except Unproved:
                    return None
            case Relation(operator="eq") if isinstance(goal.lhs, Expr):
                difference = goal.lhs - goal.rhs
                if difference.has(Integral):
                    return Search(presumed(goal, context), budget).vanishing(difference)
            case Relation() if goal.operator in UPWARDS:
                return signed(goal, context, budget)
        return None


def signed(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return a proof of the sign of a product of one integral and factors of a known sign."""
    factors = Mul.make_args(goal.lhs - goal.rhs)
    integrals = [factor for factor in factors if isinstance(factor, Integral)]
    if len(integrals) != 1:
        return None
    rest = Mul(*(factor for factor in factors if factor is not integrals[0]))
    for sign in (1, -1):
        multiplier = sign / rest
        positive = Closing(budget.share(3)).close(Relation(multiplier, "gt", S.Zero), context)
        if positive is None:
            continue
        inside = _integrand(integrals[0], sign, goal.operator, context, budget)
        if inside is None:
            return None
        expression = integrals[0] if sign > 0 else -integrals[0]
        same = Rewriter(context, budget).identity(Mul(multiplier, goal.lhs - goal.rhs) - expression)
        if same is None:
            return None
        step: Certificate = Instead(expression, same, inside, multiplier, positive)
        if goal.rhs == 0 and rest == 1:
            step = inside
        return step if accepted(goal, context, step) else None
    return None


def _integrand(
    integral: Integral, sign: int, operator: Operator, context: Context, budget: Budget
) -> Positivity | None:
    try:
        x, function, low, high = bound(integral)
    except NotContinuous:
        return None
    inside = context.including(x, Interval.open(low, high))
    goal = Relation(sign * function, operator, S.Zero)
    found = Closing(budget.share(2)).close(goal, inside)
    return None if found is None else Positivity(found)
