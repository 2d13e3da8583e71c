"""Finding claims in a folder of assignments, and understanding which ones a user means."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from sample_folders import statement, write

from proofcheck import collector, selection
from proofcheck.errors import UsageError
from proofcheck.record import Record


@pytest.fixture(autouse=True)
def _unchanged_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(
        tmp_path / "claims",
        {
            "essay/_definitions": statement("hidden"),
            "essay/b_second": "from claims.essay.a_first import zebra\n"
            + statement("sum_one", decoration=', ref="e-1", uses=[zebra]'),
            "essay/a_first": statement("zebra", decoration=', ref="e-0"')
            + statement("apple")
            + "same_claim = apple\n",
            "thesis/only": "from claims.essay.b_second import sum_one\n"
            + statement("sum_two", decoration=", uses=[sum_one]"),
        },
    )


@pytest.fixture
def blanks(folder: Path) -> list[Record]:
    return [one.blank for one in collector.collect(folder).claims]


def errors(folder: Path) -> list[str]:
    return [str(error) for error in collector.collect(folder).errors]


def test_claims_come_in_document_order_and_once(blanks: list[Record]) -> None:
    found = [blank.id for blank in blanks]
    assert found == ["essay/zebra", "essay/apple", "essay/sum_one", "thesis/sum_two"]


def test_a_blank_record_says_where_the_claim_is(blanks: list[Record]) -> None:
    blank = blanks[2]
    assert (blank.ref, blank.source, blank.uses) == ("e-1", "line 1", ("essay/zebra",))
    assert blank.file == os.path.join("claims", "essay", "b_second.py")
    text = Path(blank.file).read_text(encoding="utf-8").splitlines()
    assert text[blank.line - 1].startswith("@claim")
    assert blank.verdict == "undecided"


def test_only_the_assignments_asked_for_are_imported(folder: Path) -> None:
    write(folder, {"broken/bad": "import no_such_module\n"})
    assert errors(folder) != []
    collection = collector.collect(folder, ["essay"])
    assert collection.errors == ()
    assert {one.assignment for one in collection.claims} == {"essay"}


def test_used_claims_follow(folder: Path) -> None:
    claims = collector.collect(folder).claims
    found = [one.id for one in collector.with_uses(claims[-1:])]
    assert found == ["thesis/sum_two", "essay/sum_one", "essay/zebra"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "import no_such_module\n",
            "line 6: ModuleNotFoundError: No module named 'no_such_module'",
        ),
        ("def f(:\n", "line 6: SyntaxError: invalid syntax"),
        ("import sys; sys.exit(4)\n", "line 6: SystemExit: 4"),
        ("1 / 0\n", "line 6: ZeroDivisionError: division by zero"),
        ("@claim('x')\ndef f(x): ...\n", "ClaimError: f uses x without a domain"),
        ("raise KeyboardInterrupt\n", None),
    ],
)
def test_a_module_that_cannot_be_imported(folder: Path, text: str, complaint: str | None) -> None:
    write(folder, {"essay/c_bad": text})
    if complaint is None:
        with pytest.raises(KeyboardInterrupt):
            collector.collect(folder)
        return
    collection = collector.collect(folder)
    assert len(collection.claims) == 4
    assert len(collection.errors) == 1
    message = str(collection.errors[0])
    assert message.startswith(os.path.join("claims", "essay", "c_bad.py"))
    assert complaint in message


def test_an_error_in_shared_notation_is_told_once_and_where_it_is(folder: Path) -> None:
    write(folder, {"essay/__init__": "undefined_name\n"})
    (message,) = errors(folder)[:1]
    assert "__init__.py, line 6: NameError" in message
    assert len([one for one in errors(folder) if "essay" in one]) == 1


def test_two_claims_of_one_name(folder: Path) -> None:
    write(folder, {"essay/c_again": statement("apple")})
    (message,) = errors(folder)
    assert message.startswith("two claims are called essay/apple: claims/essay/a_first.py, line")
    assert message.endswith("; rename one of them")


def test_a_claim_that_would_get_lost(folder: Path) -> None:
    write(folder, {"essay/c_again": statement("same") + statement("same")})
    (message,) = errors(folder)
    assert "c_again.py: same is defined on lines 8 and 14; rename one of them" in message


def test_what_the_modules_print_goes_to_stderr(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, {"essay/c_prints": "print('hello')\n"})
    collector.collect(folder)
    assert capsys.readouterr() == ("", "hello\n")


def test_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = write(tmp_path / "my proofs", {"homework-3/x": statement("step")})
    assert [one.id for one in collector.collect(folder).claims] == ["homework-3/step"]


@pytest.mark.parametrize("name", ["json", "sympy"])
def test_a_folder_named_like_a_module_in_use(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / name, {"essay/x": statement("step")})
    with pytest.raises(UsageError, match=f"a Python module is called '{name}' too"):
        collector.collect(folder)


def test_a_package_with_a_file_of_its_own(tmp_path: Path) -> None:
    folder = write(tmp_path / "claims", {"essay/x": statement("step"), "__init__": ""})
    assert [one.id for one in collector.collect(folder).claims] == ["essay/step"]


def test_names_with_dots_cannot_be_imported(tmp_path: Path) -> None:
    folder = write(tmp_path / "claims", {"essay/x": statement("step")})
    (folder / "v1.2").mkdir()
    (folder / "v1.2" / "y.py").write_text("", encoding="utf-8")
    assert "Python cannot import 'v1.2', a name with a dot in it" in errors(folder)[0]


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no folder .*nowhere; name the folder"):
        collector.collect(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (["essay/apple"], ["apple"]),
        (["essay"], ["zebra", "apple", "sum_one"]),
        (["essay/"], ["zebra", "apple", "sum_one"]),
        (["claims/essay"], ["zebra", "apple", "sum_one"]),
        (["claims"], ["zebra", "apple", "sum_one", "sum_two"]),
        (["claims/essay/a_first.py"], ["zebra", "apple"]),
        (["claims/essay/a_first.py::apple"], ["apple"]),
        (["./claims/thesis/only.py"], ["sum_two"]),
        (["e-1"], ["sum_one"]),
        (["e-*"], ["zebra", "sum_one"]),
        (["*/sum_*"], ["sum_one", "sum_two"]),
        (["sum_two", "zebra"], ["zebra", "sum_two"]),
    ],
)
def test_what_a_name_means(
    folder: Path, blanks: list[Record], names: list[str], meant: list[str]
) -> None:
    found = selection.select(blanks, names, folder)
    assert [blank.name for blank in found] == meant


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("essay/aple", "no claim is called 'essay/aple'; did you mean essay/apple?"),
        ("esay", "no claim is called 'esay'; did you mean essay?"),
        ("qqqqq", "no claim is called 'qqqqq'; `python -m proofcheck list` shows what there is"),
        ("claims/essay/a_first.py::pear", "there is no claim in claims/essay/a_first.py::pear"),
        ("claims/essay/c.py", "there is no file claims/essay/c.py in the claims folder"),
    ],
)
def test_a_name_that_means_nothing(
    folder: Path, blanks: list[Record], name: str, complaint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        selection.select(blanks, [name], folder)
    assert str(caught.value) == complaint


def test_which_assignments_have_to_be_imported(folder: Path) -> None:
    named = selection.assignments_named
    assert named(folder, ["essay/apple", "claims/thesis/only.py"]) == ["essay", "thesis"]
    assert named(folder, ["essay", "e-1"]) is None
    assert named(folder, ["claims"]) is None
    assert named(folder, []) is None


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("apple", ["apple"]),
        ("SUM", ["sum_one", "sum_two"]),
        ("essay and not sum", ["zebra", "apple"]),
        ("apple or thesis", ["apple", "sum_two"]),
        ("not (apple or sum)", ["zebra"]),
        ("e-1", ["sum_one"]),
        ("not not apple", ["apple"]),
        ("apple or zebra and thesis", ["apple"]),
    ],
)
def test_keyword_expressions(blanks: list[Record], expression: str, meant: list[str]) -> None:
    test = selection.keyword(expression)
    assert [blank.name for blank in blanks if test(blank)] == meant


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("", "-k needs an expression"),
        ("a and", "-k 'a and': a word is missing before the end"),
        ("(a or b", "-k '(a or b': a closing parenthesis is missing"),
        ("a b", "-k 'a b': 'b' is out of place"),
        ("and", "-k 'and': a word is missing before 'and'"),
        ("a)", "-k 'a)': ')' is out of place"),
    ],
)
def test_malformed_keyword_expressions(expression: str, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        selection.keyword(expression)
    assert complaint in str(caught.value)
