"""`oncospan why` and `oncospan why-not`: which rules spoke at a place of an article, and what became of the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from oncospan.errors import UsageError
from oncospan.fate import Fate, find_facts, find_fates, find_hits, find_lines, find_surroundings
from oncospan.files.articles import find_sources, load
from oncospan.files.encoding import check_encoding
from oncospan.files.names import read_names
from oncospan.files.options import ReadOptions
from oncospan.matching.candidates import Candidate
from oncospan.matching.room import Hit
from oncospan.model import Article, Entry, Extraction, Mention, Record, Span
from oncospan.options import Encoding, Lexicon, Published, read_day
from oncospan.pipeline import Pipeline, Trace, build_pipeline

#: Places of a quoted string that are explained; a common word stands in a hundred.
_PLACES = 3
#: A number that became no record is worth a look around it.
_FIGURES = frozenset({"PERCENT", "DURATION", "RATIO", "NUMBER", "COUNT"})

File = Annotated[Path, typer.Argument(metavar="ARTICLE", help="The article, one file.")]


def why(
    article: File,
    offset: Annotated[int, typer.Argument(metavar="OFFSET", min=0, help="A place: characters counted from 0.")],
    published: Published = None,
    lexicon: Lexicon = None,
    encoding: Encoding = None,
) -> None:
    """Tell which rules made the mention, the records and the ledger's line at a place of an article."""
    read, pipeline = _open(article, published, lexicon, encoding)
    _check(read, offset, offset + 1)
    print(f"{article} {offset} «{_line(read.text[offset])}»")
    for line in explain(pipeline.read(read), offset):
        print(line)


def why_not(
    article: File,
    place: Annotated[
        list[str], typer.Argument(metavar="START END | WORDS", help="A span, or words of the article in quotes.")
    ],
    published: Published = None,
    lexicon: Lexicon = None,
    encoding: Encoding = None,
) -> None:
    """Tell what was considered for a stretch of an article, and what won over it."""
    read, pipeline = _open(article, published, lexicon, encoding)
    spans = _find_places(read, place)
    trace = pipeline.trace(read)
    for span in spans[:_PLACES]:
        print(f"{article} {span.start} {span.end} «{_line(read.text[span.start : span.end])}»")
        for line in account(trace, span):
            print(line)
    if len(spans) > _PLACES:
        print(f"the same words stand in {len(spans) - _PLACES} more places; name one with START END")


def _open(path: Path, published: str | None, lexicon: Path | None, encoding: str | None) -> tuple[Article, Pipeline]:
    check_encoding(encoding)
    options = ReadOptions(encoding)
    sources, _ = find_sources([path], options)
    if len(sources) != 1:
        raise UsageError(f"{len(sources)} articles are in it", path=path, remedy="name a file that holds one article")
    article = load(sources[0], read_day(published), options).article
    return article, build_pipeline(read_names(lexicon) if lexicon else ())


def _check(article: Article, start: int, end: int) -> None:
    length = len(article.text)
    if not 0 <= start < end <= length:
        problem = f"{start} {end} is no span of a text of {length} characters"
        raise UsageError(problem, remedy="count characters from 0; END is the first one behind the span")


def _find_places(article: Article, place: list[str]) -> list[Span]:
    if len(place) == 2 and all(part.isdecimal() for part in place):
        span = Span(int(place[0]), int(place[1]))
        _check(article, *span)
        return [span]
    if len(place) != 1 or not place[0]:
        raise UsageError(f"{' '.join(place)!r} is no place", remedy="give START END, or words of the article in quotes")
    words, spans = place[0], []
    at = article.text.find(words)
    while at >= 0:
        spans.append(Span(at, at + len(words)))
        at = article.text.find(words, at + len(words))
    if not spans:
        raise UsageError(f"{words!r} does not stand in the article", remedy="copy the words as the article has them")
    return spans


def explain(extraction: Extraction, offset: int) -> Iterator[str]:
    """Yield what was found at a place, line by line: mentions, the ledger's line, records.

    Args:
        extraction: what was found in the article.
        offset: a code point of its text.
    """
    place = Span(offset, offset + 1)
    entries = [entry for entry in extraction.ledger if Span(entry.start, entry.end).overlaps(place)]
    claimed = {entry.record for entry in entries}
    records = [(n, r) for n, r in enumerate(extraction.records, 1) if Span(r.start, r.end).overlaps(place)]
    mentions = [mention for mention in extraction.mentions if mention.span.overlaps(place)]
    for mention in mentions:
        yield from _tell_mention(mention)
    for entry in entries:
        yield _tell_entry(entry)
    for number, record in sorted(records, key=lambda pair: (pair[0] not in claimed, pair[0])):
        yield from _tell_record(number, record, claims=number in claimed)
    if not (mentions or entries or records):
        yield f"nothing was found here; `oncospan why-not ARTICLE {offset} {offset + 1}` tells what was considered"


