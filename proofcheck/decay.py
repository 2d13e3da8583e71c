"""How fast does an expression grow or decay towards infinity?  Trusted.

``order`` bounds ``|f(x)|`` for large x by ``x**power * exp(exponent(x))`` with a polynomial
``exponent``, up to a constant factor and to ``x**epsilon`` for every ``epsilon > 0`` (powers of
logarithms).  From it follow when an integral converges absolutely at infinity (the comparison
test), and when a function vanishes there.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Add, Expr, Mul, Poly, Pow, Rational, S, Symbol, exp, expand_mul, log

from proofcheck.relations import Condition, Member, Relation, Throughout


class Unbounded(Exception):
    """No bound on the growth of an expression is known."""


BOUNDED = (
    sp.sin, sp.cos, sp.atan, sp.acot, sp.erf, sp.erfc, sp.tanh, sp.sech, sp.sinc, sp.Si, sp.sign,
)  # fmt: skip
"""Bounded on the whole real line."""


@dataclass(frozen=True)
class Order:
    """An upper bound; ``exact`` are the conditions under which it is a lower bound too."""

    power: Expr = S.Zero
    exponent: Expr = S.Zero
    conditions: tuple[Condition, ...] = ()
    exact: tuple[Condition, ...] | None = None


def integrable(function: Expr, x: Symbol, values: sp.Set) -> tuple[Condition, ...]:
    """Return when ``function``, continuous on ``[m, oo)``, is absolutely integrable there.

    Raises:
        Unbounded: no bound is known.
    """
    return _each(function, x, values, S.NegativeOne)


def vanishing(function: Expr, x: Symbol, values: sp.Set) -> tuple[Condition, ...]:
    """Return when ``function``, defined on ``values = [m, oo)``, tends to zero at infinity.

    Raises:
        Unbounded: no bound is known.
    """
    saturated, conditions = _saturated(function, x, values)
    return (*conditions, *_each(saturated, x, values, S.Zero))


def _saturated(function: Expr, x: Symbol, values: sp.Set) -> tuple[Expr, tuple[Condition, ...]]:
    """Write arctangents and their kin as their limits, up to a bounded factor times the error.

    ``|atan(h) - pi/2| < 1/h``, ``|1 - tanh(h)| < 2*exp(-2*h)``, ``|1 - erf(h)| < exp(-h**2)`` for
    positive h (DLMF 4.24, 4.37, 7.8.1).
    """
    conditions: list[Condition] = []
    for term in sorted(function.atoms(sp.atan, sp.tanh, sp.erf), key=sp.default_sort_key):
        h = term.args[0]
        if x not in h.free_symbols or not h.is_polynomial(x):
            continue
        _, leading = _leading(h, x)
        down = leading.could_extract_minus_sign()
        conditions += [Throughout(x, values, Member(h, S.Reals))]
        if not leading.is_Rational:
            conditions += [Relation(leading, "lt" if down else "gt", S.Zero)]
        sign = S.NegativeOne if down else S.One
        factor = sp.Dummy("bounded", real=True)
        limit, error = {
            sp.atan: (sp.pi / 2, 1 / h),
            sp.tanh: (S.One, exp(-2 * sign * h)),
            sp.erf: (S.One, exp(-sp.expand(h**2))),
        }[term.func]
        saturated = function.xreplace({term: sign * limit + factor * error})
        if not saturated.is_polynomial(factor):  # what is divided by may be small
            raise Unbounded(f"{term} tends to a limit at an unknown rate")
        function = saturated
    return function, tuple(conditions)


def _each(function: Expr, x: Symbol, values: sp.Set, power: Expr) -> tuple[Condition, ...]:
    try:
        return _below(order(function, x, values), x, power)
    except Unbounded:
        terms = Add.make_args(expand_mul(function))
        if len(terms) < 2:
            raise
        return sum((_below(order(term, x, values), x, power) for term in terms), ())


def _below(found: Order, x: Symbol, power: Expr) -> tuple[Condition, ...]:
    """Return when ``found`` is less than the power, strictly: that absorbs the epsilon."""
    degree, leading = _leading(found.exponent, x)
    if degree > 0:
        return (*found.conditions, Relation(_real_part(leading), "lt", S.Zero))
    return (*found.conditions, Relation(found.power, "lt", power))


def _real_part(expression: Expr) -> Expr:
    return expression if expression.is_real else sp.re(expression)


def _leading(expression: Expr, x: Symbol) -> tuple[int, Expr]:
    """Return degree and leading coefficient of a polynomial."""
    if x not in expression.free_symbols:
        return 0, expression
    if not expression.is_polynomial(x):
        raise Unbounded(f"{expression} is no polynomial in {x}")
    polynomial = Poly(expression, x)
    return int(polynomial.degree()), polynomial.LC()


def order(expression: Expr, x: Symbol, values: sp.Set) -> Order:
    """Return a bound for large positive ``x``; conditions on the way hold on ``values``.

    Raises:
        Unbounded: none is known.
    """
    if x not in expression.free_symbols:
        return Order(exact=(Relation(expression, "ne", S.Zero),))
    if expression.is_polynomial(x):
        degree, leading = _leading(expression, x)
        nonzero = () if leading.is_Rational else (Relation(leading, "ne", S.Zero),)
        return Order(sp.Integer(degree), exact=nonzero)
    if isinstance(expression, Mul):
        return _product([order(factor, x, values) for factor in expression.args])
    if isinstance(expression, Add):
        return _sum([order(term, x, values) for term in expression.args], x)
    if isinstance(expression, exp):
        _leading(expression.exp, x)
        return Order(exponent=expression.exp, exact=())
    if isinstance(expression, Pow):
        return _power(expression.base, expression.exp, x, values)
    argument = expression.args[0]
    if isinstance(expression, BOUNDED):
        return Order(conditions=(Throughout(x, values, Member(argument, S.Reals)),))
    if isinstance(expression, sp.Abs):
        return order(argument, x, values)
    if isinstance(expression, log):
        inner = order(argument, x, values)
        degree, _ = _leading(inner.exponent, x)
        if inner.exact is None:
            raise Unbounded(f"{argument} may be small")
        return Order(sp.Integer(degree), conditions=(*inner.conditions, *inner.exact))
    if isinstance(expression, sp.cosh | sp.sinh):
        return order(expression.rewrite(exp), x, values)
    raise Unbounded(f"no bound on the growth of {expression} is known")


def _product(factors: list[Order]) -> Order:
    exact: tuple[Condition, ...] | None = ()
    for factor in factors:
        exact = None if exact is None or factor.exact is None else exact + factor.exact
    return Order(
        Add(*(f.power for f in factors)),
        sp.expand(Add(*(f.exponent for f in factors))),
        sum((f.conditions for f in factors), ()),
        exact,
    )


def _sum(terms: list[Order], x: Symbol) -> Order:
    """The fastest of the terms, if it is plain which one that is."""
    fastest = terms[0]
    alone = True
    for term in terms[1:]:
        sign = _compared(term, fastest, x)
        if sign == 0:
            alone = False
        elif sign > 0:
            fastest, alone = term, True
    conditions = sum((term.conditions for term in terms), ())
    return Order(fastest.power, fastest.exponent, conditions, fastest.exact if alone else None)


def _compared(one: Order, other: Order, x: Symbol) -> int:
    """Return the sign of the difference of two orders."""
    degree, leading = _leading(sp.expand(one.exponent - other.exponent), x)
    difference = leading if degree > 0 else one.power - other.power
    sign = difference.as_coeff_Mul()
    if difference == 0 or (sign[0].is_Rational and sign[1] in (S.One, sp.pi, sp.E)):
        return int(sp.sign(sign[0]))
    raise Unbounded("the terms of a sum cannot be compared")


def _power(base: Expr, exponent: Expr, x: Symbol, values: sp.Set) -> Order:
    if x in exponent.free_symbols:
        if x in base.free_symbols:
            raise Unbounded(f"{base}**{exponent} is no power or exponential")
        _leading(exponent, x)
        positive = Relation(base, "gt", S.Zero)
        known = () if base.is_Rational and base > 0 else (positive,)
        return Order(exponent=sp.expand(exponent * log(base)), conditions=known, exact=())
    if base == x:  # |x**s| is x**re(s)
        return Order(_real_part(exponent), exact=())
    inner = order(base, x, values)
    conditions = inner.conditions
    if not exponent.is_real:
        conditions += (Member(exponent, S.Reals),)
    upwards = isinstance(exponent, Rational) and exponent > 0
    if inner.exact is None and not upwards:
        conditions += (Relation(exponent, "ge", S.Zero),)
    elif not upwards and inner.exact is not None:
        conditions += inner.exact
    return Order(
        inner.power * exponent,
        sp.expand(inner.exponent * exponent),
        conditions,
        inner.exact,
    )
