"""Sums that telescope up to a multiple of another: the rule, what must not pass, the search."""

from __future__ import annotations

from typing import Any

import pytest
from forging import proves, rejects, where
from sympy import Abs, Expr, Range, Rational, S, Sum, Symbol, binomial, factorial, oo, symbols

from proofcheck import identities
from proofcheck.certificates import Certificate, Identity, Rewrite
from proofcheck.engines._telescoping import telescopers
from proofcheck.engines.base import Budget
from proofcheck.engines.induction import InductionOnIntegers
from proofcheck.formal_sums import normal_form
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Relation

n, k = symbols("n k", integer=True)
x = Symbol("x", real=True)
ALL = where((n, Range(0, oo)), (x, S.Reals))


def equation(lhs: Any, rhs: Any) -> Relation:
    return Relation(S(lhs), "eq", S(rhs))


def telescoping(f: Any, h: Any, *proofs: Certificate) -> Identity:
    """Return a certificate that Sum(f, (k, 0, n)) is h(n + 1) - h(0), as the kernel writes it."""
    total = normal_form(Sum(f, (k, 0, n)), ALL)
    index = total.limits[0][0]
    arguments = total, S.Zero, S.Zero, h.subs(k, index)
    return Identity((Rewrite("telescoping sum", arguments, proofs),))


INDEX = Symbol("_1_1", integer=True)  # what the normal form calls it
FACTORIAL = Identity((
    Rewrite("factorial", (INDEX,)), Rewrite("factorial", (INDEX + 1,)),
    Rewrite("gamma shift", (INDEX + 1, S.One)),
))  # fmt: skip
DOUBLE = Identity((
    Rewrite("power of a sum", (S(2), INDEX + 1, INDEX, S.One, S.One, S.One)),
))  # fmt: skip


def test_what_telescopes() -> None:
    total = equation(Sum(k * factorial(k), (k, 0, n)), factorial(n + 1) - 1)
    proves(total, ALL, telescoping(k * factorial(k), factorial(k), FACTORIAL))
    proves(equation(Sum(2**k, (k, 0, n)), 2 ** (n + 1) - 1), ALL, telescoping(2**k, 2**k, DOUBLE))


@pytest.mark.parametrize(
    "h", [2**k + k, 2 ** (k + 1), k * 2**k, 2**k + 1 / (k - 3), 2 ** (k - 1)], ids=str
)
def test_what_is_no_antidifference(h: Expr) -> None:
    wrong = h.subs(k, n + 1) - h.subs(k, 0)
    for proofs in ((), (Identity(),), (DOUBLE,), (DOUBLE,) * 3):
        rejects(equation(Sum(2**k, (k, 0, n)), wrong), ALL, telescoping(2**k, h, *proofs))


def test_an_antidifference_has_no_pole_on_the_way() -> None:
    """1/((k - 1)(k - 2)) sums up to a difference only where no pole is passed."""
    h = -1 / (k - 2)
    f = 1 / ((k - 1) * (k - 2))
    goal = equation(Sum(f, (k, 0, n)), h.subs(k, n + 1) - h.subs(k, 0))
    for proofs in ((), (Identity(),), (Identity(),) * 4):
        rejects(goal, ALL, telescoping(f, h, *proofs))


def test_a_range_that_is_counted_backwards_does_not_telescope() -> None:
    powers = equation(Sum(2**k, (k, 0, n)), 2 ** (n + 1) - 1)
    step = telescoping(2**k, 2**k, DOUBLE)
    proves(powers, ALL, step)
    assert "n >= -1" in rejects(powers, where((n, Range(-5, oo))), step)


def test_a_factor_does_not_depend_on_the_index() -> None:
    arguments = Sum(k**2, (k, 0, n)), k, k, S.Zero
    with pytest.raises(identities.Inapplicable, match="depends on"):
        identities.instance("telescoping sum", arguments)


def test_an_index_promises_no_more_than_an_integer() -> None:
    p = Symbol("k", positive=True, integer=True)
    f = Abs(p - 3)  # stays, but Abs(p + 1) would be p + 1
    with pytest.raises(identities.Inapplicable, match="promises"):
        identities.instance("telescoping sum", (Sum(f, (p, -5, n)), S.One, f, S.Zero))


@pytest.mark.parametrize("atom", [Sum(k * n, (k, 0, n), (n, 0, 3)), k**2, Sum(x, (k, 0, oo))])
def test_only_finite_single_sums(atom: Expr) -> None:
    goal = equation(atom, 0)
    step = Identity((Rewrite("telescoping sum", (atom, S.Zero, S.Zero, k)),))
    rejects(goal, ALL, step)


SUMS = [
    (binomial(n, k), n, 2**n),
    (binomial(n, k) * x**k, n, (1 + x) ** n),
    (binomial(n, k) ** 2, n, binomial(2 * n, n)),
    ((-1) ** k * binomial(n, k) / (k + 1), n, 1 / (n + 1)),
    (binomial(n, k) / (k + 1), n, (2 ** (n + 1) - 1) / (n + 1)),
    (binomial(2 * k, k) * binomial(2 * n - 2 * k, n - k), n, 4**n),
    (factorial(n) / (factorial(k) * factorial(n - k)), n, 2**n),
]


def found(goal: Relation, context: Context) -> Certificate | None:
    return InductionOnIntegers().prove(Obligation("conclusion", goal, context), Budget.lasting(20))


@pytest.mark.parametrize(("term", "high", "closed"), SUMS, ids=str)
def test_closed_forms(term: Expr, high: Expr, closed: Expr) -> None:
    total = Sum(term, (k, 0, high))
    certificate = found(equation(total, closed), ALL)
    assert certificate is not None
    proves(equation(total, closed), ALL, certificate)
    for wrong in (closed + n, 2 * closed, closed + n * (n - 1) * (n - 2), closed.subs(n, n + 1)):
        rejects(equation(total, wrong), ALL, certificate)
    assert found(equation(total, closed + n * (n - 1) * (n - 2)), ALL) is None


@pytest.mark.parametrize(
    ("f", "g"),
    [
        (binomial(n + 1, k), binomial(n, k)),
        (k * factorial(k), factorial(k)),
        (x**k * (k + 3), x**k),
    ],
    ids=str,
)
def test_telescopers_are_right_at_points(f: Expr, g: Expr) -> None:
    ways = list(telescopers(f, g, k))
    assert ways
    point = {n: S(7), k: S(3), x: Rational(2, 5)}
    for c, h in ways:
        assert k not in c.free_symbols
        assert (f - c * g - h.subs(k, k + 1) + h).subs(point).simplify() == 0
