"""Asking z3 and cvc5 whether polynomial constraints have a real solution.  Untrusted.

Each question is asked in a forked process of its own, under limits of time and memory, so that a
solver may hang, crash or eat the memory and has then just said nothing.  What it may work is
counted in its own steps and in seconds of the processor, which do not depend on how busy the
machine is; the clock is a backstop.
The solvers are imported in that process only: 0.1 s and 50 MiB, where nobody asks, nothing.

z3: D. Jovanovic, L. de Moura, "Solving Non-linear Arithmetic", IJCAR 2012 (nlsat).
cvc5: E. Abraham, J. Davenport, M. England, G. Kremer, "Deciding the consistency of non-linear real
arithmetic constraints with a conflict driven search using cylindrical algebraic coverings", Journal
of Logical and Algebraic Methods in Programming 119 (2021).
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from proofcheck.engines._formulas import Script

Said = Literal["unsat", "sat", "unknown"]
Name = Literal["z3", "cvc5"]

Z3_STEPS = 3_000_000
CVC5_STEPS = 200_000
MEBIBYTES = 1024
PATIENCE = 3


@dataclass(frozen=True)
class Root:
    """The root of a polynomial with this number, counted from the left from 0.

    ``coefficients`` are integers, that of the constant first.
    """

    coefficients: tuple[int, ...]
    number: int


Value = tuple[int, int] | Root


@dataclass(frozen=True)
class Answer:
    """What a solver said; ``model`` has a fraction or a root for each name that it mentions."""

    said: Said
    model: tuple[tuple[str, Value], ...] = ()


NOTHING = Answer("unknown")


@lru_cache(maxsize=8)
def installed(solver: Name) -> bool:
    """Tell whether a solver can be imported."""
    return importlib.util.find_spec(solver) is not None


@lru_cache(maxsize=256)
def ask(solver: Name, script: Script, seconds: float) -> Answer:
    """Return what ``solver`` says of ``script``.

    It may use so many seconds of the processor.
    """
    if not installed(solver):
        return NOTHING
    work: Callable[[], Answer] = {
        "z3": lambda: _ask_z3(script),
        "cvc5": lambda: _ask_cvc5(script),
    }[solver]
    return _decoded(_apart(lambda: _encoded(work()), seconds))


def _apart(work: Callable[[], bytes], seconds: float) -> bytes:
    """Return what ``work`` returns in a forked process, nothing if that does not end well.

    It gets ``seconds`` of the processor.
    """
    answers, end = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(answers)
            _confine(seconds)
            data = work()
            while data:
                data = data[os.write(end, data) :]
        finally:
            os._exit(0)
    os.close(end)
    found = bytearray()
    try:
        deadline = time.monotonic() + PATIENCE * seconds
        while (left := deadline - time.monotonic()) > 0:
            if select.select([answers], [], [], left)[0]:
                data = os.read(answers, 1 << 16)
                if not data:
                    return bytes(found)
                found += data
        return b""
    finally:
        os.close(answers)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _confine(seconds: float) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    signal.signal(signal.SIGPROF, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds),) * 2)
    limit = MEBIBYTES << 20
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _encoded(answer: Answer) -> bytes:
    model = [
        [name, *([list(v.coefficients), v.number] if isinstance(v, Root) else v)]
        for name, v in answer.model
    ]
    return json.dumps([answer.said, model]).encode()


def _decoded(data: bytes) -> Answer:
    try:
        said, model = json.loads(data)
        values = tuple(
            (name, Root(tuple(one), two) if isinstance(one, list) else (one, two))
            for name, one, two in model
        )
        return Answer(said, values) if said in ("unsat", "sat") else NOTHING
    except (ValueError, TypeError):
        return NOTHING


def _ask_z3(script: Script) -> Answer:
    import z3

    solver = z3.Tactic("qfnra-nlsat").solver()
    solver.set("rlimit", Z3_STEPS)
    solver.from_string(script.text())
    said = solver.check()
    if said == z3.unsat:
        return Answer("unsat")
    if said != z3.sat:
        return NOTHING
    model = solver.model()
    values = {one.name(): _value(model[one]) for one in model.decls()}
    return Answer("sat", tuple((k, v) for k, v in values.items() if v is not None))


def _value(value: Any) -> Value | None:
    import z3

    if z3.is_rational_value(value):
        return value.numerator_as_long(), value.denominator_as_long()
    if z3.is_algebraic_value(value):
        fractions = [one.as_fraction() for one in value.poly()]
        scale = 1
        for one in fractions:
            scale *= one.denominator
        return Root(tuple(int(one * scale) for one in fractions), value.index() - 1)
    return None


def _ask_cvc5(script: Script) -> Answer:
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    solver.setOption("rlimit", str(CVC5_STEPS))
    solver.setOption("nl-cov", "true")
    parser = cvc5.InputParser(solver)
    text = f"(set-logic QF_NRA)\n{script.text()}"
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "question")
    symbols = parser.getSymbolManager()
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, symbols)
    result = solver.checkSat()
    return Answer("unsat" if result.isUnsat() else "sat" if result.isSat() else "unknown")
