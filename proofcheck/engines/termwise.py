"""Relations between sums, from one between their summands: ``f_i <= g_i`` for every i.

The two sides' difference, in normal form, is written as one sum: what stands before a sum goes
into it; a term without a sum becomes a summand with a Kronecker delta where it is the value at an
index of the range, and is spread evenly otherwise.  Then the summand is proved to be zero, or to
have the sign that is wanted, like any goal without sums.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Add, Expr, KroneckerDelta, Mul, Range, S, Sum, Symbol, cancel

from proofcheck.certificates import Certificate, Identity, Instead, Termwise
from proofcheck.engines._abstraction import of_an_exponential, of_members
from proofcheck.engines._cases import DEEPEST, Cases
from proofcheck.engines._closing import accepted
from proofcheck.engines._elimination import difference
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Condition, Relation

Limits = tuple[tuple[Symbol, Expr, Expr], ...]


class TermByTerm:
    """Proves a relation of sums for each summand."""

    name = "term by term"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a Termwise step for the difference of the sides as one sum, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        if not isinstance(goal, Relation) or goal.operator == "ne":
            return None
        if not (goal.lhs - goal.rhs).has(Sum):
            return None
        for total in merged(difference(goal, context), context):
            summand: Condition = Relation(total.function, goal.operator, S.Zero)
            within = context
            for index, low, high in reversed(total.limits):
                within = within.including(index, Range(low, high + 1))
            proof = summandwise(Relation(total.function, goal.operator, S.Zero), within, budget)
            if proof is None or not accepted(summand, within, proof):
                continue
            found = Instead(total, Identity(), Termwise(proof))
            if accepted(goal, context, found):
                return found
        return None


def summandwise(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return a proof of a relation of one summand to zero."""
    if goal.operator == "eq":
        same = Rewriter(context, budget.share(2)).identity(goal.lhs)
        if same is not None:
            return same
    found = Cases(budget.share(2)).prove(goal, context, DEEPEST)
    if found is not None or goal.operator == "eq":
        return found

    def pieces(new: Condition, more: Context) -> Certificate | None:
        if not isinstance(new, Relation):
            return None
        return of_an_exponential(new, more, pieces) or Cases(budget).prove(new, more, DEEPEST)

    return of_members(goal, context, pieces)


def merged(total: Expr, context: Context) -> Iterator[Sum]:
    """Yield single sums that should equal ``total``, a difference in normal form."""
    sums: list[Expr] = []
    limits: Limits | None = None
    rest: list[Expr] = []
    for term in Add.make_args(total):
        factors = Mul.make_args(term)
        inner = [f for f in factors if isinstance(f, Sum)]
        if not inner:
            rest.append(term)
            continue
        if len(inner) > 1 or any(f.has(Sum) for f in factors if f not in inner):
            return
        (one,) = inner
        if limits is None:
            limits = named(one.limits, context)
        if bounds(one.limits, one.limits) != bounds(limits, limits):
            return
        change = {old[0]: new[0] for old, new in zip(one.limits, limits, strict=True)}
        outside = [f for f in factors if f is not one]
        sums.append(Mul(*outside, one.function.xreplace(change)))
    if limits is None:
        return
    if not rest:
        yield Sum(Add(*sums), *limits)
    elif len(limits) == 1:
        yield from distributed(Add(*sums), Add(*rest), limits[0], context)


def named(limits: Limits, context: Context) -> Limits:
    """Return ``limits`` with indices that occur nowhere else."""
    taken = {getattr(name, "name", "") for name in context.names}
    names = (f"i{n}" for n in range(1, 1000))
    free = (name for name in names if name not in taken)
    change = {index: Symbol(next(free), integer=True) for index, _, _ in limits}
    return tuple(
        (change[index], low.xreplace(change), high.xreplace(change)) for index, low, high in limits
    )


def bounds(limits: Limits, own: Limits) -> list[tuple[Expr, Expr]]:
    """Return the ranges of the indices, each index known by its place."""
    places = {index: Symbol(f"place{place}") for place, (index, _, _) in enumerate(own)}
    return [(low.xreplace(places), high.xreplace(places)) for _, low, high in limits]


def distributed(
    summand: Expr, rest: Expr, limit: tuple[Symbol, Expr, Expr], context: Context
) -> Iterator[Sum]:
    """Yield the sum of ``summand`` plus ``rest``, given to one index or to all alike."""
    index, low, high = limit
    for symbol, values in context.sets.items():
        if values == Range(low, high + 1) and symbol in rest.free_symbols:
            there = KroneckerDelta(index, symbol) * rest.xreplace({symbol: index})
            yield Sum(summand + there, limit)
    yield Sum(summand + cancel(rest / (high - low + 1)), limit)
