"""Where is an expression defined?  Trusted: a pole forgotten here is never looked at.

``needs`` walks an expression and names, for each term, the condition under which it has a finite
value, with SymPy's conventions (principal branches, ``0**0 = 1``).  A function whose domain is
not listed here owes the condition ``Defined(term)``, which only a proof of finiteness settles.

A condition always suffices.  Most are necessary too, and only those may be assumed of a statement
that is meant where its terms are defined (see ``presumptions``): a wrong flag narrows it silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Expr, Integral, Piecewise, Pow, Product, Range, S, Sum
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean, Not, Or

from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Condition,
    Defined,
    Member,
    Operator,
    Relation,
    Throughout,
    negate,
)


@dataclass(frozen=True)
class Need:
    """``term`` has a finite value where ``condition`` holds (its arguments having one).

    ``necessary``: and nowhere else.  False where that is not certain.
    """

    term: Expr
    condition: Condition
    necessary: bool = True


def nonzero(expression: Expr) -> Condition:
    """Return ``expression != 0``."""
    return Relation(expression, "ne", S.Zero)


def off(expression: Expr, *values: Expr) -> tuple[Condition, ...]:
    """Return that ``expression`` is none of ``values``."""
    return tuple(Relation(expression, "ne", sp.sympify(value)) for value in values)


def no_pole(expression: Expr) -> tuple[Condition, ...]:
    """Return that ``expression`` is not one of the poles 0, -1, -2, ... of gamma."""
    return (Member(expression, Range(0, -sp.oo, -1), negated=True),)


def real(*expressions: Expr) -> tuple[Condition, ...]:
    """Return that each expression is real, if it is no real symbol or rational number."""
    varying = (e for e in expressions if not ((e.is_Symbol and e.is_real) or e.is_Rational))
    return tuple(Member(e, S.Reals) for e in varying)


ENTIRE: tuple[type, ...] = (
    sp.sin, sp.cos, sp.exp, sp.sinh, sp.cosh, sp.Abs, sp.re, sp.im, sp.conjugate, sp.sign, sp.sinc,
    sp.asin, sp.acos, sp.asinh, sp.acosh, sp.erf, sp.erfc, sp.erfi, sp.Si, sp.Shi, sp.fresnels,
    sp.fresnelc, sp.airyai, sp.airybi, sp.airyaiprime, sp.airybiprime, sp.LambertW, sp.acot,
    sp.KroneckerDelta, sp.dirichlet_eta,
)  # fmt: skip
"""Functions with a finite value at every complex number (acot and LambertW: see below)."""


def polynomial(n: Expr, *rest: Expr) -> tuple[Condition, ...] | None:
    """Return that a function of a nonnegative integer, and of others, is defined; else unknown."""
    return () if n.is_integer and n.is_nonnegative else None


def integral(n: Expr, *rest: Expr) -> tuple[Condition, ...] | None:
    """Return that a function of an integer, and of others, is defined; unknown elsewhere."""
    return () if n.is_integer else None


def regular(n: Expr, z: Expr) -> tuple[Condition, ...]:
    """Return where a Bessel function of the first kind is defined (DLMF 10.7.3)."""
    if n.is_nonnegative or n.is_integer:
        return ()
    growing = Relation(sp.re(n), "gt", S.Zero)
    return (AnyOf((nonzero(z), growing, Member(n, S.Integers))),)


DOMAINS: dict[type, Callable[..., tuple[Condition, ...] | None]] = {
    sp.log: lambda z: (nonzero(z),),
    sp.arg: lambda z: (nonzero(z),),
    sp.tan: lambda z: (nonzero(sp.cos(z)),),
    sp.sec: lambda z: (nonzero(sp.cos(z)),),
    sp.cot: lambda z: (nonzero(sp.sin(z)),),
    sp.csc: lambda z: (nonzero(sp.sin(z)),),
    sp.tanh: lambda z: (nonzero(sp.cosh(z)),),
    sp.sech: lambda z: (nonzero(sp.cosh(z)),),
    sp.coth: lambda z: (nonzero(sp.sinh(z)),),
    sp.csch: lambda z: (nonzero(sp.sinh(z)),),
    sp.atan: lambda z: off(z, sp.I, -sp.I),
    sp.acot: lambda z: off(z, sp.I, -sp.I),
    sp.atanh: lambda z: off(z, 1, -1),
    sp.acoth: lambda z: off(z, 1, -1),
    sp.asec: lambda z: (nonzero(z),),
    sp.acsc: lambda z: (nonzero(z),),
    sp.asech: lambda z: (nonzero(z),),
    sp.acsch: lambda z: (nonzero(z),),
    sp.atan2: lambda y, x: (*real(y, x), AnyOf((nonzero(y), nonzero(x)))),
    sp.gamma: no_pole,
    sp.loggamma: no_pole,
    sp.digamma: no_pole,
    sp.polygamma: lambda n, z: no_pole(z) if polynomial(n) == () else None,
    sp.chebyshevt: integral,
    sp.chebyshevu: integral,
    sp.legendre: integral,
    sp.hermite: polynomial,
    sp.laguerre: polynomial,
    sp.fibonacci: lambda n, x=None: integral(n) if x is None else None,
    sp.lucas: integral,
    sp.bernoulli: polynomial,
    sp.totient: lambda n: () if n.is_integer and n.is_positive else None,
    sp.RisingFactorial: lambda x, k: polynomial(k),
    sp.FallingFactorial: lambda x, k: polynomial(k),
    sp.elliptic_e: lambda *arguments: (),
    sp.harmonic: lambda n, m=None: no_pole(n + 1) if m is None else None,
    sp.stieltjes: lambda n, a=S.One: no_pole(a) if polynomial(n) == () else None,
    sp.factorial: lambda z: no_pole(z + 1),
    sp.LambertW: lambda z, k=S.Zero: () if k == 0 else (nonzero(z),),
    sp.Ei: lambda z: (nonzero(z),),
    sp.Ci: lambda z: (nonzero(z),),
    sp.Chi: lambda z: (nonzero(z),),
    sp.li: lambda z: off(z, 1),
    sp.zeta: lambda s, a=S.One: (*off(s, 1), *(() if a == 1 else no_pole(a))),
    sp.elliptic_k: lambda m: off(m, 1),
    sp.floor: real,
    sp.ceiling: real,
    sp.frac: real,
    sp.Max: real,
    sp.Min: real,
    sp.Heaviside: lambda x, half=None: real(x),
    sp.Mod: lambda a, b: (*real(a, b), *(() if b.is_Rational and b != 0 else (nonzero(b),))),
    sp.besselj: lambda n, z: regular(n, z),
    sp.besseli: lambda n, z: regular(n, z),
    sp.bessely: lambda n, z: (nonzero(z),),
    sp.besselk: lambda n, z: (nonzero(z),),
    sp.binomial: lambda n, k: (
        AnyOf(
            (
                AllOf((Member(n, S.Integers), Member(k, S.Integers))),
                *no_pole(n + 1),
            )
        ),
    ),
}


def suffices_only(expression: Basic, condition: Condition) -> bool:
    """Tell whether a function's value may exist where ``condition``, of ``DOMAINS``, fails.

    SymPy rounds complex numbers and gives them an angle; ``zeta(-1, 0)`` is a value of Bernoulli's
    polynomial; ``bessely(-1/2, z)`` tends to 0 at 0 (DLMF 10.2.3); ``LambertW(0, 0)`` is 0.
    """
    match expression:
        case sp.floor() | sp.ceiling() | sp.frac() | sp.Max() | sp.Min() | sp.Heaviside():
            return True
        case sp.atan2() | sp.Mod() | sp.zeta():
            return isinstance(condition, Member)
        case sp.bessely():
            return expression.order.is_integer is not True
        case sp.LambertW():
            return expression.args[-1].is_zero is not False
    return False


def needs(expression: Basic) -> Iterator[Need]:
    """Yield what each term of ``expression`` needs, inner terms first."""
    match expression:
        case Sum() | Product():
            yield from _series(expression)
            return
        case Integral():
            for limit in expression.limits:
                for end in limit[1:]:
                    if end.is_finite is not False:
                        yield from needs(end)
            yield Need(expression, Defined(expression))
            return
        case Piecewise():
            yield from _branches(expression)
            return
        case sp.Limit():
            yield Need(expression, Defined(expression))
            return
        case sp.Derivative():
            yield from _differentiated(expression)
            return
        case sp.Subs():  # the symbols of its body are bound
            for value in expression.point:  # of a symbol that the body need not have
                yield from (replace(need, necessary=False) for need in needs(value))
            yield Need(expression, Defined(expression))
            return
        case sp.Indexed():
            for index in expression.indices:
                yield from needs(index)
            yield Need(expression, Defined(expression))  # the family says which indices it has
            return
    for argument in expression.args:
        for part in argument if isinstance(argument, sp.Tuple) else (argument,):
            if isinstance(part, Expr):
                yield from needs(part)
    for condition in _own(expression):
        yield Need(expression, condition, not suffices_only(expression, condition))


def _own(expression: Basic) -> tuple[Condition, ...]:
    if isinstance(expression, Pow):
        return _power(expression.base, expression.exp)
    if expression in (sp.zoo, sp.nan, sp.oo, -sp.oo) or isinstance(expression, AppliedUndef):
        return (Defined(expression),)
    if expression.is_Atom or isinstance(expression, sp.Add | sp.Mul):
        return ()
    rule = DOMAINS.get(type(expression))
    found = None if rule is None else rule(*expression.args)
    if found is not None:
        return found
    return () if isinstance(expression, ENTIRE) else (Defined(expression),)


def _power(base: Expr, exponent: Expr) -> tuple[Condition, ...]:
    """Return where ``base**exponent`` has a value: zero takes exponents of positive real part."""
    if base == 0:
        return (AnyOf((Relation(sp.re(exponent), "gt", S.Zero), Relation(exponent, "eq", S.Zero))),)
    if base.is_number and base.is_Rational:
        return ()
    if exponent.is_Rational:
        return (nonzero(base),) if exponent < 0 else ()
    growing: Condition = Relation(sp.re(exponent), "gt", S.Zero)
    return (AnyOf((nonzero(base), growing, Relation(exponent, "eq", S.Zero))),)


def _series(expression: Expr) -> Iterator[Need]:
    """A finite sum needs every summand; an infinite one has to converge."""
    if any(
        limit[1].is_finite is False or limit[2].is_finite is False for limit in expression.limits
    ):
        yield Need(expression, Defined(expression))
        return
    function, limits = expression.function, list(expression.limits)
    for position, (index, low, high) in enumerate(limits):
        plain = sp.Symbol(index.name, integer=True)
        if not index.assumptions0.items() <= plain.assumptions0.items():
            while plain in expression.atoms(sp.Symbol):
                plain = sp.Symbol(f"{plain.name}_", integer=True)
            # An index that is called positive may run below zero: its limits decide.
            change = {index: plain}
            function = function.xreplace(change)
            inner = [tuple(e.xreplace(change) for e in one) for one in limits[:position]]
            limits[:position] = inner
            limits[position] = (plain, low, high)
    ranges_ = [(index, Range(low, high + 1)) for index, low, high in limits]
    between_integers = all(low.is_integer and high.is_integer for _, low, high in limits)

    def within(condition: Condition, depth: int) -> Condition:
        for index, values in ranges_[depth:]:
            condition = Throughout(index, values, condition)
        return condition

    for depth, (_, low, high) in reversed(list(enumerate(limits, 1))):
        for need in (*needs(low), *needs(high)):
            yield Need(need.term if depth == len(limits) else expression,
                       within(need.condition, depth),
                       need.necessary and between_integers)  # fmt: skip
        if not (low.is_integer and high.is_integer):
            whole = AllOf((Member(low, S.Integers), Member(high, S.Integers)))
            yield Need(expression, within(whole, depth), False)
        # SymPy's convention for a sum that runs downwards is not zero; see Karr (1981).
        if low.is_Integer and high.is_Integer and low <= high + 1:
            continue
        yield Need(expression, within(Relation(low, "le", high + 1), depth), False)
    for need in needs(function):
        yield Need(expression, within(need.condition, 0), need.necessary and between_integers)


def _branches(expression: Piecewise) -> Iterator[Need]:
    """A branch needs to be defined only where it is taken, and one of them must be.

    SymPy's equality has a truth value where a side is infinite: what follows a test that may be
    undefined is not necessary.
    """
    earlier: list[Condition] = []
    sure = True
    for value, test in expression.args:
        otherwise = test == True  # a SymPy BooleanTrue
        taken = None if otherwise else condition_of(test)
        if taken is None and not otherwise:
            yield Need(expression, Defined(expression))
            return
        excused = list(earlier)  # what makes another branch count
        if taken is not None:
            for condition in decidable(taken):
                sure = False
                yield Need(expression, either(*excused, condition), sure)
            excused.append(negate(taken))
        for need in needs(value):
            yield Need(need.term, either(*excused, need.condition), sure and need.necessary)
        if taken is None:
            return
        earlier.append(taken)
    yield Need(expression, AnyOf(tuple(earlier)), sure)


def either(*conditions: Condition) -> Condition:
    """Return that one of ``conditions`` holds."""
    return AnyOf(conditions) if len(conditions) > 1 else conditions[0]


def decidable(condition: Condition) -> Iterator[Condition]:
    """Yield what gives a test a truth value: its terms defined, and real if they are ordered."""
    match condition:
        case Relation():
            for side in (condition.lhs, condition.rhs):
                yield from (need.condition for need in needs(side))
                if condition.operator not in ("eq", "ne") and side.is_real is not True:
                    yield Member(side, S.Reals)
        case Member():
            yield from (need.condition for need in needs(condition.element))
        case AllOf() | AnyOf():
            for part in condition.conditions:
                yield from decidable(part)


def condition_of(test: Boolean) -> Condition | None:
    """Return a SymPy condition as one of ours, or None if it has no counterpart."""
    if isinstance(test, Relational):
        operators: dict[str, Operator] = {
            "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
        }  # fmt: skip
        return Relation(test.lhs, operators[test.rel_op], test.rhs)
    if isinstance(test, And | Or):
        parts = [condition_of(part) for part in test.args]
        if any(part is None for part in parts):
            return None
        found = tuple(part for part in parts if part is not None)
        return AllOf(found) if isinstance(test, And) else AnyOf(found)
    if isinstance(test, Not):
        inner = condition_of(test.args[0])
        return None if inner is None else negate(inner)
    if isinstance(test, sp.Contains):
        return Member(test.args[0], test.args[1])
    return None


def _differentiated(expression: sp.Derivative) -> Iterator[Need]:
    """A derivative needs a differentiable function, and its own value to be defined.

    What is asked beside a value of the function suffices, but need not be necessary.
    """
    yield from needs(expression.expr)
    current = expression.expr
    try:
        for symbol, times in expression.variable_count:
            for _ in range(int(times)):
                current, conditions = derivative(current, symbol)
                for condition in conditions:
                    yield Need(expression, condition, False)
    except (NotDifferentiable, TypeError, ValueError):
        yield Need(expression, Defined(expression))
        return
    for need in needs(current):
        yield Need(expression, need.condition, False)
