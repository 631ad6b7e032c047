"""The errors file of `evaluate`: every missed, spurious, misplaced and misread mention with its sentence."""

from __future__ import annotations

import csv
from pathlib import Path

from oncospan.errors import UsageError
from oncospan.evaluation.report import Report
from oncospan.files.gold import Run
from oncospan.files.rows import safe
from oncospan.model import Mention

_COLUMNS = (
    "article", "label", "kind", "gold_start", "gold_end", "gold_text", "gold_norm",
    "found_start", "found_end", "found_text", "found_norm", "rule", "sentence",
)  # fmt: skip


def write_errors(path: Path, report: Report, run: Run) -> None:
    """Write the errors of a report as a table.

    Args:
        path: the CSV file to write.
        report: what `evaluate` found.
        run: the run, for the sentences.

    Raises:
        UsageError: the file cannot be written.
    """
    aside = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(_COLUMNS)
            for article, error in report.errors:
                sentence = run.sentence(article, error.mention.start)
                cells = [article, error.mention.label, error.kind, *_side(error.gold), *_side(error.found)]
                cells += [error.found.rule if error.found else "", sentence]
                writer.writerow([safe(cell) for cell in cells])
        aside.replace(path)
    except OSError as problem:
        raise UsageError(
            f"the errors file cannot be written: {problem.strerror}", path=path, remedy="choose another with --errors"
        ) from None


def _side(mention: Mention | None) -> list[str]:
    if mention is None:
        return ["", "", "", ""]
    return [str(mention.start), str(mention.end), mention.text, mention.describe()]
