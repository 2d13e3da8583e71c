"""Limits: what the rules give, and what looks like it and is not so."""

from __future__ import annotations

import pytest
from forging import SHORT_AND_LONG, rejects, where
from sympy import (
    Abs,
    E,
    EulerGamma,
    Expr,
    GoldenRatio,
    I,
    Integral,
    Interval,
    Limit,
    Range,
    Rational,
    Reals,
    S,
    Symbol,
    atan,
    cos,
    exp,
    fibonacci,
    floor,
    gamma,
    log,
    lucas,
    oo,
    pi,
    sign,
    sin,
    sqrt,
    symbols,
    sympify,
    tan,
    tanh,
)

from proofcheck import kernel
from proofcheck.certificates import Balls, Certificate, Existing, Identity, Ranges, Rewrite
from proofcheck.engines._limits import Limits
from proofcheck.engines.base import Budget
from proofcheck.engines.limits import LimitValues
from proofcheck.identities import Inapplicable, instance
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Condition, Defined, Relation

c, x, y = symbols("c x y", real=True)
p = Symbol("p", positive=True)
n = Symbol("n", integer=True, nonnegative=True)
k = Symbol("k", integer=True)
CONTEXT = where((c, Reals), (p, Interval.open(0, oo)), (n, Range(0, oo)))
SEQUENCE = "limit of a sequence"
CONTINUOUS, DECAY, SLOPES = "limit of a continuous function", "limit by decay", "l'Hôpital's rule"


def proved(goal: Condition, context: Context = CONTEXT, seconds: float = 8) -> bool:
    """Tell whether the engine finds a certificate; the kernel has to take it."""
    obligation = Obligation("conclusion", goal, context)
    certificate = LimitValues().prove(obligation, Budget.lasting(seconds))
    if certificate is None:
        return False
    kernel.prove(obligation, certificate)
    return True


VALUES = [
    (sin(x), c, "+-", sin(c)),
    (sin(x) / x, 0, "+", 1),
    ((1 - cos(x)) / x**2, 0, "+-", Rational(1, 2)),
    ((exp(c * x) - 1) / x, 0, "-", c),
    (x**n * exp(-x), oo, "+", 0),
    (exp(-p * (1 - exp(-(x**2) / p))), oo, "+", exp(-p)),
    ((x**2 + 1) / (2 * x**2 - x), oo, "+", Rational(1, 2)),
    (x / (x + 1), -oo, "+", 1),
    (Abs(x) * cos(x), 0, "+-", 0),
    (x * log(x), 0, "+", 0),
    (x * sin(1 / x), 0, "+-", 0),
    (atan(1 / x), 0, "+", pi / 2),
    (tanh(x), oo, "+", 1),
    (2 ** (1 / x), 0, "-", 0),
    (x**p, 0, "+", 0),
]


@pytest.mark.parametrize(("function", "place", "side", "value"), VALUES, ids=str)
def test_limits_exist_and_have_their_values(
    function: Expr, place: Expr, side: str, value: Expr
) -> None:
    limit = Limit(function, x, place, side)
    assert proved(Defined(limit))
    assert proved(Relation(limit, "eq", sympify(value)))


SEQUENCES = [
    (fibonacci(k + 1) / fibonacci(k), GoldenRatio),
    (fibonacci(k + n) / fibonacci(k), GoldenRatio**n),
    (lucas(k) / fibonacci(k), sqrt(5)),
]


@pytest.mark.parametrize(("term", "value"), SEQUENCES, ids=str)
def test_limits_of_sequences(term: Expr, value: Expr) -> None:
    limit = Limit(term, k, oo)
    assert proved(Relation(limit, "eq", value))
    assert not proved(Relation(limit, "eq", value + Rational(1, 10**9)), seconds=0.5)


NO_VALUES = [
    (sin(x) / x, 0, "+", 2),
    (1 / x, 0, "+", 0),
    (x / Abs(x), 0, "+-", 1),
    (atan(1 / x), 0, "+-", pi / 2),
    (atan(1 / x), 0, "-", pi / 2),
    (2 ** (1 / x), 0, "+", 0),
    (sin(x), oo, "+", 0),
    (sin(1 / x), 0, "+", 0),
    (gamma(x) - 1 / x, 0, "+-", EulerGamma),
    (gamma(x), 0, "+-", 1),
    ((1 + 1 / x) ** x, -oo, "+", 1 / E),
    ((1 + 1 / x) ** (2 * x), oo, "+", E),
    (floor(x), 0, "-", 0),
    (sign(x), 0, "+", 0),
    (log(x), c, "+", log(c)),
    (x**c, 0, "+", 0),
    (exp(c * x), oo, "+", 0),
    (x**n * exp(-x), oo, "+", 1),
    (sqrt(-1 + I * x), 0, "+-", I),
    (x * tan(1 / x) * cos(1 / x), 0, "+", 0),  # undefined at points that come arbitrarily close
    (x * y, 0, "+", x),  # the variable outside of its scope
]


