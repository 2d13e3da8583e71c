"""Has a term a finite value throughout a context?  Trusted; answers True only when certain.

Decides the condition ``Defined(term)``: an indexed member exists, a constant term has a finite
enclosure, an integral has a continuous integrand on a bounded interval.
"""

from __future__ import annotations

from sympy import Add, Expr, Indexed, Integral, Interval, Mul, Pow, Range, S, Symbol
from sympy import atan, cos, cosh, erf, exp, log, sin, sinh, tan

from proofcheck import balls, ranges
from proofcheck.definedness import needs
from proofcheck.obligations import Context, opened
from proofcheck.relations import Condition, Defined, Member, Relation

CONTINUOUS = (Add, Mul, Pow, sin, cos, exp, sinh, cosh, erf, log, tan, atan)
"""On real arguments inside their domain these are continuous; real powers of positives too."""


def decide(term: Expr, context: Context) -> bool:
    """Return True only if ``term`` has a finite value at every admissible point."""
    if isinstance(term, Indexed) and len(term.indices) == 1 and term.base in context.families:
        size = context.families[term.base].size
        return ranges.decide(Member(term.indices[0], Range(1, size + 1)), context)
    if not term.free_symbols:
        try:
            return bool(balls.enclose(term, {}, 64).is_finite())
        except (balls.Undefined, balls.Unevaluable):
            return False
    return isinstance(term, Integral) and _proper(term, context)


def _proper(term: Integral, context: Context) -> bool:
    """A continuous function on a bounded interval has an integral."""
    if len(term.limits) != 1 or len(term.limits[0]) != 3:
        return False
    symbol, low, high = term.limits[0]
    if not low.is_finite or not high.is_finite:
        return False
    if ranges.decide(Relation(high, "lt", low), context):
        low, high = high, low
    elif not ranges.decide(Relation(low, "le", high), context):
        return False
    inside = context.including(symbol, Interval(low, high))
    return _continuous(term.function, symbol, inside) and all(
        evident(need.condition, inside) for need in needs(term.function)
    )


def _continuous(function: Expr, symbol: Symbol, context: Context) -> bool:
    """Tell whether ``function`` is built from real continuous pieces wherever it is defined."""
    if symbol not in function.free_symbols or function.is_Atom:
        return True
    if not isinstance(function, CONTINUOUS):
        return False
    if isinstance(function, Pow) and not function.exp.is_Integer:
        if not ranges.decide(Relation(function.base, "gt", S.Zero), context):
            return False
    if isinstance(function, log) and not ranges.bounds(function.args[0], context).real:
        return False
    return all(_continuous(argument, symbol, context) for argument in function.args)


def evident(goal: Condition, context: Context) -> bool:
    """Return True only if ``goal`` holds throughout, by interval arithmetic or finiteness."""
    goal, context = opened(goal, context)
    if isinstance(goal, Defined):
        return decide(goal.term, context)
    return ranges.decide(goal, context)
