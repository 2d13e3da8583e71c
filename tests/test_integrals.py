"""Integrals are replaced by their values only by rules whose conditions hold."""

from __future__ import annotations

import pytest
from forging import SHORT_AND_LONG
from sympy import (
    Abs,
    Expr,
    Integral,
    Interval,
    Range,
    Rational,
    Reals,
    S,
    Symbol,
    atan,
    cos,
    erf,
    exp,
    factorial,
    gamma,
    log,
    oo,
    pi,
    sign,
    sin,
    sqrt,
    symbols,
    sympify,
    tan,
)

from proofcheck import identities, kernel
from proofcheck.certificates import Certificate, Constant, Identity, Rewrite
from proofcheck.decay import Unbounded, vanishing
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.constancy import Constancy
from proofcheck.engines.integrals import Integrals
from proofcheck.identities import instance
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Relation

a, b, c, s, t, x, y, alpha, end = symbols("a b c s t x y alpha end", real=True)
r = Symbol("r", nonnegative=True)
n = Symbol("n", integer=True)
CONTEXT = Context(
    (
        Variable(a, Interval.open(0, oo)),
        Variable(b, Reals),
        Variable(c, Interval.open(1, oo)),
        Variable(s, Interval.open(0, oo)),
        Variable(alpha, Interval.Ropen(0, pi)),
        Variable(end, Interval(0, oo)),
        Variable(n, Range(0, oo)),
    )
)


def obligation(lhs: Expr, rhs: Expr) -> Obligation:
    return Obligation("conclusion", Relation(sympify(lhs), "eq", sympify(rhs)), CONTEXT)


def proved(lhs: Expr, rhs: Expr, seconds: float = 8) -> bool:
    owed = obligation(lhs, rhs)
    for engine in (Integrals(), Constancy()):
        found = engine.prove(owed, Budget.lasting(seconds))
        if found is not None:
            kernel.prove(owed, found)
            return True
    return False


def cites(lhs: Expr, rhs: Expr, rule: str, *arguments: Expr, proofs: int = 0) -> bool:
    """Tell whether the kernel takes the rule, its conditions by identities where need be."""
    everything = tuple(map(sympify, (lhs, *arguments)))
    nested: tuple[Certificate, ...] = (Identity(),) * proofs
    try:
        kernel.prove(obligation(lhs, rhs), Identity((Rewrite(rule, everything, nested),)))
    except kernel.Rejected:
        return False
    return True


VALUES = [
    (Integral(x**2, (x, 0, a)), a**3 / 3),
    (Integral(x**2, (x, a, 0)), -(a**3) / 3),
    (Integral(r ** (2 * n + 1) * exp(-a * r**2 / 2), (r, 0, oo)),
     2**n * factorial(n) / a ** (n + 1)),
    (Integral(exp(-(x**2) / 2), (x, -oo, oo)), sqrt(2 * pi)),
    (Integral(exp(-a * x**2 + b * x), (x, -oo, oo)), sqrt(pi / a) * exp(b**2 / (4 * a))),
    (Integral(t ** (s - 1) * exp(-a * t), (t, 0, oo)), gamma(s) * a ** (-s)),
    (Integral(x ** (s - 1) * (1 - x) ** (a - 1), (x, 0, 1)), gamma(s) * gamma(a) / gamma(a + s)),
    (Integral(sin(x) ** 3, (x, -a, a)), S.Zero),
    (Integral(cos(x) ** n, (x, -alpha / 2, alpha / 2)),
     2 * Integral(cos(x) ** n, (x, 0, alpha / 2))),
    (Integral(1 / (1 + x**2), (x, 0, a)), atan(a)),
    (Integral(1 / (1 + x**2), (x, -oo, oo)), pi),
    (Integral(exp(-a * x), (x, b, oo)), exp(-a * b) / a),
    (Integral((a * x + 2) ** (-c), (x, 0, oo)), 2 ** (1 - c) / (a * (c - 1))),
    (Integral(log(x), (x, 0, 1)), S.NegativeOne),
    (Integral(1 / sqrt(x), (x, 0, 1)), S(2)),
    (Integral(sqrt(1 - x**2), (x, -1, 1)), pi / 2),
    (Integral(r * exp(-a * r**2 / 2), (r, 0, end)), (1 - exp(-a * end**2 / 2)) / a),
    (Integral(x ** Rational(1, 3) * sqrt(1 - x), (x, 0, 1)),
     gamma(Rational(4, 3)) * gamma(Rational(3, 2)) / gamma(Rational(17, 6))),
]  # fmt: skip


