r"""Problem 1.2: the Lagrangian (3.1), its multiplier, and the smallest normalised margin.

The weights of one layer are $V_a = U_a/\lVert U\rVert$, and $G_a = \partial f(V; x_1)/\partial
V_a$,
$a = 1,\dots,m$.  By homogeneity $\sum_aV_aG_a = f$.  A label is $y = \pm1$, and
$E = e^{-y_1\rho f} > 0$ is all that is needed of the exponential.
"""

from sympy import (
    Abs,
    Derivative,
    FiniteSet,
    Interval,
    Limit,
    Max,
    Reals,
    Sum,
    Symbol,
    cos,
    exp,
    oo,
    sin,
    sqrt,
)

from claims.problem_set_3.problem_1_0_homogeneity import euler_identity_along_the_ray
from proofcheck import (
    Equal,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Numbers,
    claim,
    forall,
    integers,
)

POSITIVE = Interval.open(0, oo)
NONNEGATIVE = Interval(0, oo)
LABEL = FiniteSet(-1, 1)
A = Symbol("a", integer=True)
SCALE = Symbol("rho", positive=True)


def product(left, right, m):
    r"""Return $\sum_{a=1}^mu_av_a$."""
    return Sum(left[A] * right[A], (A, 1, m))


@claim("(3.1), the constraint that it encodes, repaired", ref="ps3-3.1")
@forall(v=Reals, multiplier=Reals, loss=Reals)
def lagrangian_encodes_the_unit_sphere(v, multiplier, loss):
    r"""$\partial_\lambda[L+\lambda(\lVert V\rVert^2-1)] = \lVert V\rVert^2-1$."""
    lagrangian = loss + multiplier * (v**2 - 1)
    return Equal(Derivative(lagrangian, multiplier), v**2 - 1)


@claim("(3.1), the constraint that it encodes", ref="ps3-3.1",
       expect="refuted", corrected_by=lagrangian_encodes_the_unit_sphere)  # fmt: skip
@forall(v=Reals, multiplier=Reals, loss=Reals)
def lagrangian_as_printed(v, multiplier, loss):
    r"""As printed, $\partial_\lambda\mathcal L = \lVert V\rVert^2$ asks for $V = 0$, not
    $\lVert V\rVert = 1$.
    """
    return Equal(Derivative(loss + multiplier * v**2, multiplier), v**2 - 1)


@claim("(3.1), the flow does not notice", ref="ps3-3.1-flow")
@forall(v=Reals, multiplier=Reals, rho=Reals, f=Reals, y=LABEL)
def flow_equations_do_not_change(v, multiplier, rho, f, y):
    r"""The lost $-\lambda$ depends on neither $V_k$ nor $\rho_k$: both Lagrangians have one flow.

    Here $f(V; x) = fv$ along the ray through $V$.
    """
    loss = exp(-y * rho * f * v)
    printed = Derivative(loss + multiplier * v**2, v)
    return Equal(printed, Derivative(loss + multiplier * (v**2 - 1), v))


@claim("Problem 1.2, flow of the scale", ref="ps3-3.1-flow")
@forall(n=integers(1), y=lambda n: Numbers(n, Reals), f=lambda n: Numbers(n, Reals),
        rho_k=POSITIVE, others=NONNEGATIVE)  # fmt: skip
def flow_of_the_scale(n, y, f, rho_k, others):
    r"""$\dot\rho_k = \frac\rho{\rho_k}\sum_iy_if_ie^{-y_i\rho f_i}$ with $\rho =
    \rho_k\prod_{j\ne k}\rho_j$.
    """
    rho = rho_k * others
    loss = Sum(exp(-y[A] * rho * f[A]), (A, 1, n))
    rate = rho / rho_k * Sum(y[A] * f[A] * exp(-y[A] * rho * f[A]), (A, 1, n))
    return Equal(-Derivative(loss, rho_k), rate)


