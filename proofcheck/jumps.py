"""What SymPy makes of a function that is odd but for one point.  Trusted.

SymPy takes ``acot`` and ``acoth`` for odd functions, and writes ``acot(1 - x)`` as ``-acot(x - 1)``
on its own.  At zero they are not: ``acot(0)`` is ``pi/2`` and ``acoth(0)`` is ``I*pi/2``.
"""

from __future__ import annotations

from typing import Any

from sympy import Eq, Mul, Piecewise, S, acot, acoth

ODD_BUT_AT_ZERO = (acot, acoth)


def faithful(function: Any, *arguments: Any) -> Any:
    """Return ``function(*arguments)``, with its own value where SymPy lets another one stand.

    >>> from sympy.abc import x
    >>> faithful(acot, -x)
    Piecewise((pi/2, Eq(x, 0)), (-acot(x), True))
    >>> faithful(acot, x)
    acot(x)
    """
    value = function(*arguments)
    if function not in ODD_BUT_AT_ZERO or not arguments[0].free_symbols or arguments[0].is_nonzero:
        return value
    parts = list(Mul.make_args(value))
    place = next((i for i, part in enumerate(parts) if isinstance(part, ODD_BUT_AT_ZERO)), None)
    if place is None:
        return value
    term = parts[place]
    parts[place] = term.func(S.Zero)
    if Mul(*parts) == function(S.Zero):
        return value
    return Piecewise((function(S.Zero), Eq(term.args[0], 0)), (value, True))
