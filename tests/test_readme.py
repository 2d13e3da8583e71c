"""What the README shows is what happens: its commands are run and their output is compared."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
TRUSTED = re.compile(r"\bTrusted\b|\btrusted\b")


def commands() -> list[tuple[str, str]]:
    """Return each command with the output that the README shows for it."""
    found = []
    for block in BLOCKS:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[:3] == ["python", "-m", "proofcheck"]
    return subprocess.run(
        [sys.executable, *words[1:]], cwd=folder, capture_output=True, text=True, timeout=120
    )


def test_the_two_commands_set_up_and_run() -> None:
    setups = [command for command, _ in commands() if "pip install" in command]
    assert [command.partition(" && ")[2] for command in setups] == [
        "python -m proofcheck all",
        "python -m pytest -q -n auto",
    ]


@pytest.mark.parametrize(
    ("command", "output"),
    [pair for pair in commands() if pair[1].strip()],
    ids=lambda value: value.split("\n")[0][-40:],
)
def test_shown_output_is_what_comes_out(command: str, output: str) -> None:
    assert run(command, ROOT).stdout.strip() == output.strip()


def test_the_example_claim_is_proved(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (command,) = [c for c, _ in commands() if " new " in c]
    assert run(command, tmp_path).returncode == 0
    (module,) = (tmp_path / "claims").glob("*/double_angle.py")
    assert run("python -m proofcheck all", tmp_path).returncode == 1  # undecided as yet
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    module.write_text(example, encoding="utf-8")
    result = run("python -m proofcheck all", tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "proved (certificate)" in result.stdout


def test_trusted_modules_are_counted() -> None:
    trusted = [
        file
        for file in (ROOT / "proofcheck").rglob("*.py")
        if re.search(r"\bTrusted\b", file.read_text(encoding="utf-8").partition('"""\n\n')[0])
    ]
    assert f"With it, {len(trusted) - 1} modules of `proofcheck/` are trusted" in README
    assert ROOT / "proofcheck" / "kernel.py" in trusted
