"""Where is an expression continuous?  Trusted: a jump forgotten here makes a false integral.

``continuity`` walks an expression and names conditions at a point.  Where they hold, and the
expression is defined, at every point of a region, it is continuous on the region: compositions of
continuous functions are jointly continuous in all variables.  What is not listed is refused.
"""

from __future__ import annotations

import sympy as sp
from sympy import Add, Expr, Integral, Interval, Mul, Pow, Range, S, Sum, Symbol, exp, log, oo

from proofcheck.definedness import needs
from proofcheck.points import Unsubstitutable, instantiate
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation, Throughout


class NotContinuous(Exception):
    """A function that is not known to be continuous."""


WHEREVER_DEFINED = (
    Add, Mul, exp, sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc, sp.sinh, sp.cosh, sp.tanh,
    sp.coth, sp.sech, sp.csch, sp.erf, sp.erfc, sp.erfi, sp.Abs, sp.re, sp.im, sp.conjugate,
    sp.Max, sp.Min, sp.sinc, sp.Si, sp.Shi, sp.fresnels, sp.fresnelc, sp.gamma,
    sp.airyai, sp.airybi,
)  # fmt: skip
"""Entire or meromorphic in each argument, or continuous in the plane, or defined on reals only."""

ON_REALS = (sp.atan, sp.asinh)
"""Continuous off the cuts, which lie on the imaginary axis, above I and below -I."""

POLYNOMIALS = (
    sp.chebyshevt, sp.chebyshevu, sp.legendre, sp.hermite, sp.laguerre, sp.bernoulli,
)  # fmt: skip
"""Polynomials in the second argument if the first is a fixed integer, at least zero."""

UNIT = (sp.asin, sp.acos)
"""Continuous at every argument in [-1, 1]: the cuts lie outside, and end at branch points."""


def bound(integral: Integral) -> tuple[Symbol, Expr, Expr, Expr]:
    """Return variable, integrand and ends of the outer integral, over a real symbol of its own.

    The name is that of the printed variable if nothing else has it; what SymPy assumes of the
    printed variable may fail on the range of integration.

    Raises:
        NotContinuous: the integral is not definite.
    """
    *inner, outer = integral.limits
    if len(outer) != 3 or not isinstance(outer[0], Symbol):
        raise NotContinuous(f"{integral} is not a definite integral")
    function = Integral(integral.function, *inner) if inner else integral.function
    variable, low, high = outer
    taken = (integral.free_symbols | function.atoms(Symbol)) - {variable}
    if variable in low.free_symbols | high.free_symbols:
        taken |= {variable}
    name = variable.name
    while (fresh := Symbol(name, real=True)) in taken:
        name += "_"
    return fresh, put(function, variable, fresh), low, high


def straightened(integral: Integral) -> Integral:
    """Return an integral over a real range that is equal to ``integral``, by definition.

    From a to b, complex numbers, the path is the segment ``a + (b - a)*t``, t from 0 to 1; where
    one end is infinite it is the ray ``a + t`` to oo, or ``b - t`` to -oo, t from 0 on.

    Raises:
        NotContinuous: the integral is not definite, or both ends are infinite.
    """
    *inner, outer = integral.limits
    _, _, low, high = bound(integral)
    variable = outer[0]
    function = Integral(integral.function, *inner) if inner else integral.function
    name = variable.name
    taken = integral.atoms(Symbol)
    while (t := Symbol(name, real=True)) in taken or name == variable.name:
        name += "_"
    infinite = (S.ComplexInfinity, S.NaN)
    if low in (oo, *infinite) or high in (-oo, *infinite) or (low == -oo and high == oo):
        raise NotContinuous(f"there is no straight path between the ends of {integral}")
    if low == -oo:
        return Integral(put(function, variable, high - t), (t, 0, oo))
    if high == oo:
        function = put(function, variable, low + t)
        # It is easier to see that a*t + (a*low + b) is positive.
        bases = (power.base for power in function.atoms(Pow) if power.base.is_polynomial(t))
        return Integral(function.xreplace({base: base.expand() for base in bases}), (t, 0, oo))
    span = high - low
    return Integral(put(function, variable, low + span * t) * span, (t, 0, 1))


def put(expression: Expr, symbol: Symbol, value: Expr) -> Expr:
    """Return ``expression`` with ``value`` for ``symbol``, where no symbol of it is captured.

    Raises:
        NotContinuous: one would be.
    """
    try:
        changed: Expr = instantiate(expression, {symbol: value})
    except Unsubstitutable as problem:
        raise NotContinuous(str(problem)) from problem
    return changed


