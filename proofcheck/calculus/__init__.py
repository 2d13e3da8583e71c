"""The derivative of an expression, and where it is that.  Trusted.

``derivative`` walks sums, products, powers and a table of functions; what is not in the table is
refused.  Differentiation by a real symbol is along the real line, by any other in the plane.
A logarithm of a function that is real near the point may cross the cut: its jump is constant.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy import Add, Basic, Expr, Integral, Interval, Mul, Pow, Range, S, Sum, exp, log
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.relational import Relational

from proofcheck.calculus.differentials import NotDifferentiable, partial
from proofcheck.calculus.lines import along_a_ray, real_near, smooth_logarithm
from proofcheck.calculus.smoothness import integrated, smooth, under_the_sign
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation, Throughout

__all__ = ["NotDifferentiable", "derivative", "put", "replaced"]
Derived = tuple[Expr, tuple[Condition, ...]]


def derivative(expression: Expr, symbol: sp.Symbol) -> Derived:
    """Return the derivative of ``expression`` by ``symbol``, and conditions under which it is it.

    Where the conditions hold and ``expression`` is defined, it is differentiable (along the reals
    if the symbol is real) and the first part of the answer is the derivative, and is defined.

    Raises:
        NotDifferentiable: a function of ``symbol`` that the table does not have.
    """
    if symbol.is_integer:
        raise NotDifferentiable(f"{symbol} is an integer")
    slope, conditions = _derivative(expression, symbol)
    return slope, tuple(dict.fromkeys(conditions))


def _derivative(expression: Expr, symbol: sp.Symbol) -> Derived:
    if expression == symbol:
        return S.One, ()
    if symbol not in expression.free_symbols:
        return S.Zero, ()
    if isinstance(expression, Add):
        parts = [_derivative(argument, symbol) for argument in expression.args]
        return Add(*(slope for slope, _ in parts)), sum((c for _, c in parts), ())
    if isinstance(expression, Mul):
        return _product(expression.args, symbol)
    if isinstance(expression, exp):
        slope, conditions = _derivative(expression.exp, symbol)
        return expression * slope, conditions
    if isinstance(expression, Pow):
        return _power(expression, symbol)
    if isinstance(expression, sp.Piecewise):
        return _piecewise(expression, symbol)
    if isinstance(expression, Integral):
        return _integral(expression, symbol)
    if isinstance(expression, Sum):
        return _sum(expression, symbol)
    if isinstance(expression, sp.Derivative):
        if all(times.is_Integer for _, times in expression.variable_count):
            return _derivative(evaluated(expression), symbol)
        return _one_more(expression, symbol)
    return _function(expression, symbol)


def evaluated(expression: sp.Derivative) -> Expr:
    """Return the value of an unevaluated derivative; its conditions are the caller's concern."""
    current = expression.expr
    for symbol, times in expression.variable_count:
        if not times.is_Integer or times > 12:
            raise NotDifferentiable(f"{expression} is not of a fixed small order")
        for _ in range(int(times)):
            current, _ = derivative(current, symbol)
    return current


def _one_more(expression: sp.Derivative, symbol: sp.Symbol) -> Derived:
    """The derivative of a derivative of symbolic order, of an analytic function."""
    conditions = smooth(expression, frozenset({symbol}))
    if len(expression.variable_count) != 1 or expression.variable_count[0][0] != symbol:
        raise NotDifferentiable(f"{expression} is a derivative by something else than {symbol}")
    times = expression.variable_count[0][1] + 1
    return sp.Derivative(expression.expr, (symbol, times), evaluate=False), conditions


def _product(factors: tuple[Expr, ...], symbol: sp.Symbol) -> Derived:
    terms: list[Expr] = []
    conditions: list[Condition] = []
    for position, factor in enumerate(factors):
        slope, found = _derivative(factor, symbol)
        conditions += found
        if slope != 0:
            terms.append(Mul(*factors[:position], slope, *factors[position + 1 :]))
    return Add(*terms), tuple(conditions)


