"""Expresses the atoms of one kind by few independent ones.  Untrusted.

Exponents are vectors over the rationals in the monomials that they are made of; a lattice basis
of each coordinate gives the generators ``exp(t)`` and ``b**t``.
"""

from __future__ import annotations

from math import gcd, lcm
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr, I, Integer, Pow, Rational, S, exp, log, pi

from proofcheck.engines._logarithms import relate as relate_logarithms
from proofcheck.engines._series import as_series
from proofcheck.engines._shifts import relate
from proofcheck.identities.equations import integer

if TYPE_CHECKING:
    from proofcheck.engines._rewriting import Rewriter


def express(rewriter: Rewriter, atoms: list[Expr]) -> None:
    """Apply rules that relate ``atoms`` to one another."""
    exponentials = [a for a in atoms if isinstance(a, exp) or a is S.Exp1]
    powers = [a for a in atoms if isinstance(a, Pow)]
    order = _exponentials(rewriter, exponentials) if exponentials else 1
    if order > 4:
        _cyclotomic(rewriter, order, powers)
    elif I in atoms:
        rewriter.apply("imaginary unit")
    bases: dict[Any, list[Pow]] = {}
    spelled: dict[Any, Expr] = {}
    for atom in powers:
        if rewriter.replaced(atom):
            continue
        key = _key(rewriter, atom.base)
        base = spelled.setdefault(key, atom.base)
        if base != atom.base:
            rewriter.apply("equal arguments", atom, base, atom.exp)
        else:
            bases.setdefault(key, []).append(atom)
    for key, members in bases.items():
        _powers(rewriter, spelled[key], [a for a in members if not rewriter.replaced(a)])
    relate_logarithms(rewriter, [a for a in atoms if not rewriter.replaced(a)])
    as_series(rewriter, [a for a in atoms if not rewriter.replaced(a)])
    relate(rewriter, [a for a in atoms if not rewriter.replaced(a)], atoms)
    _unify(
        rewriter,
        [a for a in atoms if isinstance(a, sp.Function) and not isinstance(a, exp)],
    )


def _key(rewriter: Rewriter, expression: Expr) -> Any:
    if expression.is_Atom:
        return expression
    quotient = rewriter.fraction(expression)
    return expression if quotient is None else quotient.key


def equal_bases(rewriter: Rewriter, atoms: list[Expr]) -> None:
    """Spell powers of one symbolic exponent alike if their bases are equal."""
    powers = [a for a in atoms if isinstance(a, Pow) and not a.exp.is_Rational]
    for position, atom in enumerate(powers):
        for other in powers[:position]:
            alike = atom.exp == other.exp and atom.base.free_symbols == other.base.free_symbols
            if not alike or atom.base.is_Atom or rewriter.replaced(atom):
                continue
            if rewriter.nested().identity(atom.base - other.base) is not None:
                rewriter.apply("equal arguments", atom, other.base, atom.exp)


def _unify(rewriter: Rewriter, atoms: list[Expr]) -> None:
    """Spell equal arguments of the same function alike."""
    groups: dict[type, list[Expr]] = {}
    for atom in atoms:
        groups.setdefault(atom.func, []).append(atom)
    for members in groups.values():
        if len(members) < 2:
            continue
        first: dict[Any, Expr] = {}
        for atom in members:
            if not all(isinstance(a, Expr) for a in atom.args):
                continue
            key = tuple(_key(rewriter, argument) for argument in atom.args)
            original = first.setdefault(key, atom)
            if original != atom:
                rewriter.apply("equal arguments", atom, *original.args)


Vector = dict[Expr, Rational]


def _vectors(rewriter: Rewriter, exponents: list[Expr]) -> list[Vector] | None:
    """Return each exponent as a rational combination of monomials over one denominator."""
    from proofcheck.engines._rewriting import rational

    if all(e.is_Rational for e in exponents):
        return [{S.One: e} for e in exponents]
    quotients = rewriter.fractions(exponents)
    if quotients is None:
        return None
    common = quotients[0].denominator
    for quotient in quotients[1:]:
        common = common * (quotient.denominator / common.gcd(quotient.denominator))
    symbols = quotients[0].atoms
    below = _denominator(common, symbols, exponents)
    found = []
    for quotient in quotients:
        numerator = quotient.numerator * (common / quotient.denominator)
        vector = {}
        for powers, coefficient in numerator.to_dict().items():
            monomial = sp.Mul(*(symbols[i] ** int(e) for i, e in enumerate(powers) if e))
            vector[monomial / below] = rational(coefficient)
        found.append(vector)
    return found


def _denominator(common: Any, symbols: tuple[Expr, ...], exponents: list[Expr]) -> Expr:
    """Return the common denominator, spelled as in the exponents where it occurs there."""
    from proofcheck import algebra
    from proofcheck.engines._rewriting import expression_of

    below = expression_of(common, symbols)
    if below.is_Rational:
        return below
    for exponent in exponents:
        for node in sp.preorder_traversal(exponent):
            if isinstance(node, Pow) and node.exp == -1:
                ring = algebra.Ring([node.base, below])
                ratio = ring.fraction(node.base / below)
                if ratio.numerator.total_degree() == 0 and ratio.denominator.total_degree() == 0:
                    return node.base
    return below


def _basis(vectors: list[Vector]) -> dict[Expr, Rational]:
    """Return for each monomial the largest rational of which all its coefficients are multiples."""
    found: dict[Expr, Rational] = {}
    for monomial in dict.fromkeys(m for vector in vectors for m in vector):
        values = [vector[monomial] for vector in vectors if monomial in vector]
        below = lcm(*(int(v.q) for v in values))
        found[monomial] = Rational(gcd(*(int(v * below) for v in values)), below)
    return found


