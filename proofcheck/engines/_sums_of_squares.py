"""From a goal in its context to a sum of squares and back to a certificate.  Untrusted.

The atoms of the goal (variables, but also roots, sines, moduli) are the variables of a polynomial;
premises are the ends of the sets, the assumed inequalities, and the bounds that interval
arithmetic knows of an atom, whose roots may be squared (``sqrt(b - u)**2 = b - u``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement

from sympy import Expr, Rational, S, sqrt

from proofcheck import algebra, finiteness, ranges
from proofcheck.certificates import Certificate, Instead, Squares, Term
from proofcheck.engines._squares import (
    Block,
    Polynomial,
    Square,
    add,
    decompose,
    degree,
    monomials,
    multiply,
)
from proofcheck.engines._translation import Translation, divides
from proofcheck.engines.base import Budget
from proofcheck.identities.equations import positive
from proofcheck.obligations import Context, premises
from proofcheck.relations import Relation
from proofcheck.steps import UPWARDS

MOST_ATOMS = 8
MOST_ATOMS_LINEAR = 12  # for a search that solves linear programs only
MOST_UNKNOWNS = 420
LARGEST_DEGREE = 14


@dataclass(frozen=True)
class Premise:
    """A polynomial that is not negative: premises by index, or a root that may be squared."""

    polynomial: Polynomial
    factors: tuple[int, ...] = ()
    root: Expr = S.One
    strict: bool = False

    def times(self, other: Premise) -> Premise:
        """Return the product of two premises."""
        return Premise(
            multiply(self.polynomial, other.polynomial),
            self.factors + other.factors,
            self.root * other.root,
            self.strict and other.strict and self.root == 1 == other.root,
        )


Search = Callable[[Polynomial, bool, Translation, Budget], Certificate | None]
"""From a polynomial that shall not be negative, or be positive if True, to a certificate."""


def squares(
    goal: Relation, context: Context, budget: Budget, search: Search | None = None
) -> Certificate | None:
    """Return a certificate of an order relation by a sum of squares, or by ``search``, or None."""
    if goal.operator not in UPWARDS:
        return None
    sign = UPWARDS[goal.operator]
    difference = sign * (goal.lhs - goal.rhs)
    translation = Translation(context)
    try:
        translation.learn(difference)
        for premise in premises(context):
            if (premise.lhs - premise.rhs).free_symbols & difference.free_symbols:
                translation.learn(premise.lhs - premise.rhs)
    except (algebra.Intractable, RecursionError):
        return None
    most = MOST_ATOMS if search is None else MOST_ATOMS_LINEAR
    if not translation.atoms or len(translation.atoms) > most:
        return None
    translation.settle()
    value = translation.polynomial(difference)
    if value is None:
        return None
    numerator, denominator = value
    if degree(denominator) > 0:
        return _cleared(goal, context, budget, translation, numerator, denominator, search)
    (scale,) = denominator.values()
    target = {key: v / scale for key, v in numerator.items()}
    strict = goal.operator in ("gt", "lt")
    if not target or degree(target) > LARGEST_DEGREE:
        return None
    if search is not None:
        return search(target, strict, translation, budget)
    found = _search(target, strict, translation, budget)
    if found is not None:
        return found
    return None if budget.expired() else _multiplied(goal, target, strict, translation, budget)


def _cleared(
    goal: Relation, context: Context, budget: Budget, translation: Translation,
    numerator: Polynomial, denominator: Polynomial, search: Search | None,
) -> Certificate | None:  # fmt: skip
    """Multiply by the denominator if its sign is evident."""
    below, above = translation.expression(denominator), translation.expression(numerator)
    if finiteness.evident(positive(-below), context):
        below, above = -below, -above
    elif not finiteness.evident(positive(below), context):
        below, above = below**2, above * below
        if not finiteness.evident(positive(below), context):
            return None
    sign = UPWARDS[goal.operator]
    then = squares(Relation(sign * above, goal.operator, S.Zero), context, budget, search)
    if then is None:
        return None
    return Instead(sign * above, translation.identity(sign * above, below), then, below)


def _multiplied(
    goal: Relation, target: Polynomial, strict: bool, translation: Translation, budget: Budget
) -> Certificate | None:
    """Try again after multiplication by ``1 + x**2 + ...``, which Motzkin's polynomial needs."""
    variables = len(translation.atoms)
    if variables > 4 or degree(target) % 2 or not 4 <= degree(target) <= 8:
        return None
    one = (0,) * variables
    factor: Polynomial = {one: Fraction(1)}
    for index in range(variables):
        factor[tuple(2 if i == index else 0 for i in range(variables))] = Fraction(1)
    product = multiply(factor, target)
    found = _search(product, strict, translation, budget)
    if found is None:
        return None
    sign = UPWARDS[goal.operator]
    expression = sign * translation.expression(product)
    multiplier = translation.expression(factor)
    return Instead(expression, translation.identity(expression, multiplier), found, multiplier)


