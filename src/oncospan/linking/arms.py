"""The table that a passage tells aloud: which arms are open, who is compared with whom, who is the subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from oncospan.linking.treatments import Treatment, with_drugs

_AGAINST = re.compile(
    r".{0,24}?(?:对比|头对头(?:比较)?|优于|胜过|战胜|击败|超过|逊于|不及|输给|不劣于|非劣于|相较于?|相比于?|比较|较|比|vs?\.?|versus|对照|对阵|PK)(?:了|于|换用|单用|使用|接受|换用|单独使用|医生选择的|研究者选择的|传统|标准|常规|单独|单纯|铂类|含铂化疗|化疗|[+±])*",
    re.IGNORECASE,
)
_COMPARED_BEFORE = re.compile(
    r"(?:相较于|相比于|相比|较之|相对于|对比|与|和|同|跟)(?:单用|单独使用|标准|传统|单纯|接受|使用)?\Z"
)
_COMPARED_BEHIND = re.compile(r"(?:治疗|单药|方案|组|单药治疗|联合化疗|进行){0,2}(?:的)?(?:相比|比较|相较|对比|头对头|对照|正面|对决|直接|PK)")
_BESIDE = re.compile(r" ?(?:治疗|单药|方案|组|单药治疗|联合化疗|在[^,。;]{1,16}中){0,2}(?:与|和|同|较|对比?|比)(?:单用|单独使用|标准|传统|单纯|接受|使用|(?:研究者|医生|医师)(?:所)?选(?:择)?的?)? ?")
#: `依沃西对帕博利珠单抗`, `III期头对头克唑替尼`
_DIRECT = re.compile(r" ?(?:单药|方案)?[^,。;]{0,6}(?:对|头对头)(?:单用|单药)? ?")
#: `比较A与B`, `对比A和B`: the verb stands before both.
_COMPARE_VERB = re.compile(r"(?:比较|对比|头对头评估|头对头比较)(?:了|的是|的)?\Z")
_DETAIL = re.compile(
    r"\([^()]*\)|\d{1,4}(?:\.\d+)? ?(?:mg|g|μg)(?:/(?:kg|m2|d|次))?(?: ?(?:qd|bid|tid|q\d?w|每[日天周]\S次|口服|单药))*"
)
_LABEL = re.compile(r"[A-Z]{1,3}组|观察组|对照组|试验组|实验组|研究组|联合组|单药组")
_RANDOM = re.compile(r"随机|[1-3]:[1-3]")
_OR_ELSE = re.compile(r"[^。;]{0,24}?[,、 ]?或(?:者)?(?:继续|接受|仅|单用|标准|安慰剂|化疗|观察|使用)")
_COUNTED = re.compile(
    r"(?:\d{1,5} ?例)?(?: ?(?:组|和|与|及|或|对|vs\.?|、|,) ?|(?:单药|维持|治疗){0,3}(?:,|和|与|及|或|、))(?:单纯|接受|使用|单用)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: whose value it is, and how we know.

    Args:
        treatment: the arm; its drugs may be empty (化疗, 安慰剂).
        arm: `experimental` or `control`.
        trail: `explicit`, `anaphora`, `ellipsis`, `distributive`.
    """

    treatment: Treatment
    arm: str
    trail: str