@claim("Problem 1.2, the margin of a linear classifier is a distance", ref="ps3-1.2-margin")
@forall(v_1=Reals, v_2=Reals, x_1=Reals, x_2=Reals)
def linear_margin_is_the_distance(v_1, v_2, x_1, x_2):
    r"""For one layer, $x - fV$ is on the boundary, at the distance $|f|$ from $x$, if $\lVert
    V\rVert = 1$.
    """
    f = v_1 * x_1 + v_2 * x_2
    foot = (x_1 - f * v_1, x_2 - f * v_2)
    return Equal(v_1 * foot[0] + v_2 * foot[1], 0).assuming(Equal(v_1**2 + v_2**2, 1))


@claim("Problem 1.2, the margin bounds the distance", ref="ps3-1.2-margin")
@forall(z=Reals, z_0=Reals)
def margin_is_at_most_the_distance(z, z_0):
    r"""$|\sigma(z)-\sigma(z_0)|\le|z-z_0|$: with $\lVert V_k\rVert = 1$, $f(V;\cdot)$ is
    1-Lipschitz.
    """
    return LessEqual((Max(0, z) - Max(0, z_0)) ** 2, (z - z_0) ** 2)


@claim("Problem 1.2, margin as a distance", ref="ps3-1.2-margin",
       expect="refuted", corrected_by=margin_is_at_most_the_distance)  # fmt: skip
@forall(x_1=NONNEGATIVE, x_2=NONNEGATIVE)
def margin_is_the_distance(x_1, x_2):
    r"""For two layers the margin is not the distance: $V_1 = I/\sqrt2$, $V_2 = (1, -1)/\sqrt2$.

    There $f = (x_1-x_2)/2$, while the boundary $x_1 = x_2$ is at the distance $|x_1-x_2|/\sqrt2$.
    """
    margin = (Max(0, x_1 / sqrt(2)) - Max(0, x_2 / sqrt(2))) / sqrt(2)
    return Equal(margin**2, ((x_1 - x_2) / sqrt(2)) ** 2)


@claim("Problem 1.2, the smallest margin repaired", ref="ps3-1.2-call")
@forall(f=Reals, y=LABEL)
def margin_carries_its_label(f, y):
    r"""For a correctly classified sample the margin $y\,f(V; x)$ is $|f(V; x)|$."""
    return Equal(y * f, Abs(f)).assuming(Greater(y * f, 0))


@claim("Problem 1.2, the smallest margin", ref="ps3-1.2-call",
       expect="refuted", corrected_by=margin_carries_its_label)  # fmt: skip
@forall(f=Reals, y=LABEL)
def smallest_margin_as_printed(f, y):
    r""" "We call $f(V; x_1)$ the smallest margin" loses the label: for $y_1 = -1$ it is $-f$."""
    return Equal(f, y * f)


@claim("Problem 1.2, one exponential instead of all", ref="ps3-1.2-approx")
@forall(rho=NONNEGATIVE, margin=Reals, gap=NONNEGATIVE, more=NONNEGATIVE)
def larger_margins_fade(rho, margin, gap, more):
    r"""$e^{-\rho\nu_i}\le e^{-\rho\delta}e^{-\rho\nu_1}$ for $\nu_i\ge\nu_1+\delta$: fades as
    $\rho\to\infty$.
    """
    other = margin + gap + more
    return LessEqual(exp(-rho * other), exp(-rho * gap) * exp(-rho * margin))


@claim("Problem 1.2, the other exponentials vanish", ref="ps3-1.2-approx",
       uses=[larger_margins_fade])  # fmt: skip
@forall(gap=POSITIVE)
def larger_margins_vanish(gap):
    r"""$e^{-\rho\delta}\to0$ as $\rho\to\infty$ for a gap $\delta > 0$; ties have none."""
    return Equal(Limit(exp(-SCALE * gap), SCALE, oo), 0)


