r"""The notation of the slides: frame, features, softmax, losses, Lagrangian, sums over the classes.

``K`` is the number of classes, ``w[j]`` the prototype of class j, ``m`` a feature of class ``k``,
``x[j]`` its inner product with w[j], ``r`` its component outside the span of the prototypes,
``p[j]`` a softmax probability, ``h`` and ``g`` further classes (the slides' j', j_1, j_2),
``N`` the number of samples of a session and ``lamda`` the multiplier of one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Expr, Interval, KroneckerDelta, Reals, S, Symbol, exp, log, oo

from proofcheck.citations import throughout
from proofcheck.domains import Numbers, integers, probabilities
from proofcheck.relations import Condition, Equal, NotEqual, Relation
from proofcheck.vectors import SimplexETF, Vector, VectorOf, inner, summed

CLASSES = integers(2)
"""K: there are at least two classes."""

SAMPLES = integers(1)
"""N: there is at least one sample."""

MULTIPLIER = Interval(0, oo)
"""lambda >= 0, dual feasibility."""

POSITIVE = Interval.open(0, oo)


def label(K: Expr) -> Any:
    """The domain of a class."""
    return integers(1, K)


def frame(K: Expr) -> SimplexETF:
    """The domain of the prototypes: a simplex ETF."""
    return SimplexETF(K)


def directed(K: Expr) -> SimplexETF:
    """The same for a claim that concludes an equation of vectors, along an arbitrary vector t."""
    return SimplexETF(K, arbitrary="t")


def feature(w: SimplexETF) -> VectorOf:
    """The domain of a feature m of R^d."""
    return VectorOf(w, products="x", orthogonal="r")


def softmax_values(K: Expr) -> Numbers:
    """The domain of the probabilities p_1, ..., p_K where only their sum and signs matter."""
    return probabilities(K)


def real_numbers(K: Expr) -> Numbers:
    """The domain of K real numbers."""
    return Numbers(K, Reals)


def distribution(K: Expr) -> Numbers:
    """The closed simplex: K numbers of [0, 1] that sum to 1."""
    return Numbers(K, Interval(0, 1), S.One)


def over(term: Callable[[Symbol], Any], K: Expr, *excluded: Expr) -> Any:
    r"""Return $\sum_{j \ne a, b, ...} term(j)$, a number or a vector; ``excluded`` are a, b, ..."""
    j = Symbol("j", integer=True)
    weight = S.One
    for other in excluded:
        weight *= 1 - KroneckerDelta(j, other)
    return summed(term(j) if not excluded else weight * term(j), (j, 1, K))


def softmax(m: Vector, j: Expr) -> Expr:
    r"""Return $p_j = \exp(w_j^T m) / \sum_{j'} \exp(w_{j'}^T m)$."""
    return exp(inner(m, m.frame[j])) / partition(m)


def partition(m: Vector) -> Expr:
    r"""Return $\sum_{j'} \exp(w_{j'}^T m)$."""
    i = Symbol("i", integer=True)
    return summed(exp(inner(m, m.frame[i])), (i, 1, m.frame.size))


def cross_entropy(m: Vector, k: Expr) -> Expr:
    """Return the loss of a feature m of class k."""
    return -log(softmax(m, k))


def log_loss(m: Vector, k: Expr) -> Expr:
    r"""Return the same as $\log \sum_j \exp(w_j^T m) - w_k^T m$ (see ``loss_of_a_sample``)."""
    return log(partition(m)) - inner(m.frame[k], m)


def misalignment(m: Vector, k: Expr) -> Expr:
    r"""Return $\frac12 (w_k^T m - 1)^2$ (Yang et al., "Inducing neural collapse", 2022)."""
    return (inner(m.frame[k], m) - 1) ** 2 / 2


def gradient(m: Vector, k: Expr, p: Any, N: Expr, lamda: Expr) -> Vector:
    """Return the printed gradient of the Lagrangian by m; ``p[j]`` are the probabilities."""
    w = m.frame
    pull = over(lambda j: p[j] * w[j], w.size, k)
    return w[k] * (-(1 - p[k]) / N) + pull / N + 2 * lamda * m


def eqn1(m: Vector, k: Expr, p: Any, N: Expr, lamda: Expr) -> Vector:
    """Return the left side of EQN1 with the m that the slides lose."""
    w = m.frame
    return over(lambda j: p[j] * (w[j] - w[k]), w.size, k) + 2 * N * lamda * m


def times(v: Vector, m: Vector, k: Expr, p: Any, N: Expr, lamda: Expr) -> Relation:
    """Return EQN1 times a vector."""
    return Equal(inner(eqn1(m, k, p, N, lamda), v), 0)


def other_classes(K: Expr, k: Expr, statement: Callable[[Symbol], Condition]) -> Condition:
    r"""Return ``statement(j)`` for all $j \ne k$, to be assumed."""
    return throughout(integers(1, K), statement, where=lambda j: NotEqual(j, k))


def all_equal(h: Expr, k: Expr, p: Any, K: Expr) -> Condition:
    r"""Return $p_j = p_h$ for all $j \ne k$."""
    return other_classes(K, k, lambda j: Equal(p[j], p[h]))


def softmax_of(m: Vector, p: Any) -> Condition:
    r"""Return $p_j = \exp(w_j^T m) / \sum_{j'} \exp(w_{j'}^T m)$ for all j (slide 8)."""
    return throughout(integers(1, m.frame.size), lambda j: Equal(p[j], softmax(m, j)))


def stationary(v: Vector, m: Vector, k: Expr, p: Any, N: Expr, lamda: Expr) -> Relation:
    """Return that the gradient of the Lagrangian vanishes along a vector."""
    return Equal(inner(gradient(m, k, p, N, lamda), v), 0)


def eqn1_times_prototypes(m: Vector, k: Expr, p: Any, N: Expr, lamda: Expr) -> Condition:
    """Return EQN1 times each of the prototypes."""
    every = integers(1, m.frame.size)
    return throughout(every, lambda j: times(m.frame[j], m, k, p, N, lamda))


def eqn2_holds(K: Expr, N: Expr, lamda: Expr, p: Expr, x: Expr) -> Relation:
    """Return EQN2 for a class with the probability p and the product x."""
    return Equal(K / (K - 1) * p + 2 * N * lamda * x, 0)


def eqn4_holds(K: Expr, N: Expr, lamda: Expr, p_k: Expr, x_k: Expr) -> Relation:
    """Return EQN4 for the own probability and the own product."""
    return Equal(-K / (K - 1) * (1 - p_k) + 2 * N * lamda * x_k, 0)


def any_vector(w: SimplexETF) -> VectorOf:
    """The domain of any vector of R^d."""
    return VectorOf(w)


def further_vector(w: SimplexETF) -> VectorOf:
    """The domain of a vector of R^d beside a feature."""
    return VectorOf(w, outside=2)


class Softmax:
    """The probabilities of a feature, indexed by class like a family: ``p[j]``."""

    def __init__(self, m: Vector) -> None:
        self.m = m

    def __getitem__(self, j: Expr) -> Expr:
        return softmax(self.m, j)


def own_probability(K: Expr) -> Expr:
    r"""Return $p_k$ at $m = w_k$: $e / (e + (K-1) e^{-1/(K-1)})$."""
    return exp(1) / (exp(1) + (K - 1) * exp(-1 / (K - 1)))


def multiplier(K: Expr, N: Expr) -> Expr:
    r"""Return the multiplier at $m = w_k$ in closed form: $\frac{K (1 - p_k)}{2 N (K-1)}$."""
    return K * (1 - own_probability(K)) / (2 * N * (K - 1))


def slope(K: Expr) -> Expr:
    r"""Return $c = \frac{K (1 - p_k)}{K-1}$: the gradient of the loss at $w_k$ is $-c w_k$."""
    return K * (1 - own_probability(K)) / (K - 1)
