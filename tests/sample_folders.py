"""Small claims folders for the tests of collection, running and the command line."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

HEADER = """
from sympy import Function, Reals, pi
from proofcheck import claim, forall
from proofcheck import Equal

"""


def write(folder: Path, modules: dict[str, str]) -> Path:
    """Write ``modules`` (``"assignment/name"`` -> text below the imports) and return ``folder``."""
    for name, text in modules.items():
        file = folder / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HEADER + dedent(text), encoding="utf-8")
    return folder


def statement(name: str, body: str = "return Equal(x, x + 0)", decoration: str = "") -> str:
    """Return the text of one claim about a real x."""
    return f'@claim("line 1"{decoration})\n@forall(x=Reals)\ndef {name}(x):\n    {body}\n\n\n'
