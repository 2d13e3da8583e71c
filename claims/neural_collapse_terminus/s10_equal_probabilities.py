r"""Slides 15 and 16: e^x/x, and why all classes but k have the same probability."""

from sympy import Interval, Reals, exp, oo

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    POSITIVE,
    SAMPLES,
    all_equal,
    eqn2_holds,
    feature,
    frame,
    label,
    partition,
    softmax,
    softmax_of,
    softmax_values,
    times,
)
from claims.neural_collapse_terminus.s09_eqn2 import eqn2, probability_from_the_product
from proofcheck import Equal, Less, NotEqual, claim, forall
from proofcheck.vectors import inner

BELOW_ONE = Interval.open(-oo, 1)
NEGATIVE = Interval.open(-oo, 0)
OPEN_UNIT = Interval.open(0, 1)


@claim("Slide 15, second line, first sign", ref="nct-ratio", uses=[probability_from_the_product])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_h=OPEN_UNIT, p_l=OPEN_UNIT, x_h=Reals, x_l=Reals)
def ratio_of_probabilities(K, N, lamda, p_h, p_l, x_h, x_l):
    r"""$\frac{p_{j_1}}{p_{j_2}} = \frac{m^T w_{j_1}}{m^T w_{j_2}}$, from EQN2 for both; the
    denominator is not 0, for $p_{j_2}$ is not."""
    return Equal(p_h / p_l, x_h / x_l).assuming(
        eqn2_holds(K, N, lamda, p_h, x_h),
        eqn2_holds(K, N, lamda, p_l, x_l),
        probability_from_the_product(K=K, N=N, lamda=lamda, p_h=p_h, x_h=x_h),
        probability_from_the_product(K=K, N=N, lamda=lamda, p_h=p_l, x_h=x_l),
    )


@claim("Slide 15, second line, second sign", ref="nct-ratio")
@forall(K=CLASSES, w=frame, h=label, g=label, m=feature)
def ratio_of_softmax_values(K, w, h, g, m):
    r"""$\frac{p_{j_1}}{p_{j_2}} = \frac{\exp(m^T w_{j_1})}{\exp(m^T w_{j_2})}$."""
    return Equal(softmax(m, h) / softmax(m, g), exp(inner(m, w[h])) / exp(inner(m, w[g])))


@claim("Slide 15, second line, both signs, from the definition", ref="nct-ratio")
@forall(p_h=OPEN_UNIT, p_l=OPEN_UNIT, e_h=POSITIVE, e_l=POSITIVE, Z=POSITIVE)
def ratio_from_the_definition(p_h, p_l, e_h, e_l, Z):
    r"""$\frac{p_{j_1}}{p_{j_2}} = \frac{e_{j_1}}{e_{j_2}}$ for $p_j = \frac{e_j}{Z}$, here with
    $e_j = \exp(m^T w_j)$."""
    return Equal(p_h / p_l, e_h / e_l).assuming(Equal(p_h, e_h / Z), Equal(p_l, e_l / Z))


@claim("Slide 15, from EQN2", ref="nct-mono", uses=[probability_from_the_product])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_l=OPEN_UNIT, x_l=Reals)
def other_products_are_negative(K, N, lamda, p_l, x_l):
    r"""All $x_j$ with $j \ne k$ are negative: $2 N \lambda x_j = -\frac{K}{K-1} p_j < 0$."""
    return Less(x_l, 0).assuming(
        eqn2_holds(K, N, lamda, p_l, x_l),
        probability_from_the_product(K=K, N=N, lamda=lamda, p_h=p_l, x_h=x_l),
    )


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


@claim("Slide 15, last line", ref="nct-equal")
@forall(x=NEGATIVE, h=Reals)
def equal_quotients(x, h):
    r"""Hence f takes no value twice there: if $e^y / y = e^x / x$ for two negative numbers x and
    y = x + h, then h = 0."""
    return Equal(h, 0).assuming(Less(x + h, 0), Equal(exp(x + h) / (x + h), exp(x) / x))


@claim("Slide 15, last line, from the ratios to the quotients", ref="nct-equal")
@forall(x=NEGATIVE, y=NEGATIVE)
def products_crosswise(x, y):
    r"""$\frac yx = \frac{e^y}{e^x}$ gives $y e^x = x e^y$ ..."""
    return Equal(y * exp(x), x * exp(y)).assuming(Equal(y / x, exp(y) / exp(x)))


@claim("Slide 15, last line, from the ratios to the quotients", ref="nct-equal")
@forall(x=NEGATIVE, y=NEGATIVE)
def quotients_from_products(x, y):
    r"""... and this gives $\frac{e^y}{y} = \frac{e^x}{x}$."""
    return Equal(exp(y) / y, exp(x) / x).assuming(Equal(y * exp(x), x * exp(y)))


