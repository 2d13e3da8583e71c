"""How functions map intervals: a table of monotone functions, and the rest one by one.  Trusted.

Where a function has a branch, SymPy's convention holds (``acot(x)`` is ``atan(1/x)``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import sympy
from flint import fmpq, fmpq_poly
from sympy import Expr, Rational, S, expand, oo, pi

from proofcheck.ranges.intervals import (
    POSITIVE,
    REAL,
    UNKNOWN,
    Bounds,
    End,
    absolute,
    add,
    between,
    ceiling_of,
    compare,
    exponential,
    extreme,
    floor_of,
    intersect,
    logarithm,
    make,
    mapped,
    nonzero_if,
    outward,
    point,
    reciprocal,
)


@dataclass(frozen=True)
class Monotone:
    """A function that is real and strictly monotone on an interval, its limits at the ends.

    ``limits`` are for the infinite ends of the domain and for poles at finite ends.
    """

    domain: Bounds
    limits: tuple[Any, Any]
    decreasing: bool = False


MONOTONE: dict[type[Expr], Monotone] = {
    sympy.sinh: Monotone(REAL, (-oo, oo)),
    sympy.tanh: Monotone(REAL, (-1, 1)),
    sympy.asinh: Monotone(REAL, (-oo, oo)),
    sympy.atan: Monotone(REAL, (-pi / 2, pi / 2)),
    sympy.erf: Monotone(REAL, (-1, 1)),
    sympy.erfc: Monotone(REAL, (2, 0), True),
    sympy.asin: Monotone(between(-1, 1), (-oo, oo)),
    sympy.acos: Monotone(between(-1, 1), (-oo, oo), True),
    sympy.acosh: Monotone(between(1, oo, "[)"), (0, oo)),
    # The ends of the domain of atanh are poles: presumed away by definedness.
    sympy.atanh: Monotone(between(-1, 1), (-oo, oo)),
    sympy.LambertW: Monotone(between(-sympy.exp(-1), oo, "[)"), (-1, oo)),
}
INCREASING = {f for f, facts in MONOTONE.items() if not facts.decreasing} | {sympy.exp, sympy.log}


def inside(a: Bounds, domain: Bounds) -> bool:
    """Whether a value with bounds ``a`` certainly lies in the real interval ``domain``."""
    if not a.real:
        return False
    low, high = compare(a.low, domain.low), compare(a.high, domain.high)
    return (low == 1 or (low == 0 and (a.low_open or not domain.low_open))) and (
        high == -1 or (high == 0 and (a.high_open or not domain.high_open))
    )


def domain_of(function: type[Expr]) -> Bounds:
    """Return where a function of INCREASING is real and increasing."""
    if function in MONOTONE:
        return MONOTONE[function].domain
    return POSITIVE if function is sympy.log else REAL


Hit = Literal["attained", "limit", "missed"]


def hit(a: Bounds, angle: Rational) -> Hit:
    """Whether ``a`` contains ``(angle + 2n) pi`` for an integer n; "attained" if it may."""
    limit = False
    turns: list[int] = []
    for e, is_open, up in ((a.low, a.low_open, False), (a.high, a.high_open, True)):
        turn = expand(e / (2 * pi)) - angle / 2
        exact = outward(turn, up)
        if exact in (oo, -oo):
            return "attained"
        whole = floor_of(exact) if up else ceiling_of(exact)
        if is_open and isinstance(turn, Rational) and turn == whole:
            limit, whole = True, whole + (-1 if up else 1)
        turns.append(whole)
    if turns[0] <= turns[1]:
        return "attained"
    return "limit" if limit else "missed"


def wave(a: Bounds, function: Callable[[Expr], Expr], top: Rational) -> Bounds:
    """Return the bounds of sin or cos, which has its maxima at ``(top + 2n) pi``."""
    if not a.real:
        return UNKNOWN
    whole = between(-1, 1)
    if a.low == -oo or a.high == oo:
        return whole
    ends: list[End] = [(function(a.low), a.low_open), (function(a.high), a.high_open)]
    found: list[End] = []
    for value, angle, up in ((S.NegativeOne, top + 1, False), (S.One, top, True)):
        match hit(a, angle):
            case "attained":
                found.append((value, False))
            case "limit":
                found.append((value, True))
            case "missed":
                found.append(extreme(ends, up))
    return intersect(whole, make(found[0], found[1]))


def branch(a: Bounds, function: Callable[[Expr], Expr], left: Rational, falls: bool) -> Bounds:
    """Return the bounds of tan or cot, monotone between ``(left + n) pi`` and the next pole."""
    if not a.real:
        return UNKNOWN
    if a.low == -oo or a.high == oo:
        return REAL
    low, high = expand(a.low / pi) - left, expand(a.high / pi) - left
    first, last = outward(low, False), outward(high, True)
    if first == -oo or last == oo or last > floor_of(first) + 1:
        return REAL
    pole_low, pole_high = low == floor_of(first), high == floor_of(first) + 1
    ends: list[End] = [
        ((oo if falls else -oo), True) if pole_low else (function(a.low), a.low_open),
        ((-oo if falls else oo), True) if pole_high else (function(a.high), a.high_open),
    ]
    if any(e.has(S.NaN, S.ComplexInfinity) for e, _ in ends):
        return REAL
    return make(*(reversed(ends) if falls else ends))


def inverse_cotangent(a: Bounds) -> Bounds:
    """Return the bounds of ``acot``, which jumps from -pi/2 to pi/2 at 0."""
    if not a.real:
        return UNKNOWN
    if a.nonnegative:
        return mapped(a, sympy.acot, (pi / 2, 0), decreasing=True, nonzero=True)
    if a.negative:
        found = mapped(a, sympy.acot, (0, 0), decreasing=True, nonzero=True)
        # At an open end 0 SymPy evaluates acot(0) on the other side of the jump.
        low = (-pi / 2, True) if compare(a.high, S.Zero) != -1 else (found.low, found.low_open)
        return make(low, (found.high, found.high_open), nonzero=True)
    return intersect(between(-pi / 2, pi / 2, "(]"), nonzero_if(True))


def whole_part(a: Bounds, up: bool) -> Bounds:
    """Return the bounds of the floor of ``a``, or with ``up`` of its ceiling."""
    if not a.real:
        return UNKNOWN
    low, high = outward(a.low, False), outward(a.high, True)
    low_open, high_open = a.low_open and low == a.low, a.high_open and high == a.high
    if low != -oo:
        low = (
            S(floor_of(low) + int(low_open))
            if up and low.is_Integer
            else S(ceiling_of(low) if up else floor_of(low))
        )
    if high != oo:
        high = (
            S(floor_of(high) - int(high_open))
            if not up and high.is_Integer
            else S(ceiling_of(high) if up else floor_of(high))
        )
    return make((low, low == -oo), (high, high == oo), integer=True)


def gamma(a: Bounds) -> Bounds:
    """Return the bounds of the gamma function (never zero; above 0.8856 on the positive half)."""
    if not a.real:
        return nonzero_if(True)
    if not a.nonnegative:
        return intersect(REAL, nonzero_if(True))
    if compare(a.low, S(2)) in (0, 1):
        if compare(a.low, S(100)) != -1:
            return between(100, oo, "()")
        high = a.high if compare(a.high, S(100)) == -1 else oo
        a = make((a.low, a.low_open), (high, a.high_open or high is oo))
        return mapped(a, sympy.gamma, (0, oo), nonzero=True)
    return between(Rational(22, 25), oo, "()")


def factorial(a: Bounds) -> Bounds:
    """Return the bounds of ``gamma(a + 1)``, which has poles at the negative integers."""
    found = gamma(add(a, point(S.One)))
    return intersect(found, between(1, oo, "[)", integer=True)) if a.integer else found


def binomial(upper: Bounds, lower: Bounds, gap: Bounds) -> Bounds:
    """Return the bounds of a binomial coefficient; ``gap`` are those of upper minus lower."""
    if not (upper.integer and lower.integer and upper.nonnegative):
        return UNKNOWN
    least = 1 if lower.nonnegative and gap.nonnegative else 0
    return between(least, oo, "[)", integer=True)


def step(a: Bounds) -> Bounds:
    """Return the bounds of the Heaviside function at a real argument."""
    if a.positive:
        return point(S.One)
    return point(S.Zero) if a.negative else between(0, 1)


def sign(a: Bounds) -> Bounds:
    """Return the bounds of the sign of a real number."""
    if not a.real:
        return nonzero_if(a.nonzero)
    low = 1 if a.positive else 0 if a.nonnegative else -1
    high = -1 if a.negative else 0 if a.nonpositive else 1
    return intersect(between(low, high, integer=True), nonzero_if(a.nonzero))


def disc(size: Bounds) -> Bounds:
    """Return the bounds of the real or imaginary part of a number whose modulus is ``size``."""
    high = (size.high, size.high_open)
    return make((-size.high, size.high_open), high)


def apply(function: type[Expr], a: Bounds) -> Bounds:
    """Return what is known of ``function(argument)`` from what is known of its one argument."""
    if function in MONOTONE:
        facts = MONOTONE[function]
        if not inside(a, facts.domain):
            return REAL if a.real and facts.domain is REAL else UNKNOWN
        return mapped(a, function, facts.limits, decreasing=facts.decreasing)
    rule = RULES.get(function)
    return rule(a) if rule is not None else UNKNOWN


def sine(a: Bounds) -> Bounds:
    """Return the bounds of ``sin(a)``."""
    return wave(a, sympy.sin, Rational(1, 2))


def cosine(a: Bounds) -> Bounds:
    """Return the bounds of ``cos(a)``."""
    return wave(a, sympy.cos, Rational(0))


def hyperbolic_cosine(a: Bounds) -> Bounds:
    """Return the bounds of ``cosh(a)``."""
    return mapped(absolute(a), sympy.cosh, (1, oo)) if a.real else UNKNOWN


def hyperbolic_cotangent(a: Bounds) -> Bounds:
    """Return the bounds of ``coth(a)``."""
    return reciprocal(apply(sympy.tanh, a))


RULES: dict[type[Expr], Callable[[Bounds], Bounds]] = {
    sympy.exp: exponential,
    sympy.log: logarithm,
    sympy.Abs: absolute,
    sympy.sin: sine,
    sympy.cos: cosine,
    sympy.tan: lambda a: branch(a, sympy.tan, Rational(-1, 2), False),
    sympy.cot: lambda a: branch(a, sympy.cot, Rational(0), True),
    sympy.sec: lambda a: reciprocal(cosine(a)),
    sympy.csc: lambda a: reciprocal(sine(a)),
    sympy.acot: inverse_cotangent,
    sympy.cosh: hyperbolic_cosine,
    sympy.sech: lambda a: reciprocal(hyperbolic_cosine(a)),
    sympy.csch: lambda a: reciprocal(apply(sympy.sinh, a)),
    sympy.coth: hyperbolic_cotangent,
    sympy.floor: lambda a: whole_part(a, False),
    sympy.ceiling: lambda a: whole_part(a, True),
    sympy.frac: lambda a: between(0, 1, "[)") if a.real else UNKNOWN,
    sympy.gamma: gamma,
    sympy.loggamma: lambda a: REAL if a.nonnegative else UNKNOWN,
    sympy.re: lambda a: a if a.real else REAL,
    sympy.im: lambda a: point(S.Zero) if a.real else REAL,
    sympy.conjugate: lambda a: a,
    sympy.arg: lambda a: point(S.Zero) if a.positive else between(-pi, pi, "(]"),
    sympy.sign: sign,
}


def polynomial(coefficients: list[Expr], a: Bounds) -> Bounds:
    """Return the sign of a rational polynomial (leading coefficient first) over ``a``.

    By Sturm's theorem: the polynomial keeps a weak sign between the ends if and only if its
    factors of odd multiplicity have no root there.
    """
    p = fmpq_poly([fmpq(int(c.p), int(c.q)) for c in reversed(coefficients)])
    low, high = outward(a.low, False), outward(a.high, True)
    if not a.real or p.degree() < 1 or compare(low, high) != -1:
        return REAL if a.real else UNKNOWN
    low_open, high_open = a.low_open or low != a.low, a.high_open or high != a.high
    common = p.gcd(p.derivative())
    simple, rest, odd, multiplicity = p // common, common, fmpq_poly([1]), 1
    radical = simple
    while simple.degree() > 0:
        shared = simple.gcd(rest)
        if multiplicity % 2:
            odd *= simple // shared
        simple, rest, multiplicity = shared, rest // shared, multiplicity + 1
    if roots_between(odd, low, high):
        return REAL
    strict = not roots_between(radical, low, high)
    strict &= (low_open or value_at(p, low) != 0) and (high_open or value_at(p, high) != 0)
    positive = next(
        value > 0 for x in samples(low, high, p.degree() + 1) if (value := value_at(p, x)) != 0
    )
    end: End = (S.Zero, strict)
    return make(end, (oo, True)) if positive else make((-oo, True), end)


def samples(low: Expr, high: Expr, count: int) -> list[Expr]:
    """Return ``count`` rationals strictly between two ends."""
    if low == -oo and high == oo:
        return [S(n) for n in range(count)]
    if high == oo or low == -oo:
        return [low + n if high == oo else high - n for n in range(1, count + 1)]
    return [low + (high - low) * Rational(n, count + 1) for n in range(1, count + 1)]


def value_at(p: fmpq_poly, x: Expr) -> Any:
    """Return the value at a rational, or the sign near an infinity."""
    if x in (oo, -oo):
        lead = p[p.degree()]
        return -lead if x == -oo and p.degree() % 2 else lead
    return p(fmpq(int(x.p), int(x.q)))


def roots_between(p: fmpq_poly, low: Expr, high: Expr) -> int:
    """Return how many roots a squarefree polynomial has strictly between two ends (Sturm)."""
    if p.degree() < 1:
        return 0
    chain = [p, p.derivative()]
    while chain[-1].degree() > 0:
        chain.append(-(chain[-2] % chain[-1]))
    changes = []
    for x in (low, high):
        signs = [value > 0 for q in chain if (value := value_at(q, x)) != 0]
        changes.append(sum(s != t for s, t in pairwise(signs)))
    # Sturm counts the roots in (low, high].
    return int(changes[0] - changes[1]) - int(high != oo and value_at(p, high) == 0)
