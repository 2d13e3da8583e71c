"""The certificates without witnesses, tried first: interval arithmetic, balls, plain algebra."""

from __future__ import annotations

from proofcheck import kernel
from proofcheck.certificates import Balls, Certificate, Identity, Ranges, Stronger
from proofcheck.engines.base import Budget
from proofcheck.obligations import Obligation
from proofcheck.relations import Relation

ATTEMPTS: tuple[Certificate, ...] = (
    Ranges(),
    Identity(),
    Stronger("eq", Identity()),
    Balls(64),
    Balls(256),
    Balls(1024),
)


class Direct:
    """Tries each of a few certificates that hold no data."""

    name = "direct"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the first of them that the kernel takes."""
        for attempt in ATTEMPTS:
            if budget.expired():
                return None
            if _fits(attempt, obligation):
                try:
                    kernel.prove(obligation, attempt)
                except kernel.Rejected:
                    continue
                return attempt
        return None


def _fits(attempt: Certificate, obligation: Obligation) -> bool:
    goal = obligation.goal
    match attempt:
        case Identity():
            return isinstance(goal, Relation) and goal.operator == "eq"
        case Stronger():
            return isinstance(goal, Relation) and goal.operator in ("le", "ge")
        case Balls():
            return not (isinstance(goal, Relation) and goal.operator == "eq")
    return True
