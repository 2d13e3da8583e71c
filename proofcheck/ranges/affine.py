"""Expressions as ``scale*core + shift``, or as polynomials in one atom, for bounds.  Trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sympy import (
    Add,
    Basic,
    Dummy,
    Expr,
    Indexed,
    Integer,
    Mul,
    Poly,
    Pow,
    Rational,
    S,
    default_sort_key,
    exp,
    expand,
)
from sympy.concrete.expr_with_limits import ExprWithLimits

from proofcheck.failures import LIBRARY_ERRORS


def scalar(value: object) -> bool:
    """Whether ``value`` is a number and not a matrix."""
    if isinstance(value, Indexed):
        return True  # whose shape raises
    return isinstance(value, Expr) and getattr(value, "shape", ()) in ((), None)


STANDARD: dict[tuple[int, int], Dummy] = {}
"""The bound symbols of :func:`canonical`: those that enclose a binder differ from its own."""


def canonical(e: Expr) -> Expr:
    """Return ``e`` with standard bound symbols, so that equal sums look equal.

    SymPy's ``as_dummy`` gives a sum and a sum in its terms one and the same index.
    """
    return _canonical(e)[0] if e.has(ExprWithLimits) else e


@lru_cache(maxsize=20000)
def _canonical(e: Basic) -> tuple[Any, int]:
    """Return ``e`` with standard bound symbols, and how deeply binders are nested in it."""
    if not e.args:
        return e, 0
    parts = [_canonical(part) for part in e.args]
    depth = max(height for _, height in parts)
    arguments = [part for part, _ in parts]
    if not isinstance(e, ExprWithLimits):
        return (e if arguments == list(e.args) else e.func(*arguments)), depth
    body, *limits = arguments
    for place, (symbol, *ends) in enumerate(limits):
        if not ends:
            continue  # an antiderivative depends on its symbol
        change = {symbol: STANDARD.setdefault((depth, place), Dummy(f"_{depth}_{place}"))}
        # The limits before this one are inside its scope, and so is the body.
        body = body.xreplace(change)
        inner = [(s, *(end.xreplace(change) for end in rest)) for s, *rest in limits[:place]]
        limits[:place] = [*inner]
        limits[place] = (change[symbol], *ends)
    return e.func(body, *limits), depth + 1


def plain(e: Expr) -> bool:
    """Whether a function is applied to its one ordinary argument."""
    return len(e.args) == 1


def size(e: Expr) -> int:
    """Return roughly how many terms expanding ``e`` makes."""
    if e.is_Add:
        return sum(size(term) for term in e.args)
    if e.is_Mul:
        product = 1
        for factor in e.args:
            product *= size(factor)
        return product
    if e.is_Pow and isinstance(e.exp, Rational) and 1 < abs(e.exp) <= 40:
        return int(size(e.base) ** abs(e.exp))
    return 1 if not e.is_Pow or (isinstance(e.exp, Rational) and abs(e.exp) <= 1) else size(e.exp)


@lru_cache(maxsize=20000)
def spread(e: Expr) -> Expr:
    """Return ``e`` multiplied out, unless that makes too many terms."""
    if size(e) > 120:
        return e
    return expand(e, deep=False, power_base=False, power_exp=False, log=False, basic=False)


@lru_cache(maxsize=20000)
def combination(e: Expr) -> Mapping[Expr, Rational]:
    """Return ``e`` as a linear combination: its terms without their rational factors."""
    found: dict[Expr, Rational] = {}
    for scale, part in (term.as_coeff_Mul() for term in Add.make_args(e)):
        found[part] = found.get(part, S.Zero) + scale  # twice in a sum that is not evaluated
    return found


@lru_cache(maxsize=20000)
def affine(e: Expr) -> tuple[Rational, Expr, Expr] | None:
    """Write ``e`` as ``scale*core + shift``, one core for all such; None for constants."""
    terms = Add.make_args(spread(e))
    shift = Add(*(term for term in terms if not term.free_symbols))
    varying = [term for term in terms if term.free_symbols]
    if not varying:
        return None
    leading = min(varying, key=lambda term: default_sort_key(term.as_coeff_Mul()[1]))
    scale = leading.as_coeff_Mul()[0]
    if not isinstance(scale, Rational):
        return None
    return scale, Add(*(term / scale for term in varying)), shift


@lru_cache(maxsize=20000)
def one_atom(e: Expr) -> tuple[list[Expr], Expr] | None:
    """Return the coefficients, and the atom, of a rational polynomial in one atom."""
    if not 1 <= len(e.free_symbols) <= 3 or size(e) > 60 or not may_bend(e):
        return None
    if len({kind(atom) for atom in atoms_of(e)}) != 1:  # SymPy would take long to find that out
        return None
    try:
        form = Poly(e)
    except LIBRARY_ERRORS:
        return None
    if len(form.gens) != 1 or not (form.domain.is_ZZ or form.domain.is_QQ):
        return None
    atom = form.gens[0]
    if atom == e or not 2 <= form.degree() <= 30:
        return None
    return form.all_coeffs(), atom


def atoms_of(e: Expr) -> Iterator[Expr]:
    """Yield what ``e`` combines by sums, products and integer powers, without rationals."""
    if isinstance(e, Add | Mul):
        for argument in e.args:
            yield from atoms_of(argument)
    elif isinstance(e, Pow) and isinstance(e.exp, Integer):
        yield from atoms_of(e.base)
    elif not isinstance(e, Rational):
        yield e


def kind(atom: Expr) -> Expr | tuple[Expr, Expr]:
    """Return what two atoms share if they are powers of one: ``exp(x)`` and ``exp(-2*x)``."""
    base, exponent = atom.as_base_exp()
    return base if isinstance(exponent, Rational) else (base, exponent.as_coeff_Mul()[1])


def may_bend(e: Expr) -> bool:
    """Whether ``e`` may be of degree 2 or more in an atom: by a power, ``exp`` or a product."""
    if isinstance(e, Mul) and sum(map(varies, e.args)) > 1:
        return True
    return isinstance(e, Pow | exp) or (isinstance(e, Add | Mul) and any(map(may_bend, e.args)))


def varies(factor: Expr) -> bool:
    """Whether a factor is more than a rational number."""
    return not isinstance(factor, Rational)
