"""What can go wrong that a user can mend: errors say where, what, and what to write instead."""

from __future__ import annotations


class ProofcheckError(Exception):
    """Base of the errors that the command line shows as one message, without a traceback."""


class UsageError(ProofcheckError):
    """An unknown identifier, a missing folder, an option that makes no sense (exit status 2)."""


class ConfigurationError(ProofcheckError):
    """A malformed ``[tool.proofcheck]`` table (exit status 2)."""


class CollectionError(ProofcheckError):
    """A claim module that cannot be imported, or two claims of one name (exit status 2)."""


class ClaimError(ProofcheckError):
    """A claim is broken: it returns a bool, or names an undeclared variable (verdict error)."""


class IllTyped(ProofcheckError):
    """A statement combines things of different shapes (verdict ill-typed).

    The message shows the shapes, for instance ``vector of R^d + number``.
    """


class InternalFault(ProofcheckError):
    """A fault of proofcheck itself, above all a claim both proved and refuted (exit status 3)."""


def no_truth_value(thing: object) -> bool:
    """Raise the sentence that tells an author what to write instead of a truth value."""
    raise TypeError(
        f"a {type(thing).__name__} has no truth value: return it from the claim, "
        "do not test it with `if`, `and`, `not` or `assert`"
    )
