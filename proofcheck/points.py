"""Putting an exact point into a statement.  Trusted: the kernel judges what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Indexed,
    Integer,
    Lambda,
    Limit,
    Mul,
    Product,
    Range,
    Rational,
    RootSum,
    Set,
    Subs,
    Sum,
    Symbol,
)
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.functions.special.polynomials import OrthogonalPolynomial
from sympy.polys.rootoftools import RootOf

from proofcheck.calculus import NotDifferentiable, derivative, in_sequence
from proofcheck.jumps import faithful
from proofcheck.relations import AllOf, AnyOf, Condition, Defined, Member, Relation, Throughout

LONGEST_SUM = 2000

Point = Mapping[Basic, Any]
"""Symbol -> exact number; IndexedBase -> tuple of exact numbers, the first of index 1."""


class Unsubstitutable(Exception):
    """A value is missing, a sum is too long to write out, or a bound symbol is in the way."""


def instantiate(expression: Any, point: Point) -> Any:
    """Return ``expression`` at ``point``, sums with explicit limits written out.

    Raises:
        Unsubstitutable: an index is outside its family, a sum is too long, or a value mentions a
            symbol that the expression binds.
    """
    if isinstance(expression, Sum | Product):
        return _written_out(expression, point)
    if isinstance(expression, Indexed) and expression.base in point:
        values = point[expression.base]
        indices = tuple(instantiate(index, point) for index in expression.indices)
        if not all(isinstance(index, Integer) for index in indices):
            return expression.func(expression.base, *indices)
        for index in indices:
            if not 1 <= index <= len(values):
                raise Unsubstitutable(f"{expression} at index {index} of {len(values)}")
            values = values[int(index) - 1]
        return values
    if expression in point:
        return point[expression]
    if isinstance(expression, Derivative):
        ordered = _of_order(expression, point)
        if isinstance(ordered, Derivative) and not all(n.is_Integer for _, n in ordered.args[1:]):
            return _inside(ordered, point)
        return instantiate(differentiated(ordered), point)
    if isinstance(expression, Subs):
        if in_sequence(expression):
            raise Unsubstitutable(f"{expression} mixes its variables and their values")
        values = [instantiate(value, point) for value in expression.point]
        inner = free_of(set(expression.variables), point)
        inner.update(zip(expression.variables, values, strict=True))
        return instantiate(expression.expr, inner)
    if isinstance(expression, Limit):
        return _limit(expression, point)
    if isinstance(expression, Lambda | RootSum | RootOf):
        if expression.free_symbols & set(point):
            raise Unsubstitutable(f"{expression} binds a symbol")
        return expression
    if isinstance(expression, ExprWithLimits):
        return _with_limits(expression, point)
    if not expression.args:
        return expression
    arguments = [instantiate(argument, point) for argument in expression.args]
    if isinstance(expression, OrthogonalPolynomial) and not arguments[0].is_Integer:
        # SymPy evaluates symbolic degrees wrongly, for instance legendre(n, -1) at n = -1.
        return expression.func(*arguments, evaluate=False)
    return faithful(expression.func, *arguments)


def _of_order(expression: Derivative, point: Point) -> Expr:
    """Return a derivative with its orders at ``point``."""
    counts = expression.variable_count
    if not any(times.free_symbols for _, times in counts):
        return expression
    orders = [(symbol, instantiate(times, point)) for symbol, times in counts]
    if not all(times.is_integer and times.is_nonnegative for _, times in orders):
        raise Unsubstitutable(f"{expression} is not of an integer order")
    steps = [(symbol, times) for symbol, times in orders if times != 0]
    return Derivative(expression.expr, *steps, evaluate=False) if steps else expression.expr


def _inside(expression: Derivative, point: Point) -> Expr:
    """Return a derivative of symbolic order with values for what it is not differentiated by."""
    by = {symbol for symbol, _ in expression.variable_count}
    if by & set(point):
        raise Unsubstitutable(f"{expression} has no value where its symbol is fixed")
    inner = instantiate(expression.expr, free_of(by, point))
    return Derivative(inner, *expression.variable_count, evaluate=False)


def differentiated(expression: Expr) -> Expr:
    """Return a derivative (or its function, for order 0) worked out.

    Where it holds is an obligation (see ``definedness``).

    Raises:
        Unsubstitutable: the table of derivatives does not reach.
    """
    if not isinstance(expression, Derivative):
        return expression
    found = expression.expr
    try:
        for symbol, times in expression.variable_count:
            for _ in range(int(times)):
                found = derivative(found, symbol)[0]
    except (NotDifferentiable, TypeError, ValueError) as problem:
        raise Unsubstitutable(f"{expression}: {problem}") from problem
    return found


def free_of(bound: set[Basic], point: Point) -> dict[Basic, Any]:
    """Return ``point`` without the ``bound`` symbols, for what stands inside their scope.

    Raises:
        Unsubstitutable: a value mentions a bound symbol, and would be captured by it.
    """
    inner = {key: value for key, value in point.items() if key not in bound}
    for key, value in inner.items():
        if isinstance(value, Expr) and not value.is_Number and value.free_symbols & bound:
            raise Unsubstitutable(f"{value}, put for {key}, would be bound")
    return inner


def _limit(expression: Limit, point: Point) -> Expr:
    """Return a limit at ``point``; its function's symbol is bound, not that in the place."""
    if not expression.free_symbols & set(point):
        return expression
    function, symbol, place, side = expression.args
    inner = free_of({symbol}, point)
    return Limit(instantiate(function, inner), symbol, instantiate(place, point), side)


