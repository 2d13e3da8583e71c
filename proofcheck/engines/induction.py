"""Relations for all integers from a least one, by induction.

At the least integer and in the step both sides are rewritten (``_rewriting``): what occurs at
n + 1, sums up to n + 1 among it, is expressed by what occurs at n.  The step is proved if its
numerator is then a multiple of the induction hypothesis, possibly after multiplication by a
coefficient that is evidently not zero.  It decides sums and products whose closed form is known
(every summand that does not contain the upper limit: the closed form telescopes, as in Gosper's
algorithm), sums of hypergeometric terms that satisfy a recurrence of first order (Zeilberger's
algorithm, ``_telescoping``) and sequences that satisfy a recurrence of which the other terms are
known, or one of two terms that is assumed of every n: an earlier claim about an integral.  An
inequality is a multiple of the hypothesis plus a rest of visible sign, from some integer on; those
before are looked at one by one.

Source: M. Petkovsek, H. Wilf, D. Zeilberger, "A = B" (1996), chapters 5 and 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from sympy import Expr, Integer, Integral, Product, Range, S, Sum, Symbol, oo

from proofcheck import formal_sums
from proofcheck.algebra import Intractable, Ring
from proofcheck.certificates import (
    Certificate,
    Enumerate,
    Identity,
    Induction,
    Instance,
    Ranges,
    Split,
)
from proofcheck.engines._closing import Closing, accepted, evident
from proofcheck.engines._elimination import expression_of as as_it_stands
from proofcheck.engines._induction_steps import inequality_step
from proofcheck.engines._integration import Search
from proofcheck.engines._rewriting import Rewriter, expression_of, presumed
from proofcheck.engines._telescoping import relate_sums
from proofcheck.engines.base import Budget
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context, Obligation
from proofcheck.points import Unsubstitutable, instantiate
from proofcheck.relations import Member, Relation, Throughout, free_symbols

LATEST = 7
"""How much later than the least integer an inequality may begin to follow from the one before."""


class InductionOnIntegers:
    """Proves a relation at the least integer, and from n to n + 1."""

    name = "induction"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return an Induction certificate, or None."""
        goal, context = obligation.goal, obligation.context
        if not isinstance(goal, Relation) or goal.operator == "ne":
            return None
        if not isinstance(goal.lhs, Expr) or not isinstance(goal.rhs, Expr):
            return None
        if goal.operator != "eq":
            return bounded(goal, context, budget)
        for symbol, least in candidates(goal, context):
            if budget.expired():
                return None
            fixed = tuple(a for a in context.assumptions if symbol not in free_symbols(a))
            moving = Context(context.variables, fixed)
            base = _base(goal, moving, symbol, least, budget)
            if base is None:
                continue
            step = _step(goal, moving, symbol, budget)
            steps = [] if step is None else [step]
            for one in chain(steps, by_recurrence(goal, moving, symbol, budget)):
                found = Induction(symbol, base, one)
                if accepted(goal, context, found):
                    return found
        return None


