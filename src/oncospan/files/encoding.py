"""From bytes to text: a byte-order mark first, then UTF-8, then GB18030; what is no text is refused."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from oncospan.errors import InputError, UsageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Control characters that no text holds; tab, line ends, form feed and escape sequences of old mailers are spared.
_NOISE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
#: More than one control character in so many characters is noise, not text.
_NOISE_SHARE = 200
_CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


class Decoded(NamedTuple):
    """A text and how it was read.

    Args:
        text: the characters, line ends as they were.
        encoding: the encoding that was used.
        plain: the bytes are the text's UTF-8 bytes, so the file itself is the text that offsets count in.
    """

    text: str
    encoding: str
    plain: bool


def check_encoding(name: str | None) -> None:
    """Raise UsageError unless the name is None or an encoding Python knows for text."""
    if name is None:
        return
    try:
        codecs.lookup(name)
        "a".encode(name)
    except (LookupError, TypeError, UnicodeError):
        raise UsageError(
            f"there is no encoding called {name!r}",
            remedy="use utf-8, gb18030, big5 or utf-16, or leave --encoding out",
        ) from None


def decode(data: bytes, path: Path, encoding: str | None = None) -> Decoded:
    """Return the text of a file's bytes.

    Args:
        data: all of the file.
        path: its name, for errors.
        encoding: the declared encoding; None finds it.

    Raises:
        InputError: the file is empty, is no text, or is not in the declared encoding.
    """
    if not data.strip():
        raise InputError("the file is empty", path=path, remedy="put the article's text into it or leave it out")
    decoded = _decode_declared(data, path, encoding) if encoding else _decode_found(data, path)
    noise = len(_NOISE.findall(decoded.text))
    if noise * _NOISE_SHARE > len(decoded.text):
        raise InputError("the file is not text", path=path, remedy="save the article as a UTF-8 text file")
    if not decoded.text.strip():
        raise InputError("the file is empty", path=path, remedy="put the article's text into it or leave it out")
    return decoded


def _decode_declared(data: bytes, path: Path, encoding: str) -> Decoded:
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8") and data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        raise InputError(
            f"byte {start} is not {encoding} text",
            path=path,
            line=data.count(b"\n", 0, start) + 1,
            remedy="name the file's real encoding with --encoding, or leave --encoding out",
        ) from None
    return Decoded(text, encoding, text.encode("utf-8", "surrogatepass") == data)


def _decode_found(data: bytes, path: Path) -> Decoded:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_declared(data, path, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", plain=True)
    except UnicodeDecodeError as error:
        start = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if len(_CHINESE.findall(text)) * 5 < len(text) or not text:
        raise InputError(
            f"byte {start} is neither UTF-8 nor GB18030 text",
            path=path,
            line=data.count(b"\n", 0, start) + 1,
            remedy="save the article as UTF-8, or name its encoding with --encoding",
        )
    return Decoded(text, "gb18030", plain=False)
