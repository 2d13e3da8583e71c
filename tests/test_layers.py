"""The layer contract: every file has its layer, and imports only from the layers below it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "proofcheck"

REPORTING = ["record", "config", "graph", "runner", "selection", "scaffold", "reports"]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("proofcheck", include_external_packages=True, cache_dir=None)


def layers() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    return [name.strip() for line in contract["layers"] for name in line.split("|")]


def test_the_contract_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_file_is_placed_in_a_layer() -> None:
    files = {file.stem for file in PACKAGE.glob("*.py")} - {"__init__"}
    folders = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    assert sorted(files | folders) == sorted(layers())


@pytest.mark.parametrize("name", REPORTING)
def test_what_reports_results_never_sees_sympy(graph: grimp.ImportGraph, name: str) -> None:
    for external in ("sympy", "flint", "hypothesis"):
        if external in graph.modules:
            assert not graph.chain_exists(f"proofcheck.{name}", external, as_packages=True)


def test_only_the_sampling_engine_imports_hypothesis(graph: grimp.ImportGraph) -> None:
    importers = graph.find_modules_that_directly_import("hypothesis")
    assert importers <= {"proofcheck.engines.sampling", "proofcheck.domains"}


def test_the_kernel_imports_no_engine(graph: grimp.ImportGraph) -> None:
    assert not graph.chain_exists("proofcheck.kernel", "proofcheck.engines", as_packages=True)
    for module in graph.find_upstream_modules("proofcheck.kernel"):
        assert module not in ("hypothesis", "z3", "scipy")


def test_engines_do_not_import_each_other(graph: grimp.ImportGraph) -> None:
    prefix = "proofcheck.engines."
    for name in graph.find_children("proofcheck.engines") - {prefix + "catalogue"}:
        imported = graph.find_modules_directly_imported_by(name)
        others = {one.removeprefix(prefix) for one in imported if one.startswith(prefix)}
        assert {one for one in others if not one.startswith("_")} <= {"base"}, name


def test_files_are_short() -> None:
    long = {
        str(file.relative_to(PACKAGE)): lines
        for file in PACKAGE.rglob("*.py")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
