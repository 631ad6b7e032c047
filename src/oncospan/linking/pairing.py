"""Who decided when: agencies, dates and drugs of one decision, paired only where the text pairs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from oncospan.linking.reading import Reading
from oncospan.matching.candidates import Candidate

_IN_ORDER = re.compile(r"分别|先后|陆续|相继|依次|次第|双(?=IND|报|批|重)")
_ONE_TO_ONE = ("分别", "依次")
_COUNTS = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}
_OFTEN = re.compile(r"(?P<often>[两二三四234])(?:度|次)")
_BRACKET_DATE = re.compile(r" ?\((?:均[为于在]?|于|约)?")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One agency with the date of its decision.

    Args:
        agency: `FDA`, `NMPA`, ...
        date: the date, where the text states one.
        start: where the date or agency stands first.
        drug: the place of the drug in the list of subjects, where the text pairs drugs with dates or agencies.
        carried: the agency was not named in the decision's own clause.
        candidates: dates of which one is this drug's, where the text leaves open which (先后).
    """

    agency: str
    date: Candidate | None
    start: int
    drug: int | None = None
    carried: bool = False
    candidates: tuple[Candidate, ...] = ()


def pair_occasions(
    reading: Reading,
    event: Candidate,
    agencies: Sequence[Candidate],
    dates: Sequence[Candidate],
    drugs: tuple[Sequence[int], int],
) -> list[Occasion]:
    """Return who decided when; a date is left out where the text leaves the pairs open.

    Args:
        reading: the article.
        event: the decision.
        agencies: at least one.
        dates: any number.
        drugs: where each drug of the subject ends in the clause, empty where it names none; and how many they are.
    """
    text = reading.text
    ends, count = drugs
    bracketed = _in_brackets(text, agencies, dates)
    if bracketed is not None:
        return bracketed
    if len(dates) > 1 and len(agencies) == 1 and ends:
        told = _drug_brackets(text, agencies[0], dates, ends)
        if told is not None:
            return told
    told = _alternating_drugs(agencies, dates, ends)
    if told is not None:
        return told
    first = min([event.start, *(item.start for item in (*agencies, *dates)), *ends])
    ordered = _IN_ORDER.search(text, first, max([event.end, *(date.start for date in dates)]))
    word = ordered[0] if ordered else ""
    if len(dates) <= 1:
        return _on_one_date(agencies, dates[0] if dates else None, count, word)
    if len(dates) == len(agencies) and (word or _alternate(agencies, dates)):
        return [Occasion(_name(a), d, min(a.start, d.start)) for a, d in zip(agencies, dates, strict=True)]
    if len(agencies) == 1:
        return _by_one_agency(text, event, agencies[0], dates, (count, word))
    return [Occasion(_name(a), None, a.start) for a in agencies]


def _on_one_date(agencies: Sequence[Candidate], date: Candidate | None, count: int, word: str) -> list[Occasion]:
    if len(agencies) > 1 and count == len(agencies) and word in _ONE_TO_ONE:
        return [Occasion(_name(a), date, a.start, drug=place) for place, a in enumerate(agencies)]
    return [Occasion(_name(a), date, min(a.start, date.start if date else a.start)) for a in agencies]


def _by_one_agency(
    text: str, event: Candidate, agency: Candidate, dates: Sequence[Candidate], drugs: tuple[int, str]
) -> list[Occasion]:
    """One agency on several dates: a drug for each, several decisions on one drug, or the last date alone."""
    count, word = drugs
    name = _name(agency)
    joined = all(re.fullmatch(r"[和、与及,]|以及", text[a.end : b.start]) for a, b in pairwise(dates))
    if count == len(dates) and (joined or word):
        behind = dates[0].start >= event.end
        if word in _ONE_TO_ONE or behind:
            return [Occasion(name, d, d.start, drug=place) for place, d in enumerate(dates)]
        return [Occasion(name, None, agency.start, candidates=tuple(dates))]
    itemised = dates[0].start >= event.end and all(";" in text[a.end : b.start] for a, b in pairwise(dates))
    bracketed = all(text[date.start - 1 : date.start] == "(" for date in dates)
    if (count <= 1 or _times(text, event) == len(dates)) and (word or joined or bracketed or itemised):
        return [Occasion(name, d, d.start) for d in dates]
    return [Occasion(name, None, agency.start)] if joined else [Occasion(name, dates[-1], dates[-1].start)]


def _times(text: str, event: Candidate) -> int:
    """`两度收到CRL`: how often it happened; 0 where the text does not count."""
    found = _OFTEN.search(text, max(0, event.start - 14), event.start)
    return _COUNTS[found["often"]] if found else 0


def _alternate(agencies: Sequence[Candidate], dates: Sequence[Candidate]) -> bool:
    """`欧盟于6月、日本于3月通过`: each agency is followed by its date."""
    places = [item for pair in zip(agencies, dates, strict=True) for item in pair]
    return all(left.end <= right.start for left, right in pairwise(places))


def _name(agency: Candidate) -> str:
    return str(agency.norm[0])


def _in_brackets(text: str, agencies: Sequence[Candidate], dates: Sequence[Candidate]) -> list[Occasion] | None:
    """`英国MHRA(8月)、欧盟EC(9月)`: each agency has its date in a bracket."""
    pairs = []
    for agency in agencies:
        place = next((n for n, d in enumerate(dates) if _BRACKET_DATE.fullmatch(text, agency.end, d.start)), None)
        if place is None:
            return None
        date, following = dates[place], dates[place + 1 : place + 2]
        several = following and ")" not in text[date.end : following[0].start]
        pairs.append(Occasion(_name(agency), None if several else date, agency.start))
    return pairs


def _alternating_drugs(
    agencies: Sequence[Candidate], dates: Sequence[Candidate], ends: Sequence[int]
) -> list[Occasion] | None:
    """`来那度胺2013年1月、泊马度胺2020年11月在国内获批`: each drug is followed by its date."""
    if len(agencies) != 1 or len(dates) != len(ends) or len(ends) < 2:
        return None
    places = [place for end, date in zip(ends, dates, strict=True) for place in (end, date.start)]
    if any(left > right for left, right in pairwise(places)) or len(set(ends)) != len(ends):
        return None
    return [
        Occasion(_name(agencies[0]), date, end, drug=n) for n, (end, date) in enumerate(zip(ends, dates, strict=True))
    ]


def _drug_brackets(
    text: str, agency: Candidate, dates: Sequence[Candidate], ends: Sequence[int]
) -> list[Occasion] | None:
    """`阿得贝利单抗(3月)、奥特康唑与瑞格列汀(均为6月)`: a bracket dates the drugs since the bracket before it."""
    if not all(any(_BRACKET_DATE.fullmatch(text, end, d.start) for end in ends) for d in dates):
        return None
    found = []
    for place, end in enumerate(ends):
        date = next((d for d in dates if d.start >= end), None)
        if date is None:
            return None
        found.append(Occasion(_name(agency), date, end, drug=place))
    return found
