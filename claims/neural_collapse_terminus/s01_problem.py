r"""Slide 2: the problem and its counting of classes.  (Its "s.t." is empty; see s14_theorem.)"""

from sympy import FiniteSet, Max, Sum, Symbol

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    MULTIPLIER,
    cross_entropy,
    feature,
    frame,
    label,
    over,
)
from claims.neural_collapse_terminus.s14_theorem import minimum_on_the_ball
from proofcheck import Equal, LessEqual, Numbers, claim, forall, integers

COUNT = integers(1)


def sample_counts(K):
    """The domain of the numbers of samples of the K classes; a class may have none."""
    return Numbers(K, integers(0))


def excesses(K):
    """The domain of K numbers that are not negative."""
    return Numbers(K, MULTIPLIER)


def membership(n):
    """The domain of a set of labels out of n, by its indicator."""
    return Numbers(n, FiniteSet(0, 1))


@claim("Slide 2, the problem as printed", ref="nct-prob", expect="refuted",
       corrected_by=minimum_on_the_ball)  # fmt: skip
@forall(K=CLASSES, w=frame, k=label, m=feature)
def minimum_without_a_constraint(K, w, k, m):
    r"""With nothing behind "s.t.", the theorem's $\hat m = w_k$ minimises the loss over all m in
    R^d: false, the loss decreases for ever along $m = s w_k$.  What is lost is
    $\lVert m_{k,i} \rVert^2 \le 1$, the constraint of the Lagrangian on slide 6."""
    return LessEqual(cross_entropy(w[k], k), cross_entropy(m, k))


@claim("Slide 2, the labels of a session, repaired", ref="nct-prob-index")
@forall(a=COUNT, b=COUNT)
def labels_of_two_sessions(a, b):
    r"""If session 0 has the labels 1..a and session 1 has a+1..a+b, there are a + b of them."""
    k = Symbol("k", integer=True)
    return Equal(Sum(1, (k, 1, a)) + Sum(1, (k, a + 1, a + b)), a + b)


@claim("Slide 2, the labels of a session", ref="nct-prob-index", expect="refuted",
       corrected_by=labels_of_two_sessions)  # fmt: skip
@forall(a=COUNT, b=COUNT)
def labels_of_two_sessions_as_printed(a, b):
    r"""In every session k runs from 1 to $K^{(t)}$, so that two sessions have $\max(a, b)$
    different labels; the slides count $K = a + b$."""
    return Equal(Max(a, b), a + b)


@claim("Slide 2, K, repaired", ref="nct-K")
@forall(n=COUNT, a=membership, b=membership)
def classes_of_disjoint_sessions(n, a, b):
    r"""$K = \sum_t K^{(t)}$ counts the whole label space if no class comes in two sessions."""
    union = over(lambda j: a[j] + b[j] - a[j] * b[j], n)
    return Equal(union, over(lambda j: a[j], n) + over(lambda j: b[j], n)).assuming(
        Equal(over(lambda j: a[j] * b[j], n), 0)
    )


@claim("Slide 2, K", ref="nct-K", expect="refuted", corrected_by=classes_of_disjoint_sessions)
@forall(n=COUNT, a=membership, b=membership)
def classes_of_sessions(n, a, b):
    r"""$K = \sum_t K^{(t)}$ is the number of classes of the whole label space: not if a class
    (its indicator is 1 in both) comes in two sessions."""
    union = over(lambda j: a[j] + b[j] - a[j] * b[j], n)
    return Equal(union, over(lambda j: a[j], n) + over(lambda j: b[j], n))


@claim("Slide 2, classes without samples, repaired", ref="nct-prob")
@forall(K=CLASSES, k=label, n=sample_counts, D=excesses)
def excess_of_a_class(K, k, n, D):
    r"""The losses of a session exceed their least value by $\sum_j n_j D_j$, if those of class j
    do so by $D_j \ge 0$ each: where the sum is 0, so is $n_k D_k$, which is at most the sum."""
    return LessEqual(n[k] * D[k], over(lambda j: n[j] * D[j], K))


@claim("Slide 2, classes without samples", ref="nct-prob", expect="refuted",
       corrected_by=excess_of_a_class)  # fmt: skip
@forall(K=CLASSES, k=label, n=sample_counts, D=excesses)
def excess_of_every_class(K, k, n, D):
    r"""Where the sum is 0, the loss of every class is least: not of a class without samples, of
    which the problem, and so the theorem, says nothing."""
    return LessEqual(D[k], 0).assuming(LessEqual(over(lambda j: n[j] * D[j], K), 0))
