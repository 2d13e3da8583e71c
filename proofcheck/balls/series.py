"""Infinite sums and products on balls. Trusted.

Geometric tails by the ratio of terms, Boole's formula for alternating ones, else Euler-Maclaurin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import sympy as sp
from flint import acb, arb, ctx, fmpq
from sympy import Expr, Symbol

from proofcheck.balls.comparison import compared, sharply
from proofcheck.balls.comparison import infinite_product as multiplied
from proofcheck.balls.forms import differentiate, fresh, is_smooth
from proofcheck.balls.functions import Undefined, Unevaluable, ball, disk, is_real
from proofcheck.balls.leading import Leading, Surroundings
from proofcheck.balls.majorants import linear, majorized, real_terms

RISING, FALLING = (sp.RisingFactorial,), (sp.FallingFactorial,)
LARGEST_INDEX = 1 << 14  # summed term by term at most up to here
HIGHEST_DEGREE = 8  # of denominators that are taken apart
LONGEST = 2000  # operations of a derivative that is still worth evaluating
TOO_HARD = (sp.gamma, sp.factorial, sp.binomial, sp.zeta, sp.polylog, sp.beta, sp.hyper)


@dataclass
class Ratio:
    """f(n+1)/f(n) is the product of ``factors`` where all of ``positive`` have Re > 0."""

    factors: list[Expr] = field(default_factory=list)
    positive: list[Expr] = field(default_factory=list)


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
    elif isinstance(term, RISING + FALLING) and linear(term.args[1], n) == 1:
        x, k = term.args
        if n in x.free_symbols:
            raise Unevaluable("terms without a rational ratio")
        found.factors.append((x + k if isinstance(term, RISING) else x - k) ** sign)
    elif isinstance(term, sp.binomial):
        top, bottom = term.args
        for part, power in ((top, 1), (bottom, -1), (top - bottom, -1)):
            ratio(sp.gamma(part + 1, evaluate=False), n, found, sign * power)
    elif term.is_rational_function(n) or term == n:
        found.factors.append((term.subs(n, n + 1) / term) ** sign)
    else:
        raise Unevaluable(f"terms with {term.func} have no rational ratio")


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
    """Enclose the sum of ``body`` over n = first, first + 1, ...

    Raises Undefined where it provably diverges.
    """
    failures: list[str] = []
    smooth = alternating if alternates(body, n) else euler_maclaurin
    for method in (geometric, sharply, smooth, compared):
        if failures and diverges(body, n, first, point):
            raise Undefined(sp.Sum(body, (n, first, sp.oo)))
        try:
            return method(body, n, first, point)
        except Unevaluable as error:
            failures.append(error.reason)
    raise Unevaluable("; ".join(failures))


def diverges(body: Expr, n: Symbol, first: int, point: Surroundings) -> bool:
    """Whether the terms provably do not tend to 0, or outweigh those of the harmonic series."""
    plain = signs(body, n)[0] if alternates(body, n) else body
    t = fresh(plain)
    leading = Leading(point, t, fmpq(1, max(first, 64)))
    try:
        p, b = leading.form(plain.subs(n, 1 / t))
    except (Undefined, Unevaluable):
        return False
    if b.contains(0) or not b.is_finite():
        return False
    return bool(p <= 0 or (p <= 1 and plain is body and is_real(b)))


def partial_sum(body: Expr, n: Symbol, first: int, last: int, point: Surroundings) -> acb:
    """The terms from ``first`` to ``last`` - 1."""
    total = acb(0)
    for k in range(first, last):
        total += ball(point.evaluate(body, {n: fmpq(k)}))
    return total


def geometric(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """If |f(n+1)/f(n)| <= q < 1 for all n >= N then the tail is at most |f(N)|/(1-q).

    If the ratio is at least 1 for all n >= N, and f(N) is not 0, the terms do not tend to 0.
    """
    t = fresh(body)
    goal, total, done = arb(2) ** (-ctx.prec), acb(0), first
    start = max(first, 4)
    best: acb | None = None
    size, quotient, found = sp.S.NaN, sp.S.NaN, Ratio()
    real = real_terms(body, n, first, point)
    while start <= LARGEST_INDEX:
        try:
            larger = majorized(body, n, start, point)
            if larger != size:
                size, found = larger, Ratio()
                ratio(size, n, found)
                quotient = sp.Mul(*found.factors)
                if quotient.is_rational_function(n):
                    quotient = sp.cancel(quotient)
            leading = Leading(point, t, fmpq(1, start))
            p, b = leading.form(quotient.subs(n, 1 / t))
            at_start = abs(ball(point.evaluate(size, {n: fmpq(start)})))
        except Undefined as error:
            raise Unevaluable(f"{error.term} is undefined") from error
        q = abs(leading.spread((p, b))).upper() if p >= 0 else arb(2)
        grows = bool(p <= 0 and abs(b).lower() * leading.eps ** arb(p) >= 1)
        if (
            (q < 1 or (grows and size == body))
            and all(positive(leading, e.subs(n, 1 / t)) for e in found.positive)
            # What cancels in the quotient may be 0/0 at some index.
            and all(bounded(leading, e.subs(n, 1 / t)) for e in found.factors)
        ):
            if grows:
                if at_start > 0:
                    raise Undefined(sp.Sum(body, (n, first, sp.oo)))
                break
            try:
                total += partial_sum(body, n, done, start, point)
            except Unevaluable:  # terms with a double exponential soon grow too long
                if best is None:
                    raise
                return best
            done = start
            bound = at_start / (1 - q)
            best = total + disk(bound, is_real=real and is_real(total))
            if bound.upper() < goal:
                return best
        elif start > 1 << 10 and best is None:
            break
        start += max(2, start // 2)
    if best is None:
        raise Unevaluable("the ratio of the terms is not below 1")
    return best


def positive(leading: Leading, expression: Expr) -> bool:
    """Whether ``expression`` has a positive real part on all of (0, eps].

    Then it is no pole of gamma, and principal powers of two such values divide as they should.
    """
    _, b = leading.form(expression)
    return bool(b.real > 0)


def bounded(leading: Leading, expression: Expr) -> bool:
    """Whether ``expression`` is known to have a value on all of (0, eps]."""
    try:
        leading.form(expression)
    except Unevaluable:
        return False
    return True


@lru_cache(maxsize=256)
def repeated_derivatives(body: Expr, n: Symbol, count: int) -> Sequence[Expr]:
    """f, f', f'', ... as long as they stay short; empty if f is not elementary and smooth."""
    if not is_smooth(body) or body.has(*TOO_HARD):
        return []
    found = [body]
    for _ in range(count):
        following = differentiate(found[-1], ((n, sp.Integer(1)),))
        if following is None or following.count_ops() > LONGEST:
            break
        if following.is_rational_function(n) and isinstance(body, sp.log):
            if body == found[-1]:
                following = apart(following, n)
            found.append(following)
        else:
            found.append(sp.factor_terms(following))
    return found


