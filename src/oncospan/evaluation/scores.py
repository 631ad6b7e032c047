"""Strict, overlap and value scores per label with their counts.

A mention counts as found
- strict: with the same label and the same span,
- overlap: with the same label and at least one shared character, one to one,
- value: as overlap, and with the same normal form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oncospan.evaluation.align import Pair

MEASURES = ("strict", "overlap", "value")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure.

    Args:
        right: gold mentions found.
        spurious: found mentions that are none, or not by this measure.
        missed: gold mentions not found, or not by this measure.
    """

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the found mentions that are right; 1 where nothing was found and nothing was to be found."""
        return _share(self.right, self.right + self.spurious, empty=self.missed == 0)

    @property
    def recall(self) -> float:
        """Share of the gold mentions that were found; 1 where there were none and none were found."""
        return _share(self.right, self.right + self.missed, empty=self.spurious == 0)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = 2 * self.right + self.spurious + self.missed
        return _share(2 * self.right, total, empty=True)

    def to_row(self) -> dict[str, float | int]:
        """Return the score as a row of the JSON report, shares to four digits."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "spurious": self.spurious,
            "missed": self.missed,
        }


def _share(part: int, whole: int, *, empty: bool) -> float:
    if whole == 0:
        return 1.0 if empty else 0.0
    return part / whole


def score(pairs: Sequence[Pair]) -> dict[str, Score]:
    """Return the scores of aligned mentions of one label, by measure."""
    gold = sum(pair.gold is not None for pair in pairs)
    found = sum(pair.found is not None for pair in pairs)
    right = {
        "strict": sum(pair.strict for pair in pairs),
        "overlap": sum(pair.gold is not None and pair.found is not None for pair in pairs),
        "value": sum(pair.value for pair in pairs),
    }
    return {measure: Score(right[measure], found - right[measure], gold - right[measure]) for measure in MEASURES}


def add(scores: Iterable[Mapping[str, Score]], measures: Sequence[str] = MEASURES) -> dict[str, Score]:
    """Return the sum of several scores, measure by measure.

    Args:
        scores: each by measure.
        measures: what is summed, in the order of the answer; a score that lacks one adds nothing to it.
    """
    total = dict.fromkeys(measures, Score())
    for entry in scores:
        for measure in measures:
            total[measure] += entry.get(measure, Score())
    return total


def to_rows(scores: Mapping[str, Mapping[str, Score]]) -> dict[str, object]:
    """Return scores by label or kind and by measure as JSON-ready rows."""
    return {name: {measure: entry.to_row() for measure, entry in measures.items()} for name, measures in scores.items()}
