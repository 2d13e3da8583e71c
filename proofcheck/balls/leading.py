"""Leading forms: bounds of an expression near an end of an integral or a sum. Trusted.

For a positive variable t and eps, :class:`Leading` finds a rational p and a ball B such that u(t)
lies in t^p B for every t in (0, eps]. Then the integral of u over (0, eps] lies in
B eps^(p+1)/(p+1) for p > -1 (mean value over a positive weight), and the sign of u is that of B.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, cast

import sympy as sp
from flint import acb, arb, fmpq, fmpz
from sympy import Basic, Expr, Symbol

from proofcheck.balls.ends import Form, at_an_end
from proofcheck.balls.forms import (
    ARGUMENTS,
    differentiate,
    exponent_of,
    exponentials,
    fresh,
    lowest,
    real_by_form,
    separate,
    tidied,
)
from proofcheck.balls.functions import (
    ONE,
    ZERO,
    Undefined,
    Unevaluable,
    Value,
    ball,
    contains_zero,
    disk,
    integer,
    interval,
    is_real,
    is_zero,
)

DERIVATIVES = 4  # order of vanishing that is looked for at an end


class Surroundings(Protocol):
    """The point at hand: evaluates expressions with further symbols bound to balls.

    ``strict``: some outer integration asks for holomorphy in its variable.
    """

    hints: dict[Basic, int]

    @property
    def strict(self) -> bool: ...

    def evaluate(
        self, expression: Basic, extra: Mapping[Basic, Value], *, holomorphic: bool | None = None
    ) -> Value: ...


def unit_interval_power(eps: arb, exponent: fmpq) -> acb:
    """Enclose t^exponent over (0, eps], for an exponent >= 0."""
    return acb(1) if exponent == 0 else acb(interval(arb(0), eps ** arb(exponent)))


class Leading:
    """Leading forms at t -> 0+, valid on all of (0, eps]."""

    def __init__(
        self, point: Surroundings, variable: Symbol, eps: fmpq, *, holomorphic: bool | None = None
    ) -> None:
        self.point = point
        self.holomorphic = holomorphic  # True: refuse what is only piecewise smooth
        self.variable = variable
        self.eps = arb(eps)
        self.box = acb(interval(arb(0), self.eps))
        self.known: dict[Basic, Form] = {}
        self.oscillates = False

    def evaluate(
        self, expression: Basic, extra: Mapping[Basic, Value], *, holomorphic: bool | None = None
    ) -> Value:
        """The value at the point, with further symbols bound."""
        asked = self.holomorphic if holomorphic is None else holomorphic
        return self.point.evaluate(expression, extra, holomorphic=asked)

    def integrate(self, expression: Expr) -> acb:
        """Enclose the integral of ``expression`` over (0, eps]."""
        p, b = self.form(expression)
        if p <= -1:
            raise Unevaluable("no integrable bound near an end of the integral")
        return b * self.eps ** arb(p + 1) / (p + 1)

    def form(self, expression: Expr) -> Form:
        """Return (p, B); raises Unevaluable if no finite B was found."""
        found = self.known.get(expression)
        if found is None:
            found = self.find(expression)
            if not found[1].is_finite():
                raise Unevaluable("no finite bound for {} near an end", expression)
            self.known[expression] = found
        return found

    def find(self, u: Expr) -> Form:
        t = self.variable
        if t not in u.free_symbols:
            return ZERO, ball(self.evaluate(u, {}))
        if u == t:
            return ONE, acb(1)
        if isinstance(u, sp.Add):
            return self.add(u)
        if isinstance(u, sp.Mul):
            return self.product(u.args)
        if isinstance(u, sp.exp) or (isinstance(u, sp.Pow) and u.base is sp.E):
            return self.exponential(u.args[-1])
        if isinstance(u, sp.Pow):
            try:
                return self.power(u.base, u.exp)
            except Unevaluable:
                return self.unfolded((u,))
        if isinstance(u, sp.Integral):
            return self.integral(u)
        if isinstance(u, sp.log):
            return self.logarithm(u.args[0])
        return self.function(u)

    def spread(self, form: Form) -> acb:
        """Enclose the values themselves, for p >= 0."""
        return form[1] * unit_interval_power(self.eps, form[0])

    def product(self, factors: Sequence[Expr]) -> Form:
        """A product, of what decays faster than something else grows too."""
        p, b = ZERO, acb(1)
        try:
            for factor in factors:
                q, c = self.form(factor)
                p, b = p + q, b * c
        except Unevaluable:
            return self.unfolded(factors)
        return p, b

    def unfolded(self, factors: Sequence[Expr]) -> Form:
        """The same product with the fastest exponential of each growing factor taken out.

        (exp(v) + rest)^k = exp(k v) (1 + rest exp(-v))^k for an integer k.
        """
        exponent, rest, taken = sp.S.Zero, [], False
        for factor in factors:
            if exponentials(factor, self.variable) == {factor}:
                exponent += exponent_of(factor)
                continue
            base, k = factor.as_base_exp() if factor.is_Pow else (factor, sp.S.One)
            found = self.growing(base) if isinstance(k, sp.Integer) else None
            if found is None:
                rest.append(factor)
            else:
                exponent, taken = exponent + k * found[0], True
                rest.append(found[1] ** k)
        if not taken:
            raise Unevaluable("no bound for {} near an end", sp.Mul(*factors))
        p, b = self.exponential(sp.expand(exponent))
        for factor in rest:
            q, c = self.form(factor)
            p, b = p + q, b * c
        return p, b

    def growing(self, base: Expr) -> tuple[Expr, Expr] | None:
        """Write ``base`` as exp(v) times what is known not to vanish, v growing; None if not."""
        if isinstance(base, sp.cosh | sp.sinh):
            base = base.rewrite(sp.exp)
        terms: list[tuple[Expr, Expr]] = []
        for term in sp.Add.make_args(sp.expand_mul(base)):
            parts = sp.Mul.make_args(term)
            powers = [f for f in parts if exponentials(f, self.variable) == {f}]
            v = sp.Add(*map(exponent_of, powers))
            terms.append((v, sp.Mul(*(f for f in parts if f not in powers))))
        for v, _ in terms:
            if self.variable not in v.free_symbols:
                continue
            p, b = self.form(sp.expand(v))
            if p < 0 and b.real > 0:
                rest = sp.Add(*(c * sp.exp(sp.expand(w - v)) for w, c in terms))
                try:
                    if not contains_zero(self.form(rest)[1]):
                        return v, rest
                except Unevaluable:
                    continue
        return None

    def add(self, u: Expr) -> Form:
        forms = [self.form(a) for a in u.args]
        p = min(q for q, _ in forms)
        total = acb(0)
        for q, b in forms:
            total += b * unit_interval_power(self.eps, q - p)
        if contains_zero(total) and p >= 0:
            vanishing = self.vanishing(u)
            if vanishing is not None and vanishing[0] > p:
                return vanishing
        return p, total

    def vanishing(self, u: Expr) -> Form | None:
        """u by Taylor's formula in t, or in the one exponential that it depends on."""
        tidy = cast(Expr, tidied(u, self.variable))
        if tidy.is_rational_function(self.variable):
            top, bottom, order = lowest(tidy, self.variable)
            below = self.evaluate(bottom, {self.variable: self.box})
            if order > 0 and not contains_zero(below):
                above = self.evaluate(top, {self.variable: self.box})
                return fmpq(order), ball(above) / ball(below)
        found = self.taylor(tidy, self.variable, self.box)
        if found is not None:
            return found
        generators = exponentials(tidy, self.variable)
        if len(generators) != 1:
            return None
        (generator,) = generators
        if generator == tidy:
            return None
        p, b = self.form(generator)
        inner = tidy.xreplace({generator: ARGUMENTS[-1]})
        if p <= 0 or self.variable in inner.free_symbols:
            return None
        box = (b * unit_interval_power(self.eps, p)).union(acb(0))
        found = self.taylor(inner, ARGUMENTS[-1], box)
        if found is None:
            return None
        n = int(found[0].p)
        return n * p, found[1] * b**n

    def taylor(self, u: Expr, y: Symbol, box: acb) -> Form | None:
        """u = y^n/n! (mean of the n-th derivative), if u and n-1 derivatives vanish at y = 0.

        The box is convex and contains 0 and y.
        """
        scale = ONE
        for n in range(DERIVATIVES + 1):
            derived = differentiate(u, ((y, sp.Integer(n)),))
            if derived is None:
                return None
            try:  # holomorphic: a smooth formula may hide a branch cut
                for k in range(n + 1):
                    part = cast(Expr, differentiate(u, ((y, sp.Integer(k)),)))
                    self.evaluate(part, {y: box}, holomorphic=True)
                over = ball(self.evaluate(derived, {y: box}, holomorphic=True))
                if not over.is_finite():
                    return None
                if n == DERIVATIVES or not is_zero(self.evaluate(derived, {y: ZERO})):
                    return fmpq(n), over * scale
            except (Undefined, Unevaluable):
                return None
            scale = scale / (n + 1)
        return None

    def power(self, base: Expr, exponent: Expr) -> Form:
        if self.variable in exponent.free_symbols:
            return self.exponential(exponent * sp.log(base))
        e = self.evaluate(exponent, {})
        p, b = self.form(base)
        if type(e) is not fmpq:
            if p == 0:
                return ZERO, self.apply(lambda x: x**exponent, b)
            # t^(pe) = t^q t^(pe-q) with a rational q just below Re pe: the rest is in a disk
            product = ball(e) * p
            q = fmpq(cast(Any, (product.real * 64 - 1).lower().floor().unique_fmpz()), 64)
            rest = disk((self.eps.log() * (product.real - arb(q))).exp())
            if is_real(e):
                rest = acb(interval(arb(0), rest.real.upper()))
            return q, rest * self.apply(lambda x: x**exponent, b)
        whole = integer(e)
        if (whole is None or whole < 0) and contains_zero(b):
            raise Unevaluable("{} may vanish near an end", base)
        return p * e, self.apply(lambda x: x**exponent, b)

    def apply(self, function: Callable[[Expr], Expr], value: acb) -> acb:
        """Return ``function`` of a ball, with all the checks of an ordinary evaluation."""
        return ball(self.evaluate(function(ARGUMENTS[0]), {ARGUMENTS[0]: value}))

    def exponential(self, v: Expr) -> Form:
        p, b = self.form(v)
        if p >= 0:
            return ZERO, self.spread((p, b)).exp()
        real_part = b.real
        if real_part.is_zero():
            self.oscillates = True
            return ZERO, disk(arb(1))
        if not real_part < 0:
            raise Unevaluable("exp({}) may grow without bound", v)
        # t^-k exp(-m t^p) increases on (0, eps] as long as k <= |p| m eps^p.
        m = -real_part.upper()
        height = m * self.eps ** arb(p)
        k = int(min((height * -p).lower().floor().unique_fmpz() or fmpz(0), fmpz(64)))
        bound = (-height).exp() * self.eps ** arb(-k)
        return fmpq(k), disk(bound, is_real=is_real(b))

    def logarithm(self, v: Expr) -> Form:
        p, b = self.form(v)
        if contains_zero(b):
            raise Unevaluable("{} may vanish near an end", v)
        value = self.apply(sp.log, b)
        if p == 0:
            vanishing = self.vanishing(sp.log(v)) if contains_zero(value) else None
            return vanishing or (ZERO, value)
        depth = -self.eps.log()  # |log t| t^delta increases on (0, eps] if eps <= e^(-1/delta)
        for inverse in (64, 32, 16, 8, 4, 2):
            if depth > inverse:
                delta = fmpq(1, inverse)
                edge = self.eps ** arb(delta)
                logs = acb(interval(-depth * edge, arb(0)))
                return -delta, logs * p + value * unit_interval_power(self.eps, delta)
        raise Unevaluable("eps is too large for a logarithm")

    def function(self, u: Expr) -> Form:
        """A named function: its value on the box, its order of vanishing, or a known bound."""
        if isinstance(u, sp.Piecewise):
            return self.form(self.branch(u))
        forms = [self.form(cast(Expr, a)) for a in u.args]
        if isinstance(u, sp.Abs | sp.sign | sp.Heaviside) and not contains_zero(forms[0][1]):
            p, b = forms[0]
            return (p if isinstance(u, sp.Abs) else ZERO), self.apply(u.func, b)
        special = at_an_end(self, u, forms)
        if special is not None:
            return special
        if all(p >= 0 for p, _ in forms):
            symbols = ARGUMENTS[: len(forms)]
            value = self.evaluate(
                u.func(*symbols), dict(zip(symbols, map(self.spread, forms), strict=True))
            )
            if contains_zero(value):
                vanishing = self.vanishing(u)
                if vanishing is not None:
                    return vanishing
            return ZERO, ball(value)
        raise Unevaluable(f"no bound for {u.func} near an end")

    def branch(self, u: Expr) -> Expr:
        """The branch of a Piecewise that holds on all of (0, eps]."""
        for value, test in u.args:
            if test == sp.true:
                return cast(Expr, value)
            if not isinstance(test, sp.core.relational._Inequality):
                break
            _, b = self.form(test.gts - test.lts)
            if not is_real(b) or contains_zero(b):
                break
            if b.real > 0:
                return cast(Expr, value)
        raise Unevaluable("a Piecewise is undecided near an end")

    def integral(self, u: Expr) -> Form:
        """Bound an inner integral whose integrand is (t-part)(y-part) over any real limits."""
        body, limits = cast(Expr, u.args[0]), u.args[1]
        if len(u.args) != 2 or self.point.strict:
            raise Unevaluable("no bound for a nested integral near an end")
        y = limits[0]
        outer, inner = separate(body, y, self.variable)
        for end in limits[1:]:
            if end not in (sp.oo, -sp.oo) and not is_real(self.form(end)[1]):
                raise Unevaluable("complex limits near an end")
        total = arb(0)
        for side in (1, -1):
            reaches = [self.reach(side * end) for end in limits[1:]]
            far = None
            if reaches[0] is not None and reaches[1] is not None:
                far = reaches[0].max(reaches[1])
            total += self.half_line(inner.subs(y, side * y), y, far)
        p, b = self.form(outer)
        return p, b * disk(total, is_real=real_by_form(inner, {y: ONE}))

    def reach(self, end: Expr) -> arb | None:
        """An upper bound of a limit over (0, eps], None for none."""
        if end is sp.oo:
            return None
        if end is -sp.oo:
            return arb(0)
        p, b = self.form(end)
        if p >= 0:
            return self.spread((p, b)).real.upper()
        return arb(0) if b.real <= 0 else None

    def half_line(self, h: Expr, y: Symbol, reach: arb | None) -> arb:
        """Bound the integral of |h| over [0, reach]."""
        steps, end = 64, arb(8) if reach is None else reach
        if not end > 0:
            return arb(0)
        total = arb(0)
        for i in range(steps):
            piece = acb(interval(end * i / steps, end * (i + 1) / steps))
            total += abs(ball(self.evaluate(h, {y: piece}))).upper() * end / steps
        if reach is None:
            t = fresh(h)
            tail = Leading(self.point, t, fmpq(1, 8)).form(h.subs(y, 1 / t) / t**2)
            if tail[0] <= -1:
                raise Unevaluable("no integrable bound for an inner integral")
            total += abs(tail[1]) * arb(fmpq(1, 8)) ** arb(tail[0] + 1) / (tail[0] + 1)
        return total
