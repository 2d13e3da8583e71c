"""Induction over the integers: closed forms of sums, recurrences, and steps that must not pass."""

import pytest
from sympy import (
    Expr,
    Integral,
    Interval,
    Product,
    Range,
    Rational,
    S,
    Sum,
    Symbol,
    bell,
    binomial,
    cos,
    exp,
    factorial,
    fibonacci,
    legendre,
    oo,
    pi,
    polygamma,
    sin,
)

from proofcheck import identities, kernel
from proofcheck.certificates import Identity, Induction, Ranges
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.induction import InductionOnIntegers
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Relation, Throughout
from proofcheck.steps import Rejected

n, k, j = (Symbol(name, integer=True) for name in "nkj")
x, z = Symbol("x", real=True), Symbol("z")
NATURAL = Context(
    (Variable(n, Range(0, oo)), Variable(x, S.Reals), Variable(z, S.Complexes)),
)


def search(lhs: object, rhs: object, context: Context = NATURAL) -> bool:
    obligation = Obligation("conclusion", Relation(S(lhs), "eq", S(rhs)), context)
    certificate = InductionOnIntegers().prove(obligation, Budget.lasting(20))
    if certificate is None:
        return False
    kernel.prove(obligation, certificate)
    return True


def bounded(relation: Relation, context: Context = NATURAL) -> bool:
    obligation = Obligation("conclusion", relation, context)
    certificate = InductionOnIntegers().prove(obligation, Budget.lasting(20))
    if certificate is None:
        return False
    kernel.prove(obligation, certificate)
    return True


def polynomial(degree: object, at: object) -> object:
    return legendre(degree, at, evaluate=False)


TRUE = [
    (Sum(k, (k, 0, n)), n * (n + 1) / 2),
    (Sum(k**3, (k, 0, n)), n**2 * (n + 1) ** 2 / 4),
    (Sum(x**k, (k, 0, n)) * (1 - x), 1 - x ** (n + 1)),
    (Sum(k * factorial(k), (k, 0, n)), factorial(n + 1) - 1),
    (Sum(fibonacci(k), (k, 0, n)), fibonacci(n + 2) - 1),
    (Sum(1 / ((k + 1) * (k + 2)), (k, 0, n)), 1 - 1 / (n + 2)),
    (Product(1 - 1 / (k + 2) ** 2, (k, 0, n)), (n + 3) / (2 * (n + 2))),
    (polynomial(2 * n, 0), (-1) ** n * binomial(2 * n, n) / 4**n),
    (Sum(polygamma(0, k), (k, 1, n + 1)), (n + 1) * (polygamma(0, n + 2) - 1)),
]
FALSE = [
    (Sum(k, (k, 0, n)), n * (n + 1) / 2 + 1),
    (Sum(k, (k, 0, n)), n * (n - 1) / 2),
    (Sum(x**k, (k, 0, n)) * (1 - x), 1 - x**n),
    (Sum(k, (k, 1, n)), n * (n + 1) / 2 + sin(n * pi) + n * (n - 1) * (n - 2)),
    (Product(k, (k, 1, n)), n**2),
    (polynomial(2 * n, 0), binomial(2 * n, n) / 4**n),
    (n * (n - 1) * (n - 2), 0),
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE, ids=str)
def test_proved(lhs: object, rhs: object) -> None:
    assert search(lhs, rhs)


@pytest.mark.parametrize(("lhs", "rhs"), FALSE, ids=str)
def test_not_proved(lhs: object, rhs: object) -> None:
    assert not search(lhs, rhs)


NOT_SMALL = Context((Variable(n, Range(0, oo)), Variable(x, Interval(-1, oo))))


@pytest.mark.parametrize(
    "relation",
    [
        Relation(2**n, "gt", n),
        Relation(3**n, "ge", n**3),
        Relation((1 + x) ** n, "ge", 1 + n * x),
        Relation(binomial(2 * n, n), "le", 4**n),
        Relation(2 ** (n + 5), "gt", (n + 5) ** 2),
        Relation(Sum(1 / k**2, (k, 1, n + 1)), "le", 2 - 1 / (n + 1)),
        Relation(bell(n), "ge", exp(n - 2)),
    ],
    ids=str,
)
def test_inequalities(relation: Relation) -> None:
    assert bounded(relation, NOT_SMALL)


