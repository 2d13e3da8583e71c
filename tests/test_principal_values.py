"""Principal values of complex numbers: strips, sums of angles, turns, Chebyshev polynomials."""

from __future__ import annotations

import random
from typing import Any

import mpmath
import pytest
import sympy as sp
from sympy import Abs, Expr, I, S, atan, pi, re, sqrt

from proofcheck import finiteness, kernel, ranges
from proofcheck.continuity import NotContinuous, continuity
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.constancy import vanishing
from proofcheck.engines.integrals import Integrals
from proofcheck.identities import instance
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import AnyOf, Condition, Defined, Member, Relation

x, y, z, a = sp.symbols("x y z a", complex=True)
u, v = sp.symbols("u v", real=True)
m, n = sp.symbols("m n", integer=True)
VARIABLES = (
    *(Variable(symbol, S.Complexes) for symbol in (x, y, z, a)),
    *(Variable(symbol, S.Reals) for symbol in (u, v)),
    *(Variable(symbol, S.Integers) for symbol in (m, n)),
)


def over(*assumed: Condition) -> Context:
    return Context(VARIABLES, assumed)


def proved(lhs: Any, rhs: Any, *assumed: Condition) -> bool:
    goal = Relation(sp.sympify(lhs), "eq", sp.sympify(rhs))
    found = vanishing(over(*assumed), goal.lhs - goal.rhs, Budget.lasting(6))
    if found is None:
        return False
    try:
        kernel.prove(Obligation("conclusion", goal, over(*assumed)), found)
    except kernel.Rejected:
        return False
    return True


def small(expression: Expr) -> Condition:
    return Relation(Abs(expression), "lt", S.One)


def nonzero(expression: Expr) -> Condition:
    return Relation(expression, "ne", S.Zero)


def turned(factor: int, shift: int = 0) -> Expr:
    turns = sp.floor((pi - sp.arg(x) - sp.arg(y) + shift) / (2 * pi))
    return x**a * y**a * sp.exp(factor * pi * I * a * turns)


T, U = sp.chebyshevt, sp.chebyshevu
ROOT = sqrt(x**2 - 1)
SUM = atan((x + y) / (1 - x * y))
BESIDE = nonzero(1 - x * y)

TRUE: list[tuple[Any, ...]] = [
    (atan(x) + atan(y), SUM, small(x), small(y)),
    (atan(u) - atan(v), sp.atan2(u - v, 1 + u * v)),
    ((x * y) ** a, turned(2), nonzero(x), nonzero(y)),
    (T(m, T(n, x)), T(m * n, x)),
    (sqrt(1 - x**2) * U(n - 1, x), sp.sin(n * sp.acos(x))),
    (T(n, x) + ROOT * U(n - 1, x), (x + ROOT) ** n),
    (T(n, x) - ROOT * U(n - 1, x), (x - ROOT) ** n),
]

FALSE: list[tuple[Any, ...]] = [
    (atan(x) + atan(y), SUM, BESIDE),
    (atan(x) + atan(y), SUM, small(x), BESIDE),
    (atan(x) + atan(y), SUM, Relation(Abs(x), "lt", S(2)), small(y), BESIDE),
    (atan(x) - atan(y), SUM, small(x), small(y)),
    (atan(u) + atan(v), sp.atan2(u - v, 1 + u * v)),
    (atan(u) - atan(v), sp.atan2(v - u, 1 + u * v)),
    (atan(u) - atan(v), atan((u - v) / (1 + u * v)), nonzero(1 + u * v)),
    ((x * y) ** a, x**a * y**a, nonzero(x), nonzero(y)),
    ((x * y) ** a, turned(-2), nonzero(x), nonzero(y)),
    ((x * y) ** a, turned(1), nonzero(x), nonzero(y)),
    ((x * y) ** a, turned(2, 1), nonzero(x), nonzero(y)),
    (T(m, T(n, x)), T(m + n, x)),
    (T(a, T(n, x)), T(a * n, x)),
    (sqrt(1 - x**2) * U(n, x), sp.sin(n * sp.acos(x))),
    (sqrt(1 - x**2) * U(n - 1, x), sp.sin(n * sp.asin(x))),
    (T(n, x) + ROOT * U(n, x), (x + ROOT) ** n),
    (T(n, x) - ROOT * U(n - 1, x), (x + ROOT) ** n),
    (T(n, x) + sqrt(1 - x**2) * U(n - 1, x), (x + sqrt(1 - x**2)) ** n),
]


@pytest.mark.parametrize("case", TRUE, ids=lambda case: str(case[:2]))
def test_what_is_proved(case: tuple[Any, ...]) -> None:
    assert proved(*case)


@pytest.mark.parametrize("case", FALSE, ids=lambda case: str(case))
def test_what_is_not(case: tuple[Any, ...]) -> None:
    assert not proved(*case)


STRIPS = [
    (re(atan(z)), (), (-pi / 2, pi / 2)), (re(sp.asin(z)), (), (-pi / 2, pi / 2)),
    (re(sp.acos(z)), (), (S.Zero, pi)), (sp.im(sp.log(z)), (), (-pi, pi)),
    (re(atan(z)), (small(z),), (-pi / 4, pi / 4)),
    (re(atan(z)), (Relation(re(z), "gt", S.Zero),), (S.Zero, pi / 2)),
    (sp.atan2(u, v), (), (-pi, pi)),
    (sp.atan2(u, v), (Relation(v, "gt", S.Zero),), (-pi / 2, pi / 2)),
]  # fmt: skip


