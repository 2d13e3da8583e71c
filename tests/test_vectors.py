"""Formal vectors: the Gram relation against explicit vectors, and what has no meaning."""

from __future__ import annotations

import pytest
from sympy import IndexedBase, Integer, Matrix, Rational, Sum, Symbol, sqrt

from proofcheck.checker import CheckOptions, check
from proofcheck.claims import claim, forall
from proofcheck.domains import integers
from proofcheck.errors import ClaimError, IllTyped
from proofcheck.points import instantiate
from proofcheck.relations import Equal, Less, NotEqual, Relation, calc
from proofcheck.vectors import SimplexETF, VectorOf, inner, norm, summed, vanishing

K = Symbol("K", integer=True, positive=True)
j = Symbol("j", integer=True)
k = Symbol("k", integer=True, positive=True)
i = Symbol("i", integer=True)
p = IndexedBase("p")
w = SimplexETF(K, arbitrary="t")


def explicit_frame(size: int) -> list[Matrix]:
    """A simplex ETF in R^size, all of whose vectors are orthogonal to the all-ones vector."""
    ones = Matrix([1] * size)
    return [
        sqrt(Rational(size, size - 1)) * (Matrix.eye(size).col(a) - ones / size)
        for a in range(size)
    ]


@pytest.mark.parametrize("size", range(2, 8))
def test_explicit_vectors_have_the_gram_relation(size: int) -> None:
    frame = explicit_frame(size)
    for a in range(size):
        for b in range(size):
            here = w.gram(Integer(a + 1), Integer(b + 1)).subs(K, size)
            assert (frame[a].dot(frame[b]) - here).equals(0)


@pytest.mark.parametrize("size", range(2, 8))
def test_products_of_known_vectors_are_those_of_explicit_ones(size: int) -> None:
    """Vectors of R^(K+1): what is outside the span lies on the axes u, and u and e."""
    frame = [Matrix([*column, 0]) for column in explicit_frame(size)]
    u = Matrix([1] * size + [0]) / sqrt(size)
    e = Matrix([0] * size + [1])
    columns = [Matrix([(3 * a + 1) % 5 for a in range(size)] + [0]) / 2,
               Matrix([a * a - 2 for a in range(size)] + [7]) / 3]  # fmt: skip
    m = VectorOf(w).introduce("m").value
    v = VectorOf(w, outside=2).introduce("v").value
    point: dict[object, object] = {K: Integer(size)}
    for value, column in zip((m, v), columns, strict=True):
        known = value.summands[0].generator
        point[known.products] = tuple(column.dot(each) for each in frame)
        point.update(zip(known.orthogonal, (column.dot(u), column.dot(e)), strict=False))
        assert sum(point[known.products]).equals(0)
    for left, right, expected in (
        (m, v, columns[0].dot(columns[1])),
        (v, v, columns[1].dot(columns[1])),
        (m + 2 * v, m - v, (columns[0] + 2 * columns[1]).dot(columns[0] - columns[1])),
        (m, w[2], columns[0].dot(frame[1])),
        (w[1] - m, w[1] - m, (frame[0] - columns[0]).dot(frame[0] - columns[0])),
        (summed(j * w[j], (j, 1, K)), v, sum(((a + 1) * frame[a] for a in range(size)),
                                            0 * u).dot(columns[1])),
    ):  # fmt: skip
        assert (instantiate(inner(left, right), point) - expected).expand() == 0


def test_what_is_outside_the_span_of_two_vectors_need_not_be_parallel() -> None:
    """In the plane outside the span, Cauchy and Schwarz do not hold with equality."""

    def statement(m, v) -> Relation:
        def outside(one, two):
            frame, size = m.frame, m.frame.size
            along = Sum(inner(one, frame[j]) * inner(two, frame[j]), (j, 1, size))
            return inner(one, two) - (size - 1) / size * along

        return Equal(outside(m, v) ** 2, outside(m, m) * outside(v, v))

    domains = {"K": integers(2), "w": lambda K: SimplexETF(K), "m": lambda w: VectorOf(w)}

    @claim("two vectors")
    @forall(**domains, v=lambda w: VectorOf(w, outside=2))
    def parallel(K, w, m, v):
        return statement(m, v)

    @claim("two vectors of one plane")
    @forall(**domains, v=lambda w: VectorOf(w))
    def in_one_plane(K, w, m, v):
        return statement(m, v)

    assert check(parallel, CheckOptions(timeout=20)).verdict == "refuted"
    record = check(in_one_plane, CheckOptions(timeout=20))
    assert record.verdict == "error"
    assert "VectorOf(w, outside=2)" in (record.reason or "")


def test_a_factor_is_not_captured_by_a_sum() -> None:
    whole = summed(p[j] * w[j], (j, 1, K))
    found = instantiate(inner(j * whole, w[2]), {K: Integer(3), j: Integer(5), p: (1, 2, 4)})
    assert found == 5 * (2 - Rational(1 + 4, 2))
    twice = summed(summed(w[j], (j, 1, i)), (i, 1, K))
    found = instantiate(inner(i * j * twice, w[1]), {K: Integer(2), i: Integer(3), j: Integer(5)})
    assert found == 15 * (1 + 0)


