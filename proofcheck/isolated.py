"""Settle what is owed instead of the rules of a derivative, at points that are isolated.  Trusted.

An equation ``Derivative(F, x) = f`` that is meant where its sides are defined is shown where the
rules of differentiation hold, and by ``nearby`` at the other points.  Replaced are the rules only.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Derivative

from proofcheck.claims import Case
from proofcheck.engines.base import Budget, Engine
from proofcheck.nearby import NotIsolated, owed_instead
from proofcheck.obligations import Context, Obligation
from proofcheck.settling import Settled, Trace, settle


def are_rules(obligations: Sequence[Obligation]) -> bool:
    """Tell whether all that is owed are conditions under which a derivative is by the rules."""
    return all(o.kind == "defined" and isinstance(o.term, Derivative) for o in obligations)


def without_rules(
    case: Case,
    missing: Sequence[Obligation],
    budget: Budget,
    trace: Trace,
    engines: Sequence[Engine],
) -> list[Settled] | None:
    """Return what may stand in the place of ``missing``, all of it proved, or None.

    The conclusion has to be proved where ``missing`` and whatever else it needs holds.
    """
    if case.presumed is None or len(case.links) != 1 or not missing or not are_rules(missing):
        return None
    try:
        owed = owed_instead(case.links[0], Context(case.variables, case.known))
    except NotIsolated:
        return None
    found: list[Settled] = []
    for obligation in owed:
        found.append(settle(obligation, budget.share(4), trace, engines))
        if found[-1].theorem is None:
            return None
    return found
