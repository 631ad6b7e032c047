"""The scores of `evaluate` as tables for a terminal: mentions first, then records."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from oncospan.evaluation.record_report import DATED, STRICT, RecordReport
from oncospan.evaluation.report import ALL, LABELS, Report
from oncospan.evaluation.scores import MEASURES, Score

_WORDS = ("article", "label", "record", "measure")
_FIGURES = ("P", "R", "F1", "right", "spurious", "missed")


def print_scores(report: Report, records: RecordReport, *, total: bool = False) -> None:
    """Print the scores of a run: each article and all of them together.

    Args:
        report: about mentions.
        records: about records; single fields are printed over all articles only.
        total: leave the single articles out.
    """
    several = len(report.articles) > 1 and not total
    labels = (*LABELS, ALL)
    groups = [*(report.articles.items() if several else ()), (ALL, report.total)]
    mentions = _table(f"{len(report.articles)} articles", "label")
    for article, scores in groups:
        _add(mentions, article, ((label, measure, scores[label][measure]) for label in labels for measure in MEASURES))
    facts = _table("records", "record")
    for article, scores in records.articles.items() if several else ():
        _add(facts, article, _rows(scores, (STRICT, DATED)))
    _add(facts, ALL, _rows(records.total))
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(mentions)
    console.print(facts)


def _table(title: str, name: str) -> Table:
    table = Table(title=title)
    for column in ("article", name, "measure", *_FIGURES):
        table.add_column(column, justify="left" if column in _WORDS else "right")
    return table


def _rows(
    scores: Mapping[str, Mapping[str, Score]], measures: Sequence[str] | None = None
) -> Iterable[tuple[str, str, Score]]:
    """Yield what is scored, leaving out what neither gold nor the run has anything of."""
    for kind, entries in scores.items():
        for measure, score in entries.items():
            if (measures is None or measure in measures) and (score != Score() or kind == ALL):
                yield kind, measure, score


def _add(table: Table, article: str, rows: Iterable[tuple[str, str, Score]]) -> None:
    for name, measure, score in rows:
        shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
        table.add_row(article, name, measure, *shares, str(score.right), str(score.spurious), str(score.missed))
    table.add_section()
