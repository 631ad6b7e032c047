"""A room's finding before it is settled: a Candidate, in positions of the folded text."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from oncospan.model import Confidence, Norm, Qualifier


class Candidate(NamedTuple):
    """What a room proposes; the corridor settles overlaps and quotes the article.

    Args:
        label: the room's label.
        start: first position in the folded text.
        end: position behind the last one.
        norm: the normal form, as in `oncospan.model.Mention`.
        rule: the rule that found it, `room.rule` in lower case.
        confidence: how sure that rule is.
        qualifier: PERCENT only.
        start_date: DATE only.
        end_date: DATE only.
        negated: MUTATION only.
    """

    label: str
    start: int
    end: int
    norm: Norm
    rule: str
    confidence: Confidence = "high"
    qualifier: Qualifier | None = None
    start_date: date | None = None
    end_date: date | None = None
    negated: bool | None = None
