"""The rewrite rules that a certificate may cite: each an equation with its conditions.  Trusted.

``instance("root", (b, q))`` gives ``(b**(1/q))**q = b``.  A rule is a pure function of the
expressions that a certificate names; the kernel proves its conditions before it is used.
"""

from __future__ import annotations

from sympy import Expr

from proofcheck.identities.connections import CONNECTIONS
from proofcheck.identities.constant_integrals import CONSTANT_INTEGRALS
from proofcheck.identities.digamma import DIGAMMA
from proofcheck.identities.elementary import ELEMENTARY
from proofcheck.identities.elliptic import ELLIPTIC
from proofcheck.identities.equations import UNFIT, Equation, Inapplicable, Registry
from proofcheck.identities.expansions import EXPANSIONS
from proofcheck.identities.gamma import GAMMA
from proofcheck.identities.generating import GENERATING
from proofcheck.identities.hypergeometric import HYPERGEOMETRIC
from proofcheck.identities.integrals import INTEGRALS
from proofcheck.identities.known_integrals import KNOWN_INTEGRALS
from proofcheck.identities.limits import LIMITS
from proofcheck.identities.logarithms import LOGARITHMS
from proofcheck.identities.multiplication import MULTIPLICATION
from proofcheck.identities.numbers import NUMBERS
from proofcheck.identities.orders import ORDERS
from proofcheck.identities.orthogonality import ORTHOGONALITY
from proofcheck.identities.parts import PARTS
from proofcheck.identities.products import PRODUCTS
from proofcheck.identities.series import SERIES
from proofcheck.identities.special import SPECIAL
from proofcheck.identities.sums import SUMS
from proofcheck.identities.trigonometry import TRIGONOMETRY
from proofcheck.identities.zeta import ZETA

__all__ = ["LIMITS", "RULES", "UNFIT", "Equation", "Inapplicable", "instance"]

RULES = Registry({
    **ELEMENTARY, **LOGARITHMS, **TRIGONOMETRY, **PARTS, **GAMMA, **INTEGRALS,
    **KNOWN_INTEGRALS, **ZETA, **SPECIAL,
    **ELLIPTIC, **HYPERGEOMETRIC, **SERIES, **SUMS, **MULTIPLICATION, **LIMITS,
    **NUMBERS, **DIGAMMA, **EXPANSIONS, **GENERATING, **ORDERS,
    **CONSTANT_INTEGRALS, **ORTHOGONALITY, **CONNECTIONS, **PRODUCTS,
})  # fmt: skip


def instance(rule: str, arguments: tuple[Expr, ...]) -> Equation:
    """Return the equation that ``rule`` gives for ``arguments``.

    Raises:
        Inapplicable: there is no such rule, or it does not fit the arguments.
    """
    return RULES.instance(rule, arguments)
