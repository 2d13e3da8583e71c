"""Fractions of polynomials over atoms: what is zero, what is not, what is refused."""

from __future__ import annotations

import pytest
from sympy import (
    Add,
    E,
    I,
    Integer,
    MatrixSymbol,
    Mul,
    Pow,
    Rational,
    S,
    Sum,
    Symbol,
    cos,
    exp,
    pi,
    sin,
    sqrt,
    symbols,
)

from proofcheck.algebra import Intractable, Ring
from proofcheck.identities.equations import Equation

x, y = symbols("x y")
k = Symbol("k", integer=True)


def vanishes(expression, *equations) -> bool:
    ring = Ring([expression], equations)
    return ring.vanishes(ring.fraction(expression).numerator)


@pytest.mark.parametrize(
    "zero",
    [
        S.Zero,
        x - x,
        (x + y) ** 2 - x**2 - 2 * x * y - y**2,
        1 / x + 1 / y - (x + y) / (x * y),
        (x**2 - 1) / (x - 1) - x - 1,
        x / 3 - Rational(1, 3) * x,
        Pow(x, 0, evaluate=False) - 1,
        (sin(x) + 1) ** 3 - sin(x) ** 3 - 3 * sin(x) ** 2 - 3 * sin(x) - 1,
        Mul(0, 1 / x, evaluate=False),
        (x + 1) ** -2 * (x + 1) ** 2 - 1,
        1 / (1 + 1 / x) - x / (x + 1),
    ],
)
def test_identities(zero):
    assert vanishes(zero)


@pytest.mark.parametrize(
    "other",
    [
        S.One,
        x,
        x - y,
        x - Symbol("x", real=True),
        x**2 - y**2 - (x - y) ** 2,
        1 / x - 1 / y,
        sin(x) ** 2 + cos(x) ** 2 - 1,
        I**2 + x,
        exp(2 * x) - exp(x) ** 2 + x,
        sqrt(x) - x,
        pi - 3,
        E - Rational(271828, 100000),
        sqrt(2) * sqrt(3) - sqrt(6) + x,
        (x + y) ** 2 - x**2 - y**2,
        Sum(x, (k, 1, 3)) - Sum(y, (k, 1, 3)),
        Rational(1, 10**30),
        x / 3 - x * Rational(333, 1000),
    ],
)
def test_what_is_not_identically_zero(other):
    assert not vanishes(other)


def test_an_equation_of_first_order_replaces_its_atom():
    assert vanishes(sin(x) - y, Equation(sin(x), 1, y))
    assert not vanishes(sin(x) - y, Equation(sin(y), 1, y))
    assert vanishes(sin(x) - 1 / y, Equation(sin(x), 1, cos(x)), Equation(cos(x), 1, 1 / y))


def test_an_equation_of_higher_order_reduces_powers():
    pythagoras = Equation(sin(x), 2, 1 - cos(x) ** 2)
    assert vanishes(sin(x) ** 2 + cos(x) ** 2 - 1, pythagoras)
    assert vanishes(sin(x) ** 5 - sin(x) * (1 - cos(x) ** 2) ** 2, pythagoras)
    assert not vanishes(sin(x) ** 3 + cos(x) ** 3 - 1, pythagoras)
    assert not vanishes(sin(x) + cos(x) - 1, pythagoras)
    over = Equation(sqrt(1 / x), 2, 1 / x)
    assert vanishes(sqrt(1 / x) ** 4 * x - 1 / x, over)
    assert not vanishes(sqrt(1 / x) ** 4 * x - 1, over)
    assert vanishes(1 / (I + 1) - (1 - I) / 2, Equation(I, 2, S.NegativeOne))


def test_a_denominator_that_vanishes_by_the_equations():
    square = Pow(I, 2, evaluate=False)
    with pytest.raises(Intractable, match="identically zero"):
        vanishes(1 / Add(square, 1, evaluate=False), Equation(I, 2, S.NegativeOne))
    with pytest.raises(Intractable, match="identically zero"):
        vanishes(1 / (sin(x) - y), Equation(sin(x), 1, y))


def test_circles_are_refused():
    for equations in (
        (Equation(sin(x), 1, cos(x)), Equation(cos(x), 1, sin(x))),
        (Equation(sin(x), 1, 1 + sin(x)),),
    ):
        with pytest.raises(Intractable, match="circle"):
            vanishes(sin(x), *equations)
    with pytest.raises(Intractable, match="circle"):
        vanishes(
            sin(x) ** 2, Equation(sin(x), 2, cos(x) ** 2 + 1), Equation(cos(x), 2, sin(x) ** 2)
        )


def test_what_is_too_large_or_no_number():
    for expression in (
        x ** Integer(10**6) - 1,
        (x + y + 1) ** 2000,
        MatrixSymbol("A", 2, 2) * x,
        Symbol("q", commutative=False),
    ):
        with pytest.raises(Intractable):
            vanishes(expression)
