"""Bounds of expressions over a context, from its sets and its assumptions.  Trusted.

A bound holds at every point of the context at which the expression as written is defined.
What is assumed sharpens the bounds: an assumption on ``c*e + d``, with constants c and d, is a
fact about ``e``.  SymPy's own assumptions are never asked about a compound expression.
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
    Set,
    Sum,
    Symbol,
    expand,
    oo,
)  # fmt: skip
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from proofcheck.domains import Variable
from proofcheck.obligations import Context
from proofcheck.ranges import functions
from proofcheck.ranges.affine import affine, canonical, combination, one_atom, plain, scalar, spread
from proofcheck.ranges.extents import ends_of, extent
from proofcheck.ranges.intervals import (
    INTEGER, NONNEGATIVE, POSITIVE, REAL, SIDES, UNKNOWN, ZERO, Bounds, add, between, compare,
    exponential, greatest, hull, intersect, logarithm, make, multiply, nonzero_if, point, power,
)  # fmt: skip
from proofcheck.relations import OPPOSITES, AllOf, Condition, Member, Operator, Relation

STEPS = 3000
FACTS = 40
OPERATORS: dict[str, Operator] = {
    "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
}  # fmt: skip


class Ranger:
    """Bounds over one context, each computed once, within a limited number of steps."""

    def __init__(self, sets: dict[Symbol, Set], families: dict[Expr, Set]) -> None:
        self.sets, self.families = sets, families
        self.facts: dict[Expr, Bounds] = {}
        self.excluded: dict[Expr, list[Expr]] = {}
        self.memo: dict[Expr, Bounds] = {}
        self.steps = [STEPS]

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

    def child(self) -> Ranger:
        """Return a ranger that knows as much, may learn more, and draws on the same steps."""
        other = Ranger(dict(self.sets), self.families)
        other.facts, other.steps = dict(self.facts), self.steps
        other.excluded = {key: list(values) for key, values in self.excluded.items()}
        return other

    # What is assumed

    def assume(self, condition: Condition) -> None:
        """Learn from an assumed condition."""
        match condition:
            case Relation(assumptions=()) if scalar(condition.lhs) and scalar(condition.rhs):
                lhs, rhs = canonical(condition.lhs), canonical(condition.rhs)
                if condition.operator not in ("eq", "ne"):
                    self.learn(lhs, REAL)
                    self.learn(rhs, REAL)
                self.learn(lhs - rhs, SIDES[condition.operator])
            case Member(negated=False):
                self.learn_member(canonical(condition.element), condition.set)
            case Member(set=sympy.FiniteSet() as values, negated=True):
                for value in values.args:
                    self.learn(canonical(condition.element) - value, nonzero_if(True))
            case AllOf():
                for part in condition.conditions:
                    self.assume(part)
            case _:
                pass

    def learn(self, expression: Expr, known: Bounds) -> None:
        """Learn that the value of ``expression`` lies within ``known``."""
        parts = affine(expression)
        if parts is None:
            return
        scale, core, shift = parts
        constant = self.bounds(shift)
        if known.nonzero and not (constant.real and (known.positive or known.negative)):
            values = self.excluded.setdefault(core, [])
            root = expand(-shift / scale)
            if root not in values:
                values.append(root)
                self.memo.clear()
        if constant.real and known.real:
            moved = add(known, multiply(constant, point(S.NegativeOne)))
            moved = multiply(moved, point(1 / scale))
            before = self.facts.get(core)
            after = intersect(before or UNKNOWN, moved)
            if after != before:
                self.facts[core] = after
                self.memo.clear()

    def learn_member(self, element: Expr, domain: Set) -> None:
        """Learn that ``element`` lies in ``domain``."""
        known = extent(domain, self.bounds)
        self.learn(element, known)
        if element not in self.facts and known.real and not element.is_Number:
            self.facts[element] = known
        low, high, low_open, high_open = ends_of(domain)
        for end, is_open, side in ((low, low_open, NONNEGATIVE), (high, high_open, None)):
            if end is not None and end.free_symbols and self.bounds(end).real:
                side = side or SIDES["le"]
                self.learn(element - end, intersect(side, nonzero_if(is_open)))
        if isinstance(domain, sympy.Complement) and isinstance(domain.args[1], sympy.FiniteSet):
            self.learn_member(element, domain.args[0])
            for value in domain.args[1].args:
                self.learn(element - value, nonzero_if(True))

    def propagate(self) -> None:
        """Carry every assumed bound on a sum over to its terms, a few times."""
        for core, known in list(self.facts.items()):
            for term in Add.make_args(core):
                scale, inner = term.as_coeff_Mul()
                absolute = known.real and core.is_Add and isinstance(inner, sympy.Abs)
                if absolute and self.bounds(inner.args[0]).real:
                    # c|u| >= +-cu if c >= 0: a bound above on a sum with c|u| is one with +-cu.
                    side = make((-oo, True), (known.high, known.high_open))
                    if scale < 0:
                        side = make((known.low, known.low_open), (oo, True))
                    for u in (inner.args[0], -inner.args[0]):
                        self.learn(core - term + scale * u, side)
        for _ in range(2):
            for core, known in list(self.facts.items())[:FACTS]:
                if core.is_Add and known.real and len(core.args) <= 8:
                    for term in core.args:
                        rest = self.bounds(core - term)
                        if rest.real:
                            self.learn(term, add(known, multiply(rest, point(S.NegativeOne))))
            for core, known in list(self.facts.items())[:FACTS]:
                self.unwrap(core, known)

    def unwrap(self, core: Expr, known: Bounds) -> None:
        """Learn from a bound on ``|u|`` or on an even power of ``u`` a bound on ``u``."""
        if isinstance(core, sympy.Abs):
            inner, high = core.args[0], intersect(known, NONNEGATIVE)
        elif isinstance(core, Pow) and core.exp in (2, 4, 6, 8):
            inner, high = core.base, power(intersect(known, NONNEGATIVE), Rational(1, core.exp.p))
        else:
            return
        if self.bounds(inner).real and high.high != oo:
            self.learn(inner, make((-high.high, high.high_open), (high.high, high.high_open)))

    # Bounds of expressions

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
                return intersect(functions.apply(e.func, self.bounds(e.args[0])), disc)
            case sympy.Function() if plain(e) and not isinstance(e, AppliedUndef):
                return functions.apply(e.func, self.bounds(e.args[0]))
        return UNKNOWN

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
