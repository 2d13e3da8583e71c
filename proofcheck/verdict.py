"""Verdicts as a sum type, each with its payload.  None of them has a truth value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proofcheck.errors import no_truth_value
from proofcheck.kernel import Counterexample, Theorem

Basis = Literal["certificate", "cas"]


@dataclass(frozen=True)
class Evidence:
    """Points tried, and how well both sides agreed.  Never called a proof.

    ``points`` are distinct admissible points at which both sides were evaluated, ``digits`` the
    least number of decimal digits to which their enclosures certainly agree there (None for
    relations other than =), ``spread`` how the points were chosen.
    """

    points: int
    digits: int | None
    precision: int
    seed: int
    spread: str
    undefined: int = 0
    unevaluable: int = 0

    def __str__(self) -> str:
        agreement = f", agreeing to {self.digits} digits" if self.digits else ""
        return f"{self.points} points{agreement} ({self.spread}, seed {self.seed})"


class _NoTruth:
    def __bool__(self) -> bool:
        return no_truth_value(self)


@dataclass(frozen=True)
class Proved(_NoTruth):
    """Holds at every admissible point; one theorem of the kernel for each obligation."""

    theorems: tuple[Theorem, ...]
    word = "proved"

    @property
    def basis(self) -> Basis:
        """``cas`` as soon as one theorem rests on a program's word."""
        return "cas" if any(t.basis == "cas" for t in self.theorems) else "certificate"

    @property
    def reason(self) -> str | None:
        """Whose word it rests on, with basis ``cas``."""
        return "; ".join(dict.fromkeys(t.reason for t in self.theorems if t.basis == "cas")) or None


@dataclass(frozen=True)
class Supported(_NoTruth):
    """No proof was found; ``evidence`` speaks for the claim, ``reason`` says what is missing."""

    evidence: Evidence | None
    reason: str
    word = "supported"


@dataclass(frozen=True)
class Refuted(_NoTruth):
    """Fails at an exact admissible point."""

    counterexample: Counterexample
    word = "refuted"


@dataclass(frozen=True)
class Undecided(_NoTruth):
    """Neither proved nor refuted nor supported, and why."""

    reason: str
    word = "undecided"


@dataclass(frozen=True)
class Vacuous(_NoTruth):
    """No admissible point was found, or provably there is none."""

    reason: str
    word = "vacuous"


@dataclass(frozen=True)
class Undefined(_NoTruth):
    """Some admissible point makes a term undefined."""

    counterexample: Counterexample
    word = "undefined"


@dataclass(frozen=True)
class IllTyped(_NoTruth):
    """The statement combines things of different shapes."""

    reason: str
    word = "ill-typed"


@dataclass(frozen=True)
class Error(_NoTruth):
    """The claim itself is broken."""

    reason: str
    word = "error"


Verdict = Proved | Supported | Refuted | Undecided | Vacuous | Undefined | IllTyped | Error

GRAVITY = (
    "proved", "supported", "undecided", "undefined", "refuted", "vacuous", "ill-typed", "error",
)  # fmt: skip
"""Verdict words from best to gravest: a claim is as grave as its gravest case."""
