"""What must be shown: a condition forgotten here is never proved."""

from __future__ import annotations

import operator

import pytest
from forging import proves, rejects, where
from sympy import (
    Add,
    Derivative,
    Integral,
    Interval,
    Limit,
    Matrix,
    Max,
    Piecewise,
    Pow,
    Product,
    Range,
    S,
    Sum,
    Symbol,
    acot,
    atan,
    atan2,
    binomial,
    cos,
    exp,
    factorial,
    floor,
    gamma,
    log,
    oo,
    sin,
    sqrt,
    symbols,
    tan,
)

from proofcheck.certificates import Ranges
from proofcheck.obligations import Context, apart, definedness, entries, obligations, premises
from proofcheck.relations import Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual, Throughout

x, y = symbols("x y", real=True)
z = Symbol("z", complex=True)
i, j, k, n = symbols("i j k n", integer=True)


def needs(*expressions) -> list[str]:
    return [str(need.condition) for need in definedness(*expressions)]


@pytest.mark.parametrize(
    ("expression", "conditions"),
    [
        (1 / (x - 1), ["x - 1 != 0"]),
        (log(z), ["z != 0"]),
        (tan(x), ["cos(x) != 0"]),
        (sin(x) + exp(x) * cos(x), []),
        (sqrt(z), []),
        (1 / sqrt(x), ["x != 0"]),
        (log(1 / x), ["x != 0", "1/x != 0"]),
        (atan2(y, x), None),
        (gamma(x), None),
        (factorial(n), None),
        (binomial(x, y), None),
        (floor(z), ["z in Reals"]),
        (Max(z, 1), None),
        (acot(z), None),
        (atan(z), None),
        (x**y, None),
        (Pow(0, x), None),
        (2**x, []),
        (Derivative(abs(x), x), None),
        (Integral(1 / x, (x, 0, 1)), None),
        (Limit(1 / x, x, 0), None),
        (Sum(1 / k, (k, 1, oo)), None),
        (Product(1 / k, (k, 0, n)), None),
        (oo + Add(x, 0), None),
    ],
)
def test_what_a_term_needs(expression, conditions):
    found = needs(expression)
    if conditions is None:
        assert found
    else:
        assert found == conditions


def test_a_statement_owes_its_terms_and_that_ordered_sides_are_real():
    context = where((x, S.Reals), (z, S.Complexes))
    kinds = [(o.kind, str(o.goal)) for o in obligations(Equal(1 / x, z), context)]
    assert kinds == [("defined", "x != 0"), ("conclusion", "1/x = z")]
    kinds = [(o.kind, str(o.goal)) for o in obligations(Less(x, z), context)]
    assert ("defined", "z in Reals") in kinds
    assert ("defined", "x in Reals") not in kinds


def test_matrices_owe_every_entry():
    left, right = Matrix([x, y]).as_immutable(), Matrix([y, 1 / x]).as_immutable()
    assert [str(part) for part in entries(Equal(left, right))] == ["x = y", "y = 1/x"]
    assert str(entries(NotEqual(left, right))[0]) == "(x != y or y != 1/x)"
    owed = obligations(NotEqual(left, right), where((x, S.Reals), (y, S.Reals)))
    assert "x != 0" in [str(o.goal) for o in owed if o.kind == "defined"]


def test_a_sum_needs_each_of_its_terms():
    (need,) = definedness(Sum(1 / (k - 3), (k, 1, 5)))
    assert isinstance(need.condition, Throughout)
    rejects(need.condition, where(), Ranges())
    (need,) = definedness(Sum(1 / (k - 7), (k, 1, 5)))
    proves(need.condition, where(), Ranges())


def test_a_sum_does_not_run_downwards():
    assert needs(Sum(k, (k, 5, n))) == ["5 <= n + 1"]
    found = needs(Sum(k, (k, 1, x)))
    assert found == ["(1 in Integers and x in Integers)", "1 <= x + 1"]


def test_the_limits_of_an_inner_sum_are_looked_at_for_every_outer_index():
    # j runs from 1 down to -10: the context's own i >= 1 says nothing of the bound i.
    context = where((i, Range(1, oo)))
    goals = [need.condition for need in definedness(Sum(1, (j, 1, i), (i, -10, 5)))]
    assert goals
    rejects(goals[0], context, Ranges())
    (goal,) = (need.condition for need in definedness(Sum(1, (j, 1, i), (i, 0, 5))))
    proves(goal, context, Ranges())


