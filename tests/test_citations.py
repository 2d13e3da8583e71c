"""Citations: used inside their domain, discharged once, never in a circle."""

from __future__ import annotations

import dataclasses

import pytest
from sympy import Derivative, FiniteSet, I, Interval, Rational, Reals, S, Sum, Symbol, sin, sqrt

from proofcheck.certificates import Ranges
from proofcheck.checker import CheckOptions, check
from proofcheck.citations import cited, duties, hypotheses
from proofcheck.claims import Case, Claim, claim, forall
from proofcheck.domains import Numbers, instances, integers, probabilities
from proofcheck.errors import ClaimError
from proofcheck.kernel import Rejected, prove
from proofcheck.obligations import Context
from proofcheck.relations import Equal, Greater, GreaterEqual, NotEqual
from proofcheck.vectors import SimplexETF, VectorOf, inner


@claim("Lemma 1")
@forall(x=Interval.open(0, 1))
def below_one(x):
    return GreaterEqual(x, x**2)


@claim("Lemma 2, false: y may be negative")
@forall(x=Reals, y=Reals)
def positive_from_the_other(x, y):
    return Greater(y, 0).assuming(Greater(x, 0))


def only_case(one: Claim) -> tuple[Case, Context]:
    (case,) = one.cases()
    return case, Context(case.variables, case.facts + case.assumptions)


def owed(one: Claim):
    case, context = only_case(one)
    return list(duties(one, case, context))


def verdict(one: Claim) -> str:
    return check(one, CheckOptions(timeout=10)).verdict


def test_what_no_claim_discharges_is_a_hypothesis():
    @claim("Step", uses=[below_one])
    @forall(x=Interval.open(0, 1), y=Reals)
    def step(x, y):
        return GreaterEqual(x, x**2).assuming(below_one(x=x), Greater(y, 0))

    case, _ = only_case(step)
    (left,) = hypotheses(case)
    assert str(left) == "y > 0"
    assert [one.claim for one in cited(case)] == [below_one]


def test_a_forged_citation_discharges_nothing():
    @claim("Step")
    @forall(y=Reals)
    def step(y):
        return Greater(y, 0).assuming(dataclasses.replace(Greater(y, 0), cited="Lemma 7"))

    case, _ = only_case(step)
    assert [str(one) for one in hypotheses(case)] == ["y > 0"]


def test_a_claim_that_is_not_in_uses():
    @claim("Step")
    @forall(x=Interval.open(0, 1))
    def step(x):
        return GreaterEqual(x, x**2).assuming(below_one(x=x))

    with pytest.raises(ClaimError, match=r"uses=\[below_one\]"):
        owed(step)
    assert verdict(step) == "error"


def test_a_citation_outside_its_domain():
    @claim("Step", uses=[below_one])
    @forall(t=Interval(0, 2))
    def step(t):
        return GreaterEqual(t, t**2).assuming(below_one(x=t))

    (duty,) = owed(step)
    assert str(duty.goal) == "t in Interval.open(0, 1)"
    with pytest.raises(Rejected):
        prove(duty, Ranges())
    assert verdict(step) != "proved"


def test_a_duty_may_not_use_what_it_is_cited_for():
    @claim("Step", uses=[positive_from_the_other])
    @forall(x=Reals)
    def step(x):
        return Greater(x, 0).assuming(positive_from_the_other(x=x, y=x))

    for duty in owed(step):
        if str(duty.goal) == "x > 0":
            with pytest.raises(Rejected):
                prove(duty, Ranges())


def test_two_citations_do_not_discharge_each_other():
    @claim("Step", uses=[positive_from_the_other])
    @forall(x=Reals, y=Reals)
    def step(x, y):
        return Greater(x, 0).assuming(
            positive_from_the_other(x=x, y=y), positive_from_the_other(x=y, y=x)
        )

    def provable(duty) -> bool:
        try:
            prove(duty, Ranges())
        except Rejected:
            return False
        return True

    assert not all(map(provable, owed(step)))
    assert verdict(step) != "proved"


