r"""Slide 3: the simplex equiangular tight frame, its existence, its norms and its cosines."""

from sympy import Abs, Integer, Interval, KroneckerDelta, Rational, Sum, Symbol, cos, pi

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    POSITIVE,
    frame,
    label,
    over,
    real_numbers,
)
from proofcheck import Equal, GreaterEqual, NotEqual, claim, forall, integers
from proofcheck.vectors import inner, norm, vanishing

DIMENSION = integers(1)
"""d = K - 1, the least dimension in which the frame exists."""


def axis(d):
    """The domain of a class other than the last one; there are d of them."""
    return integers(1, d)


def coordinate(d, s, u):
    r"""Coordinates in R^(K-1): $w_i = a e_i + b \mathbf 1$ for i < K, $w_K = -\mathbf 1 / u$, with
    $s = \sqrt K$, $u = \sqrt{K-1}$, $a = s/u$, $b = (1 - s)/u^3$."""
    a, b = s / u, (1 - s) / u**3
    return lambda i, c: a * KroneckerDelta(i, c) + b


@claim("Slide 3, DEF1: existence in dimension K - 1", ref="nct-def1")
@forall(d=DIMENSION, i=axis, h=axis, s=POSITIVE, u=POSITIVE)
def frame_in_coordinates(d, i, h, s, u):
    r"""With these coordinates, in R^(K-1), DEF1 holds for two of the first K - 1 vectors."""
    e, c, K = coordinate(d, s, u), Symbol("c", integer=True), d + 1
    return Equal(
        Sum(e(i, c) * e(h, c), (c, 1, d)), K / (K - 1) * KroneckerDelta(i, h) - 1 / (K - 1)
    ).assuming(Equal(s**2, K), Equal(u**2, d))


@claim("Slide 3, DEF1: existence in dimension K - 1", ref="nct-def1")
@forall(d=DIMENSION, i=axis, s=POSITIVE, u=POSITIVE)
def last_vector_in_coordinates(d, i, s, u):
    r"""The last vector has the product $-\frac{1}{K-1}$ with the others."""
    e, c, K = coordinate(d, s, u), Symbol("c", integer=True), d + 1
    return Equal(Sum(e(i, c) * (-1 / u), (c, 1, d)), -1 / (K - 1)).assuming(
        Equal(s**2, K), Equal(u**2, d)
    )


@claim("Slide 3, DEF1: existence in dimension K - 1", ref="nct-def1")
@forall(d=DIMENSION, u=POSITIVE)
def last_vector_is_a_unit_vector(d, u):
    r"""The last vector has norm 1."""
    c = Symbol("c", integer=True)
    return Equal(Sum((-1 / u) ** 2, (c, 1, d)), 1).assuming(Equal(u**2, d))


@claim("Slide 3, DEF1: no existence below dimension K - 1", ref="nct-def1")
@forall(K=CLASSES, w=frame, a=real_numbers)
def only_dependency(K, w, a):
    r"""$\lVert \sum_j a_j w_j \rVert^2 = \frac{1}{2(K-1)} \sum_{i,j} (a_i - a_j)^2$: zero only if
    all $a_j$ are equal, so K - 1 of the vectors are independent and $d \ge K - 1$."""
    combination = over(lambda j: a[j] * w[j], K)
    i, j = Symbol("i", integer=True), Symbol("j", integer=True)
    spread = Sum((a[i] - a[j]) ** 2, (i, 1, K), (j, 1, K))
    return Equal(inner(combination, combination), spread / (2 * (K - 1)))


@claim("Slide 3, DEF1: the spectrum of the Gram matrix", ref="nct-def1")
@forall(K=CLASSES, w=frame, k=label, a=real_numbers)
def spectrum(K, w, k, a):
    r"""The Gram matrix multiplies what sums to zero by $\frac{K}{K-1}$; the rest is the next claim:
    rank K - 1."""
    return Equal(over(lambda j: inner(w[k], w[j]) * a[j], K), K / (K - 1) * a[k]).assuming(
        Equal(over(lambda j: a[j], K), 0)
    )


@claim("Slide 3, DEF1: the kernel of the Gram matrix", ref="nct-def1")
@forall(K=CLASSES, w=frame, k=label)
def kernel_of_the_gram_matrix(K, w, k):
    r"""The Gram matrix sends the all-ones vector to zero."""
    return Equal(over(lambda j: inner(w[k], w[j]), K), 0)


@claim("Slide 3, below DEF1", ref="nct-norm")
@forall(K=CLASSES, w=frame, k=label)
def same_norm(K, w, k):
    r"""All vectors have the same $\ell_2$ norm, namely 1."""
    return Equal(norm(w[k]), 1)


@claim("Slide 3, DEF1 for a single class", ref="nct-def1", expect="undefined",
       corrected_by=same_norm)  # fmt: skip
@forall(K=integers(1), w=frame, k=label)
def norm_for_a_single_class(K, w, k):
    r"""For K = 1 DEF1 divides by zero: the theorem needs two classes."""
    return Equal(inner(w[k], w[k]), 1)


@claim("Slide 3, DEF1 for two classes", ref="nct-def1")
@forall(w=frame(Integer(2)))
def two_prototypes_are_opposite(w):
    r"""For K = 2 DEF1 says that $w_2 = -w_1$, for $\lVert w_1 + w_2 \rVert^2 = 0$."""
    return vanishing(w[1] + w[2])


@claim("Slide 3, below DEF1", ref="nct-ip")
@forall(K=CLASSES, w=frame, k=label, h=label)
def same_inner_products(K, w, k, h):
    r"""Any two different vectors have the inner product $-\frac{1}{K-1}$."""
    return Equal(inner(w[k], w[h]), -1 / (K - 1)).assuming(NotEqual(k, h))


@claim("Slide 3, below DEF1, with one sign for all cosines", ref="nct-mincos")
@forall(K=CLASSES, c=Interval(-1, 1))
def minimal_common_cosine(K, c):
    r"""If K unit vectors have pairwise the same cosine c, then $c \ge -\frac{1}{K-1}$, because
    $\lVert \sum_j u_j \rVert^2 = \sum_{i,j} (\delta_{ij} + c (1 - \delta_{ij})) \ge 0$."""
    i, j = Symbol("i", integer=True), Symbol("j", integer=True)
    delta = KroneckerDelta(i, j)
    norm_of_sum = Sum(delta + c * (1 - delta), (i, 1, K), (j, 1, K))
    return GreaterEqual(c, -1 / (K - 1)).assuming(GreaterEqual(norm_of_sum, 0))


@claim(
    "Slide 3, below DEF1, as one reads 'equiangular' of lines", ref="nct-mincos",
    expect="refuted", corrected_by=minimal_common_cosine,
)  # fmt: skip
@forall(a=Interval(0, 2 * pi), b=Interval(0, 2 * pi))
def minimal_cosine_of_equiangular_lines(a, b):
    r"""For K = 3 unit vectors of the plane at the angles 0, a, b with equal absolute cosines, every
    cosine is at least $-\frac12$: false, for +-u are equiangular in that sense."""
    return GreaterEqual(cos(a), -Rational(1, 2)).assuming(
        Equal(Abs(cos(a)), Abs(cos(b))), Equal(Abs(cos(a - b)), Abs(cos(b)))
    )
