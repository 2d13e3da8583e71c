"""What the tests of the kernel share: contexts in one line, and certificates that are lies."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Basic, Expr, Set

from proofcheck import kernel
from proofcheck.certificates import Certificate
from proofcheck.domains import Variable
from proofcheck.kernel import Rejected, Theorem
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Condition

SHORT_AND_LONG = [0.5, pytest.param(5.0, marks=pytest.mark.slow)]
"""For how many seconds engines search for a proof of what is false."""


def where(*variables: tuple[Expr, Set], assuming: tuple[Condition, ...] = ()) -> Context:
    """Return the context with these symbols, sets and assumptions."""
    return Context(tuple(Variable(symbol, values) for symbol, values in variables), assuming)


def proves(goal: Condition, context: Context, certificate: Any) -> Theorem:
    """Return the kernel's theorem, and see that it is about what was asked."""
    obligation = Obligation("conclusion", goal, context)
    theorem = kernel.prove(obligation, certificate)
    assert theorem.obligation == obligation
    assert theorem.basis == "certificate"
    return theorem


def rejects(goal: Condition, context: Context, certificate: Certificate | Any) -> str:
    """See that the kernel rejects the certificate, and return why."""
    with pytest.raises(Rejected) as caught:
        kernel.prove(Obligation("conclusion", goal, context), certificate)
    return str(caught.value)


def refuses(goal: Condition, context: Context, point: dict[Basic, Any], **proofs: Any) -> str:
    """See that the kernel does not take the point as a counterexample, and return why."""
    with pytest.raises(Rejected) as caught:
        kernel.refute(goal, context, point, **proofs)
    return str(caught.value)
