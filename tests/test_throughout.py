"""An earlier claim at every index of a range: its duties, its use under sums, its limits."""

from __future__ import annotations

import pytest
from forging import proves, rejects, where
from sympy import Derivative, E, Expr, Interval, Range, Reals, S, Sum, Symbol, exp, sin, symbols

from proofcheck import (
    Equal,
    Greater,
    LessEqual,
    NotEqual,
    Numbers,
    claim,
    forall,
    integers,
    probabilities,
    throughout,
)
from proofcheck.certificates import Identity, Lemma, Ranges
from proofcheck.checker import CheckOptions, check
from proofcheck.citations import citation_of, duties, hypotheses
from proofcheck.claims import Claim
from proofcheck.engines._definitions import definitions, exponentials_cancel, members
from proofcheck.engines._points import value_at
from proofcheck.engines.base import Budget
from proofcheck.engines.direct import Direct
from proofcheck.engines.formal_sums import FormalSums
from proofcheck.engines.quantified import QuantifiedAssumptions
from proofcheck.errors import ClaimError
from proofcheck.obligations import Context, Obligation
from proofcheck.points import written_out
from proofcheck.relations import AllOf, Chain, Condition, Relation
from proofcheck.settling import Trace, settle

CLASSES = integers(2)
ENGINES = (Direct(), QuantifiedAssumptions(), FormalSums())
x, y = symbols("x y", real=True)


def label(K: Expr) -> Range:
    return integers(1, K)


def simplex(K: Expr) -> Numbers:
    return probabilities(K)


def reals(K: Expr) -> Numbers:
    return Numbers(K, Reals)


def others(K: Expr, k: Expr, statement) -> AllOf:
    return throughout(integers(1, K), statement, where=lambda j: NotEqual(j, k))


@claim("Lemma: half of an equation")
@forall(a=Reals, b=Reals)
def halved(a, b):
    return Equal(a, b).assuming(Equal(2 * a, 2 * b))


@claim("Lemma: for an index of the range but one")
@forall(K=CLASSES, k=label, h=label, p=simplex)
def below_the_rest(K, k, h, p):
    return LessEqual(p[h], 1 - p[k]).assuming(NotEqual(h, k))


@claim("Lemma about numbers of a bounded set")
@forall(a=Interval(0, 1))
def square_below(a):
    return LessEqual(a**2, a)


@claim("Lemma: all but one are the same")
@forall(K=CLASSES, k=label, h=label, p=simplex)
def common_probability(K, k, h, p):
    same = others(K, k, lambda j: Equal(p[j], p[h]))
    return Equal((K - 1) * p[h], 1 - p[k]).assuming(NotEqual(h, k), same)


def left(one: Claim) -> list[str]:
    """The duties of a claim that no engine discharges."""
    (case,) = one.cases()
    owed = duties(one, case, Context(case.variables, case.facts + case.assumptions))
    return [
        str(duty.goal)
        for duty in owed
        if settle(duty, Budget.lasting(4), Trace(), ENGINES).theorem is None
    ]


def concluded(one: Claim) -> bool:
    """Whether the conclusions follow from all that is assumed."""
    (case,) = one.cases()
    context = Context(case.variables, case.facts + case.assumptions)
    goals = [Obligation("conclusion", link, context) for link in case.links]
    return all(
        settle(goal, Budget.lasting(6), Trace(), ENGINES).theorem is not None for goal in goals
    )


def test_an_equation_for_every_index_is_used_under_a_sum() -> None:
    assert check(common_probability, CheckOptions(timeout=20)).verdict == "proved"


def test_a_claim_is_cited_at_every_index() -> None:
    @claim("Step", uses=[halved, common_probability])
    @forall(K=CLASSES, k=label, h=label, p=simplex)
    def step(K, k, h, p):
        return Equal((K - 1) * p[h], 1 - p[k]).assuming(
            NotEqual(h, k),
            others(K, k, lambda j: Equal(2 * p[j], 2 * p[h])),
            others(K, k, lambda j: halved(a=p[j], b=p[h])),
            common_probability(K=K, k=k, h=h, p=p),
        )

    (case,) = step.cases()
    assert [str(one) for one in hypotheses(case)] == [
        "h != k",
        "(j = k or 2*p[j] = 2*p[h]) for all j in Range(1, K + 1, 1)",
    ]
    assert left(step) == []
    assert check(step, CheckOptions(timeout=30)).verdict == "proved"


def test_the_conclusion_is_for_the_indices_of_the_range_only() -> None:
    """False: at k, at an index beyond, and for the sum over all of them."""

    @claim("False: at the excluded index")
    @forall(K=CLASSES, k=label, h=label, p=simplex)
    def at_the_excluded(K, k, h, p):
        return Equal(p[k], p[h]).assuming(others(K, k, lambda j: Equal(p[j], p[h])))

    @claim("False: the excluded index is counted")
    @forall(K=CLASSES, k=label, h=label, p=simplex)
    def counted(K, k, h, p):
        same = others(K, k, lambda j: Equal(p[j], p[h]))
        return Equal(K * p[h], 1).assuming(NotEqual(h, k), same)

    @claim("False: the first is not in the range")
    @forall(K=integers(3), q=reals)
    def outside(K, q):
        return Equal(q[1], 0).assuming(throughout(integers(2, K), lambda j: Equal(q[j], 0)))

    @claim("False: the sum goes on")
    @forall(K=integers(3), q=reals)
    def longer(K, q):
        j = Symbol("j", integer=True)
        zero = throughout(integers(1, K - 1), lambda j: Equal(q[j], 0))
        return Equal(Sum(q[j], (j, 1, K)), 0).assuming(zero)

    assert not any(map(concluded, (at_the_excluded, counted, outside, longer)))
    assert check(counted, CheckOptions(timeout=10)).verdict == "refuted"


