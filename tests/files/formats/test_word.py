"""Word documents: everything a reader sees, in its order, and nothing a bomb wants."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from oncospan.errors import InputError
from oncospan.files.formats.word import read_word
from oncospan.files.options import Limits, ReadOptions

OPTIONS = ReadOptions()
NOTES = (
    '<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>sep</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="1"><w:p><w:r><w:t>数据来自</w:t></w:r><w:r><w:t>FLAURA研究</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def edited(data: bytes, edit: Callable[[str, bytes], bytes], **more: str) -> bytes:
    """Rewrite the parts of a document; `more` are new parts below word/."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
        for name, content in more.items():
            new.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def test_headings_paragraphs_tables_and_footnotes_come_in_their_order() -> None:
    document = docx.Document()
    document.add_heading("钻石靶点", level=0)
    document.add_paragraph("发布日期:2025年12月20日")
    paragraph = document.add_paragraph("奥希替尼")
    paragraph.add_run("组ORR为80%。").add_break(WD_BREAK.LINE)
    paragraph.add_run("第二行\t有制表位")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "药物"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "疗效"
    for column, text in enumerate(["ORR(%)", "中位PFS|月"], start=1):
        table.cell(1, column).text = text
    for column, text in enumerate(["奥希替尼", "80", "18.9"]):
        table.cell(2, column).text = text
    document.add_paragraph("表后。")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"

    def link(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            return data.replace(
                b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
            )
        if name == "word/_rels/document.xml.rels":
            entry = f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>'
            return data.replace(b"</Relationships>", entry.encode())
        return data

    content = read_word(edited(saved(document), link, footnotes=NOTES), "a.docx", OPTIONS)

    assert content.text == (
        "钻石靶点\n发布日期:2025年12月20日\n奥希替尼组ORR为80%。\n第二行 有制表位\n"
        "| 药物 | 疗效 |  |\n|  | ORR(%) | 中位PFS¦月 |\n| 奥希替尼 | 80 | 18.9 |\n表后。\n数据来自FLAURA研究\n"
    )
    assert content.title == "钻石靶点"
    assert content.published == date(2025, 12, 20)


def test_insertions_count_and_deletions_do_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("奥希替尼")
    for tag, text in (("ins", "组ORR为80%"), ("del", "不足70%")):
        word = "t" if tag == "ins" else "delText"
        run = f"<w:r><w:{word}>{text}</w:{word}></w:r>"
        paragraph._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a">{run}</w:{tag}>'))  # noqa: SLF001

    assert read_word(saved(document), "a.docx", OPTIONS).text == "奥希替尼组ORR为80%\n"


def test_the_file_s_own_date_is_no_publication_date() -> None:
    document = docx.Document()
    document.add_paragraph("奥希替尼组ORR为80%。")
    document.core_properties.title = "钻石靶点"

    content = read_word(saved(document), "a.docx", OPTIONS)

    assert (content.title, content.published) == ("钻石靶点", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_it_is_parsed(encoding: str) -> None:
    document = docx.Document()
    document.add_paragraph("奥希替尼")
    bomb = '<!DOCTYPE w:document [<!ENTITY a "药药药药"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def plant(name: str, data: bytes) -> bytes:
        if name != "word/document.xml":
            return data
        text = data.decode().split("?>", 1)[1].replace("奥希替尼", "&b;")
        return f'<?xml version="1.0" encoding="{encoding}"?>{bomb}{text}'.encode(encoding)

    with pytest.raises(InputError, match=r"a.docx: word/document.xml declares a document type.*; do not trust"):
        read_word(edited(saved(document), plant), "a.docx", OPTIONS)


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    document = docx.Document()
    for number in range(3000):
        document.add_paragraph(str(number * 7919))

    with pytest.raises(InputError, match=r"the document's XML unpacks to more than 0 MB; raise --max-mb"):
        read_word(saved(document), "a.docx", ReadOptions(limits=Limits(max_mb=0)))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"no zip", "this is no Office document; save it again as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "this is no Office document"),
    ],
)
def test_what_is_no_document_says_so(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=f"a.docx: {problem}"):
        read_word(data, "a.docx", OPTIONS)


def test_a_document_without_its_parts_is_broken(packed: Callable[[dict[str, bytes]], bytes]) -> None:
    with pytest.raises(InputError, match=r"the Word document is broken \(\w+\); open and save it again"):
        read_word(packed({"a.xml": b"<a/>"}), "a.docx", OPTIONS)


def test_an_empty_document_holds_no_text(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))

    with pytest.raises(InputError, match="the document holds no text"):
        read_word((tmp_path / "a.docx").read_bytes(), "a.docx", OPTIONS)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(
        InputError, match=r"needs the package python-docx; install it with: pip install 'oncospan\[docx\]'"
    ):
        read_word(b"", "a.docx", OPTIONS)
