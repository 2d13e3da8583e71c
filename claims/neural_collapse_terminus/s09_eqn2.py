r"""Slides 12 to 14: EQN1 times a prototype of another class, and EQN2."""

from sympy import Reals

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    SAMPLES,
    eqn1,
    eqn2_holds,
    feature,
    frame,
    label,
    over,
    softmax_values,
    times,
)
from proofcheck import Equal, NotEqual, calc, claim, forall
from proofcheck.vectors import inner


@claim("Slide 13, first display, first line", ref="nct-sum1")
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values)
def own_term_apart(K, w, k, h, p):
    r"""$\sum_{j \ne k} p_j w_j^T w_{j'}
    = p_{j'} w_{j'}^T w_{j'} + \sum_{j \ne k, j'} p_j w_j^T w_{j'}$ for $j' \ne k$."""
    rest = over(lambda j: p[j] * inner(w[j], w[h]), K, k, h)
    return Equal(
        over(lambda j: p[j] * inner(w[j], w[h]), K, k), p[h] * inner(w[h], w[h]) + rest
    ).assuming(NotEqual(h, k))


@claim("Slide 13, first display, second line", ref="nct-sum2")
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values)
def products_with_the_others(K, w, k, h, p):
    r"""It is $p_{j'} - \frac{1}{K-1} (1 - p_{j'} - p_k)$."""
    return Equal(
        over(lambda j: p[j] * inner(w[j], w[h]), K, k), p[h] - (1 - p[h] - p[k]) / (K - 1)
    ).assuming(NotEqual(h, k))


@claim("Slide 13, first display, third line, repaired", ref="nct-sum3")
@forall(K=CLASSES, k=label, h=label, p=softmax_values)
def products_collected(K, k, h, p):
    r"""$= \frac{K}{K-1} p_{j'} + \frac{p_k}{K-1} - \frac{1}{K-1}$, with the "=" and the capital
    K that the slide loses."""
    return Equal(
        p[h] - (1 - p[h] - p[k]) / (K - 1), K / (K - 1) * p[h] + p[k] / (K - 1) - 1 / (K - 1)
    )


@claim("Slide 13, first display, third line", ref="nct-sum3", expect="refuted",
       corrected_by=products_collected)  # fmt: skip
@forall(K=CLASSES, k=label, h=label, p=softmax_values)
def products_collected_as_printed(K, k, h, p):
    r"""$\frac{K}{K-1} p_{j'} + \frac{p_k}{K-1} - \frac{1}{k-1}$: k is the class, and may be 1."""
    return Equal(
        p[h] - (1 - p[h] - p[k]) / (K - 1), K / (K - 1) * p[h] + p[k] / (K - 1) - 1 / (k - 1)
    )


@claim("Slide 13, second display", ref="nct-sum4")
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values)
def product_with_the_own(K, w, k, h, p):
    r"""$\sum_{j \ne k} p_j w_k^T w_{j'} = w_k^T w_{j'} \sum_{j \ne k} p_j
    = -\frac{1 - p_k}{K-1}$ for $j' \ne k$."""
    return calc(
        over(lambda j: p[j] * inner(w[k], w[h]), K, k),
        inner(w[k], w[h]) * over(lambda j: p[j], K, k),
        -(1 - p[k]) / (K - 1),
    ).assuming(NotEqual(h, k))


@claim("Slide 14, first line, repaired", ref="nct-comb")
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values, m=feature, N=SAMPLES, lamda=Reals)
def put_together(K, w, k, h, p, m, N, lamda):
    r"""EQN1 times $w_{j'}$: minus a negative product is plus, and the last denominator is K - 1."""
    x = inner(m, w[h])
    others = K / (K - 1) * p[h] + p[k] / (K - 1) - 1 / (K - 1)
    return Equal(
        inner(eqn1(m, k, p, N, lamda), w[h]), others + (1 - p[k]) / (K - 1) + 2 * N * lamda * x
    ).assuming(NotEqual(h, k))


@claim("Slide 14, first line", ref="nct-comb", expect="refuted", corrected_by=put_together)
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values, m=feature, N=SAMPLES, lamda=Reals)
def put_together_as_printed(K, w, k, h, p, m, N, lamda):
    r"""$\frac{K}{K-1} p_{j'} + \frac{p_k}{K-1} - \frac{1}{k-1} + \frac{-1}{K-1} (1 - p_k)
    + 2 N \lambda m^T w_{j'} = 0$: a lost sign, and k for K."""
    x = inner(m, w[h])
    others = K / (K - 1) * p[h] + p[k] / (K - 1) - 1 / (k - 1)
    return Equal(others - (1 - p[k]) / (K - 1) + 2 * N * lamda * x, 0).assuming(
        NotEqual(h, k), times(w[h], m, k, p, N, lamda)
    )


@claim("Slide 14, EQN2", ref="nct-eqn2")
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values, m=feature, N=SAMPLES, lamda=Reals)
def eqn2(K, w, k, h, p, m, N, lamda):
    r"""$\frac{K}{K-1} p_{j'} + 2 N \lambda m^T w_{j'} = 0$ for every $j' \ne k$."""
    return eqn2_holds(K, N, lamda, p[h], inner(m, w[h])).assuming(
        NotEqual(h, k), times(w[h], m, k, p, N, lamda)
    )


@claim("Slide 15, first line", ref="nct-pj")
@forall(K=CLASSES, N=SAMPLES, lamda=Reals, p_h=Reals, x_h=Reals)
def probability_from_the_product(K, N, lamda, p_h, x_h):
    r"""$p_{j'} = -\frac{2 N \lambda m^T w_{j'} (K-1)}{K}$ (printed $p_j'$), from EQN2
    for the numbers $p_{j'}$ and $x_{j'} = m^T w_{j'}$."""
    return Equal(p_h, -2 * N * lamda * x_h * (K - 1) / K).assuming(
        eqn2_holds(K, N, lamda, p_h, x_h)
    )
