"""balls: singular ends and places of integrals; what diverges never gets a value."""

from __future__ import annotations

import signal
from typing import Any

import mpmath
import pytest
import sympy as sp
from flint import acb, arb, ctx
from sympy import I, Integral, Rational, cos, exp, log, oo, pi, sin, sqrt

from proofcheck.balls import Undefined, Unevaluable, enclose
from proofcheck.balls.forms import suspects

x, y, m, a, s = sp.symbols("x y m a s")
PRECISION = 128


def close(found: acb, value: Any) -> bool:
    """Whether an mpmath number of 40 digits lies in the ball, up to its last digits."""
    outer, ctx.prec = ctx.prec, 200
    try:
        with mpmath.workdps(45):
            number = mpmath.mpmathify(value)
            parts = [arb(mpmath.nstr(part, 40)) for part in (number.real, number.imag)]
        return bool(found.overlaps(acb(*(part + arb(0, arb(10) ** -30) for part in parts))))
    finally:
        ctx.prec = outer


# What mpmath gets to 30 digits by a formula of its own.
CATALAN = mpmath.catalan
VALUES: list[tuple[Any, Any]] = [
    (Integral(x / sin(x), (x, -pi / 2, pi / 2)), lambda: 4 * CATALAN),
    (Integral(x / sin(x), (x, pi / 2, -pi / 2)), lambda: -4 * CATALAN),
    (Integral(x / (sin(x) * cos(x)), (x, 0, pi / 4)), lambda: +CATALAN),
    (
        Integral(x**x, (x, 0, 1)),
        lambda: mpmath.fsum((-1) ** (k + 1) * mpmath.mpf(k) ** -k for k in range(1, 40)),
    ),
    (Integral(log(sp.cot(x)), (x, 0, pi / 4)), lambda: +CATALAN),
    (Integral(log(2 * sin(x)), (x, 0, pi / 4)), lambda: -CATALAN / 2),
    (Integral(sp.elliptic_e(m**2), (m, 0, 1)), lambda: CATALAN + 0.5),
    (Integral(sp.elliptic_k(m**2), (m, 0, 1)), lambda: 2 * CATALAN),
    (Integral(x / (exp(x) - 1), (x, 0, oo)), lambda: mpmath.pi**2 / 6),
    (Integral(x**2 * exp(x) / (exp(x) - 1) ** 2, (x, 0, oo)), lambda: mpmath.pi**2 / 3),
    (Integral(x * sp.csch(x), (x, 0, oo)), lambda: mpmath.pi**2 / 4),
    (Integral(sp.sech(x) ** 3, (x, -oo, oo)), lambda: mpmath.pi / 2),
    (Integral(log(sp.Abs(x)), (x, -1, 1)), lambda: mpmath.mpf(-2)),
    (Integral(1 / sqrt(sp.Abs(x - 1)), (x, 0, 3)), lambda: 2 + 2 * mpmath.sqrt(2)),
    (Integral(log(x) / (x - 1), (x, 0, 2)), lambda: mpmath.pi**2 / 4),
    (Integral(log(x) ** 2 / (x - 1) ** 2, (x, 0, oo)), lambda: 2 * mpmath.pi**2 / 3),
    (
        Integral(exp(-(1 + I) * x) * sp.sinc(x), (x, 0, oo)),
        lambda: mpmath.acot(mpmath.mpc(1, 1)),
    ),
    (
        Integral(exp(-x) * (1 - cos(x)) / x, (x, 0, oo)),
        lambda: mpmath.log(2) / 2,
    ),
    (
        Integral(
            sp.chebyshevu(3, x) * sp.chebyshevu(Rational(3, 10), x) * sqrt(1 - x**2), (x, -1, 1)
        ),
        lambda: sum(  # the product of sin(4 a) and sin(1.3 a) over [0, pi]
            sign * mpmath.sin(mpmath.pi * k) / (2 * k)
            for sign, k in ((1, mpmath.mpf(27) / 10), (-1, mpmath.mpf(53) / 10))
        ),
    ),
]


@pytest.mark.parametrize("number", range(len(VALUES)))
def test_the_value_is_enclosed_and_its_neighbour_is_not(number: int) -> None:
    integral, formula = VALUES[number]
    found = enclose(integral, {}, PRECISION)
    with mpmath.workdps(45):
        value = formula()
        neighbour = value * (1 + mpmath.mpf(10) ** -12)
    assert close(found, value)
    assert not close(found, neighbour)


DIVERGENT = [
    Integral(1 / x, (x, -1, 1)),
    Integral(1 / x**2, (x, -1, 1)),
    Integral(1 / sin(x), (x, -pi / 2, pi / 2)),
    Integral(cos(x) / sin(x), (x, -1, 4)),
    Integral(1 / log(x), (x, 0, 2)),
    Integral(1 / (x * log(x)), (x, 2, oo)),
    Integral(x**2 / sin(x) ** 2, (x, -1, 4)),
    Integral(1 / (exp(x) - 1), (x, 0, oo)),
    Integral(exp(x) / (exp(x) - 1), (x, 1, oo)),
    Integral(exp(2 * x) / (exp(x) - 1) ** 2, (x, 1, oo)),
    Integral(sp.coth(x), (x, 1, oo)),
    Integral(sp.elliptic_k(m**2) / (1 - m) ** Rational(3, 2), (m, 0, 1)),
    Integral(sp.elliptic_k(m) / (1 - m), (m, 0, 1)),
    Integral(sp.elliptic_e(m) / (1 - m), (m, 0, 1)),
    Integral(sp.chebyshevu(Rational(3, 10), x) / sqrt(1 + x), (x, -1, 1)),
    Integral(exp(x) * sp.sinc(x), (x, 0, oo)),
    Integral((1 - cos(x)) / x**3, (x, 0, 1)),
    Integral(1 / (exp(x) - exp(2 * x - 1)), (x, 0, oo)),
    Integral(sp.cot(x), (x, 0, 1)),
]


