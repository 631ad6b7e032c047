"""Which agencies a stretch of text lets decide, and which dates it gives them: in the clause, ahead of it, carried."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from oncospan.linking.reading import Reading
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_CUT_OFF = re.compile(r"(?:截至|截止到?|数据截止|随访至|数据截止日期为?|自)\Z")
_NAMED_YEAR = re.compile(
    r"(?:版|年会|年度|ASCO|ESMO|WCLC|ASH|AACR|以来|起步|起执行|年报|电|讯|消息|报道)|\)?[》”]| ?(?:ASCO|ESMO|WCLC|ASH|AACR)"
)
#: A line above, at most this long, heads the paragraph: `问1:国内已经有多少款CAR-T上市了?`
_HEADING = 44
_DATE_HEAD = re.compile(r"(?:[^,。;]{0,12}?(?:于|在|自|早在|直到|就在|继|而|此后|随后|其中|并|又|又于|的)?|“|【)")
_COUNTRY_ROLE = re.compile(
    r"(?:在|从|于|获|由|被|向|经|是|、|和|与|及|,|\(|其|的|已|均|仅|率先|首先|先后|陆续|相继|。|\n|—|又|再|也|:|进入|【)\Z"
)
_COUNTRY_FIRST = re.compile(
    r"(?:首[个款](?!(?:获批|批准|获准))|第[一二三四五六]|唯一|最早(?!于|在|\d)|同类|自主|原研|研发|上市的|已上市)"
)
_SETTING = re.compile(
    r"(?:,|】|:|由|这边|那边|[^,。;]{0,4}方面|市场|境内|地区|已|目前|还没|尚未|没有|的后来者|共|有|仍|尚|则|正|(?:首次)?上市)"
)
_ACTS = re.compile(
    r"获批|批准|核准|受理|放行|(?:于|在)?\d{2,4}年|(?:也|亦|已|就|先|率先|首先|尚未|至今未|随后|均|都|刚|早已)(?:于|在|获|批|经|已|\d)"
)
_AUTHOR = re.compile(r"[在由(于]|退出|撤出|通过|进入\Z")
#: `在国内获批,分别在2024年5月24日和2025年4月25日`: a clause that only dates the decision before it.
_DATES_NEXT = re.compile(
    r"(?:,|,?\()(?:(?:获批|批准|上市)?(?:时间|日期))?(?:则|也)?(?:分别|依次|先后)?(?:为|是|在|于|发生在)?:?\Z"
)
_COLON = re.compile(r"[^,。;:\n]{0,20}:")
_DATED_APART = re.compile(r"分别|依次|先后|时间|日期")
#: `获批澳大利亚TGA`: what may stand between the word and the agency that follows it at once.
_AUTHORS_COUNTRY = re.compile(r"(?:美国|中国|欧盟|欧洲|日本|英国|韩国|澳大利亚|加拿大|瑞士|新加坡)?")
_BEHIND = re.compile(
    r"(?:上市)?(?:则|也|均|又|亦|却)?(?:分别|依次)?(?:于|是在|是|在|时间为|日期为|为|要等到|要到|早在)|[^,。;()]{0,30}\((?:均为|均在|于)?"
)


def find_agencies(reading: Reading, start: int, end: int) -> list[Candidate]:
    """Return the agencies of a stretch, each once; a country counts only as the place or the author of a decision."""
    items = reading.within(start, end, "AGENCY")
    found: list[Candidate] = []
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        if item.norm[1] == "country" and not _decides(reading, item, following, start):
            continue
        if all(item.norm[0] != other.norm[0] for other in found):
            found.append(item)
    return found


def _decides(reading: Reading, item: Candidate, following: Candidate | None, start: int) -> bool:
    """Tell whether a country is where something is decided: not the front of an agency's name, not an attribute."""
    text = reading.text
    gap = text[item.end : following.start] if following else "-"
    if following and following.norm[1] == "name" and len(gap) <= 2 and not re.search(r"[、和与及,]", gap):
        return False
    before = text[max(0, item.start - 3) : item.start]
    dated = reading.within(max(0, item.start - 14), item.start, "DATE")
    stands = item.start == start or not before or dated or _COUNTRY_ROLE.search(before)
    if not (stands or _acts(text, item.end)):
        return False
    return not _COUNTRY_FIRST.match(text, item.end)


