"""What is not a result: hypotheses, growth, harm, background, risk factors; and what may stand before a value that is."""

from __future__ import annotations

import re

HYPOTHETICAL = re.compile(
    r"假设|假定|预期|预计|预设|预估样本|样本量|设计为|检验效能|有望|历史对照|历史数据|目标(?:值|为)|界值|设定|拟|期望"
)
HARM = re.compile(
    r"不良(?:事件|反应)|死亡(?!风险|或|率)|治疗相关|副作用|毒性|AE|停药|减量|死亡率|停用|腹泻|皮疹|恶心|呕吐|贫血|减少症|细胞减少"
    r"|升高|感染|肺炎|疲劳|乏力|高血压|蛋白尿|出血|发生率|发热|血症|复发率|转移率"
)
GROWTH = re.compile(
    r"(?:延长|提高|增加|提升|降低|减少|下降|改善|缩短|高出|升高|增幅|长|多|相差|差异|差值|翻|涨|获益|减轻)"
    r"(?:了|出|约|近|达|超过|逾|高达|超|不足|为)*\s?\Z"
)
#: `Cox多因素分析示ECOG PS(HR=0.46)`: a factor's ratio is none of the arms'.
REGRESSION = re.compile(r"多因素|单因素|[Cc][Oo][Xx]|预后因素|危险因素|独立因素|列线图|风险评分")
BACKGROUND = re.compile(
    r"以前|一般|通常|往往|自然病程|未经治疗|未治疗|不治疗|历来|过去|侵袭性(?:较|极|很|更)?强|高度侵袭|恶性程度(?:较|极|很|更)?高|预后(?:较|极|很|往往)?(?:差|不良|不佳)(?=[,。;])"
)
#: `D842V亚组89%` goes on with the head; `T315I(2%-20%)` is a frequency.
CARRIERS = re.compile(r"(?:突变|融合|扩增|阳性|重排)?(?:的)?(?:亚组|者|患者|人群|组|阳性|病例|队列)")
#: What may stand between a carried head and its value: 亚组的, 分别为, 则仅为.
LIGHT = re.compile(
    r"(?:第? ?\d{1,3} ?(?:周|个月|年)(?:时)?)?"
    r"(?:(?:(?!持续|复发|转移|死亡|进展|停药|幅度|升高|下降|占)[^,;。()]){0,22}?(?:亚组|人群|患者|人群中|者|患者中|队列|组|评估|分析|时|集|[癌瘤]))?"
    r"(?:[A-Z][A-Za-z0-9-]{2,14}(?:研究|试验)?)?"
    r"(?:单药|治疗|方案|维持|联合化疗|中|的|则|也|均|仅|约|为|是|达|达到|高达|分别|依次|各|可|有|只有|同样|反而|却|:| |,|更新|近|低至|虽|有差距|从|由|不足|超过"
    r"|则为|则仅为|比例|时代|该数值|该比例|这一数字|这一比例|升至|增至|已|延长至|提高至|提升至|降至|“|\()*"
)
#: `ADT单独治疗组为14.7个月`, `放疗组40%`: an arm by what was done, which names no drug that we know.
OTHER_ARM = re.compile(
    r"(?:单独|单纯|单用|标准|常规|姑息|支持|最佳支持|[A-Z]{2,6})(?:治疗|疗法|方案)组|(?:观察|等待|随访|移植|放疗|放化疗|内分泌治疗)组"
)
#: `81%的安慰剂组患者进展后换用了…`: a share of patients who do something is no value of the endpoint before.
SHARE = re.compile(r"\)?(?: ?\([^()]*\))?的[^,。;()]{0,8}(?:患者|受试者|病例)(?!(?:中|内)?(?:达到|获得|实现|取得))")
#: `6~8个月大多出现耐药`
OTHER_PREDICATE = re.compile(
    r"(?:后|左右|内)?(?:大多|多数?|常|即|便|就|会|可)?(?:出现|发生|产生)(?:了)?(?:耐药|进展|复发|转移)"
)
#: `贫血(3.9%)和低钠血症(2.9%)`: between two figures of one head stands an event that no vocabulary has.
NOUN = re.compile(r"[\u4e00-\u9fff]{3}")
#: `ORR依次为26%、6%和0`: a list of shares goes on with one that has no sign.
MORE = re.compile(r" ?(?:、|和|与|及) ?0(?![\d.%])")
