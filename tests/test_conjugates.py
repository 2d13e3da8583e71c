"""Inequalities between a root and something positive, by the conjugate; false twins."""

from __future__ import annotations

import pytest
from forging import SHORT_AND_LONG, proves, where
from sympy import Abs, Interval, Rational, S, cos, exp, oo, sin, sqrt, symbols

from proofcheck.engines._closing import DEPTH, Closing
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.relations import Greater, GreaterEqual, Less, LessEqual, Relation

x = symbols("x", real=True)
POSITIVE = where((x, Interval.open(0, 11)))
AROUND = where((x, Interval(-1, 11)))
LINE = where((x, S.Reals))

TRUE = [
    (LessEqual(sqrt(1 - cos(x) ** 2), x), POSITIVE),
    (GreaterEqual(x + 1, sqrt(2 * x + 1)), POSITIVE),
    (Less(sqrt(x**2 + 1), 1 + Abs(x)), POSITIVE),
    (Greater(sqrt(1 + exp(x)), 1), LINE),
    (Less(x * sqrt(x**2 + 2), x**2 + 1), where((x, Interval.open(0, oo)))),
]
FALSE = [
    (LessEqual(sqrt(1 - cos(x) ** 2), x), AROUND),
    (LessEqual(sqrt(1 + x**2), x), LINE),
    (GreaterEqual(x - 1, sqrt(x**2 - 2 * x + 1)), POSITIVE),
    (Less(sqrt(2 * x + 1), x + 1), where((x, Interval(0, 11)))),
    (GreaterEqual(sin(x), sqrt(1 - cos(x) ** 2)), POSITIVE),
    (Less(x * sqrt(x**2 + 2), x**2 + 1 - Rational(1, 10**6)), where((x, Interval.open(0, oo)))),
]


@pytest.mark.parametrize(("goal", "context"), TRUE, ids=str)
def test_what_follows_by_squaring_is_proved(goal: Relation, context: Context) -> None:
    found = Closing(Budget.lasting(20)).unrooted(goal, context, DEPTH)
    assert found is not None
    proves(goal, context, found)


@pytest.mark.parametrize(("goal", "context"), FALSE, ids=str)
@pytest.mark.parametrize("seconds", SHORT_AND_LONG)
def test_what_is_false_is_not(goal: Relation, context: Context, seconds: float) -> None:
    assert Closing(Budget.lasting(seconds)).close(goal, context) is None
