"""Forms of a difference of formal sums whose sign interval arithmetic can see.  Untrusted.

Factored, collected by an atom, a member split off its sum, a square completed; or a positive
combination of assumed inequalities.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, cast

from sympy import (
    Add,
    Basic,
    Expr,
    Indexed,
    Interval,
    KroneckerDelta,
    Matrix,
    Mul,
    Pow,
    Range,
    Rational,
    S,
    Sum,
    cancel,
    exp,
)

from proofcheck import algebra, finiteness
from proofcheck.certificates import Certificate, Identity, Instead, Ranges, Squares, Term
from proofcheck.engines._elimination import Elimination, difference, factored
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, premises
from proofcheck.relations import Operator, Relation

MIRRORED: dict[Operator, Operator] = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le"}


def assumed_multiple(goal: Relation, context: Context) -> Certificate | None:
    """Return a certificate that ``lhs - rhs`` is a positive multiple of an assumed inequality."""
    wanted = difference(goal, context)
    for assumption in context.assumptions:
        if not isinstance(assumption, Relation) or assumption.operator in ("eq", "ne"):
            continue
        for expression, operator in (
            (assumption.lhs - assumption.rhs, assumption.operator),
            (assumption.rhs - assumption.lhs, MIRRORED[assumption.operator]),
        ):
            if operator != goal.operator:
                continue
            known = difference(Relation(expression, "eq", S.Zero), context)
            ring = algebra.Ring([wanted, known])
            one, two = ring.fraction(wanted), ring.fraction(known)
            upper, lower = two.numerator * one.denominator, two.denominator * one.numerator
            common = upper.gcd(lower)
            if not common:
                continue
            upper, lower = upper / common, lower / common
            scale = Mul(
                *factored(upper, ring.atoms),
                Pow(Mul(*factored(lower, ring.atoms), evaluate=False), -1, evaluate=False),
                evaluate=False,
            )
            if upper.total_degree() <= 0 and lower.total_degree() <= 0:
                scale = cancel(scale)
            if not finiteness.evident(Relation(scale, "gt", S.Zero), context):
                continue
            # The kernel takes an assumption as it stands, whatever side zero is on.
            return Instead(expression, Identity(), Ranges(), scale)
    return None


def factor(goal: Relation, context: Context) -> Certificate | None:
    """Return a certificate that ``lhs - rhs`` divides something that is assumed not to vanish."""
    if goal.operator != "ne":
        return None
    wanted = difference(goal, context)
    for assumption in context.assumptions:
        if not isinstance(assumption, Relation) or assumption.operator not in ("ne", "lt", "gt"):
            continue
        expression = assumption.lhs - assumption.rhs
        known = difference(Relation(expression, "eq", S.Zero), context)
        ring = algebra.Ring([wanted, known])
        one, two = ring.fraction(wanted), ring.fraction(known)
        whole, rest = divmod(two.numerator * one.denominator, one.numerator)
        if rest or not whole:
            continue
        lower = Mul(*factored(two.denominator, ring.atoms))
        multiplier = Mul(*factored(whole, ring.atoms)) / lower
        return Instead(expression, Identity(), Ranges(), multiplier)
    return None


def combination(goal: Relation, context: Context) -> Certificate | None:
    """Return a certificate that ``lhs - rhs`` is a positive combination of assumed inequalities.

    Equations and a rational constant may join in; the weights are rational numbers.
    """
    if goal.operator not in ("ge", "le"):
        return None
    sign = 1 if goal.operator == "ge" else -1
    known = [
        (i, p)
        for i, p in enumerate(premises(context))
        if isinstance(p.lhs, Expr) and not (p.lhs - p.rhs).is_number
    ]
    equations = [
        (i, a)
        for i, a in enumerate(context.assumptions)
        if isinstance(a, Relation) and a.operator == "eq" and isinstance(a.lhs, Expr)
    ]
    if not known:
        return None
    parts = [difference(p, context) for _, p in (*known, *equations)]
    wanted = difference(goal, context)
    ring = algebra.Ring([wanted, *parts])
    fractions = [ring.fraction(part) for part in (*parts, wanted)]
    common = fractions[-1].denominator
    for each in fractions[:-1]:
        common = common * (each.denominator / common.gcd(each.denominator))
    columns = [dict((f.numerator * (common / f.denominator)).to_dict()) for f in fractions]
    columns[-1] = {exponents: sign * c for exponents, c in columns[-1].items()}
    for size in range(1, min(len(known), 3) + 1):
        for chosen in combinations(range(len(known)), size):
            picked = [*chosen, *range(len(known), len(parts))]
            weights = solved([columns[i] for i in picked], columns[-1])
            if weights is None or any(weight <= 0 for weight in weights[:size]):
                continue
            terms = tuple(
                Term(weight, S.One, (known[i][0],))
                for i, weight in zip(chosen, weights, strict=False)
            )
            total = sum(
                (margin(known[i][1]) * weight for i, weight in zip(chosen, weights, strict=False)),
                S.Zero,
            )
            rest = Relation(sign * (goal.lhs - goal.rhs) - total, "eq", S.Zero)
            identity = Elimination(rest, context, Budget(time.monotonic() + 5)).certificate()
            if identity is not None:
                return Squares(terms, identity)
    return None


def scaled_combination(goal: Relation, context: Context) -> Certificate | None:
    """Return a certificate that a positive variable times ``lhs - rhs`` is such a combination."""
    for symbol, values in context.sets.items():
        if isinstance(values, Interval) and values.inf == 0 and values.left_open:
            scaled = symbol * (goal.lhs - goal.rhs)
            found = combination(Relation(scaled, goal.operator, S.Zero), context)
            if found is not None:
                return Instead(scaled, Identity(), found, symbol)
    return None


def margin(relation: Relation) -> Expr:
    """Return ``lhs - rhs``."""
    return cast(Expr, relation.lhs - relation.rhs)


def solved(columns: list[dict[Any, Any]], wanted: dict[Any, Any]) -> list[Rational] | None:
    """Return rational weights with which ``columns`` add up to ``wanted``, or None."""
    rows = sorted({e for column in (*columns, wanted) for e in column})
    matrix = Matrix(
        [[*(number(column.get(e)) for column in columns), number(wanted.get(e))] for e in rows]
    )
    reduced, pivots = matrix.rref()
    if len(columns) in pivots:
        return None
    weights = [S.Zero] * len(columns)
    for row, pivot in enumerate(pivots):
        weights[pivot] = reduced[row, len(columns)]
    return weights


def number(value: Any) -> Rational:
    """Return a flint number, or 0 for None, as a SymPy one."""
    return S.Zero if value is None else Rational(int(value.p), int(value.q))


def forms(equal: Relation, context: Context, budget: Budget) -> Iterator[Expr]:
    """Yield expressions that should equal ``lhs - rhs`` under the assumptions."""
    whole = split_exponentials(difference(equal, context))
    seen: set[Expr] = set()
    wholes = [whole]
    for assumption in context.assumptions:
        if isinstance(assumption, Relation) and assumption.operator == "eq":
            shift = difference(assumption, context)
            if shift.has(Sum):
                wholes += [Add(whole, -shift), Add(whole, shift)]
    parts = [part for one in wholes for part in (one, *apart(one, context))]
    for parted in dict.fromkeys(parts):
        problem = Elimination(Relation(parted, "eq", S.Zero), context, budget, parted)
        for state in problem.states(3):
            for form in problem.visible(state):
                if form not in seen:
                    seen.add(form)
                    yield form


def restated(goal: Relation, context: Context) -> Iterator[Expr]:
    """Yield ``lhs - rhs`` with a side replaced by what an assumed equation says of it."""
    for assumption in context.assumptions:
        if isinstance(assumption, Relation) and assumption.operator == "eq":
            if assumption.lhs == goal.lhs:
                yield Add(assumption.rhs, -goal.rhs, evaluate=goal.rhs == 0)
            if assumption.lhs == goal.rhs:
                yield Add(goal.lhs, -assumption.rhs, evaluate=goal.lhs == 0)


def squared(equal: Relation, context: Context, budget: Budget) -> Iterator[Expr]:
    """Yield ``a * sum_j (f_j - b delta(j, k) + b/n)**2 + rest``: a completed square of a family.

    The mean of a family that sums to zero is free, so the squares are centred.  A member l that
    the goal takes away is left out of the sum.
    """
    whole = difference(equal, context)
    indices = [s for s, values in context.sets.items() if isinstance(values, Range)]
    for one in sorted((s for s in whole.atoms(Sum) if len(s.limits) == 1), key=str):
        j, _, high = one.limits[0]
        member = one.function.base if isinstance(one.function, Pow) else None
        if not isinstance(member, Indexed) or one.function.exp != 2 or member.indices != (j,):
            continue
        expanded = whole.replace(lambda e: isinstance(e, Add | Mul), lambda e: e.func(*e.args))
        expanded = expanded.expand()
        a = expanded.coeff(one)
        for k in indices:
            linear = expanded.coeff(member.xreplace({j: k}), 1)
            if a == 0 or linear == 0 or linear.has(Sum, KroneckerDelta, Indexed):
                continue
            b = cancel(-linear / (2 * a))
            for left_out in (None, *(index for index in indices if index != k)):
                weight = S.One if left_out is None else 1 - KroneckerDelta(j, left_out)
                square = (member - b * KroneckerDelta(j, k) + cancel(b / high)) ** 2
                part = a * Sum(weight * square, one.limits[0])
                rest = Relation(equal.lhs - equal.rhs - part, "eq", S.Zero)
                problem = Elimination(rest, context, budget)
                for state in problem.states(1):
                    for form in problem.visible(state):
                        if not form.has(Sum):
                            yield Add(part, cancel(form), evaluate=False)


def apart(whole: Expr, context: Context) -> Iterator[Expr]:
    """Yield ``whole`` with members of a sum split off: ``S = f(a) + (S without f(a))``."""
    indices = [s for s, values in context.sets.items() if isinstance(values, Range)]
    sums = sorted((s for s in whole.atoms(Sum) if len(s.limits) == 1), key=str)
    for size in (1, 2):
        for chosen in combinations(indices, size):
            change: dict[Basic, Basic] = {}
            for one in sums:
                index, low, high = one.limits[0]
                if not all(context.sets[a] == Range(low, high + 1) for a in chosen):
                    continue
                weight = Mul(*(1 - KroneckerDelta(index, a) for a in chosen))
                members = [one.function.xreplace({index: a}) for a in chosen]
                change[one] = Add(
                    *members, Sum(weight * one.function, (index, low, high)), evaluate=False
                )
            if change:
                yield rebuilt(whole, change)


def rebuilt(expression: Expr, change: Mapping[Basic, Basic]) -> Expr:
    """Return ``expression`` with arithmetic parts replaced and nothing else rearranged."""
    if expression in change:
        return cast(Expr, change[expression])
    if isinstance(expression, Add | Mul):
        return expression.func(*(rebuilt(a, change) for a in expression.args), evaluate=False)
    if isinstance(expression, Pow) and expression.exp.is_Integer:
        return Pow(rebuilt(expression.base, change), expression.exp, evaluate=False)
    return expression


def split_exponentials(expression: Expr) -> Expr:
    """Return ``expression`` with ``exp`` of a sum as an unevaluated product."""
    change: dict[Basic, Basic] = {}
    for atom in expression.atoms(exp):
        parts = Add.make_args(atom.args[0].expand())
        if len(parts) > 1:
            change[atom] = Mul(*map(exp, parts), evaluate=False)
    return rebuilt(expression, change)
