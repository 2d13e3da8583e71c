"""Interval arithmetic over the domain: mostly false statements, which must not be decided."""

import random
from fractions import Fraction

import pytest
import sympy as sp
from sympy import (
    Abs,
    FiniteSet,
    I,
    IndexedBase,
    Interval,
    KroneckerDelta,
    Max,
    Min,
    Piecewise,
    Range,
    Rational,
    S,
    Sum,
    Symbol,
    acos,
    acot,
    asin,
    atan,
    binomial,
    conjugate,
    cos,
    cosh,
    cot,
    exp,
    factorial,
    floor,
    gamma,
    im,
    log,
    oo,
    pi,
    re,
    sin,
    sinh,
    sqrt,
    sympify,
    tan,
    tanh,
)  # fmt: skip

from proofcheck.domains import Family, Variable, symbol_assumptions
from proofcheck.obligations import Context
from proofcheck.ranges import bounds, decide
from proofcheck.relations import AllOf, AnyOf, Member, Relation

OPERATORS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def relation(lhs, operator, rhs):
    return Relation(sympify(lhs), OPERATORS[operator], sympify(rhs))


def over(*pairs, assuming=()):
    """Return a context; pairs are symbol, set."""
    return Context(
        tuple(Variable(s, d) for s, d in zip(pairs[::2], pairs[1::2], strict=True)),
        tuple(assuming),
    )


x, y, t, u = sp.symbols("x y t u", real=True)
n, k, m, K, i, j = sp.symbols("n k m K i j", integer=True)
z, w = sp.symbols("z w", complex=True)
REALS = over(x, S.Reals, y, S.Reals, t, S.Reals)
OPEN = over(x, Interval.open(0, 1), y, Interval.open(-1, 1))
CLOSED = over(x, Interval(0, 1), y, Interval(-1, 1))
ANGLE = over(x, Interval.open(0, pi))
TURN = over(x, Interval(0, 2 * pi))
WHOLE = over(n, S.Integers, m, S.Naturals0, k, S.Naturals)
INDEX = over(K, Range(2, oo), k, Range(1, K + 1))
COMPLEX = over(z, S.Complexes, w, S.Complexes)
ORDERED = over(x, S.Reals, y, S.Reals, t, S.Reals, assuming=[relation(x, "<", y)])
DISK = over(x, S.Reals, y, S.Reals, assuming=[relation(x**2 + y**2, "<", 1)])
CONE = over(x, S.Reals, y, S.Reals, assuming=[relation(x, ">", Abs(y))])
PUNCTURED = over(x, S.Reals, assuming=[relation(x, "!=", 1)])

