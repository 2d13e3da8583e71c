"""Splits a base or the argument of a logarithm into two factors in half-planes.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp
from sympy import Expr, Integer, S

if TYPE_CHECKING:
    from proofcheck.engines._rewriting import Quotient, Rewriter


def separate(rewriter: Rewriter, rule: str, printed: tuple[Expr, ...], quotient: Quotient) -> bool:
    """Apply a rule about two factors; ``printed`` is what it is about."""
    return any(
        rewriter.apply(rule, *printed, a, b, sign) is not None for a, b, sign in pairs(quotient)
    )


def pairs(quotient: Quotient) -> Iterator[tuple[Expr, Expr, Integer]]:
    """Yield a, b, s with ``a*b**s`` equal to the quotient, the likelier signs first."""
    from proofcheck.engines._rewriting import expression_of, rational

    try:
        up, above = quotient.numerator.factor()
        down, below = quotient.denominator.factor()
    except (RuntimeError, ValueError):
        return
    content = rational(up) / rational(down)
    pieces = [(expression_of(f, quotient.atoms), int(n)) for f, n in above]
    pieces += [(expression_of(f, quotient.atoms), -int(n)) for f, n in below]
    if content not in (1, -1) or len(pieces) != 2 or pieces[0][1] != 1 or abs(pieces[1][1]) != 1:
        return
    (a, _), (b, sign) = pieces
    found = [(a, content * b), (-a, -content * b)]
    for one, other in sorted(found, key=lambda pair: -sum(map(upright, pair))):
        yield one, sp.expand(other), Integer(sign)


def upright(expression: Expr) -> int:
    """Return whether an expression is likely to be printed with this sign."""
    constant, rest = sp.expand(expression).as_coeff_Add()
    leading = constant if constant != S.Zero else rest.as_ordered_terms()[0].as_coeff_Mul()[0]
    return int(bool(leading > 0))
