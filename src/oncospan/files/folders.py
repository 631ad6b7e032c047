"""Files on the disk: folders walked without following links, files read whole and never beyond their limit."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from oncospan.errors import InputError
from oncospan.files.options import Limits
from oncospan.files.rows import RECORDS, TABLES

#: What stands on a disk and is no file, and what to do about it.
NO_FILE = ("this is a device, pipe or socket and no file", "copy its content into a file")
_LINK = "a symbolic link is not followed; put the file itself here, or name the link on the command line"
#: What a run writes into its folder, and `evaluate` beside it.
_WRITTEN = frozenset({
    "mentions.jsonl", "records.jsonl", "sentences.jsonl", "ledger.csv", "articles.csv", "failures.csv", "run.json",
    "errors.csv", "record_errors.csv", "articles", *(name for name, _ in TABLES.values()),
    *(f"{kind}.csv" for kind in RECORDS),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a folder holds.

    Args:
        path: where it stands.
        problem: why it is not read, if it is not.
    """

    path: Path
    problem: str | None = None


def walk(folder: Path) -> Iterator[Entry]:
    """Yield what a folder and its subfolders hold; hidden ones and what an earlier run wrote are passed over.

    Args:
        folder: where to begin.
    """
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            children = sorted(os.scandir(place), key=lambda child: child.name)
        except OSError as error:
            yield Entry(place, f"the folder cannot be read: {error.strerror}; check its permissions")
            continue
        written = _WRITTEN if holds_run(place) else frozenset()
        if written and place != folder:
            continue
        for child in children:
            path = Path(child.path)
            if child.name.startswith(".") or child.name in written:
                continue
            if child.is_symlink():
                yield Entry(path, _LINK)
            elif child.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif child.is_file(follow_symlinks=False):
                yield Entry(path)
            else:
                yield Entry(path, "; ".join(NO_FILE))


def holds_run(folder: Path) -> bool:
    """Tell whether a folder is the output folder of a run.

    Args:
        folder: the folder.
    """
    file = folder / "run.json"
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            head = stream.read(200)
    except OSError:
        return False
    return head.startswith(b'{\n  "version": ') and b'\n  "settings": ' in head


def read_file(path: Path, limits: Limits, *, archive: bool = False) -> bytes:
    """Return all bytes of a file.

    Args:
        path: the file.
        limits: how large it may be.
        archive: it is an archive, which may be as large as what it unpacks to.

    Raises:
        InputError: it cannot be read, is no regular file, or is larger than the limit.
    """
    most = limits.unpacked_bytes if archive else limits.file_bytes
    try:
        with path.open("rb", buffering=0) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError("this is no regular file", path=path, remedy="copy its content into a file")
            if status.st_size > most:
                raise _too_large(path, status.st_size, most)
            # The file may grow while it is read: one byte more than allowed tells.
            data = bytearray()
            while piece := stream.read(most + 1 - len(data)):
                data += piece
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {error.strerror}", path=path, remedy="check its permissions"
        ) from None
    except ValueError:
        raise InputError("the file's name cannot be opened", path=path, remedy="rename it") from None
    if len(data) > most:
        raise _too_large(path, len(data), most)
    return bytes(data)


def _too_large(path: Path, size: int, most: int) -> InputError:
    problem = f"the file has {size / 1024 / 1024:.0f} MB, more than {most / 1024 / 1024:.0f}"
    return InputError(problem, path=path, remedy="raise --max-mb if you trust it, --max-unpacked-mb for an archive")
