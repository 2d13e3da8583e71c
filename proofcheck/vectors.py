r"""Vectors of R^d that are known through their inner products: what authors write them with.

A simplex equiangular tight frame is given by its Gram relation and by nothing else.  Any vector
``m`` of the space has the products ``x[j] = inner(m, w[j])`` with the frame, which sum to zero, and
coordinates r outside its span; then ``inner(m, t) = (K-1)/K sum_j x_j t_j + sum_i r_i s_i``.  In
axes that Gram and Schmidt would choose the first vector has one coordinate outside, the second
two, and so on: so no two vectors of a claim have as many (``outside``).  Where d is too small for
them they are zero.  These formulas are the orthogonal projection on the span of the frame, worked
out by hand: they are assumed here and audited with explicit vectors by a test.  Trusted.

An equation of vectors that is concluded stands for the equation of their products with an
arbitrary vector, the frame's ``direction``.  One that is assumed is ``vanishing(u - v)``: along a
single direction it would say next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import (
    Basic,
    Dummy,
    Expr,
    IndexedBase,
    KroneckerDelta,
    Reals,
    S,
    Sum,
    Symbol,
    sqrt,
    sympify,
)

from proofcheck.domains import Family, Introduction, Variable
from proofcheck.errors import ClaimError, IllTyped
from proofcheck.relations import Condition, Relation

SHAPE = "vector of R^d"
DIRECTION = 2
"""How many coordinates outside the span the arbitrary vector has: one vector may come before it."""

Limit = tuple[Symbol, Expr, Expr]


@dataclass(frozen=True)
class Prototype:
    """The member ``frame[index]`` of a frame."""

    index: Expr


@dataclass(frozen=True)
class Known:
    """A vector known through ``products[j]`` with the frame and ``orthogonal`` coordinates."""

    name: str
    products: IndexedBase
    orthogonal: tuple[Symbol, ...]


Generator = Prototype | Known


@dataclass(frozen=True)
class Summand:
    """``coefficient * generator``, summed over ``limits`` (innermost first)."""

    coefficient: Expr
    generator: Generator
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True)
class SimplexETF:
    """A simplex equiangular tight frame of ``size`` vectors of R^d, d >= size - 1.

    ``w[i]`` is its i-th vector.  It is defined by its Gram relation
    ``inner(w[i], w[j]) = K/(K-1) delta(i, j) - 1/(K-1)``.  ``arbitrary`` names the vector along
    which equations of vectors are compared; a claim that concludes one needs it.  ``w.along(v)``
    is for a citation: it is the same frame with the vector v for the arbitrary one.
    """

    size: Expr
    name: str = "w"
    arbitrary: str | Vector | None = None

    def introduce(self, name: str) -> Introduction:
        """Return the frame, with the coordinates of the arbitrary vector if there is one."""
        frame = SimplexETF(sympify(self.size), name, self.arbitrary)
        if self.arbitrary is None:
            return Introduction(frame)
        direction = frame.direction
        return Introduction(frame, *_coordinates(frame, direction), outside=DIRECTION)

    @property
    def plain(self) -> SimplexETF:
        """The frame without its direction."""
        return SimplexETF(self.size, self.name)

    def along(self, vector: Vector) -> SimplexETF:
        """Return the frame with ``vector`` in the place of the arbitrary one."""
        return SimplexETF(_common(self, vector.frame).size, self.name, vector)

    def __getitem__(self, index: Any) -> Vector:
        return Vector(self, (Summand(S.One, Prototype(sympify(index))),))

    @property
    def direction(self) -> Vector:
        """The vector with which the two sides of an equation of vectors are multiplied."""
        if self.arbitrary is None:
            raise ClaimError(
                "an equation of vectors is compared along an arbitrary vector: "
                'declare the frame as SimplexETF(K, arbitrary="t")'
            )
        if isinstance(self.arbitrary, Vector):
            return self.arbitrary
        name = self.arbitrary
        return vector_of(self, name, name, f"{name}_perp", DIRECTION)

    @property
    def free_symbols(self) -> set[Basic]:
        """The symbols of the size and of the direction."""
        direction = self.arbitrary if isinstance(self.arbitrary, Vector) else None
        return set(self.size.free_symbols) | (direction.free_symbols if direction else set())

    @property
    def zero(self) -> Vector:
        """The zero vector."""
        return Vector(self, ())

    def gram(self, left: Expr, right: Expr) -> Expr:
        """Return the inner product of two vectors of the frame (DEF1)."""
        size = self.size
        return size / (size - 1) * KroneckerDelta(left, right) - 1 / (size - 1)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class VectorOf:
    """The domain of the vectors of a frame's space.

    ``products`` names the family ``inner(m, w[j])`` and ``orthogonal`` the coordinates of ``m``
    outside the frame's span, of which there are ``outside``; by default they are called after
    ``m``.  An arbitrary vector has two; vectors of one claim have different numbers of them.
    """

    frame: SimplexETF
    products: str | None = None
    orthogonal: str | None = None
    outside: int = 1

    def introduce(self, name: str) -> Introduction:
        """Return the vector with its coordinates, the products summing to zero."""
        products, orthogonal = self.products or f"{name}w", self.orthogonal or f"{name}_perp"
        value = vector_of(self.frame, name, products, orthogonal, self.outside)
        return Introduction(value, *_coordinates(self.frame, value), outside=self.outside)


def vector_of(frame: SimplexETF, name: str, products: str, orthogonal: str, outside: int) -> Vector:
    """Return the vector ``name`` of the frame's space with its coordinates under these names."""
    names = [orthogonal, *(f"{orthogonal}_{i}" for i in range(2, outside + 1))]
    coordinates = tuple(Symbol(one, real=True) for one in names)
    known = Known(name, IndexedBase(products, real=True), coordinates)
    return Vector(frame, (Summand(S.One, known),))


