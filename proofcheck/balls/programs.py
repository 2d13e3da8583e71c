"""Compile a SymPy expression into closures that evaluate it on balls. Trusted.

Constants and shared subexpressions are evaluated once per point. Exact rational arithmetic is
kept as long as it lasts, so that "undefined" is only said of an exact zero denominator, an exact
pole, an exact log(0).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any, cast

import sympy as sp
from flint import acb, fmpq
from sympy import Basic, Expr, Symbol
from sympy.core.relational import Relational

from proofcheck.balls import quadrature
from proofcheck.balls import series as ball_series
from proofcheck.balls.combinatorial import COMBINATORIAL
from proofcheck.balls.derivatives import derivative
from proofcheck.balls.functions import (
    ELEMENTARY,
    ONE,
    PIECEWISE,
    ZERO,
    Implementation,
    Undefined,
    Unevaluable,
    Value,
    ball,
    integer,
)
from proofcheck.balls.nodes import (
    Environment,
    Node,
    Test,
    apply,
    combine,
    compare,
    constant,
    exponential,
    failing,
    fold,
    integer_power,
    integrate,
    look_up,
    raise_power,
    shared,
)
from proofcheck.balls.special import SPECIAL, hypergeometric
from proofcheck.calculus import in_sequence
from proofcheck.failures import LIBRARY_ERRORS

Scope = tuple[Basic, ...]  # the bound symbols, outermost first

FUNCTIONS: dict[type, Implementation] = {**ELEMENTARY, **PIECEWISE, **COMBINATORIAL, **SPECIAL}
LARGEST_COUNT = 20_000  # terms of a finite sum or product


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what SymPy raises while it rewrites an integrand or a term into Unevaluable."""
    try:
        yield
    except LIBRARY_ERRORS as error:
        raise Unevaluable("SymPy could not rewrite an integrand or term: {}", error) from error


