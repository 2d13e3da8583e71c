"""Enclose a SymPy expression at a point or on a box by Arb balls, rigorously. Trusted.

``Undefined`` is only said where it is provable, ``Unevaluable`` where no finite enclosure was
found; everything else is an enclosure, principal branches, SymPy's conventions.

Source of the arithmetic: F. Johansson, "Arb: efficient arbitrary-precision midpoint-radius
interval arithmetic", IEEE Trans. Comput. 66 (2017), through python-flint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq, fmpz
from sympy import Basic, Expr, Float, Rational, Tuple, sympify

from proofcheck.balls.functions import Undefined, Unevaluable, Value, ball, is_real
from proofcheck.balls.programs import environment, translate

__all__ = [
    "Point", "Undefined", "Unevaluable", "agreement", "decimal", "enclose",
    "separated", "sign",
]  # fmt: skip

Point = Mapping[Basic, object]

FIRST_PRECISION = 64
LAST_PRECISION = 2048
HUGE = arb(10) ** 2000


@contextmanager
def working_precision(bits: int) -> Iterator[None]:
    """Set Arb's working precision, and restore it."""
    outer = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = outer


def value_of(given: object) -> Any:
    """Return a value of a point as an exact rational, a ball, or a tuple of them."""
    if isinstance(given, Rational):
        return fmpq(int(given.p), int(given.q))
    if isinstance(given, acb | fmpq):
        return given
    if isinstance(given, arb):
        return acb(given)
    if isinstance(given, int | fmpz):
        return fmpq(given)
    if isinstance(given, Fraction):
        return fmpq(given.numerator, given.denominator)
    if isinstance(given, float | complex | Float):
        raise Unevaluable("claims contain no floats", hopeless=True)
    if isinstance(given, Expr):
        return translate(given)(environment({}))
    if isinstance(given, list | tuple | Tuple):
        return tuple(value_of(part) for part in given)
    raise Unevaluable(f"{given!r} is not a value", hopeless=True)


def enclose(expression: Expr, point: Point, precision: int) -> acb:
    """Return a ball that contains the value of ``expression`` at ``point``.

    With wide balls in ``point`` it contains the value at every point of the box.

    Raises:
        Undefined: a term is provably undefined at the point.
        Unevaluable: a function is unknown, or no finite enclosure was found at this precision
            (somewhere in the box the expression may be undefined).
    """
    with working_precision(precision):
        try:
            found = ball(evaluate(sympify(expression), point))
        except RecursionError:
            raise Unevaluable("an expression nested too deeply", hopeless=True) from None
        if not found.is_finite():
            raise Unevaluable(f"{expression} could not be made finite")
        return found


def evaluate(expression: Expr, point: Point) -> Value:
    """Return the value, exact if rational arithmetic gave it, at the working precision."""
    values = {symbol: value_of(given) for symbol, given in point.items()}
    return translate(expression)(environment(values, point))


def precisions(first: int, last: int) -> Iterator[int]:
    """first, 2 first, 4 first, ... up to ``last``."""
    while first <= last:
        yield first
        first *= 2


def sign(
    expression: Expr,
    point: Point,
    *,
    digits: int | None = None,
    max_precision: int = LAST_PRECISION,
) -> int | None:
    """Return the sign of a provably real value, 0 for an exact 0, None if it was not decided.

    ``digits``: where to start, in decimal digits.

    Raises Undefined, and Unevaluable if no precision gave an enclosure.
    """
    first = FIRST_PRECISION if digits is None else max(FIRST_PRECISION, int(digits * 3.33) + 16)
    failure: Unevaluable | None = None
    evaluated = False
    for precision in precisions(min(first, max_precision), max_precision):
        try:
            found = enclose(expression, point, precision)
        except Unevaluable as error:
            if error.hopeless:
                raise
            failure = error
            continue
        evaluated = True
        if found.is_zero():
            return 0
        if is_real(found):
            if found.real > 0:
                return 1
            if found.real < 0:
                return -1
            if found.is_exact():
                return None
        elif not found.imag.contains(0):
            return None
    if failure is not None and not evaluated:
        raise failure
    return None


def separated(
    lhs: Expr, rhs: Expr, point: Point, *, max_precision: int = LAST_PRECISION
) -> tuple[acb, acb] | None:
    """Return disjoint enclosures of the two sides, or None if they overlap at every precision.

    Raises Undefined, and Unevaluable if no precision gave an enclosure of both sides.
    """
    failure: Unevaluable | None = None
    evaluated = False
    for precision in precisions(min(FIRST_PRECISION, max_precision), max_precision):
        try:
            left, right = enclose(lhs, point, precision), enclose(rhs, point, precision)
        except Unevaluable as error:
            if error.hopeless:
                raise
            failure = error
            continue
        evaluated = True
        if not left.overlaps(right):
            return left, right
        if left.is_exact() and right.is_exact():
            return None
    if failure is not None and not evaluated:
        raise failure
    return None


