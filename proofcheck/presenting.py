"""Verdicts and points as the strings of a Record, and the strings of ``--at`` as points."""

from __future__ import annotations

import ast
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sympy import Basic, Expr, IndexedBase, MatrixBase, S, Symbol, oo

from proofcheck import balls, verdict
from proofcheck.citations import hypotheses
from proofcheck.claims import Case, Claim
from proofcheck.coordinates import explicit_vectors
from proofcheck.domains import Family, Instances, Variable, introduce, resolve
from proofcheck.errors import ClaimError, UsageError
from proofcheck.kernel import Counterexample
from proofcheck.notation import Parser
from proofcheck.obligations import Context, Obligation
from proofcheck.points import Point, Unsubstitutable, instantiate
from proofcheck.record import (
    CaseRecord,
    CounterexampleRecord,
    EvidenceRecord,
    ObligationRecord,
    Record,
    TraceRecord,
)
from proofcheck.relations import SIGNS, Relation, shape_of
from proofcheck.verdict import Evidence, Verdict

if TYPE_CHECKING:
    from proofcheck.checker import Outcome

LONGEST_EXACT = 60
PARTIAL = "meant where both sides are defined"
DIGITS = (15, 30, 60, 120)
EXACT = "write an exact number, for instance pi/3 or 1/2"


def blank(claim: Claim) -> Record:
    """Return the record of a claim before it is checked."""
    corrected_by = claim.corrected_by
    return Record(
        id=claim.id,
        ref=claim.ref,
        assignment=claim.id.partition("/")[0],
        source=claim.source,
        file=claim.file,
        line=claim.line,
        verdict="undecided",
        expected=claim.expect,
        title=claim.description,
        uses=tuple(used.id for used in claim.uses),
        corrected_by=None if corrected_by is None else corrected_by.id,
        reason="it was not run",
    )


def finished(
    blank: Record,
    claim: Claim,
    found: Verdict,
    outcomes: Sequence[Outcome],
    trace: Sequence[TraceRecord],
    started: float,
) -> Record:
    """Return ``blank`` with the verdict and everything that led to it."""
    cases = tuple(case_record(claim, outcome) for outcome in outcomes)
    evidence = [case.evidence for case in cases if case.evidence is not None]
    assumed = dict.fromkeys(str(h) for o in outcomes for h in hypotheses(o.case))
    worst = next((case for case in cases if case.verdict == found.word), None)
    return replace(
        blank,
        verdict=found.word,
        basis=found.basis if isinstance(found, verdict.Proved) else None,
        reason=getattr(found, "reason", None),
        counterexample=worst.counterexample if worst is not None else None,
        evidence=min(evidence, key=lambda e: e.points, default=None),
        cases=cases,
        statement="; ".join(
            dict.fromkeys(str(link) for o in outcomes[:1] for link in o.case.links)
        ),
        domain=tuple(f"{name} in {_domain(domain)}" for name, domain in claim.domains),
        hypotheses=tuple(assumed),
        notes=_notes(found, outcomes),
        trace=tuple(trace),
        seconds=round(time.monotonic() - started, 3),
    )


