"""`oncospan lexicon` as people call it."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest


def oncospan(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "oncospan", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "my.csv"
    path.write_text("name,norm,note\n某某替尼,somertinib,from the company\n", encoding="utf-8-sig")
    return path


def test_find_shows_a_drug_with_all_of_its_names() -> None:
    done = oncospan("lexicon", "find", "奧希替尼")

    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "奧希替尼 is a Chinese name of osimertinib, found by drug.name"
    assert any(line.startswith("  brands:  泰瑞沙, 泰格莎, Tagrisso") for line in lines)
    assert "  codes:   AZD9291" in lines


def test_find_shows_each_sense_of_an_ambiguous_name_with_its_cues() -> None:
    done = oncospan("lexicon", "find", "瑞普替尼")

    assert "瑞普替尼 is a Chinese name of repotrectinib or ripretinib" in done.stdout
    assert "repotrectinib where these cues are nearest: ros1, ntrk; it is taken where no cue stands" in done.stdout
    assert "ripretinib where these cues are nearest: gist" in done.stdout


@pytest.mark.parametrize(
    ("name", "caution"),
    [
        ("胰岛素", "caution: counts where words of use stand right beside it; hormone"),
        ("TAM", "caution: counts beside a cue in its sentence (内分泌"),
        ("DDP", "caution: counts where the article names the drug otherwise; cisplatin abbreviation"),
        ("K药", "caution: counts as it is written here, capitals and all; nickname"),
    ],
)
def test_find_tells_what_is_risky_about_a_name(name: str, caution: str) -> None:
    assert caution in oncospan("lexicon", "find", name).stdout


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("PD-1单抗", "PD-1单抗 is no drug name: a class or another word: PD-1 antibody"),
        ("FOLFOX", "FOLFOX is no drug name: a regimen: fluorouracil + leucovorin + oxaliplatin"),
        ("曲妥", "曲妥 is no drug name: truncated trastuzumab"),
    ],
)
def test_find_tells_what_is_no_drug(name: str, answer: str) -> None:
    done = oncospan("lexicon", "find", name)

    assert done.returncode == 0
    assert done.stdout.startswith(answer)


def test_find_names_the_rule_and_the_neighbours_of_an_unknown_name() -> None:
    done = oncospan("lexicon", "find", "奥希替泥")
    built = oncospan("lexicon", "find", "尼康替尼")

    assert done.returncode == built.returncode == 1
    assert done.stdout.startswith("奥希替泥 is not in the lexicon\n  no rule finds it in ")
    assert "  near: 奥希替尼 (osimertinib)" in done.stdout
    assert "  尼康替尼 would be found by drug.stem, medium confidence" in built.stdout


def test_find_knows_your_own_names(own: Path) -> None:
    done = oncospan("lexicon", "find", "某某替尼", "--lexicon", own)

    assert done.returncode == 0
    assert done.stdout == ("某某替尼 is your own name of somertinib, found by drug.own\n  source:  your own lexicon\n")


def test_check_passes_a_lexicon_in_order(own: Path) -> None:
    done = oncospan("lexicon", "check", own)

    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr == "1 names are in order, 0 rows are not\n"


def test_check_lists_every_problem_and_what_is_overridden(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text(
        "name,norm,note\n奥希替尼,own-norm,\n某某替尼,osimertinb,\n某,x\nPD-1单抗,pd1,\n苹果,apple-drug,\n奥希替尼,zz,\n"
        "胰岛素,insulin,\n,foo\n",
        encoding="utf-8",
    )

    done = oncospan("lexicon", "check", path)

    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        f"{path}:2: 奥希替尼: overrides osimertinib",
        f"{path}:3: 某某替尼: the normal form osimertinb is new; did you mean osimertinib?",
        f"{path}:5: PD-1单抗: overrides a class or another word: PD-1 antibody",
        f"{path}:6: 苹果: an ordinary word: it is found wherever it stands",
        f"{path}:8: 胰岛素: the built-in lexicon has it with the same normal form",
        f"{path}:8: 胰岛素: its cautions no longer hold: it is found wherever it stands",
    ]
    assert done.stderr.splitlines() == [
        f"error: {path}:4: '某' is one letter; give a longer name",
        f"error: {path}:7: the name '奥希替尼' stands in line 2 already; keep one of the two rows",
        f"error: {path}:9: the name is empty; a row is: name,norm,note",
        "5 names are in order, 3 rows are not",
    ]


def test_check_of_a_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    done = oncospan("lexicon", "check", tmp_path / "none.csv")

    assert done.returncode == 2
    assert "there is no such file" in done.stderr


def test_suggest_lists_unknown_names_and_lexicon_takes_them(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    text = "联合尼康替尼治疗肺癌患者,尼康替尼组的客观缓解率为50%。奥希替尼与ZZQ-4711片用于患者。\n维恩妥尤单抗(EV)治疗,EV组获益。\n"
    (articles / "one.txt").write_text(text, encoding="utf-8")
    (articles / "two.txt").write_text("口服尼康替尼的肿瘤患者获益。\n", encoding="utf-8")
    oncospan("extract", articles, "--out", tmp_path / "run")

    done = oncospan("lexicon", "suggest", tmp_path / "run")
    (tmp_path / "my.csv").write_text(done.stdout, encoding="utf-8")
    again = oncospan("extract", articles, "--out", tmp_path / "again", "--lexicon", tmp_path / "my.csv")

    assert done.returncode == 0
    rows = list(csv.reader(done.stdout.splitlines()))
    assert [row[:2] for row in rows] == [["name", "norm"], ["尼康替尼", "尼康替尼"], ["ZZQ-4711", "ZZQ-4711"]]
    assert rows[1][2].startswith("count 3, articles 2, drug.stem: 联合尼康替尼治疗")
    assert done.stderr == "2 unknown names; review them and pass the file to --lexicon\n"
    assert again.returncode == 0
    assert oncospan("lexicon", "suggest", tmp_path / "again").stdout == "name,norm,note\n"


def test_suggest_without_a_run_is_a_wrong_call(tmp_path: Path) -> None:
    done = oncospan("lexicon", "suggest", tmp_path)

    assert done.returncode == 2
    assert "the folder holds no run" in done.stderr
