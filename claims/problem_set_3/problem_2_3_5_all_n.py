r"""Problem 2.3, every $n$: the derivative formula and the integrals obey one recurrence.

In the cosine the formula is an $n$-th derivative, and one more derivative of the integral of step
3, under the integral sign, gives the next integral: so the two are equal for every $n$ if they are
for $n = 0$.  The recurrence is $J_{n+1} = (2n+1)\cos\theta\,J_n+n^2\sin^2\theta\,J_{n-1}$ for
$n\ge1$; for the integral, because
$\frac{d}{d\psi}\frac{\sin\psi\cos^n\psi}{(1-b\cos\psi)^{n+1}}$ is the combination of the three
integrands and vanishes at 0 and, for $n\ge1$, at $\pi/2$.
"""

from sympy import (
    Derivative,
    FiniteSet,
    Integral,
    Interval,
    Limit,
    Reals,
    Symbol,
    acos,
    cos,
    factorial,
    pi,
    sin,
)

from claims.problem_set_3._definitions import (
    CLOSED_FORMS,
    J,
    J_integral,
    J_of_the_cosine,
    derivative_formula,
    derivative_in_the_cosine,
)
from claims.problem_set_3.problem_2_3_4_contour import j0_integral
from proofcheck import Equal, Greater, Less, claim, forall, integers

ANGLE = Interval.open(0, pi)
PSI = Symbol("psi", real=True)
THETA = Symbol("theta", real=True)
SLOPE = Interval.open(-1, 1)


@claim("Problem 2.3, one more derivative", ref="ps3-2.3-n")
@forall(n=FiniteSet(0, 1, 2, 3, 4), theta=ANGLE)
def next_from_the_derivative(n, theta):
    r"""$J_{n+1} = (2n+1)\cos\theta\,J_n-\sin\theta\,J_n'$, for the first few $n$ themselves."""
    current = sin(theta) ** (2 * n + 1) * derivative_formula(n, theta)
    slope = Derivative(current, theta)
    return Equal(J(n + 1, theta), (2 * n + 1) * cos(theta) * current - sin(theta) * slope)


@claim("Problem 2.3, one more derivative, every n", ref="ps3-2.3-n")
@forall(n=integers(0), theta=ANGLE, value=Reals, slope=Reals)
def next_from_the_derivative_for_every_n(n, theta, value, slope):
    r"""With $D = (-\frac1{\sin\theta}\partial_\theta)^n\frac{\pi-\theta}{\sin\theta}$ and its
    slope $D'$,
    $\sin^{2n+3}\theta\,(-\frac{D'}{\sin\theta}) = (2n+1)\cos\theta\,J_n-\sin\theta\,J_n'$.
    """
    s, c = sin(theta), cos(theta)
    current = s ** (2 * n + 1) * value
    current_slope = Derivative(s ** (2 * n + 1), theta) * value + s ** (2 * n + 1) * slope
    following = s ** (2 * n + 3) * (-slope / s)
    return Equal(following, (2 * n + 1) * c * current - s * current_slope)


@claim("Problem 2.3, three-term recurrence, first case", ref="ps3-2.3-n")
@forall(n=FiniteSet(1, 2, 3, 4), theta=ANGLE)
def recurrence_of_the_derivative_formula(n, theta):
    r"""$J_{n+1} = (2n+1)\cos\theta\,J_n+n^2\sin^2\theta\,J_{n-1}$ for $n = 1,\dots,4$."""
    known = (2 * n + 1) * cos(theta) * J(n, theta) + n**2 * sin(theta) ** 2 * J(n - 1, theta)
    return Equal(J(n + 1, theta), known)


def slope_of(n, theta, value, following):
    r"""Return $J_n' = ((2n+1)\cos\theta\,J_n-J_{n+1})/\sin\theta$."""
    return ((2 * n + 1) * cos(theta) * value - following) / sin(theta)


@claim("Problem 2.3, three-term recurrence, induction", ref="ps3-2.3-n",
       uses=[next_from_the_derivative_for_every_n,
             recurrence_of_the_derivative_formula])  # fmt: skip
