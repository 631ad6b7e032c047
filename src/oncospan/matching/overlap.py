"""Which of several overlapping candidates stays: the longest; at equal length, the earlier room."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from oncospan.matching.candidates import Candidate


def settle(candidates: Iterable[Candidate], priority: Mapping[str, int]) -> list[Candidate]:
    """Return the candidates that stay, sorted by start, none sharing a character with another.

    Args:
        candidates: what the rooms proposed.
        priority: label to rank; at equal length the lower rank stays.
    """
    starts: list[int] = []
    ends: list[int] = []
    kept: list[Candidate] = []
    ranked = sorted(candidates, key=lambda c: (c.start - c.end, priority.get(c.label, 99), c.start, c.rule))
    for candidate in ranked:
        place = bisect_left(starts, candidate.start)
        if place < len(starts) and starts[place] < candidate.end:
            continue
        if place and ends[place - 1] > candidate.start:
            continue
        starts.insert(place, candidate.start)
        ends.insert(place, candidate.end)
        kept.insert(place, candidate)
    return kept
