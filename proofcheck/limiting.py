"""What the limits in a statement are at one exact point.  Trusted; called by the kernel.

Balls do not evaluate a limit.  At a point its value is proved by rules of ``identities.limits``
instead, one after the other, each of which makes the limit exist: then the point stands for it by
that value.  The limit itself is the key, so the terms around it stay as they are, and where one of
them is undefined is still seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sympy import Basic, Expr, Limit, Rational

from proofcheck import identities
from proofcheck.binding import bound_symbols
from proofcheck.certificates import Existing, Rewrite
from proofcheck.continuity import throughout
from proofcheck.definedness import needs
from proofcheck.identities.equations import Equation
from proofcheck.identities.limits import Approach
from proofcheck.obligations import Context
from proofcheck.points import Point, free_of, instantiate, instantiate_condition
from proofcheck.relations import Defined
from proofcheck.steps import Rejected, Subgoal, demand, require

NEARBY = Rational(1, 16)
"""How near to the place the parts of a function have to be defined that a point makes vanish."""


def limits_of(expressions: Iterable[Expr]) -> tuple[Limit, ...]:
    """Return the limits in ``expressions``, those inside of another limit left out."""
    found: list[Limit] = []
    stack: list[Basic] = list(expressions)[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, Limit):
            found.append(node)
        else:
            stack += node.args[::-1]
    return tuple(dict.fromkeys(found))


def values_at(
    expressions: Iterable[Expr], point: Point, steps: Mapping[Basic, tuple[Rewrite, ...]]
) -> tuple[dict[Basic, Any], list[Subgoal]]:
    """Return the values of the limits in ``expressions`` at ``point``, and what is to be checked.

    ``steps`` lead from each limit at the point, over further limits, to an expression without any.

    Raises:
        Rejected: they do not, or the limit depends on a symbol that is bound around it.
    """
    expressions = tuple(expressions)
    bound = set[Basic]().union(*map(bound_symbols, expressions))
    values: dict[Basic, Any] = {}
    owed: list[Subgoal] = []
    for limit in limits_of(expressions):
        caught = bound & limit.free_symbols
        require(not caught, limit, f"it depends on {caught}, which is bound around it")
        current = at_point(limit, point)
        for rewrite in steps.get(limit, ()):
            owed.append((Defined(current), Context(), Existing(rewrite)))
            try:
                equation = identities.instance(rewrite.rule, rewrite.arguments)
            except identities.Inapplicable as problem:
                raise Rejected(limit, problem) from problem
            same = Equation(current, 1, equation.replacement, equation.conditions)
            require(equation == same, limit, "a rule for another")
            current = equation.replacement
        require(not current.has(Limit), limit, "its value is not given")
        require(not current.free_symbols, limit, f"{current} is no number")
        values[limit] = current
    return values, owed


def at_point(limit: Limit, point: Point) -> Expr:
    """Return a limit at ``point``, all that its function needs there still being asked for.

    Putting numbers in may make a part of the function vanish that was undefined near the place.

    Raises:
        Rejected: so it may be here.
    """
    there = instantiate(limit, point)
    if there == limit:
        return there
    function, symbol, place, _ = limit.args
    try:
        approach = Approach.of(there)
    except identities.Inapplicable as problem:
        raise Rejected(limit, problem) from problem
    if not approach.infinite:
        placed = (instantiate_condition(need.condition, point) for need in needs(place))
        demand(placed, Context())
    inner = free_of({symbol}, point)
    kept = {need.condition for need in needs(there.args[0])}
    for need in needs(function):
        condition = instantiate_condition(need.condition, inner)
        if condition not in kept:
            moved = instantiate_condition(condition, {symbol: approach.x})
            for near, _, _ in approach.near(NEARBY):
                demand(throughout(approach.x, near, (moved,)), Context())
    return there
