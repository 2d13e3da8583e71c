"""Composite steps: each forged certificate below would prove something false."""

from __future__ import annotations

import pytest
from forging import proves, rejects, where
from sympy import (
    Abs,
    IndexedBase,
    Integer,
    Integral,
    Interval,
    Max,
    Mul,
    Range,
    Rational,
    S,
    Sum,
    Symbol,
    acos,
    asin,
    atan,
    cos,
    exp,
    log,
    oo,
    pi,
    sign,
    sin,
    sqrt,
    symbols,
    tan,
)

from proofcheck.certificates import (
    Alternatives,
    Balls,
    Boxes,
    Constant,
    Enumerate,
    Identity,
    Induction,
    Instead,
    Monotone,
    Ranges,
    Rewrite,
    Split,
    Squares,
    Stronger,
    Sufficient,
    Term,
)
from proofcheck.domains import Family
from proofcheck.obligations import Context
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Defined,
    Equal,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Member,
    NotEqual,
    Relation,
    Throughout,
)

x, y, w = symbols("x y w", real=True)
z = Symbol("z", complex=True)
n, k = symbols("n k", integer=True)
LINE = where((x, S.Reals))
PLANE = where((x, S.Reals), (y, S.Reals))
ANYTHING = (Ranges(), Identity(), Balls())


def all_reject(goal, context, certificates):
    for certificate in certificates:
        rejects(goal, context, certificate)


# Splits


def test_a_split_proves_both_halves():
    same = Stronger("eq", Identity((Rewrite("modulus of a real number", (Abs(x), S.One)),)))
    proves(GreaterEqual(Abs(x), x), LINE, Split(Less(x, 0), Ranges(), same))
    rejects(GreaterEqual(Abs(x), x), LINE, Split(Less(x, 0), same, same))


@pytest.mark.parametrize("condition", [Less(x, 0), GreaterEqual(x, 0)])
def test_a_split_with_one_false_half_is_rejected(condition):
    rejects(GreaterEqual(x, 0), LINE, Split(condition, Ranges(), Ranges()))
    rejects(Less(x, 0), LINE, Split(condition, Ranges(), Ranges()))


def test_a_split_on_an_undefined_condition_leaves_a_gap():
    # At x = 0 neither half is admissible, so both could be proved there.
    rejects(NotEqual(x, 0), LINE, Split(Greater(1 / x, 0), Ranges(), Ranges()))
    split = Split(Equal(1 / x, 1), Ranges(), Ranges())
    assert "x != 0" in rejects(Equal(x, x + 0 * y), LINE, split)


def test_a_split_by_the_order_of_complex_numbers_leaves_a_gap():
    context = where((z, S.Complexes))
    for condition in (Less(z, 0), Relation(S.Zero, "lt", z)):
        split = Split(condition, Identity(), Identity())
        assert "z in Reals" in rejects(Equal(z, z), context, split)


def test_a_split_by_a_set_with_undefined_ends_leaves_a_gap():
    split = Split(Member(x, Interval(0, 1 / y)), Identity(), Identity())
    assert "y != 0" in rejects(Equal(x, x), PLANE, split)


@pytest.mark.parametrize("condition", [Defined(1 / x), Throughout(n, S.Integers, Less(n, x))])
def test_a_split_needs_a_condition_that_has_a_negation(condition):
    assert "split" in rejects(Equal(x, x), LINE, Split(condition, Identity(), Identity()))


def test_a_cover_with_a_gap_is_rejected():
    goal = Greater(x**2 - x + Rational(1, 100), 0)
    context = where((x, Interval(0, 1)))
    cover = Split(
        LessEqual(x, Rational(1, 3)), Balls(), Split(GreaterEqual(x, Rational(2, 3)), *ANYTHING[:2])
    )
    rejects(goal, context, cover)


def test_parts_of_a_split_by_several_conditions_are_looked_at():
    split = Split(AnyOf((Less(x, 0), Greater(1 / x, 0))), Identity(), Identity())
    assert "x != 0" in rejects(Equal(x, x), LINE, split)


# Alternatives


