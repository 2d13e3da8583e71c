"""The command line: commands, options, exit statuses, and every message of it.

Most tests put a checker in place that answers by the claim's name, and run in this process; those
at the end run the real thing.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sample_folders import statement, write

import proofcheck
from proofcheck import cli
from proofcheck.claims import Claim
from proofcheck.errors import InternalFault, UsageError
from proofcheck.record import CounterexampleRecord, EvidenceRecord, Record

Result = tuple[int, str, str]
Run = Callable[..., Result]


def answer(claim: Claim, options: Any) -> Record:
    word = claim.name.partition("_")[0]
    if word == "hangs":
        time.sleep(60)
    if word == "ends":
        sys.exit(3)
    if word == "fault":
        raise InternalFault("1 = 1 is both proved and refuted")
    if word == "cas":
        return Record(id="", verdict="supported" if options.strict else "proved", basis="cas")
    failure = CounterexampleRecord(point={"x": "1/2"}, lhs="1", rhs="2")
    return Record(
        id="",
        verdict=word if word != "illtyped" else "ill-typed",
        basis="certificate" if word == "proved" else None,
        counterexample=failure if word == "refuted" else None,
        evidence=EvidenceRecord(points=200, seed=options.seed) if word == "supported" else None,
        reason=f"at most {options.timeout:g} s" if word == "undecided" else None,
    )


def look(claim: Claim, at: dict[str, str], options: object) -> Record:
    if "x" not in at:
        raise UsageError("--at gives no value for x")
    fails = at["x"] == "1/2"
    failure = CounterexampleRecord(point=at, lhs="1", rhs="2" if fails else "1")
    return Record(id="", verdict="refuted" if fails else "supported", counterexample=failure)


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return the command line in this process, in an empty folder."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        try:
            status = cli.main(arguments)
        except SystemExit as ending:
            status = int(ending.code or 0)
        return status, *capfd.readouterr()

    return call


@pytest.fixture
def run(main: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the same with the checker that answers by the claim's name."""

    def options(**given: object) -> SimpleNamespace:
        return SimpleNamespace(**given)

    stub: Any = SimpleNamespace(CheckOptions=options, check=answer, replay=look, warm=lambda: None)
    monkeypatch.setitem(sys.modules, "proofcheck.checker", stub)
    monkeypatch.setattr(proofcheck, "checker", stub, raising=False)
    return main


def folder(modules: dict[str, str]) -> None:
    write(Path("claims"), modules)


def fine() -> None:
    folder(
        {
            "essay/a_first": statement("proved_norm", decoration=', ref="e-1"'),
            "essay/b_second": "from claims.essay.a_first import proved_norm\n"
            + statement(
                "refuted_norm", decoration=', expect="refuted", corrected_by=proved_norm, ref="e-2"'
            )
            + statement("supported_sum"),
        }
    )


def test_all_is_well(run: Run) -> None:
    fine()
    status, out, err = run("all", "--seed", "7")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[:4] == [
        "",
        "essay",
        "  ✓ proved_norm    proved (certificate)",
        "  ✓ refuted_norm   refuted, as expected; corrected by proved_norm",
    ]
    assert "      at  x = 1/2" in lines
    assert "      replay: python -m proofcheck check essay/refuted_norm --at x=1/2" in lines
    assert "  ≈ supported_sum  supported: 200 points (seed 7)" in lines
    assert lines[-1].endswith(
        "1 proved (certificate), 1 supported, 1 refuted (as expected). All 3 came out as expected."
    )


