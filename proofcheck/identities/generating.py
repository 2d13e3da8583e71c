"""Rewrite rules for power series and Dirichlet series with a known sum.  Trusted.

The summand is taken apart into a power with the index in its exponent, or the index to a power,
and the rest, which has to be that of the rule.
"""

from __future__ import annotations

import sympy as sp
from sympy import Abs, EulerGamma, Expr, Integer, Mul, Pow, exp, factorial, log, oo, zeta

from proofcheck import hypergeometric
from proofcheck.hypergeometric import NotHypergeometric
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    nonzero,
    still_defined,
    unless_true,
)
from proofcheck.identities.numbers import parts_of
from proofcheck.points import instantiate_condition
from proofcheck.relations import Condition, Relation

GENERATING = Registry()
rule = GENERATING.rule
MOST_TIMES = 3


def inside(z: Expr, radius: Expr) -> tuple[Condition, ...]:
    """Return ``|z| < radius``."""
    return unless_true([Relation(Abs(z), "lt", radius)])


@rule("power series with a known sum")
def power_series(atom: Expr) -> Equation:
    """``Sum(c(k)*z**k, (k, a, oo))`` for some sequences c, inside the circle of convergence.

    ``digamma(k)`` from 1: ``digamma(k + 1) = H_k - gamma`` and ``Sum(H_k*z**k) = -log(1-z)/(1-z)``
    (DLMF 5.4.14); ``zeta(k)/k`` from 2 and ``zeta(k + 1)`` from 1 (5.7.3-4); ``H_k`` from 0 or 1;
    ``B_k(x)/k!`` and ``B_k/k!`` from 0 (24.2.3, z not 0), where SymPy's ``B_k`` is ``B_k(1)``;
    ``zeta(2*k + 1)`` from 1 (5.7.3, its even part); ``(-k)**(k - 1)/k!`` and ``k**(k - 1)/k!``
    from 1 (4.13.5).  Times a power of k: ``z*d/dz`` again and again.
    """
    k, low, high, _ = parts_of(atom)
    demand(high == oo and isinstance(low, Integer), f"{atom} is no series")
    place, first, rest = _power_apart(atom)
    z = sp.Dummy("z", complex=True)
    for times in range(MOST_TIMES + 1):
        known = _known(rest / k**times, k, int(low), z)
        if known is None:
            continue
        value, conditions = known
        for _ in range(times):
            value = z * value.diff(z)
        value = value.xreplace({z: place})
        owed = (*still_defined(atom, place, first), *(still_defined(atom, value) if times else ()))
        there = (instantiate_condition(condition, {z: place}) for condition in conditions)
        return Equation(atom, 1, first * value, (*unless_true(there), *owed))
    raise Inapplicable(f"nothing is known of {atom}")


def _known(
    rest: Expr, k: sp.Symbol, low: int, z: Expr
) -> tuple[Expr, tuple[Condition, ...]] | None:
    """Return the sum of ``rest*z**k`` from ``low`` on, and where it converges."""
    one = inside(z, sp.S.One)
    small = inside(z, exp(-1))
    w = sp.sqrt(z)
    known: dict[tuple[Expr, int], tuple[Expr, tuple[Condition, ...]]] = {
        (sp.polygamma(0, k), 1): (z * (EulerGamma + log(1 - z)) / (z - 1), one),
        (zeta(k) / k, 2): (sp.loggamma(1 - z) - EulerGamma * z, one),
        (zeta(k + 1), 1): (-sp.polygamma(0, 1 - z) - EulerGamma, one),
        (sp.harmonic(k), 0): (-log(1 - z) / (1 - z), one),
        (sp.harmonic(k), 1): (-log(1 - z) / (1 - z), one),
        (zeta(2 * k + 1), 1): (
            -(sp.polygamma(0, 1 + w) + sp.polygamma(0, 1 - w)) / 2 - EulerGamma,
            one,
        ),
        (Pow(-k, k - 1) / factorial(k), 1): (sp.LambertW(z), small),
        (Pow(k, k - 1) / factorial(k), 1): (-sp.LambertW(-z), small),
    }
    circle = (*inside(z, 2 * sp.pi), nonzero(z))
    for factor in Mul.make_args(rest):
        if isinstance(factor, sp.bernoulli) and low == 0:
            x = factor.args[1] if len(factor.args) == 2 else sp.S.One
            if k not in x.free_symbols and factor.args[0] == k:
                known[factor / factorial(k), 0] = (z * exp(x * z) / (exp(z) - 1), circle)
    return known.get((rest, low))


