"""check(claim) with engines that lie: the kernel has the last word."""

from __future__ import annotations

import pytest
from sympy import Interval, KroneckerDelta, Reals, S, Sum, Symbol, exp

from proofcheck import kernel
from proofcheck.certificates import (
    Balls,
    Constant,
    Identity,
    Induction,
    Instead,
    Ranges,
    Split,
    Stronger,
)
from proofcheck.checker import CheckOptions, check
from proofcheck.claims import claim, forall
from proofcheck.domains import integers
from proofcheck.kernel import Rejected
from proofcheck.obligations import Context, obligations
from proofcheck.relations import Equal, Greater, GreaterEqual, Less, NotEqual

LIES = (
    Ranges(),
    Identity(),
    Balls(),
    Identity(multiplier=S.Zero, nonzero=Ranges()),
    Instead(S.Zero, Identity(), Identity()),
    Instead(S.One, Identity(), Ranges()),
    Stronger("eq", Identity()),
    Split(Equal(S.Zero, 0), Identity(), Identity()),
    Identity(cofactors=((0, S.One),)),
)


def made(body, **domains):
    return claim("here")(forall(**domains)(body))


FALSE = (
    made(lambda x: Equal((x + 1) ** 2, x**2 + 1), x=Reals),
    made(lambda x: Greater(x**2, x), x=Reals),
    made(lambda x: NotEqual(x**2, 1), x=Reals),
    made(lambda x: Less(exp(x), 2), x=Interval(0, 1)),
    made(lambda n: GreaterEqual(2**n, n**2), n=integers(0)),
    made(lambda x: Equal(x, 0).assuming(Equal(x**2, x)), x=Reals),
)


@pytest.mark.parametrize("one", FALSE)
def test_no_lie_proves_a_false_claim(one):
    (case,) = one.cases()
    context = Context(case.variables, case.facts + case.assumptions)
    symbol = case.variables[0].symbol
    lies = (
        *LIES,
        Induction(symbol, Ranges(), Ranges()),
        Constant(symbol, S.Zero, Ranges(), Identity()),
    )
    for obligation in obligations(case.links[0], context):
        for lie in lies:
            if obligation.kind == "conclusion":
                with pytest.raises(Rejected):
                    kernel.prove(obligation, lie)


@pytest.mark.parametrize("one", FALSE)
def test_false_claims_are_refuted(one):
    record = check(one, CheckOptions(timeout=15))
    assert record.verdict == "refuted"
    assert record.counterexample is not None


def test_a_case_that_fails_fails_the_claim():
    record = check(made(lambda n: Less(n, 3), n=integers(1, 3)), CheckOptions(timeout=10))
    assert [case.verdict for case in record.cases].count("refuted") == 1
    assert record.verdict == "refuted"


def test_a_body_that_raises_is_an_error_of_the_claim():
    def body(x):
        raise RuntimeError("not written yet")

    record = check(made(body, x=Reals), CheckOptions(timeout=5))
    assert record.verdict == "error"
    assert "not written yet" in record.reason


def test_what_sums_leave_is_said():
    """A forgotten j' != k: the difference has a delta of the two indices in it."""
    j = Symbol("j", integer=True)
    one = made(
        lambda K, k, h: Equal(
            Sum((1 - KroneckerDelta(j, k)) * KroneckerDelta(j, h), (j, 1, K)), 1
        ),
        K=integers(2),
        k=lambda K: integers(1, K),
        h=lambda K: integers(1, K),
    )  # fmt: skip
    record = check(one, CheckOptions(timeout=10))
    assert record.verdict == "refuted"
    assert record.notes == ("lhs - rhs = -KroneckerDelta(h, k)",)
