"""Where does an expression stay on the real line, or on a line through zero?  Trusted.

The conditions that are named are open: where they hold at a point, and the expression and its
parts are continuous there, they hold nearby.  On another line through zero than the real one no
number but zero is real, so that a cut along the real line is met there only.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp
from sympy import Add, Expr, Interval, Mul, Pow, S, log, oo

from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation


def smooth_logarithm(argument: Expr, symbol: sp.Symbol) -> tuple[Condition, ...]:
    """Return where ``log(argument)`` is differentiable by ``symbol``, ``argument`` being so."""
    off = Member(argument, Interval(-oo, 0), negated=True)
    near = along_a_ray(argument, symbol)
    nonzero = Relation(argument, "ne", S.Zero)
    if near is None:
        return (off,)
    return (nonzero,) if not near else (AnyOf((off, AllOf((*near, nonzero)))),)


ALWAYS_REAL = (
    sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc, sp.exp, sp.sinh, sp.cosh, sp.tanh, sp.coth,
    sp.sech, sp.csch, sp.atan, sp.acot, sp.asinh, sp.acsch, sp.erf, sp.erfc, sp.erfi, sp.Abs,
    sp.sign, sp.Si, sp.Shi, sp.sinc, sp.gamma, sp.Max, sp.Min, sp.fresnels, sp.fresnelc, sp.Ei,
    sp.airyai, sp.airybi,
)  # fmt: skip


def real_near(expression: Expr, symbol: sp.Symbol) -> tuple[Condition, ...] | None:
    """Return open conditions under which ``expression`` is real near a real ``symbol``, or None.

    An empty tuple: wherever it is defined.
    """
    if not symbol.is_extended_real:
        return None
    if symbol not in expression.free_symbols:
        return () if expression.is_real else (Member(expression, S.Reals),)
    if expression == symbol:
        return ()
    if isinstance(expression, Pow) and not expression.exp.is_Integer:
        inner = real_near(expression.base, symbol)
        power = real_near(expression.exp, symbol)
        if inner is None or power is None:
            return None
        return (*inner, *power, Relation(expression.base, "gt", S.Zero))
    if isinstance(expression, (Add, Mul, Pow, *ALWAYS_REAL)):
        return _together(real_near(argument, symbol) for argument in expression.args)
    ends = {
        log: (S.Zero, oo), sp.asin: (S.NegativeOne, S.One), sp.acos: (S.NegativeOne, S.One),
        sp.atanh: (S.NegativeOne, S.One), sp.acosh: (S.One, oo),
    }.get(expression.func)  # fmt: skip
    if ends is None:
        return None
    argument = expression.args[0]
    inner = real_near(argument, symbol)
    if inner is None:
        return None
    bounds = [Relation(argument, "gt", ends[0])]
    if ends[1] is not oo:
        bounds.append(Relation(argument, "lt", ends[1]))
    return (*inner, *bounds)


def _together(parts: Iterable[tuple[Condition, ...] | None]) -> tuple[Condition, ...] | None:
    """Return the conditions of all parts, or None if one of them has None."""
    found: list[Condition] = []
    for part in parts:
        if part is None:
            return None
        found += part
    return tuple(dict.fromkeys(found))


def along_a_ray(expression: Expr, symbol: sp.Symbol) -> tuple[Condition, ...] | None:
    """Return conditions under which ``expression = c*r`` near a real ``symbol``, or None.

    There c is a complex constant and r a real function.  A real power of a real function that is
    not zero is one: the sign of its base does not change nearby, so neither does its argument.
    """
    if not symbol.is_extended_real:
        return None
    if symbol not in expression.free_symbols:
        return ()
    if isinstance(expression, Mul):
        return _together(along_a_ray(factor, symbol) for factor in expression.args)
    if isinstance(expression, Pow) and expression.exp.is_Integer:
        return along_a_ray(expression.base, symbol)
    if isinstance(expression, Pow) and expression.exp.is_Rational:
        inner = real_near(expression.base, symbol)
        nonzero = Relation(expression.base, "ne", S.Zero)
        return None if inner is None else (*inner, nonzero)
    return real_near(expression, symbol)
