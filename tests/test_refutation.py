"""Counterexamples: false statements fall at exact admissible points, true ones never do."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import pytest
from sympy import (
    Abs,
    Complexes,
    Expr,
    I,
    IndexedBase,
    Integer,
    Interval,
    KroneckerDelta,
    Piecewise,
    Pow,
    Range,
    Rational,
    Reals,
    Sum,
    Symbol,
    asin,
    binomial,
    ceiling,
    cos,
    exp,
    factorial,
    fibonacci,
    floor,
    gamma,
    log,
    oo,
    pi,
    re,
    sin,
    sqrt,
    symbols,
    tan,
)

from proofcheck.domains import integers, introduce, probabilities
from proofcheck.engines import pattern_search, special_points
from proofcheck.engines._points import Generator
from proofcheck.engines._rational import rational
from proofcheck.engines._solving import solutions
from proofcheck.engines._truth import admissible, truth
from proofcheck.engines.base import Budget
from proofcheck.engines.simplest import simplest, stern_brocot
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import (
    Condition,
    Defined,
    Equal,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Member,
    NotEqual,
    Relation,
)

x, y, c, s, t = symbols("x y c s t", real=True)
z = Symbol("z", complex=True)
n, m, k = symbols("n m k", integer=True)
positive = Symbol("u", positive=True)


def budget(seconds: float = 20) -> Budget:
    return Budget(time.monotonic() + seconds)


def context(sets: dict[Symbol, Any], *assumptions: Condition) -> Context:
    from proofcheck.domains import Variable

    variables = tuple(Variable(symbol, domain) for symbol, domain in sets.items())
    return Context(variables, assumptions)


def owed(goal: Condition, sets: dict[Symbol, Any], *assumptions: Condition) -> Obligation:
    return Obligation("conclusion", goal, context(sets, *assumptions))


def refuted(obligation: Obligation) -> Any:
    """Return the point that either refuter finds, after checking it independently."""
    for refuter in (special_points.SpecialPoints(), pattern_search.PatternSearch()):
        point = refuter.refute(obligation, budget())
        if point is not None:
            assert admissible(point, obligation.context) is True
            assert truth(obligation.goal, point, 512) is False
            return point
    return None


FALSE_AT_NICE_POINTS = [
    (Equal((x + 1) ** 2, x**2 + 1), {x: Reals}),
    (Equal(sin(2 * x), 2 * sin(x)), {x: Reals}),
    (Equal(sqrt(x**2), x), {x: Reals}),
    (Equal(sqrt(z**2), z), {z: Complexes}),
    (Equal(log(z**2), 2 * log(z)), {z: Complexes}),
    (Equal(asin(sin(x)), x), {x: Reals}),
    (Equal(exp(x + y), exp(x) + exp(y)), {x: Reals, y: Reals}),
    (LessEqual(x, x**2), {x: Interval(0, 1)}),
    (Less(x, x**2), {x: Interval(1, 2)}),
    (NotEqual(x**2 - x - 1, 0), {x: Reals}),
    (NotEqual(cos(x), 0), {x: Reals}),
    (Equal(2**n, n**2), {n: integers(0)}),
    (Equal(Sum(k, (k, 1, n)), n**2), {n: integers(1)}),
    (Equal(Abs(z) ** 2, z**2), {z: Complexes}),
    (Greater(gamma(x), 0), {x: Reals}),
    (Member(sqrt(x), Reals), {x: Reals}),
    (Equal(tan(x) * cos(x), cos(x)), {x: Interval.open(0, pi / 2)}),
]


@pytest.mark.parametrize(("goal", "sets"), FALSE_AT_NICE_POINTS, ids=str)
def test_false_statement_falls_at_a_nice_point(goal: Relation, sets: Any) -> None:
    point = special_points.refute(owed(goal, sets), budget())
    assert point is not None
    assert admissible(point, context(sets)) is True
    assert truth(goal, point) is False


def test_the_nicest_point_comes_first() -> None:
    point = special_points.refute(owed(Equal((x + 1) ** 2, x**2 + 1), {x: Reals}), budget())
    assert point == {x: 1}


TRUE = [
    (Equal((x + 1) ** 2, x**2 + 2 * x + 1), {x: Reals}),
    (Equal(sin(x) ** 2 + cos(x) ** 2, 1), {x: Reals}),
    (Equal(sqrt(x**2), Abs(x)), {x: Reals}),
    (Equal((x**2 - 1) / (x - 1), x + 1), {x: Reals}),
    (Equal(log(z) + log(1 / z) - log(z) - log(1 / z), 0), {z: Complexes}),
    (LessEqual(log(x), x - 1), {x: Interval.open(0, oo)}),
    (LessEqual(2 * x * y, x**2 + y**2), {x: Reals, y: Reals}),
    (Less(sin(x), x), {x: Interval.open(0, oo)}),
    (GreaterEqual((x - Rational(1, 3)) ** 2, 0), {x: Reals}),
    (Equal(Sum(k, (k, 1, n)), n * (n + 1) / 2), {n: integers(1)}),
    (NotEqual(x**2 + 1, 0), {x: Reals}),
    (Equal(exp(I * x), cos(x) + I * sin(x)), {x: Reals}),
    (LessEqual(floor(x), x), {x: Reals}),
    (Less(1 / x, 1 / x + 1), {x: Reals}),
    (LessEqual(sqrt(x), 1 + x), {x: Reals}),
]


@pytest.mark.parametrize(("goal", "sets"), TRUE, ids=str)
def test_true_statement_is_never_refuted(goal: Relation, sets: Any) -> None:
    """Among them: sides undefined at 0 or 1, and sqrt(x) <= 1 + x, incomparable for x < 0."""
    assert refuted(owed(goal, sets)) is None


def hump(center: Expr, width: Expr) -> Expr:
    """Return a parabola that is below zero on an interval of the given width around center."""
    return (x - center) ** 2 - (width / 2) ** 2


THIN = [
    (GreaterEqual(hump(Rational(7319, 10000), Rational(1, 10**8)), 0), {x: Interval(0, 1)}),
    (GreaterEqual(hump(Rational(10**6) / 7, Rational(1, 100)), 0), {x: Reals}),
    (
        Greater(hump(sqrt(2) / 2, Rational(1, 10**8)) + (y - Rational(1, 7)) ** 2, 0),
        {x: Interval(0, 1), y: Interval(0, 1)},
    ),
    (
        Greater(hump(1 / pi, Rational(1, 10**8)) + (y - x) ** 2, 0),
        {x: Reals, y: Reals},
    ),
    (Less(exp(-positive), 1 - Rational(1, 10**7)),
     {positive: Interval.open(0, oo)}),
    (LessEqual(n**2, 10**12), {n: integers(0)}),
    (Less(1 / positive, 10**5), {positive: Interval.open(0, oo)}),
    (LessEqual(positive, 10**5), {positive: Interval.open(0, oo)}),
    (GreaterEqual(sin(x), -1 + Rational(1, 10**12)), {x: Interval(0, 10)}),
    (
        LessEqual(sin(x) * sin(y), 1 - Rational(1, 10**10)),
        {x: Interval(0, 3), y: Interval(0, 3)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("goal", "sets"), THIN, ids=str)
def test_thin_violation_is_found(goal: Relation, sets: Any) -> None:
    assert refuted(owed(goal, sets)) is not None


BUMP = Piecewise((1, (x > Rational(5, 7)) & (x < Rational(5, 7) + Rational(1, 10**3))), (0, True))


def test_between_breakpoints() -> None:
    edge = Rational(5, 7)
    thin = Piecewise((1, (x > edge) & (x < edge + Rational(1, 10**9))), (0, True))
    assert refuted(owed(Equal(thin, 0), {x: Reals})) is not None


def test_breakpoints_of_a_piecewise_are_looked_at() -> None:
    assert refuted(owed(Equal(BUMP, 0), {x: Interval(0, 1)})) is not None


def test_a_floor_jumps_at_integers() -> None:
    goal = Equal(floor(7 * x) + 0 * x, 7 * x - Rational(1, 2))
    assert refuted(owed(goal, {x: Reals})) is not None
    step = Equal(floor(x - Rational(1, 10**5)) - floor(x), 0)
    assert refuted(owed(step, {x: Interval(Rational(1, 2), Rational(3, 2))})) is not None


def test_a_statement_that_fails_in_a_corner_of_its_domain_only() -> None:
    w = Symbol("w", complex=True)
    goal = Equal(Pow(Pow(z, x, evaluate=False), y, evaluate=False), z ** (x * y))
    closed = {z: Complexes, x: Interval(-1, 1), y: Reals}
    assert refuted(owed(goal, closed, NotEqual(z, 0))) == {z: -1, x: -1, y: Rational(1, 2)}
    right = [GreaterEqual(re(one), 0) for one in (z, w)]
    away = [NotEqual(one, 0) for one in (z, w)]
    goal = Equal(log(z * w), log(z) + log(w))
    assert refuted(owed(goal, {z: Complexes, w: Complexes}, *right, *away)) == {z: -I, w: -I}
    inside = {z: Complexes, x: Interval.Lopen(-1, 1), y: Reals}
    goal = Equal(Pow(Pow(z, x, evaluate=False), y, evaluate=False), z ** (x * y))
    search = special_points.SpecialPoints()
    assert search.refute(owed(goal, inside, NotEqual(z, 0)), budget()) is None


@pytest.mark.parametrize(("d", "first"), [(61, 226153980), (109, 15140424455100)])
def test_the_first_solution_of_pells_equation(d: int, first: int) -> None:
    goal = Less(floor(sqrt(d * n**2 + 1)) ** 2, d * n**2 + 1)
    search = special_points.SpecialPoints()
    assert search.refute(owed(goal, {n: integers(1)}), budget()) == {n: first}
    weak = LessEqual(floor(sqrt(d * n**2 + 1)) ** 2, d * n**2 + 1)
    assert search.refute(owed(weak, {n: integers(1)}), budget()) is None


def test_a_sum_that_is_one_too_large_far_out() -> None:
    """At n = 1000 the sides agree to more than 300 digits: only exact arithmetic sees it."""
    goal = Equal(Sum(k * binomial(n, k), (k, 0, n)), n * 2 ** (n - 1) + floor(n / 1000))
    assert refuted(owed(goal, {n: integers(0)})) == {n: 1000}


def test_exact_arithmetic_agrees_with_sympy() -> None:
    point = {n: Integer(7), m: Integer(-3), x: Rational(-5, 3)}
    for expression in (binomial(n, 3), fibonacci(n), floor(x), ceiling(x), factorial(n) / 5):
        assert rational(expression, point) == expression.subs(point)
    for unknown in (binomial(m, 2), binomial(n, m), fibonacci(m), factorial(m), binomial(n, x)):
        assert rational(unknown, point) is None


class TestConstants:
    def test_near_identities_fall_by_precision(self) -> None:
        for lhs, rhs in (
            (exp(pi * sqrt(163)), Integer(262537412640768744)),
            (22 * pi**4, Integer(2143)),
            (exp(pi * sqrt(652)), Integer(68925893036109279891085639286943768)),
        ):
            assert special_points.refute(owed(Equal(lhs, rhs), {}), budget()) == {}

    def test_true_constants_stand(self) -> None:
        assert special_points.refute(owed(Equal(sqrt(2) * sqrt(3), sqrt(6)), {}), budget()) is None


class TestAssumptions:
    def test_equation_is_solved(self) -> None:
        """On the circle the sum is not 1: a filter would meet the circle nowhere."""
        circle = Equal(s**2 + c**2, 1)
        sets = {s: Reals, c: Reals}
        assert refuted(owed(Equal(s + c, 1), sets, circle)) is not None
        assert refuted(owed(LessEqual((s + c) ** 2, 2), sets, circle)) is None

    def test_linear_equation(self) -> None:
        sets = {x: Reals, y: Reals, t: Reals}
        goal = Equal(x * y, t)
        assert refuted(owed(goal, sets, Equal(3 * x + 2 * y - t, Rational(1, 7)))) is not None

    def test_two_equations(self) -> None:
        sets = {x: Reals, y: Reals, t: Reals}
        facts = (Equal(x + y + t, 1), Equal(x - y, t))
        assert refuted(owed(Equal(x, Rational(1, 2)), sets, *facts)) is None
        assert refuted(owed(Equal(y, Rational(1, 2)), sets, *facts)) is not None

    def test_transcendental_equation(self) -> None:
        sets = {x: Reals, y: Reals}
        assert refuted(owed(Equal(x, y), sets, Equal(exp(y), 1 + x**2))) is not None

    def test_ordered_variables(self) -> None:
        order = (Less(x, y), Less(y, pi / 1000), Greater(x, 0))
        sets = {x: Reals, y: Reals}
        assert refuted(owed(LessEqual(sin(y), x), sets, *order)) is not None
        points = list(Generator(context(sets, *order)).points(30))
        assert len(points) == 30

    def test_vacuous_context_has_no_witness(self) -> None:
        for facts in (
            (Less(x, 0), Greater(x, 1)),
            (Equal(x**2, -1),),
            (Less(x, x),),
            (Less(x, y), Less(y, x)),
        ):
            here = context({x: Reals, y: Reals}, *facts)
            assert special_points.witness(here, budget(5)) is None
            assert refuted(Obligation("conclusion", Equal(x, x + 1), here)) is None

    def test_witness(self) -> None:
        here = context({x: Reals, y: Reals}, Equal(x * y, 1), Greater(x, 3))
        point = special_points.witness(here, budget())
        assert point is not None
        assert admissible(point, here) is True

    def test_undefined_assumption_is_not_met(self) -> None:
        here = context({x: Reals}, Greater(1 / x, -(10**9)))
        assert admissible({x: Integer(0)}, here) is False


class TestMembership:
    def test_dependent_sets(self) -> None:
        sets = {n: integers(2), m: integers(1, n)}
        assert refuted(owed(LessEqual(m, n), sets)) is None
        assert refuted(owed(Less(m, n), sets)) is not None
        for point in Generator(context(sets)).points(40):
            assert 1 <= point[m] <= point[n]

    @pytest.mark.parametrize(
        ("value", "domain", "inside"),
        [
            (Integer(0), Interval.open(0, 1), False),
            (Integer(0), Interval(0, 1), True),
            (pi, Interval(3, 4), True),
            (I, Reals, False),
            (sqrt(2), integers(), False),
            (Rational(1, 2), integers(0), False),
            (Integer(7), Range(1, 7), False),
            (1 + I, Complexes, True),
            (pi - pi / 3, Interval.open(0, 2 * pi / 3), False),
        ],
    )
    def test_admissible(self, value: Expr, domain: Any, inside: bool) -> None:
        assert admissible({x: value}, context({x: domain})) is inside

    def test_points_outside_the_domain_are_never_returned(self) -> None:
        goal = GreaterEqual(x, 0)
        assert refuted(owed(goal, {x: Interval.open(0, oo)})) is None
        assert refuted(owed(Equal(x, 1), {x: Range(1, 2)})) is None


class TestFamilies:
    def family(self) -> tuple[IndexedBase, Symbol, Context]:
        brought = introduce("K", integers(2))
        K = brought.value
        p = probabilities(K).introduce("p")
        return p.value, K, Context((*brought.variables, *p.variables), p.facts)

    def test_probabilities_sum_to_one(self) -> None:
        p, K, here = self.family()
        points = list(Generator(here).points(20))
        assert points
        for point in points:
            assert len(point[p]) == point[K]
            assert sum(point[p]) == 1

    def test_false_statement_about_a_family(self) -> None:
        p, K, here = self.family()
        j = Symbol("j", integer=True)
        square = Sum(p[j] ** 2, (j, 1, K))
        point = refuted(Obligation("conclusion", Equal(square, 1 / K), here))
        assert point is not None
        assert refuted(Obligation("conclusion", GreaterEqual(square, 1 / K), here)) is None

    def test_sum_without_one_index(self) -> None:
        p, K, here = self.family()
        j = Symbol("j", integer=True)
        rest = Sum((1 - KroneckerDelta(j, 1)) * p[j], (j, 1, K))
        assert refuted(Obligation("conclusion", Equal(rest, 1 - p[1]), here)) is None
        assert refuted(Obligation("conclusion", Equal(rest, 1 - p[2]), here)) is not None


class TestDefinedness:
    def need(self, goal: Condition, sets: Any) -> Any:
        return special_points.refute(Obligation("defined", goal, context(sets)), budget())

    def test_root_of_a_denominator(self) -> None:
        assert self.need(NotEqual(x - Rational(17, 23), 0), {x: Reals}) == {x: Rational(17, 23)}
        point = self.need(NotEqual(x**2 - 7 * y**2, 0), {x: Reals, y: Interval(1, 2)})
        assert point is not None
        assert self.need(NotEqual(x**2 + 1, 0), {x: Reals}) is None
        assert self.need(NotEqual(cos(x), 0), {x: Interval.open(0, pi / 2)}) is None

    def test_pole_of_gamma(self) -> None:
        poles = Member(x / 7 + Rational(1, 3), Range(-oo, 1), negated=True)
        assert self.need(poles, {x: Reals}) is not None

    def test_defined_term(self) -> None:
        assert self.need(Defined(1 / (x - Rational(3, 11))), {x: Reals}) is not None
        assert self.need(Defined(exp(x)), {x: Reals}) is None


class TestSolving:
    @pytest.mark.parametrize(
        ("expression", "roots"),
        [
            (2 * x - 3, {Rational(3, 2)}),
            (x**2 - 2, {sqrt(2), -sqrt(2)}),
            (exp(x) - 5, {log(5)}),
            (x**3 - 8, {Integer(2)}),
            (x * y - 1, {1 / y}),
        ],
    )
    def test_solutions(self, expression: Expr, roots: set[Expr]) -> None:
        assert roots <= set(solutions(expression, x))

    def test_hopeless_equations_are_left_alone(self) -> None:
        assert not solutions(x + exp(x) - 3, x)


class TestSimplest:
    def test_nice_constant(self) -> None:
        obligation = owed(GreaterEqual(x, 1), {x: Reals})
        point = simplest(obligation, {x: Rational(-7131, 9973)})
        assert point == {x: 0}

    def test_simplest_rational_of_an_interval(self) -> None:
        inside = Greater(Abs(x - Rational(737, 1000)), Rational(3, 1000))
        obligation = owed(inside, {x: Reals})
        assert simplest(obligation, {x: Rational(7377, 10000)}) == {x: Rational(14, 19)}

    def test_equations_stay_met(self) -> None:
        obligation = owed(Equal(s + c, 1), {s: Reals, c: Reals}, Equal(s**2 + c**2, 1))
        start = {s: Rational(20, 29), c: Rational(-21, 29)}
        point = simplest(obligation, start)
        assert admissible(point, obligation.context) is True
        assert truth(obligation.goal, point) is False

    def test_path(self) -> None:
        path = list(stern_brocot(Rational(3, 7)))
        assert path[-1] == Rational(3, 7)
        assert Rational(1, 2) in path


SCRIPT = """
import time
from sympy import *
from proofcheck.domains import Variable
from proofcheck.engines import pattern_search, sampling, special_points
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import *
x, y = symbols("x y", real=True)
here = Context((Variable(x, Reals), Variable(y, Interval(0, pi))), (Greater(x + y, 1),))
goals = (Equal(sin(x + y), sin(x)), LessEqual(x * y, 10**4))
for goal in goals:
    obligation = Obligation("conclusion", goal, here)
    budget = Budget(time.monotonic() + 60)
    print(special_points.refute(obligation, budget))
    print(pattern_search.refute(obligation, budget))
    print(sampling.sample(obligation, budget, seed=3, identifier="a/b", wanted=40))
