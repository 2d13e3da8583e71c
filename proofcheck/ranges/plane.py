"""What a context says of complex numbers: values that they avoid, half-planes, discs.  Trusted.

``unequal`` and ``avoids`` return True only where an expression certainly is not zero, or does not
lie in a set of real numbers: because an assumption on an affine function of it says so, by its
real and imaginary parts, or because two terms of it differ in modulus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import sympy
from sympy import Add, Expr, I, Integer, Mul, Pow, Rational, S, Set, expand, fraction, pi, together
from sympy.sets.fancysets import Integers, Naturals, Naturals0, Reals

from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.ranges.affine import scalar, size, spread
from proofcheck.ranges.extents import ends_of, extent
from proofcheck.ranges.functions import inside
from proofcheck.ranges.intervals import (
    INTEGER,
    NONNEGATIVE,
    REAL,
    Bounds,
    add,
    between,
    infinite,
    intersect,
    make,
    multiply,
    point,
    reciprocal,
    without_integers,
)
from proofcheck.ranges.rules import Ranger
from proofcheck.relations import AllOf, Condition, Member, Relation

LARGEST, LONGEST = 40, 4
Fact = tuple[Expr, Set]
LEFT = make((-sympy.oo, True), (S.Zero, False))
ABOVE_ONE = between(1, sympy.oo, "[)")
BELOW_MINUS_ONE = between(-sympy.oo, -1, "(]")
UNIT = between(0, 1, "[]")

PERIODS: dict[type, Callable[[Expr], Expr]] = {
    sympy.sin: lambda z: z / pi,
    sympy.cos: lambda z: z / pi - S.Half,
    sympy.sinh: lambda z: z / (I * pi),
    sympy.cosh: lambda z: z / (I * pi) - S.Half,
}
"""A function is zero exactly where this is an integer (DLMF 4.14, 4.28)."""


def facts(assumed: tuple[Condition, ...]) -> Iterator[Fact]:
    """Yield expressions with sets in which they do not lie."""
    for condition in assumed:
        match condition:
            case AllOf():
                yield from facts(condition.conditions)
            case Member(negated=True):
                yield condition.element, condition.set
            case Relation(operator="ne") if scalar(condition.lhs) and scalar(condition.rhs):
                for factor in divisors(condition.lhs - condition.rhs):
                    yield factor, sympy.FiniteSet(0)


@lru_cache(maxsize=2000)
def divisors(expression: Expr) -> tuple[Expr, ...]:
    """Return ``expression`` and expressions of whose zeros each is one of it, as far as defined.

    They are its factors, those of its numerator as one fraction, and what has a positive power.
    """
    found, left = [expression], [expression]
    while left:
        part = left.pop()
        if isinstance(part, Mul):
            inner = part.args
        elif isinstance(part, Pow):
            inner = (part.base,) if isinstance(part.exp, Rational) and part.exp > 0 else ()
        elif part is expression and size(part) <= LARGEST and _rational(part):
            inner = (factored(part, False),)
        else:
            inner = ()
        new = [one for one in inner if one.free_symbols and one not in found]
        found, left = found + new, left + new
    return tuple(found)


def exact(values: Set) -> Bounds | None:
    """Return the bounds that describe ``values`` exactly, or None."""
    match values:
        case Naturals0():  # in SymPy a subclass of Naturals
            return between(0, sympy.oo, "[)", integer=True)
        case Naturals():
            return between(1, sympy.oo, "[)", integer=True)
        case Integers():
            return INTEGER
        case Reals():
            return REAL
        case sympy.Interval() | sympy.Range():
            low, high, low_open, high_open = ends_of(values)
            if low is None or high is None:
                return None
            whole = isinstance(values, sympy.Range)
            for end in (low, high):
                if not (infinite(end) or isinstance(end, Integer if whole else Rational)):
                    return None
            found = make((low, low_open), (high, high_open), integer=whole)
            return found if (found.low, found.high) == (low, high) else None
    return None


def within(value: Bounds, values: Bounds) -> bool:
    """Whether a value certainly is one of those that ``values`` describes exactly."""
    return inside(value, values) and (value.integer or not values.integer)


def parts(expression: Expr) -> dict[Expr, Expr]:
    """Return the varying terms of ``expression`` with their constant factors."""
    found: dict[Expr, Expr] = {}
    for term in Add.make_args(spread(expression)):
        constant, core = term.as_independent(*term.free_symbols, as_Add=False)
        if term.free_symbols:
            found[core] = found.get(core, S.Zero) + constant
    return found


def along(element: Expr, other: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Yield c and d with ``element = c*other + d``, c a constant that is not zero."""
    mine, its = parts(element), parts(other)
    shared = (mine[core] / its[core] for core in its if core in mine and its[core] != 0)
    for scale in dict.fromkeys(map(expand, shared)):
        if scale != 0 and all(isinstance(p, Rational) for p in (sympy.re(scale), sympy.im(scale))):
            yield scale, expand(element - scale * other)


