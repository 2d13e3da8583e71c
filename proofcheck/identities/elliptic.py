"""Rewrite rules for elliptic integrals in the parameter m = k**2.  Trusted.

K, E and their transformations on the plane cut along ``[1, oo)`` (DLMF 19.7, 19.8), where both
sides are analytic and agree near 0; values at the first singular moduli (J. and P. Borwein,
"Pi and the AGM" (1987), 1.6 and 5.1); incomplete integrals at real amplitudes only.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Integer, Interval, Rational, S, gamma, oo, pi, sqrt

from proofcheck.continuity import bound
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    nonnegative,
    positive,
    real,
    unless_true,
)
from proofcheck.relations import Condition, Member, Relation

ELLIPTIC = Registry()
rule = ELLIPTIC.rule

ALPHA: dict[int, Expr] = {1: S.Half, 2: sqrt(2) - 1, 3: (sqrt(3) - 1) / 2}
"""The singular value function: ``E = (1 - alpha/sqrt(r))*K + pi/(4*sqrt(r)*K)`` at k_r."""
SINGULAR: dict[int, tuple[Expr, Expr]] = {
    1: (S.Half, gamma(Rational(1, 4)) ** 2 / (4 * sqrt(pi))),
    2: (
        3 - 2 * sqrt(2),
        sqrt(1 + sqrt(2)) * gamma(Rational(1, 8)) * gamma(Rational(3, 8))
        / (2 ** Rational(13, 4) * sqrt(pi)),
    ),
    3: (
        (2 - sqrt(3)) / 4,
        3 ** Rational(1, 4) * gamma(Rational(1, 3)) ** 3 / (2 ** Rational(7, 3) * pi),
    ),
}  # fmt: skip
"""For r = 1, 2, 3 the parameter ``k_r**2``, at which ``K(1 - m) = sqrt(r)*K(m)``, and K there."""


def off_cut(m: Expr) -> Member:
    """Return the condition that ``m`` is not on the cut from 1 to infinity."""
    return Member(m, Interval(1, oo), negated=True)


def complete(atom: Expr) -> Expr:
    """Return the parameter of a complete integral K or E."""
    fits = isinstance(atom, sp.elliptic_k | sp.elliptic_e) and len(atom.args) == 1
    demand(fits, f"{atom} is no complete elliptic integral of the first or second kind")
    return atom.args[0]


def bare(function: type, *arguments: Expr) -> Expr:
    """Return the value of an elliptic integral as SymPy leaves it unevaluated."""
    return function(*arguments, evaluate=False)


@rule("elliptic integral at a singular value")
def singular_value(function: Expr, number: Expr, mirrored: Expr) -> Equation:
    """K (``function`` 1) or E (2) at ``k_r**2``, or mirrored at ``1 - k_r**2``."""
    demand(isinstance(number, Integer) and int(number) in SINGULAR, f"k_{number} is not known")
    demand(function in (1, 2) and mirrored in (0, 1), "first or second kind, mirrored or not")
    r = int(number)
    m, k = SINGULAR[r]
    root, alpha = sqrt(number), ALPHA[r]
    kind = sp.elliptic_k if function == 1 else sp.elliptic_e
    if mirrored == 1:
        value = root * k if function == 1 else pi / (4 * k) + alpha * k
        return Equation(bare(kind, sp.expand(1 - m)), 1, value)
    value = k if function == 1 else (1 - alpha / root) * k + pi / (4 * root * k)
    return Equation(bare(kind, m), 1, value)


@rule("elliptic integral at a sixth root of unity")
def equianharmonic(sign: Expr) -> Equation:
    """``K(exp(I*pi/3)) = exp(I*pi/12)*3**(1/4)*gamma(1/3)**3/(2**(7/3)*pi)``, or its conjugate."""
    demand(sign in (1, -1), "the sign is 1 or -1")
    _, k = SINGULAR[3]
    return Equation(
        bare(sp.elliptic_k, (1 + sign * I * sqrt(3)) / 2), 1, sp.exp(sign * I * pi / 12) * k
    )


@rule("imaginary modulus")
def imaginary_modulus(atom: Expr) -> Equation:
    """``K(m) = K(m/(m-1))/sqrt(1-m)``, ``E(m) = sqrt(1-m)*E(m/(m-1))`` (DLMF 19.7.2, 19.7.5)."""
    m = complete(atom)
    root, other = sqrt(1 - m), bare(atom.func, m / (m - 1))
    value = other / root if isinstance(atom, sp.elliptic_k) else root * other
    return Equation(atom, 1, value, (off_cut(m),))


@rule("descending Landen transformation")
def descending(atom: Expr, root: Expr) -> Equation:
    """``K(m) = (1 + k1)*K(k1**2)`` where ``k1 = (1-r)/(1+r)``, ``r = sqrt(1-m)`` (DLMF 19.8.12).

    ``E(m) = (1 + r)*E(k1**2) - r*K(m)``; ``root`` is r, with positive real part.
    """
    m = complete(atom)
    first = (1 - root) / (1 + root)
    value = bare(sp.elliptic_k, first**2) * 2 / (1 + root)
    if isinstance(atom, sp.elliptic_e):
        value = (1 + root) * bare(sp.elliptic_e, first**2) - root * value
    conditions = (Relation(root**2, "eq", 1 - m), positive(sp.re(root)))
    return Equation(atom, 1, value, unless_true(conditions))


@rule("ascending Landen transformation")
def ascending(atom: Expr, modulus: Expr) -> Equation:
    """``K(m) = K(4*k/(1+k)**2)/(1 + k)``, ``m = k**2``, ``0 <= k < 1`` (DLMF 19.8.12).

    ``E(m) = ((1+k)*E(4*k/(1+k)**2) + (1 - m)*K(m))/2``; ``modulus`` is k.
    """
    m, k = complete(atom), modulus
    above = 4 * k / (1 + k) ** 2
    value = bare(sp.elliptic_k, above) / (1 + k)
    if isinstance(atom, sp.elliptic_e):
        value = ((1 + k) * bare(sp.elliptic_e, above) + (1 - m) * value) / 2
    conditions = (Relation(k**2, "eq", m), nonnegative(k), Relation(k, "lt", S.One))
    return Equation(atom, 1, value, unless_true(conditions))


@rule("Legendre's relation")
def legendre_relation(m: Expr) -> Equation:
    """``E(m)*K(1-m) + E(1-m)*K(m) - K(m)*K(1-m) = pi/2`` (DLMF 19.7.1) for E(1-m).

    m and 1 - m are off the cut; K has no zero there: it is ``pi/2`` over a finite mean.
    """
    other = 1 - m
    k, e, mirrored = (bare(f, a) for f, a in (
        (sp.elliptic_k, m), (sp.elliptic_e, m), (sp.elliptic_k, other),
    ))  # fmt: skip
    value = (pi / 2 + k * mirrored - e * mirrored) / k
    return Equation(bare(sp.elliptic_e, other), 1, value, (off_cut(m), off_cut(other)))


@rule("incomplete elliptic integral of parameter one")
def parameter_one(atom: Expr) -> Equation:
    """``E(phi, 1) = sin(phi)``, ``F(phi, 1) = log((1 + sin(phi))/cos(phi))``, ``|phi| < pi/2``.

    DLMF 19.6.8-9, 4.23.42.
    """
    fits = isinstance(atom, sp.elliptic_f | sp.elliptic_e) and len(atom.args) == 2
    demand(fits and atom.args[1] == 1, f"{atom} has another parameter")
    phi = atom.args[0]
    value = sp.sin(phi)
    if isinstance(atom, sp.elliptic_f):
        value = sp.log((1 + sp.sin(phi)) / sp.cos(phi))
    inside = (real(phi), Relation(phi, "gt", -pi / 2), Relation(phi, "lt", pi / 2))
    return Equation(atom, 1, value, inside)


@rule("reciprocal modulus")
def reciprocal_modulus(atom: Expr) -> Equation:
    """``F(phi, m) = F(b, 1/m)/sqrt(m)``, ``sin(b) = sqrt(m)*sin(phi)`` (DLMF 19.7.4).

    ``E(phi, m) = sqrt(m)*(E(b, 1/m) - (1 - 1/m)*F(b, 1/m))``; ``0 <= phi <= pi/2``, ``m > 0``
    and ``m*sin(phi)**2 <= 1``.
    """
    fits = isinstance(atom, sp.elliptic_f | sp.elliptic_e) and len(atom.args) == 2
    demand(fits, f"{atom} is no incomplete elliptic integral")
    phi, m = atom.args
    amplitude = sp.asin(sqrt(m) * sp.sin(phi))
    first = sp.elliptic_f(amplitude, 1 / m)
    value = first / sqrt(m)
    if isinstance(atom, sp.elliptic_e):
        value = sqrt(m) * (sp.elliptic_e(amplitude, 1 / m) - (1 - 1 / m) * first)
    conditions: list[Condition] = [
        nonnegative(phi), Relation(phi, "le", pi / 2), positive(m),
        Relation(m * sp.sin(phi) ** 2, "le", S.One),
    ]  # fmt: skip
    # At the end of the quarter period F(phi, 1) has no value.
    conditions.append(Relation(m, "ne", S.One))
    return Equation(atom, 1, value, unless_true(conditions))


@rule("elliptic integral of the third kind")
def third_kind(atom: Expr) -> Equation:
    """``Pi(0, m) = K(m)``, ``Pi(0, phi, m) = F(phi, m)``, ``Pi(m, m) = E(m)/(1 - m)`` (19.6.2)."""
    demand(isinstance(atom, sp.elliptic_pi), f"{atom} is no elliptic integral of the third kind")
    n, *amplitude, m = atom.args
    if n == 0:
        value = bare(sp.elliptic_f, *amplitude, m) if amplitude else bare(sp.elliptic_k, m)
        return Equation(atom, 1, value, () if amplitude else (off_cut(m),))
    demand(n == m and not amplitude, f"nothing is known of {atom}")
    return Equation(atom, 1, bare(sp.elliptic_e, m) / (1 - m), (off_cut(m),))


def radicand(function: Expr, square: Expr) -> tuple[Expr, Expr]:
    """Return ``1 - m*square`` and m, where a root of it is a factor of ``function``."""
    for factor in sp.Mul.make_args(function):
        base, exponent = factor.as_base_exp()
        m = -base.coeff(square)
        if abs(exponent) == S.Half and base == 1 - m * square and m != 0:
            return base, m
    raise Inapplicable(f"no root of 1 - m*{square} in {function}")


@rule("Legendre's integral")
def legendre_integral(integral: Expr) -> Equation:
    """F, E and Pi by their definitions (DLMF 19.2.4-7), complete ones over ``(0, 1)`` too.

    The amplitude is real, at most pi/2 in modulus; m and n are not on the cut from 1 to infinity.
    For E it may be there: like the root it is continuous from below in m.
    """
    demand(isinstance(integral, sp.Integral), f"{integral} is no integral")
    x, function, low, high = bound(integral)
    demand(low == 0, "it does not start at zero")
    square, phi = sp.sin(x) ** 2, high
    if high == 1 and 1 / sqrt(1 - x**2) in sp.Mul.make_args(function):
        square, phi, function = x**2, pi / 2, function * sqrt(1 - x**2)
    below, m = radicand(function, square)
    demand(x not in m.free_symbols | phi.free_symbols, f"{m} moves")
    conditions: list[Condition] = []
    if phi != pi / 2:
        sides = (Relation(phi, "ge", -pi / 2), Relation(phi, "le", pi / 2))
        conditions += unless_true([real(phi), *sides])
    if function == sqrt(below):
        value = sp.elliptic_e(m) if phi == pi / 2 else sp.elliptic_e(phi, m)
        return Equation(integral, 1, value, tuple(conditions))
    conditions.append(off_cut(m))
    if function == 1 / sqrt(below):
        value = sp.elliptic_k(m) if phi == pi / 2 else sp.elliptic_f(phi, m)
        return Equation(integral, 1, value, tuple(conditions))
    rest = 1 / (function * sqrt(below))
    n = -rest.coeff(square)
    demand(rest == 1 - n * square and x not in n.free_symbols, f"{function} is none of the three")
    value = sp.elliptic_pi(n, m) if phi == pi / 2 else sp.elliptic_pi(n, phi, m)
    return Equation(integral, 1, value, (*conditions, off_cut(n)))
