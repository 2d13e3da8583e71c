"""A search for the values of limits.  Untrusted: SymPy's limits are guesses for the rules.

Written so that it is continuous up to the place, decaying, with an inner limit put in, or by
l'Hôpital's rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import sympy as sp
from sympy import Expr, Limit, Rational, S, Symbol, oo

from proofcheck import identities, kernel
from proofcheck.algebra import Equation, Intractable
from proofcheck.certificates import Certificate, Existing, Rewrite
from proofcheck.engines._closing import evident
from proofcheck.engines._conditions import Unproved, proof_of
from proofcheck.engines._elimination import Elimination
from proofcheck.engines._integration import Search, Step, atoms
from proofcheck.engines.base import SEARCH_FAILURES, Budget
from proofcheck.identities.limits import Approach
from proofcheck.obligations import Context
from proofcheck.relations import Condition, Defined, Relation

WIDTHS = (S.One, Rational(1, 10))
DEEPEST = 4
GUESSING = 2.0
PATIENCE = 1.0
LARGEST = 150
REAL_LINE = (-oo, oo)

Proposal = tuple[str, tuple[Expr, ...]]


@dataclass
class Limits:
    """A search for rewrites that give limits, with one budget."""

    context: Context
    budget: Budget
    depth: int = DEEPEST
    known: dict[Limit, list[Step]] = field(default_factory=dict)

    def vanishing(self, difference: Expr) -> Certificate | None:
        """Return a certificate that ``difference`` is zero, its limits replaced by their values."""
        steps: list[Step] = []
        for limit in atoms(difference):
            if isinstance(limit, Limit):
                found = self.value(limit, hints(difference, limit))
                if found is None:
                    return None
                steps += found
        if not steps:
            return None
        rewrites, equations = zip(*steps, strict=True)
        identity = Search(self.context, self.budget).identity(
            difference, list(rewrites), list(equations)
        )
        return identity or self.assumed(difference, rewrites, equations)

    def assumed(
        self, difference: Expr, rewrites: Sequence[Rewrite], equations: Sequence[Equation]
    ) -> Certificate | None:
        """Return a certificate that ``difference`` vanishes by what is assumed of the values."""
        for equation in equations:
            difference = difference.xreplace({equation.atom: equation.replacement})
        try:
            goal = Relation(difference, "eq", S.Zero)
            found = Elimination(goal, self.context, self.budget).certificate()
        except Intractable:
            return None
        return None if found is None else replace(found, rewrites=tuple(rewrites))

    def existing(self, limit: Limit, guesses: tuple[Expr, ...] = ()) -> Certificate | None:
        """Return a certificate that a limit exists."""
        found = self.value(limit, guesses)
        return None if found is None else Existing(found[0][0])

    def value(self, limit: Limit, guesses: tuple[Expr, ...] = ()) -> list[Step] | None:
        """Return the steps from a limit to an expression without limits, or None."""
        if self.depth == 0 or limit in self.known:
            return self.known.get(limit)
        for rule, arguments in proposals(limit, guesses, self.budget):
            if self.budget.expired():
                return None
            step = self.instance(rule, (limit, *arguments))
            if step is None:
                continue
            following = step[1].replacement
            rest: list[Step] | None = []
            if isinstance(following, Limit):
                rest = self.deeper().value(following, guesses)
            if rest is not None:
                self.known[limit] = [step, *rest]
                return self.known[limit]
        return None

    def deeper(self) -> Limits:
        """Return a search for a limit on which another one rests."""
        return Limits(self.context, self.budget, self.depth - 1, self.known)

    def instance(self, rule: str, arguments: tuple[Expr, ...]) -> Step | None:
        """Return an instance of a rule with its conditions proved, or None."""
        try:
            equation = identities.instance(rule, arguments)
            return Rewrite(rule, arguments, self.proofs(equation.conditions)), equation
        except (identities.Inapplicable, Unproved, *kernel.NO_ANSWER):
            return None

    def proofs(self, conditions: Iterable[Condition]) -> tuple[Certificate, ...]:
        """Return certificates of those conditions that are not evident, the plain ones first.

        Raises:
            Unproved: there is none for one of them.
        """
        needed = [c for c in conditions if not evident(c, self.context)]
        found: dict[Condition, Certificate] = {}
        for condition in sorted(needed, key=about_limits):
            found[condition] = self.proof(condition)
        return tuple(found[condition] for condition in needed)

    def proof(self, condition: Condition) -> Certificate:
        """Return a certificate of a condition.

        Raises:
            Unproved: none was found.
        """
        proof: Certificate | None
        match condition:
            case Defined(term=Limit()):
                proof = self.deeper().existing(condition.term)
            case Relation(operator="eq") if condition.lhs.has(Limit):
                proof = self.deeper().vanishing(condition.lhs - condition.rhs)
            case _:
                return proof_of(condition, self.context, self.budget.within(PATIENCE))
        if proof is None:
            raise Unproved(condition)
        return proof


def about_limits(condition: Condition) -> bool:
    """Tell whether a condition is about another limit, which is dear to find."""
    term = condition.term if isinstance(condition, Defined) else None
    return isinstance(term, Limit) or (
        isinstance(condition, Relation) and bool(condition.lhs.has(Limit))
    )


def hints(difference: Expr, limit: Limit) -> tuple[Expr, ...]:
    """Return the value that makes ``difference`` vanish if it is linear in the limit."""
    slope, rest = difference.coeff(limit), difference.xreplace({limit: S.Zero})
    if slope == 0 or slope.has(Limit) or rest.has(Limit):
        return ()
    return (-rest / slope,)


def proposals(limit: Limit, guesses: tuple[Expr, ...], budget: Budget) -> Iterator[Proposal]:
    """Yield rules for a limit with their arguments."""
    try:
        at = Approach.of(limit)
    except (identities.Inapplicable, *identities.UNFIT):
        return
    if at.function.count_ops() > LARGEST:
        return
    shapes = [shape for shape in dict.fromkeys(written(at, budget)) if finite(shape, at)]
    for width in WIDTHS:
        for shape in shapes:
            yield "limit of a continuous function", (shape, width)
    for value in dict.fromkeys((S.Zero, *guesses)):
        if not value.has(at.x):
            yield "limit by decay", (value, S.One)
    yield from inside(at, budget)
    if not at.infinite:
        for above, below in dict.fromkeys(
            map(sp.fraction, (at.function, sp.together(at.function)))
        ):
            if at.x in below.free_symbols:
                for width in WIDTHS:
                    yield "l'Hôpital's rule", (above, below, width)
    value = guessed(limit, budget)
    if value is not None and value not in (S.Zero, *guesses):
        yield "limit by decay", (value, S.One)


def written(at: Approach, budget: Budget) -> Iterator[Expr]:
    """Yield the function written so that its singularities may be gone.

    At infinity, in the coordinate ``1/Abs(x)``.
    """
    path = at.x if not at.infinite else 1 / at.x if at.place is oo else -1 / at.x
    function = at.function.xreplace({at.x: path})
    yield function
    if at.infinite or at.side != "+-":
        yield on_one_side(function, at)
    for rewritten in (sp.expand, sp.cancel, sp.simplify):
        try:
            with budget.within(GUESSING).enforced():
                yield rewritten(function)
        except SEARCH_FAILURES:
            continue


def on_one_side(function: Expr, at: Approach) -> Expr:
    """Return a function of the coordinate as SymPy writes it where the place is on one side."""
    away = sp.Dummy("away", positive=True)
    sign = -1 if at.side == "-" and not at.infinite else 1
    return function.xreplace({at.x: at.start + sign * away}).xreplace(
        {away: sign * (at.x - at.start)}
    )


def finite(shape: Expr, at: Approach) -> bool:
    """Tell whether SymPy finds a value at the place."""
    value = shape.subs(at.x, at.start)
    return not value.has(S.NaN, S.ComplexInfinity, oo, -oo, sp.AccumBounds)


def inside(at: Approach, budget: Budget) -> Iterator[Proposal]:
    """Yield a function of the variable and of a term that has a limit of its own."""
    slot = Symbol("y", real=True)
    while slot in at.function.atoms(Symbol):
        slot = Symbol(slot.name + "_", real=True)
    terms = [
        term
        for term in sp.preorder_traversal(at.function)
        if isinstance(term, sp.Function | sp.Pow) and at.x in term.free_symbols
        if term != at.function
    ]
    back = at.x if not at.infinite else 1 / at.x if at.place is oo else -1 / at.x
    for term in dict.fromkeys(terms):
        outer = at.function.xreplace({term: slot}).xreplace({at.x: back})
        value = guessed(Limit(term, at.x, at.place, at.side), budget)
        if value is None or not value.is_finite or not finite(outer, at):
            continue  # a pole stays one where the numerator tends to zero
        if not finite(outer.xreplace({slot: value}), at):
            continue
        for low, high in ((S.Zero, S.One), (S.Zero, oo), (-S.One, S.One), REAL_LINE):
            yield "limit of a continuous function", (outer, S.One, slot, term, value, low, high)


def guessed(limit: Limit, budget: Budget) -> Expr | None:
    """Return what SymPy says that a limit is, if it says anything."""
    try:
        with budget.within(GUESSING).enforced():
            value = limit.doit()
    except SEARCH_FAILURES:
        return None
    usable = not value.has(Limit, sp.AccumBounds, sp.Order, S.NaN, S.ComplexInfinity)
    return value if usable else None