@pytest.mark.parametrize(("function", "place", "side", "value"), NO_VALUES, ids=str)
@pytest.mark.parametrize("seconds", SHORT_AND_LONG)
def test_no_other_values(
    function: Expr, place: Expr, side: str, value: Expr, seconds: float
) -> None:
    goal = Relation(Limit(function, x, place, side), "eq", sympify(value))
    assert not proved(goal, seconds=seconds)


@pytest.mark.parametrize(
    ("function", "place", "side"),
    [
        (1 / x, 0, "+"),
        (x / Abs(x), 0, "+-"),
        (sin(x), oo, "+"),
        (x * tan(1 / x) * cos(1 / x), 0, "+"),
        (exp(c * x), oo, "+"),
    ],
    ids=str,
)
def test_limits_that_need_not_exist(function: Expr, place: Expr, side: str) -> None:
    assert not proved(Defined(Limit(function, x, place, side)), seconds=0.5)


FORGED = [
    (1 / x, CONTINUOUS, (S.Zero, S.NegativeOne)),  # nothing is near
    (1 / x, CONTINUOUS, (S.Zero, c)),
    (1 / x, DECAY, (S.Zero, S.NegativeOne)),
    (x / Abs(x), CONTINUOUS, (S.One, S.One)),
    (1 / x, CONTINUOUS, (1 / x, S.One)),
    (sin(1 / x), CONTINUOUS, (y, S.One, y, sin(1 / x), S.Zero, -S.One, S.One)),
    (1 / x, CONTINUOUS, (y, S.One, y, 1 / x, S.Zero, -oo, oo)),
    (x / (x + x**2), CONTINUOUS, (x / (x + y), S.One, y, x**2, S.Zero, S.Zero, S.One)),
    (sign(x**2), CONTINUOUS, (sign(y), S.One, y, x**2, S.Zero, S.Zero, S.One)),
    (sin(x) + 2, CONTINUOUS, (2 + y, S.One, y, sin(x), S.One, -S.One, S.One)),
    (2 + x, CONTINUOUS, (2 + y, S.One, y, x, S.Zero, S.One, S(2))),  # values outside of Y
    (x * tan(1 / x) * cos(1 / x), CONTINUOUS, (y, S.One, y, x * sin(1 / x), S.Zero, -S.One, S.One)),
    (sin(1 / x), DECAY, (S.Zero, S.One)),
    (log(x), DECAY, (S.Zero, S.One)),
    ((x + 1) / (x + 2), SLOPES, (x + 1, x + 2, S.One)),
    (x / (x + 2), SLOPES, (x, x + 2, S.One)),
    ((x + 1) / x, SLOPES, (x + 1, x, S.One)),
    (2 * sin(x) / x, SLOPES, (sin(x), x, S.One)),
    (sin(x) / x, SLOPES, (sin(x), x, S.NegativeOne)),
    # Rudin, example 5.18: the quotient tends to 1, that of the slopes to 0.
    (x / (x + x**2 * exp(I / x**2)), SLOPES, (x, x + x**2 * exp(I / x**2), S.One)),
]


BENT = [
    (function, side, rule, arguments)
    for function, rule, arguments in FORGED
    for side in ("+", "+-")
    if (function, side) != (x / Abs(x), "+")  # it has this limit
]


@pytest.mark.parametrize(("function", "side", "rule", "arguments"), BENT, ids=str)
def test_no_rule_is_bent(function: Expr, side: str, rule: str, arguments: tuple[Expr, ...]) -> None:
    limit = Limit(function, x, 0, side)
    assert Limits(CONTEXT, Budget.lasting(0.3)).instance(rule, (limit, *arguments)) is None
    proofs: tuple[Certificate, ...]
    for proof in (Ranges(), Identity(), Balls(64)):
        proofs = (proof,) * 12
        rejects(Defined(limit), CONTEXT, Existing(Rewrite(rule, (limit, *arguments), proofs)))


UNFIT = [
    (CONTINUOUS, (Limit(c * x, x, 0), c, S.One, c, x, S.Zero, S.Zero, S.One)),
    (CONTINUOUS, (Limit(x, x, 0), y, y, y, x, S.Zero, S.Zero, S.One)),
    (CONTINUOUS, (Limit(x, x, 0), y, S.One, y, x, x, S.Zero, S.One)),
    (CONTINUOUS, (Limit(x, x, 0), y, S.One, y, y, S.Zero, S.Zero, S.One)),
    (CONTINUOUS, (Limit(x, x, 0), p, S.One, p, x, S.Zero, S.Zero, S.One)),
    (CONTINUOUS, (Limit(x, x, 0), x, x)),
    (CONTINUOUS, (Limit(x, x, 0), x)),
    (CONTINUOUS, (Limit(floor(x), x, 0), floor(x), S.One)),
    (CONTINUOUS, (Limit(n, n, 0), n, S.One)),
    (DECAY, (Limit(x, x, 0), x, S.One)),
    (SLOPES, (Limit(x / (x + 1), x, oo), x, x + 1, S.One)),
    (SLOPES, (Limit(floor(x) / x, x, 0), floor(x), x, S.One)),
    (DECAY, (sin(x), S.Zero, S.One)),
]


