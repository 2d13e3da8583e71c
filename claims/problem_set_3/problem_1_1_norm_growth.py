r"""Problem 1.1: how the norms of the layers grow under gradient flow.

For $n$ samples, $f_i = f(W; x_i)$.  Scaling layer $k$ by $s > 0$ scales every $f_i$ by $s$, so
that $\langle W_k,\partial L/\partial W_k\rangle$ is the derivative of $\sum_ie^{-y_isf_i}$ at
$s = 1$.
"""

from sympy import Derivative, Heaviside, Interval, Max, Reals, Sum, Symbol, exp, oo

from claims.problem_set_3.problem_1_0_homogeneity import (
    any_slope_at_the_kink_will_do,
    euler_identity_along_the_ray,
)
from proofcheck import (
    Equal,
    Greater,
    GreaterEqual,
    LessEqual,
    Numbers,
    claim,
    forall,
    integers,
)

POSITIVE = Interval.open(0, oo)
i = Symbol("i", integer=True)  # the index of a sample


def half_rate(y, f, n):
    r"""Return $\sum_iy_if_ie^{-y_if_i}$, half of the rate of $\lVert W_k\rVert^2$."""
    return Sum(y[i] * f[i] * exp(-y[i] * f[i]), (i, 1, n))


@claim("Problem 1.1, rate of the squared norm", ref="ps3-1.1-hint",
       uses=[euler_identity_along_the_ray])  # fmt: skip
@forall(n=integers(1), y=lambda n: Numbers(n, Reals), f=lambda n: Numbers(n, Reals), s=POSITIVE)
def squared_norm_rate(n, y, f, s):
    r"""$\partial_t\lVert W_k\rVert^2 = -2\langle W_k,\partial L/\partial W_k\rangle
    = 2\sum_iy_if_ie^{-y_if_i}$: $k$ does not occur.

    Stated at $sW_k$: $-2s\,\frac{d}{ds}L = 2\sum_iy_i(sf_i)e^{-y_isf_i}$.
    """
    loss = Sum(exp(-y[i] * s * f[i]), (i, 1, n))
    rate = 2 * Sum(y[i] * s * f[i] * exp(-y[i] * s * f[i]), (i, 1, n))
    return Equal(-2 * s * Derivative(loss, s), rate)


@claim("Problem 1.1, two layers of one unit", ref="ps3-1.1-hint",
       uses=[squared_norm_rate, any_slope_at_the_kink_will_do])  # fmt: skip
@forall(n=integers(1), x=lambda n: Numbers(n, Reals), y=lambda n: Numbers(n, Reals),
        w_1=Reals, w_2=Reals)  # fmt: skip
def squared_norm_rates_agree_for_two_layers(n, x, y, w_1, w_2):
    r"""$w_1\dot w_1 = w_2\dot w_2$ for $f = w_2\sigma(w_1x)$ and $n$ samples, with $\sigma'(0)
    = 0$.
    """
    weight = y[i] * exp(-y[i] * w_2 * Max(0, w_1 * x[i]))
    first = w_1 * Sum(weight * w_2 * Heaviside(w_1 * x[i], 0) * x[i], (i, 1, n))
    second = w_2 * Sum(weight * Max(0, w_1 * x[i]), (i, 1, n))
    return Equal(first, second)


@claim("Problem 1.1, growth rate of the norms", ref="ps3-1.1-rate", uses=[squared_norm_rate])
@forall(rate=Reals, norm_1=POSITIVE, norm_2=POSITIVE)
def norm_rates_agree_for_equal_norms(rate, norm_1, norm_2):
    r"""$\partial_t\lVert W_k\rVert = \frac1{2\lVert W_k\rVert}\partial_t\lVert W_k\rVert^2$ is the
    same for all layers if all layers have the same norm, which 1.1 assumes.
    """
    return Equal(rate / (2 * norm_1), rate / (2 * norm_2)).assuming(Equal(norm_1, norm_2))


@claim("Problem 1.1, growth rate without equal norms",
       expect="refuted", corrected_by=norm_rates_agree_for_equal_norms)  # fmt: skip
@forall(rate=Reals, norm_1=POSITIVE, norm_2=POSITIVE)
def norm_rates_agree(rate, norm_1, norm_2):
    r"""Without the assumption of equal norms only the rates of the squared norms agree."""
    return Equal(rate / (2 * norm_1), rate / (2 * norm_2))


