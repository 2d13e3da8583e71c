"""The reports word for word: messages are part of the product."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from proofcheck import graph
from proofcheck.record import (
    CaseRecord,
    CounterexampleRecord,
    EvidenceRecord,
    ObligationRecord,
    Record,
    TraceRecord,
)
from proofcheck.reports import assertions, explanation, jsonfile, wording
from proofcheck.reports.terminal import Terminal, brief, colour_wanted

FAILURE = CounterexampleRecord(
    point={"theta": "pi/3"}, lhs="sqrt(3)/2", rhs="1", lhs_decimal="0.86602540", rhs_decimal="1"
)
RECORDS = [
    Record(id="essay/norm", assignment="essay", verdict="proved", basis="certificate"),
    Record(
        id="essay/as_printed",
        assignment="essay",
        verdict="refuted",
        expected="refuted",
        corrected_by="essay/norm",
        cases=(
            CaseRecord(label="n = 2", values={"n": "2"}, verdict="refuted", counterexample=FAILURE),
        ),
        counterexample=FAILURE,
    ),
    Record(
        id="essay/series",
        assignment="essay",
        verdict="supported",
        evidence=EvidenceRecord(points=200, digits=50, seed=0, spread="special points and dyadics"),
    ),
    Record(
        id="essay/theorem",
        assignment="essay",
        verdict="proved",
        basis="cas",
        uses=("essay/series",),
    ),
    Record(
        id="thesis/limit",
        assignment="thesis",
        verdict="undecided",
        reason="out of time after 60 s",
        file="claims/thesis/limit.py",
        line=7,
    ),
    Record(
        id="thesis/sign",
        assignment="thesis",
        verdict="refuted",
        counterexample=CounterexampleRecord(point={"x": "0"}, lhs="0", rhs="1"),
        file="claims/thesis/sign.py",
        line=9,
    ),
    Record(
        id="thesis/quotient",
        assignment="thesis",
        verdict="undefined",
        counterexample=CounterexampleRecord(point={"x": "1"}, term="1/(x - 1)"),
        file="claims/thesis/quotient.py",
        line=9,
    ),
    Record(
        id="thesis/step",
        assignment="thesis",
        verdict="ill-typed",
        reason="2 x 1 matrix + a number",
        expected="proved",
        file="claims/thesis/step.py",
        line=4,
    ),
]

REPORT = """
essay
  ✓ norm        proved (certificate)
  ✓ as_printed  refuted, as expected; corrected by norm
      at  n = 2, theta = pi/3
      lhs = sqrt(3)/2 = 0.86602540
      rhs = 1
      replay: python -m proofcheck check essay/as_printed --at n=2,theta=pi/3
  ≈ series      supported: 200 points, agreeing to 50 digits (special points and dyadics, seed 0)
  ≈ theorem     proved (cas)
      effectively supported: it uses essay/series, which is supported

thesis
  ✗ limit       undecided: out of time after 60 s
  ✗ sign        refuted
      at  x = 0
      lhs = 0
      rhs = 1
      replay: python -m proofcheck check thesis/sign --at x=0
  ✗ quotient    undefined
      at  x = 1
      the term 1/(x - 1) is undefined there
      replay: python -m proofcheck check thesis/quotient --at x=1
  ✗ step        ill-typed, but expected proved: 2 x 1 matrix + a number

Not as expected:
  ✗ claims/thesis/limit.py:7  thesis/limit: undecided: out of time after 60 s
  ✗ claims/thesis/sign.py:9  thesis/sign: refuted at x = 0
  ✗ claims/thesis/quotient.py:9  thesis/quotient: undefined at x = 1
  ✗ claims/thesis/step.py:4  thesis/step: ill-typed, but expected proved: 2 x 1 matrix + a number

