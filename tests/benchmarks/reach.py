"""How much of a corpus with known truth is settled, and what is settled wrongly: the table.

``python -m tests.benchmarks.reach FILE.jsonl ... [--limit N] [--sample SEED] [--timeout S]
[--jobs N] [--by topic|relation|features|reason] [--list-undecided FILE] [--no-baselines]``
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from proofcheck.checker import CheckOptions, check, warm
from proofcheck.claims import Claim
from proofcheck.record import Record
from proofcheck.runner import Job, Limits, run
from proofcheck.statements import read
from tests.benchmarks import baselines


@dataclass(frozen=True)
class Item:
    """A statement with its published truth (``true``, ``false``, ``vacuous``, ``open``)."""

    claim: Claim
    truth: str
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """The line's id."""
        return str(self.data["id"])

    def judge(self, record: Record) -> str:
        """Return the class of a verdict: right, soft, wrong or open."""
        verdict = record.verdict
        if self.data.get("undefined_at_some_admissible_points") and verdict == "undefined":
            return "supported"
        if "unacceptable" in self.data and verdict in self.data["unacceptable"]:
            return "wrong"
        match self.truth, verdict:
            case ("true", "refuted") | ("false" | "vacuous", "proved"):
                return "wrong"
            case ("true", "proved" | "supported") | ("false", "refuted") | ("vacuous", "vacuous"):
                return verdict
            case ("false" | "vacuous", "supported"):
                return "soft"
            case (_, "undecided"):
                return "undecided"
        return f"other: {verdict}"


def load(paths: Sequence[Path]) -> list[Item]:
    """Return the statements of the files, with what they say about themselves."""
    found = []
    for path in paths:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for claim, line in zip(read(path), lines, strict=True):
            data = json.loads(line)
            found.append(Item(claim, str(data["truth"]).lower(), data))
    return found


def measure(
    items: Sequence[Item], work: Callable[[Item, Record], Record], timeout: float, jobs: int
) -> dict[str, Record]:
    """Return each statement's record, every one made in a process that can be killed."""
    tasks = []
    for item in items:
        blank = Record(id=item.id, ref=item.id, verdict="undecided")
        tasks.append(Job(blank, lambda i=item, b=blank: work(i, b)))
    done = Counter[str]()

    def finished(record: Record) -> bool:
        done["all"] += 1
        if done["all"] % 50 == 0:
            print(f"  {done['all']}/{len(items)}", file=sys.stderr, flush=True)
        return False

    # The tool watches its own budget; the kill comes a little later.
    outcome = run(tasks, Limits(seconds=timeout * 1.1 + 0.5, jobs=jobs), finished)
    return outcome.records


def with_proofcheck(timeout: float) -> Callable[[Item, Record], Record]:
    """Return the checker as a tool."""
    return lambda item, blank: check(item.claim, CheckOptions(timeout=timeout), blank)


def with_baseline(tool: Callable[[Any], baselines.Answer]) -> Callable[[Item, Record], Record]:
    """Return a baseline as a tool: the gravest answer over the cases."""

    def work(item: Item, blank: Record) -> Record:
        answers = []
        try:
            answers = [tool(case) for case in item.claim.cases()]
        except Exception as error:  # a tool that fails has no answer
            return replace(blank, reason=f"{type(error).__name__}: {str(error)[:80]}")
        order = ("refuted", "undecided", "supported", "proved")
        verdict, reason = min(answers, key=lambda answer: order.index(answer[0]))
        return replace(blank, verdict=verdict, reason=reason)

    return work


HEADER = (
    f"{'':22} {'true: proved':>12} {'(cert.)':>8} {'(cas)':>6} {'support.':>8} {'undec.':>7} "
    f"{'false: refuted':>15} {'soft':>5} {'undec.':>7} {'WRONG':>6} {'median s':>9}"
)


def row(name: str, items: Sequence[Item], records: dict[str, Record]) -> str:
    """Return one tool's line of the table."""
    classes: dict[str, Counter[str]] = {"true": Counter(), "false": Counter()}
    bases: Counter[str | None] = Counter()
    wrong = 0
    for item in items:
        record = records[item.id]
        found = item.judge(record)
        wrong += found == "wrong"
        if item.truth in classes:
            classes[item.truth][found] += 1
        if item.truth == "true" and record.verdict == "proved":
            bases[record.basis] += 1
    true, false = classes["true"], classes["false"]

    def share(part: int, whole: Counter[str]) -> str:
        return f"{100 * part / max(1, whole.total()):.1f}%"

    def open_(counter: Counter[str], *settled: str) -> int:
        return counter.total() - sum(counter[one] for one in (*settled, "wrong"))

    seconds = median(record.seconds for record in records.values())
    return (
        f"{name:22} {share(true['proved'], true):>12} {share(bases['certificate'], true):>8} "
        f"{share(bases['cas'], true):>6} {share(true['supported'], true):>8} "
        f"{share(open_(true, 'proved', 'supported'), true):>7} "
        f"{share(false['refuted'], false):>15} {share(false['soft'], false):>5} "
        f"{share(open_(false, 'refuted', 'soft'), false):>7} {wrong:>6} {seconds:>9.3f}"
    )


