"""Elimination of atoms by assumed equations: pseudo-division of numerators.  Untrusted.

Source: D. Cox, J. Little, D. O'Shea, "Ideals, Varieties, and Algorithms", section 6.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from sympy import Add, Expr, Integer, KroneckerDelta, Mul, Pow, Rational, S, Sum

from proofcheck import algebra, finiteness, formal_sums
from proofcheck.certificates import Identity
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context
from proofcheck.relations import Relation

DEEPEST = 6
LARGEST = 4000

Polynomial = Any


@dataclass(frozen=True)
class State:
    """``multiplier * goal = remainder + sum of cofactors[i] * assumed numerator i``."""

    multiplier: tuple[Polynomial, ...]
    remainder: Polynomial
    cofactors: dict[int, Polynomial] = field(default_factory=dict)


class Elimination:
    """The numerators of the goal and of the assumed equations, in one ring."""

    def __init__(
        self, goal: Relation, context: Context, budget: Budget, wanted: Expr | None = None
    ) -> None:
        self.context, self.budget = context, budget
        self.indices = [
            i
            for i, a in enumerate(context.assumptions)
            if isinstance(a, Relation) and a.operator == "eq" and isinstance(a.lhs, Expr)
        ]
        differences = [difference(context.assumptions[i], context) for i in self.indices]
        if wanted is None:
            wanted = difference(goal, context)
        self.ring = algebra.Ring([wanted, *differences])
        fraction = self.ring.fraction(wanted)
        self.goal, self.denominator = fraction.numerator, fraction.denominator
        self.assumed = {
            i: self.ring.fraction(d).numerator
            for i, d in zip(self.indices, differences, strict=True)
        }
        self.one = self.ring.fraction(S.One).numerator
        self.known: dict[str, bool] = {}
        unequal = (a for a in context.assumptions if getattr(a, "operator", "eq") != "eq")
        self.apart = Context(context.variables, tuple(unequal))
        """Without the equations: they are long, and seldom tell that a factor is not zero."""

    def certificate(self) -> Identity | None:
        """Return the certificate if the goal can be eliminated."""
        seen: set[str] = set()
        layer = [State((), self.goal)]
        for _ in range(DEEPEST):
            following: list[State] = []
            for state in layer:
                if not state.remainder:
                    return self.written(state)
                for grown in self.steps(state):
                    if not grown.remainder:
                        return self.written(grown)
                    key = str(grown.remainder)
                    if key not in seen and len(grown.remainder) < LARGEST:
                        seen.add(key)
                        following.append(grown)
                if self.budget.expired():
                    return None
            layer = sorted(following, key=lambda state: len(state.remainder))[:24]
        return None

    def states(self, depth: int) -> Iterator[State]:
        """Yield what elimination makes of the goal, step by step, shortest first."""
        layer, seen = [State((), self.goal)], {str(self.goal)}
        for _ in range(depth):
            yield from layer
            following = []
            for state in layer:
                for grown in self.steps(state):
                    if (key := str(grown.remainder)) not in seen:
                        seen.add(key)
                        following.append(grown)
            layer = sorted(following, key=lambda state: len(state.remainder))[:6]
        yield from layer

    def visible(self, state: State) -> Iterator[Expr]:
        """Yield forms of ``remainder / (multiplier * denominator)``."""
        atoms = self.ring.atoms
        below = [self.denominator, *state.multiplier]
        lower = unevaluated(Mul, [part for each in below for part in factored(each, atoms)])
        if not state.remainder:
            yield S.Zero
            return
        content, factors = state.remainder.factor()
        fixed = [Rational(int(content.p), int(content.q))]
        choices = [
            [Pow(f, n, evaluate=False) if n > 1 else f for f in collected(part, atoms)]
            for part, n in factors
        ]
        for chosen in islice(product(*choices), 60):
            upper = unevaluated(Mul, [*fixed, *chosen])
            if lower == 1:
                yield upper
            else:
                yield Mul(upper, Pow(lower, -1, evaluate=False), evaluate=False)

    def steps(self, state: State) -> Iterator[State]:
        """Yield what one assumed equation, used to eliminate one atom, makes of ``state``."""
        if not state.remainder:
            return
        for index, equation in self.assumed.items():
            whole, rest = divmod(equation, state.remainder)
            if not rest and whole and all(self.nonzero(f) for f, _ in whole.factor()[1]):
                scaled = {i: c * whole for i, c in state.cofactors.items()}
                scaled[index] = scaled.get(index, self.one - self.one) + self.one
                yield State((*state.multiplier, whole), self.one - self.one, scaled)
        here = state.remainder.degrees()
        for index, equation in self.assumed.items():
            there = equation.degrees()
            for atom, degree in enumerate(there):
                if self.budget.expired():
                    return
                if 0 < degree <= here[atom]:
                    lead, factors = self.leading(equation, atom, degree)
                    if factors is not None:
                        yield self.divided(state, index, equation, atom, lead)

    def leading(
        self, equation: Polynomial, atom: int, degree: int
    ) -> tuple[Polynomial, list[Polynomial] | None]:
        """Return the leading coefficient, and its factors if none of them vanishes anywhere."""
        lead = self.coefficient(equation, atom, degree)
        _, factors = lead.factor()
        parts = [part for part, _ in factors]
        return lead, parts if all(map(self.nonzero, parts)) else None

    def nonzero(self, polynomial: Polynomial) -> bool:
        key = str(polynomial)
        if key not in self.known:
            goal = Relation(expression_of(polynomial, self.ring.atoms), "ne", S.Zero)
            self.known[key] = bool(finiteness.evident(goal, self.apart))
        return self.known[key]

    def coefficient(self, polynomial: Polynomial, atom: int, degree: int) -> Polynomial:
        """Return the coefficient of ``atom**degree``."""
        context = polynomial.context()
        return context.from_dict(
            {
                (*e[:atom], 0, *e[atom + 1 :]): c
                for e, c in polynomial.to_dict().items()
                if e[atom] == degree
            }
        )

    def divided(
        self, state: State, index: int, equation: Polynomial, atom: int, lead: Polynomial
    ) -> State:
        """Return the pseudo-remainder of ``state`` by ``equation`` in ``atom``."""
        degree = equation.degrees()[atom]
        generator = equation.context().gens()[atom]
        remainder, quotient, used = state.remainder, self.one - self.one, 0
        constant = lead.total_degree() <= 0
        while remainder and remainder.degrees()[atom] >= degree:
            high = remainder.degrees()[atom]
            top = self.coefficient(remainder, atom, high) * generator ** (high - degree)
            if constant:
                top = top / lead.leading_coefficient()
                remainder, quotient = remainder - top * equation, quotient + top
            else:
                remainder = lead * remainder - top * equation
                quotient, used = lead * quotient + top, used + 1
        cofactors = {i: c * lead**used for i, c in state.cofactors.items()}
        cofactors[index] = cofactors.get(index, self.one - self.one) + quotient
        return State((*state.multiplier, *(lead,) * used), remainder, cofactors)

    def written(self, state: State) -> Identity:
        """Return ``state``, whose remainder is zero, as a certificate."""
        atoms = self.ring.atoms
        cofactors = tuple(
            (index, expression_of(cofactor, atoms))
            for index, cofactor in state.cofactors.items()
            if cofactor
        )
        if not state.multiplier:
            return Identity(cofactors=cofactors)
        factors = [
            expression_of(part**power, atoms)
            if power == 1
            else Pow(expression_of(part, atoms), power, evaluate=False)
            for lead in state.multiplier
            for part, power in lead.factor()[1]
        ]
        scale = self.one
        for lead in state.multiplier:
            scale *= lead.factor()[0]
        return Identity(
            cofactors=cofactors,
            multiplier=unevaluated(Mul, [expression_of(scale, atoms), *factors]),
        )


def factored(polynomial: Polynomial, atoms: tuple[Expr, ...]) -> list[Expr]:
    """Return ``polynomial`` as a list of factors."""
    content, factors = polynomial.factor()
    parts = [
        expression_of(part, atoms) if n == 1 else Pow(expression_of(part, atoms), n, evaluate=False)
        for part, n in factors
    ]
    return [Rational(int(content.p), int(content.q)), *parts]


def collected(polynomial: Polynomial, atoms: tuple[Expr, ...]) -> list[Expr]:
    """Return ``polynomial`` as it is, and collected by each atom that it is linear in."""
    found = [expression_of(polynomial, atoms)]
    degrees = polynomial.degrees()
    if len(polynomial) < 3:
        return found
    for position, degree in enumerate(degrees):
        if degree != 1:
            continue
        parts: list[dict[Any, Any]] = [{}, {}]
        for e, c in polynomial.to_dict().items():
            parts[e[position]][(*e[:position], 0, *e[position + 1 :])] = c
        rest, slope = (polynomial.context().from_dict(part) for part in parts)
        outer = unevaluated(Mul, [atoms[position], *factored(slope, atoms)])
        inner = unevaluated(Mul, factored(rest, atoms)) if rest else S.Zero
        found.append(Add(outer, inner, evaluate=False) if rest else outer)
    return found


def difference(relation: Any, context: Context) -> Expr:
    """Return ``lhs - rhs`` as the kernel sees it."""
    found: Expr = relation.lhs - relation.rhs
    return formal_sums.normal_form(found, context) if found.has(Sum, KroneckerDelta) else found


def expression_of(polynomial: Polynomial, atoms: tuple[Expr, ...]) -> Expr:
    """Return ``polynomial`` as an expression that SymPy has not rearranged."""
    terms = []
    for exponents, c in polynomial.to_dict().items():
        powers = [
            atoms[i] if e == 1 else Pow(atoms[i], Integer(int(e)), evaluate=False)
            for i, e in enumerate(exponents)
            if e
        ]
        terms.append(unevaluated(Mul, [Rational(int(c.p), int(c.q)), *powers]))
    return unevaluated(Add, terms)


def unevaluated(operation: type[Add] | type[Mul], parts: list[Expr]) -> Expr:
    """Return the sum or product of ``parts`` as it stands."""
    kept = [part for part in parts if part != operation.identity]
    if len(kept) < 2:
        return kept[0] if kept else operation.identity
    return operation(*kept, evaluate=False)
