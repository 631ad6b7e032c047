"""Years without 年: beside a meeting or guideline, in brackets of a citation, in a list that ends with 年."""

from __future__ import annotations

import re

from oncospan.entities.date.calendar import Point
from oncospan.entities.date.grammar import Reading

_MEETING = (
    r"ASCO(?:[ -](?:GU|GI|IO|BREAKTHROUGH|Plenary))?|ESMO(?:[ -](?:IO|Asia|GI|ASIA))?|AACR|ASH|WCLC|SABCS|CSCO|NCCN|ELCC|EHA|WCGIC|ESMO-GI|ASTRO|ESTRO|SNMMI|"
    r"EULAR|ENA|EORTC|IASLC|SGO|ESGO|SITC|AASLD|EASL|APASL|CACA|CBCS|EBCC|ICML|IMS|EMUC|AUA|EAU|SNO|UEGW|DDW|ENETS|NANETS|FIGO|"
    r"ECCO|ESO|ASPHO|SIOP|BOC|CCO|CMA|AHA|ESC|ADA|GASCO|ISPOR|St\. ?Gallen"
)
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_AFTER_MEETING = re.compile(rf"(?:{_MEETING})(?:指南|年会|大会|会议|黑色素瘤|乳腺癌|肺癌|淋巴瘤)? ?['’(]?\Z")
_BEFORE_MEETING = re.compile(rf"[ -]?(?:年)?(?:{_MEETING})(?![a-z])|(?: ?版)?V\d|[. ]V\.?\d|版(?!本号)")
_BEFORE_NAME = re.compile(
    r"(?:年度)?[一-鿿]{0,10}?(?:论坛|年会|大会|峰会|研讨会|高峰会|学术会议|学术年会|指南|共识|医保目录|财年)"
)
_AFTER_NAME = re.compile(r"(?:指南|共识|规范|标准|目录|路径|版本|白皮书|报告|年会|大会|论坛)[》”]? ?\(?\Z")
_LIST = re.compile(r"(?: ?[、,和与及/] ?(?:19|20)\d{2}){0,4} ?[、,和与及/] ?(?:19|20)\d{2} ?年")
_CITED = re.compile(r"(?=[,;:)\]]|\.(?!\d)|$| [A-Z][a-z]{2}|,\d{1,4}\()")
_CITATION_BEFORE = re.compile(r"(?:[A-Za-z.\])’'”\"]|[a-z]\.|\d\. ?)[,.;]? ?\(?\Z|\(\Z")
_NO_YEAR_BEFORE = re.compile(
    r"(?:[A-Za-z]|\d[-:.,/]|[-/#№=<>≥≤~$¥￥]|第|共|约|近|超|逾|达|p|pp\.|vol\. ?|No\. ?|编号|批号|电话|代码)\Z"
)
_OPENERS = frozenset(["", " ", "(", "\n", '"', ":", ",", "|", "["])
_UNIT_BEHIND = re.compile(r" ?(?:例|名|人|元|万|亿|个|岁|mg|ml|次|天|周|倍|所|家|项|篇|年|%|[-~:/]\d|\.\d|\d)")


def read_bare_year(text: str, start: int, section: str) -> Reading | None:
    """Return the four-digit year that starts at a position, if its surroundings make it one.

    Args:
        text: the folded text.
        start: where the year must start.
        section: the kind of section it stands in.
    """
    end = start + 4
    if text[start - 1 : start].isdigit() or not text[start:end].isdigit() or not 1900 <= int(text[start:end]) <= 2099:
        return None
    before, behind = text[max(0, start - 24) : start], text[end : end + 40]
    point = Point(int(text[start:end]))
    if _LIST.match(behind) and not _NO_YEAR_BEFORE.search(before):
        return Reading(start, end, point, rule="date.list")
    if _AFTER_MEETING.search(before) and not _UNIT_BEHIND.match(behind):
        return Reading(start, end, point, rule="date.meeting")
    if _UNIT_BEHIND.match(behind):
        return None
    if _BEFORE_MEETING.match(behind) and (not before[-1:].isascii() or before[-1:] in _OPENERS):
        return Reading(start, end, point, rule="date.meeting")
    if _NO_YEAR_BEFORE.search(before):
        return None
    if _BEFORE_NAME.match(behind) or _AFTER_NAME.search(before):
        return Reading(start, end, point, rule="date.named")
    if re.match(r" ?; ?\d{1,4} ?[(:]", behind) and re.search(r"[A-Za-z.] \Z", before):
        return Reading(start, end, point, rule="date.citation")
    if before.endswith("(") and behind.startswith(")"):
        return Reading(start, end, point, rule="date.bracket")
    if (
        section == "references"
        and _CITED.match(behind)
        and (_CITATION_BEFORE.search(before) or before.endswith((", ", ",", ". ", "; ", "(")))
    ):
        return Reading(start, end, point, rule="date.citation")
    return None
