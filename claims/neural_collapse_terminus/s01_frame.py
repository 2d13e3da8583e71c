r"""Slide 3: the simplex equiangular tight frame, its norms and inner products."""

from sympy import S

from claims.neural_collapse_terminus._definitions import CLASSES, directed, frame, label, over
from proofcheck import Equal, NotEqual, claim, forall
from proofcheck.vectors import inner, norm


@claim("Slide 3, below DEF1", ref="nct-norm")
@forall(K=CLASSES, w=frame, k=label)
def same_norm(K, w, k):
    r"""All vectors have the same $\ell_2$ norm, namely 1."""
    return Equal(norm(w[k]), 1)


@claim("Slide 3, below DEF1", ref="nct-ip")
@forall(K=CLASSES, w=frame, k=label, l=label)
def same_inner_products(K, w, k, l):
    r"""Any two different vectors have the inner product $-\frac{1}{K-1}$."""
    return Equal(inner(w[k], w[l]), -1 / (K - 1)).assuming(NotEqual(k, l))
