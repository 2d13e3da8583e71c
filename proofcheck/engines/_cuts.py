"""Where to cut an interval, by what to divide a difference: guesses of the analyst.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Integer, Interval, Mul, Pow, Rational, S, Symbol

from proofcheck.engines._boxes import enclosure, end_ball, positive
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.relations import Condition, Member, Relation

LARGEST = 250
MONOTONE = (sp.log, sp.atan, sp.asin, sp.asinh, sp.atanh, sp.acosh, sp.acos, sp.erf)
CUTS = (S.Zero, S.One, -S.One, S.Half, -S.Half, Integer(2), Integer(-2))
FAR = (Integer(4), Integer(16), Integer(100))


def holds(assumption: Condition, given: dict[Symbol, Expr]) -> bool:
    """Tell whether balls see that an assumption holds at a point."""
    if isinstance(assumption, Member):
        real = assumption.set is S.Reals and not assumption.negated
        return real and enclosure(assumption.element, given, 64) is not None
    if not isinstance(assumption, Relation) or assumption.operator == "eq":
        return False
    value = enclosure(assumption.lhs - assumption.rhs, given, 64)
    if value is None:
        return False
    if assumption.operator == "ne":
        return not value.contains(0)
    return bool(value > 0) if assumption.operator in ("gt", "ge") else bool(value < 0)


def neighbourhood(
    f: Expr, symbol: Symbol, low: Rational, high: Rational, strict: bool, values: Interval
) -> list[Expr] | None:
    """Return the ends of a box around a turning point on which balls see the sign, if any do."""
    for width in (1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10, 0):
        margin = Rational(width) * max(1, abs(low)) / 4
        left, right = simple(low - margin, margin, -1), simple(high + margin, margin, 1)
        if not values.inf < left < right < values.sup:
            continue
        ball = end_ball(left).union(end_ball(right))
        if positive(enclosure(f, {symbol: ball}, 128), strict):
            return [left, right]
    return None


def simple(value: Rational, margin: Rational, direction: int) -> Rational:
    """Return a shorter number near ``value``, no nearer to the turning point."""
    if margin == 0:
        return value
    bits = max(0, 4 - int(sp.log(margin, 2)))
    scaled = value * 2**bits
    whole = sp.floor(scaled) if direction < 0 else sp.ceiling(scaled)
    return Rational(whole, 2**bits)


def places(f: Expr, symbol: Symbol, values: Interval) -> Iterator[Expr]:
    """Yield where to cut: where ``f`` seems to vanish first, then far out."""
    inside = [c for c in CUTS if values.inf < c < values.sup]
    for place in inside:
        known = enclosure(f, {symbol: place}, 128)
        if known is not None and known.contains(0):
            yield place
    if values.inf.is_finite and values.sup.is_finite:
        return
    if not values.inf.is_finite and not values.sup.is_finite:
        yield S.Zero
        return
    for far in FAR:
        if values.inf.is_finite:
            yield Rational(round(float(values.inf))) + far
        else:
            yield Rational(round(float(values.sup))) - far


def sample(values: Interval, index: int) -> Expr:
    """Return one of a few rational points of an interval."""
    low, high = values.inf, values.sup
    part = Rational((2 * index + 1) % 13 + 1, 15)
    if low.is_finite and high.is_finite:
        middle = low + part * (high - low)
        if isinstance(middle, Rational):
            return middle
        return Rational(round(float(middle) * 2**20), 2**20)
    size = (Rational(1, 10), S.One, Integer(3), Integer(30), Rational(1, 1000), Integer(1000))
    away = size[index % 6]
    if low.is_finite:
        return Rational(round(float(low) * 2**20), 2**20) + away
    if high.is_finite:
        return Rational(round(float(high) * 2**20), 2**20) - away
    return away if index % 4 < 2 else -away


def factors_of(f: Expr) -> list[tuple[Expr, Expr]]:
    """Return bases and exponents of the factors of ``f``, as SymPy finds them."""
    if f.count_ops() > LARGEST // 3:
        return []
    try:
        product = sp.factor(sp.together(f))
    except LIBRARY_ERRORS:
        return []
    found = []
    for part in Mul.make_args(product):
        if isinstance(part, sp.exp):
            found.append((part, S.One))
        elif isinstance(part, Pow) and isinstance(part.exp, Integer):
            found.append((part.base, part.exp))
        else:
            found.append((part, S.One))
    return found


def divisors(f: Expr) -> Iterator[Expr]:
    """Yield multipliers of ``f`` after which a derivative is simpler."""
    if f.count_ops() > LARGEST:
        return
    for kind in (*MONOTONE, sp.exp):
        found = sorted(f.atoms(kind), key=str)
        if not 1 <= len(found) <= 2:
            continue
        for atom in found:
            name = sp.Dummy("u")
            try:
                terms = sp.Poly(f.xreplace({atom: name}), name)
            except LIBRARY_ERRORS:
                continue
            if terms.degree() != 1 or any(c.has(name) for c in terms.all_coeffs()):
                continue
            slope, rest = terms.all_coeffs()
            if slope.free_symbols:
                yield 1 / slope if kind is not sp.exp else 1 / (slope * atom)
            if kind is sp.exp and rest.free_symbols:
                yield 1 / rest
            if kind is sp.exp and not slope.free_symbols:
                yield sp.exp(-atom.exp)
