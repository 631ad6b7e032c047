"""Every kind of record against its own passages: each gives the records below it and no other ones."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

import oncospan.linking
from oncospan.model import Article, Record
from oncospan.pipeline import default_pipeline

FOLDER = Path(oncospan.linking.__file__).parent / "examples"


class Passage(NamedTuple):
    """One passage of an examples file: its line number, its text and the records that it gives."""

    line: int
    text: str
    records: tuple[str, ...]


def read_passages(content: str) -> list[Passage]:
    """Return the passages of an examples file.

    A line is one passage, `⏎` in it is a line end; `=> ` lines below it are its records, `#` starts a comment.
    """
    passages: list[Passage] = []
    for number, line in enumerate(content.splitlines(), start=1):
        if line.startswith("=> "):
            last = passages[-1]
            passages[-1] = last._replace(records=(*last.records, line.removeprefix("=> ").strip()))
        elif line.strip() and not line.startswith("#"):
            passages.append(Passage(number, line.replace("⏎", "\n"), ()))
    return passages


def describe(record: Record) -> str:
    """Return a record as an examples file writes it, `_` standing for every space."""
    words = DESCRIBERS[record.kind](record.fields)
    return " ".join([record.kind, *(word.replace(" ", "_") for word in words)])


def _regulatory(fields: dict[str, object]) -> list[str]:
    denied = ["not"] if fields["negated"] else []
    return [str(fields["drug"]), str(fields["agency"]), *denied, str(fields["event"]), str(fields["date"] or "-")]


def _efficacy(fields: dict[str, object]) -> list[str]:
    endpoint = f"{fields['endpoint']}@{fields['timepoint']}" if fields["timepoint"] else str(fields["endpoint"])
    arm = ["control"] if fields["arm"] == "control" else []
    return [_joined(fields["drugs"]), endpoint, _range(fields), str(fields["unit"]), *arm]


def _frequency(fields: dict[str, object]) -> list[str]:
    return [str(fields["alteration"]), _range(fields)]


def _resistance(fields: dict[str, object]) -> list[str]:
    return [str(fields["alteration"]), _joined(fields["drugs"]), str(fields["direction"])]


def _safety(fields: dict[str, object]) -> list[str]:
    return [_joined(fields["drugs"]), str(fields["event"]), _range(fields)]


def _joined(drugs: object) -> str:
    return "+".join(sorted(map(str, drugs))) or "-" if isinstance(drugs, (list, tuple)) else "-"


def _range(fields: dict[str, object]) -> str:
    low, high = fields["low"], fields["high"]
    return f"{low:g}" if low == high else f"{low:g}..{high:g}"


DESCRIBERS = {
    "regulatory": _regulatory,
    "efficacy": _efficacy,
    "frequency": _frequency,
    "resistance": _resistance,
    "safety": _safety,
}
CASES = [
    pytest.param(path.stem, passage, id=f"{path.stem}:{passage.line}")
    for path in sorted(FOLDER.glob("*.txt"))
    for passage in read_passages(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("kind", "passage"), CASES)
def test_passage_gives_its_records(kind: str, passage: Passage) -> None:
    extraction = default_pipeline().read(Article("example", passage.text))

    found = sorted(describe(record) for record in extraction.records if record.kind == kind)

    assert found == sorted(_in_order(record) for record in passage.records)


def _in_order(record: str) -> str:
    """Sort the drugs of a combination, whose order an examples file is free in."""
    kind, first, *others = record.split(" ")
    return " ".join([kind, "+".join(sorted(first.split("+"))), *others])


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_passages_are_of_the_kind_of_their_file(path: Path) -> None:
    passages = read_passages(path.read_text(encoding="utf-8"))

    assert {record.split(" ")[0] for passage in passages for record in passage.records} == {path.stem}
    assert any(not passage.records for passage in passages), "neighbours that give nothing are missing"


def test_regulatory_passages_tell_enough() -> None:
    passages = read_passages((FOLDER / "regulatory.txt").read_text(encoding="utf-8"))
    told = {
        record.removesuffix(" -").split(" ")[-1 if record.endswith(" -") else -2]
        for p in passages
        for record in p.records
    }

    assert len(passages) >= 90
    assert sum(not passage.records for passage in passages) >= 30
    assert told == {
        "approval",
        "conditional_approval",
        "application",
        "application_accepted",
        "priority_review",
        "breakthrough_designation",
        "orphan_designation",
        "ind_clearance",
        "rejection",
        "withdrawal",
        "nrdl_listing",
    }
