"""The exact numbers of a set that are worth trying, nicest first.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from sympy import (
    AccumBounds,
    Complement,
    Expr,
    FiniteSet,
    I,
    Integer,
    Intersection,
    Interval,
    Range,
    Rational,
    Set,
    Union,
    nan,
    oo,
    pi,
    sqrt,
)
from sympy.sets.fancysets import Complexes, Integers, Naturals, Naturals0, Rationals, Reals

from proofcheck.engines._truth import member
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.ranges.intervals import compare

MOST = 90
HUGE = (Integer(10) ** 3, Integer(10) ** 6 + 3, Integer(10) ** 9 + 7)


def q(numerator: int, denominator: int = 1) -> Rational:
    """Return an exact fraction."""
    return Rational(numerator, denominator)


def no_number(value: Expr) -> bool:
    """Tell whether a constant is infinite, undefined or a set, though SymPy built it."""
    return value.is_finite is False or value.has(nan, AccumBounds)


WHOLE = tuple(map(Integer, (0, 1, 2, -1, 3, -2, 4, -3, 5, 6, 7, 8, -4, -5, 9, 10, 12, 17, 30, 100)))
INTEGERS = (*WHOLE, *HUGE, Integer(-10), Integer(-100), -HUGE[0], -HUGE[1])

REALS: tuple[Expr, ...] = (
    q(1), q(0), q(2), q(1, 2), q(-1), q(3), q(-1, 2), q(-2), pi / 3, q(1, 3), q(3, 2), pi / 2,
    q(-3), q(1, 4), q(2, 3), q(5), pi, -pi / 3, q(-1, 3), q(3, 4), q(-3, 2), pi / 4, pi / 6,
    sqrt(2), q(10), q(4), q(3, 5), q(5, 13), q(7), q(-5, 2), q(-4, 5), -pi / 2, q(1, 10), q(5, 3),
    q(-1, 10), 2 * pi, 3 * pi / 4, 2 * pi / 3, 5 * pi / 6, -sqrt(2), q(7, 5), q(9, 10), q(11, 10),
    q(-10), q(1, 100), q(99, 100), q(-7), q(12, 5), q(20), q(-20), q(1, 1000), q(-1, 1000), q(50),
    q(100), q(-100), *HUGE, -HUGE[0], -HUGE[1], q(1, 10**6), q(-1, 10**6), q(1, 10**9),
    3 * pi / 2, -pi, 5 * pi, sqrt(3) / 2,
)  # fmt: skip

NOT_REAL: tuple[Expr, ...] = (
    I, 1 + I, q(1, 2) + I / 3, q(-1) + I / 2, -I, q(-1, 2) - I / 3, 2 * I, 1 - I, q(1, 3) + 2 * I,
    q(-2) - I, I / 2, 2 + I, q(3, 5) + 4 * I / 5, q(-3, 5) - 4 * I / 5, q(1, 4) - I / 5, 3 * I,
    q(-3, 2) + 2 * I, q(1, 5) + I / 7, -3 * I, q(-5, 2) + I / 10, q(-5, 2) - I / 10, -4 * I,
    q(5) - 2 * I, q(1, 10) + I / 10, pi * I, -pi * I / 2, 10 * I, q(-7) + 5 * I, 1 + I / 100,
    q(-1) - 7 * I, -1 - I / 1000, 100 + 100 * I,
)  # fmt: skip


def spiced(base: Iterable[Expr], extra: Sequence[Expr]) -> Iterator[Expr]:
    """Yield the values of ``base`` with one of ``extra`` after every second one."""
    others = iter(extra)
    for number, value in enumerate(base):
        yield value
        if number % 2 and (other := next(others, None)) is not None:
            yield other
    yield from others


def interleave(*sources: Iterable[Expr]) -> list[Expr]:
    """Return the values of ``sources`` by turns, each once."""
    mixed = (value for row in zip_longest(*sources) for value in row if value is not None)
    return list(dict.fromkeys(mixed))


@lru_cache(maxsize=512)
def candidates(
    domain: Set, extra: tuple[Expr, ...] = (), most: int = MOST, largest: Expr = oo
) -> list[Expr]:
    """Return at most ``most`` elements of ``domain``, nicest first; ``extra`` ones are tried too.

    The ends of ``domain`` are numbers.  Only values that certainly lie in it are returned, and of
    the rational ones only those up to ``largest`` in size.
    """
    found: list[Expr] = []
    seen: set[Expr] = set()
    for value in _proposed(domain, extra):
        if value in seen:
            continue
        seen.add(value)
        if largest is not oo and isinstance(value, Rational) and abs(value) > largest:
            continue
        if _inside(domain, value):
            found.append(value)
            if len(found) == most:
                break
    return found


def _inside(domain: Set, value: Expr) -> bool:
    if isinstance(domain, Interval) and isinstance(value, Rational):
        sides = compare(domain.start, value), compare(value, domain.end)
        if None not in sides:
            below = sides[0] == -1 or (sides[0] == 0 and not domain.left_open)
            return below and (sides[1] == -1 or (sides[1] == 0 and not domain.right_open))
    try:
        return member(domain, value) is True
    except LIBRARY_ERRORS:
        return False


def _proposed(domain: Set, extra: tuple[Expr, ...]) -> Iterator[Expr]:
    match domain:
        case FiniteSet():
            yield from sorted(domain.args, key=lambda value: (value.count_ops(), str(value)))
        case Union():
            yield from interleave(*(_proposed(part, extra) for part in domain.args))
        case Complement():
            yield from _proposed(domain.args[0], extra)
        case Intersection():
            yield from interleave(*(_proposed(part, extra) for part in domain.args))
        case Range() | Integers() | Naturals() | Naturals0():
            yield from spiced(_integers(domain), extra)
        case Interval():
            yield from spiced(_interval(domain), extra)
        case Reals():
            yield from spiced(REALS, extra)
        case Rationals():
            rational = [value for value in REALS if isinstance(value, Rational)]
            yield from spiced(rational, extra)
        case Complexes():
            shifted = [value + I / 2 for value in extra[:6]]
            yield from spiced(interleave(REALS[:40], NOT_REAL), (*extra, *shifted))
            yield from REALS[40:]
        case _:
            yield from interleave(REALS, NOT_REAL, extra)


def _integers(domain: Set) -> Iterator[Expr]:
    if isinstance(domain, Range) and domain.size == 0:
        return
    low, high = domain.inf, domain.sup
    if low == -oo and high == oo:
        yield from INTEGERS
        return
    start, step = (low, 1) if low != -oo else (high, -1)
    for offset in (0, 1, 2, 3, 4, 5):
        yield start + step * offset
    if low != -oo and high != oo:
        yield from (high, high - 1, (low + high) // 2)
    for offset in (
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        16,
        20,
        25,
        30,
        41,
        60,
        100,
        10**3,
        10**6 + 3,
        10**9 + 7,
    ):
        yield start + step * offset


def _interval(domain: Interval) -> Iterator[Expr]:
    low, high = domain.start, domain.end
    if low == -oo and high == oo:
        yield from REALS
        return
    if low == -oo or high == oo:
        end, step = (low, 1) if high == oo else (high, -1)
        steps = [q(0), q(1), q(2), q(1, 2), q(3), q(1, 10), q(10), q(1, 3), q(5), q(1, 100),
                 q(100), q(1, 1000), *HUGE, q(1, 10**6), q(7, 2), q(30), q(10**12),
                 q(1, 10**9)]  # fmt: skip
        yield from interleave(REALS, [end + step * value for value in steps])
        return
    width = high - low
    parts = [q(1, 2), q(1, 3), q(0), q(1), q(2, 3), q(1, 4), q(3, 4), q(1, 6), q(1, 10), q(9, 10),
             q(5, 6), q(1, 5), q(2, 5), q(3, 5), q(4, 5), q(1, 100), q(99, 100), q(3, 8), q(5, 8),
             q(1, 1000), q(999, 1000), q(1, 10**6), 1 - q(1, 10**6), q(1, 7), q(3, 7), q(5, 7),
             q(1, 20), q(19, 20), q(7, 16), q(9, 16), q(1, 10**9), 1 - q(1, 10**9)]  # fmt: skip
    scaled = [low + width * part for part in parts]
    if low.is_Rational and high.is_Rational:
        yield from interleave(REALS[:50], scaled)
    else:
        yield from interleave(scaled, REALS[:50])


def tuples(size: int, element: Set, total: Expr | None) -> list[tuple[Expr, ...]]:
    """Return families of ``size`` elements of ``element``, with sum ``total`` where that is given.

    Uniform, then unequal ones: weights ``1:2:3``, ``3:2:1``, one large, one small.
    """
    if size == 0:
        return [()]
    count = range(size)
    if total is None:
        values = candidates(element, most=24)
        picks = [[values[0]] * size] if values else []
        for shift in (0, 1, 2, 5) if values else ():
            picks.append([values[(i + shift) % len(values)] for i in count])
            picks.append([values[(2 * i + 3 * shift + 1) % len(values)] for i in count])
        return list(dict.fromkeys(tuple(pick) for pick in picks))
    weights = [
        [size - i for i in count],
        [1] * size,
        [int(i == 0) for i in count],
        [1 + i for i in count],
        [1 + (i * i) % 5 for i in count],
        [1 if i else 10 * size for i in count],
        [(3 * i) % 7 + 1 for i in count],
        [1000 if i == size - 1 else 1 + i % 2 for i in count],
        [(-1) ** i * (i + 2) for i in count],
    ]
    found: list[tuple[Expr, ...]] = []
    for weight in weights:
        whole = sum(weight)
        if total == 0:  # centred, as weights scaled to a sum of zero would all be zero
            family = tuple(q(size * part - whole, max(size - 1, 1)) for part in weight)
        elif whole:
            family = tuple(total * q(part, whole) for part in weight)
        else:
            continue
        if family not in found:
            found.append(family)
    return [family for family in found if all(_inside(element, value) for value in family)]
