"""Tokens: both engines cut alike, mentions stay whole, and the words give the text back."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from oncospan.model import Span
from oncospan.text.tokens import count_jieba, count_rjieba, cut_jieba, cut_rjieba, split_tokens, word_frequency

ARTICLE = Path(__file__).parents[2] / "corpus" / "ntrk-inhibitors.txt"


def test_both_engines_cut_the_article_alike() -> None:
    lines = ARTICLE.read_text(encoding="utf-8").splitlines()

    assert [cut_rjieba(line) for line in lines] == [cut_jieba(line) for line in lines]


def test_both_engines_know_the_same_words_equally_often() -> None:
    words = {word for line in ARTICLE.read_text(encoding="utf-8").splitlines() for word in cut_jieba(line)}
    words |= {"替尼", "拉罗替尼", "阿帕", "塞纳", ""}

    assert {word for word in words if abs(count_jieba(word) - count_rjieba(word)) > 1} == set()
    assert word_frequency("联合") > word_frequency("塞纳") > word_frequency("拉罗替尼") == 0


def test_a_mention_is_one_token_and_the_gaps_are_words() -> None:
    text = "患者接受拉罗替尼治疗"

    tokens = split_tokens(text, [Span(4, 8)])

    assert [text[start:end] for start, end in tokens] == ["患者", "接受", "拉罗替尼", "治疗"]


@given(st.text(alphabet="拉罗替尼三成员abc 12%😀\n", max_size=40), st.data())
def test_tokens_give_the_text_back(text: str, data: st.DataObject) -> None:
    edges = data.draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    mentions = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False) if start < end]

    tokens = split_tokens(text, mentions)

    assert "".join(text[start:end] for start, end in tokens) == text
    assert set(mentions) <= set(tokens)
