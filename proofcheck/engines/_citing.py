"""Inequalities from known ones: which instances may help, with which weight.  Untrusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations, islice

import sympy as sp
from sympy import Abs, Expr, Function, S, bell, expand, im, log, partition, primepi, re, totient

from proofcheck.certificates import Certificate, Instead, Known, Ranges
from proofcheck.engines._closing import Closing, accepted, evident
from proofcheck.engines._rewriting import Rewriter
from proofcheck.engines.base import Budget
from proofcheck.identities.equations import Inapplicable
from proofcheck.identities.estimates import ALONG, MAJORANTS
from proofcheck.identities.inequalities import inequality
from proofcheck.obligations import Context, terms_of
from proofcheck.relations import Condition, Relation
from proofcheck.steps import UPWARDS, defined

MOST = 60
DEEPEST = 1
SECONDS_TO_REWRITE = 0.5
SECONDS_TO_CLOSE = 0.4
Prover = Callable[[Relation, Context], Certificate | None]
Instance = tuple[str, tuple[Expr, ...]]

BY_ARGUMENTS: dict[type[Expr], tuple[str, ...]] = {
    sp.besselj: (
        "Bessel function at most one", "Bessel function by its first term",
        "Bessel function of integer order", "Bessel function by the order",
        "Bessel function by the argument",
    ),
    sp.besseli: ("modified Bessel function by its first term",),
    sp.polygamma: (
        "digamma from above", "digamma from below", "polygamma from above", "polygamma from below",
    ),
    sp.gamma: ("gamma from below", "gamma from above", "modulus of gamma"),
    sp.factorial: (
        "factorial from below", "factorial from above", "factorial by a power",
        "factorial by Robbins",
    ),
    sp.bernoulli: (
        "Bernoulli number from above", "Bernoulli number from below",
        "Bernoulli number by its order", "sign of a Bernoulli number",
    ),
    sp.legendre: ("Turan's inequality",),
    sp.zeta: ("zeta from below", "zeta from above", "modulus of zeta"),
    sp.LambertW: (
        "imaginary part of Lambert's function", "Lambert's function from above",
        "Lambert's function from below",
    ),
    sp.erfc: ("complementary error function from above", "complementary error function from below"),
    primepi: ("number of primes from below", "number of primes from above", "Bertrand's postulate"),
    totient: (
        "totient from below", "totient from above", "sum of divisors times totient from below",
        "sum of divisors times totient from above",
    ),
    partition: ("growth of the partitions", "partitions from above"),
    bell: (
        "growth of the Bell numbers", "Bell numbers from below", "Bell numbers from above",
        "convexity of the Bell numbers", "Engel's inequality", "Bell numbers do not fall",
        "Bell numbers by their predecessors", "Bell numbers by factorials",
        "Bell numbers from three on", "Bell numbers by less than the order",
    ),
    sp.fibonacci: ("Fibonacci numbers from below", "Fibonacci numbers from above"),
    sp.binomial: (
        "binomial coefficient from above", "binomial coefficient from above, over powers",
        "binomial coefficient by a power", "binomial coefficient among all subsets",
        "binomial coefficient from below", "binomial coefficient as a term",
        "binomial coefficient by Stirling from above",
        "binomial coefficient by Stirling from below",
    ),
    log: ("logarithm near one",),
}  # fmt: skip
"""The rules that take the arguments of a function."""


@dataclass
class Citing:
    """A search for the known inequality from which a goal follows, with one budget."""

    budget: Budget
    tried: set[Relation] = field(default_factory=set)

    def prove(self, goal: Condition, context: Context, depth: int = DEEPEST) -> Certificate | None:
        """Return a Known step with its parts proved, or None."""
        if not isinstance(goal, Relation) or goal.operator not in UPWARDS or goal in self.tried:
            return None
        self.tried.add(goal)
        margin = UPWARDS[goal.operator] * (goal.lhs - goal.rhs)
        steps = []
        for rule, arguments in islice(dict.fromkeys(instances(margin)), MOST):
            with suppress(Inapplicable):
                fact = inequality(rule, arguments)
                if all(evident(one, context) for one in needed(fact.relation, fact.conditions)):
                    for weight in weights(margin, fact.relation):
                        steps.append(Known(rule, arguments, Ranges(), weight))
        for close in (self.plainly, partial(self.further, depth=depth)):
            for step in steps:
                if self.budget.expired():
                    return None
                found = self._with(goal, context, step, close)
                if found is not None:
                    return found
        return None

    def _with(
        self, goal: Relation, context: Context, step: Known, close: Prover
    ) -> Certificate | None:
        """Return the step with a proof of what it leaves."""
        fact = inequality(step.rule, step.arguments).relation
        weight = S.One if step.weight is None else step.weight
        strict = goal.operator in ("gt", "lt")
        carried = strict and fact.operator in ("gt", "lt")
        if not evident(Relation(weight, "gt" if carried else "ge", S.Zero), context):
            return None
        rest = UPWARDS[goal.operator] * (goal.lhs - goal.rhs)
        rest -= weight * UPWARDS[fact.operator] * (fact.lhs - fact.rhs)
        left = Relation(rest, "gt" if strict and not carried else "ge", S.Zero)
        then = close(left, context)
        if then is None:
            return None
        found = replace(step, then=then)
        return found if accepted(goal, context, found) else None

    def plainly(self, goal: Relation, context: Context) -> Certificate | None:
        """Return a proof by bounds of what is left, as it is written or multiplied out."""
        if accepted(goal, context, Ranges()):
            return Ranges()
        plain = expand(goal.lhs - goal.rhs)
        if plain == goal.lhs - goal.rhs or plain.has(S.NaN, S.ComplexInfinity):
            return None
        if not accepted(Relation(plain, goal.operator, S.Zero), context, Ranges()):
            return None
        rewriter = Rewriter(context, self.budget.within(SECONDS_TO_REWRITE))
        same = rewriter.identity(goal.lhs - goal.rhs - plain)
        return None if same is None else Instead(plain, same, Ranges())

    def further(self, goal: Relation, context: Context, depth: int) -> Certificate | None:
        """Return a proof by another known inequality, or by the analyst's steps."""
        if depth > 0 and (found := self.prove(goal, context, depth - 1)) is not None:
            return found
        budget = self.budget.within(min(SECONDS_TO_CLOSE, self.budget.left / 4))
        return Closing(budget, boxes=40).close(goal, context, 3)


