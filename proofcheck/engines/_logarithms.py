"""Finds multiplicative relations between constants under logarithms.  Untrusted.

An integer relation of the logarithms, found numerically (PSLQ: H. Ferguson, D. Bailey, S. Arno,
1999), is proved afterwards as an equation between the constants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import mpmath
from sympy import Expr, Integer, log

if TYPE_CHECKING:
    from proofcheck.engines._rewriting import Rewriter

DIGITS = 60
LARGEST_COEFFICIENT = 24
MOST = 8
PRIMES = (Integer(2), Integer(3), Integer(5))


def relate(rewriter: Rewriter, atoms: list[Expr]) -> None:
    """Express logarithms of positive constants by those of others."""
    arguments = [a.args[0] for a in atoms if isinstance(a, log) and not a.args[0].free_symbols][
        :MOST
    ]
    others = [b for b in arguments if not b.is_Integer]
    if not others:
        return
    basis = [b for b in arguments if b.is_Integer]
    basis += [p for p in PRIMES if p not in basis]
    with mpmath.workdps(DIGITS):
        values = {b: _logarithm(b) for b in (*basis, *others)}
        for argument in others:
            if values[argument] is None:
                continue
            known = [values[argument], *(values[b] for b in basis)]
            found = mpmath.pslq(known, maxcoeff=LARGEST_COEFFICIENT, maxsteps=2000)
            if found is None or not found[0]:
                basis.append(argument)
                continue
            sign = -1 if found[0] > 0 else 1
            pairs = [(b, sign * n) for b, n in zip(basis, found[1:], strict=True) if n]
            flat = [part for pair in pairs for part in pair]
            degree = abs(found[0])
            rule = "logarithm of a multiplicative relation"
            if rewriter.apply(rule, argument, degree, *flat) is None:
                basis.append(argument)


def _logarithm(argument: Expr) -> mpmath.mpf | None:
    value = mpmath.mpmathify(argument.evalf(DIGITS))
    if isinstance(value, mpmath.mpc) or not value > 0:
        return None
    return mpmath.log(value)
