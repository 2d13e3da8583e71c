"""Infinite sums on balls: geometric tails by the ratio of terms, else Euler-Maclaurin. Trusted."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp
from flint import acb, arb, ctx, fmpq
from sympy import Basic, Expr, Symbol

from proofcheck.ball_functions import Undefined, Unevaluable, ball, disk, is_real
from proofcheck.ball_leading import Leading, Surroundings, differentiate, fresh, real_by_form

LARGEST_INDEX = 1 << 14  # summed term by term at most up to here


@dataclass
class Ratio:
    """f(n+1)/f(n) is the product of ``factors`` wherever all of ``positive`` are positive.

    ``bounded`` factors of f, at most 1 in modulus, are left out.
    """

    factors: list[Expr] = field(default_factory=list)
    positive: list[Expr] = field(default_factory=list)
    bounded: list[Expr] = field(default_factory=list)


def linear(expression: Expr, n: Symbol) -> int | None:
    """The coefficient of n, if it is an integer and ``expression`` is linear in n."""
    slope = sp.expand(expression.subs(n, n + 1) - expression)
    return int(slope) if isinstance(slope, sp.Integer) else None


def shifted_gamma(argument: Expr, n: Symbol) -> Expr:
    """gamma(argument at n+1)/gamma(argument at n), for an integer slope."""
    slope = linear(argument, n)
    if slope is None or abs(slope) > 16:
        raise Unevaluable("terms without a rational ratio")
    if slope >= 0:
        return sp.Mul(*[argument + j for j in range(slope)])
    return 1 / sp.Mul(*[argument - j for j in range(1, -slope + 1)])


def ratio(term: Expr, n: Symbol, found: Ratio, point: Surroundings, sign: int = 1) -> None:
    """Add the ratio of ``term``^sign to ``found``; raises Unevaluable if there is no rule."""
    free = n in term.free_symbols
    if not free:
        return
    if isinstance(term, sp.Mul):
        for factor in term.args:
            ratio(factor, n, found, point, sign)
    elif isinstance(term, sp.exp):
        found.factors.append(sp.exp(sign * sp.expand(term.args[0].subs(n, n + 1) - term.args[0])))
    elif isinstance(term, sp.Pow) and n not in term.base.free_symbols:
        step = sp.expand(term.exp.subs(n, n + 1) - term.exp)
        found.factors.append(term.base ** (sign * step))
    elif isinstance(term, sp.Pow) and isinstance(term.exp, sp.Integer):
        inner = Ratio()
        ratio(term.base, n, inner, point)
        if inner.bounded and sign * term.exp < 0:
            raise Unevaluable("terms without a rational ratio")
        found.factors += [factor ** (sign * term.exp) for factor in inner.factors]
        found.positive += inner.positive
        found.bounded += inner.bounded
    elif isinstance(term, sp.Pow) and n not in term.exp.free_symbols:
        found.factors.append((term.base.subs(n, n + 1) / term.base) ** (sign * term.exp))
        found.positive.append(term.base)
    elif isinstance(term, sp.factorial | sp.gamma):
        argument = term.args[0] + (1 if isinstance(term, sp.factorial) else 0)
        found.factors.append(shifted_gamma(argument, n) ** sign)
        found.positive.append(argument)
    elif isinstance(term, sp.binomial):
        top, bottom = term.args
        for part, power in ((top, 1), (bottom, -1), (top - bottom, -1)):
            ratio(sp.gamma(part + 1, evaluate=False), n, found, point, sign * power)
    elif isinstance(term, sp.sin | sp.cos) and sign == 1:
        if not real_by_form(term.args[0], Reals(n, point)):
            raise Unevaluable("oscillating terms that are not real")
        found.bounded.append(term)
    elif term.is_rational_function(n) or term == n:
        found.factors.append((term.subs(n, n + 1) / term) ** sign)
    else:
        raise Unevaluable(f"terms with {term.func} have no rational ratio")


class Reals(dict[Basic, object]):
    """The index is real; every other symbol is asked for at the point."""

    def __init__(self, n: Symbol, point: Surroundings) -> None:
        super().__init__({n: fmpq(1)})
        self.point = point

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or isinstance(key, Symbol)

    def __missing__(self, key: Symbol) -> object:
        return self.point.evaluate(key, {})


def infinite_sum(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """Enclose the sum of ``body`` over n = first, first + 1, ..."""
    failures = []
    for method in (geometric, euler_maclaurin):
        try:
            return method(body, n, first, point)
        except Unevaluable as error:
            failures.append(error.reason)
    raise Unevaluable("; ".join(failures))


def partial_sum(body: Expr, n: Symbol, first: int, last: int, point: Surroundings) -> acb:
    """The terms from ``first`` to ``last`` - 1."""
    total = acb(0)
    for k in range(first, last):
        total += ball(point.evaluate(body, {n: fmpq(k)}))
    return total


def geometric(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """If |f(n+1)/f(n)| <= q < 1 for all n >= N then the tail is at most |f(N)|/(1-q)."""
    found = Ratio()
    ratio(body, n, found, point)
    t = fresh(body)
    quotient = sp.Mul(*found.factors)
    if quotient.is_rational_function(n):
        quotient = sp.cancel(quotient)
    local = quotient.subs(n, 1 / t)
    size = sp.Mul(*[factor for factor in sp.Mul.make_args(body) if factor not in found.bounded])
    goal, total, done = arb(2) ** (-ctx.prec), acb(0), first
    start = max(first, 4)
    best: acb | None = None
    while start <= LARGEST_INDEX:
        leading = Leading(point, t, fmpq(1, start))
        p, b = leading.form(local)
        q = abs(leading.spread((p, b))).upper() if p >= 0 else arb(2)
        if q < 1 and all(positive(leading, e.subs(n, 1 / t)) for e in found.positive):
            total += partial_sum(body, n, done, start, point)
            done = start
            bound = abs(ball(point.evaluate(size, {n: fmpq(start)}))) / (1 - q)
            rest = disk(bound, is_real=is_real(total))
            best = total + rest
            if bound.upper() < goal:
                return best
        elif start > 1 << 10 and best is None:
            break
        start *= 2
    if best is None:
        raise Unevaluable("the ratio of the terms is not below 1")
    return best


def positive(leading: Leading, expression: Expr) -> bool:
    """Whether a real ``expression`` is positive on all of (0, eps]."""
    _, b = leading.form(expression)
    return is_real(b) and bool(b.real > 0)


def euler_maclaurin(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """Sum_{n>=N} f(n) = int_N^oo f + f(N)/2 - sum_k B_2k/(2k)! f^(2k-1)(N) + R, k = 1..m.

    |R| <= |B_2m|/(2m)! times the integral of |f^(2m)| over [N, oo) (DLMF 2.10(i)); f is smooth
    there, since the leading form of f^(2m) and of what it is made of is finite on (0, 1/N].
    """
    t = fresh(body)
    if n not in body.free_symbols or not point.evaluate(n, {n: fmpq(1)}):
        raise Unevaluable("terms that do not depend on the index")
    m = min(24, max(4, ctx.prec // 12))
    start = max(first + 1, min(4 * m, 64))
    leading = Leading(point, t, fmpq(1, start))
    highest = differentiate(body, ((n, sp.Integer(2 * m)),))
    if highest is None:
        raise Unevaluable("terms that are not smooth")
    try:
        leading.form(body.subs(n, 1 / t))
        p, b = leading.form(highest.subs(n, 1 / t) / t**2)
        if p <= -1:
            raise Unevaluable("no integrable bound for the terms")
        tail = abs(b) * leading.eps ** arb(p + 1) / (p + 1)
        at = {n: fmpq(start)}
        total = partial_sum(body, n, first, start, point) + ball(point.evaluate(body, at)) / 2
        integral = sp.Integral(body, (n, start, sp.oo))
        total += ball(point.evaluate(integral, {}))
        for k in range(1, m + 1):
            derived = differentiate(body, ((n, sp.Integer(2 * k - 1)),))
            weight = sp.bernoulli(2 * k) / sp.factorial(2 * k)
            slope = ball(point.evaluate(derived, at)) if derived is not None else acb(arb.nan())
            total -= slope * fmpq(int(weight.p), int(weight.q))
    except Undefined as error:
        raise Unevaluable(f"{error.term} is undefined") from error
    last = sp.Abs(sp.bernoulli(2 * m) / sp.factorial(2 * m))
    return total + disk(tail * fmpq(int(last.p), int(last.q)), is_real=is_real(total))
