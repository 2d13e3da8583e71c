"""balls: enclosures contain the truth, undefined is only said when provable."""
# ruff: noqa: E501 (tables)

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count
from typing import Any

import mpmath
import pytest
import sympy as sp
from flint import acb, arb, ctx, fmpq
from sympy import Integer, Rational, cot, exp, log, oo, pi, sin, sqrt

from proofcheck.balls import (
    Undefined,
    Unevaluable,
    agreement,
    decimal,
    enclose,
    separated,
    sign,
)
from proofcheck.balls.programs import translate

x, y, z, u, v, a = sp.symbols("x y z u v a")
n, k, j = sp.symbols("n k j", integer=True)


def contains(ball: acb, value: Any, digits: int = 60) -> bool:
    """Whether the ball contains an mpmath number known to ``digits`` digits."""
    with mpmath.workdps(digits + 10):
        outer, ctx.prec = ctx.prec, 400
        try:
            number = mpmath.mpmathify(value)
            slack = arb(0, arb(10) ** (-digits) * (1 + arb(str(abs(number)))))
            exact = [arb(mpmath.nstr(part, digits + 8)) for part in (number.real, number.imag)]
            return bool(ball.overlaps(acb(exact[0] + slack, exact[1] + slack)))
        finally:
            ctx.prec = outer


def tight(ball: acb, bits: int = 40) -> bool:
    return bool(ball.rel_accuracy_bits() >= bits)