def _acts(text: str, end: int) -> bool:
    """`国内2018年就批了`, `日本已受理`: the country is the subject of what follows."""
    return bool(_ACTS.match(text, end))


def agencies_behind(reading: Reading, start: int, end: int) -> list[Candidate]:
    """Return the agencies that a decision's word is followed by: `获批于美国`, `首个获批(FDA)的`."""
    found = find_agencies(reading, start, end)
    return [
        item
        for item in found
        if item.norm[1] == "place"
        or (item.norm[1] == "name" and _AUTHORS_COUNTRY.fullmatch(reading.text, start, item.start))
        or _AUTHOR.search(reading.text, max(0, item.start - 2), item.start)
    ]


def find_dates(reading: Reading, start: int, end: int) -> list[Candidate]:
    """Return the dates of a stretch that may date a decision: no cut-offs, no years of names, nothing left open."""
    text = reading.text
    return [
        item
        for item in reading.within(start, end, "DATE")
        if not _CUT_OFF.search(text, max(0, item.start - 7), item.start)
        and not _NAMED_YEAR.match(text[item.end : item.end + 6])
        and str(item.norm) != "XXXX-XX-XX"
    ]


def dates_behind(reading: Reading, start: int, end: int) -> list[Candidate]:
    """Return the dates that follow a decision's word: `获批于2020年`, `先后获FDA批准(2024年6月、2025年1月)`."""
    text = reading.text
    dates = find_dates(reading, start, end) or _dates_next(reading, start, end)
    if dates and dates[0].start >= end:
        return dates
    if not dates or not _BEHIND.fullmatch(text, start, dates[0].start):
        return []
    kept = dates[:1]
    told = text[start : dates[0].start]
    if told.rstrip("均为在于").endswith("(") or re.search(r"分别|依次", told):
        for left, right in pairwise(dates):
            if text[left.end : right.start] not in ("、", "和", "与", "及", ","):
                break
            kept.append(right)
    return kept


def dated_items(reading: Reading, start: int) -> list[Candidate]:
    """Return the dates that open the items of a list behind a decision: `连获批准:2月,用于肾癌;4月,用于软组织肉瘤`."""
    text = reading.text
    stop = reading.document.sentence_at(start).end
    colon = _COLON.match(text, start, stop)
    if not colon or reading.within(start, stop, "REGULATORY"):
        return []
    dates, at = [], colon.end()
    for item in text[at:stop].split(";"):
        lead = find_dates(reading, at, at + len(item))[:1]
        if not lead or text[at : lead[0].start].strip():
            return []
        dates += lead
        at += len(item) + 1
    return dates if len(dates) > 1 else []


def _dates_next(reading: Reading, start: int, end: int) -> list[Candidate]:
    """Return the dates of the next clause where it holds nothing else."""
    text = reading.text
    if start != end and text[start:end] not in ("上市", "注册"):
        return []
    dates = find_dates(reading, end, reading.document.sentence_at(start).end)
    if not dates or not _DATED_APART.search(text, end, dates[0].start):
        return []
    if not _DATES_NEXT.fullmatch(text, end, dates[0].start):
        return []
    kept = dates[:1]
    for left, right in pairwise(dates):
        if text[left.end : right.start] not in ("、", "和", "与", "及", ",", "以及"):
            break
        kept.append(right)
    closes = text[kept[-1].end : kept[-1].end + 1]
    return kept if closes in ("", "。", ";", ",", ")", "\n") else []