def test_alternatives_need_a_proof_for_each():
    context = where((x, S.Reals), assuming=(AnyOf((Equal(x, 1), Equal(x, -1))),))
    use = Identity(cofactors=((1, x + 1),)), Identity(cofactors=((1, x - 1),))
    proves(Equal(x**2, 1), context, Alternatives(0, use))
    rejects(Equal(x, 1), context, Alternatives(0, (Identity(cofactors=((1, S.One),)), Identity())))
    for few in ((Identity(cofactors=((1, S.One),)),), ()):
        assert "2 alternatives" not in rejects(Equal(x, 1), context, Alternatives(0, few))
        assert f"{len(few)} alternatives" in rejects(Equal(x, 1), context, Alternatives(0, few))


def test_alternatives_need_an_assumption_that_has_some():
    for other in (Equal(x, x), AllOf((Equal(x, x), Equal(x, x))), Member(x, S.Reals)):
        context = where((x, S.Reals), assuming=(other,))
        for branches in ((), (Ranges(), Ranges())):
            assert "alternatives" in rejects(Equal(x, x), context, Alternatives(0, branches))
    rejects(Equal(x, 1), LINE, Alternatives(0, ()))
    context = where((x, S.Reals), assuming=(AnyOf((Equal(x, 1),)),))
    rejects(Equal(x, 1), context, Alternatives(-1, (Identity(cofactors=((1, S.One),)),)))


def test_one_alternative_is_sufficient():
    goal = AnyOf((Less(x * y, 1), GreaterEqual((x - y) ** 2, 0)))
    proves(goal, PLANE, Sufficient(1, Ranges()))
    rejects(goal, PLANE, Sufficient(0, Ranges()))
    for index in (2, -1):
        rejects(goal, PLANE, Sufficient(index, Ranges()))
    for other in (Equal(x, x), AllOf((Equal(x, x), Equal(x, y)))):
        assert "alternatives" in rejects(other, PLANE, Sufficient(0, Identity()))


# Stronger


@pytest.mark.parametrize(
    ("goal", "operator"),
    [
        (Less(x, x), "le"),
        (Less(x, x), "eq"),
        (NotEqual(x, x), "eq"),
        (NotEqual(x, x), "le"),
        (Greater(x, x), "ge"),
        (GreaterEqual(x, x + 1), "lt"),
        (Equal(x, x + 1), "lt"),
    ],
)
def test_what_is_called_stronger_must_be(goal, operator):
    for proof in ANYTHING:
        assert "does not follow" in rejects(goal, LINE, Stronger(operator, proof))


def test_the_stronger_goal_is_derived_from_the_goal():
    proves(LessEqual(x, x), LINE, Stronger("eq", Identity()))
    rejects(LessEqual(x, y), PLANE, Stronger("eq", Identity()))


def test_stronger_needs_a_relation():
    assert "not a relation" in rejects(Member(x, S.Integers), LINE, Stronger("eq", Identity()))


# Instead


def test_instead_of_a_goal_another_one():
    proves(Greater(x**2 + 2 * x + 2, 0), LINE, Instead((x + 1) ** 2 + 1, Identity(), Ranges()))


def test_zero_handed_over_instead_of_the_difference():
    all_reject(Equal(x, y), PLANE, [Instead(S.Zero, one, Identity()) for one in ANYTHING])
    all_reject(GreaterEqual(x, y), PLANE, [Instead(S.Zero, one, Ranges()) for one in ANYTHING])


def test_instead_the_new_goal_must_hold():
    rejects(Greater(x, 0), LINE, Instead(x, Identity(), Ranges()))
    rejects(Greater(x, -1), LINE, Instead(x + 1, Identity(), Identity()))


def test_a_multiplier_takes_a_proof_of_its_own():
    terms = (Term(S.One, x - y / 2), Term(Rational(3, 4), y), Term(S.One, S.One))
    multiplier = x**2 - x * y + y**2 + 1
    plane = where((x, S.Reals), (y, S.Reals), (w, S.Reals))
    context = plane.assuming(GreaterEqual(multiplier * w, 0))
    for positive, taken in ((Squares(terms), True), (None, False), (Identity(), False)):
        proof = Instead(multiplier * w, Identity(), Ranges(), multiplier, positive)
        (proves if taken else rejects)(GreaterEqual(w, 0), context, proof)


