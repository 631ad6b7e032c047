"""The regulatory room: words of a decision on a drug, told from words that only look like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from oncospan.entities.regulatory.rules import READERS
from oncospan.entities.regulatory.wording import Around
from oncospan.matching.candidates import Candidate
from oncospan.matching.pattern import has_edges
from oncospan.matching.room import Hit
from oncospan.text.document import Document

_BEFORE, _AFTER = 40, 44
_MARK = re.compile(r"[,。;!?\n]")


class RegulatoryRoom:
    """Finds decisions; the norm is `(event, voice)`."""

    label = "REGULATORY"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield the words that announce a decision."""
        yield from ((surface, surface) for surface in READERS)

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the decisions of a document."""
        text = document.text
        found = []
        for start, end, trigger in hits:
            word = str(trigger)
            if not has_edges(text, start, end) or (word in ("btd", "odd", "crl") and text[start:end] != word.upper()):
                continue
            before = _MARK.split(text[max(0, start - _BEFORE) : start])[-1]
            after = _MARK.split(text[end : end + _AFTER], maxsplit=1)[0]
            decision = READERS[word](Around(before, word, after))
            if decision:
                norm = tuple(decision)
                found.append(Candidate(self.label, start, end, norm, f"regulatory.{decision.event}"))
        return found