def _notes(found: Verdict, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    meant = [PARTIAL] if any(o.case.presumed is not None for o in outcomes) else []
    if isinstance(found, verdict.Proved | verdict.Supported) and trivial(outcomes):
        return (*meant, "trivial: both sides are the same expression")
    lines = (f"lhs - rhs = {o.left}" for o in outcomes if 0 < len(o.left) <= LONGEST_EXACT)
    return tuple(dict.fromkeys((*meant, *lines)))


def trivial(outcomes: Sequence[Outcome]) -> bool:
    """Tell whether some printed relation compares a thing with itself."""
    return any(
        link.lhs == link.rhs and bool(link.lhs.free_symbols)
        for o in outcomes
        for link in o.case.links
    )


def _domain(domain: Any) -> str:
    if isinstance(domain, Instances):
        return f"{{{', '.join(map(str, domain.values))}}} of {domain.general}"
    if callable(domain) and not isinstance(domain, Basic):
        return "a set that depends on the variables before it"
    return str(domain)


def case_record(claim: Claim, outcome: Outcome) -> CaseRecord:
    """Return a case with its verdict as plain data."""
    found = outcome.verdict
    counterexample = getattr(found, "counterexample", None)
    return CaseRecord(
        label=outcome.case.label,
        values={name: str(value) for name, value in outcome.case.values},
        verdict=found.word,
        basis=found.basis if isinstance(found, verdict.Proved) else None,
        reason=getattr(found, "reason", None),
        counterexample=None
        if counterexample is None
        else replace(shown(counterexample), vectors=_vectors(claim, outcome.case, counterexample)),
        evidence=None if outcome.evidence is None else evidence_record(outcome.evidence),
        obligations=tuple(
            ObligationRecord(
                kind=one.obligation.kind,
                goal=goal(one.obligation),
                verdict="undecided" if one.theorem is None else "proved",
                basis=None if one.theorem is None else one.theorem.basis,
                engine=one.engine or None,
                reason=one.reason or (one.theorem.reason if one.theorem else "") or None,
            )
            for one in outcome.settled
        ),
    )


def _vectors(claim: Claim, case: Case, found: Counterexample) -> dict[str, str]:
    """Return explicit vectors with the inner products of a counterexample."""
    arguments: dict[str, Any] = dict(case.values)
    for name, domains in claim.domains:
        if name not in arguments:
            arguments[name] = introduce(name, resolve(name, domains, arguments)).value
    try:
        explicit = explicit_vectors(arguments, found.point)
    except (Unsubstitutable, LookupError, TypeError, ValueError):
        return {}
    return {name: f"({', '.join(map(str, column))})" for name, column in explicit.items()}


def evidence_record(found: Evidence) -> EvidenceRecord:
    """Return evidence as plain data."""
    return EvidenceRecord(
        points=found.points,
        digits=found.digits,
        precision=found.precision,
        seed=found.seed,
        spread=found.spread,
        undefined=found.undefined,
        unevaluable=found.unevaluable,
    )


def goal(obligation: Obligation) -> str:
    """Return an obligation's goal, with the term that it is about."""
    if obligation.term is None or str(obligation.term) in str(obligation.goal):
        return str(obligation.goal)
    return f"{obligation.term}, that is {obligation.goal}"


def point(values: Point) -> str:
    """Return an exact point in words."""
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def shape(value: object) -> str:
    """Return the shape of an operand in words."""
    return shape_of(value)


def shown(found: Counterexample) -> CounterexampleRecord:
    """Return a counterexample as plain data."""
    relation = found.goal if isinstance(found.goal, Relation) else None
    values = {str(name): str(value) for name, value in found.point.items()}
    if found.term is not None:
        return CounterexampleRecord(point=values, term=str(found.term), relation=str(found.goal))
    if relation is None:
        return CounterexampleRecord(point=values, relation=str(found.goal))
    lhs, rhs = decimals(found.lhs, found.rhs)
    return CounterexampleRecord(
        point=values,
        lhs=exact(relation.lhs, {**found.point, **found.limits}),
        rhs=exact(relation.rhs, {**found.point, **found.limits}),
        lhs_decimal=lhs,
        rhs_decimal=rhs,
        relation=SIGNS[relation.operator],
    )


def decimals(*enclosures: Any) -> tuple[str, ...]:
    """Return enclosures as decimals, with as many digits as it takes to tell them apart."""
    shown_ = tuple(_decimal(ball, DIGITS[0]) for ball in enclosures)
    for digits in DIGITS[1:]:
        if len(set(shown_)) > 1:
            break
        shown_ = tuple(_decimal(ball, digits) for ball in enclosures)
    return shown_


def _decimal(enclosure: Any, digits: int) -> str:
    try:
        return balls.decimal(enclosure, digits)
    except (ArithmeticError, ValueError):  # a wide enclosure of a number beyond every float
        return "too large to be written out"


def exact(expression: Expr, values: Point) -> str | None:
    """Return the exact value of an expression at a point, where that is short."""
    try:
        text = str(instantiate(expression, values))
    except (Unsubstitutable, TypeError, ValueError):
        return None
    return text if len(text) <= LONGEST_EXACT else None


def sides_at(
    case: Case, context: Context, values: Point, limits: Mapping[Basic, Expr]
) -> CounterexampleRecord | None:
    """Return both sides of the first printed relation at a point, with the values of limits."""
    relation, here = case.links[0], {**values, **limits}
    try:
        enclosures = [balls.enclose(e, here, 128) for e in (relation.lhs, relation.rhs)]
    except (balls.Undefined, balls.Unevaluable):
        enclosures = []
    shown_ = decimals(*enclosures) if enclosures else (None, None)
    return CounterexampleRecord(
        point={str(name): str(value) for name, value in values.items()},
        lhs=exact(relation.lhs, here),
        rhs=exact(relation.rhs, here),
        lhs_decimal=shown_[0],
        rhs_decimal=shown_[1],
        relation=SIGNS[relation.operator],
    )


def located(claim: Claim, at: Mapping[str, str]) -> tuple[Case, Point]:
    """Return the case and the point that ``at`` spells out.

    Raises:
        UsageError: a variable is missing or unknown, or a value is no exact number.
    """
    remaining = {name: value(name, text) for name, text in at.items()}
    for case in claim.cases():
        if any(remaining.get(name, chosen) != chosen for name, chosen in case.values):
            continue
        if missing := [n for n, _ in case.values if n not in remaining]:
            raise UsageError(f"--at gives no value for {', '.join(missing)}")
        names = {str(_key(v)): _key(v) for v in case.variables}
        wanted = {**names, **dict(case.values)}
        if unknown := sorted(set(remaining) - set(wanted)):
            raise UsageError(
                f"--at names {', '.join(unknown)}; the variables of this claim are "
                f"{', '.join(wanted) or 'none'}"
            )
        if missing := [name for name in names if name not in remaining]:
            raise UsageError(f"--at gives no value for {', '.join(missing)}")
        return case, {names[name]: remaining[name] for name in names}
    raise UsageError(f"--at: no case of {claim.name} has these values")


def _key(variable: Variable | Family) -> Symbol | IndexedBase:
    return variable.symbol if isinstance(variable, Variable) else variable.base


def value(name: str, text: str) -> Any:
    """Return the exact number (or, for a family, the tuple) that ``text`` spells."""
    try:
        body = ast.parse(text.strip(), mode="eval").body
        texts = [ast.unparse(part) for part in body.elts] if isinstance(body, ast.Tuple) else [text]
        numbers = [Parser({}, f"--at {name}: ").expression(one) for one in texts]
    except (ClaimError, SyntaxError, ValueError) as problem:
        said = str(problem) if isinstance(problem, ClaimError) else f"--at {name}={text}"
        raise UsageError(f"{said.split(';')[0]}; {EXACT}") from problem
    for number in numbers:
        if isinstance(number, MatrixBase) or getattr(number, "free_symbols", None):
            raise UsageError(f"--at {name}={text}: {EXACT}")
        _refuse_without_value(name, text, number)
    return tuple(numbers) if isinstance(body, ast.Tuple) else numbers[0]


def _refuse_without_value(name: str, text: str, number: Any) -> None:
    try:
        balls.enclose(number, {}, 64)
    except balls.Undefined as problem:
        raise UsageError(f"--at {name}={text}: that is no number") from problem
    except (balls.Unevaluable, TypeError, ValueError) as problem:
        if number.has(oo, -oo, S.NaN, S.ComplexInfinity):
            raise UsageError(f"--at {name}={text}: that is no number") from problem
