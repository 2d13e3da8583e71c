"""Relations that never collapse to a boolean, the assumptions they carry, and chains of them.

Trusted.  SymPy's ``Eq(x, x)`` is ``True`` and ``==`` compares trees; a claim returns one of these
instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from sympy import (
    Basic,
    Expr,
    Float,
    ImmutableDenseMatrix,
    MatrixBase,
    MatrixExpr,
    Set,
    Symbol,
    sympify,
)  # fmt: skip
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom, BooleanFunction

from proofcheck.errors import ClaimError, IllTyped, no_truth_value

Operator = Literal["eq", "ne", "lt", "le", "gt", "ge"]

SIGNS: dict[Operator, str] = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
OPPOSITES: dict[Operator, Operator] = {
    "eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "le": "gt", "gt": "le",
}  # fmt: skip


@lru_cache(maxsize=512, typed=True)
def written(expression: object) -> str:
    """Return the text of an expression; Python refuses to write numbers of many digits."""
    try:
        return str(expression)
    except ValueError:
        return "a number too long to be written"


@dataclass(frozen=True)
class Relation:
    """``lhs operator rhs`` under ``assumptions``; make one with :func:`Equal` and its kin.

    ``lhs`` and ``rhs`` are SymPy expressions of one shape (numbers, or matrices of one shape);
    ``cited`` is the citation that brought it in as an assumption; ``along``: the sides are products
    of vectors with an arbitrary one; ``partial``: it is meant where both sides are defined.

    >>> from sympy import Symbol
    >>> x = Symbol("x")
    >>> str(Less(x, x + 1).assuming(Greater(x, 0)))
    'x < x + 1  assuming x > 0'
    """

    lhs: Expr
    operator: Operator
    rhs: Expr
    assumptions: tuple[Condition, ...] = ()
    cited: object = field(default=None, compare=False, repr=False)
    along: bool = field(default=False, compare=False, repr=False)
    partial: bool = field(default=False, repr=False)

    def assuming(self, *assumptions: Condition | Chain) -> Relation:
        """Return the same conclusion under further assumptions."""
        return replace(self, assumptions=self.assumptions + flatten(assumptions))

    def where_defined(self) -> Relation:
        """Return the same, meant where all terms of both sides have a value (real if ordered).

        >>> str(Less(1, 2).where_defined())
        '1 < 2  where both sides are defined'
        """
        return replace(self, partial=True)

    @property
    def conclusion(self) -> Relation:
        """The relation without its assumptions."""
        return replace(self, assumptions=(), partial=False)

    def __bool__(self) -> bool:
        return no_truth_value(self)

    def __str__(self) -> str:
        text = f"{written(self.lhs)} {SIGNS[self.operator]} {written(self.rhs)}"
        text += "  assuming " + ", ".join(map(str, self.assumptions)) if self.assumptions else ""
        return text + ("  where both sides are defined" if self.partial else "")


@dataclass(frozen=True)
class Member:
    """``element`` lies in ``set`` (or, with ``negated``, does not)."""

    element: Expr
    set: Set
    negated: bool = False

    def __bool__(self) -> bool:
        return no_truth_value(self)

    def __str__(self) -> str:
        return f"{self.element} {'not in' if self.negated else 'in'} {self.set}"


@dataclass(frozen=True)
class AnyOf:
    """At least one of ``conditions`` holds."""

    conditions: tuple[Condition, ...]

    def __bool__(self) -> bool:
        return no_truth_value(self)

    def __str__(self) -> str:
        return "(" + " or ".join(map(str, self.conditions)) + ")"


@dataclass(frozen=True)
class AllOf:
    """Every one of ``conditions`` holds."""

    conditions: tuple[Condition, ...]

    def __bool__(self) -> bool:
        return no_truth_value(self)

    def __str__(self) -> str:
        return "(" + " and ".join(map(str, self.conditions)) + ")"


@dataclass(frozen=True)
class Defined:
    """``term`` has a finite value: an integral or series converges, a function has no pole."""

    term: Expr

    def __bool__(self) -> bool:
        return no_truth_value(self)

    def __str__(self) -> str:
        return f"{self.term} is defined"


@dataclass(frozen=True)
class Throughout:
    """``condition`` holds for every value of the bound ``symbol`` in ``set``."""

    symbol: Symbol
    set: Set
    condition: Condition
    cited: object = field(default=None, compare=False, repr=False)

    def __bool__(self) -> bool:
        return no_truth_value(self)

    def __str__(self) -> str:
        return f"{self.condition} for all {self.symbol} in {self.set}"


Condition = Relation | Member | AnyOf | AllOf | Defined | Throughout


@dataclass(frozen=True)
class Chain:
    """Relations of which each is an obligation of its own: see :func:`calc` and :func:`every`."""

    links: tuple[Relation, ...]

    def assuming(self, *assumptions: Condition | Chain) -> Chain:
        """Return the same chain, every link under further assumptions."""
        return Chain(tuple(link.assuming(*assumptions) for link in self.links))

    def where_defined(self) -> Chain:
        """Return the same chain, meant where all terms of all sides have a value."""
        return Chain(tuple(link.where_defined() for link in self.links))

    @property
    def partial(self) -> bool:
        """Whether every link is meant where all sides are defined."""
        return self.links[0].partial

    @property
    def assumptions(self) -> tuple[Condition, ...]:
        """What every link assumes."""
        return self.links[0].assumptions

    def __bool__(self) -> bool:
        return no_truth_value(self)

    def __iter__(self) -> Iterator[Relation]:
        return iter(self.links)

    def __str__(self) -> str:
        return "; ".join(map(str, self.links))


def negate(condition: Condition) -> Condition:
    """Return the condition that holds exactly where ``condition`` fails (all terms defined).

    For an order relation this is right on the reals only, where order relations have a meaning.
    """
    match condition:
        case Relation():
            return replace(condition.conclusion, operator=OPPOSITES[condition.operator], cited=None)
        case Member():
            return replace(condition, negated=not condition.negated)
        case AnyOf():
            return AllOf(tuple(map(negate, condition.conditions)))
        case AllOf():
            return AnyOf(tuple(map(negate, condition.conditions)))
        case Defined() | Throughout():
            raise ClaimError(f"'{condition}' has no negation that could be assumed")


def free_symbols(condition: Condition) -> set[Basic]:
    """Return the free symbols and family bases of ``condition``."""
    match condition:
        case Relation():
            return set(condition.lhs.free_symbols | condition.rhs.free_symbols)
        case Member():
            return set(condition.element.free_symbols | condition.set.free_symbols)
        case AnyOf() | AllOf():
            return set().union(*map(free_symbols, condition.conditions))
        case Defined():
            return set(condition.term.free_symbols)
        case Throughout():
            inner = free_symbols(condition.condition) | set(condition.set.free_symbols)
            return inner - {condition.symbol}


def flatten(assumptions: tuple[Condition | Chain, ...]) -> tuple[Condition, ...]:
    """Return the conjuncts of ``assumptions`` in order; an assumed relation's own come with it."""
    found: list[Condition] = []
    for assumption in assumptions:
        match assumption:
            case Chain():
                found += flatten(assumption.links)
            case AllOf():
                found += flatten(assumption.conditions)
            case Relation():
                if assumption.along and assumption.cited is None:
                    raise ClaimError(
                        f"{assumption.conclusion} is an equation of vectors along one direction "
                        "only: assume vanishing(u - v), or its product with a named vector"
                    )
                if assumption.partial:
                    raise ClaimError(f"assumed only where defined: '{assumption.conclusion}'")
                found += [*assumption.assumptions, assumption.conclusion]
            case Member() | AnyOf() | Defined() | Throughout():
                found.append(assumption)
            case _:
                raise ClaimError(
                    f"an assumption must be a relation such as Greater(x, 0), got {assumption!r}"
                    f" ({type(assumption).__name__})"
                )
    return tuple(dict.fromkeys(found))


