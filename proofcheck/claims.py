"""A claim: one statement of a document, with its source, its domain and what is expected of it.

Trusted: cases left out here are never checked.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Basic, Dummy, Expr, Range, Set, Symbol, expand, sympify

from proofcheck.binding import with_arguments
from proofcheck.domains import (
    Domains,
    Family,
    Instances,
    Numbers,
    Variable,
    finite_values,
    introduce,
    resolve,
    symbol_assumptions,
)
from proofcheck.errors import ClaimError
from proofcheck.presumptions import presumptions
from proofcheck.relations import (
    AllOf,
    Chain,
    Condition,
    Relation,
    flatten,
    free_symbols,
    shape_of,
    side,
)

EXPECTATIONS = (
    "proved", "supported", "refuted", "undecided", "vacuous", "undefined", "ill-typed", "error",
)  # fmt: skip

Statement = Relation | Chain
Body = Callable[..., Statement]


@dataclass(frozen=True)
class Case:
    """A claim at one choice of its finite variables: printed links, context, what was left out."""

    values: tuple[tuple[str, Expr], ...]
    links: tuple[Relation, ...]
    variables: tuple[Variable | Family, ...]
    facts: tuple[Condition, ...]
    assumptions: tuple[Condition, ...]
    presumed: tuple[Condition, ...] | None = None
    """What the definedness of both sides comes to, if the statement is meant where they are."""

    @property
    def known(self) -> tuple[Condition, ...]:
        """Everything that is assumed of the variables."""
        return (*self.facts, *self.assumptions, *(self.presumed or ()))

    @property
    def label(self) -> str:
        """The choice in words, for instance ``n = 2``."""
        return ", ".join(f"{name} = {value}" for name, value in self.values)


@dataclass(frozen=True, eq=False)
class Citation:
    """A use of ``claim`` at ``arguments``: what it assumes of its own there, what it concludes.

    ``binders`` are symbols in the arguments, each with its set and with conditions on it, for all
    of which it is used at once, outermost first.
    """

    claim: Claim
    arguments: tuple[tuple[str, Any], ...]
    assumptions: tuple[Condition, ...]
    conclusions: tuple[Condition, ...]
    binders: tuple[tuple[Symbol, Set, tuple[Condition, ...]], ...] = ()


@dataclass(frozen=True, eq=False)
class Claim:
    """One statement of a document; made by the :func:`claim` decorator.

    Called with its own variables it gives what it concludes, for a later step to assume.

    >>> from sympy import Reals
    >>> from proofcheck.relations import GreaterEqual
    >>> @claim("Lemma 1")
    ... @forall(x=Reals)
    ... def squares_are_not_negative(x):
    ...     return GreaterEqual(x**2, 0)
    >>> str(squares_are_not_negative(x=3))
    '(9 >= 0)'
    """

    body: Body
    source: str
    domains: tuple[tuple[str, Domains], ...] = ()
    ref: str | None = None
    uses: tuple[Claim, ...] = ()
    expect: str | None = None
    corrected_by: Claim | None = None
    name: str = ""
    module: str = ""
    file: str = ""
    line: int = 0
    description: str = field(default="", repr=False)

    @property
    def limitation(self) -> str | None:
        """What finite instances stand for, or None if the claim is as general as it reads."""
        parts = [
            f"only {name} = {', '.join(map(str, domain.values))} of {domain.general}"
            for name, domain in self.domains
            if isinstance(domain, Instances)
        ]
        return "; ".join(parts) or None

    @property
    def id(self) -> str:
        """The identifier, ``assignment/name``."""
        return f"{('', *self.module.split('.'))[-2]}/{self.name}".lstrip("/")

    def __call__(self, **arguments: Any) -> AllOf:
        """Return what the claim concludes for ``arguments``, to be assumed by a later step.

        Each relation carries its citation, so that the checker can see to it that the claim is
        used inside its own domain (see ``citations.py``).  The body gets the variables that it
        gets when the claim is checked, for which the arguments are put afterwards.

        Raises:
            ClaimError: the arguments are not those that the claim declares, or would be captured.
        """
        names = [name for name, _ in self.domains]
        if set(arguments) != set(names):
            raise ClaimError(f"cite {self.name} with its own variables: {', '.join(names)}")
        own, change, beside = _own_variables(self, arguments)
        statement = self.body(**own)

        def there(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
            return tuple(with_arguments(one, change, beside) for one in conditions)

        # What the claim itself cites holds on its domain: it is discharged there.
        assumed = [a for a in flatten(statement.assumptions) if getattr(a, "cited", None) is None]
        assumed += presumed(statement) or ()
        conclusions = there(links_of(statement, self))
        given = tuple((name, change.get(own[name], arguments[name])) for name in names)
        citation = Citation(self, given, there(assumed), conclusions)
        return AllOf(
            tuple(replace(o, cited=citation) for o in conclusions if isinstance(o, Relation))
        )

    def cases(self) -> Iterator[Case]:
        """Yield the cases, finite variables in lexicographic order.

        Raises:
            ClaimError: the body returns no relation, or a domain is none.
        """
        yield from _cases(self, dict(self.domains), {}, (), (), (), ())


def _own_variables(
    claim: Claim, arguments: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[Symbol, Expr], set[Basic]]:
    """Return what the body of a cited claim gets, the numbers to put for it, further symbols.

    Vectors and families are handed over as they are: what is shown of them does not depend on
    their names.

    Raises:
        ClaimError: an argument is no element of the kind that the claim declares.
    """
    own: dict[str, Any] = {}
    change: dict[Symbol, Expr] = {}
    beside: set[Basic] = set()
    for name, declared in claim.domains:
        domain, argument = resolve(name, declared, own), arguments[name]
        values = finite_values(domain)
        if isinstance(domain, Instances):
            raise ClaimError(f"a claim about instances of {name} only cannot be cited")
        if values is not None:
            if sympify(argument) not in values:
                raise ClaimError(
                    f"{claim.name} is cited at {name} = {argument}, not one of "
                    f"{', '.join(map(str, values))}"
                )
            own[name] = values[values.index(sympify(argument))]
        elif isinstance(domain, Set):
            argument = side(argument)
            if shape_of(argument) != "a number":
                raise ClaimError(f"{claim.name} is cited at {name} = {argument}: no number")
            own[name] = Dummy(name, **symbol_assumptions(domain))
            change[own[name]] = argument
        else:
            own[name] = argument
            beside |= set(getattr(argument, "free_symbols", ()))
    return own, change, beside


def _cases(
    claim: Claim,
    remaining: dict[str, Domains],
    arguments: dict[str, Any],
    chosen: tuple[tuple[str, Expr], ...],
    variables: tuple[Variable | Family, ...],
    facts: tuple[Condition, ...],
    outside: tuple[tuple[str, int], ...],
) -> Iterator[Case]:
    if not remaining:
        statement = claim.body(**arguments)
        links, assumptions = links_of(statement, claim), flatten(statement.assumptions)
        _refuse_strangers(claim, (*links, *assumptions), variables)
        _refuse_one_plane(outside)
        yield Case(chosen, links, variables, facts, assumptions, presumed(statement))
        return
    name, *later = remaining
    domain = resolve(name, remaining[name], arguments)
    rest = {other: remaining[other] for other in later}
    values = finite_values(domain)
    if values is not None:
        for value in values:
            choice = (*chosen, (name, value))
            chosen_here = arguments | {name: value}
            yield from _cases(claim, rest, chosen_here, choice, variables, facts, outside)
        return
    brought = introduce(name, domain)
    _refuse_small(name, domain, variables)
    yield from _cases(
        claim,
        rest,
        arguments | {name: brought.value},
        chosen,
        variables + brought.variables,
        facts + brought.facts,
        (*outside, (name, brought.outside)),
    )


def _refuse_strangers(
    claim: Claim, conditions: tuple[Condition, ...], variables: tuple[Variable | Family, ...]
) -> None:
    """Refuse a variable that nobody declared, and one that was declared twice.

    Raises:
        ClaimError: the statement would not mean what it seems to.
    """
    names = [v.symbol if isinstance(v, Variable) else v.base for v in variables]
    for name in names:
        if names.count(name) > 1:
            raise ClaimError(f"{claim.name} declares {name} twice: rename one of its variables")
    declared = set(names).union(*(name.free_symbols for name in names))
    for found in sorted(set().union(*map(free_symbols, conditions)) - declared, key=str):
        if isinstance(found, Symbol):
            raise ClaimError(
                f"{claim.name} mentions {found}, which it does not declare: use the parameter"
                f" that @forall hands to it, or add {found}=Reals there"
            )


def _refuse_one_plane(outside: tuple[tuple[str, int], ...]) -> None:
    """Refuse two vectors with as many coordinates outside a frame's span (see ``vectors.py``)."""
    first: dict[int, str] = {}
    for name, number in outside:
        if number and first.setdefault(number, name) != name:
            raise ClaimError(
                f"{name} and {first[number]} would have the same plane outside the span of the "
                f"frame: declare {name} with another number of coordinates, "
                f"VectorOf(w, outside={max(count for _, count in outside) + 1})"
            )


