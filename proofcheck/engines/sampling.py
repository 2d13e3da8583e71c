"""Evidence: many distinct admissible points at which both sides are evaluated with error bounds.

The only module that imports Hypothesis.  Untrusted; what it finds is evidence, never a proof.  A
plain seeded loop screens cheaply first; then Hypothesis draws exact points (special values, simple
fractions, flat dyadics), shrinks a failing one, and points are counted here: how many were tried,
admissible, distinct, and how many left a side undefined.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from flint import arb
from sympy import Complexes, Expr, I, Integer, Range, Rational, Set, oo
from sympy.sets.fancysets import Integers, Naturals, Naturals0

from proofcheck import balls
from proofcheck.domains import Family
from proofcheck.engines._hints import sides
from proofcheck.engines._points import Generator, generator_of
from proofcheck.engines._rational import rational
from proofcheck.engines._truth import NO_VALUE, admissible, member, truth
from proofcheck.engines.base import Budget, Point
from proofcheck.failures import LIBRARY_ERRORS
from proofcheck.obligations import Obligation
from proofcheck.relations import Condition, Relation
from proofcheck.verdict import Evidence

if TYPE_CHECKING:
    from hypothesis import strategies as st

WANTED = 200
EXAMPLES = 300
SCREENED = 300
BY_HYPOTHESIS = 60
"""How many of the points Hypothesis draws: about a millisecond each, where the plain loop takes a
tenth; it is wanted for its shrinking, and as a source of points that is not ours."""
DIGITS = 50
PRECISION = 256
HOPELESS = 15


@dataclass
class Tally:
    """Our own count of what was drawn: Hypothesis counts repeated and rejected draws as well."""

    goal: Condition
    wanted: int = WANTED
    undefined: int = 0
    unevaluable: int = 0
    undecided: int = 0
    digits: int | None = None
    judged: dict[tuple[Any, ...], bool] = field(default_factory=dict)
    good: int = 0
    special: int = 0
    first_failure: Point | None = None
    agreed: int | None = None

    @property
    def enough(self) -> bool:
        """Whether as many points as wanted were evaluated, or nothing can be evaluated."""
        return self.good >= self.wanted or self.hopeless

    @property
    def hopeless(self) -> bool:
        """Whether no point so far could be evaluated."""
        return self.unevaluable >= HOPELESS and self.good == 0

    def judge(self, point: Point, special: bool = False) -> bool:
        """Count ``point`` (admissible); return whether the goal provably fails there."""
        key = tuple(point.values())
        if key not in self.judged:
            self.judged[key] = False
            self.judged[key] = self._judge(point, special)
        return self.judged[key]

    def _judge(self, point: Point, special: bool) -> bool:
        try:
            holds = self._holds(point)
            if holds is False:
                self.first_failure = point
                return True
            before = self.good
            self._measure(point, holds)
            self.special += special and self.good > before
        except balls.Undefined:
            self.undefined += 1
        except NO_VALUE:
            self.unevaluable += 1
        return False

    def _holds(self, point: Point) -> bool | None:
        """Return whether the goal holds; for an equation only whether it certainly fails."""
        goal = self.goal
        self.agreed = None
        if isinstance(goal, Relation) and goal.operator == "eq":
            left, right = rational(goal.lhs, point), rational(goal.rhs, point)
            if left is not None and right is not None and left != right:
                return False
            self.agreed = DIGITS if left is not None and left == right else None
            if self.agreed is None:
                self.agreed = agreed_at_once(goal, point)
            if self.agreed is not None:
                return None
            apart = balls.separated(goal.lhs, goal.rhs, point, max_precision=PRECISION)
            return None if apart is None else False
        return truth(goal, point, PRECISION)

    def _measure(self, point: Point, holds: bool | None) -> None:
        if isinstance(self.goal, Relation) and self.goal.operator == "eq":
            digits = self.agreed
            if digits is None:
                digits = balls.agreement(self.goal.lhs, self.goal.rhs, point, DIGITS)
            if digits is None:
                self.unevaluable += 1
                return
            self.digits = digits if self.digits is None else min(self.digits, digits)
            self.good += 1
        elif holds is True:
            self.good += 1
        else:
            self.undecided += 1


def agreed_at_once(goal: Relation, point: Point) -> int | None:
    """Return ``DIGITS`` if one evaluation with full precision shows so many to agree, else None."""
    try:
        left, right = (balls.enclose(side, point, PRECISION) for side in (goal.lhs, goal.rhs))
    except balls.Unevaluable:
        return None
    close = left.overlaps(right) and abs(left - right) * 10**DIGITS < arb(1).max(abs(left))
    return DIGITS if close else None


class _FailureFound(Exception):
    """Carries the failing point out of Hypothesis."""

    def __init__(self, point: Point) -> None:
        super().__init__("failing point")
        self.point = point


def seed_of(identifier: str, seed: int) -> int:
    """Return the seed of one claim: the same for the same claim and seed, in any process."""
    digest = hashlib.sha256(f"{identifier}\0{seed}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def sample(
    obligation: Obligation,
    budget: Budget,
    seed: int = 0,
    identifier: str = "",
    wanted: int = WANTED,
    thorough: bool = True,
) -> tuple[Evidence, Point | None]:
    """Return the evidence for the goal of ``obligation``, and a failing point if one turned up.

    ``identifier`` is the claim's; with ``seed`` it determines every point.  Without ``thorough``,
    for the cross-check of a certified proof, Hypothesis is left out.
    """
    tally = Tally(obligation.goal, wanted)
    number = seed_of(identifier or str(obligation.goal), seed)
    failing = _search(obligation, budget, tally, number, thorough)
    evidence = Evidence(
        points=tally.good,
        digits=tally.digits,
        precision=PRECISION,
        seed=seed,
        spread=_spread(tally, obligation),
        undefined=tally.undefined,
        unevaluable=tally.unevaluable + tally.undecided,
    )
    return evidence, failing


def _spread(tally: Tally, obligation: Obligation) -> str:
    if not obligation.context.variables:
        return "no variables"
    return f"{tally.special} special values, {tally.good - tally.special} fractions and dyadics"


def _search(
    obligation: Obligation, budget: Budget, tally: Tally, number: int, thorough: bool
) -> Point | None:
    context = obligation.context
    if not context.variables:
        return {} if admissible({}, context) and tally.judge({}) else None
    generator = generator_of(context, tuple(sides(obligation.goal)))
    for point in generator.points(min(60, tally.wanted // 2)):
        if budget.expired() or tally.enough:
            break
        if tally.judge(point, special=True):
            return point
    rng = Random(number)
    draw = RandomDraw(rng)
    screened = tally.wanted - BY_HYPOTHESIS if thorough else tally.wanted
    for _ in range(SCREENED if thorough else 3 * tally.wanted):
        if budget.expired() or tally.enough or tally.good >= screened:
            break
        for point in generator.assemble(chooser(generator, draw)):
            if generator.admits(point) and tally.judge(point):
                return _shrunk(generator, obligation, budget, number) or point
    if tally.enough or budget.expired() or not thorough:
        return tally.first_failure
    return _with_hypothesis(generator, obligation, budget, tally, number)


class RandomDraw:
    """Draws of the plain loop; the same interface as Hypothesis's data."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def integer(self, low: int, high: int) -> int:
        """Return an integer from ``low`` to ``high``."""
        return self.random.randint(low, high)

    def dyadic(self) -> Rational:
        """Return a flat dyadic of [0, 1) with 24 bits."""
        return Rational(self.random.getrandbits(24), 2**24)


