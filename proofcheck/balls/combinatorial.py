"""Gamma, zeta, binomials and number theory on balls and exact integers. Trusted.

Same contract as :mod:`proofcheck.balls.functions`. Number sequences are evaluated by SymPy's exact
integer arithmetic; conventions at negative integers are SymPy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, factorial

import sympy as sp
from flint import acb, arb, fmpq, fmpz
from sympy.functions.combinatorial import numbers as combinatorial

from proofcheck.balls.functions import (
    HALF,
    HOLOMORPHIC,
    ONE,
    ZERO,
    Implementation,
    Pole,
    Unevaluable,
    Value,
    ball,
    contains_integer,
    contains_zero,
    floor_of,
    integer,
    is_real,
    is_zero,
    meets_beyond_one,
    meets_negative,
    order,
    real,
    refuse,
)

LARGEST_ORDER = 5_000  # number sequences that grow are not computed exactly beyond this index
LARGEST_FACTORED = 10**24  # multiplicative functions factor their argument


def gamma(arguments: Sequence[Value], mode: int) -> Value:
    """Gamma; a pole at exact integers <= 0."""
    (value,) = arguments
    n = integer(value)
    if n is not None:
        if n <= 0:
            raise Pole
        if n <= 300:
            return fmpq(factorial(n - 1))
    return ball(value).gamma()


def factorial_of(arguments: Sequence[Value], mode: int) -> Value:
    """x! = gamma(x + 1)."""
    return gamma([arguments[0] + 1], mode)


def loggamma(arguments: Sequence[Value], mode: int) -> Value:
    """The logarithm of gamma that is analytic off (-oo, 0]."""
    (value,) = arguments
    n = integer(value)
    if n is not None and n <= 0:
        raise Pole
    z = ball(value)
    if mode == HOLOMORPHIC:
        refuse(meets_negative(z), "loggamma")
    return z.lgamma()


def digamma(arguments: Sequence[Value], mode: int) -> Value:
    """psi(x)."""
    n = integer(arguments[0])
    if n is not None and n <= 0:
        raise Pole
    return ball(arguments[0]).digamma()


def polygamma(arguments: Sequence[Value], mode: int) -> Value:
    """The m-th derivative of psi, m >= 0 an exact integer, or its continuation in the order.

    O. Espinosa and V. Moll, "A generalized polygamma function", Integral Transforms Spec. Funct.
    15 (2004), as in SymPy; the orders -1, -2, ... are left out.
    """
    if not contains_integer(arguments[0]):
        z = ball(arguments[1])
        refuse(meets_negative(z), "polygamma")
        return z.polygamma(ball(arguments[0]))
    m = order(arguments[0], "polygamma")
    if m < 0:
        raise Unevaluable("polygamma of negative order")
    if m == 0:
        return digamma(arguments[1:], mode)
    n = integer(arguments[1])
    if n is not None and n <= 0:
        raise Pole
    return ball(arguments[1]).polygamma(m)


def product_of(factors: Sequence[Value]) -> Value:
    """The product, exact as long as all factors are."""
    result: Value = ONE
    for factor in factors:
        if type(result) is fmpq and type(factor) is fmpq:
            result = result * factor
        else:
            result = ball(result) * ball(factor)
    return result


def falling(x: Value, count: int) -> Value:
    """x (x-1) ... (x-count+1)."""
    if count > LARGEST_ORDER:
        raise Unevaluable("a product of too many factors")
    return product_of([x - i for i in range(count)])


def reciprocal(value: Value) -> Value:
    """1/value; a pole at an exact zero."""
    if is_zero(value):
        raise Pole
    return 1 / value


def binomial(arguments: Sequence[Value], mode: int) -> Value:
    """SymPy's binomial(n, k): 0 for an integer k < 0, a polynomial in n for an integer k >= 0."""
    n, k = arguments
    size = integer(k)
    whole = integer(n)
    if size is not None:
        # SymPy's C(n, n) = 1 comes after k < 0 for integers, before it for other n; k < 0
        # integer makes n - k = 0 an integer n, so only the first rule is left.
        if size < 0:
            return ZERO
        if whole is not None and whole >= 0:
            if size > whole:
                return ZERO
            if whole < LARGEST_ORDER:
                return fmpq(comb(whole, size))
            size = min(size, whole - size)
        return falling(n, size) / factorial(size)
    if whole is not None and whole < 0:
        if not contains_integer(k):
            raise Pole
        raise Unevaluable("binomial of a negative integer at a wide ball")
    if not (type(n) is fmpq and n.q != 1) and may_be_negative_integer(n):
        raise Unevaluable("binomial of a ball that meets the negative integers")
    # gamma(n+1) / (gamma(k+1) gamma(n-k+1)), with the entire function 1/gamma. At integers k the
    # formula agrees with the rules above because n is not a negative integer.
    return ball(n + 1).gamma() * (ball(k) + 1).rgamma() * (ball(n) - ball(k) + 1).rgamma()


