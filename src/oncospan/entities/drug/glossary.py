"""The glossary: what the lexicon says about one name, for people who ask."""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple

from oncospan.entities.drug.lexicon import Concept, Hazard, Lexicon, Sense
from oncospan.entities.drug.spellings import Kind
from oncospan.text.fold import fold

_NEAR = 0.6
#: osimertinb is osimertinib misspelt, while somertinib may well be another drug.
_MISSPELT = 0.93
_RULES: dict[Kind, str] = {"own": "drug.own", "truncated": "drug.truncated", "short": "drug.short"}


class Meaning(NamedTuple):
    """A concept that a name may stand for.

    Args:
        concept: the substance or product with all of its names.
        sense: the cues that speak for it, where the name has several.

    """

    concept: Concept
    sense: Sense | None = None


class Explanation(NamedTuple):
    """What the lexicon says about a name.

    Args:
        kind: what sort of name it is; None where it is no name of the lexicon.
        rule: the rule that finds it in a text.
        meanings: the concepts it may stand for.
        hazards: what must stand beside it before it counts.
        block: what it is instead, where it is no drug.

    """

    kind: Kind | None
    rule: str
    meanings: tuple[Meaning, ...]
    hazards: tuple[Hazard, ...]
    block: str | None


class Glossary:
    """Answers questions about names.

    Args:
        lexicon: the known names, a user's own ones among them.

    """

    __slots__ = ("_lexicon",)

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def explain(self, name: str) -> Explanation:
        """Return what the lexicon says about a name.

        Args:
            name: a name in any width, script and case.

        """
        surface = fold(name.strip())
        block = self._lexicon.blocks.get(surface)
        known = self._lexicon.names.get(surface)
        if known is None:
            return Explanation(None, "", (), (), block)
        senses = known.senses or (None,)
        meanings = tuple(Meaning(self._concept(sense.inn if sense else known.norm), sense) for sense in senses)
        return Explanation(known.kind, _RULES.get(known.kind, "drug.name"), meanings, known.hazards, block)

    def knows(self, norm: str) -> bool:
        """Tell whether a normal form is one of the lexicon's."""
        return norm in self._lexicon.concepts

    def near(self, name: str, count: int = 5) -> list[tuple[str, str]]:
        """Return the known names most like an unknown one, each with its normal form, the likest first.

        Args:
            name: an unknown name.
            count: how many at the most.

        """
        surfaces = get_close_matches(fold(name.strip()), self._lexicon.names, n=count, cutoff=_NEAR)
        return [(self._lexicon.names[surface].written, self._lexicon.names[surface].norm) for surface in surfaces]

    def near_norm(self, norm: str) -> str | None:
        """Return the normal form of the lexicon that a new one is most like, if it is like one at all."""
        return next(iter(get_close_matches(norm.lower(), self._lexicon.concepts, n=1, cutoff=_MISSPELT)), None)

    def _concept(self, norm: str) -> Concept:
        return self._lexicon.concepts.get(norm) or Concept(norm, {}, "your own lexicon")
