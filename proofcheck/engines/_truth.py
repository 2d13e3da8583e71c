"""Whether a condition holds at one exact point: yes, no, or not known.  Untrusted.

Rigorous all the same (exact arithmetic and balls), so that the engines hand over few points that
the kernel turns down.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, reduce
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from sympy import (
    Complement,
    Expr,
    FiniteSet,
    Function,
    I,
    Integer,
    Intersection,
    Interval,
    MatrixBase,
    Range,
    Rational,
    Set,
    Symbol,
    Union,
    expand,
    oo,
)
from sympy.sets.fancysets import (
    Complexes,
    Integers,
    Naturals,
    Naturals0,
    Rationals,
    Reals,
)

from proofcheck import balls
from proofcheck.domains import Family, Variable
from proofcheck.engines._definitions import exponentials_cancel
from proofcheck.engines._rational import rational
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context
from proofcheck.points import Point, Unsubstitutable, instantiate, instantiate_set
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Condition,
    Defined,
    Member,
    Operator,
    Relation,
    Throughout,
)

PRECISION = 128
LARGEST_FAMILY = 64

NO_VALUE = (balls.Undefined, balls.Unevaluable, Unsubstitutable, *LIBRARY_ERRORS)
"""What says that there is nothing to compare at a point."""


def all_of(answers: list[bool | None]) -> bool | None:
    """Return the conjunction of three-valued ``answers``."""
    if False in answers:
        return False
    return None if None in answers else True


def any_of(answers: list[bool | None]) -> bool | None:
    """Return the disjunction of three-valued ``answers``."""
    if True in answers:
        return True
    return None if None in answers else False


def exact(expression: Any, point: Point) -> Expr | None:
    """Return ``expression`` at ``point`` if that is a number ``a + b*I`` with rational parts."""
    found = rational(expression, point)
    if found is not None:
        return found
    try:
        value = instantiate(expression, point)
    except (Unsubstitutable, *LIBRARY_ERRORS):
        return None
    parts = gaussian(value)
    return None if parts is None else parts[0] + parts[1] * I


def gaussian(value: Any) -> tuple[Rational, Rational] | None:
    """Return real and imaginary part of a number built from rationals and I by + * and powers.

    SymPy's ``expand`` and ``as_real_imag`` would do it too, but take seconds on other numbers.
    """
    if isinstance(value, Rational):
        return value, Integer(0)
    if value is I or value == I:
        return Integer(0), Integer(1)
    if not isinstance(value, Expr) or not (value.is_Add or value.is_Mul or value.is_Pow):
        return None
    if value.is_Pow:
        parts = gaussian(value.base)
        exponent = value.exp
        if parts is None or not isinstance(exponent, Integer) or abs(exponent) > 64:
            return None
        if exponent < 0:
            norm = parts[0] ** 2 + parts[1] ** 2
            if norm == 0:
                return None
            parts = parts[0] / norm, -parts[1] / norm
        result = (Integer(1), Integer(0))
        for _ in range(abs(int(exponent))):
            result = _times(result, parts)
        return result
    found = [gaussian(argument) for argument in value.args]
    known = [parts for parts in found if parts is not None]
    if len(known) < len(found):
        return None
    if value.is_Mul:
        return reduce(_times, known)
    return sum(p[0] for p in known), sum(p[1] for p in known)


Pair = tuple[Rational, Rational]


def _times(a: Pair, b: Pair) -> Pair:
    return a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]


def sign(expression: Any, point: Point, precision: int = PRECISION) -> int | None:
    """Return the sign of a real ``expression`` at ``point``, 0 only if it is exactly zero."""
    value = exact(expression, point)
    if isinstance(value, Rational):
        return bool(value > 0) - bool(value < 0)
    if value is not None:
        return None
    found = balls.sign(expression, point, max_precision=precision)
    if found is None and vanishes(expression, point):
        return 0
    return found


def vanishes(expression: Any, point: Point) -> bool:
    """Return whether ``expression`` is exactly zero at ``point`` by expanding an algebraic number.

    Functions are left alone: what SymPy says about algebraic numbers and pi alone is reliable.
    """
    try:
        value = instantiate(expression, point)
        if not isinstance(value, Expr) or value.free_symbols or value.count_ops() > 200:
            return False
        if value.is_Add and not value.has(Function):
            return bool(expand(value) == 0)
        if value.is_Add and exponentials_cancel(value):
            return True
        return value.count_ops() <= 12 and value.is_zero is True
    except (Unsubstitutable, *LIBRARY_ERRORS):
        return False


def real(expression: Any, point: Point, precision: int) -> bool | None:
    """Return whether ``expression`` has a real value at ``point``."""
    value = exact(expression, point)
    if value is not None:
        return isinstance(value, Rational)
    for bits in (64, precision):
        ball = balls.enclose(expression, point, bits)
        if ball.imag.is_zero():
            return True
        if not ball.imag.contains(0):
            return False
    return None


def compare(relation: Relation, point: Point, precision: int = PRECISION) -> bool | None:
    """Return whether ``relation`` holds at ``point``; order relations between reals only."""
    lhs, rhs, operator = relation.lhs, relation.rhs, relation.operator
    if isinstance(lhs, MatrixBase):
        pairs = [
            compare(Relation(a, "eq", b), point, precision)
            for a, b in zip(lhs.flat(), rhs.flat(), strict=True)
        ]
        equal = all_of(pairs)
        return equal if operator == "eq" or equal is None else not equal
    left, right = rational(lhs, point), rational(rhs, point)
    if left is not None and right is not None:
        return bool(HOLDS[operator](left, right))
    if operator in ("eq", "ne"):
        equal = _equal(lhs, rhs, point, precision)
        return equal if operator == "eq" or equal is None else not equal
    order = _order(lhs, rhs, point, precision)
    if order is None:
        return None
    return HOLDS[operator](order, 0)


HOLDS: dict[Operator, Callable[[Any, Any], bool]] = {
    "eq": eq, "ne": ne, "lt": lt, "le": le, "gt": gt, "ge": ge,
}  # fmt: skip


def _order(lhs: Expr, rhs: Expr, point: Point, precision: int) -> int | None:
    """Return the sign of ``lhs - rhs`` if both sides are real."""
    for bits in (64, precision):
        left, right = balls.enclose(lhs, point, bits), balls.enclose(rhs, point, bits)
        if not (left.imag.contains(0) and right.imag.contains(0)):
            return None
        if left.imag.is_zero() and right.imag.is_zero():
            if left.real < right.real:
                return -1
            if left.real > right.real:
                return 1
    if real(lhs, point, precision) and real(rhs, point, precision):
        return sign(lhs - rhs, point, precision)
    return None


def _equal(lhs: Expr, rhs: Expr, point: Point, precision: int) -> bool | None:
    # The first precision raises where a side is undefined: nothing undefined cancels below.
    if balls.separated(lhs, rhs, point, max_precision=64) is not None:
        return False
    left, right = exact(lhs, point), exact(rhs, point)
    if left is not None and right is not None:
        return bool(left == right)
    if precision > 64 and balls.separated(lhs, rhs, point, max_precision=precision) is not None:
        return False
    return True if vanishes(lhs - rhs, point) else None


def contains(domain: Set, element: Any, point: Point, precision: int = PRECISION) -> bool | None:
    """Return whether the value of ``element`` at ``point`` lies in ``domain`` (at ``point``)."""
    match domain:
        case Union():
            return any_of([contains(part, element, point, precision) for part in domain.args])
        case Intersection():
            return all_of([contains(part, element, point, precision) for part in domain.args])
        case Complement():
            whole, part = domain.args
            outside = contains(part, element, point, precision)
            return all_of(
                [
                    contains(whole, element, point, precision),
                    None if outside is None else not outside,
                ]
            )
        case FiniteSet():
            return any_of([_equal(element, value, point, precision) for value in domain.args])
        case Complexes():
            return True
        case Interval() | Reals():
            if not (isreal := real(element, point, precision)):
                return isreal
            return True if isinstance(domain, Reals) else _between(domain, element, point)
        case Integers() | Naturals() | Naturals0() | Range():
            return _integer(domain, element, point, precision)
        case Rationals():
            value = exact(element, point)
            return None if value is None else isinstance(value, Rational)
    value = exact(element, point)
    if value is None:
        return None
    answer = instantiate_set(domain, point).contains(value)
    return bool(answer) if answer in (True, False) else None


@lru_cache(maxsize=20_000)
def member(domain: Set, value: Expr, precision: int = PRECISION) -> bool | None:
    """Return whether the exact number ``value`` lies in ``domain``, whose ends are numbers."""
    if isinstance(value, Rational) and isinstance(domain, Reals | Complexes | Rationals):
        return True
    return contains(domain, _ELEMENT, {_ELEMENT: value}, precision)


_ELEMENT = Symbol("element")


def _between(domain: Interval, element: Any, point: Point) -> bool | None:
    answers: list[bool | None] = []
    for end, left in ((domain.start, True), (domain.end, False)):
        if end in (oo, -oo):
            continue
        open_end = domain.left_open if left else domain.right_open
        operator: Operator = ("gt" if open_end else "ge") if left else "lt" if open_end else "le"
        found = sign(element - end, point)
        answers.append(None if found is None else HOLDS[operator](found, 0))
    return all_of(answers)


def _integer(domain: Set, element: Any, point: Point, precision: int) -> bool | None:
    value = exact(element, point)
    if value is None:
        ball = balls.enclose(element, point, precision)
        if not ball.imag.contains(0):
            return False
        return None if ball.real.contains_integer() else False
    if not isinstance(value, Integer):
        return False
    here = instantiate_set(domain, point)
    if isinstance(here, Range):
        if here.step == 1 and all(isinstance(end, Integer) for end in (here.start, here.stop)):
            return bool(here.start <= value < here.stop)
        # Range(-oo, 5).contains works on exact integers only once its ends are numbers.
        return bool(here.inf <= value <= here.sup) if here.size != 0 else False
    return bool(here.contains(value))


def truth(condition: Condition, point: Point, precision: int = PRECISION) -> bool | None:
    """Return whether ``condition`` holds at ``point``; None where that could not be told.

    Raises:
        balls.Undefined: a term is undefined at ``point``.
        balls.Unevaluable: a term cannot be evaluated.
    """
    match condition:
        case Relation():
            return compare(condition, point, precision)
        case Member():
            found = contains(condition.set, condition.element, point, precision)
            return found if found is None or not condition.negated else not found
        case AllOf():
            return all_of([truth(part, point, precision) for part in condition.conditions])
        case AnyOf():
            return any_of([truth(part, point, precision) for part in condition.conditions])
        case Defined():
            try:
                ball = balls.enclose(condition.term, point, precision)
            except balls.Undefined:
                return False
            return True if ball.is_finite() else None
        case Throughout():
            values = instantiate_set(condition.set, point)
            if (
                not isinstance(values, Range)
                or not values.size.is_Integer
                or values.size > LARGEST_FAMILY
            ):
                return None
            there = ({**point, condition.symbol: value} for value in values)
            return all_of([truth(condition.condition, one, precision) for one in there])


def fails(condition: Condition, point: Point, precision: int = PRECISION) -> bool | None:
    """Return whether ``condition`` provably fails at ``point``, all its terms being defined.

    None means that a term is undefined or could not be evaluated there.
    """
    try:
        found = truth(condition, point, precision)
    except NO_VALUE:
        return None
    return found is False


def admissible(point: Point, context: Context, precision: int = PRECISION) -> bool | None:
    """Return whether ``point`` lies in the sets of ``context`` and meets its assumptions."""
    answers: list[bool | None] = []
    for variable in context.variables:
        answers.append(_in_set(variable, point, precision))
        if answers[-1] is False:
            return False
    for condition in context.assumptions:
        try:
            answers.append(truth(condition, point, precision))
        except balls.Undefined:
            return False
        except NO_VALUE:
            answers.append(None)
        if answers[-1] is False:
            return False
    return all_of(answers)


def _in_set(variable: Variable | Family, point: Point, precision: int) -> bool | None:
    try:
        if isinstance(variable, Variable):
            if variable.symbol not in point:
                return False
            domain = instantiate_set(variable.set, point)
            return member(domain, point[variable.symbol], precision)
        size = exact(variable.size, point)
        values = point.get(variable.base)
        if not isinstance(size, Integer) or values is None or len(values) != size:
            return False
        domain = instantiate_set(variable.element, point)
        return all_of([member(domain, value, precision) for value in values])
    except balls.Undefined:
        return False
    except NO_VALUE:
        return None
