"""What an engine hands to the kernel: plain data, from which nothing follows until it is replayed.

A certificate is a tree of proof steps for one goal (a condition) in one context (variables with
their sets, assumptions).  The kernel derives every sub-goal itself from the goal and the context;
a certificate only says which step to take and with which witnesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sympy import Expr, Rational, Set, Symbol

from proofcheck.relations import Condition, Operator


@dataclass(frozen=True)
class Ranges:
    """Goal decided by exact interval arithmetic over the whole domain (``ranges.decide``)."""


@dataclass(frozen=True)
class Rewrite:
    """An instance of a rule of ``identities``: an equation between expressions.

    ``proofs`` are certificates of its side conditions, in order; a missing one is tried by Ranges.
    """

    rule: str
    arguments: tuple[Expr, ...]
    proofs: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Identity:
    """Goal ``lhs = rhs``: a polynomial identity between atoms after ``rewrites``.

    The kernel brings ``multiplier * (lhs - rhs)`` to one fraction over its atoms, replacing atoms
    by ``rewrites``, and checks that the numerator equals the sum of cofactor times assumption
    (numerators of ``lhs - rhs`` of the assumed equations, by their index in the context).
    ``nonzero`` proves that the multiplier does not vanish; leave both out for multiplier 1.
    """

    rewrites: tuple[Rewrite, ...] = ()
    cofactors: tuple[tuple[int, Expr], ...] = ()
    multiplier: Expr | None = None
    nonzero: Certificate | None = None


@dataclass(frozen=True)
class Balls:
    """Goal decided by ball arithmetic on the whole (closed, bounded) box of the context."""

    precision: int = 64


Tree = None | int | tuple[Symbol, Rational, "Tree", "Tree"]


@dataclass(frozen=True)
class Boxes:
    """Goal decided by Taylor's formula on boxes that cover the closed, bounded one of the context.

    ``tree`` cuts it: a symbol, where, and the trees below and above.  At a leaf None the goal holds
    on the box; at a leaf i the assumption with that index fails on all of it.
    """

    tree: Tree = None
    order: int = 4
    precision: int = 64


@dataclass(frozen=True)
class Split:
    """Goal proved where ``condition`` holds and where its negation holds.

    A condition ``x <= c`` on one variable narrows the variable's set on both sides, so that a tree
    of splits with Balls at its leaves is a cover of the domain by boxes.
    """

    condition: Condition
    then: Certificate
    otherwise: Certificate


@dataclass(frozen=True)
class Alternatives:
    """Goal proved under each alternative of the assumption (an AnyOf) with this index."""

    index: int
    branches: tuple[Certificate, ...]


@dataclass(frozen=True)
class Sufficient:
    """Goal, an AnyOf, follows from its alternative with this index."""

    index: int
    proof: Certificate


@dataclass(frozen=True)
class Stronger:
    """Goal ``a op b`` follows from ``a operator b`` (``<`` gives ``<=`` and ``!=``, and so on)."""

    operator: Operator
    proof: Certificate


@dataclass(frozen=True)
class Instead:
    """Goal ``a op b`` follows from ``expression op 0`` where ``multiplier*(a - b) = expression``.

    ``positive`` proves ``multiplier > 0`` (``!= 0`` suffices for =, and for != nothing is needed:
    where a - b is zero, so is the product); ``defined`` proves, in order, the definedness
    conditions of ``expression`` and ``multiplier`` that Ranges does not.
    """

    expression: Expr
    equal: Certificate
    then: Certificate
    multiplier: Expr | None = None
    positive: Certificate | None = None
    defined: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Term:
    """``weight * square**2 *`` the product of the assumed inequalities ``factors`` (by index)."""

    weight: Rational
    square: Expr
    factors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Squares:
    """Goal ``a >= b`` (or ``>``): ``a - b`` is the sum of ``terms``, each visibly nonnegative.

    Plus multiples of assumed equations, as in Identity.  An assumed ``u >= v`` stands for
    ``u - v``; bounds of a variable's set count as assumptions (see ``kernel.premises``).
    """

    terms: tuple[Term, ...]
    identity: Identity = Identity()


@dataclass(frozen=True)
class Monotone:
    """Goal ``a >= b`` (or >, <=, <) on an interval of ``variable``, from one end of it.

    ``at_end`` proves the goal (weakened to >= if ``derivative`` is strict) at the end;
    ``derivative`` proves that ``d(a - b)/dvariable`` has the sign that carries it inwards.
    """

    variable: Symbol
    end: Literal["left", "right"]
    at_end: Certificate
    derivative: Certificate
    strict: bool = False


@dataclass(frozen=True)
class Constant:
    """Goal ``a = b`` on an interval of ``variable``: equal at ``anchor``, equal derivatives.

    With ``interior`` the difference is continuous on the interval and differentiable inside.
    """

    variable: Symbol
    anchor: Expr
    at_anchor: Certificate
    derivative: Certificate
    interior: bool = False


@dataclass(frozen=True)
class Enumerate:
    """Goal proved for each value of an integer variable of finite range, in increasing order."""

    variable: Symbol
    proofs: tuple[Certificate, ...]


@dataclass(frozen=True)
class Induction:
    """Goal proved at the least value of an integer variable, and from n to n + 1.

    In ``step`` the goal at n is the last assumption of the context.
    """

    variable: Symbol
    base: Certificate
    step: Certificate


@dataclass(frozen=True)
class Known:
    """Goal ``a >= b`` from a known inequality ``u >= v`` and ``a - b >= weight*(u - v)``.

    Or the other way round, or strict.  ``rule`` and ``arguments`` name an instance of a rule of
    ``identities.inequalities``; ``positive`` proves that the weight is (or at least not negative),
    ``proofs`` what the instance needs and Ranges does not see, in order.
    """

    rule: str
    arguments: tuple[Expr, ...]
    then: Certificate
    weight: Expr | None = None
    positive: Certificate | None = None
    proofs: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Termwise:
    """Goal ``Sum(f, limits) op 0`` from ``f op 0`` for all values of the indices; ``!=`` excepted.

    A strict inequality needs a summand: that no range is empty has to be evident.
    """

    proof: Certificate


@dataclass(frozen=True)
class Uniform:
    """Goal by induction on an integer variable, the hypothesis being about all of ``over``.

    In ``step`` the last assumption is that the goal holds at n throughout the sets of ``over``.
    No assumption that mentions ``variable`` or ``over`` is at hand; ``defined`` proves that the
    terms of the goal are defined without them.
    """

    variable: Symbol
    over: tuple[Symbol, ...]
    base: Certificate
    step: Certificate
    defined: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Instance:
    """Goal proved with what an assumption, ``Throughout`` a set, says of one ``value`` in it.

    ``index`` is that of the assumption; what follows from it is the last assumption in ``proof``.
    ``defined`` proves that its terms are defined.
    """

    index: int
    value: Expr
    member: Certificate
    proof: Certificate
    defined: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Lemma:
    """Goal proved with a ``condition`` that is proved first, and then is the last assumption.

    ``defined`` proves that its terms are defined.
    """

    condition: Condition
    first: Certificate
    proof: Certificate
    defined: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Slopes:
    """Goal proved with the derivative of an assumed equation ``Throughout`` an open interval.

    ``index`` is that of the assumption; the derivative is the last assumption in ``proof``.
    ``proofs`` are certificates of the conditions of the derivatives.
    """

    index: int
    proof: Certificate
    proofs: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Positivity:
    """Goal ``r*Integral(f, (x, a, b)) op 0`` from ``r*f op 0`` between the ends, r a number.

    Equality and ``!=`` excepted.
    """

    proof: Certificate


@dataclass(frozen=True)
class Generalise:
    """Goal proved with ``symbol``, of any value in ``set``, in the place of the subterm ``term``.

    ``sides`` prove, in order, what the term needs to be defined and the bounds that put it into
    ``set``, as far as Ranges does not.
    """

    term: Expr
    symbol: Symbol
    set: Set
    proof: Certificate
    sides: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Substitute:
    """Goal proved with ``forward``, an expression in ``symbol``, in the place of ``variable``.

    ``symbol`` ranges over ``set``; ``inverse`` gives its value.  ``sides`` prove, in order, that
    the inverse is one and lies in the set, as far as Ranges does not.
    """

    variable: Symbol
    symbol: Symbol
    set: Set
    forward: Expr
    inverse: Expr
    proof: Certificate
    sides: tuple[Certificate, ...] = ()


@dataclass(frozen=True)
class Value:
    """Goal proved with its value in the place of a variable: ``index`` is that of ``x = value``."""

    index: int
    proof: Certificate


@dataclass(frozen=True)
class Convergent:
    """Goal ``Defined(integral)``: the integral converges absolutely (``finiteness.convergence``).

    ``proofs`` are certificates of the conditions that Ranges does not decide, in order;
    ``downwards`` says that the lower limit is the greater one.
    """

    proofs: tuple[Certificate, ...] = ()
    downwards: bool = False


@dataclass(frozen=True)
class Existing:
    """Goal ``Defined(limit)``: a rule for limits, whose conditions make it exist, applies."""

    rewrite: Rewrite


@dataclass(frozen=True)
class Kink:
    """A derivative does not exist at a point: beside it the function is ``right`` and ``left``.

    They are expressions of ``Symbol(name, real=True)`` for the variable of that name; ``proofs``
    show that the function equals them up to ``width`` from the point.  Their slopes differ there,
    or, with ``jump``, their values.
    """

    right: Expr
    left: Expr
    width: Rational
    proofs: tuple[Certificate, Certificate]
    jump: bool = False


Certificate = (
    Ranges
    | Identity
    | Balls
    | Boxes
    | Split
    | Alternatives
    | Sufficient
    | Stronger
    | Instead
    | Squares
    | Monotone
    | Constant
    | Enumerate
    | Induction
    | Uniform
    | Instance
    | Lemma
    | Slopes
    | Positivity
    | Convergent
    | Known
    | Existing
    | Substitute
    | Value
    | Termwise
    | Generalise
)
