"""Covers by Taylor's formula: what they prove, and the covers that the kernel must not take."""

from __future__ import annotations

from typing import Any

import pytest
from flint import arb
from forging import rejects, where
from sympy import (
    Abs,
    Expr,
    Integer,
    Interval,
    Max,
    Min,
    Rational,
    S,
    Symbol,
    acos,
    asin,
    atan,
    atanh,
    cos,
    cot,
    csc,
    erf,
    exp,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    sec,
    sin,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
)

from proofcheck import balls, kernel
from proofcheck.balls.taylor import taylor
from proofcheck.certificates import Boxes, Tree
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.subdivision import Subdivision
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Condition, Operator, Relation
from proofcheck.steps import Rejected

x, y = symbols("x y", real=True)
SMOOTH = [
    sin(x) * exp(-x), log(x) ** 2 / x, sqrt(x) + 1 / sqrt(x), x ** Rational(2, 3), x**x,
    atan(x) / x,
    tan(x / 2), cot(x), sec(x / 2), csc(x), tanh(x) - sinh(x), asin(x / 4), acos(x / 4),
    atanh(x / 4),     erf(x), gamma(x), loggamma(x), (x - 1) ** 5, 2**x, pi * x - x**-3,
    Abs(sin(3 * x)) - x, Max(x, 1, x**2), Min(x, 2) * x, Abs(x - 1) ** 3,
]  # fmt: skip


def proves(
    goal: Condition, sets: dict[Symbol, Any], certificate: Boxes, *assumed: Condition
) -> bool:
    context = Context(tuple(Variable(s, values) for s, values in sets.items()), assumed)
    try:
        kernel.prove(Obligation("conclusion", goal, context), certificate)
    except Rejected:
        return False
    return True


@pytest.mark.parametrize("f", SMOOTH, ids=str)
@pytest.mark.parametrize("order", [1, 2, 3, 8])
def test_every_value_lies_in_the_ball(f: Expr, order: int) -> None:
    low, high = Rational(1, 2), Rational(9, 4)
    for start, end in ((low, high), (Integer(1), Rational(17, 16))):
        box = {x: (arb(start.p) / start.q, arb(end.p) / end.q)}
        try:
            found = taylor(f, box, order, 64)
        except balls.Unevaluable:
            assert start == low  # a wide box may be too wide
            continue
        for k in range(33):
            value = balls.enclose(f, {x: start + (end - start) * Rational(k, 32)}, 128).real
            assert found.overlaps(value), k


@pytest.mark.parametrize("order", [1, 2, 4])
def test_every_value_in_the_plane_lies_in_the_ball(order: int) -> None:
    f = sin(x * y) + exp(x - y) * x**2 - Abs(x - y)
    found = taylor(f, {x: (arb(0), arb(1)), y: (arb(1), arb(2))}, order, 64)
    for k in range(9):
        for j in range(9):
            point = {x: Rational(k, 8), y: 1 + Rational(j, 8)}
            assert found.overlaps(balls.enclose(f, point, 128).real)


@pytest.mark.parametrize("f", [
    1 / x, log(x), sqrt(x), x ** Rational(1, 3), x**x, gamma(x), loggamma(x - 3), cot(x),
    tan(2 * x), asin(2 * x), atanh(x), acos(x + 1), 1 / Abs(x), log(Abs(x)), sqrt(x - 5),
    Abs(x) / x,    (x - 2) ** Rational(5, 2), Max(1 / x, 0),
], ids=str)  # fmt: skip
def test_what_is_singular_or_not_real_has_no_ball(f: Expr) -> None:
    with pytest.raises(balls.Unevaluable):
        taylor(f, {x: (arb(-1), arb(1))}, 3, 64)


def test_a_high_order_sees_what_a_low_one_does_not() -> None:
    box = {x: (arb(0), arb(1) / 4)}
    tight, wide = (taylor(sin(x) - x + x**3 / 6, box, n, 128) for n in (8, 1))
    assert abs(tight).upper() < 1e-4 < abs(wide).upper()


SIXTH, HALF = Rational(1, 6), Rational(1, 2)
UNIT = Interval(0, 1)


