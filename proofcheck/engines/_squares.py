"""Sums of squares: finds weights and squares for a polynomial over its atoms.  Untrusted.

Wanted is ``p = sum of weight * square**2 * product of premises``.  The squares of one product form
a positive semidefinite matrix over a list of monomials; equal coefficients are linear equations.
They are solved in floats (``_semidefinite``), rounded to rationals, projected back exactly, and
factored exactly (LDL^T).  Where only singular matrices solve them, the vectors that must vanish
are guessed from the numbers, and the monomials replaced by combinations that remain possible.

P. Parrilo, Semidefinite programming relaxations for semialgebraic problems (2003);
D. Monniaux, P. Corbineau, On the generation of Positivstellensatz witnesses (2011).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement

from flint import fmpq, fmpq_mat

from proofcheck.engines._semidefinite import Entry, Matrix, Program, eigen

Exponents = tuple[int, ...]
Polynomial = dict[Exponents, Fraction]
Reduce = Callable[[Polynomial], Polynomial]

DENOMINATORS = (1, 2, 6, 12, 60, 2**10, 2**20, 2**34)
LARGEST_BLOCK = 24
MOST_EQUATIONS = 160
FACES = 4


@dataclass(frozen=True)
class Block:
    """A nonnegative polynomial ``factor`` and the polynomials whose squares it may multiply."""

    factor: Polynomial
    basis: tuple[Polynomial, ...]


@dataclass(frozen=True)
class Square:
    """``weight * polynomial**2`` times the factor of the block with this number."""

    block: int
    weight: Fraction
    polynomial: Polynomial


def add(left: Polynomial, right: Polynomial, scale: Fraction = Fraction(1)) -> Polynomial:
    """Return ``left + scale * right``."""
    total = dict(left)
    for exponents, value in right.items():
        new = total.get(exponents, Fraction(0)) + scale * value
        if new:
            total[exponents] = new
        else:
            total.pop(exponents, None)
    return total


def multiply(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the product."""
    total: Polynomial = {}
    for a, x in left.items():
        for b, y in right.items():
            key = tuple(map(int.__add__, a, b))
            total[key] = total.get(key, Fraction(0)) + x * y
    return {key: value for key, value in total.items() if value}


def degree(polynomial: Polynomial) -> int:
    """Return the total degree; -1 for zero."""
    return max(map(sum, polynomial), default=-1)


def monomials(variables: int, most: int) -> Iterator[Exponents]:
    """Yield the exponents of all monomials of total degree at most ``most``."""
    for total in range(most + 1):
        for chosen in combinations_with_replacement(range(variables), total):
            exponents = [0] * variables
            for index in chosen:
                exponents[index] += 1
            yield tuple(exponents)


def decompose(
    target: Polynomial,
    blocks: Sequence[Block],
    reduce: Reduce,
    expired: Callable[[], bool],
    fits: Callable[[list[Square]], bool] = bool,
    faces: int = FACES,
) -> list[Square] | None:
    """Return squares whose sum, times their factors, is ``target``; None if none were found.

    ``fits`` says whether the squares are good enough; else a finer rounding is tried.
    """
    possible = _possible(target, blocks, reduce, expired)
    if possible is None:
        return None
    blocks = possible
    if not any(block.basis for block in blocks):
        return None
    equations = _Equations.of(target, blocks, reduce)
    if equations is None or len(equations.keys) > MOST_EQUATIONS:
        return None
    sizes = [len(block.basis) for block in blocks]
    if max(sizes) > LARGEST_BLOCK:
        return None
    largest = max(abs(value) for value in target.values())
    wanted = [float(value / largest) for value in equations.wanted]
    found = Program(sizes, equations.rows, wanted, expired).solve()
    if found is None:
        return None
    matrices, _ = found
    scaled = [[[x * float(largest) for x in row] for row in matrix] for matrix in matrices]
    for denominator in DENOMINATORS:
        if expired():
            return None
        exact = equations.rounded(scaled, denominator)
        if exact is None:
            continue
        squares = _factored(exact, blocks)
        if squares is not None and fits(squares):
            return squares
    if faces == 0:
        return None
    smaller = _face(matrices, blocks)
    return None if smaller is None else decompose(target, smaller, reduce, expired, fits, faces - 1)


