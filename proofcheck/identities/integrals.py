"""Rewrite rules for definite integrals: the fundamental theorem and what follows from it.  Trusted.

Every rule is about an integral that converges absolutely: that is what its atom needs.  The
variable of integration is that of ``continuity.bound``, a real symbol of its own; a condition
holds ``Throughout`` the range.  Sources: NIST Digital Library of Mathematical Functions (DLMF);
W. Rudin, "Real and complex analysis" (1987), chapter 7.
"""

from __future__ import annotations

from sympy import (
    Add,
    Expr,
    Integral,
    Interval,
    Mul,
    S,
    Symbol,
    oo,
)  # fmt: skip

from proofcheck.calculus import derivative
from proofcheck.continuity import bound, continuous_on, put, straightened, throughout
from proofcheck.decay import vanishing
from proofcheck.definedness import needs
from proofcheck.identities.equations import (
    Equation,
    Registry,
    demand,
    positive,
    product,
    real,
    unless_true,
)
from proofcheck.relations import Condition, Defined, Relation

INTEGRALS = Registry()
rule = INTEGRALS.rule


def parts_of(integral: Expr) -> tuple[Symbol, Expr, Expr, Expr]:
    """Return variable, integrand and ends of an integral."""
    demand(isinstance(integral, Integral), f"{integral} is not an integral")
    return bound(integral)


def defined(*expressions: Expr) -> tuple[Condition, ...]:
    """Return what ``expressions`` need to be defined."""
    return tuple(need.condition for expression in expressions for need in needs(expression))


def upwards(low: Expr, high: Expr) -> tuple[Condition, ...]:
    """Return that ``low <= high``, both real or infinite."""
    demand(low is not oo and high != -oo, "the limits are not in this order")
    if low == -oo or high is oo:
        return tuple(real(end) for end in (low, high) if end not in (-oo, oo))
    return unless_true([Relation(low, "le", high)])


def between(low: Expr, high: Expr) -> Interval:
    """Return the interval without its ends."""
    return Interval.open(low, high)


@rule("antiderivative")
def antiderivative(
    integral: Expr, primitive: Expr, start: Expr = S.NaN, stop: Expr = S.NaN
) -> Equation:
    """``Integral(f, (x, a, b)) = F(b) - F(a)``, the fundamental theorem of calculus (DLMF 1.4.20).

    F has the derivative f between the ends and is continuous at them.  At an infinite end, and
    where F has no value, its limit is given, as ``start`` or ``stop``; ``nan`` for "the value".
    """
    x, function, low, high = parts_of(integral)
    inside = between(low, high)
    slope, differentiable = derivative(primitive, x)
    conditions = [*upwards(low, high)]
    conditions += throughout(x, inside, (*differentiable, *defined(primitive, slope)))
    closed = Interval(low, high, start is not S.NaN, stop is not S.NaN)
    conditions += continuous_on(primitive, x, closed)
    values = []
    for end, given, inwards in ((low, start, S.One), (high, stop, S.NegativeOne)):
        if given is S.NaN:
            demand(end not in (oo, -oo), "a limit is missing")
            values.append(put(primitive, x, end))
        else:
            demand(x not in given.free_symbols, "a limit that moves")
            conditions += tending(primitive - given, x, end, inwards, (low, high))
            values.append(given)
    conditions += defined(*values)
    conditions += throughout(x, inside, (Relation(slope, "eq", function),))
    replacement = Add(values[1], Mul(S.NegativeOne, values[0], evaluate=False), evaluate=False)
    return Equation(integral, 1, replacement, tuple(dict.fromkeys(conditions)))


def tending(
    function: Expr, x: Symbol, end: Expr, inwards: Expr, ends: tuple[Expr, Expr]
) -> tuple[Condition, ...]:
    """Return when ``function``, defined between the ends, tends to zero at ``end``.

    At a finite end ``x = end + inwards/t`` with t to infinity; the range must not be empty.
    """
    low, high = ends
    if end is oo:
        start = S.Zero if low == -oo else low
        return vanishing(function, x, Interval.open(start, oo))
    if end == -oo:
        start = S.Zero if high is oo else -high
        return vanishing(put(function, x, -x), x, Interval.open(start, oo))
    bounded = not {oo, -oo} & set(ends)
    start = 1 / (high - low) if bounded else S.Zero
    nonempty = unless_true([Relation(low, "lt", high)]) if bounded else ()
    towards = vanishing(put(function, x, end + inwards / x), x, Interval.open(start, oo))
    return (*nonempty, *towards)


@rule("variable of integration")
def variable_of_integration(integral: Expr, name: Expr) -> Equation:
    """``Integral(f(x), (x, a, b)) = Integral(f(y), (y, a, b))`` for a real symbol y."""
    x, function, low, high = parts_of(integral)
    taken = integral.free_symbols | function.free_symbols - {x}
    demand(isinstance(name, Symbol) and name == Symbol(name.name, real=True), "no real symbol")
    demand(name not in taken, f"{name} means something else")
    return Equation(integral, 1, Integral(put(function, x, name), (name, low, high)))


@rule("empty integral")
def empty_integral(integral: Expr) -> Equation:
    """``Integral(f, (x, a, a)) = 0``."""
    _, _, low, high = parts_of(integral)
    demand(low == high and low not in (oo, -oo), "the ends are not the same")
    return Equation(integral, 1, S.Zero)


