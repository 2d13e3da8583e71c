"""Known inequalities between numbers that count something, each with its conditions.  Trusted."""

from __future__ import annotations

import sympy as sp
from sympy import E, Expr, GoldenRatio, Rational, S, exp, log, pi, sqrt

from proofcheck.identities.equations import (
    Inequalities,
    Inequality,
    at_least,
    integer,
    known,
)
from proofcheck.relations import Condition, Relation

ARITHMETIC = Inequalities()


def whole(least: int, *numbers: Expr) -> tuple[Condition, ...]:
    """Return that each of ``numbers`` is an integer and at least ``least``."""
    return tuple(condition for n in numbers for condition in (integer(n), at_least(n, least)))


@ARITHMETIC.rule("number of primes from below")
def primes_from_below(x: Expr) -> Inequality:
    """``pi(x) > x/log(x)`` for x >= 17.

    J. B. Rosser, L. Schoenfeld, "Approximate formulas for some functions of prime numbers",
    Illinois J. Math. 6 (1962), corollary 1.
    """
    return known(sp.primepi(x), "gt", x / log(x), at_least(x, 17))


@ARITHMETIC.rule("number of primes from above")
def primes_from_above(x: Expr) -> Inequality:
    """``pi(x) < 1.25506 x/log(x)`` for x > 1 (Rosser, Schoenfeld, as above)."""
    bound = Rational(125506, 10**5) * x / log(x)
    return known(sp.primepi(x), "lt", bound, Relation(x, "gt", S.One))


@ARITHMETIC.rule("Bertrand's postulate")
def bertrand(x: Expr) -> Inequality:
    """Chebyshev: there is a prime p with x < p <= 2x, for x >= 1."""
    return known(sp.primepi(2 * x) - sp.primepi(x), "ge", 1, at_least(x, 1))


@ARITHMETIC.rule("totient of a product")
def totient_of_a_product(m: Expr, n: Expr) -> Inequality:
    """``phi(m) phi(n) <= phi(m n)``: the ratio is phi(d)/d <= 1 with d their common divisor."""
    return known(sp.totient(m) * sp.totient(n), "le", sp.totient(m * n), *whole(1, m, n))


@ARITHMETIC.rule("totient from below")
def totient_from_below(n: Expr) -> Inequality:
    """``phi(n) >= sqrt(n/2)``, prime power by prime power."""
    return known(sp.totient(n), "ge", sqrt(n / 2), *whole(1, n))


@ARITHMETIC.rule("totient from above")
def totient_from_above(n: Expr) -> Inequality:
    """``phi(n) <= n - 1`` for n >= 2."""
    return known(sp.totient(n), "le", n - 1, *whole(2, n))


@ARITHMETIC.rule("growth of the partitions")
def growth_of_the_partitions(n: Expr) -> Inequality:
    """``p(n) < p(n + 1)`` for n >= 1: add a part 1; the partition n + 1 has no such part."""
    return known(sp.partition(n), "lt", sp.partition(n + 1), *whole(1, n))


@ARITHMETIC.rule("partitions from above")
def partitions_from_above(n: Expr) -> Inequality:
    """``p(n) < exp(pi sqrt(2n/3))`` for n >= 1 (T. Apostol, "Introduction to ANT", 14.5)."""
    return known(sp.partition(n), "lt", exp(pi * sqrt(2 * n / 3)), *whole(1, n))


@ARITHMETIC.rule("growth of the Bell numbers")
def growth_of_the_bell_numbers(n: Expr) -> Inequality:
    """``B_(n+1) >= 2 B_n`` for n >= 1: n + 1 joins the block of n, or opens one."""
    return known(sp.bell(n + 1), "ge", 2 * sp.bell(n), *whole(1, n))


@ARITHMETIC.rule("Bell numbers do not fall")
def bell_numbers_do_not_fall(n: Expr) -> Inequality:
    """``B_(n+1) >= B_n`` for n >= 0: a new element may form a block of its own."""
    return known(sp.bell(n + 1), "ge", sp.bell(n), *whole(0, n))


@ARITHMETIC.rule("Bell numbers by their predecessors")
def bell_by_its_predecessor(n: Expr) -> Inequality:
    """``B_(n+1) <= (n + 1) B_n`` for n >= 0: at most n blocks to join, or one of its own."""
    return known(sp.bell(n + 1), "le", (n + 1) * sp.bell(n), *whole(0, n))


@ARITHMETIC.rule("Bell numbers from three on")
def bell_from_three_on(n: Expr) -> Inequality:
    """``B_(n+1) >= 3 B_n`` for n >= 3: ``B_(n+1)/B_n`` does not fall (convexity), B_4/B_3 is 3."""
    return known(sp.bell(n + 1), "ge", 3 * sp.bell(n), *whole(3, n))


