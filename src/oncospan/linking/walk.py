"""The walk through an article: what is open while the clauses of a paragraph are read one after the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from oncospan.linking.arms import Arms, Row
from oncospan.linking.reading import Fact, Reading
from oncospan.linking.stream import Head, Token
from oncospan.linking.treatments import Treatment
from oncospan.model import Span

#: A subject stands near the head of its sentence, or behind a word that introduces it.
_SUBJECT_REACH = 16
_SUBJECT_BEFORE = re.compile(
    r"(?:接受|一线|二线|三线|后线|同步|换用|改用|选用|使用|应用|给予|采用|口服|显示|证实|提示|表明|报道|评估|评价|探讨|批准|获批|聚焦|的|研究|试验|中|款|药|剂|[,:;|—)\]]"
    r"|其中|治疗|公司|生物|医药|制药)(?:了|的)?[^,。;()]{0,4}\Z"
)
_CLAUSE_REACH = 8
_TRIAL_BEFORE = re.compile(r"(?:研究|试验|[A-Z0-9])(?:中|里)?(?:的|显示|,|:)?\Z")
_SUBJECT_BEHIND = re.compile(r"(?:于|获|在|则|亦|由|也|被|是|为|已|凭|\(|的|首|率先|随后|同)")
_TOPIC = re.compile(r"(?:对于|关于|至于|针对)\Z")
_COMPARED = re.compile(r"(?:与|和|相比|较|对|比|于|(?:对比|较|比)换用)\Z")

_IN_BRACKET = re.compile(r"\((?:接受|给予|使用)?\Z")
_COMPARED_WITH = re.compile(
    r"(?:较|高于|低于|优于|相比于?|相较于|优于|胜过|战胜|高于|低于|长于|逊于|不及|不劣于|比|对比|vs\.?)(?:单用|单靶向|标准|传统|单纯|常规)? ?\Z"
)
_BESIDE = re.compile(r"(?:与|和|同)\Z")
_COMPARED_BEHIND = re.compile(r"(?:单药|组|治疗|方案)?(?:相比|比较|相较)")


@dataclass(slots=True)
class Walk:
    """What is open while the clauses of a paragraph are walked.

    Args:
        reading: the article.
        labels: the article's own labels of treatments.

    Attributes:
        arms: the rows of the table told aloud.
        heads: its open columns.
        timed: the endpoint last told in time or as a share; a lone hazard ratio belongs to it.
        columns: the endpoints in time of the sentence, each with its place.
        statement: where the statement begins that is being read: the sentence, or what follows a semicolon.
        named: the rows that the statement has named, each once.
        phase: of the trial that the paragraph tells of.
        trial: the trial last named.
        trial_name: the name of a trial last met, also where no word calls it one (`RATIONALE 305中`).
        population: in whom, as the sentence said last.
        spoken: the rows of the list of values read last in this sentence; what follows without rows has them too.
        telling: the rows that got values under the head now open.
        listed: the arms that the last sentence with three or more of them listed, for 后两组.
        groups: the populations of the list of values read last in this sentence.
        seen: the populations of single values of the sentence, in order.
        paragraph_told: the paragraph has given a record already.
        case_report: the article tells of one patient, whose times are no medians.
        silent: a class is the subject of the sentence; what names no arm is its own.
        blocked: a subject was named that the text does not resolve; what follows is nobody's.
        facts: the records so far.
        text: the folded text.
    """

    reading: Reading
    labels: Mapping[str, tuple[str, ...]]
    arms: Arms = field(default_factory=Arms)
    heads: list[Head] = field(default_factory=list)
    timed: Head | None = None
    columns: list[tuple[int, Head]] = field(default_factory=list)
    statement: int = 0
    named: list[Row] = field(default_factory=list)
    phase: str | None = None
    trial: str | None = None
    trial_name: str = ""
    population: str | None = None
    spoken: list[Row] = field(default_factory=list)
    telling: list[Row] = field(default_factory=list)
    listed: list[Treatment] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    paragraph_told: bool = False
    case_report: bool = False
    silent: bool = False
    blocked: bool = False
    facts: list[Fact] = field(default_factory=list)
    text: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.text = self.reading.text

    def close_sentence(self) -> None:
        """Forget what holds for one sentence."""
        self.population = None
        self.blocked = False
        self.spoken, self.telling, self.groups, self.seen, self.columns = [], [], [], [], []

    def open_head(self) -> None:
        """Begin another column: the rows told under the one before are those of the list spoken last."""
        if len(self.telling) > 1:
            self.spoken = self.telling
        self.telling = []

    def open_statement(self, start: int) -> None:
        """Begin another statement: who was named before a semicolon governs nothing behind it."""
        self.statement, self.named = start, []

    def name(self, rows: Sequence[Row]) -> None:
        """Note the rows that a statement names, each once."""
        self.named += [row for row in rows if all(row.treatment.drugs != other.treatment.drugs for other in self.named)]

    def governing(self) -> Row | None:
        """Return the control arm that opens a statement and is the only arm it names.

        `对照组的中位PFS为5.0个月,ORR为37.5%`: the second figure is the control's too.
        """
        if len(self.named) != 1 or self.named[0].arm != "control":
            return None
        treatment = self.named[0].treatment
        opens = treatment.arm and treatment.start - self.statement <= _CLAUSE_REACH
        return Row(treatment, "control", "ellipsis") if opens else None

    def tell(self, rows: Sequence[Row]) -> None:
        """Note whose values were told, each row once."""
        for row in rows:
            if all(row.treatment != other.treatment for other in self.telling):
                self.telling = [*self.telling, row]


def open_subject(walk: Walk, tokens: Sequence[Token], sentence: Span) -> None:
    """Take the first treatment of a sentence as its subject, where it stands as one, or alone.

    Args:
        walk: what is open.
        tokens: the stream of the sentence.
        sentence: the sentence.
    """
    named = [token.content for token in tokens if isinstance(token.content, Treatment)]
    while named and named[0].anaphor == "regimen":
        # `SEQUOIA研究的C组探索了泽布替尼`: a label that names no drug is passed over
        del named[0]
    if not named or not named[0].drugs:
        return
    treatment = named[0]
    before = walk.text[sentence.start : treatment.start]
    first = next((token.start for token in tokens if token.kind == "endpoint"), treatment.start)
    told = any(token.kind in ("value", "ratio") and first < token.start < treatment.start for token in tokens)
    if (
        told
        or (_COMPARED.search(before) and not _TOPIC.search(before))
        or _in_bracket(walk.text, treatment, before)
        or treatment.role == "control"
    ):
        # `中位PFS 5.6个月,多西他赛组4.5个月`: a figure before it belongs to the subject of the passage
        return
    alone = sum(bool(other.drugs) for other in named) == 1 and not treatment.arm
    if alone or len(before) <= _SUBJECT_REACH or _SUBJECT_BEFORE.search(before):
        meet_subject(walk, treatment)


def meet_subject(walk: Walk, treatment: Treatment) -> None:
    """Take a treatment as the subject; 该药联合紫杉醇 without a 该药 that is known is nobody's, and not paclitaxel's."""
    resolved = walk.arms.resolve(treatment)
    if resolved is not None or treatment.anaphor != "plus":
        walk.arms.meet(resolved or treatment)


def _in_bracket(text: str, treatment: Treatment, before: str) -> bool:
    """Tell whether a treatment stands in a bracket, unless the bracket only gives a new name its Latin one."""
    named = text[treatment.start - 1] == "(" and text[treatment.end : treatment.end + 1] == ")"
    return before.count("(") > before.count(")") and not (named and "一" <= text[treatment.start - 2] <= "鿿")


def opens_clause(walk: Walk, clause: Span, tokens: list[Token], index: int) -> bool:
    """Tell whether a treatment is the subject of a clause that has its own column head."""
    content = tokens[index].content
    ahead = any(token.kind != "trial" for token in tokens[:index])
    if ahead or not isinstance(content, Treatment) or not content.drugs or walk.arms.is_control(content):
        return False
    heads = any(isinstance(token.content, Head) for token in tokens[1:])
    figures = any(token.kind in ("value", "ratio") for token in tokens)
    if figures and not heads and walk.heads and walk.text[max(0, clause.start - 1) : clause.start] == ",":
        # `双免疫组合的中位PFS为10.2个月,单用纳武利尤单抗则为4.6个月`: the other arm under the same head
        return False
    open_arm = walk.arms.experimental
    if open_arm and set(content.drugs) < set(open_arm.drugs) and not heads:
        # `…联合依托泊苷/卡铂,同期并维持阿得贝利单抗治疗,ORR为71.6%`: a part of the arm is no new subject
        return False
    opens_statement = walk.text[max(0, clause.start - 1) : clause.start] in (";", "", "\n", "。")
    if (
        not opens_statement
        and not _SUBJECT_BEHIND.match(walk.text, content.end)
        and not heads
        and (figures or re.search(r"对照|比较|对比", walk.text[clause.start : clause.end]))
    ):
        return False
    before = walk.text[clause.start : content.start]
    return len(before) <= _CLAUSE_REACH or (opens_statement and bool(_TRIAL_BEFORE.search(before)))


def is_comparator(text: str, token: Token) -> bool:
    """Tell whether a treatment is only what the subject is compared with: 与B相比, 较B."""
    before, behind = text[max(0, token.start - 6) : token.start], text[token.end : token.end + 6]
    content = token.content
    if isinstance(content, Treatment) and content.role == "control" and _IN_BRACKET.search(before):
        return True
    if _COMPARED_WITH.search(before):
        return True
    return bool(_BESIDE.search(before) and _COMPARED_BEHIND.match(behind))
