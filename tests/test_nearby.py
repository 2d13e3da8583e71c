"""What is owed of an antiderivative at isolated points instead of the rules of differentiation."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sympy import (
    Derivative,
    Expr,
    Heaviside,
    Interval,
    Piecewise,
    Range,
    Rational,
    Reals,
    Symbol,
    acot,
    asin,
    polylog,
    sign,
    sin,
    sqrt,
    symbols,
    tan,
)

from proofcheck.calculus import NotDifferentiable
from proofcheck.checker import CheckOptions, check
from proofcheck.claims import claim, forall
from proofcheck.finiteness import evident
from proofcheck.nearby import NotIsolated, continuous_at, is_closed, nearby, owed_instead
from proofcheck.obligations import Context
from proofcheck.presumptions import presumptions
from proofcheck.relations import Equal, Member, Relation

x, a, b, p = symbols("x a b p", real=True)
CONTEXT = Context().including(x, Reals).including(a, Reals).including(b, Reals)


def owed(function: Expr, value: Expr, *assumptions: Relation) -> list[str]:
    statement = Relation(Derivative(function, x), "eq", value)
    context = CONTEXT.including(p, Reals).assuming(*presumptions((statement,)), *assumptions)
    found = owed_instead(statement, context)
    return [str(o.goal) for o in found if not evident(o.goal, context)]


def test_nothing_is_left_where_a_root_vanishes_at_isolated_points() -> None:
    assert owed(x * sqrt(1 - x**2) / 2 + asin(x) / 2, sqrt(1 - x**2)) == []
    assert owed((a + b * x) ** Rational(3, 2) / b, 3 * sqrt(a + b * x) / 2) == []
    assert owed((a + b * x) ** (p + 1) / (b * (p + 1)), (a + b * x) ** p) == []


@pytest.mark.parametrize(
    ("function", "value"),
    [
        (x * sign(x), sign(x)),
        (x * acot(x), acot(x) - x / (1 + x**2)),
        ((a * x) ** p, p * a * (a * x) ** (p - 1)),  # nothing says that a is not 0
        (sqrt(x) * sqrt(a), sqrt(a) / sqrt(x) / 2 + 0 ** (x**2)),
    ],
)
def test_something_is_left_where_the_value_may_jump_or_nothing_is_isolated(
    function: Expr, value: Expr
) -> None:
    with suppress(NotIsolated):
        assert owed(function, value) != []


def test_a_jump_has_no_derivative_to_be_wrong_about() -> None:
    assert owed(Heaviside(x), 0 * x) == []


def test_an_assumption_on_the_variable_need_not_hold_around_a_point() -> None:
    with pytest.raises(NotIsolated, match="need not hold around"):
        owed(sqrt(x) ** 3, 3 * sqrt(x) / 2, Relation(x, "eq", 0 * x))


def test_an_integer_or_complex_variable_does_not_move_along_a_line() -> None:
    n, z = Symbol("n", integer=True), Symbol("z")
    for symbol, values in ((n, Range(0, 9)), (z, Interval(0, 1))):
        statement = Relation(Derivative(symbol**2, symbol), "eq", 2 * symbol)
        with pytest.raises(NotIsolated):
            owed_instead(statement, Context().including(symbol, values))


def test_a_zero_is_isolated_unless_the_polynomial_is_zero() -> None:
    assert str(nearby(Relation(a + b * x, "ne", 0 * x), x)).count("!= 0") == 3
    assert evident(nearby(Relation(1 - a * x**2, "ne", 0 * x), x), CONTEXT)
    assert not evident(nearby(Relation(sin(a * x), "ne", 0 * x), x), CONTEXT)
    assert not evident(nearby(Relation(a * tan(x) + b, "ne", 0 * x), x), CONTEXT)


def test_only_the_complement_of_a_closed_set_is_open() -> None:
    assert all(map(is_closed, (Interval(1, 2), Range(0, 5), Reals)))
    assert not any(map(is_closed, (Interval.Ropen(1, 2), Interval.Lopen(1, 2))))
    with pytest.raises(NotIsolated):
        nearby(Member(x, Interval.open(0, 1), negated=True), x)
    with pytest.raises(NotIsolated):
        nearby(Relation(x, "ge", 0 * x), x)


def test_what_jumps_is_not_continuous() -> None:
    assert continuous_at(sqrt(x) + asin(x) + polylog(2, x), x) == ()
    for jumping in (sign(x), Heaviside(x), acot(x), Piecewise((0, x < 0), (1, True))):
        with suppress(NotDifferentiable):
            assert not all(evident(c, CONTEXT) for c in continuous_at(jumping, x))


@claim("a root that vanishes at two points")
@forall(x=Reals)
def circle(x):
    return Equal(
        Derivative(x * sqrt(1 - x**2) / 2 + asin(x) / 2, x), sqrt(1 - x**2)
    ).where_defined()


@claim("the same with a wrong factor")
@forall(x=Reals)
def wrong(x):
    return Equal(Derivative(x * sqrt(1 - x**2) / 2 + asin(x), x), sqrt(1 - x**2)).where_defined()


@claim("a derivative that is missed at one point: there it is 0, and the value is 1")
@forall(x=Reals)
def missed(x):
    value = 3 * x**2 + 5 * sqrt(x) ** 3 / 2 + 0 ** (x**2)
    return Equal(Derivative(x**3 + sqrt(x) ** 5, x), value).where_defined()


def test_a_root_that_vanishes_does_not_keep_from_a_proof() -> None:
    assert check(circle, CheckOptions(timeout=20)).verdict == "proved"
    assert check(wrong, CheckOptions(timeout=20)).verdict == "refuted"
    assert check(missed, CheckOptions(timeout=5)).verdict != "proved"
