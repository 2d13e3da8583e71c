"""Claims from data: reads a file of one JSON object a line and builds a Claim from each.

A line has ``id``, ``variables`` (``name`` and ``domain``: complex, real, rational, integer),
``assumptions`` (conjuncts), ``lhs``, ``rhs`` and ``relation`` (eq ne lt le gt ge), with expressions
in the language of :mod:`proofcheck.notation`.  A claim's id is ``<file stem>/<id>``, its ref the
line's ``id``.  An assumption that only bounds one variable by constants narrows its set instead.
With ``"undefined_at_some_admissible_points": true`` it is meant where both sides are defined.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sympy import (
    Abs,
    Expr,
    FiniteSet,
    Intersection,
    Interval,
    Range,
    S,
    Set,
    Symbol,
    ceiling,
    floor,
    oo,
)

from proofcheck.claims import Claim
from proofcheck.errors import ClaimError, CollectionError
from proofcheck.notation import Parser
from proofcheck.relations import SIGNS, Condition, Member, Operator, Relation, flatten, relate

SETS: dict[str, Set] = {
    "complex": S.Complexes,
    "real": S.Reals,
    "rational": S.Rationals,
    "integer": S.Integers,
}
PARTIAL = "undefined_at_some_admissible_points"
RELATIONS = ("eq", "ne", "lt", "le", "gt", "ge")
MIRRORED: dict[Operator, Operator] = {
    "eq": "eq", "ne": "ne", "lt": "gt", "le": "ge", "gt": "lt", "ge": "le",
}  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """One line of a file, its domain narrowed, its expressions still text."""

    id: str
    domain: Mapping[str, Set]
    assumptions: tuple[str, ...]
    lhs: str
    operator: Operator
    rhs: str
    where: str
    topic: str = ""
    partial: bool = False

    def relation(self, **values: Any) -> Relation:
        """Return the statement about ``values`` (symbols, or numbers in a case).

        Raises:
            ClaimError: the text does not parse; the message names the file, the line, the column.
        """
        parser = Parser(values, self.where)
        conclusion = relate(parser.expression(self.lhs), self.operator, parser.expression(self.rhs))
        found = conclusion.assuming(*map(parser.condition, self.assumptions))
        return found.where_defined() if self.partial else found


def read(path: Path) -> list[Claim]:
    """Return the claims of the file at ``path``, in its order.

    Raises:
        CollectionError: a line is not an object of the schema, or an id occurs twice.
    """
    return [to_claim(statement, path, line) for line, statement in read_statements(path)]


def read_statements(path: Path) -> list[tuple[int, Statement]]:
    """Return the statements of the file at ``path`` with their line numbers."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(f"{path}: cannot be read: {error}") from error
    found: list[tuple[int, Statement]] = []
    first_seen: dict[str, int] = {}
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        statement = read_line(text, f"{path.name}:{number}: ")
        if statement.id in first_seen:
            earlier = first_seen[statement.id]
            raise CollectionError(
                f"{path.name}:{number}: id {statement.id!r} is already on line {earlier}"
            )
        first_seen[statement.id] = number
        found.append((number, statement))
    return found


