"""Interval arithmetic with exact ends, open or closed, finite or infinite.  Trusted.

An operation takes what is known of the values of its arguments to what is known of its own value
wherever it is defined.  Ends are exact SymPy numbers; one that grows unwieldy is moved outwards to
a rational.  Ends are compared as rationals or by ball arithmetic, never by SymPy's assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import Any

import sympy
from sympy import Expr, Integer, Rational, S, expand, oo, preorder_traversal

from proofcheck import balls
from proofcheck.relations import Operator

WIDEST, LARGEST = 25, 1024


@dataclass(frozen=True)
class Bounds:
    """What is known of the value of an expression over a context, wherever it is defined.

    ``low`` and ``high`` mean something only if the value is certainly a finite real number.
    Infinite ends are open.  ``nonzero`` may hold of complex values too.
    """

    low: Expr
    high: Expr
    low_open: bool
    high_open: bool
    real: bool
    integer: bool = False
    nonzero: bool = False

    @property
    def positive(self) -> bool:
        """Certainly a positive real number."""
        return self.nonnegative and self.nonzero

    @property
    def nonnegative(self) -> bool:
        """Certainly a real number that is at least zero."""
        return self.real and compare(self.low, S.Zero) in (0, 1)

    @property
    def negative(self) -> bool:
        """Certainly a negative real number."""
        return self.nonpositive and self.nonzero

    @property
    def nonpositive(self) -> bool:
        """Certainly a real number that is at most zero."""
        return self.real and compare(self.high, S.Zero) in (0, -1)


End = tuple[Any, bool]
UNKNOWN = Bounds(-oo, oo, True, True, False)
REAL = Bounds(-oo, oo, True, True, True)


INFINITIES = (oo, -oo)


def infinite(end: Expr) -> bool:
    """Whether an end is an infinity: both are singletons, and ``==`` is dear."""
    return end is INFINITIES[0] or end is INFINITIES[1]


def compare(a: Expr, b: Expr) -> int | None:
    """Return the sign of ``a - b`` for exact extended reals, or None if it was not found out."""
    if a is b:
        return 0
    if a is INFINITIES[0] or b is INFINITIES[1]:
        return 1
    if a is INFINITIES[1] or b is INFINITIES[0]:
        return -1
    if isinstance(a, Rational) and isinstance(b, Rational):
        left, right = a.p * b.q, b.p * a.q
        return int(left > right) - int(left < right)
    return _compare(a, b)


@lru_cache(maxsize=20000)
def _compare(a: Expr, b: Expr) -> int | None:
    if a == b:
        return 0
    difference = a - b
    if isinstance(difference, Rational):
        return int(difference.p > 0) - int(difference.p < 0)
    try:
        found: int | None = balls.sign(difference, {}, max_precision=512)
    except (balls.Undefined, balls.Unevaluable):
        return None
    return found


def outward(value: Expr, up: bool) -> Expr:
    """Return a rational (or infinity) above or below the real number ``value``."""
    return value if isinstance(value, Rational) or infinite(value) else _outward(value, up)


@lru_cache(maxsize=20000)
def _outward(value: Expr, up: bool) -> Expr:
    try:
        ball = balls.enclose(value, {}, 128).real
    except (balls.Undefined, balls.Unevaluable):
        return oo if up else -oo
    if not ball.is_finite():
        return oo if up else -oo
    mantissa, exponent = (ball.upper() if up else ball.lower()).man_exp()
    if abs(int(exponent)) > 4 * LARGEST:
        return oo if up else -oo
    return Integer(int(mantissa)) * Rational(2) ** int(exponent)


def tidy(value: Expr, is_open: bool, up: bool) -> End:
    """Return an end that is no larger than we like to compute with, at or beyond this one."""
    if infinite(value):
        return value, True
    if isinstance(value, Rational):
        if max(abs(value.p).bit_length(), value.q.bit_length()) <= LARGEST:
            return value, is_open
        if abs(value) > 2**LARGEST:
            if (value > 0) == up:
                return (oo if up else -oo), True
            return (Integer(-(2**LARGEST)) if up else Integer(2**LARGEST)), True
        shifted = (value.p * 2**LARGEST) // value.q
        return Rational(shifted + 1 if up else shifted, 2**LARGEST), True
    if value.has(S.NaN, S.ComplexInfinity, oo, -oo):
        return (oo if up else -oo), True
    if sum(1 for _ in preorder_traversal(value)) > WIDEST:
        return outward(value, up), True
    return value, is_open


def make(low: End, high: End, *, integer: bool = False, nonzero: bool = False) -> Bounds:
    """Return the bounds of a real value between two ends."""
    (a, a_open), (b, b_open) = tidy(*low, False), tidy(*high, True)
    # Zero must look like zero: products and reciprocals go by it.
    a, b = (S.Zero if compare(end, S.Zero) == 0 else end for end in (a, b))
    if integer:
        if not infinite(a):
            rational = outward(a, False)
            if not infinite(rational):
                above = rational == a and a_open and rational.is_Integer
                a, a_open = Integer(ceiling_of(rational)) + int(above), False
        if not infinite(b):
            rational = outward(b, True)
            if not infinite(rational):
                below = rational == b and b_open and rational.is_Integer
                b, b_open = Integer(floor_of(rational)) - int(below), False
    below_zero, above_zero = compare(b, S.Zero), compare(a, S.Zero)
    apart = above_zero == 1 or below_zero == -1
    apart |= (above_zero == 0 and a_open) or (below_zero == 0 and b_open)
    if nonzero and above_zero == 0:
        a, a_open = (S.One, False) if integer else (a, True)
    if nonzero and below_zero == 0:
        b, b_open = (S.NegativeOne, False) if integer else (b, True)
    return Bounds(a, b, a_open, b_open, True, integer, nonzero or apart)


def floor_of(value: Expr) -> int:
    """Return the floor of a rational."""
    return int(value.p // value.q)


def ceiling_of(value: Expr) -> int:
    """Return the ceiling of a rational."""
    return int(-(-value.p // value.q))


def point(value: Expr) -> Bounds:
    """Return the bounds of one real number."""
    return make((value, False), (value, False), integer=isinstance(value, Integer))


def between(low: Any, high: Any, flags: str = "[]", *, integer: bool = False) -> Bounds:
    """Return the bounds of a value in an interval, with the brackets given in ``flags``."""
    ends = sympy.sympify(low), sympy.sympify(high)
    return make((ends[0], flags[0] == "("), (ends[1], flags[1] == ")"), integer=integer)


POSITIVE, NONNEGATIVE = between(0, oo, "()"), between(0, oo, "[)")
INTEGER = between(-oo, oo, integer=True)


def extreme(ends: Iterable[End], up: bool) -> End:
    """Return the outermost of ``ends``, closed if any of the outermost is; infinite if unclear."""
    best: End | None = None
    for value, is_open in ends:
        if best is None:
            best = value, is_open
            continue
        order = compare(value, best[0])
        if order is None:
            return (oo if up else -oo), True
        if order == 0:
            best = best[0], best[1] and is_open
        elif (order > 0) == up:
            best = value, is_open
    return best if best is not None else ((oo if up else -oo), True)


def hull(parts: Iterable[Bounds]) -> Bounds:
    """Return what is known of a value that has one of ``parts``."""
    found = list(parts)
    nonzero = bool(found) and all(part.nonzero for part in found)
    if not found or not all(part.real for part in found):
        return replace(UNKNOWN, nonzero=nonzero)
    low = extreme([(part.low, part.low_open) for part in found], False)
    high = extreme([(part.high, part.high_open) for part in found], True)
    return make(low, high, integer=all(part.integer for part in found), nonzero=nonzero)


def intersect(a: Bounds, b: Bounds) -> Bounds:
    """Return what is known of a value of which both ``a`` and ``b`` are known."""
    nonzero = a.nonzero or b.nonzero
    if not (a.real and b.real):
        known = a if a.real else b
        if not known.real:
            return replace(UNKNOWN, nonzero=nonzero)
        low, high = (known.low, known.low_open), (known.high, known.high_open)
        return make(low, high, integer=known.integer, nonzero=nonzero)
    low = tighter((a.low, a.low_open), (b.low, b.low_open), 1)
    high = tighter((a.high, a.high_open), (b.high, b.high_open), -1)
    return make(low, high, integer=a.integer or b.integer, nonzero=nonzero)


def tighter(a: End, b: End, inward: int) -> End:
    """Return the end that says more; either is right, so either will do where it is unclear."""
    order = compare(a[0], b[0])
    return (a[0], a[1] or b[1]) if order == 0 else b if order == -inward else a


def add(a: Bounds, b: Bounds) -> Bounds:
    """Return the bounds of a sum."""
    if not (a.real and b.real):
        return UNKNOWN
    beyond, below = INFINITIES
    low = below if a.low is below or b.low is below else a.low + b.low
    high = beyond if a.high is beyond or b.high is beyond else a.high + b.high
    ends = (low, a.low_open or b.low_open), (high, a.high_open or b.high_open)
    return make(*ends, integer=a.integer and b.integer)


def multiply(a: Bounds, b: Bounds) -> Bounds:
    """Return the bounds of a product: its extremes lie at the corners, with ``0*oo = 0``."""
    nonzero = a.nonzero and b.nonzero
    if not (a.real and b.real):
        zero = next((c for c in (a, b) if c.real and c.low is S.Zero is c.high), None)
        return zero or replace(UNKNOWN, nonzero=nonzero)
    corners: list[End] = []
    for x, x_open in ((a.low, a.low_open), (a.high, a.high_open)):
        for y, y_open in ((b.low, b.low_open), (b.high, b.high_open)):
            if x is S.Zero or y is S.Zero:
                attained = (x is S.Zero and not x_open) or (y is S.Zero and not y_open)
                corners.append((S.Zero, not attained))
            elif (infinite(x) or infinite(y)) and None in (
                signs := (compare(x, S.Zero), compare(y, S.Zero))
            ):
                return replace(REAL, integer=a.integer and b.integer, nonzero=nonzero)
            elif infinite(x) or infinite(y):
                corners.append((oo if signs[0] == signs[1] else -oo, True))
            else:
                exact = isinstance(x, Rational) and isinstance(y, Rational)
                corners.append((x * y if exact else expand(x * y), x_open or y_open))
    low, high = extreme(corners, False), extreme(corners, True)
    return make(low, high, integer=a.integer and b.integer, nonzero=nonzero)


def reciprocal(a: Bounds) -> Bounds:
    """Return the bounds of ``1/a``, which presumes that ``a`` is not zero."""
    a = intersect(a, replace(UNKNOWN, nonzero=True))
    if not (a.nonnegative or a.nonpositive):
        return replace(REAL if a.real else UNKNOWN, nonzero=True)
    beyond = oo if a.nonnegative else -oo
    ends = [
        (beyond, True) if e is S.Zero else (S.Zero, True) if infinite(e) else (1 / e, is_open)
        for e, is_open in ((a.high, a.high_open), (a.low, a.low_open))
    ]
    # An end that is zero in a form that nobody recognised must not be divided by.
    finite = [e for e in (a.low, a.high) if not infinite(e)]
    if any(e is not S.Zero and not compare(e, S.Zero) for e in finite):
        return between(0, oo, "()") if a.nonnegative else between(-oo, 0, "()")
    return make(ends[0], ends[1], nonzero=True)


def absolute(a: Bounds) -> Bounds:
    """Return the bounds of the absolute value."""
    if not a.real:
        return POSITIVE if a.nonzero else NONNEGATIVE
    if a.nonnegative:
        return a
    if a.nonpositive:
        return multiply(a, point(S.NegativeOne))
    high = extreme([(a.high, a.high_open), (oo if a.low == -oo else -a.low, a.low_open)], True)
    return make((S.Zero, a.nonzero), high, integer=a.integer, nonzero=a.nonzero)


def mapped(
    a: Bounds,
    function: Callable[[Expr], Expr],
    limits: tuple[Any, Any] = (-oo, oo),
    *,
    decreasing: bool = False,
    integer: bool = False,
    nonzero: bool = False,
) -> Bounds:
    """Return the bounds of a strictly monotone function, with its limits at the infinite ends.

    The limits stand in the order of the argument; a value that is infinite or undefined at a
    finite end (a pole) is the limit there.
    """
    ends: list[End] = []
    for e, is_open, limit in ((a.low, a.low_open, limits[0]), (a.high, a.high_open, limits[1])):
        value = S.NaN if infinite(e) else function(e)
        singular = value.has(oo, -oo, S.ComplexInfinity, S.NaN)
        ends.append((sympy.sympify(limit), True) if singular else (value, is_open))
    if decreasing:
        ends.reverse()
    return make(ends[0], ends[1], integer=integer, nonzero=nonzero)


def power(a: Bounds, exponent: Rational) -> Bounds:
    """Return the bounds of ``a**exponent`` for a nonzero rational exponent."""
    if exponent < 0:
        return reciprocal(power(a, -exponent))
    whole = isinstance(exponent, Integer)
    if not a.real or not (whole or a.nonnegative):
        return replace(UNKNOWN, nonzero=a.nonzero)
    if whole and exponent.p % 2 == 0:
        a = absolute(a)

    def raised(e: Expr) -> Expr:
        return e**exponent

    if exponent.p > 8 and not all(e in (0, 1, -1, oo, -oo) for e in (a.low, a.high)):
        if exponent.p > 256:
            lowest = REAL if not a.nonnegative else NONNEGATIVE
            return intersect(replace(lowest, integer=a.integer and whole), nonzero_if(a.nonzero))
        a = make((outward(a.low, False), a.low_open), (outward(a.high, True), a.high_open))
    return mapped(a, raised, integer=a.integer and whole, nonzero=a.nonzero)


def nonzero_if(known: bool) -> Bounds:
    """Return what is known of a value of which we know at most that it is not zero."""
    return replace(UNKNOWN, nonzero=known)


def exponential(a: Bounds) -> Bounds:
    """Return the bounds of ``exp(a)``, which is never zero."""
    if not a.real:
        return nonzero_if(True)
    ends: list[End] = []
    for e, is_open, beyond in ((a.low, a.low_open, 1), (a.high, a.high_open, -1)):
        size = compare(e, Integer(-4000)), compare(e, Integer(4000))
        if size == (1, -1):
            ends.append((sympy.exp(e), is_open))
        elif size[0] == size[1] == beyond:
            # exp(4000) > 1 > exp(-4000), and SymPy would write out exp(10**9*log(2)).
            ends.append((S.One, True))
        else:
            ends.append((S.Zero, True) if beyond == 1 else (oo, True))
    return make(ends[0], ends[1], nonzero=True)


def logarithm(a: Bounds) -> Bounds:
    """Return the bounds of ``log(a)``, which presumes that ``a`` is not zero."""
    return mapped(a, sympy.log, (-oo, oo)) if a.nonnegative else UNKNOWN


def without_integers(a: Bounds) -> bool:
    """Whether no integer lies within the bounds of a real value."""
    inner = make((a.low, a.low_open), (a.high, a.high_open), integer=True)
    return compare(inner.low, inner.high) == 1


def greatest(parts: list[Bounds], up: bool) -> Bounds:
    """Return the bounds of the greatest (or least) of several real values."""
    lows, highs = [(p.low, p.low_open) for p in parts], [(p.high, p.high_open) for p in parts]
    if up:
        low, high = reduce(lambda a, b: tighter(a, b, 1), lows), extreme(highs, True)
    else:
        low, high = extreme(lows, False), reduce(lambda a, b: tighter(a, b, -1), highs)
    integer, nonzero = all(p.integer for p in parts), all(p.nonzero for p in parts)
    return make(low, high, integer=integer, nonzero=nonzero)


ZERO = point(S.Zero)
SIDES: dict[Operator, Bounds] = {
    "eq": ZERO, "ne": nonzero_if(True), "gt": POSITIVE, "ge": NONNEGATIVE,
    "lt": between(-oo, 0, "()"), "le": between(-oo, 0, "(]"),
}  # fmt: skip
"""What ``lhs - rhs`` is known to be where ``lhs operator rhs`` holds."""