# (SymPy function of the arguments, mpmath function, arguments)
Q = Rational
SLOW = {65, 66, 68, 75, 76}  # mpmath takes seconds for some points
GENERIC = [Q(7, 10), Q(-13, 10), Q(9, 4), Q(3, 10) + sp.I * Q(4, 5), Q(-6, 5) - sp.I * Q(1, 3)]
UNARY: list[tuple[Any, Callable[..., Any]]] = [
    (sp.exp, mpmath.exp), (sp.log, mpmath.log), (sp.sin, mpmath.sin), (sp.cos, mpmath.cos),
    (sp.tan, mpmath.tan), (sp.cot, mpmath.cot), (sp.sec, mpmath.sec), (sp.csc, mpmath.csc),
    (sp.sinh, mpmath.sinh), (sp.cosh, mpmath.cosh), (sp.tanh, mpmath.tanh),
    (sp.coth, mpmath.coth), (sp.sech, mpmath.sech), (sp.csch, mpmath.csch),
    (sp.asin, mpmath.asin), (sp.acos, mpmath.acos), (sp.atan, mpmath.atan),
    (sp.acot, mpmath.acot), (sp.asec, mpmath.asec), (sp.acsc, mpmath.acsc),
    (sp.asinh, mpmath.asinh), (sp.acosh, mpmath.acosh), (sp.atanh, mpmath.atanh),
    (sp.acoth, mpmath.acoth), (sp.asech, mpmath.asech), (sp.acsch, mpmath.acsch),
    (sp.sqrt, mpmath.sqrt), (sp.Abs, abs), (sp.re, mpmath.re), (sp.im, mpmath.im),
    (sp.conjugate, mpmath.conj), (sp.arg, mpmath.arg), (sp.sinc, mpmath.sinc),
    (sp.sign, mpmath.sign),
    (sp.gamma, mpmath.gamma), (sp.loggamma, mpmath.loggamma), (sp.factorial, mpmath.factorial),
    (sp.digamma, mpmath.digamma), (lambda t: sp.harmonic(t), mpmath.harmonic),
    (sp.zeta, mpmath.zeta), (sp.dirichlet_eta, mpmath.altzeta),
    (sp.erf, mpmath.erf), (sp.erfc, mpmath.erfc), (sp.erfi, mpmath.erfi),
    (sp.Ei, mpmath.ei), (lambda t: sp.expint(1, t), mpmath.e1), (sp.Si, mpmath.si),
    (sp.Ci, mpmath.ci), (sp.Shi, mpmath.shi), (sp.Chi, mpmath.chi), (sp.li, mpmath.li),
    (sp.Li, lambda t: mpmath.li(t) - mpmath.li(2)),
    (sp.fresnels, mpmath.fresnels), (sp.fresnelc, mpmath.fresnelc),
    (sp.airyai, mpmath.airyai), (sp.airybi, mpmath.airybi),
    (sp.airyaiprime, lambda t: mpmath.airyai(t, derivative=1)),
    (sp.airybiprime, lambda t: mpmath.airybi(t, derivative=1)),
    (sp.LambertW, mpmath.lambertw), (lambda t: sp.LambertW(t, -1), lambda t: mpmath.lambertw(t, -1)),
    (lambda t: sp.LambertW(t, 2), lambda t: mpmath.lambertw(t, 2)),
    (sp.elliptic_k, mpmath.ellipk), (sp.elliptic_e, mpmath.ellipe),
    (lambda t: sp.elliptic_f(t, Q(1, 3)), lambda t: mpmath.ellipf(t, mpmath.mpf(1) / 3)),
    (lambda t: sp.elliptic_e(t, Q(1, 3)), lambda t: mpmath.ellipe(t, mpmath.mpf(1) / 3)),
    (lambda t: sp.elliptic_pi(t, Q(1, 3)), lambda t: mpmath.ellippi(t, mpmath.mpf(1) / 3)),
    (lambda t: sp.elliptic_pi(Q(1, 5), t, Q(1, 3)),
     lambda t: mpmath.ellippi(mpmath.mpf(1) / 5, t, mpmath.mpf(1) / 3)),
    (lambda t: sp.besselj(Q(1, 3), t), lambda t: mpmath.besselj(mpmath.mpf(1) / 3, t)),
    (lambda t: sp.bessely(2, t), lambda t: mpmath.bessely(2, t)),
    (lambda t: sp.besseli(2, t), lambda t: mpmath.besseli(2, t)),
    (lambda t: sp.besselk(Q(1, 3), t), lambda t: mpmath.besselk(mpmath.mpf(1) / 3, t)),
    (lambda t: sp.hankel1(1, t), lambda t: mpmath.hankel1(1, t)),
    (lambda t: sp.hankel2(1, t), lambda t: mpmath.hankel2(1, t)),
    (lambda t: sp.jn(2, t), lambda t: mpmath.sqrt(mpmath.pi / (2 * t)) * mpmath.besselj(2.5, t)),
    (lambda t: sp.yn(2, t), lambda t: mpmath.sqrt(mpmath.pi / (2 * t)) * mpmath.bessely(2.5, t)),
    (lambda t: sp.polylog(2, t), lambda t: mpmath.polylog(2, t)),
    (lambda t: sp.lerchphi(t, 2, Q(1, 3)), lambda t: mpmath.lerchphi(t, 2, mpmath.mpf(1) / 3)),
    (lambda t: sp.zeta(t, Q(1, 3)), lambda t: mpmath.zeta(t, mpmath.mpf(1) / 3)),
    (lambda t: sp.polygamma(2, t), lambda t: mpmath.polygamma(2, t)),
    (lambda t: sp.uppergamma(Q(1, 3), t), lambda t: mpmath.gammainc(mpmath.mpf(1) / 3, t)),
    (lambda t: sp.lowergamma(Q(1, 3), t), lambda t: mpmath.gammainc(mpmath.mpf(1) / 3, 0, t)),
    (lambda t: sp.expint(Q(1, 3), t), lambda t: mpmath.expint(mpmath.mpf(1) / 3, t)),
    (lambda t: sp.betainc(2, 3, Q(1, 5), t), lambda t: mpmath.betainc(2, 3, mpmath.mpf(1) / 5, t)),
    (lambda t: sp.beta(t, Q(1, 3)), lambda t: mpmath.beta(t, mpmath.mpf(1) / 3)),
    (lambda t: sp.binomial(t, Q(1, 3)), lambda t: mpmath.binomial(t, mpmath.mpf(1) / 3)),
    (lambda t: sp.binomial(t, 3), lambda t: mpmath.binomial(t, 3)),
    (lambda t: sp.RisingFactorial(t, Q(1, 3)), lambda t: mpmath.rf(t, mpmath.mpf(1) / 3)),
    (lambda t: sp.FallingFactorial(t, 3), lambda t: mpmath.ff(t, 3)),
    (lambda t: sp.hyper([Q(1, 3), 2], [Q(7, 2)], t),
     lambda t: mpmath.hyp2f1(mpmath.mpf(1) / 3, 2, 3.5, t)),
    (lambda t: sp.hyper([Q(1, 3)], [Q(7, 2), 2], t),
     lambda t: mpmath.hyper([mpmath.mpf(1) / 3], [3.5, 2], t)),
    (lambda t: sp.legendre(Q(1, 2), t), lambda t: mpmath.legendre(0.5, t)),
    (lambda t: sp.legendre(n, t), lambda t: mpmath.legendre(4, t)),
    (lambda t: sp.chebyshevt(n, t), lambda t: mpmath.chebyt(4, t)),
    (lambda t: sp.chebyshevu(n, t), lambda t: mpmath.chebyu(4, t)),
    (lambda t: sp.hermite(n, t), lambda t: mpmath.hermite(4, t)),
    (lambda t: sp.laguerre(n, t), lambda t: mpmath.laguerre(4, 0, t)),
    (lambda t: sp.assoc_laguerre(n, Q(1, 2), t), lambda t: mpmath.laguerre(4, 0.5, t)),
    (lambda t: sp.gegenbauer(n, Q(1, 2), t), lambda t: mpmath.gegenbauer(4, 0.5, t)),
    (lambda t: sp.jacobi(n, Q(1, 2), 2, t), lambda t: mpmath.jacobi(4, 0.5, 2, t)),
    (lambda t: t**Q(2, 3), lambda t: mpmath.power(t, mpmath.mpf(2) / 3)),
    (lambda t: t**Q(-5, 2), lambda t: mpmath.power(t, -2.5)),
    (lambda t: t**sp.pi, lambda t: mpmath.power(t, mpmath.pi)),
    (lambda t: 2**t, lambda t: mpmath.power(2, t)),
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(UNARY)))
def test_values_agree_with_mpmath(index: int) -> None:
    function, reference = UNARY[index]
    expression = function(x)
    usable = 0
    for point in GENERIC[:2] if index in SLOW else GENERIC:
        with mpmath.workdps(80):
            number = mpmath.mpc(*[mpmath.mpf(p.p) / p.q for p in point.as_real_imag()])
            number = number.real if number.imag == 0 else number
            try:
                truth = reference(number)
            except (ValueError, ZeroDivisionError, NotImplementedError, mpmath.libmp.NoConvergence):
                continue
        try:
            found = enclose(expression, {x: point, n: Integer(4)}, 100)
        except Unevaluable:
            continue
        usable += 1
        assert contains(found, truth), (expression, point, found, truth)
        assert found.is_zero() or tight(found)
    assert usable >= 2


