"""Chooses the rewrites that make an equality a polynomial identity.  Untrusted.

First every atom is rewritten towards exponentials, powers, logarithms and gammas (``_choices``);
then atoms of one kind are expressed by few independent ones (``_generators``).  The rewrites are
those of ``identities``; a rule whose conditions are not evident is not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sympy import Add, Expr, Mul, Pow, Rational, S, Sum, floor

from proofcheck import algebra, finiteness, formal_sums, identities
from proofcheck.certificates import Balls, Certificate, Identity, Instead, Ranges, Rewrite
from proofcheck.definedness import needs
from proofcheck.engines.base import Budget
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context, opened
from proofcheck.relations import Condition, Relation, Throughout

DEEPEST = 4


@dataclass
class Rewriter:
    """The rewrites chosen so far, and the equations that they stand for."""

    context: Context
    budget: Budget
    depth: int = 0
    rewrites: list[Rewrite] = field(default_factory=list)
    equations: dict[Expr, identities.Equation] = field(default_factory=dict)
    known: dict[Condition, bool] = field(default_factory=dict)
    lacking: list[Condition] = field(default_factory=list)
    turning: bool = False
    """Whether what is rewritten counts turns about zero."""

    def evident(self, condition: Condition) -> bool:
        """Tell whether the kernel takes ``condition`` without a certificate."""
        if condition not in self.known:
            try:
                self.known[condition] = bool(finiteness.evident(condition, self.context))
            except LIBRARY_ERRORS:
                self.known[condition] = False
        return self.known[condition]

    def apply(self, rule: str, *arguments: Any) -> identities.Equation | None:
        """Record an instance of a rule if its conditions can be shown, and return its equation."""
        try:
            equation = identities.instance(rule, tuple(map(S, arguments)))
        except identities.Inapplicable:
            return None
        if equation.atom in self.equations and not self._finer(equation):
            return None
        proofs: list[Certificate] = []
        for condition in equation.conditions:
            if self.evident(condition):
                continue
            proof = self.equality(condition)
            if proof is None:
                self.lacking.append(condition)
                return None
            proofs.append(proof)
        if equation.atom in self.equations:
            self.rewrites = [r for r in self.rewrites if self._atom(r) != equation.atom]
        self.rewrites.append(Rewrite(rule, tuple(map(S, arguments)), tuple(proofs)))
        self.equations[equation.atom] = equation
        return equation

    def _finer(self, equation: identities.Equation) -> bool:
        """Tell whether ``equation`` expresses a generator by finer ones."""
        return equation.exponent < self.equations[equation.atom].exponent

    def replaced(self, atom: Expr) -> bool:
        """Tell whether ``atom`` is expressed by others."""
        return atom in self.equations and self.equations[atom].exponent == 1

    def _atom(self, rewrite: Rewrite) -> Expr:
        return identities.instance(rewrite.rule, rewrite.arguments).atom

    def equality(self, condition: Condition) -> Certificate | None:
        """Return a certificate of an equation that the arguments of a rule have to meet."""
        if isinstance(condition, Throughout):
            inner, inside = opened(condition, self.context)
            return Rewriter(inside, self.budget, self.depth + 1).equality(inner)
        if not isinstance(condition, Relation):
            return None
        if condition.operator == "ne" and condition.rhs == 0 and self.depth == 0:
            found = self._as_written(condition.lhs)
            if found is not None:
                return found
        if condition.operator != "eq":
            constant = not (condition.lhs - condition.rhs).free_symbols
            return Balls(128) if constant else None
        return self.nested().identity(condition.lhs - condition.rhs)

    def _as_written(self, expression: Expr) -> Certificate | None:
        """Return a certificate that a rewritten base is not zero: as it was written it is not."""
        for rewrite in self.rewrites:
            if rewrite.rule != "power of a product" or rewrite.arguments[2] != expression:
                continue
            base, factors = rewrite.arguments[0], rewrite.arguments[3:]
            if not self.evident(Relation(base, "ne", S.Zero)):
                continue
            multiplier = Mul(*map(Pow, factors[::2], factors[1::2]))
            equal = self.nested().identity(multiplier * expression - base)
            if equal is not None:
                return Instead(base, equal, Ranges(), multiplier)
        return None

    def nested(self) -> Rewriter:
        """Return a rewriter for an expression inside of an atom."""
        return Rewriter(
            self.context, self.budget, self.depth + 1, known=self.known, lacking=self.lacking
        )

    def identity(self, difference: Expr) -> Identity | None:
        """Return a certificate that ``difference`` vanishes, or None."""
        if self.depth > DEEPEST or self.budget.expired():
            return None
        try:
            if difference.has(Sum):
                difference = formal_sums.normal_form(difference, self.context)
            ring = algebra.Ring([difference])
            if not ring.fraction(difference).numerator:
                return Identity()
            self.rewrite([difference])
            ring = self.ring([difference])
            if ring.vanishes(ring.fraction(difference).numerator):
                return Identity(tuple(self.rewrites))
        except (algebra.Intractable, RecursionError):
            pass
        return None

    def ring(self, expressions: Iterable[Expr]) -> algebra.Ring:
        """Return the ring in which ``expressions`` are fractions under the equations."""
        return algebra.Ring(expressions, list(self.equations.values()))

    def rewrite(self, expressions: Iterable[Expr]) -> None:
        """Choose rewrites for all atoms of ``expressions``."""
        from proofcheck.engines._choices import choose
        from proofcheck.engines._generators import equal_bases, express

        pending = list(dict.fromkeys(atom for e in expressions for atom in atoms(e)))
        self.turning |= any(atom.has(floor) for atom in pending)
        equal_bases(self, pending)
        final: dict[Expr, None] = {}
        for _ in range(4):
            while pending:
                if self.budget.expired():
                    raise algebra.Intractable("out of time")
                atom = pending.pop()
                if atom in final or self.replaced(atom):
                    continue
                before = set(self.equations)
                if atom not in self.equations:
                    choose(self, atom)
                if not self.replaced(atom):
                    final[atom] = None
                pending += self._produced(before)
            known = dict(self.equations)
            express(self, list(final))
            pending += self._produced({a for a, e in known.items() if self.equations[a] is e})
            pending = [a for a in pending if a not in final and not self.replaced(a)]
            final = {a: None for a in final if not self.replaced(a)}
            if not pending:
                return

    def _produced(self, before: set[Expr]) -> list[Expr]:
        """Return the atoms of the replacements that came after ``before``."""
        new = [e for a, e in self.equations.items() if a not in before]
        return [atom for equation in new for atom in atoms(equation.replacement)]

    def fraction(self, expression: Expr) -> Quotient | None:
        """Return ``expression`` as a reduced fraction over its rewritten atoms."""
        found = self.fractions([expression])
        return None if found is None else found[0]

    def fractions(self, expressions: list[Expr]) -> list[Quotient] | None:
        """Return ``expressions`` as fractions over the rewritten atoms of all of them."""
        inner = self.nested()
        if inner.depth > DEEPEST:
            return None
        try:
            inner.rewrite(expressions)
            ring = inner.ring(expressions)
            found = []
            for expression in expressions:
                fraction = ring.fraction(expression)
                numerator = ring._reduced(fraction.numerator)
                denominator = fraction.denominator
                if not numerator:
                    found.append(Quotient(ring.atoms, numerator, denominator**0))
                    continue
                if numerator != fraction.numerator:
                    common = numerator.gcd(denominator)
                    numerator, denominator = numerator / common, denominator / common
                scale = denominator.leading_coefficient()
                found.append(Quotient(ring.atoms, numerator / scale, denominator / scale))
            return found
        except (algebra.Intractable, RecursionError):
            return None


@dataclass(frozen=True)
class Quotient:
    """A fraction of polynomials over ``atoms`` whose denominator's leading coefficient is 1."""

    atoms: tuple[Expr, ...]
    numerator: Any
    denominator: Any

    @property
    def key(self) -> tuple[Any, ...]:
        """What two equal fractions have in common, whatever ring they were computed in."""
        return (terms(self.numerator, self.atoms), terms(self.denominator, self.atoms))

    @property
    def expression(self) -> Expr:
        """The fraction as a SymPy expression."""
        numerator = expression_of(self.numerator, self.atoms)
        return numerator / expression_of(self.denominator, self.atoms)


