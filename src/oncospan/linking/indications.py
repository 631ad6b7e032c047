"""What a decision is for: the disease and the patients, as the text states them behind (or before) the decision."""

from __future__ import annotations

import re
from typing import NamedTuple

from oncospan.linking.reading import Reading
from oncospan.model import Span

_USE = (
    r"(?:单药|联合化疗|联合[^,。;()]{2,24}?)?(?:,)?"
    r"(?:(?:适应症|适应证)(?:为|是|均为|包括|:)|适用于|用于|用以|(?:用作|作为)(?=[^,。;]{2,40}(?:治疗|用药|方案|药物))|治疗(?=[^,。;]{2,40}(?:癌|瘤|病|症|患者)))"
)
_NAMED = re.compile(rf"{_USE}(?:治疗|一线治疗|二线治疗|辅助治疗)?(?P<words>[^。;\n]{{2,160}})")
_DIRECT = re.compile(
    r"(?:上市|其|该药|了|的|单药|联合化疗|一线|二线|三线|后线|治疗|新增){0,3}"
    r"(?!疗法|认定|资格|开展|进行|启动)(?P<words>[^,。;()\n]{2,40}?(?:癌|瘤|病|症(?!状)|(?<![A-Za-z])[A-Z]{1,2}-?[A-Z]{1,5}(?![A-Za-z0-9-])|患者|人群|适应症)(?:[、和与及][^,。;、()\n和与及]{1,14}(?:癌|瘤|病|症(?!状)))*(?:等?[^,。;()\n的]{0,6}适应症)?)"
)
_BEFORE = re.compile(
    r"(?:用于|治疗)(?P<words>(?!的)[^,。;\n]{2,70}?)(?:的)?(?:新)?(?:适应症)?(?:的)?(?:上市|补充|新药|生物制品|注册|许可){0,3}(?:申请|适应症)"
)
#: Where the words stop being about patients.
_STOPS = re.compile(
    r",(?=[^,]{0,14}(?:获|被|成为|这|该|其|是|标志|商品名|联合方案|也|并|同时|此|为国内|为全球|基于|依据|公示|限(?!制)|目前|从而|填补|支持|由|首个|而|但|不过|此前|随后|国内|海外|ORR|中位|与|较|凭|则(?=于|在|已|也|由|获|尚|仍)|药监局))"
    r"|\((?=[^()]{0,40}(?:\d{4}年|该适应症|尚未|研究|NCT|ORR|PFS|HR))|(?<!\d):|——|,(?=\d{4}年|\d{1,2}月|[A-Z][A-Za-z0-9-]{3,}(?: ?\d+)?(?:研究|试验|中|\d)|[^,]{0,24}(?:研究|试验|\d例))"
    r"|的(?:新药|上市|注册|补充|生物制品|许可){0,3}申请|的上市许可|的?(?:\d ?类)?创?新药|,(?:其中)?包括(?=[^,。;]{0,10}(?:的|、)?[A-Z])"
)
_CLAUSE_END = re.compile(r"[,。;\n]")
_TRIM = " ,、:的(“”"
#: `用于治疗X`, `在美国的X适应症`: words ahead of the disease.
_LEAD = re.compile(r"(?:在[^,。;]{1,6}的|(?:单药)?(?:适?用于)?治疗(?!失败|后|进展))")
#: `已获批两项适应症` counts them and names none.
_COUNTED = re.compile(r"第?[\d一二两三四五六七八九十]{1,3}[项个](?:新)?适应症")
_REFERRED = re.compile(r"(?:该|同一|上述|此|前述|这一)(?:项|个|两项|三项)?(?:新)?适应症")


class Indication(NamedTuple):
    """What a decision is for.

    Args:
        words: the article's own characters.
        span: where they stand in the folded text.
    """

    words: str
    span: Span


#: An agency stands this near the comma that begins its clause.
_NEXT_AGENCY = 6


def find_indication(reading: Reading, since: int, event: Span, stop: int) -> Indication | None:
    """Return what a decision is for, or None where the text does not say.

    Args:
        reading: the article.
        since: where the decision's own stretch begins.
        event: its word.
        stop: where the next decision begins, or the sentence ends.
    """
    text = reading.text
    found = _NAMED.search(text, event.end, min(stop, event.end + 200))
    if found and _follows(text[event.end : found.start()]):
        return _cut(reading, found)
    clause_end = _CLAUSE_END.search(text, event.end, stop)
    end = clause_end.start() if clause_end else stop
    direct = _DIRECT.match(text, event.end, end)
    named = reading.within(*direct.span("words"), "DRUG") if direct else []
    if named:
        direct = _DIRECT.match(text, named[-1].end, end)
    found = direct or _BEFORE.search(text, since, event.start)
    indication = _cut(reading, found) if found else None
    return indication if indication and not reading.within(*indication.span, "DRUG", "AGENCY") else None


def _follows(gap: str) -> bool:
    """Tell whether words of use belong to the decision: in its clause, or at the head of the next one."""
    return len(gap) <= 60 and ";" not in gap and gap.count(",") <= 1 and len(gap.partition(",")[2]) <= 12


def _cut(reading: Reading, found: re.Match[str]) -> Indication | None:
    text = reading.text
    start, end = found.span("words")
    stops = _STOPS.search(text, start, end)
    end = stops.start() if stops else end
    for agency in reading.within(start, end, "AGENCY"):
        # `用于黑色素瘤,卫生署则于2024年7月批准该药`: another agency begins another decision
        comma = text.rfind(",", start, agency.start)
        end = comma if 0 <= comma < end and agency.start - comma <= _NEXT_AGENCY else end
    closes = _unopened(text, start, end)
    end = end if closes is None else closes
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    while start < end and text[start] in _TRIM:
        start += 1
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    if end - start < 2 or _REFERRED.fullmatch(text, start, end) or _COUNTED.fullmatch(text, start, end):
        return None
    return Indication(text[start:end], Span(start, end))


def _unopened(text: str, start: int, end: int) -> int | None:
    """Return where a bracket closes that was opened before the words."""
    depth = 0
    for place in range(start, end):
        if text[place] == "(":
            depth += 1
        elif text[place] == ")":
            if not depth:
                return place
            depth -= 1
    return None


def refers_back(text: str) -> bool:
    """Tell whether a clause speaks of the indication told before: 该适应症."""
    return bool(_REFERRED.search(text))