@pytest.mark.parametrize("index", range(len(UNARY)))
def test_wide_balls_contain_inner_values(index: int) -> None:
    """Boxes, real and complex, also across cuts: the value at every inner point is inside."""
    function, _ = UNARY[index]
    expression = function(x)
    source = random.Random(index)
    for _ in range(12):
        centre = [Q(source.randint(-24, 24), 8) for _ in range(2)]
        radius = Q(1, source.choice([2, 8, 64]))
        real = source.random() < 0.5
        middle, spread = (arb(fmpq(int(c.p), int(c.q))) for c in (centre[0], radius))
        box = (
            acb(arb(middle, spread))
            if real
            else acb(
                arb(middle, spread), arb(arb(fmpq(int(centre[1].p), int(centre[1].q))), spread)
            )
        )
        try:
            wide = enclose(expression, {x: box, n: Integer(4)}, 64)
        except (Unevaluable, Undefined):
            continue
        for step in ((0, 0), (1, 1), (-1, 1), (Q(1, 3), Q(-1, 2)), (Q(-2, 3), 0), (1, -1)):
            inner = centre[0] + radius * step[0]
            if not real:
                inner += sp.I * (centre[1] + radius * step[1])
            try:
                thin = enclose(expression, {x: inner, n: Integer(4)}, 90)
            except Unevaluable:
                continue
            assert wide.overlaps(thin), (expression, box, inner)


@pytest.mark.parametrize(
    "function",
    [
        log,
        sp.sqrt,
        sp.asin,
        sp.acos,
        sp.acosh,
        sp.atanh,
        sp.acoth,
        sp.loggamma,
        sp.LambertW,
        sp.Ei,
        sp.Ci,
        sp.Chi,
        sp.acot,
    ],
)
@pytest.mark.parametrize("point", [Q(-5, 2), Q(5, 2)])
def test_branch_cuts_on_and_beside_the_cut(function: Any, point: Rational) -> None:
    for beside in (0, sp.I / 10**12, -sp.I / 10**12):
        found = enclose(function(x), {x: point + beside}, 120)
        assert contains(found, sp.N(function(point + beside), 40), 30)


def test_real_results_are_real() -> None:
    for expression in (
        exp(x),
        log(x),
        sqrt(x),
        x ** Q(1, 3),
        sin(x) / x,
        sp.gamma(x),
        sp.erf(x),
        sp.besselj(1, x),
        sp.zeta(x),
        sp.Ei(x),
        sp.hyper([1], [2], x),
        sp.legendre(3, x),
        sp.LambertW(x),
        sp.elliptic_k(x / 9),
        sp.acos(x / 9),
    ):
        assert enclose(expression, {x: Q(7, 3)}, 64).imag.is_zero(), expression


@pytest.mark.parametrize(("expression", "point"), [
    (1 / (x - 1), {x: 1}), (1 / (x - y), {x: Q(1, 3), y: Q(1, 3)}), (log(x), {x: 0}),
    (sp.gamma(x), {x: -2}), (sp.factorial(x), {x: -1}), (x**-2, {x: 0}), (x**Q(-1, 2), {x: 0}),
    (sp.cot(x), {x: 0}), (sp.zeta(x), {x: 1}), (sp.digamma(x), {x: 0}), (sp.Ei(x), {x: 0}),
    (sp.atanh(x), {x: 1}), (sp.zoo + x, {x: 1}), (sp.Mod(x, y), {x: 1, y: 0}),
    (sp.arg(x), {x: 0}), (sp.atan2(x, y), {x: 0, y: 0}), (1 / (x**2 - 2), {x: sqrt(2)}),
    (sp.Sum(1 / (k - 2), (k, 1, n)), {n: 5}), (1 / (x**2 + Q(1, 9)), {x: sp.I / 3}),
    (sp.Sum(2**n, (n, 0, oo)), {}),
    (sp.Piecewise((1, x > 1)), {x: 0}), (sp.bessely(0, x), {x: 0}), (sp.elliptic_k(x), {x: 1}),
])  # fmt: skip
def test_undefined_where_provable(expression: sp.Expr, point: dict[Any, Any]) -> None:
    with pytest.raises(Undefined) as caught:
        enclose(expression, {s: sp.sympify(q) for s, q in point.items()}, 64)
    assert caught.value.term is not None