def test_what_is_not_zero_with_a_factor_is_not_zero_without_it():
    context = where((x, S.Reals), (y, S.Reals), assuming=(NotEqual(x * y, 0),))
    proves(NotEqual(x, 0), context, Instead(x * y, Identity(), Ranges(), y))
    rejects(NotEqual(x, 1), context, Instead(x * y, Identity(), Ranges(), y))
    rejects(NotEqual(x, 0), PLANE, Instead(x * y, Identity(), Ranges(), y))


def test_a_multiplier_that_may_vanish_or_be_negative():
    rejects(Equal(x, y), PLANE, Instead(S.Zero, Identity(), Identity(), multiplier=S.Zero))
    rejects(
        Greater(x, 0), LINE, Instead(x**2, Identity(), Ranges(), multiplier=x, positive=Ranges())
    )
    context = where((x, Interval.open(-2, -1)))
    rejects(Greater(x, 0), context, Instead(x**2, Identity(), Ranges(), multiplier=x))
    proves(Less(x, 0), context, Instead(-(x**2), Identity(), Ranges(), multiplier=-x))


def test_an_undefined_expression_instead():
    # 1 = y * (1/y) everywhere but at 0, where the certificate's expression has no value.
    unit = Mul(y, 1 / y, evaluate=False)
    lie = Instead(
        unit - 1, Split(Equal(y, 0), Identity(cofactors=((0, w - 1),)), Identity()), Identity()
    )
    assert "y != 0" in rejects(Equal(w, 1), where((y, S.Reals), (w, S.Reals)), lie)
    lie = Instead(S.Zero, Identity(), Identity(), multiplier=unit, positive=Ranges())
    assert "y != 0" in rejects(Equal(w, w), where((y, S.Reals), (w, S.Reals)), lie)


# Sums of squares


def test_a_sum_of_squares():
    proves(GreaterEqual(x**2 + y**2, 2 * x * y), PLANE, Squares((Term(S.One, x - y),)))
    proves(Greater(x**2 + 1, 0), LINE, Squares((Term(S.One, x), Term(S.One, S.One))))
    proves(LessEqual(2 * x * y, x**2 + y**2), PLANE, Squares((Term(S.One, x - y),)))


def test_a_negative_weight():
    for weight in (Integer(-1), S.Zero, sqrt(2) - 2):
        rejects(GreaterEqual(-(x**2), 0), LINE, Squares((Term(weight, x),)))
    rejects(GreaterEqual((sqrt(2) - 2) * x**2, 0), LINE, Squares((Term(sqrt(2) - 2, x),)))
    proves(GreaterEqual(2 * x**2, 0), LINE, Squares((Term(Integer(2), x),)))
    rejects(GreaterEqual(Integer(-1), 0), LINE, Squares((Term(Integer(-1), S.One),)))


def test_a_weight_that_is_not_rational():
    p = Symbol("p", positive=True)
    for weight in (pi, sqrt(2), p, exp(x)):
        goal, context = GreaterEqual(weight * x**2, 0), where((x, S.Reals), (p, S.Reals))
        assert "weight" in rejects(goal, context, Squares((Term(weight, x),)))


def test_a_square_of_something_that_is_not_real():
    context = where((z, S.Complexes))
    rejects(GreaterEqual(z**2, 0), context, Squares((Term(S.One, z),)))
    rejects(
        GreaterEqual(Integer(-1), 0),
        context,
        Squares((Term(S.One, S.ImaginaryUnit),), Identity((Rewrite("imaginary unit", ()),))),
    )


def test_a_square_of_something_undefined():
    unit = Mul(y, 1 / y, evaluate=False)
    assert "y != 0" in rejects(
        Greater(S.One, 0), where((y, S.Reals)), Squares((Term(S.One, unit),))
    )


def test_a_sum_of_squares_that_is_not_the_difference():
    rejects(GreaterEqual(x, y), PLANE, Squares((Term(S.One, x - y),)))
    rejects(GreaterEqual(x, y), PLANE, Squares(()))