@claim("Problem 1.2, a group of points", ref="ps3-1.2-approx",
       expect="refuted", corrected_by=larger_margins_fade)  # fmt: skip
@forall(rho=POSITIVE, margin=POSITIVE, size=integers(1))
def one_exponential_for_a_group(rho, margin, size):
    r"""A group of tied points is not one exponential: two of them have twice the loss."""
    index = Symbol("i", integer=True)
    return Equal(Sum(exp(-rho * margin), (index, 1, size)), exp(-rho * margin))


LAYER = {
    "m": integers(1), "U": lambda m: Numbers(m, Reals), "G": lambda m: Numbers(m, Reals),
    "rho": NONNEGATIVE, "E": POSITIVE, "y": LABEL,
}  # fmt: skip


def unit(U, m):
    r"""Return $V = U/\lVert U\rVert$ as a function of $a$: every $V$ with $\lVert V\rVert = 1$."""
    b = Symbol("b", integer=True)
    return lambda a: U[a] / sqrt(Sum(U[b] ** 2, (b, 1, m)))


def output(U, G, m):
    r"""Return $f(V; x_1) = \langle V, G\rangle$, by the structural identity."""
    b = Symbol("b", integer=True)
    return Sum(U[b] * G[b], (b, 1, m)) / sqrt(Sum(U[b] ** 2, (b, 1, m)))


def nonzero(U, m):
    r"""Return the condition $U\ne0$."""
    return Greater(product(U, U, m), 0)


def velocity(U, G, m, rho, E, y, multiplier):
    r"""Return $\dot V_a = \rho y_1EG_a-2\lambda V_a$ as a function of $a$."""
    return lambda a: rho * y * E * G[a] - 2 * multiplier * unit(U, m)(a)


@claim("Problem 1.2, unit vectors", ref="ps3-1.2-hint")
@forall(m=integers(1), U=lambda m: Numbers(m, Reals))
def normalised_vectors_are_unit_vectors(m, U):
    r"""$\lVert V\rVert = 1$ for $V = U/\lVert U\rVert$ (and every unit vector is its own $U$)."""
    return Equal(Sum(unit(U, m)(A) ** 2, (A, 1, m)), 1).assuming(nonzero(U, m))


@claim("Problem 1.2, the multiplier keeps the norm", ref="ps3-1.2-hint",
       uses=[euler_identity_along_the_ray, normalised_vectors_are_unit_vectors])  # fmt: skip
@forall(**LAYER)
def multiplier_keeps_the_norm(m, U, G, rho, E, y):
    r"""$\langle V,\dot V\rangle = 0$ for $2\lambda = \rho y_1fE$."""
    rate = velocity(U, G, m, rho, E, y, rho * y * output(U, G, m) * E / 2)
    return Equal(Sum(unit(U, m)(A) * rate(A), (A, 1, m)), 0).assuming(nonzero(U, m))


@claim("Problem 1.2, the multiplier is determined", ref="ps3-1.2-hint",
       uses=[multiplier_keeps_the_norm])  # fmt: skip
@forall(**LAYER, multiplier=Reals)
def multiplier_is_eliminated(m, U, G, rho, E, y, multiplier):
    r"""$\langle V,\dot V\rangle = \rho y_1fE-2\lambda$, which vanishes for no other $\lambda$."""
    rate = velocity(U, G, m, rho, E, y, multiplier)
    drift = rho * y * output(U, G, m) * E - 2 * multiplier
    return Equal(Sum(unit(U, m)(A) * rate(A), (A, 1, m)), drift).assuming(nonzero(U, m))


def margin_rate(m, U, G, rho, E, y):
    r"""Return one layer's part $y_1\langle G,\dot V\rangle$ of $\dot\nu_1$, multiplier
    eliminated.
    """
    rate = velocity(U, G, m, rho, E, y, rho * y * output(U, G, m) * E / 2)
    return Sum(y * G[A] * rate(A), (A, 1, m))