TRUE = [
    (relation(x, ">", 0), OPEN),
    (relation(x, ">=", 0), CLOSED),
    (relation(x**2, ">=", 0), REALS),
    (relation(x**2 + 1, ">", 0), REALS),
    (relation(x**2 - x + 1, ">", 0), REALS),
    (relation(x**2 - 2 * x + 1, ">=", 0), REALS),
    (relation(x * (1 - x), ">", 0), OPEN),
    (relation(x * (1 - x), "<=", Rational(1, 4)), CLOSED),
    (relation(x**4 + 4, ">", 0), REALS),
    (relation(2 * x / (1 + x**2), "<=", 1), REALS),
    (relation(1 / x, ">", 1), OPEN),
    (relation(exp(x), ">", 0), REALS),
    (relation(exp(z), "!=", 0), COMPLEX),
    (relation(exp(x), ">", 1), OPEN),
    (relation(log(x), "<", 0), OPEN),
    (relation(sin(x), ">", 0), ANGLE),
    (relation(sin(x), "<=", 1), ANGLE),
    (relation(cos(x / 2), ">", 0), ANGLE),
    (relation(tan(x / 2), ">", 0), ANGLE),
    (relation(1 - cos(x), ">", 0), ANGLE),
    (relation(2 + sin(x) * cos(x), ">", 0), REALS),
    (relation(cosh(x), ">=", 1), REALS),
    (relation(tanh(x), "<", 1), REALS),
    (relation(atan(x), "<", pi / 2), REALS),
    (relation(acos(y), "<", pi), OPEN),
    (relation(gamma(x), ">", 0), OPEN),
    (relation(sqrt(x), ">", 0), OPEN),
    (relation(2**n, ">", 0), WHOLE),
    (relation(factorial(m), ">=", 1), WHOLE),
    (relation(binomial(K, k), ">", 0), INDEX),
    (relation(k, "<=", K), INDEX),
    (relation(K - k + 1, ">", 0), INDEX),
    (relation(n, "!=", Rational(1, 2)), WHOLE),
    (relation(2 * n + 1, "!=", 0), WHOLE),
    (relation(k, ">=", 1), WHOLE),
    (relation(Sum(1 / i, (i, 1, K)), ">", 0), INDEX),
    (relation(Sum(i**2, (i, 1, K)), ">=", 0), INDEX),
    (relation(Sum(1 / factorial(i), (i, 0, oo)), ">", 0), INDEX),
    (relation(x, "<", y), ORDERED),
    (relation(x, "<=", y), ORDERED),
    (relation(x, "!=", y), ORDERED),
    (relation(y - x, ">", 0), ORDERED),
    (relation(2 * y - 2 * x + 3, ">", 3), ORDERED),
    (relation(exp(x), "<", exp(y)), ORDERED),
    (relation(atan(x), "<", atan(y)), ORDERED),
    (relation(x, "<", 1), DISK),
    (relation(y, ">", -1), DISK),
    (relation(1 - x**2 - y**2, ">", 0), DISK),
    (relation(x - y, ">", 0), CONE),
    (relation(x + y, ">", 0), CONE),
    (relation(x**2 - y**2, ">", 0), CONE),
    (relation(x - 1, "!=", 0), PUNCTURED),
    (relation(3 - 3 * x, "!=", 0), PUNCTURED),
    (relation(abs(x) + 1, ">", 0), REALS),
    (relation(Max(x, y), ">", 0), OPEN),
    (relation(Piecewise((x, x > 1), (1, True)), ">=", 1), REALS),
    (relation(KroneckerDelta(n, m), "<=", 1), WHOLE),
    (relation(KroneckerDelta(k, 0), "=", 0), WHOLE),
    (relation(im(x), "=", 0), REALS),
    (relation(acot(x), "<=", pi / 2), REALS),
    (Member(sqrt(x), S.Reals), CLOSED),
    (Member(n + m, S.Integers), WHOLE),
    (Member(k, Range(1, K + 1)), INDEX),
    (Member(x, Range(0, -oo, -1), negated=True), OPEN),
    (Member(n + Rational(1, 2), Range(0, -oo, -1), negated=True), WHOLE),
    (Member(x, Interval(0, 1)), OPEN),
    (Member(x, FiniteSet(0, 1), negated=True), OPEN),
    (AnyOf((relation(x, "<", 0), relation(x, ">", 0))), OPEN),
    (AllOf((relation(x, "<", 1), relation(x, ">", 0))), OPEN),
]

