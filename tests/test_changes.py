"""Changes of variable: what is proved in the gap, the ratio, the distance from a turning point."""

from __future__ import annotations

from typing import Any

import pytest
from forging import where
from sympy import Abs, Interval, Rational, S, Symbol, exp, log, oo, sqrt

from proofcheck import kernel
from proofcheck.engines.base import Budget
from proofcheck.engines.changes import ChangesOfVariable
from proofcheck.obligations import Obligation
from proofcheck.relations import Condition, Relation

a, b = (Symbol(name, real=True) for name in "ab")
x, y = (Symbol(name, positive=True) for name in "xy")
LINE, HALF_LINE = S.Reals, Interval.open(0, oo)
TINY = Rational(1, 10**6)


def searched(goal: Relation, *sets: Any, assuming: tuple[Condition, ...] = ()) -> bool:
    obligation = Obligation("conclusion", goal, where(*sets, assuming=assuming))
    found = ChangesOfVariable().prove(obligation, Budget.lasting(4))
    if found is None:
        return False
    kernel.prove(obligation, found)
    return True


@pytest.mark.parametrize(("goal", "true"), [
    (Relation(exp(a) / (1 + exp(a)), "lt", exp(b) / (1 + exp(b))), True),
    (Relation(exp(a) / (1 + exp(a)), "gt", exp(b) / (1 + exp(b))), False),
    (Relation(exp(b) - exp(a), "gt", (b - a) * exp(a)), True),
    (Relation(exp(b) - exp(a), "gt", (b - a) * exp(a) * (1 + TINY)), False),
], ids=str)  # fmt: skip
def test_the_gap(goal: Relation, true: bool) -> None:
    order = (Relation(a, "lt", b),)
    assert searched(goal, (a, LINE), (b, LINE), assuming=order) is true
    assert not searched(goal, (a, LINE), (b, LINE))


@pytest.mark.parametrize(("goal", "true"), [
    (Relation(a * x, "le", x * log(x) + exp(a - 1)), True),
    (Relation(a * x + TINY, "le", x * log(x) + exp(a - 1)), False),
    (Relation(a * x, "le", x**2 / 4 + a**2), False),
    (Relation(log(x), "le", a + x * exp(-a) - 1), True),
    (Relation(log(x), "le", a + x * exp(-a) - 1 - TINY), False),
], ids=str)  # fmt: skip
def test_the_distance_from_a_turning_point(goal: Relation, true: bool) -> None:
    """Polynomials are left to others."""
    assert searched(goal, (x, HALF_LINE), (a, LINE)) is true


@pytest.mark.parametrize(("goal", "true"), [
    (Relation((x - y) / (x + y), "lt", log(x / y) / 2), True),
    (Relation((x - y) / (x + y), "lt", log(x / y) / (2 + TINY)), False),
    (Relation((x - y) / (x + y) + TINY, "lt", log(x / y) / 2), False),
], ids=str)  # fmt: skip
def test_the_ratio(goal: Relation, true: bool) -> None:
    assert searched(goal, (x, HALF_LINE), (y, HALF_LINE), assuming=(Relation(y, "lt", x),)) is true


def test_the_ratio_in_moduli() -> None:
    near = (Relation(Abs(a), "le", x),)
    step = Abs(sqrt(x + a) - sqrt(x))
    bound = sqrt(x) * (1 - sqrt(1 - Abs(a) / x))
    sets = ((x, HALF_LINE), (a, LINE))
    assert searched(Relation(step, "le", bound), *sets, assuming=near)
    assert not searched(Relation(step, "le", bound * (1 - TINY)), *sets, assuming=near)
    assert not searched(Relation(step, "lt", bound), *sets, assuming=near)
