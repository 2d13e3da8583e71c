"""A SymPy expression -> a fraction of polynomials over its atoms.  Trusted.

Rational numbers, sums, products and integer powers are arithmetic; every other node is an atom.
Equations between atoms replace an atom by an expression, or a power of
it.  If all terms of an expression are defined at a point, then its denominators do not vanish
there, and a numerator that is the zero polynomial proves that the value is zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import comb
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx
from sympy import Add, Expr, Integer, Mul, Pow, Rational, S

from proofcheck.relations import Condition

Polynomial = Any
"""A ``flint.fmpq_mpoly``; python-flint ships no types."""

LARGEST_POWER = 2000
LARGEST_LENGTH = 200_000


class Intractable(Exception):
    """The fraction would be too large, or the equations run in a circle."""


@dataclass(frozen=True)
class Equation:
    """``atom**exponent = replacement``, with ``replacement`` defined, wherever
    ``atom`` is defined and all ``conditions`` hold.
    """

    atom: Expr
    exponent: int
    replacement: Expr
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Fraction:
    """``numerator / denominator``, polynomials of one ring."""

    numerator: Polynomial
    denominator: Polynomial


class Ring:
    """The polynomials over the atoms of some expressions, once ``equations`` have replaced theirs.

    Raises:
        Intractable: the equations run in a circle.
    """

    def __init__(self, expressions: Iterable[Expr], equations: Sequence[Equation] = ()) -> None:
        self._replacements = {e.atom: e.replacement for e in equations if e.exponent == 1}
        self._powers = {e.atom: e for e in equations if e.exponent > 1}
        self._index: dict[Expr, int] = {}
        self._visiting: set[Expr] = set()
        self._seen: set[Expr] = set()
        for expression in expressions:
            self._collect(expression)
        for equation in self._powers.values():
            self._collect(equation.replacement)
        self._context = fmpq_mpoly_ctx.get(
            [f"a{i}" for i in range(len(self._index))] or ["unit"], Ordering.degrevlex
        )
        self._one = self._context.from_dict({(0,) * self._context.nvars(): 1})
        self._fractions: dict[Expr, Fraction] = {}

    @property
    def atoms(self) -> tuple[Expr, ...]:
        """The atoms, in the order of the ring's generators."""
        return tuple(self._index)

    def _collect(self, expression: Expr) -> None:
        if expression in self._seen:
            if expression in self._visiting:
                raise Intractable(f"the rewriting of {expression} runs in a circle")
            return
        self._seen.add(expression)
        if expression in self._replacements:
            self._visiting.add(expression)
            self._collect(self._replacements[expression])
            self._visiting.discard(expression)
        elif isinstance(expression, Rational):
            return
        elif is_arithmetic(expression):
            self._visiting.add(expression)
            for argument in expression.args:
                self._collect(argument)
            self._visiting.discard(expression)
        elif isinstance(expression, Expr) and expression.is_commutative:
            self._index[expression] = len(self._index)
        else:
            raise Intractable(f"{expression} is not a number")

    def fraction(self, expression: Expr) -> Fraction:
        """Return ``expression`` as a fraction of polynomials.

        Raises:
            Intractable: too large, or a denominator is identically zero.
        """
        return self._convert(expression)

    def factors(self, polynomial: Polynomial) -> Expr:
        """Return ``polynomial`` as an expression, a product of its factors over the rationals."""
        if not polynomial:
            return S.Zero
        content, powers = polynomial.factor()
        return Mul(
            Rational(int(content.p), int(content.q)),
            *(self._expression(factor) ** int(times) for factor, times in powers),
        )

    def _expression(self, polynomial: Polynomial) -> Expr:
        terms = polynomial.to_dict().items()
        return Add(
            *(
                Mul(
                    Rational(int(coefficient.p), int(coefficient.q)),
                    *(atom ** int(e) for atom, e in zip(self._index, exponents, strict=False) if e),
                )
                for exponents, coefficient in terms
            )
        )

    def vanishes(self, polynomial: Polynomial) -> bool:
        """Tell whether the power equations reduce ``polynomial`` to zero."""
        return not self._reduced(polynomial)

    def _convert(self, expression: Expr) -> Fraction:
        found = self._fractions.get(expression)
        if found is None:
            found = self._fractions[expression] = self._computed(expression)
        return found

    def _computed(self, expression: Expr) -> Fraction:
        if expression in self._replacements:
            return self._convert(self._replacements[expression])
        if isinstance(expression, Rational):
            return Fraction(self._one * fmpq(int(expression.p), int(expression.q)), self._one)
        if isinstance(expression, Add):
            return reduce(self._sum, map(self._convert, expression.args))
        if isinstance(expression, Mul):
            return reduce(self._product, map(self._convert, expression.args))
        if is_arithmetic(expression):
            return self._power(self._convert(expression.base), int(expression.exp))
        return Fraction(self._context.gens()[self._index[expression]], self._one)

    def _sum(self, left: Fraction, right: Fraction) -> Fraction:
        if left.denominator == right.denominator:
            return self._checked(left.numerator + right.numerator, left.denominator)
        common = left.denominator.gcd(right.denominator)
        scale = right.denominator / common
        return self._checked(
            left.numerator * scale + right.numerator * (left.denominator / common),
            left.denominator * scale,
        )

    def _product(self, left: Fraction, right: Fraction) -> Fraction:
        across = left.numerator.gcd(right.denominator)
        back = right.numerator.gcd(left.denominator)
        return self._checked(
            (left.numerator / across) * (right.numerator / back) if left.numerator else self._zero,
            (left.denominator / back) * (right.denominator / across)
            if right.numerator
            else self._one,
        )

    @property
    def _zero(self) -> Polynomial:
        return self._one - self._one

    def _power(self, base: Fraction, exponent: int) -> Fraction:
        if abs(exponent) > LARGEST_POWER:
            raise Intractable(f"a power {exponent} is too large to expand")
        numerator, denominator = base.numerator, base.denominator
        if exponent < 0:
            if self.vanishes(numerator):
                raise Intractable("a denominator is identically zero")
            numerator, denominator, exponent = denominator, numerator, -exponent
        length = max(len(numerator), len(denominator))
        if comb(exponent + length - 1, length - 1) > LARGEST_LENGTH:
            raise Intractable(f"a power {exponent} of {length} terms is too large to expand")
        return self._checked(numerator**exponent, denominator**exponent)

    def _checked(self, numerator: Polynomial, denominator: Polynomial) -> Fraction:
        if len(numerator) + len(denominator) > LARGEST_LENGTH:
            raise Intractable("the fraction is too large to expand")
        return Fraction(numerator, denominator)

    def _reduced(self, polynomial: Polynomial) -> Polynomial:
        """Return ``polynomial`` times a nonvanishing one, with the power equations applied.

        A factor that the replacements' denominators bring in does not vanish where they are
        defined, so the result is zero at a point exactly where ``polynomial`` is.
        """
        for _ in range(64):
            before = polynomial
            for equation in self._powers.values():
                if equation.atom in self._index:
                    polynomial = self._reduced_by(polynomial, equation)
            if polynomial == before:
                return polynomial
        raise Intractable("the power equations run in a circle")

    def _reduced_by(self, polynomial: Polynomial, equation: Equation) -> Polynomial:
        position, step = self._index[equation.atom], equation.exponent
        parts: dict[int, dict[tuple[int, ...], Any]] = {}
        for exponents, coefficient in polynomial.to_dict().items():
            times, left = divmod(exponents[position], step)
            key = (*exponents[:position], left, *exponents[position + 1 :])
            part = parts.setdefault(times, {})
            part[key] = part.get(key, fmpq(0)) + coefficient
        most = max(parts, default=0)
        if most == 0:
            return polynomial
        value = self._convert(equation.replacement)
        total = self._zero
        for times, part in parts.items():
            total += (
                self._context.from_dict(part)
                * value.numerator**times
                * value.denominator ** (most - times)
            )
        return total


def is_arithmetic(expression: Expr) -> bool:
    """Tell whether ``expression`` is a sum, a product or an integer power."""
    return isinstance(expression, Add | Mul) or (
        isinstance(expression, Pow) and isinstance(expression.exp, Integer)
    )