def shape_of(value: object) -> str:
    """Return the shape of one side in words, as error messages show it."""
    if isinstance(value, Expr) and not isinstance(value, MatrixBase | MatrixExpr):
        return "a number"  # an Indexed has a shape attribute that raises
    shape = getattr(value, "shape", None)
    if shape in (None, ()):
        return "a number"
    if isinstance(shape, str):
        return shape
    return " x ".join(map(str, shape)) + " matrix"


def side(value: Any) -> Any:
    """Return ``value`` as a SymPy object fit for one side of a relation."""
    if isinstance(value, bool | BooleanAtom | BooleanFunction | Relational):
        raise ClaimError(
            f"one side of a relation is the truth value {value}: SymPy collapsed a comparison; "
            "write Equal(a, b) instead of Eq(a, b) or a == b"
        )
    if isinstance(value, float) or (isinstance(value, Basic) and value.has(Float)):
        raise ClaimError(
            f"{value} contains a float: claims are exact, write Rational(1, 10) instead of 0.1"
        )
    if isinstance(value, MatrixBase):
        return ImmutableDenseMatrix(value)
    if hasattr(value, "compared"):
        return value  # a formal vector, see vectors.py
    return sympify(value, strict=True)


def relate(lhs: Any, operator: Operator, rhs: Any) -> Relation:
    """Return ``lhs operator rhs``.

    Raises:
        IllTyped: the sides have different shapes, or an order relation compares matrices.
        ClaimError: a side is a truth value or contains a float.
    """
    left, right = side(lhs), side(rhs)
    if shape_of(left) != shape_of(right):
        raise IllTyped(
            f"{shape_of(left)} {SIGNS[operator]} {shape_of(right)}:"
            f" {left} and {right} cannot be compared"
        )
    if shape_of(left) != "a number" and operator not in ("eq", "ne"):
        raise IllTyped(f"{shape_of(left)} {SIGNS[operator]} {shape_of(right)}: not ordered")
    if hasattr(left, "compared"):
        lhs, rhs = left.compared(right, operator)
        return Relation(lhs, operator, rhs, along=operator == "eq")
    return Relation(left, operator, right)


