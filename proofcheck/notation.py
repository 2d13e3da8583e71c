"""The language of statements from outside: SymPy syntax, parsed through a whitelist.

``ast.parse`` reads the text and our own walk maps each node to SymPy; nothing is evaluated, and a
name that is not in ``vocabulary`` does not exist.  Integers are exact and floats are errors, so
``1/2`` is a half.  SymPy cancels while it builds: where that would hide a term that may be
undefined (``x/x``, ``tan(atan(z))``), the node is built unevaluated instead.  A limit at infinity
of what has values at integers only, as Fibonacci numbers, is the limit of a sequence.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy
from sympy import (
    Add,
    Derivative,
    Dummy,
    Expr,
    Integer,
    Integral,
    Limit,
    Mul,
    Piecewise,
    Pow,
    Product,
    S,
    Set,
    Subs,
    Sum,
    Symbol,
    Tuple,
    hyper,
    oo,
)
from sympy.core.function import Application
from sympy.logic.boolalg import Boolean

from proofcheck.errors import ClaimError
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.jumps import faithful
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Condition,
    Member,
    Operator,
    Relation,
    negate,
    relate,
)  # fmt: skip
from proofcheck.vocabulary import (
    BINDERS,
    COMPARISONS,
    CONSTANTS,
    FUNCTIONS,
    SEQUENCES,
    SET_BUILDERS,
    SETS,
    partial_terms,
)  # fmt: skip

OF_DEGREE = (
    sympy.legendre, sympy.chebyshevt, sympy.chebyshevu, sympy.hermite, sympy.laguerre,
    sympy.gegenbauer, sympy.jacobi, sympy.assoc_legendre, sympy.assoc_laguerre,
)  # fmt: skip


@dataclass(frozen=True)
class Parser:
    """Reads expressions and conditions; ``names`` are the variables in scope, ``where`` the place.

    Every method raises ClaimError, with the place, the column and what is allowed there.
    """

    names: Mapping[str, Expr]
    where: str = ""
    text: str = field(default="", repr=False)

    def expression(self, text: str) -> Expr:
        """Return ``text`` as a SymPy expression."""
        parser, node = self._read(text)
        return parser._expression(node)

    def condition(self, text: str) -> Condition:
        """Return ``text``, built of comparisons, Eq, Ne, Contains, And, Or, Not, as a condition."""
        parser, node = self._read(text)
        return parser._condition(node)

    def set(self, text: str) -> Set:
        """Return ``text``, such as ``Interval.open(0, pi)`` or ``Integers``, as a SymPy set."""
        parser, node = self._read(text)
        return parser._set(node)

    def _read(self, text: str) -> tuple[Parser, ast.expr]:
        if not isinstance(text, str):
            raise ClaimError(f"{self.where}expected SymPy syntax in a string, got {text!r}")
        parser = Parser(self.names, self.where, text)
        try:
            return parser, ast.parse(text.strip(), mode="eval").body
        except SyntaxError as error:
            raise ClaimError(
                f"{self.where}column {error.offset or 1} of `{text}`: not an expression"
            ) from error
        except (ValueError, RecursionError, MemoryError) as error:
            raise ClaimError(f"{self.where}`{text[:60]}` cannot be read: {error}") from error

    def _error(self, node: ast.AST, problem: str) -> ClaimError:
        column = getattr(node, "col_offset", 0) + 1
        return ClaimError(f"{self.where}column {column} of `{self.text}`: {problem}")

    def _binding(self, **symbols: Symbol) -> Parser:
        return Parser({**self.names, **symbols}, self.where, self.text)

    # Expressions

    def _expression(self, node: ast.expr) -> Expr:
        match node:
            case ast.Constant(value=bool() | float() | complex() as value):
                raise self._error(
                    node, f"{value} is not exact; write integers and fractions such as 1/10"
                )
            case ast.Constant(value=int(value)):
                return Integer(value)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._build(node, Mul, Integer(-1), self._expression(operand))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._expression(operand)
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(node, op, self._expression(left), self._expression(right))
            case ast.Call():
                return self._call(node)
        raise self._error(
            node,
            f"{type(node).__name__} is not allowed; an expression is made of integers, variables, "
            "+ - * / **, and functions",
        )

    def _name(self, node: ast.expr, name: str) -> Expr:
        if name in self.names:
            return self.names[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        known = ", ".join(self.names) or "none"
        raise self._error(
            node, f"unknown name {name}; variables here: {known}; constants: {', '.join(CONSTANTS)}"
        )

    def _binary(self, node: ast.expr, op: ast.operator, left: Expr, right: Expr) -> Expr:
        match op:
            case ast.Add():
                return self._build(node, Add, left, right)
            case ast.Sub():
                return self._build(node, Add, left, -right)
            case ast.Mult():
                return self._build(node, Mul, left, right)
            case ast.Div():
                return self._build(node, Mul, left, self._build(node, Pow, right, Integer(-1)))
            case ast.Pow():
                return self._build(node, Pow, left, right)
        raise self._error(node, "the operators are + - * / ** (Mod(a, b) for remainders)")

    def _call(self, node: ast.Call) -> Expr:
        name = ast.unparse(node.func)
        if node.keywords:
            raise self._error(node, f"{name} takes no keyword arguments here")
        if name in BINDERS:
            return self._binder(node, name, node.args)
        if name == "Piecewise":
            return self._guard(node, Piecewise, *map(self._branch, node.args))
        if name == "hyper" and len(node.args) == 3:
            upper, lower, argument = node.args
            return self._guard(
                node, hyper, self._tuple(upper), self._tuple(lower), self._expression(argument)
            )
        if name not in FUNCTIONS:
            raise self._error(
                node,
                f"unknown function {name}; known are {', '.join(FUNCTIONS)}, hyper, Piecewise, "
                + ", ".join(BINDERS),
            )
        function, arities = FUNCTIONS[name]
        if len(node.args) not in arities:
            wanted = " or ".join(map(str, arities))
            raise self._error(node, f"{name} takes {wanted} arguments, got {len(node.args)}")
        return self._build(node, function, *map(self._expression, node.args))

    def _tuple(self, node: ast.expr) -> Tuple:
        if not isinstance(node, ast.Tuple | ast.List):
            raise self._error(node, "expected a tuple such as (a, b)")
        return Tuple(*map(self._expression, node.elts))

    def _branch(self, node: ast.expr) -> tuple[Expr, Boolean | bool]:
        if not (isinstance(node, ast.Tuple) and len(node.elts) == 2):
            raise self._error(node, "a branch of Piecewise is (expression, condition)")
        value, condition = node.elts
        if isinstance(condition, ast.Constant) and condition.value is True:
            return self._expression(value), True
        return self._expression(value), to_boolean(self._condition(condition))

    # Bound variables

    def _binder(self, node: ast.Call, name: str, arguments: list[ast.expr]) -> Expr:
        if len(arguments) < 2:
            raise self._error(node, f"{name} needs an expression and what it runs over")
        match name:
            case "Sum" | "Product" | "Integral":
                return self._over_ranges(node, name, arguments[0], arguments[1:])
            case "Derivative":
                return self._derivative(node, arguments[0], arguments[1:])
            case "Limit":
                return self._limit(node, arguments)
        if len(arguments) != 3:
            raise self._error(node, "Subs takes (expression, variable, value)")
        symbol = self._bound(arguments[1])
        inner = self._binding(**{symbol.name: symbol})
        value = self._expression(arguments[2])
        return self._guard(node, Subs, inner._expression(arguments[0]), symbol, value)

    def _bound(self, node: ast.expr, **assumptions: bool) -> Symbol:
        if not isinstance(node, ast.Name):
            raise self._error(node, "expected the name of a variable")
        return Symbol(node.id, **assumptions)

    def _over_ranges(
        self, node: ast.expr, name: str, body: ast.expr, ranges: list[ast.expr]
    ) -> Expr:
        # SymPy's last range is the outermost: the ends of the others may depend on its variable.
        scope, limits = self, list[tuple[Expr, ...]]()
        for item in reversed(ranges):
            if not (isinstance(item, ast.Tuple) and len(item.elts) == 3):
                raise self._error(item, f"a range of {name} is (variable, from, to)")
            ends = tuple(map(scope._expression, item.elts[1:]))
            if name == "Integral":
                real = all(end.is_extended_real for end in ends)
                symbol = self._bound(item.elts[0], **({"real": True} if real else {}))
            else:
                symbol = self._bound(item.elts[0], integer=True)
            scope = scope._binding(**{symbol.name: symbol})
            limits.insert(0, (symbol, *ends))
        kind = {"Sum": Sum, "Product": Product, "Integral": Integral}[name]
        return self._guard(node, kind, scope._expression(body), *limits)

    def _derivative(self, node: ast.expr, body: ast.expr, steps: list[ast.expr]) -> Expr:
        scope, counts, values = self, [], []
        for step in steps:
            parts = step.elts if isinstance(step, ast.Tuple) else [step]
            if not 1 <= len(parts) <= 2 or not isinstance(parts[0], ast.Name):
                raise self._error(step, "differentiate by a variable x or by (x, times)")
            symbol = self._name(parts[0], parts[0].id)
            times = self._expression(parts[1]) if len(parts) == 2 else Integer(1)
            if not isinstance(symbol, Symbol):
                # The variable is fixed in this case: differentiate first, then put the value in.
                values.append((Symbol(parts[0].id), symbol))
                symbol = values[-1][0]
                scope = scope._binding(**{symbol.name: symbol})
            counts.append((symbol, times))
        derivative = self._guard(node, Derivative, scope._expression(body), *counts)
        for symbol, value in values:
            derivative = self._guard(node, Subs, derivative, symbol, value)
        return derivative

    def _limit(self, node: ast.Call, arguments: list[ast.expr]) -> Expr:
        direction = "+"
        if len(arguments) == 4:
            last = arguments[3]
            if not (isinstance(last, ast.Constant) and last.value in ("+", "-", "+-")):
                raise self._error(last, "the direction of a Limit is '+', '-' or '+-'")
            direction = last.value
        elif len(arguments) != 3:
            raise self._error(node, "Limit takes (expression, variable, point[, direction])")
        symbol = self._bound(arguments[1])
        point = self._expression(arguments[2])
        function = self._binding(**{symbol.name: symbol})._expression(arguments[0])
        if point is oo and any(
            symbol in t.args[0].free_symbols for t in function.atoms(*SEQUENCES)
        ):
            symbol = self._bound(arguments[1], integer=True)  # it is the limit of a sequence
            function = self._binding(**{symbol.name: symbol})._expression(arguments[0])
        return self._guard(node, Limit, function, symbol, point, direction)

    # Conditions and sets

    def _condition(self, node: ast.expr) -> Condition:
        match node:
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [self._expression(side) for side in (left, *others)]
                found = [
                    self._relate(node, a, op, b)
                    for a, op, b in zip(sides, ops, sides[1:], strict=False)
                ]
                return found[0] if len(found) == 1 else AllOf(tuple(found))
            case ast.Call(func=ast.Name(id="Eq" | "Ne" as name), args=[lhs, rhs]):
                operator: Operator = "eq" if name == "Eq" else "ne"
                return relate(self._expression(lhs), operator, self._expression(rhs))
            case ast.Call(func=ast.Name(id="Contains"), args=[element, target]):
                return Member(self._expression(element), self._set(target))
            case ast.Call(func=ast.Name(id="And"), args=[_, *_] as parts):
                return AllOf(tuple(map(self._condition, parts)))
            case ast.Call(func=ast.Name(id="Or"), args=[_, *_] as parts):
                return AnyOf(tuple(map(self._condition, parts)))
            case ast.Call(func=ast.Name(id="Not"), args=[part]):
                return self._negated(node, self._condition(part))
        raise self._error(
            node,
            "a condition is a comparison with < <= > >=, Eq(a, b), Ne(a, b), Contains(x, set), "
            "And(...), Or(...) or Not(...)",
        )

    def _negated(
        self, node: ast.expr, condition: Condition, known: frozenset[Expr] = frozenset()
    ) -> Condition:
        """Return the negation; ``known`` are real, or another alternative of it holds."""
        if isinstance(condition, AllOf | AnyOf):
            if isinstance(condition, AllOf):
                known |= {
                    part.element
                    for part in condition.conditions
                    if isinstance(part, Member) and not part.negated
                    if part.set.is_subset(S.Reals)
                }
            parts = tuple(self._negated(node, part, known) for part in condition.conditions)
            return AnyOf(parts) if isinstance(condition, AllOf) else AllOf(parts)
        if isinstance(condition, Relation) and condition.operator not in ("eq", "ne"):
            real = {element: Dummy(real=True) for element in known}
            for side in (condition.lhs, condition.rhs):
                if not side.xreplace(real).is_extended_real:
                    raise self._error(node, f"Not({condition}): {side} may not be real")
        return negate(condition)

    def _relate(self, node: ast.expr, left: Expr, op: ast.cmpop, right: Expr) -> Relation:
        operator = COMPARISONS.get(type(op))
        if operator is None:
            raise self._error(node, "compare with < <= > >=, or write Eq(a, b), Ne(a, b)")
        return relate(left, operator, right)

    def _set(self, node: ast.expr) -> Set:
        if isinstance(node, ast.Name) and node.id in SETS:
            return SETS[node.id]
        if isinstance(node, ast.Call) and not node.keywords:
            builder = SET_BUILDERS.get(ast.unparse(node.func))
            if builder is not None:
                return self._guard(node, builder, *map(self._expression, node.args))
        raise self._error(
            node, f"a set is one of {', '.join(SETS)} or {'(...), '.join(SET_BUILDERS)}(...)"
        )

    # Construction

    def _guard(self, node: ast.AST, build: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return build(*arguments)
        except ClaimError:
            raise
        except LIBRARY_ERRORS as error:
            raise self._error(node, f"SymPy refuses: {error}") from error

    def _build(self, node: ast.AST, build: Callable[..., Any], *arguments: Expr) -> Expr:
        """Build evaluated, unless that loses a part of ``arguments`` that may be undefined.

        SymPy evaluates polynomials of symbolic degree wrongly: ``legendre(n, -1)`` at n = -1.
        """
        if build in OF_DEGREE and not arguments[0].is_Integer:
            return self._guard(node, lambda *parts: build(*parts, evaluate=False), *arguments)
        result = self._guard(node, faithful, build, *arguments)
        owed = frozenset().union(*map(partial_terms, arguments))
        if not owed or owed <= partial_terms(result):
            return result
        if build in (Add, Mul, Pow) or (isinstance(build, type) and issubclass(build, Application)):
            return self._guard(node, lambda *parts: build(*parts, evaluate=False), *arguments)
        return result


def to_boolean(condition: Condition) -> Boolean | bool:
    """Return ``condition`` as SymPy's own, for the branches of a Piecewise."""
    match condition:
        case Relation():
            build = {
                "eq": sympy.Eq, "ne": sympy.Ne, "lt": sympy.Lt, "le": sympy.Le, "gt": sympy.Gt,
                "ge": sympy.Ge,
            }[condition.operator]  # fmt: skip
            return build(condition.lhs, condition.rhs)
        case Member():
            inside = sympy.Contains(condition.element, condition.set)
            return sympy.Not(inside) if condition.negated else inside
        case AnyOf():
            return sympy.Or(*map(to_boolean, condition.conditions))
        case AllOf():
            return sympy.And(*map(to_boolean, condition.conditions))
    raise ClaimError(f"{condition} cannot be the condition of a branch")
