"""Edges of Latin names beside Chinese, and patterns that end at a trigger."""

from __future__ import annotations

import pytest

from oncospan.matching.pattern import LEFT_EDGE, RIGHT_EDGE, ending, has_edges, match_ending


@pytest.mark.parametrize(
    ("text", "name", "edges"),
    [
        ("检出T790M突变", "T790M", True),
        ("检出T790MA突变", "T790M", False),
        ("ALK7阳性", "ALK", False),
        ("用奥希替尼5天", "奥希替尼", True),
        ("PEGASYS", "PEG", False),
    ],
)
def test_has_edges(text: str, name: str, *, edges: bool) -> None:
    start = text.index(name)

    assert has_edges(text, start, start + len(name)) is edges


def test_match_ending_takes_the_longest_that_reaches_the_trigger() -> None:
    pattern = ending(rf"{LEFT_EDGE}\d{{1,3}}(?:\.\d{{1,2}})?")

    found = match_ending(pattern, "有效率为75.5%", 8, 8)

    assert found is not None
    assert found.group() == "75.5"
    assert match_ending(pattern, "有效率为%", 4, 8) is None


def test_right_edge_stops_before_a_letter() -> None:
    import re

    assert re.search(rf"T790M{RIGHT_EDGE}", "T790M突变")
    assert not re.search(rf"T790M{RIGHT_EDGE}", "T790MX")
