"""Rewrite rules for numbers that count, arithmetic functions and Bernoulli's polynomials.  Trusted.

A finite sum is compared with the summand that its rule writes down: nothing is matched loosely.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Integer, Mul, Pow, Range, S, Sum, Symbol, binomial, factorial, floor, oo

from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    nonzero,
    still_defined,
    unless_true,
)
from proofcheck.identities.sums import modest
from proofcheck.relations import AnyOf, Condition, Member, Relation

NUMBERS = Registry()
rule = NUMBERS.rule


def counting(number: Expr, least: int) -> tuple[Condition, ...]:
    """Return that ``number`` is an integer, and at least ``least``."""
    return unless_true([Member(number, Range(least, oo))])


# Bernoulli's polynomials; SymPy's bernoulli(n) is that at 1


@rule("odd Bernoulli number")
def odd_bernoulli(atom: Expr) -> Equation:
    """``B_n = 0`` for odd ``n >= 3`` (DLMF 24.2.2)."""
    n = _number(atom)
    return Equation(atom, 1, S.Zero, (*counting(n, 3), integer((n - 1) / 2)))


@rule("Bernoulli number")
def bernoulli_number(atom: Expr) -> Equation:
    """``B_n(0) = B_n(1)`` for ``n >= 2`` (DLMF 24.4.1)."""
    n = _number(atom)
    demand(len(atom.args) == 2, f"{atom} is not a polynomial's value")
    return Equation(atom, 1, sp.bernoulli(n), counting(n, 2))


def _number(atom: Expr) -> Expr:
    demand(isinstance(atom, sp.bernoulli), f"{atom} is no Bernoulli number")
    n, *place = atom.args
    demand(place in ([], [S.Zero]), f"{atom} is no Bernoulli number")
    return n


@rule("Bernoulli polynomial shift")
def bernoulli_shift(n: Expr, x: Expr) -> Equation:
    """``B_n(x + 1) = B_n(x) + n*x**(n - 1)``, n = 0 with x not 0 (DLMF 24.4.1)."""
    atom = sp.bernoulli(n, x + 1)
    conditions: list[Condition] = [*counting(n, 0)]
    if not conditions or n.free_symbols:
        conditions.append(AnyOf((Relation(n, "ge", S.One), nonzero(x))))
    return Equation(atom, 1, sp.bernoulli(n, x) + n * Pow(x, n - 1), tuple(conditions))


@rule("Bernoulli polynomial reflection")
def bernoulli_reflection(n: Expr, x: Expr) -> Equation:
    """``B_n(1 - x) = (-1)**n*B_n(x)`` (DLMF 24.4.3)."""
    return Equation(sp.bernoulli(n, 1 - x), 1, Pow(-1, n) * sp.bernoulli(n, x), counting(n, 0))


@rule("zeta by a Bernoulli polynomial")
def zeta_by_bernoulli(atom: Expr) -> Equation:
    """``zeta(-n, a) = -B_(n+1)(a)/(n + 1)``, ``zeta(-n) = (-1)**n*B_(n+1)(0)/(n + 1)``.

    For integers ``n >= 0`` (DLMF 25.11.14, 25.6.3, 24.4.3).
    """
    demand(isinstance(atom, sp.zeta), f"{atom} is no zeta function")
    n = -atom.args[0]
    if len(atom.args) == 2:
        value = -sp.bernoulli(n + 1, atom.args[1]) / (n + 1)
    else:
        value = Pow(-1, n) * sp.bernoulli(n + 1, 0) / (n + 1)
    return Equation(atom, 1, value, counting(n, 0))


@rule("zeta at an even integer")
def zeta_at_an_even_integer(atom: Expr) -> Equation:
    """``zeta(m) = (-1)**(m/2 + 1)*(2 pi)**m*B_m/(2 m!)`` for even ``m >= 2`` (DLMF 25.6.2)."""
    demand(isinstance(atom, sp.zeta) and len(atom.args) == 1, f"{atom} is no zeta function")
    m = atom.args[0]
    value = Pow(-1, m / 2 + 1) * (2 * sp.pi) ** m * sp.bernoulli(m, 0) / (2 * factorial(m))
    return Equation(atom, 1, value, (*counting(m, 2), integer(m / 2)))


# Arithmetic functions


@rule("totient of a power of a prime")
def totient_of_a_prime_power(atom: Expr, p: Expr, n: Expr) -> Equation:
    """``phi(p**n) = p**n - p**(n - 1)`` for a prime p and integers ``n >= 1`` (DLMF 27.3.3)."""
    demand(isinstance(atom, sp.totient) and atom.args[0] == Pow(p, n), f"{atom} is none of {p}**n")
    demand(_prime(p), f"{p} is no prime number")
    return Equation(atom, 1, Pow(p, n) - Pow(p, n - 1), counting(n, 1))


@rule("totient of a multiple")
def totient_of_a_multiple(p: Expr, n: Expr, divides: Expr) -> Equation:
    """``phi(p*n) = p*phi(n)`` if the prime p divides n, else ``(p - 1)*phi(n)`` (27.3.3).

    For integers ``n >= 1``.
    """
    demand(_prime(p) and divides in (0, 1), f"{p} is no prime number")
    rest = sp.Mod(n, p)
    if divides == 1:
        return Equation(
            sp.totient(p * n), 1, p * sp.totient(n),
            (*counting(n, 1), *unless_true([Relation(rest, "eq", S.Zero)])),
        )  # fmt: skip
    return Equation(
        sp.totient(p * n), 1, (p - 1) * sp.totient(n),
        (*counting(n, 1), *unless_true([nonzero(rest)])),
    )  # fmt: skip


def _prime(p: Expr) -> bool:
    return isinstance(p, Integer) and p < 10**6 and bool(sp.isprime(int(p)))


# Finite sums


def parts_of(atom: Expr) -> tuple[Symbol, Expr, Expr, Expr]:
    """Return index, ends and summand of a sum over one index, which no end is named like."""
    demand(isinstance(atom, Sum) and len(atom.limits) == 1, f"{atom} is no single sum")
    index, low, high = atom.limits[0]
    demand(index not in low.free_symbols | high.free_symbols, f"an end is another {index}")
    demand(modest(index), f"{index} promises more than an integer")
    return index, low, high, atom.function


@rule("sum over the integer parts of quotients")
def sum_over_floors(atom: Expr) -> Equation:
    """``Sum(f(k)*floor(n/k), (k, 1, n)) = Sum(F(m), (m, 1, n))``, F the sum of f over divisors.

    F is m for the totient (DLMF 27.2.6), 0 from 2 on for the Moebius function (27.2.12), the
    number of divisors for f = 1; integers ``n >= 0``.
    """
    k, low, n, function = parts_of(atom)
    demand(low == 1, f"{atom} does not run from 1 to n")
    weight = floor(n / k)
    conditions = counting(n, 0)
    if function == sp.totient(k) * weight:
        return Equation(atom, 1, n * (n + 1) / 2, conditions)
    if function == sp.mobius(k) * weight:
        return Equation(atom, 1, S.One, counting(n, 1))
    if function == weight:
        return Equation(atom, 1, Sum(sp.divisor_sigma(k, 0), (k, 1, n)), conditions)
    raise Inapplicable(f"nothing is known of {atom}")


@rule("partitions by divisors")
def partitions_by_divisors(atom: Expr) -> Equation:
    """``Sum(sigma(n - k)*p(k), (k, 0, n - 1)) = n*p(n)``, integers ``n >= 0`` (DLMF 27.14.6)."""
    k, low, high, function = parts_of(atom)
    sigma, p = sp.divisor_sigma, sp.partition
    n = high + 1 if low == 0 else high
    demand(low in (0, 1), f"{atom} does not run up to n")
    template = sigma(n - k, 1) * p(k) if low == 0 else sigma(k, 1) * p(n - k)
    demand(function == template, f"{atom} is another sum")
    return Equation(atom, 1, n * p(n), counting(n, 0))


@rule("Bell number as a sum")
def bell_as_a_sum(atom: Expr) -> Equation:
    """``Sum(binomial(n, k)*B_k, (k, 0, n)) = B_(n+1)`` (DLMF 26.7.6), and 26.8.6 summed.

    ``B_n = Sum(k**n/k!*Sum((-1)**j/j!, (j, 0, n - k)), (k, a, n))``, where a is 0 with ``n >= 0``
    (0**0 is 1) or 1 with ``n >= 1``.
    """
    k, low, n, function = parts_of(atom)
    demand(low in (0, 1), f"{atom} does not run up to n")
    if low == 0 and function == binomial(n, k) * sp.bell(k):
        return Equation(atom, 1, sp.bell(n + 1), counting(n, 0))
    for inner in function.atoms(Sum):
        j, *_ = parts_of(inner)
        alternating = Sum(Pow(-1, j) / factorial(j), (j, 0, n - k))
        if j != k and function == Pow(k, n) / factorial(k) * alternating:
            return Equation(atom, 1, sp.bell(n), counting(n, int(low)))
    raise Inapplicable(f"nothing is known of {atom}")


@rule("Catalan number as a sum")
def catalan_as_a_sum(atom: Expr) -> Equation:
    """``Sum(C_k*C_(n-k), (k, 0, n)) = C_(n+1)``, integers ``n >= 0`` (DLMF 26.5.3)."""
    k, low, n, function = parts_of(atom)
    demand(low == 0, f"{atom} does not run from 0 to n")
    demand(function == sp.catalan(k) * sp.catalan(n - k), f"{atom} is another sum")
    return Equation(atom, 1, sp.catalan(n + 1), counting(n, 0))


@rule("every other binomial coefficient")
def every_other_binomial(atom: Expr, x: Expr, root: Expr) -> Equation:
    """``Sum(C(n, 2*k + b)*x**k, (k, 0, m)) = ((1 + r)**n + (-1)**b*(1 - r)**n)/(2*r**b)``.

    ``r**2 = x``, b = 0 or 1, m is ``floor((n - b)/2)`` or n; r is not 0 if b = 1.  The binomial
    theorem for ``1 + r`` and ``1 - r`` (DLMF 1.2.2); integers ``n >= 0``.
    """
    k, low, high, function = parts_of(atom)
    demand(low == 0 and k not in x.free_symbols | root.free_symbols, f"{atom} is another sum")
    for factor in Mul.make_args(function):
        if isinstance(factor, binomial):
            break
    else:
        raise Inapplicable(f"{atom} has no binomial coefficients")
    n, lower = factor.args
    b = sp.expand(lower - 2 * k)
    demand(b in (0, 1) and k not in n.free_symbols, f"{factor} is no other coefficient")
    demand(function == binomial(n, 2 * k + b) * Pow(x, k), f"{atom} is another sum")
    demand(high in (floor((n - b) / 2), n), f"{atom} does not run over all coefficients")
    signed = Pow(1 - root, n) * (-1 if b == 1 else 1)
    value = (Pow(1 + root, n) + signed) / (2 * root if b == 1 else 2)
    conditions = [*counting(n, 0), Relation(root**2, "eq", x)]
    if b == 1:
        conditions.append(nonzero(root))
    return Equation(atom, 1, value, (*unless_true(conditions), *still_defined(atom, root)))
