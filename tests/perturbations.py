"""Soundness by perturbation: each true claim with one constant, sign or index changed.

``python -m tests.perturbations ASSIGNMENT... [--sample N] [--seed S] [--jobs J]`` changes one
thing in one printed relation of a claim that is expected to be proved (its assumptions stay), runs
the checker on the result and counts the verdicts.  Most changes make a claim false, some do not: a
changed claim that is proved is looked at by ``numeric_judge``, which knows nothing of the checker's
arithmetic.  It counts as wrong if it fails at an admissible point; else it is listed, to be read.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from sympy import (
    Add,
    Basic,
    Expr,
    Indexed,
    IndexedBase,
    MatrixBase,
    Rational,
    Symbol,
    Tuple,
    sympify,
)

from proofcheck import collector, runner
from proofcheck.checker import CheckOptions, check
from proofcheck.claims import Case, Claim
from proofcheck.domains import Variable
from proofcheck.errors import ProofcheckError
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.record import Record
from proofcheck.relations import Chain, Operator, Relation
from tests.numeric_judge import NoNumber, failures, holds

NO_CASES = (ProofcheckError, *LIBRARY_ERRORS)
"""What a claim that is ill-typed or broken raises."""

OTHER_OPERATORS: dict[Operator, tuple[Operator, ...]] = {
    "lt": ("gt",), "gt": ("lt",), "le": ("ge", "lt"), "ge": ("le", "gt"), "eq": (), "ne": (),
}  # fmt: skip
SIDES = ("lhs", "rhs")
MEMORY = 2048
PATIENCE = 5.0
JUDGING = 30.0
"""Seconds that the judge may take over a claim."""

JUDGED = ("proved", "refuted")
WRONG = "WRONG"
UNREAD = "unread"

Path_ = tuple[int, ...]


@dataclass(frozen=True)
class Change:
    """One change of link number ``link``: what stands at ``path`` of ``side`` becomes ``new``."""

    link: int
    side: str
    path: Path_
    new: Any
    words: str

    def applied(self, relation: Relation) -> Relation:
        """Return ``relation`` with the change made."""
        if self.side == "operator":
            return replace(relation, operator=self.new)
        whole = getattr(relation, self.side)
        return replace(relation, **{self.side: _put(whole, self.path, self.new)})


def _put(expression: Basic, path: Path_, new: Callable[[Any], Any] | Any) -> Any:
    if not path:
        return new(expression) if callable(new) else new
    arguments = list(expression.args)
    arguments[path[0]] = _put(arguments[path[0]], path[1:], new)
    return expression.func(*arguments)


def _parts(expression: Basic, path: Path_ = ()) -> Iterator[tuple[Path_, Basic]]:
    """Yield what can be changed in an expression, with its place; bound symbols cannot."""
    if isinstance(expression, Expr):
        yield path, expression
    if isinstance(expression, IndexedBase):
        return
    for position, part in enumerate(expression.args):
        bound = isinstance(expression, Tuple) and position == 0 and len(expression.args) > 1
        size = isinstance(expression, MatrixBase) and position < 2
        base = isinstance(expression, Indexed) and position == 0
        if not (bound or size or base) and isinstance(part, Expr | Tuple):
            yield from _parts(part, (*path, position))


def changes(case: Case) -> Iterator[Change]:
    """Yield the changes of a case's printed relations."""
    twins = _twins(case)
    for number, relation in enumerate(case.links):
        for operator in OTHER_OPERATORS[relation.operator]:
            yield Change(number, "operator", (), operator, f"{relation.operator} to {operator}")
        for side in SIDES:
            yield Change(number, side, (), _negated, f"minus the {side}")
            for path, part in _parts(getattr(relation, side)):
                where = f"in the {side}"
                if isinstance(part, Rational):
                    words = f"{part} to {part + 1} {where}"
                    yield Change(number, side, path, part + 1, words)
                elif isinstance(part, Add):
                    for position, term in enumerate(part.args):
                        words = f"the sign of {term} {where}"
                        yield Change(number, side, (*path, position), _negated, words)
                for twin in twins.get(part, ()):
                    yield Change(number, side, path, twin, f"{part} to {twin} {where}")


