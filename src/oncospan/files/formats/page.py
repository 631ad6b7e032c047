"""The geometry of a page: characters become stretches of text, margins go, columns come in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class Character(NamedTuple):
    """A character at its place; y grows upwards."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one line without a wide gap between them.

    Args:
        text: the characters.
        left: where the first begins.
        right: where the last ends.
        bottom: the lower edge.
        top: the upper edge.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def size(self) -> float:
        """The height of its characters."""
        return max(1.0, self.top - self.bottom)

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page of stretches, in the order in which the file draws them."""

    width: float
    height: float
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side in one column of a page.

    Args:
        stretches: from left to right.
        column: tells the columns of the document apart.
        left: the column's left edge.
        right: its right edge.
    """

    stretches: tuple[Stretch, ...]
    column: int = 0
    left: float = 0.0
    right: float = 0.0


#: Gaps in units of the character's height: a space, and what no space is wide enough for.
_SPACE, _GAP = 0.25, 1.2
_LATIN = re.compile(r"[!-~]")
#: How much of the page's height its margins take.
_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"[-—–·|\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,共of]{1,2}\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·|\s]*"
)
_SMALL = 0.92
_DIGITS = re.compile(r"\d+")
#: A column of prose has lines so wide, in units of the character's height; cells of a table are narrower.
_PROSE = 11.0
_FEWEST = 3
_GUTTER = 0.8


def make_stretches(characters: Iterable[Character]) -> list[Stretch]:
    """Return the stretches of a page's characters, given in the order in which they are drawn.

    Args:
        characters: visible ones and spaces.
    """
    stretches: list[Stretch] = []
    run: list[Character] = []
    for drawn in characters:
        character = _upright(drawn)
        if run and not _goes_on(run, character):
            stretches += _close(run)
            run = []
        run.append(character)
    stretches += _close(run)
    return stretches


def _upright(character: Character) -> Character:
    """A mirrored or turned page gives boxes whose edges are the wrong way round."""
    left, right = sorted((character.left, character.right))
    bottom, top = sorted((character.bottom, character.top))
    return Character(character.text, left, right, bottom, top)


def _goes_on(run: list[Character], character: Character) -> bool:
    last = next((c for c in reversed(run) if c.text != " "), run[-1])
    size = max(last.top - last.bottom, character.top - character.bottom, 1.0)
    shared = min(last.top, character.top) - max(last.bottom, character.bottom)
    if shared < 0.4 * min(last.top - last.bottom, character.top - character.bottom, size):
        return False
    return -size < character.left - last.right < _GAP * size


def _close(run: list[Character]) -> list[Stretch]:
    while run and run[-1].text == " ":
        run.pop()
    while run and run[0].text == " ":
        run.pop(0)
    if not run:
        return []
    pieces = [run[0].text]
    for last, character in pairwise(run):
        wide = character.left - last.right > _SPACE * max(1.0, character.top - character.bottom)
        if wide and " " not in (last.text, character.text) and _LATIN.match(last.text) and _LATIN.match(character.text):
            pieces.append(" ")
        pieces.append(character.text)
    heights = [character.top - character.bottom for character in run]
    tallest = run[heights.index(max(heights))]
    return [
        Stretch(
            "".join(pieces),
            min(c.left for c in run),
            max(c.right for c in run),
            tallest.bottom,
            tallest.top,
        )
    ]


def drop_margins(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without running heads and feet: what repeats at one height, page numbers, small heads.

    Args:
        pages: all pages of the document.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_mark(page, stretch) for stretch in page.stretches if _in_margin(page, stretch)})
    repeated = {mark for mark, count in seen.items() if count > 1 and count * 3 >= len(pages)}
    sizes: Counter[float] = Counter()
    for page in pages:
        for stretch in page.stretches:
            sizes[round(stretch.size, 1)] += len(stretch.text)
    small = _SMALL * max(sizes, key=sizes.__getitem__, default=0.0)
    kept = []
    for page in pages:
        stretches = [
            stretch
            for stretch in page.stretches
            if not _in_margin(page, stretch)
            or (
                _mark(page, stretch) not in repeated
                and not _PAGE_NUMBER.fullmatch(stretch.text)
                # A page alone repeats nothing; what is set small above the text is no title.
                and not (stretch.size < small and stretch.middle > page.height / 2)
            )
        ]
        kept.append(replace(page, stretches=stretches))
    return kept


