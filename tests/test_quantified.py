"""Steps with statements about all of a range: hypotheses, integrands, parameters of integrals."""

from __future__ import annotations

import pytest
from forging import proves, rejects, where
from sympy import (
    Abs,
    Derivative,
    Expr,
    FiniteSet,
    Integral,
    Interval,
    Limit,
    Range,
    Reals,
    S,
    Symbol,
    acos,
    cos,
    exp,
    factorial,
    log,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
    sympify,
)

from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.calculus.smoothness import smooth
from proofcheck.certificates import (
    Certificate,
    Existing,
    Identity,
    Instance,
    Lemma,
    Positivity,
    Ranges,
    Rewrite,
    Slopes,
    Uniform,
)
from proofcheck.engines.base import Budget
from proofcheck.engines.derivative_orders import InductionOnOrder
from proofcheck.engines.integrals import Integrals
from proofcheck.finiteness import evident
from proofcheck.obligations import Context, Obligation
from proofcheck.points import Unsubstitutable, instantiate
from proofcheck.relations import Condition, Defined, Operator, Relation, Throughout

a, c, t, x, y = symbols("a c t x y", real=True)
n = Symbol("n", integer=True, nonnegative=True)
ALL = (n, Range(0, oo))
SLOPE = Interval.open(-1, 1)
REAL = where(ALL, (x, Reals))
UNIT = where(ALL, (c, SLOPE))


def equation(lhs: Expr, rhs: Expr | int) -> Relation:
    return Relation(sympify(lhs), "eq", sympify(rhs))


def found(goal: Relation, context: Context) -> Certificate | None:
    return InductionOnOrder().prove(Obligation("conclusion", goal, context), Budget.lasting(10))


def geometric(k: Expr, slope: Expr) -> Expr:
    return Integral(cos(t) ** k / (1 - slope * cos(t)) ** (k + 1), (t, 0, pi / 2))


ORDERS = [
    (Derivative(exp(2 * c), (c, n)), 2**n * exp(2 * c)),
    (Derivative(1 / (1 - c), (c, n)), factorial(n) / (1 - c) ** (n + 1)),
    (Derivative((pi - acos(c)) / sqrt(1 - c**2), (c, n)), factorial(n) * geometric(n, c)),
]


@pytest.mark.parametrize(("left", "right"), ORDERS, ids=str)
def test_derivatives_of_every_order(left: Expr, right: Expr) -> None:
    goal = equation(left, right)
    certificate = found(goal, UNIT)
    assert certificate is not None
    proves(goal, UNIT, certificate)
    rejects(equation(left, right * (n + 1)), UNIT, certificate)


def test_wrong_derivatives_of_every_order() -> None:
    left, right = ORDERS[0]
    for wrong in (2 * right, right + 1, right * (n + 1), right + n * (n - 1) * (n - 2)):
        assert found(equation(left, wrong), UNIT) is None


def test_a_hypothesis_is_about_every_value() -> None:
    """What is assumed of one value of x is not known of the others, nor of the next n."""
    there = where(ALL, (x, Reals), assuming=(equation(x, 0),))
    goal = equation(x * n, 0)
    step = Instance(0, S.One, Ranges(), Identity((), ((1, x * (n + 1)),)))
    assert "differ" in rejects(goal, there, Uniform(n, (x,), Identity(), step))
    for proof in (Identity(), Identity((), ((0, S.One),)), Slopes(0, Identity((), ((1, x),)))):
        rejects(goal, there, Uniform(n, (x,), Identity(), proof))


def test_an_induction_has_a_base() -> None:
    """That 1 = 0 follows from itself, and yet holds for no n."""
    goal = equation(S.One, S.Zero)
    step = Identity((), ((0, S.One),))
    assert "differ" in rejects(goal, where(ALL), Uniform(n, (), Identity(), step))


def test_what_the_hypothesis_is_about_stands_alone() -> None:
    k = Symbol("k", integer=True)
    context = where(ALL, (x, Interval.open(0, 1)), (k, Range(0, n + 1)), (y, Interval(0, x)))
    goal = equation(x, x)
    assert "range freely" in rejects(goal, context, Uniform(n, (), Identity(), Identity()))
    apart = where(ALL, (x, Interval.open(0, 1)), (y, Interval(0, x)))
    for over in ((x,), (n,), (t,)):
        assert "of its own" in rejects(goal, apart, Uniform(n, over, Identity(), Identity()))
    proves(goal, apart, Uniform(n, (y,), Identity(), Identity()))


