"""Title, headings, captions, tables and references are told apart in every format, and tables become records."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from oncospan.files.articles import find_sources, load
from oncospan.pipeline import default_pipeline

TITLE, CAPTION, HEADING = "奥希替尼一线治疗的进展", "表1 奥希替尼与吉非替尼的疗效", "参考文献"
BODY = [
    "奥希替尼是第三代EGFR抑制剂,对EGFR T790M突变有效,已于2017年3月在中国获批用于一线治疗失败的患者。",
    "在一项随机试验中,研究者比较了两种药物的疗效,入组患者均未接受过系统治疗,主要终点是无进展生存期。",
]
TABLE = [
    ["药物", "例数", "ORR(%)", "中位PFS(月)"],
    ["奥希替尼", "279", "80", "18.9"],
    ["吉非替尼", "277", "76", "10.2"],
]
REFERENCE = "1.Soria JC, et al. Osimertinib in untreated EGFR-mutated advanced NSCLC. N Engl J Med. 2018;378:113-125."
LINES = [TITLE, BODY[0], BODY[1], CAPTION, HEADING, REFERENCE]
EXPECTED = [
    ("title", "osimertinib"), ("body", "osimertinib"), ("body", ("EGFR:p.T790M",)), ("body", "2017-03"),
    ("caption", "osimertinib"), ("caption", "gefitinib"), ("table", "osimertinib"), ("table", "gefitinib"),
    ("references", "osimertinib"), ("references", ("EGFR:mutation",)), ("references", "2018"),
]  # fmt: skip


def page() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in TABLE)
    body = "".join(f"<p>{line}</p>" for line in BODY)
    return (
        f"<html><body><h1>{TITLE}</h1>{body}<p>{CAPTION}</p><table>{rows}</table><h2>{HEADING}</h2><p>{REFERENCE}</p></body></html>"
    ).encode()


def word() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, level=0)
    for line in BODY:
        document.add_paragraph(line)
    document.add_paragraph(CAPTION, style="Caption")
    table = document.add_table(rows=0, cols=len(TABLE[0]))
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading(HEADING, level=1)
    document.add_paragraph(REFERENCE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def plain(mark: str) -> bytes:
    rows = [mark.join(row) for row in TABLE]
    return "\n".join([TITLE, *BODY, CAPTION, *rows, HEADING, REFERENCE]).encode()


def markdown() -> bytes:
    rows = [f"| {' | '.join(row)} |" for row in (TABLE[0], ["---"] * 4, *TABLE[1:])]
    return "\n".join([TITLE, "", *BODY, "", CAPTION, "", *rows, "", HEADING, "", REFERENCE]).encode()


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "docx", "pdf"])
def test_sections_and_records_are_the_same_in_every_format(
    suffix: str, pdf: Callable[..., bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"a.{suffix}"
    match suffix:
        case "txt":
            path.write_bytes(plain("\t"))
        case "md":
            path.write_bytes(markdown())
        case "html":
            path.write_bytes(page())
        case "docx":
            path.write_bytes(word())
        case _:
            path.write_bytes(pdf(LINES, table=TABLE, below=4))

    extraction = default_pipeline().read(load(find_sources([path])[0][0]).article)

    assert [(mention.section, mention.norm) for mention in extraction.mentions] == EXPECTED
    found = [r.fields for r in extraction.records if r.rule == "efficacy.table"]
    assert [(f["drugs"], f["endpoint"], f["low"], f["unit"], f["n"]) for f in found] == [
        (["osimertinib"], "ORR", 80.0, "percent", 279), (["osimertinib"], "PFS", 18.9, "month", 279),
        (["gefitinib"], "ORR", 76.0, "percent", 277), (["gefitinib"], "PFS", 10.2, "month", 277),
    ]  # fmt: skip