@pytest.mark.parametrize(("part", "assumed", "ends"), STRIPS, ids=str)
def test_strips(part: Expr, assumed: tuple[Condition, ...], ends: tuple[Expr, Expr]) -> None:
    found = ranges.bounds(part, over(*assumed))
    assert (found.low, found.high) == ends
    drawn = random.Random(5)
    function = sp.lambdify([z, u, v], part, "mpmath")
    for _ in range(200):
        at = mpmath.mpc(drawn.uniform(-2, 2), drawn.choice([0, drawn.uniform(-2, 2)]))
        sides = drawn.uniform(-2, 2), drawn.uniform(-2, 2)
        if small(z) in assumed and abs(at) >= 1:
            continue
        if assumed and assumed != (small(z),) and (at.real <= 0 or sides[1] <= 0):
            continue
        assert ends[0] - 1e-12 <= function(at, *sides) <= ends[1] + 1e-12


@pytest.mark.parametrize("part", [
    sp.im(atan(z)), re(sp.log(z)), sp.im(sp.acos(z)), re(sp.acosh(z)), sp.atan2(z, u),
], ids=str)  # fmt: skip
def test_no_strip(part: Expr) -> None:
    found = ranges.bounds(part, over())
    assert (found.low, found.high) == (-sp.oo, sp.oo)


def test_a_sum_of_squares_keeps_numbers_from_vanishing_together() -> None:
    apart = AnyOf((nonzero(u - v), nonzero(1 + u * v)))
    assert ranges.decide(apart, over())
    assert not ranges.decide(AnyOf((nonzero(u - v), nonzero(1 - u * v))), over())
    assert not ranges.decide(AnyOf((nonzero(x - y), nonzero(1 + x * y))), over())
    assert not ranges.decide(AnyOf((nonzero(u), nonzero(v))), over())


def test_a_product_of_small_numbers_is_not_minus_one() -> None:
    product = nonzero(x * (x + y) + 1)
    assert ranges.decide(product, over(small(x), small(x + y)))
    assert not ranges.decide(product, over(small(x)))


POINTS = {
    "power of two factors with a turn": ((x * y) ** a, (x * y, a, x, y)),
    "sine of a multiple of an arccosine": (sp.sin(n * sp.acos(x)), (sp.sin(n * sp.acos(x)),)),
    "power by Chebyshev polynomials": ((x + ROOT) ** n, ((x + ROOT) ** n, x, ROOT)),
    "Chebyshev polynomial of another": (T(m, T(n, x)), (T(m, T(n, x)),)),
}  # fmt: skip


@pytest.mark.parametrize("rule", POINTS)
def test_values_to_thirty_digits(rule: str) -> None:
    atom, arguments = POINTS[rule]
    value = instance(rule, arguments).replacement
    drawn = random.Random(3)
    for _ in range(12):
        at = {s: sp.Rational(drawn.randint(-30, 30), 7) + I * drawn.choice([0, 1, -S.Half])
              for s in (x, y, a)}  # fmt: skip
        if 0 in at.values():
            continue
        at |= {m: sp.Integer(drawn.randint(-4, 5)), n: sp.Integer(drawn.randint(-4, 5))}
        sides = [sp.N(side.subs(at), 50) for side in (atom, value)]
        assert abs(sides[0] - sides[1]) < S(10) ** -30 * (1 + abs(sides[0]))


def test_third_kind_has_a_value_at_real_amplitudes() -> None:
    third = Defined(sp.elliptic_pi(u, v, re(x)))
    below = [Relation(parameter, "lt", S.One) for parameter in (u, re(x))]
    assert finiteness.evident(third, over(*below))
    assert not finiteness.evident(third, over(below[0]))
    assert not finiteness.evident(third, over(below[1]))
    assert not finiteness.evident(Defined(sp.elliptic_pi(u, z, re(x))), over(*below))


def test_polynomials_are_continuous_in_their_second_argument() -> None:
    assert continuity(sp.bernoulli(n, z), frozenset({z})) == (Member(n, sp.Range(0, sp.oo)),)
    for moving in (frozenset({n}), frozenset({n, z})):
        with pytest.raises(NotContinuous):
            continuity(sp.bernoulli(n, z), moving)


def test_bernoullis_polynomials_are_integrated() -> None:
    count = sp.Symbol("k", integer=True, nonnegative=True)
    inside = Context((*VARIABLES, Variable(count, sp.Range(0, sp.oo))))
    integral = sp.Integral(sp.bernoulli(count, sp.Symbol("t")), (sp.Symbol("t"), z, z + 1))
    for value, holds in ((z**count, True), (z ** (count + 1), False), (-(z**count), False)):
        owed = Obligation("conclusion", Relation(integral, "eq", value), inside)
        found = Integrals().prove(owed, Budget.lasting(6))
        assert (found is not None) == holds
        if found is not None:
            kernel.prove(owed, found)


@pytest.mark.parametrize(("angle", "holds"), [
    (10 * sp.asin(1 / (2 * S.GoldenRatio)) - pi, True),
    (5 * sp.acos(S.GoldenRatio / 2) - pi, True),
    (10 * sp.asin(1 / (3 * S.GoldenRatio)) - pi, False),
    (5 * sp.asin(1 / (2 * S.GoldenRatio)) - pi, False),
    (30 * sp.asin(1 / (2 * S.GoldenRatio)) - pi, False),
    (10 * sp.asin(1 / (2 * S.GoldenRatio)) + pi, False),
    (10 * sp.acos(1 / (2 * S.GoldenRatio)) - pi, False),
], ids=str)  # fmt: skip
def test_parts_of_a_turn(angle: Expr, holds: bool) -> None:
    assert proved(angle, 0) == holds
