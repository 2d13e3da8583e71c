"""The kernel under lies: forged theorems, engines that hand over 0 = 0, points that are none."""

from __future__ import annotations

import copy
import dataclasses

import pytest
from forging import proves, refuses, rejects, where
from sympy import (
    Abs,
    Derivative,
    Float,
    Function,
    Heaviside,
    I,
    IndexedBase,
    Integer,
    Integral,
    Interval,
    KroneckerDelta,
    Limit,
    Matrix,
    Max,
    Mul,
    Piecewise,
    Pow,
    Range,
    Rational,
    S,
    Sum,
    Symbol,
    atan,
    cos,
    exp,
    floor,
    log,
    oo,
    pi,
    sign,
    sin,
    sqrt,
    symbols,
    tan,
    zoo,
)

from proofcheck import kernel
from proofcheck.certificates import (
    Balls,
    Identity,
    Instead,
    Ranges,
    Rewrite,
    Split,
    Squares,
    Stronger,
    Term,
)
from proofcheck.domains import Family, Variable
from proofcheck.kernel import Counterexample, Rejected, Theorem
from proofcheck.obligations import Context, Obligation, definedness
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
UNIT = Mul(y, 1 / y, evaluate=False)
"""1, except at y = 0, where it has no value; to polynomials it is 1."""
HIDDEN_ZERO = cos(1) ** 2 + sin(1) ** 2 - 1
"""Zero, which neither SymPy nor a ball finds out."""
ONE = Term(S.One, S.One)


def owed(goal, context=LINE, kind="conclusion"):
    return Obligation(kind, goal, context)


# Who makes a Theorem


def test_nobody_else_makes_a_theorem():
    for seal in (None, object(), True, kernel):
        with pytest.raises(Rejected, match=r"kernel\.prove"):
            Theorem(owed(Equal(x, x + 1)), "certificate", Identity(), "", seal)
    with pytest.raises(Rejected):
        Theorem(owed(Equal(x, x + 1)), "cas", None, "")


def test_nobody_else_makes_a_counterexample():
    for seal in (None, object(), True):
        with pytest.raises(Rejected, match=r"kernel\.refute"):
            Counterexample(Equal(x, x), {x: S.One}, 1, 2, None, None, seal)


def test_a_theorem_is_not_recast():
    theorem = proves(Equal(x, x), LINE, Identity())
    with pytest.raises(Rejected):
        dataclasses.replace(theorem, obligation=owed(Equal(x, x + 1)))
    assert not hasattr(theorem, "seal") or theorem.seal is None
    with pytest.raises(dataclasses.FrozenInstanceError):
        theorem.obligation = owed(Equal(x, x + 1))
    assert copy.copy(theorem) == theorem
    found = kernel.refute(Equal(x, 0), LINE, {x: S.One})
    with pytest.raises(Rejected):
        dataclasses.replace(found, goal=Equal(x, x))


def test_the_door_for_sympys_word_is_marked():
    theorem = kernel.admit(owed(Equal(x, x)), "simplify says so")
    assert (theorem.basis, theorem.certificate) == ("cas", None)


def test_satisfiability_is_shown_by_a_point():
    obligation = owed(Equal(x, x), LINE, "satisfiable")
    with pytest.raises(Rejected, match="satisfy"):
        kernel.prove(obligation, Identity())
    with pytest.raises(Rejected, match="satisfy"):
        kernel.admit(obligation, "")


def test_two_variables_of_one_name_are_refused():
    context = where((x, S.Reals), (x, S.Reals))
    assert "twice" in rejects(Equal(x, x), context, Identity())
    assert "twice" in refuses(Equal(x, 0), context, {x: S.One})


def test_certificates_that_make_no_sense_are_rejected():
    deep = Ranges()
    for _ in range(2000):
        deep = Instead(x - y, Identity(), deep)
    assert "Recursion" in rejects(Equal(x, y), PLANE, deep)
    for nonsense in (
        Identity(cofactors=((0,),)),
        Identity(rewrites=(None,)),
        Identity(rewrites=5),
        Identity(multiplier="2"),
        Balls("high"),
        Split(None, Identity(), Identity()),
        Identity((Rewrite("no such rule", ()),)),
        Identity((Rewrite("root", ()),)),
        Identity((Rewrite("root", (x, y, w)),)),
        Identity(cofactors=((0, Matrix([x])),)),
    ):
        rejects(Equal(x, y), PLANE, nonsense)


