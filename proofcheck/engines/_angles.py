"""Equalities between logarithms and angles: equal exponentials, and less than a turn apart.

Untrusted.  The rule "equal exponentials" does the work; here one term is solved for.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, lcm

import sympy as sp
from sympy import Expr, I, Rational, S, pi

from proofcheck.certificates import Identity
from proofcheck.engines._rewriting import Rewriter

CIRCULAR = (sp.asin, sp.acos, sp.atan, sp.acot, sp.asec, sp.acsc, sp.atan2, sp.arg)
LARGEST_PART = 24
HYPERBOLIC = (sp.log, sp.asinh, sp.acosh, sp.atanh, sp.acoth, sp.asech, sp.acsch)


def equal_angles(rewriter: Rewriter, difference: Expr) -> Identity | None:
    """Return a certificate that a combination of angles and logarithms vanishes, or None."""
    terms: dict[Expr, Expr] = {}
    for term in summands(difference):
        coefficient, rest = term.as_coeff_Mul()
        if I in rest.args or rest is I:
            coefficient, rest = coefficient * I, rest / I
        if not (isinstance(rest, (*CIRCULAR, *HYPERBOLIC)) or rest is pi or rest.is_Symbol):
            return None
        terms[rest] = terms.get(rest, S.Zero) + coefficient
    inverse = {u: c for u, c in terms.items() if u.is_Function and c != 0}
    if not inverse or any(not _rational(c) for c in terms.values()):
        return None
    turns = {u: c / I if isinstance(u, CIRCULAR) else c for u, c in inverse.items()}
    scale: Expr = S.One
    if not all(c.is_Rational for c in turns.values()):
        scale = I
        if not all((I * c).is_Rational for c in turns.values()):
            return None
    sizes = [abs(Rational(scale * c)) for c in turns.values()]
    below = lcm(*(int(size.q) for size in sizes))
    step = Rational(gcd(*(int(size * below) for size in sizes)), below)
    atom, coefficient = max(inverse.items(), key=lambda item: sp.count_ops(item[0]))
    value = sp.Add(*(-term / coefficient for term in summands(difference)), atom)
    least = scale * coefficient / step
    # The exponential of twice an arctangent has no root in it, that of ten times pi/10 no angle.
    multiples = [least]
    if any(isinstance(u, sp.atan) for u in inverse):
        multiples.append(2 * least)
    parts = value.coeff(pi)
    if len(inverse) == 1 and parts.is_Rational and 4 < parts.q <= LARGEST_PART:
        multiples.append(parts.q * least)
    for multiple in multiples:
        if rewriter.apply("equal exponentials", atom, value, multiple) is not None:
            return Identity(tuple(rewriter.rewrites))
    return None


def half_angles(rewriter: Rewriter, difference: Expr) -> Identity | None:
    """Return a certificate with the angle of a point as twice an arctangent that occurs beside it.

    None if there is no such arctangent.
    """
    halves = [half.args[0] for half in difference.atoms(sp.atan)]
    for angle in difference.atoms(sp.atan2):
        for half in halves:
            rule = "two-argument arctangent by the half angle"
            if rewriter.apply(rule, angle, half) is not None:
                return rewriter.identity(difference)
    return None


def summands(expression: Expr) -> Iterator[Expr]:
    """Yield the terms of a sum, products of sums multiplied out, the inside of functions kept."""
    for term in sp.Add.make_args(expression):
        spread = sp.expand_mul(term, deep=False)
        if isinstance(spread, sp.Add):
            yield from summands(spread)
        else:
            yield spread


def _rational(value: Expr) -> bool:
    return bool(value.is_Rational or (value / I).is_Rational)
