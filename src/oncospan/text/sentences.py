"""Sentences: where a statement ends in Chinese text, also in text that ends it with a half-width full stop."""

from __future__ import annotations

import re

from oncospan.model import Span

_END = re.compile(
    # the first character stands ahead of the alternatives: plain text is passed over quickly
    r"[。!?\n.](?:(?<=[。!?])[。!?]*[”’」』\")]*"
    r"|(?<=\n)\n*"
    # `在马德里举行.21日的论坛`: a half-width stop behind Chinese; `cancers.” NPJ` and `vol. 5` are no ends of ours
    r"|(?<=[一-鿿)%]\.)(?=\s|[一-鿿]|\d{1,2}日|[A-Z])"
    r"|(?<=[a-z)]\.)(?= [A-Z][a-z]+ [a-z]))"
)


#: No statement is longer; what is read sentence by sentence stays bounded on a text without full stops.
_LONGEST = 2000
_PAUSE = re.compile(r"[,;、|\t ](?=[^,;、|\t ]*\Z)")


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a folded text, without the blank space around them.

    Args:
        text: the folded text.
    """
    spans: list[Span] = []
    start = 0
    for found in _END.finditer(text):
        _add(spans, text, start, found.end())
        start = found.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    while right - left > _LONGEST:
        pause = _PAUSE.search(text[left : left + _LONGEST])
        cut = left + (pause.end() if pause else _LONGEST)
        spans.append(Span(left, cut))
        left = cut
    if left < right:
        spans.append(Span(left, right))
