"""Inequalities with auxiliary variables that assumed equations give.

``y**2 = 1 + x`` is what x is: its value is put in, and one variable is left.  What is then assumed
of a polynomial in the variables that are left bounds them; what lies outside the bounds
contradicts that, as interval arithmetic sees.  Inside them the inequality is closed by covers, or
by the analyst's steps.  The certificate is a Lemma for each equation solved, a Value, and a Split
at each bound.

No equation is solved for a variable that occurs in it twice, or to a higher power.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import sympy as sp
from sympy import Expr, Interval, Rational, S, Symbol

from proofcheck.certificates import Certificate, Lemma, Ranges, Split, Value
from proofcheck.engines._boxes import Hopeless
from proofcheck.engines._closing import Closing, accepted
from proofcheck.engines._covering import Covering
from proofcheck.engines._elimination import Elimination
from proofcheck.engines._translation import rational
from proofcheck.engines.base import Budget
from proofcheck.errors import ClaimError
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context, Obligation, opened, premises
from proofcheck.points import Unsubstitutable
from proofcheck.relations import Relation, negate
from proofcheck.steps import UPWARDS, Rejected
from proofcheck.substitution import valued

MOST = 4
BITS = 10


class VariablesGivenByEquations:
    """Puts in the values that equations give, and bounds what is left."""

    name = "variables given by equations"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the values with a proof of what is left, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        if not isinstance(goal, Relation) or goal.operator not in UPWARDS:
            return None
        if rational(goal.lhs - goal.rhs):
            return None  # there are better ways with polynomials
        return _without(goal, context, budget, MOST)


def _without(goal: Relation, context: Context, budget: Budget, depth: int) -> Certificate | None:
    """Return a proof with one variable after the other given its value."""
    for equation in solved(context):
        if depth == 0 or budget.expired():
            return None
        same = Elimination(equation, context, budget.share(4)).certificate()
        first = tuple(end for end in ends(context, equation.lhs) if end not in context.assumptions)
        inside = context.assuming(*first, equation)
        step = Value(len(inside.assumptions) - 1, Ranges())
        try:
            there, fixed = valued(goal, inside, step)
        except (ClaimError, Unsubstitutable, *LIBRARY_ERRORS):
            continue
        if same is None or not isinstance(there, Relation):
            continue
        then = _without(there, fixed, budget, depth - 1) or _bounded(there, fixed, budget)
        if then is not None:
            found = Lemma(equation, same, Value(step.index, then))
            for end in reversed(first):
                found = Lemma(end, Ranges(), found)
            return found if accepted(goal, context, found) else None
    return None


def ends(context: Context, symbol: Symbol) -> tuple[Relation, ...]:
    """Return what the set of a variable says of it: the set goes when the value comes."""
    known = premises(Context(context.variables))
    return tuple(end for end in known if isinstance(end, Relation) and symbol in (end.lhs, end.rhs))


def solved(context: Context) -> Iterator[Relation]:
    """Yield assumed equations solved for a variable, which occurs in them once."""
    for fact in context.assumptions:
        if not isinstance(fact, Relation) or fact.operator != "eq" or fact.assumptions:
            continue
        if not isinstance(fact.lhs, Expr) or not isinstance(fact.rhs, Expr):
            continue
        difference = sp.expand(fact.lhs - fact.rhs)
        for symbol in sorted(difference.free_symbols, key=str):
            slope = difference.coeff(symbol, 1)
            rest = sp.expand(difference - slope * symbol)
            plain = slope.is_Rational and slope != 0 and symbol not in rest.free_symbols
            if (
                isinstance(symbol, Symbol)
                and plain
                and isinstance(context.sets.get(symbol), Interval)
            ):
                yield Relation(symbol, "eq", -rest / slope)


def _bounded(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return a proof inside the bounds, with what contradicts the assumptions cut off."""
    cuts = []
    for outside in outer(context):
        if budget.expired():
            return None
        beyond = context.narrowed(outside)
        if beyond.sets != context.sets and accepted(goal, beyond, Ranges()):
            cuts.append(outside)
            context = context.narrowed(negate(outside))
    lemmas = list(exceptions(context))
    context = context.assuming(*(lemma.condition for lemma in lemmas))
    found = _closed(goal, context, budget)
    if found is None:
        return None
    for lemma in reversed(lemmas):
        found = replace(lemma, proof=found)
    for outside in reversed(cuts):
        found = Split(outside, Ranges(), found)
    return found


def exceptions(context: Context) -> Iterator[Lemma]:
    """Yield what rational numbers a variable is not, as a polynomial of it is not zero."""
    for fact in context.assumptions:
        if not isinstance(fact, Relation) or fact.operator != "ne":
            continue
        difference = fact.lhs - fact.rhs
        if fact.lhs.is_Symbol or len(difference.free_symbols) != 1:
            continue
        (symbol,) = difference.free_symbols
        for place in roots(difference, symbol):
            equal = Relation(symbol, "eq", place)
            there = Value(len(context.assumptions), Ranges())
            lemma = Lemma(negate(equal), Split(equal, there, Ranges()), Ranges())
            if place.is_Rational and accepted(lemma.condition, context, lemma.first):
                yield lemma
                context = context.assuming(lemma.condition)


def _closed(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    try:
        found = Covering(budget.share(2)).prove(goal, context)
    except (Hopeless, Rejected):
        return None
    return found or Closing(budget.share(2), boxes=60).close(goal, context)


def outer(context: Context) -> Iterator[Relation]:
    """Yield beyond what numbers the variables of assumed inequalities may not lie."""
    for fact in context.assumptions:
        if not isinstance(fact, Relation) or fact.operator not in UPWARDS:
            continue
        difference = fact.lhs - fact.rhs
        for symbol in sorted(difference.free_symbols, key=str):
            if isinstance(context.sets.get(symbol), Interval):
                for place in islice(roots(difference, symbol), MOST):
                    yield Relation(symbol, "gt", rounded(place, 1))
                    yield Relation(symbol, "lt", rounded(place, -1))


def roots(f: Expr, symbol: Symbol) -> Iterator[Expr]:
    """Yield where ``f`` vanishes, the other variables being zero, if it is a polynomial."""
    others = f.free_symbols - {symbol}
    try:
        polynomial = sp.Poly(f.subs(dict.fromkeys(others, S.Zero)), symbol)
        exact = sp.roots(polynomial, filter="Q")
        yield from exact
        yield from (r for r in polynomial.nroots() if r.is_real and _apart(r, list(exact)))
    except LIBRARY_ERRORS:
        return


def _apart(place: Expr, others: list[Expr]) -> bool:
    return all(abs(place - other) > S(2) ** -BITS for other in others)


def rounded(place: Expr, direction: int) -> Rational:
    """Return a rational number a little farther out, or the number itself."""
    if place.is_Rational:
        return place
    scaled = place * 2**BITS
    whole = sp.ceiling(scaled) if direction > 0 else sp.floor(scaled)
    return Rational(int(whole), 2**BITS)