@pytest.mark.parametrize(
    ("name", "decoration", "options", "status"),
    [
        ("proved_a", "", (), 0),
        ("supported_a", "", (), 0),
        ("supported_a", "", ("--require", "proved"), 1),
        ("cas_a", "", ("--require", "proved"), 0),
        ("cas_a", "", ("--require", "proved", "--strict"), 1),
        ("undecided_a", "", (), 1),
        ("vacuous_a", "", (), 1),
        ("undefined_a", "", (), 1),
        ("illtyped_a", "", (), 1),
        ("error_a", "", (), 1),
        ("refuted_a", "", (), 1),
        ("ends_a", "", (), 1),
        ("refuted_a", ', expect="refuted"', (), 0),
        ("illtyped_a", ', expect="ill-typed"', (), 0),
        ("undecided_a", ', expect="undecided"', (), 0),
        ("proved_a", ', expect="refuted"', (), 1),
        ("supported_a", ', expect="refuted"', (), 1),
        ("fault_a", "", (), 3),
        ("fault_a", ', expect="error"', (), 3),
    ],
)
def test_exit_statuses(
    run: Run, name: str, decoration: str, options: tuple[str, ...], status: int
) -> None:
    folder({"essay/only": statement(name, decoration=decoration)})
    assert run("all", *options)[0] == status


def test_a_claim_that_hangs_does_not_hold_up_the_others(run: Run) -> None:
    folder({"essay/only": statement("hangs_a") + statement("proved_b") + statement("proved_c")})
    status, out, _ = run("all", "--timeout", "0.5", "--jobs", "2")
    assert status == 1
    assert "  ✗ hangs_a   undecided: out of time after 0.5 s" in out
    assert out.index("proved_b") < out.index("proved_c")
    assert "2 of 3 came out as expected." in out


def test_the_engines_get_less_time_than_the_process(run: Run) -> None:
    folder({"essay/only": statement("undecided_a")})
    assert "at most 58 s" in run("all")[1]
    assert "at most 0.8 s" in run("all", "--timeout", "1")[1]


def test_a_fault_stops_the_run_and_is_shown(run: Run) -> None:
    folder({"essay/only": statement("fault_a") + statement("proved_b")})
    status, out, _ = run("all", "--jobs", "1")
    assert status == 3
    assert "a fault of proofcheck itself: 1 = 1 is both proved and refuted" in out
    assert "stopped early: 1 of the claims did not come to an end" in out


def test_x_stops_at_the_first_unexpected(run: Run) -> None:
    fine()
    folder({"essay/c_third": statement("undecided_a") + statement("proved_later")})
    status, out, _ = run("all", "-x", "--jobs", "1")
    assert status == 1
    assert "undecided_a" in out
    assert "proved_later" not in out
    assert "stopped early: 1 of the claims did not come to an end" in out


def test_x_does_not_stop_at_a_claim_whose_steps_are_still_to_come(run: Run) -> None:
    folder(
        {
            "essay/z_lemma": statement("proved_lemma"),
            "essay/a_theorem": "from claims.essay.z_lemma import proved_lemma\n"
            + statement("proved_theorem", decoration=", uses=[proved_lemma]"),
        }
    )
    status, out, _ = run("all", "-x", "--jobs", "1")
    assert status == 0
    assert "All 2 came out as expected." in out


def test_import_errors_do_not_keep_the_others_from_running(run: Run) -> None:
    fine()
    folder({"essay/c_bad": "import no_such_module\n"})
    status, out, err = run("all")
    assert status == 2
    assert "All 3 came out as expected." in out
    assert err == (
        "proofcheck: error: claims/essay/c_bad.py, line 6: ModuleNotFoundError: "
        "No module named 'no_such_module'\n"
    )
    assert run("check", "essay/proved_norm")[0] == 2


def test_another_assignment_may_be_broken(run: Run) -> None:
    fine()
    folder({"thesis/bad": "import no_such_module\n"})
    assert run("check", "essay")[0] == 0
    assert run("all")[0] == 2


def test_a_claim_may_be_in_a_module_that_is_broken(run: Run) -> None:
    fine()
    folder({"thesis/bad": "import no_such_module\n"})
    status, _, err = run("check", "am_gm")
    assert status == 2
    first, second = err.splitlines()
    assert first.startswith("proofcheck: error: no claim is called 'am_gm'")
    assert second.startswith("proofcheck: error: claims/thesis/bad.py, line 6: ModuleNotFoundError")