@forall(n=integers(1), theta=ANGLE, before=Reals, value=Reals)
def recurrence_of_the_derivative_formula_step(n, theta, before, value):
    r"""If it holds at $n$, then at $n+1$: with $J_{n-1}$ and $J_n$ arbitrary,
    $(2n+3)\cos\theta\,J_{n+1}-\sin\theta\,J_{n+1}' =
    (2n+3)\cos\theta\,J_{n+1}+(n+1)^2\sin^2\theta\,J_n$.
    """
    s, c = sin(theta), cos(theta)
    after = (2 * n + 1) * c * value + n**2 * s**2 * before
    before_slope = slope_of(n - 1, theta, before, value)
    value_slope = slope_of(n, theta, value, after)
    after_slope = (
        -(2 * n + 1) * s * value
        + (2 * n + 1) * c * value_slope
        + n**2 * (2 * s * c * before + s**2 * before_slope)
    )
    left = (2 * n + 3) * c * after - s * after_slope
    return Equal(left, (2 * n + 3) * c * after + (n + 1) ** 2 * s**2 * value)


def partial_integral(n, b, alpha):
    r"""Return $\int_0^\alpha\frac{\cos^n\psi}{(1-b\cos\psi)^{n+1}}\,d\psi$."""
    return Integral(cos(PSI) ** n / (1 - b * cos(PSI)) ** (n + 1), (PSI, 0, alpha))


@claim("Problem 2.3, the three integrands", ref="ps3-2.3-n")
@forall(n=integers(1), b=SLOPE, psi=Interval.Ropen(0, pi / 2))
def recurrence_of_the_integrands(n, b, psi):
    r"""$\frac{d}{d\psi}\frac{\sin\psi\cos^n\psi}{(1-b\cos\psi)^{n+1}} =
    (n+1)(1-b^2)f_{n+1}-(2n+1)bf_n-nf_{n-1}$.
    """
    q = 1 - b * cos(psi)
    f = [cos(psi) ** (n + k) / q ** (n + k + 1) for k in (-1, 0, 1)]
    combination = (n + 1) * (1 - b**2) * f[2] - (2 * n + 1) * b * f[1] - n * f[0]
    return Equal(Derivative(sin(psi) * cos(psi) ** n / q ** (n + 1), psi), combination)


@claim("Problem 2.3, recurrence of the integrals to a bound", ref="ps3-2.3-n",
       uses=[recurrence_of_the_integrands])  # fmt: skip
@forall(n=integers(1), b=SLOPE, alpha=Interval(0, pi / 2))
def recurrence_to_a_bound(n, b, alpha):
    r"""$(n+1)(1-b^2)G_{n+1}-(2n+1)bG_n-nG_{n-1} =
    \frac{\sin\alpha\cos^n\alpha}{(1-b\cos\alpha)^{n+1}}$
    for the integrals from 0 to $\alpha$.
    """
    G = [partial_integral(n + k, b, alpha) for k in (-1, 0, 1)]
    boundary = sin(alpha) * cos(alpha) ** n / (1 - b * cos(alpha)) ** (n + 1)
    return Equal((n + 1) * (1 - b**2) * G[2] - (2 * n + 1) * b * G[1] - n * G[0], boundary)


@claim("Problem 2.3, recurrence of the integrals to pi/2", ref="ps3-2.3-n",
       uses=[recurrence_to_a_bound])  # fmt: skip
@forall(n=integers(1), theta=ANGLE)
def recurrence_to_the_right_angle(n, theta):
    r"""$(n+1)(1-\cos^2\theta)G_{n+1} = (2n+1)\cos\theta\,G_n+nG_{n-1}$: at $\alpha = \pi/2$ the
    boundary term has the factor $\cos^n\alpha = 0$.
    """
    c = cos(theta)
    G = [partial_integral(n + k, c, pi / 2) for k in (-1, 0, 1)]
    return Equal((n + 1) * (1 - c**2) * G[2], (2 * n + 1) * c * G[1] + n * G[0]).assuming(
        recurrence_to_a_bound(n=n, b=c, alpha=pi / 2)
    )


