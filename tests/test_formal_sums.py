"""The normal form of formal sums: audited against written-out sums at concrete K, and fuzzed."""

from __future__ import annotations

import random

import pytest
from sympy import (
    Dummy,
    Expr,
    IndexedBase,
    Integer,
    Interval,
    KroneckerDelta,
    Limit,
    Range,
    Rational,
    Reals,
    S,
    Sum,
    Symbol,
    exp,
    log,
    oo,
)

from proofcheck.domains import Family, Variable
from proofcheck.engines.base import Budget
from proofcheck.engines.formal_sums import FormalSums, residual
from proofcheck.formal_sums import normal_form
from proofcheck.kernel import prove
from proofcheck.obligations import Context, Obligation
from proofcheck.points import instantiate
from proofcheck.relations import Equal, NotEqual, Relation

K = Symbol("K", integer=True, positive=True)
k, h = (Symbol(name, integer=True, positive=True) for name in "kh")
i, j = (Symbol(name, integer=True) for name in "ij")
n = Symbol("n", integer=True, nonnegative=True)
p, q = (IndexedBase(name, real=True) for name in "pq")
y = Symbol("y", real=True)

CONTEXT = Context(
    (
        Variable(K, Range(2, oo)),
        Variable(k, Range(1, K + 1)),
        Variable(h, Range(1, K + 1)),
        Variable(n, Range(0, oo)),
        Variable(y, Reals),
        Family(p, K, Interval.open(0, 1)),
        Family(q, K, Reals),
    )
)


def total(term: Expr, *indices: Symbol) -> Expr:
    return Sum(term, *((index, 1, K) for index in indices))


def gram(a: Expr, b: Expr) -> Expr:
    return K / (K - 1) * KroneckerDelta(a, b) - 1 / (K - 1)


def points(seed: int = 0) -> list[dict[object, object]]:
    """Exact points at K = 2..7, all values distinct and away from zero."""
    rng = random.Random(seed)
    found = []
    for size in range(2, 8):
        for _ in range(2):
            values = [Rational(rng.randint(1, 60), 61) for _ in range(2 * size)]
            found.append(
                {
                    K: Integer(size), k: Integer(rng.randint(1, size)),
                    h: Integer(rng.randint(1, size)), n: Integer(rng.randint(0, 4)),
                    y: Rational(rng.randint(1, 30), 7),
                    p: tuple(values[:size]), q: tuple(values[size:]),
                }
            )  # fmt: skip
    return found


def agree(expression: Expr, context: Context = CONTEXT, seed: int = 0) -> None:
    found = normal_form(expression, context)
    for point in points(seed):
        assert (instantiate(expression, point) - instantiate(found, point)).equals(0), (
            expression, found, point,
        )  # fmt: skip


IDENTITIES = {
    "others": (total((1 - KroneckerDelta(j, k)) * p[j], j), total(p[j], j) - p[k]),
    "renamed": (total(p[i], i), total(p[j], j)),
    "swapped": (total(p[i] * q[j] ** 2, i, j), total(p[j] * q[i] ** 2, i, j)),
    "product": (total(p[i], i) * total(q[i], i), total(p[i] * q[j], i, j)),
    "square": (total(p[i], i) ** 2, total(p[i] * p[j], i, j)),
    "count": (total(Integer(1), j), K),
    "count twice": (total(Integer(1), i, j), K**2),
    "frame sums to zero": (total(gram(i, j), i, j), S.Zero),
    "tight frame": (total(gram(i, k) * gram(i, h), i), K / (K - 1) * gram(k, h)),
    "softmax": (total(exp(q[j]) / total(exp(q[i]), i), j), S.One),
    "shift": (total(exp(q[j] - q[k]), j), total(exp(q[j]), j) / exp(q[k])),
    "Lagrange": (
        total((p[i] * q[j] - p[j] * q[i]) ** 2, i, j) / 2,
        total(p[i] ** 2, i) * total(q[i] ** 2, i) - total(p[i] * q[i], i) ** 2,
    ),
    "exp of a delta": (
        total(exp(y * KroneckerDelta(j, k)), j), exp(y) + K - 1,
    ),
    "exponents": (exp(K / (K - 1) - 1 / (K - 1)) * total(p[j], j), exp(1) * total(p[j], j)),
    "nested range": (Sum(Sum(p[k], (i, 1, n)), (j, 1, K)), K * n * p[k]),
    "shifted range": (Sum(Integer(1), (j, k + 1, k + n)), n),
}  # fmt: skip


