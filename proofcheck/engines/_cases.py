"""Splits of a goal on signs and tests, its pieces proved one by one.  Untrusted.

The innermost such term whose branch is not evident is split on: ``u >= 0`` and ``u < 0`` for
``Abs(u)``, ``a >= b`` for ``Max(a, b)``, the test of a Piecewise, the integers that a bounded floor
can take.  In each part the term is replaced by its value there (rules of ``identities``), until
nothing is left to split; the leaves are closed as any equality (normal form) or inequality
(sums of squares, covers, ladders).  Assumed alternatives are taken one by one.

Complete, up to the leaves, for terms piecewise in conditions that interval arithmetic decides in
each part.  The certificate is a tree of Split and Alternatives with Instead and Identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Integer, Rational, S

from proofcheck import identities, ranges
from proofcheck.certificates import (
    Alternatives,
    Certificate,
    Identity,
    Instead,
    Ranges,
    Rewrite,
    Split,
    Stronger,
)
from proofcheck.definedness import condition_of
from proofcheck.engines._boxes import Hopeless
from proofcheck.engines._closing import Closing, accepted, evident
from proofcheck.engines._covering import Covering
from proofcheck.engines._elimination import Elimination
from proofcheck.engines._rewriting import Rewriter, atoms
from proofcheck.engines.base import SEARCH_FAILURES, Budget
from proofcheck.obligations import Context
from proofcheck.relations import AllOf, AnyOf, Condition, Relation, negate

SPLITTING = (
    sp.Abs, sp.Max, sp.Min, sp.sign, sp.Heaviside, sp.Piecewise, sp.floor, sp.ceiling,
    sp.KroneckerDelta,
)  # fmt: skip
DEEPEST = 6
MOST_VALUES = 12


@dataclass
class Cases:
    """A search with one budget."""

    budget: Budget

    def prove(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Return a tree for ``goal``."""
        if self.budget.expired() or depth < 0:
            return None
        for index, assumption in enumerate(context.assumptions):
            if isinstance(assumption, AnyOf) and not _settled(assumption, context):
                return self._alternatives(goal, context, index, assumption, depth)
        # Where the short ones have signs, the signs of the long ones are often evident.
        atom = min(_terms(goal.lhs - goal.rhs), key=sp.count_ops, default=None)
        if atom is None:
            return self._leaf(goal, context)
        for rule, arguments in _values(atom, context):
            found = self._replaced(goal, context, rule, arguments, depth)
            if found is not None:
                return found[0]
        condition = _question(atom, context)
        if condition is None:
            return self._leaf(goal, context)
        then = self.prove(goal, context.narrowed(condition), depth - 1)
        if then is None:
            return None
        otherwise = self.prove(goal, context.narrowed(negate(condition)), depth - 1)
        return None if otherwise is None else Split(condition, then, otherwise)

    def _alternatives(
        self, goal: Relation, context: Context, index: int, assumption: AnyOf, depth: int
    ) -> Certificate | None:
        branches = []
        for part in assumption.conditions:
            branch = self.prove(goal, context.narrowed(part), depth - 1)
            if branch is None:
                return None
            branches.append(branch)
        return Alternatives(index, tuple(branches))

    def _replaced(
        self, goal: Relation, context: Context, rule: str, arguments: tuple[Expr, ...], depth: int
    ) -> tuple[Certificate | None] | None:
        """Return the proof of the goal with a term replaced; None if the rule does not apply."""
        try:
            equation = identities.instance(rule, arguments)
        except identities.Inapplicable:
            return None
        proofs: list[Certificate] = []
        for condition in equation.conditions:
            if not evident(condition, context):
                proof = self._side(condition, context)
                if proof is None:
                    return None
                proofs.append(proof)
        value = {equation.atom: equation.replacement}
        new = Relation(goal.lhs.xreplace(value), goal.operator, goal.rhs.xreplace(value))
        if isinstance(new.lhs - new.rhs, bool) or (new.lhs - new.rhs).has(S.NaN):
            return None
        rewrite = Rewrite(rule, arguments, tuple(proofs))
        rewrites = _through(goal.lhs - goal.rhs, value, rewrite)
        if goal.operator == "eq":
            return (self._equal(goal, new, context, rewrites, depth),)
        then = self.prove(Relation(new.lhs - new.rhs, goal.operator, S.Zero), context, depth)
        if then is None:
            return (None,)
        step = Instead(new.lhs - new.rhs, Identity(rewrites), then)
        same = Relation(goal.lhs - goal.rhs, "eq", new.lhs - new.rhs)
        if not accepted(same, context, step.equal):
            rewriter = Rewriter(context, self.budget)
            other = rewriter.identity(same.lhs - same.rhs)
            if other is None:
                return (None,)
            step = Instead(step.expression, other, then)
        return (step,)

    def _side(self, condition: Condition, context: Context) -> Certificate | None:
        """Return a proof that a term has one sign throughout, where that saves a split."""
        if not isinstance(condition, Relation) or condition.operator in ("eq", "ne"):
            return None
        symbols = condition.lhs.free_symbols | condition.rhs.free_symbols
        if not all(isinstance(context.sets.get(symbol), sp.Interval) for symbol in symbols):
            return None
        return Closing(self.budget.within(2.0), boxes=20).close(condition, context, 3)

    def _equal(
        self, goal: Relation, new: Relation, context: Context, rewrites: tuple[Rewrite, ...],
        depth: int,
    ) -> Certificate | None:  # fmt: skip
        then = self.prove(Relation(new.lhs - new.rhs, "eq", S.Zero), context, depth)
        if then is None:
            return None
        step = Instead(new.lhs - new.rhs, Identity(rewrites), then)
        same = Relation(goal.lhs - goal.rhs, "eq", new.lhs - new.rhs)
        if accepted(same, context, step.equal):
            return step
        return Rewriter(context, self.budget).identity(goal.lhs - goal.rhs)

    def _leaf(self, goal: Relation, context: Context) -> Certificate | None:
        if goal.operator == "eq":
            found: Certificate | None = Rewriter(context, self.budget).identity(goal.lhs - goal.rhs)
            if found is None and any(_equation(a) for a in context.assumptions):
                found = Elimination(goal, context, self.budget).certificate()
            if found is None and accepted(goal, context, Ranges()):
                found = Ranges()
            return found
        try:
            found = Covering(self.budget.share(2)).prove(goal, context)
        except Hopeless:
            return None
        if found is None:
            found = Closing(self.budget, boxes=400).close(goal, context)
        if found is None and goal.operator in ("ge", "le"):
            equal = Rewriter(context, self.budget).identity(goal.lhs - goal.rhs)
            found = None if equal is None else Stronger("eq", equal)
        return found

    def either(
        self, goal: AnyOf, context: Context, parts: tuple[Condition, ...]
    ) -> Certificate | None:
        """Return splits after which one alternative is evident."""
        if accepted(goal, context, Ranges()):
            return Ranges()
        if not parts or self.budget.expired():
            return None
        try:
            otherwise = self.either(goal, context.narrowed(negate(parts[0])), parts[1:])
        except SEARCH_FAILURES:
            return None
        if otherwise is None:
            return None
        found = Split(parts[0], Ranges(), otherwise)
        return found if accepted(goal, context, found) else None


