"""Steps from summands to sums, and from any value of a subterm: forgeries and what is sound."""

from __future__ import annotations

import pytest
from forging import proves, rejects, where
from sympy import (
    Derivative,
    Function,
    IndexedBase,
    Integral,
    Interval,
    Piecewise,
    Range,
    S,
    Subs,
    Sum,
    Symbol,
    exp,
    oo,
    sin,
    symbols,
)

from proofcheck.certificates import Balls, Generalise, Identity, Ranges, Squares, Term, Termwise
from proofcheck.domains import Family, Variable
from proofcheck.obligations import Context
from proofcheck.relations import (
    AnyOf,
    Defined,
    Equal,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Member,
    NotEqual,
)

x, y, T = symbols("x y T", real=True)
z = Symbol("z", complex=True)
i, j, n = symbols("i j n", integer=True)
a = IndexedBase("a", real=True)
LINE = where((x, S.Reals))
UP_TO_N = where((n, Range(1, oo)))
FAMILY = Context((Variable(n, Range(1, oo)), Family(a, n, S.Reals)))
TERMWISE = Termwise(Ranges())
TRUE_OF_ALL = (Ranges(), Identity(), Balls())


# Sums, term by term


def test_a_sum_of_squares_is_not_negative_and_one_of_zeros_is_zero() -> None:
    proves(GreaterEqual(Sum(a[i] ** 2, (i, 1, n)), 0), FAMILY, TERMWISE)
    proves(Greater(Sum(exp(a[i]), (i, 1, n)), 0), FAMILY, TERMWISE)
    zeros = Sum((a[i] + 1) ** 2 - a[i] ** 2 - 2 * a[i] - 1, (i, 1, n))
    proves(Equal(zeros, 0), FAMILY, Termwise(Identity()))
    proves(LessEqual(Sum(-((a[i] - a[j]) ** 2), (i, 1, j), (j, 1, n)), 0), FAMILY, TERMWISE)


@pytest.mark.parametrize(
    "goal",
    [
        Equal(Sum(a[i], (i, 1, n)), 0),
        GreaterEqual(Sum(a[i], (i, 1, n)), 0),
        Greater(Sum(a[i] ** 2, (i, 1, n)), 0),
        GreaterEqual(Sum(a[i] * a[j], (i, 1, n), (j, 1, n)), 0),  # true, but not of each term
        LessEqual(Sum(exp(a[i]), (i, 1, n)), 0),
    ],
)
def test_what_a_summand_does_not_obey(goal) -> None:
    for proof in TRUE_OF_ALL:
        rejects(goal, FAMILY, Termwise(proof))


def test_an_empty_sum_is_not_positive() -> None:
    maybe = where((n, Range(0, oo)))
    assert "side condition" in rejects(Greater(Sum(S.One, (i, 1, n)), 0), maybe, TERMWISE)
    assert "side condition" in rejects(Less(Sum(-exp(i), (i, 1, n)), 0), maybe, TERMWISE)
    proves(GreaterEqual(Sum(S.One, (i, 1, n)), 0), maybe, TERMWISE)
    # For n = 1 the inner range is empty.
    rejects(Greater(Sum(exp(i), (j, 1, i - 1), (i, 1, n)), 0), UP_TO_N, TERMWISE)
    proves(Greater(Sum(exp(i), (j, 1, i), (i, 1, n)), 0), UP_TO_N, TERMWISE)


def test_a_goal_that_is_no_sum_against_zero() -> None:
    for goal in (
        NotEqual(Sum(exp(i), (i, 1, n)), 0),
        GreaterEqual(Sum(exp(i), (i, 1, n)), 1),
        GreaterEqual(0, Sum(-exp(i), (i, 1, n))),
        GreaterEqual(Sum(exp(i), (i, 1, n)) - 1, 0),
        GreaterEqual(Integral(exp(x), (x, 1, 0)), 0),
        GreaterEqual(Sum(exp(-i), (i, 1, oo)), 0),
        GreaterEqual(Sum(exp(i), (i, -oo, 1)), 0),
        GreaterEqual(Sum(exp(i), (i, 1, n / 2)), 0),
        GreaterEqual(Sum(exp(i), (i, n / 2, n)), 0),
    ):
        rejects(goal, UP_TO_N, TERMWISE)


