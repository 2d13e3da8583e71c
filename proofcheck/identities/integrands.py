"""Which rules may give a definite integral its value, and with which parameters.  Untrusted.

A rule checks that the integrand is the one that it is about: nothing follows from a proposal.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Mul, Pow, S, Symbol, Wild, cos, degree, exp, log, oo, pi, sin, sinc

from proofcheck.continuity import bound
from proofcheck.identities import constant_integrals, orthogonality

Proposal = tuple[str, tuple[Expr, ...]]


def proposals(integral: Expr) -> Iterator[Proposal]:
    """Yield rules with the parameters at which an integrand may be theirs; they check it."""
    x, function, low, high = bound(integral)
    yield from orthogonality.proposals(integral)
    yield from constant_integrals.proposals(integral)
    free = {"exclude": (x,)}
    a, c, p, k = (Wild(name, **free) for name in "acpk")
    if low == 0 and function.has(Pow):
        yield "Legendre's integral", ()
    if (low, high) == (S.Zero, pi) and function.has(cos):
        yield "Bessel's integral", ()
    if (low, high) == (S.Zero, oo):
        for shape in (a * x**p * exp(-c * x**k), a * x**p * exp(-c * x), a * exp(-c * x**k)):
            found = function.match(shape)
            if found is not None and a in found:
                power = found.get(p, S.Zero) + 1
                yield "gamma integral", (found[a], power, found[c], found.get(k, S.One))
        yield from from_zero(x, function)
        yield from damped(x, function)
    exponent = split_exponential(function, x)
    if (low, high) == (-oo, oo) and exponent is not None:
        yield "Gaussian integral", exponent
    if (low, high) == (S.Zero, oo) and exponent is not None:
        yield "half a Gaussian integral", exponent
    if (low, high) == (S.Zero, S.One):
        found = function.match(a * x**p * (1 - x) ** k)
        if found is not None:
            yield "beta integral", (found[a], found[p] + 1, found[k] + 1)
        yield from to_one(x, function)


def from_zero(x: Symbol, function: Expr) -> Iterator[Proposal]:
    """Yield rules for a product of powers, exponentials and one more factor, from 0 to infinity."""
    factor, power, rate, rest = S.One, S.Zero, S.Zero, list[Expr]()
    for part in Mul.make_args(function):
        if x not in part.free_symbols:
            factor *= part
        elif isinstance(part, exp) and part.exp.is_polynomial(x) and degree(part.exp, x) == 1:
            rate -= part.exp.expand().coeff(x, 1)
            factor *= exp(part.exp.expand().coeff(x, 0))
        elif part.as_base_exp()[0] == x and x not in part.as_base_exp()[1].free_symbols:
            power += part.as_base_exp()[1]
        else:
            rest.append(part)
    if not rest and rate != 0:
        yield "gamma integral", (factor, power + 1, rate, S.One)
    if len(rest) != 1:
        return
    base, exponent = rest[0].as_base_exp()
    if rest == [log(x)]:
        yield "gamma integral with a logarithm", (factor, power + 1, rate)
    elif base.has(exp) and exponent == -1:
        shift = {1 - exp(-x): S.Zero, exp(x) - 1: S.One}.get(base)
        if shift is not None:
            yield "Hurwitz's integral", (factor, power + 1, rate + shift)
    elif power == rate == 0 and base.is_polynomial(x) and degree(base, x) == 1:
        linear = base.expand()
        yield "integral of a power", (factor, linear.coeff(x, 1), linear.coeff(x, 0), -exponent)


def to_one(x: Symbol, function: Expr) -> Iterator[Proposal]:
    """Yield the rule for powers of x and its logarithm over ``1 + x**k``, from 0 to 1."""
    factor, power, order, rest = S.One, S.Zero, S.Zero, list[Expr]()
    for part in Mul.make_args(function):
        base, exponent = part.as_base_exp()
        if x not in part.free_symbols:
            factor *= part
        elif base == x and x not in exponent.free_symbols:
            power += exponent
        elif base == log(x):
            order += exponent
        else:
            rest.append(part)
    if len(rest) == 1:
        base, exponent = rest[0].as_base_exp()
        scale, raised = (base - 1).as_independent(x, as_Add=False)
        if exponent == -1 and scale in (1, -1) and raised.as_base_exp()[0] == x:
            arguments = (factor, power + 1, raised.as_base_exp()[1], order, -scale)
            yield "integral of a geometric series", arguments


def split_exponential(function: Expr, x: Symbol) -> tuple[Expr, Expr, Expr] | None:
    """Return ``a, c, b`` where the integrand is ``a*exp(-c*x**2 + b*x)``, or None."""
    factor, rest = function.as_independent(x, as_Add=False)
    if not isinstance(rest, exp) or not rest.exp.is_polynomial(x):
        return None
    quadratic = rest.exp.as_poly(x)
    if quadratic is None or quadratic.degree() != 2:
        return None
    c, b, d = quadratic.all_coeffs()
    return factor * exp(d), -c, b


def damped(x: Symbol, function: Expr) -> Iterator[Proposal]:
    """Yield the rule for a sine over x, times ``exp(-a*x)`` or ``exp(-a*x**2)``."""
    factor, rest = function.as_independent(x, as_Add=False)
    a, b = (Wild(name, exclude=(x,)) for name in "ab")
    for plain, wave in ((S.Zero, sinc(b * x)), (S.One, sin(b * x) / x)):
        for power in (1, 2):
            found = rest.match(exp(-a * x**power) * wave) if rest.has(sin, sinc) else None
            if found is not None:
                yield "damped cardinal sine", (factor, found[a], found[b], S(power), plain)
