"""Combinations: drug names that stand for one treatment: `仑伐替尼+帕博利珠单抗`, `达雷妥尤单抗联合来那度胺`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from oncospan.matching.candidates import Candidate

Role = Literal["experimental", "control"] | None

_DOSE = r"(?: ?[(]?(?:[A-Z]{2,5},)?\d{1,4}(?:\.\d{1,2})? ?(?:mg|ug|μg|g|ml|mL|万U|IU)(?:/(?:kg|m2|m²|d|次|日))?(?:[ ,、]{0,2}(?:qd|bid|tid|q\d?w|d\d+|每[日天周]\S{0,3}次|口服|静滴)){0,3}[)]?)?"
_BRACKET = r"(?: ?\([^()\n]{1,40}\))?"
_TIGHT = re.compile(
    rf"{_DOSE}{_BRACKET}{_DOSE} ?(?:单抗)?(?:[+＋/±]|\+/-|-|(?:治疗)?(?:的)?基础上(?:再)?(?:联合|加用|加)|联合(?:使用|应用|用药)?|联用|联同|合并|合用|加用|加上?|序贯|并用|协同|配合?)(?:(?:抗[A-Z0-9\-]{{2,6}}|PD-\(?L?\)?1|[A-Z0-9/]{{2,8}})?(?:抑制剂|单抗))? ?(?:化疗(?:药物?)?\(?)? ?"
)
_LOOSE = re.compile(rf"{_DOSE}{_BRACKET} ?(?:和|与|及|以及|、|或|,) ?")
#: `A联合B(2017年6月)和C联合D(2023年10月)`: a bracket with a date closes what it dates.
_DATED = re.compile(r"\([^()]{0,10}\d{4}年")
_ALIAS = re.compile(r" ?\((?:(?:英文名|商品名|通用名|代号|研发代号|又译|又称|即|简称|下称|曾用名|原名)[::]? ?)?[“\"]?")
_PARTNER = re.compile(
    rf"{_DOSE}{_BRACKET} ?(?:[+±]|联合|加)(?P<partner> ?(?:\(?(?:含?铂类?|化疗|放疗|放化疗|安慰剂|标准化?治?疗?|最佳支持治疗|内分泌治疗|[A-Z]{{1,3}}(?![A-Za-z0-9-])|m?FOLF[A-Z]+\d?|CAPOX|XELOX|TACE|HAIC|AI|FLOT|GEMOX|GemOx|THP|R?-?CHOP|CRT|SBRT|HIPEC|PD-\(?L?\)?1(?:抑制剂|单抗)|抗[A-Z0-9\-]+单抗)[^,。;、\n()和与]{{0,4}}?)?)"
)
_SUFFIX = re.compile(
    rf"{_DOSE}{_BRACKET} ?(?:单药|单抗|联合化疗|联合治疗|双药|双免疫?|化疗)?(?P<arm>治疗组|方案组|单药组|联合组|维持组|组(?!织|成|合|间|内|学|分))"
)
_CONTROL_BEFORE = re.compile(
    r"对照(?:组|药物?|方案)?(?:\(?(?:接受|给予|使用|采用|应用)|为|是|[::(])(?:研究者选择的|医生选择的)?\Z|对照\Z"
)
_PLACEBO_BEFORE = re.compile(r"安慰剂 ?(?:[+＋]|联合|加) ?\Z")
_COMPARED_BEFORE = re.compile(r"(?:比较|对比)了?\Z")
_RANDOMISED = re.compile(r"随机|[1-3]:[1-3]|分为|分至|分入|分别接受")
#: Abbreviations of classes and regimens, which stand for no drug of the article.
_KNOWN_PARTNERS = frozenset(
    {"AI", "ET", "ADT", "GP", "EP", "AG", "GC", "TP", "PF", "TC", "BSC", "CT", "RT", "CRT", "TKI", "ICI"}
)
_JOINED_BEFORE = re.compile(r"(?:其|该药|本品)(?:联合|联用|合并|加)\Z")


class Treatment(NamedTuple):
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


def group_names(text: str, drugs: Sequence[Candidate]) -> list[list[Candidate]]:
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
    elif between.startswith(")") and text.find("(", group[0].start, group[-1].end) < 0:
        # `联合组(A+B)、A组`: the bracket that holds the group closes
        return None
    stripped = stripped.removeprefix("®").removeprefix(")")
    if stripped != "/" and set(_drugs([drug])) <= set(_drugs(group)) and not stripped.startswith("("):
        # `A联合B、A联合B及C、化疗三组`: a drug named again begins another arm
        return None
    if _TIGHT.fullmatch(stripped):
        return None if stripped == "/" and drug.norm == group[-1].norm else "tight"
    if (
        _LOOSE.fullmatch(stripped)
        and not _DATED.search(stripped)
        and not stripped.startswith(",")
        and _licensed(text, group[0].start, drug, joints, stripped)
    ):
        return "loose"
    return None


def _drugs(group: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the drugs of a group, each once; a nickname of a combination (双艾) is all of its drugs."""
    return tuple(dict.fromkeys(drug for item in group for drug in str(item.norm).split("+")))


def _closes(text: str, end: int) -> bool:
    return text[end : end + 1] in (")", ",", "®")


def _licensed(text: str, start: int, drug: Candidate, joints: list[str], between: str) -> bool:
    """A loose joint (和, 、, 或) makes one treatment only inside a combination or where the whole is one arm."""
    if between.strip() in ("与", "和") and _COMPARED_BEFORE.search(text, max(0, start - 4), start):
        # `比较了A联合B与C的疗效`
        return False
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


def close_group(text: str, group: Sequence[Candidate], stop: int) -> Treatment:
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
    placebo = None
    if text.find("安慰剂", max(0, start - 8), start) >= 0:
        placebo = _PLACEBO_BEFORE.search(text, max(0, start - 8), start)
    compared = text.find("对照", max(0, start - 16), start) >= 0
    if placebo or (compared and _CONTROL_BEFORE.search(text, max(0, start - 16), start)):
        role = "control"
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
    return treatment._replace(drugs=tuple(dict.fromkeys(drugs)))