# Ranges


def test_ranges():
    proves(Greater(x**2 + 1, 0), LINE, Ranges())
    for goal in (Greater(x, 0), Equal(x, 0), NotEqual(x, 0), Member(x, S.Integers), Defined(1 / x)):
        assert "leaves it open" in rejects(goal, LINE, Ranges())


# Identity


def test_a_polynomial_identity():
    proves(Equal((x + y) ** 2, x**2 + 2 * x * y + y**2), PLANE, Identity())
    for wrong in ((x + y) ** 2 + 1, x**2 + y**2, (x - y) ** 2):
        assert "differ" in rejects(Equal(wrong, x**2 + 2 * x * y + y**2), PLANE, Identity())


def test_an_identity_proves_equalities_only():
    for operator in ("ne", "lt", "le", "gt", "ge"):
        assert "equalities only" in rejects(Relation(x, operator, x), LINE, Identity())
    assert "not a relation" in rejects(Member(x, S.Reals), LINE, Identity())


def test_cofactors_of_what_is_assumed():
    context = where((x, S.Reals), (y, S.Reals), assuming=(Equal(x, 2 * y),))
    proves(Equal(x**2, 4 * y**2), context, Identity(cofactors=((0, x + 2 * y),)))
    rejects(Equal(x**2, 4 * y**2), context, Identity())
    rejects(Equal(x**2, 4 * y**2), context, Identity(cofactors=((0, x - 2 * y),)))
    rejects(Equal(x, 0), context, Identity(cofactors=((0, S.One),)))


def test_cofactors_of_what_is_not_assumed():
    for index in (0, 1, -1):
        assert "no assumption" in rejects(Equal(x, 0), LINE, Identity(cofactors=((index, S.One),)))
    for operator in ("le", "ge", "ne"):
        context = where((x, S.Reals), assuming=(Relation(x, operator, S.Zero),))
        assert "cofactor" in rejects(Equal(x, 0), context, Identity(cofactors=((0, S.One),)))


def test_a_cofactor_with_a_denominator():
    context = where((x, S.Reals), (y, S.Reals), assuming=(Equal(x * y, 0),))
    rejects(Equal(y, 0), context, Identity(cofactors=((0, 1 / x),)))
    nonzero = where((x, Interval(1, 2)), (y, S.Reals), assuming=(Equal(x * y, 0),))
    assert "denominator" in rejects(Equal(y, 0), nonzero, Identity(cofactors=((0, 1 / x),)))
    proves(Equal(x * y / 2, 0), context, Identity(cofactors=((0, S.Half),)))


def test_a_cofactor_whose_atoms_are_undefined_somewhere():
    # sqrt(1/y)**2 * (y*w) is w, but not at y = 0, where w may be anything.
    context = where((y, S.Reals), (w, S.Reals), assuming=(Equal(y * w, 0),))
    square = Pow(sqrt(1 / y), 2, evaluate=False)
    lie = Identity((Rewrite("root", (1 / y, Integer(2))),), ((0, square),))
    assert "y != 0" in rejects(Equal(w, 0), context, lie)


def test_what_a_replacement_needs_is_known_where_its_atom_is_defined():
    plane = where((z, S.Complexes), (w, S.Reals), assuming=(Equal(w, 0),))
    # The goal writes atan(z): so z is not I, and its logarithms are defined as well.
    form = I * (log(1 - I * z) - log(1 + I * z)) / 2
    rule = Rewrite("logarithmic form", (atan(z),))
    proves(Equal(atan(z) * w, 0), plane, Identity((rule,), ((0, form),)))
    cofactor = 1 + atan(z) - form
    assert "!= 0" in rejects(Equal(w, 0), plane, Identity((rule,), ((0, cofactor),)))
    # Here the goal does not, but it is evident.
    root = log(sqrt(z))
    proof = Identity((Rewrite("logarithm of a power", (z, S.Half)),), ((0, 1 + root - log(z) / 2),))
    proves(Equal(w, 0), plane.assuming(NotEqual(sqrt(z), 0)), proof)
    assert "!= 0" in rejects(Equal(w, 0), plane, proof)


