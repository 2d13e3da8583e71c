"""Formal vectors at a point as explicit ones: exact coordinates for a counterexample.  Untrusted.

A point gives the inner products only.  Here stand vectors that have them, in axes that Gram and
Schmidt would choose; they are compared with the products before anyone sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Integer, S, sqrt

from proofcheck.points import Point, instantiate
from proofcheck.vectors import Known, SimplexETF, Vector, inner

LARGEST_FRAME = 6

Column = tuple[Expr, ...]


def explicit_vectors(values: Mapping[str, Any], point: Point) -> dict[str, Column]:
    """Return the coordinates of the frame and the vectors among ``values``, by name.

    Nothing is returned where there is no frame, a large one, or where they come out wrong.
    """
    frames = [value for value in values.values() if isinstance(value, SimplexETF)]
    if len(frames) != 1:
        return {}
    (frame,) = frames
    size = instantiate(frame.size, point)
    if not isinstance(size, Integer) or size > LARGEST_FRAME:
        return {}
    formal = {name: value for name, value in values.items() if isinstance(value, Vector)}
    if frame.arbitrary is not None:
        formal[str(frame.direction)] = frame.direction
    outside = {name: _outside(value, point) for name, value in formal.items()}
    extra = max((len(rest) for rest in outside.values()), default=0)
    frame_columns = [_padded(column, int(size) - 1 + extra) for column in simplex(int(size))]
    found = {f"{frame}_{i}": column for i, column in enumerate(frame_columns, start=1)}
    known: dict[str, Vector] = {f"{frame}_{i}": frame[i] for i in range(1, int(size) + 1)}
    for name, value in formal.items():
        products = point[_generator(value).products]
        along = [
            sum((x * column[c] for x, column in zip(products, frame_columns, strict=True)), S.Zero)
            * (size - 1) / size
            for c in range(int(size) - 1)
        ]  # fmt: skip
        column = tuple(part.expand() for part in (*along, *outside[name]))
        found[name] = _padded(column, int(size) - 1 + extra)
        known[name] = value
    return found if _right(found, known, point) else {}


def simplex(size: int) -> list[Column]:
    """Return a simplex equiangular tight frame of ``size`` vectors of R^(size - 1)."""
    found = []
    for i in range(1, size + 1):
        column = [S.Zero] * (size - 1)
        for c in range(1, min(i, size - 1) + 1):
            own = sqrt(Integer(size * (size - c)) / ((size - 1) * (size - c + 1)))
            column[c - 1] = own if c == i else -own / (size - c)
        found.append(tuple(column))
    return found


def _generator(vector: Vector) -> Known:
    (summand,) = vector.summands
    if not isinstance(summand.generator, Known):
        raise TypeError(f"{vector} has no coordinates of its own")
    return summand.generator


def _outside(vector: Vector, point: Point) -> Column:
    """Return the coordinates outside the span, without the last ones if these are 0."""
    found = [instantiate(one, point) for one in _generator(vector).orthogonal]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)


def _padded(column: Column, length: int) -> Column:
    return column + (S.Zero,) * (length - len(column))


def _right(found: Mapping[str, Column], known: Mapping[str, Vector], point: Point) -> bool:
    """Tell whether the explicit vectors have the inner products that the point says."""
    for one, left in known.items():
        for two, right in known.items():
            explicit = sum((a * b for a, b in zip(found[one], found[two], strict=True)), S.Zero)
            if (explicit - instantiate(inner(left, right), point)).expand() != 0:
                return False
    return True
