"""Put a value, or an expression in a new symbol, in the place of a variable.  Trusted.

A goal holds at every admissible x if it holds, with ``forward(t)`` for x, at every t of a set in
which ``t = inverse(x)`` lies for every admissible x, and ``forward(inverse(x)) = x``.  What is
assumed of x is assumed of ``forward(t)``.  Both may mention the other variables, which stay as
they are: all of this is said at each of their values.  ``forward`` has to be defined at
``inverse(x)``, which is asked of it as it is written: put together, the two may hide a pole.
"""

from __future__ import annotations

from sympy import Expr, Interval, Symbol

from proofcheck.certificates import Substitute, Value
from proofcheck.domains import Family, Variable
from proofcheck.errors import ClaimError
from proofcheck.obligations import Context, apart, definedness, mentioned
from proofcheck.points import instantiate, instantiate_condition, instantiate_set
from proofcheck.relations import Condition, Member, Relation


def at(goal: Condition, context: Context, symbol: Symbol, value: Expr) -> tuple[Condition, Context]:
    """Return goal and context at one value of ``symbol``."""
    point = {symbol: value}
    variables = tuple(
        Variable(v.symbol, instantiate_set(v.set, point))
        if isinstance(v, Variable)
        else Family(v.base, instantiate(v.size, point), instantiate_set(v.element, point))
        for v in context.variables
        if not (isinstance(v, Variable) and v.symbol == symbol)
    )
    assumptions = tuple(instantiate_condition(a, point) for a in context.assumptions)
    return instantiate_condition(goal, point), Context(variables, assumptions)


def valued(goal: Condition, context: Context, step: Value) -> tuple[Condition, Context]:
    """Return goal and context with its value for a variable, by an assumption ``x = value``.

    At every admissible point x has this value, which does not mention x.

    Raises:
        ClaimError: the assumption is none that gives a variable its value.
    """
    known = dict(enumerate(context.assumptions)).get(step.index)
    if not isinstance(known, Relation) or known.operator != "eq" or known.assumptions:
        raise ClaimError(f"assumption {step.index} is no equation")
    if known.lhs not in context.sets or known.lhs in known.rhs.free_symbols:
        raise ClaimError(f"'{known}' gives no variable its value")
    return at(goal, context, known.lhs, known.rhs)


def substituted(
    goal: Relation, context: Context, step: Substitute
) -> tuple[tuple[Condition, ...], Condition, Context]:
    """Return what the substitution needs, and goal and context with the new symbol.

    Raises:
        ClaimError: the substitution does not fit.
    """
    old, new, values = step.variable, step.symbol, step.set
    if old not in context.sets or context.dependents(old):
        raise ClaimError(f"{old} is no variable of its own")
    if not isinstance(values, Interval) or values.free_symbols:
        raise ClaimError(f"{values} is no interval with constant ends")
    used = set().union(mentioned(goal), *map(mentioned, context.assumptions))
    if apart(new, values, context, used) != new:
        raise ClaimError(f"{new} is not free to range over {values}")
    others = context.sets.keys() - {old}
    if step.forward.free_symbols - others != {new} or step.inverse.free_symbols - others != {old}:
        raise ClaimError("a substitution in other symbols")
    back = instantiate(step.forward, {new: step.inverse})
    needed = (
        *(need.condition for need in definedness(step.inverse)),
        *(
            instantiate_condition(need.condition, {new: step.inverse})
            for need in definedness(step.forward)
        ),
        *(need.condition for need in definedness(back)),
        Member(step.inverse, values),
        Relation(back, "eq", old),
    )
    there, inside = at(goal, context, old, step.forward)
    return tuple(dict.fromkeys(needed)), there, inside.including(new, values)