def _with_limits(expression: Any, point: Point) -> Any:
    bound = {limit[0] for limit in expression.limits}
    if len(expression.limits) > 1 and any(
        bound & limit_part.free_symbols for limit in expression.limits for limit_part in limit[1:]
    ):
        raise Unsubstitutable(f"{expression} has limits that depend on each other")
    inner = free_of(bound, point)
    limits = [
        (limit[0], *(instantiate(part, point) for part in limit[1:])) for limit in expression.limits
    ]
    return expression.func(instantiate(expression.function, inner), *limits)


def _written_out(expression: Sum | Product, point: Point) -> Any:
    index, low, high = expression.limits[-1]
    inner = expression.function
    if len(expression.limits) > 1:
        inner = expression.func(inner, *expression.limits[:-1])
    first, last = instantiate(low, point), instantiate(high, point)
    outer = free_of({index}, point)
    if not (isinstance(first, Integer) and isinstance(last, Integer)):
        return expression.func(instantiate(inner, outer), (index, first, last))
    if last - first > LONGEST_SUM:
        raise Unsubstitutable(f"a sum of {last - first + 1} terms")
    if last < first - 1:
        raise Unsubstitutable(f"a sum from {first} down to {last}")
    terms = [
        instantiate(inner, outer | {index: Integer(value)})
        for value in range(int(first), int(last) + 1)
    ]
    return Add(*terms) if isinstance(expression, Sum) else Mul(*terms)


def instantiate_condition(condition: Condition, point: Point) -> Condition:
    """Return ``condition`` at ``point``."""
    match condition:
        case Relation():
            return Relation(
                instantiate(condition.lhs, point),
                condition.operator,
                instantiate(condition.rhs, point),
            )
        case Member():
            return Member(
                instantiate(condition.element, point),
                instantiate_set(condition.set, point),
                condition.negated,
            )
        case AnyOf() | AllOf():
            parts = tuple(instantiate_condition(part, point) for part in condition.conditions)
            return type(condition)(parts)
        case Defined():
            if condition.term.has(Limit) and condition.term.free_symbols & set(point):
                raise Unsubstitutable(f"{condition}: what keeps a limit from existing may cancel")
            return Defined(instantiate(condition.term, point))
        case Throughout():
            outer = free_of({condition.symbol}, point)
            return Throughout(
                condition.symbol,
                instantiate_set(condition.set, point),
                instantiate_condition(condition.condition, outer),
            )


def written_out(condition: Condition, point: Point) -> Condition:
    """Return ``condition`` at a point of all of its variables, ranges of integers written out."""
    match condition:
        case AnyOf() | AllOf():
            return type(condition)(tuple(written_out(c, point) for c in condition.conditions))
        case Throughout():
            values = instantiate_set(condition.set, point)
            if isinstance(values, Range) and values.size.is_Integer and values.size <= LONGEST_SUM:
                each = ({**point, condition.symbol: value} for value in values)
                return AllOf(tuple(written_out(condition.condition, one) for one in each))
    return instantiate_condition(condition, point)


def instantiate_set(domain: Set, point: Point) -> Set:
    """Return a set whose ends may mention variables, at ``point``."""
    here = tuple((s, point[s]) for s in domain.free_symbols if s in point)
    if all(isinstance(value, Rational) for _, value in here):
        return _instantiated(domain, frozenset(here)) if here else domain
    return domain.subs(dict(point))


@lru_cache(maxsize=4096)
def _instantiated(domain: Set, values: frozenset[tuple[Symbol, Rational]]) -> Set:
    # No value brings in a symbol: what else the point has, and the order, do not matter.
    return domain.subs(dict(values))
