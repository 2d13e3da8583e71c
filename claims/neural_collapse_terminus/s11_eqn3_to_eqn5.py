r"""Slides 17 and 18: EQN3, EQN4 and EQN5."""

from sympy import Interval, Reals

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    POSITIVE,
    SAMPLES,
    eqn2_holds,
    eqn4_holds,
    feature,
    frame,
    label,
    over,
    softmax_values,
    times,
)
from claims.neural_collapse_terminus.s10_equal_probabilities import common_probability
from proofcheck import Equal, claim, forall
from proofcheck.vectors import inner

UNIT = Interval.open(0, 1)


@claim("Slide 17, second line", ref="nct-eqn3-a", uses=[common_probability])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_k=UNIT, q=UNIT, x_j=Reals)
def eqn2_with_the_common_probability(K, N, lamda, p_k, q, x_j):
    r"""EQN2 for j with $p_j = q = \frac{1 - p_k}{K-1}$ put in: $\frac{K}{K-1} \frac{1 - p_k}{K-1}
    + 2 N \lambda m^T w_j = 0$."""
    return Equal(K / (K - 1) * (1 - p_k) / (K - 1) + 2 * N * lamda * x_j, 0).assuming(
        eqn2_holds(K, N, lamda, q, x_j),
        Equal((K - 1) * q, 1 - p_k),
        common_probability(K=K, p_k=p_k, q=q),
    )


@claim("Slide 17, third line", ref="nct-eqn3-b", uses=[eqn2_with_the_common_probability])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_k=UNIT, q=UNIT, x_j=Reals)
def eqn3_before_multiplying(K, N, lamda, p_k, q, x_j):
    r"""$\frac{1 - p_k}{K-1} \frac{K}{K-1} = -2 N \lambda m^T w_j$."""
    return Equal((1 - p_k) / (K - 1) * K / (K - 1), -2 * N * lamda * x_j).assuming(
        eqn2_holds(K, N, lamda, q, x_j),
        Equal((K - 1) * q, 1 - p_k),
        eqn2_with_the_common_probability(K=K, N=N, lamda=lamda, p_k=p_k, q=q, x_j=x_j),
    )


@claim("Slide 17, EQN3", ref="nct-eqn3", uses=[eqn3_before_multiplying])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_k=UNIT, q=UNIT, x_j=Reals)
def eqn3(K, N, lamda, p_k, q, x_j):
    r"""$-\frac{K}{K-1} (1 - p_k) = 2 N \lambda m^T w_j (K-1)$."""
    return Equal(-K / (K - 1) * (1 - p_k), 2 * N * lamda * x_j * (K - 1)).assuming(
        eqn2_holds(K, N, lamda, q, x_j),
        Equal((K - 1) * q, 1 - p_k),
        eqn3_before_multiplying(K=K, N=N, lamda=lamda, p_k=p_k, q=q, x_j=x_j),
    )


@claim("Slide 18, EQN1 times w_k", ref="nct-eqn4")
@forall(K=CLASSES, w=frame, k=label, p=softmax_values)
def sum_in_eqn4(K, w, k, p):
    r"""$\sum_{j \ne k} p_j (w_j^T w_k - w_k^T w_k) = \sum_{j \ne k} p_j (\frac{-1}{K-1} - 1)$."""
    return Equal(
        over(lambda j: p[j] * (inner(w[j], w[k]) - inner(w[k], w[k])), K, k),
        over(lambda j: p[j] * (-1 / (K - 1) - 1), K, k),
    )


@claim("Slide 18, EQN4", ref="nct-eqn4")
@forall(K=CLASSES, w=frame, k=label, p=softmax_values, m=feature, N=SAMPLES, lamda=Reals)
def eqn4(K, w, k, p, m, N, lamda):
    r"""$\frac{-K}{K-1} (1 - p_k) + 2 N \lambda m^T w_k = 0$, which is EQN1 times $w_k$."""
    return eqn4_holds(K, N, lamda, p[k], inner(m, w[k])).assuming(times(w[k], m, k, p, N, lamda))


@claim("Slide 18, EQN3 and EQN4 combined", ref="nct-eqn5-a", uses=[eqn3])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_k=UNIT, q=UNIT, x_j=Reals, x_k=Reals)
def eqn3_and_eqn4(K, N, lamda, p_k, q, x_j, x_k):
    r"""$2 N \lambda m^T w_j (K-1) + 2 N \lambda m^T w_k = 0$."""
    return Equal(2 * N * lamda * x_j * (K - 1) + 2 * N * lamda * x_k, 0).assuming(
        eqn2_holds(K, N, lamda, q, x_j),
        Equal((K - 1) * q, 1 - p_k),
        eqn4_holds(K, N, lamda, p_k, x_k),
        eqn3(K=K, N=N, lamda=lamda, p_k=p_k, q=q, x_j=x_j),
    )


@claim("Slide 18, EQN5", ref="nct-eqn5", uses=[eqn3_and_eqn4])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_k=UNIT, q=UNIT, x_j=Reals, x_k=Reals)
def eqn5(K, N, lamda, p_k, q, x_j, x_k):
    r"""$m^T w_j (K-1) + m^T w_k = 0$, for $2 N \lambda$ is not 0 in Case 2."""
    return Equal(x_j * (K - 1) + x_k, 0).assuming(
        eqn2_holds(K, N, lamda, q, x_j),
        Equal((K - 1) * q, 1 - p_k),
        eqn4_holds(K, N, lamda, p_k, x_k),
        eqn3_and_eqn4(K=K, N=N, lamda=lamda, p_k=p_k, q=q, x_j=x_j, x_k=x_k),
    )
