"""Counterexamples to what is said of limits: their values at the point have to be proved."""

from __future__ import annotations

import pytest
from forging import refuses, where
from sympy import (
    Abs,
    Expr,
    Heaviside,
    Integral,
    Interval,
    Limit,
    Reals,
    S,
    Sum,
    Symbol,
    atan,
    exp,
    log,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
)

from proofcheck import kernel
from proofcheck.certificates import Rewrite
from proofcheck.checker import CheckOptions, check, replay
from proofcheck.claims import claim, forall
from proofcheck.engines.base import Budget
from proofcheck.engines.limits import LimitPoints, steps_at
from proofcheck.limiting import limits_of, values_at
from proofcheck.obligations import Context, Obligation
from proofcheck.points import Unsubstitutable, instantiate, instantiate_condition
from proofcheck.relations import (
    Condition,
    Defined,
    Equal,
    Greater,
    Less,
    LessEqual,
    NotEqual,
)
from proofcheck.steps import Rejected

a, c, t, x, y = symbols("a c t x y", real=True)
k = Symbol("k", integer=True)
LINE = where((a, Reals))
CONTINUOUS, DECAY, SLOPES = "limit of a continuous function", "limit by decay", "l'Hôpital's rule"
SLOPE = Limit((exp(a * t) - 1) / t, t, 0)  # that is a


def refuted(goal: Condition, context: Context, seconds: float = 8) -> kernel.Counterexample | None:
    """Return the kernel's counterexample at the point that the engine finds."""
    budget = Budget.lasting(seconds)
    point = LimitPoints().refute(Obligation("conclusion", goal, context), budget)
    if point is None:
        return None
    return kernel.refute(goal, context, point, limits=steps_at(goal, point, budget))


FALSE = [
    Equal(Limit(sin(a * t) / t, t, 0, "+-"), a**2),
    Equal(SLOPE, a + 1),
    Equal(sqrt(1 + SLOPE**2) * a, a),
    Equal(1 / Limit(a * sin(t) / t, t, 0), a),
    NotEqual(SLOPE, a**2),
    Less(SLOPE, a**2),
    LessEqual(SLOPE, a - 1),
    Greater(a * Limit(t * log(t), t, 0), 0),
    Equal(Limit(a * atan(1 / t), t, 0, "-"), a * pi / 2),
    Equal(Limit(a * t, t, 2) + Limit(t, t, a), 3),
    Equal(Limit(t**a * exp(-t), t, oo), a),
    Equal(Integral(x * Limit(a * t, t, 1), (x, 0, 1)), a),
    Equal(a * Limit(Abs(x) / x, x, 0, "-"), a),
]


@pytest.mark.parametrize("goal", FALSE, ids=str)
def test_false_statements_about_limits_fall(goal: Condition) -> None:
    found = refuted(goal, where((a, Interval(0, 3))))
    assert found is not None
    assert found.limits


UNTOUCHED = [
    Equal(SLOPE, a),
    Equal(Limit((a + 1) / t, t, 0), 1),
    Equal(Limit(sin((a + 1) / t), t, 0), 1),
    Equal(a * Limit(Abs(x) / x, x, 0, "+-"), 7),
    Equal(Limit(a * log(Heaviside(t)), t, 0, "-"), 1),  # not even for a = 0
    Equal(Limit(t, t, a * Limit(1 / x, x, 0)), 1),
    Equal(1 / Limit(a * t, t, 0), 1),  # divided by zero
    Equal(Sum(Limit(a * k * t, t, 1), (k, 1, 3)), 7),  # it depends on the index
]


@pytest.mark.parametrize("goal", UNTOUCHED, ids=str)
def test_what_is_true_or_has_no_value_is_not_refuted(goal: Condition) -> None:
    assert refuted(goal, where((a, Interval(0, 3))), seconds=3) is None


def test_a_limit_without_variables() -> None:
    found = refuted(Equal(Limit(sin(t) / t, t, 0, "+-"), 2), Context())
    assert found is not None
    assert found.limits == {Limit(sin(t) / t, t, 0, "+-"): S.One}
    assert refuted(Equal(Limit(1 / t, t, 0), 0), Context(), seconds=2) is None


