"""Known inequalities: each against balls at many points; forged citations are rejected."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy as sp
from forging import SHORT_AND_LONG, proves, rejects, where
from sympy import Abs, I, Interval, Range, Rational, S, Symbol, oo

from proofcheck import balls
from proofcheck.certificates import Identity, Known, Ranges, Split, Stronger
from proofcheck.engines.base import Budget
from proofcheck.engines.citing import KnownInequalities
from proofcheck.identities.equations import Inapplicable, Inequality
from proofcheck.identities.inequalities import INEQUALITIES, inequality
from proofcheck.obligations import Context, Obligation
from proofcheck.points import instantiate_condition
from proofcheck.ranges import decide
from proofcheck.relations import Equal, Greater, GreaterEqual, Less, LessEqual, Relation

z, w = sp.symbols("z w", complex=True)
x, y, nu = sp.symbols("x y nu", real=True)
n, k = sp.symbols("n k", integer=True)

REALS = [Rational(p, 7) for p in (-30, -9, -3, -1, 1, 2, 5, 8, 11, 20, 45, 130, 900)] + [S.Zero]
NUMBERS = [a + b * I for a, b in product(REALS[1:9:2], REALS[0:9:2])] + REALS[::2]
WHOLE = list(map(S, (-3, -1, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 41, 60)))
PLACES = {z: NUMBERS, w: NUMBERS, x: REALS, y: REALS, nu: REALS, n: WHOLE, k: WHOLE}

SAMPLES: dict[str, list[tuple[Any, ...]]] = {
    "modulus of a sum": [(z, w), (z, -w)],
    "difference of moduli": [(z, w)],
    "part of a number": [(f(z), S(s)) for f in (sp.re, sp.im) for s in (-1, 0, 1)],
    "modulus by the parts": [(z,)],
    "modulus of a sign": [(z,)],
    "modulus of a sine from above": [(f(z),) for f in (sp.sin, sp.cos, sp.sinh, sp.cosh)],
    "modulus of a sine from below": [(f(z),) for f in (sp.sin, sp.cos, sp.sinh, sp.cosh)],
    "majorant of a power series": [
        (f(z),)
        for f in (
            sp.sin, sp.cos, sp.sinh, sp.cosh, sp.erf, sp.erfi, sp.Si, sp.Shi, sp.asin, sp.asinh,
            sp.atan, sp.atanh, sp.tan, sp.tanh,
        )
    ],
    "modulus of an exponential less one": [(z,)],
    "modulus of a logarithm near one": [(1 + z,)],
    "exponential above its tangent": [(x,)],
    "logarithm below its tangent": [(x,)],
    "Bessel function at most one": [(nu, x), (n, x)],
    "Bessel function by its first term": [(nu, z)],
    "Bessel function of integer order": [(n, z)],
    "Bessel function by the order": [(nu, x)],
    "Bessel function by the argument": [(nu, x)],
    "modified Bessel function by its first term": [(nu, z)],
    "digamma from above": [(S.Zero, x)],
    "digamma from below": [(S.Zero, x)],
    "polygamma from above": [(n, x)],
    "polygamma from below": [(n, x)],
    "gamma from below": [(x,)],
    "gamma from above": [(x,)],
    "factorial from below": [(x,), (n,)],
    "factorial from above": [(x,), (n,)],
    "modulus of gamma": [(z,)],
    "Bernoulli number from above": [(n,), (n, S.Zero)],
    "Bernoulli number from below": [(n,), (n, S.Zero)],
    "Bernoulli number by its order": [(n,), (n, S.Zero)],
    "sign of a Bernoulli number": [(n,), (n, S.Zero)],
    "polynomial on the imaginary axis": [
        (f(n, z),) for f in (sp.legendre, sp.chebyshevt, sp.chebyshevu)
    ],
    "polynomial by a power": [(f(n, z),) for f in (sp.legendre, sp.chebyshevt)],
    "Turan's inequality": [(n, x)],
    "zeta from below": [(x,)],
    "zeta from above": [(x,)],
    "modulus of zeta": [(z,)],
    "imaginary part of Lambert's function": [(z,)],
    "Lambert's function from above": [(x,)],
    "Lambert's function from below": [(x,)],
    "complementary error function from above": [(x,)],
    "complementary error function from below": [(x,)],
    "number of primes from below": [(x,), (n,)],
    "number of primes from above": [(x,), (n,)],
    "Bertrand's postulate": [(x,), (n,)],
    "totient of a product": [(n, k)],
    "totient from below": [(n,)],
    "totient from above": [(n,)],
    "growth of the partitions": [(n,)],
    "partitions from above": [(n,)],
    "growth of the Bell numbers": [(n,)],
    "Bell numbers do not fall": [(n,)],
    "Bell numbers by their predecessors": [(n,)],
    "Bell numbers by factorials": [(n,)],
    "Bell numbers from three on": [(n,)],
    "Bell numbers by less than the order": [(n,)],
    "Bell numbers by powers": [(n, k), (n, S(2)), (n, S(5)), (n, S(0))],
    "sum of divisors times totient from below": [(n,)],
    "sum of divisors times totient from above": [(n,)],
    "Bell numbers from below": [(n,)],
    "Bell numbers from above": [(n,)],
    "convexity of the Bell numbers": [(n,)],
    "Engel's inequality": [(n,)],
    "Fibonacci numbers from below": [(n,)],
    "Fibonacci numbers from above": [(n,)],
    "binomial coefficient from above": [(n, k)],
    "binomial coefficient from above, over powers": [(n, k)],
    "binomial coefficient by a power": [(n, k)],
    "binomial coefficient among all subsets": [(n, k)],
    "binomial coefficient from below": [(n, k)],
    "binomial coefficient as a term": [(n, k)],
    "factorial by a power": [(n,)],
    "factorial by Robbins": [(n,)],
    "binomial coefficient by Stirling from above": [(n, k)],
    "binomial coefficient by Stirling from below": [(n, k)],
    "weighted means": [(x, Rational(1, 3), y, Rational(2, 3)), (x, nu, 2 * x, 1 - nu)],
    "means of monomials": [
        *((S(s), S(2), x, y, S.Half, S(2), S.Zero, S.Half, S(p), S(2))
          for s, p in ((1, 0), (-1, 0), (1, 4), (-1, 4))),
        (S.One, S(2), x, y, S.Half, S(3), S.Zero, S.Half, S.One, S(2)),
    ],
}  # fmt: skip


def judged(fact: Inequality, conditioned: bool) -> tuple[int, list[Any]]:
    """Return at how many points balls confirm an inequality, and where they contradict it."""
    relation = fact.relation
    symbols = sorted((relation.lhs - relation.rhs).free_symbols, key=str)
    confirmed, failing = 0, []
    for values in product(*(PLACES[s] for s in symbols)):
        point = dict(zip(symbols, values, strict=True))
        try:
            if conditioned and not all(
                decide(instantiate_condition(c, point), Context()) for c in fact.conditions
            ):
                continue
            gap = balls.enclose(relation.lhs - relation.rhs, point, 128)
        except (balls.Undefined, balls.Unevaluable, ValueError):
            continue
        if gap.imag != 0:
            failing += [point] if gap.imag > 0 or gap.imag < 0 else []
            continue
        up = gap.real if relation.operator in ("ge", "gt") else -gap.real
        confirmed += bool(up >= 0)
        failing += [point] if up < 0 else []
    return confirmed, failing


def test_every_inequality_has_a_sample() -> None:
    assert set(SAMPLES) == set(INEQUALITIES)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_inequality_holds_where_its_conditions_do(name: str) -> None:
    for arguments in SAMPLES[name]:
        confirmed, failing = judged(inequality(name, arguments), conditioned=True)
        assert not failing, failing[:3]
        assert confirmed >= 2


@pytest.mark.parametrize(
    "name",
    [
        "majorant of a power series", "Bessel function by the argument",
        "Bernoulli number from above", "Lambert's function from above", "totient from above",
        "number of primes from below", "modulus of zeta", "polynomial by a power",
        "Turan's inequality", "weighted means", "means of monomials",
        "binomial coefficient from below", "complementary error function from above",
    ],
)  # fmt: skip
def test_conditions_are_needed(name: str) -> None:
    facts = [inequality(name, arguments) for arguments in SAMPLES[name]]
    assert any(judged(fact, conditioned=False)[1] for fact in facts)


def test_unknown_inequalities_are_inapplicable() -> None:
    for name, arguments in [
        ("no such inequality", (z,)), ("modulus of a sum", (z,)), ("part of a number", (z, S.One)),
        ("part of a number", (sp.re(z), S(2))), ("majorant of a power series", (sp.log(z),)),
        ("digamma from above", (S.One, x)), ("Bernoulli number from above", (n, S.One)),
        ("modulus of a sine from above", (sp.exp(z),)),
    ]:  # fmt: skip
        with pytest.raises(Inapplicable):
            inequality(name, arguments)


COMPLEX = where((z, S.Complexes), (w, S.Complexes))
LINE = where((x, S.Reals))


def test_a_citation_proves_what_follows() -> None:
    proves(LessEqual(Abs(z + w), Abs(z) + Abs(w)), COMPLEX,
           Known("modulus of a sum", (z, w), Ranges()))  # fmt: skip
    proves(LessEqual(2 * Abs(z + w), 2 * Abs(z) + 2 * Abs(w) + 1), COMPLEX,
           Known("modulus of a sum", (z, w), Ranges(), S(2)))  # fmt: skip
    above = where((x, Interval.open(0, oo)))
    proves(Less(sp.digamma(x), sp.log(x)), above,
           Known("digamma from above", (S.Zero, x), Ranges()))  # fmt: skip


def test_strictness_and_weights() -> None:
    exactly = Less(sp.digamma(x), sp.log(x) - 1 / (2 * x))
    proves(exactly, where((x, Interval.open(0, oo))),
           Known("digamma from above", (S.Zero, x), Ranges()))  # fmt: skip
    nothing = Known("imaginary part of Lambert's function", (z,), Ranges(), S.Zero)
    proves(LessEqual(Abs(w), Abs(w)), COMPLEX, nothing)
    weight = sp.exp(x) - 3 * x / 2
    goal = LessEqual(weight * Abs(z + w), weight * (Abs(z) + Abs(w)))
    context = where((z, S.Complexes), (w, S.Complexes), (x, Interval(0, 1)))
    halves = Split(Relation(x, "le", S.Half), Ranges(), Ranges())
    zero = Stronger("eq", Identity())
    proves(goal, context, Known("modulus of a sum", (z, w), zero, weight, halves))
    rejects(goal, context, Known("modulus of a sum", (z, w), zero, weight))


def test_forged_citations_are_rejected() -> None:
    triangle = Known("modulus of a sum", (z, w), Ranges())
    # Strict from a weak one, the other way round, a negative weight, an equation, too much.
    rejects(Less(Abs(z + w), Abs(z) + Abs(w)), COMPLEX, triangle)
    rejects(GreaterEqual(Abs(z + w), Abs(z) + Abs(w)), COMPLEX, triangle)
    upside_down = Known("modulus of a sum", (z, w), Ranges(), S(-1))
    rejects(GreaterEqual(Abs(z + w), Abs(z) + Abs(w)), COMPLEX, upside_down)
    equal = rejects(Equal(Abs(z + w), Abs(z) + Abs(w)), COMPLEX, triangle)
    assert "order relation" in equal
    nameless = Known("no such inequality", (z,), Ranges())
    assert "no rule named" in rejects(LessEqual(Abs(z), Abs(z)), COMPLEX, nameless)
    rejects(LessEqual(Abs(z + w) + 1, Abs(z) + Abs(w)), COMPLEX, triangle)
    # A strict inequality times zero is not strict.
    nothing = Known("imaginary part of Lambert's function", (z,), Ranges(), S.Zero)
    rejects(Less(Abs(z), Abs(z)), COMPLEX, nothing)
    rejects(Less(Abs(w), Abs(w)), COMPLEX, nothing)


def test_a_citation_owes_its_conditions() -> None:
    goal = LessEqual(sp.LambertW(x), sp.log(x) - sp.log(sp.log(x)) / 2)
    cited = Known("Lambert's function from above", (x,), Ranges())
    proves(goal, where((x, Interval(sp.E, oo))), cited)
    rejects(goal, where((x, Interval(2, oo))), cited)
    first = Known("majorant of a power series", (sp.atan(x),), Ranges())
    rejects(LessEqual(Abs(sp.atan(x)), sp.atanh(Abs(x))), LINE, first)
    rejects(LessEqual(Abs(sp.zeta(z)), sp.zeta(sp.re(z))), COMPLEX,
            Known("modulus of zeta", (z,), Ranges()))  # fmt: skip


def test_a_citation_is_about_variables_that_there_are() -> None:
    stray = Symbol("stray", complex=True)
    total = LessEqual(Abs(z), Abs(z) + 1)
    strange = Known("part of a number", (sp.re(stray), S.Zero), Ranges(), S.Zero)
    assert "no variables" in rejects(total, COMPLEX, strange)
    inner = sp.Sum(Abs(z) ** k, (k, 1, 3))
    captured = Known("binomial coefficient among all subsets", (S(4), k), Ranges(), S.Zero)
    rejects(LessEqual(inner, inner + 1), COMPLEX, captured)


PROVED = [
    (LessEqual(Abs(Abs(z) - Abs(w)), Abs(z - w)), COMPLEX),
    (LessEqual(Abs(sp.im(z)), Abs(z)), COMPLEX),
    (LessEqual(Abs(sp.sin(z)), sp.sinh(Abs(z))), COMPLEX),
    (LessEqual(Abs(sp.besselj(nu, x)), 2), where((nu, Interval.open(0, oo)), (x, S.Reals))),
    (Greater(sp.primepi(x), x / sp.log(x) - 1), where((x, Interval(17, oo)))),
]
FALSE = [
    (LessEqual(Abs(Abs(z) - Abs(w)), Abs(z - w) - Rational(1, 10**9)), COMPLEX),
    (LessEqual(Abs(z), Abs(sp.im(z))), COMPLEX),
    (LessEqual(Abs(z) + Abs(w), Abs(z + w)), COMPLEX),
    (LessEqual(Abs(sp.sin(z)), 1), COMPLEX),
    (LessEqual(Abs(sp.atan(z)), sp.atanh(Abs(z))), COMPLEX),
    (LessEqual(Abs(sp.besselj(nu, x)), 1), where((nu, S.Reals), (x, S.Reals))),
    (Greater(sp.primepi(x), x / sp.log(x)), where((x, Interval(2, oo)))),
    (Greater(sp.totient(n), n - 1), where((n, Range(2, oo)))),
]


@pytest.mark.parametrize(("goal", "context"), PROVED, ids=lambda v: str(v)[:50])
def test_the_engine_proves(goal: Relation, context: Context) -> None:
    certificate = KnownInequalities().prove(
        Obligation("conclusion", goal, context), Budget.lasting(20)
    )
    assert certificate is not None
    proves(goal, context, certificate)


@pytest.mark.parametrize(("goal", "context"), FALSE, ids=lambda v: str(v)[:50])
@pytest.mark.parametrize("seconds", SHORT_AND_LONG)
def test_the_engine_has_nothing_for_false_statements(
    goal: Relation, context: Context, seconds: float
) -> None:
    obligation = Obligation("conclusion", goal, context)
    assert KnownInequalities().prove(obligation, Budget.lasting(seconds)) is None
