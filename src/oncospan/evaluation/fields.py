"""What of a record is scored: its fields by kind, how each is compared, and which must be right in a strict one."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from oncospan.model import Record


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a record says, scored by itself.

    Args:
        name: the measure's name.
        keys: the record fields that hold it.
        noun: what is wrong when it differs: `wrong drug`.
        strict: a strict record has it right.
        weight: how much it tells that two records with the same evidence mean the same fact; a pair needs two.
    """

    name: str
    keys: tuple[str, ...]
    noun: str
    strict: bool = False
    weight: int = 0


#: A value is the cell itself; subject, endpoint, agency and event are only its row and its column.
_DRUGS = Field("subject", ("drugs",), "drug", strict=True, weight=1)
_VALUE = Field("value", ("low", "high"), "value", strict=True, weight=2)
_UNIT = Field("unit", ("unit",), "unit", strict=True)
_NEGATION = Field("negation", ("negated",), "negation", strict=True)
_ARM = Field("arm", ("arm",), "arm")

FIELDS: dict[str, tuple[Field, ...]] = {
    "efficacy": (
        _DRUGS,
        Field("endpoint", ("endpoint",), "endpoint", strict=True, weight=1),
        _VALUE,
        _UNIT,
        Field("statistic", ("statistic",), "statistic"),
        Field("timepoint", ("timepoint",), "timepoint"),
        _ARM,
    ),
    "regulatory": (
        Field("subject", ("drug",), "drug", strict=True, weight=1),
        Field("agency", ("agency",), "agency", strict=True, weight=1),
        Field("event", ("event",), "event", strict=True, weight=1),
        _NEGATION,
        Field("date", ("date",), "date"),
    ),
    "frequency": (
        Field("subject", ("alteration",), "alteration", strict=True, weight=1),
        _VALUE,
        _UNIT,
        Field("disease", ("disease",), "disease"),
    ),
    "resistance": (
        Field("subject", ("alteration",), "alteration", strict=True, weight=2),
        Field("drugs", ("drugs",), "drug", strict=True, weight=1),
        Field("drug_class", ("drug_class",), "drug class", strict=True, weight=1),
        Field("direction", ("direction",), "direction", strict=True),
        Field("mechanism", ("kind",), "mechanism"),
    ),
    "safety": (
        _DRUGS,
        Field("event", ("event",), "event", strict=True, weight=1),
        Field("grade", ("grade",), "grade", strict=True),
        _VALUE,
        _UNIT,
        _NEGATION,
        _ARM,
    ),
}
#: Kinds that gold is taken to hold in full, whether or not an article has one.
ALWAYS = ("efficacy", "regulatory")
#: Numbers count to four digits.
_DIGITS = 4


def read_field(record: Record, field: Field) -> Hashable:
    """Return what a record states, in a form that compares, or None where it states nothing.

    Names of drugs compare in any order and case, numbers to four digits, words without doubled spaces, years as
    twelve months. Negation is always stated: what is not denied is said.

    Args:
        record: of gold or of a run.
        field: one of its kind's fields.
    """
    if field.name == "negation":
        return bool(record.fields.get("negated"))
    values = [record.fields.get(key) for key in field.keys]
    if field.keys[0] in ("drugs", "drug"):
        return _names(values[0]) or None
    if all(value is None for value in values):
        return None
    if field is _VALUE:
        return tuple(round(value, _DIGITS) if isinstance(value, int | float) else None for value in values)
    words = " ".join(str(values[0]).split())
    return _months(words) if field.name == "timepoint" else words


def _months(words: str) -> str:
    """Return a time with years told in months: 五年 and 60个月 are one landmark."""
    number, _, unit = words.partition(" ")
    if unit != "year" or not number.replace(".", "", 1).isdecimal():
        return words
    return f"{float(number) * 12:g} month"


def _names(value: object) -> frozenset[str]:
    if value is None:
        return frozenset()
    names = value if isinstance(value, list | tuple) else [value]
    return frozenset(str(name).casefold() for name in names)


def is_scored(gold: Record, field: Field) -> bool:
    """Tell whether the gold line speaks of a field at all: null says that the text states nothing, absence says nothing."""
    return field.strict or any(key in gold.fields for key in field.keys)


def describe_field(record: Record, field: Field) -> str:
    """Return what a record states as words for people."""
    values = [record.fields.get(key) for key in field.keys]
    if field is _VALUE:
        low, high = values
        return "" if low is None else f"{low:.10g}" if low == high else f"{low}..{high}"
    value = values[0]
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool) or field.name == "negation":
        return "true" if value else "false"
    return "" if value is None else str(value)


def describe_record(record: Record) -> str:
    """Return all that a record states of what is scored: `osimertinib | ORR | 80 | percent`."""
    return " | ".join(
        text
        for field in FIELDS[record.kind]
        if field.name != "negation" or record.fields.get("negated")
        if (text := "negated" if field.name == "negation" else describe_field(record, field))
    )
