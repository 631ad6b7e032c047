"""Headings that name an event or an agency for the lines below them: 【NMPA受理】, 突破性治疗:, 一、获批上市."""

from __future__ import annotations

import re
from dataclasses import dataclass

from oncospan.linking.reading import Reading
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_NUMBER = re.compile(
    r"\s*(?:[·•●■◆▶▌▪▲*#◇★\-–—]{1,4}|\(?[\d一二三四五六七八九十]{1,3}[.、)]|第[一二三四五六七八九十]{1,2}(?:部分|章|节)[、: ]?|[①-⑩]|\((?:[一二三四五六七八九十]|\d){1,2}\))?\s*"
)
_CLOSES = re.compile(r"[】\]]\s*:?|:")
_SOME = r"(?:本周|上半年|下半年|[一二三四]季度|Q[1-4]|全年|以来|至今|上周|本月|上月|本期|今年|当月|国内|国产|海外|进口|全球|新药|创新药|抗癌药|抗肿瘤药|肿瘤药|肿瘤|重磅|新|正式|已|\d{1,4}[年月]|\s)*"
_THINGS = r"(?:的|国产|榜单|企业|药物|药品|品种|新药|创新药|抗癌药|抗肿瘤药|肿瘤药|产品|名单|情况|盘点|汇总|动态|项目|\(?[\d一二两三四五六七八九十]{1,3} ?[款个项种]\)?|一览|新增|篇|类|\s)*"
#: What a heading may say, the narrower wording first; 拟纳入 is none of them.
_EVENTS = tuple(
    (re.compile(_SOME + pattern + _THINGS, re.IGNORECASE), event)
    for pattern, event in (
        (r"(?:附条件|加速|有条件)(?:批准|获批)(?:上市)?", "conditional_approval"),
        (
            r"(?:获批临床|临床(?:试验)?(?:申请)?(?:获批|获准|默示许可|批准)|IND(?:获批|批准|默示许可)|(?:临床)?默示许可)",
            "ind_clearance",
        ),
        (
            r"(?:(?:完全|常规|新适应症|适应症|正式)?(?:获批|批准|获准|核准)(?:上市|新适应症|适应症)?|(?:上市|新适应症)(?:获批|批准))",
            "approval",
        ),
        (
            r"(?:(?:新药)?上市(?:许可)?申请(?:获|被)?(?:得)?受理|(?:NDA|BLA|MAA|sNDA|sBLA)(?:获|被)?受理|受理上市申请|申报上市获受理)",
            "application_accepted",
        ),
        (r"(?:申报上市|(?:递交|提交)(?:新药|上市|NDA|BLA)(?:上市)?(?:申请)?)", "application"),
        (r"(?:获|被|纳入|获得|授予)*优先(?:审评|审查)(?:审批)?(?:资格|认定)?", "priority_review"),
        (
            r"(?:获|被|纳入|获得|授予)*突破性?(?:治疗|疗法)?(?:药物)?(?:品种)?(?:\(?BTD\)?)?(?:资格)?(?:认定)?",
            "breakthrough_designation",
        ),
        (r"(?:获|被|纳入|获得|授予)*孤儿药(?:资格)?(?:认定)?", "orphan_designation"),
        (r"(?:拒批|遭拒|被拒|拒绝批准|完整回复函|收到CRL)", "rejection"),
        (r"(?:撤市|退市|撤回适应症|撤销批准)", "withdrawal"),
        (r"(?:国家)?(?:医保)?(?:目录)?(?:新增|调入|谈判成功|续约成功|成功续约|续约)", "listed"),
        (r"(?:国家)?(?:医保)?(?:目录)?(?:未纳入|未能纳入|落选|谈判失败|谈判未成功|无缘)", "unlisted"),
    )
)
_ABROAD = re.compile(r"海外|国外|全球|国际|其他|境外|出海")
#: A title of news in many parts, whose one agency decides wherever a part names none.
_ROUND_UP = re.compile(r"周报|月报|一周|本周|每周|盘点|动态|汇总|速递|一览|回顾|公示|名单|审评|审批")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or the head of a line.

    Args:
        event: what the lines below it tell, as the annotation guidelines name it, or `listed` or `unlisted` in a
            catalogue; None where it names none.
        agency: who decided, where it says so.
        end: where it ends in the text.
    """

    event: str | None
    agency: Candidate | None
    end: int


def read_heading(reading: Reading, line: Span) -> Heading | None:
    """Return what a line says as a heading of its own, without drugs; None where it is no heading.

    Args:
        reading: the article.
        line: the line.
    """
    if line.end - line.start > _LONGEST or reading.within(*line, "DRUG"):
        return None
    if re.search(r"[。!?;,]\s*\Z", reading.text[line.start : line.end]):
        return None
    return _read(reading, line, line.end)


def read_head(reading: Reading, line: Span) -> Heading | None:
    """Return the head of a line that tells an event for the drugs behind it: `突破性治疗:A、B`, `【FDA批准】C`.

    Args:
        reading: the article.
        line: the line.
    """
    closes = _CLOSES.search(reading.text, line.start, min(line.end, line.start + _LONGEST))
    if closes is None or reading.within(line.start, closes.start(), "DRUG"):
        return None
    heading = _read(reading, Span(line.start, closes.start()), closes.end())
    return heading if heading.event else None


def _read(reading: Reading, words: Span, end: int) -> Heading:
    text = reading.text
    agencies = reading.within(*words, "AGENCY")
    alone = len({item.norm[0] for item in agencies}) == 1
    begins = _NUMBER.match(text, *words)
    told, at = "", begins.end() if begins else words.start
    for item in agencies:
        told += text[at : item.start]
        at = item.end
    told += text[at : words.end]
    told = re.sub(r"[【】\[\]()“”:\s]|\d{1,2}月\d{1,2}日?", "", told)
    event = next((event for pattern, event in _EVENTS if pattern.fullmatch(told)), None)
    return Heading(event, agencies[0] if alone else None, end)


def title_agency(reading: Reading, heading: str) -> Candidate | None:
    """Return the agency that the title of a round-up names alone, unless the heading below it speaks of elsewhere.

    Args:
        reading: the article.
        heading: the words of the nearest heading.
    """
    first = next(iter(reading.paragraphs()), None)
    if first is None or first.end - first.start > 2 * _LONGEST or _ABROAD.search(heading):
        return None
    if not _ROUND_UP.search(reading.text, *first):
        return None
    named = reading.within(*first, "AGENCY")
    return named[0] if len({item.norm[0] for item in named}) == 1 else None
