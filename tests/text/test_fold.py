"""Folding: one spelling for matching, and the way back to the article's own characters."""

from __future__ import annotations

import csv
import itertools
from importlib import resources

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.text.fold import FoldedText, fold

#: Characters that fold in every way there is: widths, scripts, dashes, numerals, invisible ones, scan spaces, line ends.
TEXTS = st.text(alphabet="奧希替尼奥２５０5.％%—–-~～Ⅲⅱ\u200b\ufeff \u3000\n\r，,（(甲磺酸İßΣ😀", max_size=80)


@pytest.mark.parametrize(
    ("original", "folded"),
    [
        ("７５．５％", "75.5%"),
        ("１%～５%", "1%~5%"),
        ("奧希替尼獲批", "奥希替尼获批"),
        ("衞生署檢測", "卫生署检测"),
        ("Ⅲ期、ⅱ级", "iii期、ii级"),
        ("−29%", "-29%"),
        ("2008–2012年", "2008-2012年"),
        ("可超过90%——如融合", "可超过90%——如融合"),
        ("10⁹/L与½片", "10⁹/l与½片"),
        ("甲磺酸 奥希替尼", "甲磺酸奥希替尼"),
        ("1 3 . 6 %", "13.6 %"),
        ("2 0 2 0 年", "2020 年"),
        ("71 . 4 %", "71.4 %"),
        ("9. 8%", "9.8%"),
        ("1 2 %", "12 %"),
        ("分为1 2组", "分为1 2组"),
        ("见表2. 8例患者", "见表2. 8例患者"),
        ("EGFR 突变", "egfr 突变"),
        ("T790M\u200b突变", "t790m突变"),
    ],
)
def test_fold_gives_one_spelling(original: str, folded: str) -> None:
    assert fold(original) == folded


@given(TEXTS)
def test_lower_is_as_long_as_text(original: str) -> None:
    text = FoldedText(original)

    assert len(text.lower) == len(text.text)


@given(TEXTS, st.data())
def test_every_folded_span_has_its_original(original: str, data: st.DataObject) -> None:
    text = FoldedText(original)
    start = data.draw(st.integers(0, len(text.text)))
    end = data.draw(st.integers(start, len(text.text)))

    span = text.to_original(start, end)
    back = text.to_folded(*span)

    assert 0 <= span.start <= span.end <= len(original)
    if start < end:
        assert back.start <= start
        assert back.end >= end
        assert (
            text.text[start:end] in FoldedText(original[span.start : span.end]).text
            or "\n" in original
            or " " in original
        )


@given(TEXTS)
def test_neighbouring_characters_stay_in_order(original: str) -> None:
    text = FoldedText(original)

    spans = [text.to_original(place, place + 1) for place in range(len(text.text))]

    assert all(left.start <= right.start and left.end <= right.end for left, right in itertools.pairwise(spans))


def test_mention_across_a_roman_numeral_quotes_the_original() -> None:
    original = "在Ⅲ期研究中奥希替尼有效"
    text = FoldedText(original)
    at = text.text.index("奥希替尼")

    span = text.to_original(at, at + 4)

    assert original[span.start : span.end] == "奥希替尼"
    assert text.text[at - 6 : at - 3] == "III" or text.text[1:4] == "III"
    assert text.to_original(1, 2) == text.to_original(1, 4) == (1, 2)


def test_mention_over_a_scan_space_quotes_the_space() -> None:
    text = FoldedText("口服甲磺酸 奥希替尼片")
    at = text.text.index("甲磺酸奥希替尼")

    span = text.to_original(at, at + 7)

    assert text.original[span.start : span.end] == "甲磺酸 奥希替尼"


def test_table_is_what_opencc_says() -> None:
    convert = opencc.OpenCC("hk2s").convert
    content = (resources.files("oncospan.text") / "traditional.csv").read_text(encoding="utf-8")
    shipped = dict(csv.reader(content.splitlines()[1:]))
    blocks = [range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00)]
    characters = [chr(code) for block in blocks for code in block]

    expected = {character: convert(character) for character in characters}

    assert shipped == {left: right for left, right in expected.items() if left != right and len(right) == 1}
