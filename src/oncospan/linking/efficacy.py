"""Efficacy: who reached what; a passage is read as a table told aloud, clause by clause.

A cell is filled only when exactly one row (arm) and one column (endpoint) are open.
"""

from __future__ import annotations

import re

from oncospan.linking.clauses import ClauseReader
from oncospan.linking.labels import find_arms, find_labels
from oncospan.linking.nonresults import HARM
from oncospan.linking.phases import find_phase
from oncospan.linking.reading import Fact, Reading
from oncospan.linking.stream import make_stream
from oncospan.linking.treatments import Treatment
from oncospan.linking.walk import Walk, open_subject
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_DISTINCT = ("endpoint", "statistic", "low", "high", "unit", "timepoint", "population", "event", "grade")

_VALUES = ("PERCENT", "DURATION", "RATIO")
_TRIAL_NAME = re.compile(
    r"[A-Z](?<![A-Za-z0-9-].)[A-Za-z]*[A-Z][A-Za-z]{2,}(?:[- ][A-Z]?[A-Za-z]{0,8})?[- ]?\d{1,4}(?![\d.%])"
)
#: `RET融合阳性肺腺癌继发MET扩增一例并文献复习`: the title says that one patient is told of.
_CASE_REPORT = re.compile(r"(?:[一1] ?例(?:并|报告|报道|分析|及|患者|$|\n)|病例报告|个案报[告道])")
_TITLE = 60
#: Trials of one programme begin with the same letters: KEYNOTE-024, KEYNOTE-042.
_PREFIX = 4
#: A sentence goes on under the heads of the one before only where it opens with another row: `B组为22%。`
_ROW_REACH = 8


def link_efficacy(reading: Reading) -> list[Fact]:
    """Return the efficacy and numeric safety records of an article, each distinct fact once, where it stands first."""
    if not reading.has("DRUG") or not reading.has(*_VALUES):
        for item in reading.within(0, len(reading.text), *_VALUES):
            reading.declined[item.start] = "no_drug"
        return []
    labels = find_labels(reading)
    walk = Walk(reading, labels)
    walk.case_report = bool(_CASE_REPORT.search(reading.text, 0, _TITLE))
    for paragraph in reading.paragraphs():
        section = reading.document.section_at(paragraph.start)
        if section == "references":
            continue
        heading = section == "title" and reading.text[paragraph.end - 1] != ":"
        if heading and not reading.within(*paragraph, "ENDPOINT", "PERCENT", "DURATION", "RATIO"):
            walk.arms.open_chapter()
        walk.heads = []
        walk.timed = None
        walk.paragraph_told = False
        trials = {str(trial.norm) for trial in reading.within(*paragraph, "TRIAL")} - {"keeping", "opening"}
        walk.phase = find_phase(reading.text, paragraph) if len(trials) < 2 else None
        walk.labels = {**labels, **find_arms(reading, paragraph, labels)}
        for sentence in reading.sentences(paragraph):
            if reading.within(*sentence):
                told = len(walk.facts)
                _read_sentence(walk, sentence)
                walk.paragraph_told = walk.paragraph_told or len(walk.facts) > told
    return _distinct(walk.facts)


def _distinct(facts: list[Fact]) -> list[Fact]:
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        fields = fact.fields
        key = (fact.kind, str(fields["drugs"]), *(fields.get(name) for name in _DISTINCT))
        kept.setdefault(key, fact)
    return list(kept.values())


def _read_sentence(walk: Walk, sentence: Span) -> None:
    tokens = make_stream(walk.reading, sentence, walk.labels)
    for token in tokens:
        trial = token.content
        if token.kind == "trial" and isinstance(trial, Candidate) and trial.norm not in ("keeping", walk.trial):
            walk.trial = str(trial.norm)
            walk.arms.open_trial()
    treatments = [token.content for token in tokens if isinstance(token.content, Treatment)]
    open_subject(walk, tokens, sentence)
    figures = any(token.kind == "endpoint" for token in tokens)
    fresh = {treatment.start for treatment in treatments[:1]}
    walk.silent = _is_foreign(walk, sentence, treatments)
    if not tokens and not walk.reading.within(*sentence, "PERCENT"):
        walk.close_sentence()
        walk.heads = []
        return
    if len(treatments) > 2:
        walk.listed = treatments
    walk.close_sentence()
    if not (tokens and tokens[0].kind == "treatment" and tokens[0].start - sentence.start <= _ROW_REACH):
        walk.heads = []
    walk.arms.introduce(walk.text, treatments)
    compared = sentence.start
    for clause in walk.reading.clauses(sentence):
        if clause.start >= compared:
            # who is compared with whom holds up to the next semicolon: `A的3年EFS率为82.9%;…,B组与对照组的…`
            walk.open_statement(clause.start)
            compared = _statement_end(walk, sentence, clause)
            stated = [treatment for treatment in treatments if clause.start <= treatment.start < compared]
            walk.arms.read_sentence(walk.text, stated, figures=figures)
        inside = [token for token in tokens if clause.start <= token.start < clause.end]
        if inside or walk.reading.within(*clause, "PERCENT"):
            ClauseReader(walk, sentence, clause, inside, fresh).read()
        elif HARM.search(walk.text, clause.start, clause.end):
            walk.heads = []


def _statement_end(walk: Walk, sentence: Span, clause: Span) -> int:
    """Return where the statement that a clause opens ends: at the next semicolon outside brackets."""
    for later in walk.reading.clauses(sentence):
        if later.start >= clause.start and walk.text[later.end : later.end + 1] == ";":
            return later.end + 1
    return sentence.end


def _is_foreign(walk: Walk, sentence: Span, treatments: list[Treatment]) -> bool:
    """`…TOPAZ-1:度伐利尤单抗+GC 14.6%。KEYNOTE-966中位OS为12.7个月`: another programme's trial, and no drug named."""
    before = walk.trial_name
    _read_trial_names(walk, sentence)
    name = walk.trial_name
    another = bool(before) and name != before and name[:_PREFIX] != before[:_PREFIX]
    return another and walk.paragraph_told and not any(treatment.drugs or treatment.anaphor for treatment in treatments)


def _read_trial_names(walk: Walk, sentence: Span) -> None:
    """`RATIONALE 305中ITT人群OS为15.0 vs 12.9个月` after RATIONALE 302: another trial has its own control."""
    for found in _TRIAL_NAME.finditer(walk.text, *sentence):
        name = re.sub(r"[- ]", "", found.group())
        if walk.reading.within(found.start(), found.end() + 4, "DRUG", "MUTATION") or name == walk.trial_name:
            continue
        if walk.trial_name and walk.trial_name[:_PREFIX] == name[:_PREFIX]:
            walk.arms.open_trial()
        walk.trial_name = name
