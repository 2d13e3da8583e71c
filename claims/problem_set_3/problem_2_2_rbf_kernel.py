r"""Problem 2.2: the composition kernel of $\exp(-\lVert x - y\rVert^2/\gamma^2)$ and its limits.

Below, $q = r^2/\gamma^2$ and $c = 2/\gamma^2$, so that $k = e^{-q}$ and $k^{(2)} = e^{-c(1-k)}$.
"""

from sympy import Interval, LambertW, Limit, Symbol, exp, oo, sqrt

from claims.problem_set_3._definitions import feature_distance_squared, rbf_kernel
from proofcheck import Equal, Greater, GreaterEqual, Less, LessEqual, calc, claim, forall

POSITIVE = Interval.open(0, oo)
NONNEGATIVE = Interval(0, oo)
R, Q, K = (Symbol(name, nonnegative=True) for name in ("r", "q", "k"))


def composed(r, gamma):
    r"""Return $k^{(2)}$ at distance $r$: the kernel of the features' distance."""
    k = rbf_kernel(r**2, gamma)
    k_itself = rbf_kernel(0, gamma)
    return rbf_kernel(feature_distance_squared(k_itself, k, k_itself), gamma)


def composed_scaled(q, c):
    r"""Return $k^{(2)} = e^{-c(1-e^{-q})}$ in the variables $q$ and $c$."""
    return exp(-c * (1 - exp(-q)))


@claim("Problem 2.2, composition kernel", ref="ps3-2.2")
@forall(r=NONNEGATIVE, gamma=POSITIVE)
def rbf_composition(r, gamma):
    r"""$k^{(2)} = e^{-2/\gamma^2}\,e^{(2/\gamma^2)\,k(x, y)}$ with $r = \lVert x - y\rVert$."""
    return Equal(
        composed(r, gamma), exp(-2 / gamma**2) * exp(2 / gamma**2 * exp(-(r**2) / gamma**2))
    )


@claim("Problem 2.2, scaled variables", ref="ps3-2.2", uses=[rbf_composition])
@forall(q=NONNEGATIVE, c=POSITIVE)
def rbf_composition_scaled(q, c):
    r"""$k^{(2)} = e^{-c(1-e^{-q})}$ at $r = \gamma\sqrt q$, $\gamma = \sqrt{2/c}$."""
    gamma = sqrt(2) / sqrt(c)
    return Equal(composed(gamma * sqrt(q), gamma), composed_scaled(q, c))


@claim("Problem 2.2, large distance: k vanishes", ref="ps3-2.2")
@forall(q=POSITIVE)
def kernel_vanishes_at_large_distance(q):
    r"""$k = e^{-q} < 1/q$, so that $k\to0$ as $r\to\infty$."""
    return Less(exp(-q), 1 / q)


@claim("Problem 2.2, large distance: limit of k", ref="ps3-2.2")
@forall(gamma=POSITIVE)
def kernel_tends_to_zero(gamma):
    r"""$k\to0$ as $r\to\infty$."""
    return Equal(Limit(rbf_kernel(R**2, gamma), R, oo), 0)


@claim("Problem 2.2, large distance: limit", ref="ps3-2.2")
@forall(gamma=POSITIVE)
def composition_tends_to_its_limit(gamma):
    r"""$k^{(2)}\to e^{-2/\gamma^2}$ as $r\to\infty$: not to zero."""
    return Equal(Limit(composed(R, gamma), R, oo), exp(-2 / gamma**2))


@claim("Problem 2.2, large distance: next order", ref="ps3-2.2")
@forall(gamma=POSITIVE)
def composition_minus_its_limit(gamma):
    r"""$(k^{(2)} - e^{-2/\gamma^2})/k\to\frac2{\gamma^2}e^{-2/\gamma^2}$ as $k\to0$, that is
    $r\to\infty$.
    """
    limit, c = exp(-2 / gamma**2), 2 / gamma**2
    return Equal(Limit((exp(-c * (1 - K)) - limit) / K, K, 0), c * limit)


@claim("Problem 2.2, large distance: lower bound", ref="ps3-2.2", uses=[rbf_composition_scaled])
@forall(q=NONNEGATIVE, c=POSITIVE)
def composition_stays_above_its_limit(q, c):
    r"""$k^{(2)} > e^{-c} = e^{-2/\gamma^2}$ at every distance: it does not vanish."""
    return Greater(composed_scaled(q, c), exp(-c))


@claim("Problem 2.2, large distance: rate", ref="ps3-2.2",
       uses=[rbf_composition_scaled, composition_stays_above_its_limit])  # fmt: skip
@forall(k=Interval(0, 1), c=POSITIVE)
def composition_approaches_its_limit(k, c):
    r"""$k^{(2)} - e^{-c} \le c\,k$, so that $k^{(2)}\to e^{-2/\gamma^2}$ as $k\to0$."""
    return LessEqual(exp(-c * (1 - k)) - exp(-c), c * k)


@claim("Problem 2.2, small distance: limit of k", ref="ps3-2.2")
@forall(gamma=POSITIVE)
def small_distance_limit_of_the_kernel(gamma):
    r"""$(1-k)/r^2\to1/\gamma^2$ as $r\to0$."""
    return Equal(Limit((1 - rbf_kernel(R**2, gamma)) / R**2, R, 0), 1 / gamma**2)


