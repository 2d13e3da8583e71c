"""Exact values of definite integrals: by antiderivatives, symmetry and the standard integrals.

SymPy only proposes: an antiderivative is differentiated by the kernel, which also looks at its
continuity between the ends and its limits at infinity (``identities_integrals``).  Convergence is
proved by comparison (``finiteness.convergence``).
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Integral, S, Wild, exp, oo

from proofcheck import algebra, identities
from proofcheck.certificates import Certificate, Identity, Rewrite
from proofcheck.continuity import NotContinuous, bound
from proofcheck.engines._closing import evident
from proofcheck.engines._conditions import Unproved, convergence, proofs_of
from proofcheck.engines._primitives import limits_of, primitives
from proofcheck.engines._rewriting import Rewriter, presumed
from proofcheck.engines.base import Budget
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Defined, Relation

LARGEST_INTEGRAND = 60
MOST_INTEGRALS = 4
PATIENCE = 8.0

Proposal = tuple[str, tuple[Expr, ...]]


class Integrals:
    """Gives integrals in closed form, or shows that they converge."""

    name = "integrals"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        """Return an Identity or Convergent certificate, or None."""
        goal, context = opened(obligation.goal, obligation.context)
        match goal:
            case Defined(term=Integral()):
                try:
                    return convergence(goal, context, budget)
                except Unproved:
                    return None
            case Relation(operator="eq") if isinstance(goal.lhs, Expr):
                difference = goal.lhs - goal.rhs
                if difference.has(Integral):
                    return Search(presumed(goal, context), budget).vanishing(difference)
        return None


class Search:
    """A search for the rewrites of the integrals of one equality."""

    def __init__(self, context: Context, budget: Budget) -> None:
        self.context = context
        self.budget = budget

    def vanishing(self, difference: Expr) -> Certificate | None:
        """Return a certificate that ``difference`` is zero, its integrals replaced one by one."""
        integrals = [atom for atom in atoms(difference) if isinstance(atom, Integral)]
        if not 0 < len(integrals) <= MOST_INTEGRALS:
            return None
        chosen: list[Rewrite] = []
        equations: list[identities.Equation] = []
        for printed in integrals:
            integral = self.upwards(printed, chosen, equations)
            for rewrite, equation in self.values(integral):
                found = self.identity(difference, [*chosen, rewrite], [*equations, equation])
                if found is not None:
                    return found
                if not equation.replacement.has(Integral):
                    chosen.append(rewrite)
                    equations.append(equation)
                    break
        return None

    def upwards(
        self, integral: Integral, chosen: list[Rewrite], equations: list[identities.Equation]
    ) -> Integral:
        """Return the integral, its ends exchanged if the lower one is the greater."""
        _, low, high = integral.limits[-1] if len(integral.limits[-1]) == 3 else (None, S.Zero, oo)
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
        return None

    def values(self, integral: Integral) -> Iterator[tuple[Rewrite, identities.Equation]]:
        """Yield instances of rules for one integral, their conditions proved."""
        budget = self.budget.within(PATIENCE)
        for rule, arguments in proposals(integral, self.context, budget):
            if budget.expired():
                return
            try:
                equation = identities.instance(rule, (integral, *arguments))
                proofs = proofs_of(equation.conditions, self.context, budget)
            except (identities.Inapplicable, Unproved):
                continue
            yield Rewrite(rule, (integral, *arguments), proofs), equation


def atoms(expression: Expr) -> list[Expr]:
    """Return the atoms of an expression, in order."""
    from proofcheck.engines._rewriting import atoms as walk

    return list(dict.fromkeys(walk(expression)))


def proposals(integral: Integral, context: Context, budget: Budget) -> Iterator[Proposal]:
    """Yield rules and their arguments, after the integral itself; the cheap ones first."""
    try:
        x, function, low, high = bound(integral)
    except NotContinuous:
        return
    yield from standard(integral)
    if low + high == 0:
        yield "odd integrand", ()
        yield "even integrand", ()
    if function.count_ops() > LARGEST_INTEGRAND:
        return
    for primitive in primitives(function, x, context, budget):
        for start, stop in limits_of(primitive, x, low, high, budget):
            yield "antiderivative", (primitive, start, stop)


def standard(integral: Integral) -> Iterator[Proposal]:
    """Yield the parameters with which the integrand matches that of a standard integral."""
    x, function, low, high = bound(integral)
    free = {"exclude": (x,)}
    a, c, p, k, b = (Wild(name, **free) for name in "acpkb")
    if (low, high) == (S.Zero, oo):
        for shape in (a * x**p * exp(-c * x**k), a * x**p * exp(-c * x), a * exp(-c * x**k)):
            found = function.match(shape)
            if found is not None and a in found:
                power = found.get(p, S.Zero) + 1
                yield "gamma integral", (found[a], power, found[c], found.get(k, S.One))
    if (low, high) == (-oo, oo):
        found = function.match(a * exp(-c * x**2 + b * x))
        if found is not None:
            yield "Gaussian integral", (found[a], found[c], found[b])
        exponent = split_exponential(function, x)
        if exponent is not None:
            yield "Gaussian integral", exponent
    if (low, high) == (S.Zero, S.One):
        found = function.match(a * x**p * (1 - x) ** k)
        if found is not None:
            yield "beta integral", (found[a], found[p] + 1, found[k] + 1)


def split_exponential(function: Expr, x: Expr) -> tuple[Expr, Expr, Expr] | None:
    """Return ``a, c, b`` where the integrand is ``a*exp(-c*x**2 + b*x)``, or None."""
    factor, rest = function.as_independent(x, as_Add=False)
    if not isinstance(rest, exp) or not rest.exp.is_polynomial(x):
        return None
    quadratic = rest.exp.as_poly(x)
    if quadratic is None or quadratic.degree() != 2:
        return None
    c, b, d = quadratic.all_coeffs()
    return factor * exp(d), -c, b
