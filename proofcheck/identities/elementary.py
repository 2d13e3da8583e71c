"""Rewrite rules for the exponential, powers, roots and logarithms.  Trusted.

Every function is its principal branch on the complex plane, continuous from above on its cut
(DLMF 4.2); conditions are what the rule needs there, and nothing is meant for reals only.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Integer, Pow, Rational, S, exp, log, pi, sqrt
from sympy.polys.specialpolys import cyclotomic_poly

from proofcheck.identities.equations import (
    Equation,
    Registry,
    demand,
    integer,
    negative,
    nonnegative,
    nonzero,
    off_cut,
    pairs,
    positive,
    power,
    principal,
    product,
    real,
    still_defined,
    total,
    unless_true,
)
from proofcheck.relations import AllOf, AnyOf, Condition, Relation

ELEMENTARY = Registry()
rule = ELEMENTARY.rule


def weighted(items: list[tuple[Expr, int]]) -> Expr:
    """Return the sum of ``n*e`` over the pairs ``(e, n)``."""
    return total(Integer(count) * part for part, count in items)


def monomial(items: list[tuple[Expr, int]]) -> Expr:
    """Return the product of ``e**n`` over the pairs ``(e, n)``."""
    return product(power(part, count) for part, count in items)


# The exponential function and roots of unity


@rule("imaginary unit")
def imaginary_unit() -> Equation:
    """``I**2 = -1``."""
    return Equation(I, 2, S.NegativeOne)


def exponential(z: Expr) -> Expr:
    """Return ``exp(z)`` as an atom."""
    found = exp(z)
    return found if isinstance(found, exp) or found is S.Exp1 else exp(z, evaluate=False)


@rule("exponential of a sum")
def exponential_of_a_sum(z: Expr, *items: Expr) -> Equation:
    """``exp(z) = exp(t1)**n1 * ...`` where ``z = n1*t1 + ...``, n integers (DLMF 4.2.31)."""
    parts = pairs(items)
    atom = exponential(z)
    terms = [part for part, _ in parts]
    return Equation(
        atom,
        1,
        monomial([(exp(part), count) for part, count in parts]),
        (*unless_true([Relation(z, "eq", weighted(parts))]), *still_defined(atom, *terms)),
    )


def root_of_unity(order: Expr) -> Expr:
    """Return ``exp(2*I*pi/order)`` as an atom."""
    demand(isinstance(order, Integer) and order > 2, f"no root of unity of order {order}")
    root = exp(2 * pi * I / order)
    demand(isinstance(root, exp), f"the root of unity of order {order} is no atom")
    return root


@rule("root of unity")
def cyclotomic(order: Expr) -> Equation:
    """The cyclotomic polynomial vanishes at ``exp(2*I*pi/order)``."""
    root = root_of_unity(order)
    symbol = sp.Dummy()
    coefficients = sp.Poly(cyclotomic_poly(int(order), symbol), symbol).all_coeffs()[::-1]
    degree = len(coefficients) - 1
    return Equation(
        root,
        degree,
        total(product([-c, power(root, n)]) if n else -c for n, c in enumerate(coefficients[:-1])),
    )


@rule("imaginary unit as a root of unity")
def imaginary_root(order: Expr) -> Equation:
    """``I = exp(2*I*pi/order)**(order/4)`` where 4 divides the order."""
    demand(bool(order % 4 == 0) and order > 4, f"4 does not divide {order} properly")
    return Equation(I, 1, power(root_of_unity(order), int(order) // 4))


@rule("square root by a Gauss sum")
def gauss_sum(prime: Expr, order: Expr) -> Equation:
    """``sqrt(p)`` in a cyclotomic field: Gauss's sum (Ireland, Rosen, 6.4); 8th roots for 2."""
    demand(isinstance(prime, Integer) and bool(sp.isprime(prime)), f"{prime} is not prime")
    needed = 8 if prime == 2 else prime if prime % 4 == 1 else 4 * prime
    demand(bool(order % needed == 0), f"sqrt({prime}) is not in the field of order {order}")
    root, n = root_of_unity(order), int(order)
    if prime == 2:
        return Equation(sqrt(prime), 1, total([power(root, n // 8), power(root, 7 * n // 8)]))
    turn = 0 if prime % 4 == 1 else 3 * n // 4  # a factor 1/I = I**3
    p = int(prime)
    terms = [
        product([Integer(sp.jacobi_symbol(k, p)), power(root, (k * (n // p) + turn) % n)])
        if (k * (n // p) + turn) % n
        else Integer(sp.jacobi_symbol(k, p))
        for k in range(1, p)
    ]
    return Equation(sqrt(prime), 1, total(terms))


@rule("exponential of a logarithm")
def exponential_of_a_logarithm(base: Expr, exponent: Expr) -> Equation:
    """``exp(u*log(b)) = b**u``, the definition of a power (DLMF 4.2.26); ``log(b)`` is defined."""
    return Equation(exponential(exponent * log(base)), 1, Pow(base, exponent))


@rule("power as an exponential")
def power_as_an_exponential(base: Expr, exponent: Expr) -> Equation:
    """``b**u = exp(u*log(b))`` for ``b != 0`` (DLMF 4.2.26)."""
    atom = Pow(base, exponent)
    return Equation(atom, 1, exp(exponent * log(base)), unless_true([nonzero(base)]))


# Powers and roots


@rule("power of zero")
def power_of_zero(exponent: Expr) -> Equation:
    """``0**e = 0`` for positive e."""
    return Equation(plain_power(S.Zero, exponent), 1, S.Zero, unless_true([positive(exponent)]))


@rule("root")
def root(base: Expr, degree: Expr) -> Equation:
    """``(b**(1/q))**q = b``."""
    demand(isinstance(degree, Integer) and degree > 1, f"{degree} is no degree of a root")
    return Equation(plain_power(base, Rational(1, degree)), int(degree), base)


def plain_power(base: Expr, exponent: Expr) -> Expr:
    """Return ``base**exponent`` if SymPy leaves it as it is written."""
    atom = Pow(base, exponent)
    demand(
        isinstance(atom, Pow) and atom.base == base and atom.exp == exponent,
        f"SymPy evaluates {base}**{exponent}",
    )
    return atom


@rule("power of a sum")
def power_of_a_sum(base: Expr, exponent: Expr, *items: Expr) -> Equation:
    """``b**z = (b**t1)**n1 * ...`` where ``z = n1*t1 + ...``, n integers (DLMF 4.2.32).

    At ``b = 0`` it holds if all t are real and not negative and no n is negative, or if all of
    the t are positive rationals and all n have one sign.
    """
    parts = pairs(items)
    atom = Pow(base, exponent)
    demand(bool(parts), "no terms")
    counts = [count for _, count in parts]
    grows = [nonnegative(part) for part, _ in parts]
    conditions: list[Condition] = []
    if min(counts) >= 0:
        conditions += [AnyOf((nonzero(base), AllOf(tuple(grows))))]
        if all(part.is_Rational and part >= 0 for part, _ in parts):
            conditions = []
    elif not (max(counts) <= 0 and all(part.is_Rational and part > 0 for part, _ in parts)):
        conditions += [nonzero(base)]
    if base.is_Rational and base != 0:
        conditions = []
    return Equation(
        atom,
        1,
        monomial([(Pow(base, part), count) for part, count in parts]),
        (
            *unless_true([Relation(exponent, "eq", weighted(parts))]),
            *conditions,
            *still_defined(atom, *(part for part, _ in parts)),
        ),
    )


@rule("power of an invertible number")
def power_of_an_invertible(base: Expr, inverse: Expr, exponent: Expr, *items: Expr) -> Equation:
    """``b**z = (b**t1)**n1 * ...`` where ``z = n1*t1 + ...`` and ``b*c = 1``."""
    parts = pairs(items)
    atom = Pow(base, exponent)
    terms = [part for part, _ in parts]
    return Equation(
        atom,
        1,
        monomial([(Pow(base, part), count) for part, count in parts]),
        (
            Relation(product([base, inverse]), "eq", S.One),
            *unless_true([Relation(exponent, "eq", weighted(parts))]),
            *still_defined(atom, inverse, *terms),
        ),
    )


@rule("power of a product")
def power_of_a_product(base: Expr, exponent: Expr, rest: Expr, *items: Expr) -> Equation:
    """``b**z = (f1**z)**n1 * ... * r**z`` where ``b = f1**n1 * ... * r`` and all f are positive.

    Zeros are harmless if z is a positive rational number and n is positive.
    """
    parts = pairs(items)
    grows = exponent.is_Rational and exponent > 0
    atom = Pow(base, exponent)
    factors = [part for part, _ in parts]
    return Equation(
        atom,
        1,
        product([monomial([(Pow(part, exponent), n) for part, n in parts]), Pow(rest, exponent)]),
        (
            *unless_true(
                [
                    Relation(base, "eq", product([monomial(parts), rest])),
                    *(nonnegative(f) if grows and n > 0 else positive(f) for f, n in parts),
                ]
            ),
            *still_defined(atom, rest, *factors),
        ),
    )


@rule("integer power of a product")
def integer_power_of_a_product(base: Expr, exponent: Expr, *items: Expr) -> Equation:
    """``b**z = (f1**z)**n1 * ...`` where ``b = f1**n1 * ...``, ``z`` an integer.

    Either no f is zero, or z is not negative and no n is.
    """
    parts = pairs(items)
    atom = Pow(base, exponent)
    factors = [part for part, _ in parts]
    alternatives: list[Condition] = [AllOf(tuple(unless_true(map(nonzero, factors))))]
    if all(count > 0 for _, count in parts):
        alternatives.append(nonnegative(exponent))
    visible = alternatives[0] == AllOf(())
    return Equation(
        atom,
        1,
        monomial([(Pow(part, exponent), n) for part, n in parts]),
        (
            *unless_true([Relation(base, "eq", monomial(parts)), integer(exponent)]),
            *(() if visible else (AnyOf(tuple(alternatives)),)),
            *still_defined(atom, *factors),
        ),
    )


@rule("power of a power")
def power_of_a_power(base: Expr, inner: Expr, outer: Expr) -> Equation:
    """``(b**u)**v = b**(u*v)``: v an integer, or b positive and u real, or ``-1 < u <= 1``."""
    inside = exponential(inner) if base == S.Exp1 else plain_power(base, inner)
    # SymPy merges the exponents where it may: an atom that another rule built is not merged.
    atom = Pow(inside, outer, evaluate=False)
    if base == S.Exp1:
        ways = AnyOf((integer(outer), real(inner), principal(inner)))
        return Equation(atom, 1, exp(inner * outer), unless_visible(ways, inner, outer))
    narrow = AllOf((Relation(inner, "gt", S.NegativeOne), Relation(inner, "le", S.One)))
    reciprocal = AllOf((Relation(inner, "eq", S.NegativeOne), off_cut(base)))
    ways = AnyOf((integer(outer), AllOf((positive(base), real(inner))), narrow, reciprocal))
    zero: tuple[Condition, ...] = ()
    if not (inner.is_Rational and outer.is_Rational):
        zero = (AnyOf((nonzero(base), AllOf((nonnegative(inner), nonnegative(outer))))),)
    return Equation(atom, 1, Pow(base, inner * outer), (*zero, *unless_visible(ways, inner, outer)))


def unless_visible(ways: Condition, inner: Expr, outer: Expr) -> tuple[Condition, ...]:
    """Return ``ways`` unless numbers show that a power of a power multiplies the exponents."""
    if outer.is_Integer or (inner.is_Rational and -1 < inner <= 1):
        return ()
    return (ways,)


@rule("power of a negative number")
def power_of_a_negative_number(base: Expr, exponent: Expr) -> Equation:
    """``b**z = (-b)**z * exp(I*pi*z)`` for ``b < 0`` (DLMF 4.2.7)."""
    return Equation(
        Pow(base, exponent),
        1,
        product([Pow(-base, exponent), exp(I * pi * exponent)]),
        unless_true([negative(base)]),
    )


@rule("equal exponentials")
def equal_exponentials(atom: Expr, value: Expr, scale: Expr) -> Equation:
    """``u = v`` where ``exp(c*(u - v)) = 1`` and ``-2*pi < im(c*(u - v)) < 2*pi``.

    c is a rational number or I times one.
    """
    turned = scale / I
    demand(
        (scale.is_Rational or turned.is_Rational) and scale != 0, f"{scale} is no rational number"
    )
    difference = scale * (atom - value)
    part = sp.im(atom - value) if scale.is_Rational else sp.re(atom - value)
    height = (scale if scale.is_Rational else turned) * part
    return Equation(
        atom,
        1,
        value,
        (
            Relation(exponential(sp.expand_mul(difference, deep=False)), "eq", S.One),
            Relation(height, "gt", -2 * pi),
            Relation(height, "lt", 2 * pi),
            *still_defined(atom, value),
        ),
    )


@rule("parity")
def parity(multiple: Expr, degree: Expr) -> Equation:
    """``exp(I*pi*n/q)**(2*q) = 1`` for integer n."""
    demand(isinstance(degree, Integer) and degree > 0, f"{degree} is no degree of a root")
    atom = exp(I * pi * multiple / degree)
    demand(isinstance(atom, exp), f"SymPy evaluates {atom}")
    return Equation(atom, 2 * int(degree), S.One, unless_true([integer(multiple)]))


@rule("power of an exponential")
def power_of_an_exponential(exponent: Expr, count: Expr) -> Equation:
    """``exp(z)**n = exp(n*z)`` for integer n (DLMF 4.2.31)."""
    demand(isinstance(count, Integer) and count > 1, f"{count} is no degree of a root")
    atom = exp(exponent)
    demand(isinstance(atom, exp), f"SymPy evaluates {atom}")
    return Equation(atom, int(count), exp(count * exponent))


@rule("equal arguments")
def equal_arguments(atom: Expr, *arguments: Expr) -> Equation:
    """``f(a) = f(b)`` where ``a = b``, for a function or a power."""
    demand(isinstance(atom, sp.Function | Pow), f"{atom} is neither a function's value nor a power")
    demand(len(arguments) == len(atom.args), f"{atom} has {len(atom.args)} arguments")
    demand(all(isinstance(a, Expr) for a in atom.args), f"{atom} has other arguments than numbers")
    equal = [
        Relation(old, "eq", new)
        for old, new in zip(atom.args, arguments, strict=True)
        if old != new
    ]
    # SymPy's evaluation is not to be trusted: legendre(n, -1) is not (-1)**n for negative n.
    same = atom.func(*arguments, evaluate=False)
    return Equation(atom, 1, same, (*unless_true(equal), *still_defined(atom, *arguments)))


@rule("principal root")
def principal_root(base: Expr, degree: Expr, value: Expr) -> Equation:
    """``b**(1/q) = r`` where ``r**q = b`` and ``r >= 0``; for q = 2, ``re(r) > 0`` suffices."""
    demand(isinstance(degree, Integer) and degree > 1, f"{degree} is no degree of a root")
    atom = plain_power(base, Rational(1, degree))
    right: Condition = nonnegative(value)
    if degree == 2:
        right = AnyOf((right, positive(sp.re(value))))
    return Equation(
        atom,
        1,
        value,
        (Relation(power(value, int(degree)), "eq", base), right, *still_defined(atom, value)),
    )
