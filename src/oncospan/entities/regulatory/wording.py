"""What every reader of decisions is given, what it answers, and the words they share."""

from __future__ import annotations

import re
from typing import NamedTuple


class Around(NamedTuple):
    """A trigger with its clause.

    Args:
        before: the clause up to the trigger, at most 40 characters.
        word: the trigger.
        after: the clause behind it, at most 100 characters.
    """

    before: str
    word: str
    after: str


class Decision(NamedTuple):
    """What an expression says an agency did.

    Args:
        event: as the annotation guidelines name it; `same` for the decision told last, `listed` for an entry in a
            catalogue that only the article names.
        voice: `passive` (X 获批), `active` (FDA 批准 X), `denied` (谈判失败: the word itself says no), `listing`
            (纳入医保: the agency is not named), `extension` (扩展至一线), `follow` (紧随其后) or `date` (后者则是5月).
    """

    event: str
    voice: str


PASSIVE = re.compile(
    r"(?:获(?!悉|益|知|取)|被|经|得到|取得|受到|收到|喜提|斩获|拿到|迎来|等来|拿下|由|转为|转成|升级为|遭)[^,。;]{0,26}\Z|的\Z"
)
TRIAL_APPLICATION = re.compile(r"IND|临床试验申请|临床申请|临床研究申请|CTA", re.IGNORECASE)


def voice_of(before: str) -> str:
    """Tell whether the drug suffers the decision (`passive`) or the agency acts (`active`)."""
    return "passive" if PASSIVE.search(before) else "active"
