"""Of overlapping candidates the longest stays; touching ones both stay."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from oncospan.matching.candidates import Candidate
from oncospan.matching.overlap import settle
from oncospan.model import Span


def candidate(start: int, end: int, label: str = "DRUG") -> Candidate:
    return Candidate(label, start, end, "x", "rule")


def test_the_longest_stays() -> None:
    kept = settle([candidate(0, 4), candidate(2, 9), candidate(8, 10)], {"DRUG": 0})

    assert [(c.start, c.end) for c in kept] == [(2, 9)]


def test_touching_candidates_both_stay() -> None:
    kept = settle([candidate(4, 8), candidate(0, 4)], {"DRUG": 0})

    assert [(c.start, c.end) for c in kept] == [(0, 4), (4, 8)]


def test_the_earlier_room_stays_at_equal_length() -> None:
    kept = settle([candidate(0, 4, "DATE"), candidate(0, 4, "DRUG")], {"DRUG": 0, "DATE": 1})

    assert [c.label for c in kept] == ["DRUG"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=20))
def test_no_two_share_a_character_and_every_loser_met_a_winner(places: list[tuple[int, int]]) -> None:
    candidates = [candidate(start, start + length) for start, length in places]

    kept = settle(candidates, {"DRUG": 0})

    spans = [Span(c.start, c.end) for c in kept]
    assert spans == sorted(spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    assert all(any(Span(c.start, c.end).overlaps(span) for span in spans) for c in candidates)
