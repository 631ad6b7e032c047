"""What a room is to the rest of the house: words to look for, and a way to read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from oncospan.matching.candidates import Candidate
from oncospan.text.document import Document


class Hit(NamedTuple):
    """One of a room's surfaces, found in the folded text.

    Args:
        start: first position in the folded text.
        end: position behind the last one.
        payload: what the room attached to the surface: a concept, or the name of a trigger.
    """

    start: int
    end: int
    payload: object


class Room(Protocol):
    """An entity type: a label, the words that may stand for it, and the grammar that reads them."""

    @property
    def label(self) -> str:
        """The label of the room's mentions."""
        ...

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield every name and trigger with its payload; surfaces are folded and in lower case."""
        ...

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Read the document at the places where the room's surfaces stand.

        Args:
            document: the folded article.
            hits: the room's surfaces in the text, all of them, overlapping ones too, sorted by start.

        Returns:
            Candidates in any order; they may overlap, the longest wins later.
        """
        ...
