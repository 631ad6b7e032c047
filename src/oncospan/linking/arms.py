"""The table that a passage tells aloud: which arms are open, who is compared with whom, who is the subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from oncospan.linking.comparisons import Comparison, find_alternative, find_comparison, introduces_arms
from oncospan.linking.treatments import Treatment, with_drugs


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
            return with_drugs(treatment, (*base.drugs, *treatment.drugs)) if base else None
        if kind == "dosed":
            completed = self._complete(treatment)
            return completed if len(completed.drugs) > len(treatment.drugs) else None
        if treatment.drugs:
            return self._complete(treatment) if treatment.open_partner else treatment
        if kind == "control":
            same = self.control if self.control and self.control.drugs and "安慰剂" not in treatment.label else None
            if (
                same
                and "疗" in treatment.label
                and ("+" in same.label or "疗" not in same.label)
                and same.role != "control"
            ):
                # `安罗替尼+化疗组5.6个月,化疗组4.2个月`: a third arm, whose drugs nobody names
                same = None
            return with_drugs(treatment, same.drugs) if same else treatment
        if kind == "class":
            return treatment
        if kind == "union":
            singles = [arm for arm in (self.pair or self.known[-2:]) if len(arm.drugs) == 1]
            return with_drugs(treatment, [arm.drugs[0] for arm in singles]) if len(singles) == 2 else None
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
            "double": self._double(),
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

    def _double(self) -> Treatment | None:
        """`双免疫的ORR为71%,单药组58%`: the combination of two drugs that was spoken of last."""
        return next((arm for arm in (self.experimental, *reversed(self.known)) if arm and len(arm.drugs) == 2), None)

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

    def introduce(self, text: str, treatments: Sequence[Treatment]) -> None:
        """Take in the arms that a sentence introduces side by side: `A组(n=40)…;B组(n=40)…`.

        Args:
            text: the folded text.
            treatments: the treatments of the sentence, sorted.
        """
        arms = [treatment for treatment in treatments if treatment.arm and treatment.drugs and not treatment.anaphor]
        if introduces_arms(text, arms):
            self._open(Comparison(arms[0], arms[1]))

    def read_sentence(self, text: str, treatments: Sequence[Treatment], *, figures: bool = True) -> None:
        """Take in who a sentence compares with whom.

        Args:
            text: the folded text.
            treatments: the treatments of the sentence, sorted.
            figures: the sentence tells endpoints; `A和B的临床试验分别于2012年和2014年启动` compares nobody.
        """
        resolved = [self.resolve(treatment) or treatment for treatment in treatments]
        self._open(find_comparison(text, resolved, figures=figures))
        self._open(find_alternative(text, resolved))
        for treatment in resolved:
            declared = treatment.role == "control" and treatment.drugs and treatment.anaphor is None
            if declared and self.experimental and set(treatment.drugs) != set(self.experimental.drugs):
                self.compare(None, treatment)
            if treatment.base:
                self.compare(treatment, with_drugs(treatment, treatment.base))

    def _open(self, comparison: Comparison | None) -> None:
        if comparison is None:
            return
        left, right = comparison.experimental, comparison.control
        if comparison.named and left.role == "control" and right.role != "control":
            left, right = right, left
        self.compare(left, right)
        if comparison.named:
            self.known += [treatment for treatment in (left, right) if treatment.drugs]
            self.pair = (left, right)
