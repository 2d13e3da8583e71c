"""Partial derivatives of the functions that calculus knows, and where they hold.  Trusted.

Each entry was checked on both sides of the function's cuts; formulas are from the DLMF.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, I, Integer, Interval, Range, S, exp, log, oo, pi, sqrt

from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation

Conditions = tuple[Condition, ...]


class NotDifferentiable(Exception):
    """The table of derivatives has no entry for a function, or none that holds here."""


@dataclass(frozen=True)
class Partial:
    """The partial derivatives of a function's value by its arguments (None: not known).

    They hold where ``always`` does and ``plane`` does; if the argument is real near the point,
    ``line`` is enough instead of ``plane``; if it stays on a line through 0, ``ray`` is (None: not
    known).  With ``reals`` they hold for real arguments only.
    """

    slopes: tuple[Expr | None, ...]
    plane: Conditions = ()
    line: Conditions = ()
    always: Conditions = ()
    reals: bool = False
    ray: Conditions | None = None


def nonzero(expression: Expr) -> Condition:
    """Return ``expression != 0``."""
    return Relation(expression, "ne", S.Zero)


def unequal(expression: Expr, *values: Expr) -> Conditions:
    """Return that ``expression`` is neither of two ``values``, opposite numbers.

    That is to say that their square is not its: whichever of the two is at hand.
    """
    apart = tuple(Relation(expression, "ne", value) for value in values)
    return (AnyOf((nonzero(1 - (expression / values[0]) ** 2), AllOf(apart))),)


def off_interval(expression: Expr, *intervals: Interval) -> Conditions:
    """Return that ``expression`` lies in none of the real ``intervals``."""
    return tuple(Member(expression, interval, negated=True) for interval in intervals)


LEFT, RIGHT = Interval(-oo, -1), Interval(1, oo)
CUT = Interval(-oo, 0)


def entire(*slopes: Expr | None) -> Partial:
    """Return the entry of a function that is differentiable everywhere."""
    return Partial(slopes)


def cut_along(
    expression: Expr, slope: Expr, *cuts: Interval, line: Conditions = (), ray: Conditions = ()
) -> Partial:
    """Return the entry of a function of one argument that jumps on ``cuts``, by a constant each.

    They lie on a line through 0.  On it, and so on any line through 0, ``ray`` is enough.
    """
    return Partial((slope,), off_interval(expression, *cuts), line, ray=ray or None)


def except_zero(expression: Expr, slope: Expr, *zeros: Expr) -> Partial:
    """Return the entry of a function with poles where one of ``zeros`` vanishes."""
    return Partial((slope,), always=tuple(map(nonzero, zeros)))


def reciprocal(inner: Callable[[Expr], Partial], z: Expr) -> Partial:
    """Return the entry of ``f(1/z)`` from that of ``f``."""
    found = inner(1 / z)
    slope = found.slopes[0]
    if slope is None:
        raise ValueError("a function of one argument has a derivative")
    always = (*found.always, nonzero(z))
    return Partial((-slope / z**2,), found.plane, found.line, always, ray=found.ray)


def _asin(z: Expr) -> Partial:
    branch = (nonzero(1 - z**2),)
    return cut_along(z, 1 / sqrt(1 - z**2), LEFT, RIGHT, line=branch, ray=branch)


def _acos(z: Expr) -> Partial:
    branch = (nonzero(1 - z**2),)
    return cut_along(z, -1 / sqrt(1 - z**2), LEFT, RIGHT, line=branch, ray=branch)


def _atan(z: Expr) -> Partial:
    return cut_along(I * z, 1 / (1 + z**2), LEFT, RIGHT, ray=unequal(z, I, -I))


def _asinh(z: Expr) -> Partial:
    return cut_along(I * z, 1 / sqrt(1 + z**2), LEFT, RIGHT, ray=(nonzero(1 + z**2),))


def _acosh(z: Expr) -> Partial:
    slope = 1 / (sqrt(z - 1) * sqrt(z + 1))
    return cut_along(z, slope, Interval(-oo, 1), line=(nonzero(1 - z**2),))


def _atanh(z: Expr) -> Partial:
    branch = unequal(z, S.One, S.NegativeOne)
    return cut_along(z, 1 / (1 - z**2), LEFT, RIGHT, line=branch, ray=branch)


def _logarithmic(z: Expr, slope: Expr) -> Partial:
    return cut_along(z, slope, CUT, line=(nonzero(z),), ray=(nonzero(z),))


def _no_pole(z: Expr) -> Conditions:
    return (Member(z, Range(0, -oo, -1), negated=True),)


def _gamma(z: Expr) -> Partial:
    return Partial((sp.gamma(z) * sp.polygamma(0, z),), always=_no_pole(z))


def _polygamma(n: Expr, z: Expr) -> Partial:
    return Partial((None, sp.polygamma(n + 1, z)), always=_no_pole(z))


def _cylinder(function: type, below: int, above: int) -> Callable[[Expr, Expr], Partial]:
    """``f' = (below*f_(n-1) + above*f_(n+1))/2`` (DLMF 10.6.1, 10.29.1)."""

    def entry(n: Expr, z: Expr) -> Partial:
        slope = (below * function(n - 1, z) + above * function(n + 1, z)) / 2
        smooth = n.is_integer and function in (sp.besselj, sp.besseli)
        if smooth:
            return entire(None, slope)
        return Partial((None, slope), off_interval(z, CUT), (nonzero(z),))

    return entry


