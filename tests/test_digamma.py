"""Finite sums of reciprocals and of the digamma function, numerically, and false twins."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
import sympy as sp
from sympy import I, Range, Rational, S, Sum, Symbol, cos, exp, floor, oo, pi, polygamma, sin

from proofcheck.domains import Variable
from proofcheck.identities import Inapplicable, instance
from proofcheck.obligations import Context
from proofcheck.ranges import decide
from proofcheck.relations import Condition, Member, Relation

n, k, m, r = (Symbol(name, integer=True) for name in "nkmr")
z = Symbol("z", complex=True)

RECIPROCALS: list[tuple[str, Any]] = [
    ("finite sum of reciprocals", Sum(1 / (k + z), (k, 0, n))),
    ("finite sum of reciprocals", Sum(5 / (2 * k - z), (k, m, n))),
    ("finite sum of reciprocals", Sum(1 / k, (k, 1, n - 1))),
    ("finite sum of reciprocals", Sum(1 / (k + z) ** 3, (k, 2, n))),
    ("finite sum of reciprocals", Sum(z / (3 * k + 1) ** 2, (k, 0, n))),
    ("finite sum of falling reciprocals", Sum(1 / (z - k), (k, 1, n))),
    ("finite sum of falling reciprocals", Sum(1 / (z - 2 * k) ** 2, (k, m, n))),
    ("finite sum of falling reciprocals", Sum(-2 / (1 - 3 * k), (k, 1, n))),
]


def number(expression: Any, at: dict[Any, Any]) -> Any:
    """Return the value with all sums written out, a sum with no summands being zero."""
    there = sp.sympify(expression).subs(at)
    for total in there.atoms(Sum):
        ((index, low, high),) = total.limits
        values = range(int(low), int(high) + 1)
        there = there.xreplace({total: sp.Add(*(total.function.subs(index, i) for i in values))})
    return mpmath.mpmathify(sp.N(there, 20))


def holds(conditions: tuple[Condition, ...], at: dict[Any, Any]) -> bool:
    """Tell whether these conditions hold at a point."""
    for condition in conditions:
        if isinstance(condition, Member):
            inside = condition.set.contains(condition.element.subs(at)) == True
            if inside == condition.negated:
                return False
        elif isinstance(condition, Relation):
            difference = sp.N((condition.lhs - condition.rhs).subs(at))
            if not {"ge": difference >= 0, "le": difference <= 0}[condition.operator]:
                return False
        else:
            raise AssertionError(condition)
    return True


@pytest.mark.parametrize(("rule", "atom"), RECIPROCALS, ids=str)
def test_finite_sums_of_reciprocals(rule: str, atom: Any) -> None:
    equation = instance(rule, (atom,))
    tested = 0
    for high in (-2, -1, 0, 1, 4):
        for low in (-1, 0, 2):
            for place in (Rational(9, 2), Rational(-1, 3), S(2) / 7 + I, S(3), S(-4), S(7)):
                at = {n: S(high), m: S(low), z: place}
                if holds(equation.conditions, at):
                    sides = [number(side, at) for side in (atom, equation.replacement)]
                    assert abs(sides[0] - sides[1]) < 1e-12 * (1 + abs(sides[0])), at
                    tested += 1
    assert tested > 20


def test_what_the_conditions_keep_out() -> None:
    falling = instance("finite sum of falling reciprocals", (Sum(1 / (z - k), (k, 1, n)),))
    for outside in ({n: 3, z: 2}, {n: 3, z: 3}, {n: -2, z: I}):
        assert not holds(falling.conditions, outside)
    rising = instance("finite sum of reciprocals", (Sum(1 / (z + k), (k, 1, n)),))
    for outside in ({n: 3, z: -2}, {n: 3, z: -1}, {n: -2, z: I}):
        assert not holds(rising.conditions, outside)
    assert Relation(n, "ge", S.Zero) in rising.conditions


ANGLE = 2 * pi * r / n
WAVES = [exp(I * ANGLE * k), cos(ANGLE * k), sin(ANGLE * k)]


@pytest.mark.parametrize("wave", WAVES, ids=str)
def test_fourier_sums(wave: Any) -> None:
    atom = Sum(polygamma(0, k / n) * wave, (k, 1, n))
    equation = instance("Fourier sum of the digamma function", (atom, r))
    tested = 0
    for size in range(1, 7):
        for turn in range(-1, 8):
            at = {n: S(size), r: S(turn)}
            if holds(equation.conditions, at):
                sides = [number(side, at) for side in (atom, equation.replacement)]
                assert abs(sides[0] - sides[1]) < 1e-12
                tested += 1
    assert tested == 15  # 1 <= r <= n - 1


def test_gauss_in_general() -> None:
    equation = instance("Gauss's digamma theorem in general", (m, n, k))
    for size in range(2, 9):
        for part in range(1, size):
            at = {n: S(size), m: S(part)}
            assert holds(equation.conditions, at)
            sides = [number(side, at) for side in (equation.atom, equation.replacement)]
            assert abs(sides[0] - sides[1]) < 1e-12
    for outside in ({n: 3, m: 0}, {n: 3, m: 3}, {n: 3, m: 4}, {n: -3, m: -1}):
        assert not holds(equation.conditions, outside)


@pytest.mark.parametrize(("rule", "arguments"), [
    ("finite sum of reciprocals", (Sum(1 / (k + z), (k, 0, oo)),)),
    ("finite sum of reciprocals", (Sum(1 / (k**2 + z), (k, 0, n)),)),
    ("finite sum of reciprocals", (Sum(k / (k + z), (k, 0, n)),)),
    ("finite sum of reciprocals", (Sum(1 / (k + z) + 1 / k, (k, 1, n)),)),
    ("Fourier sum of the digamma function",
     (Sum(polygamma(0, k / n) * exp(I * ANGLE * k), (k, 0, n)), r)),
    ("Fourier sum of the digamma function",
     (Sum(polygamma(0, k / n) * exp(I * ANGLE * k), (k, 1, n - 1)), r)),
    ("Fourier sum of the digamma function",
     (Sum(polygamma(0, k / n) * exp(-I * ANGLE * k), (k, 1, n)), r)),
    ("Fourier sum of the digamma function",
     (Sum(polygamma(1, k / n) * sin(ANGLE * k), (k, 1, n)), r)),
    ("Gauss's digamma theorem in general", (m, n, m)),
], ids=str)  # fmt: skip
def test_other_sums_do_not_fit(rule: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(Inapplicable):
        instance(rule, arguments)


def where(*variables: tuple[Any, Any], assuming: tuple[Condition, ...] = ()) -> Context:
    """Return a context."""
    return Context(tuple(Variable(*one) for one in variables), assuming)


SMALLER = where((n, Range(2, oo)), (r, Range(1, oo)), assuming=(Relation(r, "le", n - 1),))
HALF = where((n, Range(0, oo)), (k, Range(0, floor(n / 2) + 1)))
ABOVE = where((n, Range(1, oo)), (k, Range(0, floor(n / 2) + 1)))
LESS = where((n, Range(2, oo)), (k, Range(1, floor((n - 1) / 2) + 1)))
DISC = where(
    (z, S.Complexes), assuming=(Relation(sp.Abs(z), "lt", 2 * pi), Relation(z, "ne", S.Zero))
)
RIGHT = where((z, S.Complexes), assuming=(Relation(sp.re(z), "gt", S(2)),))


@pytest.mark.parametrize(("term", "context", "expected"), [
    (sin(pi * r / n), SMALLER, True), (cos(pi * r / n), SMALLER, False),
    (sin(2 * pi * r / n), SMALLER, False), (1 - exp(2 * I * pi * r / n), SMALLER, True),
    (1 - exp(4 * I * pi * r / n), SMALLER, False), (1 + exp(2 * I * pi * r / n), SMALLER, False),
    (1 + exp(I * pi * r / n), SMALLER, True), (exp(2 * I * pi * r / n) - 2, SMALLER, True),
    (sin(pi * k / n), LESS, True), (cos(pi * k / n), LESS, True),
    (sin(2 * pi * k / n), LESS, True), (cos(2 * pi * k / n), LESS, False),
    (exp(z) - 1, DISC, True), (exp(2 * z) - 1, DISC, False), (exp(z) + 1, DISC, False),
    (1 + exp(z / 2), DISC, True), (exp(z) - 2, DISC, False),
    (sp.zeta(z), RIGHT, True), (sp.zeta(z - 1), RIGHT, True), (sp.zeta(z - 2), RIGHT, False),
], ids=str)  # fmt: skip
def test_what_is_not_zero(term: Any, context: Context, expected: bool) -> None:
    assert decide(Relation(term, "ne", S.Zero), context) is expected


@pytest.mark.parametrize(("relation", "context", "expected"), [
    (Relation(n - 2 * k, "ge", S.Zero), HALF, True),
    (Relation(n - 2 * k, "gt", S.Zero), HALF, False),
    (Relation(n - 2 * k, "gt", S.Zero), LESS, True),
    (Relation(n - 2 * k, "ge", S(2)), LESS, False),
    (Relation(n - 2 * k, "le", S.Zero), HALF, False),
    (Relation(n - k, "gt", S.Zero), ABOVE, True),
    (Relation(n - k, "gt", S.Zero), HALF, False),
], ids=str)  # fmt: skip
def test_bounds_by_integer_parts(relation: Relation, context: Context, expected: bool) -> None:
    assert decide(relation, context) is expected
