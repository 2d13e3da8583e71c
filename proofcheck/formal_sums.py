"""Normal form of finite sums over symbolic index ranges, with Kronecker deltas.  Trusted.

``normal_form(e)`` has the value of ``e`` at every admissible point where all terms of ``e`` are
defined.  Products of sums become sums of products with fresh indices; a delta that binds an index
to a value inside its range removes that sum; an index that nothing mentions is counted; what does
not depend on an index is pulled out; what remains splits into sums that share no index, each with
canonical names for its bound indices.  Whatever does not fit is left as it was written.

Two remarks carry the soundness of pulling out and of substituting under a delta.  A coefficient
leaves a sum that may be empty only if it is total (a polynomial, or exp of one), for 1/n is no
factor of an empty sum at n = 0.  And where a delta is zero, what it multiplies may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sympy import (
    Add,
    Basic,
    Derivative,
    Dummy,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Lambda,
    Limit,
    Mul,
    Pow,
    Range,
    RootSum,
    S,
    Subs,
    Sum,
    Symbol,
    default_sort_key,
    exp,
)
from sympy.concrete.expr_with_limits import ExprWithLimits

from proofcheck import ranges
from proofcheck.formal_terms import (
    MARK,
    Bound,
    Refused,
    Term,
    assembled,
    depends,
    divided,
    mentions,
    multiplied,
    ordered,
    substituted,
    total,
)
from proofcheck.obligations import Context
from proofcheck.relations import Member, Relation

BINDERS = (ExprWithLimits, Derivative, Subs, Lambda, Limit, RootSum)
LARGEST_POWER = 8
MOST_TERMS = 4000


def normal_form(expression: Expr, context: Context) -> Expr:
    """Return an expression of the same value, its finite sums in normal form.

    Products and sums of the result are not evaluated, so that SymPy does not merge
    ``exp(a)*exp(b)`` again.  An expression without sums and deltas is returned as it is.
    """
    if not expression.has(Sum, KroneckerDelta):
        return expression
    if any(
        symbol.name.startswith(MARK)
        for symbol in expression.atoms(Symbol) & context_free(expression, context)
    ):
        return expression
    try:
        return _Normaliser(context).built(expression, evaluate=False)
    except Refused:
        return expression


def context_free(expression: Expr, context: Context) -> set[Basic]:
    """Return the free symbols of ``expression`` and the variables of ``context``."""
    return set(expression.free_symbols) | set(context.sets)


class _Normaliser:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.bound: set[Symbol] = set()
        self.sets: dict[Basic, Basic] = dict(context.sets)
        self.unequal = {
            frozenset((c.lhs, c.rhs))
            for c in context.assumptions
            if isinstance(c, Relation) and c.operator == "ne"
        }

    def built(self, expression: Expr, evaluate: bool = True) -> Expr:
        """Return the normal form of ``expression``."""
        return assembled(self.terms(expression), evaluate)

    def terms(self, expression: Expr) -> list[Term]:
        """Return the terms whose sum is ``expression``.

        Raises:
            Refused: a part is outside what is understood, or there are too many terms.
        """
        if not expression.free_symbols & self.bound and not expression.has(
            Sum, KroneckerDelta, exp
        ):
            return [Term(expression)] if expression != 0 else []
        match expression:
            case Add():
                return [term for part in expression.args for term in self.terms(part)]
            case Mul():
                found = [Term()]
                for part in expression.args:
                    found = self.products(found, self.terms(part))
                return found
            case exp():
                return self.exponential(expression)
            case Pow() if isinstance(expression.exp, Integer):
                return self.power(expression.base, int(expression.exp))
            case KroneckerDelta():
                return self.delta(expression)
            case Sum():
                return self.sum(expression)
            case Symbol():
                return [Term(S.One, {expression: 1})]
            case Indexed():
                if expression.has(Sum, KroneckerDelta):
                    raise Refused("a sum inside an index")
                return [Term(S.One, {expression: 1})]
        if isinstance(expression, BINDERS) or not expression.args:
            raise Refused(f"{type(expression).__name__} inside a sum")
        if any(not isinstance(part, Expr) for part in expression.args):
            raise Refused(f"{type(expression).__name__} inside a sum")
        arguments = [self.built(cast(Expr, part)) for part in expression.args]
        return [Term(S.One, {cast(Expr, expression.func(*arguments)): 1})]

    def products(self, left: list[Term], right: list[Term]) -> list[Term]:
        """Return the products of the terms, the bound indices of the right ones fresh."""
        if len(left) * len(right) > MOST_TERMS:
            raise Refused("too many terms")
        found = [multiplied(one, self.fresh(two)) for one in left for two in right]
        return [kept for term in found for kept in self.contracted(term)]

    def fresh(self, term: Term) -> Term:
        """Return ``term`` with new bound indices."""
        if not term.bounds:
            return term
        names: dict[Basic, Basic] = {index: self.new_index() for index, _, _ in term.bounds}
        return Term(
            term.coefficient,
            {cast(Expr, factor.xreplace(names)): power for factor, power in term.factors.items()},
            tuple(
                (cast(Symbol, names[index]), low.xreplace(names), high.xreplace(names))
                for index, low, high in term.bounds
            ),
        )

    def new_index(self) -> Symbol:
        """Return a symbol that occurs nowhere else."""
        index = Dummy("i", integer=True)
        self.bound.add(index)
        return index

    def power(self, base: Expr, exponent: int) -> list[Term]:
        """Return the terms of an integer power."""
        inner = self.terms(base)
        if exponent > 0 and exponent <= LARGEST_POWER:
            found = [Term()]
            for _ in range(exponent):
                found = self.products(found, inner)
            return found
        if len(inner) == 1 and not inner[0].bounds:
            (term,) = inner
            factors = {factor: exponent * power for factor, power in term.factors.items()}
            if any(isinstance(factor, KroneckerDelta) for factor in factors) and exponent < 0:
                raise Refused("a delta in a denominator")
            return [Term(Pow(term.coefficient, exponent), factors)]
        whole = assembled(inner, evaluate=False)
        if whole == 0 or (exponent < 0 and whole.has(KroneckerDelta)):
            raise Refused("a denominator that is zero, or contains a delta")
        return [Term(S.One, {whole: exponent})]

    def exponential(self, expression: Expr) -> list[Term]:
        """Return ``exp`` of a sum as the product of the exponentials of its terms."""
        found = [Term()]
        on_deltas: dict[Expr, list[Expr]] = {}
        for whole in Add.make_args(self.built(expression.args[0])):
            for part in Add.make_args(divided(whole)):
                deltas = [f for f in Mul.make_args(part) if isinstance(f, KroneckerDelta)]
                if len(deltas) == 1 and not (part / deltas[0]).has(KroneckerDelta):
                    on_deltas.setdefault(deltas[0], []).append(part / deltas[0])
                else:
                    found = self.products(found, self.elementary(part))
        for delta, coefficients in on_deltas.items():
            # exp(c*delta) = 1 + (exp(c) - 1)*delta, as delta is 0 or 1.
            grown = Add(1, Mul(exp(Add(*coefficients)) - 1, delta))
            found = self.products(found, self.terms(grown))
        return found

    def elementary(self, part: Expr) -> list[Term]:
        """Return ``exp(part)``, its integer coefficient as an exponent."""
        number, rest = part.as_coeff_Mul()
        if isinstance(number, Integer) and (rest == 1 or isinstance(exp(rest), exp)):
            return [Term(S.One, {exp(rest): int(number)})]
        atom = exp(part)
        # exp(log(p)) has become p on its own, and is no exponential any more.
        return [Term(S.One, {atom: 1})] if isinstance(atom, exp) else self.terms(atom)

    def delta(self, expression: KroneckerDelta) -> list[Term]:
        """Return a Kronecker delta as a factor, or as 0 where its indices are known to differ."""
        if len(expression.args) != 2 or expression.has(Sum):
            raise Refused("a delta with a range, or of sums")
        if frozenset(expression.args) in self.unequal:
            return []
        return [Term(S.One, {expression: 1})]

    def sum(self, expression: Sum) -> list[Term]:
        """Return a finite sum as terms with one more bound index for each limit."""
        body, bounds = expression.function, list[Bound]()
        for limit in expression.limits:
            if len(limit) != 3:
                raise Refused("a sum without limits")
            symbol, low, high = limit
            if not (low.is_integer and high.is_integer and low.is_finite is not False):
                raise Refused("limits that are not integers")
            if high.is_finite is False or limit[1:].has(Sum, KroneckerDelta):
                raise Refused("limits that are infinite, or sums themselves")
            # The body and the limits inside are renamed together: an inner index of the same
            # name shadows this one, and renaming it too changes nothing.
            index = self.new_index()
            body = body.xreplace({symbol: index})
            bounds = [
                (inner, a.xreplace({symbol: index}), b.xreplace({symbol: index}))
                for inner, a, b in bounds
            ]
            bounds.append((index, low, high))
        bounds.reverse()
        if not total(body) and not self.nonempty(bounds):
            raise Refused("a sum that may be empty, of terms that may be undefined")
        found = []
        for term in self.terms(body):
            found.append(Term(term.coefficient, term.factors, (*bounds, *term.bounds)))
        return [kept for term in found for kept in self.contracted(term)]

    def nonempty(self, bounds: list[Bound]) -> bool:
        """Tell whether each range, given the outer ones, is known to have a member."""
        context = self.context
        for index, low, high in bounds:
            if not ranges.decide(Relation(low, "le", high), context):
                return False
            context = context.including(index, Range(low, high + 1))
        return True

    def contracted(self, term: Term) -> list[Term]:
        """Return the terms of ``term`` with its deltas used and its idle indices counted."""
        factors = dict(term.factors)
        for factor in list(factors):
            if isinstance(factor, KroneckerDelta):
                if frozenset(factor.args) in self.unequal:
                    return []
                factors[factor] = 1
        term = Term(term.coefficient, factors, term.bounds)
        for factor in sorted(factors, key=default_sort_key):
            if not isinstance(factor, KroneckerDelta):
                continue
            for index, value in (factor.args, factor.args[::-1]):
                if index in term.indices and self.inside(index, value, term):
                    return self.contracted_all(substituted(term, factor, index, value, ()))
        for factor in sorted(factors, key=default_sort_key):
            if isinstance(factor, KroneckerDelta) and all(
                isinstance(part, Symbol) and part not in term.indices and part not in self.bound
                for part in factor.args
            ):
                kept, dropped = sorted(factor.args, key=default_sort_key)
                if mentions(term, dropped, factor) and not term.coefficient.has(*BINDERS):
                    return self.contracted_all(
                        substituted(term, factor, dropped, kept, ((factor, 1),))
                    )
        return self.counted(term)

    def contracted_all(self, terms: Iterable[Term]) -> list[Term]:
        return [kept for term in terms for kept in self.contracted(term)]

    def inside(self, index: Basic, value: Basic, term: Term) -> bool:
        """Tell whether ``value``, free of ``index``, lies in the index's range throughout."""
        if index in value.free_symbols:
            return False
        low, high = next(bound[1:] for bound in term.bounds if bound[0] == index)
        limits = {b[0]: b[1:] for b in term.bounds}
        if value in limits and limits[value] == (low, high):
            return not depends(index, term)
        if depends(index, term) and value.free_symbols & term.indices:
            return False
        wanted = Range(low, high + 1)
        if self.sets.get(value) == wanted:
            return True
        context = self.context
        for other, a, b in ordered(term.bounds):
            if other != index:
                context = context.including(other, Range(a, b + 1))
        return ranges.decide(Member(cast(Expr, value), wanted), context)

    def counted(self, term: Term) -> list[Term]:
        """Return ``term`` with indices that nothing mentions replaced by their number of values."""
        for bound in term.bounds:
            index, low, high = bound
            if depends(index, term) or any(index in f.free_symbols for f in term.factors):
                continue
            rest = Term(term.coefficient, term.factors, tuple(b for b in term.bounds if b != bound))
            number = self.terms(high - low + 1)
            return self.contracted_all(multiplied(rest, part) for part in number)
        return [term]
