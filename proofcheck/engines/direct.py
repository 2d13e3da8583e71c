"""The certificates without witnesses, tried first: interval arithmetic, balls, plain algebra."""

from __future__ import annotations

from proofcheck import kernel
from proofcheck.certificates import Balls, Certificate, Identity, Ranges, Stronger
from proofcheck.engines.base import Budget
from proofcheck.obligations import Obligation
from proofcheck.relations import Relation
from proofcheck.steps import Rejected

ATTEMPTS: tuple[Certificate, ...] = (
    Ranges(),
    Stronger("eq", Identity()),
    Balls(64),
    Balls(256),
    Balls(1024),
)
LARGEST_CONSTANT = 30
EQUALITY: tuple[Certificate, ...] = (Identity(), Ranges())


class Direct:
    """Tries each of a few certificates that hold no data."""

    name = "direct"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the first of them that the kernel takes."""
        goal = obligation.goal
        equality = isinstance(goal, Relation) and goal.operator == "eq"
        for attempt in EQUALITY if equality else ATTEMPTS:
            if budget.expired():
                return None
            if _fits(attempt, obligation):
                try:
                    kernel.prove(obligation, attempt)
                except Rejected:
                    continue
                return attempt
        return None


def _fits(attempt: Certificate, obligation: Obligation) -> bool:
    goal = obligation.goal
    match attempt:
        case Ranges() if isinstance(goal, Relation) and goal.operator == "eq":
            return bool(goal.lhs.count_ops() + goal.rhs.count_ops() <= LARGEST_CONSTANT)
        case Stronger():
            return isinstance(goal, Relation) and goal.operator in ("le", "ge")
    return True
