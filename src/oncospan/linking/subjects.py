"""Whom a decision is about: the drugs a clause names, or those that 该药, 两药 or nothing at all stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oncospan.linking.coordination import coordinate
from oncospan.linking.enumerations import find_members, is_excepted
from oncospan.linking.topics import NOT_SUBJECT, Subject, Topic
from oncospan.linking.treatments import Treatment, find_treatments
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

#: A class, a portfolio or a company's product in general: the sentence has its own subject, which is no drug of ours.
_OTHER_SUBJECT = re.compile(
    r"抑制剂|单抗|双抗|(?:\d ?|[一二三四五六七八九十两多数])项(?!\s|\Z|[^,。;]{0,12}(?:适应症|认定|资格))|[两三四五]款|另有(?![\d一二两三四五]{1,2}(?:个|项)(?:新)?适应症)|多个|抗体|ADC|疗法(?!认定|资格)"
    r"|药物(?!管理|审|评|监|临床试验)|新药(?!申请|上市申请)|创新药|产品|管线|器械|疫苗|仿制药|类似药|分子|款|检测|试剂|诊断|指南|组合|CAR-T",
    re.IGNORECASE,
)
#: `Replimune的RP1收到CRL`: a code that is no drug of ours.
_OTHER_CODE = re.compile(
    r"[的给就对为][A-Z]{1,5}-?\d{1,6}[A-Za-z]?(?=(?:片|胶囊|注射液|已|也|亦|于|在|正式|近日|先后|同样|\d|[年月日])*(?:收到|获|被|遭|的(?:BLA|NDA|上市申请|新药申请|申请)))"
)
_SAME = re.compile(r"(?:该|此|这款|这一|这个|本|上述|这种|同一|其中)[^,。;]{0,8}\Z")
_COMBINATION = re.compile(
    r"(?:这一|上述|前述|该|此)?(?:联合|组合)(?:方案|疗法|治疗|用药)?(?=于|已|在|也|获|被|用于|\Z)"
)
_NOMINAL = re.compile(r"(?:就|对|将|把|授予|给予|赋予|关于)[^,。;]{0,12}\Z")
#: `FDA对X治疗CLL的加速批准`, `对X点了头`, `对X给出积极意见`: the drug that an act is directed to.
_ADDRESSED_NOUN = re.compile(r"的(?:首次|正式)?(?:加速|附条件|有条件|完全|上市|常规)?\Z")
_NODS = ("点头", "点了头", "绿灯", "放行", "首肯")
_RELATIVE = re.compile(r"(?:上市|签发|下发|颁发|出具)?(?:用于[^,。;]{2,24})?的")
_NOT_OBJECT = re.compile(r"联合|该药|其|用于|治疗|患者|后线|耐药|[该本]品")
#: `批准其新药X`, `批准了某公司的X`: a possessor and a class word before the name.
_POSSESSED = re.compile(r"(?:了)?其(?:[^,。;其]{0,10}?(?:新药|药物|产品|抑制剂|单抗|双抗|ADC|抗体|疗法|制剂|重磅))?")
#: `批准治疗乳腺癌的新药X片上市`: what is approved stands between its use and 上市.
_CLASS_NAME = re.compile(r"(?:的|药|药物|抑制剂|单抗|双抗|ADC|疗法|注射用)\Z")
_MARKETED = re.compile(
    r"(?:®|\([^()]{1,40}\)|片|胶囊|注射液|颗粒|口服液|缓释){0,3}(?:在[^,。;]{1,6})?(?:上市|注册|进口)"
)
_ANAPHORS = ("drug", "both", "former", "latter", "plus")
_THREE = re.compile(r"三者|三药|上述三[款种个]")
#: `继2019年获FDA批准后,X…`: the drug follows.
_BEFOREHAND = re.compile(r"\s*继[^,。;]{2,50}后")
#: `获FDA批准的STRIDE方案(A+B)`: how far a described drug may stand behind the decision.
_NEAR = 12


@dataclass(slots=True)
class Subjects(Topic):
    """The drugs spoken of while an article is walked, and whom each decision is about."""

    def find(self, clause: Span, event: Candidate, since: int, until: int) -> Subject | None:
        """Return whom a decision is about, or None where the text does not say.

        Args:
            clause: its clause.
            event: its word.
            since: where the decision before it in the clause ends, or the clause begins.
            until: where the next decision of the clause begins, or the clause ends.
        """
        treatments = find_treatments(self.reading, Span(since, until), self.labels)
        treatments = [t for t in treatments if not is_excepted(self.reading.text, t.end)]
        lists = coordinate(self.reading, treatments)
        listed = self._find_listed(event, lists, since)
        if listed is not None:
            return listed
        pointing = [t for t in treatments if t.anaphor in _ANAPHORS]
        named = self._choose(event, lists, since)
        nearer = [t for t in pointing if t.end <= event.start and named is not None and t.start >= max(named.ends)]
        if named is not None and nearer and nearer[-1].anaphor in ("both", "former", "latter"):
            return self.resolve(nearer[-1])
        others = any(self._stands(some) for some in lists)
        return named or self._find_elsewhere(clause, event, Span(since, until), pointing, named_others=others)

    def _find_elsewhere(
        self, clause: Span, event: Candidate, own: Span, pointing: Sequence[Treatment], *, named_others: bool
    ) -> Subject | None:
        text = self.reading.text
        if _BEFOREHAND.fullmatch(text, *clause):
            return self._find_ahead(clause)
        before = [treatment for treatment in pointing if treatment.end <= event.start]
        if pointing:
            return self.resolve((before or pointing)[-1 if before else 0])
        three = _THREE.search(text, own.start, event.start)
        if three:
            return Subject(tuple(self.told[-3:]), "anaphora", three.start()) if len(self.told) >= 3 else None
        around = self._around(event, own)
        if _COMBINATION.search(around) and (self.current or self.former):
            return Subject(self.current or self.former, "anaphora", self.since, joint=self.joint)
        other = _OTHER_SUBJECT.search(around) or _OTHER_CODE.search(around)
        if other and not _SAME.search(around[: other.start()]):
            return None
        if (self.current and not named_others) or (other and self.former):
            trail = "anaphora" if other else "ellipsis"
            return Subject(self.current or self.former, trail, self.since, joint=self.joint)
        return None

    def _around(self, event: Candidate, own: Span) -> str:
        """What may name a subject of its own: the words before, and behind a verb or a relative clause."""
        text = self.reading.text
        behind = text[event.end : own.end].split("用于")[0]
        reaches = event.norm[1] == "active" or _RELATIVE.match(behind)
        return text[own.start : event.start] + " " + (behind if reaches else "")

    def _find_ahead(self, clause: Span) -> Subject | None:
        """`继2019年获FDA批准后,X于2020年获…`: the subject stands in the clause behind."""
        sentence = self.reading.document.sentence_at(clause.start)
        following = [c for c in self.reading.clauses(sentence) if c.start > clause.start][:1]
        for place in following:
            self.note_clause(place, leads=True)
        return Subject(self.current, "anaphora", clause.start) if self.current else None

    def _find_listed(self, event: Candidate, lists: Sequence[list[Treatment]], since: int) -> Subject | None:
        """`FDA已批准4款PI3K抑制剂,包括X的A、Y的B和C`: a number of drugs that is decided on, with the drugs behind it."""
        if any(some[-1].end <= event.start and self._stands(some) for some in lists):
            return None
        sentence = self.reading.document.sentence_at(event.start)
        members = find_members(self.reading, self.labels, event, since, sentence.end)
        if not members:
            return None
        placed = [(drug, member) for member in members for drug in self.decide(member.treatment)]
        self.speak_of(tuple(dict.fromkeys(drug for drug, _ in placed)), [member.treatment for member in members])
        self.remember([member.treatment for member in members])
        drugs, whose = zip(*placed, strict=True)
        return Subject(drugs, "explicit", members[0].treatment.start, members=whose)

    def _stands(self, some: Sequence[Treatment]) -> bool:
        return not NOT_SUBJECT.search(self.reading.text, max(0, some[0].start - 6), some[0].start)

    def _choose(self, event: Candidate, lists: Sequence[list[Treatment]], since: int) -> Subject | None:
        text = self.reading.text
        before = [some for some in lists if some[-1].end <= event.start]
        behind = [some for some in lists if some[0].start >= event.end]
        standing = [some for some in before if self._stands(some)]
        addressed = _ADDRESSED_NOUN.search(text, since, event.start) or text[event.start : event.end] in _NODS
        nominal = [some for some in (before if addressed else standing) if _NOMINAL.search(text, since, some[0].start)]
        if event.norm[1] != "active":
            described = behind and _RELATIVE.match(text, event.end) and self._is_object(event, behind[0])
            chosen = nominal or standing
            if described and (not before or behind[0][0].start - event.end <= _NEAR):
                return self._subject(behind[0])
            return self._subject(chosen[-1]) if chosen else None
        if nominal:
            return self._subject(nominal[-1])
        if behind and self._is_object(event, behind[0]):
            return self._subject(behind[0])
        return self._subject(standing[-1]) if standing and not behind else None

    def _is_object(self, event: Candidate, some: Sequence[Treatment]) -> bool:
        """Tell whether drugs behind a verb are what it decides on: `批准其联合氟维司群` is about 其."""
        between = self.reading.text[event.end : some[0].start]
        if _POSSESSED.fullmatch(between):
            return True
        if _CLASS_NAME.search(between) and _MARKETED.match(self.reading.text, some[-1].end):
            return True
        return not _NOT_OBJECT.search(between) or bool(_RELATIVE.match(between))

    def _subject(self, some: Sequence[Treatment]) -> Subject:
        if some[0].anaphor == "plus" and self.current:
            # `联合X用于…的上市申请`, `该药联合X`: what is decided on is the drug spoken of
            return Subject(self.current, "anaphora", self.since, joint=self.joint)
        drugs, ends = self.drugs_of(some)
        self.speak_of(drugs, some)
        self.remember(some)
        return Subject(drugs, "explicit", some[0].start, ends, joint=self.joint)
