"""Runs each claim in a forked process of its own, under hard limits of time and memory.

A claim may hang inside a C library, eat the memory, crash or end its process: its record then says
so, and the other claims get their verdicts.  What travels back is a Record as JSON.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import json
import os
import resource
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from proofcheck.errors import InternalFault, UsageError
from proofcheck.record import Record

OUTPUT_KEPT = 4000
MEBIBYTE = 1 << 20
PATIENCE = 0.05
OUT_OF_MEMORY = ("bad_alloc", "allocate memory", "out of memory")
"""What the libraries behind the engines say before they give up."""


@dataclass(frozen=True)
class Job:
    """One claim: ``blank`` is its record before it is checked, ``work`` checks it."""

    blank: Record
    work: Callable[[], Record]


@dataclass(frozen=True)
class Limits:
    """``seconds`` of wall time and ``memory`` in MiB per claim, and how many run at once."""

    seconds: float = 60.0
    memory: int = 2048
    jobs: int = 1


@dataclass
class Outcome:
    """The records so far, by id; ``interrupted`` by the user; ``fault`` of proofcheck itself."""

    records: dict[str, Record] = field(default_factory=dict)
    interrupted: bool = False
    fault: str | None = None


@dataclass
class _Child:
    job: Job
    process: int
    answers: int
    prints: int
    started: float
    answer: bytearray = field(default_factory=bytearray)
    output: bytearray = field(default_factory=bytearray)


def run(
    jobs: Sequence[Job],
    limits: Limits,
    finished: Callable[[Record], bool] = lambda record: False,
) -> Outcome:
    """Run ``jobs`` and return their records.

    ``finished`` receives each record as it comes; where it returns True, the run stops there.
    A fault (an InternalFault raised by a job) stops the run as well.

    Raises:
        UsageError: a job raised it.
    """
    outcome = Outcome()
    children: dict[int, _Child] = {}
    waiting = list(jobs)[::-1]
    selector = selectors.DefaultSelector()
    stop = False
    try:
        with _termination_as_interrupt(), _apart_from_garbage():
            while (waiting and not stop) or children:
                while waiting and not stop and len(children) < max(1, limits.jobs):
                    child = _start(waiting.pop(), limits, children)
                    children[child.process] = child
                    selector.register(child.answers, selectors.EVENT_READ, (child, child.answer))
                    selector.register(child.prints, selectors.EVENT_READ, (child, child.output))
                for child, ending in _ended(selector, children, limits):
                    record, fault = _record(child, ending, limits)
                    outcome.records[record.id] = record
                    outcome.fault = outcome.fault or fault
                    stop = finished(record) or stop or fault is not None
                if stop:
                    _kill_all(selector, children)
    except KeyboardInterrupt:
        outcome.interrupted = True
    finally:
        _kill_all(selector, children)
        selector.close()
    return outcome


@contextlib.contextmanager
def _termination_as_interrupt() -> Iterator[None]:
    # A run that is told to terminate must not leave hanging claims behind.
    def interrupt(number: int, frame: object) -> NoReturn:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _apart_from_garbage() -> Iterator[None]:
    # Each child would look through all that was made before it, and so copy it.
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _start(job: Job, limits: Limits, others: dict[int, _Child]) -> _Child:
    answers, answers_end = os.pipe()
    prints, prints_end = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process == 0:
        try:
            for pipe in (answers, prints):
                os.close(pipe)
            for other in others.values():
                os.close(other.answers)
                os.close(other.prints)
            _confine(prints_end, limits)
            _work(job, answers_end)
        finally:
            os._exit(70)
    os.close(answers_end)
    os.close(prints_end)
    os.set_blocking(answers, False)
    os.set_blocking(prints, False)
    return _Child(job, process, answers, prints, time.monotonic())


def _confine(prints_end: int, limits: Limits) -> None:
    os.setsid()
    faulthandler.disable()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(prints_end, 1)
    os.dup2(prints_end, 2)
    for stream, name in ((1, "stdout"), (2, "stderr")):
        setattr(sys, name, os.fdopen(stream, "w", encoding="utf-8", errors="replace"))
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, limits.memory * MEBIBYTE)
    # Only a backstop, for the case that the parent is killed and cannot watch the clock any more.
    _limit(resource.RLIMIT_CPU, int(limits.seconds) + 10)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(kind, (value, hard))
    except (ValueError, OSError):  # not every system knows every limit
        return


def _work(job: Job, answers_end: int) -> None:
    answer: dict[str, Any]
    try:
        answer = {"record": job.work().to_json()}
        message = json.dumps(answer)
    except MemoryError:
        message = '{"memory": true}'
    except SystemExit as ending:
        message = json.dumps({"exit": str(ending.code)})
    except UsageError as refusal:
        message = json.dumps({"refusal": str(refusal)})
    except InternalFault as fault:
        message = json.dumps({"fault": str(fault), "stop": True})
    except BaseException:  # whatever escapes the checker is a fault of the checker
        message = json.dumps({"fault": traceback.format_exc(limit=-6)})
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    data = message.encode()
    while data:
        data = data[os.write(answers_end, data) :]
    os._exit(0)


def _ended(
    selector: selectors.BaseSelector, children: dict[int, _Child], limits: Limits
) -> list[tuple[_Child, int | None]]:
    """Wait a little, and return the children that ended, with their wait status.

    The status is None for one that had to be killed because its time was up.
    """
    now = time.monotonic()
    left = [child.started + limits.seconds - now for child in children.values()]
    if any(child.answers not in selector.get_map() for child in children.values()):
        left.append(0.001)  # it has closed its end and is about to be gone
    for key, _ in selector.select(max(0.0, min([PATIENCE, *left]))):
        _read(selector, key.fd, key.data[1], all_of_it=key.fd == key.data[0].answers)
    found: list[tuple[_Child, int | None]] = []
    for child in list(children.values()):
        process, status = os.waitpid(child.process, os.WNOHANG)
        late = not process and time.monotonic() - child.started > limits.seconds
        if process or late:
            del children[child.process]
            _end(selector, child, alive=late)
            found.append((child, None if late else status))
    return found


def _read(selector: selectors.BaseSelector, pipe: int, into: bytearray, all_of_it: bool) -> bool:
    try:
        data = os.read(pipe, 1 << 16)
    except BlockingIOError:
        return False
    if not data:
        selector.unregister(pipe)
        return False
    into += data
    if not all_of_it:
        del into[:-OUTPUT_KEPT]
    return True


def _end(selector: selectors.BaseSelector, child: _Child, alive: bool) -> None:
    # Whatever the claim started itself is in its group and goes with it.
    _kill(child, alive)
    if alive:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child.process, 0)
    for pipe, into in ((child.answers, child.answer), (child.prints, child.output)):
        while pipe in selector.get_map() and _read(selector, pipe, into, pipe == child.answers):
            continue
        if pipe in selector.get_map():
            selector.unregister(pipe)
        os.close(pipe)


def _kill(child: _Child, alive: bool) -> None:
    try:
        os.killpg(child.process, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # no group yet, or none any more
        if alive:
            os.kill(child.process, signal.SIGKILL)


def _kill_all(selector: selectors.BaseSelector, children: dict[int, _Child]) -> None:
    while children:
        _end(selector, children.popitem()[1], alive=True)


def _record(child: _Child, status: int | None, limits: Limits) -> tuple[Record, str | None]:
    """Return the child's record, and the fault that has to stop the run, if there is one."""
    record, fault = _judged(child, status, limits)
    blank = child.job.blank
    return replace(
        record,
        id=blank.id,
        ref=blank.ref,
        assignment=blank.assignment,
        source=blank.source,
        file=blank.file,
        line=blank.line,
        expected=blank.expected,
        title=blank.title,
        uses=blank.uses,
        corrected_by=blank.corrected_by,
        seconds=round(time.monotonic() - child.started, 3),
        output=record.output or child.output.decode(errors="replace"),
    ), fault