def _coordinates(
    frame: SimplexETF, value: Vector
) -> tuple[tuple[Variable | Family, ...], tuple[Condition, ...]]:
    known = value.summands[0].generator
    if not isinstance(known, Known):
        raise ClaimError(f"{value} is not a vector with coordinates of its own")
    index = Symbol("j", integer=True)
    total = Sum(known.products[index], (index, 1, frame.size))
    return (
        (
            Family(known.products, frame.size, Reals),
            *(Variable(one, Reals) for one in known.orthogonal),
        ),
        (Relation(total, "eq", S.Zero),),
    )


@dataclass(frozen=True)
class Vector:
    """A linear combination of vectors of a frame and of known vectors, sums allowed."""

    frame: SimplexETF
    summands: tuple[Summand, ...]

    @property
    def shape(self) -> str:
        """The shape in words."""
        return SHAPE

    @property
    def free_symbols(self) -> set[Basic]:
        """The symbols of coefficients, indices, limits and coordinates, without bound ones."""
        found = set(self.frame.size.free_symbols)
        for summand in self.summands:
            own = _symbols(summand)
            if isinstance(summand.generator, Known):
                own |= {*summand.generator.products.free_symbols, *summand.generator.orthogonal}
            found |= own - {index for index, _, _ in summand.limits}
        return found

    @property
    def name(self) -> str:
        """The name of a vector that was introduced under one."""
        return str(self)

    def compared(self, other: Vector, operator: str) -> tuple[Expr, Expr]:
        """Return the numbers whose comparison stands for that of the two vectors.

        Equal vectors have equal products with an arbitrary vector; different ones a difference
        whose norm is not zero.
        """
        frame = _common(self.frame, other.frame)
        if operator == "ne":
            return inner(self - other, self - other), S.Zero
        direction = frame.direction
        return inner(self, direction), inner(other, direction)

    def __add__(self, other: object) -> Vector:
        if not isinstance(other, Vector):
            raise IllTyped(f"{SHAPE} + {_shape(other)}: {self} + {other} has no meaning")
        return Vector(_common(self.frame, other.frame), self.summands + other.summands)

    def __radd__(self, other: object) -> Vector:
        raise IllTyped(f"{_shape(other)} + {SHAPE}: {other} + {self} has no meaning")

    def __sub__(self, other: object) -> Vector:
        if not isinstance(other, Vector):
            raise IllTyped(f"{SHAPE} - {_shape(other)}: {self} - {other} has no meaning")
        return self + -other

    def __rsub__(self, other: object) -> Vector:
        raise IllTyped(f"{_shape(other)} - {SHAPE}: {other} - {self} has no meaning")

    def __neg__(self) -> Vector:
        return self.scaled(S.NegativeOne)

    def __mul__(self, other: object) -> Vector:
        if isinstance(other, Vector):
            raise IllTyped(
                f"{SHAPE} * {SHAPE}: {self} * {other} is a column times a column; "
                "the inner product is inner(u, v)"
            )
        return self.scaled(sympify(other, strict=True))

    def __rmul__(self, other: object) -> Vector:
        return self * other

    def scaled(self, scale: Expr) -> Vector:
        """Return the vector times a number."""
        apart = (_renamed(summand, set(scale.free_symbols), "'") for summand in self.summands)
        return Vector(
            self.frame,
            tuple(Summand(scale * s.coefficient, s.generator, s.limits) for s in apart),
        )

    def __truediv__(self, other: object) -> Vector:
        if isinstance(other, Vector):
            raise IllTyped(f"{SHAPE} / {SHAPE}: {self} / {other} has no meaning")
        return self.scaled(1 / sympify(other, strict=True))

    def __rtruediv__(self, other: object) -> Vector:
        raise IllTyped(f"{_shape(other)} / {SHAPE}: {other} / {self} has no meaning")

    def __str__(self) -> str:
        return " + ".join(map(self._written, self.summands)) or "0"

    def _written(self, summand: Summand) -> str:
        generator = summand.generator
        text = (
            f"{self.frame}[{generator.index}]"
            if isinstance(generator, Prototype)
            else generator.name
        )
        if summand.coefficient != 1:
            text = f"({summand.coefficient})*{text}"
        for index, low, high in summand.limits:
            text = f"Sum({text}, ({index}, {low}, {high}))"
        return text


