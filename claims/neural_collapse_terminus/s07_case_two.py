r"""Slide 11: the second case, lambda > 0, and complementary slackness."""

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    MULTIPLIER,
    POSITIVE,
    feature,
    frame,
)
from proofcheck import Equal, claim, forall
from proofcheck.vectors import inner


@claim("Slide 11, in Case 2", ref="nct-cs")
@forall(lamda=POSITIVE, n=MULTIPLIER)
def on_the_sphere(lamda, n):
    r"""$\lambda (\lVert m \rVert^2 - 1) = 0$ implies $\lVert m \rVert^2 = 1$ if $\lambda > 0$,
    whatever number n >= 0 the squared norm is."""
    return Equal(n, 1).assuming(Equal(lamda * (n - 1), 0))


@claim("Slide 11, with dual feasibility alone", ref="nct-cs", expect="refuted",
       corrected_by=on_the_sphere)  # fmt: skip
@forall(K=CLASSES, w=frame, m=feature, lamda=MULTIPLIER)
def on_the_sphere_in_both_cases(K, w, m, lamda):
    r"""The same for $\lambda \ge 0$, as the slide's "Now" has it: not in Case 1."""
    return Equal(inner(m, m), 1).assuming(Equal(lamda * (inner(m, m) - 1), 0))
