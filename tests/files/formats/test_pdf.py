"""PDF files: paragraphs out of lines, columns in their order, margins gone, tables as rows."""

from __future__ import annotations

import io
import json
import sys
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from oncospan.errors import InputError
from oncospan.files.formats.page import Character, Page, make_stretches, read_rows
from oncospan.files.formats.paragraphs import flow
from oncospan.files.formats.pdf import read_pdf
from oncospan.files.formats.pdf_characters import write_pages
from oncospan.files.options import Limits, ReadOptions

OPTIONS = ReadOptions()
TABLE = [
    ["药物", "例数", "ORR(%)", "中位PFS(月)"],
    ["奥希替尼", "279", "80", "18.9"],
    ["吉非替尼", "277", "76", "10.2"],
]


def lines_of(data: bytes) -> list[str]:
    return [line for line in read_pdf(data, "a.pdf", OPTIONS).text.split("\n") if line]


@pytest.mark.parametrize("columns", [1, 2])
def test_every_paragraph_is_whole_and_margins_are_gone(
    columns: int, pdf: Callable[..., bytes], article_lines: list[str]
) -> None:
    assert lines_of(pdf(article_lines, columns=columns)) == article_lines


def test_a_heading_over_both_columns_comes_first(pdf: Callable[..., bytes], article_lines: list[str]) -> None:
    head = "NTRK抑制剂的耐药与第二代药物的进展综述"

    assert lines_of(pdf(article_lines, columns=2, head=head)) == [head, *article_lines]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_table_keeps_its_rows(columns: int, pdf: Callable[..., bytes], article_lines: list[str]) -> None:
    read = lines_of(pdf(article_lines, columns=columns, table=TABLE))

    assert read[2:5] == [
        "| 药物 | 例数 | ORR(%) | 中位PFS(月) |", "| 奥希替尼 | 279 | 80 | 18.9 |", "| 吉非替尼 | 277 | 76 | 10.2 |",
    ]  # fmt: skip
    assert read[:2] + read[5:] == article_lines


def canvas_of(draw: Callable[[Canvas], None], encrypt: str | None = None) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=encrypt)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def test_latin_words_are_joined_with_a_space_and_hyphens_are_closed() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for place, line in enumerate(
            ["Osimertinib significantly improved the objective re-", "sponse rate of patients with EGFR T790M and a non-",
             "squamous histology; the drug formerly called SHR-", "1210 was given to none of the patients of this trial"]
        ):  # fmt: skip
            canvas.drawString(80, 700 - 14 * place, line)

    assert lines_of(canvas_of(draw)) == [
        (
            "Osimertinib significantly improved the objective response rate of patients with EGFR T790M and a non-squamous "
            "histology; the drug formerly called SHR-1210 was given to none of the patients of this trial"
        )
    ]


def test_a_scan_is_told_from_a_broken_file() -> None:
    scan = canvas_of(lambda canvas: canvas.rect(100, 100, 200, 200, fill=1))

    with pytest.raises(InputError, match=r"a.pdf: the PDF has no text layer, it is a scan; run OCR over it first"):
        read_pdf(scan, "a.pdf", OPTIONS)
    with pytest.raises(InputError, match=r"a.pdf: this is no PDF, or a broken one; save it again"):
        read_pdf(b"%PDF-1.7\nnothing", "a.pdf", OPTIONS)


def test_a_locked_file_says_so() -> None:
    locked = canvas_of(lambda canvas: canvas.drawString(80, 700, "ORR 80%"), encrypt="secret")

    with pytest.raises(InputError, match="locked with a password; save it without one"):
        read_pdf(locked, "a.pdf", OPTIONS)


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(max_pages=1), "more than 1 pages; .* --max-pages"),
        (Limits(max_characters=100), "more than 100 characters; .* --max-characters"),
    ],
)
def test_limits_are_kept(limits: Limits, problem: str, pdf: Callable[..., bytes], article_lines: list[str]) -> None:
    with pytest.raises(InputError, match=problem):
        read_pdf(pdf(article_lines), "a.pdf", ReadOptions(limits=limits))


@pytest.mark.parametrize(
    ("pages", "characters", "ended"), [(9, 99_999, "done"), (0, 99_999, "pages"), (9, 3, "characters")]
)
def test_the_program_prints_a_line_for_each_page(
    pages: int, characters: int, ended: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = canvas_of(lambda canvas: canvas.drawString(80, 700, "ORR 80%"))

    assert write_pages(data, pages, characters) == ended
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(page[2], len(page[3])) for page in printed] == ([("ORR 80%", 28)] if ended == "done" else [])


def test_the_program_tells_locked_from_broken() -> None:
    assert write_pages(canvas_of(lambda canvas: canvas.drawString(80, 700, "80%"), "secret"), 9, 9) == "locked"
    assert write_pages(b"no file", 9, 9) == "broken"


def test_a_stream_that_unpacks_to_too_much_is_refused() -> None:
    packer = zlib.compressobj(9)
    stream = b"".join([packer.compress(b" " * 1024 * 1024) for _ in range(8)] + [packer.flush()])
    data = b"%PDF-1.4\n4 0 obj<</Length 9/Filter/FlateDecode>>stream\n" + stream + b"\nendstream"

    with pytest.raises(InputError, match="the PDF unpacks to more than 4 MB; raise --max-unpacked-mb"):
        read_pdf(data, "a.pdf", ReadOptions(limits=Limits(max_unpacked_mb=4)))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    with pytest.raises(
        InputError, match=r"needs the package pypdfium2; install it with: pip install 'oncospan\[pdf\]'"
    ):
        read_pdf(b"%PDF-1.7", "a.pdf", OPTIONS)


NUMBERS = st.floats(-1000, 1000)
CHARACTERS = st.lists(
    st.builds(Character, st.sampled_from("药A1 -%\u00ad"), NUMBERS, NUMBERS, NUMBERS, NUMBERS), max_size=40
)


@settings(deadline=None)
@given(CHARACTERS)
def test_characters_anywhere_are_read_once(characters: list[Character]) -> None:
    stretches = make_stretches(characters)
    rows = read_rows(Page(600, 800, stretches))
    text = "".join(flow([Page(600, 800, stretches)]))

    drawn = sum(character.text not in " -\u00ad" for character in characters)
    assert sum(len(row.stretches) for row in rows) == len(stretches)
    assert sum(character not in " -|\u00ad" for character in text) == drawn
