"""Putting a point into a statement: values where they belong, and nothing under a wrong binder."""

from __future__ import annotations

import pytest
from sympy import (
    CRootOf,
    Derivative,
    I,
    IndexedBase,
    Integer,
    Integral,
    Interval,
    Limit,
    Product,
    Range,
    S,
    Subs,
    Sum,
    Symbol,
    acot,
    acoth,
    pi,
    symbols,
)

from proofcheck.calculus import NotDifferentiable, derivative, put
from proofcheck.points import Unsubstitutable, instantiate, instantiate_condition, instantiate_set
from proofcheck.relations import AllOf, AnyOf, Defined, Equal, Less, Member, NotEqual, Throughout

x, y, t, a = symbols("x y t a", real=True)
k, j, n = symbols("k j n", integer=True)
p = IndexedBase("p")


@pytest.mark.parametrize(
    ("expression", "point", "value"),
    [
        (x + y, {x: S.One}, 1 + y),
        (Sum(x * k, (k, 1, 3)), {x: Integer(2)}, 12),
        (Sum(x * k, (k, 1, 3)), {k: Integer(7), x: S.One}, 6),
        (Sum(k, (k, 1, k)), {k: Integer(3)}, 6),
        (Sum(j * k, (j, 1, k), (k, 1, 2)), {k: Integer(9)}, 7),
        (Sum(k, (k, 5, 4)), {}, 0),
        (Product(k, (k, 5, 4)), {}, 1),
        (Product(k, (k, 1, n)), {n: Integer(4)}, 24),
        (p[1] * p[2], {p: (Integer(2), Integer(3))}, 6),
        (Sum(p[k], (k, 1, 2)), {p: (Integer(2), Integer(3))}, 5),
        (Derivative(x**2 * y, x), {x: Integer(3), y: S.One}, 6),
        (Subs(Derivative(x**2, x), x, 3), {x: Integer(5)}, 6),
        (Subs(x * y, x, y), {x: Integer(5), y: Integer(2)}, 4),
        (Integral(x * y, (x, 0, x)), {x: Integer(2), y: S.One}, Integral(x, (x, 0, 2))),
        (CRootOf(t**5 - t - 1, 0), {t: Integer(5)}, CRootOf(t**5 - t - 1, 0)),
    ],
)
def test_values(expression, point, value):
    assert instantiate(expression, point) == value


@pytest.mark.parametrize(
    ("expression", "point"),
    [
        (Sum(k, (k, 5, 1)), {}),
        (Sum(k, (k, 1, 10**6)), {}),
        (p[3], {p: (S.One,)}),
        (p[0], {p: (S.One,)}),
        (Sum(x * k, (k, 1, 3)), {x: k}),
        (Sum(x, (k, 1, n)), {x: k}),
        (Integral(x * t, (t, 0, 1)), {x: t}),
        (Subs(x * y, x, 1), {y: x}),
        (Limit(x * y, x, 3), {y: x}),
        (Limit(x * y, x, y), {y: x + 1}),
    ],
)
def test_what_cannot_be_put_in(expression, point):
    with pytest.raises(Unsubstitutable):
        instantiate(expression, point)


def test_conditions():
    there = {x: S.One, k: Integer(9)}
    assert instantiate_condition(Member(x, Interval(0, x)), there) == Member(S.One, Interval(0, 1))
    assert instantiate_condition(Defined(1 / x), there) == Defined(S.One)
    parts = (Equal(x, 2), NotEqual(k, x))
    for kind in (AnyOf, AllOf):
        assert instantiate_condition(kind(parts), there) == kind((Equal(1, 2), NotEqual(9, 1)))
    bound = Throughout(k, Range(0, k), Less(k, x))
    assert instantiate_condition(bound, there) == Throughout(k, Range(0, 9), Less(k, 1))
    with pytest.raises(Unsubstitutable):
        instantiate_condition(Throughout(k, Range(0, 3), Less(k, x)), {x: k})
    assert instantiate_set(Range(0, n), {n: Integer(2)}) == Range(0, 2)


def test_differentiation_does_not_capture():
    inner = Sum(t * k, (k, 1, 3)) + 1
    assert derivative(Integral(inner, (t, 0, x)), x)[0] == Sum(x * k, (k, 1, 3)) + 1
    real = Symbol("r", real=True)
    with pytest.raises(NotDifferentiable):
        derivative(Integral(Integral(t * real, (real, 0, 1)) + 1, (t, 0, real)), real)
    for expression in (Sum(k, (k, 1, 2)) + k, Sum(k * j, (j, 1, n)) + Sum(n, (n, 1, 2)) + k):
        with pytest.raises(NotDifferentiable, match="binds"):
            put(expression, k, n)


def test_an_arccotangent_keeps_its_value_at_zero() -> None:
    x = Symbol("x", real=True)
    for function, value in ((acot, pi / 2), (acoth, I * pi / 2)):
        mirrored = instantiate(function(x), {x: 1 - x})
        assert instantiate(mirrored, {x: S.One}) == value
        assert instantiate(mirrored, {x: Integer(3)}) == function(-2)
