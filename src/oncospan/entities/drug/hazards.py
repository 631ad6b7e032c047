"""What a surface must pass before it is a drug name: edges, case, words around it, and its own hazards."""

from __future__ import annotations

import re
from enum import Enum

from oncospan.entities.drug.lexicon import Name
from oncospan.entities.drug.page import Page
from oncospan.matching.pattern import has_edges

#: 紫杉醇类药物 and 氟尿嘧啶(5-FU)类 are classes, 叶酸受体 a target, 胰岛素样生长因子 a factor.
_NOT_BEHIND = re.compile(
    r"(?:\([^()\n]{1,14}\)|\))? ?类(?!似|风湿)|类似物|受体|样(?!本|品)|结合蛋白|脱氢酶|还原酶|合成酶|羟化酶"
)
#: AK105-202 and HLX22-GC-301 are trials.
_TRIAL_TAIL = re.compile(r"-(?:[A-Z]{1,4}-?)?\d{2,4}(?![A-Za-z0-9]| ?(?:mg|μg|ug|ml|%))")
#: A549/DDP is a resistant cell line.
_CELL_LINE = re.compile(r"[A-Za-z]{1,5}-?\d{1,4}/\Z")
_COMPANY = re.compile(r"集团|公司|股份|控股|大厦|科技|路|小区")
_SHORT_LATIN = 4
_SHORT_CHINESE = 2
#: 仑伐|替尼, 吉西|他滨: the shorthand is only the beginning of the name itself.
_GOES_ON = frozenset("替尼利珠他拉西昔唑铂非度司妥塞普曲佐克")


def is_class(text: str, end: int) -> bool:
    """Tell whether the words behind a name make it a class, a target or a factor: 紫杉醇|类药物, 叶酸|受体."""
    return _NOT_BEHIND.match(text, end) is not None


class Verdict(Enum):
    """Whether a surface is a name here."""

    KEEP = "keep"
    CUED = "cued"
    PENDING = "pending"
    DROP = "drop"


def judge(page: Page, start: int, end: int, name: Name) -> Verdict:
    """Return whether a known surface is a drug name at this place.

    Args:
        page: the text.
        start: first position of the surface.
        end: position behind it.
        name: what the lexicon says.

    """
    if not has_edges(page.text, start, end):
        return Verdict.DROP
    if name.kind == "own":
        return Verdict.KEEP
    if page.is_hidden(start, end) or is_class(page.text, end):
        return Verdict.DROP
    if name.kind in ("brand", "code", "short", "truncated") and not page.is_medical:
        return Verdict.DROP
    if name.kind == "brand" and _COMPANY.match(page.text, end):
        return Verdict.DROP
    fits = _fits_latin if page.text[start].isascii() else _fits_chinese
    return _judge_hazards(page, start, end, name) if fits(page, start, end, name) else Verdict.DROP


def _fits_chinese(page: Page, start: int, end: int, name: Name) -> bool:
    """Tell whether a brand of two characters is no accident: 可定, rosuvastatin, stands in 可定期复查."""
    if end - start > _SHORT_CHINESE or (name.kind == "zh" and not name.hazards):
        return True
    # 吉西 is gemcitabine in 吉西+顺铂组, and the beginning of a county's name elsewhere.
    if name.kind == "short" and (page.text[end : end + 1] in _GOES_ON or not page.is_given(start, end)):
        return False
    return page.document.is_word(start, end)


def _judge_hazards(page: Page, start: int, end: int, name: Name) -> Verdict:
    rules = {hazard.rule for hazard in name.hazards}
    cued = any(hazard.rule == "cue" and hazard.cues for hazard in name.hazards)
    if name.kind == "brand" and end - start <= _SHORT_CHINESE and not cued and "exact" not in rules:
        # 尤文肉瘤, 美平市: a short brand counts where it is given, or where the article names its drug otherwise.
        return Verdict.KEEP if page.is_given(start, end) else Verdict.PENDING
    verdict = Verdict.PENDING if "article" in rules or (name.kind == "short" and not cued) else Verdict.KEEP
    for hazard in name.hazards:
        if hazard.rule == "given":
            return Verdict.KEEP if page.is_given(start, end) else Verdict.DROP
        if hazard.rule == "cue" and not page.has_cue(start, end, hazard.cues):
            # TAM beside 内分泌 is tamoxifen; elsewhere only where the article names tamoxifen.
            return Verdict.PENDING if name.kind == "short" else Verdict.DROP
        if hazard.rule == "cue" and not page.is_medical:
            return Verdict.DROP
        if hazard.rule == "exact" and page.text[start:end] != name.written:
            return Verdict.DROP
    # A cue beside TAM says tamoxifen, unless the article explains the letters otherwise.
    return Verdict.CUED if name.kind == "short" and cued and verdict is Verdict.KEEP else verdict


def _fits_latin(page: Page, start: int, end: int, name: Name) -> bool:
    text = page.text
    surface = text[start:end]
    if len(surface) <= _SHORT_LATIN and name.written.isupper() and surface != name.written:
        return False
    if name.kind in ("short", "en") and _CELL_LINE.search(text, max(0, start - 12), start):
        return False
    digits = any(character.isdigit() for character in surface)
    if (digits or surface.isupper()) and is_trial(text, end):
        return False
    # `GC-HLX22` is no name of its own; `anti-PD-1`, `LEN-TACE` and words of lower case are other matters.
    return not (digits and start >= 2 and text[start - 1] == "-" and text[start - 2].isalnum())


def is_trial(text: str, end: int) -> bool:
    """Tell whether a code runs on into a trial's number: AK105|-202."""
    return end < len(text) and text[end] == "-" and _TRIAL_TAIL.match(text, end) is not None