def test_zero_times_zero_is_zero():
    zero = Identity(multiplier=S.Zero)
    for nonzero in (None, Ranges(), Identity(), Stronger("eq", Identity())):
        rejects(Equal(x, y), PLANE, dataclasses.replace(zero, nonzero=nonzero))
    rejects(Equal(x, 1), LINE, Identity(multiplier=x, nonzero=Ranges()))
    context = where((x, S.Reals), (y, S.Reals), assuming=(Equal(x * y, 0),))
    assert "x != 0" in rejects(Equal(y, 0), context, Identity((), ((0, S.One),), x))
    proves(Equal(y, 0), context.assuming(NotEqual(x, 0)), Identity((), ((0, S.One),), x))


def test_a_multiplier_takes_a_proof_of_its_own():
    positive = Stronger("gt", Squares((Term(S.One, x - y / 2), Term(Rational(3, 4), y), ONE)))
    multiplier = x**2 - x * y + y**2 + 1
    plane = where((x, S.Reals), (y, S.Reals), (w, S.Reals))
    context = plane.assuming(Equal(multiplier * w, 0))
    proof = Identity((), ((0, S.One),), multiplier, positive)
    proves(Equal(w, 0), context, proof)
    rejects(Equal(w, 0), context, dataclasses.replace(proof, nonzero=None))
    rejects(Equal(w, 0), context, dataclasses.replace(proof, nonzero=Identity()))


def test_a_multiplier_that_is_undefined():
    assert "y != 0" in rejects(
        Equal(w, w), where((y, S.Reals), (w, S.Reals)), Identity(multiplier=UNIT)
    )


# Rewriting


def test_rules_are_used_under_their_conditions():
    root = Rewrite("modulus of a real number", (Abs(x), S.One))
    proves(Equal(Abs(x), x), where((x, Interval(0, 1))), Identity((root,)))
    assert "not proved" in rejects(Equal(Abs(x), x), LINE, Identity((root,)))
    assert "no rule" in rejects(Equal(x, y), PLANE, Identity((Rewrite("x = y", (x, y)),)))


def test_a_condition_whose_terms_are_undefined_says_nothing():
    # floor is 0 at y = 0; the rule's conditions have no value there.
    atom = floor(Rational(3, 2) * Max(sign(y), -sign(y)))
    context = where((y, S.Reals))
    inside = atom.args[0]
    zero = Identity(cofactors=((0, inside - 1),))
    below = Split(Equal(y, 0), Stronger("eq", zero), Split(Less(y, 0), Ranges(), Ranges()))
    above = Split(Equal(y, 0), Instead(Integer(-1), zero, Ranges()), Ranges())
    lie = Identity((Rewrite("integer part", (atom, UNIT), (below, above)),))
    rejects(Equal(atom, 1), context, lie)
    one = Heaviside(1 / y)
    steps = Rewrite("integer part", (floor(x), one)), Rewrite("Heaviside's step", (one, S.One))
    context = where((x, Interval.Ropen(1, 2)), (y, Interval(0, 1)))
    assert "y != 0" in rejects(Equal(floor(x), 1), context, Identity(steps))
    above = where((x, Interval.Ropen(1, 2)), (y, Interval(S.Half, 1)))
    proves(Equal(floor(x), 1), above, Identity(steps))


def test_equations_that_run_in_a_circle():
    turn = Rewrite("equal arguments", (sin(x), y)), Rewrite("equal arguments", (sin(y), x))
    context = where((x, S.Reals), (y, S.Reals), assuming=(Equal(x, y), Equal(y, x)))
    assert "circle" in rejects(Equal(sin(x), 0), context, Identity(turn))


def test_a_delta_with_a_range_is_zero_outside_of_it():
    delta = KroneckerDelta(n, k, (1, 3))
    lie = Identity((Rewrite("Kronecker delta", (delta, S.One)),))
    context = where((n, S.Integers), (k, S.Integers), assuming=(Equal(n, k),))
    assert "range" in rejects(Equal(delta, 1), context, lie)


