"""Rewrite rules for finite sums of powers and of the digamma function.  Trusted."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Range, Sum, Symbol, cos, exp, floor, log, oo, pi, polygamma, sin

from proofcheck.hypergeometric import no_pole
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    still_defined,
    total,
    unless_true,
)
from proofcheck.identities.numbers import parts_of
from proofcheck.identities.series import partial_fraction
from proofcheck.identities.sums import modest
from proofcheck.relations import Condition, Member, Relation

DIGAMMA = Registry()
rule = DIGAMMA.rule


@rule("finite sum of reciprocals")
def sum_of_reciprocals(atom: Expr) -> Equation:
    """``Sum(A/(k + r)**j, (k, a, b))`` by the polygamma function at ``a + r``, ``b + 1 + r``.

    ``1/(r - k)**j`` at ``r - a + 1`` and ``r - b`` (DLMF 5.15.5 and 5.5.2, one by one).  Integers
    a and b with ``b >= a - 1``; the lesser of the two arguments is none of 0, -1, ...
    """
    k, low, high, function = parts_of(atom)
    demand(high != oo and low != -oo, f"{atom} has no end")
    scale, r, j = partial_fraction(function, k)
    demand(k not in scale.free_symbols | r.free_symbols, f"{function} has more than one pole")
    ends = (low + r, high + 1 + r)
    conditions: list[Condition] = [integer(low), integer(high), Relation(high, "ge", low - 1)]
    factor = (-1) ** (j - 1) * scale / sp.factorial(j - 1)
    value = total([factor * polygamma(j - 1, ends[1]), -factor * polygamma(j - 1, ends[0])])
    conditions.append(no_pole(ends[0]))
    return Equation(atom, 1, value, (*unless_true(conditions), *still_defined(atom, scale)))


@rule("finite sum of falling reciprocals")
def sum_of_falling_reciprocals(atom: Expr) -> Equation:
    """The same of ``A/(r - k)**j``, by ``r - b`` and ``r - a + 1``."""
    k, low, high, function = parts_of(atom)
    demand(high != oo and low != -oo, f"{atom} has no end")
    upwards = Sum(function.xreplace({k: -k}), (k, -high, -low))
    equation = sum_of_reciprocals(upwards)
    return Equation(atom, 1, equation.replacement, equation.conditions)


def _fraction(p: Expr, q: Expr) -> tuple[Condition, ...]:
    """Return that p and q are integers with ``1 <= p <= q - 1``."""
    return unless_true([integer(q), Member(p, Range(1, oo)), Relation(p, "le", q - 1)])


@rule("Gauss's digamma theorem in general")
def gauss_in_general(p: Expr, q: Expr, index: Expr) -> Equation:
    """``digamma(p/q)`` for integers ``0 < p < q`` as a sum over ``index`` (DLMF 5.4.19).

    The terms k and q - k of that sum are equal, and for k = q/2 what is added to ``log 2`` is 0.
    """
    demand(isinstance(index, Symbol) and modest(index), f"{index} is no index")
    demand(index not in p.free_symbols | q.free_symbols, f"{index} occurs in {p}/{q}")
    wave = cos(2 * pi * index * p / q) * log(sin(pi * index / q))
    value = total([
        -sp.EulerGamma, -log(2 * q), -pi / 2 * sp.cot(pi * p / q),
        2 * Sum(wave, (index, 1, floor((q - 1) / 2))),
    ])  # fmt: skip
    return Equation(polygamma(0, p / q), 1, value, _fraction(p, q))


@rule("Fourier sum of the digamma function")
def fourier_sum(atom: Expr, r: Expr) -> Equation:
    """``Sum(digamma(k/n)*exp(2*pi*I*r*k/n), (k, 1, n)) = n*log(1 - exp(2*pi*I*r/n))``.

    For integers ``1 <= r <= n - 1``, with cos its real part ``n*log(2*sin(pi*r/n))`` and with sin
    its imaginary part ``pi*(r - n/2)``: the inverse of DLMF 5.4.19 (Gauss).
    """
    k, low, n, function = parts_of(atom)
    demand(low == 1 and k not in r.free_symbols, f"{atom} is another sum")
    angle = 2 * pi * r / n
    values = {
        exp(I * angle * k): n * log(1 - exp(I * angle)),
        cos(angle * k): n * log(2 * sin(pi * r / n)),
        sin(angle * k): pi * (r - n / 2),
    }
    for wave, value in values.items():
        if function == polygamma(0, k / n) * wave:
            return Equation(atom, 1, value, _fraction(r, n))
    raise Inapplicable(f"nothing is known of {atom}")
