"""The errors files of `evaluate`: every mention and every record that differs from gold, with its sentence."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from oncospan.errors import UsageError
from oncospan.evaluation.fields import describe_field, describe_record
from oncospan.evaluation.record_report import RecordReport
from oncospan.evaluation.records import RecordError
from oncospan.evaluation.report import Report
from oncospan.files.gold import Run
from oncospan.files.rows import safe
from oncospan.model import Mention, Record

_COLUMNS = (
    "article", "label", "kind", "gold_start", "gold_end", "gold_text", "gold_norm",
    "found_start", "found_end", "found_text", "found_norm", "rule", "sentence",
)  # fmt: skip
_RECORD_COLUMNS = (
    "article", "record", "kind", "gold_value", "found_value", "gold_start", "gold_end", "gold", "found_start",
    "found_end", "found", "rule", "trail", "confidence", "gold_evidence", "found_evidence", "sentence",
)  # fmt: skip


def write_errors(path: Path, report: Report, run: Run) -> None:
    """Write the errors of a report about mentions as a table.

    Args:
        path: the CSV file to write.
        report: what `evaluate` found.
        run: the run, for the sentences.

    Raises:
        UsageError: the file cannot be written.
    """
    rows = (
        [
            article, error.mention.label, error.kind, *_side(error.gold), *_side(error.found),
            error.found.rule if error.found else "", run.sentence(article, error.mention.start),
        ]
        for article, error in report.errors
    )  # fmt: skip
    _write(path, _COLUMNS, rows)


def write_record_errors(path: Path, report: RecordReport, run: Run) -> None:
    """Write the errors of a report about records as a table, a row for each thing that differs.

    Args:
        path: the CSV file to write.
        report: what `evaluate` found.
        run: the run, for the sentences.

    Raises:
        UsageError: the file cannot be written.
    """
    rows = (
        [article, *_record_cells(error), run.sentence(article, error.record.start)] for article, error in report.errors
    )
    _write(path, _RECORD_COLUMNS, rows)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    aside = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([safe(cell) for cell in row] for row in rows)
        aside.replace(path)
    except OSError as problem:
        raise UsageError(
            f"the errors file cannot be written: {problem.strerror}", path=path, remedy="choose another with --errors"
        ) from None


def _side(mention: Mention | None) -> list[str]:
    if mention is None:
        return ["", "", "", ""]
    return [str(mention.start), str(mention.end), mention.text, mention.describe()]


def _record_cells(error: RecordError) -> list[str]:
    gold, found = error.gold, error.found
    differing = [describe_field(side, error.field) if side and error.field else "" for side in (gold, found)]
    origin = [found.rule, found.trail, found.confidence] if found else ["", "", ""]
    evidence = [side.evidence if side else "" for side in (gold, found)]
    return [error.record.kind, error.kind, *differing, *_record_side(gold), *_record_side(found), *origin, *evidence]


def _record_side(record: Record | None) -> list[str]:
    if record is None:
        return ["", "", ""]
    return [str(record.start), str(record.end), describe_record(record)]