def carried_agency(
    reading: Reading, paragraph: Span, clause: Span, own: Sequence[Candidate], drugs: Collection[str]
) -> Candidate | None:
    """Return the agency that a clause without one goes on with: the nearest earlier one of the paragraph that decided.

    Args:
        reading: the article.
        paragraph: the paragraph.
        clause: the clause.
        own: agencies of decisions already read in this paragraph, in order.
        drugs: those decided on; the headline of another drug is no heading for them.
    """
    named = reading.within(paragraph.start, clause.start, "AGENCY")
    heads = [item for item in named if item.norm[0] != "NHSA" and _heads(reading, item)]
    earlier = sorted([*heads, *own], key=lambda item: item.start)
    if earlier:
        return None if _elsewhere(reading, earlier[-1], clause) else earlier[-1]
    above = reading.text.rfind("\n", 0, max(0, paragraph.start - 1)) + 1
    if paragraph.start - above <= _HEADING:
        asked = reading.within(above, paragraph.start, "AGENCY")
        others = {str(item.norm) for item in reading.within(above, paragraph.start, "DRUG")}
        if len({item.norm[0] for item in asked}) == 1 and (not others or others & {*drugs}):
            return asked[0]
    sentence = reading.document.sentence_at(clause.start)
    for stretch in (sentence, paragraph):
        later = [item for item in reading.within(clause.end, stretch.end, "AGENCY") if item.norm[0] != "NHSA"]
        alone = len({item.norm[0] for item in reading.within(*stretch, "AGENCY")}) == 1
        if later and alone and later[0].norm[1] != "country":
            return later[0]
    return None


def _elsewhere(reading: Reading, known: Candidate, clause: Span) -> bool:
    """Tell whether another country opens a clause since an agency decided: `欧盟批准;中国内地由A公司引进,11月获批`."""
    opened = [
        item
        for item in reading.within(known.end, clause.start, "AGENCY")
        if item.norm[0] != known.norm[0] and reading.text[item.start - 1] in ",。;\n"
    ]
    return bool(opened)


def _heads(reading: Reading, item: Candidate) -> bool:
    """A named agency counts; a country only as the setting of what follows (`在中国,`, `国内方面`, `【美国】`)."""
    if item.norm[1] == "name":
        return True
    text = reading.text
    before, behind = text[max(0, item.start - 3) : item.start], text[item.end : item.end + 8]
    opens = not before or before[-1] in ",。;\n:【" or before.endswith("在")
    return bool(opens and _SETTING.match(behind))


#: `欧盟开了绿灯:2024年9月23日,委员会批准…`: behind a colon the next clause begins.
_POINTS = re.compile(r":\s*\Z")


def dated_head(reading: Reading, sentence: Span, clause: Span, events: Sequence[Candidate]) -> list[Candidate]:
    """Return the dates that open the sentence before a clause and are not another decision's own."""
    text = reading.text
    clauses = [c for c in reading.clauses(sentence) if c.end <= clause.start]
    for earlier in reversed(clauses):
        dates = find_dates(reading, *earlier)
        decided = any(earlier.start <= event.start < earlier.end for event in events)
        if decided and dates and dates[-1].end == earlier.end and _POINTS.search(text, earlier.start, dates[-1].start):
            return dates[-1:]
        if dates and not decided:
            return _listed(reading, dates) if _opens(reading, earlier, dates[0]) else []
        if decided:
            break
    if not clauses:
        return []
    head = clauses[0]
    dates = find_dates(reading, *head)
    alone = len(dates) == 1 and len(reading.text[head.start : head.end].strip()) - (dates[0].end - dates[0].start) <= 4
    return dates if alone and not find_dates(reading, head.end, clause.start) else []


def _listed(reading: Reading, dates: list[Candidate]) -> list[Candidate]:
    """`2021年7月和9月,其IND先后获FDA、NMPA许可`: a list of dates heads what follows; else the last one does."""
    joined = all(reading.text[a.end : b.start] in ("和", "与", "及", "、") for a, b in pairwise(dates))
    return dates if joined else dates[-1:]


def _opens(reading: Reading, clause: Span, date: Candidate) -> bool:
    """Tell whether a date opens its clause, or stands behind a full stop that was written as a point."""
    text = reading.text
    pointed = re.search(r"(?:[^\d]\.|:) ?\Z", text[clause.start : date.start])
    return bool(pointed or _DATE_HEAD.fullmatch(text, clause.start, date.start) or date.start - clause.start <= 8)
