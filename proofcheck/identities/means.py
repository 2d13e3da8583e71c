"""Arithmetic and geometric means, of monomials and with any weights.  Trusted.

G. Hardy, J. Littlewood, G. Polya, "Inequalities", 2.5: for numbers ``u_i >= 0`` and weights
``w_i > 0`` with sum 1, the product of ``u_i**w_i`` is at most the sum of ``w_i u_i``.
"""

from __future__ import annotations

from sympy import Add, Expr, Mul, Rational, S

from proofcheck.identities.equations import (
    Inequalities,
    Inequality,
    demand,
    known,
    nonnegative,
    positive,
    real,
)
from proofcheck.relations import Condition, Relation

MEANS = Inequalities()


@MEANS.rule("weighted means")
def weighted_means(*flat: Expr) -> Inequality:
    """``u_1**w_1 ... u_n**w_n <= w_1 u_1 + ... + w_n u_n``, from ``u_1, w_1, u_2, w_2, ...``.

    For ``u_i >= 0``, ``w_i > 0`` and ``w_1 + ... + w_n = 1``.
    """
    demand(len(flat) >= 2 and len(flat) % 2 == 0, "not numbers and their weights in turn")
    terms, weights = flat[::2], flat[1::2]
    pairs = tuple(zip(terms, weights, strict=True))
    conditions: list[Condition] = [nonnegative(u) for u in terms]
    conditions += [positive(w) for w in weights]
    conditions.append(Relation(Add(*weights), "eq", S.One))
    product = Mul(*(u**w for u, w in pairs))
    return known(product, "le", Add(*(w * u for u, w in pairs)), *conditions)


@MEANS.rule("means of monomials")
def means_of_monomials(sign: Expr, count: Expr, *flat: Expr) -> Inequality:
    """``sign * x**b <= sum of w_j x**a_j`` with ``b = sum of w_j a_j``; x are ``count`` numbers.

    After ``sign``, which is 1 or -1, and ``count`` come the numbers x and then, for each j, the
    weight w_j, a positive rational, and the exponents a_j, which are integers, not negative; b must
    be such, and the weights have sum 1.  A number is real, and it is not negative unless all its
    exponents a_j are even: so ``x**a_j = |x|**a_j``, and ``|x|**b`` is the geometric mean of these,
    also where some are 0.

    B. Reznick, "Forms derived from the arithmetic-geometric inequality", Math. Ann. 283 (1989);
    S. Iliman, T. de Wolff, "Amoebas, nonnegative polynomials and sums of squares supported on
    circuits", Research in the Mathematical Sciences 3 (2016).
    """
    demand(sign in (1, -1), f"{sign} is no sign")
    demand(count.is_Integer and 0 < count < len(flat), f"{count} does not count the numbers")
    size = int(count)
    numbers, table = flat[:size], flat[size:]
    demand(len(table) % (size + 1) == 0, "a row is not a weight and the exponents")
    rows = [table[start : start + size + 1] for start in range(0, len(table), size + 1)]
    for weight, *exponents in rows:
        demand(isinstance(weight, Rational) and weight > 0, f"{weight} is no positive rational")
        for exponent in exponents:
            demand(exponent.is_Integer and exponent >= 0, f"{exponent} is no exponent")
    demand(Add(*(row[0] for row in rows)) == 1, "the weights do not have the sum 1")
    mean = [Add(*(row[0] * row[place + 1] for row in rows)) for place in range(size)]
    conditions: list[Condition] = []
    for place, number in enumerate(numbers):
        demand(mean[place].is_Integer, f"{mean[place]} is no exponent")
        even = all(row[place + 1] % 2 == 0 for row in rows)
        conditions.append(real(number) if even else nonnegative(number))
    monomials = [(row[0], _monomial(numbers, row[1:])) for row in rows]
    return known(
        sign * _monomial(numbers, mean), "le", Add(*(w * m for w, m in monomials)), *conditions
    )


def _monomial(numbers: tuple[Expr, ...], exponents: tuple[Expr, ...] | list[Expr]) -> Expr:
    return Mul(*(number**exponent for number, exponent in zip(numbers, exponents, strict=True)))
