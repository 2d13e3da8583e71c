"""Inequalities by the derivatives at an end of an interval, one after the other.  Untrusted.

``f >= 0`` on ``[a, b]`` if ``f(a) >= 0, f'(a) >= 0, ...``, and a higher derivative is visibly not
negative: what Taylor's formula with a remainder proves of exponential and trigonometric functions
against their Taylor polynomials.  Denominators are cleared.  The certificate is a ladder of
Monotone steps.
"""

from __future__ import annotations

from sympy import Interval, Mul, S, Symbol, expand, fraction, together

from proofcheck.certificates import (
    Balls,
    Certificate,
    Identity,
    Instead,
    Monotone,
    Ranges,
    Stronger,
)
from proofcheck.engines._boxes import ENDS, End
from proofcheck.engines._closing import accepted, evident
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines.base import Budget
from proofcheck.kernel import NO_ANSWER
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Condition, Relation
from proofcheck.steps import UPWARDS, Rejected
from proofcheck.steps import expand as expanded_step

MOST_DERIVATIVES = 8
LARGEST = 400


class EndDerivatives:
    """Climbs from an end of an interval as long as the derivatives there allow it."""

    name = "derivatives at an end"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return the ladder, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        if not isinstance(goal, Relation) or goal.operator not in UPWARDS:
            return None
        climb = _Climb(budget)
        return climb.climbed(goal, context) or climb.cleared(goal, context)


class _Climb:
    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def climbed(self, goal: Relation, context: Context) -> Certificate | None:
        """Return a ladder from an end of the interval of some variable."""
        for symbol in sorted((goal.lhs - goal.rhs).free_symbols, key=str):
            values = context.sets.get(symbol)
            if isinstance(values, Interval):
                for end in ENDS:
                    found = self.from_end(goal, context, symbol, end, MOST_DERIVATIVES)
                    if found is not None:
                        return found
        return None

    def cleared(self, goal: Relation, context: Context) -> Certificate | None:
        """Return a ladder for the numerator, where the denominator is evidently positive."""
        upper, lower = fraction(together(goal.lhs - goal.rhs))
        if not lower.free_symbols or not evident(Relation(lower, "gt", S.Zero), context):
            return None
        plain = expand(upper)
        if plain.count_ops() > LARGEST:
            return None
        same = Rewriter(context, self.budget.share(3)).identity(
            Mul(lower, goal.lhs - goal.rhs) - plain
        )
        if same is None:
            return None
        then = self.climbed(Relation(plain, goal.operator, S.Zero), context)
        found = None if then is None else Instead(plain, same, then, lower)
        return found if found is not None and accepted(goal, context, found) else None

    def from_end(
        self,
        goal: Condition,
        context: Context,
        symbol: Symbol,
        end: End,
        steps: int,
    ) -> Certificate | None:
        """Return a proof of ``goal`` by at most ``steps`` derivatives by ``symbol``."""
        if not isinstance(goal, Relation) or self.budget.expired():
            return None
        if (goal.lhs - goal.rhs).count_ops() > LARGEST:
            return None
        found = self.visible(goal, context)
        if found is not None or steps == 0:
            return found
        values = context.sets[symbol]
        is_open = values.left_open if end == "left" else values.right_open
        for tight in (True, False) if goal.operator in ("lt", "gt") and is_open else (False,):
            step = Monotone(symbol, end, Ranges(), Ranges(), tight)
            try:
                *sides, slope, start = expanded_step(goal, context, step)
            except (Rejected, *NO_ANSWER):
                return None
            if sides:
                return None
            at_end = self.there(*start[:2])
            if at_end is None:
                continue
            rest = self.from_end(*slope[:2], symbol, end, steps - 1)
            if rest is not None:
                return Monotone(symbol, end, at_end, rest, tight)
        return None

    def visible(self, goal: Relation, context: Context) -> Certificate | None:
        """Return a proof that interval arithmetic sees, as it is written or multiplied out."""
        if accepted(goal, context, Ranges()):
            return Ranges()
        plain = expand(goal.lhs - goal.rhs)
        if plain.count_ops() > LARGEST:
            return None
        if not accepted(Relation(plain, goal.operator, S.Zero), context, Ranges()):
            return None
        same = Rewriter(context, self.budget).identity(goal.lhs - goal.rhs - plain)
        return None if same is None else Instead(plain, same, Ranges())

    def there(self, goal: Condition, context: Context) -> Certificate | None:
        """Return a short proof of what is left at the end."""
        for attempt in (Ranges(), Stronger("eq", Identity()), Balls(128)):
            if accepted(goal, context, attempt):
                return attempt
        return None
