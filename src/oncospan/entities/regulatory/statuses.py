"""How a status that an agency grants is worded: priority review, breakthrough therapy, orphan drug."""

from __future__ import annotations

import re

from oncospan.entities.regulatory.wording import Around, Decision

_GRANT_BEFORE = re.compile(
    r"(?:授予|获|纳入|拿到|斩获|列入|给予|取得|得到|拿下|颁发|赋予|认定|公布|收获|收到|列为|授|加入|进入|享有)"
)
_STATUS_AFTER = re.compile(
    r"(?:性)?(?:药物?|治疗|疗法|药品|器械|新药)?[”\"]?(?:药物?|品种|疗法)?(?:\(?(?:BTD|ODD|BTDR)\)?)?(?:资格)?(?:的)?"
    r"(?:认定|资格|品种|认证|称号|名单|程序|公示名单|身份|地位|待遇)"
)
_PRAISE_AFTER = re.compile(
    r"(?:性)?(?:进展|成果|成就|发现|意义|创新|疗效|数据|结果|技术|变化|的?市场|研发|政策|企业|公司)"
)
_LOST_BEFORE = re.compile(r"(?:撤销|撤回|取消|失去|申请|符合)\Z")
#: `经优先审评程序获批` tells the way, no decision of its own.
_WAY_BEFORE = re.compile(r"(?:经|通过|按照?|以|适用|走)(?:了)?\Z")


def read_priority(around: Around) -> Decision | None:
    """优先审评 that was granted; a voucher (优先审评券) is goods."""
    before, _, after = around
    if re.match(r"(?:审批)?(?:券|凭证)", after) or re.search(r"(?:申请|符合|支持)\Z", before):
        return None
    if _WAY_BEFORE.search(before):
        return None
    if not (_GRANT_BEFORE.search(before) or re.match(r"(?:审批)?(?:资格|认定|程序|品种|通道|名单)", after)):
        return None
    return Decision("priority_review", _grant_voice(before))


def read_breakthrough(around: Around) -> Decision | None:
    """突破性治疗品种, 突破性疗法认定, and 授予突破性疗法; 取得突破性进展 is praise."""
    return _read_status(around, "breakthrough_designation")


def read_orphan(around: Around) -> Decision | None:
    """孤儿药资格, and 授予孤儿药."""
    return _read_status(around, "orphan_designation")


def _read_status(around: Around, event: str) -> Decision | None:
    before, word, after = around
    if _PRAISE_AFTER.match(after) or _LOST_BEFORE.search(before):
        return None
    if _STATUS_AFTER.match(after) or word in ("btd", "odd"):
        return Decision(event, _grant_voice(before))
    closes = re.match(r"(?:性)?(?:疗法|治疗|药物?)?(?:\Z|\(|\)|与|和|及|以及|、)", after)
    granted = re.search(_GRANT_BEFORE.pattern + r"[^,。;]{0,16}\Z", before)
    return Decision(event, _grant_voice(before)) if closes and granted else None


def _grant_voice(before: str) -> str:
    active = re.search(r"(?:授予|将[^,。;]{1,24}纳入|给予|把[^,。;]{1,24}纳入|赋予)[^,。;]{0,24}\Z", before)
    suffered = re.search(r"(?:获|被)(?:[^,。;]{0,12})(?:授予|给予)", before)
    return "active" if active and not suffered else "passive"


def read_same(around: Around) -> Decision | None:
    """`也授予了同一资格`: the decision told last, by another agency."""
    granted = re.search(r"(?:授予|获|给予|拿到|批准)[^,。;]{0,14}\Z", around.before)
    return Decision("same", _grant_voice(around.before)) if granted else None
