"""Hazard ratios: to which endpoint and which arm the ratio of a clause belongs, alone or in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncospan.linking.arms import Row
from oncospan.linking.cells import Cell
from oncospan.linking.facts import attached, efficacy_fact
from oncospan.linking.nonresults import HYPOTHETICAL, REGRESSION
from oncospan.linking.populations import find_population, list_populations
from oncospan.linking.reading import Fact
from oncospan.linking.rows import subject_row
from oncospan.linking.stream import Head, Token, Value
from oncospan.linking.treatments import with_drugs
from oncospan.linking.walk import Walk
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_IMPLIED = re.compile(
    r"(?P<progress>(?:疾病)?(?:进展|恶化)(?:或|/|和|及|与)死亡(?:的)?风险|(?:疾病)?(?:进展|恶化)(?:的)?风险)|死亡(?:的)?风险"
)
#: Two figures nearer than this may stand the other way round than their ratio.
_MARGIN = 1.1
#: Endpoint, arm and population of a ratio.
Owner = tuple[Head, Row, str | None]
_JOINT = re.compile(r" ?(?:、|和|与|及|,) ?")
_TIMED = ("time", "share", "median")
_EVENT_FREE = ("PFS", "DFS", "EFS", "RFS", "iDFS", "icPFS")


def ratio_run(text: str, tokens: Sequence[Token], index: int) -> list[Token]:
    """Return the ratios of the list that starts here: `HR分别为0.62和0.64`.

    Args:
        text: the folded text.
        tokens: the clause.
        index: the first ratio's place among them.
    """
    run = [tokens[index]]
    for token in tokens[index + 1 :]:
        if token.kind != "ratio" or not _JOINT.fullmatch(text, run[-1].end, token.start):
            break
        run.append(token)
    return run


def read_ratios(
    walk: Walk,
    sentence: Span,
    clause: Span,
    tokens: Sequence[Token],
    run: Sequence[Token],
    open_: tuple[list[Head], list[Row]],
) -> list[Fact]:
    """Return the records of a ratio, or of a list of them where counting decides whose they are.

    Args:
        walk: what is open.
        sentence: the sentence.
        clause: the clause.
        tokens: its stream.
        run: the ratios.
        open_: the heads and rows that the clause has named so far.
    """
    text, first = walk.text, run[0]
    since = max(sentence.start, text.rfind(";", sentence.start, first.start))
    if HYPOTHETICAL.search(text, clause.start, first.start) or REGRESSION.search(text, since, first.start):
        return []
    if "”" in text[clause.start : first.start]:
        return []
    heads, rows = open_
    if walk.silent and not rows:
        return []
    owners = _owners(walk, clause, first.start, len(run), heads, rows)
    if len(run) > 1 and not owners:
        owners = _in_turn(walk, since, len(run), heads, rows)
    owners = [_tested(walk, since, owner, token) for token, owner in zip(run, owners, strict=False)]
    return [
        _fact(walk, clause, tokens, token, owner)
        for token, owner in zip(run, owners, strict=False)
        if owner[0].name != "other" and owner[1].treatment.drugs
    ]


def _owners(
    walk: Walk, clause: Span, start: int, count: int, heads: Sequence[Head], rows: Sequence[Row]
) -> list[Owner]:
    """Return endpoint, arm and population of each ratio of a list, or nothing where the text leaves them open."""
    population = find_population(walk.text, clause.start, start) or walk.population
    named = [
        row for row in rows if row.treatment.drugs and not walk.arms.is_control(row.treatment) and row.arm != "control"
    ]
    told_before = next((told for told in walk.telling if told.treatment.drugs and told.arm != "control"), None)
    # `PHRAC组和对照组的五年DFS分别为75%和61%(HR 0.60)` names its arms, and they name no drug
    row = named[0] if named else told_before if rows else subject_row(walk.arms)
    timed = [head for head in heads if head.measure in _TIMED]
    head = timed[-1] if timed else _implied(walk, _IMPLIED.search(walk.text, clause.start, start)) or walk.timed
    if count == 1:
        return [(head, row, population)] if head and row else []
    columns = timed if len(timed) == count else [h for h in walk.heads if h.measure in _TIMED]
    if row and len(columns) == count:
        return [(column, row, population) for column in columns]
    groups = list_populations(walk.text, clause.start, start, count, listed=True)
    if row and head and groups:
        return [(head, row, group) for group in groups]
    tested = [told for told in walk.spoken if told.treatment.drugs and told.arm != "control"]
    return [(head, told, population) for told in tested] if head and len(tested) == count else []


def _in_turn(walk: Walk, since: int, count: int, heads: Sequence[Head], rows: Sequence[Row]) -> list[Owner]:
    """`中位PFS 8.21 vs 6.80个月,中位OS 14.39 vs 12.16个月,HR依次为0.687和0.771`: the endpoints told so far, in turn."""
    told = [head for place, head in walk.columns if place >= since and not head.landmarks]
    row = subject_row(walk.arms)
    if heads or rows or row is None or len(told) != count or len({head.name for head in told}) != count:
        return []
    return [(head, row, walk.population) for head in told]


def _tested(walk: Walk, since: int, owner: Owner, token: Token) -> Owner:
    """Check by the figures just told which of two arms a ratio is of.

    `A联合B的中位OS为14.7个月,B单药9.6个月,HR 0.58`: below 1 it is of the arm that fared better, above 1 of the other.
    Lists of two values (6.5 vs 4.7个月) have said whose they are.
    """
    head, row, population = owner
    ratio = token.content
    told = [
        fact
        for fact in walk.facts
        if fact.rule == "efficacy.head_value" and fact.start >= since and fact.kind == "efficacy"
    ]
    told = [fact for fact in told if str(fact.fields["endpoint"]).removesuffix("_rate") == head.name]
    told = [fact for fact in told if fact.fields["unit"] == told[-1].fields["unit"]][-2:]
    if len(told) != 2 or not isinstance(ratio, Candidate):
        return owner
    worse, better = sorted(told, key=_figure)
    if _figure(better) < _MARGIN * _figure(worse) or worse.fields["drugs"] == better.fields["drugs"]:
        return owner
    wrong, right = (worse, better) if float(ratio.norm[0]) < 1 else (better, worse)
    if sorted(row.treatment.drugs) != wrong.fields["drugs"] or not isinstance(right.fields["drugs"], list):
        return owner
    return head, Row(with_drugs(row.treatment, right.fields["drugs"]), "experimental", row.trail), population


def _figure(fact: Fact) -> float:
    return float(str(fact.fields["low"]))


def _implied(walk: Walk, found: re.Match[str] | None) -> Head | None:
    """A risk says which time it is of: 死亡风险 OS, 疾病进展或死亡风险 PFS, or the event-free time now open."""
    if found is None:
        return None
    if found["progress"]:
        return walk.timed if walk.timed and walk.timed.name in _EVENT_FREE else Head("PFS", "time")
    return Head("OS", "time")


def _fact(walk: Walk, clause: Span, tokens: Sequence[Token], token: Token, owner: Owner) -> Fact:
    head, row, population = owner
    ratio = token.content
    assert isinstance(ratio, Candidate)  # noqa: S101 - a ratio token holds the ratio found
    value = Value(float(ratio.norm[0]), float(ratio.norm[0]), "ratio")
    cell = Cell(
        token, value, Head(head.name, "time"), row, "hazard_ratio", "ratio", head.name, None, population, "hazard_ratio"
    )
    interval, p_value = attached(tokens, token, "interval"), attached(tokens, token, "p")
    return efficacy_fact(walk, clause.start, token.end, cell, interval=interval, p_value=p_value)
