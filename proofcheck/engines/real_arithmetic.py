"""Polynomial conditions over the reals, by nlsat: counterexamples, and proofs by two votes.

Decides relations between polynomials, rational functions, roots, ``Abs``, ``Max``, ``Min`` and
``sign`` of real variables under assumptions of the same kind, joined by "and" and "or"; other
terms (``exp(x)``, ``pi``) count as any number between their bounds.  Integers count as reals.
Real closed fields are decidable (Tarski), so within the fragment only the budget sets limits: the
methods (cylindrical algebraic decomposition, explored around conflicts) are doubly exponential in
the number of variables in the worst case.

A model is an exact point, rational or algebraic, which the kernel checks like any other
counterexample.  That there is none has no certificate which the kernel could replay: where no
engine finds one (see ``polynomial``, which looks for sums of squares), the word of two solvers that
share no code for this, z3 and cvc5, goes through the door of basis ``cas``.  One vote is none.

What is trusted then: that not both are wrong, and the translation (``_formulas``), which both get;
as for every word, the refuters and samples at many points must find nothing against it, which
would catch two wrong votes but where the goal fails in a very thin region only, and ``--strict``
demotes it.

It stands before the dear engines: where a model is found, they need not search; a word is kept
while they look for a certificate, which is preferred.

Budget: a fixed number of steps for each question, 3 s at most.  Sources: see ``_solvers``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from sympy import CRootOf, Expr, Integer, Poly, Rational, Symbol, real_root, sqrt

from proofcheck.domains import Variable
from proofcheck.engines._formulas import Outside, Script, counterexamples, models
from proofcheck.engines._points import generator_of
from proofcheck.engines._solvers import Root, Value, ask, installed
from proofcheck.engines._truth import admissible, fails
from proofcheck.engines.base import Budget, Fails, Point, Word
from proofcheck.obligations import Context, Obligation, opened
from proofcheck.relations import Condition, Relation

SECONDS = 3.0
REASON = "z3 and cvc5 find no real counterexample"
DENOMINATORS = (12, 1000, 10**6)


class NotInstalled(RuntimeError):
    """A solver is missing: the search is not made."""


class RealArithmetic:
    """Asks z3, then cvc5, whether there is a real counterexample."""

    name = "real arithmetic"

    def prove(self, obligation: Obligation, budget: Budget) -> Word | None:
        """Return the word of both if they agree that there is none.

        Raises:
            Fails: there is one.
            NotInstalled: a solver is missing.
        """
        if obligation.kind != "conclusion" or budget.left < 1:
            return None
        goal, context = opened(obligation.goal, obligation.context)
        if isinstance(goal, Relation) and goal.operator == "eq" and not context.assumptions:
            return None  # an identity, or false nearly everywhere
        try:
            script = counterexamples(goal, context)
        except Outside:
            return None
        for solver in ("z3", "cvc5"):
            if not installed(solver):
                raise NotInstalled(f"{solver} is not installed")
        said = ask("z3", script, SECONDS).said
        if said == "sat" and RealModels().refute(obligation, budget) is not None:
            raise Fails("there is a counterexample")
        if said == "unsat" == ask("cvc5", script, SECONDS).said:
            return Word(REASON)
        return None


class RealModels:
    """Asks z3 for a point at which the goal fails."""

    name = "models of real arithmetic"

    def refute(self, obligation: Obligation, budget: Budget) -> Point | None:
        """Return a point that seems to be a counterexample."""
        if obligation.kind != "conclusion":
            return None
        goal, context = opened(obligation.goal, obligation.context)
        for point in _points(context, budget, goal):
            if fails(goal, point):
                return {k: v for k, v in point.items() if k in obligation.context.sets}
        return None


def model(context: Context, budget: Budget) -> Point | None:
    """Return a point of ``context`` that seems to be admissible, or None."""
    return next(_points(context, budget), None)


def _points(context: Context, budget: Budget, goal: Condition | None = None) -> Iterator[Point]:
    """Yield points near the solver's model that seem to be admissible."""
    if budget.left < 1 or context.families or not installed("z3"):
        return
    try:
        script = models(context, goal)
    except Outside:
        return
    answer = ask("z3", script, SECONDS)
    if answer.said == "sat":
        for point in _candidates(context, script, dict(answer.model)):
            if budget.expired():
                return
            if admissible(point, context):
                yield point


def _candidates(context: Context, script: Script, values: dict[str, Value]) -> Iterator[Point]:
    """Yield the model, and points nearby at which only the assumed equations make roots."""
    exact: Point = {atom: number(values.get(name, (0, 1))) for name, atom in script.variables}
    yield {symbol: exact[symbol] for symbol in context.sets}
    generator = generator_of(context)
    free = [v.symbol for v in generator.free if isinstance(v, Variable) and v.symbol in exact]
    for largest in DENOMINATORS:
        near = {symbol: _rounded(exact[symbol], largest) for symbol in free}
        yield from chain(generator.complete({**near}), [near] if len(free) == len(exact) else [])


def _rounded(value: Expr, largest: int) -> Expr:
    if isinstance(value, Rational):
        return value
    near = Fraction(str(value.evalf(30))).limit_denominator(largest)
    return Rational(near.numerator, near.denominator)


def number(value: Value) -> Expr:
    """Return the exact number of a model."""
    if not isinstance(value, Root):
        return Rational(*value)
    constant, *rest, top = value.coefficients
    if len(rest) == 1:
        root = sqrt(Integer(rest[0]) ** 2 - 4 * top * constant)
        ends = sorted(((-rest[0] - root) / (2 * top), (-rest[0] + root) / (2 * top)))
        return ends[value.number]
    if not any(rest):
        size = real_root(Rational(abs(constant), abs(top)), len(rest) + 1)
        odd = len(rest) % 2 == 0
        negative = constant * top > 0 if odd else value.number == 0
        return -size if negative else size
    x = Symbol("x")
    return CRootOf(Poly(list(value.coefficients)[::-1], x), value.number)
