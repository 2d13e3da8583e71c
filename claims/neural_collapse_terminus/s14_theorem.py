r"""Slides 4 and 20: the theorem for the cross entropy, repaired and proved.

The slides leave out the constraint $\lVert m \rVert \le 1$ and argue from necessary conditions; the
repair compares every feature of the ball with $w_k$.  What is printed of the argument is repaired
in s05 to s13, and ends in ``theorem_from_the_kkt_conditions``.
"""

from sympy import Interval, Rational, Reals, exp, oo

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    POSITIVE,
    any_vector,
    feature,
    frame,
    label,
    log_loss,
    slope,
    softmax,
)
from proofcheck import (
    Equal,
    Greater,
    GreaterEqual,
    LessEqual,
    NotEqual,
    claim,
    every,
    forall,
)
from proofcheck.vectors import inner

STEP = Interval(0, 1)
UP_TO_ONE = Interval(-oo, 1)


@claim("Repair: no squared norm is negative")
@forall(K=CLASSES, w=frame, v=any_vector)
def norm_not_negative(K, w, v):
    r"""$\lVert v \rVert^2 \ge 0$ for every vector v."""
    return GreaterEqual(inner(v, v), 0)


@claim("Repair: the loss lies above its tangent at the prototype")
@forall(K=CLASSES, w=frame, k=label, m=feature, s=STEP)
def above_its_tangent(K, w, k, m, s):
    r"""The cross entropy is convex: $L(w_k + s (m - w_k)) \ge L(w_k) + s c (1 - w_k^T m)$ with
    $c = \frac{K (1 - p_k)}{K-1}$, as the second derivative by s is a variance, and the gradient
    at $w_k$ is $-c w_k$.  This is why the conditions of slide 5 are sufficient here."""
    moved = w[k] + s * (m - w[k])
    return GreaterEqual(log_loss(moved, k), log_loss(w[k], k) + s * slope(K) * (1 - inner(w[k], m)))


@claim("Repair: the slope is positive")
@forall(K=CLASSES)
def slope_is_positive(K):
    r"""$c = \frac{K (1 - p_k)}{K-1} > 0$."""
    return Greater(slope(K), 0)


@claim("Repair: from the tangent to the distance")
@forall(c=POSITIVE, n=UP_TO_ONE, x=Reals, L=Reals, L_0=Reals)
def distance_from_the_tangent(c, n, x, L, L_0):
    r"""On the ball, with $n = \lVert m \rVert^2$ and $x = w_k^T m$, $1 - x$ is at least half of
    $\lVert m - w_k \rVert^2 = n - 2 x + 1$."""
    return GreaterEqual(L, L_0 + c / 2 * (n - 2 * x + 1)).assuming(
        GreaterEqual(L, L_0 + c * (1 - x))
    )


@claim("Repair: the loss grows with the distance",
       uses=[above_its_tangent, slope_is_positive, distance_from_the_tangent])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def loss_grows_with_the_distance(K, w, k, m):
    r"""$L(m) \ge L(w_k) + \frac c2 \lVert m - w_k \rVert^2$ for every m of the ball."""
    x, n, c = inner(w[k], m), inner(m, m), slope(K)
    loss, least = log_loss(m, k), log_loss(w[k], k)
    return GreaterEqual(loss, least + c / 2 * (n - 2 * x + 1)).assuming(
        LessEqual(n, 1),
        slope_is_positive(K=K),
        above_its_tangent(K=K, w=w, k=k, m=m, s=Rational(1)),
        distance_from_the_tangent(c=c, n=n, x=x, L=loss, L_0=least),
    )


@claim("Repair: a squared distance is not negative", uses=[norm_not_negative])
@forall(K=CLASSES, w=frame, k=label, m=feature)
def distance_not_negative(K, w, k, m):
    r"""$\lVert m \rVert^2 - 2 w_k^T m + 1 = \lVert m - w_k \rVert^2 \ge 0$."""
    return GreaterEqual(inner(m, m) - 2 * inner(w[k], m) + 1, 0).assuming(
        norm_not_negative(K=K, w=w, v=m - w[k])
    )


