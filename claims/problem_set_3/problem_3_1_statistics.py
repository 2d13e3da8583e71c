r"""Problem 3, definitions: class means and covariances, as printed and repaired.

The text never defines $\mu_G$; it is taken for the mean of the class means.  Covariances are
compared along two arbitrary directions: $a_i$ and $b_i$ are the products of the features
$h_{1,c},\dots,h_{N,c}$ of one class with them.
"""

from sympy import Reals, Sum

from claims.problem_set_3._collapse import CLASSES, feature, frame, i, j, mean
from proofcheck import Equal, LessEqual, Numbers, claim, forall, integers

FEATURES = {"N": integers(1), "a": lambda N: Numbers(N, Reals), "b": lambda N: Numbers(N, Reals)}


def covariance(a, alpha, b, beta, N):
    r"""Return $\frac1N\sum_i(a_i-\alpha)(b_i-\beta)$."""
    return Sum((a[i] - alpha) * (b[i] - beta), (i, 1, N)) / N


@claim("Problem 3, class means repaired", ref="ps3-3-mean")
@forall(N=integers(1), a=lambda N: Numbers(N, Reals))
def deviations_from_the_mean_cancel(N, a):
    r"""$\sum_i(h_{i,c}-\mu_c) = 0$ for $\mu_c = \frac1N\sum_{i=1}^Nh_{i,c}$."""
    return Equal(Sum(a[i] - mean(lambda i: a[i], N), (i, 1, N)), 0)


@claim("Problem 3, class means", ref="ps3-3-mean",
       expect="refuted", corrected_by=deviations_from_the_mean_cancel)  # fmt: skip
@forall(C=CLASSES, N=integers(1), a=lambda N: Numbers(N, Reals))
def mean_over_the_number_of_classes(C, N, a):
    r"""As printed, $\mu_c = \frac1C\sum_{i=1}^Nh_{i,c}$: no mean unless $N = C$."""
    printed = Sum(a[j], (j, 1, N)) / C
    return Equal(Sum(a[i] - printed, (i, 1, N)), 0)


@claim("Problem 3, total covariance of one class", ref="ps3-3-ST")
@forall(**FEATURES, alpha=Reals, beta=Reals)
def covariance_about_any_point(N, a, b, alpha, beta):
    r"""$\frac1N\sum_i(h_i-\mu_G)(h_i-\mu_G)^\top
    = \frac1N\sum_i(h_i-\mu_c)(h_i-\mu_c)^\top+(\mu_c-\mu_G)(\mu_c-\mu_G)^\top$.
    """
    mean_a, mean_b = mean(lambda i: a[i], N), mean(lambda i: b[i], N)
    within = covariance(a, mean_a, b, mean_b, N)
    return Equal(covariance(a, alpha, b, beta, N), within + (mean_a - alpha) * (mean_b - beta))


@claim("Problem 3, the covariances add up", ref="ps3-3-ST", uses=[covariance_about_any_point])
@forall(C=CLASSES, within=lambda C: Numbers(C, Reals), A=lambda C: Numbers(C, Reals),
        B=lambda C: Numbers(C, Reals), alpha=Reals, beta=Reals)  # fmt: skip
def total_is_within_plus_between(C, within, A, B, alpha, beta):
    r"""$\Sigma_T = \Sigma_W+\Sigma_B$: the mean over the classes of what each of them has.

    $A_c$, $B_c$ are the coordinates of $\mu_c$, and $\alpha$, $\beta$ those of $\mu_G$.
    """
    total = Sum(within[i] + (A[i] - alpha) * (B[i] - beta), (i, 1, C)) / C
    between = covariance(A, alpha, B, beta, C)
    return Equal(total, Sum(within[j], (j, 1, C)) / C + between)


@claim("Problem 3, the global mean", ref="ps3-3-SB")
@forall(C=CLASSES, A=lambda C: Numbers(C, Reals))
def centred_means_cancel(C, A):
    r"""$\sum_c(\mu_c-\mu_G) = 0$, that is $M\mathbf 1 = 0$, for $\mu_G = \frac1C\sum_c\mu_c$."""
    return Equal(Sum(A[i] - mean(lambda c: A[c], C), (i, 1, C)), 0)


@claim("Problem 3, within-class covariance", ref="ps3-3-SW",
       expect="ill-typed", corrected_by=covariance_about_any_point)  # fmt: skip
@forall(C=CLASSES, mu=lambda C: frame(C), h=lambda mu: feature(mu), mu_c=lambda mu: feature(mu))
def within_class_covariance(C, mu, h, mu_c):
    r"""As printed, $(h_{i,c}\,\mu_c)(h_{i,c}\,\mu_c)^\top$: a column times a column, a lost
    minus.
    """
    return Equal(h * mu_c, h * mu_c)


@claim("Problem 3, between-class covariance", ref="ps3-3-SB",
       expect="ill-typed", corrected_by=total_is_within_plus_between)  # fmt: skip
@forall(C=CLASSES, mu=lambda C: frame(C), mu_c=lambda mu: feature(mu), mu_G=lambda mu: feature(mu))
def between_class_covariance(C, mu, mu_c, mu_G):
    r"""As printed, $(\mu_c\,\mu_G)(\cdot)^\top$: a column times a column, a lost minus."""
    return Equal(mu_c * mu_G, mu_c * mu_G)


@claim("Problem 3, total covariance", ref="ps3-3-ST",
       expect="ill-typed", corrected_by=total_is_within_plus_between)  # fmt: skip
@forall(C=CLASSES, mu=lambda C: frame(C), h=lambda mu: feature(mu), mu_G=lambda mu: feature(mu))
def total_covariance(C, mu, h, mu_G):
    r"""As printed, $(h_{i,c}\,\mu_G)(\cdot)^\top$: a column times a column, a lost minus."""
    return Equal(h * mu_G, h * mu_G)


@claim("Problem 3, NC1 for each feature", ref="ps3-3-NC1")
@forall(N=integers(1), d=lambda N: Numbers(N, Reals), k=lambda N: integers(1, N))
def no_deviation_exceeds_the_variance(N, d, k):
    r"""$d_k^2\le\sum_id_i^2$: $\Sigma_W = 0$ means $h_{i,c} = \mu_c$ for all $i$ and $c$."""
    return LessEqual(d[k] ** 2, Sum(d[i] ** 2, (i, 1, N)))


@claim("Problem 3, NC1", ref="ps3-3-NC1", uses=[covariance_about_any_point])
@forall(N=integers(1), alpha=Reals, beta=Reals, A=Reals, B=Reals)
def total_is_between_under_nc1(N, alpha, beta, A, B):
    r"""If every feature of a class is its mean, then $\Sigma_T = \Sigma_B = \frac1CMM^\top$."""
    return Equal(Sum((A - alpha) * (B - beta), (i, 1, N)) / N, (A - alpha) * (B - beta))