def _refuse_small(name: str, domain: Any, variables: tuple[Variable | Family, ...]) -> None:
    """Refuse a family whose size may be too small for what its members are said to be."""
    if not isinstance(domain, Numbers) or not domain.least:
        return
    steps = {
        v.symbol: v.set.inf + Dummy(integer=True, nonnegative=True)
        for v in variables
        if isinstance(v, Variable) and isinstance(v.set, Range) and v.set.inf.is_Integer
    }
    if expand(domain.size.xreplace(steps) - domain.least).is_nonnegative is not True:
        declare = f": declare {domain.size}=integers({domain.least})"
        raise ClaimError(
            f"{name} needs {domain.size} >= {domain.least}"
            + (declare if isinstance(domain.size, Symbol) else " whatever the variables are")
        )


def links_of(statement: object, claim: Claim) -> tuple[Relation, ...]:
    """Return the relations that a body's result consists of.

    Raises:
        ClaimError: the body returned something else, with a sentence on what to write.
    """
    match statement:
        case Relation():
            return (statement.conclusion,)
        case Chain():
            return tuple(link.conclusion for link in statement.links)
        case None:
            raise ClaimError(f"{claim.name} returns nothing: end it with `return Equal(lhs, rhs)`")
    kind = type(statement).__name__
    raise ClaimError(
        f"{claim.name} returns {statement} ({kind}): return a relation such as Equal(lhs, rhs); "
        "SymPy's Eq and == collapse to truth values"
    )