def test_a_sum_written_out_does_not_capture_an_index():
    inner = Sum(n * k, (k, 1, 3)) + 1
    atom = Sum(inner, (n, k, k + 1))
    for rule, arguments in (("finite sum", (atom,)), ("last summand", (atom, k))):
        assert "binds" in rejects(
            Equal(atom, 0), where((k, S.Integers)), Identity((Rewrite(rule, arguments),))
        )


def test_infinities_are_no_numbers():
    nowhere = where()
    for goal in (Relation(oo, "eq", oo), Relation(zoo, "eq", zoo), Relation(S.NaN, "eq", S.NaN)):
        for certificate in (Identity(), Ranges(), Balls()):
            rejects(goal, nowhere, certificate)


# Balls


def test_balls_on_a_box():
    box = where((x, Interval(0, 1)))
    proves(Greater(exp(x), S.Half), box, Balls())
    proves(NotEqual(exp(x), 0), box, Balls())
    proves(Less(x, 2), box, Balls())
    proves(LessEqual(x, 2 + x**2), box, Balls())
    proves(GreaterEqual(x + 1, S.Half), box, Balls())
    for goal in (
        Greater(x, 0),
        GreaterEqual(x, S.Half),
        Less(x, 1),
        LessEqual(x, S.Half),
        NotEqual(x, S.Half),
        Greater(x, 2),
        GreaterEqual(x, 2),
        Less(x, -1),
        LessEqual(x, -1),
    ):
        assert "overlap" in rejects(goal, box, Balls())
    assert "no ball" in rejects(Equal(x - x + HIDDEN_ZERO, 0), box, Balls())
    rejects(Relation(x, "eq", x), box, Balls())


def test_balls_stay_inside_the_domain():
    for context in (
        LINE,
        where((x, Interval(0, oo))),
        where((x, Range(0, 5))),
        where(),
        where((x, S.Integers)),
        where((y, Interval(0, 1)), (x, Interval(0, y))),
    ):
        rejects(Greater(x + 10, 0), context, Balls())
    for goal in (Less(x, S.Half), Greater(x, S.Half)):
        rejects(goal, where((x, Interval(0, 1))), Balls())


def test_balls_and_terms_that_are_undefined_or_complex():
    box = where((x, Interval(-1, 1)))
    for goal in (NotEqual(1 / x, 0), Greater(1 / x**2, 0), Defined(1 / x), Defined(tan(2 * x))):
        rejects(goal, box, Balls())
    proves(Defined(exp(x)), box, Balls())
    assert "real" in rejects(Greater(2 + I * x, 1), where((x, Interval(1, 2))), Balls())
    assert "real" in rejects(Less(I, 2 + x), where((x, Interval(1, 2))), Balls())


def test_near_identities_are_not_equalities():
    near = exp(pi * sqrt(163)) - 640320**3 - 744
    for certificate in (Balls(), Balls(400), Ranges(), Identity()):
        rejects(Equal(near, 0), where(), certificate)
    proves(NotEqual(near, 0), where(), Balls(256))


# Points


def test_a_counterexample():
    found = kernel.refute(Equal((x + 1) ** 2, x**2 + 1), LINE, {x: S.One})
    assert found.point == {x: S.One}
    assert (found.lhs == 4, found.rhs == 2) == (True, True)
    kernel.refute(Greater(x**2, x), LINE, {x: S.Half})
    kernel.refute(NotEqual(x, 1), LINE, {x: S.One})
    kernel.refute(Member(x, S.Integers), LINE, {x: S.Half})


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        (Equal((x + 1) ** 2, x**2 + 2 * x + 1), S.One),
        (GreaterEqual(x**2, x), S.One),
        (Greater(x**2 + 1, x), S.One),
        (NotEqual(x, 1), S.Half),
        (Member(x, S.Integers), S.One),
        (Equal(HIDDEN_ZERO, x), S.Zero),
        (LessEqual(HIDDEN_ZERO, x), S.Zero),
    ],
)
def test_a_point_where_the_goal_holds(goal, value):
    refuses(goal, LINE, {x: value})


