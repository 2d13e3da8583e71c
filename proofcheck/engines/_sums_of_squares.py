"""From a goal in its context to a sum of squares and back to a certificate.  Untrusted.

The atoms of the goal (variables, but also roots, sines, moduli) are the variables of a polynomial;
premises are the ends of the sets, the assumed inequalities, and the bounds that interval
arithmetic knows of an atom, whose roots may be squared (``sqrt(b - u)**2 = b - u``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, cos, sin, sqrt

from proofcheck import algebra, finiteness, identities, ranges
from proofcheck.certificates import Certificate, Identity, Instead, Ranges, Rewrite, Squares, Term
from proofcheck.engines._squares import (
    Block,
    Exponents,
    Polynomial,
    Square,
    add,
    decompose,
    degree,
    monomials,
    multiply,
)
from proofcheck.engines.base import Budget
from proofcheck.equations import positive
from proofcheck.obligations import Context, premises
from proofcheck.relations import Relation
from proofcheck.steps import UPWARDS

MOST_ATOMS = 8
MOST_UNKNOWNS = 420
LARGEST_DEGREE = 14


Rule = tuple[Exponents, Polynomial, int | None]
"""A leading monomial, what equals it, and the index of the assumed equation that says so."""


@dataclass(frozen=True)
class Premise:
    """A polynomial that is not negative: assumed premises by index, or a root that may be squared."""

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


@dataclass
class Translation:
    """Polynomials over the atoms of one goal, modulo what rewrites and assumed equations say."""

    context: Context
    atoms: list[Expr] = field(default_factory=list)
    rewrites: list[Rewrite] = field(default_factory=list)
    equations: list[identities.Equation] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def polynomial(self, expression: Expr) -> tuple[Polynomial, Polynomial] | None:
        """Return numerator and denominator over the known atoms, None if there are others."""
        try:
            ring = algebra.Ring([expression], self.equations)
            value = ring.fraction(expression)
        except (algebra.Intractable, RecursionError):
            return None
        places = []
        for atom in ring.atoms:
            if atom not in self.atoms:
                return None
            places.append(self.atoms.index(atom))
        return self._moved(value.numerator, places), self._moved(value.denominator, places)

    def _moved(self, value: Any, places: list[int]) -> Polynomial:
        found: Polynomial = {}
        for exponents, coefficient in value.to_dict().items():
            key = [0] * len(self.atoms)
            for place, exponent in zip(places, exponents, strict=False):
                key[place] += int(exponent)
            found[tuple(key)] = Fraction(int(coefficient.p), int(coefficient.q))
        return found

    def expression(self, polynomial: Polynomial) -> Expr:
        """Return a polynomial as a SymPy expression."""
        return Add(
            *(
                Mul(
                    Rational(value.numerator, value.denominator),
                    *(a ** Integer(n) for a, n in zip(self.atoms, key, strict=True) if n),
                )
                for key, value in polynomial.items()
            )
        )

    def learn(self, expression: Expr) -> None:
        """Take in the atoms of ``expression``, with rewrites between roots and between sines."""
        pending = [expression]
        while pending:
            for atom in algebra.Ring([pending.pop()], self.equations).atoms:
                if atom in self.atoms or any(e.atom == atom and e.exponent == 1
                                             for e in self.equations):
                    continue
                pending += self._rewritten(atom)
        for atom in list(self.atoms):
            if isinstance(atom, sin) and cos(*atom.args) in self.atoms:
                self._apply("Pythagoras", atom)

    def _rewritten(self, atom: Expr) -> list[Expr]:
        if isinstance(atom, Pow) and isinstance(atom.exp, Rational):
            base, exponent = atom.base, atom.exp
            unit = Pow(base, Rational(1, exponent.q))
            if exponent.p == 1 and not isinstance(base, Mul):
                self.atoms.append(atom)
                if self._apply("root", base, Integer(exponent.q)):
                    return [base]
                return []
            if isinstance(base, Mul):
                flat = [part for factor in base.args for part in (factor, S.One)]
                if self._apply("power of a product", base, exponent, S.One, *flat):
                    return [Pow(factor, exponent) for factor in base.args]
            if self._apply("power of a sum", base, exponent, unit.exp, Integer(exponent.p)):
                return [unit]
        self.atoms.append(atom)
        return []

    def _apply(self, rule: str, *arguments: Expr) -> bool:
        try:
            equation = identities.instance(rule, arguments)
        except identities.Inapplicable:
            return False
        if not all(finiteness.evident(c, self.context) for c in equation.conditions):
            return False
        self.rewrites.append(Rewrite(rule, arguments))
        self.equations.append(equation)
        return True

    def settle(self) -> None:
        """Turn power rewrites and assumed equations into reduction rules."""
        for equation in self.equations:
            if equation.exponent > 1 and equation.atom in self.atoms:
                value = self.polynomial(equation.replacement)
                if value is None or degree(value[1]) > 0:
                    continue
                lead = [0] * len(self.atoms)
                lead[self.atoms.index(equation.atom)] = equation.exponent
                (scale,) = value[1].values()
                rest = {key: v / scale for key, v in value[0].items()}
                self.rules.append(self._solved(tuple(lead), rest))
        for index, assumption in enumerate(self.context.assumptions):
            if isinstance(assumption, Relation) and assumption.operator == "eq":
                value = self.polynomial(assumption.lhs - assumption.rhs)
                if value is None or not value[0] or degree(value[0]) < 1:
                    continue
                top = max(value[0], key=lambda key: (sum(key), key))
                scale = value[0][top]
                rest = {key: -v / scale for key, v in value[0].items() if key != top}
                if all(divides(top, key) is None for key in rest):
                    self.rules.append((top, rest, index))

    def identity(self, *expressions: Expr) -> Identity:
        """Return the rewrites, also for atoms that SymPy makes when it writes ``expressions``."""
        for expression in expressions:
            self.learn(expression)
        return Identity(tuple(self.rewrites))

    def _solved(self, lead: Exponents, rest: Polynomial) -> Rule:
        """Return ``root**n = rest`` solved for a variable that is linear in it, if there is one."""
        for place, atom in enumerate(self.atoms):
            linear = tuple(int(i == place) for i in range(len(self.atoms)))
            occurrences = [key for key in rest if key[place]]
            taken = any(rule[0][place] or rule[1] and any(k[place] for k in rule[1])
                        for rule in self.rules)
            if atom.is_Symbol and occurrences == [linear] and not taken:
                slope = rest[linear]
                others = {key: -v / slope for key, v in rest.items() if key != linear}
                return linear, add(others, {lead: 1 / slope}), None
        return lead, rest, None

    def reduce(self, polynomial: Polynomial) -> Polynomial:
        """Return the remainder by the rules."""
        return self.divide(polynomial)[0]

    def divide(self, polynomial: Polynomial) -> tuple[Polynomial, dict[int, Polynomial]]:
        """Return the remainder and the cofactors of the assumed equations."""
        if not self.rules:
            return polynomial, {}
        current, cofactors = dict(polynomial), dict[int, Polynomial]()
        for _ in range(400):
            hit = next(
                (
                    (key, rule, left)
                    for key in current
                    for rule in self.rules
                    if (left := divides(rule[0], key)) is not None
                ),
                None,
            )
            if hit is None:
                return current, cofactors
            key, (_, rest, index), left = hit
            value = current.pop(key)
            current = add(current, multiply({left: value}, rest))
            if index is not None:
                cofactors[index] = add(cofactors.get(index, {}), {left: value})
        return current, cofactors


def divides(small: Sequence[int], large: Sequence[int]) -> tuple[int, ...] | None:
    """Return the quotient of two monomials, if it is one."""
    left = tuple(b - a for a, b in zip(small, large, strict=True))
    return left if min(left, default=0) >= 0 else None


def squares(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return a certificate of an order relation by a sum of squares, or None."""
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
    if not translation.atoms or len(translation.atoms) > MOST_ATOMS:
        return None
    translation.settle()
    value = translation.polynomial(difference)
    if value is None:
        return None
    numerator, denominator = value
    if degree(denominator) > 0:
        return _cleared(goal, context, budget, translation, numerator, denominator)
    (scale,) = denominator.values()
    target = {key: v / scale for key, v in numerator.items()}
    strict = goal.operator in ("gt", "lt")
    if not target or degree(target) > LARGEST_DEGREE:
        return None
    found = _search(target, strict, translation, budget)
    if found is not None:
        return found
    return None if budget.expired() else _multiplied(goal, target, strict, translation, budget)


