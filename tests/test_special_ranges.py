"""Bounds of special functions: no value lies outside; where functions are said to be defined."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import sympy as sp
from forging import where
from sympy import Interval, Range, Rational, S, oo

from proofcheck import balls, ranges
from proofcheck.finiteness import DEFINED, decide
from proofcheck.ranges.special import RULES
from proofcheck.relations import Greater, LessEqual, Member

x, y = sp.symbols("x y", real=True)
n, k = sp.symbols("n k", integer=True)
z = sp.Symbol("z", complex=True)
LINE, RIGHT, BEYOND, UNIT = S.Reals, Interval.open(0, oo), Interval(2, oo), Interval(-1, 1)
ALL, NATURAL, COUNTING = S.Integers, Range(0, oo), Range(1, oo)
PLACES = [Rational(p, 8) for p in (-41, -20, -8, -5, -1, 0, 1, 5, 8, 13, 16, 20, 33, 72, 300)]
OF_INTEGERS = (
    sp.totient, sp.partition, sp.bell, sp.catalan, sp.mobius, sp.divisor_sigma, sp.fibonacci,
    sp.lucas, sp.bernoulli, sp.euler, sp.harmonic,
)  # fmt: skip
OF_AN_INTEGER = (
    sp.bernoulli, sp.hermite, sp.laguerre, sp.chebyshevt, sp.chebyshevu, sp.legendre, sp.polygamma,
    sp.besselj, sp.besseli,
)  # fmt: skip
OF_REALS = (
    sp.primepi, sp.zeta, sp.airyai, sp.airybi, sp.Si, sp.fresnels, sp.fresnelc, sp.sinc,
    sp.elliptic_k, sp.elliptic_e,
)  # fmt: skip
OF_TWO = (
    sp.besselj, sp.bessely, sp.besseli, sp.besselk, sp.zeta, sp.beta, sp.uppergamma, sp.expint,
    sp.atan2, sp.lowergamma, sp.polylog, sp.RisingFactorial, sp.FallingFactorial,
)  # fmt: skip
CASES: list[tuple[Any, dict[Any, Any]]] = [
    *((f(n), {n: values}) for f in OF_INTEGERS for values in (ALL, NATURAL, COUNTING)),
    *(
        (f(n, x), {n: orders, x: values})
        for f in OF_AN_INTEGER
        for orders in (ALL, NATURAL, Range(2, 3), Range(3, 4))
        for values in (LINE, RIGHT, UNIT)
    ),
    *((f(x), {x: v}) for f in OF_REALS for v in (LINE, RIGHT, BEYOND, UNIT, Interval(-oo, 1))),
    *(
        (f(x, y), {x: one, y: two})
        for f in OF_TWO
        for one in (LINE, RIGHT, BEYOND)
        for two in (LINE, RIGHT, Interval.open(0, 1), Interval.open(-1, 1))
    ),
    *((sp.divisor_sigma(n, k), {n: COUNTING, k: values}) for values in (ALL, NATURAL)),
    *((f(y, n), {y: v, n: NATURAL}) for f in OF_TWO[-2:] for v in (LINE, RIGHT)),
]


def test_every_rule_is_met() -> None:
    assert {type(term) for term, _ in CASES} == set(RULES)


@pytest.mark.parametrize("function", sorted({type(t) for t, _ in CASES}, key=str), ids=str)
def test_no_value_lies_outside(function: Any) -> None:
    met = 0
    for term, sets in CASES:
        if type(term) is not function:
            continue
        context = where(*sets.items())
        known = ranges.bounds(term, context)
        choices = [[p for p in PLACES if values.contains(p) == True] for values in sets.values()]
        for point in (dict(zip(sets, values, strict=True)) for values in product(*choices)):
            try:
                value = balls.enclose(term, point, 128)
            except (balls.Undefined, balls.Unevaluable):
                continue
            if known.real:
                met += 1
                assert value.imag.contains(0), point
                if known.low != -oo:
                    assert not value.real < balls.enclose(known.low, {}, 64).real, point
                if known.high != oo:
                    assert not value.real > balls.enclose(known.high, {}, 64).real, point
                if known.nonzero:
                    assert not value.real.is_zero(), point
                if known.integer:
                    assert value.real.contains_integer()
    assert met > 0


@pytest.mark.parametrize(
    ("goal", "sets"),
    [
        (Member(sp.besselj(x, y), S.Reals), {x: LINE, y: LINE}),
        (LessEqual(sp.besselj(x, y), 1), {x: LINE, y: RIGHT}),
        (Greater(sp.polygamma(n, x), 0), {n: COUNTING, x: RIGHT}),
        (Greater(sp.polygamma(3, x), 0), {x: LINE}),
        (Greater(sp.zeta(x), 1), {x: RIGHT}),
        (Greater(sp.fibonacci(n), 0), {n: NATURAL}),
        (Member(sp.polylog(2, x), S.Reals), {x: RIGHT}),
        (Greater(sp.elliptic_k(x), 0), {x: BEYOND}),
        (Greater(sp.primepi(x), 0), {x: RIGHT}),
        (LessEqual(sp.legendre(n, x), 1), {n: NATURAL, x: BEYOND}),
        (Member(sp.primepi(z), S.Reals), {z: S.Complexes}),
    ],
    ids=str,
)
def test_what_is_false_is_not_evident(goal: Any, sets: dict[Any, Any]) -> None:
    assert ranges.decide(goal, where(*sets.items())) is not True


@pytest.mark.parametrize(
    ("term", "sets", "expected"),
    [
        (sp.bell(n), {n: NATURAL}, True), (sp.bell(n), {n: ALL}, False),
        (sp.totient(n), {n: COUNTING}, True), (sp.totient(n), {n: NATURAL}, False),
        (sp.primepi(x), {x: LINE}, True), (sp.primepi(z), {z: S.Complexes}, False),
        (sp.polygamma(n, x), {n: NATURAL, x: RIGHT}, True),
        (sp.polygamma(n, x), {n: ALL, x: RIGHT}, False),
        (sp.beta(x, y), {x: RIGHT, y: RIGHT}, True), (sp.beta(x, y), {x: RIGHT, y: LINE}, False),
        (sp.hermite(n, z), {n: NATURAL, z: S.Complexes}, True),
        (sp.hermite(n, z), {n: ALL, z: S.Complexes}, False),
        (sp.uppergamma(x, y), {x: LINE, y: RIGHT}, True),
        (sp.uppergamma(x, y), {x: LINE, y: LINE}, False),
        (sp.polylog(x, y), {x: LINE, y: Interval.open(-1, 1)}, True),
        (sp.polylog(x, y), {x: LINE, y: UNIT}, False),
        (sp.elliptic_pi(x, y), {x: Interval.open(-oo, 1), y: Interval.open(-oo, 1)}, True),
        (sp.elliptic_pi(x, y), {x: UNIT, y: UNIT}, False),
    ],
    ids=str,
)  # fmt: skip
def test_where_functions_are_defined(term: Any, sets: dict[Any, Any], expected: bool) -> None:
    assert type(term) in DEFINED
    assert decide(term, where(*sets.items())) is expected