def _judged(child: _Child, status: int | None, limits: Limits) -> tuple[Record, str | None]:
    blank = child.job.blank

    def ended(verdict: str, reason: str) -> tuple[Record, None]:
        return replace(blank, verdict=verdict, reason=reason), None

    try:
        answer = json.loads(child.answer)
    except ValueError:
        answer = {}
    if "record" in answer:
        return Record.from_json(answer["record"]), None
    if "refusal" in answer:
        raise UsageError(answer["refusal"])
    said = answer.get("fault", child.output.decode(errors="replace"))
    if "memory" in answer or any(sign in said for sign in OUT_OF_MEMORY):
        return ended("undecided", f"out of memory: it asked for more than {limits.memory} MiB")
    if "fault" in answer:
        reason = f"a fault of proofcheck itself: {answer['fault'].strip()}"
        record = replace(blank, verdict="error", reason=reason, fault=True)
        return record, answer["fault"] if answer.get("stop") else None
    if "exit" in answer:
        reason = f"the claim ended the process: it raised SystemExit({answer['exit']})"
        return ended("error", reason)
    if status is None:
        return ended("undecided", f"out of time after {limits.seconds:g} s")
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        name = signal.Signals(number).name
        if number == signal.SIGKILL:
            reason = "the system killed the process, most likely because memory ran out"
            return ended("undecided", reason)
        if number == signal.SIGXCPU:
            return ended("undecided", f"out of time after {limits.seconds:g} s")
        return ended("error", f"the claim ended the process: it was killed by {name}")
    return ended("error", f"the claim ended the process with exit status {os.WEXITSTATUS(status)}")
