"""Statements meant where both sides are defined: nothing false is proved, nothing is undefined.

What is assumed must be necessary for both sides to have a value, or the claim were narrowed.
"""

from __future__ import annotations

import doctest
import json
from typing import Any

import pytest
from forging import rejects, where
from sympy import (
    Abs,
    Derivative,
    Function,
    Heaviside,
    Integral,
    LambertW,
    Matrix,
    Max,
    Mod,
    Piecewise,
    Rational,
    S,
    Subs,
    Sum,
    acosh,
    asin,
    atan2,
    bessely,
    conjugate,
    cos,
    exp,
    floor,
    gamma,
    hyper,
    log,
    oo,
    sign,
    sin,
    sqrt,
    symbols,
    zeta,
)

from proofcheck import presumptions as module
from proofcheck import relations
from proofcheck.certificates import Balls, Identity, Ranges, Rewrite
from proofcheck.checker import CheckOptions, check, replay
from proofcheck.claims import Claim, claim, forall
from proofcheck.domains import integers
from proofcheck.engines._points import value_at
from proofcheck.errors import ClaimError, CollectionError, UsageError
from proofcheck.presumptions import presumptions
from proofcheck.record import Record
from proofcheck.relations import (
    Equal,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    NotEqual,
    Relation,
    calc,
    every,
)
from proofcheck.reports import explanation
from proofcheck.statements import read_line, to_claim

x, y = symbols("x y", real=True)
z, s, a = symbols("z s a", complex=True)
i, k, n = symbols("i k n", integer=True)
R, C, Z = S.Reals, S.Complexes, S.Integers


def made(body: Any, **domains: Any) -> Claim:
    return Claim(body, "here", tuple(domains.items()), name="one", module="here")


def judged(one: Claim, seconds: float = 4) -> Record:
    return check(one, CheckOptions(timeout=seconds))


def assumed(*sides: Any) -> list[str]:
    return [str(c) for c in presumptions([Relation(side, "eq", S.Zero) for side in sides])]


TRUE = {
    "a logarithm": made(lambda x: Equal(Derivative(log(x), x), 1 / x), x=R),
    "a quotient": made(lambda x: Equal((x**2 - 1) / (x - 1), x + 1), x=R),
    "both sides": made(lambda x, y: Equal(log(x) / log(x) ** 2 * y / y**2, 1 / (y * log(x))),
                       x=R, y=R),
    "an arc sine": made(lambda x: Equal(Derivative(asin(x), x), 1 / sqrt(1 - x**2)), x=R),
    "an order relation is one of real numbers": made(
        lambda x: LessEqual(2 * sqrt(x), 1 + x), x=R),
    "a plane": made(lambda z: Equal(exp(log(z)), z), z=C),
    "integers": made(lambda n: Equal(gamma(n + 1) / gamma(n), n), n=Z),
}  # fmt: skip


def meant(one: Claim) -> Claim:
    """Return the claim with what it says meant where both sides are defined."""
    return made(lambda **values: one.body(**values).where_defined(), **dict(one.domains))


@pytest.mark.parametrize("name", TRUE)
def test_what_holds_where_it_is_defined_is_proved(name: str) -> None:
    record = judged(meant(TRUE[name]))
    assert (record.verdict, record.basis) == ("proved", "certificate")
    assert record.notes[0] == "meant where both sides are defined"


