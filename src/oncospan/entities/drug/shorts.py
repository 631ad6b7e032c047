"""Short names that need their article: TAM is tamoxifen only where tamoxifen is named and no macrophage is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oncospan.entities.drug.brackets import bracket_behind
from oncospan.entities.drug.page import Found, Page

_REACH = 40


def admit(page: Page, pending: Iterable[Found], named: Sequence[Found], norms: frozenset[str]) -> list[Found]:
    """Return the short names that stand for a drug of this article.

    Args:
        page: the text.
        pending: short names found by the lexicon.
        named: the names found for certain, sorted.
        norms: the concepts the article names.

    """
    foreign: dict[str, bool] = {}
    admitted: list[Found] = []
    for short in pending:
        if short.norm not in norms:
            continue
        surface = page.text[short.start : short.end]
        if surface not in foreign:
            foreign[surface] = _is_foreign(page, surface, short.norm, named)
        if not foreign[surface]:
            admitted.append(short)
    return admitted


def _is_foreign(page: Page, surface: str, norm: str, named: Sequence[Found]) -> bool:
    """Tell whether the article explains the letters as something else: `肿瘤相关巨噬细胞(TAM)`, `TAM(巨噬细胞)`."""
    text = page.text
    own = {found.end for found in named if found.norm == norm}
    at = text.find(surface)
    while at >= 0:
        end = at + len(surface)
        opening = text.rfind("(", max(0, at - _REACH), at)
        inside = opening >= 0 and ")" not in text[opening:at] and text[end : end + 1] in (")", ",", ";", "、")
        if inside and not any(
            place <= opening and "(" not in text[place:opening] for place in own if opening - place < 8
        ):
            return bool(opening) and not text[opening - 1].isascii()
        bracket = bracket_behind(text, end) if text[end : end + 1] == "(" else None
        if bracket and not any(found.norm == norm and bracket.start <= found.start < bracket.end for found in named):
            return True
        at = text.find(surface, end)
    return False