@pytest.mark.parametrize(("goal", "tree"), [
    (Relation(x**2, "lt", Integer(1)), None),
    (Relation(x**2, "lt", Integer(1)), (x, HALF, None, None)),
    (Relation(x, "gt", S.Zero), None),
    (Relation(x, "ne", HALF), (x, HALF, None, None)),
    (Relation((x - HALF) ** 2, "gt", S.Zero), (x, HALF, None, None)),
    (Relation(x, "eq", x + Rational(1, 10**30)), None),
    (Relation(x, "eq", x), None),
    (Relation(sin(x), "le", x - x**3 * SIXTH), (x, HALF, None, None)),
    (Relation(1 / (x - HALF) ** 2, "gt", S.Zero), (x, HALF, None, None)),
    (Relation(sqrt(x - 1), "ge", S.Zero), None),
    (Relation(x, "ge", S.Zero), (x, Integer(-1), None, None)),
    (Relation(x * y, "le", Integer(7)), None),
    (Relation(x, "le", Integer(2)), (y, HALF, None, None)),
    (Relation(x, "gt", S.Zero), (x, HALF, None, None)),
    (Relation(x, "le", Integer(4)), (x, pi, None, None)),
    (Relation(x, "le", Integer(2)), 0),
    (Relation(x, "le", Integer(2)), -1),
], ids=str)  # fmt: skip
def test_no_cover_of_what_fails_or_is_not_shown(goal: Relation, tree: Tree) -> None:
    assert "leave it open" in rejects(goal, where((x, UNIT)), Boxes(tree))


@pytest.mark.parametrize("values", [S.Reals, Interval(0, S.Infinity), S.Rationals, S.Integers])
def test_an_unbounded_side_has_no_cover(values: Any) -> None:
    assert not proves(Relation(x**2 + 1, "gt", S.Zero), {x: values}, Boxes())


def test_a_side_ends_at_real_numbers() -> None:
    """A ball around this end is not known to be real."""
    root = (-1) ** Rational(1, 7) / 2 - (-1) ** Rational(6, 7) / 2
    goal = Relation(x, "lt", Integer(2))
    for values in (Interval(0, root), Interval(-root, 1)):
        assert not proves(goal, {x: values}, Boxes())


def test_what_is_assumed_bounds_a_side() -> None:
    goal = Relation(x, "lt", Integer(2))
    sets = {x: S.Reals, y: Interval(0, S.Infinity)}
    small = Relation(x**2 + y, "le", Integer(1))
    assert proves(goal, sets, Boxes(), small)
    assert not proves(goal, sets, Boxes(), Relation(x**2 - y, "le", Integer(1)))


def test_a_leaf_may_name_an_assumption_that_fails() -> None:
    goal, order = Relation(x - y, "lt", HALF), Relation(x, "lt", y)
    quarter, three = Rational(1, 4), Rational(3, 4)
    sets = {x: UNIT, y: UNIT}
    tree = (x, HALF, (y, HALF, None, None), (y, HALF, (x, three, 0, 0), None))
    coarse = (x, HALF, (y, quarter, (x, quarter, None, 0), None), (y, HALF, 0, None))
    for cover in (tree, coarse):  # the assumption may hold on a corner of some of these boxes
        assert not proves(goal, sets, Boxes(cover), order)
    assert not proves(goal, sets, Boxes(0), order)
    apart = Relation(x + y, "gt", Integer(3))
    assert proves(goal, sets, Boxes(0), apart)
    assert not proves(goal, sets, Boxes(1), apart)


@pytest.mark.parametrize("operator", ["lt", "le", "gt", "ge", "eq", "ne"])
def test_no_assumption_that_holds_somewhere_is_said_to_fail(operator: Operator) -> None:
    known = Relation(x, operator, HALF)
    assert not proves(Relation(x, "gt", Integer(5)), {x: UNIT}, Boxes(0), known)


@pytest.mark.parametrize(("order", "precision"), [
    (0, 64), (-1, 64), (1000, 64), (4, 8), (4, -1), (4, 10**5)
])  # fmt: skip
def test_a_senseless_order_or_precision_is_refused(order: int, precision: int) -> None:
    goal = Relation(x, "lt", Integer(2))
    assert "leave it open" in rejects(goal, where((x, UNIT)), Boxes(None, order, precision))


def test_a_capturing_leaf_proves_only_its_own_box() -> None:
    goal = Relation(x, "le", Rational(3, 4))
    assert proves(goal, {x: Interval(0, HALF)}, Boxes())
    assert not proves(goal, {x: UNIT}, Boxes((x, HALF, None, None)))


T, F = True, False
TINY = Rational(1, 10**6)


