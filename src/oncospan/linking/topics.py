"""The running subject of an article: the drugs last spoken of, which 该药, 两者 and nothing at all stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oncospan.linking.coordination import coordinate
from oncospan.linking.enumerations import Member
from oncospan.linking.partners import decided_drugs
from oncospan.linking.reading import Reading
from oncospan.linking.treatments import Treatment, find_treatments
from oncospan.model import Span

NOT_SUBJECT = re.compile(
    r"(?:联合|与|和|同|较|比|对比|对照|[优低高大多少劣]于|含|加|经|既往|对|不同于|相比|替代|(?<![单双三])抗|靶向|联用|改用|换用|接替|继|类似于|如)"
    r"(?:了|于|使用|接受|单用|化疗和)?\Z"
)
_SAME_DRUG = re.compile(r"该(?:药|产品|新药|单抗|疗法|款)|本品|(?<![及尤])其(?![他中余它实次后间])|这款|它(?!们)")
_BULLET = re.compile(r"\s*(?:[·•●■◆▶▌▪▲*\-–—]|\(?\d{1,2}[.、)](?!\d)|[①-⑩])\s*")
_ADDRESSED = re.compile(r"(?:FDA|NMPA|EMA|CDE|CHMP|[局署省部]|委员会|ODAC)\)?[^,。;]{0,14}[对就]\Z|[对就]\Z")
_ACT_BEHIND = re.compile(
    r"(?:的)?(?:审评|申请|上市)|[^,。;]{0,12}?(?:给出|发表|作出|做出|投|持|提出)[^,。;]{0,8}(?:意见|决定|建议|票|态度)"
)
#: `尼拉帕利阿比特龙片`: two names that touch are one tablet.
_FIXED_DOSE = re.compile(r"(?:双层|复方|缓释)?(?:片|胶囊|注射液|颗粒)")
_ONE_DRUG = re.compile(r"该药|本品|该产品|该新药|该单抗|这款")
#: `在伊马替尼分层内差距更明显`
_STRATUM = re.compile(r"(?:治疗|经治|耐药)?(?:分层|亚组|队列|亚群|层)(?:中|内|里)?")
_TRIAL_NAME = re.compile(r"[A-Z][A-Za-z]{2,14}-?[A-Z]{0,3}\d{1,4}(?![A-Za-z0-9])|[A-Za-z\d](?:研究|试验)")
#: `卡度尼利单抗(开坦尼,AK104)`: a heading is at most this long without its brackets.
_HEADED = 14


@dataclass(frozen=True, slots=True)
class Subject:
    """The drugs a decision is about.

    Args:
        drugs: normal forms, each once, in the order of the text.
        trail: `explicit`, `anaphora` or `ellipsis`.
        start: where they are named, or where the clause begins.
        ends: where each of them ends in the text, where the clause names them; else empty.
        members: for each of them its place in a list that the decision announces; else empty.
        joint: they are one combination, on which one decision is made.
    """

    drugs: tuple[str, ...]
    trail: str
    start: int
    ends: tuple[int, ...] = ()
    members: tuple[Member, ...] = ()
    joint: bool = False


@dataclass(slots=True)
class Topic:
    """The running subject of an article, and the treatments last spoken of.

    Args:
        reading: the article.
        labels: its own labels of treatments.

    Attributes:
        current: the running subject of the paragraph, or of the heading above it.
        former: the running subject of the paragraph before, which 该药 may still mean.
        heading: the drug that a heading names and that holds for the lines below it.
        since: where the running subject is named.
        joint: the running subject is one treatment; 该药 then means its first drug.
        told: the treatments last spoken of, each by its first drug; 前者, 后者, 两药 and 三者 read from it.
    """

    reading: Reading
    labels: Mapping[str, tuple[str, ...]]
    current: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    told: list[str] = field(default_factory=list)
    since: int = 0
    joint: bool = False
    _paragraphs: dict[Span, Sequence[Treatment]] = field(default_factory=dict)

    def open_paragraph(self, paragraph: Span, *, heading: bool) -> None:
        """Close the paragraph before; a line that holds little but one drug's name heads what follows."""
        self.former = self.current or self.former
        text = self.reading.text
        drugs = self.reading.within(*paragraph, "DRUG")
        bullet = _BULLET.match(text, *paragraph)
        begins = bullet.end() if bullet else paragraph.start
        if heading and drugs:
            bare = re.sub(r"\([^()]*\)", "", text[begins : paragraph.end])
            alone = len({item.norm for item in drugs}) == 1 and drugs[0].start - begins <= 6
            self.heading = (str(drugs[0].norm),) if alone and len(bare) <= _HEADED else ()
        elif heading and re.match(r"\s*[【◆◇一二三四五六七八九十#]", text[paragraph.start : paragraph.end]):
            self.heading = ()
        self.current = self.heading or (self.former if bullet and not drugs else ())

    def note(self, stretch: Span) -> None:
        """Take the drugs that stretches without a decision are about as the running subject.

        The first clause of every part of a sentence may set it; drugs of later clauses are remembered for 前者 and 后者.
        """
        text = self.reading.text
        if not self.current and _SAME_DRUG.search(text, stretch.start, min(stretch.end, stretch.start + 40)):
            self.current = self.former
        fresh = True
        for clause in self.reading.clauses(stretch):
            fresh = fresh or text[clause.start - 1 : clause.start] == ";"
            if self.note_clause(clause, leads=fresh):
                fresh = False

    def note_clause(self, clause: Span, *, leads: bool) -> bool:
        """Return whether the clause names a drug or points to one."""
        text = self.reading.text
        if not self.reading.within(*clause, "DRUG") and "者" not in text[clause.start : clause.start + 4]:
            return False
        begins = clause.start + text[clause.start : clause.end].rfind(":") + 1
        treatments = find_treatments(self.reading, Span(clause.start, clause.end), self.labels)
        if treatments and treatments[0].anaphor in ("former", "latter") and treatments[0].start - clause.start <= 2:
            return leads and self.resolve(treatments[0]) is not None
        lists = coordinate(self.reading, treatments)
        if not lists:
            return False
        first = lists[0][0]
        begins = begins if begins <= first.start else clause.start
        before = text[begins : first.start]
        directed = _ADDRESSED.search(before)
        addressed = directed and (len(directed[0]) > 1 or _ACT_BEHIND.match(text, lists[0][-1].end))
        stands = (
            len(before) <= 30
            and (addressed or not NOT_SUBJECT.search(before))
            and before.count("(") == before.count(")")
        )
        if (
            not stands
            or _STRATUM.match(text, first.end)
            or first.role
            or (first.arm and not (leads and self._opens_table(first)))
        ):
            return True
        some = lists[0][:1] if first.arm else lists[0]
        self.remember(some)
        if leads:
            self.speak_of(self.drugs_of(some)[0], some)
        return True

    def speak_of(self, drugs: tuple[str, ...], some: Sequence[Treatment]) -> None:
        """Take drugs as the running subject; the treatments are where they are named."""
        self.current, self.since = drugs, some[0].start
        self.joint = len(some) == 1

    def _opens_table(self, arm: Treatment) -> bool:
        """Tell whether an arm is spoken of first: at the head of a paragraph, or behind the name of another trial."""
        text = self.reading.text
        since = max(text.rfind(mark, 0, arm.start) for mark in "。;\n") + 1
        return not self.current or bool(_TRIAL_NAME.search(text, since, arm.start))

    def remember(self, some: Sequence[Treatment]) -> None:
        """Keep treatments in mind for 前者, 后者 and 三者."""
        for treatment in some:
            drug = treatment.drugs[0]
            self.told = [*(other for other in self.told if other != drug), drug][-6:]

    def drugs_of(self, some: Sequence[Treatment]) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Return the drugs that a decision on a list of treatments is about, and where each of them ends."""
        ends: dict[str, int] = {}
        for treatment in some:
            named = self.reading.within(treatment.start, treatment.end, "DRUG")
            first_named = any(item.start == treatment.start for item in named)
            drugs = self._complete(treatment).drugs if treatment.open_partner else treatment.drugs
            previous = list(ends.items())[-1:]
            if previous and previous[0][1] == treatment.start and _FIXED_DOSE.match(self.reading.text, treatment.end):
                del ends[previous[0][0]]
                drugs, first_named = ("/".join((previous[0][0], *drugs)),), True
            for drug in decided_drugs(drugs, first_named=first_named):
                ends.setdefault(drug, treatment.end)
        return tuple(ends), tuple(ends.values())

    def decide(self, treatment: Treatment) -> tuple[str, ...]:
        """Return the drugs of a treatment that a decision on it is about."""
        return self.drugs_of([treatment])[0]

    def _complete(self, treatment: Treatment) -> Treatment:
        """`EV+P` is the combination with EV that the article tells in full before."""
        for paragraph in reversed(self.reading.paragraphs()):
            if paragraph.start >= treatment.start:
                continue
            told = self._read_paragraph(paragraph, treatment.start)
            fuller = [other for other in told if set(treatment.drugs) < set(other.drugs)]
            if fuller:
                return fuller[-1]
        return treatment

    def _read_paragraph(self, paragraph: Span, stop: int) -> Sequence[Treatment]:
        """Return the treatments of a paragraph up to a place; a whole paragraph is read once."""
        if paragraph.end > stop:
            return find_treatments(self.reading, Span(paragraph.start, stop), self.labels)
        if paragraph not in self._paragraphs:
            self._paragraphs[paragraph] = find_treatments(self.reading, paragraph, self.labels)
        return self._paragraphs[paragraph]

    def resolve(self, treatment: Treatment) -> Subject | None:
        """Return whom 该药, 两者, 前者 or 后者 stands for, or None where the text does not say."""
        kind, told = treatment.anaphor, self.told
        part = self.reading.text[max(0, treatment.start - 1) : treatment.start]
        if kind == "both" and part in ("前", "后"):
            whole = self.current if len(self.current) > 2 else ()
            drugs = whole[:2] if part == "前" else whole[-2:]
        elif kind == "both":
            drugs = tuple(told[-2:]) if len(told) >= 2 else ()
        elif kind == "former":
            drugs = self.current = tuple(told[-2:-1])
        elif kind == "latter":
            drugs = self.current = tuple(told[-1:])
        else:
            drugs = self.current = self.current or self.former
            if self.joint and _ONE_DRUG.match(treatment.label):
                drugs = self.current = drugs[:1]
        start = self.since if kind == "drug" else treatment.start
        return Subject(drugs, "anaphora", start, joint=self.joint and kind == "drug") if drugs else None
