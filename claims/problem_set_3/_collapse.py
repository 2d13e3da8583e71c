r"""The notation of Problem 3: features, class means, shapes, and the collapsed least squares.

Under NC2 the centred class means are $m_c = \mu_c-\mu_G = \sigma\,\tilde\mu_c$, where $\tilde\mu$
is a simplex equiangular tight frame of $C$ vectors of $\mathbb R^p$ and $\sigma > 0$ their norm.
``SimplexETF`` knows the frame through its Gram relation (NC2b repaired) and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Interval, Sum, Symbol, oo

from proofcheck import integers
from proofcheck.errors import IllTyped
from proofcheck.vectors import SimplexETF, Vector, VectorOf, inner, summed

POSITIVE = Interval.open(0, oo)
i = Symbol("i", integer=True)  # the index of a sample
j = Symbol("j", integer=True)
CLASSES = integers(2)


def frame(C: Any) -> SimplexETF:
    r"""Return the domain of the normalised centred class means $\tilde\mu_1,\dots,\tilde\mu_C$."""
    return SimplexETF(C, arbitrary="t")


def feature(mu: SimplexETF) -> VectorOf:
    r"""Return the domain of the vectors of the feature space, with products ``hm[c]``."""
    return VectorOf(mu)


def further_feature(mu: SimplexETF) -> VectorOf:
    r"""Return the domain of a vector beside a feature and the arbitrary vector of ``frame``."""
    return VectorOf(mu, outside=3)


def beta(C: Any, sigma: Any) -> Expr:
    r"""Return $\beta = \sigma^2C/(C-1)$, for which $M^\top M = \beta(I-\frac1C\mathbf 1\mathbf
    1^\top)$.
    """
    return sigma**2 * C / (C - 1)


def centred_mean(mu: SimplexETF, sigma: Any, c: Any) -> Vector:
    r"""Return $m_c = \mu_c-\mu_G$, the $c$-th column of $M$."""
    return sigma * mu[c]


def fresh_index(v: Vector) -> Symbol:
    r"""Return the symbol of an index that does not occur in ``v``, bound or free."""
    symbols: set[Any] = set()
    for summand in v.summands:
        symbols |= summand.coefficient.atoms(Symbol) | {limit[0] for limit in summand.limits}
    taken = {symbol.name for symbol in symbols}
    return Symbol(next(f"j{n}" for n in range(1, 99) if f"j{n}" not in taken), integer=True)


def scatter(mu: SimplexETF, sigma: Any, v: Vector) -> Vector:
    r"""Return $MM^\top v = \sum_cm_c\langle m_c, v\rangle$."""
    index = fresh_index(v)
    column = centred_mean(mu, sigma, index)
    return summed(column * inner(column, v), (index, 1, mu.size))


def combination(mu: SimplexETF, sigma: Any, a: Any) -> Vector:
    r"""Return $Ma = \sum_ca_cm_c$."""
    return summed(centred_mean(mu, sigma, j) * a[j], (j, 1, mu.size))


def weight(mu: SimplexETF, sigma: Any, c: Any) -> Vector:
    r"""Return $w_c$, the $c$-th row of $W = \frac1CM^\top\Sigma_T^\dagger$, with
    $\Sigma_T = \frac1CMM^\top$ (NC1) and $\Sigma_T^\dagger = C\beta^{-2}MM^\top$.
    """
    inverse = beta(mu.size, sigma) ** -2
    return scatter(mu, sigma, centred_mean(mu, sigma, c)) * inverse


def mean(values: Callable[[Symbol], Expr], count: Any) -> Expr:
    r"""Return $\frac1N\sum_{i=1}^Na_i$."""
    return Sum(values(j), (j, 1, count)) / count


@dataclass(frozen=True)
class Shape:
    """A matrix of which only the numbers of its rows and columns matter."""

    rows: Expr
    columns: Expr

    def __mul__(self, other: Shape) -> Shape:
        if self.columns != other.rows:
            raise IllTyped(
                f"{self} * {other}: {self.columns} columns do not meet {other.rows} rows"
            )
        return Shape(self.rows, other.columns)

    @property
    def transpose(self) -> Shape:
        """The transpose."""
        return Shape(self.columns, self.rows)

    def __str__(self) -> str:
        return f"{self.rows} x {self.columns} matrix"
