r"""Slide 20: the products with the other prototypes, and the conclusion."""

from sympy import Interval, KroneckerDelta, Reals

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    MULTIPLIER,
    POSITIVE,
    SAMPLES,
    eqn1_times_prototypes,
    eqn2_holds,
    eqn4_holds,
    feature,
    frame,
    label,
    other_classes,
    softmax_of,
    softmax_values,
    stationary,
    times,
)
from claims.neural_collapse_terminus.s06_case_one import only_case_two
from claims.neural_collapse_terminus.s07_case_two import on_the_sphere
from claims.neural_collapse_terminus.s08_eqn1 import n_times_the_gradient
from claims.neural_collapse_terminus.s09_eqn2 import eqn2
from claims.neural_collapse_terminus.s10_equal_probabilities import (
    common_probability_times,
    equal_probabilities_of_classes,
)
from claims.neural_collapse_terminus.s11_eqn3_to_eqn5 import eqn4, eqn5
from claims.neural_collapse_terminus.s12_alignment import (
    aligned,
    eqn1_with_equal_probabilities,
    own_product,
)
from proofcheck import (
    Equal,
    NotEqual,
    claim,
    every,
    forall,
    integers,
    throughout,
)
from proofcheck.vectors import inner

UNIT = Interval.open(0, 1)


@claim("Slide 20, third line", ref="nct-xj", uses=[eqn5])
@forall(K=CLASSES, N=SAMPLES, lamda=POSITIVE, p_k=UNIT, q=UNIT, x_j=Reals, x_k=Reals)
def other_products(K, N, lamda, p_k, q, x_j, x_k):
    r"""$m^T w_j = -\frac{1}{K-1}$ for all $j \ne k$, from EQN5 and $m^T w_k = 1$."""
    return Equal(x_j, -1 / (K - 1)).assuming(
        eqn2_holds(K, N, lamda, q, x_j),
        Equal((K - 1) * q, 1 - p_k),
        eqn4_holds(K, N, lamda, p_k, x_k),
        Equal(x_k, 1),
        eqn5(K=K, N=N, lamda=lamda, p_k=p_k, q=q, x_j=x_j, x_k=x_k),
    )


@claim("Slide 20, last display", ref="nct-concl")
@forall(K=CLASSES, k=label, h=label, x_h=Reals)
def conclusion_for_the_other_classes(K, k, h, x_h):
    r"""$m^T w_{k'} = \frac{K}{K-1} \delta_{k,k'} - \frac{1}{K-1}$ for $k' \ne k$ (here h)."""
    return Equal(x_h, K / (K - 1) * KroneckerDelta(k, h) - 1 / (K - 1)).assuming(
        NotEqual(h, k), Equal(x_h, -1 / (K - 1))
    )


@claim("Slide 20, last display", ref="nct-concl")
@forall(K=CLASSES, k=label, x_k=Reals)
def conclusion_for_the_own_class(K, k, x_k):
    r"""The same for k' = k, from $m^T w_k = 1$."""
    return Equal(x_k, K / (K - 1) * KroneckerDelta(k, k) - 1 / (K - 1)).assuming(Equal(x_k, 1))


@claim("Slide 20, the alignment along the own prototype", ref="nct-align")
@forall(K=CLASSES, p_k=UNIT, N=SAMPLES, lamda=POSITIVE, x_k=Reals)
def factor_of_the_alignment(K, p_k, N, lamda, x_k):
    r"""Along $w_k$ the alignment is EQN4: $x_k = c = \frac{K (1 - p_k)}{2 N \lambda (K-1)}$."""
    return Equal(x_k, K * (1 - p_k) / (2 * N * lamda * (K - 1))).assuming(
        eqn4_holds(K, N, lamda, p_k, x_k)
    )


@claim("Slides 11 to 20, the argument in numbers", ref="nct-qed",
       uses=[on_the_sphere, factor_of_the_alignment, own_product, other_products])  # fmt: skip
@forall(K=CLASSES, p_k=UNIT, q=UNIT, N=SAMPLES, lamda=POSITIVE, n=MULTIPLIER, x_k=Reals, x_j=Reals)
def argument_in_numbers(K, p_k, q, N, lamda, n, x_k, x_j):
    r"""From complementary slackness, EQN2, EQN4, the common probability q of the others and the
    alignment along m: $\lVert m \rVert^2 = n = 1$, $m^T w_k = x_k = 1$ and
    $m^T w_j = x_j = -\frac{1}{K-1}$."""
    c = K * (1 - p_k) / (2 * N * lamda * (K - 1))
    return every(Equal(n, 1), Equal(x_k, 1), Equal(x_j, -1 / (K - 1))).assuming(
        Equal(lamda * (n - 1), 0),
        eqn2_holds(K, N, lamda, q, x_j),
        Equal((K - 1) * q, 1 - p_k),
        eqn4_holds(K, N, lamda, p_k, x_k),
        Equal(n, c * x_k),
        on_the_sphere(lamda=lamda, n=n),
        factor_of_the_alignment(K=K, p_k=p_k, N=N, lamda=lamda, x_k=x_k),
        own_product(K=K, p_k=p_k, N=N, lamda=lamda, n=n, x_k=x_k),
        other_products(K=K, N=N, lamda=lamda, p_k=p_k, q=q, x_j=x_j, x_k=x_k),
    )