def test_an_index_of_the_name_of_a_variable() -> None:
    # What is known of the variable i must not be used of the index: the sum is -12.
    context = where((i, Range(5, 7)))
    rejects(GreaterEqual(Sum(i - 5, (i, 0, 3)), 0), context, TERMWISE)
    proves(GreaterEqual(Sum(i - 5, (i, 5, 8)), 0), context, TERMWISE)
    family = Context((Variable(i, Range(5, 7)), Family(a, i, Interval(0, 1))))
    proves(GreaterEqual(Sum(a[j], (j, 1, i)), 0), family, TERMWISE)


def test_an_index_that_promises_more_than_its_range() -> None:
    positive = Symbol("p", integer=True, positive=True)
    rejects(GreaterEqual(Sum(positive, (positive, -3, 1)), 0), LINE, TERMWISE)
    rejects(GreaterEqual(Sum(positive, (positive, -3, 1)), 0), UP_TO_N, TERMWISE)


def test_an_inner_range_that_depends_on_an_outer_index() -> None:
    proves(GreaterEqual(Sum(i - j, (j, 1, i), (i, 1, n)), 0), UP_TO_N, TERMWISE)
    rejects(GreaterEqual(Sum(i - j, (j, 1, n), (i, 1, n)), 0), UP_TO_N, TERMWISE)
    rejects(GreaterEqual(Sum(j - i, (j, 1, i), (i, 1, n)), 0), UP_TO_N, TERMWISE)
    # The inner i is another one: the terms are 1 - 2, 1 - 2 and 2 - 2.
    rejects(GreaterEqual(Sum(i - 2, (i, 1, i), (i, 1, 2)), 0), UP_TO_N, TERMWISE)


# Any value of a subterm


def test_a_subterm_stands_for_all_of_its_values() -> None:
    term = x**4 - 2 * x**2 * y**2 + y**4 + x * y
    context = where((x, S.Reals), (y, S.Reals), assuming=(GreaterEqual(x * y, -1),))
    above = Squares((Term(S.One, x**2 - y**2), Term(S.One, S.One, (0,))))
    goal = GreaterEqual(term**3 * exp(term) + exp(term), 0)
    found = Generalise(term, T, Interval(-1, oo), Ranges(), (above,))
    proves(goal, context, found)
    rejects(goal, context, Generalise(term, T, Interval(-1, oo), Ranges()))
    rejects(goal, context, Generalise(term, T, Interval(0, oo), Ranges(), (above,)))
    rejects(goal, context, Generalise(term, T, Interval.open(-1, oo), Ranges(), (above,)))
    rejects(Greater(term**3, -1), context, found)


def test_nothing_but_its_set_is_known_of_the_symbol() -> None:
    proves(Equal(exp(x) * 0 + x, x), LINE, Generalise(x, T, S.Reals, Identity()))
    proves(Equal(sin(x), sin(x)), LINE, Generalise(sin(x), T, S.Reals, Identity()))
    context = where((x, S.Reals), (y, S.Reals), assuming=(Equal(x, y),))
    proves(Equal(x, y), context, Identity(cofactors=((0, S.One),)))
    for index in (0, 1):
        use = Identity(cofactors=((index, S.One),))
        rejects(Equal(x, y), context, Generalise(x, T, S.Reals, use))
        rejects(Equal(x, y), LINE, Generalise(x, T, S.Reals, use))


