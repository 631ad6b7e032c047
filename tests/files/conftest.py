"""Real files of every kind, made by the libraries that people make them with."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pyarrow
import pytest
from pyarrow import parquet
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table, TableStyle

FONT = "STSong-Light"
Make = Callable[[Sequence[str]], bytes]


def make_pdf(
    lines: Sequence[str], columns: int = 1, table: Sequence[Sequence[str]] = (), head: str = "", below: int = 2
) -> bytes:
    """Set the lines in a Song font with running heads and page numbers; the table stands below so many of them."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle(
        "body", fontName=FONT, fontSize=10.5, leading=16, wordWrap="CJK", firstLineIndent=21, spaceAfter=6
    )
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=9, wordWrap="CJK")
    width = (A4[0] - 120 - 20 * (columns - 1)) / columns
    frames = [Frame(60 + place * (width + 20), 70, width, A4[1] - 170, 0, 0, 0, 0) for place in range(columns)]

    def furnish(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(60, A4[1] - 40, "某某肿瘤杂志 2025年第3期")
        canvas.drawCentredString(A4[0] / 2, 30, f"第 {document.page} 页")
        if head and document.page == 1:
            canvas.setFont(FONT, 18)
            canvas.drawString(60, A4[1] - 80, head)

    story: list[Any] = [Paragraph(html.escape(line), style) for line in lines]
    if table:
        grid = Table([[Paragraph(text, cell) for text in row] for row in table])
        grid.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        story.insert(below, grid)
    stream = io.BytesIO()
    document = BaseDocTemplate(stream, pagesize=A4)
    document.addPageTemplates([PageTemplate(id="page", frames=frames, onPage=furnish)])
    document.build(story)
    return stream.getvalue()


def make_word(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        if len(line) <= 20:
            document.add_heading(line, level=2)
        else:
            # Word cuts a paragraph into runs wherever a format changes.
            paragraph = document.add_paragraph(line[:7])
            paragraph.add_run(line[7:11]).bold = True
            paragraph.add_run(line[11:])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_page(lines: Sequence[str], charset: str = "utf-8") -> bytes:
    body = "\n".join(
        f"<h2>{html.escape(line)}</h2>" if len(line) <= 20 else f"<p>{html.escape(line)}</p>" for line in lines
    )
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>钻石靶点_某某网</title></head><body>'
        '<div id="nav"><a href="/">首页</a><a href="/drugs">奥希替尼专题</a></div>'
        f'<div class="article">{body}</div>'
        '<div class="sidebar"><ul><li><a href="/1">吉非替尼2020年获批</a></li></ul></div>'
        '<div class="footer">版权所有 2019 某某网</div></body></html>'
    )
    return page.encode(charset)


def make_wechat(lines: Sequence[str]) -> bytes:
    body = "".join(
        f'<section><p><span style="font-size: 15px">{html.escape(line)}</span></p></section>' for line in lines
    )
    return (
        '<html><head><meta property="og:title" content="钻石靶点"><script>var ct = "1766200000";'
        'var nickname = htmlDecode("药智网");</script></head><body><h1 class="rich_media_title" id="activity-name">'
        "钻石靶点</h1><em id='publish_time'></em>"
        f'<div id="js_content" style="visibility: hidden;">{body}</div><div>在看 2023年 奥希替尼</div></body></html>'
    ).encode()


def rows_of(lines: Sequence[str], **more: str) -> list[dict[str, str]]:
    return [{"id": "ntrk", "text": "\n".join(lines), **more}]


def make_csv(lines: Sequence[str]) -> bytes:
    text = "\n".join(lines).replace('"', '""')
    return f'id,text\r\nntrk,"{text}"\r\n'.encode("utf-8-sig")


def make_workbook(lines: Sequence[str]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["id", "text"])
    book.active.append(["ntrk", "\n".join(lines)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_parquet(lines: Sequence[str]) -> bytes:
    stream = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows_of(lines)), stream)
    return stream.getvalue()


def make_zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


MAKERS: dict[str, Make] = {
    "txt": lambda lines: "\n".join(lines).encode(),
    "md": lambda lines: "\n\n".join(lines).encode(),
    "html": make_page,
    "wechat.html": make_wechat,
    "docx": make_word,
    "pdf": make_pdf,
    "columns.pdf": lambda lines: make_pdf(lines, columns=2),
    "json": lambda lines: json.dumps(rows_of(lines), ensure_ascii=False).encode(),
    "jsonl": lambda lines: json.dumps(rows_of(lines)[0]).encode(),
    "csv": make_csv,
    "xlsx": make_workbook,
    "parquet": make_parquet,
    "zip": lambda lines: make_zip({"资料/ntrk.docx": make_word(lines)}),
}


@pytest.fixture(params=sorted(MAKERS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make() -> dict[str, Make]:
    return MAKERS


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    return make_pdf


@pytest.fixture
def packed() -> Callable[[dict[str, bytes]], bytes]:
    return make_zip


@pytest.fixture(scope="session")
def article_lines() -> list[str]:
    """The lines of a real article."""
    text = (Path(__file__).parents[2] / "corpus" / "ntrk-inhibitors.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.split("\n") if line.strip()]