def test_a_fact_of_a_domain_is_not_discharged_by_the_citation_itself():
    @claim("Lemma")
    @forall(p=probabilities(3))
    def they_sum_to_one(p):
        return Equal(p[1] + p[2] + p[3], 1)

    @claim("Step", uses=[they_sum_to_one])
    @forall(p=Numbers(S(3), Interval.open(0, 1)))
    def step(p):
        return Equal(p[1] + p[2] + p[3], 1).assuming(they_sum_to_one(p=p))

    facts = [str(duty.goal) for duty in owed(step)]
    assert any("Sum(p[j]" in fact for fact in facts)
    assert verdict(step) != "proved"


def test_an_argument_that_is_undefined_somewhere():
    @claim("Lemma")
    @forall(y=Reals)
    def square_of_a_modulus(y):
        return Equal(abs(sin(y)) ** 2, sin(y) ** 2)

    @claim("Step: at x = 0 the lemma says nothing", uses=[square_of_a_modulus])
    @forall(x=Reals)
    def step(x):
        return NotEqual(x, 0).assuming(square_of_a_modulus(y=1 / x))

    assert "x != 0" in [str(duty.goal) for duty in owed(step)]
    assert verdict(step) != "proved"


def test_the_assumptions_of_a_cited_claim_are_owed():
    @claim("Step", uses=[positive_from_the_other])
    @forall(x=Reals, y=Reals)
    def step(x, y):
        return Greater(y, 0).assuming(positive_from_the_other(x=x, y=y))

    assert "x > 0" in [str(duty.goal) for duty in owed(step)]
    assert verdict(step) != "proved"


def test_instances_are_not_cited():
    @claim("Lemma")
    @forall(K=instances(range(2, 5), "all K >= 2"))
    def small(K):
        return Greater(K, 1)

    @claim("Step", uses=[small])
    @forall(K=integers(2))
    def step(K):
        return Greater(K, 1).assuming(small(K=K))

    assert verdict(step) == "error"


def test_a_finite_domain_is_a_domain_too():
    @claim("Lemma")
    @forall(n=FiniteSet(1, 2))
    def small(n):
        return Equal((n - 1) * (n - 2), 0)

    @claim("Step", uses=[small])
    @forall(n=integers(1))
    def step(n):
        return Equal((n - 1) * (n - 2), 0).assuming(small(n=n))

    assert verdict(step) != "proved"


def test_a_citation_names_all_variables():
    with pytest.raises(ClaimError, match="its own variables: x"):
        below_one(t=Symbol("t"))


def frame(K):
    return SimplexETF(K)


def any_vector(w):
    return VectorOf(w)


@claim("Lemma about any vector")
@forall(K=integers(2), w=frame, v=any_vector)
def norm_not_negative(K, w, v):
    return GreaterEqual(inner(v, v), 0)


@claim("Lemma, an equation of vectors")
@forall(K=integers(2), w=lambda K: SimplexETF(K, arbitrary="t"), i=lambda K: integers(1, K))
def doubled(K, w, i):
    return Equal(w[i] + w[i], 2 * w[i])


def test_a_claim_about_any_vector_holds_for_linear_combinations():
    @claim("Step", uses=[norm_not_negative])
    @forall(K=integers(2), w=frame, m=any_vector, a=Reals)
    def step(K, w, m, a):
        v = a * m - w[1]
        return GreaterEqual(inner(v, v), 0).assuming(norm_not_negative(K=K, w=w, v=v))

    assert verdict(step) == "proved"
    goals = {str(duty.goal) for duty in owed(step)}
    assert {"a in Reals", "1 in Range(1, K + 1, 1)"} <= goals


@pytest.mark.parametrize(
    ("coefficient", "index"),
    [(lambda a: I, 1), (lambda a: 1 / a, 1), (lambda a: sqrt(a), 1), (lambda a: a, 3)],
)
def test_coefficients_are_real_and_indices_are_classes(coefficient, index):
    @claim("Step", uses=[norm_not_negative])
    @forall(K=integers(2), w=frame, a=Reals)
    def step(K, w, a):
        v = coefficient(a) * w[index]
        return GreaterEqual(a**2, 0).assuming(norm_not_negative(K=K, w=w, v=v))

    assert verdict(step) != "proved"


