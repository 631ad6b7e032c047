"""The page: one document with the room's hits sorted by what they are, and the questions every rule asks of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from oncospan.entities.drug.lexicon import Name
from oncospan.entities.drug.use import is_given, neighbours
from oncospan.matching.candidates import Candidate
from oncospan.matching.pattern import has_edges
from oncospan.matching.room import Hit
from oncospan.model import Confidence
from oncospan.text.document import Document

#: Words that make a sentence one about giving a drug.
CUES = (
    "注射",
    "片",
    "胶囊",
    "mg",
    "治疗",
    "化疗",
    "联合",
    "商品名",
    "给药",
    "患者",
    "方案",
    "单药",
    "用药",
    "服用",
    "剂量",
)
#: Words that make a text one about medicine; `安卓手机的新方案` holds none of them.
_MEDICAL = re.compile(
    r"患者|治疗|肿瘤|癌|临床|药|疗效|淋巴瘤|白血病|医院|注射|疾病|剂量|受试|抑制剂|单抗|靶点|双抗|突变|获益|缓解率|适应症"
    r"|病人|健保|医保|mg|pfs|orr|adc|patient|tumou?r|cancer|nsclc"
)

_SHORT = 2

TriggerKind = Literal["block", "stem", "ending", "label", "waking"]


class Trigger(NamedTuple):
    """A word that is no name itself and starts a rule.

    Args:
        kind: which rule.
        text: the word, folded.

    """

    kind: TriggerKind
    text: str


class Found(NamedTuple):
    """A drug name that the room stands by.

    Args:
        start: first position in the folded text.
        end: position behind the last one.
        norm: the normal form.
        rule: the rule that found it, without the room's name.
        confidence: how sure that rule is.

    """

    start: int
    end: int
    norm: str
    rule: str
    confidence: Confidence = "high"

    def named(self, renamed: Mapping[str, str]) -> Found:
        """Return the same place under the better normal form the article states, if it does."""
        return self._replace(norm=renamed[self.norm]) if self.norm in renamed else self

    def candidate(self) -> Candidate:
        """Return what the corridor reads."""
        return Candidate("DRUG", self.start, self.end, self.norm, f"drug.{self.rule}", self.confidence)


def longest(found: Iterable[Found]) -> list[Found]:
    """Return the names that stay where some overlap: the longest, then the first found; sorted by start."""
    kept: list[Found] = []
    starts: list[int] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        place = bisect_left(starts, one.start)
        if place < len(kept) and kept[place].start < one.end:
            continue
        if place and kept[place - 1].end > one.start:
            continue
        kept.insert(place, one)
        starts.insert(place, one.start)
    return kept


def _is_plain(hit: tuple[int, int, Name]) -> bool:
    """Tell whether a hit is a generic name that can be nothing else."""
    start, end, name = hit
    return name.kind in ("zh", "en") and not name.hazards and end - start > _SHORT


class Page:
    """A document as the room's rules see it.

    Args:
        document: the folded article.
        hits: the room's surfaces in it, sorted by start.

    Attributes:
        document: the same.
        text: the folded text.
        lower: the folded text in lower case.
        names: the hits that are known names.
        triggers: the other hits by kind.

    """

    __slots__ = (
        "_block_reach", "_block_starts", "_medical", "_name_starts", "_plain_edges", "document", "lower", "names",
        "text", "triggers",
    )  # fmt: skip

    def __init__(self, document: Document, hits: Sequence[Hit]) -> None:
        self.document = document
        self.text = document.text
        self.lower = document.lower
        self.names: list[tuple[int, int, Name]] = []
        self.triggers: dict[TriggerKind, list[tuple[int, int, str]]] = {}
        for start, end, payload in hits:
            if isinstance(payload, Name):
                self.names.append((start, end, payload))
            elif isinstance(payload, Trigger):
                self.triggers.setdefault(payload.kind, []).append((start, end, payload.text))
        self._name_starts = [hit[0] for hit in self.names]
        self._plain_edges: tuple[frozenset[int], frozenset[int]] | None = None
        self._block_starts: list[int] = []
        self._block_reach: list[int] = []
        reach = 0
        for start, end, _ in self.triggers.get("block", ()):
            if has_edges(self.text, start, end):
                reach = max(reach, end)
                self._block_starts.append(start)
                self._block_reach.append(reach)
        self._medical: bool | None = None

    def is_hidden(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies inside an expression that is no drug: 紫杉醇 in 紫杉醇类."""
        place = bisect_right(self._block_starts, start)
        return bool(place) and self._block_reach[place - 1] >= end

    def speaks_of_medicine(self, words: int) -> bool:
        """Tell whether at least so many different words of medicine stand in the text."""
        return len(set(_MEDICAL.findall(self.lower))) >= words

    @property
    def is_medical(self) -> bool:
        """Whether the text speaks of medicine at all."""
        if self._medical is None:
            self._medical = _MEDICAL.search(self.lower) is not None or any(map(_is_plain, self.names))
        return self._medical

    def has_cue(self, start: int, end: int, cues: Sequence[str]) -> bool:
        """Tell whether the sentence around a stretch holds one of the cues beside it."""
        sentence = self.document.sentence_at(start)
        before, behind = self.lower[sentence.start : start], self.lower[end : sentence.end]
        if any(cue in before or cue in behind for cue in cues or CUES):
            return True
        # `顺铂+培美曲塞`: another drug in the sentence is as good as a word about giving one.
        return not cues and any(
            (name[1] <= start or name[0] >= end) and _is_plain(name)
            for name in self.names[
                bisect_left(self._name_starts, sentence.start) : bisect_left(self._name_starts, sentence.end)
            ]
        )

    def is_given(self, start: int, end: int) -> bool:
        """Tell whether words of use stand right beside a stretch, or another drug in the same list."""
        if is_given(self.text, start, end):
            return True
        before, behind = neighbours(self.text, start, end)
        if before < 0 and behind < 0:
            return False
        if self._plain_edges is None:
            plain = [hit for hit in self.names if _is_plain(hit)]
            self._plain_edges = frozenset(hit[1] for hit in plain), frozenset(hit[0] for hit in plain)
        return before in self._plain_edges[0] or behind in self._plain_edges[1]
