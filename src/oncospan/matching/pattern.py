r"""Bounded patterns beside Chinese: edges of Latin names, and grammars that end at a trigger.

`\b` is of no use here: Chinese characters are word characters, so `\bT790M\b` does not see `T790M突变`.
"""

from __future__ import annotations

import re

#: Look-arounds for the edge of a Latin name or a number.
LEFT_EDGE = r"(?<![A-Za-z0-9])"
RIGHT_EDGE = r"(?![A-Za-z0-9])"

_ALNUM = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


def has_edges(text: str, start: int, end: int) -> bool:
    """Tell whether no Latin letter or digit runs on across either end of `text[start:end]`.

    An end that is not itself a Latin letter or digit needs no edge.
    """
    if start and text[start] in _ALNUM and text[start - 1] in _ALNUM:
        return False
    return not (end < len(text) and text[end - 1] in _ALNUM and text[end] in _ALNUM)


def ending(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for `match_ending`: its match must reach the end of the window.

    Args:
        pattern: a regular expression whose quantifiers are all bounded.
    """
    return re.compile(rf"(?:{pattern})\Z")


def match_ending(pattern: re.Pattern[str], text: str, end: int, width: int) -> re.Match[str] | None:
    """Return the longest match of the pattern that ends right at a position, or None.

    Args:
        pattern: made by `ending`.
        text: the folded text.
        end: where the match must end.
        width: how many characters to look back at the most; keeps the search linear.
    """
    return pattern.search(text, max(0, end - width), end)
