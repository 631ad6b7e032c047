"""Whose change it is: the gene of a variant that a text names without one."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Collection, Iterable

from oncospan.entities.mutation.genes import NamedGene
from oncospan.text.document import Document

UNKNOWN = "?"
_BRACKET = re.compile(r"[ ]?\([ ]?")
#: Words behind a gene that make it a drug's target and no carrier of the change: `PD-L1抑制剂`, `EGFR-TKI`.
_TARGET = re.compile(r"[ ]?(?:-?(?:TKI|ADC|[Ii]nhibitor)|抑制剂|抗体|单抗|拮抗剂|激动剂|阳性|阴性|野生|表达)")


class Owners:
    """The genes of an article, and who owns the changes named beside them.

    Args:
        document: the folded article.
        genes: the genes it names.
    """

    __slots__ = ("_document", "_places")

    def __init__(self, document: Document, genes: Iterable[NamedGene]) -> None:
        self._document = document
        self._places: list[tuple[int, int, tuple[str, ...]]] = sorted(
            (gene.start, gene.end, gene.symbols) for gene in genes if not gene.glued
        )

    def add(self, start: int, end: int, symbols: tuple[str, ...]) -> None:
        """Remember a change whose gene is known: what follows in its bracket or list is that gene's too."""
        insort(self._places, (start, end, symbols))

    def find(self, start: int, end: int, known: Collection[str]) -> str:
        """Return the gene of the change at a place.

        Args:
            start: first position of the change.
            end: position behind the last one.
            known: the genes in which this change recurs, the likeliest first; empty if it is known in none.

        Returns:
            A gene's symbol: the one in brackets behind the change, else the nearest that fits, else `?`.
        """
        text = self._document.text
        bracket = _BRACKET.match(text, end)
        reach = self._reach(start)
        if bracket and (behind := [s for at, _, s in reach if at == bracket.end()]):
            return behind[0][0]
        fitting = self._nearest(reach, start, known)
        if fitting or known:
            return fitting or next(iter(known))
        return self._nearest(reach, start, ()) or UNKNOWN

    def _reach(self, position: int) -> list[tuple[int, int, tuple[str, ...]]]:
        """The genes of the paragraph, and those of the text right before it where it names none."""
        paragraph = self._document.paragraph_at(position)
        first = bisect_right(self._places, (paragraph.start,))
        last = bisect_right(self._places, (paragraph.end,))
        return self._places[first:last] or self._places[max(0, first - 3) : first]

    def _nearest(self, reach: list[tuple[int, int, tuple[str, ...]]], position: int, known: Collection[str]) -> str:
        """The nearest gene before the change, else behind it in its sentence."""
        text = self._document.text
        sentence = self._document.sentence_at(position)
        fitting = [
            place
            for place in reach
            if (known and any(symbol in known for symbol in place[2]))
            or (not known and not _TARGET.match(text, place[1]))
        ]
        before = [place for place in fitting if place[0] < position]
        behind = [place for place in fitting if position < place[0] < sentence.end]
        chosen = before[-1] if before else behind[0] if behind else None
        if chosen is None:
            return ""
        return next((symbol for symbol in chosen[2] if symbol in known), chosen[2][0])