def _polylog(s: Expr, z: Expr) -> Partial:
    """Below the cut (DLMF 25.12.3)."""
    lower = {1: z / (1 - z), 2: -log(1 - z)}.get(s, sp.polylog(s - 1, z))
    branch = (nonzero(1 - z),)
    return Partial((None, lower / z), off_interval(z, RIGHT), branch, (nonzero(z),), ray=branch)


def _hyper(upper: sp.Tuple, lower: sp.Tuple, z: Expr) -> Partial:
    """DLMF 16.3.1."""
    scale = sp.Mul(*upper) / sp.Mul(*lower)
    slope = scale * sp.hyper([a + 1 for a in upper], [b + 1 for b in lower], z)
    plane: Conditions = ()
    if len(upper) == len(lower) + 1:
        plane = off_interval(z, RIGHT)
    return Partial((None, None, slope), plane, plane)


def _elliptic_f(phi: Expr, m: Expr) -> Partial:
    slope = 1 / sqrt(1 - m * sp.sin(phi) ** 2)
    return Partial((slope, None), _strip(phi, m), _modulus(phi, m))


def _elliptic_pi(n: Expr, phi: Expr, m: Expr | None = None) -> Partial | None:
    if m is None:
        return None
    square = sp.sin(phi) ** 2
    slope = 1 / ((1 - n * square) * sqrt(1 - m * square))
    inside = _strip(phi, m, n)
    return Partial((None, slope, None), inside, inside)


def _strip(phi: Expr, *parameters: Expr) -> Conditions:
    """Where an incomplete integral is analytic in phi: sin(phi) runs over a star around 0."""
    along = sp.re(phi)
    square = sp.sin(phi) ** 2
    sides = (Relation(along, "gt", -pi / 2), Relation(along, "lt", pi / 2))
    return (*sides, *(c for one in parameters for c in off_interval(one * square, RIGHT)))


def _elliptic_e(phi: Expr, m: Expr | None = None) -> Partial:
    if m is None:
        m = phi
        slope = (sp.elliptic_e(m) - sp.elliptic_k(m)) / (2 * m)
        return Partial((slope,), off_interval(m, RIGHT), off_interval(m, RIGHT), (nonzero(m),))
    slope = sqrt(1 - m * sp.sin(phi) ** 2)
    return Partial((slope, None), _strip(phi, m), _modulus(phi, m))


def _modulus(phi: Expr, m: Expr) -> Conditions:
    """Real values on all of the way from 0 to phi."""
    first = (Relation(phi, "gt", -pi / 2), Relation(phi, "lt", pi / 2))
    inside = Relation(m * sp.sin(phi) ** 2, "lt", S.One)
    return (
        Member(m, S.Reals),
        AnyOf((Relation(m, "lt", S.One), AllOf((*first, inside)))),
    )


def _elliptic_k(m: Expr) -> Partial:
    slope = (sp.elliptic_e(m) / (1 - m) - sp.elliptic_k(m)) / (2 * m)
    return Partial((slope,), off_interval(m, RIGHT), off_interval(m, RIGHT), (nonzero(m),))


