"""Gold and runs in: annotations/ID.jsonl pinned to their text, and the mentions and records of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from oncospan.errors import GoldError, UsageError
from oncospan.evaluation.fields import ALWAYS
from oncospan.evaluation.record_report import GoldRecords
from oncospan.files.records import read_kinds, read_record
from oncospan.model import Mention, Qualifier, Record

_T = TypeVar("_T")
_REMEDY = "correct that line; annotations/README.md describes the format"


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


class MentionRow(BaseModel):
    """A line of a gold file or of mentions.jsonl that holds a mention."""

    model_config = ConfigDict(extra="ignore")

    label: str
    start: Annotated[int, Field(ge=0)]
    end: int
    text: str
    norm: Annotated[str | tuple[float, float, str] | tuple[str, ...], BeforeValidator(_as_tuple)]
    qualifier: Qualifier | None = None
    start_date: date | None = None
    end_date: date | None = None
    negated: bool | None = None
    section: str = "body"
    rule: str = "gold"

    def to_mention(self) -> Mention:
        """Return the row as a mention."""
        return Mention(
            label=self.label,
            start=self.start,
            end=self.end,
            text=self.text,
            norm=self.norm,
            rule=self.rule,
            section=self.section,
            qualifier=self.qualifier,
            start_date=self.start_date,
            end_date=self.end_date,
            negated=self.negated,
        )


_ROW = TypeAdapter(MentionRow)


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article's gold.

    Args:
        article: its id.
        sha256: the digest of the text it was made for.
        mentions: sorted by start.
        records: those that must be found, those that may, and the kinds that are scored.
    """

    article: str
    sha256: str
    mentions: tuple[Mention, ...]
    records: GoldRecords


@dataclass(frozen=True, slots=True)
class Run:
    """What `evaluate` needs of a run.

    Args:
        mentions: by article id.
        records: by article id.
        digests: the SHA-256 of each article's text, by id.
        sentences: (start, end, text) of each sentence, by id.
    """

    mentions: dict[str, tuple[Mention, ...]]
    records: dict[str, tuple[Record, ...]]
    digests: dict[str, str]
    sentences: dict[str, list[tuple[int, int, str]]]

    def sentence(self, article: str, start: int) -> str:
        """Return the sentence around a code point, on one line."""
        for first, last, text in self.sentences.get(article, ()):
            if first <= start < last:
                return " ".join(text.split())
        return ""


def read_gold(folder: Path) -> list[GoldArticle]:
    """Return the gold of a folder, sorted by article id.

    Args:
        folder: holds ID.jsonl files, in subfolders too.

    Raises:
        UsageError: there is no such folder, or it holds no gold.
        GoldError: a file is malformed.
    """
    if not folder.is_dir():
        raise UsageError("there is no such folder", path=folder, remedy="name the folder of gold files with --gold")
    files = sorted(folder.rglob("*.jsonl"))
    if not files:
        raise UsageError("the folder holds no gold", path=folder, remedy="gold files are called ID.jsonl")
    return sorted((_read_gold_file(file) for file in files), key=lambda gold: gold.article)


def _read_gold_file(path: Path) -> GoldArticle:
    rows = list(_lines(path))
    number, head = rows[0] if rows else (1, {})
    if not isinstance(head.get("article"), str) or not isinstance(head.get("sha256"), str) or "label" in head:
        problem = 'the first line is not {"article": ..., "sha256": ...}'
        raise GoldError(problem, path=path, line=number, remedy=_REMEDY)
    mentions: list[Mention] = []
    records: dict[bool, list[Record]] = {False: [], True: []}
    for number, row in rows[1:]:
        if row.get("article", head["article"]) != head["article"]:
            raise GoldError(f"the line belongs to article {row['article']!r}", path=path, line=number, remedy=_REMEDY)
        if "record" in row:
            if read := read_record(row, path, number):
                records[read[1]].append(read[0])
            continue
        mention = _read_mention(row, path, number)
        if mentions and mention.start < mentions[-1].end:
            problem = f"{mention.text!r} overlaps or precedes {mentions[-1].text!r}"
            raise GoldError(problem, path=path, line=number, remedy=_REMEDY)
        mentions.append(mention)
    kinds = read_kinds(head, {record.kind for side in records.values() for record in side}, ALWAYS, path)
    known = GoldRecords(tuple(records[False]), tuple(records[True]), kinds)
    return GoldArticle(head["article"], head["sha256"], tuple(mentions), known)


def _read_mention(row: dict[str, Any], path: Path, number: int) -> Mention:
    try:
        mention = _ROW.validate_python(row).to_mention()
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise GoldError(problem, path=path, line=number, remedy=_REMEDY) from None
    if mention.end - mention.start != len(mention.text) or not mention.text:
        problem = f"{mention.text!r} is not as long as its span"
        raise GoldError(problem, path=path, line=number, remedy=_REMEDY)
    return mention


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"the file cannot be read: {error}", path=path, remedy="save it as UTF-8") from None
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise GoldError("the line is no JSON object", path=path, line=number, remedy=_REMEDY)
        yield number, row


def read_run(folder: Path) -> Run:
    """Return the mentions and records of a run, with what places them in their text.

    Args:
        folder: the output folder of `extract`.

    Raises:
        UsageError: the folder holds no run.
        GoldError: a line of it is malformed.
    """
    needed = [folder / name for name in ("mentions.jsonl", "sentences.jsonl", "run.json", "records.jsonl")]
    for path in needed:
        if not path.is_file():
            raise UsageError(
                "the folder holds no run", path=path, remedy="make one with: oncospan extract ... --out DIR"
            )
    mentions: dict[str, list[Mention]] = {}
    for number, row in _lines(needed[0]):
        mentions.setdefault(str(row.get("article")), []).append(_read_mention(row, needed[0], number))
    records: dict[str, list[Record]] = {}
    for number, row in _lines(needed[3]):
        if read := read_record(row, needed[3], number):
            records.setdefault(str(row.get("article")), []).append(read[0])
    sentences: dict[str, list[tuple[int, int, str]]] = {}
    for _, row in _lines(needed[1]):
        sentences.setdefault(row["article"], []).append((row["start"], row["end"], row["text"]))
    try:
        digests = json.loads(needed[2].read_text(encoding="utf-8"))["articles"]
    except (ValueError, KeyError, TypeError):
        raise UsageError("run.json is malformed", path=needed[2], remedy="run extract again") from None
    return Run(_frozen(mentions), _frozen(records), digests, sentences)


def _frozen(rows: dict[str, list[_T]]) -> dict[str, tuple[_T, ...]]:
    return {article: tuple(found) for article, found in rows.items()}


def check_text(gold: GoldArticle, run: Run, folder: Path) -> None:
    """Raise GoldError when the run read another text than the gold was made for.

    Args:
        gold: one article's gold.
        run: the run to compare with.
        folder: the folder of gold files, for the message.
    """
    digest = run.digests.get(gold.article)
    if digest is not None and digest != gold.sha256:
        raise GoldError(
            "the article's text changed since its gold was made",
            path=folder / f"{gold.article}.jsonl",
            line=1,
            remedy="restore the text, or annotate the new one and put its SHA-256 into the first line",
        )