def _possible(
    target: Polynomial, blocks: Sequence[Block], reduce: Reduce, expired: Callable[[], bool]
) -> list[Block] | None:
    """Drop monomials whose square alone would bring a term that nothing else has."""
    current = [list(block.basis) for block in blocks]
    while True:
        count: dict[Exponents, int] = {}
        products: list[dict[tuple[int, int], Polynomial]] = []
        for block, basis in zip(blocks, current, strict=True):
            if expired():
                return None
            table = {}
            for i, left in enumerate(basis):
                for j in range(i, len(basis)):
                    product = reduce(multiply(block.factor, multiply(left, basis[j])))
                    table[i, j] = product
                    for key in product:
                        count[key] = count.get(key, 0) + 1
            products.append(table)
        dropped = False
        for number, basis in enumerate(current):
            keep = []
            for i in range(len(basis)):
                own = products[number][i, i]
                alone = any(count[key] == 1 and key not in target for key in own)
                keep.append(not alone)
                dropped |= alone
            current[number] = [one for one, kept in zip(basis, keep, strict=True) if kept]
        if not dropped:
            return [
                Block(block.factor, tuple(basis))
                for block, basis in zip(blocks, current, strict=True)
            ]


@dataclass
class _Equations:
    keys: list[Exponents]
    rows: list[list[Entry]]
    exact: list[list[tuple[int, int, int, Fraction]]]
    wanted: list[Fraction]

    @classmethod
    def of(cls, target: Polynomial, blocks: Sequence[Block], reduce: Reduce) -> _Equations | None:
        """Return the equations between coefficients, None if some cannot be met."""
        table: dict[Exponents, list[tuple[int, int, int, Fraction]]] = {}
        for number, block in enumerate(blocks):
            for i, left in enumerate(block.basis):
                for j in range(i, len(block.basis)):
                    product = reduce(multiply(block.factor, multiply(left, block.basis[j])))
                    for key, value in product.items():
                        times = value if i == j else 2 * value
                        table.setdefault(key, []).append((number, i, j, times))
        if any(key not in table for key in target):
            return None
        keys = sorted(table)
        exact = [table[key] for key in keys]
        rows = [[(b, i, j, float(c)) for b, i, j, c in row] for row in exact]
        return cls(keys, rows, exact, [target.get(key, Fraction(0)) for key in keys])

    def rounded(
        self, matrices: Sequence[Matrix], denominator: int
    ) -> list[list[list[fmpq]]] | None:
        """Return the nearest solution of the equations to the rounded matrices."""
        entries: dict[tuple[int, int, int], int] = {}
        for row in self.exact:
            for b, i, j, _ in row:
                entries.setdefault((b, i, j), len(entries))
        start = [fmpq(round(matrices[b][i][j] * denominator), denominator) for b, i, j in entries]
        lines = [{entries[b, i, j]: _fmpq(c) for b, i, j, c in row} for row in self.exact]
        missing = [
            _fmpq(w) - sum((c * start[e] for e, c in line.items()), fmpq(0))
            for w, line in zip(self.wanted, lines, strict=True)
        ]
        if any(m != 0 for m in missing):
            size = len(lines)
            gram = [[fmpq(0)] * size for _ in range(size)]
            for k, line in enumerate(lines):
                for m in range(k + 1):
                    other = lines[m]
                    total = sum((c * other[e] for e, c in line.items() if e in other), fmpq(0))
                    gram[k][m] = gram[m][k] = total
            augmented = fmpq_mat([[*row, missing[k]] for k, row in enumerate(gram)])
            echelon, rank = augmented.rref()
            weights = [fmpq(0)] * size
            for r in range(rank):
                pivot = next(c for c in range(size + 1) if echelon[r, c] != 0)
                if pivot == size:
                    return None
                weights[pivot] = echelon[r, size]
            for k, line in enumerate(lines):
                if weights[k] != 0:
                    for e, c in line.items():
                        start[e] += weights[k] * c
        found = [[[fmpq(0)] * len(matrix) for _ in range(len(matrix))] for matrix in matrices]
        for (b, i, j), e in entries.items():
            found[b][i][j] = found[b][j][i] = start[e]
        return found


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _factored(matrices: Sequence[list[list[fmpq]]], blocks: Sequence[Block]) -> list[Square] | None:
    """Return the squares that the matrices stand for, None unless all are semidefinite."""
    found: list[Square] = []
    for number, (matrix, block) in enumerate(zip(matrices, blocks, strict=True)):
        work = [list(row) for row in matrix]
        size = len(work)
        for k in range(size):
            pivot = work[k][k]
            if pivot < 0:
                return None
            if pivot == 0:
                if any(work[k][j] != 0 for j in range(k, size)):
                    return None
                continue
            line = [work[k][j] / pivot for j in range(size)]
            polynomial: Polynomial = {}
            for j in range(k, size):
                if line[j] != 0:
                    polynomial = add(polynomial, block.basis[j], _fraction(line[j]))
            found.append(Square(number, _fraction(pivot), polynomial))
            for i in range(k + 1, size):
                if work[k][i] != 0:
                    factor = work[k][i]
                    for j in range(k + 1, size):
                        work[i][j] -= factor * line[j]
    return found


