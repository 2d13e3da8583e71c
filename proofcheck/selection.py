"""Which claims a user means: identifiers, assignments, refs, paths, globs, ``-k`` expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from proofcheck.errors import UsageError
from proofcheck.record import Record

Test = Callable[[Record], bool]


def assignments_named(folder: Path, names: Sequence[str]) -> list[str] | None:
    """Return the assignments that ``names`` lie in, or None if that takes a look at all of them."""
    found = []
    for name in names:
        inside = _within(Path(name.partition("::")[0]), folder)
        first = inside.parts[0] if inside and inside.parts else name.partition("/")[0]
        if first in ("", ".", "..") or not (folder / first).is_dir():
            return None
        found.append(first)
    return found or None


def select(records: Sequence[Record], names: Sequence[str], folder: Path) -> list[Record]:
    """Return the claims that any of ``names`` means, in document order.

    A name is an identifier, an assignment, a ``ref``, a claim's own name, a path
    (``claims/x/y.py``, also with ``::name``) or a glob over identifiers and refs.

    Raises:
        UsageError: a name that means nothing, with the closest ones that do.
    """
    chosen: set[str] = set()
    for name in names:
        meant = {record.id for record in records if _means(name, record, folder)}
        if not meant:
            raise UsageError(_unknown(name, records, folder))
        chosen |= meant
    return [record for record in records if record.id in chosen]


def keyword(expression: str) -> Test:
    """Return the test for a ``-k`` expression: words with ``and``, ``or``, ``not``, parentheses.

    A word means the claims whose identifier, ref or file contains it, upper or lower case.

    Raises:
        UsageError: the expression cannot be read.
    """
    tokens = re.findall(r"[()]|[^\s()]+", expression)
    if not tokens:
        raise UsageError("-k needs an expression, for instance -k 'norm and not sum'")
    test, rest = _either(tokens, expression)
    if rest:
        raise UsageError(f"-k {expression!r}: {rest[0]!r} is out of place")
    return test


def _either(tokens: list[str], expression: str) -> tuple[Test, list[str]]:
    first, rest = _both(tokens, expression)
    if rest and rest[0] == "or":
        second, rest = _either(rest[1:], expression)
        return lambda record: first(record) or second(record), rest
    return first, rest


def _both(tokens: list[str], expression: str) -> tuple[Test, list[str]]:
    first, rest = _single(tokens, expression)
    if rest and rest[0] == "and":
        second, rest = _both(rest[1:], expression)
        return lambda record: first(record) and second(record), rest
    return first, rest


def _single(tokens: list[str], expression: str) -> tuple[Test, list[str]]:
    if not tokens or tokens[0] in ("and", "or", ")"):
        found = repr(tokens[0]) if tokens else "the end"
        raise UsageError(f"-k {expression!r}: a word is missing before {found}")
    word, *rest = tokens
    if word == "not":
        inner, rest = _single(rest, expression)
        return lambda record: not inner(record), rest
    if word == "(":
        inner, rest = _either(rest, expression)
        if rest[:1] != [")"]:
            raise UsageError(f"-k {expression!r}: a closing parenthesis is missing")
        return inner, rest[1:]
    wanted = word.lower()
    return lambda record: wanted in f"{record.id} {record.ref} {record.file}".lower(), rest


def _means(name: str, record: Record, folder: Path) -> bool:
    if name.rstrip("/") in (record.id, record.assignment, record.name, record.ref):
        return True
    path, _, inner = name.partition("::")
    if inner and inner != record.name:
        return False
    inside = _within(Path(path), folder)
    if inside is not None:
        file = Path(record.file).resolve().relative_to(folder.resolve())
        return file == inside or inside in file.parents
    return any(sign in name for sign in "*?[") and (
        fnmatchcase(record.id, name) or fnmatchcase(record.ref or "", name)
    )


def _within(path: Path, folder: Path) -> Path | None:
    """Return an existing ``path`` relative to ``folder``, or None if it does not lie in there."""
    if not path.exists():
        return None
    try:
        return path.resolve().relative_to(folder.resolve())
    except ValueError:
        return None


def _unknown(name: str, records: Sequence[Record], folder: Path) -> str:
    if _within(Path(name.partition("::")[0]), folder) is not None:
        return f"there is no claim in {name}"
    if name.endswith(".py"):
        return f"there is no file {name} in the claims folder"
    known = {word for item in records for word in (item.id, item.assignment, item.name, item.ref)}
    close = get_close_matches(name, sorted(word for word in known if word), 3, 0.7)
    if close:
        return f"no claim is called {name!r}; did you mean {' or '.join(close)}?"
    return f"no claim is called {name!r}; `python -m proofcheck list` shows what there is"
