"""Rules for numbers that count: against sums written out, and false twins that must not fit."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import Integer, Mod, Rational, S, Sum, Symbol, binomial, factorial, floor

from proofcheck.identities import Inapplicable, instance
from proofcheck.relations import AnyOf, Condition, Member, Relation

n, k, j = (Symbol(name, integer=True) for name in "nkj")
x = Symbol("x")
bell, p, phi, sigma, B = sp.bell, sp.partition, sp.totient, sp.divisor_sigma, sp.bernoulli
INNER = Sum((-1) ** j / factorial(j), (j, 0, n - k))

TRUE: list[tuple[str, tuple[Any, ...]]] = [
    ("odd Bernoulli number", (B(n, 0),)),
    ("odd Bernoulli number", (B(n),)),
    ("Bernoulli number", (B(n, 0),)),
    ("Bernoulli polynomial shift", (n, x)),
    ("Bernoulli polynomial reflection", (n, x)),
    ("zeta by a Bernoulli polynomial", (sp.zeta(n),)),
    ("zeta by a Bernoulli polynomial", (sp.zeta(-n),)),
    ("zeta by a Bernoulli polynomial", (sp.zeta(1 - n, x),)),
    ("zeta at an even integer", (sp.zeta(n),)),
    ("totient of a power of a prime", (phi(2**n), 2, n)),
    ("totient of a power of a prime", (phi(7 ** (n + 2)), 7, n + 2)),
    ("totient of a multiple", (2, n, 1)),
    ("totient of a multiple", (2, n, 0)),
    ("totient of a multiple", (3, n, 1)),
    ("totient of a multiple", (3, n, 0)),
    ("sum over the integer parts of quotients", (Sum(phi(k) * floor(n / k), (k, 1, n)),)),
    ("sum over the integer parts of quotients", (Sum(sp.mobius(k) * floor(n / k), (k, 1, n)),)),
    ("sum over the integer parts of quotients", (Sum(floor(n / k), (k, 1, n)),)),
    ("partitions by divisors", (Sum(sigma(n - k, 1) * p(k), (k, 0, n - 1)),)),
    ("partitions by divisors", (Sum(sigma(k, 1) * p(n - k), (k, 1, n)),)),
    ("Bell number as a sum", (Sum(binomial(n, k) * bell(k), (k, 0, n)),)),
    ("Bell number as a sum", (Sum(k**n / factorial(k) * INNER, (k, 1, n)),)),
    ("Bell number as a sum", (Sum(k**n / factorial(k) * INNER, (k, 0, n)),)),
    ("Catalan number as a sum", (Sum(sp.catalan(k) * sp.catalan(n - k), (k, 0, n)),)),
    *(
        (
            "every other binomial coefficient",
            (Sum(binomial(n, 2 * k + b) * S(q) ** k, (k, 0, high)), q, sp.sqrt(q)),
        )
        for b in (0, 1)
        for q in (1, 5, -3, Rational(4, 9))
        for high in (floor((n - b) / S(2)), n)
    ),
]


def holds(condition: Condition, at: dict[Any, Any]) -> bool:
    """Tell whether a condition of these rules holds at a point."""
    match condition:
        case AnyOf():
            return any(holds(part, at) for part in condition.conditions)
        case Member():
            return bool(condition.set.contains(condition.element.subs(at)))
        case Relation():
            difference = sp.expand((condition.lhs - condition.rhs).subs(at))
            if condition.operator == "ge":
                return bool(difference >= 0)
            return bool((difference == 0) == (condition.operator == "eq"))
    raise AssertionError(condition)


def value(expression: Any, at: dict[Any, Any]) -> Any:
    """Return the exact value; a sum with no summands is zero."""
    expression = expression.subs({n: at[n]})
    for _ in range(2):
        for total in expression.atoms(Sum):
            ((index, low, high),) = total.limits
            if low.is_Integer and high.is_Integer and not total.function.atoms(Sum) - {total}:
                parts = (total.function.subs(index, i) for i in range(int(low), int(high) + 1))
                expression = expression.xreplace({total: sp.Add(*parts)})
            elif low.is_Integer and high.is_Integer:
                parts = (
                    value(total.function.subs(index, i), at) for i in range(int(low), int(high) + 1)
                )
                expression = expression.xreplace({total: sp.Add(*parts)})
    return expression.subs(at).doit()


@pytest.mark.parametrize(("rule", "arguments"), TRUE, ids=lambda part: str(part)[:60])
def test_the_rule_holds_where_its_conditions_do(rule: str, arguments: tuple[Any, ...]) -> None:
    equation = instance(rule, tuple(map(sp.sympify, arguments)))
    tested = 0
    for number in range(-3, 8):
        for place in (S.Zero, S.One, Rational(2, 3), Rational(-5, 2)):
            at = {n: Integer(number), x: place}
            if not all(holds(condition, at) for condition in equation.conditions):
                continue
            difference = value(equation.atom, at) - value(equation.replacement, at)
            assert sp.expand(difference) == 0, at
            tested += 1
    assert tested >= 8


@pytest.mark.parametrize(("rule", "arguments", "outside"), [
    ("odd Bernoulli number", (B(n, 0),), {n: 1}),
    ("odd Bernoulli number", (B(n, 0),), {n: 4}),
    ("Bernoulli number", (B(n, 0),), {n: 1}),
    ("Bernoulli polynomial shift", (n, x), {n: 0, x: 0}),
    ("zeta by a Bernoulli polynomial", (sp.zeta(-n),), {n: -2}),
    ("zeta at an even integer", (sp.zeta(n),), {n: 0}),
    ("zeta at an even integer", (sp.zeta(n),), {n: 3}),
    ("totient of a power of a prime", (phi(2**n), 2, n), {n: 0}),
    ("totient of a multiple", (2, n, 1), {n: 3}),
    ("totient of a multiple", (2, n, 0), {n: 4}),
    ("totient of a multiple", (2, n, 1), {n: 0}),
    ("sum over the integer parts of quotients",
     (Sum(sp.mobius(k) * floor(n / k), (k, 1, n)),), {n: 0}),
    ("Bell number as a sum", (Sum(k**n / factorial(k) * INNER, (k, 1, n)),), {n: 0}),
    ("partitions by divisors", (Sum(sigma(n - k, 1) * p(k), (k, 0, n - 1)),), {n: -1}),
    ("every other binomial coefficient",
     (Sum(binomial(n, 2 * k + 1) * 5**k, (k, 0, n)), 5, sp.sqrt(5)), {n: -1}),
    ("every other binomial coefficient",
     (Sum(binomial(n, 2 * k + 1) * 5**k, (k, 0, n)), 5, sp.sqrt(3)), {n: 2}),
], ids=lambda part: str(part)[:60])  # fmt: skip
def test_what_the_conditions_keep_out(
    rule: str, arguments: tuple[Any, ...], outside: dict[Any, Any]
) -> None:
    equation = instance(rule, tuple(map(sp.sympify, arguments)))
    at = {symbol: S(number) for symbol, number in outside.items()}
    assert not all(holds(condition, at) for condition in equation.conditions)


@pytest.mark.parametrize(("rule", "arguments"), [
    ("odd Bernoulli number", (B(n, 1, evaluate=False),)),
    ("odd Bernoulli number", (B(n, x),)),
    ("Bernoulli number", (B(n, x),)),
    ("Bernoulli number", (B(n),)),
    ("zeta at an even integer", (sp.zeta(n, x),)),
    ("totient of a power of a prime", (phi(4**n), 4, n)),
    ("totient of a power of a prime", (phi(2**n), 2, n + 1)),
    ("totient of a multiple", (6, n, 0)),
    ("sum over the integer parts of quotients", (Sum(phi(k) * floor(n / k), (k, 0, n)),)),
    ("sum over the integer parts of quotients", (Sum(phi(k) * floor(n / k), (k, 1, n - 1)),)),
    ("sum over the integer parts of quotients", (Sum(phi(k) * floor((n + 1) / k), (k, 1, n)),)),
    ("sum over the integer parts of quotients", (Sum(phi(k), (k, 1, n)),)),
    ("partitions by divisors", (Sum(sigma(n - k, 1) * p(k), (k, 0, n)),)),
    ("partitions by divisors", (Sum(sigma(n - k, 1) * p(k), (k, 1, n - 1)),)),
    ("partitions by divisors", (Sum(sigma(n - k, 2) * p(k), (k, 0, n - 1)),)),
    ("partitions by divisors", (Sum(sigma(k, 1) * p(n - k), (k, 1, n - 1)),)),
    ("Bell number as a sum", (Sum(binomial(n, k) * bell(k), (k, 1, n)),)),
    ("Bell number as a sum", (Sum(binomial(n, k) * bell(k), (k, 0, n - 1)),)),
    ("Bell number as a sum", (Sum(k**n / factorial(k) * INNER, (k, 1, n - 1)),)),
    ("Bell number as a sum", (Sum(k ** (n + 1) / factorial(k) * INNER, (k, 1, n)),)),
    ("Catalan number as a sum", (Sum(sp.catalan(k) * sp.catalan(n - k), (k, 1, n)),)),
    ("every other binomial coefficient",
     (Sum(binomial(n, 2 * k) * 5**k, (k, 0, floor(n / 2) - 1)), 5, sp.sqrt(5))),
    ("every other binomial coefficient", (Sum(binomial(n, 2 * k + 2) * 5**k, (k, 0, n)), 5, 1)),
    ("every other binomial coefficient", (Sum(binomial(n, 2 * k) * 5**k, (k, 1, n)), 5, 1)),
    ("every other binomial coefficient", (Sum(binomial(n, 2 * k) * k**k, (k, 0, n)), k, 1)),
], ids=lambda part: str(part)[:60])  # fmt: skip
def test_other_sums_do_not_fit(rule: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(Inapplicable):
        instance(rule, tuple(map(sp.sympify, arguments)))


def test_the_index_is_no_more_than_an_integer() -> None:
    odd = Symbol("k", integer=True, odd=True)
    with pytest.raises(Inapplicable):
        instance(
            "sum over the integer parts of quotients",
            (Sum(phi(odd) * floor(n / odd), (odd, 1, n)),),
        )


def test_the_prime_divides_or_it_does_not() -> None:
    dividing = instance("totient of a multiple", (S(3), n, S.One))
    assert Relation(Mod(n, 3), "eq", S.Zero) in dividing.conditions