def _in_margin(page: Page, stretch: Stretch) -> bool:
    return not page.height * _MARGIN < stretch.middle < page.height * (1 - _MARGIN)


def _mark(page: Page, stretch: Stretch) -> tuple[str, int]:
    """Pages are numbered and sides alternate; the words and the height stay."""
    return _DIGITS.sub("#", stretch.text.replace(" ", "")), round((page.height - stretch.middle) / 4)


def read_rows(page: Page, column: int = 0) -> list[Row]:
    """Return the rows of a page in reading order.

    Args:
        page: the page.
        column: the number of its first column; the others count on from it.
    """
    blocks = _order(list(page.stretches))
    rows: list[Row] = []
    for number, block in enumerate(blocks, start=column):
        left, right = min(s.left for s in block), max(s.right for s in block)
        rows += [Row(stretches, number, left, right) for stretches in _side_by_side(block)]
    return rows


def _side_by_side(block: list[Stretch]) -> list[tuple[Stretch, ...]]:
    lines: list[list[Stretch]] = []
    for stretch in sorted(block, key=lambda s: (-s.middle, s.left)):
        if lines and abs(lines[-1][0].middle - stretch.middle) < 0.5 * min(lines[-1][0].size, stretch.size):
            lines[-1].append(stretch)
        else:
            lines.append([stretch])
    return [tuple(sorted(line, key=lambda s: s.left)) for line in lines]


def _order(stretches: list[Stretch]) -> list[list[Stretch]]:
    """Return the blocks of a region in reading order: above the columns, left, right, below them."""
    if not stretches:
        return []
    gutter = _find_gutter(stretches)
    if gutter is None:
        return [stretches]
    spanning = sorted((s for s in stretches if s.left < gutter < s.right), key=lambda s: -s.middle)
    bands: list[list[Stretch]] = [[] for _ in range(len(spanning) + 1)]
    for stretch in stretches:
        if not stretch.left < gutter < stretch.right:
            bands[sum(other.middle > stretch.middle for other in spanning)].append(stretch)
    blocks: list[list[Stretch]] = []
    joined: list[Stretch] = []
    for index, band in enumerate(bands):
        if band:
            blocks += [joined] if joined else []
            joined = []
            for side in ([s for s in band if s.right <= gutter], [s for s in band if s.left >= gutter]):
                blocks += _order(side)
        if index < len(spanning):
            joined.append(spanning[index])
    return blocks + ([joined] if joined else [])


def _find_gutter(stretches: list[Stretch]) -> float | None:
    """Return the place between two columns of prose, if there is one that few stretches cross."""
    left, right = min(s.left for s in stretches), max(s.right for s in stretches)
    best: tuple[float, float] | None = None
    for place in sorted({s.right for s in stretches}):
        following = [s.left for s in stretches if s.left >= place]
        if place <= left or place >= right or not following:
            continue
        size = _usual_size(stretches)
        gutter = (place + min(following)) / 2
        crossing = sum(s.left < gutter < s.right for s in stretches)
        sides = [s for s in stretches if s.right <= gutter], [s for s in stretches if s.left >= gutter]
        if min(following) - place < _GUTTER * size or crossing * 2 > len(stretches):
            continue
        if any(
            len(side) < _FEWEST or median(s.right - s.left for s in side) < _PROSE * _usual_size(side) for side in sides
        ):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, gutter)
    return best[1] if best else None


def _usual_size(side: Sequence[Stretch]) -> float:
    """Return the usual height of characters."""
    return median(s.size for s in side)