@claim("Problem 2.3, the formula is the integral for every n", ref="ps3-2.3-n")
@forall(n=integers(0), c=SLOPE)
def formula_is_the_integral_for_every_n(n, c):
    r"""$\frac{d^n}{dc^n}\frac{\pi-\cos^{-1}c}{\sqrt{1-c^2}} =
    n!\int_0^{\pi/2}\frac{\cos^n\psi\,d\psi}{(1-c\cos\psi)^{n+1}}$, with $c = \cos\theta$ the
    formula of (3.3) on the left and the integral of step 3 on the right, without
    $\sin^{2n+1}\theta$.

    So the kernel for $n > 0$ is derived from that for $n = 0$: by induction on $n$, differentiating
    under the integral sign.
    """
    return Equal(derivative_in_the_cosine(n, c), factorial(n) * partial_integral(n, c, pi / 2))


@claim("Problem 2.3, the formula in the cosine", ref="ps3-J")
@forall(n=FiniteSet(0, 1, 2, 3, 4, 5), c=SLOPE)
def formula_in_the_cosine(n, c):
    r"""$J_n(\theta) = \sin^{2n+1}\theta\,\frac{d^n}{dc^n}\frac{\pi-\cos^{-1}c}{\sqrt{1-c^2}}$ at
    $\theta = \cos^{-1}c$.
    """
    return Equal(J(n, acos(c)), J_of_the_cosine(n, c))


@claim("Problem 2.3, closed forms for n = 4 and 5", ref="ps3-J")
@forall(n=FiniteSet(4, 5), theta=ANGLE)
def further_closed_forms(n, theta):
    r"""$J_4$ and $J_5$ from the derivative formula."""
    return Equal(J(n, theta), CLOSED_FORMS[n](theta))


@claim("Problem 2.3, limit at opposite vectors", ref="ps3-J")
@forall(n=FiniteSet(0, 1, 2, 3, 4, 5))
def limit_for_opposite_vectors(n):
    r"""$J_n(\theta)\to0$ as $\theta\to\pi$, for the derivative formula itself."""
    return Equal(Limit(J(n, THETA), THETA, pi, "-"), 0)


@claim("Problem 2.3, limit at parallel vectors", ref="ps3-J")
@forall(n=FiniteSet(0, 1, 2, 3, 4, 5))
def limit_for_parallel_vectors(n):
    r"""$J_n(\theta)\to(2n-1)!!\,\pi = \frac{(2n)!}{2^nn!}\,\pi$ as $\theta\to0$."""
    value = factorial(2 * n) / (2**n * factorial(n)) * pi
    return Equal(Limit(J(n, THETA), THETA, 0, "+"), value)


@claim("Problem 2.3, limit of the integral at opposite vectors", ref="ps3-J")
@forall(n=integers(0))
def limit_of_the_integral_for_opposite_vectors(n):
    r"""$J_n(\theta)\to0$ as $\theta\to\pi$ for every $n$, for the integral of step 3."""
    return Equal(Limit(J_integral(n, THETA), THETA, pi, "-"), 0)


@claim("Problem 2.3, at the right end", ref="ps3-J")
@forall(n=FiniteSet(0, 1, 2, 3, 4, 5))
def vanishes_for_opposite_vectors(n):
    r"""The closed forms give $J_n(\pi) = 0$: the formula itself divides by $\sin\pi = 0$."""
    return Equal(CLOSED_FORMS[n](pi), 0)


@claim("Problem 2.3, at the left end", ref="ps3-J")
@forall(n=FiniteSet(0, 1, 2, 3, 4, 5))
def double_factorial_for_parallel_vectors(n):
    r"""The closed forms give $J_n(0) = (2n-1)!!\,\pi = \frac{(2n)!}{2^nn!}\,\pi$."""
    return Equal(CLOSED_FORMS[n](0), factorial(2 * n) / (2**n * factorial(n)) * pi)


