"""Regulatory events: who decided what on which drug, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from oncospan.linking.labels import find_labels
from oncospan.linking.occasions import (
    Occasion,
    carried_agency,
    dated_head,
    find_agencies,
    find_dates,
    pair_occasions,
)
from oncospan.linking.reading import Fact, Reading
from oncospan.linking.subjects import Subject, Subjects
from oncospan.matching.candidates import Candidate
from oncospan.model import Confidence, Span

_DENIED = re.compile(
    r"(?:尚未|仍未|并未|还未|暂未|从未|未曾|未能|未(?!来|达|经)|没有|还没|暂无|尚无|仍无|没(?=获|批))[^,。;]{0,20}\Z"
)
_OPEN = re.compile(
    r"有望|预计|预期|拟(?!合)|即将|或将|料将|将(?=于|在|会|有|陆续|获|被|成为|尽快|继续|很快|向|申|递|提交|正式|不|迎|率先)|会(?=获|批)|计划|打算|准备|筹备|争取|力争|希望|期待|期望|若|如果|如能|如获|如顺利"
    r"|一旦|等待|待|能否|是否|可能|或可|建议|推荐|积极意见|目标|冲刺|需要|必须|应当|仍需|静待|盼|假如|倘若|只要|才能|便可|为了|旨在|支持(?=[^,。;]{0,10}申请)|正在(?!接受)|推进|寻求|谋求|启动(?=[^,。;]{0,12}申请)|加快|距离|距"
)
_BEFORE_IT = re.compile(r"(?:上市)?(?:之)?前(?!列|三|十)|(?:与否|之路|在望|指日可待|可期|在即)")
_INDICATION = re.compile(
    r"(?:(?:适应症|适应证)(?:为|是|均为|包括)|适用于|用于|用以)(?:治疗|一线治疗|二线治疗|辅助治疗)?(?P<words>[^。;]{2,120})"
)
_DIRECT = re.compile(
    r"(?:上市|其|该药|了|、|单药|联合化疗|一线|二线|三线|后线|治疗){0,3}(?P<words>[^,。;]{2,40}?(?:癌|瘤|病|症|SCLC|GIST|患者|人群|适应症))"
)
_AUTHOR = re.compile(r"[在获由(于]|退出|撤出\Z")
_TURNED = re.compile(r"转(?:为|成|换为)[^,。;]{0,6}\Z|转正\Z")
_ANEW = re.compile(r"又|再|新增|扩展|拓展|另|还|第[二三四五六]|新适应症|进一步|同时|随后|此后")


@dataclass(slots=True)
class Desk:
    """What is known while the decisions of an article are read.

    Args:
        reading: the article.
        subjects: the drugs spoken of.

    Attributes:
        facts: the records so far.
        agencies: those that decided in this paragraph, latest last.
        event: what was decided last.
        anew: places among the facts whose words say that the decision is a further one.
    """

    reading: Reading
    subjects: Subjects
    facts: list[Fact] = field(default_factory=list)
    agencies: list[Candidate] = field(default_factory=list)
    event: str = ""
    anew: set[int] = field(default_factory=set)


def link_regulatory(reading: Reading) -> list[Fact]:
    """Return the regulatory events of an article, each distinct fact once, where it stands first."""
    if not any(item.label == "REGULATORY" for item in reading.items):
        return []
    desk = Desk(reading, Subjects(reading, find_labels(reading)))
    for paragraph in reading.paragraphs():
        section = reading.document.section_at(paragraph.start)
        if section in ("references", "table"):
            continue
        desk.subjects.open_paragraph(paragraph, heading=section == "title")
        desk.agencies = []
        for sentence in reading.sentences(paragraph):
            events = reading.within(*sentence, "REGULATORY")
            if events:
                _read_sentence(desk, paragraph, sentence, events)
            else:
                desk.subjects.note(sentence)
    return _distinct(desk)


def _read_sentence(desk: Desk, paragraph: Span, sentence: Span, events: Sequence[Candidate]) -> None:
    reading = desk.reading
    for clause in reading.clauses(sentence):
        inside = [event for event in events if clause.start <= event.start < clause.end]
        if not inside:
            desk.subjects.note(clause)
        since = clause.start
        for place, event in enumerate(inside):
            until = inside[place + 1].start if place + 1 < len(inside) else clause.end
            _read_event(desk, Place(paragraph, sentence, clause, since, until), event, events)
            since = event.end


@dataclass(frozen=True, slots=True)
class Place:
    """Where a decision stands: its clause, and the part of the clause that is its own."""

    paragraph: Span
    sentence: Span
    clause: Span
    since: int
    until: int


def _read_event(desk: Desk, place: Place, event: Candidate, events: Sequence[Candidate]) -> None:
    text = desk.reading.text
    subject = desk.subjects.find(place.clause, event, place.since, place.until)
    ahead = text[place.since : event.start]
    if subject is None or not subject.drugs:
        return
    if _OPEN.search(ahead) or _BEFORE_IT.match(text, event.end):
        return
    negated = bool(_DENIED.search(ahead))
    if event.norm[0] == "same":
        if not desk.event:
            return
        event = replace(event, norm=(desk.event, str(event.norm[1])))
    desk.event = str(event.norm[0])
    occasions = _occasions(desk, place, event, events, subject)
    for occasion in occasions:
        for number, drug in enumerate(subject.drugs):
            if occasion.drug is None or occasion.drug == number:
                if _ANEW.search(ahead):
                    desk.anew.add(len(desk.facts))
                desk.facts.append(_fact(desk, place, event, subject, drug, occasion, negated=negated))


def _occasions(
    desk: Desk, place: Place, event: Candidate, events: Sequence[Candidate], subject: Subject
) -> list[Occasion]:
    reading = desk.reading
    agencies, carried = _agencies(desk, place, event)
    if not agencies and _TURNED.search(reading.text[place.since : event.end]):
        return _turned(desk, place, event, subject)
    if not agencies:
        return []
    dates = find_dates(reading, place.since, event.start)
    dates = [d for d in dates if d.start >= place.since] or _dates_behind(reading, place, event)
    if not dates:
        dates = dated_head(reading, place.sentence, place.clause, events) if place.since == place.clause.start else []
    if carried and not dates and event.norm[0] == "approval" and subject.trail != "explicit":
        return []
    first = min([place.since, *(item.start for item in dates)])
    found = pair_occasions(reading, Span(first, event.end), agencies, dates, subject.ends, len(subject.drugs))
    if found is None:
        return [Occasion(str(a.norm[0]), None, a.start) for a in agencies]
    desk.agencies += agencies
    return [replace(occasion, carried=carried) for occasion in found]


def _turned(desk: Desk, place: Place, event: Candidate, subject: Subject) -> list[Occasion]:
    """`该药由附条件批准转为常规批准` is the decision of the agency that gave the first one."""
    first = [f for f in desk.facts if f.fields["drug"] in subject.drugs and f.fields["event"] == "conditional_approval"]
    names = {str(fact.fields["agency"]) for fact in first}
    dates = find_dates(desk.reading, place.since, event.start) or dated_head(
        desk.reading, place.sentence, place.clause, [event]
    )
    if len(names) != 1:
        return []
    return [Occasion(names.pop(), dates[-1] if dates else None, event.start, carried=True)]


def _agencies(desk: Desk, place: Place, event: Candidate) -> tuple[list[Candidate], bool]:
    reading = desk.reading
    if event.norm[0] == "nrdl_listing":
        return [Candidate("AGENCY", event.start, event.end, ("NHSA", "name"), "agency.implied")], False
    own = find_agencies(reading, place.since, event.start)
    if not own:
        own = [
            a
            for a in find_agencies(reading, event.end, place.until)
            if _AUTHOR.search(reading.text, max(0, a.start - 2), a.start)
        ]
    if own:
        return own, False
    going_on = carried_agency(reading, place.paragraph, place.sentence, place.clause, desk.agencies)
    return ([going_on] if going_on else []), True


def _dates_behind(reading: Reading, place: Place, event: Candidate) -> list[Candidate]:
    """`获批于2020年`, `首个获批的PD-1单抗(2023年1月)`."""
    text = reading.text
    return [
        date
        for date in find_dates(reading, event.end, place.until)
        if re.fullmatch(r"(?:上市)?(?:于|是在|时间为|日期为)|[^,。;()]{0,30}\(", text[event.end : date.start])
    ][:1]


def _fact(
    desk: Desk, place: Place, event: Candidate, subject: Subject, drug: str, occasion: Occasion, *, negated: bool
) -> Fact:
    date = None if negated else occasion.date
    starts = [place.clause.start, subject.start if subject.start >= place.sentence.start else place.clause.start]
    if date and date.start >= place.sentence.start:
        starts.append(date.start)
    start = min(starts)
    fields: dict[str, object] = {
        "drug": drug,
        "agency": occasion.agency,
        "event": str(event.norm[0]),
        "negated": negated,
        "date": str(date.norm) if date else None,
        "indication": _indication(desk, place, event),
    }
    claims = (Span(date.start, date.end),) if date else ()
    sure: Confidence = "high" if subject.trail == "explicit" and not occasion.carried else "medium"
    rule = f"{event.rule}.{event.norm[1]}"
    return Fact("regulatory", start, place.clause.end, rule, subject.trail, fields, claims, sure)


def _indication(desk: Desk, place: Place, event: Candidate) -> str | None:
    text = desk.reading.text
    following = desk.reading.within(event.end, place.sentence.end, "REGULATORY")
    stop = following[0].start if following else place.sentence.end
    found = _INDICATION.search(text, event.end, min(stop, event.end + 160))
    if found is None:
        found = _DIRECT.match(text, event.end, place.until)
    if found is None:
        return None
    words = re.split(r",(?=[^,]{0,12}(?:获|被|成为|这|该|其|是|标志|商品名|联合方案))", found["words"])[0]
    return words.strip(" ,、:的") or None


def _distinct(desk: Desk) -> list[Fact]:
    """Keep each fact once, with the most exact date it is given."""
    kept: list[Fact] = []
    anew: list[Fact] = []
    for number, fact in enumerate(desk.facts):
        twin = next((place for place, other in enumerate(kept) if _same(other, fact)), None)
        if twin is None:
            kept.append(fact)
            if number in desk.anew:
                anew.append(fact)
        elif len(str(fact.fields["date"] or "")) > len(str(kept[twin].fields["date"] or "")):
            kept[twin] = fact
    return [fact for fact in kept if fact in anew or not _told_by(kept, fact)]


def _same(one: Fact, other: Fact) -> bool:
    keys = ("drug", "agency", "event", "negated")
    if any(one.fields[key] != other.fields[key] for key in keys):
        return False
    left, right = str(one.fields["date"] or ""), str(other.fields["date"] or "")
    return left == right or (bool(left and right) and (left.startswith(right) or right.startswith(left)))


def _told_by(facts: Sequence[Fact], fact: Fact) -> bool:
    """An undated approval is told by a dated one of the same drug and agency, unless the text says it is another."""
    if fact.fields["date"] is not None or fact.fields["negated"]:
        return False
    approvals = ("approval", "conditional_approval")
    for other in facts:
        if other is fact or other.fields["negated"]:
            continue
        alike = other.fields["event"] == fact.fields["event"] or (
            fact.fields["event"] == "approval" and other.fields["event"] in approvals
        )
        if alike and all(other.fields[key] == fact.fields[key] for key in ("drug", "agency")):
            return True
    return False
