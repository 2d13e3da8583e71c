"""Where is an expression analytic in real symbols?  Trusted: a branch point forgotten is a gap.

``smooth`` names conditions at a point.  Where they hold, the expression is defined and jointly
real-analytic in the symbols near the point: it has derivatives of every order, they are
continuous, and so are those of its integral over a bounded interval of parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import sympy as sp
from sympy import Add, Expr, Integral, Interval, Mul, Pow, Range, S, Symbol, exp, log

from proofcheck.calculus.differentials import NotDifferentiable
from proofcheck.relations import Condition, Member, Relation, Throughout

ENTIRE = (Add, Mul, exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.erf, sp.erfc, sp.erfi)
POLES = {sp.tan: sp.cos, sp.sec: sp.cos, sp.cot: sp.sin, sp.csc: sp.sin}
ON_REALS = (sp.atan, sp.asinh, sp.tanh, sp.sech)
"""Analytic at every real argument: cuts and poles lie on the imaginary axis."""
UNIT = (sp.asin, sp.acos, sp.atanh)
"""Analytic between -1 and 1."""


def smooth(expression: Expr, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    """Return conditions at a point, of which see above.

    Raises:
        NotDifferentiable: a function that is not known to be analytic.
    """
    if any(symbol.is_extended_real is not True or symbol.is_integer for symbol in symbols):
        raise NotDifferentiable(f"not real variables: {symbols}")
    return tuple(dict.fromkeys(_smooth(expression, symbols)))


def _smooth(expression: Expr, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    if expression in symbols or expression.is_Rational:
        return ()
    if isinstance(expression, Integral):
        return _integral(expression, symbols)
    if isinstance(expression, sp.Derivative):
        counts = expression.variable_count
        if not all(isinstance(s, Symbol) and n.is_integer and n.is_nonnegative for s, n in counts):
            raise NotDifferentiable(f"{expression} is no derivative by a symbol")
        return smooth(expression.expr, symbols | {symbol for symbol, _ in counts})
    if expression.is_Atom:
        if expression.is_finite is not True:
            raise NotDifferentiable(f"{expression} may be infinite")
        return ()
    found = sum((_smooth(argument, symbols) for argument in expression.args), ())
    argument = expression.args[0]
    if isinstance(expression, ENTIRE):
        return found
    if isinstance(expression, Pow):
        return found + _power(expression.base, expression.exp, symbols)
    if isinstance(expression, log):
        return (*found, Relation(argument, "gt", S.Zero))
    if isinstance(expression, ON_REALS):
        return (*found, Member(argument, S.Reals))
    if isinstance(expression, UNIT):
        return (*found, Relation(argument, "gt", S.NegativeOne), Relation(argument, "lt", S.One))
    if expression.func in POLES:
        return (*found, Relation(POLES[expression.func](argument), "ne", S.Zero))
    fixed = isinstance(expression, sp.factorial) and not symbols & expression.free_symbols
    if fixed and argument.is_integer and argument.is_nonnegative:
        return found
    raise NotDifferentiable(f"{expression} is not known to be analytic")


def _power(base: Expr, exponent: Expr, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    if base.is_Rational and base > 0:
        return ()
    if exponent.is_integer and not symbols & exponent.free_symbols:
        return () if exponent.is_nonnegative else (Relation(base, "ne", S.Zero),)
    return (Relation(base, "gt", S.Zero),)


def _integral(expression: Integral, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    """An integral between fixed ends: analytic near the whole of a compact range of integration."""
    variable, function, low, high = integrated(expression)
    if symbols & (low.free_symbols | high.free_symbols):
        raise NotDifferentiable(f"the ends of {expression} move")
    return under_the_sign(variable, function, low, high, symbols)


def under_the_sign(
    variable: Symbol, function: Expr, low: Expr, high: Expr, symbols: frozenset[Symbol]
) -> tuple[Condition, ...]:
    """Return that the integrand is analytic at every point from ``low`` to ``high``."""
    inside = smooth(function, symbols | {variable})
    along = tuple(Throughout(variable, Interval(low, high), condition) for condition in inside)
    real = (Member(low, S.Reals), Member(high, S.Reals))
    return (*real, Relation(low, "le", high), *along)


def integrated(expression: Integral) -> tuple[Symbol, Expr, Expr, Expr]:
    """Return variable, integrand and ends of a single integral, its variable real and its own.

    Raises:
        NotDifferentiable: it is something else.
    """
    if len(expression.limits) != 1 or len(expression.limits[0]) != 3:
        raise NotDifferentiable(f"{expression} is not a single definite integral")
    variable, low, high = expression.limits[0]
    if variable != Symbol(variable.name, real=True) or variable in expression.free_symbols:
        raise NotDifferentiable(f"{variable} is not a real variable of its own")
    return variable, expression.function, low, high


def holomorphic(expression: Expr, symbol: Symbol) -> tuple[Condition, ...]:
    """Return conditions at a point near which ``expression`` is a holomorphic function of a symbol.

    Then it has derivatives of every order there.  Where it is defined is the caller's concern.

    Raises:
        NotDifferentiable: a function that is not known to be holomorphic.
    """
    if expression == symbol or symbol not in expression.atoms(Symbol):
        return ()
    arguments = expression.args
    if isinstance(expression, Pow) and symbol not in expression.exp.atoms(Symbol):
        base, exponent = arguments
        found = holomorphic(base, symbol)
        if exponent.is_integer and exponent.is_nonnegative:
            return found
        return (*found, Relation(base, "ne", S.Zero) if exponent.is_integer else off_cut(base))
    found = sum((holomorphic(argument, symbol) for argument in arguments), ())
    if isinstance(expression, ENTIRE) or expression.func == sp.sinc:
        return found
    if isinstance(expression, Pow) and expression.base.is_Rational and expression.base > 0:
        return found
    if isinstance(expression, log):
        return (*found, off_cut(arguments[0]))
    if isinstance(expression, sp.atan):
        return (*found, *off_the_imaginary_cuts(arguments[0]))
    raise NotDifferentiable(f"{expression} is not known to be holomorphic")


def derivable(term: sp.Derivative) -> Iterator[tuple[Condition, ...]]:
    """Yield lists of conditions, under each of which a derivative of any order exists."""
    with suppress(NotDifferentiable):
        yield smooth(term, frozenset())
    ((symbol, order), *others) = term.variable_count
    if others or symbol.is_integer or not isinstance(symbol, Symbol):
        return
    with suppress(NotDifferentiable):
        yield (Member(order, Range(0, sp.oo)), *holomorphic(term.expr, symbol))


def off_cut(z: Expr) -> Condition:
    """Return that z is neither zero nor negative."""
    return Member(z, Interval(-sp.oo, 0), negated=True)


def off_the_imaginary_cuts(z: Expr) -> tuple[Condition, ...]:
    """Return that z is not on the cuts of the arctangent, its ends included (DLMF 4.23.2)."""
    turned = sp.I * z
    return (
        Member(turned, Interval(-sp.oo, -1), negated=True),
        Member(turned, Interval(1, sp.oo), negated=True),
    )
