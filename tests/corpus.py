"""The soundness table: true and false statements that every engine must survive, as claims.

Most stand in ``data/soundness.txt``, one a line; those with families of numbers, matrices or
dependent domains are built here.  Every one says which verdicts are allowed; a false one never
allows ``proved``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sympy import (
    Interval,
    KroneckerDelta,
    Matrix,
    Max,
    S,
    Sum,
    cos,
    exp,
    log,
    oo,
    sin,
    symbols,
)

from proofcheck.claims import Claim
from proofcheck.domains import Domains, Numbers, Vectors, integers, probabilities
from proofcheck.notation import Parser
from proofcheck.relations import Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual, relate

TABLE = Path(__file__).parent / "data" / "soundness.txt"
ALLOWED = {
    "T": {"proved", "supported"},
    "F": {"refuted"},
    "V": {"vacuous"},
    "U": {"undefined"},
    "FU": {"refuted", "undefined"},
    "I": {"ill-typed"},
}
SETS = {
    "R": "Reals", "P": "Interval.open(0, oo)", "NN": "Interval(0, oo)", "C": "Complexes",
    "Z": "Integers", "N": "Range(1, oo)", "N0": "Range(0, oo)", "Q": "Rationals",
}  # fmt: skip
SIGNS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


@dataclass(frozen=True)
class Statement:
    """A statement, its truth as a letter of ``ALLOWED``, and the verdicts that may come out."""

    name: str
    category: str
    variables: dict[str, Domains]
    relation: Callable[..., Any]
    code: str
    line: int = 0

    @property
    def allowed(self) -> frozenset[str]:
        """The verdicts that may come out."""
        found = set(ALLOWED[self.code.rstrip("?~")])
        if "?" in self.code:
            found.add("undecided")
        if "~" in self.code:
            found |= {"undecided", "supported"}
        return frozenset(found)

    @property
    def false(self) -> bool:
        """Whether it is false or undefined at some admissible point, or has none."""
        return not self.code.startswith("T")

    def claim(self) -> Claim:
        """Return the claim that says this."""
        return Claim(
            body=self.relation,
            source="the soundness table",
            domains=tuple(self.variables.items()),
            ref=self.name,
            name=self.name,
            module="corpus.soundness",
            file=str(TABLE if self.line else __file__),
            line=self.line,
            description=self.name,
        )


def claims() -> list[Claim]:
    """Return every statement of the table as a claim."""
    return [statement.claim() for statement in statements()]


@cache
def statements() -> tuple[Statement, ...]:
    """Return every statement of the table."""
    return (*_read(TABLE), *_built())


def _read(path: Path) -> Iterator[Statement]:
    category = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("## "):
            category = line[3:]
        elif line and not line.startswith("#"):
            name, variables, text, code = re.split(r" \|(?: |$)", re.sub(r"\| \|", "|  |", line))
            yield Statement(
                name, category, _variables(variables), _relation(text, f"{path.name}:{number}: "),
                code, number,
            )  # fmt: skip


def _variables(text: str) -> dict[str, Domains]:
    found: dict[str, Domains] = {}
    for names, kind in re.findall(r"((?:\w+ ?)+): (\w+(?:\.\w+)?(?:\(.*?\)(?=,|$))?)", text):
        for name in names.split():
            found[name] = Parser({}).set(SETS.get(kind, kind))
    return found


def _relation(text: str, where: str) -> Callable[..., Any]:
    conclusion, _, assumed = text.partition(" assuming ")
    left, sign, right = next(
        (before, found[1], conclusion[found.end() :])
        for found in re.finditer(r" (=|!=|<=|>=|<|>) ", conclusion)
        if (before := conclusion[: found.start()]).count("(") == before.count(")")
    )

    def body(**values: Any) -> Any:
        parser = Parser(values, where)
        relation = relate(parser.expression(left), SIGNS[sign], parser.expression(right))
        return relation.assuming(*(parser.condition(part) for part in assumed.split("; ") if part))

    return body


# Statements that need more than one line of notation.

i, j = symbols("i j", integer=True)
K_RANGE = integers(2)
SIMPLEX = {"K": K_RANGE, "p": lambda K: probabilities(K)}
NUMBERS = {"K": K_RANGE, "a": lambda K: Numbers(K, S.Reals)}
TWO = {**NUMBERS, "b": lambda K: Numbers(K, S.Reals)}
INDEX: dict[str, Domains] = {"K": K_RANGE, "k": lambda K: integers(1, K)}
PAIR: dict[str, Domains] = {**INDEX, "m": lambda K: integers(1, K)}


def total(term: Any, index: Any, K: Any) -> Any:
    """Return the sum of ``term`` over ``index = 1, ..., K``."""
    return Sum(term, (index, 1, K))


def gram(i: Any, j: Any, K: Any) -> Any:
    """Return the inner product of two of K unit vectors of a simplex frame."""
    return (K * KroneckerDelta(i, j) - 1) / (K - 1)


def _built() -> Iterator[Statement]:
    delta = KroneckerDelta
    formal: list[tuple[str, dict[str, Domains], Callable[..., Any], str]] = [
        ("delta-sum", INDEX, lambda K, k: Equal(total(delta(j, k), j, K), 1), "T?"),
        ("delta-sum-zero", INDEX, lambda K, k: Equal(total(delta(j, k), j, K), 0), "F"),
        ("delta-sum-K", INDEX, lambda K, k: Equal(total(delta(j, k), j, K), K), "F"),
        ("delta-sum-short", INDEX, lambda K, k: Equal(total(delta(j, k), j, K - 1), 1), "F"),
        ("others", INDEX, lambda K, k: Equal(total(1 - delta(j, k), j, K), K - 1), "T?"),
        ("others-all", INDEX, lambda K, k: Equal(total(1 - delta(j, k), j, K), K), "F"),
        ("others-two", INDEX, lambda K, k: Equal(total(1 - delta(j, k), j, K), K - 2), "F"),
        ("delta-weighted", INDEX, lambda K, k: Equal(total(j * delta(j, k), j, K), k), "T?"),
        ("delta-weighted-off", INDEX, lambda K, k: Equal(total(j * delta(j, k), j, K), K), "F"),
        ("delta-squared", PAIR,
         lambda K, k, m: Equal(total(delta(j, k) * delta(j, m), j, K), delta(k, m)), "T?"),
        ("delta-squared-one", PAIR,
         lambda K, k, m: Equal(total(delta(j, k) * delta(j, m), j, K), 1), "F"),
        ("delta-distinct", PAIR,
         lambda K, k, m: Equal(delta(k, m), 0).assuming(NotEqual(k, m)), "T?"),
        ("delta-distinct-lost", PAIR, lambda K, k, m: Equal(delta(k, m), 0), "F"),
        ("double-delta", {"K": K_RANGE},
         lambda K: Equal(Sum(delta(i, j), (i, 1, K), (j, 1, K)), K), "T?"),
        ("double-delta-square", {"K": K_RANGE},
         lambda K: Equal(Sum(delta(i, j), (i, 1, K), (j, 1, K)), K**2), "F"),
        ("gram-row", INDEX, lambda K, k: Equal(total(gram(j, k, K), j, K), 0), "T?"),
        ("gram-row-one", INDEX, lambda K, k: Equal(total(gram(j, k, K), j, K), 1), "F"),
        ("gram-row-others", INDEX,
         lambda K, k: Equal(total((1 - delta(j, k)) * gram(j, k, K), j, K), -1), "T?"),
        ("gram-row-others-sign", INDEX,
         lambda K, k: Equal(total((1 - delta(j, k)) * gram(j, k, K), j, K), 1), "F"),
        ("gram-square", PAIR, lambda K, k, m: Equal(
            total(gram(j, k, K) * gram(j, m, K), j, K), K / (K - 1) * gram(k, m, K)), "T?"),
        ("gram-square-factor", PAIR, lambda K, k, m: Equal(
            total(gram(j, k, K) * gram(j, m, K), j, K), K / (K + 1) * gram(k, m, K)), "F"),
        ("gram-at-one", {"K": integers(1)}, lambda K: Equal(K / (K - 1) * (1 - 1 / K), 1), "U"),
        ("margin", PAIR, lambda K, k, m: Equal(
            gram(k, k, K) - gram(k, m, K), K / (K - 1)).assuming(NotEqual(k, m)), "T?"),
        ("margin-same", PAIR, lambda K, k, m: Equal(
            gram(k, k, K) - gram(k, m, K), K / (K - 1)), "F"),
        ("total-probability", SIMPLEX, lambda K, p: Equal(total(p[j], j, K), 1), "T?"),
        ("total-probability-off", SIMPLEX, lambda K, p: Equal(total(p[j], j, K), K), "F"),
        ("other-probability", {**SIMPLEX, "k": INDEX["k"]}, lambda K, p, k: Equal(
            total((1 - delta(j, k)) * p[j], j, K), 1 - p[k]), "T?"),
        ("other-probability-off", {**SIMPLEX, "k": INDEX["k"]}, lambda K, p, k: Equal(
            total((1 - delta(j, k)) * p[j], j, K), 1 + p[k]), "F"),
        ("softmax-rows", {**SIMPLEX, "k": INDEX["k"]}, lambda K, p, k: Equal(
            total(p[j] * (delta(j, k) - p[k]), j, K), 0), "T?"),
        ("softmax-rows-sign", {**SIMPLEX, "k": INDEX["k"]}, lambda K, p, k: Equal(
            total(p[j] * (delta(j, k) + p[k]), j, K), 0), "F"),
        ("collision", SIMPLEX, lambda K, p: LessEqual(total(p[j] ** 2, j, K), 1), "T?"),
        ("collision-lower", SIMPLEX, lambda K, p: GreaterEqual(
            total(p[j] ** 2, j, K), 1 / K), "T?"),
        ("collision-upper", SIMPLEX, lambda K, p: LessEqual(total(p[j] ** 2, j, K), 1 / K), "F"),
        ("entropy", SIMPLEX, lambda K, p: LessEqual(
            -total(p[j] * log(p[j]), j, K), log(K)), "T?"),
        ("entropy-back", SIMPLEX, lambda K, p: GreaterEqual(
            -total(p[j] * log(p[j]), j, K), log(K)), "F"),
        ("sum-linear", TWO, lambda K, a, b: Equal(
            total(a[j] + 2 * b[j], j, K), total(a[i], i, K) + 2 * total(b[i], i, K)), "T?"),
        ("sum-linear-off", TWO, lambda K, a, b: Equal(
            total(a[j] + 2 * b[j], j, K), total(a[i], i, K) + total(b[i], i, K)), "F"),
        ("product-of-terms", TWO, lambda K, a, b: Equal(
            total(a[j] * b[j], j, K), total(a[j], j, K) * total(b[j], j, K)), "F"),
        ("product-of-sums", TWO, lambda K, a, b: Equal(
            Sum(a[i] * b[j], (i, 1, K), (j, 1, K)), total(a[j], j, K) * total(b[j], j, K)), "T?"),
        ("centred", NUMBERS, lambda K, a: Equal(
            total(a[j] - total(a[i], i, K) / K, j, K), 0), "T?"),
        ("centred-off", NUMBERS, lambda K, a: Equal(
            total(a[j] - total(a[i], i, K) / (K - 1), j, K), 0), "F"),
        ("variance", NUMBERS, lambda K, a: Equal(
            total((a[j] - total(a[i], i, K) / K) ** 2, j, K),
            total(a[j] ** 2, j, K) - total(a[j], j, K) ** 2 / K), "T?"),
        ("variance-off", NUMBERS, lambda K, a: Equal(
            total((a[j] - total(a[i], i, K) / K) ** 2, j, K),
            total(a[j] ** 2, j, K) - total(a[j], j, K) ** 2), "F"),
        ("pairwise-differences", NUMBERS, lambda K, a: Equal(
            Sum((a[i] - a[j]) ** 2, (i, 1, K), (j, 1, K)),
            2 * K * total(a[j] ** 2, j, K) - 2 * total(a[j], j, K) ** 2), "T?"),
        ("pairwise-differences-factor", NUMBERS, lambda K, a: Equal(
            Sum((a[i] - a[j]) ** 2, (i, 1, K), (j, 1, K)),
            K * total(a[j] ** 2, j, K) - total(a[j], j, K) ** 2), "F"),
        ("cauchy-sums", TWO, lambda K, a, b: LessEqual(
            total(a[j] * b[j], j, K) ** 2, total(a[j] ** 2, j, K) * total(b[j] ** 2, j, K)), "T?"),
        ("cauchy-sums-back", TWO, lambda K, a, b: GreaterEqual(
            total(a[j] * b[j], j, K) ** 2, total(a[j] ** 2, j, K) * total(b[j] ** 2, j, K)), "F"),
        ("log-sum-exp", NUMBERS, lambda K, a: GreaterEqual(
            log(total(exp(a[j]), j, K)), total(a[j], j, K) / K + log(K)), "T?"),
        ("log-sum-exp-strict", NUMBERS, lambda K, a: Greater(
            log(total(exp(a[j]), j, K)), total(a[j], j, K) / K + log(K)), "F"),
        ("ramp-scales", {**TWO, "c": Interval(0, oo)}, lambda K, a, b, c: Equal(
            total(b[j] * Max(0, c * a[j]), j, K), c * total(b[j] * Max(0, a[j]), j, K)), "T?"),
        ("ramp-scales-any-sign", {**TWO, "c": S.Reals}, lambda K, a, b, c: Equal(
            total(b[j] * Max(0, c * a[j]), j, K), c * total(b[j] * Max(0, a[j]), j, K)), "F"),
        ("ramp-above-line", NUMBERS, lambda K, a: GreaterEqual(
            total(Max(0, a[j]), j, K), total(a[j], j, K)), "T?"),
        ("ramp-above-line-strict", NUMBERS, lambda K, a: Greater(
            total(Max(0, a[j]), j, K), total(a[j], j, K)), "F"),
        ("ramp-of-the-sum", NUMBERS, lambda K, a: Equal(
            total(Max(0, a[j]), j, K), Max(0, total(a[j], j, K))), "F"),
        ("member-below-sum", {**NUMBERS, "k": INDEX["k"]}, lambda K, a, k: LessEqual(
            a[k] ** 2, total(a[j] ** 2, j, K)), "T?"),
        ("member-below-sum-strict", {**NUMBERS, "k": INDEX["k"]}, lambda K, a, k: Less(
            a[k] ** 2, total(a[j] ** 2, j, K)), "F"),
        ("member-below-sum-any-sign", {**NUMBERS, "k": INDEX["k"]}, lambda K, a, k: LessEqual(
            a[k], total(a[j], j, K)), "F"),
        ("member-below-shorter-sum", {**NUMBERS, "k": INDEX["k"]}, lambda K, a, k: LessEqual(
            a[k] ** 2, total(a[j] ** 2, j, K - 1)), "F"),
        ("count-below-sum", NUMBERS, lambda K, a: GreaterEqual(
            total(exp(a[j]) - a[j], j, K), K), "T~"),
        ("count-below-sum-of-squares", NUMBERS, lambda K, a: GreaterEqual(
            total(a[j] ** 2 + 1, j, K), K), "T?"),
        ("count-below-sum-off", NUMBERS, lambda K, a: GreaterEqual(
            total(a[j] ** 2 + 1, j, K), K + 1), "F"),
        ("empty-sum-positive", {"n": integers(0)}, lambda n: Greater(
            total(exp(j), j, n), 0), "F"),
    ]  # fmt: skip
    for name, variables, relation, code in formal:
        yield Statement(name, "formal sums", variables, relation, code)
    plane: dict[str, Domains] = {"u": Vectors(2), "v": Vectors(2)}
    angle: dict[str, Domains] = {"t": S.Reals}

    def turn(t: Any) -> Any:
        return Matrix([[cos(t), -sin(t)], [sin(t), cos(t)]])

    shapes: list[tuple[str, dict[str, Domains], Callable[..., Any], str]] = [
        ("rotation", {"s": S.Reals, **angle}, lambda s, t: Equal(
            turn(s) * turn(t), turn(s + t)), "T"),
        ("rotation-sign", {"s": S.Reals, **angle}, lambda s, t: Equal(
            turn(s) * turn(t), turn(s - t)), "F"),
        ("rotation-inverse", angle, lambda t: Equal(turn(t).T, turn(-t)), "T"),
        ("rotation-symmetric", angle, lambda t: Equal(turn(t).T, turn(t)), "F"),
        ("dot-symmetric", plane, lambda u, v: Equal(u.dot(v), v.dot(u)), "T"),
        ("dot-cauchy", plane, lambda u, v: LessEqual(
            u.dot(v) ** 2, u.dot(u) * v.dot(v)), "T"),
        ("dot-cauchy-strict", plane, lambda u, v: NotEqual(
            u.dot(v) ** 2, u.dot(u) * v.dot(v)), "F"),
        ("outer-commutes", plane, lambda u, v: Equal(u * v.T, v * u.T), "F"),
        ("vector-against-number", plane, lambda u, v: Equal(u + v, 1), "I"),
        ("row-against-column", plane, lambda u, v: Equal(u.T, v), "I"),
        ("vectors-ordered", plane, lambda u, v: LessEqual(u, v), "I"),
    ]  # fmt: skip
    for name, variables, relation, code in shapes:
        yield Statement(name, "vectors and matrices", variables, relation, code)
