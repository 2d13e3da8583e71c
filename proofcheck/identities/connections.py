"""Connection formulas of Gauss's function, and others between special functions.  Trusted.

Source: NIST Digital Library of Mathematical Functions (DLMF).
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Interval, S, gamma, hyper, oo, pi, sin

from proofcheck.hypergeometric import no_pole
from proofcheck.identities.equations import (
    Equation,
    Registry,
    demand,
    integer,
    nonnegative,
    nonzero,
    still_defined,
    unless_true,
)
from proofcheck.relations import Condition, Member

CONNECTIONS = Registry()
rule = CONNECTIONS.rule


def gauss(a: Expr, b: Expr, c: Expr, z: Expr) -> Expr:
    """Return ``2F1(a, b; c; z)``."""
    return hyper((a, b), (c,), z)


def outside(z: Expr, low: Expr, high: Expr) -> Condition:
    """Return that ``z`` is not on the real line from ``low`` to ``high``, which belong to it."""
    return Member(z, Interval(low, high), negated=True)


@rule("connection formula")
def connection(a: Expr, b: Expr, c: Expr, z: Expr, kind: Expr) -> Equation:
    """``2F1`` at 1/z, 1/(1-z), 1-z, 1-1/z by that of the same kind and ``2F1(a, b; c; z)``.

    DLMF 15.8.2 to 15.8.5, kinds 1 to 4, solved for the first function on the right, so that nothing
    is divided by a sine: all gammas have to be defined, and z is off the cuts.
    """
    demand(kind in (1, 2, 3, 4), "there are four of them")
    if kind in (1, 2):
        lower, upper, s = a - b + 1, b - a + 1, sin(pi * (b - a))
        poles = (b, c - a, a, c - b)
        cuts = [outside(z, S.Zero, oo)]
        base = -z if kind == 1 else 1 - z
        scales = base ** (-a), base ** (-b)
        if kind == 1:
            first, second = gauss(a, a - c + 1, lower, 1 / z), gauss(b, b - c + 1, upper, 1 / z)
        else:
            first, second = gauss(a, c - b, lower, 1 / base), gauss(b, c - a, upper, 1 / base)
    else:
        lower, upper, s = a + b - c + 1, c - a - b + 1, sin(pi * (c - a - b))
        poles = (c - a, c - b, a, b)
        cuts = [outside(z, -oo, S.Zero), outside(z, S.One, oo)]
        beyond = (1 - z) ** (c - a - b)
        if kind == 3:
            scales = S.One, beyond
            first, second = gauss(a, b, lower, 1 - z), gauss(c - a, c - b, upper, 1 - z)
        else:
            w = 1 - 1 / z
            scales = z ** (-a), z ** (a - c) * beyond
            first, second = gauss(a, a - c + 1, lower, w), gauss(c - a, 1 - a, upper, w)
    scale = gamma(poles[0]) * gamma(poles[1]) * gamma(lower) / scales[0]
    other = scales[1] * second / (gamma(poles[2]) * gamma(poles[3]) * gamma(upper))
    value = scale * (s / pi * gauss(a, b, c, z) / gamma(c) + other)
    conditions = [*cuts, *(no_pole(p) for p in (c, lower, upper, *poles))]
    demand(isinstance(first, hyper), f"{first} is a polynomial or a number")
    return Equation(first, 1, value, (*unless_true(conditions), *still_defined(first, a, b, c, z)))


@rule("Legendre polynomial by another series")
def legendre_series(atom: Expr) -> Equation:
    """``P_n(z) = ((z-1)/2)**n*2F1(-n, -n; 1; (z+1)/(z-1))``, z not 1, integers ``n >= 0``.

    DLMF 18.5.8 for the parameters 0 and 0.
    """
    demand(isinstance(atom, sp.legendre), f"{atom} is no Legendre polynomial")
    n, z = atom.args
    value = ((z - 1) / 2) ** n * gauss(-n, -n, S.One, (z + 1) / (z - 1))
    return Equation(atom, 1, value, unless_true([integer(n), nonnegative(n), nonzero(z - 1)]))


@rule("Bessel function of the second kind by Macdonald's")
def bessel_by_macdonald(atom: Expr) -> Equation:
    """``Y_n(z) = -2/pi*(i**n*K_n(i*z) + (log(i*z) - log(z))*J_n(z))``, n an integer, z not 0.

    DLMF 10.27.8 below the angle pi/2 of z; above it, where the logarithms differ by ``-3*pi*i/2``,
    with 10.11.1 and 10.11.4, ``m = -1``.
    """
    demand(isinstance(atom, sp.bessely), f"{atom} is no Bessel function of the second kind")
    n, z = atom.args
    turn = sp.log(I * z) - sp.log(z)
    value = -2 / pi * (I**n * sp.besselk(n, I * z) + turn * sp.besselj(n, z))
    return Equation(atom, 1, value, unless_true([integer(n), nonzero(z)]))


@rule("beta function between its neighbours")
def beta_between(a: Expr, b: Expr) -> Equation:
    """``B(a, b) = B(a + 1, b) + B(a, b + 1)``, a and b no poles (DLMF 5.12.1, 5.5.1).

    B is ``gamma(a)*gamma(b)/gamma(a + b)``, which is 0 where a + b is a pole of gamma.
    """
    value = sp.beta(a + 1, b) + sp.beta(a, b + 1)
    return Equation(sp.beta(a, b), 1, value, unless_true([no_pole(a), no_pole(b)]))


@rule("beta function by three others")
def beta_by_others(a: Expr, b: Expr, c: Expr) -> Equation:
    """``B(a, b + c) = B(a, b)*B(a + b, c)/B(b, c)``, none of a, b, c, a + b, b + c a pole.

    Then ``B(b, c)`` is not zero; where a + b + c is a pole, both sides are (DLMF 5.12.1).
    """
    value = sp.beta(a, b) * sp.beta(a + b, c) / sp.beta(b, c)
    poles = (no_pole(e) for e in (a, b, c, a + b, b + c))
    return Equation(sp.beta(a, b + c), 1, value, unless_true(poles))