@pytest.mark.parametrize(("expression", "point"), [
    (1 / (sin(x) - y), {x: pi / 6, y: Q(1, 2)}), (sp.tan(x), {x: pi / 2}),
    (1 / x, {x: acb(arb(0, 1))}), (log(x), {x: acb(arb(0, 1))}), (x + Q(1, 2) * sp.Float(1.5), {x: 1}),
    (sp.oo + x, {x: 1}), (sp.Function("f")(x), {x: 1}), (x + y, {x: 1}), (sp.appellf1(1, 2, 3, 4, x, y), {x: 0, y: 0}),
    (sp.floor(x), {x: acb(arb(0, 1))}), (sp.sign(x), {x: acb(arb(0, 1))}), (sp.gamma(x), {x: acb(arb(0, 1))}),
    (sp.Sum(k, (k, 5, 3)), {}), (sp.Sum(k, (k, 1, x)), {x: Q(3, 2)}), (sp.Product(k, (k, 5, 3)), {}),
    (sp.KroneckerDelta(n, k), {n: acb(arb(0, 1)), k: 0}), (sp.Derivative(sp.Abs(x), x), {x: 0}),
    (sp.Integral(1 / x, (x, 0, 1)), {}), (sp.Integral(1 / x, (x, 1, oo)), {}), (sp.Integral(1 / (x - Q(1, 3)), (x, 0, 1)), {}),
    (sp.Integral(sin(x), (x, 0, oo)), {}),
    (sp.Integral(exp(x), (x, 0, oo)), {}),
    (sp.Derivative(log(x), x), {x: -1}), (sp.Integral(x**-2, (x, -1, 1)), {}),
])  # fmt: skip
def test_unevaluable_is_not_a_guess(expression: sp.Expr, point: dict[Any, Any]) -> None:
    values = {s: q if isinstance(q, acb) else sp.sympify(q) for s, q in point.items()}
    with pytest.raises(Unevaluable) as caught:
        enclose(expression, values, 64)
    assert caught.value.reason


EXACT = [
    (x**y, {x: 0, y: 0}, 1), (x**y, {x: 0, y: Q(1, 3)}, 0), (x**y, {x: 8, y: Q(1, 3)}, 2),
    (sp.binomial(n, k), {n: -3, k: 2}, 6), (sp.binomial(n, k), {n: -1, k: -1}, 0),
    (sp.binomial(n, k), {n: 3, k: 5}, 0), (sp.binomial(n, k), {n: 3, k: -1}, 0),
    (sp.binomial(x, k), {x: Q(1, 2), k: 2}, Q(-1, 8)), (sp.bernoulli(n), {n: 1}, Q(1, 2)),
    (sp.fibonacci(n), {n: 10}, 55), (sp.lucas(n), {n: 5}, 11), (sp.bell(n), {n: 5}, 52),
    (sp.euler(n), {n: 4}, 5), (sp.catalan(n), {n: 4}, 14), (sp.harmonic(n), {n: 3}, Q(11, 6)),
    (sp.totient(n), {n: 12}, 4), (sp.divisor_sigma(n, 1), {n: 6}, 12), (sp.mobius(n), {n: 30}, -1),
    (sp.primepi(n), {n: 20}, 8), (sp.partition(n), {n: 6}, 11), (sp.factorial2(n), {n: 7}, 105),
    (sp.subfactorial(n), {n: 4}, 9), (sp.floor(x), {x: Q(-7, 2)}, -4), (sp.ceiling(x), {x: Q(-7, 2)}, -3),
    (sp.frac(x), {x: Q(-7, 2)}, Q(1, 2)), (sp.Mod(x, y), {x: -7, y: 3}, 2), (sp.Mod(x, y), {x: 7, y: -3}, -2),
    (sp.Heaviside(x), {x: 0}, Q(1, 2)), (sp.sign(x), {x: -3}, -1), (sp.Max(x, y, 1), {x: 2, y: 3}, 3),
    (sp.KroneckerDelta(n, k), {n: 2, k: 2}, 1), (sp.KroneckerDelta(n, k, (1, 3)), {n: 5, k: 5}, 0),
    (sp.Sum(k**2, (k, 1, n)), {n: 4}, 30), (sp.Sum(k, (k, 1, n)), {n: 0}, 0), (sp.Product(k, (k, 1, n)), {n: 5}, 120),
    (sp.Sum(j * k, (j, 1, k), (k, 1, n)), {n: 3}, 25), (sp.Piecewise((1 / x, x > 0), (7, True)), {x: 0}, 7),
    (sp.Sum(sp.KroneckerDelta(k, j), (k, 1, n)), {n: 5, j: 3}, 1), (sp.rf(x, n), {x: 3, n: -2}, Q(1, 2)),
    (sp.ff(x, n), {x: 5, n: 2}, 20), (sp.gamma(n), {n: 5}, 24), (sp.sinc(x), {x: 0}, 1),
    (sp.Subs(sp.Derivative(x**3, x), x, y), {y: 2}, 12), (sp.Derivative(x**3, (x, 2)), {x: 2}, 12),
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(EXACT)))
def test_exact_values(index: int) -> None:
    expression, point, value = EXACT[index]
    exact = {s: sp.sympify(q) for s, q in point.items()}
    found = enclose(expression, exact, 64)
    assert sign(expression - value, exact) == 0, found


def test_values_of_sequences() -> None:
    p = sp.IndexedBase("p")
    point = {p: (Q(1, 2), Q(1, 3), sqrt(2)), n: Integer(3)}
    total = sp.Sum(p[k], (k, 1, n))
    assert contains(enclose(total, point, 64), sp.N(Q(5, 6) + sqrt(2), 70))
    with pytest.raises(Unevaluable):
        enclose(p[4], point, 64)
    with pytest.raises(Unevaluable):
        enclose(p[0], point, 64)


