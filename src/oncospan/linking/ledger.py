"""The ledger: every number of an article has an owner: a record, a role, or nobody (`unclaimed`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oncospan.linking.reading import Fact, Reading
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_NUMBER = re.compile(r"(?<![A-Za-z0-9.\-])\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,6})?(?![A-Za-z0-9])")
_DOSE = re.compile(r" ?(?:mg|g|μg|ug|ml|mL|Gy|GBq|IU|万U)\b|(?:mg|g|μg)/(?:kg|m2|d)", re.IGNORECASE)
_MARKET = re.compile(r"亿|万元|美元|欧元|元|营收|销售|同比|增长|净利|亏损|毛利|市值|股|研发投入|占比|价格|降幅|增幅")
_LEVEL = re.compile(r" ?(?:双侧|单侧)? ?(?:CI|可信区间|置信区间)", re.IGNORECASE)
_FOLLOW_UP = re.compile(r"随访[^,。;]{0,8}\Z")
_EXPRESSION = re.compile(r"(?:TPS|CPS|PD-L1|IHC|Ki-?67|阳性率|表达|染色|阳性细胞)[^,。;]{0,12}\Z", re.IGNORECASE)
_LABELS = {
    "RATIO": "hazard_ratio", "INTERVAL": "confidence_interval", "P_VALUE": "p_value", "COUNT": "patients",
}  # fmt: skip
_RANK = {
    label: rank
    for rank, label in enumerate(("PERCENT", "DATE", "MUTATION", "RATIO", "INTERVAL", "P_VALUE", "DURATION", "COUNT"))
}


@dataclass(frozen=True, slots=True)
class Line:
    """One number of the article, in positions of the folded text.

    Args:
        start: first position.
        end: position behind it.
        kind: the label of the item, or `NUMBER`.
        role: the kind of the record that claims it, a role, or `unclaimed`.
        record: the place of that record in the article's records, if one claims it.
    """

    start: int
    end: int
    kind: str
    role: str
    record: int | None = None


def keep_ledger(reading: Reading, facts: Sequence[Fact]) -> list[Line]:
    """Return an entry for every percentage, date, mutation, statistic and bare number, sorted by start.

    Args:
        reading: the article.
        facts: its records, in their final order.
    """
    owners: dict[tuple[int, int], int] = {}
    for number, fact in enumerate(facts):
        for claim in fact.claims:
            owners.setdefault((claim.start, claim.end), number)
    entries: list[Line] = []
    covered = bytearray(len(reading.text))
    for item in sorted((item for item in reading.items if item.label in _RANK), key=_rank):
        if any(covered[item.start : item.end]):
            continue
        covered[item.start : item.end] = b"\1" * (item.end - item.start)
        owner = _owner(owners, Span(item.start, item.end))
        role = facts[owner].kind if owner is not None else _role(reading, item)
        entries.append(Line(item.start, item.end, item.label, role, owner))
    for item in reading.items:
        if item.label in ("DRUG", "TRIAL"):
            covered[item.start : item.end] = b"\1" * (item.end - item.start)
    entries += _bare_numbers(reading, covered, owners, facts)
    return sorted(entries, key=lambda entry: entry.start)


def _rank(item: Candidate) -> tuple[int, int]:
    return _RANK[item.label], item.start


def _owner(owners: dict[tuple[int, int], int], span: Span) -> int | None:
    exact = owners.get((span.start, span.end))
    if exact is not None:
        return exact
    return next((number for (start, end), number in owners.items() if span.start <= start and end <= span.end), None)


def _role(reading: Reading, item: Candidate) -> str:
    text = reading.text
    if reading.document.section_at(item.start) == "references":
        return "reference"
    if item.label in _LABELS:
        return _LABELS[item.label]
    before, behind = text[max(0, item.start - 24) : item.start], text[item.end : item.end + 12]
    if item.label == "PERCENT":
        return _percent_role(reading, item, before, behind)
    if item.label == "DURATION":
        if _FOLLOW_UP.search(before):
            return "follow_up"
        if reading.within(item.end, item.end + 14, "ENDPOINT"):
            return "timepoint"
    if item.label == "DATE" and reading.within(max(0, item.start - 60), item.end + 60, "TRIAL"):
        return "trial"
    return "unclaimed"


def _percent_role(reading: Reading, item: Candidate, before: str, behind: str) -> str:
    if _LEVEL.match(behind):
        return "confidence_level"
    if _MARKET.search(before[-16:] + behind):
        return "market"
    if _EXPRESSION.search(before):
        return "expression"
    if reading.within(max(0, item.start - 24), item.end + 4, "HARM"):
        return "harm"
    return "unclaimed"


def _bare_numbers(
    reading: Reading, covered: bytearray, owners: dict[tuple[int, int], int], facts: Sequence[Fact]
) -> list[Line]:
    text = reading.text
    entries = []
    for found in _NUMBER.finditer(text):
        span = Span(*found.span())
        if any(covered[span.start : span.end]):
            continue
        owner = _owner(owners, span)
        role = facts[owner].kind if owner is not None else _bare_role(reading, span)
        entries.append(Line(span.start, span.end, "NUMBER", role, owner))
    return entries


def _bare_role(reading: Reading, span: Span) -> str:
    text = reading.text
    if reading.document.section_at(span.start) == "references":
        return "reference"
    before, behind = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 8]
    if _DOSE.match(behind):
        return "dose"
    if before == "[" or behind.startswith("]"):
        return "reference"
    if re.match(r" ?[级期线]|[-~] ?\d 级", behind):
        return "grade_stage_line"
    if re.match(r" ?岁", behind):
        return "age"
    if _MARKET.match(behind):
        return "market"
    return "unclaimed"
