"""Shows that an expression has no zero: a divisor, an argument of a logarithm, a base.

The expression is brought to one fraction (``_rewriting``); if its numerator is a product of what
evidently is not zero (exponentials, positive polynomials), so is the expression.  Square roots are
removed by multiplying with the conjugates, in which a root has the other sign: where the norm is
not zero, the expression is not.  The certificate is an Instead step with the conjugates as its
multiplier.  Complete for nothing; it settles most denominators of antiderivatives.
"""

from __future__ import annotations

from sympy import Expr, Mul, Pow, S, preorder_traversal

from proofcheck.algebra import Intractable
from proofcheck.certificates import Certificate, Instead, Ranges, Sufficient
from proofcheck.engines._closing import accepted
from proofcheck.engines._rewriting import Quotient, Rewriter, expression_of
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import AnyOf, Condition, Relation

MOST_ROOTS = 3


class Nonvanishing:
    """Writes an expression, times conjugates, as a product of evidently nonzero factors."""

    name = "nonvanishing"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a certificate of ``a != b``, or of an alternative that says so."""
        goal, context = opened(obligation.goal, obligation.context)
        return self._proved(goal, context, budget)

    def _proved(self, goal: Condition, context: Context, budget: Budget) -> Certificate | None:
        if isinstance(goal, AnyOf):
            for index, part in enumerate(goal.conditions):
                found = self._proved(part, context, budget)
                if found is not None:
                    return Sufficient(index, found)
            return None
        if not isinstance(goal, Relation) or goal.operator != "ne":
            return None
        difference = goal.lhs - goal.rhs
        if not isinstance(difference, Expr):
            return None
        for multiplier, product in norms(difference, context, budget):
            equal = Rewriter(context, budget).identity(multiplier * difference - product)
            if equal is None:
                continue
            scale = None if multiplier == 1 else multiplier
            found = Instead(product, equal, Ranges(), scale)
            if accepted(goal, context, found):
                return found
        return None


def norms(expression: Expr, context: Context, budget: Budget) -> list[tuple[Expr, Expr]]:
    """Return multipliers, each with its product with ``expression`` in factored form."""
    found: list[tuple[Expr, Expr]] = []
    multiplier, current = S.One, expression
    for _ in range(MOST_ROOTS + 1):
        quotient = Rewriter(context, budget).fraction(current)
        if quotient is None or not quotient.numerator:
            return found
        plain = factored(quotient)
        if plain is None:
            return found
        found.append((multiplier, plain))
        root = next((n for n in preorder_traversal(plain) if is_root(n)), None)
        if root is None:
            return found
        conjugate = plain.xreplace({root: -root})
        multiplier, current = multiplier * conjugate, plain * conjugate
    return found


def is_root(node: object) -> bool:
    """Tell whether ``node`` is a square root of something that varies."""
    return isinstance(node, Pow) and node.exp in (S.Half, -S.Half) and bool(node.free_symbols)


def factored(quotient: Quotient) -> Expr | None:
    """Return a fraction with its numerator in factors."""
    from proofcheck.engines._rewriting import rational

    try:
        content, factors = quotient.numerator.factor()
    except (RuntimeError, ValueError, Intractable):
        return None
    parts = [expression_of(f, quotient.atoms) ** int(n) for f, n in factors]
    below = expression_of(quotient.denominator, quotient.atoms)
    return rational(content) * Mul(*parts) / below
