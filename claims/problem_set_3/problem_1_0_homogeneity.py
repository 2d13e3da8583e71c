r"""Problem 1, before the questions: homogeneity of ReLU networks and the structural identity.

$\sigma(z) = \max(0, z)$.  Depth is by induction: the pre-activations $z$ of one layer stand for
the whole network below it, so that each step holds for every depth and every width $m$.
"""

from sympy import Derivative, Interval, Max, Product, Reals, Sum, Symbol, oo

from proofcheck import Equal, NotEqual, Numbers, claim, forall, integers

POSITIVE = Interval.open(0, oo)
NONNEGATIVE = Interval(0, oo)
i = Symbol("i", integer=True)  # the index of a unit
j = Symbol("j", integer=True)


def relu(z):
    r"""Return $\sigma(z) = \max(0, z)$."""
    return Max(0, z)


def hidden_layer(a, z, m, scale=1):
    r"""Return $\sum_{i=1}^ma_i\,\sigma(c\,z_i)$: a unit above pre-activations $c\,z_i$."""
    return Sum(a[i] * relu(scale * z[i]), (i, 1, m))


@claim("Problem 1, ReLU is positively homogeneous", ref="ps3-1-homog")
@forall(c=NONNEGATIVE, z=Reals)
def relu_is_positively_homogeneous(c, z):
    r"""$\sigma(cz) = c\,\sigma(z)$ for $c\ge0$."""
    return Equal(relu(c * z), c * relu(z))


@claim("Problem 1, is ReLU homogeneous?", ref="ps3-1-homog",
       expect="refuted", corrected_by=relu_is_positively_homogeneous)  # fmt: skip
@forall(c=Reals, z=Reals)
def relu_is_homogeneous(c, z):
    r"""$\sigma(cz) = c\,\sigma(z)$ fails for $c < 0$: $\sigma(-1) = 0\ne-1$."""
    return Equal(relu(c * z), c * relu(z))


@claim("Problem 1, homogeneity of the first layer", ref="ps3-1-homog")
@forall(d=integers(1), v=lambda d: Numbers(d, Reals), x=lambda d: Numbers(d, Reals), rho=Reals)
def first_layer_scales(d, v, x, rho):
    r"""A row of $W_1 = \rho_1V_1$ gives $\rho_1\langle v, x\rangle$: the induction's base."""
    return Equal(Sum(rho * v[i] * x[i], (i, 1, d)), rho * Sum(v[i] * x[i], (i, 1, d)))


@claim("Problem 1, homogeneity of one more layer", ref="ps3-1-homog",
       uses=[first_layer_scales, relu_is_positively_homogeneous])  # fmt: skip
@forall(m=integers(1), v=lambda m: Numbers(m, Reals), z=lambda m: Numbers(m, Reals),
        rho=Reals, c=NONNEGATIVE)  # fmt: skip
def one_more_layer_scales(m, v, z, rho, c):
    r"""If the layers below scale by $c = \rho_1\cdots\rho_{k-1}\ge0$, then $k$ of them by
    $\rho_kc$.

    By induction $f(W; x) = \rho f(V; x)$ for every depth, the sign of $\rho_K$ being free.
    """
    scaled = Sum(rho * v[i] * relu(c * z[i]), (i, 1, m))
    return Equal(scaled, rho * c * hidden_layer(v, z, m))


@claim("Problem 1, f(W; x) = rho f(V; x), from k layers to k + 1", ref="ps3-1-homog",
       uses=[first_layer_scales, one_more_layer_scales])  # fmt: skip
@forall(k=integers(1), m=integers(1), rho=lambda k: Numbers(k + 1, NONNEGATIVE),
        v=lambda m: Numbers(m, Reals), z=lambda m: Numbers(m, Reals))  # fmt: skip
def network_scales_by_the_product(k, m, rho, v, z):
    r"""The induction's step with $
    ho = \prod_j
    ho_j$ itself, the norms $
    ho_j\ge0$.

        If $k$ layers scale every pre-activation $z_i$ by $\prod_{j\le k}
    ho_j$, then $k+1$ layers
        scale by $\prod_{j\le k+1}
    ho_j$.
    """
    below, all_layers = (Product(rho[j], (j, 1, end)) for end in (k, k + 1))
    scaled = Sum(rho[k + 1] * v[i] * relu(below * z[i]), (i, 1, m))
    return Equal(scaled, all_layers * hidden_layer(v, z, m))


