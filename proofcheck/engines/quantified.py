"""Relations from assumptions about all of a range: an earlier claim cited at every index.

An equation for every index is used in three ways: at an index that the goal mentions; at the index
that the goal itself is about; and under a sum, where with a cofactor and without the indices that
it excludes it is summed up, and the sum is a further equation.  What then is left is elimination.
Untrusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

from sympy import (
    Expr,
    Indexed,
    KroneckerDelta,
    Mul,
    PolynomialError,
    Range,
    S,
    Sum,
    Symbol,
    pquo,
)

from proofcheck import algebra, formal_sums
from proofcheck.certificates import (
    Alternatives,
    Certificate,
    Identity,
    Instance,
    Instead,
    Lemma,
    Ranges,
    Split,
    Sufficient,
    Termwise,
)
from proofcheck.engines._closing import accepted, evident
from proofcheck.engines._elimination import Elimination, difference, expression_of
from proofcheck.engines._hints import sides
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines._signs import assumed_multiple, combination
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, mentioned, opened
from proofcheck.points import Unsubstitutable, instantiate_condition
from proofcheck.relations import (
    AnyOf,
    Condition,
    Member,
    Relation,
    Throughout,
    free_symbols,
    negate,
)

SECONDS_FOR_A_SUMMAND = 2.0
MOST_FACTS = 12


class QuantifiedAssumptions:
    """Uses what is assumed for all of a range, at some of it or under a sum."""

    name = "quantified assumptions"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a chain of Instance and Lemma steps that ends in elimination, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        if not any(map(quantified, context.assumptions)):
            return None
        if isinstance(goal, AnyOf):
            return either(goal, context, budget)
        return used(goal, context, budget)


def quantified(assumption: Condition) -> bool:
    """Tell whether ``assumption`` is a relation for all of a set, or for all but a few."""
    if not isinstance(assumption, Throughout):
        return False
    inner = assumption.condition
    main = inner.conditions[-1] if isinstance(inner, AnyOf) else inner
    return isinstance(main, Relation) and assumption.symbol in free_symbols(main)


def either(goal: AnyOf, context: Context, budget: Budget) -> Certificate | None:
    """Return a proof of the last alternative where the earlier ones fail."""
    last = len(goal.conditions) - 1
    for part in goal.conditions[:-1]:
        context = context.narrowed(negate(part))
    proof = used(goal.conditions[-1], context, budget)
    if proof is None:
        return None
    found: Certificate = Sufficient(last, proof)
    for index, part in reversed(list(enumerate(goal.conditions[:-1]))):
        found = Split(part, Sufficient(index, Ranges()), found)
    return found


@dataclass(frozen=True)
class Used:
    """A step that brings in a fact: what comes before it, and how the rest is wrapped."""

    context: Context
    wrap: Callable[[Condition, Certificate], Certificate | None]


def used(goal: Condition, context: Context, budget: Budget) -> Certificate | None:
    """Return a proof from the facts that the quantified assumptions come to."""
    steps: list[Used] = []
    plain = context
    for step, following in at_indices(goal, context):
        steps.append(step)
        context = following
    found = closed(goal, context, budget.share(2))
    if found is None and isinstance(goal, Relation) and goal.operator == "eq":
        for step, following in summed_up(goal, plain, context):
            steps.append(step)
            context = following
        found = closed(goal, context, budget)
    for step in reversed(steps):
        if found is None:
            return None
        found = step.wrap(goal, found)
    return found


def closed(goal: Condition, context: Context, budget: Budget) -> Certificate | None:
    """Return a proof of ``goal`` from plain assumptions."""
    equality = isinstance(goal, Relation) and goal.operator == "eq"
    if not equality and accepted(goal, context, Ranges()):
        return Ranges()
    if not isinstance(goal, Relation):
        return None
    if not equality:
        return assumed_multiple(goal, context) or combination(goal, context)
    try:
        return Elimination(goal, context, budget).certificate()
    except algebra.Intractable:
        return None


def at_indices(goal: Condition, context: Context) -> Iterator[tuple[Used, Context]]:
    """Yield the assumptions at the indices that are in sight, each with what it is added to."""
    assumed = [
        (i, a)
        for i, a in enumerate(context.assumptions)
        if isinstance(a, Throughout) and quantified(a)
    ]
    values = [*dict.fromkeys(indices_of(goal, context))]
    number = 0
    for index, assumption in assumed:
        for value in values:
            if number == MOST_FACTS or not evident(Member(value, assumption.set), context):
                continue
            try:
                there = instantiate_condition(assumption.condition, {assumption.symbol: value})
            except Unsubstitutable:
                continue
            found = instance(index, value, there, context)
            if found is not None:
                number += 1
                context = found[1]
                yield found


def instance(
    index: int, value: Expr, there: Condition, context: Context
) -> tuple[Used, Context] | None:
    """Return the step to an assumption at ``value``, where no alternative excludes it."""
    *excluded, main = there.conditions if isinstance(there, AnyOf) else (there,)
    if any(not evident(negate(part), context) for part in excluded):
        return None

    def wrap(goal: Condition, proof: Certificate) -> Certificate | None:
        if excluded:
            inside, branches = context.assuming(there), list[Certificate]()
            for part in excluded:
                absurd = impossible(goal, inside.narrowed(part), part)
                if absurd is None:
                    return None
                branches.append(absurd)
            proof = Alternatives(len(context.assumptions), (*branches, proof))
        return Instance(index, value, Ranges(), proof)

    inside = context.assuming(there)
    return Used(context, wrap), inside.narrowed(main) if excluded else inside


def impossible(goal: Condition, context: Context, part: Condition) -> Certificate | None:
    """Return a proof of ``goal`` where the equation ``part`` is assumed and known to fail."""
    if not isinstance(goal, Relation) or not isinstance(part, Relation) or part.operator != "eq":
        return None
    if goal.operator != "eq":
        sign = S.NegativeOne if goal.operator in ("lt", "le") else S.One
        absurd = impossible(Relation(goal.lhs - goal.rhs, "eq", sign), context, part)
        return None if absurd is None else Instead(sign, absurd, Ranges())
    whole, vanishing = goal.lhs - goal.rhs, part.lhs - part.rhs
    if whole.has(Sum):
        whole = formal_sums.normal_form(whole, context)
    ring = algebra.Ring([whole, vanishing])
    cofactor = expression_of(ring.fraction(whole).numerator, ring.atoms)
    position = context.assumptions.index(part)
    return Identity((), ((position, cofactor),), vanishing)


def indices_of(goal: Condition, context: Context) -> Iterator[Expr]:
    """Yield indices in the goal, and the integer variables that assumptions mention."""
    names = set(context.sets)
    for side in sides(goal):
        for member in sorted(side.atoms(Indexed), key=str):
            if all(index.free_symbols <= names for index in member.indices):
                yield from member.indices
    for symbol, values in context.sets.items():
        if isinstance(values, Range) and values.free_symbols:
            yield symbol


def summed_up(goal: Relation, plain: Context, context: Context) -> Iterator[tuple[Used, Context]]:
    """Yield the sums of assumed equations, times cofactors that occur under sums in sight."""
    sums = [
        total
        for relation in (goal, *plain.assumptions)
        if isinstance(relation, Relation) and relation.operator == "eq"
        for total in sorted(difference(relation, plain).atoms(Sum), key=str)
    ]
    number = 0
    for index, assumption in enumerate(plain.assumptions):
        if not isinstance(assumption, Throughout) or not quantified(assumption):
            continue
        if not isinstance(assumption.set, Range):
            continue
        symbol = fresh(assumption.symbol, context)
        try:
            there = instantiate_condition(assumption.condition, {assumption.symbol: symbol})
        except Unsubstitutable:
            continue
        *excluded, main = there.conditions if isinstance(there, AnyOf) else (there,)
        values = assumption.set
        weight = exclusion(excluded, symbol)
        if weight is None or not isinstance(main, Relation) or main.operator != "eq":
            continue
        for cofactor in dict.fromkeys(cofactors(main.lhs - main.rhs, symbol, values, sums)):
            if number == MOST_FACTS:
                return
            summand = Mul(weight, cofactor, main.lhs - main.rhs)
            total = Sum(summand, (symbol, values.start, values.stop - 1))
            fact = Relation(total, "eq", S.Zero)
            proof = termwise(summand, index, symbol, values, there, context)
            if proof is None or not accepted(fact, context, proof):
                continue
            number += 1
            yield Used(context, partial(lemma, fact, proof)), context.assuming(fact)
            context = context.assuming(fact)


def lemma(fact: Condition, first: Certificate, _goal: Condition, proof: Certificate) -> Certificate:
    """Return ``proof`` with ``fact`` proved before it."""
    return Lemma(fact, first, proof)


def exclusion(excluded: Sequence[Condition], symbol: Symbol) -> Expr | None:
    """Return a factor that is 0 at the excluded indices and 1 at the others."""
    weight: Expr = S.One
    for part in excluded:
        if not isinstance(part, Relation) or part.operator != "eq":
            return None
        if symbol not in (part.lhs, part.rhs):
            return None
        weight *= 1 - KroneckerDelta(part.lhs, part.rhs)
    return weight


def cofactors(vanishing: Expr, symbol: Symbol, values: Range, sums: list[Sum]) -> Iterator[Expr]:
    """Yield the quotients of summands over the same range by a member that the equation gives."""
    leading = [m for m in sorted(vanishing.atoms(Indexed), key=str) if symbol in m.free_symbols]
    for total in sums:
        if len(total.limits) != 1:
            continue
        index, low, high = total.limits[0]
        if Range(low, high + 1) != values:
            continue
        summand = total.function.xreplace({index: symbol})
        for member in leading:
            if not summand.has(member):
                continue
            try:
                quotient = pquo(summand, vanishing, member)
            except PolynomialError:
                continue
            if quotient != 0:
                yield quotient


def termwise(
    summand: Expr, index: int, symbol: Symbol, values: Range, there: Condition, context: Context
) -> Certificate | None:
    """Return a proof that each summand is 0: its equation holds, or its weight is 0."""
    inside = context.including(symbol, values).assuming(there)
    goal = Relation(summand, "eq", S.Zero)
    parts = there.conditions if isinstance(there, AnyOf) else ()
    branches: list[Certificate] = []
    for part in parts or (there,):
        within = inside.narrowed(part) if parts else inside
        proof: Certificate | None
        if part is (parts or (there,))[-1]:
            proof = closed(goal, within, Budget.lasting(SECONDS_FOR_A_SUMMAND))
        else:
            rewriter = Rewriter(within, Budget.lasting(SECONDS_FOR_A_SUMMAND))
            proof = rewriter.identity(summand)
        if proof is None:
            return None
        branches.append(proof)
    proof = Alternatives(len(context.assumptions), tuple(branches)) if parts else branches[0]
    return Termwise(Instance(index, symbol, Ranges(), proof))


def fresh(symbol: Symbol, context: Context) -> Symbol:
    """Return an index that occurs nowhere in the context, bound or free."""
    names = {getattr(one, "name", "") for one in context.names}
    names = names.union(
        *({getattr(s, "name", "") for s in mentioned(a)} for a in context.assumptions)
    )
    name = next(f"{symbol.name}{n}" for n in count(1) if f"{symbol.name}{n}" not in names)
    return Symbol(name, integer=True)