def terms(polynomial: Any, symbols: tuple[Expr, ...]) -> frozenset[Any]:
    """Return the terms of ``polynomial`` without reference to its ring."""
    return frozenset(
        (frozenset((symbols[i], int(e)) for i, e in enumerate(exponents) if e), rational(c))
        for exponents, c in polynomial.to_dict().items()
    )


def rational(value: Any) -> Rational:
    """Return a flint number as a SymPy one."""
    return Rational(int(value.p), int(value.q))


def expression_of(polynomial: Any, symbols: tuple[Expr, ...]) -> Expr:
    """Return ``polynomial`` as a SymPy expression."""
    return Add(
        *(
            Mul(rational(c), *(symbols[i] ** int(e) for i, e in enumerate(exponents) if e))
            for exponents, c in polynomial.to_dict().items()
        )
    )


def atoms(expression: Expr) -> Iterator[Expr]:
    """Yield the atoms of ``expression``: what is neither a number, nor arithmetic."""
    if isinstance(expression, Rational):
        return
    if algebra.is_arithmetic(expression):
        for argument in expression.args:
            yield from atoms(argument)
    else:
        yield expression


def presumed(goal: Relation, context: Context) -> Context:
    """Return ``context`` with what the terms of ``goal`` need: an obligation of its own."""
    wanted = dict.fromkeys(need.condition for side in (goal.lhs, goal.rhs) for need in needs(side))
    return context.assuming(*(c for c in wanted if c not in context.assumptions))
