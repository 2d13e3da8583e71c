"""Inequalities that follow from one about exponents, or about an argument.

``exp(u) < exp(v)`` follows from ``u - v < 0``: divided by ``exp(v)``, it says ``exp(t) < 1`` for
t < 0.  ``b**u - b**v`` is ``b**v*(b**(u - v) - 1)``.  Lambert's function is real and at least -1
where its argument is at least -1/e, and a root where it is not negative, which the argument's own
bounds may not show.  What contains
a variable in one exponential only is proved of all values that the exponential may take.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Interval, LambertW, Mul, Pow, S, exp, fraction, oo, together

from proofcheck.certificates import Certificate, Identity, Instead, Ranges, Rewrite
from proofcheck.engines._abstraction import generalised, of_an_exponential, side_of_zero
from proofcheck.engines._citing import Citing
from proofcheck.engines._closing import DEPTH, Closing, accepted, evident
from proofcheck.engines._hints import sides
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Condition, Member, Relation
from proofcheck.steps import UPWARDS


class Exponents:
    """Compares exponentials and powers by their exponents."""

    name = "exponents"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return a Generalise step for an exponent or an argument, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        search = _Search(budget)
        if isinstance(goal, Relation) and goal.operator in UPWARDS:
            found = search.powers(goal, context) or search.exponentials(goal, context)
            found = found or of_an_exponential(goal, context, search.close)
            return found or search.arguments(goal, context)
        if isinstance(goal, Member) and not goal.negated:
            return search.arguments(goal, context)
        return None


class _Search:
    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def close(self, goal: Condition, context: Context) -> Certificate | None:
        """Return a proof of an inequality, its denominators cleared first."""
        if accepted(goal, context, Ranges()):
            return Ranges()
        if not isinstance(goal, Relation):
            return None
        if (cited := Citing(self.budget.share(4)).prove(goal, context)) is not None:
            return cited
        closing = Closing(self.budget.share(2))
        upper, lower = fraction(together(goal.lhs - goal.rhs))
        if lower.free_symbols and evident(Relation(lower, "gt", S.Zero), context):
            found = closing.instead(goal, context, upper, lower, DEPTH)
            if found is not None:
                return found
        return closing.close(goal, context)

    def exponentials(self, goal: Relation, context: Context) -> Certificate | None:
        """Return a proof of ``exp(u) op exp(v)`` from ``u - v op 0``."""
        left, right = exponent(goal.lhs), exponent(goal.rhs)
        if left is None or right is None or left == right:
            return None
        gap = left - right
        if not isinstance(exp(gap), exp) or exp(gap).exp != gap:
            return None
        side = side_of_zero(gap, goal.operator, context, self.close)
        if side is None:
            return None
        expression = exp(gap) - 1
        new = Relation(expression, goal.operator, S.Zero)
        then = generalised(new, context, gap, side[0], self.close, side[1])
        scale = exp(-right)
        same = Rewriter(context, self.budget).identity(Mul(scale, goal.lhs - goal.rhs) - expression)
        return None if then is None or same is None else Instead(expression, same, then, scale)

    def powers(self, goal: Relation, context: Context) -> Certificate | None:
        """Return a proof of ``b**u op b**v`` from where ``b**(u - v)`` lies beside 1."""
        left, right = goal.lhs, goal.rhs
        if not isinstance(left, Pow) or not isinstance(right, Pow) or left.base != right.base:
            return None
        for first, second, sign in ((left, right, 1), (right, left, -1)):
            gap = (first.exp - second.exp).factor()
            expression = Mul(sign, second, Pow(first.base, gap) - 1)
            new = Relation(expression, goal.operator, S.Zero)
            if accepted(new, context, Ranges()):
                parts = (second.exp, S.One, gap, S.One)
                rewrite = Rewrite("power of a sum", (first.base, first.exp, *parts), (Identity(),))
                found = Instead(expression, Identity((rewrite,)), Ranges())
                if accepted(goal, context, found):
                    return found
        return None

    def arguments(self, goal: Condition, context: Context) -> Certificate | None:
        """Return a proof for any argument of a function in an interval where it is tame."""
        for term, intervals in tame(goal):
            for values in intervals:
                proofs = self.within(term, values, context)
                if proofs is None:
                    continue
                found = generalised(goal, context, term, values, self.close, proofs)
                if found is not None:
                    return found
        return None

    def within(
        self, term: Expr, values: Interval, context: Context
    ) -> tuple[Certificate, ...] | None:
        """Return proofs, as far as they are needed, that ``term`` lies in ``values``."""
        bounds = []
        if values.inf != -oo:
            bounds.append(Relation(term, "gt" if values.left_open else "ge", values.inf))
        if values.sup != oo:
            bounds.append(Relation(term, "lt" if values.right_open else "le", values.sup))
        proofs = []
        for bound in bounds:
            if evident(bound, context):
                continue
            proof = self.close(bound, context)
            if proof is None:
                return None
            proofs.append(proof)
        return tuple(proofs)


def tame(goal: Condition) -> Iterator[tuple[Expr, tuple[Interval, ...]]]:
    """Yield arguments, and intervals of them where a function is real, or has a sign besides."""
    for atom in sorted({a for side in sides(goal) for a in side.atoms(LambertW)}, key=str):
        (term, *order) = atom.args
        if not order and term.args:
            yield term, (Interval(-exp(-1), 0), Interval(-exp(-1), oo))
    if isinstance(goal, Member) and goal.set is S.Reals:
        for atom in sorted(goal.element.atoms(Pow), key=str):
            if atom.base.args and atom.exp.is_Rational and not atom.exp.is_Integer:
                yield atom.base, (Interval(0, oo), Interval.open(0, oo))


def exponent(side: Expr) -> Expr | None:
    """Return u where ``side`` is ``exp(u)``, a product of exponentials or 1."""
    total = S.Zero
    for factor in Mul.make_args(side):
        if factor == 1:
            continue
        if not isinstance(factor, exp) and factor is not S.Exp1:
            return None
        total += S.One if factor is S.Exp1 else factor.exp
    return total
