"""Solving an equation for one variable where that is easy: a proposer of exact points.  Untrusted.

No call of SymPy's ``solve`` (it hangs, and loses branches silently): polynomials of degree at most
two, rational roots beyond, and single occurrences of the variable under invertible functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from sympy import (
    Abs,
    Add,
    Expr,
    I,
    Integer,
    Mul,
    Poly,
    PolynomialError,
    Pow,
    Symbol,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cancel,
    cos,
    cosh,
    exp,
    fraction,
    gamma,
    log,
    nan,
    oo,
    pi,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    together,
    zoo,
)  # fmt: skip
from sympy.functions.elementary.complexes import im, re

from proofcheck.failures import LIBRARY_ERRORS

LARGEST = 150

INVERSES: dict[type, Callable[[Expr], tuple[Expr, ...]]] = {
    exp: lambda y: (log(y),),
    log: lambda y: (exp(y),),
    sin: lambda y: (asin(y), pi - asin(y)),
    cos: lambda y: (acos(y), -acos(y)),
    tan: lambda y: (atan(y), atan(y) + pi),
    asin: lambda y: (sin(y),),
    acos: lambda y: (cos(y),),
    atan: lambda y: (tan(y),),
    sinh: lambda y: (asinh(y),),
    cosh: lambda y: (acosh(y), -acosh(y)),
    tanh: lambda y: (atanh(y),),
    Abs: lambda y: (y, -y),
    re: lambda y: (y, y + I),
    im: lambda y: (I * y, 1 + I * y),
    gamma: lambda y: (),
}


@lru_cache(maxsize=512)
def solutions(expression: Expr, variable: Symbol) -> tuple[Expr, ...]:
    """Return some values of ``variable`` at which ``expression`` may vanish, simplest first.

    Values may be expressions in the other symbols; they are candidates, to be checked.
    """
    if not expression.has(variable) or expression.count_ops() > LARGEST:
        return ()
    try:
        found = _linear(expression, variable) or list(_polynomial(expression, variable))
        if not found:
            found = list(_isolated(expression, Integer(0), variable))
        if not found:
            found = [
                value
                for factor in Mul.make_args(fraction(together(expression))[0])
                if factor != expression and factor.has(variable)
                for value in solutions(factor, variable)
            ]
    except LIBRARY_ERRORS:
        return ()
    good = [value for value in found if not value.has(nan, oo, -oo, zoo)]
    return tuple(dict.fromkeys(good))


def _linear(expression: Expr, variable: Symbol) -> list[Expr]:
    """Return the solution of ``a*variable + b = 0`` that is read off, where ``a`` is no sum."""
    scale, shift = [], []
    for term in Add.make_args(expression):
        if not term.has(variable):
            shift.append(term)
            continue
        factor, rest = term.as_independent(variable, as_Add=False)
        if rest != variable:
            return []
        scale.append(factor)
    a = Add(*scale)
    return [] if a == 0 or a.has(Add) else [Add(*(-term / a for term in shift))]


def _polynomial(expression: Expr, variable: Symbol) -> Iterator[Expr]:
    numerator = fraction(together(expression))[0]
    try:
        polynomial = Poly(numerator, variable)
    except PolynomialError:
        return
    if any(coefficient.has(variable) for coefficient in polynomial.all_coeffs()):
        return
    degree = polynomial.degree()
    if degree == 1:
        a, b = polynomial.all_coeffs()
        yield cancel(-b / a) if (a.free_symbols or b.free_symbols) else -b / a
    elif degree == 2:
        a, b, c = polynomial.all_coeffs()
        root = sqrt(b * b - 4 * a * c)
        yield (-b + root) / (2 * a)
        yield (-b - root) / (2 * a)
    elif degree <= 24 and not numerator.free_symbols - {variable}:
        for factor, _ in polynomial.factor_list()[1]:
            if factor.degree() <= 2:
                yield from _polynomial(factor.as_expr(), variable)
            elif factor.degree() > 2 and factor.is_cyclotomic is False:
                coefficients = factor.all_coeffs()
                if not any(coefficients[1:-1]):
                    base = -coefficients[-1] / coefficients[0]
                    yield base ** (Integer(1) / factor.degree())
                    yield -((-base) ** (Integer(1) / factor.degree()))


def _isolated(expression: Expr, value: Expr, variable: Symbol) -> Iterator[Expr]:
    """Yield solutions of ``expression = value`` where ``variable`` stands in one place only."""
    if expression == variable:
        yield value
        return
    inside = [argument for argument in expression.args if argument.has(variable)]
    if len(inside) != 1:
        return
    inner = inside[0]
    match expression:
        case Add():
            yield from _isolated(inner, value - (expression - inner), variable)
        case Mul():
            yield from _isolated(inner, value / (expression / inner), variable)
        case Pow() if expression.base == inner:
            exponent = expression.exp
            yield from _isolated(inner, value ** (1 / exponent), variable)
            if exponent.is_Integer and exponent % 2 == 0:
                yield from _isolated(inner, -(value ** (1 / exponent)), variable)
        case Pow():
            yield from _isolated(inner, log(value) / log(expression.base), variable)
        case _ if expression.func in INVERSES:
            for inverse in INVERSES[expression.func](value):
                yield from _isolated(inner, inverse, variable)
