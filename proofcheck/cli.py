"""The command line: arguments, commands and exit statuses.  SymPy is imported by commands only."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from proofcheck import config, scaffold, session
from proofcheck.errors import InternalFault, ProofcheckError, UsageError
from proofcheck.record import Record
from proofcheck.reports import jsonfile
from proofcheck.reports.terminal import Terminal

FINE, UNEXPECTED, USAGE, FAULT, NOTHING, INTERRUPTED = 0, 1, 2, 3, 5, 130
WORTH_WARMING = 4
"""From so many claims on, the process that forks them all prepares what each of them needs."""

STATUSES = """exit status:
  0    every claim came out as expected
  1    some claim did not
  2    wrong usage, a malformed setting, or a claim module that cannot be imported
  3    a fault of proofcheck itself
  5    nothing to check
"""

WHAT = (
    "WHAT is an identifier (problem_set_3/closed_form), an assignment (problem_set_3), a claim's "
    "own name, a ref (ps3-J0), a path (claims/problem_set_3/derivative.py) or a glob "
    "('*/closed_*')."
)


def run() -> int:
    """Run the command line in a Python whose results do not change from one start to the next.

    SymPy goes through sets of strings, whose order depends on the seed of their hashes.
    """
    if os.environ.get("PYTHONHASHSEED", "random") == "random":
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return main()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parsed = parser().parse_args(arguments)
    try:
        settings = _settings(parsed)
        match parsed.command:
            case "new":
                return _new(parsed, settings)
            case "list":
                return _list(parsed, settings)
            case _:
                return _check(parsed, settings)
    except InternalFault as fault:
        return _complain(f"a fault of proofcheck itself: {fault}", FAULT)
    except ProofcheckError as error:
        return _complain(str(error), USAGE)
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:  # the reader, for instance `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except ModuleNotFoundError as error:
        return _complain(
            f"the package {error.name} is missing: activate the virtual environment that "
            "proofcheck was installed into, or install it with `python -m pip install -e .`",
            USAGE,
        )
    except Exception:  # a traceback and status 1 would look like a claim that is false
        traceback.print_exc()
        return _complain("a fault of proofcheck itself, see above", FAULT)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--claims", metavar="DIR", help="the folder of assignments (claims)")
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument(
        "-k",
        dest="keyword",
        metavar="EXPR",
        help="only what EXPR matches, for instance 'norm and not sum'",
    )
    how = argparse.ArgumentParser(add_help=False)
    how.add_argument("--json", metavar="FILE", help="write the records to FILE, - for stdout")
    how.add_argument("--timeout", type=float, metavar="SECONDS", help="for each claim (60)")
    how.add_argument("--jobs", type=int, metavar="N", help="claims at once (the cores)")
    how.add_argument("--memory", type=int, metavar="MIB", help="for each claim (2048)")
    how.add_argument("--seed", type=int, metavar="N", help="of the sampling (0)")
    how.add_argument(
        "--strict",
        action="store_true",
        default=None,
        help="what no certificate backs (basis cas) counts as supported",
    )
    how.add_argument(
        "--require",
        choices=["supported", "proved"],
        help="the weakest verdict that passes (supported)",
    )
    how.add_argument(
        "-x",
        dest="first",
        action="store_true",
        help="stop at the first claim that does not come out as expected",
    )
    how.add_argument("-v", "--verbose", action="store_true", help="say more about each claim")

    whole = argparse.ArgumentParser(
        prog="proofcheck",
        description="Checks the steps of pencil-and-paper proofs: is each one true, how firmly is "
        "that known, and where does it fail if it is false.",
        epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"proofcheck {installed()}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands.add_parser(
        "all", parents=[where, which, how], help="check every claim of every assignment"
    )
    check = commands.add_parser(
        "check", parents=[where, which, how], help="check some claims", description=WHAT
    )
    check.add_argument("what", nargs="+", metavar="WHAT")
    check.add_argument(
        "--at",
        action="append",
        metavar="POINT",
        help="compute both sides of one claim at an exact point, for instance --at theta=pi/3,n=2",
    )
    listing = commands.add_parser("list", parents=[where, which], help="list the claims")
    listing.add_argument("what", nargs="*", metavar="WHAT", help="only these")
    explain = commands.add_parser(
        "explain", parents=[where, how], help="check one claim and show every obligation"
    )
    explain.add_argument("what", nargs=1, metavar="ID")
    new = commands.add_parser("new", parents=[where], help="write the template of a new claim")
    new.add_argument("identifier", metavar="ASSIGNMENT/CLAIM")
    return whole


def installed() -> str:
    """Return the version of the installed distribution."""
    try:
        return version("proofcheck")
    except PackageNotFoundError:
        return "(not installed)"


def point(texts: Sequence[str]) -> dict[str, str]:
    """Return the assignments of ``--at``: "theta=pi/3,n=2" gives theta and n.

    Raises:
        UsageError: a part is no assignment, or a name occurs twice.
    """
    found: dict[str, str] = {}
    for part in (part for text in texts for part in _outer_parts(text)):
        name, sign, value = (word.strip() for word in part.partition("="))
        if not (sign and name and value):
            raise UsageError(f"--at {part.strip()!r}: write name=value, for instance theta=pi/3")
        if name in found:
            raise UsageError(f"--at gives {name} twice: {found[name]} and {value}")
        found[name] = value
    return found


def _outer_parts(text: str) -> list[str]:
    """Split at the commas that stand in no brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _settings(parsed: argparse.Namespace) -> config.Config:
    settings = config.load(Path.cwd())
    given = {
        key: value
        for key in ("timeout", "jobs", "memory", "seed", "strict", "require")
        if (value := getattr(parsed, key, None)) is not None
    }
    for key, value in given.items():
        if not config.acceptable(key, value):
            raise UsageError(f"--{key} {value}: write {config.EXPLANATIONS[key].split(',')[0]}")
    settings = replace(settings, **given)
    return replace(settings, claims=Path(parsed.claims)) if parsed.claims else settings


