"""The known inequalities that a certificate may cite.  Trusted.

A rule is a pure function of the expressions that a certificate names; the step that cites it sees
to its conditions and to the definedness of its terms.
"""

from __future__ import annotations

from sympy import Expr

from proofcheck.identities.arithmetic import ARITHMETIC
from proofcheck.identities.equations import Inequalities, Inequality
from proofcheck.identities.estimates import ESTIMATES
from proofcheck.identities.means import MEANS

INEQUALITIES = Inequalities({**ESTIMATES, **ARITHMETIC, **MEANS})


def inequality(name: str, arguments: tuple[Expr, ...]) -> Inequality:
    """Return the inequality that a rule gives for ``arguments``.

    Raises:
        Inapplicable: there is no such rule, or it does not fit the arguments.
    """
    return INEQUALITIES.instance(name, arguments)
