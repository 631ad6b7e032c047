"""Rows of articles from JSON: one object a line, or one file with an object or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from oncospan.errors import InputError
from oncospan.files.encoding import decode
from oncospan.files.options import ReadOptions

REMEDY = 'a row is {"id": "...", "text": "...", "published": "2025-12-20"}'


def read_lines(data: bytes, path: str, options: ReadOptions) -> Iterator[tuple[int, Mapping[str, object] | str, int]]:
    """Yield the line, the object and the number of replaced characters of each row; a broken row is its reason.

    Args:
        data: all of the file.
        path: its name, for errors.
        options: how to decode it.

    Raises:
        InputError: it is no text.
    """
    decoded = decode(data, path, options)
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if line.strip():
            yield number, _read(line, path, number), line.count("\ufffd") if decoded.replaced else 0


def read_json(data: bytes, path: str, options: ReadOptions) -> Iterator[tuple[int, Mapping[str, object] | str, int]]:
    """Yield the number and the object of each row of a file that is one JSON value.

    Args:
        data: all of the file.
        path: its name, for errors.
        options: how to decode it.

    Raises:
        InputError: it is no text, or no JSON.
    """
    decoded = decode(data, path, options)
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError):
        raise InputError("no JSON", path=path, remedy=REMEDY) from None
    for number, row in enumerate(value if isinstance(value, list) else [value], start=1):
        reason = str(InputError("the row is no object", path=path, line=number, remedy=REMEDY))
        yield number, row if isinstance(row, dict) else reason, decoded.replaced


def _read(line: str, path: str, number: int) -> Mapping[str, object] | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    return row if isinstance(row, dict) else str(InputError("no JSON", path=path, line=number, remedy=REMEDY))
