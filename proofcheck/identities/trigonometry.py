"""Rewrite rules for trigonometric and hyperbolic functions and their inverses.  Trusted."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from sympy import Expr, I, Pow, S, exp, log, pi, sqrt

from proofcheck.identities.elementary import exponential
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    nonzero,
    real,
    unless_true,
)
from proofcheck.relations import Condition, Relation

TRIGONOMETRY = Registry()
rule = TRIGONOMETRY.rule


def _turn(z: Expr, sign: int = 1) -> Expr:
    return exp(sign * I * z)


@rule("exponential form")
def exponential_form(atom: Expr) -> Equation:
    """A trigonometric or hyperbolic function by exponentials (DLMF 4.14, 4.28)."""
    demand(isinstance(atom, sp.Function) and len(atom.args) == 1, f"{atom} has no such form")
    z = atom.args[0]
    up, down = (_turn(z), _turn(z, -1)) if atom.func in TRIGONOMETRIC else (exp(z), exp(-z))
    forms = TRIGONOMETRIC if atom.func in TRIGONOMETRIC else HYPERBOLIC
    if atom.func not in forms:
        raise Inapplicable(f"{atom} has no such form")
    return Equation(atom, 1, forms[atom.func](up, down))


Form = Callable[[Expr, Expr], Expr]

TRIGONOMETRIC: dict[type, Form] = {
    sp.sin: lambda p, m: (p - m) / (2 * I),
    sp.cos: lambda p, m: (p + m) / 2,
    sp.tan: lambda p, m: (p - m) / (I * (p + m)),
    sp.cot: lambda p, m: I * (p + m) / (p - m),
    sp.sec: lambda p, m: 2 / (p + m),
    sp.csc: lambda p, m: 2 * I / (p - m),
}
HYPERBOLIC: dict[type, Form] = {
    sp.sinh: lambda p, m: (p - m) / 2,
    sp.cosh: lambda p, m: (p + m) / 2,
    sp.tanh: lambda p, m: (p - m) / (p + m),
    sp.coth: lambda p, m: (p + m) / (p - m),
    sp.sech: lambda p, m: 2 / (p + m),
    sp.csch: lambda p, m: 2 / (p - m),
}
SQUARES: dict[type, tuple[type, Callable[[Expr], Expr]]] = {
    sp.sin: (sp.cos, lambda c: 1 - c**2),
    sp.sinh: (sp.cosh, lambda c: c**2 - 1),
}
QUOTIENTS: dict[type, Callable[[Expr], Expr]] = {
    sp.tan: lambda z: sp.sin(z) / sp.cos(z),
    sp.cot: lambda z: sp.cos(z) / sp.sin(z),
    sp.sec: lambda z: 1 / sp.cos(z),
    sp.csc: lambda z: 1 / sp.sin(z),
    sp.tanh: lambda z: sp.sinh(z) / sp.cosh(z),
    sp.coth: lambda z: sp.cosh(z) / sp.sinh(z),
    sp.sech: lambda z: 1 / sp.cosh(z),
    sp.csch: lambda z: 1 / sp.sinh(z),
}


@rule("Pythagoras")
def pythagoras(atom: Expr) -> Equation:
    """``sin**2 = 1 - cos**2`` and ``sinh**2 = cosh**2 - 1`` (DLMF 4.21.12, 4.35.11)."""
    demand(getattr(atom, "func", None) in SQUARES, f"{atom} is neither sin nor sinh")
    other, square = SQUARES[atom.func]
    return Equation(atom, 2, square(other(atom.args[0])))


@rule("quotient of sine and cosine")
def quotient(atom: Expr) -> Equation:
    """tan, cot, sec, csc and the hyperbolic ones by sine and cosine (DLMF 4.14.4, 4.28.4)."""
    demand(getattr(atom, "func", None) in QUOTIENTS, f"{atom} is no such quotient")
    return Equation(atom, 1, QUOTIENTS[atom.func](atom.args[0]))


@rule("cardinal sine")
def cardinal_sine(z: Expr) -> Equation:
    """``sinc(z) = sin(z)/z`` for ``z != 0``."""
    return Equation(sp.sinc(z), 1, sp.sin(z) / z, unless_true([nonzero(z)]))


@rule("cardinal sine at zero")
def cardinal_sine_at_zero(z: Expr) -> Equation:
    """``sinc(z) = 1`` for ``z = 0``."""
    return Equation(sp.sinc(z), 1, S.One, (Relation(z, "eq", S.Zero),))


INVERSES: dict[str, Callable[[Expr], tuple[Expr, Expr]]] = {
    "asin": lambda z: (I * sp.asin(z, evaluate=False), sqrt(1 - z**2) + I * z),
    "acos": lambda z: (I * sp.acos(z, evaluate=False), z + I * sqrt(1 - z**2)),
    "atan": lambda z: (I * sp.atan(z, evaluate=False), (1 + I * z) / sqrt(1 + z**2)),
    "asinh": lambda z: (sp.asinh(z, evaluate=False), z + sqrt(1 + z**2)),
    "acosh": lambda z: (sp.acosh(z, evaluate=False), z + sqrt(z - 1) * sqrt(z + 1)),
    "atanh": lambda z: (sp.atanh(z, evaluate=False), (1 + z) / sqrt(1 - z**2)),
}


@rule("exponential of an inverse function")
def exponential_of_an_inverse(atom: Expr) -> Equation:
    """``exp(I*asin(z)) = sqrt(1-z**2) + I*z`` and its kin, on all of the plane (4.23, 4.37).

    ``atom`` is the inverse function's value; for atan and atanh it is defined off +-I and +-1,
    where the roots in the denominators do not vanish.
    """
    name = type(atom).__name__
    demand(name in INVERSES, f"{atom} is no inverse function of this kind")
    exponent, value = INVERSES[name](atom.args[0])
    return Equation(exp(exponent), 1, value)


@rule("exponential of a multiple of an inverse function")
def exponential_of_a_multiple(atom: Expr, multiple: Expr) -> Equation:
    """``exp(n*I*asin(z)) = (sqrt(1-z**2) + I*z)**n`` and its kin, n an integer."""
    name = type(atom).__name__
    demand(name in INVERSES, f"{atom} is no inverse function of this kind")
    exponent, value = INVERSES[name](atom.args[0])
    return Equation(
        exponential(multiple * exponent), 1, Pow(value, multiple), unless_true([integer(multiple)])
    )


@rule("exponential of twice an arctangent")
def exponential_of_twice_an_arctangent(atom: Expr, multiple: Expr) -> Equation:
    """``exp(2*n*I*atan(z)) = ((1 + I*z)/(1 - I*z))**n``, n an integer (DLMF 4.23.26)."""
    demand(isinstance(atom, sp.atan), f"{atom} is no arctangent")
    z = atom.args[0]
    value = Pow((1 + I * z) / (1 - I * z), multiple)
    return Equation(
        exponential(2 * multiple * I * atom), 1, value, unless_true([integer(multiple)])
    )


RECIPROCALS = {
    sp.acot: sp.atan, sp.asec: sp.acos, sp.acsc: sp.asin,
    sp.acoth: sp.atanh, sp.asech: sp.acosh, sp.acsch: sp.asinh,
}  # fmt: skip


@rule("inverse function of a reciprocal")
def reciprocal_inverse(atom: Expr) -> Equation:
    """``acot(z) = atan(1/z)`` and its kin, for ``z != 0`` (DLMF 4.23.4-9, 4.37.4-9)."""
    demand(getattr(atom, "func", None) in RECIPROCALS, f"{atom} is no reciprocal inverse")
    z = atom.args[0]
    return Equation(atom, 1, RECIPROCALS[atom.func](1 / z), unless_true([nonzero(z)]))


LOGARITHMIC: dict[type, Callable[[Expr], Expr]] = {
    sp.asin: lambda z: -I * log(sqrt(1 - z**2) + I * z),
    sp.acos: lambda z: pi / 2 + I * log(sqrt(1 - z**2) + I * z),
    sp.atan: lambda z: I / 2 * (log(1 - I * z) - log(1 + I * z)),
    sp.asinh: lambda z: log(z + sqrt(1 + z**2)),
    sp.acosh: lambda z: log(z + sqrt(z - 1) * sqrt(z + 1)),
    sp.atanh: lambda z: (log(1 + z) - log(1 - z)) / 2,
}


@rule("logarithmic form")
def logarithmic_form(atom: Expr) -> Equation:
    """An inverse trigonometric or hyperbolic function by logarithms (DLMF 4.23.19, 4.37.16)."""
    demand(getattr(atom, "func", None) in LOGARITHMIC, f"{atom} has no logarithmic form")
    return Equation(atom, 1, LOGARITHMIC[atom.func](atom.args[0]))


UNDONE = {
    (sp.asin, sp.sin): (-pi / 2, pi / 2, False), (sp.acos, sp.cos): (S.Zero, pi, False),
    (sp.atan, sp.tan): (-pi / 2, pi / 2, True), (sp.asinh, sp.sinh): (-sp.oo, sp.oo, True),
    (sp.acosh, sp.cosh): (S.Zero, sp.oo, False), (sp.atanh, sp.tanh): (-sp.oo, sp.oo, True),
}  # fmt: skip


@rule("inverse function of its function")
def undone(outer: Expr) -> Equation:
    """``asin(sin(x)) = x`` for ``-pi/2 <= x <= pi/2`` and its kin (DLMF 4.23.1)."""
    inner = outer.args[0] if outer.args else S.Zero
    ends = UNDONE.get((outer.func, getattr(inner, "func", None)))
    if ends is None:
        raise Inapplicable(f"{outer} is no inverse function of its function")
    low, high, strict = ends
    x = inner.args[0]
    conditions: list[Condition] = [real(x)]
    if low.is_finite:
        conditions.append(Relation(x, "gt" if strict else "ge", low))
    if high.is_finite:
        conditions.append(Relation(x, "lt" if strict else "le", high))
    return Equation(outer, 1, x, tuple(conditions))


ODD = (
    sp.sin, sp.tan, sp.cot, sp.csc, sp.sinh, sp.tanh, sp.coth, sp.csch, sp.asin, sp.atan, sp.asinh,
    sp.atanh, sp.erf, sp.erfi, sp.Si, sp.Shi, sp.fresnels, sp.fresnelc, sp.sign,
)  # fmt: skip
EVEN = (sp.cos, sp.sec, sp.cosh, sp.sech, sp.sinc, sp.Abs)


@rule("odd or even function")
def symmetry(atom: Expr) -> Equation:
    """``f(-z) = -f(z)`` or ``f(-z) = f(z)``."""
    function = atom.func
    demand(function in ODD + EVEN, f"{atom} is neither odd nor even")
    mirrored = function(-atom.args[0])
    demand(mirrored != -atom and mirrored != atom, f"SymPy keeps {atom}")
    return Equation(atom, 1, -mirrored if function in ODD else mirrored)
