r"""Slide 19: the prototypes sum to zero, and the feature is aligned with its own."""

from sympy import Interval, Reals, Symbol

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    MULTIPLIER,
    POSITIVE,
    SAMPLES,
    all_equal,
    directed,
    eqn1,
    feature,
    frame,
    label,
    over,
    softmax_values,
)
from claims.neural_collapse_terminus.s07_case_two import on_the_sphere
from claims.neural_collapse_terminus.s10_equal_probabilities import common_probability_times
from proofcheck import Equal, Greater, NotEqual, claim, forall
from proofcheck.vectors import inner, summed

UNIT = Interval.open(0, 1)


@claim("Slide 19, W 1_K = 0_d (printed W_WTF for W_ETF)", ref="nct-W1")
@forall(K=CLASSES, w=frame)
def prototypes_sum_to_zero(K, w):
    r"""$\hat W_{ETF} \mathbf 1_K = \mathbf 0_d$: $\lVert \sum_j w_j \rVert^2 = 0$, from DEF1."""
    whole = over(lambda j: w[j], K)
    return Equal(inner(whole, whole), 0)


@claim("Slide 19, second display, repaired", ref="nct-W1-sum")
@forall(K=CLASSES, w=directed)
def sum_of_the_prototypes(K, w):
    r"""$\sum_{k=1}^K w_k = \mathbf 0_d$."""
    return Equal(over(lambda j: w[j], K), w.zero)


@claim("Slide 19, second display", ref="nct-W1-sum", expect="refuted",
       corrected_by=sum_of_the_prototypes)  # fmt: skip
@forall(K=CLASSES, w=directed, h=label)
def sum_without_an_index(K, w, h):
    r"""$\sum_{k=1}^K \hat w = \mathbf 0_d$, the index of $\hat w$ lost: K times one prototype."""
    j = Symbol("j", integer=True)
    return Equal(summed(w[h], (j, 1, K)), w.zero)


@claim("Slide 19, EQN1 again, repaired", ref="nct-align-a")
@forall(K=CLASSES, w=directed, k=label, p_k=UNIT, q=UNIT, m=feature, N=SAMPLES, lamda=POSITIVE)
def eqn1_with_the_common_probability(K, w, k, p_k, q, m, N, lamda):
    r"""EQN1 with $p_j = \frac{1 - p_k}{K-1}$: both sums are the same vector (and m is back)."""
    pull = 2 * N * lamda * m
    return Equal(
        over(lambda j: q * (w[j] - w[k]), K, k) + pull,
        over(lambda j: (1 - p_k) / (K - 1) * (w[j] - w[k]), K, k) + pull,
    ).assuming(Equal(q, (1 - p_k) / (K - 1)))


@claim("Slide 19, EQN1 again, the probabilities put in", ref="nct-align-a",
       uses=[common_probability_times])  # fmt: skip
@forall(K=CLASSES, w=directed, k=label, h=label, p=softmax_values, m=feature, N=SAMPLES,
        lamda=POSITIVE)  # fmt: skip
def eqn1_with_equal_probabilities(K, w, k, h, p, m, N, lamda):
    r"""If all $p_j$ with $j \ne k$ are the same, the left side of EQN1 is
    $\sum_{j \ne k} \frac{1 - p_k}{K-1} (w_j - w_k) + 2 N \lambda m$."""
    share = (1 - p[k]) / (K - 1)
    return Equal(
        eqn1(m, k, p, N, lamda), over(lambda j: share * (w[j] - w[k]), K, k) + 2 * N * lamda * m
    ).assuming(NotEqual(h, k), all_equal(h, k, p, K), common_probability_times(K=K, k=k, h=h, p=p))


@claim("Slide 19, EQN1 again", ref="nct-align-a", expect="ill-typed",
       corrected_by=eqn1_with_the_common_probability)  # fmt: skip
@forall(K=CLASSES, w=directed, k=label, p_k=UNIT, N=SAMPLES, lamda=POSITIVE)
def eqn1_again_as_printed(K, w, k, p_k, N, lamda):
    r"""$\sum_{j \ne k} \frac{1 - p_k}{K-1} (w_j - w_k) + 2 N \lambda = 0$."""
    return Equal(over(lambda j: (1 - p_k) / (K - 1) * (w[j] - w[k]), K, k) + 2 * N * lamda, w.zero)


@claim("Slide 19, with the sum of the prototypes, repaired", ref="nct-align-b")
@forall(K=CLASSES, w=directed, k=label, p_k=UNIT, m=feature, N=SAMPLES, lamda=POSITIVE)
def others_summed_up(K, w, k, p_k, m, N, lamda):
    r"""$\sum_{j \ne k} \frac{1 - p_k}{K-1} (w_j - w_k) + 2 N \lambda m
    = \frac{1 - p_k}{K-1} [-w_k - w_k (K-1)] + 2 N \lambda m$."""
    share, pull = (1 - p_k) / (K - 1), 2 * N * lamda * m
    return Equal(
        over(lambda j: share * (w[j] - w[k]), K, k) + pull,
        share * (-w[k] - w[k] * (K - 1)) + pull,
    )


@claim("Slide 19, with the sum of the prototypes", ref="nct-align-b", expect="ill-typed",
       corrected_by=others_summed_up)  # fmt: skip
