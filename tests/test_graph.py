"""Effective verdicts over what a claim uses, and circles of uses."""

from __future__ import annotations

import pytest

from proofcheck import graph
from proofcheck.errors import CollectionError
from proofcheck.record import VERDICTS, Record


def records(*described: tuple[str, str, tuple[str, ...]]) -> dict[str, Record]:
    return {name: Record(id=name, verdict=verdict, uses=uses) for name, verdict, uses in described}


def effective(name: str, found: dict[str, Record]) -> str:
    return graph.settle(found[name], found).effective


def test_a_chain_is_as_weak_as_its_weakest_step() -> None:
    found = records(
        ("s/a", "proved", ("s/b",)), ("s/b", "proved", ("s/c",)), ("s/c", "supported", ())
    )
    assert effective("s/a", found) == "supported"
    assert graph.settle(found["s/a"], found).weakest_link == "s/c"
    assert effective("s/c", found) == "supported"


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_proved_claim_is_what_it_uses(verdict: str) -> None:
    found = records(("s/a", "proved", ("s/b",)), ("s/b", verdict, ()))
    assert effective("s/a", found) == verdict
    settled = graph.settle(found["s/a"], found)
    assert settled.as_expected == (verdict in ("proved", "supported"))


def test_its_own_verdict_counts_too() -> None:
    found = records(("s/a", "undecided", ("s/b",)), ("s/b", "proved", ()))
    assert effective("s/a", found) == "undecided"
    assert graph.settle(found["s/a"], found).weakest_link is None


def test_a_used_claim_that_was_not_run_counts_as_undecided() -> None:
    found = records(("s/a", "proved", ("s/b",)))
    assert effective("s/a", found) == "undecided"


def test_a_misprint_is_expected_and_still_counts_as_refuted() -> None:
    found = records(("s/a", "proved", ("s/b",)))
    found["s/b"] = Record(id="s/b", verdict="refuted", expected="refuted")
    assert graph.settle(found["s/b"], found).as_expected
    assert effective("s/a", found) == "refuted"


@pytest.mark.parametrize(
    ("expected", "verdict", "require", "fine"),
    [
        (None, "proved", "supported", True),
        (None, "supported", "supported", True),
        (None, "supported", "proved", False),
        (None, "undecided", "supported", False),
        (None, "refuted", "supported", False),
        ("refuted", "refuted", "proved", True),
        ("refuted", "proved", "supported", False),
        ("refuted", "supported", "supported", False),
        ("refuted", "undecided", "supported", False),
        ("proved", "supported", "supported", False),
        ("supported", "proved", "supported", False),
        ("ill-typed", "ill-typed", "supported", True),
        ("undecided", "undecided", "proved", True),
    ],
)
def test_expectations(expected: str | None, verdict: str, require: str, fine: bool) -> None:
    record = Record(id="s/a", verdict=verdict, expected=expected)
    assert graph.settle(record, {}, require).as_expected is fine


def test_a_fault_is_never_expected() -> None:
    record = Record(id="s/a", verdict="error", expected="error", fault=True)
    assert not graph.settle(record, {}).as_expected


def test_circles_are_named() -> None:
    with pytest.raises(CollectionError, match="s/b uses s/c uses s/b: claims that use each other"):
        graph.refuse_circles({"s/a": ["s/b"], "s/b": ["s/c"], "s/c": ["s/b"]})
    with pytest.raises(CollectionError, match="s/a uses s/a"):
        graph.refuse_circles({"s/a": ["s/a"]})


def test_a_diamond_is_no_circle_and_depth_is_no_problem() -> None:
    graph.refuse_circles({"s/a": ["s/b", "s/c"], "s/b": ["s/d"], "s/c": ["s/d"], "s/d": []})
    deep = {str(i): [str(i + 1)] for i in range(5000)}
    graph.refuse_circles(deep)
    assert len(graph.closure(["0"], deep)) == 5001
