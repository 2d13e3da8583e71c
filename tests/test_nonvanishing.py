"""Expressions without zeros: what is shown, that nothing with a zero passes, and forged steps."""

import pytest
from sympy import I, Interval, S, cos, exp, oo, sin, sqrt, symbols, sympify

from proofcheck import kernel
from proofcheck.certificates import Identity, Instead, Ranges, Sufficient
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.nonvanishing import Nonvanishing
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import AnyOf, Condition, Relation
from proofcheck.steps import Rejected

x = symbols("x", real=True)
z, w = symbols("z w")
CONTEXT = Context(
    (Variable(x, S.Reals), Variable(z, S.Complexes), Variable(w, S.Complexes)),
)


def owed(goal: Condition) -> Obligation:
    return Obligation("defined", goal, CONTEXT)


def ne(expression: object) -> Condition:
    return Relation(sympify(expression), "ne", S.Zero)


NEVER_ZERO = [
    cos(z) + I * sin(z),
    z + sqrt(z**2 - 1),
    x + sqrt(x**2 + 1),
    sqrt(35) * (1 - x) / (2 * sqrt(10 * x**2 - 22 * x + 13)) - 1,
    exp(z) * cos(w) ** 2 + exp(z) * sin(w) ** 2,
]
SOMEWHERE_ZERO = [
    z + sqrt(z**2),
    x + sqrt(x**2),
    sqrt(x**2 + 1) - 1,
    cos(z) + sin(z),
    z - sqrt(z**2 - 1) - 1,
    1 / z - 1,
    cos(z) - I * sin(w),
]


@pytest.mark.parametrize("expression", NEVER_ZERO, ids=str)
def test_no_zero(expression: object) -> None:
    obligation = owed(ne(expression))
    certificate = Nonvanishing().prove(obligation, Budget.lasting(10))
    assert certificate is not None
    kernel.prove(obligation, certificate)


@pytest.mark.parametrize("expression", SOMEWHERE_ZERO, ids=str)
def test_a_zero_is_not_overlooked(expression: object) -> None:
    assert Nonvanishing().prove(owed(ne(expression)), Budget.lasting(10)) is None


def test_one_alternative_suffices() -> None:
    goal = AnyOf((ne(z), ne(exp(z))))
    kernel.prove(owed(goal), Sufficient(1, Ranges()))


@pytest.mark.parametrize("index", [0, 2, -1])
def test_not_any_alternative_does(index: int) -> None:
    with pytest.raises(Rejected):
        kernel.prove(owed(AnyOf((ne(z), ne(exp(z))))), Sufficient(index, Ranges()))


def test_a_plain_goal_has_no_alternatives() -> None:
    with pytest.raises(Rejected):
        kernel.prove(owed(ne(exp(z))), Sufficient(0, Ranges()))


@pytest.mark.parametrize("multiplier", [1 / z, 1 / x])
def test_a_multiplier_must_be_defined(multiplier: object) -> None:
    forged = Instead(S.One, Identity(), Ranges(), multiplier)
    with pytest.raises(Rejected):
        kernel.prove(owed(ne(1 / multiplier)), forged)


def test_for_an_equality_a_multiplier_must_not_vanish() -> None:
    goal = Relation(z, "eq", S.Zero)
    with pytest.raises(Rejected):
        kernel.prove(owed(goal), Instead(S.Zero, Identity(), Identity(), S.Zero))


def test_an_interval_without_the_zero() -> None:
    context = Context((Variable(x, Interval.open(1, oo)),))
    goal = ne(x - sqrt(x))
    certificate = Nonvanishing().prove(Obligation("defined", goal, context), Budget.lasting(10))
    assert certificate is not None
