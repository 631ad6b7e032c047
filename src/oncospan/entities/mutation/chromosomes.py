"""Chromosome changes: t(9;22)(q34;q11), inv(16), del(17p), 17p-, 17p缺失, 1p/19q共缺失, 1q21扩增."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = r"(?:1\d|2[0-2]|[1-9]|[XY])"
_BAND = r"[pq](?:ter|\d{1,2}(?:\.\d{1,2})?)?"
_LOCUS = rf"{_NUMBER}{_BAND}(?:-{_BAND})?"
_LOSS = (
    r"(?:杂合性?|纯合性?|等位基因|染色体|共|联合|单|双)?(?:缺失|丢失|deletion|del|loss)(?![A-Za-z])|-(?![0-9A-Za-z])"
)
_GAIN = r"(?:染色体)?(?:扩增|获得|增益|gain|amplification|amp)(?![A-Za-z])|\+(?![0-9A-Za-z])"
_LEFT = r"(?<![A-Za-z0-9.])"

_TRANSLOCATION = re.compile(
    rf"{_LEFT}(?P<kind>t|inv|ins)[ ]?\([ ]?(?P<places>{_NUMBER}(?:[ ]?[;,/][ ]?{_NUMBER}){{0,2}})[ ]?\)"
    rf"(?P<bands>[ ]?\([ ]?{_BAND}(?:[ ]?[;,]?[ ]?{_BAND}){{0,3}}[ ]?\))?"
)
_CALLED = re.compile(
    rf"{_LEFT}(?P<kind>del|amp|dup|gain|gain/amp)[ ]?(?:\([ ]?(?P<inside>{_LOCUS}|{_NUMBER}[ ]?\)[ ]?\([ ]?{_BAND})[ ]?\)"
    rf"|(?P<bare>{_LOCUS})(?![A-Za-z0-9]))",
    re.IGNORECASE,
)
_ARM = re.compile(
    rf"{_LEFT}(?P<first>{_LOCUS})(?:[ ]?[/和与及、][ ]?(?P<second>{_LOCUS}))?(?:[ ]?染色体)?[ ]?(?:(?P<loss>{_LOSS})|(?P<gain>{_GAIN}))"
)
_LONG = re.compile(r"(?P<number>1\d|2[0-2]|[1-9]|[XY])号染色体(?P<arm>[长短])臂(?P<event>缺失|扩增)")
#: What every chromosome change has in it, so that plain prose is passed over.
_ANCHOR = re.compile(
    rf"{_LEFT}(?:t|inv|ins|del|amp|dup|gain|gain/amp)[ ]?\(|{_LEFT}(?:del|amp|dup|gain)[ ]?(?=\d)|{_NUMBER}[pq]|号染色体",
    re.IGNORECASE,
)


class ChromosomeChange(NamedTuple):
    """A chromosome change as a text names it.

    Args:
        start: first position.
        end: position behind the last one.
        norms: its normal forms.
    """

    start: int
    end: int
    norms: tuple[str, ...]


def read_chromosome_changes(text: str, start: int, end: int) -> Iterator[ChromosomeChange]:
    """Yield the chromosome changes of a stretch.

    Args:
        text: the folded text.
        start: first position.
        end: position behind the last one.
    """
    for anchor in _ANCHOR.finditer(text, start, end):
        found = _read(text, anchor.start())
        if found:
            yield found


def _read(text: str, at: int) -> ChromosomeChange | None:
    if found := _TRANSLOCATION.match(text, at):
        # One chromosome makes an inversion, two a translocation; `t(98)` is a statistic.
        if (found["kind"] == "t") == (re.search(r"[;,/]", found["places"]) is None):
            return None
        places = re.sub(r"[ ]", "", found["places"]).replace(",", ";").replace("/", ";")
        bands = re.sub(r"[ ]", "", found["bands"] or "").replace(",", ";")
        return ChromosomeChange(at, found.end(), (f"{found['kind']}({places}){bands}",))
    if found := _CALLED.match(text, at):
        locus = re.sub(r"[ ()]", "", found["inside"] or found["bare"])
        return ChromosomeChange(at, found.end(), (f"{locus}:{'del' if found['kind'].lower() == 'del' else 'amp'}",))
    if found := _LONG.match(text, max(0, at - 2)) or _LONG.match(text, max(0, at - 1)):
        locus = found["number"] + {"短": "p", "长": "q"}[found["arm"]]
        event = {"缺失": "del", "扩增": "amp"}[found["event"]]
        return ChromosomeChange(found.start(), found.end(), (f"{locus}:{event}",))
    if found := _ARM.match(text, at):
        event = "del" if found["loss"] else "amp"
        return ChromosomeChange(
            at, found.end(), tuple(f"{one}:{event}" for one in (found["first"], found["second"]) if one)
        )
    return None
