"""Equalities by a vanishing derivative: equal at one point of an interval, equal slopes on it.

For each real variable the difference of both sides is differentiated (``calculus``); if the slope
is identically zero (``_rewriting``) on the whole interval, the sides agree where they agree at an
anchor: an end, 0, 1, pi/2 or the like.  The certificate holds the variable, the anchor, and the
certificates of both equalities.  It decides identities between inverse functions, logarithms,
antiderivatives and integrals with a variable limit, the fundamental theorem of calculus in
reverse (DLMF 1.4.20).
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Interval, Rational, S, Symbol, pi, sqrt

from proofcheck import steps
from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.certificates import Certificate, Constant, Identity
from proofcheck.continuity import NotContinuous, continuity
from proofcheck.engines._angles import equal_angles
from proofcheck.engines._rewriting import Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context, Obligation
from proofcheck.points import Unsubstitutable, instantiate
from proofcheck.relations import Relation, free_symbols


class Constancy:
    """Shows that a difference is constant in one variable, and zero at one of its values."""

    name = "constancy"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a Constant certificate, or None."""
        goal = obligation.goal
        if not isinstance(goal, Relation) or goal.operator != "eq":
            return None
        if not isinstance(goal.lhs, Expr):
            return None
        for symbol, values in obligation.context.sets.items():
            if not isinstance(values, Interval) and values != S.Reals:
                continue
            if budget.expired() or symbol not in (goal.lhs - goal.rhs).free_symbols:
                continue
            found = self._along(goal, obligation.context, symbol, values, budget)
            if found is not None:
                return found
        return None

    def _along(
        self, goal: Relation, context: Context, symbol: Symbol, values: Interval, budget: Budget
    ) -> Certificate | None:
        difference = goal.lhs - goal.rhs
        try:
            slope, conditions = derivative(difference, symbol)
        except NotDifferentiable:
            return None
        moving = Context(
            context.variables,
            tuple(a for a in context.assumptions if symbol not in free_symbols(a)),
        )
        interior = moving
        if isinstance(values, Interval):
            interior = moving.restricted(symbol, Interval.open(values.inf, values.sup))
        inside = presumed(Relation(slope, "eq", S.Zero), interior)
        checking = Rewriter(moving, budget)
        needed = (*conditions, *steps.defined(slope))
        if not all(map(checking.evident, steps.defined(difference))):
            return None
        smooth = all(map(checking.evident, needed))
        if not smooth:
            try:
                continuous = continuity(difference, frozenset({symbol}))
            except NotContinuous:
                return None
            if not all(map(checking.evident, continuous)):
                return None
            if not all(map(Rewriter(interior, budget).evident, needed)):
                return None
        flat = Rewriter(inside, budget).identity(slope)
        if flat is None:
            return None
        elsewhere = moving.without(symbol)
        for anchor in anchors(values):
            try:
                start = [instantiate(side, {symbol: anchor}) for side in (goal.lhs, goal.rhs)]
            except (Unsubstitutable, *LIBRARY_ERRORS):
                continue
            there = presumed(Relation(start[0], "eq", start[1]), elsewhere)
            met = vanishing(there, start[0] - start[1], budget)
            if met is not None:
                return Constant(symbol, anchor, met, flat, not smooth)
        return None


def vanishing(context: Context, difference: Expr, budget: Budget) -> Identity | None:
    """Return a certificate that ``difference`` is zero by rewriting or by comparing angles."""
    found = Rewriter(context, budget).identity(difference)
    return found or equal_angles(Rewriter(context, budget), difference)


def anchors(values: Interval) -> Iterator[Expr]:
    """Yield numbers of the interval where functions tend to have simple values."""
    candidates = (
        S.Zero, S.One, S.NegativeOne, pi / 4, pi / 2, S.Half, sqrt(2) / 2, sqrt(3), pi,
        Rational(2), values.inf, values.sup, (values.inf + values.sup) / 2,
    )  # fmt: skip
    for candidate in dict.fromkeys(candidates):
        if candidate.is_finite and values.contains(candidate) == True:
            yield candidate
