r"""Problem 3, the conditions NC2, NC3 and NC4, as printed and repaired."""

from sympy import KroneckerDelta, Sum

from claims.problem_set_3._collapse import (
    CLASSES,
    POSITIVE,
    beta,
    centred_mean,
    combination,
    feature,
    frame,
    j,
)
from proofcheck import Equal, claim, forall, integers
from proofcheck.vectors import inner, norm

ETF = {"C": CLASSES, "mu": lambda C: frame(C), "sigma": POSITIVE}


def printed_gram(C, c, other):
    r"""Return $\frac C{C-1}\,\delta_{c,c'}\,\frac1{C-1}$, NC2 as it is printed: a product."""
    return C / (C - 1) * KroneckerDelta(c, other) * (1 / (C - 1))


def gram(C, c, other):
    r"""Return $\frac C{C-1}\,\delta_{c,c'}-\frac1{C-1}$."""
    return C / (C - 1) * KroneckerDelta(c, other) - 1 / (C - 1)


@claim("Problem 3, NC2, equal norms", ref="ps3-3-NC2a")
@forall(**ETF, c=lambda C: integers(1, C))
def centred_means_have_one_norm(C, mu, sigma, c):
    r"""$\lVert\mu_c-\mu_G\rVert = \sigma$ for every $c$, and $\tilde\mu_c =
    (\mu_c-\mu_G)/\sigma$.
    """
    return Equal(norm(centred_mean(mu, sigma, c)), sigma)


@claim("Problem 3, NC2, equal norms as printed", ref="ps3-3-NC2a",
       expect="ill-typed", corrected_by=centred_means_have_one_norm)  # fmt: skip
@forall(C=CLASSES, mu=lambda C: frame(C), mu_c=lambda mu: feature(mu), mu_G=lambda mu: feature(mu))
def norm_of_a_product_of_columns(C, mu, mu_c, mu_G):
    r"""As printed, $\lVert\mu_c\,\mu_G\rVert_2$: a column times a column, a lost minus."""
    return Equal(norm(mu_c * mu_G), 1)


@claim("Problem 3, NC2, angles: a unit vector", ref="ps3-3-NC2b")
@forall(C=CLASSES, c=lambda C: integers(1, C))
def gram_of_a_unit_vector(C, c):
    r"""$\frac C{C-1}\,\delta_{c,c}-\frac1{C-1} = 1 = \langle\tilde\mu_c,\tilde\mu_c\rangle$."""
    return Equal(gram(C, c, c), 1)


@claim("Problem 3, NC2, angles: the vectors cancel", ref="ps3-3-NC2b")
@forall(C=CLASSES, c=lambda C: integers(1, C))
def gram_rows_cancel(C, c):
    r"""$\sum_{c'}\langle\tilde\mu_c,\tilde\mu_{c'}\rangle = 0$, as $\sum_{c'}\tilde\mu_{c'} =
    0$ asks.
    """
    return Equal(Sum(gram(C, c, j), (j, 1, C)), 0)


@claim("Problem 3, NC2, angles as printed", ref="ps3-3-NC2b",
       expect="refuted", corrected_by=gram_of_a_unit_vector)  # fmt: skip
@forall(C=CLASSES, c=lambda C: integers(1, C))
def printed_gram_of_a_unit_vector(C, c):
    r"""As printed a minus is lost: for $C = 2$ the unit vector $\tilde\mu_1$ has the square 2."""
    return Equal(printed_gram(C, c, c), 1)


@claim("Problem 3, NC2, angles as printed: the sum", ref="ps3-3-NC2b",
       expect="refuted", corrected_by=gram_rows_cancel)  # fmt: skip
@forall(C=CLASSES, c=lambda C: integers(1, C))
def printed_gram_rows_cancel(C, c):
    r"""As printed different $\tilde\mu_c$ are orthogonal, but centred vectors are dependent."""
    return Equal(Sum(printed_gram(C, c, j), (j, 1, C)), 0)


@claim("Problem 3, NC2 as a matrix equation", ref="ps3-3-NC2b")
@forall(**ETF, c=lambda C: integers(1, C), k=lambda C: integers(1, C))
def gram_matrix_of_the_means(C, mu, sigma, c, k):
    r"""$M^\top M = \beta(I-\frac1C\mathbf 1\mathbf 1^\top)$ with $\beta = \sigma^2C/(C-1)$."""
    entry = inner(centred_mean(mu, sigma, c), centred_mean(mu, sigma, k))
    return Equal(entry, beta(C, sigma) * (KroneckerDelta(c, k) - 1 / C))


@claim("Problem 3, NC2: the centred means cancel", ref="ps3-3-NC2b")
@forall(**ETF)
def combination_of_ones_vanishes(C, mu, sigma):
    r"""$M\mathbf 1 = 0$ follows from the Gram relation: $\lVert M\mathbf 1\rVert^2 = 0$."""
    ones = {j: 1}
    total = combination(mu, sigma, ones)
    return Equal(inner(total, total), 0)
