"""Lines that tell a decision by their heading alone: 【FDA批准】A(3月)、B, or 一、获批上市 with a drug a line below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncospan.linking.desk import Desk
from oncospan.linking.enumerations import Member, agencies_of, date_members, read_members
from oncospan.linking.headings import Heading, read_head, title_agency
from oncospan.linking.occasions import find_agencies, find_dates
from oncospan.linking.reading import Fact
from oncospan.linking.repeats import Draft
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_BULLET = re.compile(r"\s*(?:[·•●■◆▶▌▪▲*\-–—]|\(?\d{1,2}[.、)](?!\d)|[①-⑩])\s*")
_UNSURE = re.compile(r"拟|预计|有望|计划|可能|待|申请中|在研|期临床|未|PDUFA|将|——无|无\Z|失败|终止|暂停|中止|或")
#: A line without a bullet is an item of a heading only while it is as short as this.
_LONGEST = 70


def read_roster(desk: Desk, line: Span) -> list[Draft]:
    """Return the decisions that a line tells by its head, or by the heading above it, without a word of its own.

    Args:
        desk: what is known.
        line: the line.
    """
    reading, text = desk.reading, desk.reading.text
    head = read_head(reading, line)
    if head is None:
        if desk.heading is None or desk.heading.event is None:
            return []
        bullet = _BULLET.match(text, *line)
        if not bullet and line.end - line.start > _LONGEST:
            return []
        head, start = desk.heading, bullet.end() if bullet else line.start
    else:
        start = head.end
    body = Span(start, line.end)
    if reading.within(*body, "REGULATORY") or _UNSURE.search(text, *body):
        return []
    members = read_members(reading, desk.subjects.labels, body)
    return _draft(desk, head, line, members)


def _draft(desk: Desk, head: Heading, line: Span, members: Sequence[Member]) -> list[Draft]:
    reading = desk.reading
    dates = date_members(reading, members)
    alone = find_dates(reading, *line)
    common = alone[0] if len(alone) == 1 and len(members) == 1 else None
    found = []
    for member, date in zip(members, dates, strict=True):
        drugs = desk.subjects.decide(member.treatment)
        for agency in _names(desk, head, line, member):
            found += [Draft(_fact(head, line, drug, agency, date or common)) for drug in drugs]
    return found


def _names(desk: Desk, head: Heading, line: Span, member: Member) -> list[str]:
    if head.event in ("listed", "unlisted"):
        return ["NHSA"] if "医保" in desk.reading.text[: line.start] else []
    return [str(agency.norm[0]) for agency in _agencies(desk, head, line, member)]


def _agencies(desk: Desk, head: Heading, line: Span, member: Member) -> Sequence[Candidate]:
    own = agencies_of(desk.reading, member) or find_agencies(desk.reading, *line)
    if own:
        return own
    known = head.agency or (desk.heading.agency if desk.heading else None)
    known = known or title_agency(desk.reading, desk.heading_words())
    return [known] if known else []


def _fact(head: Heading, line: Span, drug: str, agency: str, date: Candidate | None) -> Fact:
    denied = head.event == "unlisted"
    date = None if denied else date
    fields: dict[str, object] = {
        "drug": drug,
        "agency": agency,
        "event": "nrdl_listing" if agency == "NHSA" else head.event,
        "negated": denied,
        "date": str(date.norm) if date else None,
        "indication": None,
    }
    claims = (Span(date.start, date.end),) if date else ()
    return Fact("regulatory", line.start, line.end, "regulatory.roster", "heading", fields, claims, "medium")
