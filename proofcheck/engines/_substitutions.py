"""Substitutions that may take one definite integral to another.  Untrusted.

The path is spelled in the other integrand, or it is the straight one between the ends, or one
that is straight for the tangent of half the angle.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Integral, S, oo

from proofcheck.continuity import NotContinuous, bound


def paths(one: Integral, other: Integral) -> Iterator[tuple[Expr, Expr, Expr, Expr]]:
    """Yield paths in the variable of ``one``, where they start and stop, and the other integrand.

    The latter is written in the variable of the former.
    """
    try:
        x, _, low, high = bound(one)
        y, function, start, stop = bound(other)
    except NotContinuous:
        return
    if {oo, -oo} & {low, high, start, stop} or x in function.free_symbols - {y}:
        return
    function = function.xreplace({y: x})
    straight = sp.cancel(low + (high - low) * (x - start) / (stop - start))
    spelled = sorted(
        (part for part in sp.preorder_traversal(function) if usable(part, x)), key=sp.count_ops
    )
    curved = []
    if low == start == 0:  # a multiple of the tangent of half the angle
        slope = sp.tan(sp.expand(high / 2)) / sp.tan(sp.expand(stop / 2))
        curved.append(2 * sp.atan(slope * sp.tan(x / 2)))
    for path in dict.fromkeys([straight, *curved, *reversed(spelled)]):
        if path != x and ends_meet(path, x, (start, stop), (low, high)):
            yield path, start, stop, function


def usable(part: Expr, x: Expr) -> bool:
    """Tell whether a part of an integrand may be a path."""
    return isinstance(part, Expr) and x in part.free_symbols and not part.is_Atom


def ends_meet(path: Expr, x: Expr, ends: tuple[Expr, Expr], values: tuple[Expr, Expr]) -> bool:
    """Tell whether the path seems to go from one value to the other, at a point of parameters."""
    for end, value in zip(ends, values, strict=True):
        gap = path.subs(x, end) - value
        point = {s: S(3 + 2 * k) / 5 for k, s in enumerate(sorted(gap.free_symbols, key=str))}
        there = gap.subs(point)
        if not there.is_number or abs(there.evalf(20)) > S(10) ** -12:
            return False
    return True
