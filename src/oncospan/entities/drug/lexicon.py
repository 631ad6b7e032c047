"""The known names: concepts with their surfaces, hazards and ambiguities, loaded and checked together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, NamedTuple

from oncospan.entities.drug.spellings import Kind, spellings
from oncospan.entities.drug.table import Place, read_table, split_cell
from oncospan.text.fold import fold

Rule = Literal["never", "cue", "given", "article", "exact"]

_COLUMNS = ("inn", "zh", "en", "brands", "codes", "short", "source")
_RULES: dict[str, Rule] = {
    "never": "never", "cue": "cue", "given": "given", "article": "article", "exact": "exact"
}  # fmt: skip


class Hazard(NamedTuple):
    """What makes a surface risky.

    Args:
        rule: `never`, `cue` (a word in the sentence), `given` (words of use right beside it), `article` or `exact`.
        cues: folded words, one of which must stand in the sentence; empty for the general ones.
        note: what else the surface may be, for people.

    """

    rule: Rule
    cues: tuple[str, ...]
    note: str = ""


class Sense(NamedTuple):
    """One of the concepts an ambiguous surface may stand for.

    Args:
        inn: the concept.
        cues: folded words that speak for it.
        default: it is taken where no cue stands in the article.

    """

    inn: str
    cues: tuple[str, ...]
    default: bool


class Name(NamedTuple):
    """A known surface.

    Args:
        written: the surface as people write it, folded in width and script, its case kept.
        norm: the normal form of its concept.
        kind: what sort of name it is.
        hazards: what is risky about it.
        senses: the concepts it may stand for, when there are several.

    """

    written: str
    norm: str
    kind: Kind
    hazards: tuple[Hazard, ...] = ()
    senses: tuple[Sense, ...] = ()


class Concept(NamedTuple):
    """A substance or product with all of its names.

    Args:
        inn: the normal form.
        names: kind to names, as the table has them.
        source: where the Chinese name was met: `data`, `search`, `public` or `memory`.

    """

    inn: str
    names: dict[Kind, tuple[str, ...]]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the room knows beforehand.

    Args:
        concepts: normal form to concept.
        names: folded surface in lower case to name.
        blocks: folded expressions that are no drugs and hide the names inside them, with what they are.
        salts_before: salts and radicals in front of a name.
        salts_after: salts and radicals behind a name.

    """

    concepts: dict[str, Concept]
    names: dict[str, Name]
    blocks: dict[str, str]
    salts_before: frozenset[str]
    salts_after: frozenset[str]
    english: dict[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def built_in_lexicon() -> Lexicon:
    """Return the lexicon beside this module, read once in a process.

    Raises:
        LexiconError: a table breaks a rule of its format.

    """
    return read_lexicon(resources.files("oncospan.entities.drug"))


def read_lexicon(folder: Traversable) -> Lexicon:
    """Return the lexicon in a folder.

    Args:
        folder: where the tables are.

    Raises:
        LexiconError: a table breaks a rule of its format.

    """
    hazards = _read_hazards(folder)
    ambiguous = _read_ambiguous(folder)
    concepts, names = _read_concepts(folder, hazards, ambiguous)
    for key, senses in ambiguous.items():
        first = next((sense for sense in senses if sense.default), senses[0])
        names[key] = Name(key, first.inn, "zh", hazards.get(key, ()), senses)
    for key, name in list(names.items()):
        for spelling, kind in spellings(key, name.kind, ambiguous=bool(name.senses)):
            if spelling not in names:
                names[spelling] = Name(spelling, name.norm, kind, name.hazards)
    never = {key: hazard.note for key, found in hazards.items() for hazard in found if hazard.rule == "never"}
    before, after = _read_salts(folder)
    known = {key: name for key, name in names.items() if key not in never}
    return Lexicon(concepts, known, _read_blocks(folder) | never, before, after, _english(concepts))


def _read_concepts(
    folder: Traversable, hazards: dict[str, tuple[Hazard, ...]], ambiguous: dict[str, tuple[Sense, ...]]
) -> tuple[dict[str, Concept], dict[str, Name]]:
    concepts: dict[str, Concept] = {}
    names: dict[str, Name] = {}
    lines: dict[str, int] = {}
    for place, row in read_table(folder, "lexicon.csv", _COLUMNS):
        concept = _concept(row, place)
        if concept.inn in concepts:
            raise place.error(f"{concept.inn!r} has a row already", "merge the two rows")
        concepts[concept.inn] = concept
        for kind, surface in ((kind, surface) for kind, surfaces in concept.names.items() for surface in surfaces):
            key = _key(surface, place)
            known = names.get(key)
            if known and known.norm != concept.inn:
                problem = f"{surface!r} names {known.norm!r} too (line {lines[key]})"
                raise place.error(problem, "keep one, or list it in ambiguous.csv")
            if known is None and key not in ambiguous:
                names[key] = Name(_written(surface), concept.inn, kind, hazards.get(key, ()))
                lines[key] = place.line
    return concepts, names


def with_own_names(lexicon: Lexicon, own: Sequence[tuple[str, str]]) -> Lexicon:
    """Return the lexicon with a user's names in it, which win over the built-in ones.

    Args:
        lexicon: the built-in one.
        own: names with their normal forms.

    """
    if not own:
        return lexicon
    added = {fold(name): Name(_written(name), norm, "own") for name, norm in own}
    blocks = {block: what for block, what in lexicon.blocks.items() if block not in added}
    return Lexicon(
        lexicon.concepts, {**lexicon.names, **added}, blocks, lexicon.salts_before, lexicon.salts_after, lexicon.english
    )


def _concept(row: list[str], place: Place) -> Concept:
    inn, zh, en, brands, codes, short, source = row
    names: dict[Kind, tuple[str, ...]] = {
        "zh": split_cell(zh, place) if inn.isascii() else (inn, *split_cell(zh, place)),
        "en": (inn, *split_cell(en, place)) if inn.isascii() else split_cell(en, place),
        "brand": split_cell(brands, place),
        "code": split_cell(codes, place),
        "short": split_cell(short, place),
    }
    return Concept(inn, names, source)


def _written(surface: str) -> str:
    """Fold width and script and keep the case."""
    folded = fold(surface)
    return surface if len(folded) == len(surface) and folded == surface.lower() else folded


def _key(surface: str, place: Place) -> str:
    key = fold(surface)
    if len(key) < 2:
        raise place.error(f"{surface!r} is one letter", "give a longer name")
    return key


def _english(concepts: dict[str, Concept]) -> dict[str, tuple[str, ...]]:
    return {
        inn: tuple(name.lower() for name in concept.names["en"] if name.isascii()) for inn, concept in concepts.items()
    }


def _read_hazards(folder: Traversable) -> dict[str, tuple[Hazard, ...]]:
    hazards: dict[str, tuple[Hazard, ...]] = {}
    for place, (surface, rule, cues, note) in read_table(folder, "hazards.csv", ("surface", "rule", "cues", "note")):
        if rule not in _RULES:
            raise place.error(f"the rule {rule!r} is unknown", f"choose one of {', '.join(_RULES)}")
        hazard = Hazard(_RULES[rule], tuple(map(fold, split_cell(cues, place))), note)
        key = _key(surface, place)
        hazards[key] = (*hazards.get(key, ()), hazard)
    return hazards


def _read_ambiguous(folder: Traversable) -> dict[str, tuple[Sense, ...]]:
    ambiguous: dict[str, tuple[Sense, ...]] = {}
    for place, (surface, inn, cues, default) in read_table(
        folder, "ambiguous.csv", ("surface", "inn", "cues", "default")
    ):
        key = _key(surface, place)
        others = ambiguous.get(key, ())
        if default and any(sense.default for sense in others):
            raise place.error(f"{surface!r} has a default already", "mark one only")
        ambiguous[key] = (*others, Sense(inn, tuple(map(fold, split_cell(cues, place))), bool(default)))
    return ambiguous


def _read_salts(folder: Traversable) -> tuple[frozenset[str], frozenset[str]]:
    sides: dict[str, set[str]] = {"before": set(), "after": set()}
    for place, (surface, side) in read_table(folder, "salts.csv", ("surface", "side")):
        if side not in sides:
            raise place.error(f"the side {side!r} is unknown", "write before or after")
        sides[side].add(fold(surface))
    return frozenset(sides["before"]), frozenset(sides["after"])


def _read_blocks(folder: Traversable) -> dict[str, str]:
    blocks: dict[str, str] = {}
    for place, (surface, english) in read_table(folder, "classes.csv", ("surface", "english")):
        blocks[_key(surface, place)] = f"a class or another word: {english}"
    for place, (acronym, components, _) in read_table(folder, "regimens.csv", ("acronym", "components", "note")):
        blocks[_key(acronym, place)] = f"a regimen: {components.replace('|', ' + ')}"
    return blocks
