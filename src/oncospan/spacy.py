"""The spaCy adapter: `nlp.add_pipe("oncospan")` on a Chinese pipeline.

The component fills `doc.spans["oncospan"]` and `doc.ents`. Normal forms stand in `span.kb_id_` (as the words of a
mark) and in the extension attributes `span._.norm`, `span._.qualifier`, `span._.start_date`, `span._.end_date`,
`span._.negated`, `span._.rule`, `span._.confidence`; the two dates are ISO days (`2024-06-01`), so that a Doc can be
written to bytes and pass between processes. The text stays as it is; tokens that a mention's edge cuts through are split, so
every mention is whole tokens.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from oncospan.model import Article, Mention
from oncospan.pipeline import Pipeline, build_pipeline

KEY = "oncospan"
ATTRIBUTES = ("norm", "qualifier", "start_date", "end_date", "negated", "rule", "confidence")


class Component:
    """Finds mentions in a Doc.

    Args:
        published: the publication date that resolves relative dates; a Doc's own `doc.user_data["published"]`
            (ISO day) goes before it.
        pipeline: what finds the mentions.
    """

    def __init__(self, published: date | None, pipeline: Pipeline) -> None:
        self._published = published
        self._pipeline = pipeline

    def __call__(self, doc: Doc) -> Doc:
        """Return the same Doc with its mentions."""
        given = doc.user_data.get("published")
        published = date.fromisoformat(given) if isinstance(given, str) else given or self._published
        mentions = self._pipeline.read(Article(KEY, doc.text, published)).mentions
        _split_tokens(doc, {edge for mention in mentions for edge in mention.span})
        spans = [_make_span(doc, mention) for mention in mentions]
        doc.spans[KEY] = spans
        doc.set_ents(filter_spans([*spans, *doc.ents]))
        return doc


@Language.factory(KEY, assigns=["doc.ents", "doc.spans"], default_config={"published": None}, retokenizes=True)
def make_component(nlp: Language, name: str, published: str | None) -> Component:  # noqa: ARG001 - spaCy's signature
    """Return the component; `published` is the ISO day that resolves relative dates."""
    for attribute in ATTRIBUTES:
        if not Span.has_extension(attribute):
            Span.set_extension(attribute, default=None)
    return Component(date.fromisoformat(published) if published else None, build_pipeline())


def _split_tokens(doc: Doc, edges: Iterable[int]) -> None:
    """Split every token that an edge cuts through."""
    cuts: dict[int, list[int]] = {}
    inner = sorted(edges)
    at = 0
    for token in doc:
        start, end = token.idx, token.idx + len(token)
        while at < len(inner) and inner[at] <= start:
            at += 1
        while at < len(inner) and inner[at] < end:
            cuts.setdefault(token.i, []).append(inner[at] - start)
            at += 1
    if not cuts:
        return
    with doc.retokenize() as retokenizer:
        for index, places in cuts.items():
            token = doc[index]
            ends = [*places, len(token)]
            pieces = [token.text[left:right] for left, right in zip([0, *places], ends, strict=True)]
            retokenizer.split(token, pieces, heads=[(token, 0)] * len(pieces))


def _make_span(doc: Doc, mention: Mention) -> Span:
    span = doc.char_span(mention.start, mention.end, label=mention.label, kb_id=mention.describe())
    assert span is not None  # noqa: S101 - the tokens were split at its edges
    for attribute in ATTRIBUTES:
        value = getattr(mention, attribute)
        span._.set(attribute, value.isoformat() if isinstance(value, date) else value)
    return span
