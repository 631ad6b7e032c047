"""One-to-one alignment of gold and found mentions by optimal assignment, never by order.

Spans are half-open: mentions that touch do not overlap and are never paired.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scipy.optimize import linear_sum_assignment

from oncospan.model import Mention

#: What a pair is worth beside its shared characters (at most 1): the same span, then the same normal form.
_SAME_SPAN = 4.0
_SAME_VALUE = 2.0


class Pair(NamedTuple):
    """A gold mention and the found one it is compared with; one of them is None where the other stands alone."""

    gold: Mention | None
    found: Mention | None

    @property
    def strict(self) -> bool:
        """Both stand, with the same span."""
        return self.gold is not None and self.found is not None and self.gold.span == self.found.span

    @property
    def value(self) -> bool:
        """Both stand, overlap, and have the same normal form."""
        return self.gold is not None and self.found is not None and same_value(self.gold, self.found)


def same_value(gold: Mention, found: Mention) -> bool:
    """Tell whether two mentions of one label have the same normal form.

    Numbers count to nine digits; the strings of a MUTATION in any order; the qualifier of a PERCENT and the
    negation of a MUTATION belong to the value where the gold states them.
    """
    if gold.qualifier is not None and gold.qualifier != found.qualifier:
        return False
    if gold.negated is not None and gold.negated != bool(found.negated):
        return False
    if isinstance(gold.norm, str) or isinstance(found.norm, str):
        return gold.norm == found.norm
    if gold.label == "PERCENT":
        return [_rounded(part) for part in gold.norm] == [_rounded(part) for part in found.norm]
    return set(gold.norm) == set(found.norm)


def _rounded(part: object) -> object:
    return round(part, 9) if isinstance(part, float) else part


def align(gold: Sequence[Mention], found: Sequence[Mention]) -> list[Pair]:
    """Return the best one-to-one pairing of mentions of one label, sorted by place.

    Args:
        gold: mentions of one label in one article, sorted by start.
        found: the same of a run.
    """
    pairs: list[Pair] = []
    for golds, founds in _clusters(gold, found):
        pairs += _assign(golds, founds)
    return sorted(pairs, key=_place)


def _place(pair: Pair) -> tuple[int, int]:
    mention = pair.gold or pair.found
    assert mention is not None  # noqa: S101 - a pair holds at least one mention
    return mention.start, mention.end


def _clusters(gold: Sequence[Mention], found: Sequence[Mention]) -> list[tuple[list[Mention], list[Mention]]]:
    """Cut both lists where nothing overlaps, so that each assignment is small."""
    clusters: list[tuple[list[Mention], list[Mention]]] = []
    reach = -1
    tagged = [(mention, 0) for mention in gold] + [(mention, 1) for mention in found]
    for mention, side in sorted(tagged, key=lambda entry: (entry[0].start, entry[0].end, entry[1])):
        if mention.start >= reach:
            clusters.append(([], []))
        clusters[-1][side].append(mention)
        reach = max(reach, mention.end)
    return clusters


def _assign(gold: list[Mention], found: list[Mention]) -> list[Pair]:
    if not gold or not found:
        return [Pair(mention, None) for mention in gold] + [Pair(None, mention) for mention in found]
    worth = [[_worth(left, right) for right in found] for left in gold]
    rows, places = linear_sum_assignment(worth, maximize=True)
    chosen = {(int(row), int(place)) for row, place in zip(rows, places, strict=True) if worth[row][place] > 0}
    pairs = [Pair(gold[row], found[place]) for row, place in sorted(chosen)]
    pairs += [Pair(left, None) for row, left in enumerate(gold) if row not in {pair[0] for pair in chosen}]
    pairs += [Pair(None, right) for place, right in enumerate(found) if place not in {pair[1] for pair in chosen}]
    return pairs


def _worth(gold: Mention, found: Mention) -> float:
    shared = min(gold.end, found.end) - max(gold.start, found.start)
    if shared <= 0:
        return 0.0
    union = max(gold.end, found.end) - min(gold.start, found.start)
    worth = shared / union
    if gold.span == found.span:
        worth += _SAME_SPAN
    if same_value(gold, found):
        worth += _SAME_VALUE
    return worth
