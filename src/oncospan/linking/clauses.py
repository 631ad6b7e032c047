"""One clause read token by token: heads and arms open, values close into cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from oncospan.linking.arms import Row
from oncospan.linking.cells import Cell, pair_values
from oncospan.linking.columns import head_behind, in_idle_bracket, value_run
from oncospan.linking.facts import make_fact
from oncospan.linking.nonresults import CARRIERS, HARM, LIGHT, NOUN
from oncospan.linking.objections import find_objection
from oncospan.linking.populations import find_population, list_populations
from oncospan.linking.ratios import ratio_run, read_ratios
from oncospan.linking.rows import BRACKETS, choose_rows, subject_row
from oncospan.linking.shrinkage import read_shrinkage
from oncospan.linking.stream import JOINTS, Head, Token, Value
from oncospan.linking.treatments import Treatment, with_drugs
from oncospan.linking.walk import Walk, is_comparator, meet_subject, opens_clause
from oncospan.model import Span

#: `A联合B维持治疗和A单药维持治疗的PFS`: words of treatment between the rows of a list.
_SUFFIXES = re.compile(r"^(?:单药|维持|治疗|方案|疗法|联合化疗){1,4}")
_EACH_ALONE = re.compile(r"(?:各自)?单(?:用|药)")
_MAINTENANCE = re.compile(r"维持")
_ITS_OWN = re.compile(r"(?:单药|治疗|方案|组|联合化疗|单药治疗)?(?:的|\(|仅|为)(?:仅|约|为)? ?")


@dataclass(slots=True)
class ClauseReader:
    """Reads one clause into the walk.

    Args:
        walk: what is open.
        sentence: the sentence around it.
        clause: the clause.
        tokens: its stream.
        fresh: starts of treatments already met as the sentence's subject.
    """

    walk: Walk
    sentence: Span
    clause: Span
    tokens: Sequence[Token]
    fresh: set[int]
    _heads: list[Head] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _last_head: int = 0
    _last_row: int = 0
    _last_value: int = 0

    def read(self) -> None:
        """Read the clause and leave its heads open for the next one."""
        self._last_head = self._last_row = self.clause.start
        done = -1
        for index, token in enumerate(self.tokens):
            if index <= done:
                continue
            content = token.content
            if isinstance(content, Treatment):
                self._read_treatment(index, content)
            elif isinstance(content, Head):
                self._read_head(index, content)
            elif isinstance(content, Value):
                run = value_run(self.walk.text, self.tokens, index)
                done = index + len(run) - 1
                if not self.walk.blocked:
                    self._read_values(run)
                self._decline(run, "undecided_arm")
            elif token.kind == "ratio":
                ratios = ratio_run(self.walk.text, self.tokens, index)
                done = index + len(ratios) - 1
                if not self.walk.blocked:
                    self.walk.facts += read_ratios(
                        self.walk, self.sentence, self.clause, self.tokens, ratios, (self._heads, self._rows)
                    )
                self._decline(ratios, "undecided_arm")
        if not self.walk.blocked:
            named = self._rows[-1] if self._rows else subject_row(self.walk.arms)
            self.walk.facts += read_shrinkage(self.walk.reading, self.sentence, self.clause, named)
        if self._heads:
            self.walk.heads = self._heads
        elif HARM.search(self.walk.text, self.clause.start, self.clause.end):
            self.walk.heads = []

    def _read_treatment(self, index: int, content: Treatment) -> None:
        token, arms = self.tokens[index], self.walk.arms
        if is_comparator(self.walk.text, token):
            self._read_compared(index, content)
            return
        if content.start not in self.fresh and opens_clause(self.walk, self.clause, list(self.tokens), index):
            meet_subject(self.walk, content)
        if _is_part(self.walk, content):
            return
        self.walk.silent = content.anaphor == "class"
        if content.anaphor in ("both", "all") and self._sums_up(token):
            # `A+B、A单药、B单药三组患者的中位OS分别为…`
            return
        if content.anaphor in ("both", "all"):
            both = self._both_rows(token) if content.anaphor == "both" else self._all_rows()
            self._rows = list(both)
            self.walk.blocked = not self._rows
        else:
            row = arms.row(content)
            self.walk.blocked = row is None
            if row is not None:
                if content.anaphor in ("former", "latter"):
                    arms.follow(row)
                gap = _SUFFIXES.sub("", BRACKETS.sub("", self.walk.text[self._last_row : token.start]))
                listed = self._rows and JOINTS.fullmatch(gap) and self._last_value <= self._last_row
                self._rows = [*self._rows, row] if listed else [row]
                if content.anaphor == "plus" and row.treatment.drugs:
                    arms.meet(row.treatment)
        self.walk.name(self._rows)
        self._last_row = token.end

    def _sums_up(self, token: Token) -> bool:
        """Tell whether 三组 or 两组 only counts the arms listed right before it."""
        count = {"两": 2, "三": 3, "四": 4}.get(self.walk.text[token.start])
        return len(self._rows) == count and not _SUFFIXES.sub("", self.walk.text[self._last_row : token.start]).strip(
            "、,这"
        )

    def _pair(self) -> list[Row]:
        """Return the two arms of a grid of values: those the clause names, told last, or compared."""
        if len(self._rows) == 2:
            return self._rows
        return self.walk.spoken if len(self.walk.spoken) == 2 else list(self.walk.arms.rows() or ())

    def _both_rows(self, token: Token) -> list[Row]:
        """两组 are the arms compared, 后两组 the last two of a list, 两药单用 each drug of the combination."""
        arms, text = self.walk.arms, self.walk.text
        if text[token.start] in "前后":
            listed = self.walk.listed[-2:] if text[token.start] == "后" else self.walk.listed[:2]
            if len(listed) == 2:
                arms.compare(listed[0], listed[1])
            return [Row(arm, role, "anaphora") for arm, role in zip(listed, ("experimental", "control"), strict=False)]
        whole = arms.experimental
        if whole and len(whole.drugs) == 2 and _EACH_ALONE.match(text, token.end):
            return [Row(with_drugs(whole, [drug]), "experimental", "anaphora") for drug in whole.drugs]
        return list(arms.both() or ())

    def _all_rows(self) -> list[Row]:
        """三组 are the lettered arms of the paragraph, or the arms whose values were told last."""
        letters = [label for label in self.walk.labels if re.fullmatch(r"[A-Z]组", label)]
        if len(letters) > 2:
            arms = (Treatment(0, 0, self.walk.labels[label], label, arm=True) for label in sorted(letters))
            return [Row(arm, "experimental", "anaphora") for arm in arms]
        return self.walk.spoken if len(self.walk.spoken) > 2 else []

    def _read_compared(self, index: int, content: Treatment) -> None:
        """`较白蛋白结合型紫杉醇单药的5.52个月改善`: the figure behind what is compared with is its own."""
        arms = self.walk.arms
        told = any(isinstance(token.content, Value) for token in self.tokens)
        if not told and content.drugs and arms.control is None and arms.experimental:
            if set(content.drugs) != set(arms.experimental.drugs):
                # `对比多西他赛,中位PFS仅从4.5个月延长到5.6个月`
                arms.compare(None, content)
            return
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is None or not isinstance(following.content, Value):
            return
        if _ITS_OWN.fullmatch(self.walk.text, self.tokens[index].end, following.start):
            row = self.walk.arms.row(content)
            if row is not None:
                self._rows = [replace(row, arm="control")]
                self._last_row = self.tokens[index].end

    def _read_head(self, index: int, content: Head) -> None:
        token = self.tokens[index]
        if in_idle_bracket(self.walk.text, token, self.tokens[index + 1 :], self._heads):
            return
        earlier = self.walk.timed
        if content.measure == "share" and not content.landmarks and earlier and earlier.landmarks:
            # `12个月PFS率为53%,OS率为87%`: the landmark is carried
            content = replace(content, landmarks=earlier.landmarks[:1] if len(earlier.landmarks) == 1 else ())
        self.walk.open_head()
        if len(self.walk.spoken) > 1 and self._last_value > self._last_row:
            # in one bracket: `中位PFS 16.5个月,化疗8.2个月;5年OS率54.8%和44.2%`
            self._rows = []
        joined = self._heads and JOINTS.fullmatch(self.walk.text, self._last_head, token.start)
        self._heads = [*self._heads, content] if joined else [content]
        self._last_head = token.end
        if content.measure in ("time", "share"):
            self.walk.timed = content
            self.walk.columns.append((token.start, content))

    def _read_values(self, run: list[Token]) -> None:
        walk, text, first = self.walk, self.walk.text, run[0]
        since = max(self._last_head, self._last_row)
        columns = self._columns(run, since)
        headed, named = columns is not walk.heads, bool(self._rows)
        if reason := find_objection(walk, self.sentence, self.clause, run, columns, since, named=named, headed=headed):
            self._decline(run, reason)
            return
        self._last_value = run[-1].end
        values = [token for token in run if isinstance(token.content, Value)]
        values, rows = self._choose(run, values, columns)
        cells = pair_values(text, values, columns, rows) or self._by_population(values, columns, rows)
        cells = cells or self._by_groups(values, columns, rows, since)
        if len(columns) == 1 and len(rows) == len(values):
            walk.tell(rows)
        population = find_population(text, self.clause.start, first.start)
        if population:
            walk.population = population
            if len(values) == 1 and population not in walk.seen:
                walk.seen.append(population)
            cells = [replace(cell, population=cell.population or population) for cell in cells]
        facts = [make_fact(walk, self.clause.start, self.tokens, run, cell) for cell in cells]
        walk.facts += [fact for fact in facts if fact is not None]
        self._decline(run, "arm_without_drug" if cells else "undecided_pairing" if rows else "undecided_arm")
        if cells:
            walk.heads = columns
            walk.timed = next((c.head for c in reversed(cells) if c.head.measure in ("time", "share")), walk.timed)

    def _decline(self, run: Sequence[Token], reason: str) -> None:
        """Note why the values of a list became no record; what did become one is the ledger's to know."""
        for token in run:
            if isinstance(token.content, Value) or token.kind == "ratio":
                self.walk.reading.declined.setdefault(token.start, reason)

    def _choose(
        self, run: Sequence[Token], values: list[Token], columns: Sequence[Head]
    ) -> tuple[list[Token], list[Row]]:
        """Return the values of a list with the rows they may belong to."""
        walk = self.walk
        inline = [token.content for token in run if isinstance(token.content, Treatment)]
        marks = len(columns[0].landmarks) if len(columns) == 1 else 0
        rows = choose_rows(walk, values, self._rows, inline, marks)
        if _is_grid(values, columns, marks) and (pair := self._pair()):
            rows = pair
        if not self._rows and len(values) > 1 and self._groups(values):
            rows = [subject] if (subject := subject_row(walk.arms)) else []
        shared = re.search(r"均|都|皆", walk.text[self._last_row : run[0].start])
        if len(values) == 1 and len(self._rows) > 1 and shared:
            return values * len(self._rows), self._rows
        return values, rows

    def _columns(self, run: list[Token], since: int) -> list[Head]:
        """The heads a list of values stands under: those of the clause, the one behind it, or the carried ones."""
        text, first = self.walk.text, run[0]
        behind = head_behind(text, self.tokens, run)
        if behind is not None and not self._heads:
            return [behind]
        gap = text[since : first.start]
        told = self._heads and self._last_value > max(self._last_head, self._last_row)
        if told and self._heads[0].measure == "harm" and NOUN.search(text, self._last_value, first.start):
            return []
        if self._heads:
            harmful = HARM.search(gap) and self._heads[0].measure != "harm"
            return [] if harmful or "”" in gap else self._heads
        gap = BRACKETS.sub("", text[max(since, self.clause.start) : first.start]).replace(" ", "")
        carriers = self.walk.reading.within(self.clause.start, first.start, "MUTATION")
        alone = any(not CARRIERS.match(text, mutation.end) for mutation in carriers)
        if alone or not LIGHT.fullmatch(gap) or HARM.search(text, self.clause.start, first.start):
            return []
        return self.walk.heads

    def _by_population(self, values: list[Token], heads: list[Head], rows: list[Row]) -> list[Cell]:
        """One arm in several populations: 初治和经治患者的ORR分别为68%和41%."""
        names = self._groups(values)
        if not names or len(rows) != 1 or len(heads) != 1:
            return []
        cells = [pair_values(self.walk.text, [value], heads, rows) for value in values]
        return [
            replace(cell[0], population=name, rule="populations")
            for cell, name in zip(cells, names, strict=True)
            if cell
        ]

    def _groups(self, values: list[Token]) -> list[str]:
        """Return the populations that a list of values goes over: those the clause lists, or the list before."""
        listed = list_populations(self.walk.text, self.clause.start, values[0].start, len(values))
        seen = self.walk.seen if re.search(r"分别|依次", self.walk.text[self.clause.start : values[0].start]) else []
        self.walk.groups = listed or self.walk.groups or seen
        return self.walk.groups if len(self.walk.groups) == len(values) else []

    def _by_groups(self, values: list[Token], heads: list[Head], rows: list[Row], since: int) -> list[Cell]:
        """`LIBRETTO-001中塞普替尼分别为84%与61%`: the only arm named has all the values, in groups told before."""
        alone = len(rows) == len(self._rows) == len(heads) == 1 and len(values) > 1
        if not alone or "分别" not in self.walk.text[since : values[0].start] or self._heads:
            return []
        cells = [pair_values(self.walk.text, [value], heads, rows) for value in values]
        return [replace(cell[0], rule="groups") for cell in cells if cell]


def _is_grid(values: Sequence[Token], columns: Sequence[Head], marks: int) -> bool:
    """Tell whether a list has two values for each of several landmarks or heads."""
    count = marks if len(columns) == 1 else len(columns)
    return count > 1 and len(values) == 2 * count


def _is_part(walk: Walk, treatment: Treatment) -> bool:
    """Tell whether a treatment is only the arm's own maintenance: `…联合依托泊苷/卡铂,并阿替利珠单抗维持治疗`."""
    arm = walk.arms.experimental
    inside = arm is not None and bool(treatment.drugs) and set(treatment.drugs) < set(arm.drugs)
    return inside and bool(_MAINTENANCE.match(walk.text, treatment.end))