FALSE = [
    # off by the openness of one end
    (relation(x, ">", 0), CLOSED),
    (relation(x, "<", 1), CLOSED),
    (relation(x**2, ">", 0), REALS),
    (relation(x**2, ">", 0), CLOSED),
    (relation(y**2, "<", 1), CLOSED),
    (relation(x * (1 - x), ">", 0), CLOSED),
    (relation(x * (1 - x), "<", Rational(1, 4)), OPEN),
    (relation(x**2 - 2 * x + 1, ">", 0), REALS),
    (relation(exp(x), ">", 1), CLOSED),
    (relation(sin(x), "<", 1), ANGLE),
    (relation(sin(x), ">=", 0), TURN),
    (relation(cos(x), ">", -1), TURN),
    (relation(1 - cos(x), ">", 0), TURN),
    (relation(cosh(x), ">", 1), REALS),
    (relation(sqrt(x), ">", 0), CLOSED),
    (relation(acos(y), ">", 0), CLOSED),
    (relation(2 * x / (1 + x**2), "<", 1), REALS),
    # mixed signs, dependency
    (relation(x * y, ">", 0), OPEN),
    (relation(x * y, ">=", 0), CLOSED),
    (relation(x**3, ">=", 0), REALS),
    (relation(x - y, "=", 0), CLOSED),
    (relation(x + y, ">", -1), CLOSED),
    (relation(x**2 - x, ">=", 0), CLOSED),
    (relation(x**2 - x + Rational(1, 4), ">", 0), OPEN),
    (relation(x**3 - x, "!=", 0), REALS),
    (relation(x**2 - 2, "!=", 0), REALS),
    (relation(1 / y, ">", 0), OPEN),
    (relation(1 / x, ">", 2), OPEN),
    # values that are not real
    (relation(sqrt(y), ">=", 0), OPEN),
    (Member(sqrt(y), S.Reals), CLOSED),
    (Member(log(y), S.Reals), OPEN),
    (Member(asin(2 * y), S.Reals), CLOSED),
    (Member(x**y, S.Reals), over(x, Interval(-1, 1), y, Interval(0, 1))),
    (relation(z**2, ">=", 0), COMPLEX),
    (relation(z**2 + 1, "!=", 0), COMPLEX),
    (relation(Abs(z), ">", 0), COMPLEX),
    (relation(z, "<", z + 1), COMPLEX),
    (relation(exp(I * x), ">", 0), REALS),
    (relation(exp(z) - 1, "!=", 0), COMPLEX),
    (relation(sin(z), "<=", 1), COMPLEX),
    (Member(z, S.Reals), COMPLEX),
    (relation(u, "<", u + 1), REALS),
    (relation(u**2, ">=", 0), REALS),
    # poles and branches
    (relation(tan(x), ">", 0), ANGLE),
    (relation(tan(x / 2), "<", 100), ANGLE),
    (relation(cot(x), ">", 0), ANGLE),
    (relation(acot(x), ">", 0), REALS),
    (relation(acot(x), "<", pi / 2), REALS),
    (relation(log(x), ">", -100), OPEN),
    (relation(log(x), "!=", 0), over(x, Interval.open(0, 2))),
    (relation(gamma(x), ">", 0), REALS),
    (relation(gamma(x), ">=", 1), over(x, Interval(1, 2))),
    (relation(gamma(x), ">=", Rational(886, 1000)), over(x, Interval(1, 2))),
    # integers
    (relation(k, ">=", 2), WHOLE),
    (relation(m, ">", 0), WHOLE),
    (relation(2 * n, "!=", 0), WHOLE),
    (relation(n, "!=", 7), WHOLE),
    (relation((-1) ** n, ">", 0), WHOLE),
    (relation((-2) ** n, ">", 0), WHOLE),
    (relation(k, "<", K), INDEX),
    (relation(k, ">", 1), INDEX),
    (relation(binomial(k, K), ">", 0), INDEX),
    (relation(binomial(n, k), ">=", 0), WHOLE),
    (relation(factorial(m), ">", 1), WHOLE),
    (Member(n / 2, S.Integers), WHOLE),
    (Member(n / 2, S.Integers, negated=True), WHOLE),
    (Member(n, Range(0, -oo, -1), negated=True), WHOLE),
    (Member(x, Range(0, -oo, -1), negated=True), CLOSED),
    (Member(y, S.Integers, negated=True), OPEN),
    (Member(x, S.Integers), CLOSED),
    (Member(x, Range(0, 2)), CLOSED),
    (Member(k, Range(1, K)), INDEX),
    (relation(floor(x), "<", 1), CLOSED),
    (relation(floor(y), ">=", 0), OPEN),
    (relation(KroneckerDelta(n, m), "=", 0), WHOLE),
    # sums that may be empty, reversed, or start before the index
    (relation(Sum(1 / i**2, (i, 1, m)), ">", 0), WHOLE),
    (relation(Sum(i, (i, 1, n)), ">=", 0), WHOLE),
    (relation(Sum(i**2, (i, 1, n)), ">=", 0), WHOLE),
    (relation(Sum(i - 2, (i, 1, K)), ">", 0), INDEX),
    (relation(Sum(i, (i, -3, K)), ">=", 0), INDEX),
    # assumptions that say less
    (relation(x + 1, "<", y), ORDERED),
    (relation(x**2, "<", y**2), ORDERED),
    (relation(x * t, "<", y * t), ORDERED),
    (relation(1 / x, ">", 1 / y), ORDERED),
    (relation(x + t, "<", y), ORDERED),
    (relation(x, ">", 0), DISK),
    (relation(x + y, "<", 1), DISK),
    (relation(y, ">", 0), CONE),
    (relation(x - 2 * y, ">", 0), CONE),
    (relation(x + 1, "!=", 0), PUNCTURED),
    (relation(x**2 - 1, "!=", 0), PUNCTURED),
    (relation(x**2, ">", 0), over(x, S.Reals, assuming=[relation(x * y, "!=", 1)])),
    (relation(x, ">", 0), over(x, S.Reals, assuming=[AnyOf((relation(x, "!=", 0),))])),
    # 0**(-y) is 0 where y < 0
    (relation(x ** (-y), ">", 0), CLOSED),
    (relation(x**y, ">", 0), over(x, Interval(0, 1), y, Interval.open(0, 1))),
    (relation(Piecewise((x, x > 1), (1, True)), ">", 1), REALS),
    (relation(Min(x, y), ">", 0), OPEN),
    (relation(Max(z, 1), ">=", 1), COMPLEX),
    (relation(Abs(z + 1), ">=", Abs(z) + 1), COMPLEX),
    (relation(Abs(z + 1), "<", Abs(z) + 1), COMPLEX),
    (relation(Abs(z - 1), "<=", Abs(z) - 1), COMPLEX),
    (relation(Abs(2 * z + 1), "<=", Abs(z) + 1), COMPLEX),
    (relation(-Abs(z + 1), "<=", -Abs(z) - 1), COMPLEX),
    (AnyOf((relation(x, "<", 0), relation(x, ">", 0))), CLOSED),
    (AllOf((relation(x, "<", 1), relation(x, ">", 0))), CLOSED),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "context"), TRUE, ids=[str(c) for c, _ in TRUE])
