"""The protocols of the engines, their budget, and what they hand to the checker."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import inf
from typing import Any, Protocol

from sympy import Expr, IndexedBase, Symbol

from proofcheck.certificates import Certificate
from proofcheck.obligations import Obligation

Point = dict[Symbol | IndexedBase, Expr | tuple[Any, ...]]


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

    def share(self, parts: int) -> Budget:
        """Return a budget of one of ``parts`` equal parts of what is left."""
        return self.within(self.left / parts)


@dataclass(frozen=True)
class Word:
    """SymPy's word instead of a certificate: the checker admits it with basis ``cas``."""

    reason: str


class Engine(Protocol):
    """Searches for a certificate of an obligation; the kernel decides what it is worth."""

    name: str

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | Word | None:
        """Return a certificate, or None if there is nothing to suggest."""
        ...


class Refuter(Protocol):
    """Searches for an exact admissible point at which the goal of an obligation fails."""

    name: str

    def refute(self, obligation: Obligation, budget: Budget) -> Point | None:
        """Return such a point, or None."""
        ...
