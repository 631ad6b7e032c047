"""What is known while the decisions of an article are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from oncospan.linking.decisions import Told
from oncospan.linking.headings import Heading
from oncospan.linking.reading import Reading
from oncospan.linking.repeats import Draft
from oncospan.linking.subjects import Subjects
from oncospan.matching.candidates import Candidate
from oncospan.model import Span


@dataclass(slots=True)
class Desk:
    """What is known while the decisions of an article are read.

    Args:
        reading: the article.
        subjects: the drugs spoken of.

    Attributes:
        drafts: the records so far.
        agencies: those that decided in this paragraph, latest last.
        last: the decision read last in this paragraph.
        heading: the nearest heading above.
        headed: where that heading stands.
    """

    reading: Reading
    subjects: Subjects
    drafts: list[Draft] = field(default_factory=list)
    agencies: list[Candidate] = field(default_factory=list)
    last: Told | None = None
    heading: Heading | None = None
    headed: Span | None = None

    def heading_words(self) -> str:
        """Return the words of the nearest heading."""
        return self.reading.text[self.headed.start : self.headed.end] if self.headed else ""
