"""The nouns everything speaks of: Article, Span, Mention, Record, Extraction, Failure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas

Confidence = Literal["high", "medium", "low"]
Qualifier = Literal["eq", "about", "gt", "ge", "lt", "le"]
PercentValue = tuple[float, float, str]
Norm = str | PercentValue | tuple[str, ...]


class Span(NamedTuple):
    """A half-open range of Unicode code points: `[0, 4)` and `[4, 8)` touch and do not overlap."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One text as received, with what is known about it from outside.

    Args:
        id: the article's name in every table.
        text: the text that all offsets count in, unchanged.
        published: the publication date that relative dates are resolved with, if known.
        title: the title given beside the text, if any.
        source: where the text came from, for people.
    """

    id: str
    text: str
    published: date | None = None
    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One name, quantity, date or alteration at its place in the article.

    Args:
        label: `DRUG`, `PERCENT`, `DATE` or `MUTATION`.
        start: first code point in the article's text.
        end: code point behind the last one.
        text: the article's own characters, `article.text[start:end]`.
        norm: the normal form: a string for DRUG and DATE (EDTF), `(low, high, unit)` for PERCENT, a tuple of
            strings for MUTATION.
        rule: the rule that found it.
        confidence: how sure that rule is.
        section: `title`, `body`, `caption`, `table` or `references`.
        qualifier: PERCENT only: the word that bounds the number.
        start_date: DATE only: first calendar day, `None` where the year is open.
        end_date: DATE only: last calendar day, `None` where the year is open.
        negated: MUTATION only: the text says that the alteration is absent.
    """

    label: str
    start: int
    end: int
    text: str
    norm: Norm
    rule: str
    confidence: Confidence = "high"
    section: str = "body"
    qualifier: Qualifier | None = None
    start_date: date | None = None
    end_date: date | None = None
    negated: bool | None = None

    @property
    def span(self) -> Span:
        """The mention's place."""
        return Span(self.start, self.end)

    def describe(self) -> str:
        """Return the normal form as words: `75 percent`, `1..5 percent about`, `EGFR:mutation negated`."""
        if isinstance(self.norm, str):
            return self.norm
        if self.label == "PERCENT":
            low, high, unit = self.norm
            number = f"{low:.10g}" if low == high else f"{low:.10g}..{high:.10g}"
            qualifier = "" if self.qualifier in (None, "eq") else f" {self.qualifier}"
            return f"{number} {unit}{qualifier}"
        return " ".join(map(str, self.norm)) + (" negated" if self.negated else "")


@dataclass(frozen=True, slots=True)
class Record:
    """One fact that ties mentions together and quotes its evidence.

    Args:
        kind: `efficacy`, `regulatory`, `frequency`, `resistance` or `safety`.
        start: first code point of the evidence.
        end: code point behind the evidence.
        evidence: the article's own characters at that place.
        rule: the construction that made it.
        trail: how its subject was found: `explicit`, `apposition`, `anaphora`, `ellipsis`, `heading`, `distributive`.
        confidence: how sure that construction is.
        fields: the fields the annotation guidelines name for its kind; `None` where the text does not state them.
    """

    kind: str
    start: int
    end: int
    evidence: str
    rule: str
    fields: dict[str, object]
    trail: str = "explicit"
    confidence: Confidence = "high"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: a number of the article and who claims it.

    Args:
        start: first code point.
        end: code point behind it.
        text: the article's own characters.
        kind: `PERCENT`, `DATE`, `MUTATION`, `DURATION`, `RATIO`, `INTERVAL`, `P_VALUE`, `COUNT` or `NUMBER`.
        role: the kind of the record that claims it, a role (`confidence_level`, `dose`, `market`, ...), or `unclaimed`.
        record: the place of that record among the article's records, counted from 1; None where a role claims it.
        reason: why a figure beside an endpoint became no record: `undecided_arm`, `hypothesis`, `arm_without_drug`, ...
    """

    start: int
    end: int
    text: str
    kind: str
    role: str
    record: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article, in the order of the text.

    Args:
        article: what was read.
        mentions: sorted by start, never overlapping.
        records: sorted by start.
        ledger: every number of the text with the record or role that claims it, sorted by start.
        sentences: the sentences of the text, for the tables.
    """

    article: Article
    mentions: tuple[Mention, ...]
    records: tuple[Record, ...] = ()
    ledger: tuple[Entry, ...] = field(default=(), repr=False)
    sentences: tuple[Span, ...] = field(default=(), repr=False)

    def sentence(self, start: int) -> str:
        """Return the sentence around a code point, on one line.

        Args:
            start: a code point of the article's text.
        """
        place = bisect_right(self.sentences, start, key=lambda span: span.start) - 1
        if place < 0 or start >= self.sentences[place].end:
            return ""
        return " ".join(self.article.text[slice(*self.sentences[place])].split())

    def to_pandas(self) -> pandas.DataFrame:
        """Return the mentions as a table, one row each, columns as in mentions.jsonl plus the sentence."""
        import pandas

        columns = ["article", *Mention.__slots__, "sentence"]
        rows = [
            [self.article.id, *(getattr(mention, name) for name in Mention.__slots__), self.sentence(mention.start)]
            for mention in self.mentions
        ]
        return pandas.DataFrame(rows, columns=columns)


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be done, and why.

    Args:
        article: its id, or its path where it has none yet.
        stage: `read`, `extract` or `write`.
        reason: one line for people, with what to do.
    """

    article: str
    stage: str
    reason: str