@claim("Problem 1, f(W; x) = rho f(V; x)", ref="ps3-1-homog",
       expect="refuted", corrected_by=network_scales_by_the_product)  # fmt: skip
@forall(m=integers(1), v=lambda m: Numbers(m, Reals), z=lambda m: Numbers(m, Reals),
        rho_1=Reals, rho_2=Reals)  # fmt: skip
def network_scales_for_any_sign(m, v, z, rho_1, rho_2):
    r"""As printed, $\rho_k$ may have any sign: $\rho_1 = -1$ turns every hidden unit over.

    It is true for $\rho_k = \lVert W_k\rVert\ge0$, which the text does not say.
    """
    scaled = Sum(rho_2 * v[i] * relu(rho_1 * z[i]), (i, 1, m))
    return Equal(scaled, rho_1 * rho_2 * hidden_layer(v, z, m))


def small_network(a, b, x):
    r"""Return $f = a_1\sigma(b_{11}x_1+b_{12}x_2)+a_2\sigma(b_{21}x_1+b_{22}x_2)$."""
    return a[0] * relu(b[0] * x[0] + b[1] * x[1]) + a[1] * relu(b[2] * x[0] + b[3] * x[1])


def euler_sum(f, weights):
    r"""Return $\sum_{ij}W^{ij}\,\partial f/\partial W^{ij}$."""
    return sum(w * Derivative(f, w) for w in weights)


SMALL = dict.fromkeys(("a1", "a2", "b11", "b12", "b21", "b22", "x1", "x2"), Reals)


@claim("Problem 1, structural identity of the last layer", ref="ps3-1-euler")
@forall(**SMALL)
def euler_identity_of_the_last_layer(a1, a2, b11, b12, b21, b22, x1, x2):
    r"""$\sum_ja_j\,\partial f/\partial a_j = f$: the last layer is linear."""
    f = small_network((a1, a2), (b11, b12, b21, b22), (x1, x2))
    return Equal(euler_sum(f, (a1, a2)), f)


@claim("Problem 1, structural identity of a hidden layer", ref="ps3-1-euler")
@forall(**SMALL)
def euler_identity_off_the_kinks(a1, a2, b11, b12, b21, b22, x1, x2):
    r"""$\sum_{ij}W^{ij}\,\partial f/\partial W^{ij} = f$ where no pre-activation is zero."""
    f = small_network((a1, a2), (b11, b12, b21, b22), (x1, x2))
    return Equal(euler_sum(f, (b11, b12, b21, b22)), f).assuming(
        NotEqual(b11 * x1 + b12 * x2, 0), NotEqual(b21 * x1 + b22 * x2, 0)
    )


@claim("Problem 1, structural identity, one unit", ref="ps3-1-euler",
       expect="undefined", corrected_by=euler_identity_off_the_kinks)  # fmt: skip
@forall(w=Reals, x=Reals)
def euler_identity(w, x):
    r"""As printed, for all weights: at $w = 0$, $x = 1$ the derivative of $\sigma(wx)$ is
    missing: the slopes on both sides are 1 and 0.
    """
    return Equal(w * Derivative(relu(w * x), w), relu(w * x))


@claim("Problem 1, structural identity with a slope at the kink", ref="ps3-1-euler")
@forall(z=Reals, slope=Interval(0, 1))
def any_slope_at_the_kink_will_do(z, slope):
    r"""$z\,\sigma'(z) = \sigma(z)$ for whatever value $\sigma'(0)$ is given (a subgradient)."""
    from sympy import Heaviside

    return Equal(z * Heaviside(z, slope), relu(z))


@claim("Problem 1, structural identity from homogeneity", ref="ps3-1-euler",
       uses=[network_scales_by_the_product])  # fmt: skip
@forall(f=Reals, s=POSITIVE)
def euler_identity_along_the_ray(f, s):
    r"""$\langle W_k,\partial f/\partial W_k\rangle = \frac{d}{ds}f(\dots,sW_k,\dots)|_{s=1} = f$.

    For every depth: $f(\dots,sW_k,\dots) = s\,f(W)$ for $s > 0$ by homogeneity.
    """
    return Equal(Derivative(s * f, s), f)
