"""Finds the claims of a folder of assignments by importing its modules."""

from __future__ import annotations

import ast
import contextlib
import importlib
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from proofcheck.claims import Claim
from proofcheck.errors import CollectionError, UsageError
from proofcheck.record import Record

_made: set[str] = set()


@dataclass(frozen=True)
class Collected:
    """A claim with its identifier and the file that defines it."""

    id: str
    file: Path
    claim: Claim

    @property
    def assignment(self) -> str:
        """The assignment that the claim belongs to."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The claim's name within its assignment."""
        return self.id.partition("/")[2]

    @property
    def blank(self) -> Record:
        """The claim's record before it is checked."""
        corrected_by = self.claim.corrected_by
        return Record(
            id=self.id,
            ref=self.claim.ref,
            assignment=self.assignment,
            source=self.claim.source,
            file=shown(self.file),
            line=self.claim.line,
            verdict="undecided",
            expected=self.claim.expect,
            title=self.claim.description,
            uses=tuple(identifier(used) for used in self.claim.uses),
            corrected_by=None if corrected_by is None else identifier(corrected_by),
            reason="it was not run",
        )


@dataclass(frozen=True)
class Collection:
    """The claims in document order, and what went wrong on the way."""

    claims: tuple[Collected, ...]
    errors: tuple[CollectionError, ...] = ()


def identifier(claim: Claim) -> str:
    """Return a claim's identifier, ``assignment/name``."""
    return f"{claim.module.split('.')[-2]}/{claim.name}"


def shown(file: Path) -> str:
    """Return the path as a user of this folder would write it."""
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return str(file)


def collect(folder: Path, assignments: Sequence[str] | None = None) -> Collection:
    """Import the claim modules in ``folder`` (of the ``assignments`` only) and return the claims.

    Raises:
        UsageError: the folder is missing, or its name is taken by another Python module.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        raise UsageError(
            f"there is no folder {shown(folder)}; name the folder of your assignments with --claims"
        )
    _prepare(folder)
    errors: dict[str, CollectionError] = {}
    found: list[Collected] = []
    for file in modules(folder):
        if assignments is not None and file.parent.name not in assignments:
            continue
        try:
            found += _claims_of(_imported(folder, file), file)
        except CollectionError as error:
            errors.setdefault(str(error), error)
    errors |= {str(double): double for double in _doubles(found)}
    kept = {item.id: item for item in reversed(found)}
    return Collection(
        tuple(item for item in found if kept[item.id] is item), tuple(errors.values())
    )


def modules(folder: Path) -> list[Path]:
    """Return the claim modules of ``folder`` in document order."""
    return [
        file
        for assignment in sorted(folder.iterdir())
        if assignment.is_dir() and not assignment.name.startswith(("_", "."))
        for file in sorted(assignment.glob("*.py"))
        if not file.name.startswith(("_", "."))
    ]


def with_uses(selected: Sequence[Collected]) -> list[Collected]:
    """Return ``selected`` and, after them, the claims that they use, directly or not."""
    found = {item.id: item for item in selected}
    waiting = list(selected)
    while waiting:
        for used in waiting.pop(0).claim.uses:
            one = Collected(identifier(used), Path(used.file), used)
            if one.id not in found:
                found[one.id] = one
                waiting.append(one)
    return list(found.values())


def _prepare(folder: Path) -> None:
    """Make ``folder`` importable under its own name."""
    name = folder.name
    if "." in name:
        raise UsageError(f"{shown(folder)}: Python cannot import a folder with a dot in its name")
    present = sys.modules.get(name)
    if present is not None and str(folder) not in list(getattr(present, "__path__", ())):
        if name not in _made and getattr(present, "__file__", None) is not None:
            raise UsageError(
                f"{shown(folder)}: a Python module is called {name!r} too; rename the folder"
            )
        for loaded in [one for one in sys.modules if one.split(".")[0] == name]:
            del sys.modules[loaded]
        present = None
    parent = str(folder.parent)
    if parent in sys.path:
        sys.path.remove(parent)
    sys.path.insert(0, parent)
    importlib.invalidate_caches()
    _made.add(name)
    if present is None and not (folder / "__init__.py").exists():
        # Made by hand: an installed package of this name would win over a namespace package.
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


def _imported(folder: Path, file: Path) -> ModuleType:
    inside = file.relative_to(folder.parent).with_suffix("")
    for part in inside.parts:
        if "." in part:
            raise CollectionError(
                f"{shown(file)}: Python cannot import {part!r}, a name with a dot in it"
            )
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return importlib.import_module(".".join(inside.parts))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a module may even call sys.exit
        raise CollectionError(_place(error, folder, file)) from error


def _place(error: BaseException, folder: Path, file: Path) -> str:
    """Return where in the claims folder the import of ``file`` failed, and how."""
    message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, SyntaxError) and error.filename:
        return f"{shown(Path(error.filename))}, line {error.lineno}: SyntaxError: {error.msg}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(folder):
            return f"{shown(Path(frame.filename))}, line {frame.lineno}: {message}"
    return f"{shown(file)}: {message}"


def _claims_of(module: ModuleType, file: Path) -> list[Collected]:
    _refuse_lost_claims(module, file)
    found = {
        id(value): value
        for value in vars(module).values()
        if isinstance(value, Claim) and value.module == module.__name__
    }
    return [
        Collected(identifier(claim), file, claim)
        for claim in sorted(found.values(), key=lambda claim: claim.line)
    ]


def _refuse_lost_claims(module: ModuleType, file: Path) -> None:
    # Python forgets the first of two functions of one name; a claim must not get lost like that.
    tree = ast.parse(file.read_bytes())
    lines: dict[str, list[int]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            lines.setdefault(node.name, []).append(node.lineno)
    for name, places in lines.items():
        if len(places) > 1 and isinstance(getattr(module, name, None), Claim):
            raise CollectionError(
                f"{shown(file)}: {name} is defined on lines {' and '.join(map(str, places))}; "
                "rename one of them"
            )


def _doubles(found: Sequence[Collected]) -> Iterator[CollectionError]:
    counts = Counter(item.id for item in found)
    for double in (one for one, count in counts.items() if count > 1):
        places = [f"{shown(i.file)}, line {i.claim.line}" for i in found if i.id == double]
        yield CollectionError(
            f"two claims are called {double}: {' and '.join(places)}; rename one of them"
        )
