"""Families that an assumption defines, and sums of exponentials that cancel.  Untrusted.

``p[j] = exp(x[j])/Z`` for all j of the family leaves no choice of p: its members are worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import lcm
from typing import Any

from sympy import (
    Dummy,
    Expr,
    Function,
    IndexedBase,
    Integer,
    Range,
    S,
    Symbol,
    exp,
    expand,
    fraction,
    together,
)

from proofcheck.obligations import Context
from proofcheck.relations import Relation, Throughout

LARGEST_EXPONENT = 60


def definitions(context: Context) -> dict[IndexedBase, tuple[Symbol, Expr, Expr]]:
    """Return the families that are defined: the index, the member at it, the size."""
    found: dict[IndexedBase, tuple[Symbol, Expr, Expr]] = {}
    for fact in context.assumptions:
        if not isinstance(fact, Throughout) or not isinstance(fact.condition, Relation):
            continue
        defined, value = fact.condition.lhs, fact.condition.rhs
        for base, family in context.families.items():
            everywhere = fact.set == Range(1, family.size + 1) and fact.condition.operator == "eq"
            if everywhere and defined == base[fact.symbol] and not value.has(base, *found):
                found[base] = (fact.symbol, value, family.size)
    return found


def members(
    definition: tuple[Symbol, Expr, Expr],
    point: Mapping[Any, Any],
    value_at: Callable[[Expr, Any], Expr | None],
) -> tuple[Expr, ...] | None:
    """Return the members of a defined family at ``point``, or None if one has no value."""
    symbol, member, size = definition
    number = value_at(size, point)
    if not isinstance(number, Integer):
        return None
    values = [value_at(member, {**point, symbol: Integer(j)}) for j in range(1, int(number) + 1)]
    known = tuple(value for value in values if value is not None)
    return known if len(known) == len(values) else None


def exponentials_cancel(value: Expr) -> bool:
    """Tell whether a rational function of exp at rational numbers is zero for any base at all."""
    powers = value.atoms(exp)
    exponents = [power.args[0] for power in powers]
    if not all(e.is_Rational for e in exponents) or value.atoms(Function) - powers:
        return False
    common = lcm(*(int(e.q) for e in exponents))
    if any(abs(e * common) > LARGEST_EXPONENT for e in (*exponents, S.One)):
        return False
    base = Dummy(positive=True)
    change = {power: base ** (power.args[0] * common) for power in powers}
    polynomial = fraction(together(value.xreplace({**change, S.Exp1: base**common})))[0]
    return bool(expand(polynomial) == 0)