def test_true_statements_are_decided(condition, context):
    assert decide(condition, context)


@pytest.mark.parametrize(("condition", "context"), FALSE, ids=[str(c) for c, _ in FALSE])
def test_false_statements_are_not_decided(condition, context):
    assert not decide(condition, context)


def test_a_term_that_stands_twice_in_a_sum_that_is_not_evaluated_counts_twice():
    assumed = Relation(sp.Add(x, x, y, evaluate=False), "le", sp.Integer(1))
    context = Context(REALS.variables, (assumed,))
    assert decide(Relation(2 * x + y, "le", sp.Integer(1)), context)
    assert not decide(Relation(x + y, "le", sp.Integer(1)), context)
    nothing = Relation(sp.Add(x, -x, y, evaluate=False), "le", sp.Integer(1))
    assert not decide(Relation(x, "le", sp.Integer(1)), Context(REALS.variables, (nothing,)))


def test_nothing_is_known_of_a_symbol_that_is_not_declared():
    known = bounds(Symbol("q", positive=True), REALS)
    assert not known.real
    assert not known.nonzero


@pytest.mark.parametrize(
    ("domain", "low", "high", "flags"),
    [
        (Interval.open(0, pi), 0, 1, (True, False)),
        (Interval(0, pi), 0, 1, (False, False)),
        (Interval.open(0, pi / 2), 0, 1, (True, True)),
        (Interval(0, pi / 6), 0, Rational(1, 2), (False, False)),
        (Interval.open(-pi / 2, pi / 2), -1, 1, (True, True)),
        (Interval.Lopen(pi / 2, pi), 0, 1, (False, True)),
        (Interval(pi, 2 * pi), -1, 0, (False, False)),
        (Interval(0, 100), -1, 1, (False, False)),
    ],
)
def test_the_range_of_sine_has_the_right_ends(domain, low, high, flags):
    known = bounds(sin(x), over(x, domain))
    assert (known.low, known.high) == (low, high)
    assert (known.low_open, known.high_open) == flags


