"""Equalities whose proof fails at special values: a zero, a pole, an end of a range.

A rule that fits but for one condition is the hint: the goal is proved where the condition holds,
and where it fails.  There it often fixes a variable, whose value is then put in.  A disjunction
is proved likewise: where its first part fails, that tells a value, and the others must hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Integral, S, Symbol

from proofcheck.certificates import Certificate, Ranges, Split, Sufficient, Value
from proofcheck.engines._angles import equal_angles
from proofcheck.engines._cases import DEEPEST, SPLITTING, Cases
from proofcheck.engines._closing import accepted, evident
from proofcheck.engines._integration import Search
from proofcheck.engines._rewriting import Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.errors import ClaimError
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.points import Unsubstitutable
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation, free_symbols, negate
from proofcheck.substitution import valued

DEPTH = 2
MOST = 5


class SpecialCases:
    """Searches for a tree of splits on the conditions that rules lack."""

    name = "special cases"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the tree, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        search = Exceptions(budget.share(2))
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
        """Return a split on one of the conditions, both of its parts proved."""
        for condition in list(questions(lacking, context))[:MOST]:
            if depth == 0 or self.budget.expired():
                return None
            here = self.part(goal, context, condition, depth)
            if here is None:
                continue
            there = self.part(goal, context, negate(condition), depth)
            if there is not None:
                found = Split(condition, here, there)
                return found if accepted(goal, context, found) else None
        return None

    def part(
        self, goal: Relation, context: Context, condition: Condition, depth: int
    ) -> Certificate | None:
        """Return a proof of ``goal`` where ``condition`` holds."""
        inside = context.narrowed(condition)
        placed = value(goal, inside, condition)
        if placed is None:
            found = self.prove(goal, inside, depth - 1)
            if found is None and (goal.lhs - goal.rhs).has(*SPLITTING):
                found = Cases(self.budget).prove(goal, inside, DEEPEST)
            return found
        there, fixed = placed
        if not isinstance(there, Relation) or (there.lhs - there.rhs).has(S.NaN):
            return None
        then = Ranges() if accepted(there, fixed, Ranges()) else self.prove(there, fixed, depth - 1)
        return None if then is None else Value(len(inside.assumptions) - 1, then)

    def either(self, goal: AnyOf, context: Context) -> Certificate | None:
        """Return a proof of a disjunction by a value that one part excludes."""
        for index, part in enumerate(goal.conditions):
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
    except (ClaimError, Unsubstitutable, ValueError, TypeError, AttributeError):
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
