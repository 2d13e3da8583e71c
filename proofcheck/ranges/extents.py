"""What is known of the elements of a set, whose ends may be expressions.  Trusted."""

from __future__ import annotations

from collections.abc import Callable

import sympy
from sympy import Expr, Set, oo
from sympy.sets.fancysets import Integers, Naturals, Naturals0, Rationals, Reals

from proofcheck.ranges.intervals import (
    INTEGER,
    REAL,
    UNKNOWN,
    Bounds,
    between,
    hull,
    intersect,
    make,
)


def extent(domain: Set, bounds: Callable[[Expr], Bounds]) -> Bounds:
    """Return what is known of the elements of ``domain``."""
    match domain:
        case Naturals0():  # in SymPy a subclass of Naturals
            return between(0, oo, "[)", integer=True)
        case Naturals():
            return between(1, oo, "[)", integer=True)
        case Integers():
            return INTEGER
        case Reals() | Rationals():
            return REAL
        case sympy.FiniteSet():
            return hull(bounds(value) for value in domain.args)
        case sympy.Union():
            return hull(extent(part, bounds) for part in domain.args)
        case sympy.Intersection():
            found = UNKNOWN
            for part in domain.args:
                found = intersect(found, extent(part, bounds))
            return found
        case sympy.Interval() | sympy.Range():
            low, high, low_open, high_open = ends_of(domain)
            if low is None or high is None:
                return REAL
            integer = isinstance(domain, sympy.Range)
            a, b = end_bounds(low, bounds), end_bounds(high, bounds)
            # Only integers lie in a range from or to an integer, or without ends.
            integer = integer and (a.integer or b.integer or (low, high) == (-oo, oo))
            return make(
                (a.low, a.low_open or low_open),
                (b.high, b.high_open or high_open),
                integer=integer,
            )
    return UNKNOWN


def end_bounds(end: Expr, bounds: Callable[[Expr], Bounds]) -> Bounds:
    """Return the bounds of the end of an interval, which may be infinite."""
    if end in (oo, -oo):
        return Bounds(end, end, True, True, True)
    return bounds(end) if bounds(end).real else REAL


def ends_of(domain: Set) -> tuple[Expr | None, Expr | None, bool, bool]:
    """Return the least and the greatest value of an interval or range, and what is left out."""
    if isinstance(domain, sympy.Interval):
        return domain.start, domain.end, domain.left_open == True, domain.right_open == True
    if isinstance(domain, sympy.Range) and domain.step == 1:
        return domain.start, domain.stop - 1, False, False
    if isinstance(domain, sympy.Range) and domain.step == -1:
        return domain.stop + 1, domain.start, False, False
    return None, None, False, False
