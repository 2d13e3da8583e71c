"""balls: infinite sums and products by comparison; what diverges never gets a value."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
import sympy as sp
from flint import acb, arb, ctx
from sympy import I, Product, Rational, Sum, atan, cos, exp, factorial, fibonacci, log, oo, pi

from proofcheck.balls import Undefined, Unevaluable, enclose
from proofcheck.balls.majorants import at_least, line_below, majorized

x, z = sp.symbols("x z")
n = sp.Symbol("n", integer=True)
Q = Rational
PHI = mpmath.phi


def overlaps(found: acb, value: Any) -> bool:
    """Whether an mpmath number of 40 digits lies in the ball, up to its last digits."""
    outer, ctx.prec = ctx.prec, 200
    try:
        with mpmath.workdps(45):
            number = mpmath.mpmathify(value)
            parts = [arb(mpmath.nstr(part, 40)) for part in (number.real, number.imag)]
        return bool(found.overlaps(acb(*(part + arb(0, arb(10) ** -30) for part in parts))))
    finally:
        ctx.prec = outer


def summed(term: Any, first: int, last: int = 400) -> Any:
    """A sum that converges fast, at 45 digits."""
    return lambda: mpmath.fsum(term(mpmath.mpf(k)) for k in range(first, last))


def polynomial(k: Any, value: Any) -> Any:
    return mpmath.bernpoly(int(k), value)


# The sum, its parameters, its value, the digits of the neighbour that is told apart.
VALUES: list[tuple[Any, dict[Any, Any], Any, int]] = [
    (2 * Sum(atan(1 / fibonacci(2 * n + 1)), (n, 0, oo)), {}, lambda: +mpmath.pi, 12),
    (Sum(1 / (fibonacci(2 * n + 1) + 1), (n, 0, oo)), {}, lambda: mpmath.sqrt(5) / 2, 12),
    (Sum(1 / fibonacci(2**n), (n, 0, oo)), {}, lambda: (7 - mpmath.sqrt(5)) / 2, 12),
    (Sum(fibonacci(n) * x**n, (n, 0, oo)), {x: Q(1, 2)}, lambda: mpmath.mpf(2), 12),
    (Sum(sp.lucas(n) * x**n, (n, 0, oo)), {x: -Q(1, 2)}, lambda: mpmath.mpf(2), 12),
    (Sum(sp.sinc(n) ** 6, (n, -oo, oo)), {}, lambda: 11 * mpmath.pi / 20, 12),
    (Sum(sp.sinc(n) ** 6, (n, -oo, 0)), {}, lambda: 11 * mpmath.pi / 40 + Q(1, 2), 12),
    (
        Sum((-n) ** (n - 1) / factorial(n) * z**n, (n, 1, oo)),
        {z: Q(1, 4) + I / 8},
        lambda: mpmath.lambertw(mpmath.mpc(0.25, 0.125)),
        12,
    ),
    (
        Sum((-1) ** (n + 1) * n ** (-n), (n, 1, oo)),
        {},
        summed(lambda k: -((-1) ** k) * k**-k, 1, 60),
        12,
    ),
    (
        Sum(sp.bernoulli(n, x) * z**n / factorial(n), (n, 0, oo)),
        {x: 1 + I, z: 3},
        lambda: 3 * mpmath.exp(mpmath.mpc(3, 3)) / (mpmath.exp(3) - 1),
        12,
    ),
    (
        Sum(sp.totient(n) / n**x, (n, 1, oo)),
        {x: 7},
        lambda: mpmath.zeta(6) / mpmath.zeta(7),
        12,
    ),
    (
        Sum(sp.totient(n) / n**x, (n, 1, oo)),
        {x: 3 + I},
        lambda: mpmath.zeta(mpmath.mpc(2, 1)) / mpmath.zeta(mpmath.mpc(3, 1)),
        2,
    ),
    (
        Sum(sp.totient(n) / n * log(1 - x**n), (n, 1, oo)),
        {x: Q(1, 2) + I / 3},
        lambda: mpmath.mpc(0.5, mpmath.mpf(1) / 3) / mpmath.mpc(-0.5, mpmath.mpf(1) / 3),
        12,
    ),
    (
        Sum(sp.digamma(n) * z**n / factorial(n), (n, 1, oo)),
        {z: 1 + I},
        summed(lambda k: mpmath.psi(0, k) * mpmath.mpc(1, 1) ** k / mpmath.factorial(k), 1, 60),
        12,
    ),
    (Sum(sp.zeta(n) - 1, (n, 2, oo)), {}, lambda: mpmath.mpf(1), 12),
    (Sum(1 / (2**n + 1), (n, 0, oo)), {}, summed(lambda k: 1 / (2**k + 1), 0), 12),
    (Sum(n / (exp(2 * pi * n) - 1), (n, 1, oo)), {}, lambda: Q(1, 24) - 1 / (8 * mpmath.pi), 12),
    (
        Sum(x ** (n**2), (n, -oo, oo)),
        {x: Q(1, 2)},
        lambda: mpmath.jtheta(3, 0, mpmath.mpf(1) / 2),
        12,
    ),
    (
        Sum(x ** (2**n), (n, 0, oo)),
        {x: Q(1, 2)},
        summed(lambda k: mpmath.mpf(2) ** -(2**k), 0, 12),
        12,
    ),
    (
        Sum(sp.legendre(n, x) * z**n, (n, 0, oo)),
        {x: Q(1, 3), z: Q(1, 2)},
        lambda: 1 / mpmath.sqrt(1 - mpmath.mpf(1) / 3 + mpmath.mpf(1) / 4),
        12,
    ),
    (
        Sum(sp.chebyshevu(n, x) * z**n, (n, 0, oo)),
        {x: 2 + I, z: Q(1, 9)},
        lambda: 1 / (1 - 2 * mpmath.mpc(2, 1) / 9 + mpmath.mpf(1) / 81),
        12,
    ),
    (Sum(sp.harmonic(n) * z**n, (n, 1, oo)), {z: Q(1, 2)}, lambda: 2 * mpmath.log(2), 12),
    (
        Product(cos(z / 2**n), (n, 1, oo)),
        {z: 3 + I},
        lambda: mpmath.sin(mpmath.mpc(3, 1)) / mpmath.mpc(3, 1),
        12,
    ),
    (Product(cos(z / 2**n), (n, 1, oo)), {z: 0}, lambda: mpmath.mpf(1), 12),
    (Product(4 * n**2 / (4 * n**2 - 1), (n, 1, oo)), {}, lambda: mpmath.pi / 2, 9),
    (
        Product(1 - x**2 / n**2, (n, 1, oo)),
        {x: Q(1, 2)},
        lambda: 2 / mpmath.pi,
        8,
    ),
    (Product(1 + x**n, (n, 1, oo)), {x: Q(1, 2)}, lambda: mpmath.qp(-0.5, 0.5), 12),
    (Product(1 - 1 / fibonacci(n) ** 2, (n, 3, oo)), {}, None, 12),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(VALUES)))
def test_the_value_is_enclosed_and_its_neighbour_is_not(number: int) -> None:
    expression, point, formula, digits = VALUES[number]
    found = enclose(expression, point, 96)
    with mpmath.workdps(45):
        if formula is None:
            value = mpmath.mpf(1)
            for k in range(3, 300):
                value *= 1 - 1 / mpmath.mpf(int(sp.fibonacci(k))) ** 2
        else:
            value = mpmath.mpmathify(formula())
        neighbour = value * (1 + mpmath.mpf(10) ** -digits)
    assert overlaps(found, value)
    assert not overlaps(found, neighbour)


DIVERGENT: list[tuple[Any, dict[Any, Any]]] = [
    (Sum(1 / n, (n, 1, oo)), {}),
    (Sum(1 / (n * log(n)), (n, 2, oo)), {}),
    (Sum(1 / (n * log(n) * log(log(n))), (n, 3, oo)), {}),
    (Sum(sp.totient(n) / n**x, (n, 1, oo)), {x: 2}),
    (Sum(sp.totient(n) / n**x, (n, 1, oo)), {x: Q(3, 2)}),
    (Sum(fibonacci(n) * x**n, (n, 0, oo)), {x: Q(2, 3)}),
    (Sum(fibonacci(n) / fibonacci(n + 1), (n, 1, oo)), {}),
    (Sum(n ** (n - 1) / factorial(n) * z**n, (n, 1, oo)), {z: Q(2, 5)}),
    (Sum((-1) ** n * x**n * sp.RisingFactorial(-Q(1, 2), n), (n, 0, oo)), {x: Q(1, 3)}),
    (Sum(sp.bell(n) * z**n, (n, 0, oo)), {z: Q(1, 10)}),
    (Sum(sp.bernoulli(n, x) * z**n / factorial(n), (n, 0, oo)), {x: Q(1, 3), z: 7}),
    (Sum(sp.legendre(n, x) * z**n, (n, 0, oo)), {x: 2, z: Q(1, 2)}),
    (Sum(x ** (2**n), (n, 0, oo)), {x: Q(11, 10)}),
    (Sum(sp.zeta(n) - 2, (n, 2, oo)), {}),
    (Sum(1 + 2 ** (-n), (n, 0, oo)), {}),
    (Sum(sp.sinc(n), (n, -oo, oo)), {}),
    (Sum(2**n, (n, -oo, oo)), {}),
    (Sum(1 / (n**2 + n), (n, -oo, oo)), {}),
    (Sum(sp.cos(n) / n, (n, 1, oo)), {}),
    (Sum(log(1 - x**n) / x**n, (n, 1, oo)), {x: Q(1, 2)}),
    (Product(1 + 1 / n, (n, 1, oo)), {}),
    (Product(cos(z / n), (n, 1, oo)) * Product(1 - 1 / (n + 1), (n, 1, oo)), {z: 1}),
    (Product(2 - x**n, (n, 1, oo)), {x: -1}),
]


@pytest.mark.parametrize("number", range(len(DIVERGENT)))
def test_what_diverges_has_no_value(number: int) -> None:
    expression, point = DIVERGENT[number]
    with pytest.raises((Undefined, Unevaluable)):
        enclose(expression, point, 64)


def test_growing_terms_are_known_to_diverge() -> None:
    with pytest.raises(Undefined):
        enclose(Sum(x**n * sp.RisingFactorial(Q(1, 2), n), (n, 0, oo)), {x: Q(1, 3)}, 64)
    with pytest.raises(Unevaluable):  # it breaks off
        enclose(Sum(x**n * sp.RisingFactorial(-3, n), (n, 0, oo)), {x: Q(1, 3)}, 64)


def test_terms_that_soon_grow_too_long_are_left_out() -> None:
    found = enclose(Sum(1 / fibonacci(2**n), (n, 0, oo)), {}, 198)
    with mpmath.workdps(45):
        assert overlaps(found, (7 - mpmath.sqrt(5)) / 2)
    assert found.rel_accuracy_bits() > 150


def test_terms_that_turn_complex_far_out_do_not_give_a_real_sum() -> None:
    found = enclose(Sum(sp.sqrt(50 - n) / 8**n, (n, 0, oo)), {}, 64)
    assert not found.imag.is_zero()


class Nowhere:
    """No parameters."""

    strict = False

    def __init__(self) -> None:
        self.hints: dict[Any, int] = {}

    def evaluate(self, expression: Any, extra: Any, *, holomorphic: Any = None) -> Any:
        return enclose(expression, {}, 64)


BOUNDED = [
    fibonacci(n), fibonacci(2 * n + 3), 1 / fibonacci(n), 1 / fibonacci(2**n), sp.lucas(n),
    1 / sp.lucas(n), 1 / (fibonacci(n) + fibonacci(n + 2) + 3), sp.totient(n), sp.mobius(n),
    sp.partition(n), sp.bell(n), sp.catalan(n), sp.primepi(n), sp.harmonic(n), sp.digamma(n),
    sp.bernoulli(n), sp.euler(n), sp.zeta(n) - 1, sp.zeta(n + 2), n**n, n ** (2 * n - 3), n**-n,
    n ** (5 - 2 * n), (-n) ** (n - 1), sp.sinc(n), sp.atan(1 / fibonacci(n)),
    sp.legendre(n, Q(1, 3)), sp.legendre(n, 1 + I), sp.chebyshevt(n, Q(7, 5)),
    sp.chebyshevu(n, Q(1, 2) - I), sp.bernoulli(n, 2 + I),
    Q(1, 2) ** (2**n), Q(2, 3) ** (n**3), 3 ** (-(n**2)),
]  # fmt: skip


@pytest.mark.parametrize("term", BOUNDED, ids=str)
@pytest.mark.parametrize("logarithms", [False, True])
def test_a_majorant_lies_above(term: Any, logarithms: bool) -> None:
    k = sp.Dummy("n")
    for start in (2, 4, 9):
        bound = majorized(term.subs(n, k), k, start, Nowhere(), logarithms)
        assert bound != term.subs(n, k)
        for index in range(start, start + 9):
            value = abs(enclose(term.subs(n, index), {}, 128))
            above = abs(enclose(bound.subs(k, index), {}, 128))
            assert value.lower() <= above.upper(), (bound, index)


def test_a_bound_is_not_used_where_it_does_not_hold() -> None:
    k = sp.Dummy("n")
    for term in (
        fibonacci(k / 2), sp.totient(k - 20), sp.zeta(k - 1), sp.harmonic(k - 20), sp.sinc(k / 2),
        sp.sinc(k - 5), 1 / (fibonacci(k) - 1), 1 / (fibonacci(k) - fibonacci(k + 1)),
        (-k) ** (k + Q(1, 2)), sp.legendre(k + Q(1, 2), Q(1, 3)), 2 ** (2**k), sp.zeta(k) + 1,
    ):  # fmt: skip
        assert majorized(term, k, 2, Nowhere()) == term


def test_a_line_lies_below() -> None:
    k = sp.Dummy("n")
    for u in (2**k, 3 ** (2 * k) - 5, k**3 + 2 * k, Q(1, 2) * 2**k + k, 7 * k - 2):
        line = line_below(u, k, 3)
        assert line is not None
        assert all(line.subs(k, m) <= u.subs(k, m) for m in range(3, 12))
    for u in (2**-k, -(k**2), 2 ** (k / 2), sp.sqrt(k), pi * k):
        assert line_below(u, k, 3) is None
    assert at_least(2**k, k, 3, 8)
    assert not at_least(2**k, k, 3, 9)
    assert not at_least(5 - k, k, 3, 0)
