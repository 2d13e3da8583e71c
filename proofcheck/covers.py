"""Decide a relation on boxes that cover the domain, by Taylor's formula.  Trusted.

The box is closed, and every variable of the relation must be bounded, by its set or by what is
assumed.  On a part of the box an assumption may fail instead: there is nothing to show there.
"""

from __future__ import annotations

from flint import arb
from sympy import Expr, Interval, Rational, Symbol

from proofcheck import balls, ranges
from proofcheck.balls.taylor import taylor
from proofcheck.certificates import Boxes, Tree
from proofcheck.obligations import Context
from proofcheck.relations import Operator, Relation, negate

Sides = dict[Symbol, tuple[arb, arb]]
LARGEST_ORDER = 40
LARGEST_PRECISION = 4096


def holds(goal: Relation, context: Context, certificate: Boxes) -> bool:
    """Tell whether on each box of a cover the goal holds or an assumption fails."""
    order, precision = certificate.order, certificate.precision
    if not (1 <= order <= LARGEST_ORDER and 16 <= precision <= LARGEST_PRECISION):
        return False
    pending: list[tuple[Tree, Sides]] = [(certificate.tree, sides(context, precision))]
    while pending:
        tree, box = pending.pop()
        if isinstance(tree, tuple):
            symbol, cut, below, above = tree
            if symbol not in box or not isinstance(cut, Rational):
                return False
            there = balls.enclose(cut, {}, precision).real
            low, high = box[symbol]
            pending.append((below, {**box, symbol: (low, there)}))
            pending.append((above, {**box, symbol: (there, high)}))
            continue
        condition: object = goal
        if tree is not None:
            if not 0 <= tree < len(context.assumptions):
                return False
            assumption = context.assumptions[tree]
            condition = negate(assumption) if isinstance(assumption, Relation) else None
        if not isinstance(condition, Relation):
            return False
        known = enclosed(condition.lhs - condition.rhs, box, certificate)
        if known is None or not stands(known, condition.operator):
            return False
    return True


def sides(context: Context, precision: int) -> Sides:
    """Return balls around the ends of every variable that is bounded by its set or the facts."""
    found: Sides = {}
    for symbol in context.sets:
        ends = extent(symbol, context)
        if ends is not None:
            low, high = (balls.enclose(end, {}, precision) for end in ends)
            if low.imag == 0 and high.imag == 0:
                found[symbol] = low.real, high.real
    return found


def extent(symbol: Symbol, context: Context) -> tuple[Expr, Expr] | None:
    """Return between what a variable lies if that is bounded, else None."""
    values = context.sets.get(symbol)
    if isinstance(values, Interval) and values.inf.is_finite and values.sup.is_finite:
        return values.inf, values.sup
    known = ranges.bounds(symbol, context)
    if known.low.is_finite and known.high.is_finite:
        return known.low, known.high
    return None


def enclosed(difference: Expr, box: Sides, certificate: Boxes) -> arb | None:
    """Return a ball with all values of a real expression on a box, or None."""
    own = {symbol: box[symbol] for symbol in difference.free_symbols if symbol in box}
    try:
        return taylor(difference, own, certificate.order, certificate.precision)
    except (balls.Unevaluable, balls.Undefined):
        pass
    hulls = {symbol: low.union(high) for symbol, (low, high) in own.items()}
    try:
        value = balls.enclose(difference, hulls, certificate.precision)
    except (balls.Unevaluable, balls.Undefined):
        return None
    return value.real if value.imag == 0 else None


def stands(known: arb, operator: Operator) -> bool:
    """Tell whether every number of a ball stands in the relation to zero."""
    match operator:
        case "lt":
            return bool(known < 0)
        case "le":
            return bool(known <= 0)
        case "gt":
            return bool(known > 0)
        case "ge":
            return bool(known >= 0)
        case "ne":
            return not known.contains(0)
    return False
