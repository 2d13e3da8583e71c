"""Derivatives of functions whose argument runs along a ray: right on both sides of every cut."""

from __future__ import annotations

import pytest
from sympy import (
    Chi,
    Ci,
    Derivative,
    Ei,
    Expr,
    I,
    Rational,
    S,
    acosh,
    acot,
    acsc,
    acsch,
    asec,
    asin,
    asinh,
    atan,
    atanh,
    cot,
    exp,
    log,
    polylog,
    sqrt,
    symbols,
)

from proofcheck import balls
from proofcheck.calculus import derivative
from proofcheck.calculus.lines import along_a_ray
from proofcheck.checker import CheckOptions, check
from proofcheck.claims import Claim
from proofcheck.relations import Equal, NotEqual

x, y = symbols("x y", real=True)
z, c = symbols("z c", complex=True)
PLACES = [Rational(n, 16) for n in (-101, -33, -11, -5, 3, 13, 37, 115)]
STEP = Rational(1, 2**60)
FUNCTIONS = (
    log, atan, atanh, asin, asinh, acot, acsch, acsc, asec, Ci, Chi, Ei, lambda u: polylog(2, u),
    lambda u: polylog(3, u), lambda u: u ** Rational(5, 3), lambda u: u ** (1 + I),
    lambda u: (u + 0) ** u,
)  # fmt: skip
ARGUMENTS = (
    sqrt(x), I * sqrt(x), sqrt(-x), I * x, (1 - I) * x, sqrt(1 - x**2), x / sqrt(2 - x**2),
    (1 - x**3) ** Rational(1, 3), I * (x - 2) ** Rational(2, 3) / 3, -sqrt(x) * sqrt(x - 1),
    exp(x) * sqrt(x + 1) / (2 - I), cot(x) / sqrt(x),
)  # fmt: skip


@pytest.mark.parametrize("argument", ARGUMENTS, ids=str)
def test_derivatives_along_rays_are_the_slopes(argument: Expr) -> None:
    seen = 0
    for function in FUNCTIONS:
        value = function(argument)
        for place in PLACES:
            try:
                found = balls.enclose(Derivative(value, x), {x: place}, 256)
                sides = [balls.enclose(value, {x: place + s * STEP}, 256) for s in (1, -1)]
            except (balls.Undefined, balls.Unevaluable):
                continue
            slope = (sides[0] - sides[1]) / (2 * balls.enclose(STEP, {}, 256))
            assert abs(slope - found) < (1 + abs(found)) / 10**15, (value, place)
            seen += 1
    assert seen > 60


def test_what_runs_along_a_ray() -> None:
    assert along_a_ray(c * x, x) == ()
    assert along_a_ray(I * sqrt(x), x) == (NotEqual(x, 0),)
    assert along_a_ray(x ** Rational(1, 3) * sqrt(2 - x) / c, x) is not None
    for other in (sqrt(x) + I, x + I, x ** (1 + I), exp(I * x), sqrt(I + x), sqrt(sqrt(x) + x)):
        found = along_a_ray(other, x)
        assert found is None or {"x > 0", "I in Reals"} & set(map(str, found))
    assert along_a_ray(z, z) is None


def test_a_ray_through_the_end_of_a_cut() -> None:
    """The inverse hyperbolic cosine jumps at 0 on the imaginary axis, the logarithm is infinite."""
    for function in (acosh(I * x), log(I * x), sqrt(I * x), acot(I * x)):
        with pytest.raises((balls.Unevaluable, balls.Undefined)):
            balls.enclose(Derivative(function, x), {x: S.Zero}, 64)
    assert "Interval(-oo, 1)" in str(derivative(acosh(I * x), x)[1])


CLAIMS = {
    "a square root": (atan(sqrt(x)), 1 / (2 * sqrt(x) * (1 + x)), "proved"),
    "its double": (atan(sqrt(x)), 1 / (sqrt(x) * (1 + x)), "refuted"),
    "an imaginary one": (atanh(sqrt(1 - x**3)), -3 / (2 * x * sqrt(1 - x**3)), "proved"),
    "of the wrong sign": (atanh(sqrt(1 - x**3)), 3 / (2 * x * sqrt(1 - x**3)), "refuted"),
    "right for |x| < 1 only": (asin(x), 1 / sqrt(1 - x) / sqrt(1 + x), "proved"),
    "right for x > 1 only": (asin(x), -I / sqrt(x - 1) / sqrt(1 + x), "refuted"),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_about_rays(name: str) -> None:
    function, slope, verdict = CLAIMS[name]

    def body(x: Expr) -> object:
        return Equal(Derivative(function, x), slope).where_defined()

    record = check(Claim(body, "here", (("x", S.Reals),), name="one"), CheckOptions(timeout=6))
    assert record.verdict == verdict