def avoids(element: Expr, domain: Set, ranger: Ranger, assumed: tuple[Condition, ...] = ()) -> bool:
    """Whether ``element`` certainly is not in ``domain``, a set of real numbers or a finite one."""
    if isinstance(domain, sympy.FiniteSet):
        return all(unequal(element - value, ranger, assumed) for value in domain.args)
    target = extent(domain, ranger.bounds)
    if not target.real or size(element) > LARGEST:
        return False
    if not ranger.bounds(element).real:
        real, imaginary = real_part(element, ranger), ranger.bounds(sympy.im(element))
        apart = add(real, multiply(target, point(S.NegativeOne)))
        cuts = ((LEFT, element), (ABOVE_ONE, 1 - element), (BELOW_MINUS_ONE, 1 + element))
        for cut, shifted in cuts:
            if within(target, cut) and shrunk(expand(shifted), ranger, assumed):
                return True
        if within(target, LEFT) and real.nonnegative and unequal(element, ranger, assumed):
            return True
        between_integers = target.integer and real.real and without_integers(real)
        if apart.nonzero or imaginary.nonzero or between_integers:
            return True
    for other, values in facts(assumed):
        known = exact(values)
        if known is None:
            continue
        for scale, shift in along(element, other):
            moved = ranger.bounds(expand(-shift / scale))
            if not isinstance(scale, Rational) or not moved.real:
                continue
            if within(add(multiply(target, point(1 / scale)), moved), known):
                return True
    return False


def real_part(expression: Expr, ranger: Ranger) -> Bounds:
    """Return bounds of the real part of a sum of complex numbers.

    Roots lie in the right half-plane from the square root on, as their arguments are at most
    ``pi/2``; so does the inverse hyperbolic cosine (DLMF 4.37.19).
    """
    known = ranger.bounds(expression)
    if known.real:
        return known
    known = ranger.bounds(sympy.re(expression))
    scale, core = expression.as_coeff_Mul()
    if isinstance(core, Add):
        total = point(S.Zero)
        for term in core.args:
            total = add(total, real_part(term, ranger))
    elif (
        isinstance(core, Pow) and isinstance(core.exp, Rational) and abs(core.exp) <= S.Half
    ) or isinstance(core, sympy.acosh):
        total = NONNEGATIVE
    else:
        return known
    return intersect(known, multiply(point(scale), total)) if scale.is_Rational else known


