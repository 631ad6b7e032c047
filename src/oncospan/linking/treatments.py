"""Treatments: the drugs of one arm read together, with the words that make them an arm.

`仑伐替尼+帕博利珠单抗组`, `达雷妥尤单抗联合来那度胺`, `对照组`, `安慰剂`, `该药`, `两组`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from oncospan.linking.reading import Reading
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

Role = Literal["experimental", "control"] | None

_DOSE = r"(?: ?[(]?(?:[A-Z]{2,5},)?\d{1,4}(?:\.\d{1,2})? ?(?:mg|ug|μg|g|ml|mL|万U|IU)(?:/(?:kg|m2|m²|d|次|日))?(?:[ ,、]{0,2}(?:qd|bid|tid|q\d?w|d\d+|每[日天周]\S{0,3}次|口服|静滴)){0,3}[)]?)?"
_BRACKET = r"(?: ?\([^()\n]{1,40}\))?"
_TIGHT = re.compile(
    rf"{_DOSE}{_BRACKET}{_DOSE} ?(?:单抗)?(?:[+＋/±]|\+/-|-|(?:治疗)?(?:的)?基础上(?:再)?(?:联合|加用|加)|联合(?:使用|应用|用药)?|联用|联同|合并|合用|加用|加上?|序贯|并用|协同)(?:(?:抗[A-Z0-9\-]{{2,6}}|PD-\(?L?\)?1|[A-Z0-9/]{{2,8}})?(?:抑制剂|单抗))? ?(?:化疗(?:药物?)?\(?)? ?"
)
_LOOSE = re.compile(rf"{_DOSE}{_BRACKET} ?(?:和|与|及|以及|、|或|,) ?")
_ALIAS = re.compile(r" ?\((?:(?:英文名|商品名|通用名|代号|研发代号|又译|又称|即|简称|下称|曾用名|原名)[::]? ?)?[“\"]?")
_PARTNER = re.compile(
    rf"{_DOSE}{_BRACKET} ?(?:[+±]|联合|加)(?P<partner> ?(?:\(?(?:含?铂类?|化疗|放疗|放化疗|安慰剂|标准化?治?疗?|最佳支持治疗|内分泌治疗|[A-Z]{{1,3}}(?![A-Za-z0-9-])|m?FOLF[A-Z]+\d?|CAPOX|XELOX|TACE|HAIC|AI|PD-\(?L?\)?1(?:抑制剂|单抗)|抗[A-Z0-9\-]+单抗)[^,。;、\n()和与]{{0,4}}?)?)"
)
_SUFFIX = re.compile(
    rf"{_DOSE}{_BRACKET} ?(?:单药|单抗|联合化疗|联合治疗|双药|双免疫?|化疗)?(?P<arm>治疗组|方案组|单药组|联合组|维持组|组(?!织|成|合|间|内|学|分))"
)
_JOINT = re.compile(rf"{_DOSE}{_BRACKET} ?(?:联合(?:化疗|方案|治疗|用药|组)|双药|三药|方案|组(?!织|成|合))")
_ARM = re.compile(
    r"(?P<backbone>安慰剂(?:合并|联合|加|[+])(?:上述|该|这)?(?:两药|二药))"
    r"|(?P<control>安慰剂(?:对照)?组|对照组|对照(?=\d|[::,]? ?\d| ?(?:仅|为)? ?\d)|(?:(?:研究者|医生|医师)(?:所)?选(?:择)?的?)?(?:标准|单独|单纯|单药|含铂|挽救性?|仅)?化疗组|单?用?(?:单纯)?放疗(?:组|者)(?= ?(?:仅|为|则为|是|的)? ?\d)|(?:研究者|医生|医师)(?:所)?选(?:择)?的?(?:单药)?(?:方案|治疗|化疗)(?!组|\()|(?<=对比)(?:传统|常规|化学)?[^,。;()、与和]{0,6}(?:化疗|免疫治疗|免疫化疗)(?=[,。;(])|标准(?:化疗|治疗)组|(?:单纯|仅|单用)?标准(?:化疗|治疗)|单纯化疗|化疗(?:±[^,。;、\d ]{1,6})?(?= ?(?:仅|为|则为|是|的)? ?\d)|安慰剂(?!组)|常规(?:化疗|治疗)组|最佳支持治疗组?|单纯辅助治疗组)"
    r"|(?P<experimental>观察组|试验组|实验组|研究组|用药组|治疗组|联合(?:治疗|用药)?组)"
    r"|(?P<mono>单药(?:治疗)?组)"
    r"|(?P<unknown>单药(?=(?:的)?(?:客观|ORR|有效率|中位)))|(?P<regimen>(?<![A-Za-z0-9+-])[A-Z](?:[A-Za-z0-9-]{1,9})?(?:方案)?组|(?<![A-Za-z0-9+-])[A-Z][A-Za-z0-9-]{1,9}方案)"
    r"|(?P<dose>(?<![\d.])\d{1,4}(?:\.\d)? ?(?:mg|μg)(?:/(?:kg|m2|d))?(?:剂量)?组|[高中低](?:、[高中低])?剂量组)"
    r"|(?P<all>[三四各](?:个(?:治疗)?)?(?:组|臂)|三者)"
    r"|(?P<both>两组|两臂|两药|两者|二者|两种药物|两款药)"
    r"|(?P<former>前者)|(?P<latter>后者)"
    r"|(?P<drug>该药|此方案|这款[^,。;的]{0,8}药物?|本品|该产品|该新药|该单抗|该组合|(?:该|上述|这一?)(?:联合)?(?:方案|疗法|治疗|组合)|该联合(?:治疗|方案|用药)?|其(?![他中余它实次后间一二三四五]))"
)


_HISTORY_BEFORE = re.compile(
    r"(?:接受过(?:化疗|放疗|[^,。;、]{1,8})(?:和|与|及|、)|ITT-|既往(?:接受过|使用过|用过|经)?|曾(?:接受|用)过?|(?<!相)对|经|须以|需用|使用过|停用|同服|不加|不含|未加|无需|代替|替代|取代|既往用过|失败于|合并使用)\Z"
)
_HISTORY_BEHIND = re.compile(
    r"(?:或[^,。;]{2,8})?(?:治疗)?(?:耐药|难治|经治|治疗失败|治疗后进展|不耐受|敏感|原发耐药|均?耐药|抢救|处理|人群|时代以前|预处理|暴露)"
)
_CONTROL_BEFORE = re.compile(
    r"对照(?:组|药物?|方案)?(?:\(?(?:接受|给予|使用|采用|应用)|为|是|[::(])(?:研究者选择的|医生选择的)?\Z"
)
#: What the control arm could get, told in a bracket behind the word for it.
_OPTIONS = re.compile(
    r"(?P<word>(?:现行|当前)?标准(?:治疗|化疗|疗法|方案)?(?:[A-Z]{2,6})?(?:方案|组)?|(?:研究者|医生|医师)(?:所)?选(?:择)?的?(?:方案|治疗|化疗|单药化疗)?组?|(?:单药|含铂)?化疗(?:方案)?组?|对照(?:组|药物?|方案)|常规(?:方案|治疗|化疗)组?)"
    r"\((?:接受|包括|含)?(?P<inside>[^()\n]{2,70})\)组?"
)
#: How far behind its label the drugs of an arm may stand.
_DEFINITION = 14
_LETTERS = re.compile(r"(?<![A-Za-z])(?:[A-Z](?:、|和|与|及|,)){1,4}[A-Z](?:[两三四])?组")
_CLASS_ARM = re.compile(
    r"(?P<name>(?:国产|进口|其他|第[一二三]代|[一二三]代)?(?:(?:PD-\(?L?\)?1|EGFR|ALK|BTK|PARP|CDK4/6|VEGFR?|HER2|免疫检查点|TKI)[- ]?(?:TKIs?|抑制剂|单抗|抗体)|ICIs?|免疫检查点抑制剂|TKIs?)(?:单药|治疗)?)"
    r"(?=组|和[^,。;]{2,12}(?:的|组|分别)|与[^,。;]{2,12}(?:的|组|分别)|在[^,。;]{2,24}(?:有效率|缓解率|ORR)|的(?:客观缓解率|有效率|ORR|中位))"
)
_PLACEBO_BEFORE = re.compile(r"安慰剂 ?(?:[+＋]|联合|加) ?\Z")
_RANDOMISED = re.compile(r"随机|[1-3]:[1-3]|分为|分至|分入|分别接受")
#: Abbreviations of classes and regimens, which stand for no drug of the article.
_KNOWN_PARTNERS = frozenset({"AI", "ET", "ADT", "GP", "EP", "AG", "GC", "TP", "PF", "TC", "BSC", "CT", "RT", "CRT", "TKI", "ICI"})
_JOINED_BEFORE = re.compile(r"(?:其|该药|本品)(?:联合|联用|合并|加)\Z")
_PLUS = re.compile(r" ?(?:单药)?(?:联合|联用|加上?|[+]) ?")
_LONE_PLUS = re.compile(r"(?:^|[,。;:(时和与\n]|彼时)联合\Z")


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the patients of one arm received.

    Args:
        start: first position.
        end: position behind the last one.
        drugs: normal forms in the order of the text, each once.
        label: the words, for the row.
        arm: the words call it an arm (组).
        role: said by the words themselves.
        anaphor: `drug`, `both`, `former`, `latter`, `mono`, `experimental`, `control` where the drugs stand elsewhere.
        base: the drugs before 基础上: what the arm without the addition received.
        open_partner: a partner named by an abbreviation that stands elsewhere (`EV+P`).
    """

    start: int
    end: int
    drugs: tuple[str, ...]
    label: str
    arm: bool = False
    role: Role = None
    anaphor: str | None = None
    open_partner: bool = False
    base: tuple[str, ...] = ()


