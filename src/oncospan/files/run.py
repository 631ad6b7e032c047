"""The folder of one run: written aside first, then moved into place, so that nothing is ever half written."""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import quote

import oncospan
from oncospan.errors import InputError, UsageError
from oncospan.files.folders import holds_run
from oncospan.files.rows import (
    ARTICLES,
    LEDGER,
    RECORDS,
    TABLES,
    article_cells,
    columns,
    dump,
    ledger_cells,
    mention_row,
    record_cells,
    record_columns,
    record_row,
    safe,
    stated,
    table_row,
)  # fmt: skip
from oncospan.model import Extraction, Failure

_LINES = ("mentions.jsonl", "records.jsonl", "sentences.jsonl")
#: What Windows forbids in a file name, control characters, and the escape sign itself.
_FORBIDDEN = re.compile(r'[\\:*?"<>|%\x00-\x1f\x7f-\x9f\ud800-\udfff]')
#: The names that `tempfile` makes for the folder a run is written in.
_ASIDE = re.compile(r"\.partial-[a-z0-9_]{8}")
_RULES = ("entities", "linking", "matching", "text")
#: Folders that the id of an article may stand in; more is no sensible id and a burden to every program.
_DEEPEST = 50


class RunWriter:
    """Takes extractions and failures in the order of their ids and writes every file of a run.

    Args:
        folder: the output folder; it is made when it does not exist.
        settings: what the run was called with, for run.json.

    Raises:
        UsageError: the folder cannot be written to.
    """

    def __init__(self, folder: Path, settings: Mapping[str, object]) -> None:
        self._folder = folder
        self._settings = dict(settings)
        self._articles: dict[str, str] = {}
        self._replaced: dict[str, int] = {}
        self._counts: Counter[str] = Counter(dict.fromkeys([*TABLES, *RECORDS, "numbers", "claimed"], 0))
        self._failures = 0
        self._aside = _make_aside(folder)
        self._files: dict[str, IO[str]] = {}
        self._tables: dict[str, Any] = {}
        for name in _LINES:
            self._files[name] = self._open(name, "utf-8")
        for label, (name, _) in TABLES.items():
            self._tables[label] = self._table(name, columns(label))
        for kind in RECORDS:
            self._tables[kind] = self._table(f"{kind}.csv", record_columns(kind))
        self._tables["ledger"] = self._table("ledger.csv", LEDGER)
        self._tables["articles"] = self._table("articles.csv", ARTICLES)
        self._tables["failures"] = self._table("failures.csv", ("article", "stage", "reason"))

    def _open(self, name: str, encoding: str) -> IO[str]:
        # The names of files and options may hold bytes that are no text in this system.
        return (self._aside / name).open("w", encoding=encoding, errors="backslashreplace", newline="")

    def _table(self, name: str, header: Iterable[str]) -> Any:  # noqa: ANN401 - the csv module names no writer type
        self._files[name] = self._open(name, "utf-8-sig")
        writer = csv.writer(self._files[name], lineterminator="\n")
        writer.writerow(header)
        return writer

    def add(self, extraction: Extraction, *, plain: bool, replaced: int = 0) -> Failure | None:
        """Write an article's rows; return why not if its text cannot be kept.

        Args:
            extraction: what was found.
            plain: the input file is the text that offsets count in; otherwise the text goes to articles/ID.txt.
            replaced: how many undecodable stretches of the text U+FFFD stands for.
        """
        article = extraction.article
        data = article.text.encode("utf-8", "surrogatepass")
        if not plain:
            try:
                self._keep(article.id, data)
            except InputError as error:
                failure = Failure(article.id, "write", str(error))
                self.fail(failure)
                return failure
        known = stated(article)
        for mention in extraction.mentions:
            self._line("mentions.jsonl", mention_row(article.id, mention) | known)
            self._tables[mention.label].writerow([safe(article.id), *table_row(extraction, mention)[1:]])
            self._counts[mention.label] += 1
        for record in extraction.records:
            self._line("records.jsonl", record_row(article.id, record) | known)
            self._tables[record.kind].writerow(record_cells(article, record))
            self._counts[record.kind] += 1
        for entry in extraction.ledger:
            self._tables["ledger"].writerow(ledger_cells(extraction, entry))
            self._counts["numbers"] += 1
            self._counts["claimed"] += entry.role != "unclaimed"
        for start, end in extraction.sentences:
            row = {"article": article.id, "start": start, "end": end, "text": article.text[start:end]}
            self._line("sentences.jsonl", row)
        self._articles[article.id] = hashlib.sha256(data).hexdigest()
        self._tables["articles"].writerow(article_cells(article, self._articles[article.id], replaced))
        if replaced:
            self._replaced[article.id] = replaced
        return None

    def _keep(self, name: str, data: bytes) -> None:
        """Write an article's text; an id that cannot name a file, or names that of another, is an InputError."""
        file = article_file(name)
        remedy = "give the article a short id that no other id begins with"
        if len(file.parts) > _DEEPEST:
            raise InputError(f"the id {name[:40]!r} has more than {_DEEPEST} parts", remedy=remedy)
        target = self._aside / "articles" / file
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as stream:
                stream.write(data)
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise _unwritable(self._folder, error) from None
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise InputError(f"the id {name[:40]!r} cannot name a file of its own: {reason}", remedy=remedy) from None

    def fail(self, failure: Failure) -> None:
        """List an article that could not be done."""
        self._tables["failures"].writerow([safe(failure.article), failure.stage, safe(failure.reason)])
        self._failures += 1

    def _line(self, name: str, row: Mapping[str, object]) -> None:
        self._files[name].write(dump(row) + "\n")

    @property
    def counts(self) -> dict[str, int]:
        """The number of mentions and records of each kind, of numbers and claimed ones, of articles and failures."""
        return {**self._counts, "articles": len(self._articles), "failures": self._failures}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._write_summary()
            for stream in self._files.values():
                stream.close()
            if kind is None:
                self._move()
        except OSError as problem:
            raise _unwritable(self._folder, problem) from None
        finally:
            shutil.rmtree(self._aside, ignore_errors=True)

    def _write_summary(self) -> None:
        summary = {
            "version": oncospan.__version__,
            "settings": self._settings,
            "digests": dict(digest_rules()),
            "counts": self.counts,
            "articles": self._articles,
            "replaced": self._replaced,
        }
        with self._open("run.json", "utf-8") as stream:
            stream.write(dump_pretty(summary))

    def _move(self) -> None:
        _clear_texts(self._folder)
        for file in sorted(path for path in self._aside.rglob("*") if path.is_file()):
            target = self._folder / file.relative_to(self._aside)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)


