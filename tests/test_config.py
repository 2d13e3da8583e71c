"""Settings: where they come from, and what is said about malformed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofcheck import config
from proofcheck.errors import ConfigurationError


def settings(folder: Path, table: str) -> config.Config:
    (folder / "pyproject.toml").write_text(table, encoding="utf-8")
    return config.load(folder)


def test_defaults_without_a_file(tmp_path: Path) -> None:
    found = config.load(tmp_path)
    assert found.claims.name == "claims"
    assert (found.timeout, found.seed, found.require, found.strict) == (60, 0, "supported", False)
    assert found.jobs >= 1


def test_the_table_is_read_from_a_folder_below(tmp_path: Path) -> None:
    settings(tmp_path, '[tool.proofcheck]\nclaims = "proofs"\ntimeout = 5\njobs = 3\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    found = config.load(below)
    assert found.claims == tmp_path.resolve() / "proofs"
    assert (found.timeout, found.jobs) == (5.0, 3)


def test_a_file_without_the_table_changes_nothing(tmp_path: Path) -> None:
    assert settings(tmp_path, "[tool.other]\ntimeout = 1\n").timeout == 60


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("[tool.proofcheck]\ntimout = 5", "has no key 'timout'; did you mean timeout?"),
        ("[tool.proofcheck]\nzebra = 5", "has no key 'zebra'; known keys: claims, timeout"),
        ("[tool.proofcheck]\ntimeout = 0", "timeout = 0; write a positive number of seconds"),
        ("[tool.proofcheck]\ntimeout = inf", "timeout = inf; write a positive number"),
        ("[tool.proofcheck]\ntimeout = nan", "timeout = nan; write a positive number"),
        ("[tool.proofcheck]\ntimeout = true", "timeout = True; write a positive number"),
        ("[tool.proofcheck]\ntimeout = '60'", "timeout = '60'; write a positive number"),
        ("[tool.proofcheck]\njobs = 1.5", "jobs = 1.5; write a positive number of claims"),
        ("[tool.proofcheck]\nseed = -1", "seed = -1; write an integer that is not negative"),
        ("[tool.proofcheck]\nmemory = 1", "memory = 1; write a number of MiB"),
        ("[tool.proofcheck]\nrequire = 'true'", "require = 'true'; write the weakest verdict"),
        ("[tool.proofcheck]\nstrict = 1", "strict = 1; write strict = true or strict = false"),
        ("[tool.proofcheck]\nclaims = ''", "claims = ''; write a folder of assignments"),
        ("[tool]\nproofcheck = 3", "tool.proofcheck is 3; write a table"),
        ("[tool.proofcheck\n", "cannot be read as TOML"),
    ],
)
def test_what_is_malformed_is_named(tmp_path: Path, table: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        settings(tmp_path, table)
    assert complaint in str(caught.value)
    assert str(tmp_path / "pyproject.toml") in str(caught.value)
