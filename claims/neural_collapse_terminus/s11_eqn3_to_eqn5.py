r"""Slides 17 and 18: EQN3, EQN4 and EQN5."""

from sympy import Interval, Reals, oo

from claims.neural_collapse_terminus._definitions import CLASSES, POSITIVE, SAMPLES
from proofcheck import Equal, claim, forall


@claim("Slide 18, EQN5", ref="nct-eqn5")
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, x_j=Reals, x_k=Reals)
def eqn5(K, N, lamda, x_j, x_k):
    r"""$m^T w_j (K-1) + m^T w_k = 0$, for $2 N \lambda$ is not 0 in Case 2."""
    return Equal(x_j * (K - 1) + x_k, 0).assuming(
        Equal(2 * N * lamda * x_j * (K - 1) + 2 * N * lamda * x_k, 0)
    )