def test_terms_of_an_induction_are_defined_without_the_dropped_assumptions() -> None:
    context = where(ALL, (x, Reals), assuming=(Relation(x, "ne", S.Zero),))
    goal = equation(n / x, n / x)
    rejects(goal, context, Uniform(n, (x,), Identity(), Identity()))


def assumed(condition: Condition, context: Context = REAL) -> Context:
    return context.assuming(condition)


def test_an_instance_lies_in_the_set() -> None:
    inside = Throughout(t, Interval(0, 1), equation(t**2, t))
    context = assumed(inside)
    use = Identity((), ((1, S.One),))
    proves(equation(S(1) / 4, S.Half), context, Instance(0, S.Half, Ranges(), use))
    rejects(equation(4, 2), context, Instance(0, S(2), Ranges(), use))
    rejects(equation(x**2, x), context, Instance(0, x, Ranges(), use))
    assert "about all" in rejects(
        equation(4, 2), assumed(equation(x, 0)), Instance(0, S.Half, Ranges(), use)
    )


def test_an_instance_is_defined() -> None:
    pole = Throughout(t, Reals, equation(t / t**2, 1 / t))
    rejects(equation(0, 0), assumed(pole), Instance(0, S.Zero, Ranges(), Identity()))
    proves(equation(0, 0), assumed(pole), Instance(0, S.One, Ranges(), Identity()))


def test_only_equations_on_open_intervals_have_slopes() -> None:
    goal = equation(2 * x, 1)
    use = Instance(1, x, Ranges(), Identity((), ((2, S.One),)))
    closed = Interval(0, 1), Interval.Ropen(0, 1), Interval.Lopen(0, 1)
    for values in (*closed, FiniteSet(0, 1), Range(0, 5)):
        context = assumed(Throughout(x, values, equation(x**2, x)), where((x, Interval.open(0, 1))))
        assert "open interval" in rejects(goal, context, Slopes(0, use))
    unequal = Throughout(x, Interval.open(0, 1), Relation(x**2, "le", x))
    assert "not an equation" in rejects(
        goal, assumed(unequal, where((x, Interval.open(0, 1)))), Slopes(0, use)
    )
    kink = Throughout(x, Interval.open(-1, 1), equation(Abs(x), x**2))
    rejects(goal, assumed(kink, where((x, Interval.open(-1, 1)))), Slopes(0, use))


def test_an_equation_on_the_whole_line_has_slopes() -> None:
    context = assumed(Throughout(x, Reals, equation(exp(x), y * exp(x))), where((y, Reals)))
    use = Instance(1, S.Zero, Ranges(), Identity((), ((2, S.One),)))
    proves(equation(1, y), context, Slopes(0, use))


def test_slopes_take_sides_that_are_differentiable() -> None:
    """The logarithm is not, on both sides of 0, whatever is assumed of it."""
    context = assumed(
        Throughout(t, Interval.open(-1, 1), equation(log(t), 0)), where((x, Interval.open(0, 1)))
    )
    use = Instance(1, x, Ranges(), Identity((), ((2, S.One),)))
    assert "side condition" in rejects(equation(1 / x, 0), context, Slopes(0, use))


def test_slopes_do_not_mix_up_what_is_bound() -> None:
    """The x of the context is one point, the x of the hypothesis all of them."""
    everywhere = Throughout(x, Interval.open(0, 1), equation(a * x, y))
    context = where((x, Interval.open(0, 1)), (a, Reals), (y, Reals), assuming=(everywhere,))
    use = Instance(1, x, Ranges(), Identity((), ((2, S.One),)))
    proves(equation(a, 0), context, Slopes(0, use))
    rejects(equation(a, y), context, Slopes(0, use))


# The sign of an integral


def signed(integral: Expr, operator: str, context: Context = REAL) -> Certificate | None:
    goal = Relation(integral, operator, S.Zero)  # type: ignore[arg-type]
    certificate = Integrals().prove(Obligation("conclusion", goal, context), Budget.lasting(5))
    if certificate is not None:
        proves(goal, context, certificate)
    return certificate