@claim("Slides 11 to 20, the printed argument, repaired", ref="nct-qed",
       uses=[eqn2, eqn4, equal_probabilities_of_classes, common_probability_times,
             eqn1_with_equal_probabilities, aligned, argument_in_numbers])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values, m=feature, N=SAMPLES,
        lamda=POSITIVE)  # fmt: skip
def theorem_from_the_conditions(K, w, k, h, p, m, N, lamda):
    r"""In Case 2, complementary slackness and EQN1, along all prototypes and m, give
    $\lVert m \rVert^2 = 1$, $m^T w_k = 1$ and $m^T w_{k'} = -\frac{1}{K-1}$ for $k' \ne k$
    (here h), where the $p_j$ are those of slide 8."""
    x_k, x_h, n = inner(m, w[k]), inner(m, w[h]), inner(m, m)
    point = {"p": p, "m": m, "N": N, "lamda": lamda}
    return every(Equal(n, 1), Equal(x_k, 1), Equal(x_h, -1 / (K - 1))).assuming(
        NotEqual(h, k),
        softmax_of(m, p),
        eqn1_times_prototypes(m, k, p, N, lamda),
        times(m, m, k, p, N, lamda),
        Equal(lamda * (n - 1), 0),
        eqn2(K=K, w=w, k=k, h=h, **point),
        eqn4(K=K, w=w, k=k, **point),
        other_classes(
            K, k, lambda j: equal_probabilities_of_classes(K=K, w=w, k=k, g=j, h=h, **point)
        ),
        common_probability_times(K=K, k=k, h=h, p=p),
        eqn1_with_equal_probabilities(K=K, w=w.along(m), k=k, h=h, **point),
        aligned(K=K, w=w.along(m), k=k, p_k=p[k], m=m, N=N, lamda=lamda),
        argument_in_numbers(K=K, p_k=p[k], q=p[h], N=N, lamda=lamda, n=n, x_k=x_k, x_j=x_h),
    )


@claim("Slides 5 to 20, the printed argument from stationarity", ref="nct-qed",
       uses=[n_times_the_gradient, theorem_from_the_conditions])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values, m=feature, N=SAMPLES,
        lamda=POSITIVE)  # fmt: skip
def theorem_from_stationarity(K, w, k, h, p, m, N, lamda):
    r"""The same in Case 2, $\lambda > 0$, from the conditions of slide 5 themselves: the gradient
    of slide 7 vanishes (along all prototypes and m), and complementary slackness."""
    x_k, x_h, n = inner(m, w[k]), inner(m, w[h]), inner(m, m)
    line = {"K": K, "k": k, "p": p, "m": m, "N": N, "lamda": lamda}
    every_class = integers(1, K)
    return every(Equal(n, 1), Equal(x_k, 1), Equal(x_h, -1 / (K - 1))).assuming(
        NotEqual(h, k),
        softmax_of(m, p),
        throughout(every_class, lambda j: stationary(w[j], m, k, p, N, lamda)),
        stationary(m, m, k, p, N, lamda),
        Equal(lamda * (n - 1), 0),
        throughout(every_class, lambda j: n_times_the_gradient(w=w.along(w[j]), **line)),
        n_times_the_gradient(w=w.along(m), **line),
        theorem_from_the_conditions(w=w, h=h, **line),
    )


@claim("Slides 5 to 20, the printed argument, both cases", ref="nct-qed",
       uses=[only_case_two, theorem_from_stationarity])  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, h=label, p=softmax_values, m=feature, N=SAMPLES,
        lamda=MULTIPLIER)  # fmt: skip
def theorem_from_the_kkt_conditions(K, w, k, h, p, m, N, lamda):
    r"""The same for $\lambda \ge 0$, dual feasibility: Case 1 cannot be."""
    x_k, x_h, n = inner(m, w[k]), inner(m, w[h]), inner(m, m)
    line = {"K": K, "w": w, "k": k, "p": p, "m": m, "N": N, "lamda": lamda}
    return every(Equal(n, 1), Equal(x_k, 1), Equal(x_h, -1 / (K - 1))).assuming(
        NotEqual(h, k),
        softmax_of(m, p),
        throughout(integers(1, K), lambda j: stationary(w[j], m, k, p, N, lamda)),
        stationary(m, m, k, p, N, lamda),
        Equal(lamda * (n - 1), 0),
        only_case_two(**line),
        theorem_from_stationarity(h=h, **line),
    )
