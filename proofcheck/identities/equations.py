"""What the rules of ``identities`` are made of.  Trusted.

Replacements are built without evaluation: SymPy would merge ``exp(t)**2`` into ``exp(2*t)`` again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sympy import Add, Expr, Integer, Interval, Mul, Pow, S, im, oo, pi, sympify

from proofcheck.algebra import Equation as Equation
from proofcheck.calculus import NotDifferentiable
from proofcheck.continuity import NotContinuous
from proofcheck.decay import Unbounded
from proofcheck.definedness import needs
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.relations import AllOf, Condition, Member, Operator, Relation


class Inapplicable(Exception):
    """A rule does not fit its arguments."""


Result = TypeVar("Result")
UNFIT = (NotDifferentiable, NotContinuous, Unbounded, *LIBRARY_ERRORS)
"""What a rule raises on arguments that it was not made for."""


class Rules(dict[str, Callable[..., Result]], Generic[Result]):
    """Rules by the name under which a certificate cites them."""

    def rule(self, name: str) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
        """Return the decorator that enters a rule as ``name``."""

        def enter(function: Callable[..., Result]) -> Callable[..., Result]:
            self[name] = function
            return function

        return enter

    def instance(self, name: str, arguments: tuple[Expr, ...]) -> Result:
        """Return what the rule ``name`` says of ``arguments``.

        Raises:
            Inapplicable: there is no such rule, or it does not fit the arguments.
        """
        if name not in self:
            raise Inapplicable(f"there is no rule named {name!r}")
        try:
            return self[name](*arguments)
        except UNFIT as problem:
            raise Inapplicable(f"{name} does not fit {arguments}: {problem}") from problem


class Registry(Rules[Equation]):
    """The equations of one module."""


@dataclass(frozen=True)
class Inequality:
    """``relation`` holds where ``conditions`` do and its terms are defined."""

    relation: Relation
    conditions: tuple[Condition, ...] = ()


class Inequalities(Rules[Inequality]):
    """The inequalities of one module."""


def known(lhs: Any, operator: Operator, rhs: Any, *conditions: Condition) -> Inequality:
    """Return an inequality."""
    return Inequality(Relation(sympify(lhs), operator, sympify(rhs)), conditions)


def demand(fits: Any, why: str) -> None:
    """Raise Inapplicable unless ``fits`` is true."""
    if fits != True:  # a Python or a SymPy truth value
        raise Inapplicable(why)


def positive(expression: Expr) -> Relation:
    """Return the condition that ``expression`` is real and positive."""
    return Relation(expression, "gt", S.Zero)


def nonnegative(expression: Expr) -> Relation:
    """Return the condition that ``expression`` is real and not negative."""
    return Relation(expression, "ge", S.Zero)


def negative(expression: Expr) -> Relation:
    """Return the condition that ``expression`` is real and negative."""
    return Relation(expression, "lt", S.Zero)


def at_least(expression: Expr, value: Any) -> Relation:
    """Return the condition that ``expression`` is real and at least ``value``."""
    return Relation(expression, "ge", sympify(value))


def nonzero(expression: Expr) -> Relation:
    """Return the condition that ``expression`` is not zero."""
    return Relation(expression, "ne", S.Zero)


def real(expression: Expr) -> Member:
    """Return the condition that ``expression`` is real."""
    return Member(expression, S.Reals)


def integer(expression: Expr) -> Member:
    """Return the condition that ``expression`` is an integer."""
    return Member(expression, S.Integers)


def off_cut(expression: Expr) -> Member:
    """Return the condition that ``expression`` is neither zero nor negative."""
    return Member(expression, Interval(-oo, 0), negated=True)


def principal(expression: Expr) -> AllOf:
    """Return the condition that the imaginary part lies in ``(-pi, pi]``."""
    part = im(expression)
    return AllOf((Relation(part, "gt", -pi), Relation(part, "le", pi)))


def unless_true(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """Return ``conditions`` without those that hold visibly, of rational numbers."""
    kept = []
    for condition in conditions:
        if isinstance(condition, Relation):
            difference = condition.lhs - condition.rhs
            if difference.is_Rational:
                truth = {
                    "eq": difference == 0, "ne": difference != 0, "lt": difference < 0,
                    "le": difference <= 0, "gt": difference > 0, "ge": difference >= 0,
                }[condition.operator]  # fmt: skip
                if truth == True:
                    continue
        elif isinstance(condition, Member) and not condition.negated:
            if condition.set is S.Integers and condition.element.is_Integer:
                continue
            if condition.set is S.Reals and condition.element.is_Rational:
                continue
        kept.append(condition)
    return tuple(dict.fromkeys(kept))


def power(base: Expr, exponent: int) -> Expr:
    """Return ``base**exponent`` for an integer exponent, unevaluated."""
    if exponent == 1:
        return base
    if base.is_Rational:
        return Pow(base, exponent)
    return Pow(base, Integer(exponent), evaluate=False)


def product(factors: Iterable[Expr]) -> Expr:
    """Return the product of ``factors``, unevaluated."""
    kept = [factor for factor in factors if factor != 1]
    if S.Zero in kept:
        return S.Zero
    if len(kept) < 2:
        return kept[0] if kept else S.One
    return Mul(*kept, evaluate=False)


def total(terms: Iterable[Expr]) -> Expr:
    """Return the sum of ``terms``, unevaluated."""
    kept = [term for term in terms if term is not S.Zero]
    if len(kept) < 2:
        return kept[0] if kept else S.Zero
    return Add(*kept, evaluate=False)


def pairs(items: tuple[Expr, ...]) -> list[tuple[Expr, int]]:
    """Return ``(e1, n1, e2, n2, ...)`` as pairs of an expression and an integer."""
    demand(len(items) % 2 == 0, "expected pairs of an expression and an integer")
    found = []
    for expression, count in zip(items[::2], items[1::2], strict=True):
        demand(isinstance(count, Integer), f"{count} is not an integer")
        found.append((expression, int(count)))
    return found


def still_defined(atom: Expr, *parts: Expr) -> tuple[Condition, ...]:
    """Return what ``parts`` of a replacement need in order to be defined, and ``atom`` does not."""
    known = {need.condition for need in needs(atom)}
    return tuple(
        need.condition for part in parts for need in needs(part) if need.condition not in known
    )
