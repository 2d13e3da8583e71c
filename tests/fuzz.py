"""Random statements whose truth is known by how they were made, and what the checker says of them.

A statement starts as ``e = e`` (or ``a >= b``, known to be true), is rewritten by rules that are
valid on its domain, and may then be spoilt: a sign, a constant, an exponent, a branch, an
assumption that is missing.  A spoilt one counts as false only if SymPy's evalf, which the checker
does not use, finds an admissible point at which it is clearly false.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import sympy as sp
from hypothesis import strategies as st
from sympy import Expr, Interval, Range, S, Set, Symbol, oo

from proofcheck import kernel, settling
from proofcheck.domains import Variable, symbol_assumptions
from proofcheck.engines.base import SEARCH_FAILURES, Budget, Word
from proofcheck.engines.catalogue import ENGINES
from proofcheck.engines.normal_form import NormalForm
from proofcheck.engines.special_points import SpecialPoints
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Context, Obligation, obligations
from proofcheck.relations import OPPOSITES, Condition, Operator, Relation

DEAR = ("simplify", "integrals", "subdivision")
NORMAL_FORM = NormalForm()
FEW_POINTS = SpecialPoints(points=6, edges=False)
SECONDS = 0.05
POINTS, SPOILT, LARGEST = 3, 4, 70
REAL_SETS = (
    S.Reals, S.Reals, Interval.open(0, oo), Interval(0, 1), Interval(-2, 1), Interval.open(1, 3),
)  # fmt: skip
INTEGER_SETS = (Range(0, oo), Range(1, oo), S.Integers, Range(2, 9))


@dataclass(frozen=True)
class Statement:
    """``lhs operator rhs`` for all values of the variables that meet the assumptions."""

    domains: tuple[tuple[Symbol, Set], ...]
    lhs: Expr
    operator: Operator
    rhs: Expr
    assumptions: tuple[Condition, ...] = ()
    truth: bool | None = None
    recipe: tuple[str, ...] = ()

    @property
    def context(self) -> Context:
        """The variables and the assumptions."""
        return Context(tuple(Variable(s, d) for s, d in self.domains), self.assumptions)

    def __str__(self) -> str:
        where = ", ".join(f"{symbol} in {values}" for symbol, values in self.domains)
        relation = Relation(self.lhs, self.operator, self.rhs, self.assumptions)
        return f"{relation}  for all {where}  [{self.truth}: {', '.join(self.recipe)}]"


# Expressions


@dataclass
class Scene:
    """The variables of a statement, by kind, and the draws that make it."""

    chance: Random
    domains: dict[Symbol, Set]
    recipe: list[str]

    def one_of(self, *options: Any) -> Any:
        """Draw one of the options."""
        return self.chance.choice(options)

    def made_by(self, *options: Callable[[], Any]) -> Any:
        """Draw one of the options and make it."""
        return self.one_of(*options)()

    def named(self, *kinds: str) -> list[Symbol]:
        """The variables that are ``real``, ``integer`` or ``complex``."""
        return [s for s, d in self.domains.items() if kind(d) in kinds]

    def constant(self) -> Expr:
        """A small rational, sometimes pi."""
        value = self.one_of(-3, -2, -1, 1, 2, 3, Fraction(1, 2), Fraction(-2, 3))
        return sp.pi if self.one_of(*[False] * 9, True) else sp.sympify(value)

    def leaf(self) -> Expr:
        """A real or integer variable, or a constant."""
        options = self.named("real", "integer")
        return self.one_of(*options, *options, *options, self.constant())

    def polynomial(self) -> Expr:
        """A small polynomial."""
        a, b, c = self.leaf(), self.leaf(), self.constant()
        return self.one_of(a + c * b, a * b + c, a**2 + c, a - b, (a + c) ** 2, a**3 - b, a)

    def real(self, depth: int = 2) -> Expr:
        """A real expression without poles."""
        if depth == 0:
            return self.polynomial()
        e = self.real(depth - 1)
        f = self.polynomial()
        return self.made_by(
            lambda: self.polynomial(),
            lambda: e + self.constant() * f,
            lambda: e * f,
            lambda: sp.sin(e),
            lambda: sp.cos(f) + e,
            lambda: sp.exp(f) - e,
            lambda: sp.Abs(e),
            lambda: sp.Max(e, f),
            lambda: sp.atan(f) * e,
            lambda: e / self.positive(),
            lambda: sp.log(self.positive()) + e,
            lambda: sp.sqrt(self.positive()),
            lambda: e**2,
            lambda: sp.sign(f) * e,
            lambda: sp.Min(e, f) + f,
            lambda: sp.floor(f) if depth == 1 else e - f,
        )

    def smooth(self) -> Expr:
        """A real expression with derivatives of all orders."""
        f, g = self.polynomial(), self.polynomial()
        return self.one_of(f, sp.sin(f), sp.exp(f) + g, f * sp.cos(g), f * g, sp.log(f**2 + 1))

    def positive(self) -> Expr:
        """A positive expression."""
        f = self.polynomial()
        known = [s for s in self.domains if s.is_positive]
        options = [f**2 + 1, sp.exp(f), sp.Abs(f) + 2, *known, *[s + 1 for s in known]]
        return self.one_of(*options, *options, sp.cos(f) + 2, sp.sqrt(f**2 + 1), S(2), S(3))


def kind(domain: Set) -> str:
    """Whether the elements of a set are real, integer or complex."""
    if domain is S.Complexes:
        return "complex"
    return "integer" if isinstance(domain, Range) or domain is S.Integers else "real"


# Rules: each takes the scene and an expression and returns one of the same value.


def zero_in_disguise(s: Scene, e: Expr) -> Expr:
    f, g, c = s.real(s.one_of(0, 0, 1)), s.leaf(), s.constant()
    zero = s.made_by(
        lambda: (f + c) ** 2 - f**2 - 2 * c * f - c**2,
        lambda: sp.sin(f) ** 2 + sp.cos(f) ** 2 - 1,
        lambda: sp.cosh(c * g) ** 2 - sp.sinh(c * g) ** 2 - 1,
        lambda: sp.exp(f + c) - sp.exp(f) * sp.exp(c),
        lambda: sp.Max(f, c) + sp.Min(f, c) - f - c,
        lambda: sp.Abs(f) ** 2 - f**2,
        lambda: sp.sin(f + c) - sp.sin(f) * sp.cos(c) - sp.cos(f) * sp.sin(c),
    )
    return e + s.constant() * zero


def one_in_disguise(s: Scene, e: Expr) -> Expr:
    p, f = s.positive(), s.polynomial()
    return s.made_by(
        lambda: sp.expand(e * p) / p,
        lambda: e * (sp.sin(f) ** 2 + sp.cos(f) ** 2),
        lambda: sp.Mul(e, sp.exp(f), sp.exp(-f - 1)) * sp.E,
        lambda: e * (p + f) / p - e * f / p,
        lambda: e * (f**2 + 1) / (1 + sp.Abs(f) ** 2),
    )


def algebra(s: Scene, e: Expr) -> Expr:
    return s.one_of(sp.expand, sp.factor, sp.together, sp.expand_trig, sp.expand_mul)(e)


def logarithms(s: Scene, e: Expr) -> Expr:
    p, q, c = s.positive(), s.positive(), s.one_of(S(2), S.Half, S(3))
    return e + s.made_by(
        lambda: sp.log(sp.expand(p * q)) - sp.log(p) - sp.log(q),
        lambda: sp.log(sp.expand(p**2)) - 2 * sp.log(p),
        lambda: sp.log(1 / (p + q)) + sp.log(p + q),
        lambda: sp.log(p / q) - sp.log(p) + sp.log(q),
        lambda: sp.log(sp.expand((p + q) ** 2), evaluate=False) / c - 2 * sp.log(p + q) / c,
    )


def roots(s: Scene, e: Expr) -> Expr:
    f, p, q = s.real(s.one_of(0, 0, 1)), s.positive(), s.positive()
    return e + s.made_by(
        lambda: sp.sqrt(sp.expand(f**2)) - sp.Abs(f),
        lambda: sp.sqrt(sp.expand(p * q)) - sp.sqrt(p) * sp.sqrt(q),
        lambda: sp.Abs(f * p) - p * sp.Abs(f),
        lambda: sp.Max(f, 0) - (f + sp.Abs(f)) / 2,
        lambda: sp.sign(f) * sp.Abs(f) - f,
        lambda: sp.sqrt(p) ** 3 / p - sp.sqrt(p),
        lambda: sp.Piecewise((f, f >= 0), (-f, True)) - sp.Abs(f),
        lambda: p ** sp.Rational(3, 2) - p * sp.sqrt(p),
    )


def sums(s: Scene, e: Expr) -> Expr:
    whole = [n for n in s.named("integer") if n.is_nonnegative]
    if not whole:
        return e
    n, k, a = s.one_of(*whole), Symbol("k", integer=True), s.polynomial()
    term = s.one_of(k, k**2, a * k, a + k, a, k * (k + 1), 1 / k)
    return e + s.made_by(
        lambda: sp.Sum(term, (k, 1, n + 1)) - sp.Sum(term, (k, 1, n)) - term.subs(k, n + 1),
        lambda: sp.Sum(a * k, (k, 1, n)) - a * n * (n + 1) / 2,
        lambda: sp.Sum(k + a, (k, 1, n)) - sp.Sum(n + 1 - k + a, (k, 1, n)),
        lambda: sp.Sum(a, (k, 1, n)) - n * a,
        lambda: sp.factorial(n + 1) - (n + 1) * sp.factorial(n),
        lambda: sp.binomial(n + 1, 2) - n * (n + 1) / 2,
        lambda: sp.gamma(n + 2) - sp.factorial(n + 1),
        lambda: (-1) ** (n + 1) + (-1) ** n,
    )


def derivatives(s: Scene, e: Expr) -> Expr:
    names = s.named("real")
    if not names:
        return e
    x, f, g = s.one_of(*names), s.smooth(), s.smooth()
    slope = sp.Derivative
    return e + s.made_by(
        lambda: slope(f * g, x) - slope(f, x) * g - f * slope(g, x),
        lambda: slope(f, x) - f.diff(x),
        lambda: slope(sp.exp(f), x) - sp.exp(f) * f.diff(x),
        lambda: slope(f + g, x) - slope(f, x) - slope(g, x),
    )


def complex_rules(s: Scene, e: Expr) -> Expr:
    names = s.named("complex")
    z = s.one_of(*names) if names else s.polynomial() + sp.I * s.polynomial()
    f, w = s.polynomial(), s.one_of(z, z + 1, z**2, sp.I * z)
    return e + s.made_by(
        lambda: sp.Abs(w) ** 2 - w * sp.conjugate(w),
        lambda: sp.exp(sp.I * f) - sp.cos(f) - sp.I * sp.sin(f),
        lambda: sp.re(w) + sp.I * sp.im(w) - w,
        lambda: sp.exp(w + f) - sp.exp(w) * sp.exp(f),
        lambda: sp.sin(2 * w) - 2 * sp.sin(w) * sp.cos(w),
        lambda: sp.cos(w) ** 2 + sp.sin(w) ** 2 - 1,
        lambda: (w + 1) ** 2 - w**2 - 2 * w - 1,
        lambda: w + sp.conjugate(w) - 2 * sp.re(w),
    )


RULES: tuple[Callable[[Scene, Expr], Expr], ...] = (
    zero_in_disguise, one_in_disguise, algebra, logarithms, roots, sums, derivatives, complex_rules,
)  # fmt: skip


def true_inequality(s: Scene) -> tuple[Expr, Operator, Expr]:
    """Return ``a operator b`` that holds for all reals."""
    e, f, p = s.real(s.one_of(0, 1)), s.real(0), s.positive()
    found: tuple[Expr, Operator, Expr] = s.made_by(
        lambda: (e**2, "ge", S.Zero),
        lambda: (p, "gt", S.Zero),
        lambda: (sp.Abs(e), "ge", e),
        lambda: (e**2 + f**2, "ge", 2 * e * f),
        lambda: (sp.exp(e), "ge", 1 + e),
        lambda: (sp.log(p), "le", p - 1),
        lambda: (sp.Max(e, f), "ge", f),
        lambda: (sp.Min(e, f), "le", e),
        lambda: (sp.Abs(e + f), "le", sp.Abs(e) + sp.Abs(f)),
        lambda: (sp.sin(e), "le", S.One),
        lambda: (p + 1 / p, "ge", S(2)),
        lambda: (sp.floor(e), "le", e),
        lambda: (sp.exp(e), "gt", S.Zero),
        lambda: (sp.atan(e) ** 2, "lt", S(3)),
        lambda: (sp.exp(e) + p, "ne", S.Zero),
        lambda: (sp.cosh(s.polynomial()), "ge", S.One),
    )
    return found


# What spoils a statement


def spoilt(s: Scene, e: Expr) -> Expr:
    """Return an expression that probably has another value somewhere."""
    f, n = s.real(s.one_of(0, 0, 1)), S(s.one_of(2, 3, -1))
    numbers = sorted(
        {part for part in sp.preorder_traversal(e) if part.is_Integer and part != 0},
        key=sp.default_sort_key,
    )
    options = {
        "a constant": lambda: e + s.one_of(S.One, sp.Rational(1, 1000), sp.Rational(-1, 10**9)),
        "a sign": lambda: -e,
        "a factor": lambda: n * e,
        "sqrt(f**2) = f": lambda: e + sp.sqrt(sp.expand(f**2)) - f,
        "|f| = f": lambda: e + sp.Abs(f) - f,
        "sqrt(f*g)": lambda: e + sp.sqrt(sp.expand(f * (f + 1))) - sp.sqrt(f) * sp.sqrt(f + 1),
        "log(f*g)": lambda: e + sp.log(f**2 * n**2) - 2 * sp.log(f) - sp.log(n**2),
        "max is the first": lambda: e + sp.Max(f, n) - f,
        "sign squared": lambda: e + sp.sign(f) ** 2 - 1,
        "floor": lambda: e + sp.floor(f) - f,
        "a wave": lambda: e + sp.sin(f) - sp.cos(f),
        "exponents": lambda: e + f**3 - f**2,
        "conjugate": lambda: e + sum((z - sp.conjugate(z) for z in s.named("complex")), S.Zero),
        "log(exp(z))": lambda: e + sum((sp.log(sp.exp(z)) - z for z in s.named("complex")), f - e),
        "parity": lambda: e + sum(((-1) ** m - 1 for m in s.named("integer")), S.Zero),
        "division": lambda: e + f / (f + n) - 1 + n / (f + n) + sp.Rational(1, 10**6) * f,
        "a number": lambda: e.xreplace({numbers[0]: numbers[0] + 1}) if numbers else e + 1,
        "a sum too long": lambda: e + sum(
            (sp.Sum(Symbol("k", integer=True), (Symbol("k", integer=True), 0, m)) - m**2 / 2
             for m in s.named("integer") if m.is_nonnegative), S.One),
        "factorial": lambda: e + sum(
            (sp.factorial(m + 1) - m * sp.factorial(m) for m in s.named("integer")
             if m.is_nonnegative), S.One),
    }  # fmt: skip
    name = s.one_of(*options)
    s.recipe.append(f"spoilt by {name}")
    return options[name]()


def family(chance: Random) -> tuple[Statement, ...]:
    """Return a random valid statement and some that are spoilt; fewer where SymPy made nothing."""
    domains: dict[Symbol, Set] = {}
    for name in chance.choice(["x", "xy", "xn", "n", "xz", "yn", "p", "px", "pn"]):
        options = {"n": INTEGER_SETS, "z": (S.Complexes,), "p": (Interval.open(0, oo),)}
        values = chance.choice(options.get(name, REAL_SETS))
        domains[Symbol(name, **symbol_assumptions(values))] = values
    s = Scene(chance, domains, [])
    assumptions: list[Condition] = []
    if chance.random() < 0.3:
        x = s.one_of(*s.named("real", "integer"))
        right = s.one_of(S.Half, S.One, S.Zero)
        assumptions.append(Relation(x, s.one_of("ne", "ge", "lt", "gt"), right))
    operator: Operator = "eq"
    if chance.random() < 0.25:
        lhs, operator, rhs = true_inequality(s)
        s.recipe.append("an inequality")
        common = s.real(0)
        lhs, rhs = lhs + common, sp.expand(rhs + common)
    else:
        lhs = rhs = s.real(s.one_of(0, 1, 1, 2))
    usable = [rule for rule in RULES if usable_in(s, rule, operator)]
    for rule in chance.choices(usable, k=s.one_of(1, 1, 2)):
        s.recipe.append(rule.__name__)
        rhs = rule(s, rhs)
    if operator == "eq" and chance.random() < 0.2:
        outer = s.one_of(sp.exp, sp.sin, lambda e: e**2, lambda e: e * (e + 1), sp.Abs)
        lhs, rhs = outer(lhs), outer(rhs)
    given = tuple(domains.items()), tuple(assumptions)
    recipe = tuple(s.recipe)
    found = [Statement(given[0], lhs, operator, rhs, given[1], True, recipe)]
    for _ in range(SPOILT):
        if operator != "eq" and len(found) == 1 and chance.random() < 0.5:
            back = (*recipe, "the opposite")
            found.append(Statement(given[0], lhs, OPPOSITES[operator], rhs, given[1], None, back))
        else:
            s.recipe = list(recipe)
            other = spoilt(s, rhs)
            why = tuple(s.recipe)
            found.append(Statement(given[0], lhs, operator, other, given[1], None, why))
    return tuple(judged_at_points(one, chance) for one in dict.fromkeys(found) if readable(one))


def readable(statement: Statement) -> bool:
    """Whether a statement is of a reasonable size, is not trivial, and compares what looks real."""
    lhs, rhs = statement.lhs, statement.rhs
    size = sum(1 for side in (lhs, rhs) for _ in sp.preorder_traversal(side))
    if size > LARGEST or lhs == rhs or any(e.has(sp.nan, sp.zoo, oo, -oo) for e in (lhs, rhs)):
        return False
    return statement.operator in ("eq", "ne") or not any(e.has(sp.I) for e in (lhs, rhs))


def judged_at_points(statement: Statement, chance: Random) -> Statement:
    """Return a statement of unknown truth as a false one if it fails at one of a few points."""
    if statement.truth is None:
        for _ in range(POINTS):
            if judged(statement, point(statement, chance)) is False:
                return replace(statement, truth=False)
    return statement


def usable_in(s: Scene, rule: Callable[[Scene, Expr], Expr], operator: Operator) -> bool:
    """Whether a rule changes anything, and keeps the sides of an inequality real to look at."""
    if rule is complex_rules:
        return operator == "eq"
    if rule is sums:
        return any(n.is_nonnegative for n in s.named("integer"))
    return rule is not derivatives or bool(s.named("real"))


def families() -> st.SearchStrategy[tuple[Statement, ...]]:
    """Return the strategy: Hypothesis seeds the chance that makes a family of statements."""
    return st.builds(family, st.randoms(use_true_random=True))


# Truth at a point, by SymPy's evalf

VALUES = [Fraction(n, d) for n in range(-7, 8) for d in (1, 2, 3, 5)] + [Fraction(101, 7)]


@cache
def values_in(domain: Set) -> tuple[Expr, ...]:
    """Some simple values of a set."""
    if kind(domain) == "complex":
        return tuple(a + sp.I * b for a in map(sp.sympify, VALUES[::4]) for b in (-1, 0, S.Half, 2))
    return tuple(v for v in map(sp.sympify, VALUES) if domain.contains(v) == True)


def point(statement: Statement, chance: Random) -> dict[Symbol, Expr]:
    """Return a random value of every variable."""
    return {symbol: chance.choice(values_in(values)) for symbol, values in statement.domains}


def admissible(statement: Statement, at: dict[Symbol, Expr]) -> bool:
    """Whether the point certainly lies in the domain and meets the assumptions."""
    inside = all(
        at[symbol] in values_in(values) or values.contains(at[symbol]) == True
        for symbol, values in statement.domains
    )
    return inside and all(
        compared(part.lhs.xreplace(at), part.operator, part.rhs.xreplace(at)) is True
        for part in statement.assumptions
        if isinstance(part, Relation)
    )


def value(e: Expr, at: dict[Symbol, Expr]) -> Expr | None:
    """Return the value of an expression to 25 digits, or None if it has none or they cancel out."""
    try:
        if e.has(sp.Derivative):
            e = e.doit()
        e = e.subs(at)
        found = (e.doit() if e.has(sp.Sum) else e).evalf(25, maxn=100, strict=True)
    except LIBRARY_ERRORS:
        return None
    if not found.is_number or found.has(sp.nan, sp.zoo, oo):
        return None
    real, imaginary = found.as_real_imag()
    return found if real.is_Number and imaginary.is_Number else None


def compared(lhs: Expr, operator: Operator, rhs: Expr) -> bool | None:
    """Whether a relation of numbers holds, or None where it is too close to tell."""
    left, right = value(lhs, {}), value(rhs, {})
    if left is None or right is None:
        return None
    difference = left - right
    size = abs(difference)
    if not size > sp.Float("1e-20") * (1 + abs(left)):
        return None if lhs != rhs else operator in ("eq", "le", "ge")
    if operator in ("eq", "ne"):
        return operator == "ne"
    if abs(sp.im(difference)) > sp.Float("1e-25"):
        return None
    return bool((sp.re(difference) > 0) == (operator in ("gt", "ge")))


def judged(statement: Statement, at: dict[Symbol, Expr]) -> bool | None:
    """Whether the statement holds at the point, None where that is unclear or it is not one."""
    if not admissible(statement, at):
        return None
    left, right = value(statement.lhs, at), value(statement.rhs, at)
    if left is None or right is None:
        return None
    return compared(left, statement.operator, right)


# What the checker says


def verdict(statement: Statement, turn: int, seconds: float = SECONDS) -> tuple[str, str]:
    """Return the verdict on a statement, and what is wrong with it (or nothing).

    The normal form and one other of the cheap engines, in ``turn``, each for a moment.  A
    conclusion that is proved although it is false is a fault even where some term was not shown to
    be defined.  What is false is not refuted as well: that has its own tests.
    """
    relation = Relation(statement.lhs, statement.operator, statement.rhs)
    context, trace = statement.context, settling.Trace()
    owed = obligations(relation, context)
    conclusions = [o for o in owed if o.kind == "conclusion"]
    proved = all(settled(o, turn, seconds) for o in conclusions)
    if statement.truth is False:
        return ("proved", "proved") if proved else ("not proved", "")
    budget = Budget.lasting(seconds)
    refuted = settling.refuted(conclusions, (FEW_POINTS,), budget, trace)
    if refuted is not None:
        at = {s: v for s, v in refuted.counterexample.point.items() if isinstance(s, Symbol)}
        wrong = proved or statement.truth is True or judged(statement, at) is True
        return "refuted", f"refuted at {at}, proved: {proved}" if wrong else ""
    if proved:
        left = [o for o in owed if o.kind != "conclusion" and not settled(o, turn, seconds)]
        return ("conclusion proved" if left else "proved"), ""
    terms = [o for o in owed if o.kind == "defined"]
    undefined = settling.undefined_early(terms, Budget.lasting(seconds), trace)
    if undefined is not None:
        at = {s: v for s, v in undefined.counterexample.point.items() if isinstance(s, Symbol)}
        sides = [value(side, at) for side in (statement.lhs, statement.rhs)]
        real = all(side is not None and abs(sp.im(side)) < 1e-20 for side in sides)
        exists = real or (None not in sides and statement.operator in ("eq", "ne"))
        wrong = exists and not relation.lhs.has(sp.Derivative)
        return "undefined", f"undefined at {at}, where the sides are {sides}" if wrong else ""
    return "undecided", ""


def settled(obligation: Obligation, turn: int, seconds: float) -> bool:
    """Whether the kernel takes what the normal form, or the engine whose turn it is, suggests."""
    others = [engine for engine in ENGINES if engine.name not in (*DEAR, NORMAL_FORM.name)]
    for engine in (NORMAL_FORM, others[turn % len(others)]):
        budget = Budget.lasting(seconds)
        try:
            with budget.enforced():
                certificate = engine.prove(obligation, budget)
            if certificate is not None and not isinstance(certificate, Word):
                kernel.prove(obligation, certificate)
                return True
        except (kernel.Rejected, *SEARCH_FAILURES):
            continue
    return False
