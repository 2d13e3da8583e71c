"""Inequalities in several variables, one of them measured from where the others put it.

With ``x < y`` the gap ``t = y - x`` takes the place of y; where all depends on ratios, ``y/x``
does; and where the derivative by y vanishes at ``c(x)``, the distance ``y - c(x)`` or the ratio
``y/c(x)``: in a convex function the least value then lies at a constant, at an end of an interval
of t.  What is left is closed from there by the signs of derivatives.  The certificate is a
Substitute step, with Instead where the difference is tidied up, and Split at the constant.

Young's inequality ``x*y <= x*log(x) + exp(y - 1)`` and its like are settled so: G. H. Hardy, J. E.
Littlewood, G. Polya, "Inequalities" (1934), 4.1 to 4.4, by the minimum in one of the variables.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Abs, Expr, Mul, S, default_sort_key

from proofcheck import kernel
from proofcheck.certificates import (
    Certificate,
    Identity,
    Instead,
    Lemma,
    Ranges,
    Rewrite,
    Split,
    Substitute,
)  # fmt: skip
from proofcheck.engines._boxes import Hopeless
from proofcheck.engines._cases import SPLITTING, Cases
from proofcheck.engines._changes import Change, changes, common_factor, scaled, tidied
from proofcheck.engines._closing import Closing, accepted, evident
from proofcheck.engines._covering import Covering
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines._translation import rational
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, apart, kind_of, mentioned, opened
from proofcheck.relations import Condition, Relation, free_symbols, negate
from proofcheck.steps import UPWARDS, Rejected
from proofcheck.substitution import substituted

DEEPEST = 2
CASES = 3
SECONDS = 0.6


class ChangesOfVariable:
    """Searches for a variable in which an inequality in several is simpler."""

    name = "changes of variable"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a Substitute step with its parts proved, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        if not isinstance(goal, Relation) or goal.operator not in UPWARDS:
            return None
        if rational(goal.lhs - goal.rhs):
            return None  # there are better ways with polynomials
        return _Search(budget).prove(goal, context, DEEPEST)


class _Search:
    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def prove(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Return a proof by a change of variable, or None."""
        if depth == 0:
            return None
        for change in changes(goal, context):
            if self.budget.expired():
                return None
            found = self._through(goal, context, change, depth)
            if found is not None:
                return found
        return None

    def _through(
        self, goal: Relation, context: Context, change: Change, depth: int
    ) -> Certificate | None:
        """Return a proof by one change of variable."""
        first, inside = _remembered(context, change)
        used = set().union(mentioned(goal), *map(mentioned, inside.assumptions))
        new = apart(change.symbol(kind_of(change.values)), change.values, inside, used, used)
        forward = change.forward.xreplace({change.place: new})
        step = Substitute(change.old, new, change.values, forward, change.inverse, Ranges())
        try:
            needed, there, within = substituted(goal, inside, step)
            sides = [self._side(one, inside) for one in needed if not evident(one, inside)]
        except kernel.NO_ANSWER:
            return None
        if None in sides or not isinstance(there, Relation):
            return None
        then = self._there(there, within, new, change, depth)
        if then is None:
            return None
        proofs = tuple(side for side in sides if side is not None)
        found: Certificate = replace(step, proof=then, sides=proofs)
        for lemma in reversed(first):
            found = replace(lemma, proof=found)
        return found if accepted(goal, context, found) else None

    def _side(self, condition: Condition, context: Context) -> Certificate | None:
        """Return a proof of what a change of variable needs."""
        if isinstance(condition, Relation):
            if condition.operator == "eq":
                return Rewriter(context, self.budget.within(SECONDS)).identity(
                    condition.lhs - condition.rhs
                )
            return Closing(self.budget.within(SECONDS), boxes=20).close(condition, context, 2)
        return None

    def _there(
        self, goal: Relation, context: Context, new: Expr, change: Change, depth: int
    ) -> Certificate | None:
        """Return a proof in the new variable: tidied, and on both sides of the constant."""
        plain = goal.lhs - goal.rhs
        if change.scale is not None:
            found = self._factored(goal, context, new, change, depth)
            if found is not None:
                return found
        forms = scaled(plain, change) if change.scale else tidied(plain)
        for expression, multiplier in forms:
            other = Relation(expression, goal.operator, S.Zero)
            same = Rewriter(context, self.budget.within(SECONDS)).identity(
                Mul(multiplier, plain) - expression
            )
            if same is None:
                continue
            then = self._apart(other, context, new, change, depth)
            if then is None:
                continue
            found = Instead(expression, same, then, multiplier)
            if accepted(goal, context, found):
                return found
        return None

    def _factored(
        self, goal: Relation, context: Context, new: Expr, change: Change, depth: int
    ) -> Certificate | None:
        """Return a proof after the variable that drops out is taken out of every modulus."""
        plain = goal.lhs - goal.rhs
        rewrites, values = [], {}
        for term in sorted(plain.atoms(Abs), key=default_sort_key):
            (inner,) = term.args
            other = common_factor(inner)
            if not other.is_Mul or Abs(other) == term:
                continue
            same = Rewriter(context, self.budget.within(SECONDS)).identity(inner - other)
            if same is None:
                return None
            rewrites.append(Rewrite("equal arguments", (term, other), (same,)))
            rewrites.append(Rewrite("modulus of a product", (Abs(other, evaluate=False),)))
            values[term] = Abs(other)
        if not values:
            return None
        expression = plain.xreplace(values)
        then = self._there(Relation(expression, goal.operator, S.Zero), context, new, change, depth)
        if then is None:
            return None
        found = Instead(expression, Identity(tuple(rewrites)), then)
        return found if accepted(goal, context, found) else None

    def _apart(
        self, goal: Relation, context: Context, new: Expr, change: Change, depth: int
    ) -> Certificate | None:
        """Return a proof on both sides of where the derivative vanishes."""
        if change.middle is None:
            return self._close(goal, context, depth)
        below = Relation(new, "le", change.middle)
        first = self._close(goal, context.narrowed(below), depth)
        if first is None:
            return None
        rest = self._close(goal, context.narrowed(negate(below)), depth)
        return None if rest is None else Split(below, first, rest)

    def _close(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Return a proof by covers, by the analyst's steps, or by another change of variable."""
        if accepted(goal, context, Ranges()):
            return Ranges()
        try:
            if len(goal.lhs.free_symbols) == 1 and not goal.lhs.has(*SPLITTING):
                found = Covering(self.budget.share(3)).prove(goal, context)
                if found is not None:
                    return found
        except (Hopeless, Rejected):
            return None
        if goal.lhs.has(*SPLITTING) or goal.rhs.has(*SPLITTING):
            return Cases(self.budget).prove(goal, context, CASES)
        found = Closing(self.budget.share(2), boxes=40).close(goal, context)
        return found if found is not None else self.prove(goal, context, depth - 1)


def _remembered(context: Context, change: Change) -> tuple[list[Lemma], Context]:
    """Return the ends of the old variable's set as assumptions: the set itself is left behind."""
    lemmas = []
    for fact in change.facts:
        if fact in context.assumptions or free_symbols(fact) == set():
            continue
        lemmas.append(Lemma(fact, Ranges(), Ranges()))
        context = context.assuming(fact)
    return lemmas, context
