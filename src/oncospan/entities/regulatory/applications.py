"""How applications fare: filed, accepted, refused, withdrawn."""

from __future__ import annotations

import re

from oncospan.entities.regulatory.wording import TRIAL_APPLICATION, Around, Decision, voice_of

_NOT_A_FILING = re.compile(r"专利|港交所|招股|IPO|融资|科创板|股票|年报|财报|议案|提案")
_FILED_AHEAD = re.compile(
    r"(?:了|其|该药|该|的)?[^,。;]{0,40}?(?:上市|NDA|BLA|MAA|新药申请|许可申请|注册申请|新适应症申请|适应症(?:的)?(?:上市)?申请)",
    re.IGNORECASE,
)
_FILED_BEHIND = re.compile(
    r"(?:上市|新药|许可|注册|适应症|NDA|BLA|MAA)(?:许可)?(?:的)?(?:申请)?(?:\([A-Za-z]+\))?"
    r"(?:已|已经|也|均|于|在|向|正式|完成)?[^,。;]{0,20}\Z",
    re.IGNORECASE,
)
_NO_WITHDRAWAL = re.compile(r"申请[^,。;]{0,30}\Z")
_NO_SHARE = re.compile(r"股票|股份|新三板|交易所|董事|证券|资格|公司")
_REFUSED = re.compile(
    r"(?:了)?(?:其|批准|[^,。;]{0,18}?(?:上市|申请|适应症)|\Z|\(|(?:将|把)[^,。;]{0,10}?(?:转为|转成|升级为)(?:完全|常规|正式)批准)"
)


def read_acceptance(around: Around) -> Decision | None:
    """受理 of a marketing application; 拒绝受理 refuses to file it."""
    before, _, after = around
    told = before + after
    if before.endswith("拒绝"):
        return Decision("rejection", "active")
    if re.search(r"(?:不予|不)\Z", before) or re.match(r"(?:号|费|点|窗口|中心|部门|通知书编号|案件)", after):
        return None
    product = re.search(r"(?:品种|该药|新药|产品)[^,。;]{0,14}\Z", before) or "优先审评" in after
    if not (re.search(r"申请|NDA|BLA|MAA|上市", told, re.IGNORECASE) or product):
        return None
    if TRIAL_APPLICATION.search(told) and not re.search(r"上市|NDA|BLA", told, re.IGNORECASE):
        return None
    return Decision("application_accepted", "passive" if "申请" in before else voice_of(before))


def read_reception(around: Around) -> Decision | None:
    """`Swissmedic接受其上市申请`."""
    filed = re.match(
        r"(?:了)?(?:[^,。;]{0,24}?)(?:上市(?:许可)?申请|新药申请|生物制品许可申请|NDA|BLA|MAA)",
        around.after,
        re.IGNORECASE,
    )
    heard = filed and not re.match(r"[^,。;]{0,30}?(?:(?<!优先)审[查评]|审核)", around.after)
    return Decision("application_accepted", voice_of(around.before)) if heard else None


def read_rejection(around: Around) -> Decision | None:
    """完整回复函, 拒绝批准, 驳回, 遭拒."""
    before, word, after = around
    if re.match(r"(?:了)?[^,。;]{0,12}?(?:路径|通道|途径)", after):
        return None
    if word == "拒绝" and (not _REFUSED.match(after) or re.match(r"受理", after)):
        return None
    if word == "拒绝" and not re.search(r"FDA|EMA|NMPA|局|署|委员会|CRL|回复|回应|申请|上市|批准", before + after):
        return None
    if word in ("驳回", "否决", "遭拒", "被拒"):
        told = re.search(
            r"申请|上市|NDA|BLA|批准|FDA|EMA|NMPA|在(?:美国|欧洲|欧盟|日本|中国)", before + after, re.IGNORECASE
        )
        return Decision("rejection", voice_of(before + word)) if told else None
    return Decision("rejection", voice_of(before))


def read_withdrawal(around: Around) -> Decision | None:
    """撤回适应症, 撤销批准, 撤市, 退出美国市场; an application withdrawn is none, nor a share delisted."""
    before, word, after = around
    told = before + after
    if (
        re.match(r"[^,。;]{0,20}?申请(?!书)", after)
        or _NO_WITHDRAWAL.search(before)
        or (word != "撤市" and _NO_SHARE.search(before[-14:] + after))
    ):
        return None
    if word in ("撤市", "退市"):
        return Decision("withdrawal", "passive")
    if word in ("退出", "撤出"):
        left = re.match(r"(?:了)?[^,。;]{0,8}市场", after)
        return Decision("withdrawal", "passive") if left else None
    if word == "终止":
        ended = re.search(r"(?:批准|许可)[^,。;]{0,16}\Z", before)
        return Decision("withdrawal", "passive") if ended else None
    named = re.search(r"批准|许可|适应症|上市|市场", told) or re.search(r"从[^,。;]{1,6}\Z", before)
    passive = re.search(r"(?:适应症|许可|批准)[^,。;]{0,20}\Z", before) and not re.match(r"(?:了|其|对)", after)
    return Decision("withdrawal", "passive" if passive else voice_of(before)) if named else None


def read_application(around: Around) -> Decision | None:
    """递交上市申请, 向FDA申报上市, 上市申请已提交; an application for a trial, or of a patent, is none."""
    before, word, after = around
    if TRIAL_APPLICATION.search(before[-16:] + after[:24]) or _NOT_A_FILING.search(before + after):
        return None
    if re.match(r"的[^,。;]{0,40}(?:受理|获批|批准|核准)", after) or re.search(
        r"(?:接受|受理)了?[^,。;]{0,24}\Z", before
    ):
        return None
    ahead = _FILED_AHEAD.match(after)
    if word == "申请" and not re.match(r"(?:了)?(?:在[^,。;]{1,8})?上市", after):
        return None
    if ahead:
        return Decision("application", "active")
    filed = re.search(r"完成[^,。;]{0,40}(?:NDA|BLA|MAA|上市申请|新药申请)(?:的)?\Z", before, re.IGNORECASE)
    placed = word == "申报" and re.match(r"\Z|的", after) and re.search(r"(?:在|向)[^,。;]{1,12}\Z", before)
    placed = placed or (re.match(r"(?:了)?申请\Z", after) and re.search(r"就[^,。;]{0,12}适应症", before))
    behind = "申请" in before and _FILED_BEHIND.search(before)
    return Decision("application", "passive") if placed or behind or filed else None


def read_review(around: Around) -> Decision | None:
    """`正在接受EMA的审查`: an application lies there."""
    pending = re.search(r"(?:正在|正)接受[^,。;]{0,20}\Z", around.before)
    return Decision("application", "passive") if pending else None
