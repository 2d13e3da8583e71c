"""Rewrite rules for gamma, factorials, binomials and their shifts.  Trusted.

Shifts go upwards: where ``gamma(z)`` is defined, ``gamma(z + n)`` is, and ``z*(z + 1)*...`` is not
zero.  The other direction has conditions.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Integer, Pow, Range, S, gamma, oo, pi, sin, sqrt

from proofcheck.identities.equations import (
    Equation,
    Registry,
    demand,
    integer,
    nonnegative,
    nonzero,
    positive,
    product,
    real,
    unless_true,
)
from proofcheck.relations import AnyOf, Condition, Member, Relation

GAMMA = Registry()
rule = GAMMA.rule
LARGEST_SHIFT = 200


def no_pole(z: Expr) -> Member:
    """Return the condition that ``z`` is none of 0, -1, -2, ..."""
    return Member(z, Range(0, -oo, -1), negated=True)


def count_of(count: Expr) -> int:
    """Return a small positive integer."""
    demand(isinstance(count, Integer) and 0 < count <= LARGEST_SHIFT, f"{count} is no shift")
    return int(count)


def shifted(z: Expr, count: int) -> list[Expr]:
    """Return ``z, z + 1, ..., z + count - 1``."""
    return [z + k for k in range(count)]


@rule("gamma shift")
def gamma_shift(z: Expr, count: Expr) -> Equation:
    """``gamma(z) = gamma(z + n)/(z*(z + 1)*...*(z + n - 1))`` (DLMF 5.5.1)."""
    n = count_of(count)
    below = product(Pow(factor, -1, evaluate=False) for factor in shifted(z, n))
    return Equation(gamma(z), 1, product([gamma(z + n), below]))


def no_poles_mirrored(z: Expr) -> AnyOf:
    """Return what makes z no integer if ``gamma(z)`` is defined."""
    return AnyOf((no_pole(1 - z), Member(z, S.Integers, negated=True)))


@rule("gamma reflection")
def gamma_reflection(z: Expr) -> Equation:
    """``gamma(z) = pi/(sin(pi*z)*gamma(1 - z))`` where both gammas are defined (DLMF 5.5.3)."""
    return Equation(gamma(z), 1, pi / (sin(pi * z) * gamma(1 - z)), (no_poles_mirrored(z),))


@rule("gamma duplication")
def gamma_duplication(z: Expr) -> Equation:
    """``gamma(2*z) = 2**(2*z-1)*gamma(z)*gamma(z+1/2)/sqrt(pi)`` (DLMF 5.5.5)."""
    half = Integer(1) / 2
    return Equation(gamma(2 * z), 1, 2 ** (2 * z - 1) * gamma(z) * gamma(z + half) / sqrt(pi))


@rule("factorial")
def factorial(argument: Expr) -> Equation:
    """``factorial(n) = gamma(n + 1)``."""
    return Equation(sp.factorial(argument), 1, gamma(argument + 1))


@rule("binomial by gammas")
def binomial_by_gammas(n: Expr, k: Expr) -> Equation:
    """``binomial(n, k)`` by gammas where these are defined (DLMF 1.2.6, 5.4.1).

    ``no_pole`` of all three gammas; where k and n are integers these say ``0 <= k <= n``.
    """
    value = gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1))
    conditions = (no_pole(n + 1), no_pole(k + 1), no_pole(n - k + 1))
    return Equation(sp.binomial(n, k), 1, value, conditions)


@rule("binomial by falling factorial")
def binomial_polynomial(n: Expr, k: Expr) -> Equation:
    """``binomial(n, k) = n*(n - 1)*...*(n - k + 1)/k!`` for a small integer k (DLMF 1.2.6)."""
    size = count_of(k)
    return Equation(
        sp.binomial(n, k, evaluate=False),
        1,
        product([*(n - j for j in range(size)), S.One / sp.factorial(k)]),
    )


@rule("binomial shift below")
def binomial_shift_below(n: Expr, k: Expr) -> Equation:
    """``binomial(n, k + 1) = binomial(n, k)*(n - k)/(k + 1)`` for integers ``k >= 0``."""
    return Equation(
        sp.binomial(n, k + 1),
        1,
        sp.binomial(n, k) * (n - k) / (k + 1),
        unless_true([integer(k), nonnegative(k)]),
    )


@rule("binomial shift above")
def binomial_shift_above(n: Expr, k: Expr) -> Equation:
    """``binomial(n + 1, k) = binomial(n, k) + binomial(n, k)*k/(n + 1 - k)`` for integers k >= 0.

    The last denominator must not vanish.
    """
    return Equation(
        sp.binomial(n + 1, k),
        1,
        sp.binomial(n, k) * (n + 1) / (n + 1 - k),
        unless_true([integer(k), nonnegative(k), nonzero(n + 1 - k)]),
    )


@rule("Pascal's triangle")
def pascal(n: Expr, k: Expr) -> Equation:
    """``binomial(n + 1, k + 1) = binomial(n, k) + binomial(n, k + 1)``, integers ``k >= 0``."""
    return Equation(
        sp.binomial(n + 1, k + 1),
        1,
        sp.binomial(n, k) + sp.binomial(n, k + 1),
        unless_true([integer(k), nonnegative(k)]),
    )


@rule("binomial symmetry")
def binomial_symmetry(n: Expr, k: Expr) -> Equation:
    """``binomial(n, k) = binomial(n, n - k)`` for integers ``n >= 0`` and k."""
    return Equation(
        sp.binomial(n, k),
        1,
        sp.binomial(n, n - k),
        unless_true([integer(n), integer(k), nonnegative(n)]),
    )


@rule("binomial outside of the triangle")
def binomial_zero(n: Expr, k: Expr) -> Equation:
    """``binomial(n, k) = 0`` for integers ``0 <= n < k``."""
    return Equation(
        sp.binomial(n, k),
        1,
        S.Zero,
        unless_true([integer(n), integer(k), nonnegative(n), Relation(k, "gt", n)]),
    )


@rule("rising factorial by gammas")
def rising_by_gammas(x: Expr, k: Expr) -> Equation:
    """``RisingFactorial(x, k) = gamma(x + k)/gamma(x)`` (DLMF 5.2.5)."""
    atom = sp.RisingFactorial(x, k)
    conditions = (no_pole(x), no_pole(x + k))
    return Equation(atom, 1, gamma(x + k) / gamma(x), conditions)


@rule("rising factorial shift")
def rising_shift(x: Expr, k: Expr) -> Equation:
    """``RisingFactorial(x, k + 1) = RisingFactorial(x, k)*(x + k)``, integers ``k >= 0``."""
    return Equation(
        sp.RisingFactorial(x, k + 1),
        1,
        sp.RisingFactorial(x, k) * (x + k),
        unless_true([integer(k), nonnegative(k)]),
    )


@rule("rising factorial split")
def rising_split(x: Expr, k: Expr, m: Expr) -> Equation:
    """``(x)_(k+m) = (x)_k * (x+k)_m`` for integers ``k, m >= 0`` (DLMF 5.2.6)."""
    return Equation(
        sp.RisingFactorial(x, k + m),
        1,
        sp.RisingFactorial(x, k) * sp.RisingFactorial(x + k, m),
        unless_true([integer(k), nonnegative(k), integer(m), nonnegative(m)]),
    )


@rule("rising factorial from below")
def rising_from_below(x: Expr, k: Expr) -> Equation:
    """``(x + 1)_k = (x)_k*(x + k)/x`` for integers ``k >= 0``, x not zero."""
    return Equation(
        sp.RisingFactorial(x + 1, k),
        1,
        sp.RisingFactorial(x, k) * (x + k) / x,
        unless_true([integer(k), nonnegative(k), nonzero(x)]),
    )


@rule("falling factorial")
def falling(x: Expr, k: Expr) -> Equation:
    """``FallingFactorial(x, k) = RisingFactorial(x - k + 1, k)``, integers k >= 0 (DLMF 5.2.6)."""
    return Equation(
        sp.FallingFactorial(x, k),
        1,
        sp.RisingFactorial(x - k + 1, k),
        unless_true([integer(k), nonnegative(k)]),
    )


@rule("binomial by rising factorial")
def binomial_by_rising(n: Expr, k: Expr) -> Equation:
    """``binomial(n, k) = (n - k + 1)_k/k!`` for integers ``k >= 0``."""
    return Equation(
        sp.binomial(n, k),
        1,
        sp.RisingFactorial(n - k + 1, k) / gamma(k + 1),
        unless_true([integer(k), nonnegative(k)]),
    )


@rule("beta")
def beta(a: Expr, b: Expr) -> Equation:
    """``beta(a, b) = gamma(a)*gamma(b)/gamma(a + b)`` (DLMF 5.12.1)."""
    value = gamma(a) * gamma(b) / gamma(a + b)
    return Equation(sp.beta(a, b), 1, value, (no_pole(a), no_pole(b), no_pole(a + b)))


@rule("symmetry of the beta function")
def beta_symmetry(a: Expr, b: Expr) -> Equation:
    """``beta(a, b) = beta(b, a)`` (DLMF 5.12.1)."""
    return Equation(sp.beta(a, b), 1, sp.beta(b, a))


@rule("incomplete gamma")
def incomplete_gamma(s: Expr, z: Expr) -> Equation:
    """``lowergamma(s, z) = gamma(s) - uppergamma(s, z)`` (DLMF 8.2.3)."""
    return Equation(
        sp.lowergamma(s, z), 1, gamma(s) - sp.uppergamma(s, z), (no_pole(s), positive(z), real(s))
    )


@rule("gamma on the imaginary axis")
def gamma_modulus(y: Expr, half: Expr) -> Equation:
    """``Abs(gamma(I*y))**2 = pi/(y*sinh(pi*y))``, ``gamma(1/2 + I*y)``: ``pi/cosh`` (5.4.3-4)."""
    demand(half in (0, 1), "the real part is 0 or 1/2")
    value = pi / sp.cosh(pi * y) if half == 1 else pi / (y * sp.sinh(pi * y))
    atom = sp.Abs(gamma(half / 2 + sp.I * y))
    conditions: list[Condition] = [real(y), *([] if half == 1 else [nonzero(y)])]
    return Equation(atom, 2, value, tuple(conditions))
