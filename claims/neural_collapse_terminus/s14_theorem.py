r"""Slides 4 and 20: the theorem for the cross entropy, repaired and proved.

The slides leave out the constraint $\lVert m \rVert \le 1$ and argue from necessary conditions; the
repair compares every feature of the ball with $w_k$.
"""

from sympy import Interval, Rational, Reals, exp, oo

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    POSITIVE,
    feature,
    frame,
    label,
    log_loss,
    slope,
    softmax,
    squares,
)
from proofcheck import Equal, Greater, GreaterEqual, LessEqual, NotEqual, claim, forall
from proofcheck.vectors import inner

STEP = Interval(0, 1)
UP_TO_ONE = Interval(-oo, 1)


@claim("Repair: the loss lies above its tangent at the prototype")
@forall(K=CLASSES, w=frame, k=label, m=feature, s=STEP)
def above_its_tangent(K, w, k, m, s):
    r"""The cross entropy is convex: $L(w_k + s (m - w_k)) \ge L(w_k) + s c (1 - w_k^T m)$ with
    $c = \frac{K (1 - p_k)}{K-1}$, as the second derivative by s is a variance, and the gradient
    at $w_k$ is $-c w_k$.  This is why the conditions of slide 5 are sufficient here."""
    moved = w[k] + s * (m - w[k])
    return GreaterEqual(log_loss(moved, k), log_loss(w[k], k) + s * slope(K) * (1 - inner(w[k], m)))


@claim("Repair: distance to the prototype in coordinates")
@forall(K=CLASSES, w=frame, k=label, m=feature)
def distance_in_coordinates(K, w, k, m):
    r"""$\lVert m - w_k \rVert^2 = \frac{K-1}{K} \sum_j (x_j - w_k^T w_j)^2 + r^2$."""
    return Equal(inner(m - w[k], m - w[k]), squares(m, k))


@claim("Repair: a squared distance is not negative")
@forall(K=CLASSES, w=frame, k=label, m=feature)
def distance_not_negative(K, w, k, m):
    r"""$\lVert m \rVert^2 - 2 w_k^T m + 1 = \lVert m - w_k \rVert^2 \ge 0$."""
    return GreaterEqual(inner(m, m) - 2 * inner(w[k], m) + 1, 0)


@claim("Repair: products with the prototype", uses=[distance_not_negative])
@forall(n=UP_TO_ONE, x=Reals)
def product_at_most_one(n, x):
    r"""$x = w_k^T m \le 1$ where $n = \lVert m \rVert^2 \le 1$."""
    return LessEqual(x, 1).assuming(GreaterEqual(n - 2 * x + 1, 0))


@claim("Repair: the minimum", ref="nct-thm-the", uses=[above_its_tangent, product_at_most_one])
@forall(c=POSITIVE, x=UP_TO_ONE, L=Reals, L_0=Reals)
def minimum_on_the_ball(c, x, L, L_0):
    r"""On the ball the loss $L = L(m)$ is nowhere less than $L_0 = L(w_k)$, so that a minimiser
    exists: $L \ge L_0 + c (1 - x)$ with $x = w_k^T m \le 1$ and c > 0."""
    return LessEqual(L_0, L).assuming(GreaterEqual(L, L_0 + c * (1 - x)))


@claim("Repair: the slope is positive")
@forall(K=CLASSES)
def slope_is_positive(K):
    r"""$c = \frac{K (1 - p_k)}{K-1} > 0$."""
    return Greater(slope(K), 0)


@claim("Repair: the value of the minimum", ref="nct-thm-the")
@forall(K=CLASSES, w=frame, k=label)
def value_of_the_minimum(K, w, k):
    r"""The minimum is $\log(1 + (K-1) e^{-K/(K-1)})$: the number whose logarithm it is, $1/p_k$."""
    return Equal(1 / softmax(w[k], k), 1 + (K - 1) * exp(-K / (K - 1)))


@claim("Repair: the product of a minimiser", uses=[above_its_tangent, slope_is_positive])
@forall(c=POSITIVE, x=Reals, L=Reals, L_0=Reals)
def product_of_a_minimiser(c, x, L, L_0):
    r"""If L(m) is no more than $L(w_k)$, then $w_k^T m \ge 1$: c (1 - x) is not positive."""
    return GreaterEqual(x, 1).assuming(LessEqual(L, L_0), GreaterEqual(L, L_0 + c * (1 - x)))


@claim("Repair: the product of a minimiser, exactly", ref="nct-concl",
       uses=[product_of_a_minimiser, product_at_most_one])  # fmt: skip
@forall(x=Reals)
def product_of_a_minimiser_is_one(x):
    r"""$w_k^T m = 1$, being neither less nor more."""
    return Equal(x, 1).assuming(GreaterEqual(x, 1), LessEqual(x, 1))


@claim("Repair: the norm of a minimiser", ref="nct-concl",
       uses=[product_of_a_minimiser, distance_not_negative])  # fmt: skip
