r"""Problem 2.3, step 4: the contour formula, the branch of its arctangent, and $J_0$."""

from sympy import Abs, Integral, Interval, Reals, Symbol, atan, atan2, cos, oo, pi, sin, sqrt, tan

from claims.problem_set_3._definitions import J, J_integral
from proofcheck import Equal, Greater, claim, forall

PSI = Symbol("psi", real=True)
ANGLE = Interval.open(0, pi)
POSITIVE = Interval.open(0, oo)


def integral(a, b, alpha):
    r"""Return $\int_0^\alpha\frac{d\psi}{a+b\cos\psi}$."""
    return Integral(1 / (a + b * cos(PSI)), (PSI, 0, alpha))


def printed_value(a, b, alpha):
    r"""Return the right-hand side of the contour formula as it is printed."""
    root = sqrt(a**2 - b**2)
    return atan(sin(alpha) * root / (b + a * cos(alpha))) / root


@claim("Problem 2.3, step 4, formula in the half angle", ref="ps3-contour")
@forall(a=POSITIVE, b=Reals, alpha=Interval.Ropen(0, pi))
def half_angle_formula(a, b, alpha):
    r"""$\int_0^\alpha\frac{d\psi}{a+b\cos\psi}
    = \frac2{\sqrt{a^2-b^2}}\tan^{-1}\!\Big(\sqrt{\frac{a-b}{a+b}}\tan\frac\alpha2\Big)$ for
    $0\le\alpha<\pi$ and $a > |b|$: no branch is left.
    """
    slope = sqrt((a - b) / (a + b))
    value = 2 * atan(slope * tan(alpha / 2)) / sqrt(a**2 - b**2)
    return Equal(integral(a, b, alpha), value).assuming(Greater(a, Abs(b)))


@claim("Problem 2.3, step 4, the angle of a point", ref="ps3-contour")
@forall(a=POSITIVE, b=Reals, alpha=ANGLE)
def angle_of_the_point(a, b, alpha):
    r"""$2\tan^{-1}\big(\sqrt{\frac{a-b}{a+b}}\tan\frac\alpha2\big)$ is the angle of the point
    $(b + a\cos\alpha, \sin\alpha\sqrt{a^2-b^2})$.
    """
    angle = atan2(sin(alpha) * sqrt(a**2 - b**2), b + a * cos(alpha))
    half = atan(sqrt((a - b) / (a + b)) * tan(alpha / 2))
    return Equal(angle, 2 * half).assuming(Greater(a, Abs(b)))


@claim("Problem 2.3, step 4, formula on the right branch", ref="ps3-contour",
       uses=[half_angle_formula, angle_of_the_point])  # fmt: skip
@forall(a=POSITIVE, b=Reals, alpha=ANGLE)
def contour_formula_on_its_branch(a, b, alpha):
    r"""The angle of the point $(b + a\cos\alpha, \sin\alpha\sqrt{a^2-b^2})$, not its arctangent."""
    root = sqrt(a**2 - b**2)
    angle = atan2(sin(alpha) * root, b + a * cos(alpha))
    return Equal(integral(a, b, alpha), angle / root).assuming(
        Greater(a, Abs(b)),
        half_angle_formula(a=a, b=b, alpha=alpha),
        angle_of_the_point(a=a, b=b, alpha=alpha),
    )


@claim("Problem 2.3, step 4, formula without a branch", ref="ps3-contour")
@forall(a=POSITIVE, b=Reals, alpha=Interval(0, 2 * pi))
def formula_without_a_branch(a, b, alpha):
    r"""$\int_0^\alpha\frac{d\psi}{a+b\cos\psi} = \frac1{\sqrt{a^2-b^2}}\Big(\alpha -
    2\tan^{-1}\frac{b\sin\alpha}{a+\sqrt{a^2-b^2}+b\cos\alpha}\Big)$ for $a > |b|$, beyond $\pi$
    too.
    """
    root = sqrt(a**2 - b**2)
    lag = atan(b * sin(alpha) / (a + root + b * cos(alpha)))
    return Equal(integral(a, b, alpha), (alpha - 2 * lag) / root).assuming(Greater(a, Abs(b)))


@claim("Problem 2.3, step 4, formula at the half turn", ref="ps3-contour",
       uses=[formula_without_a_branch])  # fmt: skip
@forall(a=POSITIVE, b=Reals)
def contour_formula_at_the_half_turn(a, b):
    r"""At $\alpha = \pi$ the point is $(b-a, 0)$: its angle is $\pi$, not $\tan^{-1}0 = 0$."""
    return Equal(integral(a, b, pi), pi / sqrt(a**2 - b**2)).assuming(
        Greater(a, Abs(b)), formula_without_a_branch(a=a, b=b, alpha=pi)
    )


