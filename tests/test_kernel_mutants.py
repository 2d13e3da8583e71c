"""Break the kernel one check at a time: the tests of the kernel and its steps must notice.

A mutant drops one check of the kernel, the steps, the kinks or the limits: a ``require`` or another
call that is there for its refusal, a ``raise``, a sub-goal that is yielded, one part of an ``and``
or ``or``.
Each is put into a forked child, whose parent has run the tests once and knows which of them reach
the line: no other can notice.  Run the file itself to see all of it, or ``FUNCTION...`` of it.
"""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import time
import types
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).parents[1]
MODULES = ("kernel", "steps", "kinks", "limiting", "quantified", "substitution", "covers")
TESTS = (
    "test_kernel.py",
    "test_steps.py",
    "test_steps_of_sums.py",
    "test_kinks.py",
    "test_finiteness.py",
    "test_substitution.py",
    "test_quantified.py",
    "test_boxes.py",
    "test_known_inequalities.py",
    "test_limits_at_a_point.py",
)
SECONDS = 120
EQUIVALENT = {
    "demand((need for need in needed if need not in own), context)": (
        "the rules of limits ask that the terms of their conditions are defined"
    ),
}
"""Mutants that change nothing that can be observed, by what they drop, and why."""


@dataclass(frozen=True)
class Mutant:
    """A module without one of its checks: what is dropped, where, and the source that is left."""

    module: str
    function: str
    lines: range
    name: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}.{self.function}:{self.lines.start}: {self.name}"


def mutants(module: str) -> Iterator[Mutant]:
    """Yield the mutants of a module."""
    source = (ROOT / "proofcheck" / f"{module}.py").read_text(encoding="utf-8")
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for statement in ast.walk(function):
            if isinstance(statement, ast.stmt) and statement is not function:
                for node in _own(statement):
                    for name, dropped, text in _variants(node):
                        lines = range(statement.lineno, (node.end_lineno or 0) + 1)
                        changed = _without(source, dropped, text)
                        ast.parse(changed)
                        yield Mutant(module, function.name, lines, name, changed)


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the statement and its expressions, not the statements inside it."""
    yield statement
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.match_case):
            yield from [] if child.guard is None else ast.walk(child.guard)
        elif not isinstance(child, ast.stmt | ast.ExceptHandler):
            yield from ast.walk(child)


def _variants(node: ast.AST) -> Iterator[tuple[str, ast.AST, str]]:
    """Yield what is dropped in words, the node that goes, and what takes its place."""
    text = ast.unparse(node) if isinstance(node, ast.stmt) else ""
    if isinstance(node, ast.Raise) and "Rejected" in text:
        yield text, node, "pass"
    elif isinstance(node, ast.Expr) and isinstance(
        node.value, ast.Call | ast.Yield | ast.YieldFrom
    ):
        yield text, node, "yield from ()" if "yield" in text else "pass"
    elif isinstance(node, ast.BoolOp):
        for position, part in enumerate(node.values):
            kept = [v for i, v in enumerate(node.values) if i != position]
            joint = " and " if isinstance(node.op, ast.And) else " or "
            left = joint.join(f"({ast.unparse(value)})" for value in kept)
            yield f"{ast.unparse(part)} in {ast.unparse(node)}", node, f"({left})"
    elif isinstance(node, ast.If) and any(isinstance(part, ast.Raise) for part in node.body):
        yield f"if {ast.unparse(node.test)}", node.test, "False"


def _without(source: str, node: Any, text: str) -> str:
    lines = source.splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno - 1
    head = lines[first].encode()[: node.col_offset].decode()
    tail = lines[last].encode()[node.end_col_offset :].decode()
    return "".join([*lines[:first], head + text + tail, *lines[last + 1 :]])


class Session:
    """A pytest plugin: which lines of the modules each test reaches; then the mutants, in turn."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.lines: dict[str, set[tuple[str, int]]] = {}
        self.seconds: dict[str, float] = {}
        self.count = 0
        self.alive: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        found = self.lines.setdefault(item.nodeid, set())
        names = {str(ROOT / "proofcheck" / f"{module}.py"): module for module in MODULES}

        def trace(frame: types.FrameType, event: str, argument: object) -> Any:
            module = names.get(frame.f_code.co_filename)
            if module is None:
                return None
            found.add((module, frame.f_lineno))
            return trace

        started = time.process_time()
        sys.settrace(trace)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.seconds[item.nodeid] = time.process_time() - started

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        result = yield
        if session.testsfailed:
            return result
        items = sorted(session.items, key=lambda item: self.seconds[item.nodeid])
        for mutant in chain.from_iterable(map(mutants, MODULES)):
            if self.wanted and mutant.function not in self.wanted:
                continue
            self.count += 1
            places = {(mutant.module, line) for line in mutant.lines}
            if not notices(mutant, [item for item in items if self.lines[item.nodeid] & places]):
                self.alive.append(str(mutant))
                print(mutant, file=sys.stderr, flush=True)
        return result


def functions(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield the code of every function in ``code``."""
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from functions(constant)


def put_in(mutant: Mutant) -> None:
    """Give the functions of the module, wherever they are imported to, the code of the mutant."""
    module = sys.modules[f"proofcheck.{mutant.module}"]
    compiled = compile(mutant.source, str(module.__file__), "exec")
    changed = {code.co_qualname: code for code in functions(compiled)}
    for value in list(vars(module).values()):
        for candidate in (value, *(vars(value).values() if isinstance(value, type) else ())):
            if (
                isinstance(candidate, types.FunctionType)
                and candidate.__module__ == module.__name__
            ):
                candidate.__code__ = changed.get(candidate.__qualname__, candidate.__code__)


def notices(mutant: Mutant, items: list[Any]) -> bool:
    """Tell whether one of the tests fails with the mutant; tried in a child of this process."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)  # a mutant that does not end is noticed, too
        put_in(mutant)
        reports = (runtestprotocol(item, log=False, nextitem=None) for item in items)
        os._exit(any(report.failed for report in chain.from_iterable(reports)))
    return os.waitstatus_to_exitcode(os.wait()[1]) != 0


@pytest.mark.slow
def test_every_mutant_is_noticed() -> None:
    run = [sys.executable, __file__]
    done = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=True)
    count, alive = json.loads(done.stdout.splitlines()[-1])
    unexplained = [one for one in alive if one.split(": ", 1)[1] not in EQUIVALENT]
    assert count > 100
    assert not unexplained, f"{len(unexplained)} of {count} mutants survive: {unexplained}"


if __name__ == "__main__":
    os.chdir(ROOT)
    plugin = Session(frozenset(sys.argv[1:]))
    files = [f"tests/{name}" for name in TESTS]
    status = pytest.main(["-p", "no:cacheprovider", "-p", "no:terminal", *files], [plugin])
    print(json.dumps((plugin.count, plugin.alive)))
    sys.exit(status)
