"""Power series and Dirichlet series: their sums, where they converge, and false twins."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
import sympy as sp
from sympy import Abs, I, Rational, S, Sum, Symbol, factorial, log, oo, pi, polygamma, zeta

from proofcheck.domains import Variable
from proofcheck.finiteness import decide
from proofcheck.identities import Inapplicable, instance
from proofcheck.obligations import Context
from proofcheck.relations import Condition, Member, Relation

n, k = Symbol("n", integer=True), Symbol("k", integer=True)
s, x, z = (Symbol(name, complex=True) for name in "sxz")
PLACES = [Rational(1, 3), Rational(-2, 5), I / 2, Rational(1, 4) - I / 3]


def near(value: Any, other: Any, tolerance: float) -> bool:
    """Tell whether two numbers agree."""
    return bool(abs(mpmath.mpmathify(sp.N(value - other, 20))) < tolerance)


@pytest.mark.parametrize("atom", [
    Sum(polygamma(0, k) * z**k, (k, 1, oo)),
    Sum(zeta(k) / k * (-z) ** k, (k, 2, oo)),
    Sum(zeta(k) / k * z**k, (k, 2, oo)),
    Sum((-1) ** (k + 1) * zeta(k + 1) * z**k, (k, 1, oo)),
    Sum(zeta(k) * z**k, (k, 2, oo)),
    Sum(k**2 * zeta(k) * z**k, (k, 2, oo)),
    Sum(zeta(2 * k + 1) * (-z) ** k, (k, 1, oo)),
    Sum(k * zeta(2 * k + 1) * z**k / 2**k, (k, 1, oo)),
    Sum((-k) ** (k - 1) / factorial(k) * (z / 2) ** k, (k, 1, oo)),
    Sum(k ** (k - 1) / factorial(k) * (z / 2) ** k, (k, 1, oo)),
    Sum(k * (-k) ** (k - 1) / factorial(k) * (z / 2) ** k, (k, 1, oo)),
    Sum(sp.harmonic(k) * z**k, (k, 0, oo)),
    Sum(sp.harmonic(k) * z ** (2 * k), (k, 1, oo)),
    Sum(sp.bernoulli(k, x) * z**k / factorial(k), (k, 0, oo)),
    Sum(sp.bernoulli(k) * (3 * z) ** k / factorial(k), (k, 0, oo)),
    Sum(sp.bernoulli(k, 0) * z**k / factorial(k), (k, 0, oo)),
], ids=str)  # fmt: skip
def test_power_series(atom: Any) -> None:
    equation = instance("power series with a known sum", (atom,))
    ((_, low, _),) = atom.limits
    for place in PLACES:
        at = {z: place, x: Rational(2, 7) + I / 5}
        written = sum(sp.N(atom.function.subs(k, i).subs(at), 20) for i in range(int(low), 32))
        assert near(written, equation.replacement.subs(at), 1e-6)
        for condition in equation.conditions:
            assert isinstance(condition, Member | Relation)
            assert isinstance(condition, Member) or condition.operator in ("lt", "ne")


@pytest.mark.parametrize(("atom", "edge"), [
    (Sum(k ** (-s), (k, 1, oo)), 1),
    (Sum(sp.mobius(k) / k**s, (k, 1, oo)), 1),
    (Sum(sp.totient(k) / k**s, (k, 1, oo)), 2),
    (Sum(sp.divisor_sigma(k, 0) / k**s, (k, 1, oo)), 1),
    (Sum(sp.divisor_sigma(k, 3) / k**s, (k, 1, oo)), 4),
    (Sum(k * sp.divisor_sigma(k, 1) / k**s, (k, 1, oo)), 3),
], ids=str)  # fmt: skip
def test_dirichlet_series(atom: Any, edge: int) -> None:
    equation = instance("Dirichlet series with a known sum", (atom,))
    place = edge + 5 + I / 3
    written = sum(sp.N(atom.function.subs(k, i).subs(s, place), 20) for i in range(1, 60))
    assert near(written, equation.replacement.subs(s, place), 1e-6)
    bound = equation.conditions[0]
    assert isinstance(bound, Relation)
    (beyond,) = sp.solve(bound.lhs.subs(sp.re(s), x) - bound.rhs, x)
    assert beyond == edge


@pytest.mark.parametrize(("rule", "atom"), [
    ("power series with a known sum", Sum(polygamma(0, k) * z**k, (k, 2, oo))),
    ("power series with a known sum", Sum(polygamma(0, k) * z**k, (k, 1, n))),
    ("power series with a known sum", Sum(polygamma(0, k + 1) * z**k, (k, 1, oo))),
    ("power series with a known sum", Sum(polygamma(1, k) * z**k, (k, 1, oo))),
    ("power series with a known sum", Sum(zeta(k) / k * z**k, (k, 3, oo))),
    ("power series with a known sum", Sum(zeta(k) * z**k, (k, 1, oo))),
    ("power series with a known sum", Sum(zeta(2 * k + 1) * z**k, (k, 0, oo))),
    ("power series with a known sum", Sum(zeta(2 * k + 1) * k**5 * z**k, (k, 1, oo))),
    ("power series with a known sum", Sum((-k) ** k / factorial(k) * z**k, (k, 0, oo))),
    ("power series with a known sum", Sum((-k) ** (k - 2) / factorial(k) * z**k, (k, 1, oo))),
    ("Lambert series with a known sum", Sum(sp.totient(k) * z**k / (1 + z**k), (k, 1, oo))),
    ("Lambert series with a known sum", Sum(sp.totient(k) * log(1 - z**k), (k, 1, oo))),
    ("Lambert series with a known sum", Sum(sp.mobius(k) * z**k / (1 - z**k), (k, 2, oo))),
    ("Lambert series with a known sum", Sum(sp.mobius(k) * k**k / (1 - k**k), (k, 1, oo))),
    ("Lambert series with a known sum", Sum(sp.mobius(k) / (1 - z**k), (k, 1, oo))),
    ("power series with a known sum", Sum(zeta(k + 1) * z ** (k + 1), (k, 1, oo))),
    ("power series with a known sum", Sum(sp.bernoulli(k, x) * z**k / factorial(k), (k, 1, oo))),
    ("power series with a known sum", Sum(sp.bernoulli(k, k) * z**k / factorial(k), (k, 0, oo))),
    ("power series with a known sum", Sum(sp.bernoulli(k, x) * z**k, (k, 0, oo))),
    ("Dirichlet series with a known sum", Sum(sp.totient(k) / k**s, (k, 2, oo))),
    ("Dirichlet series with a known sum", Sum(sp.totient(k + 1) / k**s, (k, 1, oo))),
    ("Dirichlet series with a known sum", Sum(sp.totient(k) ** 2 / k**s, (k, 1, oo))),
    ("Dirichlet series with a known sum", Sum(sp.divisor_sigma(k, 1) / k**k, (k, 1, oo))),
    ("Dirichlet series with a known sum", Sum(log(k) / k**s, (k, 1, oo))),
], ids=str)  # fmt: skip
def test_others_do_not_fit(rule: str, atom: Any) -> None:
    with pytest.raises(Inapplicable):
        instance(rule, (atom,))


def where(*assumed: Condition) -> Context:
    """Return a context of complex numbers."""
    return Context((Variable(z, S.Complexes), Variable(s, S.Complexes)), assumed)


DISC = where(Relation(Abs(z), "lt", S.One))
CLOSED = where(Relation(Abs(z), "le", S.One))
RIGHT = where(Relation(sp.re(s), "gt", S(2)))


@pytest.mark.parametrize(("atom", "context", "expected"), [
    (Sum(polygamma(0, k) * z**k, (k, 1, oo)), DISC, True),
    (Sum(polygamma(0, k) * z**k, (k, 0, oo)), DISC, False),  # a pole at 0
    (Sum(polygamma(0, k) * z**k, (k, 1, oo)), CLOSED, False),
    (Sum(polygamma(0, k) * (2 * z) ** k, (k, 1, oo)), DISC, False),
    (Sum(polygamma(0, k) / z**k, (k, 1, oo)), DISC, False),
    (Sum(zeta(k) * z**k, (k, 2, oo)), DISC, True),
    (Sum(zeta(k) * z**k, (k, 1, oo)), DISC, False),  # a pole at 1
    (Sum(zeta(-k) * z**k, (k, 1, oo)), DISC, False),  # grows like a factorial
    (Sum(factorial(k) * zeta(k) * z**k, (k, 2, oo)), DISC, False),
    (Sum(log(k) ** 2 * z**k / k**s, (k, 1, oo)), DISC, True),
    (Sum(k**k * z**k, (k, 1, oo)), DISC, False),
    (Sum(k ** (k - 1) * (z / 3) ** k / factorial(k), (k, 1, oo)), DISC, True),
    (Sum(k ** (k - 1) * (z / 2) ** k / factorial(k), (k, 1, oo)), DISC, False),
    (Sum(sp.totient(k) / k * log(1 - z**k), (k, 1, oo)), DISC, True),
    (Sum(sp.totient(k) / k * log(1 - z**k), (k, 1, oo)), CLOSED, False),
    (Sum(z ** (k**2), (k, 1, oo)), DISC, False),  # outside of the rule
    (Sum(sp.bernoulli(k, s) * (6 * z) ** k / factorial(k), (k, 0, oo)), DISC, True),
    (Sum(sp.bernoulli(k, s) * (7 * z) ** k / factorial(k), (k, 0, oo)), DISC, False),
    (Sum(sp.bernoulli(k, s) * z**k, (k, 0, oo)), DISC, False),
    (Sum(sp.bernoulli(k, k * s) * z**k / factorial(k), (k, 0, oo)), DISC, False),
    (Sum(sp.bernoulli(k, s) * sp.bernoulli(k, z) / factorial(k), (k, 0, oo)), DISC, False),
    (Sum(sp.bernoulli(k, s) ** 2 / factorial(k), (k, 0, oo)), DISC, False),
    (Sum(sp.totient(k) / k**s, (k, 1, oo)), RIGHT, True),
    (Sum(k * sp.totient(k) / k**s, (k, 1, oo)), RIGHT, False),
    (Sum(sp.divisor_sigma(k, 1) / k**s, (k, 1, oo)), RIGHT, True),
    (Sum(sp.divisor_sigma(k, 2) / k**s, (k, 1, oo)), RIGHT, False),
    (Sum(sp.mobius(k) / k ** (s - 1), (k, 1, oo)), RIGHT, True),
    (Sum(sp.mobius(k) / k ** (s - 2), (k, 1, oo)), RIGHT, False),
    (Sum(log(k) / k ** (s - 1), (k, 1, oo)), RIGHT, True),
], ids=str)  # fmt: skip
def test_convergence(atom: Any, context: Context, expected: bool) -> None:
    assert decide(atom, context) is expected


def test_the_rules_name_their_discs() -> None:
    equation = instance("power series with a known sum", (Sum(zeta(k) / k * z**k, (k, 2, oo)),))
    assert equation.conditions == (Relation(Abs(z), "lt", S.One),)
    series = Sum(sp.bernoulli(k, x) * z**k / factorial(k), (k, 0, oo))
    equation = instance("power series with a known sum", (series,))
    assert Relation(Abs(z), "lt", 2 * pi) in equation.conditions
    assert Relation(z, "ne", S.Zero) in equation.conditions


@pytest.mark.parametrize("atom", [
    Sum(sp.totient(k) * z**k / (1 - z**k), (k, 1, oo)),
    Sum(sp.mobius(k) * z**k / (1 - z**k), (k, 1, oo)),
    Sum(sp.totient(k) / k * log(1 - z ** (2 * k)), (k, 1, oo)),
    Sum(sp.mobius(k) / k * log(1 - z**k), (k, 1, oo)),
], ids=str)  # fmt: skip
def test_lambert_series(atom: Any) -> None:
    equation = instance("Lambert series with a known sum", (atom,))
    assert isinstance(equation.conditions[0], Relation)
    assert equation.conditions[0].operator == "lt"
    for place in PLACES[:3:2]:
        terms = (atom.function.subs({k: i, z: place}) for i in range(1, 25))
        assert near(
            sum(sp.N(term, 20) for term in terms), equation.replacement.subs(z, place), 1e-6
        )
