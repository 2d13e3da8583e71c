r"""The notation of the problem set: kernels, features, $J_n$ and its integrals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sympy import (
    Derivative,
    Expr,
    Integer,
    Integral,
    Mul,
    Pow,
    Symbol,
    acos,
    cos,
    diff,
    exp,
    expand,
    factorial,
    oo,
    pi,
    sin,
    sqrt,
    sympify,
)

T = Symbol("t", real=True)
R = Symbol("r", nonnegative=True)
PHI = Symbol("phi", real=True)
PSI = Symbol("psi", real=True)


def polynomial_kernel(inner_product: Expr, degree: Expr) -> Expr:
    r"""Return $\langle x, y\rangle^d$, not merged with powers inside of $\langle x, y\rangle$."""
    return Pow(inner_product, degree, evaluate=False)


def rbf_kernel(distance_squared: Expr, gamma: Expr) -> Expr:
    r"""Return $\exp(-\lVert x - y\rVert^2/\gamma^2)$."""
    return exp(-distance_squared / gamma**2)


def feature_distance_squared(k_xx: Expr, k_xy: Expr, k_yy: Expr) -> Expr:
    r"""Return $\lVert\Phi(x) - \Phi(y)\rVert^2$ from the inner products of the features."""
    return k_xx - 2 * k_xy + k_yy


def derivative_formula(n: Any, theta: Expr) -> Expr:
    r"""Return $(-1)^n(\frac1{\sin\theta}\partial_\theta)^n\frac{\pi-\theta}{\sin\theta}$,
    expanded.
    """
    inner = (pi - T) / sin(T)
    for _ in range(int(n)):
        inner = expand(-diff(inner, T) / sin(T))
    return inner.xreplace({T: sympify(theta)})


def J(n: Any, theta: Expr) -> Expr:
    r"""Return $J_n(\theta)$ for a concrete $n$ by the derivative formula, not simplified."""
    odd_power = Pow(sin(theta), 2 * int(n) + 1, evaluate=False)
    return Mul(odd_power, derivative_formula(n, theta), evaluate=False)


def derivative_in_the_cosine(n: Any, c: Expr) -> Expr:
    r"""Return $\frac{d^n}{dc^n}\frac{\pi-\cos^{-1}c}{\sqrt{1-c^2}}$: at $c = \cos\theta$ this is
    $J_n(\theta)/\sin^{2n+1}\theta$, for $\frac d{dc} = -\frac1{\sin\theta}\partial_\theta$.
    """
    return Derivative((pi - acos(c)) / sqrt(1 - c**2), (c, n))


def J_of_the_cosine(n: Any, c: Expr) -> Expr:
    r"""Return $J_n(\cos^{-1}c)$ by the derivative formula, for any $n$."""
    return sqrt(1 - c**2) ** (2 * n + 1) * derivative_in_the_cosine(n, c)


def J_integral(n: Any, theta: Expr) -> Expr:
    r"""$n!\sin^{2n+1}\theta\int_0^{\pi/2}\frac{\cos^n\psi}{(1-\cos\theta\cos\psi)^{n+1}}$."""
    integrand = cos(PSI) ** n / (1 - cos(theta) * cos(PSI)) ** (n + 1)
    return factorial(n) * sin(theta) ** (2 * n + 1) * Integral(integrand, (PSI, 0, pi / 2))


def plane_integral(n: Any, theta: Expr) -> Expr:
    r"""Return $\iint\Theta(w_1)\Theta(v)\,w_1^nv^ne^{-(w_1^2+w_2^2)/2}\,dw_1\,dw_2$ in polar
    coordinates.

    With $w = (r\cos\phi, r\sin\phi)$, $v = w_1\cos\theta+w_2\sin\theta = r\cos(\phi-\theta)$;
    both are
    positive for $\theta-\pi/2 < \phi < \pi/2$, and the integral is a product of two.
    """
    angular = Integral((cos(PHI) * cos(PHI - theta)) ** n, (PHI, theta - pi / 2, pi / 2))
    return angular * Integral(R ** (2 * n + 1) * exp(-(R**2) / 2), (R, 0, oo))


def arc_cosine_kernel(n: Any, norm_x: Expr, norm_y: Expr, theta: Expr) -> Expr:
    r"""Return $k_n$ of (3.2) for $x$ along $w_1$ and $y$ in the plane of $w_1$ and $w_2$."""
    return norm_x**n * norm_y**n * plane_integral(n, theta) / (2 * pi)


def closed_form(n: int, t: Expr) -> Expr:
    r"""Return $J_n(\theta) = A_n\sin\theta+(\pi-\theta)B_n$ with polynomials in $\cos\theta$."""
    sine_part, angle_part = CLOSED_FORM_COEFFICIENTS[n]
    c = cos(t)
    first = sum((a * c**k for k, a in enumerate(sine_part)), start=Integer(0))
    second = sum((b * c**k for k, b in enumerate(angle_part)), start=Integer(0))
    return first * sin(t) + (pi - t) * second


CLOSED_FORM_COEFFICIENTS = {
    0: ((), (1,)),
    1: ((1,), (0, 1)),
    2: ((0, 3), (1, 0, 2)),
    3: ((4, 0, 11), (0, 9, 0, 6)),
    4: ((0, 55, 0, 50), (9, 0, 72, 0, 24)),
    5: ((64, 0, 607, 0, 274), (0, 225, 0, 600, 0, 120)),
}
"""Coefficients of A_n and B_n; n = 0, 1, 2 are in Cho and Saul, "Kernel methods for deep learning"
(2009)."""

CLOSED_FORMS: dict[int, Callable[[Expr], Expr]] = {
    n: partial(closed_form, n) for n in CLOSED_FORM_COEFFICIENTS
}
