"""A search for exact values of definite integrals, and for ratios between them.  Untrusted.

By antiderivatives, symmetry and the standard integrals.  SymPy only proposes: an antiderivative is
differentiated by the kernel, which also looks at its continuity between the ends and its limits at
infinity (``identities.integrals``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, permutations

import sympy as sp
from sympy import Add, Derivative, Expr, Integral, Interval, Mul, S, oo, pi, powsimp

from proofcheck import algebra, identities
from proofcheck.certificates import Identity, Rewrite
from proofcheck.continuity import NotContinuous, bound
from proofcheck.engines._angles import CIRCULAR, equal_angles, summands
from proofcheck.engines._closing import evident
from proofcheck.engines._conditions import Unproved, proof_of, proofs_of
from proofcheck.engines._primitives import limits_of, primitives
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines._rewriting import atoms as atoms_of
from proofcheck.engines._substitutions import paths
from proofcheck.engines.base import Budget
from proofcheck.identities.integrands import proposals
from proofcheck.obligations import Context
from proofcheck.relations import Condition, Relation, Throughout

LARGEST_INTEGRAND = 60
MOST_INTEGRALS = 4
PATIENCE = 8.0

Proposal = tuple[str, tuple[Expr, ...]]
Step = tuple[Rewrite, identities.Equation]
Way = Callable[[Integral, Context, Budget], Iterator[Proposal]]


class Search:
    """A search for the rewrites of the integrals of one equality."""

    def __init__(self, context: Context, budget: Budget) -> None:
        self.context = context
        self.budget = budget

    def vanishing(self, difference: Expr) -> Identity | None:
        """Return a certificate that ``difference`` is zero, its integrals replaced one by one."""
        chosen: list[Rewrite] = []
        equations: list[identities.Equation] = []
        plain = difference
        for slope in sorted(difference.atoms(Derivative), key=str):
            known = self.instance("derivative", (slope,))
            if known is not None:
                chosen.append(known[0])
                equations.append(known[1])
                plain = plain.xreplace({slope: known[1].replacement})
        integrals = [atom for atom in atoms(plain) if isinstance(atom, Integral)]
        if not 0 < len(integrals) <= MOST_INTEGRALS:
            return None
        for one, other in permutations(integrals, 2):
            multiple = self.multiple(one, other, ratio(plain, one, other))
            if multiple is not None:
                found = self.identity(difference, [*chosen, multiple[0]], [*equations, multiple[1]])
                if found is not None:
                    return found
        known_values: list[Integral] = []
        for way in (standard, symmetric, None, antiderivatives):
            if way is symmetric:
                for printed in integrals:
                    for inner in self.unfolded(printed):
                        found = self.further(
                            difference, inner[1].replacement, chosen, equations, inner
                        )
                        if found is not None:
                            return found
            if way is None:
                left = [integral for integral in integrals if integral not in known_values]
                for one, other in permutations(left, 2):
                    for steps in self.moved(one, other, ratio(plain, one, other)):
                        rewrites, further = zip(*steps, strict=True)
                        found = self.identity(
                            difference, [*chosen, *rewrites], [*equations, *further]
                        )
                        if found is not None:
                            return found
                continue
            for printed in integrals:
                if printed in known_values:
                    continue
                before = len(chosen)
                integral = self.upwards(printed, chosen, equations, way is standard)
                for rewrite, equation in self.values(integral, way, printed):
                    found = self.identity(difference, [*chosen, rewrite], [*equations, equation])
                    if found is None:
                        found = self.further(
                            difference, equation.replacement, chosen, equations, (rewrite, equation)
                        )
                    if found is not None:
                        return found
                    if not equation.replacement.has(Integral):
                        chosen.append(rewrite)
                        equations.append(equation)
                        known_values.append(printed)
                        break
                else:
                    del chosen[before:], equations[before:]
        return None

    def further(
        self, difference: Expr, replacement: Expr, chosen: list[Rewrite],
        equations: list[identities.Equation], step: Step,
    ) -> Identity | None:  # fmt: skip
        """Return a certificate where the one integral of ``replacement`` is a standard one."""
        left = replacement.atoms(Integral)
        if len(left) != 1:
            return None
        (integral,) = left
        for rewrite, equation in self.values(integral, standard, integral):
            rewrites = [*chosen, step[0], rewrite]
            found = self.identity(difference, rewrites, [*equations, step[1], equation])
            if found is not None:
                return found
        return None

    def unfolded(self, integral: Integral) -> Iterator[Step]:
        """Yield a double integral as a single one, its inner integral replaced by its value."""
        x, function, low, high = bound(integral)
        if not isinstance(function, Integral):
            return
        inside = Search(self.context.including(x, Interval.open(low, high)), self.budget)
        for way in (standard, antiderivatives):
            for rewrite, value in inside.values(function, way, function):
                rule, arguments = "another integrand", (integral, value.replacement)
                try:
                    equation = identities.instance(rule, arguments)
                    proofs = [
                        Identity((rewrite,)) if told(condition, function)
                        else proof_of(condition, self.context, self.budget)
                        for condition in equation.conditions
                        if not evident(condition, self.context)
                    ]  # fmt: skip
                except (identities.Inapplicable, Unproved):
                    continue
                yield Rewrite(rule, arguments, tuple(proofs)), equation

    def multiple(self, one: Integral, other: Integral, factor: Expr) -> Step | None:
        """Return that one integral is a constant multiple of another, if that is plain."""
        if one.limits != other.limits or len(one.limits) != 1:
            return None
        plain = powsimp(one.function / other.function)
        if one.limits[0][0] not in plain.free_symbols:
            factor = plain
        return self.instance("integral of a sum", (one, factor, other.function))

    def moved(self, one: Integral, other: Integral, factor: Expr) -> Iterator[list[Step]]:
        """Yield that a substitution takes one integral to a multiple of another."""
        for path, start, stop, function in paths(one, other):
            moved = self.instance("substitution", (one, path, start, stop))
            if moved is None:
                continue
            there = moved[1].replacement
            same = self.instance("integral of a sum", (there, factor, function))
            if same is None:
                continue
            found = [moved, same]
            (part,) = same[1].replacement.atoms(Integral)
            if part != other:
                named = self.instance("variable of integration", (part, other.limits[0][0]))
                if named is None:
                    continue
                found.append(named)
            yield found

    def instance(
        self, rule: str, arguments: tuple[Expr, ...], budget: Budget | None = None
    ) -> Step | None:
        """Return an instance of a rule with its conditions proved, or None."""
        try:
            equation = identities.instance(rule, arguments)
            proofs = proofs_of(equation.conditions, self.context, budget or self.budget)
        except (identities.Inapplicable, Unproved):
            return None
        return Rewrite(rule, arguments, proofs), equation

    def upwards(
        self,
        integral: Integral,
        chosen: list[Rewrite],
        equations: list[identities.Equation],
        rays: bool,
    ) -> Integral:
        """Return the integral over a real range, upwards; rays from zero on if ``rays``."""
        _, low, high = integral.limits[-1] if len(integral.limits[-1]) == 3 else (None, S.Zero, oo)
        if bent(low, high, rays):
            path = self.instance("straight path", (integral,))
            if path is not None:
                chosen.append(path[0])
                equations.append(path[1])
                return path[1].replacement
        if len(integral.limits) > 1 or evident(Relation(low, "le", high), self.context):
            return integral
        if low is not oo and high != -oo and not evident(Relation(high, "le", low), self.context):
            return integral
        equation = identities.instance("reversed integral", (integral,))
        chosen.append(Rewrite("reversed integral", (integral,)))
        equations.append(equation)
        return -equation.replacement

    def identity(
        self, difference: Expr, rewrites: list[Rewrite], equations: list[identities.Equation]
    ) -> Identity | None:
        """Return a certificate that ``difference`` vanishes by these and further rewrites."""
        rewriter = Rewriter(self.context, self.budget)
        rewriter.rewrites += rewrites
        rewriter.equations.update({equation.atom: equation for equation in equations})
        try:
            rewriter.rewrite([difference, *(equation.replacement for equation in equations)])
            ring = rewriter.ring([difference])
            if ring.vanishes(ring.fraction(difference).numerator):
                return Identity(tuple(rewriter.rewrites))
        except (algebra.Intractable, RecursionError):
            pass
        return self.angles(difference, rewrites, equations)

    def angles(
        self, difference: Expr, rewrites: list[Rewrite], equations: list[identities.Equation]
    ) -> Identity | None:
        """Return a certificate where a combination of angles remains, times a common factor."""
        values = {equation.atom: equation.replacement for equation in equations}
        terms = [term for term in summands(difference.xreplace(values)) if term != 0]
        parts = Mul.make_args(terms[0] if terms else S.Zero)
        factor = Mul(*(p for p in parts if not (isinstance(p, CIRCULAR) or p is pi)))
        rest = Add(*(term / factor.as_coeff_Mul()[1] for term in terms))
        if rest.has(Integral) or not rest.has(*CIRCULAR):
            return None
        rewriter = Rewriter(self.context, self.budget)
        rewriter.rewrites += rewrites
        rewriter.equations.update({equation.atom: equation for equation in equations})
        try:
            return equal_angles(rewriter, rest)
        except (algebra.Intractable, RecursionError):
            return None

    def values(self, integral: Integral, way: Way, printed: Integral) -> Iterator[Step]:
        """Yield instances of rules for one integral, their conditions proved.

        Where it is ``printed`` along a segment, an antiderivative is looked for in the plane too.
        """
        budget = self.budget.within(PATIENCE)
        try:
            bound(integral)
        except NotContinuous:
            return
        ways = way(integral, self.context, budget)
        if way is antiderivatives and bent(*bound(printed)[2:], False):
            ways = chain(in_the_plane(printed, integral, self.context, budget), ways)
        for rule, arguments in ways:
            if budget.expired():
                return
            found = self.instance(rule, (integral, *arguments), budget)
            if found is not None:
                yield found


def told(condition: Condition, inner: Expr) -> bool:
    """Tell whether ``condition`` says what the inner integral is."""
    inside = condition.condition if isinstance(condition, Throughout) else condition
    return isinstance(inside, Relation) and inside.operator == "eq" and inside.lhs == inner


def bent(low: Expr, high: Expr, rays: bool) -> bool:
    """Tell whether the path is to be a segment in the plane, or a ray that starts at zero."""
    if (low, high) == (-oo, oo):
        return False
    return any(not end.is_extended_real for end in (low, high)) or (
        rays and high is oo and low != 0
    )


def ratio(difference: Expr, one: Integral, other: Integral) -> Expr:
    """Return the factor by which the integrals differ if nothing else is in the difference."""
    spread = Add(*summands(difference))
    mine, its = spread.coeff(one), spread.coeff(other)
    return S.One if mine == 0 or its == 0 else powsimp(-its / mine)


def atoms(expression: Expr) -> list[Expr]:
    """Return the atoms of an expression, in order."""
    return list(dict.fromkeys(atoms_of(expression)))


def antiderivatives(integral: Integral, context: Context, budget: Budget) -> Iterator[Proposal]:
    """Yield antiderivatives with their limits."""
    x, function, low, high = bound(integral)
    if function.count_ops() > LARGEST_INTEGRAND:
        return
    for primitive in primitives(function, x, context, budget):
        for start, stop in limits_of(primitive, x, low, high, budget):
            yield "antiderivative", (primitive, start, stop)


def in_the_plane(
    printed: Integral, path: Integral, context: Context, budget: Budget
) -> Iterator[Proposal]:
    """Yield antiderivatives of the printed integrand, put on the segment that ``path`` is over."""
    x, function, low, high = bound(printed)
    if function.count_ops() > LARGEST_INTEGRAND or oo in (high, -low):
        return
    t = path.limits[-1][0]
    for primitive in primitives(function, x, context, budget):
        yield "antiderivative", (primitive.xreplace({x: low + (high - low) * t}), S.NaN, S.NaN)


def symmetric(integral: Integral, context: Context, budget: Budget) -> Iterator[Proposal]:
    """Yield the rules for a range that is symmetric about zero."""
    _, _, low, high = bound(integral)
    if sp.expand(low + high) == 0:
        yield "odd integrand", ()
        yield "even integrand", ()


def standard(integral: Integral, context: Context, budget: Budget) -> Iterator[Proposal]:
    """Yield the parameters with which the integrand matches that of a standard integral."""
    yield from proposals(integral)
