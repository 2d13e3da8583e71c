"""Making a counterexample as simple as possible, one coordinate after the other.  Untrusted.

A nice constant where one fails too, else the simplest rational on the Stern-Brocot path to the
coordinate (every rational interval has a unique simplest member, and it lies on that path).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from sympy import Expr, I, Integer, Rational

from proofcheck.domains import Variable
from proofcheck.engines._points import generator_of
from proofcheck.engines._truth import admissible, fails
from proofcheck.engines.base import Point
from proofcheck.obligations import Context, Obligation

TRIES = 40
ROUNDS = 2
PRECISION = 256


def simplest(obligation: Obligation, point: Point, tries: int = TRIES) -> Point:
    """Return a point as simple as could be found at which the goal of ``obligation`` still fails.

    ``point`` itself where nothing simpler fails.  Deterministic; at most ``tries`` evaluations for
    each coordinate and round.
    """

    def still_fails(candidate: Point) -> bool:
        return bool(fails(obligation.goal, candidate, PRECISION))

    return simplify(point, obligation.context, still_fails, tries)


def simplify(
    point: Point, context: Context, still_fails: Callable[[Point], bool], tries: int = TRIES
) -> Point:
    """Return the simplest admissible point found that ``still_fails``; see :func:`simplest`."""
    generator = generator_of(context)
    best = point
    for _ in range(ROUNDS):
        before = best
        for variable in generator.free:
            key = variable.symbol if isinstance(variable, Variable) else variable.base
            if key not in best:
                continue
            partial = {
                (v.symbol if isinstance(v, Variable) else v.base): best[
                    v.symbol if isinstance(v, Variable) else v.base
                ]
                for v in generator.free
            }
            earlier = {k: partial[k] for k in list(partial)[: list(partial).index(key)]}
            options = generator.options(variable, earlier)
            current = best[key]
            proposals: list[object] = [v for v in options if weight(v) < weight(current)]
            if isinstance(variable, Variable) and isinstance(current, Expr):
                proposals = [*proposals[:tries], *islice(_nearby(current), tries)]
            done = False
            for value in proposals:
                if weight(value) >= weight(current):
                    continue
                for candidate in generator.complete({**partial, key: value}):
                    if admissible(candidate, context) and still_fails(candidate):
                        best, done = candidate, True
                        break
                if done:
                    break
        if best == before:
            break
    return best


def weight(value: object) -> tuple[int, int, str]:
    """Return how complicated a value is: operations, then the size of its numbers."""
    if isinstance(value, tuple):
        parts = [weight(part) for part in value]
        return (sum(p[0] for p in parts), sum(p[1] for p in parts), str(value))
    if isinstance(value, Rational):
        size = 2 * abs(value.p) + 3 * (value.q - 1) + (1 if value.p < 0 else 0)
        return (0, size, str(value))
    if isinstance(value, Expr):
        numbers = value.atoms(Rational)
        size = sum(abs(n.p) + 3 * (n.q - 1) for n in numbers)
        return (2 + value.count_ops(), size, str(value))
    return (10**6, 0, str(value))


def _nearby(value: Expr) -> Iterator[Expr]:
    """Yield simpler values on the way to ``value``; real and imaginary part one after the other."""
    if isinstance(value, Rational):
        yield from stern_brocot(value)
        return
    real, imaginary = value.as_real_imag()
    if isinstance(real, Rational) and isinstance(imaginary, Rational) and imaginary:
        yield from (real, imaginary * I)
        path = list(islice(stern_brocot(imaginary), 12))
        for a in [*islice(stern_brocot(real), 12), real]:
            yield from (a + b * I for b in path if b)
            yield a + imaginary * I


def stern_brocot(value: Rational) -> Iterator[Rational]:
    """Yield the simplest rationals on the way to ``value``: 0, the integers, then mediants.

    Runs of equal turns are walked by doubling, so that large numbers take few steps.
    """
    yield Integer(0)
    if value == 0:
        return
    sign = 1 if value > 0 else -1
    target = abs(value)
    whole = target.floor()
    for power in (1, 2, 5, 10, 100, 1000, 10**6):
        if power < target:
            yield Integer(sign * power)
    for integer in (whole, whole + 1):
        if integer:
            yield sign * Integer(integer)
    low, high = (int(whole), 1), (int(whole) + 1, 1)
    while True:
        middle = (low[0] + high[0], low[1] + high[1])
        here = Rational(*middle)
        yield sign * here
        if here == target:
            return
        if here < target:
            low = middle
        else:
            high = middle
