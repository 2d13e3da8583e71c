r"""Problem 2.1: the composition kernel of $\langle x, y\rangle^d$."""

from sympy import FiniteSet, Interval, Reals, oo, sqrt

from claims.problem_set_3._definitions import polynomial_kernel
from proofcheck import Equal, GreaterEqual, LessEqual, Vectors, claim, forall, integers


def quadratic_features(*z):
    r"""Return the features of $\langle x, y\rangle^2$: $z_i^2$ and $\sqrt2\,z_iz_j$ for $i<j$."""
    squares = [one**2 for one in z]
    pairs = [sqrt(2) * z[i] * z[j] for j in range(len(z)) for i in range(j)]
    return squares + pairs


@claim("Problem 2.1, the features of the quadratic kernel", ref="ps3-2.1")
@forall(x=Vectors(2), y=Vectors(2))
def quadratic_features_induce_the_kernel(x, y):
    r"""$\langle\Phi(x),\Phi(y)\rangle = \langle x, y\rangle^2$ for $d = 2$ on $\mathbb R^2$."""
    pairs = zip(quadratic_features(*x), quadratic_features(*y), strict=True)
    return Equal(sum(a * b for a, b in pairs), (x.T * y)[0] ** 2)


@claim("Problem 2.1, composition written out for d = 2", ref="ps3-2.1")
@forall(x=Vectors(2), y=Vectors(2))
def quadratic_features_twice(x, y):
    r"""$\langle\Phi(\Phi(x)),\Phi(\Phi(y))\rangle = \langle x, y\rangle^4$: six features each."""
    twice_x = quadratic_features(*quadratic_features(*x))
    twice_y = quadratic_features(*quadratic_features(*y))
    return Equal(sum(a * b for a, b in zip(twice_x, twice_y, strict=True)), (x.T * y)[0] ** 4)


@claim("Problem 2.1, composition kernel", ref="ps3-2.1")
@forall(d=integers(1), s=Reals)
def polynomial_composition(d, s):
    r"""$k^{(2)}(x, y) = \langle\Phi(x),\Phi(y)\rangle^d = \langle x, y\rangle^{d^2}$."""
    feature_inner_product = polynomial_kernel(s, d)
    return Equal(polynomial_kernel(feature_inner_product, d), s ** (d**2))


@claim("Problem 2.1, any composition depth", ref="ps3-2.1", uses=[polynomial_composition])
@forall(d=integers(1), ell=integers(1), s=Reals)
def polynomial_composition_step(d, ell, s):
    r"""If $k^{(\ell)} = \langle x, y\rangle^{d^\ell}$, then $k^{(\ell+1)}$ has $d^{\ell+1}$."""
    return Equal(polynomial_kernel(s ** (d**ell), d), s ** (d ** (ell + 1)))


@claim("Problem 2.1, comparison inside the unit ball", ref="ps3-2.1", uses=[polynomial_composition])
@forall(d=integers(1), s=Interval(0, 1))
def composition_flattens_small_inner_products(d, s):
    r"""$k^{(2)} \le k$ where $0 \le \langle x, y\rangle \le 1$."""
    return LessEqual(s ** (d**2), s**d)


@claim(
    "Problem 2.1, comparison outside of the unit ball", ref="ps3-2.1", uses=[polynomial_composition]
)
@forall(d=integers(1), s=Interval(1, oo))
def composition_sharpens_large_inner_products(d, s):
    r"""$k^{(2)} \ge k$ where $\langle x, y\rangle \ge 1$."""
    return GreaterEqual(s ** (d**2), s**d)


@claim("Problem 2.1, where the kernels agree", ref="ps3-2.1", uses=[polynomial_composition])
@forall(d=integers(1), s=FiniteSet(0, 1))
def kernels_agree_at_zero_and_one(d, s):
    r"""$k^{(2)} = k$ where $\langle x, y\rangle$ is 0 or 1, whatever the degree."""
    return Equal(s ** (d**2), s**d)


@claim("Problem 2.1, does it differ at all?", expect="refuted", corrected_by=polynomial_composition)
@forall(d=integers(1), s=Reals)
def composition_changes_nothing(d, s):
    r"""Were $k^{(2)} = k$, composing the feature map would be idle; it is for $d = 1$ only."""
    return Equal(polynomial_kernel(polynomial_kernel(s, d), d), s**d)
