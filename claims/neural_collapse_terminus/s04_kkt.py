r"""Slide 5: the Karush-Kuhn-Tucker conditions, and what they need in order to hold."""

from sympy import Rational

from claims.neural_collapse_terminus._definitions import (
    CLASSES,
    MULTIPLIER,
    SAMPLES,
    feature,
    frame,
    label,
    multiplier,
)
from proofcheck import Equal, GreaterEqual, LessEqual, NotEqual, claim, forall
from proofcheck.vectors import inner


@claim("Slide 5, condition 1, repaired", ref="nct-kkt1")
@forall(K=CLASSES, w=frame, m=feature)
def constraint_is_qualified(K, w, m):
    r"""Where $g(m) = \lVert m \rVert^2 - 1$ is 0, its gradient $2 m$ is not, so that stationarity
    is necessary here.  (It is sufficient by convexity: ``above_its_tangent``.)"""
    return NotEqual(inner(2 * m, 2 * m), 0).assuming(Equal(inner(m, m) - 1, 0))


@claim("Slide 5, condition 1", ref="nct-kkt1", expect="refuted",
       corrected_by=constraint_is_qualified)  # fmt: skip
@forall(u=MULTIPLIER)
def stationarity_without_qualification(u):
    r"""$\nabla f(x^*) = -u^* \nabla g(x^*)$ at a minimiser: no u does it for f = x, g = x^2 at
    x* = 0, the one feasible point, where $\nabla f = 1$ and $\nabla g = 2 x^* = 0$."""
    minimiser = Rational(0)
    return Equal(1, -u * 2 * minimiser)


@claim("Slide 5, condition 2, repaired", ref="nct-kkt2")
@forall(K=CLASSES, w=frame, k=label, lamda=MULTIPLIER)
def slackness_at_the_minimiser(K, w, k, lamda):
    r"""$u^* g(x^*) = 0$ at the minimiser $w_k$, whatever the multiplier."""
    return Equal(lamda * (inner(w[k], w[k]) - 1), 0)


@claim("Slide 5, condition 2", ref="nct-kkt2", expect="refuted",
       corrected_by=slackness_at_the_minimiser)  # fmt: skip
@forall(K=CLASSES, w=frame, m=feature, lamda=MULTIPLIER)
def slackness_everywhere(K, w, m, lamda):
    r"""$u^* g(x) = 0$, with x for x*: at every feasible x."""
    return Equal(lamda * (inner(m, m) - 1), 0).assuming(LessEqual(inner(m, m), 1))


@claim("Slide 5, condition 3", ref="nct-kkt3/4")
@forall(K=CLASSES, w=frame, k=label)
def primal_feasibility(K, w, k):
    r"""$g(x^*) \le 0$ at the minimiser $w_k$ (with equality)."""
    return LessEqual(inner(w[k], w[k]) - 1, 0)


@claim("Slide 5, condition 4", ref="nct-kkt3/4")
@forall(K=CLASSES, N=SAMPLES)
def dual_feasibility(K, N):
    r"""$u^* \ge 0$: the multiplier of the minimiser, in closed form, is not negative."""
    return GreaterEqual(multiplier(K, N), 0)
