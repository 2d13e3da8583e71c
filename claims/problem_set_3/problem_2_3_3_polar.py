r"""Problem 2.3, step 3: polar coordinates, the radial integral, what is left in $\psi$."""

from sympy import (
    Derivative,
    FiniteSet,
    Integral,
    Interval,
    Limit,
    Symbol,
    cos,
    exp,
    factorial,
    oo,
    pi,
    sin,
)

from proofcheck import Equal, Greater, claim, forall, integers

ANGLE = Interval.open(0, pi)
POSITIVE = Interval.open(0, oo)
NONNEGATIVE = Interval(0, oo)
PSI_RANGE = Interval.open(-pi / 2, pi / 2)
R = Symbol("r", nonnegative=True)
RHO = Symbol("rho", nonnegative=True)
PSI = Symbol("psi", real=True)


def polar(r, psi):
    r"""Return $(u, v) = (r\cos\phi, r\sin\phi)$ with $\phi = \psi/2+\pi/4$."""
    return r * cos(psi / 2 + pi / 4), r * sin(psi / 2 + pi / 4)


def decay(psi, theta):
    r"""Return $A = (1-\cos\theta\cos\psi)/\sin^2\theta$, where the exponent is $-Ar^2/2$."""
    return (1 - cos(theta) * cos(psi)) / sin(theta) ** 2


@claim("Problem 2.3, step 3, Jacobian of the repaired substitution", ref="ps3-2.3-3a")
@forall(r=POSITIVE, psi=PSI_RANGE)
def polar_jacobian(r, psi):
    r"""$du\,dv = \frac r2\,dr\,d\psi$ for $u = r\cos\phi$, $v = r\sin\phi$."""
    u, v = polar(r, psi)
    jacobian = Derivative(u, r) * Derivative(v, psi) - Derivative(u, psi) * Derivative(v, r)
    return Equal(jacobian, r / 2)


@claim("Problem 2.3, step 3, substitution", ref="ps3-2.3-3a",
       expect="refuted", corrected_by=polar_jacobian)  # fmt: skip
@forall(u=POSITIVE, v=POSITIVE)
def polar_coordinates_without_radius(u, v):
    r"""As printed, $u = \cos\phi$ and $v = \sin\phi$: then $u^2+v^2 = 1$, false at $(1, 1)$."""
    return Equal(u**2 + v**2, 1)


@claim("Problem 2.3, step 3, the monomial", ref="ps3-2.3-3a")
@forall(r=POSITIVE, psi=PSI_RANGE)
def product_in_polar_coordinates(r, psi):
    r"""$uv = \frac{r^2}2\cos\psi$."""
    u, v = polar(r, psi)
    return Equal(u * v, r**2 * cos(psi) / 2)


@claim("Problem 2.3, step 3, the exponent", ref="ps3-2.3-3a", uses=[product_in_polar_coordinates])
@forall(r=POSITIVE, psi=PSI_RANGE, theta=ANGLE)
def exponent_in_polar_coordinates(r, psi, theta):
    r"""$(u^2+v^2-2uv\cos\theta)/\sin^2\theta = A\,r^2$ with $A =
    (1-\cos\theta\cos\psi)/\sin^2\theta$.
    """
    u, v = polar(r, psi)
    form = (u**2 + v**2 - 2 * u * v * cos(theta)) / sin(theta) ** 2
    return Equal(form, decay(psi, theta) * r**2)


@claim("Problem 2.3, step 3, the radial integral converges", ref="ps3-2.3-3b")
@forall(psi=PSI_RANGE, theta=ANGLE)
def decay_is_positive(psi, theta):
    r"""$A > 0$, for $|\cos\theta| < 1$."""
    return Greater(decay(psi, theta), 0)


@claim("Problem 2.3, step 3, integration by parts", ref="ps3-2.3-3b")
@forall(n=integers(0), decay=POSITIVE, end=NONNEGATIVE)
def radial_recurrence(n, decay, end):
    r"""$A\int_0^\rho r^{2n+3}e^{-Ar^2/2} = (2n+2)\int_0^\rho r^{2n+1}e^{-Ar^2/2} -
    \rho^{2n+2}e^{-A\rho^2/2}$.
    """
    higher = Integral(R ** (2 * n + 3) * exp(-decay * R**2 / 2), (R, 0, end))
    lower = Integral(R ** (2 * n + 1) * exp(-decay * R**2 / 2), (R, 0, end))
    boundary = end ** (2 * n + 2) * exp(-decay * end**2 / 2)
    return Equal(decay * higher, (2 * n + 2) * lower - boundary)


@claim("Problem 2.3, step 3, the first radial integral", ref="ps3-2.3-3b")
@forall(decay=POSITIVE, end=NONNEGATIVE)
def radial_integral_to_a_bound(decay, end):
    r"""$\int_0^\rho r\,e^{-Ar^2/2}\,dr = (1-e^{-A\rho^2/2})/A$, whose limit is $1/A$."""
    integral = Integral(R * exp(-decay * R**2 / 2), (R, 0, end))
    return Equal(integral, (1 - exp(-decay * end**2 / 2)) / decay)


