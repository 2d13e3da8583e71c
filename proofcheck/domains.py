"""Domains: the sets that variables range over, the symbols that they become, their facts.  Trusted.

A SymPy set is a domain.  A finite set becomes cases, any other a symbol with the assumptions
that hold on all of the set.  A function of earlier variables is a dependent domain:
``@forall(K=integers(2), k=lambda K: integers(1, K))``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

from sympy import (
    Basic,
    Complexes,
    Expr,
    FiniteSet,
    ImmutableDenseMatrix,
    IndexedBase,
    Interval,
    Range,
    S,
    Set,
    Sum,
    Symbol,
    oo,
    sympify,
)
from sympy.sets.fancysets import Integers, Naturals, Naturals0, Rationals, Reals

from proofcheck.errors import ClaimError
from proofcheck.relations import Condition, Relation


@dataclass(frozen=True)
class Variable:
    """A symbol and the set that it ranges over; the set may mention earlier symbols."""

    symbol: Symbol
    set: Set


@dataclass(frozen=True)
class Family:
    """Numbers ``base[1], ..., base[size]``, each of them in ``element``."""

    base: IndexedBase
    size: Expr
    element: Set


@dataclass(frozen=True)
class Introduction:
    """What a domain brings into a claim under a name.

    ``value`` is handed to the claim's body, ``variables`` are what it is made of, ``facts`` hold
    of every element beyond membership.  ``outside`` is a number that no two vectors of a claim may
    share (see ``vectors.py``); 0 is no vector.
    """

    value: Any
    variables: tuple[Variable | Family, ...] = ()
    facts: tuple[Condition, ...] = ()
    outside: int = 0


@runtime_checkable
class Domain(Protocol):
    """A domain richer than a SymPy set."""

    def introduce(self, name: str) -> Introduction:
        """Return what the body receives under ``name``."""
        ...


@dataclass(frozen=True)
class Instances:
    """Finitely many ``values`` that stand for a general set: never proved for all of it."""

    values: tuple[Expr, ...]
    general: str


def instances(values: Iterable[Any], general: str) -> Instances:
    """Return a finite sample of a general set: ``instances(range(2, 7), "all K >= 2")``.

    A claim over it is at most supported, and its verdict names what was left out.

    >>> instances(range(2, 5), "all K >= 2").values
    (2, 3, 4)
    """
    return Instances(tuple(sympify(value) for value in values), general)


def integers(least: Any = -oo, greatest: Any = oo) -> Set:
    """Return the integers from ``least`` to ``greatest``, both included if finite.

    >>> integers(1, 3), integers(2)
    (Range(1, 4, 1), Range(2, oo, 1))
    """
    low, high = sympify(least), sympify(greatest)
    return Range(low, high + 1)


@dataclass(frozen=True)
class Numbers:
    """A family of ``size`` numbers of one set, the body's ``p[1]`` to ``p[size]``.

    ``total`` is the sum of all of them, where that is fixed (1 for probabilities).

    >>> from sympy import Integer, Reals
    >>> Numbers(Integer(3), Reals).introduce("p").value[1]
    p[1]
    """

    size: Expr
    element: Set
    total: Expr | None = None
    least: int = 0

    def introduce(self, name: str) -> Introduction:
        """Return the family as an IndexedBase, with the fact about its sum."""
        base = IndexedBase(name, **symbol_assumptions(self.element))
        index = Symbol("j", integer=True)
        facts: tuple[Condition, ...] = ()
        if self.total is not None:
            facts = (Relation(Sum(base[index], (index, 1, self.size)), "eq", self.total),)
        return Introduction(base, (Family(base, self.size, self.element),), facts)


def probabilities(size: Any) -> Numbers:
    """Return the domain of ``size`` positive numbers that sum to 1 (the open simplex).

    A symbolic size must be at least 2: a single probability is 1, which the others never are.

    >>> from sympy import Symbol
    >>> str(probabilities(Symbol("K")).introduce("p").facts[0])
    'Sum(p[j], (j, 1, K)) = 1'
    """
    if size == 1:
        return Numbers(sympify(1), FiniteSet(1), sympify(1))
    return Numbers(sympify(size), Interval.open(0, 1), sympify(1), least=2)


@dataclass(frozen=True)
class Vectors:
    """Real column vectors of a concrete ``dimension``, given by their coordinates.

    >>> Vectors(2).introduce("x").value
    Matrix([
    [x_1],
    [x_2]])
    """

    dimension: int
    element: Set = S.Reals

    def introduce(self, name: str) -> Introduction:
        """Return a column of symbols ``name_1, name_2, ...``."""
        parts = [introduce(f"{name}_{i + 1}", self.element) for i in range(self.dimension)]
        return Introduction(
            ImmutableDenseMatrix([part.value for part in parts]),
            tuple(variable for part in parts for variable in part.variables),
        )


@lru_cache(maxsize=1024)
def symbol_assumptions(domain: Set) -> Mapping[str, bool]:
    """Return the SymPy assumptions that every element of ``domain`` meets."""
    if isinstance(domain, Range | Integers | Naturals | Naturals0):
        found = {"integer": True}
    elif isinstance(domain, Rationals):
        return {"rational": True}
    elif domain.is_subset(Reals()):
        found = {"real": True}
    else:
        return {"complex": True}
    low, high = domain.inf, domain.sup
    if low.is_nonnegative:
        excluded = low.is_positive or domain.contains(0) == False
        found["positive" if excluded else "nonnegative"] = True
    elif high.is_nonpositive:
        excluded = high.is_negative or domain.contains(0) == False
        found["negative" if excluded else "nonpositive"] = True
    return found


def introduce(name: str, domain: Set | Domain) -> Introduction:
    """Return what ``domain`` brings into a claim under ``name``.

    Raises:
        ClaimError: ``domain`` is neither a SymPy set nor a domain of ours.
    """
    if isinstance(domain, Set):
        symbol = Symbol(name, **symbol_assumptions(domain))
        return Introduction(symbol, (Variable(symbol, domain),))
    if isinstance(domain, Domain):
        return domain.introduce(name)
    raise ClaimError(
        f"the domain of {name} is {domain!r}: write a SymPy set, for instance {name}=Reals, "
        f"{name}=Interval.open(0, pi), {name}=FiniteSet(0, 1, 2)"
    )


def finite_values(domain: Any) -> tuple[Expr, ...] | None:
    """Return the values of a finite domain in order, or None for any other domain."""
    if isinstance(domain, Instances):
        return domain.values
    if isinstance(domain, FiniteSet):
        return tuple(domain.args)
    if isinstance(domain, Range) and domain.size.is_Integer and domain.size <= 64:
        return tuple(domain)
    return None


def resolve(name: str, domain: Any, arguments: Mapping[str, Any]) -> Any:
    """Return ``domain`` of the variable ``name``, a function of earlier variables called.

    Raises:
        ClaimError: it depends on a variable that is not declared before.
    """
    if isinstance(domain, Set | Domain | Instances) or not callable(domain):
        return domain
    wanted = list(inspect.signature(domain).parameters)
    if unknown := [other for other in wanted if other not in arguments]:
        raise ClaimError(
            f"the domain of {name} depends on {', '.join(unknown)}, which must be declared "
            f"before {name} in @forall"
        )
    return domain(**{other: arguments[other] for other in wanted})


Dependent = Callable[..., "Set | Domain | Instances"]
Domains = Set | Domain | Instances | Dependent
COMPLEX = Complexes


def ends_in(values: Basic) -> tuple[Expr, ...]:
    """Return the expressions by which a set is written."""
    found: list[Expr] = []
    for part in values.args:
        if isinstance(part, Set):
            found += ends_in(part)
        elif isinstance(part, Expr) and part not in (oo, -oo):
            found.append(part)
    return tuple(found)
