"""Regulatory events: who decided what on which drug, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from oncospan.linking.deciders import TURNED, begin_besides, find_deciders
from oncospan.linking.decisions import Place, Told, make_fact
from oncospan.linking.desk import Desk
from oncospan.linking.enumerations import agencies_of, date_members
from oncospan.linking.headings import read_heading
from oncospan.linking.indications import find_indication, refers_back
from oncospan.linking.labels import find_labels
from oncospan.linking.occasions import dated_head, dated_items, dates_behind, find_agencies, find_dates
from oncospan.linking.pairing import Occasion, pair_occasions
from oncospan.linking.reading import Fact, Reading
from oncospan.linking.repeats import Draft, merge_repeats, settle_dates
from oncospan.linking.rosters import read_roster
from oncospan.linking.subjects import Subjects
from oncospan.linking.topics import Subject
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_DENIED = re.compile(
    r"(?:尚未|仍未|并未|还未|暂未|从未|未曾|未能|未(?!来|达|经)|没有|无一|均无缘|还没|暂无|尚无|仍无|没(?=获|批))[^,。;:]{0,20}\Z"
)
_OPEN = re.compile(
    r"有望|预计|预期|拟(?!合)|即将|或将|料将|将(?=于|在|会|有|陆续|获|被|成为|尽快|继续|很快|向|申|递|提交|正式|不|迎|率先)"
    r"|会(?=获|批)|计划|打算|准备|筹备|争取|力争|希望|期待|期望|若|如果|如能|如获|如顺利|一旦|等待|待(?!遇)|能否|是否|可能|或可"
    r"|(?<![和/])或(?=于今年|于年|于明年|于20|将|能|撤|被)|建议|推荐|要求(?!主动|自愿|后)|敦促|积极意见|目标|冲刺|需要|必须|应当|仍需|静待|盼|假如|倘若|只要|才能|便可|为了|旨在"
    r"|反对|投票|赞成|支持(?!了)(?=[^,。;]{0,10}申请|[^,。;\d]{0,24}\Z)|正在(?!接受)|推进|寻求|谋求|启动(?=[^,。;]{0,12}申请)|加快|距离|距"
)
_BEFORE_IT = re.compile(r"(?:上市)?(?:之)?前(?!列|三|十|移)|(?:与否|之路|在望|指日可待|可期|在即)")
#: Words of a further decision; the second line makes a further approval only.
_ANEW = re.compile(r"又|再|第[二三四五六]|两度")
_ORDINAL = re.compile(r"第[二三四五六七八]次")
_ANEW_APPROVED = re.compile(r"新增|扩展|拓展|另|还|此前|完全|常规|定期|新适应症|进一步|同时|随后|此后")
#: `应FDA要求启动撤市`: it was done; and what must come first has not come: `仍需要OS数据,实现完全批准`.
_ON_DEMAND = re.compile(r"应[^,。;]{1,16}要求")
_NEEDED = re.compile(
    r"(?:需要|仍需|还需|尚需|有待)[^。;]{1,30},(?:以|才能|方能)?(?:实现|获得|取得|拿到)[^,。;]{0,10}\Z"
)
_JOINED = re.compile(r"(?:认定|资格|并|且|及|和|与|、|,|同时|一并|还|被|获|得|了|其|上市|申请|\s){0,8}")
#: `2018年获批,随后又获准用于二线`, `此前已获FDA批准`: the other decision is not of that year.
_ELSEWHEN = re.compile(
    r"(?:[一二两三四五六七八九十半\d]{1,3}(?:年|个月|天|周)(?:多)?)(?:之)?后|此前|早前|随后|此后|后来|之后|继而|其后"
)
#: `获FDA授予突破性疗法、孤儿药及优先审评`: how far one decision of a list stands behind the other.
_LISTED = 12
#: `国内则与瑞派替尼同日获批`: the date is told with the other drug.
_SAME_DAY = re.compile(r"[与和跟同][^,。;]{2,20}(?:同[日天月年]|一同|一起)[^,。;]{0,8}\Z")
#: `11月6日,X的上市申请亦获受理,并被纳入优先审评`: what happened at once has the same date.
_CONTINUES = re.compile(r"(?:[^,。;\d]{0,12}),(?:并|且|同时)(?!于|在)[^,。;]{0,16}")
#: `欧盟的批准(2019年12月)以及日本的批准`: the bracket behind a decision dates that one.
_TOLD_BRACKET = re.compile(r" ?\([^()]{1,30}\)")
_INSURED = re.compile(r"(?:国家)?医保(?:药品)?(?:目录(?!外)|谈判|准入)")
#: A status is given to a product, not to the drugs that it is combined with.
_STATUSES = ("breakthrough_designation", "orphan_designation")
_AGAIN = ("首次", "前次", "获批时间", "获批日期", "批准时间", "批准日期")
_INHERITS = re.compile(r"亦然|在列|同步|一同|一并|也是如此")


def link_regulatory(reading: Reading) -> list[Fact]:
    """Return the regulatory events of an article, each distinct fact once, where it stands first."""
    if not reading.has("REGULATORY"):
        return []
    desk = Desk(reading, Subjects(reading, find_labels(reading)))
    paragraphs = [span for span in reading.paragraphs() if _section(reading, span) not in ("references", "table")]
    heard = _heard(reading, paragraphs)
    for paragraph in paragraphs:
        desk.subjects.open_paragraph(paragraph, heading=_section(reading, paragraph) == "title")
        desk.agencies, desk.last = [], None
        heading = read_heading(reading, paragraph) if _section(reading, paragraph) == "title" else None
        if heading:
            desk.heading, desk.headed = heading, paragraph
        if heading and heading.event:
            continue
        desk.drafts += read_roster(desk, paragraph) if reading.within(*paragraph, "DRUG") else []
        for sentence in reading.sentences(paragraph) if paragraph in heard else ():
            told = _without_question(reading, sentence)
            events = reading.within(*told, "REGULATORY")
            if events:
                _read_sentence(desk, paragraph, told, events)
            else:
                desk.subjects.note(told)
            if told != sentence:
                desk.subjects.note(Span(told.end, sentence.end))
    return merge_repeats(settle_dates(desk.drafts))


def _section(reading: Reading, paragraph: Span) -> str:
    return reading.document.section_at(paragraph.start)


def _without_question(reading: Reading, sentence: Span) -> Span:
    """Return what a sentence states: all of it, or what stands before the semicolon of a question."""
    if reading.text[sentence.end - 1] != "?":
        return sentence
    return Span(sentence.start, max(sentence.start, reading.text.rfind(";", *sentence) + 1))


def _heard(reading: Reading, paragraphs: Sequence[Span]) -> set[Span]:
    """Return the paragraphs worth reading: those with a decision, and before each the nearest two that name drugs."""
    heard: set[Span] = set()
    wanted = 0
    for paragraph in reversed(paragraphs):
        decided = bool(reading.within(*paragraph, "REGULATORY"))
        named = bool(reading.within(*paragraph, "DRUG"))
        if decided or wanted > 0:
            heard.add(paragraph)
        wanted = 2 if decided else wanted - named
    return heard


#: `A(8月获批)、B(12月获批)`: what stands between a bracket that was read and the next name.
_LEFTOVERS = re.compile(r"[^()]{0,40}\)[,、和与及]?(?:以及)?")


def _read_sentence(desk: Desk, paragraph: Span, sentence: Span, events: Sequence[Candidate]) -> None:
    for clause in desk.reading.clauses(sentence):
        inside = [event for event in events if clause.start <= event.start < clause.end]
        if not inside:
            desk.subjects.note(clause)
        since = clause.start
        for number, event in enumerate(inside):
            until = inside[number + 1].start if number + 1 < len(inside) else clause.end
            bracket = _bracket_around(desk.reading.text, clause, event)
            if bracket:
                opens = _LEFTOVERS.match(desk.reading.text, since, bracket.start)
                desk.subjects.note(Span(opens.end() if opens else since, max(since, bracket.start - 1)))
                since, until = bracket.start, min(until, bracket.end)
            _read_event(desk, Place(paragraph, sentence, bracket or clause, since, until, events), event)
            since = event.end


def _bracket_around(text: str, clause: Span, event: Candidate) -> Span | None:
    opened = text.rfind("(", clause.start, event.start)
    if opened < 0 or text.find(")", opened, event.start) >= 0:
        return None
    closed = text.find(")", event.end, clause.end)
    return Span(opened + 1, closed if closed >= 0 else clause.end)


def _read_event(desk: Desk, place: Place, event: Candidate) -> None:
    text = desk.reading.text
    ahead = text[place.since : event.start]
    named = desk.subjects.find(place.clause, event, place.since, place.until)
    event = _name_event(desk, place, event)
    subject = _subject(desk, place, event, named)
    told_before = _ON_DEMAND.sub("", ahead)
    if subject is None or not event.norm[0] or _OPEN.search(told_before) or _BEFORE_IT.match(text, event.end):
        return
    if _NEEDED.search(text[place.sentence.start : event.start]):
        return
    occasions = _occasions(desk, place, event, subject)
    if not occasions:
        return
    negated = event.norm[1] == "denied" or bool(_DENIED.search(ahead))
    following = desk.reading.within(event.end, place.sentence.end, "REGULATORY")
    stop = following[0].start if following else place.sentence.end
    indication = find_indication(desk.reading, place.since, Span(event.start, event.end), stop)
    if refers_back(text[place.since : place.until]) and desk.last:
        indication = desk.last.indication
    further = _ANEW.search(ahead) or (str(event.norm[0]).endswith("approval") and _ANEW_APPROVED.search(ahead))
    ordinal = _ORDINAL.search(ahead)
    anew = bool(further) and not TURNED.search(text[place.since : event.end])
    told = Told(str(event.norm[0]), subject, tuple(occasions), indication, place, event.end, negated)
    previous, desk.last = desk.last, told
    rule = f"{event.rule}.{event.norm[1]}"
    drugs = subject.drugs[:1] if subject.joint and told.event in _STATUSES else subject.drugs
    for occasion in occasions:
        for number, drug in enumerate(drugs):
            if occasion.drug is None or occasion.drug == number:
                fact = make_fact(told, rule, drug, occasion, previous)
                desk.drafts.append(Draft(fact, anew, ordinal[0] if ordinal else "", occasion.candidates))


def _name_event(desk: Desk, place: Place, event: Candidate) -> Candidate:
    """Return the event with what it stands for: the decision told last, or the list of the article; else unnamed."""
    name, voice = str(event.norm[0]), str(event.norm[1])
    if name == "listed":
        insured = "医保" in desk.reading.text[: event.start]
        return event._replace(norm=("nrdl_listing" if insured else "", voice))
    if name == "headed":
        return event._replace(norm=(_headed_name(desk, place, event), voice))
    if name != "same":
        return event
    last = desk.last
    near = last is not None and (last.place.sentence == place.sentence or voice != "date")
    between = desk.reading.text[last.end : place.since] if last else ""
    return event._replace(norm=(last.event if last and near and between.count("。") <= 1 else "", voice))


def _headed_name(desk: Desk, place: Place, event: Candidate) -> str:
    """Return what 被纳入 and 入选 are about: the status that the heading names, or the insurance list told just before."""
    if desk.heading and desk.heading.event:
        return desk.heading.event
    near = desk.reading.text[max(place.paragraph.start, place.sentence.start - 60) : event.start]
    return "nrdl_listing" if _INSURED.search(near) else ""


def _subject(desk: Desk, place: Place, event: Candidate, found: Subject | None) -> Subject | None:
    """Return the subject; a word that goes on with a decision needs a drug or an agency of its own."""
    voice, last = event.norm[1], desk.last
    if found is None and last is not None and place.since == last.end and event.start - last.end <= _LISTED:
        return None if desk.reading.within(last.end, event.start, "DRUG") else last.subject
    if voice not in ("follow", "date") or desk.last is None:
        return found
    if found and found.trail != "ellipsis":
        return found
    own = find_agencies(desk.reading, place.since, event.start)
    repeats = own or desk.reading.text[event.start : event.end] in _AGAIN
    return Subject(desk.last.subject.drugs, "ellipsis", place.clause.start) if repeats else None


def _occasions(desk: Desk, place: Place, event: Candidate, subject: Subject) -> list[Occasion]:
    """Return who decided when; nothing where the agency is not told."""
    agencies, carried = find_deciders(desk, place, event, subject)
    dates = _dates(desk, place, event)
    if not agencies:
        return []
    if carried and not dates and not _goes_on(desk, place, event, subject):
        return []
    count = 1 if subject.joint else len(subject.drugs)
    if subject.members:
        found = _spread(desk, subject, agencies, dates)
    else:
        found = pair_occasions(desk.reading, event, agencies, dates, (subject.ends, count))
    if not carried and event.norm[0] != "nrdl_listing":
        desk.agencies += agencies
    return [replace(occasion, carried=carried) for occasion in found]


def _spread(desk: Desk, subject: Subject, agencies: Sequence[Candidate], dates: Sequence[Candidate]) -> list[Occasion]:
    """Give every drug of a list its own date and agency, or else the one of the decision that announces the list."""
    common = dates[-1] if len(dates) == 1 else None
    return [
        Occasion(str(agency.norm[0]), date or common, member.treatment.start, drug=place)
        for place, (member, date) in enumerate(
            zip(subject.members, date_members(desk.reading, subject.members), strict=True)
        )
        for agency in agencies_of(desk.reading, member) or agencies
    ]


def _goes_on(desk: Desk, place: Place, event: Candidate, subject: Subject) -> bool:
    """Tell whether an undated decision may take its agency from elsewhere."""
    if event.norm[1] in ("follow", "date", "extension"):
        return bool(_INHERITS.search(desk.reading.text, event.start, event.end))
    same_sentence = desk.last is not None and desk.last.place.sentence == place.sentence
    denied = bool(_DENIED.search(desk.reading.text, place.since, event.start))
    if denied and not same_sentence and desk.agencies:
        return desk.last is not None and bool({*desk.last.subject.drugs} & {*subject.drugs})
    return event.norm[0] != "approval" or subject.trail == "explicit" or same_sentence or denied


def _since_date(desk: Desk, place: Place, event: Candidate) -> str:
    """Return the words of a decision's clause, with the clause before it where that holds no date and no decision."""
    reading = desk.reading
    before = [clause for clause in reading.clauses(place.sentence) if clause.end <= place.since][-1:]
    bare = [clause for clause in before if not reading.within(*clause, "DATE", "REGULATORY")]
    return reading.text[bare[0].start if bare else place.since : event.start]


