r"""Slide 4, "no matter if L is CE or misalignment loss": the second half, which has no proof.

The misalignment loss is $\frac12 (w_k^T m - 1)^2$ (Y. Yang et al., "Inducing neural collapse in
imbalanced learning", 2022, where it is called the dot-regression loss).
"""

from sympy import Derivative, Reals

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    directed,
    feature,
    frame,
    label,
    misalignment,
)
from claims.neural_collapse_terminus.s14_theorem import gap_of_a_minimiser
from proofcheck import Equal, GreaterEqual, Less, LessEqual, claim, forall
from proofcheck.vectors import inner


@claim("Repair: the gradient of the misalignment loss")
@forall(K=CLASSES, w=directed, k=label, m=feature, s=Reals)
def gradient_of_the_misalignment(K, w, k, m, s):
    r"""It is $(w_k^T m - 1) w_k$, by differentiation in the direction t."""
    moved = m + s * w.direction
    slope = inner((inner(w[k], moved) - 1) * w[k], w.direction)
    return Equal(Derivative(misalignment(moved, k), s), slope)


@claim("Repair: stationary without a multiplier", uses=[gradient_of_the_misalignment])
@forall(K=CLASSES, w=directed, k=label)
def stationary_without_a_multiplier(K, w, k):
    r"""At $m = w_k$ the gradient vanishes: here $\lambda = 0$, Case 1, is the case that occurs."""
    return Equal((inner(w[k], w[k]) - 1) * w[k], w.zero)


@claim("Slide 10 for the misalignment loss", ref="nct-qed", expect="refuted",
       corrected_by=stationary_without_a_multiplier)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def case_one_is_impossible_too(K, w, k, m):
    r"""The printed method would exclude Case 1 here too: the gradient times $w_k$ is negative on
    the ball.  It is 0 at $m = w_k$, so the proof does not carry over; EQN1 to EQN5 speak of
    probabilities that this loss does not have."""
    return Less(inner((inner(w[k], m) - 1) * w[k], w[k]), 0).assuming(LessEqual(inner(m, m), 1))


@claim("Repair: the least misalignment")
@forall(K=CLASSES, w=frame, k=label, m=feature)
def least_misalignment(K, w, k, m):
    r"""The loss is at least 0, its value at $w_k$."""
    return GreaterEqual(misalignment(m, k), misalignment(w[k], k))


@claim("Repair: the square of a minimiser's misalignment", uses=[least_misalignment])
@forall(x=Reals)
def misaligned_by_nothing(x):
    r"""$(x - 1)^2 \le 0$ for $x = w_k^T m$ where the loss is no more than 0."""
    return LessEqual((x - 1) ** 2, 0).assuming(LessEqual((x - 1) ** 2 / 2, 0))


@claim("Slide 4: the theorem for the misalignment loss, with its constraint", ref="nct-thm-mis",
       uses=[misaligned_by_nothing, gap_of_a_minimiser])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def theorem_for_the_misalignment_loss(K, w, k, m):
    r"""If the loss at m is no more than 0, the least, then $m^T w_k = 1$.  With
    $\lVert m \rVert \le 1$ the rest follows as for the cross entropy
    (``theorem_for_the_other_prototypes`` and ``norm_of_a_minimiser`` speak of no loss)."""
    x = inner(w[k], m)
    return Equal(x, 1).assuming(
        LessEqual(misalignment(m, k), 0),
        misaligned_by_nothing(x=x),
        gap_of_a_minimiser(gap=x - 1),
    )


@claim("Slide 4: the theorem for the misalignment loss", ref="nct-thm-mis", expect="refuted",
       corrected_by=theorem_for_the_misalignment_loss)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def norm_for_the_misalignment_loss_as_printed(K, w, k, m):
    r"""The same without the constraint, for the norm: $\lVert m \rVert^2 = 1$.  All m of the plane
    $w_k^T m = 1$ minimise the loss then."""
    return Equal(inner(m, m), 1).assuming(LessEqual(misalignment(m, k), 0))
