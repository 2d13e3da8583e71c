"""The soundness table over the whole checker, over each engine alone, and against a liar.

The table's truths are not the checker's: a wrong verdict here is a fault, never an expectation.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from corpus import ALLOWED, Statement, statements
from liar import Liar

from proofcheck import kernel
from proofcheck.certificates import Certificate
from proofcheck.checker import CheckOptions, check
from proofcheck.claims import Claim
from proofcheck.engines.base import Budget, Word
from proofcheck.engines.catalogue import ENGINES
from proofcheck.obligations import Context, Obligation, obligations
from proofcheck.record import Record
from proofcheck.runner import Job, Limits, run

SECONDS = 20.0
JOBS = os.cpu_count() or 1
WRONG = {
    "T": {"refuted", "undefined", "vacuous", "ill-typed", "error"},
    "F": {"proved", "supported", "vacuous", "ill-typed", "error"},
    "FU": {"proved", "supported", "vacuous", "ill-typed", "error"},
    "U": {"proved", "refuted", "vacuous", "ill-typed", "error"},
    "V": {"proved", "supported", "refuted", "undefined", "ill-typed", "error"},
    "I": set(ALLOWED) - {"I"},
}
SOFT = {"F": {"supported"}, "FU": {"supported"}}
"""Agreement at every point tried is not a proof of anything: for near misses, listed and counted."""


def in_processes(
    chosen: list[Statement], work: Callable[[Statement, Record], Record]
) -> dict[str, Record]:
    """Return a record for each statement, every one made in a process of its own."""
    jobs = []
    for statement in chosen:
        blank = Record(id=statement.name, verdict="undecided")
        jobs.append(Job(blank, lambda s=statement, b=blank: work(s, b)))
    return run(jobs, Limits(seconds=SECONDS + 5, jobs=JOBS)).records


@cache
def records() -> dict[str, Record]:
    """Return the checker's record of every statement."""
    options = CheckOptions(timeout=SECONDS)
    return in_processes(
        list(statements()), lambda statement, blank: check(statement.claim(), options, blank)
    )


def test_table_is_large_and_mostly_traps() -> None:
    traps = [statement for statement in statements() if statement.false]
    assert len(statements()) >= 400
    assert len(traps) * 2 >= len(statements())
    assert not [name for name, n in Counter(s.name for s in statements()).items() if n > 1]


@pytest.mark.slow
@pytest.mark.parametrize("statement", statements(), ids=lambda s: s.name)
def test_verdict_is_allowed(statement: Statement) -> None:
    record = records()[statement.name]
    assert record.verdict in statement.allowed, record.reason or record.counterexample


def test_no_wrong_verdict() -> None:
    wrong = [
        f"{statement.name}: {record.verdict} ({record.basis}) {record.point} {record.reason}"
        for statement in statements()
        if (record := records()[statement.name]).verdict in WRONG[statement.code.rstrip("?~")]
        and record.verdict not in statement.allowed
    ]
    assert not wrong, "\n".join(wrong)


def owed(claim: Claim) -> Iterator[Obligation]:
    """Yield the obligations of every case."""
    for case in claim.cases():
        context = Context(case.variables, case.facts + case.assumptions)
        for link in case.links:
            yield from obligations(link, context)


def replayed(obligation: Obligation, certificate: Certificate | Word | None) -> bool:
    """Tell whether the kernel takes the certificate; SymPy's word is none."""
    if certificate is None or isinstance(certificate, Word):
        return False
    try:
        kernel.prove(obligation, certificate)
    except kernel.Rejected:
        return False
    return True


def wrongly_proved(statement: Statement, shown: Callable[[Obligation], bool]) -> bool:
    """Tell whether ``shown`` proves what the table says is not so.

    A false conclusion fails at a point where every term is defined; an undefined one leaves
    something to show somewhere.
    """
    found = list(owed(statement.claim()))
    if statement.code.startswith("F"):
        found = [obligation for obligation in found if obligation.kind == "conclusion"]
    return all(map(shown, found))


FALSE = [s for s in statements() if s.code[0] in "FU"]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_each_engine_alone_proves_nothing_false(engine: object) -> None:
    def work(statement: Statement, blank: Record) -> Record:
        deadline = time.monotonic() + SECONDS / 4
        proved = wrongly_proved(
            statement, lambda o: replayed(o, engine.prove(o, Budget(deadline)))
        )
        return Record(id=blank.id, verdict="proved" if proved else "undecided")

    found = in_processes(FALSE, work)
    assert not [name for name, record in found.items() if record.verdict != "undecided"]


@pytest.mark.parametrize("part", range(4))
def test_a_liar_proves_nothing_false(part: int) -> None:
    def work(statement: Statement, blank: Record) -> Record:
        liar = Liar(seed=part)
        deadline = time.monotonic() + 1.5
        while time.monotonic() < deadline:
            if wrongly_proved(statement, lambda o: replayed(o, liar.prove(o))):
                return Record(id=blank.id, verdict="proved")
        return blank

    found = in_processes(FALSE[part::4], work)
    assert not [(n, r.verdict, r.reason) for n, r in found.items() if r.verdict != "undecided"]
