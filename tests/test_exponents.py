"""Comparisons by exponents and arguments: what is proved, and what must not be."""

from __future__ import annotations

import pytest
from forging import SHORT_AND_LONG, proves, where
from sympy import Interval, LambertW, Range, S, exp, log, oo, symbols

from proofcheck.engines.base import Budget
from proofcheck.engines.exponents import Exponents
from proofcheck.obligations import Obligation
from proofcheck.relations import Equal, Greater, GreaterEqual, Less, LessEqual, Member

q, g, c, s = symbols("q g c s", real=True)
d = symbols("d", integer=True, positive=True)
POSITIVE = Interval.open(0, oo)
CONTEXT = where(
    (q, POSITIVE), (g, POSITIVE), (c, Interval.open(1, oo)), (s, Interval(0, 1)), (d, Range(1, oo))
)
NARROW = exp(-(1 - exp(-q)) * (q + g) / (1 - exp(-q - g)))

TRUE = [
    Less(NARROW, exp(-q)),
    LessEqual(exp(q - q**2), exp(S.One / 4)),
    Greater(exp(q) * exp(exp(-q)), exp(1)),
    LessEqual(s ** (d**2), s**d),
    Less(log(1 + exp(-q)), exp(-q)),
    Greater(log(1 + exp(-q)), exp(-q) * log(2) - S(1) / 10),
    LessEqual(log(1 + exp(-q)), log(2)),
    GreaterEqual(s**d, s ** (d + 3)),
    Greater(c + LambertW(-c * exp(-c)), 0),
    Member(c + LambertW(-c * exp(-c)), S.Reals),
]
FALSE = [
    Greater(NARROW, exp(-q)),
    Less(exp(q - q**2), exp(S.One / 4)),
    Less(exp(q - q**2), exp(S.One / 5)),
    GreaterEqual(s ** (d**2), s**d),
    Less(s ** (d + 3), s**d),
    LessEqual(s ** (d - 1), s**d),
    Greater(LambertW(-c * exp(-c)), S.NegativeOne / 2),
    Member(LambertW(-c), S.Reals),
    Equal(exp(q), exp(g)),
    Greater(log(1 + exp(-q)), exp(-q)),
    Less(log(1 + exp(q)), exp(-q)),
    Less(log(1 + exp(-q)), q * exp(-q)),
    LessEqual(log(1 + exp(-q)), exp(-q) - exp(-q) ** 2 / 2),
]


@pytest.mark.parametrize("goal", TRUE, ids=str)
def test_what_follows_from_exponents_is_proved(goal) -> None:
    found = Exponents().prove(Obligation("conclusion", goal, CONTEXT), Budget.lasting(30))
    proves(goal, CONTEXT, found)


@pytest.mark.parametrize("goal", FALSE, ids=str)
@pytest.mark.parametrize("seconds", SHORT_AND_LONG)
def test_what_is_false_is_not_proposed(goal, seconds: float) -> None:
    found = Exponents().prove(Obligation("conclusion", goal, CONTEXT), Budget.lasting(seconds))
    assert found is None
