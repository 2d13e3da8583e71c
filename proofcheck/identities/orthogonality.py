"""The classical orthogonal polynomials are orthogonal.  Trusted.

Source: NIST Digital Library of Mathematical Functions (DLMF), table 18.3.1; Legendre's,
Chebyshev's, Gegenbauer's, Hermite's and Laguerre's polynomials, in SymPy's normalisations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from sympy import (
    Expr,
    KroneckerDelta,
    Mul,
    Pow,
    Range,
    S,
    exp,
    factorial,
    gamma,
    oo,
    pi,
    sqrt,
)

from proofcheck.continuity import bound
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    nonzero,
    product,
    unless_true,
)
from proofcheck.identities.integrals import defined, parts_of
from proofcheck.identities.known_integrals import of_form
from proofcheck.relations import Condition, Member, Relation

ORTHOGONALITY = Registry()
rule = ORTHOGONALITY.rule

Family = tuple[
    Callable[..., Expr], Expr, Expr, Callable[..., Expr], Callable[..., tuple[Condition, ...]]
]


def always(*parameters: Expr) -> tuple[Condition, ...]:
    """Return no condition."""
    return ()


def above(least: Expr, *others: Condition) -> Callable[[Expr], tuple[Condition, ...]]:
    """Return the condition that a parameter is real and greater than ``least``."""
    return lambda a: (Relation(a, "gt", least), *others)


def _gegenbauer(n: Expr, a: Expr) -> Expr:
    scale = 2 ** (1 - 2 * a) * pi / gamma(a) ** 2
    return scale * gamma(n + 2 * a) / ((n + a) * factorial(n))


FAMILIES: dict[type, Family] = {
    sp.legendre: (lambda x: S.One, -S.One, S.One, lambda n: 2 / (2 * n + 1), always),
    sp.chebyshevt: (
        lambda x: 1 / sqrt(1 - x**2), -S.One, S.One,
        lambda n: pi / 2 * (1 + KroneckerDelta(n, 0)), always,
    ),
    sp.chebyshevu: (lambda x: sqrt(1 - x**2), -S.One, S.One, lambda n: pi / 2, always),
    sp.hermite: (
        lambda x: exp(-(x**2)), -oo, oo, lambda n: sqrt(pi) * 2**n * factorial(n), always,
    ),
    sp.laguerre: (lambda x: exp(-x), S.Zero, oo, lambda n: S.One, always),
    sp.assoc_laguerre: (
        lambda x, a: Pow(x, a) * exp(-x), S.Zero, oo,
        lambda n, a: gamma(n + a + 1) / factorial(n), above(S.NegativeOne),
    ),
    sp.gegenbauer: (
        lambda x, a: Pow(1 - x**2, a - S.Half), -S.One, S.One, _gegenbauer,
        lambda a: (Relation(a, "gt", -S.Half), nonzero(a)),
    ),
}  # fmt: skip
"""Of a polynomial: its weight, the ends, the norm, what its parameter has to meet."""


@rule("orthogonal polynomials")
def orthogonal(integral: Expr, one: Expr, m: Expr, factor: Expr) -> Equation:
    """``Integral(P_n*P_m*w, (x, a, b)) = h_n*KroneckerDelta(n, m)`` (DLMF 18.2.1, 18.2.5, 18.3).

    For integers n and m, at least 0, w the weight of the family and h_n its norm; ``one`` is P_n.
    """
    x = parts_of(integral)[0]
    if type(one) not in FAMILIES:
        raise Inapplicable(f"{one} is not one of the orthogonal polynomials")
    n, *parameters, place = one.args
    weight, low, high, norm, condition = FAMILIES[type(one)]
    demand(place == x, f"{one} is not taken at {x}")
    moving = {x} & set().union(*(e.free_symbols for e in (n, m, factor, *parameters)))
    demand(not moving, "a parameter is not constant")
    form = product([one, one.func(m, *parameters, x), weight(x, *parameters)])
    conditions: list[Condition] = [
        *defined(n, m, *parameters, factor), Member(n, Range(0, oo)), Member(m, Range(0, oo)),
    ]  # fmt: skip
    conditions += condition(*parameters)
    conditions += of_form(integral, factor, form, low, high)
    value = product([factor, norm(n, *parameters), KroneckerDelta(n, m)])
    return Equation(integral, 1, value, unless_true(conditions))


def proposals(integral: Expr) -> Iterator[tuple[str, tuple[Expr, ...]]]:
    """Yield the rule with the degrees of the polynomials of an integrand."""
    x, function, _, _ = bound(integral)
    found: list[Any] = []
    for part in Mul.make_args(function):
        base, exponent = part.as_base_exp()
        if type(base) in FAMILIES and base.args[-1] == x and exponent in (1, 2):
            found += [base] * int(exponent)
    if not 0 < len(found) <= 2 or len({(type(f), f.args[1:]) for f in found}) > 1:
        return
    degrees = [f.args[0] for f in found] + [S.Zero] * (2 - len(found))
    one = found[0]
    weight = FAMILIES[type(one)][0](x, *one.args[1:-1])
    form = one * one.func(degrees[1], *one.args[1:]) * weight
    factor = sp.powsimp(function / form)
    if x not in factor.free_symbols:
        yield "orthogonal polynomials", (one, degrees[1], factor)
