"""Proof steps with a statement about all of a range, or a known inequality.  Trusted.

An assumption ``Throughout`` comes in as the hypothesis of an induction; it may be used at one
value, and an equation on an open interval may be differentiated.  Called by the kernel,
before ``steps``.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Indexed, Integral, Interval, Mul, S, oo

from proofcheck import identities, steps
from proofcheck.calculus import derivative
from proofcheck.certificates import (
    Certificate,
    Existing,
    Induction,
    Instance,
    Known,
    Lemma,
    Positivity,
    Ranges,
    Slopes,
    Uniform,
)
from proofcheck.continuity import NotContinuous, bound
from proofcheck.identities.equations import Inapplicable
from proofcheck.identities.inequalities import inequality
from proofcheck.obligations import Context, opened, terms_of
from proofcheck.points import instantiate_condition
from proofcheck.relations import (
    Condition,
    Defined,
    Member,
    Operator,
    Relation,
    Throughout,
    free_symbols,
)
from proofcheck.steps import (
    UPWARDS,
    Rejected,
    Subgoal,
    as_relation,
    defined,
    demand,
    numbered,
    require,
    side_conditions,
)


def expand(goal: Condition, context: Context, certificate: Certificate) -> Iterator[Subgoal]:
    """Yield sub-goals that together suffice for ``goal``, by these steps or by those of ``steps``.

    Raises:
        Rejected: the step does not apply.
        NotDifferentiable: a derivative is not known.
    """
    match certificate:
        case Uniform():
            yield from _uniform(goal, context, certificate)
        case Instance():
            yield from _instance(goal, context, certificate)
        case Lemma():
            yield from _lemma(goal, context, certificate)
        case Slopes():
            yield from _slopes(goal, context, certificate)
        case Positivity():
            yield from _positivity(as_relation(goal), context, certificate)
        case Known():
            yield from _known(as_relation(goal), context, certificate)
        case Existing():
            yield from _existing(goal, context, certificate)
        case _:
            yield from steps.expand(goal, context, certificate)


def _uniform(goal: Condition, context: Context, certificate: Uniform) -> Iterator[Subgoal]:
    """The hypothesis is about all values of some variables, of which nothing else is assumed."""
    moving = {certificate.variable, *certificate.over}
    free = Context(
        context.variables,
        tuple(a for a in context.assumptions if not moving & free_symbols(a)),
    )
    yield from side_conditions(defined(*terms_of(goal)), free, certificate.defined)
    hypothesis = goal
    for symbol in reversed(certificate.over):
        apart = symbol in free.sets and symbol != certificate.variable
        require(apart and not free.dependents(symbol), symbol, "it is no variable of its own")
        hypothesis = Throughout(symbol, free.sets[symbol], hypothesis)
    plain = Induction(certificate.variable, certificate.base, certificate.step)
    base, following = steps.expand(goal, free, plain)
    yield base
    yield following[0], free.assuming(hypothesis), certificate.step


def _quantified(index: int, context: Context) -> Throughout:
    assumption = numbered(index, context.assumptions)
    if not isinstance(assumption, Throughout):
        raise Rejected(assumption, "not an assumption about all of a set")
    return assumption


def _instance(goal: Condition, context: Context, certificate: Instance) -> Iterator[Subgoal]:
    assumption, value = _quantified(certificate.index, context), certificate.value
    there = assumption.condition
    if value != assumption.symbol:
        there = instantiate_condition(there, {assumption.symbol: value})
    needed = (*defined(value), *defined(*terms_of(there)))
    yield from side_conditions(needed, context, certificate.defined)
    yield Member(value, assumption.set), context, certificate.member
    yield goal, context.assuming(there), certificate.proof


def _lemma(goal: Condition, context: Context, certificate: Lemma) -> Iterator[Subgoal]:
    """What holds at every admissible point may be assumed there."""
    condition = certificate.condition
    symbols = {s for s in free_symbols(condition) if not isinstance(s, Indexed)}
    require(symbols <= context.names, condition, "it mentions what the context does not")
    needed = defined(*terms_of(condition))
    yield from side_conditions(needed, context, certificate.defined)
    yield condition, context, certificate.first
    yield goal, context.assuming(condition), certificate.proof


def _slopes(goal: Condition, context: Context, certificate: Slopes) -> Iterator[Subgoal]:
    """Both sides of an equation on an open interval have one derivative there."""
    assumption = _quantified(certificate.index, context)
    values = assumption.set
    is_open = isinstance(values, Interval) and values.left_open and values.right_open
    require(bool(is_open), assumption, "not on an open interval")
    relation, inside = opened(assumption, context)
    relation = as_relation(relation)
    require(relation.operator == "eq", assumption, "not an equation")
    *_, along = inside.sets
    slopes, conditions = [], list(defined(relation.lhs, relation.rhs))
    for side in (relation.lhs, relation.rhs):
        slope, differentiable = derivative(side, along)
        slopes.append(slope)
        conditions += [*differentiable, *defined(slope)]
    yield from side_conditions(tuple(dict.fromkeys(conditions)), inside, certificate.proofs)
    back = {along: assumption.symbol}  # inside of its quantifier it means nothing else
    same = Relation(slopes[0].xreplace(back), "eq", slopes[1].xreplace(back))
    found = Throughout(assumption.symbol, values, same)
    yield goal, context.assuming(found), certificate.proof


def _positivity(goal: Relation, context: Context, certificate: Positivity) -> Iterator[Subgoal]:
    """An integral has the sign that its integrand has all over a range that is not empty."""
    number, integral = goal.lhs.as_coeff_Mul()
    fits = isinstance(integral, Integral) and goal.rhs == 0 and goal.operator in UPWARDS
    require(fits, goal, "not the sign of an integral")
    try:
        x, function, low, high = bound(integral)
    except NotContinuous as problem:
        raise Rejected(goal, problem) from problem
    require(low is not oo and high != -oo, goal, "the ends are not in this order")
    ends = [end for end in (low, high) if end not in (oo, -oo)]
    demand((Member(end, S.Reals) for end in ends), context)
    if len(ends) == 2:
        strict = goal.operator in ("gt", "lt")
        demand([Relation(low, "lt" if strict else "le", high)], context)
    inside = Throughout(
        x, Interval.open(low, high), Relation(number * function, goal.operator, S.Zero)
    )
    yield inside, context, certificate.proof


def _known(goal: Relation, context: Context, certificate: Known) -> Iterator[Subgoal]:
    """From ``u >= v``, a weight ``w >= 0`` and ``a - b >= w*(u - v)`` follows ``a >= b``.

    It is strict if one of the two is, the first with w > 0.
    """
    require(goal.operator in UPWARDS, goal, "an inequality proves an order relation only")
    try:
        fact = inequality(certificate.rule, certificate.arguments)
    except Inapplicable as problem:
        raise Rejected(goal, problem) from problem
    weight = S.One if certificate.weight is None else certificate.weight
    named = weight.free_symbols.union(*(part.free_symbols for part in certificate.arguments))
    require(named <= context.names, named, "these are no variables")
    sides = fact.relation.lhs, fact.relation.rhs
    conditioned = [term for condition in fact.conditions for term in terms_of(condition)]
    needed = (*defined(weight, *sides, *conditioned), *fact.conditions)
    yield from side_conditions(tuple(dict.fromkeys(needed)), context, certificate.proofs)
    strict = goal.operator in ("gt", "lt")
    carried = strict and fact.relation.operator in ("gt", "lt")
    least: Operator = "gt" if carried else "ge"
    yield Relation(weight, least, S.Zero), context, certificate.positive or Ranges()
    margin = UPWARDS[fact.relation.operator] * (sides[0] - sides[1])
    rest = UPWARDS[goal.operator] * (goal.lhs - goal.rhs) - Mul(weight, margin)
    wanted: Operator = "gt" if strict and not carried else "ge"
    yield Relation(rest, wanted, S.Zero), context, certificate.then


def _existing(goal: Condition, context: Context, certificate: Existing) -> Iterator[Subgoal]:
    """What makes a limit equal to a value makes it exist."""
    rewrite = certificate.rewrite
    require(rewrite.rule in identities.LIMITS, rewrite.rule, "no rule for limits")
    try:
        equation = identities.instance(rewrite.rule, rewrite.arguments)
    except identities.Inapplicable as problem:
        raise Rejected(goal, problem) from problem
    require(goal == Defined(equation.atom), goal, "the rule is about another limit")
    own = set(equation.conditions)
    needed = defined(*(term for c in equation.conditions for term in terms_of(c)))
    demand((need for need in needed if need not in own), context)
    yield from side_conditions(equation.conditions, context, rewrite.proofs)
