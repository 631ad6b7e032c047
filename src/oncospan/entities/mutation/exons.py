"""Exon events: 19外显子缺失, 外显子19缺失, exon 19 deletion, 19del, Ex20ins, 14外显子跳跃, 外显子11突变."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from oncospan.matching.numeral import read_numeral

_ONE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?!\d)"
_FILLER = (
    r"(?:[ ]?(?:的|上|处|基因|框内|整码|非移码|非框移|移码|大片段|小片段|内部|经典|常见|罕见|少见|敏感|激活|活化|热点|原发|继发|获得|耐药|二次"
    r"|体细胞|胚系|纯合|杂合|错义|点|剪接|区域?|in-?frame|non-?LREA|activating|-)性?){0,3}[ ]?"
)
_EVENT = (
    r"(?P<delins>缺失[-/]?插入|delins)"
    r"|(?P<skip>跳跃|跳变|跳突|跳读|跳越|skipping|skip)"
    r"|(?P<del>缺失|丢失|deletions?|del)"
    r"|(?P<ins>插入|insertions?|ins)"
    r"|(?P<dup>重复|duplications?|dup)"
    r"|(?P<mut>突变|变异|mutations?|mut)"
)
#: A Latin event word ends at its edge; a Chinese one touches what follows: `19外显子缺失NSCLC`.
_END = r"(?:(?<=[㐀-鿿])|(?![A-Za-z0-9]))"
_SEVERAL = rf"{_ONE}(?:[ ]?[-~/][ ]?{_ONE})?"
_LISTED = rf"{_ONE}(?:[ ]?(?:[-~/、,和或及])[ ]?第?{_ONE}(?:号)?){{0,3}}"
_BEFORE = rf"{_ONE}(?:[ ]?号?(?:外显子)?[ ]?[-~/、和或及][ ]?第?{_ONE}){{0,3}}"
_EXON = re.compile(
    rf"(?:(?:第[ ]?)?(?P<before>{_BEFORE})[ ]?号?[ ]?(?:外显子|exons?)"
    rf"|(?:外显子|exons?|ex)[ ]?[-.]?[ ]?(?:第[ ]?)?(?P<behind>{_LISTED})[ ]?号?(?:外显子)?)"
    rf"{_FILLER}(?:{_EVENT}){_END}",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"(?:e|ex)?(?P<number>[1-3]?\d)(?P<gap>[ ]?-?)(?P<event>del|ins|dup){_END}"
    rf"|(?<![表图第约近])(?P<said>19|20)(?:号|外)?(?P<plain>缺失|插入)(?!值|例|病例|数据|率|的?时间)"
    rf"|(?P<turned>del|ins|dup)[ ]?-?(?P<behind>[12]\d){_END}",
    re.IGNORECASE,
)
_LOST = re.compile(rf"缺失(?:第[ ]?)?(?:外显子[ ]?(?P<behind>{_SEVERAL})|(?P<before>{_SEVERAL})[ ]?号?外显子){_END}")
#: Behind a gene the exon may go without its name: HER2 20插入, MET14突变, METex14, METΔ14.
_BESIDE_GENE = re.compile(
    rf"(?P<number>[1-3]?\d)[ ]?(?:{_EVENT}){_END}"
    rf"|(?:ex(?:on)?|[Δ△])(?:ex(?:on)?)?[ ]?-?(?P<marked>14){_END}",
    re.IGNORECASE,
)
_LEFT = re.compile(r"(?<![A-Za-z0-9.%])")
_FREE = re.compile(rf"{_LEFT.pattern}(?:{_EXON.pattern})", re.IGNORECASE)
_FREE_SHORT = re.compile(rf"(?<![A-Za-z0-9.%_>])(?<![+-]\d)(?:{_SHORT.pattern})", re.IGNORECASE)
_EVENTS = ("delins", "skip", "del", "ins", "dup", "mut")


class ExonEvent(NamedTuple):
    """An exon event as a text names it.

    Args:
        start: first position.
        end: position behind the last one.
        codes: `ex19del`, `ex18-21mut`, one for each exon listed.

    """

    start: int
    end: int
    codes: tuple[str, ...]


def read_exon_events(text: str, start: int, end: int) -> Iterator[ExonEvent]:
    """Yield the exon events of a stretch.

    Args:
        text: the folded text.
        start: first position.
        end: position behind the last one.

    """
    for found in _FREE.finditer(text, start, end):
        event = next(name for name in _EVENTS if found[name])
        yield ExonEvent(found.start(), found.end(), _codes(found["before"] or found["behind"], event))
    for found in _FREE_SHORT.finditer(text, start, end):
        yield _short(found)
    for found in _LOST.finditer(text, start, end):
        yield ExonEvent(found.start(), found.end(), _codes(found["before"] or found["behind"], "del"))


def read_exon_event(text: str, start: int) -> ExonEvent | None:
    """Return the exon event that begins right at a position behind a gene.

    Args:
        text: the folded text.
        start: the position.

    """
    found = _EXON.match(text, start)
    if found:
        event = next(name for name in _EVENTS if found[name])
        return ExonEvent(start, found.end(), _codes(found["before"] or found["behind"], event))
    found = _SHORT.match(text, start)
    if found:
        return _short(found)
    found = _BESIDE_GENE.match(text, start)
    if not found:
        return None
    if found["marked"]:
        return ExonEvent(start, found.end(), ("ex14skip",))
    event = next(name for name in _EVENTS if found[name])
    return ExonEvent(start, found.end(), _codes(found["number"], event))


def _short(found: re.Match[str]) -> ExonEvent:
    number = found["number"] or found["said"] or found["behind"]
    event = found["event"] or found["turned"] or {"缺失": "del", "插入": "ins"}[found["plain"]]
    return ExonEvent(found.start(), found.end(), (f"ex{int(number)}{event.lower()}",))


def _codes(numbers: str, event: str) -> tuple[str, ...]:
    codes = []
    for part in re.split(r"[/、,和或及]", re.sub(r"[ 第号]|外显子", "", numbers)):
        ends = [_number(piece) for piece in re.split(r"[-~]", part) if piece]
        codes.append("ex" + "-".join(map(str, ends)) + event)
    return tuple(dict.fromkeys(codes))


def _number(written: str) -> int:
    return int(written) if written.isdigit() else int(read_numeral(written) or 0)
