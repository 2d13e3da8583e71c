"""Which expressions are smooth, real, products: what is read off their form. Trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import sympy as sp
from flint import acb, fmpq
from sympy import Basic, Expr, Symbol

from proofcheck.balls.functions import Unevaluable, is_real

once = lru_cache(maxsize=1024)(Expr.diff)  # derivatives of several orders begin with it

SMOOTH = (
    sp.exp, sp.log, sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc, sp.asin, sp.acos, sp.atan,
    sp.acot, sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch, sp.asinh, sp.acosh, sp.atanh,
    sp.sinc, sp.gamma, sp.loggamma, sp.digamma, sp.polygamma, sp.factorial, sp.beta, sp.erf,
    sp.erfc, sp.erfi, sp.Ei, sp.expint, sp.Si, sp.Ci, sp.Shi, sp.Chi, sp.li, sp.fresnels,
    sp.fresnelc, sp.besselj, sp.bessely, sp.besseli, sp.besselk, sp.airyai, sp.airybi,
    sp.airyaiprime, sp.airybiprime, sp.LambertW, sp.elliptic_k, sp.elliptic_e, sp.polylog,
    sp.zeta, sp.legendre, sp.hermite, sp.chebyshevt, sp.chebyshevu, sp.hyper,
)  # fmt: skip
ARITHMETIC = (sp.Add, sp.Mul, sp.Pow, sp.Symbol, sp.Number, sp.NumberSymbol, sp.Tuple,
              type(sp.I), sp.Indexed, sp.IndexedBase, sp.Idx)  # fmt: skip


def is_smooth(expression: Basic) -> bool:
    """Whether only functions occur that are differentiable off their poles and branch cuts."""
    if isinstance(expression, sp.Indexed):
        return True
    if isinstance(expression, sp.Sum):
        return is_smooth(expression.function) and not expression.has(sp.oo)
    return isinstance(expression, SMOOTH + ARITHMETIC) and all(map(is_smooth, expression.args))


@lru_cache(maxsize=4096)
def differentiate(expression: Expr, steps: tuple[tuple[Symbol, Expr], ...]) -> Expr | None:
    """Return the derivative of a smooth expression, or None if there is no formula for it."""
    if not is_smooth(expression):
        return None
    for variable, count in steps:
        if not isinstance(count, sp.Integer) or not 0 <= count <= 60:
            return None
        for _ in range(int(count)):
            expression = once(expression, variable)
    return None if expression.has(sp.Derivative, sp.Subs, sp.nan, sp.zoo) else expression


REAL_ON_REALS = (
    sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh, sp.erf, sp.erfc, sp.exp,
    sp.erfi, sp.Abs, sp.sign, sp.floor, sp.ceiling, sp.frac, sp.Max, sp.Min, sp.sinc, sp.gamma,
    sp.sech, sp.cot, sp.csc, sp.sec, sp.coth, sp.csch, sp.acot, sp.Heaviside, sp.Add, sp.Mul,
    sp.airyai, sp.Si, sp.fresnels, sp.fresnelc, sp.factorial, sp.fibonacci, sp.lucas, sp.totient,
    sp.mobius, sp.partition, sp.bell,
)  # fmt: skip


def real_by_form(expression: Basic, values: Mapping[Basic, Any]) -> bool:
    """Whether ``expression`` is real wherever it is defined, its symbols being real."""
    if expression in values:
        value = values[expression]
        return isinstance(value, acb | fmpq) and is_real(value)
    if isinstance(expression, sp.Rational | sp.NumberSymbol):
        return True
    if isinstance(expression, sp.Pow):
        base, exponent = expression.args
        if base is not sp.E and not isinstance(exponent, sp.Integer):
            return False
        return real_by_form(base, values) and real_by_form(exponent, values)
    return isinstance(expression, REAL_ON_REALS) and all(
        real_by_form(a, values) for a in expression.args
    )


@lru_cache(maxsize=4096)
def tidied(expression: Basic, t: Symbol) -> Basic:
    """Return ``expression`` with its rational parts in ``t`` cancelled: the same where defined."""
    if not isinstance(expression, Expr) or t not in expression.free_symbols:
        return expression
    if expression.is_rational_function(t):
        return sp.cancel(sp.together(expression))
    return expression.func(*(tidied(argument, t) for argument in expression.args))


@lru_cache(maxsize=1024)
def lowest(function: Expr, t: Symbol) -> tuple[Expr, Expr, int]:
    """Write a rational function as t^k times a quotient of polynomials not divisible by t."""
    parts, order = [], 0
    for sign, part in zip((1, -1), sp.fraction(sp.cancel(function)), strict=True):
        polynomial = sp.Poly(part, t)
        least = min((powers[0] for powers in polynomial.monoms()), default=0)
        parts.append(sp.Poly({(k - least,): c for (k,), c in polynomial.terms()}, t).as_expr())
        order += sign * least
    return parts[0], parts[1], order


def exponentials(expression: Basic, t: Symbol) -> set[Expr]:
    """Return the outermost parts with ``t`` in the exponent only: exp(-1/t), 2^(-1/t)."""
    if t not in expression.free_symbols:
        return set()
    if isinstance(expression, sp.exp):
        return {expression}
    if isinstance(expression, sp.Pow) and t not in expression.base.free_symbols:
        return {expression}
    return set().union(*(exponentials(argument, t) for argument in expression.args))


def is_algebraic_zero(expression: Basic, given: Mapping[Basic, object]) -> bool:
    """Whether rational arithmetic on exact radicals gives zero: sqrt(2)^2 - 2."""
    exact = {s: v for s, v in given.items() if isinstance(v, Expr)}
    if not expression.free_symbols <= exact.keys():
        return False
    radicals = all(
        part.is_Add or part.is_Mul or part.is_Rational or part is sp.I or part.is_Symbol
        or (part.is_Pow and part.args[1].is_Rational
            and (part.args[1].is_Integer or part.args[0].is_Rational))
        for whole in (expression, *(exact[s] for s in expression.free_symbols))
        for part in sp.preorder_traversal(whole)
    )  # fmt: skip
    if not radicals:
        return False
    number = expression.xreplace(exact)
    return not number.has(sp.zoo, sp.nan) and sp.expand(number) == 0


def exponent_of(power: Expr) -> Expr:
    """Return v with power = exp(v)."""
    if isinstance(power, sp.exp) or power.base is sp.E:
        return power.args[-1]
    return power.exp * sp.log(power.base)


SINGULAR: dict[type[Expr], Callable[[Expr], Expr]] = {
    sp.log: lambda u: u, sp.cot: sp.sin, sp.csc: sp.sin, sp.tan: sp.cos, sp.sec: sp.cos,
    sp.coth: sp.sinh, sp.csch: sp.sinh, sp.Ei: lambda u: u, sp.Ci: lambda u: u,
    sp.elliptic_k: lambda u: 1 - u, sp.elliptic_e: lambda u: 1 - u, sp.gamma: lambda u: u,
    sp.digamma: lambda u: u, sp.atanh: lambda u: 1 - u**2,
}  # fmt: skip
"""What vanishes where a function may be singular."""

TURNS = 12  # zeros of a sine that are named to each side of 0


@lru_cache(maxsize=1024)
def suspects(body: Expr, x: Symbol) -> tuple[Expr, ...]:
    """Name places at which ``body`` may be singular in x: guesses, from the zeros of its parts."""
    found: dict[Expr, None] = {}
    for part in sp.preorder_traversal(body):
        vanishing: Expr | None = None
        if isinstance(part, sp.Pow) and x in part.free_symbols and part.base is not sp.E:
            if not (isinstance(part.exp, sp.Integer) and part.exp > 0):
                vanishing = part.base
        elif type(part) in SINGULAR and x in part.free_symbols:
            vanishing = SINGULAR[type(part)](part.args[0])
        if vanishing is not None:
            found.update(dict.fromkeys(zeros(vanishing, x)))
    return tuple(place for place in found if not place.free_symbols)


@lru_cache(maxsize=1024)
def crossings(body: Expr, x: Symbol, start: Expr, stop: Expr) -> tuple[Expr, ...]:
    """Name t at which, for x = start + (stop - start) t, what a root is taken of may be real.

    Of roots and logarithms of what is linear in x.
    """
    found: dict[Expr, None] = {}
    for part in sp.preorder_traversal(body):
        rooted = isinstance(part, sp.Pow) and not isinstance(part.exp, sp.Integer)
        if not (rooted or isinstance(part, sp.log)) or x not in part.args[0].free_symbols:
            continue
        u = part.args[0]
        if u.is_polynomial(x) and sp.degree(u, x) == 1:
            first = sp.im(u.subs(x, start))
            step = sp.im(u.subs(x, stop)) - first
            if step != 0:
                found[-first / step] = None
    return tuple(found)


def zeros(g: Expr, x: Symbol) -> Iterator[Expr]:
    """Name some zeros of ``g``: of polynomials up to degree 2, of sines and cosines of such."""
    if x not in g.free_symbols:
        return
    if isinstance(g, sp.Mul):
        for factor in g.args:
            yield from zeros(factor, x)
    elif isinstance(g, sp.Pow) and x not in g.exp.free_symbols:
        yield from zeros(g.base, x)
    elif isinstance(g, sp.Abs | sp.sinh | sp.tanh | sp.asin | sp.atan | sp.asinh | sp.atanh):
        yield from zeros(g.args[0], x)
    elif isinstance(g, sp.log):
        yield from zeros(g.args[0] - 1, x)
    elif isinstance(g, sp.sin | sp.tan | sp.cos):
        shift = sp.pi / 2 if isinstance(g, sp.cos) else sp.S.Zero
        for k in range(-TURNS, TURNS + 1):
            yield from zeros(g.args[0] - shift - k * sp.pi, x)
    elif g.is_polynomial(x):
        coefficients = sp.Poly(g, x).all_coeffs()
        if len(coefficients) == 2:
            yield sp.expand(-coefficients[1] / coefficients[0])
        elif len(coefficients) == 3 and all(c.is_Rational for c in coefficients):
            a, b, c = coefficients
            root = sp.sqrt(b**2 - 4 * a * c)
            if root.is_real:
                yield from ((-b - root) / (2 * a), (-b + root) / (2 * a))
    elif g.subs(x, 0) == 0:
        yield sp.S.Zero


def separate(body: Expr, inner: Symbol, outer: Symbol) -> tuple[Expr, Expr]:
    """Write ``body`` as a product of a part without ``inner`` and a part without ``outer``."""
    parts: list[list[Expr]] = [[], []]
    for factor in sp.Mul.make_args(body):
        pieces = [factor]
        if isinstance(factor, sp.exp):
            pieces = [sp.exp(term) for term in sp.Add.make_args(sp.expand(factor.args[0]))]
        for piece in pieces:
            free = piece.free_symbols
            if inner in free and outer in free:
                raise Unevaluable("an inner integrand does not separate")
            parts[inner in free].append(piece)
    return sp.Mul(*parts[0]), sp.Mul(*parts[1])


ARGUMENTS = tuple(sp.Dummy(f"argument{i}") for i in range(8))
LOCAL = tuple(sp.Dummy(f"t{i}", positive=True) for i in range(8))


def fresh(expression: Basic) -> Symbol:
    """A positive symbol that does not occur in ``expression``; the same ones for the caches."""
    return next(t for t in LOCAL if t not in expression.free_symbols)