def test_families_have_the_bounds_of_their_elements():
    p = IndexedBase("p")
    context = Context((Variable(K, Range(2, oo)), Family(p, K, Interval.open(0, 1))))
    assert decide(relation(p[1], ">", 0), context)
    assert decide(relation(Sum(p[j] ** 2, (j, 1, K)), ">", 0), context)
    assert decide(relation(Sum(p[j] * log(p[j]), (j, 1, K)), "<", 0), context)
    assert not decide(relation(Sum(p[j], (j, 1, K)), "<", 1), context)
    assert not decide(relation(p[1] - p[2], "=", 0), context)
    total = relation(Sum(p[j], (j, 1, K)), "=", 1)
    assert decide(relation(Sum(p[i], (i, 1, K)), "=", 1), context.assuming(total))


def test_dependent_ends_carry_over():
    context = over(y, Interval.open(1, 2), x, Interval.open(0, y))
    assert decide(relation(x, "<", y), context)
    assert decide(relation(x, "<", 2), context)
    assert not decide(relation(x, "<", 1), context)


def test_an_assumed_implication_is_not_taken_for_its_conclusion():
    assumed = relation(x, ">", 0).assuming(relation(x, ">", -1))
    assert not decide(relation(x, ">", 0), over(x, S.Reals, assuming=[assumed]))


def test_a_bound_symbol_is_not_the_variable_of_that_name():
    context = over(n, Range(1, oo), K, Range(1, oo))
    assert not decide(
        relation(Sum(n - 2, (n, 1, K)), ">=", 0), context.assuming(relation(n, ">", 2))
    )
    assert decide(relation(Sum(n, (n, 1, K)), ">", 0), context)


def test_sturm_decides_what_products_do_not():
    quintic = sp.expand((x - 2) * (x**2 + x + 1) ** 2)
    assert decide(relation(quintic, ">", 0), over(x, Interval.open(2, oo)))
    assert decide(relation(quintic, ">=", 0), over(x, Interval(2, oo)))
    assert not decide(relation(quintic, ">", 0), over(x, Interval(2, oo)))
    assert not decide(relation(quintic, ">=", 0), over(x, Interval(Rational(199, 100), oo)))


def test_an_end_too_large_to_write_out_costs_nothing():
    context = over(x, Interval(0, 10**9), n, Range(1, 10**9))
    assert decide(relation(exp(x) * 2**n, ">=", 2), context)
    assert not decide(relation(exp(-x), ">=", Rational(1, 10**9)), context)


# Random expressions: what is said of their values must hold at every point that we try.

