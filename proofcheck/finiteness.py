"""Has a term a finite value throughout a context?  Trusted; answers True only when certain.

Decides the condition ``Defined(term)``: an indexed member exists, a constant term has a finite
enclosure, an integral converges absolutely.  ``convergence`` names what makes an integral do so:
continuity on bounded pieces, powers above -1 at a singular end, decay at infinity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache

import sympy
from sympy import (
    Abs,
    Add,
    Derivative,
    Dummy,
    Expr,
    Indexed,
    Integer,
    Integral,
    Interval,
    Mul,
    Poly,
    Pow,
    Product,
    Range,
    S,
    Sum,
    Symbol,
    elliptic_f,
    hyper,
    log,
    oo,
    re,
)

from proofcheck import balls, decay, hypergeometric, identities, ranges
from proofcheck.calculus.smoothness import derivable
from proofcheck.continuity import (
    NotContinuous,
    bound,
    continuous_on,
    put,
    straightened,
    throughout,
)
from proofcheck.convergence import SERIES
from proofcheck.hypergeometric import NotHypergeometric
from proofcheck.identities import integrands, products
from proofcheck.obligations import Context, definedness, opened
from proofcheck.relations import Condition, Defined, Member, Relation, Throughout

HIGHEST_DEGREE = 6


def decide(term: Expr, context: Context) -> bool:
    """Return True only if ``term`` has a finite value at every admissible point."""
    if isinstance(term, Indexed) and len(term.indices) == 1 and term.base in context.families:
        size = context.families[term.base].size
        return ranges.decide(Member(term.indices[0], Range(1, size + 1)), context)
    if isinstance(term, Sum | Product) and _some_way(
        term, context
    ):  # a slow series takes balls long
        return True
    if not term.free_symbols:
        try:
            return bool(balls.enclose(term, {}, 64).is_finite())
        except balls.Undefined:
            return False
        except balls.Unevaluable:
            pass
    if isinstance(term, Derivative):
        return _analytic(term, context)
    return _some_way(term, context)


def _some_way(term: Expr, context: Context) -> bool:
    return any(all(evident(condition, context) for condition in way) for way in ways(term))


def _analytic(term: Derivative, context: Context) -> bool:
    """An analytic function has derivatives of every order, and so has a holomorphic one."""
    return any(all(evident(one, context) for one in way) for way in derivable(term))


def of_a_count(least: int) -> Callable[..., tuple[Condition, ...]]:
    """Return the rule of a function that is defined at all integers from ``least`` on.

    A polynomial in what follows the integer, which has a value of its own.
    """
    return lambda n, *rest: (Member(n, Range(least, oo)),)


def without_poles(*arguments: Expr) -> tuple[Condition, ...]:
    """Return that no argument is 0, -1, -2, ..."""
    return tuple(hypergeometric.no_pole(argument) for argument in arguments)


def inside_the_disc(z: Expr) -> Condition:
    """Return ``|z| < 1``."""
    return Relation(Abs(z), "lt", S.One)


DEFINED: dict[type[Expr], Callable[..., tuple[Condition, ...]]] = {
    sympy.primepi: lambda x: (Member(x, S.Reals),),
    sympy.partition: lambda n: (Member(n, S.Integers),),
    sympy.bell: lambda n, x=None: (Member(n, Range(0, oo)),),
    sympy.catalan: of_a_count(0),
    sympy.totient: of_a_count(1),
    sympy.divisor_sigma: lambda n, k=S.One: (Member(n, Range(1, oo)), Member(k, S.Integers)),
    sympy.mobius: of_a_count(1),
    sympy.bernoulli: of_a_count(0),
    sympy.euler: of_a_count(0),
    sympy.hermite: of_a_count(0),
    sympy.laguerre: of_a_count(0),
    sympy.RisingFactorial: lambda x, k: (Member(k, Range(0, oo)),),
    sympy.FallingFactorial: lambda x, k: (Member(k, Range(0, oo)),),
    sympy.polygamma: lambda n, z: (Member(n, Range(0, oo)), *without_poles(z)),
    sympy.beta: lambda x, y=None: without_poles(x) if y is None else without_poles(x, y),
    sympy.uppergamma: lambda s, x: (Relation(x, "gt", S.Zero),),
    sympy.expint: lambda s, x: (Relation(x, "gt", S.Zero),),
    sympy.lowergamma: lambda s, x: (Relation(re(s), "gt", S.Zero), Relation(x, "ge", S.Zero)),
    sympy.polylog: lambda s, z: (inside_the_disc(z),),
    sympy.lerchphi: lambda z, s, a: (inside_the_disc(z), *without_poles(a)),
    sympy.elliptic_pi: lambda n, *rest: (
        *(Relation(parameter, "lt", S.One) for parameter in (n, rest[-1])),
        *(Member(amplitude, S.Reals) for amplitude in rest[:-1]),
    ),
    sympy.hankel1: lambda nu, z: (Relation(z, "ne", S.Zero),),
    sympy.hankel2: lambda nu, z: (Relation(z, "ne", S.Zero),),
}  # fmt: skip
"""Where functions certainly have a value: by their integrals and series, or by counting (DLMF 5.12,
8.2, 8.19, 10.4, 19.2, 25.12, 25.14, 26)."""


def ways(term: Expr) -> Iterator[tuple[Condition, ...]]:
    """Yield lists of conditions, each of which gives ``term`` a value if its parts have one.

    They make an integral converge absolutely, and so a series.
    """
    if isinstance(term, hyper):
        with suppress(NotHypergeometric):
            yield hypergeometric.convergence(*term.args)
    elif isinstance(term, Sum):
        with suppress(NotHypergeometric):
            conditions: list[Condition] = []
            for single in hypergeometric.terms(term):
                series = hypergeometric.recognised(single)
                parts = (series.first, *series.upper, *series.lower, series.argument)
                conditions += series.conditions
                conditions += (need.condition for need in definedness(*parts))
            yield tuple(conditions)
        for way in SERIES:
            with suppress(NotHypergeometric):
                yield way(term)
        for name in ("power series with a known sum", "Lambert series with a known sum"):
            with suppress(identities.Inapplicable):
                yield identities.instance(name, (term,)).conditions
    elif isinstance(term, Product):
        for rule, arguments in products.proposals(term):
            with suppress(identities.Inapplicable):
                yield identities.instance(rule, arguments).conditions
    elif isinstance(term, elliptic_f):  # the singularities are integrable where they are simple
        yield (Relation(term.args[1], "ne", S.One),)
    elif type(term) in DEFINED:
        with suppress(TypeError):  # the rule is about another number of arguments
            yield DEFINED[type(term)](*term.args)
    if not isinstance(term, Integral):
        return
    for downwards in (False, True):
        try:
            yield convergence(term, downwards)
        except (NotContinuous, decay.Unbounded):
            continue
    with suppress(NotContinuous):
        yield everywhere(term)
    with suppress(NotContinuous):
        for rule, arguments in integrands.proposals(term):
            with suppress(identities.Inapplicable):
                yield identities.instance(rule, (term, *arguments)).conditions
    with suppress(NotContinuous):
        _, _, low, high = bound(term)
        if on_a_path(term) or (high is oo and low not in (0, -oo)):
            yield from ways(straightened(term))


def on_a_path(term: Integral) -> bool:
    """Tell whether a finite end of ``term`` may be complex, as far as SymPy knows."""
    return any(not end.is_extended_real for end in bound(term)[2:])


def everywhere(term: Integral) -> tuple[Condition, ...]:
    """Return that the integrand is continuous on the real line, and the ends lie on it.

    Raises:
        NotContinuous: the integrand is not known to be continuous.
    """
    x, function, low, high = bound(term)
    if {low, high} & {oo, -oo}:
        raise NotContinuous(f"{term} has an infinite end")
    ends = (Member(low, S.Reals), Member(high, S.Reals))
    return (*ends, *continuous_on(function, x, S.Reals))


def convergence(term: Integral, downwards: bool = False) -> tuple[Condition, ...]:
    """Return conditions under which ``term`` converges absolutely.

    ``downwards``: the lower limit is the greater one.  Complex ends: see ``straightened``.

    Raises:
        NotContinuous: the integrand is not known to be continuous between the ends.
        Unbounded: the integrand is not known to decay.
    """
    if on_a_path(term):
        return convergence(straightened(term), downwards)
    x, function, low, high = bound(term)
    if downwards:
        low, high = high, low
    if low in (oo, S.ComplexInfinity, S.NaN) or high in (-oo, S.ComplexInfinity, S.NaN):
        raise NotContinuous(f"the limits of {term} are not in this order")
    conditions: tuple[Condition, ...]
    match (low == -oo, high == oo):
        case (True, True):
            mirrored = put(function, x, -x)
            conditions = (*_tail(function, x, S.Zero), *_tail(mirrored, x, S.Zero))
        case (True, False):
            conditions = _tail(put(function, x, -x), x, -high)
        case (False, True):
            conditions = _tail(function, x, low)
        case _:
            conditions = (Relation(low, "le", high), *_bounded(function, x, low, high))
    return tuple(dict.fromkeys(conditions))


def _tail(function: Expr, x: Symbol, low: Expr) -> tuple[Condition, ...]:
    """On ``[low, low + 1]`` as on any bounded interval; beyond, by comparison."""
    beyond = Interval(low + 1, oo)
    return (
        Member(low, S.Reals),
        *_bounded(function, x, low, low + 1),
        *continuous_on(function, x, beyond),
        *decay.integrable(function, x, beyond),
    )


def _bounded(function: Expr, x: Symbol, low: Expr, high: Expr) -> tuple[Condition, ...]:
    """Each term is a continuous function times powers and logarithms of the distance to an end."""
    conditions: tuple[Condition, ...] = ()
    for term in Add.make_args(function):
        rest: list[Expr] = []
        powers: dict[Expr, Expr] = {}
        for factor in Mul.make_args(term):
            found = _singular(factor, x, (low, high))
            if found is None:
                rest.append(factor)
                continue
            exponents, cofactor = found
            for end, exponent in exponents.items():
                powers[end] = powers.get(end, S.Zero) + exponent
            open_interval = Interval.open(low, high)
            nonzero = Relation(cofactor, "ne", S.Zero)
            conditions += throughout(x, Interval(low, high), (nonzero,))
            conditions += continuous_on(factor, x, open_interval)
        # The logarithms that go along with the powers are absorbed by a strict inequality.
        conditions += tuple(Relation(p, "gt", S.NegativeOne) for p in powers.values())
        if rest:
            conditions += continuous_on(Mul(*rest), x, Interval(low, high))
    return conditions


def _singular(
    factor: Expr, x: Symbol, ends: tuple[Expr, Expr]
) -> tuple[dict[Expr, Expr], Expr] | None:
    """Return ``|factor| <= C*product of |x - end|**exponent``, and what must not vanish for it.

    A power or logarithm of a polynomial that vanishes at an end: the polynomial is a product of
    powers of ``x - end`` and a cofactor, which is bounded and, without zeros, bounded away from 0.
    """
    if isinstance(factor, Pow) and x not in factor.exp.free_symbols:
        base, exponent = factor.base, factor.exp
        if isinstance(exponent, Integer) and exponent >= 0:
            return None
        real = exponent if exponent.is_real else re(exponent)
    elif isinstance(factor, log):
        base, real = factor.args[0], S.Zero
    elif isinstance(factor, Pow) and isinstance(factor.base, log) and factor.exp.is_Integer:
        return None
    else:
        return None
    if not base.is_polynomial(x) or x not in base.free_symbols:
        return None
    remaining = Poly(base, x)
    if remaining.degree() > HIGHEST_DEGREE:
        return None
    exponents: dict[Expr, Expr] = {}
    for end in dict.fromkeys(ends):
        while remaining.degree() > 0 and remaining.eval(end).expand() == 0:
            remaining = Poly((remaining.as_expr() / (x - end)).cancel(), x)
            exponents[end] = exponents.get(end, S.Zero) + real
    return (exponents, remaining.as_expr()) if exponents else None


@lru_cache(maxsize=4096)
def evident(goal: Condition, context: Context) -> bool:
    """Return True only if ``goal`` holds throughout, by interval arithmetic or finiteness.

    It is asked again and again, by engines in turn and by the kernel: answers are kept.
    """
    goal, context = opened(goal, context)
    if isinstance(goal, Defined):
        return goal in context.assumptions or decide(goal.term, context)
    if isinstance(goal, Member) and goal.set is S.Reals and goal.element.has(Integral):
        found: dict[Expr, Symbol] = {}
        goal = Member(_real_integrals(goal.element, context, found), S.Reals)
        for symbol in found.values():
            context = context.including(symbol, S.Reals)
    return ranges.decide(goal, context)


def _real_integrals(expression: Expr, context: Context, found: dict[Expr, Symbol]) -> Expr:
    """Return ``expression`` with a real symbol for each integral of a real function in it."""
    if isinstance(expression, Add | Mul):
        parts = (_real_integrals(argument, context, found) for argument in expression.args)
        return expression.func(*parts)
    if not isinstance(expression, Integral):
        return expression
    try:
        x, function, low, high = bound(expression)
    except NotContinuous:
        return expression
    if evident(Relation(high, "le", low), context):
        low, high = high, low
    ordered = oo in (high, -low) or evident(Relation(low, "le", high), context)
    real = Throughout(x, Interval.open(low, high), Member(function, S.Reals))
    if ordered and evident(real, context):
        return found.setdefault(expression, Dummy(real=True))
    return expression
