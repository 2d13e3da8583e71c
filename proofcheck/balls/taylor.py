"""Enclose a real expression on a box by Taylor's formula at its centre. Trusted.

For ``g(s) = f(c + s (x - c))`` with x in the box, ``g(1)`` is the sum of the coefficients of g at 0
below the order, and the coefficient of that order at some s in [0, 1].  Power series over balls
give both, the latter from series whose constant terms are the whole box.  Their coefficients are
finite only where f is analytic on all of it: roots, logarithms and quotients on balls that reach
their singularities are not.  What ball arithmetic alone gives is the other bound.

R. Moore, "Interval Analysis" (1966); F. Johansson, "Arb", IEEE Trans. Comput. 66 (2017).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, reduce
from typing import Any

import sympy as sp
from flint import arb, arb_series, ctx, fmpq
from sympy import Add, Expr, Integer, Mul, Pow, Rational, Symbol

from proofcheck.balls import enclose, working_precision
from proofcheck.balls.functions import Unevaluable

Series = Any
"""A power series over balls, or a ball."""

Box = Mapping[Symbol, tuple[arb, arb]]
"""For each symbol a ball around each end of its interval."""

ROUGH = (sp.Abs, sp.Max, sp.Min)


def _exponential(u: Series) -> Series:
    return _series(u).exp()


def _hyperbolic(u: Series, sign: int) -> Series:
    grown = _exponential(u)
    return (grown + sign * _inverse(grown)) / 2


def _tanh(u: Series) -> Series:
    return 1 - 2 * _inverse(_exponential(2 * u) + 1)


def _inverse(u: Series) -> Series:
    return 1 / _series(u)


def _logarithm(u: Series) -> Series:
    return _series(u).log()


def _loggamma(u: Series) -> Series:
    if not _series(u)[0] > 0:
        raise Unevaluable("a logarithm of gamma beyond 0")
    return _series(u).lgamma()


FUNCTIONS: dict[type, Callable[[Series], Series]] = {
    sp.exp: _exponential,
    sp.log: _logarithm,
    sp.sin: lambda u: _series(u).sin(),
    sp.cos: lambda u: _series(u).cos(),
    sp.tan: lambda u: _series(u).tan(),
    sp.cot: lambda u: _series(u).cos() / _series(u).sin(),
    sp.sec: lambda u: _inverse(_series(u).cos()),
    sp.csc: lambda u: _inverse(_series(u).sin()),
    sp.sinh: lambda u: _hyperbolic(u, -1),
    sp.cosh: lambda u: _hyperbolic(u, 1),
    sp.tanh: _tanh,
    sp.asin: lambda u: _series(u).asin(),
    sp.acos: lambda u: _series(u).acos(),
    sp.atan: lambda u: _series(u).atan(),
    sp.asinh: lambda u: _logarithm(u + _series(u * u + 1).sqrt()),
    sp.atanh: lambda u: (_logarithm(1 + u) - _logarithm(1 - u)) / 2,
    sp.erf: lambda u: _series(u).erf(),
    sp.erfc: lambda u: _series(u).erfc(),
    sp.gamma: lambda u: _series(u).gamma(),
    sp.loggamma: _loggamma,
}


def _series(u: Series) -> Any:
    return u if isinstance(u, arb_series) else arb_series([u])


def _power(u: Series, exponent: Rational) -> Series:
    if isinstance(exponent, Integer):
        whole = _series(u) ** abs(int(exponent))
        return whole if exponent > 0 else _inverse(whole)
    if exponent == Rational(1, 2):
        return _series(u).sqrt()
    return _exponential(_logarithm(u) * _rational(exponent))


def _rational(value: Rational) -> arb:
    return arb(fmpq(int(value.p), int(value.q)))


Instruction = tuple[Callable[..., Series], tuple[int, ...]]


class _Code:
    """An expression as a list of operations on what the earlier ones gave."""

    def __init__(self, expression: Expr) -> None:
        self.places: dict[Expr, int] = {}
        self.steps: list[Instruction | Expr] = []
        self.last = self._place(expression)

    def _place(self, expression: Expr) -> int:
        if expression not in self.places:
            step = self._step(expression)
            self.places[expression] = len(self.steps)
            self.steps.append(step)
        return self.places[expression]

    def _step(self, expression: Expr) -> Instruction | Expr:
        if isinstance(expression, Symbol) or not expression.free_symbols:
            return expression
        match expression:
            case Add():
                return _sum, tuple(map(self._place, expression.args))
            case Mul():
                return _product, tuple(map(self._place, expression.args))
            case Pow(base=base, exp=exponent) if isinstance(exponent, Rational):
                return (lambda u: _power(u, exponent)), (self._place(base),)
            case Pow(base=base, exp=exponent):
                return _general_power, (self._place(base), self._place(exponent))
        function = FUNCTIONS.get(type(expression))
        if function is None or len(expression.args) != 1:
            raise Unevaluable("no series of {}", expression, hopeless=True)
        return function, (self._place(expression.args[0]),)

    def run(self, values: Mapping[Symbol, Series], precision: int) -> Series:
        """Return the value, with that of each symbol given."""
        found: list[Series] = []
        for step in self.steps:
            if isinstance(step, tuple):
                found.append(step[0](*(found[place] for place in step[1])))
            elif isinstance(step, Symbol):
                if step not in values:
                    raise Unevaluable("{} has no value", step, hopeless=True)
                found.append(values[step])
            else:
                found.append(_constant(step, precision))
        return found[self.last]


def _sum(*terms: Series) -> Series:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _product(*factors: Series) -> Series:
    total = factors[0]
    for factor in factors[1:]:
        total = total * factor
    return total


def _general_power(base: Series, exponent: Series) -> Series:
    return _exponential(exponent * _logarithm(base))


@lru_cache(maxsize=4096)
def _constant(expression: Expr, precision: int) -> arb:
    if isinstance(expression, Rational):
        return _rational(expression)
    value = enclose(expression, {}, precision)
    if value.imag != 0:
        raise Unevaluable("{} is not real", expression, hopeless=True)
    return value.real


@lru_cache(maxsize=512)
def _code(expression: Expr) -> _Code:
    return _Code(expression)


@contextmanager
def _length(terms: int) -> Iterator[None]:
    outer = ctx.cap
    ctx.cap = terms
    try:
        yield
    finally:
        ctx.cap = outer


def taylor(expression: Expr, box: Box, order: int, precision: int) -> arb:
    """Return a ball with all values of a real ``expression`` on a closed box.

    Raises:
        Unevaluable: it has a function of which no series is known, or it may be singular.
    """
    if expression.has(*ROUGH):
        return _rough(expression, box, order, precision)
    code = _code(expression)
    with working_precision(precision):
        try:
            found = _formula(code, box, order, precision)
        except (ValueError, ZeroDivisionError) as problem:
            raise Unevaluable("{}: {}", expression, problem) from None
    if not found.is_finite():
        raise Unevaluable("{} could not be made finite", expression)
    return found


def _formula(code: _Code, box: Box, order: int, precision: int) -> arb:
    """Return the sum of the terms of Taylor's formula."""
    whole = {symbol: low.union(high) for symbol, (low, high) in box.items()}
    centre = {symbol: arb(ball.mid()) for symbol, ball in whole.items()}
    # Along a line from the centre; in one variable its length is better left out until the end.
    single = len(box) == 1
    away = {symbol: ball - centre[symbol] for symbol, ball in whole.items()}
    steps = {symbol: arb(1) if single else away[symbol] for symbol in box}
    with _length(order + 1):
        there = code.run({s: arb_series([whole[s], steps[s]]) for s in box}, precision)
        last = _series(there)[order]
        plain = _series(there)[0]
    with _length(order):
        here = _series(code.run({s: arb_series([centre[s], steps[s]]) for s in box}, precision))
        terms = [here[k] for k in range(order)] + [last]
    if not single and order > 1:  # the sum over the directions loses less after than before
        terms[1] = _slope(code, centre, away, precision)
    if single:
        (distance,) = away.values()
        radius = abs(distance).upper()
        even = arb(0).union(radius * radius)
        terms = [
            term * (even ** (k // 2) if k % 2 == 0 else distance * even ** (k // 2))
            for k, term in enumerate(terms)
        ]
    found: arb = _sum(*terms)
    if found.is_finite() and plain.is_finite():
        found = found.intersection(plain)
    return found if found.is_finite() else plain


def _slope(
    code: _Code, centre: Mapping[Symbol, arb], away: Mapping[Symbol, arb], precision: int
) -> arb:
    """Return the first derivatives at the centre times the distances from it."""
    total = arb(0)
    with _length(2):
        for moving, distance in away.items():
            values = {s: arb_series([c, int(s == moving)]) for s, c in centre.items()}
            total += _series(code.run(values, precision))[1] * distance
    return total


def _rough(expression: Expr, box: Box, order: int, precision: int) -> arb:
    """Return a ball for a sum, a product, a modulus of what has series."""
    if isinstance(expression, Add | Mul):
        smooth = [part for part in expression.args if not part.has(*ROUGH)]
        parts = [part for part in expression.args if part.has(*ROUGH)]
        if smooth:
            parts.append(expression.func(*smooth))
    elif isinstance(expression, ROUGH):
        parts = list(expression.args)
    elif isinstance(expression, Pow) and isinstance(expression.exp, Integer):
        parts = [expression.base]
    else:
        raise Unevaluable("no series of {}", expression, hopeless=True)
    values = [taylor(part, box, order, precision) for part in parts]
    with working_precision(precision):
        match expression:
            case Add():
                found: arb = _sum(*values)
            case Mul():
                found = _product(*values)
            case sp.Abs():
                found = abs(values[0])
            case Pow(exp=exponent):
                found = values[0] ** int(exponent)
            case sp.Max():
                found = reduce(arb.max, values)
            case _:
                found = reduce(arb.min, values)
    if not found.is_finite():
        raise Unevaluable("{} could not be made finite", expression)
    return found