def test_a_vector_that_nobody_declared():
    stranger = VectorOf(SimplexETF(Symbol("K", integer=True, positive=True))).introduce("u").value

    @claim("Step", uses=[norm_not_negative])
    @forall(K=integers(2), w=frame)
    def step(K, w):
        return GreaterEqual(K, 2).assuming(norm_not_negative(K=K, w=w, v=stranger))

    assert verdict(step) == "error"


def test_a_frame_of_another_size_is_another_frame():
    @claim("Step", uses=[norm_not_negative])
    @forall(K=integers(2), w=frame, m=any_vector)
    def step(K, w, m):
        return GreaterEqual(K, 2).assuming(norm_not_negative(K=K + 1, w=w, v=m))

    with pytest.raises(ClaimError, match="frame of K \\+ 1 vectors"):
        owed(step)


def test_an_equation_of_vectors_is_cited_along_a_named_one():
    @claim("Step", uses=[doubled])
    @forall(K=integers(2), w=frame, i=lambda K: integers(1, K), m=any_vector)
    def step(K, w, i, m):
        return Equal(2 * inner(w[i], m), inner(2 * w[i], m)).assuming(
            doubled(K=K, w=w.along(m), i=i)
        )

    (cited_relation,) = only_case(step)[0].assumptions
    assert "t" not in {str(symbol) for symbol in cited_relation.lhs.free_symbols}
    assert verdict(step) == "proved"


def test_a_symbol_of_an_argument_is_not_captured_by_a_sum():
    @claim("Lemma")
    @forall(h=integers())
    def three_times(h):
        j = Symbol("j", integer=True)
        return Equal(Sum(h, (j, 1, 3)), 3 * h)

    @claim("Step, false: captured, the lemma would say 1 + 2 + 3 = 3j", uses=[three_times])
    @forall(j=integers())
    def step(j):
        return Equal(j, 2).assuming(three_times(h=j))

    assert verdict(three_times) == "proved"
    assert verdict(step) == "error"


@claim("Lemma: one variable is differentiated by")
@forall(a=Reals, s=Reals)
def slope_of_a_line(a, s):
    return Equal(Derivative(a * s, s), a)


def test_a_variable_differentiated_by_is_only_renamed():
    @claim("Step, false: the derivative of the square", uses=[slope_of_a_line])
    @forall(t=Reals)
    def step(t):
        return Equal(t, 0).assuming(slope_of_a_line(a=t, s=t))

    @claim("Step, false: at a number", uses=[slope_of_a_line])
    @forall(t=Reals)
    def at_a_number(t):
        return Equal(t, 0).assuming(slope_of_a_line(a=t, s=1))

    @claim("Step", uses=[slope_of_a_line])
    @forall(t=Reals, b=Reals)
    def renamed(t, b):
        return Equal(Derivative(b**2 * t, t), b**2).assuming(slope_of_a_line(a=b**2, s=t))

    assert [verdict(one) for one in (step, at_a_number, renamed)] == ["error", "error", "proved"]


def test_a_body_that_looks_at_its_argument_is_cited_as_it_was_checked():
    @claim("Lemma")
    @forall(x=Reals)
    def itself(x):
        return Equal(x, 5 if x == 0 else x)

    @claim("Lemma on two values")
    @forall(n=FiniteSet(1, 2))
    def squares(n):
        return Equal(n**2, 1 if n == 1 else 4)

    (at_zero,) = itself(x=0).conditions
    assert str(at_zero) == "0 = 0"
    assert str(squares(n=1)) == "(1 = 1)"
    with pytest.raises(ClaimError, match="not one of 1, 2"):
        squares(n=Symbol("n", integer=True))


def test_what_is_not_concluded_is_not_discharged():
    @claim("Step", uses=[below_one])
    @forall(x=Interval.open(0, 1))
    def step(x):
        (found,) = below_one(x=x).conditions
        return Greater(x, Rational(1, 2)).assuming(dataclasses.replace(found, lhs=2 * x**2 - x))

    (left,) = hypotheses(only_case(step)[0])
    assert str(left) == "2*x**2 - x >= x**2"
