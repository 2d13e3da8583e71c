"""The protocols of the engines, their budget, and what they hand to the checker."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Protocol

from sympy import Expr, IndexedBase, Symbol

from proofcheck.certificates import Certificate
from proofcheck.obligations import Obligation

Point = dict[Symbol | IndexedBase, Expr | tuple[Any, ...]]


@dataclass(frozen=True)
class Budget:
    """How long an engine may search, and the seed of whatever it draws."""

    deadline: float
    seed: int = 0

    def expired(self) -> bool:
        """Tell whether the time is up."""
        return time.monotonic() > self.deadline

    def within(self, seconds: float) -> Budget:
        """Return a budget of at most ``seconds`` from now."""
        return Budget(min(self.deadline, time.monotonic() + seconds), self.seed)


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
