"""Evidence: its counts are honest, its points admissible, its stream the claim's own."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from sympy import (
    Abs,
    Complexes,
    Interval,
    Rational,
    Reals,
    Symbol,
    cos,
    exp,
    log,
    oo,
    sin,
    symbols,
)

from proofcheck.domains import Variable, integers
from proofcheck.engines import sampling
from proofcheck.engines._truth import admissible, truth
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Condition, Equal, Greater, Less, LessEqual

x, y, c, s = symbols("x y c s", real=True)
z = Symbol("z", complex=True)
n = Symbol("n", integer=True)


def budget(seconds: float = 60) -> Budget:
    return Budget(time.monotonic() + seconds)


def owed(goal: Condition, sets: dict[Symbol, Any], *assumptions: Condition) -> Obligation:
    variables = tuple(Variable(symbol, domain) for symbol, domain in sets.items())
    return Obligation("conclusion", goal, Context(variables, assumptions))


def test_evidence_for_a_true_equality() -> None:
    obligation = owed(Equal(sin(2 * x), 2 * sin(x) * cos(x)), {x: Reals})
    evidence, point = sampling.sample(obligation, budget(), seed=7)
    assert point is None
    assert evidence.points == sampling.WANTED
    assert evidence.digits is not None
    assert evidence.digits >= 50
    assert evidence.seed == 7
    assert evidence.undefined == evidence.unevaluable == 0


def test_points_are_distinct_and_admissible(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Any, ...]] = []
    judge = sampling.Tally._judge

    def spy(tally: sampling.Tally, point: Any, special: bool) -> bool:
        assert admissible(point, obligation.context) is True
        seen.append(tuple(point.values()))
        return judge(tally, point, special)

    monkeypatch.setattr(sampling.Tally, "_judge", spy)
    obligation = owed(
        LessEqual(x * y, 1), {x: Reals, y: Reals}, Greater(x, 0), Less(x, y), Less(y, 1)
    )
    evidence, point = sampling.sample(obligation, budget())
    assert point is None
    assert len(seen) == len(set(seen))
    assert evidence.points == sampling.WANTED


def test_equations_are_met_by_construction() -> None:
    obligation = owed(LessEqual((s + c) ** 2, 2), {s: Reals, c: Reals}, Equal(s**2 + c**2, 1))
    evidence, point = sampling.sample(obligation, budget())
    assert point is None
    assert evidence.points >= 50


def test_undefined_points_are_counted_and_never_refute() -> None:
    obligation = owed(Equal((n**2 - 1) / (n - 1), n + 1), {n: integers(-3, 3)})
    evidence, point = sampling.sample(obligation, budget())
    assert point is None
    assert evidence.undefined == 1
    assert evidence.points == 6


def test_nothing_to_count_in_a_vacuous_context() -> None:
    obligation = owed(Equal(x, x + 1), {x: Reals}, Less(x, 0), Greater(x, 1))
    evidence, point = sampling.sample(obligation, budget(10))
    assert point is None
    assert evidence.points == 0


def test_a_function_that_cannot_be_evaluated_is_no_evidence() -> None:
    from sympy import Function

    unknown = Function("unknown")
    evidence, point = sampling.sample(owed(Equal(unknown(x), unknown(x) + 1), {x: Reals}), budget())
    assert point is None
    assert evidence.points == 0
    assert evidence.unevaluable > 0


@pytest.mark.parametrize(
    ("goal", "sets"),
    [
        (Less(Abs(x - Rational(3, 10)), 10), {x: Reals}),
        (Equal(log(exp(z)), z), {z: Complexes}),
        (LessEqual(exp(x), 1 + x + x**2), {x: Interval(0, oo)}),
    ],
    ids=str,
)
def test_false_statements_yield_a_failing_point(goal: Any, sets: Any) -> None:
    obligation = owed(goal, sets)
    _, point = sampling.sample(obligation, budget())
    assert point is not None
    assert admissible(point, obligation.context) is True
    assert truth(goal, point) is False


def test_hypothesis_finds_and_shrinks() -> None:
    """The flat dyadics meet an interval that no special value and no simple fraction meets."""
    gap = Greater(Abs(x - Rational(7351, 10000)), Rational(1, 1000))
    obligation = owed(gap, {x: Interval(0, 1)})
    _, point = sampling.sample(obligation, budget(), seed=1)
    assert point is not None
    assert abs(point[x] - Rational(7351, 10000)) <= Rational(1, 1000)


def test_stream_belongs_to_claim_and_seed() -> None:
    assert sampling.seed_of("a/b", 0) == sampling.seed_of("a/b", 0)
    assert len({sampling.seed_of(name, seed) for name in ("a/b", "a/c") for seed in (0, 1)}) == 4


def test_nothing_is_written_into_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    goal = Greater(Abs(x - Rational(7351, 10000)), Rational(1, 10**7))
    sampling.sample(owed(goal, {x: Interval(0, 1)}), budget(), wanted=1000)
    assert list(tmp_path.iterdir()) == []
