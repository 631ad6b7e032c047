"""The committed run of corpus/ is what the code gives today, byte for byte.

After a change that is meant to change the tables: python -m oncospan extract corpus --out outputs
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture
from typer.testing import CliRunner

from oncospan.cli import app

ROOT = Path(__file__).parents[1]
NAMES = sorted(
    path.relative_to(ROOT / "outputs").as_posix() for path in (ROOT / "outputs").rglob("*") if path.is_file()
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    done = CliRunner().invoke(app, ["extract", str(ROOT / "corpus"), "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_run_gives_the_committed_bytes(run: Path, name: str, file_regression: FileRegressionFixture) -> None:
    made = (run / name).read_bytes()

    file_regression.check(made, binary=True, fullpath=ROOT / "outputs" / name)


def test_run_writes_no_other_file(run: Path) -> None:
    assert sorted(path.relative_to(run).as_posix() for path in run.rglob("*") if path.is_file()) == NAMES


def test_article_meets_its_gold(run: Path) -> None:
    runner = CliRunner()
    gold = run.parent / "gold"
    gold.mkdir()
    shutil.copy(ROOT / "annotations" / "ntrk-inhibitors.jsonl", gold)
    gate = ["--gold", str(gold), "--pred", str(run), "--errors", str(run.parent / "errors.csv")]

    done = runner.invoke(app, ["evaluate", *gate, "--min-strict", "1.0"])

    assert done.exit_code == 0, done.output
    assert (run.parent / "errors.csv").read_text(encoding="utf-8-sig").count("\n") == 1