def find_treatments(reading: Reading, span: Span, labels: Mapping[str, tuple[str, ...]]) -> list[Treatment]:
    """Return the treatments named in a stretch, sorted by start, none overlapping.

    Args:
        reading: the article.
        span: the stretch.
        labels: the article's own labels of treatments, see `labels`.
    """
    text = reading.text
    groups = _group(text, reading.within(span.start, span.end, "DRUG"))
    named = [_close(text, group, span.end) for group in groups]
    named = _with_options(reading, span, named)
    named = [treatment for treatment in named if not _is_history(reading, treatment)]
    named = _with_labels(text, span, named, labels)
    taken = [Span(treatment.start, treatment.end) for treatment in named]
    for found in _ARM.finditer(text, span.start, span.end):
        place = Span(found.start(), found.end())
        if any(place.overlaps(other) for other in taken):
            continue
        named.append(_word(found))
    named += _with_classes(reading, span, [Span(treatment.start, treatment.end) for treatment in named])
    return _join_anaphors(text, sorted(named, key=lambda treatment: treatment.start))


def _with_labels(
    text: str, span: Span, named: list[Treatment], labels: Mapping[str, tuple[str, ...]]
) -> list[Treatment]:
    named = _with_letters(text, span, named, labels)
    for label, drugs in labels.items():
        edge = "" if label.endswith("组") else r"(?![A-Za-z0-9\-])"
        pattern = re.compile(rf"(?<![A-Za-z0-9+\-]){re.escape(label)}{edge}(?P<arm>组)?")
        for found in pattern.finditer(text, span.start, span.end):
            place = Span(*found.span())
            inside = [treatment for treatment in named if place.overlaps(Span(treatment.start, treatment.end))]
            if any(treatment.start < place.start for treatment in inside) or _is_told(text, named, place, drugs):
                continue
            # `A组用MRG003`, `B组用卡培他滨或多西他赛`: the drugs behind the label are the arm's own definition
            named = [t for t in named if not (0 < t.start - place.end <= _DEFINITION and set(t.drugs) <= set(drugs))]
            named = [treatment for treatment in named if treatment not in inside]
            end = max([place.end, *(treatment.end for treatment in inside)])
            arm = bool(found["arm"]) or label.endswith("组")
            role: Role = "control" if label == "对照组" else None
            named.append(Treatment(place.start, end, drugs, found.group(), arm, role))
    return named


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


