"""Inequalities that must not be proved, forged certificates, and true ones that must be."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from sympy import (
    Abs,
    Expr,
    Heaviside,
    Integer,
    Interval,
    Max,
    Min,
    Piecewise,
    Rational,
    S,
    Symbol,
    cos,
    cosh,
    exp,
    floor,
    log,
    oo,
    pi,
    sign,
    sin,
    sqrt,
    sympify,
    tanh,
)

from proofcheck import kernel
from proofcheck.certificates import (
    Balls,
    Certificate,
    Identity,
    Instead,
    Monotone,
    Ranges,
    Split,
    Squares,
    Term,
)
from proofcheck.domains import Variable
from proofcheck.engines._semidefinite import Program, cholesky, eigen
from proofcheck.engines._squares import Block, decompose, monomials
from proofcheck.engines.base import Budget, Engine
from proofcheck.engines.case_split import CaseSplit
from proofcheck.engines.factors import Factors
from proofcheck.engines.polynomial import PolynomialInequalities
from proofcheck.engines.subdivision import Subdivision
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import AnyOf, Condition, Operator, Relation

a, b, c, d, x, y, z = (Symbol(name, real=True) for name in "abcdxyz")
LINE = Interval(-oo, oo)
HALF_LINE = Interval(0, oo)
POSITIVE = Interval.open(0, oo)
ENGINES: dict[str, Engine] = {
    "polynomial": PolynomialInequalities(),
    "case split": CaseSplit(),
    "factors": Factors(),
    "subdivision": Subdivision(),
}
SECONDS = 20.0


def related(lhs: object, operator: Operator, rhs: object = 0) -> Relation:
    return Relation(sympify(lhs), operator, sympify(rhs))


def over(*assumptions: Condition, **sets: object) -> Context:
    variables = tuple(Variable(Symbol(name, real=True), values) for name, values in sets.items())
    return Context(variables, assumptions)


def proved(
    engine: str, goal: Condition, context: Context, seconds: float = SECONDS
) -> Certificate | None:
    """Return the certificate if the engine finds one and the kernel takes it."""
    obligation = Obligation("conclusion", goal, context)
    found = ENGINES[engine].prove(obligation, Budget.lasting(seconds))
    if found is None:
        return None
    kernel.prove(obligation, found)
    return found


MOTZKIN = x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1

TRUE_POLYNOMIAL: dict[str, tuple[Relation, Context]] = {
    "Cauchy-Schwarz": (
        related((a**2 + b**2) * (c**2 + d**2), "ge", (a * c + b * d) ** 2),
        over(a=LINE, b=LINE, c=LINE, d=LINE),
    ),
    "AM-GM of two": (related(x + y, "ge", 2 * sqrt(x * y)), over(x=HALF_LINE, y=HALF_LINE)),
    "AM-GM of three": (
        related(x**3 + y**3 + z**3, "ge", 3 * x * y * z),
        over(x=HALF_LINE, y=HALF_LINE, z=HALF_LINE),
    ),
    "Motzkin": (related(MOTZKIN, "ge"), over(x=LINE, y=LINE)),
    "x + 1/x": (related(x + 1 / x, "ge", 2), over(x=POSITIVE)),
    "Nesbitt": (
        related(x / (y + z) + y / (x + z) + z / (x + y), "ge", Rational(3, 2)),
        over(x=POSITIVE, y=POSITIVE, z=POSITIVE),
    ),
    "no real root": (related(x**2 + x + 1, "gt"), over(x=LINE)),
    "nowhere zero": (related(x**2 + 1, "ne"), over(x=LINE)),
    "double root": (related(((3 * x - 1) ** 2 * (x**2 + x + 1)).expand(), "ge"), over(x=LINE)),
    "on a line": (
        related(x**2 + y**2, "ge", Rational(1, 2)), over(related(x + y, "eq", 1), x=LINE, y=LINE)
    ),
    "on the circle": (
        related(2 * x * y, "le", 1), over(related(x**2 + y**2, "eq", 1), x=LINE, y=LINE)
    ),
    "product of premises": (
        related(x * y, "ge"), over(related(x, "ge", y), related(y, "ge"), x=LINE, y=LINE)
    ),
    "strict product": (related(x * y, "gt"), over(x=POSITIVE, y=POSITIVE)),
    "parabola on an interval": (related(x * (1 - x), "le", Rational(1, 4)), over(x=LINE)),
    "sine and cosine": (related((sin(x) + cos(x)) ** 2, "le", 2), over(x=LINE)),
}  # fmt: skip

TRUE_ANALYTIC: dict[str, tuple[Relation, Context]] = {
    "exponential": (related(exp(x), "ge", 1 + x), over(x=LINE)),
    "logarithm": (related(log(x), "le", x - 1), over(x=POSITIVE)),
    "logarithm from below": (
        related(x / (1 + x), "le", log(1 + x)), over(x=Interval.open(-1, oo))
    ),
    "sine": (related(sin(x), "le", x), over(x=HALF_LINE)),
    "Jordan": (related(sin(x), "ge", 2 * x / pi), over(x=Interval(0, pi / 2))),
    "second order": (related(exp(x), "ge", 1 + x + x**2 / 2), over(x=HALF_LINE)),
    "hyperbolic": (related(tanh(x), "le", x), over(x=HALF_LINE)),
    "cosh": (related(cosh(x), "ge", 1 + x**2 / 2), over(x=LINE)),
    "interior double root": (related((3 * x - 1) ** 2 * exp(x), "ge"), over(x=LINE)),
}  # fmt: skip

TRUE_PIECES: dict[str, tuple[Condition, Context]] = {
    "triangle": (related(Abs(x + y), "le", Abs(x) + Abs(y)), over(x=LINE, y=LINE)),
    "Max and Min": (related(Max(x, y), "ge", Min(x, y)), over(x=LINE, y=LINE)),
    "Max plus Min": (related(Max(x, y) + Min(x, y), "eq", x + y), over(x=LINE, y=LINE)),
    "Piecewise": (
        related(Piecewise((x**2, x < 1), (2 * x - 1, True)), "ge", 2 * x - 1), over(x=LINE)
    ),
    "moduli of sums": (
        related(Abs(exp(x) - 1 - x), "le", Abs(exp(Abs(x)) - 1 - Abs(x))), over(x=LINE)
    ),
    "short moduli first": (
        related(Abs(log(1 + x)), "le", -log(1 - Abs(x))), over(x=Interval.open(-1, 1))
    ),
    "sign": (related(sign(x) * Abs(x), "eq", x), over(x=LINE)),
    "floor": (related(floor(x), "le", x), over(x=Interval(0, 3))),
    "alternatives": (
        related(x**2, "ge", 1), over(AnyOf((related(x, "ge", 1), related(x, "le", -1))), x=LINE)
    ),
}  # fmt: skip

TRUE_BOXES: dict[str, tuple[Relation, Context]] = {
    "contact of order three": (
        related(exp(x), "ge", 1 + x + x**2 / 2), over(x=Interval(0, 4))
    ),
    "open end": (related(sin(x), "lt", x), over(x=Interval.Lopen(0, 3))),
    "thin margin": (
        related(x**2 - x + Rational(1, 4) + Rational(1, 10**6), "gt"), over(x=Interval(0, 1))
    ),
    "two variables": (
        related(sin(x) + sin(y), "le", x + y), over(x=Interval(0, 1), y=Interval(0, 1))
    ),
    "never equal": (related(exp(x), "ne", x), over(x=Interval(0, 2))),
}  # fmt: skip

TINY = Rational(1, 10**8)

FALSE: dict[str, tuple[Condition, Context]] = {
    "touching, but strict": (related(x**2 - 2 * x + 1, "gt"), over(x=LINE)),
    "thin": (related(x**2 - 2 * x + 1, "ge", TINY), over(x=LINE)),
    "thin in two variables": (related(x**2 + y**2, "ge", 2 * x * y + TINY), over(x=LINE, y=LINE)),
    "AM-GM without signs": (
        related(x**3 + y**3 + z**3, "ge", 3 * x * y * z), over(x=LINE, y=LINE, z=LINE)
    ),
    "AM-GM, constant too large": (
        related(x + y, "ge", 2 * sqrt(x * y) + TINY), over(x=HALF_LINE, y=HALF_LINE)
    ),
    "Motzkin, strict": (related(MOTZKIN, "gt"), over(x=LINE, y=LINE)),
    "Motzkin, lower": (related(MOTZKIN, "ge", TINY), over(x=LINE, y=LINE)),
    "Cauchy-Schwarz, strict": (
        related((a**2 + b**2) * (c**2 + d**2), "gt", (a * c + b * d) ** 2),
        over(a=LINE, b=LINE, c=LINE, d=LINE),
    ),
    "odd degree": (related(x**3 + 10**6, "ge"), over(x=LINE)),
    "reciprocal of either sign": (related(x + 1 / x, "ge", 2), over(x=Interval(-1, 1))),
    "denominator of either sign": (related(1 / (x - 1), "ge", -10**9), over(x=LINE)),
    "zero at one point": (related((x - 1) ** 2, "ne"), over(x=LINE)),
    "at the closed end only": (related(x * (1 - x), "gt"), over(x=Interval(0, 1))),
    "circle, constant too small": (
        related(2 * x * y, "le", 1 - TINY), over(related(x**2 + y**2, "eq", 1), x=LINE, y=LINE)
    ),
    "premise of the wrong sign": (
        related(x * y, "ge"), over(related(x, "ge", -TINY), related(y, "ge"), x=LINE, y=LINE)
    ),
    "exponential, second order": (related(exp(x), "ge", 1 + x + x**2 / 2), over(x=LINE)),
    "exponential, strict": (related(exp(x), "gt", 1 + x), over(x=LINE)),
    "logarithm, thin": (related(log(x), "le", x - 1 - TINY), over(x=POSITIVE)),
    "logarithm, strict": (related(log(x), "lt", x - 1), over(x=POSITIVE)),
    "sine on the wrong side": (related(sin(x), "le", x), over(x=LINE)),
    "Jordan, too steep": (
        related(sin(x), "ge", 2 * x / pi + TINY), over(x=Interval(0, pi / 2))
    ),
    "Taylor, a little low": (
        related(sin(x), "ge", x - x**3 / 6 + TINY), over(x=HALF_LINE)
    ),
    "growing at last": (related(x**20, "le", exp(x)), over(x=HALF_LINE)),
    "oscillating far out": (related(sin(x), "lt", 1), over(x=HALF_LINE)),
    "reverse triangle": (related(Abs(x + y), "ge", Abs(x) + Abs(y)), over(x=LINE, y=LINE)),
    "moduli of sums, turned": (
        related(Abs(exp(x) - 1 - x), "ge", Abs(exp(Abs(x)) - 1 - Abs(x))), over(x=LINE)
    ),
    "moduli of sums, a little less": (
        related(Abs(exp(x) - 1 - x) + TINY, "le", Abs(exp(Abs(x)) - 1 - Abs(x))), over(x=LINE)
    ),
    "Max below Min": (related(Max(x, y), "le", Min(x, y)), over(x=LINE, y=LINE)),
    "sign at zero": (related(sign(x) ** 2, "eq", 1), over(x=LINE)),
    "jump at zero": (related(Heaviside(x) + Heaviside(-x), "eq", 2), over(x=LINE)),
    "floor, strict": (related(floor(x), "lt", x), over(x=Interval(0, 3))),
    "wrong branch at the seam": (
        related(Piecewise((x**2, x < 1), (2 * x - 1, True)), "gt", 2 * x - 1), over(x=LINE)
    ),
    "one alternative fails": (
        related(x**3, "ge", 1), over(AnyOf((related(x, "ge", 1), related(x, "le", -1))), x=LINE)
    ),
    "interior contact, strict": (
        related((3 * x - 1) ** 2 * exp(x), "gt"), over(x=Interval(0, 1))
    ),
    "two variables, corner": (
        related(sin(x) + sin(y) + TINY, "le", x + y), over(x=Interval(0, 1), y=Interval(0, 1))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE_POLYNOMIAL)
def test_polynomial_inequalities_are_proved(name: str) -> None:
    goal, context = TRUE_POLYNOMIAL[name]
    assert proved("polynomial", goal, context) is not None


@pytest.mark.parametrize("name", TRUE_ANALYTIC)
def test_analysts_inequalities_are_proved(name: str) -> None:
    goal, context = TRUE_ANALYTIC[name]
    assert proved("factors", goal, context, 40.0) is not None


@pytest.mark.parametrize("name", TRUE_PIECES)
def test_piecewise_statements_are_proved(name: str) -> None:
    goal, context = TRUE_PIECES[name]
    assert proved("case split", goal, context, 40.0) is not None


@pytest.mark.parametrize("name", TRUE_BOXES)
def test_covers_are_found(name: str) -> None:
    goal, context = TRUE_BOXES[name]
    assert proved("subdivision", goal, context) is not None


IN_ATOMS: dict[str, tuple[Relation, Context]] = {
    "Jensen, exponential": (
        related(exp((a + b) / 2), "le", (exp(a) + exp(b)) / 2), over(a=LINE, b=LINE),
    ),
    "Jensen, three": (
        related(3 * exp((a + b + c) / 3), "le", exp(a) + exp(b) + exp(c)),
        over(a=LINE, b=LINE, c=LINE),
    ),
    "roots": (
        related(2 * a ** Rational(1, 4) * b ** Rational(1, 4), "le", sqrt(a) + sqrt(b)),
        over(a=POSITIVE, b=POSITIVE),
    ),
}  # fmt: skip
NOT_IN_ATOMS: dict[str, tuple[Relation, Context]] = {
    "Jensen, strict": (
        related(exp((a + b) / 2), "lt", (exp(a) + exp(b)) / 2), over(a=LINE, b=LINE),
    ),
    "Jensen, a little less": (
        related(exp((a + b) / 2), "le", (exp(a) + exp(b)) / 2 - exp(a) / 10**6),
        over(a=LINE, b=LINE),
    ),
    "Jensen, turned": (
        related(exp((a + b) / 2), "ge", (exp(a) + exp(b)) / 2), over(a=LINE, b=LINE),
    ),
    "roots of negative numbers": (
        related(2 * a ** Rational(1, 4) * b ** Rational(1, 4), "le", sqrt(a) + sqrt(b)),
        over(a=LINE, b=LINE),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_ATOMS)
def test_atoms_stand_for_any_of_their_values(name: str) -> None:
    assert proved("polynomial", *IN_ATOMS[name]) is not None


@pytest.mark.parametrize("name", NOT_IN_ATOMS)
def test_atoms_do_not_stand_for_other_values(name: str) -> None:
    assert proved("polynomial", *NOT_IN_ATOMS[name]) is None


@pytest.mark.parametrize("name", FALSE)
def test_false_statements_are_not_proved(name: str) -> None:
    goal, context = FALSE[name]
    for engine in ENGINES.values():
        obligation = Obligation("conclusion", goal, context)
        found = engine.prove(obligation, Budget.lasting(0.15))
        if found is not None:
            with pytest.raises(kernel.Rejected):
                kernel.prove(obligation, found)


SQUARE = related(x**2 - 2 * x + 1, "ge")
FORGERIES: dict[str, tuple[Relation, Context, Certificate]] = {
    "a square that is another": (
        SQUARE, over(x=LINE), Squares((Term(S.One, x - 2),))
    ),
    "a negative weight": (
        related(-(x**2), "ge"), over(x=LINE), Squares((Term(-S.One, x),))
    ),
    "a premise that is not there": (
        related(x, "ge"), over(x=LINE), Squares((Term(S.One, S.One, (0,)),))
    ),
    "a root of a negative number": (
        related(-1 - x**2, "ge"), over(x=LINE), Squares((Term(S.One, sqrt(-1 - x**2)),))
    ),
    "an imaginary square": (
        related(-1, "ge"), over(x=LINE), Squares((Term(S.One, S.ImaginaryUnit),))
    ),
    "strict without a positive term": (
        related(x**2, "gt"), over(x=LINE), Squares((Term(S.One, x),))
    ),
    "a multiplier of either sign": (
        related(x**3, "ge"), over(x=LINE), Instead(x**4, Identity(), Ranges(), x)
    ),
    "a multiplier that vanishes": (
        related(-(x**0), "ge"), over(x=LINE), Instead(S.Zero, Identity(), Ranges(), S.Zero)
    ),
    "another expression": (
        related(x, "ge"), over(x=LINE), Instead(x**2, Identity(), Ranges())
    ),
    "monotone from the wrong end": (
        related(-x, "ge"), over(x=Interval(0, 1)),
        Monotone(x, "right", Balls(64), Balls(64)),
    ),
    "a split without its other half": (
        related(x, "ge"), over(x=LINE),
        Split(related(x, "ge"), Ranges(), Ranges()),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_forged_certificates_are_rejected(name: str) -> None:
    goal, context, forged = FORGERIES[name]
    with pytest.raises(kernel.Rejected):
        kernel.prove(Obligation("conclusion", goal, context), forged)


def test_a_tampered_weight_is_rejected() -> None:
    goal, context = TRUE_POLYNOMIAL["product of premises"]
    found = proved("polynomial", goal, context)
    assert isinstance(found, Squares)
    first, *others = found.terms
    forged = replace(found, terms=(replace(first, weight=first.weight * 2), *others))
    with pytest.raises(kernel.Rejected):
        kernel.prove(Obligation("conclusion", goal, context), forged)


def never() -> bool:
    return False


def test_squares_add_up_exactly() -> None:
    one = {(0,): Fraction(1)}
    target = {(4,): Fraction(1), (1,): Fraction(-4), (0,): Fraction(3)}
    basis = tuple({key: Fraction(1)} for key in monomials(1, 2))
    found = decompose(target, [Block(one, basis)], lambda p: p, never)
    assert found is not None
    total: Expr = S.Zero
    for square in found:
        root = sum(
            (Rational(v.numerator, v.denominator) * x ** Integer(k) for (k,), v in
             square.polynomial.items()), S.Zero,
        )  # fmt: skip
        total += Rational(square.weight.numerator, square.weight.denominator) * root**2
    assert (total - (x**4 - 4 * x + 3)).expand() == 0


def test_motzkin_itself_is_no_sum_of_squares() -> None:
    target = {
        (4, 2): Fraction(1), (2, 4): Fraction(1), (2, 2): Fraction(-3), (0, 0): Fraction(1)
    }  # fmt: skip
    basis = tuple({key: Fraction(1)} for key in monomials(2, 3))
    assert decompose(target, [Block({(0, 0): Fraction(1)}, basis)], lambda p: p, never) is None


def test_semidefinite_programs_without_solution_have_none() -> None:
    # One entry, which must equal -1.
    assert Program([1], [[(0, 0, 0, 1.0)]], [-1.0], never).solve() is None


def test_linear_algebra_in_floats() -> None:
    assert cholesky([[1.0, 2.0], [2.0, 1.0]]) is None
    (low, _), (high, vector) = eigen([[2.0, 1.0], [1.0, 2.0]])
    assert (round(low, 9), round(high, 9)) == (1.0, 3.0)
    assert abs(abs(vector[0]) - abs(vector[1])) < 1e-9
