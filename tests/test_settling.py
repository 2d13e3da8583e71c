"""A search that ran out of its share of the time is taken up again, once nothing refutes."""

from __future__ import annotations

from dataclasses import dataclass

from forging import where
from sympy import S, Symbol

from proofcheck.certificates import Certificate, Ranges
from proofcheck.engines.base import Budget, Engine
from proofcheck.obligations import Obligation
from proofcheck.relations import Relation
from proofcheck.settling import Trace, settle, settle_at_leisure

x = Symbol("x", real=True)
TRUE = Obligation("conclusion", Relation(x**2, "ge", S.Zero), where((x, S.Reals)))
FALSE = Obligation("conclusion", Relation(x, "ge", S.Zero), where((x, S.Reals)))


@dataclass(frozen=True)
class Slow:
    """Needs some processor time before it finds what it always finds."""

    seconds: float
    name: str = "slow"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        end = Budget.lasting(self.seconds)
        while not end.expired():
            if budget.expired():
                return None
        return Ranges()


class Idle:
    name = "idle"

    def prove(self, obligation: Obligation, budget: Budget) -> Certificate | None:
        return None


ENGINES: tuple[Engine, ...] = (Slow(0.4), Idle())


def test_more_time_for_those_that_had_too_little() -> None:
    first = settle(TRUE, Budget.lasting(0.6), Trace(), ENGINES)
    assert first.theorem is None
    assert first.hurried == (Slow(0.4),)
    (found,) = settle_at_leisure([first], Budget.lasting(1.5), Trace())
    assert found.theorem is not None
    assert found.theorem.obligation == TRUE
    assert found.engine == "slow"
    assert list(settle_at_leisure([first], Budget.lasting(0.2), Trace())) == [first]


def test_what_ended_in_time_is_not_asked_again() -> None:
    rejected = settle(FALSE, Budget.lasting(3), Trace(), ENGINES)
    assert rejected.theorem is None
    assert rejected.hurried == ()
    assert list(settle_at_leisure([rejected], Budget.lasting(3), Trace())) == [rejected]


def test_the_kernel_still_decides() -> None:
    first = settle(FALSE, Budget.lasting(0.6), Trace(), ENGINES)
    assert first.hurried == (Slow(0.4),)
    (found,) = settle_at_leisure([first], Budget.lasting(3), Trace())
    assert found.theorem is None
