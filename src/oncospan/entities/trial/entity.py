"""The trial room: names such as KEYNOTE-024, registry numbers, and the phrases that open or keep a trial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from oncospan.matching.candidates import Candidate
from oncospan.matching.room import Hit
from oncospan.text.document import Document

_TRIGGERS = dict.fromkeys(("研究", "试验", "nct", "ctr2", "一项", "队列"), "trial")
_NAME = re.compile(
    r"(?P<name>(?<![A-Za-z0-9])[A-Z][A-Za-z]{1,14}(?:[- ]?[A-Za-z]{0,12}\d{0,4}[A-Za-z]?){0,3}) ?(?:的?(?:III|II|I|IV|[1-4])[ab]?期)?(?:临床)?\Z"
)
#: The Latin letters and figures that end there; only among them may a name begin.
_LATIN = re.compile(r"[A-Z][A-Za-z\d -]*(?:的?[IV1-4]{1,3}[ab]?期)?(?:临床)?\Z")
_REGISTRY = re.compile(r"(?:NCT ?\d{8}|CTR ?\d{8})", re.IGNORECASE)
_OPENING = re.compile(r"(?:另一项|一项|这项|该项|本项)[^,。;\n]{0,60}?(?:研究|试验)")
_KEEPING = re.compile(r"(?:该|此|上述|本|这项|该项|两项)\Z")


class TrialRoom:
    """Finds TRIAL mentions; the norm is the trial's name, its number, or what kind of phrase it is."""

    label = "TRIAL"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield the words that announce a trial."""
        yield from _TRIGGERS.items()

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the trials of a document."""
        text = document.text
        found = []
        for start, end, _ in hits:
            registry = _REGISTRY.match(text, start)
            if registry:
                found.append(Candidate(self.label, start, registry.end(), registry.group().upper(), "trial.registry"))
                continue
            opening = _OPENING.match(text, start) if text.startswith("一项", start) else None
            if opening:
                found.append(Candidate(self.label, start, opening.end(), "opening", "trial.opening"))
            elif text[start:end] in ("研究", "试验"):
                # a name, its phase or 临床 ends right before the word
                named = start > 0 and (text[start - 1].isascii() or text[start - 1] in "期床")
                latin = _LATIN.search(text, max(0, start - 40), start) if named else None
                name = _NAME.search(text, latin.start(), start) if latin else None
                if name and any(c.isupper() for c in name["name"][1:]):
                    found.append(Candidate(self.label, name.start(), end, name["name"].strip(), "trial.name"))
                elif _KEEPING.search(text, max(0, start - 3), start):
                    found.append(Candidate(self.label, start, end, "keeping", "trial.keeping"))
        return found
