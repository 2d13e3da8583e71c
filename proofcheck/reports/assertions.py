"""What became of the assertions that a document prints; the ``ref`` of a claim names its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from proofcheck.record import Record, weakest
from proofcheck.reports.wording import counted

FAILURES = ("ill-typed", "refuted", "undefined")
CONDITIONAL = "conditional"
ORDER = (
    "proved", "supported", CONDITIONAL, "refuted", "undefined", "ill-typed", "undecided",
    "vacuous", "error",
)  # fmt: skip


def summary(records: Sequence[Record]) -> list[str]:
    """Return a line per assignment: how many printed assertions hold, fail, need a condition.

    Only for assignments in which claims correct printed ones; elsewhere claims are what is printed.
    """
    by_id = {record.id: record for record in records}
    lines = []
    for assignment in dict.fromkeys(record.assignment for record in records):
        own = [r for r in records if r.assignment == assignment and r.ref]
        if not any(record.corrected_by for record in own):
            continue
        refs = dict.fromkeys(str(record.ref) for record in own)
        found = Counter(verdict([r for r in own if r.ref == ref], by_id) for ref in refs)
        parts = [f"{found[word]} {word}" for word in ORDER if found[word]]
        total = counted(len(refs), "printed assertion")
        lines.append(f"{assignment}: {total}: {', '.join(parts)}")
    return lines


def verdict(claims: Sequence[Record], others: Mapping[str, Record]) -> str:
    """Return what became of the one assertion that ``claims`` stand for.

    As printed it fails if a claim that another corrects fails; it is ``conditional`` if that other
    one is fine and makes the same statement, so that only an assumption or the domain is missing.
    """
    failing = [r for r in claims if r.corrected_by and r.verdict in FAILURES]
    if not failing:
        return weakest(record.effective for record in claims)
    if all(_holds_on_a_condition(record, others) for record in failing):
        return CONDITIONAL
    return min((record.verdict for record in failing), key=FAILURES.index)


def _holds_on_a_condition(record: Record, others: Mapping[str, Record]) -> bool:
    corrected = others.get(record.corrected_by or "")
    return (
        corrected is not None
        and record.verdict != "ill-typed"
        and corrected.statement == record.statement
        and corrected.effective in ("proved", "supported")
    )