def test_a_point_outside_the_domain():
    for values, value in (
        (Interval(0, 1), Integer(2)),
        (Interval.open(0, 1), S.One),
        (Range(0, 3), Integer(3)),
        (Range(0, 3), S.Half),
        (S.Integers, S.Half),
        (S.Reals, I),
        (S.Reals, 1 + HIDDEN_ZERO * I),
        (S.Rationals, sqrt(2)),
        (Interval(0, 1), 1 + HIDDEN_ZERO),
        (Interval.open(0, 1), HIDDEN_ZERO),
    ):
        assert "lie in" in refuses(Equal(x, 7), where((x, values)), {x: value})


def test_a_point_that_is_not_exact():
    f = Function("f")
    everywhere = where((z, S.Complexes))
    for value in (
        Float("0.5"),
        0.5,
        1,
        y,
        None,
        "1",
        1 + Float(1) * sqrt(2),
        f(1),
        1 / HIDDEN_ZERO,
        oo,
        zoo,
        S.NaN,
        log(HIDDEN_ZERO),
        (S.One,),
    ):
        refuses(Equal(z, 7), everywhere, {z: value})
        with pytest.raises(Rejected):
            kernel.satisfy(everywhere, {z: value})
    refuses(Equal(z, 7), everywhere, {})
    refuses(Equal(x, 7), LINE, {Symbol("x"): S.One})


def test_a_point_gives_values_to_variables_only():
    goal = Equal(sin(x) ** 2 + cos(x) ** 2, 1)
    for extra in ({sin(x): Integer(5)}, {y: S.One}, {S.One: Integer(2)}, {pi: Integer(3)}):
        assert "no variable" in refuses(goal, LINE, {x: S.One, **extra})


def test_a_point_that_does_not_meet_the_assumptions():
    context = where((x, S.Reals), assuming=(Greater(x, 0), NotEqual(x, 2)))
    kernel.satisfy(context, {x: S.One})
    for value in (-S.One, S.Zero, Integer(2)):
        assert "hold at the point" in refuses(Equal(x, 7), context, {x: value})
    either = where((x, S.Reals), assuming=(AnyOf((Equal(x, 1), Equal(x, 2))),))
    kernel.satisfy(either, {x: Integer(2)})
    refuses(Equal(x, 7), either, {x: Integer(3)})
    both = where((x, S.Reals), assuming=(AllOf((Greater(x, 0), Less(x, 1))),))
    kernel.satisfy(both, {x: S.Half})
    refuses(Equal(x, 7), both, {x: S.One})


def test_an_assumption_that_is_undefined_at_the_point_does_not_hold():
    term = 1 / (x - 1 - HIDDEN_ZERO)
    for assumption in (Equal(term, term), LessEqual(term, term), GreaterEqual(term**2, 0)):
        context = where((x, S.Reals), assuming=(assumption,))
        refuses(NotEqual(x, 1), context, {x: S.One})
        with pytest.raises(Rejected):
            kernel.satisfy(context, {x: S.One})


def test_a_proof_of_an_assumption_is_replayed():
    near = where((x, S.Reals), assuming=(Equal(sqrt(2) ** 2 * x + sqrt(3), 2 + sqrt(3)),))
    kernel.satisfy(near, {x: S.One}, {0: Identity()})
    with pytest.raises(Rejected):
        kernel.satisfy(near, {x: S.Zero}, {0: Identity()})
    context = where((x, S.Reals), assuming=(Equal(HIDDEN_ZERO, x),))
    proof = Identity((Rewrite("Pythagoras", (sin(1),)),))
    kernel.satisfy(context, {x: S.Zero}, {0: proof})
    with pytest.raises(Rejected):
        kernel.satisfy(context, {x: S.Zero})
    with pytest.raises(Rejected):
        kernel.satisfy(context, {x: S.Zero}, {1: proof})


def test_values_of_a_family():
    p = IndexedBase("p", real=True)
    context = Context((Variable(n, Range(0, oo)), Family(p, n, Interval(0, 1))))
    kernel.refute(Equal(p[1], 0), context, {n: Integer(2), p: (S.One, S.Zero)})
    for point in (
        {n: Integer(2), p: (S.One,)},
        {n: Integer(2), p: (S.One, Integer(2))},
        {n: Integer(2)},
        {n: Integer(2), p: [S.One, S.Zero]},
        {n: S.Zero, p: ()},
        {n: Integer(1), p: S.One},
        {n: Integer(2), p: (S.One, 0.5)},
    ):
        refuses(Equal(p[1], 0), context, point)
    kernel.satisfy(context, {n: S.Zero, p: ()})


