"""How fast do the terms of a sum grow or decay?  Trusted.

``growth`` bounds ``|f(k)|`` for integers ``k`` to infinity by ``C*k!**F*B**k*k**P``, up to
``k**epsilon`` for every ``epsilon > 0``; an ``exact`` bound is a lower bound too.  A series with
such terms converges absolutely where F < 0, or F = 0 and B < 1, or F = 0, B = 1 and P < -1 (the
ratio test, and comparison with the zeta function).
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Abs, Add, Expr, Integer, Mul, Pow, Rational, S, Symbol

from proofcheck.hypergeometric import NotHypergeometric, affine
from proofcheck.relations import Condition, Relation


@dataclass(frozen=True)
class Growth:
    """``k!**factorials*base**k*k**power``; ``conditions`` are needed for it to be a bound."""

    factorials: Rational = S.Zero
    base: Expr = S.One
    power: Expr = S.Zero
    exact: bool = True
    conditions: tuple[Condition, ...] = ()

    def times(self, other: Growth) -> Growth:
        """Return the growth of a product."""
        return Growth(
            self.factorials + other.factorials,
            self.base * other.base,
            self.power + other.power,
            self.exact and other.exact,
            self.conditions + other.conditions,
        )

    def above(self) -> Growth:
        """Return it as an upper bound only."""
        return Growth(self.factorials, self.base, self.power, False, self.conditions)

    def below(self, power: Expr) -> tuple[Condition, ...]:
        """Return when it is less than ``k**power``, strictly: that absorbs the epsilon.

        Raises:
            NotHypergeometric: it never is.
        """
        if self.factorials < 0:
            return self.conditions
        if self.factorials > 0:
            raise NotHypergeometric("the terms grow like factorials")
        if self.base == 1:
            return (*self.conditions, Relation(self.power, "lt", power))
        up, down = sp.fraction(self.base)
        number, rest = up.as_independent(*up.free_symbols, as_Add=False)
        return (*self.conditions, Relation(rest, "lt", down / number))


def summable(term: Expr, k: Symbol) -> tuple[Condition, ...]:
    """Return when the sum of ``term`` over k converges absolutely, its terms being defined.

    Raises:
        NotHypergeometric: no bound is known.
    """
    return growth(term, k).below(S.NegativeOne)


def slope_of(argument: Expr, k: Symbol) -> tuple[int, Expr]:
    """Return ``a, b`` with ``argument = a*k + b`` for a positive integer a."""
    slope, start = affine(argument, k)
    if not isinstance(slope, Integer) or slope <= 0:
        raise NotHypergeometric(f"{argument} does not grow in steps of an integer")
    return int(slope), start


def growth(term: Expr, k: Symbol) -> Growth:
    """Return a bound of ``term``.

    Raises:
        NotHypergeometric: none is known.
    """
    if k not in term.free_symbols:
        return Growth(exact=False)
    if isinstance(term, Mul):
        found = Growth()
        for factor in term.args:
            free = k not in factor.free_symbols
            found = found if free else found.times(growth(factor, k))
        return found
    if term.is_polynomial(k):
        polynomial = sp.Poly(term, k)
        number = polynomial.LC()
        return Growth(power=Integer(polynomial.degree()), exact=bool(number.is_Rational))
    if isinstance(term, sp.exp):
        slope, _ = affine(term.args[0], k)
        return Growth(base=sp.exp(sp.re(slope)))
    if isinstance(term, Pow):
        return _power(term.base, term.exp, k)
    if isinstance(term, Add):
        parts = [growth(part, k).above() for part in term.args if k in part.free_symbols]
        return _fastest([*parts, Growth(exact=False)] if len(parts) < len(term.args) else parts)
    return _named(term, k)


def _fastest(parts: list[Growth]) -> Growth:
    """Return the growth of a sum, all of whose terms grow alike but for the power."""
    best = parts[0]
    for part in parts[1:]:
        alike = (part.factorials, part.base) == (best.factorials, best.base)
        if not alike or not (part.power.is_Rational and best.power.is_Rational):
            raise NotHypergeometric("the terms of a sum cannot be compared")
        best = max(best, part, key=lambda one: one.power)
    conditions = sum((part.conditions for part in parts), ())
    return Growth(best.factorials, best.base, best.power, False, conditions)


def _power(base: Expr, exponent: Expr, k: Symbol) -> Growth:
    if k not in base.free_symbols:  # |c**(a*k + b)| = |c|**(a*k) |c**b| for an integer a
        slope, _ = affine(exponent, k)
        if not isinstance(slope, Integer):
            raise NotHypergeometric(f"the step {slope} of an exponent is no integer")
        return Growth(base=Abs(base) ** slope)
    if k in exponent.free_symbols:  # k**k = k! e**k k**(-1/2), up to a constant (Stirling)
        slope, start = affine(exponent, k)
        whole = isinstance(start, Integer)
        if not isinstance(slope, Integer) or not (base == k or (base == -k and whole)):
            raise NotHypergeometric(f"{base}**{exponent} is no power or exponential")
        return Growth(slope, sp.E**slope, sp.re(start) - slope / 2)
    inner = growth(base, k)
    if not inner.exact and not (isinstance(exponent, Integer) and exponent > 0):
        raise NotHypergeometric(f"{base} may be small")
    if isinstance(exponent, Integer):
        return Growth(
            inner.factorials * exponent,
            inner.base**exponent,
            inner.power * exponent,
            inner.exact,
            inner.conditions,
        )
    if inner.factorials != 0 or inner.base != 1:
        raise NotHypergeometric(f"a root of {base}")
    return Growth(power=inner.power * sp.re(exponent), conditions=inner.conditions)


def _named(term: Expr, k: Symbol) -> Growth:
    """Bound a named function of an argument ``a*k + b``.

    gamma(a k + b) grows like k!**a a**(a k) k**(b - 1/2 - a/2) (DLMF 5.11.7); Fibonacci and Lucas
    numbers like phi**k, by Binet's formula; totient(k) <= k, bell(k) <= k!; |B_k(x)| <=
    4 k! (2 pi)**-k exp(2 pi |x|), as |B_k|/k! <= 4/(2 pi)**k (DLMF 24.9, B_n(x) = sum of
    binomial(n, k) B_k x**(n - k)); |E_k| <= 2 k! (2/pi)**(k + 1) (DLMF 24.9.5).
    """
    if isinstance(term, sp.log | sp.atan | sp.sin) and not _grows(term.args[0], k):
        return _small(term, k)
    if isinstance(term, sp.polygamma) and term.args[0] != 0:
        raise NotHypergeometric(f"no bound on the growth of {term} is known")
    position = 1 if isinstance(term, sp.polygamma | sp.RisingFactorial) else 0
    beside = [argument for i, argument in enumerate(term.args) if i != position]
    if any(k in argument.free_symbols for argument in beside):
        raise NotHypergeometric(f"no bound on the growth of {term} is known")
    a, b = slope_of(term.args[position], k)
    single = len(term.args) == 1
    step = Integer(a)
    match term:
        case sp.gamma() | sp.factorial():
            shift = sp.re(b) + (1 if isinstance(term, sp.factorial) else 0)
            return Growth(step, step**a, shift - S.Half - step / 2)
        case sp.RisingFactorial() if a == 1 and b == 0:  # gamma(x + k)/gamma(x), perhaps 0
            return Growth(S.One, S.One, sp.re(term.args[0]) - 1, False)
        case sp.fibonacci() | sp.lucas() if single:
            return Growth(base=sp.GoldenRatio**a)
        case sp.totient() | sp.primepi():
            return Growth(power=S.One, exact=False)
        case sp.mobius() | sp.log() | sp.digamma() | sp.polygamma():
            return Growth(exact=False)
        case sp.harmonic() | sp.zeta() if single:
            return Growth(exact=isinstance(term, sp.zeta))
        case sp.bell() if single and a == 1:
            return Growth(S.One, S.One, sp.re(b), False)
        case sp.bernoulli() if a == 1:
            return Growth(S.One, 1 / (2 * sp.pi), sp.re(b), False)
        case sp.euler() if single and a == 1:
            return Growth(S.One, 2 / sp.pi, sp.re(b), False)
    raise NotHypergeometric(f"no bound on the growth of {term} is known")


def _grows(argument: Expr, k: Symbol) -> bool:
    """Whether it is plain that an argument is not small: it is a polynomial."""
    return bool(argument.is_polynomial(k))


def _small(term: Expr, k: Symbol) -> Growth:
    """|log(1 + w)|, |atan w| and |sin w| are at most 2 |w| for |w| <= 1/2; w tends to 0."""
    w = sp.expand(term.args[0] - 1) if isinstance(term, sp.log) else term.args[0]
    found = growth(w, k).above()
    return Growth(
        found.factorials, found.base, found.power, False, (*found.conditions, *found.below(S.Zero))
    )
