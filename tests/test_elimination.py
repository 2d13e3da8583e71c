"""Auxiliary variables that equations give: what is proved with their values, what is not."""

from __future__ import annotations

from typing import Any

import pytest
from forging import where
from sympy import Interval, Rational, S, Symbol, asin, log, oo, sqrt

from proofcheck import kernel
from proofcheck.engines.base import Budget
from proofcheck.engines.elimination import VariablesGivenByEquations
from proofcheck.obligations import Obligation
from proofcheck.relations import Condition, Relation

x, y = (Symbol(name, real=True) for name in "xy")
TINY = Rational(1, 10**6)
ROOT = Interval(0, oo)
SQUARE = Relation(y**2, "eq", x)


def searched(goal: Relation, *sets: Any, assuming: tuple[Condition, ...]) -> bool:
    obligation = Obligation("conclusion", goal, where(*sets, assuming=assuming))
    found = VariablesGivenByEquations().prove(obligation, Budget.lasting(1.2))
    if found is None:
        return False
    kernel.prove(obligation, found)
    return True


@pytest.mark.parametrize(("bound", "true"), [
    (1 / y, True),
    (1 / (y + TINY), False),
], ids=str)  # fmt: skip
def test_a_logarithm_of_a_square(bound: Any, true: bool) -> None:
    r"""Both sides tend to one value at 1, where neither need be defined."""
    goal = Relation(log(x) / (x - 1), "le", bound)
    values = Interval.open(Rational(1, 10), 10)
    elsewhere = Relation(x, "ne", S.One)
    sets = ((x, values), (y, ROOT))
    assert searched(goal, *sets, assuming=(elsewhere, SQUARE)) is true
    if true:
        assert not searched(goal, *sets, assuming=(elsewhere,))


@pytest.mark.parametrize(("low", "high", "true"), [
    (-Rational(9, 10), 0, True),
    (-Rational(9, 10), 1, False),
    (-1, 0, False),
])  # fmt: skip
def test_the_set_of_the_variable_that_goes_bounds_the_other(
    low: Any, high: Any, true: bool
) -> None:
    r"""At -1 nothing is defined; beyond 0 the inequality turns around."""
    goal = Relation(x / y, "le", log(1 + x))
    sets = ((x, Interval(low, high)), (y, ROOT))
    assert searched(goal, *sets, assuming=(Relation(y**2, "eq", 1 + x),)) is true


@pytest.mark.slow
@pytest.mark.parametrize(("margin", "true"), [(Rational(1, 10), True), (-TINY, False)])
def test_an_arcsine_to_where_it_is_vertical(margin: Any, true: bool) -> None:
    slope = Rational(3927, 1250) * (Rational(283, 200) + S.Half)
    bound = slope * (sqrt(1 + x) - y) / (4 + sqrt(1 + x) + y)
    goal = Relation(asin(x), "lt", bound + margin)
    sets = ((x, Interval.open(0, 1)), (y, ROOT))
    assert searched(goal, *sets, assuming=(Relation(y**2, "eq", 1 - x),)) is true
