"""Citations: a step may assume what an earlier claim concludes, inside that claim's own domain.

The assumption is discharged once the arguments lie in the cited claim's domain and its own
assumptions hold; what no cited claim discharges is a hypothesis of the theorem.  Trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, count
from typing import Any, cast

from sympy import Basic, Dummy, Expr, FiniteSet, MatrixBase, MatrixExpr, S, Set, Symbol

from proofcheck.claims import Case, Citation, Claim
from proofcheck.domains import Variable, ends_in, finite_values, integers, introduce, resolve
from proofcheck.errors import ClaimError
from proofcheck.obligations import (
    Context,
    Obligation,
    definedness,
    kind_of,
    mentioned,
    renamed,
    terms_of,
)
from proofcheck.relations import (
    AllOf,
    AnyOf,
    Chain,
    Condition,
    Defined,
    Member,
    Relation,
    Throughout,
    flatten,
    negate,
)
from proofcheck.vectors import Prototype, SimplexETF, Vector, VectorOf


def hypotheses(case: Case) -> tuple[Condition, ...]:
    """Return the assumptions that no cited claim discharges."""
    return tuple(a for a in case.known[len(case.facts) :] if citation_of(a) is None)


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
            goals += _terms_defined(assumption)
            goals.append(assumption)
        yield from _for_all(citation.binders, tuple(dict.fromkeys(goals)), rest)


def _for_all(
    binders: tuple[tuple[Symbol, Set, tuple[Condition, ...]], ...],
    goals: tuple[Condition, ...],
    context: Context,
) -> Iterator[Obligation]:
    """Yield ``goals`` as obligations for all values of the bound symbols, which get names.

    A value outside is excluded by the negation of one of the conditions on it; so these must have
    a truth value.
    """
    if not binders:
        for goal in goals:
            yield Obligation("citation", goal, context)
        return
    (bound, values, where), *others = binders
    rest = tuple(others)
    for need in definedness(*ends_in(values)):
        yield Obligation("citation", need.condition, context)
    known = {*context.names}.union(*map(mentioned, goals))
    for _, further, conditions in binders:
        known = known.union(further.atoms(Symbol), *map(mentioned, conditions))
    symbol = _named(values, known)
    inside = context.including(symbol, values)
    for condition in where:
        decided = [need.condition for need in definedness(*terms_of(condition))]
        if isinstance(condition, Relation) and condition.operator not in ("eq", "ne"):
            decided += (Member(side, S.Reals) for side in (condition.lhs, condition.rhs))
        for goal in decided:
            yield Obligation("citation", renamed(goal, bound, symbol), inside)
    inside = inside.assuming(*(renamed(condition, bound, symbol) for condition in where))
    following = tuple(
        (
            other,
            cast(Set, further.xreplace({bound: symbol})),
            tuple(renamed(condition, bound, symbol) for condition in conditions),
        )
        for other, further, conditions in rest
    )
    yield from _for_all(following, tuple(renamed(goal, bound, symbol) for goal in goals), inside)


def _named(values: Set, taken: Iterable[Basic]) -> Symbol:
    """Return a symbol for the elements of ``values`` whose name is not ``taken``."""
    names = {getattr(one, "name", str(one)) for one in taken}
    choices = chain("jil", (f"j_{n}" for n in count(1)))
    return Symbol(next(name for name in choices if name not in names), **kind_of(values))


def throughout(
    values: Set,
    statement: Callable[[Symbol], Condition | Chain],
    where: Callable[[Symbol], Condition | Chain] | None = None,
) -> AllOf:
    """Return that ``statement(j)`` holds for every j of ``values`` (with ``where(j)``), to assume.

    For a hypothesis, or for an earlier claim at every j:
    ``throughout(integers(1, K), lambda j: earlier(K=K, j=j), where=lambda j: NotEqual(j, k))``.
    What the cited claim assumes, and its domain, then have to be met for every such j.

    Raises:
        ClaimError: the statement mixes citations with other things, or has assumptions.

    >>> from proofcheck import Greater, integers
    >>> str(throughout(integers(1, 9), lambda j: Greater(j, 0)))
    '(j > 0 for all j in Range(1, 10, 1))'
    """
    bound = Dummy("index", **kind_of(values))
    said = statement(bound)
    on = () if where is None else flatten((where(bound),))
    if isinstance(said, Relation | Chain) and (said.assumptions or said.partial):
        raise ClaimError(f"'{said}' for every j: write what it assumes of j as where=lambda j: ...")
    parts = flatten((said,))
    found = dict.fromkeys(map(citation_of, parts))
    if len(found) > 1 or any(citation_of(condition) is not None for condition in on):
        raise ClaimError("throughout(...) takes one citation, or conditions of which none is cited")
    if not isinstance(values, Set) or isinstance(values, FiniteSet):
        raise ClaimError(f"throughout(...) takes a set such as integers(1, K), not {values}")
    plain = tuple(p if isinstance(p, AnyOf | AllOf | Member | Defined) else replace(p, cited=None)
                  for p in parts)  # fmt: skip
    whole = [AnyOf((*map(negate, on), then)) if on else then for then in plain]
    symbol = _named(values, values.atoms(Symbol).union(*map(mentioned, whole)))
    quantified = tuple(Throughout(symbol, values, renamed(one, bound, symbol)) for one in whole)
    (citation,) = found
    if citation is not None:
        binders = ((bound, values, on), *citation.binders)
        citation = replace(citation, conclusions=quantified, binders=binders)
    return AllOf(tuple(replace(one, cited=citation) for one in quantified))


def _terms_defined(condition: Condition) -> Iterator[Condition]:
    """Yield that all terms of ``condition`` are defined, for every value of what it quantifies."""
    if isinstance(condition, AnyOf | AllOf):
        for part in condition.conditions:
            yield from _terms_defined(part)
        return
    yield from (need.condition for need in definedness(*terms_of(condition)))
    if isinstance(condition, Throughout):
        for inner in _terms_defined(condition.condition):
            yield Throughout(condition.symbol, condition.set, inner)


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
