"""What linking reads: a document with everything that was found in it, by paragraph, sentence and clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from oncospan.matching.candidates import Candidate
from oncospan.model import Confidence, Span
from oncospan.text.document import Document

_MARKS = re.compile(r"[,;。!?\n|()\[\]{}【】]")
_NOTHING: tuple[list[int], list[Candidate]] = ([], [])
_OPEN, _CLOSE = "([{【", ")]}】"


@dataclass(frozen=True, slots=True)
class Fact:
    """One record in the making, in positions of the folded text.

    Args:
        kind: `efficacy`, `regulatory`, `frequency`, `resistance` or `safety`.
        start: first position of the evidence.
        end: position behind it.
        rule: the construction that made it, `efficacy.pairwise`.
        trail: how the subject was found: `explicit`, `apposition`, `anaphora`, `ellipsis`, `heading`, `distributive`.
        fields: the fields the guidelines name.
        claims: spans of the numbers and dates that the record uses up.
        confidence: how sure the construction is.
    """

    kind: str
    start: int
    end: int
    rule: str
    trail: str
    fields: dict[str, object]
    claims: tuple[Span, ...] = ()
    confidence: Confidence = "high"


@dataclass(slots=True)
class Reading:
    """A document and what was found in it.

    Args:
        document: the folded article.
        items: everything found, of all labels, sorted by start.

    Attributes:
        text: the folded text.
        declined: why a figure became no record, by the place where it starts.
    """

    document: Document
    items: list[Candidate]
    text: str = field(init=False, repr=False)
    declined: dict[int, str] = field(init=False, repr=False, default_factory=dict)
    _starts: list[int] = field(init=False, repr=False)
    _labelled: dict[str, tuple[list[int], list[Candidate]]] = field(init=False, repr=False, default_factory=dict)
    _sentence_starts: list[int] = field(init=False, repr=False)
    _clauses: dict[Span, list[Span]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.items = sorted(self.items, key=lambda item: (item.start, item.end))
        self.text = self.document.text
        self._sentence_starts = [span.start for span in self.document.sentences]
        self._starts = [item.start for item in self.items]
        for item in self.items:
            starts, items = self._labelled.setdefault(item.label, ([], []))
            starts.append(item.start)
            items.append(item)

    def within(self, start: int, end: int, *labels: str) -> list[Candidate]:
        """Return the items that stand inside a stretch, of the labels named, or of all."""
        if len(labels) == 1:
            starts, items = self._labelled.get(labels[0], _NOTHING)
        else:
            starts, items = self._starts, self.items
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        found = items[first : bisect_left(starts, end, first)]
        if len(labels) > 1:
            return [item for item in found if item.label in labels and item.end <= end]
        return [item for item in found if item.end <= end]

    def has(self, *labels: str) -> bool:
        """Tell whether the article holds an item of one of the labels."""
        return any(label in self._labelled for label in labels)

    def paragraphs(self) -> Iterable[Span]:
        """Yield every line that holds something."""
        at = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield Span(at, at + len(line))
            at += len(line) + 1

    def sentences(self, paragraph: Span) -> list[Span]:
        """Return the sentences of a paragraph."""
        first = bisect_left(self._sentence_starts, paragraph.start)
        last = bisect_left(self._sentence_starts, paragraph.end)
        return self.document.sentences[first:last]

    def clauses(self, sentence: Span) -> list[Span]:
        """Return the clauses of a sentence: cut at commas and semicolons outside brackets."""
        known = self._clauses.get(sentence)
        if known is None:
            known = self._clauses[sentence] = self._cut(sentence)
        return known

    def _cut(self, sentence: Span) -> list[Span]:
        spans: list[Span] = []
        start, depth = sentence.start, 0
        for mark in _MARKS.finditer(self.text, *sentence):
            character, place = mark[0], mark.start()
            if character in _OPEN:
                depth += 1
            elif character in _CLOSE:
                depth = max(0, depth - 1)
            elif not depth and not self._in_number(place):
                if place > start:
                    spans.append(Span(start, place))
                start = place + 1
        if sentence.end > start:
            spans.append(Span(start, sentence.end))
        return spans

    def _in_number(self, place: int) -> bool:
        return (
            self.text[place] == ","
            and self.text[place - 1 : place].isdigit()
            and self.text[place + 1 : place + 4].isdigit()
        )
