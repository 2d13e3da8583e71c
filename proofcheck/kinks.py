"""A derivative that does not exist at a point: a function with two slopes there.  Trusted.

On ``(a, a + h)`` the function ``f`` equals ``right``, on ``(a - h, a)`` it equals ``left``, both
differentiable around ``a``.  If ``f`` were differentiable at ``a``, it would be continuous there,
so that ``right(a) = f(a) = left(a)``, and then ``right'(a) = f'(a) = left'(a)``.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Derivative, Expr, Interval, Symbol

from proofcheck.calculus import derivative
from proofcheck.certificates import Balls, Kink
from proofcheck.domains import Variable
from proofcheck.obligations import Context
from proofcheck.points import Point, instantiate, instantiate_set
from proofcheck.relations import Member, Relation
from proofcheck.steps import Rejected, Subgoal, defined, demand, require


def along(term: Derivative, point: Point) -> tuple[Expr, Symbol]:
    """Return the differentiated function on the line through ``point``, and the line's variable.

    Raises:
        Rejected: ``term`` is no first derivative of a function without derivatives.
    """
    counts = term.variable_count
    if len(counts) != 1 or counts[0][1] != 1 or counts[0][0] not in point:
        raise Rejected(term, "not a first derivative by a variable")
    if term.expr.has(Derivative):  # what is put for it may differ where its rules fail
        raise Rejected(term, "a derivative of derivatives")
    line = Symbol(counts[0][0].name, real=True)
    return instantiate(term.expr, {**point, counts[0][0]: line}), line


def no_derivative(
    term: Derivative, context: Context, point: Point, kink: Kink | None
) -> Iterator[Subgoal]:
    """Yield what suffices for ``term`` not to exist at ``point``, inside of its variable's set."""
    if kink is None:
        raise Rejected(term, "it may exist there all the same")
    function, line = along(term, point)
    symbol = term.variable_count[0][0]
    values, place = context.sets.get(symbol), point[symbol]
    require(bool(kink.width.is_Rational and kink.width > 0), kink.width, "no width")
    around = Interval.open(place - kink.width, place + kink.width)
    if not isinstance(values, Interval) or context.dependents(symbol):
        raise Rejected(term, f"{symbol} does not range over an interval of its own")
    here = Context((Variable(line, around),))
    demand((Member(line, instantiate_set(values, point)),), here)
    found = []
    for expression, proof, beside in (
        (kink.right, kink.proofs[0], Interval.open(place, place + kink.width)),
        (kink.left, kink.proofs[1], Interval.open(place - kink.width, place)),
    ):
        slope, conditions = derivative(expression, line)
        demand((*conditions, *defined(expression, slope)), here)
        # Were the function undefined somewhere close to the point, it had no derivative either.
        there = Context((Variable(line, beside),))
        yield Relation(function, "eq", expression), there, proof
        found.append(instantiate(expression if kink.jump else slope, {line: place}))
    yield Relation(found[0], "ne", found[1]), Context(), Balls(256)