8 claims in 3.2 s: 2 proved (1 cas, 1 certificate), 1 supported, 1 undecided, 1 undefined, \
2 refuted (1 as expected), 1 ill-typed. 4 of 8 came out as expected.
"""


def settled() -> list[Record]:
    known = {record.id: record for record in RECORDS}
    return [graph.settle(record, known) for record in RECORDS]


def report(records: list[Record], terminal: Terminal) -> str:
    terminal.begin(records)
    for record in records:
        terminal.claim(record)
    terminal.end(records, 3.21)
    assert isinstance(terminal.stream, io.StringIO)
    return terminal.stream.getvalue()


def test_the_report_reads_like_this() -> None:
    assert report(settled(), Terminal(io.StringIO(), width=100)) == REPORT


def test_a_narrow_terminal_loses_no_word() -> None:
    narrow = report(settled(), Terminal(io.StringIO(), width=50))
    report_itself, _, _ = narrow.partition("Not as expected")
    assert report_itself.split() == REPORT.partition("Not as expected")[0].split()
    details = [line for line in narrow.splitlines() if "replay" not in line]
    assert all(len(line) <= 60 for line in details if line.startswith("      "))


def test_without_unicode_the_marks_are_plain() -> None:
    buffer = io.BytesIO()
    terminal = Terminal(io.TextIOWrapper(buffer, encoding="ascii"), width=100)
    terminal.begin(settled())
    for record in settled():
        terminal.claim(replace(record, reason="größer" if record.reason else None))
    text = buffer.getvalue().decode("ascii")
    assert "  + norm        proved" in text
    assert "  ~ series      supported" in text
    assert "  x sign        refuted" in text


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert colour_wanted(Tty())
    assert not colour_wanted(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour_wanted(Tty())
    assert "\x1b[" in report(settled(), Terminal(io.StringIO(), width=100, colour=True))


def test_progress_is_wiped_away() -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal(Tty(), width=30)
    terminal.progress(3, 8, ["essay/norm", "essay/something_very_long"])
    terminal.claim(settled()[0])
    text = terminal.stream.getvalue()  # type: ignore[attr-defined]
    assert text.startswith("\r\x1b[2K3/8  essay/norm, essay/some")
    assert text.split("\r\x1b[2K")[2].startswith("\nessay\n")


def test_the_replay_line_survives_a_shell() -> None:
    point = {"x": "sqrt(2) + 1", "p": "(1/2, 1/2)"}
    record = Record(
        id="s/a", verdict="refuted", counterexample=CounterexampleRecord(point=point, lhs="1")
    )
    assert wording.replay(record, ["--claims", "my proofs"]) == (
        "python -m proofcheck check s/a --claims 'my proofs' --at 'x=sqrt(2)+1,p=(1/2,1/2)'"
    )
    assert wording.replay(replace(record, verdict="supported")) is None


@pytest.mark.parametrize(
    ("found", "lines"),
    [
        (CounterexampleRecord(lhs="2", rhs="1", relation="="), ["lhs = 2", "rhs = 1"]),
        (
            CounterexampleRecord(lhs="2", rhs="1", relation="<="),
            ["lhs = 2", "rhs = 1", "but lhs <= rhs is claimed"],
        ),
        (
            CounterexampleRecord(lhs="pi", rhs="1", lhs_decimal="3.14", relation="="),
            ["lhs = pi = 3.14", "rhs = 1"],
        ),
        (CounterexampleRecord(lhs_decimal="3.1", rhs="1"), ["lhs = 3.1", "rhs = 1"]),
        (CounterexampleRecord(relation="z in Reals"), ["z in Reals fails there"]),
        (CounterexampleRecord(term="1/x", relation="x != 0"), []),
    ],
)
def test_both_sides(found: CounterexampleRecord, lines: list[str]) -> None:
    assert wording.sides(found) == lines


def test_required_proofs_are_asked_for() -> None:
    record = graph.settle(Record(id="s/a", verdict="supported"), {}, "proved")
    assert wording.verdict(record) == "supported, but proved is required"


def test_the_line_about_an_error_names_its_place_once() -> None:
    reason = "claims/essay/a.py, line 8: f returns nothing"
    record = Record(id="essay/f", verdict="error", file="claims/essay/a.py", line=5, reason=reason)
    words = "claims/essay/a.py:5  essay/f: error: line 8: f returns nothing"
    assert brief(record) == words


def test_one_claim_is_not_spoken_of_in_the_plural() -> None:
    one = graph.settle(Record(id="s/a", assignment="s", verdict="proved"), {})
    assert report([one], Terminal(io.StringIO(), width=100)).endswith(
        "1 claim in 3.2 s: 1 proved. It came out as expected.\n"
    )


@pytest.mark.parametrize(
    ("value", "words"), [(0.004, "0.00 s"), (0.25, "0.25 s"), (3.21, "3.2 s"), (125, "2 min 5 s")]
)
def test_durations(value: float, words: str) -> None:
    assert wording.seconds(value) == words


def test_an_explanation_shows_every_obligation_and_attempt() -> None:
    record = Record(
        id="essay/norm",
        ref="e-1",
        source="page 3, line 2",
        file="claims/essay/norm.py",
        line=5,
        title="All vectors have norm 1.",
        statement="a**2 = 1  assuming a > 0",
        domain=("a in Interval(0, 1)",),
        hypotheses=("a > 0",),
        uses=("essay/other",),
        verdict="proved",
        basis="certificate",
        cases=(
            CaseRecord(
                label="n = 1",
                verdict="proved",
                basis="certificate",
                obligations=(
                    ObligationRecord(
                        kind="conclusion",
                        goal="a**2 = 1",
                        verdict="proved",
                        basis="certificate",
                        engine="rational",
                        certificate="Identity",
                    ),
                ),
            ),
        ),
        trace=(
            TraceRecord(engine="rational", obligation="a**2 = 1", outcome="proved", seconds=0.012),
        ),
    )
    assert list(explanation.lines(record)) == [
        "essay/norm: proved (certificate)",
        "  page 3, line 2 [e-1]",
        "  claims/essay/norm.py, line 5",
        "  All vectors have norm 1.",
        "",
        "  statement   a**2 = 1  assuming a > 0",
        "  domain      a in Interval(0, 1)",
        "  hypothesis  a > 0",
        "  uses        essay/other",
        "",
        "  case n = 1: proved (certificate)",
        "    conclusion  a**2 = 1: proved (certificate, found by rational); Identity",
        "",
        "  what was tried",
        "    rational    0.01 s  a**2 = 1; proved",
    ]


def test_the_json_report() -> None:
    data = json.loads(jsonfile.document(settled(), ["claims/x.py, line 1: SyntaxError"]))
    assert data["schema"] == 1
    assert [claim["id"] for claim in data["claims"]] == [record.id for record in RECORDS]
    assert data["errors"] == ["claims/x.py, line 1: SyntaxError"]
    theorem = data["claims"][3]
    assert (theorem["verdict"], theorem["effective_verdict"]) == ("proved", "supported")
    assert theorem["weakest_link"] == "essay/series"


def assertion(name: str, verdict: str, **more: str) -> Record:
    return Record(id=f"essay/{name}", assignment="essay", verdict=verdict, **more)  # type: ignore[arg-type]


def test_printed_assertions_are_counted() -> None:
    """By ref: one fails if the claim that another corrects does, whatever holds beside it."""
    records = [
        assertion("sum", "proved", ref="e-1"),
        assertion("sum_again", "supported", ref="e-1"),
        assertion("root", "refuted", ref="e-2", corrected_by="essay/root_mended", statement="r"),
        assertion("root_mended", "proved", ref="e-2", statement="r"),
        assertion("sign", "refuted", ref="e-3", corrected_by="essay/sign_mended", statement="a"),
        assertion("sign_mended", "proved", ref="e-3", statement="-a"),
        assertion("shape", "ill-typed", ref="e-4", corrected_by="essay/sum"),
        assertion("norm", "proved", ref="e-5"),
        assertion("pole", "undefined", ref="e-6", corrected_by="essay/gone", statement="1/x = y"),
        assertion("helper", "undecided"),
    ]
    assert assertions.summary(records) == [
        "essay: 6 printed assertions: 1 proved, 1 supported, 1 conditional, 1 refuted, "
        "1 undefined, 1 ill-typed"
    ]
    assert f"\n{assertions.summary(records)[0]}\n10 claims" in report(
        records, Terminal(io.StringIO(), width=100)
    )


def test_a_condition_helps_only_if_the_corrected_claim_holds() -> None:
    failing = assertion("a", "refuted", ref="e", corrected_by="essay/b", statement="s")
    for word, expected in (("supported", "conditional"), ("undecided", "refuted")):
        others = {"essay/b": assertion("b", word, statement="s")}
        assert assertions.verdict([failing], others) == expected


def test_claims_that_nothing_corrects_are_not_counted_twice() -> None:
    assert assertions.summary([assertion("sum", "proved", ref="e-1")]) == []