def test_separated_and_sign_and_agreement() -> None:
    ramanujan = exp(pi * sqrt(163))
    near = Integer(262537412640768744)
    assert separated(ramanujan, near, {}) is not None
    assert sign(ramanujan - near, {}) == -1
    assert separated(sin(x) ** 2 + sp.cos(x) ** 2, Integer(1), {x: Q(1, 3)}) is None
    assert sign(x**2 - x, {x: sqrt(2)}) == 1
    assert sign(sp.sin(x) ** 2 + sp.cos(x) ** 2 - 1, {x: Q(1, 3)}) is None
    assert sign(x * sp.I, {x: Integer(1)}) is None
    assert separated(x, x + Q(1, 10**80), {x: pi}) is not None
    assert agreement(pi, Q(22, 7), {}) == 3
    assert agreement(sin(2 * x), 2 * sin(x) * sp.cos(x), {x: Q(1, 3)}, digits=50) == 50
    assert agreement(x, sp.Function("f")(x), {x: Integer(1)}) is None
    assert agreement(x, x, {x: Q(1, 3)}, digits=30) == 30


def test_boxes_decide_or_do_not() -> None:
    box = {x: acb(arb(1, 0.5))}
    assert sign(x**2 + 1, box) == 1
    assert sign(x - 1, box) is None
    step = sp.Piecewise((-1, x < 1), (2, True))
    assert enclose(step, box, 64).contains(-1)
    assert enclose(step, box, 64).contains(2)
    assert not enclose(step, {x: acb(arb(3, 0.5))}, 64).contains(-1)


INTEGRALS: list[tuple[Any, dict[Any, Any], Any]] = [
    (sp.Integral(exp(-(10**8) * (x - Q(1, 3)) ** 2), (x, 0, 10)), {}, sqrt(pi) / 10**4),
    (sp.Integral(sin(x**2), (x, 0, 100)), {}, sqrt(pi / 2) * sp.fresnels(100 * sqrt(2 / pi))),
    (sp.Integral(sp.Abs(sin(3 * x)), (x, 0, pi)), {}, 2),
    (sp.Integral(x ** Q(1, 3) * sqrt(1 - x), (x, 0, 1)), {}, sp.beta(Q(4, 3), Q(3, 2))),
    (sp.Integral(x ** Q(-3, 4) * (1 - x) ** Q(-1, 2), (x, 0, 1)), {}, sp.beta(Q(1, 4), Q(1, 2))),
    (sp.Integral(1 / (sqrt(2) + sp.cos(x)), (x, 0, 2 * pi)), {}, 2 * pi),
    (sp.Integral(1 / (a + sp.cos(x)), (x, 0, 2 * pi)), {a: 2}, 2 * pi / sqrt(3)),
    (sp.Integral(sp.sign(sin(x)), (x, 0, 3 * pi)), {}, pi),
    (sp.Integral(sp.atan((3 * x - x**3) / (1 - 3 * x**2)), (x, 0, sqrt(3))), {}, "-0.2656421774456223158"),
    (sp.Integral(exp(-x), (x, 0, oo)), {}, 1), (sp.Integral(exp(-(x**2)), (x, -oo, oo)), {}, sqrt(pi)),
    (sp.Integral(exp(-x), (x, oo, 0)), {}, -1), (sp.Integral(1 / (1 + x**2), (x, 0, oo)), {}, pi / 2),
    (sp.Integral(exp(-a * x) * sp.cos(x), (x, 0, oo)), {a: Q(1, 2)}, Q(2, 5)),
    (sp.Integral(x**a * exp(-x), (x, 0, oo)), {a: Q(-1, 3)}, sp.gamma(Q(2, 3))),
    (sp.Integral(log(x), (x, 0, 1)), {}, -1), (sp.Integral(log(x) ** 2 / sqrt(x), (x, 0, 1)), {}, 16),
    (sp.Integral(sin(x) / x, (x, 0, 1)), {}, sp.Si(1)), (sp.Integral((exp(x) - 1) / x, (x, 0, 1)), {}, sp.Ei(1) - sp.EulerGamma),
    (sp.Integral(x / (exp(x) - 1), (x, 0, 1)), {}, "0.77750463411224827642"),
    (sp.Integral(sp.Integral(x * y, (y, 0, x)), (x, 0, 1)), {}, Q(1, 8)),
    (sp.Integral(sp.Abs(x - y), (y, 0, 1)), {x: Q(1, 3)}, Q(5, 18)),
    (sp.Integral(x, (x, 0, x)), {x: 3}, Q(9, 2)), (sp.Integral(1 / x, (x, 1, sp.I)), {}, sp.I * pi / 2),
    (sp.Integral(sp.floor(x), (x, 0, Q(7, 2))), {}, Q(9, 2)), (sp.Integral(sp.Piecewise((x, x < 1), (2, True)), (x, 0, 2)), {}, Q(5, 2)),
    (sp.Integral(sp.Max(x, 1 - x), (x, 0, 1)), {}, Q(3, 4)), (sp.Integral(sp.Abs(exp(sp.I * x)) * 1, (x, 0, 1)), {}, 1),
    (sp.Integral(sqrt(1 - x**2), (x, -1, 1)), {}, pi / 2), (sp.Integral(1 / sqrt(1 - x**2), (x, -1, 1)), {}, pi),
    (sp.Integral(x**-3, (x, 2, oo)), {}, Q(1, 8)), (sp.Integral(x ** Q(-3, 2), (x, 1, oo)), {}, 2),
    (sp.Integral(sp.log(x + sp.I), (x, -1, 1)), {}, log(2) - 2 + pi / 2 + sp.I * pi),
    (sp.Integral(sp.atan(sp.tan(x)), (x, 0, pi)), {}, 0),
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(INTEGRALS)))
def test_integrals(index: int) -> None:
    expression, point, value = INTEGRALS[index]
    exact = {s: sp.sympify(q) for s, q in point.items()}
    found = enclose(expression, exact, 53)
    if isinstance(value, str):
        assert found.overlaps(acb(arb(value, 1e-18)))
    else:
        assert found.overlaps(enclose(sp.sympify(value), {}, 100)), found
    radius = found.complex_rad()
    assert radius.real + radius.imag < 1e-6, found


