r"""Slide 4: the theorem as it is printed, without the constraint.  Repaired in s14_theorem."""

from claims.neural_collapse_terminus._definitions import CLASSES, feature, frame, label, log_loss
from claims.neural_collapse_terminus.s14_theorem import (
    minimum_on_the_ball,
    theorem_for_the_cross_entropy,
)
from proofcheck import Equal, LessEqual, claim, forall
from proofcheck.vectors import inner


@claim("Slide 4, the theorem for the cross entropy", ref="nct-thm-CE", expect="refuted",
       corrected_by=theorem_for_the_cross_entropy)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def own_product_as_printed(K, w, k, m):
    r"""A feature that minimises the loss (it is no more than at $w_k$) has $m^T w_k = 1$: not
    without $\lVert m \rVert \le 1$, which neither slide 2 nor slide 4 says."""
    return Equal(inner(m, w[k]), 1).assuming(LessEqual(log_loss(m, k), log_loss(w[k], k)))


@claim("Slide 4, the theorem for the cross entropy", ref="nct-concl", expect="refuted",
       corrected_by=theorem_for_the_cross_entropy)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def norm_as_printed(K, w, k, m):
    r"""The same with $\lVert m \rVert^2 = 1$ for the conclusion."""
    return Equal(inner(m, m), 1).assuming(LessEqual(log_loss(m, k), log_loss(w[k], k)))


@claim("Slide 4, 'the global minimizer'", ref="nct-thm-the", expect="refuted",
       corrected_by=minimum_on_the_ball)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def the_global_minimiser_as_printed(K, w, k, m):
    r"""There is a global minimiser, $w_k$ by the theorem: not over all of R^d, where the loss has
    no minimum."""
    return LessEqual(log_loss(w[k], k), log_loss(m, k))
