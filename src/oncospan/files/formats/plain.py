"""Text files, Markdown among them: the file is the text."""

from __future__ import annotations

import re

from oncospan.files.encoding import decode
from oncospan.files.formats.content import Content
from oncospan.files.options import ReadOptions
from oncospan.files.published import find_day

_FRONT = re.compile(r"(?:title|标题)\s*[::]\s*[\"']?(?P<title>[^\"'\r\n]{1,200})", re.IGNORECASE)
_HEADING = re.compile(r"#\s+(?P<title>[^\r\n]{1,200})")
#: The first lines, where front matter and headings stand.
_HEAD = 4000


def read_plain(data: bytes, path: str, options: ReadOptions) -> Content:
    """Return the text of a file exactly as it stands, with the title and date that its first lines state.

    Args:
        data: all of it.
        path: its name, for errors.
        options: how to decode it.

    Raises:
        InputError: it is no text.
    """
    decoded = decode(data, path, options)
    lines = decoded.text[:_HEAD].splitlines()
    title = next((line for line in lines if line.strip()), "") if lines else ""
    found = _HEADING.match(title) or next(filter(None, map(_FRONT.match, lines[:10])), None)
    return Content(
        decoded.text,
        title=found["title"].strip() if found else None,
        published=find_day(lines),
        encoding=decoded.encoding,
        plain=decoded.plain,
        replaced=decoded.replaced,
    )
