"""Integrals between complex ends, and with complex parameters: what is proved, and what is not."""

from __future__ import annotations

import random
from typing import Any

import mpmath
import pytest
import sympy as sp
from forging import SHORT_AND_LONG
from sympy import Expr, I, Integral, Interval, S, exp, oo, pi, re

from proofcheck import finiteness, kernel
from proofcheck.continuity import NotContinuous, continuity, straightened
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.integrals import Integrals
from proofcheck.identities import instance, integrands
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import AnyOf, Condition, Defined, Member, Relation

x, t = sp.Symbol("x"), sp.Symbol("t", real=True)
a, b, c, s, z = sp.symbols("a b c s z", complex=True)
r = sp.Symbol("r", real=True)
ALL = (*(Variable(symbol, S.Complexes) for symbol in (a, b, c, s, z)), Variable(r, S.Reals))


def over(*assumed: Condition) -> Context:
    return Context(ALL, assumed)


def right(expression: Expr, least: int = 0) -> Condition:
    return Relation(re(expression), "gt", S(least))


def proved(lhs: Expr, rhs: Expr, *assumed: Condition, seconds: float = 8) -> bool:
    owed = Obligation("conclusion", Relation(lhs, "eq", sp.sympify(rhs)), over(*assumed))
    found = Integrals().prove(owed, Budget.lasting(seconds))
    if found is None:
        return False
    kernel.prove(owed, found)
    return True


OFF = Member(z, Interval(-oo, 0), negated=True)
TURNED = tuple(Member(I * z, cut, negated=True) for cut in (Interval(-oo, -1), Interval(1, oo)))
LOGARITHM, ARCTANGENT = Integral(1 / x, (x, 1, z)), Integral(1 / (1 + x**2), (x, 0, z))

TRUE: list[tuple[Any, ...]] = [
    (Integral(exp(x), (x, a, b)), exp(b) - exp(a)),
    (Integral(x**2, (x, a, b)), (b**3 - a**3) / 3),
    (LOGARITHM, sp.log(z), OFF),
    (ARCTANGENT, sp.atan(z), *TURNED),
    (Integral(exp(-a * x), (x, z, oo)), exp(-a * z) / a, right(a)),
    (Integral(exp(-(x**2)), (x, z, oo)), sp.sqrt(pi) * sp.erfc(z) / 2),
    (Integral(t ** (s - 1) * exp(-t), (t, 0, oo)), sp.gamma(s), right(s)),
    (Integral(t ** (s - 1) * exp(-a * t), (t, 0, oo)), sp.gamma(s) * a ** (-s), right(s), right(a)),
    (Integral(t ** (s - 1) * exp(-a * t) / (1 - exp(-t)), (t, 0, oo)),
     sp.gamma(s) * sp.zeta(s, a), right(s, 1), right(a)),
    (Integral(t ** (s - 1) / (exp(t) - 1), (t, 0, oo)), sp.gamma(s) * sp.zeta(s), right(s, 1)),
    (Integral(exp(-t) * sp.log(t), (t, 0, oo)), -S.EulerGamma),
    (Integral((3 * t + a) ** (-s), (t, 0, oo)), a ** (1 - s) / (3 * (s - 1)), right(s, 1),
     right(a)),
]  # fmt: skip


@pytest.mark.parametrize("case", TRUE, ids=lambda case: str(case[0]))
def test_what_is_proved(case: tuple[Any, ...]) -> None:
    assert proved(*case)