def _lambert(z: Expr, branch: Expr = S.Zero) -> Partial | None:
    if branch != 0:
        return None
    w = sp.LambertW(z)
    line = (Relation(z, "gt", -exp(-1)),)
    return Partial((1 / (exp(w) * (1 + w)),), off_interval(z, Interval(-oo, -exp(-1))), line)


def _atan2(y: Expr, x: Expr) -> Partial:
    square = x**2 + y**2
    off = AnyOf((Relation(x, "gt", S.Zero), nonzero(y)))
    return Partial((x / square, -y / square), line=(off,), reals=True)


def _steps(x: Expr, *jumps: Condition) -> Partial:
    return Partial((S.Zero,), line=jumps, reals=True)


def _extremum(sign: int) -> Callable[..., Partial | None]:
    def entry(*args: Expr) -> Partial | None:
        if len(args) != 2:
            return None
        a, b = args
        tilt = sign * (a - b) / sp.Abs(a - b)
        half = Integer(1) / 2
        return Partial((half + half * tilt, half - half * tilt), line=(nonzero(a - b),), reals=True)

    return entry


def _ordered(n: Expr, z: Expr, slope: Expr, *always: Condition) -> Partial | None:
    """A polynomial of nonnegative integer degree n in z."""
    if not (n.is_integer and n.is_nonnegative):
        return None
    return Partial((None, slope), always=always)


def _chebyshevu(n: Expr, z: Expr) -> Partial | None:
    if not n.is_integer:
        return None
    slope = ((n + 1) * sp.chebyshevt(n + 1, z) - z * sp.chebyshevu(n, z)) / (z**2 - 1)
    return Partial((None, slope), always=(nonzero(1 - z**2),))


def _hypotenuse(z: Expr, slope: Expr) -> Partial:
    return Partial((slope,), always=(nonzero(z),))