def groups(item: Item, record: Record, by: str) -> list[str]:
    """Return the groups that a statement belongs to."""
    match by:
        case "features":
            return list(item.data.get("features") or ["none"])
        case "reason":
            return [(record.reason or "").split("(")[0].split(":")[0][:60]]
        case "relation":
            return [item.data["relation"]]
    return [str(item.data.get("topic") or item.data.get("category") or "none")]


def breakdown(items: Sequence[Item], records: dict[str, Record], by: str) -> list[str]:
    """Return a line for each group, the one with most left to settle first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        record = records[item.id]
        judged = item.judge(record)
        for group in groups(item, record, by):
            found[group][f"{item.truth} {judged}"] += 1
    settled = {"true proved", "true supported", "false refuted", "vacuous vacuous"}
    left = {
        name: sum(count for key, count in counts.items() if key not in settled)
        for name, counts in found.items()
    }
    lines = [f"\nBy {by} (open, of all; then every class):"]
    for name in sorted(found, key=lambda one: (-left[one], one)):
        counts = found[name]
        detail = ", ".join(f"{key} {count}" for key, count in sorted(counts.items()))
        lines.append(f"  {left[name]:4} of {counts.total():4}  {name[:50]:50} {detail}")
    return lines


def left_open(items: Sequence[Item], records: dict[str, Record]) -> str:
    """Return as JSON lines what is not settled for good: the open ones and the merely supported."""
    lines = []
    for item in items:
        record = records[item.id]
        judged = item.judge(record)
        if judged in ("refuted", "vacuous") or (judged, record.verdict) == ("proved", "proved"):
            continue
        told = {
            "id": item.id, "truth": item.truth, "verdict": record.verdict, "judged": judged,
            "seconds": record.seconds, "lhs": item.data["lhs"],
            "relation": item.data["relation"], "rhs": item.data["rhs"],
            "assumptions": item.data["assumptions"], "false_at": item.data.get("false_at"),
            "reason": record.reason,
            "trace": [f"{t.engine}: {t.outcome} ({t.seconds} s)" for t in record.trace],
        }  # fmt: skip
        lines.append(json.dumps(told, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def report(
    items: Sequence[Item], results: dict[str, dict[str, Record]], by: Sequence[str]
) -> list[str]:
    """Return the lines of the whole report."""
    truths = Counter(item.truth for item in items)
    lines = [", ".join(f"{count} {truth}" for truth, count in sorted(truths.items()))]
    lines += ["", HEADER, *(row(name, items, records) for name, records in results.items())]
    own = results["proofcheck"]
    lines.append("\nWrong verdicts of proofcheck, one by one:")
    wrong = [item for item in items if item.judge(own[item.id]) == "wrong"]
    for item in wrong:
        record = own[item.id]
        lines.append(
            f"  {item.id}: {record.verdict} ({record.basis}), published {item.truth}: "
            f"{item.data['lhs']} {item.data['relation']} {item.data['rhs']}"
            f"  at {record.point}  {record.reason or ''}"
        )
    lines += [] if wrong else ["  none"]
    soft = [item.id for item in items if item.judge(own[item.id]) == "soft"]
    lines.append(f"Supported although false ({len(soft)}): {', '.join(soft) or 'none'}")
    others = Counter(j for item in items if (j := item.judge(own[item.id])).startswith("other"))
    lines.append(f"Other verdicts: {dict(others) or 'none'}")
    for one in by:
        lines += breakdown(items, own, one)
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tools over the files and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reach", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE",
                        help="statements with their truth, one JSON object a line")  # fmt: skip
    parser.add_argument("--limit", type=int, help="at most N statements")
    parser.add_argument("--sample", type=int, metavar="SEED", help="draw them at random")
    parser.add_argument("--timeout", type=float, default=10.0, help="seconds a statement")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", metavar="TEXT", help="statements whose id contains TEXT")
    parser.add_argument("--by", action="append", default=[],
                        choices=["topic", "relation", "features", "reason"])  # fmt: skip
    parser.add_argument("--list-undecided", type=Path, metavar="FILE")
    parser.add_argument("--no-baselines", action="store_true")
    options = parser.parse_args(arguments)
    if not options.files:
        parser.error("name the files of the corpus: it is no part of this repository")
    for path in options.files:
        if not path.is_file():
            parser.error(f"{path}: there is no such file")
    items = load(options.files)
    if options.only:
        items = [item for item in items if options.only in item.id]
    if options.sample is not None:
        Random(options.sample).shuffle(items)
    items = items[: options.limit]
    if not items:
        parser.error("no statements")
    tools: dict[str, Callable[[Item, Record], Record]] = {
        "proofcheck": with_proofcheck(options.timeout)
    }
    if not options.no_baselines:
        found = baselines.available()
        tools |= {name: with_baseline(tool) for name, tool in found.items()}
        if not any(name.startswith("alkahest") for name in found):
            print("alkahest is not installed (pip install 'proofcheck[bench]'): left out")
    warm()
    results = {}
    for name, work in tools.items():
        print(f"{name} ...", file=sys.stderr, flush=True)
        results[name] = measure(items, work, options.timeout, options.jobs)
    print("\n".join(report(items, results, options.by)))
    if options.list_undecided:
        options.list_undecided.write_text(left_open(items, results["proofcheck"]), encoding="utf-8")
    return 1 if any(item.judge(results["proofcheck"][item.id]) == "wrong" for item in items) else 0


if __name__ == "__main__":
    raise SystemExit(main())
