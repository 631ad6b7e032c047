"""Tables: drugs or arms down the side and endpoints along the top, or the other way round.

Over a cell stand the head of its column, the label of its row, a row of one cell above it and, where the table itself
is silent, its caption. A cell is filled only where exactly one treatment with a drug and exactly one endpoint stand
over it; the unit stands in the cell or in the head that names the endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from oncospan.linking.arms import Row
from oncospan.linking.cells import Cell, pair_values
from oncospan.linking.facts import efficacy_fact
from oncospan.linking.grid import Figure, Grid, find_grids, read_figure
from oncospan.linking.labels import find_labels
from oncospan.linking.reading import Fact, Reading
from oncospan.linking.stream import Head, Token, Value, make_stream
from oncospan.linking.treatments import Treatment
from oncospan.linking.walk import Walk
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

#: As `linking.efficacy` tells records apart.
_DISTINCT = ("endpoint", "statistic", "low", "high", "unit", "timepoint", "population", "event", "grade")
_LEVEL = re.compile(r"\d\d(?:\.\d)? ?% ?(?:CI|可信区间|置信区间)", re.IGNORECASE)
_RATIO = re.compile(r"(?<![A-Za-z])HR(?![A-Za-z])|风险比|危险比", re.IGNORECASE)
_RATIO_ALONE = re.compile(r"(?:HR|风险比|危险比)(?:值)? ?[(,]? ?(?:95% ?CI)?\)?", re.IGNORECASE)
_COUNT = re.compile(r"n ?= ?(\d{1,6})|(?<!\d)(\d{1,6}) ?例", re.IGNORECASE)
_COUNT_HEAD = re.compile(r"(?:n|N|例数|样本量|患者数|人数|入组例数)(?: ?\((?:例|n)\))?")
_POPULATION_HEAD = re.compile(r".{0,6}(?:人群|患者|癌种|瘤种|适应[症证]|亚组|队列|治疗线|线数|疾病).{0,4}")
_POPULATION = re.compile(r"人群|患者|队列|亚组|阳性|阴性|癌|瘤")
_TRIAL_HEAD = re.compile(r"(?:临床)?(?:研究|试验)(?:名称|代号|简称)?|trial|study", re.IGNORECASE)
_CONTROL = re.compile(r"对照|安慰剂")
_UNIT_WORDS = (
    ("percent", re.compile(r"%")),
    ("month", re.compile(r"月|(?<![A-Za-z])(?:months?|mos?|m)(?![A-Za-z])", re.IGNORECASE)),
    ("year", re.compile(r"[(/,] ?(?:年|years?)", re.IGNORECASE)),
    ("week", re.compile(r"[(/,] ?(?:周|weeks?)", re.IGNORECASE)),
    ("day", re.compile(r"[(/,] ?(?:天|日|days?)", re.IGNORECASE)),
)
_COUNTED = re.compile(r"(?<![A-Za-z])n(?![A-Za-z])|例", re.IGNORECASE)
_MOST_RATIO = 10


@dataclass(frozen=True, slots=True)
class Over:
    """What one head, label or caption says about the cells below or beside it.

    Args:
        span: its place.
        text: its words.
        heads: the endpoints it names.
        treatments: the treatments it names.
        trial: the trial it names.
    """

    span: Span
    text: str
    heads: tuple[Head, ...]
    treatments: tuple[Treatment, ...]
    trial: str | None


def link_tables(reading: Reading, told: Sequence[Fact]) -> list[Fact]:
    """Return the records of an article's tables and of its prose, each distinct one once, where it stands first.

    Args:
        reading: the article.
        told: the efficacy and safety records of its prose; those taken from the lines of a table that is read here go.
    """
    walk = Walk(reading, find_labels(reading))
    found: list[Fact] = []
    lines: list[Span] = []
    for caption, grid in find_grids(reading):
        facts = _name_arms(list(TableReader(walk, grid, _over(walk, caption) if caption else None).read()))
        if facts:
            found += facts
            lines.append(Span(grid[0][0].start, grid[-1][-1].end))
    prose = [fact for fact in told if not any(fact.start < line.end and line.start < fact.end for line in lines)]
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in sorted([*prose, *found], key=lambda fact: fact.start):
        kept.setdefault((fact.kind, str(fact.fields["drugs"]), *map(fact.fields.get, _DISTINCT)), fact)
    return list(kept.values())


def _name_arms(facts: list[Fact]) -> list[Fact]:
    """Of two arms the one with the hazard ratio is the experimental one."""
    rated = {str(fact.fields["drugs"]) for fact in facts if fact.fields["statistic"] == "hazard_ratio"}
    if len(rated) == 1 and len({str(fact.fields["drugs"]) for fact in facts}) == 2:
        for fact in facts:
            fact.fields["arm"] = "experimental" if str(fact.fields["drugs"]) in rated else "control"
    return facts


def _over(walk: Walk, cell: Span) -> Over:
    tokens = make_stream(walk.reading, cell, walk.labels)
    heads = {t.content.name: t.content for t in tokens if isinstance(t.content, Head) and t.content.measure != "harm"}
    treatments = tuple(token.content for token in tokens if isinstance(token.content, Treatment))
    trials = [str(t.content.norm) for t in tokens if t.kind == "trial" and isinstance(t.content, Candidate)]
    trial = trials[0] if len(trials) == 1 and trials[0] not in ("opening", "keeping") else None
    return Over(cell, walk.text[cell.start : cell.end], tuple(heads.values()), treatments, trial)


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads one table.

    Args:
        walk: the article.
        grid: the cells.
        caption: what the line above it says, if it is a caption.
    """

    walk: Walk
    grid: Grid
    caption: Over | None

    def read(self) -> Iterator[Fact]:
        """Yield the records of the cells, row by row."""
        figures = [[read_figure(self.walk.text, cell) for cell in row] for row in self.grid]
        depth = next((at for at, row in enumerate(figures) if any(row) or (at and _alone(self.grid[at]))), 0)
        width = len(self.grid[0])
        if not depth or any(len(row) != width for row in self.grid[:depth]):
            return
        columns = [[_over(self.walk, row[at]) for row in self.grid[:depth]] for at in range(width)]
        group: list[Over] = []
        labels: list[Over] = []
        for row, found in zip(self.grid[depth:], figures[depth:], strict=True):
            alone = _alone(row)
            if alone and not any(found):
                group = [_over(self.walk, alone)]
                continue
            if len(row) != width or not any(found):
                continue
            first = next(at for at, figure in enumerate(found) if figure)
            before, labels = labels, [_over(self.walk, cell) for cell in row[:first]]
            details = self._details(row, columns, found)
            if group and _POPULATION.search(group[0].text):
                details.setdefault("population", group[0].text)
            for at, figure in enumerate(found):
                if figure is not None:
                    near = [*before, *(columns[at - 1] if at else ())]
                    yield from self._fill(row, figure, [*columns[at], *labels, *group], near, details)

    def _details(
        self, row: Sequence[Span], columns: Sequence[Sequence[Over]], found: Sequence[Figure | None]
    ) -> dict[str, object]:
        """Return the number of patients, the population and the trial that other cells of the row state."""
        details: dict[str, object] = {}
        for cell, heads, figure in zip(row, columns, found, strict=True):
            head = "".join(over.text for over in heads).strip()
            words = self.walk.text[cell.start : cell.end]
            if figure and words.isdigit() and _COUNT_HEAD.fullmatch(head):
                details["n"] = int(words)
            elif not figure and words and _POPULATION_HEAD.fullmatch(head):
                details["population"] = words
            elif not figure and words and _TRIAL_HEAD.fullmatch(head):
                details["trial"] = words
        return details

    def _fill(
        self,
        row: Sequence[Span],
        figure: Figure,
        over: Sequence[Over],
        near: Sequence[Over],
        details: Mapping[str, object],
    ) -> Iterator[Fact]:
        """Yield the record of a cell, if exactly one treatment and one endpoint stand over it."""
        heads, treatments = _heads(over), [t for entry in over for t in entry.treatments]
        words = " ".join(entry.text for entry in over if entry.heads or _RATIO.search(entry.text))
        if not heads and any(_RATIO_ALONE.fullmatch(entry.text) for entry in over):
            # A hazard ratio without an endpoint of its own belongs to the time told right before it.
            heads = [head for head in _heads(near) if head.measure in ("time", "median")]
        trail = "explicit"
        if self.caption and not heads and not self._names("ENDPOINT"):
            heads, words = list(self.caption.heads), self.caption.text
        if self.caption and not treatments and not self._names("DRUG"):
            treatments, trail = list(self.caption.treatments), "heading"
        if len(heads) != 1 or len(treatments) != 1 or not treatments[0].drugs:
            return
        control = treatments[0].role == "control" or _CONTROL.search(treatments[0].label)
        arm = Row(treatments[0], "control" if control else "experimental", trail)
        cell = _cell(figure, heads[0], arm, words)
        if cell is not None:
            counts = [match for entry in over for match in _COUNT.finditer(entry.text)]
            stated: dict[str, object] = {"n": int(counts[0][1] or counts[0][2])} if len(counts) == 1 else {}
            trials = {entry.trial for entry in over if entry.trial}
            stated |= {"trial": trials.pop()} if len(trials) == 1 else {}
            yield self._fact(row, figure, cell, {**stated, **details})

    def _names(self, label: str) -> bool:
        return bool(self.walk.reading.within(self.grid[0][0].start, self.grid[-1][-1].end, label))

    def _fact(self, row: Sequence[Span], figure: Figure, cell: Cell, stated: Mapping[str, object]) -> Fact:
        interval = Candidate("INTERVAL", *figure.span, figure.interval, "table.interval") if figure.interval else None
        start = next(box.start for box in row if box.end > box.start)
        end = next(box.end for box in row if box.start <= figure.span.start < box.end)
        fact = efficacy_fact(self.walk, start, end, cell, interval=interval, p_value=None)
        return replace(fact, fields={**fact.fields, **stated}, claims=(figure.span, *figure.claims))


