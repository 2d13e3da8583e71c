"""Rewrite rules for logarithms, and for powers of two factors, principal branch.  Trusted."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Integer, Pow, S, exp, log, pi

from proofcheck.identities.elementary import monomial, plain_power
from proofcheck.identities.equations import (
    Equation,
    Registry,
    demand,
    negative,
    nonzero,
    off_cut,
    pairs,
    positive,
    power,
    principal,
    product,
    real,
    still_defined,
    total,
    unless_true,
)
from proofcheck.relations import AllOf, AnyOf, Condition, Relation

LOGARITHMS = Registry()
rule = LOGARITHMS.rule


@rule("logarithm of a product")
def logarithm_of_a_product(argument: Expr, rest: Expr, *items: Expr) -> Equation:
    """``log(z) = n1*log(f1) + ... + log(r)``, ``z = f1**n1 * ... * r``, all f positive (4.8.1)."""
    parts = pairs(items)
    atom = log(argument)
    factors = [part for part, _ in parts]
    return Equation(
        atom,
        1,
        total([*(Integer(count) * log(part) for part, count in parts), log(rest)]),
        (
            *unless_true(
                [
                    Relation(argument, "eq", product([monomial(parts), rest])),
                    *map(positive, factors),
                ]
            ),
            *still_defined(atom, rest, *factors),
        ),
    )


@rule("logarithm of a negative number")
def logarithm_of_a_negative_number(argument: Expr) -> Equation:
    """``log(x) = log(-x) + I*pi`` for ``x < 0`` (DLMF 4.2.9)."""
    return Equation(log(argument), 1, log(-argument) + I * pi, unless_true([negative(argument)]))


@rule("logarithm of an exponential")
def logarithm_of_an_exponential(exponent: Expr) -> Equation:
    """``log(exp(z)) = z`` for ``-pi < im(z) <= pi`` (DLMF 4.2.30)."""
    return Equation(
        sp.log(exp(exponent), evaluate=False),
        1,
        exponent,
        (AnyOf((real(exponent), principal(exponent))),),
    )


@rule("logarithm of a power")
def logarithm_of_a_power(base: Expr, exponent: Expr) -> Equation:
    """``log(b**u) = u*log(b)``: ``b > 0`` and u real, or ``-1 < u <= 1``, or u = -1 off the cut."""
    inside = plain_power(base, exponent)
    ways: list[Condition] = [AllOf((positive(base), real(exponent)))]
    if exponent == -1:
        ways.append(off_cut(base))
    else:
        narrow = (Relation(exponent, "gt", S.NegativeOne), Relation(exponent, "le", S.One))
        if exponent.is_Rational and -1 < exponent <= 1:
            ways = []
        else:
            ways.append(AllOf(narrow))
    # log(b**u) is defined at b = 0 only for u = 0, where 0*log(0) is not.
    zero = () if exponent.is_Rational and exponent != 0 else (nonzero(base),)
    return Equation(
        sp.log(inside, evaluate=False),
        1,
        exponent * log(base),
        (*zero, *((AnyOf(tuple(ways)),) if ways else ())),
    )


def less_than_half_a_turn(a: Expr, b: Expr, sign: int) -> AnyOf:
    """Return ways for ``arg(a) + sign*arg(b)`` to lie between -pi and pi, neither of them zero.

    Both in the right half-plane; or in opposite half-planes, upper and lower (for a quotient in
    the same).
    """
    (x, y), (u, v) = ((sp.re(e), sp.im(e)) for e in (a, b))
    across = negative if sign > 0 else positive
    back = positive if sign > 0 else negative
    return AnyOf((
        AllOf((positive(x), positive(u))),
        AllOf((positive(y), across(v))),
        AllOf((negative(y), back(v))),
    ))  # fmt: skip


def quotient_or_product(a: Expr, b: Expr, sign: Expr) -> Expr:
    """Return ``a*b`` or ``a/b``."""
    demand(sign in (1, -1), "the sign is 1 or -1")
    return product([a, power(b, int(sign))])


@rule("logarithm of two factors")
def logarithm_of_two(argument: Expr, a: Expr, b: Expr, sign: Expr) -> Equation:
    """``log(a*b) = log(a) + log(b)``, ``log(a/b) = log(a) - log(b)`` (DLMF 4.8.1-4.8.3).

    The arguments of a and b add up to, or differ by, less than pi in modulus.
    """
    same = Relation(argument, "eq", quotient_or_product(a, b, sign))
    conditions = (*unless_true([same]), less_than_half_a_turn(a, b, int(sign)))
    atom = sp.log(argument, evaluate=False)
    return Equation(atom, 1, log(a) + sign * log(b), (*conditions, *still_defined(atom, a, b)))


@rule("power of two factors")
def power_of_two(base: Expr, exponent: Expr, a: Expr, b: Expr, sign: Expr) -> Equation:
    """``(a*b)**e = a**e*b**e`` and ``(a/b)**e = a**e/b**e``, conditions as for the logarithm."""
    same = Relation(base, "eq", quotient_or_product(a, b, sign))
    conditions = (*unless_true([same]), less_than_half_a_turn(a, b, int(sign)))
    atom = plain_power(base, exponent)
    value = product([Pow(a, exponent), Pow(b, sign * exponent)])
    return Equation(atom, 1, value, (*conditions, *still_defined(atom, a, b)))


@rule("power of two factors with a turn")
def power_with_a_turn(base: Expr, exponent: Expr, a: Expr, b: Expr) -> Equation:
    """``(a*b)**e = a**e*b**e*exp(2*pi*I*e*k)``, ``k = floor((pi - arg(a) - arg(b))/(2*pi))``.

    So many turns bring ``arg(a) + arg(b)`` into ``(-pi, pi]`` (DLMF 4.8.1, 4.2.26).
    """
    turns = sp.floor((pi - sp.arg(a) - sp.arg(b)) / (2 * pi))
    atom = plain_power(base, exponent)
    value = product([Pow(a, exponent), Pow(b, exponent), sp.exp(2 * pi * I * exponent * turns)])
    conditions = unless_true([Relation(base, "eq", product([a, b])), nonzero(a), nonzero(b)])
    return Equation(atom, 1, value, (*conditions, *still_defined(atom, a, b)))


@rule("root of a squared modulus")
def root_of_a_square(z: Expr) -> Equation:
    """``sqrt(z*conjugate(z)) = Abs(z)`` (DLMF 1.9.9)."""
    return Equation(Pow(z * sp.conjugate(z, evaluate=False), S.Half), 1, sp.Abs(z))
