"""From an inequality at n to that at n + 1: a multiple of the hypothesis and a rest.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from sympy import Add, Expr, Function, Mul, S, Symbol

from proofcheck.algebra import Intractable
from proofcheck.certificates import Certificate, Instead, Known, Ranges
from proofcheck.engines._citing import MOST, instances, needed
from proofcheck.engines._closing import Closing, accepted, evident
from proofcheck.engines._rewriting import Quotient, Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.identities.equations import Inapplicable
from proofcheck.identities.inequalities import inequality
from proofcheck.obligations import Context
from proofcheck.points import Unsubstitutable, instantiate
from proofcheck.relations import Relation, free_symbols
from proofcheck.steps import UPWARDS

SECONDS = 1.0


def inequality_step(
    goal: Relation, context: Context, symbol: Symbol, budget: Budget
) -> Certificate | None:
    """Return a proof of ``goal`` at n + 1 that assumes it at n, or None."""
    fixed = tuple(a for a in context.assumptions if symbol not in free_symbols(a))
    context = Context(context.variables, fixed).assuming(goal)
    try:
        sides = [instantiate(side, {symbol: symbol + 1}) for side in (goal.lhs, goal.rhs)]
    except (Unsubstitutable, *LIBRARY_ERRORS):
        return None
    following = Relation(sides[0], goal.operator, sides[1])
    known, wanted = goal.lhs - goal.rhs, following.lhs - following.rhs
    there = presumed(following, presumed(goal, context))
    for factor in factors(known, wanted, there, budget):
        if budget.expired():
            return None
        found = _with(factor, known, following, context, there, budget)
        if found is not None:
            return found
    return _by_a_known_inequality(known, following, context, there, budget)


def _by_a_known_inequality(
    known: Expr, following: Relation, context: Context, there: Context, budget: Budget
) -> Certificate | None:
    """Return the step from what a known inequality leaves of the goal, as above."""
    sign = UPWARDS[following.operator]
    wanted = (following.lhs - following.rhs).atoms(Function)
    about = dict.fromkeys(chain(instances(known), instances(following.lhs - following.rhs)))
    for rule, arguments in islice(about, MOST):
        try:
            fact = inequality(rule, arguments)
        except Inapplicable:
            continue
        if budget.expired():
            return None
        gained = UPWARDS[fact.relation.operator] * (fact.relation.lhs - fact.relation.rhs)
        rest = sign * (following.lhs - following.rhs) - gained
        gone = wanted - rest.atoms(Function)
        if not gone & gained.atoms(Function):
            continue
        if not all(evident(one, context) for one in needed(fact.relation, fact.conditions)):
            continue
        carried = fact.relation.operator in ("gt", "lt") or following.operator in ("ge", "le")
        left = Relation(rest, "ge" if carried else "gt", S.Zero)
        for factor in factors(sign * known, rest, there, budget):
            found = _with(factor, sign * known, left, context, there, budget)
            if found is not None:
                return Known(rule, arguments, found)
    return None


def factors(known: Expr, wanted: Expr, context: Context, budget: Budget) -> Iterator[Expr]:
    """Yield what to multiply the hypothesis by: ratios of the coefficients of an atom, and 1."""
    quotients = Rewriter(context, budget.within(SECONDS)).fractions([known, wanted])
    found: dict[Expr, None] = {}
    if quotients is not None:
        low, high = quotients
        for atom in low.atoms:
            if isinstance(atom, Symbol):
                continue
            below, above = (coefficient(q, atom) for q in (low, high))
            if below is not None and above is not None and below != 0:
                found[(above / below).cancel()] = None
    found[S.One] = None
    for factor in found:
        if factor == 1 or evident(Relation(factor, "ge", S.Zero), context):
            yield factor


def coefficient(quotient: Quotient, atom: Expr) -> Expr | None:
    """Return the coefficient of an atom in a fraction that is linear in it, or None."""
    position = quotient.atoms.index(atom) if atom in quotient.atoms else -1
    if position < 0:
        return None
    terms: list[Expr] = []
    for exponents, value in quotient.numerator.to_dict().items():
        if exponents[position] > 1:
            return None
        if exponents[position] == 1:
            powers = (
                a**int(e) for i, (a, e) in enumerate(zip(quotient.atoms, exponents, strict=False))
                if e and i != position
            )  # fmt: skip
            terms.append(Mul(int(value.p), *powers) / int(value.q))
    below = Quotient(quotient.atoms, quotient.denominator, quotient.denominator**0).expression
    return Add(*terms) / below


def _with(
    factor: Expr,
    known: Expr,
    following: Relation,
    context: Context,
    there: Context,
    budget: Budget,
) -> Certificate | None:
    """Return the step by ``factor`` times the hypothesis plus a rest of the right sign."""
    difference = following.lhs - following.rhs
    try:
        parts = Rewriter(there, budget.within(SECONDS)).fractions([difference - factor * known])
    except (Intractable, RecursionError):
        return None
    if not parts:
        return None
    rest = parts[0].expression
    sign = UPWARDS[following.operator]
    expression = Add(Mul(factor, known, evaluate=False), rest, evaluate=False)
    equal = Rewriter(there, budget.within(SECONDS)).identity(difference - factor * known - rest)
    if equal is None:
        return None
    instead = Relation(expression, following.operator, S.Zero)
    if not evident(Relation(sign * rest, "ge", S.Zero), there):
        return None
    plain = Instead(expression, equal, Ranges())
    if accepted(following, context, plain):
        return plain
    closed = Closing(budget.within(SECONDS), boxes=20).close(instead, there)
    return None if closed is None else Instead(expression, equal, closed)
