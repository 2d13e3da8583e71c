"""Rewrite rules for logarithms, principal branch.  Trusted."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Integer, S, exp, log, pi

from proofcheck.identities.elementary import monomial, plain_power
from proofcheck.identities.equations import (
    Equation,
    Registry,
    negative,
    nonzero,
    off_cut,
    pairs,
    positive,
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
