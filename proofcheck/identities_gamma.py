"""Rewrite rules for gamma, factorials, binomials, zeta, polygamma and their shifts.  Trusted.

Shifts go upwards: where ``gamma(z)`` is defined, ``gamma(z + n)`` is, and ``z*(z + 1)*...`` is not
zero.  The other direction has conditions.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Integer, Pow, Range, S, cos, gamma, log, oo, pi, sin, sqrt

from proofcheck.equations import (
    Equation,
    Registry,
    demand,
    integer,
    nonnegative,
    nonzero,
    positive,
    product,
    real,
    total,
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
    return Equation(
        gamma(z), 1, pi / (sin(pi * z) * gamma(1 - z)), (no_poles_mirrored(z),)
    )


@rule("gamma duplication")
def gamma_duplication(z: Expr) -> Equation:
    """``gamma(2*z) = 2**(2*z-1)*gamma(z)*gamma(z+1/2)/sqrt(pi)`` (DLMF 5.5.5)."""
    half = Integer(1) / 2
    return Equation(
        gamma(2 * z), 1, 2 ** (2 * z - 1) * gamma(z) * gamma(z + half) / sqrt(pi)
    )


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


@rule("harmonic number")
def harmonic(n: Expr) -> Equation:
    """``harmonic(n) = digamma(n + 1) + EulerGamma`` (DLMF 5.4.14)."""
    return Equation(
        sp.harmonic(n), 1, sp.polygamma(0, n + 1) + sp.EulerGamma, (no_pole(n + 1),)
    )


@rule("digamma")
def digamma(atom: Expr) -> Equation:
    """``digamma(z) = polygamma(0, z)``, ``trigamma(z) = polygamma(1, z)``."""
    demand(isinstance(atom, sp.digamma | sp.trigamma), f"{atom} is neither digamma nor trigamma")
    order = S.Zero if isinstance(atom, sp.digamma) else S.One
    return Equation(atom, 1, sp.polygamma(order, atom.args[0]))


@rule("polygamma shift")
def polygamma_shift(m: Expr, z: Expr, count: Expr) -> Equation:
    """``polygamma(m, z) = polygamma(m, z+n) - (-1)**m*m!*sum (z+k)**(-m-1)`` (DLMF 5.15.5)."""
    n = count_of(count)
    sign = Pow(-1, m) * gamma(m + 1)
    terms = [-sign * Pow(factor, -m - 1) for factor in shifted(z, n)]
    return Equation(
        sp.polygamma(m, z),
        1,
        total([sp.polygamma(m, z + n), *terms]),
        unless_true([integer(m), nonnegative(m)]),
    )


@rule("digamma reflection")
def digamma_reflection(z: Expr) -> Equation:
    """``digamma(z) = digamma(1 - z) - pi*cot(pi*z)`` for z not an integer (DLMF 5.5.4)."""
    return Equation(
        sp.polygamma(0, z),
        1,
        sp.polygamma(0, 1 - z) - pi * cos(pi * z) / sin(pi * z),
        (no_poles_mirrored(z),),
    )


@rule("polygamma by zeta")
def polygamma_by_zeta(m: Expr, z: Expr) -> Equation:
    """``polygamma(m, z) = (-1)**(m+1)*m!*zeta(m + 1, z)`` for integers ``m >= 1`` (25.11.12)."""
    return Equation(
        sp.polygamma(m, z),
        1,
        Pow(-1, m + 1) * gamma(m + 1) * sp.zeta(m + 1, z),
        unless_true([integer(m), Relation(m, "ge", S.One)]),
    )


@rule("Hurwitz zeta shift")
def zeta_shift(s: Expr, a: Expr, count: Expr) -> Equation:
    """``zeta(s, a) = zeta(s, a + n) + a**(-s) + ...`` (DLMF 25.11.4).

    The summands must be defined: a is none of 0, -1, ..., or never zero.
    """
    n = count_of(count)
    return Equation(
        sp.zeta(s, a),
        1,
        total([sp.zeta(s, a + n), *(Pow(factor, -s) for factor in shifted(a, n))]),
        unless_true([nonzero(s - 1), *map(nonzero, shifted(a, n))]),
    )


@rule("Hurwitz zeta shift downwards")
def zeta_shift_down(s: Expr, a: Expr, count: Expr) -> Equation:
    """``zeta(s, a) = zeta(s, a - n) - (a-n)**(-s) - ... - (a-1)**(-s)`` for ``a > n`` (25.11.4)."""
    n = count_of(count)
    return Equation(
        sp.zeta(s, a),
        1,
        total([sp.zeta(s, a - n), *(-Pow(f, -s) for f in shifted(a - n, n))]),
        unless_true([nonzero(s - 1), positive(a - n)]),
    )


@rule("Hurwitz zeta at one half")
def zeta_half(s: Expr) -> Equation:
    """``zeta(s, 1/2) = (2**s - 1)*zeta(s)`` for ``s != 1`` (DLMF 25.11.11)."""
    return Equation(
        sp.zeta(s, S.Half), 1, (2**s - 1) * sp.zeta(s), unless_true([nonzero(s - 1)])
    )


@rule("Riemann zeta")
def zeta_one(s: Expr) -> Equation:
    """``zeta(s, 1) = zeta(s)`` (DLMF 25.11.2)."""
    return Equation(sp.zeta(s, S.One, evaluate=False), 1, sp.zeta(s))


@rule("Stieltjes constants shift")
def stieltjes_shift(n: Expr, a: Expr) -> Equation:
    """``stieltjes(n, a) = stieltjes(n, a + 1) + log(a)**n/a`` (from DLMF 25.11.4)."""
    return Equation(
        sp.stieltjes(n, a),
        1,
        sp.stieltjes(n, a + 1) + log(a) ** n / a,
        unless_true([integer(n), Relation(n, "ge", S.Zero), no_pole(a)]),
    )


@rule("Stieltjes constant of order zero")
def stieltjes_zero(a: Expr) -> Equation:
    """``stieltjes(0, a) = -digamma(a)`` (from DLMF 25.11.18)."""
    return Equation(sp.stieltjes(0, a), 1, -sp.polygamma(0, a), (no_pole(a),))


@rule("Gauss's digamma theorem")
def gauss_digamma(p: Expr, q: Expr) -> Equation:
    """``digamma(p/q)`` for integers ``0 < p < q`` by elementary constants (DLMF 5.4.19)."""
    demand(isinstance(p, Integer) and isinstance(q, Integer) and 0 < p < q <= 24, f"{p}/{q}")
    value = -sp.EulerGamma - log(2 * q) - pi / 2 * sp.cot(pi * p / q)
    for k in range(1, (int(q) - 1) // 2 + 1):
        value += 2 * cos(2 * pi * k * p / q) * log(sin(pi * k / q))
    return Equation(sp.polygamma(0, p / q), 1, value)


@rule("polygamma reflection")
def polygamma_reflection(m: Expr, z: Expr) -> Equation:
    """``polygamma(m, z) = (-1)**m*polygamma(m, 1-z) - pi*(d/dz)**m cot(pi*z)`` (DLMF 5.15.6)."""
    demand(isinstance(m, Integer) and 0 <= m <= 12, f"the order {m} is not small")
    c = sp.Dummy()  # the cotangent, whose derivative by pi*z is -(1 + c**2)
    slope = c
    for _ in range(int(m)):
        slope = sp.expand(-pi * (1 + c**2) * slope.diff(c))
    value = (-1) ** m * sp.polygamma(m, 1 - z) - pi * slope.subs(c, sp.cot(pi * z))
    return Equation(sp.polygamma(m, z), 1, value, (no_poles_mirrored(z),))


@rule("polygamma of a third, a quarter, a sixth")
def polygamma_of_a_fraction(m: Expr, q: Expr) -> Equation:
    """``polygamma(m, 1/q)`` for even ``m >= 2``, q = 3, 4, 6, from reflection and multiplication.

    ``sum_k polygamma(m, k/q) = q**(m+1)*polygamma(m, 1)`` (DLMF 5.15.7), k from 1 to q, and
    ``polygamma(m, 1 - 1/q)`` by reflection leave one unknown.
    """
    demand(isinstance(m, Integer) and m % 2 == 0 and 2 <= m <= 12, f"the order is {m}")
    demand(q in (3, 4, 6), f"the denominator is {q}")
    mirrored = polygamma_reflection(m, S.One / q).replacement
    excess = mirrored - sp.polygamma(m, 1 - S.One / q)  # polygamma(m, 1/q) minus its mirror
    others = [sp.polygamma(m, Integer(k) / q) for k in range(2, int(q) - 1)]
    rest = (q ** (m + 1) - 1) * sp.polygamma(m, 1) - sp.Add(*others)
    return Equation(sp.polygamma(m, S.One / q), 1, (rest + excess) / 2)


@rule("polygamma of one or one half")
def polygamma_of_one(m: Expr, z: Expr) -> Equation:
    """``polygamma(m, 1) = (-1)**(m+1)*m!*zeta(m+1)``, at 1/2 times ``2**(m+1) - 1`` (5.15.2-3)."""
    demand(isinstance(m, Integer) and m >= 1 and z in (S.One, S.Half), f"{m}, {z}")
    scale = 1 if z == 1 else 2 ** (m + 1) - 1
    atom = sp.polygamma(m, z, evaluate=False)
    value = (-1) ** (m + 1) * sp.factorial(m) * scale * sp.zeta(m + 1)
    return Equation(atom, 1, value)


@rule("Catalan's constant")
def catalan() -> Equation:
    """``polygamma(1, 1/4) = pi**2 + 8*Catalan`` (DLMF 25.11.40 with 25.11.12)."""
    return Equation(sp.polygamma(1, S.One / 4), 1, pi**2 + 8 * sp.Catalan)


@rule("Hurwitz zeta by polygamma")
def zeta_by_polygamma(s: Expr, a: Expr) -> Equation:
    """``zeta(s, a) = (-1)**s*polygamma(s - 1, a)/(s-1)!`` for integers ``s >= 2`` (25.11.12)."""
    demand(isinstance(s, Integer) and s >= 2, f"the order {s} is no integer from 2 on")
    value = (-1) ** s * sp.polygamma(s - 1, a) / sp.factorial(s - 1)
    return Equation(sp.zeta(s, a), 1, value, (no_pole(a),))


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