@ARITHMETIC.rule("Bell numbers by less than the order")
def bell_by_less_than_the_order(n: Expr) -> Inequality:
    """``B_(n+1) < n B_n`` for n >= 4: 52 < 4*15, and from n - 1 to n by Engel's inequality.

    ``B_(n+1)/B_n <= (1 + 1/n) B_n/B_(n-1) < (1 + 1/n)(n - 1) < n``.
    """
    return known(sp.bell(n + 1), "lt", n * sp.bell(n), *whole(4, n))


@ARITHMETIC.rule("Bell numbers by powers")
def bell_by_powers(n: Expr, k: Expr) -> Inequality:
    """``B_n >= k**(n - k)`` for n >= 0, k >= 0: blocks of 1, ..., k, the others join any of them.

    For k > n the power is at most 1, and for k = 0 it is 0**n.
    """
    return known(sp.bell(n), "ge", k ** (n - k), *whole(0, n, k))


@ARITHMETIC.rule("Bell numbers by factorials")
def bell_by_a_factorial(n: Expr) -> Inequality:
    """``B_n <= n!`` for n >= 0: the cycles of a permutation are a partition, each is one."""
    return known(sp.bell(n), "le", sp.factorial(n), *whole(0, n))


@ARITHMETIC.rule("sum of divisors times totient from below")
def divisors_times_totient_from_below(n: Expr) -> Inequality:
    """``sigma(n) phi(n) > 6 n**2/pi**2`` for n >= 1 (Hardy, Wright, theorem 329)."""
    size = sp.divisor_sigma(n, 1) * sp.totient(n)
    return known(size, "gt", 6 * n**2 / pi**2, *whole(1, n))


@ARITHMETIC.rule("sum of divisors times totient from above")
def divisors_times_totient_from_above(n: Expr) -> Inequality:
    """``sigma(n) phi(n) <= n**2`` for n >= 1 (Hardy, Wright, theorem 329)."""
    size = sp.divisor_sigma(n, 1) * sp.totient(n)
    return known(size, "le", n**2, *whole(1, n))


@ARITHMETIC.rule("Bell numbers from below")
def bell_from_below(n: Expr) -> Inequality:
    """``B_n >= (n/(e log(n)))**n`` for n >= 2 (D. Berend, T. Tassa, PMS 30 (2010))."""
    return known(sp.bell(n), "ge", (n / (E * log(n))) ** n, *whole(2, n))


@ARITHMETIC.rule("Bell numbers from above")
def bell_from_above(n: Expr) -> Inequality:
    """``B_n < (0.792 n/log(n + 1))**n`` for n >= 1 (Berend, Tassa, theorem 2.1)."""
    return known(sp.bell(n), "lt", (Rational(99, 125) * n / log(n + 1)) ** n, *whole(1, n))


@ARITHMETIC.rule("convexity of the Bell numbers")
def convexity_of_the_bell_numbers(n: Expr) -> Inequality:
    """``B_n**2 <= B_(n-1) B_(n+1)`` for n >= 1: moments of a measure (Dobinski's formula)."""
    return known(sp.bell(n) ** 2, "le", sp.bell(n - 1) * sp.bell(n + 1), *whole(1, n))


@ARITHMETIC.rule("Engel's inequality")
def engel(n: Expr) -> Inequality:
    """``B_(n-1) B_(n+1) <= (1 + 1/n) B_n**2`` for n >= 1.

    E. R. Canfield, "Engel's inequality for Bell numbers", J. Comb. Theory A 72 (1995).
    """
    bound = (1 + 1 / n) * sp.bell(n) ** 2
    return known(sp.bell(n - 1) * sp.bell(n + 1), "le", bound, *whole(1, n))


@ARITHMETIC.rule("Fibonacci numbers from below")
def fibonacci_from_below(n: Expr) -> Inequality:
    """``F_n >= phi**(n - 2)`` for n >= 1, by induction."""
    return known(sp.fibonacci(n), "ge", GoldenRatio ** (n - 2), *whole(1, n))


@ARITHMETIC.rule("Fibonacci numbers from above")
def fibonacci_from_above(n: Expr) -> Inequality:
    """``F_n <= phi**(n - 1)`` for n >= 1, by induction."""
    return known(sp.fibonacci(n), "le", GoldenRatio ** (n - 1), *whole(1, n))


