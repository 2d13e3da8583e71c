"""Bounds of expressions over a context, from its sets and its assumptions.  Trusted.

A bound holds at every point of the context at which the expression as written is defined.
What is assumed sharpens the bounds (see ``facts``).  SymPy's own assumptions are never asked about
a compound expression.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import sympy
from sympy import (
    Add,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Mul,
    NumberSymbol,
    Piecewise,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    expand,
    oo,
    pi,
)  # fmt: skip
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from proofcheck.domains import Variable
from proofcheck.obligations import Context
from proofcheck.ranges import functions, special
from proofcheck.ranges.affine import affine, combination, one_atom, plain, scalar, spread
from proofcheck.ranges.extents import extent
from proofcheck.ranges.facts import FACTS, STEPS, Facts
from proofcheck.ranges.intervals import (
    INTEGER,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    SIDES,
    UNKNOWN,
    ZERO,
    Bounds,
    add,
    between,
    compare,
    exponential,
    greatest,
    hull,
    intersect,
    logarithm,
    make,
    multiply,
    nonzero_if,
    point,
    power,
)  # fmt: skip
from proofcheck.relations import OPPOSITES, Operator, Relation

OPERATORS: dict[str, Operator] = {
    "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
}  # fmt: skip
STRIPS: dict[type, Bounds] = {
    sympy.log: make((-pi, True), (pi, False)),
    sympy.atan: between(-pi / 2, pi / 2, "[]"),
    sympy.asin: between(-pi / 2, pi / 2, "[]"),
    sympy.acos: between(0, pi, "[]"),
}
"""The imaginary part of a logarithm, and real parts of inverse functions."""


class Ranger(Facts):
    """Bounds over one context, each computed once, within a limited number of steps."""

    @classmethod
    def of(cls, context: Context) -> Ranger:
        """Return a ranger that knows the sets and the assumptions of ``context``.

        It is not to learn more: whoever asks about the same context shares what it has found.
        """
        ranger = answering(context)
        if ranger.steps[0] <= 0:  # what was found when they ran out is no answer
            ranger.memo.clear()
        ranger.steps[0] = STEPS
        return ranger

    def bounds(self, expression: Expr) -> Bounds:
        """Return the bounds of an expression whose bound symbols are dummies."""
        known = self.memo.get(expression)
        if known is not None:
            return known
        if self.steps[0] <= 0:
            return UNKNOWN
        self.steps[0] -= 1
        self.memo[expression] = UNKNOWN  # what a circular question is answered
        try:
            found = self.sharpened(expression, self.rule(expression))
        except BaseException:  # a search that was interrupted must leave no trace
            del self.memo[expression]
            raise
        self.memo[expression] = found
        return found

    def sharpened(self, expression: Expr, found: Bounds) -> Bounds:
        """Return ``found`` with what the facts say of ``expression``."""
        if expression in self.facts:
            found = intersect(found, self.facts[expression])
        parts = affine(expression)
        if parts is None:
            return found
        scale, core, shift = parts
        constant, inner = self.bounds(shift), self.facts.get(core, UNKNOWN)
        if core != expression and constant.real:
            inner = intersect(inner, self.bounds(core))
        if inner.real and constant.real:
            found = intersect(found, add(multiply(inner, point(scale)), constant))
        root = expand(-shift / scale)
        if inner.integer and isinstance(root, Rational) and not isinstance(root, Integer):
            found = intersect(found, nonzero_if(True))
        for value in self.excluded.get(core, ()):
            if value == root:
                found = intersect(found, nonzero_if(True))
            elif found.real and constant.real and self.bounds(value).real:
                gap = expand(scale * value + shift)
                found = replace(
                    found,
                    low_open=found.low_open or compare(found.low, gap) == 0,
                    high_open=found.high_open or compare(found.high, gap) == 0,
                )
                found = intersect(found, found)
        return found

    def rule(self, e: Expr) -> Bounds:
        """Return the bounds of an expression from those of its parts."""
        match e:
            case Rational() | NumberSymbol():
                return point(e)
            case sympy.core.numbers.ImaginaryUnit():
                return nonzero_if(True)
            case Indexed():
                domain = self.families.get(e.base)
                return UNKNOWN if domain is None else extent(domain, self.bounds)
            case Add():
                return self.total(e)
            case Mul():
                found = point(S.One)
                for factor in e.args:
                    found = multiply(found, self.bounds(factor))
                return intersect(found, self.univariate(e))
            case Pow():
                return self.raised(e.base, e.exp)
            case Sum() | Product():
                return self.summed(e)
            case Piecewise():
                return self.pieces(e)
            case sympy.Max() | sympy.Min():
                parts = [self.bounds(argument) for argument in e.args]
                if not all(part.real for part in parts):
                    return UNKNOWN
                return greatest(parts, isinstance(e, sympy.Max))
            case KroneckerDelta():
                equal = self.bounds(e.args[0] - e.args[1]) if len(e.args) == 2 else UNKNOWN
                return ZERO if equal.nonzero else between(0, 1, integer=True)
            case sympy.binomial():
                n, k = e.args
                return functions.binomial(self.bounds(n), self.bounds(k), self.bounds(n - k))
            case sympy.factorial():
                return functions.factorial(self.bounds(e.args[0]))
            case sympy.log():
                found = functions.apply(sympy.log, self.bounds(e.args[0])) if plain(e) else UNKNOWN
                apart = plain(e) and self.bounds(e.args[0] - 1).nonzero
                return intersect(found, nonzero_if(apart))
            case sympy.Heaviside():
                argument = self.bounds(e.args[0])
                return (
                    functions.step(argument)
                    if e.args[1:] == (S.Half,) and argument.real
                    else UNKNOWN
                )
            case sympy.re() | sympy.im():
                size = self.facts.get(sympy.Abs(e.args[0]), UNKNOWN)
                disc = functions.disc(size) if size.real else UNKNOWN
                disc = intersect(disc, self.strip(e))
                return intersect(functions.apply(e.func, self.bounds(e.args[0])), disc)
            case sympy.Function() if type(e) in special.RULES:
                return special.RULES[type(e)](*map(self.bounds, e.args))
            case sympy.Function() if plain(e) and not isinstance(e, AppliedUndef):
                return functions.apply(e.func, self.bounds(e.args[0]))
        return UNKNOWN

    def strip(self, part: Expr) -> Bounds:
        """Return the strip of principal values that a part of an inverse function lies in.

        DLMF 4.2.3, 4.23.6, 4.23.7; ``tan(pi/4 + I*y)`` has modulus 1, and ``|tan(w)| < 1`` where
        ``|re(w)| < pi/4``.
        """
        inner = part.args[0]
        if isinstance(part, sympy.im):
            return STRIPS[sympy.log] if isinstance(inner, sympy.log) else UNKNOWN
        if isinstance(inner, sympy.log):
            return UNKNOWN
        if isinstance(inner, sympy.atan):
            z = inner.args[0]
            if functions.inside(self.bounds(sympy.Abs(z)), between(0, 1, "[)")):
                return between(-pi / 4, pi / 4, "()")
            if self.bounds(sympy.re(z)).positive:
                return between(0, pi / 2, "()")
        return STRIPS.get(inner.func, UNKNOWN)

    def total(self, e: Add) -> Bounds:
        """Return the bounds of a sum: term by term, by Sturm, and through facts on sums."""
        found = ZERO
        for term in e.args:
            found = add(found, self.bounds(term))
        found = intersect(found, self.univariate(e))
        flat = spread(e)
        if flat != e:
            found = intersect(found, self.bounds(flat))
        terms = combination(flat)
        for core, known in list(self.facts.items())[:FACTS]:
            if not (core.is_Add and known.real):
                continue
            for inner, scale in combination(core).items():
                if inner not in terms or scale == 0:
                    continue
                rest = dict(terms)
                for part, times in combination(core).items():
                    rest[part] = rest.get(part, S.Zero) - terms[inner] / scale * times
                left = [times * part for part, times in rest.items() if times != 0]
                if len(left) < len(terms):
                    part = multiply(known, point(terms[inner] / scale))
                    found = intersect(found, add(part, self.bounds(Add(*left))))
                    break
        return found

    def univariate(self, e: Expr) -> Bounds:
        """Return the sign of a polynomial in one real atom, decided by Sturm's theorem."""
        form = one_atom(e)
        if form is None:
            return UNKNOWN
        coefficients, atom = form
        return functions.polynomial(coefficients, self.bounds(atom))

    def raised(self, base: Expr, exponent: Expr) -> Bounds:
        """Return the bounds of a power."""
        b = self.bounds(base)
        if isinstance(exponent, Rational):
            if exponent.q > 1 and not b.nonnegative:  # a**2 - b**2 by its factors
                b = intersect(b, self.bounds(product_of_factors(base)))
            return power(b, exponent)
        e = self.bounds(exponent)
        found = exponential(multiply(e, logarithm(b))) if b.positive else nonzero_if(b.nonzero)
        if b.real and e.real and (e.integer or b.nonnegative):
            found = intersect(found, REAL)
            if b.nonnegative or self.bounds(exponent / 2).integer:
                found = intersect(found, NONNEGATIVE)
            if (e.nonnegative and functions.inside(b, between(-1, 1))) or base == -1:
                found = intersect(found, between(-1, 1))
            if e.integer and e.nonnegative and b.integer:
                found = intersect(found, INTEGER)
        return found

    def summed(self, e: Sum | Product) -> Bounds:
        """Return the bounds of a sum (or product) over a range that is not reversed."""
        *others, limit = e.limits
        if len(limit) != 3 or limit[1] == -oo:
            return UNKNOWN
        index, low, high = limit
        if index in self.sets or any(index in core.free_symbols for core in self.facts):
            return UNKNOWN
        inner = self.child()
        inner.sets[index] = S.Integers
        inner.learn(index, INTEGER)
        inner.learn(index - low, NONNEGATIVE)
        if high != oo:
            inner.learn(index - high, SIDES["le"])
        inner.propagate()
        part = inner.bounds(e.func(e.function, *others) if others else e.function)
        start, count = self.bounds(low), UNKNOWN
        if high == oo and start.integer and isinstance(e, Sum) and part.nonnegative:
            return make((S.Zero, part.positive), (oo, True))
        if start.integer and high not in (oo, -oo) and self.bounds(high).integer:
            count = self.bounds(high - low + 1)
        if not count.nonnegative:
            return UNKNOWN
        if isinstance(e, Sum):
            return multiply(count, part)
        return (
            POSITIVE
            if part.positive
            else NONNEGATIVE
            if part.nonnegative
            else nonzero_if(part.nonzero)
        )

    def pieces(self, e: Piecewise) -> Bounds:
        """Return the bounds of a piecewise value: its branches, each where it applies."""
        found: list[Bounds] = []
        ranger = self.child()
        for value, condition in e.args:
            where, otherwise = ranger.child(), ranger.child()
            operator = OPERATORS.get(getattr(condition, "rel_op", ""))
            if isinstance(condition, Relational) and operator and scalar(condition.lhs):
                sides = self.bounds(condition.lhs), self.bounds(condition.rhs)
                if all(side.real for side in sides):
                    where.assume(Relation(condition.lhs, operator, condition.rhs))
                    otherwise.assume(Relation(condition.lhs, OPPOSITES[operator], condition.rhs))
            where.propagate()
            found.append(where.bounds(value))
            ranger = otherwise
        return hull(found)


@lru_cache(maxsize=4000)
def product_of_factors(base: Expr) -> Expr:
    """Return a polynomial in several symbols as a product, where it is one."""
    symbols = base.free_symbols
    if not base.is_Add or len(symbols) < 2 or not base.is_polynomial(*symbols):
        return base
    return sympy.factor(base)


@lru_cache(maxsize=64)
def answering(context: Context) -> Ranger:
    """Return a ranger that has learned what a context says."""
    families = {base: family.element for base, family in context.families.items()}
    ranger = Ranger(context.sets, families)
    for variable in context.variables:
        if isinstance(variable, Variable):
            ranger.learn_member(variable.symbol, variable.set)
    for assumption in context.assumptions:
        ranger.assume(assumption)
    ranger.propagate()
    return ranger.child()
