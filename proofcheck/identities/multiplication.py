"""Rewrite rules for sums and products of one function at equally spaced points.  Trusted.

The multiplication theorems of gamma, polygamma and zeta functions, the products of sines, and
Chebyshev polynomials by their zeros.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from sympy import Expr, Integer, Pow, Product, S, Sum, Symbol, cos, gamma, log, pi, sin

from proofcheck.hypergeometric import NotHypergeometric, affine
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    nonzero,
    positive,
    still_defined,
    unless_true,
)
from proofcheck.relations import Condition, Relation

MULTIPLICATION = Registry()
rule = MULTIPLICATION.rule

Value = Callable[[Expr, Expr], tuple[Expr, tuple[Condition, ...]]]


def spread(atom: Expr, kind: type) -> tuple[Expr, Symbol, Expr, Expr]:
    """Return function, index, its first value and the number of values of a sum or product."""
    demand(atom.func is kind and len(atom.args) == 2, f"{atom} is none over one index")
    ((index, low, high),) = atom.args[1:]
    count = sp.expand(high - low + 1)
    demand(index not in count.free_symbols, f"{index} means something else")
    demand(isinstance(low, Integer) and count.is_finite is not False, f"{atom} has other ends")
    return atom.args[0], index, low, count


def along(argument: Expr, index: Symbol) -> tuple[Expr, Expr]:
    """Return slope and start of an argument that is affine in the index."""
    try:
        return affine(argument, index)
    except NotHypergeometric as problem:
        raise Inapplicable(str(problem)) from problem


def evenly(argument: Expr, index: Symbol, low: Expr, count: Expr, period: Expr = S.One) -> Expr:
    """Return z where ``argument`` takes the values ``z + j*period/count``, j = 0, 1, ..."""
    slope, start = along(argument, index)
    demand(sp.cancel(slope * count - period) == 0, f"{argument} is not spaced so")
    return sp.expand(start + slope * low)


def whole(count: Expr) -> tuple[Condition, ...]:
    """Return that ``count`` is a positive integer."""
    return tuple(unless_true([integer(count), Relation(count, "ge", S.One)]))


@rule("multiplication theorem")
def multiplication(atom: Expr) -> Equation:
    """``f(z) + f(z + 1/n) + ... + f(z + (n-1)/n)`` for f a polygamma or Hurwitz zeta function.

    ``n*psi(n*z) - n*log(n)``, ``n**(m+1)*polygamma(m, n*z)``, ``n**s*zeta(s, n*z)`` where
    ``re(z) > 0`` (DLMF 5.5.9, 5.15.7, 25.11.15).
    """
    function, index, low, n = spread(atom, Sum)
    if isinstance(function, sp.zeta):
        demand(len(function.args) == 2 and index not in function.args[0].free_symbols, "no zeta")
        s, argument = function.args
        z = evenly(argument, index, low, n)
        value = Pow(n, s) * sp.zeta(s, n * z)
        needed: tuple[Condition, ...] = tuple(unless_true([nonzero(s - 1)]))
    else:
        demand(isinstance(function, sp.polygamma), f"nothing is known of {function}")
        m, argument = function.args
        demand(
            m.is_integer and m.is_nonnegative and index not in m.free_symbols, f"{m} is no order"
        )
        z = evenly(argument, index, low, n)
        value = Pow(n, m + 1) * sp.polygamma(m, n * z)
        value -= n * log(n) if m == 0 else S.Zero
        demand(m == 0 or m.is_positive, f"{m} may be zero")
        needed = ()
    right = tuple(unless_true([positive(sp.re(z))]))
    return Equation(atom, 1, value, (*whole(n), *needed, *right, *still_defined(atom, n, z)))


@rule("Gauss's multiplication")
def gauss_multiplication(atom: Expr) -> Equation:
    """``gamma(z)*gamma(z + 1/n)*... = (2*pi)**((n-1)/2)*n**(1/2-n*z)*gamma(n*z)`` (DLMF 5.5.6).

    Claimed where ``re(z) > 0``.
    """
    function, index, low, n = spread(atom, Product)
    demand(isinstance(function, gamma), f"{function} is no gamma function")
    z = evenly(function.args[0], index, low, n)
    value = (2 * pi) ** ((n - 1) / 2) * Pow(n, S.Half - n * z) * gamma(n * z)
    right = tuple(unless_true([positive(sp.re(z))]))
    return Equation(atom, 1, value, (*whole(n), *right, *still_defined(atom, n, z)))


@rule("product of sines")
def product_of_sines(atom: Expr) -> Equation:
    """``sin(z)*sin(z + pi/n)*...*sin(z + (n-1)*pi/n) = sin(n*z)/2**(n-1)`` (DLMF 4.21.35).

    Without the first factor, at z = 0, ``sin(pi/n)*...*sin((n-1)*pi/n) = n/2**(n-1)``.
    """
    function, index, low, count = spread(atom, Product)
    shift = S.Zero
    if isinstance(function, cos):
        shift = pi / 2
    else:
        demand(isinstance(function, sin), f"{function} is no sine")
    slope, start = along(function.args[0], index)
    first = sp.expand(start + shift + slope * low)
    for n in (count, count + 1):
        if sp.cancel(slope * n - pi) == 0:
            break
    else:
        raise Inapplicable(f"{function} is not spaced so")
    if n == count:
        value = sin(n * first) / Pow(2, n - 1)
        return Equation(atom, 1, value, (*whole(n), *still_defined(atom, n, first)))
    demand(sp.cancel(first - slope) == 0, f"{function} does not start at pi/n")
    return Equation(atom, 1, n / Pow(2, n - 1), whole(n))


@rule("Chebyshev polynomial by its zeros")
def by_zeros(atom: Expr) -> Equation:
    """``product of x - cos((2*k-1)*pi/(2*n)) = T_n(x)/2**(n-1)``, k = 1, ..., n (DLMF 18.5.1).

    ``product of x - cos(k*pi/(n+1)) = U_n(x)/2**n`` (DLMF 18.5.2).
    """
    function, index, low, n = spread(atom, Product)
    waves = [part for part in sp.Add.make_args(function) if part.has(cos)]
    demand(len(waves) == 1 and isinstance(-waves[0], cos), f"{function} has no such zeros")
    x = function - waves[0]
    demand(index not in x.free_symbols, f"{x} moves")
    slope, start = along((-waves[0]).args[0], index)
    first = sp.expand(start + slope * low)
    if sp.cancel(slope * n - pi) == 0 and sp.cancel(2 * first - slope) == 0:
        value = sp.chebyshevt(n, x) / Pow(2, n - 1)
    else:
        fits = sp.cancel(slope * (n + 1) - pi) == 0 and sp.cancel(first - slope) == 0
        demand(fits, f"{function} has no such zeros")
        value = sp.chebyshevu(n, x) / Pow(2, n)
    return Equation(atom, 1, value, whole(n))