@rule("reversed integral")
def reversed_integral(integral: Expr) -> Equation:
    """``Integral(f, (x, a, b)) = -Integral(f, (x, b, a))``."""
    x, function, low, high = parts_of(integral)
    return Equation(integral, 1, -Integral(function, (x, high, low)))


@rule("integral of a sum")
def integral_of_sum(integral: Expr, *terms: Expr) -> Equation:
    """``Integral(c1*f1 + c2*f2 + ...) = c1*Integral(f1) + c2*Integral(f2) + ...``.

    The terms are given as c1, f1, c2, f2, ...; each integral has to converge.
    """
    x, function, low, high = parts_of(integral)
    demand(bool(terms) and len(terms) % 2 == 0, "pairs of a factor and an integrand")
    pairs = list(zip(terms[::2], terms[1::2], strict=True))
    demand(all(x not in factor.free_symbols for factor, _ in pairs), "a factor is not constant")
    integrals = [Integral(term, (x, low, high)) for _, term in pairs]
    total = Add(*(factor * term for factor, term in pairs))
    conditions: list[Condition] = [*upwards(low, high)]
    conditions += defined(*(factor for factor, _ in pairs))
    conditions += [Defined(part) for part in integrals]
    if total != function:
        conditions += throughout(x, between(low, high), (Relation(function, "eq", total),))
    replacement = Add(*(factor * part for (factor, _), part in zip(pairs, integrals, strict=True)))
    return Equation(integral, 1, replacement, tuple(dict.fromkeys(conditions)))


@rule("another integrand")
def another_integrand(integral: Expr, other: Expr) -> Equation:
    """``Integral(f, (x, a, b)) = Integral(g, (x, a, b))`` if ``f = g`` between the ends."""
    x, function, low, high = parts_of(integral)
    conditions = [
        *upwards(low, high),
        *throughout(x, between(low, high), (*defined(other), Relation(function, "eq", other))),
    ]
    return Equation(integral, 1, Integral(other, (x, low, high)), tuple(conditions))


@rule("split integral")
def split_integral(integral: Expr, middle: Expr) -> Equation:
    """``Integral(f, (x, a, b)) = Integral(f, (x, a, c)) + Integral(f, (x, c, b))``, a <= c <= b."""
    x, function, low, high = parts_of(integral)
    conditions = [real(middle), *upwards(low, middle), *upwards(middle, high), *defined(middle)]
    parts = Integral(function, (x, low, middle)), Integral(function, (x, middle, high))
    return Equation(integral, 1, Add(*parts), tuple(dict.fromkeys(conditions)))


@rule("even integrand")
def even_integrand(integral: Expr) -> Equation:
    """``Integral(f, (x, -a, a)) = 2*Integral(f, (x, 0, a))`` if ``f(-x) = f(x)``, a >= 0."""
    x, function, low, high = parts_of(integral)
    demand(low + high == 0, "the range is not symmetric")
    even = Relation(put(function, x, -x), "eq", function)
    conditions = (*upwards(S.Zero, high), *throughout(x, between(S.Zero, high), (even,)))
    return Equation(integral, 1, 2 * Integral(function, (x, 0, high)), conditions)


@rule("odd integrand")
def odd_integrand(integral: Expr) -> Equation:
    """``Integral(f, (x, -a, a)) = 0`` if ``f(-x) = -f(x)``, a >= 0 (absolute convergence)."""
    x, function, low, high = parts_of(integral)
    demand(low + high == 0, "the range is not symmetric")
    odd = Relation(put(function, x, -x), "eq", -function)
    conditions = (*upwards(S.Zero, high), *throughout(x, between(S.Zero, high), (odd,)))
    return Equation(integral, 1, S.Zero, conditions)


@rule("substitution")
def substitution(integral: Expr, path: Expr, start: Expr, stop: Expr) -> Equation:
    """``Integral(f, (x, a, b)) = Integral(f(g(x))*g'(x), (x, start, stop))``, g increasing.

    ``path`` is g(x), with ``g(start) = a <= b = g(stop)`` finite, differentiable between and at
    the ends, with a positive slope between (Rudin, theorem 7.26).
    """
    x, function, low, high = parts_of(integral)
    ends = (low, high, start, stop)
    demand(all(end not in (oo, -oo) for end in ends), "an end is infinite")
    demand(not {x} & (start.free_symbols | stop.free_symbols), "the ends move")
    slope, differentiable = derivative(path, x)
    closed = Interval(start, stop)
    conditions = [*upwards(low, high), *upwards(start, stop)]
    conditions += throughout(x, closed, (*differentiable, *defined(path, slope), real(path)))
    conditions += [Relation(put(path, x, start), "eq", low)]
    conditions += [Relation(put(path, x, stop), "eq", high)]
    conditions += throughout(x, between(start, stop), (positive(slope),))
    moved = product([put(function, x, path), slope])
    return Equation(
        integral, 1, Integral(moved, (x, start, stop)), tuple(dict.fromkeys(conditions))
    )


@rule("straight path")
def straight_path(integral: Expr) -> Equation:
    """``Integral(f(z), (z, a, b)) = Integral((b - a)*f(a + (b-a)*t), (t, 0, 1))``.

    That is what an integral between complex ends means, see ``continuity.straightened``.
    """
    demand(isinstance(integral, Integral), f"{integral} is not an integral")
    return Equation(integral, 1, straightened(integral))
