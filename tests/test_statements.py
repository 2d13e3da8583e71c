"""Claims from data: the whitelist parser, the narrowing of domains, the reader and its messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sympy import (
    Abs,
    Derivative,
    FiniteSet,
    Integer,
    Integral,
    Interval,
    Limit,
    Piecewise,
    Range,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    atan,
    exp,
    gamma,
    log,
    lucas,
    oo,
    pi,
    preorder_traversal,
    sin,
    sqrt,
    symbols,
    tan,
)  # fmt: skip

from proofcheck.errors import ClaimError, CollectionError
from proofcheck.notation import FUNCTIONS, Parser
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Equal,
    Greater,
    Less,
    LessEqual,
    Member,
    NotEqual,
)
from proofcheck.statements import narrow, read, read_line

SAMPLE = Path(__file__).parent / "data" / "sample.jsonl"
x, y = symbols("x y", real=True)
z = Symbol("z", complex=True)
PARSER = Parser({"x": x, "y": y, "z": z})


def line(**changes: Any) -> str:
    """Return a line of a file with some entries changed."""
    data = {
        "id": "one", "variables": [{"name": "x", "domain": "real"}], "assumptions": [],
        "lhs": "x", "rhs": "x", "relation": "eq",
    }  # fmt: skip
    return json.dumps(data | changes)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1/2", Rational(1, 2)),
        ("-x**2", -(x**2)),
        ("2**-3", Rational(1, 8)),
        ("sqrt(x**2)", Abs(x)),
        ("exp(I*pi)", Integer(-1)),
        ("E**x", exp(x)),
        ("Sum(k, (k, 1, 3))", Sum(Symbol("k", integer=True), (Symbol("k", integer=True), 1, 3))),
        ("Integral(t*x, (t, 0, 1))",
         Integral(Symbol("t", real=True) * x, (Symbol("t", real=True), 0, 1))),
        ("Derivative(sin(x)**2, x)", Derivative(sin(x) ** 2, x)),
        ("Derivative(sin(x), (x, 2))", Derivative(sin(x), (x, 2))),
        ("Limit(sin(t)/t, t, 0, '-')", Limit(sin(Symbol("t")) / Symbol("t"), Symbol("t"), 0, "-")),
        ("Limit(lucas(t)/2**t, t, oo)",
         Limit(lucas(Symbol("t", integer=True)) / 2 ** Symbol("t", integer=True),
               Symbol("t", integer=True), oo)),
        ("Subs(Derivative(gamma(t), (t, 1)), t, 1)",
         Subs(Derivative(gamma(Symbol("t")), Symbol("t")), Symbol("t"), 1)),
        ("Piecewise((1, x > 0), (0, True))", Piecewise((1, x > 0), (0, True))),
    ],
)  # fmt: skip
def test_expression(text: str, meaning: Any) -> None:
    assert PARSER.expression(text) == meaning


def test_derivative_at_a_fixed_variable_differentiates_first() -> None:
    found = Parser({"x": Integer(3)}).expression("Derivative(x**2, x)")
    assert found.doit() == 6


def test_inner_range_may_depend_on_the_outer_one() -> None:
    assert PARSER.expression("Sum(1, (i, 1, j), (j, 1, 3))").doit() == 6


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x/x", {1 / x}), ("1/x - 1/x", {1 / x}), ("0/x", {1 / x}), ("tan(atan(z))", {atan(z)}),
        ("exp(log(x))", {log(x)}), ("1/(1/x)", {1 / x}), ("log(x)/log(x)", {log(x)}),
        ("(1/x)**0", {1 / x}), ("(x**2 - 1)/(x - 1)", {1 / (x - 1)}), ("tan(x)/tan(x)", {tan(x)}),
    ],
)  # fmt: skip
def test_no_undefined_term_is_cancelled(text: str, kept: set[Any]) -> None:
    assert kept <= set(preorder_traversal(PARSER.expression(text)))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("x < 1", Less(x, 1)),
        ("0 < x < 1", AllOf((Less(0, x), Less(x, 1)))),
        ("Ne(x, 0)", NotEqual(x, 0)),
        ("Not(x <= 0)", Greater(x, 0)),
        (
            "Not(And(Contains(z, Interval(0, oo)), z > 1))",
            AnyOf((Member(z, Interval(0, oo), negated=True), LessEqual(z, 1))),
        ),
        ("Contains(z, Interval.Lopen(-oo, 0))", Member(z, Interval(-oo, 0))),
        ("Not(Contains(x, Range(-oo, 1)))", Member(x, Range(-oo, 1), negated=True)),
        ("Not(And(Eq(x, 0), y > 1))", AnyOf((NotEqual(x, 0), PARSER.condition("y <= 1")))),
    ],
)
def test_condition(text: str, meaning: Any) -> None:
    assert PARSER.condition(text) == meaning


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0.5*x", "column 1 of `0.5*x`: 0.5 is not exact"),
        ("1e5", "not exact"),
        ("2j", "not exact"),
        ("True", "not exact"),
        ("'x'", "Constant is not allowed"),
        ("w", "unknown name w; variables here: x, y, z"),
        ("foo(x)", "unknown function foo"),
        ("__import__('os')", "unknown function __import__"),
        ("x.__class__", "Attribute is not allowed"),
        ("sin.__class__(x)", "unknown function sin.__class__"),
        ("(lambda: 1)()", "unknown function"),
        ("[x for x in y]", "ListComp is not allowed"),
        ("sin(x, y)", "sin takes 1 arguments, got 2"),
        ("sin(x=1)", "no keyword arguments"),
        ("x // 2", "the operators are"),
        ("x +", "not an expression"),
        ("sin(*x)", "Starred is not allowed"),
        ("Sum(k, k)", "a range of Sum is"),
        ("Limit(x, x, 0, 'up')", "'+', '-' or '+-'"),
        ("x if x else y", "IfExp is not allowed"),
    ],
)
def test_everything_else_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(ClaimError) as problem:
        Parser(PARSER.names, "some.jsonl:3: ").expression(text)
    assert str(problem.value).startswith("some.jsonl:3: ")
    assert says in str(problem.value)


@pytest.mark.parametrize("text", ["x == 1", "x", "x and y", "Contains(x, y)", "Not(z < 1)"])
def test_other_conditions_are_refused(text: str) -> None:
    with pytest.raises(ClaimError):
        PARSER.condition(text)


def test_deep_nesting_is_an_error_not_a_crash() -> None:
    with pytest.raises(ClaimError):
        PARSER.expression("(" * 5000 + "x" + ")" * 5000)


def test_names_of_variables_win_over_functions_and_constants() -> None:
    own = Symbol("gamma")
    assert Parser({"gamma": own, "E": x}).expression("gamma + E + gamma(2)") == own + x + 1


@pytest.mark.parametrize(
    ("domain", "assumptions", "narrowed", "kept"),
    [
        (S.Reals, ["x > 0"], Interval.open(0, oo), ()),
        (S.Reals, ["0 <= x", "x < pi/2"], Interval.Ropen(0, pi / 2), ()),
        (S.Complexes, ["x > 0"], Interval.open(0, oo), ()),
        (S.Integers, ["x >= 1"], Range(1, oo), ()),
        (S.Integers, ["x > 1/2", "x <= 7/2"], Range(1, 4), ()),
        (S.Integers, ["Contains(x, Range(2, 5))"], Range(2, 5), ()),
        (S.Rationals, ["Eq(x, 77617)"], FiniteSet(77617), ()),
        (S.Rationals, ["x > 0"], S.Rationals, ("x > 0",)),
        (S.Reals, ["x > 1", "x < 0"], Interval.open(1, oo), ("x < 0",)),
        (S.Reals, ["Ne(x, 0)"], S.Reals, ("Ne(x, 0)",)),
        (S.Reals, ["Abs(x) < 1"], Interval.open(-1, 1), ()),
        (S.Reals, ["Abs(x) <= pi"], Interval(-pi, pi), ()),
        (S.Integers, ["Abs(x) < 3"], Range(-2, 3), ()),
        (S.Complexes, ["Abs(x) < 1"], S.Complexes, ("Abs(x) < 1",)),
        (S.Reals, ["Abs(x) < -1"], S.Reals, ("Abs(x) < -1",)),
        (S.Reals, ["Abs(x) > 1"], S.Reals, ("Abs(x) > 1",)),
        (S.Reals, ["Or(x > 1, x < 0)"], S.Reals, ("Or(x > 1, x < 0)",)),
        (S.Reals, ["sqrt(2) < x"], Interval.open(sqrt(2), oo), ()),
    ],
)
def test_bounds_narrow_the_domain(
    domain: Any, assumptions: list[str], narrowed: Any, kept: tuple[str, ...]
) -> None:
    assert narrow({"x": domain}, assumptions) == ({"x": narrowed}, kept)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ("[]", "expected an object"),
        (line(lhs=1), "'lhs' must be a string, got 1"),
        (line(relation="=="), "relation is '=='; it is one of eq, ne, lt, le, gt, ge"),
        (line(variables=[{"name": "x", "domain": "R"}]), "domain is 'R'; it is one of complex"),
        (line(variables=[{"name": "x y", "domain": "real"}]), "not a new variable's name"),
        (line(assumptions=None), "'assumptions' must be a list"),
    ],
)
def test_malformed_line(text: str, says: str) -> None:
    with pytest.raises(CollectionError, match=r"^f\.jsonl:1: ") as problem:
        read_line(text, "f.jsonl:1: ")
    assert says in str(problem.value)


def test_same_id_twice(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text(line() + "\n\n" + line() + "\n")
    with pytest.raises(CollectionError, match=r"two.jsonl:3: id 'one' is already on line 1"):
        read(tmp_path / "two.jsonl")


def test_claim_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text("\n" + line(assumptions=["x > 0", "Ne(x, 1)"], rhs="1/x") + "\n")
    (claim,) = read(path)
    assert (claim.ref, claim.name, claim.line, claim.file) == ("one", "one", 2, str(path))
    (case,) = claim.cases()
    positive = Symbol("x", positive=True)
    assert case.links == (Equal(positive, 1 / positive),)
    assert case.assumptions == (NotEqual(positive, 1),)


def test_unreadable_expression_is_the_claims_own_error(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(line(lhs="x + 0.5"))
    (claim,) = read(path)
    says = r"^some\.jsonl:1: column 5 of `x \+ 0\.5`: 0\.5 is not exact"
    with pytest.raises(ClaimError, match=says):
        list(claim.cases())


def test_the_sample_parses_and_keeps_its_variables() -> None:
    claims = read(SAMPLE)
    assert len(claims) == 40
    for claim in claims:
        for case in claim.cases():
            names = {name for name, _ in claim.domains}
            for link in case.links:
                assert {s.name for s in link.lhs.free_symbols | link.rhs.free_symbols} <= names


def test_every_function_of_the_table_exists() -> None:
    assert all(callable(function) for function, _ in FUNCTIONS.values())
