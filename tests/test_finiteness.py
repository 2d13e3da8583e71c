"""An integral is called defined only if it converges absolutely at every admissible point."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    Expr,
    Integral,
    Interval,
    Range,
    Reals,
    Symbol,
    cos,
    cosh,
    exp,
    log,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
    tan,
)

from proofcheck import finiteness, kernel
from proofcheck.certificates import Convergent
from proofcheck.domains import Variable
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Defined, Member, Relation

a, b, s, t, x, y, alpha = symbols("a b s t x y alpha", real=True)
r = Symbol("r", nonnegative=True)
n = Symbol("n", integer=True)

CONTEXT = Context(
    (
        Variable(a, Interval.open(0, oo)),
        Variable(b, Reals),
        Variable(s, Interval.open(0, oo)),
        Variable(alpha, Interval.Ropen(0, pi)),
        Variable(n, Range(0, oo)),
    ),
    (Relation(a, "gt", Abs(b)),),
)

CONVERGENT = [
    Integral(1 / (a + b * cos(t)), (t, 0, alpha)),
    Integral(1 / (a + b * cos(t)), (t, alpha, 0)),
    Integral(r ** (2 * n + 3) * exp(-a * r**2 / 2), (r, 0, s)),
    Integral(r ** (2 * n + 1) * exp(-a * r**2 / 2), (r, 0, oo)),
    Integral(cos(t) ** n, (t, 0, alpha)),
    Integral(t ** (s - 1) * exp(-a * t), (t, 0, oo)),
    Integral(exp(-a * x**2 + b * x), (x, -oo, oo)),
    Integral(exp(a * x), (x, -oo, b)),
    Integral(1 / (1 + a * x**2), (x, -oo, oo)),
    Integral((1 + x) ** (-s - 1), (x, 0, oo)),
    Integral(x ** (s - 1) * (1 - x) ** (a - 1), (x, 0, 1)),
    Integral(a / sqrt(1 - x**2), (x, -1, 1)),
    Integral(a * log(x) / sqrt(x), (x, 0, 1)),
    Integral(a * log(x) / x**2, (x, 1, oo)),
    Integral(sin(a * x) / x**2, (x, 1, oo)),
    Integral(a / cosh(x) ** 2, (x, -oo, oo)),
    Integral(exp(-a * x * y), (x, 0, 1), (y, 0, alpha)),
]

NOT_KNOWN_TO_CONVERGE = [
    Integral(t ** (s - 1) * exp(b * t), (t, 0, oo)),  # b may be positive
    Integral(t ** (s - 2) * exp(-t), (t, 0, oo)),  # s - 2 may be -1 or less
    Integral(1 / (1 + a * x), (x, 0, oo)),
    Integral((1 + x) ** (-s), (x, 0, oo)),  # s may be 1
    Integral(x**b, (x, 0, 1)),
    Integral(x**b, (x, 1, oo)),
    Integral(x ** (s - 1) * (1 - x) ** (b - 1), (x, 0, 1)),
    Integral(a / (1 - x**2), (x, -1, 1)),
    Integral(a / x, (x, -1, 1)),
    Integral(a / x**2, (x, -1, 1)),
    Integral(a / sqrt(x), (x, -1, 1)),  # not real on the left
    Integral(a * log(x) / x, (x, 0, 1)),
    Integral(a / (x * log(x)), (x, 2, oo)),
    Integral(a * tan(x), (x, 0, pi / 2)),
    Integral(a * tan(x), (x, 0, 2)),
    Integral(a * exp(-x) * tan(x), (x, 0, oo)),
    Integral(exp(a * x) / (1 + x**2), (x, 0, oo)),
    Integral(exp(-a * x), (x, -oo, 0)),
    Integral(exp(-a * x), (x, -oo, oo)),
    Integral(a * sin(x), (x, 0, oo)),
    Integral(1 / (b + a * cos(t)), (t, 0, alpha)),  # the roles of a and b exchanged
    Integral(1 / (t - b), (t, 0, 1)),
    Integral(exp(a * x) * exp(-x), (x, 0, oo)),  # a may be 1 or more
]


@pytest.mark.parametrize("integral", CONVERGENT, ids=str)
def test_convergent_integrals_are_defined(integral: Expr) -> None:
    assert finiteness.evident(Defined(integral), CONTEXT)


@pytest.mark.parametrize("integral", NOT_KNOWN_TO_CONVERGE, ids=str)
def test_other_integrals_are_not(integral: Expr) -> None:
    assert not finiteness.evident(Defined(integral), CONTEXT)


@pytest.mark.parametrize("integral", NOT_KNOWN_TO_CONVERGE, ids=str)
def test_no_certificate_without_proofs_shows_them_either(integral: Expr) -> None:
    obligation = Obligation("defined", Defined(integral), CONTEXT)
    for downwards in (False, True):
        with pytest.raises(kernel.Rejected):
            kernel.prove(obligation, Convergent((), downwards))


def test_what_the_printed_variable_promises_is_not_used_outside_of_it() -> None:
    nonnegative = Symbol("u", nonnegative=True)
    integral = Integral(1 / (nonnegative + 1) * a, (nonnegative, -2, 1))
    assert not finiteness.evident(Defined(integral), CONTEXT)


def test_a_variable_of_the_context_is_another_one_than_the_bound_one() -> None:
    narrow = Context((Variable(x, Interval(1, 2)), Variable(a, Interval(1, 2))))
    assert not finiteness.evident(Defined(Integral(a / x, (x, 0, 1))), narrow)
    assert not finiteness.evident(Defined(Integral(a / x, (x, 0, x))), narrow)
    assert finiteness.evident(Defined(Integral(a / (1 + x), (x, 0, x))), narrow)


def test_a_convergence_certificate_is_for_integrals_only() -> None:
    for goal in (Defined(1 / b), Relation(b, "eq", b), Member(b, Interval(0, 1))):
        with pytest.raises(kernel.Rejected, match="not the convergence of an integral"):
            kernel.prove(Obligation("defined", goal, CONTEXT), Convergent())
