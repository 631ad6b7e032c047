"""How approvals are worded: full ones, conditional ones, extensions, and leave to begin a trial."""

from __future__ import annotations

import re

from oncospan.entities.regulatory.wording import PASSIVE, Around, Decision

_CONDITIONAL = re.compile(
    r"(?:加速|附条件|有条件|条件性|附带条件|条件)(?:性)?(?:地)?(?:获得?|给予|上市)?(?:的)?\Z", re.IGNORECASE
)
_CONDITIONAL_PATH = re.compile(
    r"加速(?:审批|批准|核准)(?:程序|通道|路径|途径|方式)|附条件(?:上市|批准)?(?:程序|的方式|方式|形式)|有条件(?:批准|上市)?的?(?:方式|形式)"
)
_CONDITIONAL_AFTER = re.compile(r"(?:其|该药|的)?(?:附条件|有条件|条件性)")
_CLINICAL_BEFORE = re.compile(
    r"(?:IND|新药临床|临床试验|临床研究|临床试用|临床)(?:的)?(?:申请|注册申请)?(?:\((?:IND|CTA)\))?"
    r"(?:先后|相继|已|均|也|又|再)?(?:获得?|被|得到|于?)?[^,。;上市]{0,18}\Z",
    re.IGNORECASE,
)
_CLINICAL_AFTER = re.compile(
    r"(?:的)?(?:其|该药|本品|公司|在[^,。;]{1,8})?(?:开展|进行|启动|进入|用于开展|启动开展)(?:\Z|[^,。;]{0,40}?(?:临床|试验|研究|期))"
    r"|[^,。;上市并]{0,14}?(?:开展|进行|启动)[^,。;]{0,30}(?:临床|试验|研究)"
    r"|(?:签发|下发|颁发|出具)的?[^,。;]{0,24}?(?:药物)?临床试验"
    r"|(?:了|的)?(?:[^,。;上市]{0,16}?的)?(?:IND|临床试验|临床研究|新药临床|临床(?!急需|获益|应用|使用|价值|治疗|需求|上))",
    re.IGNORECASE,
)
#: What makes a noun of 批准: 批准文号, 完全批准申请, 批准证明文件.
_NO_DECISION_AFTER = re.compile(
    r"(?:文号|的?(?:生产|场地|变更|工艺|包装|规格|检测|器械)|部门|机构|流程|的?(?:剂量|用量|用法|说明书|标签)|程序(?!上市)|文件|证明|时间(?![表线轴]|一览)|日期|状态|情况|进程|进度|概率|标准|门槛|前景|可能|升级|件|通知书"
    r"|的?(?:补充|新药|上市)?申请(?:发出|收到|遭|被|予|提交|已|将|仍|正|尚|,|。|\Z)"
    r"|的?适应症(?:包括|为|有|数|中|外|范围|相同)|率|数量|机会|难度|之路|在即|可期)"
)
_TURNS = re.compile(r"转(?:为|换|成|变)")
_OWNED = re.compile(r"(?:获得?|取得|得到)的[^,。;]{0,10}\Z")
_UNDONE_BEFORE = re.compile(
    r"(?:撤销|撤回|终止|取消|拒绝|不予|未予|收回)(?:了|其|对[^,。;]{0,12}的|该|该适应症的|上市|加速|附条件|的|了其)*\Z"
    r"|(?:拒绝|不同意|未同意|反对)(?:了)?(?:将|把)?(?:其|该[^,。;]{1,8}?)?[^,。;获]{0,8}?(?:转为|转成|升级为|给予|授予)(?:完全|常规|正式|加速)?\Z"
    r"|(?:撤销|撤回|取消|收回)(?:了)?[^,。;获被]{0,24}的(?:上市|加速|附条件|有条件)?\Z"
)
_UNDONE_AFTER = re.compile(
    r"(?:[^,。;]{0,14}?|(?:已|也|均|于|在|被|遭|\d|[年月日]|正式|主动|由[^,。;]{1,10}){1,16})(?:终止|被撤|撤销|撤回|取消)"
)
_TEST = re.compile(r"(?:经|由|用)[^,。;]{0,16}\Z")
_NOT_PASSED = re.compile(r"研究|试验|审查|检验|法案|决议|伦理|考核|认证|评审")
_OTHER_GATE = re.compile(r"质量|谈判|形式|形审|安全|技术|疗效|数据|终点|医保|面试|体检|核查|初审|价格")
_NO_INDICATION = re.compile(
    r"研究|试验|入组|样本|市场|销售|产能|团队|管线|业务|审评|合作|布局|数据|随访|产品线|人群(?:已|也)?\Z"
)
_NO_EXTENT = re.compile(
    r"[^,。;]{0,12}?(?:市场|国家|地区|城市|亿|万|\d ?例|\d ?家|%|个月|研究|试验|队列|剂量|领域|海外|全球|区域|欧洲|美国)"
)


def read_approval(around: Around) -> Decision | None:
    """批准, 获批, 核准, 放行: approval, conditional approval, or leave to begin a trial."""
    before, word, after = around
    if _is_clinical(around):
        return Decision("ind_clearance", _voice(around))
    if _NO_DECISION_AFTER.match(after) or _UNDONE_BEFORE.search(before) or _UNDONE_AFTER.match(after):
        return None
    if _TURNS.match(after) and not _OWNED.search(before):
        return None
    if word in ("许可", "准许") and not _is_licence(around):
        return None
    if re.match(r"的(?:测试|试剂|检测|伴随诊断|诊断)", after) and _TEST.search(before):
        return None
    if word == "获准" and not re.match(
        r"[^,。;]{0,16}?(?:上市|用于|治疗|使用|注册|进口|在|[与和][^,。;]{1,12}联)", after
    ):
        return None
    if _CONDITIONAL.search(before) or _CONDITIONAL_PATH.search(before) or _CONDITIONAL_AFTER.match(after):
        return Decision("conditional_approval", _voice(around))
    return Decision("approval", _voice(around))


