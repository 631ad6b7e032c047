"""A run's folder: written whole or not at all, safe to open in a spreadsheet, no id leading out of it."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.errors import UsageError
from oncospan.files.rows import safe
from oncospan.files.run import RunWriter, article_file, digest_rules
from oncospan.model import Article, Extraction, Failure, Mention, Record, Span


def extraction(text: str, *mentions: Mention, name: str = "a") -> Extraction:
    return Extraction(Article(name, text), mentions, sentences=(Span(0, len(text)),))


PERCENT = Mention("PERCENT", 0, 6, "+36.2%", (36.2, 36.2, "percent"), "percentage.plain", qualifier="eq")


def test_tables_never_hold_a_formula(tmp_path: Path) -> None:
    with RunWriter(tmp_path, {}) as run:
        run.add(extraction("+36.2%同比", PERCENT), plain=True)

    data = (tmp_path / "percentages.csv").read_bytes()
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows[1][3] == "'+36.2%"
    assert rows[1][4:8] == ["36.2", "36.2", "percent", "eq"]
    assert rows[1][-1] == "'+36.2%同比"


@given(st.text(max_size=30))
def test_a_safe_cell_is_one_line_and_no_formula(cell: str) -> None:
    made = safe(cell)

    assert "\n" not in made
    assert not made.startswith(("=", "+", "-", "@"))


def test_records_and_failures_are_listed(tmp_path: Path) -> None:
    record = Record("efficacy", 0, 3, "ORR", "rule", {"drugs": ["osimertinib"], "low": 80.0})
    with RunWriter(tmp_path, {"published": None}) as run:
        run.add(Extraction(Article("a", "ORR80%"), (), (record,), ()), plain=False)
        run.fail(Failure("b", "read", "b.txt: the file\nis empty"))

    line = json.loads((tmp_path / "records.jsonl").read_text(encoding="utf-8"))
    summary = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert line["record"] == "efficacy"
    assert line["evidence"] == "ORR"
    assert summary["counts"]["failures"] == 1
    assert summary["counts"]["efficacy"] == 1
    assert (tmp_path / "articles" / "a.txt").read_text(encoding="utf-8") == "ORR80%"
    assert "b.txt: the file is empty" in (tmp_path / "failures.csv").read_text(encoding="utf-8-sig")


def test_a_run_that_breaks_leaves_the_earlier_one(tmp_path: Path) -> None:
    with RunWriter(tmp_path, {}) as run:
        run.add(extraction("+36.2%同比", PERCENT), plain=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def break_off() -> None:
        with RunWriter(tmp_path, {}) as run:
            run.add(extraction("别的", name="b"), plain=True)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (".partial-ab12_xyz", ".partial-mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "drugs.csv").write_text("x", encoding="utf-8")

    with RunWriter(tmp_path, {}):
        pass

    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [".partial-mine"]


def test_only_texts_of_the_earlier_run_are_removed(tmp_path: Path) -> None:
    for name in ("sub/a", "b"):
        with RunWriter(tmp_path, {}) as run:
            run.add(extraction("+36.2%", name=name), plain=False)
        (tmp_path / "articles" / "mine.txt").write_text("x", encoding="utf-8")

    assert sorted(path.name for path in (tmp_path / "articles").iterdir()) == ["b.txt", "mine.txt"]


def test_a_folder_of_articles_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("x", encoding="utf-8")

    with pytest.raises(UsageError, match="holds a folder articles that no run made.*; choose another folder"):
        RunWriter(tmp_path, {})


def test_unwritable_folder_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(UsageError, match=r"file: the output folder cannot be written: .*; a file stands where"):
        RunWriter(tmp_path / "file", {})


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a/b", "a/b.txt"),
        ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd.txt"),
        ("/root", "root.txt"),
        ("c:\\x", "c%3A%5Cx.txt"),
        ("", "%20.txt"),
        ("新药", "新药.txt"),
    ],
)
def test_no_id_leads_out_of_the_folder(name: str, path: str) -> None:
    assert str(article_file(name)) == path


@given(st.text(max_size=20))
def test_every_id_has_a_file_below(name: str) -> None:
    made = article_file(name)

    assert not made.is_absolute()
    assert ".." not in made.parts


def test_digests_name_every_lexicon() -> None:
    names = [name for name, _ in digest_rules()]

    assert "entities/drug/lexicon.csv" in names
    assert names[-1] == "rules"
    assert all(len(digest) == 64 for _, digest in digest_rules())


def test_what_an_article_states_goes_into_its_rows(tmp_path: Path) -> None:
    record = Record("efficacy", 0, 6, "+36.2%", "rule", {"drugs": ["osimertinib"], "low": 36.2})
    article = Article("a", "+36.2%同比", date(2025, 12, 20), "钻石靶点", "药智网")
    with RunWriter(tmp_path, {}) as run:
        run.add(Extraction(article, (PERCENT,), (record,)), plain=False, replaced=2)
        run.add(Extraction(Article("b", "+36.2%"), (PERCENT,)), plain=True)

    stated = {"title": "钻石靶点", "published": "2025-12-20", "source": "药智网"}
    for name in ("percentages.csv", "efficacy.csv", "articles.csv"):
        row = next(csv.DictReader((tmp_path / name).read_text(encoding="utf-8-sig").splitlines()))
        assert {column: row[column] for column in stated} == stated
    first, second = map(json.loads, (tmp_path / "mentions.jsonl").read_text(encoding="utf-8").splitlines())
    assert first.items() >= stated.items()
    assert not second.keys() & stated.keys()
    assert json.loads((tmp_path / "records.jsonl").read_text(encoding="utf-8")).items() >= stated.items()
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["replaced"] == {"a": 2}
