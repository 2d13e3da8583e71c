"""Inequalities from known ones: moduli of complex numbers, bounds of special functions.

``a >= b`` follows from a rule of ``identities.inequalities``, ``u >= v``, where ``a - b`` is a
positive multiple of ``u - v`` and something evidently not negative; twice over, if need be.  The
certificate is a Known step.
"""

from __future__ import annotations

from proofcheck.certificates import Certificate
from proofcheck.engines._citing import Citing
from proofcheck.engines.base import Budget
from proofcheck.obligations import Obligation, opened


class KnownInequalities:
    """Searches for the known inequality from which a goal follows."""

    name = "known inequalities"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a Known step, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        return Citing(budget).prove(goal, context)
