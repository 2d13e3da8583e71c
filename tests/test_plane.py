"""What is known of complex numbers: values that they avoid; each fact with its sceptical twin."""

import pytest
from sympy import (
    Abs,
    I,
    Interval,
    Range,
    Rational,
    S,
    acosh,
    conjugate,
    exp,
    oo,
    pi,
    re,
    sin,
    sqrt,
    symbols,
    sympify,
)  # fmt: skip

from proofcheck import ranges
from proofcheck.domains import Variable
from proofcheck.obligations import Context
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Operator, Relation

z, w, a, b, c, nu = symbols("z w a b c nu")
x, y = symbols("x y", real=True)
n, k = symbols("n k", integer=True)
DOMAIN = (
    *(Variable(s, S.Complexes) for s in (z, w, a, b, c, nu)),
    *(Variable(s, S.Reals) for s in (x, y)),
    Variable(n, Range(1, oo)),
    Variable(k, Range(1, n + 1)),
)


def is_(lhs: object, operator: Operator, rhs: object) -> Condition:
    return Relation(sympify(lhs), operator, sympify(rhs))


def ne(lhs: object, rhs: object = 0) -> Condition:
    return is_(lhs, "ne", rhs)


def off(element: object, values: object) -> Condition:
    return Member(sympify(element), values, negated=True)


POLES = Range(0, -oo, -1)
CUT = Interval.Lopen(-oo, 0)


def below(stop: int) -> Range:
    return Range(-oo, stop)


