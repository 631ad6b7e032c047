"""Words that bound a percentage: 约, 超过, 不足, 以上; emphasis (高达, 仅, 达) bounds nothing."""

from __future__ import annotations

import re

from oncospan.matching.pattern import ending, match_ending
from oncospan.model import Qualifier

#: Tried in this order; 不超过 goes before 超过. A light verb or 的 may stand between the word and the number.
_LINK = r"(?:了|占|为|有|达|到|在|是|可达|高达|:)?(?:全部|总)?(?:人群的?)? ?[“\"]?"
_BEFORE: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (
        ending(
            rf"(?:不超过|不超|不大于|不高于|不多于|至多|最多(?=不|仅|只|为|可)|最高不超过|≤|<=|up to|at most|no more than) ?{_LINK}"
        ),
        "le",
    ),
    (ending(rf"(?:不低于|不少于|不小于|不下于?|至少|起码|最少|≥|>=|at least|no less than) ?{_LINK}"), "ge"),
    (ending(rf"(?:超过|超出|突破|逾|大于|多于|高于|>|more than|over|above|greater than|(?<![不])超) ?{_LINK}"), "gt"),
    (ending(rf"(?:低于|不足|不到|未达|未到|少于|小于|不满|<|less than|under|below|fewer than) ?{_LINK}"), "lt"),
    (
        ending(
            rf"(?:大约|大概|约莫|约|将近|接近|近|几近|≈|~|差不多|about|approximately|around|nearly|almost|some) ?{_LINK}"
        ),
        "about",
    ),
    # 约占胃癌器官转移的38%: the share is named between the word and the number
    (ending(r"约占[^,。;、0-9%()]{1,14}的? ?"), "about"),
)
_BEHIND = re.compile(
    r" ?(?:(?P<ge>及?以上|或以上|之上|或更高)|(?P<about>左右|上下|前后|出头)|(?P<le>以内|之内|或以下|及以下)|(?P<lt>以下|之下))"
)


def find_qualifier(text: str, start: int, end: int) -> Qualifier:
    """Return what bounds the number at `text[start:end]`.

    Args:
        text: the folded text.
        start: first position of the mention.
        end: position behind it.
    """
    before = next((name for pattern, name in _BEFORE if match_ending(pattern, text, start, 22)), None)
    behind = _BEHIND.match(text, end)
    kind = behind.lastgroup if behind else None
    if before and not (kind == "ge" and before == "about"):
        return before
    if kind == "ge":
        return "ge"
    if kind == "about":
        return "about"
    if kind == "le":
        return "le"
    return "lt" if kind == "lt" else "eq"
