"""Equalities whose proof fails at special values: a zero, a pole, an end of a range.

A rule that fits but for one condition is the hint: the goal is proved where the condition holds,
and where it fails.  There it often fixes a variable, whose value is then put in.  A disjunction
is proved likewise: where its first part fails, that tells a value, and the others must hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Expr, Integral, S, Symbol

from proofcheck.certificates import Certificate, Ranges, Split, Substitute, Sufficient, Value
from proofcheck.engines._angles import equal_angles
from proofcheck.engines._cases import DEEPEST, SPLITTING, Cases
from proofcheck.engines._closing import accepted, evident
from proofcheck.engines._integration import Search
from proofcheck.engines._rewriting import Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.errors import ClaimError
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context, Obligation, opened, terms_of
from proofcheck.points import Unsubstitutable
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation, free_symbols, negate
from proofcheck.substitution import substituted, valued

DEPTH = 4
MOST = 5


class SpecialCases:
    """Searches for a tree of splits on the conditions that rules lack."""

    name = "special cases"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the tree, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        search = Exceptions(budget)
        if isinstance(goal, AnyOf):
            return search.either(goal, context)
        if not isinstance(goal, Relation) or goal.operator != "eq":
            return None
        if not isinstance(goal.lhs, Expr) or not isinstance(goal.rhs, Expr):
            return None
        _, lacking = search.plain(goal, context)
        return search.split(goal, context, lacking, DEPTH)


@dataclass
class Exceptions:
    """A search with one budget."""

    budget: Budget

    def prove(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Return a proof of an equality, by further splits if there is none without."""
        found, lacking = self.plain(goal, context)
        return found or self.split(goal, context, lacking, depth)

    def plain(
        self, goal: Relation, context: Context
    ) -> tuple[Certificate | None, tuple[Condition, ...]]:
        """Return a proof without splits, or what the rules lacked for one."""
        inside = presumed(goal, context)
        difference = goal.lhs - goal.rhs
        rewriter = Rewriter(inside, self.budget)
        found: Certificate | None = rewriter.identity(difference)
        lacking = tuple(dict.fromkeys((*rewriter.lacking, *parameters(difference, context))))
        if found is None and difference.has(Integral):
            found = Search(inside, self.budget).vanishing(difference)
        if found is None:
            found = equal_angles(Rewriter(inside, self.budget), difference)
        return found, lacking

    def split(
        self, goal: Relation, context: Context, lacking: tuple[Condition, ...], depth: int
    ) -> Certificate | None:
        """Return a split of which one part needs no further ones."""
        if depth == 0:
            return None
        for condition in list(questions(lacking, context))[:MOST]:
            for first in (condition, negate(condition)):
                if self.budget.expired():
                    return None
                here = self.part(goal, context, first, 0)
                if here is None:
                    continue
                there = self.part(goal, context, negate(first), depth - 1)
                if there is None:
                    break
                found = Split(first, here, there)
                return found if accepted(goal, context, found) else None
        for symbol in sorted(planar(lacking, context), key=str):
            tree = self.planes(goal, context, symbol, depth - 1)
            if tree is not None:
                return tree if accepted(goal, context, tree) else None
        return None

    def planes(self, goal: Relation, context: Context, symbol: Symbol, depth: int) -> Split | None:
        """Return a proof above, below and on the real line."""
        real, upper = Member(symbol, S.Reals), Relation(sp.im(symbol), "gt", S.Zero)
        outside = context.narrowed(negate(real))
        above = self.prove(goal, outside.narrowed(upper), depth)
        if above is None:
            return None
        below = self.prove(goal, outside.narrowed(negate(upper)), depth)
        if below is None:
            return None
        line = Symbol(f"{symbol.name}_real", real=True)
        step = Substitute(symbol, line, S.Reals, line, symbol, Ranges())
        try:
            _, there, inside = substituted(goal, context.narrowed(real), step)
        except (ClaimError, Unsubstitutable, *LIBRARY_ERRORS):
            return None
        along = self.prove(there, inside, depth) if isinstance(there, Relation) else None
        if along is None:
            return None
        return Split(real, replace(step, proof=along), Split(upper, above, below))

    def part(
        self, goal: Relation, context: Context, condition: Condition, depth: int
    ) -> Certificate | None:
        """Return a proof of ``goal`` where ``condition`` holds."""
        inside = context.narrowed(condition)
        placed = value(goal, inside, condition)
        if placed is None:
            found = self.prove(goal, inside, depth)
            if found is None and (goal.lhs - goal.rhs).has(*SPLITTING):
                found = Cases(self.budget).prove(goal, inside, DEEPEST)
            return found
        there, fixed = placed
        if not isinstance(there, Relation) or (there.lhs - there.rhs).has(S.NaN):
            return None
        then = Ranges() if accepted(there, fixed, Ranges()) else self.prove(there, fixed, depth)
        return None if then is None else Value(len(inside.assumptions) - 1, then)

    def either(self, goal: AnyOf, context: Context) -> Certificate | None:
        """Return a proof of a disjunction by a value that one part excludes."""
        for index, part in enumerate(goal.conditions):
            if not isinstance(part, Relation):
                continue
            inside = context.narrowed(negate(part))
            placed = value(goal, inside, negate(part))
            if placed is None or not accepted(*placed, Ranges()):
                continue
            otherwise = Value(len(inside.assumptions) - 1, Ranges())
            found = Split(part, Sufficient(index, Ranges()), otherwise)
            if accepted(goal, context, found):
                return found
        return None


