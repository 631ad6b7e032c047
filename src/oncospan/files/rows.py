"""Rows as the contract lays them down: mentions.jsonl, records.jsonl and the tables for people."""

from __future__ import annotations

import json
from collections.abc import Mapping

from oncospan.model import Article, Entry, Extraction, Mention, Record

#: A spreadsheet takes a cell that starts so for a formula (OWASP, CSV injection); a leading apostrophe stops it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: The most characters that a cell of Excel holds.
_CELL = 32_767

TABLES = {
    "DRUG": ("drugs.csv", ("norm",)),
    "PERCENT": ("percentages.csv", ("low", "high", "unit", "qualifier")),
    "DATE": ("dates.csv", ("norm", "start_date", "end_date")),
    "MUTATION": ("mutations.csv", ("norm", "negated")),
}
#: The fields of each record type, in the order of the guidelines; the same in records.jsonl and in its table.
RECORDS: dict[str, tuple[str, ...]] = {
    "efficacy": (
        "drugs", "endpoint", "statistic", "low", "high", "unit", "qualifier", "ci_low", "ci_high", "ci_level", "p_value",
        "timepoint", "population", "n", "arm", "phase", "trial",
    ),
    "regulatory": ("drug", "agency", "event", "negated", "date", "indication"),
    "frequency": ("alteration", "disease", "low", "high", "unit", "qualifier"),
    "resistance": ("alteration", "drugs", "drug_class", "direction", "kind"),
    "safety": ("drugs", "event", "grade", "low", "high", "unit", "qualifier", "arm", "negated"),
}  # fmt: skip
LEDGER = ("article", "start", "end", "text", "kind", "role", "record", "reason", "sentence")
_NUMERIC = frozenset({"start", "end", "low", "high", "ci_low", "ci_high", "ci_level", "n", "record"})
#: What the file or row states about its article.
_STATED = ("title", "published", "source")
_RECORD_ORIGIN = ("rule", "trail", "confidence", *_STATED, "evidence")
ARTICLES = ("article", *_STATED, "characters", "replaced", "sha256")
_PLACE = ("article", "start", "end", "text")
_ORIGIN = ("section", "rule", "confidence", *_STATED, "sentence")


def columns(label: str) -> tuple[str, ...]:
    """Return the columns of a label's table."""
    return (*_PLACE, *TABLES[label][1], *_ORIGIN)


def mention_row(article: str, mention: Mention) -> dict[str, object]:
    """Return a mention as a line of mentions.jsonl."""
    row: dict[str, object] = {
        "article": article,
        "label": mention.label,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "norm": mention.norm if isinstance(mention.norm, str) else list(mention.norm),
    }
    if mention.label == "PERCENT":
        row["qualifier"] = mention.qualifier
    elif mention.label == "DATE":
        row["start_date"] = mention.start_date.isoformat() if mention.start_date else None
        row["end_date"] = mention.end_date.isoformat() if mention.end_date else None
    elif mention.label == "MUTATION":
        row["negated"] = bool(mention.negated)
    row.update(section=mention.section, rule=mention.rule, confidence=mention.confidence)
    return row


def record_row(article: str, record: Record) -> dict[str, object]:
    """Return a record as a line of records.jsonl."""
    return {
        "article": article,
        "record": record.kind,
        **{name: record.fields.get(name) for name in RECORDS[record.kind]},
        "start": record.start,
        "end": record.end,
        "evidence": record.evidence,
        "rule": record.rule,
        "trail": record.trail,
        "confidence": record.confidence,
    }


def stated(article: Article) -> dict[str, object]:
    """Return what is known about an article beside its text: title, publication date, source; nothing unknown."""
    published = article.published.isoformat() if article.published else None
    known = {"title": article.title, "published": published, "source": article.source}
    return {name: value for name, value in known.items() if value is not None}


def article_cells(article: Article, sha256: str, replaced: int) -> list[str]:
    """Return an article as a row of articles.csv, safe to open in a spreadsheet.

    Args:
        article: the article.
        sha256: the digest of its text.
        replaced: how many undecodable stretches of it U+FFFD stands for.
    """
    row = {"article": article.id, "characters": len(article.text), "replaced": replaced, "sha256": sha256}
    row |= stated(article)
    return [_typed(name, row.get(name)) for name in ARTICLES]


def record_columns(kind: str) -> tuple[str, ...]:
    """Return the columns of a record type's table."""
    return ("article", "start", "end", *RECORDS[kind], *_RECORD_ORIGIN)


def record_cells(article: Article, record: Record) -> list[str]:
    """Return a record as a row of its type's table, safe to open in a spreadsheet."""
    row = record_row(article.id, record) | stated(article)
    return [_typed(name, row.get(name)) for name in record_columns(record.kind)]


def ledger_cells(extraction: Extraction, entry: Entry) -> list[str]:
    """Return a line of the ledger, safe to open in a spreadsheet."""
    row = {
        "article": extraction.article.id,
        "start": entry.start,
        "end": entry.end,
        "text": entry.text,
        "kind": entry.kind,
        "role": entry.role,
        "record": entry.record,
        "reason": entry.reason,
        "sentence": extraction.sentence(entry.start),
    }
    return [_typed(name, row[name]) for name in LEDGER]


def _typed(name: str, value: object) -> str:
    if name in _NUMERIC:
        return _number(value) if isinstance(value, float) else _cell(value)
    if isinstance(value, list | tuple):
        return safe("; ".join(map(str, value)))
    return safe(_cell(value))


def table_row(extraction: Extraction, mention: Mention) -> list[str]:
    """Return a mention as a row of its label's table, safe to open in a spreadsheet."""
    row = mention_row(extraction.article.id, mention) | stated(extraction.article)
    if mention.label == "PERCENT" and not isinstance(mention.norm, str):
        low, high, unit = mention.norm
        row.update(low=_number(low), high=_number(high), unit=unit)
    elif mention.label == "MUTATION":
        row["norm"] = "; ".join(map(str, mention.norm))
    row["sentence"] = extraction.sentence(mention.start)
    return [_typed(name, row.get(name)) for name in columns(mention.label)]


def _number(value: object) -> str:
    return f"{value:.10g}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def safe(cell: str) -> str:
    """Return a cell's text on one line, not longer than a spreadsheet takes and never read as a formula."""
    cell = " ".join(cell.split())
    if cell.startswith(_FORMULA):
        cell = "'" + cell
    return cell[:_CELL]


def dump(row: Mapping[str, object]) -> str:
    """Return a row as one line of JSON, without its line end."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
