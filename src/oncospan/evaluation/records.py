"""One-to-one alignment of gold and found records of one kind by optimal assignment.

Two records are compared when everything strict agrees, wherever they are quoted, or when their evidence shares a
character and enough of what they state is the same. Evidence that touches does not overlap.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from scipy.optimize import linear_sum_assignment

from oncospan.evaluation.fields import FIELDS, Field, is_scored, read_field
from oncospan.model import Record, Span

#: More than all else that a whole assignment can be worth: the most strict pairs always win.
_STRICT = 1e6
#: Records as gold states them go before those it merely allows.
_ALLOWED = _STRICT - 1e3
#: What the shared evidence must be backed by, in weights of fields that agree.
_ENOUGH = 2
#: What a field that carries no weight adds, and what shared evidence adds at the most.
_TRIFLE = 0.1


class RecordPair(NamedTuple):
    """A gold record and the found one it is compared with; one of them is None where the other stands alone."""

    gold: Record | None
    found: Record | None

    @property
    def strict(self) -> bool:
        """Both stand, with everything strict the same."""
        return self.gold is not None and self.found is not None and _key(self.gold) == _key(self.found)

    def agrees(self, field: Field) -> bool:
        """Tell whether both stand and state the same."""
        if self.gold is None or self.found is None:
            return False
        return read_field(self.gold, field) == read_field(self.found, field)


class _Read(NamedTuple):
    """A record with what it states, read once."""

    record: Record
    span: Span
    key: tuple[Hashable, ...]
    stated: tuple[Hashable, ...]


def _key(record: Record) -> tuple[Hashable, ...]:
    return tuple(read_field(record, field) for field in FIELDS[record.kind] if field.strict)


def _read(record: Record) -> _Read:
    stated = tuple(read_field(record, field) for field in FIELDS[record.kind])
    return _Read(record, Span(record.start, record.end), _key(record), stated)


def align_records(gold: Sequence[Record], allowed: Sequence[Record], found: Sequence[Record]) -> list[RecordPair]:
    """Return the best one-to-one pairing of one kind's records in one article, sorted by place.

    A found record that is strictly one of the allowed is left out, and so are the allowed ones themselves.

    Args:
        gold: the records that must be found.
        allowed: optional ones, which may be found.
        found: the records of a run.
    """
    lefts = [_read(record) for record in (*gold, *allowed)]
    rights = [_read(record) for record in found]
    worth = [[_worth(left, right, must=row < len(gold)) for right in rights] for row, left in enumerate(lefts)]
    chosen = _assign(worth)
    excused = {place for row, place in chosen.items() if row >= len(gold)}
    taken = set(chosen.values())
    pairs = [RecordPair(gold[row], found[place]) for row, place in chosen.items() if row < len(gold)]
    pairs += [RecordPair(record, None) for row, record in enumerate(gold) if row not in chosen]
    pairs += [RecordPair(None, record) for place, record in enumerate(found) if place not in taken | excused]
    return sorted(pairs, key=_place)


def _assign(worth: list[list[float]]) -> dict[int, int]:
    if not worth or not worth[0]:
        return {}
    rows, places = linear_sum_assignment(worth, maximize=True)
    chosen = ((int(row), int(place)) for row, place in zip(rows, places, strict=True))
    return {row: place for row, place in chosen if worth[row][place] > 0}


def _worth(gold: _Read, found: _Read, *, must: bool) -> float:
    shared = min(gold.span.end, found.span.end) - max(gold.span.start, found.span.start)
    strict = gold.key == found.key
    if not strict and (shared <= 0 or not must):
        return 0.0
    fields = FIELDS[gold.record.kind]
    agreed = [
        field
        for field, left, right in zip(fields, gold.stated, found.stated, strict=True)
        if left is not None and left == right
    ]
    told = sum(field.weight for field in agreed)
    if not strict and told < _ENOUGH:
        return 0.0
    near = max(0, shared) / max(gold.span.end - gold.span.start, found.span.end - found.span.start, 1)
    worth = told + _TRIFLE * sum(not field.weight for field in agreed) + _TRIFLE * near
    return worth + (_STRICT if must else _ALLOWED) if strict else worth


def _place(pair: RecordPair) -> tuple[int, int]:
    record = pair.gold or pair.found
    assert record is not None  # noqa: S101 - a pair holds at least one record
    return record.start, record.end


class RecordError(NamedTuple):
    """One disagreement about a record.

    Args:
        kind: `missed` (gold alone), `spurious` (found alone), or `wrong` and what differs: `wrong drug`.
        gold: the gold record, if any.
        found: the run's record, if any.
        field: what differs, of a `wrong` one.
    """

    kind: str
    gold: Record | None
    found: Record | None
    field: Field | None = None

    @property
    def record(self) -> Record:
        """The record that places the error: the gold one where there is one."""
        record = self.gold or self.found
        assert record is not None  # noqa: S101 - an error holds at least one record
        return record


def find_record_errors(pairs: Sequence[RecordPair]) -> list[RecordError]:
    """Return every error of aligned records, in their order; a pair has one for each field that differs."""
    errors: list[RecordError] = []
    for pair in pairs:
        if pair.gold is None:
            errors.append(RecordError("spurious", None, pair.found))
        elif pair.found is None:
            errors.append(RecordError("missed", pair.gold, None))
        else:
            errors += [
                RecordError(f"wrong {field.noun}", pair.gold, pair.found, field)
                for field in FIELDS[pair.gold.kind]
                if is_scored(pair.gold, field) and not pair.agrees(field)
            ]
    return errors
