r"""Problem 2.3, every $n$: from the integral (3.2) over the plane to the formula of (3.3).

In polar coordinates of the plane (3.2) is an integral over the angle $\phi$; with
$\chi = 2\phi-\theta$ and $\tan\frac\chi2 = \tan\frac\psi2/\tan\frac\theta2$ it is that of step 3.
"""

from sympy import FiniteSet, Integer, Integral, Interval, Symbol, acos, cos, oo, pi, sin

from claims.problem_set_3._definitions import (
    J,
    J_integral,
    J_of_the_cosine,
    arc_cosine_kernel,
    plane_integral,
)
from claims.problem_set_3.problem_2_3_1_rotation import other_directions_integrate_out
from claims.problem_set_3.problem_2_3_3_polar import radial_integral
from claims.problem_set_3.problem_2_3_5_all_n import (
    formula_in_the_cosine,
    formula_is_the_integral_for_every_n,
)
from proofcheck import Equal, claim, forall, integers

ANGLE = Interval.open(0, pi)
SLOPE = Interval.open(-1, 1)
NORM = Interval.open(0, oo)
CHI = Symbol("chi", real=True)
PHI = Symbol("phi", real=True)
PSI = Symbol("psi", real=True)


def over_the_angle(n, theta):
    r"""Return $\int_{\theta-\pi/2}^{\pi/2}(\cos\phi\cos(\phi-\theta))^n\,d\phi$."""
    return Integral((cos(PHI) * cos(PHI - theta)) ** n, (PHI, theta - pi / 2, pi / 2))


def over_twice_the_angle(n, theta, low):
    r"""Return $\int\big(\frac{\cos\chi+\cos\theta}2\big)^n\,d\chi$ from ``low`` to $\pi-\theta$."""
    return Integral(((cos(CHI) + cos(theta)) / 2) ** n, (CHI, low, pi - theta))


def over_psi(n, theta):
    r"""Return $\int_0^{\pi/2}\Big(\frac{\sin^2\theta\cos\psi}{2q}\Big)^n
    \frac{\sin\theta}q\,d\psi$ with $q = 1-\cos\theta\cos\psi$.
    """
    q = 1 - cos(theta) * cos(PSI)
    power = (sin(theta) ** 2 * cos(PSI) / (2 * q)) ** n
    return Integral(power * sin(theta) / q, (PSI, 0, pi / 2))


def of_step_3(n, theta):
    r"""Return $\int_0^{\pi/2}\frac{\cos^n\psi}{q^{n+1}}\,d\psi$."""
    q = 1 - cos(theta) * cos(PSI)
    return Integral(cos(PSI) ** n / q ** (n + 1), (PSI, 0, pi / 2))


@claim("Problem 2.3, from the bisector", ref="ps3-2.3-1b")
@forall(n=integers(0), theta=ANGLE)
def angle_from_the_bisector(n, theta):
    r"""$\cos\phi\cos(\phi-\theta) = \frac12(\cos\chi+\cos\theta)$ for $\chi = 2\phi-\theta$."""
    twice = over_twice_the_angle(n, theta, theta - pi)
    return Equal(over_the_angle(n, theta), twice / 2)


@claim("Problem 2.3, both sides of the bisector", ref="ps3-2.3-1b")
@forall(n=integers(0), theta=ANGLE)
def both_sides_of_the_bisector(n, theta):
    r"""The integrand is even in $\chi$."""
    both = over_twice_the_angle(n, theta, theta - pi)
    return Equal(both, 2 * over_twice_the_angle(n, theta, 0))


@claim("Problem 2.3, from one angle to the other", ref="ps3-2.3-3c")
@forall(n=integers(0), theta=ANGLE)
def from_one_angle_to_the_other(n, theta):
    r"""$\cos\chi+\cos\theta = \sin^2\theta\cos\psi/q$ and $d\chi = \sin\theta\,d\psi/q$ for
    $\tan\frac\chi2 = \tan\frac\psi2/\tan\frac\theta2$.
    """
    return Equal(over_twice_the_angle(n, theta, 0), over_psi(n, theta))