def _power(expression: Pow, symbol: sp.Symbol) -> Derived:
    base, exponent = expression.base, expression.exp
    base_slope, found = _derivative(base, symbol)
    if symbol in exponent.free_symbols:
        slope, more = _derivative(exponent, symbol)
        if symbol in base.free_symbols:
            more += smooth_logarithm(base, symbol)
        elif not base.is_Rational or base == 0:
            more += (Relation(base, "ne", S.Zero),)
        rate = slope * log(base) + (exponent * base_slope / base if base_slope != 0 else 0)
        return expression * rate, found + more
    slope = exponent * Pow(base, exponent - 1) * base_slope
    if exponent.is_Integer:
        return slope, found + (() if exponent > 0 else (Relation(base, "ne", S.Zero),))
    nonzero = Relation(base, "ne", S.Zero)
    if exponent.is_integer:
        return slope, (*found, AnyOf((nonzero, Relation(exponent, "ge", S.One))))
    conditions = smooth_logarithm(base, symbol)
    if exponent.is_Rational and exponent > 1:
        # |b**e| = o(b) at a zero of b, where the derivative is 0.
        if conditions == (nonzero,):
            return slope, found
        conditions = (AnyOf((AllOf(conditions), Relation(base, "eq", S.Zero))),)
    return slope, found + conditions


def _function(expression: Expr, symbol: sp.Symbol) -> Derived:
    entry = partial(expression)
    if entry is None:
        raise NotDifferentiable(f"no derivative of {expression} is known")
    if entry.reals and not symbol.is_extended_real:
        raise NotDifferentiable(f"{expression} is not differentiable in the complex plane")
    terms: list[Expr] = []
    conditions: list[Condition] = list(entry.always)
    for argument, slope in zip(expression.args, entry.slopes, strict=True):
        if symbol not in argument.free_symbols:
            continue
        if slope is None:
            raise NotDifferentiable(f"no derivative of {expression} by {argument} is known")
        inner, found = _derivative(argument, symbol)
        conditions += found
        terms.append(slope * inner)
        near, lasting = real_near(argument, symbol), entry.line
        if entry.reals:
            if near is None:
                raise NotDifferentiable(f"{argument} is not known to be real")
            conditions += near
            continue
        if near != () and entry.ray is not None:  # of which a real number is a case
            near, lasting = along_a_ray(argument, symbol), entry.ray
        if near is None:
            conditions += entry.plane
        elif not near or entry.plane == lasting:
            conditions += lasting
        else:
            conditions.append(AnyOf((AllOf(entry.plane), AllOf((*near, *lasting)))))
    if entry.reals:
        conditions += entry.line
    return Add(*terms), tuple(conditions)


def _piecewise(expression: sp.Piecewise, symbol: sp.Symbol) -> Derived:
    """Away from the places where a branch begins, the derivative is that of the branch."""
    branches: list[tuple[Expr, Basic]] = []
    conditions: list[Condition] = []
    for value, test in expression.args:
        slope, found = _derivative(value, symbol)
        conditions += found
        conditions += _inside(test, symbol)
        branches.append((slope, test))
    return sp.Piecewise(*branches, evaluate=False), tuple(conditions)


def _inside(test: Basic, symbol: sp.Symbol) -> list[Condition]:
    if symbol not in test.free_symbols:
        return []
    if isinstance(test, Relational):
        conditions: list[Condition] = []
        for end in (test.lhs, test.rhs):
            conditions += _derivative(end, symbol)[1]
        return [*conditions, Relation(test.lhs - test.rhs, "ne", S.Zero)]
    if isinstance(test, sp.And | sp.Or | sp.Not):
        return [condition for part in test.args for condition in _inside(part, symbol)]
    raise NotDifferentiable(f"{test} is no condition between expressions")


