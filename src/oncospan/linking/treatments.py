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
    rf"{_DOSE}{_BRACKET}{_DOSE} ?(?:单抗)?(?:[+＋/±]|\+/-|(?:治疗)?(?:的)?基础上(?:再)?(?:联合|加用|加)|联合(?:使用|应用|用药)?|联用|合用|加用|加上?|序贯|并用|协同)(?:(?:抗[A-Z0-9\-]{{2,6}}|PD-\(?L?\)?1|[A-Z0-9/]{{2,8}})?(?:抑制剂|单抗))? ?(?:化疗药物?)? ?"
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
    r"(?P<control>安慰剂(?:对照)?组|对照组|对照(?=\d|[::,]? ?\d| ?(?:仅|为)? ?\d)|单?纯?化疗组|标准(?:化疗|治疗)组|(?:单纯|仅|单用)?标准(?:化疗|治疗)|单纯化疗|安慰剂(?!组)|观察组|常规(?:化疗|治疗)组|最佳支持治疗组?|单纯辅助治疗组)"
    r"|(?P<experimental>试验组|实验组|研究组|用药组|治疗组|联合(?:治疗|用药)?组)"
    r"|(?P<mono>单药(?:治疗)?组)"
    r"|(?P<unknown>单药(?=(?:的)?(?:客观|ORR|有效率|中位)))|(?P<regimen>(?<![A-Za-z0-9+-])[A-Z][A-Za-z0-9-]{1,9}(?:方案)?组|(?<![A-Za-z0-9+-])[A-Z][A-Za-z0-9-]{1,9}方案)"
    r"|(?P<both>两组|两臂|两药|两者|二者|两种药物|两款药)"
    r"|(?P<former>前者)|(?P<latter>后者)"
    r"|(?P<drug>该药|此方案|这款[^,。;的]{0,8}药物?|本品|该产品|该新药|该单抗|该组合|(?:该|上述|这一?)(?:联合)?(?:方案|疗法|治疗|组合)|该联合(?:治疗|方案|用药)?|其(?![他中余它实次后间一二三四五]))"
)


_HISTORY_BEFORE = re.compile(
    r"(?:ITT-|既往(?:接受过|使用过|用过|经)?|曾(?:接受|用)过?|(?<!相)对|经|(?<!研究)以|须以|需用|使用过|停用|同服)\Z"
)
_HISTORY_BEHIND = re.compile(
    r"(?:或[^,。;]{2,8})?(?:治疗)?(?:耐药|难治|经治|治疗失败|治疗后进展|不耐受|敏感|原发耐药|均?耐药|抢救|处理|人群|时代以前|预处理|暴露)"
)
_CONTROL_BEFORE = re.compile(
    r"对照(?:组|药物?|方案)?(?:\(?(?:接受|给予|使用|采用|应用)|为|是|[::(])(?:研究者选择的|医生选择的)?\Z"
)
_RANDOMISED = re.compile(r"随机|[1-3]:[1-3]|分为|分至|分入|分别接受")
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
    named = [treatment for treatment in named if not _is_history(text, treatment)]
    named = _with_labels(text, span, named, labels)
    taken = [Span(treatment.start, treatment.end) for treatment in named]
    for found in _ARM.finditer(text, span.start, span.end):
        place = Span(found.start(), found.end())
        if any(place.overlaps(other) for other in taken):
            continue
        named.append(_word(found))
    return _join_anaphors(text, sorted(named, key=lambda treatment: treatment.start))


def _with_labels(
    text: str, span: Span, named: list[Treatment], labels: Mapping[str, tuple[str, ...]]
) -> list[Treatment]:
    for label, drugs in labels.items():
        pattern = re.compile(rf"(?<![A-Za-z0-9+\-]){re.escape(label)}(?![A-Za-z0-9\-])(?P<arm>组)?")
        for found in pattern.finditer(text, span.start, span.end):
            place = Span(*found.span())
            inside = [treatment for treatment in named if place.overlaps(Span(treatment.start, treatment.end))]
            if any(treatment.start < place.start for treatment in inside):
                continue
            named = [treatment for treatment in named if treatment not in inside]
            end = max([place.end, *(treatment.end for treatment in inside)])
            named.append(Treatment(place.start, end, drugs, found.group(), bool(found["arm"])))
    return named


def _is_history(text: str, treatment: Treatment) -> bool:
    """What patients had before, or are given against harm, is no arm: 来那度胺耐药人群, 以托珠单抗抢救."""
    before = text[max(0, treatment.start - 8) : treatment.start]
    if _HISTORY_BEFORE.search(before):
        return True
    return bool(_HISTORY_BEHIND.match(text, treatment.end))


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
    role: Role = "control" if kind == "control" else "experimental" if kind == "experimental" else None
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
    if len(between) > 70 or "\n" in between:
        return None
    if _ALIAS.fullmatch(between) or (
        between in (",", "、", ",商品名:", ",商品名为", "/") and joints and joints[-1] == "alias"
    ):
        return (
            "alias"
            if drug.norm == group[-1].norm
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
    if _LOOSE.fullmatch(stripped) and not stripped.startswith(",") and _licensed(text, drug, joints, stripped):
        return "loose"
    return None


def _closes(text: str, end: int) -> bool:
    return text[end : end + 1] in (")", ",", "®")


def _licensed(text: str, drug: Candidate, joints: list[str], between: str) -> bool:
    """A loose joint (和, 、, 或) makes one treatment only inside a combination or where the whole is one arm."""
    if "tight" in joints:
        return "或" in between or "、" in between or "和" in between or "及" in between
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
    drugs = tuple(dict.fromkeys(str(drug.norm) for drug in group))
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    open_partner = False
    for _ in range(3):
        partner = _PARTNER.match(text, end, stop)
        if not partner or not partner["partner"]:
            break
        open_partner = open_partner or bool(re.fullmatch(r" ?[A-Z]{1,3}", partner["partner"]))
        end = partner.end()
    suffix = _SUFFIX.match(text, end, stop)
    role: Role = "control" if "安慰剂" in text[start:end] and "+" in text[start:end] else None
    if _CONTROL_BEFORE.search(text, max(0, start - 16), start):
        role = "control"
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
