r"""Slides 6 to 9: the Lagrangian, its gradient, the probabilities, stationarity."""

from sympy import Derivative, Reals, Sum, Symbol, exp, log

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    MULTIPLIER,
    SAMPLES,
    Softmax,
    cross_entropy,
    directed,
    feature,
    frame,
    further_vector,
    gradient,
    label,
    multiplier,
    over,
    partition,
    softmax,
)
from proofcheck import Equal, GreaterEqual, claim, forall
from proofcheck.vectors import inner


@claim("Slide 6, the loss, repaired", ref="nct-lagr")
@forall(K=CLASSES, w=frame, k=label, m=feature)
def loss_of_a_sample(K, w, k, m):
    r"""$-\log \frac{\exp(w_k^T m)}{\sum_{j=1}^K \exp(w_j^T m)}
    = \log \sum_{j=1}^K \exp(w_j^T m) - w_k^T m$."""
    return Equal(cross_entropy(m, k), log(partition(m)) - inner(w[k], m))


@claim("Slide 6, the Lagrangian", ref="nct-lagr", expect="refuted", corrected_by=loss_of_a_sample)
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def loss_with_the_wrong_index(K, w, k, h, m):
    r"""In $\tilde L$ the inner sum is $\sum_{i=1}^K \exp(w_j^T m)$: with i for j it is K times the
    exponential of one class j (here h)."""
    i = Symbol("i", integer=True)
    printed = -log(exp(inner(w[k], m)) / Sum(exp(inner(w[h], m)), (i, 1, K)))
    return Equal(printed, cross_entropy(m, k))


@claim("Slide 7, the gradient", ref="nct-grad")
@forall(K=CLASSES, w=directed, k=label, m=feature, N=SAMPLES, lamda=MULTIPLIER, s=Reals)
def gradient_of_the_lagrangian(K, w, k, m, N, lamda, s):
    r"""$\partial \tilde L / \partial m = -\frac{1 - p_k}{N} w_k
    + \frac1N \sum_{j \ne k} p_j w_j + 2 \lambda m$: the derivative of $\tilde L$ at m + s t in the
    direction t, for every m, t and s, where only the sample's own terms of $\tilde L$ count."""
    moved = m + s * w.direction
    lagrangian = cross_entropy(moved, k) / N + lamda * (inner(moved, moved) - 1)
    slope = inner(gradient(moved, k, Softmax(moved), N, lamda), w.direction)
    return Equal(Derivative(lagrangian, s), slope)


@claim("Slide 8, the probabilities, repaired", ref="nct-p")
@forall(K=CLASSES, w=frame, m=feature)
def probabilities_sum_to_one(K, w, m):
    r"""$p_j = \exp(w_j^T m) / \sum_{j'} \exp(w_{j'}^T m)$ sum to 1."""
    return Equal(over(lambda j: softmax(m, j), K), 1)


@claim("Slide 8, the probabilities", ref="nct-p", expect="refuted",
       corrected_by=probabilities_sum_to_one)  # fmt: skip
@forall(K=CLASSES, w=frame, m=feature, v=further_vector)
def probabilities_of_two_features(K, w, m, v):
    r"""$p_j = \exp(w_j^T \hat m) / \sum_{j'} \exp(w_{j'}^T m)$, with a hat above only: unless
    $\hat m$ (here v) is m, these do not sum to 1."""
    return Equal(over(lambda j: exp(inner(w[j], v)) / partition(m), K), 1)


@claim("Slide 8, the two cases", ref="nct-dual")
@forall(K=CLASSES, N=SAMPLES)
def multiplier_is_not_negative(K, N):
    r"""$\lambda_{k,i} \ge 0$, so that it is 0 (Case 1) or positive (Case 2)."""
    return GreaterEqual(multiplier(K, N), 0)


@claim("Slide 8, below the cases", ref="nct-sump", uses=[probabilities_sum_to_one])
@forall(K=CLASSES, w=frame, k=label, m=feature)
def other_probabilities(K, w, k, m):
    r"""$\sum_{j \ne k} p_j = 1 - p_k$."""
    return Equal(over(lambda j: softmax(m, j), K, k), 1 - softmax(m, k)).assuming(
        probabilities_sum_to_one(K=K, w=w, m=m)
    )


@claim("Slide 9, second line", ref="nct-stat")
@forall(K=CLASSES, w=directed, k=label, N=SAMPLES)
def stationary_at_the_prototype(K, w, k, N):
    r"""$-\frac{1 - p_k}{N} w_k + \frac1N \sum_{j \ne k} p_j w_j + 2 \lambda m = 0$ at the theorem's
    minimiser $m = w_k$, with the multiplier $\lambda = \frac{K (1 - p_k)}{2 N (K-1)}$."""
    p = Softmax(w[k])
    return Equal(gradient(w[k], k, p, N, multiplier(K, N)), w.zero)