@pytest.mark.parametrize(("goal", "sets", "true"), [
    (Relation(Abs(log(1 + x) - x + x**2 / 2), "le", Rational(2, 10)), {x: UNIT}, T),
    (Relation(Abs(log(1 + x) - x + x**2 / 2), "le", Rational(19, 100)), {x: UNIT}, F),
    (Relation(cos(x - y), "le", 2 * cos(x) * cos(y) + 1), {x: Interval(-1, 1), y: UNIT}, T),
    (Relation(sin(x), "le", x), {x: Interval(0, 3)}, T),
    (Relation(tan(x), "ge", x), {x: Interval.Ropen(0, pi / 2)}, T),
    (Relation(sin(x), "le", x - x**3 / 5), {x: UNIT}, F),
    (Relation(log(x), "le", x - 1), {x: Interval.open(0, oo)}, T),
    (Relation(log(x), "lt", x - 1), {x: Interval.open(0, oo)}, F),
    (Relation(exp(-x), "le", TINY + 4 * exp(-2) / x**2), {x: Interval.open(0, oo)}, T),
    (Relation(exp(-x), "le", 4 * exp(-2) / x**2 - TINY), {x: Interval.open(0, oo)}, F),
    (Relation(cos(x), "le", sin(x) / x), {x: Interval.Lopen(0, pi)}, T),
    (Relation(sin(x) / x, "lt", 1), {x: Interval.open(0, oo)}, T),
    (Relation(x * (2 + cos(x)), "gt", 3 * sin(x)), {x: Interval.open(0, oo)}, T),
    (Relation(x * (2 + cos(x)), "gt", 3 * sin(x)), {x: Interval(0, oo)}, F),
    (Relation(2 * cos(x) * cos(y), "lt", cos(x - y) + cos(x + y) + TINY), {x: UNIT, y: UNIT}, T),
    (Relation(2 * cos(x) * cos(y), "lt", cos(x - y) + cos(x + y)), {x: UNIT, y: UNIT}, F),
    (Relation(1 / x, "gt", S.Zero), {x: Interval.open(-1, 1)}, F),
    (Relation(1 / x**2, "gt", S.Zero), {x: Interval.open(-1, 1)}, F),  # a pole at a cut
    (Relation(log(x) ** 2, "gt", S.Zero), {x: Interval.open(0, oo)}, F),
], ids=str)  # fmt: skip
def test_the_engine_covers(goal: Relation, sets: dict[Symbol, Any], true: bool) -> None:
    context = Context(tuple(Variable(s, values) for s, values in sets.items()))
    found = Subdivision().prove(Obligation("conclusion", goal, context), Budget.lasting(5))
    assert (found is not None) is true
    if found is not None:
        kernel.prove(Obligation("conclusion", goal, context), found)


def test_a_value_that_is_not_taken_opens_the_part_that_ends_there() -> None:
    known, zero = Relation(x, "ne", S.Zero), S.Zero
    context = Context((Variable(x, Interval(-1, 1)),), (known,))
    for operator, part in (
        ("le", Interval.Ropen(-1, 0)), ("lt", Interval.Ropen(-1, 0)),
        ("ge", Interval.Lopen(0, 1)), ("gt", Interval.Lopen(0, 1)),
    ):  # fmt: skip
        assert context.narrowed(Relation(x, operator, zero)).sets[x] == part
    assert context.narrowed(Relation(x, "le", HALF)).sets[x] == Interval(-1, HALF)
    free = Context((Variable(x, Interval(-1, 1)),), (Relation(x, "ne", HALF),))
    assert free.narrowed(Relation(x, "le", zero)).sets[x] == Interval(-1, 0)


@pytest.mark.parametrize(("goal", "known", "true"), [
    (Relation(sin(x), "ne", S.Zero), Relation(x, "ne", S.Zero), T),
    (Relation(sin(x), "ne", S.Zero), Relation(x, "ne", HALF), F),
    (Relation(sin(x), "ne", S.Zero), Relation(x, "le", S.Zero), F),
    (Relation(1 / x**2, "gt", HALF), Relation(x, "ne", S.Zero), T),
    (Relation(1 / x, "gt", S.Zero), Relation(x, "ne", S.Zero), F),
    (Relation(cos(x), "lt", S.One), Relation(x, "ne", S.Zero), T),
], ids=str)  # fmt: skip
def test_a_value_that_is_not_taken_is_a_place_to_cut(
    goal: Relation, known: Relation, true: bool
) -> None:
    context = Context((Variable(x, Interval(-1, 1)),), (known,))
    found = Subdivision().prove(Obligation("conclusion", goal, context), Budget.lasting(5))
    assert (found is not None) is true
    if found is not None:
        kernel.prove(Obligation("conclusion", goal, context), found)