def minors_squared(m, U, G):
    r"""Return $\frac12\sum_{a,b}(U_aG_b-U_bG_a)^2$, which is $\lVert U\rVert^2\lVert
    G-fV\rVert^2$.
    """
    b = Symbol("b", integer=True)
    return Sum((U[A] * G[b] - U[b] * G[A]) ** 2, (A, 1, m), (b, 1, m)) / 2


@claim("Problem 1.2, rate of the margin", ref="ps3-1.2-claim", uses=[multiplier_is_eliminated])
@forall(**LAYER)
def margin_rate_is_a_square(m, U, G, rho, E, y):
    r"""A layer's part of $\dot\nu_1$ is $\rho E\,\lVert G-fV\rVert^2 = \rho E(\lVert
    G\rVert^2-f^2)$.
    """
    return Equal(
        margin_rate(m, U, G, rho, E, y), rho * E * minors_squared(m, U, G) / product(U, U, m)
    ).assuming(nonzero(U, m))


@claim("Problem 1.2, the square is not negative", ref="ps3-1.2-claim")
@forall(**LAYER)
def residual_is_not_negative(m, U, G, rho, E, y):
    r"""$y_1^2\rho E\,\lVert G-fV\rVert^2\ge0$ for $\rho = \prod\rho_k\ge0$."""
    return GreaterEqual(rho * E * minors_squared(m, U, G) / product(U, U, m), 0).assuming(
        nonzero(U, m)
    )


@claim("Problem 1.2", ref="ps3-1.2-claim",
       uses=[margin_rate_is_a_square, residual_is_not_negative])  # fmt: skip
@forall(**LAYER)
def smallest_margin_does_not_decrease(m, U, G, rho, E, y):
    r"""$\dot\nu_1 = \rho E\sum_k\lVert G_k-fV_k\rVert^2\ge0$: every layer's part is nonnegative."""
    return GreaterEqual(margin_rate(m, U, G, rho, E, y), 0).assuming(
        nonzero(U, m),
        margin_rate_is_a_square(m=m, U=U, G=G, rho=rho, E=E, y=y),
        residual_is_not_negative(m=m, U=U, G=G, rho=rho, E=E, y=y),
    )


PAIR = {"m": integers(1), "U": lambda m: Numbers(m, Reals), "G": lambda m: Numbers(m, Reals)}


@claim("Problem 1.2, Lagrange's identity", ref="ps3-1.2-claim")
@forall(**PAIR)
def lagrange_identity(m, U, G):
    r"""$\lVert U\rVert^2\lVert G\rVert^2-\langle U,G\rangle^2 =
    \frac12\sum_{a,b}(U_aG_b-U_bG_a)^2$.
    """
    gap = product(U, U, m) * product(G, G, m) - product(U, G, m) ** 2
    return Equal(gap, minors_squared(m, U, G))


@claim("Problem 1.2, squares of minors", ref="ps3-1.2-claim")
@forall(**PAIR)
def minors_are_not_negative(m, U, G):
    r"""$\frac12\sum_{a,b}(U_aG_b-U_bG_a)^2\ge0$."""
    return GreaterEqual(minors_squared(m, U, G), 0)


@claim("Problem 1.2, Cauchy-Schwarz behind it", ref="ps3-1.2-claim",
       uses=[lagrange_identity, minors_are_not_negative])  # fmt: skip
@forall(**PAIR)
def margin_is_at_most_the_gradient(m, U, G):
    r"""$\langle U, G\rangle^2\le\lVert U\rVert^2\lVert G\rVert^2$, that is $f^2\le\lVert
    G\rVert^2$.
    """
    return LessEqual(product(U, G, m) ** 2, product(U, U, m) * product(G, G, m)).assuming(
        lagrange_identity(m=m, U=U, G=G), minors_are_not_negative(m=m, U=U, G=G)
    )