FALSE: list[tuple[Any, ...]] = [
    (Integral(exp(x), (x, a, b)), exp(a) - exp(b)),
    (Integral(exp(2 * x), (x, a, b)), exp(2 * b) - exp(2 * a)),
    (LOGARITHM, sp.log(z)),
    (LOGARITHM, sp.log(z), Relation(z, "ne", S.Zero)),
    (LOGARITHM, sp.log(z), Member(z, Interval(-1, 0), negated=True)),
    (LOGARITHM, sp.log(z) + 2 * pi * I, OFF),
    (Integral(1 / x, (x, -1, z)), sp.log(z) - sp.log(-1), OFF),
    (Integral(1 / x, (x, a, b)), sp.log(b) - sp.log(a), Relation(a * b, "ne", S.Zero)),
    (ARCTANGENT, sp.atan(z)),
    (ARCTANGENT, sp.atan(z), TURNED[0]),
    (ARCTANGENT, sp.atan(z), TURNED[1]),
    (ARCTANGENT, sp.atan(z), OFF),
    (Integral(sp.sqrt(x), (x, a, b)), S(2) / 3 * (b ** (S(3) / 2) - a ** (S(3) / 2))),
    (Integral(exp(-a * x), (x, z, oo)), exp(-a * z) / a, Relation(a, "ne", S.Zero)),
    (Integral(exp(-a * x), (x, z, oo)), exp(-a * z) / a, Relation(re(a), "ge", S.Zero)),
    (Integral(exp(-a * x), (x, z, oo)), exp(a * z) / a, right(a)),
    (Integral(exp(-(x**2)), (x, z, oo)), sp.sqrt(pi) * sp.erfc(-z) / 2),
    (Integral(exp(-a * t**2), (t, 0, oo)), sp.sqrt(pi / a) / 2),
    (Integral(t ** (s - 1) * exp(-t), (t, 0, oo)), sp.gamma(s)),
    (Integral(t**s * exp(-t), (t, 0, oo)), sp.gamma(s), right(s)),
    (Integral(t ** (s - 1) * exp(-a * t) / (1 - exp(-t)), (t, 0, oo)),
     sp.gamma(s) * sp.zeta(s, a), right(s), right(a)),
    (Integral(t ** (s - 1) * exp(-a * t) / (1 - exp(-t)), (t, 0, oo)),
     sp.gamma(s) * sp.zeta(s, a + 1), right(s, 1), right(a)),
    (Integral(t ** (s - 1) / (exp(t) + 1), (t, 0, oo)), sp.gamma(s) * sp.zeta(s), right(s, 1)),
    (Integral(exp(-t) * sp.log(t), (t, 0, oo)), S.EulerGamma),
    (Integral((3 * t + a) ** (-s), (t, 0, oo)), a ** (1 - s) / (3 * (s - 1)), right(s, 1)),
    (Integral((3 * t + a) ** (-s), (t, 0, oo)), a ** (1 - s) / (3 * (s - 1)), right(s), right(a)),
]  # fmt: skip


@pytest.mark.parametrize("case", FALSE, ids=str)
@pytest.mark.parametrize("seconds", SHORT_AND_LONG)
def test_what_is_not(case: tuple[Any, ...], seconds: float) -> None:
    assert not proved(*case, seconds=seconds)


def test_a_straight_path_has_a_real_variable_of_its_own() -> None:
    segment = straightened(Integral(x * t, (x, a, b + t)))
    ((along, low, high),) = segment.limits
    assert along.is_real
    assert along not in (x, t)
    assert (low, high) == (0, 1)
    assert sp.expand(segment.function - (a + (b + t - a) * along) * t * (b + t - a)) == 0
    ray = straightened(Integral(exp(-x), (x, a, oo)))
    assert ray == Integral(exp(-a - ray.limits[0][0]), (ray.limits[0][0], 0, oo))
    back = straightened(Integral(exp(x), (x, -oo, a)))
    assert back == Integral(exp(a - back.limits[0][0]), (back.limits[0][0], 0, oo))


@pytest.mark.parametrize("limits", [
    (x,), (x, a), (x, -oo, oo), (x, oo, 0), (x, 0, -oo), (x, a, S.ComplexInfinity),
], ids=str)  # fmt: skip
def test_there_is_no_straight_path(limits: Any) -> None:
    with pytest.raises(NotContinuous):
        straightened(Integral(exp(-(x**2)), limits))


def test_an_integrand_does_not_capture_the_ends() -> None:
    inner = Integral(Integral(x * s, (s, 0, 1)), (x, s, b))
    with pytest.raises(NotContinuous):
        straightened(inner)


POINTS = {
    "gamma integral": (t ** (s - 1) * exp(-a * t ** S(2)), (S.One, s, a, S(2))),
    "half a Gaussian integral": (exp(-a * t**2 + c * t), (S.One, a, c)),
    "gamma integral with a logarithm": (
        t ** (s - 1) * exp(-a * t) * sp.log(t), (S.One, s, a)),
    "integral of a power": ((2 * t + a) ** (-s - 1), (S.One, S(2), a, s + 1)),
    "Hurwitz's integral": (t**s * exp(-a * t) / (1 - exp(-t)), (S.One, s + 1, a)),
}  # fmt: skip


