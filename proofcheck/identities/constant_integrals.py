"""Definite integrals without parameters whose values are constants, Catalan's among them.  Trusted.

Each converges absolutely: the integrand is continuous but for logarithms at the ends, and decays
like ``1/x**2``, up to a logarithm, where the range is infinite.  Sources: NIST Digital Library of
Mathematical Functions (DLMF) 4.26, 25.11.40, 25.12, 19.5.1-2 integrated term by term;
I. S. Gradshteyn, I. M. Ryzhik, "Table of integrals, series, and products" (2007), 3.521.2, 3.531,
3.747, 4.224, 4.227, 4.231, 4.291, 4.521, 4.531, 6.141, 6.148.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Catalan, Expr, Integer, Rational, S, Symbol, log, oo, pi, zeta

from proofcheck.continuity import bound, put, throughout
from proofcheck.identities.equations import (
    Equation,
    Registry,
    demand,
    product,
    unless_true,
)
from proofcheck.identities.integrals import between, defined, parts_of
from proofcheck.relations import Condition, Relation

CONSTANT_INTEGRALS = Registry()
rule = CONSTANT_INTEGRALS.rule

x = Symbol("x", real=True)
QUARTER, HALF_TURN = pi / 4, pi / 2
TABLE: tuple[tuple[Expr, Expr, Expr, Expr], ...] = (
    (sp.atan(x) / x, S.Zero, S.One, Catalan),
    (sp.atan(x) ** 2, S.Zero, S.One, pi**2 / 16 + pi * log(2) / 4 - Catalan),
    (sp.atan(x) ** 2 / x, S.Zero, S.One, pi * Catalan / 2 - 7 * zeta(3) / 8),
    (sp.atan(x) / (x * (1 + x**2)), S.Zero, S.One, Catalan / 2 + pi * log(2) / 8),
    (sp.asin(x) / x, S.Zero, S.One, pi * log(2) / 2),
    (log(1 + x**2) / (1 + x**2), S.Zero, S.One, pi * log(2) / 2 - Catalan),
    (log(1 + x) / (1 + x**2), S.Zero, S.One, pi * log(2) / 8),
    (log(1 - x) / (1 + x**2), S.Zero, S.One, pi * log(2) / 8 - Catalan),
    (log(1 + x) / x, S.Zero, S.One, pi**2 / 12),
    (log(1 - x) / x, S.Zero, S.One, -(pi**2) / 6),
    (log(x) / (1 + x**2), S.One, oo, Catalan),
    (log(x) / (1 + x**2), S.Zero, oo, S.Zero),
    (log(1 + x**2) / (1 + x**2), S.Zero, oo, pi * log(2)),
    (x / sp.sin(x), S.Zero, HALF_TURN, 2 * Catalan),
    (x**2 / sp.sin(x), S.Zero, HALF_TURN, 2 * pi * Catalan - 7 * zeta(3) / 2),
    (x * sp.cot(x), S.Zero, HALF_TURN, pi * log(2) / 2),
    (x**2 / sp.sin(x) ** 2, S.Zero, HALF_TURN, pi * log(2)),
    (log(sp.sin(x)), S.Zero, QUARTER, -pi * log(2) / 4 - Catalan / 2),
    (log(sp.cos(x)), S.Zero, QUARTER, -pi * log(2) / 4 + Catalan / 2),
    (log(sp.tan(x)), S.Zero, QUARTER, -Catalan),
    (log(1 + sp.tan(x)), S.Zero, QUARTER, pi * log(2) / 8),
    (log(sp.sin(x)), S.Zero, HALF_TURN, -pi * log(2) / 2),
    (log(sp.cos(x)), S.Zero, HALF_TURN, -pi * log(2) / 2),
    (log(sp.sin(x)), S.Zero, pi, -pi * log(2)),
    (log(sp.tan(x)), S.Zero, HALF_TURN, S.Zero),
    (sp.asinh(sp.sin(x)), S.Zero, HALF_TURN, Catalan),
    (sp.asinh(sp.tan(x)), S.Zero, HALF_TURN, 2 * Catalan),
    (x / sp.cosh(x), S.Zero, oo, 2 * Catalan),
    (x / sp.sinh(x), S.Zero, oo, pi**2 / 4),
    (x**2 / sp.sinh(x) ** 2, S.Zero, oo, pi**2 / 6),
    (x**2 / sp.cosh(x) ** 2, S.Zero, oo, pi**2 / 12),
    (sp.sinc(x) ** 2, S.Zero, oo, pi / 2),
    (sp.elliptic_k(x**2), S.Zero, S.One, 2 * Catalan),
    (sp.elliptic_e(x**2), S.Zero, S.One, Catalan + S.Half),
    (sp.elliptic_k(x), S.Zero, S.One, Integer(2)),
    (sp.elliptic_e(x), S.Zero, S.One, Rational(4, 3)),
)  # fmt: skip
"""Integrand, ends and value."""


@rule("integral with a constant value")
def constant_integral(
    integral: Expr, number: Expr, factor: Expr, shift: Expr, scale: Expr
) -> Equation:
    """``Integral(u*f(c*x) + v, (x, a/c, b/c)) = u*V/c + v*(b - a)/c``, V that of f in the table.

    For a positive rational number c; v = 0 if an end is infinite.
    """
    variable, function, low, high = parts_of(integral)
    demand(isinstance(number, Integer) and 0 <= number < len(TABLE), "there is no such row")
    demand(isinstance(scale, Rational) and scale > 0, f"{scale} is no positive number")
    form, start, stop, value = TABLE[int(number)]
    demand((low * scale, high * scale) == (start, stop), "another range of integration")
    demand(not {variable} & (factor.free_symbols | shift.free_symbols), "a factor is not constant")
    demand(shift == 0 or stop is not oo, "a constant is not integrable")
    written = factor * put(form, x, scale * variable) + shift
    conditions: list[Condition] = [*defined(factor, shift)]
    if written != function:
        same = Relation(function, "eq", written)
        conditions += throughout(variable, between(low, high), (same,))
    worth = product([factor, value, 1 / scale])
    if shift != 0:
        worth += shift * (high - low)
    return Equation(integral, 1, worth, unless_true(conditions))


POINTS = (Rational(2, 7), Rational(5, 9), Rational(7, 8))
NEAR = S(10) ** -13


def proposals(integral: Expr) -> Iterator[tuple[str, tuple[Expr, ...]]]:
    """Yield rows that the integrand seems to be about, with factor, constant and scale."""
    variable, function, low, high = bound(integral)
    common, rest = function.as_independent(variable, as_Add=False)
    if rest.free_symbols != {variable} or low.free_symbols | high.free_symbols:
        return
    for number, (form, start, stop, _) in enumerate(TABLE):
        scale = sp.Integer(1) if (low, high) == (start, stop) else stop / high
        if not isinstance(scale, Rational) or scale <= 0 or scale * low != start:
            continue
        ends = (low, high) if high is not oo else (low, low + 2)
        places = [ends[0] + (ends[1] - ends[0]) * point for point in POINTS]
        found = affine(form, scale, rest, variable, places)
        if found is not None and (found[1] == 0 or stop is not oo):
            factor, shift = (common * part for part in found)
            yield "integral with a constant value", (Integer(number), factor, shift, scale)


def affine(
    form: Expr, scale: Expr, function: Expr, variable: Symbol, places: list[Expr]
) -> tuple[Expr, Expr] | None:
    """Return u and v with ``function = u*form + v``, as three points suggest."""
    known = [form.subs(x, scale * place).evalf(20) for place in places]
    wanted = [function.subs(variable, place).evalf(20) for place in places]
    if not all(value.is_Float for value in (*known, *wanted)):
        return None
    slope = (wanted[1] - wanted[0]) / (known[1] - known[0])
    rest = wanted[0] - slope * known[0]
    if abs(slope * known[2] + rest - wanted[2]) > NEAR:
        return None
    factor = sp.nsimplify(slope, rational=True, tolerance=NEAR)
    shift = S.Zero if abs(rest) < NEAR else sp.nsimplify(rest, [log(2), pi], tolerance=NEAR)
    return (factor, shift) if abs(factor) > NEAR else None
