"""Articles are found in files, folders and rows; what cannot be read becomes its own failure."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import oncospan
from oncospan.errors import InputError, UsageError
from oncospan.files.articles import find_sources, load


def test_folder_is_walked_and_sorted(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("乙", encoding="utf-8")
    (tmp_path / "sub" / "a.md").write_text("甲", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("丙", encoding="utf-8")
    (tmp_path / "photo.png").write_bytes(b"x")

    sources, others = find_sources([tmp_path])

    assert [source.id for source in sources] == ["b", "sub/a"]
    assert others == [tmp_path / "photo.png"]
    assert [article.text for article in oncospan.load_articles(tmp_path)] == ["乙", "甲"]


def test_rows_carry_their_own_id_and_date(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    lines = [
        {"id": 7, "text": "今年获批", "published": "2024-05-01", "extra": 1},
        {"id": "b", "text": "去年", "published": ""},
    ]
    rows.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")

    articles = list(oncospan.load_articles(rows, published="2020-02-02"))

    assert [(article.id, article.published) for article in articles] == [
        ("7", date(2024, 5, 1)),
        ("b", date(2020, 2, 2)),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "a"}', "text: Field required"),
        ("no json", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('{"id": "a", "text": " "}', "id or text is empty"),
        ('{"id": "a", "text": "\\ud800"}', "lone surrogate"),
        ('{"id": "a", "text": "x", "published": "soon"}', "published: "),
    ],
)
def test_broken_row_names_file_line_and_remedy(tmp_path: Path, line: str, reason: str) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "good", "text": "甲"}\n' + line + "\n", encoding="utf-8")

    sources, _ = find_sources([rows])

    assert load(sources[0]).article.text == "甲"
    with pytest.raises(InputError, match=r"rows.jsonl:2: .*; a row is \{") as caught:
        load(sources[1])
    assert reason in str(caught.value)


def test_two_articles_of_one_id_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "a.md").write_text("乙", encoding="utf-8")

    sources, _ = find_sources([tmp_path])

    assert load(sources[0]).article.text == "乙"
    with pytest.raises(InputError, match=r"a\.txt: the id 'a' is already taken by .*a\.md; rename one of the two"):
        load(sources[1])


def test_a_clash_of_rows_names_both_lines(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("id,text\na,甲\nb,乙\na,丙\n", encoding="utf-8")

    sources, _ = find_sources([tmp_path])

    with pytest.raises(InputError, match=r"rows\.csv:4: the id 'a' is already taken by .*rows\.csv:2; rename"):
        load(sources[1])


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "sub" / "link.txt").symlink_to(tmp_path / "sub" / "a.txt")
    file = tmp_path / "sub" / "a.txt"

    assert [source.id for source in find_sources([file, file])[0]] == ["a"]
    assert [source.id for source in find_sources([tmp_path, tmp_path / "sub", file])[0]] == ["sub/a", "sub/link"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [("nowhere", "there is no such file or folder"), ("empty", "holds no articles"), ("photo.png", "cannot be read")],
)
def test_wrong_paths_are_wrong_calls(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "photo.png").write_bytes(b"x")

    with pytest.raises(UsageError, match=problem):
        find_sources([tmp_path / name])


def test_unreadable_row_file_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b"")

    sources, _ = find_sources([tmp_path])

    with pytest.raises(InputError, match="rows.jsonl: the file is empty"):
        load(sources[0])
