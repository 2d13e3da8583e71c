"""When does an infinite sum converge?  Trusted: each rule names conditions that suffice."""

from __future__ import annotations

from sympy import (
    Abs,
    Dummy,
    Expr,
    Integer,
    Mul,
    Poly,
    Pow,
    Range,
    S,
    Sum,
    fraction,
    oo,
    re,
    together,
)

from proofcheck import growth, hypergeometric
from proofcheck.hypergeometric import NotHypergeometric
from proofcheck.obligations import definedness
from proofcheck.relations import Condition, Relation, Throughout


def rational_convergence(atom: Sum) -> tuple[Condition, ...]:
    """Return when ``Sum(R(k), (k, a, oo))`` or ``Sum((-1)**k*R(k), ...)`` converges.

    R is rational, of a degree below -1, by comparison with ``1/k**2``; below 0 with the sign, as
    ``c/k**j`` alternates and the rest is of a lower degree (Leibniz).  No summand has a pole.

    Raises:
        NotHypergeometric: it is no such sum.
    """
    if len(atom.limits) != 1 or atom.limits[0][2] != oo:
        raise NotHypergeometric(f"{atom} is no infinite sum over one index")
    ((index, low, _),) = atom.limits
    if not isinstance(low, Integer):
        raise NotHypergeometric(f"{atom} does not start at an integer")
    k = Dummy("k", integer=True)
    sign: list[Expr] = []
    rest: list[Expr] = []
    for factor in Mul.make_args(atom.function.xreplace({index: k})):
        turns = isinstance(factor, Pow) and factor.base == -1 and k in factor.exp.free_symbols
        (sign if turns else rest).append(factor)
    turn = sum((hypergeometric.affine(factor.exp, k)[0] for factor in sign), S.Zero)
    function = Mul(*rest)
    if not isinstance(turn, Integer) or not function.is_rational_function(k):
        raise NotHypergeometric(f"{function} is not rational in {k}")
    up, down = (Poly(part, k) for part in fraction(together(function)))
    least = 1 if turn % 2 else 2
    if down.degree() < up.degree() + least:
        raise NotHypergeometric(f"{atom} does not converge fast enough")
    whole = Range(low, oo)
    poles = (need.condition for need in definedness(function))
    return (
        Relation(down.LC(), "ne", S.Zero),
        *(Throughout(k, whole, condition) for condition in poles),
    )


def root_test(atom: Sum) -> tuple[Condition, ...]:
    """Return when ``Sum(c(k)*z**k, (k, a, oo))`` converges, c growing slower than any power."""
    top, bottom = map(Abs, fraction(hypergeometric.geometric(atom)))
    return (Relation(top, "lt", bottom), *_summands(atom))


def dirichlet_convergence(atom: Sum) -> tuple[Condition, ...]:
    """Return when ``Sum(f(k)/k**s, (k, a, oo))`` converges: ``re(s) > 1 + d``, ``|f| < k**d``."""
    _, s, degree = hypergeometric.dirichlet(atom)
    return (Relation(re(s), "gt", 1 + degree), *_summands(atom))


def absolute_convergence(atom: Sum) -> tuple[Condition, ...]:
    """Return when a sum from an integer to oo converges absolutely, by the growth of its terms."""
    if len(atom.limits) != 1 or atom.limits[0][2] != oo:
        raise NotHypergeometric(f"{atom} is no infinite sum over one index")
    k = Dummy("k", integer=True)
    function = atom.function.xreplace({atom.limits[0][0]: k})
    return (*growth.summable(function, k), *_summands(atom))


SERIES = (rational_convergence, root_test, dirichlet_convergence, absolute_convergence)


def _summands(atom: Sum) -> tuple[Condition, ...]:
    """Return that every summand of an infinite sum from an integer on is defined."""
    ((index, low, _),) = atom.limits
    if not isinstance(low, Integer):
        raise NotHypergeometric(f"{atom} does not start at an integer")
    k = Dummy("k", integer=True)
    owed = definedness(atom.function.xreplace({index: k}))
    return tuple(Throughout(k, Range(low, oo), need.condition) for need in owed)
