"""Which agency decided, and when: agencies and dates of a decision, paired only where the text pairs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from oncospan.linking.reading import Reading
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_CUT_OFF = re.compile(r"(?:截至|截止到?|数据截止|随访至|数据截止日期为?|自)\Z")
#: A line above, at most this long, heads the paragraph: `问1:国内已经有多少款CAR-T上市了?`
_HEADING = 44
_IN_ORDER = re.compile(r"分别|先后|陆续|相继|依次|次第")
_DATE_HEAD = re.compile(r"(?:[^,。;]{0,12}?(?:于|在|自|早在|直到|就在|继|而|此后|随后|其中|并|又|又于|的)?|“|【)")
_COUNTRY_HEAD = re.compile(r"(?:目前|而|但)?(?:在)?\Z")
_COUNTRY_ROLE = re.compile(
    r"(?:在|于|获|由|被|向|经|是|、|和|与|及|,|\(|其|的|已|均|仅|率先|首先|先后|陆续|相继|于|,|。|\n|又|再|也|:|进入)\Z"
)
_COUNTRY_FIRST = re.compile(r"(?:首个|首款|第[一二三四五六]|唯一|最早|同类|自主|原研|研发|上市的|已上市)")
_BRACKET_DATE = re.compile(r" ?\((?:均[为于在]?|于|约)?")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One agency with the date of its decision.

    Args:
        agency: `FDA`, `NMPA`, ...
        date: the date, where the text states one.
        drug: the place of the drug in the list of subjects, where the text pairs drugs with dates or agencies.
        carried: the agency was not named in the decision's own clause.
        start: where the date or agency stands first.
    """

    agency: str
    date: Candidate | None
    start: int
    drug: int | None = None
    carried: bool = False


def find_agencies(reading: Reading, start: int, end: int) -> list[Candidate]:
    """Return the agencies of a stretch, each once; a country counts only as the place or the author of a decision."""
    items = reading.within(start, end, "AGENCY")
    found: list[Candidate] = []
    for place, item in enumerate(items):
        following = items[place + 1] if place + 1 < len(items) else None
        if item.norm[1] == "country":
            gap = reading.text[item.end : following.start] if following else "-"
            if following and following.norm[1] == "name" and len(gap) <= 2 and not re.search(r"[、和与及,]", gap):
                continue
            before = reading.text[max(0, item.start - 3) : item.start]
            if (
                item.start > start
                and before
                and not _COUNTRY_ROLE.search(before)
                and not reading.within(max(0, item.start - 14), item.start, "DATE")
            ):
                continue
            if _COUNTRY_FIRST.match(reading.text, item.end):
                continue
        if all(item.norm[0] != other.norm[0] for other in found):
            found.append(item)
    return found


def find_dates(reading: Reading, start: int, end: int) -> list[Candidate]:
    """Return the dates of a stretch that may date a decision: no cut-offs, no ranges of years, no years of names."""
    text = reading.text
    return [
        item
        for item in reading.within(start, end, "DATE")
        if not _CUT_OFF.search(text, max(0, item.start - 7), item.start)
        and not re.match(
            r"(?:版|年会|年度|ASCO|ESMO|WCLC|ASH|AACR|以来|起步)|\)?[》”]| ?(?:ASCO|ESMO|WCLC|ASH|AACR)",
            text[item.end : item.end + 6],
        )
    ]


def carried_agency(
    reading: Reading, paragraph: Span, sentence: Span, clause: Span, own: Sequence[Candidate]
) -> Candidate | None:
    """Return the agency that a clause without one goes on with: the nearest earlier one of the paragraph that decided.

    Args:
        reading: the article.
        paragraph: the paragraph.
        sentence: the sentence.
        clause: the clause.
        own: agencies of decisions already read in this paragraph, in order.
    """
    heads = [item for item in reading.within(paragraph.start, clause.start, "AGENCY") if _heads(reading, item)]
    earlier = sorted([*heads, *own], key=lambda item: item.start)
    if earlier:
        return earlier[-1]
    above = reading.text.rfind("\n", 0, max(0, paragraph.start - 1)) + 1
    if paragraph.start - above <= _HEADING:
        asked = reading.within(above, paragraph.start, "AGENCY")
        if len({item.norm[0] for item in asked}) == 1:
            return asked[0]
    later = reading.within(clause.end, paragraph.end, "AGENCY")
    alone = len({item.norm[0] for item in reading.within(*paragraph, "AGENCY")}) == 1
    return later[0] if later and alone and later[0].norm[1] == "name" else None


def _heads(reading: Reading, item: Candidate) -> bool:
    """A named agency counts; a country only as the setting of what follows (`在中国,`, `国内方面`)."""
    if item.norm[1] == "name":
        return True
    text = reading.text
    before, behind = text[max(0, item.start - 3) : item.start], text[item.end : item.end + 8]
    opens = not before or before[-1] in ",。;\n:" or before.endswith("在")
    return bool(
        opens and re.match(r"(?:,|[^,。;]{0,4}方面|市场|境内|地区|已|目前|还没|尚未|没有|的后来者|共|有)", behind)
    )


