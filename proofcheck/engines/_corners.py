"""Points at which several weak assumptions hold as equations at once.  Untrusted.

A statement whose domain is a little too wide is often false only there: ``(z**a)**b = z**(a*b)``
for ``-1 <= a <= 1`` at a = -1 and negative z, ``log(a*b) = log(a) + log(b)`` for ``re(a) >= 0``
and ``re(b) >= 0`` on the imaginary axis.  Random points have no part in a corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from sympy import I, Integer, Interval, Range, oo

from proofcheck.domains import Family
from proofcheck.engines._points import Generator, Value, small_indices
from proofcheck.engines._values import q
from proofcheck.engines.base import Point

ATTEMPTS = 220
TURNS = (
    Integer(-1), -I, I, q(1, 2), Integer(-2), q(-1, 2), Integer(1), -2 * I, 2 * I, Integer(0),
)  # fmt: skip
"""Ends of branch cuts and points on them, on the axes, and fractions for exponents."""


def corners(generator: Generator, limit: int) -> Iterator[Point]:
    """Yield admissible points whose values are ends of their ranges, or among ``TURNS``."""
    if len(generator.free) < 2:
        return

    def chosen(indices: tuple[int, ...], position: int, options: Sequence[Value]) -> Value:
        variable = generator.free[position]
        if isinstance(variable, Family):
            return options[0] if options else None
        domain = generator.last_domains.get(variable.symbol)
        ends = (domain.inf, domain.sup) if isinstance(domain, Interval | Range) else ()
        inside = list(options)
        wanted = [end for end in ends if end not in (oo, -oo) and end in inside]
        wanted += [turn for turn in TURNS if turn in inside and turn not in wanted]
        index = indices[position]
        return wanted[index] if index < len(wanted) else None

    found = 0
    for indices in islice(small_indices(len(generator.free)), ATTEMPTS):
        for point in generator.assemble(partial(chosen, indices)):
            if generator.admits(point):
                yield point
                found += 1
        if found >= limit:
            return
