"""Rewrite rules: classical polynomials by powers, powers of sines and cosines by waves.  Trusted.

A power ``x**0`` is 1 also for x = 0, as in SymPy.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from sympy import Expr, Pow, Range, S, Sum, Symbol, binomial, cos, factorial, floor, oo, sin

from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    still_defined,
    unless_true,
)
from proofcheck.identities.numbers import parts_of
from proofcheck.identities.sums import modest
from proofcheck.relations import Member

EXPANSIONS = Registry()
rule = EXPANSIONS.rule

Expansion = Callable[[Expr, Expr, Symbol], Expr]


def _halves(summand: Callable[[Expr, Expr, Symbol], Expr]) -> Expansion:
    return lambda n, x, k: Sum(Pow(-1, k) * summand(n, x, k), (k, 0, floor(n / 2)))


_LEGENDRE = _halves(lambda n, x, k: binomial(n, k) * binomial(2 * n - 2 * k, n) * Pow(x, n - 2 * k))
_FIRST = _halves(lambda n, x, k: binomial(n - k, k) / (n - k) * Pow(2 * x, n - 2 * k))
_SECOND = _halves(lambda n, x, k: binomial(n - k, k) * Pow(2 * x, n - 2 * k))
_HERMITE = _halves(lambda n, x, k: Pow(2 * x, n - 2 * k) / (factorial(k) * factorial(n - 2 * k)))
POLYNOMIALS: dict[type, tuple[int, Expansion]] = {
    sp.legendre: (0, lambda n, x, k: _LEGENDRE(n, x, k) / 2**n),
    sp.chebyshevt: (1, lambda n, x, k: n / 2 * _FIRST(n, x, k)),
    sp.chebyshevu: (0, _SECOND),
    sp.hermite: (0, lambda n, x, k: factorial(n) * _HERMITE(n, x, k)),
    sp.laguerre: (
        0,
        lambda n, x, k: Sum(Pow(-1, k) * binomial(n, k) / factorial(k) * Pow(x, k), (k, 0, n)),
    ),
}
"""The least degree, and the sum: DLMF 18.5.10, 18.5.12-13, A&S 22.3.6-8."""


@rule("polynomial by its powers")
def polynomial_by_powers(atom: Expr, index: Expr) -> Equation:
    """A classical polynomial of integer degree n as a sum over ``index``, by powers of x."""
    function = getattr(atom, "func", None)
    if function not in POLYNOMIALS:
        raise Inapplicable(f"{atom} is no classical polynomial")
    demand(isinstance(index, Symbol) and modest(index), f"{index} is no index")
    demand(index not in atom.free_symbols, f"{index} occurs in {atom}")
    n, x = atom.args
    least, expansion = POLYNOMIALS[function]
    return Equation(
        atom, 1, expansion(n, x, index), unless_true([Member(n, Range(least, oo))])
    )  # fmt: skip


@rule("waves that add up to a power")
def power_of_a_wave(atom: Expr, z: Expr, sine: Expr) -> Equation:
    """A sum of binomial coefficients times cosines or sines, by a power of a cosine or sine.

    ``(2*cos(z))**(2n) = C(2n, n) + 2*Sum(C(2n, k)*cos(2*(n - k)*z), (k, 0, n - 1))``, with
    ``sin(z)`` each term with the sign ``(-1)**(n + k)``; ``(2*cos(z))**(2n + 1) =
    2*Sum(C(2n + 1, k)*cos((2n + 1 - 2k)*z), (k, 0, n))``, with sines the same with that sign:
    the binomial theorem for ``exp(I*z)`` and ``exp(-I*z)``; integers ``n >= 0``.
    """
    k, low, high, function = parts_of(atom)
    demand(low == 0 and k not in z.free_symbols, f"{atom} is another sum")
    demand(sine in (0, 1), "a sine or a cosine")
    base = sin(z) if sine == 1 else cos(z)
    for odd in (0, 1):
        n = high if odd else high + 1
        order = 2 * n + odd
        wave = (sin if odd and sine == 1 else cos)(sp.expand((order - 2 * k) * z))
        signs = (Pow(-1, n + k), Pow(-1, n - k)) if sine == 1 else (S.One,)
        if any(_spread(sign * binomial(order, k) * wave) == _spread(function) for sign in signs):
            whole = Pow(2, order) * Pow(base, order)
            value = whole / 2 if odd else (whole - binomial(order, n)) / 2
            conditions = unless_true([Member(n, Range(0, oo))])
            return Equation(atom, 1, value, (*conditions, *still_defined(atom, z)))
    raise Inapplicable(f"nothing is known of {atom}")


def _spread(summand: Expr) -> Expr:
    """Return ``summand`` with the arguments of its waves multiplied out."""
    waves = {wave: wave.func(sp.expand(wave.args[0])) for wave in summand.atoms(sin, cos)}
    found: Expr = summand.xreplace(waves)
    return found