@claim("Repair: products are no more apart than the features", uses=[norm_not_negative])
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def gap_within_the_distance(K, w, k, h, m):
    r"""$(w_{k'}^T m - w_{k'}^T w_k)^2 \le \lVert m - w_k \rVert^2$, as the rest of
    $e = m - w_k$ without its component along $w_{k'}$ has no negative norm."""
    e = m - w[k]
    gap = inner(e, w[h])
    return GreaterEqual(inner(m, m) - 2 * inner(w[k], m) + 1, gap**2).assuming(
        norm_not_negative(K=K, w=w, v=e - gap * w[h])
    )


@claim("Repair: no gap without a distance")
@forall(gap=Reals, D=Reals)
def square_of_no_gap(gap, D):
    r"""$gap^2 \le D \le 0$."""
    return LessEqual(gap**2, 0).assuming(LessEqual(D, 0), GreaterEqual(D, gap**2))


@claim("Repair: no gap without a distance")
@forall(gap=Reals)
def no_gap(gap):
    r"""If $gap^2 \le 0$, then gap = 0."""
    return Equal(gap, 0).assuming(LessEqual(gap**2, 0))


@claim("Repair: the product with the own prototype", ref="nct-concl",
       uses=[gap_within_the_distance, square_of_no_gap, no_gap])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def products_without_a_distance(K, w, k, h, m):
    r"""If $\lVert m - w_k \rVert^2 \le 0$, then $m^T w_{k'} = w_k^T w_{k'}$ for every k'."""
    D, gap = inner(m, m) - 2 * inner(w[k], m) + 1, inner(m - w[k], w[h])
    return Equal(inner(m, w[h]), inner(w[k], w[h])).assuming(
        LessEqual(D, 0),
        gap_within_the_distance(K=K, w=w, k=k, h=h, m=m),
        square_of_no_gap(gap=gap, D=D),
        no_gap(gap=gap),
    )


@claim("Repair: the norm of a minimiser", ref="nct-concl")
@forall(n=Reals, x=Reals)
def norm_without_a_distance(n, x):
    r"""$n = \lVert m \rVert^2 = 1$ if $x = m^T w_k = 1$ and $n - 2 x + 1 = 0$."""
    return Equal(n, 1).assuming(
        Equal(x, 1), LessEqual(n - 2 * x + 1, 0), GreaterEqual(n - 2 * x + 1, 0)
    )


@claim(
    "Repair: what no distance from the prototype means", ref="nct-thm-range",
    uses=[distance_not_negative, products_without_a_distance, norm_without_a_distance],
)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def conclusion_without_a_distance(K, w, k, h, m):
    r"""If $\lVert m - w_k \rVert^2 \le 0$, then $\lVert m \rVert = 1$ and
    $m^T w_{k'} = \frac{K}{K-1} \delta_{k,k'} - \frac{1}{K-1}$ for all k, k' in [1, K]."""
    x, n = inner(w[k], m), inner(m, m)
    return every(Equal(n, 1), Equal(inner(m, w[h]), inner(w[k], w[h]))).assuming(
        LessEqual(n - 2 * x + 1, 0),
        distance_not_negative(K=K, w=w, k=k, m=m),
        products_without_a_distance(K=K, w=w, k=k, h=h, m=m),
        products_without_a_distance(K=K, w=w, k=k, h=k, m=m),
        norm_without_a_distance(n=n, x=x),
    )


@claim("Repair: the distance of a minimiser")
@forall(c=POSITIVE, D=Reals, L=Reals, L_0=Reals)
def no_distance_of_a_minimiser(c, D, L, L_0):
    r"""If $L \le L_0$ and $L \ge L_0 + \frac c2 D$, then $D \le 0$."""
    return LessEqual(D, 0).assuming(LessEqual(L, L_0), GreaterEqual(L, L_0 + c / 2 * D))