def _common(one: SimplexETF, other: SimplexETF) -> SimplexETF:
    """Return the frame of two vectors, with the direction that one of them may bring."""
    if one.plain != other.plain or (None not in (one.arbitrary, other.arbitrary) and one != other):
        raise ClaimError(f"nothing is known of the frames {one} and {other} together")
    return other if one.arbitrary is None else one


def _shape(value: object) -> str:
    return SHAPE if isinstance(value, Vector) else "number"


def summed(term: Any, limit: tuple[Symbol, Any, Any]) -> Any:
    """Return the sum of ``term``, a vector or a number, over ``(index, least, greatest)``."""
    index, low, high = limit[0], sympify(limit[1]), sympify(limit[2])
    if not isinstance(term, Vector):
        return Sum(term, (index, low, high))
    return Vector(
        term.frame,
        tuple(
            Summand(s.coefficient, s.generator, (*s.limits, (index, low, high)))
            for s in term.summands
        ),
    )


def inner(left: object, right: object) -> Expr:
    """Return the inner product of two vectors, a number.

    Raises:
        IllTyped: an argument is a number.
    """
    if not isinstance(left, Vector) or not isinstance(right, Vector):
        raise IllTyped(f"inner({_shape(left)}, {_shape(right)}): {left} and {right} are no vectors")
    _common(left.frame, right.frame)
    total: Expr = S.Zero
    for one in left.summands:
        for two in right.summands:
            one, two = _apart(one, two)
            term = one.coefficient * two.coefficient * _product(left.frame, one, two)
            for limit in (*two.limits, *one.limits):
                term = Sum(term, limit)
            total += term
    return total


def _apart(left: Summand, right: Summand) -> tuple[Summand, Summand]:
    """Return the two with bound indices that do not meet what the other one mentions."""
    return _renamed(left, _symbols(right), "'"), _renamed(right, _symbols(left), "''")


def _symbols(summand: Summand) -> set[Basic]:
    found = set(summand.coefficient.free_symbols)
    if isinstance(summand.generator, Prototype):
        found |= summand.generator.index.free_symbols
    return found.union(*(part.free_symbols for limit in summand.limits for part in limit))


def _renamed(summand: Summand, taken: set[Basic], mark: str) -> Summand:
    """Return ``summand`` with the bound indices that are ``taken`` renamed."""
    avoided = taken | _symbols(summand) | {limit[0] for limit in summand.limits}
    change: dict[Basic, Basic] = {}
    limits: list[Limit] = []
    for index, low, high in reversed(summand.limits):  # the outer ones first
        inside = (low.xreplace(change), high.xreplace(change))
        if index in taken:
            change[index] = _fresh(index, avoided, mark)
            avoided.add(change[index])
        limits.append((change.get(index, index), *inside))
    generator = summand.generator
    if isinstance(generator, Prototype):
        generator = Prototype(generator.index.xreplace(change))
    return Summand(summand.coefficient.xreplace(change), generator, tuple(reversed(limits)))


def _fresh(index: Symbol, avoided: set[Basic], mark: str) -> Symbol:
    """Return an index like ``index`` that is not ``avoided``."""
    while index in avoided:
        index = Symbol(f"{index.name}{mark}", integer=True)
    return index


def _product(frame: SimplexETF, left: Summand, right: Summand) -> Expr:
    match left.generator, right.generator:
        case Prototype(index=i), Prototype(index=j):
            return frame.gram(i, j)
        case (Known(products=products), Prototype(index=i)) | (
            Prototype(index=i),
            Known(products=products),
        ):
            return products[i]
    one, two = left.generator, right.generator
    if not isinstance(one, Known) or not isinstance(two, Known):
        raise ClaimError(f"no inner product of {one} and {two} is known")
    index = Symbol("i", integer=True)
    if index in left.coefficient.free_symbols | right.coefficient.free_symbols:
        index = Dummy("i", integer=True)
    along = Sum(one.products[index] * two.products[index], (index, 1, frame.size))
    across = zip(one.orthogonal, two.orthogonal, strict=False)  # the further ones meet zeros
    return (frame.size - 1) / frame.size * along + sum((a * b for a, b in across), S.Zero)


def vanishing(vector: Vector) -> Relation:
    """Return that ``vector`` is zero, in a form that may be assumed: its norm is."""
    return Relation(inner(vector, vector), "eq", S.Zero)


def norm(vector: Vector) -> Expr:
    """Return the Euclidean norm."""
    return sqrt(inner(vector, vector))
