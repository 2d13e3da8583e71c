r"""Slide 12: EQN1, and its product with the prototype of another class."""

from sympy import Reals

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    SAMPLES,
    directed,
    eqn1,
    feature,
    frame,
    gradient,
    label,
    over,
    softmax_values,
)
from proofcheck import Equal, claim, forall
from proofcheck.vectors import inner


@claim("Slide 12, EQN1, repaired", ref="nct-eqn1")
@forall(K=CLASSES, w=directed, k=label, p=softmax_values, m=feature, N=SAMPLES, lamda=Reals)
def n_times_the_gradient(K, w, k, p, m, N, lamda):
    r"""$\sum_{j \ne k} p_j (w_j - w_k) + 2 N \lambda m$ is N times the gradient, so it is 0 where
    the gradient is."""
    left = w.zero + N * gradient(m, k, p, N, lamda)  # w knows along which vector to compare
    return Equal(left, eqn1(m, k, p, N, lamda))


@claim("Slide 12, EQN1", ref="nct-eqn1", expect="ill-typed", corrected_by=n_times_the_gradient)
@forall(K=CLASSES, w=directed, k=label, p=softmax_values, N=SAMPLES, lamda=Reals)
def eqn1_as_printed(K, w, k, p, N, lamda):
    r"""$\sum_{j \ne k} p_j (w_j - w_k) + 2 N \lambda = 0$: a vector plus a number, m is lost."""
    return Equal(over(lambda j: p[j] * (w[j] - w[k]), K, k) + 2 * N * lamda, w.zero)


@claim("Slide 12, EQN1 times w_j'", ref="nct-eqn1w")
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values, m=feature, N=SAMPLES, lamda=Reals)
def eqn1_times_another_prototype(K, w, k, h, p, m, N, lamda):
    r"""The left side of EQN1 times $w_{j'}$ is $\sum_{j \ne k} p_j (w_j^T w_{j'} - w_k^T w_{j'})
    + 2 N \lambda m^T w_{j'}$, so this is 0 where EQN1 holds."""
    products = over(lambda j: p[j] * (inner(w[j], w[h]) - inner(w[k], w[h])), K, k)
    return Equal(inner(eqn1(m, k, p, N, lamda), w[h]), products + 2 * N * lamda * inner(m, w[h]))


@claim("Slide 12, last line", ref="nct-split")
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values)
def sum_distributed(K, w, k, h, p):
    r"""$\sum_{j \ne k} p_j (w_j^T w_{j'} - w_k^T w_{j'})
    = \sum_{j \ne k} p_j w_j^T w_{j'} - \sum_{j \ne k} p_j w_k^T w_{j'}$."""
    return Equal(
        over(lambda j: p[j] * (inner(w[j], w[h]) - inner(w[k], w[h])), K, k),
        over(lambda j: p[j] * inner(w[j], w[h]), K, k)
        - over(lambda j: p[j] * inner(w[k], w[h]), K, k),
    )