@pytest.mark.parametrize("values", [Interval.open(0, oo), Interval(0, 1), S.Integers, S.Naturals])
def test_a_subterm_outside_the_set(values) -> None:
    for term in (x, sin(x), x**3 - x):
        for sides in ((), (Ranges(),), (Ranges(), Ranges()), (Identity(), Identity())):
            rejects(GreaterEqual(term, 0), LINE, Generalise(term, T, values, Ranges(), sides))
            below = Interval(-oo, 0)
            rejects(LessEqual(term, 0), LINE, Generalise(term, T, below, Ranges(), sides))


def test_a_symbol_that_is_taken_or_promises_too_much() -> None:
    context = where((x, S.Reals), (y, Interval(1, 2)))
    whole = Generalise(x, y, S.Reals, Ranges())
    assert "no symbol" in rejects(Greater(x, 0), context, whole)
    positive = Symbol("T", positive=True)
    assert "no symbol" in rejects(Greater(x, 0), LINE, Generalise(x, positive, S.Reals, Ranges()))
    rejects(Greater(x + T, T), LINE, Generalise(x, T, S.Reals, Ranges()))
    assumed = where((x, S.Reals), assuming=(Greater(y, 0),))
    assert "no symbol" in rejects(Greater(x, 0), assumed, Generalise(x, y, S.Reals, Ranges()))
    bound = GreaterEqual(x + Sum(T, (T, 1, 2)), 3)
    assert "no symbol" in rejects(bound, LINE, Generalise(x, T, S.Reals, Ranges()))


def test_a_set_that_mentions_what_is_not_there() -> None:
    free = Generalise(x, T, Interval(y, y + 1), Ranges(), (Ranges(), Ranges()))
    assert "no symbol" in rejects(Greater(x, y - 1), LINE, free)


@pytest.mark.parametrize(
    "goal",
    [
        Equal(Derivative(exp(x), x), 0),
        Equal(Derivative(exp(x) * y, x), 0),
        Equal(Integral(exp(x), (x, 0, 1)), exp(x)),
        Equal(Sum(exp(x), (x, 0, 1)), 2 * exp(x)),
        Equal(Subs(exp(x), x, 1), exp(x)),
        Equal(Subs(Function("f")(exp(x)), x, x), exp(x)),
        Equal(Integral(exp(x), (x, 0, x)), x * exp(x)),
        Equal(Derivative(Integral(exp(x) * y, (y, 0, 1)), x), 0),
    ],
)
def test_a_subterm_in_the_scope_of_its_own_symbols(goal) -> None:
    context = where((x, S.Reals), (y, S.Reals))
    for proof in TRUE_OF_ALL:
        found = Generalise(exp(x), T, Interval.open(0, oo), proof)
        assert "bound in the goal" in rejects(goal, context, found)


def test_an_undefined_subterm() -> None:
    # At x = 0 there is no value to be named: nothing follows of it there.
    lie = Generalise(1 / x, T, S.Reals, Identity())
    rejects(Equal(x, x), LINE, lie)
    guarded = Equal(Piecewise((1 / x, x > 0), (1, True)), 1)
    for proof in TRUE_OF_ALL:
        rejects(guarded, LINE, Generalise(1 / x, T, S.Reals, proof))


def test_a_complex_subterm() -> None:
    context = where((z, S.Complexes))
    for values in (S.Reals, Interval(0, oo)):
        rejects(GreaterEqual(z**2, 0), context, Generalise(z, T, values, Ranges(), (Ranges(),)))


def test_a_membership_may_be_generalised() -> None:
    goal = Member(x / (1 + exp(y)), S.Reals)
    context = where((x, S.Reals), (y, S.Reals))
    proves(goal, context, Generalise(exp(y), T, Interval.open(0, oo), Ranges()))
    rejects(Member(x, S.Integers), LINE, Generalise(x, T, S.Reals, Ranges()))
    rejects(Member(x, Interval(0, exp(x))), LINE, Generalise(x, T, S.Reals, Ranges()))
    for goal in (Defined(1 / x), AnyOf((Greater(x, 0), LessEqual(x, 0)))):
        assert "neither" in rejects(goal, LINE, Generalise(x, T, S.Reals, Ranges()))