@forall(K=CLASSES, w=directed, k=label, p_k=UNIT, N=SAMPLES, lamda=POSITIVE)
def others_summed_up_as_printed(K, w, k, p_k, N, lamda):
    r"""$\frac{1 - p_k}{K-1} [-w_k - w_k (K-1)] + 2 N \lambda = 0$."""
    return Equal((1 - p_k) / (K - 1) * (-w[k] - w[k] * (K - 1)) + 2 * N * lamda, w.zero)


@claim("Slide 20, first line, repaired", ref="nct-align-c")
@forall(K=CLASSES, w=directed, k=label, p_k=UNIT, m=feature, N=SAMPLES, lamda=POSITIVE)
def pull_towards_the_prototype(K, w, k, p_k, m, N, lamda):
    r"""$\frac{1 - p_k}{K-1} [-w_k - w_k (K-1)] + 2 N \lambda m
    = -\frac{K}{K-1} (1 - p_k) w_k + 2 N \lambda m$."""
    pull = 2 * N * lamda * m
    return Equal(
        (1 - p_k) / (K - 1) * (-w[k] - w[k] * (K - 1)) + pull,
        -K / (K - 1) * (1 - p_k) * w[k] + pull,
    )


@claim("Slide 20, first line", ref="nct-align-c", expect="ill-typed",
       corrected_by=pull_towards_the_prototype)  # fmt: skip
@forall(K=CLASSES, w=directed, k=label, p_k=UNIT, N=SAMPLES, lamda=POSITIVE)
def pull_towards_the_prototype_as_printed(K, w, k, p_k, N, lamda):
    r"""$-\frac{K}{K-1} (1 - p_k) w_k + 2 N \lambda = 0$."""
    return Equal(-K / (K - 1) * (1 - p_k) * w[k] + 2 * N * lamda, w.zero)


@claim("Slide 20, alignment", ref="nct-align",
       uses=[others_summed_up, pull_towards_the_prototype])  # fmt: skip
@forall(K=CLASSES, w=directed, k=label, p_k=UNIT, m=feature, N=SAMPLES, lamda=POSITIVE)
def aligned(K, w, k, p_k, m, N, lamda):
    r"""m is aligned with $w_k$: $m = c w_k$ with $c = \frac{K (1 - p_k)}{2 N \lambda (K-1)}$
    along every vector t along which EQN1 with the common probability holds."""
    line = {"K": K, "w": w, "k": k, "p_k": p_k, "m": m, "N": N, "lamda": lamda}
    c = K * (1 - p_k) / (2 * N * lamda * (K - 1))
    left = over(lambda j: (1 - p_k) / (K - 1) * (w[j] - w[k]), K, k) + 2 * N * lamda * m
    return Equal(m, c * w[k]).assuming(
        Equal(inner(left, w.direction), 0),
        others_summed_up(**line),
        pull_towards_the_prototype(**line),
    )


@claim("Slide 20, alignment", ref="nct-align")
@forall(K=CLASSES, p_k=UNIT, N=SAMPLES, lamda=POSITIVE)
def aligned_with_positive_sign(K, p_k, N, lamda):
    r"""The factor c is positive, so m points the way of $w_k$ and not the opposite one."""
    return Greater(K * (1 - p_k) / (2 * N * lamda * (K - 1)), 0)


@claim("Slide 20, second line, repaired", ref="nct-align-1")
@forall(K=CLASSES, w=frame, k=label, c=POSITIVE)
def product_with_the_own_prototype(K, w, k, c):
    r"""If $m = c w_k$ with c > 0 and $\lVert m \rVert^2 = 1$, then $m^T w_k = 1$."""
    m = c * w[k]
    return Equal(inner(m, w[k]), 1).assuming(Equal(inner(m, m), 1))


@claim("Slide 20, second line", ref="nct-align-1", expect="refuted",
       corrected_by=product_with_the_own_prototype)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, c=Reals)
def product_by_alignment_alone(K, w, k, c):
    r"""If m is aligned with $w_k$, $m = c w_k$, then $m^T w_k = 1$: it needs the norm, slide 11,
    and the sign of c."""
    return Equal(inner(c * w[k], w[k]), 1)


@claim("Slide 20, second line, in numbers", ref="nct-align-1",
       uses=[on_the_sphere, aligned_with_positive_sign])  # fmt: skip
@forall(K=CLASSES, p_k=UNIT, N=SAMPLES, lamda=POSITIVE, n=MULTIPLIER, x_k=Reals)
def own_product(K, p_k, N, lamda, n, x_k):
    r"""$x_k = m^T w_k = 1$: along $w_k$ and along m the alignment says $x_k = c$ and
    $n = \lVert m \rVert^2 = c x_k$, and n = 1 by complementary slackness, c > 0."""
    c = K * (1 - p_k) / (2 * N * lamda * (K - 1))
    return Equal(x_k, 1).assuming(
        Equal(lamda * (n - 1), 0),
        Equal(x_k, c),
        Equal(n, c * x_k),
        on_the_sphere(lamda=lamda, n=n),
        aligned_with_positive_sign(K=K, p_k=p_k, N=N, lamda=lamda),
    )
