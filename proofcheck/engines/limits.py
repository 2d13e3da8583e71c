"""Limits: that they exist, and what they are, by the rules of ``identities.limits``.

Balls do not evaluate a limit, so other refuters find no counterexample to what is said of one.
``LimitPoints`` looks at a few nice points: there it searches for the steps to the value of each
limit, as for a proof, and compares the sides with these values.  A limit that was not proved to
exist refutes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Basic, Expr, Limit

from proofcheck import kernel
from proofcheck.certificates import Certificate, Rewrite
from proofcheck.engines._hints import sides
from proofcheck.engines._limits import Limits
from proofcheck.engines._points import generator_of
from proofcheck.engines._rewriting import presumed
from proofcheck.engines._truth import fails
from proofcheck.engines.base import Budget, Point
from proofcheck.limiting import limits_of, values_at
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.points import instantiate
from proofcheck.relations import Condition, Defined, Relation
from proofcheck.steps import Rejected

POINTS = 8
HOPELESS = 3
PRECISION = 256


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


class LimitPoints:
    """Finds a nice point at which the values of the limits make the goal fail."""

    name = "values of limits"

    def refute(self, obligation: Obligation, budget: Budget) -> Point | None:
        """Return such a point, or None."""
        goal, context = obligation.goal, obligation.context
        if not limits_of(sides(goal)):
            return None
        unknown = 0
        points = (
            generator_of(context, tuple(sides(goal))).points(POINTS) if context.variables else [{}]
        )
        for point in points:
            if budget.expired() or unknown == HOPELESS:
                return None
            values = known_values(goal, point, steps_at(goal, point, budget))
            if not values:
                unknown += 1
            elif fails(goal, {**point, **values}, PRECISION):
                return point
        return None


def steps_at(goal: Condition, point: Point, budget: Budget) -> dict[Basic, tuple[Rewrite, ...]]:
    """Return the steps from the limits of ``goal`` at ``point`` to their values, if all are found.

    Nothing for a goal without limits.
    """
    found: dict[Basic, tuple[Rewrite, ...]] = {}
    for limit in limits_of(sides(goal)):
        try:
            there = instantiate(limit, point)
        except kernel.NO_ANSWER:
            return {}
        search = Limits(Context(), budget)
        steps = search.value(there) if isinstance(there, Limit) else None
        if not steps:
            return {}
        found[limit] = tuple(rewrite for rewrite, _ in steps)
    return found


def known_values(
    goal: Condition, point: Point, steps: Mapping[Basic, tuple[Rewrite, ...]]
) -> dict[Basic, Expr]:
    """Return the values to which ``steps`` lead, or nothing if they do not lead to any."""
    try:
        return values_at(sides(goal), point, steps)[0] if steps else {}
    except (Rejected, *kernel.NO_ANSWER):
        return {}
