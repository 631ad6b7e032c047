"""The Python API: a few names that do what their docstrings say."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oncospan
from oncospan.model import Span

#: Pieces that make mentions, and pieces that cut them.
PIECES = st.lists(
    st.sampled_from(
        [
            "奥希替尼", "osimertinib", "单抗", "替尼", "SHR-1210", "EGFR", "T790M", "突变", "19外显子缺失", "80", "%", "三成",
            "百分之", "2024年", "3月", "12日", "今年", "至", "-", "~", "、", "和", "(", ")", " ", "\n", "约", "超过", "p.", "c.", "c.2573T>G",
            "９０％", "奧希替尼", "Ⅲ", "①", "0", "1.5", "fs*3", "del", "t(9;22)", "1p/19q", "Jul", "2021", "。", "😀", "\u200b",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


def test_extract_reads_one_text() -> None:
    extraction = oncospan.extract("今年3月,奥希替尼组ORR为80%。", published="2025-12-20")

    assert [(m.label, m.text, m.describe()) for m in extraction.mentions] == [
        ("DATE", "今年3月", "2025-03"),
        ("DRUG", "奥希替尼", "osimertinib"),
        ("PERCENT", "80%", "80 percent"),
    ]
    assert [(record.kind, record.fields["endpoint"], record.fields["low"]) for record in extraction.records] == [
        ("efficacy", "ORR", 80.0)
    ]
    assert oncospan.extract("今年3月", published=date(2024, 1, 1)).mentions[0].norm == "2024-03"


def test_extract_refuses_what_is_no_date() -> None:
    remedy = "'2025-13-40' is no date; write published='2025-12-20'"
    with pytest.raises(ValueError, match=remedy):
        oncospan.extract("今年", published="2025-13-40")
    with pytest.raises(oncospan.OncospanError, match=remedy):
        next(oncospan.load_articles(".", published="2025-13-40"))


def test_extract_refuses_half_a_character() -> None:
    with pytest.raises(ValueError, match="character 2 of the text is half a character .*; decode the text anew"):
        oncospan.extract("OR\ud800 80%")


def test_to_pandas_has_a_row_for_each_mention() -> None:
    frame = oncospan.extract("奥希替尼组ORR为80%。次要终点略。").to_pandas()

    assert list(frame["text"]) == ["奥希替尼", "80%"]
    assert list(frame["sentence"]) == ["奥希替尼组ORR为80%。"] * 2
    assert frame["norm"][1] == (80.0, 80.0, "percent")


def test_an_extraction_without_sentences_has_none() -> None:
    assert oncospan.Extraction(oncospan.Article("a", "x"), ()).sentence(0) == ""


def check(text: str) -> None:
    mentions = oncospan.extract(text, published="2025-12-20").mentions
    spans = [mention.span for mention in mentions]

    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(start < end for start, end in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


@given(PIECES)
def test_mentions_quote_the_text_and_never_overlap(text: str) -> None:
    check(text)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    check(text)


@given(PIECES, PIECES)
def test_a_sentence_reads_alike_behind_another(left: str, right: str) -> None:
    """What stands in a paragraph of its own is found there too when another paragraph goes before it."""
    alone = {
        (m.start, m.end, m.label) for m in oncospan.extract("\n患者入组。\n" + right).mentions if m.label == "PERCENT"
    }
    offset = len(left)

    both = oncospan.extract(left + "\n患者入组。\n" + right).mentions

    behind = {(m.start - offset, m.end - offset, m.label) for m in both if m.label == "PERCENT" and m.start >= offset}
    assert behind == alone or "\n" in left + right


def test_spans_that_touch_do_not_overlap() -> None:
    assert not Span(0, 4).overlaps(Span(4, 8))
    assert Span(0, 5).overlaps(Span(4, 8))
