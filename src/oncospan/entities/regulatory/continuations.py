"""Words that go on with the decision told last, of another drug or by another agency: 紧随其后, 亦然, 后者则是5月."""

from __future__ import annotations

import re

from oncospan.entities.regulatory.wording import Around, Decision

_DATE_ONLY = re.compile(
    r"(?:则|也|亦|是|为|在|于|则是|早在|晚至|:)*(?:(?:\d{2,4}|同|次|当|今|去|翌)年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:[初底末]|[上中下]旬)?\Z"
)
#: `获批时间分别为2022年6月、2024年9月和2025年6月`
_DATES = re.compile(r"(?:分别|依次|先后)(?:为|是|在|于)?(?:[\d年月日号同去今、和与及,]|至){4,60}\Z")
_NO_CONTRAST = re.compile(
    r"[前后]者|[首前]次|批|准|受理|认定|资格|申请|撤|时间|日期|数据|研究|试验|上市|启动|入组|发布|公布|完成|成立|创立|医保"
)
_NO_DRUG_FOLLOWS = re.compile(r"销售|销量|收入|营收|股价|疗效|ORR|缓解率|发生率|占比|比例|排名|市场|研发|企业|药企")


def read_follow(around: Around) -> Decision | None:
    """`欧盟委员会7月跟进`, `Y同年6月亦然`: the decision told last, again."""
    if _NO_DRUG_FOLLOWS.search(around.before):
        return None
    return Decision("same", "follow") if re.match(r"(?:了)?(?:\Z|\()|批准|放行", around.after) else None


def read_entry(around: Around) -> Decision | None:
    """`Y同步进入`, `Y也都在列`: into the list told last."""
    entered = re.match(r"\Z", around.after) and not _NO_DRUG_FOLLOWS.search(around.before)
    return Decision("same", "follow") if entered else None


def read_contrast(around: Around) -> Decision | None:
    """`欧盟则要等到2021年11月`, `美国则是2013年11月`: another agency or another drug, and nothing but its date."""
    named = re.search(r"(?:\A|[:(])[^,。;:(]{2,16}\Z", around.before) and not _NO_CONTRAST.search(around.before)
    after = "分别" + around.after if around.word == "则分别" else around.after
    dated = re.search(r"\d|同年|同月", after) and (_DATE_ONLY.match(after) or _DATES.match(after))
    return Decision("same", "date") if named and dated else None


def read_heading(around: Around) -> Decision | None:
    """`本周共3个品种被纳入:…`, `A、B入选。`: into what, the heading says."""
    told = around.before + around.after[:30]
    if re.search(r"突破|优先|孤儿|医保|目录|指南|名册|研究|试验|入组|患者|队列|指数|榜", told):
        return None
    return Decision("headed", "passive") if re.match(r"\Z|:|\(|名单|公示", around.after) else None


def read_date(around: Around) -> Decision | None:
    """`后者则是2022年12月12日`, `首次为2024年5月`: a clause that tells nothing but another date."""
    after = around.after
    if around.word.endswith(("时间", "日期")) and re.search(r"[^:(]{2}\Z", around.before):
        told = re.match(r"(?:分别|依次)?[为是在:](?=(?:19|20)?\d|今年|去年)", after) and "有望" not in around.before
        return Decision("approval", "passive") if told else None
    alone = re.search(r"(?:\A|[:(])(?:其中)?\Z", around.before)
    dated = re.search(r"\d|同年|同月", after) and (_DATE_ONLY.match(after) or _DATES.match(after))
    return Decision("same", "date") if alone and dated else None
