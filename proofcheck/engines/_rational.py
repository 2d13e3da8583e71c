"""Values of expressions in exact rational arithmetic, where they have one.  Untrusted.

A walk with FLINT's rationals takes a small part of the time of putting a point into SymPy's tree.
An expression is translated once into closures; whatever is not rational at a point, or has no
value there, or is not in the table below, comes out as None, and others have to look at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from flint import fmpq, fmpz
from sympy import (
    Abs,
    Add,
    Expr,
    Indexed,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    binomial,
    ceiling,
    factorial,
    fibonacci,
    floor,
)

LONGEST_SUM = 1500
LARGEST_EXPONENT = 2000
LARGEST_ARGUMENT = 1500  # of a factorial, a binomial coefficient, a Fibonacci number
LARGEST_HEIGHT = 4000
ZERO, ONE = fmpq(0), fmpq(1)

Values = Mapping[Any, Any]
Program = Callable[[Values], fmpq]


class NotRational(Exception):
    """There is no rational value here, or it was not found out."""


def rational(expression: Any, point: Values) -> Rational | None:
    """Return ``expression`` at ``point`` if every part of it has a rational value there."""
    if isinstance(expression, Rational):
        return expression
    if not isinstance(expression, Expr):
        return None
    try:
        value = program(expression)(point)
    except NotRational:
        return None
    return Rational(int(value.p), int(value.q))


@lru_cache(maxsize=4000)
def program(expression: Expr) -> Program:
    """Return what computes ``expression`` at a point."""
    match expression:
        case Rational():
            constant = fmpq(expression.p, expression.q)
            return lambda point: constant
        case Symbol():
            return lambda point: _number(point.get(expression))
        case Indexed() if len(expression.indices) == 1:
            return _member(expression.base, program(expression.indices[0]))
        case Add() | Mul():
            return _folded(tuple(map(program, expression.args)), isinstance(expression, Add))
        case Pow():
            return _power(program(expression.base), program(expression.exp))
        case Sum() | Product() if len(expression.limits[-1]) == 3:
            return _repeated(expression)
        case KroneckerDelta() if len(expression.args) == 2:
            i, j = map(program, expression.args)
            return lambda point: ONE if i(point) == j(point) else ZERO
        case Abs():
            inner = program(expression.args[0])
            return lambda point: abs(inner(point))
        case Max() | Min():
            parts, choose = tuple(map(program, expression.args)), max
            if isinstance(expression, Min):
                choose = min
            return lambda point: choose(part(point) for part in parts)
        case floor() | ceiling():
            inner = program(expression.args[0])
            if isinstance(expression, floor):
                return lambda point: fmpq(inner(point).floor())
            return lambda point: fmpq(inner(point).ceil())
        case factorial() | binomial():
            return _counted(fmpz.fac_ui if len(expression.args) == 1 else fmpz.bin_uiui, expression)
        case fibonacci() if len(expression.args) == 1:
            return _counted(fmpz.fib_ui, expression)
    return _unknown


def _unknown(point: Values) -> fmpq:
    raise NotRational


def _number(value: Any) -> fmpq:
    if isinstance(value, fmpq):
        return value
    if isinstance(value, Rational):
        return fmpq(value.p, value.q)
    raise NotRational


def _integer(value: fmpq, largest: int) -> int:
    if value.q != 1 or abs(value) > largest:
        raise NotRational
    return int(value.p)


def _member(base: Any, index: Program) -> Program:
    def found(point: Values) -> fmpq:
        values = point.get(base)
        position = _integer(index(point), LONGEST_SUM)
        if not isinstance(values, tuple) or not 1 <= position <= len(values):
            raise NotRational
        return _number(values[position - 1])

    return found


def _folded(parts: tuple[Program, ...], adding: bool) -> Program:
    def found(point: Values) -> fmpq:
        total = ZERO if adding else ONE
        for part in parts:
            # Every part is looked at: zero times what has no value has none.
            total = total + part(point) if adding else total * part(point)
        return total

    return found


def _power(base: Program, exponent: Program) -> Program:
    def found(point: Values) -> fmpq:
        times, below = _integer(exponent(point), LARGEST_EXPONENT), base(point)
        if below == 0 and times < 0:
            raise NotRational
        if below.height_bits() * abs(times) > LARGEST_HEIGHT:
            raise NotRational
        return below**times

    return found


def _repeated(expression: Sum | Product) -> Program:
    index, low, high = expression.limits[-1]
    inner = expression.function
    if len(expression.limits) > 1:
        inner = expression.func(inner, *expression.limits[:-1])
    first, last, term = program(low), program(high), program(inner)
    adding = isinstance(expression, Sum)

    def found(point: Values) -> fmpq:
        start, stop = (_integer(end(point), 10**6) for end in (first, last))
        if not -1 <= stop - start <= LONGEST_SUM:
            raise NotRational
        total = ZERO if adding else ONE
        here = dict(point)
        for value in range(start, stop + 1):
            here[index] = fmpq(value)
            total = total + term(here) if adding else total * term(here)
        return total

    return found


def _counted(function: Callable[..., fmpz], expression: Expr) -> Program:
    """Return what computes a function of natural numbers."""
    arguments = tuple(map(program, expression.args))

    def found(point: Values) -> fmpq:
        numbers = [_integer(argument(point), LARGEST_ARGUMENT) for argument in arguments]
        if min(numbers) < 0:
            raise NotRational
        return fmpq(function(*numbers))

    return found
