"""Substitution: what it carries over, and the substitutions that the kernel must not take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from forging import proves, rejects, where
from sympy import Expr, Integer, Integral, Interval, Range, S, Sum, Symbol, log, oo, sqrt

from proofcheck import kernel
from proofcheck.certificates import Certificate, Ranges, Split, Substitute, Value
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.subdivision import Subdivision
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Condition, Member, Relation
from proofcheck.steps import Rejected

x, y, z, w, v, u = (Symbol(name, real=True) for name in "xyzwvu")
t = Symbol("t", real=True)
positive = Symbol("t", positive=True)
LARGE, SMALL = Interval.open(1, oo), Interval.open(0, 1)


def takes(
    goal: Condition, certificate: Certificate, values: Any = LARGE, *assumed: Condition,
    others: tuple[Variable, ...] = (),
) -> bool:  # fmt: skip
    context = Context((Variable(x, values), *others), assumed)
    try:
        kernel.prove(Obligation("conclusion", goal, context), certificate)
    except Rejected:
        return False
    return True


def inverted(symbol: Symbol = t, values: Any = SMALL, forward: Expr = 1 / t) -> Substitute:
    return Substitute(x, symbol, values, forward, 1 / x, Ranges())


def test_the_inverse_of_a_large_number_is_small() -> None:
    assert takes(Relation(1 / x, "lt", S.One), inverted())
    assert takes(Relation(x, "gt", S.One), inverted(positive, SMALL, 1 / positive))


@pytest.mark.parametrize("goal", [
    Relation(x, "gt", Integer(2)), Relation(1 / x, "gt", S.Half), Relation(x, "lt", S.Zero),
    Relation(sqrt(x**2), "lt", S.Zero), Relation(log(x), "le", S.Zero), Relation(x, "eq", 1 / x),
], ids=str)  # fmt: skip
def test_no_false_goal_becomes_true(goal: Relation) -> None:
    assert not takes(goal, inverted())
    assert not takes(goal, inverted(positive, SMALL, 1 / positive))


GOAL = Relation(x, "gt", S.Zero)


@pytest.mark.parametrize("step", [
    inverted(values=Interval.open(0, S.Half)),  # 1/x does not lie in it
    inverted(values=Interval.open(2, 3)),
    inverted(values=Range(0, 5)),
    inverted(values=Interval(0, y)),
    inverted(forward=t),  # not what 1/x is the inverse of
    inverted(forward=Integer(7)),
    inverted(forward=2 / t),
    inverted(forward=1 / y),
    Substitute(x, t, Interval(2, 3), S.One + t, x - 1, Ranges()),
    Substitute(x, t, LARGE, t**2, sqrt(x), Ranges(), (Ranges(),)),
    Substitute(x, x, LARGE, x, x, Ranges()),
    Substitute(x, t, SMALL, 1 / t + y - y / 1, 1 / (x - y) + 0 * y, Ranges()),
    Substitute(x, t, LARGE, t + y, x - y, Ranges()),
    Substitute(y, t, SMALL, 1 / t, 1 / y, Ranges()),
    Substitute(x, t, SMALL, 1 / t, 1 / t, Ranges()),
    Substitute(x, t, SMALL, 1 / t, 1 / (x - 2), Ranges()),  # undefined at 2
    Substitute(x, Symbol("t", integer=True), SMALL, 1 / t, 1 / x, Ranges()),
    Substitute(x, Symbol("t", negative=True), SMALL, 1 / t, 1 / x, Ranges()),
    inverted(Symbol("t", real=True, prime=True)),
], ids=str)  # fmt: skip
def test_what_is_no_substitution(step: Substitute) -> None:
    negative = Relation(x, "lt", S.Zero)
    assert not takes(negative, step)
    assert not takes(Relation(x, "eq", Integer(7)), step)


VARIABLE, CONSTANT = "no variable of its own", "constant ends"
FREE, OTHERS = "not free to range over", "in other symbols"


@pytest.mark.parametrize(("step", "why"), [
    (Substitute(u, t, SMALL, 1 / t, 1 / u, Ranges()), VARIABLE),
    (Substitute(x, t, SMALL, 1 / t, 1 / x, Ranges()), VARIABLE),
    (Substitute(z, t, Range(0, 5), 1 / t, 1 / z, Ranges()), CONSTANT),
    (Substitute(z, t, Interval(0, x), 1 / t, 1 / z, Ranges()), CONSTANT),
    (Substitute(z, z, SMALL, 1 / z, 1 / z, Ranges()), FREE),
    (Substitute(z, w, SMALL, 1 / w, 1 / z, Ranges()), FREE),
    (Substitute(z, v, SMALL, 1 / v, 1 / z, Ranges()), FREE),
    (Substitute(z, Symbol("t", negative=True), SMALL, 1 / t, 1 / z, Ranges()), FREE),
    (Substitute(z, t, SMALL, u / t, 1 / z, Ranges()), OTHERS),
    (Substitute(z, t, SMALL, 1 / t, u / z, Ranges()), OTHERS),
    (Substitute(z, t, SMALL, w + z - t, w + t - z, Ranges()), OTHERS),
    (Substitute(z, t, SMALL, S.One, 1 / z, Ranges()), OTHERS),
], ids=str)  # fmt: skip
def test_why_it_is_no_substitution(step: Substitute, why: str) -> None:
    """Here y depends on x, w is in the goal and v in what is assumed; z stands alone."""
    sets = {x: LARGE, y: Interval(0, x), z: LARGE, w: SMALL, v: SMALL}
    context = where(*sets.items(), assuming=(Relation(v, "gt", S.Zero),))
    assert why in rejects(Relation(z + w, "gt", S.Zero), context, step)


def test_what_would_prove_too_much_is_no_substitution() -> None:
    above = Relation(x, "gt", Integer(2))
    assert not takes(above, inverted(values=Interval.open(0, S.Half)))  # it leaves out x <= 2
    assert not takes(above, inverted(forward=t + 2))
    assert takes(above, inverted(values=Interval.open(0, S.Half)), Interval.open(2, oo))


def test_a_symbol_promising_too_much_is_refused() -> None:
    large = Symbol("t", real=True, integer=True)
    assert not takes(GOAL, inverted(large, SMALL, 1 / large))


def test_no_symbol_is_captured() -> None:
    whole, inner = Symbol("t", integer=True), Relation(Integral(t * x, (t, 0, 1)), "gt", S.Zero)
    assert not takes(inner, inverted())
    assert not takes(Relation(Sum(whole * x, (whole, 1, 2)), "gt", S.Zero),
                     Substitute(x, whole, SMALL, 1 / whole, 1 / x, Ranges()))  # fmt: skip
    assert not takes(GOAL, inverted(y, SMALL, 1 / y), others=(Variable(y, S.Reals),))
    assert not takes(GOAL, inverted(), LARGE, Relation(t, "lt", x))


def test_a_set_that_depends_on_the_variable_is_not_left_behind() -> None:
    inside = (Variable(y, Interval(0, x)),)
    assert not takes(Relation(y, "le", x), inverted(), others=inside)


def test_what_is_assumed_of_the_variable_is_assumed_of_what_stands_for_it() -> None:
    large = Relation(x, "gt", Integer(4))
    assert takes(Relation(1 / x, "lt", S.One / 4), inverted(), LARGE, large)
    assert not takes(Relation(1 / x, "lt", S.One / 5), inverted(), LARGE, large)


def test_an_assumed_value_is_put_in() -> None:
    known = Relation(x, "eq", Integer(2))
    assert takes(Relation(x**2, "eq", Integer(4)), Value(0, Ranges()), LARGE, known)
    assert not takes(Relation(x**2, "eq", Integer(5)), Value(0, Ranges()), LARGE, known)
    other = (Variable(y, S.Reals),)
    moving = Relation(x, "eq", y + 1)
    above = Relation(x, "gt", Integer(3))
    assert takes(Relation(y, "gt", Integer(2)), Value(0, Ranges()), LARGE, moving, above,
                 others=other)  # fmt: skip
    assert not takes(Relation(y, "gt", Integer(3)), Value(0, Ranges()), LARGE, moving, above,
                     others=other)  # fmt: skip
    goal = Relation(x * log(x), "ge", S.Zero)
    assert takes(goal, Split(Relation(x, "eq", S.One), Value(0, Ranges()), Ranges()))


@pytest.mark.parametrize("assumed", [
    Relation(x, "ge", Integer(2)), Relation(x, "ne", Integer(2)), Relation(x, "eq", x**2 / 2),
    Relation(2 * x, "eq", Integer(4)), Relation(t, "eq", Integer(2)), Member(x, S.Integers),
    Relation(x, "eq", Integer(2), (Relation(x, "ge", Integer(3)),)),
], ids=str)  # fmt: skip
def test_what_gives_a_variable_no_value_is_refused(assumed: Condition) -> None:
    goal = Relation(x + 0 * t, "eq", Integer(2))
    assert not takes(goal, Value(0, Ranges()), LARGE, assumed)
    assert not takes(goal, Value(-1, Ranges()), LARGE, assumed)
    assert not takes(goal, Value(1, Ranges()), LARGE, assumed)


NO_EQUATION, NO_VALUE = "is no equation", "gives no variable its value"


@pytest.mark.parametrize(("assumed", "why"), [
    (Relation(x, "ge", Integer(2)), NO_EQUATION),
    (Member(x, S.Integers), NO_EQUATION),
    (Relation(x, "eq", Integer(2), (Relation(x, "ge", Integer(3)),)), NO_EQUATION),
    (Relation(x, "eq", x**2 / 2), NO_VALUE),
    (Relation(2 * x, "eq", Integer(4)), NO_VALUE),
    (Relation(u, "eq", Integer(2)), NO_VALUE),
], ids=str)  # fmt: skip
def test_why_it_gives_a_variable_no_value(assumed: Condition, why: str) -> None:
    context = where((x, LARGE), assuming=(assumed,))
    assert why in rejects(Relation(x, "eq", Integer(2)), context, Value(0, Ranges()))
    assert NO_EQUATION in rejects(Relation(x, "eq", Integer(2)), context, Value(1, Ranges()))


def test_a_value_is_not_captured() -> None:
    goal = Relation(Integral(t * x, (t, 0, 1)), "eq", Integral(t**2, (t, 0, 1)))
    other = (Variable(t, S.Reals),)
    assert not takes(goal, Value(0, Ranges()), LARGE, Relation(x, "eq", t), others=other)


def test_a_set_that_depends_on_the_variable_takes_its_value() -> None:
    inside, known = (Variable(y, Interval(0, x)),), Relation(x, "eq", Integer(2))
    assert takes(Relation(y, "le", Integer(2)), Value(0, Ranges()), LARGE, known, others=inside)
    assert not takes(Relation(y, "le", S.One), Value(0, Ranges()), LARGE, known, others=inside)


T, F = True, False


@pytest.mark.parametrize(("goal", "values", "true"), [
    (Relation(log(1 + 1 / x), "lt", 1 / x), LARGE, T),
    (Relation(log(1 + 1 / x), "gt", 1 / (x + 1)), Interval.open(0, oo), T),
    (Relation(log(1 + 1 / x), "gt", 1 / (x + S.Half)), Interval.open(0, oo), T),
    (Relation(log(1 + 1 / x), "lt", 1 / (x + S.Half)), LARGE, F),
    (Relation(x / (x**2 + 1), "lt", 1 / x), LARGE, T),
    (Relation(x / (x**2 - S.One / 9), "lt", 1 / x), LARGE, F),
    (Relation(x / (x**2 + 1), "gt", 1 / x), Interval.open(-oo, -1), T),
], ids=str)  # fmt: skip
def test_contact_at_infinity(goal: Relation, values: Any, true: bool) -> None:
    obligation = Obligation("conclusion", goal, Context((Variable(x, values),)))
    found = Subdivision().prove(obligation, Budget.lasting(5))
    assert (found is not None) is true
    if found is not None:
        kernel.prove(obligation, found)


def test_the_gap_between_two_variables_takes_the_place_of_one() -> None:
    context = where((x, S.Reals), (y, S.Reals), assuming=(Relation(x, "lt", y),))
    gap = Substitute(y, positive, Interval.open(0, oo), x + positive, y - x, Ranges())
    proves(Relation(y - x, "gt", S.Zero), context, gap)
    assert rejects(Relation(y - x, "gt", S.One), context, gap)
    assert rejects(Relation(y, "gt", S.Zero), context, gap)
    smaller = replace(gap, set=Interval.open(1, oo))
    assert "side condition" in rejects(Relation(y - x, "gt", S.One), context, smaller)
    assert "side condition" in rejects(Relation(y - x, "gt", S.One), where(*FREE_PAIR), gap)


FREE_PAIR = ((x, S.Reals), (y, S.Reals))


def test_a_pole_that_both_ways_together_hide_is_found() -> None:
    """Where y = 0, ``x = t/y`` has no value, though ``(x*y)/y`` is written as x."""
    step = Substitute(x, t, S.Reals, t / y, x * y, Ranges())
    goal = Relation(x * y, "eq", x * y)
    assert "side condition" in rejects(goal, where(*FREE_PAIR), step)
    zero = where((x, S.Reals), (y, Interval(0, 1)))
    assert "side condition" in rejects(Relation(x, "eq", S.Zero), zero, step)
    back = Substitute(x, t, S.Reals, t * y, x / y, Ranges())
    assert "side condition" in rejects(goal, where(*FREE_PAIR), back)
    log_of = Substitute(x, t, S.Reals, x * 0 + log(y) + t, x - log(y), Ranges())
    assert "side condition" in rejects(goal, where(*FREE_PAIR), log_of)
    fine = where((x, S.Reals), (y, Interval.open(0, 1)))
    assert kernel.prove(Obligation("conclusion", Relation(x**2, "ge", S.Zero), fine), step)
