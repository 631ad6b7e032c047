"""Words that go on with the decision told last, of another drug or by another agency: 紧随其后, 亦然, 后者则是5月."""

from __future__ import annotations

import re

from oncospan.entities.regulatory.wording import Around, Decision

_DATE_ONLY = re.compile(
    r"(?:则|也|亦|是|为|在|于|则是|早在|晚至|:)*(?:(?:\d{2,4}|同|次|当|今|去|翌)年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:[初底末]|[上中下]旬)?\Z"
)
_NO_DRUG_FOLLOWS = re.compile(r"销售|销量|收入|营收|股价|疗效|ORR|缓解率|发生率|占比|比例|排名|市场|研发|企业|药企")


def read_follow(around: Around) -> Decision | None:
    """`欧盟委员会7月跟进`, `Y同年6月亦然`: the decision told last, again."""
    if _NO_DRUG_FOLLOWS.search(around.before):
        return None
    return Decision("same", "follow") if re.match(r"\Z|(?:了)?\Z|批准|放行", around.after) else None


def read_entry(around: Around) -> Decision | None:
    """`Y同步进入`, `Y也都在列`: into the list told last."""
    entered = re.match(r"\Z", around.after) and not _NO_DRUG_FOLLOWS.search(around.before)
    return Decision("same", "follow") if entered else None


def read_date(around: Around) -> Decision | None:
    """`后者则是2022年12月12日`, `首次为2024年5月`: a clause that tells nothing but another date."""
    after = around.after
    alone = re.search(r"(?:\A|[:(])(?:其中)?\Z", around.before)
    dated = re.search(r"\d|同年|同月", after) and _DATE_ONLY.match(after)
    return Decision("same", "date") if alone and dated else None
