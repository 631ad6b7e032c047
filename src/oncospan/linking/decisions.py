"""A decision as it was read, and the record that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oncospan.linking.indications import Indication
from oncospan.linking.pairing import Occasion
from oncospan.linking.reading import Fact
from oncospan.linking.topics import Subject
from oncospan.matching.candidates import Candidate
from oncospan.model import Confidence, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a decision stands.

    Args:
        paragraph: the paragraph.
        sentence: the sentence.
        clause: the clause, or the bracket that holds the decision.
        since: where the decision's own part of the clause begins.
        until: where it ends.
        siblings: the decisions of the sentence.
    """

    paragraph: Span
    sentence: Span
    clause: Span
    since: int
    until: int
    siblings: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Told:
    """A decision that was read; 同一资格, 紧随其后 and 后者则是5月 go on with the last one.

    Args:
        event: as the annotation guidelines name it.
        subject: whom it is about.
        occasions: by which agencies and when.
        indication: what for, where the text says so.
        place: where it stands.
        end: behind its word.
        negated: the text says that it has not happened.
    """

    event: str
    subject: Subject
    occasions: tuple[Occasion, ...]
    indication: Indication | None
    place: Place
    end: int
    negated: bool


def make_fact(told: Told, rule: str, drug: str, occasion: Occasion, previous: Told | None) -> Fact:
    """Return the record of a decision on one drug by one agency.

    Args:
        told: the decision.
        rule: the wording that told it.
        drug: normal form.
        occasion: the agency with its date.
        previous: the decision before it; the evidence does not reach back over it.
    """
    date = None if told.negated else occasion.date
    fields: dict[str, object] = {
        "drug": drug,
        "agency": occasion.agency,
        "event": told.event,
        "negated": told.negated,
        "date": str(date.norm) if date else None,
        "indication": told.indication.words if told.indication else None,
    }
    start, end = _quote(told, date, previous)
    claims = (Span(date.start, date.end),) if date else ()
    sure: Confidence = "high" if told.subject.trail == "explicit" and not occasion.carried else "medium"
    return Fact("regulatory", start, end, rule, told.subject.trail, fields, claims, sure)


def _quote(told: Told, date: Candidate | None, previous: Told | None) -> Span:
    """The clause, with the subject and the date that stand ahead of it in the sentence and the indication behind it."""
    place = told.place
    earliest = max(place.sentence.start, previous.end if previous else 0)
    starts = [place.clause.start]
    if earliest <= told.subject.start < place.clause.start:
        starts.append(told.subject.start)
    if date and date.start >= place.sentence.start:
        starts.append(date.start)
    behind = told.indication.span.end if told.indication else 0
    return Span(min(starts), behind if told.end < behind <= place.sentence.end else place.clause.end)
