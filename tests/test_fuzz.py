"""A differential fuzz: no statement that is false by evalf is proved, no valid one refuted.

``python -m pytest -m slow tests/test_fuzz.py`` checks 10,000 statements.
"""

from __future__ import annotations

from collections import Counter

import pytest
from fuzz import SECONDS, Statement, families, value, verdict
from hypothesis import HealthCheck, Phase, given, seed, settings
from sympy import I, cos, sin

EACH, QUICK = 200, 50
SLICES = 50


def run(number: int, count: int, seconds: float = SECONDS) -> tuple[Counter[str], list[str]]:
    """Check ``count`` statements; return how often each verdict came, and the wrong ones."""
    chosen: list[Statement] = []

    @seed(number)
    @settings(
        max_examples=count // 3,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(families())
    def collect(family: tuple[Statement, ...]) -> None:
        chosen.extend(family)  # what Hypothesis times must not be interrupted by our timers

    collect()
    found: Counter[str] = Counter()
    wrong: list[str] = []
    for turn, statement in enumerate(chosen[:count]):
        said, fault = verdict(statement, turn, seconds)
        found[f"{statement.truth} {said}"] += 1
        if fault:
            wrong.append(f"{fault}: {statement}")
    return found, wrong


def test_no_wrong_verdict_on_random_statements() -> None:
    found, wrong = run(0, QUICK, 0.1)
    assert not wrong, "\n".join(wrong)
    # Which engine meets which statement depends on how many engines there are.
    assert found["True proved"] + found["True conclusion proved"] > QUICK // 25
    assert found["False not proved"] > QUICK // 4


def test_digits_that_cancel_out_are_no_value() -> None:
    far = 3000 * I
    assert value(sin(far) ** 2 + cos(far) ** 2 - 1, {}) is None
    assert value(sin(far) ** 2, {}) is not None


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, SLICES + 1))
def test_no_wrong_verdict_on_ten_thousand_statements(number: int) -> None:
    wrong = run(number, EACH)[1]
    assert not wrong, "\n".join(wrong)