@claim("Problem 2.3, the integral of step 3", ref="ps3-2.3-3c")
@forall(n=integers(0), theta=ANGLE)
def powers_of_the_sine(n, theta):
    r"""$2^{-n}\sin^{2n+1}\theta$ stands before the integral."""
    value = sin(theta) ** (2 * n + 1) * of_step_3(n, theta)
    return Equal(2**n * over_psi(n, theta), value)


@claim("Problem 2.3, the integral over the angle", ref="ps3-2.3-3c",
       uses=[angle_from_the_bisector, both_sides_of_the_bisector, from_one_angle_to_the_other,
             powers_of_the_sine])  # fmt: skip
@forall(n=integers(0), theta=ANGLE)
def integral_over_the_angle(n, theta):
    r"""$2^n\int_{\theta-\pi/2}^{\pi/2}(\cos\phi\cos(\phi-\theta))^n\,d\phi =
    \sin^{2n+1}\theta\int_0^{\pi/2}\frac{\cos^n\psi}{q^{n+1}}\,d\psi$.
    """
    value = sin(theta) ** (2 * n + 1) * of_step_3(n, theta)
    return Equal(2**n * over_the_angle(n, theta), value).assuming(
        angle_from_the_bisector(n=n, theta=theta),
        both_sides_of_the_bisector(n=n, theta=theta),
        from_one_angle_to_the_other(n=n, theta=theta),
        powers_of_the_sine(n=n, theta=theta),
    )


@claim("Problem 2.3, step 1, double integral", ref="ps3-2.3-1b",
       uses=[other_directions_integrate_out, radial_integral,
             integral_over_the_angle])  # fmt: skip
@forall(n=integers(0), theta=ANGLE)
def double_integral(n, theta):
    r"""$g = \Theta(w_1)\Theta(v)\,w_1^nv^n$ with $v = w_1\cos\theta+w_2\sin\theta$ gives the
    integral of step 3; as (3.3) defines $J_n$, half of it.
    """
    return Equal(plane_integral(n, theta), J_integral(n, theta)).assuming(
        radial_integral(n=n, decay=Integer(1)), integral_over_the_angle(n=n, theta=theta)
    )


@claim("Problem 2.3, step 3, result", ref="ps3-2.3-3c",
       uses=[formula_in_the_cosine, formula_is_the_integral_for_every_n])  # fmt: skip
@forall(n=integers(0), c=SLOPE)
def single_integral(n, c):
    r"""$J_n(\theta) =
    n!\sin^{2n+1}\theta\int_0^{\pi/2}\frac{\cos^n\psi\,d\psi}{(1-\cos\theta\cos\psi)^{n+1}}$ at
    $\theta = \cos^{-1}c$.
    """
    return Equal(J_of_the_cosine(n, c), J_integral(n, acos(c))).assuming(
        formula_is_the_integral_for_every_n(n=n, c=c)
    )


@claim("(3.3) repaired: the factor is 1/(2 pi)", ref="ps3-3.3",
       uses=[double_integral, single_integral])  # fmt: skip
@forall(n=integers(0), norm_x=NORM, norm_y=NORM, c=SLOPE)
def kernel_with_half_the_factor(n, norm_x, norm_y, c):
    r"""$k_n(x, y) = \frac1{2\pi}\lVert x\rVert^n\lVert y\rVert^nJ_n(\theta)$ at $\theta =
    \cos^{-1}c$.
    """
    kernel = arc_cosine_kernel(n, norm_x, norm_y, acos(c))
    return Equal(kernel, norm_x**n * norm_y**n * J_of_the_cosine(n, c) / (2 * pi)).assuming(
        double_integral(n=n, theta=acos(c)), single_integral(n=n, c=c)
    )


@claim("(3.3)", ref="ps3-3.3", expect="refuted", corrected_by=kernel_with_half_the_factor)
@forall(n=FiniteSet(0, 1, 2), norm_x=NORM, norm_y=NORM, theta=ANGLE)
def kernel_as_printed(n, norm_x, norm_y, theta):
    r"""$k_n = \frac1\pi\lVert x\rVert^n\lVert y\rVert^nJ_n(\theta)$; at right angles $k_0 = 1/4$.

    For $n = 0$ the kernel is the probability that $w$ makes acute angles with both vectors.
    """
    kernel = arc_cosine_kernel(n, norm_x, norm_y, theta)
    return Equal(kernel, norm_x**n * norm_y**n * J(n, theta) / pi)