@claim("Slides 4 and 20: the theorem for the cross entropy", ref="nct-thm-CE",
       uses=[slope_is_positive, loss_grows_with_the_distance, no_distance_of_a_minimiser,
             conclusion_without_a_distance])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def theorem_for_the_cross_entropy(K, w, k, h, m):
    r"""If $\lVert m \rVert \le 1$ and the loss at m is no more than at $w_k$ (a global minimiser),
    then $\lVert m \rVert = 1$ and $m^T w_{k'} = \frac{K}{K-1} \delta_{k,k'} - \frac{1}{K-1}$ for
    every k' (here h).  The constraint is what the slides leave out."""
    D, n, c = inner(m, m) - 2 * inner(w[k], m) + 1, inner(m, m), slope(K)
    loss, least = log_loss(m, k), log_loss(w[k], k)
    return every(Equal(n, 1), Equal(inner(m, w[h]), inner(w[k], w[h]))).assuming(
        LessEqual(n, 1),
        LessEqual(loss, least),
        slope_is_positive(K=K),
        loss_grows_with_the_distance(K=K, w=w, k=k, m=m),
        no_distance_of_a_minimiser(c=c, D=D, L=loss, L_0=least),
        conclusion_without_a_distance(K=K, w=w, k=k, h=h, m=m),
    )


@claim("Repair: from the growth to a strict minimum")
@forall(c=POSITIVE, D=POSITIVE, L=Reals, L_0=Reals)
def more_than_the_least(c, D, L, L_0):
    r"""If $L \ge L_0 + \frac c2 D$ with D > 0, then $L > L_0$."""
    return Greater(L, L_0).assuming(GreaterEqual(L, L_0 + c / 2 * D))


@claim("Repair: a number that is neither negative nor zero")
@forall(D=Reals)
def positive_if_not_zero(D):
    r"""If $D \ge 0$ and $D \ne 0$, then D > 0."""
    return Greater(D, 0).assuming(GreaterEqual(D, 0), NotEqual(D, 0))


@claim("Repair: a distance that is not zero", uses=[norm_not_negative, positive_if_not_zero])
@forall(K=CLASSES, w=frame, k=label, m=feature)
def positive_distance(K, w, k, m):
    r"""$\lVert m - w_k \rVert^2 > 0$ unless $m = w_k$."""
    return Greater(inner(m, m) - 2 * inner(w[k], m) + 1, 0).assuming(
        NotEqual(m, w[k]),
        norm_not_negative(K=K, w=w, v=m - w[k]),
        positive_if_not_zero(D=inner(m - w[k], m - w[k])),
    )


@claim("Repair: the minimum, its existence and uniqueness", ref="nct-thm-the",
       uses=[slope_is_positive, loss_grows_with_the_distance, positive_distance,
             more_than_the_least])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def minimum_on_the_ball(K, w, k, m):
    r"""On the ball the loss is least at $w_k$ and nowhere else: $L(m) > L(w_k)$ for every
    $m \ne w_k$ with $\lVert m \rVert \le 1$."""
    D, c = inner(m, m) - 2 * inner(w[k], m) + 1, slope(K)
    loss, least = log_loss(m, k), log_loss(w[k], k)
    return Greater(loss, least).assuming(
        LessEqual(inner(m, m), 1),
        NotEqual(m, w[k]),
        slope_is_positive(K=K),
        loss_grows_with_the_distance(K=K, w=w, k=k, m=m),
        positive_distance(K=K, w=w, k=k, m=m),
        more_than_the_least(c=c, D=D, L=loss, L_0=least),
    )


@claim("Repair: the value of the minimum", ref="nct-thm-the")
@forall(K=CLASSES, w=frame, k=label)
def value_of_the_minimum(K, w, k):
    r"""The minimum is $\log(1 + (K-1) e^{-K/(K-1)})$: the number whose logarithm it is, $1/p_k$."""
    return Equal(1 / softmax(w[k], k), 1 + (K - 1) * exp(-K / (K - 1)))
