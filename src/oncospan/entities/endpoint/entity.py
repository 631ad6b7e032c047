"""The endpoint room: names and abbreviations of endpoints, each with what it measures."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from oncospan.matching.candidates import Candidate
from oncospan.matching.pattern import has_edges
from oncospan.matching.room import Hit
from oncospan.text.document import Document
from oncospan.text.fold import fold

#: Abbreviations that mean something else unless written so (`os`, `pr` in English words and names).
_CAPITALS = frozenset({"os", "pr", "sd", "cr", "ttr", "ttp", "ttf", "mfs", "dor", "mpr", "dcr", "cbr", "corr", "ffs"})


#: `CR21%对3%`, `ORR46.2%`, `PFS12.5个月`: a figure glued to an abbreviation.
_LATIN = re.compile(r"[A-Za-z0-9]")
_GLUED = re.compile(r"\d{1,3}(?:\.\d{1,2})?(?:%|个月)")


class Endpoint(NamedTuple):
    """What a name of an endpoint stands for.

    Args:
        name: `ORR`, `PFS`, `icORR`, ...
        measure: `rate` (a share of patients), `event` (what a patient reaches; a share where 率 or a percentage
            follows), `time`, `median` (a time, said to be the median), `share` (a share at a time).
    """

    name: str
    measure: str


@cache
def load_endpoints() -> dict[str, Endpoint]:
    """Return the endpoints by folded surface."""
    content = (resources.files("oncospan.entities.endpoint") / "lexicon.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(content.splitlines())
    return {fold(row["surface"]): Endpoint(row["endpoint"], row["measure"]) for row in rows}


class EndpointRoom:
    """Finds endpoints; the norm is `(name, measure)`."""

    label = "ENDPOINT"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield every name of an endpoint."""
        yield from load_endpoints().items()

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the endpoints of a document."""
        candidates = []
        for start, end, payload in hits:
            if not isinstance(payload, Endpoint):
                continue
            if not has_edges(document.text, start, end) and not (
                not _LATIN.match(document.text[start - 1 : start]) and _GLUED.match(document.text, end)
            ):
                continue
            surface = document.lower[start:end]
            if surface in _CAPITALS and document.text[start:end] == surface:
                continue
            candidates.append(Candidate(self.label, start, end, tuple(payload), "endpoint.name"))
        return candidates
