r"""Slides 15 and 16: e^x/x, and why all classes but k have the same probability."""

from sympy import Interval, Reals, exp, oo

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    POSITIVE,
    SAMPLES,
    feature,
    frame,
    label,
    over,
    softmax,
)
from proofcheck import Equal, Less, claim, forall
from proofcheck.vectors import inner

BELOW_ONE = Interval.open(-oo, 1)
NEGATIVE = Interval.open(-oo, 0)
OPEN_UNIT = Interval.open(0, 1)


@claim("Slide 15, second line, first sign", ref="nct-ratio")
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_h=OPEN_UNIT, p_l=OPEN_UNIT, x_h=Reals, x_l=Reals)
def ratio_of_probabilities(K, N, lamda, p_h, p_l, x_h, x_l):
    r"""$\frac{p_{j_1}}{p_{j_2}} = \frac{m^T w_{j_1}}{m^T w_{j_2}}$, from EQN2 for both; the
    denominator is not 0, for $p_{j_2}$ is not."""
    return Equal(p_h / p_l, x_h / x_l).assuming(
        Equal(K / (K - 1) * p_h + 2 * N * lamda * x_h, 0),
        Equal(K / (K - 1) * p_l + 2 * N * lamda * x_l, 0),
    )


@claim("Slide 15, second line, second sign", ref="nct-ratio")
@forall(K=CLASSES, w=frame, h=label, g=label, m=feature)
def ratio_of_softmax_values(K, w, h, g, m):
    r"""$\frac{p_{j_1}}{p_{j_2}} = \frac{\exp(m^T w_{j_1})}{\exp(m^T w_{j_2})}$."""
    return Equal(softmax(m, h) / softmax(m, g), exp(inner(m, w[h])) / exp(inner(m, w[g])))


@claim("Slide 15, from EQN2", ref="nct-mono")
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_l=OPEN_UNIT, x_l=Reals)
def other_products_are_negative(K, N, lamda, p_l, x_l):
    r"""All $x_j$ with $j \ne k$ are negative: $2 N \lambda x_j = -\frac{K}{K-1} p_j < 0$."""
    return Less(x_l, 0).assuming(Equal(K / (K - 1) * p_l + 2 * N * lamda * x_l, 0))


@claim("Slide 15, the monotonicity, repaired", ref="nct-mono")
@forall(x=NEGATIVE, h=POSITIVE)
def decreasing_below_zero(x, h):
    r"""$f(x) = e^x / x$ strictly decreases where x < 0, and there all the $x_j$ with $j \ne k$
    lie: $f(x + h) < f(x)$ for $x < x + h < 0$."""
    return Less(exp(x + h) / (x + h), exp(x) / x).assuming(Less(x + h, 0))


@claim(
    "Slide 15, the monotonicity", ref="nct-mono",
    expect="refuted", corrected_by=decreasing_below_zero,
)  # fmt: skip
@forall(x=BELOW_ONE, y=BELOW_ONE)
def increasing_below_one(x, y):
    r"""$f(x) = e^x / x$ is monotonically increasing when x < 1."""
    return Less(exp(x) / x, exp(y) / y).assuming(Less(x, y))


@claim("Slide 15, last line", ref="nct-equal", uses=[decreasing_below_zero])
@forall(x=NEGATIVE, h=Reals)
def equal_products(x, h):
    r"""Hence $x_{j_1} = x_{j_2}$ for all $j_1, j_2 \ne k$: if $e^y / y = e^x / x$ for two negative
    numbers x and y = x + h, then h = 0."""
    return Equal(h, 0).assuming(Less(x + h, 0), Equal(exp(x + h) / (x + h), exp(x) / x))


@claim("Slide 15, last line", ref="nct-equal", uses=[equal_products])
@forall(K=CLASSES, N=SAMPLES, lamda=Reals, p_h=OPEN_UNIT, p_l=OPEN_UNIT, x_l=Reals, x_h=Reals)
def equal_probabilities(K, N, lamda, p_h, p_l, x_l, x_h):
    r"""$p_{j_1} = p_{j_2}$ follows from $x_{j_1} = x_{j_2}$ and EQN2 for both."""
    return Equal(p_h, p_l).assuming(
        Equal(K / (K - 1) * p_h + 2 * N * lamda * x_h, 0),
        Equal(K / (K - 1) * p_l + 2 * N * lamda * x_l, 0),
        Equal(x_h, x_l),
    )


@claim("Slide 16", ref="nct-pj-val", uses=[equal_probabilities])
@forall(K=CLASSES, k=label, q=Reals)
def common_probability_times(K, k, q):
    r"""If all $p_j$ with $j \ne k$ are the same q, then $\sum_{j \ne k} p_j = (K-1) q$."""
    return Equal(over(lambda j: q, K, k), (K - 1) * q)


@claim("Slide 16", ref="nct-pj-val", uses=[common_probability_times])
@forall(K=CLASSES, p_k=OPEN_UNIT, q=OPEN_UNIT)
def common_probability(K, p_k, q):
    r"""$(K-1) p_j = 1 - p_k$ gives $p_j = \frac{1 - p_k}{K-1}$."""
    return Equal(q, (1 - p_k) / (K - 1)).assuming(Equal((K - 1) * q, 1 - p_k))
