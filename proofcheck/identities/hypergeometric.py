"""Rewrite rules between hypergeometric series, sums and special functions.  Trusted.

On the cut of ``2F1``, from 1 to infinity, no rule is claimed: its value there is a convention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sympy as sp
from sympy import Expr, Integer, Interval, Rational, S, Sum, Tuple, exp, gamma, hyper, oo, pi, sqrt

from proofcheck.hypergeometric import NotHypergeometric, no_pole, recognised, terms
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    nonnegative,
    nonzero,
    still_defined,
    unless_true,
)
from proofcheck.relations import AnyOf, Condition, Member, Relation

HYPERGEOMETRIC = Registry()
rule = HYPERGEOMETRIC.rule
HALF, THIRD = S.Half, Rational(1, 3)


def off_cut(z: Expr) -> Condition:
    """Return the condition that ``z`` is not on the cut from 1 to infinity."""
    return Member(z, Interval(1, oo), negated=True)


def series(upper: Iterable[Any], lower: Iterable[Any], z: Expr) -> Expr:
    """Return a pFq; SymPy puts its parameters in order."""
    return hyper(Tuple(*upper), Tuple(*lower), z)


@rule("sum as a hypergeometric series")
def sum_as_series(atom: Expr) -> Equation:
    """A sum whose summands have a rational ratio, by the first of them (DLMF 16.2.1).

    Or a sum of several such sums, each of which converges.
    """
    demand(isinstance(atom, Sum), f"{atom} is no sum")
    value: Expr = S.Zero
    conditions: list[Condition] = []
    try:
        for single in terms(atom):
            found = recognised(single)
            parts = (*found.upper, *found.lower, found.argument)
            value += found.first * series(found.upper, found.lower, found.argument)
            conditions += unless_true(found.conditions)
            conditions += still_defined(atom, found.first, *parts)
    except NotHypergeometric as problem:
        raise Inapplicable(str(problem)) from problem
    return Equation(atom, 1, value, tuple(conditions))


@rule("equal hypergeometric series")
def equal_series(atom: Expr, other: Expr) -> Equation:
    """Two pFq whose parameters and arguments are equal, one by one."""
    demand(isinstance(atom, hyper) and isinstance(other, hyper), "two hypergeometric series")
    (above, below, z), (over, under, w) = atom.args, other.args
    demand((len(above), len(below)) == (len(over), len(under)), "of different kinds")
    pairs = [*zip(above, over, strict=True), *zip(below, under, strict=True), (z, w)]
    equal = [Relation(a, "eq", b) for a, b in pairs if a != b]
    return Equation(atom, 1, other, (*unless_true(equal), *still_defined(atom, *over, *under, w)))


# Series in closed form: lower and upper parameters, and a function of ``w`` with its argument

ARGUMENTS: dict[str, Callable[[Expr], Expr]] = {
    "w": lambda w: w,
    "w**2": lambda w: w**2,
    "-w**2": lambda w: -(w**2),
    "-w**2/4": lambda w: -(w**2) / 4,
    "w**2/4": lambda w: w**2 / 4,
}
CLOSED: dict[tuple[Tuple, Tuple], tuple[str, Callable[[Expr], Expr], bool, bool]] = {
    (Tuple(), Tuple()): ("w", exp, False, False),
    (Tuple(), Tuple(HALF)): ("-w**2/4", sp.cos, False, False),
    (Tuple(), Tuple(3 * HALF)): ("-w**2/4", lambda w: sp.sin(w) / w, True, False),
    (Tuple(HALF), Tuple(3 * HALF)): (
        "-w**2", lambda w: sqrt(pi) * sp.erf(w) / (2 * w), True, False,
    ),
    (Tuple(1, 1), Tuple(2)): ("w", lambda w: -sp.log(1 - w) / w, True, True),
    (Tuple(HALF, HALF), Tuple(3 * HALF)): ("w**2", lambda w: sp.asin(w) / w, True, True),
    (Tuple(HALF, 1), Tuple(3 * HALF)): ("-w**2", lambda w: sp.atan(w) / w, True, True),
    (Tuple(HALF, HALF), Tuple(1)): ("w", lambda m: 2 * sp.elliptic_k(m) / pi, False, True),
    (Tuple(-HALF, HALF), Tuple(1)): ("w", lambda m: 2 * sp.elliptic_e(m) / pi, False, True),
}  # fmt: skip
"""The argument in ``w``, the function of ``w``, whether w must not be zero, whether it has a cut.