def test_strictness_needs_a_positive_term():
    assert "visibly" in rejects(Greater(x**2, 0), LINE, Squares((Term(S.One, x),)))
    assert "visibly" in rejects(Less(S.Zero, x**2), LINE, Squares((Term(S.One, x),)))
    context = where((x, S.Reals), assuming=(GreaterEqual(x, 0),))
    rejects(Greater(x, 0), context, Squares((Term(S.One, S.One, (0,)),)))
    context = where((x, S.Reals), assuming=(Greater(x, 0),))
    proves(Greater(x, 0), context, Squares((Term(S.One, S.One, (0,)),)))
    both = where((x, S.Reals), (y, S.Reals), assuming=(Greater(x, 0), GreaterEqual(y, 0)))
    rejects(Greater(x * y, 0), both, Squares((Term(S.One, S.One, (0, 1)),)))
    rejects(Greater(S.Zero, 0), LINE, Squares((Term(S.One, S.Zero),)))


def test_factors_are_assumed_inequalities():
    rejects(GreaterEqual(x, 0), LINE, Squares((Term(S.One, S.One, (0,)),)))
    context = where((x, S.Reals), assuming=(LessEqual(x, 0),))
    rejects(GreaterEqual(x, 0), context, Squares((Term(S.One, S.One, (0,)),)))
    proves(LessEqual(x, 0), context, Squares((Term(S.One, S.One, (0,)),)))
    ends = where((x, Interval.Lopen(0, 1)))
    proves(Greater(x, 0), ends, Squares((Term(S.One, S.One, (0,)),)))
    proves(GreaterEqual(1, x), ends, Squares((Term(S.One, S.One, (1,)),)))
    rejects(Greater(1, x), ends, Squares((Term(S.One, S.One, (1,)),)))


def test_squares_prove_order_relations_only():
    assert "order" in rejects(Equal(x**2, x**2), LINE, Squares((Term(S.One, x),)))
    assert "order" in rejects(NotEqual(x**2 + 1, 0), LINE, Squares((Term(S.One, x),)))


# Monotone


def test_a_monotone_difference():
    context = where((x, Interval(0, oo)))
    proves(GreaterEqual(exp(x), 1 + x), context, Monotone(x, "left", Ranges(), Ranges()))
    context = where((x, Interval.open(0, oo)))
    proves(Greater(exp(x), 1 + x), context, Monotone(x, "left", Ranges(), Ranges(), True))


def test_monotone_from_a_false_end():
    context = where((x, Interval(0, 1)))
    rejects(GreaterEqual(x, S.Half), context, Monotone(x, "left", Ranges(), Ranges()))
    rejects(GreaterEqual(x, S.Half), context, Monotone(x, "right", Ranges(), Ranges()))
    proves(LessEqual(x, 1), context, Monotone(x, "right", Ranges(), Ranges()))


def test_monotone_in_the_wrong_direction():
    context = where((x, Interval(0, 1)))
    rejects(GreaterEqual(-x, 0), context, Monotone(x, "left", Ranges(), Ranges()))
    rejects(LessEqual(x, 0), context, Monotone(x, "left", Ranges(), Ranges()))
    rejects(GreaterEqual(x, 1), context, Monotone(x, "right", Ranges(), Ranges()))


def test_strictness_at_an_end_that_belongs_to_the_domain():
    closed, half = where((x, Interval(0, 1))), where((x, Interval.Lopen(0, 1)))
    rejects(Greater(x, 0), closed, Monotone(x, "left", Ranges(), Ranges(), True))
    proves(Greater(x, 0), half, Monotone(x, "left", Ranges(), Ranges(), True))
    rejects(Less(x, 1), half, Monotone(x, "right", Ranges(), Ranges(), True))
    rejects(
        Greater(S.Zero * y + x - x, 0),
        where((x, Interval.open(0, 1)), (y, S.Reals)),
        Monotone(x, "left", Ranges(), Ranges()),
    )