def _through(expression: Expr, value: dict[Expr, Expr], rewrite: Rewrite) -> tuple[Rewrite, ...]:
    """Return the rewrites that put the value of a term into the arguments of other functions."""
    found: list[Rewrite] = []
    for atom in dict.fromkeys(atoms(expression)):
        if atom in value:
            found.append(rewrite)
        elif any(atom.has(term) for term in value):
            new = tuple(argument.xreplace(value) for argument in atom.args)
            proofs = tuple(
                Identity(_through(old, value, rewrite))
                for old, changed in zip(atom.args, new, strict=True)
                if old != changed
            )
            there = sp.Abs(*new) if isinstance(atom, sp.Abs) else atom
            if isinstance(there, sp.Abs) and atom != there and there.args == (-new[0],):
                turned = sp.Mul(-1, -new[0], evaluate=False)  # SymPy writes |-u| as |u|
                found.append(Rewrite("equal arguments", (atom, turned), proofs))
                found.append(Rewrite("modulus of a product", (sp.Abs(turned, evaluate=False),)))
                continue
            found.append(Rewrite("equal arguments", (atom, *new), proofs))
            if isinstance(atom, sp.exp) and new == (0,):
                found.append(Rewrite("exponential of a sum", new))
    return tuple(found)


def _equation(assumption: Condition) -> bool:
    return isinstance(assumption, Relation) and assumption.operator == "eq"


