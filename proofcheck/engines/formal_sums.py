"""Relations between formal sums over symbolic index ranges, from assumed equations.  Untrusted.

The goal and the assumed equations are brought to normal form (``proofcheck.formal_sums``).  Then
assumed equations eliminate atoms from the goal's numerator by pseudo-division; the quotients are
the cofactors of the certificate, the leading coefficients its multiplier, which has to be known
not to vanish.  For an inequality the sides' difference is reduced in the same way, and brought to
forms (factored, collected, a member split off its sum) whose sign interval arithmetic can see.
What is left when nothing works is the residual, which often names what is missing.

Source: pseudo-division as in W. Wu's method; D. Cox, J. Little, D. O'Shea, "Ideals, Varieties,
and Algorithms", section 6.5.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, count

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Interval,
    KroneckerDelta,
    Mul,
    S,
    Sum,
    Symbol,
    cancel,
    exp,
    factor_terms,
    log,
)

from proofcheck import algebra, finiteness, formal_sums, identities
from proofcheck.calculus import NotDifferentiable
from proofcheck.certificates import (
    Certificate,
    Identity,
    Instead,
    Monotone,
    Ranges,
    Rewrite,
    Split,
    Stronger,
)
from proofcheck.engines._elimination import Elimination, difference, expression_of
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines._signs import (
    assumed_multiple,
    combination,
    factor,
    forms,
    restated,
    scaled_combination,
    squared,
)
from proofcheck.engines.base import Budget
from proofcheck.formal_terms import MARK
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Relation, negate
from proofcheck.steps import Rejected, expand


class FormalSums:
    """Eliminates atoms of an equality by the assumed equations, sums in normal form."""

    name = "formal sums"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return an Identity with cofactors, or an expression of visible sign instead; or None."""
        goal, context = opened(obligation.goal, obligation.context)
        if not isinstance(goal, Relation) or not isinstance(goal.lhs, Expr):
            return None
        try:
            if (goal.lhs - goal.rhs).has(Derivative):
                return self.differentiated(goal, context, budget)
            if goal.operator != "eq":
                found = self.convex(goal, context, budget)
                return self.signed(goal, context, budget) if found is None else found
            found = Elimination(goal, context, budget).certificate()
            return self.contradiction(goal, context, budget) if found is None else found
        except algebra.Intractable:
            return None

    def differentiated(
        self, goal: Relation, context: Context, budget: Budget
    ) -> Certificate | None:
        """Return a certificate for the goal with its derivatives worked out."""
        rewrites: list[Rewrite] = []
        change: dict[Basic, Basic] = {}
        for atom in sorted((goal.lhs - goal.rhs).atoms(Derivative), key=str):
            try:
                change[atom] = identities.instance("derivative", (atom,)).replacement
            except identities.Inapplicable:
                return None
            rewrites.append(Rewrite("derivative", (atom,)))
        worked_out = (goal.lhs - goal.rhs).xreplace(change)
        instead = Relation(worked_out, goal.operator, S.Zero)
        then = self.prove(Obligation("conclusion", instead, context), budget)
        return None if then is None else Instead(worked_out, Identity(tuple(rewrites)), then)

    def convex(self, goal: Relation, context: Context, budget: Budget) -> Certificate | None:
        """Return a certificate that log-sum-exp lies above its tangent at the left end.

        The second derivative is a variance: ``sum_ij e_i e_j (d_i - d_j)**2 / (2 Z**2)``.
        """
        difference_ = goal.lhs - goal.rhs
        for symbol, values in context.sets.items():
            if not isinstance(values, Interval) or not values.inf.is_finite:
                continue
            for atom in difference_.atoms(log):
                total = atom.args[0]
                if symbol not in atom.free_symbols or not isinstance(total, Sum):
                    continue
                if not isinstance(total.function, exp) or len(total.limits) != 1:
                    continue
                i, low, high = total.limits[0]
                j = Symbol(f"{i.name}'", integer=True)
                rate = total.function.args[0].diff(symbol)
                spread = (rate - rate.xreplace({i: j})) ** 2
                weights = Mul(
                    total.function, total.function.xreplace({i: j}), spread, evaluate=False
                )
                variance = Sum(weights, (i, low, high), (j, low, high)) / (2 * total**2)
                second = Instead(variance, Identity(), Ranges())
                found = self.ladder(symbol, second, context, budget)(goal, 2)
                if found is not None:
                    return found
        return None

    def ladder(
        self, symbol: Symbol, last: Certificate, context: Context, budget: Budget
    ) -> Callable[[Relation, int], Certificate | None]:
        """Return what climbs from the left end of ``symbol``, ``last`` for the last derivative."""

        def climb(goal: Relation, steps: int, inside: Context = context) -> Certificate | None:
            if steps == 0:
                return last
            draft = Monotone(symbol, "left", Ranges(), Ranges())
            try:
                subgoals = list(expand(goal, inside, draft))
            except (Rejected, NotDifferentiable):
                return None
            (slope, interior, _), (start, there, _) = subgoals[-2:]
            at_end = self.prove(Obligation("conclusion", start, there), budget)
            if at_end is None or not isinstance(slope, Relation):
                return None
            above = climb(slope, steps - 1, interior)
            return None if above is None else Monotone(symbol, "left", at_end, above)

        return climb

    def contradiction(self, goal: Relation, context: Context, budget: Budget) -> Certificate | None:
        """Return a certificate that an assumed equation fails where the sides differ.

        There the assumed difference A is a multiplier that does not vanish:
        ``A * (lhs - rhs) = (lhs - rhs) * A``.
        """
        wanted = difference(goal, context)
        for index, assumption in enumerate(context.assumptions):
            if not isinstance(assumption, Relation) or assumption.operator != "eq":
                continue
            vanishing = difference(assumption, context)
            if vanishing == 0:
                continue
            ring = algebra.Ring([wanted, vanishing])
            cofactor = expression_of(ring.fraction(wanted).numerator, ring.atoms)
            proofs: list[Certificate] = []
            unequal = context.narrowed(negate(goal))
            less = Relation(goal.lhs, "lt", goal.rhs)
            for branch in (unequal.narrowed(less), unequal.narrowed(negate(less))):
                nonzero = self.signed(Relation(vanishing, "ne", S.Zero), branch, budget)
                if nonzero is None:
                    break
                proofs.append(Identity((), ((index, cofactor),), vanishing, nonzero))
            else:
                last = Identity(cofactors=((len(context.assumptions), S.One),))
                return Split(goal.conclusion, last, Split(less, proofs[0], proofs[1]))
            if budget.expired():
                return None
        return None

    def signed(self, goal: Relation, context: Context, budget: Budget) -> Certificate | None:
        """Return a certificate that ``lhs - rhs`` equals an expression of visible sign."""
        equal = Relation(goal.lhs, "eq", goal.rhs)
        if goal.operator in ("le", "ge"):
            same_sides = Elimination(equal, context, budget).certificate()
            if same_sides is not None:
                return Stronger("eq", same_sides)
        found = (
            assumed_multiple(goal, context)
            or factor(goal, context)
            or combination(goal, context)
            or scaled_combination(goal, context)
        )
        if found is not None:
            return found
        for form in chain(
            restated(goal, context), squared(equal, context, budget), forms(equal, context, budget)
        ):
            if budget.expired():
                return None
            if not finiteness.evident(Relation(form, goal.operator, S.Zero), context):
                continue
            same = Relation(goal.lhs - goal.rhs, "eq", form)
            proof: Certificate | None = Elimination(same, context, budget).certificate()
            if proof is None:
                proof = Rewriter(context, budget).identity(goal.lhs - goal.rhs - form)
            if proof is not None:
                return Instead(form, proof, Ranges())
        return None


