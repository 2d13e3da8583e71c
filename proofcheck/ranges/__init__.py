"""Decide a condition over the whole domain of a context by exact interval arithmetic.  Trusted.

``decide`` returns True only for what holds at every point of the context at which the terms of
the condition as written are defined; False means "not decided".
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

import sympy
from sympy import Add, Dummy, Expr, Mul, Pow, Rational, S, Set, expand, fraction, oo, together
from sympy.sets.fancysets import Complexes, Integers, Naturals, Naturals0, Rationals, Reals

from proofcheck import balls
from proofcheck.algebra import Intractable, Ring
from proofcheck.obligations import Context
from proofcheck.ranges.affine import affine, canonical, scalar, size
from proofcheck.ranges.extents import ends_of
from proofcheck.ranges.functions import INCREASING, domain_of, inside
from proofcheck.ranges.intervals import (
    UNKNOWN,
    Bounds,
    compare,
    intersect,
    make,
    multiply,
    reciprocal,
    without_integers,
)
from proofcheck.ranges.plane import avoids, unequal
from proofcheck.ranges.rules import Ranger
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Condition,
    Member,
    Operator,
    Relation,
    free_symbols,
    negate,
)

__all__ = ["Bounds", "bounds", "decide"]

REAL_SETS = (
    Reals, Rationals, Integers, Naturals, Naturals0, sympy.Interval, sympy.Range,
)  # fmt: skip


def bounds(expression: Expr, context: Context) -> Bounds:
    """Return what is known of the value of ``expression`` over the context."""
    return Ranger.of(context).bounds(canonical(expression))


def decide(condition: Condition, context: Context) -> bool:
    """Whether the condition certainly holds at every point of the context.

    Presumes that the terms of the condition are defined; False means "not decided".
    """
    if isinstance(condition, Relation):
        condition = condition.conclusion
    if condition in context.assumptions:
        return True
    # Most terms are defined by the sets alone, and learning every assumption is dear.
    if context.assumptions and holds(condition, Ranger.of(Context(context.variables))):
        return True
    return holds(condition, Ranger.of(context), context.assumptions)


def holds(condition: Condition, ranger: Ranger, assumed: tuple[Condition, ...] = ()) -> bool:
    """Whether a condition certainly holds: by its bounds, or because it is assumed."""
    if condition in assumed:
        return True
    match condition:
        case AllOf():
            return all(holds(part, ranger, assumed) for part in condition.conditions)
        case AnyOf():
            parts = (*condition.conditions, *merged(condition.conditions))
            if squares_apart(condition, ranger, assumed):
                return True
            return any(holds(part, ranger, assumed) for part in parts) or any(
                isinstance(fact, AnyOf) and under_each(condition, fact, ranger, assumed)
                for fact in assumed
            )
        case Member():
            element = canonical(condition.element)
            if not scalar(element):
                return False
            if isinstance(element, sympy.conjugate) and isinstance(condition.set, REAL_SETS):
                element = element.args[0]  # on the real line both or neither
            if condition.negated:
                return outside(element, condition.set, ranger) or avoids(
                    element, condition.set, ranger, assumed
                )
            return member(element, condition.set, ranger)
        case Relation() if scalar(condition.lhs) and scalar(condition.rhs):
            lhs, rhs = canonical(condition.lhs), canonical(condition.rhs)
            if rhs == 0 and condition.operator == "ne" and isinstance(lhs, sympy.conjugate):
                lhs = lhs.args[0]
            if related(lhs, condition.operator, rhs, ranger):
                return True
            weaker: dict[str, Operator] = {"gt": "ge", "lt": "le"}
            weak = weaker.get(condition.operator)
            if condition.operator != "ne" and (not weak or not related(lhs, weak, rhs, ranger)):
                return False
            return unequal(lhs - rhs, ranger, assumed)
    return False


def under_each(
    goal: Condition, fact: AnyOf, ranger: Ranger, assumed: tuple[Condition, ...]
) -> bool:
    """Whether ``goal`` holds under each alternative of an assumed fact."""
    others = tuple(other for other in assumed if not isinstance(other, AnyOf))
    left = [one for one in fact.conditions if not holds(negate(one), ranger, others)]
    linked = ranger.linked(free_symbols(goal))
    if any(linked.isdisjoint(free_symbols(alternative)) for alternative in left):
        return False  # under that one no more is known of the goal
    for alternative in left:
        inner = ranger.child()
        inner.assume(alternative)
        inner.propagate()
        if not holds(goal, inner, (*others, alternative)):
            return False
    return True


def squares_apart(goal: AnyOf, ranger: Ranger, assumed: tuple[Condition, ...]) -> bool:
    """Whether one of some numbers is not zero because the sum of their squares is not."""
    total = S.Zero
    for part in goal.conditions:
        if not isinstance(part, Relation) or part.operator != "ne" or not scalar(part.lhs):
            return False
        total += (part.lhs - part.rhs) ** 2
    if not total.free_symbols or not total.is_polynomial(*total.free_symbols):
        return False
    return unequal(sympy.factor(total), ranger, assumed)


def merged(parts: tuple[Condition, ...]) -> list[Condition]:
    """Return ``a >= b`` for alternatives ``a > b`` and ``a = b``."""
    return [
        Relation(part.lhs, "ge", part.rhs)
        for part in parts
        if isinstance(part, Relation) and part.operator == "gt"
        if Relation(part.lhs, "eq", part.rhs) in parts
    ]


def satisfies(known: Bounds, operator: Operator) -> bool:
    """Whether every value within ``known`` stands in the relation to zero."""
    match operator:
        case "eq":
            sides = compare(known.low, S.Zero), compare(known.high, S.Zero)
            return known.real and sides == (0, 0) and not (known.low_open or known.high_open)
        case "ne":
            return known.nonzero
        case "lt":
            return known.negative
        case "le":
            return known.nonpositive
        case "gt":
            return known.positive
        case "ge":
            return known.nonnegative


def related(lhs: Expr, operator: Operator, rhs: Expr, ranger: Ranger) -> bool:
    """Whether ``lhs operator rhs`` holds: by the difference, its forms, the quotient, or parts."""
    if operator in ("lt", "le"):
        mirrored: Operator = "gt" if operator == "lt" else "ge"
        return related(rhs, mirrored, lhs, ranger)
    left, right = ranger.bounds(lhs), ranger.bounds(rhs)
    if operator in ("gt", "ge") and not (left.real and right.real):
        return False
    known = ranger.bounds(lhs - rhs)
    for form in (None, *forms(lhs - rhs, ranger)):
        if form is not None:
            over = multiply(ranger.bounds(form[0]), reciprocal(ranger.bounds(form[1])))
            known = intersect(known, over)
        if satisfies(known, operator):
            return True
    if operator != "eq" and right.positive and satisfies(ranger.bounds(lhs / rhs - 1), operator):
        return True
    if operator == "ne" and left.real and rhs in (sympy.I, -sympy.I):
        return True
    if operator in ("gt", "ge", "ne") and satisfies(minorant(lhs - rhs, ranger), operator):
        return True
    if operator == "ne" and minorant(rhs - lhs, ranger).positive:
        return True
    if lhs.func == rhs.func and lhs.func in INCREASING and len(lhs.args) == len(rhs.args) == 1:
        domain, inner = domain_of(lhs.func), (lhs.args[0], rhs.args[0])
        if all(inside(ranger.bounds(part), domain) for part in inner):
            return related(inner[0], operator, inner[1], ranger)
    return False


def minorant(expression: Expr, ranger: Ranger) -> Bounds:
    """Return bounds of what is at most ``expression``.

    ``b*cos(x)`` is at least ``-|b|``, and ``-|u + v|`` at least ``-|u| - |v|``.
    """
    terms = []
    for term in Add.make_args(expression):
        factors = Mul.make_args(term)
        waves = [f for f in factors if isinstance(f, sympy.sin | sympy.cos)]
        known = [*factors, *(f.args[0] for f in waves)]
        if waves and len(waves) < len(factors) and all(ranger.bounds(f).real for f in known):
            term = -sympy.Abs(Mul(*(f for f in factors if f not in waves)))
        scale, core = term.as_coeff_Mul()
        if isinstance(core, sympy.Abs) and isinstance(core.args[0], Add) and scale < 0:
            term = Add(*(scale * sympy.Abs(part) for part in core.args[0].args))
        terms.append(term)
    smaller = Add(*terms)
    if smaller == expression:
        return UNKNOWN
    least = ranger.bounds(canonical(smaller))
    return make((least.low, least.low_open), (oo, True)) if least.real else UNKNOWN


def forms(difference: Expr, ranger: Ranger) -> list[tuple[Expr, Expr]]:
    """Return the difference as a product and as a quotient, as numerator and denominator."""
    # 0**(-y) has a value where 0**y is infinite: SymPy would write the one as 1 over the other.
    powers = [e for e in difference.atoms(Pow) if not isinstance(e.exp, Rational)]
    if size(difference) > 60 or not difference.free_symbols:
        return []
    if not all(ranger.bounds(e.base).nonzero for e in powers):
        return []
    return list(_forms(difference))


@lru_cache(maxsize=4000)
def _forms(difference: Expr) -> tuple[tuple[Expr, Expr], ...]:
    found = [fraction(together(difference))]
    powers = [e for e in difference.atoms(Pow) if isinstance(e.exp, Rational) and e.exp.q > 1]
    roots = {(e.base, e.exp.q): Dummy() for e in powers}
    bare = difference.xreplace({e: roots[e.base, e.exp.q] ** e.exp.p for e in powers})
    back = {root: base ** Rational(1, q) for (base, q), root in roots.items()}
    with suppress(Intractable):
        ring = Ring([bare])
        parts = ring.fraction(bare)
        whole = ring.factors(parts.numerator), ring.factors(parts.denominator)
        found.append((whole[0].xreplace(back), whole[1].xreplace(back)))
    return tuple(dict.fromkeys(found))


def member(element: Expr, domain: Set, ranger: Ranger) -> bool:
    """Whether ``element`` certainly lies in ``domain``."""
    known = ranger.bounds(element)
    low, high, low_open, high_open = ends_of(domain)
    match domain:
        case Complexes():
            atoms = element.free_symbols <= set(ranger.sets)
            return atoms and not element.has(oo, -oo, S.NaN, S.ComplexInfinity)
        case Reals():
            return known.real
        case Rationals():
            return known.integer or isinstance(element, Rational)
        case Integers():
            return known.integer
        case Naturals() | Naturals0():
            return known.integer and (known.positive if domain is S.Naturals else known.nonnegative)
        case sympy.FiniteSet():
            return any(related(element, "eq", value, ranger) for value in domain.args)
        case sympy.Union():
            return any(member(element, part, ranger) for part in domain.args)
        case sympy.Intersection():
            return all(member(element, part, ranger) for part in domain.args)
        case sympy.Complement():
            whole, without = domain.args
            return member(element, whole, ranger) and outside(element, without, ranger)
    if low is None or high is None or not known.real:
        return False
    if isinstance(domain, sympy.Range):
        finite = [end for end in (low, high) if end not in (oo, -oo)]
        if not known.integer or not all(ranger.bounds(end).integer for end in finite):
            return False
    return (low == -oo or related(element, "gt" if low_open else "ge", low, ranger)) and (
        high == oo or related(element, "lt" if high_open else "le", high, ranger)
    )


def outside(element: Expr, domain: Set, ranger: Ranger) -> bool:
    """Whether ``element`` certainly does not lie in ``domain``."""
    if isinstance(domain, REAL_SETS) and not element.free_symbols and apart(element, domain):
        return True
    match domain:
        case sympy.FiniteSet():
            return all(related(element, "ne", value, ranger) for value in domain.args)
        case sympy.Union():
            return all(outside(element, part, ranger) for part in domain.args)
        case sympy.Intersection():
            return any(outside(element, part, ranger) for part in domain.args)
        case sympy.Complement():
            whole, without = domain.args
            return outside(element, whole, ranger) or member(element, without, ranger)
        case Naturals() | Naturals0():
            least = S.One if domain is S.Naturals else S.Zero
            return fractional(element, ranger) or related(element, "lt", least, ranger)
        case Integers():
            return fractional(element, ranger)
    low, high, low_open, high_open = ends_of(domain)
    if low is None or high is None:
        return domain is S.EmptySet
    finite = [end for end in (low, high) if end not in (oo, -oo)]
    whole = isinstance(domain, sympy.Range) and all(ranger.bounds(end).integer for end in finite)
    if whole and fractional(element, ranger):
        return True
    return (low != -oo and related(element, "le" if low_open else "lt", low, ranger)) or (
        high != oo and related(element, "ge" if high_open else "gt", high, ranger)
    )


def apart(number: Expr, domain: Set) -> bool:
    """Whether a ball around a constant that is no rational avoids the reals, or the integers."""
    if isinstance(number, Rational):
        return False
    ends = (domain.inf, domain.sup) if isinstance(domain, sympy.Interval | sympy.Range) else ()
    try:
        value = balls.enclose(number, {}, 128)
        for end, sign in zip(ends, (-1, 1), strict=False):  # the real part may lie beyond an end
            if end in (oo, -oo) or end.free_symbols:
                continue
            if (value - balls.enclose(end, {}, 128)).real * sign > 0:
                return True
    except (balls.Undefined, balls.Unevaluable):
        return False
    if not value.imag.contains(0):
        return True
    return isinstance(domain, Integers | Naturals | Naturals0) and not value.contains_integer()


def fractional(element: Expr, ranger: Ranger) -> bool:
    """Whether ``element`` is certainly a real number that is not an integer."""
    known = ranger.bounds(element)
    if known.real and without_integers(known):
        return True
    parts = affine(element)
    if isinstance(element, Rational):
        return bool(element.q != 1)
    if parts is None:
        return False
    scale, core, shift = parts
    whole = ranger.bounds(expand(scale * core)).integer
    return whole and isinstance(shift, Rational) and shift.q != 1