@pytest.mark.parametrize(("rule", "arguments"), UNFIT, ids=str)
def test_arguments_that_do_not_fit(rule: str, arguments: tuple[Expr, ...]) -> None:
    with pytest.raises(Inapplicable):
        instance(rule, arguments)


def test_a_bound_variable_is_not_the_one_outside() -> None:
    outside = where((x, Interval.open(1, 2)))
    assert not proved(Relation(Limit(1 / x, x, 0), "eq", S.Zero), outside, 0.5)
    assert proved(Relation(Limit(x * sin(1 / x), x, 0), "eq", x - x), outside)
    positive = Symbol("x", positive=True)
    below = Limit(positive / Abs(c + positive), positive, 0, "-")
    assert not proved(Relation(below, "eq", S.One), seconds=0.5)


def test_existence_is_shown_by_a_rule_about_the_limit_itself() -> None:
    limit = Limit(sin(x), x, 0)
    rewrite = Rewrite(CONTINUOUS, (limit, sin(x), S.One))
    for goal in (Defined(Limit(1 / x, x, 0)), Defined(sin(1 / c)), Relation(limit, "eq", S.One)):
        rejects(goal, CONTEXT, Existing(rewrite))
    empty = Integral(1 / x, (x, 0, 0))
    rejects(Defined(empty), CONTEXT, Existing(Rewrite("empty integral", (empty,))))


@pytest.mark.parametrize("side", ["-", "+-"])
def test_what_is_assumed_of_the_variable_has_to_hold_near_the_place(side: str) -> None:
    for assumed in ("positive", "nonnegative"):
        u = Symbol("u", **{assumed: True})
        for function in (Abs(u) * cos(u), Abs(u) * log(2 + u)):
            assert not proved(Relation(Limit(function, u, 0, side), "eq", S.Zero), seconds=0.3)
        assert proved(Relation(Limit(Abs(u) * cos(u), u, 0, "+"), "eq", S.Zero))
    k = Symbol("k", integer=True, nonnegative=True)
    assert proved(Relation(Limit(1 / (k + 1), k, oo), "eq", S.Zero))
    for u in (k, Symbol("u", imaginary=True)):
        with pytest.raises(Inapplicable):
            instance(CONTINUOUS, (Limit(u, u, 0), u, S.One))


OTHERS = [
    ((-1) ** k, (S.One, S.One)),
    (cos(pi * k) + 1, (2 + x - x, S.One)),
    (1 / (k - 3), (1 / (x - 3), S.One)),  # no value at 3
    ((k - 3) / (k - 3 + 0**k), (1 + S.Zero ** (x - 1), S.One)),
    (1 + 0 ** (k - 2), (S.One, S.One)),  # not from 1 on, but from 3
    (sin(pi * k), (sin(pi * x), S.One)),  # the other has no limit
    (fibonacci(k) / fibonacci(k + 1), (GoldenRatio, S.One)),
]


@pytest.mark.parametrize(("term", "arguments"), OTHERS, ids=str)
def test_a_sequence_is_that_of_the_function_at_every_integer(
    term: Expr, arguments: tuple[Expr, ...]
) -> None:
    limit = Limit(term, k, oo)
    assert Limits(CONTEXT, Budget.lasting(1)).instance(SEQUENCE, (limit, *arguments)) is None
    for proof in (Ranges(), Identity(), Balls(64)):
        rewrite = Rewrite(SEQUENCE, (limit, *arguments), (proof,) * 12)
        rejects(Defined(limit), CONTEXT, Existing(rewrite))


@pytest.mark.parametrize(
    "arguments",
    [
        (Limit(1 / x, x, oo), 1 / x, S.One),
        (Limit(1 / Symbol("u", even=True), Symbol("u", even=True), oo), 1 / x, S.One),
        (Limit(1 / k, k, oo), 1 / x, S.Zero),
        (Limit(1 / k, k, oo), 1 / x, Rational(1, 2)),
    ],
    ids=str,
)
def test_the_integers_are_all_from_some_one_on(arguments: tuple[Expr, ...]) -> None:
    with pytest.raises(Inapplicable):
        instance(SEQUENCE, arguments)


def test_what_is_turned_around_tends_to_infinity() -> None:
    with pytest.raises(Inapplicable):
        instance("limit at infinity", (Limit(x, x, 0), S.One))
    for place, side in ((oo, "+"), (-oo, "-")):
        turned = instance("limit at infinity", (Limit(atan(x), x, place), S.One)).replacement
        assert turned == Limit(atan(1 / x), x, 0, side)


def test_what_is_assumed_of_the_value_is_used() -> None:
    limit = Limit(Integral(cos(y + x) ** (2 * n), (y, 0, 1)), x, 0)
    value = Integral(cos(y) ** (2 * n), (y, 0, 1))
    assumed = CONTEXT.assuming(Relation(value, "eq", c))
    assert proved(Relation(2 * limit, "eq", 2 * c), assumed)
    assert not proved(Relation(limit, "eq", 2 * c), assumed, seconds=0.5)
    assert not proved(Relation(limit, "eq", c), seconds=0.5)
