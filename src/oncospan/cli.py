"""The command line: `oncospan extract`, `oncospan evaluate`, `oncospan show`.

Messages go to standard error, one line each; standard output carries data only.
Exit status: 0 all done, 1 some article failed or a gate was missed, 2 the call itself is wrong.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from oncospan.errors import OncospanError, UsageError
from oncospan.evaluation.report import ALL, LABELS, Report
from oncospan.evaluation.report import evaluate as compare
from oncospan.evaluation.scores import MEASURES
from oncospan.files.articles import find_sources
from oncospan.files.encoding import check_encoding
from oncospan.files.errors import write_errors
from oncospan.files.gold import check_text, read_gold, read_run
from oncospan.files.marked import render
from oncospan.files.names import read_names
from oncospan.files.options import Limits, ReadOptions, check_errors, parse_columns
from oncospan.files.run import RunWriter
from oncospan.model import Failure
from oncospan.pipeline import build_pipeline
from oncospan.runners.job import Job, Outcome
from oncospan.runners.processes import run_processes
from oncospan.runners.serial import run_serial

app = typer.Typer(
    help="Reads Chinese oncology articles and turns them into tables that people trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Articles: files, or folders of them.")]
Published = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Publication date of articles that carry none of their own.")
]
Lexicon = Annotated[Path | None, typer.Option(help="Your own drug names: a CSV with name, norm, note.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the text files; found by itself when left out.")]
Errors = Annotated[str, typer.Option(metavar="strict|replace", help="What to do with undecodable bytes.")]
ColumnNames = Annotated[
    str | None, typer.Option(metavar="id=编号,text=正文", help="Column names: id, text, published, title, source.")
]
_LIMITS = Limits()
MaxMb = Annotated[int, typer.Option(min=1, help="Megabytes of one file.")]
MaxUnpackedMb = Annotated[int, typer.Option(min=1, help="Megabytes an archive may unpack to.")]
MaxMembers = Annotated[int, typer.Option(min=1, help="Files in one archive.")]
MaxRatio = Annotated[int, typer.Option(min=1, help="How many times its size a packed file may unpack to.")]
MaxNesting = Annotated[int, typer.Option(min=0, help="Archives inside archives.")]
MaxPages = Annotated[int, typer.Option(min=1, help="Pages of one PDF.")]
MaxCharacters = Annotated[int, typer.Option(min=1, help="Characters of one article.")]


def say(message: str) -> None:
    """Write one line to standard error."""
    print(" ".join(message.split()), file=sys.stderr)


@app.command()
def extract(  # noqa: PLR0913, PLR0917 - every argument is an option of the command
    paths: Paths,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the tables.")],
    published: Published = None,
    lexicon: Lexicon = None,
    encoding: Encoding = None,
    errors: Errors = "strict",
    columns: ColumnNames = None,
    max_mb: MaxMb = _LIMITS.max_mb,
    max_unpacked_mb: MaxUnpackedMb = _LIMITS.max_unpacked_mb,
    max_members: MaxMembers = _LIMITS.max_members,
    max_ratio: MaxRatio = _LIMITS.max_ratio,
    max_nesting: MaxNesting = _LIMITS.max_nesting,
    max_pages: MaxPages = _LIMITS.max_pages,
    max_characters: MaxCharacters = _LIMITS.max_characters,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Articles read at once.")] = 1,
) -> None:
    """Find every drug, percentage, date and mutation, and write the tables into DIR."""
    limits = Limits(max_mb, max_unpacked_mb, max_members, max_ratio, max_nesting, max_characters, max_pages)
    check_encoding(encoding)
    options = ReadOptions(encoding, check_errors(errors), parse_columns(columns), limits)
    job = _job(published, lexicon, options)
    sources, others = find_sources(paths, options)
    if others:
        say(f"left out {len(others)} files that are no articles, the first is {others[0]}")
    settings = {"published": published, "lexicon": _digest(lexicon), **asdict(options)}
    with RunWriter(out, settings) as run:
        outcomes = run_serial(job, sources) if jobs == 1 else run_processes(job, sources, jobs)
        for outcome in _watched(outcomes, len(sources)):
            if isinstance(outcome.result, Failure):
                run.fail(outcome.result)
                say(f"failed: {outcome.result.article}: {outcome.result.reason}")
            else:
                run.add(outcome.result, plain=outcome.plain, replaced=outcome.replaced)
        counts = run.counts
    say(", ".join(f"{count} {name}" for name, count in counts.items()) + f"; tables are in {out}")
    if counts["failures"]:
        raise typer.Exit(1)


@app.command()
def show(paths: Paths, published: Published = None, lexicon: Lexicon = None, encoding: Encoding = None) -> None:
    """Print each article with its mentions marked, in the notation of examples.txt."""
    check_encoding(encoding)
    options = ReadOptions(encoding)
    job = _job(published, lexicon, options)
    sources, _ = find_sources(paths, options)
    failed = False
    for outcome in run_serial(job, sources):
        if isinstance(outcome.result, Failure):
            say(f"failed: {outcome.result.article}: {outcome.result.reason}")
            failed = True
        else:
            print(render(outcome.result.article.text, outcome.result.mentions))
    if failed:
        raise typer.Exit(1)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Option(metavar="DIR", help="Folder of gold files, ID.jsonl.")],
    pred: Annotated[Path, typer.Option(metavar="DIR", help="Folder of a run, made by extract.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,  # noqa: FBT002 - a flag
    errors: Annotated[Path | None, typer.Option(help="Errors file; PRED/errors.csv when left out.")] = None,
    min_strict: Annotated[
        float | None, typer.Option(min=0, max=1, help="Exit with status 1 if the strict F1 over all is lower.")
    ] = None,
) -> None:
    """Compare a run with gold: scores per label, per article and over all, and a file of errors."""
    run = read_run(pred)
    golds = read_gold(gold)
    for article in golds:
        check_text(article, run, gold)
        if article.article not in run.digests:
            say(f"{article.article}: has gold but is not in the run; its mentions count as missed")
    report = compare({entry.article: entry.mentions for entry in golds}, run.mentions)
    target = errors or pred / "errors.csv"
    write_errors(target, report, run)
    if as_json:
        print(json.dumps(report.to_row(), ensure_ascii=False))
    else:
        _print_report(report)
    say(f"{len(report.errors)} errors are listed in {target}")
    if min_strict is not None and report.total[ALL]["strict"].f1 < min_strict:
        say(f"strict F1 {report.total[ALL]['strict'].f1:.4f} is below {min_strict}")
        raise typer.Exit(1)


def _job(published: str | None, lexicon: Path | None, options: ReadOptions) -> Job:
    names = read_names(lexicon) if lexicon else ()
    return Job(partial(build_pipeline, names), _day(published), options)


def _day(published: str | None) -> date | None:
    if published is None:
        return None
    try:
        return date.fromisoformat(published)
    except ValueError:
        raise UsageError(f"{published!r} is no date", remedy="write --published 2025-12-20") from None


def _digest(path: Path | None) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else None


def _watched(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    """Show a progress bar on a terminal, and nothing in a pipe."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        yield from progress.track(outcomes, total=total, description="reading")


def _print_report(report: Report) -> None:
    table = Table(title=f"{len(report.articles)} articles")
    for name in ("article", "label", "measure", "P", "R", "F1", "right", "spurious", "missed"):
        table.add_column(name, justify="left" if name in ("article", "label", "measure") else "right")
    groups = [*report.articles.items(), (ALL, report.total)] if len(report.articles) > 1 else [(ALL, report.total)]
    for article, scores in groups:
        for label in (*LABELS, ALL):
            for measure in MEASURES:
                score = scores[label][measure]
                shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
                table.add_row(
                    article, label, measure, *shares, str(score.right), str(score.spurious), str(score.missed)
                )
        table.add_section()
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)


def main() -> None:
    """Run the command line; every error of ours is one line and a status, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except OncospanError as error:
        say(f"error: {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        say("stopped; what an earlier run wrote is untouched")
        sys.exit(130)
