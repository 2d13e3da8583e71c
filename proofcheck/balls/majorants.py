"""What bounds the terms of an infinite sum in modulus, factor by factor. Trusted."""

from __future__ import annotations

import sympy as sp
from flint import fmpq
from sympy import Basic, Expr, Symbol

from proofcheck.balls.forms import real_by_form
from proofcheck.balls.leading import Surroundings


def linear(expression: Expr, n: Symbol) -> int | None:
    """The coefficient of n, if it is an integer and ``expression`` is linear in n."""
    slope = sp.expand(expression.subs(n, n + 1) - expression)
    return int(slope) if isinstance(slope, sp.Integer) else None


class Reals(dict[Basic, object]):
    """The index is real; every other symbol is asked for at the point."""

    def __init__(self, n: Symbol, point: Surroundings) -> None:
        super().__init__({n: fmpq(1)})
        self.point = point

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or isinstance(key, Symbol)

    def __missing__(self, key: Symbol) -> object:
        return self.point.evaluate(key, {})


def majorant(factor: Expr, n: Symbol, start: int, point: Surroundings) -> Expr:
    """Return what bounds the modulus of a factor of the terms from ``start`` on, or itself."""
    if n not in factor.free_symbols:
        return factor
    if isinstance(factor, sp.Pow) and isinstance(factor.exp, sp.Integer):
        base, power = factor.base, int(factor.exp)
        if power > 0:
            return majorant(base, n, start, point) ** power
        plain = isinstance(base, sp.fibonacci) and len(base.args) == 1  # no polynomial
        if plain and at_least(base.args[0], n, start, 1):
            return sp.Rational(2, 3) ** (-power * (base.args[0] - 2))  # F_k >= (3/2)^(k-2)
        return factor
    argument = factor.args[0] if len(factor.args) == 1 else sp.S.Zero
    if isinstance(factor, sp.sin | sp.cos):
        return sp.S.One if real_by_form(argument, Reals(n, point)) else factor
    if isinstance(factor, sp.atan) and real_by_form(argument, Reals(n, point)):
        return majorant(argument, n, start, point)  # |atan x| <= |x|
    if isinstance(factor, sp.zeta) and at_least(argument, n, start, 2):
        return sp.Integer(2)
    return factor


def at_least(expression: Expr, n: Symbol, start: int, bound: int) -> bool:
    """Whether an expression linear in n, with rational coefficients, is >= ``bound``."""
    slope, value = linear(expression, n), expression.subs(n, start)
    return slope is not None and slope >= 0 and isinstance(value, sp.Rational) and value >= bound


def majorized(body: Expr, n: Symbol, start: int, point: Surroundings) -> Expr:
    """Return a term that bounds that of ``body`` in modulus, factor by factor."""
    found = sp.S.One
    for factor in sp.Mul.make_args(body):
        if isinstance(factor, sp.polygamma) and factor.args[0] == 0:
            x = factor.args[1]  # |digamma(x)| <= x for x >= 1
            found *= x if at_least(x, n, start, 1) else factor
        else:
            found *= majorant(factor, n, start, point)
    return found
