"""Records in: the lines of a gold file or of records.jsonl that hold one, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from oncospan.errors import GoldError
from oncospan.evaluation.fields import FIELDS
from oncospan.model import Confidence, Record

_REMEDY = "correct that line; annotations/README.md describes the format"
_OWN = frozenset({"article", "record", "start", "end", "evidence", "optional", "rule", "trail", "confidence"})


class RecordRow(BaseModel):
    """A line that holds a record; what the guidelines name beside the fields below is kept as it stands."""

    model_config = ConfigDict(extra="allow")

    record: str
    start: Annotated[int, Field(ge=0)]
    end: int
    evidence: Annotated[str, Field(min_length=1)]
    optional: bool = False
    rule: str = "gold"
    trail: str = "explicit"
    confidence: Confidence = "high"
    drugs: list[str] | None = None
    drug: str | None = None
    alteration: str | None = None
    endpoint: str | None = None
    statistic: str | None = None
    agency: str | None = None
    event: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    date: str | None = None
    timepoint: str | None = None
    arm: str | None = None
    negated: bool | None = None

    def to_record(self) -> Record:
        """Return the row as a record; fields that the line leaves out stay out."""
        fields = {name: value for name, value in self.model_dump(exclude_unset=True).items() if name not in _OWN}
        return Record(
            self.record, self.start, self.end, self.evidence, self.rule, fields, self.trail, self.confidence
        )  # fmt: skip


_ROW = TypeAdapter(RecordRow)


def read_record(row: Mapping[str, Any], path: Path, number: int) -> tuple[Record, bool] | None:
    """Return a line's record and whether it is optional, or None for a kind that is not known.

    Args:
        row: the line.
        path: its file, for the error.
        number: its line, for the error.

    Raises:
        GoldError: a field is missing or of the wrong type, or the evidence is not as long as its span.
    """
    if row.get("record") not in FIELDS:
        return None
    try:
        read = _ROW.validate_python(row)
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise GoldError(problem, path=path, line=number, remedy=_REMEDY) from None
    if read.end - read.start != len(read.evidence):
        raise GoldError("the evidence is not as long as its span", path=path, line=number, remedy=_REMEDY)
    return read.to_record(), read.optional


def read_kinds(head: Mapping[str, Any], held: set[str], always: tuple[str, ...], path: Path) -> tuple[str, ...]:
    """Return the kinds of records that a gold file holds in full.

    Args:
        head: its first line, which may name them: `"records": ["efficacy", "safety"]`.
        held: the kinds it has a record of.
        always: the kinds every gold file is taken to hold where the first line names none.
        path: the file, for the error.

    Raises:
        GoldError: the first line names a kind that is not known.
    """
    named = head.get("records")
    if named is None:
        return tuple(kind for kind in FIELDS if kind in held or kind in always)
    if not isinstance(named, list) or not set(map(str, named)) <= set(FIELDS):
        remedy = f"name some of {', '.join(FIELDS)}"
        raise GoldError('"records" names a kind that is not known', path=path, line=1, remedy=remedy)
    return tuple(kind for kind in FIELDS if kind in named)