@forall(n=UP_TO_ONE, x=Reals)
def norm_of_a_minimiser(n, x):
    r"""$\lVert m \rVert^2 = 1$ follows from $w_k^T m \ge 1$ on the ball."""
    return Equal(n, 1).assuming(GreaterEqual(x, 1), GreaterEqual(n - 2 * x + 1, 0))


@claim("Repair: the distance of a minimiser", uses=[product_of_a_minimiser])
@forall(n=UP_TO_ONE, x=Reals)
def distance_of_a_minimiser(n, x):
    r"""$\lVert m - w_k \rVert^2 = n - 2 x + 1 \le 0$, where $w_k^T m = x \ge 1$."""
    return LessEqual(n - 2 * x + 1, 0).assuming(GreaterEqual(x, 1))


@claim("Repair: a product is as near as the features")
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def product_near_the_prototype(K, w, k, h, m):
    r"""$\frac{K-1}{K} (w_{k'}^T m + \frac{1}{K-1})^2 \le \lVert m - w_k \rVert^2$ for
    $k' \ne k$, as one of the squares in the distance."""
    gap = inner(w[h], m) + 1 / (K - 1)
    return GreaterEqual(inner(m, m) - 2 * inner(w[k], m) + 1, (K - 1) / K * gap**2).assuming(
        NotEqual(h, k)
    )


@claim("Repair: the squares of a minimiser",
       uses=[product_near_the_prototype, distance_of_a_minimiser])  # fmt: skip
@forall(c=POSITIVE, gap=Reals, D=Reals)
def squares_of_a_minimiser(c, gap, D):
    r"""A multiple of a square is at most the distance D, and this is not positive."""
    return LessEqual(c * gap**2, 0).assuming(LessEqual(D, 0), GreaterEqual(D, c * gap**2))


@claim("Repair: the squares of a minimiser", uses=[squares_of_a_minimiser])
@forall(c=POSITIVE, gap=Reals)
def square_of_a_minimiser(c, gap):
    r"""So the square itself is at most 0."""
    return LessEqual(gap**2, 0).assuming(LessEqual(c * gap**2, 0))


@claim("Repair: the products of a minimiser", ref="nct-concl", uses=[square_of_a_minimiser])
@forall(gap=Reals)
def gap_of_a_minimiser(gap):
    r"""And $w_{k'}^T m + \frac{1}{K-1} = 0$."""
    return Equal(gap, 0).assuming(LessEqual(gap**2, 0))


@claim("Slides 4 and 20: the theorem for the cross entropy, the own prototype", ref="nct-thm-CE",
       uses=[above_its_tangent, slope_is_positive, distance_not_negative, product_of_a_minimiser,
             product_at_most_one, product_of_a_minimiser_is_one])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def theorem_for_the_cross_entropy(K, w, k, m):
    r"""If $\lVert m \rVert \le 1$ and the loss at m is no more than at $w_k$ (a global minimiser),
    then $m^T w_k = 1$.  The constraint is what the slides leave out."""
    x, n, loss, least = inner(w[k], m), inner(m, m), log_loss(m, k), log_loss(w[k], k)
    return Equal(x, 1).assuming(
        LessEqual(n, 1),
        LessEqual(loss, least),
        distance_not_negative(K=K, w=w, k=k, m=m),
        above_its_tangent(K=K, w=w, k=k, m=m, s=Rational(1)),
        product_of_a_minimiser(c=slope(K), x=x, L=loss, L_0=least),
        product_at_most_one(n=n, x=x),
        product_of_a_minimiser_is_one(x=x),
    )


@claim(
    "Slides 4 and 20: the theorem, the other prototypes", ref="nct-thm-range",
    uses=[
        theorem_for_the_cross_entropy, distance_of_a_minimiser, product_near_the_prototype,
        squares_of_a_minimiser, square_of_a_minimiser, gap_of_a_minimiser,
    ],
)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, h=label, m=feature)
def theorem_for_the_other_prototypes(K, w, k, h, m):
    r"""If $\lVert m \rVert \le 1$ and $m^T w_k = 1$, then $m^T w_{k'} = -\frac{1}{K-1}$ for every
    other class k' (here h): with the claim before, the theorem for all k, k' in [1, K]."""
    x, n, c = inner(w[k], m), inner(m, m), (K - 1) / K
    gap, D = inner(w[h], m) + 1 / (K - 1), n - 2 * x + 1
    return Equal(inner(m, w[h]), -1 / (K - 1)).assuming(
        NotEqual(h, k),
        LessEqual(n, 1),
        Equal(x, 1),
        distance_of_a_minimiser(n=n, x=x),
        product_near_the_prototype(K=K, w=w, k=k, h=h, m=m),
        squares_of_a_minimiser(c=c, gap=gap, D=D),
        square_of_a_minimiser(c=c, gap=gap),
        gap_of_a_minimiser(gap=gap),
    )
