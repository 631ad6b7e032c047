"""What one patient's lesions did: `2例颅内病灶分别缩小了61.8%和25%` is shrinkage and never a rate."""

from __future__ import annotations

import re

from oncospan.linking.arms import Row
from oncospan.linking.reading import Fact, Reading
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_LESION = re.compile(r"(?:病灶|肿瘤|瘤体|肿块|结节|转移灶|原发灶|粒|淋巴结|瘤)")
_SHRANK = re.compile(r"(?:缩小|减小|回缩|退缩|缩减)(?:了|达|约|至|近|超过|逾|超)*\s?\Z")
#: A share of a group that shrank, or a group's mean, is no patient's lesion.
_GROUP = re.compile(r"平均|均值|中位|比例|的患者(?:肿瘤|病灶)?|发生率|风险")
_PATIENT = re.compile(
    r"[12一两二] ?(?:例|名|位)|\d{1,2}月龄|\d{1,3} ?岁|该患者|这位|病友|患者,?(?:男|女)|单个病灶|(?:复查|疗效评价|评估)|患儿|女士|先生"
)
_LISTED = re.compile(r"(?:、|和|与|及)\Z")
_BEST = re.compile(r"[1一] ?例(?:患者)?(?:达到?|为|获得|评估为|评为)?(?:PR|CR|部分缓解|完全缓解)\Z")
_COUNTED = re.compile(r"(\d{1,3}) ?(?:例|名)")


def read_shrinkage(reading: Reading, sentence: Span, clause: Span, row: Row | None) -> list[Fact]:
    """Return how far lesions of single patients shrank in a clause.

    Args:
        reading: the article.
        sentence: the sentence, which says that patients are counted one by one.
        clause: the clause.
        row: the running subject.
    """
    if row is None or not row.treatment.drugs:
        return []
    text = reading.text
    percents = reading.within(*clause, "PERCENT")
    facts = []
    shrank = False
    for number, percent in enumerate(percents):
        before = text[clause.start : percent.start]
        listed = shrank and number > 0 and _LISTED.fullmatch(text, percents[number - 1].end, percent.start)
        shrank = bool(listed or _SHRANK.search(before) or _is_best_response(text, sentence, percent))
        if shrank and _is_single(text, sentence, clause, percent):
            facts.append(_fact(clause, percent, row))
    return facts


def is_best_response(reading: Reading, sentence: Span, start: int) -> bool:
    """Tell whether a percentage in brackets is the best response of one patient: `3例受试者中,1例达到PR(39.6%)`."""
    if reading.text[start - 1] != "(":
        return False
    percent = next((item for item in reading.within(start, start + 12, "PERCENT") if item.start == start), None)
    return percent is not None and _is_best_response(reading.text, sentence, percent)


def _is_best_response(text: str, sentence: Span, percent: Candidate) -> bool:
    told = text.endswith(("PR", "CR", "缓解"), sentence.start, percent.start - 1)
    if text[percent.start - 1] != "(" or not told or not _BEST.search(text, sentence.start, percent.start - 1):
        return False
    counts = [int(found[1]) for found in _COUNTED.finditer(text, sentence.start, percent.start - 1)]
    # `40例中1例CR(2.5%)` is a share: one of the patients counted before
    share = any(count and abs(100 / count - float(percent.norm[0])) < 1 for count in counts)
    return bool(counts) and max(counts) <= 10 and not share


def _is_single(text: str, sentence: Span, clause: Span, percent: Candidate) -> bool:
    told = text[clause.start : percent.start]
    if _is_best_response(text, sentence, percent):
        return True
    if _GROUP.search(told):
        return False
    near = text[sentence.start : percent.start]
    return bool(_LESION.search(near) and _PATIENT.search(near))


def _fact(clause: Span, percent: Candidate, row: Row) -> Fact:
    fields: dict[str, object] = {
        "drugs": sorted(row.treatment.drugs), "endpoint": "lesion", "statistic": "shrinkage",
        "low": percent.norm[0], "high": percent.norm[1], "qualifier": percent.qualifier or "eq", "unit": "percent",
        "ci_low": None, "ci_high": None, "ci_level": None, "p_value": None, "timepoint": None, "population": None,
        "n": None, "arm": row.arm, "phase": None, "trial": None,
    }  # fmt: skip
    claims = (Span(percent.start, percent.end),)
    return Fact("efficacy", clause.start, percent.end, "efficacy.shrinkage", row.trail, fields, claims, "medium")