def _negated(expression: Any) -> Any:
    return -expression


def _twins(case: Case) -> dict[Basic, list[Symbol]]:
    """Return, for each variable, the others that range over the same set."""
    variables = [v for v in case.variables if isinstance(v, Variable)]
    return {
        one.symbol: [v.symbol for v in variables if v.set == one.set and v.symbol != one.symbol][:2]
        for one in variables
    }


def evident(before: Relation, after: Relation) -> bool:
    """Tell whether a change says the same on sight."""
    if before == after or isinstance(before.lhs, MatrixBase):
        return before == after
    old, new = before.lhs - before.rhs, after.lhs - after.rhs
    return before.operator == after.operator and (
        old == new or (before.operator in ("eq", "ne") and (old + new).expand() == 0)
    )


def perturbed(claim: Claim) -> list[tuple[str, Claim]]:
    """Return the changed claims, each with the change in words."""
    try:
        first = next(iter(claim.cases()))
    except NO_CASES:
        return []
    found = []
    for change in changes(first):
        before = first.links[change.link]
        try:
            after = change.applied(before)
            same = evident(before, after)
        except LIBRARY_ERRORS:  # SymPy refuses to build some expressions
            continue
        if not same:
            several = len(first.links) > 1
            words = f"link {change.link + 1}: {change.words}" if several else change.words
            found.append((words, replace(claim, body=_body(claim, change), expect=None)))
    return found


def _body(claim: Claim, change: Change) -> Callable[..., Any]:
    def body(**arguments: Any) -> Any:
        statement = claim.body(**arguments)
        links = list(statement.links) if isinstance(statement, Chain) else [statement]
        links[change.link] = change.applied(links[change.link])
        return Chain(tuple(links)) if isinstance(statement, Chain) else links[0]

    return body


@dataclass
class Tally:
    """What came of the changed claims."""

    verdicts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    to_be_read: list[str] = field(default_factory=list)

    def add(self, line: str, record: Record) -> None:
        """Count one changed claim, whose judged record says in ``reason`` what the judge found."""
        kind, _, rest = (record.reason or UNREAD).partition(": ")
        if record.verdict == "proved" or (record.verdict == "refuted" and kind == WRONG):
            self.verdicts[f"{record.verdict} ({kind})"] += 1
            read = self.wrong if kind == WRONG else self.to_be_read
            read.append(f"{line} [{rest}]")
        else:
            self.verdicts[record.verdict] += 1

    def __str__(self) -> str:
        lines = [", ".join(f"{count} {word}" for word, count in sorted(self.verdicts.items()))]
        lines += [f"WRONG  {line}" for line in self.wrong]
        lines += [f"read   {line}" for line in self.to_be_read]
        return "\n".join(lines)


def judged(claim: Claim, record: Record, seed: int = 0) -> Record:
    """Return the record of a proved or refuted claim with what the judge says for its reason."""
    if record.verdict == "proved":
        tried, failing = failures(claim, seed)
        said = f"{WRONG}: it fails at {failing[0]}" if failing else f"true: {tried} points"
        return replace(record, reason=said if tried else UNREAD)
    if _holds_after_all(claim, record):
        (point,) = (one.counterexample for one in record.cases if one.counterexample)
        return replace(record, reason=f"{WRONG}: it is true at {point.point}")
    return replace(record, reason=None)


def _holds_after_all(claim: Claim, record: Record) -> bool:
    """Tell whether every link of the case holds at the counterexample of its record."""
    for case, found in zip(claim.cases(), record.cases, strict=False):
        if found.counterexample is None or found.counterexample.lhs_decimal is None:
            continue
        names = {str(getattr(v, "symbol", None) or v.base): v for v in case.variables}
        try:
            point = {
                getattr(names[name], "symbol", None) or names[name].base: _value(text)
                for name, text in found.counterexample.point.items()
            }
            return all(holds(link, point) for link in case.links)
        except (NoNumber, *LIBRARY_ERRORS):  # it cannot be judged
            return False
    return False


