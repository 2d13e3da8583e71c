"""Explicit vectors for a counterexample: they have its inner products, or they are not shown."""

from __future__ import annotations

import pytest
from sympy import Integer, Rational, Reals, Symbol, sqrt

from proofcheck.checker import CheckOptions, check
from proofcheck.claims import claim, forall
from proofcheck.coordinates import explicit_vectors, simplex
from proofcheck.domains import integers
from proofcheck.points import instantiate
from proofcheck.relations import Equal
from proofcheck.reports import wording
from proofcheck.vectors import SimplexETF, VectorOf, inner

K = Symbol("K", integer=True, positive=True)
w = SimplexETF(K, arbitrary="t")
m = VectorOf(w, products="x", orthogonal="r").introduce("m").value
x, (r,) = m.summands[0].generator.products, m.summands[0].generator.orthogonal
t = w.direction.summands[0].generator


def dot(one, two):
    return sum(a * b for a, b in zip(one, two, strict=True))


@pytest.mark.parametrize("size", range(2, 8))
def test_a_simplex_has_the_gram_relation(size: int) -> None:
    vectors = simplex(size)
    for i, one in enumerate(vectors, start=1):
        assert len(one) == size - 1
        for j, two in enumerate(vectors, start=1):
            gram = instantiate(inner(w[i], w[j]), {K: Integer(size)})
            assert (dot(one, two) - gram).expand() == 0


def test_known_vectors_have_the_products_of_the_point() -> None:
    point = {
        K: Integer(3), x: (Integer(1), sqrt(2), -1 - sqrt(2)), r: Rational(1, 2),
        t.products: (Integer(0),) * 3, t.orthogonal[0]: Integer(3), t.orthogonal[1]: Integer(-4),
    }  # fmt: skip
    found = explicit_vectors({"K": K, "w": w, "m": m}, point)
    assert list(found) == ["w_1", "w_2", "w_3", "m", "t"]
    assert found["t"] == (0, 0, 3, -4)
    assert (dot(found["m"], found["w_2"]) - sqrt(2)).expand() == 0
    assert (dot(found["m"], found["t"])).expand() == Rational(3, 2)


def test_no_more_coordinates_than_it_takes() -> None:
    point = {K: Integer(2), x: (Integer(1), Integer(-1)), r: Integer(0)}
    plain = SimplexETF(K)
    found = explicit_vectors({"w": plain, "m": m}, point)
    assert found == {"w_1": (1,), "w_2": (-1,), "m": (1,)}


def test_products_that_no_vector_has_are_not_shown() -> None:
    point = {K: Integer(2), x: (Integer(1), Integer(1)), r: Integer(0)}
    assert explicit_vectors({"w": SimplexETF(K), "m": m}, point) == {}
    assert explicit_vectors({"K": K}, point) == {}


def test_a_counterexample_is_shown_with_its_vectors() -> None:
    @claim("all features have norm 1")
    @forall(K=integers(2), w=lambda K: SimplexETF(K), m=lambda w: VectorOf(w), a=Reals)
    def unit(K, w, m, a):
        return Equal(inner(m, m), 1)

    record = check(unit, CheckOptions(timeout=20))
    assert record.counterexample is not None
    assert list(record.counterexample.vectors) == ["w_1", "w_2", "m"]
    assert wording.sides(record.counterexample)[0].startswith("for instance w_1 = (1")
