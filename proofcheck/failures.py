"""What the libraries raise when they are asked for what makes no sense, or for too much.

SymPy promises no exceptions: an expression that it cannot build, factor or integrate ends in any of
these.  Whoever asks catches them here and goes without the answer; faults of ours among them show
up as failing tests, never as a verdict.
"""

from __future__ import annotations

from mpmath.libmp import NoConvergence
from sympy.core.function import PoleError
from sympy.polys.polyerrors import BasePolynomialError

LIBRARY_ERRORS = (
    ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError,
    BasePolynomialError, NoConvergence, PoleError,
)  # fmt: skip
"""A RuntimeError is also a NotImplementedError or a RecursionError."""
