"""Roles of numbers that no record claims: what the words right before and behind a number say that it is.

A role is given only where the words say so; what they leave open stays `unclaimed`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from oncospan.linking.reading import Reading
from oncospan.model import Span

UNCLAIMED = "unclaimed"
#: How far the words of a cue may stand from the number; a line's end is always a limit.
_BEFORE, _BEHIND = 40, 28
_N = r"\d{1,6}(?:\.\d{1,4})?"

#: Stretches whose numbers are no quantities at all: addresses, and names that end in a number (CDK4/6, PD-(L)1).
_NAMES = re.compile(
    r"(?P<identifier>(?:https?://|www\.|doi:? ?10\.)[^\s,。;、()<>\u4e00-\u9fff]{1,200})"
    r"|(?P<name>(?<![A-Za-z])(?-i:[A-Z][A-Z0-9]{1,6}\d/\d{1,2}(?![\d.%])|PD-\(L\)1))",
    re.IGNORECASE,
)
#: The same where a text holds no address.
_NAMES_ALONE = re.compile(r"(?P<name>[A-Z](?<![A-Za-z].)(?:[A-Z0-9]{1,6}\d/\d{1,2}(?![\d.%])|(?<=P)D-\(L\)1))")
_ADDRESSES = ("http", "www.", "doi")


class Cue(NamedTuple):
    """What stands around a number of some role.

    Args:
        role: the role.
        before: matches the words that end right before the number; None asks for nothing.
        behind: matches the words that begin right behind it; None asks for nothing.
    """

    role: str
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None


def _cue(role: str, before: str = "", behind: str = "") -> Cue:
    left = re.compile(rf"(?:{before})\Z", re.IGNORECASE) if before else None
    return Cue(role, left, re.compile(behind, re.IGNORECASE) if behind else None)


_MONEY = r" ?(?:余|多)?[十百千万]{0,2}(?:余|多)?(?:亿|元|美元|美金|欧元|英镑|日元|港元|港币|人民币|(?:瑞士)?法郎|新台币|股(?![骨动沟疝静]))"
_TRADE = r"(?:营收|销售|同比|环比|净利|亏损|毛利|市值|股价|研发投入|研发支出|市场份额|市占率|降价|价格|售价|(?:总|产品|营业|海外|含税)收入)"
_DOSES = r"(?:mg|g|μg|ug|ml|Gy|cGy|[GM]Bq|mCi|IU|万?U|毫克|微克|毫升)"
_MEETING = r"(?:ASCO|ESMO|AACR|CSCO|ASH|WCLC|ASTRO|SABCS|EHA|ELCC|年会|大会|论坛|峰会)"

_STATISTICS = (
    _cue(
        "confidence_interval",
        rf"(?:C[I1l]|C\.I\.?|可信区间|置信区间)[^0-9。;\n]{{0,4}}(?:-?{_N} ?(?:[-~—,至到]|--) ?)?",
    ),
    _cue(
        "significance",
        r"(?:P ?[=<>≤]{1,2} ?0?\.\d{1,6} ?[<>≤] ?|(?:(?<![A-Za-z])(?:α|alpha)|界值|检验水准|显著性水平)[^,。;\d\n]{0,4})",
    ),
    _cue("statistic", r"(?<![A-Za-z])(?:OR|RR|AUC|kappa|κ|I2|χ ?2)值?[^,。;\d\n\u4e00-\u9fff]{0,2}[=:为]?"),
    _cue("statistic", r"χ ?"),
    _cue("hazard_ratio", rf"(?:HR|风险比|危险比)\)?[^,。;\n\d]{{0,6}}(?:{_N} ?[、和与及] ?)?"),
    _cue("incidence", r"(?:发病率|患病率|死亡率)[^,。;\n]{0,14}"),
)
_IDENTIFIERS = (
    _cue("time_of_day", r"\d{4}-\d{1,2}-\d{1,2} {1,2}(?:\d{1,2}:){0,2}"),
    _cue("identifier", r"(?:代码|文号|编号|电话|致电|热线|邮编|准字|批号)[::]? ?"),
    _cue("identifier", "", r"\.(?:SH|SZ|HK)(?![A-Za-z])"),
    _cue("list_number", r"(?:^|\n)\s{0,6}[(\[]?", r"(?:[.、)]|\.\d)(?!\d)"),
    _cue("list_number", r"\( ?", r" ?\)(?! ?[%倍])"),
    _cue("list_number", r"(?:^|\n)\s{0,6}[问答]", r" ?[::]"),
    _cue("table_or_figure", rf"(?:[图表]|tab(?:le)?\.?|fig(?:ure)?\.?) ?(?:{_N} ?[-、和与] ?)?"),
    _cue("version", r"(?:CTCAE|RECIST|NCI-CTC|Lugano)(?: ?(?:version|标准|v))?\.? ?"),
    _cue("version", "", r" ?版(?!块)"),
    _cue("trial", r"(?<![A-Za-z])(?:[A-Z](?-i:[a-z]{2,10}[A-Z])[A-Za-z]{0,10}|(?-i:[A-Z]{6,14}))[ -]"),
    _cue("exon", r"(?:外显子|exon) ?(?:\d{1,2} ?[/、和与及-] ?){0,3}"),
    _cue("exon", "", r" ?号?外显子"),
)
_DESIGN = (
    _cue("randomisation", rf"随机[^。;\n]{{0,24}}?(?:{_N} ?: ?){{1,2}}"),
    _cue("randomisation", r"随机[^。;\n]{0,24}", rf"(?: ?: ?{_N}){{1,2}}"),
    _cue("randomisation", "", rf"(?: ?: ?{_N}){{1,2}}(?:的?比例)?[^,。;\n]{{0,6}}?(?:随机|分[为至配组]|接受)"),
    _cue("randomisation", rf"(?:{_N} ?: ?){{1,2}}", r"(?:的?比例)?[^,。;\n]{0,6}?(?:随机|分[为至配组]|接受)"),
    _cue("sex_ratio", rf"男(?:性)?[:与和]?女(?:性)?(?:之)?比(?:例)?[^。;,\n]{{0,6}}?(?:{_N} ?: ?)?"),
    _cue("cycles", "", r" ?(?:个)?(?:周期|疗程|程(?![度序])|cycles?(?![A-Za-z]))"),
    _cue("schedule", r"每隔? ?"),
    _cue("schedule", r"每[日天周月次年](?:口服|给药|服用|注射)? ?", r" ?[次片粒针]"),
    _cue(
        "schedule", rf"第 ?(?:{_N} ?[、,和与及~-] ?){{0,6}}", r" ?(?:[、,和与及~-] ?\d{1,2} ?){0,6}(?:[天日周]|个?周期)"
    ),
    _cue("schedule", r"(?<![A-Za-z])d\d{1,2} ?[-~、,和] ?"),
    _cue("fractions", r"Gy ?/ ?", r" ?次"),
    _cue("ordinal", r"第 ?"),
    _cue("time_span", "", rf" ?(?:[-~至] ?{_N} ?)?(?:小时|分钟|[dh](?![A-Za-z]))"),
)
_CLINIC = (
    _cue("measurement", "", r" ?个/[muμ]?L"),
    _cue("measurement", "", r" ?(?:[npμu]?g|mg|U|IU|[mμ]?mol)/(?:m?L|dL|μl)(?![A-Za-z])"),
    _cue("dose", "", rf" ?(?:[-~至] ?{_N} ?)?{_DOSES}(?:/|(?![A-Za-z]))"),
    _cue("measurement", "", r" ?(?:[-~×x*] ?\d{1,3}(?:\.\d)? ?){0,2}(?:cm|mm|nm|μm|厘米|毫米|kg|公斤|mmHg|℃|°C|HPF|bp|kb|mut)(?![A-Za-z])"),
    _cue("measurement", "", r" ?[×x*] ?10 ?\^"),
    _cue("measurement", r"[×x*] ?(?:10 ?\^ ?)?", r" ?(?:\^|/)"),
    _cue("score", r"(?:ECOG|KPS|IPI|Gleason|Child-Pugh|DLQI|MMSE|体能分级|评分|得分|积分)[^,。;\n\d]{0,8}(?:\d ?[-+=~至或] ?){0,3}"),
    _cue("score", "", r" ?分(?![之钟子为组别期类析化布])"),
    _cue("expression", rf"(?:TPS|CPS|PD-L1|IHC|Ki-?67)[^,。;\n\d]{{0,12}}(?:{_N}%? ?(?:或|和|、|[-~至/]) ?[<>≥≤]? ?)?(?<!/)"),
    _cue("expression", "", r" ?\+(?=[,、。;)或])"),
    _cue("age", "", r" ?(?:[-~至到] ?\d{1,3} ?)?(?:周?岁|个?月龄|龄)"),
    _cue("age", rf"年龄[^,。;\n\d]{{0,6}}(?:{_N} ?[-~至] ?)?"),
    _cue("grade_stage_line", "", r" ?(?:[-~至/、或] ?\d ?)?(?:级|期(?!间|待|望)|线(?![性粒上下索])|度(?=及以上|以上))"),
    _cue("registration_class", "", r" ?类(?:新药|创新药|化药|生物|化学药)"),
)  # fmt: skip
_COUNTS = (
    _cue("patients", "", r" ?\(\d{1,3}(?:\.\d{1,2})? ?%\)"),
    _cue("patients", "", r" ?(?:余|多)?[百千万]?(?:余|多)?(?:例|宗|名|位(?![点于置])|受试者|患者|病例|病人|人(?![源类体工民乳群均员参份血]))"),
    _cue("patients", r"\(", rf" ?/ ?{_N} ?(?:例)?[),;]"),
    _cue("patients", rf"\({_N} ?/ ?", r" ?(?:例)?[),;]"),
    _cue("patients", "", rf" ?/ ?{_N} ?例"),
    _cue("sites", "", r" ?(?:余|多)?(?:家|所|间|个)[^,。;\n]{0,6}?(?:中心|医院|机构|单位|国家|地区|城市)"),
    _cue("fold_change", "", r" ?(?:余|多)?倍(?!体)"),
    _cue("count", "", r" ?(?:余|多)?(?:个|项|款|种|篇|届|条|批|家|间|部|张|份|处|枚|颗|次)"),
)  # fmt: skip
_MARKET = (
    _cue("market", "", _MONEY),
    _cue("market", rf"{_TRADE}[^。;\n]{{0,16}}"),
    _cue("market", "", rf"[^,。;\n]{{0,6}}{_TRADE}"),
)
_SHARES = (
    _cue("incidence", r"(?:发病率|患病率|发生率|死亡率|病死率|复发率|转移率|检出率|突变率|携带率|阳性率)[^,。;\n]{0,12}"),
    _cue("share", r"(?:占|占比|比例|其中)[^,。;\n]{0,14}"),
    _cue("share", r"\d ?(?:例|名|人) ?[,(] ?(?:约|占)?"),
    _cue("share", r"[\s|]\d{1,5} ?\("),
    _cue("share", "", r" ?(?:左右|以上)?(?:患者|病例|病人|人群)"),
    _cue("share", "", r" ?(?:左右|以上)?的[^,。;\n]{0,12}?(?:患者|病例|病人|人群|人|者|癌|瘤|NSCLC|GIST|MCRPC)"),
)  # fmt: skip
_PERCENT = (
    _cue("confidence_level", "", r" ?(?:双侧|单侧)? ?(?:C\.?[I1l]|可信区间|置信区间)"),
    _cue("risk_reduction", r"风险[^,。;\n]{0,14}?(?:降低|下降|减少|减|降)(?:了|约|达|近|超过?|逾|至少){0,2}"),
    *_MARKET,
    _cue("market", r"(?:亿|万)(?:美|欧|港)?元 {0,6}[|(,] {0,2}(?:收窄)?约?"),
    _cue("market", "", r"[^,。;\n]{0,3}(?:增长|增幅|降幅|涨幅)"),
    _cue("market", r"(?:增长|增幅|降幅|涨幅)(?:率)?(?:了|约|达|为|近|超过?|逾|高达|:){0,2}"),
    _cue("diagnostic_accuracy", r"(?:敏感[性度]|特异[性度]|灵敏度|准确率|符合率|一致[率性]|预测值)[^。;\n]{0,20}"),
    _cue("expression", r"(?:TPS|CPS|PD-L1|IHC|Ki-?67|表达|染色|阳性细胞)[^,。;\n]{0,12}"),
    _cue("difference", r"(?:相差|差异|差值|高出|绝对获益)(?:了|约|达|为|近){0,2}"),
    _cue("shrinkage", r"(?:缩小|缩减)(?:幅度)?(?:了|约|达|为|近|超过?|逾){0,2}"),
    _cue("change", r"(?:(?<!细胞)(?<!血小板)减少|下降|降低|上升|升高(?=了|约|达|近)|提高|增加|下滑)(?:了|约|达|近|超过?|逾){0,2}"),
)  # fmt: skip
_DURATION = (
    _cue("cycles", "", r"期(?!间)"),
    _cue("age", "", r" ?龄"),
    _cue("age", r"年龄[^,。;\n\d]{0,6}"),
    _cue("follow_up", r"随访[^,。;\n]{0,8}"),
    _cue("follow_up", "", r" ?的?随访"),
    _cue("period", "", r" ?(?:之?[后前内]|以?来)"),
    _cue("timepoint", "", r" ?(?:[、和与及] ?\d{1,2} ?(?:年|个月) ?)?的?[^,。;\n\d]{0,8}率"),
    _cue("period", r"(?:连续第?|为期|(?<![了到达约])近|过去|未来|历经|历时|最近|今后|术后)(?:了|约|的)? ?"),
    _cue("schedule", r"每隔? ?"),
    _cue("timepoint", r"第 ?"),
    _cue("schedule", "", r" ?[1一]次|/次"),
    _cue("treatment_duration", r"(?:治疗|用药|服药|服用|给药|暴露|维持)(?:时间|时长|持续|了|满|至少|达到?|为|期){0,3}"),
)  # fmt: skip
_DATE = (
    _cue("publication", r"(?:^|\n)[^\n,。;]{0,8}(?:日期|时间|发布|发表|更新|来源)[^\n,。;]{0,6}[::] ?"),
    _cue("data_cutoff", r"(?:截至|截止|截止日期[^,。;\n]{0,4}|截止[于到至])(?: ?(?:本|数据))?"),
    _cue("data_cutoff", "", r"的?(?:数据)?截止"),
    _cue("conference", rf"{_MEETING}[ -]{{0,2}}(?:GI|GU|Asia|Breast|IO)?[ ,(]{{0,2}}"),
    _cue("conference", "", rf" ?[^,。;\n\d]{{0,16}}?{_MEETING}"),
    _cue("guideline", "", r" ?(?:年)?(?:版(?!块)|V\d|[^,。;\n\d]{0,16}?(?:指南|共识|分类标准))"),
    _cue("guideline", r"(?:指南|共识|NCCN)[^,。;\n]{0,6}"),
    _cue("market", "", rf"(?:度|全年)?(?:[^,。;\n]{{0,10}}{_TRADE}|[^,。;\n]{{0,2}}(?:年报|财报|业绩|年度报告|财年|报告期|成绩单))"),
    _cue("market", rf"{_TRADE}[^。;\n]{{0,10}}"),
    _cue("trial", "", r"[^,。;\n]{0,12}?(?:启动[^,。;\n]{0,6}(?:期|研究|试验)|首例患者|首例受试者|完成入组)"),
    _cue("publication", "", r"[^,。;\n]{0,12}?(?:发表|公布|报道|刊登|刊发|宣布|披露|发布)"),
)  # fmt: skip
#: A range of dates in which patients were seen; a single day there is mostly another event.
_ENROLMENT = re.compile(r"[^。;\n]{0,30}?(?:入组|纳入|收集|招募|筛选|收治|就诊)")
_APART = r"[^,。;、\n在见占为是有率影型与]"
_MUTATION = (
    _cue("testing", "", r" ?(?:基因)?(?:检测|筛查|状态)"),
    _cue("testing", r"(?:检测|筛查)(?:了|出|到)?"),
    _cue("population", "", rf" ?(?:阳性|阴性)?的?{_APART}{{0,14}}?(?:患者|人群|亚组|队列|病人|者(?!均|的研究))"),
    _cue("population", "", rf" ?(?:阳性|阴性)?的?{_APART}{{0,10}}?(?:癌|瘤|白血病|NSCLC|CRC|GIST|AML)"),
)  # fmt: skip

#: A citation, or the list of them: [3], [12-15,18].
_CITED = re.compile(r"\[(?:\d{1,3} ?[-,~、] ?){0,8}\Z")
#: What ends a landmark: behind it stands another figure's endpoint.
_PAUSE = re.compile(r"[,.;。|()]")


class Cues:
    """The cues of one kind of number; the first that fits gives the role.

    Args:
        cues: in the order in which they are tried.
    """

    __slots__ = ("_ahead", "_alone", "_roles")

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._roles = [cue.role for cue in cues]
        self._ahead = [(number, cue) for number, cue in enumerate(cues) if cue.before is not None]
        # those that ask for nothing before the number are tried as one: alternatives keep their order
        alone = "|".join(
            f"(?P<c{number}>{cue.behind.pattern})"
            for number, cue in enumerate(cues)
            if cue.before is None and cue.behind is not None
        )
        self._alone = re.compile(alone, re.IGNORECASE)

    def find(self, before: str, behind: str) -> str | None:
        """Return the role that the words around a number give it."""
        alone = self._alone.match(behind)
        first = int(str(alone.lastgroup)[1:]) if alone else len(self._roles)
        for number, cue in self._ahead:
            if number > first:
                break
            if (cue.behind is None or cue.behind.match(behind)) and (cue.before is None or cue.before.search(before)):
                return cue.role
        return self._roles[first] if alone else None


_CUES = {
    "PERCENT": Cues(_PERCENT),
    "DURATION": Cues(_DURATION),
    "DATE": Cues(_DATE),
    "MUTATION": Cues(_MUTATION),
    "NUMBER": Cues((*_STATISTICS, *_IDENTIFIERS, *_DESIGN, *_CLINIC, *_MARKET[:1], *_COUNTS, *_MARKET[1:])),
}
_SHARE_CUES = Cues(_SHARES)
_STATISTIC_ROLES = {
    "RATIO": "hazard_ratio", "INTERVAL": "confidence_interval", "P_VALUE": "p_value", "COUNT": "patients",
}  # fmt: skip


def find_names(text: str) -> list[tuple[Span, str]]:
    """Return the stretches of a folded text whose numbers are parts of a name, with the role of those numbers."""
    lower = text.lower()
    pattern = _NAMES if any(address in lower for address in _ADDRESSES) else _NAMES_ALONE
    return [(Span(*found.span()), str(found.lastgroup)) for found in pattern.finditer(text)]


def find_role(reading: Reading, kind: str, span: Span, *, ranged: bool = False) -> str:
    """Return the role that the words around a number give it, or `unclaimed`.

    Args:
        reading: the article.
        kind: the label of the number's item, or `NUMBER`.
        span: its place in the folded text.
        ranged: of a DATE: it is a range.
    """
    if reading.document.section_at(span.start) == "references":
        return "reference"
    if kind in _STATISTIC_ROLES:
        return _STATISTIC_ROLES[kind]
    before, behind = _surroundings(reading.text, span)
    if kind == "NUMBER" and _CITED.search(before):
        return "reference"
    if ranged and _ENROLMENT.match(behind):
        return "enrolment"
    role = _CUES[kind].find(before, behind)
    return role or _by_items(reading, kind, span, before, behind)


def _surroundings(text: str, span: Span) -> tuple[str, str]:
    before, behind = text[max(0, span.start - _BEFORE) : span.start], text[span.end : span.end + _BEHIND]
    first = before.rfind("\n")
    # the line end itself stays: it tells that the number opens its line
    return before[max(0, first) :], behind.partition("\n")[0]


def _by_items(reading: Reading, kind: str, span: Span, before: str, behind: str) -> str:
    """Tell the role by what was found beside the number."""
    if kind == "PERCENT":
        if reading.within(max(0, span.start - 24), span.end + 4, "HARM"):
            return "harm"
        # beside an endpoint, a share may be a figure that linking should have taken
        if not reading.within(max(0, span.start - 30), span.end + 30, "ENDPOINT"):
            return _SHARE_CUES.find(before, behind) or UNCLAIMED
    if kind == "DURATION":
        heads = reading.within(span.end, span.end + 14, "ENDPOINT")
        if heads and not _PAUSE.search(reading.text, span.end, heads[0].start):
            return "timepoint"
    return UNCLAIMED
