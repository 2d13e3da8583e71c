"""The protocols of the engines, their budget, and what they hand to the checker."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from types import FrameType
from typing import Any, Protocol

from sympy import Expr, IndexedBase, Symbol

from proofcheck.algebra import Intractable
from proofcheck.balls import Undefined, Unevaluable
from proofcheck.certificates import Certificate
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Obligation

Point = dict[Symbol | IndexedBase, Expr | tuple[Any, ...]]

AGAIN = 0.25


class Fails(RuntimeError):
    """The search for a proof came upon an admissible point at which the goal provably fails."""


class OutOfTime(Exception):
    """A search used up its processor time; it decides nothing."""


SEARCH_FAILURES = (OutOfTime, SystemError, Intractable, Undefined, Unevaluable, *LIBRARY_ERRORS)
"""What a search that asks too much of SymPy, balls or polynomials raises: it decides nothing."""


@dataclass(frozen=True)
class Budget:
    """How much processor time an engine may use, and the seed of whatever it draws.

    ``deadline`` is a reading of ``time.process_time``, so that a busy machine does not change a
    verdict; ``backstop`` is one of ``time.monotonic``, just before the runner kills the process.
    """

    deadline: float
    seed: int = 0
    backstop: float = inf

    @classmethod
    def lasting(cls, seconds: float, seed: int = 0, backstop: float = inf) -> Budget:
        """Return a budget of ``seconds`` of processor time from now."""
        return cls(time.process_time() + seconds, seed, backstop)

    @property
    def left(self) -> float:
        """The seconds that are left, at least 0."""
        left = min(self.deadline - time.process_time(), self.backstop - time.monotonic())
        return max(left, 0.0)

    def expired(self) -> bool:
        """Tell whether the time is up."""
        return time.process_time() > self.deadline or time.monotonic() > self.backstop

    def within(self, seconds: float) -> Budget:
        """Return a budget of at most ``seconds`` from now."""
        deadline = min(self.deadline, time.process_time() + seconds)
        return Budget(deadline, self.seed, self.backstop)

    def stopping(self, seconds: float) -> Budget:
        """Return the budget with its backstop at most ``seconds`` of the clock from now."""
        return Budget(self.deadline, self.seed, min(self.backstop, time.monotonic() + seconds))

    @contextmanager
    def enforced(self) -> Iterator[None]:
        """Raise OutOfTime in the body once the processor time is used up.

        A timer interrupts Python only; what hangs in C is left to the runner.  It fires again and
        again, in case something swallows the exception.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def interrupt(number: int, frame: FrameType | None) -> None:
            while frame is not None:
                if frame.f_code.co_name == "gc_callback":
                    return  # raised in Hypothesis's hook it would be printed and lost
                frame = frame.f_back
            raise OutOfTime("it used up its processor time")

        before = signal.signal(signal.SIGPROF, interrupt)
        remaining = signal.setitimer(signal.ITIMER_PROF, max(self.left, 0.01), AGAIN)[0]
        started = time.process_time()
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            if remaining:
                spent = time.process_time() - started
                signal.setitimer(signal.ITIMER_PROF, max(remaining - spent, 0.01), AGAIN)

    def share(self, parts: int) -> Budget:
        """Return a budget of one of ``parts`` equal parts of what is left."""
        return self.within(self.left / parts)


@dataclass(frozen=True)
class Word:
    """A program's word instead of a certificate: the checker admits it with basis ``cas``.

    ``reason`` says whose word it is.
    """

    reason: str


class Engine(Protocol):
    """Searches for a certificate of an obligation; the kernel decides what it is worth."""

    @property
    def name(self) -> str:
        """The word for it in traces."""
        ...

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | Word | None:
        """Return a certificate, or None if there is nothing to suggest."""
        ...


class Refuter(Protocol):
    """Searches for an exact admissible point at which the goal of an obligation fails."""

    @property
    def name(self) -> str:
        """The word for it in traces."""
        ...

    def refute(self, obligation: Obligation, budget: Budget) -> Point | None:
        """Return such a point, or None."""
        ...