@pytest.mark.parametrize(("lower", "value"), [(0, Q(1)), (-u * cot(a), Q(3, 4))])
def test_gaussian_sectors(lower: Any, value: Any) -> None:
    body = exp(-(u**2 + v**2) / 2) * u * v
    found = enclose(sp.Integral(body, (v, lower, oo), (u, 0, oo)), {a: pi / 3}, 32)
    assert found.imag.is_zero()
    assert found.overlaps(acb(fmpq(int(value.p), int(value.q))))
    assert found.real.rad() < 1e-5


SUMS = [
    (sp.Sum(1 / n**2, (n, 1, oo)), {}, pi**2 / 6), (sp.Sum(1 / sp.factorial(n), (n, 0, oo)), {}, sp.E),
    (sp.Sum(x**n / n, (n, 1, oo)), {x: Q(1, 2)}, log(2)), (sp.Sum(sp.binomial(2 * n, n) / 5**n, (n, 0, oo)), {}, sqrt(5)),
    (sp.Sum(sp.cos(n * x) / 2**n, (n, 0, oo)), {x: Q(1, 3)}, (1 - sp.cos(Q(1, 3)) / 2) / (Q(5, 4) - sp.cos(Q(1, 3)))),
    (sp.Sum(sp.factorial(4 * n) / sp.factorial(4 * n + 4), (n, 1, oo)), {}, log(2) / 4 - pi / 24 - Q(1, 24)),
    (sp.Sum(n * x**n, (n, 0, oo)), {x: Q(-1, 2)}, Q(-2, 9)),
    (sp.Sum(1 / 2**j, (j, 3, oo)), {}, Q(1, 4)), (sp.Sum(n ** Q(-3, 2), (n, 1, oo)), {}, sp.zeta(Q(3, 2))),
    # a tail bounded by the term at which cos(n)^2 happens to be small would be wrong
    (sp.Sum(sp.cos(n) ** 2 / 2**n, (n, 0, oo)), {}, 1 + (1 - sp.cos(2) / 2) / (Q(5, 2) - 2 * sp.cos(2))),
    (sp.Sum(0**n, (n, 0, oo)), {}, 1),
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(SUMS)))
def test_infinite_sums(index: int) -> None:
    expression, point, value = SUMS[index]
    exact = {s: sp.sympify(q) for s, q in point.items()}
    found = enclose(expression, exact, 64)
    assert found.overlaps(enclose(sp.sympify(value), {}, 200)), found
    assert tight(found, 30)


def test_bound_symbols_are_not_the_points() -> None:
    """A bound k shadows the point's k, also in the search for an exact zero."""
    total = sp.Sum(1 / (k**2 - 2 * y), (k, 1, 2))
    assert enclose(total, {k: sqrt(2), y: Integer(3)}, 64).overlaps(acb(fmpq(-7, 10)))
    near = sp.Sum(1 / (k - sqrt(2) + y), (k, 1, 1))
    with pytest.raises(Unevaluable):
        enclose(near, {k: sqrt(2), y: sqrt(2) - 1}, 64)
    assert enclose(sp.Integral(k, (k, 0, k)), {k: Integer(2)}, 64).contains(2)
    argument0 = sp.Symbol("argument0")
    body = sp.erf(argument0 * x) * x ** Q(-1, 2)
    assert enclose(sp.Integral(body, (x, 0, 1)), {argument0: Integer(0)}, 64).contains(0)
    # Near its ends the integrand is rewritten in the ends, and would bind what they mention.
    inner = sp.Integral(x * exp(-y), (y, 0, oo))
    with pytest.raises(Unevaluable, match="would be bound"):
        enclose(sp.Integral(log(x) * inner, (x, 0, y)), {y: Integer(2)}, 64)


def test_values_put_for_bound_symbols_are_not_bound_themselves() -> None:
    five = {x: Integer(5), y: Integer(7)}
    for expression, value in (
        (sp.Subs(x + 2 * y, (x, y), (1, 2)), 5),
        (sp.Subs(x + 2 * y, x, x + y), 26),
        (sp.Sum(sp.Subs(x + 2 * y, x, k), (k, 1, 3)), 48),
        (sp.Subs(sp.Sum(x**k, (k, 1, 2)), x, y), 56),
    ):
        assert enclose(expression, five, 64) == value, expression
    # SymPy makes one of nested substitutions, which means two things.
    for either in (sp.Subs(x + 2 * y, (x, y), (1, x)), sp.Subs(sp.Subs(x * y, x, y + 1), y, x)):
        with pytest.raises(Unevaluable, match="mixes"):
            enclose(either, five, 64)
    assert enclose(sp.Subs(sp.Sum(x**k, (k, 1, 3)), x, k), {k: Integer(2)}, 64) == 14