@pytest.mark.parametrize("integral", DIVERGENT)
def test_what_diverges_has_no_value(integral: Any) -> None:
    with pytest.raises((Undefined, Unevaluable)):
        enclose(integral, {}, 64)


def test_growth_is_taken_out_of_a_denominator() -> None:
    value = Integral((a - sp.S.Half + I * x) ** (1 - s) / sp.cosh(pi * x) ** 2, (x, -oo, oo))
    found = enclose(pi / (2 * (s - 1)) * value, {a: 1 + I, s: 2 + I}, PRECISION)
    with mpmath.workdps(45):
        assert close(found, mpmath.zeta(mpmath.mpc(2, 1), mpmath.mpc(1, 1)))


def test_the_bound_of_elliptic_k_near_its_end_holds() -> None:
    """log 4 <= K(m) + log(1 - m)/2 <= pi/2 (DLMF 19.9.1)."""
    with mpmath.workdps(80):
        for k in range(1, 150):
            value = mpmath.ellipk(1 - mpmath.mpf(2) ** -k) - k * mpmath.log(2) / 2
            slack = mpmath.mpf(10) ** -35
            assert mpmath.log(4) - slack <= value <= mpmath.pi / 2 + slack


def test_a_place_is_found_at_which_an_integrand_is_singular() -> None:
    assert sp.S.Zero in suspects(x / sin(x), x)
    assert pi in suspects(sin(x) / (x - pi), x)
    assert {sp.S.One, -sp.S.One} <= set(suspects(1 / sqrt(x**2 - 1), x))
    assert suspects(x**2 + sin(x), x) == ()


def test_a_path_across_a_cut_is_split_there() -> None:
    root = Integral(sqrt(x), (x, a, s))
    with mpmath.workdps(45):
        ends = mpmath.mpc(-1, 1), mpmath.mpc(-2, -1)
        side = 2 * mpmath.mpc(0, -1) * mpmath.mpf(1.5) ** mpmath.mpf(1.5) / 3  # at -3/2, above
        primitive = [2 * end ** mpmath.mpf(1.5) / 3 for end in ends]
        value = side - primitive[0] + primitive[1] + side
    found = enclose(root, {a: -1 + I, s: -2 - I}, PRECISION)
    assert close(found, value)
    assert not close(found, primitive[1] - primitive[0])


def test_an_interruption_leaves_a_quadrature() -> None:
    """A timer's exception is raised again, although C goes on after it."""
    before = signal.signal(signal.SIGALRM, interrupted)
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        with pytest.raises((TimeoutError, SystemError)):  # the latter between two evaluations
            enclose(Integral(sp.zeta(x) * sp.airyai(x), (x, 2 - I, 40 + 90 * I)), {}, 2048)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def interrupted(number: int, frame: object) -> None:
    raise TimeoutError


DERIVATIVES: list[tuple[Any, dict[Any, Any], Any]] = [
    (sp.Subs(sp.Derivative(sp.sinc(x), (x, 2)), x, 0), {}, lambda: -mpmath.mpf(1) / 3),
    (sp.Subs(sp.Derivative(sp.sinc(x), (x, 3)), x, 0), {}, lambda: mpmath.mpf(0)),
    (
        sp.Subs(sp.Derivative(sp.hyper((a,), (2,), s), (a, 1)), a, 1),
        {s: 1 + I},
        lambda: mpmath.diff(lambda u: mpmath.hyp1f1(u, 2, mpmath.mpc(1, 1)), 1),
    ),
    (sp.polygamma(Rational(3, 2), x), {x: 2}, lambda: espinosa_moll(mpmath.mpf(1.5), 2)),
    (
        sp.polygamma(Rational(3, 8), x),
        {x: 1 - I / 2},
        lambda: espinosa_moll(mpmath.mpf(3) / 8, mpmath.mpc(1, -0.5)),
    ),
]


def espinosa_moll(order: Any, z: Any) -> Any:
    """(zeta'(s + 1, z) + (psi(-s) + gamma) zeta(s + 1, z))/gamma(-s)."""
    slope = mpmath.diff(lambda u: mpmath.zeta(u, z), order + 1)
    value = mpmath.zeta(order + 1, z)
    return (slope + (mpmath.psi(0, -order) + mpmath.euler) * value) * mpmath.rgamma(-order)


@pytest.mark.parametrize("number", range(len(DERIVATIVES)))
def test_derivatives_by_cauchys_formula_and_of_an_order_between(number: int) -> None:
    expression, point, formula = DERIVATIVES[number]
    found = enclose(expression, point, PRECISION)
    with mpmath.workdps(60):
        value = formula()
    assert close(found, value)
    assert not close(found, value + mpmath.mpf(10) ** -12)


@pytest.mark.parametrize(
    "expression",
    [
        sp.Subs(sp.Derivative(log(x), x), x, -1),
        sp.Subs(sp.Derivative(sp.Abs(x), x), x, 0),
        sp.Subs(sp.Derivative(sqrt(x), x), x, 0),
        sp.Subs(sp.Derivative(x * sp.Abs(x), (x, 2)), x, 0),
        sp.polygamma(Rational(3, 2), -Rational(1, 2)),
    ],
)
def test_no_derivative_where_there_is_none(expression: Any) -> None:
    with pytest.raises((Undefined, Unevaluable)):
        enclose(expression, {}, 64)