def test_a_dependent_domain_is_looked_up_at_the_point():
    context = where((n, Range(1, oo)), (k, Range(1, n + 1)))
    kernel.refute(NotEqual(k, 2), context, {n: Integer(2), k: Integer(2)})
    refuses(NotEqual(k, 2), context, {n: S.One, k: Integer(2)})


# Undefined terms never refute


@pytest.mark.parametrize(
    ("goal", "value"),
    [
        (Equal(1 / x, 7), S.Zero),
        (NotEqual(Mul(0, log(x), evaluate=False), 0), S.Zero),
        (Equal(tan(x), 7), pi / 2),
        (Less(log(x), -9), S.Zero),
        (Equal(1 / (x - HIDDEN_ZERO), 7), S.Zero),
        (Equal(Sum(k, (k, 5, floor(x))), 7), S.One),
        (Equal(Derivative(Abs(x), x), 7), S.Zero),
        (NotEqual(0 * y + Piecewise((1, x > 0)), 1), -S.One),
    ],
)
def test_an_undefined_term_does_not_refute(goal, value):
    refuses(goal, LINE, {x: value})


def test_an_order_of_complex_numbers_does_not_refute():
    context = where((z, S.Complexes))
    assert "real" in refuses(Less(z + 1, z), context, {z: I})
    tiny = I * (sqrt(2) * sqrt(3) - sqrt(6) + Rational(1, 10**400))
    refuses(Less(z + 1, z), context, {z: tiny})
    kernel.refute(Less(z + 1, z), context, {z: S.One})


@pytest.mark.parametrize(
    "goal", [Defined(1 / x), Throughout(n, Range(0, 3), Less(x, n)), AnyOf((Defined(1 / x),))]
)
def test_what_cannot_be_refuted_at_a_point(goal):
    assert "cannot be refuted at a point" in refuses(goal, LINE, {x: S.Zero})


def test_values_that_are_close_or_not_real_are_told_apart():
    close = Rational(1, 10**100)
    for goal in (Equal(x + close, x), Equal(x, x + close), Less(x + close, x), Greater(x, x)):
        found = kernel.refute(goal, LINE, {x: sqrt(2)})
        assert goal == Greater(x, x) or not found.lhs.overlaps(found.rhs)
    kernel.refute(Equal(z, 7), where((z, S.Complexes)), {z: I})
    kernel.refute(Equal(z, -z), where((z, S.Complexes)), {z: I})


def test_a_ball_alone_does_not_make_a_term_defined(monkeypatch):
    """What is undefined has no ball; should it have one, the needs of the term still speak."""
    refuses(Equal(1 / x, 7), LINE, {x: S.Zero})
    honest = kernel.balls.enclose

    def lying(expression, point, precision):
        return honest(expression.subs(x, 1), point, precision)

    monkeypatch.setattr(kernel.balls, "enclose", lying)
    monkeypatch.setattr(kernel.balls, "separated", lambda *sides: (honest(S.One, {}, 64),) * 2)
    assert "fails there" in refuses(Equal(1 / x, 7), LINE, {x: S.Zero})


def test_alternatives_are_refuted_all_or_not_at_all():
    goal = AnyOf((Equal(x, 1), Equal(x, 2)))
    kernel.refute(goal, LINE, {x: Integer(3)})
    refuses(goal, LINE, {x: Integer(2)})
    goal = AllOf((Equal(x, 1), Greater(x, 0)))
    kernel.refute(goal, LINE, {x: Integer(2)})
    refuses(goal, LINE, {x: S.One})


def test_a_certificate_of_failure_is_replayed():
    goal = NotEqual(HIDDEN_ZERO, x)
    proof = Identity((Rewrite("Pythagoras", (sin(1),)),))
    kernel.refute(goal, LINE, {x: S.Zero}, failure=proof)
    refuses(goal, LINE, {x: S.Zero}, failure=Identity())
    refuses(goal, LINE, {x: S.One}, failure=proof)


# Where a term is undefined


