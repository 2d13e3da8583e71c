"""Certificates of the side conditions of a rule, by whatever is cheapest.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Integral

from proofcheck import finiteness
from proofcheck.certificates import Certificate, Convergent
from proofcheck.continuity import NotContinuous
from proofcheck.decay import Unbounded
from proofcheck.engines._angles import equal_angles
from proofcheck.engines._closing import Closing, accepted, evident
from proofcheck.engines._rewriting import Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, opened
from proofcheck.relations import Condition, Defined, Relation

PATIENCE = 3.0


class Unproved(Exception):
    """A condition for which no certificate was found."""


def proofs_of(
    conditions: Iterable[Condition], context: Context, budget: Budget
) -> tuple[Certificate, ...]:
    """Return certificates of those conditions that are not evident, in order.

    Raises:
        Unproved: there is none for one of them.
    """
    found = []
    for condition in conditions:
        if not evident(condition, context):
            found.append(proof_of(condition, context, budget))
    return tuple(found)


def proof_of(condition: Condition, context: Context, budget: Budget) -> Certificate:
    """Return a certificate of ``condition``.

    Raises:
        Unproved: none was found.
    """
    goal, inside = opened(condition, context)
    if budget.expired():
        raise Unproved(condition)
    found: Certificate | None = None
    match goal:
        case Defined(term=Integral()):
            return convergence(goal, inside, budget)
        case Relation(operator="eq"):
            found = identity(goal.lhs - goal.rhs, inside, budget)
        case Relation():
            found = Closing(budget.within(PATIENCE)).close(goal, inside)
    if found is None:
        raise Unproved(condition)
    return found


def identity(difference: Expr, context: Context, budget: Budget) -> Certificate | None:
    """Return a certificate that ``difference`` vanishes, by rewriting or by comparing angles."""
    known = presumed(Relation(difference, "eq", difference * 0), context)
    budget = budget.within(PATIENCE)
    found: Certificate | None = Rewriter(known, budget).identity(difference)
    found = found or equal_angles(Rewriter(known, budget), difference)
    if found is None or not accepted(Relation(difference, "eq", difference * 0), context, found):
        found = Rewriter(context, budget).identity(difference)
    return found


def convergence(goal: Defined, context: Context, budget: Budget) -> Convergent:
    """Return a certificate that an integral converges.

    Raises:
        Unproved: none was found.
    """
    for downwards in (False, True):
        try:
            conditions = finiteness.convergence(goal.term, downwards)
            return Convergent(proofs_of(conditions, context, budget), downwards)
        except (NotContinuous, Unbounded, Unproved):
            continue
    raise Unproved(goal)