def value(
    goal: Condition, context: Context, condition: Condition
) -> tuple[Condition, Context] | None:
    """Return goal and context with the value that the last assumption gives a variable."""
    if not isinstance(condition, Relation) or condition.operator != "eq":
        return None
    try:
        return valued(goal, context, Value(len(context.assumptions) - 1, Ranges()))
    except (ClaimError, Unsubstitutable, *LIBRARY_ERRORS):
        return None


def parameters(difference: Expr, context: Context) -> Iterator[Condition]:
    """Yield that the parameters of integrals are not zero."""
    for integral in sorted(difference.atoms(Integral), key=str):
        for symbol in sorted(integral.free_symbols & set(context.sets), key=str):
            yield Relation(symbol, "ne", S.Zero)


def questions(lacking: tuple[Condition, ...], context: Context) -> Iterator[Condition]:
    """Yield conditions to split on, bounds and values of one variable where they are that."""
    seen = set()
    for condition in lacking:
        for asked in parts(condition):
            known = asked in seen or not free_symbols(asked) <= set(context.sets)
            if not known and not evident(asked, context) and not evident(negate(asked), context):
                yield asked
            seen.add(asked)


def parts(condition: Condition) -> Iterator[Condition]:
    """Yield what a condition asks, in parts."""
    match condition:
        case AnyOf() | AllOf():
            for inner in condition.conditions:
                yield from parts(inner)
        case Relation(operator="ne" | "eq"):
            yield from roots(condition.lhs - condition.rhs)
        case Member(negated=True):
            yield condition
        case Relation(operator="gt" | "lt") if condition.rhs == 0:
            if condition.lhs.is_real and not condition.lhs.has(sp.re, sp.im):
                yield Relation(condition.lhs, "gt", S.Zero)
                yield from roots(condition.lhs)
            for factor in sp.Mul.make_args(condition.lhs):
                if factor.is_Symbol:
                    yield Relation(factor, "ne", S.Zero)


def planar(lacking: tuple[Condition, ...], context: Context) -> set[Symbol]:
    """Return the complex variables whose half-plane matters."""
    asked: set[Basic] = set()
    for condition in lacking:
        for side in terms_of(condition):
            asked |= {part.args[0] for part in side.atoms(sp.re, sp.im)}
    return {s for s, values in context.sets.items() if values is S.Complexes and s in asked}


def roots(expression: Expr) -> Iterator[Condition]:
    """Yield that a factor of ``expression`` is not zero, solved for a variable."""
    for factor in sp.Mul.make_args(sp.factor_terms(expression)):
        base = factor.as_base_exp()[0]
        symbols = sorted(base.free_symbols, key=str)
        for symbol in symbols:
            slope = base.coeff(symbol, 1)
            rest = sp.expand(base - slope * symbol)
            linear = slope.is_Rational and slope != 0 and symbol not in rest.free_symbols
            if isinstance(symbol, Symbol) and linear:
                yield Relation(symbol, "ne", -rest / slope)
                break
        else:
            if symbols:
                yield Relation(base, "ne", S.Zero)