def test_a_strict_slope_must_be_strict():
    context = where((x, Interval.open(0, 1)), (y, Interval(0, 1)))
    rejects(Greater(x * y, 0), context, Monotone(x, "left", Ranges(), Ranges(), True))
    rejects(Greater(x * y, 0), context, Monotone(x, "left", Ranges(), Ranges(), False))


def test_monotone_across_a_pole():
    # The slope of -1/x is positive, but it jumps down at 0.
    context = where((x, Interval(-1, 1)))
    rejects(GreaterEqual(-1 / x, 1), context, Monotone(x, "left", Ranges(), Ranges()))
    context = where((x, Interval(0, 1)))
    rejects(GreaterEqual(-1 / x, 0), context, Monotone(x, "left", Ranges(), Ranges()))
    rejects(
        GreaterEqual(tan(x), 0), where((x, Interval(0, 3))), Monotone(x, "left", Ranges(), Ranges())
    )


@pytest.mark.parametrize(
    ("goal", "values", "end"),
    [
        (LessEqual(sign(x), S.Half), Interval.open(0, 1), "left"),
        (GreaterEqual(sign(x), -S.Half), Interval.open(-1, 0), "right"),
        (GreaterEqual(sign(x), S.Half), Interval(0, 1), "right"),
        (LessEqual(sign(x), -S.Half), Interval(-1, 0), "left"),
    ],
)
def test_a_jump_at_an_end_is_on_the_way(goal, values, end):
    # Both the end that is looked at and an end that belongs to the domain are part of the way.
    assert "side condition" in rejects(goal, where((x, values)), Monotone(x, end, *[Ranges()] * 2))


def test_monotone_from_an_infinite_end():
    context = where((x, S.Reals))
    assert "finite" in rejects(Less(-exp(x), 0), context, Monotone(x, "right", *[Ranges()] * 2))
    rejects(GreaterEqual(x, 0), context, Monotone(x, "left", Ranges(), Ranges()))


def test_monotone_needs_an_interval_of_its_own():
    for symbol, context in ((n, where((n, Range(0, 5)))), (x, where())):
        proof = Monotone(symbol, "left", Ranges(), Ranges())
        assert "its own" in rejects(GreaterEqual(symbol, 0), context, proof)
    dependent = where((x, Interval(0, 1)), (y, Interval(0, x)))
    assert "its own" in rejects(
        GreaterEqual(x, 0), dependent, Monotone(x, "left", Ranges(), Ranges())
    )


def test_monotone_forgets_what_is_assumed_of_the_variable_that_moves():
    # x >= 1/2 holds at the admissible points, not at the end of the interval.
    context = where((x, Interval(0, 1)), assuming=(GreaterEqual(x, S.Half), GreaterEqual(x, 2)))
    rejects(LessEqual(x, 0), context, Monotone(x, "left", Ranges(), Ranges()))
    away = where((x, Interval(-1, 1)), assuming=(NotEqual(x, 0),))
    rejects(GreaterEqual(-1 / x, 1), away, Monotone(x, "left", Ranges(), Ranges()))


def test_monotone_proves_order_relations_of_real_sides_only():
    context = where((x, Interval(0, 1)))
    assert "order relation" in rejects(
        Equal(x, 0), context, Monotone(x, "left", Ranges(), Ranges())
    )
    complex_ = where((x, Interval(0, 1)), (z, S.Complexes))
    assert "Reals" in rejects(
        GreaterEqual(x + z, z + z - 0 * x), complex_, Monotone(x, "left", Ranges(), Ranges())
    )


def test_an_end_that_would_be_captured_by_a_bound_index():
    # At x = k the sum is 6*k; putting k under the index k would make it 14.
    context = where((k, Range(1, 3)), (x, Interval(k, 5)))
    goal = GreaterEqual(Sum(x * k, (k, 1, 3)), 14)
    assert "bound" in rejects(goal, context, Monotone(x, "left", Ranges(), Ranges()))


# Constant


def test_a_constant_difference():
    context = where((x, Interval(0, oo)))
    pythagoras = Identity((Rewrite("Pythagoras", (sin(x),)),))
    proves(Equal(sin(x) ** 2 + cos(x) ** 2, 1), context, Constant(x, S.Zero, Ranges(), pythagoras))


