"""From a goal in its context to real arithmetic in SMT-LIB 2, for solvers to vote on.  Untrusted.

What is sent is the assumptions and the negation of the goal, as polynomial constraints:

* A quotient is cleared; that its denominator is not zero is a *guard* of the condition it is in.
  (The division of SMT-LIB is total, ``x/0`` has a value there: none is ever sent.)
* ``Abs``, ``Max``, ``Min``, ``sign`` and roots are new variables with defining constraints.  That a
  radicand is not negative is a guard: elsewhere the principal root is not real.
* Other terms (``exp(x)``, ``pi``) are new variables between rational bounds of their values.

Without its guards an assumption says nothing, and a goal must hold together with its guards; an
assumption that cannot be translated is left out, an integer may be any real number.  So there are
more points for the solver than for the claim, and none to be found means that the goal holds.
For a model it is the other way round: guards are demanded (``models``), and the point is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import sympy as sp
from sympy import Add, Expr, Integer, Interval, Mul, Pow, Rational, S, Symbol

from proofcheck import balls, finiteness, ranges
from proofcheck.obligations import Context
from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation

OPAQUE = (sp.Sum, sp.Product, sp.Integral, sp.Limit, sp.Derivative, sp.Indexed, sp.Piecewise)
SIGNS = {"eq": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
MOST_NAMES = 14
LONGEST = 60_000
HIGHEST = 64
PRECISION = 64
CIRCLES = ((sp.sin, sp.cos, 1), (sp.sinh, sp.cosh, -1))


class Outside(Exception):
    """Not a condition between real polynomials, roots and the like."""


Quotient = tuple[Expr, Expr]
Guards = tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """What a solver is asked: real constants, and assertions whose conjunction is to be refuted.

    ``variables`` are the symbols of the context by the names that they have there.
    """

    names: tuple[str, ...]
    assertions: tuple[str, ...]
    variables: tuple[tuple[str, Symbol], ...]

    def text(self) -> str:
        """Return it in SMT-LIB 2, without the commands."""
        lines = [f"(declare-const {name} Real)" for name in self.names]
        return "\n".join([*lines, *(f"(assert {one})" for one in self.assertions)])


def counterexamples(goal: Condition, context: Context) -> Script:
    """Return a script that has a model if ``goal`` fails at some point.

    Raises:
        Outside: the goal is not translated.
    """
    script = Formulas(context)
    wanted, guards = script.condition(goal)
    negated = _any(_not(one) for one in (*guards, wanted))
    return script.finished(negated, lambda said, given: _implies(given, said))


def models(context: Context, goal: Condition | None = None) -> Script:
    """Return a script whose models are likely admissible points (at which ``goal`` fails).

    Raises:
        Outside: the goal is not translated.
    """
    script = Formulas(context)
    for symbol in context.sets:
        script.condition(Member(symbol, S.Reals))
    negated = "true"
    if goal is not None:
        wanted, guards = script.condition(goal)
        negated = _all((*guards, _not(wanted)))
    return script.finished(negated, lambda said, given: _all((*given, said)))


@dataclass
class Formulas:
    """A translation in the making: ``names`` of the atoms, ``facts`` that define them."""

    context: Context
    names: dict[Expr, str] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)
    guarded: dict[Expr, Guards] = field(default_factory=dict)
    guards: dict[str, None] = field(default_factory=dict)

    def finished(self, last: str, combine: Callable[[str, Guards], str]) -> Script:
        """Return the script of all assumptions and of ``last``."""
        assertions: list[str] = []
        for assumption in self.context.assumptions:
            try:
                assertions.append(combine(*self.condition(assumption)))
            except Outside:
                continue
        for one, other, sign in CIRCLES:
            for atom in list(self.names):
                if isinstance(atom, one) and other(*atom.args) in self.names:
                    s, c = self.names[atom], self.names[other(*atom.args)]
                    self.facts.append(f"(= (+ (* {c} {c}) (* {_number(S(sign))} {s} {s})) 1.0)")
        if len(self.names) > MOST_NAMES:
            raise Outside("too many variables")
        variables = tuple((n, atom) for atom, n in self.names.items() if isinstance(atom, Symbol))
        every = (*assertions, *self.facts, last)
        if sum(map(len, every)) > LONGEST:
            raise Outside("too long")
        return Script(tuple(self.names.values()), every, variables)

    def condition(self, condition: Condition) -> tuple[str, Guards]:
        """Return a formula for ``condition``, and where that is what it says."""
        self.guards = {}
        return self._formula(condition), tuple(self.guards)

    def _formula(self, condition: Condition) -> str:
        match condition:
            case Relation() if isinstance(condition.lhs, Expr) and isinstance(condition.rhs, Expr):
                return self._compared(condition.lhs - condition.rhs, condition.operator)
            case AllOf():
                return _all(map(self._formula, condition.conditions))
            case AnyOf():
                return _any(map(self._formula, condition.conditions))
            case Member():
                said = self._member(condition.element, condition.set)
                return _not(said) if condition.negated else said
        raise Outside(condition)

    def _member(self, element: Expr, values: sp.Set) -> str:
        if values == S.Reals:
            self._quotient(element)
            return "true"
        if not isinstance(values, Interval):
            raise Outside(values)
        said = []
        if values.inf.is_finite:
            operator = "gt" if values.left_open else "ge"
            said.append(self._compared(element - values.inf, operator))
        if values.sup.is_finite:
            operator = "lt" if values.right_open else "le"
            said.append(self._compared(element - values.sup, operator))
        return _all(said)

    def _compared(self, difference: Expr, operator: str) -> str:
        """Return ``difference operator 0``; its denominators have become guards."""
        above, below = self._quotient(difference)
        if operator in ("eq", "ne"):
            said = f"(= {smt(above)} 0.0)"
            return _not(said) if operator == "ne" else said
        factors = [above]
        for factor in Mul.make_args(below):
            base, exponent = factor.as_base_exp()
            if factor.is_Rational:
                factors.append(sp.sign(factor))
            elif not (exponent.is_Integer and exponent % 2 == 0) and not self._positive(base):
                factors.append(base)
        return f"({SIGNS[operator]} {smt(Mul(*factors, evaluate=False))} 0.0)"

    def _positive(self, base: Expr) -> bool:
        """Tell whether what stands in a denominator is evidently positive."""
        back = {Symbol(name, real=True): atom for atom, name in self.names.items()}
        original = base.xreplace(back)
        if not original.free_symbols <= set(self.context.sets):
            return False
        return finiteness.evident(Relation(original, "gt", S.Zero), self.context)

    def _quotient(self, expression: Expr) -> Quotient:
        """Return numerator and denominator over the names.

        Raises:
            Outside: it has other terms than are known to be real.
        """
        if isinstance(expression, Rational):
            return expression, S.One
        if isinstance(expression, Add):
            above, below = self._quotient(expression.args[0])
            for part in expression.args[1:]:
                up, down = self._quotient(part)
                if down == below:
                    above += up
                else:
                    above, below = above * down + up * below, below * down
            return above, below
        if isinstance(expression, Mul):
            parts = [self._quotient(part) for part in expression.args]
            return Mul(*(up for up, _ in parts)), Mul(*(down for _, down in parts))
        if isinstance(expression, Pow) and isinstance(expression.exp, Integer):
            return self._power(expression.base, int(expression.exp))
        if isinstance(expression, Pow) and isinstance(expression.exp, Rational):
            unit = Pow(expression.base, Rational(1, expression.exp.q))
            if unit != expression:
                return self._power(unit, int(expression.exp.p))
        return self._atom(expression), S.One

    def _power(self, base: Expr, exponent: int) -> Quotient:
        if abs(exponent) > HIGHEST:
            raise Outside("too high a power")
        up, down = self._quotient(base)
        if exponent > 0:
            return up**exponent, down**exponent
        self.guards[_not(f"(= {smt(up)} 0.0)")] = None
        return down**-exponent, up**-exponent

    def _atom(self, atom: Expr) -> Symbol:
        """Return the variable for ``atom``, which is made with what defines it if it is new."""
        if atom not in self.names:
            outer, self.guards = self.guards, {}
            try:
                self._made(atom)
                self.guarded[atom] = tuple(self.guards)
            finally:
                self.guards = outer
        self.guards |= dict.fromkeys(self.guarded[atom])
        return Symbol(self.names[atom], real=True)

    def _made(self, atom: Expr) -> None:
        if atom.has(*OPAQUE):
            raise Outside(atom)
        if isinstance(atom, Pow) and isinstance(atom.exp, Rational):
            up, down = self._quotient(atom.base)
            self.guards[f"(>= {smt(up * down)} 0.0)"] = None
            name = self._new(atom)
            root = Symbol(name, real=True)
            power = f"(= {smt(root**atom.exp.q * down)} {smt(up)})"
            self._fact(f"(>= {name} 0.0)", power)
            return
        if isinstance(atom, sp.Abs | sp.Max | sp.Min | sp.sign) and self._piecewise(atom):
            return
        known = ranges.bounds(atom, self.context)
        if not known.real:
            raise Outside(atom)
        name = self._new(atom)
        ends = ((known.low, known.low_open, ">"), (known.high, known.high_open, "<"))
        for place, (end, is_open, sign) in enumerate(ends):
            if not end.is_finite:
                continue
            if isinstance(end, Rational):
                self.facts.append(f"({sign}{'' if is_open else '='} {name} {_number(end)})")
            elif not end.free_symbols:
                self.facts.append(f"({sign}= {name} {_number(outwards(end)[place])})")

    def _piecewise(self, atom: Expr) -> bool:
        """Define a modulus, an extremum or a sign of reals; False if they are not known as such."""
        try:
            parts = [self._quotient(argument) for argument in atom.args]
        except Outside:
            return False
        name = self._new(atom)
        value = Symbol(name, real=True)
        if isinstance(atom, sp.sign):
            ((up, down),) = parts
            side = smt(up * down)
            self._fact(f"(= {name} (ite (> {side} 0.0) 1.0 (ite (< {side} 0.0) (- 1.0) 0.0)))")
            return True
        if isinstance(atom, sp.Abs):
            parts.append((-parts[0][0], parts[0][1]))
        operator = "<=" if isinstance(atom, sp.Min) else ">="
        gaps = [(value * down - up, down) for up, down in parts]
        self._fact(
            *(f"({operator} {smt(gap * down)} 0.0)" for gap, down in gaps),
            _any(f"(= {smt(gap)} 0.0)" for gap, _ in gaps),
        )
        return True

    def _new(self, atom: Expr) -> str:
        return self.names.setdefault(atom, f"v{len(self.names)}")

    def _fact(self, *said: str) -> None:
        """Take in what is so where the guards of the atom in the making hold."""
        self.facts.append(_implies(tuple(self.guards), _all(said)))


def outwards(value: Expr) -> tuple[Rational, Rational]:
    """Return rationals below and above a real number.

    Raises:
        Outside: it has no enclosure.
    """
    try:
        ball = balls.enclose(value, {}, PRECISION)
    except (balls.Undefined, balls.Unevaluable) as problem:
        raise Outside(value) from problem
    if ball.imag != 0:
        raise Outside(value)
    low, high = (balls.exact(end) for end in (ball.real.lower(), ball.real.upper()))
    return Rational(int(low.p), int(low.q)), Rational(int(high.p), int(high.q))


def smt(expression: Expr) -> str:
    """Return a polynomial over the names in SMT-LIB."""
    if isinstance(expression, Rational):
        return _number(expression)
    if isinstance(expression, Symbol):
        return str(expression.name)
    if isinstance(expression, Pow):
        return f"(* {' '.join([smt(expression.base)] * int(expression.exp))})"
    sign = "+" if isinstance(expression, Add) else "*"
    return f"({sign} {' '.join(map(smt, expression.args))})"


def _number(value: Rational) -> str:
    size = f"{abs(value.p)}.0" if value.q == 1 else f"(/ {abs(value.p)}.0 {value.q}.0)"
    return f"(- {size})" if value < 0 else size


def _not(said: str) -> str:
    return f"(not {said})"


def _all(said: Iterable[str]) -> str:
    parts = [one for one in dict.fromkeys(said) if one != "true"]
    return "true" if not parts else parts[0] if len(parts) == 1 else f"(and {' '.join(parts)})"


def _any(said: Iterable[str]) -> str:
    parts = list(dict.fromkeys(said))
    return parts[0] if len(parts) == 1 else f"(or {' '.join(parts)})"


def _implies(guards: Guards, said: str) -> str:
    return f"(=> {_all(guards)} {said})" if guards else said