def bounded(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return an induction that proves an inequality, perhaps from a later integer on."""
    for symbol, least in candidates(goal, context):
        first: list[Certificate] = []
        for start in range(int(least), int(least) + LATEST):
            if budget.expired():
                return None
            base = _at(goal, context, symbol, start, budget)
            if base is None:
                break  # every later start needs it too
            condition = Relation(symbol, "ge", Integer(start))
            later = context.narrowed(condition) if first else context
            step = inequality_step(goal, later, symbol, budget)
            then = None if step is None else Induction(symbol, base, step)
            if then is not None and accepted(goal, later, then):
                found = Split(condition, then, Enumerate(symbol, tuple(first))) if first else then
                return found if accepted(goal, context, found) else None
            first.append(base)
    return None


def _at(
    goal: Relation, context: Context, symbol: Symbol, value: int, budget: Budget
) -> Certificate | None:
    """Return a proof of ``goal`` at a single value of ``symbol``."""
    there = _put(goal, symbol, Integer(value))
    if there is None:
        return None
    return Closing(budget.within(1.0), boxes=40).close(there, context.without(symbol))


def candidates(goal: Relation, context: Context) -> Iterator[tuple[Symbol, Expr]]:
    """Yield the variables that range over all integers from a least one, and that one."""
    for symbol, values in context.sets.items():
        if values in (S.Naturals, S.Naturals0):
            values = Range(values.inf, oo)
        if not isinstance(values, Range) or values.step != 1 or values.stop != oo:
            continue
        if not values.start.is_Integer or symbol not in free_symbols(goal):
            continue
        if not context.dependents(symbol):
            yield symbol, values.start


def _put(goal: Relation, symbol: Symbol, value: Expr) -> Relation | None:
    try:
        sides = [instantiate(side, {symbol: value}) for side in (goal.lhs, goal.rhs)]
    except (Unsubstitutable, *LIBRARY_ERRORS):
        return None
    return Relation(sides[0], goal.operator, sides[1])


def _base(
    goal: Relation, context: Context, symbol: Symbol, least: Expr, budget: Budget
) -> Certificate | None:
    there = _put(goal, symbol, least)
    if there is None:
        return None
    elsewhere, difference = presumed(there, context.without(symbol)), there.lhs - there.rhs
    found = Rewriter(elsewhere, budget).identity(difference)
    if found is None and difference.has(Integral):
        return Search(elsewhere, budget.share(2)).vanishing(difference)
    return found


def _step(goal: Relation, context: Context, symbol: Symbol, budget: Budget) -> Certificate | None:
    following = _put(goal, symbol, symbol + 1)
    if following is None:
        return None
    before = context.assuming(goal)
    rewriter = Rewriter(presumed(following, presumed(goal, before)), budget)
    try:
        hypothesis, wanted = (_difference(relation, before) for relation in (goal, following))
        relate_sums(rewriter, wanted, hypothesis)
        rewriter.rewrite([wanted, hypothesis])
        ring = rewriter.ring([wanted, hypothesis])
        found = multiple(ring, wanted, hypothesis)
    except (Intractable, RecursionError):
        return None
    if found is None:
        return None
    cofactor, multiplier = found
    index = len(context.assumptions)
    scale = None if multiplier == 1 else multiplier
    return Identity(tuple(rewriter.rewrites), ((index, cofactor),), scale)


def _difference(relation: Relation, context: Context) -> Expr:
    difference = relation.lhs - relation.rhs
    return formal_sums.normal_form(difference, context) if difference.has(Sum) else difference


def by_recurrence(
    goal: Relation, context: Context, symbol: Symbol, budget: Budget
) -> Iterator[Certificate]:
    """Yield steps by an equation that is assumed of every n: what it says of n and n + 1."""
    following, before = _put(goal, symbol, symbol + 1), context.assuming(goal)
    for index, assumption in enumerate(context.assumptions):
        if following is None or not isinstance(assumption, Throughout) or budget.expired():
            continue
        there = assumption.condition
        if not isinstance(there, Relation) or there.operator != "eq":
            continue
        fact = _put(there, assumption.symbol, symbol)
        if fact is None or not evident(Member(symbol, assumption.set), context):
            continue
        known = presumed(fact, presumed(following, presumed(goal, before.assuming(fact))))
        rewriter = Rewriter(known, budget)
        differences = [one.lhs - one.rhs for one in (following, goal, fact)]
        try:
            rewriter.rewrite(differences)
            found = combined(rewriter.ring(differences), *differences)
        except (Intractable, RecursionError):
            continue
        if found is not None:
            multiplier, *cofactors = found
            positions = enumerate(cofactors, len(context.assumptions))
            proof = Identity(tuple(rewriter.rewrites), tuple(positions), multiplier)
            yield Instance(index, symbol, Ranges(), proof)


def combined(ring: Ring, wanted: Expr, known: Expr, fact: Expr) -> tuple[Expr, ...] | None:
    """Return m, c and d with ``m*wanted = c*known + d*fact``, of the numerators."""
    up, down, rest = (ring._reduced(ring.fraction(e).numerator) for e in (wanted, known, fact))
    for position in range(len(ring.atoms)):
        high, low = coefficient(up, position), coefficient(rest, position)
        if not high or not low:
            continue
        left = proportional(ring, ring._reduced(low * up - high * rest), down)
        if left is not None:
            parts = [left[1] * low, left[0], left[1] * high]
            common = parts[0].gcd(parts[1]).gcd(parts[2])
            return tuple(as_it_stands(part / common, ring.atoms) for part in parts)
    return None


def multiple(ring: Ring, wanted: Expr, known: Expr) -> tuple[Expr, Expr] | None:
    """Return c and m with ``m*wanted = c*known``, of the numerators; m is not identically zero."""
    up, down = (ring._reduced(ring.fraction(e).numerator) for e in (wanted, known))
    found = proportional(ring, up, down)
    if found is None:
        return None
    high, low = found
    return expression_of(high, ring.atoms), expression_of(low, ring.atoms)


def proportional(ring: Ring, up: Any, down: Any) -> tuple[Any, Any] | None:
    """Return c and m with ``m*up = c*down``, without a common factor."""
    if not down:
        return None
    accumulated = (Sum, Product)
    order = sorted(range(len(ring.atoms)), key=lambda i: not isinstance(ring.atoms[i], accumulated))
    for position in order:
        high, low = coefficient(up, position), coefficient(down, position)
        if high is None or low is None or not low:
            continue
        if ring.vanishes(low * up - high * down):
            common = low.gcd(high)
            return high / common, low / common
    return None


def coefficient(polynomial: Any, position: int) -> Any:
    """Return the coefficient of a generator in a polynomial that is linear in it, or None."""
    found: dict[tuple[int, ...], Any] = {}
    for exponents, value in polynomial.to_dict().items():
        if exponents[position] > 1:
            return None
        if exponents[position] == 1:
            found[(*exponents[:position], 0, *exponents[position + 1 :])] = value
    return polynomial.context().from_dict(found)
