"""Inequalities by the analyst's steps: positive factors stripped, then derivatives from an end.

Decides ``a < b``, ``a <= b``, ``a != b`` on intervals, bounded or not.  The difference is
factored (SymPy proposes, the kernel checks the product), factors with an evident sign are divided
out; a lone logarithm, arctangent or exponential is set free of its coefficient, so that the next
derivative is rational or a rational function times an exponential; the sign of the derivative,
from an end of the interval or from a point of contact, decides.  The certificate is a tree of
Instead, Monotone, Split, with Ranges, Squares and Balls at its leaves.

No fragment is decided completely; ``1 + x <= exp(x)``, ``log(x) <= x - 1``, ``x/(1+x) <= log(1+x)``
and their like on all of their domains are.

G. Polya, G. Szego, "Problems and Theorems in Analysis" II (1925), part five, for the method of
removing one function at a time by Rolle's theorem.
"""

from __future__ import annotations

from proofcheck.certificates import Certificate
from proofcheck.engines._closing import Closing
from proofcheck.engines.base import Budget
from proofcheck.obligations import Obligation, opened
from proofcheck.relations import Relation


class Factors:
    """Searches for factors with signs and a derivative that decides."""

    name = "factors"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the tree of steps, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        if not isinstance(goal, Relation) or goal.operator == "eq":
            return None
        return Closing(budget, boxes=60).close(goal, context)
