"""Infinite sums on balls: geometric tails by the ratio of terms, else Euler-Maclaurin. Trusted."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp
from flint import acb, arb, ctx, fmpq
from sympy import Basic, Expr, Symbol

from proofcheck.ball_functions import Undefined, Unevaluable, ball, disk, is_real
from proofcheck.ball_leading import (
    Leading,
    Surroundings,
    differentiate,
    fresh,
    is_smooth,
    real_by_form,
)

LARGEST_INDEX = 1 << 14  # summed term by term at most up to here
LONGEST = 2000  # operations of a derivative that is still worth evaluating
TOO_HARD = (sp.gamma, sp.factorial, sp.binomial, sp.zeta, sp.polylog, sp.beta, sp.hyper)


@dataclass
class Ratio:
    """f(n+1)/f(n) is the product of ``factors`` wherever all of ``positive`` are positive."""

    factors: list[Expr] = field(default_factory=list)
    positive: list[Expr] = field(default_factory=list)


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


def ratio(term: Expr, n: Symbol, found: Ratio, sign: int = 1) -> None:
    """Add the ratio of ``term``^sign to ``found``; raises Unevaluable if there is no rule."""
    free = n in term.free_symbols
    if not free:
        return
    if isinstance(term, sp.Mul):
        for factor in term.args:
            ratio(factor, n, found, sign)
    elif isinstance(term, sp.exp):
        found.factors.append(sp.exp(sign * sp.expand(term.args[0].subs(n, n + 1) - term.args[0])))
    elif isinstance(term, sp.Pow) and n not in term.base.free_symbols:
        step = sp.expand(term.exp.subs(n, n + 1) - term.exp)
        found.factors.append(term.base ** (sign * step))
    elif isinstance(term, sp.Pow) and isinstance(term.exp, sp.Integer):
        inner = Ratio()
        ratio(term.base, n, inner)
        found.factors += [factor ** (sign * term.exp) for factor in inner.factors]
        found.positive += inner.positive
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
            ratio(sp.gamma(part + 1, evaluate=False), n, found, sign * power)
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


def gamma_argument(term: Expr) -> tuple[Expr, int] | None:
    """Read gamma(u)^1 or gamma(u)^-1 off a factor, as (u, 1) or (u, -1)."""
    base, power = (term.base, term.exp) if isinstance(term, sp.Pow) else (term, sp.Integer(1))
    if power not in (1, -1) or not isinstance(base, sp.factorial | sp.gamma):
        return None
    return base.args[0] + (1 if isinstance(base, sp.factorial) else 0), int(power)


def without_gamma(body: Expr, n: Symbol) -> tuple[Expr, list[Expr]]:
    """Write gamma(u)/gamma(v), u - v an integer, as a product of linear factors.

    Also returns what must not be a pole of gamma: the arguments, to be shown positive.
    """
    factors = list(sp.Mul.make_args(body))
    gammas = [(f, g) for f in factors if (g := gamma_argument(f)) is not None and f.has(n)]
    rest = sp.Mul(*[f for f in factors if f not in [g for g, _ in gammas]])
    above = [u for _, (u, power) in gammas if power == 1]
    below = [u for _, (u, power) in gammas if power == -1]
    arguments = above + below
    for u in above:
        partner = next((w for w in below if (sp.expand(u - w)).is_Integer), None)
        if partner is None:
            return body, []
        below.remove(partner)
        shift = int(sp.expand(u - partner))
        if abs(shift) > 32:
            return body, []
        if shift >= 0:
            rest *= sp.Mul(*[partner + i for i in range(shift)])
        else:
            rest /= sp.Mul(*[u + i for i in range(-shift)])
    return (body, []) if below else (rest, arguments)


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


def bounded(factor: Expr, n: Symbol, point: Surroundings) -> bool:
    """Whether a factor is a power of sin or cos of a real argument: at most 1 in modulus."""
    base, power = (factor.base, factor.exp) if isinstance(factor, sp.Pow) else (factor, sp.S.One)
    return (
        isinstance(base, sp.sin | sp.cos)
        and n in base.free_symbols
        and isinstance(power, sp.Integer)
        and bool(power > 0)
        and real_by_form(base.args[0], Reals(n, point))
    )


def geometric(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """If |f(n+1)/f(n)| <= q < 1 for all n >= N then the tail is at most |f(N)|/(1-q)."""
    factors = sp.Mul.make_args(body)
    size = sp.Mul(*[factor for factor in factors if not bounded(factor, n, point)])
    found = Ratio()
    ratio(size, n, found)
    t = fresh(body)
    quotient = sp.Mul(*found.factors)
    if quotient.is_rational_function(n):
        quotient = sp.cancel(quotient)
    local = quotient.subs(n, 1 / t)
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


def repeated_derivatives(body: Expr, n: Symbol, count: int) -> list[Expr]:
    """f, f', f'', ... as long as they stay short; empty if f is not elementary and smooth."""
    if not is_smooth(body) or body.has(*TOO_HARD):
        return []
    found = [body]
    for _ in range(count):
        following = differentiate(found[-1], ((n, sp.Integer(1)),))
        if following is None or following.count_ops() > LONGEST:
            break
        found.append(sp.factor_terms(following))
    return found


def euler_maclaurin(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """Sum_{n>=N} f(n) = int_N^oo f + f(N)/2 - sum_k B_2k/(2k)! f^(2k-1)(N) + R, k = 1..m.

    |R| <= |B_2m|/(2m)! times the integral of |f^(2m)| over [N, oo) (DLMF 2.10(i)); f is smooth
    there, since the leading form of f^(2m) and of what it is made of is finite on (0, 1/N].
    """
    if n not in body.free_symbols:
        raise Unevaluable("terms that do not depend on the index")
    smooth, arguments = without_gamma(body, n)
    t = fresh(smooth)
    derivatives = repeated_derivatives(smooth, n, 2 * min(24, max(4, ctx.prec // 12)))
    m = (len(derivatives) - 1) // 2
    if m < 1:
        raise Unevaluable("terms that cannot be differentiated often enough")
    start = max(first + 1, 64 if m >= 12 else 512 if m >= 4 else 4096)
    leading = Leading(point, t, fmpq(1, start), holomorphic=True)
    if not all(positive(leading, argument.subs(n, 1 / t)) for argument in arguments):
        raise Unevaluable("terms that may meet a pole of gamma")
    try:
        leading.form(smooth.subs(n, 1 / t))
        p, b = leading.form(derivatives[2 * m].subs(n, 1 / t) / t**2)
        if p <= -1:
            raise Unevaluable("no integrable bound for the terms")
        tail = abs(b) * leading.eps ** arb(p + 1) / (p + 1)
        at = {n: fmpq(start)}
        total = partial_sum(body, n, first, start, point) + ball(point.evaluate(body, at)) / 2
        integral = sp.Integral(smooth, (n, start, sp.oo))
        total += ball(point.evaluate(integral, {}))
        for k in range(1, m + 1):
            weight = sp.bernoulli(2 * k) / sp.factorial(2 * k)
            slope = ball(point.evaluate(derivatives[2 * k - 1], at))
            total -= slope * fmpq(int(weight.p), int(weight.q))
    except Undefined as error:
        raise Unevaluable(f"{error.term} is undefined") from error
    last = sp.Abs(sp.bernoulli(2 * m) / sp.factorial(2 * m))
    return total + disk(tail * fmpq(int(last.p), int(last.q)), is_real=is_real(total))
