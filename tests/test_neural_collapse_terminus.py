"""Neural collapse terminus: every assertion has a claim, some verdicts end to end."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace

import pytest
from sympy import Interval, oo

import claims.neural_collapse_terminus as assignment
from proofcheck import graph
from proofcheck.checker import CheckOptions, check
from proofcheck.citations import cited, hypotheses
from proofcheck.claims import Claim
from proofcheck.domains import Variable
from proofcheck.record import Record

PRINTED = """
nct-prob nct-prob-index nct-K nct-def1 nct-norm nct-ip nct-mincos nct-thm-CE nct-thm-mis nct-thm-the
nct-thm-range nct-kkt1 nct-kkt2 nct-kkt3/4 nct-lagr nct-grad nct-p nct-dual nct-sump nct-stat
nct-stat-drop nct-case1-a nct-case1-b nct-case1-c nct-case1-d nct-case1-e nct-case1-f nct-case1-g
nct-case1-concl nct-cs nct-eqn1 nct-eqn1w nct-split nct-sum1 nct-sum2 nct-sum3 nct-sum4 nct-comb
nct-eqn2 nct-pj nct-ratio nct-mono nct-equal nct-pj-val nct-eqn3-a nct-eqn3-b nct-eqn3 nct-eqn4
nct-eqn5-a nct-eqn5 nct-W1 nct-W1-sum nct-align-a nct-align-b nct-align-c nct-align nct-align-1
nct-xj nct-concl nct-qed
"""
REFS = PRINTED.split()


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
        return int(claim.module.rsplit(".", 1)[1][1:3])  # s07_case_two: slide 7

    modules = [slide(claim) for claim in CLAIMS.values()]
    assert modules == sorted(modules)


THEOREMS = ("theorem_for_the_cross_entropy", "theorem_for_the_misalignment_loss")
IDENTIFIERS = {claim.id: claim for claim in FOUND}
USES = {claim.id: tuple(used.id for used in claim.uses) for claim in FOUND}


PRINTED = "theorem_from_the_conditions"
FROM_THE_CONDITIONS_OF_SLIDE_5 = "theorem_from_the_kkt_conditions"


def steps(theorem: str) -> list[str]:
    """Everything that a theorem rests on."""
    return graph.closure([CLAIMS[theorem].id], USES)[1:]


@pytest.mark.parametrize("theorem", [*THEOREMS, PRINTED, FROM_THE_CONDITIONS_OF_SLIDE_5])
def test_a_step_without_its_proof_lowers_the_theorem(theorem: str) -> None:
    name = CLAIMS[theorem].id
    proved = {
        one: Record(id=one, verdict="proved", uses=USES[one]) for one in (name, *steps(theorem))
    }
    assert graph.settle(proved[name], proved).effective_verdict == "proved"
    for step in steps(theorem):
        lowered = proved | {step: replace(proved[step], verdict="supported")}
        settled = graph.settle(lowered[name], lowered)
        assert (settled.effective_verdict, settled.weakest_link) == ("supported", step)


def test_every_claim_uses_what_it_cites_and_nothing_else() -> None:
    """What a step needs comes in by a citation: so each of them is reached, none for show."""
    for claim in FOUND:
        if claim.expect in (None, "refuted", "undefined"):  # an ill-typed one has no cases
            found = {one.claim.id for case in claim.cases() for one in cited(case)}
            assert found == set(USES[claim.id]), claim.name


@pytest.mark.parametrize("theorem", [*THEOREMS, PRINTED, FROM_THE_CONDITIONS_OF_SLIDE_5])
def test_a_theorem_rests_on_no_misprint(theorem: str) -> None:
    assert [one for one in steps(theorem) if IDENTIFIERS[one].expect is not None] == []


def test_the_hypotheses_of_the_theorems_are_those_of_the_document() -> None:
    def listed(theorem: str) -> list[str]:
        (case,) = CLAIMS[theorem].cases()
        return [str(one) for one in hypotheses(case)]

    norm = "r**2 + (K - 1)*Sum(x[i]**2, (i, 1, K))/K <= 1"
    for theorem in THEOREMS:
        constraint, minimal = listed(theorem)
        assert constraint == norm
        assert "x[k]" in minimal.split("<=")[0]
        assert "x[" not in minimal.split("<=")[1]


def test_the_printed_argument_reaches_its_steps() -> None:
    """EQN1 to EQN5, the monotonicity by which any two p_j are equal, and the alignment."""
    reached = {IDENTIFIERS[one].ref for one in steps(PRINTED)}
    assert reached >= {
        "nct-cs", "nct-eqn2", "nct-pj", "nct-ratio", "nct-mono", "nct-equal", "nct-pj-val",
        "nct-eqn3-a", "nct-eqn3-b", "nct-eqn3", "nct-eqn4", "nct-eqn5-a", "nct-eqn5",
        "nct-align-a", "nct-align-b", "nct-align-c", "nct-align", "nct-align-1", "nct-xj",
    }  # fmt: skip


def test_the_printed_argument_assumes_no_equality_of_probabilities() -> None:
    (case,) = CLAIMS[PRINTED].cases()
    distinct, softmax, prototypes, feature, slackness = map(str, hypotheses(case))
    assert distinct == "h != k"
    assert softmax == "p[j] = exp(x[j])/Sum(exp(x[i]), (i, 1, K)) for all j in Range(1, K + 1, 1)"
    assert prototypes.startswith("2*N*lamda*x[i] + Sum(")
    assert prototypes.endswith("= 0 for all i in Range(1, K + 1, 1)")
    assert feature.startswith("2*N*lamda*(r**2 +")
    assert slackness.startswith("lamda*(r**2 - 1 +")
    (everywhere,) = (one for one in cited(case) if one.binders)
    assert everywhere.claim is CLAIMS["equal_probabilities_of_classes"]


def test_the_argument_starts_from_the_conditions_of_slide_5() -> None:
    (case,) = CLAIMS[FROM_THE_CONDITIONS_OF_SLIDE_5].cases()
    sets = {str(v.symbol): v.set for v in case.variables if isinstance(v, Variable)}
    assert sets["lamda"] == Interval(0, oo)
    assert len(hypotheses(case)) == 5  # another class, the p_j, stationarity twice, slackness


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
