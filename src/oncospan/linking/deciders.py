"""Who decided: the agencies of a decision's own clause, or those that its sentence, paragraph or heading names."""

from __future__ import annotations

import re

from oncospan.linking.decisions import Place
from oncospan.linking.desk import Desk
from oncospan.linking.headings import title_agency
from oncospan.linking.occasions import agencies_behind, carried_agency, find_agencies
from oncospan.linking.topics import Subject
from oncospan.matching.candidates import Candidate

TURNED = re.compile(r"转(?:为|成|换为)[^,。;]{0,6}\Z|转正\Z")
#: `除美国(2021年)、欧盟(2022年)外,X还在日本获批`
_BESIDES = re.compile(r"除(?:了)?[^。;]{2,80}?(?:之外|以外|外),\Z")
_ALSO = re.compile(r"还|也|又|亦|均|再")
#: Only the agency of the United States writes complete response letters.
_LETTER = re.compile(r"CRL|完[整全](?:回[复覆应]|答复|响应|反应)[函信]", re.IGNORECASE)
#: Papers and lists that only the agency of China knows: FDA speaks of 突破性疗法认定, never of a 突破性治疗品种.
_CHINESE = re.compile(
    r"临床试验批准通知书|默示许可|药品注册(?:证书|批件)|突破性治疗(?:药物)?(?:品种|程序|名单|药物)|优先审评(?:审批)?(?:品种|程序)|受理通知书"
)
#: The European agency has its PRIME scheme and grants no breakthrough status.
_NO_BREAKTHROUGH = frozenset({"EMA"})
_WORLDWIDE = re.compile(r"全球|各国|各地")


def find_deciders(desk: Desk, place: Place, event: Candidate, subject: Subject) -> tuple[list[Candidate], bool]:
    """Return the agencies of a decision, and whether they stand elsewhere than in its clause.

    Args:
        desk: what is known.
        place: where the decision stands.
        event: its word.
        subject: whom it is about.
    """
    reading = desk.reading
    if event.norm[0] == "nrdl_listing":
        return [_stand_in("NHSA", event)], False
    own = find_agencies(reading, begin_besides(desk, place, event), event.start)
    if event.norm[0] == "breakthrough_designation":
        own = [agency for agency in own if agency.norm[0] not in _NO_BREAKTHROUGH]
    if own:
        return own, False
    own = agencies_behind(reading, event.end, place.until)
    if own:
        return own, False
    if event.norm[0] == "rejection" and _LETTER.fullmatch(reading.text, event.start, event.end):
        return [_stand_in("FDA", event)], True
    if _CHINESE.search(reading.text, place.since, min(place.until, event.end + 12)):
        return [_stand_in("NMPA", event)], True
    if event.norm[0] == "withdrawal" or TURNED.search(reading.text[place.since : event.end]):
        names = _former_agencies(desk, place, event, subject)
        if names:
            return ([_stand_in(names.pop(), event)] if len(names) == 1 else []), True
    if event.norm[1] in ("follow", "date") and desk.last:
        return [_stand_in(occasion.agency, event) for occasion in desk.last.occasions[-1:]], True
    going_on = carried_agency(reading, place.paragraph, place.clause, desk.agencies, subject.drugs)
    going_on = going_on or headed_agency(desk, place)
    return ([going_on] if going_on else []), True


def headed_agency(desk: Desk, place: Place) -> Candidate | None:
    """Return the agency that the nearest heading names, or the title of a round-up; none beside another agency."""
    known = desk.heading.agency if desk.heading else None
    known = known or title_agency(desk.reading, desk.heading_words())
    others = desk.reading.within(*place.paragraph, "AGENCY")
    return None if known is None or any(other.norm[0] != known.norm[0] for other in others) else known


def begin_besides(desk: Desk, place: Place, event: Candidate) -> int:
    """Return where the agencies and dates of a decision begin: its own stretch, or a clause 除…外 right before it."""
    text = desk.reading.text
    ahead = _BESIDES.search(text, place.sentence.start, place.since)
    return ahead.start() + 1 if ahead and _ALSO.search(text, place.since, event.start) else place.since


def _former_agencies(desk: Desk, place: Place, event: Candidate, subject: Subject) -> set[str]:
    """`由附条件批准转为常规批准`, `撤回该适应症`: the decision of the agency that gave the first one."""
    last = desk.last
    worldwide = _WORLDWIDE.search(desk.reading.text, place.since, place.until)
    if (
        last
        and not worldwide
        and last.event == "conditional_approval"
        and last.subject.drugs == subject.drugs
        and len(last.occasions) == 1
    ):
        return {last.occasions[0].agency}
    kinds = ("conditional_approval", "approval") if event.norm[0] == "withdrawal" else ("conditional_approval",)
    fields = [draft.fact.fields for draft in desk.drafts]
    return {str(f["agency"]) for f in fields if f["drug"] in subject.drugs and f["event"] in kinds}


def _stand_in(agency: str, event: Candidate) -> Candidate:
    return Candidate("AGENCY", event.start, event.start, (agency, "name"), "agency.implied")
