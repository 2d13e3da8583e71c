"""Budgets of processor time: they end what runs too long, again and again, and nothing else."""

from __future__ import annotations

import contextlib
import gc
import time

import pytest

from proofcheck.engines.base import Budget, OutOfTime


def busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_runs_too_long_is_ended() -> None:
    with pytest.raises(OutOfTime), Budget.lasting(0.02).enforced():
        busy(60)


def test_what_ends_in_time_is_left_alone() -> None:
    with Budget.lasting(0.05).enforced():
        pass
    busy(0.2)  # no timer is left behind


def test_an_exception_that_is_swallowed_comes_again() -> None:
    def swallow() -> None:
        with contextlib.suppress(OutOfTime):
            busy(60)
        busy(60)

    with pytest.raises(OutOfTime), Budget.lasting(0.02).enforced():
        swallow()


def test_the_outer_budget_goes_on_after_an_inner_one() -> None:
    def nest() -> None:
        with Budget.lasting(0.01).enforced():
            pass
        busy(60)

    with pytest.raises(OutOfTime), Budget.lasting(0.3).enforced():
        nest()


def test_a_hook_of_the_collector_is_not_interrupted(capfd: pytest.CaptureFixture[str]) -> None:
    """Python prints what is raised there, and goes on: the next signal ends the search."""

    def gc_callback(phase: str, info: object) -> None:
        busy(0.05)

    def collect() -> None:
        gc.collect()
        busy(60)

    gc.callbacks.append(gc_callback)
    try:
        with pytest.raises(OutOfTime), Budget.lasting(0.02).enforced():
            collect()
    finally:
        gc.callbacks.remove(gc_callback)
    assert capfd.readouterr().err == ""


def test_shares_end_no_later_than_the_whole() -> None:
    budget = Budget.lasting(1.0)
    assert budget.share(4).left <= 0.25
    assert budget.within(50).deadline <= budget.deadline
    assert Budget.lasting(-1).expired()
    assert Budget.lasting(9, backstop=time.monotonic() - 1).expired()
