"""The terminal report: a line per claim, the points where misprints fail, the sum."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO

from proofcheck.record import Record
from proofcheck.reports import assertions, explanation, wording

MARKS = {"fine": "✓", "weak": "≈", "bad": "✗"}
PLAIN_MARKS = {"fine": "+", "weak": "~", "bad": "x"}
COLOURS = {"fine": "32", "weak": "33", "bad": "31", "quiet": "2", "strong": "1"}
INDENT = " " * 6


def colour_wanted(stream: TextIO) -> bool:
    """Return whether ``stream`` is a terminal whose user did not ask for no colour."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@dataclass
class Terminal:
    """Writes to ``stream``; ``options`` are repeated in the replay lines (``--claims DIR``).

    ``style`` is "list", or "explanation" or "point" for a single claim.
    """

    stream: TextIO
    width: int = 0
    colour: bool = False
    verbose: bool = False
    options: tuple[str, ...] = ()
    style: Literal["list", "explanation", "point"] = "list"
    name_width: int = 0
    _aside_said: str = ""
    _assignment: str = ""
    _progress: bool = False

    @classmethod
    def of(cls, stream: TextIO, verbose: bool = False, options: Sequence[str] = ()) -> Terminal:
        """Return a report that suits ``stream``: its width, its colours."""
        width = shutil.get_terminal_size((100, 24)).columns if stream.isatty() else 100
        return cls(stream, width, colour_wanted(stream), verbose, tuple(options))

    @property
    def marks(self) -> Mapping[str, str]:
        """The marks that the stream can show."""
        try:
            "".join(MARKS.values()).encode(self.stream.encoding or "utf-8")
        except (UnicodeEncodeError, LookupError):
            return PLAIN_MARKS
        return MARKS

    def begin(self, records: Sequence[Record]) -> None:
        """Learn how wide the names are."""
        self.name_width = min(40, max((len(record.name) for record in records), default=0))

    def progress(self, done: int, total: int, running: Sequence[str]) -> None:
        """Show what is being waited for; on a terminal only."""
        if not self.stream.isatty():
            return
        text = f"{done}/{total}  " + ", ".join(running)
        self.stream.write("\r\x1b[2K" + self._paint("quiet", text[: self.width - 1]))
        self.stream.flush()
        self._progress = True

    def claim(self, record: Record) -> None:
        """Write a claim's line and its details."""
        if self.style != "list":
            if not self._aside_said:
                self._single(record)
            return
        if record.assignment != self._assignment:
            self._assignment = record.assignment
            self._line("")
            self._line(self._paint("strong", record.assignment))
        kind = self._kind(record)
        head = f"  {self._paint(kind, self.marks[kind])} {record.name:<{self.name_width}}  "
        used = 6 + max(self.name_width, len(record.name))
        words = wording.verdict(record)
        if aside := self._aside(record):
            words += f": {aside}"
        if other := wording.correction(record):
            words += f"; {other}"
        lines = textwrap.wrap(words, max(30, self.width - used), subsequent_indent="  ") or [""]
        self._line(head + self._paint(kind, lines[0]))
        for line in lines[1:]:
            self._line(" " * used + self._paint(kind, line))
        self._details(record)

    def end(self, records: Sequence[Record], seconds: float) -> None:
        """Write the claims that did not come out as expected once more, and the sum."""
        if self.style != "list":
            return
        bad = [record for record in records if not record.as_expected]
        if bad:
            self._line("")
            self._line(self._paint("strong", "Not as expected:"))
            for record in bad:
                line = brief(record)
                if len(line) > self.width - 4:
                    line = line[: self.width - 8].rstrip() + " ..."
                self._line(f"  {self._paint('bad', self.marks['bad'])} {line}")
        self._line("")
        for line in assertions.summary(records):
            self._line(line)
        verdict = "bad" if bad else "fine"
        total = wording.counted(len(records), "claim")
        self._line(
            f"{total} in {wording.seconds(seconds)}: {wording.tally(records)}. "
            + self._paint(verdict, wording.conclusion(records))
        )

    def aside(self, text: str) -> None:
        """Write a heading for claims that nobody asked for, once."""
        if self._aside_said != text and self.style == "list":
            self._line("")
            self._line(self._paint("quiet", f"({text})"))
        self._aside_said = text

    def remark(self, text: str, kind: str = "quiet") -> None:
        """Write a sentence of its own."""
        self._line(self._paint(kind, text))

    def _single(self, record: Record) -> None:
        if self.style == "explanation":
            for line in explanation.lines(record):
                self._line(line)
            return
        if record.verdict == "error":
            return
        self._line(f"{record.id} at {wording.point(record.point)}")
        for line in wording.sides(record.counterexample) if record.counterexample else ():
            self._line(INDENT + line)
        if record.counterexample and record.counterexample.term:
            self._line(INDENT + f"the term {record.counterexample.term} is undefined there")
        self._line(INDENT + wording.at_point(record))

    def _details(self, record: Record) -> None:
        found = record.counterexample
        if found is not None and record.verdict in ("refuted", "undefined"):
            if found.where:
                self._wrapped(f"in {found.where}")
            if record.point:
                self._wrapped(f"at  {wording.point(record.point)}")
            if found.term:
                self._wrapped(f"the term {found.term} is undefined there")
            for line in wording.sides(found):
                self._wrapped(line)
            if command := wording.replay(record, self.options):
                self._line(INDENT + self._paint("quiet", f"replay: {command}"))
        if record.shapes and record.verdict == "ill-typed":
            self._wrapped(f"shapes: {record.shapes}")
        if record.reason and record.reason != self._aside(record):
            self._wrapped(record.reason)
        if weak := wording.weakness(record):
            self._wrapped(weak)
        for note in record.notes:
            self._wrapped(f"note: {note}")
        if record.hypotheses and (self.verbose or record.uses):
            self._wrapped(f"hypotheses: {'; '.join(record.hypotheses)}")
        if record.output and (self.verbose or record.verdict == "error"):
            self._line(INDENT + "the claim printed:")
            for line in record.output.rstrip().splitlines()[-10:]:
                self._line(INDENT + "  " + line)
        if self.verbose:
            self._wrapped(f"{record.file}, line {record.line}; {wording.seconds(record.seconds)}")

    def _aside(self, record: Record) -> str | None:
        """Return what fits behind the verdict on the claim's own line."""
        if record.verdict == "supported" and record.evidence:
            return wording.evidence(record.evidence)
        if record.reason and len(record.reason) <= 60 and "\n" not in record.reason:
            return record.reason
        return None

    def _kind(self, record: Record) -> str:
        if not record.as_expected:
            return "bad"
        return "weak" if record.expected is None and record.effective != "proved" else "fine"

    def _wrapped(self, text: str) -> None:
        for paragraph in text.splitlines():
            for line in textwrap.wrap(
                paragraph,
                max(30, self.width - len(INDENT)),
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            ):
                self._line(INDENT + line)

    def _paint(self, kind: str, text: str) -> str:
        return f"\x1b[{COLOURS[kind]}m{text}\x1b[0m" if self.colour else text

    def _line(self, text: str) -> None:
        if self._progress:
            self.stream.write("\r\x1b[2K")
            self._progress = False
        encoding = self.stream.encoding or "utf-8"
        shown = text.rstrip().encode(encoding, "replace").decode(encoding)
        self.stream.write(shown + "\n")
        self.stream.flush()


def brief(record: Record) -> str:
    """Return one line that says what is the matter with a claim, and where it is."""
    words = f"{record.file}:{record.line}  {record.id}: {wording.verdict(record)}"
    if record.point and record.verdict in ("refuted", "undefined"):
        words += f" at {wording.point(record.point)}"
    elif record.effective != record.verdict:
        words += f", effectively {record.effective}"
    elif record.reason:
        reason = record.reason.strip().splitlines()[-1]
        words += f": {reason.removeprefix(f'{record.file}, ')}"
    return words
