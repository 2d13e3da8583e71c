"""Formal vectors: the Gram relation against explicit vectors, and what has no meaning."""

from __future__ import annotations

import pytest
from sympy import Integer, Matrix, Rational, Symbol, sqrt

from proofcheck.domains import integers
from proofcheck.errors import ClaimError, IllTyped
from proofcheck.points import instantiate
from proofcheck.relations import Equal, Less
from proofcheck.vectors import SimplexETF, VectorOf, inner, norm, summed

K = Symbol("K", integer=True, positive=True)
j = Symbol("j", integer=True)
k = Symbol("k", integer=True, positive=True)
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


@pytest.mark.parametrize("size", range(2, 6))
def test_products_of_known_vectors_are_those_of_explicit_ones(size: int) -> None:
    frame = explicit_frame(size)
    ones = Matrix([1] * size) / sqrt(size)
    coordinates = [Matrix([(3 * a + 1) % 5 for a in range(size)]) / 2,
                   Matrix([a * a - 2 for a in range(size)]) / 3]  # fmt: skip
    m = VectorOf(w).introduce("m").value
    v = VectorOf(w).introduce("v").value
    point: dict[object, object] = {K: Integer(size)}
    for value, column in zip((m, v), coordinates, strict=True):
        known = value.summands[0].generator
        point[known.products] = tuple(column.dot(each) for each in frame)
        point[known.orthogonal] = column.dot(ones)
        assert sum(point[known.products]).equals(0)
    for left, right, expected in (
        (m, v, coordinates[0].dot(coordinates[1])),
        (m + 2 * v, m - v, (coordinates[0] + 2 * coordinates[1]).dot(
            coordinates[0] - coordinates[1])),
        (m, w[2], coordinates[0].dot(frame[1])),
        (w[1] - m, w[1] - m, (frame[0] - coordinates[0]).dot(frame[0] - coordinates[0])),
    ):  # fmt: skip
        assert (instantiate(inner(left, right), point) - expected).equals(0)


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


def test_a_vector_brings_its_coordinates_and_their_sum() -> None:
    found = VectorOf(w, products="x", orthogonal="r").introduce("m")
    assert [str(getattr(v, "base", None) or v.symbol) for v in found.variables] == ["x", "r"]
    assert [str(fact) for fact in found.facts] == ["Sum(x[j], (j, 1, K)) = 0"]
    assert SimplexETF(integers(2).inf).introduce("w").variables == ()