def test_an_open_end_may_be_the_anchor():
    context = where((x, Interval.open(0, 1)))
    pythagoras = Identity((Rewrite("Pythagoras", (sin(x),)),))
    there = Identity((Rewrite("Pythagoras", (sin(1),)),))
    goal = Equal(sin(x) ** 2 + cos(x) ** 2, 1)
    proves(goal, context, Constant(x, S.Zero, Ranges(), pythagoras))
    proves(goal, context, Constant(x, S.One, there, pythagoras))


def test_constant_from_a_wrong_anchor():
    context = where((x, Interval(0, 1)))
    all_reject(
        Equal(S.One + x * 0, 2), context, [Constant(x, S.Zero, a, Identity()) for a in ANYTHING]
    )
    rejects(Equal(sin(x - x) + 1, 2), context, Constant(x, S.Zero, Ranges(), Identity()))


def test_a_slope_that_does_not_vanish():
    context = where((x, Interval(0, 1)))
    all_reject(Equal(x, 0), context, [Constant(x, S.Zero, Ranges(), a) for a in ANYTHING])
    all_reject(Equal(x**2, x), context, [Constant(x, S.One, Ranges(), a) for a in ANYTHING])


def test_constant_across_a_jump():
    # Locally constant, but atan jumps: atan(x) + atan(1/x) is pi/2 or -pi/2.
    goal = Equal(atan(x) + atan(1 / x), pi / 2)
    proof = Identity()
    for context in (
        where((x, Interval(-1, 1))),
        LINE,
        where((x, S.Reals), assuming=(NotEqual(x, 0),)),
    ):
        assert "not proved" in rejects(goal, context, Constant(x, S.One, Ranges(), proof))


@pytest.mark.parametrize(("values", "anchor"), [(Interval(0, 1), 1), (Interval(-1, 0), -1)])
def test_a_jump_at_an_end_that_belongs_to_the_domain(values, anchor):
    proof = Constant(x, Integer(anchor), Ranges(), Ranges())
    assert "side condition" in rejects(Equal(sign(x), anchor), where((x, values)), proof)


def test_a_slope_at_the_inner_points_only():
    arc = where((x, Interval(-1, 1)))
    goal = Equal(asin(x) + acos(x), pi / 2)
    for interior in (True, False):
        proof = Constant(x, S.Zero, Identity(), Identity(), interior)
        (proves if interior else rejects)(goal, arc, proof)
    # It has to be defined and continuous at the ends, and differentiable between them.
    half = where((x, Interval(0, 1)))
    at_one = Constant(x, S.One, Ranges(), Identity(), True)
    assert "continuous" in rejects(Equal(sign(x), 1), half, at_one)
    assert "side condition" in rejects(Equal(log(2 * x) - log(x), log(2)), half, at_one)
    assert "side condition" in rejects(Equal(Max(x, 0), (x + Abs(x)) / 2), arc, at_one)


def test_boxes_that_leave_it_open():
    for goal in (Greater(x, S.Half), Greater(x, 0), Less(x**2, x)):
        assert "leave it open" in rejects(goal, where((x, Interval(0, 1))), Boxes())
    proves(Greater(x + 1, 0), where((x, Interval(0, 1))), Boxes())


def test_an_anchor_outside_the_interval():
    goal = Equal(Abs(x - 2), 2 - x)
    rejects(goal, where((x, Interval(3, 4))), Constant(x, S.One, Ranges(), Identity()))
    rejects(Equal(x, x), where((x, Interval(3, 4))), Constant(x, S.One, Identity(), Identity()))
    assert "moves" in rejects(Equal(x, x), LINE, Constant(x, x, Identity(), Identity()))
    rejects(Equal(x, x), LINE, Constant(x, 1 / y, Identity(), Identity()))
    rejects(Equal(x, x), PLANE, Constant(x, 1 / y, Identity(), Identity()))


def test_poles_that_cancel_at_the_anchor():
    context = where((x, Interval.open(0, 1)))
    goal = Relation(1 / x + 1, "eq", 1 / x + 2)
    all_reject(goal, context, [Constant(x, S.Zero, a, Identity()) for a in ANYTHING])


