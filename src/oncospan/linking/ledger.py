"""The ledger: every number of an article has an owner: a record, a role, or nobody (`unclaimed`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oncospan.linking.reading import Fact, Reading
from oncospan.linking.roles import UNCLAIMED, find_names, find_role
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

#: A bare number stands free of letters, or carries its unit: 800mg, 8.6cm.
_UNITS = r"(?:[cmnμu]?g|kg|[cmnμ]m|ml|dl|l|c?gy|[gm]bq|mci|iu|u|d|h|bp|kb)"
_NUMBER = re.compile(
    r"\d(?<![A-Za-z0-9.\-].)\d{0,8}(?:,\d{3}){0,3}(?:\.\d{1,6})?(?!\.?\d)"
    rf"(?:(?![A-Za-z])|(?={_UNITS}(?![A-Za-z0-9]|-)))",
    re.IGNORECASE,
)
_TOLD = frozenset({"arm_without_drug", "hypothesis", "difference", "background", "single_patient", "class_of_drugs"})
_RANK = {
    label: rank
    for rank, label in enumerate(("PERCENT", "DATE", "MUTATION", "RATIO", "INTERVAL", "P_VALUE", "DURATION", "COUNT"))
}


class Line(NamedTuple):
    """One number of the article, in positions of the folded text.

    Args:
        start: first position.
        end: position behind it.
        kind: the label of the item, or `NUMBER`.
        role: the kind of the record that claims it, a role, or `unclaimed`.
        record: the place of that record in the article's records, if one claims it.
        reason: why a figure beside an endpoint became no record.
    """

    start: int
    end: int
    kind: str
    role: str
    record: int | None = None
    reason: str | None = None


class Claims:
    """The numbers that records claim; one that several claim belongs to the first of them.

    Args:
        facts: the records of an article, in their final order.
    """

    __slots__ = ("_claims", "_starts")

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._claims = sorted((claim, number) for number, fact in enumerate(facts) for claim in fact.claims)
        self._starts = [claim.start for claim, _ in self._claims]

    def find(self, span: Span) -> int | None:
        """Return the record that claims a number or a part of it, exact claims first."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        if first == last:
            return None
        inside = [(claim != span, number) for claim, number in self._claims[first:last] if claim.end <= span.end]
        return min(inside)[1] if inside else None


def keep_ledger(reading: Reading, facts: Sequence[Fact]) -> list[Line]:
    """Return a line for every percentage, date, mutation, statistic and bare number, sorted by start.

    Args:
        reading: the article.
        facts: its records, in their final order.
    """
    claims = Claims(facts)
    lines: list[Line] = []
    covered = bytearray(len(reading.text))
    parts = {place: role for span, role in find_names(reading.text) for place in range(*span)}
    for item in sorted((item for item in reading.items if item.label in _RANK), key=_rank):
        span = Span(item.start, item.end)
        if covered.find(1, item.start, item.end) >= 0:
            # an interval loses its level, 95%, to the percentages: its bounds are numbers of their own
            parts |= dict.fromkeys(range(*span), find_role(reading, item.label, span))
            continue
        _cover(covered, span)
        owner = claims.find(span)
        ranged = item.label == "DATE" and "/" in str(item.norm)
        role = find_role(reading, item.label, span, ranged=ranged) if owner is None else facts[owner].kind
        reason = reading.declined.get(item.start) if owner is None else None
        lines.append(Line(item.start, item.end, item.label, _owned(role, reason), owner, reason))
    for item in reading.items:
        # digits of a name are no number; a trial told in words may count its patients
        if item.label == "DRUG" or item.rule == "trial.name":
            _cover(covered, Span(item.start, item.end))
    lines += _bare_numbers(reading, covered, claims, facts, parts)
    return sorted(lines, key=lambda line: line.start)


def _owned(role: str, reason: str | None) -> str:
    """What a figure is said to be claims it: a hypothesis, an arm without drugs; what is left open claims nothing."""
    return reason if role == UNCLAIMED and reason in _TOLD else role


def _rank(item: Candidate) -> tuple[int, int]:
    return _RANK[item.label], item.start


def _cover(covered: bytearray, span: Span) -> None:
    covered[span.start : span.end] = b"\1" * (span.end - span.start)


def _bare_numbers(
    reading: Reading, covered: bytearray, claims: Claims, facts: Sequence[Fact], parts: dict[int, str]
) -> Iterator[Line]:
    for found in _NUMBER.finditer(reading.text):
        span = Span(*found.span())
        if covered.find(1, *span) >= 0:
            continue
        owner = claims.find(span)
        if owner is not None:
            role = facts[owner].kind
        else:
            whole = parts.get(span.start, UNCLAIMED)
            role = whole if whole != UNCLAIMED else find_role(reading, "NUMBER", span)
        reason = reading.declined.get(span.start) if owner is None else None
        yield Line(span.start, span.end, "NUMBER", _owned(role, reason), owner, reason)