def _is_history(reading: Reading, treatment: Treatment) -> bool:
    """What patients had before, or are given against harm, is no arm: 来那度胺耐药人群, 以托珠单抗抢救."""
    text = reading.text
    before = text[max(0, treatment.start - 12) : treatment.start]
    if _HISTORY_BEFORE.search(before):
        # `依沃西对帕博利珠单抗`: drug against drug is a comparison
        left = reading.within(max(0, treatment.start - 16), treatment.start - 1, "DRUG")
        return before[-1:] != "对" or not left or left[-1].end != treatment.start - 1
    return bool(_HISTORY_BEHIND.match(text, treatment.end))


def _with_options(reading: Reading, span: Span, named: list[Treatment]) -> list[Treatment]:
    """Read `研究者选择的方案(A+B,或C)` as one control arm with all its drugs."""
    for found in _OPTIONS.finditer(reading.text, span.start, span.end):
        inside = [t for t in named if found.start("inside") <= t.start < found.end("inside")]
        if not inside or any(t.start < found.start("inside") and t.end > found.start() for t in named):
            continue
        drugs = tuple(dict.fromkeys(str(d.norm) for d in reading.within(*found.span("inside"), "DRUG")))
        arm = Treatment(found.start(), found.end(), drugs, found.group(), "组" in found["word"], "control")
        named = [t for t in named if t not in inside] + [arm]
    return sorted(named, key=lambda treatment: treatment.start)


