"""Where a function of one variable turns: the sign changes of its derivative.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Interval, Rational, Symbol

from proofcheck.engines._boxes import enclosure

GRID = 48
SPREAD = (-6, 7)
MOST = 8
STEPS = 90


def turning_points(
    slope: Expr, symbol: Symbol, values: Interval
) -> list[tuple[Rational, Rational]]:
    """Return narrow brackets, in increasing order, of the places where ``slope`` changes sign.

    Found on a grid: some may be missed.
    """
    found: list[tuple[Rational, Rational]] = []
    before: tuple[Rational, int] | None = None
    for place in grid(values):
        side = sign_at(slope, symbol, place)
        if side is None:
            continue
        if side == 0:
            tiny = Rational(1, 2**30)
            if values.inf < place - tiny and place + tiny < values.sup:
                found.append((place - tiny, place + tiny))
            before = None
            continue
        if before is not None and before[1] != side:
            found.append(bracket(slope, symbol, before[0], place, before[1]))
        before = (place, side)
        if len(found) > MOST:
            return []
    return found


def bracket(
    slope: Expr, symbol: Symbol, low: Rational, high: Rational, side: int
) -> tuple[Rational, Rational]:
    """Return a narrow bracket of the sign change between two points."""
    for _ in range(STEPS):
        if high - low < Rational(1, 2**60) * (1 + abs(low)):
            break
        middle = (low + high) / 2
        here = sign_at(slope, symbol, middle)
        if here is None or here == 0:
            width = (high - low) / 4
            return middle - width, middle + width
        if here == side:
            low = middle
        else:
            high = middle
    return low, high


def sign_at(f: Expr, symbol: Symbol, place: Expr) -> int | None:
    """Return the sign of ``f`` at a point, None if it has no value or a doubtful one."""
    value = enclosure(f, {symbol: place}, 128)
    if value is None:
        return None
    if value > 0:
        return 1
    if value < 0:
        return -1
    return 0 if float(value.rad()) < 1e-20 else None


def grid(values: Interval) -> Iterator[Rational]:
    """Yield increasing rational points of an interval, over magnitudes if it is unbounded."""
    low, high = values.inf, values.sup
    if low.is_finite and high.is_finite:
        start, width = _rational(low), _rational(high) - _rational(low)
        for k in range(1, GRID):
            # A slightly uneven grid: zeros like to sit at simple fractions.
            yield start + width * (Rational(k, GRID) + Rational(1, 1009 * GRID))
        return
    sizes = [Rational(10) ** e * part for e in range(*SPREAD) for part in (1, Rational(23, 10), 5)]
    if low.is_finite:
        yield from (_rational(low) + size for size in sizes)
    elif high.is_finite:
        yield from (_rational(high) - size for size in reversed(sizes))
    else:
        yield from (-size for size in reversed(sizes))
        yield from sizes


def _rational(end: Expr) -> Rational:
    if isinstance(end, Rational):
        return end
    return Rational(round(float(end) * 2**30), 2**30)
