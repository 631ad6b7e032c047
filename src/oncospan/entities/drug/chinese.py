"""Chinese names no lexicon holds: 某某替尼 with its left edge."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from oncospan.entities.drug.hazards import is_class
from oncospan.entities.drug.lexicon import Lexicon
from oncospan.entities.drug.names import extend
from oncospan.entities.drug.page import Found, Page
from oncospan.entities.drug.stems import Stems
from oncospan.entities.drug.transliteration import SHORTEST, Transliteration, stretch_at
from oncospan.model import Span

#: 帕利珠单抗, 莫司汀 and 帕利哌酮 only begin like a name that ends there.
_RUNS_ON = frozenset("珠昔汀哌酮丁膦亚")
#: Shorter known names may be the beginning of a longer one: 罗拉 of 罗拉替尼, 赛妥 of 赛妥单抗.
_SOLID = 4
#: What another drug is added to ends so: 安慰剂加, 化疗加, 替尼加, 单抗加.
_ADDED_TO = frozenset("剂疗药组案铂尼抗滨醇星塞利")
_COMPARED = re.compile(r"[^,。;!?\n]{0,10}?(?:更|优|显著|明显|相比)")


class Builder(NamedTuple):
    """What is needed to read an unknown name.

    Args:
        stems: the endings.
        make: how such names are put together.
        lexicon: knows the salts.

    """

    stems: Stems
    make: Transliteration
    lexicon: Lexicon


class _Known(NamedTuple):
    """The known names as obstacles, sorted by end."""

    ends: list[tuple[int, int]]
    solid: list[int]

    def around(self, stem: Span) -> int | None:
        """Return how many characters before a stem belong to a known name that ends in it, None where one covers it."""
        place = bisect_left(self.ends, (stem.end, 0))
        for end, start in self.ends[place : place + 2]:
            if start < stem.end and (end > stem.end or start >= stem.start):
                return None
            if end == stem.end:
                return stem.start - start
        return 0

    def floor(self, stem: Span) -> int:
        """Return the end of the last name that a new one cannot begin in."""
        place = bisect_left(self.solid, stem.start + 1)
        return self.solid[place - 1] if place else 0


def find_chinese(page: Page, known: Iterable[Found], builder: Builder) -> list[Found]:
    """Return the unknown Chinese names of a text.

    Args:
        page: the text and its hits.
        known: the names already found.
        builder: how such names are put together.

    """
    hits = page.triggers.get("stem", ())
    if not hits:
        return []
    found = sorted((one.end, one.start) for one in known)
    obstacles = _Known(found, [end for end, start in found if end - start >= _SOLID or page.text[start].isascii()])
    stems: dict[int, int] = {}
    for start, end, stem in hits:
        if page.is_medical or stem in builder.stems.alone:
            stems[end] = max(start, stems.get(end, start))
    names = (_read(page, Span(start, end), obstacles, builder) for end, start in stems.items())
    return [name for name in names if name]


def _read(page: Page, stem: Span, obstacles: _Known, builder: Builder) -> Found | None:
    start, end = stem
    known = obstacles.around(stem)
    if known is None or page.text[end : end + 1] in _RUNS_ON or is_class(page.text, end):
        return None
    if known and page.text[start - known - 1 : start - known] not in builder.make.characters:
        return None
    stretch = stretch_at(page.text, start, end, obstacles.floor(stem))
    if known > len(stretch.before):
        return None
    begun = builder.make.begin(stretch, known)
    # 妥珠单抗 is known: 阿比妥珠单抗 must be far likelier than 阿比 and it.
    if begun is None or (known and not begun.sure):
        return None
    begin = start - begun.length
    if _is_word(page.text, begin, end):
        begin += 1
        if start - begin == known or end - begin < SHORTEST:
            return None
    name = page.text[begin:end]
    if page.is_hidden(begin, end) or any(name[at:] in builder.stems.friends for at in range(len(name))):
        return None
    left, right = extend(page, begin, end, builder.lexicon)
    norm = name.replace("单克隆抗体", "单抗").replace("单株抗体", "单抗")
    return Found(left, right, norm, "stem", "medium" if begun.sure else "low")


def _is_word(text: str, begin: int, end: int) -> bool:
    """Tell whether a name's first character is a word before it: `安慰剂加|某某替尼`, `比|某某替尼更优`."""
    if text[begin] == "加":
        return begin > 0 and text[begin - 1] in _ADDED_TO
    return text[begin] == "比" and _COMPARED.match(text, end) is not None
