"""The normal form and the constancy engine: what they prove, and that nothing false passes."""

from __future__ import annotations

import time

import pytest
import sympy as sp
from sympy import I, Interval, Rational, S, Symbol, exp, log, oo, pi, sqrt

from proofcheck import kernel
from proofcheck.certificates import Identity, Rewrite
from proofcheck.domains import Variable
from proofcheck.engines._rewriting import presumed
from proofcheck.engines.base import Budget
from proofcheck.engines.constancy import Constancy
from proofcheck.engines.normal_form import NormalForm
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Relation

x, y = Symbol("x", real=True), Symbol("y", real=True)
p, q = Symbol("p", positive=True), Symbol("q", positive=True)
z, w = Symbol("z", complex=True), Symbol("w", complex=True)
n, k = Symbol("n", integer=True), Symbol("k", integer=True, nonnegative=True)
CONTEXT = Context(
    (
        Variable(x, S.Reals), Variable(y, S.Reals), Variable(p, Interval.open(0, oo)),
        Variable(q, Interval.open(0, oo)), Variable(z, S.Complexes), Variable(w, S.Complexes),
        Variable(n, S.Integers), Variable(k, sp.Range(0, oo)),
    )
)  # fmt: skip
third = Rational(1, 3)


def certified(lhs: object, rhs: object) -> bool:
    """Tell whether an engine finds a certificate that the kernel takes."""
    goal = Relation(sp.sympify(lhs), "eq", sp.sympify(rhs))
    obligation = Obligation("conclusion", goal, presumed(goal, CONTEXT))
    for engine in (NormalForm(), Constancy()):
        certificate = engine.prove(obligation, Budget(time.monotonic() + 20))
        if certificate is not None:
            kernel.prove(obligation, certificate)
            return True
    return False