def test_associated_legendre_and_spherical_harmonics() -> None:
    for degree, index in ((3, 1), (3, -1), (4, 2), (4, -2), (3, 3)):
        for point in (Q(1, 3), Q(7, 3), Q(1, 3) + sp.I / 2):
            found = enclose(sp.assoc_legendre(n, k, x), {n: degree, k: index, x: point}, 80)
            assert found.overlaps(enclose(sp.assoc_legendre(degree, index, x), {x: point}, 80))
    for degree, index in ((2, 1), (2, -1), (3, 0)):
        point = {n: degree, k: index, x: Q(1, 3), y: Q(2, 3)}
        closed = sp.expand_func(sp.Ynm(degree, index, x, y))
        assert enclose(sp.Ynm(n, k, x, y), point, 80).overlaps(enclose(closed, point, 80))


def test_decimal() -> None:
    assert decimal(enclose(sqrt(3) / 2, {}, 64)) == "0.866025403784439"
    assert decimal(acb(1, 2)) == "1.0 + 2.0*I"
    assert decimal(acb(0)) == "0.0"
    assert decimal(acb(0, -1)) == "-1.0*I"
    assert decimal(acb(1) / 4) == "0.25"
    assert decimal(enclose(exp(-30), {}, 64), 5) == "9.3576e-14"
    assert decimal(enclose(-pi * 10**20, {}, 100), 5) == "-3.1416e20"
    assert decimal(enclose(Integer(10) ** 6 + sqrt(2), {}, 64), 8) == "1000001.4"
    assert decimal(acb(arb(0, 1))) == "0.0 +/- 1"
    assert decimal(enclose(Q(2, 3), {}, 64), 5) == "0.66667"


def test_programs_are_shared_and_precision_is_restored() -> None:
    expression = sin(x) + exp(sin(x)) * sin(x)
    assert translate(expression) is translate(sin(x) + exp(sin(x)) * sin(x))
    before = ctx.prec
    enclose(expression, {x: Q(1, 3)}, 300)
    with pytest.raises(Undefined):
        enclose(1 / x, {x: Integer(0)}, 300)
    assert ctx.prec == before


def test_near_misses_at_random() -> None:
    """A relative change of 1e-30 is always seen, a rewriting never."""
    source = random.Random(1)
    for _ in zip(count(), range(20), strict=False):
        value = Q(source.randint(1, 10**6), source.randint(1, 10**6))
        lhs, rhs = sp.cos(3 * x), 4 * sp.cos(x) ** 3 - 3 * sp.cos(x)
        assert separated(lhs, rhs, {x: value}, max_precision=256) is None
        assert separated(lhs, rhs + Q(1, 10**30), {x: value}, max_precision=256) is not None


ALTERNATING = [
    (sp.Sum((-1) ** n / (2 * n + 1), (n, 0, oo)), {}, pi / 4),
    (sp.Sum((-1) ** (n + 1) / n**2, (n, 1, oo)), {}, pi**2 / 12),
    (sp.Sum((-1) ** n * log(n) / n, (n, 1, oo)), {}, sp.EulerGamma * log(2) - log(2) ** 2 / 2),
    (sp.Sum((-1) ** (3 * n) / (n + x), (n, 1, oo)), {x: Q(1, 2)}, pi / 2 - 2),
    (sp.Sum(sp.RisingFactorial(x, n) * y**n / sp.factorial(n), (n, 0, oo)), {x: 1 + sp.I, y: Q(1, 3)}, Q(3, 2) ** (1 + sp.I)),
    (sp.Sum(1 / (sp.gamma(x + n) * 2**n), (n, 0, oo)), {x: Q(1)}, sp.exp(Q(1, 2))),
    (sp.Sum(sp.zeta(n) / n * (-x) ** n, (n, 2, oo)), {x: Q(1, 2)}, sp.loggamma(Q(3, 2)) + sp.EulerGamma / 2),
    (sp.Sum(sp.digamma(n) * x**n, (n, 1, oo)), {x: Q(1, 2)}, log(2) - sp.EulerGamma),
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(ALTERNATING)))
def test_slow_sums(index: int) -> None:
    expression, point, value = ALTERNATING[index]
    found = enclose(expression, point, 64)
    assert found.overlaps(enclose(sp.sympify(value), {}, 200)), found
    assert tight(found, 40)


DIVERGENT = [(-1) ** n, (-1) ** n * n / (n + 1), 1 / n, sp.zeta(n), (-1) ** n * sp.cos(n)]


@pytest.mark.parametrize("term", DIVERGENT)
def test_divergent_sums_have_no_value(term: sp.Expr) -> None:
    with pytest.raises((Unevaluable, Undefined)):
        enclose(sp.Sum(term, (n, 2, oo)), {}, 64)


def test_sums_that_provably_diverge_are_undefined() -> None:
    for term in (1 / n, (-1) ** n, 1 / (sqrt(n) + n * x), (-1) ** n * n / (n + 1), n / (n + x)):
        total = sp.Sum(term, (n, 2, oo))
        with pytest.raises(Undefined) as caught:
            enclose(total, {x: Q(1, 2)}, 64)
        assert caught.value.term == total
    for term in ((-1) ** n / n, 1 / n**2, sp.cos(n) / 2**n):
        enclose(sp.Sum(term, (n, 2, oo)), {}, 64)


