"""Changes of variable: what is proved in the gap, the ratio, the distance from a turning point."""

from __future__ import annotations

import pytest
from forging import proves, rejects, where
from sympy import Abs, Interval, Rational, S, Symbol, exp, log, oo, sqrt

from proofcheck.engines.base import Budget
from proofcheck.engines.changes import ChangesOfVariable
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Relation

a, b = (Symbol(name, real=True) for name in "ab")
x, y = (Symbol(name, positive=True) for name in "xy")
LINE, HALF_LINE = S.Reals, Interval.open(0, oo)
TINY = Rational(1, 10**6)


def proved(goal: Relation, context: Context, *false: tuple[Relation, Context]) -> None:
    """See that the goal is proved, and its false twins neither by a search nor by its proof."""
    found = ChangesOfVariable().prove(Obligation("conclusion", goal, context), Budget.lasting(20))
    proves(goal, context, found)
    for twin, elsewhere in false:
        rejects(twin, elsewhere, found)
        not_proposed(twin, elsewhere)


def not_proposed(goal: Relation, context: Context) -> None:
    obligation = Obligation("conclusion", goal, context)
    assert ChangesOfVariable().prove(obligation, Budget.lasting(0.5)) is None


@pytest.mark.parametrize(("goal", "false"), [
    (Relation(exp(a) / (1 + exp(a)), "lt", exp(b) / (1 + exp(b))),
     Relation(exp(a) / (1 + exp(a)), "gt", exp(b) / (1 + exp(b)))),
    (Relation(exp(b) - exp(a), "gt", (b - a) * exp(a)),
     Relation(exp(b) - exp(a), "gt", (b - a) * exp(a) * (1 + TINY))),
], ids=str)  # fmt: skip
def test_the_gap(goal: Relation, false: Relation) -> None:
    sets = ((a, LINE), (b, LINE))
    ordered, free = where(*sets, assuming=(Relation(a, "lt", b),)), where(*sets)
    proved(goal, ordered, (false, ordered), (goal, free), (false, free))


@pytest.mark.parametrize(("goal", "false"), [
    (Relation(a * x, "le", x * log(x) + exp(a - 1)),
     Relation(a * x + TINY, "le", x * log(x) + exp(a - 1))),
    (Relation(log(x), "le", a + x * exp(-a) - 1),
     Relation(log(x), "le", a + x * exp(-a) - 1 - TINY)),
], ids=str)  # fmt: skip
def test_the_distance_from_a_turning_point(goal: Relation, false: Relation) -> None:
    context = where((x, HALF_LINE), (a, LINE))
    proved(goal, context, (false, context))


def test_polynomials_are_left_to_others() -> None:
    not_proposed(Relation(a * x, "le", x**2 / 4 + a**2), where((x, HALF_LINE), (a, LINE)))


def test_the_ratio() -> None:
    context = where((x, HALF_LINE), (y, HALF_LINE), assuming=(Relation(y, "lt", x),))
    quotient, half = (x - y) / (x + y), log(x / y) / 2
    false = [
        Relation(quotient, "lt", log(x / y) / (2 + TINY)),
        Relation(quotient + TINY, "lt", half),
    ]
    proved(Relation(quotient, "lt", half), context, *((one, context) for one in false))


def test_the_ratio_in_moduli() -> None:
    step = Abs(sqrt(x + a) - sqrt(x))
    bound = sqrt(x) * (1 - sqrt(1 - Abs(a) / x))
    context = where((x, HALF_LINE), (a, LINE), assuming=(Relation(Abs(a), "le", x),))
    false = [Relation(step, "le", bound * (1 - TINY)), Relation(step, "lt", bound)]
    proved(Relation(step, "le", bound), context, *((one, context) for one in false))
