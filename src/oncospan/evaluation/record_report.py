"""The records of a run against gold: scores per kind, per article and over all, and the errors.

Of one kind, a record counts as
- strict: everything that makes it this fact is right (`strict` in `fields.FIELDS`), one to one,
- dated: regulatory only; as strict, and with the same date.

A field is scored over the aligned pairs: right where both state the same, spurious where the run states it and gold
does not or otherwise, missed where gold states it and the run does not or otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oncospan.evaluation.fields import FIELDS, Field, is_scored, read_field
from oncospan.evaluation.records import RecordError, RecordPair, align_records, find_record_errors
from oncospan.evaluation.report import ALL
from oncospan.evaluation.scores import Score, add, to_rows
from oncospan.model import Record

STRICT = "strict"
DATED = "dated"


@dataclass(frozen=True, slots=True)
class GoldRecords:
    """The records that one article's gold holds.

    Args:
        required: those that must be found.
        optional: those that may be found; they count neither way.
        kinds: the kinds that it holds in full; others are not scored.
    """

    required: tuple[Record, ...]
    optional: tuple[Record, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordReport:
    """What `evaluate` found about records.

    Args:
        articles: scores by article, kind (and ALL) and measure.
        total: scores by kind (and ALL) and measure.
        errors: (article, error) in the order of the text.
    """

    articles: dict[str, dict[str, dict[str, Score]]]
    total: dict[str, dict[str, Score]]
    errors: tuple[tuple[str, RecordError], ...]

    @property
    def f1(self) -> float:
        """The strict F1 over all kinds: what a gate looks at."""
        return self.total[ALL][STRICT].f1

    def to_row(self) -> dict[str, object]:
        """Return the report as JSON-ready rows, without the errors."""
        return {
            "total": to_rows(self.total),
            "articles": {article: to_rows(scores) for article, scores in self.articles.items()},
        }


def measures(kind: str) -> tuple[str, ...]:
    """Return the measures of a kind in the order of the table."""
    fields = tuple(field.name for field in FIELDS[kind])
    return (STRICT, DATED, *fields) if "date" in fields else (STRICT, *fields)


def evaluate_records(gold: Mapping[str, GoldRecords], found: Mapping[str, Sequence[Record]]) -> RecordReport:
    """Compare the records of a run with gold, for the articles that have gold and the kinds it holds.

    Args:
        gold: by article id.
        found: the run's records by article id; an article the run lacks counts as empty.
    """
    articles: dict[str, dict[str, dict[str, Score]]] = {}
    errors: list[tuple[str, RecordError]] = []
    for article, records in sorted(gold.items()):
        scores: dict[str, dict[str, Score]] = {}
        wrong: list[RecordError] = []
        for kind in FIELDS:
            if kind not in records.kinds:
                continue
            sides = (records.required, records.optional, found.get(article, ()))
            pairs = align_records(*([record for record in side if record.kind == kind] for side in sides))
            scores[kind] = score_records(pairs, kind)
            wrong += find_record_errors(pairs)
        scores[ALL] = add(scores.values(), (STRICT,))
        articles[article] = scores
        errors += [
            (article, error) for error in sorted(wrong, key=lambda error: (error.record.start, error.record.end))
        ]
    return RecordReport(articles, _total(articles.values()), tuple(errors))


def _total(articles: Iterable[Mapping[str, Mapping[str, Score]]]) -> dict[str, dict[str, Score]]:
    every = list(articles)
    kinds = [kind for kind in FIELDS if any(kind in scores for scores in every)]
    total = {kind: add((scores[kind] for scores in every if kind in scores), measures(kind)) for kind in kinds}
    total[ALL] = add((scores[ALL] for scores in every), (STRICT,))
    return total


def score_records(pairs: Sequence[RecordPair], kind: str) -> dict[str, Score]:
    """Return the scores of aligned records of one kind, by measure.

    Args:
        pairs: see `align_records`.
        kind: what they are.
    """
    gold = sum(pair.gold is not None for pair in pairs)
    found = sum(pair.found is not None for pair in pairs)
    strict = [pair for pair in pairs if pair.strict]
    dated = next((field for field in FIELDS[kind] if field.name == "date"), None)
    right = {STRICT: len(strict)}
    if dated:
        right[DATED] = sum(pair.agrees(dated) for pair in strict)
    scores = {measure: Score(count, found - count, gold - count) for measure, count in right.items()}
    return scores | {field.name: _score_field(pairs, field) for field in FIELDS[kind]}


def _score_field(pairs: Sequence[RecordPair], field: Field) -> Score:
    right = spurious = missed = 0
    for pair in pairs:
        if pair.gold is None or pair.found is None or not is_scored(pair.gold, field):
            continue
        stated, told = read_field(pair.gold, field), read_field(pair.found, field)
        same = stated == told
        right += same and stated is not None
        missed += not same and stated is not None
        spurious += not same and told is not None
    return Score(right, spurious, missed)
