"""Resistance: which alteration resists which drug, or stays open to it."""

from __future__ import annotations

import re

from oncospan.linking.mechanisms import CLASS, class_before, link_mechanisms, statements
from oncospan.linking.reading import Fact, Reading
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_RESISTANT = re.compile(r"(?:原发性?|继发性?|获得性)?耐药|不敏感|抵抗|无效|失效")
_SENSITIVE = re.compile(
    r"(?<!不)敏感(?!突变|性突变|位点)|(?:仍|依然|均)?有(?:较好的)?(?:效|抑制活性|抑制作用|抗肿瘤活性)|抑制活性|应答良好|克服"
)
_MODAL = re.compile(r"是否|可能|有望|尚不|不清楚|检测|评估")
_ON = re.compile(r"靶点\(?On-target\)?|靶内|在靶|二次突变|继发性?突变|获得性突变|On-target", re.IGNORECASE)
_OFF = re.compile(r"非靶点|Off-target|旁路|脱靶|表型转化", re.IGNORECASE)
_MECHANISM = re.compile(r"(?:靶点|on-target|在靶|靶内)[^,。;]{0,14}耐药", re.IGNORECASE)
_SMALL = re.compile(r":(?:p\.|ex\d+)")


def link_resistance(reading: Reading) -> list[Fact]:
    """Return which alterations resist which drugs or classes, one record each."""
    kept: dict[tuple[object, ...], Fact] = {}
    for paragraph in reading.paragraphs():
        if reading.document.section_at(paragraph.start) in ("references", "table"):
            continue
        for sentence in reading.sentences(paragraph):
            facts = [*_read_sentence(reading, paragraph, sentence), *link_mechanisms(reading, paragraph, sentence)]
            for fact in facts:
                fields = fact.fields
                key = (fields["alteration"], str(fields["drugs"]), fields["drug_class"], fields["direction"])
                kept.setdefault(key, fact)
    return list(kept.values())


def _read_sentence(reading: Reading, paragraph: Span, sentence: Span) -> list[Fact]:
    facts: list[Fact] = []
    for clause in _statements(reading, sentence):
        mutations = [m for m in reading.within(*clause, "MUTATION") if not m.negated]
        if not mutations:
            continue
        word = _RESISTANT.search(reading.text, *clause)
        open_word = _SENSITIVE.search(reading.text, *clause)
        if bool(word) == bool(open_word) or _MODAL.search(reading.text, *clause):
            continue
        direction = "resistant" if word else "sensitive"
        drugs = tuple(dict.fromkeys(str(item.norm) for item in reading.within(*clause, "DRUG")))
        found = CLASS.search(reading.text, clause.start, clause.end)
        group = found.group() if found else None
        if not drugs and not group and _MECHANISM.search(reading.text, *clause):
            # `一是靶点(On-target)耐药,即…(如TRKA-G595R)` goes on with the class of the paragraph
            group = class_before(reading.text, paragraph, clause.start)
        if not drugs and not group:
            continue
        facts += [
            _fact(reading, clause, mutation, drugs, None if drugs else group, direction)
            for mutation in mutations
            if word is None
            or _SMALL.search(str(mutation.norm[0]))
            or "耐药" in reading.text[mutation.end : mutation.end + 20]
        ]
    return facts


def _statements(reading: Reading, sentence: Span) -> list[Span]:
    """Resistance is told in a clause, or over a comma up to the next semicolon where the clause names no alteration."""
    if not reading.within(*sentence, "MUTATION"):
        return []
    return [
        span
        for span in statements(reading.text, sentence)
        if len(reading.within(*span, "MUTATION")) and span.end - span.start < 160
    ]


def _fact(
    reading: Reading, clause: Span, mutation: Candidate, drugs: tuple[str, ...], group: str | None, direction: str
) -> Fact:
    text = reading.text
    off = _OFF.search(text, *clause)
    on = _ON.search(text, *clause) or _SMALL.search(str(mutation.norm[0]))
    kind = "off_target" if off else "on_target" if on else None
    fields: dict[str, object] = {
        "alteration": str(mutation.norm[0]),
        "drugs": sorted(drugs),
        "drug_class": group,
        "direction": direction,
        "kind": kind if direction == "resistant" else None,
    }
    claims = (Span(mutation.start, mutation.end),)
    return Fact("resistance", clause.start, clause.end, f"resistance.{direction}", "explicit", fields, claims, "medium")
