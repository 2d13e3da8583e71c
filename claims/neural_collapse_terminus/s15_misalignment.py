r"""Slide 4, "no matter if L is CE or misalignment loss": the second half, which has no proof.

The misalignment loss is $\frac12 (w_k^T m - 1)^2$, called dot-regression loss by the authors of the
theorem (Y. Yang et al., "Inducing neural collapse in imbalanced learning: do we really need a
learnable classifier at the end of deep neural network?", NeurIPS 2022).
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
from claims.neural_collapse_terminus.s14_theorem import UP_TO_ONE, conclusion_without_a_distance
from proofcheck import Equal, GreaterEqual, Less, LessEqual, claim, every, forall
from proofcheck.vectors import inner


@claim("Repair: the gradient of the misalignment loss")
@forall(K=CLASSES, w=directed, k=label, m=feature, s=Reals)
def gradient_of_the_misalignment(K, w, k, m, s):
    r"""It is $(w_k^T m - 1) w_k$, by differentiation in the direction t."""
    moved = m + s * w.direction
    slope = inner((inner(w[k], moved) - 1) * w[k], w.direction)
    return Equal(Derivative(misalignment(moved, k), s), slope)


@claim("Repair: stationary without a multiplier")
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


@claim("Repair: the least misalignment", ref="nct-thm-mis")
@forall(K=CLASSES, w=frame, k=label, m=feature)
def least_misalignment(K, w, k, m):
    r"""The loss is at least 0, its value at $w_k$: a minimiser exists."""
    return GreaterEqual(misalignment(m, k), misalignment(w[k], k))


@claim("Repair: the least misalignment is zero")
@forall(K=CLASSES, w=frame, k=label)
def no_misalignment_at_the_prototype(K, w, k):
    r"""The loss of $w_k$ itself is 0."""
    return Equal(misalignment(w[k], k), 0)


@claim("Repair: the product of a minimiser")
@forall(x=Reals, L_0=Reals)
def product_of_the_least_misalignment(x, L_0):
    r"""If $\frac12 (x - 1)^2$, for $x = w_k^T m$, is no more than $L_0 = 0$, then x = 1."""
    return Equal(x, 1).assuming(LessEqual((x - 1) ** 2 / 2, L_0), Equal(L_0, 0))


@claim("Repair: the distance of a minimiser")
@forall(n=UP_TO_ONE, x=Reals)
def no_distance_on_the_ball(n, x):
    r"""With $x = w_k^T m = 1$ and $n = \lVert m \rVert^2 \le 1$, the squared distance
    $\lVert m - w_k \rVert^2 = n - 2 x + 1$ is not positive."""
    return LessEqual(n - 2 * x + 1, 0).assuming(Equal(x, 1))


@claim("Slide 4: the theorem for the misalignment loss, with its constraint", ref="nct-thm-mis",
       uses=[no_misalignment_at_the_prototype, product_of_the_least_misalignment,
             no_distance_on_the_ball, conclusion_without_a_distance])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def theorem_for_the_misalignment_loss(K, w, k, h, m):
    r"""If $\lVert m \rVert \le 1$ and the loss at m is no more than at $w_k$ (a global minimiser),
    then $\lVert m \rVert = 1$ and $m^T w_{k'} = \frac{K}{K-1} \delta_{k,k'} - \frac{1}{K-1}$ for
    every k' (here h).  It has only one minimiser, too."""
    x, n, least = inner(w[k], m), inner(m, m), misalignment(w[k], k)
    return every(Equal(n, 1), Equal(inner(m, w[h]), inner(w[k], w[h]))).assuming(
        LessEqual(n, 1),
        LessEqual(misalignment(m, k), least),
        no_misalignment_at_the_prototype(K=K, w=w, k=k),
        product_of_the_least_misalignment(x=x, L_0=least),
        no_distance_on_the_ball(n=n, x=x),
        conclusion_without_a_distance(K=K, w=w, k=k, h=h, m=m),
    )


@claim("Slide 4: the theorem for the misalignment loss", ref="nct-thm-mis", expect="refuted",
       corrected_by=theorem_for_the_misalignment_loss)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def norm_for_the_misalignment_loss_as_printed(K, w, k, m):
    r"""The same without the constraint, for the norm: $\lVert m \rVert^2 = 1$.  All m of the plane
    $w_k^T m = 1$ minimise the loss then."""
    return Equal(inner(m, m), 1).assuming(LessEqual(misalignment(m, k), 0))
