"""Proofs with a subterm replaced by any value of a set that it is proved to lie in.  Untrusted."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Indexed, Interval, S, Set, Symbol, exp, oo

from proofcheck.certificates import Certificate, Generalise
from proofcheck.engines._closing import evident
from proofcheck.obligations import Context, kind_of, mentioned
from proofcheck.points import Unsubstitutable, instantiate_condition
from proofcheck.ranges import bounds
from proofcheck.relations import Condition, Operator, Relation

Prover = Callable[[Condition, Context], Certificate | None]


def generalised(
    goal: Condition, context: Context, term: Expr, values: Set, prove: Prover,
    sides: tuple[Certificate, ...] = (),
) -> Certificate | None:  # fmt: skip
    """Return a proof of ``goal`` for every value of ``term`` in ``values``, or None."""
    taken = {getattr(one, "name", "") for one in (*context.names, *mentioned(goal))}
    name = next(f"t{n}" for n in range(1, 1000) if f"t{n}" not in taken)
    symbol = Symbol(name, **kind_of(values))
    try:
        abstract = instantiate_condition(goal, {term: symbol})
    except Unsubstitutable:
        return None
    if abstract == goal:
        return None
    proof = prove(abstract, context.including(symbol, values))
    return None if proof is None else Generalise(term, symbol, values, proof, sides)


def of_members(
    goal: Relation, context: Context, prove: Callable[[Relation, Context], Certificate | None]
) -> Certificate | None:
    """Return a proof of ``goal`` for all values of the members of families that it mentions."""

    def further(new: Condition, more: Context) -> Certificate | None:
        return of_members(new, more, prove) if isinstance(new, Relation) else None

    for member in sorted((goal.lhs - goal.rhs).atoms(Indexed), key=str):
        family = context.families.get(member.base)
        if family is not None and not family.element.free_symbols:
            return generalised(goal, context, member, family.element, further)
    return prove(goal, context)


def of_an_exponential(goal: Relation, context: Context, prove: Prover) -> Certificate | None:
    """Return a proof of a ``goal`` about one exponential for all its values in its place."""
    whole = goal.lhs - goal.rhs
    found = whole.atoms(exp)
    if len(found) != 1:
        return None
    (term,) = found
    rest = whole.xreplace({term: S.One})
    known = bounds(term, context)
    if rest.free_symbols & term.free_symbols or not known.real:
        return None
    values = Interval(known.low, known.high, known.low_open, known.high_open)
    return generalised(goal, context, term, values, prove) if values.is_Interval else None


def side_of_zero(
    term: Expr, operator: Operator, context: Context, prove: Prover
) -> tuple[Interval, tuple[Certificate, ...]] | None:
    """Return the half line that ``term`` is proved to lie in: ``term operator 0``, with proofs."""
    goal = Relation(term, operator, S.Zero)
    strict = operator in ("lt", "gt")
    low, high = (-oo, S.Zero) if operator in ("lt", "le") else (S.Zero, oo)
    values = Interval(low, high, strict, strict)
    if evident(goal, context):
        return values, ()
    proof = prove(goal, context)
    return None if proof is None else (values, (proof,))