@pytest.mark.parametrize("rule", POINTS)
def test_values_against_quadrature(rule: str) -> None:
    function, arguments = POINTS[rule]
    value = instance(rule, (Integral(function, (t, 0, oo)), *arguments)).replacement
    drawn = random.Random(7)
    with mpmath.workdps(40):
        for _ in range(2):
            at = {
                symbol: mpmath.mpc(drawn.uniform(1, 3), drawn.uniform(-1.5, 1.5))
                for symbol in (a, s)
            }
            at[c] = mpmath.mpc(drawn.uniform(-2, 2), drawn.uniform(-2, 2))
            names = list(at)
            integrand = sp.lambdify([t, *names], function, "mpmath")
            inside = sp.lambdify(names, value, "mpmath")(*at.values())
            ends = [0, 0.5, 1, 2, 4, 8, 16, 32, mpmath.inf]
            numeric = mpmath.quad(lambda u, f=integrand: f(u, *at.values()), ends)  # noqa: B023
            assert abs(numeric - inside) < mpmath.mpf(10) ** -28 * (1 + abs(inside))


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("order", [0, 1, 2, 3])
def test_geometric_series_against_quadrature(sign: int, order: int) -> None:
    if order < (1 if sign == 1 else 0):
        return
    drawn = random.Random(11)
    rule = "integral of a geometric series"
    for _ in range(2):
        start, k = sp.Rational(drawn.randint(2, 9), 3), sp.Rational(drawn.randint(2, 9), 3)
        start += I * drawn.choice([0, 1, 2])
        function = t ** (start - 1) * sp.log(t) ** order / (1 - sign * t**k)
        integral = Integral(function, (t, 0, 1))
        value = instance(rule, (integral, S.One, start, k, sp.Integer(order), sp.Integer(sign)))
        with mpmath.workdps(40):
            integrand = sp.lambdify(t, function, "mpmath")
            numeric = mpmath.quad(integrand, [0, 0.1, 0.5, 0.9, 1])
            expected = mpmath.mpmathify(sp.N(value.replacement, 35))
            assert abs(numeric - expected) < mpmath.mpf(10) ** -28


@pytest.mark.parametrize(("integral", "value", "holds"), [
    (Integral(sp.log(x) / (1 + x**2), (x, 0, 1)), -S.Catalan, True),
    (Integral(sp.log(x) / (1 + x**2), (x, 0, 1)), S.Catalan, False),
    (Integral(sp.log(x) / (1 + x), (x, 0, 1)), -(pi**2) / 12, True),
    (Integral(sp.log(x) / (1 - x), (x, 0, 1)), -(pi**2) / 6, True),
    (Integral(sp.log(x) / (1 - x), (x, 0, 1)), -(pi**2) / 12, False),
    (Integral(sp.log(x) ** 2 / (1 - x), (x, 0, 1)), 2 * sp.zeta(3), True),
    (Integral(sp.log(x) ** 2 / (1 - x), (x, 0, 1)), sp.zeta(3), False),
    (Integral(x ** (r - 1) * sp.log(x) / (1 - x), (x, 0, 1)), -sp.polygamma(1, r), False),
], ids=str)  # fmt: skip
def test_integrals_of_geometric_series(integral: Expr, value: Expr, holds: bool) -> None:
    assert proved(integral, value, seconds=8 if holds else 0.6) == holds


def test_a_geometric_series_without_a_logarithm_diverges() -> None:
    integral = Integral(1 / (1 - t), (t, 0, 1))
    conditions = instance(
        "integral of a geometric series", (integral, S.One, S.One, S.One, S.Zero, S.One)
    ).conditions
    assert Relation(S.Zero, "ge", S.One) in conditions
    assert not finiteness.evident(Defined(integral), over())


def test_a_known_integral_converges_where_its_conditions_hold() -> None:
    integral = Integral(t ** (s - 1) * exp(-a * t) / (1 - exp(-t)), (t, 0, oo))
    assert finiteness.evident(Defined(integral), over(right(s, 1), right(a)))
    assert not finiteness.evident(Defined(integral), over(right(s), right(a)))
    assert not finiteness.evident(Defined(integral), over(right(s, 1)))
    assert "Hurwitz's integral" in {name for name, _ in integrands.proposals(integral)}


def test_segments_keep_off_what_stars_keep_off() -> None:
    along = Interval(0, 1)
    inside = over(OFF).including(r, along)
    assert finiteness.evident(Relation(1 + r * (z - 1), "ne", S.Zero), inside)
    assert finiteness.evident(Member(1 + r * (z - 1), Interval(-oo, 0), True), inside)
    assert not finiteness.evident(Relation(S.Half + r * (z - 1), "ne", S.Zero), inside)
    assert not finiteness.evident(Relation(1 + r * (z - 2), "ne", S.Zero), inside)
    longer = over(OFF).including(r, Interval(0, 2))
    assert not finiteness.evident(Relation(1 + r * (z - 1), "ne", S.Zero), longer)
    turned = over(*TURNED).including(r, along)
    for cut in (Interval(-oo, -1), Interval(1, oo)):
        assert finiteness.evident(Member(I * r * z, cut, True), turned)
        assert not finiteness.evident(Member(r * z, cut, True), turned)
    assert finiteness.evident(Relation(1 + r**2 * z**2, "ne", S.Zero), turned)
    assert not finiteness.evident(Relation(1 - r**2 * z**2, "ne", S.Zero), turned)
    assert not finiteness.evident(Relation(1 + r**2 * z**2, "ne", S.Zero), inside)


def test_the_arctangent_is_continuous_off_its_cuts() -> None:
    (found,) = continuity(sp.atan(z), frozenset({z}))
    assert isinstance(found, AnyOf)
    assert finiteness.evident(found, over(*TURNED))
    assert not finiteness.evident(found, over(TURNED[0]))
    assert not finiteness.evident(found, over(OFF))
