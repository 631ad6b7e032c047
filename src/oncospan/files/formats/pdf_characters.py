"""The characters of a PDF with their places, by PDFium, as a program of its own.

PDFium is C++ and the file is untrusted: a page may call itself a billion times, or break PDFium. This program is run by
`pdf`, with a time limit and, where the system knows such limits, a memory limit; what happens to it is one failure.
It reads the file from standard input and imports nothing of oncospan, so that it starts in a moment.

Standard output holds a line of JSON for each page, `[width, height, "characters", [left, right, bottom, top, ...]]`,
and a last line that says how it ended: `"done"`, `"locked"`, `"broken"`, `"pages"`, `"characters"`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

#: The code that PDFium gives to every hyphen at the end of a line, be it of a broken word or of a name: SHR-1210.
_HYPHEN = 2


def limit_memory(size: int) -> None:
    """Let the system refuse more memory than this, where it can.

    Args:
        size: bytes.
    """
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def read_characters(page: Any) -> tuple[str, list[float]]:  # noqa: ANN401 - PDFium's handles have no types
    """Return the characters that a page shows, and four edges of each.

    Args:
        page: PDFium's text page.
    """
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    characters: list[str] = []
    edges: list[float] = []
    for index in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page, index)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        # Blank space that PDFium only infers is left to `page`, which sees the gaps.
        if pdfium.FPDFText_IsGenerated(page, index) == 1 or not pdfium.FPDFText_GetLooseCharBox(page, index, box):
            continue
        characters.append("-" if code == _HYPHEN else " " if code < ord(" ") else chr(code))
        edges += (round(box.left, 2), round(box.right, 2), round(box.bottom, 2), round(box.top, 2))
    return "".join(characters), edges


def write_pages(data: bytes, most_pages: int, most_characters: int) -> str:
    """Print the pages of a PDF and return how it ended.

    Args:
        data: all of the file.
        most_pages: how many pages are allowed.
        most_characters: how many characters are allowed.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return "locked" if "password" in str(error).lower() else "broken"
    if len(document) > most_pages:
        return "pages"
    count = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            return "broken"
        count += text.count_chars()
        if count > most_characters:
            return "characters"
        print(json.dumps([*page.get_size(), *read_characters(text)]))
        text.close()
        page.close()
    return "done"


def main() -> None:
    """Read standard input, with memory, pages and characters bounded by the arguments."""
    memory, pages, characters = map(int, sys.argv[1:4])
    limit_memory(memory)
    print(json.dumps(write_pages(sys.stdin.buffer.read(), pages, characters)))


if __name__ == "__main__":
    main()
