r"""Slide 20: the products with the other prototypes, and the conclusion."""

from sympy import KroneckerDelta, Reals

from claims.neural_collapse_terminus._definitions import CLASSES, label
from claims.neural_collapse_terminus.s11_eqn3_to_eqn5 import eqn5
from claims.neural_collapse_terminus.s12_alignment import product_with_the_own_prototype
from proofcheck import Equal, NotEqual, claim, forall


@claim("Slide 20, third line", ref="nct-xj", uses=[eqn5, product_with_the_own_prototype])
@forall(K=CLASSES, x_j=Reals, x_k=Reals)
def other_products(K, x_j, x_k):
    r"""$m^T w_j = -\frac{1}{K-1}$ for all $j \ne k$, from EQN5 and $m^T w_k = 1$."""
    return Equal(x_j, -1 / (K - 1)).assuming(Equal(x_j * (K - 1) + x_k, 0), Equal(x_k, 1))


@claim("Slide 20, last display", ref="nct-concl", uses=[other_products])
@forall(K=CLASSES, k=label, h=label, x_h=Reals)
def conclusion_for_the_other_classes(K, k, h, x_h):
    r"""$m^T w_{k'} = \frac{K}{K-1} \delta_{k,k'} - \frac{1}{K-1}$ for $k' \ne k$ (here h)."""
    return Equal(x_h, K / (K - 1) * KroneckerDelta(k, h) - 1 / (K - 1)).assuming(
        NotEqual(h, k), Equal(x_h, -1 / (K - 1))
    )


@claim("Slide 20, last display", ref="nct-concl", uses=[product_with_the_own_prototype])
@forall(K=CLASSES, k=label, x_k=Reals)
def conclusion_for_the_own_class(K, k, x_k):
    r"""The same for k' = k, from $m^T w_k = 1$."""
    return Equal(x_k, K / (K - 1) * KroneckerDelta(k, k) - 1 / (K - 1)).assuming(Equal(x_k, 1))
