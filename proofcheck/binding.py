"""What statements bind, and putting arguments into them so that nothing is captured.  Trusted.

What a claim concludes of its own variables it concludes of all elements of their sets, so of the
arguments of a citation.  Their symbols must stay free where they are put, and a symbol by which
the claim sums, integrates or differentiates may only be renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from sympy import Basic, Derivative, Expr, Lambda, Limit, Set, Subs, Symbol, preorder_traversal
from sympy.concrete.expr_with_limits import ExprWithLimits

from proofcheck.errors import ClaimError
from proofcheck.relations import AllOf, AnyOf, Condition, Defined, Member, Relation, Throughout
from proofcheck.relations import free_symbols as free


def bound_symbols(expression: Basic) -> set[Basic]:
    """Return every symbol that is bound somewhere in ``expression``, or differentiated by."""
    found: set[Basic] = set()
    for node in preorder_traversal(expression):
        within = set().union(*(argument.free_symbols for argument in node.args))
        found |= within - node.free_symbols
        if isinstance(node, ExprWithLimits | Subs | Lambda):
            found |= set(node.variables)
        elif isinstance(node, Derivative):  # whose order need not be a number
            found |= {symbol for symbol, _ in node.variable_count}
        elif isinstance(node, Limit):
            found.add(node.args[1])
    return found


def bound_in(condition: Condition) -> set[Basic]:
    """Return every symbol that ``condition`` binds somewhere."""
    match condition:
        case Relation():
            return bound_symbols(condition.lhs) | bound_symbols(condition.rhs)
        case Member():
            return bound_symbols(condition.element) | bound_symbols(condition.set)
        case AnyOf() | AllOf():
            return set().union(*map(bound_in, condition.conditions))
        case Defined():
            return bound_symbols(condition.term)
        case Throughout():
            inner = bound_in(condition.condition) | bound_symbols(condition.set)
            return inner | {condition.symbol}


def with_arguments(
    condition: Condition, arguments: Mapping[Symbol, Expr], beside: Iterable[Basic] = ()
) -> Condition:
    """Return ``condition`` with ``arguments`` for symbols that no argument mentions.

    ``beside`` are the symbols of arguments that are in the condition already.

    Raises:
        ClaimError: a symbol of an argument would be bound, or a bound symbol become an expression.
    """
    bound, present = bound_in(condition), set(beside)
    mentioned = present.union(*(argument.free_symbols for argument in arguments.values()))
    if caught := mentioned & bound:
        raise ClaimError(
            f"the arguments mention {', '.join(sorted(map(str, caught)))}, by which the cited "
            "claim sums, integrates or differentiates: rename it here or there"
        )
    for symbol, argument in arguments.items():
        if symbol in bound:
            others = {s for o, a in arguments.items() if o != symbol for s in a.free_symbols}
            others |= present
            if not isinstance(argument, Symbol) or argument in others | free(condition):
                raise ClaimError(
                    f"the cited claim sums, integrates or differentiates by {symbol.name}: "
                    f"it takes a variable that nothing else depends on, not {argument}"
                )
    return _put(condition, dict(arguments))


def _put(condition: Condition, change: dict[Symbol, Expr]) -> Condition:
    match condition:
        case Relation():
            return replace(
                condition, lhs=condition.lhs.xreplace(change), rhs=condition.rhs.xreplace(change)
            )
        case Member():
            element, values = condition.element.xreplace(change), condition.set.xreplace(change)
            return replace(condition, element=element, set=values)
        case AnyOf() | AllOf():
            return replace(
                condition, conditions=tuple(_put(c, change) for c in condition.conditions)
            )
        case Defined():
            return Defined(condition.term.xreplace(change))
        case Throughout():
            return replace(
                condition,
                symbol=cast(Symbol, change.get(condition.symbol, condition.symbol)),
                set=cast(Set, condition.set.xreplace(change)),
                condition=_put(condition.condition, change),
            )
