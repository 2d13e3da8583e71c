r"""Slides 9 and 10: the first case, lambda = 0, and why it cannot be."""

from sympy import Reals, S

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    MULTIPLIER,
    SAMPLES,
    Softmax,
    directed,
    distribution,
    feature,
    frame,
    gradient,
    label,
    over,
    softmax,
    softmax_values,
    stationary,
)
from proofcheck import Equal, Greater, Less, LessEqual, NotEqual, claim, forall
from proofcheck.vectors import inner


@claim("Slide 9, last line of the first display, with its condition", ref="nct-stat-drop")
@forall(K=CLASSES, w=directed, k=label, p=distribution, m=feature, N=SAMPLES)
def without_the_multiplier(K, w, k, p, m, N):
    r"""If $\lambda = 0$, Case 1, then N times the gradient is
    $\sum_{j \ne k} p_j w_j - (1 - p_k) w_k$, so that this vanishes where the gradient does."""
    pull = over(lambda j: p[j] * w[j], K, k)
    return Equal(N * gradient(m, k, p, N, S.Zero), pull - (1 - p[k]) * w[k])


@claim("Slide 9, last line of the first display", ref="nct-stat-drop", expect="refuted",
       corrected_by=without_the_multiplier)  # fmt: skip
@forall(K=CLASSES, w=directed, k=label)
def without_the_multiplier_as_printed(K, w, k):
    r"""The same before any case is made, where $2 \lambda m$ is lost: false at the minimiser
    $m = w_k$, where the gradient vanishes (``stationary_at_the_prototype``)."""
    p = Softmax(w[k])
    return Equal(over(lambda j: p[j] * w[j], K, k), (1 - p[k]) * w[k])


@claim("Slide 9, first line of Case 1", ref="nct-case1-a", uses=[without_the_multiplier])
@forall(K=CLASSES, w=directed, k=label, p=distribution, m=feature, N=SAMPLES)
def no_pull_left(K, w, k, p, m, N):
    r"""$\lambda = 0$ leaves $\sum_{j \ne k} p_j w_j = (1 - p_k) w_k$ along every vector t along
    which the gradient vanishes."""
    pull = over(lambda j: p[j] * w[j], K, k)
    return Equal(pull, (1 - p[k]) * w[k]).assuming(
        Equal(inner(gradient(m, k, p, N, S.Zero), w.direction), 0),
        without_the_multiplier(K=K, w=w, k=k, p=p, m=m, N=N),
    )


@claim("Slide 10, first line, repaired", ref="nct-case1-b", uses=[no_pull_left])
@forall(K=CLASSES, w=frame, k=label, p=distribution, m=feature, N=SAMPLES)
def times_own_prototype(K, w, k, p, m, N):
    r"""$\sum_{j \ne k} p_j w_j^T w_k = (1 - p_k) w_k^T w_k$: the line before it, along $w_k$."""
    left = over(lambda j: p[j] * inner(w[j], w[k]), K, k)
    return Equal(left, (1 - p[k]) * inner(w[k], w[k])).assuming(
        Equal(inner(gradient(m, k, p, N, S.Zero), w[k]), 0),
        no_pull_left(K=K, w=w.along(w[k]), k=k, p=p, m=m, N=N),
    )


@claim("Slide 10, first line", ref="nct-case1-b", expect="ill-typed",
       corrected_by=times_own_prototype)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, p=distribution)
def times_own_prototype_as_printed(K, w, k, p):
    r"""$\sum_{j \ne k} p_j w_j^T w_k = (1 - p_k) w_k w_k$: a column times a column."""
    left = over(lambda j: p[j] * inner(w[j], w[k]), K, k)
    return Equal(left, (1 - p[k]) * w[k] * w[k])


@claim("Slide 10, second line, left side, repaired", ref="nct-case1-c")
@forall(K=CLASSES, w=frame, k=label, p=distribution)
def left_side_of_case_one(K, w, k, p):
    r"""By DEF1, $\sum_{j \ne k} p_j w_j^T w_k = -\frac{1 - p_k}{K-1}$."""
    return Equal(over(lambda j: p[j] * inner(w[j], w[k]), K, k), -(1 - p[k]) / (K - 1))


@claim(
    "Slide 10, second line, left side", ref="nct-case1-c",
    expect="refuted", corrected_by=left_side_of_case_one,
)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, p=distribution)
def left_side_of_case_one_as_printed(K, w, k, p):
    r"""$\sum_{j \ne k} p_j w_j^T w_k = (1 - p_k) \frac{-K}{K-1}$: here the product with w_k has
    been counted once already, as in EQN4, and then once more on the right side."""
    return Equal(over(lambda j: p[j] * inner(w[j], w[k]), K, k), (1 - p[k]) * (-K / (K - 1)))


@claim("Slide 10, second line, right side", ref="nct-case1-c")
@forall(K=CLASSES, w=frame, k=label, p=distribution)
def right_side_of_case_one(K, w, k, p):
    r"""By DEF1, $(1 - p_k) w_k^T w_k = (1 - p_k) \cdot 1$."""
    return Equal((1 - p[k]) * inner(w[k], w[k]), (1 - p[k]) * 1)


