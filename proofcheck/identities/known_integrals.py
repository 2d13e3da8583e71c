"""Definite integrals whose values are known: gamma, Gauss, beta, Hurwitz, Bessel.  Trusted.

Every rule is about an integral that converges absolutely where its conditions hold, so that they
show it to be defined as well (``finiteness``).  Both sides are analytic in the parameters, in
domains that the conditions describe, and agree at real ones.  Source: NIST Digital Library of
Mathematical Functions (DLMF).
"""

from __future__ import annotations

from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Pow,
    S,
    atan,
    besseli,
    besselj,
    cos,
    digamma,
    erf,
    erfc,
    exp,
    expand,
    gamma,
    im,
    log,
    oo,
    pi,
    polygamma,
    re,
    sin,
    sinc,
    sqrt,
    zeta,
)  # fmt: skip

from proofcheck.continuity import throughout
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    nonzero,
    off_cut,
    positive,
    product,
    unless_true,
)
from proofcheck.identities.integrals import between, defined, parts_of
from proofcheck.relations import Condition, Relation

KNOWN_INTEGRALS = Registry()
rule = KNOWN_INTEGRALS.rule


def of_form(integral: Expr, factor: Expr, form: Expr, low: Expr, high: Expr) -> list[Condition]:
    """Return that the integrand is ``factor*form`` on the range from ``low`` to ``high``."""
    x, function, start, stop = parts_of(integral)
    demand((start, stop) == (low, high), "another range of integration")
    demand(x not in factor.free_symbols, "the factor is not constant")
    conditions = [*defined(factor)]
    if factor * form != function:
        conditions += throughout(
            x, between(low, high), (Relation(function, "eq", product([factor, form])),)
        )
    return conditions


@rule("gamma integral")
def gamma_integral(integral: Expr, factor: Expr, s: Expr, c: Expr, k: Expr) -> Equation:
    """``Integral(x**(s-1)*exp(-c*x**k), (x, 0, oo)) = gamma(s/k)*c**(-s/k)/k`` (DLMF 5.9.1).

    For positive k, and s and c of positive real part; times a constant factor.
    """
    x = parts_of(integral)[0]
    demand(x not in Add(s, c, k).free_symbols, "a parameter is not constant")
    form = product([Pow(x, s - 1), exp(-c * x**k)])
    conditions = [*defined(s, c, k), positive(re(s)), positive(re(c)), positive(k)]
    conditions += of_form(integral, factor, form, S.Zero, oo)
    value = product([factor, gamma(s / k), Pow(c, -s / k), Pow(k, S.NegativeOne)])
    return Equation(integral, 1, value, unless_true(conditions))


@rule("Gaussian integral")
def gaussian_integral(integral: Expr, factor: Expr, c: Expr, b: Expr) -> Equation:
    """``Integral(exp(-c*x**2 + b*x), (x, -oo, oo)) = sqrt(pi/c)*exp(b**2/(4*c))``.

    For c of positive real part (complete the square, DLMF 7.7.3 at 0).
    """
    x = parts_of(integral)[0]
    demand(x not in Add(c, b).free_symbols, "a parameter is not constant")
    conditions = [*defined(b, c), positive(re(c))]
    conditions += of_form(integral, factor, exp(-c * x**2 + b * x), -oo, oo)
    value = product([factor, sqrt(pi), Pow(c, -S.Half), exp(b**2 / (4 * c))])
    return Equation(integral, 1, value, unless_true(conditions))


@rule("half a Gaussian integral")
def half_gaussian_integral(integral: Expr, factor: Expr, c: Expr, b: Expr) -> Equation:
    """``Integral(exp(-c*x**2 + b*x), (x, 0, oo))`` by erfc, c of positive real part (DLMF 7.7.6).

    ``sqrt(pi/c)/2*exp(b**2/(4*c))*erfc(-b/(2*sqrt(c)))``; times a constant factor.
    """
    x = parts_of(integral)[0]
    demand(x not in Add(c, b).free_symbols, "a parameter is not constant")
    conditions = [*defined(b, c), positive(re(c))]
    conditions += of_form(integral, factor, exp(-c * x**2 + b * x), S.Zero, oo)
    root = sqrt(c)
    tail = erfc(-b / (2 * root))
    value = product([factor, sqrt(pi) / 2, 1 / root, exp(b**2 / (4 * c)), tail])
    return Equation(integral, 1, value, unless_true(conditions))


