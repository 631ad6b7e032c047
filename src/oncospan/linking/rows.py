"""Rows: whose value it is, where the clause, the comparison now open or the running subject decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncospan.linking.arms import Arms, Row
from oncospan.linking.stream import VERSUS, Token
from oncospan.linking.treatments import Treatment
from oncospan.linking.walk import Walk

BRACKETS = re.compile(r"\([^()]*\)")
#: `而CTONG1509研究中X为18.0个月`: the arm of another trial is compared with nobody.
_TRIAL_REACH = 18
_FROM_TO = re.compile(r"[从由]约?\Z")
#: The other arm where the text names none: its value is claimed and not written.
_UNNAMED = Row(Treatment(0, 0, (), "", role="control"), "control", "ellipsis")


def choose_rows(
    walk: Walk, values: Sequence[Token], rows: list[Row], inline: Sequence[Treatment], marks: int = 0
) -> list[Row]:
    """Return the rows of a list of values in their order, or nothing where the text does not decide.

    Args:
        walk: what is open.
        values: the values.
        rows: the arms that the clause has named.
        inline: arms named inside the list: 46% vs 多西他赛组22%.
        marks: how many landmarks the column has; a value for each comes before a value for each arm.
    """
    arms = walk.arms
    if inline:
        return _with_inline(arms, rows, inline)
    if len(rows) == len(values) and len(rows) > 1:
        return rows
    if len(values) == 1:
        return _single_row(walk, rows)
    letters = sorted(label for label in walk.labels if len(label) == 2 and label.endswith("组") and label[0].isascii())
    if not rows and len(values) == len(letters) > 2:
        # `…(A组)、…(B组)或…(C组),pCR率依次为28.0%、15.4%和4.7%`
        arms_told = (Treatment(0, 0, walk.labels[label], label, arm=True) for label in letters)
        return [Row(arm, "experimental", "anaphora") for arm in arms_told]
    if not rows and len(walk.spoken) == len(values) != marks:
        return walk.spoken
    row = rows[-1] if rows else subject_row(arms)
    if row is None:
        return []
    text = walk.text
    versus = len(values) == 2 and bool(VERSUS.fullmatch(BRACKETS.sub("", text[values[0].end : values[1].start])))
    compared = versus or bool(_FROM_TO.search(text, max(0, values[0].start - 3), values[0].start))
    pair = arms.rows()
    if rows and row.arm == "control" and compared and pair and set(pair[1].treatment.drugs) == set(row.treatment.drugs):
        # `X与标准方案(…)正面对决:30个月OS率76.4%对63.8%`: the subject comes first wherever the other is named
        return list(pair)
    if rows and row.arm == "experimental" and compared:
        same = pair and set(pair[0].treatment.drugs) == set(row.treatment.drugs)
        return [row, pair[1] if pair and same else _UNNAMED]
    if rows:
        return [row]
    if pair is not None:
        return list(pair)
    return [row, _UNNAMED] if compared else [row]


def _with_inline(arms: Arms, rows: list[Row], inlines: Sequence[Treatment]) -> list[Row]:
    if len(inlines) > 1:
        # `联合组26.9个月、单药组29.9个月、安慰剂组11.1个月`: each value has its arm before it
        named = [*rows[-1:], *(arms.row(treatment) for treatment in inlines)] if rows else []
        known = [row for row in named if row is not None]
        return known if len(known) == len(inlines) + 1 else []
    inline = inlines[-1]
    right = arms.row(inline)
    left = rows[0] if rows else (arms.rows() or (None,))[0] or subject_row(arms)
    if right is None or left is None:
        return []
    if set(left.treatment.drugs) != set(right.treatment.drugs):
        arms.compare(left.treatment, right.treatment)
    return [left, Row(right.treatment, "control", right.trail)]


def _single_row(walk: Walk, rows: Sequence[Row]) -> list[Row]:
    """A value alone belongs to the arm its clause names, else to the subject."""
    arms = walk.arms
    if not rows:
        subject = walk.governing() or subject_row(arms)
        return [subject] if subject else []
    row = rows[-1]
    if row.arm == "control":
        if arms.control is None:
            arms.compare(None, row.treatment)
        return [row]
    drugs = set(row.treatment.drugs)
    if row.arm == "experimental" and arms.experimental and drugs and drugs != set(arms.experimental.drugs):
        listed = walk.text[max(0, row.treatment.start - 2) : row.treatment.start] == ")、"
        another = walk.reading.within(max(0, row.treatment.start - _TRIAL_REACH), row.treatment.start, "TRIAL")
        listed = listed or any(trial.norm != "keeping" for trial in another)
        if row.treatment.start > arms.experimental.start and walk.heads and arms.control is None and not listed:
            arms.compare(None, row.treatment)
            arms.pair = (arms.experimental, row.treatment)
            return [Row(row.treatment, "control", row.trail)]
        arms.meet(row.treatment)
    return [row]


def subject_row(arms: Arms) -> Row | None:
    """Return the row of the running subject, if it has drugs."""
    subject = arms.experimental or arms.subject
    return Row(subject, "experimental", "ellipsis") if subject and subject.drugs else None