TRUE = [
    (
        sp.besselj(k, z),
        (z / 2) ** k * sp.hyper((), (k + 1,), -(z**2) / 4) / sp.gamma(k + 1),
    ),
    (
        sp.besselj(k, z),
        (z / 2) ** k
        * exp(-I * z)
        / sp.gamma(k + 1)
        * sp.hyper((k + S.Half,), (2 * k + 1,), 2 * I * z),
    ),
    (sp.atan2(2 * x * p, p * (1 - x**2)), 2 * sp.atan(x)),
    (sp.sin(z) ** 2 + sp.cos(z) ** 2, 1),
    (sp.sin(z + w), sp.sin(z) * sp.cos(w) + sp.cos(z) * sp.sin(w)),
    (exp(z + w), exp(z) * exp(w)),
    (sp.Abs(sp.gamma(S.Half + I * x)), sqrt(pi / sp.cosh(pi * x))),
    (sp.Abs(log(z)), sqrt(log(sp.Abs(z)) ** 2 + sp.arg(z) ** 2)),
    ((sp.cos(z) + I * sp.sin(z)) ** n, sp.cos(n * z) + I * sp.sin(n * z)),
    (sp.cos(pi / 5), (1 + sqrt(5)) / 4),
    (sp.cos(pi / 7) - sp.cos(2 * pi / 7) + sp.cos(3 * pi / 7), Rational(1, 2)),
    (sqrt(p) ** 3, p * sqrt(p)),
    (sqrt(p * q), sqrt(p) * sqrt(q)),
    (log(p * q), log(p) + log(q)),
    (log(p**2), 2 * log(p)),
    (2 ** (x + 1), 2 * 2**x),
    (4**x, 2**x * 2**x),
    ((-1) ** (2 * n), 1),
    (exp(2 * pi * I * n), 1),
    (sp.tan(2 * z), 2 * sp.tan(z) / (1 - sp.tan(z) ** 2)),
    (sp.cosh(z) ** 2 - sp.sinh(z) ** 2, 1),
    (sp.cos(2 * sp.asin(z)), 1 - 2 * z**2),
    (sp.sin(2 * sp.atan(z)), 2 * z / (1 + z**2)),
    (6**third, 2**third * 3**third),
    (log(12), 2 * log(2) + log(3)),
    (sp.sin(pi * n + z), (-1) ** n * sp.sin(z)),
    (sp.cos(z) + I * sp.sin(z), exp(I * z)),
    (p**x * p**y, p ** (x + y)),
    (I**z, exp(I * pi * z / 2)),
    ((p * q) ** x, p**x * q**x),
    (sqrt(x**2 + 2 * x + 1), sp.Abs(x + 1)),
    (sp.sin(3 * z), 3 * sp.sin(z) - 4 * sp.sin(z) ** 3),
    (sp.sin(pi / 12), (sqrt(6) - sqrt(2)) / 4),
    (exp(x * log(p)), p**x),
    (sp.cosh(sp.asinh(z)), sqrt(1 + z**2)),
    (sp.tanh(z / 2), (exp(z) - 1) / (exp(z) + 1)),
    (sp.besselj(n, z * (z + 1)), sp.besselj(n, z**2 + z)),
    (sqrt(1 / p), 1 / sqrt(p)),
    ((-p) ** x, p**x * exp(I * pi * x)),
    (log(-p), log(p) + I * pi),
    (sp.cos(sp.acos(z) / 2) ** 2, (1 + z) / 2),
    (2**n * 3**n, 6**n),
    (sp.gamma(z + 2), z * (z + 1) * sp.gamma(z)),
    (sp.gamma(z) * sp.gamma(1 - z), pi / sp.sin(pi * z)),
    (sp.factorial(k + 1), (k + 1) * sp.factorial(k)),
    (sp.polygamma(0, z + 1), sp.polygamma(0, z) + 1 / z),
    (sp.binomial(z + 1, k + 1), sp.binomial(z, k) + sp.binomial(z, k + 1)),
    (sp.chebyshevt(n + 1, z), 2 * z * sp.chebyshevt(n, z) - sp.chebyshevt(n - 1, z)),
    (sp.chebyshevt(2 * n, z), 2 * sp.chebyshevt(n, z) ** 2 - 1),
    (sp.fibonacci(n + 2), sp.fibonacci(n + 1) + sp.fibonacci(n)),
    (sp.fibonacci(n) ** 2, sp.fibonacci(n + 1) * sp.fibonacci(n - 1) - (-1) ** n),
    (sp.besselj(Rational(3, 2), p), sqrt(2 / (pi * p)) * (sp.sin(p) / p - sp.cos(p))),
    (sp.erf(z) + sp.erfc(z), 1),
    (sp.Max(x, y) + sp.Min(x, y), x + y),
    (sp.Abs(x) ** 2, x**2),
    (sp.Abs(z * w) ** 2, sp.Abs(z) ** 2 * sp.Abs(w) ** 2),
    (sp.re(z) * 2, z + sp.conjugate(z)),
    (sp.conjugate(sp.sin(z)), sp.sin(sp.conjugate(z))),
    (sp.Derivative(x**2 * sp.sin(x), x), 2 * x * sp.sin(x) + x**2 * sp.cos(x)),
    (sp.Derivative(log(sp.sin(x)), x), sp.cot(x)),
    (sp.Derivative(sp.atan(sqrt(p)), p), 1 / (2 * sqrt(p) * (1 + p))),
    (4 * sp.atan(Rational(1, 2)) + 4 * sp.atan(third), pi),
    (sp.atan(p) + sp.atan(1 / p), pi / 2),
    (log(2 + sqrt(3)), -log(2 - sqrt(3))),
    (sp.asinh(p), log(p + sqrt(p**2 + 1))),
    (2 * sp.atan(x / (1 + sqrt(1 + x**2))), sp.atan(x)),
    (log(exp(x) + 1) - x, log(1 + exp(-x))),
    (sp.LambertW(p * exp(p)), p),
    (sp.GoldenRatio**2, sp.GoldenRatio + 1),
    (sp.Sum(n**2 * z, (n, 1, 3)), 14 * z),
]

