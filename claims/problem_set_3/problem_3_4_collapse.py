r"""Problem 3, the question: NC1 and NC2 imply NC3 and NC4, for every $C\ge2$ and every $p\ge C-1$.

Under NC1 $\Sigma_T = \frac1CMM^\top$.  Vectors are compared along an arbitrary vector $t$.
"""

from sympy import Sum, sqrt

from claims.problem_set_3._collapse import (
    CLASSES,
    POSITIVE,
    beta,
    centred_mean,
    feature,
    frame,
    further_feature,
    j,
    scatter,
    weight,
)
from claims.problem_set_3.problem_3_1_statistics import total_is_between_under_nc1
from claims.problem_set_3.problem_3_2_conditions import gram_matrix_of_the_means
from claims.problem_set_3.problem_3_3_least_squares import target_covariance_is_the_mean_matrix
from proofcheck import Equal, claim, forall, integers
from proofcheck.vectors import inner, norm

ETF = {"C": CLASSES, "mu": lambda C: frame(C), "sigma": POSITIVE}
CLASS = {"c": lambda C: integers(1, C)}
VECTOR = {"v": lambda mu: feature(mu)}


@claim("Problem 3, the square of MM'", ref="ps3-3-claim", uses=[gram_matrix_of_the_means])
@forall(**ETF, **VECTOR)
def scatter_squared(C, mu, sigma, v):
    r"""$(MM^\top)^2 = \beta\,MM^\top$, from $M^\top M = \beta(I-\frac1C\mathbf 1\mathbf
    1^\top)$ and $M\mathbf 1 = 0$.
    """
    once = scatter(mu, sigma, v)
    return Equal(scatter(mu, sigma, once), once * beta(C, sigma))


def total(mu, sigma, v):
    r"""Return $\Sigma_Tv = \frac1CMM^\top v$."""
    return scatter(mu, sigma, v) * (1 / mu.size)


def pseudo_inverse(mu, sigma, v):
    r"""Return $C\beta^{-2}MM^\top v$, the candidate for $\Sigma_T^\dagger v$."""
    return scatter(mu, sigma, v) * (mu.size * beta(mu.size, sigma) ** -2)


def projection(mu, sigma, v):
    r"""Return $\beta^{-1}MM^\top v$, the orthogonal projection onto the span of the means."""
    return scatter(mu, sigma, v) * (1 / beta(mu.size, sigma))


@claim("Problem 3, the pseudo-inverse undoes", ref="ps3-3-claim", uses=[scatter_squared])
@forall(**ETF, **VECTOR)
def pseudo_inverse_undoes(C, mu, sigma, v):
    r"""$\Sigma_T^\dagger\Sigma_T = P = \beta^{-1}MM^\top$ for $\Sigma_T^\dagger =
    C\beta^{-2}MM^\top$.

    Both are multiples of $MM^\top$, so that $\Sigma_T\Sigma_T^\dagger = P$ as well.
    """
    return Equal(pseudo_inverse(mu, sigma, total(mu, sigma, v)), projection(mu, sigma, v))


@claim("Problem 3, first Penrose condition", ref="ps3-3-claim", uses=[pseudo_inverse_undoes])
@forall(**ETF, **VECTOR)
def first_penrose_condition(C, mu, sigma, v):
    r"""$\Sigma_T(\Sigma_T^\dagger\Sigma_T) = \Sigma_T P = \Sigma_T$."""
    return Equal(total(mu, sigma, projection(mu, sigma, v)), total(mu, sigma, v))


@claim("Problem 3, second Penrose condition", ref="ps3-3-claim", uses=[pseudo_inverse_undoes])
@forall(**ETF, **VECTOR)
def second_penrose_condition(C, mu, sigma, v):
    r"""$(\Sigma_T^\dagger\Sigma_T)\Sigma_T^\dagger = P\Sigma_T^\dagger = \Sigma_T^\dagger$."""
    once = pseudo_inverse(mu, sigma, v)
    return Equal(projection(mu, sigma, once), once)


@claim("Problem 3, third Penrose condition", ref="ps3-3-claim", uses=[pseudo_inverse_undoes])
@forall(**ETF, **VECTOR, u=lambda mu: further_feature(mu))
def third_penrose_condition(C, mu, sigma, v, u):
    r"""$\Sigma_T\Sigma_T^\dagger$ is symmetric: $\langle Pv, u\rangle = \langle v, Pu\rangle$."""
    return Equal(inner(projection(mu, sigma, v), u), inner(v, projection(mu, sigma, u)))


@claim("Problem 3, fourth Penrose condition", ref="ps3-3-claim", uses=[pseudo_inverse_undoes])
@forall(**ETF, **VECTOR, u=lambda mu: further_feature(mu))
def fourth_penrose_condition(C, mu, sigma, v, u):
    r"""$\Sigma_T^\dagger\Sigma_T$ is symmetric, written out without $P$."""
    left = inner(pseudo_inverse(mu, sigma, total(mu, sigma, v)), u)
    return Equal(left, inner(v, pseudo_inverse(mu, sigma, total(mu, sigma, u))))


PENROSE = [
    first_penrose_condition,
    second_penrose_condition,
    third_penrose_condition,
    fourth_penrose_condition,
]


@claim("Problem 3, the weights", ref="ps3-3-claim",
       uses=[*PENROSE, total_is_between_under_nc1,
             target_covariance_is_the_mean_matrix])  # fmt: skip
