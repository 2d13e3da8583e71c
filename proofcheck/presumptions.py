"""What a statement that is meant where both sides are defined assumes.  Trusted.

Assumed is what has to hold for every term of the sides to have a value, and, if they are ordered,
for the sides to be real: an excluded point is none at which the statement could fail.  What only
suffices (the rules of a derivative ask for more than its existence) is not assumed but owed, and
so is whatever is said about a term that owes such a thing: to assume it would assume both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy import Expr, ImmutableDenseMatrix, S

from proofcheck.definedness import needs
from proofcheck.domains import ends_in
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Condition,
    Defined,
    Member,
    Relation,
    Throughout,
)


def presumptions(relations: Iterable[Relation]) -> tuple[Condition, ...]:
    """Return the conditions that hold wherever all sides of ``relations`` are defined.

    >>> from sympy import Derivative, log, symbols
    >>> x, y = symbols("x y", real=True)
    >>> statement = Relation(Derivative(log(x), x), "eq", y / (x * y - y**2))
    >>> [str(condition) for condition in presumptions([statement])]
    ['x != 0', 'x*y - y**2 != 0']
    """
    found: dict[Condition, None] = {}
    for relation in relations:
        for side in (relation.lhs, relation.rhs):
            for expression in side if isinstance(side, ImmutableDenseMatrix) else (side,):
                conditions = [need.condition for need in needs(expression) if need.necessary]
                known = expression.is_extended_real is True and expression.is_finite is True
                if relation.operator not in ("eq", "ne") and not known:
                    conditions.append(Member(expression, S.Reals))
                found.update(dict.fromkeys(filter(meaningful, conditions)))
    return tuple(found)


def meaningful(condition: Condition) -> bool:
    """Tell whether each term that ``condition`` mentions has a value only where its needs hold."""
    return all(need.necessary for term in mentioned_terms(condition) for need in needs(term))


def mentioned_terms(condition: Condition) -> Iterator[Expr]:
    """Yield the expressions that ``condition`` is about, those under a quantifier included."""
    match condition:
        case Relation():
            yield condition.lhs
            yield condition.rhs
        case Member():
            yield condition.element
            yield from ends_in(condition.set)
        case AnyOf() | AllOf():
            for part in condition.conditions:
                yield from mentioned_terms(part)
        case Defined():
            yield condition.term
        case Throughout():
            yield from ends_in(condition.set)
            yield from mentioned_terms(condition.condition)
