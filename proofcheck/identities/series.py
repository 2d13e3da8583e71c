"""Rewrite rules for infinite sums of rational functions, alternating ones too.  Trusted.

By partial fractions and the series of the polygamma functions (DLMF 5.7.6, 5.15.1, 25.11.1).
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Integer, Mul, Rational, S, Sum, oo

from proofcheck.hypergeometric import NotHypergeometric, affine, no_pole
from proofcheck.identities.elementary import monomial
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    pairs,
    positive,
    power,
    still_defined,
    total,
    unless_true,
)
from proofcheck.relations import Condition, Relation

SERIES = Registry()
rule = SERIES.rule
HIGHEST = 8


@rule("sum of a rational function")
def rational_sum(atom: Expr) -> Equation:
    """``Sum(R(k), (k, a, oo))`` and ``Sum((-1)**k*R(k), ...)`` by polygamma functions.

    R is a sum of ``A/(k + r)**j``; without the sign the A with ``j = 1`` add up to zero.
    """
    demand(isinstance(atom, Sum) and len(atom.limits) == 1, f"{atom} is no single sum")
    index, low, high = atom.limits[0]
    demand(high == oo and isinstance(low, Integer), "the sum does not run from an integer to oo")
    k = sp.Dummy("k", integer=True)
    function = atom.function.xreplace({index: k + low})
    alternating, rest = S.One, []
    for factor in Mul.make_args(function):
        if isinstance(factor, sp.Pow) and factor.base == -1 and k in factor.exp.free_symbols:
            alternating *= factor
        else:
            rest.append(factor)
    sign = _step_sign(alternating, k)
    rational = Mul(*rest)
    demand(rational.is_rational_function(k), f"{rational} is no rational function")
    parts = [partial_fraction(term, k) for term in sp.Add.make_args(sp.apart(rational, k))]
    first = alternating.xreplace({k: S.Zero})
    if sign == 1:
        residue = sum((a for a, _, j in parts if j == 1), S.Zero)
        demand(sp.expand(residue) == 0, "the sum diverges, or is not seen to converge")
    value = total(
        first * a * (_alternating(r, j) if sign == -1 else _plain(r, j)) for a, r, j in parts
    )
    conditions: list[Condition] = [no_pole(r) for _, r, _ in parts]
    visible = [c for c, (_, r, _) in zip(conditions, parts, strict=True) if not _positive(r)]
    return Equation(
        atom, 1, value, (*unless_true(visible), *still_defined(atom, *(a for a, _, _ in parts)))
    )


def _positive(number: Expr) -> bool:
    return isinstance(number, Rational) and bool(number > 0)


def _step_sign(power: Expr, k: Expr) -> int:
    """Return the ratio 1 or -1 of successive values of ``(-1)**(n*k + m)``."""
    if power == 1:
        return 1
    try:
        slope, _ = affine(power.exp, k) if isinstance(power, sp.Pow) else (S.Half, S.Zero)
    except NotHypergeometric as problem:
        raise Inapplicable(str(problem)) from problem
    demand(isinstance(slope, Integer), f"{power} is no sign")
    return -1 if slope % 2 else 1


def partial_fraction(term: Expr, k: Expr) -> tuple[Expr, Expr, int]:
    """Return A, r, j with ``term = A/(k + r)**j``."""
    up, down = sp.fraction(term)
    base, exponent = S.One, S.One
    below = S.One
    for factor in Mul.make_args(down):
        if k not in factor.free_symbols:
            below *= factor
            continue
        demand(base == 1, f"{term} is no partial fraction")
        base, exponent = factor.as_base_exp()
    fits = base != 1 and k not in up.free_symbols and isinstance(exponent, Integer)
    demand(fits and 0 < exponent <= HIGHEST, f"{term} is no partial fraction")
    try:
        slope, start = affine(base, k)
    except NotHypergeometric as problem:
        raise Inapplicable(str(problem)) from problem
    demand(slope.is_Rational and slope != 0, f"{term} has no rational slope")
    return up / (below * slope**exponent), start / slope, int(exponent)


def _plain(r: Expr, j: int) -> Expr:
    """Return the sum of ``(k + r)**-j``; for j = 1 up to a constant that cancels."""
    if j == 1:
        return -sp.polygamma(0, r)
    return (-1) ** j * sp.polygamma(j - 1, r) / sp.factorial(j - 1)


def _alternating(r: Expr, j: int) -> Expr:
    """Return the sum of ``(-1)**k*(k + r)**-j``."""
    return (_plain(r / 2, j) - _plain((r + 1) / 2, j)) / 2**j


@rule("logarithm of a multiplicative relation")
def multiplicative_relation(argument: Expr, *items: Expr) -> Equation:
    """``log(z) = (n1*log(f1) + ...)/n`` where ``z**n = f1**n1*...``, all of them positive."""
    demand(len(items) % 2 == 1, "expected n, and pairs of an expression and an integer")
    degree, *rest = items
    demand(all(isinstance(n, Integer) for n in (degree, *rest[1::2])), "expected integers")
    demand(degree > 0 and degree <= 60, f"{degree} is no degree")
    parts = pairs(tuple(rest))
    atom = sp.log(argument, evaluate=False)
    value = total(Rational(count, degree) * sp.log(part) for part, count in parts)
    conditions: list[Relation] = [Relation(power(argument, int(degree)), "eq", monomial(parts))]
    conditions += [positive(argument), *(positive(part) for part, _ in parts)]
    return Equation(atom, 1, value, (*unless_true(conditions), *still_defined(atom, *rest[::2])))
