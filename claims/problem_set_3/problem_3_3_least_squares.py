r"""Problem 3: the least-squares solution of Webb and Lowe, its shapes and its hypotheses.

Least squares: minimise $\frac1{NC}\sum_{c,i}\lVert Wh_{i,c}+b-e_c\rVert^2$, with one-hot targets
$e_c$ and $N$ samples of each of the $C$ classes.
"""

from sympy import FiniteSet, KroneckerDelta, Matrix, Rational, Reals, Sum

from claims.problem_set_3._collapse import CLASSES, Shape, i, mean
from proofcheck import Equal, Greater, GreaterEqual, NotEqual, Numbers, claim, forall, integers


@claim("Problem 3, optimal bias", ref="ps3-3-b")
@forall(n=integers(1), residual=lambda n: Numbers(n, Reals), shift=Reals)
def centred_residuals_are_best(n, residual, shift):
    r"""$\sum_i(r_i+\delta)^2\ge\sum_ir_i^2$ if $\sum_ir_i = 0$: $b = \bar y-W\mu_G$, $\bar y =
    \frac1C\mathbf 1$.
    """
    centred = mean(lambda i: residual[i], n)
    moved = Sum((residual[i] - centred + shift) ** 2, (i, 1, n))
    return Equal(moved, Sum((residual[i] - centred) ** 2, (i, 1, n)) + n * shift**2)


@claim("Problem 3, covariance of targets and features", ref="ps3-3-W")
@forall(C=CLASSES, A=lambda C: Numbers(C, Reals), c=lambda C: integers(1, C))
def target_covariance_is_the_mean_matrix(C, A, c):
    r"""$\frac1C\sum_{c'}(\delta_{cc'}-\frac1C)(\mu_{c'}-\mu_G) = \frac1C(\mu_c-\mu_G)$:
    one-hot, balanced.

    So the normal equations read $W\Sigma_T = \frac1CM^\top$.
    """
    centre = mean(lambda k: A[k], C)
    covariance = Sum((KroneckerDelta(c, i) - 1 / C) * (A[i] - centre), (i, 1, C)) / C
    return Equal(covariance, (A[c] - centre) / C)


@claim("Problem 3, least-squares weights", ref="ps3-3-W",
       expect="ill-typed", corrected_by=target_covariance_is_the_mean_matrix)  # fmt: skip
@forall(p=integers(1), C=CLASSES)
def weights_as_printed(p, C):
    r"""As printed, $W = \frac1CM\Sigma_T^\dagger$: a $p\times C$ times a $p\times p$ matrix."""
    weights = Shape(p, C) * Shape(p, p)
    return Equal(weights.rows, C)


@claim("Problem 3, least-squares bias", ref="ps3-3-b",
       expect="ill-typed", corrected_by=target_covariance_is_the_mean_matrix)  # fmt: skip
@forall(p=integers(1), C=CLASSES)
def bias_as_printed(p, C):
    r"""As printed, $b = \frac1C\mathbf 1_C-\frac1CM\Sigma_T^\dagger\mu_G$ needs a transpose too."""
    bias = Shape(p, C) * Shape(p, p) * Shape(p, 1)
    return Equal(bias.rows, C)


@claim("Problem 3, least squares as printed for p = C", ref="ps3-3-W",
       expect="refuted", corrected_by=target_covariance_is_the_mean_matrix)  # fmt: skip
@forall(side=FiniteSet(1, 2))
def weights_as_printed_for_equal_sizes(side):
    r"""For $p = C = 2$ the printed product exists and is wrong: $W\Sigma_T\ne\frac1CM^\top$.

    Features $(1, 0)$ and $(-1, 0)$: $M = \begin{pmatrix}1&-1\\0&0\end{pmatrix}$ and
    $\Sigma_T = \Sigma_T^\dagger = \mathrm{diag}(1, 0)$.
    """
    M, sigma = Matrix([[1, -1], [0, 0]]), Matrix([[1, 0], [0, 0]])
    half = Rational(1, 2)
    printed = half * M * sigma
    row = side - 1
    return Equal((printed * sigma)[row, 0], (half * M.T)[row, 0])


