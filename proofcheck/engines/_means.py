"""Sums of inequalities between means: what AM-GM says of a polynomial's negative terms.  Untrusted.

The polynomial is to be a sum of multiples of ``sum of w_j (x/p)**a_j - (x/p)**b``, one for each
negative term b, and of what is left of its positive terms (SONC, SAGE).  At a fixed point p, at
which all these vanish, that is a linear program in rational numbers.  Where the polynomial has a
zero, p must be it; else any p near the place where the quotient of the positive and the negative
terms is least may do.  Candidates are 1 and that place, found in floats and rounded.

Over the whole line a term may count as positive only if its exponents are even.

V. Chandrasekaran, P. Shah, "Relative entropy relaxations for signomial optimization", SIAM Journal
on Optimization 26 (2016); S. Iliman, T. de Wolff (2016).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from sympy import Expr, Integer, Rational, S

from proofcheck import finiteness
from proofcheck.certificates import Certificate, Instead, Known, Ranges
from proofcheck.engines._linear import combination
from proofcheck.engines._squares import Exponents, Polynomial, add
from proofcheck.engines._sums_of_squares import multiples, squares
from proofcheck.engines._translation import Translation
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.relations import Relation

Place = tuple[Fraction, ...]
Key = tuple[str, int, int]

MOST_TERMS = 300
MOST_COLUMNS = 1000
STEPS = 200
DENOMINATORS = (1, 2, 3, 4, 6, 12, 60, 1000)


def by_means(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return a certificate of an order relation by arithmetic and geometric means, or None."""
    return squares(goal, context, budget, _search)


@dataclass(frozen=True)
class _Terms:
    """The terms that are visibly not negative, and the size of the others."""

    positive: dict[Exponents, Fraction]
    negative: dict[Exponents, Fraction]


def _search(
    target: Polynomial, strict: bool, translation: Translation, budget: Budget
) -> Certificate | None:
    reduced = translation.reduce(target)
    if not reduced or len(reduced) > MOST_TERMS:
        return None
    context = translation.context
    signed = [finiteness.evident(Relation(a, "ge", S.Zero), context) for a in translation.atoms]
    nonzero = [finiteness.evident(Relation(a, "gt", S.Zero), context) for a in translation.atoms]
    terms = _split(reduced, signed)
    if not 0 < len(terms.negative) * len(terms.positive) <= MOST_COLUMNS:
        return None
    wanted = [
        key for key in terms.positive if all(z or not n for z, n in zip(nonzero, key, strict=True))
    ]
    if strict and not wanted:
        return None
    for place in _places(terms):
        if budget.expired():
            return None
        found = _shares(terms, place, wanted if strict else [], budget.expired)
        if found is not None:
            return _certificate(target, reduced, terms, place, found, translation)
    return None


def _split(polynomial: Polynomial, signed: list[bool]) -> _Terms:
    positive: dict[Exponents, Fraction] = {}
    negative: dict[Exponents, Fraction] = {}
    for key, value in polynomial.items():
        if value > 0 and all(known or n % 2 == 0 for known, n in zip(signed, key, strict=True)):
            positive[key] = value
        else:
            negative[key] = abs(value)
    return _Terms(positive, negative)


def _at(key: Exponents, place: Place) -> Fraction:
    return math.prod((p**n for p, n in zip(place, key, strict=True)), start=Fraction(1))


