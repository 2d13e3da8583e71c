"""Polynomial and rational inequalities: sums of squares times products of what is assumed.

Decides ``a >= b`` and its kin, and ``a != b``, where both sides are rational functions of the
variables, of roots, or of other atoms that enter like variables.  Assumed inequalities, the ends of
the variables' sets and evident bounds of the atoms are used, products of them too (Schmuedgen);
assumed equations are used modulo.  Complete for univariate and quadratic polynomials without
assumptions, up to rounding; beyond that, as far as the degrees tried (Putinar, Schmuedgen,
Motzkin's multiplier ``1 + x**2 + ...``).  Denominators are cleared where their sign is evident.
Before, linear programs look for what the inequality between arithmetic and geometric means says of
the negative terms (SONC, SAGE), and for products of more premises (Handelman), in each order of the
variables too, which symmetric inequalities need.

The certificate is ``Squares``, or ``Known`` for means, exact rational, replayed by polynomial
arithmetic alone; the numbers of squares were guessed in floats and then projected and factored
exactly.

P. Parrilo (2003); K. Schmuedgen (1991); H. Peyrl, P. Parrilo, "Computing sum of squares
decompositions with rational coefficients", Theoretical Computer Science 409 (2008).
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Interval, Mul, Pow, S, Sum, Symbol

from proofcheck.certificates import Certificate, Instead, Stronger
from proofcheck.engines._abstraction import generalised
from proofcheck.engines._elimination import expression_of
from proofcheck.engines._means import by_means
from proofcheck.engines._products import by_orders, by_products
from proofcheck.engines._rewriting import Quotient, Rewriter, atoms
from proofcheck.engines._sums_of_squares import squares
from proofcheck.engines._translation import rational
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.ranges import bounds
from proofcheck.relations import Condition, Relation

PLAIN_SECONDS = 3.0
PRODUCT_SECONDS = 1.0
MOST_TERMS = 3
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
        whole, budget = budget, budget.within(PLAIN_SECONDS if plain else ATOM_SECONDS)
        if goal.operator != "ne":
            if plain:
                for search in (by_means, by_products, by_orders):
                    found = search(goal, context, whole.within(PRODUCT_SECONDS))
                    if found is not None:
                        return found
                budget = whole.within(PLAIN_SECONDS)
            found = squares(goal, context, budget)
            if found is not None or not has_atoms(goal.lhs - goal.rhs):
                return found
            return independent(goal, context, whole.within(PLAIN_SECONDS))
        for operator in ("gt", "lt"):
            found = squares(Relation(goal.lhs, operator, goal.rhs), context, budget)
            if found is not None:
                return Stronger(operator, found)
        return None


def has_atoms(expression: Expr) -> bool:
    """Tell whether something else than symbols is combined by sums, products and powers."""
    return any(not isinstance(atom, Symbol) for atom in atoms(expression))


def independent(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return a proof for all values of the few atoms by which the goal's are expressed.

    ``exp((a + b)/2) <= (exp(a) + exp(b))/2`` is ``u*v <= (u**2 + v**2)/2``.
    """
    quotient = Rewriter(context, budget).fraction(goal.lhs - goal.rhs)
    if quotient is None:
        return None
    terms = [atom for atom in quotient.atoms if not isinstance(atom, Symbol)]
    if not 1 <= len(terms) <= MOST_TERMS or any(atom.has(Sum) for atom in terms):
        return None
    return _for_all(goal, context, quotient, budget)


def _for_all(
    goal: Condition, context: Context, quotient: Quotient, budget: Budget
) -> Certificate | None:
    """Return a proof of ``goal``, which compares ``quotient`` with zero, atom after atom."""
    if not isinstance(goal, Relation):
        return None
    place = next((i for i, a in enumerate(quotient.atoms) if not isinstance(a, Symbol)), None)
    if place is None:
        return squares(goal, context, budget)
    term = quotient.atoms[place]
    known = bounds(term, context)
    values = Interval(known.low, known.high, known.low_open, known.high_open)
    if not known.real or not values.is_Interval:
        return None
    # Unevaluated, so that SymPy does not merge the atoms again.
    up = expression_of(quotient.numerator, quotient.atoms)
    down = expression_of(quotient.denominator, quotient.atoms)
    expression = up if down == 1 else Mul(up, Pow(down, -1, evaluate=False), evaluate=False)
    equal = Rewriter(context, budget).identity(goal.lhs - goal.rhs - expression)
    if equal is None:
        return None

    def further(new: Condition, more: Context) -> Certificate | None:
        renamed = list(quotient.atoms)
        *_, renamed[place] = more.sets
        return _for_all(new, more, replace(quotient, atoms=tuple(renamed)), budget)

    instead = Relation(expression, goal.operator, S.Zero)
    then = generalised(instead, context, term, values, further)
    return None if then is None else Instead(expression, equal, then)
