"""Exact admissible points of a context, nicest first, by construction rather than by rejection.

Untrusted.  Equations among the assumptions are solved for one of their variables, inequalities
narrow the set from which a variable is picked once the earlier ones have values, families get
their total by scaling; what remains is filtered by ``admissible``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count, islice
from typing import Any

from sympy import (
    Add,
    Basic,
    Expr,
    IndexedBase,
    Integer,
    Mul,
    Pow,
    Rational,
    Set,
    Sum,
    Symbol,
    expand,
    oo,
)  # fmt: skip

from proofcheck.domains import Family, Variable
from proofcheck.engines import _truth
from proofcheck.engines._bounds import bounds_of, cut, discrete
from proofcheck.engines._definitions import definitions, members
from proofcheck.engines._hints import elementary, suggested
from proofcheck.engines._rational import rational
from proofcheck.engines._solving import solutions
from proofcheck.engines._values import MOST, candidates, no_number, q, tuples
from proofcheck.engines.base import Point
from proofcheck.obligations import Context
from proofcheck.points import instantiate, instantiate_set
from proofcheck.relations import Relation

MOST_SUGGESTED = 40
LARGEST_COUNT = 400
"""The largest integer for which a variable is solved where sums may have as many terms."""

Value = Any
Pick = Callable[[int, Sequence[Value]], Value]


def value_at(expression: Any, point: Point) -> Expr | None:
    """Return ``expression`` at ``point`` as a number, or None."""
    try:
        value = _put(expression, point)
    except _truth.NO_VALUE:
        return None
    if isinstance(value, Rational):
        return value
    if not isinstance(value, Expr) or value.free_symbols or no_number(value):
        return None
    exact = _truth.exact(value, {}) if value.count_ops() < 60 else None
    return value if exact is None else exact


def _put(expression: Any, point: Point) -> Any:
    """Return ``expression`` at ``point``; its rational parts are computed, not substituted."""
    found = rational(expression, point)
    if found is not None:
        return found
    if isinstance(expression, Add | Mul | Pow):
        return expression.func(*(_put(part, point) for part in expression.args))
    return instantiate(expression, point)


class Options(Sequence[Value]):
    """Values worth trying, found when they are first looked at: a random draw needs none."""

    def __init__(self, find: Callable[[], list[Value]]) -> None:
        self.find = find
        self.found: list[Value] | None = None

    @property
    def values(self) -> list[Value]:
        """The values, nicest first."""
        if self.found is None:
            self.found = self.find()
        return self.found

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, index: Any) -> Any:
        return self.values[index]


class Generator:
    """The points of ``context``; ``hints`` are expressions whose constants may matter."""

    def __init__(self, context: Context, hints: Sequence[Basic] = ()) -> None:
        self.context = context
        self.totals = _totals(context)
        self.solved = _plan(context)
        easy = all(map(elementary, hints))
        self.largest = {True: oo if easy else q(24), False: oo if easy else q(200)}
        self.most = oo if easy else LARGEST_COUNT
        self.defined = definitions(context)
        taken = {symbol for symbol, _ in self.solved} | set(self.defined)
        self.free = [v for v in context.variables if _key(v) not in taken]
        self.bounds = bounds_of(context)
        picked = [v.symbol for v in self.free if isinstance(v, Variable)]
        self.extra = suggested(context, hints, picked)
        self.last_domains: dict[Symbol, Set | None] = {}
        self._options: dict[Any, Sequence[Value]] = {}
        self._domains: dict[Any, Set | None] = {}
        self._admitted: dict[Any, bool] = {}
        self.depends = {symbol: self._dependencies(symbol) for symbol in context.sets}

    def options(self, variable: Variable | Family, partial: Point) -> Sequence[Value]:
        """Return the values of ``variable`` worth trying once earlier ones are fixed."""
        key: Any
        if isinstance(variable, Family):
            size = value_at(variable.size, partial)
            if not isinstance(size, Integer) or not 0 <= size <= _truth.LARGEST_FAMILY:
                return []
            total = self.totals.get(variable.base)
            element = instantiate_set(variable.element, partial)
            amount = None if total is None else value_at(total, partial)
            key = (variable.base, size, element, amount)
            if key not in self._options:
                self._options[key] = list(tuples(int(size), element, amount))
            return self._options[key]
        key = (variable.symbol, *(partial.get(s) for s in self.depends[variable.symbol]))
        if key in self._options:
            self.last_domains[variable.symbol] = self._domains[key]
            return self._options[key]
        domain = self.narrowed(variable, partial)
        self.last_domains[variable.symbol] = self._domains[key] = domain
        here = dict(partial)
        self._options[key] = Options(lambda: self._found(variable, domain, here))
        return self._options[key]

    def _found(self, variable: Variable, domain: Set | None, partial: Point) -> list[Value]:
        if domain is None:
            return []
        known: dict[Expr, None] = {}
        for suggestion in self.extra.get(variable.symbol, ()):
            value = value_at(suggestion, partial)
            if value is not None:
                known[value] = None
            if len(known) == MOST_SUGGESTED:
                break
        return self._candidates(variable, domain, tuple(known))

    def _candidates(self, variable: Variable, domain: Set, known: tuple[Expr, ...]) -> list[Value]:
        dependent = bool(self.depends[variable.symbol])
        largest = self.largest[discrete(domain)]
        found = candidates(domain, known, 24 if dependent else MOST, largest)
        return found or candidates(domain, known, 4)

    def _dependencies(self, symbol: Symbol) -> tuple[Basic, ...]:
        """Return, in order, the variables that the options of ``symbol`` depend on."""
        expressions = [
            *(bound for _, bound, _ in self.bounds.get(symbol, ())),
            *self.extra.get(symbol, ()),
        ]
        free = set(self.context.sets[symbol].free_symbols)
        free |= {s for expression in expressions for s in expression.free_symbols}
        families = tuple(self.context.families)
        return tuple(s for s in self.context.sets if s in free) + families

    def narrowed(self, variable: Variable, partial: Point) -> Set | None:
        """Return the set of ``variable`` cut down by the bounds known at ``partial``."""
        domain = instantiate_set(variable.set, partial)
        lows: list[tuple[Expr, bool]] = []
        highs: list[tuple[Expr, bool]] = []
        for lower, bound, strict in self.bounds.get(variable.symbol, ()):
            value = value_at(bound, partial)
            if value is not None and value.is_real:
                (lows if lower else highs).append((value, strict))
        return cut(domain, lows, highs)

    def assemble(self, pick: Pick) -> Iterator[Point]:
        """Yield the points that ``pick`` leads to, one for each branch of the solved equations.

        ``pick`` gets the position of a variable and its options.  Points are not yet filtered.
        """
        partial: Point = {}
        for position, variable in enumerate(self.free):
            value = pick(position, self.options(variable, partial))
            if value is None:
                return
            partial[_key(variable)] = value
        for base, definition in self.defined.items():
            values = members(definition, partial, value_at)
            if values is None:
                return
            partial[base] = values
        yield from self.complete(partial)

    def complete(self, partial: Point) -> Iterator[Point]:
        """Yield ``partial`` with the solved variables filled in, all branches."""
        branches = [dict(partial)]
        for symbol, values in reversed(self.solved):
            grown: list[Point] = []
            for branch in branches:
                for expression in values:
                    value = value_at(expression, branch)
                    if value is not None and not (value.is_Integer and abs(value) > self.most):
                        grown.append({**branch, symbol: value})
            branches = grown[:4]
        order = [_key(variable) for variable in self.context.variables]
        for branch in branches:
            if all(key in branch for key in order):
                yield {key: branch[key] for key in order}

    def points(self, limit: int, attempts: int | None = None) -> Iterator[Point]:
        """Yield at most ``limit`` distinct admissible points, nice ones first."""
        seen: set[Any] = set()
        found = 0
        for indices in islice(index_tuples(len(self.free)), attempts or 6 * limit):
            for point in self.assemble(_by_index(indices)):
                key = tuple(point.values())
                if key in seen:
                    continue
                seen.add(key)
                if self.admits(point):
                    yield point
                    found += 1
                    if found >= limit:
                        return

    def admits(self, point: Point) -> bool:
        """Return whether ``point`` is certainly admissible; remembered, as all engines ask."""
        key = tuple(point.values())
        if key not in self._admitted:
            self._admitted[key] = _truth.admissible(point, self.context) is True
        return self._admitted[key]

    def zeros(self, expression: Expr, limit: int) -> Iterator[Point]:
        """Yield admissible points at which ``expression`` should vanish."""
        seen: set[Any] = set()
        symbols = [v.symbol for v in self.context.variables if isinstance(v, Variable)]
        for symbol in reversed([s for s in symbols if expression.has(s)]):
            values = solutions(expression, symbol)
            if not values:
                continue
            found = 0
            for base in self.bases(symbol, limit):
                for expression_value in values:
                    value = value_at(expression_value, base)
                    if value is None:
                        continue
                    partial = {_key(v): base[_key(v)] for v in self.free if _key(v) in base}
                    partial[symbol] = value
                    for point in self.complete(partial):
                        key = tuple(point.values())
                        if key in seen:
                            continue
                        seen.add(key)
                        if _truth.admissible(point, self.context):
                            yield point
                            found += 1
                if found >= limit:
                    break

    def bases(self, symbol: Symbol, limit: int) -> Iterator[Point]:
        """Yield choices of the free variables in which ``symbol`` is to be overwritten."""
        for indices in islice(index_tuples(len(self.free)), limit):
            yield from self.assemble(_by_index(indices))


@lru_cache(maxsize=16)
def generator_of(context: Context, hints: tuple[Basic, ...] = ()) -> Generator:
    """Return the generator of a context; the refuters look at the same one in turn."""
    return Generator(context, hints)


def _key(variable: Variable | Family) -> Symbol | IndexedBase:
    return variable.symbol if isinstance(variable, Variable) else variable.base


def _by_index(indices: tuple[int, ...]) -> Pick:
    def pick(position: int, options: Sequence[Value]) -> Value:
        index = indices[position]
        if not options or (len(indices) == 1 and index >= len(options)):
            return None
        return options[index % len(options)]

    return pick


def index_tuples(size: int) -> Iterator[tuple[int, ...]]:
    """Yield index tuples: by turns small ones in order, diagonal ones, scattered ones."""
    if size == 0:
        yield ()
        return
    if size == 1:
        for index in count():
            yield (index,)
    seen: set[tuple[int, ...]] = set()
    streams = (small_indices(size), _diagonal(size), _scattered(size))
    while True:
        for stream in streams:
            indices = next(stream)
            if indices not in seen:
                seen.add(indices)
                yield indices


def small_indices(size: int) -> Iterator[tuple[int, ...]]:
    """Yield all index tuples, those of a small sum first."""

    def parts(total: int, places: int) -> Iterator[tuple[int, ...]]:
        if places == 1:
            yield (total,)
            return
        for first in range(total + 1):
            for rest in parts(total - first, places - 1):
                yield (first, *rest)

    for total in count():
        yield from parts(total, size)


def _diagonal(size: int) -> Iterator[tuple[int, ...]]:
    for step in count():
        yield tuple(step + 2 * place + (1 if place else 0) for place in range(size))
        yield tuple((step + 3 * (size - place)) for place in range(size))


def _scattered(size: int) -> Iterator[tuple[int, ...]]:
    state = 20240229
    for step in count():
        indices = []
        for _ in range(size):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            indices.append((state >> 33) % (4 + step % 40))
        yield tuple(indices)


def _totals(context: Context) -> dict[IndexedBase, Expr]:
    found: dict[IndexedBase, Expr] = {}
    for fact in context.assumptions:
        if isinstance(fact, Relation) and fact.operator == "eq" and isinstance(fact.lhs, Sum):
            index, low, high = fact.lhs.limits[0]
            for base, family in context.families.items():
                if (fact.lhs.function, low, high) == (base[index], 1, family.size):
                    found[base] = fact.rhs
    return found


@lru_cache(maxsize=64)
def _plan(context: Context) -> list[tuple[Symbol, tuple[Expr, ...]]]:
    """Return (variable, its possible values) for the equations that could be solved, in order."""
    used_in_sets = {s for v in context.variables for s in _set_symbols(v)}
    scalars = [v for v in reversed(context.variables) if isinstance(v, Variable)]
    order = [v for v in scalars if v.symbol not in used_in_sets and not discrete(v.set)]
    order += [v for v in scalars if v not in order]
    plan: list[tuple[Symbol, tuple[Expr, ...]]] = []
    for fact in context.assumptions:
        if not isinstance(fact, Relation) or fact.operator != "eq":
            continue
        if getattr(fact.lhs, "is_Matrix", False):
            continue
        expression = fact.lhs - fact.rhs
        for symbol, values in plan:
            expression = expression.subs(symbol, values[0])
        terms = Add.make_args(expand(expression.as_numer_denom()[0]))
        linear = {v.symbol: _degree(terms, v.symbol) == 1 for v in order}
        for variable in sorted(order, key=lambda v: not linear[v.symbol]):
            taken = {symbol for symbol, _ in plan}
            if variable.symbol in taken or not expression.has(variable.symbol):
                continue
            if values := solutions(expression, variable.symbol):
                plan.append((variable.symbol, values))
                break
    return plan


def _degree(terms: Sequence[Expr], symbol: Symbol) -> int:
    """Return the degree in ``symbol`` of a sum of products, 99 if it is no polynomial."""
    highest = 0
    for term in terms:
        degree = 0
        for factor in Mul.make_args(term) if term.has(symbol) else ():
            base, exponent = factor.as_base_exp()
            if base == symbol and isinstance(exponent, Integer) and exponent > 0:
                degree += int(exponent)
            elif factor.has(symbol):
                return 99
        highest = max(highest, degree)
    return highest


def _set_symbols(variable: Variable | Family) -> set[Basic]:
    if isinstance(variable, Variable):
        return set(variable.set.free_symbols)
    return set(variable.element.free_symbols) | set(variable.size.free_symbols)