def test_nothing_follows_from_an_empty_range() -> None:
    @claim("False: there is nothing before the first")
    @forall(K=integers(1), q=reals)
    def step(K, q):
        return Equal(q[1], 0).assuming(throughout(integers(1, K - 1), lambda j: Equal(q[j], 0)))

    @claim("False: zero = 1 for all of no numbers", uses=[halved])
    @forall(K=integers(1))
    def absurd(K):
        return Equal(K, 2).assuming(throughout(integers(2, 1), lambda j: halved(a=K, b=2)))

    assert not concluded(step)
    assert not concluded(absurd)


def test_a_cited_claim_is_in_uses() -> None:
    @claim("Step")
    @forall(K=CLASSES, p=simplex)
    def step(K, p):
        return Equal(K, K).assuming(throughout(integers(1, K), lambda j: square_below(a=p[j])))

    with pytest.raises(ClaimError, match=r"uses=\[square_below\]"):
        left(step)


@pytest.mark.parametrize(
    ("low", "high"), [(lambda K: 0, lambda K: K), (lambda K: 1, lambda K: K + 1)]
)
def test_every_index_lies_in_the_cited_domain(low, high) -> None:
    @claim("Step", uses=[below_the_rest])
    @forall(K=CLASSES, k=label, p=simplex)
    def step(K, k, p):
        values = integers(low(K), high(K))
        return Equal(K, K).assuming(
            throughout(
                values,
                lambda j: below_the_rest(K=K, k=k, h=j, p=p),
                where=lambda j: NotEqual(j, k),
            )
        )

    assert "j in Range(1, K + 1, 1)" in left(step)


def test_what_the_cited_claim_assumes_is_owed_at_every_index() -> None:
    @claim("Step", uses=[below_the_rest])
    @forall(K=CLASSES, k=label, p=simplex)
    def step(K, k, p):
        cited = throughout(integers(1, K), lambda j: below_the_rest(K=K, k=k, h=j, p=p))
        return LessEqual(2 * p[k], 1).assuming(cited)

    @claim("Step, with another index left out", uses=[below_the_rest])
    @forall(K=CLASSES, k=label, h=label, p=simplex)
    def other(K, k, h, p):
        return Equal(K, K).assuming(
            others(K, h, lambda j: below_the_rest(K=K, k=k, h=j, p=p)), NotEqual(h, k)
        )

    assert left(step) == ["j != k"]
    assert left(other) == ["j != k"]


def test_numbers_lie_in_the_cited_domain_at_every_index() -> None:
    @claim("Step", uses=[square_below])
    @forall(K=CLASSES, q=reals)
    def step(K, q):
        return Equal(K, K).assuming(throughout(integers(1, K), lambda j: square_below(a=q[j])))

    assert left(step) == ["q[j] in Interval(0, 1)"]


def test_citations_in_a_circle() -> None:
    @claim("Lemma, false without its assumption")
    @forall(a=Reals, b=Reals)
    def positive(a, b):
        return Greater(b, 0).assuming(Greater(a, 0))

    @claim("Step, false: each for the other", uses=[positive])
    @forall(K=CLASSES, q=reals)
    def step(K, q):
        every = integers(1, K)
        return Greater(q[1], 0).assuming(
            throughout(every, lambda j: positive(a=q[j], b=q[j])),
            throughout(every, lambda j: positive(a=q[j], b=q[1])),
        )

    assert left(step) == ["q[j] > 0"]


def test_the_index_is_not_captured() -> None:
    @claim("Lemma")
    @forall(h=integers())
    def three_times(h):
        j = Symbol("j", integer=True)
        return Equal(Sum(h, (j, 1, 3)), 3 * h)

    @claim("Lemma: one is differentiated by")
    @forall(a=Reals, s=Reals)
    def slope(a, s):
        return Equal(Derivative(a * s, s), a)

    (cited,) = throughout(integers(1, 5), lambda j: three_times(h=j)).conditions
    assert str(cited) == "Sum(i, (j, 1, 3)) = 3*i for all i in Range(1, 6, 1)"
    with pytest.raises(ClaimError, match="differentiates by s"):
        throughout(integers(1, 5), lambda j: slope(a=j, s=j))


def test_a_variable_of_the_name_of_the_index() -> None:
    """The claim's own j is one number, the index of the citation all of them."""

    @claim("Step, false: j may be any", uses=[halved])
    @forall(K=CLASSES, j=label, q=reals)
    def step(K, j, q):
        return Equal(q[j], 0).assuming(
            Equal(q[1], 0), throughout(integers(1, K), lambda i: halved(a=q[i], b=q[j]))
        )

    assert left(step) == ["2*q[i] = 2*q[j]"]