def _tell_mention(mention: Mention) -> Iterator[str]:
    yield f"mention  {mention.label} {mention.describe()}  {_quote(mention.start, mention.end, mention.text)}"
    told = {"rule": mention.rule, "confidence": mention.confidence, "section": mention.section}
    told |= {"qualifier": mention.qualifier or "", "negated": "" if mention.negated is None else str(mention.negated)}
    told |= {"start_date": str(mention.start_date or ""), "end_date": str(mention.end_date or "")}
    yield f"  {_fields(told)}"


def _tell_entry(entry: Entry) -> str:
    owner = f"claimed by record {entry.record}, {entry.role}" if entry.record else f"role {entry.role}"
    if entry.reason:
        owner += f", no record: {entry.reason}"
    return f"ledger   {entry.kind}  {_quote(entry.start, entry.end, entry.text)}  {owner}"


def _tell_record(number: int, record: Record, *, claims: bool) -> Iterator[str]:
    tie = "claims this number" if claims else "its evidence covers this place"
    yield f"record {number}  {record.kind}, {tie}  {_quote(record.start, record.end, record.evidence)}"
    yield f"  {_fields(record.fields)}"
    yield f"  {_fields({'rule': record.rule, 'trail': record.trail, 'confidence': record.confidence})}"


def account(trace: Trace, span: Span) -> Iterator[str]:
    """Yield what was considered for a span, line by line: vocabulary, candidates, the ledger, records, surroundings.

    Args:
        trace: a reading of the article.
        span: a span of its text.
    """
    folded = trace.document.folded.to_folded(*span)
    hits, fates, lines = find_hits(trace, folded), find_fates(trace, folded), find_lines(trace, folded)
    facts = find_facts(trace, folded)
    if not (hits or fates or lines):
        yield "nothing was considered: no room's vocabulary stands here, no candidate and no number"
    for label, hit in hits:
        yield f"vocabulary  {label}  {_place(trace, hit.start, hit.end)}  {_words(hit.payload)}{_outcome(label, hit, fates)}"
    for fate in fates:
        yield from _tell_fate(trace, fate)
    for line in lines:
        owner = f"claimed by record {line.record + 1}, {line.role}" if line.record is not None else f"role {line.role}"
        if line.reason:
            owner += f", no record: {line.reason}"
        yield f"ledger      {line.kind}  {_place(trace, line.start, line.end)}  {owner}"
    for number, fact in facts:
        yield f"record {number:<5}{fact.kind} by {fact.rule} covers it  {_fields(fact.fields)}"
    if any(line.record is None and line.kind in _FIGURES for line in lines):
        yield from _tell_surroundings(trace, folded)


def _outcome(label: str, hit: Hit, fates: list[Fate]) -> str:
    """Tell where a word went that is no candidate by itself."""
    place = Span(hit.start, hit.end)
    made = [Span(fate.candidate.start, fate.candidate.end) for fate in fates if fate.candidate.label == label]
    if place in made:
        return ""
    if any(span.overlaps(place) for span in made):
        return ", read as a part of the candidate below"
    return ", declined: the grammar made no candidate of it"


def _tell_fate(trace: Trace, fate: Fate) -> Iterator[str]:
    became = "kept" if fate.winner is None else "fell"
    yield f"candidate   {_tell_candidate(trace, fate.candidate)}  {became}"
    if fate.winner is not None:
        yield f"  to        {_tell_candidate(trace, fate.winner)}, because {fate.reason}"


def _tell_candidate(trace: Trace, candidate: Candidate) -> str:
    place = _place(trace, candidate.start, candidate.end)
    return f"{candidate.label} {_words(candidate.norm)}  {place}  {candidate.rule}, {candidate.confidence}"


def _tell_surroundings(trace: Trace, span: Span) -> Iterator[str]:
    around = find_surroundings(trace, span)
    text = trace.document.text
    yield f"no record   the clause is «{_line(text[around.clause.start : around.clause.end])}»"
    rows = [f"{t.label} ({', '.join(t.drugs) or t.anaphor or t.role or 'no drug'})" for t in around.treatments]
    yield f"  treatments of its sentence: {'; '.join(rows) or 'none'}"
    heads = [f"{text[head.start : head.end]} ({_words(head.norm)})" for head in around.heads]
    yield f"  endpoints and harms of its sentence: {'; '.join(heads) or 'none'}"


def _place(trace: Trace, start: int, end: int) -> str:
    first, last = trace.document.folded.to_original(start, end)
    return _quote(first, last, trace.document.article.text[first:last])


def _quote(start: int, end: int, text: str) -> str:
    return f"{start} {end} «{_line(text)}»"


def _line(text: str) -> str:
    return " ".join(text.split())


def _fields(fields: Mapping[str, object]) -> str:
    told = {name: _words(value) for name, value in fields.items()}
    return " | ".join(f"{name} {words}" for name, words in told.items() if words)


def _words(value: object) -> str:
    """Return a norm, a field or what a room attached to a word, without its Python."""
    if value is None:
        return ""
    if dataclasses.is_dataclass(value):
        value = [getattr(value, entry.name) for entry in dataclasses.fields(value)]
    if isinstance(value, list | tuple | frozenset):
        return " ".join(filter(None, map(_words, value)))
    return f"{value:.10g}" if isinstance(value, float) else str(value)
