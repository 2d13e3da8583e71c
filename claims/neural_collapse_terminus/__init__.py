r"""Assignment 3 of "Advanced Topics in Machine Learning": the proof of neural collapse terminus.

R. Vigneswaran's slides on the theorem that the minimisers of the cross entropy loss against a fixed
simplex equiangular tight frame are its prototypes.  The modules follow the slides; every
printed assertion is a claim as it is printed, and beside each false one stands its repair.
"""
