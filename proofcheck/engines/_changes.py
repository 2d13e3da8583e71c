"""Which change of variable may help with an inequality.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

import sympy as sp
from sympy import Dummy, Expr, Interval, Rational, S, Symbol, oo

from proofcheck.engines._boxes import enclosure
from proofcheck.engines._closing import evident
from proofcheck.engines._cuts import sample
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context, premises
from proofcheck.relations import Relation

LARGEST = 60
TWELFTHS = 12
MOST = 20 * TWELFTHS
ENOUGH = 4
REALS = Interval(-oo, oo)
POSITIVE = Interval.open(0, oo)


@dataclass(frozen=True)
class Change:
    """``old = forward(place)`` and ``place = inverse(old)``, which ranges over ``values``.

    At ``middle`` a derivative vanishes; ``scale`` is the variable that drops out, to the power
    ``degree``.
    """

    old: Symbol
    place: Symbol
    forward: Expr
    inverse: Expr
    values: Interval
    facts: tuple[Relation, ...] = ()
    middle: Expr | None = None
    scale: Symbol | None = None
    degree: Rational = S.Zero

    def symbol(self, kind: Mapping[str, bool]) -> Symbol:
        """Return a symbol for the new variable."""
        return Symbol("t", **kind)


def changes(goal: Relation, context: Context) -> Iterator[Change]:
    """Yield changes of variable, the cheap ones first."""
    f = goal.lhs - goal.rhs
    symbols = sorted(f.free_symbols, key=str)
    intervals = {s: v for s, v in context.sets.items() if isinstance(v, Interval)}
    if len(symbols) < 2 or not all(s in intervals for s in symbols):
        return
    yield from _gaps(context, symbols)
    yield from _ratios(f, context, symbols)
    if f.count_ops() <= LARGEST:
        yield from _turning(f, context, symbols)


def _ends(context: Context, symbol: Symbol) -> tuple[Relation, ...]:
    """Return what the set of a variable says of it."""
    ends = premises(Context(context.variables))
    return tuple(end for end in ends if symbol in (end.lhs, end.rhs))


def _gaps(context: Context, symbols: list[Symbol]) -> Iterator[Change]:
    """Yield the gap between two variables in the place of one of them."""
    for fact in context.assumptions:
        if not isinstance(fact, Relation) or fact.operator not in ("lt", "le", "gt", "ge"):
            continue
        gap = fact.rhs - fact.lhs if fact.operator in ("lt", "le") else fact.lhs - fact.rhs
        if len(gap.free_symbols) < 2 or not gap.is_polynomial():
            continue
        is_open = fact.operator in ("lt", "gt")
        for old in reversed(symbols):
            slope = gap.coeff(old)
            rest = gap - slope * old
            if slope not in (1, -1) or rest.has(old):
                continue
            place = Dummy("t", real=True)
            forward = sp.expand(slope * (place - rest))
            yield Change(old, place, forward, gap, Interval(0, oo, is_open), _ends(context, old))


def _ratios(f: Expr, context: Context, symbols: list[Symbol]) -> Iterator[Change]:
    """Yield the ratio of two variables, if all depends on ratios but for one factor."""
    if len(symbols) != 2:
        return
    for scale, old in (symbols, symbols[::-1]):
        if not evident(Relation(scale, "gt", S.Zero), context):
            continue
        degree = _degree(f, context, symbols)
        if degree is None:
            return
        place = Dummy("t", real=True)
        values = _scaled_set(context, scale, old)
        yield Change(
            old, place, scale * place, old / scale, values, _ends(context, old),
            scale=scale, degree=degree,
        )  # fmt: skip


def _degree(f: Expr, context: Context, symbols: list[Symbol]) -> Rational | None:
    """Return k if ``f`` seems to be homogeneous of degree k."""
    seen: list[float] = []
    for shift in range(12):
        point = {
            s: sample(context.sets[s], shift + 2 * k + shift * k) for k, s in enumerate(symbols)
        }
        for factor in (2, 3):
            here = enclosure(f, point, 128)
            there = enclosure(f, {s: factor * value for s, value in point.items()}, 128)
            if here is None or there is None or here.contains(0) or there.contains(0):
                continue
            if (here > 0) != (there > 0):
                return None
            seen.append(round(log(float(there / here), factor) * TWELFTHS, 6))
            if seen[0] != seen[-1]:
                return None
        if len(seen) >= ENOUGH:
            break
    if len(seen) < ENOUGH:
        return None
    degree = seen[0]
    exact = degree == round(degree) and abs(degree) <= MOST
    return Rational(round(degree), TWELFTHS) if exact else None


def _scaled_set(context: Context, scale: Symbol, old: Symbol) -> Interval:
    """Return an interval in which the ratio lies, by what is assumed of it."""
    found = POSITIVE if evident(Relation(old, "gt", S.Zero), context) else REALS
    ratio = old / scale
    for end in (-S.One, S.One):
        for is_open in (True, False):
            if evident(Relation(ratio, "gt" if is_open else "ge", end), context):
                found = found.intersect(Interval(end, oo, is_open))
                break
        for is_open in (True, False):
            if evident(Relation(ratio, "lt" if is_open else "le", end), context):
                found = found.intersect(Interval(-oo, end, True, is_open))
                break
    return found if isinstance(found, Interval) else REALS


def _turning(f: Expr, context: Context, symbols: list[Symbol]) -> Iterator[Change]:
    """Yield the distance from where a derivative vanishes, or the ratio to it."""
    if f.has(sp.Abs, sp.Max, sp.Min, sp.sign, sp.floor, sp.ceiling, sp.Piecewise):
        return
    for old in reversed(symbols):
        try:
            places = list(_zeros(sp.fraction(sp.together(sp.diff(f, old)))[0], old))
        except LIBRARY_ERRORS:
            continue
        for centre in places[:2]:
            if not centre.free_symbols:
                continue
            place = Dummy("t", positive=True)
            above = all(evident(Relation(e, "gt", S.Zero), context) for e in (old, centre))
            if above:
                yield Change(
                    old, place, centre * place, old / centre, POSITIVE, _ends(context, old), S.One
                )
            place = Dummy("t", real=True)
            yield Change(
                old, place, centre + place, old - centre, REALS, _ends(context, old), S.Zero
            )


def _zeros(f: Expr, symbol: Symbol) -> Iterator[Expr]:
    """Yield where the factors of ``f`` vanish in which the symbol occurs once."""
    for factor in sp.Mul.make_args(sp.factor_terms(sp.expand(f))):
        left, right = factor, S.Zero
        while left != symbol and left is not None:
            left, right = _undone(left, right, symbol)
        if left is not None:
            yield right


def _undone(left: Expr, right: Expr, symbol: Symbol) -> tuple[Expr | None, Expr]:
    """Return the equation with the outermost operation taken to the other side, if it can be."""
    moving = [part for part in left.args if part.has(symbol)]
    if len(moving) != 1:
        return None, right
    (inner,) = moving
    match left:
        case sp.Add():
            return inner, right - (left - inner)
        case sp.Mul():
            return inner, right * inner / left
        case sp.exp():
            return (None, right) if right == 0 else (inner, sp.log(right))
        case sp.log():
            return inner, sp.exp(right)
        case sp.Pow() if inner == left.base and right != 0:
            return inner, right ** (1 / left.exp)
    return None, right


def scaled(f: Expr, change: Change) -> Iterator[tuple[Expr, Expr]]:
    """Yield the difference without the variable that drops out, and by what it was multiplied."""
    scale = change.scale
    if scale is not None:
        yield f.subs(scale, 1), scale ** (-change.degree)


def common_factor(f: Expr) -> Expr:
    """Return a sum with what its terms have in common taken out, of roots too."""
    return sp.factor_terms(f.replace(lambda e: isinstance(e, sp.Pow), _root))


def _root(term: Expr) -> Expr:
    """Return a root of a sum as one of a product."""
    base, exponent = term.args
    return term if exponent.is_Integer else sp.Pow(sp.factor(base), exponent)


def tidied(f: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Yield forms of a difference, logarithms of products taken apart."""
    forms = [sp.expand(sp.expand_log(f.replace(lambda e: isinstance(e, sp.log), _factored))), f]
    for form in dict.fromkeys(forms):
        yield form, S.One


def _factored(term: Expr) -> Expr:
    """Return a logarithm with its argument in factors."""
    return sp.expand_log(sp.log(sp.factor(term.args[0])))