def _alone(row: Sequence[Span]) -> Span | None:
    """Return the only cell of a row that holds anything."""
    filled = [cell for cell in row if cell.end > cell.start]
    return filled[0] if len(filled) == 1 else None


def _heads(over: Sequence[Over]) -> list[Head]:
    return list({head.name: head for entry in over for head in entry.heads}.values())


def _cell(figure: Figure, head: Head, arm: Row, words: str) -> Cell | None:
    """Return the cell, or None where number, unit and endpoint do not go together."""
    said = [unit for unit, pattern in _UNIT_WORDS if pattern.search(_LEVEL.sub("", words))]
    if _RATIO.search(words):
        if said or figure.unit or figure.value > _MOST_RATIO or head.measure not in ("time", "median"):
            return None
        value = Value(figure.value, figure.value, "ratio", figure.qualifier)
        token = Token("ratio", *figure.span, value)
        return Cell(token, value, head, arm, "hazard_ratio", "ratio", head.name, None, None, "table")
    unit = figure.unit or (said[0] if said else None)
    if unit is None or (figure.counted and (unit != "percent" or not (figure.unit or _COUNTED.search(words)))):
        return None
    value = Value(figure.value, figure.value, unit, figure.qualifier)
    cells = pair_values("", [Token("value", *figure.span, value)], [head], [arm])
    return replace(cells[0], rule="table") if cells else None
