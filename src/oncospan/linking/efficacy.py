"""Efficacy: who reached what; a passage is read as a table told aloud, clause by clause.

A cell is filled only when exactly one row (arm) and one column (endpoint) are open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from oncospan.linking.arms import Arms, Row
from oncospan.linking.cells import Cell, pair_values
from oncospan.linking.labels import find_labels
from oncospan.linking.reading import Fact, Reading
from oncospan.linking.stream import JOINTS, VERSUS, Head, Token, Value, make_stream
from oncospan.linking.treatments import Treatment
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_HYPOTHETICAL = re.compile(
    r"假设|假定|预期|预计|预设|预估样本|样本量|设计为|检验效能|有望|历史对照|历史数据|目标(?:值|为)|界值|设定|拟|期望"
)
_HARM = re.compile(
    r"不良(?:事件|反应)|死亡(?!风险|或|率)|治疗相关|副作用|毒性|AE|停药|减量|死亡率|停用|腹泻|皮疹|恶心|呕吐|贫血|减少症|细胞减少|升高|感染|肺炎|疲劳|乏力|高血压|蛋白尿|出血|发生率|发热|血症|复发率|转移率"
)
_GROWTH = re.compile(
    r"(?:延长|提高|增加|提升|降低|减少|下降|改善|缩短|高出|升高|增幅|长|多|相差|差异|差值|翻|涨|获益|减轻)(?:了|出|约|近|达|超过|逾|高达|超|不足|为)*\s?\Z"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_BEFORE_THERAPY = re.compile(r"以前|一般|通常|往往|自然病程|未经治疗|未治疗|不治疗|历来|过去")
_LIGHT = re.compile(
    r"(?:[^,;。()]{0,14}?(?:亚组|人群|患者|人群中|者|患者中|队列|组|评估|分析|时|集))?(?:中|的|则|也|均|仅|约|为|是|达|达到|高达|分别|依次|各|可|有|只有|同样|反而|却|占|:| |,|更新|近|低至|虽|有差距|从|由|不足|超过|则为|则仅为|比例|时代|已|延长至|提高至|提升至|降至|“|\()*"
)


@dataclass(slots=True)
class Walk:
    """What is open while the clauses of a paragraph are walked."""

    reading: Reading
    labels: dict[str, tuple[str, ...]]
    arms: Arms = field(default_factory=Arms)
    heads: list[Head] = field(default_factory=list)
    timed: Head | None = None
    trial: str | None = None
    population: str | None = None
    blocked: bool = False
    facts: list[Fact] = field(default_factory=list)


#: A subject stands near the head of its sentence, or behind a word that introduces it.
_SUBJECT_REACH = 16
_SUBJECT_BEFORE = re.compile(
    r"(?:接受|使用|应用|给予|采用|口服|显示|证实|提示|表明|报道|评估|评价|探讨|批准|获批|聚焦|的|研究|试验|中|款|药|剂|[,:;|—)\]]|其中|治疗|公司|生物|医药|制药)(?:了|的)?[^,。;()]{0,4}\Z"
)
_POPULATION = re.compile(r"(?:^|[,;:在对|])((?:[^,;。:()在对的]{2,24})(?:亚组|人群|患者|队列|者(?!评估)))(?:中|的|里)?")
_POPULATIONS = re.compile(
    r"((?:[^,;。()的在]{1,12}[、和与及]){1,3}[^,;。()的]{1,12}?)(?:患者|人群|亚组|者|队列)(?:中|的)?[^,;。]{0,10}\Z"
)
_DISEASES = re.compile(
    r"((?:[^,;。()的获批用于]{2,12}?(?:癌|瘤|病|症)[、和与及]){1,3}[^,;。()的]{2,12}?(?:癌|瘤|病|症))\Z"
)
_FROM_TO = re.compile(r"[从由]约?\Z")
#: The other arm where the text names none: its value is claimed and not written.
_UNNAMED = Row(Treatment(0, 0, (), "", role="control"), "control", "ellipsis")


def link_efficacy(reading: Reading) -> list[Fact]:
    """Return the efficacy and numeric safety records of an article, each distinct fact once, where it stands first."""
    walk = Walk(reading, find_labels(reading))
    for paragraph in reading.paragraphs():
        section = reading.document.section_at(paragraph.start)
        if section == "references":
            continue
        heading = section == "title" and reading.text[paragraph.end - 1] != ":"
        if heading and not reading.within(*paragraph, "ENDPOINT", "PERCENT", "DURATION", "RATIO"):
            walk.arms.open_chapter()
        walk.heads = []
        walk.timed = None
        for sentence in reading.sentences(paragraph):
            _read_sentence(walk, sentence)
    return _distinct(walk.facts)


def _distinct(facts: list[Fact]) -> list[Fact]:
    seen: set[tuple[object, ...]] = set()
    kept = []
    for fact in facts:
        fields = fact.fields
        names = ("endpoint", "statistic", "low", "high", "unit", "timepoint", "population", "event", "grade")
        key = (fact.kind, tuple(fields["drugs"]), *(fields.get(name) for name in names))  # type: ignore[arg-type]
        if key not in seen:
            seen.add(key)
            kept.append(fact)
    return kept


def _read_sentence(walk: Walk, sentence: Span) -> None:
    tokens = make_stream(walk.reading, sentence, walk.labels)
    for token in tokens:
        if (
            token.kind == "trial"
            and isinstance(token.content, Candidate)
            and token.content.norm not in ("keeping", walk.trial)
        ):
            walk.trial = str(token.content.norm)
            walk.arms.open_trial()
    treatments = [token.content for token in tokens if isinstance(token.content, Treatment)]
    if treatments and treatments[0].drugs:
        _open_subject(walk, treatments[0], sentence)
    walk.arms.read_sentence(walk.reading.text, treatments)
    fresh = {treatment.start for treatment in treatments[:1]}
    walk.population = None
    walk.blocked = False
    for clause in walk.reading.clauses(sentence):
        inside = [token for token in tokens if clause.start <= token.start < clause.end]
        if not inside and _HARM.search(walk.reading.text, clause.start, clause.end):
            walk.heads = []
        if inside:
            _read_clause(walk, clause, sentence, inside, fresh)


def _open_subject(walk: Walk, treatment: Treatment, sentence: Span) -> None:
    """Take the first treatment of a sentence as its subject, where it stands as one."""
    text = walk.reading.text
    before = text[sentence.start : treatment.start]
    if re.search(r"(?:与|和|相比|较|对|比|于|换用)\Z", before) or before.count("(") > before.count(")"):
        return
    if len(before) <= _SUBJECT_REACH or _SUBJECT_BEFORE.search(before):
        walk.arms.meet(walk.arms.resolve(treatment) or treatment)


def _read_clause(walk: Walk, clause: Span, sentence: Span, tokens: list[Token], fresh: set[int]) -> None:  # noqa: PLR0912
    heads: list[Head] = []
    rows: list[Row] = []
    last_head = last_row = clause.start
    done = -1
    for index, token in enumerate(tokens):
        if index <= done:
            continue
        content = token.content
        if isinstance(content, Treatment):
            if _is_comparator(walk, token):
                continue
            if content.start not in fresh and _opens_clause(walk, clause, tokens, index):
                walk.arms.meet(walk.arms.resolve(content) or content)
            if content.anaphor == "both":
                rows = list(walk.arms.both() or ())
                walk.blocked = not rows
                last_row = token.end
                continue
            row = walk.arms.row(content)
            walk.blocked = row is None
            if row is not None:
                if content.anaphor in ("former", "latter"):
                    walk.arms.follow(row)
                joined = rows and JOINTS.fullmatch(_BRACKETS.sub("", walk.reading.text[last_row : token.start]))
                rows = [*rows, row] if joined else [row]
            last_row = token.end
        elif isinstance(content, Head):
            if _in_idle_bracket(walk, token, tokens[index + 1 :], heads):
                continue
            joint = JOINTS.fullmatch(walk.reading.text, last_head, token.start)
            heads = [*heads, content] if heads and joint else [content]
            last_head = token.end
            if content.measure in ("time", "share"):
                walk.timed = content
        elif isinstance(content, Value):
            run = _value_run(walk, tokens, index)
            done = index + len(run) - 1
            if not walk.blocked:
                _fill(walk, clause, sentence, tokens, run, heads, rows, max(last_head, last_row))
        elif token.kind == "ratio" and not walk.blocked:
            _read_ratio(walk, clause, tokens, token, heads, rows)
    if heads:
        walk.heads = heads
    elif _HARM.search(walk.reading.text, clause.start, clause.end):
        walk.heads = []


def _opens_clause(walk: Walk, clause: Span, tokens: list[Token], index: int) -> bool:
    """Tell whether a treatment is the subject of a clause that has its own column head."""
    content = tokens[index].content
    if index or not isinstance(content, Treatment) or not content.drugs or walk.arms.is_control(content):
        return False
    opens_statement = walk.reading.text[max(0, clause.start - 1) : clause.start] in (";", "", "\n", "。")
    if (
        not opens_statement
        and not _SUBJECT_BEHIND.match(walk.reading.text, content.end)
        and not any(isinstance(token.content, Head) for token in tokens[1:])
    ):
        return False
    return content.start - clause.start <= 8  # noqa: PLR2004 - a few words may introduce the subject


_SUBJECT_BEHIND = re.compile(r"(?:于|获|在|则|也|被|是|为|已|凭|\(|的|首|率先|随后|同)")


def _is_comparator(walk: Walk, token: Token) -> bool:
    """Tell whether a treatment is only what the subject is compared with: 与B相比, 较B."""
    text = walk.reading.text
    before, behind = text[max(0, token.start - 6) : token.start], text[token.end : token.end + 6]
    content = token.content
    if isinstance(content, Treatment) and content.role == "control" and re.search(r"\((?:接受|给予|使用)?\Z", before):
        return True
    if re.search(r"(?:较|相比于?|相较于|优于|不劣于|比|对比|vs\.?)(?:单用)? ?\Z", before):
        return True
    return bool(re.search(r"(?:与|和|同)\Z", before) and re.match(r"(?:单药|组|治疗|方案)?(?:相比|比较|相较)", behind))


def _in_idle_bracket(walk: Walk, token: Token, following: list[Token], heads: list[Head]) -> bool:
    """A head in brackets without a value of its own explains the head before it: ORR(包括PR-L)."""
    text = walk.reading.text
    opened = text.rfind("(", max(0, token.start - 30), token.start)
    if opened < 0 or ")" in text[opened : token.start] or not heads:
        return False
    closed = text.find(")", token.end)
    return not any(isinstance(other.content, Value) and other.start < closed for other in following)


def _value_run(walk: Walk, tokens: list[Token], index: int) -> list[Token]:
    """Return the tokens of the list of values that starts here, with what stands between them."""
    text = walk.reading.text
    run = [tokens[index]]
    last = index
    for place in range(index + 1, len(tokens)):
        token = tokens[place]
        between = text[tokens[last].end : token.start]
        if isinstance(token.content, Value):
            stripped = re.sub(r"\([^()]*\)?", "", between).replace(")", "")
            if any(isinstance(t.content, Treatment) for t in tokens[last + 1 : place]):
                stripped = text[tokens[place - 1].end : token.start] if place - last == 2 else "x"  # noqa: PLR2004
                if not re.fullmatch(r" ?(?:的|为|是|仅)?", stripped) or not re.match(
                    r" ?(?:vs?\.?|对|比|、|和|与) ?\Z", text[tokens[last].end : tokens[last + 1].start], re.IGNORECASE
                ):
                    break
            elif not (
                JOINTS.fullmatch(stripped.strip() and stripped)
                or re.fullmatch(r" ?[,;]? ?(?:延长|提高|提升|升|增|拉长|降|缩短|下降)?(?:了)?(?:至|到|为)? ?", stripped)
                and re.search(r"至|到", stripped)
            ):
                break
            run = tokens[index : place + 1]
            last = place
        elif isinstance(token.content, Head) or token.kind in ("ratio", "trial"):
            break
    return run


def _fill(  # noqa: PLR0913 - a cell is where all of these meet
    walk: Walk, clause: Span, sentence: Span, tokens: list[Token], run: list[Token],
    heads: list[Head], rows: list[Row], since: int,
) -> None:  # fmt: skip
    text = walk.reading.text
    first = run[0]
    behind = _head_behind(text, tokens, run)
    gap = text[since : first.start]
    if _HYPOTHETICAL.search(text, clause.start, first.start) or _HYPOTHETICAL.search(gap):
        return
    if behind is not None and not heads:
        columns = [behind]
    elif heads:
        columns = heads
        if (_HARM.search(gap) and heads[0].measure != "harm") or "”" in gap:
            return
    else:
        columns = walk.heads
        gap = _BRACKETS.sub("", text[max(since, clause.start) : first.start]).replace(" ", "")
        if not columns or not _LIGHT.fullmatch(gap) or _HARM.search(text, clause.start, first.start):
            return
    if _GROWTH.search(text, clause.start, first.start) or (
        not rows and _BEFORE_THERAPY.search(text, sentence.start, first.start)
    ):
        return
    values = [token for token in run if isinstance(token.content, Value)]
    inline = [token.content for token in run if isinstance(token.content, Treatment)]
    chosen = _rows_for(walk, clause, values, rows, inline, text)
    cells = pair_values(text, values, columns, chosen) or _by_population(text, clause, values, columns, chosen)
    population = _POPULATION.search(text, clause.start, first.start)
    if population:
        walk.population = population[1]
        cells = [replace(cell, population=cell.population or population[1]) for cell in cells]
    for cell in cells:
        fact = _make_fact(walk, clause, tokens, run, cell)
        if fact is not None:
            walk.facts.append(fact)
    if cells:
        walk.heads = columns
        for cell in cells:
            if cell.head.measure in ("time", "share"):
                walk.timed = cell.head


def _by_population(text: str, clause: Span, values: list[Token], heads: list[Head], rows: list[Row]) -> list[Cell]:
    """One arm in several populations: 初治和经治患者的ORR分别为68%和41%."""
    groups = _POPULATIONS.search(text, clause.start, values[0].start)
    if not groups and text[clause.start - 1 : clause.start] == ",":
        groups = _DISEASES.search(text, max(0, clause.start - 50), clause.start - 1)
    if not groups or len(rows) != 1 or len(heads) != 1 or "分别" not in text[clause.start : values[0].start]:
        return []
    names = re.split(r"[、和与及]", groups[1])
    if len(names) != len(values):
        return []
    cells = [pair_values(text, [value], heads, rows) for value in values]
    return [
        replace(cell[0], population=name, rule="populations") for cell, name in zip(cells, names, strict=True) if cell
    ]


def _head_behind(text: str, tokens: list[Token], run: list[Token]) -> Head | None:
    """Return the head that follows its value: 23.7%的ORR, 46%的患者达到客观缓解."""
    for token in tokens:
        if token.start < run[-1].end or not isinstance(token.content, Head):
            continue
        between = text[run[-1].end : token.start]
        pattern = r" ?的?(?:患者|受试者|病人|病例)?(?:中)?(?:达到|达|获得|获|取得|实现|出现|表现出|为|达成)?(?:了|的)?(?:确认的)?"
        if re.fullmatch(pattern, between) and between.strip() and token.content.measure in ("rate", "event"):
            return token.content
        return None
    return None


def _rows_for(  # noqa: PLR0913 - rows come from the clause, from inside the list, or from the table
    walk: Walk, clause: Span, values: list[Token], rows: list[Row], inline: list[Treatment], text: str
) -> list[Row]:
    arms = walk.arms
    if inline:
        right = arms.row(inline[-1])
        left = rows[0] if rows else (arms.rows() or (None,))[0] or _subject_row(arms)
        if right is None or left is None:
            return []
        if set(left.treatment.drugs) != set(right.treatment.drugs):
            arms.compare(left.treatment, right.treatment)
        return [left, Row(right.treatment, "control", right.trail)]
    if len(rows) == len(values) and len(rows) > 1:
        return rows
    if len(values) == 1:
        return _single_row(walk, rows)
    versus = len(values) == 2 and bool(VERSUS.fullmatch(_BRACKETS.sub("", text[values[0].end : values[1].start])))  # noqa: PLR2004
    row = rows[-1] if rows else _subject_row(arms)
    if row is None:
        return []
    pair = arms.rows()
    moves = bool(_FROM_TO.search(text, max(0, values[0].start - 3), values[0].start))
    if rows and row.arm == "experimental" and (versus or moves):
        same = pair and set(pair[0].treatment.drugs) == set(row.treatment.drugs)
        return [row, pair[1] if pair and same else _UNNAMED]
    if rows:
        return [row]
    if pair is not None:
        return list(pair)
    return [row, _UNNAMED] if versus or moves else [row]


def _single_row(walk: Walk, rows: list[Row]) -> list[Row]:
    """A value alone belongs to the arm its clause names, else to the subject."""
    arms = walk.arms
    if not rows:
        subject = _subject_row(arms)
        return [subject] if subject else []
    row = rows[-1]
    drugs = set(row.treatment.drugs)
    if row.arm == "experimental" and arms.experimental and drugs and drugs != set(arms.experimental.drugs):
        if row.treatment.start > arms.experimental.start and walk.heads and arms.control is None:
            arms.compare(None, row.treatment)
            arms.pair = (arms.experimental, row.treatment)
            return [Row(row.treatment, "control", row.trail)]
        arms.meet(row.treatment)
    elif row.arm == "control" and arms.control is None:
        arms.compare(None, row.treatment)
    return [row]


def _subject_row(arms: Arms) -> Row | None:
    subject = arms.experimental or arms.subject
    return Row(subject, "experimental", "ellipsis") if subject and subject.drugs else None


def _make_fact(walk: Walk, clause: Span, tokens: list[Token], run: list[Token], cell: Cell) -> Fact | None:
    if not cell.row.treatment.drugs:
        return None
    end = run[-1].end
    if cell.head.measure == "harm":
        return _harm_fact(clause.start, end, cell)
    return _fact(
        walk, clause.start, end, cell, _attached(tokens, cell.token, "interval"), _attached(tokens, run[-1], "p")
    )


def _harm_fact(start: int, end: int, cell: Cell) -> Fact:
    fields: dict[str, object] = {
        "drugs": sorted(cell.row.treatment.drugs),
        "event": cell.head.name,
        "grade": cell.head.grade or None,
        "low": cell.value.low,
        "high": cell.value.high,
        "unit": cell.unit,
        "qualifier": cell.value.qualifier,
        "arm": cell.row.arm,
        "negated": False,
    }
    claims = (Span(cell.token.start, cell.token.end),)
    return Fact("safety", start, end, f"safety.{cell.rule}", cell.row.trail, fields, claims, "medium")


def _attached(tokens: list[Token], value: Token, kind: str) -> Candidate | None:
    for token in tokens:
        if token.start < value.end:
            continue
        if token.kind == kind and isinstance(token.content, Candidate):
            return token.content
        if token.kind in ("value", "ratio", "endpoint", "treatment"):
            return None
    return None


def _fact(walk: Walk, start: int, end: int, cell: Cell, interval: Candidate | None, p_value: Candidate | None) -> Fact:  # noqa: PLR0913
    value = cell.value
    fields: dict[str, object] = {
        "drugs": sorted(cell.row.treatment.drugs),
        "endpoint": cell.endpoint,
        "statistic": cell.statistic,
        "low": value.low,
        "high": value.high,
        "qualifier": value.qualifier,
        "unit": cell.unit,
        "ci_low": interval.norm[0] if interval else None,
        "ci_high": interval.norm[1] if interval and interval.norm[1] != float("inf") else None,
        "ci_level": float(str(interval.norm[2])) if interval else None,
        "p_value": p_value.norm if p_value else None,
        "timepoint": cell.landmark,
        "population": cell.population,
        "n": None,
        "arm": cell.row.arm,
        "phase": None,
        "trial": walk.trial if walk.trial not in ("opening", None) else None,
    }
    claims = (Span(cell.token.start, cell.token.end),)
    return Fact("efficacy", start, end, f"efficacy.{cell.rule}", cell.row.trail, fields, claims)


def _read_ratio(
    walk: Walk, clause: Span, tokens: list[Token], token: Token, heads: list[Head], rows: list[Row]
) -> None:  # noqa: PLR0913
    text = walk.reading.text
    if _HYPOTHETICAL.search(text, clause.start, token.start):
        return
    timed = next((head for head in reversed(heads) if head.measure in ("time", "share", "median")), None) or walk.timed
    named = [row for row in rows if row.arm == "experimental" and not walk.arms.is_control(row.treatment)]
    row = named[0] if named else _subject_row(walk.arms)
    ratio = token.content
    if "分别" in text[token.start : token.end] or "”" in text[clause.start : token.start]:
        return
    if timed is None or row is None or not row.treatment.drugs or not isinstance(ratio, Candidate):
        return
    value = Value(float(ratio.norm[0]), float(ratio.norm[0]), "ratio")
    who = _POPULATION.search(text, clause.start, token.start)
    cell = Cell(
        token,
        value,
        Head(timed.name, "time"),
        row,
        "hazard_ratio",
        "ratio",
        timed.name,
        None,
        who[1] if who else walk.population,
        "hazard_ratio",
    )
    interval, p_value = _attached(tokens, token, "interval"), _attached(tokens, token, "p")
    walk.facts.append(_fact(walk, clause.start, token.end, cell, interval, p_value))