def throughout(
    symbol: Symbol, values: sp.Set, conditions: tuple[Condition, ...]
) -> tuple[Condition, ...]:
    """Return the conditions for all values of ``symbol``."""
    return tuple(dict.fromkeys(Throughout(symbol, values, c) for c in conditions))


def continuous_on(function: Expr, symbol: Symbol, values: sp.Set) -> tuple[Condition, ...]:
    """Return conditions under which ``function`` is defined and continuous all over ``values``.

    Raises:
        NotContinuous: a function that is not known to be continuous.
    """
    inside = (
        *(need.condition for need in needs(function)),
        *continuity(function, frozenset({symbol})),
    )
    return throughout(symbol, values, inside)


def continuity(expression: Expr, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    """Return conditions at a point, of which see above, for real ``symbols``.

    Raises:
        NotContinuous: a function that is not known to be continuous.
    """
    return tuple(dict.fromkeys(_continuity(expression, symbols)))


def _continuity(expression: Expr, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    if expression in symbols or not symbols & expression.free_symbols:
        return ()
    if isinstance(expression, Integral):
        return _integral(expression, symbols)
    if isinstance(expression, Sum):
        return _sum(expression, symbols)
    found = sum((_continuity(argument, symbols) for argument in expression.args), ())
    if isinstance(expression, WHEREVER_DEFINED):
        return found
    argument = expression.args[0] if expression.args else expression
    if isinstance(expression, Pow):
        return found + _power(expression.base, expression.exp, symbols)
    if isinstance(expression, log):
        return (*found, _off_cut(argument))
    if isinstance(expression, ON_REALS):
        turned = sp.I * argument
        cuts = (Interval(-oo, -1), Interval(1, oo))
        away = AllOf(tuple(Member(turned, cut, negated=True) for cut in cuts))
        return (*found, AnyOf((Member(argument, S.Reals), away)))
    if isinstance(expression, UNIT):
        return (*found, Member(argument, Interval(-1, 1)))
    if isinstance(expression, sp.atan2):
        y, x = expression.args
        return (*found, AnyOf((Relation(y, "ne", S.Zero), Relation(x, "gt", S.Zero))))
    if isinstance(expression, sp.polygamma) and expression.args[0] in Range(0, oo):
        return found  # meromorphic
    if isinstance(expression, POLYNOMIALS) and len(expression.args) == 2:
        n = expression.args[0]
        if not symbols & n.free_symbols:
            return (*found, Member(n, Range(0, oo)))
    raise NotContinuous(f"{expression} is not known to be continuous")


def _off_cut(expression: Expr) -> Condition:
    return Member(expression, Interval(-oo, 0), negated=True)


def _power(base: Expr, exponent: Expr, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    """Off the cut, and at zero if the exponent is fixed and positive: there ``|b**e| -> 0``."""
    if symbols & exponent.free_symbols:
        return () if base.is_Rational and base > 0 else (_off_cut(base),)
    if exponent.is_integer:
        return ()
    # At zero the real part must be positive, and a positive number is its own real part.
    vanishing = AllOf((Relation(base, "eq", S.Zero), Relation(exponent, "gt", S.Zero)))
    rooted = AllOf((Relation(base, "ge", S.Zero), Relation(exponent, "gt", S.Zero)))
    return (AnyOf((_off_cut(base), rooted, vanishing)),)


def _integral(expression: Integral, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    """An integral over a bounded interval, of a jointly continuous function, with moving ends."""
    variable, function, low, high = bound(expression)
    if not (low.is_finite and high.is_finite):
        raise NotContinuous(f"{expression} depends on a parameter and has an infinite end")
    found = _continuity(low, symbols) + _continuity(high, symbols)
    inside = (
        *(need.condition for need in needs(function)),
        *_continuity(function, symbols | {variable}),
    )
    return (*found, Relation(low, "le", high), *throughout(variable, Interval(low, high), inside))


def _sum(expression: Sum, symbols: frozenset[Symbol]) -> tuple[Condition, ...]:
    """A finite sum of fixed length, term by term."""
    found = _continuity(expression.function, symbols)
    for index, low, high in expression.limits:
        fixed = not symbols & (low.free_symbols | high.free_symbols)
        if not (fixed and low.is_finite and high.is_finite):
            raise NotContinuous(f"{expression} is no finite sum of fixed length")
        found = throughout(index, Range(low, high + 1), found)
    return found
