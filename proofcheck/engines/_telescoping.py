"""Finds what makes a sum telescope up to a multiple of another sum.  Untrusted.

Given summands f and g, hypergeometric in k and similar, it looks for c without k and h with
``f = c*g + h(k + 1) - h(k)``: with f(n + 1, k) and f(n, k) for f and g a recurrence of first order
for the sum over k, with g = 0 Gosper's algorithm.

Source: M. Petkovsek, H. Wilf, D. Zeilberger, "A = B" (1996), sections 5.2 and 6.3.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Integer, Poly, S, Sum, Symbol
from sympy.concrete.gosper import gosper_normal

from proofcheck.engines._rewriting import Rewriter
from proofcheck.failures import LIBRARY_ERRORS

HIGHEST_DEGREE = 6


def relate_sums(rewriter: Rewriter, later: Expr, earlier: Expr) -> None:
    """Express the sums of ``later`` by those of ``earlier`` where they telescope."""
    for shorter in sorted(earlier.atoms(Sum), key=str):
        for longer in sorted(later.atoms(Sum) - earlier.atoms(Sum), key=str):
            if rewriter.budget.expired():
                return
            _relate(rewriter, longer, shorter)


def _relate(rewriter: Rewriter, longer: Expr, shorter: Expr) -> None:
    if len(longer.limits) != 1 or len(shorter.limits) != 1:
        return
    (index, low, high), (other, least, end) = longer.limits[0], shorter.limits[0]
    size = sp.expand(high - end)
    known = shorter.function.xreplace({other: index})
    fits = low == least and isinstance(size, Integer) and size >= 0
    if not fits or longer.function == known:
        return
    whole = Sum(longer.function, (index, low, end))
    for factor, antidifference in telescopers(longer.function, known, index):
        if size > 0 and rewriter.apply("last summand", longer, end) is None:
            return
        if rewriter.apply("telescoping sum", whole, factor, known, antidifference) is not None:
            if index != other:
                rewriter.apply("renamed index", Sum(known, (index, low, end)), other)
            return


def telescopers(f: Expr, g: Expr, k: Symbol) -> Iterator[tuple[Expr, Expr]]:
    """Yield c and h with ``f = c*g + h(k + 1) - h(k)``; h is written in several ways."""
    step, ratio = _rational(f / g, k), _rational(g.subs(k, k + 1) / g, k)
    found = None if step is None or ratio is None else _solved(step, ratio, k)
    if step is None or ratio is None or found is None:
        return
    factor, multiple = found
    before = sp.cancel(sp.together(multiple * ratio.subs(k, k - 1)))
    ways = [
        (multiple, g),
        (sp.cancel(sp.together(multiple / step)), f),
        (before, g.subs(k, k - 1)),
    ]
    for rational, term in sorted(ways, key=lambda way: _poles(way[0], k)):
        yield factor, sp.factor(rational) * term


def _poles(rational: Expr, k: Symbol) -> int:
    return int(sp.degree(sp.fraction(sp.together(rational))[1], k))


def _rational(quotient: Expr, k: Symbol) -> Expr | None:
    """Return a quotient of hypergeometric terms as a rational function of ``k``, or None."""
    simple = sp.together(sp.powsimp(sp.expand_func(sp.gammasimp(quotient))))
    return simple if simple.is_rational_function(k) else None


def _solved(step: Expr, ratio: Expr, k: Symbol) -> tuple[Expr, Expr] | None:
    """Return c, and h as a multiple of g, by Zeilberger's algorithm.

    ``step`` is f/g and ``ratio`` is g(k + 1)/g(k).
    """
    up, down = sp.fraction(sp.cancel(step))
    reduced = sp.cancel(ratio * down / down.subs(k, k + 1))
    try:
        q, r, p = (part.as_expr() for part in gosper_normal(*sp.fraction(reduced), k, polys=False))
    except LIBRARY_ERRORS:
        return None
    r = r.subs(k, k - 1)
    c = sp.Dummy("c")
    for degree in range(HIGHEST_DEGREE + 1):
        unknown = [c, *(sp.Dummy(f"b{i}") for i in range(degree + 1))]
        b = sum((u * k**i for i, u in enumerate(unknown[1:])), S.Zero)
        equation = (up - c * down) * p - q * b.subs(k, k + 1) + r * b
        coefficients = Poly(sp.expand(equation), k).all_coeffs()
        solution = sp.solve(coefficients, unknown, dict=True)
        if solution:
            values = {u: solution[0].get(u, S.Zero) for u in unknown}
            values = {u: value.subs(dict.fromkeys(unknown, S.Zero)) for u, value in values.items()}
            multiple = sp.cancel(sp.together(r * b.subs(values) / (p * down)))
            return sp.factor(values[c]), multiple
    return None
