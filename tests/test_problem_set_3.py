r"""Problem set 3 against numbers that no engine of proofcheck has a part in.

$J_n$ is compared with direct integration of (3.2) by mpmath, at 30 digits and random angles.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import mpmath
import pytest
from mpmath import mp, mpf
from mpmath.calculus.quadrature import GaussLegendre
from sympy import Float, Symbol, lambdify, pi, sympify

from claims.problem_set_3._definitions import CLOSED_FORMS, J, J_integral, arc_cosine_kernel

DIGITS = 30
ORDERS = range(6)
THETA = Symbol("theta", real=True)


def random_angles(n: int, count: int = 3) -> list[mpf]:
    """Return ``count`` angles of (0, pi), away from the ends by 1/20, the same in every run."""
    draw = random.Random(f"problem set 3, n = {n}")
    with mp.workdps(DIGITS + 15):
        return [
            mpf(1) / 20 + (mp.pi - mpf(1) / 10) * mpf(draw.getrandbits(100)) / mpf(2) ** 100
            for _ in range(count)
        ]


@cache
def rule_of(degree: int, precision: int) -> list[tuple[mpf, mpf]]:
    """Return nodes and weights of Gauss and Legendre's rule on [-1, 1]."""
    found: list[tuple[mpf, mpf]] = GaussLegendre(mp).calc_nodes(degree, precision)
    return found


def nodes(ends: list[mpf], degree: int) -> list[tuple[mpf, mpf]]:
    """Return nodes and weights of Gauss and Legendre's rule on each piece between ``ends``."""
    rule = rule_of(degree, mp.prec)
    return [
        ((low + high) / 2 + (high - low) / 2 * x, (high - low) / 2 * weight)
        for low, high in pairwise(ends)
        for x, weight in rule
    ]


def direct_integral(n: int, theta: mpf) -> mpf:
    r"""Return $2\pi k_n$ for unit vectors: the integral (3.2) over a wedge of the plane.

    $w = (r\cos\phi, r\sin\phi)$ runs through the wedge where $\langle w, x\rangle$ and
    $\langle w, y\rangle$ are positive, for $x = (1, 0)$ and $y = (\cos\theta, \sin\theta)$;
    beyond $r = 14$ there is less than $10^{-35}$.
    """
    rays = sum(
        weight * (mp.cos(phi) * (mp.cos(phi) * mp.cos(theta) + mp.sin(phi) * mp.sin(theta))) ** n
        for phi, weight in nodes(mp.linspace(theta - mp.pi / 2, mp.pi / 2, 3), 4)
    )
    return rays * sum(
        weight * r ** (2 * n + 1) * mp.exp(-(r**2) / 2)
        for r, weight in nodes(mp.linspace(0, 14, 5), 5)
    )


def numerical(expression: object) -> Callable[[mpf], mpf]:
    """Return an expression in theta as an mpmath function."""
    function: Callable[[mpf], mpf] = lambdify(THETA, expression, "mpmath")
    return function


@pytest.mark.parametrize("n", ORDERS)
def test_derivative_formula_is_the_integral_3_2(n: int) -> None:
    formula = numerical(J(n, THETA))
    for angle in random_angles(n):
        with mp.workdps(DIGITS + 10):
            direct, value = direct_integral(n, angle), formula(angle)
        assert abs(direct - value) < mpf(10) ** -DIGITS * (1 + abs(value)), (n, angle)


@pytest.mark.parametrize("n", ORDERS)
def test_closed_form_is_the_integral_of_step_3(n: int) -> None:
    closed = numerical(CLOSED_FORMS[n](THETA))
    for angle in random_angles(n):
        with mp.workdps(DIGITS + 10):
            cosine = mp.cos(angle)
            integral = sum(
                weight * mp.cos(psi) ** n / (1 - cosine * mp.cos(psi)) ** (n + 1)
                for psi, weight in nodes([mp.pi / 2**k for k in range(10, 0, -1)], 5)
                + nodes([mpf(0), mp.pi / 2**10], 5)
            )
            value = mp.factorial(n) * mp.sin(angle) ** (2 * n + 1) * integral
            assert abs(closed(angle) - value) < mpf(10) ** -DIGITS * (1 + abs(value))


@pytest.mark.parametrize("n", ORDERS)
def test_closed_form_is_the_derivative_formula(n: int) -> None:
    closed, formula = numerical(CLOSED_FORMS[n](THETA)), numerical(J(n, THETA))
    for angle in random_angles(n):
        with mp.workdps(DIGITS + 20):
            assert abs(closed(angle) - formula(angle)) < mpf(10) ** -DIGITS


def test_printed_factor_of_3_3_is_twice_too_large() -> None:
    with mp.workdps(DIGITS + 10):
        kernel = direct_integral(0, mp.pi / 2) / (2 * mp.pi)
    assert abs(kernel - mpf(1) / 4) < mpf(10) ** -DIGITS
    assert J(0, pi / 2).doit() / pi == sympify("1/2")


@pytest.mark.parametrize("n", [0, 1])
def test_definitions_of_the_kernel_agree(n: int) -> None:
    angle = random_angles(n)[0]
    kernel = arc_cosine_kernel(n, sympify(2), sympify(3), THETA)
    exact = Float(mpmath.nstr(angle, 40), 40)
    value = kernel.subs(THETA, exact).doit().evalf(25)
    integral = J_integral(n, exact).evalf(25)
    assert abs(value - 6**n * integral / (2 * pi.evalf(30))) < Float("1e-18")