def _with_classes(reading: Reading, span: Span, taken: list[Span]) -> list[Treatment]:
    """Read a class as an arm without drugs where it has a figure of its own: 国产ICI和帕博利珠单抗的ORR."""
    found = []
    for mark in _CLASS_ARM.finditer(reading.text, span.start, span.end):
        place = Span(*mark.span("name"))
        if not any(place.overlaps(other) for other in taken):
            found.append(Treatment(*place, (), mark["name"], anaphor="class"))
    return found


def _join_anaphors(text: str, treatments: list[Treatment]) -> list[Treatment]:
    """Read 该药联合卡铂 as one treatment whose first drug stands elsewhere."""
    joined: list[Treatment] = []
    for treatment in treatments:
        previous = joined[-1] if joined else None
        if (
            previous is not None
            and previous.anaphor == "drug"
            and not previous.drugs
            and treatment.drugs
            and _PLUS.fullmatch(text, previous.end, treatment.start)
        ):
            label = text[previous.start : treatment.end]
            joined[-1] = replace(treatment, start=previous.start, label=label, anaphor="plus")
        elif (
            treatment.drugs
            and treatment.anaphor is None
            and _LONE_PLUS.search(text, max(0, treatment.start - 5), treatment.start)
        ):
            joined.append(replace(treatment, anaphor="plus"))
        else:
            joined.append(treatment)
    return joined


def _word(found: re.Match[str]) -> Treatment:
    kind = str(found.lastgroup)
    role: Role = "control" if kind in ("control", "backbone") else "experimental" if kind == "experimental" else None
    arm = found.group().endswith(("组", "臂"))
    return Treatment(found.start(), found.end(), (), found.group(), arm, role, kind)


def _group(text: str, drugs: Sequence[Candidate]) -> list[list[Candidate]]:
    """Put together the names that stand for one treatment."""
    groups: list[list[Candidate]] = []
    joints: list[str] = []
    for drug in drugs:
        link = _link(text, groups[-1], drug, joints) if groups else None
        if link is None:
            groups.append([drug])
            joints = []
        else:
            groups[-1].append(drug)
            joints.append(link)
    return groups