TABLE: dict[type, Callable[..., Partial | None]] = {
    sp.log: lambda z: _logarithmic(z, 1 / z),
    sp.sin: lambda z: entire(sp.cos(z)),
    sp.cos: lambda z: entire(-sp.sin(z)),
    sp.tan: lambda z: except_zero(z, 1 + sp.tan(z) ** 2, sp.cos(z)),
    sp.cot: lambda z: except_zero(z, -1 - sp.cot(z) ** 2, sp.sin(z)),
    sp.sec: lambda z: except_zero(z, sp.sec(z) * sp.tan(z), sp.cos(z)),
    sp.csc: lambda z: except_zero(z, -sp.csc(z) * sp.cot(z), sp.sin(z)),
    sp.sinh: lambda z: entire(sp.cosh(z)),
    sp.cosh: lambda z: entire(sp.sinh(z)),
    sp.tanh: lambda z: except_zero(z, 1 - sp.tanh(z) ** 2, sp.cosh(z)),
    sp.coth: lambda z: except_zero(z, 1 - sp.coth(z) ** 2, sp.sinh(z)),
    sp.sech: lambda z: except_zero(z, -sp.sech(z) * sp.tanh(z), sp.cosh(z)),
    sp.csch: lambda z: except_zero(z, -sp.csch(z) * sp.coth(z), sp.sinh(z)),
    sp.asin: _asin,
    sp.acos: _acos,
    sp.atan: _atan,
    sp.asinh: _asinh,
    sp.acosh: _acosh,
    sp.atanh: _atanh,
    sp.asec: lambda z: reciprocal(_acos, z),
    sp.acsc: lambda z: reciprocal(_asin, z),
    sp.acot: lambda z: reciprocal(_atan, z),
    sp.asech: lambda z: reciprocal(_acosh, z),
    sp.acsch: lambda z: reciprocal(_asinh, z),
    sp.acoth: lambda z: reciprocal(_atanh, z),
    sp.atan2: _atan2,
    sp.Abs: lambda x: Partial((x / sp.Abs(x),), line=(nonzero(x),), reals=True),
    sp.sign: lambda x: _steps(x, nonzero(x)),
    sp.Heaviside: lambda x, half=None: Partial((S.Zero, None), line=(nonzero(x),), reals=True),
    sp.floor: lambda x: _steps(x, Member(x, S.Integers, negated=True)),
    sp.ceiling: lambda x: _steps(x, Member(x, S.Integers, negated=True)),
    sp.Max: _extremum(1),
    sp.Min: _extremum(-1),
    sp.gamma: _gamma,
    sp.factorial: lambda z: Partial(
        (sp.gamma(z + 1) * sp.polygamma(0, z + 1),), always=_no_pole(z + 1)
    ),
    sp.loggamma: lambda z: cut_along(
        z, sp.polygamma(0, z), CUT, line=(Relation(z, "gt", S.Zero),)
    ),
    sp.polygamma: _polygamma,
    sp.erf: lambda z: entire(2 * exp(-(z**2)) / sqrt(pi)),
    sp.erfc: lambda z: entire(-2 * exp(-(z**2)) / sqrt(pi)),
    sp.erfi: lambda z: entire(2 * exp(z**2) / sqrt(pi)),
    sp.sinc: lambda z: _hypotenuse(z, sp.cos(z) / z - sp.sin(z) / z**2),
    sp.Si: lambda z: entire(sp.sinc(z)),
    sp.Shi: lambda z: entire(sp.sinc(I * z)),
    sp.Ci: lambda z: _logarithmic(z, sp.cos(z) / z),
    sp.Chi: lambda z: _logarithmic(z, sp.cosh(z) / z),
    sp.Ei: lambda z: _logarithmic(z, exp(z) / z),
    sp.li: lambda z: Partial((1 / log(z),), off_interval(z, Interval(-oo, 1)), (
        Relation(z, "gt", S.Zero), nonzero(z - 1)
    )),
    sp.fresnels: lambda z: entire(sp.sin(pi * z**2 / 2)),
    sp.fresnelc: lambda z: entire(sp.cos(pi * z**2 / 2)),
    sp.airyai: lambda z: entire(sp.airyaiprime(z)),
    sp.airybi: lambda z: entire(sp.airybiprime(z)),
    sp.airyaiprime: lambda z: entire(z * sp.airyai(z)),
    sp.airybiprime: lambda z: entire(z * sp.airybi(z)),
    sp.besselj: _cylinder(sp.besselj, 1, -1),
    sp.bessely: _cylinder(sp.bessely, 1, -1),
    sp.besseli: _cylinder(sp.besseli, 1, 1),
    sp.besselk: _cylinder(sp.besselk, -1, -1),
    sp.polylog: _polylog,
    sp.hyper: _hyper,
    sp.LambertW: _lambert,
    sp.uppergamma: lambda s, z: Partial(
        (None, -(z ** (s - 1)) * exp(-z)), off_interval(z, CUT), (Relation(z, "gt", S.Zero),)
    ),
    sp.lowergamma: lambda s, z: Partial(
        (None, z ** (s - 1) * exp(-z)), off_interval(z, CUT), (Relation(z, "gt", S.Zero),)
    ),
    sp.elliptic_k: _elliptic_k,
    sp.elliptic_e: _elliptic_e,
    sp.elliptic_f: _elliptic_f,
    sp.elliptic_pi: _elliptic_pi,
    sp.chebyshevt: lambda n, z: (
        Partial((None, n * sp.chebyshevu(n - 1, z))) if n.is_integer else None
    ),
    sp.chebyshevu: _chebyshevu,
    sp.hermite: lambda n, z: _ordered(
        n, z, 2 * n * sp.hermite(n - 1, z), Relation(n, "ge", S.One)
    ),
    sp.bernoulli: lambda n, z=None: None if z is None else _ordered(
        n, z, n * sp.bernoulli(n - 1, z), Relation(n, "ge", S.One)
    ),
    sp.zeta: lambda s, a=None: None if a is None else Partial(
        (None, -s * sp.zeta(s + 1, a)), off_interval(a, CUT), (Relation(a, "gt", S.Zero),)
    ),
}  # fmt: skip


def partial(expression: Expr) -> Partial | None:
    """Return the entry of a function's value, or None where there is none."""
    entry = TABLE.get(expression.func)
    try:
        return entry(*expression.args) if entry is not None else None
    except TypeError:
        return None