def _integral(expression: Integral, symbol: sp.Symbol) -> Derived:
    """The fundamental theorem: the integrand is continuous at the end that moves.

    A parameter of an analytic integrand may move with it: Leibniz's rule (DLMF 1.5.22).
    """
    if len(expression.limits) != 1 or len(expression.limits[0]) != 3:
        raise NotDifferentiable(f"{expression} is not a single definite integral")
    variable, low, high = expression.limits[0]
    if not variable.is_extended_real:
        raise NotDifferentiable(f"{expression} is not an integral along the reals")
    if symbol not in expression.function.free_symbols - {variable}:
        return _moving_ends(expression, symbol)
    variable, function, low, high = integrated(expression)
    conditions = under_the_sign(variable, function, low, high, frozenset({symbol}))
    inside, found = _derivative(function, symbol)
    conditions += tuple(Throughout(variable, Interval(low, high), c) for c in found)
    slope: Expr = Integral(inside, (variable, low, high))
    for end, sign in ((high, 1), (low, -1)):
        rate, found = _derivative(end, symbol)
        near = () if rate == 0 else real_near(end, symbol)
        if near is None:
            raise NotDifferentiable(f"{end} is not known to be real")
        conditions += (*near, *found)
        slope += sign * put(function, variable, end) * rate
    return slope, conditions


def _moving_ends(expression: Integral, symbol: sp.Symbol) -> Derived:
    variable, low, high = expression.limits[0]
    along = sp.Dummy(real=True)
    _, continuous = derivative(expression.function.xreplace({variable: along}), along)
    slope: Expr = S.Zero
    conditions: list[Condition] = []
    for end, sign in ((high, 1), (low, -1)):
        if symbol not in end.free_symbols:
            continue
        near = real_near(end, symbol)
        if near is None:
            raise NotDifferentiable(f"{end} is not known to be real")
        rate, found = _derivative(end, symbol)
        conditions += [*near, *found, *(replaced(c, along, end) for c in continuous)]
        slope += sign * put(expression.function, variable, end) * rate
    return slope, tuple(conditions)


def put(expression: Basic, symbol: Basic, value: Expr) -> Any:
    """Return ``expression`` with ``value`` for ``symbol``, where no bound symbol is in the way.

    Raises:
        NotDifferentiable: ``expression`` binds ``symbol``, or a symbol of ``value``.
    """
    for binder in expression.atoms(ExprWithLimits, sp.Subs, sp.Lambda, sp.Derivative, sp.Limit):
        if isinstance(binder, sp.Derivative):
            bound = {part for part, _ in binder.variable_count}
        elif isinstance(binder, sp.Limit):
            bound = {binder.args[1]}
        else:
            bound = {sp.sympify(part) for part in binder.variables}
        if bound & (value.free_symbols | {symbol}):
            raise NotDifferentiable(f"{binder} binds a symbol that {symbol} or {value} mentions")
    return expression.xreplace({symbol: value})


def in_sequence(expression: sp.Subs) -> bool:
    """Tell whether a value of ``expression`` mentions a variable of another value.

    SymPy writes nested substitutions as one, so nobody can tell which of the two is meant.
    """
    variables, values = expression.variables, expression.point
    return len(set(variables)) < len(variables) or any(
        variable in value.free_symbols
        for place, value in enumerate(values)
        for variable in (*variables[:place], *variables[place + 1 :])
    )


def replaced(condition: Condition, symbol: Basic, value: Expr) -> Condition:
    """Return ``condition`` with ``value`` for a symbol that it does not bind."""
    match condition:
        case Relation():
            sides = (put(side, symbol, value) for side in (condition.lhs, condition.rhs))
            return Relation(next(sides), condition.operator, next(sides))
        case Member():
            return Member(
                put(condition.element, symbol, value),
                put(condition.set, symbol, value),
                condition.negated,
            )
        case AnyOf():
            return AnyOf(tuple(replaced(part, symbol, value) for part in condition.conditions))
        case AllOf():
            return AllOf(tuple(replaced(part, symbol, value) for part in condition.conditions))
    raise NotDifferentiable(f"{condition} is not a condition at a point")


def _sum(expression: Sum, symbol: sp.Symbol) -> Derived:
    """A finite sum, term by term."""
    slope, conditions = _derivative(expression.function, symbol)
    for index, low, high in expression.limits:
        fixed = symbol not in low.free_symbols | high.free_symbols
        if not (fixed and low.is_finite and high.is_finite):
            raise NotDifferentiable(f"{expression} is no finite sum of fixed length")
        conditions = tuple(Throughout(index, Range(low, high + 1), c) for c in conditions)
    return Sum(slope, *expression.limits), conditions
