"""Every public name is documented with an example, and the examples are right."""

import doctest
import importlib
import subprocess
import sys

import pytest

import proofcheck


@pytest.mark.parametrize("name", proofcheck.__all__)
def test_public_names_have_examples_that_run(name: str) -> None:
    thing = getattr(proofcheck, name)
    module = importlib.import_module(thing.__module__)
    finder = doctest.DocTestFinder(recurse=False)
    (test,) = finder.find(thing, name, module=module, globs=dict(vars(module)))
    assert test.examples, f"{name} has no example"
    failed, _ = doctest.DocTestRunner().run(test)
    assert failed == 0


def test_the_package_can_be_imported_without_sympy() -> None:
    code = "import proofcheck, sys; print('sympy' in sys.modules, proofcheck.__all__ != [])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_names_survive_the_import_of_their_modules() -> None:
    code = (
        "import proofcheck.claims, proofcheck.checker\n"
        "from proofcheck import claim, calc, forall\n"
        "print(callable(claim), callable(calc), callable(forall))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True"]


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'prove_everything'"):
        _ = proofcheck.prove_everything