@claim("Slide 15, last line", ref="nct-equal",
       uses=[ratio_of_probabilities, other_products_are_negative, products_crosswise,
             quotients_from_products, equal_quotients])  # fmt: skip
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_h=OPEN_UNIT, p_l=OPEN_UNIT, x_h=Reals, x_l=Reals)
def equal_products(K, N, lamda, p_h, p_l, x_h, x_l):
    r"""$x_{j_1} = x_{j_2}$ for all $j_1, j_2 \ne k$: EQN2 holds for both, and
    $\frac{p_{j_1}}{p_{j_2}} = \frac{\exp x_{j_1}}{\exp x_{j_2}}$ (``ratio_of_softmax_values``)."""
    line = {"K": K, "N": N, "lamda": lamda}
    return Equal(x_h - x_l, 0).assuming(
        eqn2_holds(K, N, lamda, p_h, x_h),
        eqn2_holds(K, N, lamda, p_l, x_l),
        Equal(p_h / p_l, exp(x_h) / exp(x_l)),
        other_products_are_negative(**line, p_l=p_h, x_l=x_h),
        other_products_are_negative(**line, p_l=p_l, x_l=x_l),
        ratio_of_probabilities(**line, p_h=p_h, p_l=p_l, x_h=x_h, x_l=x_l),
        products_crosswise(x=x_l, y=x_h),
        quotients_from_products(x=x_l, y=x_h),
        equal_quotients(x=x_l, h=x_h - x_l),
    )


@claim("Slide 15, last line", ref="nct-equal", uses=[probability_from_the_product, equal_products])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_h=OPEN_UNIT, p_l=OPEN_UNIT, x_h=Reals, x_l=Reals)
def equal_probabilities(K, N, lamda, p_h, p_l, x_h, x_l):
    r"""$p_{j_1} = p_{j_2}$ follows from $x_{j_1} = x_{j_2}$ and EQN2 for both."""
    line = {"K": K, "N": N, "lamda": lamda}
    return Equal(p_h, p_l).assuming(
        eqn2_holds(K, N, lamda, p_h, x_h),
        eqn2_holds(K, N, lamda, p_l, x_l),
        Equal(p_h / p_l, exp(x_h) / exp(x_l)),
        probability_from_the_product(**line, p_h=p_h, x_h=x_h),
        probability_from_the_product(**line, p_h=p_l, x_h=x_l),
        equal_products(**line, p_h=p_h, p_l=p_l, x_h=x_h, x_l=x_l),
    )


@claim("Slide 15, last line, for two classes", ref="nct-equal",
       uses=[eqn2, ratio_from_the_definition, equal_probabilities])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, g=label, h=label, p=softmax_values, m=feature, N=SAMPLES,
        lamda=POSITIVE)  # fmt: skip
def equal_probabilities_of_classes(K, w, k, g, h, p, m, N, lamda):
    r"""$p_{j_1} = p_{j_2}$ for all $j_1, j_2 \ne k$ (here g and h), from EQN1 times $w_{j_1}$ and
    times $w_{j_2}$, and the definition of the probabilities."""
    x_g, x_h = inner(m, w[g]), inner(m, w[h])
    line = {"K": K, "N": N, "lamda": lamda}
    return Equal(p[g], p[h]).assuming(
        NotEqual(g, k),
        NotEqual(h, k),
        softmax_of(m, p),
        times(w[g], m, k, p, N, lamda),
        times(w[h], m, k, p, N, lamda),
        eqn2(**line, w=w, k=k, h=g, p=p, m=m),
        eqn2(**line, w=w, k=k, h=h, p=p, m=m),
        ratio_from_the_definition(p_h=p[g], p_l=p[h], e_h=exp(x_g), e_l=exp(x_h), Z=partition(m)),
        equal_probabilities(**line, p_h=p[g], p_l=p[h], x_h=x_g, x_l=x_h),
    )


@claim("Slide 16, first and second line", ref="nct-pj-val")
@forall(K=CLASSES, k=label, h=label, p=softmax_values)
def common_probability_times(K, k, h, p):
    r"""If all $p_j$ with $j \ne k$ are the same (``equal_probabilities_of_classes``), then
    $(K-1) p_{j'} = \sum_{j \ne k} p_j = 1 - p_k$."""
    return Equal((K - 1) * p[h], 1 - p[k]).assuming(NotEqual(h, k), all_equal(h, k, p, K))


@claim("Slide 16, third line", ref="nct-pj-val")
@forall(K=CLASSES, p_k=OPEN_UNIT, q=OPEN_UNIT)
def common_probability(K, p_k, q):
    r"""$(K-1) p_j = 1 - p_k$ gives $p_j = \frac{1 - p_k}{K-1}$."""
    return Equal(q, (1 - p_k) / (K - 1)).assuming(Equal((K - 1) * q, 1 - p_k))