@claim("Problem 2.3, step 4, the angle up to the branch point", ref="ps3-contour")
@forall(a=POSITIVE, b=Reals, alpha=ANGLE)
def arctangent_before_the_branch_point(a, b, alpha):
    r"""The angle of a point is the arctangent of its slope where $b + a\cos\alpha > 0$."""
    y, x = sin(alpha) * sqrt(a**2 - b**2), b + a * cos(alpha)
    return Equal(atan2(y, x), atan(y / x)).assuming(Greater(a, Abs(b)), Greater(x, 0))


@claim("Problem 2.3, step 4, formula up to its branch point", ref="ps3-contour",
       uses=[contour_formula_on_its_branch, arctangent_before_the_branch_point])  # fmt: skip
@forall(a=POSITIVE, b=Reals, alpha=ANGLE)
def contour_formula_before_the_branch_point(a, b, alpha):
    r"""As printed where $b + a\cos\alpha > 0$."""
    return Equal(integral(a, b, alpha), printed_value(a, b, alpha)).assuming(
        Greater(a, Abs(b)),
        Greater(b + a * cos(alpha), 0),
        contour_formula_on_its_branch(a=a, b=b, alpha=alpha),
        arctangent_before_the_branch_point(a=a, b=b, alpha=alpha),
    )


@claim("Problem 2.3, step 4, formula by contour integration", ref="ps3-contour",
       expect="refuted", corrected_by=half_angle_formula)  # fmt: skip
@forall(a=POSITIVE, b=Reals, alpha=ANGLE)
def contour_formula(a, b, alpha):
    r"""As printed: at $a = 1$, $b = 0$, $\alpha = 2\pi/3$ it says $2\pi/3 = -\pi/3$."""
    return Equal(integral(a, b, alpha), printed_value(a, b, alpha)).assuming(Greater(a, Abs(b)))


@claim("Problem 2.3, step 4, formula used where it holds", ref="ps3-step4-use")
@forall(theta=Interval.open(pi / 2, pi))
def contour_formula_for_obtuse_angles(theta):
    r"""At $a = 1$, $b = -\cos\theta$, $\alpha = \pi/2$ the formula gives $\pi-\theta$ if
    $\theta > \pi/2$.
    """
    return Equal(sin(theta) * printed_value(1, -cos(theta), pi / 2), pi - theta)


@claim("Problem 2.3, step 4, formula used on the right branch", ref="ps3-step4-use")
@forall(theta=ANGLE)
def right_branch_gives_the_angle(theta):
    r"""The angle of the point $(-\cos\theta, \sin\theta)$ is $\pi-\theta$."""
    return Equal(atan2(sin(theta), -cos(theta)), pi - theta)


@claim("Problem 2.3, step 4, use of the formula", ref="ps3-step4-use",
       expect="refuted", corrected_by=right_branch_gives_the_angle)  # fmt: skip
@forall(theta=ANGLE)
def contour_formula_as_used(theta):
    r"""At $\theta = \pi/3$ the printed formula gives $-\theta$, at $\pi/2$ nothing at all."""
    return Equal(sin(theta) * printed_value(1, -cos(theta), pi / 2), pi - theta)


@claim("Problem 2.3, step 4, the formula for the integral of step 3", ref="ps3-J0")
@forall(theta=ANGLE, alpha=Interval.Ropen(0, pi))
def half_angle_formula_for_step_3(theta, alpha):
    r"""$\int_0^\alpha\frac{d\psi}{1-\cos\theta\cos\psi}
    = \frac2{\sin\theta}\tan^{-1}\frac{\tan(\alpha/2)}{\tan(\theta/2)}$.
    """
    value = 2 * atan(tan(alpha / 2) / tan(theta / 2)) / sin(theta)
    return Equal(integral(1, -cos(theta), alpha), value)


@claim("Problem 2.3, step 4, the angle at alpha = pi/2", ref="ps3-J0")
@forall(theta=ANGLE)
def half_angle_at_the_right_angle(theta):
    r"""$2\tan^{-1}(1/\tan(\theta/2)) = \pi-\theta$."""
    return Equal(2 * atan(1 / tan(theta / 2)), pi - theta)


@claim("Problem 2.3, step 4, the integral for n = 0", ref="ps3-J0",
       uses=[half_angle_formula_for_step_3, half_angle_at_the_right_angle])  # fmt: skip
@forall(theta=ANGLE)
def j0_integral(theta):
    r"""$\sin\theta\int_0^{\pi/2}\frac{d\psi}{1-\cos\theta\cos\psi} = \pi-\theta$."""
    return Equal(J_integral(0, theta), pi - theta).assuming(
        half_angle_formula_for_step_3(theta=theta, alpha=pi / 2),
        half_angle_at_the_right_angle(theta=theta),
    )


@claim("Problem 2.3, step 4, result", ref="ps3-J0")
@forall(theta=ANGLE)
def j0_closed_form(theta):
    r"""The derivative formula gives $J_0(\theta) = \pi-\theta$ too."""
    return Equal(J(0, theta), pi - theta)
