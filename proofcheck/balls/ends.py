"""Named functions near an end: where balls meet a pole, a branch point, or infinity. Trusted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import sympy as sp
from flint import acb, arb, fmpq
from sympy import Expr

from proofcheck.balls.functions import (
    ZERO,
    Unevaluable,
    contains_zero,
    disk,
    interval,
    is_real,
)

Form = tuple[fmpq, acb]  # (p, B): the value lies in t^p B for every t in (0, eps]


class Forms(Protocol):
    """What finds leading forms."""

    oscillates: bool

    def form(self, expression: Expr) -> Form: ...

    def spread(self, form: Form) -> acb: ...


def at_an_end(leading: Forms, u: Expr, forms: Sequence[Form]) -> Form | None:
    """Return the form of a named function by a bound of its own; None if there is no such rule.

    ``forms`` are those of its arguments.
    """
    v = u.args[-1]
    p, b = forms[-1]
    if isinstance(u, sp.elliptic_k | sp.elliptic_e) and len(u.args) == 1 and p >= 0:
        return complete_elliptic(leading, u, leading.spread((p, b)))
    if isinstance(u, sp.chebyshevt | sp.chebyshevu) and p >= 0:
        return chebyshev(leading, u, forms)
    if isinstance(u, sp.cot | sp.csc | sp.coth | sp.csch) and p > 0 and not contains_zero(b):
        above = {sp.cot: sp.cos(v), sp.coth: sp.cosh(v)}.get(type(u), sp.S.One)
        below = sp.sin(v) if isinstance(u, sp.cot | sp.csc) else sp.sinh(v)
        return leading.form(above / below)
    if p >= 0:
        return None
    real_line = is_real(b)
    if isinstance(u, sp.sin | sp.cos | sp.sinh | sp.cosh):
        if real_line and isinstance(u, sp.sin | sp.cos):
            leading.oscillates = True
            return ZERO, acb(arb(0, 1))
        return leading.form(u.rewrite(sp.exp))
    if isinstance(u, sp.sech | sp.csch):
        return leading.form(1 / (sp.cosh(v) if isinstance(u, sp.sech) else sp.sinh(v)))
    if isinstance(u, sp.coth) and (b.real > 0 or b.real < 0):  # 1 + 2/(exp(2 v) - 1), and odd
        sign = 1 if b.real > 0 else -1
        return leading.form(sign + 2 * sign / (sp.exp(2 * sign * v) - 1))
    if isinstance(u, sp.sinc) and not contains_zero(b):
        return leading.form(sp.sin(v) / v)
    if not real_line:
        return None
    if isinstance(u, sp.atan | sp.tanh | sp.erf | sp.acot):
        return ZERO, acb(arb(0, 2))
    if isinstance(u, sp.erfc) and b.real > 0:
        q, above = leading.form(sp.exp(-(v**2)))  # 0 <= erfc(x) <= exp(-x^2) for x >= 0
        return q, disk(abs(above).upper(), is_real=True)
    if isinstance(u, sp.besselj) and isinstance(u.args[0], sp.Integer):
        return ZERO, acb(arb(0, 1))  # |J_n(x)| <= 1, DLMF 10.14.1
    return None


def complete_elliptic(leading: Forms, u: Expr, value: acb) -> Form | None:
    """K and E of m near 1.

    |E(m) - 1| <= sqrt|1 - m| for every m: E(m) - 1 is the integral of sqrt(1 - m s^2) -
    sqrt(1 - s^2), s = sin, over [0, pi/2], and |sqrt(a) - sqrt(b)| <= sqrt|a - b| for principal
    roots, b >= 0; the integral of s is 1. E is real for m <= 1. For 0 <= m < 1,
    log 4 <= K(m) + log(1 - m)/2 <= pi/2 (DLMF 19.9.1).
    """
    m = u.args[0]
    if not value.contains(1):
        return None
    q, gap = leading.form(1 - m)
    inside = is_real(gap) and bool(gap.real > 0) and value.real > 0
    if isinstance(u, sp.elliptic_e):
        far = leading.spread((q, gap)) if q >= 0 else None
        if far is None:
            return None
        return ZERO, 1 + disk(abs(far).upper().sqrt(), is_real=inside)
    if not inside:
        raise Unevaluable("elliptic_k of what may be 1 near an end")
    between = interval(arb(4).log(), arb.pi() / 2)
    power, logs = leading.form(sp.log(1 - m))
    if power > 0:
        return None
    return power, acb(between) * leading_unit(leading, -power) - logs / 2


def leading_unit(leading: Forms, power: fmpq) -> acb:
    """Enclose t^power over (0, eps], for a power >= 0."""
    return leading.spread((power, acb(1)))


def chebyshev(leading: Forms, u: Expr, forms: Sequence[Form]) -> Form | None:
    """T and U of real order near an end at -1, where they have branch points.

    T_n(cos a) = cos(n a) and U_n(cos a) = sin((n + 1) a)/sin(a) (DLMF 18.5.1, 18.5.2, and for
    every real n by continuation): |T_n(x)| <= 1 and |U_n(x)| <= (1 - x^2)^(-1/2) on (-1, 1).
    """
    (power, order), (p, b) = forms
    x = leading.spread((p, b))
    if isinstance(u.args[0], sp.Integer) or power != 0 or not (is_real(order) and is_real(x)):
        return None
    if not (x.real.contains(-1) and x.real < 1):
        return None
    _, gap = leading.form(1 + u.args[1])
    if not (is_real(gap) and gap.real > 0):
        return None
    if isinstance(u, sp.chebyshevt):
        return ZERO, acb(arb(0, 1))
    root, below = leading.form(((1 + u.args[1]) * (1 - u.args[1])) ** sp.Rational(-1, 2))
    return root, disk(abs(below).upper(), is_real=True)
