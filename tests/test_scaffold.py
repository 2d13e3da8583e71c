"""The template behind `new`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from proofcheck import scaffold
from proofcheck.errors import UsageError


def test_it_writes_a_module_and_asks_for_the_document(tmp_path: Path) -> None:
    module = scaffold.create(tmp_path / "claims", "essay/closed_form")
    assert module == tmp_path / "claims" / "essay" / "closed_form.py"
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert "closed_form" in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert "name the document" in (module.parent / "__init__.py").read_text(encoding="utf-8")


def test_a_second_claim_leaves_the_folder_as_it_is(tmp_path: Path) -> None:
    scaffold.create(tmp_path, "essay/first")
    (tmp_path / "essay" / "__init__.py").write_text('"""An essay."""\n', encoding="utf-8")
    scaffold.create(tmp_path, "essay/second")
    assert (tmp_path / "essay" / "__init__.py").read_text(encoding="utf-8") == '"""An essay."""\n'


def test_it_never_overwrites(tmp_path: Path) -> None:
    module = scaffold.create(tmp_path, "essay/first")
    module.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already; nothing was written"):
        scaffold.create(tmp_path, "essay/first")
    assert module.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("identifier", "complaint"),
    [
        ("closed_form", "write ASSIGNMENT/CLAIM, for instance my_proof/closed_form"),
        ("essay/2nd", "'2nd' cannot be the name of a claim"),
        ("my-essay/first", "'my-essay' cannot be the name of an assignment"),
        ("essay/_first", "'_first' cannot be the name of a claim"),
        ("essay/lambda", "'lambda' cannot be the name of a claim"),
        ("../essay/first", "'..' cannot be the name of an assignment"),
        ("essay/a/b", "'a/b' cannot be the name of a claim"),
        ("essay/", "'' cannot be the name of a claim"),
    ],
)
def test_impossible_names(tmp_path: Path, identifier: str, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        scaffold.create(tmp_path, identifier)
    assert complaint in str(caught.value)
    assert list(tmp_path.iterdir()) == []