def test_an_integral_has_the_sign_of_its_integrand() -> None:
    assert signed(Integral(exp(x * t), (t, 0, 1)), "gt") is not None
    assert signed(Integral(cos(t) ** n, (t, 0, pi / 2)), "gt") is not None
    assert signed(-(2**n) * Integral(cos(t) ** n, (t, 0, pi / 2)), "lt") is not None
    assert signed(Integral(t**2 * exp(-(t**2)), (t, -oo, oo)), "ge") is not None


@pytest.mark.parametrize(
    ("integral", "operator"),
    [
        (Integral(exp(t), (t, 1, 0)), "gt"),
        (Integral(exp(t), (t, 0, x)), "gt"),
        (Integral(exp(t), (t, 0, x**2)), "gt"),
        (Integral(exp(t), (t, oo, 0)), "gt"),
        (Integral(cos(t), (t, 0, pi)), "gt"),
        (Integral(sin(t), (t, 0, pi)), "lt"),
        (Integral(t, (t, -1, 1)), "ge"),
        (x * Integral(exp(t), (t, 0, 1)), "gt"),
    ],
    ids=str,
)
def test_no_integral_has_another_sign(integral: Expr, operator: Operator) -> None:
    assert signed(integral, operator) is None
    for proof in (Ranges(), Identity()):
        rejects(Relation(integral, operator, S.Zero), REAL, Positivity(proof))


def test_only_integrals_compared_with_zero() -> None:
    one = Integral(exp(t), (t, 0, 1))
    others = Relation(one, "gt", S.One), Relation(one, "ne", S.Zero), equation(one, 0)
    for goal in (*others, Relation(exp(x), "gt", S.Zero)):
        assert "not the sign of an integral" in rejects(goal, REAL, Positivity(Ranges()))
    indefinite = Relation(Integral(exp(t), t), "gt", S.Zero)
    assert "not a definite integral" in rejects(indefinite, REAL, Positivity(Ranges()))


def test_the_ends_of_an_integral_are_in_order() -> None:
    for low, high in ((oo, S.Zero), (oo, oo), (S.Zero, -oo)):
        backwards = Relation(Integral(exp(-(t**2)), (t, low, high)), "gt", S.Zero)
        assert "in this order" in rejects(backwards, REAL, Positivity(Ranges()))
    z = Symbol("z", complex=True)
    far = Relation(Integral(exp(-(t**2)), (t, z, oo)), "gt", S.Zero)
    assert "side condition" in rejects(far, where((z, S.Complexes)), Positivity(Ranges()))


def test_an_integral_over_a_range_that_may_be_empty_is_not_negative() -> None:
    assert signed(Integral(exp(t), (t, 0, x**2)), "ge") is not None


# Parameters under the integral sign, analytic functions, symbolic orders


def holds(conditions: tuple[Condition, ...], context: Context) -> bool:
    return all(evident(condition, context) for condition in conditions)


def test_differentiation_under_the_integral_sign() -> None:
    slope, conditions = derivative(Integral(exp(x * t), (t, 0, 1)), x)
    assert slope == Integral(t * exp(x * t), (t, 0, 1))
    assert holds(conditions, REAL)
    slope, conditions = derivative(Integral(exp(x * t), (t, 0, x)), x)
    assert slope == Integral(t * exp(x * t), (t, 0, x)) + exp(x**2)
    assert not holds(conditions, REAL)
    assert holds(conditions, where((x, Interval(0, oo))))


@pytest.mark.parametrize(
    "integral",
    [
        Integral(x / (x**2 + t**2), (t, 0, 1)),
        Integral(sqrt(t**2 + x**2), (t, -1, 1)),
        Integral(exp(-x * t), (t, 0, oo)),
        Integral(sin(x * t) / t, (t, 0, 1)),
        Integral(1 / (1 - x * t), (t, 0, 1)),
    ],
    ids=str,
)
def test_a_parameter_is_refused_where_the_integrand_is_singular(integral: Expr) -> None:
    _, conditions = derivative(integral, x)
    assert not holds(conditions, REAL)