def _cleared(
    goal: Relation, context: Context, budget: Budget, translation: Translation,
    numerator: Polynomial, denominator: Polynomial,
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
    then = squares(Relation(sign * above, goal.operator, S.Zero), context, budget)
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
    known = list(_premises(translation, top))
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
        basis = tuple({key: Fraction(1)} for key in monomials(variables, half)
                      if all(divides(rule[0], key) is None for rule in translation.rules))
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
    sum_of_terms: Polynomial = {}
    terms = []
    for one_square in found:
        premise = used[one_square.block]
        root = translation.expression(one_square.polynomial)
        weight = Rational(one_square.weight.numerator, one_square.weight.denominator)
        terms.append(Term(weight, premise.root * root, premise.factors))
        own = multiply(one_square.polynomial, one_square.polynomial)
        sum_of_terms = add(
            sum_of_terms, multiply(premise.polynomial, own), one_square.weight
        )
    cofactors = _cofactors(add(target, sum_of_terms, Fraction(-1)), translation)
    products = [term.square**2 * translation.expression(used[s.block].polynomial)
                for term, s in zip(terms, found, strict=True)]
    identity = translation.identity(*products)
    return Squares(tuple(terms), replace(identity, cofactors=cofactors))


def _cofactors(
    residue: Polynomial, translation: Translation
) -> tuple[tuple[int, Expr], ...]:
    """Return the multiples of the assumed equations that make up ``residue``."""
    scaled = []
    for index, cofactor in translation.divide(residue)[1].items():
        assumption = translation.context.assumptions[index]
        own = translation.polynomial(assumption.lhs - assumption.rhs)
        if own is None or not cofactor:
            continue
        top = max(own[0], key=lambda key: (sum(key), key))
        expression = translation.expression(cofactor) / _rational(own[0][top])
        scaled.append((index, expression))
    return tuple(scaled)


def _rational(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


def _premises(translation: Translation, top: int) -> Iterator[Premise]:
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


__all__ = ["Ranges", "squares"]
