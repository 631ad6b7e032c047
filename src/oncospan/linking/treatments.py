"""Treatments: the drugs of one arm read together, with the words that make them an arm.

`仑伐替尼+帕博利珠单抗组`, `达雷妥尤单抗联合来那度胺`, `对照组`, `安慰剂`, `该药`, `两组`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from oncospan.linking.arm_words import ARM_WORDS, add_labels, add_options, find_classes, is_history, read_word
from oncospan.linking.combinations import Treatment, close_group, group_names, with_drugs
from oncospan.linking.reading import Reading
from oncospan.model import Span

__all__ = ["Treatment", "find_treatments", "with_drugs"]

_PLUS = re.compile(r" ?(?:单药)?(?:联合|联用|加上?|[+]) ?")
#: `索托拉西布960 mg+帕尼单抗5.6个月,240 mg+帕尼单抗3.9个月`: the dose stands for its drug.
_DOSE_PLUS = re.compile(r"(?<![A-Za-z\d.\u4e00-\u9fff] )(?<![A-Za-z\d.\u4e00-\u9fff])\d{1,4} ?mg ?[+] ?\Z")
_LONE_PLUS = re.compile(r"(?:^|[,。;:(时和与\n]|彼时)联合\Z")


def find_treatments(reading: Reading, span: Span, labels: Mapping[str, tuple[str, ...]]) -> list[Treatment]:
    """Return the treatments named in a stretch, sorted by start, none overlapping.

    Args:
        reading: the article.
        span: the stretch.
        labels: the article's own labels of treatments, see `labels`.
    """
    text = reading.text
    groups = group_names(text, reading.within(span.start, span.end, "DRUG"))
    named = [close_group(text, group, span.end) for group in groups]
    named = add_options(reading, span, named)
    named = [treatment for treatment in named if not is_history(reading, treatment)]
    named = add_labels(text, span, named, labels)
    taken = [Span(treatment.start, treatment.end) for treatment in named]
    for found in ARM_WORDS.finditer(text, span.start, span.end):
        place = Span(found.start(), found.end())
        if any(place.overlaps(other) for other in taken):
            continue
        if found.lastgroup == "unknown" and any(place.start == other.end for other in taken):
            # `安罗替尼单药ORR为9.2%`: the word belongs to the drug before it
            continue
        named.append(read_word(found))
    named += find_classes(reading, span, [Span(treatment.start, treatment.end) for treatment in named])
    if not named:
        return named
    return _join_anaphors(text, sorted(named, key=lambda treatment: treatment.start))


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
            joined[-1] = treatment._replace(start=previous.start, label=label, anaphor="plus")
        elif treatment.drugs and _DOSE_PLUS.search(text, max(0, treatment.start - 10), treatment.start):
            joined.append(treatment._replace(anaphor="dosed"))
        elif (
            treatment.drugs
            and treatment.anaphor is None
            and _LONE_PLUS.search(text, max(0, treatment.start - 5), treatment.start)
        ):
            joined.append(treatment._replace(anaphor="plus"))
        else:
            joined.append(treatment)
    return joined
