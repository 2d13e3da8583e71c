"""Rigorous integrals: quadrature on a path, with singular and infinite ends cut off. Trusted.

The regular part of an integral is left to Arb (``acb.integral``: F. Johansson, "Numerical
integration in arbitrary-precision ball arithmetic", ICMS 2018). A singular or infinite end is cut
off at a distance ``eps`` and enclosed by :mod:`proofcheck.balls.leading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import sympy as sp
from flint import acb, arb, ctx, fmpq, fmpz
from sympy import Expr, Symbol

from proofcheck.balls.forms import crossings, fresh, suspects
from proofcheck.balls.functions import (
    PIECEWISE,
    Undefined,
    Unevaluable,
    ball,
    disk,
    is_real,
    is_zero,
)
from proofcheck.balls.leading import Leading, Surroundings

Path = Callable[[acb, acb, int], acb]

MOST, FEW = 1 << 20, 1_000  # evaluations where an integrand is holomorphic and where it is not
GENERIC = (fmpq(1, 3), fmpq(16, 37), fmpq(41, 59))  # of a path
DEEPEST = 100
SLOWEST = 10  # an integrand that oscillates is not integrated beyond 2^SLOWEST


def depths() -> Iterator[int]:
    """The exponents k of eps = 2^-k that are tried: fine steps first, for exponential tails."""
    k = 1
    while k <= 8 * ctx.prec:
        yield k
        k += max(1, k // 3)


def cut_off(
    g: Expr, t: Symbol, point: Surroundings, least: int, most: int | None = None
) -> tuple[fmpq, acb]:
    """Return eps and an enclosure of the integral of g over (0, eps], as thin as asked for.

    ``most``: the exponent of the least eps, since an end cannot be told from what is nearer.
    """
    best: tuple[fmpq, acb] | None = None
    best_width = arb(0)
    failure = Unevaluable("no bound near an end of the integral")
    goal = arb(2) ** (-ctx.prec)
    misses = 0
    least = max(least, point.hints.get(g, 0))
    for k in depths():
        if k < least:
            continue
        if most is not None and k > most:
            break
        eps = fmpq(1, fmpz(1) << k)
        leading = Leading(point, t, eps)
        try:
            piece = leading.integrate(g)
        except Unevaluable as error:
            failure, misses = error, misses + 1
            if misses > 24:
                break
            continue
        radius = piece.complex_rad()
        width = radius.real + radius.imag
        if best is None or width < best_width:
            best, best_width = (eps, piece), width
        if width < goal:
            point.hints[g] = k
            break
        if leading.oscillates and k >= SLOWEST:
            break
    if best is None:
        raise failure
    return best


@lru_cache(maxsize=4096)
def local_form(body: Expr, variable: Symbol, end: Expr, direction: Expr) -> tuple[Symbol, Expr]:
    """The integrand near ``end`` in a local variable t > 0, times |dx/dt|."""
    binders = (part for part in sp.preorder_traversal(body) if hasattr(part, "bound_symbols"))
    bound = {symbol for part in binders for symbol in part.bound_symbols}
    if bound & (end.free_symbols | direction.free_symbols):
        raise Unevaluable("a limit of the integral would be bound by its integrand")
    t = fresh(sp.Tuple(body, end, direction))
    if end in (sp.oo, -sp.oo):
        sign = 1 if end is sp.oo else -1
        return t, body.subs(variable, sign / t) / t**2
    return t, body.subs(variable, end + direction * t) * direction


def integral(
    body: Expr,
    variable: Symbol,
    ends: Sequence[Expr],
    values: Sequence[acb | None],
    hulls: Sequence[acb | None],
    path: Path,
    point: Surroundings,
) -> acb:
    """Enclose the integral of ``body`` from ends[0] to ends[1].

    ``values`` are the ends as balls (None: infinite), ``hulls`` what they range over while outer
    integration variables move; ``path(a, b)`` is quadrature on a straight path.
    """
    if ends[0] is sp.oo or ends[1] is -sp.oo:
        if ends[0] == ends[1]:
            raise Unevaluable("an integral from oo to oo")
        flipped = (ends[::-1], values[::-1], hulls[::-1])
        return -integral(body, variable, *flipped, path, point)
    start, stop = values
    infinite = start is None or stop is None
    if infinite and not all(h is None or is_real(h) for h in hulls):
        raise Unevaluable("an unbounded path that is not real")
    if start is not None and stop is not None and ends[0] == ends[1]:
        return acb(0)
    inner = between(body, variable, ends, values, hulls, point)
    if inner:  # what converges absolutely on both sides of a place converges across it
        marks = [(ends[0], start), *inner, (ends[1], stop)]
        whole = acb(0)
        for one, other in pairwise(marks):
            part = (one[0], other[0]), (one[1], other[1])
            whole += piecewise(body, variable, *part, path, point)
        return whole
    return piecewise(body, variable, ends, values, path, point)


def between(
    body: Expr,
    variable: Symbol,
    ends: Sequence[Expr],
    values: Sequence[acb | None],
    hulls: Sequence[acb | None],
    point: Surroundings,
) -> list[tuple[Expr, acb]]:
    """Return the places inside a path at which the integrand is not regular, in order.

    Any places on the path would do: they are guessed by looking at the integrand.
    """
    if not all(h is None or is_real(h) for h in hulls):
        return across_cuts(body, variable, ends, point)
    low, high = (None if v is None else v.real for v in values)
    if low is not None and high is not None and high < low:
        low, high = high, low
        backwards = True
    else:
        backwards = False
    found: list[tuple[Expr, acb]] = []
    for place in suspects(body, variable):
        value = ball(point.evaluate(place, {}))
        if not is_real(value) or not (low is None or value.real > low):
            continue
        if (high is None or value.real < high) and not regular(
            body, variable, value, point, holomorphic=True
        ):
            found.append((place, value))
    found.sort(key=lambda one: one[1].real.mid(), reverse=backwards)
    for (_, one), (_, other) in pairwise(found):
        if one.overlaps(other):
            return []
    return found


def across_cuts(
    body: Expr, variable: Symbol, ends: Sequence[Expr], point: Surroundings
) -> list[tuple[Expr, acb]]:
    """Return places A + (B - A) t, 0 < t < 1, at which a branch cut is met, in order."""
    if point.strict or not all(e.is_finite is not False for e in ends):
        return []
    found: list[tuple[arb, Expr, acb]] = []
    for share in crossings(body, variable, ends[0], ends[1]):
        place = ends[0] + (ends[1] - ends[0]) * share
        try:
            t, value = (ball(point.evaluate(part, {})) for part in (share, place))
        except (Undefined, Unevaluable):
            continue
        singular = not regular(body, variable, value, point, holomorphic=True)
        if singular and is_real(t) and 0 < t.real < 1:
            found.append((t.real, place, value))
    found.sort(key=lambda one: one[0].mid())
    if any(one[0].overlaps(other[0]) for one, other in pairwise(found)):
        return []
    return [one[1:] for one in found]


def piecewise(
    body: Expr,
    variable: Symbol,
    ends: Sequence[Expr],
    values: Sequence[acb | None],
    path: Path,
    point: Surroundings,
) -> acb:
    """Enclose the integral along a path that is regular but perhaps for its ends."""
    start, stop = values
    infinite = start is None or stop is None
    span = sp.Integer(1) if infinite else ends[1] - ends[0]
    pieces = acb(0)
    stops: list[acb] = []
    for end, value, direction in ((ends[0], start, span), (ends[1], stop, -span)):
        sign = 1 if direction is span else -1
        if value is not None and regular(body, variable, value, point, holomorphic=True):
            stops.append(value)
            continue
        t, g = local_form(body, variable, end, direction)
        if value is None:
            eps, piece = cut_off(g, t, point, room(values))
            pieces += piece
            stops.append(acb(-sign / eps))
            continue
        try:
            eps, piece = cut_off(g, t, point, 2, None if is_zero(value) else nearest())
        except Unevaluable:
            if not regular(body, variable, value, point):
                raise
            stops.append(value)
            continue
        pieces += piece * sign
        stops.append(value + ball(point.evaluate(direction, {})) * eps)
    return pieces + path(stops[0], stops[1], most(body, variable, stops, point))


def most(body: Expr, variable: Symbol, stops: Sequence[acb], point: Surroundings) -> int:
    """How often it is worth evaluating an integrand, which a path may follow along a cut.

    What has corners may be holomorphic on the path all the same.
    """
    if body.has(*PIECEWISE, sp.Piecewise, sp.Integral):
        return MOST
    low, high = stops
    for part in GENERIC:
        if regular(body, variable, low + (high - low) * part, point, holomorphic=True):
            return MOST
    return FEW


def nearest() -> int:
    """The exponent of the distance down to which a place is told from an end that is not 0."""
    return min(2 * ctx.prec // 3, DEEPEST)


def room(values: Sequence[acb | None]) -> int:
    """The least k such that 2^k lies beyond the finite ends."""
    largest = max((abs(v).upper() for v in values if v is not None), default=arb(0))
    k = 1
    while not arb(2) ** k > largest + 1:
        k += 1
    return k


def regular(
    body: Expr, variable: Symbol, end: acb, point: Surroundings, *, holomorphic: bool | None = None
) -> bool:
    """Whether the integrand can be evaluated (and is holomorphic) at a finite end.

    Holomorphic is asked of a neighbourhood: x^x has the value 1 at 0.
    """
    if holomorphic:
        end += disk(arb(2) ** (-ctx.prec))
    try:
        point.evaluate(body, {variable: end}, holomorphic=holomorphic)
    except (Undefined, Unevaluable):
        return False
    return True