def presumed(statement: Statement) -> tuple[Condition, ...] | None:
    """Return what a statement that is meant where its sides are defined assumes; else None."""
    if not statement.partial:
        return None
    return presumptions([statement] if isinstance(statement, Relation) else statement.links)


def forall(**domains: Domains) -> Callable[[Body], Body]:
    """Declare the variables of a claim and the sets that they range over, in order.

    A SymPy set, a domain of ours, ``instances(...)``, or a function of earlier variables.

    >>> from sympy import Interval, pi
    >>> @forall(theta=Interval.open(0, pi))
    ... def body(theta): ...
    """

    def attach(body: Body) -> Body:
        vars(body)["__proofcheck_domains__"] = tuple(domains.items())
        return body

    return attach


def claim(
    source: str,
    *,
    ref: str | None = None,
    uses: Sequence[Claim] = (),
    expect: str | None = None,
    corrected_by: Claim | None = None,
) -> Callable[[Body], Claim]:
    """Turn a function that returns a relation into a claim.

    ``source`` says where the document makes the statement, ``ref`` names the printed assertion,
    ``uses`` the claims that it builds on, ``expect`` the verdict that is on record for a
    misprint, and ``corrected_by`` the claim that repairs it.

    Raises:
        ClaimError: parameters and declared variables differ, or ``expect`` is no verdict.

    >>> from sympy import Reals, sin, cos
    >>> from proofcheck.relations import Equal
    >>> @claim("Section 1, line 3")
    ... @forall(x=Reals)
    ... def double_angle(x):
    ...     return Equal(sin(2*x), 2*sin(x)*cos(x))
    >>> double_angle.name
    'double_angle'
    """
    if expect is not None and expect not in EXPECTATIONS:
        raise ClaimError(f"expect={expect!r}: write one of {', '.join(EXPECTATIONS)}")

    def build(body: Body) -> Claim:
        domains = getattr(body, "__proofcheck_domains__", ())
        declared, wanted = {name for name, _ in domains}, set(inspect.signature(body).parameters)
        if missing := sorted(wanted - declared):
            raise ClaimError(
                f"{body.__name__} uses {', '.join(missing)} without a domain: "
                f"add @forall({missing[0]}=Reals) below @claim"
            )
        if unused := sorted(declared - wanted):
            raise ClaimError(f"@forall declares {', '.join(unused)}: not a parameter of the claim")
        for used in (*uses, *((corrected_by,) if corrected_by is not None else ())):
            if not isinstance(used, Claim):
                raise ClaimError(f"uses and corrected_by take claims, not {used!r}")
        return Claim(
            body=body,
            source=source,
            domains=domains,
            ref=ref,
            uses=tuple(uses),
            expect=expect,
            corrected_by=corrected_by,
            name=body.__name__,
            module=body.__module__,
            file=inspect.getsourcefile(body) or "",
            line=body.__code__.co_firstlineno,
            description=inspect.cleandoc(body.__doc__ or ""),
        )

    return build
