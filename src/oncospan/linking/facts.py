"""From cells to records of efficacy and of numeric safety."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncospan.linking.cells import Cell
from oncospan.linking.reading import Fact
from oncospan.linking.stream import Token
from oncospan.linking.walk import Walk
from oncospan.matching.candidates import Candidate
from oncospan.model import Span

_PATIENTS = re.compile(r" ?\((?:n ?= ?|(?P<of>\d{1,5}) ?例? ?/ ?)(?P<n>\d{1,5}) ?例?[,);]", re.IGNORECASE)
_ARM_SIZE = re.compile(r"(?:组|患者)?\((?:n ?= ?|[Nn]=)(?P<n>\d{1,5})\)")
#: 11/54 is 20.4%, and rounded to 20%: a share further off is of other patients.
_ROUNDING = 0.6


def make_fact(walk: Walk, start: int, tokens: Sequence[Token], run: Sequence[Token], cell: Cell) -> Fact | None:
    """Return the record of a cell, or None where its arm names no drug or its endpoint is none that we know.

    Args:
        walk: what is open.
        start: where its clause begins.
        tokens: the clause.
        run: the list of values the cell stands in.
        cell: the cell.
    """
    if not cell.row.treatment.drugs or cell.head.name == "other":
        return None
    end = run[-1].end
    if cell.head.measure == "harm":
        return _harm_fact(start, end, cell)
    interval, p_value = attached(tokens, cell.token, "interval"), attached(tokens, run[-1], "p")
    return efficacy_fact(walk, start, end, cell, interval=interval, p_value=p_value)


def attached(tokens: Sequence[Token], value: Token, kind: str) -> Candidate | None:
    """Return the interval or P value behind a value, if no other value stands between."""
    for token in tokens:
        if token.start < value.end:
            continue
        if token.kind == kind and isinstance(token.content, Candidate):
            return token.content
        if token.kind in ("value", "ratio", "endpoint", "treatment"):
            return None
    return None


def efficacy_fact(
    walk: Walk, start: int, end: int, cell: Cell, *, interval: Candidate | None, p_value: Candidate | None
) -> Fact:
    """Return the efficacy record of a cell.

    Args:
        walk: knows the trial.
        start: first position of the evidence.
        end: position behind it.
        cell: the cell.
        interval: its confidence interval.
        p_value: the P value of the comparison.
    """
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
        "n": _count_patients(walk.text, cell),
        "arm": cell.row.arm,
        "phase": walk.phase,
        "trial": walk.trial if walk.trial not in ("opening", None) else None,
    }
    claims = (Span(cell.token.start, cell.token.end),)
    return Fact("efficacy", start, end, f"efficacy.{cell.rule}", cell.row.trail, fields, claims)


def _count_patients(text: str, cell: Cell) -> int | None:
    """Return in how many patients a value was read: 80%(n=100), 80%(80/100), or the arm's own 治疗组(n=100)."""
    behind = _PATIENTS.match(text, cell.token.end) if cell.value.unit == "percent" else None
    if behind:
        count = int(behind["n"])
        share = 100 * int(behind["of"]) / count if behind["of"] and count else cell.value.low
        return count if abs(share - cell.value.low) <= _ROUNDING else None
    arm = cell.row.treatment
    named = arm.end > arm.start and cell.row.trail == "explicit"
    found = _ARM_SIZE.match(text, arm.end) if named else None
    return int(found["n"]) if found else None


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
