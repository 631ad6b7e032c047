"""Columns and lists of values: which heads a value may stand under, and how far a list of values runs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncospan.linking.stream import JOINTS, Head, Token, Value
from oncospan.linking.treatments import Treatment

_INSIDE = re.compile(r"\([^()]*\)?")
_VERSUS_BEFORE = re.compile(r" ?(?:vs?\.?|对|比|、|和|与) ?\Z", re.IGNORECASE)
_MOVES = re.compile(r" ?[,;]? ?(?:延长|延|推|拉|改善|提高|提升|升|增|拉长|降|缩短|下降)?(?:了)?(?:至|到|为)? ?")
_HEAD_FOLLOWS = re.compile(
    r"\)? ?的?(?:患者|受试者|病人|病例)?(?:中)?(?:达到|达|获得|获|取得|实现|出现|表现出|为|达成)?(?:了|的)?(?:确认的)?"
)


def in_idle_bracket(text: str, token: Token, following: Sequence[Token], heads: Sequence[Head]) -> bool:
    """Tell whether a head in brackets without a value of its own explains the head before it: ORR(包括PR-L)."""
    opened = text.rfind("(", max(0, token.start - 30), token.start)
    if opened < 0 or ")" in text[opened : token.start] or not heads:
        return False
    closed = text.find(")", token.end)
    return not any(isinstance(other.content, Value) and other.start < closed for other in following)


def value_run(text: str, tokens: Sequence[Token], index: int) -> list[Token]:
    """Return the tokens of the list of values that starts here, with what stands between them.

    Args:
        text: the folded text.
        tokens: the clause.
        index: the first value's place among them.
    """
    last = index
    for place in range(index + 1, len(tokens)):
        token = tokens[place]
        if isinstance(token.content, Value):
            if not _goes_on(text, tokens, last, place):
                break
            last = place
        elif isinstance(token.content, Head) or token.kind in ("ratio", "trial"):
            break
    return list(tokens[index : last + 1])


def _goes_on(text: str, tokens: Sequence[Token], last: int, place: int) -> bool:
    """Tell whether two values belong to one list: 46%和22%, 从7.3个月延长至15.0个月, 46% vs 多西他赛组22%."""
    between = text[tokens[last].end : tokens[place].start]
    if any(isinstance(token.content, Treatment) for token in tokens[last + 1 : place]):
        if place - last != 2:
            return False
        close = re.fullmatch(r" ?(?:的|为|是|仅)?", text[tokens[place - 1].end : tokens[place].start])
        return bool(close and _VERSUS_BEFORE.match(text[tokens[last].end : tokens[last + 1].start]))
    stripped = _INSIDE.sub("", between).replace(")", "")
    if JOINTS.fullmatch(stripped.strip() and stripped):
        return True
    return bool(_MOVES.fullmatch(stripped) and re.search(r"至|到", stripped))


def head_behind(text: str, tokens: Sequence[Token], run: Sequence[Token]) -> Head | None:
    """Return the head that follows its value: 23.7%的ORR, 46%的患者达到客观缓解."""
    for token in tokens:
        if token.start < run[-1].end or not isinstance(token.content, Head):
            continue
        between = text[run[-1].end : token.start]
        told = token.content.measure in ("rate", "event") or (
            token.content.measure == "time" and between.strip() == "的"
        )
        fits = _HEAD_FOLLOWS.fullmatch(between) and between.strip() and told
        return token.content if fits else None
    return None
