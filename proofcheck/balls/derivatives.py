"""Derivatives on balls: worked out by calculus, whose conditions are checked at the point. Trusted.

Along the real line a function may be differentiable on a branch cut (its jump is constant there);
in the plane, and inside an integral, it must be holomorphic.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import sympy as sp
from flint import acb, arb, fmpq
from sympy import Basic, Expr, Set
from sympy.sets.fancysets import Complexes, Integers, Rationals, Reals

from proofcheck.balls.forms import differentiate
from proofcheck.balls.functions import (
    Undefined,
    Unevaluable,
    Value,
    ball,
    contains_integer,
    contains_zero,
    disk,
    integer,
    is_real,
    is_zero,
)
from proofcheck.balls.nodes import INNER_LIMIT, NAN, NEVER, Environment, Node, Test
from proofcheck.calculus import Derived, NotDifferentiable
from proofcheck.calculus import derivative as differentiated
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Operator, Relation

HIGHEST_ORDER = 12
RADII = (fmpq(1), fmpq(1, 4), fmpq(1, 16))

Build = Callable[[Basic], Node]


def derivative(expression: sp.Derivative, build: Build) -> Node:
    """Return the closure of a derivative; ``build`` gives those of its parts."""
    if not all(isinstance(times, sp.Integer) for _, times in expression.variable_count):
        return at_integers(expression, build)
    body = expression.args[0]
    formula = differentiate(body, expression.variable_count)
    smooth = None if formula is None else build(formula)
    rules = worked_out(body, expression.variable_count)
    if rules is None and smooth is None:
        return at_integers(expression, build)
    value = build(body)
    along = [symbol for symbol, _ in expression.variable_count if symbol.is_extended_real]
    if rules is not None:
        slope = build(rules[0])
        tests = [test(condition, build) for condition in rules[1]]

    def by_the_rules(env: Environment) -> Value | None:
        """The derivative, None where the conditions are not known to hold."""
        if rules is None or env.strict or env.on_path:
            return None
        if not all(is_real(env.values.get(symbol, sp.nan)) for symbol in along):
            return None
        value(env)
        try:
            return slope(env) if all(holds(env) for holds in tests) else None
        except (Undefined, Unevaluable):
            return None

    def evaluate(env: Environment) -> Value:
        found = by_the_rules(env)
        if found is not None:
            return found
        if smooth is None:
            return by_cauchy(expression, env)
        try:
            env.evaluate(body, {}, holomorphic=True)  # the formula is wrong on a branch cut
            return smooth(env)
        except (Undefined, Unevaluable):  # a formula may have a pole where the function has none
            return by_cauchy(expression, env)

    return evaluate


def by_cauchy(expression: sp.Derivative, env: Environment) -> Value:
    """f^(n)(z) = n!/(2 pi r^n) times the integral of f(z + r exp(i a)) exp(-i n a) over a turn.

    The disk of radius r lies in a square on which f is holomorphic, as a value of f there in that
    mode says. If f is real on the diameter then its derivatives are real at z.
    """
    body, *steps = expression.args
    if env.strict or env.on_path or len(steps) != 1:
        raise Unevaluable("{} could not be enclosed here", expression)
    symbol, order = steps[0]
    at = env.values.get(symbol)
    if not isinstance(at, fmpq | acb) or not 0 < order <= HIGHEST_ORDER:
        raise Unevaluable("{} could not be enclosed here", expression)
    centre, n = ball(at), int(order)
    for radius in RADII:
        size = arb(radius)
        diameter = acb(arb(0, size))
        try:
            env.evaluate(body, {symbol: centre + disk(size)}, holomorphic=True)
            on_line = env.evaluate(body, {symbol: centre + diameter}, holomorphic=False)
        except (Undefined, Unevaluable):
            continue

        def integrand(angle: acb, analytic: bool, size: arb = size) -> acb:
            turn = (acb(0, 1) * angle).exp()
            try:
                place = {symbol: centre + size * turn}
                return ball(env.evaluate(body, place, holomorphic=analytic)) * turn**-n
            except (Undefined, Unevaluable):
                return NAN

        whole = acb.integral(integrand, acb(0), acb(2 * arb.pi()), eval_limit=INNER_LIMIT)
        found = whole * int(sp.factorial(n)) / (2 * arb.pi() * size**n)
        if found.is_finite():
            return acb(found.real) if is_real(centre) and is_real(on_line) else found
    raise Unevaluable("{} could not be enclosed here", expression)


@lru_cache(maxsize=1024)
def worked_out(body: Expr, steps: tuple[tuple[sp.Symbol, Expr], ...]) -> Derived | None:
    """Return a repeated derivative and where it is that, or None if the rules do not reach."""
    slope: Expr = body
    conditions: tuple[Condition, ...] = ()
    try:
        for symbol, times in steps:
            if not 0 <= times <= HIGHEST_ORDER:
                return None
            for _ in range(int(times)):
                slope, found = differentiated(slope, symbol)
                conditions += found
    except (NotDifferentiable, TypeError, ValueError):
        return None
    return slope, tuple(dict.fromkeys(conditions))


def at_integers(expression: sp.Derivative, build: Build) -> Node:
    """Return the closure of a derivative once its parameters that are integers are put in."""
    body, counts = expression.args[0], expression.variable_count
    variables = {symbol for symbol, _ in counts}
    parameters = sorted(expression.free_symbols - variables, key=str)
    unknown = f"{expression} is not a derivative that can be enclosed"
    if not parameters:
        return lambda env: by_cauchy(expression, env)
    nodes = [build(times) for _, times in counts]

    def evaluate(env: Environment) -> Value:
        known: dict[Basic, Basic] = {}
        for symbol in parameters:
            value = env.values.get(symbol)
            whole = integer(value) if isinstance(value, fmpq | acb) else None
            if whole is not None:
                known[symbol] = sp.Integer(whole)
        orders = [node(env) for node in nodes]
        if any(type(order) is fmpq and (order < 0 or order.q != 1) for order in orders):
            raise Undefined(expression)  # there is no derivative of such an order
        steps = [(symbol, times.xreplace(known)) for symbol, times in counts]
        if not known:
            return by_cauchy(expression, env)
        if not all(
            isinstance(times, sp.Integer) and 0 <= times <= HIGHEST_ORDER for _, times in steps
        ):
            raise Unevaluable("{}", unknown, hopeless=True)
        steps = [step for step in steps if step[1] != 0]
        fixed = body.xreplace(known)
        if steps:
            fixed = sp.Derivative(fixed, *steps, evaluate=False)
        return env.translate(fixed)(alike(env))

    return evaluate


def alike(env: Environment) -> Environment:
    """Return an environment at the same point for another program: it remembers nothing."""
    other = Environment(dict(env.values), env.translate)
    other.hull, other.on_path, other.given = dict(env.hull), env.on_path, env.given
    other.work, other.hints = env.work, env.hints
    other.holomorphic = 0 if env.strict else NEVER
    return other


def test(condition: Condition, build: Build) -> Test:
    """Return a three-valued test of a condition, of which every point of the ball is asked."""
    match condition:
        case AnyOf() | AllOf():
            parts = [test(part, build) for part in condition.conditions]
            decisive = isinstance(condition, AnyOf)

            def junction(env: Environment) -> bool | None:
                answers = [answer(part, env) for part in parts]
                if decisive in answers:
                    return decisive
                return None if None in answers else not decisive

            return junction
        case Relation():
            lhs, rhs = build(condition.lhs), build(condition.rhs)
            return lambda env: compared(lhs(env), condition.operator, rhs(env))
        case Member():
            return membership(condition, build)
    return lambda env: None


def answer(part: Test, env: Environment) -> bool | None:
    """Return the answer of one alternative, None where a term of it has no value."""
    try:
        return part(env)
    except (Undefined, Unevaluable):
        return None


def compared(lhs: Value, operator: Operator, rhs: Value) -> bool | None:
    """Return whether all values of two balls stand in a relation, None if that is not known."""
    difference: Value = lhs - rhs if type(lhs) is type(rhs) else ball(lhs) - ball(rhs)
    if operator in ("eq", "ne"):
        if is_zero(difference):
            return operator == "eq"
        return None if contains_zero(difference) else operator == "ne"
    if not (is_real(lhs) and is_real(rhs)):
        return None
    gap = ball(difference).real
    match operator:
        case "lt":
            return True if gap < 0 else False if gap >= 0 else None
        case "le":
            return True if gap <= 0 else False if gap > 0 else None
        case "gt":
            return True if gap > 0 else False if gap <= 0 else None
        case _:
            return True if gap >= 0 else False if gap < 0 else None


def membership(condition: Member, build: Build) -> Test:
    """Return the test whether a value lies in a set of numbers (or, negated, outside)."""
    element, domain = build(condition.element), condition.set
    ends: list[tuple[Operator, Node]] = []
    if isinstance(domain, sp.Interval | sp.Range):
        if isinstance(domain, sp.Range) and abs(domain.step) != 1:
            return lambda env: None
        closed = isinstance(domain, sp.Range)
        if domain.inf is not -sp.oo:
            ends.append(("ge" if closed or not domain.left_open else "gt", build(domain.inf)))
        if domain.sup is not sp.oo:
            ends.append(("le" if closed or not domain.right_open else "lt", build(domain.sup)))

    def holds(env: Environment) -> bool | None:
        value = element(env)
        answers = [of_kind(value, domain)]
        if answers[0] is not False:  # the real part tells what lies beyond an end
            place = acb(ball(value).real)
            beside = [compared(place, operator, end(env)) for operator, end in ends]
            answers += beside if answers[0] or False in beside else []
        known = False if False in answers else None if None in answers else True
        return known if known is None or not condition.negated else not known

    return holds


def of_kind(value: Value, domain: Set) -> bool | None:
    """Return whether a value is real, an integer, as the elements of ``domain`` are."""
    match domain:
        case Complexes():
            return True
        case Integers() | sp.Range():
            if integer(value) is not None:
                return True
            return None if contains_integer(value) else False
        case Reals() | sp.Interval():
            if is_real(value):
                return True
            return None if ball(value).imag.contains(0) else False
        case Rationals():
            return True if integer(value) is not None else None
    return None
