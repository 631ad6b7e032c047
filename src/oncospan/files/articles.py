"""Articles in: files of every kind, folders and archives of them, and rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath

from oncospan.errors import InputError, UsageError
from oncospan.files.archive import Archive, Budget, Member
from oncospan.files.article_rows import is_text, read_row
from oncospan.files.encoding import check_encoding
from oncospan.files.folders import NO_FILE, read_file, walk
from oncospan.files.formats.content import Content
from oncospan.files.formats.endings import ARCHIVES, EXAMPLES, KNOWN, TABLES, TEXTS, ending
from oncospan.files.options import Errors, Limits, ReadOptions, parse_columns
from oncospan.files.published import read_published
from oncospan.model import Article


@dataclass(frozen=True, slots=True)
class Source:
    """One article that is still to be read.

    Args:
        id: the article's id.
        path: the file it stands in.
        members: the way to it where that file is an archive, through the archives inside it.
        row: the article itself where a row of a table holds it, or the reason why it cannot be read.
        line: the row's line in its file.
        replaced: how many undecodable stretches of the row U+FFFD stands for.
    """

    id: str
    path: Path
    members: tuple[str, ...] = ()
    row: Article | str | None = None
    line: int | None = None
    replaced: int = 0

    @property
    def place(self) -> str:
        """The path for messages: that of the file, and the way to the member below it."""
        return "/".join((str(self.path), *self.members))


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article as it was read.

    Args:
        article: the article.
        plain: its file is the very text that offsets count in.
        replaced: how many undecodable stretches of it U+FFFD stands for.
    """

    article: Article
    plain: bool
    replaced: int = 0


@dataclass(slots=True)
class _Search:
    """What is found below the paths of one call."""

    options: ReadOptions
    sources: list[Source] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)
    repeated: int = 0

    def is_new(self, path: Path) -> bool:
        """Tell whether a file comes for the first time; one that is named twice is read once."""
        if path.absolute() in self.seen:
            self.repeated += 1
            return False
        self.seen.add(path.absolute())
        return True

    def add(self, path: Path, name: str, prefix: str) -> None:
        """Add a file's articles; `prefix` goes before the ids of an archive's members."""
        if not self.is_new(path):
            return
        if not is_text(name):
            problem = f"{name!a}: the file's name is not in the encoding of this system; rename it"
            self.sources.append(Source(name.encode("utf-8", "backslashreplace").decode(), path, row=problem))
        elif ending(path) in KNOWN:
            self._open(path, name, prefix)
        else:
            self.others.append(path)

    def _open(self, path: Path, name: str, prefix: str) -> None:
        kind = ending(path)
        if kind in TEXTS:
            self.sources.append(Source(name, path))
            return
        here = Source(name, path)
        try:
            data = read_file(path, self.options.limits, archive=kind in ARCHIVES)
            if kind in ARCHIVES:
                self._open_archive(data, replace(here, id=prefix), Budget(self.options.limits))
            else:
                self._open_table(data, here)
        except InputError as error:
            self.sources.append(replace(here, row=str(error)))

    def _open_archive(self, data: bytes, here: Source, budget: Budget) -> None:
        archive = Archive(data, here.place, budget)
        for member in sorted(archive.members, key=lambda member: member.name):
            path = PurePosixPath(member.name)
            if any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
                continue
            name = here.id + path.with_suffix("").as_posix()
            inside = Source(name, here.path, (*here.members, member.name))
            kind = ending(path)
            if kind not in KNOWN:
                self.others.append(Path(inside.place))
            elif member.problem:
                self.sources.append(replace(inside, row=f"{inside.place}: {member.problem}"))
            elif kind in TEXTS:
                self.sources.append(inside)
            else:
                self._open_member(archive, member, inside, budget)

    def _open_member(self, archive: Archive, member: Member, inside: Source, budget: Budget) -> None:
        try:
            if ending(member.name) in ARCHIVES:
                budget.nest(len(inside.members), inside.place)
                self._open_archive(archive.read(member), replace(inside, id=f"{inside.id}/"), budget)
            else:
                self._open_table(archive.read(member), inside)
        except InputError as error:
            self.sources.append(replace(inside, row=str(error)))

    def _open_table(self, data: bytes, here: Source) -> None:
        kind = ending(here.members[-1] if here.members else here.path)
        default = here.id if kind == ".json" else None
        for line, row, replaced in TABLES[kind](data, here.place, self.options):
            found: Article | str
            try:
                found = row if isinstance(row, str) else read_row(row, here.place, line, self.options.columns, default)
            except InputError as error:
                found = str(error)
            name = found.id if isinstance(found, Article) else f"{PurePosixPath(here.place).stem}:{line}"
            self.sources.append(replace(here, id=name, row=found, line=line, replaced=replaced))


