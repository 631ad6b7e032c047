"""From bytes to text: a declared encoding, a byte-order mark, UTF-8, then what reads as Chinese.

Bytes of GB18030 are mostly valid Big5 and the other way round, so validity decides little. charset-normalizer rules
out what reads as noise over the whole file; among the rest stands a prior for Chinese: both standards put the
characters that people use into their first level, and a text read in the wrong one falls outside it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from oncospan.errors import InputError, UsageError
from oncospan.files.options import ReadOptions

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
#: A larger share of undecodable stretches and rare characters means that the encoding is another one.
_BROKEN_SHARE = 0.02
#: Bytes that fit and read as so many rare characters are another language's.
_FOREIGN_SHARE = 0.3
_HAN = re.compile(r"[\u3400-\u9fff]")
#: The encodings of Chinese files, the commoner first; wider ones stand for their subsets (GBK, Big5).
_CANDIDATES = ("gb18030", "big5hkscs", "cp950")
_WIDE = ("utf-16-le", "utf-16-be")
#: A text in its own encoding has nearly all of its characters in the first level, one in another about half.
_LEAST_SHARE = 0.6
#: What no article holds and bytes of another encoding turn into: unassigned, private and rare scripts' characters.
_STRANGE = re.compile(r"[\u0000-\u0008\u0530-\u1fff\u2c00-\u2dff\ua000-\uf8ff]")
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "iso8859-1": "",
    "cp1252": "",
    "ascii": "",
}
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:\-]{2,40})", re.IGNORECASE)
_META_REACH = 4096
#: charset-normalizer reads the file in so many bytes at a time, and no more than so many of them.
_CHUNK, _CHUNKS = 4096, 256
_SAMPLE = 200_000


class Decoded(NamedTuple):
    """A text and how it was read.

    Args:
        text: the characters, line ends as they were.
        encoding: the encoding that was used.
        plain: the bytes are the text's UTF-8 bytes, so the file itself is the text that offsets count in.
        replaced: how many undecodable stretches U+FFFD stands for.
    """

    text: str
    encoding: str
    plain: bool
    replaced: int = 0


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


def decode(data: bytes, path: Path | str, options: ReadOptions | None = None, *, markup: bool = False) -> Decoded:
    """Return the text of a file's bytes.

    Args:
        data: all of the file.
        path: its name, for errors.
        options: the declared encoding, and what happens to undecodable bytes.
        markup: the file is HTML, which may declare its encoding itself.

    Raises:
        InputError: the file is empty, is no text, or is not in its encoding.
    """
    options = options or ReadOptions()
    if not data.strip():
        raise InputError("the file is empty", path=path, remedy="put the article's text into it or leave it out")
    encoding = options.encoding or _find_mark(data) or (_find_meta(data) if markup else None) or _find_encoding(data)
    if encoding.lower().replace("_", "-") in ("utf-8", "utf8") and data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    decoded = _read(data, path, encoding, options)
    if len(_NOISE.findall(decoded.text)) * _NOISE_SHARE > len(decoded.text):
        raise InputError("the file is not text", path=path, remedy="save the article as a UTF-8 text file")
    if not decoded.text.strip():
        raise InputError("the file is empty", path=path, remedy="put the article's text into it or leave it out")
    return decoded


def _read(data: bytes, path: Path | str, encoding: str, options: ReadOptions) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        line = data.count(b"\n", 0, start) + 1
    else:
        if options.encoding is None and encoding in _CANDIDATES and _brokenness(text[:_SAMPLE]) > _FOREIGN_SHARE:
            raise _no_text(path, None)
        return Decoded(text, encoding, plain=text.encode("utf-8", "surrogatepass") == data)
    text = data.decode(encoding, "replace")
    if options.encoding is None and _brokenness(text[:_SAMPLE]) > _BROKEN_SHARE:
        raise _no_text(path, line)
    if options.errors == "strict":
        raise InputError(
            f"byte {start} is not {encoding} text",
            path=path,
            line=line,
            remedy="name the file's real encoding with --encoding, or go on with --errors replace",
        )
    return Decoded(text, encoding, plain=False, replaced=text.count("\ufffd"))


def _no_text(path: Path | str, line: int | None) -> InputError:
    problem = "the file is not text in UTF-8, UTF-16, GB18030 or Big5"
    remedy = "save the article as UTF-8, or name its encoding with --encoding"
    return InputError(problem, path=path, line=line, remedy=remedy)


def _find_mark(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _find_meta(data: bytes) -> str | None:
    """Return the encoding that a page declares, if its bytes agree."""
    found = _META.search(data, 0, _META_REACH)
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        name = _WIDER.get(name, name)
        data.decode(name)
    except (LookupError, UnicodeError):
        return None
    # Pages copied between servers lie, and bytes of one standard are mostly valid in the other.
    return name if name not in _CANDIDATES or _share_of_common(data, name) >= _LEAST_SHARE else None


def _find_encoding(data: bytes) -> str:
    """Return the likeliest encoding; where none fits every byte, the one with the fewest bytes outside it."""
    if _fits(data, "utf-8"):
        # UTF-16 without a mark is valid UTF-8 only if every second byte is NUL or a letter.
        wide = _choose(data, _WIDE) if b"\0" in data[:_SAMPLE] else None
        return wide or "utf-8"
    return _choose(data, (*_CANDIDATES, *_WIDE)) or _least_broken(data)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _choose(data: bytes, candidates: Sequence[str]) -> str | None:
    """Return the encoding that fits every byte and reads most like Chinese, or None where none does."""
    fitting = [name for name in candidates if _fits(data, name)]
    if not fitting:
        return None
    steps = max(1, min(_CHUNKS, len(data) // _CHUNK))
    matches = from_bytes(data, steps, _CHUNK, cp_isolation=fitting, preemptive_behaviour=False)
    clean = {codecs.lookup(match.encoding).name for match in matches}
    ranked = [(_share_of_common(data, name), codecs.lookup(name).name in clean, name) for name in fitting]
    share, _, best = max(ranked, key=lambda entry: (round(entry[0], 1), entry[1], entry[0]))
    return best if share >= _LEAST_SHARE else None


def _share_of_common(data: bytes, encoding: str) -> float:
    """Return the share of a text's Chinese characters that are of the first level of its standard."""
    text = data.decode(encoding)
    text = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    han = _HAN.findall(text)
    if not han:
        return 0.0
    strange = len(_STRANGE.findall(text))
    return _common(han, encoding) / (len(han) + strange)


def _common(han: Sequence[str], encoding: str) -> int:
    if encoding in ("big5hkscs", "cp950"):
        return sum(map(_big5_level, han))
    if encoding == "gb18030":
        return sum(map(_gb_level, han))
    return sum(_gb_level(character) or _big5_level(character) for character in han)


def _gb_level(character: str) -> bool:
    code = character.encode("gb18030")
    return len(code) == 2 and b"\xb0\xa1" <= code <= b"\xd7\xf9" and code[1] >= 0xA1


def _big5_level(character: str) -> bool:
    try:
        return b"\xa4\x40" <= character.encode("big5") <= b"\xc6\x7e"
    except UnicodeEncodeError:
        return False


def _least_broken(data: bytes) -> str:
    """Return the encoding that leaves the fewest characters replaced or rare; the earlier of two that are even."""
    sample = data[: _SAMPLE * 4]
    return min(("utf-8", *_CANDIDATES), key=lambda name: _brokenness(sample.decode(name, "replace")))


def _brokenness(text: str) -> float:
    """Return the share of a text that an encoding did not account for: replaced characters and rare ones."""
    han = _HAN.findall(text)
    return (text.count("\ufffd") + len(han) - _common(han, "any")) / max(1, len(text))
