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

_BEFORE, _AFTER = 40, 100
#: `A、B已在国内获批,同样是附条件`: the next clause says what kind it was.
_CONDITIONAL = re.compile(
    r"[^,。;!?\n()]{0,12},(?:同样|同|均|都|也|亦)?(?:均|都)?(?:是|为|属于?)(?:附条件|有条件|加速)(?:批准|上市|获批)?(?:[,。;]|\Z)"
)
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
            decision = READERS[word](Around(before, word, _clause_behind(text, end)))
            if decision and decision.event == "approval" and _CONDITIONAL.match(text, end):
                decision = decision._replace(event="conditional_approval")
            if decision:
                norm = tuple(decision)
                found.append(Candidate(self.label, start, end, norm, f"regulatory.{decision.event}"))
        return found


def _clause_behind(text: str, end: int) -> str:
    """Return what stands behind a trigger in its clause; a comma in a bracket ends no clause, nor does a closing quote."""
    depth = 0
    for place in range(end, min(len(text), end + _AFTER)):
        character = text[place]
        depth += (character == "(") - (character == ")")
        if character in "。;!?\n" or (character == "," and depth <= 0):
            return text[end:place].lstrip("”")
    return text[end : end + _AFTER].lstrip("”")
