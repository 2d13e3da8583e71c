"""The kernel: replays certificates and counterexamples.  The only maker of Theorem.  Trusted.

``prove`` takes an obligation and a certificate and returns a Theorem, or raises Rejected.  Every
sub-goal is derived from the goal and the context (see ``steps``); a certificate only names the
next step and its witnesses.  ``refute``, ``undefined`` and ``satisfy`` check an exact point.
``admit`` is the one door for a word without certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass
from itertools import chain
from typing import Any, Literal

from sympy import Basic, Derivative, Expr, Interval, S, Sum, Symbol

from proofcheck import algebra, balls, finiteness, formal_sums, identities, limiting, ranges
from proofcheck.calculus import NotDifferentiable
from proofcheck.certificates import Balls, Certificate, Identity, Kink, Ranges, Rewrite
from proofcheck.domains import Variable
from proofcheck.errors import ClaimError
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.identities.equations import Equation
from proofcheck.kinks import no_derivative
from proofcheck.obligations import Context, Obligation, definedness, opened, terms_of
from proofcheck.points import (
    Point,
    Unsubstitutable,
    instantiate,
    instantiate_condition,
    instantiate_set,
    written_out,
)
from proofcheck.quantified import expand
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Condition,
    Defined,
    Member,
    Relation,
    Throughout,
    negate,
)
from proofcheck.steps import (
    Rejected,
    as_relation,
    defined,
    demand,
    numbered,
    require,
    side_conditions,
)

NO_ANSWER = (
    algebra.Intractable, Unsubstitutable, NotDifferentiable, ClaimError,
    balls.Undefined, balls.Unevaluable,
    *LIBRARY_ERRORS,  # on witnesses that make no sense, or that nest too deeply
)  # fmt: skip
_SEAL = object()


@dataclass(frozen=True)
class Theorem:
    """An obligation that holds.  Only this module can make one."""

    obligation: Obligation
    basis: Literal["certificate", "cas"]
    certificate: Certificate | None
    reason: str
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise Rejected("only the kernel makes a Theorem: call kernel.prove")


@dataclass(frozen=True)
class Counterexample:
    """An admissible point at which a goal fails, or a term is undefined (``lhs`` is then None)."""

    goal: Condition
    point: Point
    lhs: Any
    rhs: Any
    limits: Mapping[Basic, Expr]
    term: Expr | None = None
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise Rejected("only the kernel makes a Counterexample: call kernel.refute")


def prove(obligation: Obligation, certificate: Certificate) -> Theorem:
    """Return the obligation as a Theorem.

    Raises:
        Rejected: the certificate does not prove the obligation.
    """
    if obligation.kind == "satisfiable":
        raise Rejected("satisfiability is shown by a point: call kernel.satisfy")
    try:
        _distinct(obligation.context)
        check(obligation.goal, obligation.context, certificate)
    except NO_ANSWER as problem:
        raise Rejected(f"{type(problem).__name__}: {problem}") from problem
    return Theorem(obligation, "certificate", certificate, "", _SEAL)


def _distinct(context: Context) -> None:
    names = [v.symbol if isinstance(v, Variable) else v.base for v in context.variables]
    require(len(names) == len(set(names)), names, "a variable is declared twice")


def admit(obligation: Obligation, reason: str) -> Theorem:
    """Return the obligation as a Theorem without certificate (basis cas); ``reason`` is shown."""
    if obligation.kind == "satisfiable":
        raise Rejected("satisfiability is shown by a point: call kernel.satisfy")
    return Theorem(obligation, "cas", None, reason, _SEAL)


def check(goal: Condition, context: Context, certificate: Certificate) -> None:
    """Replay ``certificate`` for ``goal`` at every admissible point of ``context``.

    All terms of the goal are presumed to be defined: that is an obligation of its own.

    Raises:
        Rejected: the step does not apply, or a sub-goal fails.
    """
    goal, context = opened(goal, context)
    match certificate:
        case Ranges():
            evident = finiteness.evident(goal, context)
            require(evident, goal, "interval arithmetic leaves it open")
        case Identity():
            _check_identity(as_relation(goal), context, certificate)
        case Balls():
            _check_balls(goal, context, certificate.precision)
        case _:
            for subgoal in expand(goal, context, certificate):
                check(*subgoal)


def _equation(rewrite: Rewrite, context: Context, known: set[Condition]) -> Equation:
    """Return the instance of a rule, its side conditions checked.

    A condition says nothing where its terms are undefined, so they must be defined wherever the
    atom is.  ``known`` is what the definedness of all terms of the goal comes to; the needs of a
    replacement, which is defined where the atom is, are added to it.
    """
    try:
        equation = identities.instance(rewrite.rule, rewrite.arguments)
    except identities.Inapplicable as problem:
        raise Rejected(str(problem)) from problem
    for subgoal in side_conditions(equation.conditions, context, rewrite.proofs):
        check(*subgoal)
    atom = {need.condition for need in definedness(equation.atom)}
    presumed = known | atom | set(equation.conditions)
    needed = defined(*chain.from_iterable(map(terms_of, equation.conditions)))
    demand((need for need in needed if need not in presumed), context)
    if all(condition in known or finiteness.evident(condition, context) for condition in atom):
        known |= set(defined(equation.replacement))
    return equation


def _difference(relation: Relation, context: Context) -> Expr:
    """Return ``lhs - rhs`` with formal sums in normal form."""
    difference = relation.lhs - relation.rhs
    return formal_sums.normal_form(difference, context) if difference.has(Sum) else difference


def _check_identity(goal: Relation, context: Context, certificate: Identity) -> None:
    """Check ``multiplier * (lhs - rhs) = sum of cofactor * assumed numerator`` over the atoms."""
    require(goal.operator == "eq", goal, "an identity proves equalities only")
    multiplier = S.One if certificate.multiplier is None else certificate.multiplier
    if certificate.multiplier is not None:
        demand(defined(multiplier), context)
        check(Relation(multiplier, "ne", S.Zero), context, certificate.nonzero or Ranges())
    difference = _difference(goal, context)
    known = set(defined(*terms_of(goal), *chain.from_iterable(map(terms_of, context.assumptions))))
    equations = [_equation(rewrite, context, known) for rewrite in certificate.rewrites]
    assumed = []
    for index, cofactor in certificate.cofactors:
        assumption = as_relation(numbered(index, context.assumptions))
        require(assumption.operator == "eq", assumption, "only an equation takes a cofactor")
        # Where it is undefined, an atom of a cofactor need not obey its equations.
        demand((need for need in defined(cofactor) if need not in known), context)
        assumed.append((cofactor, _difference(assumption, context)))
    ring = algebra.Ring([multiplier, difference, *chain.from_iterable(assumed)], equations)
    total = ring.fraction(multiplier).numerator * ring.fraction(difference).numerator
    for cofactor, vanishing in assumed:
        factor = ring.fraction(cofactor)
        require(factor.denominator.total_degree() <= 0, goal, f"{cofactor} has a denominator")
        weight = factor.denominator.leading_coefficient()
        total -= factor.numerator * ring.fraction(vanishing).numerator / weight
    require(ring.vanishes(total), goal, "the two sides differ as polynomials over their atoms")


def _box(context: Context, symbols: frozenset[Symbol], precision: int) -> dict[Basic, Any]:
    """Return the closed box over ``symbols`` as balls; an infinite end has no enclosure."""
    box: dict[Basic, Any] = {}
    for symbol in symbols:
        values = context.sets.get(symbol)
        if not isinstance(values, Interval):
            raise Rejected(f"{symbol} does not range over an interval")
        ends = [balls.enclose(end, {}, precision).real for end in (values.inf, values.sup)]
        box[symbol] = ends[0].union(ends[1])
    return box


def _check_balls(goal: Condition, context: Context, precision: int) -> None:
    relation = Relation(goal.term, "eq", S.Zero) if isinstance(goal, Defined) else as_relation(goal)
    try:
        box = _box(context, relation.lhs.free_symbols | relation.rhs.free_symbols, precision)
        difference = balls.enclose(relation.lhs - relation.rhs, box, precision)
    except (balls.Undefined, balls.Unevaluable) as problem:
        raise Rejected(goal, problem) from problem
    if isinstance(goal, Defined):
        return  # an enclosure is finite, or there is none
    require(relation.operator != "eq", goal, "no ball proves an equality")
    if relation.operator == "ne":
        require(not difference.contains(0), goal, "the balls overlap")
        return
    require(difference.imag == 0, goal, "the sides are not known to be real")
    verdict = {
        "lt": difference.real < 0, "le": difference.real <= 0,
        "gt": difference.real > 0, "ge": difference.real >= 0,
    }[relation.operator]  # fmt: skip
    require(bool(verdict), goal, "the balls overlap")


def satisfy(context: Context, point: Point, proofs: Mapping[int, Certificate] = {}) -> None:
    """Check that ``point`` is an admissible point of ``context``.

    ``proofs`` holds certificates for assumptions, by index, that are not evident at the point.

    Raises:
        Rejected: the point is outside the domain, or an assumption is not known to hold there.
    """
    try:
        _distinct(context)
        declared = {v.symbol if isinstance(v, Variable) else v.base for v in context.variables}
        require(declared >= set(point), set(point), "values of what is no variable")
        for variable in context.variables:
            if isinstance(variable, Variable):
                _check_member(point.get(variable.symbol), instantiate_set(variable.set, point))
                continue
            size, values = instantiate(variable.size, point), point.get(variable.base)
            if not isinstance(values, tuple) or size != len(values):
                raise Rejected(f"{variable.base} needs {size} values")
            for value in values:
                _check_member(value, instantiate_set(variable.element, point))
        for index, assumption in enumerate(context.assumptions):
            there = written_out(assumption, point)
            _check_somehow(there, Context(), proofs.get(index))
    except NO_ANSWER as problem:
        raise Rejected(f"{type(problem).__name__}: {problem}") from problem


def _check_member(value: Any, values: Any) -> None:
    balls.enclose(value, {}, 64)  # it is an exact number
    member = Member(value, values)
    require(ranges.decide(member, Context()), member, "not known to lie in the domain")


def _check_somehow(goal: Condition, context: Context, certificate: Certificate | None) -> None:
    """Check a goal without variables by the given certificate or, without one, by any short one.

    Unlike a goal of ``check``, it must be found out to be defined.
    """
    if isinstance(goal, AllOf):
        for part in goal.conditions:
            _check_somehow(part, context, certificate)
        return None
    if isinstance(goal, AnyOf):
        for part in goal.conditions:
            try:
                return _check_somehow(part, context, certificate)
            except Rejected:
                continue
    for term in terms_of(goal):
        try:
            balls.enclose(term, {}, 64)
        except balls.Unevaluable as problem:
            if not all(finiteness.evident(need, context) for need in defined(term)):
                raise Rejected(goal, problem) from problem
    attempts = (certificate,) if certificate is not None else (Ranges(), Balls(256), Identity())
    for attempt in attempts:
        try:
            check(goal, context, attempt)
        except (Rejected, *NO_ANSWER):
            continue
        return None
    raise Rejected(goal, "not known to hold at the point")


def refute(
    goal: Condition,
    context: Context,
    point: Point,
    proofs: Mapping[int, Certificate] = {},
    failure: Certificate | None = None,
    limits: Mapping[Basic, tuple[Rewrite, ...]] = {},
) -> Counterexample:
    """Return the point as a counterexample to ``goal``: admissible, all terms defined, goal false.

    ``limits`` are the steps to the values that the limits of the goal have there.

    Raises:
        Rejected: any of that is not certain.
    """
    satisfy(context, point, proofs)
    try:
        expressions = _sides(goal)
        reached, owed = limiting.values_at(expressions, point, limits)
        for subgoal in owed:
            check(*subgoal)
        here = {**point, **reached}
        values = [balls.enclose(e, here, 128) for e in expressions]
        if isinstance(goal, Relation) and goal.operator not in ("eq", "ne"):
            for part, value in zip(expressions, values, strict=True):
                if value.imag != 0:  # putting the point in is dear: SymPy factors numbers
                    real = Member(instantiate(part, here), S.Reals)
                    require(ranges.decide(real, Context()), real, "a side is not known to be real")
        apart = None
        if isinstance(goal, Relation) and goal.operator != "ne":
            apart = balls.separated(goal.lhs, goal.rhs, here)
            if apart is not None and goal.operator != "eq":
                small, large = apart if goal.operator in ("lt", "le") else apart[::-1]
                apart = apart if small.real > large.real else None
        for need in definedness(*expressions):
            if need.term.has(Derivative):
                continue  # the rules need not reach; balls see to it that it exists
            if not any(isinstance(c, Defined | Throughout) for c in _parts(need.condition)):
                lacking = negate(instantiate_condition(need.condition, here))
                require(not ranges.decide(lacking, Context()), need.condition, "it fails there")
        if apart is None:
            _check_somehow(negate(instantiate_condition(goal, here)), Context(), failure)
    except NO_ANSWER as problem:
        raise Rejected(f"{type(problem).__name__}: {problem}") from problem
    lhs, rhs = apart or (*values, None, None)[:2]
    return Counterexample(goal, dict(point), lhs, rhs, reached, None, _SEAL)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, AnyOf | AllOf):
        return tuple(chain.from_iterable(map(_parts, condition.conditions)))
    return (condition,)


def _sides(goal: Condition) -> tuple[Expr, ...]:
    match goal:
        case Relation():
            return goal.lhs, goal.rhs
        case Member():
            return (goal.element,)
        case AnyOf() | AllOf():
            return tuple(chain.from_iterable(map(_sides, goal.conditions)))
    raise Rejected(f"{goal} cannot be refuted at a point")


def undefined(
    term: Expr, need: Condition, context: Context, point: Point,
    proofs: Mapping[int, Certificate] = {}, kink: Kink | None = None,
) -> Counterexample:  # fmt: skip
    """Return the point as one at which ``term`` is undefined, because ``need`` fails there.

    A derivative may exist without what it needs: it takes a ``kink`` to show that it is missing.

    Raises:
        Rejected: the point is not admissible, or ``term`` may have a value there.
    """
    satisfy(context, point, proofs)
    own = {*defined(term), Member(term, S.Reals)}  # the sides of an order relation are real
    # A branch of a Piecewise owes its need only where none of the earlier conditions holds.
    guards, last = list[Condition](), need
    if isinstance(need, AnyOf) and need not in own:
        *guards, last = need.conditions
    require(last in own, need, f"{term} does not need it")
    try:
        for guard in guards:
            _check_somehow(negate(instantiate_condition(guard, point)), Context(), None)
        try:
            balls.enclose(term, dict(point), 64)
            require(last == Member(term, S.Reals), term, "it has a value there")
        except balls.Undefined:
            return Counterexample(need, dict(point), None, None, {}, term, _SEAL)
        except balls.Unevaluable:
            if isinstance(term, Derivative):
                for subgoal in no_derivative(term, context, point, kink):
                    check(*subgoal)
                return Counterexample(need, dict(point), None, None, {}, term, _SEAL)
        _check_somehow(negate(instantiate_condition(last, point)), Context(), None)
    except NO_ANSWER as problem:
        raise Rejected(f"{type(problem).__name__}: {problem}") from problem
    return Counterexample(need, dict(point), None, None, {}, term, _SEAL)
