r"""Problem 2.3, step 2: $u = w_1$, $v = w_1\cos\theta + w_2\sin\theta$."""

from sympy import Derivative, Heaviside, Interval, Matrix, Reals, cos, oo, pi, sin

from proofcheck import Equal, NotEqual, claim, forall

ANGLE = Interval.open(0, pi)
POSITIVE = Interval.open(0, oo)


def step(z):
    r"""Return $\Theta(z) = \mathbf 1_{z>0}$, zero at zero."""
    return Heaviside(z, 0)


def second(w_1, w_2, theta):
    r"""Return $v = w_1\cos\theta + w_2\sin\theta$."""
    return w_1 * cos(theta) + w_2 * sin(theta)


def preimage(u, v, theta):
    r"""Return the $w_2$ that $(u, v)$ comes from; $w_1 = u$."""
    return (v - u * cos(theta)) / sin(theta)


@claim("Problem 2.3, step 2, Jacobian", ref="ps3-2.3-2")
@forall(w_1=Reals, w_2=Reals, theta=ANGLE)
def jacobian_is_the_sine(w_1, w_2, theta):
    r"""$du\,dv = \sin\theta\,dw_1\,dw_2$, for $\partial u/\partial w = (1, 0)$."""
    v = second(w_1, w_2, theta)
    return Equal(1 * Derivative(v, w_2) - 0 * Derivative(v, w_1), sin(theta))


@claim("Problem 2.3, step 2, the exponent", ref="ps3-2.3-2")
@forall(w_1=Reals, w_2=Reals, theta=ANGLE)
def exponent_in_the_new_variables(w_1, w_2, theta):
    r"""$w_1^2+w_2^2 = (u^2+v^2-2uv\cos\theta)/\sin^2\theta$."""
    u, v = w_1, second(w_1, w_2, theta)
    return Equal(w_1**2 + w_2**2, (u**2 + v**2 - 2 * u * v * cos(theta)) / sin(theta) ** 2)


@claim("Problem 2.3, step 2, the map is onto", ref="ps3-2.3-2")
@forall(u=Reals, v=Reals, w_2=Reals, theta=ANGLE)
def every_point_is_reached(u, v, w_2, theta):
    r"""$w = (u, (v-u\cos\theta)/\sin\theta)$ is the only point that goes to $(u, v)$."""
    return Equal(w_2, preimage(u, v, theta)).assuming(Equal(second(u, w_2, theta), v))


@claim("Problem 2.3, step 2, region", ref="ps3-2.3-2",
       uses=[jacobian_is_the_sine, exponent_in_the_new_variables,
             every_point_is_reached])  # fmt: skip
@forall(u=POSITIVE, v=POSITIVE, theta=ANGLE)
def region_is_the_first_quadrant(u, v, theta):
    r"""$\Theta(w_1)\Theta(v) = 1$ at the preimage of every point of the first quadrant."""
    w_2 = preimage(u, v, theta)
    return Equal(step(u) * step(second(u, w_2, theta)), 1)


@claim("Problem 2.3, step 2, outside of the region", ref="ps3-2.3-2")
@forall(u=Reals, v=Interval(-oo, 0), theta=ANGLE)
def nothing_outside_the_first_quadrant(u, v, theta):
    r"""$\Theta(w_1)\Theta(v) = 0$ where $v\le0$ (where $u\le0$ it is plain)."""
    return Equal(step(u) * step(second(u, preimage(u, v, theta), theta)), 0)


@claim("Problem 2.3, step 2, for every angle?",
       expect="refuted", corrected_by=jacobian_is_the_sine)  # fmt: skip
@forall(theta=Interval(0, pi))
def change_of_variables_is_always_regular(theta):
    r"""Parallel inputs are not excluded: at $\theta = 0$ the Jacobian vanishes and $v = u$."""
    return NotEqual(Matrix([[1, 0], [cos(theta), sin(theta)]]).det(), 0)
