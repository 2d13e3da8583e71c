"""Derivatives of symbolic order against those that SymPy computes one by one, and false twins."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Derivative, I, Range, Rational, S, Symbol, exp, log, sin

from proofcheck.calculus import NotDifferentiable
from proofcheck.calculus.smoothness import holomorphic
from proofcheck.domains import Variable
from proofcheck.finiteness import decide
from proofcheck.identities import Inapplicable, instance
from proofcheck.obligations import Context
from proofcheck.relations import Member, Relation

z, w, p = (Symbol(name, complex=True) for name in "zwp")
r = Symbol("r", integer=True)
FUNCTIONS: list[tuple[Any, int]] = [
    *((f(z), 0) for f in (sin, sp.cos, exp, sp.sinh, sp.cosh)),
    *((f(2 * z - 1), 0) for f in (sin, sp.cos, exp, sp.sinh, sp.cosh)),
    (sin(I * z + w), 0), (exp(w * z), 0),
    (log(z), 1), (log(3 - 2 * z), 1), (sp.erf(z), 1), (sp.erfc(2 * z + w), 1),
    (sp.atan(z), 1), (sp.atan(w + z / 2), 1),
    (z ** Rational(5, 2), 0), (1 / z, 0), ((2 * z + 1) ** -3, 0), (z**4, 0), (z**p, 0),
]  # fmt: skip


@pytest.mark.parametrize(("function", "least"), FUNCTIONS, ids=str)
def test_derivatives_of_any_order(function: Any, least: int) -> None:
    equation = instance("derivative of any order", (Derivative(function, (z, r)),))
    orders = [c for c in equation.conditions if isinstance(c, Member) and c.element == r]
    assert orders == [Member(r, Range(least, sp.oo))]
    for order in range(least, 6):
        derivative = sp.diff(function, z, order)
        value = equation.replacement.subs(r, order)
        for place in (Rational(3, 7), S(2) + I / 3, Rational(1, 2) - I / 5):
            at = {z: place, w: Rational(1, 3), p: S(7) / 3}
            expected, found = (sp.N(one.subs(at), 20) for one in (derivative, value))
            assert abs(expected - found) < 1e-12 * (1 + abs(expected))


def test_the_cuts_are_kept_out() -> None:
    def owed(function: Any) -> tuple[Any, ...]:
        return instance("derivative of any order", (Derivative(function, (z, r)),)).conditions

    def fails(function: Any, place: Any) -> bool:
        for condition in owed(function):
            if isinstance(condition, Member) and condition.negated:
                if condition.set.contains(condition.element.subs(z, place)) == True:
                    return True
            elif isinstance(condition, Relation) and condition.lhs.subs(z, place) == 0:
                return True
        return False

    for function, inside, outside in [
        (log(z), (1, I, -1 + I), (0, -1, -7)),
        (sp.sqrt(z), (1, I), (0, -2)),
        (z**-2, (1, -1, I), (0,)),
        (z**3, (1, -1), (0,)),
        (sp.atan(z), (0, 5, -3, I / 2, 1 + 2 * I), (I, -I, 2 * I, -3 * I)),
    ]:
        assert not any(fails(function, S(place)) for place in inside)
        assert all(fails(function, S(place)) for place in outside)


@pytest.mark.parametrize("term", [
    Derivative(sin(z**2), (z, r)), Derivative(sin(z) * z, (z, r)), Derivative(sp.Abs(z), (z, r)),
    Derivative(sp.tan(z), (z, r)), Derivative(z**z, (z, r)), Derivative(sin(z), (z, r), (w, 2)),
    Derivative(sp.besselj(1, z), (z, r)), sin(z), Derivative(sin(z + sp.conjugate(z)), (z, r)),
], ids=str)  # fmt: skip
def test_others_do_not_fit(term: Any) -> None:
    with pytest.raises(Inapplicable):
        instance("derivative of any order", (term,))


def where(*assumed: Any, least: int = 0) -> Context:
    """Return a context of complex numbers and an order."""
    return Context((Variable(z, S.Complexes), Variable(r, Range(least, sp.oo))), assumed)


OFF = where(Member(z, sp.Interval(-sp.oo, 0), negated=True))


@pytest.mark.parametrize(("function", "context", "expected"), [
    (sin(z), where(), True), (exp(sin(z) ** 2), where(), True), (sp.erf(z), where(), True),
    (sp.sinc(z), where(), True), (log(z), where(), False), (log(z), OFF, True),
    (1 / z, where(), False), (1 / z, OFF, True), (sp.sqrt(z), OFF, True), (sp.atan(z), OFF, False),
    (sp.Abs(z), where(), False), (sp.conjugate(z), where(), False), (sp.re(z), OFF, False),
    (sin(z), where(least=-1), False), (2**z, where(), True), (z**z, OFF, False),
], ids=str)  # fmt: skip
def test_where_all_derivatives_exist(function: Any, context: Context, expected: bool) -> None:
    assert decide(Derivative(function, (z, r), evaluate=False), context) is expected


def test_what_is_not_holomorphic() -> None:
    for function in (sp.Abs(z), sp.conjugate(z), sp.sign(z), sp.Function("f")(z), sp.floor(z)):
        with pytest.raises(NotDifferentiable):
            holomorphic(function, z)