def Equal(lhs: Any, rhs: Any) -> Relation:
    """Return the relation ``lhs = rhs``: both sides are the same number or matrix.

    Raises IllTyped for sides of different shapes, ClaimError for floats and truth values; so do
    the other relations.

    >>> from sympy import Symbol
    >>> x = Symbol("x")
    >>> str(Equal((x + 1)**2, x**2 + 2*x + 1))
    '(x + 1)**2 = x**2 + 2*x + 1'
    """
    return relate(lhs, "eq", rhs)


def NotEqual(lhs: Any, rhs: Any) -> Relation:
    """Return the relation ``lhs != rhs``: the sides differ.

    >>> str(NotEqual(1, 2))
    '1 != 2'
    """
    return relate(lhs, "ne", rhs)


def Less(lhs: Any, rhs: Any) -> Relation:
    """Return the relation ``lhs < rhs``: both sides are real and the left one is smaller.

    >>> from sympy import pi
    >>> str(Less(3, pi))
    '3 < pi'
    """
    return relate(lhs, "lt", rhs)


def LessEqual(lhs: Any, rhs: Any) -> Relation:
    """Return the relation ``lhs <= rhs``: both sides are real, the left one at most the right.

    >>> str(LessEqual(0, 0))
    '0 <= 0'
    """
    return relate(lhs, "le", rhs)


def Greater(lhs: Any, rhs: Any) -> Relation:
    """Return the relation ``lhs > rhs``: both sides are real and the left one is larger.

    >>> from sympy import pi
    >>> str(Greater(pi, 3))
    'pi > 3'
    """
    return relate(lhs, "gt", rhs)


def GreaterEqual(lhs: Any, rhs: Any) -> Relation:
    """Return the relation ``lhs >= rhs``: both sides are real, the left one at least the right.

    >>> from sympy import Symbol
    >>> x = Symbol("x", real=True)
    >>> str(GreaterEqual(x**2, 0))
    'x**2 >= 0'
    """
    return relate(lhs, "ge", rhs)


def calc(*sides: Any) -> Chain:
    """Return the printed chain ``a = b = c``: one obligation for each "=".

    >>> from sympy import Symbol
    >>> x = Symbol("x")
    >>> [str(link) for link in calc((x + 1)**2, x**2 + 2*x + 1, 1 + x*(x + 2))]
    ['(x + 1)**2 = x**2 + 2*x + 1', 'x**2 + 2*x + 1 = x*(x + 2) + 1']
    """
    if len(sides) < 2:
        raise ClaimError("calc(a, b, ...) needs at least two sides")
    return Chain(tuple(relate(a, "eq", b) for a, b in pairwise(sides)))


def every(*relations: Relation) -> Chain:
    """Return that all of ``relations`` hold, under what is then assumed of all of them.

    >>> [str(link) for link in every(Less(1, 2), Equal(1 + 1, 2))]
    ['1 < 2', '2 = 2']
    """
    if not relations or any(one.assumptions or one.partial for one in relations):
        raise ClaimError("every(a, b, ...) takes relations; call .assuming(...) on the result")
    return Chain(relations)
