r"""Problem 2.3, step 1: rotate, integrate out the other directions, keep a double integral."""

from sympy import Integral, Interval, Reals, Sum, Symbol, cos, exp, oo, pi, sin, sqrt

from proofcheck import Equal, NotEqual, Numbers, claim, forall, integers

ANGLE = Interval.open(0, pi)
POSITIVE = Interval.open(0, oo)
i = Symbol("i", integer=True)  # the index of a coordinate


@claim("Problem 2.3, step 1, the second direction", ref="ps3-2.3-1a")
@forall(d=integers(2), x=lambda d: Numbers(d, Reals), y=lambda d: Numbers(d, Reals))
def second_direction_is_orthogonal(d, x, y):
    r"""$\langle x,x\rangle y - \langle x,y\rangle x$ is orthogonal to $x$, in $\mathbb R^d$."""
    k = Symbol("k", integer=True)
    square, mixed = Sum(x[k] ** 2, (k, 1, d)), Sum(x[k] * y[k], (k, 1, d))
    return Equal(Sum(x[i] * (square * y[i] - mixed * x[i]), (i, 1, d)), 0)


@claim("Problem 2.3, step 1, rotations keep the integrand", ref="ps3-2.3-1a")
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
    r"""$R = \frac1{\lVert x\rVert}\begin{pmatrix}x_1&x_2\\-x_2&x_1\end{pmatrix}$ puts $x\ne0$ at
    $(\lVert x\rVert, 0)$ and keeps $\lVert y\rVert$: WLOG $x$ lies along $w_1$.
    """
    norm = sqrt(x_1**2 + x_2**2)
    turned = ((x_1 * y_1 + x_2 * y_2) / norm, (x_1 * y_2 - x_2 * y_1) / norm)
    return Equal(turned[0] ** 2 + turned[1] ** 2, y_1**2 + y_2**2).assuming(
        NotEqual(x_1**2 + x_2**2, 0)
    )


@claim("Problem 2.3, step 1, in one dimension there is no plane", ref="ps3-2.3-1a")
@forall(x=POSITIVE, y=Interval.open(-oo, 0))
def one_dimension_has_no_second_direction(x, y):
    r"""For $d = 1$, $\cos^2\theta = 1$: the plane $(w_1, w_2)$ and $1/\sin\theta$ need $d\ge2$."""
    cosine = x * y / (sqrt(x**2) * sqrt(y**2))
    return Equal(cosine, -1)


@claim("Problem 2.3, step 1, integrating out one direction", ref="ps3-2.3-1a")
@forall(w_1=Reals, w_2=Reals)
def other_directions_integrate_out(w_1, w_2):
    r"""Each further direction contributes a factor 1, leaving $e^{-(w_1^2+w_2^2)/2}/(2\pi)$."""
    w_3 = Symbol("w_3", real=True)
    density = exp(-(w_1**2 + w_2**2 + w_3**2) / 2) / sqrt(2 * pi) ** 3
    return Equal(Integral(density, (w_3, -oo, oo)), exp(-(w_1**2 + w_2**2) / 2) / (2 * pi))