def test_constant_needs_an_equality_and_an_interval_of_its_own():
    context = where((x, Interval(0, 1)))
    rejects(LessEqual(x - x, 0), context, Constant(x, S.Zero, Ranges(), Identity()))
    rejects(Equal(n, n), where((n, Range(0, 3))), Constant(n, S.Zero, Identity(), Identity()))


def test_constant_forgets_what_is_assumed_of_the_variable_that_moves():
    context = where((x, Interval(0, 1)), assuming=(Equal(x, 0),))
    rejects(Equal(x, 1), context, Constant(x, S.One, Ranges(), Ranges()))


# Enumerate


def test_every_value_is_enumerated():
    context = where((n, Range(0, 3)))
    proves(Equal(n * (n - 1) * (n - 2), 0), context, Enumerate(n, (Identity(),) * 3))
    for proofs in (0, 1, 2, 4):
        assert "one proof for each" in rejects(
            Equal(n * (n - 1), 0), context, Enumerate(n, (Identity(),) * proofs)
        )
    rejects(Equal(n * (n - 1), 0), context, Enumerate(n, (Identity(),) * 3))
    rejects(Equal(n - 2, 0), context, Enumerate(n, (Identity(),) * 3))


def test_other_variables_keep_their_sets_while_one_is_enumerated():
    context = where((n, Range(0, 2)), (x, Interval(0, 1)))
    proves(GreaterEqual(n + x, 0), context, Enumerate(n, (Ranges(), Ranges())))
    rejects(GreaterEqual(n + x, 1), context, Enumerate(n, (Ranges(), Ranges())))


def test_only_finite_ranges_are_enumerated():
    for values in (Range(0, oo), S.Integers, S.Naturals0, Interval(0, 3)):
        assert "finitely many" in rejects(
            Equal(n, 0), where((n, values)), Enumerate(n, (Ranges(),))
        )
    assert "finitely many" in rejects(Equal(n, 0), where(), Enumerate(n, ()))


def test_enumerated_values_reach_sets_sizes_and_assumptions():
    context = where((n, Range(1, 3)), (k, Range(0, n)), assuming=(Equal(n, k + 1),))
    goal = Equal(n, k + 1)
    proves(goal, context, Enumerate(n, (Identity(cofactors=((0, S.One),)),) * 2))
    rejects(Equal(k, 0), context, Enumerate(n, (Ranges(), Ranges())))
    p = IndexedBase("p", real=True)
    family = Context((*where((n, Range(1, 3))).variables, Family(p, n, Interval(0, n))))
    proves(LessEqual(p[1], 2), family, Enumerate(n, (Ranges(), Ranges())))
    rejects(LessEqual(p[1], 1), family, Enumerate(n, (Ranges(), Ranges())))


# Induction


def test_induction():
    context = where((n, Range(0, oo)))
    j = Symbol("_1_1", integer=True)  # the name of the index in the normal form
    step = Identity((Rewrite("last summand", (Sum(j, (j, 0, n + 1)), n)),), ((0, S.One),))
    proves(Equal(Sum(k, (k, 0, n)), n * (n + 1) / 2), context, Induction(n, Ranges(), step))


def test_induction_with_a_false_base():
    context = where((n, Range(0, oo)))
    j = Symbol("_1_1", integer=True)  # the name of the index in the normal form
    step = Identity((Rewrite("last summand", (Sum(j, (j, 0, n + 1)), n)),), ((0, S.One),))
    goal = Equal(Sum(k, (k, 0, n)), n * (n + 1) / 2 + 1)
    all_reject(goal, context, [Induction(n, base, step) for base in ANYTHING])


def test_induction_with_a_false_step():
    context = where((n, Range(0, oo)))
    all_reject(Equal(n * (n - 1), 0), context, [Induction(n, Ranges(), s) for s in ANYTHING])
    rejects(LessEqual(n, 3), context, Induction(n, Ranges(), Ranges()))
    for values in (S.Naturals, S.Naturals0):
        rejects(LessEqual(n, 3), where((n, values)), Induction(n, Ranges(), Ranges()))