def _face(matrices: Sequence[Matrix], blocks: Sequence[Block]) -> list[Block] | None:
    """Return the blocks over combinations of monomials orthogonal to what seems to vanish."""
    smaller: list[Block] = []
    changed = False
    for matrix, block in zip(matrices, blocks, strict=True):
        pairs = eigen(matrix)
        tops = max((value for value, _ in pairs), default=1.0)
        null = [vector for value, vector in pairs if value < 2e-3 * max(tops, 1.0)]
        rational = _rational_rows(null)
        if rational is None:
            return None
        if not rational:
            smaller.append(block)
            continue
        changed = True
        kept = _complement(rational, len(block.basis))
        basis = []
        for row in kept:
            total: Polynomial = {}
            for value, one in zip(row, block.basis, strict=True):
                if value:
                    total = add(total, one, value)
            basis.append(total)
        smaller.append(Block(block.factor, tuple(basis)))
    return smaller if changed else None


def _rational_rows(vectors: Sequence[Sequence[float]]) -> list[list[Fraction]] | None:
    """Return a rational basis of what the vectors span, in reduced echelon form."""
    rows = [list(vector) for vector in vectors]
    size = len(rows[0]) if rows else 0
    rank = 0
    for column in range(size):
        best = max(range(rank, len(rows)), key=lambda r: abs(rows[r][column]), default=None)
        if best is None or abs(rows[best][column]) < 1e-2:
            continue
        rows[rank], rows[best] = rows[best], rows[rank]
        pivot = rows[rank][column]
        rows[rank] = [x / pivot for x in rows[rank]]
        for r, row in enumerate(rows):
            if r != rank and row[column]:
                factor = row[column]
                rows[r] = [x - factor * y for x, y in zip(row, rows[rank], strict=True)]
        rank += 1
        if rank == len(rows):
            break
    found = []
    for row in rows[:rank]:
        line = []
        for value in row:
            for most in (1, 2, 3, 4, 6, 12, 60, 360):
                near = Fraction(value).limit_denominator(most)
                if abs(float(near) - value) < 0.02 / most:
                    break
            line.append(near)
        found.append(line)
    return found


def _complement(rows: Sequence[Sequence[Fraction]], size: int) -> list[list[Fraction]]:
    """Return a basis of the vectors that are orthogonal to all ``rows``."""
    matrix = fmpq_mat([[_fmpq(value) for value in row] for row in rows])
    echelon, rank = matrix.rref()
    pivots = [next(c for c in range(size) if echelon[r, c] != 0) for r in range(rank)]
    found = []
    for free in range(size):
        if free in pivots:
            continue
        line = [Fraction(0)] * size
        line[free] = Fraction(1)
        for r, pivot in enumerate(pivots):
            line[pivot] = -_fraction(echelon[r, free])
        found.append(line)
    return found
