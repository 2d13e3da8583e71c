"""The engines in the order in which the checker tries them, cheapest first."""

from __future__ import annotations

from proofcheck.engines.base import Engine, Refuter
from proofcheck.engines.cas import Simplify
from proofcheck.engines.case_split import CaseSplit
from proofcheck.engines.changes import ChangesOfVariable
from proofcheck.engines.citing import KnownInequalities
from proofcheck.engines.constancy import Constancy
from proofcheck.engines.derivative_orders import InductionOnOrder
from proofcheck.engines.derivatives import EndDerivatives
from proofcheck.engines.direct import Direct
from proofcheck.engines.elimination import VariablesGivenByEquations
from proofcheck.engines.exponents import Exponents
from proofcheck.engines.factors import Factors
from proofcheck.engines.formal_sums import FormalSums
from proofcheck.engines.induction import InductionOnIntegers
from proofcheck.engines.integrals import Integrals
from proofcheck.engines.limits import LimitPoints, LimitValues
from proofcheck.engines.nonvanishing import Nonvanishing
from proofcheck.engines.normal_form import NormalForm
from proofcheck.engines.pattern_search import PatternSearch
from proofcheck.engines.polynomial import PolynomialInequalities
from proofcheck.engines.quantified import QuantifiedAssumptions
from proofcheck.engines.real_arithmetic import RealArithmetic, RealModels
from proofcheck.engines.special_cases import SpecialCases
from proofcheck.engines.special_points import SpecialPoints
from proofcheck.engines.subdivision import Subdivision
from proofcheck.engines.termwise import TermByTerm

ENGINES: tuple[Engine, ...] = (
    Direct(),
    NormalForm(),
    ChangesOfVariable(),
    KnownInequalities(),
    Subdivision(),
    VariablesGivenByEquations(),
    Nonvanishing(),
    QuantifiedAssumptions(),
    FormalSums(),
    TermByTerm(),
    Exponents(),
    RealArithmetic(),
    EndDerivatives(),
    CaseSplit(),
    Factors(),
    PolynomialInequalities(),
    InductionOnIntegers(),
    InductionOnOrder(),
    Constancy(),
    Integrals(),
    SpecialCases(),
    LimitValues(),
    Simplify(),
)
FIRST_ENGINE = ENGINES[0]
FIRST_REFUTER: Refuter = SpecialPoints(points=16, edges=False)
SPECIAL_POINTS: Refuter = SpecialPoints()
REFUTERS: tuple[Refuter, ...] = (SPECIAL_POINTS, RealModels(), PatternSearch(), LimitPoints())
