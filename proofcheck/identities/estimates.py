"""Known inequalities of analysis, each with its conditions.  Trusted.

``modulus_of_a_sum(a, b)`` gives ``|a + b| <= |a| + |b|``.  What a relation compares is real where
its conditions hold.  DLMF is the Digital Library of Mathematical Functions.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from sympy import Abs, E, Expr, Rational, S, exp, im, log, pi, re, sqrt

from proofcheck.identities.equations import (
    Inequalities,
    Inequality,
    at_least,
    demand,
    integer,
    known,
    nonnegative,
    positive,
    real,
)
from proofcheck.relations import Relation

ESTIMATES = Inequalities()


@ESTIMATES.rule("modulus of a sum")
def modulus_of_a_sum(a: Expr, b: Expr) -> Inequality:
    """The triangle inequality, for complex a and b."""
    return known(Abs(a + b), "le", Abs(a) + Abs(b))


@ESTIMATES.rule("difference of moduli")
def difference_of_moduli(a: Expr, b: Expr) -> Inequality:
    """The triangle inequality from below, for complex a and b."""
    return known(Abs(Abs(a) - Abs(b)), "le", Abs(a - b))


@ESTIMATES.rule("part of a number")
def part_of_a_number(part: Expr, sign: Expr) -> Inequality:
    """``|re z| <= |z|`` and ``|im z| <= |z|``; with a sign, without the modulus on the left."""
    demand(isinstance(part, re | im), f"{part} is no part of a number")
    demand(sign in (-1, 0, 1), f"{sign} is no sign")
    return known(Abs(part) if sign == 0 else sign * part, "le", Abs(part.args[0]))


@ESTIMATES.rule("modulus by the parts")
def modulus_by_the_parts(z: Expr) -> Inequality:
    """``|z| <= |re z| + |im z|``."""
    return known(Abs(z), "le", Abs(re(z)) + Abs(im(z)))


@ESTIMATES.rule("modulus of a sign")
def modulus_of_a_sign(z: Expr) -> Inequality:
    """``|sign(z)| <= 1``, where sign(z) is z/|z|, or 0 at 0."""
    return known(Abs(sp.sign(z)), "le", 1)


ALONG: dict[type[Expr], Callable[[Expr], Expr]] = {sp.sin: im, sp.cos: im, sp.sinh: re, sp.cosh: re}


@ESTIMATES.rule("modulus of a sine from above")
def sine_from_above(term: Expr) -> Inequality:
    """``|sin(x + iy)|`` and ``|cos(x + iy)|`` are at most cosh y (DLMF 4.18.5, 4.18.6)."""
    demand(type(term) in ALONG, f"{term} is no sine")
    return known(Abs(term), "le", sp.cosh(ALONG[type(term)](term.args[0])))


@ESTIMATES.rule("modulus of a sine from below")
def sine_from_below(term: Expr) -> Inequality:
    """``|sin(x + iy)|`` and ``|cos(x + iy)|`` are at least ``|sinh y|`` (DLMF 4.18.5, 4.18.6)."""
    demand(type(term) in ALONG, f"{term} is no sine")
    return known(Abs(sp.sinh(ALONG[type(term)](term.args[0]))), "le", Abs(term))


MAJORANTS: dict[type[Expr], tuple[type[Expr], Expr]] = {
    sp.sin: (sp.sinh, sp.oo), sp.cos: (sp.cosh, sp.oo), sp.sinh: (sp.sinh, sp.oo),
    sp.cosh: (sp.cosh, sp.oo), sp.erf: (sp.erfi, sp.oo), sp.erfi: (sp.erfi, sp.oo),
    sp.Si: (sp.Shi, sp.oo), sp.Shi: (sp.Shi, sp.oo), sp.asin: (sp.asin, S.One),
    sp.asinh: (sp.asin, S.One), sp.atan: (sp.atanh, S.One), sp.atanh: (sp.atanh, S.One),
    sp.tan: (sp.tan, pi / 2), sp.tanh: (sp.tan, pi / 2),
}  # fmt: skip
"""Functions, those whose Taylor coefficients at 0 are the moduli of theirs, and the radius."""


@ESTIMATES.rule("majorant of a power series")
def majorant_of_a_power_series(term: Expr) -> Inequality:
    """``|f(z)| <= g(|z|)`` inside the circle of convergence, g with the moduli as coefficients."""
    demand(type(term) in MAJORANTS and len(term.args) == 1, f"{term} has no majorant here")
    size = Abs(term.args[0])
    majorant, radius = MAJORANTS[type(term)]
    inside = () if radius is sp.oo else (Relation(size, "lt", radius),)
    return known(Abs(term), "le", majorant(size), *inside)


@ESTIMATES.rule("modulus of an exponential less one")
def exponential_less_one(z: Expr) -> Inequality:
    """``|exp(z) - 1| <= exp(|z|) - 1`` (DLMF 4.5.16)."""
    return known(Abs(exp(z) - 1), "le", exp(Abs(z)) - 1)


@ESTIMATES.rule("modulus of a logarithm near one")
def logarithm_near_one(w: Expr) -> Inequality:
    """``|log(w)| <= -log(1 - |w - 1|)`` for ``|w - 1| < 1`` (DLMF 4.5.6)."""
    size = Abs(w - 1)
    return known(Abs(log(w)), "le", -log(1 - size), Relation(size, "lt", S.One))


@ESTIMATES.rule("exponential above its tangent")
def exponential_above_its_tangent(u: Expr) -> Inequality:
    """``exp(u) >= 1 + u`` for real u."""
    return known(exp(u), "ge", 1 + u, real(u))


@ESTIMATES.rule("logarithm below its tangent")
def logarithm_below_its_tangent(u: Expr) -> Inequality:
    """``log(u) <= u - 1`` for u > 0."""
    return known(log(u), "le", u - 1, positive(u))


@ESTIMATES.rule("Bessel function at most one")
def bessel_at_most_one(nu: Expr, x: Expr) -> Inequality:
    """``|J_nu(x)| <= 1`` for nu >= 0 and real x (DLMF 10.14.1)."""
    return known(Abs(sp.besselj(nu, x)), "le", 1, nonnegative(nu), real(x))


@ESTIMATES.rule("Bessel function by its first term")
def bessel_by_its_first_term(nu: Expr, z: Expr) -> Inequality:
    """``|J_nu(z)| <= |z/2|**nu exp(|im z|)/gamma(nu + 1)`` for nu >= -1/2 (DLMF 10.14.4)."""
    bound = Abs(z / 2) ** nu * exp(Abs(im(z))) / sp.gamma(nu + 1)
    return known(Abs(sp.besselj(nu, z)), "le", bound, at_least(nu, Rational(-1, 2)))


@ESTIMATES.rule("Bessel function of integer order")
def bessel_of_integer_order(n: Expr, z: Expr) -> Inequality:
    """``|J_n(z)| <= exp(|im z|)`` for an integer n (DLMF 10.14.3)."""
    return known(Abs(sp.besselj(n, z)), "le", exp(Abs(im(z))), integer(n))


@ESTIMATES.rule("Bessel function by the order")
def bessel_by_the_order(nu: Expr, x: Expr) -> Inequality:
    """``|J_nu(x)| <= 0.674886 nu**(-1/3)`` for nu > 0, x >= 0.

    L. Landau, "Bessel functions: monotonicity and bounds", J. London Math. Soc. 61 (2000).
    """
    bound = Rational(674886, 10**6) * nu ** Rational(-1, 3)
    return known(Abs(sp.besselj(nu, x)), "le", bound, positive(nu), nonnegative(x))


@ESTIMATES.rule("Bessel function by the argument")
def bessel_by_the_argument(nu: Expr, x: Expr) -> Inequality:
    """``|J_nu(x)| <= 0.785747 x**(-1/3)`` for nu >= 0, x > 0 (Landau, as above)."""
    bound = Rational(785747, 10**6) * x ** Rational(-1, 3)
    return known(Abs(sp.besselj(nu, x)), "le", bound, nonnegative(nu), positive(x))


@ESTIMATES.rule("modified Bessel function by its first term")
def modified_bessel_by_its_first_term(nu: Expr, z: Expr) -> Inequality:
    """``|I_nu(z)| <= |z/2|**nu exp(|re z|)/gamma(nu + 1)`` for nu >= -1/2.

    DLMF 10.14.4 at iz: the moduli of I_nu(z) and J_nu(iz) are the same (DLMF 10.27.6).
    """
    bound = Abs(z / 2) ** nu * exp(Abs(re(z))) / sp.gamma(nu + 1)
    return known(Abs(sp.besseli(nu, z)), "le", bound, at_least(nu, Rational(-1, 2)))


def digamma_order(m: Expr) -> None:
    """Raise Inapplicable unless ``m`` is the order 0."""
    demand(m == 0, "not the digamma function")


@ESTIMATES.rule("digamma from above")
def digamma_from_above(m: Expr, x: Expr) -> Inequality:
    """``psi(x) < log(x) - 1/(2x)`` for x > 0 (by Binet's integral, DLMF 5.9.13)."""
    digamma_order(m)
    return known(sp.polygamma(0, x), "lt", log(x) - 1 / (2 * x), positive(x))


@ESTIMATES.rule("digamma from below")
def digamma_from_below(m: Expr, x: Expr) -> Inequality:
    """``psi(x) > log(x) - 1/x`` for x > 0 (by Binet's integral, DLMF 5.9.13)."""
    digamma_order(m)
    return known(sp.polygamma(0, x), "gt", log(x) - 1 / x, positive(x))


def polygamma_bound(m: Expr, x: Expr, weight: Expr) -> Expr:
    """Return ``(m-1)!/x**m + weight*m!/x**(m+1)``."""
    return sp.factorial(m - 1) / x**m + weight * sp.factorial(m) / x ** (m + 1)


@ESTIMATES.rule("polygamma from above")
def polygamma_from_above(m: Expr, x: Expr) -> Inequality:
    """``(-1)**(m+1) psi_m(x) < (m-1)!/x**m + m!/x**(m+1)`` for an integer m >= 1 and x > 0.

    B.-N. Guo, F. Qi, "Refinements of lower bounds for polygamma functions", Proc. AMS 141 (2013);
    by ``1/(1 - exp(-t)) < 1/t + 1`` in the integral (DLMF 5.9.12 differentiated).
    """
    size = (-1) ** (m + 1) * sp.polygamma(m, x)
    return known(size, "lt", polygamma_bound(m, x, S.One), integer(m), at_least(m, 1), positive(x))


@ESTIMATES.rule("polygamma from below")
def polygamma_from_below(m: Expr, x: Expr) -> Inequality:
    """``(-1)**(m+1) psi_m(x) > (m-1)!/x**m + m!/(2*x**(m+1))`` for an integer m >= 1 and x > 0.

    By ``1/(1 - exp(-t)) > 1/t + 1/2`` in the integral (see above).
    """
    size = (-1) ** (m + 1) * sp.polygamma(m, x)
    return known(size, "gt", polygamma_bound(m, x, S.Half), integer(m), at_least(m, 1), positive(x))


@ESTIMATES.rule("gamma from below")
def gamma_from_below(x: Expr) -> Inequality:
    """Stirling: ``gamma(x) > sqrt(2 pi) x**(x - 1/2) exp(-x)`` for x > 0 (DLMF 5.6.1)."""
    return known(sp.gamma(x), "gt", sqrt(2 * pi) * x ** (x - S.Half) * exp(-x), positive(x))


@ESTIMATES.rule("gamma from above")
def gamma_from_above(x: Expr) -> Inequality:
    """Stirling, times exp(1/(12x)), for x > 0 (DLMF 5.6.1)."""
    stirling = sqrt(2 * pi) * x ** (x - S.Half) * exp(-x)
    return known(sp.gamma(x), "lt", stirling * exp(1 / (12 * x)), positive(x))


@ESTIMATES.rule("factorial from below")
def factorial_from_below(x: Expr) -> Inequality:
    """Stirling: ``x! > sqrt(2 pi x) x**x exp(-x)`` for x > 0 (DLMF 5.6.1, times x)."""
    return known(sp.factorial(x), "gt", sqrt(2 * pi * x) * x**x * exp(-x), positive(x))


@ESTIMATES.rule("factorial from above")
def factorial_from_above(x: Expr) -> Inequality:
    """Stirling, times exp(1/(12x)), for x > 0 (DLMF 5.6.1, times x)."""
    stirling = sqrt(2 * pi * x) * x**x * exp(-x)
    return known(sp.factorial(x), "lt", stirling * exp(1 / (12 * x)), positive(x))


@ESTIMATES.rule("modulus of gamma")
def modulus_of_gamma(z: Expr) -> Inequality:
    """``|gamma(z)| <= gamma(re z)`` for re z > 0 (DLMF 5.6.6)."""
    return known(Abs(sp.gamma(z)), "le", sp.gamma(re(z)), positive(re(z)))


@ESTIMATES.rule("Bernoulli number from above")
def bernoulli_from_above(m: Expr, *place: Expr) -> Inequality:
    """``|B_m| < 2 m!/((2 pi)**m (1 - 2**(1 - m)))`` for an even m >= 2 (DLMF 24.9.8)."""
    demand(place in ((), (0,)), "not a Bernoulli number")
    bound = 2 * sp.factorial(m) / (2 * pi) ** m / (1 - 2 ** (1 - m))
    return known(Abs(sp.bernoulli(m, *place)), "lt", bound, integer(m / 2), at_least(m, 2))


@ESTIMATES.rule("Bernoulli number from below")
def bernoulli_from_below(m: Expr, *place: Expr) -> Inequality:
    """``|B_m| > 2 m!/(2 pi)**m`` for an even m >= 2 (DLMF 24.9.8)."""
    demand(place in ((), (0,)), "not a Bernoulli number")
    bound = 2 * sp.factorial(m) / (2 * pi) ** m
    return known(Abs(sp.bernoulli(m, *place)), "gt", bound, integer(m / 2), at_least(m, 2))


@ESTIMATES.rule("Bernoulli number by its order")
def bernoulli_by_its_order(m: Expr, *place: Expr) -> Inequality:
    """``|B_m| > 4 sqrt(pi m/2) (m/(2 pi e))**m`` for an even m >= 2: the former, by Stirling."""
    demand(place in ((), (0,)), "not a Bernoulli number")
    bound = 4 * sqrt(pi * m / 2) * (m / (2 * pi * E)) ** m
    return known(Abs(sp.bernoulli(m, *place)), "gt", bound, integer(m / 2), at_least(m, 2))


@ESTIMATES.rule("sign of a Bernoulli number")
def sign_of_a_bernoulli_number(m: Expr, *place: Expr) -> Inequality:
    """``(-1)**(m/2 + 1) B_m > 0`` for an even m >= 2 (DLMF 24.2.2)."""
    demand(place in ((), (0,)), "not a Bernoulli number")
    number = (-1) ** (m / 2 + 1) * sp.bernoulli(m, *place)
    return known(number, "gt", 0, integer(m / 2), at_least(m, 2))


@ESTIMATES.rule("polynomial on the imaginary axis")
def polynomial_on_the_imaginary_axis(term: Expr) -> Inequality:
    """``|p(z)| <= |p(i |z|)|`` for an odd or even p whose coefficients alternate in sign.

    Legendre's and Chebyshev's polynomials are such (DLMF 18.5.10, 18.5.11); n >= 0, for in the
    modulus of Legendre's SymPy takes the parity for that of n, whatever n is.
    """
    demand(isinstance(term, sp.legendre | sp.chebyshevt | sp.chebyshevu), f"{term} is not such")
    n, z = term.args
    bound = Abs(term.func(n, sp.I * Abs(z)))
    return known(Abs(term), "le", bound, integer(n), nonnegative(n))


@ESTIMATES.rule("polynomial by a power")
def polynomial_by_a_power(term: Expr) -> Inequality:
    """``|p_n(z)| <= (|z| + sqrt(1 + |z|**2))**n`` for n >= 0, p_n Legendre's or Chebyshev's T_n.

    Both are means of n-th powers of ``z + c sqrt(z**2 - 1)`` with |c| <= 1 (DLMF 18.10.1, 18.5.1).
    """
    demand(isinstance(term, sp.legendre | sp.chebyshevt), f"{term} is not such a polynomial")
    n, z = term.args
    bound = (Abs(z) + sqrt(1 + Abs(z) ** 2)) ** n
    return known(Abs(term), "le", bound, integer(n), nonnegative(n))


@ESTIMATES.rule("Turan's inequality")
def turan(n: Expr, x: Expr) -> Inequality:
    """``P_n(x)**2 > P_(n-1)(x) P_(n+1)(x)`` for n >= 1 and -1 < x < 1 (DLMF 18.14.8)."""
    neighbours = sp.legendre(n - 1, x) * sp.legendre(n + 1, x)
    inside = (Relation(x, "gt", S.NegativeOne), Relation(x, "lt", S.One))
    return known(sp.legendre(n, x) ** 2, "gt", neighbours, integer(n), at_least(n, 1), *inside)


@ESTIMATES.rule("zeta from below")
def zeta_from_below(s: Expr) -> Inequality:
    """``zeta(s) > 1/(s - 1)`` for s > 1: the integral of x**(-s), compared with the sum."""
    return known(sp.zeta(s), "gt", 1 / (s - 1), Relation(s, "gt", S.One))


@ESTIMATES.rule("zeta from above")
def zeta_from_above(s: Expr) -> Inequality:
    """``zeta(s) < s/(s - 1)`` for s > 1: the integral of x**(-s), compared with the sum."""
    return known(sp.zeta(s), "lt", s / (s - 1), Relation(s, "gt", S.One))


@ESTIMATES.rule("modulus of zeta")
def modulus_of_zeta(s: Expr) -> Inequality:
    """``|zeta(s)| <= zeta(re s)`` for re s > 1, term by term."""
    return known(Abs(sp.zeta(s)), "le", sp.zeta(re(s)), Relation(re(s), "gt", S.One))


@ESTIMATES.rule("imaginary part of Lambert's function")
def imaginary_part_of_lambert(z: Expr) -> Inequality:
    """``|im W(z)| < pi`` on the principal branch (DLMF 4.13, its range)."""
    return known(Abs(im(sp.LambertW(z))), "lt", pi)


@ESTIMATES.rule("Lambert's function from above")
def lambert_from_above(x: Expr) -> Inequality:
    """``W(x) <= log(x) - log(log(x))/2`` for x >= e.

    A. Hoorfar, M. Hassani, "Inequalities on the Lambert W function", JIPAM 9 (2008).
    """
    bound = log(x) - log(log(x)) / 2
    return known(sp.LambertW(x), "le", bound, at_least(x, E))


@ESTIMATES.rule("Lambert's function from below")
def lambert_from_below(x: Expr) -> Inequality:
    """``W(x) >= log(x) - log(log(x))`` for x >= e (Hoorfar, Hassani, as above)."""
    return known(sp.LambertW(x), "ge", log(x) - log(log(x)), at_least(x, E))


def tail(x: Expr, under_the_root: Expr) -> Expr:
    """Return ``2 exp(-x**2)/(sqrt(pi) (x + sqrt(x**2 + under_the_root)))``."""
    return 2 * exp(-(x**2)) / (sqrt(pi) * (x + sqrt(x**2 + under_the_root)))


@ESTIMATES.rule("complementary error function from above")
def erfc_from_above(x: Expr) -> Inequality:
    """``erfc(x) <= 2 exp(-x**2)/(sqrt(pi) (x + sqrt(x**2 + 4/pi)))`` for x >= 0 (DLMF 7.8.2)."""
    return known(sp.erfc(x), "le", tail(x, 4 / pi), nonnegative(x))


@ESTIMATES.rule("complementary error function from below")
def erfc_from_below(x: Expr) -> Inequality:
    """``erfc(x) > 2 exp(-x**2)/(sqrt(pi) (x + sqrt(x**2 + 2)))`` for x >= 0 (DLMF 7.8.2)."""
    return known(sp.erfc(x), "gt", tail(x, S(2)), nonnegative(x))