@ARITHMETIC.rule("binomial coefficient from above")
def binomial_from_above(n: Expr, k: Expr) -> Inequality:
    """``C(n, k) <= (e n/k)**k`` for n >= 0, k >= 1: ``k**k/k! <= exp(k)``."""
    return known(sp.binomial(n, k), "le", (E * n / k) ** k, *whole(0, n), *whole(1, k))


@ARITHMETIC.rule("binomial coefficient from above, over powers")
def binomial_over_powers(n: Expr, k: Expr) -> Inequality:
    """``C(n, k) <= (e n)**k/k**k`` for n >= 0, k >= 0, where 0**0 is 1."""
    return known(sp.binomial(n, k), "le", (E * n) ** k / k**k, *whole(0, n, k))


@ARITHMETIC.rule("binomial coefficient by a power")
def binomial_by_a_power(n: Expr, k: Expr) -> Inequality:
    """``C(n, k) <= n**k/k!`` for n >= 0, k >= 0."""
    return known(sp.binomial(n, k), "le", n**k / sp.factorial(k), *whole(0, n, k))


@ARITHMETIC.rule("binomial coefficient among all subsets")
def binomial_among_all_subsets(n: Expr, k: Expr) -> Inequality:
    """``C(n, k) <= 2**n`` for n >= 0: there are so many subsets."""
    return known(sp.binomial(n, k), "le", 2**n, *whole(0, n), integer(k))


@ARITHMETIC.rule("binomial coefficient from below")
def binomial_from_below(n: Expr, k: Expr) -> Inequality:
    """``C(n, k) >= (n/k)**k`` for 1 <= k <= n: each of the k factors is at least n/k."""
    return known(
        sp.binomial(n, k), "ge", (n / k) ** k, *whole(1, k), integer(n), Relation(n, "ge", k)
    )


@ARITHMETIC.rule("binomial coefficient as a term")
def binomial_as_a_term(n: Expr, k: Expr) -> Inequality:
    """``C(n, k) k**k (n-k)**(n-k) <= n**n`` for 0 <= k <= n: a term of (k + (n - k))**n."""
    bound = n**n * (n - k) ** (k - n) / k**k
    conditions = (*whole(0, k), integer(n), Relation(n, "ge", k))
    return known(sp.binomial(n, k), "le", bound, *conditions)


@ARITHMETIC.rule("factorial by a power")
def factorial_by_a_power(n: Expr) -> Inequality:
    """``n! <= n**n`` for n >= 0, factor by factor."""
    return known(sp.factorial(n), "le", n**n, *whole(0, n))


def around(n: Expr, k: Expr) -> tuple[Condition, ...]:
    """Return ``1 <= k <= n - 1`` for integers."""
    return (*whole(1, k), integer(n), Relation(n, "ge", k + 1))


def by_stirling(n: Expr, k: Expr, scale: Expr) -> Expr:
    """Return ``sqrt(n/(scale*k*(n-k))) n**n/(k**k (n-k)**(n-k))``."""
    return sqrt(n / (scale * k * (n - k))) * n**n * (n - k) ** (k - n) / k**k


@ARITHMETIC.rule("binomial coefficient by Stirling from above")
def binomial_by_stirling_from_above(n: Expr, k: Expr) -> Inequality:
    """``C(n, k) < sqrt(n/(2 pi k(n-k))) n**n/(k**k (n-k)**(n-k))`` for 1 <= k <= n - 1.

    F. MacWilliams, N. Sloane, "The Theory of Error-Correcting Codes", chapter 10, lemma 7.
    """
    return known(sp.binomial(n, k), "lt", by_stirling(n, k, 2 * pi), *around(n, k))


@ARITHMETIC.rule("binomial coefficient by Stirling from below")
def binomial_by_stirling_from_below(n: Expr, k: Expr) -> Inequality:
    """``C(n, k) >= sqrt(n/(8 k(n-k))) n**n/(k**k (n-k)**(n-k))`` for 1 <= k <= n - 1 (as above)."""
    return known(sp.binomial(n, k), "ge", by_stirling(n, k, S(8)), *around(n, k))


@ARITHMETIC.rule("factorial by Robbins")
def factorial_by_robbins(n: Expr) -> Inequality:
    """``n! > sqrt(2 pi) n**(n + 1/2) exp(-n) exp(1/(12n + 1))`` for n >= 0.

    H. Robbins, "A remark on Stirling's formula", Amer. Math. Monthly 62 (1955); 1 > 0 for n = 0.
    """
    bound = sqrt(2 * pi) * n ** (n + S.Half) * exp(-n) * exp(1 / (12 * n + 1))
    return known(sp.factorial(n), "gt", bound, *whole(0, n))
