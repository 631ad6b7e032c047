"""Whom a decision is about: the drugs a clause names, or those that 该药, 两药 or nothing at all stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oncospan.linking.reading import Reading
from oncospan.linking.treatments import Treatment, find_treatments
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_AND = re.compile(
    r"(?: ?(?:®|™|单抗|胶囊|片|注射液|制剂))?(?: ?\([^()\n]{1,60}\))? ?(?:、|和|与|及|以及|还有|,以及|,和)(?: ?[^,。;、()\d和与]{1,12}(?:的|旗下))? ?(?:注射用|口服)?"
)
_NOT_SUBJECT = re.compile(
    r"(?:联合|与|和|同|较|比|对比|对照|优于|含|加|经|既往|对|不同于|相比|替代|抗|靶向|联用|改用|换用|接替|继|类似于|如)(?:了|于|使用|接受|单用)?\Z"
)
#: A class, a portfolio or a company's product in general: the sentence has its own subject, which is no drug of ours.
_OTHER_SUBJECT = re.compile(
    r"抑制剂|单抗|双抗|\d ?项|[一二三四五六七八九十两多数]项|[两三四五]款|另有|多个|抗体|ADC|疗法|药物(?!管理|审|评|监)|新药(?!申请|上市申请)|创新药|产品|管线|器械|疫苗|仿制药|类似药|分子|款|检测|试剂|诊断|指南|方案|组合|CAR-T",
    re.IGNORECASE,
)
_SAME_DRUG = re.compile(r"该(?:药|产品|新药|单抗|疗法|款)|本品|(?<![及尤])其(?![他中余它实次后间])|这款")
_SAME = re.compile(r"(?:该|此|这款|这一|这个|本|其|上述|这种)[^,。;]{0,8}\Z")
_COMBINATION = re.compile(r"(?:^|[,:;的])(?:这一|上述|该)?联合(?:方案|疗法|治疗)(?:于|已|在|也|获|被)")
_BULLET = re.compile(r"\s*(?:[·•●■◆▶▌*\-–—]|\(?\d{1,2}[.、)](?!\d)|[①-⑩])")
_NOMINAL = re.compile(r"(?:就|对|将|把|授予|给予|赋予)[^,。;]{0,12}\Z")
_RELATIVE = re.compile(r"(?:上市)?(?:用于[^,。;]{2,24})?的")
_RELATIVE_SELF = re.compile(r"(?:首个|首款|第[一二三四五]个|唯一|目前|全球|已|也是|是)[^,。;]{0,14}\Z")

#: Partners that an approval of a combination does not approve again: cytotoxics, steroids, hormones, myeloma backbones.
_BACKBONES = frozenset(
    [
        "cisplatin",
        "carboplatin",
        "oxaliplatin",
        "nedaplatin",
        "lobaplatin",
        "gemcitabine",
        "pemetrexed",
        "paclitaxel",
        "nab-paclitaxel",
        "docetaxel",
        "etoposide",
        "irinotecan",
        "topotecan",
        "fluorouracil",
        "capecitabine",
        "tegafur",
        "leucovorin",
        "levoleucovorin",
        "doxorubicin",
        "epirubicin",
        "vinorelbine",
        "vincristine",
        "cyclophosphamide",
        "ifosfamide",
        "methotrexate",
        "cytarabine",
        "azacitidine",
        "decitabine",
        "bendamustine",
        "chlorambucil",
        "melphalan",
        "busulfan",
        "fludarabine",
        "temozolomide",
        "dacarbazine",
        "dexamethasone",
        "prednisone",
        "prednisolone",
        "methylprednisolone",
        "letrozole",
        "anastrozole",
        "exemestane",
        "tamoxifen",
        "fulvestrant",
        "goserelin",
        "leuprorelin",
        "triptorelin",
        "bortezomib",
        "lenalidomide",
        "eribulin",
        "mitoxantrone",
        "daunorubicin",
        "idarubicin",
    ]
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The drugs a decision is about.

    Args:
        drugs: normal forms, each once, in the order of the text.
        trail: `explicit`, `anaphora` or `ellipsis`.
        start: where they are named, or where the clause begins.
        ends: where each of them ends in the text, where the clause names them; else empty.
    """

    drugs: tuple[str, ...]
    trail: str
    start: int
    ends: tuple[int, ...] = ()


