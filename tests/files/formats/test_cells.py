"""Tables of articles: CSV, workbooks and Parquet with id, text, published and title under whatever names."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

import oncospan
from oncospan.errors import InputError
from oncospan.files.articles import find_sources, load
from oncospan.files.formats.cells import read_csv, read_parquet, read_workbook
from oncospan.files.options import Limits, ReadOptions, parse_columns

OPTIONS = ReadOptions()
CHINESE = parse_columns("id=编号,text=正文,published=发布日期,title=标题,source=来源")
HEADER = ["编号", "发布日期", "标题", "正文", "来源", "备注"]
ROWS: list[list[Any]] = [
    [
        7,
        dt.datetime.fromisoformat("2025-12-20 08:30"),
        "钻石靶点",
        "今年3月,奥希替尼获批。\n\nORR为80%。",
        "药智网",
        None,
    ],
    ["b", None, None, "去年获批", None, "x"],
]


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def frame(names: list[str]) -> bytes:
    rows = [dict(zip(names, row, strict=True)) for row in [[str(r[0]), *r[1:]] for r in ROWS]]
    stream = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), stream)
    return stream.getvalue()


CSV = (
    '编号,发布日期,标题,正文,来源,备注\r\n7,2025/12/20,钻石靶点,"今年3月,奥希替尼获批。\n\nORR为80%。",药智网,\r\n,,,,,\r\n'
    "b,,,去年获批,,x\r\n"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", CSV.encode("gb18030")),
        ("a.csv", CSV.encode("utf-8-sig")),
        ("a.csv", CSV.replace(",", ";").replace("3月;", "3月,").encode()),
        ("a.tsv", CSV.replace(",", "\t").replace("3月\t", "3月,").encode("utf-16")),
        ("a.xlsx", workbook([["说明"], ["没有文章"]], [HEADER, *ROWS])),
        ("a.parquet", frame(HEADER)),
    ],
)
def test_rows_become_articles_with_what_they_state(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    options = ReadOptions(columns=CHINESE)

    sources, _ = find_sources([tmp_path / name], options)
    first, second = (load(source, dt.date(2020, 1, 1), options).article for source in sources)

    assert (first.id, first.title, first.published, first.source) == ("7", "钻石靶点", dt.date(2025, 12, 20), "药智网")
    assert first.text == "今年3月,奥希替尼获批。\n\nORR为80%。"
    assert (second.id, second.title, second.published, second.source) == ("b", None, dt.date(2020, 1, 1), None)
    assert oncospan.extract(first.text, first.published).mentions[0].norm == "2025-03"


@pytest.mark.parametrize(
    ("reader", "data", "problem"),
    [
        (read_csv, b"name,text\na,b\n", r"a:1: the table has no column 'id'; its first row has name, text; say which"),
        (read_workbook, workbook([["id", "正文"], ["a", "b"]]), r"no column 'text'; its first row has id, 正文"),
        (read_workbook, workbook([]), "no column 'id'; its first row has no names"),
        (read_parquet, frame(["a", "b", "c", "d", "e", "f"]), "no column 'id'"),
        (read_workbook, b"PK", "this is no Office document"),
        (read_parquet, b"PAR1 nothing PAR1", r"this is no Parquet file, or a broken one \(\w+\); write it again"),
    ],
)
def test_a_table_of_something_else_says_what_it_has(
    reader: Callable[[bytes, str, ReadOptions], Any], data: bytes, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        list(reader(data, "a", OPTIONS))


def test_a_broken_row_is_its_own_failure(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text,published\na,奥希替尼,\nb,,\nc,吉非替尼,soon\n", encoding="utf-8")

    sources, _ = find_sources([tmp_path])

    assert load(sources[0]).article.text == "奥希替尼"
    with pytest.raises(InputError, match=r"a.csv:3: id or text is empty"):
        load(sources[1])
    with pytest.raises(InputError, match=r"a.csv:4: published: .*'soon' is no date"):
        load(sources[2])


def test_a_long_cell_is_no_broken_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"id,text\na,{'药' * 200_000}\n", encoding="utf-8")

    assert len(load(find_sources([tmp_path])[0][0]).article.text) == 200_000


def test_a_workbook_of_another_size_than_it_says_is_read_within_bounds() -> None:
    stream = io.BytesIO()
    far = b'<row r="60000"><c r="XFD60000"><v>1</v></c></row></sheetData>'
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["id", "text"], ["a", "奥希替尼"]]))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", far))

    assert [row["text"] for _, row, _ in read_workbook(stream.getvalue(), "a", OPTIONS)] == ["奥希替尼"]


def test_a_broken_sheet_is_a_failure() -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["id", "text"], ["a", "b"]]))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<row", b"<raw"))

    with pytest.raises(InputError, match=r"the workbook is broken \(\w+\); open and save it again"):
        list(read_workbook(stream.getvalue(), "a", OPTIONS))


def test_a_text_repeated_by_a_dictionary_counts_every_time() -> None:
    texts = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * 40, pyarrow.int32()), pyarrow.array(["药" * 20_000])
    )
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table({"id": [str(n) for n in range(40)], "text": texts}), stream)

    assert len(stream.getvalue()) < 100_000
    with pytest.raises(InputError, match="unpacks to more than 1 MB; raise --max-unpacked-mb"):
        list(read_parquet(stream.getvalue(), "a", ReadOptions(limits=Limits(max_unpacked_mb=1))))


@pytest.mark.parametrize(
    ("reader", "module", "hint"),
    [(read_workbook, "openpyxl", r"openpyxl; .*\[xlsx\]"), (read_parquet, "pyarrow", r"pyarrow; .*\[parquet\]")],
)
def test_a_missing_package_is_named(
    reader: Callable[[bytes, str, ReadOptions], Any], module: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(InputError, match=hint):
        list(reader(b"", "a", OPTIONS))


@given(st.text(alphabet='id,text\n"\r\t;a药\0', max_size=60))
def test_cells_at_random_are_rows_or_a_failure(text: str) -> None:
    try:
        rows = list(read_csv(b"id,text\n" + text.encode(), "a.csv", OPTIONS))
    except InputError as error:
        assert str(error).startswith("a.csv")
    else:
        assert all(isinstance(row, str) or {"id", "text"} >= set(row) for _, row, _ in rows)


@pytest.mark.parametrize(("name", "sign"), [("rows.csv", ","), ("rows.tsv", "\t")])
def test_a_row_with_more_cells_than_the_header_is_a_failure_of_its_own(tmp_path: Path, name: str, sign: str) -> None:
    lines = ["id,text", "a,去年获批,ORR为80%", "b,去年获批,, ", 'c,"去年获批,ORR为80%"']
    text = "\n".join(lines).replace(",", sign)
    (tmp_path / name).write_text(text, encoding="utf-8")

    sources, _ = find_sources([tmp_path / name])

    rows = {source.id: source for source in sources}
    assert load(rows["b"]).article.text == "去年获批"
    assert load(rows["c"]).article.text == f"去年获批{sign}ORR为80%"
    with pytest.raises(InputError, match=rf"{name}:2: the row has more cells than the header; put .* in quotes"):
        load(rows["rows:2"])
