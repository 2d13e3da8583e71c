"""Ladders of derivatives from an end: Taylor's inequalities, and those that are false."""

from __future__ import annotations

import pytest
from forging import SHORT_AND_LONG, proves, where
from sympy import Interval, cos, cosh, exp, log, oo, sin, sinh, symbols

from proofcheck.engines.base import Budget
from proofcheck.engines.derivatives import EndDerivatives
from proofcheck.obligations import Obligation
from proofcheck.relations import Greater, GreaterEqual, Less, LessEqual

x, c = symbols("x c", real=True)
CONTEXT = where((x, Interval(0, oo)), (c, Interval.open(0, oo)))
OPEN = where((x, Interval.open(0, oo)), (c, Interval.open(0, oo)))
BELOW = where((x, Interval(-1, 0)))

TRUE = [
    (GreaterEqual(sin(x), x - x**3 / 6), CONTEXT),
    (Greater(exp(x), 1 + x + x**2 / 2), OPEN),
    (LessEqual(cos(x), 1 - x**2 / 2 + x**4 / 24), CONTEXT),
    (GreaterEqual(exp(x), 1 + x + x**2 / 2 + x**3 / 6 + x**4 / 24), CONTEXT),
    (GreaterEqual(cosh(c * x), 1 + (c * x) ** 2 / 2), CONTEXT),
    (LessEqual(log(1 + x), x - x**2 / 2 + x**3 / 3), CONTEXT),
    (
        GreaterEqual(
            exp(-c * (1 - exp(-x))),
            1 - c * x + (c + c**2) * x**2 / 2 - (c + 3 * c**2 + c**3) * x**3 / 6,
        ),
        CONTEXT,
    ),
    (LessEqual(exp(x), 1 + x + x**2 / 2), BELOW),
    (GreaterEqual(sin(x) / (x + 1), (x - x**3 / 6) / (x + 1)), CONTEXT),
    (Greater(x, sinh(x) * 3 / (2 + cosh(x))), OPEN),
]
FALSE = [
    (Greater(sin(x), x - x**3 / 6), CONTEXT),
    (GreaterEqual(sin(x), x - x**3 / 7), CONTEXT),
    (GreaterEqual(sin(x), x - x**3 / 5 + x**5 / 10), OPEN),
    (GreaterEqual(exp(x), 1 + x + x**2), CONTEXT),
    (Greater(exp(x), 1 + x), CONTEXT),
    (LessEqual(log(1 + x), x - x**2 / 2), CONTEXT),
    (LessEqual(exp(x), 1 + x + x**2 / 2), CONTEXT),
    (
        GreaterEqual(
            exp(-c * (1 - exp(-x))),
            1 - c * x + (c + c**2) * x**2 / 2 - (c + 2 * c**2 + c**3) * x**3 / 6,
        ),
        CONTEXT,
    ),
    (Less(exp(x), 1 + x + x**2 / 2), BELOW),
    (GreaterEqual(sin(x) / (x + 1), (x - x**3 / 7) / (x + 1)), CONTEXT),
    (Greater(sinh(x) * 3 / (2 + cosh(x)), x), OPEN),
    (GreaterEqual(sin(x) / (x - 1), (x - x**3 / 6) / (x - 1)), CONTEXT),
]


@pytest.mark.parametrize(("goal", "context"), TRUE, ids=str)
def test_a_taylor_polynomial_bounds_its_function(goal, context) -> None:
    found = EndDerivatives().prove(Obligation("conclusion", goal, context), Budget.lasting(20))
    proves(goal, context, found)


@pytest.mark.parametrize(("goal", "context"), FALSE, ids=str)
@pytest.mark.parametrize("seconds", SHORT_AND_LONG)
def test_a_false_bound_is_not_proposed(goal, context, seconds: float) -> None:
    found = EndDerivatives().prove(Obligation("conclusion", goal, context), Budget.lasting(seconds))
    assert found is None