def _voice(around: Around) -> str:
    return "passive" if around.word in ("获批", "获准") or PASSIVE.search(around.before) else "active"


def _is_licence(around: Around) -> bool:
    given = PASSIVE.search(around.before) or re.search(r"(?:授予|给予|颁发|发给|核发)[^,。;]{0,12}\Z", around.before)
    return bool(given and around.before.endswith("上市") and not re.match(r"申请|持有", around.after))


def _is_clinical(around: Around) -> bool:
    before, _, after = around
    if "上市" in after[:8] or re.match(r"(?:首个|一线|二线|用于)", after):
        return False
    return bool(_CLINICAL_BEFORE.search(before) or _CLINICAL_AFTER.match(after))


def read_short(around: Around) -> Decision | None:
    """`FDA再批一线食管癌`; 再批评, 又批复 and 又批准 are other words."""
    other = re.match(r"[准复评判量次发示注]", around.after)
    return None if other or not around.after else read_approval(around)


def read_clearance(_: Around) -> Decision | None:
    """默示许可 and 临床试验…批件 are always leave to begin a trial."""
    return Decision("ind_clearance", "passive")


def read_document(around: Around) -> Decision | None:
    """`临床试验申请批件` is leave to begin a trial, `药品注册批件` an approval, `同样性质的批文` the decision told last."""
    if around.after.startswith("号"):
        return None
    if re.search(r"临床[^,。;]{0,10}\Z", around.before):
        return Decision("ind_clearance", "passive")
    if re.search(r"(?:同样|同类|相同|同一|同等)(?:性质|类型|类)?的?\Z", around.before):
        return Decision("same", "passive")
    registered = re.search(r"(?:注册|上市|生产)(?:的)?\Z", around.before) and PASSIVE.search(around.before)
    return Decision("approval", "passive") if registered else None


def read_nod(around: Around) -> Decision | None:
    """点了头, 开绿灯, 放行: the agency is the subject and nothing says otherwise."""
    if re.search(r"医保|入组|资金|董事会|股东|海关|伦理|专家|患者|家属|医生", around.before):
        return None
    return Decision("approval", "passive" if re.search(r"(?:获|被)[^,。;]{0,16}\Z", around.before) else "active")


def read_passage(around: Around) -> Decision | None:
    """`真正过关的是以下几款`; a formal check, a talk on prices or an endpoint that is passed is none."""
    if _NOT_PASSED.search(around.before) or _OTHER_GATE.search(around.before):
        return None
    return Decision("approval", "passive") if re.match(r"\Z|的|:|\(", around.after) else None


def read_consent(around: Around) -> Decision | None:
    """`III期临床获CDE同意开展`, `FDA同意其开展III期试验`; patients and ethics committees consent to other things."""
    if re.search(r"患者|伦理|知情|受试者|医生|家属|双方|股东|方案设计|终点|沟通", around.before + around.after[:20]):
        return None
    begun = re.match(r"[^,。;]{0,20}?(?:开展|进行|启动|进入)[^,。;]{0,40}(?:临床|试验|研究)", around.after)
    told = re.match(r"(?:开展|进行|启动|进入)(?:\Z|[^,。;])", around.after) and _CLINICAL_BEFORE.search(around.before)
    return Decision("ind_clearance", _voice(around)) if begun or told else None


def read_turn(_: Around) -> Decision | None:
    """`后者在8月完成转正`: a conditional approval became a full one."""
    return Decision("approval", "active")


def read_pass(around: Around) -> Decision | None:
    """`歐盟於2018年8月通過` ends its clause, `通过国家药监局审批`; 通过研究, 通过审查 do not."""
    if re.match(r"(?:了)?(?:[^,。;]{2,14}?)的?(?:审批|审评审批|批准)(?:上市)?\Z", around.after):
        return Decision("approval", "passive")
    if not re.match(r"(?:了)?\Z", around.after) or _NOT_PASSED.search(around.before):
        return None
    return Decision("approval", "active")


def read_conditional(around: Around) -> Decision | None:
    """`附条件上市` without a word of approval beside it."""
    if re.match(r"(?:批准|获批|核准|许可|的?(?:申请|程序|批准))", around.after):
        return None
    if re.search(r"(?:批准|获批|核准|获准)\Z", around.before) or not PASSIVE.search(around.before):
        return None
    return Decision("conditional_approval", "passive")


def read_indications(around: Around) -> Decision | None:
    """`FDA…同时拿下两项鼻咽癌适应症`, `斩获新适应症`, `拿下三阴性乳腺癌`; a market or a prize is none."""
    if re.match(
        r"的|[^,。;]{0,24}?(?:市场|份额|冠军|第一|订单|大奖|奖|权益|授权|数据|批准|获批|研究|试验|患者)", around.after
    ):
        return None
    return (
        Decision("approval", "passive")
        if re.match(r"(?:了)?[^,。;]{0,16}?(?:适应症|癌|瘤|白血病)", around.after)
        else None
    )


def read_extension(around: Around) -> Decision | None:
    """`适应症扩至一线`, `EC放宽至不论是否适合移植`; a trial, a market or a business that is extended is none."""
    if _NO_INDICATION.search(around.before) or _NO_EXTENT.match(around.after) or not around.after:
        return None
    return Decision("approval", "extension")