@claim("Problem 3, normal equations suffice", ref="ps3-3-LS")
@forall(n=integers(1), residual=lambda n: Numbers(n, Reals), change=lambda n: Numbers(n, Reals))
def excess_loss_is_a_square(n, residual, change):
    r"""$\sum_i(r_i+z_i)^2-\sum_ir_i^2-2\sum_ir_iz_i = \sum_iz_i^2$.

    Under the normal equations $\sum_ir_iz_i = 0$ for every change $z_i = \langle Z,
    h_i\rangle+\delta$.
    """
    moved = Sum((residual[i] + change[i]) ** 2, (i, 1, n))
    cross = Sum(residual[i] * change[i], (i, 1, n))
    return Equal(
        moved - Sum(residual[i] ** 2, (i, 1, n)) - 2 * cross, Sum(change[i] ** 2, (i, 1, n))
    )


@claim("Problem 3, a least-squares solution", ref="ps3-3-LS", uses=[excess_loss_is_a_square])
@forall(n=integers(1), change=lambda n: Numbers(n, Reals))
def excess_loss_is_not_negative(n, change):
    r"""$\sum_iz_i^2\ge0$: whatever solves the normal equations is a minimiser."""
    return GreaterEqual(Sum(change[i] ** 2, (i, 1, n)), 0)


HALF = Rational(1, 2)
TWO_FEATURES = ((1, 0), (-1, 0))


def loss_for_two_features(weights):
    r"""Return the loss of $W$ with $b = (\frac12,\frac12)$ for the features $(1, 0)$ and $(-1,
    0)$.
    """
    total = 0
    for c, feature in enumerate(TWO_FEATURES):
        for row in range(2):
            predicted = weights[row, 0] * feature[0] + weights[row, 1] * feature[1] + HALF
            total += (predicted - int(c == row)) ** 2
    return total / 2


WEBB_AND_LOWE = Matrix([[HALF, 0], [-HALF, 0]])


@claim("Problem 3, minimum norm", ref="ps3-3-LS")
@forall(z_11=Reals, z_12=Reals, z_21=Reals, z_22=Reals)
def other_minimisers_have_a_larger_norm(z_11, z_12, z_21, z_22):
    r"""If $W+Z$ fits as well, then $\lVert W+Z\rVert_F\ge\lVert W\rVert_F$: minimum norm
    selects $W$.
    """
    moved = WEBB_AND_LOWE + Matrix([[z_11, z_12], [z_21, z_22]])
    return GreaterEqual(sum(w**2 for w in moved), sum(w**2 for w in WEBB_AND_LOWE)).assuming(
        Equal(z_11, 0), Equal(z_21, 0)
    )


@claim("Problem 3, 'the' solution of least squares", ref="ps3-3-LS",
       expect="refuted", corrected_by=other_minimisers_have_a_larger_norm)  # fmt: skip
@forall(z_11=Reals, z_12=Reals, z_21=Reals, z_22=Reals)
def solution_is_unique(z_11, z_12, z_21, z_22):
    r"""Under NC1 $\Sigma_T$ has the rank $C-1$: the second column of $W$ is free here ($C = p =
    2$).
    """
    moved = WEBB_AND_LOWE + Matrix([[z_11, z_12], [z_21, z_22]])
    return Greater(loss_for_two_features(moved), loss_for_two_features(WEBB_AND_LOWE)).assuming(
        NotEqual(z_11**2 + z_12**2 + z_21**2 + z_22**2, 0)
    )


@claim("Problem 3, balanced classes", ref="ps3-3-LS",
       expect="refuted", corrected_by=target_covariance_is_the_mean_matrix)  # fmt: skip
@forall(N_1=integers(1), N_2=integers(1), m_1=Reals, m_2=Reals)
def class_sizes_do_not_matter(N_1, N_2, m_1, m_2):
    r"""For unbalanced classes the covariance of targets and features is
    $\frac{N_c}N(\mu_c-\mu_G)$.
    """
    total = N_1 + N_2
    overall = (N_1 * m_1 + N_2 * m_2) / total
    covariance = (N_1 * (1 - N_1 / total) * m_1 - N_2 * (N_1 / total) * m_2) / total
    return Equal(covariance, (m_1 - overall) / 2)


@claim("Problem 3, one-hot targets", ref="ps3-3-LS",
       expect="refuted", corrected_by=target_covariance_is_the_mean_matrix)  # fmt: skip
@forall(m_1=Reals, m_2=Reals, on=Reals, off=Reals)
def target_values_do_not_matter(m_1, m_2, on, off):
    r"""For targets ``on`` and ``off`` the covariance is (on - off) times that of one-hot ones."""
    overall, target = (m_1 + m_2) / 2, (on + off) / 2
    covariance = ((on - target) * (m_1 - overall) + (off - target) * (m_2 - overall)) / 2
    return Equal(covariance, (m_1 - overall) / 2)
