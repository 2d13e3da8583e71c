"""Records survive the way through JSON, and JSON has the shape that was promised."""

from __future__ import annotations

import json

import pytest

from proofcheck.record import (
    VERDICTS,
    CaseRecord,
    CounterexampleRecord,
    EvidenceRecord,
    ObligationRecord,
    Record,
    TraceRecord,
    weakest,
)

PROMISED = [
    *("id", "ref", "assignment", "source", "file", "line", "verdict", "basis"),
    *("effective_verdict", "expected", "as_expected", "seconds", "cases", "counterexample"),
    *("evidence", "reason"),
]

FAILURE = CounterexampleRecord(point={"theta": "pi/3"}, lhs="1/2", rhs="1", lhs_decimal="0.5")
FULL = Record(
    id="sample/sum",
    ref="ps-1",
    assignment="sample",
    verdict="refuted",
    cases=(
        CaseRecord(
            label="n = 2",
            values={"n": "2"},
            verdict="refuted",
            counterexample=FAILURE,
            obligations=(ObligationRecord(kind="conclusion", goal="a = b", verdict="refuted"),),
        ),
    ),
    counterexample=FAILURE,
    evidence=EvidenceRecord(points=200, digits=50, seed=0),
    uses=("sample/other",),
    trace=(TraceRecord(engine="rational", outcome="nothing found", seconds=0.25),),
)


def test_a_record_survives_json() -> None:
    assert Record.from_json(json.loads(json.dumps(FULL.to_json()))) == Record.from_json(
        FULL.to_json()
    )
    back = Record.from_json(json.loads(json.dumps(FULL.to_json())))
    assert back.cases == FULL.cases
    assert back.counterexample == FAILURE
    assert (back.evidence, back.trace, back.uses) == (FULL.evidence, FULL.trace, FULL.uses)


def test_the_promised_keys_are_there() -> None:
    data = FULL.to_json()
    assert [key for key in PROMISED if key not in data] == []
    assert data["counterexample"]["point"] == {"theta": "pi/3"}
    assert data["cases"][0]["obligations"][0]["goal"] == "a = b"
    assert data["effective_verdict"] == "refuted"


def test_the_whole_point_has_the_values_of_its_case() -> None:
    assert FULL.point == {"n": "2", "theta": "pi/3"}
    assert list(FULL.point) == ["n", "theta"]


def test_a_record_from_a_later_version_is_read() -> None:
    assert Record.from_json({**FULL.to_json(), "colour": "blue"}).id == "sample/sum"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"id": "a/b", "verdict": "true"}, "'true' is no verdict"),
        ({"id": "a/b"}, "incomplete Record"),
        ([], "must be an object"),
        ({"id": "a/b", "verdict": "proved", "cases": [{}]}, "incomplete CaseRecord"),
    ],
)
def test_malformed_data_is_refused(data: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Record.from_json(data)  # type: ignore[arg-type]


def test_the_weakest_verdict() -> None:
    assert weakest(["proved", "supported", "proved"]) == "supported"
    assert weakest(["undecided", "refuted", "supported"]) == "refuted"
    assert weakest([]) == "proved"
    assert weakest(VERDICTS) == "error"