@rule("gamma integral with a logarithm")
def logarithmic_gamma_integral(integral: Expr, factor: Expr, s: Expr, c: Expr) -> Equation:
    """``Integral(x**(s-1)*exp(-c*x)*log(x), (x, 0, oo))``, the derivative in s of the gamma one.

    ``gamma(s)*c**(-s)*(digamma(s) - log(c))``, s and c of positive real part (DLMF 5.9.1, 5.9.19).
    """
    x = parts_of(integral)[0]
    demand(x not in Add(s, c).free_symbols, "a parameter is not constant")
    form = product([Pow(x, s - 1), exp(-c * x), log(x)])
    conditions = [*defined(s, c), positive(re(s)), positive(re(c))]
    conditions += of_form(integral, factor, form, S.Zero, oo)
    value = product([factor, gamma(s), Pow(c, -s), digamma(s) - log(c)])
    return Equation(integral, 1, value, unless_true(conditions))


@rule("damped cardinal sine")
def damped_sine(integral: Expr, factor: Expr, a: Expr, b: Expr, k: Expr, plain: Expr) -> Equation:
    """``Integral(exp(-a*x**k)*sinc(b*x), (x, 0, oo))``, k = 1 or 2; ``sin(b*x)/x`` if ``plain``.

    ``b`` times it is ``atan(b/a)`` for ``re(a) > |im(b)|`` (DLMF table 1.14.4), and
    ``pi/2*erf(b/(2*sqrt(a)))`` for ``re(a) > 0`` (7.7.6 integrated: the derivative in b is the
    integral of ``exp(-a*x**2)*cos(b*x)``).  Without ``plain`` b is not zero.
    """
    x = parts_of(integral)[0]
    demand(x not in Add(a, b).free_symbols, "a parameter is not constant")
    demand(k in (1, 2) and plain in (0, 1), "the power is 1 or 2")
    wave = sin(b * x) / x if plain == 1 else sinc(b * x)
    conditions = [*defined(a, b), positive(re(a))]
    if k == 1:
        conditions.append(Relation(re(a), "gt", Abs(im(b))))
    if plain == 0:
        conditions.append(nonzero(b))
    conditions += of_form(integral, factor, product([exp(-a * x**k), wave]), S.Zero, oo)
    value = atan(b / a) if k == 1 else pi / 2 * erf(b / (2 * sqrt(a)))
    scale = S.One if plain == 1 else 1 / b
    return Equation(integral, 1, product([factor, scale, value]), unless_true(conditions))


@rule("integral of a power")
def power_integral(integral: Expr, factor: Expr, a: Expr, b: Expr, s: Expr) -> Equation:
    """``Integral((a*x + b)**(-s), (x, 0, oo)) = b**(1-s)/(a*(s-1))``.

    For positive a, b off the cut, the real part of s above 1: an elementary antiderivative.
    """
    x = parts_of(integral)[0]
    demand(x not in Add(a, b, s).free_symbols, "a parameter is not constant")
    conditions = [*defined(a, b, s), positive(a), off_cut(b), Relation(re(s), "gt", S.One)]
    conditions += of_form(integral, factor, Pow(a * x + b, -s), S.Zero, oo)
    value = product([factor, Pow(b, 1 - s), 1 / (a * (s - 1))])
    return Equation(integral, 1, value, unless_true(conditions))


@rule("Hurwitz's integral")
def hurwitz_integral(integral: Expr, factor: Expr, s: Expr, a: Expr) -> Equation:
    """``Integral(x**(s-1)*exp(-a*x)/(1 - exp(-x)), (x, 0, oo)) = gamma(s)*zeta(s, a)``.

    The real part of s above 1, that of a above 0 (DLMF 25.11.25); times a constant factor.
    """
    x = parts_of(integral)[0]
    demand(x not in Add(s, a).free_symbols, "a parameter is not constant")
    form = product([Pow(x, s - 1), exp(-a * x), 1 / (1 - exp(-x))])
    conditions = [*defined(s, a), Relation(re(s), "gt", S.One), positive(re(a))]
    conditions += of_form(integral, factor, form, S.Zero, oo)
    value = product([factor, gamma(s), zeta(s) if a == 1 else zeta(s, a)])
    return Equation(integral, 1, value, unless_true(conditions))