def test_an_index_that_is_called_positive_may_be_zero():
    positive = Symbol("k", integer=True, positive=True)
    (need,) = definedness(Sum(1 / positive, (positive, -2, 2)))
    rejects(need.condition, where(), Ranges())
    (need,) = definedness(Sum(1 / (positive - k), (positive, 1, 2)))  # two symbols, one name
    rejects(need.condition, where((k, Range(1, 3))), Ranges())


def test_a_branch_is_needed_where_it_is_taken():
    assert needs(Piecewise((log(x), x > 0), (0, True))) == ["(x <= 0 or x != 0)"]
    assert needs(Piecewise((0, x > 0), (1 / x, True))) == ["(x > 0 or x != 0)"]
    assert needs(Piecewise((1, x > 0))) == ["(x > 0)"]


def test_the_test_of_a_branch_must_have_a_truth_value():
    found = needs(Piecewise((x, log(x) > 0), (0, True)))
    assert found[:2] == ["x != 0", "log(x) in Reals"]
    found = needs(Piecewise((0, x > 1), (x, 1 / x > 0), (2, True)))
    assert "(x > 1 or x != 0)" in found


def test_premises_are_the_ends_and_the_assumed_inequalities():
    context = Context(
        where((x, Interval.Lopen(0, 1)), (n, Range(2, oo)), (k, S.Naturals0)).variables,
        (Less(x, y), LessEqual(y, 2), Greater(y, 0), Equal(x, y), NotEqual(x, 0)),
    )
    assert [str(p) for p in premises(context)] == [
        "x > 0",
        "1 >= x",
        "n >= 2",
        "k >= 0",
        "y > x",
        "2 >= y",
        "y > 0",
    ]


def test_bound_symbols_are_kept_apart():
    context = where((k, Range(6, oo)))
    assert apart(k, Range(0, 3), context) == Symbol("k_1", integer=True, nonnegative=True)
    assert apart(n, Range(0, 3), context) == n
    assert apart(n, Range(0, 3), context, {n}) != n
    assert apart(Symbol("m", positive=True), Interval(-1, 1), context) == Symbol("m_1", real=True)


def test_narrowing_a_set_by_a_rational_bound():
    context = where((x, Interval(0, 2)), (n, Range(0, 5)))
    for condition, narrower in (
        (Less(x, 1), Interval.Ropen(0, 1)),
        (LessEqual(x, 1), Interval(0, 1)),
        (Greater(x, 1), Interval.Lopen(1, 2)),
        (LessEqual(x, sqrt(2)), Interval(0, 2)),
        (LessEqual(x, -1), Interval(0, 2)),
        (Less(1, x), Interval(0, 2)),
        (Equal(x, 1), Interval(0, 2)),
    ):
        found = context.narrowed(condition)
        assert found.sets[x] == narrower
        assert found.assumptions == (condition,)


@pytest.mark.parametrize("relation", [Less, LessEqual, Greater, GreaterEqual])
@pytest.mark.parametrize("values", [Range(0, oo), Range(-3, 4), Range(2, 3)])
def test_narrowing_a_range_keeps_the_integers_that_fit(relation, values):
    context = where((n, values))
    some = [value for value in range(-6, 9) if value in values]
    for bound in range(-5, 8):
        condition = relation(n, bound)
        found = context.narrowed(condition)
        fits = [value for value in some if getattr(operator, condition.operator)(value, bound)]
        kept = [value for value in range(-6, 9) if value in found.sets[n]]
        assert set(fits) <= set(kept) <= set(some)
        assert kept == fits or not fits
        assert found.assumptions == (condition,)


def test_ranges_without_a_least_constant_are_not_narrowed():
    for values in (Range(-oo, 3), Range(3, 0, -1), Range(0, 10, 2)):
        assert where((n, values)).narrowed(GreaterEqual(n, 1)).sets[n] == values
    assert where((n, Range(0, oo))).narrowed(Less(n, S(5) / 2)).sets[n] == Range(0, oo)