HOLDS = [
    (ne(z**2 + 1), [ne(z, I), ne(z, -I)]),
    (off(z - 1, POLES), [off(z, below(2))]),
    (off(z + 1, POLES), [off(z, below(1))]),
    (off(z, POLES), [off(2 * z, below(1))]),
    (off(z + Rational(1, 2), POLES), [off(2 * z, below(1))]),
    (ne(z), [off(z, CUT)]),
    (ne(conjugate(z)), [ne(z)]),
    (off(1 - z * sin(x) ** 2, CUT), [off(z, Interval.Ropen(1, oo))]),
    (ne(1 - z * sin(x) ** 2), [off(z, Interval.Ropen(1, oo))]),
    (off(conjugate(z), CUT), [off(z, CUT)]),
    (ne(z, I), [off(I * z, Interval.Lopen(-oo, -1))]),
    (ne(sin(pi * z)), [off(z, S.Integers)]),
    (off(1 - z, POLES), [off(z, S.Integers)]),
    (ne(1 - z), [is_(Abs(z), "lt", 1)]),
    (ne(1 - z * w), [is_(Abs(z), "lt", 1), is_(Abs(w), "le", 1)]),
    (ne(z + w), [is_(Abs(z), "lt", Abs(w))]),
    (off(1 - z, Interval(-oo, 0)), [is_(Abs(z), "lt", 1)]),
    (off(I * y - Rational(1, 2), POLES), []),
    (off(a, POLES), [is_(re(a), "gt", 0)]),
    (off((n + 1) * a, POLES), [is_(re(a), "gt", 0)]),
    (off(c - a - b, POLES), [is_(re(c - a - b), "gt", 0)]),
    (is_(x**2 + (1 - y) ** 2, "gt", 0), [ne(x + y * I, I)]),
    (ne((x**2 + (1 - y) ** 2) / (x**2 + (1 + y) ** 2)), [ne(x + y * I, I)]),
    (off(z, POLES), [off(z - n, below(1))]),
    (ne(z - k), [off(z - n, below(1))]),
    (ne(exp(z) * w), [AllOf((ne(w), ne(z)))]),
    (ne(z - sqrt(2)), [ne(z, sqrt(2))]),
    (AnyOf((ne(I * z), is_(-nu, "eq", 0))), [AnyOf((ne(z), is_(nu, "eq", 0)))]),
    (ne(1 - x**4), [ne(1 - x**2)]),
    (ne(x - y), [ne(x * y - y**2)]),
    (ne(1 - z**2 / w**2), [ne(z / w, 1), ne(z / w, -1)]),
    (ne(z + w), [ne(1 / z + 1 / w)]),
    (ne(x + 1), [ne(sqrt(x + 1) * sin(y) ** 2)]),
    (off(sqrt(z) + 1, CUT), []),
    (off(2 * sqrt(1 - x**2) + 3 * z ** Rational(1, 3) + 1, Interval(-oo, 0)), []),
    (ne(z ** Rational(1, 12) + 1), []),
    (off(acosh(z), Interval(-oo, 0)), [ne(acosh(z))]),
    (off(y**2 + 1 + 1 / sqrt(z), Interval(-oo, 0)), []),
]
DOES_NOT_FOLLOW = [
    (ne(conjugate(z)), [ne(z, 1)]),
    (off(1 - z * sin(x) ** 2, CUT), [off(z, Interval.open(1, oo))]),
    (off(1 - z * sin(w) ** 2, CUT), [off(z, Interval.Ropen(1, oo))]),
    (off(1 - 2 * z * sin(x) ** 2, CUT), [off(z, Interval.Ropen(1, oo))]),
    (off(S.Half - z * sin(x) ** 2, CUT), [off(z, Interval.Ropen(1, oo))]),
    (off(conjugate(z), CUT), [ne(z)]),
    (ne(conjugate(z), I), [ne(z, I)]),
    (ne(z**2 + 1), [ne(z, I)]),
    (off(z - 1, POLES), [off(z, below(1))]),
    (off(2 * z, POLES), [off(z, below(1))]),
    (off(z, POLES), [off(z, Interval.open(-oo, 0))]),
    (ne(z - 1), [off(z, CUT)]),
    (ne(z, I), [off(I * z, Interval.Ropen(1, oo))]),
    (ne(sin(z)), [off(z, S.Integers)]),
    (ne(1 - z), [is_(Abs(z), "le", 1)]),
    (ne(1 - z * w), [is_(Abs(z), "lt", 1)]),
    (ne(z + w), [is_(Abs(z), "le", Abs(w))]),
    (off(I * y - 1, POLES), []),
    (off(x + I * y, POLES), []),
    (off(a - 1, POLES), [is_(re(a), "gt", 0)]),
    (ne(a), [is_(re(a), "ge", 0)]),
    (ne(x**2 + (1 + y) ** 2), [ne(x + y * I, I)]),
    (is_(x**2 + (1 + y) ** 2, "gt", 0), [ne(x + y * I, I)]),
    (is_(x, "gt", 0), [ne(x)]),
    (is_(z, "gt", 0), [ne(z)]),
    (ne(z**2 + (1 - w) ** 2), [ne(z + w * I, I)]),
    (ne(z - k - 1), [off(z - n, below(1))]),
    (off(z - n, POLES), [off(z, below(1))]),
    (ne(z**3 - 1), [ne(z, 1)]),
    (ne(z - 1), [ne(z**2, 4)]),
    (ne(re(z)), [ne(z)]),
    (ne(z), [AnyOf((ne(z), is_(nu, "eq", 0)))]),
    (off(z, POLES), [off(z, Range(-n, 1))]),
    (ne(0 * z + sin(0), 0), []),
    (ne(1 - x**4), [ne(1 - x)]),
    (ne(x + 1), [ne((x + 1) ** y)]),  # at x = -1, y = 0 the power is 1
    (ne(x), [ne(x * y + 1)]),
    (ne(x - y), [ne(x**2 + y**2)]),
    (ne(z - w), [ne(1 / z + 1 / w)]),
    (off(sqrt(z) - 1, CUT), []),
    (off(1 - sqrt(z), CUT), []),
    (off(sqrt(z), Interval(-oo, 0)), []),
    (off(z ** Rational(2, 3) + 1, CUT), []),
    (ne(z ** Rational(2, 3) + S.Half), []),
    (off(acosh(z), Interval(-oo, 0)), []),
    (off(acosh(z) + z, Interval(-oo, 0)), []),
    (off(I * sqrt(z) + 1, CUT), []),
    (ne(sqrt(z) + I), []),
]


@pytest.mark.parametrize(("goal", "assumed"), HOLDS, ids=str)
def test_what_follows_is_found(goal: Condition, assumed: list[Condition]) -> None:
    assert ranges.decide(goal, Context(DOMAIN, tuple(assumed)))


@pytest.mark.parametrize(("goal", "assumed"), DOES_NOT_FOLLOW, ids=str)
def test_what_does_not_follow_stays_open(goal: Condition, assumed: list[Condition]) -> None:
    assert not ranges.decide(goal, Context(DOMAIN, tuple(assumed)))