def test_a_parameter_of_no_analytic_integrand() -> None:
    for function in (Abs(x - t), sqrt((x - t) ** 2)):
        with pytest.raises(NotDifferentiable):
            derivative(Integral(function, (t, 0, 1)), x)
    positive = Symbol("r", positive=True)
    with pytest.raises(NotDifferentiable):
        derivative(Integral(exp(x * positive), (positive, -1, 1)), x)


@pytest.mark.parametrize(
    ("expression", "values", "fine"),
    [
        (acos(x), SLOPE, True),
        (acos(x), Interval(-1, 1), False),
        (sqrt(1 - x**2), SLOPE, True),
        (sqrt(x), Interval(0, 1), False),
        (x ** (n - 3), Interval(-1, 1), False),
        (x ** (n - 3), Interval.open(0, 1), True),
        (x**n, Interval(-1, 1), True),
        (1 / x, Interval(-1, 1), False),
    ],
    ids=str,
)
def test_analytic_functions_have_derivatives_of_every_order(
    expression: Expr, values: Interval, fine: bool
) -> None:
    context = where(ALL, (x, values))
    assert evident(Defined(Derivative(expression, (x, n))), context) is fine


def test_what_is_not_known_to_be_analytic() -> None:
    whole = Symbol("m", integer=True)
    for expression in (Abs(x), sqrt(x**2), Derivative(exp(x), (x, whole)), oo * exp(x) + x):
        with pytest.raises(NotDifferentiable):
            smooth(expression, frozenset({x}))
    with pytest.raises(NotDifferentiable):
        smooth(exp(whole), frozenset({whole}))


def test_an_order_stays_symbolic_and_captures_nothing() -> None:
    power = Derivative(a * exp(c), (c, n))
    assert instantiate(power, {n: n + 1}) == Derivative(a * exp(c), (c, n + 1))
    assert instantiate(power, {n: S(2), a: S(3)}) == 3 * exp(c)
    assert instantiate(power, {n: S.Zero}) == a * exp(c)
    for point in ({a: c}, {c: S.One}, {n: n - 1}, {n: S.Half}, {a: c * x}):
        with pytest.raises(Unsubstitutable):
            instantiate(power, point)


# What is proved on the way, and limits that exist


def test_what_is_proved_first_may_be_used() -> None:
    context = where((x, Interval(1, 2)), (y, Reals))
    goal, known = Relation(x, "gt", S.Half), Relation(x, "ge", S.One)
    proves(goal, context, Lemma(known, Ranges(), Ranges()))
    false = Relation(x, "gt", S(3))
    for lemma in (known, false):
        assert "leaves it open" in rejects(false, context, Lemma(lemma, Ranges(), Ranges()))
    outside = Lemma(Relation(a, "eq", a), Identity(), Ranges())
    assert "does not" in rejects(goal, context, outside)
    pole = Lemma(equation(1 / y, 1 / y), Identity(), Ranges())
    assert "side condition" in rejects(goal, context, pole)


@pytest.mark.parametrize(
    ("function", "rule", "arguments", "why"),
    [
        (1 / x, "limit of a continuous function", (Limit(sin(x), x, 0), sin(x), 1), "another"),
        (sin(x), "renamed index", (Limit(sin(x), x, 0),), "no rule for limits"),
        (sin(x), "limit of a continuous function", (Limit(sin(x), x, 0), cos(x), 1), "side"),
        (sin(x), "limit of a continuous function", (Limit(sin(x), x, 0), sin(x), y), "side"),
        (sin(x), "limit of a continuous function", (Limit(sin(x), x, 0), sin(x), 1 / y), "side"),
        (sin(x), "limit of a continuous function", (sin(x), sin(x), 1), "is no limit"),
        (1 / x, "limit of a continuous function", (Limit(1 / x, x, 0), 1 / x, 1), "side"),
    ],
    ids=str,
)
def test_a_limit_exists_by_a_rule_that_fits(
    function: Expr, rule: str, arguments: tuple[object, ...], why: str
) -> None:
    context = where((y, Reals))
    step = Existing(Rewrite(rule, tuple(map(sympify, arguments))))
    assert why in rejects(Defined(Limit(function, x, 0)), context, step)
    sine = Limit(sin(x), x, 0)
    proves(Defined(sine), context, Existing(Rewrite("limit of a continuous function",
                                                    (sine, sin(x), S.One))))  # fmt: skip
