"""Labels that an article gives its treatments: VRd(硼替佐米+来那度胺+地塞米松), STRIDE方案(替西木单抗+度伐利尤单抗)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from oncospan.linking.reading import Reading
from oncospan.model import Span

_DEFINED = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z0-9+\-]{1,14})[”\"]?(?:方案|组|联合方案|疗法)?(?:,n ?= ?\d+)?\((?P<inside>[^()\n]{4,90})\)"
)
#: `阿可替尼+维奈克拉(AV)`, `AV+奥妥珠单抗(AVO)`: the label stands behind what it names.
_NAMED = re.compile(
    r"(?:\+[^,。;()\n]{1,30}|联合[^,。;()\n]{1,30})\((?:简称|以下简称|下称)?(?P<label>[A-Z][A-Za-z\-]{1,11})(?:方案|组)?\)"
)
_NAMED_ARM = re.compile(r"\((?P<label>[A-Z]{1,4}组|观察组|对照组|试验组|联合组|研究组)(?:,? ?n ?= ?\d+)?\)")
#: `GP方案:吉西他滨1000 mg/m2,第1、8天;顺铂75 mg/m2`: a regimen told in full, up to the full stop.
_REGIMEN = re.compile(r"(?P<label>[A-Z](?<![A-Za-z].)[A-Za-z]{1,7})方案(?:为|是)?[::](?P<inside>[^。\n]{4,120})")
_ARM = re.compile(
    r"(?P<label>(?<![A-Za-z0-9\-+])[A-Z][A-Za-z0-9]{0,6}(?:[-+][A-Za-z0-9]{1,8}){0,3}组|观察组|对照组|试验组|实验组|研究组|治疗组|联合组|单药组)"
    r"(?:患者)?(?:\((?:n ?= ?)?\d{1,5} ?例?\))?(?P<told>\(|,? ?(?:仅|单纯|单独)?(?:接受|给予|予以?|采用|口服|静脉滴注|静脉注射|静滴|皮下注射|应用|使用|服用|用(?!药)|为|[::,]))"
)
_LATIN_ARM = re.compile(
    r"(?P<label>[A-Z](?<![A-Za-z0-9\-+].)[A-Za-z0-9]{0,6}(?:[-+][A-Za-z0-9]{1,8}){0,3})组(?!织|成|合)"
)
_LATIN_ARM_ENDS = re.compile(r"[;。\n]|[A-Za-z0-9]组")
_ARM_ENDS = re.compile(r"[;。\n)]|(?<![A-Za-z])[A-Z]组|观察组|对照组|试验组|实验组|研究组|治疗组|联合组|单药组")
_ARM_ENDS_OPEN = re.compile(_ARM_ENDS.pattern.replace(")]", "]", 1))
#: Figures of an arm are no definition of it: `对照组为15.2个月`, `A组:ORR 32%`.
_FIGURES = ("PERCENT", "ENDPOINT", "HARM", "RATIO")


def find_labels(reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """Return the labels an article defines, each with the drugs it stands for.

    A label is a Latin abbreviation beside a bracket with the drugs it stands for, or a regimen told in full.
    """
    if reading.labels is None:
        reading.labels = _read_labels(reading)
    return reading.labels


def _read_labels(reading: Reading) -> dict[str, tuple[str, ...]]:
    labels: dict[str, tuple[str, ...]] = {}
    text = reading.text
    for found in _DEFINED.finditer(text):
        drugs = _drugs(reading, *found.span("inside"))
        if len(drugs) > 1 and not reading.within(*found.span("label"), "DRUG", "ENDPOINT"):
            labels.setdefault(found["label"], drugs)
    for found in _NAMED.finditer(text):
        last = reading.within(found.start(), found.start("label"), "DRUG")
        if not last or last[-1].end != found.start("label") - 1 or reading.within(*found.span("label"), "DRUG"):
            continue
        before = max(text.rfind(mark, 0, found.start()) for mark in ",。;:、或用)与对\n")
        drugs = _all(reading, labels, before + 1, found.start("label") - 1)
        if len(drugs) > 1 and not found["label"].endswith("组"):
            labels.setdefault(found["label"], drugs)
    for found in _REGIMEN.finditer(text):
        drugs = _drugs(reading, *found.span("inside"))
        if drugs:
            labels.setdefault(found["label"], drugs)
    return {**labels, **_latin_arms(reading, labels)}


def find_arms(reading: Reading, stretch: Span, labels: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the arms (`观察组`, `A组`) that a stretch introduces, each with its drugs.

    Args:
        reading: the article.
        stretch: a paragraph: arms of another trial bear the same names.
        labels: the article's own labels.
    """
    text = reading.text
    if text.find("组", *stretch) < 0:
        return {}
    told: dict[str, set[tuple[str, ...]]] = {}
    for found in _ARM.finditer(text, *stretch):
        ends = _ARM_ENDS if found["told"] == "(" else _ARM_ENDS_OPEN
        stop = ends.search(text, found.end(), stretch.end)
        end = stop.start() if stop else stretch.end
        figure = next((i.start for i in reading.within(found.end(), end, *_FIGURES)), end)
        drugs = _all(reading, labels, found.end(), min(end, figure))
        if drugs:
            told.setdefault(found["label"], set()).add(drugs)
    for found in _NAMED_ARM.finditer(text, *stretch):
        before = max(
            stretch.start - 1, *(text.rfind(mark, stretch.start, found.start()) for mark in ",。;:、或用)与对")
        )
        drugs = _all(reading, labels, before + 1, found.start())
        if drugs:
            told.setdefault(found["label"], set()).add(drugs)
    return {label: next(iter(ways)) for label, ways in told.items() if len(ways) == 1}


def _latin_arms(reading: Reading, labels: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """`D-VRd组355例,在VRd的基础上加用达雷妥尤单抗`: a joined label adds to the one it ends with."""
    arms: dict[str, tuple[str, ...]] = {}
    for found in _LATIN_ARM.finditer(reading.text):
        label = found["label"]
        if label in labels or label in arms or reading.within(*found.span("label"), "DRUG"):
            continue
        stop = _LATIN_ARM_ENDS.search(reading.text, found.end())
        drugs = _drugs(reading, found.end(), stop.start() if stop else len(reading.text))
        known = next((drugs for other, drugs in labels.items() if label.endswith(other) and label != other), ())
        if drugs and (known or "-" in label or "+" in label):
            arms[label] = tuple(dict.fromkeys([*known, *drugs]))
    return arms


def _all(reading: Reading, labels: Mapping[str, tuple[str, ...]], start: int, end: int) -> tuple[str, ...]:
    """Return the drugs of a stretch, those behind its labels too: AV+奥妥珠单抗."""
    drugs: list[str] = []
    for label, meant in labels.items():
        if reading.text.find(label, start, end) >= 0 and re.search(
            rf"(?<![A-Za-z0-9]){re.escape(label)}(?![A-Za-z0-9])", reading.text[start:end]
        ):
            drugs += meant
    return tuple(dict.fromkeys([*drugs, *_drugs(reading, start, end)]))


def _drugs(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """Return the drugs of a stretch; what is given or not (`化疗±贝伐珠单抗`) is no part of an arm."""
    named = [item for item in reading.within(start, end, "DRUG") if reading.text[item.start - 1] != "±"]
    return tuple(dict.fromkeys(drug for item in named for drug in str(item.norm).split("+")))
