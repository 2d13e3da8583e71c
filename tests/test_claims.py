"""Claims as authors write them: cases, declarations, and what is refused at once."""

from __future__ import annotations

import pytest
from sympy import FiniteSet, Interval, Reals, S, Sum, Symbol

from proofcheck.claims import Claim, claim, forall
from proofcheck.domains import Vectors, instances, integers, probabilities
from proofcheck.errors import ClaimError
from proofcheck.relations import Equal, Greater, Less, calc


def made(body, **domains) -> Claim:
    return claim("here")(forall(**domains)(body))


def test_finite_variables_become_cases():
    one = made(lambda n, k: Greater(n, k), n=FiniteSet(1, 2), k=lambda n: integers(1, n))
    assert [case.label for case in one.cases()] == ["n = 1, k = 1", "n = 2, k = 1", "n = 2, k = 2"]
    assert list(made(lambda n: Equal(n, n), n=integers(2, 1)).cases()) == []


def test_symbols_promise_what_their_set_holds():
    (case,) = made(lambda x, n: Equal(x, n), x=Interval.open(0, 1), n=integers(0)).cases()
    symbols = [variable.symbol for variable in case.variables]
    assert symbols == [Symbol("x", positive=True), Symbol("n", integer=True, nonnegative=True)]
    (case,) = made(lambda x: Equal(x, x), x=Interval(0, 1)).cases()
    assert case.variables[0].symbol.is_positive is None


def test_limitations_are_told():
    one = made(lambda K: Greater(K, 1), K=instances((2, 3), "all K >= 2"))
    assert one.limitation == "only K = 2, 3 of all K >= 2"
    assert made(lambda K: Greater(K, 1), K=integers(2, 3)).limitation is None


@pytest.mark.parametrize(
    ("body", "domains", "words"),
    [
        (lambda x: Equal(x, Symbol("y")), {"x": Reals}, "mentions y, which it does not declare"),
        (lambda x: Equal(x, Symbol("x")), {"x": Reals}, "mentions x"),
        (lambda x: Equal(x, x).assuming(Greater(Symbol("t"), 0)), {"x": Reals}, "mentions t"),
        (lambda v, v_2: Equal(v[1], v_2), {"v": Vectors(2), "v_2": Reals}, "v_2 twice"),
        (lambda x: None, {"x": Reals}, "returns nothing"),
        (lambda x: x, {"x": Reals}, "return a relation"),
        (lambda x: True, {"x": Reals}, "collapse"),
        (lambda x: Equal(x, x), {"x": 3}, "the domain of x"),
        (lambda k: Equal(k, k), {"k": lambda n: integers(1, n)}, "depends on n"),
    ],
)
def test_broken_claims(body, domains, words):
    with pytest.raises(ClaimError, match=words):
        list(made(body, **domains).cases())


def test_families_and_bound_indices_are_no_strangers():
    j = Symbol("j", integer=True)
    one = made(lambda p: Equal(Sum(p[j], (j, 1, 3)), 1), p=probabilities(3))
    (case,) = one.cases()
    assert case.links[0].rhs == S.One


def test_parameters_and_domains_must_agree():
    with pytest.raises(ClaimError, match="without a domain"):
        claim("here")(forall(x=Reals)(lambda x, y: Equal(x, y)))
    with pytest.raises(ClaimError, match="not a parameter"):
        claim("here")(forall(x=Reals, y=Reals)(lambda x: Equal(x, x)))
    with pytest.raises(ClaimError, match="expect"):
        claim("here", expect="true")
    with pytest.raises(ClaimError, match="take claims"):
        claim("here", uses=["lemma"])(forall(x=Reals)(lambda x: Equal(x, x)))


def test_each_link_of_a_chain_is_kept():
    (case,) = made(lambda x: calc(x, x + 0, 2 * x / 2), x=Reals).cases()
    assert len(case.links) == 2


def test_a_single_probability_is_not_below_one() -> None:
    @claim("a trap: one probability is 1")
    @forall(K=integers(1), p=lambda K: probabilities(K))
    def first_is_below_one(K, p):  # type: ignore[no-untyped-def]
        return Less(p[1], 1)

    with pytest.raises(ClaimError, match="K >= 2"):
        list(first_is_below_one.cases())


def test_a_family_of_probabilities_has_two_members_at_least():
    def over(least, size):
        return made(
            lambda K, p: Less(p[1], 1), K=integers(least), p=lambda K: probabilities(size(K))
        )

    for least, size in ((2, lambda K: K), (1, lambda K: K + 1), (3, lambda K: K - 1)):
        assert list(over(least, size).cases())
    for least, size in ((2, lambda K: K - 1), (0, lambda K: K + 1), (-3, lambda K: K**2)):
        with pytest.raises(ClaimError, match=r"p needs .* >= 2"):
            list(over(least, size).cases())
    with pytest.raises(ClaimError, match="p needs 0 >= 2"):
        list(made(lambda p: Equal(1, 1), p=probabilities(0)).cases())