def may_be_negative_integer(value: Value) -> bool:
    """Whether ``value`` may be one of -1, -2, ..."""
    z = ball(value)
    return contains_integer(value) and not z.real > -1


def rising_factorial(arguments: Sequence[Value], mode: int) -> Value:
    """x (x+1) ... (x+k-1), for k < 0 by 1/((x-1) ... (x+k)), else gamma(x+k)/gamma(x)."""
    x, k = arguments
    count = integer(k)
    if count is None:
        if contains_zero(x) or may_be_negative_integer(x):
            raise Unevaluable("RisingFactorial at a pole of gamma")
        return (ball(x) + ball(k)).gamma() * ball(x).rgamma()
    if abs(count) > LARGEST_ORDER:
        raise Unevaluable("a product of too many factors")
    if count >= 0:
        return product_of([x + i for i in range(count)])
    return reciprocal(product_of([x - i for i in range(1, -count + 1)]))


def falling_factorial(arguments: Sequence[Value], mode: int) -> Value:
    """x (x-1) ... (x-k+1), for k < 0 by 1/((x+1) ... (x-k)), else gamma(x+1)/gamma(x-k+1)."""
    x, k = arguments
    count = integer(k)
    if count is None:
        if may_be_negative_integer(x):
            raise Unevaluable("FallingFactorial at a pole of gamma")
        return (ball(x) + 1).gamma() * (ball(x) - ball(k) + 1).rgamma()
    if abs(count) > LARGEST_ORDER:
        raise Unevaluable("a product of too many factors")
    if count >= 0:
        return falling(x, count)
    return reciprocal(product_of([x + i for i in range(1, -count + 1)]))


def beta(arguments: Sequence[Value], mode: int) -> Value:
    """gamma(x) gamma(y) / gamma(x+y), away from the poles."""
    x, y = arguments[0], arguments[-1]
    return ball(x).gamma() * ball(y).gamma() * (ball(x) + ball(y)).rgamma()


def zeta(arguments: Sequence[Value], mode: int) -> Value:
    """Riemann or Hurwitz zeta, the latter for Re a > 0 only (conventions differ elsewhere)."""
    s = arguments[0]
    if integer(s) == 1:
        raise Pole
    if len(arguments) == 1 or integer(arguments[1]) == 1:
        return ball(s).zeta()
    a = ball(arguments[1])
    if not a.real > 0:
        raise Unevaluable("zeta(s, a) without Re a > 0")
    return ball(s).zeta(a)


def dirichlet_eta(arguments: Sequence[Value], mode: int) -> Value:
    """(1 - 2^(1-s)) zeta(s)."""
    if len(arguments) > 1 and integer(arguments[1]) != 1:
        raise Unevaluable("dirichlet_eta(s, a)", hopeless=True)
    return ball(arguments[0]).dirichlet_eta()


def stieltjes(arguments: Sequence[Value], mode: int) -> Value:
    """Stieltjes constants, generalised for Re a > 0."""
    n = order(arguments[0], "stieltjes")
    a = ball(arguments[1]) if len(arguments) > 1 else acb(1)
    if n < 0 or not a.real > 0:
        raise Unevaluable("stieltjes(n, a) without n >= 0 and Re a > 0")
    return acb.stieltjes(n, a)


def polylog(arguments: Sequence[Value], mode: int) -> Value:
    """Li_s(z); Li_s(1) = zeta(s) for Re s > 1 only."""
    s, z = arguments
    if integer(z) == 1:
        if ball(s).real > 1:
            return ball(s).zeta()
        raise Pole if is_real(s) and real(s) <= 1 else Unevaluable("polylog at z = 1")
    if mode == HOLOMORPHIC:
        refuse(meets_beyond_one(ball(z)), "polylog")
    return ball(z).polylog(ball(s))


def lerchphi(arguments: Sequence[Value], mode: int) -> Value:
    """Phi(z, s, a) for Re a > 0."""
    z, s, a = map(ball, arguments)
    if not a.real > 0:
        raise Unevaluable("lerchphi(z, s, a) without Re a > 0")
    if mode == HOLOMORPHIC:
        refuse(meets_beyond_one(z), "lerchphi")
    return acb.lerch_phi(z, s, a)


def kronecker_delta(arguments: Sequence[Value], mode: int) -> Value:
    """1 where the two arguments are equal; SymPy's range is an optional pair of bounds."""
    i, j = arguments[:2]
    for low, high in zip(arguments[2::2], arguments[3::2], strict=True):
        outside = [decided_less(x, low) or decided_less(high, x) for x in (i, j)]
        if any(outside):
            return ZERO
        if None in outside:
            raise Unevaluable("KroneckerDelta near the ends of its range")
    difference = i - j
    if is_zero(difference) and (type(difference) is fmpq or ball(i).is_exact()):
        return ONE
    if not contains_zero(difference):
        return ZERO
    raise Unevaluable("KroneckerDelta of overlapping balls")


