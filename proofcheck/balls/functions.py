"""Named functions on balls: one rigorous implementation for each SymPy function class. Trusted.

``implementation(arguments, mode)`` returns an enclosure of the function, principal branches,
SymPy's conventions. In mode PLAIN a jump inside the ball is refused, in mode PATH (the integrand
on the path of an integral) both sides are enclosed. In mode HOLOMORPHIC the function must also be
holomorphic on the arguments (quadrature needs that), so a ball that meets a branch cut is refused.

Sources: F. Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic",
IEEE Trans. Comput. 66 (2017); the cuts are those of the DLMF and of mpmath, which SymPy follows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy as sp
from flint import acb, arb, fmpq

Value = fmpq | acb
PLAIN, PATH, HOLOMORPHIC = 0, 1, 2  # modes, see the docstring
Implementation = Callable[[Sequence[Value], int], Value]

EXACT_BITS = 20_000  # beyond this size exact rationals give way to balls


class Undefined(Exception):
    """A term is provably undefined at the point: ``term`` is it."""

    def __init__(self, term: sp.Basic) -> None:
        super().__init__(term)
        self.term = term

    def __str__(self) -> str:
        return f"{self.term} is undefined"


class Unevaluable(Exception):
    """No finite enclosure was found: ``reason`` says why; ``hopeless`` if precision cannot help.

    ``{}`` in the template stands for the terms, which are only printed when somebody asks.
    """

    def __init__(self, template: str, *terms: object, hopeless: bool = False) -> None:
        super().__init__(template, *terms)
        self.template = template
        self.terms = terms
        self.hopeless = hopeless

    def __str__(self) -> str:
        return self.template.format(*self.terms) if self.terms else self.template

    reason = property(__str__)


class Pole(Exception):
    """The function is provably undefined at these exact arguments (becomes Undefined)."""


LARGEST_INTEGER = arb(2) ** 4096  # as a ball 2^(2^60) is small, as an integer it is not
ZERO, ONE, HALF = fmpq(0), fmpq(1), fmpq(1, 2)


def ball(value: Value) -> acb:
    """Return ``value`` as a ball at the working precision."""
    return value if type(value) is acb else acb(value)


def is_real(value: Value) -> bool:
    """Whether ``value`` is real by construction (imaginary part exactly 0)."""
    return not isinstance(value, acb) or bool(value.imag.is_zero())


def real(value: Value) -> arb:
    """Return a value that must be real as a real ball."""
    if not is_real(value):
        raise Unevaluable("a complex value where a real one is needed")
    return ball(value).real


def integer(value: Value) -> int | None:
    """Return the exact integer that ``value`` is, or None."""
    if not isinstance(value, acb):
        return int(value.p) if value.q == 1 else None
    if value.is_exact() and value.imag.is_zero() and value.real.is_integer():
        return int(value.real.fmpz()) if abs(value.real) < LARGEST_INTEGER else None
    return None


def order(value: Value, name: str) -> int:
    """Return ``value`` as the exact integer that a parameter must be."""
    found = integer(value)
    if found is None:
        raise Unevaluable(f"{name} at an order that is not an exact integer")
    return found


def is_zero(value: Value) -> bool:
    """Whether ``value`` is provably zero."""
    return bool(value == 0) if type(value) is fmpq else bool(ball(value).is_zero())


def contains_zero(value: Value) -> bool:
    """Whether ``value`` may be zero."""
    return bool(value == 0) if type(value) is fmpq else bool(ball(value).contains(0))


def contains_integer(value: Value) -> bool:
    """Whether ``value`` may be an integer."""
    if type(value) is fmpq:
        return bool(value.q == 1)
    return bool(ball(value).contains_integer())


def disk(radius: arb, *, is_real: bool = False) -> acb:
    """Return a ball around 0 that contains every number of modulus at most ``radius``."""
    bound = arb(0, radius.abs_upper())
    return acb(bound) if is_real else acb(bound, bound)


def interval(lower: arb, upper: arb) -> arb:
    """Return a real ball that contains [lower, upper]."""
    return lower.union(upper)


# Branch cuts. Each test is true unless the ball provably avoids the cut.


def meets_negative(z: acb) -> bool:
    """(-oo, 0]."""
    return bool(z.imag.contains(0)) and not z.real > 0


def meets_beyond_one(z: acb) -> bool:
    """[1, oo)."""
    return bool(z.imag.contains(0)) and not z.real < 1


def meets_outside(z: acb) -> bool:
    """(-oo, -1] and [1, oo)."""
    return meets_beyond_one(z) or meets_beyond_one(-z)


def meets_below_one(z: acb) -> bool:
    """(-oo, 1]."""
    return bool(z.imag.contains(0)) and not z.real > 1


def meets_vertical(z: acb) -> bool:
    """(-i oo, -i] and [i, i oo)."""
    return bool(z.real.contains(0)) and not abs(z.imag) < 1


def refuse(meets: bool, name: str) -> None:
    """Raise when a holomorphic function is asked for across a branch cut."""
    if meets:
        raise Unevaluable(f"the ball meets a branch cut of {name}")


# Unary functions that Arb has as methods.


def method(
    name: str,
    cut: Callable[[acb], bool] | None = None,
    poles: Sequence[int] = (),
    inverted: str | None = None,
) -> Implementation:
    """Return the implementation by the method ``name`` of a ball (of 1/z if ``inverted``).

    ``poles`` are exact integers at which the function is undefined; ``inverted`` names the
    attribute of the exact value at 0 of a function of 1/z ("pole", or a multiple of pi/2).
    """

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        value = arguments[0]
        if len(arguments) != 1:
            raise Unevaluable(f"{name} of {len(arguments)} arguments", hopeless=True)
        if is_zero(value) and inverted is not None:
            if inverted == "pole":
                raise Pole
            half = arb.pi() / 2
            return acb(half) if inverted == "real" else acb(0, half)
        if poles and integer(value) in poles:
            raise Pole
        z = 1 / ball(value) if inverted is not None else ball(value)
        if mode == HOLOMORPHIC and cut is not None:
            refuse(cut(z), name)
        found = getattr(z, name)()
        return found if type(found) is acb else acb(found)

    return evaluate


# Real functions with jumps or corners. HOLOMORPHIC asks for the holomorphic continuation of the
# real function on one side; the caller has checked that the argument is real on the real path.


def absolute(arguments: Sequence[Value], mode: int) -> Value:
    """|z|."""
    (value,) = arguments
    if type(value) is fmpq:
        return abs(value)
    if mode == HOLOMORPHIC:
        return ball(value).real_abs(analytic=True)
    return acb(abs(ball(value)))


def sign_of(arguments: Sequence[Value], mode: int) -> Value:
    """z/|z|, and 0 at 0."""
    (value,) = arguments
    if is_zero(value):
        return ZERO
    z = ball(value)
    if is_real(value) or mode == HOLOMORPHIC:
        if z.real > 0:
            return ONE
        if z.real < 0:
            return -ONE
        if mode == PATH:
            return acb(arb(0, 1))
    elif not z.contains(0):
        return z / abs(z)
    raise Unevaluable("the sign of a ball around 0")


def floor_of(arguments: Sequence[Value], mode: int) -> Value:
    """The largest integer <= x, x real."""
    (value,) = arguments
    if type(value) is fmpq:
        return fmpq(value.floor())
    x = ball(value).real if mode == HOLOMORPHIC else real(value)
    low, high = x.lower().floor(), x.upper().floor()
    if mode == PATH and low.is_finite() and high.is_finite():
        return acb(interval(low, high))
    exact = low.unique_fmpz()
    if exact is None or not low == high or (mode == HOLOMORPHIC and x.contains(low)):
        raise Unevaluable("floor of a ball that meets a jump")
    return fmpq(exact)


def ceiling_of(arguments: Sequence[Value], mode: int) -> Value:
    """The smallest integer >= x, x real."""
    return -floor_of([-arguments[0]], mode)


def modulo(arguments: Sequence[Value], mode: int) -> Value:
    """x - y floor(x/y); the sign is that of y."""
    x, y = arguments
    if is_zero(y):
        raise Pole
    return x - y * floor_of([quotient(x, y)], mode)


def quotient(x: Value, y: Value) -> Value:
    """x/y; a pole at an exact zero."""
    if is_zero(y):
        raise Pole
    return x / y if type(x) is type(y) else ball(x) / ball(y)


def heaviside(arguments: Sequence[Value], mode: int) -> Value:
    """0, the second argument (1/2 by default in SymPy), 1."""
    if is_zero(arguments[0]):
        return arguments[1] if len(arguments) > 1 else HALF
    argument = arguments[0] if mode == HOLOMORPHIC else acb(real(arguments[0]))
    found = sign_of([argument], mode)
    return (found + 1) / 2


def maximum(arguments: Sequence[Value], mode: int) -> Value:
    """The largest of real values."""
    best = arguments[0]
    for value in arguments[1:]:
        if type(best) is fmpq and type(value) is fmpq:
            best = best if best >= value else value
        elif mode == HOLOMORPHIC:
            best = ball(best).real_max(ball(value), analytic=True)
        else:
            best = acb(real(best).max(real(value)))
    if mode != HOLOMORPHIC:
        real(best)
    return best


def minimum(arguments: Sequence[Value], mode: int) -> Value:
    """The smallest of real values."""
    return -maximum([-value for value in arguments], mode)


def real_part(arguments: Sequence[Value], mode: int) -> Value:
    """Re z (the identity where HOLOMORPHIC: the caller has checked that z is real on the path)."""
    (value,) = arguments
    return value if type(value) is fmpq or mode == HOLOMORPHIC else acb(ball(value).real)


def imaginary_part(arguments: Sequence[Value], mode: int) -> Value:
    """Im z."""
    (value,) = arguments
    return ZERO if type(value) is fmpq or mode == HOLOMORPHIC else acb(ball(value).imag)


def conjugate_of(arguments: Sequence[Value], mode: int) -> Value:
    """The complex conjugate."""
    (value,) = arguments
    return value if type(value) is fmpq or mode == HOLOMORPHIC else ball(value).conjugate()


def argument_of(arguments: Sequence[Value], mode: int) -> Value:
    """The principal argument, in (-pi, pi]."""
    (value,) = arguments
    if is_zero(value):
        raise Pole
    z = ball(value)
    if mode == HOLOMORPHIC:
        return ZERO if sign_of([value], HOLOMORPHIC) == 1 else acb(arb.pi())
    if z.contains(0):
        raise Unevaluable("the argument of a ball around 0")
    return acb(z.arg())


def power(base: Value, exponent: Value, mode: int) -> Value:
    """base^exponent, principal; 0^0 = 1 and 0^e = 0 for Re e > 0; a pole at 0^negative."""
    n = integer(exponent)
    if n is not None:
        if n == 0:
            return ONE
        if is_zero(base):
            if n < 0:
                raise Pole
            return ZERO
        if type(base) is fmpq and base.height_bits() * abs(n) <= EXACT_BITS:
            return base**n
        return ball(base) ** n
    e = ball(exponent)
    if is_zero(base):
        if mode == HOLOMORPHIC:
            raise Unevaluable("a branch point of a power")
        if e.real > 0:
            return ZERO
        if e.real < 0 and is_real(exponent):
            raise Pole
        raise Unevaluable("a power of 0 whose exponent may be 0 or is not real")
    if type(base) is fmpq and type(exponent) is fmpq:
        root = exact_power(base, exponent)
        if root is not None:
            return root
    z, holomorphic = ball(base), mode == HOLOMORPHIC
    if exponent == HALF and not z.contains(0):
        return z.sqrt(analytic=holomorphic)
    if z.contains(0):
        if holomorphic or not e.real > 0:
            raise Unevaluable("a power of a ball around 0")
        # |z^e| <= |z|^Re(e) exp(pi |Im e|), since |arg z| <= pi
        radius = abs(z).upper()
        bound = (radius.log() * e.real).exp()
        if is_real(base) and is_real(exponent) and z.real.lower() >= 0:
            return acb(interval(arb(0), bound.upper()))
        return disk(bound * (arb.pi() * abs(e.imag)).exp())
    if type(exponent) is fmpq and exponent.q == 2:
        return z.sqrt(analytic=holomorphic) ** int(exponent.p)
    return z.pow(e, analytic=holomorphic)


def exact_power(base: fmpq, exponent: fmpq) -> fmpq | None:
    """The rational value of a rational power of a positive rational, or None."""
    degree = int(exponent.q)
    if base <= 0 or degree > 8 or base.height_bits() * abs(int(exponent.p)) > EXACT_BITS:
        return None
    roots = [sp.integer_nthroot(int(part), degree) for part in (base.p, base.q)]
    if not all(exact for _, exact in roots):
        return None
    return fmpq(roots[0][0], roots[1][0]) ** int(exponent.p)


ELEMENTARY: dict[type, Implementation] = {
    sp.sin: method("sin"), sp.cos: method("cos"), sp.tan: method("tan"),
    sp.cot: method("cot", None, (0,)), sp.sec: method("sec"), sp.csc: method("csc", None, (0,)),
    sp.sinh: method("sinh"), sp.cosh: method("cosh"), sp.tanh: method("tanh"),
    sp.coth: method("coth", None, (0,)), sp.sech: method("sech"),
    sp.csch: method("csch", None, (0,)), sp.sinc: method("sinc"),
    sp.log: method("log", meets_negative, (0,)),
    sp.asin: method("asin", meets_outside), sp.acos: method("acos", meets_outside),
    sp.atan: method("atan", meets_vertical), sp.acot: method("atan", meets_vertical, (), "real"),
    sp.asec: method("acos", meets_outside, (), "pole"),
    sp.acsc: method("asin", meets_outside, (), "pole"),
    sp.asinh: method("asinh", meets_vertical), sp.acosh: method("acosh", meets_below_one),
    sp.atanh: method("atanh", meets_outside, (1, -1)),
    sp.acoth: method("atanh", meets_outside, (1, -1), "imaginary"),
    sp.asech: method("acosh", meets_below_one, (), "pole"),
    sp.acsch: method("asinh", meets_vertical, (), "pole"),
}  # fmt: skip

PIECEWISE: dict[type, Implementation] = {
    sp.Abs: absolute, sp.sign: sign_of, sp.floor: floor_of, sp.ceiling: ceiling_of,
    sp.Mod: modulo, sp.Heaviside: heaviside,
    sp.Max: maximum, sp.Min: minimum, sp.re: real_part, sp.im: imaginary_part,
    sp.conjugate: conjugate_of, sp.arg: argument_of,
    sp.frac: lambda arguments, mode: arguments[0] - floor_of(arguments, mode),
}  # fmt: skip
