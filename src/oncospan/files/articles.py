"""Articles in: text files, folders of them, and JSONL rows with id, text and published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from oncospan.errors import InputError, UsageError
from oncospan.files.encoding import Decoded, decode
from oncospan.model import Article

TEXT_ENDINGS = frozenset({".txt", ".text", ".md"})
ROW_ENDINGS = frozenset({".jsonl"})


def _as_name(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_missing(value: object) -> object:
    return None if value == "" else value


class ArticleRow(BaseModel):
    """One row of a JSONL file; columns it does not know are left alone."""

    model_config = ConfigDict(extra="ignore", strict=False)

    id: Annotated[str, BeforeValidator(_as_name)]
    text: str
    published: Annotated[date | None, BeforeValidator(_as_missing)] = None
    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One article that is still to be read.

    Args:
        id: the article's id.
        path: the file it stands in.
        row: the article itself where a row of a table holds it, or the reason why the row holds none.
        line: the row's line in its file.
    """

    id: str
    path: Path
    row: Article | str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article and whether its file is the very text that offsets count in."""

    article: Article
    plain: bool


def find_sources(paths: Sequence[Path], encoding: str | None = None) -> tuple[list[Source], list[Path]]:
    """Return the articles below the paths, sorted by id, and the files that were left out for their kind.

    Args:
        paths: files and folders; folders are walked, hidden files and folders are passed over.
        encoding: the declared encoding of row files; None finds it.

    Raises:
        UsageError: a path does not exist, is of an unknown kind, or holds no article.
    """
    sources: list[Source] = []
    others: list[Path] = []
    for path in paths:
        found: list[Source] = []
        if path.is_dir():
            for file in _walk(path):
                if file.suffix.lower() in TEXT_ENDINGS | ROW_ENDINGS:
                    found += _open(file, file.relative_to(path).with_suffix("").as_posix(), encoding)
                else:
                    others.append(file)
            if not found:
                raise UsageError(
                    "the folder holds no articles", path=path, remedy="put .txt, .md or .jsonl files into it"
                )
        elif path.is_file():
            if path.suffix.lower() not in TEXT_ENDINGS | ROW_ENDINGS:
                raise UsageError("files of this kind cannot be read", path=path, remedy="use .txt, .md or .jsonl")
            found = _open(path, path.stem, encoding)
        else:
            raise UsageError("there is no such file or folder", path=path, remedy="check the spelling")
        sources += found
    return _unique(sorted(sources, key=lambda source: source.id)), others


def _walk(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def _unique(sources: list[Source]) -> list[Source]:
    """Turn every further article of one id into a failure that names the first."""
    first: dict[str, Source] = {}
    kept = []
    for source in sources:
        if source.id in first:
            taken = f"the id {source.id!r} is already taken by {first[source.id].path}; rename one of the two"
            kept.append(replace(source, row=taken))
        else:
            first[source.id] = source
            kept.append(source)
    return kept


def _open(path: Path, name: str, encoding: str | None) -> list[Source]:
    if path.suffix.lower() in TEXT_ENDINGS:
        return [Source(name, path)]
    try:
        text = _read(path, encoding).text
    except InputError as error:
        return [Source(name, path, row=str(error))]
    return [_read_row(line, number, path) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _read_row(line: str, number: int, path: Path) -> Source:
    name = f"{path.stem}:{number}"
    remedy = 'a row is {"id": "...", "text": "...", "published": "2025-12-20"}'
    try:
        row = ArticleRow.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc'])) or 'row'}: {first['msg']}"
        return Source(name, path, row=str(InputError(problem, path=path, line=number, remedy=remedy)), line=number)
    except (ValueError, RecursionError):
        return Source(name, path, row=str(InputError("no JSON", path=path, line=number, remedy=remedy)), line=number)
    if not row.id.strip() or not row.text.strip() or not _encodable(row.text + row.id):
        problem = (
            "id or text is empty" if _encodable(row.text) else "the text holds half a character (a lone surrogate)"
        )
        return Source(name, path, row=str(InputError(problem, path=path, line=number, remedy=remedy)), line=number)
    return Source(row.id, path, row=Article(row.id, row.text, row.published, row.title, row.source), line=number)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _read(path: Path, encoding: str | None) -> Decoded:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {error.strerror}", path=path, remedy="check its permissions"
        ) from None
    return decode(data, path, encoding)


def load(source: Source, published: date | None = None, encoding: str | None = None) -> Loaded:
    """Read one article.

    Args:
        source: where it stands.
        published: the publication date for articles that carry none of their own.
        encoding: the declared encoding of text files; None finds it.

    Raises:
        InputError: it cannot be read.
    """
    if isinstance(source.row, Article):
        article = source.row
        return Loaded(replace(article, published=article.published or published), plain=False)
    if source.row is not None:
        raise InputError(source.row)
    decoded = _read(source.path, encoding)
    return Loaded(Article(source.id, decoded.text, published, source=source.path.name), decoded.plain)


def load_articles(
    *paths: Path | str, published: date | str | None = None, encoding: str | None = None
) -> Iterator[Article]:
    """Yield the articles of files and folders, sorted by id.

    Args:
        paths: text files, JSONL files, and folders of them.
        published: the publication date for articles that carry none of their own.
        encoding: the encoding of the files; None finds it.

    Raises:
        UsageError: a path does not exist or holds no article.
        InputError: an article cannot be read.
    """
    day = date.fromisoformat(published) if isinstance(published, str) else published
    sources, _ = find_sources([Path(path) for path in paths], encoding)
    for source in sources:
        yield load(source, day, encoding).article
