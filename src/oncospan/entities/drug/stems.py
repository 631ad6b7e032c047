"""The stems of the INN, Chinese and English, and what is learned from the known names that end in one."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import NamedTuple

from oncospan.entities.drug.lexicon import Lexicon
from oncospan.entities.drug.table import read_table, split_cell
from oncospan.entities.drug.transliteration import Transliteration
from oncospan.text.fold import fold

#: A first word that a second one may follow: datopotamab deruxtecan, axicabtagene ciloleucel.
FIRST_WORDS = ("mab", "tug", "bart", "mig", "gene", "cel")


class Stems(NamedTuple):
    """The stems of drug names.

    Args:
        chinese: Chinese endings.
        english: English endings of one word, in lower case.
        friends: whole words that end so and are no drugs.
        alone: Chinese endings that need no other word of medicine in the text.

    """

    chinese: frozenset[str]
    english: frozenset[str]
    friends: frozenset[str]
    alone: frozenset[str]


def read_stems(folder: Traversable) -> Stems:
    """Return the stems in a folder's stems.csv.

    Args:
        folder: where the table is.

    Raises:
        LexiconError: the table breaks a rule of its format.

    """
    chinese: set[str] = set()
    english: set[str] = set()
    friends: set[str] = set()
    alone: set[str] = set()
    columns = ("stem", "english", "alone", "note", "false_friends")
    for place, (stem, latin, unaided, _, false) in read_table(folder, "stems.csv", columns):
        if not stem.isascii():
            chinese.add(fold(stem))
            alone |= {fold(stem)} if unaided else set()
        english |= {value.strip("- ").lower() for value in split_cell(latin, place)}
        friends |= {fold(value) for value in split_cell(false, place)}
    return Stems(frozenset(chinese), frozenset(english), frozenset(friends), frozenset(alone))


def learn_make(lexicon: Lexicon, stems: Stems, fronts: frozenset[str]) -> Transliteration:
    """Return the make of Chinese names, counted from those that end in a stem.

    Args:
        lexicon: the known names.
        stems: the endings.
        fronts: words that stand in front of names.

    """
    prefixes: set[str] = set()
    shortest = sorted(stems.chinese, key=len)
    for surface, name in lexicon.names.items():
        if name.kind != "zh":
            continue
        stem = next((stem for stem in shortest if surface.endswith(stem)), None)
        if stem:
            prefixes.add(surface.removesuffix(stem))
    return Transliteration(prefixes, fronts)


def read_fronts(folder: Traversable) -> frozenset[str]:
    """Return the words that stand in front of names.

    Args:
        folder: where fronts.csv is.

    Raises:
        LexiconError: the table breaks a rule of its format.

    """
    return frozenset(fold(word) for _, (word, _) in read_table(folder, "fronts.csv", ("word", "kind")))


def second_words(lexicon: Lexicon) -> frozenset[str]:
    """Return the English words that follow an antibody's or a gene's name: vedotin, deruxtecan, autoleucel.

    Args:
        lexicon: the known names.

    """
    words: set[str] = set()
    for names in lexicon.english.values():
        for name in names:
            first, _, second = name.partition(" ")
            if first.endswith(FIRST_WORDS) and second.isalpha() and len(second) >= 6:
                words.add(second)
    return frozenset(words)
