"""All rooms' names and triggers in one Aho-Corasick automaton, run once over the folded text."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from oncospan.matching.room import Hit, Room
from oncospan.text.document import Document

#: Start and end of a hit.
_PLACE = itemgetter(0, 1)


class Vocabulary:
    """The surfaces of several rooms, found together.

    Args:
        rooms: the rooms, in the order in which `scan` answers.

    Raises:
        ValueError: a room offers an empty surface.
    """

    __slots__ = ("_automaton", "_owners", "_rooms")

    def __init__(self, rooms: Sequence[Room]) -> None:
        owners: dict[str, list[tuple[int, object]]] = {}
        for index, room in enumerate(rooms):
            for surface, payload in room.surfaces():
                if not surface:
                    raise ValueError(f"{room.label} offers an empty surface")
                owners.setdefault(surface, []).append((index, payload))
        self._rooms = len(rooms)
        self._owners = list(owners.values())
        self._automaton = AhoCorasick(
            list(owners),
            matchkind=MatchKind.Standard,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )

    def scan(self, document: Document) -> list[list[Hit]]:
        """Return for each room its hits in the document, sorted by start."""
        found: list[list[Hit]] = [[] for _ in range(self._rooms)]
        owners = self._owners
        for pattern, start, end in self._automaton.find_matches_as_indexes(document.lower, overlapping=True):
            for room, payload in owners[pattern]:
                found[room].append(Hit(start, end, payload))
        for hits in found:
            hits.sort(key=_PLACE)
        return found