def _make_aside(folder: Path) -> Path:
    """Make a hidden folder inside the output folder: on the same disk, so that moving out of it is one step."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (texts := folder / "articles").is_dir() and any(texts.iterdir()) and not holds_run(folder):
            problem = "the output folder holds a folder articles that no run made, and a run writes its texts there"
            raise UsageError(problem, path=folder, remedy="choose another folder with --out")
        for child in folder.iterdir():
            # What a run that was killed left behind.
            if _ASIDE.fullmatch(child.name) and child.is_dir() and not child.is_symlink():
                shutil.rmtree(child, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=".partial-", dir=folder))
    except OSError as problem:
        raise _unwritable(folder, problem) from None


def _clear_texts(folder: Path) -> None:
    """Remove the texts that the earlier run into a folder wrote, and nothing else that stands beside them."""
    try:
        earlier = json.loads((folder / "run.json").read_bytes())["articles"] if holds_run(folder) else ()
    except (ValueError, KeyError):
        return
    for name in earlier:
        file = folder / "articles" / article_file(name)
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
            while (file := file.parent) != folder:
                file.rmdir()


def _unwritable(folder: Path, problem: OSError) -> UsageError:
    remedy = "close the tables if a spreadsheet holds them open, or choose another folder with --out"
    if isinstance(problem, FileExistsError | NotADirectoryError):
        remedy = "a file stands where the folder should be; choose another folder with --out"
    return UsageError(f"the output folder cannot be written: {problem.strerror}", path=folder, remedy=remedy)


def article_file(name: str) -> PurePosixPath:
    """Return the path of an article's text below articles/; no id can lead out of that folder."""
    parts = [_FORBIDDEN.sub(_escape, part) for part in name.split("/") if part] or ["%20"]
    kept = [part.replace(".", "%2E") if set(part) == {"."} else part for part in parts]
    return PurePosixPath(*kept[:-1], f"{kept[-1]}.txt")


def _escape(found: re.Match[str]) -> str:
    return quote(found.group(), safe="", errors="replace")


def dump_pretty(summary: Mapping[str, object]) -> str:
    """Return a mapping as indented JSON with a line end."""
    return json.dumps(summary, ensure_ascii=False, indent=2) + "\n"


def digest_rules() -> Iterator[tuple[str, str]]:
    r"""Yield each lexicon, and the rules together, with the SHA-256 of its content (line ends as `\n`)."""
    root = resources.files("oncospan")
    rules = hashlib.sha256()
    for name, file in sorted(_package_files(root, _RULES)):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        if name.endswith(".csv"):
            yield name, hashlib.sha256(content).hexdigest()
        elif name.endswith(".py"):
            rules.update(name.encode() + b"\0" + content)
    yield "rules", rules.hexdigest()


def _package_files(folder: Traversable, names: Iterable[str], prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    for name in names:
        entry = folder / name
        if entry.is_dir():
            yield from _package_files(entry, sorted(child.name for child in entry.iterdir()), f"{prefix}{name}/")
        else:
            yield prefix + name, entry