def test_citations_and_other_conditions_are_not_mixed() -> None:
    positive = Greater(x, 0)
    with pytest.raises(ClaimError, match="takes one citation"):
        throughout(Reals, lambda t: AllOf((*halved(a=t, b=x).conditions, positive)))
    with pytest.raises(ClaimError, match="takes one citation"):
        throughout(Reals, lambda t: Equal(t, x), where=lambda t: halved(a=t, b=x))
    with pytest.raises(ClaimError, match="where=lambda"):
        throughout(Reals, lambda t: Equal(t, x).assuming(Greater(t, 0)))
    with pytest.raises(ClaimError, match="where=lambda"):
        throughout(Reals, lambda t: Chain((Equal(t, x),)).assuming(Greater(t, 0)))


def test_what_is_assumed_of_an_index_has_a_truth_value() -> None:
    """At 0 it has none, and nothing is known of the claim there."""

    @claim("Step", uses=[square_below])
    @forall(y=Reals)
    def step(y):
        values = Interval(-1, 1)
        bounded = throughout(values, lambda t: square_below(a=t), where=lambda t: Greater(1 / t, 0))
        return Equal(y, y).assuming(bounded)

    assert "j != 0" in left(step)


def test_a_quantified_statement_by_hand_is_a_hypothesis() -> None:
    @claim("Step", uses=[halved])
    @forall(K=CLASSES, q=reals)
    def step(K, q):
        (cited,) = throughout(integers(1, K), lambda j: halved(a=q[j], b=q[1])).conditions
        (other,) = throughout(integers(1, K), lambda j: Equal(q[j], 7)).conditions
        object.__setattr__(other, "cited", citation_of(cited))
        return Equal(q[1], 7).assuming(other)

    (case,) = step.cases()
    assert hypotheses(case) == case.assumptions


def test_the_bound_index_is_nobody_elses() -> None:
    leaked: list[Symbol] = []

    def statement(j: Symbol) -> Condition:
        leaked.append(j)
        return Greater(j, 0)

    @claim("Step")
    @forall(K=CLASSES)
    def step(K):
        return Equal(K, K).assuming(throughout(integers(1, K), statement), Equal(leaked[-1], 1))

    with pytest.raises(ClaimError, match="does not declare"):
        list(step.cases())


def test_a_quantified_hypothesis_is_met_at_a_point() -> None:
    zero = throughout(integers(1, 3), lambda j: Greater(j, x)).conditions[0]
    assert written_out(zero, {x: S.Half}) == AllOf(
        tuple(Relation(S(n), "gt", S.Half) for n in (1, 2, 3))
    )

    @claim("Vacuous: no two equal numbers are different")
    @forall(K=CLASSES, q=reals)
    def step(K, q):
        apart = throughout(integers(1, K), lambda j: NotEqual(q[j], q[1]))
        return Equal(q[1], 7).assuming(apart)

    assert check(step, CheckOptions(timeout=10)).verdict == "vacuous"


def test_a_family_that_is_defined_is_worked_out() -> None:
    @claim("Step")
    @forall(K=CLASSES, q=reals, p=reals)
    def step(K, q, p):
        defined = throughout(integers(1, K), lambda j: Equal(p[j], exp(q[j])))
        return Equal(p[1], 1).assuming(defined)

    (case,) = step.cases()
    ((base, definition),) = definitions(Context(case.variables, case.assumptions)).items()
    K, q, p = case.variables
    assert base == p.base
    assert members(definition, {K.symbol: S(2), q.base: (S(1), S(-1))}, value_at) == (E, exp(-1))
    assert check(step, CheckOptions(timeout=10)).verdict == "refuted"


def test_sums_of_exponentials_that_cancel() -> None:
    whole = E / (E + exp(-1)) + exp(-1) / (E + exp(-1)) - 1
    assert exponentials_cancel(whole)
    assert exponentials_cancel(exp(S(1) / 2) * exp(S(1) / 3) - exp(S(5) / 6) + E - E)
    assert not exponentials_cancel(whole + exp(-40))
    assert not exponentials_cancel(E - exp(S(1) / 2) + sin(1))


def test_a_lemma_is_proved_before_it_is_used() -> None:
    context = where((x, Interval(1, 2)))
    fact = Relation(x**2, "gt", S.Zero)
    proves(fact, context, Lemma(fact, Ranges(), Ranges()))
    false = Relation(x, "eq", S.One)
    rejects(false, context, Lemma(false, Ranges(), Ranges()))
    rejects(false, context, Lemma(false, Identity(cofactors=((0, S.One),)), Ranges()))
    pole = Relation(1 / (x - 1), "eq", 1 / (x - 1))
    assert "side condition" in rejects(fact, context, Lemma(pole, Identity(), Ranges()))
    stranger = Relation(y - y + y, "eq", y)
    assert "does not" in rejects(fact, context, Lemma(stranger, Identity(), Ranges()))
