"""English names no lexicon holds: words in -tinib and -mab, and the second words of conjugates and cell therapies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from oncospan.entities.drug.page import Found, Page
from oncospan.entities.drug.stems import FIRST_WORDS, Stems

_SHORTEST = 3
_LONGEST = 26
_WORD_BEFORE = re.compile(r"[A-Za-z]{5,24}(?:-[A-Za-z]{2,8})? $")
#: Second words nobody has listed yet: pamirtecan, brengitecan, gedleucel.
_SECOND = re.compile(
    r" (?:[a-z]{2,12}(?:tecan|dotin|tansine|leucel|ozogamicin|tesirine|carmazine|taxel|bulin))(?![A-Za-z])"
)
#: `enzomenib100mg`: a dose may touch the name.
_DOSE = re.compile(r"\d{1,4}(?:\.\d)? ?(?:mg|μg|ug|g|ml)(?![a-z])")


def find_english(page: Page, known: Iterable[Found], seconds: frozenset[str], stems: Stems) -> list[Found]:
    """Return the unknown English names of a text.

    Args:
        page: the text and its hits.
        known: the names already found.
        seconds: endings that are a second word of their own.
        stems: the endings, and the words that end so and are no drugs.

    """
    known = list(known)
    hits = page.triggers.get("ending", ())
    names: dict[int, Found] = {}
    if hits:
        ends = {found.end for found in known}
        for start, end, _ in hits:
            name = None if end in ends else _read(page, start, end, seconds, stems.friends)
            if name:
                names[end] = name
    return [_joined(page, one) or one for one in names.values()] + [
        joined for one in known if (joined := _joined(page, one))
    ]


def _read(page: Page, start: int, end: int, seconds: frozenset[str], friends: frozenset[str]) -> Found | None:
    text, lower = page.text, page.lower
    if end < len(text) and text[end].isascii() and text[end].isalnum() and not _DOSE.match(lower, end):
        return None
    left = start
    while left and lower[left - 1].isascii() and lower[left - 1].isalpha():
        left -= 1
    word = lower[left:end]
    second = word in seconds or _SECOND.fullmatch(f" {word}") is not None
    if (start - left < _SHORTEST and not second) or len(word) > _LONGEST or word in friends:
        return None
    # CARTIFAN is a trial; drugs go in small letters or with one capital.
    if text[left:end].isupper():
        return None
    if left and (text[left - 1].isdigit() or text[left - 1] in "-_@./") and not text.startswith("/", left - 1):
        return None
    if second:
        before = _WORD_BEFORE.search(text, max(0, left - 34), left)
        if before and before.group().lower().rstrip().endswith(FIRST_WORDS):
            left = before.start()
        elif word in seconds:
            return None
    return Found(left, end, lower[left:end], "stem", "medium")


def _joined(page: Page, first: Found) -> Found | None:
    """Return an antibody or a gene with the second word behind it, where no lexicon has the two together."""
    if not page.lower.endswith(FIRST_WORDS, first.start, first.end):
        return None
    second = _SECOND.match(page.lower, first.end)
    if second is None:
        return None
    return Found(first.start, second.end(), page.lower[first.start : second.end()], "stem", "medium")
