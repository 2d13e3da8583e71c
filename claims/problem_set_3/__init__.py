"""Problem Set 3 (deep networks, kernels, neural collapse), due Nov 15 2022: a checked solution.

Every assertion of the set is a claim under its printed form; where that is false, ill-typed or
silent about a condition, the repaired claim stands beside it.  The modules follow the document:
Problem 1 (gradient flow of deep ReLU networks), Problem 2 (composition and arc-cosine kernels),
Problem 3 (neural collapse from least squares).
"""
