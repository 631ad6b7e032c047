"""The percentage room: percentages, per mille, percentage points, and tenths (成)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from oncospan.entities.percentage.qualifiers import find_qualifier
from oncospan.entities.percentage.rules import Quantity, read_parts, read_points, read_share, read_sign, read_tenths
from oncospan.matching.candidates import Candidate
from oncospan.matching.room import Hit
from oncospan.text.document import Document

_TRIGGERS = {
    "%": "percent", "‰": "permille", "成": "tenths", "百分之": "share", "佰分之": "share", "千分之": "permille_share",
    "仟分之": "permille_share",
    "万分之": "parts", "百分点": "points", "个百分点": "points", "百分百": "whole", "percent": "percent",
    "per cent": "percent", "pct": "pct", "pcts": "pct", "pp": "pct",
}  # fmt: skip
_UNITS = {
    "permille": "permille", "permille_share": "permille", "points": "percentage_point", "pct": "percentage_point",
}  # fmt: skip
_URL = re.compile(r"(?:https?://|www\.)[!-~]{0,400}\Z")
#: Signs that are part of another unit or of a placeholder: 5.3%ID/g, %s.
_OTHER_UNIT = re.compile(r"ID/|VO2|[0-9A-F]{2}%")


class PercentageRoom:
    """Finds PERCENT; the norm is `(low, high, unit)`."""

    label = "PERCENT"

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield every sign and word that a percentage is written with."""
        yield from _TRIGGERS.items()

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the percentages of a document."""
        found = []
        for start, end, kind in hits:
            quantity = _read(document, start, end, str(kind))
            if quantity is None:
                continue
            unit = _UNITS.get(str(kind), "percent")
            qualifier = find_qualifier(document.text, quantity.start, quantity.end)
            norm = (quantity.low, quantity.high, unit)
            found.append(Candidate(self.label, quantity.start, quantity.end, norm, quantity.rule, qualifier=qualifier))
        return found


def _read(document: Document, start: int, end: int, kind: str) -> Quantity | None:
    text = document.text
    if kind in ("percent", "permille"):
        if _OTHER_UNIT.match(text, end) or _in_address(text, start):
            return None
        return read_sign(text, start, end)
    if kind == "pct":
        # 毛利率提升2.1pct; PP is a per-protocol set, pct a part of a name
        alone = text[start:end].islower() and text[start - 1 : start].isdigit() and not text[end : end + 1].isalpha()
        return read_sign(text, start, end) if alone or not text[end : end + 1].isascii() else None
    if kind == "points":
        return read_points(text, start, end)
    if kind in ("share", "permille_share"):
        return read_share(text, start, end)
    if kind == "parts":
        return read_parts(text, start, end)
    if kind == "whole":
        return Quantity(start, end, 100.0, 100.0, "percentage.share")
    return read_tenths(text, start, end, is_word=_ends_word(document, end))


def _in_address(text: str, start: int) -> bool:
    near = max(0, start - 420)
    opens = text.find("http", near, start) >= 0 or text.find("www.", near, start) >= 0
    return opens and _URL.search(text, near, start) is not None


def _ends_word(document: Document, end: int) -> bool:
    """Tell whether no word goes on behind 成: in 两成分 jieba reads 成分."""
    text = document.text
    following = text[end : end + 1]
    return not following or not ("一" <= following <= "鿿") or document.has_edge(end)