def shrunk(element: Expr, ranger: Ranger, assumed: tuple[Condition, ...]) -> bool:
    """Whether ``element = 1 - m*t`` where ``0 <= t <= 1`` and m is assumed to avoid ``[1, oo)``.

    Then it is neither zero nor negative: ``m*t = 1 + r`` with ``r >= 0`` gives ``m = (1 + r)/t``.
    Or -m, which avoids ``(-oo, -1]``.
    """
    for t in sorted(element.free_symbols, key=str):
        if within(ranger.bounds(t), UNIT):
            spread_out = expand(element)
            slope = spread_out.coeff(t, 1)
            linear = expand(spread_out - 1 - slope * t) == 0 and slope.free_symbols
            if linear and avoids(-slope, sympy.Interval(1, sympy.oo), ranger, assumed):
                return True
    for other, values in facts(assumed):
        known = exact(values)
        if known is None:
            continue
        share = sympy.cancel((1 - element) / other)
        if share.has(other):
            continue
        for sign, beyond in ((1, ABOVE_ONE), (-1, BELOW_MINUS_ONE)):
            if within(beyond, known) and within(ranger.bounds(sign * share), UNIT):
                return True
    return False


def starting_at_one(factor: Expr) -> Iterator[Expr]:
    """Yield ``factor`` and constant multiples of it that are 1 where a symbol is zero."""
    yield factor
    if not _polynomial(factor):
        return
    for symbol in sorted(factor.free_symbols, key=str):
        start = expand(factor.xreplace({symbol: S.Zero}))
        if start not in (0, 1) and not start.free_symbols:
            yield expand(factor / start)


def unequal(expression: Expr, ranger: Ranger, assumed: tuple[Condition, ...] = ()) -> bool:
    """Whether ``expression`` certainly is not zero wherever it is defined."""
    if size(expression) > LARGEST or not expression.free_symbols:
        return bool(ranger.bounds(expression).nonzero)
    # Linear factors with complex coefficients are dear to find, and only a fact can use them.
    ways = (False, True) if any(facts(assumed)) else (False,)
    if any(
        all(_unequal(factor, ranger, assumed) for factor in factors(expression, gaussian))
        for gaussian in ways
    ):
        return True
    return isinstance(expression, Add) and _unequal(expression, ranger, assumed)


def factors(expression: Expr, gaussian: bool) -> Iterator[Expr]:
    """Yield factors: ``expression`` is defined and zero only where one of them is zero."""
    if isinstance(expression, Mul):
        for factor in expression.args:
            yield from factors(factor, gaussian)
    elif isinstance(expression, sympy.exp):
        return
    elif isinstance(expression, Pow) and isinstance(expression.exp, Rational):
        if expression.exp > 0:
            yield from factors(expression.base, gaussian)
    elif isinstance(expression, Pow):
        yield expression.base  # and 0**e is 0 or 1 or undefined
    elif isinstance(expression, Add) and _rational(expression):
        for factor in Mul.make_args(factored(expression, gaussian)):
            base = factor.base if isinstance(factor, Pow) and factor.exp.is_Integer else factor
            # A sum among the factors is irreducible, though it may not look as it would by itself.
            yield from (base,) if isinstance(base, Add) else factors(factor, gaussian)
    else:
        yield expression


@lru_cache(maxsize=2000)
def factored(expression: Expr, gaussian: bool) -> Expr:
    """Return the numerator of ``expression`` as a product, over the Gaussian rationals if asked."""
    try:
        return sympy.factor(fraction(together(expression))[0], gaussian=gaussian)
    except LIBRARY_ERRORS:
        return expression


def modulus(term: Expr) -> Expr:
    """Return the absolute value of ``term``, factor by factor."""
    if isinstance(term, Mul):
        return Mul(*map(modulus, term.args))
    if isinstance(term, Pow) and isinstance(term.exp, Integer):
        return modulus(term.base) ** term.exp
    return sympy.Abs(term)


def _rational(expression: Expr) -> bool:
    """Whether all powers have integer exponents: only then may a fraction be formed."""
    return all(isinstance(power.exp, Integer) for power in expression.atoms(Pow))


