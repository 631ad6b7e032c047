"""Rows as the contract lays them down: mentions.jsonl, records.jsonl and the tables for people."""

from __future__ import annotations

import json
from collections.abc import Mapping

from oncospan.model import Extraction, Mention, Record

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
_PLACE = ("article", "start", "end", "text")
_ORIGIN = ("section", "rule", "confidence", "sentence")


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
        **record.fields,
        "start": record.start,
        "end": record.end,
        "evidence": record.evidence,
        "rule": record.rule,
    }


def table_row(extraction: Extraction, mention: Mention) -> list[str]:
    """Return a mention as a row of its label's table, safe to open in a spreadsheet."""
    row = mention_row(extraction.article.id, mention)
    if mention.label == "PERCENT" and not isinstance(mention.norm, str):
        low, high, unit = mention.norm
        row.update(low=_number(low), high=_number(high), unit=unit)
    elif mention.label == "MUTATION":
        row["norm"] = "; ".join(map(str, mention.norm))
    row["sentence"] = extraction.sentence(mention.start)
    numeric = {"start", "end", "low", "high"}
    return [str(_cell(row[name])) if name in numeric else safe(_cell(row[name])) for name in columns(mention.label)]


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
