"""The grid of a table: its cells by row and column, and the figure that a cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oncospan.linking.reading import Reading
from oncospan.model import Qualifier, Span

Grid = list[list[Span]]

_RULE = re.compile(r":?-{2,}:?|=+")
_UNITS = {
    "%": "percent", "个月": "month", "月": "month", "months": "month", "month": "month", "mo": "month", "m": "month",
    "年": "year", "years": "year", "周": "week", "weeks": "week", "天": "day", "days": "day",
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_N = r"\d{1,4}(?:\.\d{1,3})?"
_QUALIFIERS: dict[str, Qualifier] = {">": "gt", "≥": "ge", "<": "lt", "≤": "le", "~": "about", "约": "about"}
_MARKS = r" ?[*#†‡§]{0,3}"
_FIGURE = re.compile(
    rf"(?P<qualifier>[><≥≤~约]?) ?(?:\d{{1,5}} ?/ ?\d{{1,5}}(?= ?\()|(?P<value>{_N})) ?(?P<unit>{_UNIT})?"
    rf"(?: ?[(\[](?P<inside>[^()\[\]]{{1,40}})[)\]])?{_MARKS}",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    rf"(?:(?P<level>\d\d(?:\.\d)?) ?% ?)?(?P<ci>CI)?[:, ]{{0,2}}(?P<low>{_N}) ?(?:{_UNIT})? ?(?:[-~—,至到]|--) ?"
    rf"(?P<high>{_N}|NR|NE|NA|未达到)? ?(?:{_UNIT})?",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"(?P<value>{_N}) ?(?P<unit>%)?")
_COUNTED = re.compile(r"\d{1,5}(?: ?/ ?\d{1,5})?(?: ?例)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says.

    Args:
        span: the digits.
        value: the number.
        unit: its unit where the cell names it.
        qualifier: what bounds it.
        counted: the number stands in brackets behind a count: 41 (74.5).
        interval: the bounds in brackets, as (low, high, level).
        claims: the digits of the bounds.
    """

    span: Span
    value: float
    unit: str | None
    qualifier: Qualifier = "eq"
    counted: bool = False
    interval: tuple[float, float, str] | None = None
    claims: tuple[Span, ...] = ()


def find_grids(reading: Reading) -> Iterator[tuple[Span | None, Grid]]:
    """Yield the tables of an article, each with its caption: lines next to each other, cut by bars or by tabs."""
    grid: Grid = []
    caption = before = None
    for line in reading.paragraphs():
        kind = reading.document.section_at(line.start)
        if grid and (kind != "table" or (before is not None and line.start != before.end + 1)):
            yield caption, grid
            grid, caption = [], None
        if kind == "table":
            cells = list(_cells(reading.text, line))
            if not grid and before is not None and reading.document.section_at(before.start) == "caption":
                caption = before
            if len(cells) > 1 and not all(_RULE.fullmatch(reading.text, *cell) for cell in cells):
                grid.append(cells)
        before = line
    if grid:
        yield caption, grid


def _cells(text: str, line: Span) -> Iterator[Span]:
    """Yield the cells of a line, without the blank space and the bars at its edges."""
    mark = "\t" if "\t" in text[line.start : line.end] else "|"
    content = text[line.start : line.end]
    start = line.start
    if mark == "|":
        stripped = content.strip()
        opened, closed = stripped.startswith("|"), stripped.endswith("|") and len(stripped) > 1
        start += content.index("|") + 1 if opened else 0
        content = text[start : line.start + content.rindex("|")] if closed else text[start : line.end]
    for piece in content.split(mark):
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        yield Span(left, max(left, right))
        start += len(piece) + 1


def read_figure(text: str, cell: Span) -> Figure | None:
    """Return the figure that fills a cell: 75.0 (61.2-85.4), 41 (74.5%), 18.9个月; None where it holds anything else.

    Args:
        text: the folded text.
        cell: the cell.
    """
    found = _FIGURE.fullmatch(text, *cell)
    if not found:
        return None
    unit = _UNITS[found["unit"].lower()] if found["unit"] else None
    qualifier = _QUALIFIERS.get(found["qualifier"], "eq")
    if found["inside"] is None:
        return Figure(Span(*found.span("value")), float(found["value"]), unit, qualifier)
    share = _SHARE.fullmatch(text, *found.span("inside"))
    if share and unit is None and (found["value"] is None or found["value"].isdigit()):
        value_unit = "percent" if share["unit"] or found["value"] is None else None
        return Figure(Span(*share.span("value")), float(share["value"]), value_unit, qualifier, counted=True)
    if found["value"] is None:
        return None
    value, span = float(found["value"]), Span(*found.span("value"))
    bounds = _INTERVAL.fullmatch(text, *found.span("inside"))
    if bounds:
        low = float(bounds["low"])
        high = float(bounds["high"]) if bounds["high"] and bounds["high"][0].isdigit() else float("inf")
        if not low <= value <= high:
            return None
        claims = [Span(*bounds.span("low")), *([Span(*bounds.span("high"))] if high != float("inf") else [])]
        return Figure(span, value, unit, qualifier, interval=(low, high, bounds["level"] or "95"), claims=tuple(claims))
    if _COUNTED.fullmatch(text, *found.span("inside")) and unit == "percent":
        return Figure(span, value, unit, qualifier)
    return None
