"""Sums of products over bound indices, the stuff of formal sums.  Trusted.

A Term is a product summed over some bound indices.  ``assembled`` writes terms as an expression in
which equal sums look alike: each sum is split into sums that share no index, and the bound indices
get canonical names, the least of all orders that their limits allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import cast

from sympy import (
    Add,
    Basic,
    Dummy,
    Expr,
    Indexed,
    KroneckerDelta,
    Mul,
    Pow,
    Rational,
    S,
    Sum,
    Symbol,
    default_sort_key,
    div,
    exp,
    expand,
    fraction,
    srepr,
    together,
)

MARK = "_"
"""Canonical bound indices are ``_1_1``, ``_1_2``, ``_2_1``...: depth of nesting, then position."""

MOST_INDICES = 5

Bound = tuple[Symbol, Expr, Expr]
"""A bound index with its least and greatest value, both included."""


class Refused(Exception):
    """The expression is outside what this module understands."""


@dataclass(frozen=True)
class Term:
    """``coefficient`` times integer powers of ``factors``, summed over ``bounds``."""

    coefficient: Expr = S.One
    factors: dict[Expr, int] = field(default_factory=dict)
    bounds: tuple[Bound, ...] = ()

    @property
    def indices(self) -> frozenset[Symbol]:
        """The bound indices."""
        return frozenset(index for index, _, _ in self.bounds)


def divided(part: Expr) -> Expr:
    """Return ``part`` with a factor that is a rational function of one symbol divided out.

    K/(K - 1) becomes 1 + 1/(K - 1), so that exponents that are equal look alike.
    """
    below = {s for f in Mul.make_args(part) if isinstance(f, Pow) for s in f.free_symbols}
    if len(below) != 1:
        return part
    (symbol,) = below
    factors = Mul.make_args(part)
    inside = [f for f in factors if f.free_symbols <= below and f.is_rational_function()]
    upper, lower = fraction(together(Mul(*inside)))
    quotient, rest = div(upper, lower, symbol)
    others = Mul(*(f for f in factors if f not in inside))
    return Add(*(others * q for q in Add.make_args(expand(quotient))), others * rest / lower)


def total(expression: Expr) -> bool:
    """Tell whether ``expression`` has a value whatever its symbols and members are."""
    match expression:
        case Rational() | Symbol() | Indexed() | KroneckerDelta():
            return True
        case Add() | Mul() | exp():
            return all(total(part) for part in expression.args)
        case Pow():
            return bool(expression.exp.is_Integer and expression.exp > 0) and total(expression.base)
        case Sum():
            return total(expression.function)
    return False


def multiplied(left: Term, right: Term) -> Term:
    """Return the product; the bound indices of the two must differ."""
    factors = dict(left.factors)
    for factor, power in right.factors.items():
        factors[factor] = factors.get(factor, 0) + power
    return Term(
        left.coefficient * right.coefficient,
        {factor: power for factor, power in factors.items() if power},
        (*left.bounds, *right.bounds),
    )


def substituted(
    term: Term, delta: Expr, old: Basic, new: Basic, kept: tuple[tuple[Expr, int], ...]
) -> Iterator[Term]:
    """Yield ``term`` with ``old`` replaced by ``new`` and ``delta`` by ``kept``, unless it is 0."""
    change = {old: new}
    factors = dict(kept)
    coefficient = term.coefficient.xreplace(change)
    for factor, power in term.factors.items():
        if factor == delta:
            continue
        changed = cast(Expr, factor.xreplace(change))
        if isinstance(changed, Rational):  # for instance a delta that became 0 or 1
            if changed == 0 and power < 0:
                raise Refused("a denominator that is zero")
            coefficient *= changed**power
        else:
            factors[changed] = factors.get(changed, 0) + power
    bounds = tuple(
        (index, low.xreplace(change), high.xreplace(change))
        for index, low, high in term.bounds
        if index != old
    )
    if coefficient != 0:
        yield Term(coefficient, {f: power for f, power in factors.items() if power}, bounds)


def mentions(term: Term, symbol: Basic, apart_from: Expr) -> bool:
    """Tell whether ``symbol`` occurs in ``term`` outside one factor."""
    return symbol in term.coefficient.free_symbols or any(
        symbol in part.free_symbols
        for part in (*term.factors, *(end for bound in term.bounds for end in bound[1:]))
        if part != apart_from
    )


def depends(index: Basic, term: Term) -> bool:
    """Tell whether the limits of another index mention ``index``."""
    return any(
        index in low.free_symbols | high.free_symbols
        for other, low, high in term.bounds
        if other != index
    )


def ordered(bounds: tuple[Bound, ...]) -> Iterator[Bound]:
    """Yield the bounds, each after those that its limits mention."""
    waiting = list(bounds)
    while waiting:
        pending = {index for index, _, _ in waiting}
        ready = [b for b in waiting if not (b[1].free_symbols | b[2].free_symbols) & pending]
        if not ready:
            raise Refused("limits that depend on each other")
        yield from ready
        waiting = [b for b in waiting if b not in ready]


def assembled(terms: Iterable[Term], evaluate: bool = True) -> Expr:
    """Return the sum of ``terms`` as an expression, each split into sums that share no index."""
    parts: dict[tuple[Expr, ...], list[Expr]] = {}
    for term in terms:
        outside, sums = separated(term)
        parts.setdefault(tuple(sorted((*outside, *sums), key=default_sort_key)), []).append(
            term.coefficient
        )
    found = []
    for factors, coefficients in sorted(parts.items(), key=lambda item: srepr(item[0])):
        coefficient = Add(*coefficients)
        if coefficient != 0:
            found.append(joined(Mul, (coefficient, *factors), evaluate))
    return joined(Add, found, evaluate)


def joined(operation: type[Add] | type[Mul], parts: Iterable[Expr], evaluate: bool) -> Expr:
    """Return the sum or product of ``parts``."""
    kept = [part for part in parts if part != operation.identity]
    if evaluate or len(kept) < 2:
        return cast(Expr, operation(*kept))
    return cast(Expr, operation(*kept, evaluate=False))


def separated(term: Term) -> tuple[list[Expr], list[Expr]]:
    """Return the factors of ``term`` outside all of its sums, and the sums that share no index."""
    outside: list[Expr] = []
    groups: list[tuple[set[Symbol], list[Expr]]] = [({index}, []) for index in term.indices]
    links: list[tuple[set[Basic], Expr | None]] = []
    for factor, power in term.factors.items():
        found = factor.free_symbols & term.indices
        raised = cast(Expr, Pow(factor, power, evaluate=power == 1 or factor.is_Symbol))
        if found:
            links.append((set(found), raised))
        else:
            outside.append(raised)
    for index, low, high in term.bounds:
        links.append(({index, *((low.free_symbols | high.free_symbols) & term.indices)}, None))
    for found, part in links:
        touching = [group for group in groups if group[0] & found]
        rest = [group for group in groups if not group[0] & found]
        merged = (set().union(*(g[0] for g in touching)), [f for g in touching for f in g[1]])
        if part is not None:
            merged[1].append(part)
        groups = [*rest, merged]
    by_index = {bound[0]: bound for bound in term.bounds}
    return outside, [canonical([by_index[i] for i in names], fs) for names, fs in groups]


def canonical(bounds: list[Bound], factors: list[Expr]) -> Expr:
    """Return the sum of the product of ``factors`` over ``bounds``, with canonical index names."""
    if len(bounds) > MOST_INDICES:
        raise Refused("too many bound indices")
    body = Mul(*factors)
    depth = 1 + max(
        (
            int(s.name.split(MARK)[1])
            for s in body.atoms(Symbol)
            if s.name.startswith(MARK) and not isinstance(s, Dummy)
        ),
        default=0,
    )
    best: tuple[str, Expr] | None = None
    for order in permutations(bounds):
        names: dict[Basic, Basic] = {
            bound[0]: Symbol(f"{MARK}{depth}{MARK}{place + 1}", integer=True)
            for place, bound in enumerate(order)
        }
        inside = {bound[0] for bound in order}
        allowed = True
        for bound in order:
            mentioned = (bound[1].free_symbols | bound[2].free_symbols) & {b[0] for b in bounds}
            allowed &= not mentioned & inside
            inside.discard(bound[0])
        if not allowed:
            continue
        limits = [tuple(part.xreplace(names) for part in bound) for bound in reversed(order)]
        candidate = Sum(body.xreplace(names), *limits)
        key = srepr(candidate)
        if best is None or key < best[0]:
            best = (key, candidate)
    if best is None:
        raise Refused("limits that depend on each other")
    return best[1]
