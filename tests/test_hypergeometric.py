"""Hypergeometric sums: read rightly, and no value is claimed where they diverge or have a pole."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
from sympy import (
    Abs,
    Expr,
    Range,
    Rational,
    RisingFactorial,
    S,
    Sum,
    Symbol,
    cos,
    elliptic_f,
    exp,
    factorial,
    gamma,
    hyper,
    log,
    oo,
    pi,
    sin,
    sympify,
)

from proofcheck import finiteness
from proofcheck.definedness import needs
from proofcheck.domains import Variable
from proofcheck.hypergeometric import NotHypergeometric, recognised
from proofcheck.identities import Inapplicable, instance
from proofcheck.obligations import Context
from proofcheck.relations import AnyOf, Condition, Defined, Member, Relation

a, b, c, z, w = (Symbol(name) for name in "abczw")
x = Symbol("x", real=True)
k = Symbol("k", integer=True)
PLANE = tuple(Variable(s, S.Complexes) for s in (a, b, c, z, w))
VALUES = {a: Rational(1, 3), b: Rational(5, 7), c: Rational(3, 2), z: Rational(1, 5), w: S(2)}

READ = [
    (RisingFactorial(a, k) * RisingFactorial(b, k) / gamma(c + k) * z**k / factorial(k), 0),
    (z**k / RisingFactorial(a, k) / factorial(k), 0),
    ((-1) ** k * z ** (2 * k + 1) / factorial(2 * k + 1), 0),
    (z**k / k, 1),
    ((k + a) ** 2 * z**k, 0),
    ((-1) ** k / (2 * k + 1) ** 3, 0),
    (1 / (k**2 + 3 * k + 2) / 2**k, 3),
    (RisingFactorial(a, 2 * k + 1) * z ** (3 * k) / factorial(2 * k), 0),
    (exp(-k) * z**k * w ** (-k), 0),
    (gamma(2 * k + b) / (gamma(k + a) * gamma(k + c)) * (z / 5) ** k, 0),
]


@pytest.mark.parametrize(("summand", "low"), READ, ids=str)
def test_a_sum_is_its_first_summand_times_a_series(summand: Expr, low: int) -> None:
    found = recognised(Sum(summand, (k, low, oo)))
    series = found.first * hyper(found.upper, found.lower, found.argument)
    total = mpmath.mpf(0)
    for index in range(low, low + 60):
        total += mpmath.mpmathify(summand.subs(VALUES).subs(k, index).evalf(25))
    assert abs(total - mpmath.mpmathify(series.subs(VALUES).evalf(20))) < 1e-5


@pytest.mark.parametrize(
    ("summand", "low"),
    [
        (sin(k), 0),
        (z ** (k**2), 0),
        (log(k + 1), 0),
        (k * z**k, 0),  # the first summand is zero
        (1 / k, 0),
        (gamma(-k) * z**k, 0),
        (factorial(2 * k) / factorial(k) * z**k, 0),  # diverges
        (z**k / (k**2 + 1), 0),
        (z ** (k / 2), 0),
    ],
    ids=str,
)
def test_other_sums_are_left_alone(summand: Expr, low: int) -> None:
    with pytest.raises(NotHypergeometric):
        recognised(Sum(summand, (k, low, oo)))


def test_a_sum_of_several_series() -> None:
    atom = Sum(cos(a + k) * z**k / factorial(k) + z**k, (k, 0, oo))
    value = instance("sum as a hypergeometric series", (atom,)).replacement
    total = sum(atom.function.subs(VALUES).subs(k, n).evalf(20) for n in range(40))
    assert abs(total - value.subs(VALUES).evalf(20)) < 1e-12
    with pytest.raises(Inapplicable):
        instance("sum as a hypergeometric series", (Sum(z**k + z ** (k**2), (k, 0, oo)),))


RATIONAL = [
    (lambda n: 1 / n**2, 1),
    (lambda n: (-1) ** n / (2 * n + 1) ** 2, 0),
    (lambda n: (-1) ** n / (4 * n + 1), 0),
    (lambda n: 1 / ((4 * n + 1) * (4 * n + 3)), 0),
    (lambda n: (-1) ** (n + 1) / (n + 2) ** 3, 2),
    (lambda n: (-1) ** n * (n + 3) / ((n + 1) * (3 * n + 2)), 0),
    (lambda n: n / ((2 * n + 1) * (n + 3) ** 2), 1),
    (lambda n: (-1) ** (2 * n) / (n + 1) ** 2, 0),
    (lambda n: 1 / ((n - 5) * (n + 4)), 6),
]


@pytest.mark.parametrize(("summand", "low"), RATIONAL)
def test_sums_of_rational_functions(summand: Any, low: int) -> None:
    equation = instance("sum of a rational function", (Sum(summand(k), (k, low, oo)),))
    assert equation.conditions == ()
    total = mpmath.nsum(lambda n: mpmath.mpf(1) * summand(n), [low, mpmath.inf])
    assert abs(total - mpmath.mpmathify(equation.replacement.evalf(20))) < 1e-9


@pytest.mark.parametrize(
    "summand",
    [1 / k, k / (k + 1) ** 2, (-1) ** k * k / (k + 1), 1 / (k**2 + 1), z**k / k, S.One, (-1) ** k],
    ids=str,
)
def test_no_value_for_other_sums(summand: Expr) -> None:
    with pytest.raises(Inapplicable):
        instance("sum of a rational function", (Sum(summand, (k, 1, oo)),))


def test_parameters_stay_off_the_poles() -> None:
    equation = instance("sum of a rational function", (Sum(1 / (k + a) ** 2, (k, 0, oo)),))
    assert equation.conditions == (Member(a, Range(0, -oo, -1), negated=True),)


@pytest.mark.parametrize(
    "items", [(0, 2, 1), (-1, 2, 1), (1, 2), (Rational(1, 2), 2, 1), (1, 2, z)]
)
def test_a_multiplicative_relation_has_integers(items: tuple[Any, ...]) -> None:
    with pytest.raises(Inapplicable):
        instance("logarithm of a multiplicative relation", tuple(map(S, (z, *items))))


def test_a_multiplicative_relation_is_of_positive_numbers() -> None:
    equation = instance("logarithm of a multiplicative relation", (z, S(2), w, S(2)))
    assert {Relation(z, "gt", S.Zero), Relation(w, "gt", S.Zero)} <= set(equation.conditions)


def defined(term: Expr, *assumed: Condition) -> bool:
    """Tell whether the value of ``term``, and those of its parts, are known to be finite."""
    context = Context((*PLANE, Variable(x, S.Reals)), assumed)
    return all(finiteness.evident(need.condition, context) for need in needs(term))


def is_(lhs: object, operator: str, rhs: object) -> Condition:
    return Relation(sympify(lhs), operator, sympify(rhs))  # type: ignore[arg-type]


def off_poles(parameter: Expr) -> Condition:
    return Member(parameter, Range(0, -oo, -1), negated=True)


def test_where_series_have_a_value() -> None:
    power = Sum(z**k, (k, 0, oo))
    assert defined(power, is_(Abs(z), "lt", 1))
    assert not defined(power, is_(Abs(z), "le", 1))
    assert not defined(power)
    assert defined(Sum(z**k / factorial(k), (k, 0, oo)))
    assert defined(Sum(1 / (k + 1) ** 2, (k, 0, oo)))
    assert not defined(Sum(1 / (k + 1), (k, 0, oo)))
    assert defined(Sum((-1) ** k / (k + 1), (k, 0, oo)))
    assert not defined(Sum((-1) ** k, (k, 0, oo)))
    assert not defined(Sum((-1) ** k * k, (k, 1, oo)))
    assert not defined(Sum(1 / (k + 1) ** 2, (k, -1, oo)))
    assert not defined(Sum(1 / (k - 5) ** 2, (k, 0, oo)))
    assert defined(Sum(z**k / (k + a) / factorial(k), (k, 0, oo)), off_poles(a))
    assert not defined(Sum(z**k / (k + a) / factorial(k), (k, 0, oo)), is_(a, "ne", 0))
    assert defined(Sum(1 / (k + 1) - 1 / (k + a), (k, 0, oo)), off_poles(a))
    assert not defined(Sum(1 / (k + 1) - 1 / (k + a), (k, 0, oo)))
    assert not defined(Sum(1 / (k + 1) + 1 / (k + a), (k, 0, oo)), off_poles(a))
    assert not defined(Sum(1 / (k + 1) - b / (k + a), (k, 0, oo)), off_poles(a))
    assert defined(Sum((-1) ** k * (k + 1) / (k**2 + 1), (k, 0, oo)))
    assert not defined(Sum((-1) ** (2 * k) * (k + 1) / (k**2 + 1), (k, 0, oo)))
    assert not defined(Sum((-1) ** k * (k + 1) / (k + 2), (k, 0, oo)))
    assert not defined(Sum((k + 1) / (a * k**3 + 1), (k, 0, oo)))
    assert defined(Sum(sin(z + pi * k / 2) * w**k / factorial(k), (k, 0, oo)))
    assert defined(Sum((1 + a**k) * z**k / factorial(k), (k, 0, oo)))
    assert not defined(Sum((1 + 2**k) * z**k, (k, 0, oo)), is_(Abs(z), "lt", 1))
    quotient = Sum((z / w) ** k, (k, 0, oo))
    assert defined(quotient, is_(Abs(z), "lt", Abs(w)), is_(w, "ne", 0))
    assert not defined(quotient, is_(Abs(z), "lt", Abs(w)))
    assert not defined(Sum(w ** (-k) / factorial(k), (k, 0, oo)))


def test_where_hypergeometric_functions_have_a_value() -> None:
    assert defined(hyper((), (a,), z), off_poles(a))
    assert not defined(hyper((), (a,), z))
    assert not defined(hyper((a,), (b,), z), off_poles(a))
    assert defined(hyper((1, 1), (2,), z), is_(z, "ne", 1))
    assert not defined(hyper((1, 1), (2,), z))
    assert defined(hyper((-Rational(1, 2), Rational(1, 2)), (1,), z))
    assert not defined(hyper((1, 1, 1), (2,), z), is_(Abs(z), "lt", 1))
    assert not defined(hyper((1 / z,), (2,), z))
    assert defined(elliptic_f(z, 2))
    assert not defined(elliptic_f(z, w))
    assert not finiteness.decide(elliptic_f(z, 1), Context(PLANE))


def test_a_series_under_an_assumption_with_alternatives() -> None:
    poles = Range(0, -oo, -1)
    total = Sum(RisingFactorial(a, k) * z**k / factorial(k), (k, 0, oo))
    either = AnyOf((is_(Abs(z), "lt", 1), Member(a, poles)))
    assert finiteness.evident(Defined(total), Context(PLANE, (either,)))
    other = AnyOf((is_(Abs(z), "lt", 1), Member(b, poles)))
    assert not finiteness.evident(Defined(total), Context(PLANE, (other,)))
    excluded = Context(PLANE, (other, Member(b, poles, negated=True)))
    assert finiteness.evident(Defined(total), excluded)
