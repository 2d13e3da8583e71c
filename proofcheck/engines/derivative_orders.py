"""Induction on the order of a derivative: each order's equation is the derivative of the last one.

The hypothesis holds on all of an open interval, so that it can be differentiated: a derivative of
symbolic order on one side, and on the other whatever calculus can differentiate, for instance an
integral with a parameter.
"""

from __future__ import annotations

from sympy import Derivative, Expr, Integral, Interval, Range, Symbol

from proofcheck import algebra, identities
from proofcheck.calculus import NotDifferentiable, derivative
from proofcheck.certificates import Certificate, Identity, Instance, Ranges, Slopes, Uniform
from proofcheck.engines._integration import Search
from proofcheck.engines._rewriting import Rewriter, expression_of, presumed
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation
from proofcheck.points import Unsubstitutable, instantiate
from proofcheck.relations import Relation, free_symbols


class InductionOnOrder:
    """Proves an equation for a derivative of every order."""

    name = "induction on the order"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a Uniform certificate, or None."""
        goal, context = obligation.goal, obligation.context
        if not isinstance(goal, Relation) or goal.operator != "eq":
            return None
        if not isinstance(goal.lhs, Expr):
            return None
        for atom in sorted((goal.lhs - goal.rhs).atoms(Derivative), key=str):
            if len(atom.variable_count) != 1:
                continue
            symbol, order = atom.variable_count[0]
            values, along = context.sets.get(order), context.sets.get(symbol)
            if isinstance(values, Range) and isinstance(along, Interval):
                found = induction(goal, context, order, symbol, budget)
                if found is not None:
                    return found
        return None


def induction(
    goal: Relation, context: Context, order: Symbol, symbol: Symbol, budget: Budget
) -> Certificate | None:
    """Return a proof by induction on ``order``, the hypothesis being about all of ``symbol``."""
    values = context.sets[order]
    free = Context(
        context.variables,
        tuple(a for a in context.assumptions if not {order, symbol} & free_symbols(a)),
    )
    try:
        first = [instantiate(side, {order: values.inf}) for side in (goal.lhs, goal.rhs)]
        following = [instantiate(side, {order: order + 1}) for side in (goal.lhs, goal.rhs)]
        slopes = [derivative(side, symbol)[0] for side in (goal.lhs, goal.rhs)]
    except (Unsubstitutable, NotDifferentiable):
        return None
    base = vanishing(first[0] - first[1], free.without(order), budget.share(2))
    if base is None:
        return None
    wanted, given = following[0] - following[1], slopes[0] - slopes[1]
    step = vanishing(wanted - given, free, budget)
    if step is None:
        return None
    last = len(free.assumptions)
    used = Identity(step.rewrites, ((last + 2, scale(wanted, given, step)),))
    differentiated = Slopes(last, Instance(last + 1, symbol, Ranges(), used))
    return Uniform(order, (symbol,), base, differentiated)


def vanishing(difference: Expr, context: Context, budget: Budget) -> Identity | None:
    """Return a certificate that ``difference`` is zero."""
    inside = presumed(Relation(difference, "eq", difference * 0), context)
    if difference.has(Integral):
        return Search(inside, budget).vanishing(difference)
    return Rewriter(inside, budget).identity(difference)


def scale(wanted: Expr, given: Expr, step: Identity) -> Expr:
    """Return the ratio of the denominators over which ``wanted`` and ``given`` are fractions."""
    equations = [identities.instance(r.rule, r.arguments) for r in step.rewrites]
    ring = algebra.Ring([wanted, given], equations)
    whole, part = ring.fraction(wanted).denominator, ring.fraction(given).denominator
    common = whole.gcd(part)
    return expression_of(whole / common, ring.atoms) / expression_of(part / common, ring.atoms)
