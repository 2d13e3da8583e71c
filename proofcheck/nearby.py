"""What holds all around a point, and what that says of a derivative at the point.  Trusted.

If ``F' = f`` on one side of a point, near it, ``f`` is continuous there and ``F`` has a derivative
there, then that is ``f`` too, by the mean value theorem for the real and the imaginary part (Rudin,
Principles of Mathematical Analysis, 5.10).  So an equation that is meant where its sides are
defined need not be shown where the rules of differentiation fail, if such points are isolated.

``nearby`` names conditions at a point of the real line under which a condition holds at all others
near it, its terms being defined there.  A zero is isolated if a polynomial that is not zero has it,
in a function that takes no value infinitely often on a bounded interval without poles.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp
from sympy import Add, Expr, Interval, Mul, Pow, Range, S, Symbol, exp

from proofcheck import algebra
from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.calculus.lines import real_near, smooth_logarithm
from proofcheck.definedness import needs
from proofcheck.obligations import Context, Obligation
from proofcheck.presumptions import presumptions
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation, free_symbols

CONTINUOUS = (
    Add, Mul, exp, sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc, sp.sinh, sp.cosh, sp.tanh,
    sp.coth, sp.sech, sp.csch, sp.erf, sp.erfc, sp.erfi, sp.Abs,
)  # fmt: skip
"""Continuous in the plane wherever they are defined."""

ON_THE_LINE = (sp.asin, sp.acos, sp.acosh)
"""Continuous on the real line, branch points included (DLMF 4.23(iv), 4.37(iv))."""

FINITE_TO_ONE = (
    exp, sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc, sp.sinh, sp.cosh, sp.tanh, sp.coth,
    sp.sech, sp.csch,
)  # fmt: skip
"""Analytic and not constant: on the way between two poles no value is taken infinitely often."""


class NotIsolated(Exception):
    """Nothing is known of what holds around a point."""


def owed_instead(conclusion: Relation, context: Context) -> tuple[Obligation, ...]:
    """Return what to show instead of the rules of the derivative of an antiderivative.

    The conclusion is meant where its sides are defined, and shown where all that they need holds.

    Raises:
        NotIsolated: it is no equation ``Derivative(F, x) = f`` along the reals, or not known.
    """
    term, value = conclusion.lhs, conclusion.rhs
    if not isinstance(term, sp.Derivative):
        term, value = value, term
    if conclusion.operator != "eq" or not isinstance(term, sp.Derivative):
        raise NotIsolated("no equation of a derivative")
    ((symbol, times), *others) = term.variable_count
    if others or times != 1 or not isinstance(symbol, Symbol) or not symbol.is_extended_real:
        raise NotIsolated(f"{term} is no first derivative along the reals")
    values = context.sets.get(symbol)
    if symbol.is_integer or not isinstance(values, Interval) or context.dependents(symbol):
        raise NotIsolated(f"{symbol} does not range over an interval of its own")
    if (values.inf < values.sup) != True:  # a SymPy truth value
        raise NotIsolated(f"{values} may have no inner point")
    allowed = set(presumptions((conclusion,)))
    for assumption in context.assumptions:
        if symbol in free_symbols(assumption) and assumption not in allowed:
            raise NotIsolated(f"{assumption} need not hold around a point")
    try:
        around = [nearby(need.condition, symbol) for side in (term, value) for need in needs(side)]
        found = dict.fromkeys((*around, *continuous_at(value, symbol)))
    except (NotDifferentiable, algebra.Intractable) as problem:
        raise NotIsolated(str(problem)) from problem
    flat = all_of(found)
    owed = flat.conditions if isinstance(flat, AllOf) else (flat,)
    return tuple(Obligation("defined", condition, context, term) for condition in owed)


def nearby(condition: Condition, symbol: Symbol) -> Condition:
    """Return a condition at a point under which ``condition`` holds at all others near it.

    Raises:
        NotIsolated: none is known.
    """
    if symbol not in free_symbols(condition):
        return condition
    match condition:
        case AllOf():
            return all_of(nearby(part, symbol) for part in condition.conditions)
        case AnyOf():
            return _any_of(condition.conditions, symbol)
        case Relation(operator="ne"):
            difference = condition.lhs - condition.rhs
            return all_of((_nonzero(difference, symbol), *_around(condition, symbol)))
        case Relation(operator="lt" | "gt"):
            difference = condition.lhs - condition.rhs
            real = real_near(difference, symbol)
            if real is not None:
                here = (condition, *real, *_continuous_here(difference, symbol))
                return all_of((*here, *_around(condition, symbol)))
        case Member(negated=True):
            if is_closed(condition.set) and symbol not in condition.set.free_symbols:
                here = (condition, *_continuous_here(condition.element, symbol))
                return all_of((*here, *_around(condition, symbol)))
    raise NotIsolated(f"{condition} need not hold around a point")


def is_closed(values: sp.Set) -> bool:
    """Tell whether the complement of ``values`` is open."""
    if isinstance(values, Interval):
        left = values.inf.is_infinite or not values.left_open
        return bool(left and (values.sup.is_infinite or not values.right_open))
    return isinstance(values, Range)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """Return that all of ``conditions`` hold, which are written side by side."""
    flat: dict[Condition, None] = {}
    for condition in conditions:
        flat.update(
            dict.fromkeys(condition.conditions if isinstance(condition, AllOf) else (condition,))
        )
    return next(iter(flat)) if len(flat) == 1 else AllOf(tuple(flat))


def _any_of(conditions: Iterable[Condition], symbol: Symbol) -> Condition:
    found: list[Condition] = []
    for part in conditions:
        try:
            found.append(nearby(part, symbol))
        except (NotIsolated, NotDifferentiable):
            continue
    return _some(found)


def _some(conditions: Iterable[Condition]) -> Condition:
    """Return that one of ``conditions`` holds; raise NotIsolated if there is none."""
    found = tuple(dict.fromkeys(conditions))
    if not found:
        raise NotIsolated("no alternative is known to hold around a point")
    if AllOf(()) in found:
        return AllOf(())
    return found[0] if len(found) == 1 else AnyOf(found)


def _around(condition: Relation | Member, symbol: Symbol) -> tuple[Condition, ...]:
    """Return under which conditions the terms of ``condition`` are defined around the point."""
    terms = [condition.lhs, condition.rhs] if isinstance(condition, Relation) else []
    terms += [condition.element] if isinstance(condition, Member) else []
    return tuple(nearby(need.condition, symbol) for term in terms for need in needs(term))


def _nonzero(expression: Expr, symbol: Symbol) -> Condition:
    """Return when ``expression``, defined around a point, is not zero at the others near it.

    Where it is defined and zero, a factor of its numerator is.
    """
    ring = algebra.Ring([expression])
    numerator = ring.fraction(expression).numerator
    if not numerator:
        raise NotIsolated(f"{expression} is zero")
    _, factors = numerator.factor()
    return all_of(_nonzero_factor(ring, factor, symbol) for factor, _ in factors)


def _nonzero_factor(ring: algebra.Ring, factor: algebra.Polynomial, symbol: Symbol) -> Condition:
    used = [any(exponents) for exponents in zip(*factor.to_dict(), strict=True)]
    atoms = [atom for atom, is_used in zip(ring.atoms, used, strict=False) if is_used]
    moving = [atom for atom in atoms if symbol in atom.free_symbols]
    whole = ring.factors(factor)
    if not moving:
        return Relation(whole, "ne", S.Zero)
    if atoms == [whole] and isinstance(whole, Pow) and symbol not in whole.exp.free_symbols:
        return nearby(Relation(whole.base, "ne", S.Zero), symbol)
    found: list[Condition] = []
    if len(moving) == 1:
        try:
            place = ring.atoms.index(moving[0])
            found.append(all_of((_some_coefficient(ring, factor, place),
                                 *_finite_to_one(moving[0], symbol))))  # fmt: skip
        except (NotIsolated, NotDifferentiable):
            pass
    try:
        here = (Relation(whole, "ne", S.Zero), *_continuous_here(whole, symbol))
        found.append(all_of(here))
    except NotDifferentiable:
        pass
    return _some(found)


def _some_coefficient(ring: algebra.Ring, factor: algebra.Polynomial, place: int) -> Condition:
    """Return that the polynomial is not zero in the atom with this number."""
    parts: dict[int, dict[tuple[int, ...], object]] = {}
    for exponents, number in factor.to_dict().items():
        rest = (*exponents[:place], 0, *exponents[place + 1 :])
        parts.setdefault(exponents[place], {})[rest] = number
    values = [ring.factors(factor.context().from_dict(part)) for part in parts.values()]
    if any(value.is_Rational for value in values):  # and it is not zero
        return AllOf(())
    return _some(Relation(value, "ne", S.Zero) for value in values)


def _finite_to_one(atom: Expr, symbol: Symbol) -> tuple[Condition, ...]:
    """Return when ``atom``, defined around a point, takes no value infinitely often there."""
    if atom == symbol:
        return ()
    # |u|**q has its modulus at two places at most.
    power = isinstance(atom, Pow) and atom.exp.is_Rational and atom.exp != 0
    if not power and atom.func not in FINITE_TO_ONE:
        raise NotIsolated(f"{atom} may take a value infinitely often")
    inner = atom.exp if isinstance(atom, exp) else atom.args[0]
    slope, conditions = derivative(inner, symbol)
    if conditions or symbol in slope.free_symbols:
        raise NotIsolated(f"{inner} is not linear in {symbol}")
    steep = () if slope.is_Rational and slope != 0 else (Relation(slope, "ne", S.Zero),)
    return (*steep, Member(inner, S.Reals)) if power else steep


def _continuous_here(expression: Expr, symbol: Symbol) -> tuple[Condition, ...]:
    """Return under which conditions ``expression`` is defined at a point and continuous there."""
    return (*(n.condition for n in needs(expression)), *continuous_at(expression, symbol))


def continuous_at(expression: Expr, symbol: Symbol) -> tuple[Condition, ...]:
    """Return conditions at a point under which ``expression``, defined there, is continuous.

    That is along the real line, as far as it is defined on it.

    Raises:
        NotDifferentiable: none are known.
    """
    if expression == symbol or symbol not in expression.free_symbols:
        return ()
    if isinstance(expression, CONTINUOUS):
        return _parts(expression, symbol)
    if isinstance(expression, ON_THE_LINE) and real_near(expression.args[0], symbol) == ():
        return _parts(expression, symbol)
    if isinstance(expression, Pow) and symbol not in expression.exp.free_symbols:
        return (*_parts(expression, symbol), *_power(expression, symbol))
    if isinstance(expression, sp.polylog) and symbol not in expression.args[0].free_symbols:
        order, argument = expression.args
        return (*_parts(expression, symbol), *_polylog(order, argument, symbol))
    return derivative(expression, symbol)[1]  # what has a derivative is continuous


def _parts(expression: Expr, symbol: Symbol) -> tuple[Condition, ...]:
    found = (continuous_at(argument, symbol) for argument in expression.args)
    return tuple(dict.fromkeys(condition for part in found for condition in part))


def _power(expression: Pow, symbol: Symbol) -> tuple[Condition, ...]:
    """Where the logarithm of the base is continuous; ``|b**e| -> 0`` at a zero if ``re(e) > 0``."""
    base, exponent = expression.base, expression.exp
    if exponent.is_integer:
        return ()
    smooth = smooth_logarithm(base, symbol)
    growing = Relation(sp.re(exponent), "gt", S.Zero)
    constant = Relation(exponent, "eq", S.Zero)
    if exponent.is_negative:
        return smooth
    if smooth == (Relation(base, "ne", S.Zero),):
        return () if exponent.is_positive else (AnyOf((*smooth, growing, constant)),)
    vanishing: Condition = Relation(base, "eq", S.Zero)
    if exponent.is_positive:
        return (AnyOf((AllOf(smooth), vanishing)),)
    return (AnyOf((AllOf(smooth), AllOf((vanishing, growing)), constant)),)


def _polylog(order: Expr, argument: Expr, symbol: Symbol) -> tuple[Condition, ...]:
    """Off the cut; along it, on which its values are those from one side; at 1 for s > 1.

    See DLMF 25.12(ii): there the series converges uniformly on the closed disc.
    """
    off = Member(argument, Interval(1, sp.oo), negated=True)
    near = real_near(argument, symbol)
    if near is None:
        return (off,)
    along = near if order.is_Integer and order > 1 else (*near, Relation(argument, "ne", S.One))
    return () if not along else (AnyOf((off, AllOf(along))),)
