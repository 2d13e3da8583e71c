"""Rewrite rules for polygamma functions, zeta functions and their constants.  Trusted."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Integer, Pow, S, cos, gamma, log, pi, sin

from proofcheck.identities.equations import (
    Equation,
    Registry,
    demand,
    integer,
    nonnegative,
    nonzero,
    positive,
    total,
    unless_true,
)
from proofcheck.identities.gamma import count_of, no_pole, no_poles_mirrored, shifted
from proofcheck.relations import Relation

ZETA = Registry()
rule = ZETA.rule


@rule("harmonic number")
def harmonic(n: Expr) -> Equation:
    """``harmonic(n) = digamma(n + 1) + EulerGamma`` (DLMF 5.4.14)."""
    return Equation(sp.harmonic(n), 1, sp.polygamma(0, n + 1) + sp.EulerGamma, (no_pole(n + 1),))


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
    return Equation(sp.zeta(s, S.Half), 1, (2**s - 1) * sp.zeta(s), unless_true([nonzero(s - 1)]))


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


@rule("Stieltjes constant at one half")
def stieltjes_half(n: Expr) -> Equation:
    """``stieltjes(n, 1/2)`` by ``stieltjes(k)``: the series of ``(2**s - 1)*zeta(s)`` at 1.

    ``zeta(s, a) = 1/(s-1) + sum((-1)**n*stieltjes(n, a)*(s-1)**n/n!)`` (DLMF 25.11.11, 25.2.4).
    """
    demand(isinstance(n, Integer) and 0 <= n <= 12, f"the order {n} is not small")
    last = int(n)
    growth = [S.One, *(2 * log(2) ** k / sp.factorial(k) for k in range(1, last + 2))]
    value = growth[last + 1]
    for k in range(last + 1):
        value += growth[k] * (-1) ** (last - k) * sp.stieltjes(last - k) / sp.factorial(last - k)
    atom = sp.stieltjes(n, S.Half, evaluate=False)
    return Equation(atom, 1, sp.expand((-1) ** n * sp.factorial(n) * value))


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
def catalan(steps: Expr = S.Zero) -> Equation:
    """``polygamma(1, 1/4) = pi**2 + 8*Catalan`` (DLMF 25.11.40 with 25.11.12).

    At ``1/4 + steps``, a small integer, it is less by ``1/(1/4 + j)**2`` for each j below (5.15.5).
    """
    demand(isinstance(steps, Integer) and 0 <= steps <= 20, f"{steps} is no small number")
    quarter = S.One / 4
    less = sp.Add(*((quarter + j) ** -2 for j in range(int(steps))))
    return Equation(sp.polygamma(1, quarter + steps), 1, pi**2 + 8 * sp.Catalan - less)


@rule("Hurwitz zeta by polygamma")
def zeta_by_polygamma(s: Expr, a: Expr) -> Equation:
    """``zeta(s, a) = (-1)**s*polygamma(s - 1, a)/(s-1)!`` for integers ``s >= 2`` (25.11.12)."""
    demand(isinstance(s, Integer) and s >= 2, f"the order {s} is no integer from 2 on")
    value = (-1) ** s * sp.polygamma(s - 1, a) / sp.factorial(s - 1)
    return Equation(sp.zeta(s, a), 1, value, (no_pole(a),))
