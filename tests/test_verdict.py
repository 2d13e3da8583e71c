"""The contract, line by line: what each verdict means (DESIGN, "What a verdict means")."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from sympy import (
    Complexes,
    Integral,
    Interval,
    Matrix,
    Reals,
    Symbol,
    cos,
    exp,
    gamma,
    log,
    oo,
    pi,
    sin,
    sqrt,
)

from proofcheck import checker, kernel, verdict
from proofcheck.certificates import Identity
from proofcheck.checker import CheckOptions, check
from proofcheck.claims import Claim, claim, forall
from proofcheck.domains import Vectors, instances, integers
from proofcheck.engines import real_arithmetic
from proofcheck.engines._points import Generator
from proofcheck.engines.base import OutOfTime, Point
from proofcheck.errors import InternalFault
from proofcheck.kernel import Theorem
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Equal, Greater, Less, NotEqual, calc

OPTIONS = CheckOptions(timeout=15)


def of(build, *, options=OPTIONS, **domains):
    """Return the record of a claim made of a function and the domains of its parameters."""
    return check(claim("here")(forall(**domains)(build)), options)


# Proved


def test_proved_means_every_point_and_a_replayed_certificate():
    record = of(lambda x: Equal((x + 1) ** 2, x**2 + 2 * x + 1), x=Reals)
    assert (record.verdict, record.basis) == ("proved", "certificate")


def test_what_holds_only_where_it_is_defined_is_not_proved():
    record = of(lambda x: Equal((x**2 - 1) / (x - 1), x + 1), x=Reals)
    assert record.verdict == "undefined"
    assert (
        of(lambda x: Equal((x**2 - 1) / (x - 1), x + 1), x=Interval.open(1, 2)).verdict == "proved"
    )


def test_every_link_of_a_chain_is_an_obligation():
    assert of(lambda x: calc(x + x, 2 * x, 2 * x + 0), x=Reals).verdict == "proved"
    assert of(lambda x: calc(x + x, 2 * x, 3 * x), x=Reals).verdict == "refuted"


def test_sympys_word_is_a_basis_of_its_own_and_strict_demotes_it(monkeypatch):
    monkeypatch.setattr(kernel, "prove", lambda *_: (_ for _ in ()).throw(kernel.Rejected("no")))
    short = CheckOptions(timeout=4)
    record = of(lambda x: Equal(sin(x) ** 2 + cos(x) ** 2, 1), options=short, x=Reals)
    assert record.verdict in ("supported", "proved")
    if record.verdict == "proved":
        assert record.basis == "cas"
    strict = dataclasses.replace(short, strict=True)
    record = of(lambda x: Equal(sin(x) ** 2 + cos(x) ** 2, 1), options=strict, x=Reals)
    assert record.verdict == "supported"


# Supported


def test_supported_tells_points_digits_seed_and_spread():
    record = of(
        lambda x: Equal(
            gamma(x + sqrt(2)) * 2 ** (x * pi),
            2 ** (pi * x) * gamma(sqrt(2) + x + 0) + exp(-(10**4) * x) / 10**4000,
        ),
        x=Interval(10, 11),
        options=CheckOptions(timeout=3, seed=3),
    )
    assert record.verdict != "proved"
    if record.verdict == "supported":
        assert record.evidence.points > 0
        assert record.evidence.seed == 3
        assert record.evidence.spread


def test_finite_instances_are_never_proved_for_all():
    record = of(lambda K: Greater(K, 1), K=instances(range(2, 7), "all K >= 2"))
    assert record.verdict == "supported"
    assert "K = 2, 3, 4, 5, 6" in record.reason


# Refuted


def test_refuted_shows_an_exact_admissible_point():
    record = of(lambda x: Less(x**2, x + 1).assuming(Greater(x, 1)), x=Reals)
    assert record.verdict == "refuted"
    assert set(record.counterexample.point) == {"x"}


def test_a_difference_in_the_last_digits_refutes_only_if_it_is_certain():
    near = exp(pi * sqrt(163))
    assert of(lambda x: Equal(near + x, 262537412640768744 + x), x=Reals).verdict == "refuted"
    same = sqrt(2 + sqrt(3)) - (sqrt(6) + sqrt(2)) / 2
    short = CheckOptions(timeout=3)
    assert of(lambda x: Equal(same + x, x), options=short, x=Reals).verdict != "refuted"


def test_points_where_a_term_is_undefined_never_refute():
    assert of(lambda x: Equal(x / (x - 1) - 1 / (x - 1), 1), x=Reals).verdict == "undefined"


# Undecided, vacuous, undefined, ill-typed, error


def test_a_search_that_is_out_of_time_is_undecided():
    record = of(
        lambda x: Equal(Integral(exp(-(x**2)) * sin(x) / (1 + x**4), (x, 0, 1)), x - x + 7 * x),
        x=Interval.open(0, 1),
        options=CheckOptions(timeout=0.0),
    )
    assert record.verdict not in ("proved", "supported")


def test_assumptions_that_nothing_meets_are_vacuous():
    assert of(lambda x: Equal(x, x + 1).assuming(Less(x, x)), x=Reals).verdict == "vacuous"
    assert (
        of(lambda x: Equal(x, 7).assuming(Greater(x, 1), Less(x, 0)), x=Reals).verdict == "vacuous"
    )
    assert of(lambda n: Equal(n, 7), n=integers(3, 2)).verdict == "vacuous"


def test_where_the_search_for_a_point_is_cut_short_nothing_is_called_vacuous(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def late(*arguments: object) -> Iterator[Point]:
        raise OutOfTime("it used up its processor time")

    monkeypatch.setattr(Generator, "points", late)
    monkeypatch.setattr(real_arithmetic, "model", lambda *arguments: None)
    record = of(lambda x: Equal(x, 7).assuming(Less(x, x)), x=Reals)
    assert record.verdict == "undecided"
    assert "no admissible point was found" in record.reason


def test_undefined_shows_the_point():
    record = of(lambda x: Equal(log(x**2), 2 * log(abs(x))), x=Reals)
    assert record.verdict == "undefined"
    assert record.counterexample.point == {"x": "0"}


def test_ill_typed_shows_the_shapes():
    record = of(lambda v: Equal(v + Matrix([1, 2, 3]), v), v=Vectors(2))
    assert record.verdict == "ill-typed"
    assert "2" in record.reason
    assert of(lambda v: Equal(v, 1), v=Vectors(2)).verdict == "ill-typed"


@pytest.mark.parametrize(
    "body",
    [
        lambda x: bool(x == x),
        lambda x: x == x,
        lambda x: None,
        lambda x: 1 / 0,
        lambda x: x,
        lambda x: Equal(x, 0.5),
        lambda x: Equal(x + Symbol("y"), Symbol("y") + x),
        lambda x: Equal(Symbol("x") + 1, 1 + Symbol("x")),
        lambda x: bool(Equal(x, x)),
        lambda x: Equal(x, x).assuming(Greater(Symbol("t"), 0)),
        lambda x: Equal(x, x).assuming(True),
    ],
)
def test_a_broken_claim_is_an_error(body):
    assert of(body, x=Reals).verdict == "error"


def test_a_symbol_of_the_same_name_is_another_one():
    record = of(lambda x: Equal(Symbol("x") ** 2, x**2), x=Reals)
    assert record.verdict == "error"
    assert "x, which it does not declare" in record.reason


def test_two_variables_of_one_name():
    # The first coordinate of v and the number v_1 would be one symbol, and equal.
    record = of(lambda v, v_1: Equal(v[0], v_1), v=Vectors(2), v_1=Reals)
    assert record.verdict == "error"
    assert "v_1 twice" in record.reason


# What holds of all verdicts


def test_no_verdict_has_a_truth_value():
    theorem = kernel.prove(Obligation("conclusion", Equal(1, 1), Context()), Identity())
    for one in (
        verdict.Proved((theorem,)),
        verdict.Supported(None, ""),
        verdict.Undecided(""),
        verdict.Vacuous(""),
        verdict.IllTyped(""),
        verdict.Error(""),
        verdict.Refuted(None),
        verdict.Undefined(None),
    ):
        with pytest.raises(TypeError, match="no truth value"):
            bool(one)
    for one in (Equal(1, 1), calc(1, 1), NotEqual(1, 2)):
        with pytest.raises(TypeError, match="no truth value"):
            bool(one)


def test_the_basis_is_that_of_the_weakest_theorem():
    obligation = Obligation("conclusion", Equal(1, 1), Context())
    sure, word = kernel.prove(obligation, Identity()), kernel.admit(obligation, "simplify")
    assert verdict.Proved((sure, sure)).basis == "certificate"
    assert verdict.Proved((sure, word)).basis == "cas"


def test_a_claim_is_as_grave_as_its_gravest_case():
    assert checker.gravest([]).word == "vacuous"
    found = [verdict.Proved(()), verdict.Supported(None, ""), verdict.Undecided("")]
    assert checker.gravest(found).word == "undecided"
    assert checker.gravest([*found, verdict.Refuted(None)]).word == "refuted"
    assert of(lambda n: Less(n, 3), n=integers(1, 3)).verdict == "refuted"


def test_an_engine_that_crashes_proves_and_refutes_nothing(monkeypatch):
    class Crashing:
        name = "crashing"

        def prove(self, obligation, budget):
            raise ZeroDivisionError("in the middle of the search")

        def refute(self, obligation, budget):
            raise RecursionError

    import proofcheck.engines.catalogue as catalogue

    for module in {checker, catalogue, *_modules_with("ENGINES")}:
        for name in ("ENGINES", "REFUTERS"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, (Crashing(),))
    short = CheckOptions(timeout=3)
    assert of(lambda x: Equal(x, x + 0 * x), options=short, x=Reals).verdict != "refuted"
    assert of(lambda x: Equal(x, x + 1), options=short, x=Reals).verdict != "proved"


def _modules_with(name):
    import sys

    return [
        m for key, m in sys.modules.items() if key.startswith("proofcheck") and hasattr(m, name)
    ]


def test_the_same_claim_and_seed_give_the_same_verdict():
    def run():
        record = of(lambda x: Less(x**2, 2 + x), x=Reals)
        return record.verdict, record.counterexample

    assert run() == run()


def test_proved_and_refuted_at_once_is_a_fault_of_ours():
    obligation = Obligation("conclusion", Equal(Symbol("x", real=True), 0), Context())
    lie = kernel.admit(obligation, "a broken procedure")
    assert isinstance(lie, Theorem)
    refutation = verdict.Refuted(type("Found", (), {"goal": obligation.goal, "point": {}})())
    with pytest.raises(InternalFault, match="both proved"):
        checker.contradiction(refutation, [checker.Settled(obligation, lie, "liar")])


def test_the_empty_order_of_complex_numbers_is_not_proved():
    record = of(lambda z: Less(z, z + 1), z=Complexes)
    assert record.verdict not in ("proved", "supported")


def test_an_infinite_value_is_not_a_value():
    assert of(lambda x: Equal(oo + x, oo), x=Reals).verdict not in ("proved", "supported")


def test_a_claim_is_made_by_the_decorator_only():
    with pytest.raises(TypeError):
        Claim()
