"""The Document: an article folded, with its sentences, sections and words, in positions of the folded text."""

from __future__ import annotations

from bisect import bisect_right

from oncospan.model import Article, Span
from oncospan.text.fold import FoldedText
from oncospan.text.sections import Section, split_sections
from oncospan.text.sentences import split_sentences
from oncospan.text.tokens import split_tokens


class Document:
    """What the rooms read.

    Args:
        article: the article as received.

    Attributes:
        article: the same.
        folded: its folded text with the offset map.
        text: the folded text.
        lower: the folded text in lower case, of the same length.
        sentences: the sentences, sorted.
        sections: the sections, sorted; together they cover the text.
    """

    __slots__ = (
        "_section_starts",
        "_sentence_starts",
        "_words",
        "article",
        "folded",
        "lower",
        "sections",
        "sentences",
        "text",
    )

    def __init__(self, article: Article) -> None:
        self.article = article
        self.folded = FoldedText(article.text)
        self.text = self.folded.text
        self.lower = self.folded.lower
        self.sentences: list[Span] = split_sentences(self.text)
        self.sections: list[Section] = split_sections(self.text)
        self._section_starts = [section.start for section in self.sections]
        self._sentence_starts = [span.start for span in self.sentences]
        self._words: dict[int, frozenset[int]] = {}

    def sentence_at(self, position: int) -> Span:
        """Return the sentence around a position; blank space belongs to the sentence before it."""
        if not self.sentences:
            return Span(0, len(self.text))
        return self.sentences[max(0, bisect_right(self._sentence_starts, position) - 1)]

    def paragraph_at(self, position: int) -> Span:
        """Return the line around a position, without its line end."""
        end = self.text.find("\n", position)
        return Span(self.text.rfind("\n", 0, position) + 1, len(self.text) if end < 0 else end)

    def section_at(self, position: int) -> str:
        """Return the kind of section around a position."""
        place = bisect_right(self._section_starts, position) - 1
        return self.sections[place].kind if place >= 0 else "body"

    def has_edge(self, position: int) -> bool:
        """Tell whether jieba puts the edge of a word at a position, cutting its sentence without the HMM."""
        sentence = self.sentence_at(position)
        edges = self._words.get(sentence.start)
        if edges is None:
            words = split_tokens(self.text[sentence.start : sentence.end])
            edges = frozenset(sentence.start + word.end for word in words) | {sentence.start}
            self._words[sentence.start] = edges
        return position in edges

    def is_word(self, start: int, end: int) -> bool:
        """Tell whether jieba puts word edges at both ends of a stretch.

        Args:
            start: first position in the folded text.
            end: position behind the last one.
        """
        return self.has_edge(start) and self.has_edge(end)
