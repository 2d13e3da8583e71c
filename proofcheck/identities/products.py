"""Infinite products with known values.  Trusted.

An infinite product is the limit of its partial products, also where that is zero.  The conditions
make it converge, so that they show it to be defined as well (``finiteness``).
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Abs, Expr, I, Integer, Mul, Pow, Range, S, Symbol, cos, cosh, gamma, oo, sinc

from proofcheck import algebra
from proofcheck.definedness import needs
from proofcheck.hypergeometric import no_pole
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    product,
    unless_true,
)
from proofcheck.identities.sums import modest
from proofcheck.relations import Condition, Relation, Throughout

PRODUCTS = Registry()
rule = PRODUCTS.rule


def parts_of(atom: Expr) -> tuple[Symbol, Integer, Expr]:
    """Return index, start and factor of a product over the integers from some one on."""
    demand(isinstance(atom, sp.Product) and len(atom.limits) == 1, f"{atom} is no single product")
    k, low, high = atom.limits[0]
    demand(modest(k), f"{k} promises more than an integer")
    demand(high == oo and isinstance(low, Integer), f"{atom} is no infinite product")
    return k, low, atom.function


@rule("product of a rational function")
def rational_product(atom: Expr, *shifts: Expr) -> Equation:
    """``Product((k + a1)*(k + a2)*.../((k + b1)*(k + b2)*...), (k, l, oo))`` by gammas.

    ``gamma(l + b1)*.../(gamma(l + a1)*...)`` if the sums of a1, a2, ... and of b1, b2, ... are
    equal, and none of those arguments is a pole (DLMF 5.8.5); the shifts are a1, b1, a2, b2, ...
    """
    k, low, function = parts_of(atom)
    demand(bool(shifts) and len(shifts) % 2 == 0, "pairs of shifts")
    above, below = shifts[::2], shifts[1::2]
    demand(not any(k in shift.free_symbols for shift in shifts), "a shift is not constant")
    top, bottom = (sp.expand(Mul(*(k + shift for shift in one))) for one in (above, below))
    written = top / bottom  # multiplied out, since I**2 is a number
    difference = function - written
    ring = algebra.Ring([difference])
    demand(not ring.fraction(difference).numerator, f"{function} is another function")
    conditions: list[Condition] = [need.condition for shift in shifts for need in needs(shift)]
    conditions.append(Relation(sp.Add(*above), "eq", sp.Add(*below)))
    conditions += [no_pole(low + shift) for shift in shifts]
    conditions += [Throughout(k, Range(low, oo), need.condition) for need in needs(function)]
    value = product([*(gamma(low + b) for b in below), *(Pow(gamma(low + a), -1) for a in above)])
    return Equation(atom, 1, value, unless_true(conditions))


@rule("product of cosines")
def product_of_cosines(atom: Expr) -> Equation:
    """``Product(cos(z/2**k), (k, l, oo)) = sinc(2*z/2**l)``, and cosh likewise.

    The partial products are ``sin(2*z/2**l)/(2**m*sin(z/2**n))``, m = n - l + 1 (DLMF 4.21.27
    again and again): Euler's product.
    """
    k, low, function = parts_of(atom)
    if not isinstance(function, cos | cosh):
        raise Inapplicable(f"{function} is no cosine")
    angle = function.args[0] if isinstance(function, cos) else I * function.args[0]
    z, rest = angle.as_independent(k, as_Add=False)
    demand(rest in (Pow(2, -k), Pow(S.Half, k)), f"{angle} is not halved")
    owed = [need.condition for need in needs(z)]
    return Equation(atom, 1, sinc(z * Pow(2, 1 - low)), unless_true(owed))


@rule("product over powers of two")
def product_over_powers(atom: Expr) -> Equation:
    """``Product(1 + x**(2**k), (k, 0, oo)) = 1/(1 - x)`` for ``|x| < 1``.

    The partial products are ``(1 - x**(2**(n+1)))/(1 - x)``: Euler.
    """
    k, low, function = parts_of(atom)
    power = function - 1
    demand(low == 0 and isinstance(power, Pow), f"{atom} is another product")
    x = power.base
    demand(k not in x.free_symbols and power.exp == Pow(2, k), f"{atom} is another product")
    owed = [need.condition for need in needs(x)]
    return Equation(atom, 1, 1 / (1 - x), unless_true([*owed, Relation(Abs(x), "lt", S.One)]))


def proposals(atom: Expr) -> Iterator[tuple[str, tuple[Expr, ...]]]:
    """Yield rules that may be about an infinite product; they check it."""
    if len(atom.limits) != 1 or atom.limits[0][2] != oo:
        return
    k, function = atom.limits[0][0], atom.function
    yield "product of cosines", (atom,)
    yield "product over powers of two", (atom,)
    if not function.is_rational_function(k):
        return
    parts = [sp.Poly(part, k) for part in sp.fraction(sp.together(function))]
    if parts[0].degree() != parts[1].degree():
        return
    zeros = [_zeros(part) for part in parts]
    if len(zeros[0]) == len(zeros[1]) == parts[0].degree() > 0:
        pairs = zip(zeros[0], zeros[1], strict=True)
        yield "product of a rational function", (atom, *(-zero for pair in pairs for zero in pair))


def _zeros(polynomial: sp.Poly) -> list[Expr]:
    """Return the zeros of a polynomial that are found factor by factor, as often as they occur."""
    found: list[Expr] = []
    for factor, times in sp.factor_list(polynomial)[1]:
        if factor.degree() <= 2:
            for zero, count in sp.roots(factor).items():
                found += [zero] * (times * count)
    return found
