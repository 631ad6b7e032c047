"""PDF files with a text layer: characters with their places from PDFium, put back into lines and paragraphs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from oncospan.errors import InputError
from oncospan.files.formats.content import Content, join_lines, missing_package
from oncospan.files.formats.page import Character, Page, Stretch, drop_margins, make_stretches
from oncospan.files.formats.paragraphs import flow
from oncospan.files.options import Limits, ReadOptions
from oncospan.files.published import find_day

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_STREAM = re.compile(rb"(?P<head>[^\0]{0,300}?)stream\r?\n")
_PIECE = 1024 * 1024
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
    try:
        import pypdfium2
    except ImportError:
        raise missing_package("pypdfium2", "pdf", path) from None
    _check_streams(data, path, options.limits)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            problem, remedy = "the PDF is locked with a password", "save it without one"
        else:
            problem, remedy = "this is no PDF, or a broken one", "save it again, or give the article as text"
        raise InputError(problem, path=path, remedy=remedy) from None
    try:
        if len(document) > options.limits.max_pages:
            problem = f"the PDF has {len(document)} pages, more than {options.limits.max_pages}"
            raise InputError(problem, path=path, remedy="split it into its articles")
        pages = list(_pages(document, path, options.limits))
        stated = document.get_metadata_dict().get("Title", "").strip()
    except pypdfium2.PdfiumError:
        raise InputError("a page of the PDF is broken", path=path, remedy="save it again") from None
    finally:
        document.close()
    text = join_lines(flow(drop_margins(pages)))
    if not text:
        raise InputError("the PDF has no text layer, it is a scan", path=path, remedy=_OCR)
    if len(_UNKNOWN.findall(text)) > _UNKNOWN_SHARE * len(text):
        raise InputError("the PDF's fonts do not say which characters they show", path=path, remedy=_OCR)
    lines = text.split("\n")
    title = stated if stated and stated in lines[:10] else None
    return Content(text, title=title, published=find_day(lines))


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


def _pages(document: PdfDocument, path: str, limits: Limits) -> Iterator[Page]:
    count = 0
    for page in document:
        text = page.get_textpage()
        count += text.count_chars()
        if count > limits.max_characters:
            problem = f"the PDF has more than {limits.max_characters} characters"
            raise InputError(problem, path=path, remedy="raise --max-characters, or split it into its articles")
        width, height = page.get_size()
        yield Page(width, height, _read_page(text))
        text.close()
        page.close()


def _read_page(page: PdfTextPage) -> list[Stretch]:
    return make_stretches(_characters(page))


def _characters(page: PdfTextPage) -> Iterator[Character]:
    """Yield the characters that the page shows; blank space that PDFium only infers is left to `make_stretches`."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    for index in range(page.count_chars()):
        if pdfium.FPDFText_IsGenerated(page, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(page, index)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        character = chr(code)
        # PDFium marks the hyphen of a word that goes on in the next line.
        character = "\u00ad" if code == 2 else " " if code < 32 else character
        if pdfium.FPDFText_GetLooseCharBox(page, index, box):
            yield Character(character, box.left, box.right, box.bottom, box.top)
