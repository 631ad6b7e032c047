"""Tokens: jieba's words, by its Rust port where that is installed.

Both engines run without the HMM, where they give the same boundaries (`tests/text/test_tokens.py` holds them to it).
Words serve what words are good for: whether 成 in 三成 is a word of its own, and the gaps between mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

from oncospan.model import Span


def cut_jieba(text: str) -> list[str]:
    """Return the words of a text by jieba, without the HMM."""
    import jieba

    jieba.setLogLevel("ERROR")
    return list(jieba.cut(text, HMM=False))


def cut_rjieba(text: str) -> list[str]:
    """Return the words of a text by rjieba, without the HMM.

    Raises:
        ImportError: rjieba is not installed.
    """
    import rjieba

    return list(rjieba.cut(text, hmm=False))


@cache
def _engine() -> Callable[[str], list[str]]:
    return cut_rjieba if find_spec("rjieba") else cut_jieba


#: What the frequencies of jieba's dictionary add up to.
WORDS_TOTAL = 60_101_967


def count_jieba(word: str) -> int:
    """Return how often a word stands in what jieba's dictionary was counted from; 0 for what is no word there."""
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    return int(jieba.suggest_freq(word)) if jieba.dt.FREQ.get(word) else 0


@cache
def _rust_dictionary() -> Any:  # noqa: ANN401 - rjieba ships no types
    import rjieba

    return rjieba.Jieba()


def count_rjieba(word: str) -> int:
    """Return the same by rjieba.

    Raises:
        ImportError: rjieba is not installed.
    """
    dictionary = _rust_dictionary()
    return int(dictionary.suggest_freq(word)) if dictionary.has_word(word) else 0


@cache
def _counter() -> Callable[[str], int]:
    return count_rjieba if find_spec("rjieba") else count_jieba


@lru_cache(maxsize=50_000)
def word_frequency(word: str) -> int:
    """Return how often a word stands in what jieba's dictionary was counted from; 0 for what is no word there.

    Args:
        word: one word, folded.
    """
    return _counter()(word)


def split_tokens(text: str, mentions: Iterable[Span] = ()) -> list[Span]:
    """Return the words of a text; each mention is one word and the engine cuts the gaps.

    Args:
        text: any text.
        mentions: spans that must stay whole, sorted, not overlapping.
    """
    cut = _engine()
    tokens: list[Span] = []
    at = 0
    for mention in [*mentions, Span(len(text), len(text))]:
        for word in cut(text[at : mention.start]):
            tokens.append(Span(at, at + len(word)))
            at += len(word)
        if mention.end > mention.start:
            tokens.append(Span(mention.start, mention.end))
        at = mention.end
    return tokens