UNARY = [
    exp, log, sqrt, sin, cos, tan, cot, sinh, cosh, tanh, asin, acos, atan, acot, Abs, floor,
    sp.ceiling, sp.sign, sp.sec, sp.csc, sp.erf, sp.atanh, sp.acosh, sp.asinh, gamma, re, im,
    conjugate, sp.sech, sp.coth, sp.Heaviside, sp.frac,
    lambda e: e**2, lambda e: e**3, lambda e: 1 / e, lambda e: e**-2, lambda e: e**Rational(2, 3),
    lambda e: e ** Rational(-3, 2), lambda e: -e, lambda e: 2 * e - 1, lambda e: e**2 - e,
    lambda e: pi * e / 2, lambda e: (-1) ** floor(e), lambda e: 2**e,
]  # fmt: skip
BINARY = [
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b,
    lambda a, b: a**b, Max, Min, lambda a, b: a * b - a, lambda a, b: (a - b) ** 2,
    lambda a, b: a / (a**2 + b**2 + 1), lambda a, b: Piecewise((a, x < y), (b, True)),
]  # fmt: skip


def grow(rng, depth):
    """Return a random expression in x, y and n."""
    if depth == 0 or rng.random() < 0.1:
        return rng.choice([x, y, n, x, y, Rational(rng.randint(-3, 3), rng.randint(1, 2))])
    if rng.random() < 0.6:
        return rng.choice(UNARY)(grow(rng, depth - 1))
    return rng.choice(BINARY)(grow(rng, depth - 1), grow(rng, depth - 1))


def interval(rng):
    """Return a random interval with simple ends."""
    ends = sorted(rng.sample([-2, -1, Rational(-1, 2), 0, Rational(1, 3), 1, 2, pi / 2, pi], 2))
    return Interval(ends[0], ends[1], rng.random() < 0.5, rng.random() < 0.5)


def points(rng, box):
    """Return points of a box: corners that belong to it, points near them and between."""
    found = []
    for _ in range(12):
        point = {n: S(rng.randint(-2, 3))}
        for symbol, domain in box.items():
            a, b = domain.start, domain.end
            part = rng.choice([0, 1, Rational(1, 2), Rational(1, 1000), Rational(999, 1000)])
            value = a + (b - a) * part
            if value not in domain or rng.random() < 0.3:
                value = a + (b - a) * Rational(rng.randint(1, 99), 100)
            if rng.random() < 0.2 and 0 in domain:
                value = S.Zero
            point[symbol] = value
        found.append(point)
    return found


class UndefinedError(Exception):
    """A part of an expression has no value."""


def value_at(e, point):
    """Return the value at a point, every part of which must be finite."""
    if isinstance(e, Piecewise):
        for value, condition in e.args:
            if condition == True or condition.subs(point) == True:
                return value_at(value, point)
    value = point.get(e, e) if not e.args else e.func(*(value_at(a, point) for a in e.args))
    if value.has(S.NaN, S.ComplexInfinity, oo, -oo) or isinstance(value, sp.AccumBounds):
        raise UndefinedError
    return value


def trouble(e, known, point):
    """Return what is wrong with the bounds of ``e`` at a point, or None."""
    exact = value_at(e, point)
    number = sp.N(exact, 40)
    real, imaginary = number.as_real_imag()
    tiny = Fraction(1, 10**25)
    if known.nonzero and abs(number) < tiny:
        return f"{e} = {exact} is zero"
    if not known.real:
        return None
    if abs(imaginary) > tiny:
        return f"{e} = {number} is not real"
    for end, is_open, side in ((known.low, known.low_open, 1), (known.high, known.high_open, -1)):
        if end in (oo, -oo):
            continue
        gap = side * (real - sp.N(end, 40))
        scale = 1 + abs(real)
        if gap < -tiny * scale or (
            is_open and gap < tiny * scale and sp.simplify(exact - end) == 0
        ):
            return f"{e} = {number} is outside {known}"
    if known.integer and abs(real - sp.Integer(round(real))) > tiny * (1 + abs(real)):
        return f"{e} = {number} is not an integer"
    return None


