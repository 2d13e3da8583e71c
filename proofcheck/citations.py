"""Citations: a step may assume what an earlier claim concludes, inside that claim's own domain.

The assumption is discharged once the arguments lie in the cited claim's domain and its own
assumptions hold; what no cited claim discharges is a hypothesis of the theorem.  Trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sympy import Expr, MatrixBase, MatrixExpr, S, Set

from proofcheck.claims import Case, Citation, Claim
from proofcheck.domains import Variable, finite_values, integers, introduce, resolve
from proofcheck.errors import ClaimError
from proofcheck.obligations import Context, Obligation, definedness, terms_of
from proofcheck.relations import Condition, Member, Throughout
from proofcheck.vectors import Prototype, SimplexETF, Vector, VectorOf


def hypotheses(case: Case) -> tuple[Condition, ...]:
    """Return the assumptions that no cited claim discharges."""
    return tuple(a for a in case.assumptions if citation_of(a) is None)


def citation_of(assumption: Condition) -> Citation | None:
    """Return the citation that brought an assumption in, if one did."""
    found = getattr(assumption, "cited", None)
    return found if isinstance(found, Citation) and assumption in found.conclusions else None


def duties(claim: Claim, case: Case, context: Context) -> Iterator[Obligation]:
    """Yield what has to hold for the citations of ``case`` to be used inside their domains.

    The duties of a citation may use the hypotheses, and what the citations before it bring: two
    citations that discharged each other would prove anything.

    Raises:
        ClaimError: a cited claim is missing from ``uses``.
    """
    earlier: list[Citation] = []
    for citation in cited(case):
        if citation.claim not in claim.uses:
            raise ClaimError(
                f"{claim.name} assumes what {citation.claim.name} concludes: "
                f"add uses=[{citation.claim.name}]"
            )
        rest = Context(
            context.variables,
            tuple(
                a
                for a in context.assumptions
                if (by := citation_of(a)) is None or any(by is one for one in earlier)
            ),
        )
        earlier.append(citation)
        arguments = dict(citation.arguments)
        goals: list[Condition] = []
        for name, domain in citation.claim.domains:
            argument = arguments[name]
            goals += _needs(argument)
            goals += _membership(name, resolve(name, domain, arguments), argument, case, rest)
        for assumption in citation.assumptions:
            goals += (need.condition for need in definedness(*terms_of(assumption)))
            goals.append(assumption)
        for goal in dict.fromkeys(goals):
            yield Obligation("citation", goal, rest)


def _needs(argument: Any) -> Iterator[Condition]:
    """Yield that an argument is defined: a point where it is not is in no domain."""
    if isinstance(argument, Expr) and not isinstance(argument, MatrixBase | MatrixExpr):
        yield from (need.condition for need in definedness(argument))
    elif isinstance(argument, MatrixBase):
        yield from (need.condition for need in definedness(*argument))


def cited(case: Case) -> tuple[Citation, ...]:
    """Return the citations among a case's assumptions, each once."""
    found = map(citation_of, case.assumptions)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _membership(
    name: str, domain: Any, argument: Any, case: Case, rest: Context
) -> Iterator[Condition]:
    """Yield that ``argument`` lies in ``domain``; ``rest`` is what may be used for it."""
    if isinstance(domain, Set):
        yield Member(argument, domain)
        return
    if finite_values(domain) is not None:
        return
    if isinstance(domain, SimplexETF):
        yield from _frame(name, domain, argument, case)
        return
    if isinstance(domain, VectorOf):
        if not isinstance(argument, Vector) or argument.frame.plain != domain.frame.plain:
            raise ClaimError(f"{argument} is not a vector of the space of {domain.frame}")
        yield from _vector(argument, case)
        return
    same = introduce(getattr(argument, "name", None) or str(argument), domain)
    if same.value != argument or not set(same.variables) <= set(case.variables):
        raise ClaimError(
            f"{argument} is not known to be {name} as the cited claim declares it: "
            "declare it with the same domain"
        )
    known = {*case.facts, *rest.assumptions}
    yield from (fact for fact in same.facts if fact not in known)


def _frame(name: str, domain: SimplexETF, argument: Any, case: Case) -> Iterator[Condition]:
    """Yield what makes ``argument`` a frame as ``domain`` declares it; the name is free."""
    if not isinstance(argument, SimplexETF) or argument.size != domain.size:
        raise ClaimError(f"{argument} is not a frame of {domain.size} vectors, as {name} is")
    if domain.arbitrary is not None:
        yield from _vector(argument.direction, case)


def _vector(argument: Vector, case: Case) -> Iterator[Condition]:
    """Yield what makes a linear combination a vector of the space: real numbers, true indices.

    What is shown of a vector with coordinates of its own holds for every vector, since statements
    about inner products do not depend on the axes.
    """
    declared = {v.symbol if isinstance(v, Variable) else v.base for v in case.variables}
    for summand in argument.summands:
        generator = summand.generator
        needed: list[Condition] = [*_needs(summand.coefficient)]
        needed.append(Member(summand.coefficient, S.Reals))
        if isinstance(generator, Prototype):
            needed.append(Member(generator.index, integers(1, argument.frame.size)))
        elif not {generator.products, *generator.orthogonal} <= declared:
            raise ClaimError(f"{generator.name} is not declared by the claim that cites")
        for condition in needed:
            for index, low, high in summand.limits:
                condition = Throughout(index, integers(low, high), condition)
            yield condition
