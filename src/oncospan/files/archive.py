"""Zip archives, untrusted: sizes are checked before anything is unpacked, and nothing is unpacked onto the disk."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from oncospan.errors import InputError
from oncospan.files.options import Limits

_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_RATIO_FROM = 1024 * 1024
_PIECE = 1024 * 1024
#: Office documents hold no document type; one that does wants to expand entities.
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, KeyError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive.

    Args:
        name: its path as people read it, with `/`.
        info: its entry in the archive.
        problem: why it is not read, if it is not.
    """

    name: str
    info: zipfile.ZipInfo
    problem: str | None = None


@dataclass(slots=True)
class Budget:
    """What an archive and all archives inside it may still cost together.

    Args:
        limits: what they may cost at most.

    Attributes:
        members: files counted so far.
        unpacked: bytes they unpack to.
    """

    limits: Limits
    members: int = field(init=False, default=0)
    unpacked: int = field(init=False, default=0)

    def count(self, members: int, path: str) -> None:
        """Raise InputError if so many members more are too many."""
        if self.members + members > self.limits.max_members:
            problem = f"the archive has more than {self.limits.max_members} members"
            raise InputError(problem, path=path, remedy="raise --max-members if you trust it")

    def nest(self, depth: int, path: str) -> None:
        """Raise InputError if an archive stands inside too many others."""
        if depth > self.limits.max_nesting:
            problem = f"archives are nested more than {self.limits.max_nesting} deep"
            raise InputError(problem, path=path, remedy="unpack the outer ones first")

    def take(self, members: int, unpacked: int, path: str) -> None:
        """Add members and what they unpack to.

        Args:
            members: how many.
            unpacked: their bytes.
            path: the archive, for errors.

        Raises:
            InputError: it is too much.
        """
        self.count(members, path)
        self.members += members
        self.unpacked += unpacked
        if self.unpacked > self.limits.unpacked_bytes:
            problem = (
                f"the archive unpacks to {self.unpacked / 1024 / 1024:.0f} MB, more than {self.limits.max_unpacked_mb}"
            )
            raise InputError(problem, path=path, remedy="raise --max-unpacked-mb if you trust it")


class Archive:
    """A zip archive in memory.

    Args:
        data: all of it.
        path: its name, for errors.
        budget: how many members it may have and how much they may unpack to.

    Raises:
        InputError: it is no zip archive, or it is larger than allowed.

    Attributes:
        members: the files it holds, in the order of the archive.
    """

    def __init__(self, data: bytes, path: str, budget: Budget) -> None:
        self._path = path
        self._limits = budget.limits
        # Counted before zipfile makes an object of each: a directory of a million entries is an attack of its own.
        budget.count(data.count(b"PK\x01\x02"), path)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = [info for info in self._zip.infolist() if not info.is_dir()]
        except _BROKEN:
            raise InputError("this is no zip archive, or a broken one", path=path, remedy="pack it again") from None
        # zipfile never yields more of a member than its entry declares, so the declared sizes bound the real ones.
        budget.take(len(infos), sum(info.file_size for info in infos), path)
        self.members = [self._check(info) for info in infos]

    def _check(self, info: zipfile.ZipInfo) -> Member:
        name = _readable_name(info)
        problem = None
        if stat.S_ISLNK(info.external_attr >> 16):
            problem = "a symbolic link inside an archive is not followed; pack the file itself"
        elif info.flag_bits & _ENCRYPTED_FLAG:
            problem = "the member is encrypted; unpack it with its password"
        elif _leads_out(name):
            problem = "the member's path leads out of the archive; pack it again under a plain name"
        elif info.file_size > self._limits.file_bytes:
            problem = f"the member unpacks to more than {self._limits.max_mb} MB; raise --max-mb if you trust it"
        elif info.file_size > _RATIO_FROM and info.file_size > info.compress_size * self._limits.max_ratio:
            problem = f"the member unpacks to more than {self._limits.max_ratio} times its size; it looks like a bomb"
        return Member(name, info, problem)

    def read(self, member: Member) -> bytes:
        """Return all bytes of a member.

        Args:
            member: one of `members`.

        Raises:
            InputError: it is not to be read, or broken.
        """
        path = f"{self._path}/{member.name}"
        if member.problem:
            raise InputError(member.problem, path=path)
        pieces = bytearray()
        try:
            with self._zip.open(member.info) as stream:
                while piece := stream.read(_PIECE):
                    pieces += piece
        except _BROKEN:
            raise InputError("the member is broken", path=path, remedy="pack the archive again") from None
        return bytes(pieces)


def check_package(data: bytes, path: str, limits: Limits) -> None:
    """Refuse an Office document that unpacks to too much or declares entities.

    Args:
        data: all of it.
        path: its name, for errors.
        limits: what it may unpack to.

    Raises:
        InputError: it is no Office document, too large, or holds a document type.
    """
    try:
        archive = Archive(data, path, Budget(limits))
    except InputError as error:
        if "no zip" not in error.problem:
            raise
        remedy = "save it again as .docx or .xlsx; an encrypted or an old .doc or .xls file must be converted first"
        raise InputError("this is no Office document", path=path, remedy=remedy) from None
    markup = [member for member in archive.members if member.name.lower().endswith((".xml", ".rels", ".vml"))]
    # A parsed tree takes ten times the room of its text.
    if sum(member.info.file_size for member in markup) > limits.file_bytes:
        problem = f"the document's XML unpacks to more than {limits.max_mb} MB"
        raise InputError(problem, path=path, remedy="raise --max-mb if you trust it")
    for member in markup:
        # UTF-16 hides a document type behind NUL bytes.
        if _DOCTYPE.search(archive.read(member).replace(b"\0", b"")):
            problem = f"{member.name} declares a document type, which no Office document does"
            raise InputError(problem, path=path, remedy="do not trust this file")


def _readable_name(info: zipfile.ZipInfo) -> str:
    """Return a member's path; archives made by Chinese Windows keep it in GBK without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        try:
            raw = info.orig_filename.encode("cp437")
        except UnicodeEncodeError:
            return name
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding).replace("\\", "/").split("\0")[0]
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name) is not None
