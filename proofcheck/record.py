"""The result of checking a claim as plain data, SymPy-free: what reports and JSON see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SCHEMA = 1

VERDICTS = (
    "error",
    "ill-typed",
    "vacuous",
    "refuted",
    "undefined",
    "undecided",
    "supported",
    "proved",
)
"""Every verdict, the weakest first."""

BASES = ("certificate", "cas")

_T = TypeVar("_T", bound="DataclassInstance")


@dataclass(frozen=True, kw_only=True)
class CounterexampleRecord:
    """An exact point and the values of both sides there; for `undefined`, the point and the term.

    ``point`` maps each variable to its exact value, ``lhs`` and ``rhs`` are exact where that is
    short, ``lhs_decimal`` and ``rhs_decimal`` are decimals whose digits are all right, ``relation``
    is the sign that should stand between the sides, ``where`` names the link of a chain,
    ``vectors`` holds explicit vectors that have the inner products of the point.
    """

    point: Mapping[str, str] = field(default_factory=dict)
    lhs: str | None = None
    rhs: str | None = None
    lhs_decimal: str | None = None
    rhs_decimal: str | None = None
    relation: str | None = None
    term: str | None = None
    where: str | None = None
    vectors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EvidenceRecord:
    """What sampling found: never a proof."""

    points: int
    digits: int | None = None
    precision: int | None = None
    seed: int | None = None
    spread: str | None = None
    undefined: int = 0
    unevaluable: int = 0


@dataclass(frozen=True, kw_only=True)
class TraceRecord:
    """One attempt of one engine at one obligation."""

    engine: str
    obligation: str = ""
    outcome: str = ""
    seconds: float = 0.0
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ObligationRecord:
    """One thing that had to be shown for a case, and what came of it."""

    kind: str
    goal: str
    verdict: str
    basis: str | None = None
    engine: str | None = None
    reason: str | None = None
    certificate: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseRecord:
    """A claim at one choice of its finite variables; ``label`` is "" where there are none."""

    label: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    verdict: str
    basis: str | None = None
    reason: str | None = None
    counterexample: CounterexampleRecord | None = None
    evidence: EvidenceRecord | None = None
    obligations: tuple[ObligationRecord, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record:
    """A claim and its verdict.

    ``effective_verdict``, ``weakest_link`` (the used claim that lowers it) and ``as_expected``
    are set by :func:`proofcheck.graph.settle`; ``hypotheses`` are the assumptions that no cited
    claim discharges; ``fault`` marks a fault of proofcheck itself; ``output`` is the end of what
    the claim printed.
    """

    id: str
    ref: str | None = None
    assignment: str = ""
    source: str = ""
    file: str = ""
    line: int = 0
    verdict: str
    basis: str | None = None
    effective_verdict: str | None = None
    weakest_link: str | None = None
    expected: str | None = None
    as_expected: bool = False
    seconds: float = 0.0
    cases: tuple[CaseRecord, ...] = ()
    counterexample: CounterexampleRecord | None = None
    evidence: EvidenceRecord | None = None
    reason: str | None = None
    title: str = ""
    statement: str = ""
    domain: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    corrected_by: str | None = None
    hypotheses: tuple[str, ...] = ()
    shapes: str | None = None
    notes: tuple[str, ...] = ()
    trace: tuple[TraceRecord, ...] = ()
    output: str = ""
    fault: bool = False

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"{self.id}: {self.verdict!r} is no verdict")

    @property
    def name(self) -> str:
        """The claim's name within its assignment."""
        return self.id.rpartition("/")[2]

    @property
    def effective(self) -> str:
        """The effective verdict, or the own one as long as that is not settled."""
        return self.effective_verdict or self.verdict

    @property
    def point(self) -> dict[str, str]:
        """The whole point of the counterexample: the finite variables of its case come first."""
        if self.counterexample is None:
            return {}
        for case in self.cases:
            if case.counterexample == self.counterexample:
                return {**case.values, **self.counterexample.point}
        return dict(self.counterexample.point)

    def to_json(self) -> dict[str, Any]:
        """Return the record as JSON values; `effective_verdict` is always there."""
        return {**_plain(self), "effective_verdict": self.effective}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Record:
        """Return the record that :meth:`to_json` wrote; unknown keys are passed over.

        Raises:
            ValueError: a key is missing or a verdict unknown.
        """
        return _build(cls, data)


_PARTS: dict[str, type[Any]] = {
    "cases": CaseRecord,
    "counterexample": CounterexampleRecord,
    "evidence": EvidenceRecord,
    "trace": TraceRecord,
    "obligations": ObligationRecord,
}


def weakest(verdicts: Iterable[str]) -> str:
    """Return the weakest of ``verdicts``; "proved" if there are none."""
    return min(verdicts, key=VERDICTS.index, default="proved")


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _build(cls: type[_T], data: Any) -> _T:
    if not isinstance(data, Mapping):
        raise ValueError(f"a {cls.__name__} must be an object, got {data!r}")
    found: dict[str, Any] = {}
    for item in fields(cls):
        if item.name not in data:
            continue
        value, part = data[item.name], _PARTS.get(item.name)
        if isinstance(value, list):
            value = tuple(_build(part, one) if part else one for one in value)
        elif part and value is not None:
            value = _build(part, value)
        found[item.name] = value
    try:
        return cls(**found)
    except TypeError as error:
        raise ValueError(f"an incomplete {cls.__name__}: {error}") from error
