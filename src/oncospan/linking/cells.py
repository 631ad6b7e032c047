"""Cells: which value belongs to which column and row, decided by counting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from oncospan.linking.arms import Row
from oncospan.linking.stream import Head, Token, Value

_VERSUS = re.compile(r"(?:vs\.?|对比?|比|较|versus)", re.IGNORECASE)
_BETWEEN_ROWS = re.compile(r"(?:vs\.?|对比?|比|较|versus|与|和|,|;)", re.IGNORECASE)
_FROM = re.compile(r"(?:从|由|自)(?:约|此前的|原来的|基线的)?\s?\Z")
_TO = re.compile(r"[^,;。]{0,10}?(?:至|到|为)(?:了|约)?\s?\Z")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with its column and row.

    Args:
        token: the value in the stream.
        value: the figure.
        head: the column.
        row: the arm.
        statistic: `rate`, `median`, `maximum`, `hazard_ratio`.
        unit: the unit of the record.
        endpoint: the endpoint as the record names it: `PFS_rate` for a share at a time.
        landmark: the time of a share.
        population: in whom, where the construction says so.
        rule: the construction.
    """

    token: Token
    value: Value
    head: Head
    row: Row
    statistic: str
    unit: str
    endpoint: str
    landmark: str | None
    population: str | None
    rule: str


def pair_values(text: str, values: Sequence[Token], heads: Sequence[Head], rows: Sequence[Row]) -> list[Cell]:
    """Return the cells of a list of values, or nothing where counting does not decide.

    Args:
        text: the folded text.
        values: the values, in order.
        heads: the open columns.
        rows: the open rows.
    """
    if not rows or not heads:
        return []
    count = len(values)
    marks = heads[0].landmarks
    if count == 1:
        return _cells([(values[0], heads[-1], rows[0], _only(marks))], "head_value") if len(heads) == 1 else []
    if len(heads) == 1 and len(marks) == count and len(rows) != count:
        return _cells([(v, heads[0], rows[0], m) for v, m in zip(values, marks, strict=True)], "landmarks")
    if len(rows) == 2 and len(heads) == 1 and len(marks) > 1 and count == 2 * len(marks):
        return _grid(text, values, [(heads[0], mark) for mark in marks], rows)
    if len(rows) == 2 and len(heads) > 1 and count == 2 * len(heads):
        return _grid(text, values, [(head, _only(head.landmarks)) for head in heads], rows)
    if len(heads) == count:
        carried = _only(marks)
        return _cells(
            [(v, h, rows[0], _only(h.landmarks) or carried) for v, h in zip(values, heads, strict=True)], "pairwise"
        )
    if len(heads) == 1 and len(rows) == count:
        ordered = list(rows)
        if count == 2 and _FROM.search(text, max(0, values[0].start - 6), values[0].start):
            if not _TO.search(text, values[0].end, values[1].start):
                return []
            ordered.reverse()
        return _cells([(v, heads[0], r, _only(marks)) for v, r in zip(values, ordered, strict=True)], "arms")
    return []


def _grid(
    text: str, values: Sequence[Token], columns: Sequence[tuple[Head, str | None]], rows: Sequence[Row]
) -> list[Cell]:
    """`分别为63%对51%、49%对41%` goes column by column, `分别为49%、38%与39%、24%` row by row."""
    count = len(columns)
    gaps = [text[left.end : right.start].strip() for left, right in pairwise(values)]
    by_column = all(_VERSUS.fullmatch(gap) for gap in gaps[::2])
    by_row = not by_column and bool(_BETWEEN_ROWS.fullmatch(gaps[count - 1]))
    if not by_column and not by_row:
        return []
    entries = []
    for place, value in enumerate(values):
        column, row = (place // 2, place % 2) if by_column else (place % count, place // count)
        head, mark = columns[column]
        entries.append((value, head, rows[row], mark))
    return _cells(entries, "grid")


def _only(marks: Sequence[str]) -> str | None:
    return marks[0] if len(marks) == 1 else None


def _cells(entries: Sequence[tuple[Token, Head, Row, str | None]], rule: str) -> list[Cell]:
    cells = []
    for token, head, row, landmark in entries:
        value = token.content
        assert isinstance(value, Value)  # noqa: S101 - the caller picked value tokens
        if value.unit == "none":
            continue
        kind = _kind(head, value, landmark)
        if kind is None:
            return []
        statistic, unit, endpoint = kind
        cells.append(Cell(token, value, head, row, statistic, unit, endpoint, landmark, None, rule))
    return cells


def _kind(head: Head, value: Value, landmark: str | None) -> tuple[str, str, str] | None:
    """Return statistic, unit and endpoint, or None where the value does not fit the column."""
    if value.unit == "percent":
        if head.measure in ("rate", "event", "harm"):
            return "rate", "percent", head.name
        if landmark or head.measure == "share":
            return "rate", "percent", f"{head.name}_rate"
        return None
    if value.unit in ("month", "year", "week", "day", "bare"):
        if head.measure == "time" and not landmark:
            return "maximum" if head.longest else "median", "month" if value.unit == "bare" else value.unit, head.name
        return None
    return None
