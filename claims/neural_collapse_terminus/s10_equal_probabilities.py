r"""Slides 15 and 16: e^x/x, and why all classes but k have the same probability."""

from sympy import Interval, exp, oo

from proofcheck import Equal, Greater, Less, NotEqual, claim, forall

BELOW_ONE = Interval.open(-oo, 1)
NEGATIVE = Interval.open(-oo, 0)
POSITIVE = Interval.open(0, oo)


@claim("Slide 15, the monotonicity, repaired", ref="nct-mono")
@forall(x=NEGATIVE, h=POSITIVE)
def decreasing_below_zero(x, h):
    r"""$f(x) = e^x / x$ strictly decreases where x < 0, and there all the $x_j$ with $j \ne k$
    lie: $f(x + h) < f(x)$ for $x < x + h < 0$."""
    return Less(exp(x + h) / (x + h), exp(x) / x).assuming(Less(x + h, 0))


@claim(
    "Slide 15, the monotonicity", ref="nct-mono",
    expect="refuted", corrected_by=decreasing_below_zero,
)  # fmt: skip
@forall(x=BELOW_ONE, y=BELOW_ONE)
def increasing_below_one(x, y):
    r"""$f(x) = e^x / x$ is monotonically increasing when x < 1."""
    return Less(exp(x) / x, exp(y) / y).assuming(Less(x, y))