def test_induction_needs_a_least_value_and_every_successor():
    for values in (Range(-oo, oo), S.Integers, Range(0, 5), Range(0, oo, 2), Range(0, -oo, -1)):
        why = rejects(Equal(n, n), where((n, values)), Induction(n, Identity(), Identity()))
        assert "from a least one" in why
    assert "least one" in rejects(Equal(x, x), LINE, Induction(x, Identity(), Identity()))
    rejects(Equal(n, n), where(), Induction(n, Identity(), Identity()))


def test_induction_needs_a_variable_that_moves_alone():
    context = where((n, Range(0, oo)), assuming=(LessEqual(n, 3),))
    rejects(LessEqual(n, 3), context, Induction(n, Ranges(), Ranges()))
    context = where((n, Range(0, oo)), (k, Range(0, n + 1)))
    rejects(Equal(n, n), context, Induction(n, Identity(), Identity()))
    # Without its assumption a goal may be undefined somewhere, and then nothing leads on from it.
    late = where((n, Range(0, oo)), assuming=(GreaterEqual(n, 5),))
    one = Mul(n - 3, 1 / (n - 3), evaluate=False)
    away = Induction(n, Identity(), Identity())
    assert "side condition" in rejects(Equal(one, 1), late, away)
    proves(Equal(Mul(n + 3, 1 / (n + 3), evaluate=False), 1), late, away)
    # At 0 the assumption is false, and proves all; from n = 5 it leads to 6, but nobody to 5.
    only_five = where((n, Range(0, oo)), assuming=(Equal(n, 5),))
    base = Identity(cofactors=((0, Rational(7, 5)),))
    step = Identity(cofactors=((0, S.Half), (1, S.Half)))
    rejects(Equal(n, 7), only_five, Induction(n, base, step))


# Side conditions, bad certificates


def test_a_side_condition_without_a_proof():
    rule = Rewrite("modulus of a real number", (Abs(x), S.One))
    assert "not proved" in rejects(Equal(Abs(x), x), LINE, Identity((rule,)))
    false = Rewrite("modulus of a real number", (Abs(x), S.One), (Ranges(),))
    rejects(Equal(Abs(x), x), LINE, Identity((false,)))


@pytest.mark.parametrize("thing", [None, "proved", Equal(x, x), 1, Rewrite("root", (x, S(2)))])
def test_what_is_no_certificate(thing):
    assert "no certificate" in rejects(Equal(x, x), LINE, thing)


def test_a_quantifier_does_not_meet_a_variable_of_the_same_name():
    # k >= 6 outside says nothing of the bound k, which takes the value 3.
    context = where((k, Range(6, oo)))
    goal = Throughout(k, Range(1, 6), NotEqual(k - 3, 0))
    rejects(goal, context, Ranges())
    proves(Throughout(k, Range(1, 6), NotEqual(k - 7, 0)), context, Ranges())
    rejects(Throughout(k, Range(1, 6), Throughout(k, Range(1, k), Less(k, 1))), where(), Ranges())
    shadowed = Symbol("k_1", integer=True)
    nested = Throughout(k, Range(1, 3), Throughout(shadowed, Range(1, 3), Equal(k, shadowed)))
    for proof in (Ranges(), Identity()):
        rejects(nested, where((k, Range(6, oo))), proof)
    assumed = where(assuming=(GreaterEqual(k, 6),))
    rejects(goal, assumed, Ranges())


def test_a_bound_symbol_that_promises_more_than_its_range():
    positive = Symbol("j", integer=True, positive=True)
    goal = Throughout(positive, Range(-2, 3), NotEqual(positive, 0))
    rejects(goal, where(), Ranges())


def test_an_integral_does_not_meet_a_variable_of_the_same_name():
    context = where((x, Interval(2, 3)))
    rejects(Defined(Integral(1 / x, (x, 0, 1))), context, Ranges())
    proves(Defined(Integral(1 / x, (x, 1, 2))), context, Ranges())
    rejects(Defined(Integral(log(x), (x, -1, 1))), context, Ranges())
