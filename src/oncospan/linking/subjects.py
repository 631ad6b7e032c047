"""Whom a decision is about: the drugs a clause names, or those that 该药, 两药 or nothing at all stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    r"抑制剂|单抗|双抗|抗体|ADC|疗法|药物(?!管理|审|评|监)|新药(?!申请|上市申请)|创新药|产品|管线|器械|疫苗|仿制药|类似药|分子|款|检测|试剂|诊断|指南|方案|组合|CAR-T",
    re.IGNORECASE,
)
_SAME = re.compile(r"(?:该|此|这款|这一|这个|本|其|上述|这种)[^,。;]{0,8}\Z")
_NOMINAL = re.compile(r"(?:就|对|将|把|授予|给予|赋予)[^,。;]{0,12}\Z")
_RELATIVE = re.compile(r"(?:上市)?(?:用于[^,。;]{2,24})?的")
_RELATIVE_SELF = re.compile(r"(?:首个|首款|第[一二三四五]个|唯一|目前|全球|已|也是|是)[^,。;]{0,14}\Z")

#: Partners that an approval of a combination does not approve again: cytotoxics, steroids, hormones, myeloma backbones.
_BACKBONES = frozenset(
    (
        "cisplatin carboplatin oxaliplatin nedaplatin lobaplatin gemcitabine pemetrexed paclitaxel nab-paclitaxel docetaxel etoposide "
        "irinotecan topotecan fluorouracil capecitabine tegafur leucovorin levoleucovorin doxorubicin epirubicin vinorelbine vincristine "
        "cyclophosphamide ifosfamide methotrexate cytarabine azacitidine decitabine bendamustine chlorambucil melphalan busulfan fludarabine "
        "temozolomide dacarbazine dexamethasone prednisone prednisolone methylprednisolone letrozole anastrozole exemestane tamoxifen "
        "fulvestrant goserelin leuprorelin triptorelin bortezomib lenalidomide eribulin mitoxantrone daunorubicin idarubicin"
    ).split()
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
        recent: single drugs that were subjects, latest last; 前者, 后者 and 两药 read from it.
    """

    reading: Reading
    labels: Mapping[str, tuple[str, ...]]
    current: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    recent: list[str] = field(default_factory=list)

    def open_paragraph(self, paragraph: Span, *, heading: bool) -> None:
        """Close the paragraph before; a heading with one drug keeps it open for what follows."""
        self.former = self.current or self.former
        named = tuple(dict.fromkeys(str(item.norm) for item in self.reading.within(*paragraph, "DRUG")))
        self.current = named if heading and len(named) == 1 else ()

    def note(self, sentence: Span) -> None:
        """Take the first drug of a sentence without a decision as the running subject, where it stands as one."""
        drugs = self.reading.within(*sentence, "DRUG")
        if not drugs:
            return
        before = self.reading.text[sentence.start : drugs[0].start]
        if len(before) <= 30 and not _NOT_SUBJECT.search(before) and before.count("(") == before.count(")"):
            self.take((str(drugs[0].norm),))

    def take(self, drugs: tuple[str, ...]) -> None:
        """Make drugs the running subject."""
        self.current = drugs
        for drug in drugs:
            if drug in self.recent:
                self.recent.remove(drug)
            self.recent.append(drug)

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
            return self._resolve(pointing[0], event)
        around = text[since : event.start] + " " + text[event.end : until].split("用于")[0]
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
        return not re.search(r"联合|该药|其|用于|治疗|患者|后线|耐药|[该本]品", between) or bool(_RELATIVE.match(between))

    def _subject(self, some: Sequence[Treatment]) -> Subject:
        drugs: list[str] = []
        ends: list[int] = []
        for treatment in some:
            for place, drug in enumerate(treatment.drugs):
                if drug not in drugs and (place == 0 or drug not in _BACKBONES):
                    drugs.append(drug)
                    ends.append(treatment.end)
        self.take(tuple(drugs))
        return Subject(tuple(drugs), "explicit", some[0].start, tuple(ends))

    def _resolve(self, treatment: Treatment, event: Candidate) -> Subject | None:
        kind = treatment.anaphor
        pair = tuple(self.recent[-2:])
        if kind == "both":
            drugs = pair if len(pair) == 2 else ()
        elif kind in ("former", "latter"):
            drugs = (pair[0 if kind == "former" else 1],) if len(pair) == 2 else ()
        else:
            drugs = self.current or self.former
        keep = tuple(drug for place, drug in enumerate(drugs) if place == 0 or drug not in _BACKBONES)
        return Subject(keep, "anaphora", treatment.start) if keep else None
