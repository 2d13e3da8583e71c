r"""Problem 2, the definition of the composition kernel $k^{(\ell)}$."""

from claims.problem_set_3._collapse import Shape
from claims.problem_set_3.problem_2_1_polynomial_kernel import polynomial_composition
from proofcheck import Equal, claim, forall, integers


@claim("Problem 2, repeated feature map: a matrix for each layer", ref="ps3-2-comp")
@forall(d=integers(1), h=integers(1), g=integers(1))
def one_matrix_for_each_layer(d, h, g):
    r"""$\sigma(W'\sigma(Wx))$ with $W'\in\mathbb R^{g\times h}$, $W\in\mathbb R^{h\times d}$
    has $g$ entries.
    """
    output = Shape(g, h) * (Shape(h, d) * Shape(d, 1))
    return Equal(output.rows * output.columns, g)


@claim("Problem 2, repeated feature map", ref="ps3-2-comp",
       expect="ill-typed", corrected_by=polynomial_composition)  # fmt: skip
@forall(d=integers(1), h=integers(1))
def same_feature_map_twice(d, h):
    r"""As printed, $\Phi(\Phi(x))$ with one $\Phi(x) = \sigma(Wx)$, $W\in\mathbb R^{h\times
    d}$, needs $h = d$.

    $\Phi$ maps $\mathbb R^d$ to another space.  The definition makes sense for kernels that are
    functions of inner products or distances, which are defined in every dimension.
    """
    features = Shape(h, d) * Shape(d, 1)
    twice = Shape(h, d) * features
    return Equal(twice.rows, h)
