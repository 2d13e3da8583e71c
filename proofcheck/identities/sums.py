"""Rewrite rules for finite sums and products.  Trusted."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Integer, Range, Sum

from proofcheck import calculus
from proofcheck.calculus import NotDifferentiable
from proofcheck.definedness import needs
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    product,
    still_defined,
    total,
    unless_true,
)
from proofcheck.relations import Relation, Throughout

SUMS = Registry()
rule = SUMS.rule
LARGEST_SUM = 64


def summand(atom: Expr, value: Expr) -> Expr:
    """Return one summand (or factor) of a sum (or product) with one index."""
    try:
        found: Expr = calculus.put(atom.function, atom.limits[0][0], value)
    except NotDifferentiable as problem:
        raise Inapplicable(str(problem)) from problem
    return found


def modest(index: sp.Symbol) -> bool:
    """Tell whether SymPy assumes no more of a symbol than that it is an integer."""
    return bool(index.assumptions0.items() <= sp.Symbol("k", integer=True).assumptions0.items())


@rule("finite sum")
def finite_sum(atom: Expr) -> Equation:
    """A sum or product over a small range of integers is written out."""
    demand(isinstance(atom, Sum | sp.Product) and len(atom.limits) == 1, f"{atom} is no sum")
    _, low, high = atom.limits[0]
    size = high - low
    demand(isinstance(size, Integer) and -1 <= size <= LARGEST_SUM, f"{size} is no small number")
    demand(low.is_integer, f"{low} is not an integer")
    parts = [summand(atom, low + k) for k in range(int(size) + 1)]
    if isinstance(atom, Sum):
        return Equation(atom, 1, total(parts))
    return Equation(atom, 1, sp.Mul(*parts))


@rule("renamed index")
def renamed_index(atom: Expr, index: Expr) -> Equation:
    """``Sum(f(k), (k, a, b)) = Sum(f(j), (j, a, b))``, j an integer that does not occur."""
    demand(isinstance(atom, Sum | sp.Product) and len(atom.limits) == 1, f"{atom} is no sum")
    old, low, high = atom.limits[0]
    demand(isinstance(index, sp.Symbol), f"{index} is no symbol")
    demand(modest(index), f"{index} promises more than an integer")
    demand(index not in atom.atoms(sp.Symbol), f"{index} occurs in {atom}")
    same = atom.func(atom.function.xreplace({old: index}), (index, low, high))
    return Equation(atom, 1, same)


@rule("last summand")
def last_summand(atom: Expr, shorter: Expr) -> Equation:
    """``Sum(f, (k, a, n + m)) = Sum(f, (k, a, n)) + f(n + 1) + ... + f(n + m)``, m >= 1.

    For integers a, n with ``n >= a - 1``; ``shorter`` is the upper end n.  A product likewise.
    """
    demand(isinstance(atom, Sum | sp.Product) and len(atom.limits) == 1, f"{atom} is no sum")
    index, low, high = atom.limits[0]
    size = sp.expand(high - shorter)
    demand(isinstance(size, Integer) and 0 < size <= LARGEST_SUM, f"{size} is no small number")
    extra = [summand(atom, shorter + k) for k in range(1, int(size) + 1)]
    parts = [atom.func(atom.function, (index, low, shorter)), *extra]
    return Equation(
        atom,
        1,
        total(parts) if isinstance(atom, Sum) else product(parts),
        unless_true([integer(low), integer(shorter), Relation(shorter, "ge", low - 1)]),
    )


@rule("telescoping sum")
def telescoping_sum(atom: Expr, factor: Expr, other: Expr, antidifference: Expr) -> Equation:
    """``Sum(f, (k, a, b)) = c*Sum(g, (k, a, b)) + h(b + 1) - h(a)``: c, g and h are given.

    If ``f = c*g + h(k + 1) - h(k)`` at every integer ``a <= k <= b``, and all of it is defined
    there; for integers a, b with ``b >= a - 1``.  What c is does not depend on k.  Source:
    M. Petkovsek, H. Wilf, D. Zeilberger, "A = B" (1996), chapter 6.
    """
    demand(isinstance(atom, Sum) and len(atom.limits) == 1, f"{atom} is no single sum")
    index, low, high = atom.limits[0]
    demand(modest(index), f"{index} promises more than an integer")
    demand(index not in factor.free_symbols, f"{factor} depends on {index}")
    rest, along = (Sum(part, (index, low, high)) for part in (other, antidifference))
    following, first, last = (summand(along, value) for value in (index + 1, low, high + 1))
    parts = atom.function, other, antidifference, following
    inside = dict.fromkeys(need.condition for part in parts for need in needs(part))
    same = Relation(atom.function, "eq", factor * other + following - antidifference)
    everywhere = Range(low, high + 1)
    return Equation(
        atom,
        1,
        total([product([factor, rest]), last, product([sp.S.NegativeOne, first])]),
        unless_true([
            integer(low), integer(high), Relation(high, "ge", low - 1),
            *still_defined(atom, factor, first, last),
            *(Throughout(index, everywhere, condition) for condition in (*inside, same)),
        ]),
    )  # fmt: skip
