"""What bounds the terms of an infinite sum in modulus, factor by factor. Trusted.

``majorized(f, n, N, point)`` returns g with |f(m)| <= g(m) for all integers m >= N. The bounds are
those in the docstrings; an argument of a sequence may be any expression that is known to lie above
a line (``line_below``).
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from flint import fmpq
from sympy import Basic, Expr, S, Symbol

from proofcheck.balls.forms import REAL_ON_REALS, real_by_form
from proofcheck.balls.functions import Undefined, Unevaluable, ball, is_real
from proofcheck.balls.leading import Surroundings

LARGEST_EXPONENT = 4096
REAL_POLYNOMIALS = (
    sp.bernoulli, sp.chebyshevt, sp.chebyshevu, sp.legendre, sp.hermite, sp.laguerre,
)  # fmt: skip
"""Real at real arguments, the order being an integer."""


def linear(expression: Expr, n: Symbol) -> int | None:
    """The coefficient of n, if it is an integer and ``expression`` is linear in n."""
    slope = sp.expand(expression.subs(n, n + 1) - expression)
    return int(slope) if isinstance(slope, sp.Integer) else None


class Reals(dict[Basic, object]):
    """The index is real; every other symbol is asked for at the point."""

    def __init__(self, n: Symbol, point: Surroundings) -> None:
        super().__init__({n: fmpq(1)})
        self.point = point

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or isinstance(key, Symbol)

    def __missing__(self, key: Symbol) -> object:
        return self.point.evaluate(key, {})


def real_terms(term: Expr, n: Symbol, start: int, point: Surroundings) -> bool:
    """Whether ``term`` is real at every integer from ``start`` on, where it has a value."""
    if isinstance(term, sp.Add | sp.Mul):
        return all(real_terms(part, n, start, point) for part in term.args)
    if n not in term.free_symbols:
        try:
            return is_real(point.evaluate(term, {}))
        except (Undefined, Unevaluable):
            return False
    if isinstance(term, sp.Pow) and term.base is not sp.E:
        base, exponent = term.args
        if not real_terms(base, n, start, point):
            return False
        if linear(exponent, n) is not None and isinstance(exponent.subs(n, start), sp.Integer):
            return True
        if not real_terms(exponent, n, start, point):
            return False
        return at_least(base, n, start, 0) or positive_number(base, n, point)
    if isinstance(term, sp.log):
        return at_least(term.args[0], n, start, 0)
    if real_by_form(term, Reals(n, point)):
        return True
    if isinstance(term, REAL_POLYNOMIALS) and not integral(term.args[0], n, start):
        return False
    if isinstance(term, REAL_ON_REALS + REAL_POLYNOMIALS):
        return all(real_terms(part, n, start, point) for part in term.args)
    known = isinstance(term, sp.zeta | sp.digamma | sp.polygamma | sp.loggamma | sp.harmonic)
    return known and all(at_least(u, n, start, 0) for u in term.args if n in u.free_symbols)


def positive_number(base: Expr, n: Symbol, point: Surroundings) -> bool:
    """Whether ``base`` does not depend on n and is positive."""
    if n in base.free_symbols:
        return False
    value = ball(point.evaluate(base, {}))
    return is_real(value) and bool(value.real > 0)


def line_below(u: Expr, n: Symbol, start: int) -> Expr | None:
    """Return a line with rational coefficients that is <= ``u`` at all integers from ``start`` on.

    b^(s n + c) >= b^(s N + c) (1 + (b^s - 1)(n - N)) (Bernoulli), n^k >= N^(k-1) n for n >= N.
    """
    slope, foot = sp.expand(u.subs(n, n + 1) - u), u.subs(n, start)
    if isinstance(slope, sp.Rational) and isinstance(foot, sp.Rational):
        return foot + slope * (n - start)
    if isinstance(u, sp.Add):
        lines = [line_below(part, n, start) for part in u.args]
        return None if None in lines else sp.expand(sp.Add(*lines))
    factor, rest = u.as_coeff_Mul()
    if factor != 1:
        line = line_below(rest, n, start) if factor > 0 else None
        return None if line is None else sp.expand(factor * line)
    if isinstance(u, sp.Pow):
        base, exponent = u.args
        if base == n and isinstance(exponent, sp.Integer) and exponent > 0 and start > 0:
            return start ** (exponent - 1) * n
        s = linear(exponent, n)
        low = exponent.subs(n, start)
        whole = isinstance(base, sp.Integer) and base >= 2 and isinstance(low, sp.Integer)
        if whole and s is not None and s > 0 and 0 <= low <= LARGEST_EXPONENT:
            return sp.expand(base**low * (1 + (base**s - 1) * (n - start)))
    return None


def at_least(expression: Expr, n: Symbol, start: int, bound: int) -> bool:
    """Whether what lies above a line is >= ``bound`` from ``start`` on."""
    line = line_below(expression, n, start)
    if line is None:
        return False
    return bool(line.coeff(n) >= 0 and line.subs(n, start) >= bound)


def counts(u: Expr, n: Symbol, start: int) -> bool:
    """Whether ``u`` is a positive integer at all integers from ``start`` on."""
    return integral(u, n, start) and at_least(u, n, start, 1)


def integral(u: Expr, n: Symbol, start: int) -> bool:
    """Whether ``u`` is an integer at all integers from ``start`` >= 0 on."""
    if u == n or isinstance(u, sp.Integer):
        return True
    if isinstance(u, sp.Add | sp.Mul):
        return all(integral(part, n, start) for part in u.args)
    if isinstance(u, sp.Pow):
        return all(integral(part, n, start) for part in u.args) and at_least(u.exp, n, start, 0)
    return False


PHI = sp.GoldenRatio

Bound = Callable[[Expr], Expr]

# From the argument 1 on. Fibonacci numbers lie between phi^(k-2) and phi^(k-1), Lucas numbers
# between phi^(k-1) and 2 phi^k (by induction); totient(k) <= k; there are more permutations
# than partitions of a set, more compositions (2^(k-1)) than partitions of a number, and
# catalan(k) <= binomial(2 k, k) <= 4^k (DLMF 26.5.1); primepi(k) <= k.
ABOVE: dict[type[Basic], Bound] = {
    sp.fibonacci: lambda u: PHI ** (u - 1),
    sp.lucas: lambda u: 2 * PHI**u,
    sp.totient: lambda u: u,
    sp.mobius: lambda u: S.One,
    sp.primepi: lambda u: u,
    sp.partition: lambda u: 2**u,
    sp.bell: lambda u: sp.factorial(u),
    sp.catalan: lambda u: 4**u,
}
BELOW: dict[type[Basic], Bound] = {
    sp.fibonacci: lambda u: PHI ** (u - 2),
    sp.lucas: lambda u: PHI ** (u - 1),
}


def least(u: Expr, n: Symbol, start: int) -> Expr | None:
    """Return what is positive and bounds ``u`` from below from ``start`` on."""
    if type(u) in BELOW and len(u.args) == 1 and counts(u.args[0], n, start):
        line = line_below(u.args[0], n, start)
        return None if line is None else BELOW[type(u)](line)
    if isinstance(u, sp.Add):
        found: Expr | None = None
        for part in u.args:
            if isinstance(part, sp.Rational) and part > 0:
                continue
            below = least(part, n, start)
            if below is None:
                return None
            found = below if found is None else found
        return found
    factor, rest = u.as_coeff_Mul()
    if factor != 1 and factor > 0:
        below = least(rest, n, start)
        return None if below is None else factor * below
    return None


def majorant(
    factor: Expr, n: Symbol, start: int, point: Surroundings, logarithms: bool = False
) -> Expr:
    """Return what bounds the modulus of a factor of the terms from ``start`` on, or itself."""
    if n not in factor.free_symbols:
        return factor
    if isinstance(factor, sp.Pow) and factor.base is not sp.E:
        return power(factor, n, start, point, logarithms)
    argument = factor.args[0] if len(factor.args) == 1 else S.Zero
    if isinstance(factor, sp.sin | sp.cos):
        return S.One if real_by_form(argument, Reals(n, point)) else factor
    if isinstance(factor, sp.sinc):  # |sin x/x| <= 1/|x|
        whole = linear(argument, n) is not None and at_least(argument, n, start, 1)
        return 1 / argument if whole else factor
    if isinstance(factor, sp.atan) and real_by_form(argument, Reals(n, point)):
        return majorized(argument, n, start, point, logarithms)  # |atan x| <= |x|
    if isinstance(factor, sp.zeta) and at_least(argument, n, start, 2):
        return sp.Integer(2)
    if isinstance(factor, sp.Add):
        constant, rest = factor.as_coeff_Add()
        if constant == -1 and isinstance(rest, sp.zeta) and len(rest.args) == 1:
            k = rest.args[0]  # 2^-k + (the integral of x^-k from 2 on)
            return 3 * sp.Integer(2) ** -k if at_least(k, n, start, 2) else factor
        return factor
    if type(factor) in ABOVE and len(factor.args) == 1 and counts(argument, n, start):
        return ABOVE[type(factor)](argument)
    return of_two(factor, n, start, point, logarithms)


def of_two(factor: Expr, n: Symbol, start: int, point: Surroundings, logarithms: bool) -> Expr:
    """Bounds of what grows like a logarithm, of polynomials and of their numbers.

    |digamma(x)| <= 1 + log x <= x + 1 for x >= 1 (DLMF 5.11 by monotony: log x - 1/x < digamma(x)
    < log x), harmonic(k) <= 1 + log k. |B_k|/k! <= 4/(2 pi)^k (DLMF 24.9), so that
    |B_k(x)|/k! <= 4 (2 pi)^-k exp(2 pi |x|); |E_k|/k! <= 2 (2/pi)^(k+1) (DLMF 24.9.5).
    With w the larger of |x +- sqrt(x^2 - 1)|, |P_k| and |T_k| are at most w^k (Laplace's integral,
    DLMF 18.10.1; T_k is the mean of two k-th powers), and |U_k| is at most (k + 1) w^k.
    """
    if isinstance(factor, sp.polygamma) and factor.args[0] == 0:
        x = factor.args[1]  # |digamma(x)| <= x for x >= 1
        return (1 + sp.log(x) if logarithms else x) if at_least(x, n, start, 1) else factor
    u = factor.args[0] if factor.args else S.Zero
    if not at_least(u, n, start, 1):
        return factor
    if isinstance(factor, sp.harmonic) and len(factor.args) == 1:
        return 1 + sp.log(u) if logarithms else u
    if not integral(u, n, start):
        return factor
    if isinstance(factor, sp.bernoulli):
        wide = S.One
        if len(factor.args) == 2:
            if n in factor.args[1].free_symbols:
                return factor
            wide = sp.exp(2 * sp.pi * sp.Abs(factor.args[1]))
        return 4 * wide * sp.factorial(u) * (2 * sp.pi) ** -u
    if isinstance(factor, sp.euler) and len(factor.args) == 1:
        return 2 * sp.factorial(u) * (2 / sp.pi) ** (u + 1)
    if isinstance(factor, sp.legendre | sp.chebyshevt | sp.chebyshevu):
        x = factor.args[1]
        if n in x.free_symbols:
            return factor
        root = sp.sqrt(x**2 - 1)
        sizes = [sp.Abs(w, evaluate=False) for w in (x + root, x - root)]
        size = sp.Max(*sizes, S.One, evaluate=False) ** u
        return (u + 1) * size if isinstance(factor, sp.chebyshevu) else size
    return factor


def power(factor: Expr, n: Symbol, start: int, point: Surroundings, logarithms: bool) -> Expr:
    """Bound a power: of a fixed exponent, of a fixed base, or n^n by e^n n! (a term of e^n)."""
    base, exponent = factor.args
    if isinstance(exponent, sp.Integer):
        if exponent > 0:
            return majorant(base, n, start, point, logarithms) ** exponent
        below = least(base, n, start)
        return factor if below is None else below**exponent
    if n not in base.free_symbols:
        if linear(exponent, n) is None:
            return fixed_base(factor, n, start, point)
        return factor
    slope = linear(exponent, n)
    if slope is None or base not in (n, -n) or start < 1:
        return factor
    offset = sp.expand(exponent - slope * n)
    if base == -n and not isinstance(offset, sp.Integer):
        return factor
    if slope >= 0:
        return (sp.exp(n) * sp.factorial(n)) ** slope * n**offset
    return sp.Integer(start) ** (slope * n) * n**offset


def fixed_base(factor: Expr, n: Symbol, start: int, point: Surroundings) -> Expr:
    """|b^u| = |b|^u <= |b|^v for a line v <= u, u real and |b| <= 1."""
    for base, exponent in (factor.args, (1 / factor.base, -factor.exp)):
        line = line_below(exponent, n, start)
        if line is not None:
            size = abs(ball(point.evaluate(base, {})))
            if size < 1:
                return sp.Abs(base) ** line
    return factor


def majorized(
    body: Expr, n: Symbol, start: int, point: Surroundings, logarithms: bool = False
) -> Expr:
    """Return a term that bounds that of ``body`` in modulus, factor by factor."""
    found = S.One
    for factor in sp.Mul.make_args(body):
        found *= majorant(factor, n, start, point, logarithms)
    return found