@claim("Problem 2.2, small distance: limit", ref="ps3-2.2")
@forall(gamma=POSITIVE)
def small_distance_limit(gamma):
    r"""$(1-k^{(2)})/r^2\to2/\gamma^4$ as $r\to0$: the composition falls faster where
    $\gamma^2 < 2$.
    """
    return Equal(Limit((1 - composed(R, gamma)) / R**2, R, 0), 2 / gamma**4)


@claim("Problem 2.2, small distance: limit of the next order", ref="ps3-2.2",
       uses=[rbf_composition_scaled])  # fmt: skip
@forall(c=POSITIVE)
def small_distance_next_order(c):
    r"""$(k^{(2)} - 1 + cq)/q^2\to(c+c^2)/2$ as $q\to0$."""
    return Equal(Limit((composed_scaled(Q, c) - 1 + c * Q) / Q**2, Q, 0), (c + c**2) / 2)


@claim("Problem 2.2, small distance: lower bound", ref="ps3-2.2", uses=[rbf_composition_scaled])
@forall(q=NONNEGATIVE, c=POSITIVE)
def small_distance_lower_bound(q, c):
    r"""$k^{(2)} \ge 1 - cq$, where $cq = 2r^2/\gamma^4$; compare $k \ge 1 - q$."""
    return GreaterEqual(composed_scaled(q, c), 1 - c * q)


@claim("Problem 2.2, small distance: next order from above", ref="ps3-2.2",
       uses=[rbf_composition_scaled])  # fmt: skip
@forall(q=NONNEGATIVE, c=POSITIVE)
def small_distance_upper_bound(q, c):
    r"""$k^{(2)} \le 1 - cq + (c + c^2)\,q^2/2$; compare $k \le 1 - q + q^2/2$."""
    return LessEqual(composed_scaled(q, c), 1 - c * q + (c + c**2) * q**2 / 2)


@claim(
    "Problem 2.2, small distance: next order from below",
    ref="ps3-2.2",
    uses=[rbf_composition_scaled],
)
@forall(q=NONNEGATIVE, c=POSITIVE)
def small_distance_third_order(q, c):
    r"""$k^{(2)} \ge 1 - cq + (c+c^2)q^2/2 - (c+3c^2+c^3)q^3/6$ (Touchard polynomials)."""
    cubic = (c + 3 * c**2 + c**3) * q**3 / 6
    return GreaterEqual(composed_scaled(q, c), 1 - c * q + (c + c**2) * q**2 / 2 - cubic)


@claim("Problem 2.2, comparison for wide kernels", ref="ps3-2.2", uses=[rbf_composition_scaled])
@forall(q=POSITIVE, c=Interval.Lopen(0, 1))
def wide_kernels_grow(q, c):
    r"""$k^{(2)} > k$ at every distance if $\gamma^2 \ge 2$, that is $c \le 1$."""
    return Greater(composed_scaled(q, c), exp(-q))


@claim("Problem 2.2, where the kernels cross", ref="ps3-2.2", uses=[rbf_composition_scaled])
@forall(c=Interval.open(1, oo))
def kernels_cross(c):
    r"""For $\gamma^2 < 2$, $k^{(2)} = k$ at $q^* = c + W_0(-c\,e^{-c})$."""
    crossing = c + LambertW(-c * exp(-c))
    return calc(c * (1 - exp(-crossing)), crossing)


@claim("Problem 2.2, the crossing is not at distance zero", ref="ps3-2.2", uses=[kernels_cross])
@forall(c=Interval.open(1, oo))
def crossing_is_positive(c):
    r"""$q^* = c + W_0(-c\,e^{-c}) > 0$, for $W_0 > -1$."""
    return Greater(c + LambertW(-c * exp(-c)), 0)


@claim("Problem 2.2, narrow kernels before the crossing", ref="ps3-2.2",
       uses=[rbf_composition_scaled])  # fmt: skip
@forall(q=POSITIVE, gap=POSITIVE)
def narrow_kernels_shrink_before_the_crossing(q, gap):
    r"""$k^{(2)} < k$ for $0 < q < q^*$, where $c = q^*/(1-e^{-q^*})$ puts the crossing at $q^*$."""
    crossing = q + gap
    return Less(composed_scaled(q, crossing / (1 - exp(-crossing))), exp(-q))


@claim("Problem 2.2, narrow kernels beyond the crossing", ref="ps3-2.2",
       uses=[rbf_composition_scaled])  # fmt: skip
@forall(crossing=POSITIVE, gap=POSITIVE)
def narrow_kernels_grow_beyond_the_crossing(crossing, gap):
    r"""$k^{(2)} > k$ for $q > q^*$: $k^{(2)}-k$ changes sign once, at $q^*$."""
    q = crossing + gap
    return Greater(composed_scaled(q, crossing / (1 - exp(-crossing))), exp(-q))


@claim("Problem 2.2, does composing always sharpen?",
       expect="refuted", corrected_by=wide_kernels_grow)  # fmt: skip
@forall(r=POSITIVE, gamma=POSITIVE)
def composition_is_never_larger(r, gamma):
    r"""$k^{(2)} \le k$ would have the composition decay faster; far away it does not."""
    return LessEqual(composed(r, gamma), exp(-(r**2) / gamma**2))