@forall(**ETF, **CLASS)
def weights_are_the_centred_means(C, mu, sigma, c):
    r"""$W = \frac1CM^\top\Sigma_T^\dagger = \beta^{-1}M^\top$, by rows: $w_c = \beta^{-1}m_c$."""
    return Equal(weight(mu, sigma, c), centred_mean(mu, sigma, c) * (1 / beta(C, sigma)))


def frobenius_squared(mu, row):
    r"""Return $\sum_c\lVert r_c\rVert^2$."""
    return Sum(inner(row(j), row(j)), (j, 1, mu.size))


@claim("Problem 3, the norm of M", ref="ps3-3-NC3")
@forall(**ETF)
def norm_of_the_means(C, mu, sigma):
    r"""$\lVert M\rVert_F^2 = C\sigma^2$."""
    return Equal(frobenius_squared(mu, lambda k: centred_mean(mu, sigma, k)), C * sigma**2)


@claim("Problem 3, the norm of W", ref="ps3-3-NC3", uses=[weights_are_the_centred_means])
@forall(**ETF)
def norm_of_the_weights(C, mu, sigma):
    r"""$\lVert W\rVert_F^2 = C\sigma^2/\beta^2$."""
    norm_squared = frobenius_squared(mu, lambda k: centred_mean(mu, sigma, k) / beta(C, sigma))
    return Equal(norm_squared, C * sigma**2 / beta(C, sigma) ** 2)


@claim("Problem 3, NC3", ref="ps3-3-NC3",
       uses=[weights_are_the_centred_means, norm_of_the_means, norm_of_the_weights])  # fmt: skip
@forall(**ETF, **CLASS)
def self_duality(C, mu, sigma, c):
    r"""$W^\top/\lVert W\rVert_F = M/\lVert M\rVert_F$: NC3 follows."""
    norm_of_w = sqrt(C) * sigma / beta(C, sigma)
    left = weight(mu, sigma, c) * (1 / norm_of_w)
    return Equal(left, centred_mean(mu, sigma, c) * (1 / (sqrt(C) * sigma)))


@claim("Problem 3, NC3 as printed", ref="ps3-3-NC3",
       expect="ill-typed", corrected_by=self_duality)  # fmt: skip
@forall(
    C=CLASSES,
    mu=lambda C: frame(C),
    mu_c=lambda mu: feature(mu),
    mu_G=lambda mu: further_feature(mu),
)
def means_matrix_of_products(C, mu, mu_c, mu_G):
    r"""As printed $M = [\mu_c\,\mu_G]$ has columns that are a column times a column."""
    return Equal(mu_c * mu_G, mu_c)


def score(C, mu, sigma, g, c):
    r"""Return $\langle w_c, h\rangle+b_c = \langle w_c, h-\mu_G\rangle+\frac1C$, with $g =
    h-\mu_G$.
    """
    return inner(centred_mean(mu, sigma, c), g) / beta(C, sigma) + 1 / C


def distance_squared(mu, sigma, g, c):
    r"""Return $\lVert h-\mu_c\rVert^2 = \lVert g-m_c\rVert^2$."""
    gap = g - centred_mean(mu, sigma, c)
    return inner(gap, gap)


@claim("Problem 3, NC4", ref="ps3-3-NC4", uses=[weights_are_the_centred_means])
@forall(**ETF, **CLASS, k=lambda C: integers(1, C), g=lambda mu: feature(mu))
def scores_order_classes_like_distances(C, mu, sigma, c, k, g):
    r"""$s_c-s_k = \frac1{2\beta}(\lVert h-\mu_k\rVert^2-\lVert h-\mu_c\rVert^2)$ for every $h$.

    As $\beta > 0$, the larger score belongs to the nearer mean, and ties to ties: NC4 follows.
    """
    difference = score(C, mu, sigma, g, c) - score(C, mu, sigma, g, k)
    nearer = distance_squared(mu, sigma, g, k) - distance_squared(mu, sigma, g, c)
    return Equal(difference, nearer / (2 * beta(C, sigma)))


@claim("Problem 3, NC4 as printed", ref="ps3-3-NC4",
       expect="ill-typed", corrected_by=scores_order_classes_like_distances)  # fmt: skip
@forall(C=CLASSES, mu=lambda C: frame(C), h=lambda mu: feature(mu), mu_c=lambda mu: feature(mu))
def distance_to_a_product_of_columns(C, mu, h, mu_c):
    r"""As printed, $\lVert h(x)\,\mu_c\rVert_2$: a column times a column, a lost minus."""
    return Equal(norm(h * mu_c), 1)


@claim("Problem 3, NC1 + NC2 imply NC3 + NC4", ref="ps3-3-claim",
       uses=[self_duality, scores_order_classes_like_distances])  # fmt: skip
@forall(**ETF, **CLASS, k=lambda C: integers(1, C), g=lambda mu: feature(mu))
def collapse_implies_nearest_mean(C, mu, sigma, c, k, g):
    r"""With $W$ from least squares itself: $\langle w_c-w_k, g\rangle$ orders like distances."""
    difference = inner(weight(mu, sigma, c) - weight(mu, sigma, k), g)
    nearer = distance_squared(mu, sigma, g, k) - distance_squared(mu, sigma, g, c)
    return Equal(2 * beta(C, sigma) * difference, nearer)
