"""Whether a statement holds at exact points, by SymPy's own floating point arithmetic.

It shares nothing with the checker's balls, ranges and rewriting but the choice of the points.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator
from typing import Any

from sympy import (
    Abs,
    Basic,
    Derivative,
    Indexed,
    Integer,
    KroneckerDelta,
    MatrixBase,
    Piecewise,
    Product,
    Sum,
    sympify,
)

from proofcheck.citations import hypotheses
from proofcheck.claims import Claim
from proofcheck.engines._points import generator_of
from proofcheck.engines.base import Budget, OutOfTime
from proofcheck.engines.sampling import RandomDraw, chooser
from proofcheck.obligations import Context
from proofcheck.relations import Relation

DIGITS = 40
CLOSE = sympify("1e-25")
APART = sympify("1e-12")
SECONDS = 5.0


class NoNumber(Exception):
    """An expression that has no finite number for a value at the point."""


def explicit(expression: Any, point: dict[Basic, Any]) -> Any:
    """Return ``expression`` with the point put in, sums and products written out."""
    if expression in point:
        return point[expression]
    if isinstance(expression, Indexed):
        values, index = point[expression.base], explicit(expression.indices[0], point)
        if not (isinstance(index, Integer) and 1 <= index <= len(values)):
            raise NoNumber(expression)
        return values[int(index) - 1]
    if isinstance(expression, Sum | Product):
        return _written_out(expression, point)
    if isinstance(expression, Derivative):
        return explicit(expression.doit(), point)
    if isinstance(expression, KroneckerDelta):
        one, two = (explicit(part, point) for part in expression.args)
        return Integer(int(one == two))
    if isinstance(expression, Piecewise):
        return expression.subs({k: v for k, v in point.items() if not isinstance(v, tuple)})
    if not expression.args:
        return expression
    return expression.func(*(explicit(part, point) for part in expression.args))


def _written_out(expression: Any, point: dict[Basic, Any]) -> Any:
    index, low, high = expression.limits[-1]
    inner = expression.function
    if len(expression.limits) > 1:
        inner = expression.func(inner, *expression.limits[:-1])
    first, last = explicit(low, point), explicit(high, point)
    if not (isinstance(first, Integer) and isinstance(last, Integer)) or last - first > 200:
        return expression.subs({k: v for k, v in point.items() if not isinstance(v, tuple)})
    total: Any = Integer(0 if isinstance(expression, Sum) else 1)
    for value in range(int(first), int(last) + 1):
        term = explicit(inner, point | {index: Integer(value)})
        total = total + term if isinstance(expression, Sum) else total * term
    return total


def number(expression: Any, point: dict[Basic, Any], digits: int = DIGITS) -> Any:
    """Return the value of ``expression`` at ``point`` to so many digits.

    SymPy takes forever over the exponential of a number that is itself beyond every float.
    """
    try:
        with Budget.lasting(SECONDS).enforced():
            value = sympify(explicit(expression, point)).evalf(digits)
    except OutOfTime as problem:
        raise NoNumber(expression) from problem
    if not value.is_number or value.has(sympify("nan"), sympify("oo"), sympify("zoo")):
        raise NoNumber(expression)
    return value


def holds(relation: Relation, point: dict[Basic, Any]) -> bool:
    """Tell whether ``relation`` holds at ``point``, as far as floating point can tell.

    Raises:
        NoNumber: a side has no value there, or the order of complex numbers is asked for.
    """
    left, right = (explicit(side, point) for side in (relation.lhs, relation.rhs))
    if isinstance(left, MatrixBase):
        return all(
            holds(Relation(one, relation.operator, two), {})
            for one, two in zip(left, right, strict=True)
        )
    return _compared(left, relation.operator, right)


def _compared(left: Any, operator: str, right: Any) -> bool:
    """Compare two numbers by their relative difference: tiny numbers are not zero.

    What shrinks with every further digit is.
    """
    difference = number(left - right, {})
    if 0 < Abs(difference) < CLOSE:
        finer = number(left - right, {}, 2 * DIGITS)
        difference *= int(bool(Abs(finer) > CLOSE * Abs(difference)))
    scale = Abs(number(left, {})) + Abs(number(right, {}))
    size = Abs(difference) / scale if scale else scale
    if operator in ("eq", "ne"):
        return bool((size < APART) if operator == "eq" else (size > CLOSE))
    real, imaginary = difference.as_real_imag()
    if Abs(imaginary) > CLOSE * scale:
        raise NoNumber("complex numbers are not ordered")
    if size < CLOSE:
        if operator in ("lt", "gt") and sympify(left - right).expand() != 0:
            raise NoNumber("too near to tell")
        return operator in ("le", "ge")
    return bool(real < 0) if operator in ("lt", "le") else bool(real > 0)


def points(claim: Claim, seed: int, seconds: float) -> Iterator[tuple[Any, dict[Basic, Any]]]:
    """Yield cases of ``claim`` with admissible points of them: special ones, then random ones."""
    for case in claim.cases():
        ends = time.process_time() + seconds
        context = Context(case.variables, case.facts + hypotheses(case))
        if not context.variables:
            yield case, {}
            continue
        generator = generator_of(context, ())
        for point in generator.points(12):
            yield case, dict(point)
            if time.process_time() > ends:
                return
        draw = RandomDraw(random.Random(seed))
        for _ in range(60):
            for point in generator.assemble(chooser(generator, draw)):
                if generator.admits(point):
                    yield case, dict(point)
            if time.process_time() > ends:
                return


def failures(claim: Claim, seed: int = 0, seconds: float = 10.0) -> tuple[int, list[str]]:
    """Return at how many points ``claim`` was looked at, and those at which it fails."""
    tried, failing = 0, []
    for case, point in points(claim, seed, seconds):
        with contextlib.suppress(NoNumber, TypeError, ValueError, ArithmeticError, RecursionError):
            good = [holds(link, point) for link in case.links]
            tried += 1
            if not all(good):
                failing.append(", ".join(f"{name} = {value}" for name, value in point.items()))
    return tried, failing
