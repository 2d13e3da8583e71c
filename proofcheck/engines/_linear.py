"""Nonnegative solutions of linear equations, by the simplex method in rational numbers.  Untrusted.

G. Dantzig, Linear Programming and Extensions (1963); R. Bland, "New finite pivoting rules for the
simplex method", Mathematics of Operations Research 2 (1977).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from flint import fmpq

Key = TypeVar("Key")
Row = dict[int, fmpq]
VALUE = -1
"""The place of a row's right hand side."""
PATIENCE = 12
"""Steps without progress, after which the rule is used that does not run in circles."""


def combination(
    columns: Sequence[Mapping[Key, Fraction]],
    target: Mapping[Key, Fraction],
    expired: Callable[[], bool],
    wanted: Collection[int] = (),
) -> list[Fraction] | None:
    """Return nonnegative numbers by which the columns add up to ``target``; None if there are none.

    If some are ``wanted``, then one of these columns has a positive number.
    """
    keys: dict[Key, int] = {}
    for column in columns:
        for key in column:
            keys.setdefault(key, len(keys))
    if any(key not in keys for key in target):
        return None
    rows: list[Row] = [{VALUE: fmpq(0)} for _ in keys]
    for key, value in target.items():
        rows[keys[key]][VALUE] = fmpq(value.numerator, value.denominator)
    for number, column in enumerate(columns):
        for key, value in column.items():
            if value:
                rows[keys[key]][number] = fmpq(value.numerator, value.denominator)
    rows = [{k: -v for k, v in row.items()} if row[VALUE] < 0 else row for row in rows]
    table = _Table(rows, [None] * len(rows), expired)
    if not table.feasible():
        return None
    if wanted and not table.positive(frozenset(wanted)):
        return None
    found = [Fraction(0)] * len(columns)
    for row, place in zip(table.rows, table.basis, strict=True):
        if place is not None:
            found[place] = Fraction(int(row[VALUE].p), int(row[VALUE].q))
    return found


@dataclass
class _Table:
    """Equations solved for the unknowns of the basis; None stands for an unmet remainder."""

    rows: list[Row]
    basis: list[int | None]
    expired: Callable[[], bool]

    def feasible(self) -> bool:
        """Drive the remainders to zero."""
        cost: Row = {VALUE: fmpq(0)}
        for row in self.rows:
            for place, value in row.items():
                cost[place] = cost.get(place, fmpq(0)) + value
        if not self._improve(cost, lambda: cost[VALUE] == 0):
            return False
        for number, row in enumerate(self.rows):
            if self.basis[number] is None:
                entry = next((k for k, v in row.items() if k != VALUE and v != 0), None)
                if entry is not None and not self._pivot(number, entry, cost):
                    return False
        return True

    def positive(self, wanted: frozenset[int]) -> bool:
        """Make the sum of the wanted unknowns positive."""
        cost: Row = {place: fmpq(1) for place in wanted}
        cost[VALUE] = fmpq(0)
        for row, place in zip(self.rows, self.basis, strict=True):
            if place in wanted:
                _subtract(cost, row, fmpq(1))
        return self._improve(cost, lambda: cost[VALUE] < 0)

    def _improve(self, cost: Row, reached: Callable[[], bool]) -> bool:
        idle = 0
        while not reached():
            if self.expired():
                return False
            gains = [(value, place) for place, value in cost.items() if place != VALUE]
            gains = [gain for gain in gains if gain[0] > 0]
            if not gains:
                return False
            place = max(gains)[1] if idle < PATIENCE else min(gain[1] for gain in gains)
            leaving = self._leaving(place)
            if leaving is None:
                return False  # without bound: a cone has no such direction
            before = cost[VALUE]
            if not self._pivot(leaving, place, cost):
                return False
            idle = idle + 1 if cost[VALUE] == before else 0
        return True

    def _leaving(self, place: int) -> int | None:
        best: tuple[fmpq, int] | None = None
        chosen = None
        for number, row in enumerate(self.rows):
            slope = row.get(place)
            if slope is None or slope <= 0:
                continue
            owner = self.basis[number]
            rank = (row[VALUE] / slope, -1 if owner is None else owner)
            if best is None or rank < best:
                best, chosen = rank, number
        return chosen

    def _pivot(self, number: int, place: int, cost: Row) -> bool:
        """Solve an equation for another unknown; False when the time is up half way."""
        pivot = self.rows[number][place]
        line = {k: v / pivot for k, v in self.rows[number].items()}
        self.rows[number] = line
        for other, row in enumerate(self.rows):
            if other != number and place in row:
                if self.expired():
                    return False
                _subtract(row, line, row[place])
        if place in cost:
            _subtract(cost, line, cost[place])
        self.basis[number] = place
        return True


def _subtract(row: Row, line: Row, factor: fmpq) -> None:
    for place, value in line.items():
        new = row.get(place, fmpq(0)) - factor * value
        if new == 0 and place != VALUE:
            row.pop(place, None)
        else:
            row[place] = new
