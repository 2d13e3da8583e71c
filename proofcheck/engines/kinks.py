"""Points at which a derivative does not exist, with the two branches that meet there.  Untrusted.

Where what a derivative needs fails, each term of several branches is replaced by the branch that
is taken a little to the right, and to the left.  If the values or the slopes of the two functions
differ, and each is proved to be the function on its side, the derivative is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import sympy as sp
from sympy import Derivative, Expr, Interval, Rational, S, Symbol

from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.certificates import Kink
from proofcheck.domains import Variable
from proofcheck.engines._cases import DEEPEST, SPLITTING, Cases
from proofcheck.engines._hints import equations
from proofcheck.engines._points import generator_of
from proofcheck.engines.base import Budget, Point
from proofcheck.kinks import along
from proofcheck.obligations import Context, Obligation
from proofcheck.points import Unsubstitutable
from proofcheck.relations import Relation
from proofcheck.steps import Rejected

WIDTHS = (S.One, Rational(1, 8), Rational(1, 64))
MOST_POINTS = 12


def candidates(obligation: Obligation, budget: Budget) -> Iterator[tuple[Point, Kink]]:
    """Yield points of the context at which the derivative seems to be missing."""
    term = obligation.term
    if not isinstance(term, Derivative) or not term.expr.has(*SPLITTING):
        return
    generator = generator_of(obligation.context, (term,))
    edges = (generator.zeros(e, MOST_POINTS) for e in equations(obligation.goal))
    for point in islice(chain.from_iterable(edges), MOST_POINTS):
        if budget.expired():
            return
        try:
            function, line = along(term, point)
        except (Rejected, Unsubstitutable):
            continue
        found = kink(function, line, point[term.variable_count[0][0]], budget)
        if found is not None:
            yield point, found


def kink(function: Expr, line: Symbol, place: Expr, budget: Budget) -> Kink | None:
    """Return the two branches of ``function`` that meet at ``place``, if they differ there."""
    for width in WIDTHS:
        right, left = (branch(function, line, place + s * width / 2) for s in (1, -1))
        if right is None or left is None:
            continue
        jump = differ(right, left, line, place)
        if not jump:
            try:
                slopes = derivative(right, line)[0], derivative(left, line)[0]
            except NotDifferentiable:
                continue
            if not differ(slopes[0], slopes[1], line, place):
                return None
        proofs = []
        for side, ends in ((right, (place, place + width)), (left, (place - width, place))):
            context = Context((Variable(line, Interval.open(*ends)),))
            proofs.append(Cases(budget).prove(Relation(function, "eq", side), context, DEEPEST))
        if proofs[0] is not None and proofs[1] is not None:
            return Kink(right, left, width, (proofs[0], proofs[1]), jump)
    return None


def differ(one: Expr, other: Expr, line: Symbol, place: Expr) -> bool:
    """Tell whether two expressions seem to have different values at ``place``."""
    gap = (one - other).subs(line, place).evalf(20)
    return bool(gap.is_number and gap.is_finite and abs(gap) > Rational(1, 10**12))


def branch(function: Expr, line: Symbol, place: Expr) -> Expr | None:
    """Return ``function`` with each term of several branches replaced by the one at ``place``."""
    while function.has(*SPLITTING):
        node = next(
            node
            for node in sp.postorder_traversal(function)
            if isinstance(node, SPLITTING) and not any(a.has(*SPLITTING) for a in node.args)
        )
        value = taken(node, line, place)
        if value is None:
            return None
        function = function.xreplace({node: value})
    return function


def taken(node: Expr, line: Symbol, place: Expr) -> Expr | None:
    """Return the branch of ``node`` that is taken at ``place``."""
    if isinstance(node, sp.Piecewise):
        return next((value for value, test in node.args if test.subs(line, place) == True), None)
    values = [argument.subs(line, place).evalf(20) for argument in node.args]
    if not all(value.is_Float or value.is_Integer for value in values):
        return None
    match node:
        case sp.Max() | sp.Min():
            chosen = max(values) if isinstance(node, sp.Max) else min(values)
            return node.args[values.index(chosen)]
        case sp.Abs():
            return sp.sign(values[0]) * node.args[0]
        case sp.sign():
            return sp.sign(values[0])
        case sp.Heaviside():
            return S.One if values[0] > 0 else S.Zero
        case sp.floor() | sp.ceiling():
            return node.func(values[0])
    return None
