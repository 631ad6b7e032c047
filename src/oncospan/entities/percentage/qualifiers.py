"""Words that bound a percentage: 约, 超过, 不足, 以上; emphasis (高达, 仅, 达) bounds nothing."""

from __future__ import annotations

import re

from oncospan.matching.pattern import ending, match_ending
from oncospan.model import Qualifier

#: A light verb or 的 may stand between the word and the number: 约占, 超过了, 不足全部的.
_LINK = r"(?:了|占|为|有|达|到|在|是|可达|高达|[仅只]有?|:)?(?:到|为)?(?:全部|总)?(?:人群的?)? ?[“\"]?"
_NOT = r"(?:不|未|没有?|难以?)(?:会|能|曾|再)?"
_MORE = r"(?:超过|超出|突破|逾|大于|多于|高于|超)"
_LESS = r"(?:低于|少于|小于|下于?)"


#: What is denied (不超过) or joined (大于等于) starts or runs further than the bare word in it, so the first match wins.
_BEFORE = ending(
    # 以腺癌最多96% names the most frequent one
    rf"(?:(?P<le>{_NOT}{_MORE}|{_LESS}或?等于|等于或{_LESS}|至多|(?<![一-鿿])最多|(?<=[只也仅可将有])最多"
    r"|≤|<=|≯|up to|at most|no more than)"
    rf"|(?P<ge>{_NOT}{_LESS}|{_MORE}或?等于|等于或{_MORE}|达到?[或及]{_MORE}|至少|起码|最少"
    r"|≥|>=|≮|at least|no less than)"
    r"|(?P<lt>不足|不及|不满|未满|(?:[不未没]|没有)[达到]到?|达不到|低于|少于|小于|<"
    r"|(?<![a-z])(?:less than|under|below|fewer than))"
    # 彩超 and B超 are sonography
    r"|(?P<gt>超过|超出|突破|逾|大于|多于|高于|(?<![-=])>|(?<![不彩B])超"
    r"|(?<![a-z])(?:more than|over|above|greater than))"
    # 节约30% saves that much; behind a sign `~` is the dash of a range that was not read;
    # 约占胃癌器官转移的38%: the share is named between the word and the number
    r"|(?P<about>约占[^,。;、0-9%()]{1,14}的|(?<![节签合制契预])约(?:莫|等于)?|大概|(?<![最附])近[乎似]?"
    r"|接近于?|逼近|趋近于?|≈|(?<![%‰\d])~|差不多|(?<![a-z])(?:about|approximately|around|nearly|almost|some))"
    rf") ?{_LINK}"
)
#: Something of every such word, so that most numbers are passed over.
_BOUNDED = re.compile(r"[超突逾于下约近概满不未没≤<≯≥>≮≈~a-z]|[至最][多少]|起码|差不多")
_BEHIND = re.compile(
    r" ?(?:(?P<ge>(?:\(含\)|及|或)?以上|之上|或更高|\+(?=[的,。;、)]|患者|病人|$))|(?P<about>左右|上下|前后|出头)"
    r"|(?P<le>以内|之内|或以下|及以下)|(?P<lt>以下|之下)"
    # 60%多为女性 says for the most part
    r"|(?P<gt>[多余](?=[的,。;、)]|患者|病人|$)))"
)
_QUALIFIERS: dict[str, Qualifier] = {"ge": "ge", "gt": "gt", "about": "about", "le": "le", "lt": "lt"}
#: The number opens a chain: 1%≤TPS<50%.
_CHAIN = re.compile(r" ?(?P<sign>≤|<=|<) ?[A-Za-z一-鿿]{1,8}[^。;<≤]{0,8}[<≤]")


def find_qualifier(text: str, start: int, end: int) -> Qualifier:
    """Return what bounds the number at `text[start:end]`.

    Args:
        text: the folded text.
        start: first position of the mention.
        end: position behind it.
    """
    bounded = _BOUNDED.search(text, max(0, start - 22), start)
    found = match_ending(_BEFORE, text, start, 22) if bounded else None
    before = _QUALIFIERS[found.lastgroup or ""] if found else None
    behind = _BEHIND.match(text, end)
    kind = behind.lastgroup if behind else None
    if before and not (before == "about" and kind == "ge"):
        return before
    chain = _CHAIN.match(text, end)
    if chain:
        return "gt" if chain["sign"] == "<" else "ge"
    return _QUALIFIERS.get(kind or "", "eq")
