"""Proving one inequality by whatever is cheapest: shared by the inequality engines.  Untrusted.

``Closing.close`` tries interval arithmetic, sums of squares, covers by balls, then an analyst's
steps: strip positive factors, divide so that the derivative becomes simpler, and reason from an
end of the interval by the sign of the derivative.  Everything is a certificate of the kernel's.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Integer, Interval, Mul, Pow, S, Symbol

from proofcheck import finiteness, kernel
from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.certificates import (
    Balls,
    Certificate,
    Identity,
    Instead,
    Monotone,
    Ranges,
    Rewrite,
    Split,
    Stronger,
)
from proofcheck.engines._boxes import (
    ENDS,
    Cover,
    Hopeless,
    enclosure,
    vanishing,
)
from proofcheck.engines._critical import turning_points
from proofcheck.engines._cuts import (
    LARGEST,
    divisors,
    factors_of,
    holds,
    neighbourhood,
    places,
    sample,
)
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines._sums_of_squares import squares
from proofcheck.engines._translation import rational
from proofcheck.engines.base import Budget
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context
from proofcheck.relations import Condition, Relation
from proofcheck.steps import UPWARDS, Rejected, expand

DEPTH = 5


def accepted(goal: Condition, context: Context, certificate: Certificate) -> bool:
    """Tell whether the kernel takes ``certificate`` for ``goal``."""
    try:
        kernel.check(goal, context, certificate)
    except (Rejected, *kernel.NO_ANSWER):
        return False
    return True


def evident(condition: Condition, context: Context) -> bool:
    """Tell whether interval arithmetic decides ``condition``."""
    try:
        return bool(finiteness.evident(condition, context))
    except LIBRARY_ERRORS:
        return False


@dataclass
class Closing:
    """A search with one budget."""

    budget: Budget
    boxes: int = 300

    def close(self, goal: Condition, context: Context, depth: int = DEPTH) -> Certificate | None:
        """Return a certificate of an order relation or of ``!=``, or None."""
        if self.budget.expired() or depth < 0 or not isinstance(goal, Relation):
            return None
        if goal.operator == "ne":
            return self._unequal(goal, context, depth)
        if goal.operator not in UPWARDS:
            return None
        f = UPWARDS[goal.operator] * (goal.lhs - goal.rhs)
        if not f.free_symbols:
            return self._constant(goal, f, context)
        if accepted(goal, context, Ranges()):
            return Ranges()
        if self._fails(f, goal.operator in ("gt", "lt"), context):
            return None
        if rational(f):
            found = squares(goal, context, self.budget.within(1.5))
            if found is not None:
                return found
        cover = self.cover(goal, context, self.boxes if depth == DEPTH else 40)
        if cover is not None:
            return cover
        for attempt in (
            self.stripped, self.unrooted, self.pieces, self.ladder, self.divided, self.cleared,
            self.cut,
        ):  # fmt: skip
            if self.budget.expired() or f.count_ops() > LARGEST:
                return None
            found = attempt(goal, context, depth)
            if found is not None:
                return found
        return None

    def _unequal(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        if accepted(goal, context, Ranges()):
            return Ranges()
        for operator in ("gt", "lt"):
            found = self.close(Relation(goal.lhs, operator, goal.rhs), context, depth)
            if found is not None:
                return Stronger(operator, found)
        return None

    def _constant(self, goal: Relation, f: Expr, context: Context) -> Certificate | None:
        for attempt in (Balls(128), Ranges(), Balls(1024)):
            if accepted(goal, context, attempt):
                return attempt
        if goal.operator in ("ge", "le"):
            return vanishing(f, context, self.budget)
        return None

    def _fails(self, f: Expr, strict: bool, context: Context) -> bool:
        """Tell whether the goal fails at one of a few points that seem admissible."""
        symbols = sorted(set(context.sets), key=str)
        if any(not isinstance(values, Interval) for values in context.sets.values()):
            return False
        for shift in range(12 if context.assumptions else 6):
            given = {
                symbol: sample(context.sets[symbol], shift + 2 * k + shift * k)
                for k, symbol in enumerate(symbols)
            }
            value = enclosure(f, given, 128)
            fails = value is not None and (value < 0 or (strict and value <= 0))
            if fails and all(holds(assumption, given) for assumption in context.assumptions):
                return True
        return False

    def cover(self, goal: Relation, context: Context, boxes: int) -> Certificate | None:
        """Return a cover of a bounded box."""
        try:
            return Cover(self.budget, boxes).prove(goal, context)
        except Hopeless:
            return None

    def cleared(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Multiply by the denominators too."""
        return self.stripped(goal, context, depth, clear=True)

    def stripped(
        self, goal: Relation, context: Context, depth: int, clear: bool = False
    ) -> Certificate | None:
        """Divide by the factors whose sign is evident."""
        sign = UPWARDS[goal.operator]
        f = sign * (goal.lhs - goal.rhs)
        rest, dropped = S.One, S.One
        plain = clear or rational(f)
        for base, exponent in factors_of(f):
            factor = Pow(base, exponent)
            if exponent < 0 and not plain and not isinstance(base, sp.exp):
                rest *= factor  # A lone logarithm over a product is better left alone.
            elif evident(Relation(factor, "gt", S.Zero), context):
                dropped *= factor
            elif evident(Relation(factor, "lt", S.Zero), context):
                dropped, rest = -dropped * factor, -rest
            else:
                rest *= factor
        if dropped == 1 or rest == f:
            return None
        rest = sp.expand(rest) if rational(rest) else rest
        return self.instead(goal, context, sign * rest, 1 / dropped, depth)

    def instead(
        self,
        goal: Relation,
        context: Context,
        expression: Expr,
        multiplier: Expr,
        depth: int,
        known: Identity | None = None,
    ) -> Certificate | None:
        """Return an Instead step with its parts proved."""
        if expression.count_ops() > LARGEST or expression.has(S.NaN, S.ComplexInfinity):
            return None
        same = known or Rewriter(context, self.budget.within(0.5)).identity(
            Mul(multiplier, goal.lhs - goal.rhs) - expression
        )
        if same is None:
            return None
        then = self.close(Relation(expression, goal.operator, S.Zero), context, depth - 1)
        if then is None:
            return None
        found = Instead(expression, same, then, multiplier)
        return found if self._fits(goal, context, found) else None

    def _fits(self, goal: Relation, context: Context, step: Instead) -> bool:
        try:
            for subgoal in expand(goal, context, step):
                if subgoal[2] is not step.then:
                    kernel.check(*subgoal)
        except (Rejected, *kernel.NO_ANSWER):
            return False
        return True

    def unrooted(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Multiply by the conjugate: ``sqrt(a) <= b`` follows from ``a <= b**2`` for b > 0."""
        sign = UPWARDS[goal.operator]
        f = sp.expand(sign * (goal.lhs - goal.rhs))
        if depth < DEPTH - 2:
            return None
        for root in sorted(f.atoms(Pow), key=sp.default_sort_key):
            if root.exp != S.Half or root.base.is_number:
                continue
            scale = f.coeff(root)
            rest = sp.expand(f - scale * root)
            if scale == 0 or rest == 0 or rest.has(root) or scale.has(root):
                continue
            ahead = -1 if evident(Relation(scale, "gt", S.Zero), context) else 1
            conjugate = ahead * (rest - scale * root)
            if evident(Relation(conjugate, "gt", S.Zero), context):
                squared = sp.expand(ahead * (rest**2 - scale**2 * root.base))
                product = Mul(conjugate, goal.lhs - goal.rhs)
                square = Identity((Rewrite("root", (root.base, Integer(2))),))
                plain = accepted(Relation(product, "eq", sign * squared), context, square)
                found = self.instead(
                    goal, context, sign * squared, conjugate, depth, square if plain else None
                )
                if found is not None:
                    return found
        return None

    def ladder(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Reason from an end of an interval by the sign of the derivative."""
        strict = goal.operator in ("gt", "lt")
        for symbol in sorted((goal.lhs - goal.rhs).free_symbols, key=str):
            values = context.sets.get(symbol)
            if not isinstance(values, Interval):
                continue
            for end in ENDS:
                place = values.inf if end == "left" else values.sup
                is_open = values.left_open if end == "left" else values.right_open
                if not place.is_finite:
                    continue
                for tight in (True, False) if strict and is_open else (False,):
                    step = Monotone(symbol, end, Ranges(), Ranges(), tight)
                    try:
                        *sides, slope, start = expand(goal, context, step)
                    except (Rejected, *kernel.NO_ANSWER):
                        continue
                    if sides:
                        continue
                    at_end = self.close(*start[:2], depth - 1)
                    if at_end is None:
                        continue
                    rest = self.close(*slope[:2], depth - 1)
                    if rest is not None:
                        return Monotone(symbol, end, at_end, rest, tight)
        return None

    def pieces(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Cut on both sides of the turning points; the pieces between are monotone."""
        f = UPWARDS[goal.operator] * (goal.lhs - goal.rhs)
        symbols = f.free_symbols
        if len(symbols) != 1 or depth < DEPTH - 2:
            return None
        (symbol,) = symbols
        values = context.sets.get(symbol)
        if not isinstance(values, Interval):
            return None
        try:
            slope = derivative(f, symbol)[0]
        except NotDifferentiable:
            return None
        cuts: list[Expr] = []
        strict = goal.operator in ("gt", "lt")
        for low, high in turning_points(slope, symbol, values):
            near = neighbourhood(f, symbol, low, high, strict, values)
            if near is None:
                return None
            if cuts and near[0] <= cuts[-1]:
                cuts[-1] = near[1]
            else:
                cuts += near
        if not cuts:
            return None
        return self._along(goal, context, symbol, cuts, depth)

    def _along(
        self, goal: Relation, context: Context, symbol: Symbol, cuts: list[Expr], depth: int
    ) -> Certificate | None:
        """Prove the goal between the cuts, one after the other."""
        if not cuts:
            return self._piece(goal, context, depth)
        condition = Relation(symbol, "le", cuts[0])
        first = self._piece(goal, context.narrowed(condition), depth)
        if first is None:
            return None
        above = Relation(symbol, "gt", cuts[0])
        rest = self._along(goal, context.narrowed(above), symbol, cuts[1:], depth)
        return None if rest is None else Split(condition, first, rest)

    def _piece(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        for leaf in (Balls(64), Balls(128)):
            if accepted(goal, context, leaf):
                return leaf
        found = self.ladder(goal, context, depth)
        return found if found is not None else self.close(goal, context, depth - 3)

    def divided(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Divide so that one logarithm, arctangent or exponential stands alone."""
        for multiplier in divisors(goal.lhs - goal.rhs):
            if multiplier == 1 or not evident(Relation(multiplier, "gt", S.Zero), context):
                multiplier = -multiplier
                if not evident(Relation(multiplier, "gt", S.Zero), context):
                    continue
            expression = sp.expand(Mul(multiplier, goal.lhs - goal.rhs))
            found = self.instead(goal, context, expression, multiplier, depth - 1)
            if found is not None:
                return found
        return None

    def cut(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Cut an unbounded interval, or one in which both sides meet at a nice point."""
        symbols = sorted((goal.lhs - goal.rhs).free_symbols, key=str)
        if len(symbols) != 1 or depth < DEPTH - 1:
            return None
        (symbol,) = symbols
        values = context.sets.get(symbol)
        if not isinstance(values, Interval):
            return None
        for place in places(goal.lhs - goal.rhs, symbol, values):
            condition = Relation(symbol, "le", place)
            above = Relation(symbol, "gt", place)
            lower = self.close(goal, context.narrowed(condition), depth - 1)
            if lower is None:
                continue
            upper = self.close(goal, context.narrowed(above), depth - 1)
            if upper is not None:
                return Split(condition, lower, upper)
        return None
