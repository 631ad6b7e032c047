r"""Folding: one spelling for matching, with an offset map both ways; the article itself is never changed.

The table is explicit, character by character. Blanket NFKC would turn 10⁹/L into 109/L and ½ into 1⁄2.
Traditional characters follow OpenCC's character tables with the Hong Kong variants (hk2s, `traditional.csv`).

Three kinds of edits change the length:
- Roman numerals (Ⅲ -> III) grow, invisible characters (zero-width space, soft hyphen) vanish;
- spaces that a scan put between Chinese characters or between the digits of one number vanish
  (`甲磺酸 奥希替尼`, `1 2 . 5 %`);
- line ends inside a hard-wrapped paragraph vanish (see `layout`), and one of the two characters of `\r\n`.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from functools import cache
from importlib import resources

from oncospan.model import Span
from oncospan.text.layout import soft_breaks

_HAN = "㐀-䶿一-鿿豈-﫿"
_ROMAN = {
    **dict(
        zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], strict=True)
    ),
    **dict(
        zip("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ", ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], strict=True)
    ),
}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"
_SAME_LENGTH = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("‐‑‒–−⁃﹣⁻", "-"),
    **dict.fromkeys("―─━", "—"),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys("﹪٪", "%"),
    **dict.fromkeys("·•‧∙・⋅", "·"),
    **dict.fromkeys("ʼ＇", "'"),
    "﹕": ":",
    "∶": ":",
    "﹐": ",",
    "〇": "〇",
    "⁄": "/",
    "∕": "/",
    "﹤": "<",
    "﹥": ">",
    "≦": "≤",
    "≧": "≥",
    "⩽": "≤",
    "⩾": "≥",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\x85": "\n",
}

_EDIT = re.compile(
    rf"(?P<roman>[{''.join(_ROMAN)}])"
    rf"|(?P<gone>[{_INVISIBLE}]+)"
    rf"|(?<=[{_HAN}])(?<!\n[图表])(?P<gap> {{1,2}})(?=[{_HAN}])"
    # `2 0 2 0 年`, `1 3 . 6 %`: single digits spaced out by a scan
    r"|(?<![\d.])(?<!\d )(?P<digits>\d(?: [\d.]){2,11}(?! ?\d)|\d \d(?= ?[%‰年月日例岁](?!\d)))"
    # `71 . 4 %`, `8 .0 %`, `50. 0%`: a spaced decimal point
    r"|(?<=\d)(?P<point> \. ?(?=\d)|\. (?=\d{1,3} ?[%‰]))"
)
_NEEDS_EDIT = re.compile(rf"[{''.join(_ROMAN)}{_INVISIBLE}]|[{_HAN}] {{1,2}}[{_HAN}]|\d [\d.]|\. \d")


@cache
def _table() -> dict[int, str]:
    table = {ord(left): right for left, right in _SAME_LENGTH.items()}
    content = (resources.files("oncospan.text") / "traditional.csv").read_text(encoding="utf-8")
    table.update({ord(left): right for left, right in csv.reader(content.splitlines()[1:])})
    return table


class FoldedText:
    """A text as the rooms see it, and the way back to the characters it came from.

    Args:
        original: the article's text.

    Attributes:
        text: the folded text.
        lower: the folded text in lower case, of the same length.
    """

    __slots__ = ("_folded_at", "_original_at", "_plain", "lower", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        simple = original.translate(_table())
        edits = _edits(original, simple)
        #: Segment k covers folded [_folded_at[k], _folded_at[k + 1]) and original [_original_at[k], ...).
        self._folded_at = [0]
        self._original_at = [0]
        self._plain = [True]
        if not edits:
            self.text = simple
        else:
            self.text = self._apply(simple, edits)
        self._folded_at.append(len(self.text))
        self._original_at.append(len(original))
        lower = self.text.lower()
        self.lower = lower if len(lower) == len(self.text) else "".join(c.lower()[:1] for c in self.text)

    def _apply(self, simple: str, edits: list[tuple[int, int, str]]) -> str:
        pieces: list[str] = []
        length = at = 0
        for start, end, replacement in edits:
            if start > at:
                pieces.append(simple[at:start])
                length += start - at
            self._segment(length, start, plain=False)
            pieces.append(replacement)
            length += len(replacement)
            self._segment(length, end, plain=True)
            at = end
        pieces.append(simple[at:])
        return "".join(pieces)

    def _segment(self, folded: int, original: int, *, plain: bool) -> None:
        if self._folded_at[-1] == folded and self._original_at[-1] == original:
            self._plain[-1] = plain
            return
        self._folded_at.append(folded)
        self._original_at.append(original)
        self._plain.append(plain)

    def to_original(self, start: int, end: int) -> Span:
        """Return the original span behind a folded one; an empty span stays empty.

        Args:
            start: first position in the folded text.
            end: position behind the last one.
        """
        if len(self._plain) == 1:
            return Span(start, end)
        if start >= end:
            place = self._original_start(start)
            return Span(place, place)
        return Span(self._original_start(start), self._original_end(end))

    def _original_start(self, position: int) -> int:
        if position >= len(self.text):
            return len(self.original)
        segment = bisect_right(self._folded_at, position, 0, len(self._plain)) - 1
        if self._plain[segment]:
            return self._original_at[segment] + position - self._folded_at[segment]
        return self._original_at[segment]

    def _original_end(self, position: int) -> int:
        last = position - 1
        segment = bisect_right(self._folded_at, last, 0, len(self._plain)) - 1
        if self._plain[segment]:
            return self._original_at[segment] + last - self._folded_at[segment] + 1
        return self._original_at[segment + 1]

    def to_folded(self, start: int, end: int) -> Span:
        """Return the folded span that holds what is left of an original one.

        Args:
            start: first code point in the article's text.
            end: code point behind the last one.
        """
        if len(self._plain) == 1:
            return Span(start, end)
        left = self._folded_position(start, after=False)
        return Span(left, max(left, self._folded_position(end, after=True)))

    def _folded_position(self, position: int, *, after: bool) -> int:
        if position >= len(self.original):
            return len(self.text)
        segment = min(bisect_right(self._original_at, position), len(self._plain)) - 1
        if self._plain[segment]:
            return self._folded_at[segment] + position - self._original_at[segment]
        inside = position > self._original_at[segment]
        return self._folded_at[segment + 1] if after and inside else self._folded_at[segment]


def _edits(original: str, simple: str) -> list[tuple[int, int, str]]:
    """List the edits that change the length as (start, end, replacement), sorted, none overlapping."""
    edits = _line_edits(original, simple)
    if _NEEDS_EDIT.search(simple):
        for found in _EDIT.finditer(simple):
            edits.extend(_edit(found))
    if not edits:
        return edits
    edits.sort()
    settled = [edits[0]]
    for edit in edits[1:]:
        if edit[0] >= settled[-1][1]:
            settled.append(edit)
    return settled


def _line_edits(original: str, simple: str) -> list[tuple[int, int, str]]:
    r"""List the line ends that vanish; of `\r\n` one character goes first, so that both line ends wrap alike."""
    returns = [found.start() for found in re.finditer("\r\n", original)]
    if not returns:
        return [(at, at + 1, kept) for at, kept in soft_breaks(simple)]
    # The k-th pair ends k characters earlier in a text that has lost its carriage returns.
    ends = [at - earlier for earlier, at in enumerate(returns)]
    breaks = soft_breaks(original.replace("\r\n", "\n").translate(_table()))
    places = [(at + bisect_right(ends, at), kept) for at, kept in breaks]
    return [*((at, at + 1, "") for at in returns), *((at, at + 1, kept) for at, kept in places)]


def _edit(found: re.Match[str]) -> list[tuple[int, int, str]]:
    kind, text = found.lastgroup, found.group()
    if kind == "roman":
        return [(found.start(), found.end(), _ROMAN[text])]
    if kind == "point":
        # Only the spaces go, so that the point still stands for itself.
        return [(at, at + 1, "") for at in range(found.start(), found.end()) if found.string[at] == " "]
    if kind == "digits":
        return [(at, at + 1, "") for at in range(found.start(), found.end()) if found.string[at] == " "]
    return [(found.start(), found.end(), "")]


def fold(text: str) -> str:
    """Return the folded form of a name or phrase, in lower case, as vocabularies hold it."""
    return FoldedText(text).lower
