"""pytest for pencil-and-paper proofs: claims, exact verdicts, counterexamples to check by hand.

Importing ``proofcheck`` imports nothing else; the public names are loaded when they are used, so
that the command line can print its help without SymPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofcheck.citations import throughout
    from proofcheck.claims import Claim, claim, forall
    from proofcheck.domains import Numbers, Vectors, instances, integers, probabilities
    from proofcheck.relations import (
        Equal,
        Greater,
        GreaterEqual,
        Less,
        LessEqual,
        NotEqual,
        calc,
        every,
    )

__all__ = [
    "Claim",
    "Equal",
    "Greater",
    "GreaterEqual",
    "Less",
    "LessEqual",
    "NotEqual",
    "Numbers",
    "Vectors",
    "calc",
    "claim",
    "every",
    "forall",
    "instances",
    "integers",
    "probabilities",
    "throughout",
]

_HOMES = {
    **dict.fromkeys(["Claim", "claim", "forall"], "claims"),
    **dict.fromkeys(["Numbers", "Vectors", "instances", "integers", "probabilities"], "domains"),
    **dict.fromkeys(
        ["Equal", "Greater", "GreaterEqual", "Less", "LessEqual", "NotEqual", "calc", "every"],
        "relations",
    ),
    "throughout": "citations",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'proofcheck' has no attribute {name!r}")
    return getattr(import_module(f"proofcheck.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
