"""A run against gold: scores per article and over all, and the errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oncospan.evaluation.align import align
from oncospan.evaluation.errors import Error, find_errors
from oncospan.evaluation.scores import Score, add, score, to_rows
from oncospan.model import Mention

#: The labels that are scored, in the order of the table; ALL is their sum.
LABELS = ("DRUG", "PERCENT", "DATE", "MUTATION")
ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Report:
    """What `evaluate` found.

    Args:
        articles: scores by article, label and measure.
        total: scores by label (and ALL) and measure.
        errors: (article, error) in the order of the text.
    """

    articles: dict[str, dict[str, dict[str, Score]]]
    total: dict[str, dict[str, Score]]
    errors: tuple[tuple[str, Error], ...]

    def to_row(self) -> dict[str, object]:
        """Return the report as JSON-ready rows, without the errors."""
        return {
            "total": to_rows(self.total),
            "articles": {article: to_rows(scores) for article, scores in self.articles.items()},
        }


def evaluate(gold: Mapping[str, Sequence[Mention]], found: Mapping[str, Sequence[Mention]]) -> Report:
    """Compare the mentions of a run with gold, for the articles that have gold.

    Args:
        gold: mentions by article id, sorted by start.
        found: the same of the run; an article the run lacks counts as empty.
    """
    articles: dict[str, dict[str, dict[str, Score]]] = {}
    errors: list[tuple[str, Error]] = []
    for article, mentions in sorted(gold.items()):
        scores: dict[str, dict[str, Score]] = {}
        wrong: list[Error] = []
        for label in LABELS:
            pairs = align(_of(mentions, label), _of(found.get(article, ()), label))
            scores[label] = score(pairs)
            wrong += find_errors(pairs)
        scores[ALL] = add(scores[label] for label in LABELS)
        articles[article] = scores
        errors += [(article, error) for error in sorted(wrong, key=lambda error: error.mention.span)]
    total = {label: add(scores[label] for scores in articles.values()) for label in (*LABELS, ALL)}
    return Report(articles, total, tuple(errors))


def _of(mentions: Sequence[Mention], label: str) -> list[Mention]:
    return sorted((mention for mention in mentions if mention.label == label), key=lambda mention: mention.span)
