"""What a compiled expression is made of: the environment and the closures of its nodes. Trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sympy as sp
from flint import acb, arb, fmpq, fmpz
from sympy import Basic, Expr, Symbol
from sympy.core.relational import Relational

from proofcheck.balls.forms import is_algebraic_zero, real_by_form
from proofcheck.balls.functions import (
    EXACT_BITS,
    HOLOMORPHIC,
    ONE,
    PATH,
    PIECEWISE,
    PLAIN,
    Implementation,
    Pole,
    Undefined,
    Unevaluable,
    Value,
    ball,
    contains_zero,
    is_real,
    is_zero,
    power,
)

Node = Callable[["Environment"], Value]
Test = Callable[["Environment"], bool | None]
Translate = Callable[[Basic], Node]

OUTER_LIMIT, INNER_LIMIT = 20_000, 4_000  # evaluations of one integrand
LARGEST_WORK = 200_000  # evaluations of integrands for one value
NEVER = 1 << 30
NAN = acb(arb.nan(), arb.nan())


class Environment:
    """The values of the symbols, and what has been computed with them so far.

    ``memory[level]`` holds the shared subexpressions whose innermost bound symbol is the
    ``level``-th (0: none). Nodes of level ``holomorphic`` and deeper must certify holomorphy.
    ``given`` is the point itself, with exact SymPy numbers.
    ``hull`` encloses every integration variable on its real path (nan: the path is not real).
    """

    __slots__ = (
        "given", "hints", "holomorphic", "hull", "memory", "on_path", "translate", "values", "work",
    )  # fmt: skip

    def __init__(self, values: dict[Basic, Any], translate: Translate) -> None:
        self.values = values
        self.translate = translate
        self.memory: list[dict[int, Value]] = [{}]
        self.holomorphic = NEVER
        self.hull: dict[Basic, Value] = {}
        self.on_path = False
        self.work = [LARGEST_WORK]
        self.hints: dict[Basic, int] = {}
        self.given: Mapping[Basic, object] = {}

    @property
    def strict(self) -> bool:
        """Whether some integration asks for holomorphy in its variable."""
        return self.holomorphic != NEVER

    def inside(self, extra: Mapping[Basic, Value]) -> Environment:
        """Return a fresh environment with further symbols bound, on the path of an integral."""
        inner = Environment({**self.values, **extra}, self.translate)
        inner.hull = {symbol: h for symbol, h in self.hull.items() if symbol not in extra}
        inner.on_path, inner.work, inner.hints = True, self.work, self.hints
        return inner

    @contextmanager
    def binding(self, symbol: Basic, level: int) -> Iterator[Callable[[Value], None]]:
        """Give a way to set a bound symbol; restore all that it shadows afterwards."""
        missing = object()
        outer, kept = self.values.get(symbol, missing), self.memory[level:]

        def assign(value: Value) -> None:
            self.values[symbol] = value
            self.memory[level:] = [{}]

        try:
            yield assign
        finally:
            self.memory[level:] = kept
            if outer is missing:
                self.values.pop(symbol, None)
            else:
                self.values[symbol] = outer

    def evaluate(
        self, expression: Basic, extra: Mapping[Basic, Value], *, holomorphic: bool | None = None
    ) -> Value:
        """Return the value with further symbols bound, holomorphy certified if asked for."""
        inner = self.inside(extra)
        strict = self.strict if holomorphic is None else holomorphic
        inner.holomorphic = 0 if strict else NEVER
        return self.translate(expression)(inner)

    def real_on_path(self, expression: Basic) -> bool:
        """Whether ``expression`` is real wherever the integration variables are on their paths."""
        inner = self.inside(self.hull)
        try:
            return is_real(self.translate(expression)(inner))
        except (Undefined, Unevaluable):
            return real_by_form(expression, inner.values)

    def on_hull(self, end: Expr) -> acb:
        """Enclose a limit of integration while outer variables run over their paths."""
        try:
            return ball(self.translate(end)(self.inside(self.hull)))
        except (Undefined, Unevaluable):
            return NAN

    def unbounded_here(self, expression: Basic) -> bool:
        """Whether a real rational function, or tan of one, only has a pole in the ball at hand.

        It is defined in the middle of the ball, so it is undefined at isolated points only.
        """
        if not self.hull or self.strict:
            return False
        variable = next(reversed(self.hull))
        inner = expression.args[0] if isinstance(expression, sp.tan) else expression
        if not inner.is_rational_function(*inner.free_symbols):
            return False
        if not real_by_form(expression, self.values):
            return False
        try:
            self.evaluate(expression, {variable: ball(self.values[variable]).mid()})
        except (Undefined, Unevaluable):
            return False
        return True


def integrate(
    env: Environment,
    node: Node,
    variable: Symbol,
    level: int,
    ends: tuple[acb, acb],
    hull: acb,
    most: int,
) -> acb:
    """Integrate along the straight path; ``hull`` encloses the path on the real axis.

    ``most``: evaluations of the integrand.
    """
    interrupted: list[BaseException] = []
    outer, known, on_path = env.holomorphic, env.hull, env.on_path
    env.on_path = True
    env.hull = {**known, variable: hull if is_real(hull) else NAN}
    with env.binding(variable, level) as assign:

        def integrand(z: acb, analytic: bool) -> acb:
            if env.work[0] <= 0 or interrupted:
                return NAN
            try:
                env.work[0] -= 1
                assign(z)
                env.holomorphic = min(outer, level) if analytic else outer
                return ball(node(env))
            except (Undefined, Unevaluable):
                return NAN
            except BaseException as error:  # a timer's, say: C goes on after an exception
                interrupted.append(error)
                return NAN
            finally:
                env.holomorphic = outer

        try:
            limit = min(most, INNER_LIMIT if known else OUTER_LIMIT)
            found = acb.integral(integrand, *ends, eval_limit=limit)
        finally:
            env.hull, env.on_path = known, on_path
    if interrupted:
        raise interrupted[0]
    if env.work[0] <= 0:
        raise Unevaluable("too many evaluations of an integrand")
    if not found.is_finite():
        raise Unevaluable("an integral did not converge")
    return found


def shared(node: Node, level: int, key: int) -> Node:
    """Evaluate a closure once per value of the symbols it depends on."""

    def recall(env: Environment) -> Value:
        memory = env.memory[level]
        # Certified holomorphic values are kept apart: the two ask different things of a node.
        slot = 2 * key + (level >= env.holomorphic)
        found = memory.get(slot)
        if found is None:
            found = memory[slot] = node(env)
        return found

    return recall


def failing(reason: str) -> Node:
    """A node that cannot be enclosed: said when it is evaluated, not before."""

    def node(env: Environment) -> Value:
        raise Unevaluable("{}", reason, hopeless=True)

    return node


def constant(expression: Basic) -> Node:
    """A number without arguments."""
    if isinstance(expression, sp.Rational):
        exact = fmpq(fmpz(int(expression.p)), fmpz(int(expression.q)))
        return lambda env: exact
    if isinstance(expression, sp.Float):
        return failing("claims contain no floats")
    if expression in (sp.nan, sp.zoo):

        def undefined(env: Environment) -> Value:
            raise Undefined(expression)

        return undefined
    compute = CONSTANTS.get(expression)
    if compute is None:
        return failing(f"{expression} is not a number that can be enclosed")
    return lambda env: compute()


CONSTANTS: dict[Basic, Callable[[], acb]] = {
    sp.pi: lambda: acb(arb.pi()),
    sp.E: lambda: acb(arb.const_e()),
    sp.I: lambda: acb(0, 1),
    sp.EulerGamma: lambda: acb(arb.const_euler()),
    sp.Catalan: lambda: acb(arb.const_catalan()),
    sp.GoldenRatio: lambda: acb((1 + arb(5).sqrt()) / 2),
}


def look_up(symbol: Basic) -> Node:
    """The value of a symbol, or of a limit, that the point gives."""

    def node(env: Environment) -> Value:
        found = env.values.get(symbol)
        if not isinstance(found, fmpq | acb):
            raise Unevaluable("no value for {}", symbol, hopeless=True)
        return found

    return node


def combine(total: Value, value: Value, adding: bool) -> Value:
    """Add or multiply, exactly as long as both are exact and not too large."""
    if type(total) is fmpq:
        if type(value) is fmpq and total.height_bits() < EXACT_BITS:
            return total + value if adding else total * value
        total = acb(total)
    return total + ball(value) if adding else total * ball(value)


def fold(nodes: Sequence[Node], adding: bool) -> Node:
    """The sum or product of two or more nodes."""
    first, *rest = nodes

    def node(env: Environment) -> Value:
        total = first(env)
        for part in rest:
            value = part(env)
            if type(total) is not type(value):
                total, value = ball(total), ball(value)
            total = total + value if adding else total * value
        return total

    return node


def finite(value: Value, expression: Basic) -> Value:
    """Refuse a value that is not finite: it may be undefined somewhere in the ball."""
    if type(value) is acb and not value.is_finite():
        raise Unevaluable("{} could not be made finite", expression)
    return value


def raise_power(expression: Basic, base: Node, exponent: Node, level: int) -> Node:
    """base^exponent."""

    def node(env: Environment) -> Value:
        mode = HOLOMORPHIC if level >= env.holomorphic else PLAIN
        try:
            return finite(power(base(env), exponent(env), mode), expression)
        except Pole:
            raise Undefined(expression) from None

    return node


def integer_power(expression: Basic, base: Node, exponent: int, level: int) -> Node:
    """base^exponent for a constant exponent that is not 0: the commonest power, so a short way."""

    def node(env: Environment) -> Value:
        value = base(env)
        if type(value) is acb and exponent > 0:
            return value * value if exponent == 2 else value**exponent
        try:
            return finite(power(value, fmpq(exponent), PLAIN), expression)
        except Pole:
            raise Undefined(expression) from None
        except Unevaluable:
            if level == 0 and is_algebraic_zero(expression.args[0], env.given):
                raise Undefined(expression) from None
            raise

    return node


def exponential(expression: Basic, argument: Node) -> Node:
    """exp."""

    def node(env: Environment) -> Value:
        value = argument(env)
        if type(value) is acb:
            return finite(value.exp(), expression)
        return ONE if value == 0 else finite(acb(value).exp(), expression)

    return node


def apply(
    expression: Basic, implementation: Implementation, arguments: Sequence[Node], level: int
) -> Node:
    """A named function; one with jumps is continued off the real path only where it is real."""
    jumps = type(expression) in PIECEWISE
    bounded = acb(arb(0, 2)) if isinstance(expression, sp.atan | sp.acot | sp.tanh) else None

    def node(env: Environment) -> Value:
        mode = HOLOMORPHIC if level >= env.holomorphic else PATH if env.on_path else PLAIN
        try:
            values = [argument(env) for argument in arguments]
        except Unevaluable:
            if bounded is None or mode != PATH or not env.unbounded_here(expression.args[0]):
                raise
            return bounded
        if jumps and mode == HOLOMORPHIC and not all(map(env.real_on_path, expression.args)):
            raise Unevaluable("{} is not holomorphic", expression)
        try:
            return finite(implementation(values, mode), expression)
        except Pole:
            raise Undefined(expression) from None
        except (ValueError, OverflowError, ArithmeticError) as error:  # Arb refuses the arguments
            raise Unevaluable(f"{expression}: {error}", hopeless=True) from error

    return node


COMPARISONS: dict[type, tuple[int, bool]] = {  # wanted sign of lhs - rhs, and whether 0 will do
    sp.StrictLessThan: (-1, False), sp.LessThan: (-1, True),
    sp.StrictGreaterThan: (1, False), sp.GreaterThan: (1, True),
}  # fmt: skip


def compare(test: Relational, lhs: Node, rhs: Node, level: int) -> Test:
    """A comparison: True, False, or None when the balls overlap."""
    equality = isinstance(test, sp.Eq | sp.Ne)
    negated = isinstance(test, sp.Ne)
    wanted, zero_allowed = COMPARISONS.get(type(test), (0, False))

    def decide(env: Environment) -> bool | None:
        left, right = lhs(env), rhs(env)
        exact = type(left) is fmpq and type(right) is fmpq
        difference: Value = left - right if exact else ball(left) - ball(right)
        if equality:
            if is_zero(difference):
                return not negated
            return None if contains_zero(difference) else negated
        if is_zero(difference):
            return zero_allowed
        if not is_real(difference) and not (
            level >= env.holomorphic and all(map(env.real_on_path, test.args))
        ):
            raise Unevaluable("{} compares values that are not real", test)
        x = ball(difference).real * wanted
        if x > 0 or x < 0 or level >= env.holomorphic:
            return True if x > 0 else False if x < 0 else None
        return zero_allowed if (x >= 0 if zero_allowed else x <= 0) else None

    return decide
