"""A search for the values of limits.  Untrusted: SymPy's limits are guesses for the rules.

Written so that it is continuous up to the place, decaying, with an inner limit put in, or by
l'Hôpital's rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import sympy as sp
from sympy import Expr, Limit, Mul, Pow, Rational, S, Symbol, cos, exp, oo

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
FARTHEST = 5
"""How far to the left poles of the gamma function are looked at."""
WAVE = {cos, exp}
SURROUNDINGS = (
    (-S.Half, S.Half), (S.Zero, S.One), (S.Zero, oo), (-S.One, S.One), (-oo, oo),
)  # fmt: skip
"""Where the values of a term may lie near the place."""

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
    if at.printed.is_integer and at.function.has(sp.fibonacci, sp.lucas):
        yield "limit of a sequence", (by_waves(at), S.One)
    shapes = [shape for shape in dict.fromkeys(written(at, budget)) if finite(shape, at)]
    yield from continuous(shapes)
    for value in dict.fromkeys((S.Zero, *guesses)):
        if not value.has(at.x):
            yield "limit by decay", (value, S.One)
    yield from inside(at, budget)
    if not at.infinite:
        shifted = off_poles(at)
        fractions = (at.function, sp.together(at.function), sp.together(shifted))
        for above, below in dict.fromkeys(map(sp.fraction, fractions)):
            if at.x in below.free_symbols:
                for width in WIDTHS:
                    yield "l'Hôpital's rule", (above, below, width)
    simplest = dict.fromkeys(rewritten((sp.simplify,), moved(at), budget))
    yield from continuous(shape for shape in simplest if finite(shape, at) and shape not in shapes)
    value = guessed(limit, budget)
    if value is not None and value not in (S.Zero, *guesses):
        yield "limit by decay", (value, S.One)
    if at.infinite:
        yield "limit at infinity", (S.One,)


def by_waves(at: Approach) -> Expr:
    """Return what Binet's formula makes of Fibonacci's and Lucas's numbers, for real arguments.

    Powers of the golden ratio that all terms have in common are gone.
    """
    high = sp.Dummy("high", positive=True)
    wave = cos(sp.pi * at.x) * exp(-2 * at.x * sp.log(sp.GoldenRatio))
    found: dict[Expr, Expr] = {}
    for term in at.function.atoms(sp.fibonacci, sp.lucas):
        rest = sp.expand(term.args[0] - at.x)
        if len(term.args) == 1 and at.x not in rest.free_symbols:
            up, down = sp.GoldenRatio**rest, (-1) ** rest * sp.GoldenRatio ** (-rest)
            if isinstance(term, sp.fibonacci):
                found[term] = high * (up - down * wave) / sp.sqrt(5)
            else:
                found[term] = high * (up + down * wave)
    function = sp.powsimp(at.function.xreplace(found))
    return sp.expand_power_base(function).xreplace({high: sp.GoldenRatio**at.x})


def off_poles(at: Approach) -> Expr:
    """Return the function with each gamma that has a pole at the place written by one without."""
    found: dict[Expr, Expr] = {}
    for term in at.function.atoms(sp.gamma, sp.polygamma):
        argument = term.args[-1]
        start = argument.subs(at.x, at.place)
        if not (start.is_Integer and 0 >= start > -FARTHEST):
            continue
        steps = [argument + k for k in range(1 - int(start))]
        if isinstance(term, sp.gamma):
            found[term] = sp.gamma(steps[-1] + 1) / Mul(*steps)
        elif term.args[0] == 0:
            found[term] = sp.digamma(steps[-1] + 1) - sp.Add(*(1 / step for step in steps))
    return at.function.xreplace(found)


def continuous(shapes: Iterable[Expr]) -> Iterator[Proposal]:
    """Yield the first rule for a function that is written so that it is continuous."""
    for shape, width in product(shapes, WIDTHS):
        yield "limit of a continuous function", (shape, width)


def moved(at: Approach) -> Expr:
    """Return the function in the coordinate at the place, ``1/Abs(x)`` at infinity."""
    path = at.x if not at.infinite else 1 / at.x if at.place is oo else -1 / at.x
    return at.function.xreplace({at.x: path})


def written(at: Approach, budget: Budget) -> Iterator[Expr]:
    """Yield the function in that coordinate, written so that its singularities may be gone."""
    function = moved(at)
    yield from (function, function if at.infinite else off_poles(at))
    if at.infinite or at.side != "+-":
        yield on_one_side(function, at)
    yield from rewritten((sp.expand, sp.cancel), function, budget)


def rewritten(
    ways: Iterable[Callable[[Expr], Expr]], function: Expr, budget: Budget
) -> Iterator[Expr]:
    """Yield what SymPy makes of a function, if it does not take long."""
    for way in ways:
        try:
            with budget.within(GUESSING).enforced():
                yield way(function)
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
    back = at.x if not at.infinite else 1 / at.x if at.place is oo else -1 / at.x
    for term, form, inner in dict.fromkeys(pieces(at, slot)):
        outer = at.function.subs(term, form).xreplace({at.x: back})
        value = guessed(Limit(inner, at.x, at.place, at.side), budget)
        if value is None or not value.is_finite or not finite(outer, at):
            continue  # a pole stays one where the numerator tends to zero
        if not finite(outer.xreplace({slot: value}), at):
            continue
        for low, high in SURROUNDINGS:
            yield "limit of a continuous function", (outer, S.One, slot, inner, value, low, high)


def pieces(at: Approach, slot: Symbol) -> Iterator[tuple[Expr, Expr, Expr]]:
    """Yield terms of the function, each with what they are of an inner term that has a limit.

    A wave that decays goes first and as a whole, a power with moving base and exponent by its
    logarithm.
    """
    moving = [part for part in sp.preorder_traversal(at.function) if at.x in part.free_symbols]
    for wave in (part.as_independent(at.x)[1] for part in moving if isinstance(part, Mul)):
        if {factor.func for factor in wave.args} == WAVE:
            yield wave, slot, wave
    for term in moving:
        if isinstance(term, Pow) and at.x in term.base.free_symbols & term.exp.free_symbols:
            yield term, exp(slot), term.exp * sp.log(term.base)
        elif isinstance(term, sp.Function | Pow) and term != at.function:
            yield term, slot, term


def guessed(limit: Limit, budget: Budget) -> Expr | None:
    """Return what SymPy says that a limit is, if it says anything."""
    try:
        with budget.within(GUESSING).enforced():
            value = limit.doit()
    except SEARCH_FAILURES:
        return None
    usable = not value.has(Limit, sp.AccumBounds, sp.Order, S.NaN, S.ComplexInfinity)
    return value if usable else None