@rule("integral of a geometric series")
def geometric_integral(
    integral: Expr, factor: Expr, s: Expr, k: Expr, m: Expr, sign: Expr
) -> Equation:
    """``Integral(x**(s-1)*log(x)**m/(1 - q*x**k), (x, 0, 1))``, q = 1 or -1, term by term.

    The sum of ``(-1)**m*m!*q**j/(s + k*j)**(m+1)`` over j, by polygammas of order m (DLMF 5.15.1,
    5.9.16): the real part of s and k positive, m an integer, at least 0, or 1 if q = 1.
    """
    x = parts_of(integral)[0]
    demand(x not in Add(s, k, m).free_symbols, "a parameter is not constant")
    demand(sign in (1, -1), "the sign is 1 or -1")
    form = product([Pow(x, s - 1), Pow(log(x), m), 1 / (1 - sign * x**k)])
    least = S.One if sign == 1 else S.Zero
    conditions = [*defined(s, k, m), positive(re(s)), positive(k), integer(m)]
    conditions += [Relation(m, "ge", least)]
    conditions += of_form(integral, factor, form, S.Zero, S.One)
    if sign == 1:
        value = -polygamma(m, s / k) / k ** (m + 1)
    else:
        middle, start = (s + k) / (2 * k), s / (2 * k)
        value = (polygamma(m, middle) - polygamma(m, start)) / (2 * k) ** (m + 1)
    return Equation(integral, 1, product([factor, value]), unless_true(conditions))


@rule("beta integral")
def beta_integral(integral: Expr, factor: Expr, a: Expr, b: Expr) -> Equation:
    """``Integral(x**(a-1)*(1-x)**(b-1), (x, 0, 1)) = gamma(a)*gamma(b)/gamma(a+b)`` (DLMF 5.12.1).

    For a and b of positive real part; times a constant factor.
    """
    x = parts_of(integral)[0]
    demand(x not in Add(a, b).free_symbols, "a parameter is not constant")
    form = product([Pow(x, a - 1), Pow(1 - x, b - 1)])
    conditions = [*defined(a, b), positive(re(a)), positive(re(b))]
    conditions += of_form(integral, factor, form, S.Zero, S.One)
    value = product([factor, gamma(a), gamma(b), Pow(gamma(a + b), S.NegativeOne)])
    return Equation(integral, 1, value, unless_true(conditions))


@rule("Bessel's integral")
def bessel_integral(integral: Expr) -> Equation:
    """``Integral(cos(n*t - z*sin(t)), (t, 0, pi)) = pi*J_n(z)`` for integers n (DLMF 10.9.2).

    ``Integral(exp(z*cos(t))*cos(n*t), (t, 0, pi)) = pi*I_n(z)`` (DLMF 10.32.3).
    """
    t, function, low, high = parts_of(integral)
    demand((low, high) == (0, pi), "it does not run from 0 to pi")
    factors = Mul.make_args(function)
    wave = next((f for f in factors if isinstance(f, cos)), None)
    if wave is None:
        raise Inapplicable(f"{function} has no cosine")
    inside = expand(wave.args[0])
    n, z = inside.coeff(t), -inside.coeff(sin(t))
    if function == wave:
        demand(expand(n * t - z * sin(t) - inside) == 0, f"{function} is not Bessel's")
        value = besselj(n, z)
    else:
        growth = next((f for f in factors if isinstance(f, exp)), exp(S.Zero))
        z = growth.as_base_exp()[1].coeff(cos(t))
        demand(function == exp(z * cos(t)) * wave, f"{function} is not Bessel's")
        demand(expand(n * t - inside) == 0, f"{function} is not Bessel's")
        value = besseli(n, z)
    demand(t not in n.free_symbols | z.free_symbols, "a parameter that moves")
    return Equation(integral, 1, pi * value, unless_true([integer(n)]))