@pytest.mark.parametrize(("integral", "value"), VALUES, ids=str)
def test_true_values_are_proved(integral: Expr, value: Expr) -> None:
    assert proved(integral, value)


@pytest.mark.parametrize(("integral", "value"), VALUES[:8], ids=str)
def test_values_that_are_a_little_off_are_not(integral: Expr, value: Expr) -> None:
    assert not proved(integral, value + Rational(1, 10**9), 3)


SYMPYS_ERRORS = [
    (Integral(x ** Rational(1, 3) * sqrt(1 - x), (x, 0, 1)),
     -gamma(Rational(4, 3)) * gamma(Rational(3, 2)) / gamma(Rational(17, 6))),
    (Integral(1 / (sqrt(2) + cos(x)), (x, 0, 2 * pi)), S.Zero),
    (Integral(1 / (c + cos(x)), (x, 0, 2 * pi)), S.Zero),
    (Integral(Abs(sin(2 * x)), (x, 0, 2 * pi)), S(2)),
    (Integral(sign(sin(x)), (x, 0, 3 * pi)), S.Zero),
    (Integral(((x**3 - 4 * x) * sin(x) + (3 * x**2 - 4) * cos(x))
              / ((x**3 - 4 * x) ** 2 + cos(x) ** 2), (x, -oo, oo)), S.Zero),
    (Integral(atan((3 * x - x**3) / (1 - 3 * x**2)), (x, 0, sqrt(3))), -3 * log(2)),
    (Integral(atan(tan(x)), (x, 0, pi)), -(pi**2) / 2),
    (Integral(400 * pi**2 * x**2 / (1600 * pi**4 * x**4 - 796 * pi**2 * x**2 + 100), (x, 0, oo)),
     -Rational(1, 80)),
    (Integral(x**-2, (x, -1, 1)), S(-2)),
    (Integral(exp(-b * x), (x, 0, oo)), 1 / b),
]  # fmt: skip


@pytest.mark.parametrize(("integral", "value"), SYMPYS_ERRORS, ids=str)
@pytest.mark.parametrize("seconds", SHORT_AND_LONG)
def test_the_wrong_results_of_sympy_are_not_proved(
    integral: Expr, value: Expr, seconds: float
) -> None:
    assert not proved(integral, value, seconds)


def test_an_antiderivative_is_differentiated() -> None:
    integral = Integral(x**2, (x, 0, a))
    assert cites(integral, a**3 / 3, "antiderivative", x**3 / 3)
    assert cites(integral, a**3 / 3, "antiderivative", x**3 / 3 + b)
    assert not cites(integral, a**3, "antiderivative", x**3, proofs=1)
    assert not cites(integral, a**3 / 3 + 1, "antiderivative", x**3 / 3)


def test_an_antiderivative_does_not_jump() -> None:
    integral = Integral(1 / (2 + cos(x)), (x, 0, 2 * pi))
    jumping = 2 * atan(tan(x / 2) / sqrt(3)) / sqrt(3)
    assert not cites(integral, 0, "antiderivative", jumping, proofs=3)
    assert not cites(Integral(x**-2, (x, -1, 1)), -2, "antiderivative", -1 / x, proofs=3)
    assert not cites(Integral(1 / x, (x, -1, 2)), log(2), "antiderivative", log(Abs(x)), proofs=3)
    assert not cites(Integral(S.Zero * x + sign(x) ** 2, (x, -1, 1)), 0, "antiderivative",
                     Abs(x), proofs=3)  # fmt: skip


