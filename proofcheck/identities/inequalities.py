"""The known inequalities that a certificate may cite.  Trusted.

A rule is a pure function of the expressions that a certificate names; the step that cites it sees
to its conditions and to the definedness of its terms.
"""

from __future__ import annotations

from sympy import Expr

from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.identities.arithmetic import ARITHMETIC
from proofcheck.identities.equations import Inapplicable, Inequalities, Inequality
from proofcheck.identities.estimates import ESTIMATES

INEQUALITIES = Inequalities({**ESTIMATES, **ARITHMETIC})


def inequality(name: str, arguments: tuple[Expr, ...]) -> Inequality:
    """Return the inequality that a rule gives for ``arguments``.

    Raises:
        Inapplicable: there is no such rule, or it does not fit the arguments.
    """
    if name not in INEQUALITIES:
        raise Inapplicable(f"there is no inequality named {name!r}")
    try:
        return INEQUALITIES[name](*arguments)
    except LIBRARY_ERRORS as problem:
        raise Inapplicable(f"{name} does not fit {arguments}: {problem}") from problem
