r"""The repaired theorem for the cross entropy: existence, uniqueness, the value of the minimum."""

from sympy import Interval, Rational, exp

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    SAMPLES,
    feature,
    frame,
    label,
    log_loss,
    own_probability,
    softmax,
)
from proofcheck import Equal, Greater, GreaterEqual, LessEqual, claim, forall
from proofcheck.vectors import inner

STEP = Interval(0, 1)


@claim("Repair: the loss lies above its tangent at the prototype")
@forall(K=CLASSES, w=frame, k=label, m=feature, s=STEP)
def above_its_tangent(K, w, k, m, s):
    r"""The cross entropy is convex: $L(w_k + s (m - w_k)) \ge L(w_k) + s c (1 - w_k^T m)$ with
    $c = \frac{K (1 - p_k)}{K-1}$, as the second derivative by s is a variance, and the gradient
    at $w_k$ is $-c w_k$."""
    c = K * (1 - own_probability(K)) / (K - 1)
    moved = w[k] + s * (m - w[k])
    return GreaterEqual(log_loss(moved, k), log_loss(w[k], k) + s * c * (1 - inner(w[k], m)))


@claim("Repair: distance to the prototype")
@forall(K=CLASSES, w=frame, k=label, m=feature)
def distance_to_the_prototype(K, w, k, m):
    r"""$\lVert m - w_k \rVert^2 \le 2 (1 - w_k^T m)$ on the ball $\lVert m \rVert \le 1$."""
    gap = m - w[k]
    return LessEqual(inner(gap, gap), 2 * (1 - inner(w[k], m))).assuming(LessEqual(inner(m, m), 1))


@claim("Repair: products with the prototype", uses=[distance_to_the_prototype])
@forall(K=CLASSES, w=frame, k=label, m=feature)
def product_at_most_one(K, w, k, m):
    r"""$w_k^T m \le 1$ on the ball."""
    return LessEqual(inner(w[k], m), 1).assuming(LessEqual(inner(m, m), 1))


@claim("Repair: the minimum", ref="nct-thm-the", uses=[above_its_tangent, product_at_most_one])
@forall(K=CLASSES, w=frame, k=label, m=feature)
def minimum_on_the_ball(K, w, k, m):
    r"""On the ball the loss of class k is nowhere less than at $w_k$, so a minimiser exists."""
    return LessEqual(log_loss(w[k], k), log_loss(m, k)).assuming(
        LessEqual(inner(m, m), 1),
        above_its_tangent(K=K, w=w, k=k, m=m, s=Rational(1)),
        product_at_most_one(K=K, w=w, k=k, m=m),
    )


@claim("Repair: the value of the minimum")
@forall(K=CLASSES, w=frame, k=label)
def value_of_the_minimum(K, w, k):
    r"""The minimum is $\log(1 + (K-1) e^{-K/(K-1)})$: the number whose logarithm it is, $1/p_k$."""
    return Equal(1 / softmax(w[k], k), 1 + (K - 1) * exp(-K / (K - 1)))
