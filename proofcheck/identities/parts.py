"""Rewrite rules for real and imaginary parts, moduli, signs, extrema, branches.  Trusted.

A complex function commutes with conjugation off its cut (Schwarz's reflection principle, DLMF
1.10.2); on the cut it does not, so the rules say where.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, I, Integer, Interval, Pow, S, conjugate, exp, im, log, oo, pi, re, sqrt

from proofcheck.definedness import condition_of
from proofcheck.identities.equations import (
    Equation,
    Inapplicable,
    Registry,
    demand,
    integer,
    negative,
    nonnegative,
    nonzero,
    off_cut,
    positive,
    product,
    real,
    total,
    unless_true,
)
from proofcheck.relations import AnyOf, Condition, Member, Operator, Relation, negate

PARTS = Registry()
rule = PARTS.rule


def bare(function: type, *arguments: Expr) -> Expr:
    """Return ``function(*arguments)`` as an atom that SymPy has not evaluated."""
    return function(*arguments, evaluate=False)


@rule("real part")
def real_part(atom: Expr) -> Equation:
    """``re(z) = (z + conjugate(z))/2``."""
    demand(isinstance(atom, re), f"{atom} is no real part")
    z = atom.args[0]
    return Equation(atom, 1, (z + bare(conjugate, z)) / 2)


@rule("imaginary part")
def imaginary_part(atom: Expr) -> Equation:
    """``im(z) = (z - conjugate(z))/(2*I)``."""
    demand(isinstance(atom, im), f"{atom} is no imaginary part")
    z = atom.args[0]
    return Equation(atom, 1, (z - bare(conjugate, z)) / (2 * I))


@rule("square of a modulus")
def square_of_a_modulus(atom: Expr) -> Equation:
    """``Abs(z)**2 = z*conjugate(z)`` (DLMF 1.9.9)."""
    demand(isinstance(atom, sp.Abs), f"{atom} is no modulus")
    z = atom.args[0]
    return Equation(atom, 2, product([z, bare(conjugate, z)]))


@rule("modulus as a root")
def modulus_as_a_root(atom: Expr) -> Equation:
    """``Abs(z) = sqrt(z*conjugate(z))``."""
    demand(isinstance(atom, sp.Abs), f"{atom} is no modulus")
    z = atom.args[0]
    return Equation(atom, 1, sqrt(z * bare(conjugate, z)))


@rule("modulus of a real number")
def modulus_of_a_real_number(atom: Expr, sign: Expr) -> Equation:
    """``Abs(x) = x`` for ``x >= 0``, ``-x`` for ``x <= 0``."""
    demand(isinstance(atom, sp.Abs), f"{atom} is no modulus")
    demand(sign in (1, -1), "the sign is 1 or -1")
    x = atom.args[0]
    return Equation(atom, 1, sign * x, unless_true([nonnegative(sign * x)]))


@rule("modulus of a product")
def modulus_of_a_product(atom: Expr) -> Equation:
    """``Abs(a*b) = Abs(a)*Abs(b)``, ``Abs(z**n) = Abs(z)**n``, ``Abs(exp(z)) = exp(re(z))``.

    For a power with a real exponent u, ``Abs(z**u) = Abs(z)**u`` where z is not zero, or u > 0.
    """
    demand(isinstance(atom, sp.Abs), f"{atom} is no modulus")
    inside = atom.args[0]
    if isinstance(inside, sp.Mul):
        return Equation(atom, 1, product(sp.Abs(factor) for factor in inside.args))
    if isinstance(inside, exp):
        return Equation(atom, 1, exp(re(inside.exp)))
    demand(isinstance(inside, Pow), f"{inside} is neither a product nor a power")
    base, exponent = inside.args
    if exponent.is_Rational:
        return Equation(atom, 1, Pow(sp.Abs(base), exponent, evaluate=False))
    grows: tuple[Condition, ...] = (AnyOf((nonzero(base), positive(exponent))),)
    return Equation(atom, 1, Pow(sp.Abs(base), exponent), (real(exponent), *grows))


@rule("modulus of a power of a positive number")
def modulus_of_an_exponential(atom: Expr) -> Equation:
    """``Abs(b**z) = b**re(z)`` for ``b > 0``."""
    demand(isinstance(atom, sp.Abs) and isinstance(atom.args[0], Pow), f"{atom} is no such modulus")
    base, exponent = atom.args[0].args
    return Equation(atom, 1, Pow(base, re(exponent)), unless_true([positive(base)]))


@rule("sign")
def sign(atom: Expr) -> Equation:
    """``sign(z) = z/Abs(z)`` for ``z != 0``."""
    demand(isinstance(atom, sp.sign), f"{atom} is no sign")
    z = atom.args[0]
    return Equation(atom, 1, z / sp.Abs(z), unless_true([nonzero(z)]))


@rule("sign of a real number")
def sign_of_a_real_number(atom: Expr, value: Expr) -> Equation:
    """``sign(x) = 1``, 0, -1 for x positive, zero, negative."""
    demand(isinstance(atom, sp.sign), f"{atom} is no sign")
    x = atom.args[0]
    conditions = {1: positive(x), 0: Relation(x, "eq", S.Zero), -1: negative(x)}
    demand(value in conditions, "the sign is 1, 0 or -1")
    return Equation(atom, 1, value, (conditions[value],))


# Conjugation

ENTIRE = (
    exp, sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc, sp.sinh, sp.cosh, sp.tanh, sp.coth,
    sp.sech, sp.csch, sp.erf, sp.erfc, sp.erfi, sp.gamma, sp.factorial, sp.sinc, sp.Si, sp.Shi,
    sp.fresnels, sp.fresnelc, sp.airyai, sp.airybi, sp.airyaiprime, sp.airybiprime, sp.zeta,
)  # fmt: skip
"""Functions of one argument, real on the reals, without cuts."""

LEFT, RIGHT = Interval(-oo, -1), Interval(1, oo)
CUTS = {
    log: lambda z: [off_cut(z)],
    sp.asin: lambda z: [Member(z, LEFT, True), Member(z, RIGHT, True)],
    sp.acos: lambda z: [Member(z, LEFT, True), Member(z, RIGHT, True)],
    sp.atanh: lambda z: [Member(z, LEFT, True), Member(z, RIGHT, True)],
    sp.atan: lambda z: [Member(I * z, LEFT, True), Member(I * z, RIGHT, True)],
    sp.asinh: lambda z: [Member(I * z, LEFT, True), Member(I * z, RIGHT, True)],
    sp.acosh: lambda z: [Member(z, Interval(-oo, 1), True)],
    sp.elliptic_k: lambda z: [Member(z, RIGHT, True)],
    sp.loggamma: lambda z: [off_cut(z)],
    sp.Ei: lambda z: [off_cut(z)],
}
POLYNOMIALS = (sp.legendre, sp.chebyshevt, sp.chebyshevu, sp.hermite, sp.laguerre, sp.polygamma)
"""Functions ``f(n, z)`` that for integers n >= 0 have no cut in z and are real on the reals."""


@rule("conjugate")
def conjugated(atom: Expr) -> Equation:
    """The conjugate of a sum, product, power, or of a function off its cut."""
    demand(isinstance(atom, conjugate), f"{atom} is no conjugate")
    z = atom.args[0]
    if z is I:
        return Equation(atom, 1, -I)
    if isinstance(z, sp.Add):
        return Equation(atom, 1, total(conjugate(part) for part in z.args))
    if isinstance(z, sp.Mul):
        return Equation(atom, 1, product(conjugate(part) for part in z.args))
    if isinstance(z, conjugate):
        return Equation(atom, 1, z.args[0])
    if isinstance(z, Pow):
        base, exponent = z.args
        if exponent.is_Integer:
            return Equation(atom, 1, Pow(conjugate(base), exponent, evaluate=False))
        power = Pow(conjugate(base), conjugate(exponent))
        ways: list[Condition] = [off_cut(base), integer(exponent)]
        return Equation(atom, 1, power, (AnyOf(tuple(ways)),))
    if z.func in CUTS:
        return Equation(atom, 1, z.func(conjugate(z.args[0])), tuple(CUTS[z.func](z.args[0])))
    if z.func in POLYNOMIALS:
        n, x = z.args
        return Equation(atom, 1, z.func(n, conjugate(x)), unless_true([integer(n), nonnegative(n)]))
    demand(z.func in ENTIRE and len(z.args) == 1, f"nothing is known of {atom}")
    return Equation(atom, 1, z.func(conjugate(z.args[0])))


@rule("conjugate of a real number")
def conjugate_of_a_real_number(atom: Expr) -> Equation:
    """``conjugate(x) = x`` for real x."""
    demand(isinstance(atom, conjugate), f"{atom} is no conjugate")
    return Equation(atom, 1, atom.args[0], unless_true([real(atom.args[0])]))


@rule("conjugate across the cut")
def conjugate_across(atom: Expr) -> Equation:
    """``conjugate(log(z)) = log(z*conjugate(z)) - log(z)``, and of atan, on the cut as well.

    ``log(z)`` and its conjugate add up to ``2*log(Abs(z))``; atan is ``I/2`` times the difference
    of ``log(1 - I*z)`` and ``log(1 + I*z)`` (DLMF 4.23.26), whose real parts are such logarithms.
    """
    demand(isinstance(atom, conjugate), f"{atom} is no conjugate")
    inside = atom.args[0]
    if isinstance(inside, log):
        return Equation(atom, 1, twice_real_part(inside.args[0]) - inside)
    demand(isinstance(inside, sp.atan), f"{inside} is neither a logarithm nor an arctangent")
    z = inside.args[0]
    heights = twice_real_part(1 - I * z) - twice_real_part(1 + I * z)
    return Equation(atom, 1, inside - I * heights / 2)


def twice_real_part(z: Expr) -> Expr:
    """Return ``log(z) + conjugate(log(z))``."""
    return log(product([z, bare(conjugate, z)]))


@rule("logarithm of a modulus")
def logarithm_of_a_modulus(atom: Expr) -> Equation:
    """``log(Abs(z)) = log(z*conjugate(z))/2``."""
    demand(isinstance(atom, log) and isinstance(atom.args[0], sp.Abs), f"{atom} is none")
    return Equation(atom, 1, twice_real_part(atom.args[0].args[0]) / 2)


@rule("argument")
def argument(atom: Expr, side: Expr) -> Equation:
    """``arg(x) = 0`` for ``x > 0``, ``pi`` for ``x < 0`` (DLMF 1.9.6)."""
    demand(isinstance(atom, sp.arg), f"{atom} is no argument")
    x = atom.args[0]
    demand(side in (0, 1), "the side is 0 (positive) or 1 (negative)")
    return Equation(atom, 1, side * pi, (negative(x) if side else positive(x),))


@rule("argument by logarithm")
def argument_by_logarithm(atom: Expr) -> Equation:
    """``arg(z) = -I*(log(z) - log(Abs(z)))`` (DLMF 4.2.3)."""
    demand(isinstance(atom, sp.arg), f"{atom} is no argument")
    z = atom.args[0]
    return Equation(atom, 1, -I * (log(z) - log(sp.Abs(z))))


@rule("logarithm by modulus and argument")
def logarithm_by_parts(atom: Expr) -> Equation:
    """``log(z) = log(Abs(z)) + I*arg(z)`` (DLMF 4.2.3)."""
    demand(isinstance(atom, log), f"{atom} is no logarithm")
    z = atom.args[0]
    return Equation(atom, 1, log(sp.Abs(z)) + I * sp.arg(z))


@rule("two-argument arctangent")
def two_argument_arctangent(atom: Expr, case: Expr) -> Equation:
    """``atan2(y, x)`` by atan in the four half-planes (DLMF 1.9.6), or by a logarithm (case 5)."""
    demand(isinstance(atom, sp.atan2), f"{atom} is no atan2")
    y, x = atom.args
    if case == 1:
        return Equation(atom, 1, sp.atan(y / x), (positive(x), real(y)))
    if case == 2:
        return Equation(atom, 1, sp.atan(y / x) + pi, (negative(x), nonnegative(y)))
    if case == 3:
        return Equation(atom, 1, sp.atan(y / x) - pi, (negative(x), negative(y)))
    if case == 4:
        sides = (Relation(x, "eq", S.Zero), positive(y))
        return Equation(atom, 1, pi / 2, sides)
    demand(case == 5, "the case is 1 to 5")
    return Equation(
        atom,
        1,
        -I * log((x + I * y) / sqrt(x**2 + y**2)),
        (*unless_true([real(x), real(y)]), AnyOf((nonzero(x), nonzero(y)))),
    )


@rule("two-argument arctangent by the half angle")
def angle_by_its_half(atom: Expr, t: Expr) -> Equation:
    """``atan2(y, x) = 2*atan(t)`` where ``(x, y) = r*(1 - t**2, 2*t)`` for some ``r > 0``, t real.

    ``(1 + I*t)**2 = 1 - t**2 + 2*I*t`` has the argument ``2*atan(t)``, between -pi and pi (DLMF
    4.23.36).  There is such an r if ``y*(1 - t**2) = 2*t*x`` and ``x*(1 - t**2) + 2*t*y > 0``, or,
    in place of the latter, ``t*y > 0``.
    """
    demand(isinstance(atom, sp.atan2), f"{atom} is no atan2")
    y, x = atom.args
    parallel = Relation(y * (1 - t**2) - 2 * t * x, "eq", S.Zero)
    ahead = AnyOf((positive(t * y), positive(x * (1 - t**2) + 2 * t * y)))
    return Equation(atom, 1, 2 * sp.atan(t), (real(t), real(x), real(y), parallel, ahead))


# Steps and branches


@rule("extremum")
def extremum(atom: Expr, choice: Expr) -> Equation:
    """``Max(a, b, ...) = a`` where a is at least every other; Min likewise."""
    demand(isinstance(atom, sp.Max | sp.Min), f"{atom} is no extremum")
    demand(choice in atom.args, f"{choice} is not among {atom.args}")
    operator: Operator = "ge" if isinstance(atom, sp.Max) else "le"
    others = (other for other in atom.args if other != choice)
    extreme = unless_true(Relation(choice, operator, other) for other in others)
    return Equation(atom, 1, choice, extreme)


@rule("extremum by modulus")
def extremum_by_modulus(atom: Expr) -> Equation:
    """``Max(a, b) = (a + b + Abs(a - b))/2`` and ``Min(a, b) = (a + b - Abs(a - b))/2``."""
    demand(isinstance(atom, sp.Max | sp.Min) and len(atom.args) == 2, f"{atom} is not of two")
    a, b = atom.args
    turn = 1 if isinstance(atom, sp.Max) else -1
    return Equation(atom, 1, (a + b + turn * sp.Abs(a - b)) / 2, unless_true([real(a), real(b)]))


@rule("Heaviside's step")
def step(atom: Expr, value: Expr) -> Equation:
    """``Heaviside(x)`` is 1 for ``x > 0``, 0 for ``x < 0``."""
    demand(isinstance(atom, sp.Heaviside) and value in (0, 1), f"{atom} is no step")
    x = atom.args[0]
    return Equation(atom, 1, value, (positive(x) if value == 1 else negative(x),))


@rule("Heaviside's step at zero")
def step_at_zero(atom: Expr) -> Equation:
    """``Heaviside(x, h) = h`` for ``x = 0``."""
    demand(isinstance(atom, sp.Heaviside), f"{atom} is no step")
    return Equation(atom, 1, atom.args[1], (Relation(atom.args[0], "eq", S.Zero),))


@rule("branch")
def branch(atom: Expr, number: Expr) -> Equation:
    """A Piecewise is its branch ``number`` where its test holds and the earlier ones fail."""
    demand(isinstance(atom, sp.Piecewise), f"{atom} is no Piecewise")
    demand(isinstance(number, Integer) and 0 <= number < len(atom.args), f"no branch {number}")
    conditions: list[Condition] = []
    for position in range(int(number) + 1):
        test = atom.args[position][1]
        last = position == number
        if test == True or test == False:  # SymPy's truth values
            demand(bool(test) == last, f"{test} decides otherwise")
            continue
        condition = condition_of(test)
        if condition is None:
            raise Inapplicable(f"{test} cannot be read as a condition")
        conditions.append(condition if last else negate(condition))
    return Equation(atom, 1, atom.args[int(number)][0], tuple(conditions))


@rule("integer part")
def integer_part(atom: Expr, value: Expr) -> Equation:
    """``floor(x) = n`` for an integer n with ``n <= x < n + 1``; ceiling likewise."""
    demand(isinstance(atom, sp.floor | sp.ceiling), f"{atom} is no integer part")
    x = atom.args[0]
    if isinstance(atom, sp.floor):
        sides = (Relation(x, "ge", value), Relation(x, "lt", value + 1))
    else:
        sides = (Relation(x, "le", value), Relation(x, "gt", value - 1))
    return Equation(atom, 1, value, unless_true([integer(value), *sides]))


@rule("remainder")
def remainder(atom: Expr) -> Equation:
    """``Mod(a, b) = a - b*floor(a/b)`` and ``frac(x) = x - floor(x)``."""
    if isinstance(atom, sp.frac):
        return Equation(atom, 1, atom.args[0] - sp.floor(atom.args[0]), (real(atom.args[0]),))
    demand(isinstance(atom, sp.Mod), f"{atom} is no remainder")
    a, b = atom.args
    return Equation(atom, 1, a - b * sp.floor(a / b), unless_true([real(a), real(b), nonzero(b)]))


@rule("integer shift")
def integer_shift(atom: Expr, shift: Expr) -> Equation:
    """``floor(x + n) = floor(x) + n`` for integer n and real x."""
    demand(isinstance(atom, sp.floor | sp.ceiling), f"{atom} is no integer part")
    x = atom.args[0]
    return Equation(
        atom,
        1,
        atom.func(sp.expand(x - shift)) + shift,
        unless_true([real(x), integer(shift)]),
    )


@rule("Kronecker delta")
def kronecker_delta(atom: Expr, value: Expr) -> Equation:
    """``KroneckerDelta(i, j)`` is 1 for ``i = j``, 0 otherwise."""
    demand(isinstance(atom, sp.KroneckerDelta) and value in (0, 1), f"{atom} is no delta")
    demand(len(atom.args) == 2, f"{atom} has a range, and is 0 outside of it")
    i, j = atom.args
    return Equation(atom, 1, value, (Relation(i, "eq" if value == 1 else "ne", j),))