def residual(obligation: Obligation) -> str:
    """Return what is left of ``lhs - rhs`` in normal form, or an empty text if nothing is.

    It says what keeps an equality from being proved, for instance
    ``-K*KroneckerDelta(k, l)/(K - 1)``: the indices have to differ.
    """
    goal, context = opened(obligation.goal, obligation.context)
    if not isinstance(goal, Relation) or not (goal.lhs - goal.rhs).has(Sum, KroneckerDelta):
        return ""
    normal = difference(goal, context).xreplace(totals(context))
    groups: dict[Expr, Expr] = {}
    for term in Add.make_args(normal):
        factors = Mul.make_args(term)
        special = Mul(*(f for f in factors if f.has(Sum, KroneckerDelta)))
        groups[special] = groups.get(special, S.Zero) + Mul(
            *(f for f in factors if not f.has(Sum, KroneckerDelta))
        )
    parts = [factor_terms(cancel(coefficient)) * part for part, coefficient in groups.items()]
    left = Add(*parts)
    return "" if left == 0 else str(readable(left, context))


def readable(expression: Expr, context: Context) -> Expr:
    """Return ``expression`` with bound indices called i, j, l, ..., as far as they are free."""
    symbols = expression.atoms(Symbol)
    marked = {s for s in symbols if s.name.startswith(MARK)} - context.names
    taken = {getattr(name, "name", "") for name in (*context.names, *(symbols - marked))}
    names = (name for name in chain("ijl", (f"i_{n}" for n in count(1))) if name not in taken)
    ordered = sorted(marked, key=lambda symbol: symbol.name)
    return expression.xreplace({old: Symbol(next(names), integer=True) for old in ordered})


def totals(context: Context) -> dict[Expr, Expr]:
    """Return what the assumptions say of sums, in normal form: that probabilities make 1."""
    known: dict[Expr, Expr] = {}
    for fact in context.assumptions:
        if isinstance(fact, Relation) and fact.operator == "eq" and isinstance(fact.lhs, Sum):
            total = formal_sums.normal_form(fact.lhs, context)
            if isinstance(total, Sum):
                known[total] = fact.rhs
    return known
