"""The benchmark's command runs, and judges verdicts as the corpus says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "data" / "sample.jsonl"


@pytest.mark.slow
def test_command_prints_the_table(tmp_path: Path) -> None:
    listed = tmp_path / "open.jsonl"
    command = [sys.executable, "-m", "tests.benchmarks.reach", str(SAMPLE), "--limit", "3"]
    options = ["--timeout", "5", "--by", "topic", "--list-undecided", str(listed)]
    done = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    for word in ("proofcheck", "sympy.simplify", "WRONG", "one by one:\n  none", "By topic"):
        assert word in done.stdout
    assert listed.exists()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "name the files of the corpus: it is no part of this repository"),
        (["none.jsonl"], "none.jsonl: there is no such file"),
    ],
)
def test_the_corpus_must_be_named(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    files: list[str],
    message: str,
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from tests.benchmarks.reach import main

    with pytest.raises(SystemExit):
        main(files)
    assert capsys.readouterr().err.endswith(f"error: {message}\n")


@pytest.mark.parametrize(
    ("truth", "verdict", "more", "judged"),
    [
        ("true", "proved", {}, "proved"),
        ("true", "refuted", {}, "wrong"),
        ("false", "proved", {}, "wrong"),
        ("false", "supported", {}, "soft"),
        ("vacuous", "proved", {}, "wrong"),
        ("vacuous", "vacuous", {}, "vacuous"),
        ("true", "undefined", {"undefined_at_some_admissible_points": True}, "supported"),
        ("true", "undefined", {}, "other: undefined"),
        ("open", "proved", {"unacceptable": ["proved"]}, "wrong"),
        ("false", "undecided", {}, "undecided"),
    ],
)
def test_judgement(
    monkeypatch: pytest.MonkeyPatch, truth: str, verdict: str, more: dict[str, object], judged: str
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from proofcheck.record import Record
    from proofcheck.statements import read
    from tests.benchmarks.reach import Item

    item = Item(read(SAMPLE)[0], truth, {"id": "one", **more})
    assert item.judge(Record(id="one", verdict=verdict)) == judged
