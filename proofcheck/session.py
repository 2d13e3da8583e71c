"""One run: gathers the claims that a user means, runs them, reports them in document order."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from proofcheck import graph, runner, selection
from proofcheck.config import Config
from proofcheck.errors import CollectionError, UsageError
from proofcheck.record import Record
from proofcheck.reports.terminal import Terminal

if TYPE_CHECKING:
    from proofcheck.collector import Collected


@dataclass(frozen=True)
class Gathered:
    """The ``chosen`` claims, blank, then the ``used`` ones; ``claims`` holds both by id."""

    chosen: tuple[Record, ...]
    used: tuple[Record, ...]
    claims: Mapping[str, Collected]
    errors: tuple[CollectionError, ...]


@dataclass
class Session:
    """A run of ``gathered`` claims; ``records`` are the finished ones, settled, by id."""

    gathered: Gathered
    settings: Config
    terminal: Terminal
    stop_early: bool = False
    records: dict[str, Record] = field(default_factory=dict)
    shown: int = 0
    outcome: runner.Outcome = field(default_factory=runner.Outcome)

    @property
    def results(self) -> list[Record]:
        """The settled records of the chosen claims that were run, in document order."""
        return [
            graph.settle(self.records[blank.id], self.records, self.settings.require)
            for blank in self.gathered.chosen
            if blank.id in self.records
        ]

    def run(self, work: Callable[[Collected], Record]) -> None:
        """Check every claim in a process of its own and report it."""
        blanks = (*self.gathered.chosen, *self.gathered.used)
        started = time.monotonic()
        self.terminal.begin(blanks)
        self._progress()
        self.outcome = runner.run(
            [runner.Job(blank, self._work(work, blank)) for blank in blanks],
            runner.Limits(self.settings.timeout, self.settings.memory, self.settings.jobs),
            self._finished,
        )
        self._show(to_the_end=True)
        results = self.results
        if results:
            self.terminal.end(results, time.monotonic() - started)
        if missing := len(self.gathered.chosen) - len(results):
            why = "interrupted" if self.outcome.interrupted else "stopped early"
            self.terminal.remark(f"{why}: {missing} of the claims did not come to an end", "bad")

    def _work(self, work: Callable[[Collected], Record], blank: Record) -> Callable[[], Record]:
        return lambda: work(self.gathered.claims[blank.id])

    def _finished(self, record: Record) -> bool:
        self.records[record.id] = record
        self._show()
        self._progress()
        if not self.stop_early or record.id not in {one.id for one in self.gathered.chosen}:
            return False
        alone = replace(record, uses=())  # what it uses may not have been run yet
        return not graph.settle(alone, {}, self.settings.require).as_expected

    def _show(self, to_the_end: bool = False) -> None:
        """Report what is ready, in document order: a claim waits for those before and below it."""
        blanks = (*self.gathered.chosen, *self.gathered.used)
        uses = {blank.id: blank.uses for blank in blanks}
        for blank in blanks[self.shown :]:
            ready = all(one in self.records for one in graph.closure([blank.id], uses))
            if not ready and not to_the_end:
                return
            self.shown += 1
            if blank.id not in self.records:
                continue
            if blank in self.gathered.used:
                self.terminal.aside("also checked, because the claims above rest on them")
            record = self.records[blank.id]
            self.terminal.claim(graph.settle(record, self.records, self.settings.require))

    def _progress(self) -> None:
        blanks = (*self.gathered.chosen, *self.gathered.used)
        waiting = [blank.id for blank in blanks if blank.id not in self.records]
        if waiting:
            done = len(blanks) - len(waiting)
            self.terminal.progress(done, len(blanks), waiting[: self.settings.jobs])


def gather(settings: Config, names: Sequence[str], keyword: str | None) -> Gathered:
    """Collect the claims that ``names`` (all, if there are none) and ``keyword`` mean.

    Raises:
        UsageError: a name means nothing, or there is no such folder.
        CollectionError: claims use each other in a circle.
    """
    from proofcheck import collector  # imports SymPy

    test = selection.keyword(keyword) if keyword is not None else None
    files = [name for name in names if name.partition("::")[0].endswith(".jsonl")]
    if files:
        return _from_files(files, [name for name in names if name not in files], test)
    only = selection.assignments_named(settings.claims, names)
    collection = collector.collect(settings.claims, only)
    blanks = [one.blank for one in collection.claims]
    if names and (blanks or not collection.errors):
        try:
            blanks = selection.select(blanks, names, settings.claims)
        except UsageError as error:
            broken = "".join(f"\nproofcheck: error: {one}" for one in collection.errors)
            raise UsageError(f"{error}{broken}") from error
    if test is not None:
        blanks = [blank for blank in blanks if test(blank)]
    wanted = {blank.id for blank in blanks}
    whole = collector.with_uses([one for one in collection.claims if one.id in wanted])
    used = tuple(one.blank for one in whole if one.id not in wanted)
    graph.refuse_circles({one.id: one.blank.uses for one in whole})
    return Gathered(tuple(blanks), used, {one.id: one for one in whole}, collection.errors)


def _from_files(
    files: Sequence[str], others: Sequence[str], test: Callable[[Record], bool] | None
) -> Gathered:
    """Return the claims of files of statements, ``FILE`` or ``FILE::ID``."""
    from proofcheck import collector, statements  # import SymPy

    if others:
        raise UsageError(f"name files of statements alone, without {', '.join(others)}")
    found = [
        collector.Collected(claim.id, Path(name), claim)
        for name, _, only in (one.partition("::") for one in files)
        for claim in statements.read(Path(name))
        if only in ("", claim.ref)
    ]
    for name in files:
        path, _, only = name.partition("::")
        if only and not any((one.file, one.claim.ref) == (Path(path), only) for one in found):
            raise UsageError(f"there is no statement {only!r} in {path}")
    chosen = [one for one in found if test is None or test(one.blank)]
    return Gathered(tuple(one.blank for one in chosen), (), {one.id: one for one in chosen}, ())
