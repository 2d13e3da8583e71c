"""Polynomial and rational inequalities: sums of squares times products of what is assumed.

Decides ``a >= b`` and its kin, and ``a != b``, where both sides are rational functions of the
variables, of roots, or of other atoms that enter like variables.  Assumed inequalities, the ends of
the variables' sets and evident bounds of the atoms are used, products of them too (Schmuedgen);
assumed equations are used modulo.  Complete for univariate and quadratic polynomials without
assumptions, up to rounding; beyond that, as far as the degrees tried (Putinar, Schmuedgen,
Motzkin's multiplier ``1 + x**2 + ...``).  Denominators are cleared where their sign is evident.

The certificate is ``Squares``, exact rational, replayed by polynomial arithmetic alone; its numbers
were guessed in floats and then projected and factored exactly.

P. Parrilo (2003); K. Schmuedgen (1991); H. Peyrl, P. Parrilo, "Computing sum of squares
decompositions with rational coefficients", Theoretical Computer Science 409 (2008).
"""

from __future__ import annotations

from proofcheck.certificates import Certificate, Stronger
from proofcheck.engines._sums_of_squares import squares
from proofcheck.engines._translation import rational
from proofcheck.engines.base import Budget
from proofcheck.obligations import Obligation, opened
from proofcheck.relations import Relation

PLAIN_SECONDS = 3.0
ATOM_SECONDS = 0.5  # Where functions enter like variables a sum of squares is a long shot.


class PolynomialInequalities:
    """Searches for a sum of squares."""

    name = "polynomial inequalities"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a Squares certificate, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        if not isinstance(goal, Relation) or goal.operator == "eq":
            return None
        plain = rational(goal.lhs - goal.rhs)
        budget = budget.within(PLAIN_SECONDS if plain else ATOM_SECONDS)
        if goal.operator != "ne":
            return squares(goal, context, budget)
        for operator in ("gt", "lt"):
            found = squares(Relation(goal.lhs, operator, goal.rhs), context, budget)
            if found is not None:
                return Stronger(operator, found)
        return None