@pytest.mark.parametrize("seed", range(12))
def test_bounds_hold_at_random_points(seed):
    rng = random.Random(seed)
    checked = 0
    while checked < 4:
        box = {x: interval(rng), y: interval(rng)}
        context = over(*(part for pair in box.items() for part in pair), n, Range(-2, 4))
        try:
            e = grow(rng, rng.randint(1, 4))
        except (TypeError, ValueError):  # SymPy refuses to order what is not real
            continue
        if e.has(S.NaN, S.ComplexInfinity, oo, -oo) or not e.free_symbols:
            continue
        known = bounds(e, context)
        checked += 1
        if not (known.real or known.nonzero):
            continue
        for point in points(rng, box):
            try:
                wrong = trouble(e, known, point)
            except (UndefinedError, TypeError, ValueError, OverflowError):
                continue
            assert wrong is None, (wrong, box, point)


def test_symbols_of_the_domains_carry_their_assumptions():
    """The contexts of the checker hold symbols about which SymPy knows what their set says."""
    domain = Interval(0, 1)
    q = Symbol("q", **symbol_assumptions(domain))
    assert not decide(relation(sqrt(q**2), ">", 0), over(q, domain))
    assert decide(relation(sqrt(q**2), ">=", 0), over(q, domain))


@pytest.mark.parametrize("number", [I, 1 + I, sqrt(2) * I - 3, log(-2), Rational(1, 2) + I / 10**9])
def test_a_number_off_the_real_line_is_in_no_set_of_reals(number):
    sets = (S.Reals, S.Rationals, S.Integers, S.Naturals0, Interval(-oo, 5), Range(0, -oo, -1))
    for domain in sets:
        assert decide(Member(number, domain, negated=True), Context())
        assert not decide(Member(number, domain), Context())


def test_what_may_be_real_is_not_excluded():
    assert not decide(Member(sqrt(2), S.Reals, negated=True), Context())
    assert not decide(Member(sqrt(2), S.Rationals, negated=True), Context())
    assert not decide(Member(exp(I * pi), S.Integers, negated=True), Context())
    assert decide(Member(sqrt(2), S.Integers, negated=True), Context())


def test_a_sum_in_the_terms_of_a_sum_has_an_index_of_its_own():
    """SymPy's as_dummy calls both _0, and then j*Sum(i*j) and j*Sum(i**2) look alike."""
    i, j, n = (Symbol(name, integer=True) for name in "ijn")
    context = over(n, Range(1, oo))
    product = Sum(j * Sum(i * j, (i, 1, 3)), (j, 1, n))
    square = Sum(j * Sum(i * i, (i, 1, 3)), (j, 1, n))
    assert not decide(relation(product, "=", square), context)
    assert decide(relation(product, "=", product.xreplace({i: j, j: i})), context)
    assert not decide(relation(Sum(i, (i, 1, n)), "=", Sum(i, (i, 1, i))), over(n, Range(1, oo)))
    nested = Sum(i * Sum(j, (j, 1, i)), (i, 1, n))
    for other in (Sum(i * Sum(i, (i, 1, n)), (i, 1, n)), Sum(i * Sum(j, (i, 1, j)), (j, 1, n))):
        assert not decide(relation(nested, "=", other), context)


def test_an_antiderivative_depends_on_its_symbol():
    x, y = Symbol("x", real=True), Symbol("y", real=True)
    context = Context((Variable(x, S.Reals), Variable(y, S.Reals)))
    assert not decide(relation(sp.Integral(x, x), "=", sp.Integral(y, y)), context)
    assert decide(relation(sp.Integral(x, (x, 0, 1)), "=", sp.Integral(y, (y, 0, 1))), context)


def test_the_triangle_inequality():
    for condition in (
        relation(Abs(z + 1), "<=", Abs(z) + 1),
        relation(Abs(2 * z - 3), "<=", 2 * Abs(z) + 3),
        relation(-3 * Abs(z + I), ">=", -3 * Abs(z) - 3),
    ):
        assert decide(condition, COMPLEX)