def test_the_limits_of_integration_are_in_order() -> None:
    assert not cites(Integral(1 / (1 + x), (x, 0, b)), log(1 + b), "antiderivative", log(1 + x))
    upwards = Integral(1 / (1 + x), (x, 0, a))
    assert cites(upwards, log(1 + a), "antiderivative", log(1 + x), proofs=1)


def test_a_limit_at_infinity_is_checked() -> None:
    integral = Integral(exp(-a * x), (x, 0, oo))
    primitive = -exp(-a * x) / a
    assert cites(integral, 1 / a, "antiderivative", primitive, S.NaN, 0)
    assert not cites(integral, 1 / a + 1, "antiderivative", primitive, S.NaN, 1)
    growing = Integral(exp(-b * x), (x, 0, oo))
    assert not cites(growing, 1 / b, "antiderivative", -exp(-b * x) / b, S.NaN, 0)
    assert not cites(Integral(cos(x), (x, 0, oo)), 0, "antiderivative", sin(x), S.NaN, 0)
    arc = Integral(1 / (1 + x**2), (x, 0, oo))
    assert cites(arc, pi / 2, "antiderivative", atan(x), S.NaN, pi / 2)
    assert not cites(arc, pi, "antiderivative", atan(x), S.NaN, pi)
    assert not cites(arc, -pi / 2, "antiderivative", atan(x), S.NaN, -pi / 2)


def test_limits_at_one_point_do_not_make_an_integral() -> None:
    empty = Integral(S.One * x, (x, b, b))
    with pytest.raises(kernel.Rejected):
        kernel.prove(
            obligation(empty, 1),
            Identity((Rewrite("antiderivative", (empty, x**2 / 2, b**2 / 2, b**2 / 2 + 1)),)),
        )
    assert cites(empty, 0, "empty integral")


@pytest.mark.parametrize(
    ("rule", "integral", "value", "arguments"),
    [
        ("gamma integral", Integral(t ** (b - 1) * exp(-t), (t, 0, oo)), gamma(b), (1, b, 1, 1)),
        ("gamma integral", Integral(t**s * exp(-t), (t, 0, oo)), gamma(s), (1, s, 1, 1)),
        ("gamma integral", Integral(t * exp(-t), (t, 0, 1)), S.One, (1, 2, 1, 1)),
        ("gamma integral", Integral(exp(-b * t), (t, 0, oo)), 1 / b, (1, 1, b, 1)),
        ("Gaussian integral", Integral(exp(-b * x**2), (x, -oo, oo)), sqrt(pi / b), (1, b, 0)),
        ("beta integral", Integral(x ** (b - 1), (x, 0, 1)), 1 / b, (1, b, 1)),
        ("odd integrand", Integral(x**2, (x, -a, a)), S.Zero, ()),
        ("odd integrand", Integral(x**3, (x, -1, 2)), S.Zero, ()),
        ("even integrand", Integral(x, (x, -a, a)), 2 * Integral(x, (x, 0, a)), ()),
        ("another integrand", Integral(sqrt(x**2), (x, -a, a)), Integral(x, (x, -a, a)), (x,)),
        ("split integral", Integral(x, (x, 0, a)), S.One, (oo,)),
        ("empty integral", Integral(x, (x, 0, a)), S.Zero, ()),
        ("substitution", Integral(x, (x, 0, 1)), Integral(2 * x**3, (x, -1, 1)), (x**2, -1, 1)),
        ("substitution", Integral(x, (x, 0, 1)), Integral(x, (x, 0, 2)), (x, 0, 2)),
    ],
)
def test_rules_need_their_conditions(
    rule: str, integral: Expr, value: Expr, arguments: tuple[Expr, ...]
) -> None:
    assert not cites(integral, value, rule, *arguments)
    assert not cites(integral, value, rule, *arguments, proofs=2)


