"""growth: a sum is called defined only where its terms decay fast enough."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Abs, E, Expr, Rational, S, Sum, factorial, fibonacci, log, oo, pi, symbols

from proofcheck import finiteness
from proofcheck.balls import enclose
from proofcheck.domains import Variable
from proofcheck.growth import growth
from proofcheck.hypergeometric import NotHypergeometric
from proofcheck.obligations import Context
from proofcheck.relations import Defined, Relation

s, x, z, w = symbols("s x z w", complex=True)
n = sp.Symbol("n", integer=True)
k = sp.Symbol("k", integer=True, positive=True)

CONTEXT = Context(
    tuple(Variable(symbol, S.Complexes) for symbol in (s, x, z, w)),
    (
        Relation(sp.re(s), "gt", S(2)),
        Relation(Abs(z), "lt", S.One),
        Relation(Abs(w), "lt", 1 / E),
    ),
)

CONVERGENT = [
    Sum(sp.totient(n) / n**s, (n, 1, oo)),
    Sum(log(n) / n ** (s - 1), (n, 1, oo)),
    Sum(sp.harmonic(n) * z**n, (n, 1, oo)),
    Sum(sp.digamma(n) * z**n, (n, 1, oo)),
    Sum(sp.digamma(n) * x**n / factorial(n), (n, 1, oo)),
    Sum((-z) ** n * sp.zeta(n) / n, (n, 2, oo)),
    Sum((-n) ** (n - 1) / factorial(n) * w**n, (n, 1, oo)),
    Sum(sp.bernoulli(n, x) * z**n / factorial(n), (n, 0, oo)),
    Sum(sp.bell(n) * z**n / factorial(n) ** 2, (n, 0, oo)),
    Sum(fibonacci(n) * z**n / 2**n, (n, 0, oo)),
    Sum(n * z**n / sp.gamma(n + Rational(1, 2)), (n, 0, oo)),
    Sum(sp.sin(z**n), (n, 1, oo)),
    Sum((n**2 + 1) ** (-s / 2), (n, 1, oo)),
]
NOT_SHOWN = [
    Sum(sp.totient(n) / n ** (s - 1), (n, 1, oo)),
    Sum(sp.totient(n) / n**2, (n, 1, oo)),
    Sum(1 / (n * log(n)), (n, 2, oo)),
    Sum(n ** (1 - s), (n, 0, oo)),
    Sum(1 / n, (n, 1, oo)),
    Sum(log(n) / n, (n, 1, oo)),
    Sum(sp.harmonic(n) * x**n, (n, 1, oo)),
    Sum(sp.digamma(n) * z**n, (n, 0, oo)),
    Sum(sp.zeta(n) * z**n, (n, 1, oo)),
    Sum(n ** (n - 1) / factorial(n) * z**n, (n, 1, oo)),
    Sum(n**n * w**n, (n, 1, oo)),
    Sum((-n) ** (n - s) / factorial(n) * w**n, (n, 1, oo)),
    Sum(sp.bernoulli(n, x) * (7 * z) ** n / factorial(n), (n, 0, oo)),
    Sum(sp.bell(n) * z**n, (n, 0, oo)),
    Sum(fibonacci(n) * z**n, (n, 0, oo)),
    Sum(factorial(n) * z**n, (n, 0, oo)),
    Sum(z**n / w**n, (n, 0, oo)),
    Sum(1 / (z**n + 2), (n, 0, oo)),
    Sum(log(2 + z**n), (n, 0, oo)),
    Sum(sp.polygamma(1, n) / n, (n, 1, oo)),
    Sum((n**2 - 4) ** (-s), (n, 1, oo)),
    Sum(1 / sp.totient(n) ** 3, (n, 1, oo)),
    Sum(sp.bernoulli(n, n) / factorial(n), (n, 1, oo)),
    Sum(sp.fibonacci(n, z) / 2**n, (n, 1, oo)),
]  # fmt: skip


@pytest.mark.parametrize("total", CONVERGENT, ids=str)
def test_sums_that_converge(total: Expr) -> None:
    assert finiteness.evident(Defined(total), CONTEXT)


@pytest.mark.parametrize("total", NOT_SHOWN, ids=str)
def test_sums_that_may_diverge(total: Expr) -> None:
    assert not finiteness.evident(Defined(total), CONTEXT)


BOUNDED = [
    factorial(k), sp.gamma(2 * k + Rational(1, 3)), 1 / factorial(3 * k), k**k, k ** (2 - 2 * k),
    fibonacci(2 * k + 1), 1 / sp.lucas(k), sp.bell(k), sp.bernoulli(k, 2 + sp.I), sp.euler(k),
    sp.RisingFactorial(Rational(7, 3), k), sp.totient(k),
    3 ** (2 - k) * k**2, (k**2 + 1) ** Rational(-1, 2), sp.exp(-k * (1 + sp.I)),
]  # fmt: skip


@pytest.mark.parametrize("term", BOUNDED, ids=str)
def test_the_quotient_by_the_bound_stays_bounded(term: Expr) -> None:
    found = growth(term, k)
    bound = factorial(k) ** found.factorials * found.base**k * k**found.power
    sizes = []
    for index in (20, 40, 80, 160):
        value, most = (enclose(part.subs(k, index), {}, 128) for part in (term, bound))
        sizes.append(float(abs(value / most).upper()))
    assert max(sizes[1:]) <= 2 * max(1.0, sizes[0])
    if found.exact:
        assert min(sizes) >= sizes[0] / 4


def test_no_bound_is_made_up() -> None:
    for term in (
        sp.partition(k), factorial(k / 2), sp.gamma(-k), k ** (k / 2), 2 ** (k**2), z ** (k / 2),
        sp.cos(k), sp.tan(k), 1 / (fibonacci(k) + (-1) ** k), sp.binomial(2 * k, k), k ** (z * k),
        pi ** (2**k), sp.sqrt(factorial(k)),
    ):  # fmt: skip
        with pytest.raises(NotHypergeometric):
            growth(term, k)
