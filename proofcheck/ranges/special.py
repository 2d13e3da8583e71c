"""Bounds of special functions and counting numbers from bounds of their arguments.  Trusted.

A term is presumed to be defined: at a pole nothing is asked.  The sources are the sections of the
DLMF (Digital Library of Mathematical Functions) on the functions' real variables.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from sympy import Expr, Rational, S, bell, catalan, divisor_sigma, mobius, oo, partition, primepi

from proofcheck.ranges.functions import inside
from proofcheck.ranges.intervals import (
    INTEGER,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    UNKNOWN,
    Bounds,
    between,
    compare,
    intersect,
    multiply,
    point,
)

COUNT = between(0, oo, "[)", integer=True)
SOME = between(1, oo, "[)", integer=True)


def count(least: int, there: Bounds, below: Bounds = UNKNOWN) -> Callable[[Bounds], Bounds]:
    """Return the rule of a function of integers: ``there`` from ``least`` on, else ``below``."""

    def rule(n: Bounds) -> Bounds:
        if not n.integer:
            return UNKNOWN
        return there if compare(n.low, S(least)) in (0, 1) else below

    return rule


def primes_up_to(x: Bounds) -> Bounds:
    """The number of primes up to a real number is a natural number; 2 is the first one."""
    if not x.real:
        return UNKNOWN
    return SOME if compare(x.low, S(2)) in (0, 1) else COUNT


def divisor_sum(n: Bounds, k: Bounds | None = None) -> Bounds:
    """A sum of powers of divisors: natural for natural exponents, positive for real ones."""
    if not (n.integer and n.positive and (k is None or k.real)):
        return UNKNOWN
    return SOME if k is None or (k.integer and k.nonnegative) else POSITIVE


def fibonacci(n: Bounds, x: Bounds | None = None) -> Bounds:
    """Integers; natural from 0 on, positive from 1 on."""
    if not n.integer or x is not None:
        return UNKNOWN
    if not n.nonnegative:
        return INTEGER
    return SOME if n.positive else COUNT


def polynomial(n: Bounds, *arguments: Bounds) -> Bounds:
    """A polynomial of degree n with real coefficients at a real place."""
    fits = n.integer and n.nonnegative and all(one.real for one in arguments)
    return REAL if fits else UNKNOWN


def within_the_unit(n: Bounds, x: Bounds) -> Bounds:
    """Legendre's and Chebyshev's polynomials of [-1, 1] lie there too (DLMF 18.14.1)."""
    if not (n.integer and x.real):
        return UNKNOWN
    unit = between(-1, 1)
    return unit if inside(x, unit) else REAL


def polygamma(m: Bounds, x: Bounds) -> Bounds:
    """Real at real places; of one sign, (-1)**(m + 1), on the positive half for m >= 1."""
    if not (m.integer and m.nonnegative and x.real):
        return UNKNOWN
    if x.nonnegative and m.positive and m.low == m.high:
        return POSITIVE if m.low % 2 == 1 else multiply(POSITIVE, point(S.NegativeOne))
    return REAL


def zeta(s: Bounds, a: Bounds | None = None) -> Bounds:
    """Real for real s (and a > 0); the series for s > 1 has positive terms, the first one a**-s."""
    if not s.real or (a is not None and not a.nonnegative):
        return UNKNOWN
    if compare(s.low, S.One) not in (0, 1):
        return REAL
    return between(1, oo, "()") if a is None else POSITIVE


def bessel_first(nu: Bounds, x: Bounds) -> Bounds:
    """Real for real orders and x >= 0; at most 1 in modulus for orders >= 0 (DLMF 10.14.1)."""
    if not (nu.real and (x.nonnegative or (nu.integer and x.real))):
        return UNKNOWN
    return between(-1, 1) if nu.nonnegative else REAL


def bessel_second(nu: Bounds, x: Bounds) -> Bounds:
    """Real for real orders and x > 0."""
    return REAL if nu.real and x.nonnegative else UNKNOWN


def modified_first(nu: Bounds, x: Bounds) -> Bounds:
    """The series in powers of x/2 has positive coefficients for orders >= 0 (DLMF 10.25.2)."""
    if not (nu.real and (x.nonnegative or (nu.integer and x.real))):
        return UNKNOWN
    if not (nu.nonnegative and x.nonnegative):
        return REAL
    return POSITIVE if x.positive else NONNEGATIVE


def modified_second(nu: Bounds, x: Bounds) -> Bounds:
    """An integral of a positive function (DLMF 10.32.9)."""
    return POSITIVE if nu.real and x.nonnegative else UNKNOWN


def airy(x: Bounds) -> Bounds:
    """Real on the line, positive on its right half (DLMF 9.3)."""
    if not x.real:
        return UNKNOWN
    return POSITIVE if x.nonnegative else REAL


def bounded(size: Expr) -> Callable[[Bounds], Bounds]:
    """Return the rule of an odd function of modulus at most ``size``, positive for x > 0."""

    def rule(x: Bounds) -> Bounds:
        if not x.real:
            return UNKNOWN
        found = between(-size, size)
        if x.nonnegative:
            found = intersect(found, NONNEGATIVE)
        return intersect(found, POSITIVE) if x.positive else found

    return rule


def beta(x: Bounds, y: Bounds | None = None) -> Bounds:
    """The integral of a positive function for positive arguments (DLMF 5.12.1)."""
    other = x if y is None else y
    return POSITIVE if x.positive and other.positive else UNKNOWN


def upper_gamma(s: Bounds, x: Bounds) -> Bounds:
    """The integral of a positive function from x > 0 on (DLMF 8.2.2); so is expint (8.19.3)."""
    return POSITIVE if s.real and x.positive else UNKNOWN


def lower_gamma(s: Bounds, x: Bounds) -> Bounds:
    """The integral of a positive function from 0 to x (DLMF 8.2.1)."""
    if not (s.positive and x.nonnegative):
        return UNKNOWN
    return POSITIVE if x.positive else NONNEGATIVE


def angle(y: Bounds, x: Bounds) -> Bounds:
    """The angle of the point (x, y), in ``(-pi, pi]`` (DLMF 1.9.6)."""
    if not (y.real and x.real):
        return UNKNOWN
    half = between(-sp.pi / 2, sp.pi / 2, "()")
    return half if x.positive else between(-sp.pi, sp.pi, "(]")


def elliptic_first(m: Bounds) -> Bounds:
    """``K(m) >= pi/2 sqrt(1/(1 - m)) > 0`` or more for m < 1: a positive integrand."""
    return POSITIVE if m.real and compare(m.high, S.One) in (0, -1) else UNKNOWN


def elliptic_second(m: Bounds) -> Bounds:
    """Decreasing in m <= 1, and 1 there."""
    return between(1, oo, "[)") if m.real and compare(m.high, S.One) in (0, -1) else UNKNOWN


def polylogarithm(s: Bounds, z: Bounds) -> Bounds:
    """For real s a series with real terms where -1 < z < 1, and positive ones where z > 0."""
    if not (s.real and inside(z, between(-1, 1, "()"))):
        return UNKNOWN
    return POSITIVE if z.positive else REAL


def rising(x: Bounds, k: Bounds) -> Bounds:
    """A product of x, x + 1, ..., of k factors."""
    return POSITIVE if x.positive and k.integer and k.nonnegative else polynomial(k, x)


RULES: dict[type[Expr], Callable[..., Bounds]] = {
    primepi: primes_up_to,
    sp.totient: count(1, SOME),
    partition: count(0, SOME, COUNT),
    bell: lambda n, *rest: UNKNOWN if rest else count(0, SOME)(n),
    catalan: count(0, SOME),
    mobius: count(1, between(-1, 1, integer=True)),
    divisor_sigma: divisor_sum,
    sp.fibonacci: fibonacci,
    sp.lucas: count(0, SOME, INTEGER),
    sp.bernoulli: polynomial,
    sp.euler: lambda n, *rest: UNKNOWN if rest else count(0, INTEGER)(n),
    sp.harmonic: lambda n, *rest: UNKNOWN if rest else count(0, NONNEGATIVE)(n),
    sp.hermite: polynomial,
    sp.laguerre: polynomial,
    sp.chebyshevu: lambda n, x: REAL if n.integer and x.real else UNKNOWN,
    sp.chebyshevt: within_the_unit,
    sp.legendre: within_the_unit,
    sp.polygamma: polygamma,
    sp.zeta: zeta,
    sp.besselj: bessel_first,
    sp.bessely: bessel_second,
    sp.besseli: modified_first,
    sp.besselk: modified_second,
    sp.airyai: airy,
    sp.airybi: airy,
    sp.Si: bounded(S(2)),
    sp.fresnels: bounded(S.One),
    sp.fresnelc: bounded(S.One),
    sp.sinc: lambda x: between(Rational(-2172337, 10**7), 1) if x.real else UNKNOWN,
    sp.beta: beta,
    sp.uppergamma: upper_gamma,
    sp.expint: upper_gamma,
    sp.lowergamma: lower_gamma,
    sp.atan2: angle,
    sp.elliptic_k: elliptic_first,
    sp.elliptic_e: lambda m, *rest: UNKNOWN if rest else elliptic_second(m),
    sp.polylog: polylogarithm,
    sp.RisingFactorial: rising,
    sp.FallingFactorial: lambda x, k: polynomial(k, x),
}  # fmt: skip
