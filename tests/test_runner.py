"""The runner against claims that hang, eat memory, crash, end their process, or print."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from flint import fmpz

from proofcheck.errors import InternalFault
from proofcheck.record import Record
from proofcheck.runner import Job, Limits, Outcome, run


def good() -> Record:
    print("a remark of the claim")
    return Record(id="whatever", verdict="proved", basis="certificate")


def hangs_in_python() -> Record:
    while True:
        pass


def hangs_in_c() -> Record:
    return Record(id="", verdict="proved", reason=str(pow(3, 10**10)))


def hangs_in_flint() -> Record:
    fmpz(3) ** (2 * 10**9) * fmpz(5) ** (2 * 10**9)
    return good()


def ignores_signals() -> Record:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(1)


def eats_memory() -> Record:
    kept = []
    while True:
        kept.append(bytes(1 << 28))


def raises_system_exit() -> Record:
    sys.exit(3)


def leaves_quietly() -> Record:
    os._exit(0)


def segfaults() -> Record:
    ctypes.string_at(0)
    return good()


def has_a_fault() -> Record:
    raise KeyError("lost")


def floods_the_terminal() -> Record:
    while True:
        print("x" * 1000)


def has_children() -> Record:
    subprocess.Popen(["sleep", "60"])
    return good()


def recurses() -> Record:
    return recurses()


def job(work: Callable[[], Record]) -> Job:
    blank = Record(
        id=f"sample/{work.__name__}", verdict="undecided", file="f.py", line=3, expected="proved"
    )
    return Job(blank, work)


EXPECTED = {
    good: ("proved", None),
    hangs_in_python: ("undecided", "out of time after 1 s"),
    hangs_in_c: ("undecided", "out of time after 1 s"),
    hangs_in_flint: ("undecided", "out of "),
    ignores_signals: ("undecided", "out of time after 1 s"),
    eats_memory: ("undecided", "out of memory: it asked for more than 1024 MiB"),
    raises_system_exit: ("error", "the claim ended the process: it raised SystemExit(3)"),
    leaves_quietly: ("error", "the claim ended the process with exit status 0"),
    segfaults: ("error", "the claim ended the process: it was killed by SIGSEGV"),
    has_a_fault: ("error", "a fault of proofcheck itself"),
    floods_the_terminal: ("undecided", "out of time after 1 s"),
    has_children: ("proved", None),
    recurses: ("error", "a fault of proofcheck itself"),
}


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run([job(work) for work in EXPECTED], Limits(seconds=1, memory=1024, jobs=4))


@pytest.mark.parametrize("work", EXPECTED, ids=lambda work: str(work.__name__))
def test_every_claim_gets_its_verdict(outcome: Outcome, work: Callable[[], Record]) -> None:
    record = outcome.records[f"sample/{work.__name__}"]
    verdict, reason = EXPECTED[work]
    assert (record.verdict, record.basis) == (verdict, "certificate" if not reason else None)
    assert (record.reason or "").startswith(reason or "")
    assert record.seconds < 2
    assert (record.file, record.line, record.expected) == ("f.py", 3, "proved")


def test_what_a_claim_prints_is_kept_apart(
    outcome: Outcome, capfd: pytest.CaptureFixture[str]
) -> None:
    assert outcome.records["sample/good"].output == "a remark of the claim\n"
    assert len(outcome.records["sample/floods_the_terminal"].output) <= 4000
    run([job(good)], Limits())
    assert capfd.readouterr() == ("", "")


def test_a_fault_says_where(outcome: Outcome) -> None:
    record = outcome.records["sample/has_a_fault"]
    assert record.fault
    assert "KeyError: 'lost'" in (record.reason or "")
    assert "in has_a_fault" in (record.reason or "")


def test_an_internal_fault_stops_the_run() -> None:
    def contradiction() -> Record:
        raise InternalFault("sample/x is both proved and refuted")

    outcome = run([job(contradiction), job(good)], Limits(jobs=1))
    assert outcome.fault == "sample/x is both proved and refuted"
    assert list(outcome.records) == ["sample/contradiction"]
    assert outcome.records["sample/contradiction"].fault


def test_the_run_stops_where_it_is_told_to() -> None:
    seen: list[str] = []

    def finished(record: Record) -> bool:
        seen.append(record.id)
        return record.verdict == "error"

    outcome = run([job(good), job(leaves_quietly), job(hangs_in_python)], Limits(jobs=1), finished)
    assert seen == list(outcome.records) == ["sample/good", "sample/leaves_quietly"]
    assert not outcome.interrupted


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_what_is_finished(number: signal.Signals) -> None:
    def interrupts() -> Record:
        time.sleep(0.3)
        os.kill(os.getppid(), number)
        return ignores_signals()

    # What a shell starts in the background ignores an interrupt, and so would what it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        outcome = run([job(good), job(interrupts)], Limits(seconds=30, jobs=2))
    finally:
        signal.signal(signal.SIGINT, before)
    assert outcome.interrupted
    assert list(outcome.records) == ["sample/good"]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_claims_run_side_by_side() -> None:
    def sleeps() -> Record:
        time.sleep(0.4)
        return good()

    started = time.monotonic()
    run([Job(Record(id=f"s/{i}", verdict="undecided"), sleeps) for i in range(4)], Limits(jobs=4))
    assert time.monotonic() - started < 1.2


def test_many_small_claims_cost_little_and_leak_nothing() -> None:
    before = len(os.listdir("/dev/fd"))
    jobs = [Job(Record(id=f"s/{i}", verdict="undecided"), good) for i in range(60)]
    outcome = run(jobs, Limits(jobs=2))
    assert len(outcome.records) == 60
    assert len(os.listdir("/dev/fd")) == before


def test_a_long_record_comes_through() -> None:
    def talks() -> Record:
        return Record(id="", verdict="supported", reason="é" * 500_000)

    assert len(run([job(talks)], Limits()).records["sample/talks"].reason or "") == 500_000