FALSE = {
    "a wrong factor": made(lambda x: Equal(Derivative(log(x), x), 2 / x), x=R),
    "right for x > 0 only": made(lambda x: Equal(Derivative(x * Abs(x), x), 2 * x), x=R),
    "a branch": made(lambda x: Equal(Derivative(sqrt(x**2), x), 1), x=R),
    "a square root squared": made(lambda x: Equal(sqrt(x) ** 2, Abs(x)), x=R),
    "the other sheet": made(lambda z: Equal(sqrt(z**2), z), z=C),
    "a removed point": made(lambda x: NotEqual((x**2 - 1) / (x - 2), 0), x=R),
    "off by a constant": made(lambda x: Equal((x**2 - 1) / (x - 1), x + 2), x=R),
    "an order": made(lambda x: Less(2 * sqrt(x), 1 + x), x=R),
    "a jump": made(lambda x: Equal(Derivative(log(x**2) / 2, x), 1 / Abs(x)), x=R),
    "one integer": made(lambda n: NotEqual(gamma(n + 1) / gamma(n), 3), n=Z),
    "a slope of two": made(lambda x: Equal(Derivative(Max(x, 2 * x), x), 2), x=R),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_what_fails_where_it_is_defined_is_refuted(name: str) -> None:
    assert judged(meant(FALSE[name])).verdict == "refuted"


# They fail at a point at which what is asked of their terms fails too, though the terms exist
# there: if all of it were assumed, they would be proved.
NARROW = {
    "x|x|": lambda x: NotEqual(Derivative(x * Abs(x), x), 0),
    "x**3 under a root": lambda x: NotEqual(Derivative(sqrt(x**6), x), 0),
    "a ramp squared": lambda x: NotEqual(
        Derivative(Max(0, x) ** 2 + Max(0, -x) ** 2, x), 0),
    "pieces": lambda x: NotEqual(Derivative(Piecewise((x**2, x > 0), (-(x**2), True)), x), 0),
    "a sum that runs down": lambda i: NotEqual(Sum(1, (k, 1, i)), -i),
    "a rounded complex number": lambda x: GreaterEqual(Abs(floor(sqrt(x)) - 1), 0).assuming(
        Less(x, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", NARROW)
def test_what_only_suffices_is_not_assumed(name: str) -> None:
    body = NARROW[name]
    variable = {"i": Z} if "runs" in name else {"x": R}
    record = judged(meant(made(body, **variable)))
    assert record.verdict not in ("proved", "undefined")


@pytest.mark.parametrize(
    ("expression", "conditions"),
    [
        (1 / log(x), ["x != 0", "log(x) != 0"]),
        (Derivative(log(x), x), ["x != 0"]),
        (Derivative(x * Abs(x), x), []),
        (Derivative(asin(x), x), []),
        (Derivative(sqrt(x), x), []),
        (1 / Derivative(x * Abs(x), x), []),
        (log(1 + Derivative(x * Abs(x), x) ** 2), []),
        (Derivative(log(x) * Max(x, 2 * y), x, 2), ["x != 0"]),
        (Derivative(conjugate(z), z), ["Derivative(conjugate(z), z) is defined"]),
        (floor(1 / z), ["z != 0"]),
        (1 / floor(z), []),
        (Max(log(z), 1), ["z != 0"]),
        (Heaviside(z), []),
        (atan2(z, s), ["(z != 0 or s != 0)"]),
        (Mod(z, s), ["s != 0"]),
        (zeta(s, a), ["s != 1"]),
        (1 / zeta(s, a), ["s != 1"]),
        (zeta(s), ["s != 1"]),
        (bessely(a, z), []),
        (bessely(2, z), ["z != 0"]),
        (bessely(-Rational(1, 2), z), []),
        (LambertW(z, n), []),
        (LambertW(z, -1), ["z != 0"]),
        (Sum(1 / (k - n), (k, 1, i)), ["k - n != 0 for all k in Range(1, i + 1, 1)"]),
        (Sum(1 / (k - n), (k, 1, x)), []),
        (Sum(log(y), (k, 1, 1 / x)), []),
        (Sum(zeta(s, k), (k, 1, 3)), ["s != 1 for all k in Range(1, 4, 1)"]),
        (Subs(Derivative(x * Abs(x), x), x, 1 / y), None),
        (Piecewise((1 / x, x > 1), (2, x < 0)), ["(x <= 1 or x != 0)", "(x > 1 or x < 0)"]),
        (Piecewise((1, 1 / x > 1), (1 / y, True)), []),
        (Integral(exp(-y), (y, 1 / x, oo)),
         ["x != 0", "Integral(exp(-y), (y, 1/x, oo)) is defined"]),
        (x**y, ["(x != 0 or y > 0 or y = 0)"]),
        (Function("f")(x), ["f(x) is defined"]),
    ],
)  # fmt: skip
def test_what_is_assumed_is_necessary(expression, conditions) -> None:
    found = assumed(expression)
    if conditions is None:
        assert "y != 0" not in found
    else:
        assert found == conditions


def test_what_ordered_sides_assume() -> None:
    found = [str(c) for c in presumptions([Relation(log(x), "lt", x)])]
    assert found == ["x != 0", "log(x) in Reals"]
    found = [str(c) for c in presumptions([Relation(floor(z), "lt", 1 + z)])]
    assert found == ["z + 1 in Reals"]  # floor(z) owes what it need not owe


def test_matrices_and_chains_assume_what_all_their_parts_need() -> None:
    left, right = Matrix([x, 1 / y]).as_immutable(), Matrix([1 / x, y]).as_immutable()
    assert [str(c) for c in presumptions([Equal(left, right)])] == ["y != 0", "x != 0"]
    chain = calc(x / y, log(x), 1 / (x - 1)).where_defined()
    (case,) = made(lambda x, y: chain, x=R, y=R).cases()
    assert [str(c) for c in case.presumed or ()] == ["y != 0", "x != 0", "x - 1 != 0"]


NOWHERE = {
    "zero in a denominator": lambda x: Equal(1 / (x - x), x),
    "a logarithm of zero": lambda x: Equal(log(0 * x), log(0 * x)),
    "zero in disguise": lambda x: Equal(1 / (sin(x) ** 2 + cos(x) ** 2 - 1), 5),
    "its derivative": lambda x: Equal(Derivative(log(sin(x) ** 2 + cos(x) ** 2 - 1), x), 5),
    "two halves that do not meet": lambda x: Less(sqrt(x - 1) + acosh(-x), 5),
    "a derivative in the plane": lambda z: Equal(Derivative(conjugate(z), z), 1),
}


@pytest.mark.parametrize("name", NOWHERE)
def test_what_is_nowhere_defined_is_vacuous(name: str) -> None:
    variable = {"z": C} if "plane" in name else {"x": R}
    assert judged(meant(made(NOWHERE[name], **variable))).verdict == "vacuous"


@pytest.mark.parametrize(
    "body",
    [
        lambda x: Equal(Derivative(x * Abs(x), x), 2 * Abs(x)),
        lambda x: Equal(Derivative(Abs(x), x), sign(x)),
        lambda x: Equal(Derivative(Piecewise((1, x > 0), (0, True)), x), 0),
    ],
)
def test_no_verdict_is_undefined(body: Any) -> None:
    assert judged(made(body, x=R)).verdict in ("undefined", "supported", "proved")
    assert judged(meant(made(body, x=R))).verdict in ("supported", "proved")


def test_no_forgery_passes_where_a_need_is_only_sufficient() -> None:
    slope = Derivative(x * Abs(x), x)
    goal = Equal(slope, 2 * Abs(x))
    context = where((x, R), assuming=presumptions([goal]))
    rewrite = Rewrite("derivative", (slope,), (Ranges(), Ranges()))
    rejects(goal, context, Identity(rewrites=(rewrite,)))
    rejects(NotEqual(slope, 0), context, Ranges())
    rejects(NotEqual(x, 0), context, Ranges())
    rejects(NotEqual(x, 0), context, Balls())


def test_a_citation_has_to_discharge_the_definedness() -> None:
    lemma = meant(made(lambda x: Equal((x**2 - 1) / (x - 1), x + 1), x=R))

    def citing(*further: Relation) -> Claim:
        def body(x: Any) -> Relation:
            return Equal((x**2 - 1) / (x - 1), x + 1).assuming(lemma(x=x), *further)

        return claim("there", uses=[lemma])(forall(x=integers(-5))(body))

    assert judged(citing()).verdict != "proved"
    body = lambda x: Equal((x**2 - 1) / (x - 1), x + 1).assuming(lemma(x=x))  # noqa: E731
    inside = claim("there", uses=[lemma])(forall(x=integers(2))(body))
    assert judged(inside).verdict == "proved"


def test_it_cannot_be_assumed() -> None:
    with pytest.raises(ClaimError, match="assumed only where defined"):
        Equal(x, 1).assuming(Equal(1 / x, 1).where_defined())
    with pytest.raises(ClaimError):
        every(Equal(1 / x, 1).where_defined(), Equal(x, 1))


def test_it_is_said() -> None:
    record = judged(meant(made(lambda x: Equal(Derivative(log(x), x), 1 / x), x=R)))
    assert record.hypotheses == ("x != 0",)
    text = "\n".join(explanation.lines(record))
    assert "note        meant where both sides are defined" in text
    assert str(Greater(x, 1).where_defined()) == "x > 1  where both sides are defined"


def test_a_point_at_which_it_says_nothing() -> None:
    one = meant(made(lambda x: Equal((x**2 - 1) / (x - 1), x + 2), x=R))
    assert replay(one, {"x": "3"}, CheckOptions()).verdict == "refuted"
    with pytest.raises(UsageError, match="a side is undefined: x - 1 != 0 fails there"):
        replay(one, {"x": "1"}, CheckOptions())


LINE = {
    "id": "one", "variables": [{"name": "x", "domain": "real"}], "assumptions": [],
    "lhs": "Derivative(log(x), x)", "rhs": "1/x", "relation": "eq",
}  # fmt: skip
KEY = "undefined_at_some_admissible_points"


@pytest.mark.parametrize(("flag", "verdict"), [(True, "proved"), (False, "undefined")])
def test_a_line_can_say_it(flag: bool, verdict: str, tmp_path: Any) -> None:
    one = to_claim(read_line(json.dumps({**LINE, KEY: flag})), tmp_path / "lines.jsonl", 1)
    assert judged(one).verdict == verdict
    assert one.description.endswith("where both sides are defined") is flag


def test_what_has_no_variables_is_defined_by_a_proof() -> None:
    side = hyper((S.Half, S.Half, 1), (Rational(3, 2), Rational(3, 2)), -1)
    assert judged(meant(made(lambda: Equal(side, 1)))).verdict in ("refuted", "undecided")


@pytest.mark.parametrize("flag", ["true", 1, None, []])
def test_a_line_says_true_or_false(flag: Any) -> None:
    with pytest.raises(CollectionError, match="must be true or false"):
        read_line(json.dumps({**LINE, KEY: flag}))


def test_what_sympy_builds_at_a_point_need_not_be_a_number() -> None:
    """Where the sides are undefined, SymPy has nan and bounds of an oscillation."""
    assert value_at(y * log(x) / x, {x: S.Zero, y: S.Zero}) is None
    assert value_at(sin(1 / x), {x: S.Zero}) is None
    assert value_at(sin(1 / x), {x: S.One}) == sin(1)


def test_the_examples_are_right() -> None:
    for one in (module, relations):
        assert doctest.testmod(one).failed == 0