def _combination(vector: Vector, basis: dict[Expr, Rational]) -> list[tuple[Expr, int]]:
    return [(basis[m] * m, int(value / basis[m])) for m, value in vector.items()]


def _exponentials(rewriter: Rewriter, members: list[Expr]) -> int:
    """Express exponentials by few; return the order of the root of unity that they need."""
    exponents = [S.One if atom is S.Exp1 else atom.exp for atom in members]
    vectors = _vectors(rewriter, exponents)
    if vectors is None:
        return 1
    basis = _basis(vectors)
    order = 1
    if I * pi in basis:
        half = lcm(*(int(v[I * pi].q) for v in vectors if I * pi in v))
        order = 2 * half
        if order > 4 and order % 4:
            order *= 2
        basis[I * pi] = Rational(2, order)
    for atom, exponent, vector in zip(members, exponents, vectors, strict=True):
        parts = _combination(vector, basis)
        if len(parts) == 1 and parts[0][1] == 1 and exp(parts[0][0]) == atom:
            continue
        flat = [item for part in parts for item in part]
        rewriter.apply("exponential of a sum", exponent, *flat)
    for monomial, scale in basis.items():
        _special(rewriter, monomial, scale)
    return order


def _special(rewriter: Rewriter, monomial: Expr, scale: Rational) -> None:
    """Relate a generator ``exp(scale*monomial)`` to powers, to roots of unity, to algebra."""
    factors = sp.Mul.make_args(monomial)
    logarithms = [f for f in factors if isinstance(f, log)]
    if len(logarithms) == 1:
        rest = scale * sp.Mul(*(f for f in factors if f != logarithms[0]))
        rewriter.apply("exponential of a logarithm", logarithms[0].args[0], rest)
        return
    if I in factors and pi in factors:
        rest = sp.Mul(*(f for f in factors if f not in (I, pi)))
        if rest != 1 and rewriter.evident(integer(rest)):
            rewriter.apply("parity", scale.p * rest, scale.q)
        return
    if isinstance(monomial, sp.LambertW) and scale.p == 1:
        if scale != 1:
            rewriter.apply("power of an exponential", scale * monomial, scale.q)
        rewriter.apply("Lambert's function", monomial)
        return
    inverse = [f for f in factors if type(f).__name__ in INVERSE]
    if len(inverse) == 1:
        turn = I if type(inverse[0]).__name__ in ("asin", "acos", "atan") else S.One
        multiple = scale * monomial / (turn * inverse[0])
        if multiple.free_symbols and rewriter.evident(integer(multiple)):
            rewriter.apply("exponential of a multiple of an inverse function", inverse[0], multiple)
            return
        if monomial == turn * inverse[0]:
            if scale.is_Integer and scale % 2 == 0 and isinstance(inverse[0], sp.atan):
                rewriter.apply("exponential of twice an arctangent", inverse[0], scale / 2)
            elif scale == 1:
                rewriter.apply("exponential of an inverse function", inverse[0])
            elif scale.p == 1:
                rewriter.apply("power of an exponential", scale * monomial, scale.q)
                rewriter.apply("exponential of an inverse function", inverse[0])
            else:
                rewriter.apply("exponential of a sum", scale * monomial, monomial, scale)
                rewriter.apply("exponential of an inverse function", inverse[0])


INVERSE = ("asin", "acos", "atan", "asinh", "acosh", "atanh")


def _cyclotomic(rewriter: Rewriter, order: int, powers: list[Pow]) -> None:
    rewriter.apply("root of unity", order)
    rewriter.apply("imaginary unit as a root of unity", order)
    for atom in powers:
        if isinstance(atom.base, Integer) and atom.exp == Rational(1, 2) and atom.base > 1:
            rewriter.apply("square root by a Gauss sum", atom.base, order)


def _powers(rewriter: Rewriter, base: Expr, members: list[Pow]) -> None:
    """Express powers of one base by few."""
    if not members:
        return
    exponents = [atom.exp for atom in members]
    vectors = _vectors(rewriter, exponents)
    if vectors is None:
        return
    basis = _basis(vectors)
    if S.One in basis:
        basis[S.One] = Rational(1, basis[S.One].q)
    for atom, exponent, vector in zip(members, exponents, vectors, strict=True):
        parts = _combination(vector, basis)
        if len(parts) == 1 and parts[0][1] == 1 and Pow(base, parts[0][0]) == atom:
            continue
        flat = [item for part in parts for item in part]
        if rewriter.apply("power of a sum", base, exponent, *flat) is None:
            inverse = _inverse(rewriter, base)
            if inverse is not None:
                rewriter.apply("power of an invertible number", base, inverse, exponent, *flat)
    step = basis.get(S.One, S.One)
    if step.q == 2 and not base.free_symbols and base.has(Pow):
        plain = sp.sqrtdenest(sp.sqrt(base))
        if plain != sp.sqrt(base) and rewriter.apply("principal root", base, 2, plain) is not None:
            return
    if step.q > 1:
        rewriter.apply("root", base, step.q)


def _inverse(rewriter: Rewriter, base: Expr) -> Expr | None:
    """Return ``1/base`` without a denominator if changing the sign of a root gives it."""
    roots = [a for a in sp.preorder_traversal(base) if isinstance(a, Pow) and a.exp == S.Half]
    for part in [*roots, *([I] if base.has(I) else [])]:
        mirrored = base.xreplace({part: -part})
        norm = rewriter.fraction(base * mirrored)
        if norm is not None and norm.expression.is_Rational and norm.expression != 0:
            return mirrored / norm.expression
    return None
