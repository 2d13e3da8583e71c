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

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations, islice, product
from typing import Any, cast

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Indexed,
    Integer,
    Interval,
    KroneckerDelta,
    Matrix,
    Mul,
    Pow,
    Range,
    Rational,
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
    Squares,
    Stronger,
)
from proofcheck.certificates import Term as SquareTerm
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened, premises
from proofcheck.relations import Operator, Relation, negate
from proofcheck.steps import Rejected, expand

DEEPEST = 6
MIRRORED: dict[Operator, Operator] = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le"}
LARGEST = 4000

Polynomial = Any


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

    def contradiction(
        self, goal: Relation, context: Context, budget: Budget
    ) -> Certificate | None:
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
            found = Elimination(equal, context, budget).certificate()
            if found is not None:
                return Stronger("eq", found)
        found = assumed_multiple(goal, context) or combination(goal, context)
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
        if isinstance(p.lhs, Expr) and not p.lhs.is_Symbol and not p.rhs.is_Symbol
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
    fractions = [ring.fraction(part) for part in (*parts, sign * wanted)]
    common = fractions[-1].denominator
    for each in fractions[:-1]:
        common = common * (each.denominator / common.gcd(each.denominator))
    columns = [
        {e: c for e, c in (f.numerator * (common / f.denominator)).to_dict().items()}
        for f in fractions
    ]
    for size in range(1, min(len(known), 3) + 1):
        for chosen in combinations(range(len(known)), size):
            picked = [*chosen, *range(len(known), len(parts))]
            weights = solved([columns[i] for i in picked], columns[-1])
            if weights is None or any(weight <= 0 for weight in weights[:size]):
                continue
            terms = tuple(
                SquareTerm(weight, S.One, (known[i][0],))
                for i, weight in zip(chosen, weights, strict=False)
            )
            total = sum(
                (margin(known[i][1]) * weight
                 for i, weight in zip(chosen, weights, strict=False)), S.Zero
            )
            rest = Relation(sign * (goal.lhs - goal.rhs) - total, "eq", S.Zero)
            identity = Elimination(
                rest, context, Budget(time.monotonic() + 5)
            ).certificate()
            if identity is not None:
                return Squares(terms, identity)
    return None


def margin(relation: Relation) -> Expr:
    """Return ``lhs - rhs``."""
    return cast(Expr, relation.lhs - relation.rhs)