DLMF 15.4.1-6, 7.11.1, 19.5.1-2; ``sin(w)/w`` is even, so that the choice of ``w`` does not matter,
and so are the others of ``w**2``; off the cut their principal branches agree near zero.
"""


@rule("hypergeometric series in closed form")
def closed_form(atom: Expr, w: Expr) -> Equation:
    """A pFq of the table as a function of ``w``, a root of its argument."""
    demand(isinstance(atom, hyper), f"{atom} is no hypergeometric series")
    upper, lower, z = (*(Tuple(*ps) for ps in atom.args[:2]), atom.args[2])
    if (upper, lower) not in CLOSED:
        raise Inapplicable(f"nothing is known of {atom}")
    name, function, pole, cut = CLOSED[upper, lower]
    conditions: list[Condition] = [Relation(z, "eq", ARGUMENTS[name](w))]
    conditions += [nonzero(w)] if pole else []
    conditions += [off_cut(z)] if cut else []
    return Equation(atom, 1, function(w), (*unless_true(conditions), *still_defined(atom, w)))


@rule("binomial series")
def binomial_series(atom: Expr) -> Equation:
    """``1F0(a; ; z) = (1 - z)**(-a)`` off the cut (DLMF 15.4.6)."""
    fits = isinstance(atom, hyper) and (len(atom.args[0]), len(atom.args[1])) == (1, 0)
    demand(fits, f"{atom} is no binomial series")
    a, z = atom.args[0][0], atom.args[2]
    return Equation(atom, 1, (1 - z) ** (-a), (off_cut(z),))


# Transformations of Gauss's function


@rule("linear transformation")
def linear_transformation(atom: Expr, kind: Expr) -> Equation:
    """``2F1(a, b; c; z)`` by Pfaff's transformations 1 and 2, and Euler's 3 (DLMF 15.8.1).

    ``(1-z)**(-a)*F(a, c-b; c; z/(z-1))``, the same with a and b exchanged, and
    ``(1-z)**(c-a-b)*F(c-a, c-b; c; z)``; z is not on the cut, and so neither is ``z/(z-1)``.
    """
    fits = isinstance(atom, hyper) and (len(atom.args[0]), len(atom.args[1])) == (2, 1)
    demand(fits and kind in (1, 2, 3), f"{atom} is none of Gauss's functions")
    (a, b), (c,), z = atom.args
    if kind == 3:
        value = (1 - z) ** (c - a - b) * series((c - a, c - b), (c,), z)
    else:
        kept, other = (a, b) if kind == 1 else (b, a)
        value = (1 - z) ** (-kept) * series((kept, c - other), (c,), z / (z - 1))
    return Equation(atom, 1, value, (off_cut(z),))


@rule("Kummer's transformation")
def kummer(atom: Expr, kind: Expr) -> Equation:
    """``M(a, b, z) = exp(z)*M(b-a, b, -z)`` for kind 1 (DLMF 13.2.39).

    Kind 2, where ``b = 2*a``: ``M(a, 2*a, z) = exp(z/2)*0F1(; a + 1/2; z**2/16)`` (13.6.9),
    no parameter being a pole.
    """
    fits = isinstance(atom, hyper) and (len(atom.args[0]), len(atom.args[1])) == (1, 1)
    demand(fits and kind in (1, 2), f"{atom} is none of Kummer's functions")
    (a,), (b,), z = atom.args
    if kind == 1:
        return Equation(atom, 1, exp(z) * series((b - a,), (b,), -z))
    demand(sp.expand(b - 2 * a) == 0, f"{b} is not twice {a}")
    value = exp(z / 2) * series((), (a + HALF,), z**2 / 16)
    return Equation(atom, 1, value, tuple(unless_true([no_pole(a + HALF), no_pole(b)])))


# Functions as series

AIRY = {
    sp.airyai: (1 / (3 ** (2 * THIRD) * gamma(2 * THIRD)), -1 / (3**THIRD * gamma(THIRD))),
    sp.airybi: (1 / (3 ** Rational(1, 6) * gamma(2 * THIRD)), 3 ** Rational(1, 6) / gamma(THIRD)),
}
AIRY_SLOPES = {sp.airyaiprime: sp.airyai, sp.airybiprime: sp.airybi}


def _airy(function: type, z: Expr) -> Expr:
    if function in AIRY:
        start, slope = AIRY[function]
        u = z**3 / 9
        return start * series((), (2 * THIRD,), u) + z * slope * series((), (4 * THIRD,), u)
    start, slope = AIRY[AIRY_SLOPES[function]]
    u = z**3 / 9
    return slope * series((), (THIRD,), u) + start * z**2 / 2 * series((), (5 * THIRD,), u)


@rule("function as a hypergeometric series")
def as_series(atom: Expr) -> Equation:
    """Airy and Bessel functions, orthogonal polynomials and others by a pFq of the argument.

    DLMF 7.6.2, 9.4, 10.16.9, 10.39.9, 18.5.7, 18.5.11-12; integer degrees n, and ``n >= 0`` for
    those of Legendre and Laguerre.
    """
    function: Any = getattr(atom, "func", None)
    if function in AIRY or function in AIRY_SLOPES:
        return Equation(atom, 1, _airy(function, atom.args[0]))
    if function is sp.erf:
        z = atom.args[0]
        return Equation(atom, 1, 2 * z / sqrt(pi) * series((HALF,), (3 * HALF,), -(z**2)))
    if function is sp.sinc:
        z = atom.args[0]
        return Equation(atom, 1, series((), (3 * HALF,), -(z**2) / 4))
    if function in (sp.besselj, sp.besseli):
        nu, z = atom.args
        sign = -1 if function is sp.besselj else 1
        value = (z / 2) ** nu / gamma(nu + 1) * series((), (nu + 1,), sign * z**2 / 4)
        grows = AnyOf((nonzero(z), Relation(sp.re(nu), "gt", S.Zero), Relation(nu, "eq", S.Zero)))
        return Equation(atom, 1, value, unless_true([no_pole(nu + 1), grows]))
    if function in POLYNOMIALS:
        n, x = atom.args
        conditions: list[Condition] = [integer(n)]
        if function is sp.chebyshevu:  # zero times a series that need not converge
            conditions.append(Relation(n, "ne", S.NegativeOne))
        elif function is not sp.chebyshevt:
            conditions.append(nonnegative(n))
        return Equation(atom, 1, POLYNOMIALS[function](n, x), unless_true(conditions))
    raise Inapplicable(f"nothing is known of {atom}")


def _half_way(x: Expr) -> Expr:
    return (1 - x) / 2


POLYNOMIALS: dict[type, Callable[[Expr, Expr], Expr]] = {
    sp.chebyshevt: lambda n, x: series((-n, n), (HALF,), _half_way(x)),
    sp.chebyshevu: lambda n, x: (n + 1) * series((-n, n + 2), (3 * HALF,), _half_way(x)),
    sp.legendre: lambda n, x: series((-n, n + 1), (Integer(1),), _half_way(x)),
    sp.laguerre: lambda n, x: series((-n,), (Integer(1),), x),
}