def agreement(lhs: Expr, rhs: Expr, point: Point, digits: int = 50) -> int | None:
    """Return to how many digits (at most ``digits``) the sides certainly agree.

    The difference is taken relative to max(1, |lhs|). None if a side cannot be evaluated.

    Raises Undefined.
    """
    best: int | None = None
    first = int(digits * 3.33) + 32
    for precision in (first, 2 * first, 4 * first):
        try:
            left, right = enclose(lhs, point, precision), enclose(rhs, point, precision)
        except Unevaluable as error:
            if error.hopeless:
                return None
            continue
        with working_precision(precision):
            error_bound = (abs(left - right) / arb(1).max(abs(left))).upper()
            if error_bound == 0:
                return digits
            agreed = (-(error_bound.log() / arb(10).log())).lower().floor().unique_fmpz()
        best = max(best or 0, min(digits, int(agreed or 0)))
        if best == digits or not left.overlaps(right):
            break
    return best


def decimal(value: acb | arb, digits: int = 15) -> str:
    """Return a number for people to read: at most ``digits`` digits, each correctly rounded.

    >>> from sympy import sqrt
    >>> decimal(enclose(sqrt(3) / 2, {}, 64))
    '0.866025403784439'
    """
    if isinstance(value, arb):
        return real_decimal(value, digits)
    if is_real(value):
        return real_decimal(value.real, digits)
    imaginary = value.imag
    joint = " - " if imaginary < 0 else " + "
    part = real_decimal(-imaginary if imaginary < 0 else imaginary, digits)
    part = f"({part})*I" if " " in part else f"{part}*I"
    if value.real.is_zero():
        return ("-" if imaginary < 0 else "") + part
    return real_decimal(value.real, digits) + joint + part


def real_decimal(value: arb, digits: int) -> str:
    """The digits that are the same for every number in the ball."""
    if not value.is_finite():
        return "not finite"
    if abs(value) > HUGE or (abs(value) < 1 / HUGE and not value.contains(0)):
        return shifted_decimal(value, digits)
    low, high = (Fraction(int(q.p), int(q.q)) for q in map(exact, (value.lower(), value.upper())))
    if low == high:
        return written(*rounded(low, digits), trim=True)
    for count in range(digits, 0, -1):
        first, last = rounded(low, count), rounded(high, count)
        if first == last:
            return written(*first, trim=False)
    middle, spread = (low + high) / 2, (high - low) / 2
    return f"{written(*rounded(middle, 3), trim=True)} +/- {float(spread):.2g}"


def shifted_decimal(value: arb, digits: int) -> str:
    """A number too large or too small to be written as a fraction: scaled by a power of ten."""
    with working_precision(ctx.prec + 128):
        power = (abs(value).log() / arb(10).log()).floor().mid().unique_fmpz()
        if power is None or abs(power) > 10**30:
            return "too large to be written" if abs(value) > 1 else "too small to be written"
        scaled = value / arb(10) ** power
    text = real_decimal(scaled, digits)
    return f"({text})*10**{power}" if " " in text else f"{text}e{power}"


def exact(value: arb) -> fmpq:
    """An exact ball as a rational."""
    mantissa, exponent = value.man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def rounded(value: Fraction, digits: int) -> tuple[int, int]:
    """Return (m, e) with m 10^e nearest to ``value`` and m of ``digits`` digits; ties to even."""
    if value == 0:
        return 0, 0
    exponent = len(str(abs(value.numerator))) - len(str(value.denominator)) - digits
    while True:
        scaled = value / Fraction(10) ** exponent
        mantissa = round(scaled)
        if abs(mantissa) >= 10**digits:
            exponent += 1
        elif abs(mantissa) < 10 ** (digits - 1):
            exponent -= 1
        else:
            return mantissa, exponent


def written(mantissa: int, exponent: int, *, trim: bool) -> str:
    """Write m 10^e, in positional notation unless that is long."""
    sign_text, text = ("-" if mantissa < 0 else ""), str(abs(mantissa))
    leading = len(text) + exponent - 1  # the power of ten of the first digit
    if mantissa and not -5 <= leading <= max(15, len(text)):
        head, tail = text[0], (text[1:].rstrip("0") if trim else text[1:])
        return f"{sign_text}{head}.{tail or '0'}e{leading}"
    if exponent >= 0:
        whole, part = text + "0" * exponent, "0"
    else:
        text = text.rjust(1 - exponent, "0")
        whole, part = text[:exponent], text[exponent:]
    if trim:
        part = part.rstrip("0") or "0"
    return f"{sign_text}{whole}.{part}"
