"""The template behind ``new``: one claim module that runs at once and comes out undecided."""

from __future__ import annotations

from keyword import iskeyword
from pathlib import Path

from proofcheck.errors import UsageError

PACKAGE = '''"""TODO: name the document that these claims check: author, title, edition, pages."""
'''

MODULE = '''r"""TODO: say which step of the document this is, and quote it as printed."""

from sympy import Function, Reals

from proofcheck import Equal, claim, forall

# TODO: put the two sides of the statement in place of these undefined functions.
lhs = Function("lhs")
rhs = Function("rhs")


@claim("TODO: page, equation or step of the document")
@forall(x=Reals)
def {name}(x):
    r"""TODO: the statement in words."""
    return Equal(lhs(x), rhs(x))
'''


def create(folder: Path, identifier: str) -> Path:
    """Write a new claim module for ``ASSIGNMENT/CLAIM`` into ``folder`` and return its path.

    Raises:
        UsageError: a name that cannot be one, or a module that is there already.
    """
    assignment, slash, name = identifier.partition("/")
    if not slash:
        raise UsageError(f"write ASSIGNMENT/CLAIM, for instance my_proof/{identifier}")
    for kind, word in (("assignment", assignment), ("claim", name)):
        if not word.isidentifier() or iskeyword(word) or word.startswith("_"):
            raise UsageError(
                f"{word!r} cannot be the name of a{'n' * (kind == 'assignment')} {kind}: write "
                "letters, digits and underscores, a letter first, for instance closed_form"
            )
    module = folder / assignment / f"{name}.py"
    if module.exists():
        raise UsageError(f"{module} is there already; nothing was written")
    module.parent.mkdir(parents=True, exist_ok=True)
    package = module.parent / "__init__.py"
    if not package.exists():
        package.write_text(PACKAGE, encoding="utf-8")
    module.write_text(MODULE.format(name=name), encoding="utf-8")
    return module
