r"""Before Problem 2.3: the arc-cosine kernel (3.2), its printed form (3.3), and $J_n$."""

from sympy import FiniteSet, Heaviside, Interval, Piecewise, Reals, Sum, Symbol, oo, pi

from claims.problem_set_3._definitions import (
    CLOSED_FORMS,
    J,
    arc_cosine_kernel,
)
from proofcheck import Equal, claim, forall, instances, integers

ANGLE = Interval.open(0, pi)
NORM = Interval.open(0, oo)
I = Symbol("i", integer=True)  # noqa: E741  # the index of a row


@claim("Problem 2, the features' inner product", ref="ps3-2-sum")
@forall(n=integers(0), a=Reals, b=Reals)
def product_of_rectified_powers(n, a, b):
    r"""$\sigma(a)\sigma(b) = \Theta(a)\Theta(b)\,a^nb^n$ for each row: $a = \langle w_i,x\rangle$,
    $b = \langle w_i,y\rangle$, and $\sigma(z) = z^n$ for $z > 0$, else 0 (also for $n = 0$).
    """
    sigma_a, sigma_b = (Piecewise((z**n, z > 0), (0, True)) for z in (a, b))
    return Equal(sigma_a * sigma_b, Heaviside(a, 0) * Heaviside(b, 0) * a**n * b**n)


@claim("(3.2), the limit repaired", ref="ps3-3.2")
@forall(h=integers(1), expectation=NORM)
def mean_over_the_rows(h, expectation):
    r"""$\frac1h\sum_{i=1}^h$ has the expectation (3.2) for every $h$, and converges to it."""
    return Equal(Sum(expectation, (I, 1, h)) / h, expectation)


@claim("(3.2), the limit of many features", ref="ps3-3.2",
       expect="refuted", corrected_by=mean_over_the_rows)  # fmt: skip
@forall(h=integers(1), expectation=NORM)
def sum_over_the_rows(h, expectation):
    r"""As printed, the sum over the $h$ rows becomes the integral: its expectation is $h$ times
    that,
    and the limit $h\to\infty$ does not exist.  A factor $1/h$ is lost.
    """
    return Equal(Sum(expectation, (I, 1, h)), expectation)


@claim("Problem 2.3, formula for J_n", ref="ps3-J")
@forall(n=FiniteSet(0, 1, 2, 3), theta=ANGLE)
def closed_forms(n, theta):
    r"""The derivative formula gives $\pi-\theta$, $\sin\theta+(\pi-\theta)\cos\theta$, ...."""
    return Equal(J(n, theta), CLOSED_FORMS[n](theta))


@claim("(3.3) repaired: the factor is 1/(2 pi)", ref="ps3-3.3")
@forall(n=instances(range(3), "all n >= 0"), norm_x=NORM, norm_y=NORM, theta=ANGLE)
def kernel_with_half_the_factor(n, norm_x, norm_y, theta):
    r"""$k_n(x, y) = \frac1{2\pi}\lVert x\rVert^n\lVert y\rVert^nJ_n(\theta)$."""
    kernel = arc_cosine_kernel(n, norm_x, norm_y, theta)
    return Equal(kernel, norm_x**n * norm_y**n * J(n, theta) / (2 * pi))


@claim("(3.3)", ref="ps3-3.3", expect="refuted", corrected_by=kernel_with_half_the_factor)
@forall(n=FiniteSet(0, 1, 2), norm_x=NORM, norm_y=NORM, theta=ANGLE)
def kernel_as_printed(n, norm_x, norm_y, theta):
    r"""$k_n = \frac1\pi\lVert x\rVert^n\lVert y\rVert^nJ_n(\theta)$; at right angles $k_0 = 1/4$.

    For $n = 0$ the kernel is the probability that $w$ makes acute angles with both vectors.
    """
    kernel = arc_cosine_kernel(n, norm_x, norm_y, theta)
    return Equal(kernel, norm_x**n * norm_y**n * J(n, theta) / pi)