def needed(relation: Relation, conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    """Yield what an instance needs."""
    terms = [term for condition in conditions for term in terms_of(condition)]
    yield from defined(relation.lhs, relation.rhs, *terms)
    yield from conditions


def weights(margin: Expr, fact: Relation) -> Iterator[Expr | None]:
    """Yield factors by which the fact is taken: those that make a term cancel, first of all 1."""
    yield None
    other = expand(UPWARDS[fact.operator] * (fact.lhs - fact.rhs))
    whole = expand(margin)
    found: list[Expr] = []
    for term in sorted({*fact.lhs.atoms(Function, Abs)}, key=sp.default_sort_key):
        below, above = other.coeff(term), whole.coeff(term)
        if below != 0 and above != 0 and not (below.has(term) or above.has(term)):
            ratio = sp.simplify(above / below)
            if ratio != 1 and ratio not in found:
                found.append(ratio)
                yield ratio


def instances(margin: Expr) -> Iterator[Instance]:
    """Yield rules with arguments that are about terms of an inequality."""
    terms = sorted(margin.atoms(Function), key=sp.default_sort_key)
    for term in terms:
        for rule in BY_ARGUMENTS.get(type(term), ()):
            yield rule, term.args
    for term in (t for t in terms if type(t) is bell):
        for power in margin.atoms(sp.Pow):
            yield "Bell numbers by powers", (term.args[0], power.base)
    for one, two in combinations([t for t in terms if type(t) is totient], 2):
        yield "totient of a product", (one.args[0], two.args[0])
    for product in sp.Add.make_args(margin):
        powers = [f for f in sp.Mul.make_args(product) if isinstance(f, sp.Pow)]
        shares = [f for f in powers if not f.exp.is_Integer]
        if len(shares) > 1 and any(f.exp.free_symbols for f in shares):
            yield "weighted means", tuple(part for f in shares for part in f.args)
    moduli = [term for term in terms if isinstance(term, Abs)]
    for term in terms:
        if isinstance(term, re | im):
            yield from (("part of a number", (term, S(sign))) for sign in (0, 1, -1))
    for term in moduli:
        (inner,) = term.args
        yield from _of_a_modulus(inner)
    for one, two in combinations([term.args[0] for term in moduli], 2):
        for other in (two, -two):
            yield "modulus of a sum", (one, other)
            yield "difference of moduli", (one, other)
    for term in moduli:
        yield "modulus by the parts", term.args


def _of_a_modulus(inner: Expr) -> Iterator[Instance]:
    """Yield rules about the modulus of ``inner``."""
    if type(inner) in ALONG:
        yield "modulus of a sine from above", (inner,)
        yield "modulus of a sine from below", (inner,)
    if isinstance(inner, sp.legendre | sp.chebyshevt | sp.chebyshevu):
        yield "polynomial on the imaginary axis", (inner,)
        yield "polynomial by a power", (inner,)
    if isinstance(inner, sp.sign):
        yield "modulus of a sign", inner.args
    if type(inner) in MAJORANTS:
        yield "majorant of a power series", (inner,)
    if inner.is_Add:
        parts = inner.args
        for part in parts:
            yield "modulus of a sum", (part, inner - part)
            if isinstance(part, sp.exp) and inner - part == -1:
                yield "modulus of an exponential less one", part.args
    apart = [part.args[0] for part in inner.atoms(Abs)] if inner.is_Add else []
    for one, two in combinations(apart, 2):
        yield "difference of moduli", (one, two)