class HypothesisDraw:
    """Draws of Hypothesis: three bytes for a flat dyadic, small integers for the rest."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def integer(self, low: int, high: int) -> int:
        """Return an integer from ``low`` to ``high``."""
        from hypothesis import strategies as st

        return self.data.draw(st.integers(low, high))

    def dyadic(self) -> Rational:
        """Return a flat dyadic of [0, 1) with 24 bits; integers would crowd at the low end."""
        from hypothesis import strategies as st

        three = self.data.draw(st.binary(min_size=3, max_size=3))
        return Rational(int.from_bytes(three, "big"), 2**24)


Draw = RandomDraw | HypothesisDraw


def chooser(generator: Generator, draw: Draw) -> Callable[[int, Sequence[Any]], Any]:
    """Return how ``generator`` picks a value: a special one, a simple fraction or a flat dyadic."""

    def pick(position: int, options: Sequence[Any]) -> Any:
        variable = generator.free[position]
        if isinstance(variable, Family) and not options:
            return None
        kind = draw.integer(0, 3)
        if kind == 0 or isinstance(variable, Family):
            if isinstance(variable, Family) and kind:
                return _reweighted(options[0], generator, variable, draw)
            return one_of(options, draw)
        domain = generator.last_domains.get(variable.symbol)
        value = _drawn(domain, kind, draw)
        if value is None or member(domain, value) is not True:
            return one_of(options, draw)
        return value

    return pick


def one_of(options: Sequence[Any], draw: Draw) -> Any:
    """Return one of ``options``, or None if there is none."""
    return options[draw.integer(0, len(options) - 1)] if options else None


def _reweighted(
    family: tuple[Expr, ...], generator: Generator, variable: Family, draw: Draw
) -> tuple[Expr, ...]:
    weights = [draw.integer(1, 12) for _ in family]
    if variable.base in generator.totals:
        total, whole = sum(family, Integer(0)), sum(weights)
        return tuple(total * Rational(weight, whole) for weight in weights)
    domain = variable.element
    drawn = [_drawn(domain, 1 + weight % 3, draw) for weight in weights]
    return tuple(
        value if value is not None and member(domain, value) else old
        for value, old in zip(drawn, family, strict=True)
    )


def _drawn(domain: Set | None, kind: int, draw: Draw) -> Expr | None:
    """Return a number drawn from the hull of ``domain``, or None."""
    if domain is None or (isinstance(domain, Range) and domain.size == 0):
        return None
    if isinstance(domain, Integers | Naturals | Naturals0 | Range):
        span = 12 if kind < 3 else 60
        low, high = domain.inf, domain.sup
        start = low if low != -oo else (high - span if high != oo else Integer(-span // 2))
        end = min(start + span, high) if high != oo else start + span
        return Integer(draw.integer(int(start), int(end)))
    if domain == Complexes or not _has_order(domain):
        return _real(-oo, oo, kind, draw) + I * _real(-oo, oo, kind, draw)
    try:
        low, high = domain.inf, domain.sup
    except LIBRARY_ERRORS:
        return None
    return _real(low, high, kind, draw)


def _has_order(domain: Set) -> bool:
    try:
        return domain.inf is not None
    except LIBRARY_ERRORS:
        return False


def _real(low: Expr, high: Expr, kind: int, draw: Draw) -> Expr:
    if kind == 3:
        part = draw.dyadic()
    else:
        denominator = draw.integer(1, 12)
        part = Rational(draw.integer(0, denominator), denominator)
    if low != -oo and high != oo:
        return low + (high - low) * part
    size = (1, 10, 1, 5, 10, 100)[draw.integer(0, 5)]
    if low != -oo:
        return low + size * part
    if high != oo:
        return high - size * part
    return size * (2 * part - 1)


def _with_hypothesis(
    generator: Generator,
    obligation: Obligation,
    budget: Budget,
    tally: Tally,
    number: int,
    examples: int = EXAMPLES,
) -> Point | None:
    """Let Hypothesis draw points until one fails; return it shrunk."""
    import hypothesis
    from hypothesis import HealthCheck, Phase, Verbosity, configuration, given, settings
    from hypothesis import strategies as st
    from hypothesis.errors import HypothesisException

    # It would otherwise write its constants into the working directory, whatever the settings say.
    configuration.set_hypothesis_home_dir(_home())

    @hypothesis.seed(number)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        print_blob=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.target, Phase.shrink),
    )
    @given(st.data())
    def draw_points(data: st.DataObject) -> None:
        if budget.expired() or (tally.enough and tally.first_failure is None):
            return
        found = False
        for point in generator.assemble(chooser(generator, HypothesisDraw(data))):
            found = True
            if admissible(point, obligation.context) and tally.judge(point):
                raise _FailureFound(point)
        hypothesis.assume(found)

    try:
        draw_points()
    except _FailureFound as failing:
        return failing.point
    except HypothesisException:
        return tally.first_failure
    return tally.first_failure


def _shrunk(
    generator: Generator, obligation: Obligation, budget: Budget, number: int
) -> Point | None:
    """Return a failing point that Hypothesis found and shrank on its own."""
    tally = Tally(obligation.goal)
    return _with_hypothesis(generator, obligation, budget, tally, number, examples=80)


def _home() -> str:
    owner = os.getuid() if hasattr(os, "getuid") else 0
    return str(Path(tempfile.gettempdir()) / f"proofcheck-hypothesis-{owner}")