def _value(text: str) -> Any:
    value = sympify(text)
    return tuple(value) if isinstance(value, tuple | Tuple) else value


def candidates(folder: Path, names: list[str]) -> list[Claim]:
    """Return the claims that are expected to be proved, the shortest statements first."""
    found = [
        one.claim
        for one in collector.collect(folder, names).claims
        if one.claim.expect in (None, "proved") and one.claim.limitation is None
    ]

    def length(claim: Claim) -> int:
        try:
            return max(len(str(case.links)) for case in claim.cases())
        except NO_CASES:
            return sys.maxsize

    return sorted(found, key=length)


def chosen(claims: list[Claim], sample: int | None, seed: int) -> list[tuple[str, Claim]]:
    """Return ``sample`` changed claims, in turns from one claim after the other."""
    draws = random.Random(seed)
    lists = []
    for claim in claims:
        changed = [(f"{claim.id}, {words}", one) for words, one in perturbed(claim)]
        draws.shuffle(changed)
        lists.append(changed)
    turns = [one[turn] for turn in range(max(map(len, lists), default=0)) for one in lists
             if turn < len(one)]  # fmt: skip
    return turns if sample is None else turns[:sample]


def run(
    changed: list[tuple[str, Claim]], limits: runner.Limits, seen: Callable[[str, Record], None]
) -> Tally:
    """Check every changed claim, and judge those proved or refuted, each in a process of its own.

    What a change makes of a power may be a number beyond every memory: no timer stops that.
    """
    tally = Tally()
    by_id = {f"{number} {words}": (words, one) for number, (words, one) in enumerate(changed)}

    def finished(record: Record) -> bool:
        seen(by_id[record.id][0], record)
        return False

    def job(name: str, work: Callable[[], Record]) -> runner.Job:
        return runner.Job(Record(id=name, verdict="undecided"), lambda: replace(work(), id=name))

    options = CheckOptions(timeout=limits.seconds)
    ample = replace(limits, seconds=limits.seconds + PATIENCE)
    checked = runner.run(
        [job(name, partial(check, one, options)) for name, (_, one) in by_id.items()],
        ample,
        finished,
    ).records
    looked_at = runner.run(
        [
            job(name, partial(judged, by_id[name][1], record))
            for name, record in checked.items()
            if record.verdict in JUDGED
        ],
        replace(limits, seconds=JUDGING),
    ).records
    for name, record in checked.items():
        reason = looked_at[name].reason if _came_back(looked_at.get(name), record) else None
        tally.add(f"{by_id[name][0]}: {record.statement}", replace(record, reason=reason))
    return tally


def _came_back(answer: Record | None, record: Record) -> bool:
    return answer is not None and answer.verdict == record.verdict


def main() -> None:
    """Run the perturbations of the named assignments and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="+")
    parser.add_argument("--claims", type=Path, default=Path("claims"))
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=5.0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="names of claims")
    parser.add_argument("--part", default="1/1", help="PART/PARTS of the changed claims, in turns")
    given = parser.parse_args()
    found = candidates(given.claims, given.assignments)
    if given.only:
        found = [claim for claim in found if claim.name in given.only]
    part, parts = map(int, given.part.split("/"))
    changed = chosen(found, given.sample, given.seed)[part - 1 :: parts]
    print(f"{len(found)} claims, {len(changed)} changed ones")

    def seen(words: str, record: Record) -> None:
        print(f"{record.verdict:10} {record.seconds:5.1f} {words}", file=sys.stderr, flush=True)

    tally = run(changed, runner.Limits(given.timeout, MEMORY, given.jobs), seen)
    print(tally)
    sys.exit(1 if tally.wrong else 0)


if __name__ == "__main__":
    main()
