"""Development codes that no lexicon holds: letters and digits, and the words beside them that make one a drug."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources.abc import Traversable
from typing import NamedTuple

from oncospan.entities.drug.hazards import is_trial
from oncospan.entities.drug.lexicon import Lexicon
from oncospan.entities.drug.page import Found, Page
from oncospan.entities.drug.table import read_table
from oncospan.model import Span

#: Letters, then digits: SKB264, SHR-A2102, BL-B01D1, 9MW2821, BAY 2927088, 177Lu-TLX591.
CODE = re.compile(
    r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]-)(?:(?:177Lu|131I|225Ac|212Pb|161Tb|67Cu|90Y)-|\d{1,2}(?=[A-Z]{2}))?"
    r"(?P<prefix>[A-Z][A-Za-z]{0,5})(?:-[A-Z]{1,3}(?=-?\d))?"
    r"[- ]?(?:[A-Z]{1,3})?(?P<digits>\d{2,8})(?:[A-Z]\d{0,2}|[a-z]|-\d{2,3}[A-Z])?(?![A-Za-z0-9])"
)
#: What may hold a code: read first, because it starts at a character class and so costs little.
_RUN = re.compile(r"[A-Z0-9](?:[A-Za-z0-9-]| (?=\d)){2,40}")
_KINDS = (
    "双特异性抗体|三特异性抗体|双抗|三抗|单抗|单克隆抗体|ADC|抗体偶联药物|抗体药物偶联物|偶联药?物|抑制剂|激动剂|拮抗剂|降解剂|分子胶|融合蛋白"
    "|疫苗|CAR-T(?:产品|细胞)?|细胞疗法|细胞治疗产品|溶瘤病毒|PROTAC|TCE|RDC|新药|药物"
)
_BEFORE = re.compile(
    rf"(?:(?:研发|项目|产品|药物|开发)?代号|(?:研发|项目)编号|(?:在研|候选|核心|自研|创新)(?:药物?|产品|管线|新药)|注射用|小分子|{_KINDS})"
    r"(?:为|是|名为|:|—{1,2}|[\"“「\[(]| |、即|即|候选药?物?|产品){0,3}\Z"
)
#: A target and its antibody touch too, so 双抗 and 单抗 speak for long numbers only: AK112双抗, but CDH17单抗.
_BEHIND = re.compile(
    r"[®™]?[ ]?(?:(?:细胞)?注射(?:用|液)|片(?!段|区|层)|(?:软)?胶囊|颗粒|口服液|滴眼液|乳膏|凝胶|单药|疫苗|(?<=\d\d\d)(?:[双三四]抗|单抗|[双三四多]特异性抗体|CAR-T| ?ADC)"
    r"|[^。;,!?\n]{0,12}?(?:上市(?:许可)?申请|新药申请|临床试验申请|临床试验默示许可|IND|NDA|BLA|孤儿药|突破性|快速通道)"
    rf"|\([^()\n]{{0,40}}(?:{_KINDS}|注射液|胶囊|片)\)"
    rf"|(?:\([^()\n]{{0,40}}\))?,?(?:是|为|作为|属于)[^。;!?\n]{{0,60}}?(?:{_KINDS}|抗体))"
)
#: `研发代号为A166`, `注射用V940`: with these words a single letter and a space do no harm.
_LABELLED = re.compile(r"(?:代号|编号|代码|注射用)(?:为|是|名为|:|[\"“「\[(]| ){0,3}\Z")
#: Words of use in front, and words of use behind: neither is enough by itself.
_GIVEN = re.compile(
    r"(?:接受|给予|予以?|口服|服用|使用|应用|采用|换用|改用|加用|停用|输注|联合|联用|序贯|对比|评估|靶向药|候选|[+/±])"
    r"(?:了|过|其|该|新药|药物|[“\"「]| ){0,2}\Z"
)
_TAKEN = re.compile(
    r"[®™]?[”\"」]? ?(?:\([^()\n]{0,40}\))? ?(?:治疗|单药|联合|联用|组(?![织成合装件长员胺])|给药|口服|静脉|\d{1,4}(?:\.\d)? ?(?:mg|μg|ug)"
    r"|后|后续|耐受|维持|辅助|序贯|的|与|和|及|[+/±,、。;)]|\Z)"
)
#: `SHR-8068组的客观缓解率`, `BAT7104联合奥希替尼`, `IBI110的I期临床数据` say it all by themselves.
_PROVEN = re.compile(
    r"[®™]?[”\"」]? ?(?:\([^()\n]{0,40}\))? ?(?:治疗)?(?:组(?:和|与|、|及)[^,。;\n]{0,12})?组?的?(?:确认的?)?(?:客观缓解率|ORR|疾病控制率|DCR|中位(?:PFS|OS|DoR|无进展|总生存)"
    r"|(?:疗效|有效性|安全性|耐受性|抗肿瘤活性|药代动力学|推荐剂量|最大耐受剂量|半衰期)|(?:Ib?|IIa?|IIb|III|Ib/II|I/II|1b?|2|3|1/2)期)"
    r"|[ ]?\d{1,4}(?:\.\d)? ?(?:mg|μg|ug)(?![a-z])"
)
#: `IMGN853联合|贝伐珠单抗`: a known drug stands behind it.
_PARTNER = re.compile(r"[®™]? ?(?:联合|联用|[+/]) ?")
#: Words that wake the room where a text holds a code and no known name or stem.
WAKING = (
    "代号", "编号", "新药", "双抗", "三抗", "四抗", "抑制剂", "激动剂", "拮抗剂", "降解剂", "分子胶", "接受", "给予", "口服", "缓解率", "联合", "临床", "融合蛋白",
    "细胞疗法", "细胞治疗产品", "溶瘤病毒", "偶联", "在研", "候选", "注射", "胶囊", "单药", "上市申请", "孤儿药", "快速通道", "小分子", "protac",
)  # fmt: skip
#: COSMIC-312研究, RATIONALE 306试验: wherever its words call it a study, the name is no drug's.
_STUDY = re.compile(
    r"[ ]?(?:\([^()\n]{0,30}\))?[ ]?(?:研究|试验|临床试验|队列|trial|study)(?!药|用药|性|者|机构)", re.IGNORECASE
)
#: The same for a cell line, a gene or a target, where only words of use speak for the name.
_OTHER = re.compile(
    r"[ ]?(?:\([^()\n]{0,30}\))?[ ]?(?:细胞(?!注射|治疗|疗法|回输|输注)|荷瘤|移植瘤|裸鼠|抗原|基因|蛋白|m?RNA|表达|阳性|阴性|靶点|通路|信号|受体|突变|位点|磁共振|评分|量表|标准|指南|会议|年会)"
)
_YEAR = re.compile(r"19\d\d|20[0-3]\d")
#: I-125粒子, Y-90微球: the element and its mass.
_ISOTOPE = re.compile(r"(?:Y|I|P|C|F|H|Co|Ir|Lu|Ra|Sr|Tc|Ga|Cs|Sm|Ac|Ho|Re|Zr|Cu|Xe)-?\d{1,3}m?")


class Prefixes:
    """What the letters of a code say.

    Args:
        none: prefixes that belong to trials, antigens, genes, cell lines and registries.
        company: prefixes under which companies have brought several drugs.

    """

    __slots__ = ("company", "none")

    def __init__(self, none: frozenset[str], company: frozenset[str]) -> None:
        self.none = none
        self.company = company


def _read_none(folder: Traversable) -> frozenset[str]:
    prefixes: set[str] = set()
    for place, (prefix, kind, _) in read_table(folder, "prefixes.csv", ("prefix", "kind", "note")):
        if kind != "none":
            raise place.error(f"the kind {kind!r} is unknown", "write none")
        if prefix in prefixes:
            raise place.error(f"{prefix!r} has a row already", "remove one")
        prefixes.add(prefix)
    return frozenset(prefixes)


def read_prefixes(folder: Traversable, lexicon: Lexicon) -> Prefixes:
    """Return the prefixes of codes; those of companies are counted from the lexicon.

    Args:
        folder: where prefixes.csv is.
        lexicon: the known codes.

    Raises:
        LexiconError: the table breaks a rule of its format.

    """
    none = _read_none(folder)
    drugs: dict[str, set[str]] = defaultdict(set)
    for concept in lexicon.concepts.values():
        for code in (*concept.names["code"], concept.inn):
            found = CODE.fullmatch(code)
            if found:
                drugs[found["prefix"]].add(concept.inn)
    company = {prefix for prefix, inns in drugs.items() if len(inns) >= 2 and len(prefix) >= 2 and prefix.isupper()}
    return Prefixes(none, frozenset(company - none))


def is_code(text: str, prefixes: Prefixes) -> bool:
    """Tell whether a text has the make of a development code, and not of a trial, an antigen or a variant.

    Args:
        text: the whole candidate.
        prefixes: what its letters say.

    """
    found = CODE.fullmatch(text)
    return found is not None and _is_open(found, prefixes)


def _is_open(found: re.Match[str], prefixes: Prefixes) -> bool:
    if _is_foreign(found, prefixes):
        return False
    if " " in found.group() and (found["prefix"] not in prefixes.company or _YEAR.fullmatch(found["digits"])):
        return False
    # L858R and T790M are variants, H1975 a cell line, T2N0M0 a stage.
    return len(found["prefix"]) > 1 or "-" in found.group()


def _is_foreign(found: re.Match[str], prefixes: Prefixes) -> bool:
    return found["prefix"].upper() in prefixes.none or _ISOTOPE.fullmatch(found.group()) is not None


def _is_labelled(page: Page, found: re.Match[str], prefixes: Prefixes) -> bool:
    """Tell whether the text itself calls it a code, which excuses a single letter and a space."""
    if len(found["digits"]) < 3 or not found["prefix"].isupper() or _is_foreign(found, prefixes):
        return False
    return _LABELLED.search(page.text, max(0, found.start() - 12), found.start()) is not None


class _Taken(NamedTuple):
    """Where the names already found begin and end."""

    starts: frozenset[int]
    ends: frozenset[int]

    def lists(self, text: str, start: int, end: int) -> bool:
        """Tell whether a stretch stands beside one of them in a list."""
        return (text.startswith("、", end) and end + 1 in self.starts) or (
            text.startswith("、", start - 1) and start - 1 in self.ends
        )


def find_codes(page: Page, known: Iterable[Found], prefixes: Prefixes) -> list[Found]:
    """Return the codes of a text that its own words call drugs, at every place where they stand.

    Args:
        page: the text and its hits.
        known: the names already found.
        prefixes: what the letters of a code say.

    """
    if not page.speaks_of_medicine(2):
        return []
    known = tuple(known)
    taken = _Taken(frozenset(found.start for found in known), frozenset(found.end for found in known))
    codes: dict[str, str] = {}
    runs = _RUN.finditer(page.text)
    for found in (found for run in runs for found in CODE.finditer(page.text, *run.span())):
        code = found.group()
        if code in codes or found.start() in taken.starts or page.is_hidden(found.start(), found.end()):
            continue
        rule = _judge(page, found, taken, prefixes)
        if rule:
            codes[code] = rule
    places = ((code, rule, span) for code, rule in codes.items() for span in occurrences(page.text, code))
    return [
        Found(span.start, span.end, code, rule, "medium")
        for code, rule, span in places
        if span.start not in taken.starts
    ]


def _judge(page: Page, found: re.Match[str], taken: _Taken, prefixes: Prefixes) -> str | None:
    """Return the rule that makes a code a drug, or None where its words make it something else."""
    rule: str | None = "code"
    if not _is_labelled(page, found, prefixes):
        rule = _evidence(page, found, taken, prefixes) if _is_open(found, prefixes) else None
    if rule is None or _is_called(_STUDY, page.text, found.group()):
        return None
    return None if rule != "code" and _is_called(_OTHER, page.text, found.group()) else rule


def _is_called(words: re.Pattern[str], text: str, code: str) -> bool:
    return any(words.match(text, span.end) for span in occurrences(text, code))


def _evidence(page: Page, found: re.Match[str], taken: _Taken, prefixes: Prefixes) -> str | None:
    text, sentence = page.text, page.document.sentence_at(found.start())
    if is_trial(text, found.end()):
        return None
    before = max(sentence.start, found.start() - 16)
    if _BEFORE.search(text, before, found.start()) or _BEHIND.match(text, found.end(), sentence.end):
        return "code"
    company = found["prefix"] in prefixes.company
    if company and len(found["digits"]) >= 3:
        return "code.company"
    if _YEAR.fullmatch(found["digits"]) and not company:
        return None
    partner = _PARTNER.match(text, found.end())
    given = _GIVEN.search(text, before, found.start()) and _TAKEN.match(text, found.end(), sentence.end)
    if given or _PROVEN.match(text, found.end(), sentence.end) or (partner and partner.end() in taken.starts):
        return "code.use"
    if (company or len(found["digits"]) >= 3) and taken.lists(text, found.start(), found.end()):
        return "code.list"
    return None


def occurrences(text: str, name: str) -> Iterable[Span]:
    """Yield the places of a Latin name, its edges and case observed, those in a trial's number left out.

    Args:
        text: the folded text.
        name: the name.

    """
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        left = text[at - 1] if at else " "
        right = text[end] if end < len(text) else " "
        closed = not (left.isascii() and left.isalnum()) and not (right.isascii() and right.isalnum())
        tied = left == "-" and at > 1 and text[at - 2].isascii() and text[at - 2].isalnum()
        if closed and not tied and not is_trial(text, end):
            yield Span(at, end)
        at = text.find(name, end)
