r"""Problem 2.3, every $n$: the value of $J_n$ for parallel vectors.

As the integral over the angle $\phi$ of (3.2), $J_n$ is continuous up to $\theta = 0$; there it is
Wallis's integral of $\cos^{2n}\phi$.
"""

from sympy import Integral, Interval, Limit, Symbol, cos, factorial, pi, sin

from claims.problem_set_3._definitions import J_integral
from claims.problem_set_3.problem_2_3_6_kernel import integral_over_the_angle, over_the_angle
from proofcheck import Equal, claim, forall, integers, throughout

ANGLE = Interval.open(0, pi)
PHI = Symbol("phi", real=True)
THETA = Symbol("theta", real=True)


def wallis_integral(n, alpha):
    r"""Return $\int_{-\pi/2}^\alpha\cos^{2n}\phi\,d\phi$."""
    return Integral(cos(PHI) ** (2 * n), (PHI, -pi / 2, alpha))


@claim("Problem 2.3, powers of the cosine to a bound", ref="ps3-J")
@forall(n=integers(0), alpha=Interval(-pi / 2, pi / 2))
def wallis_to_a_bound(n, alpha):
    r"""$(2n+2)\int_{-\pi/2}^\alpha\cos^{2n+2}\phi\,d\phi =
    (2n+1)\int_{-\pi/2}^\alpha\cos^{2n}\phi\,d\phi+\sin\alpha\cos^{2n+1}\alpha$, by parts.
    """
    before, after = wallis_integral(n, alpha), wallis_integral(n + 1, alpha)
    boundary = sin(alpha) * cos(alpha) ** (2 * n + 1)
    return Equal((2 * n + 2) * after, (2 * n + 1) * before + boundary)


@claim("Problem 2.3, Wallis's recurrence", ref="ps3-J", uses=[wallis_to_a_bound])
@forall(n=integers(0))
def wallis_recurrence(n):
    r"""$(2n+2)\int_{-\pi/2}^{\pi/2}\cos^{2n+2}\phi\,d\phi =
    (2n+1)\int_{-\pi/2}^{\pi/2}\cos^{2n}\phi\,d\phi$.
    """
    before, after = wallis_integral(n, pi / 2), wallis_integral(n + 1, pi / 2)
    return Equal((2 * n + 2) * after, (2 * n + 1) * before).assuming(
        wallis_to_a_bound(n=n, alpha=pi / 2)
    )


@claim("Problem 2.3, Wallis's integral", ref="ps3-J", uses=[wallis_recurrence])
@forall(n=integers(0))
def wallis_value(n):
    r"""$2^nn!\int_{-\pi/2}^{\pi/2}\cos^{2n}\phi\,d\phi = \frac{(2n)!}{2^nn!}\,\pi$: induction."""
    value = factorial(2 * n) / (2**n * factorial(n)) * pi
    return Equal(2**n * factorial(n) * wallis_integral(n, pi / 2), value).assuming(
        throughout(integers(0), lambda j: wallis_recurrence(n=j))
    )


@claim("Problem 2.3, the integral over the angle for every n", ref="ps3-J",
       uses=[integral_over_the_angle])  # fmt: skip
@forall(n=integers(0), theta=ANGLE)
def integral_of_the_angle(n, theta):
    r"""$J_n(\theta) = 2^nn!\int_{\theta-\pi/2}^{\pi/2}(\cos\phi\cos(\phi-\theta))^n\,d\phi$."""
    value = 2**n * factorial(n) * over_the_angle(n, theta)
    return Equal(J_integral(n, theta), value).assuming(integral_over_the_angle(n=n, theta=theta))


@claim("Problem 2.3, limit at parallel vectors for every n", ref="ps3-J",
       uses=[integral_of_the_angle, wallis_value])  # fmt: skip
@forall(n=integers(0))
def limit_for_parallel_vectors_for_every_n(n):
    r"""$J_n(\theta)\to(2n-1)!!\,\pi = \frac{(2n)!}{2^nn!}\,\pi$ as $\theta\to0$, for every $n$."""
    function = 2**n * factorial(n) * over_the_angle(n, THETA)
    value = factorial(2 * n) / (2**n * factorial(n)) * pi
    return Equal(Limit(function, THETA, 0, "+"), value).assuming(wallis_value(n=n))
