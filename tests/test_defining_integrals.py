"""Bessel functions and elliptic integrals by their integrals: the rules against quadrature."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
import sympy as sp
from flint import acb, arb, ctx

from proofcheck import balls
from proofcheck.identities import instance
from proofcheck.identities.equations import Inapplicable
from proofcheck.relations import Member, Relation

n, z = sp.Symbol("n", integer=True), sp.Symbol("z")
t, y, phi = (sp.Symbol(name, real=True) for name in ("t", "y", "phi"))
w = sp.Symbol("w")


def close(difference: Any) -> bool:
    """Tell whether a constant is zero, as far as a ball of small radius says."""
    ball = balls.enclose(difference, {}, 64)
    return bool(ball.contains(0) and abs(ball) < 1e-6)


@pytest.mark.parametrize(("function", "value"), [
    (sp.cos(n * t - z * sp.sin(t)), sp.besselj(n, z)), (sp.cos(n * t), sp.besselj(n, 0)),
    (sp.cos(t - 2 * sp.sin(t)), sp.besselj(1, 2)),
    (sp.exp(z * sp.cos(t)) * sp.cos(n * t), sp.besseli(n, z)),
], ids=str)  # fmt: skip
def test_bessels_integrals(function: Any, value: Any) -> None:
    integral = sp.Integral(function, (t, 0, sp.pi))
    equation = instance("Bessel's integral", (integral,))
    assert equation.replacement == sp.pi * value
    for order in (-2, 0, 3):
        at = {n: order, z: sp.Rational(4, 3)}
        assert close((integral - equation.replacement).subs(at))


@pytest.mark.parametrize("integral", [
    sp.Integral(sp.cos(n * t - z * sp.sin(t)), (t, 0, sp.pi / 2)),
    sp.Integral(sp.sin(n * t - z * sp.sin(t)), (t, 0, sp.pi)),
    sp.Integral(sp.cos(n * t - z * sp.cos(t)), (t, 0, sp.pi)),
    sp.Integral(sp.cos(n * t - t * sp.sin(t)), (t, 0, sp.pi)),
    sp.Integral(sp.exp(z * sp.sin(t)) * sp.cos(n * t), (t, 0, sp.pi)),
    sp.Integral(2 * sp.exp(z * sp.cos(t)) * sp.cos(n * t), (t, 0, sp.pi)),
    sp.Integral(sp.exp(z * sp.cos(t) + 1) * sp.cos(n * t), (t, 0, sp.pi)),
], ids=str)  # fmt: skip
def test_integrals_that_are_not_bessels(integral: Any) -> None:
    with pytest.raises(Inapplicable):
        instance("Bessel's integral", (integral,))


def test_bessels_order_is_an_integer() -> None:
    integral = sp.Integral(sp.cos(z * t - sp.sin(t)), (t, 0, sp.pi))
    assert Member(z, sp.S.Integers) in instance("Bessel's integral", (integral,)).conditions


LEGENDRE = [
    (1 / sp.sqrt(1 - z * sp.sin(t) ** 2), phi, sp.elliptic_f(phi, z)),
    (sp.sqrt(1 - z * sp.sin(t) ** 2), phi, sp.elliptic_e(phi, z)),
    (1 / sp.sqrt(1 - z * sp.sin(t) ** 2) / (1 - y * sp.sin(t) ** 2), phi,
     sp.elliptic_pi(y, phi, z)),
    (1 / sp.sqrt(1 - z * sp.sin(t) ** 2), sp.pi / 2, sp.elliptic_k(z)),
    (sp.sqrt(1 - z * sp.sin(t) ** 2), sp.pi / 2, sp.elliptic_e(z)),
    (1 / sp.sqrt(1 - z * t**2) / sp.sqrt(1 - t**2), sp.S.One, sp.elliptic_k(z)),
]  # fmt: skip


@pytest.mark.parametrize(("function", "high", "value"), LEGENDRE, ids=str)
def test_legendres_integrals(function: Any, high: Any, value: Any) -> None:
    integral = sp.Integral(function, (t, 0, high))
    equation = instance("Legendre's integral", (integral,))
    assert equation.replacement == value
    second_kind = isinstance(value, sp.elliptic_e)
    off_the_cut = Member(z, sp.Interval(1, sp.oo), negated=True)
    assert second_kind or off_the_cut in equation.conditions
    places = [(sp.S(3) + 2 * sp.I, sp.S(-1)), (sp.S(-2), sp.S.Half), (sp.S(2) - sp.I / 5, sp.S.One)]
    for m, amplitude in places:
        at = {z: m, phi: amplitude, y: sp.S(-1) / 3}
        assert high == 1 or close((integral - value).subs(at))


@pytest.mark.parametrize("integral", [
    sp.Integral(1 / sp.sqrt(1 + z * sp.cos(t) ** 2), (t, 0, phi)),
    sp.Integral(1 / sp.sqrt(2 - z * sp.sin(t) ** 2), (t, 0, phi)),
    sp.Integral(2 / sp.sqrt(1 - z * sp.sin(t) ** 2), (t, 0, phi)),
    sp.Integral(1 / sp.sqrt(1 - z * sp.sin(t) ** 2), (t, 1, phi)),
    sp.Integral(1 / sp.sqrt(1 - t * sp.sin(t) ** 2), (t, 0, phi)),
    sp.Integral(t / sp.sqrt(1 - z * sp.sin(t) ** 2), (t, 0, phi)),
    sp.Integral(1 / sp.sqrt(1 - z * sp.sin(2 * t) ** 2), (t, 0, phi)),
    sp.Integral(1 / sp.sqrt(1 - z * t**2) / sp.sqrt(1 - t**2), (t, 0, 2)),
], ids=str)  # fmt: skip
def test_integrals_that_are_not_legendres(integral: Any) -> None:
    with pytest.raises(Inapplicable):
        instance("Legendre's integral", (integral,))


def test_the_amplitude_is_real_and_small() -> None:
    integral = sp.Integral(sp.sqrt(1 - z * sp.sin(t) ** 2), (t, 0, w))
    conditions = instance("Legendre's integral", (integral,)).conditions
    assert Member(w, sp.S.Reals) in conditions
    assert Relation(w, "le", sp.pi / 2) in conditions
    assert Relation(w, "ge", -sp.pi / 2) in conditions


@pytest.mark.parametrize("amplitude", [sp.S.One, sp.S(-6) / 5, sp.pi / 2])
@pytest.mark.parametrize("m", [sp.S(2), sp.S(5), sp.S.One])
def test_the_second_kind_on_the_cut(amplitude: Any, m: Any) -> None:
    integral = sp.Integral(sp.sqrt(1 - m * sp.sin(t) ** 2), (t, 0, amplitude))
    value = instance("Legendre's integral", (integral,)).replacement
    with mpmath.workdps(40):
        branch, end = mpmath.asin(1 / mpmath.sqrt(int(m))), mpmath.mpf(sp.N(amplitude, 45))
        ends = [0, branch if end > 0 else -branch, end] if branch < abs(end) else [0, end]
        numeric = mpmath.quad(lambda u: mpmath.sqrt(1 - int(m) * mpmath.sin(u) ** 2), ends)
        found = balls.enclose(value, {}, 150)
        previous, ctx.prec = ctx.prec, 150
        apart = abs(found - acb_of(numeric)).upper()
        ctx.prec = previous
    assert apart < 1e-30


def acb_of(number: Any) -> acb:
    """Return a complex number of mpmath as a ball, up to a rounding error."""
    number = mpmath.mpc(number)
    with mpmath.workdps(40):
        return acb(*(arb(mpmath.nstr(part, 38)) for part in (number.real, number.imag)))
