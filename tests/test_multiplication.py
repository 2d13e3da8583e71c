"""Multiplication theorems: the rules against sums and products written out, and false twins."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
import sympy as sp
from sympy import Product, S, Sum, Symbol, cos, gamma, pi, polygamma, sin, zeta

from proofcheck.identities import instance
from proofcheck.identities.equations import Inapplicable
from proofcheck.relations import Member, Relation

z, s = Symbol("z"), Symbol("s")
k, j = Symbol("k", integer=True), Symbol("j", integer=True)

SUMS = ["multiplication theorem", [
    Sum(polygamma(0, z + j / k), (j, 0, k - 1)),
    Sum(polygamma(0, z + j / k), (j, 1, k)),
    Sum(polygamma(2, z + (j + 1) / k), (j, 0, k - 1)),
    Sum(zeta(s, z + j / k), (j, 0, k - 1)),
    Sum(polygamma(1, j / k), (j, 1, k)),
]]  # fmt: skip
GAMMAS = ["Gauss's multiplication", [
    Product(gamma(z + j / k), (j, 0, k - 1)), Product(gamma(j / k), (j, 1, k)),
]]  # fmt: skip
SINES = ["product of sines", [
    Product(sin(z + pi * j / k), (j, 0, k - 1)), Product(cos(z + pi * j / k), (j, 1, k)),
    Product(sin(pi * j / k), (j, 1, k - 1)), Product(sin(pi * (j + 1) / k), (j, 0, k - 2)),
]]  # fmt: skip
ZEROS = ["Chebyshev polynomial by its zeros", [
    Product(z - cos((2 * j - 1) * pi / (2 * k)), (j, 1, k)),
    Product(z - cos(j * pi / (k + 1)), (j, 1, k)),
]]  # fmt: skip


def number(expression: Any, at: dict[Any, Any]) -> Any:
    """Return the value, sums and products written out by SymPy."""
    return mpmath.mpmathify(expression.xreplace({k: at[k]}).doit().xreplace(at).evalf(20))


@pytest.mark.parametrize(("rule", "atom"), [
    (rule, atom) for rule, atoms in (SUMS, GAMMAS, SINES, ZEROS) for atom in atoms
], ids=str)  # fmt: skip
def test_the_rule_holds(rule: str, atom: Any) -> None:
    equation = instance(rule, (atom,))
    assert equation.atom == atom
    for n in (1, 2, 3, 4):
        for place in (S(3) / 7 + 2 * sp.I / 3, S(5) / 3, S(1) / 5 - sp.I):
            at = {k: S(n), z: place, s: S(5) / 2 + sp.I / 3}
            sides = [number(side, at) for side in (atom, equation.replacement)]
            assert abs(sides[0] - sides[1]) < mpmath.mpf(10) ** -12 * (1 + abs(sides[0]))


@pytest.mark.parametrize(("rule", "atom"), [
    ("multiplication theorem", Sum(polygamma(0, z + j / k), (j, 0, k))),
    ("multiplication theorem", Sum(polygamma(0, z + 2 * j / k), (j, 0, k - 1))),
    ("multiplication theorem", Sum(polygamma(0, z + j / k) ** 2, (j, 0, k - 1))),
    ("multiplication theorem", Sum(polygamma(j, z + j / k), (j, 0, k - 1))),
    ("multiplication theorem", Sum(zeta(j, z + j / k), (j, 0, k - 1))),
    ("multiplication theorem", Sum(zeta(s, z * j + j / k), (j, 0, k - 1))),
    ("Gauss's multiplication", Product(gamma(z + j / k), (j, 0, k - 2))),
    ("product of sines", Product(sin(z + pi * j / k), (j, 1, k - 1))),
    ("product of sines", Product(sin(z + 2 * pi * j / k), (j, 0, k - 1))),
    ("product of sines", Product(cos(pi * j / k), (j, 1, k - 1))),
    ("Chebyshev polynomial by its zeros", Product(z + cos(j * pi / (k + 1)), (j, 1, k))),
    ("Chebyshev polynomial by its zeros", Product(z - cos(j * pi / k), (j, 1, k))),
    ("Chebyshev polynomial by its zeros", Product(j - cos(j * pi / (k + 1)), (j, 1, k))),
], ids=str)  # fmt: skip
def test_what_is_spaced_otherwise_is_refused(rule: str, atom: Any) -> None:
    with pytest.raises(Inapplicable):
        instance(rule, (atom,))


def test_the_conditions() -> None:
    theorem = instance(SUMS[0], (SUMS[1][0],)).conditions
    assert Relation(k, "ge", S.One) in theorem
    assert Relation(sp.re(z), "gt", S.Zero) in theorem
    symbol = Symbol("m")
    atom = Sum(polygamma(0, z + j / symbol), (j, 0, symbol - 1))
    assert Member(symbol, S.Integers) in instance(SUMS[0], (atom,)).conditions
    assert Relation(s - 1, "ne", S.Zero) in instance(SUMS[0], (SUMS[1][3],)).conditions
