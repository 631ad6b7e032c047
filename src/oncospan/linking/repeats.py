"""One record per fact: repeats fall together, and what 先后 left open is settled by the other records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from oncospan.linking.reading import Fact
from oncospan.matching.candidates import Candidate

#: What facts must have in common before they can be one, or one can repeat the other.
_SAME = ("drug", "agency", "event", "negated")
_RIVAL = ("drug", "agency", "negated")
_APPROVALS = ("approval", "conditional_approval")


@dataclass(frozen=True, slots=True)
class Draft:
    """A regulatory fact before repeats are merged.

    Args:
        fact: the fact.
        anew: its words say that it is a further decision (又, 新增, 扩展).
        ordinal: its words count it (第二次, 第三次), empty where they do not.
        candidates: dates of which one is its own.
    """

    fact: Fact
    anew: bool = False
    ordinal: str = ""
    candidates: tuple[Candidate, ...] = ()


def settle_dates(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, with dates for those that 先后 left open where another record fixes all but one of them.

    `A和B在2018年和2019年先后获FDA批准` does not say which was first; where the article says elsewhere that A's approval
    was in 2018, B's was in 2019.
    """
    settled = list(drafts)
    for place, draft in enumerate(drafts):
        if not draft.candidates:
            continue
        dates = {str(date.norm): date for date in draft.candidates}
        others = [
            other
            for other in drafts
            if other.candidates == draft.candidates and other.fact.fields["drug"] != draft.fact.fields["drug"]
        ]
        own = _fixed(drafts, draft, dates)
        taken = {date for other in others for date in _fixed(drafts, other, dates)}
        left = own or ({*dates} - taken if len(taken) == len(dates) - 1 else set())
        if len(left) == 1:
            date = dates[left.pop()]
            fields = {**draft.fact.fields, "date": str(date.norm)}
            settled[place] = replace(draft, fact=replace(draft.fact, fields=fields))
    return settled


def _fixed(drafts: Sequence[Draft], draft: Draft, dates: dict[str, Candidate]) -> set[str]:
    """Return those of the dates that another record of the same drug and agency gives."""
    told = [
        str(other.fact.fields["date"])
        for other in drafts
        if other.fact.fields["date"] is not None
        and not other.fact.fields["negated"]
        and all(other.fact.fields[key] == draft.fact.fields[key] for key in ("drug", "agency"))
        and str(other.fact.fields["event"]) in _APPROVALS
    ]
    fixed = {date for date in dates for day in told if agree(date, day)}
    return fixed if len(fixed) == 1 else set()


def merge_repeats(drafts: Sequence[Draft]) -> list[Fact]:
    """Return each fact once, quoted where it stands first, with the most exact date that the article gives it."""
    kept: list[Draft] = []
    alike: dict[tuple[object, ...], list[int]] = {}
    for draft in drafts:
        places = alike.setdefault(tuple(draft.fact.fields[key] for key in _SAME), [])
        same = (n for n in places if kept[n].ordinal == draft.ordinal and _same(kept[n].fact, draft.fact))
        twin = next(same, None)
        if twin is None:
            places.append(len(kept))
            kept.append(draft)
        else:
            kept[twin] = replace(kept[twin], fact=_merge(kept[twin].fact, draft.fact))
    rivals: dict[tuple[object, ...], list[Fact]] = {}
    for draft in kept:
        rivals.setdefault(tuple(draft.fact.fields[key] for key in _RIVAL), []).append(draft.fact)
    return [
        draft.fact
        for draft in kept
        if draft.anew or not _told_by(rivals[tuple(draft.fact.fields[key] for key in _RIVAL)], draft.fact)
    ]


def _merge(first: Fact, again: Fact) -> Fact:
    fields = dict(first.fields)
    left, right = str(fields["date"] or ""), str(again.fields["date"] or "")
    if right and (right.count("X"), -len(right)) < (left.count("X") if left else 9, -len(left)):
        fields["date"] = again.fields["date"]
    return replace(first, fields=fields, claims=(*first.claims, *again.claims))


def _same(one: Fact, other: Fact) -> bool:
    """Tell whether two facts that are alike in `_SAME` may be of one day."""
    left, right = str(one.fields["date"] or ""), str(other.fields["date"] or "")
    return left == right or bool(left and right and agree(left, right))


def agree(left: str, right: str) -> bool:
    """Tell whether two dates may be the same: one begins the other, an unknown year fits every year."""
    if left.startswith("XXXX-") or right.startswith("XXXX-"):
        left, right = left[4:], right[4:]
    return left.startswith(right) or right.startswith(left)


def _told_by(facts: Sequence[Fact], fact: Fact) -> bool:
    """Tell whether a fact only repeats another: undated beside a dated one, or plain 批准 beside 加速批准 of that day.

    Args:
        facts: those that are alike in `_RIVAL`.
        fact: one of them.
    """
    date, event = fact.fields["date"], fact.fields["event"]
    for other in facts:
        if other is fact:
            continue
        named = other.fields["event"]
        if date is None and other.fields["date"] is None and named == event:
            # `第一次获得…, 第二次获得…`: two decisions, neither dated
            continue
        if (
            date is None
            and not fact.fields["negated"]
            and (named == event or (event == "approval" and named in _APPROVALS))
        ):
            return True
        fuller = event == "approval" and named == "conditional_approval" and date is not None
        if fuller and other.fields["date"] is not None and agree(str(date), str(other.fields["date"])):
            return True
    return False
