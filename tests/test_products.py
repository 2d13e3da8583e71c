"""Products of premises and orders of the variables: inequalities that they prove, and do not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from forging import rejects, where
from sympy import Interval, Rational, S, oo, symbols

from proofcheck import kernel
from proofcheck.certificates import Certificate, Split, Squares, Term
from proofcheck.engines._linear import combination
from proofcheck.engines._products import by_orders, by_products
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Greater, GreaterEqual, Less, LessEqual, Relation

a, b, c, x, y, z = symbols("a b c x y z", real=True)
HALF, POSITIVE, UNIT = Interval(0, oo), Interval.open(0, oo), Interval(0, 1)
ABC = where((a, HALF), (b, HALF), (c, HALF))
SIDES = where(
    (a, POSITIVE), (b, POSITIVE), (c, POSITIVE),
    assuming=(Less(a, b + c), Less(b, a + c), Less(c, a + b)),
)  # fmt: skip
CUBE = where((x, UNIT), (y, UNIT), (z, UNIT))
SMALL = Rational(1, 10**6)
SCHUR = a * (a - b) * (a - c) + b * (b - a) * (b - c) + c * (c - a) * (c - b)
NESBITT = a / (b + c) + b / (a + c) + c / (a + b)
CUBES = a**3 + b**3 + c**3

TRUE: list[tuple[Relation, Context]] = [
    (GreaterEqual(SCHUR, 0), ABC),
    (GreaterEqual(NESBITT, Rational(3, 2)), where((a, POSITIVE), (b, POSITIVE), (c, POSITIVE))),
    (Greater(a * b + b * c + c * a, (a**2 + b**2 + c**2) / 2), SIDES),
    (LessEqual((b + c - a) * (a + c - b) * (a + b - c), a * b * c), SIDES),
    (LessEqual(x**2 * y + y**2 * z + z**2 * x, 1 + 2 * x * y * z), CUBE),
    (Greater(x**3 + y**3 - x * y, -S.Half), CUBE),
]
FALSE: list[tuple[Relation, Context]] = [
    (GreaterEqual(SCHUR - SMALL * CUBES, 0), ABC),
    (Greater(SCHUR, 0), ABC),
    (
        GreaterEqual(NESBITT, Rational(3, 2) + SMALL),
        where((a, POSITIVE), (b, POSITIVE), (c, POSITIVE)),
    ),
    (Greater(a * b + b * c + c * a, (a**2 + b**2 + c**2) * (S.Half + SMALL)), SIDES),
    (LessEqual((b + c - a) * (a + c - b) * (a + b - c), a * b * c * (1 - SMALL)), SIDES),
    (LessEqual(x**2 * y + y**2 * z, 2 - SMALL), where((x, UNIT), (y, UNIT), (z, UNIT))),
]


def found(goal: Relation, context: Context) -> Certificate | None:
    """Return the certificate of the search, if there is one and the kernel takes it."""
    for search in (by_products, by_orders):
        certificate = search(goal, context, Budget.lasting(1))
        if certificate is not None:
            kernel.prove(Obligation("conclusion", goal, context), certificate)
            return certificate
    return None


@pytest.mark.parametrize(("goal", "context"), TRUE, ids=str)
def test_it_is_proved(goal: Relation, context: Context) -> None:
    assert found(goal, context) is not None


@pytest.mark.parametrize(("goal", "context"), FALSE, ids=str)
def test_what_is_false_by_a_millionth_is_not_proved(goal: Relation, context: Context) -> None:
    assert found(goal, context) is None


def test_forged_weights_and_premises_are_rejected() -> None:
    context = where((x, UNIT), (y, UNIT))
    goal = GreaterEqual(x + y - x * y, 0)
    certificate = by_products(goal, context, Budget.lasting(5))
    assert isinstance(certificate, Squares)
    kernel.prove(Obligation("conclusion", goal, context), certificate)
    first, *rest = certificate.terms
    for forged in (
        replace(first, weight=-first.weight),
        replace(first, weight=first.weight + SMALL),
        replace(first, factors=(*first.factors, 4)),
        replace(first, factors=(-1,)),
    ):
        rejects(goal, context, replace(certificate, terms=(forged, *rest)))
    # x*y = x*y is no proof that it is not negative on the line
    line = where((x, S.Reals), (y, S.Reals))
    rejects(GreaterEqual(x * y, 0), line, Squares((Term(S.One, S.One, (0, 1)),)))
    rejects(Greater(x * y, 0), context, Squares((Term(S.One, S.One, (0, 2)),)))


def test_each_order_needs_its_own_proof() -> None:
    goal = GreaterEqual(SCHUR, 0)
    certificate = by_orders(goal, ABC, Budget.lasting(5))
    assert isinstance(certificate, Split)
    rejects(goal, ABC, replace(certificate, otherwise=certificate.then))
    rejects(goal, ABC, certificate.then)


def test_combinations_are_exact_and_not_negative() -> None:
    columns = [{"p": Fraction(1), "q": Fraction(2)}, {"q": Fraction(1)}, {"p": Fraction(-1)}]
    target = {"p": Fraction(1, 3), "q": Fraction(5)}
    weights = combination(columns, target, lambda: False)
    assert weights is not None
    assert min(weights) >= 0
    for key in ("p", "q"):
        total = sum(w * one.get(key, 0) for w, one in zip(weights, columns, strict=True))
        assert total == target[key]
    assert combination(columns, {"q": Fraction(-1)}, lambda: False) is None
    assert combination(columns, {"r": Fraction(1)}, lambda: False) is None
    wanted = combination(columns, {"p": Fraction(0)}, lambda: False, (0,))
    assert wanted is None
    assert combination([{"p": Fraction(1)}, {"p": Fraction(1)}], {"p": Fraction(1)},
                       lambda: False, (1,)) == [0, 1]  # fmt: skip
    assert combination(columns, target, lambda: True) is None
