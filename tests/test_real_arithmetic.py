"""Real arithmetic by z3 and cvc5: the translation, the votes, solvers that lie, crash or hang."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from corpus import Statement, statements
from forging import where
from sympy import (
    Abs,
    Interval,
    Max,
    Min,
    Range,
    Rational,
    S,
    Symbol,
    cos,
    exp,
    oo,
    pi,
    sin,
    sqrt,
    symbols,
)

from proofcheck import checker, kernel
from proofcheck.checker import CheckOptions, check
from proofcheck.engines import _solvers, real_arithmetic
from proofcheck.engines._formulas import Outside, Script, counterexamples, models
from proofcheck.engines._solvers import NOTHING, Answer, Root, ask
from proofcheck.engines.base import Budget, Fails, Word
from proofcheck.engines.real_arithmetic import NotInstalled, RealArithmetic, RealModels
from proofcheck.errors import InternalFault, ProofcheckError
from proofcheck.obligations import Context, Obligation, obligations
from proofcheck.relations import (
    AnyOf,
    Condition,
    Equal,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    NotEqual,
    Relation,
)
from proofcheck.settling import Settled, admissible_point, settle, simple

x, y, a, b, c = symbols("x y a b c", real=True)
n = Symbol("n", integer=True)
z = Symbol("z", complex=True)
REALS = where((x, S.Reals), (y, S.Reals))
ABC = where((a, Interval(0, oo)), (b, Interval(0, oo)), (c, Interval(0, oo)))
SCHUR = a * (a - b) * (a - c) + b * (b - a) * (b - c) + c * (c - a) * (c - b)

TRUE: list[tuple[Condition, Context]] = [
    (GreaterEqual(SCHUR, 0), ABC),
    (LessEqual(x + y, sqrt(2)), REALS.assuming(Equal(x**2 + y**2, 1))),
    (Less(x, Rational(3, 2)), where((x, S.Reals), assuming=(Equal(x**2, 2),))),
    (LessEqual(Abs(x * y), (x**2 + y**2) / 2), REALS),
    (LessEqual(Max(x, y) * Min(x, y), ((x + y) / 2) ** 2), REALS),
    (Less(x, y), REALS.assuming(Less(x**3, y**3))),
    (GreaterEqual(x / y + y / x, 2), where((x, Interval.open(0, oo)), (y, Interval.open(0, oo)))),
    (LessEqual(sqrt(x) + sqrt(y), sqrt(2 * x + 2 * y)),
     where((x, Interval(0, oo)), (y, Interval(0, oo)))),
    (Less(x, 4), where((x, S.Reals), assuming=(Less(x, pi),))),
    (LessEqual(exp(x) * (1 - exp(x) / 4), 1), REALS),
    (LessEqual(sin(x) * cos(x), S.Half), REALS),
    (AnyOf((Greater(x, 0), LessEqual(x**3, 0))), REALS),
    (GreaterEqual(n**2, n), where((n, Range(1, oo)))),
    # No admissible point: anything holds (and the claim is vacuous).
    (Less(x, x - 1), REALS.assuming(Less(x**2 + y**2, 1), Greater(x + y, 2))),
]  # fmt: skip

FALSE: list[tuple[Condition, Context]] = [
    (Greater(SCHUR, 0), ABC),
    (GreaterEqual(SCHUR, 0), where((a, S.Reals), (b, S.Reals), (c, S.Reals))),
    (LessEqual(x + y, Rational(707, 500)), REALS.assuming(Equal(x**2 + y**2, 1))),
    (Less(x, Rational(7, 5)), where((x, S.Reals), assuming=(Equal(x**2, 2),))),
    (Less(x, 1), where((x, S.Reals), assuming=(Equal(x**3, 2),))),
    (Greater(x**4, 2 * x), where((x, S.Reals), assuming=(Equal(x**3, 2),))),
    (Less(Abs(x * y), (x**2 + y**2) / 2), REALS),
    (LessEqual(Max(x, y) * Min(x, y), ((x + y) / 2) ** 2 - Rational(1, 10**9)), REALS),
    (Greater(1 / x, 0), REALS.assuming(NotEqual(x, 0))),
    (Greater(1 / x**2, Rational(1, 10**6)), REALS.assuming(NotEqual(x, 0))),
    (Greater(x**20 - 20 * x + 19, 0), where((x, Interval(0, 1)))),
    (GreaterEqual(x**20 - 20 * x + 19, Rational(1, 10**9)), where((x, Interval(0, 1)))),
    (Less(x, 10**6), REALS.assuming(Greater(x * y, 10**9), Less(y, 10**3))),
]


def owed(goal: Condition, context: Context) -> Obligation:
    """Return the obligation that a claim would owe, its terms presumed to be defined."""
    if isinstance(goal, Relation):
        needs = [o.goal for o in obligations(goal, context) if o.kind == "defined"]
        context = context.assuming(*needs)
    return Obligation("conclusion", goal, context)


def word(goal: Condition, context: Context) -> Word | None:
    """Return what the engine says of a goal."""
    return RealArithmetic().prove(owed(goal, context), Budget.lasting(30))


@pytest.mark.parametrize(("goal", "context"), TRUE, ids=str)
def test_two_votes_for_what_is_true(goal: Condition, context: Context) -> None:
    assert word(goal, context) == Word("z3 and cvc5 find no real counterexample")


@pytest.mark.parametrize(("goal", "context"), FALSE, ids=str)
def test_a_model_of_what_is_false(goal: Condition, context: Context) -> None:
    obligation = owed(goal, context)
    with pytest.raises(Fails):
        RealArithmetic().prove(obligation, Budget.lasting(30))
    point = RealModels().refute(obligation, Budget.lasting(30))
    assert point is not None
    assert simple(obligation, point, Budget.lasting(30)) is not None


@pytest.mark.parametrize(
    ("goal", "context"),
    [
        # Undefined or not real somewhere: without that as an obligation of its own, no word.
        (GreaterEqual(sqrt(x), 0), REALS),
        (GreaterEqual(sqrt(x) * sqrt(y), 0), REALS),
        (NotEqual(1 / x, 0), REALS),
        (GreaterEqual(sqrt(x**3 + 1), 0), REALS.assuming(Greater(x, -2))),
        # The assumption holds at x = y = -1, where both roots are imaginary.
        (Greater(x, 0), REALS.assuming(Equal(sqrt(x) * sqrt(y), -1))),
        (Greater(x, 0), REALS.assuming(Less(sqrt(x) * sqrt(y), 0))),
        # What is assumed may be undefined: 1/x = 1/x holds nowhere else than off 0.
        (NotEqual(x, 0), REALS.assuming(Equal(1 / x - 1 / y, 1 / x))),
        # True of integers only.
        (GreaterEqual(n**2, n), where((n, S.Integers))),
    ],
    ids=str,
)
def test_no_word_where_guards_or_integers_decide(goal: Condition, context: Context) -> None:
    assert not spoken_for(Obligation("conclusion", goal, context))


def test_no_division_is_sent() -> None:
    script = counterexamples(Greater(1 / (x - y), x / y), REALS)
    assert "(/ " not in script.text().replace("(/ 1.0 ", "")
    # Without its guards the goal is not shown: two of them, and the relation.
    assert script.assertions[-1].count("(= ") == 2


def test_what_is_not_real_arithmetic_stays_outside() -> None:
    complexes = where((z, S.Complexes))
    for goal in (Greater(z, 0), Equal(z**2, 1), Greater(2**x, x**y)):
        with pytest.raises(Outside):
            counterexamples(goal, complexes)
    with pytest.raises(Outside):
        models(complexes)


# Solvers that lie, crash, hang or are missing


def lying(*liars: str) -> Any:
    """Return a way to ask at which these solvers say that there is no solution, always."""

    def answer(solver: Any, script: Script, *rest: Any) -> Answer:
        return Answer("unsat") if solver in liars else ask(solver, script, *rest)

    return answer


@pytest.mark.parametrize("liar", ["z3", "cvc5"])
@pytest.mark.parametrize(("goal", "context"), FALSE, ids=str)
def test_one_liar_alone_proves_nothing(
    goal: Condition, context: Context, liar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real_arithmetic, "ask", lying(liar))
    try:
        assert word(goal, context) is None
    except Fails:
        assert liar == "cvc5"


def polynomial(statement: Statement) -> bool:
    """Tell whether some conclusion of a statement is real arithmetic."""
    try:
        for case in statement.claim().cases():
            context = Context(case.variables, case.facts + case.assumptions)
            for link in case.links:
                counterexamples(link.conclusion, context)
    except (Outside, ProofcheckError, AttributeError, TypeError, ValueError):
        return False
    return True


# What remains trusted with basis cas: a violation as thin as 1e-6 (unit-disc-close) is found by a
# model only, so nothing but the votes would stand against two liars there.
THIN = ("-close", "-not", "-off")
WRONG = [
    s
    for s in statements()
    if s.category.startswith("polynomial") and s.code == "F" and not s.name.endswith(THIN)
]


@pytest.mark.parametrize("statement", WRONG[::4], ids=lambda s: s.name)
def test_two_liars_are_caught_by_points(
    statement: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real_arithmetic, "ask", lying("z3", "cvc5"))
    try:
        record = check(statement.claim(), CheckOptions(timeout=20))
    except InternalFault:
        return  # proved and refuted: it stops the run
    assert record.verdict != "proved"


def test_strict_demotes_the_word_and_says_whose_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_solvers(*given: Any) -> Settled:
        return settle(*given) if len(given) > 3 else settle(*given, [RealArithmetic()])

    monkeypatch.setattr(checker, "settle", by_solvers)  # the other engines have their own tests
    (statement,) = [s for s in statements() if s.name == "transitive-cubes"]
    record = check(statement.claim(), CheckOptions(timeout=30))
    assert (record.verdict, record.basis) == ("proved", "cas")
    assert record.reason == "z3 and cvc5 find no real counterexample"
    record = check(statement.claim(), CheckOptions(timeout=30, strict=True))
    assert record.verdict == "supported"
    assert record.reason == (
        "z3 and cvc5 find no real counterexample, but no certificate (basis cas)"
    )


@pytest.mark.parametrize("missing", ["z3", "cvc5"])
def test_a_missing_solver_is_in_the_trace(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_arithmetic, "installed", lambda solver: solver != missing)
    with pytest.raises(NotInstalled, match=f"{missing} is not installed"):
        word(*TRUE[0])


def test_a_solver_that_crashes_hangs_or_eats_the_memory_says_nothing() -> None:
    started = time.monotonic()

    def hang() -> bytes:
        time.sleep(60)
        return b"[]"

    def work_on() -> bytes:
        while True:
            time.monotonic()

    def eat() -> bytes:
        return b" " * (8 << 30)

    for work in (lambda: os._exit(3), hang, work_on, eat):
        assert _solvers._apart(work, 0.5) == b""
    assert time.monotonic() - started < 20
    for said in (b"", b"[]", b'["unsat"]', b'["perhaps", []]', b"unsat", b"null"):
        assert _solvers._decoded(said) == NOTHING


def test_a_short_leash_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_solvers, "Z3_STEPS", 100)
    monkeypatch.setattr(_solvers, "CVC5_STEPS", 1)
    script = counterexamples(*TRUE[0])
    for solver in ("z3", "cvc5"):
        assert ask.__wrapped__(solver, script, 3.0).said == "unknown"


def test_the_same_question_gets_the_same_answer() -> None:
    script = counterexamples(*FALSE[2])
    assert ask.__wrapped__("z3", script, 3.0) == ask.__wrapped__("z3", script, 3.0)


@pytest.mark.parametrize(
    ("root", "value"),
    [
        (Root((-2, 0, 1), 0), -1.414213562373095),
        (Root((-2, 0, 1), 1), 1.414213562373095),
        (Root((1, -3, 1), 0), 0.381966011250105),
        (Root((1, 3, -1), 1), 3.302775637731995),
        (Root((-2, 0, 0, 1), 0), 1.259921049894873),
        (Root((2, 0, 0, 1), 0), -1.259921049894873),
        (Root((-3, 0, 0, 0, 2), 0), -1.106681919700321),
        (Root((-3, 0, 0, 0, 2), 1), 1.106681919700321),
        (Root((-1, -1, 0, 1), 0), 1.324717957244746),
        (Root((1, -3, 0, 1), 1), 0.347296355333861),
    ],
)
def test_roots_of_a_model_are_exact_numbers(root: Root, value: float) -> None:
    found = real_arithmetic.number(root)
    assert abs(float(found) - value) < 1e-12
    total = sum(k * found**power for power, k in enumerate(root.coefficients))
    assert abs(total.evalf(40)) < 1e-30


def test_a_thin_domain_is_found_by_a_model() -> None:
    w = Symbol("w", real=True)
    thin = where((x, S.Reals), (y, S.Reals), (w, S.Reals)).assuming(
        Less(x**2 + y**2 + w**2, 1), Greater(x + y + w, Rational(173, 100))
    )
    point = admissible_point(thin, Budget.lasting(4))
    assert point is not None
    kernel.satisfy(thin, point)
    empty = REALS.assuming(Less(x**2 + y**2, 1), Greater(x + y, Rational(3, 2)))
    assert admissible_point(empty, Budget.lasting(4)) is None


def spoken_for(obligation: Obligation) -> bool:
    """Tell whether both solvers say that an obligation holds."""
    try:
        return RealArithmetic().prove(obligation, Budget.lasting(30)) is not None
    except Fails:
        return False


@pytest.mark.slow
def test_no_word_for_a_false_statement() -> None:
    for statement in statements():
        if not statement.code.startswith("F") or not polynomial(statement):
            continue
        for case in statement.claim().cases():
            context = Context(case.variables, case.facts + case.assumptions)
            goals = [owed(link.conclusion, context) for link in case.links]
            assert not all(map(spoken_for, goals)), statement.name
