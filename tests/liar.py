"""An engine that lies: it returns random certificates, built from the obligation at hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from sympy import Expr, Indexed, Integer, Interval, Rational, S, Symbol, oo, preorder_traversal

from proofcheck.certificates import (
    Alternatives,
    Balls,
    Boxes,
    Certificate,
    Constant,
    Enumerate,
    Generalise,
    Identity,
    Induction,
    Instead,
    Monotone,
    Ranges,
    Rewrite,
    Split,
    Squares,
    Stronger,
    Substitute,
    Term,
    Termwise,
    Tree,
    Value,
)  # fmt: skip
from proofcheck.identities import RULES
from proofcheck.obligations import Obligation
from proofcheck.relations import Member, Relation

FRESH = (Symbol("u", real=True), Symbol("u", positive=True), Symbol("u", integer=True))
SETS = (S.Reals, S.Integers, Interval(0, oo), Interval.open(0, oo), Interval(-1, 1))
OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge")
DEPTH = 3


class Liar:
    """Suggests a random certificate for every obligation; ``seed`` makes it repeatable."""

    name = "liar"

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def prove(self, obligation: Obligation, budget: object = None) -> Certificate:
        """Return any certificate at all."""
        self.goal = obligation.goal
        self.assumptions = len(obligation.context.assumptions)
        self.symbols = list(obligation.context.sets) or [Symbol("x")]
        self.pieces = self._pieces(obligation)
        return self._certificate(DEPTH)

    def _pieces(self, obligation: Obligation) -> list[Expr]:
        sides: list[Any] = []
        for condition in (obligation.goal, *obligation.context.assumptions):
            if isinstance(condition, Relation):
                sides += [condition.lhs, condition.rhs, condition.lhs - condition.rhs]
            elif isinstance(condition, Member):
                sides.append(condition.element)
        found = {part for side in sides for part in preorder_traversal(side)}
        exact = [part for part in found if isinstance(part, Expr) and not isinstance(part, Indexed)]
        constants = [Integer(0), Integer(1), Integer(-1), Rational(1, 2)]
        return [*sorted(exact, key=str), *self.symbols, *constants]

    def _expression(self) -> Expr:
        one, other = self.random.choice(self.pieces), self.random.choice(self.pieces)
        return self.random.choice([one, one, one - other, one * other, one + 1, -one])

    def _condition(self) -> Relation:
        operator: Any = self.random.choice(OPERATORS)
        return Relation(self.random.choice(self.symbols), operator, self._expression())

    def _rewrite(self, depth: int) -> Rewrite:
        arguments = tuple(self._expression() for _ in range(self.random.randint(1, 3)))
        return Rewrite(self.random.choice(sorted(RULES)), arguments, self._several(depth, 2))

    def _identity(self, depth: int) -> Identity:
        rewrites = tuple(self._rewrite(depth - 1) for _ in range(self.random.randint(0, 3)))
        cofactors = tuple(
            (self.random.randint(-1, self.assumptions), self._expression())
            for _ in range(self.random.randint(0, 2))
        )
        multiplier = self.random.choice([None, Integer(0), self._expression()])
        return Identity(rewrites, cofactors, multiplier, self._certificate(depth - 1))

    def _several(self, depth: int, most: int) -> tuple[Certificate, ...]:
        return tuple(self._certificate(depth - 1) for _ in range(self.random.randint(0, most)))

    def _tree(self, depth: int) -> Tree:
        if depth == 0 or self.random.random() < 0.4:
            return self.random.choice([None, None, *range(-1, self.assumptions + 1)])
        cut: Any = self.random.choice([Rational(1, 2), Integer(-1), self._expression()])
        parts = self._tree(depth - 1), self._tree(depth - 1)
        return (self.random.choice(self.symbols), cut, *parts)

    def _certificate(self, depth: int) -> Certificate:
        leaves: list[Callable[[], Certificate]] = [
            Ranges,
            Identity,
            lambda: Balls(self.random.choice([2, 16, 64, 128])),
            lambda: Boxes(self._tree(3), self.random.choice([-1, 1, 4]), 64),
        ]
        if depth <= 0:
            return self.random.choice(leaves)()

        def inner() -> Certificate:
            return self._certificate(depth - 1)

        symbol = self.random.choice(self.symbols)
        operator: Any = self.random.choice(OPERATORS)
        steps: list[Callable[[], Certificate]] = [
            lambda: self._identity(depth),
            lambda: Split(self._condition(), inner(), inner()),
            lambda: Alternatives(self.random.randint(-1, 1), self._several(depth, 3)),
            lambda: Stronger(operator, inner()),
            lambda: Instead(
                self._expression(), inner(), inner(),
                self.random.choice([None, Integer(0), self._expression()]),
                self.random.choice([None, inner()]), self._several(depth, 2),
            ),
            lambda: Squares(
                tuple(
                    Term(
                        Rational(self.random.randint(-2, 3), 2), self._expression(),
                        tuple(self.random.choices(range(-1, 3), k=self.random.randint(0, 2))),
                    )
                    for _ in range(self.random.randint(0, 3))
                ),
                self._identity(depth),
            ),
            lambda: Monotone(
                symbol, self.random.choice(["left", "right"]), inner(), inner(),
                self.random.choice([True, False]),
            ),
            lambda: Constant(symbol, self._expression(), inner(), inner()),
            lambda: Enumerate(symbol, self._several(depth, 4)),
            lambda: Induction(symbol, inner(), inner()),
            lambda: Termwise(inner()),
            lambda: Substitute(
                symbol, fresh := self.random.choice([*FRESH, symbol]), self.random.choice(SETS),
                self.random.choice([1 / fresh, fresh**2, fresh + 1, self._expression()]),
                self.random.choice([1 / symbol, symbol - 1, self._expression()]),
                inner(), self._several(depth, 2),
            ),
            lambda: Value(self.random.randint(-1, self.assumptions), inner()),
            lambda: Generalise(
                self._expression(), self.random.choice([*FRESH, symbol]),
                self.random.choice(SETS), inner(), self._several(depth, 2),
            ),
        ]  # fmt: skip
        return self.random.choice(leaves + 2 * steps)()