def test_two_frames_have_nothing_to_do_with_each_other() -> None:
    other = SimplexETF(K, name="v")
    for build in (
        lambda: inner(w[1], other[1]),
        lambda: w[1] + other[1],
        lambda: Equal(w[1], other[1]),
        lambda: inner(w[1], SimplexETF(K + 1)[1]),
    ):
        with pytest.raises(ClaimError, match="frames"):
            build()


def test_sums_over_the_same_index_do_not_meet() -> None:
    whole = summed(w[j], (j, 1, K))
    found = instantiate(inner(whole, w[j]), {K: Integer(3), j: Integer(2)})
    assert found == 0
    assert instantiate(inner(whole, whole), {K: Integer(4)}) == 0
    assert instantiate(inner(w[j], whole), {K: Integer(3), j: Integer(1)}) == 0


def test_norm_is_the_root_of_a_product() -> None:
    assert norm(w[k]) == sqrt(K / (K - 1) - 1 / (K - 1))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: w[1] + 1, "vector of R^d + number"),
        (lambda: 1 + w[1], "number + vector of R^d"),
        (lambda: K + w[1], "number + vector of R^d"),
        (lambda: w[1] - K, "vector of R^d - number"),
        (lambda: K - w[1], "number - vector of R^d"),
        (lambda: w[1] * w[2], "a column times a column"),
        (lambda: w[1] / w[2], "vector of R^d / vector of R^d"),
        (lambda: 1 / w[1], "number / vector of R^d"),
        (lambda: inner(w[1], K), "inner(vector of R^d, number)"),
        (lambda: Equal(w[1], 1), "vector of R^d = a number"),
        (lambda: Equal(K, w[1]), "a number = vector of R^d"),
        (lambda: Less(w[1], w[2]), "not ordered"),
    ],
)
def test_what_has_no_meaning_is_ill_typed(build: object, message: str) -> None:
    with pytest.raises(IllTyped) as caught:
        build()  # type: ignore[operator]
    assert message in str(caught.value)


def test_an_equation_of_vectors_is_compared_along_an_arbitrary_one() -> None:
    relation = Equal(w[k] * 2, w[k] + w[k])
    t = w.direction.summands[0].generator.products
    assert relation.lhs == relation.rhs == 2 * t[k]


def test_an_equation_of_vectors_needs_an_arbitrary_one() -> None:
    plain = SimplexETF(K)
    with pytest.raises(ClaimError, match="arbitrary="):
        Equal(plain[1], plain[2])


def test_different_vectors_differ_somewhere_not_everywhere() -> None:
    relation = NotEqual(w[1], w[2])
    assert instantiate(relation.lhs, {K: Integer(3)}) == 3
    assert (relation.operator, relation.rhs) == ("ne", 0)


def test_an_equation_of_vectors_is_not_assumed_along_one_direction() -> None:
    with pytest.raises(ClaimError, match="assume vanishing"):
        Equal(1, 2).assuming(Equal(w[1], w[2]))
    with pytest.raises(ClaimError, match="assume vanishing"):
        calc(1, 2).assuming(calc(w[1], w[2]))
    assert vanishing(w[1] - w[2]).rhs == 0
    assert Equal(1, 2).assuming(vanishing(w[1] - w[2])).assumptions != ()


def test_a_vector_brings_its_coordinates_and_their_sum() -> None:
    found = VectorOf(w, products="x", orthogonal="r").introduce("m")
    assert [str(getattr(v, "base", None) or v.symbol) for v in found.variables] == ["x", "r"]
    assert [str(fact) for fact in found.facts] == ["Sum(x[j], (j, 1, K)) = 0"]
    assert SimplexETF(integers(2).inf).introduce("w").variables == ()


def test_an_index_is_not_bound_by_the_sum_over_the_other_vector() -> None:
    """The first i vectors of the frame: their product with the sum of all of them is zero."""
    i, j = Symbol("i", integer=True), Symbol("j", integer=True)
    every, first = summed(w[i], (i, 1, K)), summed(w[j], (j, 1, i))
    for product in (inner(every, first), inner(first, every)):
        assert i in product.free_symbols
        for value in (1, 2, 3):
            assert instantiate(product, {K: Integer(3), i: Integer(value)}) == 0


def test_a_statement_without_meaning_is_ill_typed_whatever_its_vectors_are() -> None:
    @claim("a column times a column")
    @forall(K=integers(2), w=lambda K: SimplexETF(K), m=lambda w: VectorOf(w),
            v=lambda w: VectorOf(w))  # fmt: skip
    def columns(K, w, m, v):
        return Equal(m * v, 1)

    assert check(columns, CheckOptions(timeout=20)).verdict == "ill-typed"
