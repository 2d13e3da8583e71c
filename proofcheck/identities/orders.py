"""Rewrite rules for derivatives of symbolic order.  Trusted."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Pow, Range, S, Symbol, cos, exp, log, oo, pi, sin, sqrt

from proofcheck.calculus.smoothness import off_cut, off_the_imaginary_cuts
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    nonzero,
    still_defined,
    unless_true,
)
from proofcheck.relations import Condition, Member

ORDERS = Registry()
rule = ORDERS.rule


@rule("derivative of any order")
def derivative_of_any_order(atom: Expr) -> Equation:
    """``Derivative(f(a*z + b), (z, r))`` for integers ``r >= 0``, or ``r >= 1`` of the last four.

    Sine and cosine turn by ``pi*r/2`` (DLMF 4.20.9-10), exp and its even and odd parts, a power,
    the logarithm and the arctangent by ``1/(w - I)`` and ``1/(w + I)``, where w is off the cuts
    (or not zero, under an integer power), erf and erfc by Hermite's polynomials (7.10.1).
    """
    demand(isinstance(atom, sp.Derivative) and len(atom.variable_count) == 1, f"{atom} is none")
    ((z, r),) = atom.variable_count
    demand(isinstance(z, Symbol) and not z.is_integer, f"{z} is no variable to differentiate by")
    demand(z not in r.free_symbols, f"the order {r} depends on {z}")
    f = atom.expr
    plain = isinstance(f, Pow) and z not in f.exp.free_symbols
    w = f.base if plain else f.args[0]
    demand(plain or len(f.args) == 1, f"{f} has other arguments")
    a = sp.diff(w, z)
    demand(z not in a.free_symbols and w.is_polynomial(z), f"{w} is not affine in {z}")
    value, least, conditions = (_power if plain else _function)(f, w, r)
    order = Member(r, Range(least, oo))
    return Equation(
        atom, 1, Pow(a, r) * value, (*unless_true([order]), *conditions, *still_defined(atom, a))
    )


Found = tuple[Expr, int, tuple[Condition, ...]]


def _power(f: Expr, w: Expr, r: Expr) -> Found:
    p = f.exp
    condition = nonzero(w) if p.is_integer else off_cut(w)
    return sp.FallingFactorial(p, r) * Pow(w, p - r), 0, (condition,)


def _function(f: Expr, w: Expr, r: Expr) -> Found:
    sign = Pow(-1, r - 1) * sp.factorial(r - 1)
    bell = 2 / sqrt(pi) * Pow(-1, r - 1) * sp.hermite(r - 1, w) * exp(-(w**2))
    match f:
        case sin() | cos():
            return f.func(w + pi * r / 2), 0, ()
        case exp():
            return f, 0, ()
        case sp.sinh():
            return (exp(w) - Pow(-1, r) * exp(-w)) / 2, 0, ()
        case sp.cosh():
            return (exp(w) + Pow(-1, r) * exp(-w)) / 2, 0, ()
        case log():
            return sign * Pow(w, -r), 1, (off_cut(w),)
        case sp.atan():
            value = sign * (Pow(w - I, -r) - Pow(w + I, -r)) / (2 * I)
            return value, 1, off_the_imaginary_cuts(w)
        case sp.erf():
            return bell, 1, ()
        case sp.erfc():
            return S.NegativeOne * bell, 1, ()
    raise Inapplicable(f"the derivatives of {f} are not listed")