def test_a_term_that_is_undefined_far_out_is_not_cancelled() -> None:
    """(n - 1000)^2 over its expansion is 1, but at n = 1000 it has no value."""
    one = (n - 1000) ** 2 / (n**2 - 2000 * n + 1000000)
    parameter = (n - x) ** 2 / (n**2 - 2 * x * n + x**2)
    for term in (one / 2**n, parameter / 2**n, one / n**2 + 1 / n**3, parameter / n**2 - 1 / n**3):
        with pytest.raises((Undefined, Unevaluable)):
            enclose(sp.Sum(term, (n, 1, oo)), {x: Integer(1000)}, 64)
    other = (n - 9000) ** 2 / (n**2 - 18000 * n + 81000000)
    with pytest.raises((Undefined, Unevaluable)):
        enclose(sp.Product(1 + other / n**2, (n, 1, oo)), {}, 64)
    assert enclose(sp.Sum(n * (n - 1) / 2**n, (n, 1, oo)), {}, 64).overlaps(acb(4))


def test_infinite_products() -> None:
    found = enclose(sp.Product(4 * n**2 / (4 * n**2 - 1), (n, 1, oo)), {}, 64)
    assert found.overlaps(enclose(pi / 2, {}, 200))
    assert found.imag.is_zero()
    assert found.real.rad() < 1e-3
    found = enclose(sp.Product(1 + x / n**3, (n, 1, oo)), {x: sp.I}, 64)
    assert found.complex_rad().real < 1e-5
    for term in (1 + 1 / n, 1 + (-1) ** n / n, 2 + 1 / n**2):
        with pytest.raises(Unevaluable):
            enclose(sp.Product(term, (n, 1, oo)), {}, 64)


def test_negative_degrees() -> None:
    """SymPy's rules: P_(-n) = P_(n-1), T_(-n) = T_n, U_(-n) = -U_(n-2)."""
    for function in (sp.legendre, sp.chebyshevt, sp.chebyshevu):
        for degree in range(-5, 0):
            found = enclose(function(n, x), {n: Integer(degree), x: Q(1, 3)}, 64)
            assert found.overlaps(enclose(function(degree, Q(1, 3)), {}, 64)), (function, degree)
    assert enclose(sp.primepi(x), {x: Q(27, 5)}, 64) == 3


REAL = sp.Symbol("r", real=True)
ALONG = [
    (log(REAL), Q(-2), Q(-1, 2)), (log(-REAL), Q(2), Q(1, 2)), (sqrt(REAL), Q(-4), -sp.I / 4),
    (sp.atanh(REAL), Q(3), Q(-1, 8)), (sp.asin(REAL), Q(2), None), (sp.Abs(REAL), Q(-3), Q(-1)),
    (sp.Ci(REAL), -pi, 1 / pi), (sp.polylog(2, REAL), Q(3), -log(-2 - sp.I * 0) / 3),
    (sp.elliptic_f(sp.asin(sqrt(2) * REAL / sqrt(REAL**2 - 1)), Q(1, 2)), Q(1, 2), None),
    (sp.elliptic_pi(Q(1, 3), REAL, Q(1, 4)), Q(1, 5), None),
    (sp.elliptic_pi(sp.I, sp.I * REAL, Q(-1, 4)), Q(1, 5), None),
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(ALONG)))
def test_derivatives_along_a_branch_cut(index: int) -> None:
    body, place, value = ALONG[index]
    found = enclose(sp.Derivative(body, REAL), {REAL: place}, 64)
    if value is not None and body.func is not sp.polylog:
        assert found.overlaps(enclose(sp.sympify(value), {}, 64)), found
    step = Q(1, 10**12)
    ends = [enclose(body, {REAL: place + sign * step}, 300) for sign in (1, -1)]
    assert abs((ends[0] - ends[1]) * (10**12 // 2) - found) < arb(10) ** -9, found


def test_derivatives_that_do_not_exist() -> None:
    plane = sp.Symbol("w")
    for body, symbol, place in (
        (log(plane), plane, Q(-2)), (sqrt(plane), plane, Q(-4)), (sp.floor(REAL), REAL, Integer(1)),
        (sp.Abs(REAL), REAL, Integer(0)), (log(REAL + sp.I * 0), REAL, Integer(0)),
        (sp.sign(REAL), REAL, Integer(0)), (sp.conjugate(plane), plane, Q(1)),
        (log(-1 + sp.I * REAL), REAL, Integer(0)),
    ):  # fmt: skip
        with pytest.raises((Unevaluable, Undefined)):
            enclose(sp.Derivative(body, symbol), {symbol: place}, 64)


def test_derivatives_of_symbolic_order() -> None:
    times = sp.Derivative(sin(x), (x, n))
    assert enclose(times, {x: Integer(1), n: Integer(3)}, 64).overlaps(enclose(-sp.cos(1), {}, 64))
    assert enclose(times, {x: Integer(1), n: Integer(0)}, 64).overlaps(enclose(sin(1), {}, 64))
    with pytest.raises(Undefined):
        enclose(times, {x: Integer(1), n: Integer(-1)}, 64)


def test_derivatives_of_polynomials_of_symbolic_degree() -> None:
    slope = sp.Derivative(sp.bernoulli(n, x), x)
    assert enclose(slope, {n: Integer(2), x: Q(1, 3)}, 64).overlaps(enclose(Q(-1, 3), {}, 64))
    with pytest.raises(Unevaluable):
        enclose(slope, {n: Q(1, 2), x: Q(1, 3)}, 64)


def test_decimals_of_enormous_numbers() -> None:
    assert decimal(enclose(exp(10**9), {}, 64), 8) == "8.0029818e434294481"
    assert decimal(enclose(-exp(-(10**9)), {}, 64), 8) == "-1.2495343e-434294482"
