"""Feasibility of small semidefinite programs, in floats.  Untrusted: its answers get rounded.

Wanted are positive semidefinite blocks Q that meet linear equations.  Newton's method from the
inside for ``trace(Q) - log det(Q)`` with the equations as constraints; where there is no inside,
the equations are shifted by ``t*I`` and t goes to zero, so that what vanishes in the limit shows.

S. Boyd, L. Vandenberghe, "Convex Optimization" (2004), 10.3 and 11.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Matrix = list[list[float]]
Entry = tuple[int, int, int, float]
"""Block, row, column (row <= column), coefficient of that entry of Q in an equation."""

SHIFTS = (1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
STEPS = 30
RIDGE = 1e-13


@dataclass
class Program:
    """Blocks of ``sizes``; equation k says that the sum of coefficient * entry is ``wanted[k]``."""

    sizes: Sequence[int]
    rows: Sequence[Sequence[Entry]]
    wanted: Sequence[float]
    expired: Callable[[], bool]

    def solve(self) -> tuple[list[Matrix], float] | None:
        """Return blocks and the shift at which they solve the equations; 0 for a true solution."""
        start = [identity(size) for size in self.sizes]
        found = self._centred(start, 0.0)
        if found is not None:
            return found, 0.0
        best: tuple[list[Matrix], float] | None = None
        blocks = start
        for shift in SHIFTS:
            found = self._centred(blocks, shift)
            if found is None:
                break
            best, blocks = (found, shift), found
        return best if best is not None and best[1] <= 1e-4 else None

    def _values(self, blocks: Sequence[Matrix]) -> list[float]:
        return [sum(c * blocks[b][i][j] for b, i, j, c in row) for row in self.rows]

    def _centred(self, blocks: list[Matrix], shift: float) -> list[Matrix] | None:
        """Return the centre of what meets the equations at this shift, or None."""
        units = self._values([identity(size) for size in self.sizes])
        wanted = [b + shift * u for b, u in zip(self.wanted, units, strict=True)]
        slow = 0
        for _ in range(STEPS):
            if self.expired():
                return None
            values = self._values(blocks)
            residual = [w - v for w, v in zip(wanted, values, strict=True)]
            step = self._step(blocks, residual)
            if step is None:
                return None
            length = self._length(blocks, step)
            slow = slow + 1 if length < 0.1 else 0
            if length < 1e-6 or slow > 3:
                return None
            blocks = [
                [[a + length * d for a, d in zip(*pair, strict=True)]
                 for pair in zip(block, change, strict=True)]
                for block, change in zip(blocks, step, strict=True)
            ]  # fmt: skip
            size = max((abs(r) for r in residual), default=0.0) * (1 - length)
            change = max((abs(x) for m in step for row in m for x in row), default=0.0)
            if length == 1.0 and size <= 1e-9 and change < 1e-3 * (1 + shift):
                return blocks
            if length == 1.0 and size <= 1e-9 and change < 0.1 and shift > 0:
                return blocks
        return None

    def _step(self, blocks: list[Matrix], residual: list[float]) -> list[Matrix] | None:
        squares = [times(block, block) for block in blocks]
        pull = [
            [[s - a for s, a in zip(*rows, strict=True)] for rows in zip(*pair, strict=True)]
            for pair in zip(squares, blocks, strict=True)
        ]
        right = [r + v for r, v in zip(residual, self._values(pull), strict=True)]
        schur: Matrix = []
        for row in self.rows:
            image = self._image(blocks, [(row, 1.0)])
            schur.append(self._values(image))
        scale = max((schur[k][k] for k in range(len(schur))), default=1.0)
        for k in range(len(schur)):
            schur[k][k] += RIDGE * scale
        root = cholesky(schur)
        if root is None:
            return None
        weights = solve_cholesky(root, right)
        image = self._image(blocks, list(zip(self.rows, weights, strict=True)))
        return [
            [[x - p for x, p in zip(*rows, strict=True)] for rows in zip(*pair, strict=True)]
            for pair in zip(image, pull, strict=True)
        ]

    def _image(
        self, blocks: list[Matrix], combination: list[tuple[Sequence[Entry], float]]
    ) -> list[Matrix]:
        """Return ``Q * (combination of the equations' matrices) * Q``."""
        middle: list[dict[tuple[int, int], float]] = [{} for _ in blocks]
        for row, weight in combination:
            for b, i, j, c in row:
                part = middle[b]
                if i == j:
                    part[i, i] = part.get((i, i), 0.0) + c * weight
                else:
                    half = c * weight / 2
                    part[i, j] = part.get((i, j), 0.0) + half
                    part[j, i] = part.get((j, i), 0.0) + half
        found = []
        for block, part in zip(blocks, middle, strict=True):
            size = len(block)
            left: dict[int, list[float]] = {}
            for (i, j), value in part.items():
                line = left.setdefault(i, [0.0] * size)
                source = block[j]
                for k in range(size):
                    line[k] += value * source[k]
            total = [[0.0] * size for _ in range(size)]
            for i, line in left.items():
                for a in range(size):
                    factor = block[a][i]
                    if factor:
                        target = total[a]
                        for k in range(size):
                            target[k] += factor * line[k]
            found.append(total)
        return found

    def _length(self, blocks: list[Matrix], step: list[Matrix]) -> float:
        length = 1.0
        while length > 1e-7:
            if all(
                cholesky(
                    [[a + length * d for a, d in zip(*rows, strict=True)]
                     for rows in zip(*pair, strict=True)]
                )
                for pair in zip(blocks, step, strict=True)
                if pair[0]
            ):  # fmt: skip
                return length if length == 1.0 else 0.8 * length
            length *= 0.6
        return 0.0


def identity(size: int) -> Matrix:
    """Return the unit matrix."""
    return [[1.0 if i == j else 0.0 for j in range(size)] for i in range(size)]


def times(left: Matrix, right: Matrix) -> Matrix:
    """Return the product of two matrices, the right one symmetric."""
    return [[sum(a * b for a, b in zip(x, y, strict=True)) for y in right] for x in left]


def cholesky(matrix: Matrix) -> Matrix | None:
    """Return the lower triangular root of a positive definite matrix, None for any other."""
    root: Matrix = []
    for i, line in enumerate(matrix):
        new: list[float] = []
        for j in range(i):
            other = root[j]
            total = line[j] - sum(a * b for a, b in zip(new, other, strict=False))
            new.append(total / other[j])
        rest = line[i] - sum(a * a for a in new)
        if not rest > 0 or math.isinf(rest):
            return None
        new.append(math.sqrt(rest))
        root.append(new)
    return root


def solve_cholesky(root: Matrix, right: list[float]) -> list[float]:
    """Return x with ``root * root.T * x = right``."""
    middle: list[float] = []
    for i, line in enumerate(root):
        total = right[i] - sum(a * b for a, b in zip(line, middle, strict=False))
        middle.append(total / line[i])
    size = len(root)
    found = [0.0] * size
    for i in reversed(range(size)):
        total = middle[i] - sum(root[k][i] * found[k] for k in range(i + 1, size))
        found[i] = total / root[i][i]
    return found


def eigen(matrix: Matrix) -> list[tuple[float, list[float]]]:
    """Return eigenvalues with unit eigenvectors, smallest first, by Jacobi's rotations."""
    size = len(matrix)
    work = [list(row) for row in matrix]
    vectors = identity(size)
    for _ in range(40):
        off = sum(work[i][j] ** 2 for i in range(size) for j in range(i))
        if off <= 1e-24 * (1 + sum(work[i][i] ** 2 for i in range(size))):
            break
        for p in range(size):
            for q in range(p + 1, size):
                if work[p][q] == 0.0:
                    continue
                theta = (work[q][q] - work[p][p]) / (2 * work[p][q])
                t = math.copysign(1.0, theta) / (abs(theta) + math.hypot(theta, 1.0))
                c = 1 / math.hypot(t, 1.0)
                s = t * c
                for k in range(size):
                    a, b = work[k][p], work[k][q]
                    work[k][p], work[k][q] = c * a - s * b, s * a + c * b
                for k in range(size):
                    a, b = work[p][k], work[q][k]
                    work[p][k], work[q][k] = c * a - s * b, s * a + c * b
                for line in vectors:
                    a, b = line[p], line[q]
                    line[p], line[q] = c * a - s * b, s * a + c * b
    pairs = [(work[i][i], [line[i] for line in vectors]) for i in range(size)]
    return sorted(pairs, key=lambda pair: pair[0])