@claim("Problem 2.3, step 3, the boundary term vanishes", ref="ps3-2.3-3b")
@forall(n=integers(0), decay=POSITIVE)
def boundary_term_vanishes(n, decay):
    r"""$\rho^{2n+2}e^{-A\rho^2/2}\to0$ as $\rho\to\infty$."""
    return Equal(Limit(RHO ** (2 * n + 2) * exp(-decay * RHO**2 / 2), RHO, oo), 0)


@claim("Problem 2.3, step 3, limit of the first radial integral", ref="ps3-2.3-3b",
       uses=[radial_integral_to_a_bound])  # fmt: skip
@forall(decay=POSITIVE)
def limit_of_the_first_radial_integral(decay):
    r"""$(1-e^{-A\rho^2/2})/A\to1/A$ as $\rho\to\infty$."""
    return Equal(Limit((1 - exp(-decay * RHO**2 / 2)) / decay, RHO, oo), 1 / decay)


@claim("Problem 2.3, step 3, the radial integral", ref="ps3-2.3-3b",
       uses=[radial_recurrence, radial_integral_to_a_bound])  # fmt: skip
@forall(n=integers(0), decay=POSITIVE)
def radial_integral(n, decay):
    r"""$\int_0^\infty r^{2n+1}e^{-Ar^2/2}\,dr = 2^nn!/A^{n+1}$."""
    integral = Integral(R ** (2 * n + 1) * exp(-decay * R**2 / 2), (R, 0, oo))
    return Equal(integral, 2**n * factorial(n) / decay ** (n + 1))


@claim("Problem 2.3, step 3, value of the r integral", ref="ps3-2.3-3b",
       expect="refuted", corrected_by=radial_integral)  # fmt: skip
@forall(n=FiniteSet(0, 1, 2), psi=PSI_RANGE, theta=ANGLE)
def radial_integral_as_printed(n, psi, theta):
    r"""As printed it is $n!\sin^{2n+1}\theta$: at $n = 1$, $\theta = \pi/2$ that says $2 = 1$.

    This is the factor in front of the remaining integral, not the value of the $r$ integral.
    """
    integral = Integral(R ** (2 * n + 1) * exp(-decay(psi, theta) * R**2 / 2), (R, 0, oo))
    return Equal(integral, factorial(n) * sin(theta) ** (2 * n + 1))


@claim("Problem 2.3, step 3, the factor in front", ref="ps3-2.3-3b",
       uses=[polar_jacobian, product_in_polar_coordinates, exponent_in_polar_coordinates,
             radial_integral])  # fmt: skip
@forall(n=integers(0), psi=PSI_RANGE, theta=ANGLE)
def factor_in_front(n, psi, theta):
    r"""$\frac1{\sin\theta}\cdot\frac12(\frac{\cos\psi}2)^n\cdot\frac{2^nn!}{A^{n+1}}
    = \frac12\,n!\sin^{2n+1}\theta\,\frac{\cos^n\psi}{(1-\cos\theta\cos\psi)^{n+1}}$.
    """
    radial = 2**n * factorial(n) / decay(psi, theta) ** (n + 1)
    left = (cos(psi) / 2) ** n * radial / (2 * sin(theta))
    angular = cos(psi) ** n / (1 - cos(theta) * cos(psi)) ** (n + 1)
    return Equal(left, factorial(n) * sin(theta) ** (2 * n + 1) * angular / 2)


@claim("Problem 2.3, step 3, where psi lives", ref="ps3-2.3-3c",
       expect="refuted", corrected_by=factor_in_front)  # fmt: skip
@forall(psi=PSI_RANGE)
def psi_in_the_first_quadrant(psi):
    r"""The first quadrant of $(u, v)$ is $-\pi/2 < \psi < \pi/2$, not $0 < \psi < \pi/2$.

    The integrand is even in $\psi$: twice the integral over $(0, \pi/2)$ takes up the half.
    """
    return Greater(psi, 0)


@claim("Problem 2.3, step 3, u and v are positive", ref="ps3-2.3-3c")
@forall(r=POSITIVE, psi=PSI_RANGE)
def polar_range_is_in_the_quadrant(r, psi):
    r"""$u > 0$ for $-\pi/2 < \psi < \pi/2$ (and $v$ at $\psi$ is $u$ at $-\psi$)."""
    return Greater(polar(r, psi)[0], 0)


@claim("Problem 2.3, step 3, evenness", ref="ps3-2.3-3c")
@forall(n=integers(0), theta=ANGLE, bound=Interval(0, pi / 2))
def integrand_is_even(n, theta, bound):
    r"""$\int_{-\alpha}^\alpha = 2\int_0^\alpha$ for $\cos^n\psi/(1-\cos\theta\cos\psi)^{n+1}$."""
    integrand = cos(PSI) ** n / (1 - cos(theta) * cos(PSI)) ** (n + 1)
    both = Integral(integrand, (PSI, -bound, bound))
    return Equal(both, 2 * Integral(integrand, (PSI, 0, bound)))
