"""What the expressions of a statement say about where to look.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from math import isqrt

from sympy import (
    Abs,
    Basic,
    Derivative,
    Expr,
    Function,
    Integer,
    Integral,
    Interval,
    Max,
    Min,
    Piecewise,
    Pow,
    Product,
    Range,
    Rational,
    Set,
    Sum,
    Symbol,
    acos,
    arg,
    asin,
    atan,
    ceiling,
    conjugate,
    continued_fraction_convergents,
    cos,
    cosh,
    exp,
    floor,
    im,
    log,
    oo,
    re,
    sign,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)  # fmt: skip
from sympy.core.relational import Relational
from sympy.sets.fancysets import Integers, Naturals, Naturals0

from proofcheck.engines._solving import solutions
from proofcheck.engines._values import q
from proofcheck.obligations import Context
from proofcheck.relations import AllOf, AnyOf, Condition, Defined, Member, Relation, Throughout


def sides(condition: Condition) -> Iterator[Basic]:
    """Yield the expressions of ``condition``."""
    match condition:
        case Relation():
            yield from (condition.lhs, condition.rhs)
        case Member():
            yield condition.element
        case AnyOf() | AllOf():
            for part in condition.conditions:
                yield from sides(part)
        case Defined():
            yield condition.term
        case Throughout():
            yield from sides(condition.condition)


def equations(condition: Condition) -> Iterator[Expr]:
    """Yield the expressions whose zeros bound where ``condition`` holds."""
    match condition:
        case Relation() if not getattr(condition.lhs, "is_Matrix", False):
            yield condition.lhs - condition.rhs
        case Member():
            for end in (condition.set.inf, condition.set.sup) if _ordered(condition.set) else ():
                if end not in (oo, -oo):
                    yield from (condition.element - end - step for step in (0, 1, -1, 2, -2))
            if isinstance(condition.set, Integers):
                yield from (condition.element - step for step in (0, 1, -1))
        case AnyOf() | AllOf():
            for part in condition.conditions:
                yield from equations(part)


def _ordered(domain: Set) -> bool:
    return isinstance(domain, Range | Interval | Naturals | Naturals0)


def breakpoints(expression: Basic) -> list[Expr]:
    """Return expressions whose zeros are where ``expression`` may change its form or its branch."""
    found: list[Expr] = []
    for node in expression.atoms(Piecewise):
        for _, condition in node.args:
            found += [
                r.lhs - r.rhs for r in condition.atoms(Relational) if r.lhs.is_real is not None
            ]
    for node in expression.atoms(Abs, sign, log, Max, Min, floor, ceiling):
        arguments = node.args
        if isinstance(node, Max | Min):
            found += [a - b for a, b in pairwise(arguments)]
        else:
            found.append(arguments[0])
        if isinstance(node, floor | ceiling):
            found += [arguments[0] - step for step in (1, -1, 2)]
    for node in expression.atoms(Pow):
        if not node.exp.is_Integer or node.exp.is_negative:
            found.append(node.base)
    for node in expression.atoms(Function):
        if node.func.__name__ in ("asin", "acos", "atanh", "acosh", "polylog", "gamma", "tan"):
            found += [node.args[-1] - 1, node.args[-1] + 1]
    return list(dict.fromkeys(found))


def elementary(expression: Basic) -> bool:
    """Return whether ``expression`` is quickly evaluated at huge arguments as well."""
    if expression.has(Sum, Product, Integral, Derivative):
        return False
    powers = expression.atoms(Pow)
    if any(not power.exp.is_number and not power.base.is_number for power in powers):
        return False
    return all(isinstance(f, _ELEMENTARY) for f in expression.atoms(Function))


_ELEMENTARY = (
    exp, log, sin, cos, tan, sinh, cosh, tanh, atan, asin, acos, Abs, Max, Min, floor, ceiling,
    sign, re, im, conjugate, arg, Piecewise,
)  # fmt: skip


LARGEST_EDGE = 60
LARGEST_RADICAND = 10**6
CONVERGENTS = 36
_NEAR = (q(1, 10), -q(1, 10), q(1, 10**4), -q(1, 10**4))


def nearly_whole(square: Expr, symbol: Symbol) -> list[Expr]:
    """Return integers at which the root of a quadratic polynomial is close to an integer.

    Of ``a*n**2 + b``: the denominators of the convergents of ``sqrt(a)``, among which are the
    solutions of Pell's equation (Hardy, Wright, chapter 10).
    """
    if not square.is_polynomial(symbol) or square.free_symbols != {symbol}:
        return []
    scale, slope, rest = (square.coeff(symbol, k) for k in (2, 1, 0))
    whole = isinstance(scale, Integer) and 0 < scale < LARGEST_RADICAND
    if not whole or slope != 0 or sqrt(scale).is_Integer or not rest.is_Rational:
        return []
    convergents = islice(continued_fraction_convergents(expansion(int(scale))), CONVERGENTS)
    return [Integer(fraction.q) for fraction in convergents]


def expansion(number: int) -> Iterator[Integer]:
    """Yield the partial quotients of the root of a number that is no square."""
    root, remainder, below = isqrt(number), 0, 1
    while True:
        quotient = (root + remainder) // below
        yield Integer(quotient)
        remainder = quotient * below - remainder
        below = (number - remainder**2) // below


def suggested(
    context: Context, hints: Sequence[Basic], symbols: Iterable[Symbol]
) -> dict[Symbol, list[Expr]]:
    """Return per variable of ``symbols`` the values that the expressions themselves suggest."""
    found: dict[Symbol, list[Expr]] = {symbol: [] for symbol in symbols}
    numbers: list[Expr] = []
    edges: list[Expr] = []
    for hint in hints:
        numbers += sorted((n for n in hint.atoms(Rational) if n.q < 10**6), key=str)
        edges += breakpoints(hint)
    for fact in context.assumptions:
        edges += list(equations(fact))
    edges = [edge for edge in edges[:40] if edge.count_ops() <= LARGEST_EDGE]
    roots = sorted({r for hint in hints for r in hint.atoms(Pow) if r.exp == q(1, 2)}, key=str)
    for symbol, values in found.items():
        for edge in edges:
            if edge.has(symbol):
                values += solutions(edge, symbol)[:4]
        marks = sorted({root for root in values if isinstance(root, Rational)})
        values[:0] = [(low + high) / 2 for low, high in pairwise(marks)][:12]
        near = [root + step for root in values[:8] for step in _NEAR]
        values += [v for n in numbers[:12] for v in (n, -n)]
        values += near
        if symbol.is_integer:
            values[:0] = [n for root in roots for n in nearly_whole(root.base, symbol)]
        found[symbol] = list(dict.fromkeys(values))
    return found
