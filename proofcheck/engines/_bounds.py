"""What the assumed inequalities say about one variable once others have values.  Untrusted."""

from __future__ import annotations

from functools import lru_cache

from sympy import (
    Expr,
    Intersection,
    Interval,
    Poly,
    PolynomialError,
    Range,
    Set,
    Symbol,
    ceiling,
    floor,
    oo,
)
from sympy.sets.fancysets import Integers, Naturals, Naturals0, Reals

from proofcheck import balls
from proofcheck.engines._truth import sign
from proofcheck.obligations import Context
from proofcheck.relations import Relation

Bound = tuple[bool, Expr, bool]


def bounds_of(context: Context) -> dict[Symbol, list[Bound]]:
    """Return for each variable (is it a lower bound, the bound, is it strict)."""
    found: dict[Symbol, list[Bound]] = {}
    for fact in context.assumptions:
        if not isinstance(fact, Relation) or fact.operator in ("eq", "ne"):
            continue
        small, large = fact.lhs, fact.rhs
        if fact.operator in ("gt", "ge"):
            small, large = large, small
        strict = fact.operator in ("lt", "gt")
        difference = large - small
        for symbol in context.sets:
            if (line := _line(difference, symbol)) is not None:
                slope, rest = line
                bound = (bool(slope.is_positive), -rest / slope, strict)
                found.setdefault(symbol, []).append(bound)
    for symbol, domain in context.sets.items():
        if isinstance(domain, Interval):
            ends = ((True, domain.start, domain.left_open), (False, domain.end, domain.right_open))
            found.setdefault(symbol, []).extend(
                (lower, end, bool(opened)) for lower, end, opened in ends if end not in (oo, -oo)
            )
    for _ in range(2):
        _propagate(found)
    return found


def _line(expression: Expr, symbol: Symbol) -> tuple[Expr, Expr] | None:
    """Return slope and intercept of an expression linear in ``symbol`` with a constant slope."""
    if not expression.has(symbol):
        return None
    try:
        polynomial = Poly(expression, symbol)
    except PolynomialError:
        return None
    slope, rest = polynomial.nth(1), polynomial.nth(0)
    if polynomial.degree() != 1 or not slope.is_number or rest.has(symbol):
        return None
    return slope, rest


def _propagate(found: dict[Symbol, list[Bound]]) -> None:
    """Add constant bounds that follow through a bound by another variable (x < a < pi/2)."""
    for bounds in found.values():
        for lower, bound, strict in list(bounds):
            others = bound.free_symbols
            if len(others) != 1:
                continue
            (other,) = others
            slope = bound.diff(other)
            if not slope.is_number or slope.is_zero or other not in found:
                continue
            wanted = lower if slope.is_positive else not lower
            for other_lower, end, other_strict in list(found[other]):
                if other_lower == wanted and not end.free_symbols:
                    new = (lower, bound.subs(other, end), strict or other_strict)
                    if new not in bounds and len(bounds) < 12:
                        bounds.append(new)


def cut(domain: Set, lows: list[tuple[Expr, bool]], highs: list[tuple[Expr, bool]]) -> Set | None:
    """Return ``domain`` between the largest of ``lows`` and the smallest of ``highs``."""
    if not lows and not highs:
        return domain
    low, high = _extreme(lows, -1), _extreme(highs, 1)
    if isinstance(domain, Interval):
        low = _extreme([*lows, (domain.start, bool(domain.left_open))], -1)
        high = _extreme([*highs, (domain.end, bool(domain.right_open))], 1)
    elif discrete(domain):
        least, greatest = domain.inf, domain.sup
        if low is not None:
            start = ceiling(low[0]) + (1 if low[1] and low[0].is_integer else 0)
            least = start if least == -oo else max(least, start)
        if high is not None:
            end = floor(high[0]) - (1 if high[1] and high[0].is_integer else 0)
            greatest = end if greatest == oo else min(greatest, end)
        return Range(least, greatest + 1) if least <= greatest else None
    if low is not None and high is not None:
        order = _compare(low[0], high[0])
        if order == 1 or (order == 0 and (low[1] or high[1])):
            return None
    start, left = low or (-oo, True)
    end, right = high or (oo, True)
    between = Interval(start, end, left, right)
    if isinstance(domain, Interval | Reals):
        return between
    return Intersection(domain, between, evaluate=False)


def _extreme(ends: list[tuple[Expr, bool]], direction: int) -> tuple[Expr, bool] | None:
    best: tuple[Expr, bool] | None = None
    for end in ends:
        order = None if best is None else _compare(end[0], best[0])
        if best is None or order == -direction or (order == 0 and end[1]):
            best = end
    return best


@lru_cache(maxsize=20_000)
def _compare(a: Expr, b: Expr) -> int:
    if a == b:
        return 0
    if a in (oo, -oo) or b in (oo, -oo):
        return 1 if (a == oo or b == -oo) else -1
    try:
        return sign(a - b, {}) or 0
    except (balls.Undefined, balls.Unevaluable):
        return 0


def discrete(domain: Set) -> bool:
    """Return whether ``domain`` is a set of integers."""
    return isinstance(domain, Range | Integers | Naturals | Naturals0)
