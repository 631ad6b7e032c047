"""README's code blocks run and print what they show.

A ```python block is executed; the ```text block right below it is what it prints. A ```bash block below a line
`<!-- runs -->` is executed in a copy of the checkout and must succeed; the ```text block below it is its output.
The two commands for a fresh machine are checked word for word against .ci/run, which runs the second one.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```\n+(?:```text\n(.*?)```)?", README, re.DOTALL)
SHELL = re.findall(r"<!-- runs -->\n+```bash\n(.*?)```\n+(?:```text\n(.*?)```)?", README, re.DOTALL)


@pytest.mark.parametrize(("code", "printed"), PYTHON)
def test_python_block_prints_what_it_shows(code: str, printed: str) -> None:
    output = io.StringIO()

    with contextlib.redirect_stdout(output):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - README is ours

    assert output.getvalue().strip() == printed.strip()


@pytest.mark.parametrize(("command", "printed"), SHELL)
def test_shell_block_prints_what_it_shows(command: str, printed: str, tmp_path: Path) -> None:
    for folder in ("corpus", "annotations", "outputs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "oncospan").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m oncospan "$@"\n')
    (tmp_path / "bin" / "oncospan").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "PYTHONUTF8": "1"}

    done = subprocess.run(
        ["bash", "-ec", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    if printed:
        assert done.stdout.strip() == printed.strip()


def test_readme_has_both_kinds_of_blocks() -> None:
    assert len(PYTHON) >= 2
    assert len(SHELL) >= 2


def test_ci_runs_the_test_command_of_readme() -> None:
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv .venv")]

    assert len(set(commands)) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_map_names_every_folder_and_module_of_the_house() -> None:
    house = ROOT / "src" / "oncospan"
    names = {path.name for path in house.iterdir() if not path.name.startswith("__") and path.name != "py.typed"}

    missing = [name for name in sorted(names) if name not in README]

    assert missing == []