def _power_apart(atom: Expr) -> tuple[Expr, Expr, Expr]:
    """Return z, c and f with the summand ``c*z**k*f(k)``, c free of k."""
    k = atom.limits[0][0]
    z, first, rest = sp.S.One, sp.S.One, sp.S.One
    for factor in Mul.make_args(atom.function):
        base, exponent = factor.as_base_exp()
        if k not in factor.free_symbols:
            first *= factor
        elif k not in base.free_symbols and exponent != 1:
            try:
                slope, start = hypergeometric.affine(exponent, k)
            except NotHypergeometric as problem:
                raise Inapplicable(str(problem)) from problem
            # Otherwise 0**(k + start) need not be 0**start*0**k.
            whole = isinstance(slope, Integer) and isinstance(start, Integer)
            sure = base.is_Rational and base != 0
            demand(whole and ((slope > 0 and start == 0) or sure), f"{factor} is no power")
            z *= base**slope
            first *= base**start
        else:
            rest *= factor
    return z, first, rest


@rule("Dirichlet series with a known sum")
def dirichlet_series(atom: Expr) -> Equation:
    """``Sum(f(k)/k**s, (k, 1, oo))`` for f = 1, the Moebius function, the totient, divisor sums.

    ``zeta(s)``, ``1/zeta(s)`` for ``re(s) > 1``, ``zeta(s-1)/zeta(s)`` for ``re(s) > 2``,
    ``zeta(s)*zeta(s-a)`` for ``re(s) > 1 + a``
    (DLMF 25.2.1, 27.4.5-6, 27.4.11).
    """
    k, low, high, _ = parts_of(atom)
    demand(high == oo and low == 1, f"{atom} is no Dirichlet series")
    try:
        f, s, degree = hypergeometric.dirichlet(atom)
    except NotHypergeometric as problem:
        raise Inapplicable(str(problem)) from problem
    known = {
        sp.S.One: zeta(s),
        sp.mobius(k): 1 / zeta(s),
        sp.totient(k): zeta(s - 1) / zeta(s),
        sp.divisor_sigma(k, degree): zeta(s) * zeta(s - degree),
    }
    demand(f in known, f"nothing is known of {atom}")
    conditions = unless_true([Relation(sp.re(s), "gt", 1 + degree)])
    return Equation(atom, 1, known[f], (*conditions, *still_defined(atom, s)))


@rule("Lambert series with a known sum")
def lambert_series(atom: Expr) -> Equation:
    """``Sum(f(k)*x**k/(1 - x**k), (k, 1, oo))`` for the totient and the Moebius function.

    ``x/(1-x)**2`` and x (DLMF 27.7.4, 27.7.3) for ``|x| < 1``; with ``f(k)/k*log(1 - x**k)``, of
    which ``x*d/dx`` is the negative of these terms, ``-x/(1-x)`` and -x.
    """
    k, low, high, function = parts_of(atom)
    demand(high == oo and low == 1, f"{atom} is no Lambert series")
    powers = (p for p in function.atoms(Pow) if k in p.exp.free_symbols)
    for power in sorted(powers, key=sp.default_sort_key):
        slope = (power.exp / k).cancel()
        if k in power.base.free_symbols or not (isinstance(slope, Integer) and slope > 0):
            continue
        x = power.base**slope
        known = {
            sp.totient(k) * power / (1 - power): x / (1 - x) ** 2,
            sp.mobius(k) * power / (1 - power): x,
            sp.totient(k) / k * log(1 - power): -x / (1 - x),
            sp.mobius(k) / k * log(1 - power): -x,
        }
        for form, value in known.items():
            if function == form:
                return Equation(atom, 1, value, (*inside(x, sp.S.One), *still_defined(atom, x)))
    raise Inapplicable(f"nothing is known of {atom}")
