"""One article gives the same mentions and records whatever file, encoding, script or width it comes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import opencc
import pytest

import oncospan
from oncospan.files.articles import find_sources, load
from oncospan.model import Extraction
from oncospan.pipeline import default_pipeline

Make = Callable[[Sequence[str]], bytes]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk")
#: Big5 as first laid down lacks these characters of the article; its readers write the others.
LACKING = str.maketrans("酶啓羣牀着裏綫", "酵啟群床著裡線")
#: Files in Big5 are written in the forms of Taiwan and Hong Kong; it has no others.
TRADITIONAL = [
    *((config, encoding) for config in ("s2tw", "s2hk") for encoding in ("big5", "big5hkscs", "cp950")),
    *((config, encoding) for config in ("s2t", "s2tw", "s2hk") for encoding in ("utf-8", "gb18030", "utf-16")),
]


def facts(extraction: Extraction) -> tuple[object, object]:
    mentions = [(m.label, m.norm, m.qualifier, m.negated, m.start_date, m.end_date) for m in extraction.mentions]
    return mentions, [(record.kind, record.rule, record.trail, record.fields) for record in extraction.records]


def read(path: Path) -> Extraction:
    sources, _ = find_sources([path])
    extraction = default_pipeline().read(load(sources[0]).article)
    text = extraction.article.text
    assert all(text[mention.start : mention.end] == mention.text for mention in extraction.mentions)
    return extraction


@pytest.fixture(scope="module")
def expected(article_lines: list[str]) -> tuple[object, object]:
    return facts(oncospan.extract("\n".join(article_lines)))


def test_every_format_gives_the_same(
    kind: str, make: dict[str, Make], article_lines: list[str], expected: tuple[object, object], tmp_path: Path
) -> None:
    path = tmp_path / f"ntrk.{kind}"
    path.write_bytes(make[kind](article_lines))

    assert facts(read(path)) == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same(
    encoding: str, end: str, article_lines: list[str], expected: tuple[object, object], tmp_path: Path
) -> None:
    path = tmp_path / "ntrk.txt"
    path.write_bytes(end.join(article_lines).encode(encoding))

    extraction = read(path)

    assert extraction.article.text == end.join(article_lines)
    assert facts(extraction) == expected


@pytest.mark.parametrize(("config", "encoding"), TRADITIONAL)
def test_traditional_text_gives_the_same_and_is_quoted(
    config: str, encoding: str, article_lines: list[str], expected: tuple[object, object], tmp_path: Path
) -> None:
    text = opencc.OpenCC(config).convert("\n".join(article_lines))
    if encoding in {"big5", "cp950"}:
        text = text.translate(LACKING)
    data = text.encode(encoding)
    path = tmp_path / "ntrk.txt"
    path.write_bytes(data)

    extraction = read(path)

    assert extraction.article.text == data.decode(encoding).removeprefix("\ufeff")
    assert facts(extraction) == expected
    assert "拉羅替尼" in {mention.text for mention in extraction.mentions}


@pytest.mark.parametrize("config", [None, "s2tw", "s2hk"])
@pytest.mark.parametrize("suffix", ["txt", "docx", "html", "xlsx"])
def test_full_width_text_gives_the_same_and_is_quoted(
    config: str | None,
    suffix: str,
    make: dict[str, Make],
    article_lines: list[str],
    expected: tuple[object, object],
    tmp_path: Path,
) -> None:
    text = "\n".join(article_lines).translate(FULL_WIDTH)
    path = tmp_path / f"ntrk.{suffix}"
    path.write_bytes(make[suffix]((opencc.OpenCC(config).convert(text) if config else text).split("\n")))

    extraction = read(path)

    assert facts(extraction) == expected
    assert "０．３０％" in {mention.text for mention in extraction.mentions}


def test_a_page_in_big5_gives_the_same(
    make: dict[str, Make], article_lines: list[str], expected: tuple[object, object], tmp_path: Path
) -> None:
    lines = opencc.OpenCC("s2hk").convert("\n".join(article_lines)).split("\n")
    page = make["html"](lines).decode().replace('charset="utf-8"', 'charset="big5"')
    path = tmp_path / "ntrk.html"
    path.write_bytes(page.encode("big5hkscs", "xmlcharrefreplace"))

    assert facts(read(path)) == expected
