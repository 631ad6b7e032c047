"""The corridor: from an article to what it says, in the order in which the rooms are passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from oncospan.entities.agency.entity import AgencyRoom
from oncospan.entities.date.entity import DateRoom
from oncospan.entities.drug.entity import DrugRoom
from oncospan.entities.duration.entity import DurationRoom
from oncospan.entities.endpoint.entity import EndpointRoom
from oncospan.entities.harm.entity import HarmRoom
from oncospan.entities.mutation.entity import MutationRoom
from oncospan.entities.percentage.entity import PercentageRoom
from oncospan.entities.regulatory.entity import RegulatoryRoom
from oncospan.entities.statistic.entity import StatisticRoom
from oncospan.entities.trial.entity import TrialRoom
from oncospan.linking.ledger import Line, keep_ledger
from oncospan.linking.reading import Fact, Reading
from oncospan.linking.records import link
from oncospan.matching.candidates import Candidate
from oncospan.matching.overlap import settle
from oncospan.matching.room import Hit, Room
from oncospan.matching.vocabulary import Vocabulary
from oncospan.model import Article, Entry, Extraction, Mention, Record
from oncospan.text.document import Document

#: Labels that become mentions; what the other rooms find serves linking.
MENTIONS = ("DRUG", "MUTATION", "PERCENT", "DATE")


@dataclass(frozen=True, slots=True)
class Trace:
    """One reading of an article, in positions of the folded text.

    Args:
        document: the folded article.
        hits: each room's vocabulary in the text, by label, in the order of the rooms.
        candidates: what the rooms proposed.
        named: those that became mentions, sorted by start.
        reading: the mentions and what else linking reads, settled.
        facts: the records, sorted by start.
        lines: the ledger.
    """

    document: Document
    hits: dict[str, list[Hit]]
    candidates: list[Candidate]
    named: list[Candidate]
    reading: Reading
    facts: list[Fact]
    lines: list[Line]


class Pipeline:
    """Rooms that read articles; build it once, use it for every article.

    Args:
        rooms: the entity types to find, the first of them winning between candidates of equal length.
        link_records: tie the mentions together; without it only mentions are found.
    """

    __slots__ = ("_links", "_priority", "_rooms", "_vocabulary")

    def __init__(self, rooms: Sequence[Room], *, link_records: bool = True) -> None:
        self._rooms = tuple(rooms)
        self._links = link_records
        self._priority = {room.label: rank for rank, room in enumerate(self._rooms)}
        self._vocabulary = Vocabulary(self._rooms)

    def read(self, article: Article) -> Extraction:
        """Return everything the article says."""
        trace = self.trace(article)
        document = trace.document
        mentions = tuple(_quote(document, candidate) for candidate in trace.named)
        sentences = tuple(document.folded.to_original(*span) for span in document.sentences)
        records = tuple(_record(document, fact) for fact in trace.facts)
        ledger = tuple(_enter(document, line) for line in trace.lines)
        return Extraction(article, mentions, records, ledger, sentences)

    def trace(self, article: Article) -> Trace:
        """Return what a reading of the article goes through, with all that did not become a mention or a record."""
        document = Document(article)
        found = self._vocabulary.scan(document)
        candidates = [
            candidate
            for room, hits in zip(self._rooms, found, strict=True)
            for candidate in (room.find(document, hits) if hits else ())
        ]
        hits = {room.label: entries for room, entries in zip(self._rooms, found, strict=True)}
        named = settle((c for c in candidates if c.label in MENTIONS), self._priority)
        if not self._links:
            return Trace(document, hits, candidates, named, Reading(document, named), [], [])
        aids = settle((c for c in candidates if c.label not in MENTIONS), self._priority)
        reading = Reading(document, [*named, *aids])
        facts = link(reading)
        return Trace(document, hits, candidates, named, reading, facts, keep_ledger(reading, facts))


def _record(document: Document, fact: Fact) -> Record:
    start, end = document.folded.to_original(fact.start, fact.end)
    evidence = document.article.text[start:end]
    return Record(fact.kind, start, end, evidence, fact.rule, fact.fields, fact.trail, fact.confidence)


def _enter(document: Document, line: Line) -> Entry:
    start, end = document.folded.to_original(line.start, line.end)
    record = None if line.record is None else line.record + 1
    return Entry(start, end, document.article.text[start:end], line.kind, line.role, record, line.reason)


def _quote(document: Document, candidate: Candidate) -> Mention:
    """Return the candidate as a mention that quotes the article's own characters."""
    start, end = document.folded.to_original(candidate.start, candidate.end)
    return Mention(
        label=candidate.label,
        start=start,
        end=end,
        text=document.article.text[start:end],
        norm=candidate.norm,
        rule=candidate.rule,
        confidence=candidate.confidence,
        section=document.section_at(candidate.start),
        qualifier=candidate.qualifier,
        start_date=candidate.start_date,
        end_date=candidate.end_date,
        negated=candidate.negated,
    )


def build_pipeline(names: Sequence[tuple[str, str]] = ()) -> Pipeline:
    """Return a pipeline with the built-in rooms.

    Args:
        names: a user's own drug names with their normal forms; they win over the built-in ones.
    """
    named: list[Room] = [DrugRoom(names), MutationRoom(), PercentageRoom(), DateRoom()]
    aids: list[Room] = [
        EndpointRoom(),
        DurationRoom(),
        StatisticRoom(),
        HarmRoom(),
        TrialRoom(),
        AgencyRoom(),
        RegulatoryRoom(),
    ]
    return Pipeline([*named, *aids])


@cache
def default_pipeline() -> Pipeline:
    """Return the pipeline with the built-in rooms and names, made once in a process."""
    return build_pipeline()


def extract(text: str, published: date | str | None = None) -> Extraction:
    """Find every drug, percentage, date and mutation of one Chinese text.

    Args:
        text: the article, of any length, unchanged.
        published: its publication date (a date, or `2025-12-20`), which resolves 今年3月 and its like.

    Returns:
        The mentions with their places in the text and their normal forms, and the records that tie them together.

    Raises:
        ValueError: `published` is no date, or the text holds half a character (a lone surrogate).

    Example:
        >>> extract("奥希替尼组ORR为80%").mentions[0].norm
        'osimertinib'
    """
    try:
        day = date.fromisoformat(published) if isinstance(published, str) else published
    except ValueError:
        raise ValueError(f"{published!r} is no date; write published='2025-12-20'") from None
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        problem = f"character {error.start} of the text is half a character (a lone surrogate)"
        raise ValueError(f"{problem}; decode the text anew, or put U+FFFD in its place") from None
    return default_pipeline().read(Article("text", text, published=day))
