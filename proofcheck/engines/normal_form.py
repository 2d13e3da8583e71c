"""Equalities of elementary and special expressions by one rational normal form.

Both sides are rewritten to rational functions of independent exponentials, powers, logarithms,
gammas and other atoms (``_rewriting``); what vanishes then is an identity, and the rewrites are
its certificate.  Complete for rational functions, and by Lindemann's and Ax's theorems for
exponentials of linearly independent polynomials; a heuristic beyond.

Sources: R. Risch, "Algebraic properties of the elementary functions of analysis" (1979);
J. Davenport, Y. Siret, E. Tournier, "Computer algebra" (1993), chapter 2.
"""

from __future__ import annotations

from sympy import Expr, Pow, S

from proofcheck.certificates import Certificate, Identity, Stronger
from proofcheck.engines._angles import equal_angles, half_angles
from proofcheck.engines._rewriting import Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Relation


class NormalForm:
    """Rewrites both sides of an equality to one rational normal form."""

    name = "normal form"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return an Identity certificate, or None."""
        goal = obligation.goal
        if not isinstance(goal, Relation) or goal.operator not in ("eq", "le", "ge"):
            return None
        context = presumed(goal, obligation.context)
        if not isinstance(goal.lhs, Expr) or not isinstance(goal.rhs, Expr):
            return None
        difference = goal.lhs - goal.rhs
        found = Rewriter(context, budget).identity(difference)
        if found is None:
            found = equal_angles(Rewriter(context, budget), difference)
        if found is None:
            found = half_angles(Rewriter(context, budget), difference)
        if found is None:
            found = by_root(goal, context, budget)
        if found is None or goal.operator == "eq":
            return found
        return Stronger("eq", found)


def by_root(goal: Relation, context: Context, budget: Budget) -> Identity | None:
    """Return a certificate that one side is the principal square root that the other side is."""
    for root, value in ((goal.lhs, goal.rhs), (goal.rhs, goal.lhs)):
        if isinstance(root, Pow) and root.exp is S.Half:
            rewriter = Rewriter(context, budget)
            if rewriter.apply("principal root", root.base, 2, value) is not None:
                return Identity(tuple(rewriter.rewrites))
    return None
