"""Objections: why a list of values is no result of an arm, whatever heads and rows are open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncospan.linking.nonresults import (
    BACKGROUND,
    GROWTH,
    HYPOTHETICAL,
    MORE,
    OTHER_ARM,
    OTHER_PREDICATE,
    SHARE,
)
from oncospan.linking.shrinkage import is_best_response
from oncospan.linking.stream import Head, Token, Value
from oncospan.linking.walk import Walk
from oncospan.model import Span


def find_objection(  # noqa: PLR0913 - what is open around a list of values
    walk: Walk,
    sentence: Span,
    clause: Span,
    run: Sequence[Token],
    columns: Sequence[Head],
    since: int,
    *,
    named: bool,
    headed: bool,
) -> str | None:
    """Return why a list of values is no result of an arm, or None.

    Args:
        walk: what is open.
        sentence: the sentence.
        clause: the clause.
        run: the list of values.
        columns: the heads it may stand under.
        since: where the last head or row of the clause ends.
        named: the clause names an arm.
        headed: the clause names the endpoint, before or behind the list.
    """
    text, first = walk.text, run[0]
    told = (clause.start, first.start)
    if HYPOTHETICAL.search(text, *told) or HYPOTHETICAL.search(text, since, first.start):
        return "hypothesis"
    if is_best_response(walk.reading, sentence, first.start):
        return "single_patient"
    if not columns:
        return "no_endpoint"
    if walk.case_report and columns[0].measure == "time" and not columns[0].median:
        return "single_patient"
    if GROWTH.search(text, *told):
        return "difference"
    if OTHER_PREDICATE.match(text, run[-1].end) or (not headed and SHARE.match(text, run[-1].end)):
        return "no_endpoint"
    if not named and (reason := _subject_objection(walk, sentence, told)):
        return reason
    return "undecided_pairing" if _is_part_of_list(text, run, since) else None


def _subject_objection(walk: Walk, sentence: Span, told: tuple[int, int]) -> str | None:
    """Return why the running subject is not the one whose value is told."""
    if walk.silent:
        return "class_of_drugs"
    if OTHER_ARM.search(walk.text, *told):
        return "undecided_arm"
    return "background" if BACKGROUND.search(walk.text, sentence.start, told[1]) else None


def _is_part_of_list(text: str, run: Sequence[Token], since: int) -> bool:
    """分别 promises a list: a single value means that the list was not read whole, and so does a bare 0 behind it."""
    figures = sum(isinstance(token.content, Value) for token in run)
    promised = re.search(r"分别|依次|(?:由|从)(?:约|此前的)?\Z", text[since : run[0].start])
    return bool((figures == 1 and promised) or MORE.match(text, run[-1].end))
