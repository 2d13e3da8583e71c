"""Rewrite rules: derivatives, Bessel functions, polynomials, sequences.  Trusted."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Integer, Pow, S, cos, exp, log, pi, sin, sqrt

from proofcheck import calculus
from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    nonzero,
    product,
    still_defined,
    total,
    unless_true,
)
from proofcheck.relations import AnyOf, Condition, Member, Relation

SPECIAL = Registry()
rule = SPECIAL.rule
LARGEST_DEGREE = 40


# Derivatives


@rule("derivative")
def evaluated_derivative(atom: Expr) -> Equation:
    """``Derivative(f, x)`` where calculus knows it, by the conditions that calculus gives."""
    demand(isinstance(atom, sp.Derivative), f"{atom} is no derivative")
    value, conditions = differentiated(atom)
    return Equation(atom, 1, value, conditions)


def differentiated(atom: sp.Derivative) -> tuple[Expr, tuple[Condition, ...]]:
    """Return the value of an unevaluated derivative, and its conditions."""
    current: Expr = atom.expr
    conditions: tuple[Condition, ...] = ()
    try:
        for symbol, times in atom.variable_count:
            demand(isinstance(times, Integer) and times <= 8, f"the order {times} is not small")
            for _ in range(int(times)):
                current, found = derivative(current, symbol)
                conditions += found
    except NotDifferentiable as problem:
        raise Inapplicable(str(problem)) from problem
    return current, tuple(dict.fromkeys(conditions))


@rule("derivative at a point")
def derivative_at_a_point(atom: Expr) -> Equation:
    """``Subs(Derivative(f, x), x, a)``: the conditions are those at ``a``."""
    demand(isinstance(atom, sp.Subs) and len(atom.variables) == 1, f"{atom} is no substitution")
    demand(isinstance(atom.expr, sp.Derivative), f"{atom.expr} is no derivative")
    symbol, point = atom.variables[0], atom.point[0]
    along = sp.Dummy(real=True) if point.is_real else sp.Dummy()
    inner = atom.expr.xreplace({symbol: along})
    demand(isinstance(inner, sp.Derivative), f"{inner} is no derivative")
    value, conditions = differentiated(inner)
    try:
        there = tuple(calculus.replaced(c, along, point) for c in conditions)
        value = calculus.put(value, along, point)
    except NotDifferentiable as problem:
        raise Inapplicable(str(problem)) from problem
    return Equation(atom, 1, value, there)


# Error functions and exponential integrals


@rule("complementary error function")
def complementary_error_function(z: Expr) -> Equation:
    """``erfc(z) = 1 - erf(z)`` (DLMF 7.2.2)."""
    return Equation(sp.erfc(z), 1, 1 - sp.erf(z))


@rule("imaginary error function")
def imaginary_error_function(z: Expr) -> Equation:
    """``erfi(z) = -I*erf(I*z)``."""
    return Equation(sp.erfi(z), 1, -I * sp.erf(I * z, evaluate=False))


@rule("logarithmic integral")
def logarithmic_integral(z: Expr) -> Equation:
    """``li(z) = Ei(log(z))`` (DLMF 6.2.8)."""
    return Equation(sp.li(z), 1, sp.Ei(log(z)))


@rule("polylogarithm of low order")
def polylogarithm(s: Expr, z: Expr) -> Equation:
    """``polylog(1, z) = -log(1 - z)``, ``polylog(0, z) = z/(1 - z)``, z not 1 (DLMF 25.12)."""
    demand(s in (0, 1), "the order is 0 or 1")
    value = -log(1 - z) if s == 1 else z / (1 - z)
    return Equation(sp.polylog(s, z, evaluate=False), 1, value, unless_true([nonzero(1 - z)]))


# Bessel functions

BESSEL = {sp.besselj: 1, sp.bessely: 1, sp.besseli: -1, sp.besselk: -1}


@rule("Bessel recurrence")
def bessel_recurrence(atom: Expr, direction: Expr) -> Equation:
    """``f_n`` by ``f_(n+1)`` and ``f_(n+2)``, or below (DLMF 10.6.1, 10.29.1); z not 0."""
    demand(getattr(atom, "func", None) in BESSEL, f"{atom} is no Bessel function")
    demand(direction in (1, -1), "the direction is 1 or -1")
    function = atom.func
    n, z = atom.args
    near, far = function(n + direction, z), function(n + 2 * direction, z)
    middle = 2 * (n + direction) / z
    # J, Y: f_(n-1) + f_(n+1) = 2n/z f_n.  I: f_(n-1) - f_(n+1) = 2n/z f_n.  K: with minus.
    if function in (sp.besselj, sp.bessely):
        value = middle * near - far
    elif function is sp.besseli:
        value = far + direction * middle * near
    else:
        value = far - direction * middle * near
    return Equation(atom, 1, value, unless_true([nonzero(z)]))


@rule("Bessel function by another kind")
def bessel_connection(atom: Expr) -> Equation:
    """Y by J, K by I for orders that are no integers, I by J, Hankel's by J and Y; z not 0.

    DLMF 10.2.3, 10.27.4, 10.4.3; ``I_n(z) = z**n*(I*z)**(-n)*J_n(I*z)`` as ``J_n(z)/z**n`` is a
    series in ``-z**2`` and ``I_n(z)/z**n`` the same in ``z**2`` (10.2.2, 10.25.2).
    """
    n, z = getattr(atom, "args", (S.Zero, S.Zero))
    conditions: list[Condition] = [nonzero(z)]
    if isinstance(atom, sp.besseli):
        value = Pow(z, n) * Pow(I * z, -n) * sp.besselj(n, I * z)
        conditions = [AnyOf((nonzero(z), Relation(n, "eq", S.Zero)))]
    elif isinstance(atom, sp.hankel1 | sp.hankel2):
        turn = I if isinstance(atom, sp.hankel1) else -I
        value = sp.besselj(n, z) + turn * sp.bessely(n, z)
    elif isinstance(atom, sp.bessely):
        value = (sp.besselj(n, z) * cos(pi * n) - sp.besselj(-n, z)) / sin(pi * n)
        conditions.append(Member(n, S.Integers, negated=True))
    else:
        demand(isinstance(atom, sp.besselk), f"{atom} is none of them")
        value = pi / 2 * (sp.besseli(-n, z) - sp.besseli(n, z)) / sin(pi * n)
        conditions.append(Member(n, S.Integers, negated=True))
    return Equation(atom, 1, value, tuple(conditions))


@rule("Bessel function between its neighbours")
def bessel_mean(atom: Expr) -> Equation:
    """``J_n = z*(J_(n-1) + J_(n+1))/(2*n)`` for n not 0, and its kin (DLMF 10.6.1, 10.29.1)."""
    demand(getattr(atom, "func", None) in BESSEL, f"{atom} is no Bessel function")
    n, z = atom.args
    below, above = atom.func(n - 1, z), atom.func(n + 1, z)
    value = {
        sp.besselj: below + above, sp.bessely: below + above,
        sp.besseli: below - above, sp.besselk: above - below,
    }[atom.func]  # fmt: skip
    return Equation(atom, 1, z * value / (2 * n), unless_true([nonzero(n)]))


@rule("Bessel function of half order")
def half_order(atom: Expr) -> Equation:
    """The Bessel functions of order 1/2 and -1/2 (DLMF 10.16.1, 10.39.1), z not 0."""
    demand(getattr(atom, "func", None) in BESSEL, f"{atom} is no Bessel function")
    n, z = atom.args
    demand(n in (S.Half, -S.Half), f"the order {n} is not one half")
    up = n == S.Half
    scale = sqrt(2 / pi) * sqrt(z) / z
    value = {
        sp.besselj: scale * (sin(z) if up else cos(z)),
        sp.bessely: scale * (-cos(z) if up else sin(z)),
        sp.besseli: scale * (sp.sinh(z) if up else sp.cosh(z)),
        sp.besselk: sqrt(pi / 2) * sqrt(z) / z * exp(-z),
    }[atom.func]
    return Equation(atom, 1, value, unless_true([nonzero(z)]))


@rule("Bessel function of negative order")
def negative_order(atom: Expr) -> Equation:
    """``J_(-n) = (-1)**n*J_n`` for integers (DLMF 10.4.1), ``I_(-n) = I_n``, ``K_(-v) = K_v``."""
    demand(getattr(atom, "func", None) in BESSEL, f"{atom} is no Bessel function")
    n, z = atom.args
    other = atom.func(-n, z)
    if atom.func is sp.besselk:
        return Equation(atom, 1, other)
    turn = S.One if atom.func is sp.besseli else Pow(-1, n)
    return Equation(atom, 1, turn * other, unless_true([integer(n)]))


# Orthogonal polynomials and sequences


@rule("Chebyshev polynomial")
def chebyshev(atom: Expr, w: Expr, back: Expr) -> Equation:
    """``T_n(x) = (w**n + v**n)/2`` where ``x = (w + v)/2``, ``w*v = 1``, n an integer (18.5.1)."""
    demand(isinstance(atom, sp.chebyshevt), f"{atom} is no Chebyshev polynomial")
    n, x = atom.args
    conditions: list[Condition] = [
        integer(n),
        Relation(product([w, back]), "eq", S.One),
        Relation(total([w, back]) / 2, "eq", x),
    ]
    value = total([Pow(w, n), Pow(w, -n)]) / 2
    return Equation(atom, 1, value, (*unless_true(conditions), *still_defined(atom, w, back)))


@rule("Chebyshev polynomial of the second kind")
def chebyshev_second(atom: Expr, w: Expr, back: Expr) -> Equation:
    """``U_n(x) = (w**(n+1) - v**(n+1))/(w - v)`` where x is neither 1 nor -1 (DLMF 18.5.2)."""
    demand(isinstance(atom, sp.chebyshevu), f"{atom} is no polynomial of the second kind")
    n, x = atom.args
    conditions: list[Condition] = [
        integer(n),
        Relation(product([w, back]), "eq", S.One),
        Relation(total([w, back]) / 2, "eq", x),
        nonzero(1 - x**2),
    ]
    value = total([Pow(w, n + 1), -Pow(w, -n - 1)]) / total([w, -back])
    return Equation(atom, 1, value, (*unless_true(conditions), *still_defined(atom, w, back)))


@rule("Chebyshev step")
def chebyshev_step(atom: Expr, direction: Expr) -> Equation:
    """T and U of degree n by those of ``n - d`` (DLMF 18.9.8-11), integers n, d = 1 or -1.

    ``T_n = x*T_(n-1) - (1-x**2)*U_(n-2)``, ``U_n = x*U_(n-1) + T_n``, and their inverses.
    """
    demand(isinstance(atom, sp.chebyshevt | sp.chebyshevu), f"{atom} is no Chebyshev polynomial")
    demand(direction in (1, -1), "the direction is 1 or -1")
    n, x = atom.args
    first, second = sp.chebyshevt, sp.chebyshevu
    if isinstance(atom, first):
        other = second(n - 2, x) if direction == 1 else second(n, x)
        value = x * first(n - direction, x) - direction * (1 - x**2) * other
    else:
        other = first(n, x) if direction == 1 else -first(n + 2, x)
        value = x * second(n - direction, x) + other
    return Equation(atom, 1, value, unless_true([integer(n)]))


@rule("Chebyshev's circle")
def chebyshev_circle(atom: Expr) -> Equation:
    """``T_n**2 = 1 - (1-x**2)*U_(n-1)**2``, integers n."""
    demand(isinstance(atom, sp.chebyshevt), f"{atom} is no Chebyshev polynomial")
    n, x = atom.args
    value = 1 - (1 - x**2) * sp.chebyshevu(n - 1, x) ** 2
    return Equation(atom, 2, value, unless_true([integer(n)]))


@rule("Chebyshev polynomial at the ends")
def chebyshev_end(atom: Expr) -> Equation:
    """``T_n`` and ``U_n`` at 1, -1 and 0 (DLMF 18.6.1), integers n."""
    demand(isinstance(atom, sp.chebyshevt | sp.chebyshevu), f"{atom} is no Chebyshev polynomial")
    n, x = atom.args
    demand(x in (1, -1, 0), f"{x} is not 1, -1 or 0")
    first = isinstance(atom, sp.chebyshevt)
    value = cos(pi * n / 2) if x == 0 else Pow(x, n) * (1 if first else n + 1)
    return Equation(atom, 1, value, unless_true([integer(n)]))


@rule("Chebyshev polynomial of another")
def chebyshev_of_another(atom: Expr) -> Equation:
    """``T_m(T_n(x)) = T_(m*n)(x)``, integers m and n: ``cos(m*(n*t))`` in ``x = cos(t)``."""
    demand(isinstance(atom, sp.chebyshevt), f"{atom} is no Chebyshev polynomial")
    m, inner = atom.args
    demand(isinstance(inner, sp.chebyshevt), f"{inner} is no Chebyshev polynomial")
    n, x = inner.args
    return Equation(atom, 1, sp.chebyshevt(m * n, x), unless_true([integer(m), integer(n)]))


@rule("sine of a multiple of an arccosine")
def sine_by_chebyshev(atom: Expr) -> Equation:
    """``sin(n*acos(x)) = sqrt(1 - x**2)*U_(n-1)(x)``, integers n (DLMF 18.5.2, 4.23.19)."""
    demand(isinstance(atom, sin), f"{atom} is no sine")
    inverse = [f for f in sp.Mul.make_args(atom.args[0]) if isinstance(f, sp.acos)]
    demand(len(inverse) == 1, "it is not of a multiple of an arccosine")
    n, x = atom.args[0] / inverse[0], inverse[0].args[0]
    demand(not n.is_Integer, "SymPy writes such polynomials out")
    return Equation(atom, 1, sqrt(1 - x**2) * sp.chebyshevu(n - 1, x), unless_true([integer(n)]))


@rule("power by Chebyshev polynomials")
def power_by_chebyshev(atom: Expr, x: Expr, root: Expr) -> Equation:
    """``(x + r)**n = T_n(x) + r*U_(n-1)(x)`` where ``r**2 = x**2 - 1``, integers n.

    By ``x = cos(t)``, ``r = I*sin(t)`` (DLMF 18.5.1-2); the power is never zero.
    """
    demand(isinstance(atom, Pow), f"{atom} is no power")
    base, n = atom.args
    demand(not n.is_Integer, "SymPy writes such polynomials out")
    conditions: list[Condition] = [
        integer(n), Relation(root**2, "eq", x**2 - 1), Relation(x + root, "eq", base),
    ]  # fmt: skip
    value = sp.chebyshevt(n, x) + root * sp.chebyshevu(n - 1, x)
    return Equation(atom, 1, value, (*unless_true(conditions), *still_defined(atom, x, root)))


RECURRENCES = {
    sp.legendre: lambda n, x: ((2 * n - 1) * x / n, -(n - 1) / n),
    sp.hermite: lambda n, x: (2 * x, -2 * (n - 1)),
    sp.laguerre: lambda n, x: ((2 * n - 1 - x) / n, -(n - 1) / n),
}


@rule("polynomial recurrence")
def polynomial_recurrence(atom: Expr) -> Equation:
    """``P_n = a*P_(n-1) + b*P_(n-2)`` (DLMF 18.9.1); n an integer, n >= 2."""
    coefficients = RECURRENCES.get(getattr(atom, "func", None))
    if coefficients is None:
        raise Inapplicable(f"{atom} has no recurrence here")
    n, x = atom.args
    first, second = coefficients(n, x)
    conditions: list[Condition] = [integer(n), Relation(n, "ge", Integer(2))]
    # SymPy rewrites polynomials of symbolic degree at 0, 1, -1.
    before, earlier = (atom.func(m, x, evaluate=bool(m.is_Integer)) for m in (n - 1, n - 2))
    return Equation(atom, 1, first * before + second * earlier, unless_true(conditions))


@rule("golden ratio")
def golden_ratio() -> Equation:
    """``GoldenRatio = (1 + sqrt(5))/2``."""
    return Equation(S.GoldenRatio, 1, (1 + sqrt(5)) / 2)


@rule("Binet's formula")
def binet(atom: Expr) -> Equation:
    """Fibonacci and Lucas numbers by powers of the golden ratio and of its conjugate."""
    demand(isinstance(atom, sp.fibonacci | sp.lucas) and len(atom.args) == 1, f"{atom} is neither")
    n = atom.args[0]
    up, down = Pow((1 + sqrt(5)) / 2, n), Pow(-1, n) * Pow((1 + sqrt(5)) / 2, -n)
    value = (up - down) / sqrt(5) if isinstance(atom, sp.fibonacci) else up + down
    return Equation(atom, 1, value, unless_true([integer(n)]))


# Lambert's function, elliptic integrals


@rule("Lambert's function")
def lambert(atom: Expr) -> Equation:
    """``exp(W(z)) = z/W(z)`` for z not 0 (DLMF 4.13.1)."""
    demand(isinstance(atom, sp.LambertW), f"{atom} is not Lambert's function")
    z = atom.args[0]
    return Equation(exp(atom), 1, z / atom, (nonzero(z),))


@rule("inverse of Lambert's function")
def lambert_inverse(value: Expr) -> Equation:
    """``W(w*exp(w)) = w`` for real ``w >= -1`` (DLMF 4.13.2)."""
    return Equation(
        sp.LambertW(value * exp(value), evaluate=False),
        1,
        value,
        (Relation(value, "ge", S.NegativeOne),),
    )


@rule("elliptic integral of parameter zero")
def elliptic_zero(atom: Expr) -> Equation:
    """``F(phi, 0) = E(phi, 0) = phi`` (DLMF 19.6)."""
    demand(isinstance(atom, sp.elliptic_f | sp.elliptic_e), f"{atom} is no elliptic integral")
    phi, m = atom.args
    demand(m == 0, f"the parameter is {m}")
    return Equation(atom, 1, phi)


@rule("odd in its first argument")
def odd_amplitude(atom: Expr) -> Equation:
    """``F(-phi, m) = -F(phi, m)``; E and Pi likewise."""
    demand(isinstance(atom, sp.elliptic_f | sp.elliptic_e | sp.elliptic_pi), f"{atom} is none")
    if isinstance(atom, sp.elliptic_pi):
        demand(len(atom.args) == 3, f"{atom} is complete")
        n, phi, m = atom.args
        return Equation(atom, 1, -sp.elliptic_pi(n, -phi, m))
    demand(len(atom.args) == 2, f"{atom} is complete")
    phi, m = atom.args
    return Equation(atom, 1, -atom.func(-phi, m))
