r"""The notation of the problem set: kernels, features, $J_n$ and its integrals."""

from __future__ import annotations

from typing import Any

from sympy import (
    Expr,
    Integral,
    Mul,
    Pow,
    Symbol,
    cos,
    diff,
    exp,
    expand,
    factorial,
    oo,
    pi,
    sin,
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
    r"""Return $(-1)^n(\frac1{\sin\theta}\partial_\theta)^n\frac{\pi-\theta}{\sin\theta}$, expanded."""
    inner = (pi - T) / sin(T)
    for _ in range(int(n)):
        inner = expand(-diff(inner, T) / sin(T))
    return inner.xreplace({T: sympify(theta)})


def J(n: Any, theta: Expr) -> Expr:  # noqa: N802  # the document's name
    r"""Return $J_n(\theta)$ for a concrete $n$ by the derivative formula, not simplified."""
    odd_power = Pow(sin(theta), 2 * int(n) + 1, evaluate=False)
    return Mul(odd_power, derivative_formula(n, theta), evaluate=False)


def J_integral(n: Any, theta: Expr) -> Expr:  # noqa: N802
    r"""Return $n!\sin^{2n+1}\theta\int_0^{\pi/2}\frac{\cos^n\psi}{(1-\cos\theta\cos\psi)^{n+1}}$."""
    integrand = cos(PSI) ** n / (1 - cos(theta) * cos(PSI)) ** (n + 1)
    return factorial(n) * sin(theta) ** (2 * n + 1) * Integral(integrand, (PSI, 0, pi / 2))


def plane_integral(n: Any, theta: Expr) -> Expr:
    r"""Return $\iint\Theta(w_1)\Theta(v)\,w_1^nv^ne^{-(w_1^2+w_2^2)/2}\,dw_1\,dw_2$ in polar coordinates.

    With $w = (r\cos\phi, r\sin\phi)$, $v = w_1\cos\theta+w_2\sin\theta = r\cos(\phi-\theta)$; both are
    positive for $\theta-\pi/2 < \phi < \pi/2$, and the integral is a product of two.
    """
    angular = Integral((cos(PHI) * cos(PHI - theta)) ** n, (PHI, theta - pi / 2, pi / 2))
    return angular * Integral(R ** (2 * n + 1) * exp(-(R**2) / 2), (R, 0, oo))


def arc_cosine_kernel(n: Any, norm_x: Expr, norm_y: Expr, theta: Expr) -> Expr:
    r"""Return $k_n$ of (3.2) for $x$ along $w_1$ and $y$ in the plane of $w_1$ and $w_2$."""
    return norm_x**n * norm_y**n * plane_integral(n, theta) / (2 * pi)


CLOSED_FORMS = {
    0: lambda t: pi - t,
    1: lambda t: sin(t) + (pi - t) * cos(t),
    2: lambda t: 3 * sin(t) * cos(t) + (pi - t) * (1 + 2 * cos(t) ** 2),
    3: lambda t: 15 * sin(t) - 11 * sin(t) ** 3 + (pi - t) * (9 * cos(t) + 6 * cos(t) ** 3),
}
r"""$J_0$ to $J_3$ as Cho and Saul (2009) give them, extended; checked in ``derivative_formula``."""
