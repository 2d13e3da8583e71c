"""Relates values of one function at arguments that differ by integers.  Untrusted.

Gamma and its kin are expressed by the highest argument, sequences with a three-term recurrence by
the two lowest, Chebyshev polynomials by powers.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr, I, Pow, Rational, S, exp, sqrt

from proofcheck.engines._sequences import beside_digamma, beside_polynomials
from proofcheck.identities.equations import nonzero

if TYPE_CHECKING:
    from proofcheck.engines._rewriting import Rewriter

BESSEL = (sp.besselj, sp.bessely, sp.besseli, sp.besselk)
POLYNOMIALS = (sp.legendre, sp.hermite, sp.laguerre)
CHEBYSHEV = (sp.chebyshevt, sp.chebyshevu)


def relate(rewriter: Rewriter, atoms: list[Expr], everything: list[Expr]) -> None:
    """Apply recurrences between ``atoms``; ``everything`` is what else occurs."""
    groups: dict[type, list[Expr]] = {}
    for atom in atoms:
        if isinstance(atom, sp.Function):
            groups.setdefault(atom.func, []).append(atom)
    if any(len(a.args) == 2 for a in groups.get(sp.zeta, [])):
        for atom in groups.pop(sp.polygamma, []):
            rewriter.apply("polygamma by zeta", *atom.args)
    totals = [a for a in atoms if isinstance(a, sp.Sum | sp.Product)]
    beside_digamma(rewriter, groups.get(sp.polygamma, []), totals)
    beside_polynomials(rewriter, [a for f in groups for a in groups[f]], totals)
    chebyshev = [a for function in CHEBYSHEV for a in groups.pop(function, [])]
    chebyshev = [a for a in chebyshev if not rewriter.replaced(a)]
    if chebyshev:
        _chebyshev(rewriter, chebyshev, everything)
    _sums(rewriter, [a for a in totals if not rewriter.replaced(a)])
    _kinds(rewriter, groups)
    _bernoulli(rewriter, groups)
    betas = groups.pop(sp.beta, [])
    for position, atom in enumerate(betas):
        if any(other.args == atom.args[::-1] for other in betas[:position]):
            rewriter.apply("symmetry of the beta function", *atom.args)
        near = (sp.beta(atom.args[0] + 1, atom.args[1]), sp.beta(atom.args[0], atom.args[1] + 1))
        if len(atom.args) == 2 and set(near) <= set(betas):
            rewriter.apply("beta function between its neighbours", *atom.args)
    for one, other in permutations([b for b in betas if len(b.args) == 2], 2):
        if rewriter.replaced(one) or rewriter.replaced(other):
            continue
        (a, rest), (p, c) = one.args, other.args
        if sp.expand(a + rest - p - c) == 0 and p - a != 0:
            rewriter.apply("beta function by three others", a, p - a, c)
    for function, members in groups.items():
        members = [a for a in members if not rewriter.replaced(a)]
        if function is sp.gamma:
            _gammas(rewriter, members)
        elif function is sp.polygamma:
            _upwards(rewriter, members, 1, "polygamma shift")
            _polygammas(rewriter, [a for a in members if a not in rewriter.equations])
        elif function is sp.zeta:
            _upwards(rewriter, [a for a in members if len(a.args) == 2], 1, "Hurwitz zeta shift")
        elif function is sp.stieltjes:
            _stieltjes(rewriter, [a for a in members if len(a.args) == 2])
        elif function in BESSEL:
            _bessel(rewriter, members)
        elif function in POLYNOMIALS:
            _downwards(rewriter, members)
        elif function is sp.binomial:
            _binomials(rewriter, members)
        elif function is sp.RisingFactorial:
            _rising(rewriter, members)


def _sums(rewriter: Rewriter, members: list[Expr]) -> None:
    """Express sums of the same summands by the one with the fewest."""
    groups: dict[Any, list[tuple[int, Expr]]] = {}
    for atom in members:
        if len(atom.limits) == 1 and atom.limits[0][2].is_finite is not False:
            index, low, high = atom.limits[0]
            key, shift = place(rewriter, high)
            summand = atom.function.xreplace({index: sp.Symbol("index", integer=True)})
            groups.setdefault((atom.func, summand, low, key), []).append((shift, atom))
    for group in groups.values():
        lowest, shortest = min(group, key=lambda one: one[0])
        index = shortest.limits[0][0]
        for shift, atom in group:
            if atom.limits[0][0] != index:
                rewriter.apply("renamed index", atom, index)
            elif shift > lowest:
                rewriter.apply("last summand", atom, shortest.limits[0][2])


def place(rewriter: Rewriter, argument: Expr) -> tuple[Any, int]:
    """Return the class of ``argument`` modulo the integers, and its place in it."""
    if argument.is_Rational:
        return argument - sp.floor(argument), int(sp.floor(argument))
    quotient = rewriter.fraction(argument)
    if quotient is None:
        return argument, 0
    value = quotient.expression
    constant = sp.Add(*(t for t in sp.Add.make_args(sp.expand(value)) if t.is_Rational))
    shift = int(sp.floor(constant))
    return sp.expand(value) - shift, shift


def _classes(
    rewriter: Rewriter, members: list[Expr], position: int
) -> dict[Any, list[tuple[int, Expr]]]:
    """Group atoms whose other arguments agree by the class of the argument at ``position``."""
    found: dict[Any, list[tuple[int, Expr]]] = {}
    for atom in members:
        key, shift = place(rewriter, atom.args[position])
        others = tuple(a for i, a in enumerate(atom.args) if i != position)
        found.setdefault((key, others), []).append((shift, atom))
    return found


def _upwards(rewriter: Rewriter, members: list[Expr], position: int, rule: str) -> None:
    for group in _classes(rewriter, members, position).values():
        highest = max(shift for shift, _ in group)
        for shift, atom in group:
            if shift < highest:
                rewriter.apply(rule, *atom.args, highest - shift)


def _gammas(rewriter: Rewriter, members: list[Expr]) -> None:
    _upwards(rewriter, members, 0, "gamma shift")
    left = [a for a in members if a not in rewriter.equations]
    found = {place(rewriter, atom.args[0])[0]: atom for atom in left}
    for key, atom in found.items():
        doubled = place(rewriter, 2 * atom.args[0])[0]
        half = place(rewriter, atom.args[0] + S.Half)[0]
        if doubled in found and half in found and found[doubled] != atom:
            rewriter.apply("gamma duplication", found[doubled].args[0] / 2)
        mirror = place(rewriter, -atom.args[0])[0]
        other = found.get(mirror)
        if other is not None and other != atom and other not in rewriter.equations:
            rewriter.apply("gamma reflection", atom.args[0])
        del key


def _polygammas(rewriter: Rewriter, members: list[Expr]) -> None:
    for atom in members:
        m, z = atom.args
        if z.is_Rational:
            if m == 0:
                rewriter.apply("Gauss's digamma theorem", z.p, z.q)
            elif z in (1, S.Half):
                rewriter.apply("polygamma of one or one half", m, z)
            elif S.Half < z < 1:
                rewriter.apply("polygamma reflection", m, z)
            elif m == 1 and (z - Rational(1, 4)).is_integer and z > 0:
                rewriter.apply("Catalan's constant", z - Rational(1, 4))
            elif z.p == 1:
                rewriter.apply("polygamma of a third, a quarter, a sixth", m, z.q)
            continue
        mirror = place(rewriter, -z)[0]
        for other in members:
            if (
                other != atom
                and other.args[0] == m
                and other not in rewriter.equations
                and place(rewriter, other.args[1])[0] == mirror
            ):
                rewriter.apply("polygamma reflection", m, z)


def _stieltjes(rewriter: Rewriter, members: list[Expr]) -> None:
    for group in _classes(rewriter, members, 1).values():
        highest = max(shift for shift, _ in group)
        for shift, atom in group:
            if shift < highest:
                rewriter.apply("Stieltjes constants shift", *atom.args)


def _bessel(rewriter: Rewriter, members: list[Expr]) -> None:
    for group in _classes(rewriter, members, 0).values():
        places = dict(group)
        for shift in sorted(places):
            if shift + 1 in places and shift + 2 in places:
                middle = places[shift + 1]
                if rewriter.evident(nonzero(middle.args[0])):
                    rewriter.apply("Bessel function between its neighbours", middle)
                    continue
            if shift + 2 in places or shift + 3 in places:
                rewriter.apply("Bessel recurrence", places[shift], 1)


def _kinds(rewriter: Rewriter, groups: dict[type, list[Expr]]) -> None:
    """Express Bessel functions of one kind by those of another that occurs beside them."""
    for atom in groups.get(sp.bessely, []):
        if any(k.args == (atom.args[0], I * atom.args[1]) for k in groups.get(sp.besselk, [])):
            rewriter.apply("Bessel function of the second kind by Macdonald's", atom)
    for function, other in (
        (sp.hankel1, None), (sp.hankel2, None), (sp.bessely, sp.besselj),
        (sp.besselk, sp.besseli), (sp.besseli, sp.besselj),
    ):  # fmt: skip
        for atom in groups.get(function, []) if other is None or other in groups else ():
            rewriter.apply("Bessel function by another kind", atom)


def _downwards(rewriter: Rewriter, members: list[Expr]) -> None:
    for group in _classes(rewriter, members, 0).values():
        lowest = min(shift for shift, _ in group)
        for shift, atom in group:
            if shift > lowest + 1:
                rewriter.apply("polynomial recurrence", atom)


def _chebyshev(rewriter: Rewriter, members: list[Expr], everything: list[Expr]) -> None:
    """With U among them step to one degree; else by powers."""
    second = [a for a in members if isinstance(a, sp.chebyshevu)]
    if second and _hyperbola(rewriter, members, everything):
        return
    if second and not any(isinstance(a, Pow | exp) for a in everything):
        _steps(rewriter, members)
        return
    for atom in members:
        rule = "Chebyshev polynomial"
        if isinstance(atom, sp.chebyshevu):
            rule += " of the second kind"
        for w, back in _parameters(rewriter, atom.args[1], everything):
            if rewriter.apply(rule, atom, w, back) is not None:
                break


def _hyperbola(rewriter: Rewriter, members: list[Expr], everything: list[Expr]) -> bool:
    """Express powers of ``x + sqrt(x**2 - 1)`` by the polynomials; tell whether there are any."""
    found = False
    for x in dict.fromkeys(atom.args[1] for atom in members):
        powers = [a for a in (*everything, *rewriter.equations) if isinstance(a, Pow)]
        for power in [a for a in powers if not a.exp.is_Rational]:
            root = power.base - x
            if sp.expand(root**2 - x**2 + 1) == 0:
                rewriter.apply("power by Chebyshev polynomials", power, x, root)
                found |= rewriter.replaced(power)
    return found


def _steps(rewriter: Rewriter, members: list[Expr]) -> None:
    classes: dict[Any, list[tuple[int, Expr]]] = {}
    for atom in members:
        key, shift = place(rewriter, atom.args[0])
        if isinstance(atom, sp.chebyshevu):
            shift += 1  # T_n goes with U_(n-1)
        classes.setdefault((key, atom.args[1]), []).append((shift, atom))
    for group in classes.values():
        middle = sorted(shift for shift, _ in group)[len(group) // 2]
        for shift, atom in group:
            if shift != middle:
                rewriter.apply("Chebyshev step", atom, 1 if shift > middle else -1)
            elif isinstance(atom, sp.chebyshevt):
                rewriter.apply("Chebyshev's circle", atom)


def _parameters(rewriter: Rewriter, x: Expr, everything: list[Expr]) -> list[tuple[Expr, Expr]]:
    """Return pairs w, v with ``w*v = 1`` and ``x = (w + v)/2``, the likeliest first."""
    found: list[tuple[Expr, Expr]] = []
    turn = {sp.cos: lambda t: I * t, sp.cosh: lambda t: t, sp.sin: lambda t: I * (t - sp.pi / 2)}
    if x.func in turn:
        t = turn[x.func](x.args[0])
        found.append((exp(t), exp(-t)))
    if isinstance(x, sp.chebyshevt):
        n, y = x.args
        found += [(Pow(w, n), Pow(w, -n)) for w, _ in _parameters(rewriter, y, everything)]
    symbols = sorted(x.free_symbols, key=str)
    if not x.is_Atom and symbols:
        y = symbols[0]
        if sp.expand(x - (2 * y**2 - 1)) == 0:
            found += [(w**2, v**2) for w, v in _parameters(rewriter, y, everything)]
        elif sp.expand(y * x - (y**2 + 1) / 2) == 0:
            found.append((y, 1 / y))
    nodes = {node for e in everything for node in sp.preorder_traversal(e)}
    if sp.acosh(x) in nodes:
        root = sqrt(x - 1) * sqrt(x + 1)
        found.append((x + root, x - root))
    if sqrt(x**2 - 1) in nodes:
        root = sqrt(x**2 - 1)
        found.append((x + root, x - root))
    root = I * sqrt(1 - x**2)
    return [*found, (x + root, x - root)]


def _binomials(rewriter: Rewriter, members: list[Expr]) -> None:
    classes: dict[Any, list[tuple[int, int, Expr]]] = {}
    for atom in members:
        n, k = atom.args
        (upper, up), (lower, low) = place(rewriter, n), place(rewriter, k)
        classes.setdefault((upper, lower), []).append((up, low, atom))
    for group in classes.values():
        least_n, least_k = min(g[0] for g in group), min(g[1] for g in group)
        for up, low, atom in group:
            n, k = atom.args
            if up > least_n and low > least_k:
                rewriter.apply("Pascal's triangle", n - 1, k - 1)
            elif low > least_k:
                rewriter.apply("binomial shift below", n, k - 1)
            elif up > least_n:
                rewriter.apply("binomial shift above", n - 1, k)


def _bernoulli(rewriter: Rewriter, groups: dict[type, list[Expr]]) -> None:
    """Express zeta by Bernoulli's polynomials, and these by the one of least argument."""
    members = groups.get(sp.bernoulli, [])
    for atom in groups.get(sp.zeta, []) if members else ():
        if rewriter.apply("zeta by a Bernoulli polynomial", atom) is None:
            rewriter.apply("zeta at an even integer", atom)
    for position, atom in enumerate(members):
        for other in members[:position]:
            if len(atom.args) != 2 or len(other.args) != 2 or atom.args[0] != other.args[0]:
                continue
            (n, x), (_, y) = atom.args, other.args
            if sp.expand(x - y - 1) == 0:
                rewriter.apply("Bernoulli polynomial shift", n, y)
            elif sp.expand(y - x - 1) == 0:
                rewriter.apply("Bernoulli polynomial shift", n, x)
            elif sp.expand(x + y) in (0, 1):
                if sp.expand(x + y) == 0:
                    rewriter.apply("Bernoulli polynomial shift", n, -y)
                rewriter.apply("Bernoulli polynomial reflection", n, y)


def _rising(rewriter: Rewriter, members: list[Expr]) -> None:
    for group in _classes(rewriter, members, 1).values():
        lowest = min(shift for shift, _ in group)
        for shift, atom in group:
            if shift > lowest:
                rewriter.apply("rising factorial shift", atom.args[0], atom.args[1] - 1)
    for atom in members:
        x, k = atom.args
        for other in members:
            y, m = other.args
            if x == y and k != m and sp.expand(k - m).free_symbols:
                rewriter.apply("rising factorial split", x, m, sp.expand(k - m))
        lower = [o for o in members if o.args[1] == k and sp.expand(x - o.args[0]) == 1]
        if lower:
            rewriter.apply("rising factorial from below", x - 1, k)
