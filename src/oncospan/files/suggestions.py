"""The unknown names that a run met, as rows of a lexicon ready for review."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from oncospan.files.gold import Run, read_run
from oncospan.model import Mention
from oncospan.text.fold import fold

#: The rules that find names no lexicon holds.
UNKNOWN = ("drug.stem", "drug.code", "drug.definition")
#: EV and LEN stand for a drug in one article and for other things in the next, so they belong into no lexicon.
_ABBREVIATION = re.compile(r"[A-Za-z]{1,4}")
_LONGEST_QUOTE = 60


class Suggestion(NamedTuple):
    """An unknown name.

    Args:
        name: as the articles write it most often.
        norm: the normal form the run gave it.
        times: how often it stands in the run.
        articles: in how many articles.
        rule: the rule that found it most often.
        quote: the sentence around its first place.

    """

    name: str
    norm: str
    times: int
    articles: int
    rule: str
    quote: str

    @property
    def note(self) -> str:
        """What a reviewer needs to know."""
        return f"count {self.times}, articles {self.articles}, {self.rule}: {self.quote}"


def suggest(folder: Path) -> list[Suggestion]:
    """Return the unknown names of a run, the most frequent first.

    Args:
        folder: the output folder of `extract`.

    Raises:
        UsageError: the folder holds no run.
        GoldError: a line of it is malformed.

    """
    run = read_run(folder)
    places: defaultdict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for article, mentions in run.mentions.items():
        for mention in mentions:
            if mention.rule.startswith(UNKNOWN) and not _ABBREVIATION.fullmatch(mention.text):
                places[fold(mention.text)].append((article, mention))
    suggestions = (_summarize(found, run) for found in places.values())
    return sorted(suggestions, key=lambda one: (-one.times, -one.articles, one.name))


def _summarize(places: list[tuple[str, Mention]], run: Run) -> Suggestion:
    article, first = places[0]
    names = Counter(mention.text for _, mention in places)
    norms = Counter(mention.describe() for _, mention in places)
    rules = Counter(mention.rule for _, mention in places)
    quote = _quote(run.sentence(article, first.start), first.text)
    return Suggestion(
        names.most_common(1)[0][0],
        norms.most_common(1)[0][0],
        len(places),
        len({article for article, _ in places}),
        rules.most_common(1)[0][0],
        quote,
    )


def _quote(sentence: str, name: str) -> str:
    """Return the words around a name."""
    at = max(0, sentence.find(name) - _LONGEST_QUOTE // 2)
    return sentence[at : at + _LONGEST_QUOTE]


def write_suggestions(stream: IO[str], suggestions: list[Suggestion]) -> None:
    """Write suggestions in the form that `--lexicon` reads.

    Args:
        stream: where to.
        suggestions: what to write.

    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(_rows(suggestions))


def _rows(suggestions: list[Suggestion]) -> Iterator[tuple[str, str, str]]:
    yield "name", "norm", "note"
    for one in suggestions:
        yield one.name, one.norm, one.note