def apart(function: Expr, n: Symbol) -> Expr:
    """Return partial fractions, whose derivatives stay short, if they are easily had."""
    up, down = sp.fraction(sp.cancel(sp.together(function)))
    if sp.degree(down, n) > HIGHEST_DEGREE or len(function.free_symbols) > 2:
        return function
    return sp.apart(up / down, n)


def euler_maclaurin(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """Sum_{n>=N} f(n) = int_N^oo f + f(N)/2 - sum_k B_2k/(2k)! f^(2k-1)(N) + R, k = 1..m.

    |R| <= |B_2m|/(2m)! times the integral of |f^(2m)| over [N, oo) (DLMF 2.10(i)); f is smooth
    there, since the leading form of f^(2m) and of what it is made of is finite on (0, 1/N].
    """
    if n not in body.free_symbols:
        raise Unevaluable("terms that do not depend on the index")
    smooth, arguments = without_gamma(body, n)
    written = smooth
    if smooth.is_Add and smooth.is_rational_function(n):
        smooth = sp.cancel(sp.together(smooth))  # terms that only converge together
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
        for one in (written, smooth):  # a pole may cancel, and the term has no value all the same
            leading.form(one.subs(n, 1 / t))
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


def signs(body: Expr, n: Symbol) -> tuple[Expr, int]:
    """Write ``body`` as (-1)^(n + offset) times the rest, which is returned with the offset."""
    rest, slope, offset = [], 0, 0
    for factor in sp.Mul.make_args(body):
        step = None
        if isinstance(factor, sp.Pow) and factor.base == -1:
            step, shift = linear(factor.exp, n), factor.exp.subs(n, 0)
        if step is None or not isinstance(shift, sp.Integer):
            rest.append(factor)
        else:
            slope, offset = slope + step, offset + int(shift)
    if slope % 2 == 0:
        raise Unevaluable("terms that do not alternate")
    return sp.Mul(*rest), offset


def alternates(body: Expr, n: Symbol) -> bool:
    """Whether the terms have a factor (-1)^n."""
    try:
        return bool(signs(body, n))
    except Unevaluable:
        return False


def alternating(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """Sum_{n>=N} (-1)^(n-N) f(n) = (1/2) sum_{k<m} E_k(0)/k! f^(k)(N) + R (Boole's formula).

    |R| <= (1/4) pi^(2-m) times the integral of |f^(m)| over [N, oo), if f, ..., f^(m-1) tend to
    0 (DLMF 24.17(i), and |E_(m-1)(x)| <= (m-1)! pi^(2-m)/2 on [0, 1] by its Fourier series).
    """
    term, offset = signs(body, n)
    smooth, arguments = without_gamma(term, n)
    t = fresh(smooth)
    derivatives = repeated_derivatives(smooth, n, min(32, max(6, ctx.prec // 6)))
    m = len(derivatives) - 1
    if m < 2:
        raise Unevaluable("terms that cannot be differentiated often enough")
    start = max(first + 1, 64 if m >= 12 else 512)
    leading = Leading(point, t, fmpq(1, start), holomorphic=True)
    if not all(positive(leading, argument.subs(n, 1 / t)) for argument in arguments):
        raise Unevaluable("terms that may meet a pole of gamma")
    try:
        if any(leading.form(one.subs(n, 1 / t))[0] <= 0 for one in derivatives[:m]):
            raise Unevaluable("terms that may not tend to 0")
        p, b = leading.form(derivatives[m].subs(n, 1 / t) / t**2)
        if p <= -1:
            raise Unevaluable("no integrable bound for the terms")
        tail = abs(b) * leading.eps ** arb(p + 1) / (p + 1) * arb.pi() ** (2 - m) / 4
        rest = acb(0)
        for k, derivative in enumerate(derivatives[:m]):
            # E_k(0) = -2 (2^(k+1) - 1) B_(k+1)/(k+1), DLMF 24.4.26; SymPy's B_1 is +1/2
            euler = sp.S.One if k == 0 else -2 * (2 ** (k + 1) - 1) * sp.bernoulli(k + 1) / (k + 1)
            weight = euler / sp.factorial(k) / 2
            if weight != 0:
                value = ball(point.evaluate(derivative, {n: fmpq(start)}))
                rest += value * fmpq(int(weight.p), int(weight.q))
        total = partial_sum(body, n, first, start, point)
    except Undefined as error:
        raise Unevaluable(f"{error.term} is undefined") from error
    rest += disk(tail, is_real=is_real(rest))
    return total + (rest if (start + offset) % 2 == 0 else -rest)


def infinite_product(body: Expr, n: Symbol, first: int, point: Surroundings) -> acb:
    """Enclose the product of ``body`` over n = first, first + 1, ..."""
    return multiplied(body, n, first, point, infinite_sum)


def over_all_integers(body: Expr, n: Symbol, last: int | None, point: Surroundings) -> acb:
    """Enclose the sum over n <= ``last`` (None: over all integers), both ways from 0.

    Both parts converge; where one does not, nothing is said of the sum.
    """
    try:
        if last is not None:
            return infinite_sum(body.subs(n, -n), n, -last, point)
        upwards = infinite_sum(body, n, 0, point)
        return upwards + infinite_sum(body.subs(n, -n), n, 1, point)
    except Undefined as error:
        raise Unevaluable(f"{error.term} is undefined") from error
