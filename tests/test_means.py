"""Arithmetic and geometric means: the rules, and what the search proves with them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from forging import proves, rejects, where
from sympy import Expr, Interval, Rational, S, oo, symbols

from proofcheck import kernel
from proofcheck.certificates import Certificate, Instead, Known, Ranges
from proofcheck.engines._means import by_means
from proofcheck.engines.base import Budget
from proofcheck.engines.citing import KnownInequalities
from proofcheck.identities.equations import Inapplicable
from proofcheck.identities.inequalities import inequality
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Equal, Greater, GreaterEqual, Less, LessEqual, Relation

a, b, c, d, e, x, y, z, v, w = symbols("a b c d e x y z v w", real=True)
HALF, POSITIVE = Interval(0, oo), Interval.open(0, oo)
FIVE = where(*((symbol, HALF) for symbol in (a, b, c, d, e)))
LINES = where((x, S.Reals), (y, S.Reals), (z, S.Reals))
SMALL = Rational(1, 10**6)
MOTZKIN = x**4 * y**2 + x**2 * y**4 + 1
CHOI_LAM = x**4 * y**2 + y**4 * z**2 + z**4 * x**2

NEARLY: list[tuple[Expr, Expr, Context]] = [
    ((a + b + c) / 3, (a * b * c) ** Rational(1, 3), FIVE),
    ((a + b + c + d) / 4, (a * b * c * d) ** Rational(1, 4), FIVE),
    ((a + b + c + d + e) / 5, (a * b * c * d * e) ** Rational(1, 5), FIVE),
    ((a + b + c + d + e) ** 5, 3125 * a * b * c * d * e, FIVE),
    (a / 3 + 2 * b / 3, a ** Rational(1, 3) * b ** Rational(2, 3), FIVE),
    (a**3 * b + b**3 * c + c**3 * a, a * b * c * (a + b + c), FIVE),
    (MOTZKIN, 3 * x**2 * y**2, LINES),
    (CHOI_LAM, 3 * x**2 * y**2 * z**2, LINES),
    (x**6 + 64 * y**6 + 1, 12 * x**2 * y**2, LINES),
    (x**4 + y**4 + 2, 4 * x * y, LINES),
    (8 * a**3 + 27 * b**3 + c**3, 18 * a * b * c, FIVE),
]


def found(goal: Relation, context: Context, seconds: float = 5) -> Certificate | None:
    """Return the certificate of the search, if there is one and the kernel takes it."""
    certificate = by_means(goal, context, Budget.lasting(seconds))
    if certificate is not None:
        kernel.prove(Obligation("conclusion", goal, context), certificate)
    return certificate


@pytest.mark.parametrize(("large", "small", "context"), NEARLY, ids=str)
def test_means_are_proved_and_no_more(large: Expr, small: Expr, context: Context) -> None:
    assert found(GreaterEqual(large, small), context) is not None
    assert found(LessEqual(small, large), context) is not None
    assert found(GreaterEqual(large, small * (1 + SMALL)), context, 0.5) is None
    assert found(Greater(large, small), context, 0.5) is None


def test_what_is_left_makes_it_strict() -> None:
    assert found(Greater(MOTZKIN + SMALL, 3 * x**2 * y**2), LINES) is not None
    assert found(Greater(x**4 - x * y + y**4 + 1, 0), LINES) is not None
    positive = where((a, POSITIVE), (b, POSITIVE))
    assert found(Greater(a**2 + b**2, a * b), positive) is not None
    assert found(Greater(a**2 + b**2, a * b), FIVE) is None


def test_assumed_equations_are_used() -> None:
    line = where((x, S.Reals), (y, S.Reals), assuming=(Equal(x + y, 1),))
    assert found(LessEqual(x * y, Rational(1, 4)), line) is not None
    assert found(LessEqual(x * y, Rational(1, 4) - SMALL), line) is None


def test_odd_exponents_need_numbers_that_are_not_negative() -> None:
    assert found(GreaterEqual(x**3 + y**3 + z**3, 3 * x * y * z), LINES) is None
    assert found(GreaterEqual(x**4 * y + y + 1, 2 * x**2 * y), LINES) is None


def test_weights_may_be_symbols() -> None:
    context = where((a, HALF), (b, HALF), (w, Interval.open(0, 1)))
    goal = LessEqual(a**w * b ** (1 - w), w * a + (1 - w) * b)
    certificate = KnownInequalities().prove(
        Obligation("conclusion", goal, context), Budget.lasting(5)
    )
    assert certificate is not None
    proves(goal, context, certificate)
    proves(goal, context, Known("weighted means", (a, w, b, 1 - w), Ranges()))
    three = where((a, HALF), (b, HALF), (v, POSITIVE), (w, POSITIVE), assuming=(Equal(v + w, 1),))
    proves(
        LessEqual(a**v * b**w, v * a + w * b),
        three,
        Known("weighted means", (a, v, b, w), Ranges()),
    )


def test_forged_weighted_means() -> None:
    for context in (
        where((a, HALF), (b, HALF), (w, POSITIVE)),  # 1 - w may be negative
        where((a, S.Reals), (b, S.Reals), (w, Interval.open(0, 1))),
        where((a, HALF), (b, HALF), (w, S.Reals)),
    ):
        goal = LessEqual(a**w * b ** (1 - w), w * a + (1 - w) * b)
        rejects(goal, context, Known("weighted means", (a, w, b, 1 - w), Ranges()))
    context = where((a, HALF), (b, HALF), (v, POSITIVE), (w, POSITIVE))
    goal = LessEqual(a**v * b**w, v * a + w * b)
    rejects(goal, context, Known("weighted means", (a, v, b, w), Ranges()))
    for forged in ((), (a,), (a, v, b)):
        with pytest.raises(Inapplicable):
            inequality("weighted means", forged)


ONE, TWO, THREE, HALVES, ZERO = S.One, S(2), S(3), S.Half, S.Zero
THIRD = ONE / 3


def circuit(*arguments: Expr) -> Known:
    """Return the citation of the rule for monomials, with nothing left to show."""
    return Known("means of monomials", arguments, Ranges())


def test_a_circuit_on_the_line_and_on_the_half_line() -> None:
    squares = (x, y, HALVES, TWO, ZERO, HALVES, ZERO, TWO)
    for sign in (1, -1):
        goal = LessEqual(sign * x * y, x**2 / 2 + y**2 / 2)
        proves(goal, LINES, circuit(S(sign), TWO, *squares))
    odd = (ONE, TWO, a, b, HALVES, THREE, ZERO, HALVES, ONE, TWO)
    goal = LessEqual(a**2 * b, a**3 / 2 + a * b**2 / 2)
    proves(goal, FIVE, circuit(*odd))
    rejects(goal, where((a, S.Reals), (b, S.Reals)), circuit(*odd))
    proves(goal, where((a, HALF), (b, S.Reals)), circuit(*odd))
    rejects(goal, where((a, S.Reals), (b, HALF)), circuit(*odd))
    rejects(Less(goal.lhs, goal.rhs), FIVE, circuit(*odd))
    rejects(LessEqual(goal.lhs * (1 + SMALL), goal.rhs), FIVE, circuit(*odd))


@pytest.mark.parametrize(
    "forged",
    [
        (ONE, ONE, x, HALVES, TWO, THIRD, ZERO),  # weights 5/6
        (ONE, ONE, x, S(3) / 2, TWO, -HALVES, ZERO),
        (ONE, ONE, x, HALVES, THREE, HALVES, ZERO),  # the mean 3/2
        (ONE, ONE, x, TWO / 3, -TWO, THIRD, S(4)),
        (ONE, ONE, x, HALVES, HALVES, HALVES, S(3) / 2),
        (TWO, ONE, x, HALVES, TWO, HALVES, ZERO),
        (ONE, TWO, x, HALVES, TWO, HALVES, ZERO),
        (ONE, ZERO, ONE),
        (ONE, ONE, x, HALVES, TWO, HALVES),
        (ONE, ONE, x),
        (ONE, ONE, x, y, TWO, 1 - y, ZERO),
        (),
    ],
    ids=str,
)
def test_forged_circuits_are_inapplicable(forged: tuple[Any, ...]) -> None:
    with pytest.raises(Inapplicable):
        inequality("means of monomials", forged)


def test_forged_steps_of_a_found_certificate() -> None:
    goal = GreaterEqual(MOTZKIN, 3 * x**2 * y**2)
    certificate = found(goal, LINES)
    assert isinstance(certificate, Known)
    assert isinstance(certificate.then, Instead)
    rejects(goal, LINES, replace(certificate, weight=-certificate.weight))
    rejects(goal, LINES, replace(certificate, weight=certificate.weight + SMALL))
    rejects(goal, LINES, certificate.then)
    rejects(goal, LINES, replace(certificate, then=replace(certificate.then, expression=ONE)))
    rejects(GreaterEqual(MOTZKIN, (3 + SMALL) * x**2 * y**2), LINES, certificate)


def test_the_rule_holds_at_many_points() -> None:
    rows = (THIRD, S(4), TWO, THIRD, TWO, S(4), THIRD, ZERO, ZERO)
    values = [Rational(p, 3) for p in (-7, -3, -1, 0, 2, 3, 8)]
    for sign in (ONE, -ONE):
        relation = inequality("means of monomials", (sign, TWO, x, y, *rows)).relation
        for p, q in product(values, values):
            there = {x: p, y: q}
            assert relation.lhs.subs(there) <= relation.rhs.subs(there)