def dated_head(reading: Reading, sentence: Span, clause: Span, events: Sequence[Candidate]) -> list[Candidate]:
    """Return the dates that open the sentence before a clause and are not another decision's own."""
    clauses = [c for c in reading.clauses(sentence) if c.end <= clause.start]
    for earlier in reversed(clauses):
        dates = find_dates(reading, *earlier)
        decided = any(earlier.start <= event.start < earlier.end for event in events)
        if dates and not decided:
            return _listed(reading, dates) if _opens(reading, earlier, dates[0]) else []
        if decided:
            break
    if clauses:
        head = clauses[0]
        dates = find_dates(reading, *head)
        alone = (
            len(dates) == 1 and len(reading.text[head.start : head.end].strip()) - (dates[0].end - dates[0].start) <= 4
        )
        if alone:
            between = [d for d in find_dates(reading, head.end, clause.start)]
            return dates if not between else []
    return []


def _listed(reading: Reading, dates: list[Candidate]) -> list[Candidate]:
    """`2021年7月和9月,其IND先后获FDA、NMPA许可`: a list of dates heads what follows; else the last one does."""
    joined = all(reading.text[a.end : b.start] in ("和", "与", "及", "、") for a, b in pairwise(dates))
    return dates if joined else dates[-1:]


def _opens(reading: Reading, clause: Span, date: Candidate) -> bool:
    return bool(_DATE_HEAD.fullmatch(reading.text, clause.start, date.start)) or date.start - clause.start <= 8


def pair_occasions(
    reading: Reading,
    span: Span,
    agencies: Sequence[Candidate],
    dates: Sequence[Candidate],
    drugs: Sequence[int],
    count: int,
) -> list[Occasion] | None:
    """Return who decided when, or None where the text leaves the pairs open.

    Args:
        reading: the article.
        span: the stretch from the first of them to the decision's end.
        agencies: at least one.
        dates: any number.
        drugs: where each drug of the subject ends in this clause; empty where it names none.
        count: how many drugs the subject has.
    """
    text = reading.text
    bracketed = _in_brackets(text, agencies, dates)
    if bracketed is not None:
        return bracketed
    if len(dates) > 1 and len(agencies) == 1 and drugs:
        told = _drug_brackets(text, agencies[0], dates, drugs)
        if told is not None:
            return told
    ordered = _IN_ORDER.search(text, *span)
    if len(dates) <= 1:
        date = dates[0] if dates else None
        if len(agencies) > 1 and count == len(agencies) and ordered and ordered[0] == "分别":
            return [Occasion(_name(a), date, a.start, drug=i) for i, a in enumerate(agencies)]
        return [Occasion(_name(a), date, min(a.start, date.start if date else a.start)) for a in agencies]
    if len(dates) == len(agencies) and ordered:
        return [Occasion(_name(a), d, min(a.start, d.start)) for a, d in zip(agencies, dates, strict=True)]
    if len(agencies) == 1 and count == len(dates):
        if ordered and ordered[0] in ("分别", "依次"):
            return [Occasion(_name(agencies[0]), d, d.start, drug=i) for i, d in enumerate(dates)]
        return None
    if (
        len(agencies) == 1
        and count <= 1
        and (ordered or "和" in text[dates[0].end : dates[-1].start] or "、" in text[dates[0].end : dates[-1].start])
    ):
        return [Occasion(_name(agencies[0]), d, d.start) for d in dates]
    if len(agencies) == 1:
        return [Occasion(_name(agencies[0]), dates[-1], dates[-1].start)]
    return None


def _name(agency: Candidate) -> str:
    return str(agency.norm[0])


def _in_brackets(text: str, agencies: Sequence[Candidate], dates: Sequence[Candidate]) -> list[Occasion] | None:
    """`英国MHRA(8月)、欧盟EC(9月)`: each agency has its date in a bracket."""
    pairs = []
    for agency in agencies:
        date = next((d for d in dates if _BRACKET_DATE.fullmatch(text, agency.end, d.start)), None)
        if date is None:
            return None
        pairs.append(Occasion(_name(agency), date, agency.start))
    return pairs


def _drug_brackets(
    text: str, agency: Candidate, dates: Sequence[Candidate], drugs: Sequence[int]
) -> list[Occasion] | None:
    """`阿得贝利单抗(3月)、奥特康唑与磷酸瑞格列汀(均为6月)`: a bracket dates the drugs since the bracket before it."""
    if not all(any(_BRACKET_DATE.fullmatch(text, end, d.start) for end in drugs) for d in dates):
        return None
    found = []
    for place, end in enumerate(drugs):
        date = next((d for d in dates if d.start >= end), None)
        if date is None:
            return None
        found.append(Occasion(_name(agency), date, end, drug=place))
    return found
