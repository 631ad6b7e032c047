"""Development codes that no lexicon holds: letters and digits, and the words beside them that make one a drug."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources.abc import Traversable

from oncospan.entities.drug.hazards import is_trial
from oncospan.entities.drug.lexicon import Lexicon
from oncospan.entities.drug.page import Found, Page
from oncospan.entities.drug.table import read_table
from oncospan.model import Span

#: Letters, then digits: SKB264, SHR-A2102, BL-B01D1, 9MW2821, BAY 2927088.
CODE = re.compile(
    r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]-)(?:\d{1,2}(?=[A-Z]{2}))?(?P<prefix>[A-Z][A-Za-z]{0,5})(?:-[A-Z]{1,3}(?=-?\d))?"
    r"[- ]?(?:[A-Z]{1,3})?(?P<digits>\d{2,8})(?:[A-Z]\d{0,2}|[a-z])?(?![A-Za-z0-9])"
)
_KINDS = (
    "双特异性抗体|三特异性抗体|双抗|三抗|单抗|单克隆抗体|ADC|抗体偶联药物|抗体药物偶联物|偶联药?物|抑制剂|激动剂|拮抗剂|降解剂|分子胶|融合蛋白"
    "|疫苗|CAR-T(?:产品|细胞)?|细胞疗法|细胞治疗产品|溶瘤病毒|PROTAC|TCE|RDC|新药|药物"
)
_BEFORE = re.compile(
    rf"(?:(?:研发|项目|产品|药物|开发)?代号|(?:研发|项目)编号|(?:在研|候选|核心|自研|创新)(?:药物?|产品|管线|新药)|注射用|小分子|{_KINDS})"
    r"(?:为|是|名为|:|—{1,2}|[\"“「\[(]| |、即|即|候选药?物?|产品){0,3}\Z"
)
_BEHIND = re.compile(
    r"[®™]?[ ]?(?:(?:细胞)?注射(?:用|液)|片(?!段|区|层)|(?:软)?胶囊|颗粒|口服液|滴眼液|乳膏|单药|疫苗|双抗|单抗|CAR-T"
    r"|[^。;,!?\n]{0,12}?(?:上市(?:许可)?申请|新药申请|临床试验申请|临床试验默示许可|IND|NDA|BLA|孤儿药|突破性|快速通道)"
    rf"|\([^()\n]{{0,40}}(?:{_KINDS}|注射液|胶囊|片)\)"
    rf"|(?:\([^()\n]{{0,40}}\))?,?(?:是|为|作为|属于)[^。;!?\n]{{0,60}}?(?:{_KINDS}|抗体))"
)
#: Words whose sentence is worth reading for a code.
EVIDENCE = (
    "代号", "编号", "新药", "药物", "双抗", "三抗", "单抗", "抗体", "抑制剂", "激动剂", "拮抗剂", "降解剂",
    "分子胶",
    "融合蛋白", "疫苗", "细胞疗法", "细胞治疗产品", "溶瘤病毒", "偶联", "在研", "候选", "核心产品", "注射", "胶囊", "片",
    "单药", "上市申请", "上市许可申请", "新药申请", "临床试验", "孤儿药", "突破性", "快速通道", "小分子",
    "adc", "car-t", "protac", "tce", "rdc", "ind", "nda", "bla",
)  # fmt: skip
#: COSMIC-312研究, RATIONALE 306试验: wherever its words call it a study, the name is no drug's.
_STUDY = re.compile(
    r"[ ]?(?:\([^()\n]{0,30}\))?[ ]?(?:研究|试验|临床试验|队列|trial|study)(?!药|用药|性|者|机构)", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")


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
    prefix = found["prefix"].upper()
    if prefix in prefixes.none or prefix.rstrip("RABX") in prefixes.none:
        return False
    if " " in found.group() and (found["prefix"] not in prefixes.company or _YEAR.fullmatch(found["digits"])):
        return False
    # L858R and T790M are variants, H1975 a cell line, T2N0M0 a stage.
    return len(prefix) > 1 or "-" in found.group()


def find_codes(page: Page, known: Iterable[Found], prefixes: Prefixes) -> list[Found]:
    """Return the codes of a text that its own words call drugs, at every place where they stand.

    Args:
        page: the text and its hits.
        known: the names already found.
        prefixes: what the letters of a code say.

    """
    triggers = page.triggers.get("evidence", ())
    if not triggers or not page.speaks_of_medicine(2):
        return []
    taken = {found.start for found in known}
    codes: dict[str, str] = {}
    for sentence in sorted({page.document.sentence_at(start) for start, _, _ in triggers}):
        for found in CODE.finditer(page.text, *sentence):
            code = found.group()
            if code in codes or found.start() in taken or not _is_open(found, prefixes):
                continue
            rule = _evidence(page.text, found, sentence, prefixes)
            if rule and not _is_study(page.text, code):
                codes[code] = rule
    places = ((code, rule, span) for code, rule in codes.items() for span in occurrences(page.text, code))
    return [Found(span.start, span.end, code, rule, "medium") for code, rule, span in places if span.start not in taken]


def _is_study(text: str, code: str) -> bool:
    return any(_STUDY.match(text, span.end) for span in occurrences(text, code))


def _evidence(text: str, found: re.Match[str], sentence: Span, prefixes: Prefixes) -> str | None:
    if is_trial(text, found.end()):
        return None
    if _BEFORE.search(text, max(sentence.start, found.start() - 16), found.start()):
        return "code"
    if _BEHIND.match(text, found.end(), sentence.end):
        return "code"
    if found["prefix"] in prefixes.company and len(found["digits"]) >= 3:
        return "code.company"
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
