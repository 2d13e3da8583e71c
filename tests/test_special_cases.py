"""Splits at special values: what they prove, and that no false twin passes."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from sympy import I, Integral, Range, S, Symbol, exp, log, pi, sinc, sqrt

from proofcheck import kernel
from proofcheck.definedness import needs
from proofcheck.domains import Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.special_cases import SpecialCases
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import AnyOf, Condition, Defined, Relation

x, y = Symbol("x", real=True), Symbol("y", real=True)
z, w = Symbol("z", complex=True), Symbol("w", complex=True)
n, c = Symbol("n", integer=True), Symbol("c", nonnegative=True)
CONTEXT = Context((
    Variable(x, S.Reals), Variable(y, S.Reals), Variable(z, S.Complexes), Variable(w, S.Complexes),
    Variable(n, Range(0, sp.oo)), Variable(c, sp.Interval(0, sp.oo)),
))  # fmt: skip


def certified(goal: Condition, *assumed: Condition) -> bool:
    """Tell whether the engine finds a certificate that the kernel takes."""
    obligation = Obligation("conclusion", goal, CONTEXT.assuming(*assumed))
    certificate = SpecialCases().prove(obligation, Budget.lasting(20))
    if certificate is None:
        return False
    kernel.prove(obligation, certificate)
    return True


def at_zero(value: Any) -> sp.Piecewise:
    return sp.Piecewise((sp.sin(z) / z, sp.Ne(z, 0)), (value, True))


@pytest.mark.parametrize(("lhs", "rhs"), [
    (sinc(z), at_zero(1)),
    (sinc(2 * z), sinc(z) * sp.cos(z)),
    (sinc(z), Integral(exp(I * z * x), (x, -1, 1)) / 2),
    (sqrt(z - c * z**2), sqrt(z) * sqrt(1 - c * z)),
    (sqrt(z / (z + c)), sqrt(z) / sqrt(z + c)),
    (log(z * (1 - c * z)), log(z) + log(1 - c * z)),
], ids=str)  # fmt: skip
def test_equalities_with_a_special_value(lhs: Any, rhs: Any) -> None:
    needed = [need.condition for side in (lhs, rhs) for need in needs(side)]
    assert certified(Relation(lhs, "eq", rhs), *needed)


@pytest.mark.parametrize(("lhs", "rhs"), [
    (sinc(z), at_zero(2)),
    (sinc(2 * z), 2 * sinc(z) * sp.cos(z)),
    (sinc(z), Integral(exp(I * z * x), (x, -1, 1))),
    (sinc(pi * n), S.Zero),
    (sqrt(z + c * z**2), sqrt(z) * sqrt(1 + c * z)),
    (sqrt(z / (z - c)), sqrt(z) / sqrt(z - c)),
    (sqrt(z * w), sqrt(z) * sqrt(w)),
    (sqrt(z**2), z),
    (log(z * (1 + c * z)), log(z) + log(1 + c * z)),
    (log(z / (1 - c * z)), log(z) - log(1 - c * z)),
    (sinc(z) * z + sp.Piecewise((1, sp.Eq(z, 0)), (0, True)), sp.sin(z)),
], ids=str)  # fmt: skip
def test_false_twins(lhs: Any, rhs: Any) -> None:
    needed = [need.condition for side in (lhs, rhs) for need in needs(side)]
    assert not certified(Relation(lhs, "eq", rhs), *needed)


def test_a_disjunction_by_what_one_part_excludes() -> None:
    either = AnyOf((Relation(y, "ne", S.Zero), Relation(x, "ne", S.Zero)))
    assert certified(either, Relation(x + I * y, "ne", S.Zero))
    assert not certified(either, Relation(x + I * y, "ne", S.One))
    assert not certified(either)


def test_a_disjunction_with_a_part_that_has_no_negation() -> None:
    either = AnyOf((Defined(sp.totient(n)), Relation(sp.Mod(n, 2), "ne", S.Zero)))
    assert not certified(either)
