"""A case of a claim -> what must be shown.  Trusted: a condition forgotten here is never proved.

Every case owes its conclusions, the definedness of every term that they write, and an admissible
point.  The context says what may be used: variables with their sets, and assumptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import Literal

from sympy import (
    Basic,
    Derivative,
    Expr,
    ImmutableDenseMatrix,
    IndexedBase,
    Integer,
    Interval,
    Range,
    S,
    Set,
    Symbol,
    oo,
)

from proofcheck.definedness import Need, needs
from proofcheck.domains import Family, Variable, ends_in, symbol_assumptions
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Condition,
    Defined,
    Member,
    Operator,
    Relation,
    Throughout,
    free_symbols,
)

Kind = Literal["conclusion", "defined", "citation", "satisfiable"]


@dataclass(frozen=True)
class Context:
    """Variables with their sets, in order, and the conditions assumed of them."""

    variables: tuple[Variable | Family, ...] = ()
    assumptions: tuple[Condition, ...] = ()

    @property
    def sets(self) -> dict[Symbol, Set]:
        """The set of each scalar variable."""
        return {v.symbol: v.set for v in self.variables if isinstance(v, Variable)}

    @property
    def families(self) -> dict[IndexedBase, Family]:
        """Each indexed family by its base."""
        return {v.base: v for v in self.variables if isinstance(v, Family)}

    @property
    def names(self) -> frozenset[Basic]:
        """Every symbol and family base that the context mentions."""
        found: set[Basic] = set()
        for v in self.variables:
            if isinstance(v, Variable):
                found |= {v.symbol} | v.set.free_symbols
            else:
                found |= v.base.free_symbols | {v.base} | v.size.free_symbols
                found |= v.element.free_symbols
        return frozenset(found.union(*map(free_symbols, self.assumptions)))

    def assuming(self, *conditions: Condition) -> Context:
        """Return the context with further assumptions."""
        return replace(self, assumptions=self.assumptions + conditions)

    def including(self, symbol: Symbol, values: Set) -> Context:
        """Return the context with a further variable."""
        return replace(self, variables=(*self.variables, Variable(symbol, values)))

    def restricted(self, symbol: Symbol, narrower: Set) -> Context:
        """Return the context with the set of ``symbol`` replaced by ``narrower``."""
        changed = Variable(symbol, narrower)
        return replace(
            self,
            variables=tuple(
                changed if isinstance(v, Variable) and v.symbol == symbol else v
                for v in self.variables
            ),
        )

    def without(self, symbol: Symbol) -> Context:
        """Return the context without ``symbol`` and without the assumptions that mention it."""
        return Context(
            tuple(
                v for v in self.variables if not (isinstance(v, Variable) and v.symbol == symbol)
            ),
            tuple(a for a in self.assumptions if symbol not in free_symbols(a)),
        )

    def dependents(self, symbol: Symbol) -> tuple[Basic, ...]:
        """Return the variables whose domain depends on ``symbol``."""
        return tuple(
            v.symbol if isinstance(v, Variable) else v.base
            for v in self.variables
            if symbol
            in (
                v.set.free_symbols
                if isinstance(v, Variable)
                else v.size.free_symbols | v.element.free_symbols
            )
        )

    def narrowed(self, condition: Condition) -> Context:
        """Return the context assuming ``condition``; a rational bound narrows an interval too."""
        assumed = self.assuming(condition)
        if not isinstance(condition, Relation) or condition.operator in ("eq", "ne"):
            return assumed
        current, bound = self.sets.get(condition.lhs), condition.rhs
        if isinstance(current, Range) and isinstance(bound, Integer):
            fewer = _narrowed_range(current, condition.operator, bound)
            return assumed if fewer is None else assumed.restricted(condition.lhs, fewer)
        if not isinstance(current, Interval) or not bound.is_Rational:
            return assumed
        low, high, left, right = current.start, current.end, current.left_open, current.right_open
        below, above = bound < high, bound > low  # truth values where the ends are numbers
        if not {below, above} <= {S.true, S.false}:
            return assumed
        excluded = Relation(condition.lhs, "ne", bound) in self.assumptions
        if condition.operator in ("lt", "le"):
            if below or (bound == high and condition.operator == "lt"):
                high, right = bound, excluded or condition.operator == "lt"
        elif above or (bound == low and condition.operator == "gt"):
            low, left = bound, excluded or condition.operator == "gt"
        # An empty or one-point interval is no Interval of SymPy's: the assumption says it all.
        if (low < high) != True:  # a SymPy truth value
            return assumed
        smaller = Interval(low, high, left, right)
        return assumed.restricted(condition.lhs, smaller)


def _narrowed_range(values: Range, operator: Operator, bound: Integer) -> Range | None:
    """Return those integers of a range with constant ends that stand so to ``bound``, if any."""
    start, stop = values.start, values.stop
    if values.step != 1 or start == -oo or not all(e.is_Integer or e == oo for e in (start, stop)):
        return None
    match operator:
        case "ge" | "gt":
            start = max(start, bound + int(operator == "gt"))
        case "le" | "lt":
            stop = min(stop, bound + int(operator == "le"))
    return Range(start, stop) if start < stop else None


@dataclass(frozen=True)
class Obligation:
    """One thing to be shown: ``goal`` at every admissible point of ``context``.

    ``term`` is the printed term that a definedness condition is about.
    """

    kind: Kind
    goal: Condition
    context: Context
    term: Expr | None = None


def entries(relation: Relation) -> tuple[Condition, ...]:
    """Return a relation between matrices as relations between their entries, all of them owed."""
    if not isinstance(relation.lhs, ImmutableDenseMatrix):
        return (relation,)
    pairs = zip(relation.lhs, relation.rhs, strict=True)
    parts = tuple(Relation(left, relation.operator, right) for left, right in pairs)
    return (AnyOf(parts),) if relation.operator == "ne" else parts


def obligations(conclusion: Relation, context: Context) -> tuple[Obligation, ...]:
    """Return what one printed relation owes: itself, and that all of its terms are defined."""
    goals = entries(conclusion)
    owed: dict[Condition, Need] = {}
    for need in definedness(*sides(goals)):
        if need.condition not in owed or isinstance(owed[need.condition].term, Derivative):
            owed[need.condition] = need  # a derivative may exist where its rules do not hold
    if conclusion.operator not in ("eq", "ne"):
        for side in (conclusion.lhs, conclusion.rhs):
            if side.is_extended_real is not True or side.is_finite is not True:
                condition = Member(side, S.Reals)
                owed.setdefault(condition, Need(side, condition))
    return (
        *(Obligation("defined", need.condition, context, need.term) for need in owed.values()),
        *(Obligation("conclusion", goal, context) for goal in goals),
    )


def sides(conditions: Iterable[Condition]) -> tuple[Expr, ...]:
    """Return the two sides of every relation among ``conditions``."""
    found: list[Expr] = []
    for condition in conditions:
        match condition:
            case Relation():
                found += [condition.lhs, condition.rhs]
            case AnyOf():
                found += sides(condition.conditions)
    return tuple(found)


@lru_cache(maxsize=512)
def definedness(*expressions: Expr) -> tuple[Need, ...]:
    """Return what has to hold for all terms of ``expressions`` to be defined."""
    return tuple(dict.fromkeys(need for expression in expressions for need in needs(expression)))


def terms_of(condition: Condition) -> tuple[Expr, ...]:
    """Return the expressions that ``condition`` is about, the finite ends of its sets included.

    What stands under a quantifier is left out: its symbols are bound.
    """
    match condition:
        case Relation():
            return condition.lhs, condition.rhs
        case Member():
            return condition.element, *ends_in(condition.set)
        case AnyOf() | AllOf():
            return tuple(term for part in condition.conditions for term in terms_of(part))
        case Defined():
            return ()
        case Throughout():
            return ends_in(condition.set)


def premises(context: Context) -> tuple[Relation, ...]:
    """Return what is known to be ``>= 0`` or ``> 0``: ends of the variables' sets, assumptions.

    Each is a Relation with operator ``ge`` or ``gt``; ``lhs - rhs`` is what a sum of squares uses.
    """
    known: list[Relation] = []
    for variable in context.variables:
        if isinstance(variable, Variable):
            known += _ends(variable.symbol, variable.set)
    for assumption in context.assumptions:
        if isinstance(assumption, Relation):
            match assumption.operator:
                case "ge" | "gt":
                    known.append(assumption)
                case "le":
                    known.append(Relation(assumption.rhs, "ge", assumption.lhs))
                case "lt":
                    known.append(Relation(assumption.rhs, "gt", assumption.lhs))
    return tuple(known)


def _ends(symbol: Symbol, values: Set) -> list[Relation]:
    found = []
    if isinstance(values, Interval):
        if values.inf.is_finite:
            found.append(Relation(symbol, "gt" if values.left_open else "ge", values.inf))
        if values.sup.is_finite:
            found.append(Relation(values.sup, "gt" if values.right_open else "ge", symbol))
    elif isinstance(values, Range) and values.step == 1:
        if values.start.is_finite:
            found.append(Relation(symbol, "ge", values.start))
        if values.stop.is_finite:
            found.append(Relation(values.stop - 1, "ge", symbol))
    elif values in (S.Naturals, S.Naturals0):
        found.append(Relation(symbol, "ge", values.inf))
    return found


def opened(goal: Condition, context: Context) -> tuple[Condition, Context]:
    """Return a goal without its leading quantifiers, their symbols moved into the context.

    A bound symbol that means something else outside, or promises more than its set does, is
    renamed first: what is known of the one must not be used of the other.
    """
    while isinstance(goal, Throughout):
        symbol = apart(goal.symbol, goal.set, context, free_symbols(goal), mentioned(goal))
        inner = goal.condition
        if symbol != goal.symbol:
            inner = renamed(inner, goal.symbol, symbol)
        context = context.including(symbol, goal.set)
        goal = inner
    return goal, context


def mentioned(condition: Condition) -> set[Basic]:
    """Return every symbol of ``condition``, free or bound."""
    match condition:
        case Relation():
            return set(condition.lhs.atoms(Symbol) | condition.rhs.atoms(Symbol))
        case Member():
            return set(condition.element.atoms(Symbol) | condition.set.atoms(Symbol))
        case AnyOf() | AllOf():
            return set().union(*map(mentioned, condition.conditions))
        case Defined():
            return set(condition.term.atoms(Symbol))
        case Throughout():
            inner = mentioned(condition.condition) | set(condition.set.atoms(Symbol))
            return inner | {condition.symbol}


def apart(
    symbol: Symbol,
    values: Set,
    context: Context,
    outside: Iterable[Basic] = (),
    avoid: Iterable[Basic] = (),
) -> Symbol:
    """Return ``symbol``, or another one of its kind that is free to range over ``values``.

    It is none of the symbols ``outside``; a new one has no name of those to ``avoid`` either.
    """
    taken = {*context.names, *outside}
    promised = kind_of(values)
    implied = Symbol("x", **promised).assumptions0
    if symbol not in taken and symbol.assumptions0.items() <= implied.items():
        return symbol
    names = {getattr(other, "name", "") for other in (*taken, *avoid, symbol)}
    number = next(n for n in count(1) if f"{symbol.name}_{n}" not in names)
    return Symbol(f"{symbol.name}_{number}", **promised)


def kind_of(values: Set) -> Mapping[str, bool]:
    """Return SymPy assumptions that every element of ``values`` certainly meets."""
    try:
        return symbol_assumptions(values)
    except LIBRARY_ERRORS:
        return {"integer": True} if isinstance(values, Range) else {}


def renamed(condition: Condition, old: Symbol, new: Symbol) -> Condition:
    """Return ``condition`` with ``new``, which occurs nowhere in it, for ``old`` throughout."""
    change = {old: new}
    match condition:
        case Relation():
            sides = condition.lhs.xreplace(change), condition.rhs.xreplace(change)
            return Relation(sides[0], condition.operator, sides[1])
        case Member():
            element, values = condition.element.xreplace(change), condition.set.xreplace(change)
            return Member(element, values, condition.negated)
        case AnyOf() | AllOf():
            return type(condition)(tuple(renamed(c, old, new) for c in condition.conditions))
        case Defined():
            return Defined(condition.term.xreplace(change))
        case Throughout():
            return Throughout(
                new if condition.symbol == old else condition.symbol,
                condition.set.xreplace(change),
                renamed(condition.condition, old, new),
            )
