"""Sentences end where a statement ends."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncospan.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("ORR为80%。中位PFS为9.6个月。", ["ORR为80%。", "中位PFS为9.6个月。"]),
        ("他说:“有效。”随后离开", ["他说:“有效。”", "随后离开"]),
        ("大会在马德里举行.21日的论坛上公布", ["大会在马德里举行.", "21日的论坛上公布"]),
        ("HR=0.45,P<0.001", ["HR=0.45,P<0.001"]),
        ("Nat Med vol. 5,1 69. doi:10.1038/s41", ["Nat Med vol. 5,1 69. doi:10.1038/s41"]),
        ("标题\n\n正文", ["标题", "正文"]),
        ("", []),
        ("。", ["。"]),
    ],
)
def test_split_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(st.text(alphabet="奥。!?.\n 9A”", max_size=60))
def test_sentences_cover_everything_but_blank_space(text: str) -> None:
    spans = split_sentences(text)

    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == "".join(text.split())
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


@pytest.mark.parametrize("piece", ["奥希替尼ORR为80%,", "药", "| 80 ", "a b "])
def test_a_text_without_full_stops_is_cut_into_bounded_pieces(piece: str) -> None:
    text = piece * 3000

    spans = split_sentences(text)

    assert max(end - start for start, end in spans) <= 2000
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
