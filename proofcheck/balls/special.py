"""Special functions on balls: error, Bessel, elliptic, hypergeometric and their kin. Trusted.

Same contract as :mod:`proofcheck.balls.functions`. Conventions are SymPy's: Fresnel integrals with
pi t^2/2, elliptic integrals with the parameter m = k^2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy as sp
from flint import acb, arb, fmpq
from sympy.functions.special import bessel

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
    integer,
    is_real,
    is_zero,
    meets_below_one,
    meets_beyond_one,
    meets_negative,
    meets_outside,
    method,
    order,
    real,
    refuse,
)


def not_holomorphic(name: str, mode: int) -> None:
    """Raise when a function without a holomorphic form is asked for one."""
    if mode == HOLOMORPHIC:
        raise Unevaluable(f"{name} is not holomorphic")


def atan2(arguments: Sequence[Value], mode: int) -> Value:
    """The argument of x + iy, y first; real values only."""
    y, x = arguments
    not_holomorphic("atan2", mode)
    if is_zero(y) and is_zero(x):
        raise Pole
    if contains_zero(y) and contains_zero(x):
        raise Unevaluable("atan2 of a ball around 0")
    return acb(arb.atan2(real(y), real(x)))


def expint(arguments: Sequence[Value], mode: int) -> Value:
    """E_nu(z); a pole at z = 0 for integers nu <= 1."""
    nu, z = arguments
    n = integer(nu)
    if is_zero(z):
        if n is not None and n <= 1:
            raise Pole
        if n is not None:
            return ONE / (n - 1)
        raise Unevaluable("expint at 0")
    if mode == HOLOMORPHIC:
        refuse(meets_negative(ball(z)), "expint")
    return ball(z).expint(ball(nu))


def difference(function: str) -> Implementation:
    """Return f(second) - f(first) for an entire f."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        first, second = map(ball, arguments)
        found: acb = getattr(second, function)() - getattr(first, function)()
        return found

    return evaluate


def offset_logarithmic_integral(arguments: Sequence[Value], mode: int) -> Value:
    """Li(x) = li(x) - li(2)."""
    return ball(LI(arguments, mode)) - acb(2).li()


LI = method("li", meets_below_one, (1,))


def real_inverse(name: str, low: int, high: int) -> Implementation:
    """Return the inverse of a real error function on the open interval (low, high)."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        not_holomorphic(name, mode)
        x = real(arguments[0])
        if not (low < x < high):
            raise Unevaluable(f"{name} outside ({low}, {high})")
        return acb(getattr(x, name)())

    return evaluate


def bessel_of(name: str, singular: bool) -> Implementation:
    """Return the Bessel function ``name`` of (order, argument)."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        nu, z = arguments
        n = integer(nu)
        if singular and is_zero(z) and is_real(nu) and (real(nu) >= 0 or name == "bessel_k"):
            raise Pole  # Y of a negative half-integer order is finite at 0
        if mode == HOLOMORPHIC and (singular or n is None):
            refuse(meets_negative(ball(z)), name)
        found: acb = getattr(ball(z), name)(ball(nu))
        return found

    return evaluate


BESSEL_J, BESSEL_Y = bessel_of("bessel_j", False), bessel_of("bessel_y", True)


def hankel(sign: int) -> Implementation:
    """Return J + sign i Y."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        return ball(BESSEL_J(arguments, mode)) + acb(0, sign) * ball(BESSEL_Y(arguments, mode))

    return evaluate


def spherical(of: Implementation) -> Implementation:
    """Return sqrt(pi/(2z)) times the Bessel function of order n + 1/2."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        n, z = arguments
        if of is BESSEL_J and is_zero(z) and (found := integer(n)) is not None and found >= 0:
            return ONE if found == 0 else ZERO
        if is_zero(z):
            raise Pole if of is not BESSEL_J else Unevaluable("jn at 0")
        if mode == HOLOMORPHIC:
            refuse(meets_negative(ball(z)), "a spherical Bessel function")
        return (acb.pi() / (2 * ball(z))).sqrt() * ball(of([n + HALF, z], mode))

    return evaluate