def read_line(text: str, where: str = "") -> Statement:
    """Return the statement of one line; ``where`` begins every message about it."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise CollectionError(f"{where}not JSON: {error}") from error
    if not isinstance(data, dict):
        raise CollectionError(f"{where}expected an object, got {type(data).__name__}")
    name, lhs, rhs, operator = (
        _entry(data, key, str, where) for key in ("id", "lhs", "rhs", "relation")
    )
    if operator not in RELATIONS:
        raise CollectionError(
            f"{where}relation is {operator!r}; it is one of {', '.join(RELATIONS)}"
        )
    domain: dict[str, Set] = {}
    for variable in _entry(data, "variables", list, where):
        if not isinstance(variable, dict):
            raise CollectionError(f"{where}a variable is an object with name and domain")
        symbol = _entry(variable, "name", str, where)
        kind = _entry(variable, "domain", str, where)
        if not symbol.isidentifier() or symbol in domain:
            raise CollectionError(f"{where}{symbol!r} is not a new variable's name")
        if kind not in SETS:
            raise CollectionError(f"{where}domain is {kind!r}; it is one of {', '.join(SETS)}")
        domain[symbol] = SETS[kind]
    assumptions = _entry(data, "assumptions", list, where)
    narrowed, kept = narrow(domain, assumptions, where)
    topic = data.get("topic") or data.get("category") or ""
    partial = data.get(PARTIAL, False)
    if not isinstance(partial, bool):
        raise CollectionError(f"{where}{PARTIAL!r} must be true or false, got {partial!r}")
    sign = cast(Operator, operator)
    return Statement(name, narrowed, kept, lhs, sign, rhs, where, str(topic), partial)


def _entry(data: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    if not isinstance(data.get(key), kind):
        wanted = {"str": "a string", "list": "a list"}[kind.__name__]
        raise CollectionError(f"{where}{key!r} must be {wanted}, got {data.get(key)!r}")
    return data[key]


def narrow(
    domain: Mapping[str, Set], assumptions: Sequence[str], where: str = ""
) -> tuple[dict[str, Set], tuple[str, ...]]:
    """Return the domain narrowed by assumptions that only bound one variable, and the others.

    The admissible points stay the same: what a set now says is no longer assumed.
    """
    sets, kept = dict(domain), []
    parser = Parser({name: Symbol(name) for name in domain}, where)
    for text in assumptions:
        try:
            bounds = [bound(part, sets) for part in flatten((parser.condition(text),))]
        except ClaimError:
            bounds = [None]  # The claim's own verdict will say what is wrong with the text.
        trial = dict(sets)
        if all(found is not None and _meet(trial, *found) for found in bounds):
            sets = trial
        else:
            kept.append(text)
    return sets, tuple(kept)


def bound(condition: Condition, sets: Mapping[str, Set]) -> tuple[str, Set] | None:
    """Return the variable and the set that ``condition`` confines it to, if it says just that.

    ``sets`` are those that the variables range over: a bound on a modulus bounds a real variable.
    """
    match condition:
        case Relation(
            lhs=Abs(args=(Symbol() as symbol,)), operator="lt" | "le" as operator, rhs=end
        ):
            confined = not end.free_symbols and end.is_real and sets[symbol.name].is_subset(S.Reals)
            return (symbol.name, _around(end, operator)) if confined else None
        case Relation(lhs=Symbol() as symbol, operator=operator, rhs=end):
            pass
        case Relation(lhs=end, operator=operator, rhs=Symbol() as symbol):
            operator = MIRRORED[operator]
        case Member(element=Symbol() as symbol, set=confines, negated=False):
            known = isinstance(confines, Interval | Range | FiniteSet) or confines in SETS.values()
            return (symbol.name, confines) if known and not confines.free_symbols else None
        case _:
            return None
    if end.free_symbols or not end.is_real:
        return None
    match operator:
        case "eq":
            return symbol.name, FiniteSet(end)
        case "lt":
            return symbol.name, Interval.open(-oo, end)
        case "le":
            return symbol.name, Interval(-oo, end)
        case "gt":
            return symbol.name, Interval.open(end, oo)
        case "ge":
            return symbol.name, Interval(end, oo)
    return None


def _around(radius: Expr, operator: Operator) -> Set:
    return Interval(-radius, radius, operator == "lt", operator == "lt")


def _meet(sets: dict[str, Set], name: str, other: Set) -> bool:
    """Replace the set of ``name`` by its intersection with ``other`` if that has a plain form."""
    met = intersect(sets[name], other)
    # An empty set would leave nothing to show; kept as an assumption it is found to be vacuous.
    if met is None or met is S.EmptySet:
        return False
    sets[name] = met
    return True


def intersect(one: Set, other: Set) -> Set | None:
    """Return the intersection as an interval, a range of integers or a finite set, or None."""
    integral = Range | type(S.Integers) | type(S.Naturals) | type(S.Naturals0)
    if isinstance(other, integral) and isinstance(one, Interval):
        one, other = other, one
    if isinstance(one, integral) and isinstance(other, Interval):
        low, high = other.start, other.end
        least = (
            oo
            if low is oo
            else -oo
            if low is -oo
            else (floor(low) + 1 if other.left_open else ceiling(low))
        )
        most = (
            high if high in (oo, -oo) else (ceiling(high) - 1 if other.right_open else floor(high))
        )
        if isinstance(one, Range) and one.step != 1:
            return None
        least, most = max(least, one.inf), min(most, one.sup)
        if least > most:
            return S.EmptySet
        return Range(least, most + 1)
    if one is S.Rationals and not isinstance(other, FiniteSet):
        return None  # SymPy has no form for the rationals of an interval.
    met = Intersection(one, other)
    plain = isinstance(met, Interval | FiniteSet | Range) or met in (
        S.EmptySet, S.Integers, S.Naturals, S.Naturals0, S.Reals, S.Complexes,
    )  # fmt: skip
    return met if plain else None


def to_claim(statement: Statement, path: Path, line: int) -> Claim:
    """Return the claim that says what ``statement``, of line ``line`` of ``path``, says."""
    return Claim(
        body=statement.relation,
        source=f"{path.name}, line {line}" + (f" ({statement.topic})" if statement.topic else ""),
        domains=tuple(statement.domain.items()),
        ref=statement.id,
        name=statement.id,
        module=f"{path.stem.replace('.', '_')}.jsonl",
        file=str(path),
        line=line,
        description=f"{statement.lhs} {SIGNS[statement.operator]} {statement.rhs}"
        + (", where both sides are defined" if statement.partial else ""),
    )
