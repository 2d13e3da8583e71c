"""Rewrite rules for exp, log, powers, roots, trigonometric and hyperbolic functions.  Trusted.

Every function is its principal branch on the complex plane, continuous from above on its cut
(DLMF 4.2); conditions are what the rule needs there, and nothing is meant for reals only.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Integer, Pow, Rational, S, exp, log, pi, sqrt
from sympy.polys.specialpolys import cyclotomic_poly

from proofcheck.equations import (
    Equation,
    Inapplicable,
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
    atom = plain_power(Pow(base, inner), outer)
    demand(atom.base.is_Pow or isinstance(atom.base, exp), f"{atom.base} is no power")
    if base == S.Exp1:
        ways = AnyOf((integer(outer), real(inner), principal(inner)))
        return Equation(atom, 1, exp(inner * outer), unless_visible(ways, inner, outer))
    narrow = AllOf((Relation(inner, "gt", S.NegativeOne), Relation(inner, "le", S.One)))
    reciprocal = AllOf((Relation(inner, "eq", S.NegativeOne), off_cut(base)))
    ways = AnyOf((integer(outer), AllOf((positive(base), real(inner))), narrow, reciprocal))
    zero: tuple[Condition, ...] = ()
    if not (inner.is_Rational and outer.is_Rational):
        zero = (AnyOf((nonzero(base), AllOf((nonnegative(inner), nonnegative(outer))))),)
    return Equation(
        atom, 1, Pow(base, inner * outer), (*zero, *unless_visible(ways, inner, outer))
    )


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
            Relation(exponential(sp.expand(difference)), "eq", S.One),
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
    return Equation(
        atom, 1, atom.func(*arguments), (*unless_true(equal), *still_defined(atom, *arguments))
    )


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


# Logarithms


@rule("logarithm of a product")
def logarithm_of_a_product(argument: Expr, rest: Expr, *items: Expr) -> Equation:
    """``log(z) = n1*log(f1) + ... + log(r)``, ``z = f1**n1 * ... * r``, all f positive (4.8.1)."""
    parts = pairs(items)
    atom = log(argument)
    factors = [part for part, _ in parts]
    return Equation(
        atom,
        1,
        total([*(Integer(count) * log(part) for part, count in parts), log(rest)]),
        (
            *unless_true(
                [
                    Relation(argument, "eq", product([monomial(parts), rest])),
                    *map(positive, factors),
                ]
            ),
            *still_defined(atom, rest, *factors),
        ),
    )


@rule("logarithm of a negative number")
def logarithm_of_a_negative_number(argument: Expr) -> Equation:
    """``log(x) = log(-x) + I*pi`` for ``x < 0`` (DLMF 4.2.9)."""
    return Equation(
        log(argument), 1, log(-argument) + I * pi, unless_true([negative(argument)])
    )


@rule("logarithm of an exponential")
def logarithm_of_an_exponential(exponent: Expr) -> Equation:
    """``log(exp(z)) = z`` for ``-pi < im(z) <= pi`` (DLMF 4.2.30)."""
    return Equation(
        sp.log(exp(exponent), evaluate=False),
        1,
        exponent,
        (AnyOf((real(exponent), principal(exponent))),),
    )


@rule("logarithm of a power")
def logarithm_of_a_power(base: Expr, exponent: Expr) -> Equation:
    """``log(b**u) = u*log(b)``: ``b > 0`` and u real, or ``-1 < u <= 1``, or u = -1 off the cut."""
    inside = plain_power(base, exponent)
    ways: list[Condition] = [AllOf((positive(base), real(exponent)))]
    if exponent == -1:
        ways.append(off_cut(base))
    else:
        narrow = (Relation(exponent, "gt", S.NegativeOne), Relation(exponent, "le", S.One))
        if exponent.is_Rational and -1 < exponent <= 1:
            ways = []
        else:
            ways.append(AllOf(narrow))
    # log(b**u) is defined at b = 0 only for u = 0, where 0*log(0) is not.
    zero = () if exponent.is_Rational and exponent != 0 else (nonzero(base),)
    return Equation(
        sp.log(inside, evaluate=False),
        1,
        exponent * log(base),
        (*zero, *((AnyOf(tuple(ways)),) if ways else ())),
    )


# Trigonometric and hyperbolic functions and their inverses


def _turn(z: Expr, sign: int = 1) -> Expr:
    return exp(sign * I * z)


@rule("exponential form")
def exponential_form(atom: Expr) -> Equation:
    """A trigonometric or hyperbolic function by exponentials (DLMF 4.14, 4.28)."""
    demand(isinstance(atom, sp.Function) and len(atom.args) == 1, f"{atom} has no such form")
    z = atom.args[0]
    up, down = (_turn(z), _turn(z, -1)) if atom.func in TRIGONOMETRIC else (exp(z), exp(-z))
    forms = TRIGONOMETRIC if atom.func in TRIGONOMETRIC else HYPERBOLIC
    if atom.func not in forms:
        raise Inapplicable(f"{atom} has no such form")
    return Equation(atom, 1, forms[atom.func](up, down))


TRIGONOMETRIC = {
    sp.sin: lambda p, m: (p - m) / (2 * I),
    sp.cos: lambda p, m: (p + m) / 2,
    sp.tan: lambda p, m: (p - m) / (I * (p + m)),
    sp.cot: lambda p, m: I * (p + m) / (p - m),
    sp.sec: lambda p, m: 2 / (p + m),
    sp.csc: lambda p, m: 2 * I / (p - m),
}
HYPERBOLIC = {
    sp.sinh: lambda p, m: (p - m) / 2,
    sp.cosh: lambda p, m: (p + m) / 2,
    sp.tanh: lambda p, m: (p - m) / (p + m),
    sp.coth: lambda p, m: (p + m) / (p - m),
    sp.sech: lambda p, m: 2 / (p + m),
    sp.csch: lambda p, m: 2 / (p - m),
}
SQUARES = {
    sp.sin: (sp.cos, lambda c: 1 - c**2),
    sp.sinh: (sp.cosh, lambda c: c**2 - 1),
}
QUOTIENTS = {
    sp.tan: lambda z: sp.sin(z) / sp.cos(z),
    sp.cot: lambda z: sp.cos(z) / sp.sin(z),
    sp.sec: lambda z: 1 / sp.cos(z),
    sp.csc: lambda z: 1 / sp.sin(z),
    sp.tanh: lambda z: sp.sinh(z) / sp.cosh(z),
    sp.coth: lambda z: sp.cosh(z) / sp.sinh(z),
    sp.sech: lambda z: 1 / sp.cosh(z),
    sp.csch: lambda z: 1 / sp.sinh(z),
}


@rule("Pythagoras")
def pythagoras(atom: Expr) -> Equation:
    """``sin**2 = 1 - cos**2`` and ``sinh**2 = cosh**2 - 1`` (DLMF 4.21.12, 4.35.11)."""
    demand(getattr(atom, "func", None) in SQUARES, f"{atom} is neither sin nor sinh")
    other, square = SQUARES[atom.func]
    return Equation(atom, 2, square(other(atom.args[0])))


@rule("quotient of sine and cosine")
def quotient(atom: Expr) -> Equation:
    """tan, cot, sec, csc and the hyperbolic ones by sine and cosine (DLMF 4.14.4, 4.28.4)."""
    demand(getattr(atom, "func", None) in QUOTIENTS, f"{atom} is no such quotient")
    return Equation(atom, 1, QUOTIENTS[atom.func](atom.args[0]))


@rule("cardinal sine")
def cardinal_sine(z: Expr) -> Equation:
    """``sinc(z) = sin(z)/z`` for ``z != 0``."""
    return Equation(sp.sinc(z), 1, sp.sin(z) / z, unless_true([nonzero(z)]))


INVERSES = {
    "asin": lambda z: (I * sp.asin(z, evaluate=False), sqrt(1 - z**2) + I * z),
    "acos": lambda z: (I * sp.acos(z, evaluate=False), z + I * sqrt(1 - z**2)),
    "atan": lambda z: (I * sp.atan(z, evaluate=False), (1 + I * z) / sqrt(1 + z**2)),
    "asinh": lambda z: (sp.asinh(z, evaluate=False), z + sqrt(1 + z**2)),
    "acosh": lambda z: (sp.acosh(z, evaluate=False), z + sqrt(z - 1) * sqrt(z + 1)),
    "atanh": lambda z: (sp.atanh(z, evaluate=False), (1 + z) / sqrt(1 - z**2)),
}


@rule("exponential of an inverse function")
def exponential_of_an_inverse(atom: Expr) -> Equation:
    """``exp(I*asin(z)) = sqrt(1-z**2) + I*z`` and its kin, on all of the plane (4.23, 4.37).

    ``atom`` is the inverse function's value; for atan and atanh it is defined off +-I and +-1,
    where the roots in the denominators do not vanish.
    """
    name = type(atom).__name__
    demand(name in INVERSES, f"{atom} is no inverse function of this kind")
    exponent, value = INVERSES[name](atom.args[0])
    return Equation(exp(exponent), 1, value)


@rule("exponential of a multiple of an inverse function")
def exponential_of_a_multiple(atom: Expr, multiple: Expr) -> Equation:
    """``exp(n*I*asin(z)) = (sqrt(1-z**2) + I*z)**n`` and its kin, n an integer."""
    name = type(atom).__name__
    demand(name in INVERSES, f"{atom} is no inverse function of this kind")
    exponent, value = INVERSES[name](atom.args[0])
    return Equation(
        exponential(multiple * exponent), 1, Pow(value, multiple), unless_true([integer(multiple)])
    )


RECIPROCALS = {
    sp.acot: sp.atan, sp.asec: sp.acos, sp.acsc: sp.asin,
    sp.acoth: sp.atanh, sp.asech: sp.acosh, sp.acsch: sp.asinh,
}  # fmt: skip


@rule("inverse function of a reciprocal")
def reciprocal_inverse(atom: Expr) -> Equation:
    """``acot(z) = atan(1/z)`` and its kin, for ``z != 0`` (DLMF 4.23.4-9, 4.37.4-9)."""
    demand(getattr(atom, "func", None) in RECIPROCALS, f"{atom} is no reciprocal inverse")
    z = atom.args[0]
    return Equation(atom, 1, RECIPROCALS[atom.func](1 / z), unless_true([nonzero(z)]))


LOGARITHMIC = {
    sp.asin: lambda z: -I * log(sqrt(1 - z**2) + I * z),
    sp.acos: lambda z: pi / 2 + I * log(sqrt(1 - z**2) + I * z),
    sp.atan: lambda z: I / 2 * (log(1 - I * z) - log(1 + I * z)),
    sp.asinh: lambda z: log(z + sqrt(1 + z**2)),
    sp.acosh: lambda z: log(z + sqrt(z - 1) * sqrt(z + 1)),
    sp.atanh: lambda z: (log(1 + z) - log(1 - z)) / 2,
}


@rule("logarithmic form")
def logarithmic_form(atom: Expr) -> Equation:
    """An inverse trigonometric or hyperbolic function by logarithms (DLMF 4.23.19, 4.37.16)."""
    demand(getattr(atom, "func", None) in LOGARITHMIC, f"{atom} has no logarithmic form")
    return Equation(atom, 1, LOGARITHMIC[atom.func](atom.args[0]))


UNDONE = {
    (sp.asin, sp.sin): (-pi / 2, pi / 2, False), (sp.acos, sp.cos): (S.Zero, pi, False),
    (sp.atan, sp.tan): (-pi / 2, pi / 2, True), (sp.asinh, sp.sinh): (-sp.oo, sp.oo, True),
    (sp.acosh, sp.cosh): (S.Zero, sp.oo, False), (sp.atanh, sp.tanh): (-sp.oo, sp.oo, True),
}  # fmt: skip


@rule("inverse function of its function")
def undone(outer: Expr) -> Equation:
    """``asin(sin(x)) = x`` for ``-pi/2 <= x <= pi/2`` and its kin (DLMF 4.23.1)."""
    inner = outer.args[0] if outer.args else S.Zero
    ends = UNDONE.get((outer.func, getattr(inner, "func", None)))
    demand(ends is not None, f"{outer} is no inverse function of its function")
    low, high, strict = ends  # type: ignore[misc]  # not None, see above
    x = inner.args[0]
    conditions: list[Condition] = [real(x)]
    if low.is_finite:
        conditions.append(Relation(x, "gt" if strict else "ge", low))
    if high.is_finite:
        conditions.append(Relation(x, "lt" if strict else "le", high))
    return Equation(outer, 1, x, tuple(conditions))


ODD = (
    sp.sin, sp.tan, sp.cot, sp.csc, sp.sinh, sp.tanh, sp.coth, sp.csch, sp.asin, sp.atan, sp.asinh,
    sp.atanh, sp.erf, sp.erfi, sp.Si, sp.Shi, sp.fresnels, sp.fresnelc, sp.sign,
)  # fmt: skip
EVEN = (sp.cos, sp.sec, sp.cosh, sp.sech, sp.sinc, sp.Abs)


@rule("odd or even function")
def symmetry(atom: Expr) -> Equation:
    """``f(-z) = -f(z)`` or ``f(-z) = f(z)``."""
    function = getattr(atom, "func", None)
    demand(function in ODD + EVEN, f"{atom} is neither odd nor even")
    mirrored = function(-atom.args[0])
    demand(mirrored != -atom and mirrored != atom, f"SymPy keeps {atom}")
    return Equation(atom, 1, -mirrored if function in ODD else mirrored)