@pytest.mark.parametrize(
    "relation",
    [
        Relation(2**n, "gt", n**2),  # not at 2, 3, 4
        Relation(2**n, "gt", n + 1),  # equal at 0
        Relation(factorial(n), "ge", 2**n),  # not at 1, 2, 3
        Relation((1 + 2 * x) ** n, "ge", 1 + 2 * n * x),
        Relation(binomial(2 * n, n), "le", 2**n),  # not from 2 on
        pytest.param(Relation(binomial(2 * n, n), "le", 3**n), marks=pytest.mark.slow),  # 5 on
        Relation(Sum(1 / k**2, (k, 1, n + 1)), "lt", 2 - 1 / (n + 1)),  # equal at 0
        Relation(100 + n, "gt", n**2),
        Relation(1000**n * 1000, "ge", 1001**n),  # not far out
        Relation(bell(n), "gt", exp(n - 1)),  # equal at 1
        Relation(bell(n + 3), "ge", 4 ** (n + 2)),  # 5, 15, 52, 203 against 16, 64, 256, 1024
    ],
    ids=str,
)
def test_false_inequalities(relation: Relation) -> None:
    assert not bounded(relation, NOT_SMALL)


def test_what_is_assumed_of_n_is_no_use_to_its_predecessors() -> None:
    """The goal is false at n = 2, where a term of it is undefined or an assumption fails."""
    step = Identity(cofactors=((0, S.One),))
    for assumed in (Relation(n, "ne", S(2)), Relation(n, "ge", S(3))):
        context = Context((Variable(n, Range(0, oo)),), (assumed,))
        goal = Relation(1 / (n - 2) - 1 / (n - 2) ** 2, "eq", S.Zero)
        for base in (Ranges(), Identity()):
            with pytest.raises(Rejected):
                kernel.prove(Obligation("conclusion", goal, context), Induction(n, base, step))


def test_a_goal_with_a_pole_on_the_way_is_not_proved() -> None:
    """``Sum(1/(k - 2))`` has no value from n = 2 on: nothing follows from there."""
    context = Context((Variable(n, Range(0, oo)),), (Relation(n, "ne", S(2)),))
    assert not search(Sum(1 / (k - 2), (k, 0, n)), Sum(1 / (k - 2), (k, 0, n)) + 0 * n + n, context)


def test_an_index_is_renamed_only_to_an_integer_that_does_not_occur() -> None:
    total = Sum(k * z, (k, 0, n))
    assert identities.instance("renamed index", (total, j)).replacement == Sum(j * z, (j, 0, n))
    for index in (z, n, Symbol("j", positive=True), Symbol("j", even=True), Rational(1, 2)):
        with pytest.raises(identities.Inapplicable):
            identities.instance("renamed index", (total, index))


def test_a_product_takes_its_last_factors() -> None:
    longer = Product(k + z, (k, 1, n + 1))
    equation = identities.instance("last summand", (longer, n))
    assert set(equation.replacement.args) == {Product(k + z, (k, 1, n)), n + 1 + z}
    with pytest.raises(identities.Inapplicable):
        identities.instance("last summand", (longer, n + 1))


def powers_of_the_cosine(m: Expr) -> Expr:
    return Integral(cos(x) ** (2 * m), (x, -pi / 2, pi / 2))


def closed_form(m: Expr) -> Expr:
    return factorial(2 * m) / (2**m * factorial(m)) * pi


@pytest.mark.parametrize(
    ("least", "factor", "value", "proved"),
    [
        (0, 2 * j + 1, closed_form(n), True),
        (0, 2 * j + 2, closed_form(n), False),  # another recurrence
        (0, 2 * j + 1, closed_form(n) + 1, False),
        (0, 2 * j + 1, 2 * closed_form(n), False),  # it obeys the recurrence, but begins elsewhere
        (1, 2 * j + 1, closed_form(n), False),  # nothing is assumed of the first step
    ],
)
def test_a_recurrence_that_is_assumed(least: int, factor: Expr, value: Expr, proved: bool) -> None:
    before, after = powers_of_the_cosine(j), powers_of_the_cosine(j + 1)
    recurrence = Relation((2 * j + 2) * after, "eq", factor * before)
    known = Throughout(j, Range(least, oo), recurrence)
    context = Context((Variable(n, Range(0, oo)),), (known,))
    assert search(2**n * factorial(n) * powers_of_the_cosine(n), value, context) is proved