"""


def test_same_point_in_every_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
            cwd=".",
        ).stdout
        for seed in ("0", "424242")
    }
    assert len(outputs) == 1
    assert "None\n" not in next(iter(outputs)).splitlines()[0]


def judged(**line: Any) -> tuple[str, str]:
    """Return verdict and counterexample's point of one statement from data."""
    from pathlib import Path

    from proofcheck.checker import CheckOptions, check
    from proofcheck.statements import Statement, to_claim

    names = line.pop("over")
    statement = Statement(
        id="one", domain=names, assumptions=tuple(line.get("given", ())), lhs=line["lhs"],
        operator=line.get("operator", "eq"), rhs=line["rhs"], where="",
    )  # fmt: skip
    record = check(to_claim(statement, Path("one.jsonl"), 1), CheckOptions(timeout=6))
    return record.verdict, str(record.counterexample.point if record.counterexample else "")


STATEMENTS: list[tuple[dict[str, Any], str]] = [
    ({"over": {"x": Reals}, "lhs": "Derivative(log(x)*x, x)", "rhs": "1 + log(-x)", "given": ("x < 0",)}, "refuted"),
    ({"over": {"x": Reals}, "lhs": "Derivative(log(-x), x)", "rhs": "1/Abs(x)", "given": ("x > 0",)}, "proved supported"),
    # the rules of calculus do not reach 0, but the derivative exists there
    ({"over": {"x": Reals}, "lhs": "Derivative(x*Abs(x), x)", "rhs": "2*Abs(x)"}, "proved supported"),
    ({"over": {"x": Reals}, "lhs": "Derivative(log(x), x)", "rhs": "1/x"}, "undefined"),
    ({"over": {"z": Complexes}, "lhs": "log(z**2)", "rhs": "2*log(z)", "given": ("Ne(z, 0)",)}, "refuted"),
    ({"over": {"r": Range(-oo, oo), "z": Complexes}, "lhs": "Derivative(sin(z), (z, r + 2))", "rhs": "-Derivative(sin(z), (z, r))"}, "undefined"),
    ({"over": {"r": Range(0, oo), "z": Complexes}, "lhs": "Derivative(sin(z), (z, r + 1))", "rhs": "-Derivative(sin(z), (z, r))"}, "refuted"),
    ({"over": {"n": Range(-oo, oo), "x": Reals}, "lhs": "chebyshevt(n, x)", "rhs": "chebyshevt(n + 1, x)"}, "refuted"),
    ({"over": {}, "lhs": "Sum((-1)**n/(2*n + 1), (n, 0, oo))", "rhs": "pi/4 + 1/10**12"}, "refuted"),
    ({"over": {"z": Complexes}, "lhs": "gamma(z + 1)", "rhs": "gamma(z)", "given": ("Not(Contains(z, Range(-oo, 1)))",)}, "refuted"),
    ({"over": {"x": Interval(1, oo)}, "lhs": "Sum(1/n**x, (n, 1, oo))", "rhs": "zeta(x)"}, "undefined"),
]  # fmt: skip


@pytest.mark.parametrize("index", range(len(STATEMENTS)))
def test_statements_on_cuts_and_at_poles(index: int) -> None:
    line, wanted = STATEMENTS[index]
    verdict, point = judged(**line)
    assert verdict in wanted.split(), (verdict, point)
