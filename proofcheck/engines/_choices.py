"""Chooses a rewrite for one atom: towards exponentials, powers, logarithms, gammas.  Untrusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr, I, Integer, Pow, Rational, S, exp, log

from proofcheck.engines._elliptic import complete, incomplete
from proofcheck.engines._half_planes import separate
from proofcheck.engines._sequences import SEQUENCES, known_products, known_sums
from proofcheck.engines._series import hypergeometric
from proofcheck.identities import orthogonality
from proofcheck.identities.equations import negative, nonnegative, nonzero, positive, real

if TYPE_CHECKING:
    from proofcheck.engines._rewriting import Quotient, Rewriter

EXPONENTIAL = (
    sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc,
    sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch,
)  # fmt: skip


def choose(rewriter: Rewriter, atom: Expr) -> None:
    """Apply the first rule that fits ``atom``, if any does."""
    if atom is I:
        return
    if isinstance(atom, exp):
        return
    if isinstance(atom, Pow):
        _power(rewriter, atom)
        return
    if isinstance(atom, log):
        _logarithm(rewriter, atom)
        return
    multiple = isinstance(atom, sp.sin) and atom.has(sp.acos)
    if multiple and rewriter.apply("sine of a multiple of an arccosine", atom) is not None:
        return
    if isinstance(atom, EXPONENTIAL):
        rewriter.apply("exponential form", atom)
        return
    if isinstance(atom, sp.elliptic_k) or (isinstance(atom, sp.elliptic_e) and not atom.args[1:]):
        complete(rewriter, atom)
        return
    rule = SIMPLE.get(atom.func)
    if rule is not None:
        for name, arguments in rule(atom):
            if rewriter.apply(name, *arguments) is not None:
                return


def _itself(*names: str) -> Any:
    return lambda atom: [(name, (atom,)) for name in names]


def _modulus(atom: Expr) -> list[tuple[str, tuple[Any, ...]]]:
    return [
        ("modulus of a real number", (atom, 1)),
        ("modulus of a real number", (atom, -1)),
        ("modulus of a product", (atom,)),
        ("modulus of a power of a positive number", (atom,)),
        ("square of a modulus", (atom,)),
    ]


def _binomial(atom: Expr) -> list[tuple[str, tuple[Any, ...]]]:
    n, k = atom.args
    return [
        ("binomial outside of the triangle", (n, k)),
        ("binomial by gammas", (n, k)),
        ("binomial by falling factorial", (n, k)),
    ]


def _bessel(atom: Expr) -> list[tuple[str, tuple[Any, ...]]]:
    order = atom.args[0]
    if not (order.is_Rational and order.q == 2):
        return []
    return [
        ("Bessel function of half order", (atom,)),
        ("Bessel recurrence", (atom, -1 if order > 0 else 1)),
    ]


def _lambert(atom: Expr) -> list[tuple[str, tuple[Any, ...]]]:
    inside = sp.Mul.make_args(atom.args[0])
    found = [("inverse of Lambert's function", (f.exp,)) for f in inside if isinstance(f, exp)]
    logs = [("inverse of Lambert's function", (f,)) for f in inside if isinstance(f, log)]
    return [*found, *logs]


def _zeta(atom: Expr) -> list[tuple[str, tuple[Any, ...]]]:
    if len(atom.args) == 2 and atom.args[1] == S.Half:
        return [("Hurwitz zeta at one half", (atom.args[0],))]
    if len(atom.args) == 2 and all(a.is_Rational for a in atom.args):
        return [("Hurwitz zeta by polygamma", atom.args)]
    if len(atom.args) == 2 and atom.args[1].is_Rational and atom.args[1] > 1:
        return [("Hurwitz zeta shift downwards", (*atom.args, sp.ceiling(atom.args[1]) - 1))]
    return [("Riemann zeta", (atom.args[0],))] if atom.args[1:] == (1,) else []


def _integral(atom: Expr) -> list[tuple[str, tuple[Any, ...]]]:
    found = orthogonality.proposals(atom) if len(atom.limits[0]) == 3 else iter(())
    return [("empty integral", (atom,)), *((name, (atom, *rest)) for name, rest in found)]


SIMPLE: dict[type, Any] = {
    sp.digamma: lambda a: [("digamma", (a,))],
    sp.trigamma: lambda a: [("digamma", (a,))],
    sp.Derivative: _itself("derivative", "derivative of any order"),
    sp.Subs: _itself("derivative at a point"),
    **SEQUENCES,
    sp.Sum: known_sums,
    sp.hyper: hypergeometric,
    sp.Product: known_products,
    sp.Integral: _integral,
    sp.Abs: _modulus,
    sp.re: _itself("real part"),
    sp.im: _itself("imaginary part"),
    sp.conjugate: _itself("conjugate of a real number", "conjugate", "conjugate across the cut"),
    sp.sign: lambda a: [*(("sign of a real number", (a, v)) for v in (1, -1, 0)), ("sign", (a,))],
    sp.arg: lambda a: [("argument", (a, 0)), ("argument", (a, 1)), ("argument by logarithm", (a,))],
    sp.atan2: lambda a: [("two-argument arctangent", (a, case)) for case in (1, 2, 3, 4, 5)],
    **dict.fromkeys(
        (sp.Max, sp.Min),
        lambda a: [*(("extremum", (a, b)) for b in a.args), ("extremum by modulus", (a,))],
    ),
    sp.Heaviside: lambda a: [
        *(("Heaviside's step", (a, v)) for v in (1, 0)),
        ("Heaviside's step at zero", (a,)),
    ],
    sp.Piecewise: lambda a: [("branch", (a, i)) for i in range(len(a.args))],
    **dict.fromkeys((sp.floor, sp.ceiling), lambda a: [("integer part", (a, a.args[0]))]),
    **dict.fromkeys((sp.Mod, sp.frac), _itself("remainder")),
    sp.KroneckerDelta: lambda a: [("Kronecker delta", (a, 1)), ("Kronecker delta", (a, 0))],
    **dict.fromkeys((sp.elliptic_e, sp.elliptic_f), incomplete),
    sp.elliptic_pi: _itself("elliptic integral of the third kind"),
    sp.factorial: lambda a: [("factorial", a.args)],
    sp.binomial: _binomial,
    sp.RisingFactorial: lambda a: [("rising factorial by gammas", a.args)],
    sp.FallingFactorial: lambda a: [("falling factorial", a.args)],
    sp.beta: lambda a: [("beta", a.args)],
    sp.harmonic: lambda a: [("harmonic number", a.args)] if len(a.args) == 1 else [],
    sp.zeta: lambda a: _zeta(a),
    sp.stieltjes: lambda a: (
        [("Stieltjes constant of order zero", a.args[1:])]
        if a.args[0] == 0
        else [("Stieltjes constant at one half", a.args[:1])]
        if a.args[1:] == (S.Half,)
        else []
    ),
    sp.erfc: lambda a: [("complementary error function", a.args)],
    sp.li: lambda a: [("logarithmic integral", a.args)],
    sp.polylog: lambda a: [("polylogarithm of low order", a.args)],
    **dict.fromkeys((sp.besselj, sp.bessely, sp.besseli, sp.besselk), _bessel),
    **dict.fromkeys(
        (sp.chebyshevt, sp.chebyshevu),
        _itself("Chebyshev polynomial at the ends", "Chebyshev polynomial of another"),
    ),
    sp.GoldenRatio.__class__: lambda a: [("golden ratio", ())],
    **dict.fromkeys((sp.fibonacci, sp.lucas), _itself("Binet's formula")),
    sp.LambertW: _lambert,
    sp.sinc: lambda a: [("cardinal sine", a.args), ("cardinal sine at zero", a.args)],
    **dict.fromkeys(
        (sp.acot, sp.asec, sp.acsc, sp.acoth, sp.asech, sp.acsch),
        _itself("inverse function of a reciprocal"),
    ),
    **dict.fromkeys(
        (sp.asin, sp.acos, sp.atan, sp.asinh, sp.acosh, sp.atanh),
        _itself("inverse function of its function"),
    ),
}


def integer_factors(number: Rational) -> list[tuple[Integer, int]]:
    """Return the primes of a positive rational number with their exponents."""
    found = dict(sp.factorint(int(number.p), limit=10**5))
    for prime, count in sp.factorint(int(number.q), limit=10**5).items():
        found[prime] = found.get(prime, 0) - count
    return [(Integer(p), n) for p, n in sorted(found.items()) if p != 1]


def _power(rewriter: Rewriter, atom: Pow) -> None:
    base, exponent = atom.base, atom.exp
    if base == 0:
        rewriter.apply("power of zero", exponent)
        return
    if isinstance(base, Rational):
        _rational_power(rewriter, base, exponent)
        return
    if isinstance(base, Pow | exp):
        inner = (base.base, base.exp) if isinstance(base, Pow) else (S.Exp1, base.exp)
        if rewriter.apply("power of a power", *inner, exponent) is not None:
            return
    if (
        not base.free_symbols
        and base.has(I)
        and rewriter.apply("power as an exponential", base, exponent) is not None
    ):
        return
    if isinstance(base, sp.Mul) and exponent == S.Half and len(base.args) == 2:
        z = base.args[0]
        if base.args[1] == sp.conjugate(z) and rewriter.apply("root of a squared modulus", z):
            return
    if base.is_Symbol:
        if rewriter.evident(negative(base)):
            rewriter.apply("power of a negative number", base, exponent)
        return
    _factored_power(rewriter, atom)


def _rational_power(rewriter: Rewriter, base: Rational, exponent: Expr) -> None:
    if base < 0:
        rewriter.apply("power of a negative number", base, exponent)
        return
    factors = integer_factors(base)
    if len(factors) == 1 and factors[0][1] == 1:
        return
    flat: list[Any] = [part for pair in factors for part in pair]
    rewriter.apply("power of a product", base, exponent, S.One, *flat)


def split(
    rewriter: Rewriter, quotient: Quotient, roots: bool = False
) -> tuple[list[tuple[Expr, int]], Expr] | None:
    """Return a fraction's evidently positive factors with exponents, and the rest.

    With ``roots``, factors that are real squares count by their absolute value.
    """
    from proofcheck.engines._rewriting import expression_of, rational

    found: list[tuple[Expr, int]] = []
    rest: list[Expr] = []
    try:
        up, above = quotient.numerator.factor()
        down, below = quotient.denominator.factor()
    except (RuntimeError, ValueError):
        return None
    content = rational(up) / rational(down)
    sign = 1 if content > 0 else -1
    found += integer_factors(sign * content)
    pieces = [(f, int(n)) for f, n in above] + [(f, -int(n)) for f, n in below]
    for polynomial, count in pieces:
        factor = expression_of(polynomial, quotient.atoms)
        if rewriter.evident(positive(factor)):
            found.append((factor, count))
        elif rewriter.evident(negative(factor)):
            found.append((-factor, count))
            sign *= (-1) ** abs(count)
        elif roots and count > 0 and rewriter.evident(nonnegative(factor)):
            found.append((factor, count))
        elif roots and count > 0 and rewriter.evident(nonnegative(-factor)):
            found.append((-factor, count))
            sign *= (-1) ** abs(count)
        elif (
            count % 2 == 0
            and rewriter.evident(real(factor))
            and ((roots and count > 0) or rewriter.evident(nonzero(factor)))
        ):
            found.append((sp.Abs(factor), count))
        else:
            rest.append(Pow(factor, count))
    return found, sign * sp.Mul(*rest)


def _factored_power(rewriter: Rewriter, atom: Pow) -> None:
    base, exponent = atom.base, atom.exp
    if isinstance(base, sp.Mul) and exponent.is_integer and not exponent.is_Rational:
        pairs = base.as_powers_dict()
        flat = [part for pair in pairs.items() for part in pair]
        if all(count.is_Integer for count in pairs.values()) and rewriter.apply(
            "integer power of a product", base, exponent, *flat
        ):
            return
    quotient = rewriter.fraction(base)
    if quotient is None or not quotient.numerator:
        return
    if exponent.is_integer and _integer_power(rewriter, atom, quotient):
        return
    square = pythagorean(base)
    if square is not None and rewriter.apply("equal arguments", atom, square, exponent):
        return
    parts = split(rewriter, quotient, bool(exponent.is_Rational and exponent > 0))
    if parts is None:
        return
    plain = quotient.expression
    if (
        plain != base
        and (plain.is_Atom or isinstance(plain, sp.Function | Pow))
        and rewriter.apply("equal arguments", atom, plain, exponent) is not None
    ):
        return
    factors, rest = parts
    if factors and not (len(factors) == 1 and factors[0] == (base, 1)):
        flat = [part for pair in factors for part in pair]
        if rewriter.apply("power of a product", base, exponent, rest, *flat) is not None:
            return
    if not factors and rest != base and rest == -base and rewriter.evident(negative(base)):
        rewriter.apply("power of a negative number", base, exponent)
        return
    if separate(rewriter, "power of two factors", (base, exponent), quotient):
        return
    if rewriter.turning and isinstance(base, sp.Mul) and len(base.args) == 2:
        rewriter.apply("power of two factors with a turn", base, exponent, *base.args)


def pythagorean(expression: Expr) -> Expr | None:
    """Return a polynomial in one angle's sine and cosine as a power of one of them, if it is one.

    ``1 - cos(x)**2 = sin(x)**2``: the root of the square is then found by its sign.
    """
    angles = {function.args[0] for function in expression.atoms(sp.sin, sp.cos)}
    if len(angles) != 1:
        return None
    (angle,) = angles
    sine, cosine = sp.sin(angle), sp.cos(angle)
    if not expression.is_polynomial(sine, cosine):
        return None
    for kept, gone in ((sine, cosine), (cosine, sine)):
        reduced = sp.rem(expression, gone**2 + kept**2 - 1, gone)
        factor, rest = sp.factor_terms(sp.expand(reduced)).as_independent(kept, as_Add=False)
        if rest.as_base_exp()[0] == kept and not factor.has(gone) and reduced != expression:
            found: Expr = factor * rest
            return found
    return None


def _integer_power(rewriter: Rewriter, atom: Pow, quotient: Quotient) -> bool:
    from proofcheck.engines._rewriting import expression_of, rational

    content, above = quotient.numerator.factor()
    lower, below = quotient.denominator.factor()
    number = rational(content) / rational(lower)
    pieces = [(expression_of(f, quotient.atoms), int(n)) for f, n in above]
    pieces += [(expression_of(f, quotient.atoms), -int(n)) for f, n in below]
    for position, (factor, count) in enumerate(pieces):
        if rewriter.evident(negative(factor)):  # 1 - c is not to be spelled c - 1
            pieces[position] = (-factor, count)
            number *= (-1) ** abs(count)
    factors: list[tuple[Expr, int]] = integer_factors(abs(number))
    if number < 0:
        factors.append((S.NegativeOne, 1))
    factors += pieces
    if len(factors) < 2 and all(count == 1 for _, count in factors):
        return False
    flat = [part for pair in factors for part in pair]
    done = rewriter.apply("integer power of a product", atom.base, atom.exp, *flat)
    return done is not None


def _logarithm(rewriter: Rewriter, atom: Expr) -> None:
    argument = atom.args[0]
    if (
        isinstance(argument, exp)
        and rewriter.apply("logarithm of an exponential", argument.exp) is not None
    ):
        return
    if (
        isinstance(argument, Pow)
        and not argument.exp.is_Integer
        and rewriter.apply("logarithm of a power", argument.base, argument.exp) is not None
    ):
        return
    if (
        isinstance(argument, Pow)
        and argument.exp == -1
        and rewriter.apply("logarithm of a power", argument.base, argument.exp) is not None
    ):
        return
    if isinstance(argument, sp.Abs) and not rewriter.evident(real(argument.args[0])):
        rewriter.apply("logarithm of a modulus", atom)
        return
    if argument.is_Symbol:
        if rewriter.evident(negative(argument)):
            rewriter.apply("logarithm of a negative number", argument)
        return
    written = [factor.as_base_exp() for factor in sp.Mul.make_args(argument)]
    if len(written) > 1 and all(n.is_Integer and rewriter.evident(positive(b)) for b, n in written):
        flat = [part for pair in written for part in pair]
        if rewriter.apply("logarithm of a product", argument, S.One, *flat) is not None:
            return
    quotient = rewriter.fraction(argument)
    if quotient is None or not quotient.numerator:
        return
    parts = split(rewriter, quotient)
    if parts is None:
        return
    factors, rest = parts
    flat = [part for pair in factors for part in pair]
    if not factors:
        separate(rewriter, "logarithm of two factors", (argument,), quotient)
    elif not (len(factors) == 1 and factors[0] == (argument, 1)):
        rewriter.apply("logarithm of a product", argument, rest, *flat)
