"""The rewrite rules that a certificate may cite: each an equation with its conditions.  Trusted.

``instance("root", (b, q))`` gives ``(b**(1/q))**q = b``.  A rule is a pure function of the
expressions that a certificate names; the kernel proves its conditions before it is used.
"""

from __future__ import annotations

from sympy import Expr

from proofcheck.equations import Equation, Inapplicable, Rule
from proofcheck.identities_elementary import ELEMENTARY
from proofcheck.identities_gamma import GAMMA
from proofcheck.identities_parts import PARTS
from proofcheck.identities_special import SPECIAL

__all__ = ["RULES", "Equation", "Inapplicable", "instance"]

RULES: dict[str, Rule] = {**ELEMENTARY, **PARTS, **GAMMA, **SPECIAL}


def instance(rule: str, arguments: tuple[Expr, ...]) -> Equation:
    """Return the equation that ``rule`` gives for ``arguments``.

    Raises:
        Inapplicable: there is no such rule, or it does not fit the arguments.
    """
    if rule not in RULES:
        raise Inapplicable(f"there is no rule named {rule!r}")
    try:
        return RULES[rule](*arguments)
    except (TypeError, AttributeError, ValueError, IndexError, ZeroDivisionError) as problem:
        raise Inapplicable(f"{rule} does not fit {arguments}: {problem}") from problem
