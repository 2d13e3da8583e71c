"""A goal's expressions as polynomials over its atoms, modulo rewrites and equations.  Untrusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, cos, sin

from proofcheck import algebra, finiteness, identities
from proofcheck.certificates import Identity, Rewrite
from proofcheck.engines._squares import Exponents, Polynomial, add, degree, multiply
from proofcheck.obligations import Context
from proofcheck.relations import Relation

Rule = tuple[Exponents, Polynomial, int | None]
"""A leading monomial, what equals it, and the index of the assumed equation that says so."""


@dataclass
class Translation:
    """Polynomials over the atoms of one goal, modulo what rewrites and assumed equations say."""

    context: Context
    atoms: list[Expr] = field(default_factory=list)
    rewrites: list[Rewrite] = field(default_factory=list)
    equations: list[identities.Equation] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def polynomial(self, expression: Expr) -> tuple[Polynomial, Polynomial] | None:
        """Return numerator and denominator over the known atoms, None if there are others."""
        try:
            ring = algebra.Ring([expression], self.equations)
            value = ring.fraction(expression)
        except (algebra.Intractable, RecursionError):
            return None
        places = []
        for atom in ring.atoms:
            if atom not in self.atoms:
                return None
            places.append(self.atoms.index(atom))
        return self._moved(value.numerator, places), self._moved(value.denominator, places)

    def _moved(self, value: Any, places: list[int]) -> Polynomial:
        found: Polynomial = {}
        for exponents, coefficient in value.to_dict().items():
            key = [0] * len(self.atoms)
            for place, exponent in zip(places, exponents, strict=False):
                key[place] += int(exponent)
            found[tuple(key)] = Fraction(int(coefficient.p), int(coefficient.q))
        return found

    def expression(self, polynomial: Polynomial) -> Expr:
        """Return a polynomial as a SymPy expression."""
        return Add(
            *(
                Mul(
                    Rational(value.numerator, value.denominator),
                    *(a ** Integer(n) for a, n in zip(self.atoms, key, strict=True) if n),
                )
                for key, value in polynomial.items()
            )
        )

    def learn(self, expression: Expr) -> None:
        """Take in the atoms of ``expression``, with rewrites between roots and between sines."""
        pending = [expression]
        while pending:
            for atom in algebra.Ring([pending.pop()], self.equations).atoms:
                if atom in self.atoms or any(
                    e.atom == atom and e.exponent == 1 for e in self.equations
                ):
                    continue
                pending += self._rewritten(atom)
        for atom in list(self.atoms):
            if isinstance(atom, sin) and cos(*atom.args) in self.atoms:
                self._apply("Pythagoras", atom)

    def _rewritten(self, atom: Expr) -> list[Expr]:
        if isinstance(atom, Pow) and isinstance(atom.exp, Rational):
            base, exponent = atom.base, atom.exp
            unit = Pow(base, Rational(1, exponent.q))
            if exponent.p == 1 and not isinstance(base, Mul):
                self.atoms.append(atom)
                if self._apply("root", base, Integer(exponent.q)):
                    return [base]
                return []
            if isinstance(base, Mul):
                flat = [part for factor in base.args for part in (factor, S.One)]
                if self._apply("power of a product", base, exponent, S.One, *flat):
                    return [Pow(factor, exponent) for factor in base.args]
            if self._apply("power of a sum", base, exponent, unit.exp, Integer(exponent.p)):
                return [unit]
        self.atoms.append(atom)
        return []

    def _apply(self, rule: str, *arguments: Expr) -> bool:
        try:
            equation = identities.instance(rule, arguments)
        except identities.Inapplicable:
            return False
        if not all(finiteness.evident(c, self.context) for c in equation.conditions):
            return False
        self.rewrites.append(Rewrite(rule, arguments))
        self.equations.append(equation)
        return True

    def settle(self) -> None:
        """Turn power rewrites and assumed equations into reduction rules."""
        for equation in self.equations:
            if equation.exponent > 1 and equation.atom in self.atoms:
                value = self.polynomial(equation.replacement)
                if value is None or degree(value[1]) > 0:
                    continue
                lead = [0] * len(self.atoms)
                lead[self.atoms.index(equation.atom)] = equation.exponent
                (scale,) = value[1].values()
                rest = {key: v / scale for key, v in value[0].items()}
                self.rules.append(self._solved(tuple(lead), rest))
        for index, assumption in enumerate(self.context.assumptions):
            if isinstance(assumption, Relation) and assumption.operator == "eq":
                value = self.polynomial(assumption.lhs - assumption.rhs)
                if value is None or not value[0] or degree(value[0]) < 1:
                    continue
                top = max(value[0], key=lambda key: (sum(key), key))
                scale = value[0][top]
                rest = {key: -v / scale for key, v in value[0].items() if key != top}
                if all(divides(top, key) is None for key in rest):
                    self.rules.append((top, rest, index))

    def identity(self, *expressions: Expr) -> Identity:
        """Return the rewrites, also for atoms that SymPy makes when it writes ``expressions``."""
        for expression in expressions:
            self.learn(expression)
        return Identity(tuple(self.rewrites))

    def _solved(self, lead: Exponents, rest: Polynomial) -> Rule:
        """Return ``root**n = rest`` solved for a variable that is linear in it, if there is one."""
        for place, atom in enumerate(self.atoms):
            linear = tuple(int(i == place) for i in range(len(self.atoms)))
            occurrences = [key for key in rest if key[place]]
            taken = any(rule[0][place] or any(k[place] for k in rule[1]) for rule in self.rules)
            if atom.is_Symbol and occurrences == [linear] and not taken:
                slope = rest[linear]
                others = {key: -v / slope for key, v in rest.items() if key != linear}
                return linear, add(others, {lead: 1 / slope}), None
        return lead, rest, None

    def reduce(self, polynomial: Polynomial) -> Polynomial:
        """Return the remainder by the rules."""
        return self.divide(polynomial)[0]

    def divide(self, polynomial: Polynomial) -> tuple[Polynomial, dict[int, Polynomial]]:
        """Return the remainder and the cofactors of the assumed equations."""
        if not self.rules:
            return polynomial, {}
        current, cofactors = dict(polynomial), dict[int, Polynomial]()
        for _ in range(400):
            hit = next(
                (
                    (key, rule, left)
                    for key in current
                    for rule in self.rules
                    if (left := divides(rule[0], key)) is not None
                ),
                None,
            )
            if hit is None:
                return current, cofactors
            key, (_, rest, index), left = hit
            value = current.pop(key)
            current = add(current, multiply({left: value}, rest))
            if index is not None:
                cofactors[index] = add(cofactors.get(index, {}), {left: value})
        return current, cofactors


def divides(small: Sequence[int], large: Sequence[int]) -> tuple[int, ...] | None:
    """Return the quotient of two monomials, if it is one."""
    left = tuple(b - a for a, b in zip(small, large, strict=True))
    return left if min(left, default=0) >= 0 else None


def rational(expression: Expr) -> bool:
    """Tell whether all atoms of an expression are symbols or roots."""
    try:
        atoms = algebra.Ring([expression]).atoms
    except (algebra.Intractable, RecursionError):
        return False
    return all(
        atom.is_Symbol or (isinstance(atom, Pow) and isinstance(atom.exp, Rational))
        for atom in atoms
    )
