"""Citations: a step may assume what an earlier claim concludes, inside that claim's own domain.

The assumption is discharged once the arguments lie in the cited claim's domain and its own
assumptions hold; what no cited claim discharges is a hypothesis of the theorem.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Set

from proofcheck.claims import Case, Citation, Claim
from proofcheck.domains import Instances, finite_values, introduce, resolve
from proofcheck.errors import ClaimError
from proofcheck.obligations import Context, Obligation
from proofcheck.relations import Condition, Member


def hypotheses(case: Case) -> tuple[Condition, ...]:
    """Return the assumptions that no cited claim discharges."""
    return tuple(a for a in case.assumptions if getattr(a, "cited", None) is None)


def duties(claim: Claim, case: Case, context: Context) -> Iterator[Obligation]:
    """Yield what has to hold for the citations of ``case`` to be used inside their domains.

    The duties of a citation may use everything that is assumed but what it is itself cited for.

    Raises:
        ClaimError: a cited claim is missing from ``uses``.
    """
    for citation in cited(case):
        if citation.claim not in claim.uses:
            raise ClaimError(
                f"{claim.name} assumes what {citation.claim.name} concludes: "
                f"add uses=[{citation.claim.name}]"
            )
        rest = Context(
            context.variables,
            tuple(a for a in context.assumptions if getattr(a, "cited", None) is not citation),
        )
        arguments = dict(citation.arguments)
        for name, domain in citation.claim.domains:
            for goal in _membership(name, resolve(name, domain, arguments), arguments[name], case):
                yield Obligation("citation", goal, rest)
        for assumption in citation.assumptions:
            yield Obligation("citation", assumption, rest)


def cited(case: Case) -> tuple[Citation, ...]:
    """Return the citations among a case's assumptions, each once."""
    found = (getattr(assumption, "cited", None) for assumption in case.assumptions)
    return tuple(dict.fromkeys(one for one in found if isinstance(one, Citation)))


def _membership(name: str, domain: Any, argument: Any, case: Case) -> Iterator[Condition]:
    """Yield that ``argument`` lies in ``domain``."""
    if isinstance(domain, Instances):
        raise ClaimError(f"a claim about instances of {name} only cannot be cited for {argument}")
    if isinstance(domain, Set):
        yield Member(argument, domain)
        return
    if finite_values(domain) is not None:
        return
    same = introduce(getattr(argument, "name", None) or str(argument), domain)
    if same.value != argument or not set(same.variables) <= set(case.variables):
        raise ClaimError(
            f"{argument} is not known to be {name} as the cited claim declares it: "
            "declare it with the same domain"
        )
    known = {*case.facts, *case.assumptions}
    yield from (fact for fact in same.facts if fact not in known)
