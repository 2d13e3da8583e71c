"""The words of the language of statements: every function, constant and set that exists in it.

What is not listed here cannot be named by a statement from outside; see :mod:`notation`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import sympy
from sympy import Expr, Mul, Pow, Set

from proofcheck.relations import Operator

ARITIES: dict[int, tuple[int, ...]] = {
    1: (1,), 2: (2,), 3: (3,), 4: (4,), 12: (1, 2), 13: (1, 2, 3), 23: (2, 3), 0: tuple(range(1, 9))
}  # fmt: skip
NAMES = {
    1: """sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh
        acosh atanh acoth asech acsch exp sqrt cbrt Abs sign re im conjugate arg floor ceiling frac
        gamma loggamma digamma trigamma factorial factorial2 subfactorial catalan lucas sinc
        erf erfc erfi erfinv erfcinv Ei Si Ci Shi Chi li Li fresnels fresnelc
        airyai airybi airyaiprime airybiprime dirichlet_eta elliptic_k
        primepi totient reduced_totient mobius primenu primeomega partition""",
    2: """atan2 real_root root Mod beta polygamma polylog FallingFactorial RisingFactorial ff rf
        binomial expint erf2 lowergamma uppergamma elliptic_f chebyshevt chebyshevu legendre
        hermite hermite_prob laguerre besselj bessely besseli besselk hankel1 hankel2 jn yn hn1 hn2
        KroneckerDelta""",
    3: "assoc_legendre assoc_laguerre gegenbauer lerchphi",
    4: "jacobi betainc betainc_regularized Ynm",
    12: """log LambertW zeta stieltjes harmonic bernoulli euler genocchi fibonacci tribonacci
        elliptic_e divisor_sigma Heaviside""",
    13: "bell",
    23: "elliptic_pi",
    0: "Max Min gcd lcm",
}
FUNCTIONS: dict[str, tuple[Callable[..., Any], tuple[int, ...]]] = {
    name: (getattr(sympy, name), ARITIES[key])
    for key, names in NAMES.items()
    for name in names.split()
}
SEQUENCES = (
    sympy.fibonacci, sympy.lucas, sympy.tribonacci, sympy.bell, sympy.totient, sympy.mobius,
    sympy.partition,
)  # fmt: skip
"""Functions whose first argument is an integer wherever they have a value."""

CONSTANTS: dict[str, Expr] = {
    name: getattr(sympy, name)
    for name in ("pi", "E", "I", "oo", "EulerGamma", "Catalan", "GoldenRatio")
}
SETS: dict[str, Set] = {
    "Integers": sympy.S.Integers,
    "Naturals": sympy.S.Naturals,
    "Naturals0": sympy.S.Naturals0,
    "Rationals": sympy.S.Rationals,
    "Reals": sympy.S.Reals,
    "Complexes": sympy.S.Complexes,
}
SET_BUILDERS: dict[str, Callable[..., Set]] = {
    "Interval": sympy.Interval,
    "Interval.open": sympy.Interval.open,
    "Interval.Lopen": sympy.Interval.Lopen,
    "Interval.Ropen": sympy.Interval.Ropen,
    "Range": sympy.Range,
    "FiniteSet": sympy.FiniteSet,
}
COMPARISONS: dict[type[ast.cmpop], Operator] = {
    ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge",
}  # fmt: skip
BINDERS = ("Sum", "Product", "Integral", "Derivative", "Limit", "Subs")
TOTAL = (
    sympy.exp, sympy.sin, sympy.cos, sympy.sinh, sympy.cosh, sympy.Abs, sympy.sign, sympy.re,
    sympy.im, sympy.conjugate, sympy.asin, sympy.acos, sympy.asinh, sympy.acosh, sympy.floor,
    sympy.ceiling, sympy.sinc, sympy.erf, sympy.erfc, sympy.erfi, sympy.Max, sympy.Min,
    sympy.Si, sympy.Shi, sympy.chebyshevt, sympy.chebyshevu, sympy.legendre, sympy.hermite,
)  # fmt: skip
"""Functions that are defined for all arguments, so that losing one hides nothing."""


def partial_terms(expr: Expr) -> frozenset[Expr]:
    """Return the parts of ``expr`` that may be undefined: denominators and partial functions."""
    found: set[Expr] = set()
    for term in sympy.preorder_traversal(expr):
        if not getattr(term, "free_symbols", None):
            continue
        if isinstance(term, Pow):
            # 1/(x*y) becomes 1/x*1/y, and 1/(y - x) -1/(x - y): compare factors up to sign.
            if not term.exp.is_nonnegative and not term.base.is_nonzero:
                factors = [part.as_base_exp()[0] for part in Mul.make_args(term.base)]
                found |= {
                    max(factor, -factor, key=sympy.default_sort_key)
                    for factor in factors
                    if not factor.is_nonzero
                }
        elif isinstance(term, sympy.Function) and not _total(term):
            found.add(term)
    return frozenset(found)


def _total(term: sympy.Function) -> bool:
    argument = term.args[0]
    if isinstance(term, sympy.log):
        return argument.is_nonzero is True
    if isinstance(term, sympy.atan | sympy.acot):
        return argument.is_extended_real is True
    if isinstance(term, sympy.gamma | sympy.loggamma | sympy.digamma):
        return argument.is_positive is True
    return isinstance(term, TOTAL)
