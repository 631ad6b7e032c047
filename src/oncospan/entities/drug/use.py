"""Words of use right beside a name: `注射|胰岛素` is a drug, `胰岛素|抵抗` a matter of biology."""

from __future__ import annotations

import re

_REACH = 16
_BODY = re.compile(r"(?:抗|血清|血浆|血|尿|循环|内源性|体内|分泌|产生|释放|合成|型)\Z")
_BEFORE = re.compile(
    r"(?:注射用?|皮下|静脉|静滴|静注|肌注|滴注|输注|泵入|灌注|外用|给予|予以?|给|服用?|口服|吃|补充|使用|应用|采用|运用|加用|换用|改用|停用|联合|联用"
    r"|合用|接受|购买|用|商品名:?|外源性|长效|短效|速效|中效|预混|基础|餐时|大剂量|高剂量|低剂量|小剂量|[±+(“\"「])"
    r"(?:[^,。;:\n]{1,8}[和与及或、])?(?:了|过|的|为|是|外源性|(?:大|高|低|小)剂量| |[“\"「(]){0,2}\Z"
)
_BEHIND = re.compile(
    r"[®™]?[)”\"」]? ?(?:\([^()\n]{1,24}\))? ?(?:\d{1,5}(?:\.\d{1,2})? ?(?:mg|μg|ug|万|g|U|IU|单位|ml|mL|片|支|粒)"
    r"|[®™]|片(?!段|区|层)|胶囊|注射|针剂?(?!对)|颗粒|软膏|乳膏|贴|栓|滴眼|气雾|喷雾|吸入|口服|静脉|静滴|皮下|肌注|鞘注|灌注|泵"
    r"|单药|[+]|联合|联用|支持|替代治疗|治疗(?!前|后)|干预|辅助|维持|方案|组(?![织成合装件长员胺蛋])|获批|上市|进医保|纳入医保|销售|说明书|适应症|耐药)"
)
#: Behind these words it is a hormone, a nutrient or a cytokine of the body.
_BIOLOGY = re.compile(
    r"[ ]?(?:\([^()\n]{1,14}\))?(?:[、/和与及][^,。;、\n]{1,10})?(?:等)?的?(?:血清|血浆)?(?:水平|受体|能|分泌|抵抗|浓度|敏感|含量|样(?!本)|信号|通路|基因|表达|释放|结合|合成|生成|产生"
    r"|升高|降低|下降|上升|增高|减少|缺乏|不足|缺陷|正常|异常|代谢|诱导|依赖|激活|介导|刺激|阳性|阴性|mRNA|蛋白|抗凝|原(?!研)|节律|摄入|神经元|过氧化|还原酶|转移酶"
    r"|抗体|检测|测定|值|峰|反应|拮抗|生长因子|降至|>|<|≥|≤|为\d|-?[γβ])"
)
_SEPARATOR = frozenset("、/+")


def is_given(text: str, start: int, end: int) -> bool:
    """Tell whether the words right beside a stretch say that it is given to somebody.

    Args:
        text: the folded text.
        start: first position of the name.
        end: position behind it.

    """
    if _BIOLOGY.match(text, end):
        return False
    reach = max(0, start - _REACH)
    if _BODY.search(text, reach, start):
        return False
    return _BEFORE.search(text, reach, start) is not None or _BEHIND.match(text, end) is not None


def neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the entries of a list end before a stretch, and begin behind it; -1 where there is no list.

    Args:
        text: the folded text.
        start: first position of the name.
        end: position behind it.

    """
    before = start - 1 if start and text[start - 1] in _SEPARATOR else -1
    behind = end + 1 if end < len(text) and text[end] in _SEPARATOR else -1
    return before, behind
