r"""Before Problem 2.3: the arc-cosine kernel (3.2), its printed form (3.3), and $J_n$."""

from sympy import FiniteSet, Interval, oo, pi

from claims.problem_set_3._definitions import (
    CLOSED_FORMS,
    J,
    arc_cosine_kernel,
)
from proofcheck import Equal, claim, forall, instances

ANGLE = Interval.open(0, pi)
NORM = Interval.open(0, oo)


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
