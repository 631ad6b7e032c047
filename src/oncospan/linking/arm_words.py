"""Words for arms: `对照组`, `A组`, `安慰剂`, `两药`, `该药`, a class of drugs, what patients had before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from oncospan.linking.combinations import Role, Treatment
from oncospan.linking.reading import Reading
from oncospan.model import Span

#: The lookaheads turn most positions away before the alternatives are tried: by a first character, then by two.
ARM_WORDS = re.compile(
    r"(?=[安对化研医标单仅含挽放传常最观试实用治联A-Z0-9高中低三四各两二前后该此这本上其它双])"
    r"(?=安慰|对照|化[疗学]|研究[者组]|医[生师]|标准|单[用单放独纯药]|仅[化标]|含铂|挽救|放疗|用[单放药]|常规|最佳"
    r"|观察组|试验组|实验组|治疗组|联合(?:治疗|用药)?组|其|它[与和联对较组单的]|双[免药靶]|两[药者组臂种款]|二者|[前后][两者]|[三四各][个组臂者]"
    r"|该[药产新单组联方疗治]|此方|这[款一联方疗治组]|本品|上述|[高中低][、剂]|(?<=对比)"
    r"|(?<![A-Za-z0-9+-])[A-Z][A-Za-z0-9-]{0,9}[方组]|(?<![\d.])\d{1,4}(?:\.\d)? ?[mμ])(?:"
    r"(?P<backbone>安慰剂(?:合并|联合|加|[+])(?:上述|该|这)?(?:两药|二药))"
    r"|(?P<control>安慰剂(?:联合|[+]|加)(?:化疗|放疗|ADT|标准治疗|m?[A-Z][A-Za-z0-9-]{1,9})组?|化疗免疫治疗|化学免疫治疗|安慰剂(?:对照)?组|对照组|对照(?=\d|[::,]? ?\d| ?(?:仅|为)? ?\d)|(?:(?:研究者|医生|医师)(?:所)?选(?:择)?的?)?(?:标准|单独|单纯|单药|含铂|挽救性?|仅)?化疗组|单?用?(?:单纯)?放疗(?:组|者)(?= ?(?:仅|为|则为|是|的)? ?\d)|(?:研究者|医生|医师)(?:所)?选(?:择)?的?(?:单药)?(?:方案|治疗|化疗)(?!组|\()|(?<=对比)(?:传统|常规|化学)?[^,。;()、与和]{0,6}(?:化疗|免疫治疗|免疫化疗)(?=[,。;(])|标准(?:化疗|治疗)组|(?:单纯|仅|单用)?标准(?:化疗|治疗)|单纯化疗|化疗(?:±[^,。;、\d ]{1,6})?(?= ?(?:仅|为|则为|是|的)? ?\d)|安慰剂(?!组)|化疗(?:加|联合)?或不(?:加|联合)[^,。;、\d ]{1,8}组?|常规(?:化疗|治疗)组|最佳支持治疗组?|单纯辅助治疗组)"
    r"|(?P<experimental>观察组|试验组|实验组|研究组|用药组|(?<!单独)(?<!标准)(?<!支持)(?<!常规)(?<!姑息)(?<![A-Z])治疗组|联合(?:治疗|用药)?组)"
    r"|(?P<mono>单药(?:治疗)?组)"
    r"|(?P<unknown>单药(?=(?:的)?(?:客观|ORR|有效率|中位)))|(?P<regimen>(?<![A-Za-z0-9+-])[A-Z](?:[A-Za-z0-9-]{1,9})?(?:方案)?组|(?<![A-Za-z0-9+-])[A-Z][A-Za-z0-9-]{1,9}方案)"
    r"|(?P<dose>(?<![\d.])\d{1,4}(?:\.\d)? ?(?:mg|μg)(?:/(?:kg|m2|d))?(?:剂量)?组|[高中低](?:、[高中低])?剂量组)"
    r"|(?P<all>[三四各](?:个(?:治疗)?)?(?:组|臂)|三者)"
    r"|(?P<union>(?:两药|两者|二者)(?:联合|联用))"
    r"|(?P<both>[前后]?两组|两臂|两药|两者|二者|两种药物|两款药)"
    r"|(?P<double>(?<!铂)双(?:免疫?|药|靶)(?:组合|方案|联合|治疗)?(?:组|(?=的(?:中位|客观|总|ORR|DCR|OS|PFS|DoR))))"
    r"|(?P<former>前者)|(?P<latter>后者)"
    r"|(?P<drug>该药|此方案|这款[^,。;的]{0,8}药物?|本品|该产品|该新药|该单抗|该组合|(?:该|上述|这一?)(?:联合)?(?:方案|疗法|治疗|组合)|该联合(?:治疗|方案|用药)?|它(?=与|和|联合|对比|较|组|单药|的(?:中位|客观|总|ORR|DCR|OS|PFS|DoR))|其(?![他中余它实次后间一二三四五])))"
)
_HISTORY_BEFORE = re.compile(
    r"(?:接受过(?:化疗|放疗|[^,。;、]{1,8})(?:和|与|及|、)|ITT-|既往(?:接受过|使用过|用过|经)?|曾(?:接受|用)过?|(?<!相)对|经|须以|需用|使用过|停用|同服|不加|不含|未加|无需|代替|替代|取代|既往用过|失败于|合并使用)\Z"
)
_HISTORY_BEHIND = re.compile(
    r"(?:或[^,。;]{2,8})?(?:治疗)?(?:耐药|难治|经治|治疗失败|治疗后进展|不耐受|敏感|原发耐药|均?耐药|抢救|处理|人群|时代以前|预处理|暴露)"
)
#: `FDA对X的加速批准`, `CHMP对X给出积极意见`: what agencies do with a drug is nobody's history.
_ACTED_ON = re.compile(
    r"[^,。;]{0,20}?(?:点了?头|绿灯|放行|给出[^,。;]{0,8}意见|[作做]出[^,。;]{0,8}(?:决定|意见)|发出[^,。;]{0,6}函"
    r"|的(?:首次|正式)?(?:加速|附条件|有条件|完全|上市|常规)?(?:批准|核准|审批|审评))"
)
#: What the control arm could get, told in a bracket behind the word for it.
_OPTIONS = re.compile(
    r"(?=[现当标研医单含化对常])(?P<word>(?:现行|当前)?标准(?:治疗|化疗|疗法|方案)?(?:[A-Z]{2,6})?(?:方案|组)?|(?:研究者|医生|医师)(?:所)?选(?:择)?的?(?:方案|治疗|化疗|单药化疗)?组?|(?:单药|含铂)?化疗(?:方案)?组?|对照(?:组|药物?|方案)|常规(?:方案|治疗|化疗)组?)"
    r"\((?:接受|包括|含)?(?P<inside>[^()\n]{2,70})\)组?"
)
#: How far behind its label the drugs of an arm may stand.
_DEFINITION = 14
_LETTERS = re.compile(r"(?<![A-Za-z])(?:[A-Z](?:、|和|与|及|,)){1,4}[A-Z](?:[两三四])?组")
_CLASS_ARM = re.compile(
    r"(?P<listed>(?<=等)(?:[^,。;、()]{0,12}?)(?:抑制剂|单抗|药物|ADC|TKI|疗法|方案))|(?=[国进其第一二三PEABCVHTI免])(?P<name>(?:国产|进口|其他|第[一二三]代|[一二三]代)?(?:(?:PD-\(?L?\)?1|EGFR|ALK|BTK|PARP|CDK4/6|VEGFR?|HER2|免疫检查点|TKI)[- ]?(?:TKIs?|抑制剂|单抗|抗体)|ICIs?|免疫检查点抑制剂|TKIs?)(?:单药|治疗)?)"
    r"(?=组|和[^,。;]{2,12}(?:的|组|分别)|与[^,。;]{2,12}(?:的|组|分别)|在[^,。;]{2,24}(?:有效率|缓解率|ORR)|的(?:客观缓解率|有效率|ORR|中位))"
)


#: Without one of these a stretch names no class.
_CLASS_WORDS = re.compile(r"等|PD-|EGFR|ALK|BTK|PARP|CDK4|VEGF|HER2|免疫检查点|TKI|ICI")


def add_labels(text: str, span: Span, named: list[Treatment], labels: Mapping[str, tuple[str, ...]]) -> list[Treatment]:
    """Return the treatments of a stretch with the article's own labels read as the drugs they stand for.

    Args:
        text: the folded text.
        span: the stretch.
        named: the treatments named by their drugs.
        labels: the labels with their drugs.
    """
    if not labels:
        return named
    named = _with_letters(text, span, named, labels)
    for label, drugs in labels.items():
        if text.find(label, span.start, span.end) < 0:
            continue
        for found in _label_pattern(label).finditer(text, span.start, span.end):
            place = Span(*found.span())
            inside = [treatment for treatment in named if place.overlaps(Span(treatment.start, treatment.end))]
            if any(treatment.start < place.start for treatment in inside) or _is_told(text, named, place, drugs):
                continue
            # `A组用MRG003`, `B组用卡培他滨或多西他赛`: the drugs behind the label are the arm's own definition
            named = [t for t in named if not _defines(text, place, t, drugs)]
            named = [treatment for treatment in named if treatment not in inside]
            end = max([place.end, *(treatment.end for treatment in inside)])
            arm = bool(found["arm"]) or label.endswith("组")
            role: Role = "control" if label == "对照组" else None
            named.append(Treatment(place.start, end, drugs, found.group(), arm, role))
    return named


@lru_cache(maxsize=1000)
def _label_pattern(label: str) -> re.Pattern[str]:
    edge = "" if label.endswith("组") else r"(?![A-Za-z0-9\-])"
    return re.compile(rf"(?<![A-Za-z0-9+\-]){re.escape(label)}{edge}(?P<arm>组)?")


def _defines(text: str, place: Span, treatment: Treatment, drugs: tuple[str, ...]) -> bool:
    """Tell whether a treatment right behind a label is what the label means."""
    between = text[place.end : treatment.start]
    near = 0 < len(between) <= _DEFINITION and not re.search(r"[)、]|和|与", between)
    return near and treatment.start > place.end and set(treatment.drugs) <= set(drugs)


def _is_told(text: str, named: Sequence[Treatment], place: Span, drugs: tuple[str, ...]) -> bool:
    """Tell whether a label in brackets only names the treatment before it: `顺铂+紫杉醇(C组)`."""
    return any(
        text[t.end : place.start] == "(" and text[place.end : place.end + 1] == ")" and set(t.drugs) == set(drugs)
        for t in named
    )


def _with_letters(
    text: str, span: Span, named: list[Treatment], labels: Mapping[str, tuple[str, ...]]
) -> list[Treatment]:
    """Read `A、B、C三组` as three arms that the article introduces."""
    for found in _LETTERS.finditer(text, span.start, span.end):
        letters = [mark for mark in re.finditer(r"[A-Z]", found.group()) if f"{mark.group()}组" in labels]
        for mark in letters:
            start = found.start() + mark.start()
            end = found.end() if mark is letters[-1] else start + 1
            named.append(Treatment(start, end, labels[f"{mark.group()}组"], f"{mark.group()}组", arm=True))
    return named


def is_history(reading: Reading, treatment: Treatment) -> bool:
    """What patients had before, or are given against harm, is no arm: 来那度胺耐药人群, 以托珠单抗抢救."""
    text = reading.text
    before = text[max(0, treatment.start - 12) : treatment.start]
    acted = before.endswith("对") and reading.within(max(0, treatment.start - 18), treatment.start, "AGENCY")
    if acted or (before.endswith("对") and _ACTED_ON.match(text, treatment.end)):
        return False
    if _HISTORY_BEFORE.search(before):
        # `依沃西对帕博利珠单抗`: drug against drug is a comparison
        left = reading.within(max(0, treatment.start - 16), treatment.start - 1, "DRUG")
        return before[-1:] != "对" or not left or left[-1].end != treatment.start - 1
    return bool(_HISTORY_BEHIND.match(text, treatment.end))


def add_options(reading: Reading, span: Span, named: list[Treatment]) -> list[Treatment]:
    """Read `研究者选择的方案(A+B,或C)` as one control arm with all its drugs."""
    if not named:
        return named
    for found in _OPTIONS.finditer(reading.text, span.start, span.end):
        inside = [t for t in named if found.start("inside") <= t.start < found.end("inside")]
        if not inside or any(t.start < found.start("inside") and t.end > found.start() for t in named):
            continue
        drugs = tuple(dict.fromkeys(str(d.norm) for d in reading.within(*found.span("inside"), "DRUG")))
        arm = Treatment(found.start(), found.end(), drugs, found.group(), "组" in found["word"], "control")
        named = [t for t in named if t not in inside] + [arm]
    return sorted(named, key=lambda treatment: treatment.start)


def find_classes(reading: Reading, span: Span, taken: list[Span]) -> list[Treatment]:
    """Read a class as an arm without drugs where it has a figure of its own: 国产ICI和帕博利珠单抗的ORR."""
    found: list[Treatment] = []
    if not _CLASS_WORDS.search(reading.text, *span):
        return found
    for mark in _CLASS_ARM.finditer(reading.text, span.start, span.end):
        place = Span(*mark.span())
        if not any(place.overlaps(other) for other in taken):
            found.append(Treatment(*place, (), mark.group(), anaphor="class"))
    return found


def read_word(found: re.Match[str]) -> Treatment:
    """Return the arm, or what points to one, that a match of ARM_WORDS stands for."""
    kind = str(found.lastgroup)
    role: Role = "control" if kind in ("control", "backbone") else "experimental" if kind == "experimental" else None
    arm = found.group().endswith(("组", "臂"))
    return Treatment(found.start(), found.end(), (), found.group(), arm, role, kind)
