"""Integrals with constant values, damped sines, orthogonal polynomials; false twins fail."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
import sympy as sp
from sympy import Catalan, Expr, I, Integral, KroneckerDelta, Rational, S, Symbol, log, oo, pi

from proofcheck import kernel
from proofcheck.certificates import Identity, Rewrite
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.integrals import Integrals
from proofcheck.engines.normal_form import NormalForm
from proofcheck.identities import Inapplicable, instance
from proofcheck.identities.constant_integrals import TABLE
from proofcheck.identities.integrands import proposals
from proofcheck.identities.orthogonality import FAMILIES
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Condition, Relation

x, y = Symbol("x", real=True), Symbol("y", real=True)
a, b = Symbol("a", complex=True), Symbol("b", complex=True)
n, m = Symbol("n", integer=True, nonnegative=True), Symbol("m", integer=True, nonnegative=True)
RIGHT = Context((Variable(a, S.Complexes),), (Relation(sp.re(a), "gt", S.Zero),))
DEGREES = Context((Variable(n, S.Naturals0), Variable(m, S.Naturals0)))


def value(expression: Any, at: Any = None) -> Any:
    return mpmath.mpmathify(sp.N(expression.subs(at or {}), 20))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row[:3]))
def test_the_rows_of_the_table(row: tuple[Expr, Expr, Expr, Expr]) -> None:
    form, low, high, expected = row
    (variable,) = form.free_symbols
    function = sp.lambdify(variable, form, "mpmath")
    start = mpmath.mpf(sp.N(low, 20))
    if high is oo:
        algebraic = not form.has(sp.cosh, sp.sinh)
        stop: Any = mpmath.mpf(60)
        if algebraic and not form.has(sp.sinc):  # x = 1/t beyond 1

            def folded(t: Any) -> Any:
                return function(1 / t) / t**2

            found = mpmath.quad(folded, [0, 1])
            found += mpmath.quad(function, [start, 1]) if start < 1 else 0
        elif form.has(sp.sinc):  # the mean of sin(x)**2 is one half
            stop = 100 * mpmath.pi
            found = mpmath.quad(function, mpmath.linspace(start, stop, 101)) + 1 / (2 * stop)
        else:
            found = mpmath.quad(function, [mpmath.mpf(10) ** -9, 1, 10, stop])
    else:
        found = mpmath.quad(function, [start, mpmath.mpf(sp.N(high, 20))])
    assert abs(found - value(expected)) < 1e-5


@pytest.mark.parametrize("k", [1, 2])
@pytest.mark.parametrize("plain", [0, 1])
def test_a_damped_sine(k: int, plain: int) -> None:
    wave = sp.sin(b * x) / x if plain else sp.sinc(b * x)
    atom = Integral(3 * sp.exp(-a * x**k) * wave, (x, 0, oo))
    equation = instance("damped cardinal sine", (atom, S(3), a, b, S(k), S(plain)))
    for rate, frequency in ((1, 2), (2 + 3j, 1.5), (3 + 1j, 1 + 2j)):

        def function(t: Any, p: Any = rate, q: Any = frequency) -> Any:
            return 3 * mpmath.exp(-p * t**k) * mpmath.sin(q * t) / (t if plain else q * t)

        found = mpmath.quad(function, mpmath.linspace(1e-12, 48, 13))
        assert abs(found - value(equation.replacement, {a: rate, b: frequency})) < 1e-8
    conditions = set(equation.conditions)
    assert Relation(sp.re(a), "gt", S.Zero) in conditions
    assert (Relation(b, "ne", S.Zero) in conditions) == (plain == 0)
    assert (Relation(sp.re(a), "gt", sp.Abs(sp.im(b))) in conditions) == (k == 1)


@pytest.mark.parametrize("family", sorted(FAMILIES, key=str), ids=lambda f: f.__name__)
def test_orthogonality(family: Any) -> None:
    weight, low, high, norm, condition = FAMILIES[family]
    parameters = [Rational(3, 4)] if family in (sp.gegenbauer, sp.assoc_laguerre) else []
    ends = [mpmath.mpf(-12 if low == -oo else low), mpmath.mpf(60 if high is oo else high)]
    if high is oo and low == -oo:
        ends[1] = mpmath.mpf(12)
    for i, j in ((0, 0), (1, 1), (2, 2), (0, 2), (1, 3), (1, 2)):
        both = family(i, *parameters, x) * family(j, *parameters, x) * weight(x, *parameters)
        found = mpmath.quad(sp.lambdify(x, both, "mpmath"), mpmath.linspace(*ends, 7))
        expected = norm(S(i), *parameters) * KroneckerDelta(i, j)
        assert abs(found - value(expected)) < 1e-5
    assert bool(condition(*parameters)) == bool(parameters)


@pytest.mark.parametrize(("rule", "arguments"), [
    ("integral with a constant value", (Integral(sp.atan(x) / x, (x, 0, 2)), 0, 1, 0, 1)),
    ("integral with a constant value", (Integral(sp.atan(x) / x, (x, 0, 1)), 0, x, 0, 1)),
    ("integral with a constant value", (Integral(sp.atan(x) / x, (x, 0, 1)), 99, 1, 0, 1)),
    ("integral with a constant value", (Integral(sp.atan(x) / x, (x, 0, 1)), -1, 1, 0, 1)),
    ("integral with a constant value", (Integral(sp.atan(x) / x, (x, 0, -1)), 0, 1, 0, -1)),
    ("integral with a constant value", (Integral(1 + x / sp.cosh(x), (x, 0, oo)), 27, 1, 1, 1)),
    ("damped cardinal sine", (Integral(sp.exp(-a * x) * sp.sinc(x), (x, 1, oo)), 1, a, 1, 1, 0)),
    ("damped cardinal sine", (Integral(sp.exp(-(x**3)), (x, 0, oo)), 1, 1, 1, 3, 0)),
    ("damped cardinal sine", (Integral(sp.exp(-(x**2)), (x, 0, oo)), 1, x, 1, 1, 0)),
    ("orthogonal polynomials", (Integral(sp.legendre(n, x), (x, 0, 1)), sp.legendre(n, x), 0, 1)),
    ("orthogonal polynomials", (Integral(sp.legendre(n, x), (x, -1, 1)), sp.legendre(n, y), 0, 1)),
    ("orthogonal polynomials", (Integral(sp.legendre(n, x), (x, -1, 1)), sp.sin(x), 0, 1)),
    ("orthogonal polynomials", (Integral(sp.legendre(n, x), (x, -1, 1)), sp.legendre(n, x), 0, x)),
], ids=lambda v: str(v)[:60])  # fmt: skip
def test_what_they_are_not_about(rule: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(Inapplicable):
        instance(rule, tuple(map(S, arguments)))


def owed(lhs: Any, rhs: Any, context: Context = RIGHT, *assumed: Condition) -> Obligation:
    goal = Relation(S(lhs), "eq", S(rhs))
    return Obligation("conclusion", goal, context.assuming(*assumed))


LOG_TAN = Integral(log(sp.cot(x)), (x, 0, pi / 4))
SQUARE = Integral(1 / (1 + x**2 * y**2), (x, 0, 1), (y, 0, 1))
DOUBLE = Integral(sp.chebyshevu(n, x) * sp.chebyshevu(m, x) * sp.sqrt(1 - x**2), (x, -1, 1))
SINE = Integral(sp.exp(-a * x) * sp.sinc(x), (x, 0, oo))


@pytest.mark.parametrize(("lhs", "rhs", "expected"), [
    (LOG_TAN, Catalan, True),
    (LOG_TAN, -Catalan, False),
    (Integral(x / (sp.sin(x) * sp.cos(x)), (x, 0, pi / 4)), Catalan, True),
    (Integral(x / sp.sin(x), (x, -pi / 2, pi / 2)), 4 * Catalan, True),
    (Integral(log(2 * sp.sin(x)), (x, 0, pi / 4)), -Catalan / 2, True),
    (Integral(log(3 * sp.sin(x)), (x, 0, pi / 4)), -Catalan / 2, False),
    pytest.param(SQUARE, Catalan, True, marks=pytest.mark.slow),
    pytest.param(SQUARE, Catalan / 2, False, marks=pytest.mark.slow),
    (SINE, sp.acot(a), True),
    (SINE, sp.atan(a), False),
], ids=str)  # fmt: skip
def test_integrals_are_found(lhs: Any, rhs: Any, expected: bool) -> None:
    obligation = owed(lhs, rhs)
    found = Integrals().prove(obligation, Budget.lasting(20))
    assert (found is not None) == expected
    if found is not None:
        kernel.prove(obligation, found)


@pytest.mark.parametrize(("value", "operator", "expected"), [
    (S.Zero, "ne", True), (pi / 2, "eq", True), (S.Zero, "eq", False), (pi, "eq", False),
])  # fmt: skip
def test_polynomials_of_symbolic_degree(value: Any, operator: Any, expected: bool) -> None:
    obligation = owed(DOUBLE, value, DEGREES, Relation(n, operator, m))
    found = NormalForm().prove(obligation, Budget.lasting(10))
    assert (found is not None) == expected
    if found is not None:
        kernel.prove(obligation, found)


@pytest.mark.parametrize(("atom", "arguments", "claimed"), [
    (LOG_TAN, (19, 1, 0, 1), -Catalan),  # the sign of the integrand
    (LOG_TAN, (17, -1, 0, 1), pi * log(2) / 4 + Catalan / 2),  # of the sine
    (Integral(sp.atan(x), (x, 0, 1)), (0, 1, 0, 1), Catalan),
])  # fmt: skip
def test_a_wrong_row_is_rejected(atom: Any, arguments: Any, claimed: Any) -> None:
    rewrite = Rewrite("integral with a constant value", (atom, *map(S, arguments)), (Identity(),))
    with pytest.raises(kernel.Rejected):
        kernel.prove(owed(atom, claimed), Identity((rewrite,)))


@pytest.mark.parametrize(("assumed", "wave"), [
    (Relation(sp.re(a), "ge", S.Zero), sp.sinc(x)),
    (Relation(sp.re(a), "gt", S.Zero), sp.sinc(I * x)),  # needs more damping
])  # fmt: skip
def test_too_little_damping_is_rejected(assumed: Relation, wave: Any) -> None:
    atom = Integral(sp.exp(-a * x) * wave, (x, 0, oo))
    frequency = S.One if wave == sp.sinc(x) else I
    rewrite = Rewrite("damped cardinal sine", (atom, S.One, a, frequency, S.One, S.Zero))
    context = Context((Variable(a, S.Complexes),), (assumed,))
    with pytest.raises(kernel.Rejected):
        kernel.prove(owed(atom, sp.atan(frequency / a) / frequency, context), Identity((rewrite,)))


def test_nothing_is_proposed_for_integrals_with_other_ends() -> None:
    for atom in (Integral(sp.atan(x) / x, (x, 0, 2)), Integral(sp.legendre(n, x), (x, 0, 1))):
        names = {name for name, _ in proposals(atom)}
        assert "integral with a constant value" not in names
