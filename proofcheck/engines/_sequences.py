"""Which rules may fit sums, arithmetic functions and Bernoulli numbers.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy import Expr, Integer, Mul, Pow, S

Instances = list[tuple[str, tuple[Any, ...]]]

SUMS = (
    "finite sum",
    "sum of a rational function",
    "sum as a hypergeometric series",
    "multiplication theorem",
    "sum over the integer parts of quotients",
    "partitions by divisors",
    "Bell number as a sum",
    "Catalan number as a sum",
)


def known_sums(atom: Expr) -> Instances:
    """Return the rules for sums that may fit ``atom``."""
    return [*((name, (atom,)) for name in SUMS), *_binomial_sums(atom)]


def _binomial_sums(atom: Expr) -> Iterator[tuple[str, tuple[Any, ...]]]:
    index = atom.limits[0][0]
    if not atom.function.has(sp.binomial):
        return
    rest = Mul(*(f for f in Mul.make_args(atom.function) if not isinstance(f, sp.binomial)))
    base = S.One if rest == 1 else rest.base if isinstance(rest, Pow) else None
    if base is not None and index not in base.free_symbols:
        yield "every other binomial coefficient", (atom, base, sp.sqrt(base))


def _bernoulli(atom: Expr) -> Instances:
    found: Instances = [("odd Bernoulli number", (atom,))]
    return [*found, ("Bernoulli number", (atom,))]


def _totient(atom: Expr) -> Instances:
    (inside,) = atom.args
    base, exponent = inside.as_base_exp()
    if isinstance(base, Integer) and base != 1 and exponent != 1:
        return [("totient of a power of a prime", (atom, base, exponent))]
    factor, rest = inside.as_coeff_Mul()
    primes = sp.factorint(factor) if isinstance(factor, Integer) else {}
    return [
        ("totient of a multiple", (S(p), factor / p * rest, S(case)))
        for p in primes
        for case in (0, 1)
    ]


SEQUENCES: dict[type, Any] = {sp.bernoulli: _bernoulli, sp.totient: _totient}