def _settled(assumption: AnyOf, context: Context) -> bool:
    """Tell whether one of the alternatives is assumed already."""
    known = set(context.assumptions)
    return any(
        part in known or (isinstance(part, AllOf) and set(part.conditions) <= known)
        for part in assumption.conditions
    )


def _terms(expression: Expr) -> Iterator[Expr]:
    """Yield the terms to be split on, inner ones first."""
    for node in sp.postorder_traversal(expression):
        if isinstance(node, SPLITTING) and not any(a.has(*SPLITTING) for a in node.args):
            yield node


def _values(atom: Expr, context: Context) -> Iterator[tuple[str, tuple[Expr, ...]]]:
    """Yield the rules that may give the value of ``atom`` in this part."""
    match atom:
        case sp.Abs():
            yield "modulus of a real number", (atom, S.One)
            yield "modulus of a real number", (atom, -S.One)
        case sp.Max() | sp.Min():
            for choice in atom.args:
                yield "extremum", (atom, choice)
        case sp.sign():
            for value in (S.One, -S.One, S.Zero):
                yield "sign of a real number", (atom, value)
        case sp.Heaviside():
            yield "Heaviside's step", (atom, S.One)
            yield "Heaviside's step", (atom, S.Zero)
            yield "Heaviside's step at zero", (atom,)
        case sp.KroneckerDelta():
            yield "Kronecker delta", (atom, S.One)
            yield "Kronecker delta", (atom, S.Zero)
        case sp.Piecewise():
            for number in range(len(atom.args)):
                yield "branch", (atom, Integer(number))
        case sp.floor() | sp.ceiling():
            for value in _integers(atom, context):
                yield "integer part", (atom, value)


def _integers(atom: Expr, context: Context) -> list[Expr]:
    """Return the values that a bounded integer part may take."""
    known = ranges.bounds(atom.args[0], context)
    if not (known.low.is_Rational and known.high.is_Rational):
        return []
    low, high = sp.floor(known.low), sp.ceiling(known.high)
    return [Integer(n) for n in range(int(low), int(high) + 1)] if high - low < MOST_VALUES else []


def _question(atom: Expr, context: Context) -> Condition | None:
    """Return the condition to split on."""
    match atom:
        case sp.Abs() | sp.sign() | sp.Heaviside():
            u = atom.args[0]
            if isinstance(atom, sp.Abs):
                return _simple(Relation(u, "ge", S.Zero))
            for asked in (Relation(u, "eq", S.Zero), Relation(u, "gt", S.Zero)):
                if not evident(asked, context) and not evident(negate(asked), context):
                    return asked
        case sp.KroneckerDelta():
            return Relation(atom.args[0], "eq", atom.args[1])
        case sp.Max() | sp.Min():
            for a in atom.args:
                for b in atom.args:
                    asked = Relation(a, "ge", b)
                    if (
                        a != b
                        and not evident(asked, context)
                        and not evident(negate(asked), context)
                    ):
                        return _simple(Relation(a - b, "ge", S.Zero))
        case sp.Piecewise():
            for _, test in atom.args:
                if test in (sp.true, sp.false):
                    continue
                condition = condition_of(test)
                if condition is None:
                    return None
                if not evident(condition, context) and not evident(negate(condition), context):
                    return condition
        case sp.floor() | sp.ceiling():
            values = _integers(atom, context)
            if len(values) > 1:
                return _simple(Relation(atom.args[0] - values[len(values) // 2], "ge", S.Zero))
    return None


def _simple(condition: Relation) -> Relation:
    """Return ``u >= 0`` as a bound on one variable where it is one: that narrows its interval."""
    symbols = condition.lhs.free_symbols
    if len(symbols) != 1:
        return condition
    (symbol,) = symbols
    try:
        line = sp.Poly(condition.lhs, symbol)
    except sp.PolynomialError:
        return condition
    if line.degree() != 1:
        return condition
    slope, rest = line.all_coeffs()
    if not (isinstance(slope, Rational) and isinstance(rest, Rational)):
        return condition
    return Relation(symbol, "ge" if slope > 0 else "le", -rest / slope)
