"""Tokens: jieba's words, by its Rust port where that is installed.

Both engines run without the HMM, where they give the same boundaries (`tests/text/test_tokens.py` holds them to it).
Words serve what words are good for: whether 成 in 三成 is a word of its own, and the gaps between mentions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib.util import find_spec

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
