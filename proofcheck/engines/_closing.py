"""Proving one inequality by whatever is cheapest: shared by the inequality engines.  Untrusted.

``Closing.close`` tries interval arithmetic, sums of squares, covers by balls, then an analyst's
steps: strip positive factors, divide so that the derivative becomes simpler, and reason from an
end of the interval by the sign of the derivative.  Everything is a certificate of the kernel's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Integer, Interval, Mul, Pow, Rational, S, Symbol

from proofcheck import algebra, finiteness, kernel
from proofcheck.certificates import (
    Balls,
    Certificate,
    Identity,
    Instead,
    Monotone,
    Ranges,
    Split,
    Stronger,
)
from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.engines._boxes import (
    ENDS,
    Cover,
    Hopeless,
    enclosure,
    end_ball,
    positive,
    vanishing,
)
from proofcheck.engines._critical import turning_points
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines._sums_of_squares import squares
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.relations import Condition, Operator, Relation
from proofcheck.steps import UPWARDS

LARGEST = 250
DEPTH = 5
MONOTONE = (sp.log, sp.atan, sp.asin, sp.asinh, sp.atanh, sp.acosh, sp.acos, sp.erf)
CUTS = (S.Zero, S.One, -S.One, S.Half, -S.Half, Integer(2), Integer(-2))
FAR = (Integer(4), Integer(16), Integer(100))


def accepted(goal: Condition, context: Context, certificate: Certificate) -> bool:
    """Tell whether the kernel takes ``certificate`` for ``goal``."""
    try:
        kernel.check(goal, context, certificate)
    except (kernel.Rejected, *kernel.NO_ANSWER):
        return False
    return True


def evident(condition: Condition, context: Context) -> bool:
    """Tell whether interval arithmetic decides ``condition``."""
    try:
        return bool(finiteness.evident(condition, context))
    except (ValueError, TypeError, AttributeError, NotImplementedError, RecursionError):
        return False


def rational(expression: Expr) -> bool:
    """Tell whether all atoms of an expression are symbols or roots."""
    try:
        atoms = algebra.Ring([expression]).atoms
    except (algebra.Intractable, RecursionError):
        return False
    return all(
        atom.is_Symbol or (isinstance(atom, Pow) and isinstance(atom.exp, Rational))
        for atom in atoms
    )


@dataclass
class Closing:
    """A search with one budget."""

    budget: Budget
    boxes: int = 300

    def close(self, goal: Relation, context: Context, depth: int = DEPTH) -> Certificate | None:
        """Return a certificate of an order relation or of ``!=``, or None."""
        if self.budget.expired() or depth < 0:
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
        for attempt in (self.stripped, self.pieces, self.ladder, self.divided, self.cut):
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
        """Tell whether the goal fails at one of a few points of the sets (assumptions aside)."""
        if context.assumptions:
            return False
        symbols = sorted(f.free_symbols, key=str)
        for shift in range(6):
            given = {}
            for k, symbol in enumerate(symbols):
                values = context.sets.get(symbol)
                if not isinstance(values, Interval):
                    return False
                given[symbol] = sample(values, shift + 2 * k)
            value = enclosure(f, given, 128)
            if value is not None and (value < 0 or (strict and value <= 0)):
                return True
        return False

    def cover(self, goal: Relation, context: Context, boxes: int) -> Certificate | None:
        """Return a cover of a bounded box."""
        try:
            return Cover(self.budget, boxes).prove(goal, context)
        except Hopeless:
            return None

    def stripped(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Divide by the factors whose sign is evident."""
        sign = UPWARDS[goal.operator]
        f = sign * (goal.lhs - goal.rhs)
        rest, dropped = S.One, S.One
        for base, exponent in factors_of(f):
            factor = Pow(base, exponent)
            if evident(Relation(factor, "gt", S.Zero), context):
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
        self, goal: Relation, context: Context, expression: Expr, multiplier: Expr, depth: int
    ) -> Certificate | None:
        """Return an Instead step with its parts proved."""
        if expression.count_ops() > LARGEST or expression.has(S.NaN, S.ComplexInfinity):
            return None
        same = Rewriter(context, self.budget.within(0.5)).identity(
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
            for subgoal in kernel.expand(goal, context, step):
                if subgoal[2] is not step.then:
                    kernel.check(*subgoal)
        except (kernel.Rejected, *kernel.NO_ANSWER):
            return False
        return True

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
                        *sides, slope, start = kernel.expand(goal, context, step)
                    except (kernel.Rejected, *kernel.NO_ANSWER):
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


def neighbourhood(
    f: Expr, symbol: Symbol, low: Rational, high: Rational, strict: bool, values: Interval
) -> list[Expr] | None:
    """Return the ends of a box around a turning point on which balls see the sign, if any do."""
    for width in (1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 0):
        margin = Rational(width) * max(1, abs(low)) / 4
        left, right = simple(low - margin, margin, -1), simple(high + margin, margin, 1)
        if not values.inf < left < right < values.sup:
            continue
        ball = end_ball(left).union(end_ball(right))
        if positive(enclosure(f, {symbol: ball}, 128), strict):
            return [left, right]
    return None


def simple(value: Rational, margin: Rational, direction: int) -> Rational:
    """Return a shorter number near ``value``, no nearer to the turning point."""
    if margin == 0:
        return value
    bits = max(0, 4 - int(sp.log(margin, 2)))
    scaled = value * 2**bits
    whole = sp.floor(scaled) if direction < 0 else sp.ceiling(scaled)
    return Rational(whole, 2**bits)


def places(f: Expr, symbol: Symbol, values: Interval) -> Iterator[Expr]:
    """Yield where to cut: where ``f`` seems to vanish first, then far out."""
    inside = [c for c in CUTS if values.inf < c < values.sup]
    for place in inside:
        known = enclosure(f, {symbol: place}, 128)
        if known is not None and known.contains(0):
            yield place
    if values.inf.is_finite and values.sup.is_finite:
        return
    if not values.inf.is_finite and not values.sup.is_finite:
        yield S.Zero
        return
    for far in FAR:
        if values.inf.is_finite:
            yield Rational(round(float(values.inf))) + far
        else:
            yield Rational(round(float(values.sup))) - far


def sample(values: Interval, index: int) -> Expr:
    """Return one of a few rational points of an interval."""
    low, high = values.inf, values.sup
    part = Rational((2 * index + 1) % 13 + 1, 15)
    if low.is_finite and high.is_finite:
        middle = low + part * (high - low)
        if isinstance(middle, Rational):
            return middle
        return Rational(round(float(middle) * 2**20), 2**20)
    size = (Rational(1, 10), S.One, Integer(3), Integer(30), Rational(1, 1000), Integer(1000))
    away = size[index % 6]
    if low.is_finite:
        return Rational(round(float(low) * 2**20), 2**20) + away
    if high.is_finite:
        return Rational(round(float(high) * 2**20), 2**20) - away
    return away if index % 4 < 2 else -away


def factors_of(f: Expr) -> list[tuple[Expr, Expr]]:
    """Return bases and exponents of the factors of ``f``, as SymPy finds them."""
    if f.count_ops() > LARGEST:
        return []
    try:
        product = sp.factor(sp.together(f))
    except (sp.PolynomialError, NotImplementedError, ValueError, TypeError, AttributeError):
        return []
    found = []
    for part in Mul.make_args(product):
        if isinstance(part, sp.exp):
            found.append((part, S.One))
        elif isinstance(part, Pow) and isinstance(part.exp, Integer):
            found.append((part.base, part.exp))
        else:
            found.append((part, S.One))
    return found


def divisors(f: Expr) -> Iterator[Expr]:
    """Yield multipliers of ``f`` after which a derivative is simpler."""
    if f.count_ops() > LARGEST:
        return
    for kind in (*MONOTONE, sp.exp):
        found = sorted(f.atoms(kind), key=str)
        if not 1 <= len(found) <= 2:
            continue
        for atom in found:
            name = sp.Dummy("u")
            try:
                terms = sp.Poly(f.xreplace({atom: name}), name)
            except (sp.PolynomialError, ValueError, TypeError):
                continue
            if terms.degree() != 1 or any(c.has(name) for c in terms.all_coeffs()):
                continue
            slope, rest = terms.all_coeffs()
            if slope.free_symbols:
                yield 1 / slope if kind is not sp.exp else 1 / (slope * atom)
            if kind is sp.exp and rest.free_symbols:
                yield 1 / rest
            if kind is sp.exp and not slope.free_symbols:
                yield sp.exp(-atom.exp)


__all__ = ["Closing", "Identity", "Operator", "accepted", "evident"]
