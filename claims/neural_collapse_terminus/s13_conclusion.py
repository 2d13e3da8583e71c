r"""Slide 20: the products with the other prototypes, and the conclusion."""

from sympy import Reals

from claims.neural_collapse_terminus._definitions import CLASSES
from proofcheck import Equal, claim, forall


@claim("Slide 20, second line", ref="nct-xj")
@forall(K=CLASSES, x_j=Reals, x_k=Reals)
def other_products(K, x_j, x_k):
    r"""$m^T w_j = -\frac{1}{K-1}$ for all $j \ne k$, from EQN5 and $m^T w_k = 1$."""
    return Equal(x_j, -1 / (K - 1)).assuming(Equal(x_j * (K - 1) + x_k, 0), Equal(x_k, 1))
