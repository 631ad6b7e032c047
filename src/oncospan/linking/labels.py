"""Labels that an article gives its treatments: VRd(硼替佐米+来那度胺+地塞米松), STRIDE方案(替西木单抗+度伐利尤单抗)."""

from __future__ import annotations

import re

from oncospan.linking.reading import Reading

_DEFINED = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z0-9+\-]{1,14})[”\"]?(?:方案|组|联合方案|疗法)?(?:,n ?= ?\d+)?\((?P<inside>[^()\n]{4,90})\)"
)
_ARM = re.compile(r"(?<![A-Za-z0-9\-+])(?P<label>[A-Z][A-Za-z0-9]{0,6}(?:[-+][A-Za-z0-9]{1,8}){0,3})组(?!织|成|合)")


def find_labels(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Return the labels an article defines, each with the drugs it stands for.

    A label is a Latin abbreviation right before a bracket that holds at least two drugs, or an arm whose drugs are
    told between its first mention and the next semicolon, full stop or arm.
    """
    labels: dict[str, tuple[str, ...]] = {}
    text = reading.text
    for found in _DEFINED.finditer(text):
        drugs = _drugs(reading, *found.span("inside"))
        if len(drugs) > 1 and not reading.within(*found.span("label"), "DRUG"):
            labels.setdefault(found["label"], drugs)
    for found in _ARM.finditer(text):
        label = found["label"]
        if label in labels or reading.within(*found.span("label"), "DRUG"):
            continue
        stop = re.compile(r"[;。\n]|[A-Za-z0-9]组").search(text, found.end())
        drugs = _drugs(reading, found.end(), stop.start() if stop else len(text))
        known = [drugs for other, drugs in labels.items() if label.endswith(other) and len(label) > len(other)]
        if drugs and (known or "-" in label or "+" in label):
            labels[label] = tuple(dict.fromkeys([*(known[0] if known else ()), *drugs]))
    return labels


def _drugs(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(item.norm) for item in reading.within(start, end, "DRUG")))
