"""SymPy's simplify, through the one door: what it says is basis ``cas``, never a certificate.

Only ``simplify`` on equalities between finite expressions: integrate, limit, summation and their
kin are wrong too often to be asked (see the table of wrong results in the tests).
"""

from __future__ import annotations

from sympy import Derivative, Integral, Limit, Product, Sum, simplify

from proofcheck.engines.base import Budget, Word
from proofcheck.obligations import Obligation
from proofcheck.relations import Relation

UNTRUSTWORTHY = (Integral, Limit, Sum, Product, Derivative)
LARGEST = 400


class Simplify:
    """Asks ``simplify`` whether the difference of the two sides is zero."""

    name = "simplify"

    def prove(self, obligation: Obligation, budget: Budget) -> Word | None:
        """Return SymPy's word if it simplifies the difference to 0."""
        goal = obligation.goal
        if not isinstance(goal, Relation) or goal.operator != "eq" or budget.expired():
            return None
        difference = goal.lhs - goal.rhs
        if difference.has(*UNTRUSTWORTHY) or difference.count_ops() > LARGEST:
            return None
        return Word("sympy.simplify(lhs - rhs) = 0") if simplify(difference) == 0 else None
