"""Polynomials as sums of powers and powers of sines as sums of waves: checked, with false twins."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import I, Rational, S, Sum, Symbol, binomial, cos, floor, sin

from proofcheck.identities import Inapplicable, instance

n, k = Symbol("n", integer=True), Symbol("k", integer=True)
x, z = Symbol("x"), Symbol("z")
PLACES = (S.Zero, S.One, -S.One, Rational(2, 3), Rational(-5, 2), 1 + I / 2)
LEAST = {sp.legendre: 0, sp.chebyshevt: 1, sp.chebyshevu: 0, sp.hermite: 0, sp.laguerre: 0}


def written(expression: Any, at: dict[Any, Any]) -> Any:
    """Return the value, sums written out; a sum with no summands is zero."""
    there = expression.subs({n: at[n]})
    for total in there.atoms(Sum):
        ((index, low, high),) = total.limits
        values = range(int(low), int(high) + 1)
        there = there.xreplace({total: sp.Add(*(total.function.subs(index, i) for i in values))})
    return there.subs(at)


@pytest.mark.parametrize("function", LEAST, ids=str)
def test_polynomials_by_their_powers(function: Any) -> None:
    equation = instance("polynomial by its powers", (function(n, x), k))
    (condition,) = equation.conditions
    for degree in range(-3, 8):
        inside = condition.set.contains(S(degree)) == True
        assert inside == (degree >= LEAST[function])
        for place in PLACES if inside else ():
            at = {n: S(degree), x: place}
            polynomial = function(degree, x).subs(x, place)
            assert sp.expand(polynomial - written(equation.replacement, at)) == 0


def waves(sine: bool, odd: bool) -> Any:
    """Return the sum whose value is a power of a sine or a cosine."""
    order, high = (2 * n + 1, n) if odd else (2 * n, n - 1)
    wave = sin if sine and odd else cos
    sign = (-1) ** (n + k) if sine else 1
    return Sum(sign * binomial(order, k) * wave((order - 2 * k) * z), (k, 0, high))


@pytest.mark.parametrize("sine", [False, True])
@pytest.mark.parametrize("odd", [False, True])
def test_powers_of_waves(sine: bool, odd: bool) -> None:
    atom = waves(sine, odd)
    equation = instance("waves that add up to a power", (atom, z, S(int(sine))))
    (condition,) = equation.conditions
    for size in range(-2, 6):
        inside = condition.set.contains(S(size)) == True
        assert inside == (size >= 0)
        for place in PLACES if inside else ():
            at = {n: S(size), z: place}
            sides = (written(side, at) for side in (atom, equation.replacement))
            assert abs(sp.N(sp.Add(*sides, evaluate=False) - 2 * written(atom, at), 20)) < 1e-15


@pytest.mark.parametrize(("rule", "arguments"), [
    ("polynomial by its powers", (sp.legendre(n, k), k)),
    ("polynomial by its powers", (sp.chebyshevu(n, x), n)),
    ("polynomial by its powers", (sp.jacobi(n, 1, 2, x), k)),
    ("polynomial by its powers", (sp.legendre(n, x), Symbol("k", positive=True, integer=True))),
    ("waves that add up to a power", (waves(True, False), z, S.Zero)),
    ("waves that add up to a power", (waves(False, True), z, S.One)),
    ("waves that add up to a power", (waves(False, False), 2 * z, S.Zero)),
    ("waves that add up to a power",
     (Sum(binomial(2 * n, k) * cos(2 * (n - k) * z), (k, 0, n)), z, S.Zero)),
    ("waves that add up to a power",
     (Sum(binomial(2 * n, k) * cos(2 * (n - k) * z), (k, 1, n - 1)), z, S.Zero)),
    ("waves that add up to a power",
     (Sum(binomial(2 * n, k) * sin(2 * (n - k) * z), (k, 0, n - 1)), z, S.Zero)),
    ("waves that add up to a power",
     (Sum((-1) ** k * binomial(2 * n, k) * cos(2 * (n - k) * z), (k, 0, n - 1)), z, S.One)),
    ("waves that add up to a power",
     (Sum(binomial(n, k) * cos((n - 2 * k) * z), (k, 0, floor(n / 2))), z, S.Zero)),
    # The end is another k than the index: at 1 the sum is 4*cos(z), the power 4*cos(z)**3.
    ("waves that add up to a power",
     (Sum(binomial(2 * k + 1, k) * cos(z), (k, 0, k)), z, S.Zero)),
    ("waves that add up to a power", (Sum(binomial(2 * k, k) * cos(z), (k, 0, k)), z, S.Zero)),
], ids=str)  # fmt: skip
def test_others_do_not_fit(rule: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(Inapplicable):
        instance(rule, arguments)
