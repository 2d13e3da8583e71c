"""Hypergeometric series: when they converge, and which sums are hypergeometric.  Trusted.

``convergence`` names conditions under which pFq has a value; ``recognised`` reads a sum from 0 to
infinity as its first summand times a pFq, from the ratio of successive summands (DLMF 16.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import sympy as sp
from sympy import Add, Expr, Integer, Mul, Pow, Range, S, Sum, Symbol, oo

from proofcheck.relations import AllOf, AnyOf, Condition, Member, Relation

MOST_STEPS = 6


class NotHypergeometric(Exception):
    """A sum is not read as a hypergeometric series."""


@dataclass
class Series:
    """``first * pFq(upper; lower; argument)``, equal to a sum where ``conditions`` hold."""

    first: Expr
    upper: list[Expr] = field(default_factory=list)
    lower: list[Expr] = field(default_factory=list)
    argument: Expr = S.One
    conditions: list[Condition] = field(default_factory=list)


def no_pole(parameter: Expr) -> Condition:
    """Return that ``parameter`` is none of 0, -1, -2, ..."""
    return Member(parameter, Range(0, -oo, -1), negated=True)


def convergence(
    upper: Iterable[Expr], lower: Iterable[Expr], z: Expr, series: bool = False
) -> tuple[Condition, ...]:
    """Return conditions under which pFq has a value; with ``series`` as the sum of its series.

    Raises:
        NotHypergeometric: the series diverges unless it ends.
    """
    above, below = tuple(upper), tuple(lower)
    poles = tuple(no_pole(b) for b in below if not (b.is_Rational and b > 0))
    if len(above) <= len(below):
        return poles
    if len(above) > len(below) + 1:
        raise NotHypergeometric(f"{len(above)} upper, {len(below)} lower parameters")
    # By the ratio test; on the circle by Raabe's, or, off 1, by Dirichlet's (DLMF 16.2.4).
    surplus = sp.re(Add(*below) - Add(*above))
    excess = Relation(surplus, "gt", S.Zero)
    ending = tuple(Member(a, Range(0, -oo, -1)) for a in above if a.free_symbols or a <= 0)
    if series:
        top, bottom = map(sp.Abs, sp.fraction(z))
        inside = Relation(top, "lt", bottom)
        rim = AllOf((Relation(top, "le", bottom), excess))
        slow = (Relation(surplus, "gt", S.NegativeOne), Relation(z, "ne", S.One))
        dirichlet = AllOf((Relation(top, "le", bottom), *slow))
        return (*poles, AnyOf((inside, rim, dirichlet, *ending)))
    return (*poles, AnyOf((Relation(z, "ne", S.One), excess, *ending)))


@lru_cache(maxsize=500)
def recognised(atom: Sum) -> Series:
    """Return a sum over ``k = a, a + 1, ...`` as a hypergeometric series.

    Raises:
        NotHypergeometric: the ratio of its summands is not read as a rational function of k.
    """
    if len(atom.limits) != 1:
        raise NotHypergeometric("a sum over several indices")
    index, low, high = atom.limits[0]
    if high != oo or not isinstance(low, Integer):
        raise NotHypergeometric(f"the range {low}..{high}")
    k = sp.Dummy("k", integer=True)
    function = atom.function.xreplace({index: k + low})
    found = Series(function.xreplace({k: S.Zero}))
    if found.first.has(S.NaN, S.ComplexInfinity, oo, -oo):
        raise NotHypergeometric("the first summand has no value")
    for factor in Mul.make_args(function):
        _factor(found, factor, k, 1)
    for parameter in list(found.lower):
        if parameter in found.upper:
            found.upper.remove(parameter)
            found.lower.remove(parameter)
            found.conditions.append(no_pole(parameter))
    if S.One in found.lower:  # the k! of the series
        found.lower.remove(S.One)
    else:
        found.upper.append(S.One)
    found.conditions += convergence(found.upper, found.lower, found.argument, series=True)
    return found


def terms(atom: Sum) -> list[Sum]:
    """Return sums of one term each that add up to ``atom`` if all of them converge.

    Sines and cosines that depend on the index are written by exponentials.
    """
    if len(atom.limits) != 1:
        return [atom]
    try:
        recognised(atom)
        return [atom]
    except NotHypergeometric:
        pass
    ((index, low, high),) = atom.limits
    waves = {f: f.rewrite(sp.exp) for f in atom.function.atoms(*WAVES) if index in f.free_symbols}
    rest: list[Expr] = []
    sums: list[Expr] = []
    for factor in Mul.make_args(atom.function.xreplace(waves)):
        base, exponent = factor.as_base_exp()
        several = isinstance(base, Add) and exponent.is_Integer and exponent > 0
        (sums if several else rest).append(factor)
    parts = Add.make_args(sp.expand(Mul(*sums)))
    return [Sum(Mul(*rest, part), (index, low, high)) for part in parts]


WAVES = (sp.sin, sp.cos, sp.sinh, sp.cosh)


def _factor(found: Series, factor: Expr, k: Symbol, times: int) -> None:
    """Enter the ratio of ``factor**times`` at k + 1 to that at k."""
    if k not in factor.free_symbols:
        return
    if isinstance(factor, sp.exp):
        slope, _ = affine(factor.exp, k)
        found.argument *= sp.exp(slope) ** times
    elif isinstance(factor, Pow) and k not in factor.base.free_symbols:
        slope, _ = affine(factor.exp, k)
        if not isinstance(slope, Integer):
            raise NotHypergeometric(f"{factor} is no power with an integer step")
        if slope * times < 0:
            found.conditions.append(Relation(factor.base, "ne", S.Zero))
        found.argument *= factor.base ** (slope * times)
    elif isinstance(factor, Pow) and isinstance(factor.exp, Integer):
        if abs(factor.exp) > MOST_STEPS:
            raise NotHypergeometric(f"{factor} has a high power")
        for part in Mul.make_args(factor.base):
            for _ in range(abs(int(factor.exp))):
                _factor(found, part, k, times if factor.exp > 0 else -times)
    elif isinstance(factor, sp.factorial):
        _gamma(found, factor.args[0] + 1, S.Zero, k, times)
    elif isinstance(factor, sp.gamma):
        _gamma(found, factor.args[0], S.Zero, k, times)
    elif isinstance(factor, sp.RisingFactorial) and k not in factor.args[0].free_symbols:
        slope, start = affine(factor.args[1], k)
        if not isinstance(start, Integer) or start < 0:
            raise NotHypergeometric(f"{factor} does not start at an integer")
        if times < 0:
            found.conditions.append(no_pole(factor.args[0]))
        _steps(found, slope, factor.args[0] + start, times)
    elif isinstance(factor, Add):
        _polynomial(found, factor, k, times)
    elif factor == k:
        raise NotHypergeometric("the first summand is zero")
    else:
        raise NotHypergeometric(f"{factor} is not hypergeometric in {k}")


def affine(expression: Expr, k: Symbol) -> tuple[Expr, Expr]:
    """Return ``slope, start`` with ``expression = slope*k + start``."""
    flat = sp.expand(expression)
    slope = flat.coeff(k, 1)
    start = sp.expand(flat - slope * k)
    if k in start.free_symbols or k in slope.free_symbols:
        raise NotHypergeometric(f"{expression} is not affine")
    return slope, start


def _gamma(found: Series, argument: Expr, offset: Expr, k: Symbol, times: int) -> None:
    slope, start = affine(argument, k)
    if not (start.is_Rational and start > 0):
        found.conditions.append(no_pole(start))
    _steps(found, slope, start + offset, times)


def _steps(found: Series, slope: Expr, start: Expr, times: int) -> None:
    """Enter the product of ``slope*k + start + i`` for ``i = 0, ..., slope - 1``."""
    if not isinstance(slope, Integer) or not 0 < slope <= MOST_STEPS:
        raise NotHypergeometric(f"the step {slope} is no small positive integer")
    found.argument *= slope ** (slope * times)
    for i in range(int(slope)):
        (found.upper if times > 0 else found.lower).append((start + i) / slope)


def _polynomial(found: Series, factor: Expr, k: Symbol, times: int) -> None:
    """Enter linear factors ``c*(k + r)``: the ratio is ``(k + r + 1)/(k + r)``."""
    if not factor.is_polynomial(k):
        raise NotHypergeometric(f"{factor} is no polynomial in {k}")
    _, factors = sp.factor_list(factor, k)
    for linear, count in factors:
        slope, start = affine(linear, k)
        if not slope.is_Rational or slope == 0:
            raise NotHypergeometric(f"{factor} has no linear factors")
        r = start / slope
        if not (r.is_Rational and r > 0):
            found.conditions.append(no_pole(r))
        for _ in range(count):
            (found.upper if times > 0 else found.lower).append(r + 1)
            (found.lower if times > 0 else found.upper).append(r)


def geometric(atom: Sum) -> Expr:
    """Return z where the summand is ``z**k`` times factors that grow slower than any such.

    Of those the k-th root has an upper limit of at most 1: powers of k, logarithms, values of zeta
    beyond 1, of the digamma function, divisor sums; ``B_k(x)/k!`` grows as ``(2*pi)**-k`` (DLMF
    24.2.3: that is the radius of the series).  With ``|z| < 1`` the sum converges absolutely, if
    its summands are defined (Cauchy's root test).

    Raises:
        NotHypergeometric: there is a factor of another kind.
    """
    if len(atom.limits) != 1 or atom.limits[0][2] != oo:
        raise NotHypergeometric(f"{atom} is no infinite sum over one index")
    k = atom.limits[0][0]
    ratio = S.One
    factors = list(Mul.make_args(atom.function))
    for factor in Mul.make_args(atom.function):
        if isinstance(factor, sp.bernoulli) and factor.args[0] == k:
            if 1 / sp.factorial(k) not in factors or any(
                k in a.free_symbols for a in factor.args[1:]
            ):
                raise NotHypergeometric(f"{factor} grows like a factorial")
            factors.remove(factor)
            factors.remove(1 / sp.factorial(k))
            ratio /= 2 * sp.pi
    for factor in factors:
        base, exponent = factor.as_base_exp()
        if isinstance(factor, Pow) and k not in base.free_symbols and k in exponent.free_symbols:
            slope, start = affine(exponent, k)
            if not isinstance(slope, Integer) or not isinstance(start, Integer):
                raise NotHypergeometric(f"{factor} is no power with an integer step")
            ratio *= base**slope
        elif k in exponent.free_symbols or not (factor == 1 / sp.factorial(k) or _slow(base, k)):
            raise NotHypergeometric(f"{factor} may grow like a power")
    return ratio


def _slow(factor: Expr, k: Symbol) -> bool:
    """Whether the k-th root of ``factor``, and of any power of it, tends to at most 1."""
    if k not in factor.free_symbols or factor.is_polynomial(k):
        return True
    if isinstance(factor, sp.polygamma | sp.zeta | sp.log | sp.harmonic):
        *others, argument = factor.args
        slope, _ = affine(argument, k)
        growing = bool(slope.is_Rational and slope > 0)
        return growing and not any(k in other.free_symbols for other in others)
    if isinstance(factor, sp.totient | sp.divisor_sigma):
        return factor.args[0] == k and all(isinstance(a, Integer) for a in factor.args[1:])
    return False


def dirichlet(atom: Sum) -> tuple[Expr, Expr, Expr]:
    """Return f, s and d with ``atom = Sum(f(k)*k**(-s), (k, a, oo))`` and ``|f(k)| <= C*k**d``.

    Up to a constant factor, and to an arbitrarily small power of k.

    Raises:
        NotHypergeometric: it is another sum.
    """
    if len(atom.limits) != 1 or atom.limits[0][2] != oo:
        raise NotHypergeometric(f"{atom} is no infinite sum over one index")
    k = atom.limits[0][0]
    rest, exponent, degree = S.One, S.Zero, S.Zero
    for factor in Mul.make_args(atom.function):
        base, power = factor.as_base_exp()
        if base == k and k not in power.free_symbols:
            exponent += power
            continue
        rest *= factor
        if k not in factor.free_symbols or factor in (sp.mobius(k), sp.log(k)):
            continue
        order = factor.args[1:] if isinstance(factor, sp.divisor_sigma) else ()
        if factor == sp.totient(k):
            degree += 1
        elif order and factor.args[0] == k and isinstance(order[0], Integer) and order[0] >= 0:
            degree += order[0]
        else:
            raise NotHypergeometric(f"{factor} may grow like a power")
    return rest, -exponent, degree