def find_sources(paths: Sequence[Path], options: ReadOptions | None = None) -> tuple[list[Source], list[Path]]:
    """Return the articles below the paths, sorted by id, and the files that were left out for their kind.

    Args:
        paths: files, archives and folders; folders are walked, hidden files and folders are passed over.
        options: how files are read.

    Raises:
        UsageError: a path does not exist, is of an unknown kind, or holds no article.
    """
    search = _Search(options or ReadOptions())
    for path in paths:
        count = len(search.sources) + search.repeated
        kind = _kind(path)
        if kind == "folder":
            _search_folder(search, path)
            if len(search.sources) + search.repeated == count:
                raise UsageError("the folder holds no articles", path=path, remedy=f"put {EXAMPLES} files into it")
        elif kind is None:
            raise UsageError("there is no such file or folder", path=path, remedy="check the spelling")
        elif kind == "device":
            raise UsageError(NO_FILE[0], path=path, remedy=NO_FILE[1])
        elif ending(path) not in KNOWN:
            raise UsageError("files of this kind cannot be read", path=path, remedy=f"use {EXAMPLES}")
        else:
            search.add(path, path.stem, "")
    if paths and not search.sources:
        place = paths[0] if len(paths) == 1 else None
        raise UsageError("no article was found", path=place, remedy=f"use {EXAMPLES}")
    return _unique(sorted(search.sources, key=lambda source: source.id)), search.others


def _kind(path: Path) -> str | None:
    """Return `folder`, `file`, `device` for what would never end, or None where nothing can be seen."""
    try:
        if path.is_dir() or path.is_file():
            return "folder" if path.is_dir() else "file"
        return "device" if path.exists() else None
    except (OSError, ValueError):
        return None


def _search_folder(search: _Search, folder: Path) -> None:
    for entry in walk(folder):
        name = entry.path.relative_to(folder).with_suffix("").as_posix() if entry.path != folder else folder.name
        if entry.problem and is_text(name):
            if search.is_new(entry.path):
                search.sources.append(Source(name, entry.path, row=f"{entry.path}: {entry.problem}"))
        else:
            search.add(entry.path, name, f"{name}/")


def _unique(sources: list[Source]) -> list[Source]:
    """Turn every further article of one id into a failure that names the first."""
    first: dict[str, Source] = {}
    kept = []
    for source in sources:
        if source.id in first:
            one = first[source.id]
            problem = f"the id {source.id!r} is already taken by {one.place}" + (f":{one.line}" if one.line else "")
            error = InputError(problem, path=source.place, line=source.line, remedy="rename one of the two")
            kept.append(replace(source, row=str(error)))
        else:
            first[source.id] = source
            kept.append(source)
    return kept


def load(source: Source, published: date | None = None, options: ReadOptions | None = None) -> Loaded:
    """Read one article.

    Args:
        source: where it stands.
        published: the publication date for articles that carry none of their own.
        options: how files are read.

    Raises:
        InputError: it cannot be read.
    """
    options = options or ReadOptions()
    if isinstance(source.row, str):
        raise InputError(source.row)
    if isinstance(source.row, Article):
        article, plain, replaced = source.row, False, source.replaced
    else:
        content = _read(source, options)
        article = Article(source.id, content.text, content.published, content.title, content.source)
        plain, replaced = content.plain and not source.members, content.replaced
    if len(article.text) > options.limits.max_characters:
        problem = f"the article has {len(article.text)} characters, more than {options.limits.max_characters}"
        raise InputError(problem, path=source.place, line=source.line, remedy="split it, or raise --max-characters")
    return Loaded(replace(article, published=article.published or published), plain, replaced)


def _read(source: Source, options: ReadOptions) -> Content:
    name = source.members[-1] if source.members else source.path
    if not source.members:
        return TEXTS[ending(name)](read_file(source.path, options.limits), source.place, options)
    changed = source.path.stat().st_mtime_ns if source.path.exists() else 0
    archive = _open_again(source.path, changed, source.members[:-1], options.limits)
    return TEXTS[ending(name)](archive.read(_member(archive, source.members[-1])), source.place, options)


@lru_cache(maxsize=1)
def _open_again(path: Path, changed: int, members: tuple[str, ...], limits: Limits) -> Archive:
    """Return an archive once for all of its members, which come one after the other."""
    del changed  # tells the cache that the file is another one
    budget = Budget(limits)
    archive = Archive(read_file(path, limits, archive=True), str(path), budget)
    for place, name in enumerate(members):
        data = archive.read(_member(archive, name))
        archive = Archive(data, "/".join((str(path), *members[: place + 1])), budget)
    return archive


def _member(archive: Archive, name: str) -> Member:
    found = next((member for member in archive.members if member.name == name), None)
    if found is None:
        raise InputError("the archive changed while it was read", path=name, remedy="run again")
    return found


def load_articles(
    *paths: Path | str,
    published: date | str | None = None,
    encoding: str | None = None,
    errors: Errors = "strict",
    columns: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Article]:
    """Yield the articles of files, archives and folders, sorted by id.

    Args:
        paths: files of every kind, zip archives and folders of them.
        published: the publication date for articles that carry none of their own.
        encoding: the encoding of text files; None finds it.
        errors: `strict` refuses undecodable bytes, `replace` puts U+FFFD in their place.
        columns: the names of columns of tables, `id=编号,text=正文`.
        limits: what one file may cost.

    Raises:
        UsageError: a path does not exist or holds no article, or an option is wrong.
        InputError: an article cannot be read.
    """
    day = read_published(published)
    check_encoding(encoding)
    options = ReadOptions(encoding, errors, parse_columns(columns), limits or Limits())
    sources, _ = find_sources([Path(path) for path in paths], options)
    for source in sources:
        yield load(source, day, options).article
