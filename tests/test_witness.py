"""The theorem's minimisers, found by an optimiser that knows nothing of the theorem.

Evidence beside the proofs, for a few K and d, by arithmetic of its own: scipy minimises the losses
as the claims define them over the ball of R^d, from several starts, and Newton's method with
mpmath sharpens what it finds.  No claim rests on this.
"""

from __future__ import annotations

from functools import cache

import mpmath
import numpy as np
import pytest
from scipy import optimize
from sympy import Integer, Matrix, Symbol, diff, lambdify, sqrt, symbols

from claims.neural_collapse_terminus._definitions import (
    cross_entropy,
    feature,
    frame,
    misalignment,
    multiplier,
    own_probability,
)
from proofcheck.points import instantiate
from proofcheck.vectors import Vector, inner

DIGITS = 60
AGREE = mpmath.mpf(10) ** -15
SPACES = [(2, 1), (3, 2), (3, 4), (5, 4)]
LOSSES = {"cross entropy": cross_entropy, "misalignment": misalignment}
OWN = 2
"""The class k of the feature."""


@cache
def prototypes(K: int, d: int) -> list[Matrix]:
    """Explicit vectors of R^d with the Gram relation, in axes that Gram and Schmidt choose."""
    found = []
    for i in range(1, K + 1):
        column = [Integer(0)] * d
        for c in range(1, min(i, K - 1) + 1):
            own = sqrt(Integer(K * (K - c)) / ((K - 1) * (K - c + 1)))
            column[c - 1] = own if c == i else -own / (K - c)
        found.append(Matrix(column))
    return found


@cache
def loss_in_coordinates(name: str, K: int, d: int):
    """The coordinates of m and the loss of the claims in them."""
    m = symbols(f"c_1:{d + 1}", real=True)
    w = frame(Integer(K)).introduce("w").value
    known: Vector = feature(w).introduce("m").value
    products = tuple(Matrix(m).dot(each) for each in prototypes(K, d))
    generator = known.summands[0].generator
    return m, instantiate(LOSSES[name](known, Integer(OWN)), {generator.products: products})


def minimised(m, loss) -> np.ndarray:
    """The best point of the unit ball that scipy finds, from a few starts."""
    value = lambdify([m], loss, "numpy")
    slope = lambdify([m], [diff(loss, c) for c in m], "numpy")
    inside = {"type": "ineq", "fun": lambda c: 1 - c @ c, "jac": lambda c: -2 * c}
    draws = np.random.default_rng(0)
    best = None
    for _ in range(4):
        found = optimize.minimize(
            value, draws.normal(size=len(m)) / 4, jac=slope, constraints=[inside], method="SLSQP",
            options={"ftol": 1e-16, "maxiter": 500},
        )  # fmt: skip
        if best is None or found.fun < best.fun:
            best = found
    return best.x


def sharpened(m, loss, start: np.ndarray):
    """Newton's method for gradient + 2 mu m = 0 and |m|^2 = 1, from what scipy found.

    The misalignment has a flat minimum there: convergence is linear, hence the many steps.
    """
    mu = Symbol("mu", real=True)
    system = [diff(loss, c) + 2 * mu * c for c in m] + [sum(c**2 for c in m) - 1]
    unknown = [*m, mu]
    equations = lambdify([unknown], system, "mpmath")
    jacobian = lambdify([unknown], Matrix(system).jacobian(unknown).tolist(), "mpmath")
    slope = lambdify([m], [diff(loss, c) for c in m], "mpmath")
    at = mpmath.matrix([mpmath.mpf(float(c)) for c in start])
    at = at / mpmath.norm(at)
    first = -sum(a * b for a, b in zip(at, slope(list(at)), strict=True)) / 2
    at = mpmath.matrix([*at, first])
    for _ in range(300):
        values = mpmath.matrix(equations(list(at)))
        if mpmath.norm(values) < mpmath.mpf(10) ** (-DIGITS + 5):
            break
        at = at - mpmath.lu_solve(mpmath.matrix(jacobian(list(at))), values)
    return list(at)[:-1], at[len(m)]


@pytest.mark.parametrize(("K", "d"), SPACES)
def test_the_explicit_prototypes_have_the_gram_relation(K: int, d: int) -> None:
    w = frame(Integer(K))
    for i, one in enumerate(prototypes(K, d), start=1):
        for j, two in enumerate(prototypes(K, d), start=1):
            assert (one.dot(two) - inner(w[i], w[j])).expand() == 0


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize(("K", "d"), SPACES)
def test_the_optimiser_finds_the_prototype(K: int, d: int, name: str) -> None:
    m, loss = loss_in_coordinates(name, K, d)
    own = prototypes(K, d)[OWN - 1]
    rough = minimised(m, loss)
    assert np.allclose(rough, np.array(own.evalf(20).tolist(), dtype=float).ravel(), atol=2e-4)
    with mpmath.workdps(DIGITS):
        if d > 1:
            found, mu = sharpened(m, loss, rough)
        else:
            found = [mpmath.mpf(round(float(rough[0])))]
            mu = -lambdify([m], diff(loss, m[0]), "mpmath")(found) * found[0] / 2
        exact = [lambdify([], c, "mpmath")() for c in own]
        assert all(abs(a - b) < AGREE for a, b in zip(found, exact, strict=True))
        least = lambdify([m], loss, "mpmath")(found)
        if name == "misalignment":
            assert abs(least) < AGREE**2
            assert abs(mu) < AGREE
        else:
            closed = -mpmath.log(lambdify([], own_probability(Integer(K)), "mpmath")())
            assert abs(least - closed) < AGREE**2
            assert abs(mu - lambdify([], multiplier(Integer(K), Integer(1)), "mpmath")()) < AGREE
