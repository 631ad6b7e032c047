"""The drug room: generic names, brands, codes, and the short names an article gives them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from importlib import resources
from importlib.resources.abc import Traversable

from oncospan.entities.drug.chinese import Builder, find_chinese
from oncospan.entities.drug.codes import WAKING, find_codes, read_prefixes
from oncospan.entities.drug.definitions import STATEMENTS, Definitions
from oncospan.entities.drug.english import find_english
from oncospan.entities.drug.lexicon import built_in_lexicon, read_lexicon, with_own_names
from oncospan.entities.drug.names import find_names
from oncospan.entities.drug.page import Found, Page, Trigger, longest
from oncospan.entities.drug.shorts import admit
from oncospan.entities.drug.stems import learn_make, read_fronts, read_stems, second_words
from oncospan.matching.candidates import Candidate
from oncospan.matching.room import Hit
from oncospan.text.document import Document
from oncospan.text.fold import fold


class DrugRoom:
    """Finds the names of single substances and products.

    Args:
        extra: a user's own names with their normal forms, which win over the built-in ones.
        folder: where the tables are, if not beside this module.

    Raises:
        LexiconError: a table of the room breaks a rule of its format.

    """

    label = "DRUG"

    def __init__(self, extra: Sequence[tuple[str, str]] = (), *, folder: Traversable | None = None) -> None:
        tables = folder or resources.files("oncospan.entities.drug")
        self._lexicon = with_own_names(read_lexicon(folder) if folder else built_in_lexicon(), extra)
        self._stems = read_stems(tables)
        self._seconds = second_words(self._lexicon)
        make = learn_make(self._lexicon, self._stems, read_fronts(tables))
        self._builder = Builder(self._stems, make, self._lexicon)
        self._prefixes = read_prefixes(tables, self._lexicon)

    def surfaces(self) -> Iterable[tuple[str, object]]:
        """Yield the known names, and the words that start a rule."""
        yield from self._lexicon.names.items()
        for block in self._lexicon.blocks:
            yield block, Trigger("block", block)
        for stem in self._stems.chinese:
            yield stem, Trigger("stem", stem)
        for ending in self._stems.english | self._seconds:
            yield ending, Trigger("ending", ending)
        for label in STATEMENTS:
            yield fold(label), Trigger("label", label)
        for word in WAKING:
            yield word, Trigger("waking", word)

    def find(self, document: Document, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the drug names of a document.

        Args:
            document: the folded article.
            hits: the room's surfaces in it.

        """
        page = Page(document, hits)
        names = find_names(page, self._lexicon)
        found = longest(names.sure)
        found = longest([*found, *find_english(page, found, self._seconds, self._stems)])
        found = longest([*found, *find_chinese(page, found, self._builder)])
        found = longest([*found, *find_codes(page, found, self._prefixes)])
        definitions = Definitions(page, self._lexicon, self._prefixes)
        definitions.read(found)
        named = frozenset(one.norm for one in found) | frozenset(definitions.norms.values())
        found += admit(page, names.pending, found, named)
        taken = [one.named(definitions.renamed) for one in longest(found)]
        aliases = admit(page, definitions.occurrences(), taken, named)
        starts = [one.start for one in taken]
        free = (one for one in aliases if not _overlaps(one, taken, starts))
        return [one.candidate() for one in longest([*taken, *free])]


def _overlaps(one: Found, taken: Sequence[Found], starts: Sequence[int]) -> bool:
    """Tell whether a name shares a character with one of those taken, which are sorted and apart."""
    place = bisect_left(starts, one.end)
    return place > 0 and taken[place - 1].end > one.start
