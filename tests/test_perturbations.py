"""Changing one constant, sign or index of a true claim: what is changed, judged and counted."""

from __future__ import annotations

import time
from pathlib import Path

import numeric_judge
import perturbations
import pytest
from numeric_judge import NoNumber, holds
from perturbations import MEMORY, Tally, candidates, chosen, evident, judged, perturbed, run
from sympy import (
    Interval,
    KroneckerDelta,
    Reals,
    Sum,
    Symbol,
    cos,
    exp,
    pi,
    sin,
    sqrt,
    symbols,
    sympify,
)

from proofcheck.claims import claim, forall
from proofcheck.domains import integers, probabilities
from proofcheck.record import CaseRecord, CounterexampleRecord, Record
from proofcheck.relations import Equal, Greater, Less, LessEqual, NotEqual, calc
from proofcheck.runner import Limits

CLAIMS = Path(__file__).parent.parent / "claims"


@claim("the double angle")
@forall(x=Reals, y=Reals)
def double_angle(x, y):
    return Equal(sin(2 * x), 2 * sin(x) * cos(x))


@claim("a strict inequality")
@forall(x=Interval(0, 1))
def below_the_exponential(x):
    return Greater(exp(x), x)


@claim("a sum")
@forall(K=integers(2), k=lambda K: integers(1, K), h=lambda K: integers(1, K),
        p=lambda K: probabilities(K))  # fmt: skip
def other_probabilities(K, k, h, p):
    j = Symbol("j", integer=True)
    return Equal(Sum((1 - KroneckerDelta(j, k)) * p[j], (j, 1, K)), 1 - p[k])


@claim("a chain")
@forall(a=Interval.open(0, pi))
def chain(a):
    return calc(cos(a) ** 2, 1 - sin(a) ** 2, (1 - sin(a)) * (1 + sin(a)))


def test_the_judge_gives_up_on_towers_of_exponentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numeric_judge, "SECONDS", 0.5)
    tower = exp(exp(exp(exp(sympify(3)))))
    with pytest.raises(NoNumber):
        holds(Equal(tower, 1), {})


def words(one) -> list[str]:
    return [words for words, _ in perturbed(one)]


def test_constants_signs_operators_and_indices_are_changed():
    assert {"2 to 3 in the lhs", "2 to 3 in the rhs", "minus the lhs", "x to y in the lhs"} <= set(
        words(double_angle)
    )
    assert "gt to lt" in words(below_the_exponential)
    assert {"k to h in the lhs", "k to h in the rhs", "1 to 2 in the lhs"} <= set(
        words(other_probabilities)
    )
    assert "link 2: minus the rhs" in words(chain)


def test_what_a_sum_binds_and_what_is_assumed_stay():
    for _, changed in perturbed(other_probabilities):
        (case,) = changed.cases()
        for one in case.links:
            assert all(
                part.limits[0][0] == Symbol("j", integer=True) for part in one.lhs.atoms(Sum)
            )
        assert not case.assumptions


def test_a_change_that_says_the_same_is_left_out():
    x, y = symbols("x y")
    assert evident(Equal(x, y), Equal(-y, -x))
    assert evident(Equal(x, y), Equal(x, y))
    assert not evident(LessEqual(x, y), LessEqual(-x, -y))
    assert "minus the rhs" not in words(claim("zero")(forall(x=Reals)(lambda x: Equal(x - x, 0))))


def test_a_false_claim_that_came_out_proved_is_caught():
    tally = Tally()
    proved = Record(id="s/a", verdict="proved", statement="it")
    for name, changed in perturbed(double_angle):
        tally.add(name, judged(changed, proved))
    assert len(tally.wrong) == tally.verdicts["proved (WRONG)"] > 3
    assert "WRONG" in str(tally)
    tally = Tally()
    tally.add("itself", judged(double_angle, proved))
    tally.add("itself", judged(other_probabilities, proved))
    assert tally.verdicts == {"proved (true)": 2}
    assert not tally.wrong
    assert len(tally.to_be_read) == 2


def test_a_true_claim_that_came_out_refuted_is_caught():
    point = CounterexampleRecord(point={"x": "1", "y": "0"}, lhs_decimal="0")
    case = CaseRecord(verdict="refuted", counterexample=point)
    refuted = Record(id="s/a", verdict="refuted", statement="it", cases=(case,))
    tally = Tally()
    tally.add("itself", judged(double_angle, refuted))
    assert tally.verdicts == {"refuted (WRONG)": 1}
    (line,) = tally.wrong
    assert "'x': '1'" in line


def lasting(seconds: float) -> Limits:
    return Limits(seconds, MEMORY, 2)


def test_no_changed_claim_is_wrongly_proved():
    changed = chosen([double_angle, below_the_exponential, other_probabilities], 12, seed=0)
    assert len(changed) == 12
    tally = run(changed, lasting(5), lambda words, record: None)
    assert sum(tally.verdicts.values()) == 12
    assert tally.wrong == []
    assert tally.verdicts["refuted"] >= 8


def test_a_judge_that_never_ends_leaves_the_claim_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perturbations, "JUDGING", 0.5)
    monkeypatch.setattr(perturbations, "judged", lambda *arguments: time.sleep(60))
    tally = run([("itself", double_angle)], lasting(5), lambda words, record: None)
    assert tally.verdicts == {"proved (unread)": 1}


SHARE = exp(1) / (exp(1) + exp(-1))


@pytest.mark.parametrize(
    ("relation", "true"),
    [
        (Greater(exp(-2000), 0), True),
        (Less(0, -exp(-2000)), False),
        (Less(exp(1), exp(1)), False),
        (LessEqual(sqrt(8), 2 * sqrt(2)), True),
        (Equal(sqrt(8), 2 * sqrt(2)), True),
        (Equal(exp(-2000), 2 * exp(-2000)), False),
        (Equal(2 * (1 - SHARE) - exp(-1) / (exp(1) + exp(-1)) + SHARE - 1, 0), True),
        (NotEqual(sin(1) ** 2, 1 - cos(1) ** 2), False),
    ],
)
def test_the_judge_compares_relatively(relation, true):
    assert holds(relation, {}) is true


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ["neural_collapse_terminus", "problem_set_3"])
def test_no_changed_claim_of_the_documents_is_wrongly_proved(assignment: str):
    changed = chosen(candidates(CLAIMS, [assignment]), 300, seed=0)
    tally = run(changed, lasting(5), lambda words, record: None)
    assert tally.wrong == [], str(tally)
