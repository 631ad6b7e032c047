"""Short names that need their article: TAM is tamoxifen only where tamoxifen is named and no macrophage is meant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from oncospan.entities.drug.brackets import bracket_behind
from oncospan.entities.drug.page import Found, Page

_REACH = 40
#: How far before a bracket the name may end that it explains: `他莫昔芬片(TAM)`.
_NEAR = 8


def admit(page: Page, pending: Iterable[Found], named: Sequence[Found], norms: frozenset[str]) -> list[Found]:
    """Return the short names that stand for a drug of this article.

    Args:
        page: the text.
        pending: short names found by the lexicon; those found by the rule `name` have a cue of their own.
        named: the names found for certain, sorted.
        norms: the concepts the article names.

    """
    explained: dict[tuple[str, str], list[tuple[int, bool]]] = {}
    admitted: list[Found] = []
    for short in pending:
        if short.norm not in norms and short.rule != "name":
            continue
        key = page.text[short.start : short.end], short.norm
        if key not in explained:
            explained[key] = list(_explanations(page, *key, named))
        if _is_own(explained[key], short.start):
            admitted.append(short)
    return admitted


def _is_own(explanations: Sequence[tuple[int, bool]], position: int) -> bool:
    """Tell whether the letters mean the drug at a position: the last explanation before it holds, else the first."""
    if not explanations:
        return True
    place = bisect_right(explanations, (position, True)) - 1
    return explanations[max(0, place)][1]


def _explanations(page: Page, surface: str, norm: str, named: Sequence[Found]) -> Iterator[tuple[int, bool]]:
    """Yield where the article explains the letters, and whether as the drug: `他莫昔芬(TAM)`, `巨噬细胞(TAM)`."""
    text = page.text
    own = [found for found in named if found.norm == norm]
    at = text.find(surface)
    while at >= 0:
        end = at + len(surface)
        opening = _opening(text, at, end)
        bracket = bracket_behind(text, end) if text[end : end + 1] == "(" else None
        if opening is not None:
            near = any(0 <= opening - one.end < _NEAR and "(" not in text[one.end : opening] for one in own)
            if near or _spells_out(text, opening, at, end):
                yield at, near
        elif bracket:
            yield at, any(bracket.start <= one.start < bracket.end for one in own)
        at = text.find(surface, end)


def _spells_out(text: str, opening: int, start: int, end: int) -> bool:
    """Tell whether a bracket shortens the Chinese words before it: `巨噬细胞(macrophage, TAM)`, but not `两组(TAM、AI)`."""
    before = text[opening - 1] if opening else " "
    return text[end] == ")" and text[opening + 1 : start].isascii() and not before.isascii() and before not in "组药"


def _opening(text: str, start: int, end: int) -> int | None:
    """Return where the bracket opens that has the letters as an entry of its own, or None."""
    opening = text.rfind("(", max(0, start - _REACH), start)
    if opening < 0 or ")" in text[opening:start] or text[end : end + 1] not in (")", ",", ";", "、"):
        return None
    return opening if text[start - 1] in "(,;、 " else None