def airy(name: str, derivative: int) -> Implementation:
    """Return an Airy function or its derivative."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        found: acb = getattr(ball(arguments[0]), name)(derivative=derivative)
        return found

    return evaluate


REFLECTED: dict[str, Callable[[int], tuple[int, int]]] = {
    "legendre_p": lambda n: (1, -n - 1),
    "chebyshev_t": lambda n: (1, -n),
    "chebyshev_u": lambda n: (0, 0) if n == -1 else (-1, -n - 2),
}
"""A negative degree as a sign and the degree that gives the same polynomial (SymPy's rules)."""


def polynomial(name: str) -> Implementation:
    """Return the orthogonal polynomial (n, parameters..., x), or its continuation in n."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        *parameters, x = map(ball, arguments)
        n = integer(arguments[0])
        if n is None and mode == HOLOMORPHIC:
            refuse(meets_outside(x), name)
        if n is not None and n < 0:
            if name not in REFLECTED:
                raise Unevaluable(f"{name} of negative degree")
            sign, degree = REFLECTED[name](n)
            return ball(getattr(x, name)(acb(degree)) * sign)
        found: acb = getattr(x, name)(*parameters)
        return found

    return evaluate


def gegenbauer(arguments: Sequence[Value], mode: int) -> Value:
    """C_n^(a)(x), away from the parameters a at which the normalisations differ."""
    if contains_integer(2 * arguments[1]) and not ball(arguments[1]).real > 0:
        raise Unevaluable("gegenbauer with 2a an integer <= 0")
    return polynomial("gegenbauer_c")(arguments, mode)


def probabilists_hermite(arguments: Sequence[Value], mode: int) -> Value:
    """2^(-n/2) H_n(x/sqrt 2)."""
    n, x = arguments
    root = acb(2).sqrt()
    return ball(polynomial("hermite_h")([n, ball(x) / root], mode)) / root.pow(ball(n))


def associated_legendre(arguments: Sequence[Value], mode: int) -> Value:
    """(-1)^m (1-x^2)^(m/2) d^m/dx^m P_n(x) for integers 0 <= m <= n; negative m by symmetry."""
    n, m = order(arguments[0], "assoc_legendre"), order(arguments[1], "assoc_legendre")
    x = ball(arguments[2])
    if not 0 <= abs(m) <= n <= 200:
        raise Unevaluable("assoc_legendre outside |m| <= n <= 200")
    variable = sp.Dummy()
    coefficients = sp.Poly(sp.legendre(n, variable), variable).diff((0, abs(m))).all_coeffs()
    value = acb(0)
    for coefficient in coefficients:
        value = value * x + fmpq(int(coefficient.p), int(coefficient.q))
    square = 1 - x * x
    if m % 2:
        root = square.sqrt(analytic=mode == HOLOMORPHIC)
        value = -value * root * square ** ((abs(m) - 1) // 2)
    else:
        value = value * square ** (abs(m) // 2)
    if m < 0:
        value = (-1) ** m * value * fmpq(int(sp.factorial(n + m)), int(sp.factorial(n - m)))
    return value


def spherical_harmonic(arguments: Sequence[Value], mode: int) -> Value:
    """Y_n^m(theta, phi) for exact integers."""
    n, m = order(arguments[0], "Ynm"), order(arguments[1], "Ynm")
    return acb.spherical_y(n, m, ball(arguments[2]), ball(arguments[3]))


def lambert_w(arguments: Sequence[Value], mode: int) -> Value:
    """Branch k of the inverse of w e^w."""
    z = arguments[0]
    k = order(arguments[1], "LambertW") if len(arguments) > 1 else 0
    if is_zero(z):
        if k:
            raise Pole
        return ZERO
    if mode == HOLOMORPHIC:  # the cut of branch 0 starts at -1/e, that of the others at 0
        shifted = ball(z) * acb(1).exp() + 1 if k == 0 else ball(z)
        refuse(meets_negative(shifted), "LambertW")
        if k in (1, -1):
            refuse(meets_negative(ball(z)), "LambertW")
    return ball(z).lambertw(k)


def elliptic_k(arguments: Sequence[Value], mode: int) -> Value:
    """K(m); a pole at m = 1."""
    if integer(arguments[0]) == 1:
        raise Pole
    m = ball(arguments[0])
    if mode == HOLOMORPHIC:
        refuse(meets_beyond_one(m), "elliptic_k")
    return m.elliptic_k()


def refuse_incomplete(phi: acb, *parameters: acb) -> None:
    """Refuse a ball on which an incomplete integral of (phi, parameters) may meet a cut.

    On |Re phi| < pi/2 the integral runs over t in [0, sin phi], and the integrand in t is
    holomorphic unless parameter * t^2 reaches [1, oo).
    """
    refuse(not abs(phi.real) < arb.pi() / 2, "an incomplete elliptic integral")
    for parameter in parameters:
        refuse(meets_beyond_one(parameter * phi.sin() ** 2), "an incomplete elliptic integral")


def elliptic_e(arguments: Sequence[Value], mode: int) -> Value:
    """E(m) or E(phi, m)."""
    if len(arguments) == 1:
        m = ball(arguments[0])
        if mode == HOLOMORPHIC:
            refuse(meets_beyond_one(m), "elliptic_e")
        if m.is_exact() or meets_beyond_one(m):
            return m.elliptic_e()
        # DLMF 19.5.2, on a wide ball the better one
        return acb.pi() / 2 * m.hypgeom_2f1(acb(-0.5), acb(0.5), acb(1))
    phi, m = map(ball, arguments)
    if mode == HOLOMORPHIC:
        refuse_incomplete(phi, m)
    return acb.elliptic_e_inc(phi, m)


def elliptic_f(arguments: Sequence[Value], mode: int) -> Value:
    """F(phi, m)."""
    phi, m = map(ball, arguments)
    if mode == HOLOMORPHIC:
        refuse_incomplete(phi, m)
    return acb.elliptic_f(phi, m)


def elliptic_pi(arguments: Sequence[Value], mode: int) -> Value:
    """Pi(n, m) or Pi(n, phi, m)."""
    if len(arguments) == 2:
        n, m = map(ball, arguments)
        if mode == HOLOMORPHIC:
            refuse(meets_beyond_one(n) or meets_beyond_one(m), "elliptic_pi")
        return acb.elliptic_pi(n, m)
    n, phi, m = map(ball, arguments)
    if mode == HOLOMORPHIC:
        refuse_incomplete(phi, n, m)
    return acb.elliptic_pi_inc(n, phi, m)


def incomplete_gamma(name: str) -> Implementation:
    """Return gamma_upper or gamma_lower of (a, z)."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        a, z = arguments
        n = integer(a)
        if is_zero(z):
            if n is not None and n <= 0:
                raise Pole
            if not ball(a).real > 0:
                raise Unevaluable(f"{name} at z = 0")
            return ball(a).gamma() if name == "gamma_upper" else ZERO
        if n is not None and n <= 0 and name == "gamma_lower":
            raise Pole
        if mode == HOLOMORPHIC and (n is None or n <= 0):
            refuse(meets_negative(ball(z)), name)
        found: acb = getattr(ball(z), name)(ball(a))
        return found

    return evaluate


def incomplete_beta(regularized: bool) -> Implementation:
    """Return the integral of t^(a-1) (1-t)^(b-1) from x1 to x2."""

    def evaluate(arguments: Sequence[Value], mode: int) -> Value:
        a, b, low, high = map(ball, arguments)
        if mode == HOLOMORPHIC:
            refuse(meets_negative(low) or meets_beyond_one(low), "betainc")
            refuse(meets_negative(high) or meets_beyond_one(high), "betainc")
        if not a.real > 0:
            raise Unevaluable("betainc without Re a > 0")
        values = [
            acb(0) if x.is_zero() else x.beta_lower(a, b, regularized=int(regularized))
            for x in (low, high)
        ]
        return values[1] - values[0]

    return evaluate


def hypergeometric(upper: Sequence[Value], lower: Sequence[Value], z: Value, mode: int) -> Value:
    """pFq(upper; lower; z), continued off [1, oo) for p = q + 1."""
    if is_zero(z):
        return ONE
    terminating = any((n := integer(a)) is not None and n <= 0 for a in upper)
    for b in lower:
        n = integer(b)
        if n is not None and n <= 0:
            raise Unevaluable("hyper with a lower parameter that is an integer <= 0")
        if contains_integer(b) and not ball(b).real > 0:
            raise Unevaluable("hyper with a lower parameter that may be an integer <= 0")
    if len(upper) > len(lower) + 1 and not terminating:
        raise Unevaluable("a divergent hypergeometric series")
    if mode == HOLOMORPHIC and len(upper) == len(lower) + 1:
        refuse(meets_beyond_one(ball(z)), "hyper")
    return ball(z).hypgeom([ball(a) for a in upper], [ball(b) for b in lower])


ENTIRE = {
    sp.erf: "erf", sp.erfc: "erfc", sp.erfi: "erfi", sp.Si: "si", sp.Shi: "shi",
    sp.fresnels: "fresnel_s", sp.fresnelc: "fresnel_c",
}  # fmt: skip

SPECIAL: dict[type, Implementation] = {
    **{function: method(name) for function, name in ENTIRE.items()},
    sp.Ei: method("ei", meets_negative, (0,)), sp.Ci: method("ci", meets_negative, (0,)),
    sp.Chi: method("chi", meets_negative, (0,)), sp.li: LI,
    sp.Li: offset_logarithmic_integral,
    sp.expint: expint, sp.erf2: difference("erf"),
    sp.erfinv: real_inverse("erfinv", -1, 1), sp.erfcinv: real_inverse("erfcinv", 0, 2),
    sp.atan2: atan2,
    sp.besselj: BESSEL_J, sp.bessely: BESSEL_Y, sp.besseli: bessel_of("bessel_i", False),
    sp.besselk: bessel_of("bessel_k", True), sp.hankel1: hankel(1), sp.hankel2: hankel(-1),
    sp.jn: spherical(BESSEL_J), sp.yn: spherical(BESSEL_Y),
    bessel.hn1: spherical(hankel(1)), bessel.hn2: spherical(hankel(-1)),
    sp.airyai: airy("airy_ai", 0), sp.airybi: airy("airy_bi", 0),
    sp.airyaiprime: airy("airy_ai", 1), sp.airybiprime: airy("airy_bi", 1),
    sp.legendre: polynomial("legendre_p"), sp.chebyshevt: polynomial("chebyshev_t"),
    sp.chebyshevu: polynomial("chebyshev_u"), sp.hermite: polynomial("hermite_h"),
    sp.hermite_prob: probabilists_hermite, sp.laguerre: polynomial("laguerre_l"),
    sp.assoc_laguerre: lambda arguments, mode: ball(arguments[2]).laguerre_l(
        ball(arguments[0]), ball(arguments[1])),
    sp.assoc_legendre: associated_legendre, sp.gegenbauer: gegenbauer,
    sp.jacobi: polynomial("jacobi_p"), sp.Ynm: spherical_harmonic,
    sp.LambertW: lambert_w, sp.elliptic_k: elliptic_k, sp.elliptic_e: elliptic_e,
    sp.elliptic_f: elliptic_f, sp.elliptic_pi: elliptic_pi,
    sp.uppergamma: incomplete_gamma("gamma_upper"), sp.lowergamma: incomplete_gamma("gamma_lower"),
    sp.betainc: incomplete_beta(False), sp.betainc_regularized: incomplete_beta(True),
}  # fmt: skip
