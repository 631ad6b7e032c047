"""What became of a stretch of text: the words that were looked at, the candidates made of it, and what won over them."""

from __future__ import annotations

from dataclasses import dataclass

from oncospan.linking.labels import find_labels
from oncospan.linking.ledger import Line
from oncospan.linking.reading import Fact
from oncospan.linking.treatments import Treatment, find_treatments
from oncospan.matching.candidates import Candidate
from oncospan.matching.room import Hit
from oncospan.model import Span
from oncospan.pipeline import MENTIONS, Trace


@dataclass(frozen=True, slots=True)
class Fate:
    """A candidate and what became of it.

    Args:
        candidate: what a room proposed.
        winner: the candidate that took its place; None where it was kept.
        reason: why the winner won, empty where it was kept.
    """

    candidate: Candidate
    winner: Candidate | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was open to linking around a number.

    Args:
        clause: its clause.
        sentence: its sentence.
        treatments: the rows named in the sentence.
        heads: the endpoints and harms named in the sentence.
    """

    clause: Span
    sentence: Span
    treatments: list[Treatment]
    heads: list[Candidate]


def find_hits(trace: Trace, span: Span) -> list[tuple[str, Hit]]:
    """Return the vocabulary that shares a character with a span, with the label of its room.

    Args:
        trace: a reading.
        span: in positions of the folded text.
    """
    return [
        (label, hit) for label, hits in trace.hits.items() for hit in hits if Span(hit.start, hit.end).overlaps(span)
    ]


def find_fates(trace: Trace, span: Span) -> list[Fate]:
    """Return every candidate that shares a character with a span, sorted by place, the longest first.

    Args:
        trace: a reading.
        span: in positions of the folded text.
    """
    kept = trace.reading.items
    touched = {candidate: None for candidate in trace.candidates if _span(candidate).overlaps(span)}
    ranked = sorted(touched, key=lambda candidate: (candidate.start, -candidate.end, candidate.rule))
    return [_judge(candidate, kept, list(trace.hits)) for candidate in ranked]


def _span(candidate: Candidate) -> Span:
    return Span(candidate.start, candidate.end)


def _judge(candidate: Candidate, kept: list[Candidate], rooms: list[str]) -> Fate:
    # Mentions are settled among themselves, and so is what serves linking: neither takes the other's place.
    named = candidate.label in MENTIONS
    rivals = [other for other in kept if (other.label in MENTIONS) == named and _span(other).overlaps(_span(candidate))]
    if candidate in rivals:
        return Fate(candidate)
    winner = max(rivals, key=lambda other: other.end - other.start)
    length, other = candidate.end - candidate.start, winner.end - winner.start
    if other > length:
        reason = "it is longer"
    elif rooms.index(winner.label) < rooms.index(candidate.label):
        reason = "it is as long and its room goes first"
    else:
        reason = "it is as long and stands or sorts first"
    return Fate(candidate, winner, reason)


def find_lines(trace: Trace, span: Span) -> list[Line]:
    """Return the ledger's lines that share a character with a span."""
    return [line for line in trace.lines if Span(line.start, line.end).overlaps(span)]


def find_facts(trace: Trace, span: Span) -> list[tuple[int, Fact]]:
    """Return the records whose evidence shares a character with a span, with their numbers, counted from 1."""
    return [(number, fact) for number, fact in enumerate(trace.facts, 1) if Span(fact.start, fact.end).overlaps(span)]


def find_surroundings(trace: Trace, span: Span) -> Surroundings:
    """Return the clause and sentence around a span, with the treatments and heads that linking can see there."""
    reading = trace.reading
    sentence = trace.document.sentence_at(span.start)
    clauses = (clause for clause in reading.clauses(sentence) if clause.overlaps(span))
    clause = next(clauses, sentence)
    treatments = find_treatments(reading, sentence, find_labels(reading))
    return Surroundings(clause, sentence, treatments, reading.within(*sentence, "ENDPOINT", "HARM"))