FALSE = [
    (sp.atan2(2 * x * y, y * (1 - x**2)), 2 * sp.atan(x)),  # beyond the origin for y < 0
    (sp.atan2(-2 * x * p, p * (x**2 - 1)), 2 * sp.atan(x)),
    (sqrt(z**2), z),
    (sqrt(x**2), -x),
    (sqrt(sp.cos(x) ** 2), sp.cos(x)),
    (sp.Abs(log(z)), sqrt(log(sp.Abs(z)) ** 2 - sp.arg(z) ** 2)),
    (sp.conjugate(sp.atan(z)), sp.atan(sp.conjugate(z))),
    (sqrt(z * w), sqrt(z) * sqrt(w)),
    (log(z * w), log(z) + log(w)),
    (sp.sin(z + w), sp.sin(z) + sp.sin(w)),
    ((-1) ** n, 1),
    (log(exp(z)), z),
    (sp.cos(pi / 5), (1 + sqrt(6)) / 4),
    (exp(z) ** w, exp(z * w)),
    (sp.atan(sp.tan(x)), x),
    (sqrt(1 / z), 1 / sqrt(z)),
    (4 * sp.atan(Rational(1, 2)) + 4 * sp.atan(third), 3 * pi),
    (sp.atan(x) + sp.atan(1 / x), pi / 2),
    (sp.gamma(z + 2), z * sp.gamma(z)),
    (sp.chebyshevt(2 * n, z), 2 * sp.chebyshevt(n, z) ** 2 + 1),
    (sp.fibonacci(n) ** 2, sp.fibonacci(n + 1) * sp.fibonacci(n - 1) + (-1) ** n),
    (sp.Abs(z) ** 2, z**2),
    (sp.Derivative(sp.Abs(x), x), 1),
    (log(x**2), 2 * log(x)),
    (sp.conjugate(log(z)), log(sp.conjugate(z))),
    (sp.binomial(n, k), sp.binomial(n, n - k)),
    (sp.Max(x, y), x),
    (exp(2 * pi * I * x), 1),
    (sp.acos(sp.cos(x)), x),
    (p**z, exp(z * p)),
    (sqrt(x**2 + 2 * x + 1), x + 1),
]


@pytest.mark.parametrize(("lhs", "rhs"), TRUE, ids=str)
def test_true_identities_are_proved(lhs: object, rhs: object) -> None:
    assert certified(lhs, rhs)


@pytest.mark.parametrize(("lhs", "rhs"), FALSE, ids=str)
def test_false_identities_are_not(lhs: object, rhs: object) -> None:
    assert not certified(lhs, rhs)


@pytest.mark.parametrize(("lhs", "rhs"), FALSE, ids=str)
def test_no_rewrites_of_other_goals_prove_a_false_one(lhs: object, rhs: object) -> None:
    goal = Relation(sp.sympify(lhs), "eq", sp.sympify(rhs))
    obligation = Obligation("conclusion", goal, presumed(goal, CONTEXT))
    lies = [
        Identity((Rewrite("power of a power", (z, S(2), S.Half)),)),
        Identity((Rewrite("power of a product", (z * w, S.Half, w, z, S.One)),)),
        Identity((Rewrite("logarithm of a product", (z * w, w, z, S.One)),)),
        Identity((Rewrite("equal arguments", (sp.acos(sp.cos(x)), x)),)),
        Identity((Rewrite("exponential of a sum", (z, S.Zero, S.One)),)),
        Identity((Rewrite("no such rule", ()),)),
        Identity((Rewrite("logarithm of an exponential", (z,)),)),
    ]
    for lie in lies:
        with pytest.raises(kernel.Rejected):
            kernel.prove(obligation, lie)
