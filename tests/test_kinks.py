"""A missing derivative is shown by two slopes: where there is only one, no forgery passes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from forging import where
from sympy import (
    Abs,
    Derivative,
    Expr,
    Integral,
    Interval,
    Max,
    Min,
    Piecewise,
    Rational,
    S,
    Symbol,
    exp,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
)

from proofcheck.certificates import Certificate, Kink
from proofcheck.definedness import needs
from proofcheck.engines import kinks
from proofcheck.engines._cases import DEEPEST, Cases
from proofcheck.engines.base import Budget
from proofcheck.kernel import Rejected, undefined
from proofcheck.kinks import along, no_derivative
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Equal, Relation

x, y = symbols("x y", real=True)
z = Symbol("z", complex=True)
PLANE = where((x, S.Reals), (y, S.Reals))
AT_ZERO = {x: S.Zero, y: S.One}


def needed(term: Expr) -> list:
    return [need.condition for need in needs(term) if need.term == term]


def shown(function: Expr, context: Context, point: dict, kink: Kink | None) -> bool:
    """Tell whether the kernel takes the derivative by x as missing, for any of its needs."""
    term = Derivative(function, x)
    for need in needed(term):
        try:
            undefined(term, need, context, point, kink=kink)
        except Rejected:
            continue
        return True
    return False


def searched(function: Expr, place: Expr = S.Zero) -> Kink | None:
    return kinks.kink(function, x, place, Budget.lasting(20))


MISSING = {
    "modulus": (Abs(x), 0),
    "ramp": (Max(0, x), 0),
    "ramp of a product": (Max(0, x * y), 0),
    "corner of three": (Min(x, 2 * x, 1) * exp(x), 0),
    "modulus of a sine": (Abs(sin(x)), pi),
    "at an irrational place": (Abs(x**2 - 2), sqrt(2)),
    "jump": (Piecewise((x + 1, x > 0), (x, True)), 0),
    "square root of a square": (sqrt(x**2) + 0 * y, 0),
}


@pytest.mark.parametrize("name", MISSING)
def test_a_corner_has_no_derivative(name: str) -> None:
    function, place = MISSING[name]
    point = {x: S(place), y: S.One}
    kink = searched(function.subs(y, 1), S(place))
    assert kink is not None
    assert shown(function, PLANE, point, kink)
    assert not shown(function, PLANE, point, None)


SMOOTH = {
    "x*|x|": (x * Abs(x), x**2, -(x**2)),
    "square of a ramp": (Max(0, x) ** 2, x**2, S.Zero),
    "two corners cancel": (Max(x, 0) - Max(-x, 0), x, x),
    "corner elsewhere": (Abs(x - 1), 1 - x, 1 - x),
    "ramp of nothing": (Max(0, x * (y - 1)), S.Zero, S.Zero),
    "pieces that fit": (Piecewise((x**2, x > 0), (-(x**2), True)), x**2, -(x**2)),
    # The rule for a Piecewise does not hold where its branches meet: its slope there is not 7.
    "a lie of branches": (x * Abs(x), Piecewise((x**2, x > 0), (7 * x, True)), -(x**2)),
}


def proof(function: Expr, side: Expr, values: Interval) -> Certificate:
    found = Cases(Budget.lasting(20)).prove(Equal(function, side), where((x, values)), DEEPEST)
    assert found is not None
    return found


@pytest.mark.parametrize("name", SMOOTH)
def test_a_derivative_that_exists_is_not_missing(name: str) -> None:
    function, right, left = SMOOTH[name]
    line = function.subs(y, 1)
    assert searched(line) is None
    proofs = (
        proof(line, right, Interval.open(0, 1)), proof(line, left, Interval.open(-1, 0)),
    )  # fmt: skip
    for jump in (False, True):
        assert not shown(function, PLANE, AT_ZERO, Kink(right, left, S.One, proofs, jump))
        for one, other in ((left, right), (right, x + left), (x + 1, left)):
            lie = Kink(one, other, S.One, proofs, jump)
            assert one == other or not shown(function, PLANE, AT_ZERO, lie)


@pytest.mark.parametrize(
    "change",
    [
        {"right": 2 * x}, {"left": x}, {"left": S.Zero}, {"right": -x, "left": x},
        {"right": x + 1}, {"right": x + y}, {"right": y * x},
        {"right": Symbol("x", positive=True)},
        {"right": x * Piecewise((1, x > 0), (5, True))},
        {"right": 1 / x}, {"right": x**2 / Abs(x)},
        {"width": S.Zero}, {"width": -S.One}, {"width": oo}, {"width": sqrt(2)}, {"jump": True},
    ],
)  # fmt: skip
def test_a_forged_corner(change: dict) -> None:
    honest = searched(Abs(x))
    assert honest is not None
    assert shown(Abs(x), PLANE, AT_ZERO, honest)
    parts = {name: getattr(honest, name) for name in ("right", "left", "width", "proofs", "jump")}
    assert not shown(Abs(x), PLANE, AT_ZERO, Kink(**{**parts, **change}))


def test_the_corner_of_another_point() -> None:
    honest = searched(Abs(x))
    assert not shown(Abs(x), PLANE, {x: Rational(1, 2), y: S.One}, honest)
    assert not shown(Max(0, x * y), PLANE, {x: S.Zero, y: S.Zero}, searched(Max(0, x)))


def test_a_corner_at_the_end_of_the_set() -> None:
    # Which derivative is meant there is not ours to say.
    honest = searched(Abs(x))
    for values in (Interval(0, oo), Interval(0, 1), Interval(-Rational(1, 2), 1)):
        assert not shown(Abs(x), where((x, values), (y, S.Reals)), AT_ZERO, honest)
    depending = where((x, S.Reals), (y, Interval(x, 2)))
    assert not shown(Abs(x), depending, AT_ZERO, honest)


def test_other_derivatives_are_left_alone() -> None:
    honest = searched(Abs(x))
    need = Relation(x, "ne", S.Zero)
    for term in (
        Derivative(x * Abs(x), x, 2),
        Derivative(x * Abs(x), x, y),
        Derivative(Integral(Abs(x * y), (y, 0, 1)), x),
        Derivative(Abs(z) * x, z),
    ):
        for one in (need, *needed(term)):
            with pytest.raises(Rejected):
                undefined(term, one, PLANE, AT_ZERO, kink=honest)


def test_the_search_proposes_what_the_kernel_takes() -> None:
    term = Derivative(Max(0, x * y), x)
    for need in needed(term):
        if isinstance(need, Relation) and need.operator == "ne":
            obligation = Obligation("defined", need, PLANE, term)
            (point, kink), *_ = kinks.candidates(obligation, Budget.lasting(20))
            assert undefined(term, need, PLANE, point, kink=kink).term == term


@pytest.mark.parametrize(
    "term",
    [
        Derivative(x * Abs(x), x, 2),
        Derivative(Abs(x) * Abs(y), x, y),
        Derivative(Abs(z), z),
    ],
    ids=str,
)
def test_only_first_derivatives_by_a_variable(term: Derivative) -> None:
    with pytest.raises(Rejected, match="not a first derivative"):
        along(term, AT_ZERO)


def test_no_derivative_of_derivatives() -> None:
    with pytest.raises(Rejected, match="a derivative of derivatives"):
        along(Derivative(y * Derivative(x * Abs(x), x), x), AT_ZERO)


def test_what_is_asked_of_width_and_set() -> None:
    honest = searched(Abs(x))
    assert honest is not None
    term = Derivative(Abs(x), x)
    for width in (S.Zero, -S.One, sqrt(2), oo):
        with pytest.raises(Rejected, match="no width"):
            list(no_derivative(term, PLANE, AT_ZERO, replace(honest, width=width)))
    depending = where((x, S.Reals), (y, Interval(x, 2)))
    for context in (where((x, S.Integers), (y, S.Reals)), where((y, S.Reals)), depending):
        with pytest.raises(Rejected, match="an interval of its own"):
            list(no_derivative(term, context, AT_ZERO, honest))
    with pytest.raises(Rejected, match="may exist there"):
        list(no_derivative(term, PLANE, AT_ZERO, None))