def solved(columns: list[dict[Any, Any]], wanted: dict[Any, Any]) -> list[Rational] | None:
    """Return rational weights with which ``columns`` add up to ``wanted``, or None."""
    rows = sorted({e for column in (*columns, wanted) for e in column})
    matrix = Matrix(
        [
            [*(number(column.get(e)) for column in columns), number(wanted.get(e))]
            for e in rows
        ]
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
        j, low, high = one.limits[0]
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


@dataclass(frozen=True)
class State:
    """``multiplier * goal = remainder + sum of cofactors[i] * assumed numerator i``."""

    multiplier: tuple[Polynomial, ...]
    remainder: Polynomial
    cofactors: dict[int, Polynomial] = field(default_factory=dict)


class Elimination:
    """The numerators of the goal and of the assumed equations, in one ring."""

    def __init__(
        self, goal: Relation, context: Context, budget: Budget, wanted: Expr | None = None
    ) -> None:
        self.context, self.budget = context, budget
        self.indices = [
            i
            for i, a in enumerate(context.assumptions)
            if isinstance(a, Relation) and a.operator == "eq" and isinstance(a.lhs, Expr)
        ]
        differences = [difference(context.assumptions[i], context) for i in self.indices]
        if wanted is None:
            wanted = difference(goal, context)
        self.ring = algebra.Ring([wanted, *differences])
        fraction = self.ring.fraction(wanted)
        self.goal, self.denominator = fraction.numerator, fraction.denominator
        self.assumed = {
            i: self.ring.fraction(d).numerator
            for i, d in zip(self.indices, differences, strict=True)
        }
        self.one = self.ring.fraction(S.One).numerator
        self.known: dict[str, bool] = {}

    def certificate(self) -> Identity | None:
        """Return the certificate if the goal can be eliminated."""
        seen: set[str] = set()
        layer = [State((), self.goal)]
        for _ in range(DEEPEST):
            following: list[State] = []
            for state in layer:
                if not state.remainder:
                    return self.written(state)
                for grown in self.steps(state):
                    if not grown.remainder:
                        return self.written(grown)
                    key = str(grown.remainder)
                    if key not in seen and len(grown.remainder) < LARGEST:
                        seen.add(key)
                        following.append(grown)
                if self.budget.expired():
                    return None
            layer = sorted(following, key=lambda state: len(state.remainder))[:24]
        return None

    def states(self, depth: int) -> Iterator[State]:
        """Yield what elimination makes of the goal, step by step, shortest first."""
        layer, seen = [State((), self.goal)], {str(self.goal)}
        for _ in range(depth):
            yield from layer
            following = []
            for state in layer:
                for grown in self.steps(state):
                    if (key := str(grown.remainder)) not in seen:
                        seen.add(key)
                        following.append(grown)
            layer = sorted(following, key=lambda state: len(state.remainder))[:6]
        yield from layer

    def visible(self, state: State) -> Iterator[Expr]:
        """Yield forms of ``remainder / (multiplier * denominator)``."""
        atoms = self.ring.atoms
        below = [self.denominator, *state.multiplier]
        lower = unevaluated(Mul, [part for each in below for part in factored(each, atoms)])
        if not state.remainder:
            yield S.Zero
            return
        content, factors = state.remainder.factor()
        fixed = [Rational(int(content.p), int(content.q))]
        choices = [[Pow(f, n, evaluate=False) if n > 1 else f for f in collected(part, atoms)]
                   for part, n in factors]
        for chosen in islice(product(*choices), 60):
            upper = unevaluated(Mul, [*fixed, *chosen])
            yield upper if lower == 1 else Mul(upper, Pow(lower, -1, evaluate=False), evaluate=False)

    def steps(self, state: State) -> Iterator[State]:
        """Yield what one assumed equation, used to eliminate one atom, makes of ``state``."""
        if not state.remainder:
            return
        for index, equation in self.assumed.items():
            whole, rest = divmod(equation, state.remainder)
            if not rest and whole and all(self.nonzero(f) for f, _ in whole.factor()[1]):
                scaled = {i: c * whole for i, c in state.cofactors.items()}
                scaled[index] = scaled.get(index, self.one - self.one) + self.one
                yield State((*state.multiplier, whole), self.one - self.one, scaled)
        here = state.remainder.degrees()
        for index, equation in self.assumed.items():
            there = equation.degrees()
            for atom, degree in enumerate(there):
                if self.budget.expired():
                    return
                if 0 < degree <= here[atom]:
                    lead, factors = self.leading(equation, atom, degree)
                    if factors is not None:
                        yield self.divided(state, index, equation, atom, lead)

    def leading(
        self, equation: Polynomial, atom: int, degree: int
    ) -> tuple[Polynomial, list[Polynomial] | None]:
        """Return the leading coefficient, and its factors if none of them vanishes anywhere."""
        lead = self.coefficient(equation, atom, degree)
        _, factors = lead.factor()
        parts = [part for part, _ in factors]
        return lead, parts if all(map(self.nonzero, parts)) else None

    def nonzero(self, polynomial: Polynomial) -> bool:
        key = str(polynomial)
        if key not in self.known:
            goal = Relation(expression_of(polynomial, self.ring.atoms), "ne", S.Zero)
            self.known[key] = bool(finiteness.evident(goal, self.context))
        return self.known[key]

    def coefficient(self, polynomial: Polynomial, atom: int, degree: int) -> Polynomial:
        """Return the coefficient of ``atom**degree``."""
        context = polynomial.context()
        return context.from_dict(
            {
                (*e[:atom], 0, *e[atom + 1 :]): c
                for e, c in polynomial.to_dict().items()
                if e[atom] == degree
            }
        )

    def divided(
        self, state: State, index: int, equation: Polynomial, atom: int, lead: Polynomial
    ) -> State:
        """Return the pseudo-remainder of ``state`` by ``equation`` in ``atom``."""
        degree = equation.degrees()[atom]
        generator = equation.context().gens()[atom]
        remainder, quotient, used = state.remainder, self.one - self.one, 0
        constant = lead.total_degree() <= 0
        while remainder and remainder.degrees()[atom] >= degree:
            high = remainder.degrees()[atom]
            top = self.coefficient(remainder, atom, high) * generator ** (high - degree)
            if constant:
                top = top / lead.leading_coefficient()
                remainder, quotient = remainder - top * equation, quotient + top
            else:
                remainder = lead * remainder - top * equation
                quotient, used = lead * quotient + top, used + 1
        cofactors = {i: c * lead**used for i, c in state.cofactors.items()}
        cofactors[index] = cofactors.get(index, self.one - self.one) + quotient
        return State((*state.multiplier, *(lead,) * used), remainder, cofactors)

    def written(self, state: State) -> Identity:
        """Return ``state``, whose remainder is zero, as a certificate."""
        atoms = self.ring.atoms
        cofactors = tuple(
            (index, expression_of(cofactor, atoms))
            for index, cofactor in state.cofactors.items()
            if cofactor
        )
        if not state.multiplier:
            return Identity(cofactors=cofactors)
        factors = [
            expression_of(part**power, atoms) if power == 1 else
            Pow(expression_of(part, atoms), power, evaluate=False)
            for lead in state.multiplier
            for part, power in lead.factor()[1]
        ]
        scale = self.one
        for lead in state.multiplier:
            scale *= lead.factor()[0]
        return Identity(
            cofactors=cofactors,
            multiplier=unevaluated(Mul, [expression_of(scale, atoms), *factors]),
        )


def factored(polynomial: Polynomial, atoms: tuple[Expr, ...]) -> list[Expr]:
    """Return ``polynomial`` as a list of factors."""
    content, factors = polynomial.factor()
    parts = [
        expression_of(part, atoms) if n == 1 else Pow(expression_of(part, atoms), n, evaluate=False)
        for part, n in factors
    ]
    return [Rational(int(content.p), int(content.q)), *parts]


def collected(polynomial: Polynomial, atoms: tuple[Expr, ...]) -> list[Expr]:
    """Return ``polynomial`` as it is, and collected by each atom that it is linear in."""
    found = [expression_of(polynomial, atoms)]
    degrees = polynomial.degrees()
    if len(polynomial) < 3:
        return found
    for position, degree in enumerate(degrees):
        if degree != 1:
            continue
        parts: list[dict[Any, Any]] = [{}, {}]
        for e, c in polynomial.to_dict().items():
            parts[e[position]][(*e[:position], 0, *e[position + 1 :])] = c
        rest, slope = (polynomial.context().from_dict(part) for part in parts)
        outer = unevaluated(Mul, [atoms[position], *factored(slope, atoms)])
        inner = unevaluated(Mul, factored(rest, atoms)) if rest else S.Zero
        found.append(Add(outer, inner, evaluate=False) if rest else outer)
    return found


def difference(relation: Any, context: Context) -> Expr:
    """Return ``lhs - rhs`` as the kernel sees it."""
    found: Expr = relation.lhs - relation.rhs
    return formal_sums.normal_form(found, context) if found.has(Sum, KroneckerDelta) else found


def expression_of(polynomial: Polynomial, atoms: tuple[Expr, ...]) -> Expr:
    """Return ``polynomial`` as an expression that SymPy has not rearranged."""
    terms = []
    for exponents, c in polynomial.to_dict().items():
        powers = [
            atoms[i] if e == 1 else Pow(atoms[i], Integer(int(e)), evaluate=False)
            for i, e in enumerate(exponents)
            if e
        ]
        terms.append(unevaluated(Mul, [Rational(int(c.p), int(c.q)), *powers]))
    return unevaluated(Add, terms)


def unevaluated(operation: type[Add] | type[Mul], parts: list[Expr]) -> Expr:
    """Return the sum or product of ``parts`` as it stands."""
    kept = [part for part in parts if part != operation.identity]
    if len(kept) < 2:
        return kept[0] if kept else operation.identity
    return operation(*kept, evaluate=False)


def residual(obligation: Obligation) -> str:
    """Return what is left of ``lhs - rhs`` in normal form, or an empty text if nothing is.

    It says what keeps an equality from being proved, for instance
    ``-K*KroneckerDelta(k, l)/(K - 1)``: the indices have to differ.
    """
    goal, context = opened(obligation.goal, obligation.context)
    if not isinstance(goal, Relation) or not (goal.lhs - goal.rhs).has(Sum, KroneckerDelta):
        return ""
    normal = difference(goal, context)
    groups: dict[Expr, Expr] = {}
    for term in Add.make_args(normal):
        factors = Mul.make_args(term)
        special = Mul(*(f for f in factors if f.has(Sum, KroneckerDelta)))
        groups[special] = groups.get(special, S.Zero) + Mul(
            *(f for f in factors if not f.has(Sum, KroneckerDelta))
        )
    parts = [factor_terms(cancel(coefficient)) * part for part, coefficient in groups.items()]
    left = Add(*parts)
    return "" if left == 0 else str(left)
