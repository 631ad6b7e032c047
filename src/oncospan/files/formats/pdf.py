"""PDF files with a text layer: characters with their places from PDFium, put back into lines and paragraphs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from importlib.util import find_spec

from oncospan.errors import InputError
from oncospan.files.formats import pdf_characters
from oncospan.files.formats.content import Content, join_lines, missing_package
from oncospan.files.formats.page import Character, Page, drop_margins, make_stretches
from oncospan.files.formats.paragraphs import flow
from oncospan.files.options import Limits, ReadOptions
from oncospan.files.published import find_day

_STREAM = re.compile(rb"(?P<head>[^\0]{0,300}?)stream\r?\n")
_PIECE = 1024 * 1024
#: What PDFium may cost: bytes of memory, seconds.
_MEMORY, _SECONDS = 1024**3, 60
#: Characters that fonts without a table of their meaning give.
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
_UNKNOWN_SHARE = 0.2
_OCR = "run OCR over it first (for example ocrmypdf -l chi_sim), or give the article as text"


def read_pdf(data: bytes, path: str, options: ReadOptions) -> Content:
    """Return the text of a PDF in reading order: columns one after the other, lines joined, margins gone.

    Args:
        data: all of it.
        path: its name, for errors.
        options: how many pages and characters it may have.

    Raises:
        InputError: it is no PDF, is locked, has no text layer, is too large, or pypdfium2 is missing.
    """
    if not find_spec("pypdfium2"):
        raise missing_package("pypdfium2", "pdf", path)
    _check_streams(data, path, options.limits)
    pages = _read_pages(data, path, options.limits)
    text = join_lines(flow(drop_margins(pages)))
    if not text:
        raise InputError("the PDF has no text layer, it is a scan", path=path, remedy=_OCR)
    if len(_UNKNOWN.findall(text)) > _UNKNOWN_SHARE * len(text):
        raise InputError("the PDF's fonts do not say which characters they show", path=path, remedy=_OCR)
    return Content(text, published=find_day(text.split("\n")))


def _check_streams(data: bytes, path: str, limits: Limits) -> None:
    """Refuse a PDF whose compressed streams unpack to more than allowed; PDFium would unpack them whole."""
    total = 0
    for found in _STREAM.finditer(data):
        if b"/Image" in found["head"] or (b"Flate" not in found["head"] and b"/Fl" not in found["head"]):
            continue
        total += _unpacked(data, found.end(), limits.unpacked_bytes - total)
        if total > limits.unpacked_bytes:
            problem = f"the PDF unpacks to more than {limits.max_unpacked_mb} MB"
            raise InputError(problem, path=path, remedy="raise --max-unpacked-mb if you trust it")


def _unpacked(data: bytes, start: int, most: int) -> int:
    unpacker = zlib.decompressobj()
    size = 0
    waiting: bytes | memoryview = memoryview(data)[start:]
    try:
        while size <= most and waiting and not unpacker.eof:
            size += len(unpacker.decompress(waiting, _PIECE))
            waiting = unpacker.unconsumed_tail
    except zlib.error:
        pass  # what is broken here PDFium will not unpack either
    return size


def _read_pages(data: bytes, path: str, limits: Limits) -> list[Page]:
    """Return the pages as PDFium sees them, in a process that may break without breaking this one."""
    command = [sys.executable, "-I", pdf_characters.__file__]
    bounds = map(str, (_MEMORY, limits.max_pages, limits.max_characters))
    try:
        done = subprocess.run([*command, *bounds], input=data, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired:
        raise _failure("slow", path, limits) from None
    lines = done.stdout.decode("utf-8").splitlines()
    ended = json.loads(lines[-1]) if lines and done.returncode == 0 else "crashed"
    if ended != "done":
        raise _failure(str(ended), path, limits)
    return [_page(*json.loads(line)) for line in lines[:-1]]


def _page(width: float, height: float, characters: str, edges: list[float]) -> Page:
    places = zip(characters, edges[0::4], edges[1::4], edges[2::4], edges[3::4], strict=True)
    return Page(width, height, make_stretches(Character(*place) for place in places))


def _failure(ended: str, path: str, limits: Limits) -> InputError:
    again = "save it again, or give the article as text"
    problem, remedy = {
        "locked": ("the PDF is locked with a password", "save it without one"),
        "broken": ("this is no PDF, or a broken one", again),
        "pages": (
            f"the PDF has more than {limits.max_pages} pages",
            "split it into its articles, or raise --max-pages",
        ),
        "characters": (
            f"the PDF has more than {limits.max_characters} characters",
            "split it into its articles, or raise --max-characters",
        ),
        "slow": (f"the PDF takes more than {_SECONDS} seconds to read", again),
    }.get(ended, ("the PDF takes too much memory, or breaks PDFium", again))
    return InputError(problem, path=path, remedy=remedy)
