"""Phases of the trials a paragraph tells of: `III期临床试验`, `Ⅰ/Ⅱ期研究`."""

from __future__ import annotations

import re

from oncospan.model import Span

#: A phase is told of a trial; III期患者 and IIIb期NSCLC are stages of a disease.
_PHASE = re.compile(
    r"(?<![A-Za-z0-9])(?P<first>I{1,3}|IV|[1-4]|[一二三四])(?P<part>[abc])?(?:[/-](?P<second>I{1,3}|IV|[1-4])[abc]?)?期"
    r"(?:(?:多中心|随机|双盲|开放|单臂|对照|全球|国际|关键|注册|确证性?|验证性?|标签|平行|、|,|的|性|临床){0,8})"
    r"(?:(?!N?SCLC|HCC|CRC|ESCC|TNBC)[A-Z][A-Za-z0-9-]{2,16} ?(?:\d{1,3})?)?(?:研究|试验|临床)"
)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "一": "I", "二": "II", "三": "III", "四": "IV"}


def find_phase(text: str, paragraph: Span) -> str | None:
    """Return the phase of the trial that a paragraph tells of, in Roman numerals, or None where it tells of several.

    Args:
        text: the folded text.
        paragraph: the paragraph.
    """
    told = set()
    for found in _PHASE.finditer(text, *paragraph):
        first, second = (found[name] and _ROMAN.get(found[name], found[name]) for name in ("first", "second"))
        told.add(f"{first}/{second}" if second else str(first))
    return told.pop() if len(told) == 1 else None