@dataclass(slots=True)
class Subjects:
    """The drugs spoken of while an article is walked.

    Args:
        reading: the article.
        labels: its own labels of treatments.

    Attributes:
        current: the running subject of the paragraph, or of the heading above it.
        former: the running subject of the paragraph before, which 该药 may still mean.
        pair: the last two drugs that were subjects; 前者, 后者 and 两药 read from it.
    """

    reading: Reading
    labels: Mapping[str, tuple[str, ...]]
    current: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()

    def open_paragraph(self, paragraph: Span, *, heading: bool) -> None:
        """Close the paragraph before; a heading with one drug keeps it open for what follows."""
        self.former = self.current or self.former
        named = tuple(dict.fromkeys(str(item.norm) for item in self.reading.within(*paragraph, "DRUG")))
        listed = _BULLET.match(self.reading.text, *paragraph) and not named
        self.current = self.former if listed else named if heading and len(named) == 1 else ()

    def note(self, stretch: Span) -> None:
        """Take the first drugs of a stretch without a decision as the running subject, where they stand as one."""
        text = self.reading.text
        if not self.current and _SAME_DRUG.search(text, stretch.start, min(stretch.end, stretch.start + 40)):
            self.current = self.former
        for clause in self.reading.clauses(stretch):
            drugs = self.reading.within(*clause, "DRUG")
            if drugs:
                self._note_clause(clause, drugs[0])
                return

    def _note_clause(self, clause: Span, drug: Candidate) -> None:
        before = self.reading.text[clause.start : drug.start]
        if len(before) > 30 or _NOT_SUBJECT.search(before) or before.count("(") != before.count(")"):
            return
        lists = self._coordinate([t for t in find_treatments(self.reading, clause, self.labels) if t.drugs])
        if lists and lists[0][0].start <= drug.start and not (lists[0][0].arm or lists[0][0].role):
            self._subject(lists[0])

    def take(self, drugs: tuple[str, ...]) -> None:
        """Make drugs the running subject."""
        self.current = drugs
        for drug in drugs:
            self.pair = (*(other for other in self.pair if other != drug), drug)[-2:]

    def find(self, clause: Span, event: Candidate, since: int, until: int) -> Subject | None:
        """Return whom a decision is about, or None where the text does not say.

        Args:
            clause: its clause.
            event: its word.
            since: where the decision before it in the clause ends, or the clause begins.
            until: where the next decision of the clause begins, or the clause ends.
        """
        treatments = find_treatments(self.reading, Span(since, until), self.labels)
        lists = self._coordinate([t for t in treatments if t.drugs and t.anaphor is None])
        chosen = self._choose(event, lists, since)
        if chosen:
            return chosen
        text = self.reading.text
        pointing = [t for t in treatments if t.anaphor in ("drug", "both", "former", "latter", "plus")]
        if pointing:
            return self._resolve(pointing[0])
        around = text[since : event.start] + " " + text[event.end : until].split("用于")[0]
        if _COMBINATION.search(around) and self.current:
            return Subject(self.current, "anaphora", clause.start)
        other = _OTHER_SUBJECT.search(around)
        if other and not _SAME.search(around[: other.start()]):
            return None
        if self.current and not treatments:
            return Subject(self.current, "ellipsis", clause.start)
        if other and self.former:
            return Subject(self.former, "anaphora", clause.start)
        return None

    def _coordinate(self, treatments: Sequence[Treatment]) -> list[list[Treatment]]:
        lists: list[list[Treatment]] = []
        for treatment in treatments:
            between = self.reading.text[lists[-1][-1].end : treatment.start] if lists else ""
            if lists and (_AND.fullmatch(between) or between == ""):
                lists[-1].append(treatment)
            else:
                lists.append([treatment])
        return lists

    def _choose(self, event: Candidate, lists: Sequence[list[Treatment]], since: int) -> Subject | None:
        text = self.reading.text
        before = [some for some in lists if some[-1].end <= event.start]
        behind = [some for some in lists if some[0].start >= event.end]
        standing = [some for some in before if not _NOT_SUBJECT.search(text, max(0, some[0].start - 6), some[0].start)]
        passive = event.norm[1] != "active"
        if passive and standing:
            return self._subject(standing[-1])
        nominal = [some for some in standing if _NOMINAL.search(text, since, some[0].start)]
        if not passive and nominal:
            return self._subject(nominal[-1])
        if not passive and behind and self._is_object(event, behind[0]):
            return self._subject(behind[0])
        if not passive and standing and not behind:
            return self._subject(standing[-1])
        if passive and behind and not before and _RELATIVE.match(text, event.end) and self._is_object(event, behind[0]):
            return self._subject(behind[0])
        return None

    def _is_object(self, event: Candidate, some: Sequence[Treatment]) -> bool:
        """Tell whether drugs behind a verb are what it decides on: `批准其联合氟维司群` is about 其."""
        between = self.reading.text[event.end : some[0].start]
        return not re.search(r"联合|该药|其|用于|治疗|患者|后线|耐药|[该本]品", between) or bool(
            _RELATIVE.match(between)
        )

    def _subject(self, some: Sequence[Treatment]) -> Subject:
        drugs: list[str] = []
        ends: list[int] = []
        for treatment in some:
            for drug in self._approved(treatment):
                if drug not in drugs:
                    drugs.append(drug)
                    ends.append(treatment.end)
        self.take(tuple(drugs))
        return Subject(tuple(drugs), "explicit", some[0].start, tuple(ends))

    def _approved(self, treatment: Treatment) -> tuple[str, ...]:
        """Return the drugs of a combination that a decision on it is about: its first one, and no backbones."""
        drugs = self._complete(treatment).drugs if treatment.open_partner else treatment.drugs
        by_name = any(
            item.start == treatment.start for item in self.reading.within(treatment.start, treatment.end, "DRUG")
        )
        kept = tuple(d for place, d in enumerate(drugs) if (place == 0 and by_name) or d not in _BACKBONES)
        return kept or drugs[:1]

    def _complete(self, treatment: Treatment) -> Treatment:
        """`EV+P` is the combination with EV that the article tells in full before."""
        told = find_treatments(self.reading, Span(0, treatment.start), self.labels)
        fuller = [t for t in told if set(treatment.drugs) < set(t.drugs)]
        return fuller[-1] if fuller else treatment

    def _resolve(self, treatment: Treatment) -> Subject | None:
        kind = treatment.anaphor
        pair = self.pair if len(self.pair) == 2 else ()
        if kind == "both":
            drugs = pair
        elif kind in ("former", "latter"):
            drugs = self.current = pair[:1] if kind == "former" else pair[1:]
        else:
            drugs = self.current or self.former
        return Subject(drugs, "anaphora", treatment.start) if drugs else None
