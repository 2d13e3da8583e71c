"""Which rules may fit sums, arithmetic functions and Bernoulli numbers.  Untrusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr, Integer, Mul, Pow, S

from proofcheck.identities import products
from proofcheck.identities.expansions import POLYNOMIALS

if TYPE_CHECKING:
    from proofcheck.engines._rewriting import Rewriter

Instances = list[tuple[str, tuple[Any, ...]]]

SUMS = (
    "finite sum",
    "sum of a rational function",
    "sum as a hypergeometric series",
    "multiplication theorem",
    "sum over the integer parts of quotients",
    "partitions by divisors",
    "Bell number as a sum",
    "Catalan number as a sum",
    "power series with a known sum",
    "Dirichlet series with a known sum",
    "Lambert series with a known sum",
)

PRODUCTS = (
    "finite sum",
    "Gauss's multiplication",
    "product of sines",
    "Chebyshev polynomial by its zeros",
)


def known_sums(atom: Expr) -> Instances:
    """Return the rules for sums that may fit ``atom``."""
    named = ((name, (atom,)) for name in SUMS)
    return [*named, *_binomial_sums(atom), *_fourier(atom), *_waves(atom)]


def known_products(atom: Expr) -> Instances:
    """Return the rules for products that may fit ``atom``."""
    return [*((name, (atom,)) for name in PRODUCTS), *products.proposals(atom)]


def _binomial_sums(atom: Expr) -> Iterator[tuple[str, tuple[Any, ...]]]:
    index = atom.limits[0][0]
    if not atom.function.has(sp.binomial):
        return
    rest = Mul(*(f for f in Mul.make_args(atom.function) if not isinstance(f, sp.binomial)))
    base = S.One if rest == 1 else rest.base if isinstance(rest, Pow) else None
    if base is not None and index not in base.free_symbols:
        yield "every other binomial coefficient", (atom, base, sp.sqrt(base))


def _fourier(atom: Expr) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the Fourier sum of the digamma function with its frequency."""
    index, _, high = atom.limits[0]
    for wave in atom.function.atoms(sp.exp, sp.cos, sp.sin) if atom.has(sp.polygamma) else ():
        frequency = sp.cancel(wave.args[0] * high / (2 * sp.pi * index))
        turn = frequency / sp.I if isinstance(wave, sp.exp) else frequency
        if index not in turn.free_symbols:
            yield "Fourier sum of the digamma function", (atom, turn)


def beside_digamma(rewriter: Rewriter, members: list[Expr], totals: list[Expr]) -> None:
    """Express finite sums by the polygamma functions beside them, or these by such sums."""
    finite = [t for t in totals if isinstance(t, sp.Sum) and len(t.limits) == 1]
    for total in finite if members else ():
        for name in ("finite sum of reciprocals", "finite sum of falling reciprocals"):
            if rewriter.apply(name, total) is not None:
                break
    left = [t for t in finite if not rewriter.replaced(t) and t.function.has(sp.log)]
    for atom in members if left else ():
        p, q = sp.fraction(atom.args[1])
        if atom.args[0] == 0 and q.free_symbols:
            rewriter.apply("Gauss's digamma theorem in general", p, q, left[0].limits[0][0])


def beside_polynomials(rewriter: Rewriter, members: list[Expr], totals: list[Expr]) -> None:
    """Express a polynomial of symbolic degree as a sum over the same range as one beside it."""
    for atom in members:
        if atom.func not in POLYNOMIALS or not atom.args[0].free_symbols:
            continue
        for total in totals:
            index, low, high = total.limits[0]
            if (low, high) not in ((0, sp.floor(atom.args[0] / 2)), (0, atom.args[0])):
                continue
            equation = rewriter.apply("polynomial by its powers", atom, index)
            if equation is None:
                continue
            (written,) = equation.replacement.atoms(sp.Sum)
            ratio = sp.powsimp(sp.simplify(total.function / written.function))
            if written != total and index not in ratio.free_symbols:
                rewriter.apply("telescoping sum", total, ratio, written.function, S.Zero)
            return


def _waves(atom: Expr) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the sums of waves that add up to a power."""
    index = atom.limits[0][0]
    if not atom.function.has(sp.binomial):
        return
    for wave in atom.function.atoms(sp.sin, sp.cos):
        slope = sp.expand(wave.args[0]).coeff(index, 1)
        for z in (-slope / 2, slope / 2):
            for sine in (0, 1):
                yield "waves that add up to a power", (atom, z, S(sine))


def _bernoulli(atom: Expr) -> Instances:
    found: Instances = [("odd Bernoulli number", (atom,))]
    return [*found, ("Bernoulli number", (atom,))]


def _totient(atom: Expr) -> Instances:
    (inside,) = atom.args
    base, exponent = inside.as_base_exp()
    if isinstance(base, Integer) and base != 1 and exponent != 1:
        return [("totient of a power of a prime", (atom, base, exponent))]
    factor, rest = inside.as_coeff_Mul()
    primes = sp.factorint(factor) if isinstance(factor, Integer) else {}
    return [
        ("totient of a multiple", (S(p), factor / p * rest, S(case)))
        for p in primes
        for case in (0, 1)
    ]


SEQUENCES: dict[type, Any] = {sp.bernoulli: _bernoulli, sp.totient: _totient}
