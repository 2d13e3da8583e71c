"""Antiderivatives that SymPy proposes; the kernel differentiates them.  Untrusted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from sympy import Expr, Interval, Range, S, Symbol, oo
from sympy.integrals.manualintegrate import manualintegrate

from proofcheck.engines.base import SEARCH_FAILURES, Budget
from proofcheck.obligations import Context

PATIENCE = 2.0


def limited(seconds: float, function: Callable[..., Any], *arguments: Any) -> Any:
    """Return what ``function`` returns, or None if it fails or takes too much processor time."""
    try:
        with Budget.lasting(seconds).enforced():
            return function(*arguments)
    except SEARCH_FAILURES:
        return None


def primitives(function: Expr, x: Symbol, context: Context, budget: Budget) -> Iterator[Expr]:
    """Yield expressions whose derivative by ``x`` may be ``function``."""
    yield from tabulated(function, x)
    known, back = with_signs(function, x, context)
    seen: set[Expr] = set()
    methods: tuple[Callable[[Expr, Symbol], Any], ...] = (
        manualintegrate,
        lambda f, symbol: sp.integrate(f, symbol),
        lambda f, symbol: sp.integrate(sp.expand(f), symbol),
    )
    variable = Symbol(x.name, real=True)
    for method in methods:
        if budget.expired():
            return
        started = time.process_time()
        found = limited(min(PATIENCE, budget.left), method, known, variable)
        if time.process_time() - started > PATIENCE - 0.2:
            return  # the next method would take as long
        if not isinstance(found, Expr) or found.has(sp.Integral, S.NaN, S.ComplexInfinity):
            continue
        found = found.xreplace(back)
        for form in (found, sp.powsimp(found)):
            for piece in branches(form):
                if piece not in seen:
                    seen.add(piece)
                    yield piece


def tabulated(function: Expr, x: Symbol) -> Iterator[Expr]:
    """Yield what tables of integrals have and SymPy does not: 1/(a + b*cos(x)) for a > abs(b).

    And Bernoulli's polynomials (DLMF 24.13.1).
    """
    if isinstance(function, sp.bernoulli) and function.args[1:] == (x,):
        n = function.args[0]
        yield sp.bernoulli(n + 1, x) / (n + 1)
    denominator = sp.expand(1 / function)
    cosine = sp.cos(x)
    if not (denominator.has(cosine) and denominator.is_polynomial(cosine)):
        return
    b, a = denominator.coeff(cosine, 1), denominator.coeff(cosine, 0)
    if x in (a + b).free_symbols or sp.expand(a + b * cosine - denominator) != 0:
        return
    slope = sp.sqrt((a - b) / (a + b))
    yield 2 * sp.atan(slope * sp.tan(x / 2)) / sp.sqrt(a**2 - b**2)


def branches(expression: Expr) -> list[Expr]:
    """Return the expression, or the branches of its cases."""
    if not expression.has(sp.Piecewise):
        return [expression]
    folded = sp.piecewise_fold(expression)
    if isinstance(folded, sp.Piecewise):
        return [value for value, _ in folded.args if isinstance(value, Expr)]
    return []


def with_signs(function: Expr, x: Symbol, context: Context) -> tuple[Expr, dict[Expr, Expr]]:
    """Return the integrand with symbols that SymPy knows to be positive where they are."""
    forwards: dict[Expr, Expr] = {}
    for symbol, values in context.sets.items():
        if symbol == x or symbol not in function.free_symbols:
            continue
        if isinstance(values, Interval | Range) and values.inf.is_nonnegative:
            outside = values.inf == 0 and not (isinstance(values, Interval) and values.left_open)
            sign = {"nonnegative": True} if outside else {"positive": True}
            integer = {"integer": True} if isinstance(values, Range) else {}
            forwards[symbol] = Symbol(symbol.name, **sign, **integer)
    return function.xreplace(forwards), {new: old for old, new in forwards.items()}


def limits_of(
    primitive: Expr, x: Symbol, low: Expr, high: Expr, budget: Budget
) -> Iterator[tuple[Expr, Expr]]:
    """Yield what the limits at the ends may be; ``nan`` stands for the value at a finite end."""
    ends = []
    for end, side in ((low, "+"), (high, "-")):
        if end not in (oo, -oo):
            value = primitive.subs(x, end)
            if not value.has(S.NaN, S.ComplexInfinity, oo, -oo):
                ends.append([S.NaN])
                continue
        left = min(PATIENCE, budget.left)
        found = limited(left, sp.limit, primitive, x, end, side)
        usable = isinstance(found, Expr) and found.is_finite is not False
        usable = usable and x not in found.free_symbols
        candidates = [found] if usable and not found.has(sp.Limit) else []
        ends.append(list(dict.fromkeys([*candidates, S.Zero])))
    for start in ends[0]:
        for stop in ends[1]:
            yield start, stop