@claim("Problem 2.3, at the left end, every n", ref="ps3-J",
       uses=[recurrence_of_the_derivative_formula_step])  # fmt: skip
@forall(n=integers(0))
def double_factorial_recurrence(n):
    r"""$J_{n+1}(0) = (2n+1)J_n(0)$, the recurrence at $\theta = 0$, is that of $(2n-1)!!$."""
    following = factorial(2 * n + 2) / (2 ** (n + 1) * factorial(n + 1))
    return Equal(following, (2 * n + 1) * factorial(2 * n) / (2**n * factorial(n)))


@claim("Problem 2.3, the formula at parallel vectors", ref="ps3-J",
       expect="undefined", corrected_by=double_factorial_for_parallel_vectors)  # fmt: skip
@forall(n=FiniteSet(1), theta=Interval.Ropen(0, pi))
def formula_at_parallel_vectors(n, theta):
    r"""Parallel vectors are not excluded, but the formula divides by $\sin0$: only a limit
    exists.
    """
    return Equal(J(n, theta), CLOSED_FORMS[n](theta))


@claim("Problem 2.3, slope", ref="ps3-J")
@forall(n=FiniteSet(1, 2, 3, 4, 5), theta=ANGLE)
def slope_is_the_previous_one(n, theta):
    r"""$J_n' = -n^2\sin\theta\,J_{n-1}$."""
    slope = Derivative(CLOSED_FORMS[n](theta), theta)
    return Equal(slope, -(n**2) * sin(theta) * CLOSED_FORMS[n - 1](theta))


@claim("Problem 2.3, slope for every n", ref="ps3-J",
       uses=[recurrence_of_the_derivative_formula_step])  # fmt: skip
@forall(n=integers(1), theta=ANGLE, before=Reals, value=Reals)
def slope_is_the_previous_one_for_every_n(n, theta, before, value):
    r"""$J_n' = -n^2\sin\theta\,J_{n-1}$, from the two recurrences."""
    after = (2 * n + 1) * cos(theta) * value + n**2 * sin(theta) ** 2 * before
    return Equal(slope_of(n, theta, value, after), -(n**2) * sin(theta) * before)


@claim("Problem 2.3, positivity", ref="ps3-J", uses=[formula_is_the_integral_for_every_n])
@forall(n=integers(0), theta=ANGLE)
def integral_is_positive(n, theta):
    r"""$J_n > 0$ on $(0,\pi)$ for every $n$: the integrand of step 3 is."""
    return Greater(J_integral(n, theta), 0)


@claim("Problem 2.3, slope of the integral", ref="ps3-J")
@forall(n=integers(0), c=SLOPE)
def slope_of_the_integral(n, c):
    r"""$\frac{d}{dc}\,n!\,G_n = (n+1)!\,G_{n+1}$ for $G_n =
    \int_0^{\pi/2}\frac{\cos^n\psi\,d\psi}{(1-c\cos\psi)^{n+1}}$, under the integral sign.
    """
    slope = Derivative(factorial(n) * partial_integral(n, c, pi / 2), c)
    return Equal(slope, factorial(n + 1) * partial_integral(n + 1, c, pi / 2))


@claim("Problem 2.3, monotonicity", ref="ps3-J",
       uses=[slope_is_the_previous_one_for_every_n, integral_is_positive])  # fmt: skip
@forall(n=integers(1), theta=ANGLE)
def formula_decreases(n, theta):
    r"""$J_n' = -n^2\sin\theta\,J_{n-1} < 0$ on $(0,\pi)$: the kernel falls as the angle opens."""
    return Less(-(n**2) * sin(theta) * J_integral(n - 1, theta), 0)


@claim("Problem 2.3, monotonicity for n = 0", ref="ps3-J", uses=[j0_integral])
@forall(first=ANGLE, second=ANGLE)
def first_one_decreases(first, second):
    r"""$J_0 = \pi-\theta$: the larger of two angles has the smaller value."""
    return Less(J_integral(0, second), J_integral(0, first)).assuming(
        Less(first, second), j0_integral(theta=first), j0_integral(theta=second)
    )