def test_the_point_where_a_term_is_undefined():
    found = kernel.undefined(1 / x, NotEqual(x, 0), LINE, {x: S.Zero})
    assert (found.term, found.lhs) == (1 / x, None)
    with pytest.raises(Rejected):
        kernel.undefined(1 / x, NotEqual(x, 0), LINE, {x: S.One})
    with pytest.raises(Rejected):
        kernel.undefined(1 / x, NotEqual(x, 0), where((x, Interval(1, 2))), {x: S.Zero})
    kernel.undefined(log(x), Member(log(x), S.Reals), LINE, {x: -S.One})


def test_a_need_that_is_not_the_terms_own():
    for need in (NotEqual(x, 1), Equal(x, 0), AnyOf((NotEqual(x, 1),))):
        with pytest.raises(Rejected, match="does not need"):
            kernel.undefined(x, need, LINE, {x: S.One})


def test_a_need_with_alternatives():
    (need,) = definedness(x**y)
    assert isinstance(need.condition, AnyOf)
    kernel.undefined(need.term, need.condition, PLANE, {x: S.Zero, y: -S.One})
    for y_ in (S.Zero, S.One):
        with pytest.raises(Rejected):
            kernel.undefined(need.term, need.condition, PLANE, {x: S.Zero, y: y_})


def test_what_has_a_value_is_not_undefined(monkeypatch):
    derivative = Derivative(x * Abs(x), x)
    needs = [need for need in definedness(derivative) if need.term == derivative]
    assert needs
    for need in needs:  # the rule for a modulus does not reach 0, where the derivative exists
        with pytest.raises(Rejected):
            kernel.undefined(need.term, need.condition, LINE, {x: S.Zero})
    close = 1 / (x - sqrt(2) + Rational(1, 10**60))
    with pytest.raises(Rejected):
        kernel.undefined(close, NotEqual(1 / close, 0), LINE, {x: sqrt(2)})
    # A need too many, should there be one, says nothing against a value.
    monkeypatch.setattr(kernel, "defined", lambda *terms: (NotEqual(x, 1),))
    with pytest.raises(Rejected, match="it has a value there"):
        kernel.undefined(x, NotEqual(x, 1), LINE, {x: S.One})


def test_a_derivative_without_a_ball_is_not_called_undefined(monkeypatch):
    derivative = Derivative(x * Abs(x), x)
    need = next(need for need in definedness(derivative) if need.term == derivative)

    def silent(expression, point, precision):
        raise kernel.balls.Unevaluable("no enclosure was found")

    monkeypatch.setattr(kernel, "satisfy", lambda *arguments: None)
    monkeypatch.setattr(kernel.balls, "enclose", silent)
    with pytest.raises(Rejected, match="may exist there"):
        kernel.undefined(derivative, need.condition, LINE, {x: S.Zero})


def test_a_need_that_cannot_be_put_in_does_not_fail() -> None:
    j = Symbol("j", integer=True)
    term = 1 / Sum(1 / j, (j, 1, n))
    context = Context((Variable(n, Range(1, oo)),))
    with pytest.raises(Rejected, match="Unsubstitutable"):
        kernel.undefined(term, NotEqual(1 / term, 0), context, {n: Integer(10**6)})


def test_a_branch_that_is_not_taken_is_not_undefined():
    needs = definedness(Piecewise((log(x), x > 0), (0, True)))
    assert needs
    for need in needs:
        with pytest.raises(Rejected):
            kernel.undefined(need.term, need.condition, LINE, {x: S.Zero})
    (need,) = definedness(Piecewise((log(x), x < 1), (0, True)))
    kernel.undefined(need.term, need.condition, LINE, {x: S.Zero})


def test_limits_and_integrals_at_a_point():
    goal = Equal(Integral(y * x, (y, 0, 1)), x)
    kernel.refute(goal, LINE, {x: S.One})
    refuses(Equal(Limit(x * y, y, 1), 7), LINE, {x: S.One})


def test_an_assumption_that_cannot_be_put_in_is_not_met() -> None:
    n, j = Symbol("n", integer=True, positive=True), Symbol("j", integer=True)
    long = Less(Sum(1 / j, (j, 1, n)), 0)
    context = Context((Variable(n, Range(1, oo)),), (long,))
    with pytest.raises(Rejected):
        kernel.satisfy(context, {n: Integer(10**6)})