@dataclass(slots=True)
class Arms:
    """The arms now on the table.

    Attributes:
        experimental: the arm under test.
        control: what it is compared with.
        subject: the treatment spoken of last.
        pair: the two treatments coordinated last.
        known: every treatment with drugs of the article, latest last.
        compared: by the drugs of an arm, what it was compared with.
    """

    experimental: Treatment | None = None
    control: Treatment | None = None
    subject: Treatment | None = None
    pair: tuple[Treatment, Treatment] | None = None
    known: list[Treatment] = field(default_factory=list)
    compared: dict[frozenset[str], Treatment] = field(default_factory=dict)

    def open_chapter(self) -> None:
        """Forget everything: a heading begins another subject."""
        self.experimental = self.control = self.subject = None
        self.pair = None

    def open_trial(self) -> None:
        """Forget the comparison: a new trial has its own arms."""
        self.control = None

    def resolve(self, treatment: Treatment) -> Treatment | None:
        """Return the treatment with its drugs, wherever they stand; None where the text does not decide."""
        kind = treatment.anaphor
        if kind == "regimen":
            return treatment
        if kind == "plus":
            base = self.subject or self.experimental
            return with_drugs(treatment, (*base.drugs, *treatment.drugs)) if base else treatment
        if treatment.drugs:
            return self._complete(treatment) if treatment.open_partner else treatment
        if kind == "control":
            same = self.control if self.control and self.control.drugs and "安慰剂" not in treatment.label else None
            if same and "疗" in treatment.label and ("+" in same.label or "疗" not in same.label) and same.role != "control":
                # `安罗替尼+化疗组5.6个月,化疗组4.2个月`: a third arm, whose drugs nobody names
                same = None
            return with_drugs(treatment, same.drugs) if same else treatment
        if kind == "class":
            return treatment
        if kind == "backbone":
            whole = self.experimental.drugs if self.experimental else ()
            return with_drugs(treatment, whole[1:]) if len(whole) == 3 else treatment
        found = {
            "dose": self.subject or self.experimental,
            "experimental": self.experimental or self.subject,
            "drug": self.subject or self.experimental,
            "former": self.pair[0] if self.pair else None,
            "latter": self.pair[1] if self.pair else None,
            "mono": self._mono(),
        }.get(str(kind))
        if found is not None and not found.drugs and kind in ("former", "latter"):
            return treatment
        return with_drugs(treatment, found.drugs) if found and found.drugs else None

    def _complete(self, treatment: Treatment) -> Treatment:
        """`EV+P` is the combination with EV that was spoken of before."""
        for known in reversed(self.known):
            if len(known.drugs) > len(treatment.drugs) and set(treatment.drugs) <= set(known.drugs):
                return with_drugs(treatment, known.drugs)
        return treatment

    def _mono(self) -> Treatment | None:
        for arm in (self.control, self.experimental, self.subject):
            if arm and len(arm.drugs) == 1:
                return arm
        whole = self.experimental or self.subject
        return with_drugs(whole, whole.drugs[:1]) if whole and whole.drugs else None

    def row(self, treatment: Treatment) -> Row | None:
        """Return the row of a treatment that a clause names."""
        resolved = self.resolve(treatment)
        if resolved is None:
            return None
        trail = "anaphora" if treatment.anaphor not in (None, "control") or not treatment.drugs else "explicit"
        return Row(resolved, "control" if self.is_control(resolved) else "experimental", trail)

    def is_control(self, treatment: Treatment) -> bool:
        """Tell whether a treatment is the one compared with."""
        if treatment.role == "control":
            return True
        if self.experimental and set(treatment.drugs) == set(self.experimental.drugs):
            return False
        return bool(self.control and treatment.drugs and set(treatment.drugs) == set(self.control.drugs))

    def both(self) -> tuple[Row, Row] | None:
        """Return the two arms that 两组 or 两药 speaks of."""
        if self.pair and self.pair[0].drugs and not self.control:
            return Row(self.pair[0], "experimental", "anaphora"), Row(self.pair[1], "control", "anaphora")
        subject = self.experimental or self.subject
        control = self.control or (self.compared.get(frozenset(subject.drugs)) if subject else None)
        if subject and control:
            return Row(subject, "experimental", "anaphora"), Row(control, "control", "anaphora")
        return None

    def rows(self) -> tuple[Row, Row] | None:
        """Return both rows of the open comparison, the experimental one first."""
        first = self.experimental or self.subject
        if first is None or self.control is None:
            return None
        return Row(first, "experimental", "ellipsis"), Row(self.control, "control", "ellipsis")

    def follow(self, row: Row) -> None:
        """Take an arm that a clause names by 前者, 后者 or the like as the subject of what follows."""
        if row.treatment.drugs and row.arm == "experimental":
            self.experimental = self.subject = row.treatment

    def compare(self, experimental: Treatment | None, control: Treatment | None) -> None:
        """Open a comparison."""
        if experimental is not None and experimental.drugs:
            self.experimental = experimental
            self.subject = experimental
        if control is not None:
            self.control = control
            if self.experimental:
                self.compared[frozenset(self.experimental.drugs)] = control

    def meet(self, treatment: Treatment) -> None:
        """Take a treatment as the subject of what follows."""
        if not treatment.drugs:
            return
        self.known.append(treatment)
        same = [arm for arm in (self.experimental, self.control) if arm and set(arm.drugs) == set(treatment.drugs)]
        if not same:
            if self.subject and set(self.subject.drugs) != set(treatment.drugs):
                self.pair = (self.subject, treatment)
            self.experimental = treatment
            self.control = self.compared.get(frozenset(treatment.drugs))
        self.subject = treatment

    def read_sentence(self, text: str, treatments: Sequence[Treatment], *, figures: bool = True) -> None:
        """Take in who a sentence compares with whom.

        Args:
            text: the folded text.
            treatments: the treatments of the sentence, sorted.
            figures: the sentence tells endpoints; `A和B的临床试验分别于2012年和2014年启动` compares nobody.
        """
        resolved = [self.resolve(treatment) or treatment for treatment in treatments]
        self._read_pairs(text, resolved, figures=figures)
        self._read_alternative(text, resolved)
        arms = [treatment for treatment in resolved if treatment.arm and treatment.drugs and not treatment.anaphor]
        counted = len(arms) > 1 and re.match(r"(?:\(n ?=)? ?\d+ ?例?", text[arms[0].end : arms[0].end + 12])
        labelled = len(arms) > 1 and all(_LABEL.fullmatch(arm.label) for arm in arms[:2])
        if len(arms) > 1 and arms[0].drugs != arms[1].drugs and (counted or labelled):
            self._meet_both(arms[0], arms[1])
        for treatment in resolved:
            declared = treatment.role == "control" and treatment.drugs and treatment.anaphor is None
            if declared and self.experimental and set(treatment.drugs) != set(self.experimental.drugs):
                self.compare(None, treatment)
            if treatment.base:
                self.compare(treatment, with_drugs(treatment, treatment.base))

    def _read_alternative(self, text: str, resolved: Sequence[Treatment]) -> None:
        """`随机分配:改用卡米司群+CDK4/6抑制剂,或继续AI+CDK4/6抑制剂`: the second arm names no drug."""
        named = [treatment for treatment in resolved if treatment.drugs]
        if len(named) != 1:
            return
        only = named[0]
        before = text[max(0, only.start - 40) : only.start]
        if _RANDOM.search(before) and _OR_ELSE.match(text, only.end):
            self._meet_both(only, Treatment(only.end, only.end, (), "", role="control"))

    def _read_pairs(self, text: str, resolved: Sequence[Treatment], *, figures: bool) -> None:
        for index, (left, right) in enumerate(pairwise(resolved)):
            if "both" in (left.anaphor, right.anaphor):
                continue
            between = _DETAIL.sub("", text[left.end : right.start])
            before = text[max(0, left.start - 8) : left.start]
            if len(between) > 60:
                continue
            if _BESIDE.fullmatch(between) and _COMPARED_BEHIND.match(text, right.end):
                self._meet_both(left, right)
                return
            if _DIRECT.fullmatch(between) and left.drugs and right.drugs:
                self._meet_both(left, right)
                return
            if _COMPARE_VERB.search(before) and re.fullmatch(r" ?(?:与|和|及|、|同)(?:单用|单独使用|单纯)? ?", between):
                self._meet_both(left, right)
                return
            if self._heads_comparison(text, left):
                self.compare(right, left)
                return
            if _COMPARED_BEFORE.search(before) and (
                _COMPARED_BEHIND.match(between) or before.endswith(("相较于", "相比于", "相比", "较之"))
            ):
                self.compare(right, left)
                return
            if self._reads_as_comparison(text, left, right, between, figures=figures):
                if index == 0 or left.drugs:
                    self._meet_both(left, right)
                return

    @staticmethod
    def _heads_comparison(text: str, left: Treatment) -> bool:
        """`与现行标准THP(…曲妥珠单抗+帕妥珠单抗)相比,X…`: what opens the sentence is what X is compared with."""
        start = max(text.rfind(mark, 0, left.start) for mark in "。;,\n") + 1
        opened = re.match(r"(?:与|和|相较于?|相比于?|对比|较之)", text[start : left.start].strip())
        closed = re.match(r"[^,。;]{0,12}?(?:相比(?:较)?|比较|相较|对比)?,", text[left.end : left.end + 16])
        direct = re.match(r"(?:相较于|相比于|较之|相较)", text[start : left.start].strip())
        return bool(opened and closed and left.start - start <= 30 and (direct or re.search(r"相比|比较|相较|对比", closed.group())))

    def _meet_both(self, left: Treatment, right: Treatment) -> None:
        if left.role == "control" and right.role != "control":
            left, right = right, left
        for treatment in (left, right):
            if treatment.drugs:
                self.known.append(treatment)
        self.compare(left, right)
        self.pair = (left, right)

    @staticmethod
    def _reads_as_comparison(text: str, left: Treatment, right: Treatment, between: str, *, figures: bool) -> bool:
        if _AGAINST.fullmatch(between) and not re.search(r"[;。]", between):
            return True
        if not _COUNTED.fullmatch(between):
            return False
        sentence_before = text[max(0, left.start - 60) : left.start]
        if re.search(r"随机|分为|分配|1:1|2:1|分至|分入", sentence_before) and re.search(
            r"接受|分为|分至|至|予|为|入", sentence_before
        ):
            return True
        counted = re.compile(r" ?(?:\(n ?=|\d{1,5} ?例)")
        if counted.match(text, left.end) and counted.match(text, right.end):
            return True
        if figures and re.match(r"[^,。;]{0,30}?分别", text[right.end : right.end + 34]) and re.match(
            r"[^,。;]{0,8}的", text[right.end :]
        ):
            return bool(left.drugs)
        return (left.arm and right.arm) or (right.role == "control" and bool(left.drugs))
