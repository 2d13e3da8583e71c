"""What to do before a cover: cut where both sides meet, clear denominators, turn products to sums.

Untrusted.  The difference of two sides is replaced by a numerator, or by another form that SymPy
proposes; the identity between the two is certified.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Integer, Interval, Mul, Rational, S, Symbol
from sympy.simplify.fu import TR8

from proofcheck import kernel
from proofcheck.certificates import Certificate, Instead
from proofcheck.engines._boxes import enclosure
from proofcheck.engines._closing import evident
from proofcheck.engines._cuts import CUTS
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines.base import Budget
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context
from proofcheck.relations import Relation
from proofcheck.steps import Rejected, expand

LARGEST = 300
SECONDS = 0.5
NEAR = Rational(1, 2**40)
STEEP = 1000
FAR = Integer(2**40)
SMALL = 1e-5


def meeting_places(f: Expr, symbol: Symbol, values: Interval) -> list[Expr]:
    """Return simple points inside an interval at which ``f`` seems to vanish, in order."""
    found = []
    for place in CUTS:
        if (values.inf < place) == True and (place < values.sup) == True:
            known = enclosure(f, {symbol: place}, 128)
            if known is not None and known.contains(0):
                found.append(place)
    return sorted(found)


def removable(f: Expr, symbol: Symbol, values: Interval) -> bool:
    """Tell whether ``f`` has no value at a finite end of an interval, yet seems to stay bounded."""
    for end, direction in ((values.inf, 1), (values.sup, -1)):
        if not end.is_finite or enclosure(f, {symbol: end}, 64) is not None:
            continue
        width = values.sup - values.inf
        step = NEAR * (width if width.is_finite else 1)
        near = enclosure(f, {symbol: end + direction * step}, 512)
        if near is not None and abs(near) < STEEP:
            return True
    return False


def vanishes_far_out(f: Expr, symbol: Symbol, values: Interval) -> bool:
    """Tell whether ``f`` seems to tend to zero at an infinite end of an interval."""
    for end, direction in ((values.inf, -1), (values.sup, 1)):
        if not end.is_finite:
            far = enclosure(f, {symbol: direction * FAR}, 512)
            if far is not None and abs(far) < SMALL:
                return True
    return False


def forms(f: Expr, context: Context) -> Iterator[tuple[Expr, Expr]]:
    """Yield expressions that should equal ``multiplier * f``, with the multiplier, positive."""
    if f.count_ops() > LARGEST:
        return
    if f.has(sp.sin, sp.cos):
        sums = sp.expand(TR8(sp.expand(f)))
        if sums.count_ops() < f.count_ops():
            yield sums, S.One
    tidy = f.replace(lambda e: isinstance(e, sp.Function), _tidied)
    if tidy != f:
        yield tidy, S.One
    try:
        top, bottom = sp.fraction(sp.together(f))
    except LIBRARY_ERRORS:
        return
    if bottom.free_symbols:
        for sign in (S.One, S.NegativeOne):
            if evident(Relation(sign * bottom, "gt", S.Zero), context):
                yield sp.expand(sign * top), sign * bottom


def _tidied(function: Expr) -> Expr:
    """Return a function of a fraction with the fraction reduced."""
    try:
        return function.func(*(sp.cancel(argument) for argument in function.args))
    except LIBRARY_ERRORS:
        return function


def instead(
    goal: Relation, context: Context, expression: Expr, multiplier: Expr, budget: Budget
) -> Instead | None:
    """Return the step to another expression, its last part still to be proved."""
    same = Rewriter(context, budget.within(min(SECONDS, budget.left / 2))).identity(
        Mul(multiplier, goal.lhs - goal.rhs) - expression
    )
    return None if same is None else Instead(expression, same, same, multiplier)


def fits(goal: Relation, context: Context, step: Instead, then: Certificate) -> Instead | None:
    """Return the step with its last part, if the kernel takes the others."""
    complete = Instead(step.expression, step.equal, then, step.multiplier)
    try:
        for subgoal in expand(goal, context, complete):
            if subgoal[2] is not then:
                kernel.check(*subgoal)
    except (Rejected, *kernel.NO_ANSWER):
        return None
    return complete
