"""What linking reads: a document with everything that was found in it, by paragraph, sentence and clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oncospan.matching.candidates import Candidate
from oncospan.model import Confidence, Span
from oncospan.text.document import Document

_MARKS = re.compile(r"[,;。!?\n|()\[\]{}【】]")
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
        labels: the article's own labels of treatments, once `linking.labels` has found them.
    """

    document: Document
    items: list[Candidate]
    text: str = field(init=False, repr=False)
    declined: dict[int, str] = field(init=False, repr=False, default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] | None = field(init=False, repr=False, default=None)
    _groups: dict[tuple[str, ...], tuple[list[int], list[Candidate]]] = field(
        init=False, repr=False, default_factory=dict
    )
    _paragraphs: list[Span] | None = field(init=False, repr=False, default=None)
    _sentence_starts: list[int] = field(init=False, repr=False)
    _clauses: dict[Span, list[Span]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.items = sorted(self.items, key=lambda item: (item.start, item.end))
        self.text = self.document.text
        self._sentence_starts = [span.start for span in self.document.sentences]
        self._groups[()] = [item.start for item in self.items], self.items

    def within(self, start: int, end: int, *labels: str) -> list[Candidate]:
        """Return the items that stand inside a stretch, of the labels named, or of all."""
        starts, items = self._groups.get(labels) or self._group(labels)
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        return [item for item in items[first : bisect_left(starts, end, first)] if item.end <= end]

    def _group(self, labels: tuple[str, ...]) -> tuple[list[int], list[Candidate]]:
        """Sort out the items of some labels, once for each set of labels that is asked for."""
        items = [item for item in self.items if item.label in labels]
        group = self._groups[labels] = [item.start for item in items], items
        return group

    def has(self, *labels: str) -> bool:
        """Tell whether the article holds an item of one of the labels."""
        return bool((self._groups.get(labels) or self._group(labels))[1])

    def paragraphs(self) -> Sequence[Span]:
        """Return every line that holds something."""
        if self._paragraphs is None:
            self._paragraphs = []
            at = 0
            for line in self.text.split("\n"):
                if line.strip():
                    self._paragraphs.append(Span(at, at + len(line)))
                at += len(line) + 1
        return self._paragraphs

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
