"""What uses what: the effective verdict of a claim, and circles of uses; on Records only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from proofcheck.errors import CollectionError
from proofcheck.record import Record, weakest

FINE = ("proved", "supported")


def closure(start: Iterable[str], uses: Mapping[str, Sequence[str]]) -> list[str]:
    """Return ``start`` and everything that it uses, directly or not, each once."""
    found: dict[str, None] = {}
    waiting = list(start)[::-1]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting += list(uses.get(one, ()))[::-1]
    return list(found)


def refuse_circles(uses: Mapping[str, Sequence[str]]) -> None:
    """Raise CollectionError naming the circle, if some claim uses itself, directly or not."""
    done: set[str] = set()
    for start in uses:
        if start in done:
            continue
        path = [start]
        branches = [iter(uses.get(start, ()))]
        while branches:
            following = next(branches[-1], None)
            if following is None:
                branches.pop()
                done.add(path.pop())
            elif following in path:
                circle = [*path[path.index(following) :], following]
                raise CollectionError(
                    " uses ".join(circle) + ": claims that use each other in a circle show nothing"
                )
            elif following not in done:
                path.append(following)
                branches.append(iter(uses.get(following, ())))


def weakest_link(record: Record, records: Mapping[str, Record]) -> Record:
    """Return the record, of ``record`` and all that it uses, that has the weakest verdict.

    A used claim that was not run counts as undecided.
    """
    used = {item.id: item.uses for item in (*records.values(), record)}
    links = [record]
    for one in closure([record.id], used)[1:]:
        missing = Record(id=one, verdict="undecided", reason="it was not run")
        links.append(records.get(one, missing))
    worst = weakest(link.verdict for link in links)
    return next(link for link in links if link.verdict == worst)


def settle(record: Record, records: Mapping[str, Record], require: str = "supported") -> Record:
    """Return ``record`` with its effective verdict, and whether it came out as expected.

    A claim that expects nothing has to be at least ``require``, together with all that it uses.
    """
    link = weakest_link(record, records)
    effective = link.verdict
    if record.expected is None:
        fine = effective == "proved" or (require == "supported" and effective in FINE)
    elif record.expected in FINE:
        fine = effective == record.expected
    else:
        fine = record.verdict == record.expected
    return replace(
        record,
        effective_verdict=effective,
        weakest_link=None if link is record else link.id,
        as_expected=fine and not record.fault,
    )