def _shares(
    terms: _Terms, place: Place, wanted: list[Exponents], expired: Callable[[], bool]
) -> list[dict[Exponents, Fraction]] | None:
    """Return, for each negative term, what it takes of the positive ones at ``place``."""
    columns: list[Mapping[Key, Fraction]] = []
    origins: list[tuple[int, Exponents]] = []
    target: dict[Key, Fraction] = {}
    for number, (mean, value) in enumerate(terms.negative.items()):
        size = value * _at(mean, place)
        target["sum", number, 0] = size
        for index, exponent in enumerate(mean):
            target["mean", number, index] = size * exponent
        for order, key in enumerate(terms.positive):
            column: dict[Key, Fraction] = {("sum", number, 0): Fraction(1)}
            column["term", order, 0] = Fraction(1)
            for index, exponent in enumerate(key):
                column["mean", number, index] = Fraction(exponent)
            columns.append(column)
            origins.append((number, key))
    free = []
    for order, (key, value) in enumerate(terms.positive.items()):
        target["term", order, 0] = value * _at(key, place)
        if key in wanted:
            free.append(len(columns))
        columns.append({("term", order, 0): Fraction(1)})
    weights = combination(columns, target, expired, free)
    if weights is None:
        return None
    found: list[dict[Exponents, Fraction]] = [{} for _ in terms.negative]
    for (number, key), weight in zip(origins, weights, strict=False):
        if weight:
            found[number][key] = weight
    return found


def _certificate(
    target: Polynomial, reduced: Polynomial, terms: _Terms, place: Place,
    shares: list[dict[Exponents, Fraction]], translation: Translation,
) -> Certificate:  # fmt: skip
    scaled = [atom / _rational(p) for atom, p in zip(translation.atoms, place, strict=True)]
    left = dict(reduced)
    facts: list[tuple[tuple[Expr, ...], Rational]] = []
    for (mean, value), share in zip(terms.negative.items(), shares, strict=True):
        size = value * _at(mean, place)
        sign = -1 if reduced[mean] > 0 else 1
        rows: list[Expr] = []
        for key, weight in share.items():
            rows += [_rational(weight / size), *map(Integer, key)]
            left = add(left, {key: Fraction(1)}, -weight / _at(key, place))
        left = add(left, {mean: Fraction(1)}, Fraction(sign) * value)
        facts.append(((Integer(sign), Integer(len(scaled)), *scaled, *rows), _rational(size)))
    rest, whole = translation.expression(left), translation.expression(reduced)
    parts = [translation.expression({key: Fraction(1)}) for key in reduced]
    same = translation.identity(rest, whole, *parts)
    extra = multiples(add(target, reduced, Fraction(-1)), translation)
    proof: Certificate = Instead(rest, replace(same, cofactors=extra), Ranges())
    for arguments, weight in reversed(facts):
        proof = Known("means of monomials", arguments, proof, weight)
    return proof


def _rational(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


def _places(terms: _Terms) -> Iterator[Place]:
    """Yield where the polynomial may be least, in comparison with its positive terms."""
    count = len(next(iter(terms.positive)))
    seen = {(Fraction(1),) * count}
    yield (Fraction(1),) * count
    least = _least(terms, count)
    for most in DENOMINATORS:
        place = tuple(Fraction(math.exp(y)).limit_denominator(most) for y in least)
        if place not in seen and all(place):
            seen.add(place)
            yield place


def _least(terms: _Terms, count: int) -> list[float]:
    """Return the logarithms of the place, by descent along the gradient."""

    def slope(y: list[float]) -> tuple[float, list[float]]:
        total, gradient = 0.0, [0.0] * count
        for sign, part in ((1, terms.positive), (-1, terms.negative)):
            logs = [
                math.log(value) + sum(n * t for n, t in zip(key, y, strict=True))
                for key, value in part.items()
            ]
            top = max(logs)
            sizes = [math.exp(one - top) for one in logs]
            total += sign * (top + math.log(sum(sizes)))
            for key, size in zip(part, sizes, strict=True):
                for index, n in enumerate(key):
                    gradient[index] += sign * n * size / sum(sizes)
        return total, gradient

    here = [0.0] * count
    value, gradient = slope(here)
    length = 1.0
    for _ in range(STEPS):
        there = [max(-20.0, min(20.0, t - length * g)) for t, g in zip(here, gradient, strict=True)]
        new, other = slope(there)
        if new < value:
            here, value, gradient, length = there, new, other, length * 1.5
        else:
            length /= 3
        if length < 1e-12:
            break
    return here
