"""The other ways in which a known name is written: 单克隆抗体 for 单抗, 甙 for 苷, a code with and without its hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Kind = Literal["zh", "en", "brand", "code", "short", "truncated", "own"]

_CODE_PART = re.compile(r"[A-Za-z]+|\d+|[^A-Za-z\d]+")
_SHORTEST_CODE = 5
_SHORTEST_TRUNCATED = 5


def spellings(key: str, kind: Kind, *, ambiguous: bool) -> Iterator[tuple[str, Kind]]:
    """Yield the other spellings of a name with the kind of each.

    Args:
        key: the name, folded.
        kind: what sort of name it is.
        ambiguous: it stands for several concepts.

    """
    if kind == "zh" and key.endswith("单抗"):
        yield key + "(单克隆抗体)", "zh"
        yield key[:-1] + "克隆抗体", "zh"
        yield key[:-1] + "株抗体", "zh"
        # 特瑞普利联合化疗: three characters and more stand for one drug, 贝伐 and 曲妥 are the table's business.
        if len(key) >= _SHORTEST_TRUNCATED and not ambiguous:
            yield key[:-2], "truncated"
    elif kind == "zh" and "苷" in key:
        yield key.replace("苷", "甙"), "zh"
    elif kind == "en" and " " in key:
        yield key.replace(" ", ""), "en"
        yield key.replace(" ", "-"), "en"
    elif (kind == "code" or (kind == "en" and any(c.isdigit() for c in key))) and key.isascii():
        yield from ((spelling, "code") for spelling in _spell_code(key))


def _spell_code(code: str) -> Iterator[str]:
    """Yield a code with its first separator written as hyphen, space and nothing: SHR-1210, SHR 1210, SHR1210."""
    if len(re.sub(r"[- ]", "", code)) < _SHORTEST_CODE:
        return
    parts = _CODE_PART.findall(code)
    if len(parts) >= 3 and parts[1] in "- ":
        rest = "".join(parts[2:])
    elif len(parts) >= 2 and parts[0].isalpha() and parts[1].isdigit() and len(parts[1]) >= 3:
        rest = "".join(parts[1:])
    else:
        return
    for separator in ("-", " ", ""):
        yield f"{parts[0]}{separator}{rest}"
