r"""Before Problem 2.3: the features, the arc-cosine kernel (3.2) as a limit, and $J_n$."""

from sympy import FiniteSet, Heaviside, Interval, Limit, Piecewise, Reals, Sum, Symbol, oo, pi

from claims.problem_set_3._definitions import CLOSED_FORMS, J
from proofcheck import Equal, claim, forall, integers

ANGLE = Interval.open(0, pi)
NORM = Interval.open(0, oo)
i = Symbol("i", integer=True)  # the index of a row
H = Symbol("h", positive=True)


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
    r"""$\frac1h\sum_{i=1}^h$ has the expectation (3.2) for every $h$."""
    return Equal(Sum(expectation, (i, 1, h)) / h, expectation)


@claim("(3.2), the limit repaired: convergence", ref="ps3-3.2")
@forall(variance=Interval(0, oo))
def variance_of_the_mean_vanishes(variance):
    r"""$\frac1h\sum_{i=1}^h$ of independent rows has the variance $v/h\to0$ as $h\to\infty$: it
    converges to its expectation in the mean square.
    """
    return Equal(Limit(variance / H, H, oo), 0)


@claim("(3.2), the limit of many features", ref="ps3-3.2",
       expect="refuted", corrected_by=mean_over_the_rows)  # fmt: skip
@forall(h=integers(1), expectation=NORM)
def sum_over_the_rows(h, expectation):
    r"""As printed, the sum over the $h$ rows becomes the integral: its expectation is $h$ times
    that,
    and the limit $h\to\infty$ does not exist.  A factor $1/h$ is lost.
    """
    return Equal(Sum(expectation, (i, 1, h)), expectation)


@claim("Problem 2.3, formula for J_n", ref="ps3-J")
@forall(n=FiniteSet(0, 1, 2, 3), theta=ANGLE)
def closed_forms(n, theta):
    r"""The derivative formula gives $\pi-\theta$, $\sin\theta+(\pi-\theta)\cos\theta$, ...."""
    return Equal(J(n, theta), CLOSED_FORMS[n](theta))