def _new(parsed: argparse.Namespace, settings: config.Config) -> int:
    module = scaffold.create(settings.claims, parsed.identifier)
    option = f" --claims {parsed.claims}" if parsed.claims else ""
    print(f"wrote {module}; now: python -m proofcheck check {parsed.identifier}{option}")
    return FINE


def _list(parsed: argparse.Namespace, settings: config.Config) -> int:
    gathered = session.gather(settings, parsed.what, parsed.keyword)
    rows = [
        (one.id, one.ref or "", one.expected or "", f"{one.file}:{one.line}")
        for one in gathered.chosen
    ]
    widths = [max((len(cell) for cell in column), default=0) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True) if width)
        print("  ".join(cells).rstrip())
    return _status(gathered, FINE, settings)


def _check(parsed: argparse.Namespace, settings: config.Config) -> int:
    names = getattr(parsed, "what", [])
    at = point(parsed.at) if getattr(parsed, "at", None) else None
    with _importing():
        gathered = session.gather(settings, names, getattr(parsed, "keyword", None))
    if not gathered.chosen:
        return _status(gathered, FINE, settings)
    if at is not None or parsed.command == "explain":
        _refuse_several("explain" if at is None else "--at", names, gathered.chosen)
    with _importing():
        from proofcheck import checker  # imports SymPy
    options = checker.CheckOptions(
        timeout=settings.timeout - min(2.0, settings.timeout / 5),
        seed=settings.seed,
        strict=settings.strict,
    )
    if at is None and len(gathered.chosen) >= WORTH_WARMING:
        checker.warm()
    stream = sys.stderr if parsed.json == "-" else sys.stdout
    repeated = ["--claims", parsed.claims] if parsed.claims else []
    terminal = Terminal.of(stream, parsed.verbose, repeated)
    if at is not None:
        gathered = replace(gathered, used=())
        terminal = replace(terminal, style="point")
    elif parsed.command == "explain":
        terminal = replace(terminal, style="explanation")
    run = session.Session(gathered, settings, terminal, parsed.first)
    if at is None:
        run.run(lambda one: checker.check(one.claim, options))
    else:
        run.run(lambda one: checker.replay(one.claim, at, options))
    if parsed.json:
        _write_json(parsed.json, run.results, gathered)
    status = FINE if all(record.as_expected for record in run.results) else UNEXPECTED
    if at is not None:
        status = _status_at(run.results)
    if any(record.fault for record in run.records.values()):
        status = FAULT
    if run.outcome.interrupted:
        status = INTERRUPTED
    return _status(gathered, status, settings)


@contextlib.contextmanager
def _importing() -> Iterator[None]:
    # What is imported stays: there is nothing to collect, and looking for it takes long.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _status_at(results: Sequence[Record]) -> int:
    """Return the status of a look at one point: where the sides agree, nothing is the matter."""
    for record in results:
        if record.verdict == "error":
            raise UsageError(record.reason or f"{record.id} has no value there")
        if record.verdict not in ("proved", "supported", record.expected):
            return UNEXPECTED
    return FINE


def _refuse_several(option: str, names: Sequence[str], chosen: Sequence[Record]) -> None:
    if len(chosen) > 1:
        meant = ", ".join(record.id for record in chosen[:4]) + ", ..." * (len(chosen) > 4)
        raise UsageError(
            f"{option} needs a single claim, and {' '.join(names)} means {len(chosen)}: {meant}"
        )


def _write_json(file: str, results: Sequence[Record], gathered: session.Gathered) -> None:
    text = jsonfile.document(results, [str(error) for error in gathered.errors])
    if file == "-":
        sys.stdout.write(text)
        return
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"--json {file}: cannot be written: {error.strerror}") from error


def _status(gathered: session.Gathered, status: int, settings: config.Config) -> int:
    """Complain about modules that cannot be imported, and return the gravest status."""
    sys.stdout.flush()
    for error in gathered.errors:
        _complain(str(error), USAGE)
    if gathered.errors:
        status = max(status, USAGE, key=(FINE, UNEXPECTED, USAGE, FAULT, INTERRUPTED).index)
    elif not gathered.chosen:
        return _complain(f"nothing to check in {settings.claims}", NOTHING)
    return status


def _complain(message: str, status: int) -> int:
    print(f"proofcheck: error: {message}", file=sys.stderr)
    return status
