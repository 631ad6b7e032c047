"""Brackets behind and around a name: `维恩妥尤单抗(enfortumab vedotin, EV)`, cut into labelled pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Label = Literal["code", "brand", "name", "alias", ""]

_BETWEEN = re.compile(
    r"(?:(?:细胞)?注射(?:液|剂)|(?:缓释|肠溶|分散|薄膜衣)?片|(?:软|硬)?胶囊|颗粒剂?|口服(?:溶)?液|混悬液|滴眼液"
    r"|乳膏|凝胶|[®™*\"”’」』》]|\[\d{1,3}\]| ){0,3}"
)
_LONGEST = 90
_PIECE = re.compile(r"[^,、;/|]{1,60}")
_LABELS: tuple[tuple[Label, re.Pattern[str]], ...] = (
    ("code", re.compile(r"(?:研发|项目|产品|开发|药物|试验药物?|内部|公司|研究)?(?:代号|代码|编号)(?:为|是)?")),
    ("brand", re.compile(
        r"(?:中文|英文|国内|海外|美国|中国|欧洲|日本)?(?:商品名称?|品牌名称?|商标名?|品牌药?)(?:为|是)?"
    )),
    ("name", re.compile(
        r"(?:国际|中文|英文)?(?:通用名称?|非专利名称?|药品名称?|化学名称?|英文名称?|英文|中文名称?|外文名)(?:为|是)?"
        r"|INN"
    )),
    ("alias", re.compile(
        r"(?:以下|下文|文中|后文|下)?(?:统一)?(?:简称|缩写)(?:为|作)?|下称|又称(?:为)?|又名|也称(?:为|作)?|亦称|别名|俗称|曾用名"
        r"|原名|旧称|也叫|又叫|即"
    )),
)  # fmt: skip
_OPENING = " :\"“'‘「『《"
_CLOSING = " ®™\"”'’」』》*"


class Piece(NamedTuple):
    """One entry of a bracket.

    Args:
        start: first position in the folded text, behind its label and quotes.
        end: position behind the last one.
        text: the entry.
        label: what the text calls it.
        marked: a trademark sign or quotes stand at it.

    """

    start: int
    end: int
    text: str
    label: Label
    marked: bool


class Bracket(NamedTuple):
    """A bracket's inside.

    Args:
        start: position behind the opening sign.
        end: position of the closing sign.

    """

    start: int
    end: int


def bracket_behind(text: str, end: int) -> Bracket | None:
    """Return the bracket that opens behind a name, dosage forms and signs between them aside.

    Args:
        text: the folded text.
        end: position behind the name.

    """
    between = _BETWEEN.match(text, end)
    opening = between.end() if between else end
    if opening >= len(text) or text[opening] not in "([【":
        return None
    closing = _closing(text, opening)
    return Bracket(opening + 1, closing) if closing else None


def _closing(text: str, opening: int) -> int | None:
    depth = 0
    for at in range(opening, min(len(text), opening + _LONGEST)):
        if text[at] in "([【":
            depth += 1
        elif text[at] in ")]】":
            depth -= 1
            if not depth:
                return at
        elif text[at] == "\n":
            return None
    return None


def pieces(text: str, bracket: Bracket) -> Iterator[Piece]:
    """Yield the entries of a bracket with their labels.

    Args:
        text: the folded text.
        bracket: its inside.

    """
    for found in _PIECE.finditer(text, bracket.start, bracket.end):
        yield piece_at(text, found.start(), found.end())


def piece_at(text: str, start: int, end: int) -> Piece:
    """Return the entry in a stretch: `商品名:"威络益"` is 威络益, a brand.

    Args:
        text: the folded text.
        start: first position.
        end: position behind the last one.

    """
    label: Label = ""
    left, right = start, end
    while left < right and text[left] in _OPENING:
        left += 1
    for kind, pattern in _LABELS:
        found = pattern.match(text, left, right)
        if found:
            label, left = kind, found.end()
            break
    marked = False
    while left < right and text[left] in _OPENING:
        marked |= text[left] not in " :"
        left += 1
    while right > left and text[right - 1] in _CLOSING:
        marked |= text[right - 1] != " "
        right -= 1
    return Piece(left, right, text[left:right], label, marked)