class Compiler:
    """Turns one expression into closures; equal subexpressions become one closure."""

    def __init__(self, expression: Basic) -> None:
        self.known: dict[tuple[Basic, Scope], Node] = {}
        self.remembered: dict[tuple[Basic, Scope], Node] = {}
        self.count: Counter[Basic] = Counter()
        seen = set()
        stack = [expression]
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                self.count.update(node.args)
                stack.extend(node.args)

    def level(self, expression: Basic, scope: Scope) -> int:
        """The depth of the innermost bound symbol that ``expression`` depends on."""
        free = expression.free_symbols
        return max((i + 1 for i, symbol in enumerate(scope) if symbol in free), default=0)

    def node(self, expression: Basic, scope: Scope) -> Node:
        """Return the closure that evaluates ``expression`` inside the binders of ``scope``."""
        depth = self.level(expression, scope)
        again = self.count[expression] > 1 or depth < len(scope)  # constant in the inner loop
        scope = scope[:depth]
        key = (expression, scope)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.build(expression, scope)
        if not again or not expression.args:
            return found
        if key not in self.remembered:
            self.remembered[key] = shared(found, depth, len(self.remembered))
        return self.remembered[key]

    def build(self, expression: Basic, scope: Scope) -> Node:
        """Return a closure for one node of the tree."""
        kind = type(expression)
        if expression.is_Add:
            return fold([self.node(a, scope) for a in expression.args], True)
        if expression.is_Mul:
            return fold([self.node(a, scope) for a in expression.args], False)
        if expression.is_Pow or isinstance(expression, sp.exp):
            base, exponent = expression.args if expression.is_Pow else (sp.E, expression.args[0])
            if isinstance(expression, sp.exp) or base is sp.E:
                return exponential(expression, self.node(expression.args[-1], scope))
            depth = len(scope)
            if isinstance(exponent, sp.Integer) and exponent != 0 and abs(exponent) < 1 << 30:
                return integer_power(expression, self.node(base, scope), int(exponent), depth)
            return raise_power(
                expression, self.node(base, scope), self.node(exponent, scope), len(scope)
            )
        if isinstance(expression, sp.Symbol | sp.Dummy | sp.Limit):
            return look_up(expression)
        if isinstance(expression, sp.Indexed):
            return self.indexed(expression, scope)
        if expression.is_number and not expression.args:
            return constant(expression)
        if isinstance(expression, sp.Sum | sp.Product):
            return self.summation(expression, scope)
        if isinstance(expression, sp.Integral):
            return self.integral(expression, scope)
        if isinstance(expression, sp.Piecewise):
            return self.piecewise(expression, scope)
        if isinstance(expression, sp.Derivative):
            return derivative(expression, lambda part: self.node(part, scope))
        if isinstance(expression, sp.Subs):
            return self.substitution(expression, scope)
        if isinstance(expression, sp.hyper):
            return self.hyper(expression, scope)
        implementation = FUNCTIONS.get(kind)
        if implementation is None:
            return failing(f"{kind.__name__} is not a function that can be enclosed")
        arguments = []
        for argument in expression.args:
            parts = argument.args if isinstance(argument, sp.Tuple) else (argument,)
            arguments += [self.node(part, scope) for part in parts]
        return apply(expression, implementation, arguments, len(scope))

    def hyper(self, expression: Basic, scope: Scope) -> Node:
        upper, lower, argument = expression.args
        size = len(upper.args)
        nodes = [self.node(a, scope) for a in (*upper.args, *lower.args, argument)]

        def implementation(values: Sequence[Value], mode: int) -> Value:
            return hypergeometric(values[:size], values[size:-1], values[-1], mode)

        return apply(expression, implementation, nodes, len(scope))

    def indexed(self, expression: Basic, scope: Scope) -> Node:
        base, *indices = expression.args
        nodes = [self.node(index, scope) for index in indices]

        def node(env: Environment) -> Value:
            if expression in env.values:
                return cast(Value, env.values[expression])
            found = env.values.get(base)
            if found is None:
                raise Unevaluable(f"no value for {base}", hopeless=True)
            for index in nodes:
                k = integer(index(env))
                if k is None or isinstance(found, acb | fmpq):
                    raise Unevaluable(f"{expression}: the index is not an exact integer")
                if not 1 <= k <= len(found):
                    raise Unevaluable(f"{expression}: index {k} is outside 1..{len(found)}")
                found = found[k - 1]
            return cast(Value, found)

        return node

    def piecewise(self, expression: Basic, scope: Scope) -> Node:
        branches = [
            (self.node(value, scope), self.condition(test, scope))
            for value, test in expression.args
        ]
        level = len(scope)

        def node(env: Environment) -> Value:
            live: Value | None = None
            for value, test in branches:
                holds = test(env)
                if holds is False:
                    continue
                if holds is None and level >= env.holomorphic:
                    raise Unevaluable("the ball meets a boundary of a Piecewise")
                if live is None and holds:
                    return value(env)
                try:
                    found = ball(value(env))
                except Undefined as error:
                    raise Unevaluable(f"{error.term} may be undefined") from error
                live = found if live is None else ball(live).union(found)
                if holds:
                    return live
            if live is None:
                raise Undefined(expression)
            raise Unevaluable("no condition of a Piecewise could be shown to hold")

        return node

    def condition(self, test: Basic, scope: Scope) -> Test:
        """Return a three-valued test: True, False, or None when the balls cannot tell."""
        if test in (sp.true, sp.false):
            known = test == sp.true
            return lambda env: known
        if isinstance(test, sp.And | sp.Or):
            parts = [self.condition(a, scope) for a in test.args]
            decisive = isinstance(test, sp.Or)

            def junction(env: Environment) -> bool | None:
                answers = [part(env) for part in parts]
                if decisive in answers:
                    return decisive
                return None if None in answers else not decisive

            return junction
        if isinstance(test, sp.Not):
            inner = self.condition(test.args[0], scope)
            return lambda env: None if (answer := inner(env)) is None else not answer
        if isinstance(test, Relational):
            return compare(
                test, self.node(test.args[0], scope), self.node(test.args[1], scope), len(scope)
            )
        reason = f"the condition {test} is not a comparison"

        def unknown(env: Environment) -> bool | None:
            raise Unevaluable(reason, hopeless=True)

        return unknown

    def substitution(self, expression: sp.Subs, scope: Scope) -> Node:
        """Subs(body, variables, values), under fresh names that no value mentions."""
        if in_sequence(expression):
            return failing(f"{expression} mixes its variables and their values")
        body, variables, values = expression.args
        fresh = [sp.Dummy(str(variable)) for variable in variables.args]
        nodes = [self.node(value, scope) for value in values.args]
        renamed = body.xreplace(dict(zip(variables.args, fresh, strict=True)))
        node, level = self.node(renamed, (*scope, *fresh)), len(scope)

        def evaluate(env: Environment) -> Value:
            found = [value(env) for value in nodes]
            with ExitStack() as bound:
                for depth, (symbol, value) in enumerate(zip(fresh, found, strict=True), 1):
                    bound.enter_context(env.binding(symbol, level + depth))(value)
                return node(env)

        return evaluate

    def summation(self, expression: Basic, scope: Scope) -> Node:
        """A finite sum or product over exact integers; an infinite sum goes to quadrature."""
        body, *limits = expression.args
        if len(limits) > 1:  # the first limit is the innermost
            body, limits = type(expression)(body, *limits[:-1]), limits[-1:]
        if len(limits[0]) != 3:
            return failing(f"{expression} has no bounds")
        index, low, high = limits[0]
        if high is sp.oo or low is -sp.oo:
            return self.infinite_sum(expression, body, (index, low, high), scope)
        bounds = self.node(low, scope), self.node(high, scope)
        level = len(scope) + 1
        node = self.node(body, (*scope, index))
        adding = isinstance(expression, sp.Sum)

        def evaluate(env: Environment) -> Value:
            first, last = (integer(bound(env)) for bound in bounds)
            if first is None or last is None:
                raise Unevaluable(f"the bounds of {expression} are not exact integers")
            if last < first - 1:  # SymPy (Karr) and the empty convention differ here
                raise Unevaluable(f"the bounds of {expression} run backwards", hopeless=True)
            if last - first >= LARGEST_COUNT:
                raise Unevaluable(f"{expression} has too many terms", hopeless=True)
            total: Value = ZERO if adding else ONE
            with env.binding(index, level) as assign:
                for k in range(first, last + 1):
                    assign(fmpq(k))
                    total = combine(total, node(env), adding)
            return total

        return evaluate

    def infinite_sum(
        self, expression: Basic, body: Expr, limits: tuple[Symbol, Expr, Expr], scope: Scope
    ) -> Node:
        index = sp.Dummy("n")
        renamed = body.subs(limits[0], index)
        if limits[1] is -sp.oo:
            return self.sum_from_below(expression, renamed, index, limits[2], scope)
        start = self.node(limits[1], scope)
        adding = isinstance(expression, sp.Sum)
        method = ball_series.infinite_sum if adding else ball_series.infinite_product
        level = len(scope)

        def evaluate(env: Environment) -> Value:
            first = integer(start(env))
            if first is None or level >= env.holomorphic:
                raise Unevaluable(f"{expression} cannot be enclosed here")
            try:
                with refusals():
                    return method(renamed, index, first, env)
            except Undefined as error:
                raise (Undefined(expression) if error.term.has(index) else error) from None

        return evaluate

    def sum_from_below(
        self, expression: Basic, body: Expr, index: Symbol, high: Expr, scope: Scope
    ) -> Node:
        """A sum from -oo on, up to an integer or to oo."""
        if not isinstance(expression, sp.Sum):
            return failing(f"{expression} has no finite first index")
        stop = None if high is sp.oo else self.node(high, scope)
        level = len(scope)

        def evaluate(env: Environment) -> Value:
            last = None if stop is None else integer(stop(env))
            if (stop is not None and last is None) or level >= env.holomorphic:
                raise Unevaluable(f"{expression} cannot be enclosed here")
            with refusals():
                return ball_series.over_all_integers(body, index, last, env)

        return evaluate

    def integral(self, expression: Basic, scope: Scope) -> Node:
        """An integral over one variable; several are nested, the first limit innermost."""
        body, *limits = expression.args
        if len(limits) > 1:
            body, limits = sp.Integral(body, *limits[:-1]), limits[-1:]
        if len(limits[0]) != 3:
            return failing(f"{expression} has no limits")
        variable, *ends = limits[0]
        level = len(scope) + 1
        node = self.node(body, (*scope, variable))
        nodes = [None if end in (sp.oo, -sp.oo) else self.node(end, scope) for end in ends]

        def evaluate(env: Environment) -> Value:
            values, hulls = [], []
            for end, value in zip(ends, nodes, strict=True):
                values.append(None if value is None else ball(value(env)))
                hulls.append(None if value is None else env.on_hull(end))

            def path(lower: acb, upper: acb, most: int) -> acb:
                ends_of_hull = zip(hulls, (lower, upper), strict=True)
                first, last = (x if hull is None else hull for hull, x in ends_of_hull)
                span = lower, upper
                return integrate(env, node, variable, level, span, first.union(last), most)

            with refusals():
                return quadrature.integral(body, variable, ends, values, hulls, path, env)

        return evaluate


@lru_cache(maxsize=8192)
def translate(expression: Basic) -> Node:
    """Return the closure of an expression; equal expressions share one."""
    try:
        return Compiler(expression).node(expression, ())
    except RecursionError:
        raise Unevaluable("an expression nested too deeply", hopeless=True) from None


def environment(
    values: dict[Basic, Any], given: Mapping[Basic, object] | None = None
) -> Environment:
    """Return the environment in which programs are run, at the point as it was given."""
    made = Environment(values, translate)
    made.given = given or {}
    return made
