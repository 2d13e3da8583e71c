"""The soundness table over the whole checker, over each engine alone, and against a liar.

The table's truths are not the checker's: a wrong verdict here is a fault, never an expectation.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import pytest
from corpus import Statement, statements
from liar import Liar
from sympy import S, Symbol

from proofcheck import kernel
from proofcheck.certificates import Certificate
from proofcheck.checker import CheckOptions, check
from proofcheck.claims import Claim
from proofcheck.domains import Variable
from proofcheck.engines.base import SEARCH_FAILURES, Budget, Fails, Word
from proofcheck.engines.catalogue import ENGINES
from proofcheck.obligations import Context, Obligation, obligations
from proofcheck.record import VERDICTS, Record
from proofcheck.relations import Equal, GreaterEqual
from proofcheck.runner import Job, Limits, run

SECONDS = 20.0
JOBS = os.cpu_count() or 1
EVERY = 36
"""The quick tests take every 36th statement, the slow ones all of them."""
SECONDS_ALONE = 3.0
SECONDS_OF_EACH = 0.4
"""For one engine, where all of them look at a statement in the same process."""
# What is a fault of ours, for each truth.  Supported on a false statement is a soft error: it does
# not claim a proof, and the slow test of allowed verdicts lists it.
WRONG = {
    "T": {"refuted", "undefined", "vacuous", "ill-typed", "error"},
    "F": {"proved", "vacuous", "ill-typed", "error"},
    "FU": {"proved", "vacuous", "ill-typed", "error"},
    "U": {"proved", "refuted", "vacuous", "ill-typed", "error"},
    "V": {"proved", "supported", "refuted", "undefined", "ill-typed", "error"},
    "I": set(VERDICTS) - {"ill-typed"},
}


def in_processes(
    chosen: list[Statement],
    work: Callable[[Statement, Record], Record],
    seconds: float = SECONDS + 5,
) -> dict[str, Record]:
    """Return a record for each statement, each made in a process of its own."""
    jobs = []
    for statement in chosen:
        blank = Record(id=statement.name, verdict="undecided")
        jobs.append(Job(blank, lambda s=statement, b=blank: work(s, b)))
    return run(jobs, Limits(seconds=seconds, jobs=JOBS)).records


def checked(statement: Statement, blank: Record, seconds: float = SECONDS) -> Record:
    """Return the checker's record of a statement."""
    return check(statement.claim(), CheckOptions(timeout=seconds), blank)


@cache
def records() -> dict[str, Record]:
    """Return the checker's record of every statement."""
    return in_processes(list(statements()), checked)


def faults(found: dict[str, Record]) -> list[str]:
    """Return a line for each wrong verdict among the records."""
    return [
        f"{statement.name}: {record.verdict} ({record.basis}) {record.point} {record.reason}"
        for statement in statements()
        if (record := found.get(statement.name)) is not None
        and record.verdict in WRONG[statement.code.rstrip("?~")]
    ]


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


def test_no_wrong_verdict_in_a_sample() -> None:
    quickly = partial(checked, seconds=SECONDS_ALONE)
    assert not faults(in_processes(list(statements()[::EVERY]), quickly))


@pytest.mark.slow
def test_no_wrong_verdict() -> None:
    assert not faults(records())


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


def proved_by(engines: Sequence[Any], chosen: list[Statement], seconds: float) -> dict[str, Record]:
    """Return records that say proved where one engine alone proves a false statement."""

    def proves(engine: Any, statement: Statement) -> bool:
        budget = Budget.lasting(seconds)
        with contextlib.suppress(Fails, *SEARCH_FAILURES), budget.enforced():
            return wrongly_proved(statement, lambda o: replayed(o, engine.prove(o, budget)))
        return False

    def work(statement: Statement, blank: Record) -> Record:
        wrong = [engine.name for engine in engines if proves(engine, statement)]
        return Record(id=blank.id, verdict="proved", reason=", ".join(wrong)) if wrong else blank

    return in_processes(chosen, work, SECONDS + 5 * len(engines))


def test_no_engine_alone_proves_anything_false_in_a_sample() -> None:
    found = proved_by(ENGINES, FALSE[::EVERY], SECONDS_OF_EACH).values()
    # After an error the engines that come later have not looked at the statement.
    assert not [one for one in found if one.verdict in ("proved", "error")]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_each_engine_alone_proves_nothing_false(engine: Any) -> None:
    found = proved_by((engine,), FALSE, SECONDS_ALONE).values()
    assert not [one for one in found if one.verdict == "proved"]  # a crash proves nothing


def proved_by_a_liar(chosen: list[Statement], seconds: float) -> list[str]:
    """Return the false statements for which the kernel takes random certificates."""

    def work(statement: Statement, blank: Record) -> Record:
        liar, deadline = Liar(seed=0), time.monotonic() + seconds
        while time.monotonic() < deadline:
            if wrongly_proved(statement, lambda o: replayed(o, liar.prove(o))):
                return Record(id=blank.id, verdict="proved")
        return blank

    found = in_processes(chosen, work)
    return [name for name, record in found.items() if record.verdict == "proved"]


def test_a_liar_proves_nothing_false_in_a_sample() -> None:
    assert not proved_by_a_liar(FALSE[::18], 0.1)


@pytest.mark.slow
def test_a_liar_proves_nothing_false() -> None:
    assert not proved_by_a_liar(FALSE, 2.0)


def test_the_liar_is_heard() -> None:
    """Some of its certificates are right by chance: it does speak the kernel's language."""
    x = Symbol("x", real=True)
    context = Context((Variable(x, S.Reals),))
    goals = [Equal(x + x, 2 * x), GreaterEqual(x**2, 0)]
    easy = [Obligation("conclusion", goal, context) for goal in goals]
    liar = Liar(seed=1)
    assert all(any(replayed(o, liar.prove(o)) for _ in range(200)) for o in easy)