@claim("Slide 10, third line", ref="nct-case1-d",
       uses=[times_own_prototype, left_side_of_case_one, right_side_of_case_one])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, p=distribution, m=feature, N=SAMPLES)
def difference_in_case_one(K, w, k, p, m, N):
    r"""$-(1 - p_k) \frac{K}{K-1} = 0$, from the repaired line before it: $-\frac{1 - p_k}{K-1}
    = (1 - p_k)$.  (The printed line would give $\frac{2K-1}{K-1}$ for the factor.)"""
    return Equal(-(1 - p[k]) * K / (K - 1), 0).assuming(
        Equal(inner(gradient(m, k, p, N, S.Zero), w[k]), 0),
        times_own_prototype(K=K, w=w, k=k, p=p, m=m, N=N),
        left_side_of_case_one(K=K, w=w, k=k, p=p),
        right_side_of_case_one(K=K, w=w, k=k, p=p),
    )


@claim("Slide 10, fourth line", ref="nct-case1-e", uses=[difference_in_case_one])
@forall(K=CLASSES, w=frame, k=label, p=distribution, m=feature, N=SAMPLES)
def certain_in_case_one(K, w, k, p, m, N):
    r"""Hence $p_k = 1$."""
    return Equal(p[k], 1).assuming(
        Equal(inner(gradient(m, k, p, N, S.Zero), w[k]), 0),
        difference_in_case_one(K=K, w=w, k=k, p=p, m=m, N=N),
    )


@claim("Slide 10, last sentence", ref="nct-case1-f")
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def probabilities_below_one(K, w, k, h, m):
    r"""$p_k < 1$, for there is another class h (K >= 2)."""
    return Less(softmax(m, k), 1).assuming(NotEqual(h, k))


@claim("Slide 10, last sentence", ref="nct-case1-f")
@forall(K=CLASSES, w=frame, k=label, m=feature)
def probabilities_above_zero(K, w, k, m):
    r"""$0 < p_k$."""
    return Less(0, softmax(m, k))


@claim("Slide 10, last sentence, repaired", ref="nct-case1-g")
@forall(K=CLASSES, k=label, h=label, p=distribution)
def certain_only_if_others_impossible(K, k, h, p):
    r"""$p_k = 1$ only if all other p are 0 (none is negative, and none can be positive)."""
    return LessEqual(p[h], 0).assuming(NotEqual(h, k), Equal(p[k], 1))


@claim(
    "Slide 10, last sentence", ref="nct-case1-g",
    expect="refuted", corrected_by=certain_only_if_others_impossible,
)  # fmt: skip
@forall(K=CLASSES, k=label, h=label, p=distribution)
def certain_only_if_others_certain(K, k, h, p):
    r"""$p_k = 1$, only if all other p = 1."""
    return Equal(p[h], 1).assuming(NotEqual(h, k), Equal(p[k], 1))


@claim("Slide 10, Case 1", ref="nct-case1-concl")
@forall(K=CLASSES, w=frame, k=label, p=softmax_values, m=feature, N=SAMPLES)
def case_one_is_impossible(K, w, k, p, m, N):
    r"""With $\lambda = 0$ the gradient does not vanish: its product with w_k is
    $-\frac{K (1 - p_k)}{(K-1) N} < 0$."""
    return Less(inner(gradient(m, k, p, N, S.Zero), w[k]), 0)


@claim("Slide 10, what Case 1 leaves", ref="nct-dual")
@forall(lamda=MULTIPLIER, g=Reals, x=Reals)
def force_of_the_constraint(lamda, g, x):
    r"""If g < 0, the gradient of the loss along $w_k$, and $g + 2 \lambda x = 0$, then
    $2 \lambda x > 0$."""
    return Greater(2 * lamda * x, 0).assuming(Less(g, 0), Equal(g + 2 * lamda * x, 0))


@claim("Slide 10, what Case 1 leaves", ref="nct-dual")
@forall(lamda=MULTIPLIER, x=Reals)
def multiplier_of_a_force(lamda, x):
    r"""$2 \lambda x > 0$ needs $\lambda \ne 0$."""
    return NotEqual(lamda, 0).assuming(Greater(2 * lamda * x, 0))


@claim("Slide 10, what Case 1 leaves", ref="nct-dual",
       uses=[case_one_is_impossible, force_of_the_constraint, multiplier_of_a_force])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, p=softmax_values, m=feature, N=SAMPLES, lamda=MULTIPLIER)
def only_case_two(K, w, k, p, m, N, lamda):
    r"""Where the gradient vanishes along $w_k$, the multiplier $\lambda \ge 0$ is positive."""
    x_k, loss = inner(m, w[k]), inner(gradient(m, k, p, N, S.Zero), w[k])
    return Greater(lamda, 0).assuming(
        stationary(w[k], m, k, p, N, lamda),
        case_one_is_impossible(K=K, w=w, k=k, p=p, m=m, N=N),
        force_of_the_constraint(lamda=lamda, g=loss, x=x_k),
        multiplier_of_a_force(lamda=lamda, x=x_k),
    )