def tied_rate(rho, loss_1, loss_2, p, q):
    r"""Return $\dot\nu_1 = \rho(E_1p^2+E_2pq)$ for $f = \langle V, x\rangle$ and two samples.

    $y_1x_1$ and $y_2x_2$ have the components $p$ and $q$ along the normal of $V$ in the plane.
    """
    return rho * (loss_1 * p**2 + loss_2 * p * q)


@claim("Problem 1.2, the rates of two samples in the plane", ref="ps3-1.2-approx")
@forall(phi=Reals, nu_1=POSITIVE, nu_2=POSITIVE, p=Reals, q=Reals,
        E_1=POSITIVE, E_2=POSITIVE, rho=POSITIVE)  # fmt: skip
def rate_with_two_samples(phi, nu_1, nu_2, p, q, E_1, E_2, rho):
    r"""$\dot\nu_1 = \langle y_1x_1,\dot V\rangle$, $\dot V = \rho\sum_iE_i(y_ix_i-\nu_iV)$, in
    coordinates.
    """
    along, normal = (cos(phi), sin(phi)), (-sin(phi), cos(phi))
    first = [nu_1 * a + p * b for a, b in zip(along, normal, strict=True)]
    second = [nu_2 * a + q * b for a, b in zip(along, normal, strict=True)]
    flow = [
        rho * (E_1 * (g - nu_1 * a) + E_2 * (h - nu_2 * a))
        for g, h, a in zip(first, second, along, strict=True)
    ]
    moved = sum(g * v for g, v in zip(first, flow, strict=True))
    return Equal(moved, tied_rate(rho, E_1, E_2, p, q))


@claim("Problem 1.2, tied points together", ref="ps3-1.2-approx", uses=[rate_with_two_samples])
@forall(rho=POSITIVE, E=POSITIVE, p=Reals, q=Reals)
def tied_margins_grow_together(rho, E, p, q):
    r"""The sum of two tied margins does not decrease: $\rho E(p+q)^2\ge0$."""
    return GreaterEqual(tied_rate(rho, E, E, p, q) + tied_rate(rho, E, E, q, p), 0)


@claim("Problem 1.2, tied points", ref="ps3-1.2-approx", uses=[rate_with_two_samples],
       expect="refuted", corrected_by=tied_margins_grow_together)  # fmt: skip
@forall(rho=POSITIVE, E=POSITIVE, p=Reals, q=Reals)
def each_tied_margin_grows(rho, E, p, q):
    r"""One of two tied margins may fall: $p = 1$, $q = -2$ gives $\dot\nu_1 = -\rho E$."""
    return GreaterEqual(tied_rate(rho, E, E, p, q), 0)


@claim("Problem 1.2, the exact flow", uses=[rate_with_two_samples],
       expect="refuted", corrected_by=smallest_margin_does_not_decrease)  # fmt: skip
@forall(rho=POSITIVE, nu_1=POSITIVE, nu_2=POSITIVE, p=Reals, q=Reals)
def smallest_margin_grows_in_the_exact_flow(rho, nu_1, nu_2, p, q):
    r"""Without dropping the second exponential the smallest margin may fall, though $\nu_1 <
    \nu_2$.
    """
    rate = tied_rate(rho, exp(-rho * nu_1), exp(-rho * nu_2), p, q)
    return GreaterEqual(rate, 0).assuming(Less(nu_1, nu_2))


@claim("Problem 1.2, negative scale",
       expect="refuted", corrected_by=smallest_margin_does_not_decrease)  # fmt: skip
@forall(rho=Reals, E=POSITIVE, gradient_squared=NONNEGATIVE, f=Reals)
def margin_grows_for_any_scale(rho, E, gradient_squared, f):
    r"""$\dot\nu_1 = \rho E(\lVert G\rVert^2-f^2)\ge0$ needs $\rho\ge0$: true for $\rho =
    \prod\lVert W_k\rVert$.
    """
    return GreaterEqual(rho * E * (gradient_squared - f**2), 0).assuming(
        LessEqual(f**2, gradient_squared)
    )
