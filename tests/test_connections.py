"""Connection formulas and infinite products against mpmath; near-variants fail."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
import sympy as sp
from sympy import Abs, I, Product, Rational, S, Symbol, cos, gamma, hyper, oo, pi, sin

from proofcheck.domains import Variable
from proofcheck.engines._rewriting import Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.finiteness import decide
from proofcheck.identities import Inapplicable, instance
from proofcheck.kernel import Rejected, prove
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Condition, Member, Relation

a, b, c, z = (Symbol(name, complex=True) for name in "abcz")
k = Symbol("k", integer=True)
n = Symbol("n", integer=True, nonnegative=True)
PLANE = [Variable(symbol, S.Complexes) for symbol in (a, b, c, z)]
POINTS = [
    {a: Rational(1, 3), b: Rational(-2, 7), c: Rational(5, 4), z: Rational(-7, 5) + I / 3},
    {a: 1 + I / 2, b: Rational(3, 5), c: Rational(-1, 3), z: Rational(2, 3) - 2 * I},
    {a: Rational(1, 3), b: Rational(1, 3), c: Rational(7, 5), z: Rational(1, 4) + I / 5},
]


def number(expression: Any, at: Any) -> Any:
    return sp.lambdify(list(at), expression, "mpmath")(
        *(mpmath.mpmathify(sp.N(value, 20)) for value in at.values())
    )


@pytest.mark.parametrize("kind", [1, 2, 3, 4])
@pytest.mark.parametrize("at", POINTS)
def test_connection_formulas(kind: int, at: Any) -> None:
    equation = instance("connection formula", (a, b, c, z, S(kind)))
    assert abs(number(equation.atom - equation.replacement, at)) < 1e-9
    assert sum(isinstance(condition, Member) for condition in equation.conditions) >= 8


def test_a_fifth_formula_does_not_exist() -> None:
    with pytest.raises(Inapplicable):
        instance("connection formula", (a, b, c, z, S(5)))


@pytest.mark.parametrize("degree", [0, 1, 2, 5])
@pytest.mark.parametrize("place", [S(3), S(-1), Rational(1, 3), -2 + I, Rational(-1, 5)])
def test_legendre(degree: int, place: Any) -> None:
    value = instance("Legendre polynomial by another series", (sp.legendre(n, z),)).replacement
    found = number(value.subs(n, degree), {z: place})
    assert abs(found - mpmath.mpmathify(sp.N(sp.legendre(degree, place), 20))) < 1e-9


@pytest.mark.parametrize("order", [0, 1, 2, -3])
@pytest.mark.parametrize("place", [S(2), S(-2), 2 * I, -2 * I, -1 + I, -1 - I, 1 - I])
def test_bessel_functions_of_the_second_kind(order: int, place: Any) -> None:
    rule = "Bessel function of the second kind by Macdonald's"
    equation = instance(rule, (sp.bessely(k, z),))
    at = {k: S(order), z: place}
    assert abs(number(equation.atom - equation.replacement, at)) < 1e-9


@pytest.mark.parametrize(("one", "other"), [
    (Rational(1, 3), 2 + I), (Rational(1, 3), Rational(-1, 3)), (Rational(-1, 2), Rational(-5, 2)),
])  # fmt: skip
def test_beta_between_its_neighbours(one: Any, other: Any) -> None:
    def beta(x: Any, y: Any) -> Any:
        return mpmath.gamma(x) * mpmath.gamma(y) * mpmath.rgamma(x + y)

    x, y = (mpmath.mpmathify(sp.N(value, 20)) for value in (one, other))
    assert abs(beta(x, y) - beta(x + 1, y) - beta(x, y + 1)) < 1e-9
    equation = instance("beta function between its neighbours", (a, b))
    assert equation.replacement == sp.beta(a + 1, b) + sp.beta(a, b + 1)


def proved(lhs: Any, rhs: Any, *assumed: Condition) -> bool:
    """Tell whether rewriting proves an equation of what is defined, and the kernel agrees."""
    variables = (*PLANE, Variable(n, S.Naturals0))
    goal = Relation(S(lhs), "eq", S(rhs))
    context = presumed(goal, Context(variables, assumed))
    found = Rewriter(context, Budget.lasting(10)).identity(goal.lhs - goal.rhs)
    if found is None:
        return False
    try:
        prove(Obligation("conclusion", goal, context), found)
    except Rejected:
        return False
    return True


def no_poles(*arguments: Any) -> tuple[Condition, ...]:
    return tuple(Member(e, sp.Range(0, -oo, -1), negated=True) for e in arguments)


@pytest.mark.parametrize("factor", [1, 2])
def test_products_of_beta_functions(factor: int) -> None:
    lhs = sp.beta(a, b) * sp.beta(a + b, c)
    rhs = factor * sp.beta(b, c) * sp.beta(a, b + c)
    assert proved(lhs, rhs, *no_poles(a, b, c, a + b, b + c)) == (factor == 1)


def test_a_product_of_beta_functions_needs_its_conditions() -> None:
    equation = instance("beta function by three others", (a, b, c))
    assert set(no_poles(a, b, c, a + b, b + c)) == set(equation.conditions)
    at = {a: Rational(1, 3), b: 1 + I, c: Rational(-2, 7)}
    written = (equation.atom - equation.replacement).rewrite(gamma)
    assert abs(number(written, at)) < 1e-9


def over(upper: Any, lower: Any, place: Any) -> Any:
    return hyper(upper, (lower,), place) / gamma(lower)


SQUARE = 2 * hyper((-n, -n), (1,), (z + 1) / (z - 1))


@pytest.mark.slow
@pytest.mark.parametrize("sign", [1, -1])
def test_the_normal_form_connects_them(sign: int) -> None:
    off = Member(z, sp.Interval(0, oo), negated=True)
    lhs = sin(pi * (b - a)) / pi * over((a, b), c, z)
    first = over((a, a - c + 1), a - b + 1, 1 / z) / (gamma(b) * gamma(c - a))
    second = over((b, b - c + 1), b - a + 1, 1 / z) / (gamma(a) * gamma(c - b))
    rhs = (-z) ** (-a) * first - sign * (-z) ** (-b) * second
    assert proved(lhs, rhs, off) == (sign == 1)
    assert not proved(lhs, rhs)  # on the cut


@pytest.mark.parametrize(("rhs", "expected"), [
    (((z - 1) / 2) ** n * SQUARE / 2, True),
    (((z - 1) / 2) ** n * SQUARE, False),
    (((z + 1) / 2) ** n * SQUARE / 2, False),
])  # fmt: skip
def test_the_normal_form_knows_legendre(rhs: Any, expected: bool) -> None:
    assert proved(sp.legendre(n, z), rhs, Relation(z, "ne", S.One)) == expected


# Infinite products


@pytest.mark.parametrize(("atom", "expected"), [
    (Product(4 * k**2 / (4 * k**2 - 1), (k, 1, oo)), pi / 2),
    (Product(1 - 1 / k**2, (k, 2, oo)), S.Half),
    (Product(1 + 1 / k**2, (k, 1, oo)), sp.sinh(pi) / pi),
    (Product((k + 1) ** 2 / (k * (k + 2)), (k, 1, oo)), S(2)),
])  # fmt: skip
def test_rational_products(atom: Any, expected: Any) -> None:
    assert decide(atom, Context())
    assert proved(atom, expected)
    assert not proved(atom, 2 * expected)


def test_the_product_of_the_sine() -> None:
    atom = Product(1 - z**2 / k**2, (k, 1, oo))
    away = Member(z, S.Integers, negated=True)
    assert proved(atom, sin(pi * z) / (pi * z), away)
    assert not proved(atom, sin(pi * z) / z, away)


@pytest.mark.parametrize(("rule", "arguments"), [
    ("product of a rational function", (Product(k / (k + 1), (k, 1, oo)), 0, 2)),
    ("product of a rational function", (Product(k / (k + 1), (k, 1, n)), 0, 1)),
    ("product of a rational function", (Product(k / (k + 1), (k, 1, oo)), 0)),
    ("product of a rational function", (Product(k / (k + 1), (k, 1, oo)),)),
    ("product of a rational function", (Product(k / (k + 1), (k, n, oo)), 0, 1)),
    ("product of cosines", (Product(cos(z / 3**k), (k, 1, oo)),)),
    ("product of cosines", (Product(cos(z * 2**k), (k, 1, oo)),)),
    ("product of cosines", (Product(sin(z / 2**k), (k, 1, oo)),)),
    ("product over powers of two", (Product(1 + z ** (3**k), (k, 0, oo)),)),
    ("product over powers of two", (Product(1 - z ** (2**k), (k, 0, oo)),)),
    ("product over powers of two", (Product(1 + z ** (2**k), (k, 1, oo)),)),
], ids=str)  # fmt: skip
def test_other_products(rule: str, arguments: Any) -> None:
    with pytest.raises(Inapplicable):
        instance(rule, tuple(map(S, arguments)))


@pytest.mark.parametrize("atom", [
    Product(k / (k + 1), (k, 1, oo)),  # tends to 0, not to a quotient of gammas
    Product(1 + 1 / k, (k, 1, oo)),
    Product((k**2 - 4) / (k - 2) ** 2, (k, 1, oo)),
    Product(1 + 2 ** (2**k), (k, 0, oo)),
], ids=str)  # fmt: skip
def test_no_value_is_claimed(atom: Any) -> None:
    assert not decide(atom, Context())
    for claimed in (S.Zero, S.One, -S.One):
        assert not proved(atom, claimed)


@pytest.mark.parametrize(("low", "place"), [(1, S(2)), (0, S(3)), (3, 1 + I), (1, pi)])
def test_products_of_cosines(low: int, place: Any) -> None:
    for function in (cos, sp.cosh):
        value = instance("product of cosines", (Product(function(z / 2**k), (k, low, oo)),))
        factors = (function(sp.N(place, 20) / 2**j) for j in range(low, 40))
        found = sp.N(value.replacement.subs(z, place), 20)
        assert abs(sp.N(sp.Mul(*factors), 20) - found) < 1e-9


def test_products_over_powers_of_two() -> None:
    atom = Product(1 + z ** (2**k), (k, 0, oo))
    inside = Relation(Abs(z), "lt", S.One)
    assert proved(atom, 1 / (1 - z), inside)
    assert not proved(atom, 1 / (1 - z), Relation(z, "ne", S.One))
    assert not proved(atom, 1 / (1 + z), inside)
