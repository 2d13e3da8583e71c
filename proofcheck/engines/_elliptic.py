"""Leads complete elliptic integrals of constant parameter to singular values.  Untrusted.

A breadth-first search over the imaginary modulus and Landen's transformations, with floating point
numbers; the rules then prove each step exactly.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr, Rational, S, sqrt

from proofcheck.identities.elliptic import SINGULAR

if TYPE_CHECKING:
    from proofcheck.engines._rewriting import Rewriter

LONGEST = 4
CLOSE = 1e-12
TARGETS: list[tuple[Expr, tuple[int, int]]] = [
    (sp.expand(1 - m) if mirrored else m, (r, mirrored))
    for r, (m, _) in SINGULAR.items()
    for mirrored in (0, 1)
]
SIXTH = {sign: (1 + sign * sp.I * sqrt(3)) / 2 for sign in (1, -1)}


def complete(rewriter: Rewriter, atom: Expr) -> None:
    """Apply the rule that takes K or E a step nearer to a known value, if there is a way."""
    if len(atom.args) != 1 or atom.args[0].free_symbols:
        return
    m = atom.args[0]
    first = isinstance(atom, sp.elliptic_k)
    path = way(m)
    if path is None:
        return
    if path:
        rewriter.apply(path[0], atom, *_witness(path[0], m))
        return
    for known, (r, mirrored) in TARGETS:
        if _near(m, known):
            if m != known:
                rewriter.apply("equal arguments", atom, known)
            rewriter.apply("elliptic integral at a singular value", 1 if first else 2, r, mirrored)
            return
    for sign, known in SIXTH.items():
        if first and _near(m, known):
            if m != known:
                rewriter.apply("equal arguments", atom, known)
            rewriter.apply("elliptic integral at a sixth root of unity", sign)


def _near(m: Expr, known: Expr) -> bool:
    try:
        return abs(complex(m) - complex(known)) < CLOSE
    except (TypeError, ValueError):
        return False


def way(m: Expr) -> list[str] | None:
    """Return the rules that lead from the parameter ``m`` to a known one, the fewest."""
    try:
        start = complex(m)
    except (TypeError, ValueError):
        return None
    known = [complex(value) for value in (*(t for t, _ in TARGETS), *SIXTH.values(), S.Zero)]
    queue: deque[tuple[complex, list[str]]] = deque([(start, [])])
    while queue:
        here, path = queue.popleft()
        if any(abs(here - value) < CLOSE for value in known):
            return path
        if len(path) < LONGEST:
            queue.extend((value, [*path, name]) for name, value in _moves(here))
    return None


def _moves(m: complex) -> list[tuple[str, complex]]:
    if m.imag == 0 and m.real >= 1:
        return []
    root = (1 - m) ** 0.5
    found = [("imaginary modulus", m / (m - 1))]
    if m.imag == 0 and m.real > 0:
        modulus = m**0.5
        found.append(("ascending Landen transformation", 4 * modulus / (1 + modulus) ** 2))
    found.append(("descending Landen transformation", ((1 - root) / (1 + root)) ** 2))
    return found


def _witness(rule: str, m: Expr) -> tuple[Any, ...]:
    if rule == "imaginary modulus":
        return ()
    square = m if rule == "ascending Landen transformation" else 1 - m
    return (sp.sqrtdenest(sqrt(sp.radsimp(sp.expand(square)))),)


def incomplete(atom: Expr) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the rules to try for an incomplete integral of constant parameter."""
    phi, m = atom.args[-2:]
    if m == 0:
        return [("elliptic integral of parameter zero", (atom,))]
    if m == 1:
        return [("incomplete elliptic integral of parameter one", (atom,))]
    if not m.free_symbols and not phi.free_symbols and m.is_real and m > Rational(1):
        return [("reciprocal modulus", (atom,))]
    return []
