"""The report behind ``explain``: statement, domain, every obligation, and what each engine did."""

from __future__ import annotations

from collections.abc import Iterator

from proofcheck.record import CaseRecord, ObligationRecord, Record
from proofcheck.reports import wording


def lines(record: Record) -> Iterator[str]:
    """Yield the explanation of a claim, line by line."""
    yield f"{record.id}: {wording.verdict(record)}"
    yield f"  {record.source}" + (f" [{record.ref}]" if record.ref else "")
    yield f"  {record.file}, line {record.line}"
    for line in record.title.splitlines():
        yield f"  {line}"
    yield ""
    if record.statement:
        yield f"  statement   {record.statement}"
    for title, items in (
        ("domain", record.domain),
        ("hypothesis", record.hypotheses),
        ("uses", record.uses),
        ("note", record.notes),
    ):
        for item in items:
            yield f"  {title:<12}{item}"
    if other := wording.correction(record):
        yield f"  {other}"
    if record.reason:
        yield f"  reason      {record.reason}"
    if weak := wording.weakness(record):
        yield f"  {weak}"
    for case in record.cases:
        yield from _case(case)
    if record.evidence:
        yield ""
        yield f"  evidence    {wording.evidence(record.evidence)}"
    if record.counterexample:
        yield ""
        yield f"  at {wording.point(record.point)}"
        if record.counterexample.term:
            yield f"    the term {record.counterexample.term} is undefined there"
        for line in wording.sides(record.counterexample):
            yield f"    {line}"
    if record.trace:
        yield ""
        yield "  what was tried"
        width = max(len(attempt.engine) for attempt in record.trace)
        for attempt in record.trace:
            yield (
                f"    {attempt.engine:<{width}}  {wording.seconds(attempt.seconds):>8}  "
                + "; ".join(filter(None, [attempt.obligation, attempt.outcome, attempt.reason]))
            )
    if record.output:
        yield ""
        yield "  the claim printed:"
        for line in record.output.rstrip().splitlines():
            yield f"    {line}"


def _case(case: CaseRecord) -> Iterator[str]:
    if not case.label and not case.obligations:
        return
    yield ""
    words = case.verdict + (f" ({case.basis})" if case.basis else "")
    if case.reason:
        words += f": {case.reason}"
    yield f"  case {case.label}: {words}" if case.label else f"  obligations ({words})"
    for obligation in case.obligations:
        yield f"    {_obligation(obligation)}"


def _obligation(obligation: ObligationRecord) -> str:
    words = f"{obligation.kind:<12}{obligation.goal}: {obligation.verdict}"
    details = [obligation.basis, obligation.engine and f"found by {obligation.engine}"]
    if any(details):
        words += f" ({', '.join(filter(None, details))})"
    for more in (obligation.certificate, obligation.reason):
        if more:
            words += f"; {more}"
    return words
