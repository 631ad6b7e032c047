"""Which reader reads which word of a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from oncospan.entities.regulatory import applications, approvals, continuations, listings, statuses
from oncospan.entities.regulatory.wording import Around, Decision

Reader = Callable[[Around], Decision | None]

#: 完整回复函, 完全回应信, 完整答复函: no two papers translate the complete response letter alike.
_LETTERS = tuple(
    "".join(words)
    for words in product(("完整", "完全"), ("回复", "回覆", "回应", "答复", "响应", "反应"), ("函", "信"))
)
#: Longer than the insurer's name, which would hide the word.
_INSURER = tuple("".join(words) for words in product(("国家医保局", "国家医疗保障局"), ("纳入", "列入", "正式纳入")))
_EXTENSIONS = tuple(
    "".join(words)
    for words in product(("扩", "扩展", "拓展", "扩大", "放宽", "前移", "延伸", "提前", "推进"), ("至", "到"))
)

READERS: Mapping[str, Reader] = {
    **dict.fromkeys(("获批", "批准", "核准", "获准", "准许", "许可", "准予", "批了", "批的", "刚批"), approvals.read_approval),
    **dict.fromkeys(("再批", "又批"), approvals.read_short),
    **dict.fromkeys(("默示许可",), approvals.read_clearance),
    **dict.fromkeys(("批件", "批文"), approvals.read_document),
    **dict.fromkeys(("过关",), approvals.read_passage),
    **dict.fromkeys(("同意",), approvals.read_consent),
    **dict.fromkeys(("放行", "绿灯", "首肯", "点头", "点了头", "核发许可证", "发给许可证", "颁发许可证", "发许可证"), approvals.read_nod),
    **dict.fromkeys(("转正",), approvals.read_turn),
    **dict.fromkeys(("通过",), approvals.read_pass),
    **dict.fromkeys(("附条件上市", "有条件上市"), approvals.read_conditional),
    **dict.fromkeys(("拿下", "斩获", "拿到", "喜提"), approvals.read_indications),
    **dict.fromkeys(_EXTENSIONS, approvals.read_extension),
    **dict.fromkeys(("受理",), applications.read_acceptance),
    **dict.fromkeys(("接受",), applications.read_reception),
    **dict.fromkeys(("优先审评", "优先审查", "优先评审", "priority review"), statuses.read_priority),
    **dict.fromkeys(("突破性", "突破疗法", "btd"), statuses.read_breakthrough),
    **dict.fromkeys(("孤儿药", "罕见病药", "罕用药", "odd"), statuses.read_orphan),
    **dict.fromkeys(("同一资格", "同一认定", "同样的资格", "相同资格", "相同认定"), statuses.read_same),
    **dict.fromkeys((*_LETTERS, "crl", "拒绝", "拒批", "驳回", "否决", "遭拒", "被拒"), applications.read_rejection),
    **dict.fromkeys(("撤回", "撤销", "撤市", "退市", "退出", "撤出", "终止"), applications.read_withdrawal),
    **dict.fromkeys(("递交", "提交", "申报", "呈交", "申请", "提出"), applications.read_application),
    **dict.fromkeys(("审查", "审评"), applications.read_review),
    **dict.fromkeys(("医保",), listings.read_listing),
    **dict.fromkeys(("入围", "落选", "出局", "缺席"), listings.read_shortlist),
    **dict.fromkeys(("新增", "续约成功", "成功续约", "未纳入", "未能纳入", "未进入", "未能进入", "无缘"), listings.read_group),
    **dict.fromkeys(_INSURER, listings.read_insurer),
    **dict.fromkeys(("目录",), listings.read_catalogue),
    **dict.fromkeys(("谈判成功", "谈成", "谈判失败", "谈判未成功", "谈判失利", "谈判未果", "谈判折戟", "谈判即告失败"), listings.read_talks),
    **dict.fromkeys(("紧随其后", "接踵而至", "跟进", "亦然", "也是如此"), continuations.read_follow),
    **dict.fromkeys(("同步进入", "在列", "一同进入", "一并进入"), continuations.read_entry),
    **dict.fromkeys(("则是", "则在", "则为", "则于", "则早在", "则要等到", "则到", "则分别", "则是在"), continuations.read_contrast),
    **dict.fromkeys(("纳入", "入选"), continuations.read_heading),
    **dict.fromkeys(("前者", "后者", "首次", "前次", "获批时间", "获批日期", "批准时间", "批准日期"), continuations.read_date),
}  # fmt: skip