@claim("Problem 1.1, equal norms stay equal", ref="ps3-1.1-rate", uses=[squared_norm_rate])
@forall(t=Reals, rate=Reals, start=POSITIVE)
def norm_differences_are_conserved(t, rate, start):
    r"""$\partial_t(\lVert W_k\rVert^2-\lVert W_j\rVert^2) = 0$, both having the same rate."""
    first, second = start + rate * t, rate * t
    return Equal(Derivative(first, t) - Derivative(second, t), 0)


@claim("Problem 1.1, norms grow where the data are separated", ref="ps3-1.1-grow",
       uses=[squared_norm_rate])  # fmt: skip
@forall(n=integers(1), z=lambda n: Numbers(n, POSITIVE))
def norms_grow_while_separated(n, z):
    r"""$\sum_iz_ie^{-z_i} > 0$ for margins $z_i = y_if_i > 0$: separability makes norms grow."""
    return Greater(Sum(z[i] * exp(-z[i]), (i, 1, n)), 0)


@claim("Problem 1.1, do the norms grow in any case?",
       expect="refuted", corrected_by=norms_grow_while_separated)  # fmt: skip
@forall(n=integers(1), z=lambda n: Numbers(n, Reals))
def norms_grow_without_separability(n, z):
    r"""One sample with the margin $-1$ makes the norms shrink."""
    return Greater(Sum(z[i] * exp(-z[i]), (i, 1, n)), 0)


@claim("Problem 1.1, the loss does not grow", ref="ps3-1.1-grow")
@forall(m=integers(1), gradient=lambda m: Numbers(m, Reals))
def loss_does_not_grow(m, gradient):
    r"""$\dot L = -\lVert\nabla L\rVert^2\le0$ along the flow of $m$ weights."""
    return LessEqual(Sum(gradient[i] * (-gradient[i]), (i, 1, m)), 0)


@claim("Problem 1.1, a loss below 1 separates", ref="ps3-1.1-grow")
@forall(n=integers(1), z=lambda n: Numbers(n, Reals), j=lambda n: integers(1, n))
def one_term_is_below_the_loss(n, z, j):
    r"""$e^{-z_j}\le L$, so that $L < 1$ gives $z_j > 0$ for every sample."""
    return LessEqual(exp(-z[j]), Sum(exp(-z[i]), (i, 1, n)))


@claim("Problem 1.1, a lost sample costs 1", ref="ps3-1.1-grow")
@forall(z=Interval(-oo, 0))
def misclassified_sample_costs_one(z):
    r"""$e^{-z}\ge1$ for a margin $z\le0$."""
    return GreaterEqual(exp(-z), 1)


@claim("Problem 1.1, norms keep growing", ref="ps3-1.1-grow",
       uses=[norms_grow_while_separated, loss_does_not_grow, one_term_is_below_the_loss,
             misclassified_sample_costs_one])  # fmt: skip
@forall(z=Interval(-oo, 0), loss=POSITIVE)
def separability_persists_below_loss_one(z, loss):
    r"""Once $L < 1$, it stays so, every margin stays positive, and the norms **keep** growing:
    a sample with $z\le0$ would give $L\ge e^{-z}\ge1$.
    """
    return GreaterEqual(loss, 1).assuming(
        LessEqual(exp(-z), loss), misclassified_sample_costs_one(z=z)
    )


@claim("Problem 1.1, is separability kept?", ref="ps3-1.1-grow",
       expect="refuted", corrected_by=separability_persists_below_loss_one)  # fmt: skip
@forall(z_2=POSITIVE)
def separability_persists(z_2):
    r""" "Keep growing" needs separability to last; for $f = \langle w, x\rangle$ it may be lost.

    Take $y_1x_1 = (1, 1)$ and $y_2x_2 = (-4, 1)$.  Where the first margin is 0 and the second
    is $z_2 > 0$, the first one moves at $\lVert x_1\rVert^2+\langle x_1,x_2\rangle e^{-z_2} =
    2-3e^{-z_2}$,
    which is negative for small $z_2$: the data were separated just before and are not just after.
    """
    return GreaterEqual(2 - 3 * exp(-z_2), 0)
