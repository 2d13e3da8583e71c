"""The composite proof steps: which sub-goals suffice for a goal.  Trusted; called by the kernel.

Each step derives its sub-goals from the goal and the context alone; the certificate contributes
its witnesses, and the certificates of the sub-goals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from sympy import Expr, Integral, Interval, Mul, Range, S, Set, Sum, Symbol, oo

from proofcheck import covers, finiteness
from proofcheck.binding import bound_symbols
from proofcheck.calculus import derivative
from proofcheck.certificates import (
    Alternatives,
    Boxes,
    Certificate,
    Constant,
    Convergent,
    Enumerate,
    Generalise,
    Induction,
    Instead,
    Monotone,
    Ranges,
    Split,
    Squares,
    Stronger,
    Substitute,
    Sufficient,
    Termwise,
    Value,
)
from proofcheck.continuity import NotContinuous, continuity
from proofcheck.decay import Unbounded
from proofcheck.obligations import (
    Context,
    apart,
    definedness,
    mentioned,
    premises,
    terms_of,
)
from proofcheck.points import instantiate, instantiate_condition
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Condition,
    Defined,
    Member,
    Operator,
    Relation,
    Throughout,
    free_symbols,
    negate,
)
from proofcheck.substitution import at, substituted, valued

Subgoal = tuple[Condition, Context, Certificate]

IMPLIES: dict[str, tuple[Operator, ...]] = {
    "eq": ("le", "ge"), "lt": ("le", "ne"), "gt": ("ge", "ne"), "le": (), "ge": (), "ne": (),
}  # fmt: skip
UPWARDS: dict[Operator, Literal[1, -1]] = {"ge": 1, "gt": 1, "le": -1, "lt": -1}


class Rejected(Exception):
    """A certificate or a counterexample that does not show what it should.

    The parts of the message are put together only when it is read: most rejections are not.
    """

    def __str__(self) -> str:
        return ": ".join(map(str, self.args))


def require(truth: object, goal: object, why: str) -> None:
    """Raise Rejected unless ``truth`` is exactly True."""
    if truth is not True:
        raise Rejected(goal, why)


def as_relation(goal: Condition) -> Relation:
    """Return ``goal`` if it is a relation, else raise Rejected."""
    if not isinstance(goal, Relation):
        raise Rejected(goal, "not a relation")
    return goal


def numbered(index: int, items: tuple[Condition, ...]) -> Condition:
    """Return the assumption or premise with this index, else raise Rejected."""
    if not 0 <= index < len(items):
        raise Rejected(f"there is no assumption number {index}")
    return items[index]


def defined(*expressions: Expr) -> tuple[Condition, ...]:
    """Return what has to hold for all terms of ``expressions`` to be defined."""
    return tuple(need.condition for need in definedness(*expressions))


def side_conditions(
    conditions: tuple[Condition, ...], context: Context, proofs: tuple[Certificate, ...] = ()
) -> Iterator[Subgoal]:
    """Yield those conditions that are not evident, each with the next of ``proofs``.

    Raises:
        Rejected: there are fewer proofs than conditions that need one.
    """
    remaining = iter(proofs)
    for condition in conditions:
        if not finiteness.evident(condition, context):
            proof = next(remaining, None)
            if proof is None:
                raise Rejected("this side condition is not proved", condition)
            yield condition, context, proof


def demand(conditions: Iterable[Condition], context: Context) -> None:
    """Raise Rejected unless each of ``conditions`` is evident."""
    for condition in conditions:
        require(finiteness.evident(condition, context), condition, "a side condition is not proved")


def expand(goal: Condition, context: Context, certificate: Certificate) -> Iterator[Subgoal]:
    """Yield sub-goals that together suffice for ``goal``.

    Raises:
        Rejected: the step does not apply.
        NotDifferentiable: a derivative is not known.
    """
    match certificate:
        case Split():
            condition = certificate.condition
            yield from side_conditions(comparable(condition), context)
            yield goal, context.narrowed(condition), certificate.then
            yield goal, context.narrowed(negate(condition)), certificate.otherwise
        case Alternatives():
            assumption = numbered(certificate.index, context.assumptions)
            branches = certificate.branches
            if not isinstance(assumption, AnyOf) or len(assumption.conditions) != len(branches):
                raise Rejected(f"{assumption} does not have {len(branches)} alternatives")
            for part, branch in zip(assumption.conditions, branches, strict=True):
                yield goal, context.narrowed(part), branch
        case Sufficient():
            if not isinstance(goal, AnyOf):
                raise Rejected(goal, "has no alternatives")
            yield numbered(certificate.index, goal.conditions), context, certificate.proof
        case Stronger():
            relation = as_relation(goal)
            weaker = relation.operator in IMPLIES[certificate.operator]
            require(weaker, goal, f"does not follow from {certificate.operator}")
            stronger = Relation(relation.lhs, certificate.operator, relation.rhs)
            yield stronger, context, certificate.proof
        case Instead():
            yield from _instead(as_relation(goal), context, certificate)
        case Squares():
            yield from _squares(as_relation(goal), context, certificate)
        case Monotone():
            yield from _monotone(as_relation(goal), context, certificate)
        case Constant():
            yield from _constant(as_relation(goal), context, certificate)
        case Enumerate():
            yield from _enumerate(goal, context, certificate)
        case Induction():
            yield from _induction(goal, context, certificate)
        case Convergent():
            yield from _convergent(goal, context, certificate)
        case Termwise():
            yield from _termwise(as_relation(goal), context, certificate)
        case Generalise():
            yield from _generalise(goal, context, certificate)
        case Substitute():
            needed, there, inside = substituted(as_relation(goal), context, certificate)
            yield from side_conditions(needed, context, certificate.sides)
            yield there, inside, certificate.proof
        case Value():
            yield *valued(goal, context, certificate), certificate.proof
        case Boxes():
            covered = covers.holds(as_relation(goal), context, certificate)
            require(covered, goal, "the boxes leave it open")
        case _:
            raise Rejected(f"{certificate!r} is no certificate")


def comparable(condition: Condition) -> tuple[Condition, ...]:
    """Return what makes ``condition`` or its negation hold: sides defined, and real if ordered."""
    match condition:
        case Relation():
            found = defined(condition.lhs, condition.rhs)
            if condition.operator in ("eq", "ne"):
                return found
            return (*found, Member(condition.lhs, S.Reals), Member(condition.rhs, S.Reals))
        case Member():
            return defined(*terms_of(condition))
        case AnyOf() | AllOf():
            return tuple(part for inner in condition.conditions for part in comparable(inner))
        case Defined() | Throughout():
            raise Rejected(f"cannot split on '{condition}'")


def _instead(goal: Relation, context: Context, certificate: Instead) -> Iterator[Subgoal]:
    multiplier = S.One if certificate.multiplier is None else certificate.multiplier
    needed = defined(certificate.expression, multiplier)
    yield from side_conditions(needed, context, certificate.defined)
    if goal.operator != "ne":
        operator: Operator = "ne" if goal.operator == "eq" else "gt"
        yield Relation(multiplier, operator, S.Zero), context, certificate.positive or Ranges()
    product = Mul(multiplier, goal.lhs - goal.rhs)
    yield Relation(product, "eq", certificate.expression), context, certificate.equal
    yield Relation(certificate.expression, goal.operator, S.Zero), context, certificate.then


def _squares(goal: Relation, context: Context, certificate: Squares) -> Iterator[Subgoal]:
    require(goal.operator in UPWARDS, goal, "a sum of squares proves an order relation only")
    known = premises(context)
    total, strict = S.Zero, False
    for term in certificate.terms:
        require(bool(term.weight.is_Rational and term.weight > 0), goal, "a weight is not positive")
        needed = (*defined(term.square), Member(term.square, S.Reals))
        yield from side_conditions(needed, context)
        product = term.weight * term.square**2
        factors = [as_relation(numbered(index, known)) for index in term.factors]
        for factor in factors:
            product *= factor.lhs - factor.rhs
        nonzero = bool(term.square.is_Rational) and term.square != 0
        strict |= nonzero and all(factor.operator == "gt" for factor in factors)
        total += product
    if goal.operator in ("gt", "lt"):
        require(strict, goal, "no term of the sum is visibly positive")
    difference = UPWARDS[goal.operator] * (goal.lhs - goal.rhs)
    yield Relation(difference, "eq", total), context, certificate.identity


def _moving(context: Context, symbol: Symbol) -> tuple[Interval, Context]:
    """Return the interval of ``symbol`` and the context in which it moves along all of it.

    Assumptions that mention the symbol hold at the admissible points, not on the way to them.
    """
    values = context.sets.get(symbol)
    if not isinstance(values, Interval) or context.dependents(symbol):
        raise Rejected(f"{symbol} does not range over an interval of its own")
    return values, context.without(symbol).including(symbol, values)


def _monotone(goal: Relation, context: Context, certificate: Monotone) -> Iterator[Subgoal]:
    require(goal.operator in UPWARDS, goal, "monotonicity proves an order relation only")
    sign, symbol = UPWARDS[goal.operator], certificate.variable
    values, moving = _moving(context, symbol)
    left = certificate.end == "left"
    end = values.inf if left else values.sup
    require(bool(end.is_finite), goal, f"{symbol} has no finite {certificate.end} end")
    closed = Interval(
        values.inf, values.sup, not left and values.left_open, left and values.right_open
    )
    inside = moving.restricted(symbol, closed)
    difference = goal.lhs - goal.rhs
    slope, conditions = derivative(difference, symbol)
    needed = (*conditions, *defined(difference, slope), Member(difference, S.Reals))
    yield from side_conditions(needed, inside)
    operator: Operator = "gt" if certificate.strict else "ge"
    inwards = sign if left else -sign
    interior = moving.restricted(symbol, Interval.open(values.inf, values.sup))
    yield Relation(inwards * slope, operator, S.Zero), interior, certificate.derivative
    # Beyond the end a positive slope adds something; at the end itself, if it belongs to the
    # domain, the goal must hold as it stands.
    belongs = not (values.left_open if left else values.right_open)
    weak = goal.operator in ("ge", "le") or (certificate.strict and not belongs)
    start: Operator = "ge" if weak else "gt"
    at_end = Relation(instantiate(sign * difference, {symbol: end}), start, S.Zero)
    yield at_end, moving.without(symbol), certificate.at_end


def _constant(goal: Relation, context: Context, certificate: Constant) -> Iterator[Subgoal]:
    require(goal.operator == "eq", goal, "a vanishing derivative proves equalities only")
    symbol, anchor = certificate.variable, certificate.anchor
    values, moving = _moving(context, symbol)
    closed = Interval(
        values.inf,
        values.sup,
        values.left_open and anchor != values.inf,
        values.right_open and anchor != values.sup,
    )
    elsewhere = moving.without(symbol)
    require(symbol not in anchor.free_symbols, goal, "the anchor moves")
    yield from side_conditions((*defined(anchor), Member(anchor, closed)), elsewhere)
    inside = moving.restricted(symbol, closed)
    difference = goal.lhs - goal.rhs
    slope, conditions = derivative(difference, symbol)
    interior = moving.restricted(symbol, Interval.open(values.inf, values.sup))
    if certificate.interior:
        try:
            continuous = continuity(difference, frozenset({symbol}))
        except NotContinuous as problem:
            raise Rejected(goal, problem) from problem
        yield from side_conditions((*defined(difference), *continuous), inside)
        yield from side_conditions((*conditions, *defined(slope)), interior)
    else:
        yield from side_conditions((*conditions, *defined(difference, slope)), inside)
    yield Relation(slope, "eq", S.Zero), interior, certificate.derivative
    # The sides may have poles at the anchor that cancel: only their difference is known there.
    start = Relation(instantiate(difference, {symbol: anchor}), "eq", S.Zero)
    yield start, elsewhere, certificate.at_anchor


def _enumerate(goal: Condition, context: Context, certificate: Enumerate) -> Iterator[Subgoal]:
    values = context.sets.get(certificate.variable)
    if not isinstance(values, Range) or not values.size.is_Integer:
        raise Rejected(f"{certificate.variable} does not range over finitely many integers")
    if len(certificate.proofs) != values.size:
        raise Rejected(f"{certificate.variable} takes {values.size} values: one proof for each")
    for value, proof in zip(values, certificate.proofs, strict=True):
        yield *at(goal, context, certificate.variable, value), proof


def _induction(goal: Condition, context: Context, certificate: Induction) -> Iterator[Subgoal]:
    symbol = certificate.variable
    values: Any = context.sets.get(symbol)
    if values in (S.Naturals, S.Naturals0):
        values = Range(values.inf, oo)
    endless = isinstance(values, Range) and values.stop == oo and values.step == 1
    if not endless or values.start == -oo or context.dependents(symbol):
        raise Rejected(f"{symbol} does not range freely over all integers from a least one")
    # What is assumed of n need not hold of its predecessors: they do without it, and the goal
    # has to be defined at all of them, or the hypothesis says nothing.
    fixed = tuple(a for a in context.assumptions if symbol not in free_symbols(a))
    if fixed != context.assumptions:
        context = Context(context.variables, fixed)
        yield from side_conditions(defined(*terms_of(goal)), context)
    yield *at(goal, context, symbol, values.start), certificate.base
    following = instantiate_condition(goal, {symbol: symbol + 1})
    yield following, context.assuming(goal), certificate.step


def _convergent(goal: Condition, context: Context, certificate: Convergent) -> Iterator[Subgoal]:
    if not isinstance(goal, Defined) or not isinstance(goal.term, Integral):
        raise Rejected(goal, "not the convergence of an integral")
    try:
        conditions = finiteness.convergence(goal.term, certificate.downwards)
    except (NotContinuous, Unbounded) as problem:
        raise Rejected(goal, problem) from problem
    yield from side_conditions(conditions, context, certificate.proofs)


def _termwise(goal: Relation, context: Context, certificate: Termwise) -> Iterator[Subgoal]:
    total = goal.lhs
    if not isinstance(total, Sum) or goal.rhs != 0 or goal.operator == "ne":
        raise Rejected(goal, "not a sum that is zero, or has a sign")
    condition: Condition = Relation(total.function, goal.operator, S.Zero)
    inhabited: list[Condition] = []
    for index, low, high in total.limits:  # the innermost comes first
        require(low.is_integer and high.is_integer, goal, "a sum between no integers")
        values = Range(low, high + 1)
        condition = Throughout(index, values, condition)
        inhabited = [Throughout(index, values, inner) for inner in inhabited]
        inhabited.append(Relation(low, "le", high))
    if goal.operator in ("gt", "lt"):
        demand(inhabited, context)
    yield condition, context, certificate.proof


def _generalise(goal: Condition, context: Context, certificate: Generalise) -> Iterator[Subgoal]:
    term, symbol, values = certificate.term, certificate.symbol, certificate.set
    require(isinstance(goal, Relation | Member), goal, "neither a relation nor a membership")
    bound = set().union(*map(bound_symbols, terms_of(goal)))
    require(not bound & term.free_symbols, term, "a symbol of it is bound in the goal")
    fresh = apart(symbol, values, context, mentioned(goal) | term.free_symbols) == symbol
    require(fresh and values.free_symbols <= context.names, symbol, "no symbol for the term")
    known, owed = defined(*terms_of(goal)), defined(*terms_of(Member(term, values)))
    needed = (*(need for need in owed if need not in known), *_inside(term, values))
    yield from side_conditions(needed, context, certificate.sides)
    abstract = instantiate_condition(goal, {term: symbol})
    yield abstract, context.including(symbol, values), certificate.proof


def _inside(term: Expr, values: Set) -> Iterator[Condition]:
    """Yield what puts ``term`` into ``values``; an order relation says that it is real."""
    ends = (values.inf, values.sup) if isinstance(values, Interval) else ()
    if all(end in (oo, -oo) for end in ends):
        yield Member(term, values)
        return
    if values.inf != -oo:
        yield Relation(term, "gt" if values.left_open else "ge", values.inf)
    if values.sup != oo:
        yield Relation(term, "lt" if values.right_open else "le", values.sup)