def decided_less(x: Value, y: Value) -> bool | None:
    """Whether x < y, None if the balls cannot tell."""
    if type(x) is fmpq and type(y) is fmpq:
        return bool(x < y)
    left, right = real(x), real(y)
    return True if left < right else False if left >= right else None


def integers_only(function: type[sp.Function], limit: int = LARGEST_ORDER) -> Implementation:
    """Return the evaluation by SymPy at exact integers of a number-theoretic function."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        values = [order(value, function.__name__) for value in arguments]
        if any(abs(value) > limit for value in values):
            raise Unevaluable(f"{function.__name__} of a large integer", hopeless=True)
        try:
            found = function(*map(sp.Integer, values))
        except ValueError as error:  # SymPy's way to say: outside the domain of definition
            raise Unevaluable(f"{function.__name__}: {error}", hopeless=True) from error
        if found in (sp.zoo, sp.nan):
            raise Pole
        if not found.is_Rational:
            raise Unevaluable(f"{function.__name__} has no exact value here", hopeless=True)
        return fmpq(fmpz(int(found.p)), fmpz(int(found.q)))

    return evaluate


def harmonic(arguments: Sequence[Value], mode: int) -> Value:
    """H_n exactly for integers n >= 0, else psi(n+1) + EulerGamma; generalised at integers."""
    n = integer(arguments[0])
    if len(arguments) == 1 and (n is None or not 0 <= n <= 1000):
        if n is not None and n < 0:
            raise Pole
        return digamma([arguments[0] + 1], mode) + acb(arb.const_euler())
    if n is None or n > 1000:
        raise Unevaluable("generalised harmonic numbers at balls")
    return integers_only(sp.harmonic)(arguments, mode)


def catalan_number(arguments: Sequence[Value], mode: int) -> Value:
    """Exact for integers n >= 0, else 4^n gamma(n+1/2)/(sqrt(pi) gamma(n+2))."""
    n = integer(arguments[0])
    if n is not None and n >= 0:
        return integers_only(sp.catalan)(arguments, mode)
    z = ball(arguments[0])
    four = (z * arb(4).log()).exp()
    return four * (z + HALF).gamma() * (z + 2).rgamma() / arb.pi().sqrt()


def bernoulli(arguments: Sequence[Value], mode: int) -> Value:
    """Bernoulli numbers with B_1 = +1/2, and polynomials."""
    if len(arguments) == 1:
        return integers_only(sp.bernoulli)(arguments, mode)
    n = order(arguments[0], "bernoulli")
    if not 0 <= n <= LARGEST_ORDER:
        raise Unevaluable("a Bernoulli polynomial of this degree")
    return ball(arguments[1]).bernoulli_poly(n)


COMBINATORIAL: dict[type, Implementation] = {
    sp.gamma: gamma, sp.loggamma: loggamma, sp.factorial: factorial_of, sp.binomial: binomial,
    sp.RisingFactorial: rising_factorial, sp.FallingFactorial: falling_factorial,
    sp.beta: beta, sp.digamma: digamma, sp.polygamma: polygamma, sp.harmonic: harmonic,
    sp.catalan: catalan_number, sp.bernoulli: bernoulli, sp.KroneckerDelta: kronecker_delta,
    sp.zeta: zeta, sp.dirichlet_eta: dirichlet_eta, sp.stieltjes: stieltjes,
    sp.polylog: polylog, sp.lerchphi: lerchphi,
    sp.trigamma: lambda arguments, mode: polygamma([ONE, arguments[0]], mode),
}  # fmt: skip

for _name in (
    "fibonacci", "lucas", "tribonacci", "bell", "euler", "genocchi", "andre", "factorial2",
    "subfactorial", "nC", "partition", "motzkin",
):  # fmt: skip
    _class = getattr(combinatorial, _name, None) or getattr(sp, _name, None)
    if isinstance(_class, type):
        COMBINATORIAL[_class] = integers_only(_class)
for _name in (
    "totient", "reduced_totient", "divisor_sigma", "udivisor_sigma", "mobius", "primenu",
    "primeomega", "legendre_symbol", "jacobi_symbol", "kronecker_symbol",
):  # fmt: skip
    _class = getattr(combinatorial, _name, None)
    if isinstance(_class, type):
        COMBINATORIAL[_class] = integers_only(_class, LARGEST_FACTORED)


def count_of_primes(arguments: Sequence[Value], mode: int) -> Value:
    """The number of primes <= x, x real."""
    return integers_only(combinatorial.primepi, 10**7)([floor_of(arguments, mode)], mode)


COMBINATORIAL[combinatorial.primepi] = count_of_primes