def test_a_missing_package_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fine()

    def gather(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'flint'", name="flint")

    monkeypatch.setattr("proofcheck.session.gather", gather)
    status, _, err = run("all")
    assert status == 2
    assert "the package flint is missing" in err
    assert "python -m pip install -e ." in err


def test_nothing_to_check(run: Run, tmp_path: Path) -> None:
    Path("claims").mkdir()
    status, out, err = run("all")
    assert (status, out) == (5, "")
    assert err == f"proofcheck: error: nothing to check in {tmp_path / 'claims'}\n"
    fine()
    assert run("all", "-k", "nowhere")[0] == 5


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("check", "essay/proved_nom"), "did you mean essay/proved_norm"),
        (("explain", "esay/proved_norm"), "did you mean essay/proved_norm"),
        (("all", "--claims", "nowhere"), "there is no folder nowhere"),
        (("all", "--timeout", "0"), "--timeout 0.0: write a positive number of seconds"),
        (("all", "--timeout", "nan"), "--timeout nan: write a positive number of seconds"),
        (("all", "--timeout", "soon"), "invalid float value: 'soon'"),
        (("all", "--jobs", "0"), "--jobs 0: write a positive number of claims"),
        (("all", "--seed", "-1"), "--seed -1: write an integer that is not negative"),
        (("all", "--require", "hope"), "invalid choice: 'hope'"),
        (("all", "-k", "a and"), "a word is missing before the end"),
        (("check",), "the following arguments are required: WHAT"),
        ((), "the following arguments are required: COMMAND"),
        (("prove",), "invalid choice: 'prove'"),
        (("all", "--json", "no/such/folder/x.json"), "cannot be written"),
        (("check", "essay", "--at", "x=1"), "--at needs a single claim, and essay means 3"),
        (("explain", "essay"), "explain needs a single claim, and essay means 3"),
        (("check", "e-1", "--at", "x"), "--at 'x': write name=value, for instance theta=pi/3"),
        (("check", "e-1", "--at", "x=1,x=2"), "--at gives x twice: 1 and 2"),
        (("check", "e-1", "--at", "y=1"), "--at gives no value for x"),
        (("new", "essay"), "write ASSIGNMENT/CLAIM"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    fine()
    status, _, err = run(*arguments)
    assert status == 2
    assert complaint in err
    assert "error: " in err
    assert "Traceback" not in err


def test_malformed_settings(run: Run) -> None:
    fine()
    Path("pyproject.toml").write_text("[tool.proofcheck]\njobs = 'all'\n", encoding="utf-8")
    status, _, err = run("all")
    assert status == 2
    assert "[tool.proofcheck] jobs = 'all'; write a positive number of claims" in err


def test_settings_count_and_options_override_them(run: Run) -> None:
    folder({"essay/only": statement("supported_a")})
    Path("pyproject.toml").write_text(
        '[tool.proofcheck]\nrequire = "proved"\nseed = 5\n', encoding="utf-8"
    )
    status, out, _ = run("all")
    assert status == 1
    assert "supported, but proved is required: 200 points (seed 5)" in out
    status, out, _ = run("all", "--require", "supported", "--seed", "6")
    assert status == 0
    assert "(seed 6)" in out


def test_json_to_a_file_and_to_stdout(run: Run) -> None:
    fine()
    status, out, _ = run("all", "--json", "claims.json")
    assert status == 0
    assert "All 3 came out as expected." in out
    written = json.loads(Path("claims.json").read_text(encoding="utf-8"))
    status, out, err = run("all", "--json", "-")
    assert "All 3 came out as expected." in err
    printed = json.loads(out)
    for document in (written, printed):
        for claim in document["claims"]:
            del claim["seconds"]
    assert printed == written
    assert printed["schema"] == 1
    misprint = printed["claims"][1]
    assert misprint["id"] == "essay/refuted_norm"
    assert misprint["counterexample"]["point"] == {"x": "1/2"}
    assert (misprint["expected"], misprint["as_expected"]) == ("refuted", True)
    assert misprint["file"] == os.path.join("claims", "essay", "b_second.py")


def test_what_is_used_is_checked_too_but_not_counted(run: Run) -> None:
    folder(
        {
            "essay/a": statement("undecided_lemma"),
            "essay/b": "from claims.essay.a import undecided_lemma\n"
            + statement("proved_theorem", decoration=", uses=[undecided_lemma]"),
        }
    )
    status, out, _ = run("check", "essay/proved_theorem", "--json", "x.json")
    assert status == 1
    assert "effectively undecided: it uses essay/undecided_lemma, which is undecided" in out
    assert "(also checked, because the claims above rest on them)" in out
    assert "1 claim in" in out
    (claim,) = json.loads(Path("x.json").read_text(encoding="utf-8"))["claims"]
    assert (claim["verdict"], claim["effective_verdict"]) == ("proved", "undecided")
    assert claim["weakest_link"] == "essay/undecided_lemma"


def test_list(run: Run) -> None:
    fine()
    status, out, err = run("list")
    assert (status, err) == (0, "")
    assert [line.split() for line in out.splitlines()] == [
        ["essay/proved_norm", "e-1", "claims/essay/a_first.py:6"],
        ["essay/refuted_norm", "e-2", "refuted", "claims/essay/b_second.py:7"],
        ["essay/supported_sum", "claims/essay/b_second.py:13"],
    ]
    assert run("list", "-k", "sum")[1].split()[0] == "essay/supported_sum"


def test_explain(run: Run) -> None:
    fine()
    status, out, _ = run("explain", "e-2")
    assert status == 0
    assert out.startswith("essay/refuted_norm: refuted, as expected\n  line 1 [e-2]\n")
    assert "  at x = 1/2\n    lhs = 1\n    rhs = 2\n" in out


def test_a_look_at_one_point(run: Run) -> None:
    fine()
    status, out, err = run("check", "essay/refuted_norm", "--at", "x = 1/2, n=(1, 2)")
    assert (status, err) == (0, "")
    assert out == (
        "essay/refuted_norm at x = 1/2, n = (1, 2)\n"
        "      lhs = 1\n"
        "      rhs = 2\n"
        "      the statement fails at this point, as expected\n"
    )
    status, out, _ = run("check", "essay/refuted_norm", "--at", "x=3")
    assert status == 0
    assert "the statement does not fail at this point" in out
    assert run("check", "essay/proved_norm", "--at", "x=1/2")[0] == 1


def test_points_may_have_brackets() -> None:
    assert cli.point(["p=(1/2, f(3, 4)),x=2", "y = 3"]) == {
        "p": "(1/2, f(3, 4))",
        "x": "2",
        "y": "3",
    }


def test_the_template_is_found(run: Run) -> None:
    status, out, _ = run("new", "essay/undecided_step")
    assert status == 0
    assert out.endswith("now: python -m proofcheck check essay/undecided_step\n")
    assert run("list")[1].split()[0] == "essay/undecided_step"


def test_help_explains_exit_statuses(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    assert "5    nothing to check" in out
    for command in ("all", "check", "list", "explain", "new"):
        assert command in out
        assert run(command, "--help")[0] == 0


# The real thing ---------------------------------------------------------------------------------


ENVIRONMENT = {
    **os.environ,
    "PYTHONUTF8": "1",
    "PYTHONPATH": str(Path(proofcheck.__file__).parents[1]),
}


def real(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "proofcheck", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=ENVIRONMENT,
    )


def test_help_imports_no_sympy(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from proofcheck.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'sympy', 'flint', 'hypothesis', 'mpmath', 'z3'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=ENVIRONMENT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert real("--version", folder=tmp_path).stdout.startswith("proofcheck ")


def test_a_reader_who_has_seen_enough(tmp_path: Path) -> None:
    write(tmp_path / "claims", {"essay/a": "".join(statement(f"f{i}") for i in range(300))})
    done = subprocess.run(
        f"{sys.executable} -m proofcheck list | head -1",
        shell=True,
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split()[0], done.stderr) == ("essay/f0", "")


EVERYTHING = {
    "essay/a": statement("identity", "return Equal((x + 1)**2, x**2 + 2*x + 1)")
    + statement("misprint", "return Equal((x + 1)**2, x**2 + 1)", ', expect="refuted"')
    + statement("false", "return Equal((x + 1)**2, x**2 + x + 1)")
    + statement("a_bool", "return (x + 1)**2 == x")
    + statement("nothing", "x + 1")
    + statement("raises", "raise ValueError('no luck')"),
    "essay/b": "import os, sys, time\n"
    + statement("hangs", "while True: pass")
    + statement("exits", "sys.exit(0)")
    + statement("quits", "os._exit(0)")
    + statement("prints", "print('noise'); return Equal(x, x + 0*x)"),
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    home = tmp_path_factory.mktemp("everything")
    write(home / "claims", EVERYTHING)
    done = real("all", "--timeout", "5", "--json", "-", folder=home)
    assert done.returncode == 1, done.stderr
    return home, {claim["id"]: claim for claim in json.loads(done.stdout)["claims"]}


@pytest.mark.parametrize(
    ("name", "verdict", "reason"),
    [
        ("identity", "proved", None),
        ("misprint", "refuted", None),
        ("false", "refuted", None),
        ("a_bool", "error", "a_bool returns False (bool): return a relation"),
        ("nothing", "error", "nothing returns nothing: end it with `return Equal(lhs, rhs)`"),
        ("raises", "error", "ValueError: no luck"),
        ("hangs", "undecided", "out of time after 5 s"),
        ("exits", "error", "the claim ended the process"),
        ("quits", "error", "the claim ended the process"),
        ("prints", "proved", None),
    ],
)
def test_every_claim_gets_its_verdict(
    everything: tuple[Path, dict[str, Any]], name: str, verdict: str, reason: str | None
) -> None:
    claim = everything[1][f"essay/{name}"]
    assert claim["verdict"] == verdict
    if reason is not None:
        assert reason in claim["reason"]


def test_the_replay_line_gives_the_same_values(
    everything: tuple[Path, dict[str, Any]], main: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, claims = everything
    monkeypatch.chdir(home)
    found = claims["essay/misprint"]["counterexample"]
    at = ",".join(f"{name}={value}" for name, value in found["point"].items())
    status, out, err = main("check", "essay/misprint", "--at", at)
    assert (status, err) == (0, "")
    assert f"lhs = {found['lhs']}" in out
    assert f"rhs = {found['rhs']}" in out
    assert "the statement fails at this point, as expected" in out


@pytest.mark.parametrize(
    ("at", "complaint"),
    [
        ("y=1", "--at names y; the variables of this claim are x"),
        ("x=0.5", "0.5 is not exact"),
        ("x=__import__('os')", "unknown function __import__"),
        ("x=x", "unknown name x"),
        ("x=I", "x"),
        ("x=1/0", "x"),
    ],
)
def test_a_point_that_makes_no_sense(
    everything: tuple[Path, dict[str, Any]],
    main: Run,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    complaint: str,
) -> None:
    monkeypatch.chdir(everything[0])
    status, out, err = main("check", "essay/misprint", "--at", at)
    assert (status, out) == (2, "")
    assert complaint in err
    assert "Traceback" not in err


def test_the_template_is_undecided(main: Run) -> None:
    assert main("new", "essay/step")[0] == 0
    status, out, _ = main("all", "--timeout", "10")
    assert status == 1
    assert "step  undecided" in out


def test_a_statement_of_a_file_is_replayed_by_its_line(main: Run) -> None:
    variables = [{"name": "x", "domain": "real"}]
    lines = [
        {
            "id": name,
            "variables": variables,
            "assumptions": [],
            "lhs": "x**2",
            "rhs": rhs,
            "relation": "eq",
        }
        for name, rhs in (("a/true one", "x*x"), ("a/false one", "x"))
    ]
    Path("some.jsonl").write_text("\n".join(json.dumps(one) for one in lines))
    status, out, _ = main("check", "some.jsonl", "--timeout", "10")
    assert status == 1
    command = next(line for line in out.splitlines() if "replay: " in line).partition(": ")[2]
    words = shlex.split(command)
    assert words[4] == "some.jsonl::a/false one"
    status, out, err = main(*words[3:])
    assert (status, err) == (1, "")
    assert "the statement fails at this point" in out
    status, _, err = main("check", "some.jsonl::a/third one")
    assert (status, err.strip().endswith("there is no statement 'a/third one' in some.jsonl")) == (
        2,
        True,
    )
