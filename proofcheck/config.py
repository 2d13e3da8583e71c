"""The settings: the [tool.proofcheck] table of the nearest pyproject.toml, with their defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from proofcheck.errors import ConfigurationError


@dataclass(frozen=True)
class Config:
    """What a run needs to know; the command line overrides single settings.

    ``timeout`` is in seconds of wall time per claim, ``memory`` in MiB per claim.
    """

    root: Path
    claims: Path
    timeout: float = 60.0
    jobs: int = 1
    seed: int = 0
    memory: int = 2048
    require: str = "supported"
    strict: bool = False


EXPLANATIONS = {
    "claims": 'a folder of assignments, for instance claims = "claims"',
    "timeout": "a positive number of seconds per claim, for instance timeout = 60",
    "jobs": "a positive number of claims to run at once, for instance jobs = 2",
    "seed": "an integer that is not negative, for instance seed = 0",
    "memory": "a number of MiB per claim, at least 256, for instance memory = 2048",
    "require": 'the weakest verdict that passes: require = "proved" or require = "supported"',
    "strict": "strict = true or strict = false",
}


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def acceptable(key: str, value: object) -> bool:
    """Return whether ``value`` can be the setting ``key``."""
    match key, value:
        case "strict", _:
            return isinstance(value, bool)
        case _, bool():  # Python takes it for a number
            return False
        case "claims", str():
            return value != ""
        case "timeout", int() | float():
            return 0 < value < float("inf")
        case "jobs", int():
            return value >= 1
        case "seed", int():
            return value >= 0
        case "memory", int():
            return value >= 256
        case "require", str():
            return value in ("proved", "supported")
    return False


def find(start: Path) -> Path | None:
    """Return the nearest pyproject.toml in ``start`` and the folders above it."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file():
            return folder / "pyproject.toml"
    return None


def load(start: Path) -> Config:
    """Return the settings that hold in the folder ``start``.

    Raises:
        ConfigurationError: the file is no TOML, a key is unknown or a value malformed.
    """
    start = start.resolve()
    file = find(start)
    root = file.parent if file else start
    config = Config(root=root, claims=root / "claims", jobs=cores())
    return override(config, _table(file), str(file)) if file else config


def override(config: Config, values: Mapping[str, Any], origin: str) -> Config:
    """Return ``config`` with ``values`` put in, which come from ``origin``."""
    known = [item.name for item in fields(Config) if item.name != "root"]
    for key, value in values.items():
        if key not in known:
            close = get_close_matches(key, known, 1)
            meant = f"did you mean {close[0]}?" if close else f"known keys: {', '.join(known)}"
            raise ConfigurationError(f"{origin}: [tool.proofcheck] has no key {key!r}; {meant}")
        if not acceptable(key, value):
            raise ConfigurationError(
                f"{origin}: [tool.proofcheck] {key} = {value!r}; write {EXPLANATIONS[key]}"
            )
    found = dict(values)
    if "claims" in found:
        found["claims"] = config.root / found["claims"]
    if "timeout" in found:
        found["timeout"] = float(found["timeout"])
    return replace(config, **found)


def _table(file: Path) -> Mapping[str, Any]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{file}: cannot be read as TOML: {error}") from error
    tool = data.get("tool", {})
    table = tool.get("proofcheck", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise ConfigurationError(
            f"{file}: tool.proofcheck is {table!r}; write a table: [tool.proofcheck]"
        )
    return table
