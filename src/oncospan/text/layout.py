"""Hard-wrapped paragraphs: which line ends belong to the page, not to the text.

Scans and mail cut lines at a fixed width, in the middle of names and numbers (`维恩妥尤单` / `抗`, `2025年8` / `月`).
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

#: Lines narrower than this (in half-width cells) say nothing about wrapping, wider ones are whole paragraphs.
_NARROWEST, _WIDEST = 30, 160
#: A line is full when the next word would take it past this share of the widest line: scans are ragged.
_FULL = 0.75
_ENDS = frozenset("。!?;:。！？；：")
_LIST_HEAD = re.compile(r"\s*(?:[-*•·▌●■◆▶]|\(?\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]{1,3}[、.]|[【#|《「])")
_LIST_TAIL = re.compile(r"[。!?;:！？；：\t|]\s*$|\t|\||   ")
_FIRST_WORD = re.compile(r"[!-~]{0,40}|")
_CHINESE = re.compile(r"[㐀-鿿豈-﫿、。,!?;:()“”《》「」]")


def _width(line: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in line)


def soft_breaks(text: str) -> list[tuple[int, str]]:
    r"""Return the line ends that only wrap a paragraph, each with what stands for it: nothing, or a space.

    Args:
        text: the text with every line end a `\n`.

    Returns:
        `(offset, "")` between Chinese characters or digits, `(offset, " ")` between Latin words.
    """
    if text.count("\n") < 3:
        return []
    lines = text.split("\n")
    if max(map(len, lines)) > _WIDEST:
        return []
    widths = [_width(line.rstrip()) for line in lines]
    limit = max(widths)
    if not _NARROWEST <= limit <= _WIDEST:
        return []
    full = [
        width + _width(_FIRST_WORD.findall(following)[0]) >= limit * _FULL and not _LIST_TAIL.search(line)
        for line, width, following in zip(lines, widths, lines[1:], strict=False)
    ]
    # Paragraphs that end where the author ended them close with a full stop; wrapped ones stop anywhere.
    if sum(full) < 3 or sum(full) * 2 < sum(map(bool, widths)):
        return []
    breaks = []
    at = -1
    for line, following, is_full in zip(lines, lines[1:], full, strict=False):
        at += len(line) + 1
        if not is_full or not following.strip() or line.rstrip()[-1] in _ENDS:
            continue
        if following[0] in " \t" or _LIST_HEAD.match(following):
            continue
        breaks.append((at, _bridge(line, following)))
    return breaks


def _bridge(line: str, following: str) -> str:
    left, right = line[-1], following[0]
    if left in " -" or _CHINESE.match(left) or _CHINESE.match(right) or (left.isdigit() and right.isdigit()):
        return ""
    return " "
