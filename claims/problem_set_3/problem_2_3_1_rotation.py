r"""Problem 2.3, step 1: rotate, integrate out the other directions, keep a double integral."""

from sympy import Integral, Interval, Reals, Sum, Symbol, cos, exp, oo, pi, sin, sqrt

from claims.problem_set_3._definitions import J, half_plane_integral
from proofcheck import Equal, Greater, NotEqual, Numbers, claim, forall, instances, integers

ANGLE = Interval.open(0, pi)
POSITIVE = Interval.open(0, oo)
NONZERO = Reals - Interval(0, 0)
I = Symbol("i", integer=True)  # noqa: E741  # the index of a coordinate


def dot(x, y, d):
    r"""Return $\langle x, y\rangle = \sum_{i=1}^dx_iy_i$."""
    return Sum(x[I] * y[I], (I, 1, d))


def residual_product(x, y, z, d):
    r"""Return $\langle y - \frac{\langle x,y\rangle}{\langle x,x\rangle}x,\ z\rangle$."""
    share = dot(x, y, d) / dot(x, x, d)
    return dot(y, z, d) - share * dot(x, z, d)


@claim("Problem 2.3, step 1, the second direction")
@forall(d=integers(2), x=lambda d: Numbers(d, Reals), y=lambda d: Numbers(d, Reals))
def second_direction_is_orthogonal(d, x, y):
    r"""$y - \frac{\langle x,y\rangle}{\langle x,x\rangle}x$ is orthogonal to $x$, in $\mathbb R^d$."""
    share = Symbol("c", real=True)
    tail = Sum(x[I] * (y[I] - share * x[I]), (I, 1, d))
    return Equal(tail, 0).assuming(
        Greater(dot(x, x, d), 0), Equal(share * dot(x, x, d), dot(x, y, d))
    )


@claim("Problem 2.3, step 1, rotations keep the integrand")
@forall(phi=Reals, w_1=Reals, w_2=Reals, x_1=Reals, x_2=Reals)
def rotation_keeps_inner_products(phi, w_1, w_2, x_1, x_2):
    r"""$\langle Rw, Rx\rangle = \langle w, x\rangle$, so that (3.2) depends on $\theta$ only."""
    turned_w = (cos(phi) * w_1 - sin(phi) * w_2, sin(phi) * w_1 + cos(phi) * w_2)
    turned_x = (cos(phi) * x_1 - sin(phi) * x_2, sin(phi) * x_1 + cos(phi) * x_2)
    turned = sum(a * b for a, b in zip(turned_w, turned_x, strict=True))
    return Equal(turned, w_1 * x_1 + w_2 * x_2)


@claim("Problem 2.3, step 1, the coordinates of x and y",
       ref="ps3-2.3-1a", uses=[rotation_keeps_inner_products])  # fmt: skip
@forall(x_1=Reals, x_2=Reals, y_1=Reals, y_2=Reals)
def coordinates_along_the_first_vector(x_1, x_2, y_1, y_2):
    r"""The rotation by $R = \frac1{\lVert x\rVert}\begin{pmatrix}x_1&x_2\\-x_2&x_1\end{pmatrix}$
    puts $x$ at $(\lVert x\rVert, 0)$ and keeps $\langle x, y\rangle$: WLOG $x$ lies along $w_1$.
    """
    norm = sqrt(x_1**2 + x_2**2)
    first = (x_1 * y_1 + x_2 * y_2) / norm
    return Equal(first * norm, x_1 * y_1 + x_2 * y_2).assuming(NotEqual(norm, 0))


@claim("Problem 2.3, step 1, in one dimension there is no plane")
@forall(x=POSITIVE, y=Interval.open(-oo, 0))
def one_dimension_has_no_second_direction(x, y):
    r"""For $d = 1$, $\cos^2\theta = 1$: the plane $(w_1, w_2)$ and $1/\sin\theta$ need $d\ge2$."""
    cosine = x * y / (sqrt(x**2) * sqrt(y**2))
    return Equal(cosine, -1)


@claim("Problem 2.3, step 1, integrating out one direction")
@forall(w_1=Reals, w_2=Reals)
def other_directions_integrate_out(w_1, w_2):
    r"""Each further direction contributes a factor 1, leaving $e^{-(w_1^2+w_2^2)/2}/(2\pi)$."""
    w_3 = Symbol("w_3", real=True)
    density = exp(-(w_1**2 + w_2**2 + w_3**2) / 2) / sqrt(2 * pi) ** 3
    return Equal(
        Integral(density, (w_3, -oo, oo)), exp(-(w_1**2 + w_2**2) / 2) / (2 * pi)
    )


@claim("Problem 2.3, step 1, double integral", ref="ps3-2.3-1b",
       uses=[other_directions_integrate_out])  # fmt: skip
@forall(n=instances(range(3), "all n >= 0"), theta=ANGLE)
def double_integral(n, theta):
    r"""$g = \Theta(w_1)\Theta(v)\,w_1^nv^n$ with $v = w_1\cos\theta+w_2\sin\theta$ gives the
    derivative formula; as (3.3) defines $J_n$, half of it.
    """
    return Equal(J(n, theta), half_plane_integral(n, theta))
