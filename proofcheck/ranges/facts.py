"""What the sets and the assumptions of a context say of expressions.  Trusted.

An assumption on ``c*e + d``, with constants c and d, is a fact about ``e``; a bound on a sum is one
on each of its terms.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Self

import sympy
from sympy import Add, Basic, Expr, Pow, Rational, S, Set, Symbol, expand, oo

from proofcheck.ranges.affine import affine, canonical, scalar
from proofcheck.ranges.extents import ends_of, extent
from proofcheck.ranges.intervals import (
    NONNEGATIVE,
    REAL,
    SIDES,
    UNKNOWN,
    Bounds,
    add,
    intersect,
    make,
    multiply,
    nonzero_if,
    point,
    power,
)
from proofcheck.relations import AllOf, Condition, Member, Relation

STEPS = 3000
FACTS = 40


class Facts(ABC):
    """What is known over one context, and how an assumption adds to it."""

    def __init__(self, sets: dict[Symbol, Set], families: dict[Expr, Set]) -> None:
        self.sets, self.families = sets, families
        self.facts: dict[Expr, Bounds] = {}
        self.excluded: dict[Expr, list[Expr]] = {}
        self.memo: dict[Expr, Bounds] = {}
        self.steps = [STEPS]

    def child(self) -> Self:
        """Return a ranger that knows as much, may learn more, and draws on the same steps."""
        other = type(self)(dict(self.sets), self.families)
        other.facts, other.steps = dict(self.facts), self.steps
        other.excluded = {key: list(values) for key, values in self.excluded.items()}
        return other

    def linked(self, symbols: Iterable[Basic]) -> set[Basic]:
        """Return ``symbols``, and those that a set or a fact connects with one of them."""
        groups = [{symbol, *values.free_symbols} for symbol, values in self.sets.items()]
        groups += [core.free_symbols for core in (*self.facts, *self.excluded)]
        found, before = set(symbols), -1
        while len(found) > before:
            before = len(found)
            found = found.union(*(group for group in groups if not found.isdisjoint(group)))
        return found

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
            case Member(set=sympy.Reals, negated=True):
                self.learn(sympy.im(canonical(condition.element)), nonzero_if(True))
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
        self.round_off(expression, known)
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

    def round_off(self, expression: Expr, known: Bounds) -> None:
        """Learn from a bound on ``e - floor(u)`` from above the same of ``e - u``, and so on.

        ``floor(u) <= u`` of real u: ``e - c*floor(u) <= h`` gives ``e - c*u <= h`` for c > 0.
        """
        if not known.real or not expression.is_Add:
            return
        for term in expression.args:
            scale, core = term.as_coeff_Mul()
            if not isinstance(core, sympy.floor) or not self.bounds(core.args[0]).real:
                continue
            above = (-oo, True), (known.high, known.high_open)
            below = (known.low, known.low_open), (oo, True)
            self.learn(expression - term + scale * core.args[0],
                       make(*(below if scale > 0 else above)))  # fmt: skip

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

    @abstractmethod
    def bounds(self, expression: Expr) -> Bounds:
        """Return the bounds of an expression whose bound symbols are dummies."""
