"""How a Record reads as sentences: the same words in every report."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence

from proofcheck.record import VERDICTS, CounterexampleRecord, EvidenceRecord, Record


def counted(count: int, noun: str) -> str:
    """Return ``count`` with its noun, for instance "1 claim", "2 claims"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def seconds(value: float) -> str:
    """Return a duration, for instance "0.02 s", "3.1 s", "2 min 5 s"."""
    if value >= 60:
        return f"{int(value // 60)} min {int(value % 60)} s"
    return f"{value:.1f} s" if value >= 1 else f"{value:.2f} s"


def evidence(found: EvidenceRecord) -> str:
    """Return what sampling found, for instance "200 points, agreeing to 50 digits (seed 0)"."""
    words = counted(found.points, "point")
    if found.digits:
        words += f", agreeing to {found.digits} digits"
    details = [found.spread] if found.spread else []
    if found.seed is not None:
        details.append(f"seed {found.seed}")
    return words + (f" ({', '.join(details)})" if details else "")


def verdict(record: Record) -> str:
    """Return the verdict with its basis, and whether it was expected."""
    words = record.verdict
    if record.basis:
        words += f" ({record.basis})"
    if record.expected is not None and record.verdict == record.expected:
        words += ", as expected"
    elif record.expected is not None:
        words += f", but expected {record.expected}"
    elif record.effective == record.verdict == "supported" and not record.as_expected:
        words += ", but proved is required"
    return words


def correction(record: Record) -> str | None:
    """Return where the corrected claim is, if there is one."""
    if record.corrected_by is None:
        return None
    other = record.corrected_by
    if other.partition("/")[0] == record.assignment:
        other = other.partition("/")[2]
    return f"corrected by {other}"


def weakness(record: Record) -> str | None:
    """Return why the effective verdict is weaker than the claim's own."""
    if record.weakest_link is None or record.effective == record.verdict:
        return None
    verb = "uses" if record.weakest_link in record.uses else "rests on"
    return (
        f"effectively {record.effective}: "
        f"it {verb} {record.weakest_link}, which is {record.effective}"
    )


def point(values: Mapping[str, str]) -> str:
    """Return an exact point, for instance "K = 2, theta = pi/3"."""
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def sides(found: CounterexampleRecord) -> list[str]:
    """Return explicit vectors, if there are any, and the values of both sides, aligned."""
    lines = [f"for instance {point(found.vectors)}"] if found.vectors else []
    width = max(len(text or "") for text in (found.lhs, found.rhs))
    pairs = (("lhs", found.lhs, found.lhs_decimal), ("rhs", found.rhs, found.rhs_decimal))
    for name, exact, decimal in pairs:
        if exact is None and decimal is None:
            continue
        if exact is None or decimal is None or exact.lstrip("-").isdecimal():
            lines.append(f"{name} = {exact or decimal}")
        else:
            lines.append(f"{name} = {exact:<{width}} = {decimal}")
    if found.relation and not found.term and found.lhs_decimal is None and found.lhs is None:
        lines.append(f"{found.relation} fails there")
    elif found.relation in ("!=", "<", "<=", ">", ">="):
        lines.append(f"but lhs {found.relation} rhs is claimed")
    return lines


def replay(record: Record, options: Sequence[str] = ()) -> str | None:
    """Return the command that computes both sides at the counterexample again."""
    if not record.point or record.verdict not in ("refuted", "undefined"):
        return None
    at = ",".join(f"{name}={value}".replace(" ", "") for name, value in record.point.items())
    name = f"{record.file}::{record.ref}" if record.file.endswith(".jsonl") else record.id
    words = ["python", "-m", "proofcheck", "check", name, *options, "--at", at]
    return shlex.join(words)


def at_point(record: Record) -> str:
    """Return what a look at a single point says about a claim."""
    words = {
        "refuted": "the statement fails at this point",
        "proved": "the statement holds at this point",
        "supported": "the statement does not fail at this point",
        "undefined": "the statement has no meaning at this point",
        "vacuous": "the point does not satisfy the assumptions",
    }.get(record.verdict, record.verdict)
    if record.verdict == record.expected:
        words += ", as expected"
    return words + (f": {record.reason}" if record.reason and record.verdict == "error" else "")


def tally(records: Sequence[Record]) -> str:
    """Return the verdicts counted, the best first."""
    parts = []
    for word in reversed(VERDICTS):
        of_it = [record for record in records if record.verdict == word]
        if not of_it:
            continue
        bases = Counter(record.basis for record in of_it if record.basis)
        detail = ", ".join(f"{count} {basis}" for basis, count in sorted(bases.items()))
        if len(bases) == 1:
            detail = next(iter(bases))
        if word not in ("proved", "supported"):
            fine = sum(record.as_expected for record in of_it)
            detail = "as expected" if fine == len(of_it) else f"{fine} as expected" if fine else ""
        plural = "s" if word == "error" and len(of_it) > 1 else ""
        parts.append(f"{len(of_it)} {word}{plural}" + (f" ({detail})" if detail else ""))
    return ", ".join(parts)


def conclusion(records: Sequence[Record]) -> str:
    """Return the sentence that says how many claims came out as expected."""
    fine = sum(record.as_expected for record in records)
    if len(records) == 1:
        return "It came out as expected." if fine else "It did not come out as expected."
    if fine == len(records):
        return f"All {fine} came out as expected."
    return f"{fine} of {len(records)} came out as expected."