def _search(
    target: Polynomial, strict: bool, translation: Translation, budget: Budget
) -> Certificate | None:
    top = degree(target)
    known = list(usable(translation, top))
    for total in dict.fromkeys((top + top % 2, top + top % 2 + 2)):
        for most in (1, 2, 3):
            if budget.expired():
                return None
            if most > 1 and not known:
                break
            found = _attempt(target, strict, translation, known, most, total, budget)
            if found is not None:
                return found
    return None


def _attempt(
    target: Polynomial, strict: bool, translation: Translation, known: list[Premise],
    most: int, total: int, budget: Budget,
) -> Certificate | None:  # fmt: skip
    variables = len(translation.atoms)
    one: Polynomial = {(0,) * variables: Fraction(1)}
    products = [Premise(one, strict=True)]
    for count in range(1, most + 1):
        for chosen in combinations_with_replacement(known, count):
            product = chosen[0]
            for other in chosen[1:]:
                product = product.times(other)
            if degree(product.polynomial) <= total:
                products.append(product)
    blocks: list[Block] = []
    used: list[Premise] = []
    unknowns = 0
    constants = [p for p in products if p.strict] if strict else []
    for product in constants:
        blocks.append(Block(product.polynomial, (one,)))
        used.append(product)
    for product in products:
        half = (total - degree(product.polynomial)) // 2
        basis = tuple(
            {key: Fraction(1)}
            for key in monomials(variables, half)
            if all(divides(rule[0], key) is None for rule in translation.rules)
        )
        unknowns += len(basis) * (len(basis) + 1) // 2
        if unknowns > MOST_UNKNOWNS:
            if not used:
                return None
            break
        blocks.append(Block(product.polynomial, basis))
        used.append(product)
    reduced = translation.reduce(target)
    if not reduced:
        return None

    def visible(squares: Sequence[Square]) -> bool:
        return not strict or any(
            used[s.block].strict and used[s.block].root == 1 and degree(s.polynomial) == 0
            for s in squares
        )

    found = decompose(reduced, blocks, translation.reduce, budget.expired, visible)
    if found is None or not visible(found):
        return None
    return assembled(target, found, used, translation)


def assembled(
    target: Polynomial, found: Sequence[Square], used: Sequence[Premise], translation: Translation
) -> Certificate:
    """Return the certificate that ``target`` is the sum of what was found."""
    sum_of_terms: Polynomial = {}
    terms = []
    for one_square in found:
        premise = used[one_square.block]
        root = translation.expression(one_square.polynomial)
        weight = Rational(one_square.weight.numerator, one_square.weight.denominator)
        terms.append(Term(weight, premise.root * root, premise.factors))
        own = multiply(one_square.polynomial, one_square.polynomial)
        sum_of_terms = add(sum_of_terms, multiply(premise.polynomial, own), one_square.weight)
    cofactors = multiples(add(target, sum_of_terms, Fraction(-1)), translation)
    products = [
        term.square**2 * translation.expression(used[s.block].polynomial)
        for term, s in zip(terms, found, strict=True)
    ]
    identity = translation.identity(*products)
    return Squares(tuple(terms), replace(identity, cofactors=cofactors))


def multiples(residue: Polynomial, translation: Translation) -> tuple[tuple[int, Expr], ...]:
    """Return the multiples of the assumed equations that make up ``residue``."""
    scaled = []
    for index, cofactor in translation.divide(residue)[1].items():
        assumption = translation.context.assumptions[index]
        if not isinstance(assumption, Relation):
            continue
        own = translation.polynomial(assumption.lhs - assumption.rhs)
        if own is None or not cofactor:
            continue
        top = max(own[0], key=lambda key: (sum(key), key))
        expression = translation.expression(cofactor) / _rational(own[0][top])
        scaled.append((index, expression))
    return tuple(scaled)


def _rational(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


def usable(translation: Translation, top: int) -> Iterator[Premise]:
    """Yield what is known not to be negative and is a polynomial over the atoms."""
    context = translation.context
    for index, premise in enumerate(premises(context)):
        value = translation.polynomial(premise.lhs - premise.rhs)
        if value is None or degree(value[1]) > 0 or not 0 < degree(value[0]) <= max(top + 2, 2):
            continue
        (scale,) = value[1].values()
        polynomial = {key: v / scale for key, v in value[0].items()}
        yield Premise(polynomial, (index,), S.One, premise.operator == "gt")
    for atom in translation.atoms:
        if atom.is_Symbol:
            continue
        known = ranges.bounds(atom, context)
        for gap in (atom - known.low, known.high - atom):
            if not gap.is_finite or gap.has(S.Infinity, S.NegativeInfinity):
                continue
            value = translation.polynomial(gap)
            root = sqrt(gap)
            if value is None or degree(value[1]) > 0 or root**2 != gap:
                continue
            if finiteness.evident(Relation(gap, "ge", S.Zero), context):
                yield Premise(value[0], (), root)
