"""How each kind of decision is worded: what must, and what must not, stand around its trigger within the clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Around(NamedTuple):
    """A trigger with its clause.

    Args:
        before: the clause up to the trigger, at most 40 characters.
        word: the trigger.
        after: the clause behind it, at most 44 characters.
    """

    before: str
    word: str
    after: str


class Decision(NamedTuple):
    """What an expression says an agency did.

    Args:
        event: as the annotation guidelines name it.
        voice: `passive` (X 获批), `active` (FDA 批准 X) or `listing` (医保, whose agency is not named).
    """

    event: str
    voice: str


_PASSIVE = re.compile(
    r"(?:获(?!悉|益|知|取)|被|经|得到|取得|受到|收到|喜提|斩获|拿到|迎来|等来|拿下|由|转为|转成|升级为)[^,。;]{0,26}\Z|的\Z"
)
_CONDITIONAL = re.compile(
    r"(?:加速|附条件|有条件|条件性|附带条件|条件)(?:性)?(?:地)?(?:获得?|给予|上市)?(?:的)?\Z", re.IGNORECASE
)
_CONDITIONAL_PATH = re.compile(
    r"加速(?:审批|批准|核准)(?:程序|通道|路径|途径|方式)|附条件(?:上市|批准)?(?:程序|的方式|方式|形式)|有条件(?:批准|上市)?的?(?:方式|形式)"
)
_CONDITIONAL_AFTER = re.compile(r"(?:其|该药|的)?(?:附条件|有条件|条件性)")
_CLINICAL_BEFORE = re.compile(
    r"(?:IND|新药临床|临床试验|临床研究|临床试用|临床)(?:的)?(?:申请|注册申请)?(?:\((?:IND|CTA)\))?(?:先后|相继|已|均|也|又|再)?(?:获得?|被|得到|于?)?[^,。;上市]{0,18}\Z",
    re.IGNORECASE,
)
_CLINICAL_AFTER = re.compile(
    r"(?:的)?(?:其|该药|本品|公司|在[^,。;]{1,8})?(?:开展|进行|启动|进入|用于开展|启动开展)[^,。;]{0,40}?(?:临床|试验|研究|期)"
    r"|(?:了|的)?(?:[^,。;上市]{0,16}?的)?(?:IND|临床试验|临床研究|新药临床|临床(?!急需|获益|应用|使用|价值|治疗|需求|上))",
    re.IGNORECASE,
)
_NO_DECISION_AFTER = re.compile(
    r"(?:文号|部门|机构|流程|程序(?!序)|文件|时间|日期|状态|情况|进程|进度|概率|标准|门槛|前景|可能|转(?:为|换|成|变)|升级|件|的?适应症(?:包括|为|有|数|中|外|范围|相同)|率|数量|机会|难度|之路|在即|可期)"
)
_UNDONE_BEFORE = re.compile(
    r"(?:撤销|撤回|终止|取消|拒绝|不予|未予|收回)(?:了|其|对[^,。;]{0,12}的|该|该适应症的|上市|加速|附条件|的|了其)*\Z"
)
_UNDONE_AFTER = re.compile(r"[^,。;]{0,14}?(?:终止|被撤|撤销|撤回|取消)")
_FINAL = re.compile(r"(?:了)?\Z")
_MARKETING = re.compile(
    r"上市|NDA|BLA|MAA|新药申请|注册申请|适应症|生物制品许可|药品许可|许可申请|新药上市|进口|注册", re.IGNORECASE
)
_TRIAL_APPLICATION = re.compile(r"IND|临床试验申请|临床申请|临床研究申请|CTA", re.IGNORECASE)
_GRANT_BEFORE = re.compile(
    r"(?:授予|获|纳入|拿到|斩获|列入|给予|取得|得到|拿下|颁发|赋予|认定|公布|收获|收到|列为|授|加入|进入|通过|享有)"
)
_STATUS_AFTER = re.compile(
    r"(?:性)?(?:药物?|治疗|疗法|药品|器械|新药)?(?:药物?|品种|疗法)?(?:\(?(?:BTD|ODD|BTDR)\)?)?(?:资格)?(?:的)?(?:认定|资格|品种|认证|称号|名单|程序|公示名单|身份|地位|待遇)"
)


def read_approval(around: Around) -> Decision | None:
    """批准, 获批, 核准, 放行: approval, conditional approval, or leave to begin a trial."""
    before, word, after = around
    if _NO_DECISION_AFTER.match(after) or _UNDONE_BEFORE.search(before) or _UNDONE_AFTER.match(after):
        return None
    passive = word in ("获批", "获准") or bool(_PASSIVE.search(before))
    voice = "passive" if passive else "active"
    if _is_clinical(around):
        return Decision("ind_clearance", voice)
    if word in ("许可", "准许"):
        licence = before.endswith(("上市", "条件上市")) and not re.match(r"申请|持有", after)
        if not (licence and passive):
            return None
    if word == "获准" and not re.match(r"[^,。;]{0,16}?(?:上市|用于|治疗|使用|注册|进口|在)", after):
        return None
    if _CONDITIONAL.search(before) or _CONDITIONAL_PATH.search(before) or _CONDITIONAL_AFTER.match(after):
        return Decision("conditional_approval", voice)
    return Decision("approval", voice)


def _is_clinical(around: Around) -> bool:
    before, _, after = around
    if "上市" in after[:8] or re.match(r"(?:首个|一线|二线|用于)", after):
        return False
    return bool(_CLINICAL_BEFORE.search(before) or _CLINICAL_AFTER.match(after))


def read_clearance(around: Around) -> Decision | None:
    """默示许可 is always one of a trial."""
    return Decision("ind_clearance", "passive")


def read_nod(around: Around) -> Decision | None:
    """点了头, 开绿灯, 放行: the agency is the subject and nothing says otherwise."""
    if re.search(r"医保|入组|资金|董事会|股东|海关", around.before):
        return None
    return Decision("approval", "active")


def read_pass(around: Around) -> Decision | None:
    """`歐盟於2018年8月通過` ends its clause; 通过研究, 通过审查 do not."""
    if _FINAL.match(around.after) and not re.search(
        r"研究|试验|审查|检验|法案|决议|伦理|考核|认证|评审", around.before
    ):
        return Decision("approval", "active")
    return None


def read_conditional(around: Around) -> Decision | None:
    """`附条件上市` without a word of approval beside it."""
    if re.match(r"(?:批准|获批|核准|的?(?:申请|程序|批准))", around.after) or re.search(
        r"(?:批准|获批|核准|获准)\Z", around.before
    ):
        return None
    return Decision("conditional_approval", "passive") if _PASSIVE.search(around.before) else None


def read_indications(around: Around) -> Decision | None:
    """`FDA…同时拿下两项鼻咽癌适应症`, `斩获新适应症`."""
    return Decision("approval", "passive") if re.match(r"[^,。;]{0,14}?适应症", around.after) else None


def read_acceptance(around: Around) -> Decision | None:
    """受理 of a marketing application; 拒绝受理 refuses to file it."""
    before, _, after = around
    told = before + after
    if before.endswith("拒绝"):
        return Decision("rejection", "active")
    if re.search(r"(?:不予|未|不)\Z", before) or re.match(r"(?:号|费|点|窗口|中心|部门|通知书编号)", after):
        return None
    if not re.search(r"申请|NDA|BLA|MAA|上市", told, re.IGNORECASE):
        return None
    if _TRIAL_APPLICATION.search(told) and not re.search(r"上市|NDA|BLA", told, re.IGNORECASE):
        return None
    return Decision("application_accepted", "passive" if _PASSIVE.search(before) or "申请" in before else "active")


def read_priority(around: Around) -> Decision | None:
    """优先审评 that was granted; a voucher (优先审评券) is goods."""
    if re.match(r"(?:审批)?(?:券|凭证)", around.after) or re.search(r"(?:申请|符合|支持)\Z", around.before):
        return None
    if not (
        _GRANT_BEFORE.search(around.before) or re.match(r"(?:审批)?(?:资格|认定|程序|品种|通道|名单)", around.after)
    ):
        return None
    return Decision("priority_review", _grant_voice(around.before))


def read_breakthrough(around: Around) -> Decision | None:
    """突破性治疗品种, 突破性疗法认定, and 授予突破性疗法; 取得突破性进展 is praise."""
    return _read_status(around, "breakthrough_designation")


def read_orphan(around: Around) -> Decision | None:
    """孤儿药资格, and 授予孤儿药."""
    return _read_status(around, "orphan_designation")


def _read_status(around: Around, event: str) -> Decision | None:
    before, word, after = around
    if re.match(
        r"(?:性)?(?:进展|成果|成就|发现|意义|创新|疗效|数据|结果|技术|变化|的?市场|研发|政策|企业|公司)", after
    ) or re.search(r"(?:撤销|撤回|取消|失去|申请)\Z", before):
        return None
    if _STATUS_AFTER.match(after) or word in ("btd", "odd"):
        return Decision(event, _grant_voice(before))
    closes = re.match(r"(?:性)?(?:疗法|治疗|药物?)?(?:\Z|\))", after)
    return (
        Decision(event, _grant_voice(before))
        if closes and re.search(_GRANT_BEFORE.pattern + r"[^,。;]{0,16}\Z", before)
        else None
    )


def _grant_voice(before: str) -> str:
    active = re.search(r"(?:授予|将[^,。;]{1,24}纳入|给予|把[^,。;]{1,24}纳入|赋予)[^,。;]{0,24}\Z", before)
    return "active" if active and not re.search(r"(?:获|被)(?:[^,。;]{0,12})(?:授予|给予)", before) else "passive"


def read_rejection(around: Around) -> Decision | None:
    """完整回复函, 拒绝批准, 驳回."""
    before, word, after = around
    if word == "拒绝" and not re.match(r"(?:了)?(?:其|批准|受理|[^,。;]{0,18}?(?:上市|申请|适应症))", after):
        return None
    if word in ("驳回", "否决") and not re.search(r"申请|上市|NDA|BLA|批准", before + after, re.IGNORECASE):
        return None
    if word == "拒绝" and re.match(r"受理", after):
        return None
    return Decision("rejection", "passive" if _PASSIVE.search(before) else "active")


def read_withdrawal(around: Around) -> Decision | None:
    """撤回适应症, 撤销批准, 撤市, 退出美国市场; an application withdrawn is none, nor a share delisted."""
    before, word, after = around
    told = before[-14:] + after
    if re.match(r"[^,。;]{0,20}?申请(?!书)", after) or re.search(
        r"申请(?:已|被)?(?:主动)?\Z|股票|股份|新三板|交易所|董事|证券|资格", told
    ):
        return None
    passive = "passive" if _PASSIVE.search(before) or word in ("撤市", "退市", "退出", "撤出") else "active"
    if word in ("撤市", "退市"):
        return Decision("withdrawal", "passive")
    if word in ("退出", "撤出"):
        return Decision("withdrawal", passive) if re.match(r"(?:了)?[^,。;]{0,8}市场", after) else None
    if word == "终止":
        return Decision("withdrawal", "passive") if re.search(r"(?:批准|许可)[^,。;]{0,16}\Z", before) else None
    return Decision("withdrawal", passive) if re.search(r"批准|许可|适应症|上市|市场", told) else None


def read_listing(around: Around) -> Decision | None:
    """纳入医保目录, 医保谈判成功: the National Healthcare Security Administration decides."""
    before, _, after = around
    if re.match(
        r"(?:药品)?(?:价|支付价|谈判(?!成功)|基金|控费|报销比例|局|卡|患者|外|前|政策|支付标准|药店|降价)", after
    ) and not re.match(r"[^,。;]{0,20}?谈判成功", after):
        return None
    entered = re.search(
        r"(?:纳入|进入|进了|进|列入|新增|调入|增补|新纳入|跻身|入选)(?:了|到|进)?(?:20\d\d年)?(?:版|新版|最新)?(?:国家)?(?:基本)?\Z",
        before,
    )
    agreed = re.match(r"(?:药品)?(?:目录)?[^,。;]{0,18}?(?:谈判成功|成功谈判|成功纳入|成功进入|准入成功)", after)
    return Decision("nrdl_listing", "listing") if entered or agreed else None


def read_application(around: Around) -> Decision | None:
    """递交上市申请, 向FDA申报上市, 上市申请已提交; an application for a trial, or of a patent, is none."""
    before, word, after = around
    if _TRIAL_APPLICATION.search(before[-16:] + after[:24]) or re.search(
        r"专利|港交所|招股|IPO|融资|科创板|股票", before + after
    ):
        return None
    ahead = re.match(
        r"(?:了|其|该药|该|的)?[^,。;]{0,40}?(?:上市|NDA|BLA|MAA|新药申请|许可申请|注册申请|新适应症申请|适应症(?:的)?(?:上市)?申请)",
        after,
        re.IGNORECASE,
    )
    behind = re.search(
        r"(?:上市|新药|许可|注册|适应症|NDA|BLA|MAA)(?:许可)?(?:的)?(?:申请)?(?:\([A-Za-z]+\))?(?:已|已经|也|均|于|在|向|正式|完成)?[^,。;]{0,20}\Z",
        before,
        re.IGNORECASE,
    )
    if word == "申请" and not re.match(r"(?:了)?(?:在[^,。;]{1,8})?上市", after):
        return None
    if ahead:
        return Decision("application", "active")
    there = word == "申报" and not after and re.search(r"(?:在|向)[^,。;]{1,12}\Z", before)
    return Decision("application", "passive") if there or (behind and "申请" in before) else None


def read_same(around: Around) -> Decision | None:
    """`也授予了同一资格`: the decision told last, by another agency."""
    granted = re.search(r"(?:授予|获|给予|拿到|批准)[^,。;]{0,14}\Z", around.before)
    return Decision("same", _grant_voice(around.before)) if granted else None


def read_review(around: Around) -> Decision | None:
    """`正在接受EMA的审查`: an application lies there."""
    return Decision("application", "passive") if re.search(r"(?:正在|正)接受[^,。;]{0,20}\Z", around.before) else None


READERS: Mapping[str, Callable[[Around], Decision | None]] = {
    **dict.fromkeys(("获批", "批准", "核准", "获准", "准许", "许可", "准予", "批了"), read_approval),
    **dict.fromkeys(("默示许可",), read_clearance),
    **dict.fromkeys(("放行", "绿灯", "点头", "点了头", "核发许可证", "转正"), read_nod),
    **dict.fromkeys(("通过",), read_pass),
    **dict.fromkeys(("附条件上市", "有条件上市"), read_conditional),
    **dict.fromkeys(("拿下", "斩获"), read_indications),
    **dict.fromkeys(("受理",), read_acceptance),
    **dict.fromkeys(("优先审评", "优先审查", "优先评审", "priority review"), read_priority),
    **dict.fromkeys(("突破性", "突破疗法", "btd"), read_breakthrough),
    **dict.fromkeys(("孤儿药", "罕见病药", "罕用药", "odd"), read_orphan),
    **dict.fromkeys(("完整回复函", "完全回应函", "完整回应函", "完全回复函", "crl", "拒绝", "拒批", "驳回", "否决"), read_rejection),
    **dict.fromkeys(("撤回", "撤销", "撤市", "退市", "退出", "撤出", "终止"), read_withdrawal),
    **dict.fromkeys(("医保",), read_listing),
    **dict.fromkeys(("递交", "提交", "申报", "呈交", "申请", "提出"), read_application),
    **dict.fromkeys(("审查", "审评"), read_review),
    **dict.fromkeys(("同一资格", "同一认定", "同样的资格", "相同资格", "相同认定"), read_same),
}  # fmt: skip