@pytest.mark.parametrize("name", IDENTITIES)
def test_both_sides_have_one_normal_form(name: str) -> None:
    lhs, rhs = IDENTITIES[name]
    goal = Equal(lhs, rhs)
    certificate = FormalSums().prove(Obligation("conclusion", goal, CONTEXT), Budget(1e12))
    assert certificate is not None
    prove(Obligation("conclusion", goal, CONTEXT), certificate)


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_normal_form_has_the_same_value(name: str) -> None:
    agree(IDENTITIES[name][0])
    agree(IDENTITIES[name][1])


FALSE = {
    "wrong count": (total(Integer(1), j), K - 1),
    "the delta of other classes": (total(KroneckerDelta(j, k) * p[j], j), p[h]),
    "square of a sum": (total(p[i], i) ** 2, total(p[i] ** 2, i)),
    "wrong coefficient": (total(gram(i, k) * gram(i, h), i), K / (K + 1) * gram(k, h)),
    "an empty sum": (Sum(1 / n, (j, 1, n)), S.One),
    "an empty sum of quotients": (n * Sum(1 / n, (j, 1, n)), n + 1 - n / n),
    "index out of range": (total(KroneckerDelta(j, n), j), S.One),
    "below the range": (total(KroneckerDelta(j, k - 1), j), S.One),
    "different deltas": (KroneckerDelta(k, h) + total(p[j], j) * 0, S.One),
    "exp of a delta": (total(exp(y * KroneckerDelta(j, k)), j), exp(y) + K),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_not_proved(name: str) -> None:
    lhs, rhs = FALSE[name]
    obligation = Obligation("conclusion", Equal(lhs, rhs), CONTEXT)
    assert FormalSums().prove(obligation, Budget(1e12)) is None


def test_an_index_that_shadows_another() -> None:
    agree(Sum(p[i] * Sum(q[i], (i, 1, K)), (i, 1, K)))


def test_a_free_index_is_not_captured_by_a_bound_one() -> None:
    capture = Sum(KroneckerDelta(i, k) * Sum(p[i] * q[j] * p[k], (j, 1, K)), (i, 1, K))
    agree(capture)
    same_name = Symbol("j", integer=True, positive=True)
    agree(capture.xreplace({k: same_name}).xreplace({same_name: k}))


def test_an_index_is_not_put_where_a_limit_binds_it() -> None:
    expression = total(KroneckerDelta(i, k) * Limit(i * k, k, 2), i)
    assert normal_form(expression, CONTEXT) == expression


def test_names_of_canonical_indices_are_reserved() -> None:
    taken = Symbol("_1_1", integer=True)
    expression = total(p[j] * taken, j)
    assert normal_form(expression, CONTEXT) == expression


def test_unequal_indices_make_a_delta_vanish() -> None:
    apart = CONTEXT.assuming(NotEqual(h, k))
    assert normal_form(total(gram(j, k) * KroneckerDelta(j, h), j), apart) == -1 / (K - 1)


def test_a_delta_identifies_its_indices() -> None:
    agree(KroneckerDelta(k, h) * (p[k] - p[h]) + total(p[j], j))
    agree(KroneckerDelta(k, h) ** 2 * p[k] + total(KroneckerDelta(j, h) * q[j], j))


@pytest.mark.parametrize(
    "expression",
    [
        Sum(1 / j**2, (j, 1, oo)),
        Sum(p[j], (j, 1, y)),
        1 / KroneckerDelta(k, h) + total(p[j], j),
        total(p[j] / (1 - KroneckerDelta(j, k)), j),
        Sum(1 / n, (j, 1, n)),
        total(KroneckerDelta(j, k, (1, K)), j) if False else Sum(p[j], (j, 1, y)),
    ],
)
def test_what_is_not_understood_stays_as_it_is(expression: Expr) -> None:
    assert normal_form(expression, CONTEXT) == expression


def test_the_residual_names_the_missing_condition() -> None:
    goal = Equal(total((1 - KroneckerDelta(j, k)) * gram(j, h), j), 1 / (K - 1))
    text = residual(Obligation("conclusion", goal, CONTEXT))
    assert text == "-K*KroneckerDelta(h, k)/(K - 1)"


def test_the_residual_knows_the_assumed_sums() -> None:
    context = CONTEXT.assuming(Equal(total(p[j], j), 1))
    goal = Equal(total((1 - KroneckerDelta(j, k)) * p[j], j), 1 - p[h])
    assert residual(Obligation("conclusion", goal, context)) == "p[h] - p[k]"
    true = Equal(total((1 - KroneckerDelta(j, k)) * p[j], j), 1 - p[k])
    assert residual(Obligation("conclusion", true, context)) == ""


def test_the_residual_reads_well() -> None:
    i = Symbol("i", integer=True)
    goal = Equal(total(p[j] * total(p[i] ** 2 * p[j], i), j) + i, i)
    context = CONTEXT.including(i, Range(0, oo))
    assert residual(Obligation("conclusion", goal, context)) == ("Sum(p[j]**2, (j, 1, K))**2")


def test_a_factor_of_what_does_not_vanish() -> None:
    for assumed in (NotEqual(y * q[k], 0), Relation(y * q[k], "gt", Integer(0))):
        context = CONTEXT.assuming(assumed)
        for goal, holds in ((y, True), (q[k], True), (y - 1, False), (q[h], False)):
            owed = Obligation("conclusion", NotEqual(goal, 0), context)
            certificate = FormalSums().prove(owed, Budget.lasting(5))
            assert (certificate is not None) == holds
            if certificate is not None:
                prove(owed, certificate)
    weak = CONTEXT.assuming(Relation(y * q[k], "ge", Integer(0)))
    owed = Obligation("conclusion", NotEqual(y, 0), weak)
    assert FormalSums().prove(owed, Budget.lasting(5)) is None


def test_an_assumed_sum_is_a_cofactor_away() -> None:
    context = CONTEXT.assuming(Equal(total(p[j], j), 1))
    goal = Equal(total((1 - KroneckerDelta(j, k)) * p[j], j), 1 - p[k])
    obligation = Obligation("conclusion", goal, context)
    certificate = FormalSums().prove(obligation, Budget(1e12))
    assert certificate is not None
    prove(obligation, certificate)
    assert FormalSums().prove(Obligation("conclusion", goal, CONTEXT), Budget(1e12)) is None


def random_term(rng: random.Random, bound: list[Symbol], depth: int) -> Expr:
    free: list[Expr] = [k, h, *bound]
    pick = rng.randrange(9 if depth else 6)
    if pick == 0:
        return p[rng.choice(free)]
    if pick == 1:
        return q[rng.choice(free)]
    if pick == 2:
        return KroneckerDelta(rng.choice(free), rng.choice(free))
    if pick == 3:
        return Rational(rng.randint(-3, 3), rng.randint(1, 3))
    if pick == 4:
        return rng.choice([K, y, 1 / (K - 1), 1 / p[rng.choice(free)], 1 - p[rng.choice(free)]])
    if pick == 5:
        return p[rng.choice(free)] ** rng.choice([2, -1])
    if pick == 6:
        index = rng.choice([i, j, Symbol("k", integer=True), Dummy("a", integer=True)])
        inner = random_term(rng, [*bound, index], depth - 1)
        return Sum(inner, (index, 1, rng.choice([K, K, K, 3])))
    if pick == 7:
        return random_term(rng, bound, depth - 1) * random_term(rng, bound, depth - 1)
    return random_term(rng, bound, depth - 1) + random_term(rng, bound, depth - 1)


@pytest.mark.parametrize("seed", range(12))
def test_random_expressions_keep_their_value(seed: int) -> None:
    rng = random.Random(seed)
    changed = 0
    for _ in range(25):
        expression = random_term(rng, [], 4)
        if expression.has(Sum, KroneckerDelta):
            found = normal_form(expression, CONTEXT)
            changed += found != expression
            for point in rng.sample(points(seed), 4):
                if point[K] < 3:
                    continue
                try:
                    before = instantiate(expression, point)
                except Exception:  # a member outside of its family
                    continue
                if before.is_finite:
                    assert (before - instantiate(found, point)).equals(0), (expression, point)
    assert changed > 0


def test_a_goal_below_a_sum_of_exponentials() -> None:
    share = exp(q[k]) / total(exp(q[j]), j)
    goal = Relation(share, "lt", S.One)
    obligation = Obligation("conclusion", goal, CONTEXT.assuming(NotEqual(h, k)))
    certificate = FormalSums().prove(obligation, Budget(1e12))
    assert certificate is not None
    prove(obligation, certificate)


def test_functions_of_sums_are_atoms() -> None:
    agree(total(p[j] * log(2 + total(p[i], i)), j))
