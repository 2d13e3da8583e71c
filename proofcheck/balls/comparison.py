"""Infinite sums and products by comparison with powers of the index. Trusted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import sympy as sp
from flint import acb, arb, ctx, fmpq
from sympy import Expr, Symbol

from proofcheck.balls.forms import fresh
from proofcheck.balls.functions import Undefined, Unevaluable, ball, disk, is_real
from proofcheck.balls.leading import Leading, Surroundings
from proofcheck.balls.majorants import majorized, real_terms

FIRST, LAST = 16, 1 << 11
SHARP = 40  # bits that are worth it not to look for more


def tail(body: Expr, n: Symbol, start: int, point: Surroundings) -> arb:
    """Bound the sum of |body| over n >= ``start``, if need be term of a sum by term.

    |f(n)| <= c n^-p for all n >= N, and the sum of n^-p over them is at most N^-p +
    N^(1-p)/(p-1) for p > 1 (the integral test).
    """
    t = fresh(body)
    far = arb(start)
    leading = Leading(point, t, fmpq(1, start))

    def over(term: Expr) -> arb:
        try:
            p, b = leading.form(majorized(term, n, start, point, True).subs(n, 1 / t))
        except Undefined as error:  # a bound has no value: nothing is said of the terms
            raise Unevaluable(f"{error.term} is undefined") from error
        if p <= 1:
            raise Unevaluable("terms that are not known to decay fast enough")
        power = arb(p)
        return abs(b).upper() * (far**-power + far ** (1 - power) / (power - 1))

    try:
        return over(body)
    except Unevaluable:
        if not body.is_Add:
            raise
        total = arb(0)
        for term in body.args:
            total += over(term)
        return total


def sharply(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """The sum by comparison if that gives about as much as can be had."""
    bits = min(ctx.prec // 2, SHARP)
    if not tail(body, n, max(first, LAST), point) < arb(2) ** -bits:
        raise Unevaluable("terms that do not decay fast")
    return compared(body, n, first, point)


def compared(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """Sum up to where the rest is small, or as far as it takes long."""
    goal = arb(2) ** (-ctx.prec)
    start, bound = max(first, FIRST), arb(0)
    while True:
        try:
            bound = tail(body, n, start, point)
        except Unevaluable:
            if start >= LAST:
                raise
        else:
            if bound < goal or start >= LAST:
                break
        start *= 2
    total = acb(0)
    for k in range(first, start):
        total += ball(point.evaluate(body, {n: fmpq(k)}))
    real = is_real(total) and real_terms(body, n, first, point)
    return total + disk(bound, is_real=real)


def infinite_product(
    body: Expr,
    n: Symbol,
    first: int,
    point: Surroundings,
    infinite_sum: Callable[[Expr, Symbol, int, Surroundings], acb],
) -> acb:
    """Enclose the product of ``body`` = 1 + w over n = first, first + 1, ...

    Where the sum of |w(n)| over n >= N is T <= 1/2, the product from N on is exp of a number of
    modulus at most 2 T, since |log(1 + w)| <= 2 |w| for |w| <= 1/2. Then no factor vanishes, and
    that number is the sum of the logarithms, which may be known better.
    """
    t, small = fresh(body), body - 1
    start = max(first, FIRST)
    goal = arb(2) ** (-ctx.prec)
    if small.is_rational_function(n):
        Leading(point, t, fmpq(1, max(first, LAST))).form(small.subs(n, 1 / t))  # 0/0 at an index?
        small = sp.cancel(small)
    if small == 0:
        return acb(1)
    found = acb(0)
    real = real_terms(body, n, first, point)
    while True:
        try:
            total = tail(small, n, start, point)
        except Unevaluable:
            total = arb(1)
            if start >= LAST:
                raise
        if total < arb(0.5):
            found = disk(2 * total, is_real=real).exp()
            if total < goal or start >= LAST:
                break
            if small.is_rational_function(n):
                with suppress(Undefined, Unevaluable):
                    found = infinite_sum(sp.log(1 + small), n, start, point).exp()
                    break
        if start >= LAST:
            raise Unevaluable("factors that are not close to 1")
        start *= 2
    for k in range(first, start):
        found *= ball(point.evaluate(body, {n: fmpq(k)}))
    return found
