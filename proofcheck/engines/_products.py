"""Products of premises, times squares, that add up to a polynomial: linear programs.  Untrusted.

``p = sum of weight * square**2 * product of premises`` is a linear equation for the weights once
squares and products are chosen: squares of monomials and of differences of variables, products up
to a degree.  Exact from the start, and cheap where a semidefinite program is hopeless: polynomials
on boxes, many premises, equality at points of the boundary only.

Where the order of the variables is not known, it is split on: the differences of neighbours are
premises then, and polynomials that are symmetric or nearly so have nonnegative coefficients in them
(``a = c + u + v``, ``b = c + u``; the sides of a triangle by what one lacks to the other two).

D. Handelman, "Representing polynomials by positive linear functions on compact convex polyhedra",
Pacific J. Math. 132 (1988); J.-L. Krivine (1964); K. Schmuedgen (1991).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement

from sympy import Symbol

from proofcheck.certificates import Certificate, Split
from proofcheck.engines._linear import combination
from proofcheck.engines._squares import (
    Polynomial,
    Square,
    degree,
    monomials,
    multiply,
)
from proofcheck.engines._sums_of_squares import Premise, assembled, squares, usable
from proofcheck.engines._translation import Translation, divides
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.relations import Relation, negate

MOST_COLUMNS = 800
MOST_PRODUCTS = 250
MOST_ORDERED = 4
LEAF_SECONDS = 0.8
HIGHER = 2
"""By so much the degree of the products may exceed that of the polynomial."""


def by_products(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return a certificate of an order relation by products of premises, or None."""
    return squares(goal, context, budget, _search)


def by_orders(goal: Relation, context: Context, budget: Budget) -> Certificate | None:
    """Return a certificate with a part for each order of the variables, or None."""
    symbols = sorted((goal.lhs - goal.rhs).free_symbols, key=str)
    if not 2 <= len(symbols) <= MOST_ORDERED:
        return None
    return _sorted([], symbols, goal, context, budget)


def _sorted(
    done: list[Symbol], left: list[Symbol], goal: Relation, context: Context, budget: Budget
) -> Certificate | None:
    """Return a proof for each place that the next variables may have among those in order."""
    if budget.expired():
        return None
    if not left:
        return by_products(goal, context, budget.within(LEAF_SECONDS))
    return _placed(done, left, 0, len(done), goal, context, budget)


def _placed(
    done: list[Symbol], left: list[Symbol], low: int, high: int,
    goal: Relation, context: Context, budget: Budget,
) -> Certificate | None:  # fmt: skip
    first, *rest = left
    if low == high:
        return _sorted([*done[:low], first, *done[low:]], rest, goal, context, budget)
    middle = (low + high) // 2
    condition = Relation(first, "ge", done[middle])
    then = _placed(done, left, low, middle, goal, context.narrowed(condition), budget)
    if then is None:
        return None
    below = context.narrowed(negate(condition))
    otherwise = _placed(done, left, middle + 1, high, goal, below, budget)
    return None if otherwise is None else Split(condition, then, otherwise)


def _search(
    target: Polynomial, strict: bool, translation: Translation, budget: Budget
) -> Certificate | None:
    top = degree(target)
    reduced = translation.reduce(target)
    if not reduced:
        return None
    known = list(usable(translation, top))
    known = _irredundant(known, budget.expired)
    even = all(_homogeneous(one.polynomial) for one in known) and _homogeneous(reduced)
    totals = (top,) if even and not translation.rules else range(top, top + HIGHER + 1)
    for total in totals:
        if budget.expired():
            return None
        exact = total if even and not translation.rules else None
        found = _attempt(target, reduced, strict, translation, known, total, exact, budget)
        if found is not None:
            return found
    return None


def _attempt(
    target: Polynomial, reduced: Polynomial, strict: bool, translation: Translation,
    known: Sequence[Premise], total: int, exact: int | None, budget: Budget,
) -> Certificate | None:  # fmt: skip
    used: list[Premise] = []
    columns: list[Polynomial] = []
    origins: list[tuple[int, Polynomial]] = []
    wanted: list[int] = []
    variables = len(translation.atoms)
    for product in _products(known, variables, total):
        size = degree(product.polynomial)
        used.append(product)
        for root in _roots(variables, (total - size) // 2, translation):
            if exact is not None and size + 2 * degree(root) != exact:
                continue
            column = translation.reduce(multiply(product.polynomial, multiply(root, root)))
            if not column:
                continue
            if product.strict and product.root == 1 and degree(root) == 0:
                wanted.append(len(columns))
            columns.append(column)
            origins.append((len(used) - 1, root))
        if len(columns) > MOST_COLUMNS or budget.expired():
            break
    if strict and not wanted:
        return None
    weights = combination(columns, reduced, budget.expired, wanted if strict else ())
    if weights is None:
        return None
    found = [
        Square(block, weight, root)
        for weight, (block, root) in zip(weights, origins, strict=True)
        if weight
    ]
    return assembled(target, found, used, translation)


def _products(known: Sequence[Premise], variables: int, total: int) -> Iterator[Premise]:
    """Yield the products of the premises up to a degree, few factors first."""
    one = Premise({(0,) * variables: Fraction(1)}, strict=True)
    yield one
    count = 1
    for factors in range(1, total + 1):
        for chosen in combinations_with_replacement(known, factors):
            if sum(degree(one.polynomial) for one in chosen) > total:
                continue
            product = chosen[0]
            for other in chosen[1:]:
                product = product.times(other)
            yield product
            count += 1
            if count > MOST_PRODUCTS:
                return


def _roots(variables: int, most: int, translation: Translation) -> Iterator[Polynomial]:
    """Yield what may be squared: monomials, and differences and sums of two of one degree."""
    if most < 0:
        return
    keys = [
        key
        for key in monomials(variables, most)
        if all(divides(rule[0], key) is None for rule in translation.rules)
    ]
    for key in keys:
        yield {key: Fraction(1)}
    for left, right in combinations(keys, 2):
        if sum(left) == sum(right) and variables * most <= 8:
            yield {left: Fraction(1), right: Fraction(-1)}
            yield {left: Fraction(1), right: Fraction(1)}


def _homogeneous(polynomial: Polynomial) -> bool:
    return len(set(map(sum, polynomial))) <= 1


def _irredundant(known: Sequence[Premise], expired: Callable[[], bool]) -> list[Premise]:
    """Drop linear premises that are combinations of others."""
    kept = list(known)
    for premise in known:
        if degree(premise.polynomial) != 1 or premise.root != 1:
            continue
        others = [p for p in kept if p is not premise and degree(p.polynomial) == 1]
        columns = [p.polynomial for p in others if p.root == 1]
        one = (0,) * len(next(iter(premise.polynomial)))
        if combination([*columns, {one: Fraction(1)}], premise.polynomial, expired) is not None:
            kept = [p for p in kept if p is not premise]
    return kept