def _dates(desk: Desk, place: Place, event: Candidate) -> list[Candidate]:
    """Return the dates of a decision: in its clause, behind its word, at the head of its sentence, or inherited."""
    reading, last = desk.reading, desk.last
    if _SAME_DAY.search(reading.text[place.since : event.start]):
        return []
    items = dated_items(reading, event.end)
    if items:
        return items
    told = _TOLD_BRACKET.match(reading.text, place.since, event.start) if place.since > place.clause.start else None
    own = find_dates(reading, told.end() if told else begin_besides(desk, place, event), event.start)
    if not own and event.norm[1] == "date":
        own = find_dates(reading, event.end, place.until)
    own = own or dates_behind(reading, event.end, place.until)
    if own:
        return own
    if last and place.since == last.end and _JOINED.match(reading.text, place.since, event.start):
        inherited = [occasion.date for occasion in last.occasions if occasion.date]
        joined = re.search(r"并|且|及|和|与|、|同时", reading.text[place.since : event.start])
        return inherited[-1:] if joined else []
    if last and event.norm[0] != "nrdl_listing" and _CONTINUES.fullmatch(reading.text, last.end, event.start):
        return [occasion.date for occasion in last.occasions if occasion.date][-1:]
    apart = last and last.place.sentence == place.sentence and _ELSEWHEN.search(_since_date(desk, place, event))
    if place.since == place.clause.start and not apart:
        own = dated_head(reading, place.sentence, place.clause, place.siblings)
    if not own and last and _INHERITS.search(reading.text, event.start, event.end):
        own = [occasion.date for occasion in last.occasions if occasion.date][-1:]
    return own
