"""Break the kernel one check at a time: the tests of the kernel and its steps must notice.

A mutant drops one check of ``kernel.py`` or ``steps.py``: a ``require`` or another call that is
there for its refusal, a ``raise``, a sub-goal that is yielded, or one part of an ``and`` or ``or``.
Each runs in a child of its own, on a copy of the package.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = ("kernel", "steps")
TESTS = ("test_steps.py", "test_kernel.py")
EQUIVALENT: dict[str, str] = {}
"""Mutants that change nothing that can be observed, by what they drop, and why."""

RUNNER = """
import json, os, sys, time
sys.dont_write_bytecode = True
folder, tests, jobs = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
import pytest, sympy, flint, _pytest.assertion.rewrite  # shared by all children
import sympy.sets.fancysets, sympy.polys.rootoftools
plan = json.load(open(folder + "/plan.json"))
running, results = {}, {}

def reap():
    pid, status = os.wait()
    name = running.pop(pid)
    results[name] = os.waitstatus_to_exitcode(status)
    print(name, results[name], file=sys.stderr, flush=True)

for name in plan:
    while len(running) >= jobs:
        reap()
    pid = os.fork()
    if pid == 0:
        import signal
        signal.alarm(600)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1), os.dup2(null, 2)
        sys.path[:0] = [f"{folder}/{name}", os.path.dirname(tests[0])]
        code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--rootdir", folder, *tests])
        os._exit(int(code))
    running[pid] = name
while running:
    reap()
print(json.dumps(results))
"""


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Yield what is dropped, and the source without it."""
    tree = ast.parse(source)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            for name, dropped in _variants(node):
                place = f"{function.name}:{getattr(node, 'lineno', 0)}: {name}"
                yield place, _without(source, dropped[0], dropped[1])


def _variants(node: ast.AST) -> Iterator[tuple[str, tuple[ast.AST, str]]]:
    if isinstance(node, ast.Raise) and node.exc is not None and "Rejected" in ast.unparse(node):
        yield ast.unparse(node), (node, "pass")
    elif isinstance(node, ast.Expr) and isinstance(
        node.value, ast.Call | ast.Yield | ast.YieldFrom
    ):
        yield ast.unparse(node), (node, "yield from ()" if "yield" in ast.unparse(node) else "pass")
    elif isinstance(node, ast.BoolOp):
        for position, part in enumerate(node.values):
            kept = [v for i, v in enumerate(node.values) if i != position]
            joint = " and " if isinstance(node.op, ast.And) else " or "
            text = joint.join(f"({ast.unparse(value)})" for value in kept)
            yield f"{ast.unparse(part)} in {ast.unparse(node)}", (node, f"({text})")
    elif isinstance(node, ast.If) and any(isinstance(part, ast.Raise) for part in node.body):
        yield f"if {ast.unparse(node.test)}", (node.test, "False")


def _without(source: str, node: ast.AST, text: str) -> str:
    lines = source.splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno - 1  # type: ignore[attr-defined]
    head = lines[first].encode()[: node.col_offset].decode()  # type: ignore[attr-defined]
    tail = lines[last].encode()[node.end_col_offset :].decode()  # type: ignore[attr-defined]
    return "".join([*lines[:first], head + text + tail, *lines[last + 1 :]])


def survivors(folder: Path) -> tuple[list[str], int]:
    """Return the mutants that the tests do not notice, and how many there are."""
    plan: dict[str, str] = {"original": "original"}
    shutil.copytree(ROOT / "proofcheck", folder / "original" / "proofcheck")
    for module in MODULES:
        path = ROOT / "proofcheck" / f"{module}.py"
        for name, mutated in mutants(path.read_text(encoding="utf-8")):
            ast.parse(mutated)
            key = f"m{len(plan)}"
            plan[key] = f"{module}.{name}"
            package = folder / key / "proofcheck"
            package.mkdir(parents=True)
            for part in (folder / "original" / "proofcheck").iterdir():
                if part.name not in (f"{module}.py", "__pycache__"):
                    os.symlink(part, package / part.name)
            (package / f"{module}.py").write_text(mutated, encoding="utf-8")
    (folder / "plan.json").write_text(json.dumps(list(plan)))
    tests = json.dumps([str(ROOT / "tests" / name) for name in TESTS])
    jobs = str(max(1, min(os.cpu_count() or 1, 4)))
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, str(folder), tests, jobs],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=folder,
    )
    results = json.loads(done.stdout.splitlines()[-1])
    assert results.pop("original") == 0, "the tests fail without a mutation"
    del plan["original"]
    alive = [plan[key] for key, code in results.items() if code == 0]
    return [one for one in alive if one.split(": ", 1)[1] not in EQUIVALENT], len(plan)


@pytest.mark.slow
def test_every_mutant_is_noticed(tmp_path: Path) -> None:
    alive, count = survivors(tmp_path)
    assert count > 100
    assert not alive, f"{len(alive)} of {count} mutants survive:\n" + "\n".join(alive)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        left, number = survivors(Path(place))
    print(f"{number} mutants, {number - len(left)} killed", *left, sep="\n")
