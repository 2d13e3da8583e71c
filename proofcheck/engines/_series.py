"""Leads hypergeometric series to functions, and functions to series.  Untrusted."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr, I, S, Tuple, hyper

from proofcheck.identities import Inapplicable, instance
from proofcheck.identities.hypergeometric import CLOSED, POLYNOMIALS

if TYPE_CHECKING:
    from proofcheck.engines._rewriting import Rewriter

FUNCTIONS = (
    sp.airyai, sp.airybi, sp.airyaiprime, sp.airybiprime, sp.besselj, sp.besseli, sp.erf, sp.sinc,
    *POLYNOMIALS,
)  # fmt: skip


def hypergeometric(atom: Expr) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the rules that give ``atom`` a closed form."""
    upper, lower, z = atom.args
    if (len(upper), len(lower)) == (1, 0):
        return [("binomial series", (atom,))]
    known = CLOSED.get((Tuple(*upper), Tuple(*lower)))
    if known is None:
        return []
    square = {"w": None, "w**2": z, "-w**2": -z, "-w**2/4": -4 * z}[known[0]]
    roots = [z] if square is None else [root(square), I * root(-square)]
    return [("hypergeometric series in closed form", (atom, w)) for w in roots]


def root(square: Expr) -> Expr:
    """Return one of the square roots, without a root sign if there is one."""
    factors = sp.factor(square).as_powers_dict()
    if all(exponent.is_even for base, exponent in factors.items() if base.free_symbols):
        return sp.Mul(
            *(sp.sqrt(b**e) if not b.free_symbols else b ** (e / 2) for b, e in factors.items())
        )
    return sp.sqrt(square)


def as_series(rewriter: Rewriter, atoms: list[Expr]) -> None:
    """Spell equal series alike; if one is left, express the functions that have a series."""
    left = [a for a in atoms if isinstance(a, hyper)]
    if not left:
        return
    _connect(rewriter, [a for a in left if (len(a.args[0]), len(a.args[1])) == (2, 1)])
    squares = any(len(a.args[0]) == 2 and a.args[0][0] == a.args[0][1] for a in left)
    for atom in atoms:
        if isinstance(atom, sp.legendre) and squares:
            rewriter.apply("Legendre polynomial by another series", atom)
        if isinstance(atom, sp.bessely | sp.besselk):
            rewriter.apply("Bessel function by another kind", atom)
        if isinstance(atom, FUNCTIONS):
            rewriter.apply("function as a hypergeometric series", atom)
    for position, atom in enumerate(left):
        beside = [other for other in _beside(rewriter, atoms) if other not in left]
        for other in left[:position] or beside:
            if not rewriter.replaced(other) and _equal(rewriter, atom, other):
                rewriter.apply("equal hypergeometric series", atom, other)
                break
            if not rewriter.replaced(other) and _transformed(rewriter, atom, other):
                break


def _connect(rewriter: Rewriter, left: list[Expr]) -> None:
    """Apply a connection formula between three of Gauss's functions, if there is one."""
    for middle, first in permutations(left, 2) if len(left) > 2 else ():
        (a, b), (c,), z = middle.args
        for one, other in ((a, b), (b, a)):
            for kind in (1, 2, 3, 4):
                arguments = (one, other, c, z, S(kind))
                try:
                    equation = instance("connection formula", arguments)
                except Inapplicable:
                    continue
                second = equation.replacement.atoms(hyper) - {middle}
                if not _equal(rewriter, first, equation.atom) or not any(
                    _equal(rewriter, part, known) for part in second for known in left
                ):
                    continue
                if first != equation.atom:
                    rewriter.apply("equal hypergeometric series", first, equation.atom)
                if rewriter.apply("connection formula", *arguments) is not None:
                    return


def _beside(rewriter: Rewriter, atoms: list[Expr]) -> list[Expr]:
    """Return the series that functions have just been expressed by."""
    new = [rewriter.equations[a].replacement for a in atoms if isinstance(a, FUNCTIONS)
           and a in rewriter.equations]  # fmt: skip
    return sorted({part for value in new for part in value.atoms(hyper)}, key=str)


def _transformed(rewriter: Rewriter, one: Expr, other: Expr) -> bool:
    """Apply the transformation that takes one of Gauss's functions to another, if there is one."""
    kinds = (len(one.args[0]), len(one.args[1]))
    rule = {(2, 1): "linear transformation", (1, 1): "Kummer's transformation"}.get(kinds)
    if rule is None:
        return False
    for kind in (1, 2, 3):
        try:
            value = instance(rule, (one, S(kind))).replacement
        except Inapplicable:
            continue
        (moved,) = value.atoms(hyper) or (None,)
        if moved is not None and _equal(rewriter, moved, other):
            return rewriter.apply(rule, one, kind) is not None
    return False


def _equal(rewriter: Rewriter, one: Expr, other: Expr) -> bool:
    (above, below, z), (over, under, w) = one.args, other.args
    if (len(above), len(below)) != (len(over), len(under)):
        return False
    parts = zip((*above, *below, z), (*over, *under, w), strict=True)
    return all(sp.cancel(a - b) == S.Zero for a, b in parts)
