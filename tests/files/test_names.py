"""A user's lexicon is checked row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from oncospan.errors import LexiconError, UsageError
from oncospan.files.names import OwnName, Row, read_names, scan_names


def write(folder: Path, content: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "my.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_names_are_read_as_excel_saves_them(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "name,norm,note\r\n某某替尼,somertinib,公司材料里的新药名称和说明\r\n\r\n", encoding)

    assert read_names(path) == (OwnName("某某替尼", "somertinib"),)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("药名,通用名\na,b\n", "my.csv:1: the first row is not name,norm,note"),
        ("name,norm\n,somertinib\n", "my.csv:2: the name is empty; a row is"),
        ("name,norm\n某某替尼,\n", "my.csv:2: the normal form is empty"),
        ("name,norm\n某\n", "my.csv:2: the normal form is empty"),
        ("name,norm\n某,x\n", "my.csv:2: '某' is one letter; give a longer name"),
        ("name,norm\n某某替尼,x\n某某替尼,y\n", "my.csv:3: the name '某某替尼' stands in line 2 already"),
        ("name,norm\n某某替尼,x,a,b\n", "my.csv:2: the row has more than three cells; .* in quotes"),
        ("name,norm\n2024,x\n", "my.csv:2: '2024' has no letter and no Chinese character; give a name"),
        ("name,norm\n58%,x\n", "my.csv:2: '58%' has no letter"),
        ("", "my.csv: the file is empty"),
        ('name,norm\n"某某\n替尼",x\n', "my.csv:3: '某某\\\\n替尼' runs over a line"),
        ("name,norm\n" + "某" * 200_000 + ",x\n", "my.csv:2: .*is very long; check the quotes"),
    ],
)
def test_bad_rows_name_file_line_and_remedy(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(LexiconError, match=problem):
        read_names(write(tmp_path, content))


def test_a_scan_goes_on_behind_a_bad_row(tmp_path: Path) -> None:
    path = write(tmp_path, "name,norm\n某,x\n某某替尼,somertinib\n某某替尼,y\n")

    rows = list(scan_names(path))

    assert rows[1] == Row(3, OwnName("某某替尼", "somertinib"))
    assert [str(row).partition(";")[0] for row in rows if isinstance(row, LexiconError)] == [
        f"{path}:2: '某' is one letter",
        f"{path}:4: the name '某某替尼' stands in line 3 already",
    ]


def test_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        read_names(tmp_path / "my.csv")
