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
_AFTER_MEETING = re.compile(rf"(?:{_MEETING})(?:指南|年会|大会|会议|黑色素瘤|乳腺癌|肺癌|淋巴瘤)? ?['’(:·-]?\Z")
_BEFORE_MEETING = re.compile(rf"[ -]?(?:年)?(?:{_MEETING})(?![a-z])| ?版?[Vv]\d|[. ][Vv]\.?\d| ?版(?!本号)")
_BEFORE_NAME = re.compile(
    r"(?:年度)?[一-鿿]{0,10}?(?:论坛|年会|大会|峰会|研讨会|高峰会|学术会议|学术年会|学会|协会|指南|共识|医保目录|财年)|全年|中报"
)
_AFTER_NAME = re.compile(r"(?:指南|共识|规范|标准|目录|路径|版本|白皮书|报告|年会|大会|论坛)[》”]? ?\(?\Z")
_LIST = re.compile(r"(?: ?[、,和与及/] ?(?:19|20)\d{2}){0,4} ?[、,和与及/] ?(?:19|20)\d{2} ?年")
_CITED = re.compile(r"(?=[,;:)\]]|\.(?!\d)|$| [A-Z][a-z]{2}|,\d{1,4}\()")
_CITATION_BEFORE = re.compile(r"(?:[A-Za-z.\])’'”\"]|[a-z]\.|\d\. ?)[,.;]? ?\(?\Z|\(\Z")
#: 41(3):161-165, 393:1819-30: volume, issue and pages tell a citation wherever it stands.
_VOLUME = re.compile(
    r"\[[JMCDANR]\]|: ?\d{1,4}-\d{1,4}(?!\d)| ?[,;] ?\d{1,4} ?(?:\([^()\n]{1,12}\)|: ?[A-Za-z]?\d{1,5}(?:-|$|[.。;]))"
)
#: approved in 2023 by the agency, but in 2023 patients
_ENGLISH_BEFORE = re.compile(r"(?<![A-Za-z])(?:in|since|until|during) \Z", re.IGNORECASE)
_ENGLISH_BEHIND = re.compile(r"[,.;)](?!\d)|$| (?:and|by|to|for|with|in|at|the|as|on) ")
#: The author or journal before the year: (Drilon等, 2018), (Smith et al., 2019), (Lancet Oncology, 2022).
_AUTHOR = re.compile(r"(?:等|et al\.?|[A-Z][A-Za-z]{2,15}|[一-鿿]{2,8}杂志)[,.]? ?\(?\Z")
_JOURNAL = re.compile(
    r"(?:Lancet|Oncol(?:ogy)?|Nature|Science|Cell|JAMA|NEJM|JCO|JTO|BMJ|Blood|Cancer|Med(?:icine)?|Annals|Leukemia|杂志|学报)"
    r"[,.]? ?\Z"
)
#: Classifications and criteria are known by their year: AJCC 2017, Lugano 2014标准, GLOBOCAN 2020.
_STANDARD = re.compile(
    r"(?:WHO|AJCC|UICC|Lugano|GLOBOCAN|RECIST|INRC|IMWG|ELN|GINA|GOLD|NIH|FIGO|CSCO [A-Z]{2,5}|[Ss]tatistics,?) ?\Z"
)
_VERSION_BEFORE = re.compile(r"(?<![A-Za-z])[Vv](?:er(?:sion)?\.?)? ?\d{1,2}[. ]\Z|第 ?\d{1,2}版[,.]? ?\Z")
_NO_YEAR_BEFORE = re.compile(
    r"(?:[A-Za-z]|\d[-:.,/]|[-/#№=<>≥≤~$¥￥]|第|共|约|近|超|逾|达|p|pp\.|vol\. ?|No\. ?|编号|批号|电话|代码)\Z"
)
#: Letters and digits that go on behind it make it part of a name.
_NAME_GOES_ON = re.compile(r"[A-Za-z0-9]|-\d")
#: (2017-2025) behind the name of a plan or a register.
_BRACKETED = re.compile(r" ?(?:--|[-~]|——?) ?(?P<high>(?:19|20)\d{2})\)")
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/="
#: 国发(2020)5号 and (2020)伦审第15号 are the number of a document.
_NUMBERED = re.compile(r" ?[一-鿿]{0,5}?第?\d{1,5} ?号")
#: 文章编号:1009-0460(2023)09-0831-05
_ARTICLE_NUMBER = re.compile(r"\d{4}-\d{3}[\dXx] ?\(\Z")
_OPENERS = frozenset(["", " ", "(", "\n", '"', ":", ",", ";", "|", "["])
_UNIT_BEHIND = re.compile(
    r" ?(?:例|名|人|元|万|亿|个|岁|mg|ml|μ|IU|U/|kcal|次|天|周|倍|所|家|项|篇|年|余|多|%|[-~:/]\d|\.\d|\d)"
)


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
    if before.endswith("("):
        span = _BRACKETED.match(behind)
        if span and point.year is not None and point.year < int(span["high"]) <= point.year + 40:
            return Reading(start, end + span.end("high"), point, Point(int(span["high"])), rule="date.range")
    if _ARTICLE_NUMBER.search(before):
        return None
    rule = _rule(before, behind, section)
    return Reading(start, end, point, rule=rule) if rule else None


def _rule(before: str, behind: str, section: str) -> str | None:
    """Return what makes four digits a year: the meeting, name or citation they stand in."""
    if _UNIT_BEHIND.match(behind):
        return None
    if _AFTER_MEETING.search(before):
        return "date.meeting"
    if _BEFORE_MEETING.match(behind) and (not before[-1:].isascii() or before[-1:] in _OPENERS):
        return "date.meeting"
    if not _NAME_GOES_ON.match(behind) and (_VERSION_BEFORE.search(before) or _STANDARD.search(before)):
        return "date.named"
    if _ENGLISH_BEFORE.search(before) and _ENGLISH_BEHIND.match(behind):
        return "date.named"
    if _NO_YEAR_BEFORE.search(before):
        return None
    if _BEFORE_NAME.match(behind) or _AFTER_NAME.search(before):
        return "date.named"
    return "date.citation" if _is_cited(before, behind, section) else None


def _is_cited(before: str, behind: str, section: str) -> bool:
    """Tell whether a year belongs to a citation, by its neighbours or by the section it stands in."""
    if re.match(r" ?; ?\d{1,4} ?[(:]", behind) and re.search(r"[A-Za-z.] \Z", before):
        return True
    if _VOLUME.match(behind) and before[-1:] not in _LATIN:
        return True
    if _JOURNAL.search(before) or (behind[:1] in (")", ";") and "(" in before and _AUTHOR.search(before)):
        return True
    if before.endswith(("(", "[", "【")) and behind[:1] in (")", "]", "】") and not _NUMBERED.match(behind, 1):
        return True
    if section != "references" or not _CITED.match(behind):
        return False
    return bool(_CITATION_BEFORE.search(before)) or before.endswith((", ", ",", ". ", "; ", "("))
