"""The command line: `oncospan extract`, `evaluate`, `show`, `why` and `why-not`.

Messages go to standard error, one line each; standard output carries data only.
Exit status: 0 all done, 1 some article failed or a gate was missed, 2 the call itself is wrong.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from oncospan.errors import OncospanError
from oncospan.evaluation.record_report import evaluate_records
from oncospan.evaluation.report import ALL
from oncospan.evaluation.report import evaluate as compare
from oncospan.explanation import why, why_not
from oncospan.files.articles import find_sources
from oncospan.files.encoding import check_encoding
from oncospan.files.errors import write_errors, write_record_errors
from oncospan.files.gold import check_text, read_gold, read_run
from oncospan.files.marked import render
from oncospan.files.names import read_names
from oncospan.files.options import Limits, ReadOptions, check_errors, parse_columns
from oncospan.files.run import RunWriter
from oncospan.lexicon import app as lexicon_app
from oncospan.model import Failure
from oncospan.options import (
    LIMITS,
    ColumnNames,
    Encoding,
    Errors,
    Lexicon,
    MaxCharacters,
    MaxMb,
    MaxMembers,
    MaxNesting,
    MaxPages,
    MaxRatio,
    MaxUnpackedMb,
    Published,
    parse_path,
    read_day,
)
from oncospan.pipeline import build_pipeline
from oncospan.runners.job import Job, Outcome
from oncospan.runners.processes import run_processes
from oncospan.runners.serial import run_serial
from oncospan.scoreboard import print_scores

app = typer.Typer(
    help="Reads Chinese oncology articles and turns them into tables that people trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(lexicon_app, name="lexicon")

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", parser=parse_path, help="Articles: files, or folders of them.")
]
app.command()(why)
app.command()(why_not)


def say(message: str) -> None:
    """Write one line to standard error."""
    print(" ".join(message.split()), file=sys.stderr)


@app.command()
def extract(  # noqa: PLR0913, PLR0917 - every argument is an option of the command
    paths: Paths,
    out: Annotated[Path, typer.Option(metavar="DIR", parser=parse_path, help="Folder for the tables.")],
    published: Published = None,
    lexicon: Lexicon = None,
    encoding: Encoding = None,
    errors: Errors = "strict",
    columns: ColumnNames = None,
    max_mb: MaxMb = LIMITS.max_mb,
    max_unpacked_mb: MaxUnpackedMb = LIMITS.max_unpacked_mb,
    max_members: MaxMembers = LIMITS.max_members,
    max_ratio: MaxRatio = LIMITS.max_ratio,
    max_nesting: MaxNesting = LIMITS.max_nesting,
    max_pages: MaxPages = LIMITS.max_pages,
    max_characters: MaxCharacters = LIMITS.max_characters,
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
            if failure := _write(run, outcome):
                say(f"failed: {failure.article}: {failure.reason}")
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
def evaluate(  # noqa: PLR0913, PLR0917 - a command has its options
    gold: Annotated[Path, typer.Option(metavar="DIR", parser=parse_path, help="Folder of gold files, ID.jsonl.")],
    pred: Annotated[Path, typer.Option(metavar="DIR", parser=parse_path, help="Folder of a run, made by extract.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,  # noqa: FBT002 - a flag
    total: Annotated[bool, typer.Option("--total", help="Print the scores over all articles only.")] = False,  # noqa: FBT002 - a flag
    errors: Annotated[Path | None, typer.Option(help="Errors file; PRED/errors.csv when left out.")] = None,
    min_strict: Annotated[
        float | None, typer.Option(min=0, max=1, help="Exit with status 1 if the mentions' strict F1 is lower.")
    ] = None,
    min_record_f1: Annotated[
        float | None, typer.Option(min=0, max=1, help="Exit with status 1 if the records' strict F1 is lower.")
    ] = None,
) -> None:
    """Compare a run with gold: scores of mentions and records, per article and over all, and two files of errors."""
    run = read_run(pred)
    golds = read_gold(gold)
    for article in golds:
        check_text(article, run, gold)
        if article.article not in run.digests:
            say(f"{article.article}: has gold but is not in the run; its mentions count as missed")
    report = compare({entry.article: entry.mentions for entry in golds}, run.mentions)
    records = evaluate_records({entry.article: entry.records for entry in golds}, run.records)
    target = errors or pred / "errors.csv"
    other = target.with_name(f"record_{target.name}")
    write_errors(target, report, run)
    write_record_errors(other, records, run)
    if as_json:
        print(json.dumps({**report.to_row(), "records": records.to_row()}, ensure_ascii=False))
    else:
        print_scores(report, records, total=total)
    say(f"{len(report.errors)} errors are listed in {target}, {len(records.errors)} of records in {other}")
    gates = (("strict F1", report.total[ALL]["strict"].f1, min_strict), ("record F1", records.f1, min_record_f1))
    missed = [f"{name} {f1:.4f} is below {gate}" for name, f1, gate in gates if gate is not None and f1 < gate]
    for message in missed:
        say(message)
    if missed:
        raise typer.Exit(1)


def _write(run: RunWriter, outcome: Outcome) -> Failure | None:
    """Write an article's outcome; return its failure if it has one."""
    if isinstance(outcome.result, Failure):
        run.fail(outcome.result)
        return outcome.result
    return run.add(outcome.result, plain=outcome.plain, replaced=outcome.replaced)


def _job(published: str | None, lexicon: Path | None, options: ReadOptions) -> Job:
    names = read_names(lexicon) if lexicon else ()
    return Job(partial(build_pipeline, names), read_day(published), options)


def _digest(path: Path | None) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else None


def _watched(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    """Show a progress bar on a terminal, and nothing in a pipe."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        yield from progress.track(outcomes, total=total, description="reading")


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