def _unequal(factor: Expr, ranger: Ranger, assumed: tuple[Condition, ...]) -> bool:
    """Whether a single factor certainly is not zero."""
    known = ranger.bounds(factor)
    if known.nonzero:
        return True
    if factor.func in PERIODS and len(factor.args) == 1:
        turns = PERIODS[factor.func](factor.args[0])
        return avoids(turns, S.Integers, ranger, assumed) or part_of_one(turns, ranger)
    if isinstance(factor, Add) and one_turn(factor, ranger, assumed):
        return True
    zeta = isinstance(factor, sympy.zeta) and len(factor.args) == 1
    if zeta and ranger.bounds(sympy.re(factor.args[0]) - 1).nonnegative:  # DLMF 25.10(i)
        return True
    if not known.real and any(shrunk(one, ranger, assumed) for one in starting_at_one(factor)):
        return True
    if not known.real:
        if real_part(factor, ranger).nonzero or ranger.bounds(sympy.im(factor)).nonzero:
            return True
        terms = Add.make_args(factor)
        # The modulus of a long sum is the root of a longer one, of which only a fact says much.
        usable = len(terms) <= LONGEST or any(core.has(sympy.Abs) for core in ranger.facts)
        for term in terms if len(terms) > 1 and usable else ():
            if ranger.bounds(modulus(term) - modulus(factor - term)).nonzero:
                return True
    forms = [factor]
    if not known.real and all(ranger.bounds(s).real for s in factor.free_symbols):
        forms.append(factor.xreplace({I: -I}))  # of a polynomial: see _polynomial
        forms = forms if _polynomial(factor) else forms[:1]
    return any(_excluded(form, ranger, assumed) for form in forms)


def part_of_one(turns: Expr, ranger: Ranger) -> bool:
    """Whether ``turns`` certainly lies strictly between 0 and 1, or between -1 and 0."""
    return any(
        quotient(sign * turns, ranger).positive and quotient(1 - sign * turns, ranger).positive
        for sign in (1, -1)
    )


def quotient(expression: Expr, ranger: Ranger) -> Bounds:
    """Return bounds of ``expression`` as one fraction."""
    up, down = fraction(together(expression))
    return multiply(ranger.bounds(expand(up)), reciprocal(ranger.bounds(down)))


def one_turn(factor: Expr, ranger: Ranger, assumed: tuple[Condition, ...]) -> bool:
    """Whether ``factor = exp(w) - 1`` or ``exp(w) + 1``, or minus that, and w is no zero of it.

    These are the even, or the odd, multiples of ``pi*I`` (DLMF 4.2.3): w lies strictly between two
    of them that follow one another, or its modulus is less than theirs and it is not zero.
    """
    powers = [term for term in (*factor.args, *(-factor).args) if isinstance(term, sympy.exp)]
    if len(powers) != 1 or len(factor.args) != 2:
        return False
    w = powers[0].exp
    turns = expand(w / (2 * I * pi))
    size = sympy.Abs(w)
    if factor in (powers[0] - 1, 1 - powers[0]):
        if part_of_one(turns, ranger):
            return True
        return ranger.bounds(size - 2 * pi).negative and unequal(w, ranger, assumed)
    if factor in (powers[0] + 1, -1 - powers[0]):
        return part_of_one(turns - S.Half, ranger) or ranger.bounds(size - pi).negative
    return False


def _polynomial(expression: Expr) -> bool:
    """Whether ``expression`` is made of symbols, rational numbers and I by sums and products."""
    return all(
        isinstance(node, sympy.Symbol | Rational | Add | Mul) or node is I
        or (isinstance(node, Pow) and isinstance(node.exp, Integer))
        for node in sympy.preorder_traversal(expression)
    )  # fmt: skip


def _excluded(factor: Expr, ranger: Ranger, assumed: tuple[Condition, ...]) -> bool:
    """Whether ``factor = c*e + d`` where e is assumed not to be ``-d/c``."""
    for other, values in facts(assumed):
        for scale, shift in along(factor, other):
            root = expand(-shift / scale)
            if isinstance(values, sympy.FiniteSet):
                if any(expand(root - value) == 0 for value in values.args):
                    return True
                continue
            known = exact(values)
            if known is not None and within(ranger.bounds(root), known):
                return True
    return False