LINEAR = Limit(a * t, t, 1)
AT_TWO = Limit(2 * t, t, 1)
STEP = Rewrite(CONTINUOUS, (AT_TWO, 2 * t, S.One))
FORGED: list[tuple[Expr, dict[Expr, tuple[Rewrite, ...]]]] = [
    (LINEAR, {}),
    (LINEAR, {LINEAR: ()}),
    (LINEAR, {AT_TWO: (STEP,)}),
    (LINEAR, {LINEAR: (Rewrite(CONTINUOUS, (Limit(3 * t, t, 1), 3 * t, S.One)),)}),
    (LINEAR, {LINEAR: (Rewrite(CONTINUOUS, (LINEAR, a * t, S.One)),)}),
    (LINEAR, {LINEAR: (STEP, STEP)}),
    (LINEAR, {LINEAR: (Rewrite(CONTINUOUS, (AT_TWO, 3 * t, S.One)),)}),
    (LINEAR, {LINEAR: (Rewrite(CONTINUOUS, (AT_TWO, 2 * t)),)}),
    (LINEAR, {LINEAR: (Rewrite("empty integral", (AT_TWO,)),)}),
    (Limit(a / t, t, 0), {Limit(a / t, t, 0): (Rewrite(DECAY, (Limit(2 / t, t, 0), c, S.One)),)}),
    (Limit(c * t, t, 1), {Limit(c * t, t, 1): (Rewrite(CONTINUOUS, (LINEAR, c * t, S.One)),)}),
    (Limit(c * t, t, 1), {Limit(c * t, t, 1): (Rewrite(CONTINUOUS, (LINEAR, c * t, S.One)),)}),
    (Sum(Limit(k * a * t, t, 1), (k, 1, 3)), {Limit(k * a * t, t, 1): (STEP,)}),
    (Sum(Limit(a * t, t, 1), (a, 1, 3)), {LINEAR: (STEP,)}),  # another a
    (Limit(a * k, k, 0), {}),  # no sequence tends to a number
]


@pytest.mark.parametrize(("side", "steps"), FORGED, ids=str)
def test_steps_that_lead_to_no_value(side: Expr, steps: dict[Expr, tuple[Rewrite, ...]]) -> None:
    refuses(Equal(side, 7), LINE, {a: S(2)}, limits=steps)


def test_what_the_values_are_is_told_before_the_steps_are_checked() -> None:
    point = {a: S(2)}
    values, owed = values_at([LINEAR], point, {LINEAR: (STEP,)})
    assert (values, len(owed)) == ({LINEAR: S(2)}, 1)
    moving = Rewrite(DECAY, (AT_TWO, c, S.One))
    another = Rewrite(CONTINUOUS, (Limit(3 * t, t, 1), 3 * t, S.One))
    for steps in ((), (moving,), (another,)):
        with pytest.raises(Rejected):
            values_at([LINEAR], point, {LINEAR: steps})


def test_the_steps_are_taken_where_they_fit() -> None:
    found = kernel.refute(Equal(LINEAR, 7), LINE, {a: S(2)}, limits={LINEAR: (STEP,)})
    assert found.limits == {LINEAR: S(2)}
    refuses(Equal(LINEAR, 2), LINE, {a: S(2)}, limits={LINEAR: (STEP,)})
    refuses(Equal(LINEAR, 7), LINE, {a: S(3)}, limits={LINEAR: (STEP,)})
    around = Equal(Sum(LINEAR * k, (k, 1, 3)), 7)
    assert kernel.refute(around, LINE, {a: S(2)}, limits={LINEAR: (STEP,)}).limits


@pytest.mark.parametrize(
    "limit",
    [
        Limit(a * log(Heaviside(t)) + t, t, 0, "-"),  # not defined to the left of 0
        Limit(a / (t - Abs(t)) + t, t, 0, "+"),
        Limit(t, t, 1 / log(a)),  # SymPy makes 0 of it
    ],
    ids=str,
)
def test_what_a_point_makes_vanish_is_still_undefined(limit: Expr) -> None:
    goal, point = Equal(limit, 7), {a: S.Zero}
    there = instantiate(limit, point)
    step = Rewrite(CONTINUOUS, (there, t, S.One))
    kernel.refute(Equal(there, 7), LINE, point, limits={there: (step,)})
    assert "side condition" in refuses(goal, LINE, point, limits={limit: (step,)})


def test_putting_a_point_into_a_limit() -> None:
    assert instantiate(Limit(t * a, t, 1), {t: S(5)}) == LINEAR
    assert instantiate(Limit(t * a, t, c), {a: S(2), c: S(3), t: S(5)}) == Limit(2 * t, t, 3)
    with pytest.raises(Unsubstitutable, match="cancel"):
        instantiate_condition(Defined(Limit(a / t, t, 0)), {a: S.Zero})
    assert limits_of([Limit(Limit(x * y, x, 1), y, 2), x]) == (Limit(Limit(x * y, x, 1), y, 2),)


def test_the_record_shows_both_sides() -> None:
    @claim("here")
    @forall(b=Interval(0, 3))
    def slope(b):
        return Equal(Limit((exp(b * t) - 1) / t, t, 0), b**2 - 2)

    record = check(slope, CheckOptions(timeout=30))
    assert record.verdict == "refuted"
    assert record.counterexample is not None
    assert record.counterexample.lhs_decimal != record.counterexample.rhs_decimal
    assert "Limit" not in str(record.counterexample.lhs)
    record = replay(slope, {"b": "3"}, CheckOptions())
    assert record.verdict == "refuted"
    assert record.counterexample is not None
    assert (record.counterexample.lhs, record.counterexample.rhs) == ("3", "7")
    record = replay(slope, {"b": "2"}, CheckOptions())
    assert record.verdict == "supported"
    assert record.counterexample is not None
    assert record.counterexample.lhs_decimal == "2.0"
