"""Neural collapse terminus: every assertion has a claim, some verdicts end to end."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import claims.neural_collapse_terminus as assignment
from proofcheck.checker import CheckOptions, check
from proofcheck.claims import Claim

REFS = """
nct-prob nct-prob-index nct-K nct-def1 nct-norm nct-ip nct-mincos nct-thm-CE nct-thm-mis nct-thm-the
nct-thm-range nct-kkt1 nct-kkt2 nct-kkt3/4 nct-lagr nct-grad nct-p nct-dual nct-sump nct-stat
nct-stat-drop nct-case1-a nct-case1-b nct-case1-c nct-case1-d nct-case1-e nct-case1-f nct-case1-g
nct-case1-concl nct-cs nct-eqn1 nct-eqn1w nct-split nct-sum1 nct-sum2 nct-sum3 nct-sum4 nct-comb
nct-eqn2 nct-pj nct-ratio nct-mono nct-equal nct-pj-val nct-eqn3-a nct-eqn3-b nct-eqn3 nct-eqn4
nct-eqn5-a nct-eqn5 nct-W1 nct-W1-sum nct-align-a nct-align-b nct-align-c nct-align nct-align-1
nct-xj nct-concl nct-qed
""".split()  # noqa: SIM905


def claims_of_the_assignment() -> list[Claim]:
    found = []
    for info in sorted(pkgutil.iter_modules(assignment.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{assignment.__name__}.{info.name}")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, Claim) and value.module == module.__name__
        ]
    return found


FOUND = claims_of_the_assignment()
CLAIMS = {claim.name: claim for claim in FOUND}


def test_every_assertion_has_a_claim() -> None:
    assert set(REFS) <= {claim.ref for claim in CLAIMS.values()}


def test_names_are_unique() -> None:
    assert len(CLAIMS) == len(FOUND)


def test_a_printed_misprint_has_its_repair() -> None:
    for claim in CLAIMS.values():
        if claim.expect is not None:
            assert claim.corrected_by is not None, claim.name
            assert claim.corrected_by.expect is None, claim.name


def test_no_claim_rests_on_instances() -> None:
    assert [claim.name for claim in CLAIMS.values() if claim.limitation] == []


def test_modules_follow_the_slides() -> None:
    def slide(claim: Claim) -> int:
        return int(re.search(r"\d+", claim.module.rsplit(".", 1)[1]).group())  # type: ignore[union-attr]

    modules = [slide(claim) for claim in CLAIMS.values()]
    assert modules == sorted(modules)


@pytest.mark.parametrize(
    "name",
    [
        "same_norm",
        "kernel_of_the_gram_matrix",
        "left_side_of_case_one",
        "left_side_of_case_one_as_printed",
        "times_own_prototype_as_printed",
        "eqn1_as_printed",
        "eqn5",
        "increasing_below_one",
        "decreasing_below_zero",
        "stationarity_without_qualification",
        "labels_of_two_sessions_as_printed",
        "sum_without_an_index",
        "product_by_alignment_alone",
        "other_products",
        "stationary_at_the_prototype",
        "value_of_the_minimum",
    ],
)
def test_verdicts(name: str) -> None:
    record = check(CLAIMS[name], CheckOptions(timeout=120))
    assert record.verdict == (CLAIMS[name].expect or "proved"), record.reason
    if record.verdict == "proved":
        assert record.basis == "certificate"
