"""Rewrite rules for limits: continuity, decay, l'Hôpital's rule, changes of variable.  Trusted.

``Limit(f, x, a, side)`` is the limit of f along the real line, from one side or from both.  Every
rule shows that it exists and is finite.  What is asked of f holds ``near`` the point: on
``(a, a + w)``, ``(a - w, a)``, ``(1/w, oo)`` or ``(-oo, -1/w)`` for a positive w.
Source: W. Rudin, "Principles of mathematical analysis" (1976), chapters 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Expr, Integer, Interval, Limit, Range, S, Set, Symbol, oo

from proofcheck.calculus import derivative
from proofcheck.continuity import continuity, continuous_on, put, throughout
from proofcheck.decay import vanishing
from proofcheck.definedness import needs
from proofcheck.identities.equations import Equation, Registry, demand, positive, real, unless_true
from proofcheck.relations import Condition, Defined, Member, Operator, Relation

LIMITS = Registry()
rule = LIMITS.rule
COUNTS = Symbol("n", integer=True, positive=True).assumptions0.items()
SIDES = {"+": (S.One,), "-": (S.NegativeOne,), "+-": (S.One, S.NegativeOne)}


@dataclass(frozen=True)
class Approach:
    """A limit over a real symbol of its own: ``function`` as ``x`` tends to ``place``."""

    x: Symbol
    function: Expr
    place: Expr
    side: str
    printed: Symbol

    @classmethod
    def of(cls, limit: Expr) -> Approach:
        """Return the parts of a limit; what SymPy assumes of its symbol is looked at later."""
        demand(isinstance(limit, Limit), f"{limit} is no limit")
        function, symbol, place, side = limit.args
        demand(isinstance(symbol, Symbol), f"{symbol} is no symbol")
        demand(symbol.is_extended_real is not False, f"{symbol} is not real")
        discrete = symbol.is_rational is not None
        demand(not discrete or place is oo, "a sequence has limits at infinity only")
        taken = (limit.free_symbols | function.atoms(Symbol)) - {symbol}
        name = symbol.name
        while (x := Symbol(name, real=True)) in taken:
            name += "_"
        return cls(x, put(function, symbol, x), place, str(side), symbol)

    @property
    def infinite(self) -> bool:
        """Whether the place is not on the real line."""
        return self.place in (oo, -oo)

    @property
    def start(self) -> Expr:
        """The place in the coordinate ``x``, or in ``1/Abs(x)`` at infinity."""
        return S.Zero if self.infinite else self.place

    def near(self, width: Expr) -> Iterator[tuple[Set, Set, Expr]]:
        """Yield for each side the set near the place, the same in the coordinate, closed at the
        place, and the coordinate.
        """
        if self.place is oo:
            yield Interval.open(1 / width, oo), Interval.Ropen(0, width), 1 / self.x
        elif self.place == -oo:
            yield Interval.open(-oo, -1 / width), Interval.Ropen(0, width), -1 / self.x
        else:
            a = self.place
            for sign in SIDES[self.side]:
                low, high = (a, a + width) if sign is S.One else (a - width, a)
                closed = Interval(low, high, sign is not S.One, sign is S.One)
                yield Interval.open(low, high), closed, self.x

    def promised(self) -> tuple[Condition, ...]:
        """Return what SymPy assumed of the printed symbol, and may have used, when it was built."""
        signs: dict[str, Operator] = {
            "positive": "gt", "negative": "lt", "nonnegative": "ge", "nonpositive": "le",
            "zero": "eq", "nonzero": "ne",
        }  # fmt: skip
        assumed = self.printed.assumptions0
        return tuple(
            Relation(self.x, operator, S.Zero)
            for name, operator in signs.items()
            if assumed.get(name)
        )

    def given(self, *fixed: Expr) -> tuple[Condition, ...]:
        """Return that the place is real, and that what does not move is defined."""
        demand(all(self.x not in one.free_symbols for one in fixed), "it moves with the variable")
        places = () if self.infinite else (self.place,)
        return (*defined(*places, *fixed), *unless_true([real(place) for place in places]))


def defined(*expressions: Expr) -> tuple[Condition, ...]:
    """Return what ``expressions`` need to be defined."""
    return tuple(need.condition for expression in expressions for need in needs(expression))


@rule("limit of a continuous function")
def limit_of_continuous(limit: Expr, outer: Expr, width: Expr, *inner: Expr) -> Equation:
    """``f(x) -> g(a, l)`` where ``f(x) = g(x, u(x))`` near a, and ``u(x) -> l`` (Rudin 4.2, 4.7).

    g, ``outer``, is jointly continuous on ``[a, a + w)`` times Y, a closed interval with all values
    of u near a: so it has l.  At infinity it is ``g(1/Abs(x), u(x))``, on ``[0, w)``.  Each y of
    ``inner``, a real symbol, stands with u, l and the ends of Y: y1, u1, l1, low1, high1, y2, ...
    """
    at = Approach.of(limit)
    demand(len(inner) % 5 == 0, "five for each inner limit")
    parts = [inner[i : i + 5] for i in range(0, len(inner), 5)]
    symbols = [y for y, *_ in parts]
    fixed = [width, *(one for _, _, *rest in parts for one in rest if one not in (oo, -oo))]
    conditions: list[Condition] = [*at.given(*fixed), *unless_true([positive(width)])]
    others = (width, *(one for part in parts for one in part[1:]))
    taken = {at.x}.union(limit.atoms(Symbol), *(one.free_symbols for one in others))
    demand(len(set(symbols)) == len(symbols) and not taken & set(symbols), "a symbol is taken")
    demand(all(y == Symbol(y.name, real=True) for y in symbols), "no real symbol")
    for near, closed, coordinate in at.near(width):
        same = outer if coordinate == at.x else put(outer, at.x, coordinate)
        moving: list[Condition] = [*at.promised(), *defined(at.function)]
        joint = (*defined(outer), *continuity(outer, frozenset({at.x, *symbols})))
        for y, u, _, low, high in parts:
            moving += [*defined(u), Member(u, Interval(low, high))]
            joint = throughout(y, Interval(low, high), joint)
            same = put(same, y, u)
        if same != at.function:
            moving += [*defined(same), Relation(at.function, "eq", same)]
        conditions += [*throughout(at.x, near, tuple(moving)), *throughout(at.x, closed, joint)]
    value = put(outer, at.x, at.start)
    for y, u, end, *_ in parts:
        tends = Limit(u, at.x, at.place, at.side)
        conditions += [Defined(tends), Relation(tends, "eq", end)]
        value = put(value, y, end)
    conditions += defined(value)
    return Equation(limit, 1, value, tuple(dict.fromkeys(conditions)))


@rule("limit by decay")
def limit_by_decay(limit: Expr, value: Expr, width: Expr) -> Equation:
    """``f(x) -> value`` where ``f(x) - value`` decays, at a finite place in ``1/Abs(x - a)``.

    See ``decay.vanishing``.
    """
    at = Approach.of(limit)
    conditions: list[Condition] = [*at.given(value, width), *unless_true([positive(width)])]
    beyond = Interval.open(1 / width, oo)
    for near, _, _ in at.near(width):
        conditions += throughout(at.x, near, (*at.promised(), *defined(at.function)))
    for path in paths(at):
        rest = put(at.function, at.x, path) - value
        conditions += vanishing(rest, at.x, beyond)
    return Equation(limit, 1, value, tuple(dict.fromkeys(conditions)))


def paths(at: Approach) -> Iterator[Expr]:
    """Yield for each side the variable in terms of one that tends to infinity."""
    if at.infinite:
        yield at.x if at.place is oo else -at.x
        return
    for sign in SIDES[at.side]:
        yield at.place + sign / at.x


@rule("l'Hôpital's rule")
def quotient_of_slopes(limit: Expr, above: Expr, below: Expr, width: Expr) -> Equation:
    """``p/q`` tends to what ``p'/q'`` tends to, as p and q tend to zero at a (Rudin 5.13).

    p and q are real and differentiable near a finite place, ``q' != 0`` there, ``p'/q'`` has a
    finite limit; they are continuous at the place, and zero.
    """
    at = Approach.of(limit)
    demand(not at.infinite, "the place is infinite")
    conditions: list[Condition] = [*at.given(width), *unless_true([positive(width)])]
    slopes: list[Expr] = []
    for near, closed, _ in at.near(width):
        moving: list[Condition] = [*at.promised(), *defined(at.function)]
        moving += [real(above), real(below)]
        slopes.clear()
        for part in (above, below):
            slope, differentiable = derivative(part, at.x)
            moving += [*differentiable, *defined(part, slope)]
            conditions += continuous_on(part, at.x, closed)
            slopes.append(slope)
        moving += [Relation(slopes[1], "ne", S.Zero)]
        if at.function != above / below:
            moving += [*defined(above / below), Relation(at.function, "eq", above / below)]
        conditions += throughout(at.x, near, tuple(moving))
    for part in (above, below):
        start = put(part, at.x, at.place)
        conditions += [*defined(start), Relation(start, "eq", S.Zero)]
    following = Limit(slopes[0] / slopes[1], at.x, at.place, at.side)
    conditions += [Defined(following)]
    return Equation(limit, 1, following, tuple(dict.fromkeys(conditions)))


@rule("limit at infinity")
def limit_at_infinity(limit: Expr, width: Expr) -> Equation:
    """``f(x)`` tends at infinity to what ``f(1/x)`` tends to at zero, from the right.

    From the left at ``-oo``.
    """
    at = Approach.of(limit)
    demand(at.infinite, "the place is not infinite")
    conditions: list[Condition] = [*at.given(width), *unless_true([positive(width)])]
    for near, _, _ in at.near(width):
        conditions += throughout(at.x, near, (*at.promised(), *defined(at.function)))
    turned = put(at.function, at.x, 1 / at.x)
    following = Limit(turned, at.x, S.Zero, "+" if at.place is oo else "-")
    return Equation(limit, 1, following, (*dict.fromkeys(conditions), Defined(following)))


@rule("limit of a sequence")
def limit_of_a_sequence(limit: Expr, other: Expr, start: Expr) -> Equation:
    """``f(n)`` tends to what ``other``, a function of a real number, tends to at infinity.

    If they are equal at every integer ``n >= start``, which is at least 1.
    """
    at = Approach.of(limit)
    promised = at.printed.assumptions0.items()
    demand(bool(at.printed.is_integer) and promised <= COUNTS, f"{at.printed} is no plain integer")
    demand(isinstance(start, Integer) and start >= 1, f"{start} is no positive integer")
    taken = limit.atoms(Symbol) | other.atoms(Symbol) | {at.x}
    name = at.x.name
    while (n := Symbol(name, integer=True)) in taken:
        name += "_"
    here, there = put(at.function, at.x, n), put(other, at.x, n)
    everywhere = (*defined(here, there), Relation(here, "eq", there))
    following = Limit(other, at.x, oo)
    owed = throughout(n, Range(start, oo), everywhere)
    return Equation(limit, 1, following, (*owed, Defined(following)))