def test_the_variable_of_integration_is_renamed() -> None:
    integral = Integral(x * y, (x, 0, 1))
    assert cites(integral, Integral(t * y, (t, 0, 1)), "variable of integration", t)
    positive = Symbol("p", positive=True)
    twice = Integral(x * t, (t, 0, 1), (x, 0, 1))
    for printed, name in ((integral, y), (integral, r), (integral, positive), (twice, t)):
        with pytest.raises(identities.Inapplicable):
            instance("variable of integration", (printed, name))


def test_substitutions_are_found() -> None:
    """Along the straight path, along one that is spelled, and by the tangent of half the angle."""
    assert proved(Integral(cos(x / 2 + a), (x, 0, 2)), 2 * Integral(cos(t + a), (t, 0, 1)))
    spelled = Integral(2 * t * exp(-(t**4)) / (1 + t**2), (t, 0, 2))
    assert proved(Integral(exp(-(x**2)) / (1 + x), (x, 0, 4)), spelled)
    assert not proved(Integral(cos(x / 2 + a), (x, 0, 2)), Integral(cos(t + a), (t, 0, 1)), 3)


def test_a_bounded_factor_may_be_small() -> None:
    """1 - erf(x) is less than exp(-x**2) by a factor that tends to zero: not bounded below."""
    quotient = exp(-(x**2)) / (1 - erf(x)) / sqrt(x)
    with pytest.raises(Unbounded):
        vanishing(quotient, x, Interval.open(1, oo))


def test_substitution_and_splitting() -> None:
    integral = Integral(cos(x) / 2, (x, 0, pi))
    halved = instance("substitution", (integral, 2 * x, S.Zero, pi / 2)).replacement
    assert halved.limits == Integral(x, (x, 0, pi / 2)).limits
    assert cites(integral, halved, "substitution", 2 * x, 0, pi / 2)
    parts = Integral(cos(x) / 2, (x, 0, 1)) + Integral(cos(x) / 2, (x, 1, pi))
    assert cites(integral, parts, "split integral", 1)


def test_a_sum_is_integrated_term_by_term_if_the_parts_converge() -> None:
    integral = Integral(x + a * x**2, (x, 0, 1))
    parts = Integral(x, (x, 0, 1)) + a * Integral(x**2, (x, 0, 1))
    assert cites(integral, parts, "integral of a sum", 1, x, a, x**2)
    apart = Integral(1 / x - 1 / (x + x**2), (x, 0, 1))
    assert not cites(
        apart, Integral(1 / x, (x, 0, 1)) - Integral(1 / (x + x**2), (x, 0, 1)),
        "integral of a sum", 1, 1 / x, -1, 1 / (x + x**2), proofs=3,
    )  # fmt: skip


def test_bound_symbols_are_not_captured() -> None:
    inner = Integral(x * y, (y, 0, 1))
    doubled = Integral(inner.function, *inner.limits, (x, 0, 1))
    with pytest.raises(identities.Inapplicable):
        instance("substitution", (doubled, x * y, S.Zero, S.One))


def test_equal_slopes_inside_and_continuity_at_the_ends() -> None:
    jump = Relation(Abs(sign(end)), "eq", S.One)
    step = Constant(end, S.One, Identity(), Identity(), True)
    with pytest.raises(kernel.Rejected):
        kernel.prove(Obligation("conclusion", jump, CONTEXT), step)


def test_rules_do_not_take_indefinite_integrals() -> None:
    for rule in ("antiderivative", "even integrand", "empty integral", "reversed integral"):
        with pytest.raises(identities.Inapplicable):
            instance(rule, (Integral(x, x), *((x**2 / 2,) if rule == "antiderivative" else ())))