def _link(text: str, group: list[Candidate], drug: Candidate, joints: list[str]) -> str | None:
    """Tell how a name goes on a treatment: `alias`, `tight`, `loose`, or not at all."""
    between = text[group[-1].end : drug.start]
    if len(between) > 70 or "\n" in between or "组)" in between:
        return None
    if _ALIAS.fullmatch(between) or (
        between in (",", "、", ",商品名:", ",商品名为", "/") and joints and joints[-1] == "alias"
    ):
        return (
            "alias"
            if drug.norm == group[-1].norm
            or set(_drugs([drug])) == set(_drugs(group))
            or (between.strip() == "(" and _closes(text, drug.end) and drug.norm == group[-1].norm)
            else None
        )
    stripped = between
    if (
        ")" in between
        and "(" not in between[: between.index(")")]
        and text.rfind("(", group[0].start, group[-1].start) >= 0
    ):
        stripped = between[between.index(")") + 1 :]
    stripped = stripped.removeprefix("®").removeprefix(")")
    if _TIGHT.fullmatch(stripped):
        return None if stripped == "/" and drug.norm == group[-1].norm else "tight"
    if _LOOSE.fullmatch(stripped) and not stripped.startswith(",") and _licensed(text, group[0].start, drug, joints, stripped):
        return "loose"
    return None


def _drugs(group: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the drugs of a group, each once; a nickname of a combination (双艾) is all of its drugs."""
    return tuple(dict.fromkeys(drug for item in group for drug in str(item.norm).split("+")))


def _closes(text: str, end: int) -> bool:
    return text[end : end + 1] in (")", ",", "®")


def _licensed(text: str, start: int, drug: Candidate, joints: list[str], between: str) -> bool:
    """A loose joint (和, 、, 或) makes one treatment only inside a combination or where the whole is one arm."""
    if "tight" in joints:
        return any(mark in between for mark in "或、和与及")
    if _JOINED_BEFORE.search(text, max(0, start - 4), start):
        # `其联合卡铂、依托泊苷的中位OS`: what a pronoun is joined with is one arm
        return True
    if "loose" in joints:
        return True
    if "或" in between and not _RANDOMISED.search(text, max(0, drug.start - 70), drug.start):
        return True
    following = text[drug.end : drug.end + 14]
    return bool(
        re.match(
            r"(?:、[^,。;、]{2,8}){0,2}(?:或[^,。;、]{2,10}|联合化疗|联合方案|联合治疗|联用|双药|三药|基础上)",
            following,
        )
    )


def _close(text: str, group: Sequence[Candidate], stop: int) -> Treatment:
    """Take in the words behind a group that make it an arm or name a further partner."""
    start, end = group[0].start, group[-1].end
    drugs = _drugs(group)
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    open_partner = False
    for _ in range(3):
        partner = _PARTNER.match(text, end, stop)
        if not partner or not partner["partner"]:
            break
        name = partner["partner"].strip()
        open_partner = open_partner or (bool(re.fullmatch(r"[A-Z]{1,3}", name)) and name not in _KNOWN_PARTNERS)
        end = partner.end()
    suffix = _SUFFIX.match(text, end, stop)
    role: Role = "control" if "安慰剂" in text[start:end] and "+" in text[start:end] else None
    if _CONTROL_BEFORE.search(text, max(0, start - 16), start) or _PLACEBO_BEFORE.search(text, max(0, start - 8), start):
        role = "control"
    placebo = _PLACEBO_BEFORE.search(text, max(0, start - 8), start)
    start = placebo.start() if placebo else start
    base = _base(text, group)
    stop = suffix.end() if suffix else end
    label = text[start:stop]
    return Treatment(start, stop, drugs, label, suffix is not None, role, open_partner=open_partner, base=base)


def _base(text: str, group: Sequence[Candidate]) -> tuple[str, ...]:
    for index, (left, right) in enumerate(pairwise(group)):
        if "基础上" in text[left.end : right.start]:
            return tuple(dict.fromkeys(str(drug.norm) for drug in group[: index + 1]))
    return ()


def with_drugs(treatment: Treatment, drugs: Iterable[str]) -> Treatment:
    """Return a treatment with the drugs that were found for it elsewhere."""
    return replace(treatment, drugs=tuple(dict.fromkeys(drugs)))
