"""What people use today, on the same statements: SymPy, random points, Alkahest where installed.

Each function takes one case of a claim and says ``proved``, ``refuted``, ``supported`` or
``undecided`` with a short reason, as that tool would be read by its user.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import mpmath
import sympy
from sympy import Expr, Integer, Rational, S, Symbol

from proofcheck.claims import Case
from proofcheck.domains import Variable
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation

Answer = tuple[str, str]
POINTS, DIGITS = 20, 30
UNKNOWN: Answer = ("undecided", "not an equation")


def simplify(case: Case) -> Answer:
    """``sympy.simplify(lhs - rhs) == 0`` of every link."""
    if any(link.operator != "eq" for link in case.links):
        return UNKNOWN
    rests = [sympy.simplify((link.lhs - link.rhs).doit()) for link in case.links]
    if all(rest == 0 for rest in rests):
        return "proved", ""
    if any(rest.is_number and rest.is_zero is False for rest in rests):
        return "refuted", str(rests)
    return "undecided", "not simplified to 0"


def equals(case: Case) -> Answer:
    """``lhs.equals(rhs)`` of every link."""
    if any(link.operator != "eq" for link in case.links):
        return UNKNOWN
    answers = [link.lhs.doit().equals(link.rhs.doit()) for link in case.links]
    if all(answer is True for answer in answers):
        return "proved", ""
    if any(answer is False for answer in answers):
        return "refuted", "equals said False"
    return "undecided", "equals said None"


def random_points(case: Case) -> Answer:
    """Both sides at random admissible points with mpmath, compared to two thirds of the digits."""
    draw = random.Random(0)
    symbols = [v.symbol for v in case.variables if isinstance(v, Variable)]
    sides = [(link, _compiled(link.lhs, symbols), _compiled(link.rhs, symbols))
             for link in case.links]  # fmt: skip
    tried = 0
    for _ in range(POINTS * 20):
        point = {v.symbol: _draw(v.set, draw) for v in case.variables if isinstance(v, Variable)}
        if not all(_holds(condition, point) for condition in case.assumptions):
            continue
        numbers = [_number(point[symbol]) for symbol in symbols]
        for link, left, right in sides:
            try:
                with mpmath.workdps(DIGITS):
                    a, b = mpmath.mpmathify(left(*numbers)), mpmath.mpmathify(right(*numbers))
                    agreed = _compare(link.operator, a, b)
            except (ArithmeticError, ValueError, TypeError, NameError, mpmath.libmp.NoConvergence):
                continue
            if not agreed:
                return "refuted", ", ".join(f"{s} = {value}" for s, value in point.items())
            tried += 1
        if tried >= POINTS or not symbols:
            break
    return ("supported", f"{tried} points") if tried else ("undecided", "no point evaluated")


def alkahest(case: Case) -> Answer:
    """Alkahest's simplifiers on ``lhs - rhs``: proved if one of them returns 0."""
    import alkahest as cas

    if any(link.operator != "eq" for link in case.links):
        return UNKNOWN
    pool = cas.ExprPool()
    scope = {}
    for variable in case.variables:
        assert isinstance(variable, Variable)
        scope[variable.symbol.name] = pool.symbol(variable.symbol.name, _sort(variable.symbol))
    names = ("simplify", "simplify_expanded", "simplify_trig_normal_form", "simplify_log_exp",
             "cancel", "simplify_egraph")  # fmt: skip
    for link in case.links:
        try:
            sides = []
            for side in (link.lhs, link.rhs):
                if isinstance(side, sympy.Derivative) and len(side.variables) == 1:
                    inner = cas.parse(str(side.expr), pool, scope)
                    sides.append(_value(cas.diff(inner, scope[side.variables[0].name])))
                else:
                    sides.append(cas.parse(str(side), pool, scope))
        except cas.AlkahestError as error:
            return "undecided", f"Alkahest cannot read it: {str(error)[:60]}"
        for name in names:
            try:
                rest = _value(getattr(cas, name)(sides[0] - sides[1]))
            except cas.AlkahestError:
                continue
            if str(rest) == "0":
                break
        else:
            return "undecided", "not simplified to 0"
    return "proved", ""


def _value(result: Any) -> Any:
    return getattr(result, "value", result)


def _sort(symbol: Symbol) -> str:
    if symbol.is_integer:
        return "integer"
    return "positive" if symbol.is_positive else "real" if symbol.is_real else "complex"


def available() -> dict[str, Callable[[Case], Answer]]:
    """Return the baselines that can run here, by the name that the table shows."""
    found: dict[str, Callable[[Case], Answer]] = {
        "sympy.simplify": simplify, "sympy .equals": equals, "20 random points": random_points,
    }  # fmt: skip
    try:
        import alkahest as cas
    except ImportError:
        return found
    return {**found, f"alkahest {cas.version()}": alkahest}


def _compiled(side: Expr, symbols: list[Symbol]) -> Callable[..., Any]:
    return sympy.lambdify(symbols, side.doit(), modules="mpmath")


def _draw(domain: Any, draw: random.Random) -> Expr:
    """Return a random rational (complex rational) of ``domain``."""
    if domain is S.Complexes:
        return _draw(S.Reals, draw) + S.ImaginaryUnit * _draw(S.Reals, draw)
    low, high = domain.inf, domain.sup
    if domain.is_subset(S.Integers):
        first = -10 if low is -sympy.oo else int(low)
        last = first + 20 if high is sympy.oo else int(high)
        return Integer(draw.randint(first, last))
    part = Rational(draw.randint(1, 9999), 10000)
    if low.is_finite and high.is_finite:
        return low + (high - low) * part
    if low.is_finite:
        return low + 10 * part
    return high - 10 * part if high.is_finite else 20 * part - 10


def _number(value: Expr) -> Any:
    if value.is_Integer:
        return int(value)
    with mpmath.workdps(DIGITS):
        real, imaginary = (
            mpmath.mpf(Fraction(int(p.p), int(p.q)).numerator) / int(p.q) if p.is_Rational
            else mpmath.mpmathify(p.evalf(DIGITS))
            for p in value.as_real_imag()
        )  # fmt: skip
        return mpmath.mpc(real, imaginary) if imaginary else real


def _compare(operator: str, a: Any, b: Any) -> bool:
    if not (mpmath.isfinite(a) and mpmath.isfinite(b)):
        raise ValueError("no finite value")
    same = abs(a - b) <= mpmath.mpf(10) ** (-DIGITS * 2 // 3) * max(1, abs(a), abs(b))
    if operator in ("eq", "ne"):
        return bool(same) is (operator == "eq")
    if mpmath.im(a) or mpmath.im(b):
        raise ValueError("not real")
    less = mpmath.re(a) < mpmath.re(b)
    return bool({"lt": less, "le": less or same, "gt": not less, "ge": not less or same}[operator])


def _holds(condition: Condition, point: Mapping[Symbol, Expr]) -> bool:
    try:
        match condition:
            case Relation():
                a, b = (
                    mpmath.mpmathify(side.subs(point).evalf(DIGITS))
                    for side in (condition.lhs, condition.rhs)
                )
                return _compare(condition.operator, a, b)
            case Member():
                inside = condition.set.contains(condition.element.subs(point))
                return (inside == True) is not condition.negated
            case AnyOf():
                return any(_holds(part, point) for part in condition.conditions)
            case AllOf():
                return all(_holds(part, point) for part in condition.conditions)
    except (ArithmeticError, ValueError, TypeError):
        return False
    return False
